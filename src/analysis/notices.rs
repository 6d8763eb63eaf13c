//! Warnings that can't be hidden: they stand on the page of performance, on the meeting page and in every export.

use crate::analysis::{Analysis, Measure, MissingPlan, ModelResult, PredictorSummary};
use crate::base::issue::{Arg, Issue};
use crate::design::Curve;

/// An AUC above this in a small cohort is more likely an error than a discovery.
const SUSPICIOUS_AUC: f64 = 0.85;
/// What counts as a small cohort there.
const SMALL: usize = 200;
/// Share of failed resamples, and of missing values of a predictor, above which a warning is due.
const FAILED_SHARE: f64 = 0.05;
const MISSING_SHARE: f64 = 0.20;

/// The warnings of an analysis, in a fixed order.
pub(crate) fn notices(analysis: &Analysis) -> Vec<Issue> {
    let mut notices = Vec::new();
    if analysis.cohort.synthetic {
        notices.push(Issue::warning("synthetic-cohort"));
    }
    if !analysis.unfinished.is_empty() {
        let what = Arg::Keys(analysis.unfinished.clone());
        notices.push(Issue::warning("partial-results").with("what", what));
    }
    let size = &analysis.sample_size;
    if size.n_available < size.n_required {
        notices.push(
            Issue::warning("sample-size-short")
                .with("n", size.n_available)
                .with("required", size.n_required)
                .with("missing", size.n_required - size.n_available)
                .with("points", (100.0 * size.expected_mape).round()),
        );
    }
    let n = analysis.cohort.n_analysed as f64;
    for predictor in &analysis.predictors {
        let share = predictor.n_missing as f64 / n;
        if share > MISSING_SHARE {
            notices.push(
                Issue::warning("predictor-often-missing")
                    .in_column(&predictor.name)
                    .with("label", predictor.label.as_str())
                    .with("share", Arg::Share(share)),
            );
        }
    }
    notices.extend(imputed_as_straight(analysis));
    for model in &analysis.models {
        notices.extend(of_model(model, analysis.cohort.n_analysed));
    }
    notices
}

/// Chained equations know no bends and no products: predictors with gaps that enter the models so.
fn imputed_as_straight(analysis: &Analysis) -> Option<Issue> {
    if !matches!(analysis.settings.missing, MissingPlan::Multiple(_)) {
        return None;
    }
    let pairs = &analysis.settings.design.interactions;
    let bends = |predictor: &&PredictorSummary| {
        let is_factor = |(a, b): &(String, String)| *a == predictor.name || *b == predictor.name;
        predictor.n_missing > 0
            && (predictor.form.curve != Curve::Linear || pairs.iter().any(is_factor))
    };
    let labels: Vec<&str> = analysis
        .predictors
        .iter()
        .filter(bends)
        .map(|predictor| predictor.label.as_str())
        .collect();
    let is_regression = |model: &ModelResult| model.out_of_bag.is_none();
    let issue = Issue::warning("imputed-as-straight").with("labels", labels.join(", "));
    (!labels.is_empty() && analysis.models.iter().any(is_regression)).then_some(issue)
}

fn of_model(model: &ModelResult, n: usize) -> Vec<Issue> {
    let mut notices = Vec::new();
    let learner = model.learner.name();
    let is_forest = model.out_of_bag.is_some();
    let auc = if is_forest {
        model.corrected.get(&Measure::Auc).map(|auc| auc.estimate)
    } else {
        model.apparent.get(&Measure::Auc).copied()
    };
    if let Some(auc) = auc.filter(|auc| *auc > SUSPICIOUS_AUC && n < SMALL) {
        notices.push(
            Issue::warning("auc-too-good")
                .with("learner", learner)
                .with("auc", hundredths(auc)),
        );
    }
    let slope = model.corrected.get(&Measure::CalibrationSlope);
    if let Some((low, high)) = slope.and_then(|slope| slope.limits)
        && (low < 0.8 || high > 1.25)
    {
        notices.push(
            Issue::warning("slope-uncertain")
                .with("learner", learner)
                .with("low", hundredths(low))
                .with("high", hundredths(high)),
        );
    }
    if model.n_failed as f64 > FAILED_SHARE * model.n_resamples as f64 {
        notices.push(
            Issue::warning("resamples-failed")
                .with("learner", learner)
                .with("failed", model.n_failed)
                .with("n", model.n_resamples),
        );
    }
    if !model.fit.converged {
        notices.push(Issue::warning("fit-not-converged").with("learner", learner));
    }
    notices
}

/// Two decimals are what a sentence can bear.
fn hundredths(value: f64) -> f64 {
    (100.0 * value).round() / 100.0
}
