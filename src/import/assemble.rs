//! Tables with their parts become one cohort: one row a patient, visits joined as columns.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Kind, Limited, Origin, Source, Variable, header};
use crate::import::codebook::Entry;
use crate::import::column::{self, Reading, Values};
use crate::import::dialect::Dialect;
use crate::import::grid::{Grid, MAX_CELLS, MAX_COLUMNS, says_synthetic};
use crate::import::roles::{Cast, visit_suffix};

/// Puts the cohort together.
pub(crate) fn assemble(
    source: Source,
    cast: Cast,
    dialect: &Dialect,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    let Cast {
        patients,
        id,
        visits,
        extras,
        codebook,
        used: _,
        issues,
    } = cast;
    for grid in std::iter::once(&patients)
        .chain(visits.iter().map(|v| &v.0))
        .chain(extras.iter().map(|e| &e.0))
    {
        grid.check_headers()?;
    }
    if patients.n_rows() == 0 {
        let mut issue = Issue::error("no-patients").with("file", source.file.as_str());
        issue.place.sheet.clone_from(&patients.sheet);
        return Err(issue.into());
    }
    let mut cohort = Cohort::new(source, patients.n_rows());
    cohort.issues.extend(issues);
    let rows_of = index_patients(&patients, id, &mut cohort.issues);
    let mut room = Room { cohort, codebook };
    room.add_patients(&patients, dialect, task)?;
    for (grid, id) in &extras {
        room.add_joined(grid, *id, None, &rows_of, dialect, task)?;
    }
    for (grid, id, visit) in &visits {
        room.add_joined(grid, *id, Some(*visit), &rows_of, dialect, task)?;
    }
    Ok(room.cohort)
}

/// The cohort's row of each identifier; a repeated one keeps its first row and is an issue.
fn index_patients(
    grid: &Grid,
    id: Option<usize>,
    issues: &mut Vec<Issue>,
) -> HashMap<String, usize> {
    let mut rows_of = HashMap::new();
    let Some(id) = id else {
        let mut note = Issue::note("no-identifier");
        note.place.sheet.clone_from(&grid.sheet);
        issues.push(note);
        return rows_of;
    };
    let (mut twice, mut missing) = (Limited::default(), Limited::default());
    for (row, cell) in grid.columns[id].iter().enumerate() {
        let Some(text) = grid.text(*cell) else {
            missing.push(|| Issue::warning("id-missing").at(grid.place(row, id)));
            continue;
        };
        match rows_of.get(text.as_ref()) {
            Some(&first) => twice.push(|| {
                let first: usize = first;
                Issue::warning("duplicate-id")
                    .at(grid.place(row, id))
                    .found(&text)
                    .with("first", grid.rows[first] as usize)
            }),
            None => {
                rows_of.insert(text.into_owned(), row);
            }
        }
    }
    if twice.len() * 4 > grid.n_rows() {
        issues.push(
            Issue::warning("rows-not-patients")
                .at(grid.column_place(id))
                .with("rows", grid.n_rows())
                .with("patients", rows_of.len()),
        );
    }
    issues.extend(twice.finish());
    issues.extend(missing.finish());
    rows_of
}

/// The cohort while columns are added.
struct Room {
    cohort: Cohort,
    codebook: BTreeMap<String, Entry>,
}

/// A visit while it is joined.
struct Visit {
    suffix: String,
    /// Line of each patient in the visits table.
    lines: Vec<Option<usize>>,
    /// Row in the source of each patient's line, 0 where there is none.
    rows: Arc<Vec<u32>>,
}

impl Room {
    fn add_patients(
        &mut self,
        grid: &Grid,
        dialect: &Dialect,
        task: &TaskHandle,
    ) -> Result<(), Failure> {
        self.cohort.issues.extend(grid.issues.iter().cloned());
        for idx in 0..grid.headers.len() {
            task.check()?;
            let reading = column::read(grid, idx, dialect, task)?;
            // A notice in every row, as the shipped samples have it.
            self.cohort.source.synthetic |=
                matches!(reading.levels.as_slice(), [only] if says_synthetic(only));
            let name = self.free_name(&grid.headers[idx], grid);
            let origin = origin(grid, idx, grid.rows.clone());
            self.cohort.issues.extend(reading.issues.iter().cloned());
            let variable = self.variable(&name, &grid.headers[idx], None, &reading, origin);
            self.push(variable, reading.values)?;
        }
        Ok(())
    }

    /// Joins a table by its identifier; with a visit column each measure becomes one column a visit.
    fn add_joined(
        &mut self,
        grid: &Grid,
        id: usize,
        visit: Option<usize>,
        rows_of: &HashMap<String, usize>,
        dialect: &Dialect,
        task: &TaskHandle,
    ) -> Result<(), Failure> {
        self.cohort.issues.extend(grid.issues.iter().cloned());
        let visits = self.visits(grid, id, visit, rows_of);
        let n_columns = self.cohort.variables.len() + grid.headers.len() * visits.len();
        if n_columns > MAX_COLUMNS {
            return Err(Issue::error("too-many-columns")
                .with("n", n_columns)
                .with("limit", MAX_COLUMNS)
                .into());
        }
        if n_columns.saturating_mul(self.cohort.n_rows()) > MAX_CELLS {
            return Err(Issue::error("table-too-large")
                .with("limit", MAX_CELLS)
                .into());
        }
        for idx in (0..grid.headers.len()).filter(|&idx| idx != id && Some(idx) != visit) {
            task.check()?;
            let measure = &grid.headers[idx];
            let reading = column::read(grid, idx, dialect, task)?;
            self.cohort.issues.extend(reading.issues.iter().cloned());
            for visit in &visits {
                let values = scatter(&reading.values, &visit.lines);
                if visits.len() > 1 && is_blank(&values) {
                    continue;
                }
                let suffix = Some(visit.suffix.as_str()).filter(|suffix| !suffix.is_empty());
                let name =
                    suffix.map_or_else(|| measure.clone(), |suffix| format!("{measure}_{suffix}"));
                let name = self.free_name(&name, grid);
                let variable = self.variable(
                    &name,
                    measure,
                    suffix,
                    &reading,
                    origin(grid, idx, visit.rows.clone()),
                );
                self.push(variable, values)?;
            }
        }
        Ok(())
    }

