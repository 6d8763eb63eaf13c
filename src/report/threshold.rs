//! What it means to act from some chance on, in words and in a table: for the slider of the page of performance.

use crate::analysis::{Analysis, ModelResult};
use crate::base::num::Interval;
use crate::base::text::Lang;
use crate::outcome::Moment;
use crate::report::words;
use crate::validate::curves::{net_benefit, proportions};

/// Most responders of the ratio that is said: "3 implants for every 2 responders".
const MOST_SAID: u32 = 20;

/// A threshold in words, and what each model does there.
#[derive(Clone, Debug, PartialEq)]
pub struct ThresholdWords {
    /// What one accepts by acting from this chance on.
    pub bargain: String,
    /// For each model, what acting on it brings.
    pub models: Vec<String>,
    /// Titles of the table.
    pub header: Vec<String>,
    /// A row a figure, a column a model: counts, and shares with their 95 % limits (Wilson).
    pub rows: Vec<Vec<String>>,
    /// From what the table says how another training would decide.
    pub refits: String,
}

/// What acting from this chance on means, `threshold` in (0, 1).
pub fn threshold_words(analysis: &Analysis, threshold: f64, lang: Lang) -> ThresholdWords {
    let titles = [
        "threshold-acted",
        "threshold-sensitivity",
        "threshold-specificity",
        "threshold-ppv",
        "threshold-npv",
        "threshold-benefit",
        "threshold-otherwise",
    ];
    let of_models: Vec<[String; 7]> = analysis
        .models
        .iter()
        .map(|model| figures(model, threshold, lang))
        .collect();
    let mut header = vec![String::new()];
    header.extend(
        analysis
            .models
            .iter()
            .map(|model| words::learner(model.learner, lang)),
    );
    let row = |(at, key): (usize, &str)| {
        let cells = of_models.iter().map(|of| of[at].clone());
        std::iter::once(lang.t(key)).chain(cells).collect()
    };
    ThresholdWords {
        bargain: bargain(analysis, threshold, lang),
        models: analysis
            .models
            .iter()
            .map(|model| brings(analysis, model, threshold, lang))
            .collect(),
        header,
        rows: titles.into_iter().enumerate().map(row).collect(),
        refits: refits(analysis, lang),
    }
}

/// Actions and responders, the smallest whole numbers whose ratio is the threshold within a fiftieth: at 0.4 five
/// for two.
fn ratio(threshold: f64) -> (u32, u32) {
    let error = |responders: u32| {
        let actions = (f64::from(responders) / threshold).round();
        (f64::from(responders) / actions - threshold).abs()
    };
    let close = (1..=MOST_SAID).find(|&responders| error(responders) <= 0.02 * threshold);
    let best = (1..=MOST_SAID).min_by(|a, b| error(*a).total_cmp(&error(*b)));
    let responders = close.or(best).unwrap_or(1);
    (
        (f64::from(responders) / threshold).round() as u32,
        responders,
    )
}

/// Before the trial the action is to offer one.
fn action_key(analysis: &Analysis) -> &'static str {
    match analysis.settings.outcome.moment {
        Moment::BeforeTrial => "trial",
        Moment::AfterTrial => "implant",
    }
}

fn bargain(analysis: &Analysis, threshold: f64, lang: Lang) -> String {
    let (actions, responders) = ratio(threshold);
    let key = format!("threshold-bargain-{}", action_key(analysis));
    lang.with(
        &key,
        &[
            ("chance", lang.percent(threshold).into()),
            ("actions", (actions as usize).into()),
            ("responders", (responders as usize).into()),
        ],
    )
}

fn risks_and_outcomes(model: &ModelResult) -> (Vec<f64>, Vec<bool>) {
    let patients = model.patients.iter();
    patients.map(|one| (one.risk, one.observed)).unzip()
}

/// Net benefit of the model and of acting in everyone, for 100 patients, in one sentence.
fn brings(analysis: &Analysis, model: &ModelResult, threshold: f64, lang: Lang) -> String {
    let (risks, y) = risks_and_outcomes(model);
    let own = 100.0 * net_benefit(risks.iter().map(|risk| *risk >= threshold), &y, threshold);
    let all = 100.0 * net_benefit(y.iter().map(|_| true), &y, threshold);
    let rival = all.max(0.0);
    let key = match own - rival {
        gain if gain > 0.05 => "threshold-more",
        gain if gain < -0.05 => "threshold-less",
        _ => "threshold-same",
    };
    let rival = lang.t(match (all > 0.0, action_key(analysis)) {
        (true, "trial") => "threshold-all-trial",
        (true, _) => "threshold-all-implant",
        (false, _) => "threshold-none",
    });
    lang.with(
        key,
        &[
            (
                "model",
                lang.t(&format!("learner-{}.subject", model.learner.name()))
                    .into(),
            ),
            ("gain", lang.number((own - all.max(0.0)).abs(), 1).into()),
            ("rival", rival.into()),
        ],
    )
}

