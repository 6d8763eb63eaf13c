//! What counts as a responder, who is excluded and why.
//!
//! The event (responder) is fixed here, once; downstream there is `y: &[bool]`. This room never
//! sees a predictor, and never repairs a value.

mod compare;
mod course;
mod decide;
mod flow;
mod judge;
mod measure;
mod params;
mod rule;
mod scores;
mod visits;

#[cfg(test)]
mod worked;

pub use compare::{Agreement, Comparison, PresetRate, Rated, compare};
pub use decide::{Example, Exclusion, Outcome, decide, example};
pub use flow::{Fate, Flow, Leaving, Stage};
pub use judge::{CHR_PERCENT, CHR_POINTS, Step};
pub use measure::{Criterion, Least, Mcid, Measure, Weight};
pub use params::{Absent, Explanted, LabelLog, Moment, OutcomeParams};
pub use rule::{OpioidGoal, PRESETS, PainSite, PgicDirection, Preset, Rule};
