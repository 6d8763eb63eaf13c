//! Report: what goes in, in which form, and where it is written.

pub mod model;
pub mod ui;

pub use model::ReportPage;
pub use ui::{View, ui};
