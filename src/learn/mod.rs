//! The learners: logistic regression and the probability forest; and smartcore's, to set them against.
//!
//! They see a matrix and `y`, never a cohort. They draw random numbers only from the stream they
//! are given, and give the same bits on any number of threads.

mod bins;
pub mod calibrate;
pub mod challengers;
mod cut;
mod draw;
pub mod folds;
pub mod forest;
mod grow;
pub mod importance;
pub(crate) mod isotonic;
pub mod penalised;
mod pruned;
mod rows;
pub mod shapley;
pub mod shapley_one;
mod tree;
mod tune;

pub use calibrate::{Calibrator, Recalibration};
pub use challengers::{Challenger, ChallengerModel};
pub use forest::{Draw, Forest, ForestParams, Gaps, SplitRule, Training};
pub use penalised::{PenaltyParams, PenaltyRule};
pub use pruned::Pruned;
pub use rows::TrainingRows;
