//! From a file to a cohort and its issues: the only reader of cohort files.
//!
//! Nothing is trusted before it is checked ([`guard`]), nothing panics on a bad file, nothing is
//! coerced in silence: a cell that can't be read is missing *and* an issue with sheet, row and
//! column. What a column means clinically is the dictionary's business. The source is never written to.

mod assemble;
mod codebook;
mod colour;
mod column;
mod delimited;
mod dialect;
mod encoding;
mod frame;
mod grid;
mod guard;
mod heading;
mod level;
mod outside;
mod preview;
mod raw;
mod record;
mod roles;
mod separator;
mod shape;
mod value;
mod workbook;

#[cfg(test)]
mod tests;

pub use guard::read_file;
pub use outside::serve;
pub use preview::{
    LinePart, Preview, PreviewColumn, PreviewLine, SheetPart, SheetPreview, preview,
};

use std::borrow::Cow;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Source};
use crate::import::frame::Frame;
use crate::import::grid::Grid;
use crate::import::guard::Format;
use crate::import::raw::Raw;
use crate::import::shape::Cut;

/// How a file is to be read; `None` everywhere: found by looking at it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ImportOptions {
    /// Sheet of the patients.
    pub sheet: Option<String>,
    /// Encoding by its web name (`utf-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// Delimiter.
    pub delimiter: Option<char>,
    /// Decimal mark.
    pub decimal_mark: Option<char>,
    /// Order of day and month: `dmy`, `mdy`, `ymd`.
    pub date_order: Option<String>,
    /// Quote around fields of a delimited file; `Some(None)`: quotes are text.
    pub quote: Option<Option<char>>,
    /// First row of the header, 1-based.
    pub header_row: Option<u32>,
    /// Rows of the header, 1 to 3.
    pub n_header_rows: Option<u32>,
    /// Rows that are left out, 1-based, both ends included.
    pub skip_rows: Vec<(u32, u32)>,
    /// The part of the sheet that is read, as the spreadsheet writes it (`B3:AF200`).
    pub range: Option<String>,
    /// Sheets that are left out although they could be joined.
    pub leave_out_sheets: Vec<String>,
    /// How single columns are read, by header.
    pub columns: std::collections::BTreeMap<String, ColumnChoice>,
}

/// How a column is read where the person says so; `None`: found by looking at it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ColumnChoice {
    /// How its values are read.
    pub kind: Option<crate::cohort::Kind>,
    /// Values that mean missing, as written.
    pub missing: Vec<String>,
    /// Order of day and month of this column.
    pub date_order: Option<String>,
    /// Not read at all.
    pub leave_out: bool,
}

/// Reads a cohort from a file.
pub fn read(path: &Path, options: &ImportOptions, task: &TaskHandle) -> Result<Cohort, Failure> {
    let bytes = guard::read_file(path)?;
    read_any(&path.to_string_lossy(), bytes.into(), options, task)
}

/// Reads a cohort from the bytes of a file; the name tells the format where the bytes do not.
pub fn read_bytes(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    read_any(file_name, bytes.into(), options, task)
}

/// Name of the source where a text was pasted.
const PASTED: &str = "clipboard.txt";

/// Reads a cohort from a block that was copied in a spreadsheet: cells parted by tabs, quotation
/// marks around those with line breaks.
pub fn read_pasted(
    text: &str,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    let mut options = options.clone();
    // The clipboard holds text: no encoding needs to be found.
    options.encoding = Some("utf-8".to_owned());
    if options.delimiter.is_none() && text.contains('\t') {
        options.delimiter = Some('\t');
    }
    task.check()?;
    task.stage("stage-import", PASTED);
    guard::check_size(PASTED, text.len() as u64)?;
    let source = Source {
        file: PASTED.to_owned(),
        sha256: sha256(text.as_bytes()),
        ..Source::default()
    };
    read_delimited(source, text.as_bytes().into(), &options, task)
}

