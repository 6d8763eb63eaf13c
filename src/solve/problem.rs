//! What a logistic regression is fitted to: standardised columns, outcomes, weights, an offset.
//!
//! Every solver works on this scale; [`Standardised::unscale`] leads back to that of the matrix.

use crate::base::num::Matrix;
use crate::solve::kernel::{add_scaled, dot, sum, weighted_gram};

/// Sums of `ln(1 + e)` are taken as the logarithm of a product of so many factors, each at most 2.
const FACTORS: usize = 64;

/// Number of rows and of events; sums of weights where rows are weighted.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Rows.
    pub n: f64,
    /// Rows with the event.
    pub n_events: f64,
}

impl Counts {
    /// Log-likelihood of the model with an intercept only.
    pub fn null_log_likelihood(self) -> f64 {
        let part = |k: f64| if k > 0.0 { k * (k / self.n).ln() } else { 0.0 };
        part(self.n_events) + part(self.n - self.n_events)
    }
}

/// A matrix with its columns centred and scaled to standard deviation 1 (divisor n), and the outcome.
#[derive(Clone)]
pub struct Standardised {
    pub(super) z: Matrix,
    y: Vec<f64>,
    weights: Option<Vec<f64>>,
    offset: Option<Vec<f64>>,
    centre: Vec<f64>,
    /// 0 for a constant column.
    scale: Vec<f64>,
    pub(super) counts: Counts,
}

/// The rows under some coefficients.
pub(super) struct Look {
    /// Weight times outcome minus risk.
    pub(super) residual: Vec<f64>,
    /// Weight times risk times one minus risk.
    pub(super) information: Vec<f64>,
    pub(super) log_likelihood: f64,
}

impl Standardised {
    /// Standardises; `x` has one row an entry of `y`.
    pub fn new(x: &Matrix, y: &[bool]) -> Self {
        Self::with(x, y, None)
    }

    /// The same with a positive weight for each row: a row of weight 2 counts like two equal rows,
    /// for means and standard deviations too.
    pub fn weighted(x: &Matrix, y: &[bool], weights: Vec<f64>) -> Self {
        Self::with(x, y, Some(weights))
    }

    fn with(x: &Matrix, y: &[bool], weights: Option<Vec<f64>>) -> Self {
        let ones;
        let counted: &[f64] = match &weights {
            Some(weights) => weights,
            None => {
                ones = vec![1.0; y.len()];
                &ones
            }
        };
        let y: Vec<f64> = y.iter().map(|&event| f64::from(u8::from(event))).collect();
        let counts = Counts {
            n: counted.iter().sum(),
            n_events: dot(counted, &y),
        };
        let mut z = x.clone();
        let (mut centre, mut scale) = (vec![0.0; x.k_cols], vec![0.0; x.k_cols]);
        for j in 0..x.k_cols {
            let column = z.col_mut(j);
            let mean = dot(column, counted) / counts.n;
            column.iter_mut().for_each(|value| *value -= mean);
            let squares = column.iter().zip(counted).map(|(v, w)| w * v * v);
            let spread = (squares.sum::<f64>() / counts.n).sqrt();
            let is_constant = spread.is_nan() || spread <= 1e-12 * (1.0 + mean.abs());
            centre[j] = mean;
            scale[j] = if is_constant { 0.0 } else { spread };
            let factor = if is_constant { 0.0 } else { 1.0 / spread };
            column.iter_mut().for_each(|value| *value *= factor);
        }
        Self {
            z,
            y,
            weights,
            offset: None,
            centre,
            scale,
            counts,
        }
    }

    /// The same with a known part of the log-odds of each row.
    #[must_use]
    pub fn with_offset(mut self, offset: Vec<f64>) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The same problem with its columns scaled but not centred: there the intercept is that of the
    /// matrix as it was given.
    pub(super) fn uncentred(mut self) -> Self {
        for j in 0..self.z.k_cols {
            if self.scale[j] > 0.0 {
                let shift = self.centre[j] / self.scale[j];
                self.z.col_mut(j).iter_mut().for_each(|v| *v += shift);
            }
            self.centre[j] = 0.0;
        }
        self
    }

    /// Number of coefficients, the intercept included.
    pub(super) fn order(&self) -> usize {
        self.z.k_cols + 1
    }

    /// Coefficients at the intercept-only model.
    pub(super) fn start(&self) -> Vec<f64> {
        let mut b = vec![0.0; self.order()];
        // Kept off the boundary where there is one class.
        let share = (self.counts.n_events + 1e-9) / (self.counts.n + 2e-9);
        b[0] = (share / (1.0 - share)).ln();
        b
    }

    /// Standardised coefficients of given ones on the scale of the matrix.
    pub(super) fn standardise(&self, intercept: f64, coefficients: &[f64]) -> Vec<f64> {
        let mut b = vec![intercept + dot(coefficients, &self.centre)];
        b.extend(coefficients.iter().zip(&self.scale).map(|(b, s)| b * s));
        b
    }

