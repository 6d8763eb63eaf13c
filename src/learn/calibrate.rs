//! Recalibration: a curve of few parameters from the chances of a model to those that patients like these had.
//!
//! Learnt from chances of patients that the model has not seen, and their outcomes. It never turns the order of
//! patients around: where chances and outcomes run against each other, everyone gets the event rate.

use serde::{Deserialize, Serialize};

use crate::base::num::{
    Matrix, bounded_linear_predictor, linear_predictor_from_risk, risk_from_linear_predictor,
};
use crate::learn::challengers::platt::Sigmoid;
use crate::learn::isotonic::isotonic;
use crate::solve;

/// The kind of curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recalibration {
    /// Chances stay as they are.
    #[default]
    None,
    /// Log-odds moved by a constant, so that as many respond as are expected.
    Intercept,
    /// Log-odds moved and stretched, by maximum likelihood.
    InterceptSlope,
    /// The same with the targets of Platt (1999), which keep it from separating few patients.
    Logistic,
    /// Beta calibration (Kull, Silva Filho and Flach 2017): log-odds `a ln p - b ln(1 - p) + c`, `a` and `b` not below 0.
    Beta,
    /// Isotonic regression, straight between its steps.
    Isotonic,
}

impl Recalibration {
    /// All kinds, the stiffest first.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Intercept,
        Self::InterceptSlope,
        Self::Logistic,
        Self::Beta,
        Self::Isotonic,
    ];

    /// Name on the command line and in `results.json`; the message is `recalibration-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Intercept => "intercept",
            Self::InterceptSlope => "intercept-slope",
            Self::Logistic => "logistic",
            Self::Beta => "beta",
            Self::Isotonic => "isotonic",
        }
    }
}

/// A fitted curve from log-odds to log-odds; it never falls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calibrator {
    /// `intercept + slope * log-odds`.
    Line {
        /// Log-odds.
        intercept: f64,
        /// Not below 0.
        slope: f64,
    },
    /// `a ln p - b ln(1 - p) + c`.
    Beta {
        /// Not below 0.
        a: f64,
        /// Not below 0.
        b: f64,
        /// Log-odds.
        c: f64,
    },
    /// Chances and shares of responders, ascending; straight between them and level beyond.
    Steps(Vec<[f64; 2]>),
}

impl Calibrator {
    /// Fits to log-odds of patients that the model has not seen, and their outcomes; one entry a patient, all finite.
    /// `None` for no kind and with one class. A slope that would fall, or that is not to be had (equal chances,
    /// classes apart), leaves the event rate for everyone or, where the classes are apart, the chances as they are
    /// but for the intercept.
    pub fn fit(kind: Recalibration, linear_predictors: &[f64], y: &[bool]) -> Option<Self> {
        let n_events = y.iter().filter(|&&event| event).count();
        if n_events == 0 || n_events == y.len() {
            return None;
        }
        match kind {
            Recalibration::None => None,
            Recalibration::Intercept => moved(linear_predictors, y),
            Recalibration::InterceptSlope => line(linear_predictors, y),
            Recalibration::Logistic => {
                let Sigmoid { slope, intercept } = Sigmoid::fit(linear_predictors, y);
                Some(if slope > 0.0 {
                    Self::Line { intercept, slope }
                } else {
                    level(y)
                })
            }
            Recalibration::Beta => beta(linear_predictors, y),
            Recalibration::Isotonic => Some(steps(linear_predictors, y)),
        }
    }

    /// Log-odds after the recalibration; of steps from chances kept within [0.001, 0.999].
    pub fn linear_predictor(&self, linear_predictor: f64) -> f64 {
        match self {
            Self::Line { intercept, slope } => intercept + slope * linear_predictor,
            Self::Beta { a, b, c } => {
                let [of_event, of_other] = logarithms(linear_predictor);
                c + a * of_event + b * of_other
            }
            Self::Steps(steps) => bounded_linear_predictor(between(
                steps,
                risk_from_linear_predictor(linear_predictor),
            )),
        }
    }
}

/// `ln p` and `-ln(1 - p)`.
fn logarithms(linear_predictor: f64) -> [f64; 2] {
    let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
    [-softplus(-linear_predictor), softplus(linear_predictor)]
}

/// The event rate for everyone.
fn level(y: &[bool]) -> Calibrator {
    let rate = y.iter().filter(|&&event| event).count() as f64 / y.len() as f64;
    Calibrator::Line {
        intercept: linear_predictor_from_risk(rate),
        slope: 0.0,
    }
}

