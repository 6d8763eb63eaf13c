//! Delimited text: its encoding, what parts its fields, and its cells.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::ImportOptions;
use crate::import::encoding::{self, Decoded};
use crate::import::grid::{Arena, Cell, MAX_CELLS};
use crate::import::raw::Raw;
use crate::import::record::Records;
use crate::import::separator::{self, Chosen, Separators};

/// A cell with more line breaks than this has swallowed lines: its quotation mark was never closed.
const MAX_BREAKS: u32 = 50;

/// Bytes of the least part of a text that is read at the same time as others.
const LEAST_PART: usize = 1 << 20;

/// A delimited file as a table.
pub(crate) struct Delimited {
    /// Its cells.
    pub raw: Raw,
    /// Encoding, by its web name.
    pub encoding: String,
    /// Delimiter.
    pub delimiter: char,
    /// Mark around fields.
    pub quote: Option<char>,
    /// What was noticed about the file as a whole.
    pub issues: Vec<Issue>,
}

/// Reads the cells of a delimited file. Bytes that are owned become its text without being copied.
pub(crate) fn read(
    name: &str,
    bytes: Cow<'_, [u8]>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Delimited, Failure> {
    let mut issues = Vec::new();
    let mut chosen = Chosen::new(options.delimiter, options.quote)?;
    let decoded = encoding::decode(bytes, options.encoding.as_deref())?;
    check_text(name, &decoded)?;
    if decoded.n_replaced > 0 {
        issues.push(
            Issue::warning("replacement-characters")
                .with("n", decoded.n_replaced)
                .with("encoding", decoded.encoding.name()),
        );
    }
    if decoded.guessed {
        issues.push(Issue::note("encoding-guessed").with("encoding", decoded.encoding.name()));
    }
    let mut text = decoded.text;
    text.truncate(text.trim_end_matches('\u{1a}').len());
    if let Some((declared, n_bytes)) = separator::declared_delimiter(&text) {
        chosen.delimiter = chosen.delimiter.or(Some(declared));
        text.drain(..n_bytes);
    }
    task.check()?;
    let found = separator::find(&text, chosen).ok_or_else(|| single_column(name, &text))?;
    Ok(Delimited {
        raw: cells(text, found, chosen.quote.is_none(), task)?,
        encoding: decoded.encoding.name().to_owned(),
        delimiter: char::from(found.delimiter),
        quote: found.quote.map(char::from),
        issues,
    })
}

/// Refuses what is no text: zero bytes, control characters, too much that can't be decoded.
fn check_text(name: &str, decoded: &Decoded) -> Result<(), Failure> {
    let bytes = decoded.text.as_bytes();
    let n_zero = count(bytes, |byte| byte == 0);
    let is_control = |byte| matches!(byte, 1..=8 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F);
    let n_control = count(bytes, is_control);
    let n = bytes.len();
    if n_zero > 0 || n_control > 2 + n / 1_000 || decoded.n_replaced > 2 + n / 20 {
        return Err(Issue::error("file-not-text").with("file", name).into());
    }
    if decoded.text.trim().is_empty() {
        return Err(Issue::error("file-empty").with("file", name).into());
    }
    Ok(())
}

/// Bytes of a kind: counted in single bytes, of which a processor adds up many at a time.
fn count(bytes: &[u8], is_counted: impl Fn(u8) -> bool) -> usize {
    let few = |chunk: &[u8]| -> u8 { chunk.iter().map(|b| u8::from(is_counted(*b))).sum() };
    bytes
        .chunks(usize::from(u8::MAX))
        .map(|chunk| usize::from(few(chunk)))
        .sum()
}

fn single_column(name: &str, text: &str) -> Failure {
    let line: String = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    Issue::error("single-column")
        .with("file", name)
        .found(&line)
        .into()
}

