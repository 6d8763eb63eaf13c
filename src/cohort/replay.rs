//! Carries out edits over a cohort: finds rows and columns again, keeps what does not fit as conflicts.
//!
//! Columns are taken out once, changed, and put back at the end, when levels, unread texts and
//! issues are brought in line with what the cells hold then. So the order of edits decides and
//! nothing else: an edit and its inverse leave the cohort as it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::issue::{Arg, Issue, Severity};
use crate::cohort::written::{cell_from_text, cell_text};
use crate::cohort::{
    Cell, CellChange, Change, Cohort, Conflict, ConflictKind, Domain, Edit, Kind, Limited,
    Replayed, RowRef, Timing, Variable, derive, header,
};

/// Reason of a variable whose meaning a person chose; the dictionary then leaves it alone.
const MEANING_CHOSEN: &str = "meaning-chosen";

/// Carries out edits in their order. Never fails: what does not fit is a conflict and changes nothing.
///
/// Rows are found by key where both cohort and edit have one, else by position.
pub fn replay(cohort: &mut Cohort, edits: &[Arc<Edit>]) -> Replayed {
    let keys = Arc::clone(&cohort.row_keys);
    let mut rows_of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (row, key) in keys.iter().enumerate() {
        rows_of.entry(key.as_str()).or_default().push(row);
    }
    let mut desk = Desk {
        cohort,
        rows_of,
        columns: BTreeMap::new(),
        conflicts: Vec::new(),
        derived: Vec::new(),
    };
    for edit in edits {
        desk.carry_out(edit);
    }
    desk.finish()
}

/// Values of a column while it is changed.
enum Values {
    /// NaN where missing.
    Numbers(Vec<f64>),
    Texts(Vec<Option<String>>),
}

impl Values {
    fn get(&self, row: usize) -> Option<Cell> {
        match self {
            Self::Numbers(values) => {
                let value = values.get(row).copied().filter(|x| !x.is_nan());
                value.map(Cell::Number)
            }
            Self::Texts(values) => values.get(row)?.clone().map(Cell::Text),
        }
    }

    /// Puts a value that [`Column::fitted`] gave.
    fn put(&mut self, row: usize, cell: Option<Cell>) {
        match (self, cell) {
            (Self::Numbers(values), cell) => {
                if let Some(slot) = values.get_mut(row) {
                    *slot = match cell {
                        Some(Cell::Number(x)) => x,
                        _ => f64::NAN,
                    };
                }
            }
            (Self::Texts(values), cell) => {
                if let Some(slot) = values.get_mut(row) {
                    *slot = cell.map(|cell| cell_text(&cell));
                }
            }
        }
    }
}

/// A column that is being changed.
struct Column {
    kind: Kind,
    values: Values,
    /// Texts that are not what the column is.
    unread: BTreeMap<usize, String>,
    /// Unread texts as they were.
    unread_before: BTreeSet<usize>,
    /// What the file has in each cell that was touched.
    before: BTreeMap<usize, Option<Cell>>,
    /// Levels that were renamed or taken away whether or not a patient has them.
    gone: BTreeSet<String>,
    /// Levels that nobody had before.
    unused: BTreeSet<String>,
    /// Whether a person said the kind.
    is_kind_said: bool,
}

impl Column {
    fn take(cohort: &Cohort, variable: &Variable) -> Option<Self> {
        let name = &variable.name;
        let values = match cohort.numbers(name) {
            Ok(numbers) => Values::Numbers(numbers),
            Err(_not_numbers) => Values::Texts(cohort.texts(name).ok()?),
        };
        let texts = cohort.unread.get(name).into_iter().flatten();
        let unread: BTreeMap<usize, String> = texts
            .map(|(row, text)| (*row as usize, text.clone()))
            .collect();
        let mut unused: BTreeSet<String> = variable.levels.iter().cloned().collect();
        if let Values::Texts(texts) = &values
            && !unused.is_empty()
        {
            for text in texts.iter().flatten() {
                unused.remove(text);
            }
        }
        Some(Self {
            kind: variable.kind,
            values,
            unread_before: unread.keys().copied().collect(),
            unread,
            before: BTreeMap::new(),
            gone: BTreeSet::new(),
            unused,
            is_kind_said: false,
        })
    }

