//! Tables with their parts become one cohort: one row a patient, visits joined as columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _,
    ParallelIterator as _,
};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Account, Cohort, Kind, Origin, Source, Stored, Variable, header};
use crate::import::codebook::Entry;
use crate::import::column::{self, Fate, Known, Reading, Values};
use crate::import::dialect::Dialect;
use crate::import::grid::{Grid, MAX_CELLS, MAX_COLUMNS, says_synthetic};
use crate::import::joining::{Patients, Visit, visits};
use crate::import::preview::{self, PreviewColumn};
use crate::import::roles::{Cast, Joined};
use crate::import::{ColumnChoice, ImportOptions};

/// Columns that are read at the same time.
const BATCH: usize = 8;

/// Puts the cohort together, its patients known by `index`; says how each column was understood.
pub(crate) fn assemble(
    source: Source,
    cast: Cast,
    mut index: Patients,
    dialect: &Dialect,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<(Cohort, Vec<PreviewColumn>), Failure> {
    let Cast {
        patients,
        id: _,
        joined,
        codebook,
        used: _,
        parts: _,
        account,
        issues,
    } = cast;
    for grid in std::iter::once(&patients).chain(joined.iter().map(|table| &table.grid)) {
        grid.check_headers()?;
    }
    if patients.n_rows() == 0 {
        let mut issue = Issue::error("no-patients").with("file", source.file.as_str());
        issue.place.sheet.clone_from(&patients.sheet);
        return Err(issue.into());
    }
    let mut cohort = Cohort::new(source, patients.n_rows());
    cohort.source.account.add(&account);
    cohort.issues.extend(issues);
    cohort.issues.append(&mut index.issues);
    let choices = options
        .columns
        .iter()
        .map(|(name, choice)| (header::fold(name), (name.as_str(), choice, false)))
        .collect();
    let mut room = Room {
        cohort,
        codebook,
        choices,
        dialect,
        columns: Vec::new(),
    };
    room.add_patients(patients, task)?;
    for table in joined {
        room.add_joined(table, &index, task)?;
    }
    room.note_choices();
    Ok((room.cohort, room.columns))
}

/// The cohort while columns are added.
struct Room<'a> {
    cohort: Cohort,
    codebook: BTreeMap<String, Entry>,
    /// What the person chose for columns, by folded header: as written, the choice, whether it was used.
    choices: BTreeMap<String, (&'a str, &'a ColumnChoice, bool)>,
    dialect: &'a Dialect,
    columns: Vec<PreviewColumn>,
}

/// A column as a table of its own, with how it was read and is shown; `None` where it is left out by choice.
struct Alone {
    grid: Grid,
    reading: Option<(Reading, PreviewColumn)>,
}

impl<'a> Room<'a> {
    fn begin_table(&mut self, grid: &Grid) {
        self.cohort.issues.extend(grid.issues.iter().cloned());
        self.cohort.source.account.unread += grid.n_unvalued;
    }

