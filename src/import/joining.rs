//! Which row of a table belongs to which patient, and to which visit.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::base::issue::Issue;
use crate::cohort::{Account, Limited};
use crate::import::grid::{Cell, Grid};
use crate::import::roles::{Joined, alike, visit_suffix};

/// Rows that an issue names.
const MAX_ROWS_NAMED: usize = 20;

/// The patients by their identifiers.
#[derive(Default)]
pub(crate) struct Patients {
    /// Row of each identifier, blanks around it aside.
    rows_of: HashMap<String, usize>,
    /// Row of each identifier without case and zeros before it; `None` where several have it.
    loose: HashMap<String, Option<usize>>,
    /// As it is written, by row.
    written: Vec<String>,
    /// Row in the source of each patient.
    rows: Arc<Vec<u32>>,
    /// What was noticed about the identifiers.
    pub issues: Vec<Issue>,
}

/// How an identifier was found.
enum Match {
    Exact(usize),
    /// Only case or zeros before the number differ.
    Loose(usize),
    None,
}

impl Patients {
    /// Indexes the patients, where tables are joined to them; a repeated identifier keeps its first row
    /// and is an issue.
    pub(crate) fn new(grid: &Grid, id: Option<usize>, is_joined: bool) -> Self {
        let mut patients = Self::default();
        let Some(id) = id else {
            let mut note = Issue::note("no-identifier");
            note.place.sheet.clone_from(&grid.sheet);
            patients.issues.push(note);
            return patients;
        };
        let (mut twice, mut missing) = (Limited::default(), Limited::default());
        let mut blanks = Limited::default();
        patients.rows = Arc::clone(&grid.rows);
        let cells = &grid.columns[id];
        let mut row_of: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            let Some(text) = grid.text(cell) else {
                missing.push(|| Issue::warning("id-missing").at(grid.place(row, id)));
                continue;
            };
            let written = grid.written(cell).unwrap_or_default();
            let known = row_of.get(&text).copied();
            match known {
                Some(first) if grid.written(cells.get(first)).unwrap_or_default() != written => {
                    blanks.push(|| {
                        Issue::warning("id-blanks")
                            .at(grid.place(row, id))
                            .found(&written)
                            .with("first", grid.rows[first] as usize)
                    });
                }
                Some(first) => twice.push(|| {
                    Issue::warning("duplicate-id")
                        .at(grid.place(row, id))
                        .found(&text)
                        .with("first", grid.rows[first] as usize)
                }),
                None => {
                    if is_joined {
                        patients
                            .loose
                            .entry(alike(&text))
                            .and_modify(|row| *row = None)
                            .or_insert(Some(row));
                    }
                    row_of.insert(text, row);
                }
            }
        }
        if (twice.len() + blanks.len()) * 4 > grid.n_rows() {
            patients.issues.push(
                Issue::warning("rows-not-patients")
                    .at(grid.column_place(id))
                    .with("rows", grid.n_rows())
                    .with("patients", row_of.len()),
            );
        }
        patients.issues.extend(
            [twice, blanks, missing]
                .into_iter()
                .flat_map(Limited::finish),
        );
        if is_joined {
            let written = |cell: Cell| grid.written(cell).unwrap_or_default().into_owned();
            patients.written = cells.iter().map(written).collect();
            let owned = row_of
                .into_iter()
                .map(|(text, row)| (text.into_owned(), row));
            patients.rows_of = owned.collect();
        }
        patients
    }

    fn find(&self, id: &str) -> Match {
        if let Some(&row) = self.rows_of.get(id) {
            return Match::Exact(row);
        }
        match self.loose.get(&alike(id)) {
            Some(Some(row)) => Match::Loose(*row),
            _ => Match::None,
        }
    }
}

/// A visit while it is joined.
pub(crate) struct Visit {
    /// What is added to the names of its columns.
    pub suffix: String,
    /// Line of each patient in the visits table.
    pub lines: Vec<Option<usize>>,
    /// Row in the source of each patient's line, 0 where there is none.
    pub rows: Arc<Vec<u32>>,
}

