//! Platt scaling: a score as a risk by a logistic curve of two parameters.

use crate::base::num::risk_from_linear_predictor;

/// `log-odds = slope * score + intercept`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sigmoid {
    pub(crate) slope: f64,
    pub(crate) intercept: f64,
}

impl Sigmoid {
    /// Fits to scores of patients that the machine has not seen, by maximum likelihood with Platt's targets
    /// `(n1 + 1) / (n1 + 2)` and `1 / (n0 + 2)` (Platt 1999), solved by the Newton steps with backtracking of Lin, Lin and
    /// Weng (2007). No scores give log-odds of 0.
    pub(crate) fn fit(scores: &[f64], y: &[bool]) -> Self {
        let n_events = y.iter().filter(|&&event| event).count() as f64;
        let n_others = y.len() as f64 - n_events;
        let targets: Vec<f64> = y
            .iter()
            .map(|&event| {
                if event {
                    (n_events + 1.0) / (n_events + 2.0)
                } else {
                    1.0 / (n_others + 2.0)
                }
            })
            .collect();
        let mut now = Self {
            slope: 0.0,
            intercept: ((n_events + 1.0) / (n_others + 1.0)).ln(),
        };
        let mut loss = now.loss(scores, &targets);
        for _ in 0..100 {
            let Some((step, decrease)) = now.step(scores, &targets) else {
                break;
            };
            let mut share = 1.0;
            let better = loop {
                let next = Self {
                    slope: now.slope + share * step.slope,
                    intercept: now.intercept + share * step.intercept,
                };
                let next_loss = next.loss(scores, &targets);
                if next_loss < loss - 1e-4 * share * decrease {
                    break Some((next, next_loss));
                }
                share /= 2.0;
                if share < 1e-10 {
                    break None;
                }
            };
            let Some((next, next_loss)) = better else {
                break;
            };
            (now, loss) = (next, next_loss);
        }
        now
    }

    pub(super) fn risk(self, score: f64) -> f64 {
        risk_from_linear_predictor(self.log_odds(score))
    }

    fn log_odds(self, score: f64) -> f64 {
        self.slope * score + self.intercept
    }

    /// Negative log-likelihood of the targets, without overflow at large log-odds.
    fn loss(self, scores: &[f64], targets: &[f64]) -> f64 {
        let term = |(score, target): (&f64, &f64)| {
            let log_odds = self.log_odds(*score);
            log_odds.max(0.0) - target * log_odds + (-log_odds.abs()).exp().ln_1p()
        };
        scores.iter().zip(targets).map(term).sum()
    }

    /// The Newton step and the decrease of the loss that it promises; `None` where the gradient is next to 0.
    fn step(self, scores: &[f64], targets: &[f64]) -> Option<(Self, f64)> {
        /// Keeps the Hessian positive definite (Lin's sigma).
        const RIDGE: f64 = 1e-12;
        let (mut slope, mut intercept) = (0.0, 0.0);
        let (mut h11, mut h22, mut h21) = (RIDGE, RIDGE, 0.0);
        for (score, target) in scores.iter().zip(targets) {
            let risk = self.risk(*score);
            let weight = risk * (1.0 - risk);
            h11 += score * score * weight;
            h22 += weight;
            h21 += score * weight;
            slope += score * (risk - target);
            intercept += risk - target;
        }
        if slope.abs() < 1e-5 && intercept.abs() < 1e-5 {
            return None;
        }
        let determinant = h11 * h22 - h21 * h21;
        let step = Self {
            slope: -(h22 * slope - h21 * intercept) / determinant,
            intercept: -(h11 * intercept - h21 * slope) / determinant,
        };
        let decrease = -(slope * step.slope + intercept * step.intercept);
        decrease.is_finite().then_some((step, decrease))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::Matrix;
    use crate::base::seed::Stream;
    use crate::solve;

    #[test]
    fn with_many_patients_the_curve_is_that_of_logistic_regression() {
        let mut rng = Stream::new(3).rng();
        let scores: Vec<f64> = (0..4000).map(|_| rng.normal()).collect();
        let y: Vec<bool> = scores
            .iter()
            .map(|score| rng.uniform() < risk_from_linear_predictor(1.5 * score - 0.4))
            .collect();
        let sigmoid = Sigmoid::fit(&scores, &y);
        let x = Matrix::from_columns(4000, &[scores]);
        let fit = solve::fit(&x, &y, 0.0);
        // Platt's targets differ from 0 and 1 by one patient in two thousand.
        assert!(
            (sigmoid.slope - fit.coefficients[0]).abs() < 0.02,
            "{sigmoid:?}"
        );
        assert!(
            (sigmoid.intercept - fit.intercept).abs() < 0.02,
            "{sigmoid:?}"
        );
    }

    #[test]
    fn separated_scores_keep_a_finite_curve_and_equal_ones_give_the_rate() {
        let y: Vec<bool> = (0..40).map(|i| i >= 10).collect();
        let apart: Vec<f64> = y.iter().map(|&event| f64::from(u8::from(event))).collect();
        let sigmoid = Sigmoid::fit(&apart, &y);
        assert!((sigmoid.risk(1.0) - 31.0 / 32.0).abs() < 1e-3);
        assert!((sigmoid.risk(0.0) - 1.0 / 12.0).abs() < 1e-3);
        let equal = Sigmoid::fit(&[0.3; 40], &y);
        let expected = (30.0 * 31.0 / 32.0 + 10.0 / 12.0) / 40.0;
        assert!((equal.risk(0.3) - expected).abs() < 1e-3);
        assert_eq!(Sigmoid::fit(&[], &[]).risk(2.0), 0.5);
    }
}
