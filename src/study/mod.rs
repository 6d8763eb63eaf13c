//! All that the user decided and the results, on disk.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Settings};
use crate::base::issue::Failure;
use crate::cohort::Cohort;

/// What the user decided and noted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Name for people.
    pub name: String,
    /// Full path of the cohort file, to look for it again.
    pub cohort_path: Option<String>,
    /// How the cohort file was read.
    pub import: crate::import::ImportOptions,
    /// What was decided.
    pub settings: Settings,
    /// Notes on patients, by pseudonym.
    pub notes: std::collections::BTreeMap<String, String>,
}

/// What a study file holds.
pub struct Opened {
    /// The decisions.
    pub study: Study,
    /// The snapshot of the cohort, unless it was left out.
    pub cohort: Option<Cohort>,
    /// The results, unless none were computed.
    pub analysis: Option<Analysis>,
}

/// Writes a study file whole or not at all; the previous version is kept beside it (`NAME.prognostim~`).
pub fn save(
    _path: &Path,
    _study: &Study,
    _cohort: Option<&Cohort>,
    _analysis: Option<&Analysis>,
) -> Result<(), Failure> {
    Err(Failure::new("internal"))
}

/// Opens a study file. A newer or damaged file is left untouched and gives a clear failure.
pub fn open(_path: &Path) -> Result<Opened, Failure> {
    Err(Failure::new("internal"))
}
