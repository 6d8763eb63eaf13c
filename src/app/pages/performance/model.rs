//! What the performance page shows.

use crate::analysis::{Analysis, Measure, ModelResult};
use crate::app::linked::Spot;
use crate::app::words as app_words;
use crate::base::issue::Issue;
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::comparison::{ComparisonWords, comparison_words};
use crate::report::elsewhere::{JudgedWords, external_words, later_words};
use crate::report::subgroups::{SubgroupTable, subgroup_table};
use crate::report::{figures, words};

/// A measure under every model.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRow {
    /// Its name.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// For each model: the figure to believe, and the apparent one.
    pub cells: Vec<(String, String)>,
    /// Where the figure of a perfectly calibrated model like the one shown would lie; empty for other measures.
    pub by_chance: String,
}

/// The performance page.
#[derive(Clone, Debug, PartialEq)]
pub struct PerformancePage {
    /// What it comes to, in plain sentences.
    pub summary: String,
    /// What the permutation test found; empty where it was not asked for.
    pub permutation: String,
    /// What simulated cohorts of the same design show; empty where it was not asked for.
    pub prospect: String,
    /// Population, moment, outcome, horizon.
    pub setting: String,
    /// Warnings that can't be hidden.
    pub notices: Vec<Issue>,
    /// Names of the models.
    pub models: Vec<String>,
    /// How the figures of each model were corrected, with its resamples.
    pub methods: Vec<String>,
    /// The measures.
    pub measures: Vec<MeasureRow>,
    /// Cross-validated AUC of each model, in words; empty where there is none.
    pub cross_validated: Vec<String>,
    /// The learners beside challengers; `None` where they were not compared.
    pub comparison: Option<ComparisonWords>,
    /// Calibration of the model that is shown.
    pub calibration: Figure,
    /// Decision curve of all models.
    pub decision: Figure,
    /// Importance in the model that is shown.
    pub importance: Figure,
    /// What each predictor adds to the others.
    pub conditional: Figure,
    /// Importance of the domains of the model in view.
    pub domains: Figure,
    /// Instability of the model that is shown.
    pub instability: Figure,
    /// Calibration and net benefit of its refits.
    pub refits: [Figure; 2],
    /// ROC and precision-recall curves of all models.
    pub roc: [Figure; 2],
    /// The patients of the model that is shown, for figures that draw curves.
    pub spots: Vec<Spot>,
    /// Those that the instability figure draws, each on its line.
    pub ranked: Vec<Spot>,
    /// Later patients under the models of earlier ones; `None` where no date tells them apart.
    pub later: Option<JudgedWords>,
    /// The models on another cohort; `None` where none was named.
    pub external: Option<JudgedWords>,
    /// Calibration there of the model that is shown; without marks where it was not judged.
    pub calibration_there: Figure,
    /// What is said beneath the instability.
    pub stability: String,
    /// Why the lead trial is not drawn; empty where it is.
    pub no_lead_trial: String,
    /// The model that is shown within groups of patients; no rows where the cohort knows none.
    pub subgroups: SubgroupTable,
    /// Coefficients of the model that is shown: header and rows; no rows for a forest.
    pub terms: (Vec<String>, Vec<Vec<String>>),
    /// What was noticed while the model was fitted.
    pub fit_issues: Vec<Issue>,
}

impl PerformancePage {
    /// Builds the page for the model that is shown.
    pub fn new(analysis: &Analysis, model: usize, lang: Lang) -> Self {
        let shown = analysis.models.get(model);
        Self {
            summary: crate::report::summary_sentence(analysis, lang),
            permutation: words::permutation(analysis, lang).unwrap_or_default(),
            prospect: words::prospect(analysis, lang).unwrap_or_default(),
            setting: words::setting(&analysis.settings.outcome, lang),
            notices: analysis.notices.clone(),
            models: names(analysis, lang),
            methods: analysis
                .models
                .iter()
                .map(|model| method(model, lang))
                .collect(),
            measures: Measure::ALL
                .into_iter()
                .map(|measure| row(analysis, model, measure, lang))
                .collect(),
            cross_validated: analysis
                .models
                .iter()
                .map(|model| cross_validated(model, lang))
                .collect(),
            comparison: analysis
                .comparison
                .as_ref()
                .map(|comparison| comparison_words(comparison, lang)),
            calibration: figures::calibration(analysis, model, lang),
            decision: figures::decision_curve(analysis, lang),
            importance: figures::importance(analysis, model, 15, lang),
            conditional: figures::conditional_importance(analysis, model, 15, lang),
            domains: figures::importance_by_domain(analysis, model, lang),
            instability: figures::instability(analysis, model, lang),
            refits: [
                figures::calibration_instability(analysis, model, lang),
                figures::decision_instability(analysis, model, lang),
            ],
            roc: [
                figures::roc_curve(analysis, lang),
                figures::precision_recall(analysis, lang),
            ],
            spots: shown.map_or_else(Vec::new, |model| spots(model, lang)),
            ranked: shown.map_or_else(Vec::new, |model| ranked(model, lang)),
            later: later_words(analysis, lang),
            external: external_words(analysis, lang),
            calibration_there: figures::calibration_elsewhere(analysis, model, lang),
            stability: shown.map_or_else(String::new, |model| stability(model, lang)),
            no_lead_trial: if analysis.outcome.has_lead_trial {
                String::new()
            } else {
                lang.t("no-lead-trial")
            },
            subgroups: subgroup_table(analysis, model, lang),
            terms: shown.map_or_else(Default::default, |model| terms(analysis, model, lang)),
            fit_issues: shown.map_or_else(Vec::new, |model| model.fit.issues.clone()),
        }
    }
}

