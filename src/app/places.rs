//! Where issues stand in a cohort: from the place in the file to patient and column, and to findings.
//!
//! Findings of the review come with their cells. What import noticed about the file, a sheet or a row
//! of it becomes a finding here, so that it can be looked at and accepted like the others.

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

/// Everything to look at: what the review found, then what was noticed about the file, a sheet or a row of it.
pub fn with_noticed(cohort: &Cohort, review: &Review, mut findings: Vec<Finding>) -> Vec<Finding> {
    let marks = review.by_key();
    let of_no_column =
        |issue: &&Issue| issue.severity > Severity::Note && issue.place.column.is_none();
    let mut places = None;
    for issue in cohort.issues.iter().filter(of_no_column) {
        let places = places.get_or_insert_with(|| Places::new(cohort));
        let (_, row) = places.of(issue);
        // A key is kept in the study file: it quotes nothing of what stood there.
        let place = match (&issue.place.sheet, issue.place.row) {
            (_, Some(row)) => Some(format!("source row {row}")),
            (Some(sheet), None) => Some(format!("sheet {sheet}")),
            (None, None) => None,
        };
        let key = FindingKey {
            rule: issue.code.clone(),
            variable: None,
            row: place,
            value: None,
        };
        findings.push(Finding {
            status: status(&marks, &key),
            key,
            issue: issue.clone(),
            row: row.map(|row| cohort.row_ref(row)),
            value: issue.found.clone().map(Cell::Text),
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
        let places = Places::new(&cohort);
        let of: Vec<_> = cohort.issues.iter().map(|issue| places.of(issue)).collect();
        assert_eq!(of[0], (Some(1), Some(1)));
        assert_eq!(of[1], (Some(0), Some(0)));
        assert_eq!(cells(&cohort, &[]).get(&(1, 0)), Some(&Severity::Note));
    }

    #[test]
    fn what_belongs_to_no_column_is_something_to_look_at_too() {
        let mut cohort = cohort();
        let place = Place {
            row: Some(5),
            ..Place::default()
        };
        cohort.issues.push(Issue::warning("ragged-row").at(place));
        let mut review = Review::default();
        let found = with_noticed(&cohort, &review, Vec::new());
        assert_eq!(found.len(), 1, "what stands in a column is the review's");
        assert_eq!(found[0].row.as_ref().unwrap().row, 1);
        assert_eq!(crate::review::n_open(&found), 1);
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        review.marks.push((found[0].key.clone(), mark));
        let found = with_noticed(&cohort, &review, Vec::new());
        let n_open = crate::review::n_open(&found);
        assert_eq!((found[0].status, n_open), (Status::Accepted, 0));
    }

    #[test]
    fn a_cell_has_an_edge_until_somebody_has_dealt_with_it() {
        let cohort = cohort();
        let mut finding = Finding {
            key: FindingKey {
                rule: "outlier".to_owned(),
                variable: Some("eva_M6".to_owned()),
                row: Some("0".to_owned()),
                value: None,
            },
            issue: Issue::warning("outlier"),
            row: Some(cohort.row_ref(0)),
            value: None,
            status: Status::Queried,
        };
        let found = cells(&cohort, std::slice::from_ref(&finding));
        assert_eq!(found.get(&(0, 1)), Some(&Severity::Warning));
        finding.status = Status::Accepted;
        assert_eq!(cells(&cohort, &[finding]).get(&(0, 1)), None);
    }
}
