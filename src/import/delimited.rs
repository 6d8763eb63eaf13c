//! Delimited text: its encoding, what parts its fields, and its cells.

use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefMutIterator as _,
    ParallelIterator as _,
};
use rayon::slice::ParallelSlice as _;

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::ImportOptions;
use crate::import::encoding::{self, Decoded};
use crate::import::encoder::{Encoder, Entry};
use crate::import::grid::{Arena, MAX_CELLS, MAX_COLUMNS};
use crate::import::raw::Raw;
use crate::import::record::{Field, Records};
use crate::import::separator::{self, Chosen, Separators};

/// A cell with more line breaks than this has swallowed lines: its quotation mark was never closed.
const MAX_BREAKS: u32 = 50;

/// Bytes of the least part of a text that is read at the same time as others.
const LEAST_PART: usize = 1 << 20;
/// Fields that are split before their columns take them up: so many stay near the processor.
const BLOCK: usize = 1 << 14;

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

/// Reads the cells of a delimited file.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
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
    let mut text = decoded.text.trim_end_matches('\u{1a}');
    if let Some((declared, n_bytes)) = separator::declared_delimiter(text) {
        chosen.delimiter = chosen.delimiter.or(Some(declared));
        text = text.get(n_bytes..).unwrap_or_default();
    }
    task.check()?;
    let found = separator::find(text, chosen).ok_or_else(|| single_column(name, text))?;
    Ok(Delimited {
        raw: cells(text, found, chosen.quote.is_none(), task)?,
        encoding: decoded.encoding.name().to_owned(),
        delimiter: char::from(found.delimiter),
        quote: found.quote.map(char::from),
        issues,
    })
}

