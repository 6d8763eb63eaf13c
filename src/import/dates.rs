//! Dates of a column: which order of day and month they are read in, serial numbers, texts.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Kind, Limited, header};
use crate::import::cells::Occurrence;
use crate::import::column::{Column, Reading, Values};
use crate::import::dialect::OrderKnown;
use crate::import::grid::Cell;
use crate::import::survey::{Look, Orders, Survey};
use crate::import::texts::Texts;
use crate::import::value::{self, DateOrder, Day};

/// Day numbers of a spreadsheet from 1927 to 2119 (in the epoch of 1900).
const DAY_NUMBERS: std::ops::Range<f64> = 10_000.0..80_000.0;

impl Column<'_> {
    /// Whether the header says that the column holds dates.
    pub(super) fn says_date(&self) -> bool {
        header::words(self.header())
            .iter()
            .any(|w| matches!(w.as_str(), "date" | "dates" | "dt" | "ddn" | "dob" | "jour"))
    }

    /// Numbers that may be days as a spreadsheet counts them, or dates written as 20240531.
    pub(super) fn n_day_numbers(&self) -> usize {
        let is_day = |x: f64| DAY_NUMBERS.contains(&x) || compact_day(x).is_some();
        let Survey {
            occurrences,
            looks,
            numbers,
            ..
        } = self.survey;
        let is_day = |at: &&Occurrence| looks[at.kept] == Look::Number && is_day(numbers[at.kept]);
        occurrences.iter().filter(is_day).map(|at| at.n).sum()
    }

    /// The day of a number that stands among dates.
    fn numbered_day(&self, x: f64) -> Option<Day> {
        compact_day(x).or_else(|| {
            DAY_NUMBERS
                .contains(&x)
                .then(|| self.grid.excel_day(x))
                .flatten()
        })
    }

    pub(super) fn dates(&self) -> Result<Reading, Failure> {
        let survey = self.survey;
        let (order, doubts) = self.order()?;
        let mut unread = Limited::default();
        let (mut n_short, mut n_timed, mut n_numbers) = (0_usize, 0_usize, 0_usize);
        let mut n_worded = 0_usize;
        let mut n_read = 0;
        let mut days: Vec<Option<Day>> = vec![None; survey.looks.len()];
        let mut is_unread = vec![false; survey.looks.len()];
        for at in &survey.occurrences {
            let look = survey.looks[at.kept];
            let day: Option<Day> = match (self.cells().kept()[at.kept], look) {
                (Cell::Date(day), _) => Some(day),
                (Cell::Text(span), Look::Date) => {
                    let text = self.grid.arena.get(span);
                    match value::date_parts(text) {
                        Some(parts) => {
                            n_short += at.n * usize::from(parts.short_year);
                            n_timed += at.n * usize::from(parts.timed);
                            value::day(parts, order)
                        }
                        None => {
                            n_worded += at.n;
                            value::worded_day(text)
                        }
                    }
                }
                (_, Look::Number) => {
                    let day = self.numbered_day(survey.numbers[at.kept]);
                    n_numbers += at.n * usize::from(day.is_some());
                    day
                }
                _ => None,
            };
            is_unread[at.kept] =
                day.is_none() && !matches!(look, Look::Empty | Look::MissingWord | Look::Error);
            n_read += at.n * usize::from(day.is_some());
            days[at.kept] = day;
        }
        for line in self.lines_of(|kept| is_unread[kept]) {
            unread.push(|| self.at_cell("date-unreadable", line));
        }
        let mut values = Texts::default();
        for day in days {
            match day {
                Some(day) => values.push_iso(day),
                None => values.push(None),
            }
        }
        let mut reading = self.reading(Kind::Date, Values::Texts(values), "kind-date", n_read);
        reading.mark_unread(&is_unread);
        reading.issues.extend(doubts);
        reading.issues.extend(unread.finish());
        for (n, code) in [
            (n_short, "two-digit-years"),
            (n_timed, "time-left-out"),
            (n_worded, "months-in-words"),
            (n_numbers, "day-numbers"),
        ] {
            if n > 0 {
                reading.issues.push(self.note(code).with("n", n));
            }
        }
        Ok(reading)
    }

    /// The order of day and month: as chosen, as the column shows, as the rest of the file shows,
    /// as the codebook says; else as files of this kind are usually written, and asked.
    fn order(&self) -> Result<(DateOrder, Vec<Issue>), Failure> {
        let dialect = self.known.dialect;
        if let Some(name) = self
            .known
            .choice
            .and_then(|choice| choice.date_order.as_deref())
        {
            let order = DateOrder::named(name).ok_or_else(|| {
                Failure::from(self.column_error("date-order-unknown").found(name))
            })?;
            return Ok((order, Vec::new()));
        }
        if dialect.order_known == OrderKnown::Chosen {
            return Ok((dialect.order, Vec::new()));
        }
        let Orders {
            day_first,
            month_first,
            either,
            example,
        } = self.survey.orders;
        let own = if day_first >= month_first {
            DateOrder::Dmy
        } else {
            DateOrder::Mdy
        };
        let shown = dialect.order_known == OrderKnown::Shown;
        if day_first + month_first > 0 {
            let mixed = (day_first > 0 && month_first > 0).then(|| {
                self.warning("date-order-mixed")
                    .with("days", day_first)
                    .with("months", month_first)
                    .with("order", own.name())
            });
            return Ok((own, mixed.into_iter().collect()));
        }
        let hint = self.known.entry.and_then(|entry| entry.date_order);
        if let Some(order) = hint.filter(|_| !shown) {
            return Ok((order, Vec::new()));
        }
        let order = match dialect.order {
            DateOrder::Ymd => DateOrder::Dmy,
            order => order,
        };
        let Some(line) = example.filter(|_| !shown) else {
            return Ok((order, Vec::new()));
        };
        Ok((order, vec![self.undecided(line, either, order)]))
    }

    /// Asks for the order, with both readings of an example.
    fn undecided(&self, line: usize, n: usize, order: DateOrder) -> Issue {
        let text = self.text(line);
        let read = |order: DateOrder| {
            value::date_parts(&text)
                .and_then(|parts| value::day(parts, order))
                .map(Day::iso)
                .unwrap_or_default()
        };
        Issue::warning("date-order-undecided")
            .at(self.grid.place(line, self.idx))
            .found(&text)
            .with("n", n)
            .with("order", order.name())
            .with("dmy", read(DateOrder::Dmy))
            .with("mdy", read(DateOrder::Mdy))
    }

    fn column_error(&self, code: &str) -> Issue {
        Issue::error(code).at(self.grid.column_place(self.idx))
    }
}

/// A date written as one number, 20240531.
fn compact_day(x: f64) -> Option<Day> {
    if x.fract() != 0.0 || !(18_800_101.0..=22_001_231.0).contains(&x) {
        return None;
    }
    let x = x as u32;
    Day::new(
        u16::try_from(x / 10_000).ok()?,
        u8::try_from(x / 100 % 100).ok()?,
        u8::try_from(x % 100).ok()?,
    )
}
