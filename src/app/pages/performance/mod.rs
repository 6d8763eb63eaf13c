//! Performance: how far predictions can be trusted, the corrected figures first.

mod comparison;
mod elsewhere;
mod explanation;
mod explore;
pub mod model;
pub mod ui;

pub(in crate::app::pages) use comparison::progress_ui;
pub use model::{PerformancePage, names, spot};
pub(in crate::app) use ui::model_switch;
pub use ui::{View, ui};
