//! The meeting page of one patient: one number with its spread, and why.

use crate::analysis::{
    Alike, Analysis, DomainCheck, Gaps, MissingPlan, ModelResult, Near, PatientResult,
    PredictorSummary,
};
use crate::app::columns::plain_number;
use crate::app::pages::performance;
use crate::app::words as app_words;
use crate::base::issue::Arg;
use crate::base::text::Lang;
use crate::cohort::{Cell, Cohort};
use crate::figure::Figure;
use crate::report::{figures, words};

const N_REASONS: usize = 8;
/// Nearest patients that are named.
const N_NEAR: usize = 5;

/// The meeting page.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingPage {
    /// Pseudonym.
    pub id: String,
    /// "Patient P012".
    pub title: String,
    /// Moment, outcome, position.
    pub setting: String,
    /// The chance.
    pub chance: f64,
    /// The chance in words: "58%".
    pub number: String,
    /// "About 6 in 10 such patients respond".
    pub frequency: String,
    /// How many of ten.
    pub of_ten: usize,
    /// The spread over refits, in words.
    pub spread: String,
    /// The stratum, in words.
    pub stratum: String,
    /// Whether the stratum is undetermined.
    pub undetermined: bool,
    /// What the other models say.
    pub others: Vec<String>,
    /// What was observed.
    pub observed: String,
    /// Reasons in words, the largest first: position of the predictor, whether it raises the chance, and the sentence.
    pub reasons: Vec<(usize, bool, String)>,
    /// The same as a figure.
    pub figure: Figure,
    /// The likest patients: their place in the list, and who they are.
    pub alike: Vec<(usize, String)>,
    /// Whether they are near by scaled distance, rather than alike to the trees.
    pub alike_by_distance: bool,
    /// What is missing or outside the range of the others.
    pub unusual: Vec<String>,
}

impl MeetingPage {
    /// Builds the page of a patient under a model; `None` where there is none.
    pub fn new(
        analysis: &Analysis,
        cohort: Option<&Cohort>,
        model: usize,
        patient: usize,
        lang: Lang,
    ) -> Option<Self> {
        let result = analysis.models.get(model)?;
        let shown = result.patients.get(patient)?;
        let of_ten = (10.0 * shown.risk).round() as usize;
        let setting = [
            performance::setting(&analysis.settings.outcome, lang),
            lang.with(
                "patient-place",
                &[
                    ("n", lang.count(patient as i64 + 1).into()),
                    ("of", lang.count(result.patients.len() as i64).into()),
                ],
            ),
        ];
        Some(Self {
            id: shown.id.clone(),
            title: lang.with("patient-title", &[("id", shown.id.as_str().into())]),
            setting: setting.join(" · "),
            chance: shown.risk,
            number: lang.percent(shown.risk),
            frequency: lang.with("about-in-ten", &[("n", of_ten.into())]),
            of_ten,
            spread: lang.with(
                "spread-words",
                &[("range", lang.percent_range(shown.low, shown.high).into())],
            ),
            stratum: words::stratum(result, shown, lang),
            undetermined: shown.stratum.is_none(),
            others: others(analysis, model, patient, lang),
            observed: super::model::observed(shown.observed, lang),
            reasons: reasons(analysis, cohort, shown, lang),
            figure: figures::contributions(analysis, model, patient, N_REASONS, lang),
            alike: alike(result, shown, lang),
            alike_by_distance: shown.alike.is_empty(),
            unusual: unusual(analysis, result, cohort, shown, lang),
        })
    }
}

fn others(analysis: &Analysis, model: usize, patient: usize, lang: Lang) -> Vec<String> {
    analysis
        .models
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != model)
        .filter_map(|(_, other)| {
            let chance = other.patients.get(patient)?.risk;
            Some(lang.with(
                "other-says",
                &[
                    (
                        "model",
                        app_words::capital(&words::learner(other.learner, lang)).into(),
                    ),
                    ("chance", Arg::Share(chance)),
                ],
            ))
        })
        .collect()
}

/// The largest contributions as sentences.
fn reasons(
    analysis: &Analysis,
    cohort: Option<&Cohort>,
    patient: &PatientResult,
    lang: Lang,
) -> Vec<(usize, bool, String)> {
    let mut order: Vec<usize> = (0..patient.contributions.len()).collect();
    let size = |at: usize| patient.contributions[at].abs();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    order
        .into_iter()
        .filter(|&at| patient.contributions[at] != 0.0)
        .take(N_REASONS)
        .filter_map(|at| {
            let predictor = analysis.predictors.get(at)?;
            let words = value_words(predictor, cohort, patient.row, lang);
            Some((at, patient.contributions[at] > 0.0, words))
        })
        .collect()
}

