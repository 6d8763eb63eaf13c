//! Follow-up board: who has been seen, is due, overdue or lost, visit by visit.

use jiff::civil::Date;

use crate::cohort::{Cohort, Timing};
use crate::review::ReviewParams;

/// Where a patient stands at a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitState {
    /// Something was measured at it.
    Done,
    /// Its window is open.
    Due,
    /// Its window has closed and nothing was measured, but a later visit may still come.
    Overdue,
    /// Explanted, died or withdrawn before it, or every later visit's window has closed too.
    Lost,
    /// Its window has not opened.
    NotYet,
    /// Without an implant date nobody can tell.
    Unknown,
}

/// A patient on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUpRow {
    /// Position in the cohort.
    pub row: usize,
    /// When the patient was implanted.
    pub implanted: Option<Date>,
    /// For each visit: state, and the day on which it is due.
    pub visits: Vec<(VisitState, Option<Date>)>,
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUp {
    /// Visits after implantation, in months.
    pub visits: Vec<Timing>,
    /// Patients, in the order of the cohort.
    pub rows: Vec<FollowUpRow>,
}

/// Makes the board as of a day.
pub fn follow_up(_cohort: &Cohort, _today: Date, _params: &ReviewParams) -> FollowUp {
    FollowUp::default()
}