fn moved(linear_predictors: &[f64], y: &[bool]) -> Option<Calibrator> {
    let (intercept, _) = in_the_large(linear_predictors, y)?;
    Some(Calibrator::Line {
        intercept,
        slope: 1.0,
    })
}

/// The logistic regression of the outcome on these columns; `None` where it did not converge on finite coefficients.
fn regression(columns: &[Vec<f64>], y: &[bool]) -> Option<solve::LogisticFit> {
    let fit = solve::fit(&Matrix::from_columns(y.len(), columns), y, 0.0);
    fit.converged.then_some(fit)
}

fn line(linear_predictors: &[f64], y: &[bool]) -> Option<Calibrator> {
    let Some(fit) = regression(&[linear_predictors.to_vec()], y) else {
        return moved(linear_predictors, y);
    };
    let slope = fit.coefficients[0];
    Some(if slope > 0.0 {
        Calibrator::Line {
            intercept: fit.intercept,
            slope,
        }
    } else {
        level(y)
    })
}

/// As Kull and others: a coefficient below 0 is set to 0 and the other fitted again.
fn beta(linear_predictors: &[f64], y: &[bool]) -> Option<Calibrator> {
    let both: Vec<[f64; 2]> = linear_predictors.iter().map(|&lp| logarithms(lp)).collect();
    let column = |at: usize| both.iter().map(|pair| pair[at]).collect::<Vec<f64>>();
    let Some(fit) = regression(&[column(0), column(1)], y) else {
        return line(linear_predictors, y);
    };
    let (a, b) = (fit.coefficients[0], fit.coefficients[1]);
    if a >= 0.0 && b >= 0.0 {
        return Some(Calibrator::Beta {
            a,
            b,
            c: fit.intercept,
        });
    }
    let kept = usize::from(a < 0.0);
    let Some(fit) = regression(&[column(kept)], y) else {
        return line(linear_predictors, y);
    };
    let slope = fit.coefficients[0];
    if slope <= 0.0 {
        return Some(level(y));
    }
    let (a, b) = if kept == 0 {
        (slope, 0.0)
    } else {
        (0.0, slope)
    };
    Some(Calibrator::Beta {
        a,
        b,
        c: fit.intercept,
    })
}

fn steps(linear_predictors: &[f64], y: &[bool]) -> Calibrator {
    let risks = linear_predictors
        .iter()
        .map(|&lp| risk_from_linear_predictor(lp));
    let mut points: Vec<(f64, bool)> = risks.zip(y.iter().copied()).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut steps = Vec::new();
    for block in isotonic(points.into_iter()) {
        steps.push([block.first, block.share()]);
        if block.last > block.first {
            steps.push([block.last, block.share()]);
        }
    }
    Calibrator::Steps(steps)
}

/// Straight between points that ascend; the first and last value beyond them, and 0.5 without points.
fn between(points: &[[f64; 2]], at: f64) -> f64 {
    let next = points.partition_point(|[x, _]| *x < at);
    match (
        next.checked_sub(1).and_then(|before| points.get(before)),
        points.get(next),
    ) {
        (Some([x0, y0]), Some([x1, y1])) => y0 + (y1 - y0) * (at - x0) / (x1 - x0),
        (Some([_, only]), None) | (None, Some([_, only])) => *only,
        (None, None) => 0.5,
    }
}