/// The records of the text that hold something. The cells point into the text, which is kept. Quotation marks
/// that were found to be text are `told` where they open a field.
fn cells(
    text: String,
    separators: Separators,
    told: bool,
    task: &TaskHandle,
) -> Result<Raw, Failure> {
    let is_quoted = |quote: u8| text.as_bytes().contains(&quote);
    let parts = if separators.quote.is_some_and(is_quoted) {
        Vec::new()
    } else {
        parts(&text)
    };
    let read: Vec<Part> = parts
        .into_par_iter()
        .map(|part| Part::read(&text, part, separators, task))
        .collect::<Result<_, _>>()
        .or_else(|failure| match failure {
            Failure::Cancelled => Err(Failure::Cancelled),
            // Read in one, it fails with the place in the whole.
            Failure::Because(_) => Ok(Vec::new()),
        })?;
    let whole = match join(read).filter(|whole| whole.raw.n_stored() <= MAX_CELLS) {
        Some(whole) => whole,
        None => Part::read(&text, 0..text.len(), separators, task)?,
    };
    let mut raw = whole.raw;
    raw.issues.extend(whole.swallowed.finish());
    let mut open = Limited::default();
    for row in whole.open_rows {
        open.push(|| Issue::warning("quote-literal").at(row_place(row)));
    }
    raw.issues.extend(open.finish());
    let mut literal = Limited::default();
    for row in whole.literal_rows.into_iter().filter(|_| told) {
        literal.push(|| Issue::warning("quote-literal").at(row_place(row)));
    }
    raw.issues.extend(literal.finish());
    let mut text = text;
    text.push_str(&whole.resolved);
    raw.arena = Arc::new(Arena::of(text));
    Ok(raw)
}

/// Parts of a text that end with a line, for reading at the same time; none where there is only one.
fn parts(text: &str) -> Vec<Range<usize>> {
    let n = (text.len() / LEAST_PART).min(rayon::current_num_threads());
    let mut parts = Vec::new();
    let mut start = 0;
    for nth in 1..=n {
        let rough = (text.len() / n * nth).max(start);
        let line = text.as_bytes()[rough..].iter().position(|b| *b == b'\n');
        let end = line
            .filter(|_| nth < n)
            .map_or(text.len(), |at| rough + at + 1);
        parts.push(start..end);
        start = end;
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// The records of a part of the text.
struct Part {
    raw: Raw,
    /// Rows, blank ones included.
    n_rows: u32,
    /// Fields with quotation marks inside are not in the text as they read; these follow behind it.
    resolved: String,
    swallowed: Limited,
    open_rows: Vec<u32>,
    /// Rows of fields that a quotation mark opens where quotation marks are text, one for each field.
    literal_rows: Vec<u32>,
}

impl Part {
    fn read(
        text: &str,
        range: Range<usize>,
        separators: Separators,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let mut raw = Raw::new(None);
        let base = range.start;
        let own = text.get(range).unwrap_or_default();
        // The first part takes up the others.
        let lines = if base == 0 { text } else { own };
        raw.reserve(
            separators.width,
            count(lines.as_bytes(), |b| b == b'\n') + 1,
        );
        let mut records = Records::new(own, separators.delimiter, separators.quote);
        let mut fields = Vec::with_capacity(separators.width);
        let mut swallowed = Limited::default();
        let mut resolved = String::new();
        let may_be_literal = separators.quote.is_none() && own.contains('"');
        let mut literal_rows = Vec::new();
        let mut n = 0_usize;
        while let Some(row) = records.next(&mut fields) {
            n += 1;
            if n.is_multiple_of(4096) {
                task.check()?;
            }
            let mut is_begun = false;
            for (column, field) in fields.iter().enumerate() {
                if field.n_breaks > MAX_BREAKS {
                    let issue = Issue::warning("quote-unclosed").at(row_place(row));
                    swallowed.push(|| issue.with("n", field.n_breaks as usize));
                }
                if may_be_literal && own.as_bytes().get(field.start) == Some(&b'"') {
                    literal_rows.push(row);
                }
                let cell = match records.text_of(*field) {
                    Cow::Borrowed(read) => Arena::cell_of(read, base + field.start)?,
                    Cow::Owned(read) => {
                        let start = text.len() + resolved.len();
                        resolved.push_str(&read);
                        Arena::cell_of(&read, start)?
                    }
                };
                if cell == Cell::Empty {
                    continue;
                }
                if !is_begun {
                    is_begun = true;
                    raw.begin_row(row);
                    raw.n_fields
                        .push(u32::try_from(fields.len()).unwrap_or(u32::MAX));
                }
                raw.set(column, cell)?;
            }
        }
        raw.trim();
        Ok(Self {
            raw,
            n_rows: records.n_rows(),
            resolved,
            swallowed,
            open_rows: records.open_rows,
            literal_rows,
        })
    }
}

/// Parts without quotation marks, one after the other; `None` where there are none.
fn join(parts: Vec<Part>) -> Option<Part> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        let n_rows = whole.n_rows;
        whole.raw.append(part.raw, n_rows);
        let rows = part.literal_rows.into_iter().map(|row| row + n_rows);
        whole.literal_rows.extend(rows);
        whole.n_rows += part.n_rows;
    }
    Some(whole)
}

