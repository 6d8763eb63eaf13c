//! From a cohort and a definition to `y`, with every excluded patient counted.

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::cohort::Cohort;
use crate::outcome::{OutcomeParams, Rule};

/// A reason why patients are not analysed, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Kebab-case reason; worded as message `exclusion-REASON`.
    pub reason: String,
    /// Number of patients.
    pub n: usize,
}

/// The outcome of everyone who is analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Positions of the analysed patients in the cohort, ascending.
    pub rows: Vec<usize>,
    /// Responder or not, one an analysed patient.
    pub y: Vec<bool>,
    /// Everyone else, by reason, in the order of the checks.
    pub exclusions: Vec<Exclusion>,
    /// Whether the lead trial succeeded, one an analysed patient; `None` where the cohort has no
    /// trial result or it does not vary.
    pub lead_trial: Option<Vec<Option<bool>>>,
    /// Patients counted as non-responders because their trial failed.
    pub n_failed_trial: usize,
    /// Patients counted as non-responders because they were explanted before the visit.
    pub n_explanted: usize,
    /// Names of the variables that the rule used; they can't be predictors.
    pub used: Vec<String>,
}

impl Outcome {
    /// Number of responders.
    pub fn n_events(&self) -> usize {
        self.y.iter().filter(|&&event| event).count()
    }

    /// Share of responders; `None` where nobody is analysed.
    pub fn event_rate(&self) -> Option<f64> {
        (!self.y.is_empty()).then(|| self.n_events() as f64 / self.y.len() as f64)
    }
}

/// One patient's way to the label, for a worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Pseudonym or row of the patient.
    pub id: String,
    /// Pain at baseline, 0 to 100; `None` for a rule without one.
    pub baseline: Option<f64>,
    /// Pain at the visit.
    pub follow_up: Option<f64>,
    /// Reduction in per cent.
    pub reduction: Option<f64>,
    /// Whether this patient is a responder.
    pub responder: bool,
}

/// A preset beside the others: how many respond by it.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetRate {
    /// Name of the preset.
    pub preset: &'static str,
    /// Patients analysed.
    pub n: usize,
    /// Responders.
    pub n_events: usize,
}

/// Decides who is a responder.
///
/// Fails where the cohort lacks a column that the rule needs, where nobody can be analysed,
/// or where everyone or no one is a responder.
pub fn decide(_cohort: &Cohort, params: &OutcomeParams) -> Result<Outcome, Failure> {
    let Rule::Level { .. } = &params.rule else {
        return Err(Issue::error("outcome-nobody").into());
    };
    Err(Issue::error("outcome-nobody").into())
}

/// The first analysed patient with a complete path to the label.
pub fn example(_cohort: &Cohort, _params: &OutcomeParams) -> Option<Example> {
    None
}

/// Event rate of every preset that this cohort can answer, with the same moment and handling of explants.
pub fn preset_rates(_cohort: &Cohort, _params: &OutcomeParams) -> Vec<PresetRate> {
    Vec::new()
}
