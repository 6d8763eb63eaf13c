//! What every room may use: numbers, seeds, tasks, issues and words.
//!
//! Nothing here knows what a patient, a cohort or a model is.

pub mod issue;
pub mod num;
pub mod seed;
pub mod task;
pub mod text;