fn row_place(row: u32) -> Place {
    Place {
        row: Some(row),
        ..Place::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Delimited {
        read(
            "test.csv",
            Cow::Borrowed(bytes),
            &ImportOptions::default(),
            &TaskHandle::unattended(),
        )
        .unwrap()
    }

    fn headers(read: &Delimited) -> Vec<String> {
        let raw = &read.raw;
        (0..raw.columns.len())
            .filter_map(|column| Some(raw.text(0, column)?.into_owned()))
            .collect()
    }

    fn refused(bytes: &[u8]) -> String {
        let read = read(
            "test.csv",
            Cow::Borrowed(bytes),
            &ImportOptions::default(),
            &TaskHandle::unattended(),
        );
        read.err()
            .map(|failure| failure.issue().code)
            .unwrap_or_default()
    }

    #[test]
    fn the_delimiter_is_the_one_that_all_records_agree_on() {
        assert_eq!(of(b"id;eva\nA;7,5\nB;6,0\n").delimiter, ';');
        assert_eq!(of(b"id,name\n1,\"a;b;c\"\n2,\"d;e;f\"\n").delimiter, ',');
        assert_eq!(of(b"id\tx\n1\t2\n").delimiter, '\t');
        assert_eq!(of(b"id|x\n1|2\n").delimiter, '|');
        assert_eq!(of(b"sep=|\r\nid|x;y\r\n1|2;3\r\n").delimiter, '|');
        assert_eq!(refused(b"id\n1\n2\n"), "single-column");
        assert_eq!(refused(b"id;x\n1;\x00\n"), "file-not-text");
    }

    #[test]
    fn encodings_are_found() {
        let french = b"Num\xe9ro;Dur\xe9e_ann\xe9es;Op\xe9r\xe9\n1;7,5;Oui\n2;3,5;Non\n";
        let read = of(french);
        assert_eq!(read.encoding, "windows-1252");
        assert_eq!(headers(&read), ["Numéro", "Durée_années", "Opéré"]);
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend("é;b\n1;2\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(headers(&of(&utf16)), ["é", "b"]);
        assert_eq!(of(&utf16).encoding, "UTF-16LE");
        let bare: Vec<u8> = "id;b\n1;2\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(headers(&of(&bare)), ["id", "b"]);
        assert_eq!(headers(&of("\u{feff}é;b\n1;2\n".as_bytes())), ["é", "b"]);
    }

    #[test]
    fn quotation_marks_that_are_text_are_named() {
        let rows = |bytes: &[u8]| -> Vec<Option<u32>> {
            let issues = of(bytes).raw.issues;
            let told = issues.iter().filter(|issue| issue.code == "quote-literal");
            told.map(|issue| issue.place.row).collect()
        };
        assert_eq!(rows(b"id;x\n1;a\n2;\"b\n3;c\n"), [Some(3)]);
        assert!(rows(b"id;x\n1;a\n2;\"b\"\n3;c\n").is_empty());
    }

    #[test]
    fn a_long_text_is_read_in_parts_as_in_one() {
        let mut text = "id;a;b\n".to_owned();
        for n in 0..300_000 {
            let blank = if n % 7 == 0 { "\r\n\n" } else { "\n" };
            let last = if n > 250_000 { ";x" } else { "" };
            text.push_str(&format!(
                "P{n};{};é{last}{blank}",
                if n % 3 == 0 { "" } else { "7,5" }
            ));
        }
        let separators = Separators {
            delimiter: b';',
            quote: Some(b'"'),
            width: 3,
        };
        let task = TaskHandle::unattended();
        let whole = Part::read(&text, 0..text.len(), separators, &task)
            .unwrap()
            .raw;
        let middle = text.len() / 2 + text[text.len() / 2..].find('\n').unwrap() + 1;
        let of = |range| Part::read(&text, range, separators, &task).unwrap();
        let joined = join(vec![of(0..middle), of(middle..text.len())])
            .unwrap()
            .raw;
        for read in [
            joined,
            cells(text.clone(), separators, true, &task).unwrap(),
        ] {
            assert_eq!(read.rows, whole.rows);
            assert_eq!(read.n_fields, whole.n_fields);
            assert!(read.columns == whole.columns);
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let read = of(b"# a note\n\nid;text;x\n1;\"two\nlines\";3\n\n2;b;4\n;;\n3;c;5;6\n4\n");
        assert_eq!(read.raw.rows, [1, 3, 4, 6, 8, 9]);
        assert_eq!(read.raw.n_fields, [1, 3, 3, 3, 4, 1]);
    }
}