    /// Which line is whose, at which visit. Lines that belong nowhere are issues.
    fn visits(
        &mut self,
        grid: &Grid,
        id: usize,
        visit: Option<usize>,
        rows_of: &HashMap<String, usize>,
    ) -> Vec<Visit> {
        let mut lines: BTreeMap<(u32, String), Vec<Option<usize>>> = BTreeMap::new();
        let (mut unmatched, mut twice, mut nameless) =
            (Limited::default(), Limited::default(), Limited::default());
        let n = self.cohort.n_rows();
        for line in 0..grid.n_rows() {
            let Some(text) = grid.text(grid.columns[id][line]) else {
                nameless.push(|| Issue::warning("id-missing").at(grid.place(line, id)));
                continue;
            };
            let Some(&row) = rows_of.get(text.as_ref()) else {
                unmatched.push(|| {
                    Issue::warning("unmatched-id")
                        .at(grid.place(line, id))
                        .found(&text)
                });
                continue;
            };
            let key = match visit.map(|column| (column, grid.text(grid.columns[column][line]))) {
                None => (0, String::new()),
                Some((column, Some(text))) => {
                    let (suffix, time) = visit_suffix(&text, &grid.headers[column]);
                    (time, suffix)
                }
                Some((column, None)) => {
                    nameless.push(|| Issue::warning("visit-missing").at(grid.place(line, column)));
                    continue;
                }
            };
            let suffix = key.1.clone();
            let slot = &mut lines.entry(key).or_insert_with(|| vec![None; n])[row];
            match *slot {
                Some(first) => twice.push(|| {
                    Issue::warning("duplicate-visit")
                        .at(grid.place(line, id))
                        .found(&text)
                        .with("visit", suffix)
                        .with("first", grid.rows[first] as usize)
                }),
                None => *slot = Some(line),
            }
        }
        for found in [unmatched, twice, nameless] {
            self.cohort.issues.extend(found.finish());
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

    fn variable(
        &self,
        name: &str,
        measure: &str,
        suffix: Option<&str>,
        reading: &Reading,
        origin: Origin,
    ) -> Variable {
        let mut variable = Variable::new(name, reading.kind, origin);
        variable.levels.clone_from(&reading.levels);
        variable.confidence = reading.confidence;
        variable.reasons.clone_from(&reading.reasons);
        variable.unit.clone_from(&reading.unit);
        let entry = self
            .codebook
            .get(&header::fold(name))
            .or_else(|| self.codebook.get(&header::fold(measure)));
        if let Some(Entry { label, unit }) = entry {
            if let Some(label) = label {
                variable.label =
                    suffix.map_or_else(|| label.clone(), |suffix| format!("{label} ({suffix})"));
            }
            if unit.is_some() {
                variable.unit.clone_from(unit);
            }
            variable
                .reasons
                .push(Issue::note("codebook").in_column(measure));
        }
        variable
    }

    /// A name that no column has yet: the sheet's name is added where it is taken.
    fn free_name(&mut self, name: &str, grid: &Grid) -> String {
        if self.cohort.variable(name).is_none() {
            return name.to_owned();
        }
        let sheet = grid.sheet.as_deref().unwrap_or("2");
        let mut free = format!("{name} ({sheet})");
        let mut n = 2;
        while self.cohort.variable(&free).is_some() {
            free = format!("{name} ({sheet} {n})");
            n += 1;
        }
        let mut issue = Issue::warning("column-renamed")
            .in_column(name)
            .with("name", free.as_str());
        issue.place.sheet.clone_from(&grid.sheet);
        self.cohort.issues.push(issue);
        free
    }

    fn push(&mut self, mut variable: Variable, values: Values) -> Result<(), Failure> {
        match values {
            Values::Numbers(values) => self.cohort.push_numbers(variable, &values),
            Values::Texts(values) => {
                if variable.kind == Kind::Numeric {
                    variable.kind = Kind::Text;
                }
                self.cohort.push_texts(variable, &values)
            }
        }
    }
}

fn origin(grid: &Grid, idx: usize, rows: Arc<Vec<u32>>) -> Origin {
    Origin {
        sheet: grid.sheet.clone(),
        header: grid.headers[idx].clone(),
        column: grid.positions[idx],
        rows,
    }
}

/// Values of a table's lines as values of the patients.
fn scatter(values: &Values, lines: &[Option<usize>]) -> Values {
    match values {
        Values::Numbers(values) => Values::Numbers(
            lines
                .iter()
                .map(|line| line.map_or(f64::NAN, |line| values[line]))
                .collect(),
        ),
        Values::Texts(values) => Values::Texts(
            lines
                .iter()
                .map(|line| line.and_then(|line| values[line].clone()))
                .collect(),
        ),
    }
}

fn is_blank(values: &Values) -> bool {
    match values {
        Values::Numbers(values) => values.iter().all(|x| x.is_nan()),
        Values::Texts(values) => values.iter().all(Option::is_none),
    }
}
