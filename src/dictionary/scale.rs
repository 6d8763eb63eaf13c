//! On which scale a column stands: pain of 10 or of 100, years or months, and whose PCS it is.

use crate::base::issue::Issue;
use crate::base::num;
use crate::cohort::{Cohort, Kind, Timing, Variable, header};
use crate::dictionary::repairs::MISSING_CODES;
use crate::dictionary::{codebook_range, column_place};

/// Longest pain duration, in years, that a cohort's median can plausibly have; beyond it the unit must be months.
pub(super) const MAX_MEDIAN_YEARS: f64 = 30.0;
/// Longest duration in years.
pub(super) const MAX_YEARS: f64 = 70.0;

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
        } else if matches!(
            variable.concept.as_deref(),
            Some("trial-relief" | "trial-relief-reported")
        ) {
            set_relief(cohort, idx);
        } else if variable.concept.as_deref() == Some("height") {
            set_height(cohort, idx);
        } else if variable.concept.as_deref() == Some("weight") {
            set_weight(cohort, idx);
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
    let mut words = header::words(&variable.origin.header);
    if variable.unit_set && !unit.is_empty() {
        words.clear();
    }
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
        || variable.unit_set
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
    let top = codebook_range(variable)
        .map(|(_, top)| top)
        .or_else(|| said_scale(variable))
        .unwrap_or_else(|| found_scale(cohort, variable));
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
    // 99 among ratings up to 10 says that there is none.
    let is_code = |x: f64| rating && MISSING_CODES.contains(&x);
    let n_above = own.iter().filter(|x| **x > 10.0 && !is_code(**x)).count();
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
    let has_codebook = variable
        .reasons
        .iter()
        .any(|reason| reason.code == "codebook");
    let mut words = header::words(&variable.origin.header);
    if variable.unit_set {
        words.clear();
    }
    // A unit that was found here before says nothing new.
    if variable.unit_set || has_codebook {
        words.extend(variable.unit.iter().flat_map(|unit| header::words(unit)));
    }
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let says_months = says(&["mois", "month", "months", "m"]);
    let says_years = says(&[
        "an", "ans", "annee", "annees", "year", "years", "yr", "yrs", "y", "a",
    ]) || has_codebook;
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

/// Whether values of a percentage are written as shares of one: hardly any lies above one, and some between.
pub(super) fn looks_like_shares(values: &[f64]) -> bool {
    let sizes = values.iter().map(|x| x.abs()).filter(|x| *x > 0.0);
    let (n, n_small, n_between) = sizes.fold((0, 0, 0), |(n, small, between), x| {
        (
            n + 1,
            small + usize::from(x <= 1.0),
            between + usize::from(x < 1.0),
        )
    });
    n_between > 0 && n_small * 5 >= n * 4
}

/// Relief as a share of one, else per cent.
fn set_relief(cohort: &mut Cohort, idx: usize) {
    let is_share = looks_like_shares(&present(cohort, &cohort.variables[idx]));
    let variable = &mut cohort.variables[idx];
    if is_share {
        variable.range = Some((-1.0, 1.0));
        if variable.unit.as_deref() == Some("%") {
            variable.unit = None;
        }
    }
}

/// Height in metres where the middle one is below three: no one is three centimetres tall.
fn set_height(cohort: &mut Cohort, idx: usize) {
    let is_metres = num::median(&present(cohort, &cohort.variables[idx])).is_some_and(|m| m < 3.0);
    let variable = &mut cohort.variables[idx];
    let (unit, range) = if is_metres {
        ("m", (1.0, 2.3))
    } else {
        ("cm", (100.0, 230.0))
    };
    (variable.unit, variable.range) = (Some(unit.to_owned()), Some(range));
}

/// Weight in grams where the middle one is above a thousand; in pounds only where the header says so
/// and the middle one would be heavy in kilograms.
fn set_weight(cohort: &mut Cohort, idx: usize) {
    /// Middle weight of a cohort in kilograms is below, in pounds above it.
    const MAX_MEDIAN_KG: f64 = 120.0;
    let variable = &cohort.variables[idx];
    let words = header::words(&variable.origin.header);
    let says_pounds = words
        .iter()
        .any(|word| matches!(word.as_str(), "lb" | "lbs" | "pound" | "pounds" | "livres"));
    let median = num::median(&present(cohort, variable)).unwrap_or(0.0);
    let (unit, range) = match () {
        () if median > 1000.0 => ("g", (30_000.0, 250_000.0)),
        () if says_pounds && median > MAX_MEDIAN_KG => ("lb", (66.0, 550.0)),
        () => ("kg", (30.0, 250.0)),
    };
    let variable = &mut cohort.variables[idx];
    (variable.unit, variable.range) = (Some(unit.to_owned()), Some(range));
}

/// Whose PCS a column is, where it is not plainly the pain catastrophizing scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pcs {
    /// The codebook says: the physical component of the SF-12.
    Physical,
    /// It may be either.
    Unsure,
}

/// Columns called PCS that are or may be the physical component of the SF-12: a label that says so,
/// values above 52, or an MCS column beside them.
pub(super) fn unsure_pcs(cohort: &Cohort) -> Vec<(usize, Pcs)> {
    let has_mcs = cohort.variables.iter().any(|variable| {
        header::words(&variable.name)
            .iter()
            .any(|word| word == "mcs")
    });
    let reading = |variable: &Variable| {
        let label = header::fold(&variable.label);
        if label.contains("catastroph") || header::fold(&variable.name).contains("catastroph") {
            return None;
        }
        if ["physical", "physique", "sf12", "sf 12", "sf36", "sf 36"]
            .iter()
            .any(|word| label.contains(word))
        {
            return Some(Pcs::Physical);
        }
        let values = present(cohort, variable);
        let n_high = values.iter().filter(|x| **x > 52.0 && **x < 90.0).count();
        (has_mcs || n_high * 20 > values.len()).then_some(Pcs::Unsure)
    };
    let of_pcs = |variable: &Variable| {
        variable.concept.as_deref() == Some("pcs")
            && variable.timing != Timing::Trial
            && !variable.meaning_set
    };
    let variables = cohort.variables.iter().enumerate();
    variables
        .filter(|(_, variable)| of_pcs(variable))
        .filter_map(|(idx, variable)| Some((idx, reading(variable)?)))
        .collect()
}
