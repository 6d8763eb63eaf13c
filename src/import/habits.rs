//! Numbers with something beside them: which of them the column as a whole allows, and what is said about it.

use std::collections::BTreeMap;

use crate::cohort::Limited;
use crate::import::column::{Column, Reading};
use crate::import::grid::Grid;
use crate::import::quantity::{Form, header_unit};
use crate::import::survey::{Look, Survey};

/// Numbers that often stand for "missing".
const SUSPECTS: [f64; 13] = [
    -1.0, -9.0, -99.0, -999.0, -9999.0, 9.0, 88.0, 99.0, 777.0, 888.0, 999.0, 8888.0, 9999.0,
];

/// What a column writes beside its numbers.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// Scores that were read, and of how many points.
    scores: Option<(usize, f64)>,
    /// The unit beside numbers, and how many have it.
    unit: Option<(String, usize)>,
    /// Unit of the header, where a cell has another.
    against: Option<String>,
}

/// Turns forms into numbers where all of the column agree: scores of one number of points, one unit.
pub(super) fn allow(grid: &Grid, idx: usize, survey: &mut Survey) -> Habits {
    let mut habits = Habits::default();
    if survey.forms.is_empty() {
        return habits;
    }
    let forms = std::mem::take(&mut survey.forms);
    let mut all_of: Vec<f64> = Vec::new();
    let mut units: BTreeMap<&str, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (at, form) in &forms {
        match form {
            Form::Score { of, .. } if !all_of.contains(of) => all_of.push(*of),
            Form::Measured { unit, .. } => {
                let first = std::cmp::Reverse(at.first);
                let (n, _) = units.entry(unit).or_insert((0, first));
                *n += at.n;
            }
            _ => {}
        }
    }
    let most = survey.numbers.iter().copied().fold(f64::NAN, f64::max);
    // A plain number above the points can't be a score out of them.
    let one_of = match all_of.as_slice() {
        &[of] if most.is_nan() || most <= of => Some(of),
        _ => None,
    };
    let named = header_unit(&grid.headers[idx]);
    let n_plain = survey.count(Look::Number);
    let usual = units
        .iter()
        .max_by_key(|(_, count)| **count)
        // A unit beside a few numbers is what sets them apart: months among years.
        .filter(|(_, (n, _))| *n >= n_plain)
        .map(|(unit, _)| (*unit).to_owned());
    let unit = named.clone().or(usual);
    let (mut n_scores, mut n_units) = (0, 0);
    for (at, form) in &forms {
        match form {
            Form::Score { value, of } if Some(*of) == one_of => {
                n_scores += at.n;
                survey.allow(*at, *value);
            }
            Form::Measured { value, unit: own }
                if unit.as_ref().is_some_and(|unit| is_same_unit(own, unit)) =>
            {
                n_units += at.n;
                survey.allow(*at, *value);
            }
            _ => {}
        }
    }
    habits.scores = one_of.filter(|_| n_scores > 0).map(|of| (n_scores, of));
    habits.against = named;
    habits.unit = unit.filter(|_| n_units > 0).map(|unit| (unit, n_units));
    survey.forms = forms;
    habits
}

/// Whether a unit is that of the column, or that without its time: `60 mg` in a column of `mg/j`.
fn is_same_unit(own: &str, of_column: &str) -> bool {
    own == of_column
        || of_column
            .split_once('/')
            .is_some_and(|(unit, _)| own == unit)
}

impl Habits {
    /// Marks and words every cell of a numeric column that is not a number.
    pub(super) fn unread(&self, column: &Column<'_>, reading: &mut Reading) {
        let survey = column.survey;
        let mut found: BTreeMap<String, Limited> = BTreeMap::new();
        let form_of: BTreeMap<usize, &Form> = survey
            .forms
            .iter()
            .map(|(at, form)| (at.kept, form))
            .collect();
        let is_unread: Vec<bool> = survey
            .looks
            .iter()
            .map(|look| matches!(look, Look::Date | Look::Bool | Look::Other | Look::Form))
            .collect();
        reading.mark_unread(&is_unread);
        for line in column.lines_of(|kept| is_unread[kept]) {
            let kept = column.cells().of()[line] as usize;
            let issue = match (survey.looks[kept], form_of.get(&kept)) {
                (Look::Date, _) => column.at_cell("date-among-numbers", line),
                (Look::Form, Some(Form::Censored { sign, bound })) => column
                    .at_cell("censored-value", line)
                    .with("sign", sign.to_string())
                    .with("bound", *bound),
                (Look::Form, Some(Form::Score { .. })) => column.at_cell("score-unlike", line),
                (Look::Form, Some(Form::Measured { unit, .. })) => {
                    let usual = self.unit.as_ref().map(|(usual, _)| usual.as_str());
                    match usual.or(self.against.as_deref()) {
                        Some(usual) => column
                            .at_cell("unit-unlike", line)
                            .with("unit", unit.as_str())
                            .with("usual", usual),
                        None => column
                            .at_cell("unit-alone", line)
                            .with("unit", unit.as_str()),
                    }
                }
                _ => column.at_cell("number-unreadable", line),
            };
            found.entry(issue.code.clone()).or_default().push(|| issue);
        }
        reading
            .issues
            .extend(found.into_values().flat_map(Limited::finish));
    }

