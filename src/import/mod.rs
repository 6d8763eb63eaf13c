//! From a file to a cohort and its issues: the only reader of cohort files.
//!
//! Nothing is trusted before it is checked ([`guard`]), nothing panics on a bad file, nothing is
//! coerced in silence: a cell that can't be read is missing *and* an issue with sheet, row and
//! column. What a column means clinically is the dictionary's business. The source is never written to.

mod assemble;
mod column;
mod delimited;
mod dialect;
mod grid;
mod guard;
mod level;
mod preview;
mod roles;
mod table;
mod value;
mod workbook;

#[cfg(test)]
mod tests;

pub use preview::{
    LinePart, Preview, PreviewColumn, PreviewLine, SheetPart, SheetPreview, preview,
};

pub use table::{Table, read_table};

use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Source};
use crate::import::grid::Grid;
use crate::import::guard::Format;

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
    read_bytes(&path.to_string_lossy(), &bytes, options, task)
}

/// Reads a cohort from the bytes of a file; the name tells the format where the bytes do not.
pub fn read_bytes(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    task.check()?;
    let name = guard::file_name(file_name);
    task.stage("stage-import", &name);
    let format = guard::format(&name, bytes)?;
    let source = Source {
        file: name.clone(),
        sha256: sha256(bytes),
        ..Source::default()
    };
    match format {
        Format::Delimited => read_delimited(source, bytes, options, task),
        Format::Workbook => read_workbook(source, bytes, options, task),
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
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    if let Some(sheet) = &options.sheet {
        return Err(Issue::error("sheet-of-text")
            .found(sheet)
            .with("file", source.file.as_str())
            .into());
    }
    let delimited::Delimited {
        grid,
        preamble,
        encoding,
        delimiter,
        mut issues,
    } = delimited::read(&source.file, bytes, options, task)?;
    source.encoding = Some(encoding);
    source.delimiter = Some(delimiter);
    source.synthetic = preamble.iter().any(|line| grid::says_synthetic(line));
    issues.extend(preamble_note(&preamble, None));
    grid.check_headers()?;
    finish(source, vec![grid], issues, options, task)
}

fn read_workbook(
    mut source: Source,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    guard::check_workbook(&source.file, bytes, task)?;
    let sheets = workbook::read(&source.file, bytes, task)?;
    let mut issues = Vec::new();
    let mut grids = Vec::new();
    for workbook::Sheet {
        name,
        grid,
        words,
        n_lines,
        n_header_rows,
    } in sheets
    {
        let n_rows = grid.as_ref().map_or(n_lines, |grid| grid.n_rows() as u32);
        source
            .sheets
            .push((name.clone(), false, n_header_rows, n_rows));
        source.synthetic |= words.iter().any(|line| grid::says_synthetic(line));
        if let Some(grid) = grid {
            source.synthetic |= grid::says_synthetic(grid.arena.head());
            issues.extend(preamble_note(&words, Some(&name)));
            grids.push(grid);
        }
    }
    if grids.is_empty() {
        return Err(Issue::error("workbook-no-table")
            .with("file", source.file.as_str())
            .into());
    }
    finish(source, grids, issues, options, task)
}

fn preamble_note(preamble: &[String], sheet: Option<&str>) -> Option<Issue> {
    let first = preamble.first()?;
    let shown: String = first.chars().take(120).collect();
    let mut note = Issue::note("preamble-skipped")
        .with("n", preamble.len())
        .found(&shown);
    note.place.sheet = sheet.map(str::to_owned);
    Some(note)
}

/// Gives the tables their parts, finds the dialect and puts the cohort together.
fn finish(
    mut source: Source,
    grids: Vec<Grid>,
    mut issues: Vec<Issue>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
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
