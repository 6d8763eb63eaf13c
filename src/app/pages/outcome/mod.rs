//! Outcome: what a responder is, who is predicted and when, and what follows at once.

mod chart;
mod editor;
pub mod model;
mod tables;
pub mod ui;

pub use model::rule_words;
pub use ui::{View, ui};
