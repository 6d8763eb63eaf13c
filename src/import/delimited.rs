//! Delimited text: encoding, delimiter, and the table in it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::Limited;
use crate::import::ImportOptions;
use crate::import::raw::Raw;

/// Delimiters that are looked for, in the order of preference.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// Records that are looked at to find the delimiter.
const SAMPLE_RECORDS: usize = 1_000;
/// Bytes that are looked at to find the delimiter.
const SAMPLE_BYTES: usize = 1 << 20;
/// A cell with more line breaks than this has swallowed lines: its quotation mark was never closed.
const MAX_BREAKS: usize = 50;

/// A delimited file as a table.
pub(crate) struct Delimited {
    /// Its cells.
    pub raw: Raw,
    /// Encoding, by its web name.
    pub encoding: String,
    /// Delimiter.
    pub delimiter: char,
    /// What was noticed about the file as a whole.
    pub issues: Vec<Issue>,
}

/// Reads the table of a delimited file.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Delimited, Failure> {
    let mut issues = Vec::new();
    let decoded = decode(bytes, options.encoding.as_deref())?;
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
    let mut text: &str = decoded.text.trim_end_matches('\u{1a}');
    let old_mac;
    if text.contains('\r') && !text.contains('\n') {
        old_mac = text.replace('\r', "\n");
        text = &old_mac;
    }
    let mut chosen = options.delimiter.map(delimiter_byte).transpose()?;
    if let Some((declared, rest)) = declared_delimiter(text) {
        chosen = chosen.or(Some(declared));
        text = rest;
    }
    task.check()?;
    let (delimiter, width) = match chosen {
        Some(delimiter) => (delimiter, usual_width(&field_counts(text, delimiter)).0),
        None => find_delimiter(text).ok_or_else(|| single_column(name, text))?,
    };
    if width < 2 {
        return Err(single_column(name, text));
    }
    Ok(Delimited {
        raw: cells(text, delimiter, task)?,
        encoding: decoded.encoding.name().to_owned(),
        delimiter: char::from(delimiter),
        issues,
    })
}

struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    n_replaced: usize,
    guessed: bool,
}

