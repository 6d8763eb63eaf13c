//! From a file to a cohort and its issues: the only reader of cohort files.
//!
//! Nothing is trusted before it is checked ([`guard`]), nothing panics on a bad file, nothing is
//! coerced in silence: a cell that can't be read is missing *and* an issue with sheet, row and
//! column. What a column means clinically is the dictionary's business. The source is never written to.

mod assemble;
mod cells;
mod codebook;
mod colour;
mod column;
mod companion;
mod dates;
mod delimited;
mod dialect;
mod encoder;
mod encoding;
mod formula;
mod frame;
mod grid;
mod guard;
mod habits;
mod heading;
mod joining;
mod level;
mod names;
mod outside;
mod preview;
mod quantity;
mod raw;
mod record;
mod redcap;
mod roles;
mod separator;
mod shape;
mod survey;
mod table;
mod texts;
mod value;
mod workbook;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod tests;

pub use guard::read_file;
pub use outside::serve;
pub use preview::{
    LinePart, Preview, PreviewColumn, PreviewLine, SheetPart, SheetPreview, preview,
};

pub use table::{Table, read_table};

use std::borrow::Cow;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Source};
use crate::import::frame::Frame;
use crate::import::grid::Grid;
use crate::import::guard::Format;
use crate::import::joining::Patients;
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
    /// File of the codebook or data dictionary, beside the cohort or with its path.
    pub codebook: Option<String>,
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

/// Reads a cohort from a file, and its codebook where the options name one.
pub fn read(path: &Path, options: &ImportOptions, task: &TaskHandle) -> Result<Cohort, Failure> {
    let bytes = guard::read_file(path)?;
    let mut cohort = understand(&path.to_string_lossy(), bytes.into(), options, task)?.cohort;
    if options.codebook.is_none() {
        cohort.issues.extend(companion::offer(path));
    }
    Ok(cohort)
}

/// Reads a cohort from the bytes of a file; the name tells the format where the bytes do not, and
/// the folder of a codebook that the options name.
pub fn read_bytes(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    Ok(understand(file_name, bytes.into(), options, task)?.cohort)
}

/// Name of the source where a text was pasted.
pub const PASTED: &str = "clipboard.txt";

