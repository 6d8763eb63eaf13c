//! Outcome: what a responder is, who is predicted and when, and what follows at once.

mod model;
mod ui;

pub use ui::{View, ui};
