//! Regressions for a matrix: logistic by maximum likelihood and ridge with the path of penalties,
//! and the least-squares and multinomial fits of an imputation, each with a draw from its posterior.
//!
//! Given numbers only: it knows neither predictors nor patients. Used by the learners, by the
//! imputation and, on one column, by the calibration measures.

mod cholesky;
mod least_squares;
mod logistic;
mod multinomial;

pub use least_squares::LeastSquares;
pub use logistic::{Counts, LogisticFit, Standardised, Trouble, fit, fit_path};
pub use multinomial::Multinomial;
