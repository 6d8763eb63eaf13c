//! Table one: who the patients are, overall and by group.

pub mod model;
pub mod ui;

pub use ui::{View, ui};
