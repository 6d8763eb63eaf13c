//! Tables with their parts become one cohort: one row a patient, visits joined as columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Account, Cohort, Kind, Origin, Source, Variable, header};
use crate::import::codebook::Entry;
use crate::import::column::{self, Fate, Known, Reading, Values};
use crate::import::dialect::Dialect;
use crate::import::grid::{Cell, Grid, MAX_CELLS, MAX_COLUMNS, says_synthetic};
use crate::import::joining::{Patients, visits};
use crate::import::preview::{self, PreviewColumn};
use crate::import::roles::{Cast, Joined};
use crate::import::{ColumnChoice, ImportOptions};

/// Puts the cohort together; says how each column was understood.
pub(crate) fn assemble(
    source: Source,
    cast: Cast,
    dialect: &Dialect,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<(Cohort, Vec<PreviewColumn>), Failure> {
    let Cast {
        patients,
        id,
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
    let index = Patients::new(&patients, id, &mut cohort.issues);
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
    room.add_patients(&patients, task)?;
    for table in &joined {
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

    /// Leaves a column out by choice; `counted` says which of its lines are not counted elsewhere.
    fn leave_out(&mut self, grid: &Grid, idx: usize, counted: impl Fn(usize) -> bool) {
        let filled = |(line, cell): &(usize, &Cell)| **cell != Cell::Empty && counted(*line);
        let n = grid.columns[idx].iter().enumerate().filter(filled).count();
        self.cohort.source.account.left_out += n;
        self.columns.push(preview::left_out(grid, idx, n));
        let note = Issue::note("column-left-out")
            .at(grid.column_place(idx))
            .with("n", n);
        self.cohort.issues.push(note);
    }

    fn read(
        &mut self,
        grid: &Grid,
        idx: usize,
        choice: Option<&ColumnChoice>,
        task: &TaskHandle,
    ) -> Result<Reading, Failure> {
        task.check()?;
        let known = Known {
            dialect: self.dialect,
            entry: self.codebook.get(&header::fold(&grid.headers[idx])),
            choice,
        };
        let mut reading = column::read(grid, idx, known, task)?;
        self.cohort.issues.append(&mut reading.issues);
        self.columns.push(preview::column(grid, idx, &reading));
        Ok(reading)
    }

    fn add_patients(&mut self, grid: &Grid, task: &TaskHandle) -> Result<(), Failure> {
        self.begin_table(grid);
        for idx in 0..grid.headers.len() {
            let choice = self.choice(&grid.headers[idx]);
            if choice.is_some_and(|choice| choice.leave_out) {
                self.leave_out(grid, idx, |_| true);
                continue;
            }
            let reading = self.read(grid, idx, choice, task)?;
            // A notice in every row, as the shipped samples have it.
            self.cohort.source.synthetic |=
                matches!(reading.levels.as_slice(), [only] if says_synthetic(only));
            let name = self.free_name(&grid.headers[idx], grid);
            let origin = origin(grid, idx, grid.rows.clone());
            let variable = self.variable(&name, &grid.headers[idx], None, &reading, origin);
            self.settle(&name, grid, idx, &reading, (0..grid.n_rows()).map(Some));
            self.push(variable, reading.values)?;
        }
        Ok(())
    }

    /// Counts what became of the cells that a variable is made of, and keeps the texts that were not read.
    fn settle(
        &mut self,
        name: &str,
        grid: &Grid,
        idx: usize,
        reading: &Reading,
        lines: impl Iterator<Item = Option<usize>>,
    ) {
        let mut unread = Vec::new();
        let account: &mut Account = &mut self.cohort.source.account;
        for (row, line) in lines.enumerate() {
            let Some(line) = line else { continue };
            match reading.fates[line] {
                Fate::Empty => {}
                Fate::Value => account.value += 1,
                Fate::Missing => account.missing += 1,
                Fate::Unread => {
                    account.unread += 1;
                    let text = grid.written(grid.columns[idx][line]).unwrap_or_default();
                    unread.push((u32::try_from(row).unwrap_or(u32::MAX), text.into_owned()));
                }
            }
        }
        if !unread.is_empty() {
            self.cohort.unread.insert(name.to_owned(), unread);
        }
    }

    /// Joins a table by its identifier; with a visit column each measure becomes one column a visit.
    fn add_joined(
        &mut self,
        table: &Joined,
        patients: &Patients,
        task: &TaskHandle,
    ) -> Result<(), Failure> {
        let Joined {
            grid, id, visit, ..
        } = table;
        self.begin_table(grid);
        let n_rows = self.cohort.n_rows();
        let Cohort { source, issues, .. } = &mut self.cohort;
        let visits = visits(table, patients, n_rows, &mut source.account, issues);
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
        for idx in (0..grid.headers.len()).filter(|idx| idx != id && Some(*idx) != *visit) {
            let measure = &grid.headers[idx];
            let choice = self.choice(measure);
            if choice.is_some_and(|choice| choice.leave_out) {
                self.leave_out(grid, idx, |line| is_used[line]);
                continue;
            }
            let reading = self.read(grid, idx, choice, task)?;
            for visit in &visits {
                let is_filled = |line: &usize| reading.fates[*line] != Fate::Empty;
                if visits.len() > 1 && !visit.lines.iter().flatten().any(is_filled) {
                    continue;
                }
                let values = scatter(&reading.values, &visit.lines);
                let suffix = Some(visit.suffix.as_str()).filter(|suffix| !suffix.is_empty());
                let name =
                    suffix.map_or_else(|| measure.clone(), |suffix| format!("{measure}_{suffix}"));
                let name = self.free_name(&name, grid);
                let origin = origin(grid, idx, visit.rows.clone());
                let variable = self.variable(&name, measure, suffix, &reading, origin);
                self.settle(&name, grid, idx, &reading, visit.lines.iter().copied());
                self.push(variable, values)?;
            }
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
