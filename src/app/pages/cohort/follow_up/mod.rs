//! Follow-up: who has been seen, is due, overdue or lost, visit by visit.

pub mod model;
pub mod ui;

pub use ui::{View, ui};
