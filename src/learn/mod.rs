//! The learners: logistic regression and the probability forest.
//!
//! They see a matrix and `y`, never a cohort. They draw random numbers only from the stream they
//! are given, and give the same bits on any number of threads.

mod bins;
pub mod folds;
pub mod forest;
mod grow;
pub mod penalised;
mod rows;
pub mod shapley;

pub use forest::{Forest, ForestParams};
pub use penalised::{PenaltyParams, PenaltyRule};
pub use rows::TrainingRows;
