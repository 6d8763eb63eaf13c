//! Report: what goes in, in which form, and where it is written.

mod model;
mod ui;

pub use model::ReportPage;
pub use ui::{View, ui};
