//! What counts as a responder, who is excluded and why.
//!
//! The event (responder) is fixed here, once; downstream there is `y: &[bool]`. This room never
//! sees a predictor, and never repairs a value.

mod course;
mod decide;
mod pain;
mod rule;

pub use decide::{Example, Exclusion, Outcome, PresetRate, decide, example, preset_rates};
pub use rule::{Explanted, Moment, OutcomeParams, PainSite, Rule};
