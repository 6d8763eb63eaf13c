//! From predictors to a design matrix, learnt on training rows only, and the sample size that a
//! number of parameters asks for.
//!
//! A [`DesignSpec`] is what was decided, an [`Admitted`] variable one that is known by the decision.
//! A [`DesignMap`] holds what was learnt (fills, missing indicators, knots, rare levels); it is made by
//! [`DesignMap::learn`] from a set of rows and never sees another row's value while it is made.

mod admit;
mod curve;
mod map;
pub mod redundancy;
mod sample;
pub mod sample_size;
mod spec;

pub use admit::{Admitted, admit, barred};
pub use curve::Curve;
pub(crate) use curve::spline_columns;
pub use map::{Coding, ColumnInfo, DesignMap, Part};
pub use sample::{Predictor, Sample};
pub use spec::{DesignSpec, Form};