/// BOM, then what the user says, then strict UTF-8, then a guess.
fn decode<'a>(bytes: &'a [u8], chosen: Option<&str>) -> Result<Decoded<'a>, Failure> {
    let (encoding, body, guessed) = match (chosen, Encoding::for_bom(bytes)) {
        (Some(label), bom) => {
            let unknown = || Failure::from(Issue::error("encoding-unknown").found(label));
            let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
            let skip = bom
                .filter(|(found, _)| *found == encoding)
                .map_or(0, |(_, n)| n);
            (encoding, &bytes[skip..], false)
        }
        (None, Some((encoding, n))) => (encoding, &bytes[n..], false),
        (None, None) => {
            if let Some(encoding) = utf16_without_bom(bytes) {
                (encoding, bytes, true)
            } else if let Ok(text) = std::str::from_utf8(bytes) {
                let text = Cow::Borrowed(text);
                return Ok(Decoded {
                    text,
                    encoding: UTF_8,
                    n_replaced: 0,
                    guessed: false,
                });
            } else if is_damaged_utf8(bytes) {
                (UTF_8, bytes, false)
            } else {
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                detector.feed(bytes, true);
                (detector.guess(None, Utf8Detection::Deny), bytes, true)
            }
        }
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    let n_replaced = if had_errors {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    Ok(Decoded {
        text,
        encoding,
        n_replaced,
        guessed,
    })
}

/// UTF-16 shows in text of the Latin script: every second byte is zero.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let n_zero = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (high, low) = (n_zero(0), n_zero(1));
    match (high * 10 > pairs * 7, low * 10 > pairs * 7) {
        (true, false) if low == 0 => Some(UTF_16BE),
        (false, true) if high == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// UTF-8 with a few broken bytes: far more whole characters than broken ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_whole, mut n_broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_broken > 0 && n_whole >= 10 * n_broken
}

/// Refuses what is no text: zero bytes, control characters, too much that can't be decoded.
fn check_text(name: &str, decoded: &Decoded<'_>) -> Result<(), Failure> {
    let mut n_control = 0_usize;
    let mut n_zero = 0_usize;
    for byte in decoded.text.bytes() {
        n_zero += usize::from(byte == 0);
        n_control += usize::from(matches!(byte, 1..=8 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F));
    }
    let n = decoded.text.len();
    if n_zero > 0 || n_control > 2 + n / 1_000 || decoded.n_replaced > 2 + n / 20 {
        return Err(Issue::error("file-not-text").with("file", name).into());
    }
    if decoded.text.trim().is_empty() {
        return Err(Issue::error("file-empty").with("file", name).into());
    }
    Ok(())
}

fn delimiter_byte(delimiter: char) -> Result<u8, Failure> {
    u8::try_from(delimiter)
        .ok()
        .filter(|b| {
            b.is_ascii()
                && !b.is_ascii_alphanumeric()
                && !matches!(b, b'"' | b'\n' | b'\r' | b'.' | b'-')
        })
        .ok_or_else(|| {
            Issue::error("delimiter-unknown")
                .found(&delimiter.to_string())
                .into()
        })
}

/// Excel's first line `sep=;` and the text after it.
fn declared_delimiter(text: &str) -> Option<(u8, &str)> {
    let rest = text
        .strip_prefix("sep=")
        .or_else(|| text.strip_prefix("SEP="))?;
    let (line, rest) = rest.split_once('\n')?;
    let mut characters = line.trim_end_matches('\r').chars();
    let delimiter = delimiter_byte(characters.next()?).ok()?;
    characters.next().is_none().then_some((delimiter, rest))
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

/// Fields of each record of the head of a text, quotes respected; blank records are left out.
fn field_counts(text: &str, delimiter: u8) -> Vec<usize> {
    let (mut counts, mut fields, mut blank) = (Vec::new(), 1, true);
    let (mut quoted, mut at_start) = (false, true);
    for &byte in text.as_bytes().iter().take(SAMPLE_BYTES) {
        match byte {
            b'"' if at_start || quoted => quoted = !quoted,
            _ if quoted => {}
            b'\n' => {
                if !blank {
                    counts.push(fields);
                    if counts.len() == SAMPLE_RECORDS {
                        return counts;
                    }
                }
                (fields, blank, at_start) = (1, true, true);
                continue;
            }
            _ if byte == delimiter => {
                fields += 1;
                blank = false;
                at_start = true;
                continue;
            }
            _ => blank &= byte.is_ascii_whitespace(),
        }
        blank &= byte.is_ascii_whitespace();
        at_start = false;
    }
    if !blank {
        counts.push(fields);
    }
    counts
}

/// The usual number of fields, and the share of records from the first such on that have it.
fn usual_width(counts: &[usize]) -> (usize, f64) {
    let mut tally = std::collections::BTreeMap::<usize, usize>::new();
    for &n in counts {
        *tally.entry(n).or_default() += 1;
    }
    // The first record has the say where counts tie: it is the header.
    let first = counts.iter().copied().find(|n| *n >= 2).unwrap_or(1);
    let Some((&width, _)) = tally
        .iter()
        .filter(|(n, _)| **n >= 2)
        .max_by_key(|(n, records)| (**records, **n == first, **n))
    else {
        return (1, 0.0);
    };
    let start = counts.iter().position(|n| *n == width).unwrap_or(0);
    let rest = &counts[start..];
    let share = rest.iter().filter(|n| **n == width).count() as f64 / rest.len() as f64;
    // Lines above the header are rare: a delimiter that is not in the first line is less likely one.
    let late = match start {
        0 => 1.0,
        1..=10 => 0.85,
        _ => 0.5,
    };
    (width, share * late)
}

/// The delimiter whose records agree best on their number of fields, and that number.
fn find_delimiter(text: &str) -> Option<(u8, usize)> {
    let mut best: Option<(f64, u8, usize)> = None;
    for delimiter in DELIMITERS {
        let (width, share) = usual_width(&field_counts(text, delimiter));
        // A little more for more columns: of two that agree equally well, the wider is the table.
        let score = share + 0.02 * (width as f64).ln().min(5.0);
        if width >= 2 && share >= 0.3 && best.is_none_or(|(other, ..)| score > other + 1e-9) {
            best = Some((score, delimiter, width));
        }
    }
    best.map(|(_, delimiter, width)| (delimiter, width))
}

/// The records of the text that hold something.
fn cells(text: &str, delimiter: u8, task: &TaskHandle) -> Result<Raw, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Lines {
        text,
        record: csv::StringRecord::new(),
        start: 0,
        n_breaks: 0,
    };
    let mut raw = Raw::new(None);
    let mut swallowed = Limited::default();
    let mut n = 0_usize;
    while let Some(row) = lines.next(&mut reader)? {
        n += 1;
        if n.is_multiple_of(4096) {
            task.check()?;
        }
        push(&mut raw, row, &lines.record, &mut swallowed)?;
    }
    raw.issues.extend(swallowed.finish());
    Ok(raw)
}

/// Records with the row that a spreadsheet would show: blank lines count, line breaks inside quotes do not.
///
/// The reader's own line numbers are late by what it skips: the second half of a line end, blank lines.
struct Lines<'a> {
    text: &'a str,
    record: csv::StringRecord,
    /// Where the last record starts.
    start: usize,
    /// Line breaks before it, less those inside the quotes of earlier records.
    n_breaks: usize,
}

