//! What the user decided. Saved in the study file, printed in every export.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::outcome::OutcomeParams;

/// A kind of model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Learner {
    /// Logistic regression by maximum likelihood.
    Logistic,
    /// Logistic regression with a ridge penalty chosen by inner cross-validation.
    Ridge,
    /// Probability forest.
    Forest,
}

impl Learner {
    /// All learners, simplest first.
    pub const ALL: [Self; 3] = [Self::Logistic, Self::Ridge, Self::Forest];

    /// Name on the command line and in `results.json`; the message is `learner-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Logistic => "logistic",
            Self::Ridge => "ridge",
            Self::Forest => "forest",
        }
    }
}

/// How the forest is grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForestSettings {
    /// Number of trees, 1 to 100,000.
    pub n_trees: usize,
    /// A node with this many in-bag rows or fewer is not split.
    pub min_node: usize,
    /// Columns tried at each split; `None`: the square root of their number, rounded down.
    pub mtry: Option<usize>,
}

impl Default for ForestSettings {
    fn default() -> Self {
        Self {
            n_trees: 500,
            min_node: 10,
            mtry: None,
        }
    }
}

/// How the models are validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Bootstrap resamples for the optimism of logistic models.
    pub n_bootstraps: usize,
    /// Folds of the cross-validation.
    pub n_folds: usize,
    /// Repeats of the cross-validation.
    pub n_repeats: usize,
    /// Refits on half-samples without replacement: bands of patients, intervals of importance, stability.
    pub n_half_samples: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            n_bootstraps: 500,
            n_folds: 10,
            n_repeats: 20,
            n_half_samples: 200,
        }
    }
}

/// Cut points between the strata, as chances of response.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrataCuts {
    /// Below: response unlikely.
    pub low: f64,
    /// From here: response likely.
    pub high: f64,
}

impl Default for StrataCuts {
    fn default() -> Self {
        Self {
            low: 0.4,
            high: 0.6,
        }
    }
}

/// Everything that fixes an analysis, given the cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Codes of proposals of the check that the user accepted (`cm-among-mm`).
    pub accepted: BTreeSet<String>,
    /// What a responder is.
    pub outcome: OutcomeParams,
    /// Names of the predictors; `None`: every candidate of the moment.
    pub predictors: Option<Vec<String>>,
    /// Numeric columns that are codes.
    pub categorical: Vec<String>,
    /// Models to train.
    pub learners: Vec<Learner>,
    /// How the forest is grown.
    pub forest: ForestSettings,
    /// How the models are validated.
    pub plan: Plan,
    /// Cut points between the strata.
    pub strata: StrataCuts,
    /// Seed of all random numbers.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accepted: BTreeSet::new(),
            outcome: OutcomeParams::default(),
            predictors: None,
            categorical: Vec::new(),
            learners: vec![Learner::Ridge, Learner::Forest],
            forest: ForestSettings::default(),
            plan: Plan::default(),
            strata: StrataCuts::default(),
            seed: 1,
        }
    }
}
