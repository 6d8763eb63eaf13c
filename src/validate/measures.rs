//! Measures of performance: discrimination, overall error, calibration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::num::{Matrix, Z_95, mean, normal_cdf, quantile_sorted, sd};
use crate::learn::calibrate;
use crate::recipe::Predictions;
use crate::solve::{self, LogisticFit};
use crate::validate::Loess;

/// A measure of performance, in the order of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Area under the ROC curve (C-statistic): chance that a responder is given the higher chance.
    Auc,
    /// Mean squared distance between chance and outcome.
    Brier,
    /// 1 - Brier / Brier of the event rate.
    ScaledBrier,
    /// Mean negative log-likelihood.
    LogLoss,
    /// Nagelkerke's R2 of the predictions as they are.
    NagelkerkeR2,
    /// Tjur's R2: mean chance of responders less that of the others.
    TjurR2,
    /// Calibration-in-the-large: intercept of `y ~ offset(log-odds)`.
    CalibrationIntercept,
    /// Slope of `y ~ log-odds`.
    CalibrationSlope,
    /// Observed responders over expected ones.
    OeRatio,
    /// Mean distance between chance and smooth calibration curve.
    Ici,
    /// Median of that distance.
    E50,
    /// Its 0.9 quantile.
    E90,
    /// Its maximum.
    Emax,
    /// Mean of its square.
    Eci,
}

impl Measure {
    /// All measures, in the order of the tables.
    pub const ALL: [Self; 14] = [
        Self::Auc,
        Self::Brier,
        Self::ScaledBrier,
        Self::LogLoss,
        Self::NagelkerkeR2,
        Self::TjurR2,
        Self::CalibrationIntercept,
        Self::CalibrationSlope,
        Self::OeRatio,
        Self::Ici,
        Self::E50,
        Self::E90,
        Self::Emax,
        Self::Eci,
    ];

    /// Those that are distances between chance and smooth curve, and never below 0.
    pub const DISTANCES: [Self; 5] = [Self::Ici, Self::E50, Self::E90, Self::Emax, Self::Eci];

    /// The measures of calibration, which noise alone moves away from their ideal.
    pub const OF_CALIBRATION: [Self; 8] = [
        Self::CalibrationIntercept,
        Self::CalibrationSlope,
        Self::OeRatio,
        Self::Ici,
        Self::E50,
        Self::E90,
        Self::Emax,
        Self::Eci,
    ];

    /// Name in `results.json`; the message is `measure-NAME` with `-` for `_`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auc => "auc",
            Self::Brier => "brier",
            Self::ScaledBrier => "scaled_brier",
            Self::LogLoss => "log_loss",
            Self::NagelkerkeR2 => "nagelkerke_r2",
            Self::TjurR2 => "tjur_r2",
            Self::CalibrationIntercept => "calibration_intercept",
            Self::CalibrationSlope => "calibration_slope",
            Self::OeRatio => "oe_ratio",
            Self::Ici => "ici",
            Self::E50 => "e50",
            Self::E90 => "e90",
            Self::Emax => "emax",
            Self::Eci => "eci",
        }
    }
}

/// Values by measure; a measure that is undefined here has no entry.
pub type Performance = BTreeMap<Measure, f64>;

/// All measures of these predictions; a measure that is undefined (one class, constant
/// predictions) has no entry. `predictions` and `y` have one entry a patient.
pub fn performance(predictions: &Predictions, y: &[bool]) -> Performance {
    let mut found = performance_without_curve(predictions, y);
    if let Some(errors) = calibration_errors(&predictions.risks, y) {
        found.extend(errors.by_measure());
    }
    found
}

/// The measures that need no smooth curve.
fn performance_without_curve(predictions: &Predictions, y: &[bool]) -> Performance {
    let (risks, lp) = (&predictions.risks, &predictions.linear_predictors);
    let estimate = |found: Option<(f64, f64)>| found.map(|(estimate, _)| estimate);
    [
        (Measure::Auc, auc(lp, y)),
        (Measure::Brier, brier(risks, y)),
        (Measure::ScaledBrier, scaled_brier(risks, y)),
        (Measure::LogLoss, log_loss(risks, y)),
        (Measure::NagelkerkeR2, nagelkerke_r2(risks, y)),
        (Measure::TjurR2, tjur_r2(risks, y)),
        (
            Measure::CalibrationIntercept,
            estimate(calibration_in_the_large(lp, y)),
        ),
        (
            Measure::CalibrationSlope,
            estimate(calibration_slope(lp, y)),
        ),
        (Measure::OeRatio, oe_ratio(risks, y)),
    ]
    .into_iter()
    .filter_map(|(measure, value)| Some((measure, value.filter(|value| value.is_finite())?)))
    .collect()
}

