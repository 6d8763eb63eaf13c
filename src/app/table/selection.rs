//! The cell that the keyboard is on and the block that is chosen, counted as they are shown.

use std::ops::Range;

/// A place in a table: position among the rows that are shown, and column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Position among the rows that are shown.
    pub position: usize,
    /// Column.
    pub column: usize,
}

/// What is chosen as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Whole {
    /// Single cells.
    #[default]
    Cells,
    /// Columns from top to bottom.
    Columns,
    /// Rows from left to right.
    Rows,
    /// Everything.
    All,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where the keyboard is.
    cursor: Option<Spot>,
    /// The other corner of the block.
    anchor: Spot,
    whole: Whole,
}

/// A rectangle of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Positions among the rows that are shown.
    pub positions: Range<usize>,
    /// Columns.
    pub columns: Range<usize>,
    /// Whether whole columns are chosen, so that their titles are copied with them.
    pub with_titles: bool,
}

impl Block {
    /// Number of cells.
    pub fn n_cells(&self) -> usize {
        self.positions.len().saturating_mul(self.columns.len())
    }

    /// Whether a cell lies in it.
    pub fn contains(&self, spot: Spot) -> bool {
        self.positions.contains(&spot.position) && self.columns.contains(&spot.column)
    }
}

impl Selection {
    /// Where the keyboard is.
    pub fn cursor(&self) -> Option<Spot> {
        self.cursor
    }

    /// Goes to a cell; the block reaches from where it began if `extends`.
    pub fn place(&mut self, spot: Spot, extends: bool) {
        let extends = extends && self.cursor.is_some();
        if !extends {
            self.anchor = spot;
            self.whole = Whole::Cells;
        }
        self.cursor = Some(spot);
    }

    /// Chooses a column from top to bottom, and those up to the one chosen before if `extends`.
    pub fn choose_column(&mut self, column: usize, extends: bool) {
        let extends = extends && self.whole == Whole::Columns && self.cursor.is_some();
        let spot = Spot {
            position: self.cursor.map_or(0, |cursor| cursor.position),
            column,
        };
        if !extends {
            self.anchor = spot;
        }
        self.cursor = Some(spot);
        self.whole = Whole::Columns;
    }

    /// Chooses the columns of the block from top to bottom.
    pub fn widen_to_columns(&mut self) {
        self.widen(Whole::Columns);
    }

    /// Chooses the rows of the block from left to right.
    pub fn widen_to_rows(&mut self) {
        self.widen(Whole::Rows);
    }

    /// Chooses everything.
    pub fn choose_all(&mut self) {
        self.cursor.get_or_insert_default();
        self.whole = Whole::All;
    }

    /// Chooses the cell under the cursor alone.
    pub fn collapse(&mut self) {
        if let Some(cursor) = self.cursor {
            self.place(cursor, false);
        }
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn widen(&mut self, whole: Whole) {
        if self.cursor.is_some() {
            self.whole = whole;
        }
    }

    /// Moves by rows and columns, staying within a table of that size. Returns where it is then.
    pub fn step(
        &mut self,
        by: (isize, isize),
        extends: bool,
        size: (usize, usize),
    ) -> Option<Spot> {
        let last = (size.0.checked_sub(1)?, size.1.checked_sub(1)?);
        let spot = match self.cursor {
            Some(now) => Spot {
                position: now.position.saturating_add_signed(by.0).min(last.0),
                column: now.column.saturating_add_signed(by.1).min(last.1),
            },
            None => Spot {
                position: if by.0 < 0 { last.0 } else { 0 },
                column: 0,
            },
        };
        self.place(spot, extends);
        Some(spot)
    }

    /// The block that is chosen in a table of that size: rows, columns.
    pub fn block(&self, size: (usize, usize)) -> Option<Block> {
        let cursor = self.cursor?;
        let span =
            |a: usize, b: usize, n: usize| a.min(b).min(n)..a.max(b).saturating_add(1).min(n);
        let positions = span(self.anchor.position, cursor.position, size.0);
        let columns = span(self.anchor.column, cursor.column, size.1);
        let block = match self.whole {
            Whole::Cells => Block {
                positions,
                columns,
                with_titles: false,
            },
            Whole::Columns => Block {
                positions: 0..size.0,
                columns,
                with_titles: true,
            },
            Whole::Rows => Block {
                positions,
                columns: 0..size.1,
                with_titles: false,
            },
            Whole::All => Block {
                positions: 0..size.0,
                columns: 0..size.1,
                with_titles: true,
            },
        };
        (!block.positions.is_empty() && !block.columns.is_empty()).then_some(block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (usize, usize) = (10, 4);

    fn spot(position: usize, column: usize) -> Spot {
        Spot { position, column }
    }

    #[test]
    fn a_block_reaches_from_where_it_began_to_the_cursor() {
        let mut selection = Selection::default();
        assert_eq!(selection.block(SIZE), None);
        selection.place(spot(5, 2), false);
        selection.place(spot(3, 1), true);
        let block = selection.block(SIZE).unwrap();
        assert_eq!((block.positions, block.columns), (3..6, 1..3));
        assert_eq!(
            selection.step((isize::MAX, 0), true, SIZE),
            Some(spot(9, 1))
        );
        let block = selection.block(SIZE).unwrap();
        assert_eq!((block.positions, block.columns), (5..10, 1..3));
        selection.step((0, -9), false, SIZE);
        assert_eq!(selection.block(SIZE).unwrap().n_cells(), 1);
        selection.collapse();
        assert_eq!(selection.cursor(), Some(spot(9, 0)));
    }

    #[test]
    fn whole_columns_come_with_their_titles_and_rows_without() {
        let mut selection = Selection::default();
        selection.choose_column(2, true);
        selection.choose_column(1, true);
        let block = selection.block(SIZE).unwrap();
        assert_eq!(
            (block.positions.clone(), block.columns.clone()),
            (0..10, 1..3)
        );
        assert!(block.with_titles);
        selection.place(spot(4, 3), false);
        selection.widen_to_rows();
        let block = selection.block(SIZE).unwrap();
        assert_eq!((block.positions, block.columns), (4..5, 0..4));
        selection.choose_all();
        assert_eq!(selection.block(SIZE).unwrap().n_cells(), 40);
    }

    #[test]
    fn an_empty_table_holds_no_block_and_no_step() {
        let mut selection = Selection::default();
        assert_eq!(selection.step((1, 0), false, (0, 4)), None);
        selection.place(spot(3, 1), false);
        assert_eq!(selection.block((0, 4)), None);
        assert_eq!(selection.block((2, 4)), None);
    }
}
