//! Outcome: what a responder is, who is predicted and when, and what follows at once.

pub mod model;
pub mod ui;

pub use model::rule_words;
pub use ui::{View, ui};
