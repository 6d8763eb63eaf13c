//! Where issues stand in a cohort: from the place in the file to patient and column, and to findings.
//!
//! Findings of the review come with their cells. What import and dictionary noticed comes with a
//! place in the file; here it becomes a finding too, so that it can be accepted, queried, corrected.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::base::issue::{Issue, Severity};
use crate::cohort::{Cell, Cohort};
use crate::review::{Finding, FindingKey, Mark, Review, Status};

/// Finds patients and columns by their places in the file.
pub struct Places<'a> {
    cohort: &'a Cohort,
    by_name: HashMap<&'a str, usize>,
    by_header: HashMap<(Option<&'a str>, &'a str), Vec<usize>>,
    /// Rows of the file by the address of the list that the columns of a sheet share.
    rows: HashMap<*const u32, HashMap<u32, usize>>,
}

impl<'a> Places<'a> {
    /// Looks over the columns of a cohort once.
    pub fn new(cohort: &'a Cohort) -> Self {
        let mut places = Self {
            cohort,
            by_name: HashMap::new(),
            by_header: HashMap::new(),
            rows: HashMap::new(),
        };
        for (at, variable) in cohort.variables.iter().enumerate() {
            let origin = &variable.origin;
            places.by_name.insert(&variable.name, at);
            places
                .by_header
                .entry((origin.sheet.as_deref(), &origin.header))
                .or_default()
                .push(at);
            places.rows.entry(origin.rows.as_ptr()).or_insert_with(|| {
                let rows = origin.rows.iter().enumerate();
                rows.filter(|(_, row)| **row > 0)
                    .map(|(patient, row)| (*row, patient))
                    .collect()
            });
        }
        places
    }

    /// Columns that an issue may speak of: one, or every visit that was joined from the same header.
    fn columns(&self, issue: &Issue) -> Vec<usize> {
        let Some(column) = issue.place.column.as_deref() else {
            return Vec::new();
        };
        let sheet = issue.place.sheet.as_deref();
        let exact = self.by_header.get(&(sheet, column)).cloned();
        let columns = exact
            .or_else(|| self.by_name.get(column).map(|at| vec![*at]))
            .unwrap_or_default();
        let at_position = |at: &&usize| {
            let variable = &self.cohort.variables[**at];
            issue.place.position == Some(variable.origin.column)
        };
        match columns.iter().find(at_position) {
            Some(_) if columns.len() > 1 && issue.place.row.is_none() => {
                columns.iter().filter(at_position).copied().collect()
            }
            _ => columns,
        }
    }

    /// Column and patient that an issue speaks of, as far as it says.
    pub fn of(&self, issue: &Issue) -> (Option<usize>, Option<usize>) {
        let columns = self.columns(issue);
        let Some(row) = issue.place.row else {
            return (columns.first().copied(), None);
        };
        for &at in &columns {
            let list = self.cohort.variables[at].origin.rows.as_ptr();
            let patient = self.rows.get(&list).and_then(|rows| rows.get(&row));
            if let Some(patient) = patient {
                return (Some(at), Some(*patient));
            }
        }
        // Without a column: the patient of that row, where every sheet agrees.
        let patients: BTreeSet<usize> = if columns.is_empty() {
            let rows = self.rows.values().filter_map(|rows| rows.get(&row));
            rows.copied().collect()
        } else {
            BTreeSet::new()
        };
        let patient = patients.first().copied().filter(|_| patients.len() == 1);
        (columns.first().copied(), patient)
    }
}

/// A value as the key of a finding has it.
pub fn key_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(x) => x.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// Everything to look at: what the review found, then what import and dictionary noticed beside it.
pub fn with_noticed(cohort: &Cohort, review: &Review, mut findings: Vec<Finding>) -> Vec<Finding> {
    let marks = review.by_key();
    let known: BTreeSet<(String, Option<String>, Option<usize>)> = findings
        .iter()
        .map(|finding| {
            let row = finding.row.as_ref().map(|row| row.row);
            (finding.key.rule.clone(), finding.key.variable.clone(), row)
        })
        .collect();
    let places = Places::new(cohort);
    for issue in &cohort.issues {
        if issue.severity == Severity::Note {
            continue;
        }
        let (column, row) = places.of(issue);
        let variable = column.map(|at| cohort.variables[at].name.clone());
        if known.contains(&(issue.code.clone(), variable.clone(), row)) {
            continue;
        }
        let value = match (&variable, row) {
            (Some(name), Some(row)) => cohort.cell(row, name),
            _ => None,
        };
        let value = value.or_else(|| issue.found.clone().map(Cell::Text));
        let row = row.map(|row| cohort.row_ref(row));
        let key = FindingKey {
            rule: issue.code.clone(),
            variable,
            row: row
                .as_ref()
                .map(|row| row.key.clone().unwrap_or_else(|| row.row.to_string())),
            value: value.as_ref().map(key_text),
        };
        findings.push(Finding {
            status: status(&marks, &key),
            key,
            issue: issue.clone(),
            row,
            value,
        });
    }
    findings
}

