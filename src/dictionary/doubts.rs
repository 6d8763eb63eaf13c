//! Values that a person should look at, and what would be done about them.
//!
//! Finding a doubt never changes a value.

use std::collections::BTreeSet;

use crate::base::issue::Issue;
use crate::base::num;
use crate::cohort::{Cohort, Kind, Limited, Variable};
use crate::dictionary::column_place;
use crate::dictionary::repairs::{self, LevelCode, REPAIRS, Rescale, Suspect};

/// A number as the source writes it.
pub(super) fn written(cohort: &Cohort, value: f64) -> String {
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

/// The issue of a suspect. `median` is that of its column.
fn doubt(cohort: &Cohort, suspect: &Suspect, median: f64) -> Issue {
    let variable = &cohort.variables[suspect.variable];
    let issue = at_cell(cohort, suspect.code, variable, suspect.row, suspect.value);
    match suspect.code {
        "missing-code-suspected" => issue,
        "cm-among-mm" => issue
            .with("proposal", suspect.repaired)
            .with("median", median.round()),
        _ => issue.with("proposal", suspect.repaired),
    }
}

/// The issue of a column on another scale.
fn column_doubt(cohort: &Cohort, rescale: &Rescale) -> Issue {
    let Rescale {
        code,
        variable,
        factor: _,
        unit,
        median,
        n_cells,
    } = rescale;
    Issue::warning(code)
        .at(column_place(&cohort.variables[*variable]))
        .with("n", *n_cells)
        .with("unit", *unit)
        .with("median", (median * 100.0).round() / 100.0)
}

/// The issue of a missing code among words.
fn level_doubt(cohort: &Cohort, level: &LevelCode) -> Issue {
    Issue::warning("missing-code-level")
        .at(column_place(&cohort.variables[level.variable]))
        .found(&level.level)
        .with("n", level.n_cells)
}

/// All doubts about values, as issues: by column, the first cells of each kind one by one.
pub(super) fn issues(cohort: &Cohort) -> Vec<Issue> {
    let columns = repairs::numeric(cohort);
    let found = repairs::find(cohort, &columns);
    let mut issues = Vec::new();
    let mut rest = found.cells.as_slice();
    for column in &columns {
        let n_before = rest.partition_point(|suspect| suspect.variable < column.idx);
        let n_own = rest.partition_point(|suspect| suspect.variable <= column.idx);
        let own = &rest[n_before..n_own];
        rest = &rest[n_own..];
        let whole: Vec<&Rescale> = found
            .columns
            .iter()
            .filter(|rescale| rescale.variable == column.idx)
            .collect();
        if !own.is_empty() {
            let present: Vec<f64> = column
                .values
                .iter()
                .copied()
                .filter(|x| !x.is_nan())
                .collect();
            let median = num::median(&present).unwrap_or(0.0);
            for code in REPAIRS {
                let mut cells = Limited::default();
                for suspect in own.iter().filter(|suspect| suspect.code == code) {
                    cells.push(|| doubt(cohort, suspect, median));
                }
                issues.extend(cells.finish());
            }
        }
        issues.extend(whole.iter().map(|rescale| column_doubt(cohort, rescale)));
        let Some((from, to)) = column.variable.range.filter(|_| whole.is_empty()) else {
            continue;
        };
        let rows: BTreeSet<usize> = own.iter().map(|suspect| suspect.row).collect();
        let mut cells = Limited::default();
        for (row, &value) in column.values.iter().enumerate() {
            if (value < from || value > to) && !rows.contains(&row) {
                cells.push(|| {
                    at_cell(cohort, "out-of-range", column.variable, row, value)
                        .with("low", from)
                        .with("high", to)
                });
            }
        }
        issues.extend(cells.finish());
    }
    issues.extend(found.levels.iter().map(|level| level_doubt(cohort, level)));
    issues.extend(found.alike.iter().map(|alike| alike.doubt(cohort)));
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