    fn choice(&mut self, name: &str) -> Option<&'a ColumnChoice> {
        let (_, choice, used) = self.choices.get_mut(&header::fold(name))?;
        *used = true;
        Some(choice)
    }

    /// Reads columns at the same time. They are taken out of the table, so that no more than a batch of
    /// them is held both as it was written and as it was read.
    fn read(
        &mut self,
        grid: &mut Grid,
        batch: &[usize],
        task: &TaskHandle,
    ) -> Result<Vec<Alone>, Failure> {
        task.check()?;
        let columns = grid.take_columns(batch);
        let choices: Vec<_> = batch
            .iter()
            .map(|&idx| self.choice(&grid.headers[idx]))
            .collect();
        let (dialect, codebook) = (self.dialect, &self.codebook);
        let read: Vec<Result<Alone, Failure>> = columns
            .into_par_iter()
            .zip(choices)
            .map(|(grid, choice)| {
                if choice.is_some_and(|choice| choice.leave_out) {
                    return Ok(Alone {
                        grid,
                        reading: None,
                    });
                }
                let known = Known {
                    dialect,
                    entry: codebook.get(&header::fold(&grid.headers[0])),
                    choice,
                };
                let reading = column::read(&grid, 0, known, task)?;
                let shown = preview::column(&grid, 0, &reading);
                Ok(Alone {
                    grid,
                    reading: Some((reading, shown)),
                })
            })
            .collect();
        // The first failure in the order of the columns.
        read.into_iter().collect()
    }

    /// Leaves a column out by choice; `counted` says which of its lines are not counted elsewhere.
    fn leave_out(&mut self, grid: &Grid, counted: impl Fn(usize) -> bool) {
        let cells = &grid.columns[0];
        let filled = |line: &usize| cells.is_filled(*line) && counted(*line);
        let n = (0..cells.len()).filter(filled).count();
        self.cohort.source.account.left_out += n;
        self.columns.push(preview::left_out(grid, 0, n));
        let note = Issue::note("column-left-out")
            .at(grid.column_place(0))
            .with("n", n);
        self.cohort.issues.push(note);
    }

    /// Takes over what was noticed while a column was read.
    fn note(&mut self, reading: &mut Reading, shown: PreviewColumn) {
        self.cohort.issues.append(&mut reading.issues);
        self.columns.push(shown);
    }

    fn add_patients(&mut self, mut grid: Grid, task: &TaskHandle) -> Result<(), Failure> {
        self.begin_table(&grid);
        let all: Vec<usize> = (0..grid.headers.len()).collect();
        for batch in all.chunks(BATCH) {
            let columns = self.read(&mut grid, batch, task)?;
            let stored: Vec<Option<Stored>> = columns
                .par_iter()
                .map(|column| {
                    let (reading, _) = column.reading.as_ref()?;
                    Some(store(&reading.values, column.grid.columns[0].of()))
                })
                .map(Option::transpose)
                .collect::<Result<_, _>>()?;
            for (column, stored) in columns.into_iter().zip(stored) {
                let grid = &column.grid;
                let (Some((mut reading, shown)), Some(stored)) = (column.reading, stored) else {
                    self.leave_out(grid, |_| true);
                    continue;
                };
                self.note(&mut reading, shown);
                // A notice in every row, as the shipped samples have it.
                self.cohort.source.synthetic |=
                    matches!(reading.levels.as_slice(), [only] if says_synthetic(only));
                let name = self.free_name(&grid.headers[0], grid);
                let origin = origin(grid, grid.rows.clone());
                let variable = self.variable(&name, &grid.headers[0], None, &reading, origin);
                let cells = &grid.columns[0];
                let has_unread = reading.n[Fate::Unread as usize] > 0;
                let lines = 0..if has_unread { cells.len() } else { 0 };
                let unread = lines.filter(|line| reading.fate(cells, *line) == Fate::Unread);
                self.settle(&name, grid, reading.n, unread.map(|line| (line, line)));
                self.cohort.push_stored(variable, stored)?;
            }
        }
        Ok(())
    }

    /// Counts what became of the cells that a variable is made of, by [`Fate`], and keeps the texts that were
    /// not read: the patient's row and the line of the table.
    fn settle(
        &mut self,
        name: &str,
        grid: &Grid,
        n: [usize; 4],
        unread: impl Iterator<Item = (usize, usize)>,
    ) {
        let account: &mut Account = &mut self.cohort.source.account;
        account.value += n[Fate::Value as usize];
        account.missing += n[Fate::Missing as usize];
        account.unread += n[Fate::Unread as usize];
        let text = |line| grid.written(grid.columns[0].get(line)).unwrap_or_default();
        let row = |row| u32::try_from(row).unwrap_or(u32::MAX);
        let unread: Vec<(u32, String)> = unread
            .map(|(patient, line)| (row(patient), text(line).into_owned()))
            .collect();
        if !unread.is_empty() {
            self.cohort.unread.insert(name.to_owned(), unread);
        }
    }

    /// Joins a table by its identifier; with a visit column each measure becomes one column a visit.
    fn add_joined(
        &mut self,
        mut table: Joined,
        patients: &Patients,
        task: &TaskHandle,
    ) -> Result<(), Failure> {
        self.begin_table(&table.grid);
        let n_rows = self.cohort.n_rows();
        let Cohort { source, issues, .. } = &mut self.cohort;
        let visits = visits(&table, patients, n_rows, &mut source.account, issues);
        let Joined {
            grid, id, visit, ..
        } = &mut table;
        let n_columns = self.cohort.variables.len() + grid.headers.len() * visits.len();
        if n_columns > MAX_COLUMNS {
            return Err(Issue::error("too-many-columns")
                .with("n", n_columns)
                .with("limit", MAX_COLUMNS)
                .into());
        }
        if n_columns.saturating_mul(n_rows) > MAX_CELLS {
            return Err(Issue::error("table-too-large")
                .with("limit", MAX_CELLS)
                .into());
        }
        let mut is_used = vec![false; grid.n_rows()];
        for line in visits.iter().flat_map(|visit| visit.lines.iter().flatten()) {
            is_used[*line] = true;
        }
        let is_measure = |idx: &usize| idx != id && Some(*idx) != *visit;
        let all: Vec<usize> = (0..grid.headers.len()).filter(is_measure).collect();
        for batch in all.chunks(BATCH) {
            for column in self.read(grid, batch, task)? {
                let Some((mut reading, shown)) = column.reading else {
                    self.leave_out(&column.grid, |line| is_used[line]);
                    continue;
                };
                self.note(&mut reading, shown);
                self.add_visits(&column.grid, &reading, &visits)?;
            }
        }
        Ok(())
    }

    /// Adds a measure of a joined table: one column a visit.
    fn add_visits(
        &mut self,
        grid: &Grid,
        reading: &Reading,
        visits: &[Visit],
    ) -> Result<(), Failure> {
        let measure = &grid.headers[0];
        for visit in visits {
            let fate = |line: usize| reading.fate(&grid.columns[0], line);
            let is_filled = |line: &usize| fate(*line) != Fate::Empty;
            if visits.len() > 1 && !visit.lines.iter().flatten().any(is_filled) {
                continue;
            }
            let suffix = Some(visit.suffix.as_str()).filter(|suffix| !suffix.is_empty());
            let name =
                suffix.map_or_else(|| measure.clone(), |suffix| format!("{measure}_{suffix}"));
            let name = self.free_name(&name, grid);
            let origin = origin(grid, visit.rows.clone());
            let variable = self.variable(&name, measure, suffix, reading, origin);
            let mut n = [0; 4];
            for line in visit.lines.iter().flatten() {
                n[fate(*line) as usize] += 1;
            }
            let lines = visit.lines.iter().enumerate();
            let lines = lines.filter_map(|(row, line)| line.map(|line| (row, line)));
            let unread = lines.filter(|(_, line)| fate(*line) == Fate::Unread);
            self.settle(&name, grid, n, unread);
            let kept = |line: &Option<usize>| line.map_or(0, |line| grid.columns[0].of()[line]);
            let of: Vec<u32> = visit.lines.iter().map(kept).collect();
            self.cohort
                .push_stored(variable, store(&reading.values, &of)?)?;
        }
        Ok(())
    }

    /// Says which choices were about columns that the file does not have.
    fn note_choices(&mut self) {
        for (name, _, used) in self.choices.values() {
            if !used {
                self.cohort
                    .issues
                    .push(Issue::warning("column-choice-unused").in_column(name));
            }
        }
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
        if let Some(entry) = entry {
            if let Some(label) = &entry.label {
                variable.label =
                    suffix.map_or_else(|| label.clone(), |suffix| format!("{label} ({suffix})"));
            }
            if entry.unit.is_some() {
                variable.unit.clone_from(&entry.unit);
            }
            if reading.kind == Kind::Numeric {
                variable.range = entry.range;
            }
            let mut reason = Issue::note("codebook").in_column(measure);
            if let Some((low, high)) = variable.range {
                reason = reason.with("low", low).with("high", high);
            }
            variable.reasons.push(reason);
        }
        if variable.kind == Kind::Numeric && matches!(reading.values, Values::Texts(_)) {
            variable.kind = Kind::Text;
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
}

/// Values as the cohort holds them: of each patient the value of the kept cell at that position.
fn store(values: &Values, of: &[u32]) -> Result<Stored, Failure> {
    match values {
        Values::Numbers(values) => Ok(Stored::numbers(
            of.iter().map(|kept| values[*kept as usize]),
        )),
        Values::Texts(values) => Stored::texts(values.iter(), of),
    }
}

fn origin(grid: &Grid, rows: Arc<Vec<u32>>) -> Origin {
    Origin {
        sheet: grid.sheet.clone(),
        header: grid.headers[0].clone(),
        column: grid.positions[0],
        rows,
    }
}