/// Calibration-in-the-large: intercept of `y ~ offset(log-odds)` and its standard error; `None` with one class.
pub fn in_the_large(linear_predictors: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    let n_events = y.iter().filter(|&&event| event).count();
    if n_events == 0 || n_events == y.len() {
        return None;
    }
    let mut a = 0.0;
    for _ in 0..100 {
        let (mut score, mut information) = (0.0, 0.0);
        for (lp, &event) in linear_predictors.iter().zip(y) {
            let risk = risk_from_linear_predictor(a + lp);
            score += f64::from(u8::from(event)) - risk;
            information += risk * (1.0 - risk);
        }
        if information < 1e-12 {
            return None;
        }
        // The score falls in `a`; a bounded Newton step can't run away.
        let step = (score / information).clamp(-2.0, 2.0);
        a += step;
        if step.abs() < 1e-12 {
            return Some((a, information.sqrt().recip()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::mean;
    use crate::base::seed::Stream;

    /// Log-odds that are twice too far apart and half too high.
    fn overconfident(n: usize) -> (Vec<f64>, Vec<bool>) {
        let mut rng = Stream::new(8).rng();
        let truth: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let y = truth
            .iter()
            .map(|&lp| rng.uniform() < risk_from_linear_predictor(lp))
            .collect();
        (truth.iter().map(|lp| 2.0 * lp + 0.5).collect(), y)
    }

    fn recalibrated(kind: Recalibration, lp: &[f64], y: &[bool]) -> Vec<f64> {
        let calibrator = Calibrator::fit(kind, lp, y).expect("two classes");
        let each = lp.iter().map(|&lp| calibrator.linear_predictor(lp));
        each.map(risk_from_linear_predictor).collect()
    }

    #[test]
    fn every_kind_makes_as_many_respond_as_are_expected_and_keeps_the_order() {
        let (lp, y) = overconfident(4000);
        let rate = y.iter().filter(|&&event| event).count() as f64 / 4000.0;
        let mut order: Vec<usize> = (0..lp.len()).collect();
        order.sort_by(|&a, &b| lp[a].total_cmp(&lp[b]));
        for kind in Recalibration::ALL.into_iter().skip(1) {
            let risks = recalibrated(kind, &lp, &y);
            // Platt's targets move the mean by less than one patient.
            assert!(
                (mean(&risks).expect("patients") - rate).abs() < 1e-3,
                "{kind:?}"
            );
            assert!(
                order
                    .windows(2)
                    .all(|pair| risks[pair[0]] <= risks[pair[1]]),
                "{kind:?}"
            );
        }
        let Some(Calibrator::Line { intercept, slope }) =
            Calibrator::fit(Recalibration::InterceptSlope, &lp, &y)
        else {
            panic!("a line");
        };
        assert!((slope - 0.5).abs() < 0.05 && (intercept + 0.25).abs() < 0.1);
        // A beta curve holds the line: a = b = slope.
        let Some(Calibrator::Beta { a, b, c }) = Calibrator::fit(Recalibration::Beta, &lp, &y)
        else {
            panic!("a beta curve");
        };
        assert!(
            (a - slope).abs() < 0.15 && (b - slope).abs() < 0.15 && (c - intercept).abs() < 0.2
        );
    }

    #[test]
    fn chances_that_run_against_the_outcomes_become_the_event_rate() {
        let (lp, y) = overconfident(400);
        let against: Vec<f64> = lp.iter().map(|lp| -lp).collect();
        let rate = y.iter().filter(|&&event| event).count() as f64 / 400.0;
        use Recalibration::{Beta, InterceptSlope, Isotonic, Logistic};
        for kind in [InterceptSlope, Logistic, Beta, Isotonic] {
            let risks = recalibrated(kind, &against, &y);
            let most = risks
                .iter()
                .map(|risk| (risk - rate).abs())
                .fold(0.0, f64::max);
            // Isotonic regression may keep a step at either end.
            let far = risks
                .iter()
                .filter(|risk| (**risk - rate).abs() > 0.02)
                .count();
            assert!(
                most < 1e-9 || (kind == Isotonic && far < 12),
                "{kind:?} {most} {far}"
            );
        }
    }

    #[test]
    fn the_steps_are_those_of_scikit_learn() {
        // IsotonicRegression(out_of_bounds="clip") of scikit-learn 1.9.
        let risks = [0.1, 0.2, 0.3, 0.35, 0.5, 0.6, 0.8];
        let y = [false, true, false, false, true, false, true];
        let lp: Vec<f64> = risks
            .iter()
            .map(|&risk| linear_predictor_from_risk(risk))
            .collect();
        let Calibrator::Steps(found) = steps(&lp, &y) else {
            panic!("steps");
        };
        let at = |risk| between(&found, risk);
        let expected = [
            (0.05, 0.0),
            (0.15, 1.0 / 6.0),
            (0.25, 1.0 / 3.0),
            (0.4, 0.388_888_888_9),
            (0.55, 0.5),
            (0.7, 0.75),
            (0.9, 1.0),
        ];
        for (risk, share) in expected {
            assert!((at(risk) - share).abs() < 1e-9, "{risk} {}", at(risk));
        }
    }

    #[test]
    fn classes_that_are_apart_and_equal_chances_give_finite_chances() {
        let y: Vec<bool> = (0..30).map(|at| at >= 15).collect();
        let apart: Vec<f64> = (0..30).map(f64::from).map(|at| at - 14.5).collect();
        let equal = [0.3; 30];
        for kind in Recalibration::ALL.into_iter().skip(1) {
            for lp in [&apart[..], &equal[..]] {
                let risks = recalibrated(kind, lp, &y);
                assert!(
                    risks.iter().all(|risk| (0.0..=1.0).contains(risk)),
                    "{kind:?}"
                );
            }
            assert_eq!(Calibrator::fit(kind, &apart, &[true; 30]), None);
        }
        assert_eq!(Calibrator::fit(Recalibration::None, &apart, &y), None);
    }
}
