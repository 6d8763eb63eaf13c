//! What the cohort page shows of each column: counted once by a job, never in a frame.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::app::state::Checked;
use crate::base::issue::{Failure, Issue, Severity};
use crate::base::num;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{self, Cell, Cohort, Edit, Kind, Replayed, Variable};
use crate::dictionary;
use crate::review::{self, Review};

/// Counts and spread of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnSummary {
    /// Name of the variable.
    pub name: String,
    /// Missing values.
    pub n_missing: usize,
    /// Smallest value, quartiles, largest value; `None` unless numeric.
    pub spread: Option<[f64; 5]>,
    /// Bars of the histogram: from, to, count; empty unless numeric.
    pub histogram: Vec<(f64, f64, usize)>,
    /// Count of each level, as written; empty unless levels.
    pub levels: Vec<(String, usize)>,
    /// Findings in this column.
    pub n_findings: usize,
}

/// What is put over a cohort before it is looked at.
#[derive(Clone, Default)]
pub struct CheckOrder {
    /// The cohort as read.
    pub cohort: Arc<Cohort>,
    /// Codes of accepted repairs.
    pub accepted: BTreeSet<String>,
    /// Corrections.
    pub edits: Vec<Arc<Edit>>,
    /// Rules and marks.
    pub review: Review,
}

/// Carries out repairs and corrections and counts everything that the cohort page shows.
pub fn check(order: &CheckOrder, task: &TaskHandle) -> Result<Checked, Failure> {
    let CheckOrder {
        cohort: opened,
        accepted,
        edits,
        review,
    } = order;
    let mut replayed = Replayed::default();
    let cohort = if accepted.is_empty() && edits.is_empty() {
        Arc::clone(opened)
    } else {
        let mut cohort = (**opened).clone();
        if !accepted.is_empty() {
            dictionary::accept(&mut cohort, accepted)?;
        }
        replayed = cohort::replay(&mut cohort, edits);
        dictionary::annotate(&mut cohort);
        Arc::new(cohort)
    };
    task.check()?;
    let proposals = dictionary::proposals(&cohort);
    let to_review = review::findings(&cohort, review, task)?;
    let columns = cohort
        .variables
        .iter()
        .map(|variable| summary(&cohort, variable))
        .collect();
    let findings = findings(&cohort);
    let row_texts = row_texts(&cohort);
    Ok(Checked {
        cohort,
        proposals,
        columns,
        row_texts,
        findings,
        to_review,
        replayed,
    })
}

/// A cohort without repairs and corrections, as the pages see it.
#[cfg(test)]
pub(in crate::app) fn unrepaired(cohort: &Arc<Cohort>) -> Checked {
    let order = CheckOrder {
        cohort: Arc::clone(cohort),
        ..CheckOrder::default()
    };
    check(&order, &TaskHandle::unattended()).expect("a check that nobody stops")
}

fn summary(cohort: &Cohort, variable: &Variable) -> ColumnSummary {
    let mut summary = ColumnSummary {
        name: variable.name.clone(),
        n_missing: cohort.n_missing(&variable.name),
        spread: None,
        histogram: Vec::new(),
        levels: Vec::new(),
        n_findings: cohort
            .issues
            .iter()
            .filter(|issue| belongs(issue, variable))
            .count(),
    };
    match variable.kind {
        Kind::Numeric => {
            let mut values = cohort.numbers(&variable.name).unwrap_or_default();
            values.retain(|x| x.is_finite());
            values.sort_unstable_by(f64::total_cmp);
            let at = |share| num::quantile_sorted(&values, share);
            if let (Some(a), Some(b), Some(c), Some(d), Some(e)) =
                (at(0.0), at(0.25), at(0.5), at(0.75), at(1.0))
            {
                summary.spread = Some([a, b, c, d, e]);
                summary.histogram = histogram(&values);
            }
        }
        Kind::Binary | Kind::Categorical => {
            let mut counts = vec![0; variable.levels.len()];
            for level in cohort.levels(&variable.name).unwrap_or_default() {
                if let Some(count) = level.and_then(|level| counts.get_mut(level)) {
                    *count += 1;
                }
            }
            summary.levels = variable.levels.iter().cloned().zip(counts).collect();
        }
        Kind::Identifier | Kind::Date | Kind::Text => {}
    }
    summary
}

/// Whether an issue speaks of this column.
fn belongs(issue: &Issue, variable: &Variable) -> bool {
    issue.place.column.as_deref().is_some_and(|column| {
        (column == variable.origin.header || column == variable.name)
            && (issue.place.sheet.is_none() || issue.place.sheet == variable.origin.sheet)
    })
}

/// Bars of a round width, at most 24 of them, over sorted values.
fn histogram(sorted: &[f64]) -> Vec<(f64, f64, usize)> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else {
        return Vec::new();
    };
    if low == high {
        return vec![(low - 0.5, high + 0.5, sorted.len())];
    }
    let width = round_width((high - low) / 16.0);
    let first = (low / width).floor();
    let n_bars = ((high / width).floor() - first) as usize + 1;
    let mut bars: Vec<(f64, f64, usize)> = (0..n_bars.min(200))
        .map(|bar| {
            let from = (first + bar as f64) * width;
            (from, from + width, 0)
        })
        .collect();
    for value in sorted {
        let bar = ((value / width).floor() - first) as usize;
        if let Some(bar) = bars.get_mut(bar) {
            bar.2 += 1;
        }
    }
    bars
}

