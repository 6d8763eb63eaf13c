//! Values that a person should look at, and what would be done about them.
//!
//! Finding a doubt never changes a value.

use std::collections::BTreeSet;

use crate::base::issue::Issue;
use crate::base::num;
use crate::cohort::{Cohort, Kind, Limited, Timing, Variable};
use crate::dictionary::scale::is_pain;

/// Doubts that come with a repair.
pub(super) const REPAIRS: [&str; 2] = ["cm-among-mm", "missing-code-suspected"];

/// Numbers that stand for "missing" in many files.
const MISSING_CODES: [f64; 7] = [-9.0, -99.0, -999.0, 99.0, 999.0, 9999.0, -9999.0];

/// One cell with a repair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Suspect {
    pub(super) code: &'static str,
    /// Position among the cohort's variables.
    pub(super) variable: usize,
    pub(super) row: usize,
    pub(super) value: f64,
    /// The value that is proposed; NaN for "missing".
    pub(super) repaired: f64,
}

/// Every cell with a repair, by variable and row.
pub(super) fn suspects(cohort: &Cohort) -> Vec<Suspect> {
    let mut suspects = missing_codes(cohort);
    suspects.extend(centimetres(cohort, &suspects));
    suspects.sort_by_key(|suspect| (suspect.variable, suspect.row));
    suspects
}

fn numeric(cohort: &Cohort) -> impl Iterator<Item = (usize, &Variable, Vec<f64>)> {
    let numeric = cohort
        .variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| variable.kind == Kind::Numeric);
    numeric.map(|(idx, variable)| {
        (
            idx,
            variable,
            cohort.numbers(&variable.name).unwrap_or_default(),
        )
    })
}

/// 999, -9 and their like, standing where the measure can't be: outside its range, or far from every other value.
fn missing_codes(cohort: &Cohort) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (idx, variable, values) in numeric(cohort) {
        let is_code = |x: f64| MISSING_CODES.contains(&x);
        if !values.iter().any(|x| is_code(*x)) {
            continue;
        }
        let others: Vec<f64> = values
            .iter()
            .copied()
            .filter(|x| !x.is_nan() && !is_code(*x))
            .collect();
        let low = others.iter().copied().fold(f64::INFINITY, f64::min);
        let high = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let stands_out = |x: f64| match variable.range {
            Some((from, to)) => x < from || x > to,
            None if others.len() < 3 => false,
            None if x < 0.0 => low >= 0.0,
            None if x < 100.0 => high <= 20.0,
            None => high < x / 3.0,
        };
        let cells = values
            .iter()
            .enumerate()
            .filter(|(_, x)| is_code(**x) && stands_out(**x));
        found.extend(cells.map(|(row, &value)| Suspect {
            code: "missing-code-suspected",
            variable: idx,
            row,
            value,
            repaired: f64::NAN,
        }));
    }
    found
}

/// A pain column in millimetres with its values.
struct Millimetres {
    idx: usize,
    timing: Timing,
    is_global: bool,
    values: Vec<f64>,
    /// Whether values above 10 are written whole, so that a decimal shows another scale.
    is_whole: bool,
}

/// Values up to 10 in a column of millimetres that are better explained as centimetres.
///
/// A decimal is the evidence where the column is written in whole millimetres. A whole number is
/// doubted only before the implant, where 10 of 100 is implausible for a candidate: in the global
/// pain, or where every other pain of that visit is as low. A true low pain after the implant, or of
/// the leg in a patient whose back hurts, is left alone.
fn centimetres(cohort: &Cohort, codes: &[Suspect]) -> Vec<Suspect> {
    let codes: BTreeSet<(usize, usize)> =
        codes.iter().map(|code| (code.variable, code.row)).collect();
    let is_code = |idx: usize, row: usize| codes.contains(&(idx, row));
    let columns: Vec<Millimetres> = numeric(cohort)
        .filter(|(_, variable, _)| is_pain(variable) && variable.range == Some((0.0, 100.0)))
        .map(|(idx, variable, values)| {
            let high: Vec<f64> = values.iter().copied().filter(|x| *x > 10.0).collect();
            let n_whole = high.iter().filter(|x| x.fract() == 0.0).count();
            Millimetres {
                idx,
                timing: variable.timing,
                is_global: variable.concept.as_deref() == Some("pain-global"),
                is_whole: high.len() >= 3 && n_whole * 10 >= high.len() * 9,
                values,
            }
        })
        .collect();
    let mut found = Vec::new();
    for column in &columns {
        let present = column.values.iter().filter(|x| !x.is_nan());
        let (n, n_high) = present.fold((0, 0), |(n, high), x| {
            (n + 1, high + usize::from(*x > 10.0))
        });
        // At follow-up a good half may be truly low; before the implant hardly anyone is.
        if n < 4 || n_high < 3 || (column.timing == Timing::Baseline && n_high * 2 < n) {
            continue;
        }
        for (row, &value) in column.values.iter().enumerate() {
            if !(value > 0.0 && value <= 10.0) || is_code(column.idx, row) {
                continue;
            }
            let has_decimal = value.fract() != 0.0;
            if (has_decimal && column.is_whole) || is_implausibly_low(column, row, &columns) {
                let repaired = (value * 1e4).round() / 1e3;
                found.push(Suspect {
                    code: "cm-among-mm",
                    variable: column.idx,
                    row,
                    value,
                    repaired,
                });
            }
        }
    }
    found
}

