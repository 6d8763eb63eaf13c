//! What the import step shows before a file is taken in: how it was understood, line by line and column by column.

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Kind, Source};
use crate::import::column::{Fate, Reading, Values};
use crate::import::grid::Grid;
use crate::import::{ImportOptions, Understood};

/// Examples of values that are not written as they are read.
const MAX_EXAMPLES: usize = 3;
/// Values that are looked at for examples.
const MAX_LOOKED_AT: usize = 500;

/// What a sheet is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetPart {
    /// One row a patient, or the visits that patients are made of.
    Patients,
    /// One row a visit, joined by the patient's identifier.
    Visits,
    /// One row a patient, joined by the patient's identifier.
    Joined,
    /// Labels, units, levels of the columns.
    Codebook,
    /// Not used.
    LeftOut,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetPreview {
    /// Its name; empty for a delimited file.
    pub name: String,
    /// What it is taken for.
    pub part: SheetPart,
    /// Rows of data.
    pub n_rows: u32,
    /// Columns.
    pub n_columns: u32,
}

/// What a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePart {
    /// Words above the header.
    Title,
    /// Header.
    Header,
    /// A row of data.
    Row,
    /// Nothing.
    Blank,
    /// A line of sums below or between the data.
    Totals,
    /// Left out by the person, or outside the chosen range.
    Skipped,
}

/// A line of the sheet of the patients, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewLine {
    /// Row as the spreadsheet numbers it.
    pub row: u32,
    /// What it is taken for.
    pub part: LinePart,
    /// Its cells as text, from column A on.
    pub cells: Vec<String>,
}

/// A column as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewColumn {
    /// Sheet; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Header, its rows joined.
    pub header: String,
    /// Position, 1-based.
    pub position: u32,
    /// How its values are read.
    pub kind: Kind,
    /// Some values that are not written as they are read: what was read, and from what text.
    pub examples: Vec<(String, String)>,
    /// Values.
    pub n_values: usize,
    /// Empty cells and cells that say that nothing is known.
    pub n_missing: usize,
    /// Cells that are not what the column is.
    pub n_unread: usize,
    /// Values that may mean missing, with their counts: words that were taken so, and numbers that were not.
    pub codes: Vec<(String, usize, bool)>,
}

/// How a file is understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Dialect as found or chosen.
    pub source: Source,
    /// Sheets.
    pub sheets: Vec<SheetPreview>,
    /// The first lines of the patients' sheet.
    pub lines: Vec<PreviewLine>,
    /// Columns.
    pub columns: Vec<PreviewColumn>,
    /// What was noticed.
    pub issues: Vec<Issue>,
}

/// Reads a file as [`crate::import::read_bytes`] does and says how; at most 60 lines are shown.
pub fn preview(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Preview, Failure> {
    let Understood {
        cohort,
        sheets,
        lines,
        columns,
    } = crate::import::understand(file_name, bytes.into(), options, task)?;
    Ok(Preview {
        source: cohort.source,
        sheets,
        lines,
        columns,
        issues: cohort.issues,
    })
}

/// A table with its part.
pub(crate) fn sheet(grid: &Grid, part: SheetPart) -> SheetPreview {
    SheetPreview {
        name: grid.sheet.clone().unwrap_or_default(),
        part,
        n_rows: grid.n_rows() as u32,
        n_columns: grid.headers.len() as u32,
    }
}

/// A column as it was read.
pub(crate) fn column(grid: &Grid, idx: usize, reading: &Reading) -> PreviewColumn {
    let count = |fate: Fate| reading.n[fate as usize];
    PreviewColumn {
        sheet: grid.sheet.clone(),
        header: grid.headers[idx].clone(),
        position: grid.positions[idx],
        kind: reading.kind,
        examples: examples(grid, idx, reading),
        n_values: count(Fate::Value),
        n_missing: count(Fate::Empty) + count(Fate::Missing),
        n_unread: count(Fate::Unread),
        codes: reading.codes.clone(),
    }
}

/// A column of which `n` cells were left out by choice.
pub(crate) fn left_out(grid: &Grid, idx: usize, n: usize) -> PreviewColumn {
    PreviewColumn {
        sheet: grid.sheet.clone(),
        header: grid.headers[idx].clone(),
        position: grid.positions[idx],
        kind: Kind::Text,
        examples: Vec::new(),
        n_values: n,
        n_missing: grid.n_rows() - n.min(grid.n_rows()),
        n_unread: 0,
        codes: Vec::new(),
    }
}

/// The first values that are not written as they are read.
fn examples(grid: &Grid, idx: usize, reading: &Reading) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    let cells = &grid.columns[idx];
    let all = cells.of().iter().map(|kept| *kept as usize);
    let values = all.filter(|kept| reading.fates[*kept] == Fate::Value);
    for kept in values.take(MAX_LOOKED_AT) {
        let read = match &reading.values {
            Values::Numbers(numbers) => numbers.get(kept).map(f64::to_string),
            Values::Texts(texts) => texts.get(kept).map(str::to_owned),
        };
        let (Some(read), Some(written)) = (read, grid.written(cells.kept()[kept])) else {
            continue;
        };
        let example = (read, written.into_owned());
        if example.0 != example.1 && !examples.contains(&example) {
            examples.push(example);
            if examples.len() == MAX_EXAMPLES {
                break;
            }
        }
    }
    examples
}
