//! What the cohort page shows of each column: counted once by a job, never in a frame.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::app::places::{self, with_noticed};
use crate::app::state::Checked;
use crate::base::issue::Failure;
use crate::base::num;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{self, Cell, Cohort, Edit, Kind, Replayed, Variable};
use crate::dictionary;
pub use crate::report::words::plain_number;
use crate::review::{self, Finding, Review};

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
    /// Codes of repairs that an older study accepted.
    pub accepted: BTreeSet<String>,
    /// Corrections.
    pub edits: Vec<Arc<Edit>>,
    /// Rules and marks.
    pub review: Review,
    /// What was found the last time; what has not changed since is not counted again.
    pub previous: Option<Arc<Checked>>,
}

/// A repair that the program proposes and only a person accepts.
pub type Repair = dictionary::Proposal;

/// Carries out repairs and corrections and counts everything that the cohort page shows.
pub fn check(order: &CheckOrder, task: &TaskHandle) -> Result<Checked, Failure> {
    if let Some(previous) = &order.previous
        && previous.of.is_same_data(order)
        && previous.of.review.params == order.review.params
    {
        return Ok(marked(previous, order));
    }
    let CheckOrder {
        cohort: opened,
        accepted,
        edits,
        review,
        previous,
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
    let repairs = dictionary::proposals(&cohort);
    let found = review::findings(&cohort, review, task)?;
    let to_review = with_noticed(&cohort, review, found);
    let known = previous.as_deref().map(Known::new);
    let mut columns = Vec::with_capacity(cohort.variables.len());
    for variable in &cohort.variables {
        task.check()?;
        let summary = known
            .as_ref()
            .and_then(|known| known.summary(&cohort, variable))
            .unwrap_or_else(|| summary(&cohort, variable));
        columns.push(summary);
    }
    count_findings(&mut columns, &to_review);
    let findings = places::cells(&cohort, &to_review);
    let n_open = review::n_open(&to_review);
    Ok(Checked {
        of: remembered(order),
        ids: Arc::new(cohort.ids()),
        cohort,
        repairs,
        columns,
        findings,
        to_review,
        n_open,
        replayed,
    })
}

/// What a check was made of, without what the check before it was.
fn remembered(order: &CheckOrder) -> CheckOrder {
    CheckOrder {
        previous: None,
        ..order.clone()
    }
}

impl CheckOrder {
    /// Whether it gives the same cohort.
    fn is_same_data(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cohort, &other.cohort)
            && self.accepted == other.accepted
            && self.edits == other.edits
    }
}

/// The same cohort and findings; only where they stand has changed.
fn marked(previous: &Checked, order: &CheckOrder) -> Checked {
    let marks = order.review.by_key();
    let mut checked = previous.clone();
    for finding in &mut checked.to_review {
        finding.status = places::status(&marks, &finding.key);
    }
    count_findings(&mut checked.columns, &checked.to_review);
    checked.findings = places::cells(&checked.cohort, &checked.to_review);
    checked.n_open = review::n_open(&checked.to_review);
    checked.of = remembered(order);
    checked
}

/// Summaries of the check before, by name.
struct Known<'a> {
    cohort: &'a Cohort,
    columns: HashMap<&'a str, &'a ColumnSummary>,
}

impl<'a> Known<'a> {
    fn new(checked: &'a Checked) -> Self {
        let columns = checked.columns.iter();
        Self {
            cohort: &checked.cohort,
            columns: columns
                .map(|column| (column.name.as_str(), column))
                .collect(),
        }
    }

    /// The summary of a column that is still the same.
    fn summary(&self, cohort: &Cohort, variable: &Variable) -> Option<ColumnSummary> {
        let before = self.cohort.variable(&variable.name)?;
        let is_same = before.kind == variable.kind
            && before.levels == variable.levels
            && cohort.shares_column(self.cohort, &variable.name);
        let summary = self.columns.get(variable.name.as_str())?;
        is_same.then(|| (*summary).clone())
    }
}

/// Counts what is still to be looked at in each column.
fn count_findings(columns: &mut [ColumnSummary], to_review: &[Finding]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for finding in to_review {
        if let Some(variable) = &finding.key.variable
            && places::is_pending(finding.status)
        {
            *counts.entry(variable).or_default() += 1;
        }
    }
    for column in columns {
        column.n_findings = counts.get(column.name.as_str()).copied().unwrap_or(0);
    }
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
        n_findings: 0,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::issue::{Issue, Place, Severity};
    use crate::cohort::{Origin, Source};
    use crate::review::{Mark, Status};

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
        cohort
            .issues
            .push(Issue::warning("duplicate-visit").at(Place {
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
    }

    #[test]
    fn a_mark_changes_where_findings_stand_and_nothing_else() {
        let first = CheckOrder {
            cohort: cohort(),
            ..CheckOrder::default()
        };
        let before = Arc::new(check(&first, &TaskHandle::unattended()).unwrap());
        let mut order = CheckOrder {
            previous: Some(Arc::clone(&before)),
            ..first.clone()
        };
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        order
            .review
            .marks
            .push((before.to_review[0].key.clone(), mark));
        let after = check(&order, &TaskHandle::unattended()).unwrap();
        assert!(Arc::ptr_eq(&after.cohort, &before.cohort));
        assert_eq!(after.to_review[0].status, Status::Accepted);
        assert_eq!(after.columns[0].n_findings, 0);
        assert!(after.findings.is_empty());
        // The same by the long way.
        order.previous = None;
        let anew = check(&order, &TaskHandle::unattended()).unwrap();
        assert_eq!(anew.to_review, after.to_review);
        assert_eq!(anew.columns, after.columns);
    }

    #[test]
    fn numbers_are_shown_as_they_were_written() {
        assert_eq!(plain_number(52.5, Lang::Fr), "52,5");
        assert_eq!(plain_number(12_345.0, Lang::En), "12345");
    }
}
