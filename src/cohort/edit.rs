//! Corrections of a cohort: who changed what, when and why, replayed over the cohort as it was read.
//!
//! The source is never touched. An edit remembers what stood in the cell, so that a newer export of
//! the same file shows where it disagrees instead of being overwritten.

use serde::{Deserialize, Serialize};

use crate::cohort::{Cell, Kind, Timing};

/// A patient's row: by its position in the cohort and, where a key is kept, by the keyed pseudonym
/// of the identifier, which finds the patient again in a newer export.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowRef {
    /// Position in the cohort, from 0.
    pub row: usize,
    /// Keyed pseudonym of the identifier ([`Cohort::row_keys`]).
    pub key: Option<String>,
}

/// One cell that is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellChange {
    /// Whose.
    pub row: RowRef,
    /// Name of the variable.
    pub variable: String,
    /// What stood there; `None` where missing or not readable.
    pub before: Option<Cell>,
    /// What stands there now; `None` for missing.
    pub after: Option<Cell>,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// Single cells, or the cells of an accepted repair.
    Cells(Vec<CellChange>),
    /// Levels or texts of a column get another name, or mean missing.
    Recode {
        /// Name of the variable.
        variable: String,
        /// From, to; `None`: missing.
        levels: Vec<(String, Option<String>)>,
    },
    /// Values of a column that mean missing, as numbers or texts are written.
    MissingCodes {
        /// Name of the variable.
        variable: String,
        /// The codes.
        codes: Vec<String>,
    },
    /// Every number of a column is multiplied: another unit.
    Scale {
        /// Name of the variable.
        variable: String,
        /// Factor.
        factor: f64,
        /// Unit from now on.
        unit: Option<String>,
    },
    /// The patient is left out of every analysis; the edit's `why` is the reason.
    Exclude(RowRef),
    /// The patient is analysed again.
    Include(RowRef),
    /// What a column means; `concept: None`: nothing that the dictionary knows.
    Meaning {
        /// Name of the variable.
        variable: String,
        /// The dictionary's name of the measure.
        concept: Option<String>,
        /// When it is measured.
        timing: Timing,
        /// Unit.
        unit: Option<String>,
    },
    /// A variable that is computed from others, after every other change; of two with one name the later counts.
    Derive {
        /// Name of the new variable.
        variable: String,
        /// How it is computed, in one line; `None`: it is taken away again.
        formula: Option<String>,
    },
    /// How a column is read (a number that is a code, a text that names patients).
    Kind {
        /// Name of the variable.
        variable: String,
        /// How its values are read.
        kind: Kind,
    },
}

/// One change with its trail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Counts the edits of a study, from 1; never used twice.
    pub number: u32,
    /// When, ISO 8601 in universal time.
    pub at: String,
    /// Initials of the person.
    pub who: String,
    /// Reason; may be empty except where a patient is excluded.
    pub why: String,
    /// What.
    pub change: Change,
}

/// Why an edit could not be carried out on this cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConflictKind {
    /// The cell holds another value than the one that was corrected.
    ValueChanged,
    /// The patient is not in the file any more.
    RowGone,
    /// The column is not in the file any more, or is of another kind.
    ColumnGone,
}

/// An edit, or one cell of it, that does not fit the cohort; the cell is left as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Number of the edit.
    pub edit: u32,
    /// Why.
    pub kind: ConflictKind,
    /// Whose cell.
    pub row: Option<RowRef>,
    /// Name of the variable.
    pub variable: Option<String>,
    /// What the edit expected.
    pub before: Option<Cell>,
    /// What it would have written.
    pub after: Option<Cell>,
    /// What stands there.
    pub found: Option<Cell>,
}

/// What came of a replay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replayed {
    /// What did not fit.
    pub conflicts: Vec<Conflict>,
    /// Cells that differ from the file: row and name of the variable, sorted.
    pub edited: Vec<(usize, String)>,
}
