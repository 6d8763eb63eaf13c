//! Delimited text: its encoding, what parts its fields, and its cells.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};
use rayon::slice::ParallelSlice as _;

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::ImportOptions;
use crate::import::encoder::{Encoder, Entry};
use crate::import::encoding::{self, Decoded};
use crate::import::grid::{Arena, MAX_CELLS, MAX_COLUMNS};
use crate::import::raw::Raw;
use crate::import::record::{Field, MAX_TEXT, Records};
use crate::import::separator::{self, Chosen, Separators};

/// A cell with more line breaks than this has swallowed lines: its quotation mark was never closed.
const MAX_BREAKS: usize = 50;

/// Bytes of a part of a text that is split at the same time as others, before the columns take the fields
/// up: so many stay near the processor.
const PART: usize = 1 << 19;
/// Fields that are split together where they can't be split in parts.
const BLOCK: usize = 1 << 16;

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
    bytes.par_chunks(PART).map(many).sum()
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
    if text.len() >= MAX_TEXT {
        return Err(too_large("table-too-large", text.len(), MAX_CELLS));
    }
    let delimiter = separators.delimiter;
    let is_there = |quote: &u8| text.as_bytes().contains(quote);
    let quote = separators.quote.filter(is_there);
    let literal = separators.quote.is_none() && told && text.contains('"');
    let mut lines = Lines::new(text, separators);
    let mut open_rows = Vec::new();
    if quote.is_some() {
        // Only from the beginning is it known what stands inside quotation marks.
        let mut records = Records::new(text, delimiter, quote);
        let mut block = [Block::default()];
        loop {
            task.check()?;
            block[0].fill(&mut records, BLOCK, literal);
            if block[0].rows.is_empty() {
                break;
            }
            lines.add(&block)?;
        }
        open_rows = records.open_rows;
    } else {
        let n_threads = rayon::current_num_threads();
        let mut blocks: Vec<Block<'_>> = std::iter::repeat_with(Block::default)
            .take(n_threads)
            .collect();
        for parts in parts(text).chunks(n_threads) {
            task.check()?;
            blocks.truncate(parts.len());
            blocks.par_iter_mut().zip(parts).for_each(|(block, part)| {
                let mut records = Records::new(part, delimiter, quote);
                block.fill(&mut records, usize::MAX, literal);
            });
            lines.add(&blocks)?;
        }
    }
    let mut raw = Raw::new(None);
    raw.issues.extend(lines.swallowed.finish());
    for rows in [open_rows, lines.literal_rows] {
        let mut marks = Limited::default();
        for row in rows {
            marks.push(|| Issue::warning("quote-literal").at(row_place(row)));
        }
        raw.issues.extend(marks.finish());
    }
    raw.rows = lines.rows;
    raw.n_fields = lines.n_fields;
    let mut arena = Arena::with_capacity(lines.columns.iter().map(Encoder::n_bytes).sum());
    for column in lines.columns {
        raw.columns.push(column.finish(&mut arena)?);
    }
    while raw.columns.pop_if(|cells| cells.len() == 0).is_some() {}
    raw.arena = Arc::new(arena);
    Ok(raw)
}

/// Parts of a text that end with a line, which are split at the same time.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let after = rest.as_bytes().get(PART..).unwrap_or_default();
        let end = after.iter().position(|b| *b == b'\n');
        let (part, others) = rest.split_at(end.map_or(rest.len(), |at| PART + at + 1));
        parts.push(part);
        rest = others;
    }
    parts
}

/// Records that were split, before their columns take them up.
#[derive(Default)]
struct Block<'a> {
    text: &'a str,
    quote: Option<u8>,
    fields: Vec<Field>,
    /// Row of each record that holds something, from the first on.
    rows: Vec<u32>,
    /// Where the fields of each record begin, and the end of the last.
    bounds: Vec<usize>,
    /// Rows, blank ones included.
    n_rows: u32,
    /// Rows of fields that swallowed lines, and how many.
    swallowed: Vec<(u32, usize)>,
    /// Rows of fields that a quotation mark opens where quotation marks are text, one for each field.
    literal_rows: Vec<u32>,
}

impl<'a> Block<'a> {
    /// Takes the next records of a text, up to so many fields, in place of those before; `literal`: fields that
    /// a quotation mark opens are noted.
    fn fill(&mut self, records: &mut Records<'a>, most: usize, literal: bool) {
        let before = records.n_rows();
        (self.text, self.quote) = (records.text, records.quote);
        self.fields.clear();
        self.rows.clear();
        self.bounds.clear();
        self.bounds.push(0);
        self.swallowed.clear();
        self.literal_rows.clear();
        while self.fields.len() < most
            && let Some((row, first)) = records.next(&mut self.fields)
        {
            let row = row - before;
            let many = records.breaks.iter().filter(|n| **n > MAX_BREAKS);
            self.swallowed.extend(many.map(|n| (row, *n)));
            let record = &self.fields[first..];
            if literal {
                let bytes = self.text.as_bytes();
                let opens = |field: &&Field| bytes.get(field.start()) == Some(&b'"');
                let n = record.iter().filter(opens).count();
                self.literal_rows.extend(std::iter::repeat_n(row, n));
            }
            let holds = |field: &Field| field.holds_something(self.text, self.quote);
            if record.iter().any(holds) {
                self.rows.push(row);
                self.bounds.push(self.fields.len());
            } else {
                self.fields.truncate(first);
            }
        }
        self.n_rows = records.n_rows() - before;
    }

