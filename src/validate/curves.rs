//! Curves over the chances of patients who were not trained on: calibration, decision, cuts.

use serde::{Deserialize, Serialize};

use crate::base::num::{
    Interval, Matrix, Z_95, mean, quantile, risk_from_linear_predictor, sd, wilson,
};
use crate::design::spline_columns;
use crate::solve;
use crate::validate::Loess;
use crate::validate::measures::PairedDifference;

/// A point of the smooth calibration curve, with its pointwise 95 % band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Predicted chance.
    pub predicted: f64,
    /// Smoothed share of responders.
    pub observed: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Net benefit at one threshold (Vickers and Elkin 2006).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionPoint {
    /// Threshold: the smallest chance of response that justifies acting.
    pub threshold: f64,
    /// Follow the model.
    pub model: f64,
    /// Standard error of that, the model held fixed; `None` in a result of an older program.
    #[serde(default)]
    pub std_error: Option<f64>,
    /// Act in everyone.
    pub treat_all: f64,
    /// Act in no one: 0.
    pub treat_none: f64,
    /// Follow the lead trial; `None` where it does not vary.
    pub lead_trial: Option<f64>,
}

impl DecisionPoint {
    /// What a false positive costs in true positives: `t / (1 - t)`.
    fn odds(&self) -> f64 {
        self.threshold / (1.0 - self.threshold)
    }

    /// 95 % limits of the model's net benefit, the model held fixed.
    pub fn limits(&self) -> Option<(f64, f64)> {
        let half = Z_95 * self.std_error?;
        Some((self.model - half, self.model + half))
    }

    /// Net benefit of the model as a share of the largest possible one, the event rate; `None` without events.
    pub fn standardised(&self, event_rate: f64) -> Option<f64> {
        (event_rate > 0.0).then(|| self.model / event_rate)
    }

    /// Patients in whom the model avoids an action that would have failed, as a share of all, against
    /// acting in everyone and without acting in fewer responders (Vickers and Elkin 2006).
    pub fn interventions_avoided(&self) -> f64 {
        (self.model - self.treat_all) / self.odds()
    }
}

/// Patients at one threshold by what was said and what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Responders at or above it.
    pub true_positives: usize,
    /// Non-responders at or above it.
    pub false_positives: usize,
    /// Responders below it.
    pub false_negatives: usize,
    /// Non-responders below it.
    pub true_negatives: usize,
}

/// Shares at one threshold with Wilson limits; `None` where the denominator is 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportions {
    /// Threshold.
    pub threshold: f64,
    /// Responders at or above it.
    pub sensitivity: Option<Interval>,
    /// Non-responders below it.
    pub specificity: Option<Interval>,
    /// Responders among those at or above it.
    pub ppv: Option<Interval>,
    /// Non-responders among those below it.
    pub npv: Option<Interval>,
    /// How many patients that is; `None` in a result of an older program.
    #[serde(default)]
    pub counts: Option<Counts>,
}

/// Points of the calibration curve and of the decision curve.
const N_POINTS: usize = 101;

/// Smooth calibration curve by loess over the range of the risks, clipped to [0, 1], with its
/// pointwise 95 % band; empty where no curve exists.
pub fn calibration_curve(risks: &[f64], y: &[bool]) -> Vec<CurvePoint> {
    let Some(curve) = Loess::new(risks, y) else {
        return Vec::new();
    };
    let low = risks.iter().copied().fold(f64::INFINITY, f64::min);
    let high = risks.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (0..N_POINTS)
        .map(|point| {
            let predicted = low + (high - low) * point as f64 / (N_POINTS - 1) as f64;
            let local = curve.at(predicted);
            let half = Z_95 * local.std_error;
            CurvePoint {
                predicted,
                observed: local.value.clamp(0.0, 1.0),
                low: (local.value - half).clamp(0.0, 1.0),
                high: (local.value + half).clamp(0.0, 1.0),
            }
        })
        .collect()
}

