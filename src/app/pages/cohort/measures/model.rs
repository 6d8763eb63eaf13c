//! What the columns are taken for, as plain data.

use std::collections::BTreeSet;

use crate::app::pages::cohort::file::model::{Answer, pcs_answers};
use crate::base::issue::Place;
use crate::base::text::Lang;
use crate::cohort::{Change, Cohort, Edit, Kind, Timing, Variable};
use crate::dictionary;
use crate::report::words as report_words;

/// From this confidence on a proposal is called sure.
const SURE: f64 = 0.9;
/// From this confidence on it is called likely.
const LIKELY: f64 = 0.6;

/// How sure a meaning is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Nothing is proposed.
    Nothing,
    /// A guess.
    Guess,
    /// Likely.
    Likely,
    /// Sure.
    Sure,
    /// A person said so.
    Said,
}

impl Sureness {
    fn of(confidence: f64) -> Self {
        match confidence {
            c if c >= SURE => Self::Sure,
            c if c >= LIKELY => Self::Likely,
            _ => Self::Guess,
        }
    }

    /// Message key of its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "sureness-nothing",
            Self::Guess => "sureness-guess",
            Self::Likely => "sureness-likely",
            Self::Sure => "sureness-sure",
            Self::Said => "sureness-said",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRow {
    /// Name of the variable.
    pub variable: String,
    /// Header as written, and its place.
    pub header: String,
    /// Where it stands: sheet, letter, how it is read.
    pub place: String,
    /// What it is taken for; `None`: nothing that the dictionary knows.
    pub concept: Option<String>,
    /// That in words; empty for nothing.
    pub measure: String,
    /// When it is measured.
    pub timing: Timing,
    /// Unit as the program names it.
    pub unit: Option<String>,
    /// How sure that is.
    pub sureness: Sureness,
    /// Why.
    pub reasons: Vec<String>,
    /// Other measures that it might be.
    pub others: Vec<(String, String)>,
    /// Two answers where two scales share a name.
    pub answers: Vec<(String, Answer)>,
}

impl MeasureRow {
    /// What accepting it says.
    pub fn meaning(&self) -> Change {
        Change::Meaning {
            variable: self.variable.clone(),
            concept: self.concept.clone(),
            timing: self.timing,
            unit: self.unit.clone(),
        }
    }
}

/// The measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeasuresPage {
    /// Where things stand.
    pub sentence: String,
    /// The columns, in the order of the file.
    pub rows: Vec<MeasureRow>,
    /// Scores that were computed, and where they differ from a total of the file.
    pub scores: Vec<String>,
}

impl MeasuresPage {
    /// Builds the page.
    pub fn new(cohort: &Cohort, edits: &[std::sync::Arc<Edit>], lang: Lang) -> Self {
        let said: BTreeSet<&str> = edits
            .iter()
            .filter_map(|edit| match &edit.change {
                Change::Meaning { variable, .. } => Some(variable.as_str()),
                _ => None,
            })
            .collect();
        let rows: Vec<MeasureRow> = cohort
            .variables
            .iter()
            .filter(|variable| variable.kind != Kind::Identifier)
            .map(|variable| {
                row(
                    cohort,
                    variable,
                    said.contains(variable.name.as_str()),
                    lang,
                )
            })
            .collect();
        let scores = cohort
            .issues
            .iter()
            .filter(|issue| issue.code.starts_with("score-"))
            .map(|issue| lang.issue(issue));
        Self {
            sentence: sentence(&rows, lang),
            scores: scores.collect(),
            rows,
        }
    }

    /// What would be accepted from a sureness on: proposals that nobody has spoken about.
    pub fn open(&self, from: Sureness) -> impl Iterator<Item = &MeasureRow> {
        self.rows
            .iter()
            .filter(move |row| row.sureness >= from && row.sureness < Sureness::Said)
    }
}

fn sentence(rows: &[MeasureRow], lang: Lang) -> String {
    let named = rows.iter().filter(|row| row.concept.is_some()).count();
    let said = rows
        .iter()
        .filter(|row| row.sureness == Sureness::Said)
        .count();
    lang.with(
        "measures-sentence",
        &[
            ("n", named.into()),
            ("of", rows.len().into()),
            ("said", said.into()),
        ],
    )
}

