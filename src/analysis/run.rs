//! Runs an analysis.

use crate::analysis::{Analysis, SampleSize, Settings};
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::outcome::Outcome;

/// A variable that may be offered as a predictor, and what speaks against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Name of the variable.
    pub name: String,
    /// Whether it is ticked while the user has not chosen.
    pub by_default: bool,
    /// Why it can't be ticked: measured after the decision, used by the outcome, constant, all missing.
    pub barred: Option<Issue>,
    /// Analysed patients without a value.
    pub n_missing: usize,
    /// Parameters that it would spend.
    pub n_parameters: usize,
}

/// Every variable that could be a predictor, in the order of the cohort.
pub fn candidates(_cohort: &Cohort, _settings: &Settings, _outcome: &Outcome) -> Vec<Candidate> {
    Vec::new()
}

/// Whether the cohort is large enough for the chosen predictors. Fails where a chosen predictor is unknown or barred.
pub fn sample_size(
    _cohort: &Cohort,
    _settings: &Settings,
    _outcome: &Outcome,
) -> Result<SampleSize, Failure> {
    Err(Failure::new("internal"))
}

/// Trains, validates and explains the chosen models.
///
/// `created` is the time stamp of the result, ISO 8601. The result depends on cohort, settings
/// and `created` only, never on the number of threads. Runs on the rayon pool of the caller.
pub fn run(
    _cohort: &Cohort,
    _settings: &Settings,
    _created: &str,
    _task: &TaskHandle,
) -> Result<Analysis, Failure> {
    Err(Failure::new("internal"))
}
