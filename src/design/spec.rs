//! What was decided about the design of a model: how predictors enter it. Nothing here is learnt from data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::design::Curve;

/// How one predictor enters a logistic model; a forest takes values as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Of a number: its curve.
    #[serde(default)]
    pub curve: Curve,
    /// Of levels: the one that the others are compared with; `None`: the first.
    #[serde(default)]
    pub reference: Option<String>,
    /// Of levels: those of fewer training patients are pooled into one; 0: none is.
    #[serde(default)]
    pub least: usize,
}

/// How the predictors enter a logistic model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignSpec {
    /// Forms that differ from a straight line or one column a level, by name of the variable.
    #[serde(default)]
    pub forms: BTreeMap<String, Form>,
    /// Pairs of variables whose product is a term; one that does not predict counts for nothing.
    #[serde(default)]
    pub interactions: Vec<(String, String)>,
}

impl DesignSpec {
    /// The form of a variable.
    pub fn form(&self, name: &str) -> Form {
        self.forms.get(name).cloned().unwrap_or_default()
    }
}