fn read_any(
    file_name: &str,
    bytes: Cow<'_, [u8]>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    task.check()?;
    let name = guard::file_name(file_name);
    task.stage("stage-import", &name);
    let format = guard::format(&name, &bytes)?;
    let source = Source {
        file: name.clone(),
        sha256: sha256(&bytes),
        ..Source::default()
    };
    match format {
        Format::Delimited => read_delimited(source, bytes, options, task),
        _ => read_workbook(format, source, &bytes, options, task),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn read_delimited(
    mut source: Source,
    bytes: Cow<'_, [u8]>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    if let Some(sheet) = &options.sheet {
        return Err(Issue::error("sheet-of-text")
            .found(sheet)
            .with("file", source.file.as_str())
            .into());
    }
    let read = delimited::read(&source.file, bytes, options, task)?;
    source.encoding = Some(read.encoding);
    source.delimiter = Some(read.delimiter);
    source.quote = read.quote;
    let first = read.raw.words(0);
    let cut = shape::cut(read.raw, &Frame::new(options)?, task)?;
    if cut.grids.is_empty() {
        let line: String = first.chars().take(60).collect();
        return Err(Issue::error("single-column")
            .with("file", source.file.as_str())
            .found(&line)
            .into());
    }
    source.synthetic = cut.titles.iter().any(|line| grid::says_synthetic(line));
    finish(source, vec![cut], read.issues, options, task)
}

fn read_workbook(
    format: Format,
    mut source: Source,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    let sheets = workbook::read(format, &source.file, bytes, task)?;
    let framed = framed_sheet(&sheets, options, task)?;
    let frame = Frame::new(options)?;
    let mut cuts = Vec::new();
    for (idx, raw) in sheets.into_iter().enumerate() {
        let own = if framed == Some(idx) {
            &frame
        } else {
            &Frame::default()
        };
        let cut = shape::cut(raw, own, task)?;
        let n_rows = match cut.grids.as_slice() {
            [] => cut.n_lines,
            grids => grids.iter().map(|grid| grid.n_rows() as u32).sum(),
        };
        if let Some(name) = cut.sheet.clone() {
            source.sheets.push((name, false, cut.header_row, n_rows));
        }
        let head = cut.grids.first().map(|grid| grid.arena.head());
        source.synthetic |= cut
            .titles
            .iter()
            .map(String::as_str)
            .chain(head)
            .any(grid::says_synthetic);
        cuts.push(cut);
    }
    if cuts.iter().all(|cut| cut.grids.is_empty()) {
        return Err(Issue::error("workbook-no-table")
            .with("file", source.file.as_str())
            .into());
    }
    finish(source, cuts, Vec::new(), options, task)
}

/// The sheet that the chosen range and rows are about: the chosen one, else that of the patients.
fn framed_sheet(
    sheets: &[Raw],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Option<usize>, Failure> {
    if Frame::new(options)?.is_open() {
        return Ok(None);
    }
    let named = |name: &str| {
        sheets
            .iter()
            .position(|raw| raw.sheet.as_deref() == Some(name))
    };
    if let Some(name) = &options.sheet {
        return Ok(named(name));
    }
    let mut grids = Vec::new();
    for raw in sheets {
        grids.extend(shape::cut(raw.clone(), &Frame::default(), task)?.grids);
    }
    let cast = roles::cast(grids, None, task)?;
    Ok(cast.patients.sheet.as_deref().and_then(named))
}

/// Gives the tables their parts, finds the dialect and puts the cohort together.
fn finish(
    mut source: Source,
    cuts: Vec<Cut>,
    mut issues: Vec<Issue>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    let mut grids = Vec::new();
    for mut cut in cuts {
        source.account.add(&cut.account);
        issues.extend(cut.issues);
        cut.grids.iter_mut().for_each(Grid::name_places);
        grids.extend(cut.grids);
    }
    let cast =
        roles::cast(grids, options.sheet.as_deref(), task).map_err(|failure| match failure {
            Failure::Because(issue) => Failure::from(issue.with("file", source.file.as_str())),
            Failure::Cancelled => Failure::Cancelled,
        })?;
    for (name, used, ..) in &mut source.sheets {
        *used = cast.used.contains(name);
    }
    let tables: Vec<&Grid> = std::iter::once(&cast.patients)
        .chain(cast.visits.iter().map(|(grid, ..)| grid))
        .chain(cast.extras.iter().map(|(grid, _)| grid))
        .collect();
    let (dialect, found) = dialect::find(&tables, source.delimiter, options, task)?;
    issues.extend(found);
    source.decimal_mark = dialect.has_mark.then(|| char::from(dialect.marks.decimal));
    source.date_order = dialect.has_dates.then(|| dialect.order.name().to_owned());
    let mut cohort = assemble::assemble(source, cast, &dialect, task)?;
    issues.append(&mut cohort.issues);
    cohort.issues = issues;
    Ok(cohort)
}
