//! Home: three doors, recent studies, sample cohorts, and what a crash left.

pub mod model;
pub mod ui;

pub use model::HomePage;
pub use ui::{View, ui};
