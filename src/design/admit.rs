//! Which variables may predict: the guard against leakage.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Timing, Variable};
use crate::outcome::{Moment, Outcome};

/// A variable that may predict: known by the decision, and no part of the outcome. Only [`admit`] makes one,
/// and a [`Sample`](crate::design::Sample) is made of nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Admitted {
    name: String,
}

impl Admitted {
    /// Name of the variable.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Lets a variable in. Fails where the cohort has none of that name, where it is an identifier, a date or free
/// text, where the outcome is made of it, and where it is measured after the decision.
pub fn admit(
    cohort: &Cohort,
    outcome: &Outcome,
    moment: Moment,
    name: &str,
) -> Result<Admitted, Failure> {
    let variable = cohort
        .variable(name)
        .ok_or_else(|| Issue::error("unknown-column").in_column(name))?;
    match barred(variable, outcome, moment) {
        Some(issue) => Err(issue.into()),
        None => Ok(Admitted {
            name: name.to_owned(),
        }),
    }
}

/// Why a variable may not predict; `None` where it may.
pub fn barred(variable: &Variable, outcome: &Outcome, moment: Moment) -> Option<Issue> {
    let issue = |code: &str| Some(Issue::error(code).in_column(&variable.name));
    if !variable.is_candidate() {
        return issue("not-a-predictor");
    }
    let parts = variable.derived.iter().flat_map(|derived| &derived.parts);
    let mut names = std::iter::once(&variable.name).chain(parts);
    if names.any(|name| outcome.used.contains(name)) {
        return issue("predictor-is-outcome");
    }
    match (variable.timing, moment) {
        (Timing::After(_), _) => issue("predictor-after-decision"),
        (Timing::Trial, Moment::BeforeTrial) => issue("predictor-at-trial"),
        _ => None,
    }
}
