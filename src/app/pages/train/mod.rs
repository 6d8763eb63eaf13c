//! Train: models, their parameters in plain words, how they are validated, the run and its log.

pub mod model;
pub mod ui;

pub use model::TrainPage;
pub use ui::{View, ui};