    /// A value as this column would hold it; `Err` where it is no such value.
    fn fitted(&self, cell: &Cell, cohort: &Cohort) -> Result<Cell, ()> {
        match (self.kind, cell) {
            (Kind::Numeric, Cell::Number(x)) if x.is_finite() => Ok(cell.clone()),
            (Kind::Numeric, Cell::Number(_)) => Err(()),
            (kind, cell) => cell_from_text(&cell_text(cell), kind, &cohort.source).ok_or(()),
        }
    }

    fn put(&mut self, row: usize, cell: Option<Cell>) {
        let before = self.values.get(row);
        self.before.entry(row).or_insert(before);
        self.values.put(row, cell);
        self.unread.remove(&row);
    }

    /// Changes every cell for which `change` gives something.
    fn put_where(&mut self, change: impl Fn(&Cell) -> Option<Option<Cell>>) {
        let n_rows = match &self.values {
            Values::Numbers(values) => values.len(),
            Values::Texts(values) => values.len(),
        };
        for row in 0..n_rows {
            let found = self.values.get(row).and_then(|cell| change(&cell));
            if let Some(after) = found {
                self.put(row, after);
            }
        }
    }
}

/// Whether two values are the same: numbers exactly, a number also as the text that says it.
fn is_same(first: Option<&Cell>, second: Option<&Cell>) -> bool {
    match (first, second) {
        (None, None) => true,
        (Some(Cell::Number(a)), Some(Cell::Number(b))) => a == b,
        (Some(Cell::Text(a)), Some(Cell::Text(b))) => a == b,
        (Some(Cell::Number(x)), Some(Cell::Text(text)))
        | (Some(Cell::Text(text)), Some(Cell::Number(x))) => text.trim().parse() == Ok(*x),
        _ => false,
    }
}

/// A product without the noise of binary fractions: 0.57 times 100 is 57.
fn product(x: f64, factor: f64) -> f64 {
    let product = x * factor;
    format!("{product:.14e}").parse().unwrap_or(product)
}

struct Desk<'a> {
    cohort: &'a mut Cohort,
    rows_of: HashMap<&'a str, Vec<usize>>,
    columns: BTreeMap<String, Column>,
    conflicts: Vec<Conflict>,
    /// Variables to compute at the end: number of the edit, name, formula.
    derived: Vec<(u32, String, String)>,
}