/// Calibration curve by a restricted cubic spline of the log-odds in a logistic regression: three knots at
/// their 0.1, 0.5 and 0.9 quantiles (Harrell), over the range of the chances, with the pointwise 95 % band
/// of the fit; empty where no curve exists.
pub fn spline_curve(linear_predictors: &[f64], y: &[bool]) -> Vec<CurvePoint> {
    let knots: Option<Vec<f64>> = [0.1, 0.5, 0.9]
        .into_iter()
        .map(|share| quantile(linear_predictors, share))
        .collect();
    let fit = knots.and_then(|knots| SplineFit::new(linear_predictors, y, knots));
    let Some(fit) = fit else {
        return Vec::new();
    };
    let low = linear_predictors
        .iter()
        .copied()
        .fold(f64::INFINITY, f64::min);
    let high = linear_predictors
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = (
        risk_from_linear_predictor(low),
        risk_from_linear_predictor(high),
    );
    (0..N_POINTS)
        .map(|point| {
            let predicted = low + (high - low) * point as f64 / (N_POINTS - 1) as f64;
            let (log_odds, half) = fit.at((predicted / (1.0 - predicted)).ln());
            CurvePoint {
                predicted,
                observed: risk_from_linear_predictor(log_odds),
                low: risk_from_linear_predictor(log_odds - half),
                high: risk_from_linear_predictor(log_odds + half),
            }
        })
        .collect()
}

/// A logistic regression on a restricted cubic spline of log-odds.
pub struct SplineFit {
    knots: Vec<f64>,
    fit: solve::LogisticFit,
}

impl SplineFit {
    /// `knots` ascend. `None` with one class, with knots that are not at least three different ones, or
    /// where the fit did not converge.
    pub fn new(linear_predictors: &[f64], y: &[bool], knots: Vec<f64>) -> Option<Self> {
        let ascend = knots.windows(2).all(|pair| pair[0] < pair[1]);
        if knots.len() < 3 || !ascend || y.iter().all(|&event| event == y[0]) {
            return None;
        }
        let columns = spline_columns(linear_predictors, &knots);
        let fit = solve::fit(&Matrix::from_columns(y.len(), &columns), y, 0.0);
        fit.converged.then_some(Self { knots, fit })
    }

    /// Log-odds of the smooth share at these log-odds, and 1.96 of its standard errors.
    pub fn at(&self, linear_predictor: f64) -> (f64, f64) {
        let columns = spline_columns(&[linear_predictor], &self.knots);
        let row: Vec<f64> = std::iter::once(1.0)
            .chain(columns.iter().map(|column| column[0]))
            .collect();
        let terms = self.fit.coefficients.iter().zip(&row[1..]);
        let log_odds = self.fit.intercept + terms.map(|(b, x)| b * x).sum::<f64>();
        let covariance = self.fit.covariance.as_deref().unwrap_or_default();
        let variance: f64 = covariance
            .chunks(row.len())
            .zip(&row)
            .map(|(line, x)| x * line.iter().zip(&row).map(|(c, x)| c * x).sum::<f64>())
            .sum();
        (log_odds, Z_95 * variance.max(0.0).sqrt())
    }
}

/// What the decision in each patient brings: 1 for a responder in whom one acts, `-t/(1-t)` for another, 0
/// for everyone else.
fn gains(acted: impl Iterator<Item = bool>, y: &[bool], threshold: f64) -> Vec<f64> {
    let gain = |(acted, &event)| match (acted, event) {
        (true, true) => 1.0,
        (true, false) => -threshold / (1.0 - threshold),
        (false, _) => 0.0,
    };
    acted.zip(y).map(gain).collect()
}

/// Mean of the gains and its standard error.
fn of_gains(gains: &[f64]) -> PairedDifference {
    PairedDifference {
        estimate: mean(gains).unwrap_or(0.0),
        std_error: sd(gains).unwrap_or(0.0) / (gains.len().max(1) as f64).sqrt(),
    }
}

