//! The cells of a small file as text, just as they stand: for lists that this program wrote and that came back.
//!
//! Not for cohorts: nothing is understood here. The guards and readers are those of every file.

use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Source;
use crate::import::raw::Raw;
use crate::import::{ImportOptions, guard, sheets};

/// A sheet, or a file of delimited text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet; `None` for delimited text.
    pub sheet: Option<String>,
    /// Lines that hold something; numbers with a point, dates as `2024-05-31`, empty cells as empty text.
    pub rows: Vec<Vec<String>>,
}

/// Reads every sheet of a workbook or the one table of delimited text.
///
/// Fails on files that the guards of cohort files refuse.
pub fn read_table(name: &str, bytes: &[u8], task: &TaskHandle) -> Result<Vec<Table>, Failure> {
    let mut source = Source {
        file: guard::file_name(name),
        ..Source::default()
    };
    let options = ImportOptions::default();
    let raws = sheets(&mut source, bytes, &options, &mut Vec::new(), task)?;
    Ok(raws.iter().map(table).collect())
}

fn table(raw: &Raw) -> Table {
    let line = |line: usize| {
        let width = raw.filled(line).last().map_or(0, |last| last + 1);
        let text = |column| raw.text(line, column).unwrap_or_default().into_owned();
        (0..width).map(text).collect()
    };
    Table {
        sheet: raw.sheet.clone(),
        rows: (0..raw.rows.len()).map(line).collect(),
    }
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
        let expected: [&[&str]; 2] = [&["a", "", "7.5"], &["", "2024-05-31"]];
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