impl Desk<'_> {
    fn carry_out(&mut self, edit: &Edit) {
        match &edit.change {
            Change::Cells(cells) => {
                for cell in cells {
                    if let Err(conflict) = self.cell(cell) {
                        let (kind, found) = *conflict;
                        self.conflicts.push(Conflict {
                            edit: edit.number,
                            kind,
                            row: Some(cell.row.clone()),
                            variable: Some(cell.variable.clone()),
                            before: cell.before.clone(),
                            after: cell.after.clone(),
                            found,
                        });
                    }
                }
            }
            Change::Recode { variable, levels } => {
                let is_done = self.recode(variable, levels);
                self.column_conflict(edit, variable, is_done);
            }
            Change::MissingCodes { variable, codes } => {
                let is_done = self.missing_codes(variable, codes);
                self.column_conflict(edit, variable, is_done);
            }
            Change::Scale {
                variable,
                factor,
                unit,
            } => {
                let is_done = self.scale(variable, *factor, unit.as_ref());
                self.column_conflict(edit, variable, is_done);
            }
            Change::Exclude(row) => match self.row(row) {
                Some(row) => {
                    self.cohort.excluded.insert(row, edit.why.clone());
                }
                None => self.row_conflict(edit, row),
            },
            Change::Include(row) => match self.row(row) {
                Some(row) => {
                    self.cohort.excluded.remove(&row);
                }
                None => self.row_conflict(edit, row),
            },
            Change::Meaning {
                variable,
                concept,
                timing,
                unit,
            } => {
                let is_done = self.meaning(variable, concept.as_ref(), *timing, unit.as_ref());
                self.column_conflict(edit, variable, is_done);
            }
            Change::Kind { variable, kind } => {
                let is_done = self.retype(variable, *kind);
                self.column_conflict(edit, variable, is_done);
            }
            Change::Derive { variable, formula } => {
                self.derived.retain(|(_, name, _)| name != variable);
                if let Some(formula) = formula {
                    let line = (edit.number, variable.clone(), formula.clone());
                    self.derived.push(line);
                }
            }
        }
    }

    fn row_conflict(&mut self, edit: &Edit, row: &RowRef) {
        self.conflicts.push(Conflict {
            edit: edit.number,
            kind: ConflictKind::RowGone,
            row: Some(row.clone()),
            variable: None,
            before: None,
            after: None,
            found: None,
        });
    }

    fn column_conflict(&mut self, edit: &Edit, variable: &str, is_done: bool) {
        if !is_done {
            self.conflicts.push(Conflict {
                edit: edit.number,
                kind: ConflictKind::ColumnGone,
                row: None,
                variable: Some(variable.to_owned()),
                before: None,
                after: None,
                found: None,
            });
        }
    }

    /// The row of an edit: where several have its key, the one at its position, else the first.
    fn row(&self, row: &RowRef) -> Option<usize> {
        if let Some(key) = &row.key
            && !self.rows_of.is_empty()
        {
            let rows = self.rows_of.get(key.as_str())?;
            let at_place = rows.iter().find(|place| **place == row.row);
            return at_place.or_else(|| rows.first()).copied();
        }
        (row.row < self.cohort.n_rows()).then_some(row.row)
    }

    /// Whether a snapshot holds a pseudonym here, or left the column out because it may name patients: then there is
    /// nothing to correct and nothing to disagree with.
    fn is_masked(&self, name: &str, row: Option<usize>) -> bool {
        let Some(variable) = self.cohort.variable(name) else {
            // The note names the header; the name of a visit's column is longer.
            let is_of = |header: &str| {
                name.starts_with(header) || header::fold(header) == header::fold(name)
            };
            let mut issues = self.cohort.issues.iter();
            return issues.any(|issue| {
                issue.code == "study-column-left-out"
                    && issue.place.column.as_deref().is_some_and(is_of)
            });
        };
        if variable.kind != Kind::Identifier {
            return false;
        }
        let pseudonym = row.and_then(|row| self.cohort.pseudonyms().get(row).cloned());
        let found = row.and_then(|row| self.cohort.cell(row, name));
        pseudonym.is_some_and(|pseudonym| found == Some(Cell::Text(pseudonym)))
    }

    /// A column to change, with the cohort that it is of.
    fn column(&mut self, name: &str) -> Option<(&mut Column, &Cohort)> {
        if !self.columns.contains_key(name) {
            let variable = self.cohort.variable(name)?;
            let column = Column::take(self.cohort, variable)?;
            self.columns.insert(name.to_owned(), column);
        }
        Some((self.columns.get_mut(name)?, &*self.cohort))
    }

    fn cell(&mut self, change: &CellChange) -> Result<(), Box<(ConflictKind, Option<Cell>)>> {
        let gone = |kind| Box::new((kind, None));
        let row = self.row(&change.row);
        if self.is_masked(&change.variable, row) {
            return Ok(());
        }
        let (column, cohort) = self
            .column(&change.variable)
            .ok_or_else(|| gone(ConflictKind::ColumnGone))?;
        let row = row.ok_or_else(|| gone(ConflictKind::RowGone))?;
        let found = column.values.get(row);
        let after = match &change.after {
            None => None,
            Some(cell) => match column.fitted(cell, cohort) {
                Ok(cell) => Some(cell),
                Err(()) => return Err(Box::new((ConflictKind::ColumnGone, found))),
            },
        };
        let is_quoted = |text: &String| {
            change
                .before
                .as_ref()
                .is_some_and(|b| cell_text(b) == *text)
        };
        let expects = is_same(found.as_ref(), change.before.as_ref())
            || column.unread.get(&row).is_some_and(is_quoted);
        // A newer export that holds the corrected value already is in agreement.
        let is_there = found.is_some() && is_same(found.as_ref(), after.as_ref());
        if !expects && !is_there {
            return Err(Box::new((ConflictKind::ValueChanged, found)));
        }
        column.put(row, after);
        Ok(())
    }

    fn recode(&mut self, name: &str, levels: &[(String, Option<String>)]) -> bool {
        let Some((column, cohort)) = self.column(name) else {
            return false;
        };
        let mut pairs = Vec::with_capacity(levels.len());
        for (from, to) in levels {
            let to = match to {
                None => None,
                Some(to) => match column.fitted(&Cell::Text(to.clone()), cohort) {
                    Ok(cell) => Some(cell),
                    Err(()) => return false,
                },
            };
            pairs.push((Cell::Text(from.clone()), to));
        }
        let unread: Vec<(usize, Option<Cell>)> = column
            .unread
            .iter()
            .filter_map(|(row, text)| {
                let of_text = |(from, _): &&(Cell, Option<Cell>)| cell_text(from) == *text;
                pairs.iter().find(of_text).map(|(_, to)| (*row, to.clone()))
            })
            .collect();
        column.put_where(|cell| {
            let matches = |(from, _): &&(Cell, Option<Cell>)| is_same(Some(cell), Some(from));
            pairs.iter().find(matches).map(|(_, to)| to.clone())
        });
        for (row, to) in unread {
            column.put(row, to);
        }
        for (from, to) in levels {
            if to.as_ref() != Some(from) {
                column.gone.insert(from.clone());
            }
        }
        for to in levels.iter().filter_map(|(_, to)| to.as_ref()) {
            column.gone.remove(to);
        }
        true
    }

    fn missing_codes(&mut self, name: &str, codes: &[String]) -> bool {
        let pairs: Vec<(String, Option<String>)> =
            codes.iter().map(|code| (code.clone(), None)).collect();
        if !self.recode(name, &pairs) {
            return false;
        }
        // A code written with the file's decimal mark means the same number.
        let Some((column, cohort)) = self.column(name) else {
            return false;
        };
        if column.kind == Kind::Numeric {
            let numbers: Vec<Cell> = codes
                .iter()
                .filter_map(|code| cell_from_text(code, Kind::Numeric, &cohort.source))
                .collect();
            column.put_where(|cell| numbers.contains(cell).then_some(None));
        }
        true
    }

    fn scale(&mut self, name: &str, factor: f64, unit: Option<&String>) -> bool {
        let Some((column, _)) = self.column(name) else {
            return false;
        };
        if column.kind != Kind::Numeric || !factor.is_finite() || factor == 0.0 {
            return false;
        }
        column.put_where(|cell| match cell {
            Cell::Number(x) => Some(Some(Cell::Number(product(*x, factor)))),
            Cell::Text(_) => None,
        });
        if let Some(variable) = self.cohort.variables.iter_mut().find(|v| v.name == name) {
            variable.unit = unit.cloned();
            variable.unit_set = unit.is_some();
            variable.range = variable.range.map(|(low, high)| {
                let (low, high) = (product(low, factor), product(high, factor));
                (low.min(high), low.max(high))
            });
        }
        true
    }

    fn meaning(
        &mut self,
        name: &str,
        concept: Option<&String>,
        timing: Timing,
        unit: Option<&String>,
    ) -> bool {
        let Some(variable) = self.cohort.variables.iter_mut().find(|v| v.name == name) else {
            return false;
        };
        if variable.concept.is_some() && variable.concept.as_ref() != concept {
            // Both came with the meaning that it no longer has.
            (variable.domain, variable.range) = (Domain::Other, None);
        }
        variable.concept = concept.cloned();
        variable.timing = timing;
        variable.unit = unit.cloned();
        variable.unit_set = unit.is_some();
        variable.meaning_set = true;
        variable.confidence = 1.0;
        variable
            .reasons
            .retain(|reason| reason.code != MEANING_CHOSEN);
        let header = variable.origin.header.clone();
        let reason = Issue::note(MEANING_CHOSEN).in_column(&header);
        variable.reasons.push(reason);
        true
    }

    /// Reads the column as another kind, each cell from the text that it has in the source.
    fn retype(&mut self, name: &str, kind: Kind) -> bool {
        let Some((column, cohort)) = self.column(name) else {
            return false;
        };
        let had_levels = matches!(column.kind, Kind::Binary | Kind::Categorical);
        let has_levels = matches!(kind, Kind::Binary | Kind::Categorical);
        if !(had_levels && has_levels) {
            let mut unread = BTreeMap::new();
            let n_rows = cohort.n_rows();
            let mut values = match kind {
                Kind::Numeric => Values::Numbers(vec![f64::NAN; n_rows]),
                _ => Values::Texts(vec![None; n_rows]),
            };
            for row in 0..n_rows {
                let text = column.unread.remove(&row);
                let Some(text) = text.or_else(|| column.values.get(row).map(|c| cell_text(&c)))
                else {
                    continue;
                };
                match cell_from_text(&text, kind, &cohort.source) {
                    Some(cell) => values.put(row, Some(cell)),
                    None => {
                        unread.insert(row, text);
                    }
                }
            }
            (column.values, column.unread) = (values, unread);
        }
        column.kind = kind;
        column.is_kind_said = true;
        true
    }

    /// Puts the columns back.
    fn finish(self) -> Replayed {
        let Self {
            cohort,
            rows_of: _,
            columns,
            mut conflicts,
            derived,
        } = self;
        let mut edited = Vec::new();
        let mut settled = Settled::default();
        let mut unreadable = Vec::new();
        for (name, column) in columns {
            let differs = |(row, before): (&usize, &Option<Cell>)| {
                (!is_same(column.values.get(*row).as_ref(), before.as_ref())).then_some(*row)
            };
            let rows: BTreeSet<usize> = column.before.iter().filter_map(differs).collect();
            edited.extend(rows.iter().map(|row| (*row, name.clone())));
            let read = column.unread_before.iter().copied();
            let read: Vec<usize> = read.filter(|r| !column.unread.contains_key(r)).collect();
            let is_all_read = !read.is_empty() && column.unread.is_empty();
            let Some(idx) = cohort.variables.iter().position(|v| v.name == name) else {
                continue;
            };
            let variable = &cohort.variables[idx];
            settled.add(variable, rows.into_iter().chain(read), is_all_read);
            unreadable.extend(not_of_kind(variable, &column));
            let put = match &column.values {
                Values::Numbers(values) => cohort.set_numbers(&name, values),
                Values::Texts(values) => cohort.set_texts(&name, values),
            };
            debug_assert!(put.is_ok(), "a column of the cohort has its length");
            relevel(&mut cohort.variables[idx], &column);
            let unread: Vec<(u32, String)> = column
                .unread
                .into_iter()
                .filter_map(|(row, text)| Some((u32::try_from(row).ok()?, text)))
                .collect();
            if unread.is_empty() {
                cohort.unread.remove(&name);
            } else {
                cohort.unread.insert(name, unread);
            }
        }
        cohort.issues.retain(|issue| !settled.covers(issue));
        cohort.issues.extend(unreadable);
        edited.sort();
        for (edit, variable, formula) in derived {
            if derive(cohort, &variable, &formula).is_err() {
                conflicts.push(Conflict {
                    edit,
                    kind: ConflictKind::ColumnGone,
                    row: None,
                    variable: Some(variable),
                    before: None,
                    after: None,
                    found: None,
                });
            }
        }
        Replayed { conflicts, edited }
    }
}

