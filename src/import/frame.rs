//! Which part of a sheet is read where the person says so: range, rows to skip, rows of the header.

use crate::base::issue::{Failure, Issue};
use crate::cohort::Account;
use crate::import::ImportOptions;
use crate::import::grid::Cell;
use crate::import::heading::{Heading, MAX_HEADER_ROWS};
use crate::import::raw::Raw;

/// Columns that a spreadsheet has.
const MAX_POSITION: u32 = 16_384;

/// What the person chose, checked on its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    header_row: Option<u32>,
    n_header_rows: Option<usize>,
    skip: Vec<(u32, u32)>,
    range: Option<Range>,
}

/// A block of cells, 1-based, both ends included; a row may be left open.
#[derive(Clone, Debug)]
struct Range {
    written: String,
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Frame {
    /// The frame of the options. Fails where one says nothing that can be done.
    pub(crate) fn new(options: &ImportOptions) -> Result<Self, Failure> {
        if options.header_row == Some(0) {
            return Err(Issue::error("header-row-unknown")
                .with("row", 0_usize)
                .into());
        }
        let n_header_rows = match options.n_header_rows {
            Some(n) if n == 0 || n as usize > MAX_HEADER_ROWS => {
                return Err(Issue::error("header-rows-unknown")
                    .with("n", n as usize)
                    .with("limit", MAX_HEADER_ROWS)
                    .into());
            }
            n => n.map(|n| n as usize),
        };
        for &(from, to) in &options.skip_rows {
            if from == 0 || from > to {
                return Err(Issue::error("skip-rows-unknown")
                    .with("from", from as usize)
                    .with("to", to as usize)
                    .into());
            }
        }
        let range = options.range.as_deref().map(|written| {
            parse_range(written)
                .ok_or_else(|| Failure::from(Issue::error("range-unknown").found(written)))
        });
        Ok(Self {
            header_row: options.header_row,
            n_header_rows,
            skip: options.skip_rows.clone(),
            range: range.transpose()?,
        })
    }

    /// Whether nothing was chosen.
    pub(crate) fn is_open(&self) -> bool {
        self.header_row.is_none()
            && self.n_header_rows.is_none()
            && self.skip.is_empty()
            && self.range.is_none()
    }

    /// Whether a row is left out by choice.
    pub(crate) fn skips(&self, row: u32) -> bool {
        self.skip
            .iter()
            .any(|&(from, to)| (from..=to).contains(&row))
            || self
                .range
                .as_ref()
                .is_some_and(|range| !(range.rows.0..=range.rows.1).contains(&row))
    }

    /// Empties what the choice leaves out, and counts it. Fails where nothing is left.
    pub(crate) fn apply(
        &self,
        raw: &mut Raw,
        account: &mut Account,
    ) -> Result<Vec<Issue>, Failure> {
        if self.skip.is_empty() && self.range.is_none() {
            return Ok(Vec::new());
        }
        let mut issues = Vec::new();
        let place = |issue: Issue| {
            let mut issue = issue;
            issue.place.sheet.clone_from(&raw.sheet);
            issue
        };
        let (mut n_outside, mut n_skipped) = (0, 0);
        let in_skip = |row: u32| {
            self.skip
                .iter()
                .any(|&(from, to)| (from..=to).contains(&row))
        };
        let mut n_left = 0;
        for (column, cells) in raw.columns.iter_mut().enumerate() {
            for (line, &row) in raw.rows.iter().enumerate() {
                if !cells.is_filled(line) {
                    continue;
                }
                let outside = self
                    .range
                    .as_ref()
                    .is_some_and(|range| !range.holds(row, column));
                if outside || in_skip(row) {
                    n_outside += usize::from(outside);
                    n_skipped += usize::from(!outside);
                    cells.set(line, Cell::Empty);
                } else {
                    n_left += 1;
                }
            }
        }
        if n_left == 0
            && let Some(range) = &self.range
        {
            return Err(place(Issue::error("range-empty").found(&range.written)).into());
        }
        if let Some(range) = &self.range
            && n_outside > 0
        {
            issues.push(place(
                Issue::note("range-left-out")
                    .found(&range.written)
                    .with("n", n_outside),
            ));
        }
        if n_skipped > 0 {
            issues.push(place(Issue::note("rows-skipped").with("n", n_skipped)));
        }
        account.left_out += n_outside + n_skipped;
        Ok(issues)
    }

    /// The header that was chosen, or the one found with the chosen number of rows.
    pub(crate) fn heading(
        &self,
        raw: &Raw,
        n_filled: &[u32],
        found: Option<Heading>,
    ) -> Result<Option<Heading>, Failure> {
        let Some(row) = self.header_row else {
            let (Some(mut heading), Some(n)) = (found, self.n_header_rows) else {
                return Ok(found);
            };
            if heading.last - heading.first + 1 > n {
                heading.first = heading.last + 1 - n;
            } else {
                heading.last = last_line(raw, heading.first, n);
            }
            return Ok(Some(heading));
        };
        let line = raw.rows.iter().position(|&r| r == row);
        let Some(first) = line.filter(|&line| n_filled[line] > 0) else {
            let mut issue = Issue::error("header-row-unknown").with("row", row as usize);
            issue.place.sheet.clone_from(&raw.sheet);
            return Err(issue.into());
        };
        Ok(Some(match self.n_header_rows {
            Some(n) => Heading {
                first,
                last: last_line(raw, first, n),
            },
            None => Heading {
                first,
                ..crate::import::heading::extend(raw, n_filled, first)
            },
        }))
    }
}

/// The last line of `n` rows that begin with a line.
fn last_line(raw: &Raw, first: usize, n: usize) -> usize {
    let end = raw.rows[first].saturating_add(n as u32);
    let n_lines = raw.rows[first..]
        .iter()
        .take_while(|&&row| row < end)
        .count();
    first + n_lines.max(1) - 1
}

impl Range {
    fn holds(&self, row: u32, column: usize) -> bool {
        let position = u32::try_from(column + 1).unwrap_or(u32::MAX);
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&position)
    }
}

