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
    match barred(cohort, variable, outcome, moment) {
        Some(issue) => Err(issue.into()),
        None => Ok(Admitted {
            name: name.to_owned(),
        }),
    }
}

/// Why a variable may not predict; `None` where it may.
pub fn barred(
    cohort: &Cohort,
    variable: &Variable,
    outcome: &Outcome,
    moment: Moment,
) -> Option<Issue> {
    let issue = |code: &str| Some(Issue::error(code).in_column(&variable.name));
    if !variable.is_candidate() {
        return issue("not-a-predictor");
    }
    if made_of(cohort, variable).any(|name| outcome.used.contains(name)) {
        return issue("predictor-is-outcome");
    }
    match (variable.timing, moment) {
        (Timing::After(_), _) => issue("predictor-after-decision"),
        (Timing::Trial, Moment::BeforeTrial) => issue("predictor-at-trial"),
        _ => None,
    }
}

/// The variable and everything that it is computed from, however far back. A formula names only variables that were
/// there before it, so that this ends.
fn made_of<'a>(cohort: &'a Cohort, variable: &'a Variable) -> impl Iterator<Item = &'a String> {
    let mut names = vec![&variable.name];
    let mut at = 0;
    while let Some(name) = names.get(at) {
        let derived = cohort.variable(name).and_then(|v| v.derived.as_ref());
        for part in derived.iter().flat_map(|derived| &derived.parts) {
            if !names.contains(&part) {
                names.push(part);
            }
        }
        at += 1;
    }
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Derived, Kind, Origin, Source};
    use crate::outcome::{OutcomeParams, Rule, decide};

    #[test]
    fn whatever_is_made_of_the_outcome_is_refused_however_far_back() {
        let mut cohort = Cohort::new(Source::default(), 2);
        let mut push = |name: &str, part: Option<&str>| {
            let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
            variable.derived = part.map(|part| Derived {
                formula: part.to_owned(),
                parts: vec![part.to_owned()],
            });
            cohort.push_numbers(variable, &[1.0, 0.0]).unwrap();
        };
        push("age", None);
        push("success", None);
        push("half", Some("success"));
        push("quarter", Some("half"));
        push("decade", Some("age"));
        let params = OutcomeParams {
            rule: Rule::Level {
                column: "success".to_owned(),
                event: "1".to_owned(),
            },
            ..OutcomeParams::default()
        };
        let outcome = decide(&cohort, &params).unwrap();
        let is_let_in = |name: &str| admit(&cohort, &outcome, params.moment, name).is_ok();
        assert!(is_let_in("age") && is_let_in("decade"));
        for name in ["success", "half", "quarter"] {
            assert!(!is_let_in(name), "{name}");
        }
    }
}