/// A predictor with this patient's value and, for a number, where half of the patients lie.
fn value_words(
    predictor: &PredictorSummary,
    cohort: Option<&Cohort>,
    row: usize,
    lang: Lang,
) -> String {
    let label = predictor.label.as_str();
    let Some(cohort) = cohort else {
        return label.to_owned();
    };
    match cohort.cell(row, &predictor.name) {
        None => lang.with("reason-missing", &[("label", label.into())]),
        Some(Cell::Text(text)) => lang.with(
            "reason-level",
            &[("label", label.into()), ("value", text.into())],
        ),
        Some(Cell::Number(x)) => {
            let value = format!("{}{}", plain_number(x, lang), words::unit(predictor, lang));
            match predictor.quartiles {
                Some([lower, _, upper]) => lang.with(
                    "reason-number",
                    &[
                        ("label", label.into()),
                        ("value", value.into()),
                        ("low", lang.short(lower).into()),
                        ("high", lang.short(upper).into()),
                    ],
                ),
                None => lang.with(
                    "reason-level",
                    &[("label", label.into()), ("value", value.into())],
                ),
            }
        }
    }
}

fn alike(result: &ModelResult, shown: &PatientResult, lang: Lang) -> Vec<(usize, String)> {
    let line = |alike: &Alike| {
        let other = result.patients.get(alike.patient)?;
        let args = [
            ("id", other.id.as_str().into()),
            (
                "observed",
                super::model::observed(other.observed, lang).into(),
            ),
            ("share", Arg::Share(alike.share)),
        ];
        Some((alike.patient, lang.with("alike-line", &args)))
    };
    if shown.alike.is_empty() {
        return near(result, shown, lang);
    }
    shown.alike.iter().filter_map(line).collect()
}

/// The nearest patients by scaled distance, where the model itself knows no likeness.
fn near(result: &ModelResult, shown: &PatientResult, lang: Lang) -> Vec<(usize, String)> {
    let nearest = shown.domain_check.iter().flat_map(|check| &check.nearest);
    let line = |near: &Near| {
        let other = result.patients.get(near.patient)?;
        let args = [
            ("id", other.id.as_str().into()),
            (
                "observed",
                super::model::observed(other.observed, lang).into(),
            ),
            ("distance", lang.number(near.distance, 2).into()),
        ];
        Some((near.patient, lang.with("alike-near", &args)))
    };
    nearest.take(N_NEAR).filter_map(line).collect()
}

fn unusual(
    analysis: &Analysis,
    result: &ModelResult,
    cohort: Option<&Cohort>,
    patient: &PatientResult,
    lang: Lang,
) -> Vec<String> {
    let mut lines: Vec<String> = patient
        .outside
        .iter()
        .map(|name| {
            let label = words::predictor(analysis, name);
            lang.with("outside-words", &[("label", label.into())])
        })
        .collect();
    if let Some(cohort) = cohort {
        lines.extend(
            analysis
                .predictors
                .iter()
                .filter(|predictor| cohort.cell(patient.row, &predictor.name).is_none())
                .map(|predictor| {
                    let label = predictor.label.as_str();
                    let has_a_side = result
                        .fit
                        .grown
                        .is_some_and(|grown| grown.gaps == Gaps::BetterSide);
                    let key = match analysis.settings.missing {
                        _ if has_a_side => "missing-words-side",
                        MissingPlan::Single => "missing-words",
                        MissingPlan::Multiple(_) => "missing-words-imputed",
                    };
                    lang.with(key, &[("label", label.into())])
                }),
        );
    }
    if patient
        .domain_check
        .as_ref()
        .is_some_and(DomainCheck::is_far)
    {
        lines.push(lang.t("together-unusual"));
    }
    if patient.gaps_alone {
        lines.push(lang.t("gaps-alone-words"));
    }
    if lines.is_empty() {
        lines.push(lang.t("nothing-unusual"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_page_says_the_chance_its_spread_and_why() {
        let (analysis, cohort) = (fixture::analysis(), fixture::cohort());
        for lang in Lang::ALL {
            for model in 0..analysis.models.len() {
                let page = MeetingPage::new(&analysis, Some(&cohort), model, 0, lang).unwrap();
                assert!(page.of_ten <= 10);
                assert!(!page.reasons.is_empty());
                assert_eq!(page.others.len(), analysis.models.len() - 1);
                let words = format!(
                    "{} {} {} {} {:?} {:?} {:?}",
                    page.title,
                    page.setting,
                    page.frequency,
                    page.spread,
                    page.reasons,
                    page.others,
                    page.unusual
                );
                assert!(!words.contains('⟦'), "{words}");
            }
        }
        assert!(MeetingPage::new(&analysis, None, 9, 0, Lang::En).is_none());
    }

    #[test]
    fn reasons_come_by_size() {
        let analysis = fixture::analysis();
        let patient = &analysis.models[0].patients[0];
        let reasons = reasons(&analysis, None, patient, Lang::En);
        let largest = patient
            .contributions
            .iter()
            .copied()
            .max_by(|a, b| a.abs().total_cmp(&b.abs()))
            .unwrap();
        assert_eq!(reasons[0].1, largest > 0.0);
    }
}
