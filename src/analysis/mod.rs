//! The one whole path, from a cohort and what the user decided to everything that is shown.
//!
//! Window and command line both call [`run`]; neither computes. Everything here can be saved.

#[cfg(test)]
pub(crate) mod fixture;
mod result;
mod run;
mod settings;

pub use result::{
    Analysis, CohortSummary, CurvePoint, DecisionPoint, Estimate, FitSummary, ImportanceRow,
    Measure, ModelResult, OutcomeSummary, PatientResult, Performance, PredictorSummary,
    Proportions, RiskSource, SampleSize, Stability, Stratum, Term,
};
pub use run::{Candidate, candidates, run, sample_size};
pub use settings::{ForestSettings, Learner, Plan, Settings, StrataCuts};
