//! The other side: what the process does that reads a file in the place of the program.
//!
//! It may panic or run out of memory: it has nothing to lose. It must never open a file or a
//! window, and says nothing but the messages of [`wire`](super::wire).

use std::ffi::OsString;
use std::io::{BufWriter, Cursor, Read as _, Result, Write};
use std::process::ExitCode;
use std::time::Duration;

use calamine::{Data, DataRef, Ods, OdsError, Reader, Sheet, SheetType, Xls, XlsError, Xlsb};
use polars::prelude::{
    AnyValue, ArrowDataType, ArrowTimeUnit, Column, ParquetReader, SerReader as _, TimeUnit,
};

#[cfg(unix)]
use super::wire::{Message, Refusal, Value, write};
use super::{MAX_MEMORY, MAX_TIME, READ, time_for};
use crate::import::grid::{MAX_CELLS, MAX_COLUMNS};

/// Does the work of a reading process where the program was started as one; `None` otherwise.
pub fn serve(arguments: &[OsString]) -> Option<ExitCode> {
    let [_, first, format] = arguments else {
        return None;
    };
    if first != READ {
        return None;
    }
    if limit(MAX_MEMORY, MAX_TIME).is_err() {
        return Some(ExitCode::FAILURE);
    }
    let mut bytes = Vec::new();
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let done = std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .and_then(|n_bytes| {
            let memory = if format == "xls" {
                memory_for_xls(n_bytes)
            } else {
                MAX_MEMORY
            };
            limit(memory, time_for(n_bytes))?;
            tell(&format.to_string_lossy(), bytes, &mut out)
        })
        .and_then(|()| out.flush());
    Some(if done.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Memory that an xls file of this size can need: two copies of its largest sheet (65,536 x 256 cells
/// of 24 bytes), whatever the file's size, and some thirty bytes for each byte of its records.
fn memory_for_xls(n_bytes: usize) -> u64 {
    (1 << 30) + 30 * n_bytes as u64
}

/// Limits memory and processor time, so that they end even where nobody watches any more.
#[cfg(unix)]
fn limit(n_bytes: u64, time: Duration) -> Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |n| Rlimit {
        current: Some(n),
        maximum: Some(n),
    };
    setrlimit(Resource::Cpu, most(time.as_secs() + 1))?;
    setrlimit(Resource::Core, most(0))?;
    setrlimit(Resource::As, most(n_bytes.min(MAX_MEMORY)))?;
    Ok(())
}

/// Elsewhere only the time is limited, by the program that started this one.
#[cfg(not(unix))]
fn limit(_n_bytes: u64, _time: Duration) -> Result<()> {
    Ok(())
}

/// Why a file could not be told: it, or who listens.
enum Stop {
    File(Refusal, String),
    Listener(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Listener(error)
    }
}

fn damaged(error: impl std::fmt::Display) -> Stop {
    Stop::File(Refusal::Damaged, error.to_string())
}

/// Tells the cells of a file.
fn tell(format: &str, bytes: Vec<u8>, out: &mut impl Write) -> Result<()> {
    let told = match format {
        "xls" => xls(bytes, out),
        "ods" => ods(bytes, out),
        "xlsb" => xlsb(bytes, out),
        "parquet" => parquet(bytes, out),
        _ => Err(damaged("format")),
    };
    match told {
        Ok(()) => write(out, &Message::End),
        Err(Stop::File(why, detail)) => write(out, &Message::Refused(why, &detail)),
        Err(Stop::Listener(error)) => Err(error),
    }
}

fn worksheets(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

fn xls(bytes: Vec<u8>, out: &mut impl Write) -> std::result::Result<(), Stop> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Stop::File(Refusal::Encrypted, error.to_string()),
        error => damaged(error),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    write(out, &Message::Book { epoch_1904 })?;
    for sheet in worksheets(book.sheets_metadata()) {
        write(out, &Message::Sheet(&sheet))?;
        for merged in book.merge_cells_by_sheet_name(&sheet).unwrap_or_default() {
            let rows = (merged.start.0, merged.end.0);
            let columns = (merged.start.1, merged.end.1);
            write(out, &Message::Merged { rows, columns })?;
        }
        let range = book.worksheet_range(&sheet).map_err(damaged)?;
        tell_range(&range, out)?;
    }
    Ok(())
}

fn ods(bytes: Vec<u8>, out: &mut impl Write) -> std::result::Result<(), Stop> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => Stop::File(Refusal::Encrypted, error.to_string()),
        OdsError::CellLimitExceeded { .. } => Stop::File(Refusal::TooLarge, error.to_string()),
        error => damaged(error),
    })?;
    write(out, &Message::Book { epoch_1904: false })?;
    for sheet in worksheets(book.sheets_metadata()) {
        write(out, &Message::Sheet(&sheet))?;
        let range = book.worksheet_range(&sheet).map_err(damaged)?;
        tell_range(&range, out)?;
        let formulas = book.worksheet_formula(&sheet).map_err(damaged)?;
        let (row_0, column_0) = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            let at = (row_0 + row as u32, column_0 + column as u32);
            let is_empty = range
                .get_value(at)
                .is_none_or(|value| *value == Data::Empty);
            if is_empty && !formula.is_empty() {
                write(out, &Message::Cell(at.0, at.1, Value::Unvalued))?;
            }
        }
    }
    Ok(())
}

