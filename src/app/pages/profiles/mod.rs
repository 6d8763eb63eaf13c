//! Profiles: groups of patients that this cohort can tell from chance.

pub mod model;
pub mod ui;

pub use model::ProfilesPage;
pub use ui::{View, ui};
