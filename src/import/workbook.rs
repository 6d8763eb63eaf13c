//! Workbooks: every sheet as a table or as words, cell by cell.
//!
//! Sheets are streamed and never asked for as a dense range: that would reserve memory for
//! everything between the first and the last used cell.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::grid::{self, Arena, Builder, Cell, Grid, Line, MAX_CELLS, MAX_COLUMNS, Span};
use crate::import::value::{DateOrder, Day, date_parts, day, excel_day, is_spreadsheet_error};

/// Sheets that a workbook may have.
const MAX_SHEETS: usize = 200;
/// Characters of words that are kept of a sheet without a table.
const MAX_WORDS: usize = 100_000;

/// A sheet.
pub(crate) struct Sheet {
    /// Its name.
    pub name: String,
    /// Its table; `None` for a sheet of words.
    pub grid: Option<Grid>,
    /// Words above the table, or all of them.
    pub words: Vec<String>,
    /// Lines that hold something.
    pub n_lines: u32,
    /// Rows up to and with the header.
    pub n_header_rows: u32,
}

/// Reads every sheet of a workbook that passed its checks.
pub(crate) fn read(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Vec<Sheet>, Failure> {
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
        read.push(page.finish()?);
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

    fn finish(mut self) -> Result<Sheet, Failure> {
        if !self.sorted {
            self.cells.sort_by_key(|&(row, column, _)| (row, column));
        }
        let lines = lines(&self.cells);
        let n_lines = lines.len() as u32;
        let n_filled: Vec<usize> = lines
            .iter()
            .take(200)
            .map(|(_, cells)| cells.len())
            .collect();
        let usual = n_filled.iter().copied().max().unwrap_or(0);
        let helper = Grid {
            arena: std::mem::take(&mut self.arena),
            ..Grid::default()
        };
        let words = |line: usize| {
            let texts: Vec<_> = lines[line]
                .1
                .iter()
                .filter_map(|(_, cell)| helper.text(*cell))
                .collect();
            texts.join(" ")
        };
        let head = grid::find_header(&n_filled, usual, words);
        let Some(header) = head.header.filter(|_| usual >= 2) else {
            let mut kept = 0;
            let all = (0..lines.len()).map(words).take_while(|line| {
                kept += line.len();
                kept <= MAX_WORDS
            });
            let words = all.collect();
            return Ok(Sheet {
                name: self.sheet,
                grid: None,
                words,
                n_lines,
                n_header_rows: 0,
            });
        };
        let (header_row, names) = header_names(&lines[header], &helper)?;
        let words = head.preamble;
        let body = &lines[header + 1..];
        let mut builder = Builder::new(Some(&self.sheet), header_row, names, helper.arena)?;
        let width = body
            .iter()
            .filter_map(|(_, cells)| cells.last())
            .map(|(column, _)| *column as usize + 1)
            .max();
        if let Some(width) = width {
            builder.widen(width)?;
        }
        for (row, cells) in body {
            builder.begin_row(row + 1)?;
            for (column, cell) in cells {
                builder.set(*column as usize, *cell);
            }
        }
        for issue in std::mem::take(&mut self.unvalued).finish() {
            builder.issue(issue);
        }
        let mut grid = builder.finish();
        grid.epoch_1904 = self.epoch_1904;
        Ok(Sheet {
            name: self.sheet,
            grid: Some(grid),
            words,
            n_lines,
            n_header_rows: header_row,
        })
    }
}

/// The used cells by row.
fn lines(cells: &[(u32, u32, Cell)]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for &(row, column, cell) in cells {
        match lines.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, cell)),
            _ => lines.push((row, vec![(column, cell)])),
        }
    }
    lines
}

/// 1-based row of the header and its names by position.
fn header_names((row, cells): &Line, texts: &Grid) -> Result<(u32, Vec<String>), Failure> {
    let width = cells.last().map_or(0, |(column, _)| *column as usize + 1);
    if width > MAX_COLUMNS {
        return Err(Issue::error("too-many-columns")
            .with("n", width)
            .with("limit", MAX_COLUMNS)
            .into());
    }
    let mut names = vec![String::new(); width];
    for (column, cell) in cells {
        if let Some(text) = texts.text(*cell) {
            names[*column as usize] = text.into_owned();
        }
    }
    Ok((row + 1, names))
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
