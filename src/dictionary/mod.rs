//! Instruments, synonyms in English and French, units, plausible ranges.

use std::collections::BTreeSet;

use crate::base::issue::Failure;
use crate::cohort::Cohort;

/// A repair that the program proposes and only a person accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Code, the same as that of its issues (`cm-among-mm`).
    pub code: String,
    /// Cells that it would change.
    pub n_cells: usize,
}

/// Gives every variable its meaning, timing, unit and range, and adds what it doubts to the cohort's issues.
pub fn annotate(_cohort: &mut Cohort) {}

/// What could be repaired.
pub fn proposals(_cohort: &Cohort) -> Vec<Proposal> {
    Vec::new()
}

/// Carries out the accepted proposals (`all` for every one); each changed cell becomes a note.
pub fn accept(_cohort: &mut Cohort, _codes: &BTreeSet<String>) -> Result<(), Failure> {
    Ok(())
}
