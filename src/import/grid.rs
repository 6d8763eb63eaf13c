//! A table as it stands in the source: columns of cells, headers, and the row number of each line.
//!
//! Texts lie in one string, cells are small and columnar: a hundred thousand rows of a hundred
//! columns cost no allocation a cell.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::issue::{Failure, Issue, Place};
use crate::import::value::{Day, excel_day};

/// Columns that a table may have.
pub(crate) const MAX_COLUMNS: usize = 5_000;
/// Cells that a table may have, empty ones included: 16 bytes each.
pub(crate) const MAX_CELLS: usize = 20_000_000;
/// Lines that may stand above the header.
const MAX_PREAMBLE: usize = 50;

/// One cell as the source holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A number that the workbook stores as one.
    Number(f64),
    /// A date that the workbook stores as one.
    Date(Day),
    /// A logical value.
    Bool(bool),
    /// An error of the spreadsheet; position of its name in the text.
    Error(Span),
    /// Text, trimmed and not empty.
    Text(Span),
}

/// Where a text lies in the text of its grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

/// The texts of a table, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    text: String,
}

impl Arena {
    /// Keeps a text. Fails where the table holds more than 4 GB of it.
    pub(crate) fn keep(&mut self, text: &str) -> Result<Span, Failure> {
        let too_large = |_| Failure::from(Issue::error("table-too-large").with("limit", MAX_CELLS));
        let start = u32::try_from(self.text.len()).map_err(too_large)?;
        let len = u32::try_from(text.len()).map_err(too_large)?;
        self.text.push_str(text);
        Ok(Span { start, len })
    }

    /// The text of a span.
    pub(crate) fn get(&self, span: Span) -> &str {
        let start = span.start as usize;
        self.text
            .get(start..start + span.len as usize)
            .unwrap_or_default()
    }

    /// The first texts, for a look at what a sheet is about.
    pub(crate) fn head(&self) -> &str {
        let mut end = self.text.len().min(20_000);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[..end]
    }

    /// Keeps a text as a cell; blank text is an empty cell.
    pub(crate) fn text_cell(&mut self, text: &str) -> Result<Cell, Failure> {
        let text = text.trim();
        if text.is_empty() {
            Ok(Cell::Empty)
        } else {
            self.keep(text).map(Cell::Text)
        }
    }
}

/// A table with a header.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// Sheet; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Headers, trimmed; never empty, and unique but for those that [`Grid::check_headers`] refuses.
    pub headers: Vec<String>,
    /// 1-based position of each column in the source.
    pub positions: Vec<u32>,
    /// Cells, column by column, each as long as `rows`.
    pub columns: Vec<Vec<Cell>>,
    /// 1-based row of each line in the source.
    pub rows: Arc<Vec<u32>>,
    /// 1-based row of the header.
    pub header_row: u32,
    /// Whether day numbers count from 1904.
    pub epoch_1904: bool,
    /// What was noticed while the table was cut out.
    pub issues: Vec<Issue>,
    /// Texts.
    pub arena: Arena,
}

impl Grid {
    /// Number of lines below the header.
    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Place of a cell.
    pub(crate) fn place(&self, row_idx: usize, column: usize) -> Place {
        Place {
            sheet: self.sheet.clone(),
            row: self.rows.get(row_idx).copied(),
            column: self.headers.get(column).cloned(),
            position: self.positions.get(column).copied(),
        }
    }

    /// Place of a whole column.
    pub(crate) fn column_place(&self, column: usize) -> Place {
        Place {
            row: None,
            ..self.place(0, column)
        }
    }