fn number(event: bool) -> f64 {
    f64::from(u8::from(event))
}

/// Positions in ascending order of the score, as runs of equal scores.
fn tied_runs(scores: &[f64]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for at in order {
        match runs.last_mut() {
            Some(run) if scores[run[0]] == scores[at] => run.push(at),
            _ => runs.push(vec![at]),
        }
    }
    runs
}

/// Area under the ROC curve: share of pairs of one event and one non-event in which the event has
/// the higher score, a tie counting one half. `None` with one class.
pub fn auc(scores: &[f64], y: &[bool]) -> Option<f64> {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(y.iter().copied()).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let n_events = y.iter().filter(|&&event| event).count();
    let n_others = y.len() - n_events;
    if n_events == 0 || n_others == 0 {
        return None;
    }
    let (mut sum, mut below, mut start) = (0.0, 0.0, 0);
    while start < order.len() {
        let mut end = start;
        let (mut events, mut others) = (0.0, 0.0);
        while end < order.len() && order[end].0 == order[start].0 {
            if order[end].1 {
                events += 1.0;
            } else {
                others += 1.0;
            }
            end += 1;
        }
        sum += events * (below + 0.5 * others);
        below += others;
        start = end;
    }
    Some(sum / (n_events as f64 * n_others as f64))
}

/// For each patient the share of the other class that the score puts on the right side, a tie
/// counting one half: their means are the AUC. `None` with fewer than two patients in a class.
fn placements(scores: &[f64], y: &[bool]) -> Option<Vec<f64>> {
    let n_events = y.iter().filter(|&&event| event).count();
    let n_others = y.len() - n_events;
    if n_events < 2 || n_others < 2 {
        return None;
    }
    let (m, n) = (n_events as f64, n_others as f64);
    let mut placed = vec![0.0; y.len()];
    let (mut events_below, mut others_below) = (0.0, 0.0);
    for run in tied_runs(scores) {
        let events = run.iter().filter(|&&at| y[at]).count() as f64;
        let others = run.len() as f64 - events;
        for &at in &run {
            placed[at] = if y[at] {
                (others_below + 0.5 * others) / n
            } else {
                (m - events_below - 0.5 * events) / m
            };
        }
        events_below += events;
        others_below += others;
    }
    Some(placed)
}

/// Mean of the placements of the events and the standard error of `DeLong`.
fn of_placements(placed: &[f64], y: &[bool]) -> Option<PairedDifference> {
    let (events, others) = (of_class(placed, y, true), of_class(placed, y, false));
    let variance =
        sd(&events)?.powi(2) / events.len() as f64 + sd(&others)?.powi(2) / others.len() as f64;
    Some(PairedDifference {
        estimate: mean(&events)?,
        std_error: variance.sqrt(),
    })
}

/// AUC and its standard error by `DeLong`, `DeLong` and Clarke-Pearson (1988); `None` with fewer than
/// two patients in a class.
pub fn delong(scores: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    let found = of_placements(&placements(scores, y)?, y)?;
    Some((found.estimate, found.std_error))
}

/// A difference between two models on the same patients, the models held fixed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// First less second.
    pub estimate: f64,
    /// Its standard error, the two being measured on the same patients.
    pub std_error: f64,
}

impl PairedDifference {
    /// 95 % limits.
    pub fn limits(&self) -> (f64, f64) {
        let half = Z_95 * self.std_error;
        (self.estimate - half, self.estimate + half)
    }

    /// Two-sided p-value of no difference; 1 where the two do not differ in any patient.
    pub fn p(&self) -> f64 {
        if self.std_error > 0.0 {
            2.0 * normal_cdf(-(self.estimate / self.std_error).abs())
        } else if self.estimate == 0.0 {
            1.0
        } else {
            0.0
        }
    }
}

/// AUC of the first scores less that of the second, by the paired method of `DeLong`, `DeLong` and
/// Clarke-Pearson (1988); `None` with fewer than two patients in a class.
pub fn auc_difference(first: &[f64], second: &[f64], y: &[bool]) -> Option<PairedDifference> {
    let (first, second) = (placements(first, y)?, placements(second, y)?);
    let apart: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
    of_placements(&apart, y)
}

