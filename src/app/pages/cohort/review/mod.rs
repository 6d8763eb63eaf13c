//! Review: every finding with its cell, the table, one column at a time.

pub mod findings;
mod inspector;
mod list;
mod menus;
pub mod model;
mod rules;
pub mod source;
pub mod ui;

pub(in crate::app) use findings::{changed_lines, status_words};
pub(in crate::app) use source::cell_words;
pub(in crate::app) use ui::search_ui;
pub use ui::{View, ui};
