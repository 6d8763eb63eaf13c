//! Workbooks: every sheet, cell by cell.
//!
//! Sheets are streamed and never asked for as a dense range: that would reserve memory for
//! everything between the first and the last used cell.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::grid::{Arena, Cell, MAX_CELLS, Span};
use crate::import::raw::{Raw, Region};
use crate::import::value::{DateOrder, Day, date_parts, day, excel_day, is_spreadsheet_error};

/// Sheets that a workbook may have.
const MAX_SHEETS: usize = 200;
/// Reads every sheet of a workbook that passed its checks.
pub(crate) fn read(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Vec<Raw>, Failure> {
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
    if sheets.len() > MAX_SHEETS {
        return Err(Issue::error("workbook-too-many-sheets")
            .with("n", sheets.len())
            .with("limit", MAX_SHEETS)
            .into());
    }
    let mut read = Vec::with_capacity(sheets.len());
    let mut n_cells = 0;
    for sheet in sheets {
        task.check()?;
        // Where merged cells can't be read, the header is understood without them.
        let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
        let mut cells = match book.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            // A chart or dialog that the workbook lists as a sheet.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let mut page = Page::new(&sheet, epoch_1904);
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
        let mut raw = page.finish()?;
        raw.merged = merged.into_iter().map(region).collect();
        read.push(raw);
    }
    Ok(read)
}

/// A sheet while it is read.
struct Page {
    sheet: String,
    epoch_1904: bool,
    arena: Arena,
    cells: Vec<(u32, u32, Cell)>,
    sorted: bool,
    shared: HashMap<(usize, usize), Option<Span>>,
    unvalued: Limited,
}

impl Page {
    fn new(sheet: &str, epoch_1904: bool) -> Self {
        Self {
            sheet: sheet.to_owned(),
            epoch_1904,
            arena: Arena::default(),
            cells: Vec::new(),
            sorted: true,
            shared: HashMap::new(),
            unvalued: Limited::default(),
        }
    }

    fn push(
        &mut self,
        (row, column): (u32, u32),
        value: DataRef<'_>,
        is_formula: bool,
    ) -> Result<(), Failure> {
        let cell = self.cell(value)?;
        if cell == Cell::Empty {
            if is_formula {
                let place = Place {
                    sheet: Some(self.sheet.clone()),
                    row: Some(row.saturating_add(1)),
                    column: Some(column_letters(column)),
                    position: None,
                };
                self.unvalued
                    .push(|| Issue::warning("formula-without-value").at(place));
            }
            return Ok(());
        }
        if let Some(&(last_row, last_column, _)) = self.cells.last() {
            self.sorted &= (last_row, last_column) < (row, column);
        }
        self.cells.push((row, column, cell));
        Ok(())
    }

    fn cell(&mut self, value: DataRef<'_>) -> Result<Cell, Failure> {
        Ok(match value {
            DataRef::Empty => Cell::Empty,
            DataRef::Int(x) => Cell::Number(x as f64),
            DataRef::Float(x) if x.is_finite() => Cell::Number(x),
            DataRef::Float(_) => Cell::Empty,
            DataRef::Bool(value) => Cell::Bool(value),
            DataRef::String(text) => self.words(&text)?,
            DataRef::SharedString(text) => {
                // The same text is kept once, however many cells show it.
                let key = (text.as_ptr().addr(), text.len());
                let span = match self.shared.get(&key) {
                    Some(span) => *span,
                    None => {
                        let cell = self.words(text)?;
                        let span = if let Cell::Text(span) | Cell::Error(span) = cell {
                            Some(span)
                        } else {
                            None
                        };
                        self.shared.insert(key, span);
                        span
                    }
                };
                span.map_or(Cell::Empty, Cell::Text)
            }
            DataRef::DateTime(moment) if moment.is_duration() => Cell::Number(moment.as_f64()),
            DataRef::DateTime(moment) => match excel_day(moment.as_f64(), self.epoch_1904) {
                Some(day) => Cell::Date(day),
                None => Cell::Number(moment.as_f64()),
            },
            DataRef::DateTimeIso(text) => match iso_day(&text) {
                Some(day) => Cell::Date(day),
                None => self.words(&text)?,
            },
            DataRef::DurationIso(text) => self.words(&text)?,
            DataRef::Error(error) => Cell::Error(self.arena.keep(&error.to_string())?),
        })
    }

    fn words(&mut self, text: &str) -> Result<Cell, Failure> {
        let cell = self.arena.text_cell(text)?;
        Ok(match cell {
            Cell::Text(span) if is_spreadsheet_error(self.arena.get(span)) => Cell::Error(span),
            other => other,
        })
    }

    fn finish(mut self) -> Result<Raw, Failure> {
        if !self.sorted {
            self.cells.sort_by_key(|&(row, column, _)| (row, column));
        }
        let mut raw = Raw::new(Some(&self.sheet));
        raw.arena = Arc::new(self.arena);
        raw.epoch_1904 = self.epoch_1904;
        raw.n_unvalued = self.unvalued.len();
        raw.issues = self.unvalued.finish();
        for (row, column, cell) in self.cells {
            if raw.rows.last() != Some(&(row + 1)) {
                raw.begin_row(row + 1);
            }
            raw.set(column as usize, cell)?;
        }
        Ok(raw)
    }
}

fn region(cells: calamine::Dimensions) -> Region {
    Region {
        rows: (cells.start.0, cells.end.0),
        columns: (cells.start.1, cells.end.1),
    }
}

fn iso_day(text: &str) -> Option<Day> {
    date_parts(text)
        .filter(|parts| parts.year_first)
        .and_then(|parts| day(parts, DateOrder::Ymd))
}

/// `A`, `B`, …, `AA`: the name of a column in a spreadsheet, 0-based.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!(column_letters(0), "A");
        assert_eq!(column_letters(25), "Z");
        assert_eq!(column_letters(26), "AA");
        assert_eq!(column_letters(16_383), "XFD");
    }
}