    /// Gives a column its fields; the first record is line `first_line`.
    fn encode(
        &self,
        column: usize,
        first_line: usize,
        encoder: &mut Encoder,
    ) -> Result<(), Failure> {
        let lines = self.records().zip(first_line..);
        let fields = lines.filter_map(|(record, line)| Some((*record.get(column)?, line)));
        let entry = |(field, line): (Field, usize)| Entry {
            line,
            start: field.start(),
            end: field.end(),
        };
        let is_plain = |(field, _): &(Field, usize)| !field.is_quoted_inside();
        if self.quote.is_some() {
            for (field, line) in fields.clone().filter(|field| !is_plain(field)) {
                let text = field.text(self.text, self.quote);
                let (start, end) = (0, text.len());
                encoder.push(&text, Entry { line, start, end })?;
            }
        }
        let plain = fields.filter(|field| is_plain(field) && field.0.start() < field.0.end());
        encoder.extend(self.text, plain.map(entry))
    }

    /// The fields of each record.
    fn records(&self) -> impl Iterator<Item = &[Field]> + Clone {
        let bounds = self.bounds.windows(2);
        bounds.map(|bounds| &self.fields[bounds[0]..bounds[1]])
    }
}

/// The columns while records come in.
struct Lines {
    columns: Vec<Encoder>,
    /// Row of each record that holds something, and its number of fields.
    rows: Vec<u32>,
    n_fields: Vec<u32>,
    /// Rows of the parts so far, blank ones included.
    n_rows: u32,
    swallowed: Limited,
    literal_rows: Vec<u32>,
}

impl Lines {
    fn new(text: &str, separators: Separators) -> Self {
        let n_columns = separators.width.min(MAX_COLUMNS);
        let n_lines = count(text.as_bytes(), |b| b == b'\n') + 1;
        let n_lines = n_lines.min(MAX_CELLS / n_columns.max(1));
        let column = || Encoder::with_capacity(n_lines);
        Self {
            columns: std::iter::repeat_with(column).take(n_columns).collect(),
            rows: Vec::with_capacity(n_lines),
            n_fields: Vec::with_capacity(n_lines),
            n_rows: 0,
            swallowed: Limited::default(),
            literal_rows: Vec::new(),
        }
    }

    /// Adds blocks: parts of a text that follow one another, or one of the records of a whole text.
    fn add(&mut self, blocks: &[Block<'_>]) -> Result<(), Failure> {
        let mut first_lines = Vec::with_capacity(blocks.len());
        let mut width = self.columns.len();
        for block in blocks {
            first_lines.push(self.rows.len());
            let row_in_text = |row: u32| row.saturating_add(self.n_rows);
            self.rows
                .extend(block.rows.iter().copied().map(row_in_text));
            let literal = block.literal_rows.iter().copied();
            self.literal_rows.extend(literal.map(row_in_text));
            for &(row, n) in &block.swallowed {
                let issue = || Issue::warning("quote-unclosed").with("n", n);
                self.swallowed.push(|| issue().at(row_place(row)));
            }
            for record in block.records() {
                width = width.max(record.len());
                self.n_fields.push(record.len() as u32);
            }
            if width > MAX_COLUMNS {
                let holds = |field: &Field| field.holds_something(block.text, block.quote);
                let beyond = |record: &[Field]| record.iter().skip(MAX_COLUMNS).position(holds);
                if let Some(at) = block.records().find_map(beyond) {
                    let n = MAX_COLUMNS + at + 1;
                    return Err(too_large("too-many-columns", n, MAX_COLUMNS));
                }
            }
            self.n_rows = self.n_rows.saturating_add(block.n_rows);
        }
        self.columns
            .resize_with(width.min(MAX_COLUMNS), Encoder::default);
        self.encode(blocks, &first_lines)
    }

    /// Every column takes its fields up, several columns at the same time.
    fn encode(&mut self, blocks: &[Block<'_>], first_lines: &[usize]) -> Result<(), Failure> {
        let n_stored = AtomicUsize::new(self.columns.iter().map(Encoder::len).sum());
        let columns = self.columns.par_iter_mut().enumerate();
        columns.try_for_each(|(column, encoder)| {
            let before = encoder.len();
            for (block, first_line) in blocks.iter().zip(first_lines) {
                block.encode(column, *first_line, encoder)?;
            }
            let more = encoder.len() - before;
            let n = n_stored.fetch_add(more, Ordering::Relaxed) + more;
            if n > MAX_CELLS {
                return Err(too_large("table-too-large", n, MAX_CELLS));
            }
            Ok(())
        })
    }
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
        let in_parts = cells(&text, separators, true, &task).unwrap();
        assert!(parts(&text).len() > 5 && parts(&text).concat() == text);
        // One quoted field more, and nothing is known before what stands before it.
        text.push_str("P;\"7\";é;x\n");
        let in_one = cells(&text, separators, true, &task).unwrap();
        let n = in_parts.rows.len();
        assert_eq!((n, in_one.rows.len()), (300_001, 300_002));
        assert!(in_one.rows[..n] == in_parts.rows && in_one.n_fields[..n] == in_parts.n_fields);
        for column in 0..4 {
            let same = |line| in_one.text(line, column) == in_parts.text(line, column);
            assert!((0..n).all(same), "{column}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let read = of(b"# a note\n\nid;text;x\n1;\"two\nlines\";3\n\n2;b;4\n;;\n3;c;5;6\n4\n");
        assert_eq!(read.raw.rows, [1, 3, 4, 6, 8, 9]);
        assert_eq!(read.raw.n_fields, [1, 3, 3, 3, 4, 1]);
    }
}
