//! File: how the file was understood, line by line and column by column, and every choice about it.

pub mod model;
pub mod options;
pub mod preview;
pub mod ui;

pub use ui::{View, ui};
