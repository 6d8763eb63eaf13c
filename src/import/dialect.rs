//! The decimal mark and the order of day and month: properties of the file, found from whole columns.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::base::issue::{Failure, Issue};
use crate::base::task::{Cancelled, TaskHandle};
use crate::import::ImportOptions;
use crate::import::cells::Cells;
use crate::import::grid::{Cell, Grid};
use crate::import::value::{DateOrder, DateParts, Marks, date_parts};

/// How numbers and dates of the file are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// Marks in numbers.
    pub marks: Marks,
    /// Order of the parts of a date.
    pub order: DateOrder,
    /// Whether the person chose it, or dates of the file show it; else it is the usual one where
    /// files are written so.
    pub order_known: OrderKnown,
    /// Whether numbers with a decimal mark were seen or the mark was chosen.
    pub has_mark: bool,
    /// Whether dates were seen or their order was chosen.
    pub has_dates: bool,
}

/// How the order of day and month is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderKnown {
    /// The person chose it.
    Chosen,
    /// Dates of the file show it.
    Shown,
    /// No date shows it.
    Guessed,
}

/// What the columns show.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Decimals that can't be thousands: another count of digits than three follows.
    comma: usize,
    point: usize,
    /// One mark and three digits: decimals or thousands.
    comma_weak: usize,
    point_weak: usize,
    /// Dates whose first part can't be a month.
    day_first: usize,
    /// Dates whose second part can't be a month.
    month_first: usize,
    /// Dates that read both ways, and are not the same in both.
    either: usize,
    year_first: usize,
    /// Parted by points, which no one does who writes the month first.
    pointed: usize,
}

/// Finds how numbers and dates are written; what the user chose has the last word.
pub(crate) fn find(
    grids: &[&Grid],
    delimiter: Option<char>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<(Dialect, Vec<Issue>), Failure> {
    let mut tally = Tally::default();
    for grid in grids {
        for seen in survey(grid, task)? {
            tally.add(&seen.verdict());
        }
    }
    let mut issues = Vec::new();
    let (marks, has_mark) = match options.decimal_mark {
        Some(mark @ ('.' | ',')) => (
            Marks {
                decimal: mark as u8,
                decided: true,
            },
            true,
        ),
        Some(mark) => {
            return Err(Issue::error("decimal-mark-unknown")
                .found(&mark.to_string())
                .into());
        }
        None => marks(&tally, delimiter, &mut issues),
    };
    let chosen = options.date_order.as_deref().map(|name| {
        let unknown = || Failure::from(Issue::error("date-order-unknown").found(name));
        DateOrder::named(name).ok_or_else(unknown)
    });
    let (order, has_dates, order_known) = match chosen {
        Some(order) => (order?, true, OrderKnown::Chosen),
        None => order(&tally, delimiter),
    };
    Ok((
        Dialect {
            marks,
            order,
            order_known,
            has_mark,
            has_dates,
        },
        issues,
    ))
}

fn marks(tally: &Tally, delimiter: Option<char>, issues: &mut Vec<Issue>) -> (Marks, bool) {
    let sure = |decimal| {
        (
            Marks {
                decimal,
                decided: true,
            },
            true,
        )
    };
    match (tally.comma > 0, tally.point > 0) {
        (true, false) => return sure(b','),
        (false, true) => return sure(b'.'),
        (true, true) => {
            let comma = tally.comma >= tally.point;
            let mark = if comma { "," } else { "." };
            issues.push(
                Issue::warning("decimal-mark-mixed")
                    .with("commas", tally.comma)
                    .with("points", tally.point)
                    .with("mark", mark),
            );
            return (
                Marks {
                    decimal: mark.as_bytes()[0],
                    decided: false,
                },
                true,
            );
        }
        (false, false) => {}
    }
    // Only `1,234` or `1.234`. A file parted by commas is not French: there it is a thousand.
    let english = delimiter == Some(',');
    let decimal = match (tally.comma_weak > 0, tally.point_weak > 0) {
        (true, false) if english => b'.',
        (true, false) => b',',
        (false, true) => b'.',
        (true, true) => {
            if english {
                b'.'
            } else {
                b','
            }
        }
        (false, false) => {
            let decimal = if delimiter == Some(';') { b',' } else { b'.' };
            return (
                Marks {
                    decimal,
                    decided: false,
                },
                false,
            );
        }
    };
    let mark = char::from(decimal).to_string();
    issues.push(Issue::warning("decimal-mark-undecided").with("mark", mark));
    (
        Marks {
            decimal,
            decided: english && tally.comma_weak > 0,
        },
        true,
    )
}

/// The order that most dates show. Columns decide for themselves where their own dates show another.
fn order(tally: &Tally, delimiter: Option<char>) -> (DateOrder, bool, OrderKnown) {
    let day_first = tally.day_first + tally.pointed;
    if day_first + tally.month_first > 0 {
        let order = if day_first >= tally.month_first {
            DateOrder::Dmy
        } else {
            DateOrder::Mdy
        };
        return (order, true, OrderKnown::Shown);
    }
    // Commas between fields and points in numbers: as written where the month comes first.
    let american = delimiter == Some(',') && tally.point > 0 && tally.comma == 0;
    let usual = if american {
        DateOrder::Mdy
    } else {
        DateOrder::Dmy
    };
    match (tally.either > 0, tally.year_first > 0) {
        (true, _) => (usual, true, OrderKnown::Guessed),
        (false, true) => (DateOrder::Ymd, true, OrderKnown::Guessed),
        (false, false) => (usual, false, OrderKnown::Guessed),
    }
}

/// What a column shows so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    tally: Tally,
    n_text: usize,
    n_number: usize,
    n_date: usize,
}