fn row(cohort: &Cohort, variable: &Variable, is_said: bool, lang: Lang) -> MeasureRow {
    let sureness = match (&variable.concept, is_said) {
        (_, true) => Sureness::Said,
        (None, false) => Sureness::Nothing,
        (Some(_), false) => Sureness::of(variable.confidence),
    };
    let origin = &variable.origin;
    let place = Place {
        row: None,
        ..variable.place(usize::MAX)
    };
    let asks = |issue: &&crate::base::issue::Issue| {
        issue.code == "pcs-ambiguous"
            && issue.place.column.as_deref() == Some(origin.header.as_str())
    };
    let answers = cohort
        .issues
        .iter()
        .find(asks)
        .filter(|_| !is_said)
        .and_then(|issue| pcs_answers(cohort, &issue.place, lang));
    let mut parts: Vec<String> = origin.sheet.iter().cloned().collect();
    parts.extend(place.letters());
    parts.push(report_words::kind(variable.kind, lang));
    MeasureRow {
        variable: variable.name.clone(),
        header: variable.name.clone(),
        place: parts.join(" · "),
        concept: variable.concept.clone(),
        measure: variable
            .concept
            .as_deref()
            .map_or_else(String::new, |concept| concept_words(concept, lang)),
        timing: variable.timing,
        unit: variable.unit.clone(),
        sureness,
        reasons: variable
            .reasons
            .iter()
            .map(|issue| lang.issue(issue))
            .collect(),
        others: Vec::new(),
        answers: answers.unwrap_or_default(),
    }
}

/// A measure of the dictionary in words.
pub fn concept_words(concept: &str, lang: Lang) -> String {
    lang.t(&format!("concept-{concept}"))
}

/// Every measure of the dictionary with its words, by its words.
pub fn concepts(lang: Lang) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = dictionary::concepts()
        .into_iter()
        .map(|concept| (concept.id.to_owned(), concept_words(concept.id, lang)))
        .collect();
    all.sort_by_key(|(_, words)| words.to_lowercase());
    all
}

/// The measures whose words hold every word of the search.
pub fn found<'a>(
    concepts: &'a [(String, String)],
    search: &'a str,
) -> impl Iterator<Item = &'a (String, String)> {
    let wanted = crate::cohort::header::fold(search);
    concepts.iter().filter(move |(id, words)| {
        let text = crate::cohort::header::fold(&format!("{words} {id}"));
        wanted.split(' ').all(|word| text.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture;
    use crate::base::issue::Issue;

    #[test]
    fn each_column_says_what_it_is_taken_for_and_how_sure_that_is() {
        let mut cohort = fixture::cohort();
        dictionary::annotate(&mut cohort);
        for lang in Lang::ALL {
            let page = MeasuresPage::new(&cohort, &[], lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            let age = page.rows.iter().find(|row| row.variable == "age").unwrap();
            assert_eq!(age.concept.as_deref(), Some("age"));
            assert_eq!(age.sureness, Sureness::Sure);
            assert!(!age.reasons.is_empty());
        }
    }

    #[test]
    fn what_a_person_said_is_not_proposed_again() {
        let mut cohort = fixture::cohort();
        dictionary::annotate(&mut cohort);
        let before = MeasuresPage::new(&cohort, &[], Lang::En);
        let age = before
            .rows
            .iter()
            .find(|row| row.variable == "age")
            .unwrap();
        let edit = Edit {
            number: 1,
            at: String::new(),
            who: String::new(),
            why: String::new(),
            change: age.meaning(),
        };
        let after = MeasuresPage::new(&cohort, &[Arc::new(edit)], Lang::En);
        let n_open = |page: &MeasuresPage| page.open(Sureness::Guess).count();
        assert_eq!(n_open(&after) + 1, n_open(&before));
        assert!(after.open(Sureness::Guess).all(|row| row.variable != "age"));
        assert!(
            before
                .open(Sureness::Guess)
                .all(|row| row.concept.is_some())
        );
    }

    #[test]
    fn which_pcs_is_meant_is_asked_beside_the_column() {
        let mut cohort = fixture::cohort();
        let name = cohort.variables[1].origin.header.clone();
        let issue = Issue::warning("pcs-ambiguous").in_column(&name);
        cohort.issues.push(issue);
        let page = MeasuresPage::new(&cohort, &[], Lang::En);
        let n_asked = page
            .rows
            .iter()
            .filter(|row| row.answers.len() == 2)
            .count();
        assert_eq!(n_asked, 1);
    }

    #[test]
    fn a_measure_is_found_by_any_part_of_its_words() {
        let all = concepts(Lang::Fr);
        assert!(all.iter().all(|(_, words)| !words.contains('⟦')));
        assert!(found(&all, "douleur").count() > 1);
        assert_eq!(found(&all, "").count(), all.len());
        assert_eq!(found(&all, "no such measure").count(), 0);
    }
}
