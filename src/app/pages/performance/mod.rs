//! Performance: how far predictions can be trusted, the corrected figures first.

mod comparison;
mod elsewhere;
mod explanation;
mod explore;
pub mod model;
pub mod ui;

pub use model::{PerformancePage, names, setting};
pub(in crate::app) use ui::model_switch;
pub use ui::{View, ui};
