//! Observed against imputed values, as curves and shares to look at.
//!
//! They need not agree: values may be missing because they differ. A difference that no one can
//! explain speaks against the imputation.

use serde::{Deserialize, Serialize};

use crate::base::num::{quantile, sd};
use crate::cohort::Kind;
use crate::design::Sample;
use crate::impute::Imputed;

/// Points of a density curve.
const N_POINTS: usize = 64;
/// Values that a density is estimated from at most: more change nothing that an eye can see.
const MOST_VALUES: usize = 5000;

/// Observed and imputed values of one predictor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Name of the predictor.
    pub predictor: String,
    /// Known values among the rows.
    pub n_observed: usize,
    /// Missing values among the rows.
    pub n_missing: usize,
    /// What they look like.
    pub shape: Shape,
}

/// The shape of observed and imputed values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// Density curves: value and density.
    Curves {
        /// Of the observed values.
        observed: Vec<(f64, f64)>,
        /// Of the imputed values of all imputations together.
        imputed: Vec<(f64, f64)>,
    },
    /// Shares of the levels.
    Shares {
        /// The level, its share of the observed values, its share of the imputed ones.
        levels: Vec<(String, f64, f64)>,
    },
}

impl Imputed {
    /// The distributions of every predictor that was imputed; `sample` and `rows` are those of the fit.
    pub fn distributions(&self, sample: &Sample, rows: &[usize]) -> Vec<Distribution> {
        let imputed_of = |at: usize| -> Vec<f64> {
            let of_sample = |completed: &Sample| {
                let values = &completed.predictors[at].values;
                self.missing[at]
                    .iter()
                    .map(|&row| values[row])
                    .collect::<Vec<f64>>()
            };
            self.completed.iter().flat_map(of_sample).collect()
        };
        let train = sample.taken(rows);
        self.traces
            .iter()
            .map(|trace| {
                let predictor = &train.predictors[trace.predictor];
                let (known, imputed) = (predictor.known(), imputed_of(trace.predictor));
                let shape = if predictor.kind == Kind::Numeric {
                    curves(&known, &imputed)
                } else {
                    let share = |values: &[f64], level: usize| {
                        let n = values.iter().filter(|&&v| v == level as f64).count();
                        n as f64 / values.len().max(1) as f64
                    };
                    let levels = predictor.levels.iter().enumerate();
                    Shape::Shares {
                        levels: levels
                            .map(|(at, name)| {
                                (name.clone(), share(&known, at), share(&imputed, at))
                            })
                            .collect(),
                    }
                };
                Distribution {
                    predictor: predictor.name.clone(),
                    n_observed: known.len(),
                    n_missing: self.missing[trace.predictor].len(),
                    shape,
                }
            })
            .collect()
    }
}

/// Both curves on one grid, a bandwidth beyond the outermost values.
fn curves(observed: &[f64], imputed: &[f64]) -> Shape {
    let thin = |values: &[f64]| -> Vec<f64> {
        let step = values.len().div_ceil(MOST_VALUES).max(1);
        values.iter().copied().step_by(step).collect()
    };
    let (observed, imputed) = (thin(observed), thin(imputed));
    let widths = [bandwidth(&observed), bandwidth(&imputed)];
    let widest = widths[0].max(widths[1]);
    let all = || observed.iter().chain(&imputed).copied();
    let low = all().fold(f64::INFINITY, f64::min) - 2.0 * widest;
    let high = all().fold(f64::NEG_INFINITY, f64::max) + 2.0 * widest;
    let curve = |values: &[f64], width: f64| -> Vec<(f64, f64)> {
        (0..N_POINTS)
            .map(|at| {
                let x = low + (high - low) * at as f64 / (N_POINTS - 1) as f64;
                let sum: f64 = values
                    .iter()
                    .map(|value| (-0.5 * ((x - value) / width).powi(2)).exp())
                    .sum();
                let scale = values.len() as f64 * width * std::f64::consts::TAU.sqrt();
                (x, sum / scale)
            })
            .collect()
    };
    Shape::Curves {
        observed: curve(&observed, widths[0]),
        imputed: curve(&imputed, widths[1]),
    }
}

/// Silverman's rule (1986): `0.9 min(sd, IQR / 1.34) n^(-1/5)` (`bw.nrd0` of R); where the values
/// are all alike, a thousandth of their size.
fn bandwidth(values: &[f64]) -> f64 {
    let spread = sd(values).unwrap_or(0.0);
    let range = quantile(values, 0.75)
        .zip(quantile(values, 0.25))
        .map_or(0.0, |(high, low)| (high - low) / 1.34);
    let narrow = if range > 0.0 {
        spread.min(range)
    } else {
        spread
    };
    let size = values.first().map_or(1.0, |value| value.abs());
    let narrow = if narrow > 0.0 {
        narrow
    } else {
        1e-3 * size.max(1e-3)
    };
    0.9 * narrow * (values.len().max(1) as f64).powf(-0.2)
}
