//! When a patient was seen: dates of visits counted from the implant, and which visit is the visit.

use jiff::civil::Date;

use crate::cohort::{Cohort, Kind, Timing, Variable};
use crate::outcome::course::find_any;
use crate::outcome::scores::months_after;

/// Mean length of a month in days (365.25 / 12).
pub(super) const DAYS_A_MONTH: f64 = 30.4375;

/// Days since 1970 of every patient; empty where the cohort has no such column.
#[derive(Default)]
pub(super) struct Days {
    /// Name of the variable.
    pub(super) name: Option<String>,
    values: Vec<Option<i32>>,
}

impl Days {
    /// Reads a column of ISO dates; anything else has none.
    pub(super) fn read(cohort: &Cohort, variable: Option<&Variable>) -> Self {
        let Some(variable) = variable.filter(|variable| variable.kind == Kind::Date) else {
            return Self::default();
        };
        let Ok(texts) = cohort.text_refs(&variable.name) else {
            return Self::default();
        };
        Self {
            name: Some(variable.name.clone()),
            values: texts.iter().map(|text| day_number((*text)?)).collect(),
        }
    }

    /// The day of one patient.
    pub(super) fn at(&self, row: usize) -> Option<i32> {
        self.values.get(row).copied().flatten()
    }
}

fn day_number(text: &str) -> Option<i32> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let since = Date::constant(1970, 1, 1).until(day).ok()?;
    Some(since.get_days())
}

/// One visit of one patient.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// Month that its columns name.
    pub(super) month: u16,
    /// Its day since 1970, where dated.
    pub(super) day: Option<i32>,
    /// Days from the implant: by date where both are known, else the month times 30.4375.
    pub(super) elapsed: f64,
}

/// Start of the count and dates of the visits.
pub(super) struct Visits {
    /// Day of the implant, else of the trial.
    pub(super) starts: Days,
    dates: Vec<(u16, Days)>,
}

impl Visits {
    pub(super) fn read(cohort: &Cohort) -> Self {
        let mut starts = Days::read(cohort, find_any(cohort, "implant-date"));
        if starts.name.is_none() {
            starts = Days::read(cohort, find_any(cohort, "trial-date"));
        }
        let dated = |month: u16| {
            let variable = cohort.find("visit-date", Timing::After(month));
            let days = Days::read(cohort, variable);
            days.name.is_some().then_some((month, days))
        };
        Self {
            starts,
            dates: months_after(cohort).into_iter().filter_map(dated).collect(),
        }
    }

    /// Months whose columns may hold the visit that is due: with a window, those within it by name and
    /// those that are dated; without one, the due month alone.
    pub(super) fn months_within(
        &self,
        cohort: &Cohort,
        due: u16,
        window_weeks: Option<u16>,
    ) -> Vec<u16> {
        let Some(weeks) = window_weeks else {
            return vec![due];
        };
        let mut months = months_after(cohort);
        months.retain(|&month| {
            let away = f64::from(month.abs_diff(due)) * DAYS_A_MONTH;
            let is_dated =
                self.starts.name.is_some() && self.dates.iter().any(|(m, _)| *m == month);
            is_dated || away <= 7.0 * f64::from(weeks)
        });
        months
    }

    /// The visit of a patient at that month.
    pub(super) fn seen(&self, row: usize, month: u16) -> Seen {
        let days = self.dates.iter().find(|(m, _)| *m == month);
        let day = days.and_then(|(_, days)| days.at(row));
        let elapsed = match (day, self.starts.at(row)) {
            (Some(day), Some(start)) => f64::from(day.saturating_sub(start)),
            _ => f64::from(month) * DAYS_A_MONTH,
        };
        Seen {
            month,
            day,
            elapsed,
        }
    }

    /// Positions of `months` in the order in which they are asked: the nearest to the due day first,
    /// the later of two equally near. The second list are those outside the window.
    pub(super) fn order(
        &self,
        row: usize,
        months: &[u16],
        due: u16,
        window_weeks: Option<u16>,
    ) -> (Vec<usize>, Vec<usize>) {
        let due_day = f64::from(due) * DAYS_A_MONTH;
        let mut away: Vec<(usize, f64, f64)> = months
            .iter()
            .enumerate()
            .map(|(idx, &month)| {
                let elapsed = self.seen(row, month).elapsed;
                (idx, (elapsed - due_day).abs(), elapsed)
            })
            .collect();
        away.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.2.total_cmp(&a.2)));
        let limit = window_weeks.map_or(f64::INFINITY, |weeks| 7.0 * f64::from(weeks));
        let (within, outside): (Vec<_>, Vec<_>) =
            away.into_iter().partition(|(_, away, _)| *away <= limit);
        let places = |list: Vec<(usize, f64, f64)>| list.into_iter().map(|(idx, ..)| idx).collect();
        (places(within), places(outside))
    }
}
