//! Workbooks: every sheet, cell by cell.
//!
//! Sheets are streamed and never asked for as a dense range: that would reserve memory for
//! everything between the first and the last used cell. Formats that can't be streamed are read in
//! a process of their own ([`outside`]).

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::colour;
use crate::import::grid::{Arena, Cell, MAX_CELLS};
use crate::import::guard::{self, Format};
use crate::import::outside::{self, Found, Value};
use crate::import::raw::{Raw, Region};
use crate::import::value::{DateOrder, date_parts, day, excel_day, is_spreadsheet_error};

/// Sheets that a workbook may have.
const MAX_SHEETS: usize = 200;

/// Checks a workbook and reads every sheet of it.
pub(crate) fn read(
    format: Format,
    name: &str,
    bytes: &[u8],
    task: &TaskHandle,
) -> Result<Vec<Raw>, Failure> {
    let has_merged = if format.is_container() {
        guard::check_container(name, bytes, task)?
    } else {
        false
    };
    if format == Format::Xlsx {
        read_xlsx(name, bytes, has_merged, task)
    } else {
        read_outside(format, name, bytes, task)
    }
}

/// Reads the sheets as a process of its own finds them.
fn read_outside(
    format: Format,
    name: &str,
    bytes: &[u8],
    task: &TaskHandle,
) -> Result<Vec<Raw>, Failure> {
    let mut sheets = Vec::new();
    let mut page: Option<Page> = None;
    let mut left_out = Vec::new();
    outside::read(format, name, bytes, task, |found| {
        match found {
            Found::Sheet(sheet, epoch_1904) => {
                check_n_sheets(sheets.len() + 1)?;
                let sheet = Some(sheet).filter(|_| format != Format::Parquet);
                if let Some(page) = page.replace(Page::new(sheet, epoch_1904)) {
                    sheets.push(page.finish()?);
                }
            }
            Found::Cell(row, column, value) => {
                if let Some(page) = &mut page {
                    page.push_value((row, column), value)?;
                }
            }
            Found::Merged(region) => {
                if let Some(page) = &mut page {
                    page.raw.merged.push(region);
                }
            }
            Found::LeftOut(column, kind) => {
                let issue = Issue::warning("column-type-unread").in_column(column);
                left_out.push(issue.with("kind", kind));
            }
        }
        Ok(())
    })?;
    if let Some(page) = page {
        sheets.push(page.finish()?);
    }
    if let Some(first) = sheets.first_mut() {
        first.issues.append(&mut left_out);
    }
    Ok(sheets)
}

fn check_n_sheets(n: usize) -> Result<(), Failure> {
    if n > MAX_SHEETS {
        return Err(Issue::error("workbook-too-many-sheets")
            .with("n", n)
            .with("limit", MAX_SHEETS)
            .into());
    }
    Ok(())
}

fn read_xlsx(
    name: &str,
    bytes: &[u8],
    has_merged: bool,
    task: &TaskHandle,
) -> Result<Vec<Raw>, Failure> {
    let damaged = |error: calamine::XlsxError| {
        let code = if matches!(error, calamine::XlsxError::Password) {
            "workbook-encrypted"
        } else {
            "workbook-damaged"
        };
        Failure::from(
            Issue::error(code)
                .with("file", name)
                .with("detail", error.to_string()),
        )
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let epoch_1904 = book.has_1904_epoch();
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    check_n_sheets(sheets.len())?;
    let mut read = Vec::with_capacity(sheets.len());
    let mut n_cells = 0;
    for sheet in sheets {
        task.check()?;
        // Where merged cells can't be read, the header is understood without them.
        let merged = if has_merged {
            book.merge_cells_by_sheet_name(&sheet).unwrap_or_default()
        } else {
            Vec::new()
        };
        let mut cells = match book.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            // A chart or dialog that the workbook lists as a sheet.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let fills = colour::fills(cells.styles());
        let mut page = Page::new(Some(&sheet), epoch_1904);
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
            n_cells += 1;
            if n_cells > MAX_CELLS {
                let mut issue = Issue::error("table-too-large").with("limit", MAX_CELLS);
                issue.place.sheet = Some(sheet.clone());
                return Err(issue.into());
            }
            if n_cells % 8192 == 0 {
                task.check()?;
            }
            page.push(cell.pos, cell.value, cell.formula.is_some())?;
        }
        drop(cells);
        let mut raw = page.finish()?;
        raw.merged = merged.into_iter().map(region).collect();
        if fills.iter().any(Option::is_some)
            && let Ok(mut cells) = book.worksheet_cells_reader(&sheet)
        {
            let next = || cells.next_style_id().ok().flatten();
            raw.issues
                .extend(colour::coloured(&raw, &fills, std::iter::from_fn(next)));
        }
        read.push(raw);
    }
    Ok(read)
}

