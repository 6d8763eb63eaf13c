//! Missing: who lacks what, by variable, visit and centre, and what is missing together.

pub mod model;
pub mod ui;

pub use ui::{View, ui};
