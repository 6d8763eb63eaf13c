//! On which scale a column stands: pain of 10 or of 100, years or months, and whose PCS it is.

use crate::base::issue::Issue;
use crate::base::num;
use crate::cohort::{Cohort, Kind, Timing, Variable, header};
use crate::dictionary::column_place;

/// Longest pain duration, in years, that a cohort's median can plausibly have; beyond it the unit must be months.
const MAX_MEDIAN_YEARS: f64 = 30.0;
/// Longest duration in years.
const MAX_YEARS: f64 = 70.0;

/// Whether a concept is a pain intensity.
pub(super) fn is_pain(variable: &Variable) -> bool {
    matches!(
        variable.concept.as_deref(),
        Some("pain-back" | "pain-leg" | "pain-global")
    ) && variable.kind == Kind::Numeric
}

/// Sets unit and range where the concept leaves them to the column.
pub(super) fn set(cohort: &mut Cohort) {
    for idx in 0..cohort.variables.len() {
        let variable = &cohort.variables[idx];
        if is_pain(variable) {
            set_pain(cohort, idx);
        } else if variable.concept.as_deref() == Some("pain-duration") {
            set_duration(cohort, idx);
        } else if variable.concept.as_deref() == Some("trial-relief") {
            set_relief(cohort, idx);
        }
    }
}

fn present(cohort: &Cohort, variable: &Variable) -> Vec<f64> {
    let values = cohort.numbers(&variable.name).unwrap_or_default();
    values.into_iter().filter(|x| !x.is_nan()).collect()
}

/// What the unit or the header says about the scale of a pain intensity: its upper end.
fn said_scale(variable: &Variable) -> Option<f64> {
    let unit = variable
        .unit
        .as_deref()
        .filter(|_| has_own_unit(variable))
        .map(header::fold)
        .unwrap_or_default();
    let words = header::words(&variable.origin.header);
    let says = |word: &str| unit.split(' ').any(|w| w == word) || words.iter().any(|w| w == word);
    match () {
        () if says("100") || says("mm") => Some(100.0),
        () if says("10") || says("cm") => Some(10.0),
        () => None,
    }
}

/// Whether the unit comes from the source and not from the concept.
fn has_own_unit(variable: &Variable) -> bool {
    variable.unit.as_deref() != Some("mm")
        || variable
            .reasons
            .iter()
            .any(|reason| reason.code == "codebook")
}

fn is_numeric_rating(variable: &Variable) -> bool {
    let words = header::words(&variable.origin.header);
    words
        .iter()
        .any(|word| matches!(word.as_str(), "nrs" | "nprs" | "en" | "ens" | "evn"))
}

fn set_pain(cohort: &mut Cohort, idx: usize) {
    let variable = &cohort.variables[idx];
    let top = said_scale(variable).unwrap_or_else(|| found_scale(cohort, variable));
    let rating = is_numeric_rating(variable);
    let own_unit = has_own_unit(variable) && variable.unit.is_some();
    let variable = &mut cohort.variables[idx];
    variable.range = Some((0.0, top));
    if !own_unit
        || variable.unit.as_deref() == Some("0-10")
        || variable.unit.as_deref() == Some("0-100")
    {
        let unit = match (top < 100.0, rating) {
            (true, _) => "0-10",
            (false, true) => "0-100",
            (false, false) => "mm",
        };
        variable.unit = Some(unit.to_owned());
    }
    let reason = Issue::note("scale-found")
        .in_column(&variable.origin.header)
        .with("top", top);
    variable.reasons.push(reason);
}

