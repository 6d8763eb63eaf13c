//! What the outcome needs of a patient's course: trial, implant, explant.
//!
//! Reads columns that the dictionary has named; decides nothing.

use jiff::civil::Date;

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Timing, Variable};

/// Mean length of a month in days (365.25 / 12).
pub(super) const DAYS_A_MONTH: f64 = 30.4375;

/// Yes, no or missing of every patient, and the column that says so.
pub(super) struct YesNo {
    /// Name of the variable.
    pub(super) name: String,
    /// One a patient.
    pub(super) values: Vec<Option<bool>>,
}

/// Trial and implant of every patient; `None` where the cohort has no such column.
#[derive(Default)]
pub(super) struct Course {
    /// Whether the lead trial succeeded.
    pub(super) trial: Option<YesNo>,
    /// Whether the patient was implanted.
    pub(super) implanted: Option<YesNo>,
}

impl Course {
    /// Fails where a column holds something that is neither yes nor no.
    pub(super) fn read(cohort: &Cohort) -> Result<Self, Failure> {
        Ok(Self {
            trial: read_yes_no(cohort, "trial-success")?,
            implanted: read_yes_no(cohort, "implanted")?,
        })
    }

    /// Whether the trial of this patient succeeded, if known.
    pub(super) fn trial_of(&self, row: usize) -> Option<bool> {
        self.trial.as_ref().and_then(|column| column.values[row])
    }

    /// Whether this patient was implanted: as the cohort says, else as the trial says, else (a
    /// cohort with neither column holds implanted patients only) yes.
    pub(super) fn is_implanted(&self, row: usize) -> bool {
        let said = self
            .implanted
            .as_ref()
            .and_then(|column| column.values[row]);
        let is_silent = self.implanted.is_none() && self.trial.is_none();
        said.or_else(|| self.trial_of(row)).unwrap_or(is_silent)
    }

    /// Whether the cohort says in so many words that this patient was not implanted.
    pub(super) fn is_known_without_implant(&self, row: usize) -> bool {
        let said = self.implanted.as_ref();
        said.and_then(|column| column.values[row]) == Some(false)
    }

    /// Names of the columns that the outcome rests on: the implant, and the trial where the
    /// outcome counts it or where it stands for the implant.
    pub(super) fn names(&self, counts_trial: bool) -> Vec<&str> {
        let uses_trial = counts_trial || self.implanted.is_none();
        [
            self.trial.as_ref().filter(|_| uses_trial),
            self.implanted.as_ref(),
        ]
        .into_iter()
        .flatten()
        .map(|column| column.name.as_str())
        .collect()
    }
}

/// The variable of that meaning, whenever it is measured; a course variable has one moment only.
pub(super) fn find_any<'a>(cohort: &'a Cohort, concept: &str) -> Option<&'a Variable> {
    cohort
        .variables
        .iter()
        .find(|variable| variable.concept.as_deref() == Some(concept))
}

/// Who was explanted at or before the visit at `month`, and the names of the columns that say so.
///
/// The moment of an explant is its month (`explant-month`), else its date counted from the
/// implant, else from the trial; the visit is at its own date where that is known, else at
/// `month` times 30.4375 days. An explant at an unknown moment counts as before the visit.
pub(super) fn explanted_by(
    cohort: &Cohort,
    month: u16,
) -> Result<(Vec<bool>, Vec<String>), Failure> {
    let said = read_yes_no(cohort, "explanted")?;
    let dates = Dates::read(cohort, "explant-date", None);
    let months = find_any(cohort, "explant-month")
        .map(|variable| Ok::<_, Failure>((variable.name.clone(), cohort.numbers(&variable.name)?)))
        .transpose()?;
    let mut starts = Dates::read(cohort, "implant-date", None);
    if starts.name.is_none() {
        starts = Dates::read(cohort, "trial-date", None);
    }
    let visits = Dates::read(cohort, "visit-date", Some(Timing::After(month)));
    let last_day = f64::from(month) * DAYS_A_MONTH;
    let is_before = |row: usize| {
        let explant = dates.at(row);
        let stated_month = months
            .as_ref()
            .map(|(_, values)| values[row])
            .filter(|x| !x.is_nan());
        let word = said.as_ref().and_then(|column| column.values[row]);
        if !word.unwrap_or(explant.is_some() || stated_month.is_some()) {
            return false;
        }
        if let Some(stated) = stated_month {
            return stated <= f64::from(month);
        }
        match (explant, visits.at(row), starts.at(row)) {
            (Some(explant), Some(visit), _) => explant <= visit,
            (Some(explant), None, Some(start)) => days_between(start, explant) <= last_day,
            _ => true,
        }
    };
    let explanted = (0..cohort.n_rows()).map(is_before).collect();
    let names = said.as_ref().map(|column| column.name.clone());
    let month_name = months.as_ref().map(|(name, _)| name.clone());
    let used = [names, month_name, dates.name]
        .into_iter()
        .flatten()
        .collect();
    Ok((explanted, used))
}

