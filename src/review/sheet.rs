//! A list as a file that a spreadsheet opens: workbook or delimited text, in bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::base::issue::{Failure, Issue};
use crate::base::text::Lang;
use crate::review::tsv::harmless;

/// Most characters that a cell of a workbook may have.
const MOST_CHARACTERS: usize = 32_000;
/// Most rows that a sheet of a workbook may have, its head included.
const MOST_ROWS: usize = 1_048_576;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Text; never taken for a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

impl From<String> for Entry {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl From<&str> for Entry {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// Width in characters; 0 for a column that a workbook hides.
    pub width: u16,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Name of the sheet in a workbook.
    pub name: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Lines, one entry a column.
    pub rows: Vec<Vec<Entry>>,
}

impl Sheet {
    /// A list without lines; columns are given by header and width.
    pub fn new(name: String, columns: Vec<(String, u16)>) -> Self {
        let column = |(header, width)| Column { header, width };
        Self {
            name,
            columns: columns.into_iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// As delimited text that a spreadsheet of that language opens: UTF-8 with its mark, a semicolon and a decimal
    /// comma in French.
    pub fn to_csv(&self, lang: Lang) -> Result<Vec<u8>, Failure> {
        let (delimiter, mark) = match lang {
            Lang::En => (b',', '.'),
            Lang::Fr => (b';', ','),
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let head: Vec<String> = self.columns.iter().map(|c| harmless(&c.header)).collect();
        let failed = |error: csv::Error| {
            Failure::from(Issue::error("internal").with("detail", error.to_string()))
        };
        writer.write_record(&head).map_err(failed)?;
        for row in &self.rows {
            let cells: Vec<String> = row
                .iter()
                .map(|entry| match entry {
                    Entry::Text(text) => harmless(text),
                    Entry::Number(x) => x.to_string().replace('.', &mark.to_string()),
                    Entry::Empty => String::new(),
                })
                .collect();
            writer.write_record(&cells).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| {
            Issue::error("internal")
                .with("detail", error.to_string())
                .into()
        })
    }

    /// As a workbook. The same list gives the same bytes.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, Failure> {
        if self.rows.len() >= MOST_ROWS {
            return Err(Issue::error("list-too-long")
                .with("n", MOST_ROWS - 1)
                .into());
        }
        self.workbook().map_err(|error| {
            Issue::error("internal")
                .with("detail", error.to_string())
                .into()
        })
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let bold = Format::new().set_bold().set_text_wrap();
        let wrapped = Format::new().set_text_wrap();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, &column.header, &bold)?;
            if column.width == 0 {
                sheet.set_column_hidden(at)?;
            } else {
                sheet.set_column_width(at, f64::from(column.width))?;
            }
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for ((at, column), entry) in (0_u16..).zip(&self.columns).zip(row) {
                match entry {
                    Entry::Empty => {}
                    Entry::Number(x) => {
                        sheet.write_number(line, at, *x)?;
                    }
                    Entry::Text(text) => {
                        let text: String = harmless(text).chars().take(MOST_CHARACTERS).collect();
                        if column.width >= 30 {
                            sheet.write_string_with_format(line, at, &text, &wrapped)?;
                        } else {
                            sheet.write_string(line, at, &text)?;
                        }
                    }
                }
            }
        }
        book.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Sheet {
        let columns = vec![("a".to_owned(), 10), ("=b".to_owned(), 0)];
        let mut list = Sheet::new("list".to_owned(), columns);
        list.rows
            .push(vec!["=HYPERLINK(1)".into(), Entry::Number(-2.5)]);
        list.rows.push(vec!["x;\"y\"".into(), Entry::Empty]);
        list
    }

    #[test]
    fn text_is_never_a_formula_and_numbers_stay_numbers() {
        let text = |lang| String::from_utf8(list().to_csv(lang).unwrap()).unwrap();
        assert_eq!(
            text(Lang::En),
            "\u{feff}a,'=b\n'=HYPERLINK(1),-2.5\n\"x;\"\"y\"\"\",\n"
        );
        assert_eq!(
            text(Lang::Fr),
            "\u{feff}a;'=b\n'=HYPERLINK(1);-2,5\n\"x;\"\"y\"\"\";\n"
        );
    }

    #[test]
    fn the_same_list_gives_the_same_workbook() {
        let bytes = list().to_xlsx().unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, list().to_xlsx().unwrap());
    }
}