/// Looks at all cells of a table.
fn survey(grid: &Grid, task: &TaskHandle) -> Result<Vec<Seen>, Cancelled> {
    let look = |cells: &Cells| {
        task.check()?;
        let mut seen = Seen::default();
        for (cell, n) in cells.kept().iter().zip(cells.counts()) {
            if let Cell::Text(span) = cell {
                seen.look(grid.arena.get(*span), n as usize);
            }
        }
        Ok(seen)
    };
    grid.columns.par_iter().map(look).collect()
}

impl Seen {
    /// Looks at a text that stands in `n` lines.
    fn look(&mut self, text: &str, n: usize) {
        self.n_text += n;
        let Some(first) = text.bytes().next() else {
            return;
        };
        if !first.is_ascii_digit() && !matches!(first, b'-' | b'+' | b',' | b'.' | b'<' | 0xE2) {
            return;
        }
        if self.tally.plain_number(text.as_bytes(), n) {
            self.n_number += n;
        } else if let Some(parts) = date_parts(text) {
            self.n_date += n;
            self.tally.date(parts, text.contains('.'), n);
        } else if self.tally.number(text, n) {
            self.n_number += n;
        }
    }

    /// The column counts only where most of its texts are numbers, or dates.
    fn verdict(self) -> Tally {
        let Self {
            mut tally,
            n_text,
            n_number,
            n_date,
        } = self;
        let none = Tally::default();
        if n_date * 2 < n_text {
            tally = Tally {
                comma: tally.comma,
                point: tally.point,
                comma_weak: tally.comma_weak,
                point_weak: tally.point_weak,
                ..none
            };
        }
        if n_number * 2 < n_text {
            let Tally {
                day_first,
                month_first,
                either,
                year_first,
                pointed,
                ..
            } = tally;
            tally = Tally {
                day_first,
                month_first,
                either,
                year_first,
                pointed,
                ..none
            };
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, other: &Self) {
        let Self {
            comma,
            point,
            comma_weak,
            point_weak,
            day_first,
            month_first,
            either,
            year_first,
            pointed,
        } = other;
        self.comma += comma;
        self.point += point;
        self.comma_weak += comma_weak;
        self.point_weak += point_weak;
        self.day_first += day_first;
        self.month_first += month_first;
        self.either += either;
        self.year_first += year_first;
        self.pointed += pointed;
    }

    /// Counts the order of a date that stands in `n` lines.
    fn date(&mut self, date: DateParts, pointed: bool, n: usize) {
        let [a, b, _] = date.parts;
        match () {
            () if date.year_first => self.year_first += n,
            () if a > 12 && b <= 12 => self.day_first += n,
            () if b > 12 && a <= 12 => self.month_first += n,
            () if a == b => {}
            () if pointed => self.pointed += n,
            () => self.either += n,
        }
    }

    /// Counts the mark of a number in `n` lines that is nothing but digits and at most one mark between
    /// them, as most are; `false` for all else.
    fn plain_number(&mut self, text: &[u8], n: usize) -> bool {
        let digits = text.strip_prefix(b"-").unwrap_or(text);
        let before = digits.iter().take_while(|b| b.is_ascii_digit()).count();
        let Some((mark, fraction)) = digits[before..].split_first() else {
            return before > 0;
        };
        let is_fraction = !fraction.is_empty() && fraction.iter().all(u8::is_ascii_digit);
        if before == 0 || !matches!(mark, b',' | b'.') || !is_fraction {
            return false;
        }
        let weak = fraction.len() == 3 && before <= 3 && digits[0] != b'0';
        let count = match (mark, weak) {
            (b',', true) => &mut self.comma_weak,
            (b',', false) => &mut self.comma,
            (_, true) => &mut self.point_weak,
            (_, false) => &mut self.point,
        };
        *count += n;
        true
    }

    /// Counts the marks of a number in `n` lines; `false` for what is none.
    fn number(&mut self, text: &str, n: usize) -> bool {
        let body = text
            .trim_start_matches(['-', '+', '\u{2212}', '<', ' '])
            .trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
        let (mut n_commas, mut n_points, mut last, mut after, mut before) =
            (0, 0, None, 0_usize, 0_usize);
        for c in body.chars() {
            match c {
                '0'..='9' => {
                    after += 1;
                    before += usize::from(last.is_none());
                }
                ',' | '.' => {
                    n_commas += usize::from(c == ',');
                    n_points += usize::from(c == '.');
                    last = Some(c);
                    after = 0;
                }
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' => {}
                _ => return false,
            }
        }
        if before == 0 && last.is_none() {
            return false;
        }
        let weak = after == 3 && (1..=3).contains(&before) && !body.starts_with('0');
        match (last, n_commas, n_points) {
            (Some(','), 1, 0) if weak => self.comma_weak += n,
            (Some('.'), 0, 1) if weak => self.point_weak += n,
            (Some(','), 1, _) => self.comma += n,
            (Some('.'), _, 1) => self.point += n,
            // `1.234.567`: the mark that comes twice parts thousands.
            (Some('.'), 0, _) => self.comma += n,
            (Some(','), _, 0) => self.point += n,
            _ => {}
        }
        true
    }
}