/// Which line is whose, at which visit, in the order of time. Lines that belong nowhere are issues,
/// and their cells are counted as left out.
pub(crate) fn visits(
    table: &Joined,
    patients: &Patients,
    n_patients: usize,
    account: &mut Account,
    issues: &mut Vec<Issue>,
) -> Vec<Visit> {
    let Joined {
        grid, id, visit, ..
    } = table;
    let mut lines: BTreeMap<(u32, String), Vec<Option<usize>>> = BTreeMap::new();
    let mut sorter = Sorter {
        table,
        account,
        found: BTreeMap::new(),
    };
    let mut has_line = vec![false; n_patients];
    for line in 0..grid.n_rows() {
        let cell = grid.columns[*id].get(line);
        let Some(text) = grid.text(cell) else {
            sorter.leave_out(line, || {
                Issue::warning("id-missing").at(grid.place(line, *id))
            });
            continue;
        };
        let at_id = |code: &str| Issue::warning(code).at(grid.place(line, *id)).found(&text);
        let row = match patients.find(&text) {
            Match::Exact(row) => row,
            Match::Loose(row) => {
                let first = patients.rows[row] as usize;
                sorter.note(|| at_id("id-matched-loosely").with("first", first));
                row
            }
            Match::None => {
                sorter.leave_out(line, || at_id("unmatched-id"));
                continue;
            }
        };
        let key = match visit.map(|column| (column, grid.text(grid.columns[column].get(line)))) {
            None => (0, String::new()),
            Some((column, Some(text))) => {
                let (suffix, time) = visit_suffix(&text, &grid.headers[column]);
                (time, suffix)
            }
            Some((column, None)) => {
                sorter.leave_out(line, || {
                    Issue::warning("visit-missing").at(grid.place(line, column))
                });
                continue;
            }
        };
        let suffix = key.1.clone();
        let slot = &mut lines.entry(key).or_insert_with(|| vec![None; n_patients])[row];
        if let Some(first) = *slot {
            let first = grid.rows[first] as usize;
            sorter.leave_out(line, || {
                at_id("duplicate-visit")
                    .with("visit", suffix)
                    .with("first", first)
            });
            continue;
        }
        *slot = Some(line);
        has_line[row] = true;
        let written = grid.written(cell).unwrap_or_default();
        if written.trim() == patients.written[row].trim() && written != patients.written[row] {
            sorter.note(|| at_id("id-blanks-joined"));
        }
        sorter.count_keys(line);
    }
    issues.extend(sorter.found.into_values().flat_map(Limited::finish));
    if visit.is_some() {
        issues.extend(without_visits(grid, &has_line));
    }
    let visit = |((_, suffix), lines): ((u32, String), Vec<Option<usize>>)| {
        let rows = lines
            .iter()
            .map(|line| line.map_or(0, |line| grid.rows[line]))
            .collect();
        Visit {
            suffix,
            lines,
            rows: Arc::new(rows),
        }
    };
    lines.into_iter().map(visit).collect()
}

/// Issues and counts of the lines of a table, by kind.
struct Sorter<'a> {
    table: &'a Joined,
    account: &'a mut Account,
    found: BTreeMap<String, Limited>,
}

impl Sorter<'_> {
    fn note(&mut self, issue: impl FnOnce() -> Issue) {
        let issue = issue();
        self.found
            .entry(issue.code.clone())
            .or_default()
            .push(|| issue);
    }

    fn leave_out(&mut self, line: usize, issue: impl FnOnce() -> Issue) {
        let Joined {
            grid,
            id,
            ids_counted,
            ..
        } = self.table;
        let is_counted = *ids_counted && grid.columns[*id].is_filled(line);
        let n = grid.n_filled(line) - usize::from(is_counted);
        self.account.left_out += n;
        self.note(|| issue().with("n", n));
    }

    fn count_keys(&mut self, line: usize) {
        let Joined {
            grid,
            id,
            visit,
            ids_counted,
        } = self.table;
        let n = |column: usize| usize::from(grid.columns[column].is_filled(line));
        if !ids_counted {
            self.account.key += n(*id);
        }
        self.account.key += visit.map_or(0, n);
    }
}

/// Patients whom no row of the visits table names.
fn without_visits(grid: &Grid, has_line: &[bool]) -> Option<Issue> {
    let rows: Vec<usize> = (0..has_line.len()).filter(|&row| !has_line[row]).collect();
    if rows.is_empty() {
        return None;
    }
    let named: Vec<String> = rows
        .iter()
        .take(MAX_ROWS_NAMED)
        .map(|row| (row + 1).to_string())
        .collect();
    let mut list = named.join(", ");
    if rows.len() > MAX_ROWS_NAMED {
        list.push_str(", …");
    }
    let mut issue = Issue::warning("patients-without-visit")
        .with("n", rows.len())
        .with("patients", list);
    issue.place.sheet.clone_from(&grid.sheet);
    Some(issue)
}