/// The cells that a change of kind left without a value.
fn not_of_kind(variable: &Variable, column: &Column) -> Vec<Issue> {
    let mut cells = Limited::default();
    for (row, text) in &column.unread {
        if !column.unread_before.contains(row) {
            cells.push(|| {
                Issue::warning("not-of-kind")
                    .at(variable.place(*row))
                    .found(text)
            });
        }
    }
    cells.finish()
}

/// Brings kind and levels of a variable in line with its values.
fn relevel(variable: &mut Variable, column: &Column) {
    let had_levels = !variable.levels.is_empty();
    // Said to be what it was, it is read as before.
    variable.kind_set |= column.is_kind_said && column.kind != variable.kind;
    variable.kind = column.kind;
    let Values::Texts(texts) = &column.values else {
        variable.levels.clear();
        return;
    };
    if !matches!(column.kind, Kind::Binary | Kind::Categorical) {
        variable.levels.clear();
        return;
    }
    let used: BTreeSet<&str> = texts.iter().flatten().map(String::as_str).collect();
    let is_kept = |level: &String| {
        used.contains(level.as_str())
            || (column.unused.contains(level) && !column.gone.contains(level))
    };
    let mut levels: Vec<String> = variable
        .levels
        .iter()
        .filter(|l| is_kept(l))
        .cloned()
        .collect();
    let was_sorted = variable.levels.is_sorted();
    let fresh = used
        .iter()
        .filter(|level| !levels.iter().any(|l| l == **level));
    let fresh: Vec<String> = fresh.map(|level| (*level).to_owned()).collect();
    let is_changed = levels.len() != variable.levels.len() || !fresh.is_empty();
    levels.extend(fresh);
    if was_sorted && is_changed {
        sort_levels(&mut levels);
    }
    // Two levels are a yes and a no, as the import has it; what a person said stays if it can.
    if (!column.is_kind_said && is_changed && had_levels) || column.kind == Kind::Binary {
        variable.kind = if levels.len() == 2 {
            Kind::Binary
        } else {
            Kind::Categorical
        };
    }
    variable.levels = levels;
}