fn tell_range(
    range: &calamine::Range<Data>,
    out: &mut impl Write,
) -> std::result::Result<(), Stop> {
    let (row_0, column_0) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let value = match data {
            Data::Empty => continue,
            Data::Int(x) => Value::Number(*x as f64),
            Data::Float(x) => Value::Number(*x),
            Data::Bool(x) => Value::Bool(*x),
            Data::String(text) => Value::Text(text),
            Data::DurationIso(text) => Value::IsoDuration(text),
            Data::DateTimeIso(text) => Value::IsoMoment(text),
            Data::DateTime(moment) if moment.is_duration() => Value::Number(moment.as_f64()),
            Data::DateTime(moment) => Value::Moment(moment.as_f64()),
            Data::Error(error) => {
                let name = error.to_string();
                let (row, column) = (row_0 + row as u32, column_0 + column as u32);
                write(out, &Message::Cell(row, column, Value::Error(&name)))?;
                continue;
            }
        };
        let (row, column) = (row_0 + row as u32, column_0 + column as u32);
        write(out, &Message::Cell(row, column, value))?;
    }
    Ok(())
}

fn xlsb(bytes: Vec<u8>, out: &mut impl Write) -> std::result::Result<(), Stop> {
    let bytes = with_known_records(bytes).map_err(damaged)?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let epoch_1904 = book.has_1904_epoch();
    write(out, &Message::Book { epoch_1904 })?;
    for sheet in worksheets(book.sheets_metadata()) {
        write(out, &Message::Sheet(&sheet))?;
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
        let mut n_cells = 0;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            n_cells += 1;
            if n_cells > MAX_CELLS {
                return Err(Stop::File(Refusal::TooLarge, sheet));
            }
            let name;
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(x) => Value::Number(*x as f64),
                DataRef::Float(x) => Value::Number(*x),
                DataRef::Bool(x) => Value::Bool(*x),
                DataRef::String(text) => Value::Text(text),
                DataRef::DurationIso(text) => Value::IsoDuration(text),
                DataRef::SharedString(text) => Value::Text(text),
                DataRef::DateTimeIso(text) => Value::IsoMoment(text),
                DataRef::DateTime(moment) if moment.is_duration() => Value::Number(moment.as_f64()),
                DataRef::DateTime(moment) => Value::Moment(moment.as_f64()),
                DataRef::Error(error) => {
                    name = error.to_string();
                    Value::Error(&name)
                }
            };
            let (row, column) = cell.get_position();
            write(out, &Message::Cell(row, column, value))?;
        }
    }
    Ok(())
}

/// Records of a binary sheet that calamine passes over, so that their cells would be lost without a word.
const FORMULA_ERROR: u16 = 0x0B;
const RICH_TEXT: u16 = 0x3E;
/// What says the same and is read: a cell's error, a cell's text.
const ERROR: u16 = 0x03;
const TEXT: u16 = 0x06;

/// The workbook with such records said in the way that is read.
fn with_known_records(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice()))?;
    let mut sheets: Vec<Option<Vec<u8>>> = Vec::new();
    for idx in 0..archive.len() {
        let mut entry = archive.by_index(idx)?;
        let is_sheet = entry.name().is_ok_and(|name| {
            let name = name.replace('\\', "/").to_ascii_lowercase();
            name.starts_with("xl/worksheets/") && name.ends_with(".bin")
        });
        let mut rewritten = None;
        if is_sheet {
            let mut sheet = Vec::new();
            entry.read_to_end(&mut sheet)?;
            rewritten = rewrite(&sheet);
        }
        sheets.push(rewritten);
    }
    if sheets.iter().all(Option::is_none) {
        drop(archive);
        return Ok(bytes);
    }
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (idx, sheet) in sheets.iter().enumerate() {
        let mut entry = archive.by_index(idx)?;
        let name = entry.name()?.to_string();
        copy.start_file(name, stored)?;
        match sheet {
            Some(sheet) => copy.write_all(sheet)?,
            None => std::io::copy(&mut entry, &mut copy).map(|_| ())?,
        }
    }
    Ok(copy.finish()?.into_inner())
}

