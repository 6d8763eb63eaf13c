//! Measures: what each column is taken for, how sure that is, and the last word of a person.

pub mod model;
pub mod ui;

pub use ui::{View, ui};
