//! The cells of a column: what stands in it, and of each line which of that it is.
//!
//! Most columns of a cohort hold few different values many times over. What is decided about a cell
//! is decided once for all the lines that hold it.

use crate::import::grid::Cell;

/// The cells of a column, one a line. A kept cell may stand in many lines; that two lines have different
/// positions does not mean that they say something different.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    /// What stands in the column; the first, which no line needs to have, is the empty cell.
    kept: Vec<Cell>,
    /// Of each line the position there.
    of: Vec<u32>,
}

/// A kept cell with the lines that hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Position among the kept cells.
    pub kept: usize,
    /// How many lines hold it.
    pub n: usize,
    /// The first of them.
    pub first: usize,
}

impl Cells {
    /// A column without lines, with room for so many.
    pub(crate) fn with_capacity(n_lines: usize) -> Self {
        Self {
            kept: Vec::new(),
            of: Vec::with_capacity(n_lines),
        }
    }

    /// Lines.
    pub(crate) fn len(&self) -> usize {
        self.of.len()
    }

    /// What stands in the column, the empty cell first.
    pub(crate) fn kept(&self) -> &[Cell] {
        if self.kept.is_empty() {
            &[Cell::Empty]
        } else {
            &self.kept
        }
    }

    /// The kept cells, to be changed where they lie.
    pub(crate) fn kept_mut(&mut self) -> &mut [Cell] {
        &mut self.kept
    }

    /// Of each line the position of its cell among the kept ones; 0 is the empty cell.
    pub(crate) fn of(&self) -> &[u32] {
        &self.of
    }

    /// The cell of a line; empty beyond the last.
    pub(crate) fn get(&self, line: usize) -> Cell {
        let kept = self.of.get(line).map_or(0, |kept| *kept as usize);
        self.kept.get(kept).copied().unwrap_or_default()
    }

    /// Whether something stands in a line.
    pub(crate) fn is_filled(&self, line: usize) -> bool {
        self.of.get(line).is_some_and(|kept| *kept > 0)
    }

    /// Whether nothing stands in any line.
    pub(crate) fn is_blank(&self) -> bool {
        self.of.iter().all(|kept| *kept == 0)
    }

    /// Filled lines.
    pub(crate) fn n_filled(&self) -> usize {
        self.of.iter().filter(|kept| **kept > 0).count()
    }

    /// Every line.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Cell> + '_ {
        let kept = self.kept();
        self.of.iter().map(|idx| kept[*idx as usize])
    }

    /// Keeps a cell, for lines that will hold it.
    pub(crate) fn keep(&mut self, cell: Cell) -> u32 {
        if cell == Cell::Empty {
            return 0;
        }
        if self.kept.is_empty() {
            self.kept.push(Cell::Empty);
        }
        self.kept.push(cell);
        // A column has fewer cells than a table may have.
        u32::try_from(self.kept.len() - 1).unwrap_or(0)
    }

    /// Sets a line to a kept cell; lines before it that are not there yet are empty.
    pub(crate) fn set_kept(&mut self, line: usize, kept: u32) {
        if line == self.of.len() {
            self.of.push(kept);
            return;
        }
        if line > self.of.len() {
            self.of.resize(line + 1, 0);
        }
        self.of[line] = kept;
    }

    /// Sets the cell of a line.
    pub(crate) fn set(&mut self, line: usize, cell: Cell) {
        let kept = self.keep(cell);
        self.set_kept(line, kept);
    }

    /// Makes it so many lines, the last ones empty or cut off.
    pub(crate) fn resize(&mut self, n_lines: usize) {
        self.of.resize(n_lines, 0);
    }

    /// Takes the first lines away.
    pub(crate) fn drop_first(&mut self, n_lines: usize) {
        self.of.drain(..n_lines.min(self.of.len()));
    }

    /// The cells of some lines.
    pub(crate) fn selection(&self, lines: &[usize]) -> Self {
        let mut selected = Self::with_capacity(lines.len());
        // Few lines of a long column: to tell which cells they share would cost more than to keep each.
        if lines.len() * 8 < self.kept.len() {
            for (at, &line) in lines.iter().enumerate() {
                selected.set(at, self.get(line));
            }
            return selected;
        }
        let mut kept_as = vec![0; self.kept.len()];
        for (at, &line) in lines.iter().enumerate() {
            let kept = self.of.get(line).map_or(0, |kept| *kept as usize);
            if kept > 0 && kept_as[kept] == 0 {
                kept_as[kept] = selected.keep(self.kept[kept]);
            }
            selected.set_kept(at, kept_as.get(kept).copied().unwrap_or(0));
        }
        selected
    }

    /// How many lines hold each kept cell.
    pub(crate) fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.kept().len()];
        for kept in &self.of {
            counts[*kept as usize] += 1;
        }
        counts
    }

    /// The kept cells that lines hold, in the order in which they come first.
    pub(crate) fn occurrences(&self) -> Vec<Occurrence> {
        let mut counts = vec![0_u32; self.kept().len()];
        let mut found: Vec<Occurrence> = Vec::new();
        for (line, kept) in self.of.iter().enumerate() {
            let kept = *kept as usize;
            if counts[kept] == 0 {
                found.push(Occurrence {
                    kept,
                    n: 0,
                    first: line,
                });
            }
            counts[kept] += 1;
        }
        for occurrence in &mut found {
            occurrence.n = counts[occurrence.kept] as usize;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(x: f64) -> Cell {
        Cell::Number(x.into())
    }

    #[test]
    fn lines_hold_what_was_set_and_are_empty_where_nothing_was() {
        let mut cells = Cells::default();
        assert_eq!((cells.get(0), cells.kept().len()), (Cell::Empty, 1));
        cells.set(2, number(7.0));
        let kept = cells.keep(number(8.0));
        cells.set_kept(3, kept);
        cells.set_kept(0, kept);
        cells.resize(6);
        let read: Vec<Cell> = cells.iter().collect();
        let empty = Cell::Empty;
        let (seven, eight) = (number(7.0), number(8.0));
        assert_eq!(read, [eight, empty, seven, eight, empty, empty]);
        assert_eq!((cells.n_filled(), cells.is_filled(1)), (3, false));
        cells.drop_first(2);
        assert_eq!((cells.get(0), cells.len()), (seven, 4));
    }

    #[test]
    fn occurrences_come_in_the_order_of_the_lines() {
        let mut cells = Cells::default();
        let (a, b) = (cells.keep(number(1.0)), cells.keep(number(2.0)));
        for (line, kept) in [b, a, b, 0].into_iter().enumerate() {
            cells.set_kept(line, kept);
        }
        let found: Vec<(usize, usize, usize)> = cells
            .occurrences()
            .iter()
            .map(|seen| (seen.kept, seen.n, seen.first))
            .collect();
        assert_eq!(found, [(2, 2, 0), (1, 1, 1), (0, 1, 3)]);
        assert_eq!(cells.counts(), [1, 1, 2]);
    }

    #[test]
    fn a_selection_holds_the_same_cells_however_few_lines_it_has() {
        let mut cells = Cells::default();
        for line in 0..100 {
            cells.set(line, number(f64::from(line as u32 % 7)));
        }
        for lines in [vec![3, 99, 4], (0..100).rev().collect(), vec![200]] {
            let selected = cells.selection(&lines);
            let wanted: Vec<Cell> = lines.iter().map(|&line| cells.get(line)).collect();
            assert_eq!(selected.iter().collect::<Vec<_>>(), wanted);
        }
    }
}