/// Whether so little pain can't be this candidate's before the implant.
fn is_implausibly_low(column: &Millimetres, row: usize, columns: &[Millimetres]) -> bool {
    if column.timing != Timing::Baseline || column.values[row] < 2.0 {
        return false;
    }
    let others = columns
        .iter()
        .filter(|other| other.idx != column.idx && other.timing == Timing::Baseline);
    let others: Vec<f64> = others
        .map(|other| other.values[row])
        .filter(|x| !x.is_nan())
        .collect();
    let all_low = others.iter().all(|x| *x <= 10.0);
    all_low && (column.is_global || !others.is_empty())
}

/// A number as the source writes it.
fn written(cohort: &Cohort, value: f64) -> String {
    let text = value.to_string();
    if cohort.source.decimal_mark == Some(',') {
        text.replace('.', ",")
    } else {
        text
    }
}

fn at_cell(cohort: &Cohort, code: &str, variable: &Variable, row: usize, value: f64) -> Issue {
    Issue::warning(code)
        .at(variable.place(row))
        .found(&written(cohort, value))
}

/// The issue of a suspect.
fn doubt(cohort: &Cohort, suspect: &Suspect) -> Issue {
    let variable = &cohort.variables[suspect.variable];
    let issue = at_cell(cohort, suspect.code, variable, suspect.row, suspect.value);
    if suspect.code != "cm-among-mm" {
        return issue;
    }
    let values: Vec<f64> = cohort
        .numbers(&variable.name)
        .unwrap_or_default()
        .into_iter()
        .filter(|x| !x.is_nan())
        .collect();
    let median = num::median(&values).unwrap_or(0.0);
    issue
        .with("proposal", suspect.repaired)
        .with("median", median.round())
}

/// The note of a repaired cell.
pub(super) fn repaired(cohort: &Cohort, suspect: &Suspect) -> Issue {
    let variable = &cohort.variables[suspect.variable];
    let code = if suspect.code == "cm-among-mm" {
        "repaired-cm-among-mm"
    } else {
        "repaired-missing-code-suspected"
    };
    let note = Issue::note(code)
        .at(variable.place(suspect.row))
        .found(&written(cohort, suspect.value));
    if suspect.repaired.is_nan() {
        note
    } else {
        note.with("value", suspect.repaired)
    }
}

/// All doubts about values, as issues: by column, the first cells of each kind one by one.
pub(super) fn issues(cohort: &Cohort) -> Vec<Issue> {
    let suspects = suspects(cohort);
    let mut issues = Vec::new();
    for (idx, variable, values) in numeric(cohort) {
        let own: Vec<&Suspect> = suspects
            .iter()
            .filter(|suspect| suspect.variable == idx)
            .collect();
        let rows: BTreeSet<usize> = own.iter().map(|suspect| suspect.row).collect();
        for code in REPAIRS {
            let mut cells = Limited::default();
            for suspect in own.iter().filter(|suspect| suspect.code == code) {
                cells.push(|| doubt(cohort, suspect));
            }
            issues.extend(cells.finish());
        }
        let Some((from, to)) = variable.range else {
            continue;
        };
        let mut cells = Limited::default();
        for (row, &value) in values.iter().enumerate() {
            if (value < from || value > to) && !rows.contains(&row) {
                cells.push(|| {
                    at_cell(cohort, "out-of-range", variable, row, value)
                        .with("low", from)
                        .with("high", to)
                });
            }
        }
        issues.extend(cells.finish());
    }
    issues.extend(date_order(cohort));
    issues
}

/// Dates that follow each other in every patient's course.
fn date_order(cohort: &Cohort) -> Vec<Issue> {
    const ORDER: [(&str, &str); 3] = [
        ("inclusion-date", "trial-date"),
        ("trial-date", "implant-date"),
        ("implant-date", "explant-date"),
    ];
    let column = |concept: &str| {
        let of = |variable: &&Variable| {
            variable.concept.as_deref() == Some(concept) && variable.kind == Kind::Date
        };
        let variable = cohort.variables.iter().find(of)?;
        Some((variable, cohort.texts(&variable.name).ok()?))
    };
    let mut issues = Vec::new();
    for (before, after) in ORDER {
        let (Some((first, earlier)), Some((second, later))) = (column(before), column(after))
        else {
            continue;
        };
        let mut cells = Limited::default();
        for (row, pair) in earlier.iter().zip(&later).enumerate() {
            // ISO dates compare as text.
            if let (Some(earlier), Some(later)) = pair
                && later < earlier
            {
                cells.push(|| {
                    Issue::warning("date-order")
                        .at(second.place(row))
                        .found(later)
                        .with("other", first.name.as_str())
                        .with("date", earlier.as_str())
                });
            }
        }
        issues.extend(cells.finish());
    }
    issues
}