    /// What a cell says, as text; `None` where it is empty.
    pub(crate) fn text(&self, cell: Cell) -> Option<Cow<'_, str>> {
        match cell {
            Cell::Empty => None,
            Cell::Number(x) => Some(Cow::Owned(x.to_string())),
            Cell::Date(day) => Some(Cow::Owned(day.iso())),
            Cell::Bool(value) => Some(Cow::Borrowed(if value { "yes" } else { "no" })),
            Cell::Error(span) | Cell::Text(span) => Some(Cow::Borrowed(self.arena.get(span))),
        }
    }

    /// Fails where two columns have the same header.
    pub(crate) fn check_headers(&self) -> Result<(), Failure> {
        let mut seen = std::collections::BTreeMap::new();
        for (idx, header) in self.headers.iter().enumerate() {
            if let Some(first) = seen.insert(header.as_str(), idx) {
                let issue = Issue::error("duplicate-header")
                    .at(Place {
                        row: Some(self.header_row),
                        ..self.place(0, idx)
                    })
                    .with("first", self.positions[first] as usize)
                    .with("second", self.positions[idx] as usize);
                return Err(issue.into());
            }
        }
        Ok(())
    }

    /// Forgets its sheet, where the file has none.
    pub(crate) fn leave_sheet(&mut self) {
        self.sheet = None;
        for issue in &mut self.issues {
            issue.place.sheet = None;
        }
    }

    /// Day number of a workbook as a date.
    pub(crate) fn excel_day(&self, serial: f64) -> Option<Day> {
        excel_day(serial, self.epoch_1904)
    }
}

/// One line of a source: 1-based row and its cells by 0-based column, in ascending order.
pub(crate) type Line = (u32, Vec<(u32, Cell)>);

/// What stands above the header, and the position of the header among the lines.
pub(crate) struct Head {
    /// Position of the header line; `None` where no line has two cells.
    pub header: Option<usize>,
    /// Text of the lines above.
    pub preamble: Vec<String>,
}

/// Finds the header: the first line at least half as full as the fullest of the first lines.
///
/// `n_filled` counts the filled cells of each line, `text` gives a line as words.
pub(crate) fn find_header(
    n_filled: &[usize],
    usual: usize,
    text: impl Fn(usize) -> String,
) -> Head {
    let least = usual.div_ceil(2).max(2);
    let reach = n_filled.len().min(MAX_PREAMBLE + 1);
    let is_comment =
        |line: usize| n_filled[line] != usual && text(line).trim_start().starts_with('#');
    let header = (0..reach)
        .find(|&line| n_filled[line] >= least && !is_comment(line))
        .or_else(|| (0..reach).find(|&line| n_filled[line] >= 2 && !is_comment(line)));
    let above = header.unwrap_or(reach);
    let preamble = (0..above)
        .filter(|&line| n_filled[line] > 0)
        .map(&text)
        .collect();
    Head { header, preamble }
}

/// Puts lines below a header together as a grid. `width` is the number of columns up to the last used one.
pub(crate) struct Builder {
    grid: Grid,
    rows: Vec<u32>,
    n_columns: usize,
}

impl Builder {
    /// Begins a grid with its header cells by position; fails where there are too many columns.
    pub(crate) fn new(
        sheet: Option<&str>,
        header_row: u32,
        names: Vec<String>,
        arena: Arena,
    ) -> Result<Self, Failure> {
        if names.len() > MAX_COLUMNS {
            return Err(too_many_columns(sheet, names.len()));
        }
        let n_columns = names.len();
        let grid = Grid {
            sheet: sheet.map(str::to_owned),
            headers: names,
            positions: (1..=n_columns as u32).collect(),
            columns: vec![Vec::new(); n_columns],
            header_row,
            arena,
            ..Grid::default()
        };
        Ok(Self {
            grid,
            rows: Vec::new(),
            n_columns,
        })
    }

    /// Texts of the grid.
    pub(crate) fn arena(&mut self) -> &mut Arena {
        &mut self.grid.arena
    }