    /// Notes what had to be understood to read the numbers.
    pub(super) fn note(&self, column: &Column<'_>, reading: &mut Reading) {
        let survey = column.survey;
        if survey.n_percent > 0 {
            reading.unit = Some("%".to_owned());
            reading
                .issues
                .push(column.note("percent-signs").with("n", survey.n_percent));
        }
        if let Some((n, of)) = self.scores {
            reading
                .issues
                .push(column.note("scores-out-of").with("n", n).with("of", of));
        }
        if let Some((unit, n)) = &self.unit {
            reading.unit = Some(unit.clone());
            reading.issues.push(
                column
                    .note("units-beside")
                    .with("n", *n)
                    .with("unit", unit.as_str()),
            );
        }
        if survey.n_grouped > 0 {
            let mark = survey.group_mark.map(String::from).unwrap_or_default();
            reading.issues.push(
                column
                    .note("thousands-mark")
                    .with("n", survey.n_grouped)
                    .with("mark", mark),
            );
        }
        if survey.n_other_mark > 0 {
            let mark = char::from(column.known.dialect.marks.decimal).to_string();
            reading.issues.push(
                column
                    .warning("other-decimal-mark")
                    .with("n", survey.n_other_mark)
                    .with("mark", mark),
            );
        }
        let n_read = survey.count(Look::Number);
        let n_forms = self.scores.map_or(0, |(n, _)| n) + self.unit.as_ref().map_or(0, |(_, n)| *n);
        let n_text = survey.n_text_numbers + n_forms;
        if column.grid.sheet.is_some() && n_read > n_text && n_text > 0 {
            reading
                .issues
                .push(column.note("numbers-as-text").with("n", n_text));
        }
    }
}

/// Numbers that may stand for "missing": of the usual codes those that lie outside all other values.
/// They are never taken so; a person decides.
pub(super) fn suspects(survey: &Survey) -> Vec<(String, usize, bool)> {
    let all = survey.occurrences.iter();
    let numbers: Vec<(f64, usize)> = all
        .map(|at| (survey.numbers[at.kept], at.n))
        .filter(|(x, _)| !x.is_nan())
        .collect();
    suspects_among(&numbers)
}

/// The same of numbers with their counts.
fn suspects_among(numbers: &[(f64, usize)]) -> Vec<(String, usize, bool)> {
    let is_code = |x: f64| SUSPECTS.contains(&x);
    let (mut low, mut high, mut n_others) = (f64::INFINITY, f64::NEG_INFINITY, 0_usize);
    for &(x, n) in numbers.iter().filter(|(x, _)| !is_code(*x)) {
        (low, high) = (low.min(x), high.max(x));
        n_others += n;
    }
    if n_others < 3 {
        return Vec::new();
    }
    let stands_out = |code: f64| {
        if code < 0.0 {
            low >= 0.0
        } else {
            code > 1.5 * high
        }
    };
    SUSPECTS
        .iter()
        .filter(|code| stands_out(**code))
        .filter_map(|code| {
            let same = numbers.iter().filter(|(x, _)| *x == *code);
            let n: usize = same.map(|(_, n)| n).sum();
            (n > 0).then(|| (code.to_string(), n, false))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_all_others_may_be_codes() {
        let codes = |numbers: &[f64]| -> Vec<String> {
            let once: Vec<(f64, usize)> = numbers.iter().map(|x| (*x, 1)).collect();
            suspects_among(&once)
                .into_iter()
                .map(|(code, ..)| code)
                .collect()
        };
        assert_eq!(codes(&[1.0, 3.0, 5.0, 9.0, 9.0]), ["9"]);
        assert_eq!(codes(&[40.0, 60.0, 65.0, 99.0, -9.0]), ["-9", "99"]);
        assert!(codes(&[80.0, 100.0, 70.0, 99.0]).is_empty());
        assert!(codes(&[-3.0, 2.0, 4.0, -1.0]).is_empty());
        assert!(codes(&[9.0, 9.0]).is_empty());
    }
}