/// 95 % limits of an AUC: the `DeLong` limits of `scores`, moved to `estimate` and kept in [0, 1].
///
/// For a corrected AUC they are too narrow, for they do not know that a refit would differ: in
/// simulations at n = 150 they hold the truth in 86 to 90 of 100 cohorts (83 for a forest).
pub fn auc_limits(estimate: f64, scores: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    let (_, std_error) = delong(scores, y)?;
    let half = Z_95 * std_error;
    Some(((estimate - half).max(0.0), (estimate + half).min(1.0)))
}

/// Brier score: mean squared distance of risk and outcome; `None` for no patient.
pub fn brier(risks: &[f64], y: &[bool]) -> Option<f64> {
    mean(
        &risks
            .iter()
            .zip(y)
            .map(|(p, &event)| (p - number(event)).powi(2))
            .collect::<Vec<_>>(),
    )
}

/// `1 - Brier / (rate (1 - rate))`; `None` with one class.
pub fn scaled_brier(risks: &[f64], y: &[bool]) -> Option<f64> {
    let rate = y.iter().filter(|&&event| event).count() as f64 / y.len() as f64;
    let null = rate * (1.0 - rate);
    (null > 0.0).then(|| brier(risks, y).map(|brier| 1.0 - brier / null))?
}

/// Mean negative log-likelihood, risks kept within [1e-15, 1 - 1e-15]; `None` for no patient.
pub fn log_loss(risks: &[f64], y: &[bool]) -> Option<f64> {
    mean(&risks.iter().zip(y).map(log_loss_of).collect::<Vec<_>>())
}

fn log_loss_of((risk, &event): (&f64, &bool)) -> f64 {
    let risk = risk.clamp(1e-15, 1.0 - 1e-15);
    -(if event { risk } else { 1.0 - risk }).ln()
}

/// Nagelkerke's R2 (1991) of risks as they are: `(1 - exp(2 (l0 - l) / n)) / (1 - exp(2 l0 / n))`, with the
/// log-likelihood `l` of the risks and `l0` of the event rate. Below 0 where the event rate alone
/// predicts better; risks are kept within [1e-15, 1 - 1e-15]. `None` with one class.
pub fn nagelkerke_r2(risks: &[f64], y: &[bool]) -> Option<f64> {
    let rate = mean(&y.iter().map(|&event| number(event)).collect::<Vec<_>>())?;
    if rate <= 0.0 || rate >= 1.0 {
        return None;
    }
    let loss = log_loss(risks, y)?;
    let null = -(rate * rate.ln() + (1.0 - rate) * (1.0 - rate).ln());
    Some((1.0 - (2.0 * (loss - null)).exp()) / (1.0 - (-2.0 * null).exp()))
}

/// Mean risk of events less that of the others (Tjur 2009); `None` with one class.
pub fn tjur_r2(risks: &[f64], y: &[bool]) -> Option<f64> {
    Some(mean(&of_class(risks, y, true))? - mean(&of_class(risks, y, false))?)
}

/// The values of one class.
fn of_class(values: &[f64], y: &[bool], class: bool) -> Vec<f64> {
    let both = values.iter().zip(y);
    both.filter(|(_, event)| **event == class)
        .map(|(value, _)| *value)
        .collect()
}

/// Calibration-in-the-large: intercept of `y ~ offset(linear predictor)` and its standard error;
/// `None` with one class.
pub fn calibration_in_the_large(linear_predictors: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    calibrate::in_the_large(linear_predictors, y)
}

/// Calibration slope: coefficient of `y ~ linear predictor` and its standard error; `None` with one
/// class, constant predictions, or where the predictions separate the outcomes.
pub fn calibration_slope(linear_predictors: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    let fit = recalibration(linear_predictors, y)?;
    Some((fit.coefficients[0], fit.std_error(Some(0))?))
}

/// The logistic model `y ~ linear predictor`, whose coefficient is the calibration slope; `None` as there.
pub fn recalibration(linear_predictors: &[f64], y: &[bool]) -> Option<LogisticFit> {
    let n_events = y.iter().filter(|&&event| event).count();
    if n_events == 0 || n_events == y.len() {
        return None;
    }
    let x = Matrix {
        n_rows: y.len(),
        k_cols: 1,
        data: linear_predictors.to_vec(),
    };
    let fit = solve::fit(&x, y, 0.0);
    (fit.converged && fit.std_error(Some(0)).is_some()).then_some(fit)
}

/// Observed events over expected ones; `None` where none are expected.
pub fn oe_ratio(risks: &[f64], y: &[bool]) -> Option<f64> {
    let expected: f64 = risks.iter().sum();
    (expected > 0.0).then(|| y.iter().filter(|&&event| event).count() as f64 / expected)
}

