//! A table as it stands in the source: columns of cells, headers, and the row number of each line.
//!
//! Texts lie in one string, cells are small and columnar: a hundred thousand rows of a hundred
//! columns cost no allocation a cell.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::issue::{Failure, Issue, Place};
use crate::import::cells::Cells;
use crate::import::raw::Raw;
use crate::import::value::{Day, excel_day};

/// Columns that a table may have.
pub(crate) const MAX_COLUMNS: usize = 5_000;
/// Cells that a table may have, empty ones included: 12 bytes each.
pub(crate) const MAX_CELLS: usize = 20_000_000;

/// One cell as the source holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A number that the workbook stores as one.
    Number(Real),
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
    start: Half,
    len: Half,
    /// Bytes of blanks before and after it; of more than 255 those next to it.
    lead: u8,
    trail: u8,
}

/// A number of 32 bits that lies at any even address, so that a cell is no larger than what it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Half([u16; 2]);

impl Half {
    fn new(x: u32) -> Self {
        Self([x as u16, (x >> 16) as u16])
    }

    fn get(self) -> u32 {
        u32::from(self.0[0]) | u32::from(self.0[1]) << 16
    }
}

/// A number of a cell, which lies at any even address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Real([Half; 2]);

impl Real {
    /// The number.
    pub(crate) fn get(self) -> f64 {
        let [low, high] = self.0.map(|half| u64::from(half.get()));
        f64::from_bits(low | high << 32)
    }
}

impl From<f64> for Real {
    fn from(x: f64) -> Self {
        let bits = x.to_bits();
        Self([Half::new(bits as u32), Half::new((bits >> 32) as u32)])
    }
}

impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
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
        Ok(Span {
            start: Half::new(start),
            len: Half::new(len),
            lead: 0,
            trail: 0,
        })
    }

    /// An arena with room for so many bytes.
    pub(crate) fn with_capacity(n_bytes: usize) -> Self {
        Self {
            text: String::with_capacity(n_bytes),
        }
    }

    /// Bytes of all texts.
    pub(crate) fn n_bytes(&self) -> usize {
        self.text.len()
    }

    /// The cell for a text that begins at `start` in an arena; blank text is an empty cell.
    fn cell_of(part: &str, start: usize) -> Result<Cell, Failure> {
        let bytes = part.as_bytes();
        // Most texts begin and end with plain characters: nothing to take off.
        let is_plain = |byte: Option<&u8>| byte.is_some_and(|b| (b'!'..=b'~').contains(b));
        let (mut lead, mut trail) = (0, 0);
        if !is_plain(bytes.first()) || !is_plain(bytes.last()) {
            let trimmed = part.trim();
            if trimmed.is_empty() {
                return Ok(Cell::Empty);
            }
            lead = part.len() - part.trim_start().len();
            trail = part.len() - lead - trimmed.len();
        }
        let too_large = |_| Failure::from(Issue::error("table-too-large").with("limit", MAX_CELLS));
        let span = Span {
            start: Half::new(u32::try_from(start + lead).map_err(too_large)?),
            len: Half::new(u32::try_from(part.len() - lead - trail).map_err(too_large)?),
            lead: near(lead, |n| part.is_char_boundary(lead - n)),
            trail: near(trail, |n| part.is_char_boundary(part.len() - trail + n)),
        };
        Ok(Cell::Text(span))
    }

    /// Adds all texts of another arena, and moves the cells that lie there. Fails where the table holds more
    /// than 4 GB of text.
    pub(crate) fn adopt(&mut self, other: &Self, cells: &mut [Cell]) -> Result<(), Failure> {
        let too_large = |_| Failure::from(Issue::error("table-too-large").with("limit", MAX_CELLS));
        let base = self.text.len();
        u32::try_from(base + other.text.len()).map_err(too_large)?;
        self.text.push_str(&other.text);
        for cell in cells {
            if let Cell::Text(span) | Cell::Error(span) = cell {
                span.start = Half::new(span.start.get() + base as u32);
            }
        }
        Ok(())
    }

    /// The text of a span.
    pub(crate) fn get(&self, span: Span) -> &str {
        let start = span.start.get() as usize;
        self.text
            .get(start..start + span.len.get() as usize)
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

    /// Keeps a text as a cell; blank text is an empty cell. Blanks around it are kept beside it.
    pub(crate) fn text_cell(&mut self, text: &str) -> Result<Cell, Failure> {
        let cell = Self::cell_of(text, self.text.len())?;
        if cell != Cell::Empty {
            self.text.push_str(text);
        }
        Ok(cell)
    }

    /// The text of a span with the blanks around it.
    pub(crate) fn as_written(&self, span: Span) -> &str {
        let start = span.start.get() as usize;
        let from = start - usize::from(span.lead);
        let end = start + span.len.get() as usize + usize::from(span.trail);
        self.text.get(from..end).unwrap_or_default()
    }

    /// What a cell says, as text; `None` where it is empty.
    pub(crate) fn cell_text(&self, cell: Cell) -> Option<Cow<'_, str>> {
        match cell {
            Cell::Empty => None,
            Cell::Number(x) => Some(Cow::Owned(x.get().to_string())),
            Cell::Date(day) => Some(Cow::Owned(day.iso())),
            Cell::Bool(value) => Some(Cow::Borrowed(if value { "yes" } else { "no" })),
            Cell::Error(span) | Cell::Text(span) => Some(Cow::Borrowed(self.get(span))),
        }
    }
}

