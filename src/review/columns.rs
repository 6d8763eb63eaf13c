//! The columns that rules ask for: by meaning, as days, as yes or no.

use jiff::civil::Date;

use crate::cohort::{Cohort, Kind, Timing, Variable, day_number, header};

/// Mean length of a month in days (365.25 / 12), as the outcome counts them.
pub(super) const DAYS_A_MONTH: f64 = 30.4375;

/// A variable and its position.
pub(super) type Placed<'a> = (usize, &'a Variable);

/// The first variable of that meaning, whenever it is measured.
pub(super) fn find_any<'a>(cohort: &'a Cohort, concept: &str) -> Option<Placed<'a>> {
    let mut variables = cohort.variables.iter().enumerate();
    variables.find(|(_, variable)| variable.concept.as_deref() == Some(concept))
}

/// A column of dates in days since 1970.
pub(super) struct Days<'a> {
    pub(super) idx: usize,
    pub(super) variable: &'a Variable,
    /// One a patient.
    pub(super) values: Vec<Option<i32>>,
}

impl<'a> Days<'a> {
    /// The days of a column of dates, of births too; `None` for another column.
    pub(super) fn read(cohort: &'a Cohort, (idx, variable): Placed<'a>) -> Option<Self> {
        if !matches!(variable.kind, Kind::Date | Kind::Identifier) {
            return None;
        }
        let texts = cohort.text_refs(&variable.name).ok()?;
        Some(Self {
            idx,
            variable,
            values: texts.iter().map(|text| day_number((*text)?)).collect(),
        })
    }

    /// The dates of that meaning.
    pub(super) fn of(cohort: &'a Cohort, concept: &str) -> Option<Self> {
        Self::read(cohort, find_any(cohort, concept)?)
    }

    /// The dates of the visits after implantation, by month.
    pub(super) fn of_visits(cohort: &'a Cohort) -> Vec<(u16, Self)> {
        let mut visits = Vec::new();
        for placed in cohort.variables.iter().enumerate() {
            if let Timing::After(month) = placed.1.timing
                && month > 0
                && placed.1.concept.as_deref() == Some("visit-date")
                && let Some(days) = Self::read(cohort, placed)
            {
                visits.push((month, days));
            }
        }
        visits.sort_by_key(|(month, _)| *month);
        visits
    }

    pub(super) fn at(&self, row: usize) -> Option<i32> {
        self.values.get(row).copied().flatten()
    }
}

/// The date of a day number.
pub(super) fn date_of(day: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

/// A day number as an ISO date.
pub(super) fn iso(day: i32) -> String {
    date_of(day)
        .map(|date| date.to_string())
        .unwrap_or_default()
}

/// Yes, no or missing of every patient.
pub(super) struct Answers<'a> {
    pub(super) idx: usize,
    pub(super) variable: &'a Variable,
    pub(super) values: Vec<Option<bool>>,
}

impl<'a> Answers<'a> {
    /// The answers of that meaning; what is neither yes nor no is missing.
    pub(super) fn of(cohort: &'a Cohort, concept: &str) -> Option<Self> {
        let (idx, variable) = find_any(cohort, concept)?;
        let values = if variable.kind == Kind::Numeric {
            let numbers = cohort.numbers(&variable.name).ok()?;
            let answer = |x: f64| match x {
                0.0 => Some(false),
                1.0 => Some(true),
                _ => None,
            };
            numbers.into_iter().map(answer).collect()
        } else {
            let texts = cohort.text_refs(&variable.name).ok()?;
            texts.iter().map(|text| yes_or_no((*text)?)).collect()
        };
        Some(Self {
            idx,
            variable,
            values,
        })
    }

    pub(super) fn at(&self, row: usize) -> Option<bool> {
        self.values.get(row).copied().flatten()
    }
}

/// What a level says, in English or French.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    const YES: [&str; 7] = ["yes", "y", "oui", "o", "1", "true", "vrai"];
    const NO: [&str; 8] = ["no", "n", "non", "0", "false", "faux", "none", "aucun"];
    let folded = header::fold(text);
    if YES.contains(&folded.as_str()) {
        Some(true)
    } else if NO.contains(&folded.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Female or male, where a level says so in a word.
pub(super) fn is_female(text: &str) -> Option<bool> {
    const FEMALE: [&str; 8] = [
        "f", "female", "woman", "femme", "feminin", "feminine", "fille", "w",
    ];
    const MALE: [&str; 8] = [
        "m",
        "male",
        "man",
        "homme",
        "masculin",
        "h",
        "garcon",
        "masculine",
    ];
    let folded = header::fold(text);
    if FEMALE.contains(&folded.as_str()) {
        Some(true)
    } else if MALE.contains(&folded.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// The variable of one of these meanings, else the first whose header is made of one of the words and
/// words of units.
pub(super) fn named<'a>(cohort: &'a Cohort, concept: &str, words: &[&str]) -> Option<Placed<'a>> {
    const AROUND: [&str; 12] = [
        "cm",
        "m",
        "kg",
        "en",
        "in",
        "du",
        "of",
        "patient",
        "baseline",
        "j0",
        "inclusion",
        "de",
    ];
    find_any(cohort, concept).or_else(|| {
        cohort.variables.iter().enumerate().find(|(_, variable)| {
            let own = header::words(&variable.origin.header);
            own.iter().any(|word| words.contains(&word.as_str()))
                && own
                    .iter()
                    .all(|word| words.contains(&word.as_str()) || AROUND.contains(&word.as_str()))
        })
    })
}
