//! Which rows of a table are shown, and in what order: search, sorting, filters.
//!
//! Plain data: a page keeps it, a job may carry it out. Nothing here paints.

use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Search text, as typed.
    pub search: String,
    /// Column and direction (`true`: smallest first) of the sorting.
    pub sort: Option<(usize, bool)>,
    /// Filters by column.
    pub filters: BTreeMap<usize, Filter>,
    /// Which rows by what was found in them.
    pub only: Only,
}

impl Query {
    /// The search text as it is compared: lower case, no blanks at the ends.
    pub fn needle(&self) -> String {
        self.search.trim().to_lowercase()
    }

    /// Whether some rows may be left out.
    pub fn leaves_out(&self) -> bool {
        !self.search.trim().is_empty() || !self.filters.is_empty() || self.only != Only::All
    }

    /// Shows every row again; the sorting stays.
    pub fn show_all(&mut self) {
        self.search.clear();
        self.filters.clear();
        self.only = Only::All;
    }
}

/// Rows by what was found in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// Every row.
    #[default]
    All,
    /// Rows with any finding that is still to be looked at.
    Found,
    /// Rows with a finding by this rule.
    Rule(String),
}

/// Rows by what stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// A number within both ends; a missing end does not bound.
    Range(Option<f64>, Option<f64>),
    /// One of these texts.
    Levels(BTreeSet<String>),
    /// A text that holds this one, whatever its case.
    Contains(String),
    /// Nothing that can be used stands there.
    Missing,
    /// Something stands there.
    Present,
}

impl Filter {
    /// Whether a number passes; `None` where it is missing.
    pub fn passes_number(&self, value: Option<f64>) -> bool {
        match self {
            Self::Missing => value.is_none(),
            Self::Present => value.is_some(),
            Self::Range(from, to) => value.is_some_and(|value| {
                from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to)
            }),
            // A number has neither levels nor letters of its own.
            Self::Levels(_) | Self::Contains(_) => false,
        }
    }

    /// Whether a text passes; `None` where it is missing.
    pub fn passes_text(&self, value: Option<&str>) -> bool {
        match self {
            Self::Missing => value.is_none(),
            Self::Present => value.is_some(),
            Self::Levels(levels) => value.is_some_and(|value| levels.contains(value)),
            Self::Contains(part) => {
                value.is_some_and(|value| value.to_lowercase().contains(&part.to_lowercase()))
            }
            // A text has no size.
            Self::Range(..) => false,
        }
    }
}

/// What a column can be filtered by.
#[derive(Clone, Debug, PartialEq)]
pub enum Choices {
    /// Numbers between these.
    Numbers(f64, f64),
    /// These texts, with their counts.
    Levels(Vec<(String, usize)>),
    /// Any text.
    Text,
}

/// Orders texts as people do: numbers by size and before words, words by their letters.
pub fn compare_texts(a: &str, b: &str) -> std::cmp::Ordering {
    let number = |text: &str| text.parse::<f64>().ok().filter(|x| x.is_finite());
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// Reverses an order of rows but leaves those without a value at the end.
pub fn reverse_known(rows: &mut [usize], is_missing: impl Fn(usize) -> bool) {
    let n_known = rows.iter().take_while(|&&row| !is_missing(row)).count();
    if let Some(known) = rows.get_mut(..n_known) {
        known.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_pass_within_both_ends_and_a_missing_one_never_does() {
        let filter = Filter::Range(Some(2.0), Some(4.0));
        let passes: Vec<bool> = [Some(1.9), Some(2.0), Some(4.0), Some(4.1), None]
            .map(|x| filter.passes_number(x))
            .into();
        assert_eq!(passes, [false, true, true, false, false]);
        assert!(Filter::Range(None, None).passes_number(Some(0.0)));
        assert!(Filter::Missing.passes_number(None) && !Filter::Missing.passes_number(Some(1.0)));
    }

    #[test]
    fn texts_pass_by_level_by_part_and_by_being_there() {
        let levels = Filter::Levels(BTreeSet::from(["F".to_owned()]));
        assert!(levels.passes_text(Some("F")) && !levels.passes_text(Some("M")));
        let part = Filter::Contains("LOM".to_owned());
        assert!(part.passes_text(Some("lombalgie")) && !part.passes_text(None));
        assert!(Filter::Present.passes_text(Some("")) && !Filter::Present.passes_text(None));
    }

    #[test]
    fn texts_are_ordered_as_people_do() {
        let mut texts = ["b", "10", "9", "a", "009"];
        texts.sort_by(|a, b| compare_texts(a, b));
        assert_eq!(texts, ["009", "9", "10", "a", "b"]);
        let mut rows = [4, 2, 9, 7];
        reverse_known(&mut rows, |row| row > 5);
        assert_eq!(rows, [2, 4, 9, 7]);
    }
}