/// A patient as a figure over the chance shows one; `None` where there is no such patient.
pub fn spot(model: &ModelResult, patient: usize, height: Option<f64>, lang: Lang) -> Option<Spot> {
    let found = model.patients.get(patient)?;
    let outcome = figures::outcome_word(found.observed, lang);
    Some(Spot {
        patient,
        chance: found.risk,
        height,
        text: format!("{} · {} · {outcome}", found.id, words::chance(found, lang)),
    })
}

fn spots(model: &ModelResult, lang: Lang) -> Vec<Spot> {
    let all = 0..model.patients.len();
    all.filter_map(|patient| spot(model, patient, None, lang))
        .collect()
}

fn ranked(model: &ModelResult, lang: Lang) -> Vec<Spot> {
    let drawn = figures::drawn_by_rank(model).into_iter().enumerate();
    drawn
        .filter_map(|(rank, patient)| spot(model, patient, Some(rank as f64 + 1.0), lang))
        .collect()
}

/// Names of the models.
pub fn names(analysis: &Analysis, lang: Lang) -> Vec<String> {
    analysis
        .models
        .iter()
        .map(|model| app_words::capital(&words::learner(model.learner, lang)))
        .collect()
}

fn method(model: &ModelResult, lang: Lang) -> String {
    let said = lang.with(
        "method",
        &[
            ("method", words::correction(model, lang).into()),
            ("n", lang.count(model.n_resamples as i64).into()),
            ("failed", model.n_failed.into()),
        ],
    );
    match words::calibrator(model, lang) {
        Some(curve) => format!("{said} {curve}"),
        None => said,
    }
}

fn row(analysis: &Analysis, shown: usize, measure: Measure, lang: Lang) -> MeasureRow {
    let n_decimals = words::decimals(measure);
    let cells = analysis
        .models
        .iter()
        .map(|model| {
            let corrected = model.corrected.get(&measure).map_or_else(
                || "–".to_owned(),
                |value| words::estimate(measure, value, lang),
            );
            let apparent = model
                .apparent
                .get(&measure)
                .map_or_else(|| "–".to_owned(), |value| lang.number(*value, n_decimals));
            (corrected, apparent)
        })
        .collect();
    let range = analysis
        .models
        .get(shown)
        .and_then(|model| model.calibrated.get(&measure));
    MeasureRow {
        name: words::measure(measure, lang),
        definition: words::measure_definition(measure, lang),
        cells,
        by_chance: range.map_or_else(String::new, |(low, high)| {
            lang.range(*low, *high, n_decimals)
        }),
    }
}

fn cross_validated(model: &ModelResult, lang: Lang) -> String {
    model
        .cross_validated
        .get(&Measure::Auc)
        .map_or_else(String::new, |(mean, sd)| {
            lang.with(
                "cross-validated",
                &[
                    ("auc", lang.number(*mean, 2).into()),
                    ("sd", lang.number(*sd, 3).into()),
                ],
            )
        })
}

fn stability(model: &ModelResult, lang: Lang) -> String {
    let stability = &model.stability;
    lang.with(
        "stability-words",
        &[
            ("n", lang.count(stability.n_ok as i64).into()),
            ("points", lang.number(100.0 * stability.mape, 0).into()),
        ],
    )
}

fn terms(analysis: &Analysis, model: &ModelResult, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let mut header = vec![
        lang.t("term"),
        lang.t("odds-ratio"),
        words::limits_name(model, lang),
        lang.t("odds-step"),
    ];
    let has_kept = model.terms.iter().any(|term| term.kept.is_some());
    header.extend(has_kept.then(|| lang.t("report-kept")));
    let rows = model
        .terms
        .iter()
        .filter(|term| term.variable.is_some())
        .map(|term| {
            let (ratio, limits) = term.odds_ratio();
            let mut cells = vec![
                words::term(analysis, term, lang),
                limits.map_or_else(|| "–".to_owned(), |_| lang.number(ratio, 2)),
                limits.map_or_else(|| "–".to_owned(), |(low, high)| lang.range(low, high, 2)),
                if term.level.is_some() || words::is_missing_indicator(term) {
                    String::new()
                } else {
                    lang.short(term.or_unit)
                },
            ];
            cells.extend(term.kept.map(|kept| lang.percent(kept)));
            cells
        })
        .collect();
    (header, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_corrected_figure_stands_before_the_apparent_one() {
        let analysis = fixture::analysis();
        for lang in Lang::ALL {
            for model in 0..analysis.models.len() {
                let page = PerformancePage::new(&analysis, model, lang);
                assert_eq!(page.measures.len(), Measure::ALL.len());
                assert!(page.measures[0].cells[0].0.contains('('), "{page:?}");
                assert!(!format!("{:?}", page.measures).contains('⟦'));
                assert!(!page.setting.contains('⟦') && !page.stability.contains('⟦'));
                assert!(page.methods.iter().all(|method| !method.contains('⟦')));
                assert!(page.terms.0.iter().all(|title| !title.contains('⟦')));
                assert_eq!(page.subgroups.1.len(), 6);
                assert!(!format!("{:?}", page.subgroups).contains('⟦'));
                // The eldest are too few.
                assert_eq!(page.subgroups.1[4][3..], ["–"; 5]);
            }
        }
    }

    #[test]
    fn a_forest_has_no_coefficients() {
        let analysis = fixture::analysis();
        let forest = analysis
            .models
            .iter()
            .position(|model| model.terms.is_empty())
            .unwrap();
        let page = PerformancePage::new(&analysis, forest, Lang::En);
        assert!(page.terms.1.is_empty());
    }
}