/// So many of the bytes of blanks as a span notes, whole characters.
fn near(n: usize, is_boundary: impl Fn(usize) -> bool) -> u8 {
    let most = u8::try_from(n).unwrap_or(u8::MAX);
    let mut noted = (0..=most).rev();
    noted
        .find(|noted| is_boundary(usize::from(*noted)))
        .unwrap_or(0)
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
    pub columns: Vec<Cells>,
    /// 1-based row of each line in the source.
    pub rows: Arc<Vec<u32>>,
    /// 1-based row of the header.
    pub header_row: u32,
    /// Whether day numbers count from 1904.
    pub epoch_1904: bool,
    /// Cells of its sheet that hold a formula without a result; counted with its first table.
    pub n_unvalued: usize,
    /// What was noticed while the table was cut out.
    pub issues: Vec<Issue>,
    /// Texts, shared by the tables of a sheet.
    pub arena: Arc<Arena>,
}

impl Grid {
    /// A table of named columns, cut out of a sheet. Columns without name and cells vanish; those
    /// with cells get a name and an issue.
    pub(crate) fn named(
        names: Vec<String>,
        columns: Vec<Cells>,
        rows: Vec<u32>,
        header_row: u32,
        raw: &Raw,
    ) -> Self {
        let mut grid = Self {
            sheet: raw.sheet.clone(),
            rows: Arc::new(rows),
            header_row,
            epoch_1904: raw.epoch_1904,
            arena: Arc::clone(&raw.arena),
            ..Self::default()
        };
        for (column, (name, cells)) in names.into_iter().zip(columns).enumerate() {
            let position = column as u32 + 1;
            let mut header = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if header.is_empty() {
                if cells.is_blank() {
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
            grid.headers.push(header);
            grid.positions.push(position);
            grid.columns.push(cells);
        }
        grid
    }

    /// Takes columns out, each as a table of its own.
    pub(crate) fn take_columns(&mut self, columns: &[usize]) -> Vec<Self> {
        let alone = |&column: &usize| Self {
            sheet: self.sheet.clone(),
            headers: vec![self.headers[column].clone()],
            positions: vec![self.positions[column]],
            columns: vec![std::mem::take(&mut self.columns[column])],
            rows: Arc::clone(&self.rows),
            header_row: self.header_row,
            epoch_1904: self.epoch_1904,
            arena: Arc::clone(&self.arena),
            ..Self::default()
        };
        columns.iter().map(alone).collect()
    }

    /// Filled cells.
    pub(crate) fn n_cells(&self) -> usize {
        self.columns.iter().map(Cells::n_filled).sum()
    }

    /// Filled cells of a line.
    pub(crate) fn n_filled(&self, line: usize) -> usize {
        let filled = |cells: &&Cells| cells.is_filled(line);
        self.columns.iter().filter(filled).count()
    }

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

    /// Gives issues that know only the letters of their column its header.
    pub(crate) fn name_places(&mut self) {
        for issue in &mut self.issues {
            let place = &mut issue.place;
            let at = |position| self.positions.iter().position(|p| *p == position);
            let column = place.position.and_then(at);
            if let Some(header) = column.and_then(|column| self.headers.get(column))
                && place.column == place.letters()
            {
                place.column = Some(header.clone());
            }
        }
    }

    /// What a cell says, as text; `None` where it is empty.
    pub(crate) fn text(&self, cell: Cell) -> Option<Cow<'_, str>> {
        self.arena.cell_text(cell)
    }

    /// A cell's text with the blanks around it.
    pub(crate) fn written(&self, cell: Cell) -> Option<Cow<'_, str>> {
        match cell {
            Cell::Text(span) => Some(Cow::Borrowed(self.arena.as_written(span))),
            cell => self.arena.cell_text(cell),
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

    /// Day number of a workbook as a date.
    pub(crate) fn excel_day(&self, serial: f64) -> Option<Day> {
        excel_day(serial, self.epoch_1904)
    }
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
    fn a_cell_keeps_the_blanks_around_its_text_and_costs_twelve_bytes() {
        let mut arena = Arena::default();
        let Cell::Text(span) = arena.text_cell("\u{a0} 007 ").unwrap() else {
            panic!("a text");
        };
        assert_eq!(
            (arena.get(span), arena.as_written(span)),
            ("007", "\u{a0} 007 ")
        );
        assert_eq!(arena.text_cell(" \t").unwrap(), Cell::Empty);
        assert_eq!(std::mem::size_of::<Cell>(), 12);
        for blank in [" ", "\u{2003}"] {
            let wide = blank.repeat(300);
            let Cell::Text(span) = arena.text_cell(&format!("{wide}x{wide}")).unwrap() else {
                panic!("a text");
            };
            let near = blank.repeat(255 / blank.len());
            assert_eq!(arena.as_written(span), format!("{near}x{near}"));
        }
        for x in [0.0, -1.5e300, f64::MIN_POSITIVE, 1.0 / 3.0] {
            assert_eq!(Real::from(x).get(), x);
        }
        assert!(says_synthetic("Données synthétiques"));
    }
}
