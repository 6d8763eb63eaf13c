//! Variables that are computed from others, patient by patient: differences, ratios, sums, yes or no.

use crate::base::issue::{Failure, Issue};
use crate::cohort::expression::Asked;
use crate::cohort::{Cohort, Derived, Domain, Kind, Origin, Timing, Variable};
use crate::formula::Value;

/// Levels of a condition.
const NO_YES: [&str; 2] = ["no", "yes"];

/// Adds a variable to a cohort: a quantity, or yes and no where the formula is a condition. It is missing where a part
/// that decides it is, and measured when the latest of its parts is. Nothing is learnt from other patients.
///
/// Fails where the name is taken or empty, where the formula can't be read, where it names no variable or one that may
/// name a patient, or gives neither number nor condition.
pub fn derive(cohort: &mut Cohort, name: &str, formula: &str) -> Result<(), Failure> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Issue::error("derived-no-name").into());
    }
    if cohort.variable(name).is_some() {
        return Err(Issue::error("derived-name-taken").in_column(name).into());
    }
    let asked = Asked::read(cohort, formula)?;
    let of = |idx: &usize| cohort.variables.get(*idx);
    let parts: Vec<&Variable> = asked.variables.iter().filter_map(of).collect();
    let is_private = |part: &&Variable| matches!(part.kind, Kind::Identifier | Kind::Text);
    if let Some(private) = parts.iter().copied().find(|part| is_private(part)) {
        let issue = Issue::error("derived-of-text").in_column(&private.name);
        return Err(issue.into());
    }
    if parts.is_empty() {
        return Err(Issue::error("derived-constant").found(formula).into());
    }
    let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
    name.clone_into(&mut variable.origin.header);
    variable.timing = timing(&parts);
    variable.domain = domain(&parts);
    variable.meaning_set = true;
    variable.derived = Some(Derived {
        formula: formula.trim().to_owned(),
        parts: parts.iter().map(|part| part.name.clone()).collect(),
    });
    let columns = asked.columns(cohort);
    let rows = 0..cohort.n_rows();
    if asked.is_condition() {
        variable.kind = Kind::Binary;
        variable.levels = NO_YES.map(str::to_owned).into();
        let said = |row| match asked.value(&columns, row) {
            Value::Truth(is_so) => Some(NO_YES[usize::from(is_so)].to_owned()),
            _ => None,
        };
        let values: Vec<Option<String>> = rows.map(said).collect();
        return cohort.push_texts(variable, &values);
    }
    let mut is_number = true;
    let number = |row| match asked.value(&columns, row) {
        Value::Number(x) if x.is_finite() => x,
        Value::Number(_) | Value::Missing => f64::NAN,
        Value::Date(_) | Value::Text(_) | Value::Truth(_) => {
            is_number = false;
            f64::NAN
        }
    };
    let values: Vec<f64> = rows.map(number).collect();
    if !is_number {
        return Err(Issue::error("derived-no-number").found(formula).into());
    }
    cohort.push_numbers(variable, &values)
}

/// The latest moment; not known where that of a part is not.
fn timing(parts: &[&Variable]) -> Timing {
    let moments = parts.iter().map(|part| part.timing);
    let last = moments
        .clone()
        .filter(|timing| *timing != Timing::Unknown)
        .max();
    match last {
        // What is measured after the decision is so whatever else is not known.
        Some(after @ Timing::After(_)) => after,
        last if moments.clone().all(|timing| timing != Timing::Unknown) => last.unwrap_or_default(),
        _ => Timing::Unknown,
    }
}

/// The domain that all parts share.
fn domain(parts: &[&Variable]) -> Domain {
    match parts {
        [first, rest @ ..] if rest.iter().all(|part| part.domain == first.domain) => first.domain,
        _ => Domain::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Source;

    fn cohort() -> Cohort {
        let mut cohort = Cohort::new(Source::default(), 3);
        let mut push = |name: &str, timing, values: [f64; 3]| {
            let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
            (variable.timing, variable.domain) = (timing, Domain::Pain);
            cohort.push_numbers(variable, &values).unwrap();
        };
        push("leg", Timing::Baseline, [70.0, f64::NAN, 20.0]);
        push("back", Timing::Baseline, [50.0, 60.0, 0.0]);
        push("trial", Timing::Trial, [30.0, 10.0, 20.0]);
        push("late", Timing::After(12), [1.0, 2.0, 3.0]);
        push("when", Timing::Unknown, [1.0, 2.0, 3.0]);
        let id = Variable::new("id", Kind::Identifier, Origin::default());
        let ids = ["a", "b", "c"].map(|id| Some(id.to_owned()));
        cohort.push_texts(id, &ids).unwrap();
        cohort
    }

    fn made(name: &str, formula: &str) -> Result<(Variable, Cohort), String> {
        let mut cohort = cohort();
        derive(&mut cohort, name, formula).map_err(|failure| failure.issue().code)?;
        Ok((cohort.variable(name).unwrap().clone(), cohort))
    }

    #[test]
    fn a_difference_is_missing_where_a_part_is_and_as_late_as_its_latest_part() {
        let (variable, cohort) = made("gap", "leg - back").unwrap();
        let values = cohort.numbers("gap").unwrap();
        assert_eq!((values[0], values[2]), (20.0, 20.0));
        assert!(values[1].is_nan());
        assert_eq!(
            (variable.timing, variable.domain),
            (Timing::Baseline, Domain::Pain)
        );
        let timing = |formula| made("x", formula).unwrap().0.timing;
        assert_eq!(timing("leg - trial"), Timing::Trial);
        assert_eq!(timing("leg - late + when"), Timing::After(12));
        assert_eq!(timing("leg - when"), Timing::Unknown);
        // Nothing is divided by zero.
        let (_, cohort) = made("ratio", "leg / back").unwrap();
        assert!(cohort.numbers("ratio").unwrap()[2].is_nan());
    }

    #[test]
    fn a_condition_is_yes_or_no() {
        let (variable, cohort) = made("high", "leg >= 50").unwrap();
        assert_eq!((variable.kind, variable.levels.len()), (Kind::Binary, 2));
        assert_eq!(cohort.levels("high").unwrap(), [Some(1), None, Some(0)]);
    }

    #[test]
    fn what_can_not_be_derived_is_refused_with_its_reason() {
        let refused = |name, formula| made(name, formula).err().unwrap_or_default();
        assert_eq!(refused("leg", "back * 2"), "derived-name-taken");
        assert_eq!(refused(" ", "back * 2"), "derived-no-name");
        assert_eq!(refused("x", "bck * 2"), "rule-unknown-name");
        assert_eq!(refused("x", "back *"), "rule-stopped");
        assert_eq!(refused("x", "1 + 1"), "derived-constant");
        assert_eq!(refused("x", "id = 'a'"), "derived-of-text");
    }
}
