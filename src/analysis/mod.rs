//! The one whole path, from a cohort and what the user decided to everything that is shown.
//!
//! Window and command line both call [`run`]; neither computes. Everything here can be saved.

mod compare;
mod corrected;
mod differences;
mod effects;
mod external;
#[cfg(test)]
pub(crate) mod fixture;
mod live;
mod missing;
mod model;
mod movement;
mod notices;
mod plan;
mod profiles;
mod prospect;
mod result;
mod run;
mod sensitivity;
mod settings;
mod specification;
mod strata;
mod subgroups;
mod summary;
mod terms;
mod trial;

pub use compare::{Compared, Comparison, Contender, Standing, compare, compare_trial};
pub use differences::ModelDifference;
pub use effects::{
    Interaction, ModelEffects, Swarm, SwarmPoint, VariableEffect, effects, rank_agreement,
};
pub use external::{External, external};
pub use live::{Assessment, Chance, Contribution, Filled, Live, Values, Who, Worth};
pub use missing::{DeltaPlan, DeltaRow, MissingSummary};
pub use movement::{Movement, Moves, Otherwise, movement, movement_trial};
pub use plan::{
    ASSUMED_AUC, Candidate, Redundancy, TOO_GOOD, candidates, chosen, redundancy, sample_of,
    too_good,
};
pub use profiles::{Limit, Profile, ProfileWay, Profiles, Trait, profiles, profiles_trial};
pub use prospect::{Design, Prospect, Spread};
pub use result::{
    Alike, Analysis, CohortSummary, DomainImportance, Estimate, FitSummary, ImportanceRow, Limits,
    LimitsBy, ModelResult, OutcomeSummary, PatientResult, PredictorSummary, PredictorTest, Rise,
    RiskSource, SampleSize, Term,
};
pub use run::{run, run_kept, sample_size};
pub use sensitivity::{Sensitivity, Weighted, sensitivity};
pub use settings::Settings;
pub use specification::{Lock, Specification, hash as specification_hash, hash_of};
pub use strata::recut;
pub use subgroups::{LEAST_EVENTS, Shared, Subgroup, SubgroupFigures};
pub use trial::trial;

// The words of the lower rooms that every reader of an analysis needs.
pub use crate::explain::{Beside, DomainCheck, Effect, Near, Nomogram, Scale};
pub use crate::impute::{Distribution, ImputeParams, Shape, Trace, Visit};
pub use crate::learn::{
    Calibrator, Challenger, Draw, ForestParams as ForestSettings, Gaps, PenaltyParams, PenaltyRule,
    Recalibration, SplitRule,
};
pub use crate::recipe::{Learner, MissingPlan};
pub use crate::solve::GroupTest;
pub use crate::stratify::{
    CutBy, MOST_PARTS, Method as ProfileMethod, StrataRule, Stratum, Verdict,
};
pub use crate::validate::{
    CentreResult, CentreValidation, Counts, CurvePoint, DecisionPoint, Difference, Judged, Later,
    Measure, PairedDifference, Performance, PermutationTest, Plan, PooledFigure, Proportions,
    RefitCurve, RocPoint, Rule632, Stability,
};