/// 95 % limits of an observed over expected ratio by the variance `(1 - O/n) / O` of its logarithm
/// (Debray and others 2017), moved to `estimate`; `None` without events.
pub fn oe_limits(estimate: f64, y: &[bool]) -> Option<(f64, f64)> {
    let observed = y.iter().filter(|&&event| event).count() as f64;
    let half = Z_95 * ((1.0 - observed / y.len() as f64) / observed).sqrt();
    let limits = (estimate * (-half).exp(), estimate * half.exp());
    half.is_finite().then_some(limits)
}

/// Distances between risk and smooth calibration curve (Austin and Steyerberg 2019; the last of Van
/// Hoorde and others 2015).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationErrors {
    /// Mean.
    pub ici: f64,
    /// Median.
    pub e50: f64,
    /// 0.9 quantile.
    pub e90: f64,
    /// Maximum.
    pub emax: f64,
    /// Mean of the squares; `CalibrationCurves` of R prints 100 times as much.
    pub eci: f64,
}

impl CalibrationErrors {
    /// From the risks and the smooth curve at them; `None` for no patient or a curve that is not finite.
    pub fn new(risks: &[f64], smooth: &[f64]) -> Option<Self> {
        let both = risks.iter().zip(smooth);
        let mut errors: Vec<f64> = both.map(|(p, c)| (p - c).abs()).collect();
        if errors.iter().any(|error| !error.is_finite()) {
            return None;
        }
        errors.sort_unstable_by(f64::total_cmp);
        Some(Self {
            ici: mean(&errors)?,
            e50: quantile_sorted(&errors, 0.5)?,
            e90: quantile_sorted(&errors, 0.9)?,
            emax: *errors.last()?,
            eci: mean(&errors.iter().map(|error| error.powi(2)).collect::<Vec<_>>())?,
        })
    }

    /// Each with its measure.
    pub fn by_measure(self) -> [(Measure, f64); 5] {
        [
            (Measure::Ici, self.ici),
            (Measure::E50, self.e50),
            (Measure::E90, self.e90),
            (Measure::Emax, self.emax),
            (Measure::Eci, self.eci),
        ]
    }
}

/// From a loess curve of the outcome on the risk (span 0.75, degree 2, exact fits, not clipped);
/// `None` where the curve does not exist.
pub fn calibration_errors(risks: &[f64], y: &[bool]) -> Option<CalibrationErrors> {
    CalibrationErrors::new(risks, &Loess::new(risks, y)?.fitted())
}

/// Standard error of a measure on these predictions as if the model were fixed; `None` where there
/// is no simple one.
pub fn std_error(measure: Measure, predictions: &Predictions, y: &[bool]) -> Option<f64> {
    let Predictions {
        risks,
        linear_predictors: lp,
        between: _,
    } = predictions;
    let of_mean = |losses: &[f64]| sd(losses).map(|sd| sd / (losses.len() as f64).sqrt());
    let both = || risks.iter().zip(y);
    match measure {
        Measure::Auc => delong(lp, y).map(|(_, se)| se),
        Measure::Brier => {
            let losses = both().map(|(p, &event)| (p - number(event)).powi(2));
            of_mean(&losses.collect::<Vec<_>>())
        }
        Measure::LogLoss => of_mean(&both().map(log_loss_of).collect::<Vec<_>>()),
        Measure::TjurR2 => {
            let variance = |class| of_mean(&of_class(risks, y, class)).map(|se| se.powi(2));
            Some((variance(true)? + variance(false)?).sqrt())
        }
        Measure::CalibrationIntercept => calibration_in_the_large(lp, y).map(|(_, se)| se),
        Measure::CalibrationSlope => calibration_slope(lp, y).map(|(_, se)| se),
        Measure::ScaledBrier
        | Measure::NagelkerkeR2
        | Measure::OeRatio
        | Measure::Ici
        | Measure::E50
        | Measure::E90
        | Measure::Emax
        | Measure::Eci => None,
    }
}