    pub(super) fn linear_predictors(&self, b: &[f64]) -> Vec<f64> {
        let mut sums = vec![b[0]; self.z.n_rows];
        if let Some(offset) = &self.offset {
            add_scaled(&mut sums, offset, 1.0);
        }
        for j in (0..self.z.k_cols).filter(|&j| b[j + 1] != 0.0) {
            add_scaled(&mut sums, self.z.col(j), b[j + 1]);
        }
        sums
    }

    /// Residuals, information and log-likelihood at these linear predictors.
    pub(super) fn look(&self, lp: &[f64]) -> Look {
        let n = self.z.n_rows;
        let mut look = Look {
            residual: vec![0.0; n],
            information: vec![0.0; n],
            log_likelihood: 0.0,
        };
        let mut product = 1.0;
        for i in 0..n {
            // y*lp - ln(1 + exp(lp)), without overflow.
            let e = (-lp[i].abs()).exp();
            let smaller = e / (1.0 + e);
            let risk = if lp[i] >= 0.0 { 1.0 - smaller } else { smaller };
            let weight = self.weights.as_ref().map_or(1.0, |weights| weights[i]);
            look.residual[i] = weight * (self.y[i] - risk);
            look.information[i] = weight * smaller * (1.0 - smaller);
            look.log_likelihood += weight * (self.y[i] * lp[i] - lp[i].max(0.0));
            if self.weights.is_some() {
                look.log_likelihood -= weight * e.ln_1p();
            } else {
                product *= 1.0 + e;
                if i % FACTORS == FACTORS - 1 {
                    look.log_likelihood -= product.ln();
                    product = 1.0;
                }
            }
        }
        look.log_likelihood -= product.ln();
        look
    }

    /// Gradient of a sum over rows with these residuals, the intercept first.
    pub(super) fn score(&self, residual: &[f64]) -> Vec<f64> {
        let mut score = vec![sum(residual)];
        score.extend((0..self.z.k_cols).map(|j| dot(self.z.col(j), residual)));
        score
    }

    /// Lower triangle of the information matrix over all coefficients.
    pub(super) fn information(&self, information: &[f64]) -> Vec<f64> {
        let (k, order) = (self.z.k_cols, self.order());
        let columns: Vec<&[f64]> = (0..k).map(|j| self.z.col(j)).collect();
        let inner = weighted_gram(&columns, information);
        let mut lower = vec![0.0; order * order];
        lower[0] = sum(information);
        for (j, column) in columns.into_iter().enumerate() {
            let row = &mut lower[(j + 1) * order..][..j + 2];
            row[0] = dot(column, information);
            row[1..].copy_from_slice(&inner[j * k..=j * k + j]);
        }
        lower
    }

    /// Coefficients on the scale of the matrix: intercept and columns.
    pub(super) fn unscale(&self, b: &[f64]) -> (f64, Vec<f64>) {
        let coefficients: Vec<f64> = (0..self.z.k_cols)
            .map(|j| b[j + 1] * self.inverse_scale(j))
            .collect();
        (b[0] - dot(&coefficients, &self.centre), coefficients)
    }

    /// What turns a standardised coefficient into one of the matrix; 0 for a constant column.
    pub(super) fn inverse_scale(&self, j: usize) -> f64 {
        let scale = self.scale[j];
        if scale > 0.0 { 1.0 / scale } else { 0.0 }
    }

    /// Covariance on the scale of the matrix from that of the standardised coefficients.
    pub(super) fn unscale_covariance(&self, inverse: &[f64]) -> Vec<f64> {
        let order = self.order();
        let factors: Vec<f64> = (0..self.z.k_cols).map(|j| self.inverse_scale(j)).collect();
        let at = |i: usize, j: usize| inverse[i * order + j];
        let mut out = vec![0.0; order * order];
        for i in 1..order {
            for j in 1..order {
                out[i * order + j] = at(i, j) * factors[i - 1] * factors[j - 1];
            }
        }
        // b0 = a0 - sum_j centre_j b_j
        let cross: Vec<f64> = (1..order)
            .map(|i| {
                at(0, i) * factors[i - 1] - dot(&self.centre, &out[i * order + 1..][..order - 1])
            })
            .collect();
        let mut variance = at(0, 0);
        for i in 1..order {
            let shift = at(0, i) * factors[i - 1] + cross[i - 1];
            variance -= self.centre[i - 1] * shift;
            out[i * order] = cross[i - 1];
            out[i] = cross[i - 1];
        }
        out[0] = variance;
        out
    }

    /// Sum of the logarithms of the scales: what a determinant of the information changes by, halved,
    /// from standardised columns to those of the matrix.
    pub(super) fn log_scale(&self) -> f64 {
        let scales = self.scale.iter().filter(|scale| **scale > 0.0);
        scales.map(|scale| scale.ln()).sum()
    }

    pub(super) fn constant_columns(&self) -> Vec<usize> {
        (0..self.z.k_cols)
            .filter(|&j| self.scale[j] == 0.0)
            .collect()
    }
}