impl Lines<'_> {
    fn next(&mut self, reader: &mut csv::Reader<&[u8]>) -> Result<Option<u32>, Failure> {
        let inside: usize = self.record.iter().map(n_breaks).sum();
        let more = reader
            .read_record(&mut self.record)
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        if !more {
            return Ok(None);
        }
        let bytes = self.text.as_bytes();
        let mut start = self
            .record
            .position()
            .map_or(0, |position| position.byte() as usize)
            .min(bytes.len());
        start += bytes[start..]
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let passed = bytes.get(self.start..start).unwrap_or_default();
        self.n_breaks += passed.iter().filter(|b| **b == b'\n').count();
        self.n_breaks = self.n_breaks.saturating_sub(inside);
        self.start = start;
        Ok(Some(u32::try_from(self.n_breaks + 1).unwrap_or(u32::MAX)))
    }
}

fn n_breaks(field: &str) -> usize {
    field.bytes().filter(|b| *b == b'\n').count()
}

fn push(
    raw: &mut Raw,
    row: u32,
    record: &csv::StringRecord,
    swallowed: &mut Limited,
) -> Result<(), Failure> {
    if record.iter().all(|field| field.trim().is_empty()) {
        return Ok(());
    }
    raw.begin_row(row);
    raw.n_fields
        .push(u32::try_from(record.len()).unwrap_or(u32::MAX));
    for (column, field) in record.iter().enumerate() {
        if field.len() > MAX_BREAKS && n_breaks(field) > MAX_BREAKS {
            let place = Place {
                row: Some(row),
                ..Place::default()
            };
            swallowed.push(|| {
                Issue::warning("quote-unclosed")
                    .at(place)
                    .with("n", n_breaks(field))
            });
        }
        raw.set_text(column, field)?;
    }
    Ok(())
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
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let read = of(b"# a note\n\nid;text;x\n1;\"two\nlines\";3\n\n2;b;4\n;;\n3;c;5;6\n4\n");
        assert_eq!(read.raw.rows, [1, 3, 4, 6, 8, 9]);
        assert_eq!(read.raw.n_fields, [1, 3, 3, 3, 4, 1]);
    }
}
