//! A sheet as its bytes gave it: cells by row and position, nothing understood yet.
//!
//! The readers of formats fill it line by line; [`crate::import::shape`] cuts the tables out of it.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use crate::base::issue::{Failure, Issue};
use crate::import::cells::Cells;
use crate::import::grid::{Arena, Cell, MAX_CELLS, MAX_COLUMNS};

/// Lines that are counted together.
const BLOCK: usize = 1 << 13;

/// Cells that were merged, 0-based, both ends included; only the first of them holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
}

/// The cells of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Raw {
    /// Sheet; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Texts.
    pub arena: Arc<Arena>,
    /// Cells by 0-based position, then by line; a column ends after its last filled cell.
    pub columns: Vec<Cells>,
    /// 1-based row of each line; lines without any cell may be absent.
    pub rows: Vec<u32>,
    /// Fields of each line of a delimited file, empty ones included; empty for a workbook.
    pub n_fields: Vec<u32>,
    /// Merged cells.
    pub merged: Vec<Region>,
    /// Whether day numbers count from 1904.
    pub epoch_1904: bool,
    /// Cells that hold a formula without a result.
    pub n_unvalued: usize,
    /// What was noticed while it was read.
    pub issues: Vec<Issue>,
    n_stored: usize,
}

impl Raw {
    /// A sheet without cells.
    pub(crate) fn new(sheet: Option<&str>) -> Self {
        Self {
            sheet: sheet.map(str::to_owned),
            ..Self::default()
        }
    }

    /// Sets a cell of the last line to a text, if there is more to it than blanks.
    #[cfg(test)]
    pub(crate) fn set_text(&mut self, column: usize, text: &str) -> Result<(), Failure> {
        let cell = Arc::make_mut(&mut self.arena).text_cell(text)?;
        self.set(column, cell)
    }

    /// Begins a line; `row` is 1-based and greater than those before.
    pub(crate) fn begin_row(&mut self, row: u32) {
        self.rows.push(row);
    }

    /// Sets a cell of the last line; fails where that would make the table too large.
    pub(crate) fn set(&mut self, column: usize, cell: Cell) -> Result<(), Failure> {
        if cell == Cell::Empty || self.rows.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(self.too_large("too-many-columns", column + 1, MAX_COLUMNS));
        }
        if column >= self.columns.len() {
            self.columns.resize_with(column + 1, Cells::default);
        }
        let line = self.rows.len() - 1;
        let cells = &mut self.columns[column];
        let before = cells.len();
        cells.set(line, cell);
        self.n_stored += cells.len() - before;
        if self.n_stored > MAX_CELLS {
            return Err(self.too_large("table-too-large", self.n_stored, MAX_CELLS));
        }
        Ok(())
    }

    fn too_large(&self, code: &str, n: usize, limit: usize) -> Failure {
        let mut issue = Issue::error(code).with("n", n).with("limit", limit);
        issue.place.sheet.clone_from(&self.sheet);
        issue.into()
    }

    /// The cell of a line at a position.
    pub(crate) fn cell(&self, line: usize, column: usize) -> Cell {
        self.columns
            .get(column)
            .map_or(Cell::Empty, |cells| cells.get(line))
    }

    /// Text of a cell.
    pub(crate) fn text(&self, line: usize, column: usize) -> Option<Cow<'_, str>> {
        self.arena.cell_text(self.cell(line, column))
    }

    /// Filled cells of each line.
    pub(crate) fn fill(&self) -> Vec<u32> {
        let mut n_filled = vec![0; self.rows.len()];
        let blocks = n_filled.par_chunks_mut(BLOCK).enumerate();
        blocks.for_each(|(nth, n_filled)| {
            for cells in &self.columns {
                let lines = cells.of().get(nth * BLOCK..).unwrap_or_default();
                for (n, kept) in n_filled.iter_mut().zip(lines) {
                    *n += u32::from(*kept > 0);
                }
            }
        });
        n_filled
    }

    /// Filled cells of a line.
    pub(crate) fn n_filled(&self, line: usize) -> usize {
        self.filled(line).count()
    }

    /// Positions of the filled cells of a line.
    pub(crate) fn filled(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(move |(column, cells)| cells.is_filled(line).then_some(column))
    }

    /// A line as words.
    pub(crate) fn words(&self, line: usize) -> String {
        let texts: Vec<_> = self
            .filled(line)
            .filter_map(|column| self.text(line, column))
            .collect();
        texts.join(" ")
    }

    /// Text of a cell with the blanks around it.
    pub(crate) fn written(&self, line: usize, column: usize) -> Option<Cow<'_, str>> {
        match self.cell(line, column) {
            Cell::Text(span) => Some(Cow::Borrowed(self.arena.as_written(span))),
            cell => self.arena.cell_text(cell),
        }
    }

    /// Sets an empty cell of any line; `false` where something stands there.
    pub(crate) fn fill_down(&mut self, line: usize, column: usize, cell: Cell) -> bool {
        let Some(cells) = self.columns.get_mut(column) else {
            return false;
        };
        let is_blank = !cells.is_filled(line);
        if is_blank {
            cells.set(line, cell);
        }
        is_blank
    }

    /// The sheet with nothing but some of its columns, at their positions.
    pub(crate) fn columns_only(&self, columns: std::ops::Range<usize>) -> Self {
        let mut part = Self {
            columns: vec![Cells::default(); self.columns.len()],
            rows: self.rows.clone(),
            arena: Arc::clone(&self.arena),
            merged: self.merged.clone(),
            epoch_1904: self.epoch_1904,
            ..Self::new(self.sheet.as_deref())
        };
        for column in columns {
            part.columns[column].clone_from(&self.columns[column]);
        }
        part.drop_blank_lines();
        part
    }

    /// Takes columns out, as a sheet of their own.
    pub(crate) fn split_off(&mut self, columns: std::ops::Range<usize>) -> Self {
        let part = self.columns_only(columns.clone());
        for column in columns {
            self.columns[column] = Cells::default();
        }
        part
    }

    /// Removes lines without any cell.
    fn drop_blank_lines(&mut self) {
        let n_filled = self.fill();
        let lines: Vec<usize> = (0..n_filled.len())
            .filter(|&line| n_filled[line] > 0)
            .collect();
        for cells in self.columns.iter_mut().filter(|cells| cells.len() > 0) {
            *cells = cells.selection(&lines);
        }
        self.rows = lines.iter().map(|&line| self.rows[line]).collect();
    }
}
