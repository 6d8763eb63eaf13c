//! Recipe and plan to validated performance.
//!
//! The resampled unit is the whole recipe: all index sets are drawn first, then every resample
//! calls [`crate::recipe::Recipe::fit`] on rows. A failed resample is counted, never fatal.
//! Nothing here looks at a training prediction but the measures named apparent.

pub mod curves;
mod loess;
pub mod measures;
pub mod paired;
pub mod resample;

pub use curves::{CurvePoint, DecisionPoint, Proportions};
pub use loess::Loess;
pub use measures::{Measure, Performance, auc_limits, performance};
pub use paired::{Difference, FoldScore};
pub use resample::{Plan, Split, Stability};