/// A hash of addresses, which no file chooses: one multiplication in place of what guards against chosen keys.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, x: usize) {
        self.0 = (self.0 ^ x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A sheet while it is read.
struct Page {
    raw: Raw,
    arena: Arena,
    /// Cells that come after a later row, which no spreadsheet program writes.
    stray: Vec<(u32, u32, Cell)>,
    shared: HashMap<(usize, usize), Cell, BuildHasherDefault<Mixer>>,
    unvalued: Limited,
    /// Dates whose time of day was left out, by position of their column.
    n_timed: BTreeMap<u32, usize>,
}

impl Page {
    fn new(sheet: Option<&str>, epoch_1904: bool) -> Self {
        let mut raw = Raw::new(sheet);
        raw.epoch_1904 = epoch_1904;
        Self {
            raw,
            arena: Arena::default(),
            stray: Vec::new(),
            shared: HashMap::default(),
            unvalued: Limited::default(),
            n_timed: BTreeMap::new(),
        }
    }

    /// Adds a cell as the streaming reader gives it.
    fn push(
        &mut self,
        at: (u32, u32),
        value: DataRef<'_>,
        is_formula: bool,
    ) -> Result<(), Failure> {
        if value == DataRef::Empty {
            if is_formula {
                self.unvalued(at);
            }
            return Ok(());
        }
        let cell = self.cell(at, value)?;
        self.put(at, cell)
    }

    /// Adds a cell as the reading process tells it.
    fn push_value(&mut self, at: (u32, u32), value: Value<'_>) -> Result<(), Failure> {
        let cell = match value {
            Value::Unvalued => {
                self.unvalued(at);
                return Ok(());
            }
            Value::Number(x) if x.is_finite() => Cell::Number(x.into()),
            Value::Number(_) => Cell::Empty,
            Value::Bool(value) => Cell::Bool(value),
            Value::Text(text) => self.words(text)?,
            Value::Error(name) => Cell::Error(self.arena.keep(name)?),
            Value::Moment(serial) => self.moment(at, serial),
            Value::IsoMoment(text) => self.iso_moment(at, text)?,
            Value::IsoDuration(text) => self.duration(text)?,
        };
        self.put(at, cell)
    }

    fn put(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), Failure> {
        if cell == Cell::Empty {
            return Ok(());
        }
        let row = row.saturating_add(1);
        match self.raw.rows.last() {
            Some(last) if *last > row => {
                self.stray.push((row, column, cell));
                return Ok(());
            }
            Some(last) if *last == row => {}
            _ => self.raw.begin_row(row),
        }
        self.raw.set(column as usize, cell)
    }

    /// Notes a formula whose result is not stored.
    fn unvalued(&mut self, (row, column): (u32, u32)) {
        let place = Place {
            sheet: self.raw.sheet.clone(),
            row: Some(row.saturating_add(1)),
            column: None,
            position: Some(column.saturating_add(1)),
        };
        let place = Place {
            column: place.letters(),
            ..place
        };
        self.unvalued
            .push(|| Issue::warning("formula-without-value").at(place));
    }

    fn cell(&mut self, at: (u32, u32), value: DataRef<'_>) -> Result<Cell, Failure> {
        Ok(match value {
            DataRef::Empty => Cell::Empty,
            DataRef::Int(x) => Cell::Number((x as f64).into()),
            DataRef::Float(x) if x.is_finite() => Cell::Number(x.into()),
            DataRef::Float(_) => Cell::Empty,
            DataRef::Bool(value) => Cell::Bool(value),
            DataRef::String(text) => self.words(&text)?,
            DataRef::SharedString(text) => {
                // The same text is kept once, however many cells show it.
                let key = (text.as_ptr().addr(), text.len());
                match self.shared.get(&key) {
                    Some(cell) => *cell,
                    None => {
                        let cell = self.words(text)?;
                        self.shared.insert(key, cell);
                        cell
                    }
                }
            }
            DataRef::DateTime(moment) if moment.is_duration() => {
                Cell::Number(moment.as_f64().into())
            }
            DataRef::DateTime(moment) => self.moment(at, moment.as_f64()),
            DataRef::DateTimeIso(text) => self.iso_moment(at, &text)?,
            DataRef::DurationIso(text) => self.duration(&text)?,
            DataRef::Error(error) => Cell::Error(self.arena.keep(&error.to_string())?),
        })
    }

    fn moment(&mut self, at: (u32, u32), serial: f64) -> Cell {
        match excel_day(serial, self.raw.epoch_1904) {
            Some(day) => {
                // Half a second: the fraction of a date that is none.
                self.note_time(at, serial.fract() > 0.5 / 86_400.0);
                Cell::Date(day)
            }
            None => Cell::Number(serial.into()),
        }
    }

    fn iso_moment(&mut self, at: (u32, u32), text: &str) -> Result<Cell, Failure> {
        Ok(match date_parts(text).filter(|parts| parts.year_first) {
            Some(parts) => match day(parts, DateOrder::Ymd) {
                Some(day) => {
                    self.note_time(at, parts.timed);
                    Cell::Date(day)
                }
                None => self.words(text)?,
            },
            None => self.words(text)?,
        })
    }

    /// A duration or a time of day as the share of a day, as the other formats store it.
    fn duration(&mut self, text: &str) -> Result<Cell, Failure> {
        iso_days(text).map_or_else(|| self.words(text), |days| Ok(Cell::Number(days.into())))
    }

    fn note_time(&mut self, (_, column): (u32, u32), is_timed: bool) {
        if is_timed {
            *self.n_timed.entry(column.saturating_add(1)).or_default() += 1;
        }
    }

    fn words(&mut self, text: &str) -> Result<Cell, Failure> {
        let cell = self.arena.text_cell(text)?;
        Ok(match cell {
            Cell::Text(span) if is_spreadsheet_error(self.arena.get(span)) => Cell::Error(span),
            other => other,
        })
    }

    fn finish(mut self) -> Result<Raw, Failure> {
        if !self.stray.is_empty() {
            self.sort()?;
        }
        let mut raw = self.raw;
        raw.arena = Arc::new(self.arena);
        raw.n_unvalued = self.unvalued.len();
        raw.issues = self.unvalued.finish();
        let timed = self.n_timed.into_iter().map(|(position, n)| {
            let place = Place {
                sheet: raw.sheet.clone(),
                position: Some(position),
                ..Place::default()
            };
            let place = Place {
                column: place.letters(),
                ..place
            };
            Issue::note("time-left-out").at(place).with("n", n)
        });
        raw.issues.extend(timed);
        Ok(raw)
    }

    /// Puts the cells in the order of their rows.
    fn sort(&mut self) -> Result<(), Failure> {
        let mut all = std::mem::take(&mut self.stray);
        for (column, cells) in std::mem::take(&mut self.raw.columns)
            .into_iter()
            .enumerate()
        {
            let filled = cells.iter().zip(&self.raw.rows);
            let filled = filled.filter(|(cell, _)| *cell != Cell::Empty);
            all.extend(filled.map(|(cell, row)| (*row, column as u32, cell)));
        }
        all.sort_by_key(|&(row, column, _)| (row, column));
        let mut sorted = Raw::new(self.raw.sheet.as_deref());
        sorted.epoch_1904 = self.raw.epoch_1904;
        for (row, column, cell) in all {
            if sorted.rows.last() != Some(&row) {
                sorted.begin_row(row);
            }
            sorted.set(column as usize, cell)?;
        }
        sorted.merged = std::mem::take(&mut self.raw.merged);
        self.raw = sorted;
        Ok(())
    }
}

fn region(cells: calamine::Dimensions) -> Region {
    Region {
        rows: (cells.start.0, cells.end.0),
        columns: (cells.start.1, cells.end.1),
    }
}

/// `PT08H30M00S` in days.
fn iso_days(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, n_seconds) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((count, after)) = rest.split_once(unit) {
            let count: f64 = count.parse().ok().filter(|n: &f64| n.is_finite())?;
            seconds += count * n_seconds;
            rest = after;
        }
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_shares_of_a_day() {
        assert_eq!(iso_days("PT12H00M00S"), Some(0.5));
        assert_eq!(iso_days("PT36H"), Some(1.5));
        assert_eq!(iso_days("PT00H00M43.2S"), Some(0.0005));
        for text in ["", "PT", "P1D", "PTxH", "PT5", "PT1H2"] {
            assert_eq!(iso_days(text).filter(|days| *days > 0.0), None, "{text}");
        }
    }
}
