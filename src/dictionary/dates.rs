//! Days of a patient's course, and ages from them.

use crate::cohort::{Cohort, Kind};

/// A calendar day, as a cohort keeps it (`2021-05-13`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Day {
    /// Reads an ISO date; `None` for anything else.
    pub(super) fn read(iso: &str) -> Option<Self> {
        let mut parts = iso.get(..10)?.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let day = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        let is_day = (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
        is_day.then_some(day)
    }

    /// Whole years from `self` to `later`; negative where it is the earlier one.
    pub(super) fn years_until(self, later: Self) -> i32 {
        let had_birthday = (later.month, later.day) >= (self.month, self.day);
        later.year - self.year - i32::from(!had_birthday)
    }
}

/// The dates of a column, one a patient.
pub(super) fn days(cohort: &Cohort, name: &str) -> Vec<Option<Day>> {
    let texts = cohort.texts(name).unwrap_or_default();
    texts
        .iter()
        .map(|text| text.as_deref().and_then(Day::read))
        .collect()
}

/// When each patient was seen: inclusion, else trial, else implant.
pub(super) struct Calendar {
    columns: Vec<Vec<Option<Day>>>,
}

impl Calendar {
    /// Reads the dates of a cohort.
    pub(super) fn of(cohort: &Cohort) -> Self {
        let column = |concept: &&str| {
            let of = |v: &&crate::cohort::Variable| {
                v.concept.as_deref() == Some(*concept) && v.kind == Kind::Date
            };
            let variable = cohort.variables.iter().find(of)?;
            Some(days(cohort, &variable.name))
        };
        let concepts = ["inclusion-date", "trial-date", "implant-date"];
        Self {
            columns: concepts.iter().filter_map(column).collect(),
        }
    }

    /// The day that an age refers to.
    pub(super) fn reference(&self, row: usize) -> Option<Day> {
        self.columns
            .iter()
            .find_map(|column| column.get(row).copied().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_counts_whole_years_and_waits_for_the_birthday() {
        let day = |iso| Day::read(iso).unwrap();
        assert_eq!(day("1962-05-13").years_until(day("2021-05-12")), 58);
        assert_eq!(day("1962-05-13").years_until(day("2021-05-13")), 59);
        assert_eq!(day("2000-02-29").years_until(day("2021-02-28")), 20);
        assert_eq!(day("2021-01-01").years_until(day("2020-12-31")), -1);
        for text in ["", "1962", "13/05/1962", "1962-13-01", "é962-05-1x"] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }
}