/// The scale that the values show. All visits of the measure are looked at together: after a good
/// implant a column of millimetres may hold nothing above 10.
fn found_scale(cohort: &Cohort, variable: &Variable) -> f64 {
    let own = present(cohort, variable);
    let rating = is_numeric_rating(variable);
    let siblings = cohort.variables.iter().filter(|other| {
        is_pain(other)
            && other.concept == variable.concept
            && is_numeric_rating(other) == rating
            && said_scale(other).is_none()
    });
    let pooled: Vec<f64> = siblings.flat_map(|other| present(cohort, other)).collect();
    let pooled_is_ten = num::quantile(&pooled, 0.95).is_some_and(|high| high <= 10.0);
    let n_above = own.iter().filter(|x| **x > 10.0).count();
    let is_ten = if n_above == 0 {
        pooled_is_ten || (!own.is_empty() && (rating || own.iter().any(|x| x.fract() != 0.0)))
    } else {
        // A rating from 0 to 10 with a slip of the pen among its values.
        rating && own.len() >= 20 && n_above * 20 <= own.len()
    };
    if is_ten { 10.0 } else { 100.0 }
}

/// Years or months: the header or codebook says it, else the values do.
fn set_duration(cohort: &mut Cohort, idx: usize) {
    let variable = &cohort.variables[idx];
    let mut words = header::words(&variable.origin.header);
    words.extend(
        variable
            .unit
            .iter()
            .filter(|unit| *unit != "years")
            .flat_map(|unit| header::words(unit)),
    );
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let says_months = says(&["mois", "month", "months", "m"]);
    let says_years = says(&[
        "an", "ans", "annee", "annees", "year", "years", "yr", "yrs", "y", "a",
    ]) || variable
        .reasons
        .iter()
        .any(|reason| reason.code == "codebook");
    let looks_months =
        num::median(&present(cohort, variable)).is_some_and(|median| median > MAX_MEDIAN_YEARS);
    let is_months = says_months || (!says_years && looks_months);
    let is_guess = !says_months && !says_years;
    let unit = if is_months { "months" } else { "years" };
    let variable = &mut cohort.variables[idx];
    variable.unit = Some(unit.to_owned());
    variable.range = Some((
        0.0,
        if is_months {
            12.0 * MAX_YEARS
        } else {
            MAX_YEARS
        },
    ));
    if is_guess {
        let issue = Issue::warning("unit-guessed")
            .at(column_place(variable))
            .with("unit", unit);
        cohort.issues.push(issue);
    }
}

/// Relief as a share of one where no value is above one and some lie between; else per cent.
fn set_relief(cohort: &mut Cohort, idx: usize) {
    let values = present(cohort, &cohort.variables[idx]);
    let is_share = values.iter().all(|x| x.abs() <= 1.0) && values.iter().any(|x| x.fract() != 0.0);
    let variable = &mut cohort.variables[idx];
    if is_share {
        variable.range = Some((-1.0, 1.0));
        if variable.unit.as_deref() == Some("%") {
            variable.unit = None;
        }
    }
}

/// Columns called PCS that may be the physical component of the SF-12: values above 52, a label that
/// says so, or an MCS column beside them.
pub(super) fn unsure_pcs(cohort: &Cohort) -> Vec<usize> {
    let has_mcs = cohort.variables.iter().any(|variable| {
        header::words(&variable.name)
            .iter()
            .any(|word| word == "mcs")
    });
    let is_unsure = |variable: &Variable| {
        let label = header::fold(&variable.label);
        let says_catastrophe =
            label.contains("catastroph") || header::fold(&variable.name).contains("catastroph");
        let says_physical = label.contains("physical")
            || label.contains("physique")
            || label.contains("sf12")
            || label.contains("sf 12")
            || label.contains("sf 36");
        let high = present(cohort, variable)
            .iter()
            .filter(|x| **x > 52.0 && **x < 90.0)
            .count();
        says_physical
            || (!says_catastrophe && (has_mcs || high * 20 > present(cohort, variable).len()))
    };
    let of_pcs = |variable: &Variable| {
        variable.concept.as_deref() == Some("pcs") && variable.timing != Timing::Trial
    };
    (0..cohort.variables.len())
        .filter(|&idx| of_pcs(&cohort.variables[idx]) && is_unsure(&cohort.variables[idx]))
        .collect()
}