/// Refuses what is no text: zero bytes, control characters, too much that can't be decoded.
fn check_text(name: &str, decoded: &Decoded<'_>) -> Result<(), Failure> {
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
fn count(bytes: &[u8], is_counted: impl Fn(u8) -> bool + Sync) -> usize {
    let few = |chunk: &[u8]| -> u8 { chunk.iter().map(|b| u8::from(is_counted(*b))).sum() };
    let many = |part: &[u8]| -> usize {
        let chunks = part.chunks(usize::from(u8::MAX));
        chunks.map(|chunk| usize::from(few(chunk))).sum()
    };
    bytes.par_chunks(LEAST_PART).map(many).sum()
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

/// The records of the text that hold something. Quotation marks that were found to be text are `told` where
/// they open a field.
fn cells(
    text: &str,
    separators: Separators,
    told: bool,
    task: &TaskHandle,
) -> Result<Raw, Failure> {
    let is_quoted = |quote: u8| text.as_bytes().contains(&quote);
    let parts = if separators.quote.is_some_and(is_quoted) {
        Vec::new()
    } else {
        parts(text)
    };
    let read: Vec<Part> = parts
        .into_par_iter()
        .map(|part| Part::read(text, part, separators, task))
        .collect::<Result<_, _>>()
        .or_else(|failure| match failure {
            Failure::Cancelled => Err(Failure::Cancelled),
            // Read in one, it fails with the place in the whole.
            Failure::Because(_) => Ok(Vec::new()),
        })?;
    let whole = match join(read)?.filter(|whole| whole.n_stored() <= MAX_CELLS) {
        Some(whole) => whole,
        None => Part::read(text, 0..text.len(), separators, task)?,
    };
    let mut raw = Raw::new(None);
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
    raw.rows = whole.rows;
    raw.n_fields = whole.n_fields;
    let mut arena = Arena::with_capacity(whole.columns.iter().map(Encoder::n_bytes).sum());
    for column in whole.columns {
        raw.columns.push(column.finish(&mut arena)?);
    }
    raw.arena = Arc::new(arena);
    Ok(raw)
}

/// Parts of a text that end with a line, for reading at the same time; none where there is only one.
fn parts(text: &str) -> Vec<Range<usize>> {
    // More than are read at the same time: the thread that is done first takes the next.
    let n = (text.len() / LEAST_PART).min(2 * rayon::current_num_threads());
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
#[derive(Default)]
struct Part {
    /// Columns, without the last ones in which nothing stands.
    columns: Vec<Encoder>,
    /// Row of each record that holds something, and its number of fields.
    rows: Vec<u32>,
    n_fields: Vec<u32>,
    /// Rows, blank ones included.
    n_rows: u32,
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
        // The first part takes up the others.
        let is_first = range.start == 0;
        let own = text.get(range).unwrap_or_default();
        let lines = if is_first { text } else { own };
        let n_lines = count(lines.as_bytes(), |b| b == b'\n') + 1;
        let mut part = Self::with_capacity(separators.width, n_lines);
        let mut records = Records::new(own, separators.delimiter, separators.quote);
        let marks = Marks {
            quoted: separators.quote.is_some_and(|quote| own.as_bytes().contains(&quote)),
            literal: separators.quote.is_none() && own.contains('"'),
        };
        let mut fields: Vec<Field> = Vec::with_capacity(2 * BLOCK);
        let mut ends: Vec<usize> = Vec::new();
        loop {
            task.check()?;
            fields.clear();
            ends.clear();
            while fields.len() < BLOCK
                && let Some((row, record)) = records.next(&mut fields)
            {
                part.note(row, own, &fields[record..], marks);
                if !fields[record..].iter().any(|field| records.holds_something(field)) {
                    fields.truncate(record);
                    continue;
                }
                part.rows.push(row);
                let n_fields = fields.len() - record;
                part.n_fields.push(u32::try_from(n_fields).unwrap_or(u32::MAX));
                ends.push(fields.len());
            }
            if ends.is_empty() {
                break;
            }
            part.encode(&records, own, &fields, &ends)?;
        }
        while part.columns.pop_if(|column| column.len() == 0).is_some() {}
        part.n_rows = records.n_rows();
        part.open_rows = records.open_rows;
        Ok(part)
    }

    fn with_capacity(n_columns: usize, n_lines: usize) -> Self {
        let n_columns = n_columns.min(MAX_COLUMNS);
        let n_lines = n_lines.min(MAX_CELLS / n_columns.max(1));
        let column = || Encoder::with_capacity(n_lines);
        Self {
            columns: std::iter::repeat_with(column).take(n_columns).collect(),
            ..Self::default()
        }
    }

    /// Notes what is unusual about the quotation marks of a record.
    fn note(&mut self, row: u32, text: &str, record: &[Field], marks: Marks) {
        if marks.quoted {
            for field in record.iter().filter(|field| field.n_breaks > MAX_BREAKS) {
                let issue = Issue::warning("quote-unclosed").at(row_place(row));
                let n = field.n_breaks as usize;
                self.swallowed.push(|| issue.with("n", n));
            }
        }
        if marks.literal {
            let opens = |field: &&Field| text.as_bytes().get(field.start) == Some(&b'"');
            let n = record.iter().filter(opens).count();
            self.literal_rows.extend(std::iter::repeat_n(row, n));
        }
    }

    /// Adds records, whose fields end at `ends`, column by column.
    fn encode(
        &mut self,
        records: &Records<'_>,
        text: &str,
        fields: &[Field],
        ends: &[usize],
    ) -> Result<(), Failure> {
        let first_line = self.rows.len() - ends.len();
        let starts = || std::iter::once(0).chain(ends.iter().copied());
        let width = starts().zip(ends).map(|(start, end)| end - start).max();
        let width = width.unwrap_or(0);
        if width > MAX_COLUMNS {
            let beyond = starts().zip(ends).find_map(|(start, end)| {
                let mut beyond = fields[start..*end].iter().skip(MAX_COLUMNS);
                let filled = beyond.position(|field| records.holds_something(field));
                filled.map(|at| at + MAX_COLUMNS)
            });
            if let Some(column) = beyond {
                return Err(too_large("too-many-columns", column + 1, MAX_COLUMNS));
            }
        }
        let mut n_stored = self.n_stored();
        let mut entries = Vec::with_capacity(ends.len());
        for column in 0..width.min(MAX_COLUMNS) {
            if column == self.columns.len() {
                self.columns.push(Encoder::default());
            }
            let encoder = &mut self.columns[column];
            let before = encoder.len();
            entries.clear();
            for ((start, end), line) in starts().zip(ends).zip(first_line..) {
                let Some(field) = fields[start..*end].get(column) else {
                    continue;
                };
                let (start, end) = (field.start, field.end);
                if field.quoted_inside {
                    let resolved = records.text_of(*field);
                    let (start, end) = (0, resolved.len());
                    encoder.push(&resolved, Entry { line, start, end })?;
                } else if start < end {
                    entries.push(Entry { line, start, end });
                }
            }
            encoder.extend(text, &entries)?;
            n_stored += encoder.len() - before;
            if n_stored > MAX_CELLS {
                return Err(too_large("table-too-large", n_stored, MAX_CELLS));
            }
        }
        Ok(())
    }

    /// Cells that are held, empty ones before filled ones included.
    fn n_stored(&self) -> usize {
        self.columns.iter().map(Encoder::len).sum()
    }

    /// Adds a later part.
    fn append(&mut self, other: Self) -> Result<(), Failure> {
        let (n_lines, n_rows) = (self.rows.len(), self.n_rows);
        let moved = |row: u32| row.saturating_add(n_rows);
        self.rows.extend(other.rows.into_iter().map(moved));
        self.n_fields.extend(other.n_fields);
        self.literal_rows.extend(other.literal_rows.into_iter().map(moved));
        self.n_rows += other.n_rows;
        if self.columns.len() < other.columns.len() {
            self.columns.resize_with(other.columns.len(), Encoder::default);
        }
        self.columns
            .par_iter_mut()
            .zip(other.columns)
            .try_for_each(|(own, column)| own.append(&column, n_lines))
    }
}

/// Quotation marks in a part of the text: around fields, or as text.
#[derive(Clone, Copy)]
struct Marks {
    quoted: bool,
    literal: bool,
}

/// Parts without quotation marks, one after the other; `None` where there are none.
fn join(parts: Vec<Part>) -> Result<Option<Part>, Failure> {
    let mut parts = parts.into_iter();
    let Some(mut whole) = parts.next() else {
        return Ok(None);
    };
    for part in parts {
        whole.append(part)?;
    }
    Ok(Some(whole))
}

fn too_large(code: &str, n: usize, limit: usize) -> Failure {
    Issue::error(code).with("n", n).with("limit", limit).into()
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
            bytes,
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
            bytes,
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
        let lines = |part: Part| -> (Vec<u32>, Vec<u32>, Vec<Vec<String>>) {
            let Part { columns, rows, n_fields, .. } = part;
            let texts = |column: Encoder| {
                let mut arena = Arena::default();
                let cells = column.finish(&mut arena).unwrap();
                let text = |cell| arena.cell_text(cell).unwrap_or_default().into_owned();
                cells.iter().map(text).collect()
            };
            (rows, n_fields, columns.into_iter().map(texts).collect())
        };
        let whole = lines(Part::read(&text, 0..text.len(), separators, &task).unwrap());
        let middle = text.len() / 2 + text[text.len() / 2..].find('\n').unwrap() + 1;
        let of = |range| Part::read(&text, range, separators, &task).unwrap();
        let joined = join(vec![of(0..middle), of(middle..text.len())])
            .unwrap()
            .unwrap();
        assert!(lines(joined) == whole);
        let read = cells(&text, separators, true, &task).unwrap();
        assert_eq!((&read.rows, &read.n_fields), (&whole.0, &whole.1));
        assert_eq!(read.text(200_001, 0).unwrap(), whole.2[0][200_001]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let read = of(b"# a note\n\nid;text;x\n1;\"two\nlines\";3\n\n2;b;4\n;;\n3;c;5;6\n4\n");
        assert_eq!(read.raw.rows, [1, 3, 4, 6, 8, 9]);
        assert_eq!(read.raw.n_fields, [1, 3, 3, 3, 4, 1]);
    }
}
