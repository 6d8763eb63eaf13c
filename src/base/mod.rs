//! What every room may use: numbers, seeds, tasks, issues, words and whole files.
//!
//! Nothing here knows what a patient, a cohort or a model is.

pub mod disk;
pub mod issue;
pub mod num;
pub mod seed;
pub mod task;
pub mod text;