fn days_between(from: Date, to: Date) -> f64 {
    from.until(to)
        .map_or(f64::NAN, |span| f64::from(span.get_days()))
}

/// A column of ISO dates.
#[derive(Default)]
struct Dates {
    name: Option<String>,
    texts: Vec<Option<String>>,
}

impl Dates {
    fn read(cohort: &Cohort, concept: &str, timing: Option<Timing>) -> Self {
        let variable = match timing {
            Some(timing) => cohort.find(concept, timing),
            None => find_any(cohort, concept),
        };
        let Some(variable) = variable.filter(|variable| variable.kind == Kind::Date) else {
            return Self::default();
        };
        let Ok(texts) = cohort.texts(&variable.name) else {
            return Self::default();
        };
        Self {
            name: Some(variable.name.clone()),
            texts,
        }
    }

    /// The date of one patient; `None` where missing or no ISO date.
    fn at(&self, row: usize) -> Option<Date> {
        self.texts.get(row)?.as_deref()?.get(..10)?.parse().ok()
    }
}

/// The yes-no column of that meaning; `None` where the cohort has none. Numbers are 0 and 1; what 1
/// and 2 would mean is not guessed.
fn read_yes_no(cohort: &Cohort, concept: &str) -> Result<Option<YesNo>, Failure> {
    let Some(variable) = find_any(cohort, concept) else {
        return Ok(None);
    };
    let name = variable.name.clone();
    if variable.kind == Kind::Numeric {
        let values = cohort
            .numbers(&name)?
            .into_iter()
            .map(|x| match x {
                _ if x.is_nan() => Ok(None),
                0.0 => Ok(Some(false)),
                1.0 => Ok(Some(true)),
                other => Err(neither(&name, &other.to_string())),
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        return Ok(Some(YesNo { name, values }));
    }
    let values = cohort
        .texts(&name)?
        .into_iter()
        .map(|text| match text {
            None => Ok(None),
            Some(text) => meaning(variable, &text)
                .map(Some)
                .ok_or_else(|| neither(&name, &text)),
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(Some(YesNo { name, values }))
}

fn neither(column: &str, found: &str) -> Failure {
    let issue = Issue::error("outcome-neither-yes-nor-no").in_column(column);
    issue.found(found).into()
}

/// Whether a level means yes: by its own word, else as the opposite of the other level's word,
/// else (a binary variable keeps its "yes" last) by its position.
fn meaning(variable: &Variable, level: &str) -> Option<bool> {
    if let Some(meaning) = word_meaning(level) {
        return Some(meaning);
    }
    let [first, second] = variable.levels.as_slice() else {
        return None;
    };
    let other = if first == level { second } else { first };
    let by_other = word_meaning(other).map(|meaning| !meaning);
    by_other.or_else(|| (variable.kind == Kind::Binary).then(|| second == level))
}

/// What a word means by itself, in English and French.
fn word_meaning(text: &str) -> Option<bool> {
    const YES: [&str; 20] = [
        "yes",
        "y",
        "oui",
        "o",
        "1",
        "true",
        "vrai",
        "success",
        "successful",
        "succès",
        "succes",
        "positive",
        "positif",
        "pos",
        "réussi",
        "reussi",
        "réussite",
        "reussite",
        "passed",
        "x",
    ];
    const NO: [&str; 18] = [
        "no",
        "n",
        "non",
        "0",
        "false",
        "faux",
        "failure",
        "failed",
        "fail",
        "unsuccessful",
        "échec",
        "echec",
        "negative",
        "négatif",
        "negatif",
        "neg",
        "none",
        "aucun",
    ];
    let word = text.trim().to_lowercase();
    if YES.contains(&word.as_str()) {
        return Some(true);
    }
    let is_denied = ["no ", "non ", "non-", "not ", "pas "]
        .iter()
        .any(|start| word.starts_with(start));
    (is_denied || NO.contains(&word.as_str())).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Origin;

    fn column(levels: [&str; 2]) -> Variable {
        let mut variable = Variable::new("implanted", Kind::Binary, Origin::default());
        variable.levels = levels.map(str::to_owned).to_vec();
        variable
    }

    #[test]
    fn a_level_means_yes_by_its_word_its_opposite_or_its_place() {
        assert_eq!(meaning(&column(["Non", "Oui"]), "Oui"), Some(true));
        let french = column(["Implanté", "Non implanté"]);
        assert_eq!(meaning(&french, "Implanté"), Some(true));
        assert_eq!(meaning(&french, "Non implanté"), Some(false));
        assert_eq!(meaning(&column(["A", "B"]), "B"), Some(true));
        let mut open = column(["A", "B"]);
        open.kind = Kind::Categorical;
        assert_eq!(meaning(&open, "B"), None);
    }
}