/// `B3:AF200`, `$B$3:$AF$200`, or whole columns `B:AF`.
fn parse_range(written: &str) -> Option<Range> {
    let plain: String = written
        .chars()
        .filter(|c| *c != '$' && !c.is_whitespace())
        .collect();
    let (from, to) = plain.split_once(':')?;
    let ((first_column, first_row), (last_column, last_row)) = (corner(from)?, corner(to)?);
    let rows = match (first_row, last_row) {
        (Some(first), Some(last)) => (first.min(last), first.max(last)),
        (None, None) => (1, u32::MAX),
        _ => return None,
    };
    Some(Range {
        written: written.to_owned(),
        rows,
        columns: (first_column.min(last_column), first_column.max(last_column)),
    })
}

/// Position of the column and the row of `AF200`; the row may be left out.
fn corner(text: &str) -> Option<(u32, Option<u32>)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (letters, digits) = text.split_at(end);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, letter| {
        sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row = match digits {
        "" => None,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => Some(digits.parse().ok()?),
        _ => return None,
    };
    (column <= MAX_POSITION && row != Some(0)).then_some((column, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_a_spreadsheet_writes_them() {
        let range = |text: &str| parse_range(text).map(|range| (range.rows, range.columns));
        assert_eq!(range("B3:AF200"), Some(((3, 200), (2, 32))));
        assert_eq!(range("$b$3 : $AF$200"), Some(((3, 200), (2, 32))));
        assert_eq!(range("C:A"), Some(((1, u32::MAX), (1, 3))));
        for text in [
            "",
            "B3",
            "B0:C4",
            "B3:C",
            "3:5",
            "B3:C4:D5",
            "AAAA1:B2",
            "B3:C9999999999",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