/// The records of a sheet; `None` where all of them are read as they are. Stops at a cut record, which
/// the reader will find as well.
fn rewrite(sheet: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(sheet.len());
    let (mut at, mut is_changed) = (0, false);
    while let Some((kind, body, next)) = record(sheet, at) {
        match (kind, body) {
            (FORMULA_ERROR, [..]) if body.len() >= 9 => {
                put(&mut out, ERROR, &[&body[..9]]);
                is_changed = true;
            }
            (RICH_TEXT, [..]) if body.len() >= 13 => {
                put(&mut out, TEXT, &[&body[..8], &body[9..]]);
                is_changed = true;
            }
            _ => out.extend_from_slice(&sheet[at..next]),
        }
        at = next;
    }
    out.extend_from_slice(&sheet[at..]);
    is_changed.then_some(out)
}

/// The record at an offset: its kind, its body, and where the next begins.
fn record(sheet: &[u8], mut at: usize) -> Option<(u16, &[u8], usize)> {
    let mut byte = || {
        let byte = sheet.get(at).copied();
        at += 1;
        byte
    };
    let first = byte()?;
    let mut kind = u16::from(first);
    if first & 0x80 != 0 {
        kind = u16::from(first & 0x7F) | (u16::from(byte()? & 0x7F) << 7);
    }
    let mut len = 0_usize;
    for shift in [0, 7, 14, 21] {
        let part = byte()?;
        len |= usize::from(part & 0x7F) << shift;
        if part & 0x80 == 0 {
            break;
        }
    }
    let end = at.checked_add(len)?;
    sheet.get(at..end).map(|body| (kind, body, end))
}

/// Writes a record with a kind below 128.
fn put(out: &mut Vec<u8>, kind: u16, parts: &[&[u8]]) {
    out.push(kind as u8);
    let mut len: usize = parts.iter().map(|part| part.len()).sum();
    loop {
        let part = (len & 0x7F) as u8;
        len >>= 7;
        out.push(if len > 0 { part | 0x80 } else { part });
        if len == 0 {
            break;
        }
    }
    for part in parts {
        out.extend_from_slice(part);
    }
}

fn parquet(bytes: Vec<u8>, out: &mut impl Write) -> std::result::Result<(), Stop> {
    write(out, &Message::Book { epoch_1904: false })?;
    write(out, &Message::Sheet(""))?;
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(damaged)?;
    let n_rows = reader.num_rows().map_err(damaged)?;
    let mut known = Vec::new();
    for (idx, field) in schema.iter_values().enumerate() {
        if is_known(field.dtype()) {
            known.push(idx);
            let header = Value::Text(field.name.as_str());
            write(out, &Message::Cell(0, idx as u32, header))?;
        } else {
            let kind = format!("{:?}", field.dtype());
            let kind = kind.split('(').next().unwrap_or_default();
            write(out, &Message::LeftOut(field.name.as_str(), kind))?;
        }
    }
    if schema.len() > MAX_COLUMNS || known.is_empty() {
        return Ok(());
    }
    if n_rows.saturating_mul(schema.len()) > MAX_CELLS {
        return Err(Stop::File(Refusal::TooLarge, n_rows.to_string()));
    }
    let frame = reader
        .with_projection(Some(known.clone()))
        .set_rechunk(true)
        .finish()
        .map_err(damaged)?;
    for row in 0..frame.height() {
        for (column, idx) in frame.columns().iter().zip(&known) {
            tell_any(row, *idx as u32, column, out)?;
        }
    }
    Ok(())
}

/// Whether values of a type can be told. Moments of another time zone than the universal one are not:
/// their day depends on a zone that is not known here.
fn is_known(kind: &ArrowDataType) -> bool {
    use ArrowDataType as A;
    match kind {
        A::Null | A::Boolean | A::Float32 | A::Float64 | A::Date32 | A::Date64 => true,
        // Polars has the narrower ones only with features that would be built for this alone.
        A::Int32 | A::Int64 | A::UInt32 | A::UInt64 => true,
        A::Utf8 | A::LargeUtf8 | A::Utf8View => true,
        A::Timestamp(unit, zone) => {
            *unit != ArrowTimeUnit::Second
                && zone
                    .as_ref()
                    .is_none_or(|zone| matches!(zone.as_str(), "UTC" | "Z" | "+00:00"))
        }
        A::Dictionary(_, value, _) => {
            matches!(value.as_ref(), A::Utf8 | A::LargeUtf8 | A::Utf8View)
        }
        _ => false,
    }
}