/// Reads a cohort from a block that was copied in a spreadsheet: cells parted by tabs, quotation
/// marks around those with line breaks.
pub fn read_pasted(
    text: &str,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cohort, Failure> {
    let options = for_pasted(text, options);
    Ok(understand(PASTED, text.as_bytes().into(), &options, task)?.cohort)
}

/// The clipboard holds text, so that no encoding needs to be found; cells are parted by tabs where there are any.
fn for_pasted(text: &str, options: &ImportOptions) -> ImportOptions {
    let tab = text.contains('\t').then_some('\t');
    ImportOptions {
        encoding: Some("utf-8".to_owned()),
        delimiter: options.delimiter.or(tab),
        ..options.clone()
    }
}

/// A cohort and how it was understood.
pub(crate) struct Understood {
    cohort: Cohort,
    sheets: Vec<SheetPreview>,
    lines: Vec<PreviewLine>,
    columns: Vec<PreviewColumn>,
}

/// The way from the bytes of a file to a cohort.
fn understand(
    file_name: &str,
    bytes: Cow<'_, [u8]>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Understood, Failure> {
    task.check()?;
    let name = guard::file_name(file_name);
    task.stage("stage-import", &name);
    let mut source = Source {
        file: name,
        ..Source::default()
    };
    let mut issues = Vec::new();
    let (sha256, sheets) = rayon::join(
        || sha256(&bytes),
        || sheets(&mut source, &bytes, options, &mut issues, task),
    );
    drop(bytes);
    source.sha256 = sha256;
    let sheets = sheets?;
    let cuts = cut(&mut source, sheets, options, task)?;
    let codebook = match &options.codebook {
        Some(path) => companion::read(file_name, path, task)?,
        None => Default::default(),
    };
    finish(source, cuts, codebook, issues, options, task)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The cells of a file, sheet by sheet.
fn sheets(
    source: &mut Source,
    bytes: &[u8],
    options: &ImportOptions,
    issues: &mut Vec<Issue>,
    task: &TaskHandle,
) -> Result<Vec<Raw>, Failure> {
    match guard::format(&source.file, bytes)? {
        Format::Delimited => {
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
            issues.extend(read.issues);
            Ok(vec![read.raw])
        }
        format => workbook::read(format, &source.file, bytes, task),
    }
}

/// Cuts the tables out of the sheets. Fails where there is none.
fn cut(
    source: &mut Source,
    sheets: Vec<Raw>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Vec<Cut>, Failure> {
    let framed = framed_sheet(&sheets, options, task)?;
    let frame = Frame::new(options)?;
    let first: String = sheets
        .first()
        .map(|raw| raw.words(0).chars().take(60).collect())
        .unwrap_or_default();
    let mut cuts = Vec::with_capacity(sheets.len());
    for (idx, raw) in sheets.into_iter().enumerate() {
        let own = if framed == Some(idx) {
            &frame
        } else {
            &Frame::default()
        };
        cuts.push(shape::cut(raw, own, task)?);
    }
    if cuts.iter().all(|cut| cut.grids.is_empty()) {
        let issue = match source.delimiter {
            Some(_) => Issue::error("single-column").found(&first),
            None => Issue::error("workbook-no-table"),
        };
        return Err(issue.with("file", source.file.as_str()).into());
    }
    for cut in &cuts {
        source.account.add(&cut.account);
        let is_synthetic = |line: &String| grid::says_synthetic(line);
        source.synthetic |= cut.titles.iter().any(is_synthetic);
        let Some(name) = &cut.sheet else { continue };
        let n_rows = match cut.grids.as_slice() {
            [] => cut.n_lines,
            grids => grids.iter().map(|grid| grid.n_rows() as u32).sum(),
        };
        source
            .sheets
            .push((name.clone(), false, cut.header_row, n_rows));
        source.synthetic |= cut
            .grids
            .first()
            .is_some_and(|grid| grid::says_synthetic(grid.arena.head()));
    }
    Ok(cuts)
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
    if sheets.len() == 1 {
        return Ok(Some(0));
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
    let cast = roles::cast(grids, Default::default(), options, task)?;
    Ok(cast.patients.sheet.as_deref().and_then(named))
}

/// Gives the tables their parts, finds the dialect and puts the cohort together.
fn finish(
    mut source: Source,
    cuts: Vec<Cut>,
    codebook: companion::Codebook,
    mut issues: Vec<Issue>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Understood, Failure> {
    let mut grids: Vec<Grid> = Vec::new();
    let mut lines: Vec<(Option<String>, Vec<PreviewLine>)> = Vec::new();
    let mut words = Vec::new();
    for mut cut in cuts {
        if cut.grids.is_empty() && cut.account.title > 0 {
            words.push(cut.words());
            issues.push(cut.words_note());
        }
        issues.extend(cut.issues);
        cut.grids.iter_mut().for_each(Grid::name_places);
        grids.extend(cut.grids);
        lines.push((cut.sheet, cut.lines));
    }
    let cast = roles::cast(grids, codebook, options, task).map_err(|failure| match failure {
        Failure::Because(issue) => Failure::from(issue.with("file", source.file.as_str())),
        Failure::Cancelled => Failure::Cancelled,
    })?;
    for (name, used, ..) in &mut source.sheets {
        *used = cast.used.contains(name);
    }
    let tables: Vec<&Grid> = std::iter::once(&cast.patients)
        .chain(cast.joined.iter().map(|table| &table.grid))
        .collect();
    let (found, patients) = rayon::join(
        || dialect::find(&tables, source.delimiter, options, task),
        || Patients::new(&cast.patients, cast.id, !cast.joined.is_empty()),
    );
    let (dialect, found) = found?;
    issues.extend(found);
    source.decimal_mark = dialect.has_mark.then(|| char::from(dialect.marks.decimal));
    source.date_order = dialect.has_dates.then(|| dialect.order.name().to_owned());
    let main = cast.patients.sheet.clone();
    let mut sheets = cast.parts.clone();
    sheets.extend(words);
    let order: Vec<String> = source.sheets.iter().map(|sheet| sheet.0.clone()).collect();
    sheets.sort_by_key(|sheet| order.iter().position(|name| *name == sheet.name));
    let (mut cohort, columns) =
        assemble::assemble(source, cast, patients, &dialect, options, task)?;
    issues.append(&mut cohort.issues);
    cohort.issues = issues;
    let lines = lines.into_iter().find(|(sheet, _)| *sheet == main);
    Ok(Understood {
        cohort,
        sheets,
        lines: lines.map(|(_, lines)| lines).unwrap_or_default(),
        columns,
    })
}
