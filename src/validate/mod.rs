//! Recipe and plan to validated performance.
//!
//! The resampled unit is the whole recipe: all index sets are drawn first, then every resample
//! calls [`crate::recipe::Recipe::fit`] on rows. A failed resample is counted, never fatal.
//! Nothing here looks at a training prediction but the measures named apparent.

pub mod calibrated;
pub mod centres;
pub mod curves;
pub mod elsewhere;
mod loess;
pub mod measures;
pub mod paired;
pub mod permutation;
pub mod pooled;
pub mod resample;
pub mod two_stage;
pub mod venn_abers;

pub use centres::{CentreResult, CentreValidation};
pub use curves::{Counts, CurvePoint, DecisionPoint, Proportions, RefitCurve, RocPoint};
pub use elsewhere::{Judged, Later};
pub use loess::{Loess, Smoother};
pub use measures::{Measure, PairedDifference, Performance, auc_limits, performance};
pub use paired::{Difference, FoldScore};
pub use permutation::PermutationTest;
pub use pooled::PooledFigure;
pub use resample::{Plan, Rule632, Split, Stability};
