//! Review: every finding with its cell, the table, one column at a time.

pub mod model;
pub mod source;
pub mod ui;

pub(in crate::app) use ui::search_ui;
pub use ui::{View, ui};
