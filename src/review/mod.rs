//! Review of a cohort: findings by rule, what was done about each, queries, missingness, follow-up.
//!
//! Reads a cohort with its edits and changes nothing. Wording invites a check and accuses nobody.

mod columns;
mod find;
mod follow_up;
mod missing;
mod raised;
mod rules;
mod table_one;

#[cfg(test)]
mod tests;

pub use find::{as_issues, find_row, findings, n_open, rule_failure};
pub use follow_up::{FollowUp, FollowUpRow, VisitState, follow_up};
pub use missing::{Missingness, missingness};
pub use table_one::{Groups, Summary, TableOne, TableOneRow, table_one};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::issue::Issue;
use crate::cohort::{Cell, RowRef};

/// Where a finding stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody has looked at it.
    #[default]
    Open,
    /// A question went out.
    Queried,
    /// The question was answered.
    Answered,
    /// The cell was corrected.
    Corrected,
    /// Looked at and right as it is; not raised again while the value stays.
    Accepted,
}

/// What a person did about a finding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Where it stands.
    pub status: Status,
    /// What was written.
    pub note: String,
    /// What came back.
    pub answer: Option<String>,
    /// Initials.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
}

/// Identifies a finding from one check to the next: rule, column, patient and value.
///
/// When the value changes it is another finding, so that an accepted value is not raised again and a
/// new one is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FindingKey {
    /// Code of the rule; a rule of the user is `rule: odi_m12 <= 100`.
    pub rule: String,
    /// Name of the variable.
    pub variable: Option<String>,
    /// Whose cell: the row's key where one is kept, else its position from 0.
    pub row: Option<String>,
    /// The value, as text.
    pub value: Option<String>,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which one.
    pub key: FindingKey,
    /// In words, with its place and remedy.
    pub issue: Issue,
    /// Whose cell.
    pub row: Option<RowRef>,
    /// What stands there: as read, or the text that could not be read.
    pub value: Option<Cell>,
    /// Where it stands.
    pub status: Status,
}

/// What is checked beyond the dictionary; saved with the study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewParams {
    /// Rules in one line each (`odi_m12 <= 100`, `implant_date >= trial_date`).
    pub rules: Vec<String>,
    /// Variables that must not be blank.
    pub required: Vec<String>,
    /// A value this many robust standard deviations from the median is an outlier.
    pub outlier_z: f64,
    /// A visit may be this many weeks early or late.
    pub visit_window_weeks: f64,
}

impl Default for ReviewParams {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            required: Vec::new(),
            outlier_z: 4.5,
            visit_window_weeks: 8.0,
        }
    }
}

/// Rules, marks and what else a review keeps; saved with the study.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// What is checked.
    pub params: ReviewParams,
    /// What was done about findings.
    pub marks: Vec<(FindingKey, Mark)>,
}

impl Review {
    /// The marks by finding.
    pub fn by_key(&self) -> BTreeMap<&FindingKey, &Mark> {
        self.marks.iter().map(|(key, mark)| (key, mark)).collect()
    }
}
