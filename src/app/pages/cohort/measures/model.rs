//! What the columns are taken for, as plain data.

use crate::app::pages::cohort::file::model::{Answer, pcs_answers};
use crate::base::issue::Place;
use crate::base::text::Lang;
use crate::cohort::{Change, Cohort, Timing, Variable};
use crate::dictionary::{self, Match, Score};
use crate::report::words as report_words;

/// From this confidence on a proposal is called sure.
const SURE: f64 = 0.8;
/// From this confidence on it is called likely.
const LIKELY: f64 = 0.5;

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
    pub fn new(cohort: &Cohort, matches: &[Match], scores: &[Score], lang: Lang) -> Self {
        let rows: Vec<MeasureRow> = matches
            .iter()
            .filter_map(|found| Some(row(cohort, cohort.variable(&found.variable)?, found, lang)))
            .collect();
        let mut words: Vec<String> = scores
            .iter()
            .map(|score| score_words(score, lang))
            .collect();
        let differs = cohort.issues.iter();
        let differs = differs.filter(|issue| issue.code == "total-differs");
        words.extend(
            differs.map(|issue| format!("{} ({})", lang.issue(issue), lang.place(&issue.place))),
        );
        Self {
            sentence: sentence(&rows, lang),
            scores: words,
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

fn row(cohort: &Cohort, variable: &Variable, found: &Match, lang: Lang) -> MeasureRow {
    let is_said = variable.meaning_set;
    let sureness = match (&found.concept, is_said) {
        (_, true) => Sureness::Said,
        (None, false) => Sureness::Nothing,
        (Some(_), false) => Sureness::of(found.confidence),
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
    let measure = found.concept.as_deref().map(|concept| {
        let words = dictionary::concept_label(concept, lang);
        if variable.concept.is_some() {
            words
        } else {
            lang.with("measures-or", &[("measure", words.into())])
        }
    });
    MeasureRow {
        variable: variable.name.clone(),
        header: variable.name.clone(),
        place: parts.join(" · "),
        concept: found.concept.clone(),
        measure: measure.unwrap_or_default(),
        timing: found.timing,
        unit: variable.unit.clone(),
        sureness,
        reasons: found
            .reasons
            .iter()
            .map(|issue| lang.issue(issue))
            .collect(),
        others: found
            .others
            .iter()
            .map(|(concept, _)| (concept.clone(), dictionary::concept_label(concept, lang)))
            .collect(),
        answers: answers.unwrap_or_default(),
    }
}

/// A score in a sentence.
fn score_words(score: &Score, lang: Lang) -> String {
    let n = score.values.iter().filter(|value| !value.is_nan()).count();
    lang.with(
        "score-line",
        &[
            (
                "measure",
                dictionary::concept_label(&score.concept, lang).into(),
            ),
            ("moment", dictionary::timing(score.timing, lang).into()),
            ("items", score.items.len().into()),
            ("n", n.into()),
            ("incomplete", score.n_incomplete.into()),
            ("total", score.total.as_deref().unwrap_or("none").into()),
        ],
    )
}

/// Every measure of the dictionary with its words, by its words.
pub fn concepts(lang: Lang) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = dictionary::concepts()
        .into_iter()
        .filter(|concept| concept.id != "patient-id")
        .map(|concept| {
            (
                concept.id.to_owned(),
                dictionary::concept_label(concept.id, lang),
            )
        })
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
    use super::*;
    use crate::analysis::fixture;
    use crate::base::issue::Issue;

    fn page(cohort: &Cohort, lang: Lang) -> MeasuresPage {
        let (matches, scores) = (dictionary::matches(cohort), dictionary::scores(cohort));
        MeasuresPage::new(cohort, &matches, &scores, lang)
    }

    fn cohort() -> Cohort {
        let mut cohort = fixture::cohort();
        dictionary::annotate(&mut cohort);
        cohort
    }

    fn found(name: &str, concept: &str, confidence: f64) -> Match {
        Match {
            variable: name.to_owned(),
            concept: Some(concept.to_owned()),
            timing: Timing::After(6),
            confidence,
            reasons: vec![Issue::note("concept-header")],
            others: vec![("odi".to_owned(), 0.3)],
        }
    }

    #[test]
    fn each_column_says_what_it_is_taken_for_and_how_sure_that_is() {
        for lang in Lang::ALL {
            let page = page(&cohort(), lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            let age = page.rows.iter().find(|row| row.variable == "age").unwrap();
            assert_eq!(age.concept.as_deref(), Some("age"));
            assert_eq!(age.sureness, Sureness::Sure);
            assert!(!age.reasons.is_empty());
        }
    }

    #[test]
    fn a_proposal_is_called_perhaps_until_it_is_accepted() {
        let mut cohort = cohort();
        cohort.variables[1].concept = None;
        let name = cohort.variables[1].name.clone();
        let matches = [found(&name, "pain-back", 0.6)];
        let page = MeasuresPage::new(&cohort, &matches, &[], Lang::En);
        let row = &page.rows[0];
        assert_eq!(row.measure, "Perhaps Back pain");
        assert_eq!(row.sureness, Sureness::Likely);
        assert_eq!(row.others.len(), 1);
        assert!(matches!(
            row.meaning(),
            Change::Meaning { concept: Some(concept), timing: Timing::After(6), .. } if concept == "pain-back"
        ));
        assert_eq!(page.open(Sureness::Sure).count(), 0);
        assert_eq!(page.open(Sureness::Likely).count(), 1);
    }

    #[test]
    fn what_a_person_said_is_not_proposed_again() {
        let mut cohort = cohort();
        let before = page(&cohort, Lang::En).open(Sureness::Guess).count();
        let age = cohort.variables.iter_mut().find(|v| v.name == "age");
        age.unwrap().meaning_set = true;
        let after = page(&cohort, Lang::En);
        assert_eq!(after.open(Sureness::Guess).count() + 1, before);
        assert!(after.open(Sureness::Guess).all(|row| row.variable != "age"));
    }

    #[test]
    fn which_pcs_is_meant_is_asked_beside_the_column() {
        let mut cohort = cohort();
        let at = cohort.variables.iter().position(|v| v.name == "age");
        let name = cohort.variables[at.unwrap()].origin.header.clone();
        let issue = Issue::warning("pcs-ambiguous").in_column(&name);
        cohort.issues.push(issue);
        let page = page(&cohort, Lang::En);
        let asked = page.rows.iter().filter(|row| row.answers.len() == 2);
        assert_eq!(asked.count(), 1);
    }

    #[test]
    fn computed_scores_are_told_with_what_the_file_gives() {
        let score = Score {
            concept: "odi".to_owned(),
            timing: Timing::Baseline,
            items: vec!["odi_1".to_owned(), "odi_2".to_owned()],
            total: Some("ODI".to_owned()),
            values: vec![40.0, f64::NAN],
            n_incomplete: 1,
        };
        let words = score_words(&score, Lang::En);
        assert!(
            words.contains("from 2 columns: 1 patient, 1 with too few"),
            "{words}"
        );
        assert!(words.contains("“ODI”"), "{words}");
        let alone = Score {
            total: None,
            n_incomplete: 0,
            ..score
        };
        assert!(score_words(&alone, Lang::Fr).ends_with("1 patient."));
    }

    #[test]
    fn a_measure_is_found_by_any_part_of_its_words() {
        let all = concepts(Lang::Fr);
        assert!(all.iter().all(|(_, words)| !words.contains('⟦')));
        assert!(super::found(&all, "douleur").count() > 1);
        assert_eq!(super::found(&all, "").count(), all.len());
        assert_eq!(super::found(&all, "no such measure").count(), 0);
    }
}
