//! Curves over the chances of patients who were not trained on: calibration, decision, cuts.

use serde::{Deserialize, Serialize};

use crate::base::num::{Interval, Z_95, wilson};
use crate::validate::Loess;

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
    /// Act in everyone.
    pub treat_all: f64,
    /// Act in no one: 0.
    pub treat_none: f64,
    /// Follow the lead trial; `None` where it does not vary.
    pub lead_trial: Option<f64>,
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

/// Net benefit of acting in the marked patients: `TP/n - FP/n * t/(1-t)` (Vickers and Elkin 2006).
pub fn net_benefit(acted: impl Iterator<Item = bool>, y: &[bool], threshold: f64) -> f64 {
    let (mut hits, mut misses) = (0.0, 0.0);
    for (acted, &event) in acted.zip(y) {
        if acted && event {
            hits += 1.0;
        } else if acted {
            misses += 1.0;
        }
    }
    (hits - misses * threshold / (1.0 - threshold)) / y.len() as f64
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
            DecisionPoint {
                threshold,
                model: net_benefit(risks.iter().map(|risk| *risk >= threshold), y, threshold),
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
    let (tp, fp) = (count(true, true), count(true, false));
    let (fn_, tn) = (count(false, true), count(false, false));
    Proportions {
        threshold,
        sensitivity: wilson(tp, tp + fn_),
        specificity: wilson(tn, tn + fp),
        ppv: wilson(tp, tp + fp),
        npv: wilson(tn, tn + fn_),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
