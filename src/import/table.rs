//! The cells of a small file as text, just as they stand: for lists that this program wrote and that came back.
//!
//! Not for cohorts: nothing is understood here. The guards are those of every file.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::import::guard::{self, Format};
use crate::import::value::excel_day;

/// Cells that a list may have.
const MAX_CELLS: usize = 5_000_000;
/// Columns that a list may have; cells farther to the right are not looked at.
const MAX_COLUMNS: usize = 200;

/// A sheet, or a file of delimited text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet; `None` for delimited text.
    pub sheet: Option<String>,
    /// Lines of cells; numbers with a point, dates as `2024-05-31`, empty cells as empty text.
    pub rows: Vec<Vec<String>>,
}

/// Reads every sheet of a workbook (xlsx) or the one table of delimited text.
///
/// Fails on other formats, on files that the guards refuse, and on tables of more than five million cells.
pub fn read_table(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Vec<Table>, Failure> {
    let name = guard::file_name(name);
    let format = guard::format(&name, bytes)?;
    if format == Format::Xlsx {
        guard::check_container(&name, bytes, task)?;
        return sheets(&name, bytes, task);
    }
    if format == Format::Delimited {
        return Ok(vec![delimited(&name, bytes, task)?]);
    }
    Err(Issue::error("list-format").with("file", name).into())
}

fn too_large() -> Failure {
    Issue::error("table-too-large")
        .with("limit", MAX_CELLS)
        .into()
}

fn sheets(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Vec<Table>, Failure> {
    let damaged =
        |_: calamine::XlsxError| Failure::from(Issue::error("workbook-damaged").with("file", name));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let epoch_1904 = book.has_1904_epoch();
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut tables = Vec::new();
    let mut n_cells = 0;
    for sheet in names {
        task.check()?;
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet) else {
            continue; // A chart that the workbook lists as a sheet.
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            if column >= MAX_COLUMNS {
                continue;
            }
            let text = shown(cell.get_value(), epoch_1904);
            if text.is_empty() {
                continue;
            }
            n_cells += 1;
            // Lines without cells are lines too, and a stray cell far below would make millions of them.
            if n_cells > MAX_CELLS || row > MAX_CELLS / 16 {
                return Err(too_large());
            }
            if rows.len() <= row {
                rows.resize(row + 1, Vec::new());
            }
            if let Some(line) = rows.get_mut(row) {
                if line.len() <= column {
                    line.resize(column + 1, String::new());
                }
                if let Some(slot) = line.get_mut(column) {
                    *slot = text;
                }
            }
        }
        tables.push(Table {
            sheet: Some(sheet),
            rows,
        });
    }
    Ok(tables)
}

fn shown(value: &DataRef<'_>, epoch_1904: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(x) => x.to_string(),
        DataRef::Float(x) => x.to_string(),
        DataRef::Bool(x) => u8::from(*x).to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::DateTime(moment) => excel_day(moment.as_f64(), epoch_1904)
            .map_or_else(|| moment.as_f64().to_string(), |day| day.iso()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn delimited(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Table, Failure> {
    let (encoding, n_skipped) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        if std::str::from_utf8(bytes).is_ok() {
            (UTF_8, 0)
        } else {
            (WINDOWS_1252, 0)
        }
    });
    let (text, _) =
        encoding.decode_without_bom_handling(bytes.get(n_skipped..).unwrap_or_default());
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: &char| head.chars().filter(|c| c == mark).count();
    let delimiter = [';', ',', '\t', '|']
        .into_iter()
        .max_by_key(|mark| (count(mark), *mark == ';'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.map_or(b';', |mark| mark as u8))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut n_cells = 0;
    for record in reader.records() {
        task.check()?;
        let record = record.map_err(|error| {
            let issue = Issue::error("file-unreadable").with("file", name);
            Failure::from(issue.with("detail", error.to_string()))
        })?;
        n_cells += record.len();
        if n_cells > MAX_CELLS {
            return Err(too_large());
        }
        let cells = record.iter().take(MAX_COLUMNS);
        rows.push(cells.map(|cell| cell.trim().to_owned()).collect());
    }
    Ok(Table { sheet: None, rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

    fn read(name: &str, bytes: &[u8]) -> Result<Vec<Table>, Failure> {
        read_table(name, bytes, &TaskHandle::unattended())
    }

    #[test]
    fn every_sheet_is_read_cell_by_cell() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(1, 0, "a").unwrap();
        sheet.write_number(1, 2, 7.5).unwrap();
        let day = ExcelDateTime::from_ymd(2024, 5, 31).unwrap();
        let format = CellFormat::new().set_num_format("dd/mm/yyyy");
        sheet
            .write_datetime_with_format(2, 1, &day, &format)
            .unwrap();
        book.add_worksheet();
        let tables = read("x.xlsx", &book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(tables.len(), 2);
        let expected: [&[&str]; 3] = [&[], &["a", "", "7.5"], &["", "2024-05-31"]];
        assert_eq!(tables[0].rows, expected);
    }

    #[test]
    fn delimited_text_is_read_in_the_encodings_that_spreadsheets_write() {
        let expected = [["n°", "réponse"], ["1", "a;b\nc"]];
        let utf_8 = "\u{feff}n°;réponse\n1;\"a;b\nc\"\n".as_bytes();
        let ansi = b"n\xb0,r\xe9ponse\n1,\"a;b\nc\"\n";
        for bytes in [utf_8, ansi.as_slice()] {
            assert_eq!(read("x.csv", bytes).unwrap()[0].rows, expected);
        }
    }

    #[test]
    fn a_damaged_workbook_is_refused_with_its_name() {
        let issue = read("x.xlsx", b"PK\x03\x04 and no more")
            .unwrap_err()
            .issue();
        assert!(
            issue.code.starts_with("workbook") || issue.code.starts_with("zip"),
            "{issue:?}"
        );
    }
}
