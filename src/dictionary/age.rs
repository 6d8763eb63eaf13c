//! Age from birth date: whole years at inclusion, else at the trial, else at the implant.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Limited, Timing, Variable};
use crate::dictionary::dates::{Calendar, days};
use crate::dictionary::{COMPUTED, computed, is_computed, put_computed};

/// A given age may differ by so many years: it may count from another day.
const MAX_DIFFERENCE: f64 = 1.0;

/// Adds the age where the file gives a birth date and no age; where it gives both, what differs is an issue.
pub(super) fn set(cohort: &mut Cohort) {
    let Some(ages) = ages(cohort) else {
        return;
    };
    let given = cohort
        .variables
        .iter()
        .find(|v| v.concept.as_deref() == Some("age") && !is_computed(v))
        .map(|variable| (variable.clone(), variable.kind == Kind::Numeric));
    let outcome = match given {
        Some((variable, true)) => {
            let issues = differing(cohort, &variable, &ages);
            cohort.issues.extend(issues);
            Ok(())
        }
        // An age in words can't be compared, and is not replaced.
        Some((_, false)) => Ok(()),
        None => add(cohort, &ages),
    };
    if let Err(failure) = outcome {
        cohort.issues.push(failure.issue());
    }
}

/// Age of each patient, NaN where birth or day is missing or in the wrong order; `None` without a birth date.
fn ages(cohort: &Cohort) -> Option<Vec<f64>> {
    let of = |v: &&Variable| v.concept.as_deref() == Some("birth-date");
    let births = days(cohort, &cohort.variables.iter().find(of)?.name);
    let calendar = Calendar::of(cohort);
    let ages: Vec<f64> = births
        .iter()
        .enumerate()
        .map(|(row, birth)| {
            let years = birth.and_then(|birth| Some(birth.years_until(calendar.reference(row)?)));
            years
                .filter(|years| (0..=130).contains(years))
                .map_or(f64::NAN, f64::from)
        })
        .collect();
    ages.iter().any(|age| !age.is_nan()).then_some(ages)
}

fn add(cohort: &mut Cohort, ages: &[f64]) -> Result<(), Failure> {
    let name = format!("age {COMPUTED}");
    let variable = computed(&name, "age", Timing::Baseline);
    put_computed(cohort, variable, ages)
}

fn differing(cohort: &Cohort, variable: &Variable, ages: &[f64]) -> Vec<Issue> {
    let given = cohort.numbers(&variable.name).unwrap_or_default();
    let mut cells = Limited::default();
    for (row, (given, age)) in given.iter().zip(ages).enumerate() {
        if (given - age).abs() > MAX_DIFFERENCE {
            cells.push(|| {
                Issue::warning("age-differs")
                    .at(variable.place(row))
                    .found(&crate::dictionary::doubts::written(cohort, *given))
                    .with("computed", *age)
            });
        }
    }
    cells.finish()
}
