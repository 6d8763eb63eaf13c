//! What the outcome needs of a patient's course: trial, implant, explant, death.
//!
//! Reads columns that the dictionary has named; decides nothing.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Variable, header};
use crate::outcome::visits::{DAYS_A_MONTH, Days, Seen};

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

/// Explants: who, when, why.
pub(super) struct Explants {
    said: Option<YesNo>,
    days: Days,
    months: Option<(String, Vec<f64>)>,
    reasons: Option<(String, Vec<Option<String>>)>,
}

impl Explants {
    /// Fails where the column of explants holds something that is neither yes nor no.
    pub(super) fn read(cohort: &Cohort) -> Result<Self, Failure> {
        let months = find_any(cohort, "explant-month").map(|variable| {
            let values = cohort.numbers(&variable.name)?;
            Ok::<_, Failure>((variable.name.clone(), values))
        });
        let reasons = find_any(cohort, "explant-reason").map(|variable| {
            let values = cohort.texts(&variable.name).unwrap_or_default();
            (variable.name.clone(), values)
        });
        Ok(Self {
            said: read_yes_no(cohort, "explanted")?,
            days: Days::read(cohort, find_any(cohort, "explant-date")),
            months: months.transpose()?,
            reasons,
        })
    }

    /// Whether the patient was explanted at or before that visit.
    ///
    /// The moment of an explant is its month (`explant-month`), else its date, set against the date of the
    /// visit or, where that is not known, against the visit's month counted from the implant or the
    /// trial. An explant at an unknown moment counts as before the visit.
    pub(super) fn is_before(&self, row: usize, visit: Seen, start: Option<i32>) -> bool {
        let day = self.days.at(row);
        let stated = self.months.as_ref().and_then(|(_, values)| values.get(row));
        let stated = stated.copied().filter(|x| !x.is_nan());
        let word = self.said.as_ref().and_then(|column| column.values[row]);
        if !word.unwrap_or(day.is_some() || stated.is_some()) {
            return false;
        }
        if let Some(stated) = stated {
            return stated <= f64::from(visit.month);
        }
        match (day, visit.day, start) {
            (Some(day), Some(visit), _) => day <= visit,
            (Some(day), None, Some(start)) => {
                f64::from(day.saturating_sub(start)) <= f64::from(visit.month) * DAYS_A_MONTH
            }
            _ => true,
        }
    }

    /// Whether the reason that was written is another than too little relief.
    pub(super) fn is_for_another_reason(&self, row: usize) -> bool {
        let reasons = self.reasons.as_ref();
        let reason = reasons.and_then(|(_, texts)| texts.get(row)?.as_deref());
        reason.is_some_and(is_another_reason)
    }

    /// Names of the columns that say so.
    pub(super) fn names(&self) -> impl Iterator<Item = String> + '_ {
        let names = [
            self.said.as_ref().map(|column| &column.name),
            self.months.as_ref().map(|(name, _)| name),
            self.days.name.as_ref(),
            self.reasons.as_ref().map(|(name, _)| name),
        ];
        names.into_iter().flatten().cloned()
    }
}

/// Whether an explant's reason, in English or French, is another than too little relief: a word of it begins
/// with a known one, and nothing speaks of relief or pain. A reason that says nothing known counts as
/// too little relief: the cautious reading.
fn is_another_reason(text: &str) -> bool {
    const TOO_LITTLE: [&str; 12] = [
        "efficac", "effect", "effet", "relief", "soulage", "analges", "antalgi", "echec",
        "failure", "benef", "pain", "doul",
    ];
    const OTHER: [&str; 19] = [
        "infect",
        "sepsis",
        "septi",
        "abces",
        "abscess",
        "mri",
        "irm",
        "hematom",
        "haematom",
        "erosion",
        "allerg",
        "migrat",
        "cicatri",
        "wound",
        "plaie",
        "grossesse",
        "pregnan",
        "fracture",
        "tumo",
    ];
    let folded = header::fold(text);
    let begins = |word: &str| OTHER.iter().any(|known| word.starts_with(known));
    !TOO_LITTLE.iter().any(|word| folded.contains(word)) && folded.split(' ').any(begins)
}

/// Deaths: who and when.
pub(super) struct Deaths {
    said: Option<YesNo>,
    days: Days,
}

impl Deaths {
    /// Fails where the column of deaths holds something that is neither yes nor no.
    pub(super) fn read(cohort: &Cohort) -> Result<Self, Failure> {
        Ok(Self {
            said: read_yes_no(cohort, "died")?,
            days: Days::read(cohort, find_any(cohort, "death-date")),
        })
    }

