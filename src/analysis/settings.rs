//! What the user decided. Saved in the study file, printed in every export.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::{DeltaPlan, Lock};
use crate::design::DesignSpec;
use crate::learn::{Challenger, ForestParams, PenaltyParams, Recalibration};
use crate::outcome::{LabelLog, OutcomeParams};
use crate::recipe::{Learner, MissingPlan};
use crate::stratify::StrataRule;
use crate::validate::Plan;

/// Everything that fixes an analysis, given the cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Codes of proposals of the check that the user accepted (`cm-among-mm`).
    pub accepted: BTreeSet<String>,
    /// What a responder is.
    pub outcome: OutcomeParams,
    /// How often and when that definition changed.
    #[serde(default)]
    pub label: LabelLog,
    /// Names of the predictors; `None`: every candidate of the moment.
    pub predictors: Option<Vec<String>>,
    /// Numeric columns that are codes.
    pub categorical: Vec<String>,
    /// How predictors enter the logistic models.
    #[serde(default)]
    pub design: DesignSpec,
    /// Predictors that alone all but tell the outcome, and why they may predict all the same.
    #[serde(default)]
    pub confirmed: BTreeMap<String, String>,
    /// When the specification was locked and, after that, trained changed; oldest first.
    #[serde(default)]
    pub locks: Vec<Lock>,
    /// Models to train.
    pub learners: Vec<Learner>,
    /// How the forest is grown.
    pub forest: ForestParams,
    /// How ridge, lasso and elastic net are tuned.
    #[serde(default)]
    pub penalty: PenaltyParams,
    /// What happens to gaps.
    #[serde(default)]
    pub missing: MissingPlan,
    /// How chances are recalibrated on patients that a model has not seen.
    #[serde(default)]
    pub recalibration: Recalibration,
    /// A sensitivity analysis of the gaps of one variable; `None`: not asked for.
    #[serde(default)]
    pub delta: Option<DeltaPlan>,
    /// Challengers that the learners are compared with on identical folds; none: no comparison.
    #[serde(default)]
    pub compare: Vec<Challenger>,
    /// Whether curves, interactions and points of the models are worked out with them.
    #[serde(default)]
    pub effects: bool,
    /// Whether responder profiles are looked for.
    #[serde(default)]
    pub profiles: bool,
    /// How the models are validated.
    pub plan: Plan,
    /// How the strata of chance are cut.
    pub strata: StrataRule,
    /// Seed of all random numbers.
    pub seed: u64,
}

impl Settings {
    /// Whether both give the same results. How often the definition changed on the way is no part of them.
    pub fn decides_as(&self, other: &Self) -> bool {
        let same_label = Self {
            label: other.label.clone(),
            ..self.clone()
        };
        same_label == *other
    }

    /// Whether both train the same models: all but the cut points between the strata, which follow a training.
    pub fn trains_as(&self, other: &Self) -> bool {
        let same_strata = Self {
            strata: other.strata,
            ..self.clone()
        };
        same_strata == *other
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accepted: BTreeSet::new(),
            outcome: OutcomeParams::default(),
            label: LabelLog::default(),
            predictors: None,
            categorical: Vec::new(),
            design: DesignSpec::default(),
            confirmed: BTreeMap::new(),
            locks: Vec::new(),
            learners: vec![Learner::Ridge, Learner::Forest],
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::default(),
            recalibration: Recalibration::default(),
            delta: None,
            compare: Vec::new(),
            effects: false,
            profiles: false,
            plan: Plan::default(),
            strata: StrataRule::default(),
            seed: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_an_older_program_get_the_usual_penalty() {
        let mut saved = serde_json::to_value(Settings::default()).expect("plain data");
        let fields = saved.as_object_mut().expect("a struct");
        assert!(fields.remove("penalty").is_some());
        fields["learners"] = serde_json::json!(["logistic", "ridge", "forest"]);
        let opened: Settings = serde_json::from_value(saved).expect("the rest is there");
        assert_eq!(opened.penalty, PenaltyParams::default());
        assert_eq!(
            opened.learners,
            [Learner::Logistic, Learner::Ridge, Learner::Forest]
        );
    }
}