/// 95 % limits of a corrected figure that hold the model fixed, and are therefore too narrow: those of
/// the predictions, moved to the estimate. `None` for a measure without a simple standard error.
pub fn fixed_limits(
    measure: Measure,
    estimate: f64,
    predictions: &Predictions,
    y: &[bool],
) -> Option<(f64, f64)> {
    match measure {
        Measure::Auc => auc_limits(estimate, &predictions.linear_predictors, y),
        Measure::OeRatio => oe_limits(estimate, y),
        _ => {
            let half = Z_95 * std_error(measure, predictions, y)?;
            Some((estimate - half, estimate + half))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::risk_from_linear_predictor;
    use crate::base::seed::Stream;

    fn predictions(n: usize) -> (Predictions, Vec<bool>) {
        let mut rng = Stream::new(2).rng();
        let lp: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let y = lp
            .iter()
            .map(|&lp| rng.uniform() < risk_from_linear_predictor(lp))
            .collect();
        (Predictions::from_linear_predictors(lp), y)
    }

    #[test]
    fn auc_counts_pairs_and_ties_one_half() {
        let y = [true, false, true, false];
        assert_eq!(auc(&[0.9, 0.1, 0.5, 0.5], &y), Some(0.875));
        assert_eq!(auc(&[0.5; 4], &y), Some(0.5));
        assert_eq!(auc(&[0.1, 0.2], &[true, true]), None);
        let (predictions, y) = predictions(300);
        let scores = &predictions.linear_predictors;
        let (by_delong, _) = delong(scores, &y).expect("two classes");
        assert!((auc(scores, &y).expect("two classes") - by_delong).abs() < 1e-12);
        let swapped: Vec<bool> = y.iter().map(|y| !y).collect();
        assert!(
            (auc(scores, &y).expect("two classes") + auc(scores, &swapped).expect("two classes")
                - 1.0)
                .abs()
                < 1e-12
        );
    }

    #[test]
    fn a_true_model_is_calibrated_within_noise() {
        let (predictions, y) = predictions(4000);
        let found = performance(&predictions, &y);
        assert!((found[&Measure::CalibrationSlope] - 1.0).abs() < 0.15);
        assert!(found[&Measure::CalibrationIntercept].abs() < 0.12);
        assert!((found[&Measure::OeRatio] - 1.0).abs() < 0.06);
        assert!(found[&Measure::Ici] < 0.03);
    }

    #[test]
    fn order_of_patients_does_not_matter() {
        let (predictions, y) = predictions(100);
        let forward = performance(&predictions, &y);
        let mut lp = predictions.linear_predictors;
        lp.reverse();
        let mut reversed = y;
        reversed.reverse();
        let backward = performance(&Predictions::from_linear_predictors(lp), &reversed);
        for (measure, value) in &forward {
            assert!((value - backward[measure]).abs() < 1e-9, "{measure:?}");
        }
    }

    #[test]
    fn constant_predictions_and_one_class_leave_entries_out() {
        let constant = Predictions::from_risks(vec![0.5; 6]);
        let found = performance(&constant, &[true, false, true, false, true, false]);
        assert_eq!(found[&Measure::Auc], 0.5);
        assert!(!found.contains_key(&Measure::CalibrationSlope));
        let one_class = performance(&constant, &[true; 6]);
        assert!(!one_class.contains_key(&Measure::Auc));
        assert!(one_class.contains_key(&Measure::Brier));
    }

    #[test]
    fn r2_is_0_for_the_event_rate_and_1_for_perfect_chances() {
        let (_, y) = predictions(200);
        let rate = y.iter().filter(|&&event| event).count() as f64 / 200.0;
        let same = vec![rate; 200];
        assert!(nagelkerke_r2(&same, &y).expect("two classes").abs() < 1e-12);
        assert!(tjur_r2(&same, &y).expect("two classes").abs() < 1e-12);
        let perfect: Vec<f64> = y.iter().map(|&event| number(event)).collect();
        assert!((nagelkerke_r2(&perfect, &y).expect("two classes") - 1.0).abs() < 1e-9);
        assert_eq!(tjur_r2(&perfect, &y), Some(1.0));
        assert_eq!(nagelkerke_r2(&same, &[true; 200]), None);
        assert_eq!(tjur_r2(&same, &[true; 200]), None);
    }

    #[test]
    fn a_paired_difference_is_that_of_the_areas_and_knows_of_the_pairing() {
        let (first, y) = predictions(300);
        let mut rng = Stream::new(9).rng();
        let first = first.linear_predictors;
        let second: Vec<f64> = first.iter().map(|lp| lp + rng.normal()).collect();
        let of = |scores: &[f64]| delong(scores, &y).expect("two classes");
        let found = auc_difference(&first, &second, &y).expect("two classes");
        assert!((found.estimate - (of(&first).0 - of(&second).0)).abs() < 1e-12);
        assert!(found.std_error < of(&first).1.hypot(of(&second).1));
        assert!(found.p() > 0.0 && found.p() < 1.0 && found.limits().0 < found.estimate);
        let none = auc_difference(&first, &first, &y).expect("two classes");
        assert_eq!((none.estimate, none.std_error, none.p()), (0.0, 0.0, 1.0));
        assert_eq!(auc_difference(&first, &second, &[true; 300]), None);
    }
}
