//! Gaussian naive Bayes: each column is normal within each class, and independent of the others.

use smartcore::naive_bayes::gaussian::GaussianNB;

use super::{Dense, dense, refused};
use crate::base::issue::Failure;
use crate::base::num::{Matrix, risk_from_linear_predictor};

/// Smallest variance of a column within a class. The columns have variance 1; a level that nobody of a class has would
/// otherwise make a patient who has it certain.
const LEAST_VARIANCE: f64 = 0.01;

/// Mean and variance of each column in each class, as smartcore estimates them (divisor n).
#[derive(Debug)]
pub(super) struct NaiveBayes {
    /// Log-odds of the event before anything is known.
    prior: f64,
    /// Of each column mean and variance among events, then among the others.
    columns: Vec<[(f64, f64); 2]>,
}

impl NaiveBayes {
    pub(super) fn fit(x: &Matrix, y: &[bool]) -> Result<Self, Failure> {
        let label: Vec<u32> = y.iter().map(|&event| u32::from(event)).collect();
        let parameters = Default::default();
        let fit: GaussianNB<f64, u32, Dense, Vec<u32>> =
            GaussianNB::fit(&dense(x)?, &label, parameters).map_err(|failed| refused(&failed))?;
        // smartcore sorts the classes: 0, then 1.
        let of = |class: usize, j: usize| {
            let variance = fit.var()[class][j].max(LEAST_VARIANCE);
            (fit.theta()[class][j], variance)
        };
        let priors = fit.class_priors();
        Ok(Self {
            prior: (priors[1] / priors[0]).ln(),
            columns: (0..x.k_cols).map(|j| [of(1, j), of(0, j)]).collect(),
        })
    }

    /// Bayes' theorem on the log scale; smartcore itself predicts classes only.
    pub(super) fn risks(&self, x: &Matrix) -> Vec<f64> {
        let log_density = |value: f64, (mean, variance): (f64, f64)| {
            -0.5 * ((value - mean).powi(2) / variance + variance.ln())
        };
        let log_odds = |row: usize| {
            let each = self.columns.iter().enumerate().map(|(j, [event, other])| {
                let value = x.get(row, j);
                log_density(value, *event) - log_density(value, *other)
            });
            self.prior + each.sum::<f64>()
        };
        (0..x.n_rows)
            .map(|row| risk_from_linear_predictor(log_odds(row)))
            .collect()
    }
}
