//! Predictors: candidates by domain, what speaks against each, and whether the cohort is large enough.

mod model;
mod ui;

pub use ui::{View, ui};
