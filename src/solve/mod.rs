//! Regressions for a matrix: logistic by maximum likelihood, Firth's likelihood, ridge, lasso and elastic
//! net, what the likelihood says of a coefficient, and the least-squares and multinomial fits of an
//! imputation, each with a draw from its posterior.
//!
//! Given numbers only: it knows neither predictors nor patients. Used by the learners, by the
//! imputation and, on one column, by the calibration measures.

mod cholesky;
mod elastic_net;
mod kernel;
mod least_squares;
mod logistic;
mod multinomial;
mod newton;
mod problem;
mod profile;
mod quadratic;

pub use elastic_net::PathPoint;
pub(crate) use kernel::dot;
pub use least_squares::LeastSquares;
pub use logistic::{LogisticFit, Penalty, Trouble, fit, fit_firth, offset_intercept};
pub use multinomial::Multinomial;
pub use problem::{Counts, Standardised};
pub use profile::{GroupTest, group_test, profile_limits};
pub use quadratic::QuadraticForm;