/// Net benefit of acting in the marked patients: `TP/n - FP/n * t/(1-t)` (Vickers and Elkin 2006); 0 for
/// no patient.
pub fn net_benefit(acted: impl Iterator<Item = bool>, y: &[bool], threshold: f64) -> f64 {
    of_gains(&gains(acted, y, threshold)).estimate
}

/// Net benefit of following the first risks less that of following the second, on the same patients.
pub fn net_benefit_difference(
    first: &[f64],
    second: &[f64],
    y: &[bool],
    threshold: f64,
) -> PairedDifference {
    let of = |risks: &[f64]| gains(risks.iter().map(|risk| *risk >= threshold), y, threshold);
    let both = of(first).into_iter().zip(of(second));
    of_gains(&both.map(|(a, b)| a - b).collect::<Vec<_>>())
}

/// Decision curve from 0.05 to 0.95. `lead_trial`: whether each patient's trial succeeded, where
/// all are known and they differ.
pub fn decision_curve(
    risks: &[f64],
    y: &[bool],
    lead_trial: Option<&[Option<bool>]>,
) -> Vec<DecisionPoint> {
    (5..=95)
        .map(|percent| {
            let threshold = f64::from(percent) / 100.0;
            let model = of_gains(&gains(
                risks.iter().map(|risk| *risk >= threshold),
                y,
                threshold,
            ));
            DecisionPoint {
                threshold,
                model: model.estimate,
                std_error: Some(model.std_error),
                treat_all: net_benefit(y.iter().map(|_| true), y, threshold),
                treat_none: 0.0,
                lead_trial: lead_trial.map(|trial| {
                    net_benefit(
                        trial.iter().map(|passed| *passed == Some(true)),
                        y,
                        threshold,
                    )
                }),
            }
        })
        .collect()
}

/// Classification at a threshold (`risk >= threshold` is positive) with Wilson limits.
pub fn proportions(risks: &[f64], y: &[bool], threshold: f64) -> Proportions {
    let count = |positive: bool, event: bool| {
        risks
            .iter()
            .zip(y)
            .filter(|(p, y)| (**p >= threshold) == positive && **y == event)
            .count()
    };
    let counts = Counts {
        true_positives: count(true, true),
        false_positives: count(true, false),
        false_negatives: count(false, true),
        true_negatives: count(false, false),
    };
    let share = |hits: usize, others: usize| wilson(hits, hits + others);
    Proportions {
        threshold,
        sensitivity: share(counts.true_positives, counts.false_negatives),
        specificity: share(counts.true_negatives, counts.false_positives),
        ppv: share(counts.true_positives, counts.false_positives),
        npv: share(counts.true_negatives, counts.false_negatives),
        counts: Some(counts),
    }
}

/// What the model does at one of its own chances taken as the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// The threshold.
    pub threshold: f64,
    /// Share of the responders at or above it.
    pub sensitivity: f64,
    /// Share of the non-responders at or above it.
    pub false_positive_rate: f64,
    /// Share of responders among those at or above it.
    pub precision: f64,
}

/// Every distinct chance as a threshold, the highest first; empty with one class.
pub fn roc(risks: &[f64], y: &[bool]) -> Vec<RocPoint> {
    let mut sorted: Vec<(f64, bool)> = risks.iter().copied().zip(y.iter().copied()).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let n_events = y.iter().filter(|&&event| event).count();
    let n_others = y.len() - n_events;
    if n_events == 0 || n_others == 0 {
        return Vec::new();
    }
    let (mut events, mut others) = (0_usize, 0_usize);
    let mut points = Vec::new();
    for (at, &(threshold, event)) in sorted.iter().enumerate() {
        events += usize::from(event);
        others += usize::from(!event);
        if sorted.get(at + 1).is_none_or(|next| next.0 < threshold) {
            points.push(RocPoint {
                threshold,
                sensitivity: events as f64 / n_events as f64,
                false_positive_rate: others as f64 / n_others as f64,
                precision: events as f64 / (events + others) as f64,
            });
        }
    }
    points
}

