//! From predictors to a design matrix, learnt on training rows only, and the sample size that a
//! number of parameters asks for.
//!
//! A [`DesignMap`] holds what was learnt (fills, missing indicators, levels); it is made by
//! [`DesignMap::learn`] from a set of rows and never sees another row's value while it is made.

mod map;
mod sample;
pub mod sample_size;

pub use map::{Coding, ColumnInfo, DesignMap, Part};
pub use sample::{Predictor, Sample};
