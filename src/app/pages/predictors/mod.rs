//! Predictors: candidates by domain, what speaks against each, and whether the cohort is large enough.

mod details;
pub mod missing_data;
pub mod model;
mod side;
pub mod ui;

pub use ui::{View, ui};