fn figures(model: &ModelResult, threshold: f64, lang: Lang) -> [String; 7] {
    let (risks, y) = risks_and_outcomes(model);
    let found = proportions(&risks, &y, threshold);
    let acted = risks.iter().filter(|risk| **risk >= threshold).count();
    let share = |share: Option<Interval>| {
        share.map_or_else(
            || "–".to_owned(),
            |of| {
                let range = lang.percent_range(of.low, of.high);
                format!("{} ({range})", lang.percent(of.estimate))
            },
        )
    };
    let benefit = net_benefit(risks.iter().map(|risk| *risk >= threshold), &y, threshold);
    [
        lang.with(
            "threshold-of",
            &[
                ("n", lang.count(acted as i64).into()),
                ("all", lang.count(y.len() as i64).into()),
            ],
        ),
        share(found.sensitivity),
        share(found.specificity),
        share(found.ppv),
        share(found.npv),
        lang.number(100.0 * benefit, 1),
        otherwise(model, threshold, lang),
    ]
}

/// For how many patients another training would decide otherwise, mean over the refits on half-samples.
fn otherwise(model: &ModelResult, threshold: f64, lang: Lang) -> String {
    let percent = (100.0 * threshold).round() as usize;
    let at = percent.checked_sub(1);
    let share = at.and_then(|at| model.stability.by_percent.get(at));
    share.map_or_else(
        || "–".to_owned(),
        |share| {
            let n = share * model.patients.len() as f64;
            let said = [
                ("n", lang.number(n, 0).into()),
                ("share", lang.percent(*share).into()),
            ];
            lang.with("threshold-otherwise-of", &said)
        },
    )
}

/// What the last row of the table rests on.
fn refits(analysis: &Analysis, lang: Lang) -> String {
    let models = analysis.models.iter();
    let known = models.filter(|model| !model.stability.by_percent.is_empty());
    let fewest = known.map(|model| model.stability.n_ok).min();
    fewest.map_or_else(
        || lang.t("threshold-refits-unknown"),
        |n| lang.with("threshold-refits", &[("n", n.into())]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn a_threshold_is_said_as_a_bargain_in_small_numbers() {
        assert_eq!(ratio(0.4), (5, 2));
        assert_eq!(ratio(2.0 / 3.0), (3, 2));
        assert_eq!(ratio(0.5), (2, 1));
        assert_eq!(ratio(0.1), (10, 1));
        for percent in 5..=95 {
            let threshold = f64::from(percent) / 100.0;
            let (actions, responders) = ratio(threshold);
            let said = f64::from(responders) / f64::from(actions);
            assert!((said - threshold).abs() < 0.02, "{threshold} {said}");
        }
    }

    #[test]
    fn everyone_is_acted_on_below_the_lowest_chance_and_no_model_brings_more() {
        let analysis = fixture::analysis();
        for lang in Lang::ALL {
            let found = threshold_words(&analysis, 0.01, lang);
            assert_eq!(found.header.len(), 1 + analysis.models.len());
            let n = analysis.models[0].patients.len();
            assert!(
                found.rows[0][1].starts_with(&n.to_string()),
                "{:?}",
                found.rows
            );
            assert!(found.rows[1][1].starts_with("100"));
            assert_eq!(found.rows[4][1], "–", "nobody is below");
            assert!(!format!("{found:?}").contains('⟦'));
            // The fixture's refits cross one half in 20 of 100, and 1 % in nearly none.
            let share = 0.2 * n as f64;
            let other = threshold_words(&analysis, 0.5, lang);
            assert!(other.rows[6][1].contains(&lang.number(share, 0)));
            assert!(other.rows[6][1].contains(&lang.percent(0.2)));
            assert_ne!(other.rows[6], found.rows[6]);
            let mut older = analysis.clone();
            for model in &mut older.models {
                model.stability.by_percent.clear();
            }
            let older = threshold_words(&older, 0.5, lang);
            assert_eq!(older.rows[6][1..], ["–", "–"]);
            assert_ne!(older.refits, other.refits);
            assert_ne!(other.models, found.models);
            assert!(
                other
                    .models
                    .iter()
                    .chain([&other.bargain])
                    .all(|text| !text.contains('⟦'))
            );
        }
    }
}