/// The next of 1, 2, 5 times a power of ten.
fn round_width(width: f64) -> f64 {
    let power = 10_f64.powf(width.log10().floor());
    let factor = width / power;
    let round = match factor {
        f if f <= 1.0 => 1.0,
        f if f <= 2.0 => 2.0,
        f if f <= 5.0 => 5.0,
        _ => 10.0,
    };
    round * power
}

/// The cells that findings speak of, by row and column of the cohort.
fn findings(cohort: &Cohort) -> BTreeMap<(usize, usize), Severity> {
    let mut wanted: HashMap<(Option<&str>, &str), HashMap<u32, Severity>> = HashMap::new();
    for issue in &cohort.issues {
        let (Some(column), Some(row)) = (issue.place.column.as_deref(), issue.place.row) else {
            continue;
        };
        let rows = wanted
            .entry((issue.place.sheet.as_deref(), column))
            .or_default();
        let severity = rows.entry(row).or_insert(issue.severity);
        *severity = (*severity).max(issue.severity);
    }
    let mut cells = BTreeMap::new();
    for (column, variable) in cohort.variables.iter().enumerate() {
        let origin = &variable.origin;
        let Some(rows) = wanted.get(&(origin.sheet.as_deref(), origin.header.as_str())) else {
            continue;
        };
        for (patient, row) in origin.rows.iter().enumerate() {
            if let Some(severity) = rows.get(row) {
                cells.insert((patient, column), *severity);
            }
        }
    }
    cells
}

fn row_texts(cohort: &Cohort) -> Vec<String> {
    let mut texts = vec![String::new(); cohort.n_rows()];
    for variable in &cohort.variables {
        for (row, text) in texts.iter_mut().enumerate() {
            let cell = cell_text(cohort, row, variable, Lang::En);
            if cell != MISSING {
                text.push_str(&cell.to_lowercase());
                text.push('\n');
            }
        }
    }
    texts
}

/// How a missing value is shown.
pub const MISSING: &str = "–";

/// A cell in words: numbers with the decimal mark of the language, a dash where missing.
pub fn cell_text(cohort: &Cohort, row: usize, variable: &Variable, lang: Lang) -> String {
    match cohort.cell(row, &variable.name) {
        Some(Cell::Number(x)) => plain_number(x, lang),
        Some(Cell::Text(text)) => text,
        None => MISSING.to_owned(),
    }
}

/// A number as it was written: no rounding beyond four decimals, no grouping.
pub fn plain_number(x: f64, lang: Lang) -> String {
    if x.fract() == 0.0 {
        return lang.number(x, 0);
    }
    let text = lang.number(x, 4);
    text.trim_end_matches('0')
        .trim_end_matches(['.', ','])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::issue::Place;
    use crate::cohort::{Origin, Source};

    fn cohort() -> Arc<Cohort> {
        let rows = Arc::new(vec![2, 3, 4, 5]);
        let origin = |header: &str| Origin {
            header: header.to_owned(),
            rows: Arc::clone(&rows),
            ..Origin::default()
        };
        let mut cohort = Cohort::new(Source::default(), 4);
        let age = Variable::new("age", Kind::Numeric, origin("Age"));
        cohort
            .push_numbers(age, &[41.0, 52.5, f64::NAN, 67.0])
            .unwrap();
        let mut sex = Variable::new("sex", Kind::Binary, origin("Sex"));
        sex.levels = vec!["F".to_owned(), "M".to_owned()];
        let texts = ["M", "F", "F", "M"].map(|text| Some(text.to_owned()));
        cohort.push_texts(sex, &texts).unwrap();
        cohort.issues.push(Issue::warning("out-of-range").at(Place {
            sheet: None,
            row: Some(3),
            column: Some("Age".to_owned()),
            position: None,
        }));
        Arc::new(cohort)
    }

    #[test]
    fn a_column_is_counted_and_its_findings_are_found_again() {
        let order = CheckOrder {
            cohort: cohort(),
            ..CheckOrder::default()
        };
        let checked = check(&order, &TaskHandle::unattended()).unwrap();
        let age = &checked.columns[0];
        assert_eq!((age.n_missing, age.n_findings), (1, 1));
        assert_eq!(age.spread.unwrap()[2], 52.5);
        assert_eq!(age.histogram.iter().map(|bar| bar.2).sum::<usize>(), 3);
        let expected = vec![("F".to_owned(), 2), ("M".to_owned(), 2)];
        assert_eq!(checked.columns[1].levels, expected);
        assert_eq!(checked.findings.get(&(1, 0)), Some(&Severity::Warning));
        assert!(checked.row_texts[1].contains("52.5"));
    }

    #[test]
    fn numbers_are_shown_as_they_were_written() {
        assert_eq!(plain_number(52.5, Lang::Fr), "52,5");
        assert_eq!(plain_number(12_345.0, Lang::En), "12345");
    }
}