/// Where a finding stands by the marks.
pub fn status(marks: &BTreeMap<&FindingKey, &Mark>, key: &FindingKey) -> Status {
    marks.get(key).map_or(Status::Open, |mark| mark.status)
}

/// Whether a finding is still to be looked at.
pub fn is_pending(status: Status) -> bool {
    matches!(status, Status::Open | Status::Queried | Status::Answered)
}

/// Findings that nobody has looked at yet.
pub fn n_open(findings: &[Finding]) -> usize {
    let is_open = |finding: &&Finding| {
        finding.status == Status::Open && finding.issue.severity > Severity::Note
    };
    findings.iter().filter(is_open).count()
}

/// The cells that are still to be looked at, and those that a note speaks of, by row and column.
pub fn cells(cohort: &Cohort, findings: &[Finding]) -> BTreeMap<(usize, usize), Severity> {
    let mut cells: BTreeMap<(usize, usize), Severity> = BTreeMap::new();
    let mut mark = |cell: (usize, usize), severity: Severity| {
        let worst = cells.entry(cell).or_insert(severity);
        *worst = (*worst).max(severity);
    };
    let names: HashMap<&str, usize> = cohort
        .variables
        .iter()
        .enumerate()
        .map(|(at, variable)| (variable.name.as_str(), at))
        .collect();
    for finding in findings.iter().filter(|finding| is_pending(finding.status)) {
        let column = finding.key.variable.as_deref();
        if let (Some(row), Some(column)) = (&finding.row, column.and_then(|name| names.get(name))) {
            mark((row.row, *column), finding.issue.severity);
        }
    }
    let places = Places::new(cohort);
    let notes = cohort.issues.iter();
    for issue in notes.filter(|issue| issue.severity == Severity::Note) {
        if let (Some(column), Some(row)) = places.of(issue) {
            mark((row, column), Severity::Note);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::issue::Place;
    use crate::cohort::{Kind, Origin, Source, Variable};

    fn cohort() -> Cohort {
        let origin = |header: &str, rows: &Arc<Vec<u32>>| Origin {
            header: header.to_owned(),
            rows: Arc::clone(rows),
            ..Origin::default()
        };
        let (first, second) = (Arc::new(vec![2, 4]), Arc::new(vec![3, 5]));
        let mut cohort = Cohort::new(Source::default(), 2);
        let at = [("eva_M0", &first), ("eva_M6", &second)];
        for (name, rows) in at {
            let variable = Variable::new(name, Kind::Numeric, origin("eva", rows));
            cohort.push_numbers(variable, &[7.5, 3.0]).unwrap();
        }
        let place = |row| Place {
            row: Some(row),
            column: Some("eva".to_owned()),
            ..Place::default()
        };
        cohort.issues = vec![
            Issue::warning("out-of-range").at(place(5)),
            Issue::warning("out-of-range").at(place(2)),
            Issue::note("repaired").at(place(4)),
        ];
        cohort
    }

    #[test]
    fn a_visit_that_was_joined_from_rows_is_found_by_the_row_of_its_cell() {
        let cohort = cohort();
        let found = with_noticed(&cohort, &Review::default(), Vec::new());
        assert_eq!(found.len(), 2, "a note is nothing to look at");
        assert_eq!(found[0].key.variable.as_deref(), Some("eva_M6"));
        assert_eq!(found[0].row.as_ref().unwrap().row, 1);
        assert_eq!(found[0].key.value.as_deref(), Some("3"));
        assert_eq!(found[1].key.value.as_deref(), Some("7.5"));
        let cells = cells(&cohort, &found);
        assert_eq!(cells.get(&(1, 1)), Some(&Severity::Warning));
        assert_eq!(cells.get(&(1, 0)), Some(&Severity::Note));
    }

    #[test]
    fn what_was_accepted_keeps_its_status_and_loses_its_edge() {
        let cohort = cohort();
        let mut review = Review::default();
        let key = with_noticed(&cohort, &review, Vec::new())[1].key.clone();
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        review.marks.push((key, mark));
        let found = with_noticed(&cohort, &review, Vec::new());
        assert_eq!(found[1].status, Status::Accepted);
        assert_eq!(cells(&cohort, &found).get(&(0, 0)), None);
    }

    #[test]
    fn what_the_review_found_itself_is_not_said_twice() {
        let cohort = cohort();
        let found = with_noticed(&cohort, &Review::default(), Vec::new());
        let again = with_noticed(&cohort, &Review::default(), found.clone());
        assert_eq!(again, found);
    }
}
