//! What the train page shows.

use std::time::Duration;

use crate::analysis::{Learner, MissingPlan, Settings};
use crate::app::pages::Cx;
use crate::app::words;
use crate::base::text::Lang;
use crate::report::words as report_words;

/// Seconds for a unit of work on a slow office machine, until this one has been measured.
const SECS_PER_UNIT: f64 = 1.0e-9;

/// A model that can be trained.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnerRow {
    /// Which.
    pub learner: Learner,
    /// Its name.
    pub name: String,
    /// What it does, in plain words.
    pub about: String,
    /// Whether it is trained.
    pub ticked: bool,
}

/// The train page.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainPage {
    /// Where things stand.
    pub sentence: String,
    /// The models.
    pub learners: Vec<LearnerRow>,
    /// What is missing before a training can begin; empty where nothing is.
    pub missing: String,
    /// About how long it takes; empty where nothing can be said.
    pub estimate: String,
    /// What was trained: time and sentence, newest first.
    pub log: Vec<(String, String)>,
}

impl TrainPage {
    /// Builds the page.
    pub fn new(cx: &Cx<'_>) -> Self {
        let lang = cx.lang;
        let settings = &cx.session.study.settings;
        let missing = missing(cx, lang);
        let estimate = estimate(cx).map_or_else(String::new, |time| {
            lang.with(
                "train-estimate",
                &[("time", words::duration(time, lang).into())],
            )
        });
        Self {
            sentence: sentence(cx, &missing, lang),
            learners: Learner::ALL
                .into_iter()
                .map(|learner| LearnerRow {
                    learner,
                    name: words::capital(&report_words::learner(learner, lang)),
                    about: lang.t(&format!("about-{}", learner.name())),
                    ticked: settings.learners.contains(&learner),
                })
                .collect(),
            missing,
            estimate,
            log: cx
                .session
                .log
                .iter()
                .rev()
                .map(|line| (clock(&line.at), lang.issue(&line.issue)))
                .collect(),
        }
    }
}

/// Day and time of an ISO 8601 stamp, to the minute.
fn clock(at: &str) -> String {
    at.get(..16).map_or_else(
        || at.to_owned(),
        |at| format!("{} UTC", at.replace('T', " ")),
    )
}

fn sentence(cx: &Cx<'_>, missing: &str, lang: Lang) -> String {
    if cx.training {
        return lang.t("training");
    }
    if !missing.is_empty() {
        return missing.to_owned();
    }
    if cx.session.analysis.is_some() && !cx.session.is_stale() {
        return lang.t("train-done");
    }
    let n = cx.session.outcome().map_or(0, |outcome| outcome.y.len());
    lang.with(
        "train-ready",
        &[("patients", words::patients(n, lang).into())],
    )
}

fn missing(cx: &Cx<'_>, lang: Lang) -> String {
    let Some(derived) = &cx.session.derived else {
        return lang.t("working");
    };
    if let Err(failure) = &derived.outcome {
        return lang.issue(&failure.issue());
    }
    if let Some(Err(failure)) = &derived.sample_size {
        return lang.issue(&failure.issue());
    }
    if cx.session.study.settings.learners.is_empty() {
        return lang.t("train-no-learner");
    }
    String::new()
}

fn estimate(cx: &Cx<'_>) -> Option<Duration> {
    let n = cx.session.outcome()?.y.len();
    let derived = cx.session.derived.as_ref()?;
    let size = derived.sample_size.as_ref()?.as_ref().ok()?;
    let work = units(n, size.n_parameters, &cx.session.study.settings);
    let pace = cx.preferences.secs_per_unit.unwrap_or(SECS_PER_UNIT);
    Duration::try_from_secs_f64(work * pace).ok()
}

/// Work of a training in units that grow as the work does: refits, rows, columns, trees.
pub fn units(n_rows: usize, k_cols: usize, settings: &Settings) -> f64 {
    let (n, k) = (n_rows.max(2) as f64, k_cols.max(1) as f64);
    let plan = &settings.plan;
    let refits = (1 + plan.n_half_samples + plan.n_folds * plan.n_repeats) as f64;
    let bootstraps = plan.n_bootstraps as f64;
    // Fits and chained equations of one refit: a regression a column in every round of every imputation.
    let (sets, impute) = match settings.missing {
        MissingPlan::Single => (1.0, 0.0),
        MissingPlan::Multiple(params) => {
            let rounds = (params.n_imputations * params.n_iterations) as f64;
            (params.n_imputations as f64, rounds * n * k * k * k)
        }
    };
    // Newton steps for one fit; a ridge fit adds a path of penalties in ten folds.
    let newton = n * k * k * 8.0;
    let grow = settings.forest.n_trees as f64 * n * n.log2() * k.sqrt() * 4.0;
    // Contributions: every patient against a hundred others in every tree.
    let explain = settings.forest.n_trees as f64 * n * 100.0 * 30.0;
    settings
        .learners
        .iter()
        .map(|learner| match learner {
            Learner::Logistic => (refits + bootstraps) * (newton * sets + impute),
            // Twice Newton, with the leverage of each row in every step.
            Learner::Firth => (refits + bootstraps) * (newton * 6.0 * sets + impute),
            Learner::Ridge => (refits + bootstraps) * (newton * 40.0 * sets + impute),
            // A path of up to a hundred penalties in ten folds, a few gradients each.
            Learner::Lasso | Learner::ElasticNet => {
                let paths = 1100.0 * n * (4.0 * k + 40.0);
                (refits + bootstraps) * (paths * sets + impute)
            }
            Learner::Forest => refits * (grow + impute) + explain,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_trees_and_more_resamples_are_more_work() {
        let settings = Settings::default();
        let base = units(400, 20, &settings);
        let mut more = settings.clone();
        more.forest.n_trees *= 2;
        assert!(units(400, 20, &more) > base);
        let mut more = settings.clone();
        more.plan.n_bootstraps *= 2;
        assert!(units(400, 20, &more) > base);
        let mut more = settings.clone();
        more.missing = MissingPlan::Multiple(crate::analysis::ImputeParams::default());
        assert!(units(400, 20, &more) > base);
        let mut none = settings;
        none.learners.clear();
        assert_eq!(units(400, 20, &none), 0.0);
    }

    #[test]
    fn a_stamp_is_shown_to_the_minute() {
        assert_eq!(clock("2026-11-20T21:32:05Z"), "2026-11-20 21:32 UTC");
        assert_eq!(clock("soon"), "soon");
    }
}