/// By number where all are numbers, else by letter.
fn sort_levels(levels: &mut [String]) {
    let number = |level: &String| level.parse::<f64>().unwrap_or(f64::NAN);
    if levels.iter().any(|level| number(level).is_nan()) {
        levels.sort();
    } else {
        levels.sort_by(|a, b| number(a).total_cmp(&number(b)));
    }
}

/// Cells whose doubts are settled, and columns in which nothing is unread any more.
#[derive(Default)]
struct Settled {
    cells: BTreeSet<(Option<String>, String, u32)>,
    columns: BTreeSet<(Option<String>, String)>,
}

impl Settled {
    fn add(&mut self, variable: &Variable, rows: impl Iterator<Item = usize>, is_all_read: bool) {
        let origin = &variable.origin;
        for row in rows {
            if let Some(row) = variable.place(row).row {
                self.cells
                    .insert((origin.sheet.clone(), origin.header.clone(), row));
            }
        }
        if is_all_read {
            self.columns
                .insert((origin.sheet.clone(), origin.header.clone()));
        }
    }

    /// Whether an issue speaks of a settled cell, or counts more of them.
    fn covers(&self, issue: &Issue) -> bool {
        const UNREAD: [&str; 5] = [
            "number-unreadable",
            "date-unreadable",
            "date-among-numbers",
            "spreadsheet-error",
            "not-of-kind",
        ];
        let place = &issue.place;
        let Some(column) = &place.column else {
            return false;
        };
        if let Some(row) = place.row {
            return issue.severity > Severity::Note
                && !self.cells.is_empty()
                && self
                    .cells
                    .contains(&(place.sheet.clone(), column.clone(), row));
        }
        let counts_unread = issue.code == "more-cells"
            && issue.args.iter().any(
                |(name, arg)| matches!(arg, Arg::Text(code) if name == "code" && UNREAD.contains(&code.as_str())),
            );
        counts_unread
            && self
                .columns
                .contains(&(place.sheet.clone(), column.clone()))
    }
}

#[cfg(test)]
mod tests;