/// Whole numbers above this are identifiers: a double would change their last digits.
const MAX_EXACT: u64 = 1 << 53;

fn tell_any(
    row: usize,
    idx: u32,
    column: &Column,
    out: &mut impl Write,
) -> std::result::Result<(), Stop> {
    let text;
    let value = match column.get(row).map_err(damaged)? {
        AnyValue::Null => return Ok(()),
        AnyValue::Boolean(x) => Value::Bool(x),
        AnyValue::String(x) => Value::Text(x),
        AnyValue::Float64(x) if x.is_nan() => return Ok(()),
        AnyValue::Float64(x) => Value::Number(x),
        // The decimal that is meant, not the binary digits behind it.
        AnyValue::Float32(x) if x.is_finite() => {
            Value::Number(x.to_string().parse().map_err(damaged)?)
        }
        AnyValue::Int64(x) if x.unsigned_abs() > MAX_EXACT => {
            text = x.to_string();
            Value::Text(&text)
        }
        AnyValue::UInt64(x) if x > MAX_EXACT => {
            text = x.to_string();
            Value::Text(&text)
        }
        AnyValue::Date(days) => {
            text = moment(i64::from(days) * 86_400);
            Value::IsoMoment(&text)
        }
        AnyValue::Datetime(x, unit, _) => {
            let a_second = match unit {
                TimeUnit::Nanoseconds => 1_000_000_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Milliseconds => 1_000,
            };
            text = moment(x.div_euclid(a_second));
            Value::IsoMoment(&text)
        }
        other => match other.extract::<f64>() {
            Some(x) if x.is_finite() => Value::Number(x),
            Some(_) => return Ok(()),
            None => {
                text = other.to_string().trim_matches('"').to_owned();
                Value::Text(&text)
            }
        },
    };
    let row = u32::try_from(row + 1).map_err(damaged)?;
    write(out, &Message::Cell(row, idx, value))?;
    Ok(())
}

/// Seconds since 1970 as `2024-05-13`, with the time of day where it is not midnight.
fn moment(seconds: i64) -> String {
    let Ok(stamp) = jiff::Timestamp::from_second(seconds) else {
        return seconds.to_string();
    };
    let text = stamp.to_string();
    let text = text.trim_end_matches('Z');
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_that_would_be_lost_are_said_in_the_way_that_is_read() {
        let cell = [2, 0, 0, 0, 0, 0, 0, 0];
        let mut sheet = Vec::new();
        put(&mut sheet, 0x00, &[&[0; 4]]);
        put(&mut sheet, FORMULA_ERROR, &[&cell, &[0x17], &[9; 200]]);
        let text = [1, 0, 0, 0, b'a', 0];
        put(&mut sheet, RICH_TEXT, &[&cell, &[0], &text]);
        put(&mut sheet, 0x05, &[&cell, &[0; 8]]);
        let read = rewrite(&sheet).unwrap();
        let mut kinds = Vec::new();
        let mut at = 0;
        while let Some((kind, body, next)) = record(&read, at) {
            kinds.push((kind, body.len()));
            at = next;
        }
        assert_eq!(kinds, [(0, 4), (ERROR, 9), (TEXT, 14), (5, 16)]);
        assert_eq!(rewrite(&read), None);
        assert_eq!(
            rewrite(&sheet[..sheet.len() - 3]).map(|r| r.len()),
            Some(read.len() - 3)
        );
    }

    #[test]
    fn moments_are_told_as_dates() {
        assert_eq!(moment(0), "1970-01-01");
        assert_eq!(moment(-86_400), "1969-12-31");
        assert_eq!(moment(1_715_588_100), "2024-05-13T08:15:00");
    }

    #[test]
    fn what_is_no_workbook_is_refused_and_not_told() {
        for format in ["xls", "ods", "xlsb", "parquet", "nothing"] {
            let mut out = Vec::new();
            tell(format, b"no workbook at all".to_vec(), &mut out).unwrap();
            let mut messages = super::super::wire::Messages::new(out.as_slice());
            let refused = loop {
                match messages.next().unwrap() {
                    Message::Refused(why, _) => break why,
                    Message::End => panic!("{format}"),
                    _ => {}
                }
            };
            assert_eq!(refused, Refusal::Damaged, "{format}");
        }
    }
}