/// The curves of one refit on patients that it has not seen, as `[x, y]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RefitCurve {
    /// Smooth share of responders at chances within its middle 95 %; empty where there is no curve.
    pub calibration: Vec<[f64; 2]>,
    /// Net benefit at thresholds from 0.05 to 0.95.
    pub decision: Vec<[f64; 2]>,
}

/// Points of either curve of a refit.
const N_REFIT_POINTS: usize = 19;

/// The curves of a refit on these patients.
pub fn refit_curve(risks: &[f64], y: &[bool]) -> RefitCurve {
    let ends = (quantile(risks, 0.025), quantile(risks, 0.975));
    let smooth = Loess::new(risks, y);
    let calibration = match (smooth, ends) {
        (Some(smooth), (Some(low), Some(high))) => (0..N_REFIT_POINTS)
            .map(|at| {
                let x = low + (high - low) * at as f64 / (N_REFIT_POINTS - 1) as f64;
                [x, smooth.at(x).value.clamp(0.0, 1.0)]
            })
            .collect(),
        _ => Vec::new(),
    };
    let decision = (1..=N_REFIT_POINTS).map(|at| {
        let threshold = 0.05 * at as f64;
        let acted = risks.iter().map(|risk| *risk >= threshold);
        [threshold, net_benefit(acted, y, threshold)]
    });
    RefitCurve {
        calibration,
        decision: decision.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn treat_none_is_zero_and_a_perfect_model_has_the_event_rate() {
        let y = [true, false, true, false, false];
        let perfect: Vec<f64> = y.iter().map(|&y| if y { 0.99 } else { 0.01 }).collect();
        for point in decision_curve(&perfect, &y, None) {
            assert_eq!(point.treat_none, 0.0);
            assert!((point.model - 0.4).abs() < 1e-12);
            assert!(point.treat_all <= point.model + 1e-12);
        }
        assert_eq!(net_benefit(y.iter().map(|_| false), &y, 0.4), 0.0);
    }

    #[test]
    fn proportions_without_a_denominator_are_undefined() {
        let at = proportions(&[0.2, 0.3], &[true, false], 0.5);
        assert!(at.ppv.is_none());
        assert_eq!(at.sensitivity.expect("one responder").estimate, 0.0);
    }

    #[test]
    fn the_area_under_the_roc_curve_is_the_auc() {
        let mut rng = Stream::new(6).rng();
        let lp: Vec<f64> = (0..200)
            .map(|_| (4.0 * rng.normal()).round() / 4.0)
            .collect();
        let y: Vec<bool> = lp
            .iter()
            .map(|&lp| rng.uniform() < risk_from_linear_predictor(lp))
            .collect();
        let risks: Vec<f64> = lp
            .iter()
            .map(|&lp| risk_from_linear_predictor(lp))
            .collect();
        let points = roc(&risks, &y);
        let mut before = (0.0, 0.0);
        let mut area = 0.0;
        for point in &points {
            let now = (point.false_positive_rate, point.sensitivity);
            area += (now.0 - before.0) * (now.1 + before.1) / 2.0;
            before = now;
        }
        assert_eq!(before, (1.0, 1.0));
        let auc = crate::validate::measures::auc(&risks, &y).expect("two classes");
        assert!((area - auc).abs() < 1e-12);
        let rate = y.iter().filter(|&&event| event).count() as f64 / 200.0;
        assert!((points.last().expect("points").precision - rate).abs() < 1e-12);
        assert!(roc(&risks, &[true; 200]).is_empty());
    }

    #[test]
    fn the_curves_of_a_refit_are_those_of_its_patients() {
        let mut rng = Stream::new(6).rng();
        let risks: Vec<f64> = (0..120).map(|_| rng.uniform()).collect();
        let y: Vec<bool> = risks.iter().map(|risk| rng.uniform() < *risk).collect();
        let found = refit_curve(&risks, &y);
        let curve = decision_curve(&risks, &y, None);
        for [threshold, benefit] in &found.decision {
            let same = curve
                .iter()
                .find(|point| (point.threshold - threshold).abs() < 1e-9);
            assert!((same.expect("on the grid").model - benefit).abs() < 1e-12);
        }
        assert_eq!(found.calibration.len(), N_REFIT_POINTS);
        let smooth = Loess::new(&risks, &y).expect("a curve");
        let [x, observed] = found.calibration[9];
        assert!((smooth.at(x).value - observed).abs() < 1e-12);
        assert!(refit_curve(&[0.5; 3], &y[..3]).calibration.is_empty());
    }

    #[test]
    fn what_the_decision_curve_says_at_one_threshold() {
        // dcurves: standardised net benefit is net benefit / prevalence, interventions avoided are
        // (net benefit - net benefit of all) / odds of the threshold.
        let y = [
            true, true, false, false, false, false, false, false, false, true,
        ];
        let risks = [0.9, 0.6, 0.7, 0.2, 0.1, 0.3, 0.2, 0.1, 0.3, 0.2];
        let curve = decision_curve(&risks, &y, None);
        let at = curve
            .iter()
            .find(|point| point.threshold == 0.25)
            .expect("on the grid");
        // Acted in 2 responders and 3 others, of 10.
        let model = 0.2 - 0.3 / 3.0;
        let all = 0.3 - 0.7 / 3.0;
        assert!((at.model - model).abs() < 1e-12);
        assert!((at.standardised(0.3).expect("events") - model / 0.3).abs() < 1e-12);
        assert!((at.interventions_avoided() - (model - all) * 3.0).abs() < 1e-12);
        assert!(at.standardised(0.0).is_none());
        let (low, high) = at.limits().expect("computed here");
        assert!(low < model && model < high);
    }

    #[test]
    fn a_difference_of_net_benefit_is_that_of_the_two_models() {
        let y: Vec<bool> = (0..80).map(|i| i % 3 == 0).collect();
        let first: Vec<f64> = (0..80).map(|i| f64::from(i * 7 % 80) / 80.0).collect();
        let second: Vec<f64> = (0..80).map(|i| f64::from(i * 11 % 80) / 80.0).collect();
        let of = |risks: &[f64]| net_benefit(risks.iter().map(|risk| *risk >= 0.4), &y, 0.4);
        let found = net_benefit_difference(&first, &second, &y, 0.4);
        assert!((found.estimate - (of(&first) - of(&second))).abs() < 1e-12);
        assert!(found.std_error > 0.0);
        assert_eq!(
            net_benefit_difference(&first, &first, &y, 0.4).std_error,
            0.0
        );
    }

    #[test]
    fn a_spline_of_true_chances_lies_on_the_diagonal() {
        let mut rng = Stream::new(4).rng();
        let lp: Vec<f64> = (0..5000).map(|_| rng.normal()).collect();
        let y: Vec<bool> = lp
            .iter()
            .map(|&lp| rng.uniform() < risk_from_linear_predictor(lp))
            .collect();
        let curve = spline_curve(&lp, &y);
        assert_eq!(curve.len(), N_POINTS);
        for point in curve
            .iter()
            .filter(|point| (0.2..0.8).contains(&point.predicted))
        {
            assert!((point.observed - point.predicted).abs() < 0.05);
            assert!(point.low < point.observed && point.observed < point.high);
        }
        assert!(spline_curve(&[0.3; 50], &y[..50]).is_empty());
        assert!(spline_curve(&lp[..50], &[true; 50]).is_empty());
    }
}
