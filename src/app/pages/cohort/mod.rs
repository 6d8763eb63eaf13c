//! Cohort: what was imported, every finding with its cell, the table, one column at a time.

mod model;
mod source;
mod ui;

pub(in crate::app) use ui::search_ui;
pub use ui::{View, ui};
