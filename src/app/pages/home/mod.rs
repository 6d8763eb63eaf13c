//! Home: three doors, recent studies, sample cohorts, and what a crash left.

mod model;
mod ui;

pub use model::HomePage;
pub use ui::{View, ui};
