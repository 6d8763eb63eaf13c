//! Trail: everything that was done to the data, by whom, when and why.

pub mod model;
pub mod ui;

pub use ui::{View, ui};