    /// Whether the patient had died by that day; a death at an unknown day counts.
    pub(super) fn is_by(&self, row: usize, last_day: Option<i32>) -> bool {
        let day = self.days.at(row);
        let word = self.said.as_ref().and_then(|column| column.values[row]);
        word.unwrap_or(day.is_some())
            && day
                .zip(last_day)
                .is_none_or(|(day, last_day)| day <= last_day)
    }

    /// Names of the columns that say so.
    pub(super) fn names(&self) -> impl Iterator<Item = String> + '_ {
        let names = [
            self.said.as_ref().map(|column| &column.name),
            self.days.name.as_ref(),
        ];
        names.into_iter().flatten().cloned()
    }
}

/// The yes-no column of that meaning; `None` where the cohort has none.
fn read_yes_no(cohort: &Cohort, concept: &str) -> Result<Option<YesNo>, Failure> {
    let Some(variable) = find_any(cohort, concept) else {
        return Ok(None);
    };
    Ok(Some(YesNo {
        name: variable.name.clone(),
        values: yes_no(cohort, variable)?,
    }))
}

/// Yes, no or missing of every patient. Numbers are 0 and 1; what 1 and 2 would mean is not guessed.
/// Fails where a value is neither yes nor no.
pub(super) fn yes_no(cohort: &Cohort, variable: &Variable) -> Result<Vec<Option<bool>>, Failure> {
    let name = &variable.name;
    if variable.kind == Kind::Numeric {
        let meaning = |x: f64| match x {
            _ if x.is_nan() => Ok(None),
            0.0 => Ok(Some(false)),
            1.0 => Ok(Some(true)),
            other => Err(neither(name, &other.to_string())),
        };
        return cohort.numbers(name)?.into_iter().map(meaning).collect();
    }
    let meaning = |text: Option<&str>| {
        let said = text.map(|text| meaning(variable, text).ok_or_else(|| neither(name, text)));
        said.transpose()
    };
    cohort.text_refs(name)?.into_iter().map(meaning).collect()
}

fn neither(column: &str, found: &str) -> Failure {
    let issue = Issue::error("outcome-neither-yes-nor-no").in_column(column);
    issue.found(found).into()
}

/// Whether a level means yes: by its own word, else as the opposite of the other level's word. Levels of which
/// neither says it are not guessed: which of two comes last is a matter of the alphabet.
fn meaning(variable: &Variable, level: &str) -> Option<bool> {
    if let Some(meaning) = word_meaning(level) {
        return Some(meaning);
    }
    let [first, second] = variable.levels.as_slice() else {
        return None;
    };
    let other = if first == level { second } else { first };
    word_meaning(other).map(|meaning| !meaning)
}

/// What a word means by itself, in English and French.
fn word_meaning(text: &str) -> Option<bool> {
    const YES: [&str; 23] = [
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
        "satisfied",
        "satisfait",
        "satisfaite",
    ];
    const NO: [&str; 22] = [
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
        "dissatisfied",
        "unsatisfied",
        "insatisfait",
        "insatisfaite",
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
    fn a_level_means_yes_by_its_word_or_its_opposite_and_is_else_not_guessed() {
        assert_eq!(meaning(&column(["Non", "Oui"]), "Oui"), Some(true));
        let french = column(["Implanté", "Non implanté"]);
        assert_eq!(meaning(&french, "Implanté"), Some(true));
        assert_eq!(meaning(&french, "Non implanté"), Some(false));
        // The alphabet would make the second of each the "yes".
        for levels in [["A", "B"], ["Bonne", "Mauvaise"], ["Décédé", "Vivant"]] {
            assert_eq!(meaning(&column(levels), levels[1]), None, "{levels:?}");
        }
    }

    #[test]
    fn an_explant_is_for_another_reason_only_where_its_words_say_so() {
        for other in [
            "Infection",
            "IRM nécessaire",
            "wound dehiscence",
            "Hématome",
        ] {
            assert!(is_another_reason(other), "{other}");
        }
        for own in [
            "Perte d’efficacité",
            "loss of effect after infection",
            "autre",
            "no relief",
            "unresolved pain",
            "douleur persistante, IRM normale",
            "no benefit, confirmed",
            "not cured",
        ] {
            assert!(!is_another_reason(own), "{own}");
        }
    }
}