    /// Adds a column without a header, up to position `position` (1-based).
    pub(crate) fn widen(&mut self, position: usize) -> Result<(), Failure> {
        if position > MAX_COLUMNS {
            return Err(too_many_columns(self.grid.sheet.as_deref(), position));
        }
        while self.n_columns < position {
            self.n_columns += 1;
            self.grid.headers.push(String::new());
            self.grid.positions.push(self.n_columns as u32);
            self.grid.columns.push(vec![Cell::Empty; self.rows.len()]);
            self.check_size(self.rows.len())?;
        }
        Ok(())
    }

    /// Number of columns so far.
    pub(crate) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Begins a line of empty cells.
    pub(crate) fn begin_row(&mut self, row: u32) -> Result<(), Failure> {
        self.check_size(self.rows.len() + 1)?;
        self.rows.push(row);
        for column in &mut self.grid.columns {
            column.push(Cell::Empty);
        }
        Ok(())
    }

    /// Sets a cell of the last line.
    pub(crate) fn set(&mut self, column: usize, cell: Cell) {
        if let Some(last) = self
            .grid
            .columns
            .get_mut(column)
            .and_then(|column| column.last_mut())
        {
            *last = cell;
        }
    }

    /// Notes something.
    pub(crate) fn issue(&mut self, issue: Issue) {
        self.grid.issues.push(issue);
    }

    fn check_size(&self, n_rows: usize) -> Result<(), Failure> {
        if n_rows.saturating_mul(self.n_columns) > MAX_CELLS {
            let mut issue = Issue::error("table-too-large").with("limit", MAX_CELLS);
            issue.place.sheet.clone_from(&self.grid.sheet);
            return Err(issue.into());
        }
        Ok(())
    }

    /// The grid. Columns without header and data vanish; those with data get a name and an issue.
    pub(crate) fn finish(self) -> Grid {
        let Self { mut grid, rows, .. } = self;
        grid.rows = Arc::new(rows);
        let (mut headers, mut positions, mut columns) = (Vec::new(), Vec::new(), Vec::new());
        let parts = grid
            .headers
            .drain(..)
            .zip(grid.positions.drain(..))
            .zip(grid.columns.drain(..));
        for ((header, position), cells) in parts {
            let mut header = header.split_whitespace().collect::<Vec<_>>().join(" ");
            if header.is_empty() {
                if cells.iter().all(|cell| *cell == Cell::Empty) {
                    continue;
                }
                header = format!("column {position}");
                let place = Place {
                    sheet: grid.sheet.clone(),
                    row: Some(grid.header_row),
                    column: Some(header.clone()),
                    position: Some(position),
                };
                grid.issues.push(
                    Issue::warning("header-missing")
                        .at(place)
                        .with("position", position as usize),
                );
            }
            headers.push(header);
            positions.push(position);
            columns.push(cells);
        }
        (grid.headers, grid.positions, grid.columns) = (headers, positions, columns);
        grid
    }
}

fn too_many_columns(sheet: Option<&str>, n: usize) -> Failure {
    let mut issue = Issue::error("too-many-columns")
        .with("n", n)
        .with("limit", MAX_COLUMNS);
    issue.place.sheet = sheet.map(str::to_owned);
    issue.into()
}

/// Whether a text calls its data synthetic.
pub(crate) fn says_synthetic(text: &str) -> bool {
    let folded = crate::cohort::header::fold(text);
    folded.contains("synthetic") || folded.contains("synthetique")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_above_the_header_are_preamble() {
        let lines = ["# synthetic, not for use", "", "id;age;sex", "1;54;F"];
        let head = find_header(&[2, 0, 3, 3], 3, |line| lines[line].to_owned());
        assert_eq!(head.header, Some(2));
        assert_eq!(head.preamble, ["# synthetic, not for use"]);
        assert!(says_synthetic("Données synthétiques"));
        let none = find_header(&[1, 1], 1, |_| "words".to_owned());
        assert_eq!(none.header, None);
        assert_eq!(none.preamble.len(), 2);
    }
}
