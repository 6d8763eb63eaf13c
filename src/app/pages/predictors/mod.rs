//! Predictors: candidates by domain, what speaks against each, and whether the cohort is large enough.

pub mod missing_data;
pub mod model;
pub mod ui;

pub use ui::{View, ui};
