//! Logistic regression for a matrix: maximum likelihood and ridge, and the path of penalties.
//!
//! Given numbers only: it knows neither predictors nor patients. Used by the learners and, on one
//! column, by the calibration measures.

mod cholesky;
mod logistic;

pub use logistic::{Counts, LogisticFit, Standardised, Trouble, fit, fit_path};
