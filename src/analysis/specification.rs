//! What was fixed before predictors were looked at against the outcome: the specification, its hash and its lock.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::analysis::{Settings, chosen};
use crate::base::issue::Failure;
use crate::cohort::Cohort;
use crate::design::{Admitted, DesignSpec};
use crate::outcome::{OutcomeParams, decide};
use crate::recipe::MissingPlan;

/// The specification was locked, or trained with changes after that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// When, ISO 8601 in universal time.
    pub at: String,
    /// Hash of the specification, as [`hash`] makes it.
    pub hash: String,
}

/// How the specification of an analysis stands to the one that was locked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specification {
    /// Hash of what was trained.
    pub hash: String,
    /// When the first one was locked; `None`: it never was.
    pub locked_at: Option<String>,
    /// Changes that were trained after the lock.
    pub n_changes: usize,
}

impl Specification {
    /// What is trained with `hash` now, against the locks so far.
    pub fn new(hash: String, locks: &[Lock]) -> Self {
        let changed_now = locks.last().is_some_and(|last| last.hash != hash);
        Self {
            hash,
            locked_at: locks.first().map(|lock| lock.at.clone()),
            n_changes: locks.len().saturating_sub(1) + usize::from(changed_now),
        }
    }
}

/// Everything that makes the specification.
#[derive(Serialize)]
struct Content<'a> {
    outcome: &'a OutcomeParams,
    predictors: Vec<(&'a str, Option<&'a str>)>,
    categorical: Vec<&'a String>,
    design: DesignSpec,
    missing: MissingPlan,
}

/// Hash of outcome, predictors with their forms, formulas and interactions, and the plan for missing values: the first eight hexadecimal digits of
/// the SHA-256 of their JSON. The order in which predictors were ticked, and the forms of others, change nothing.
pub fn hash(cohort: &Cohort, settings: &Settings, admitted: &[Admitted]) -> String {
    let mut names: Vec<&str> = admitted.iter().map(Admitted::name).collect();
    names.sort_unstable();
    let formula = |name: &str| {
        let derived = cohort.variable(name)?.derived.as_ref()?;
        Some(derived.formula.as_str())
    };
    let is_in = |name: &String| names.contains(&name.as_str());
    let mut design = settings.design.clone();
    design
        .forms
        .retain(|name, form| is_in(name) && *form != Default::default());
    design.interactions.retain(|(a, b)| is_in(a) && is_in(b));
    design.interactions.sort();
    let content = Content {
        outcome: &settings.outcome,
        predictors: names.iter().map(|name| (*name, formula(name))).collect(),
        categorical: settings
            .categorical
            .iter()
            .filter(|name| is_in(name))
            .collect(),
        design,
        missing: settings.missing,
    };
    let json = serde_json::to_vec(&content).unwrap_or_default();
    let digest = Sha256::digest(json);
    digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Hash of what would be trained now. Fails where outcome or predictors can't be decided.
pub fn hash_of(cohort: &Cohort, settings: &Settings) -> Result<String, Failure> {
    let outcome = decide(cohort, &settings.outcome)?;
    let admitted = chosen(cohort, settings, &outcome)?;
    Ok(hash(cohort, settings, &admitted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_after_the_lock_are_counted() {
        let lock = |hash: &str| Lock {
            at: "2026-11-21T10:00:00Z".to_owned(),
            hash: hash.to_owned(),
        };
        let n = |hash: &str, locks: &[Lock]| Specification::new(hash.to_owned(), locks).n_changes;
        assert_eq!(n("a", &[]), 0);
        assert_eq!(n("a", &[lock("a")]), 0);
        assert_eq!(n("b", &[lock("a")]), 1);
        assert_eq!(n("a", &[lock("a"), lock("b")]), 2);
        assert_eq!(n("b", &[lock("a"), lock("b")]), 1);
        let never = Specification::new("a".to_owned(), &[]);
        assert_eq!(never.locked_at, None);
    }
}
