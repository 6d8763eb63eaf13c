//! Strata of chance, and responder profiles: groups of patients that this cohort can tell from chance.
//!
//! A profile describes. No patient is ever sent to a model of their own by it, and nothing here fits or judges a model.
//!
//! Three ways look for profiles: a shallow [`tree`] and a box (patient rule induction, [`boxes`]) use the outcome and are
//! judged by their lift in patients whom they did not see; [`clusters`] do not see the outcome and are judged by how well
//! they come back in resamples ([`agreement`]). Each is held against the same way of looking at cohorts that have no
//! profile ([`null`]), and only what beats all of those is shown ([`search`]).

mod agreement;
mod boxes;
mod clusters;
mod gaussian;
mod mixture;
mod null;
mod patients;
mod rule;
mod search;
mod strata;
mod tree;

pub use patients::{Feature, Patients};
pub use rule::{Condition, Rule};
pub use search::{Group, Method, N_NULL, Tried, Verdict, n_steps, one_draw, search};
pub use strata::{CutBy, Cuts, MOST_PARTS, Placed, StrataRule, Stratum, strata, undetermined};
