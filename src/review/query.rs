//! Questions that go out about findings, and the answers that come back.
//!
//! A question carries the key of its finding in hidden columns, so that its answer is found again
//! whatever was sorted or moved in between. An answer changes nothing until a person accepts it.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::issue::{Arg, Failure, Issue, Place};
use crate::base::text::Lang;
use crate::cohort::{Cell, CellChange, Cohort, RowRef, cell_from_text, cell_text, header};
use crate::dictionary;
use crate::review::private::Private;
use crate::review::sheet::{Entry, Sheet};
use crate::review::tsv::without_apostrophe;
use crate::review::{Finding, FindingKey, Mark, Status, find_row};

/// Headers of the hidden columns, the same in every language.
const KEY: &str = "prognostim-key";
const FILE: &str = "prognostim-file";
/// Stands for text that may name a patient.
const MASK: &str = "•••";

/// How patients are named in what leaves the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ids {
    /// By pseudonym; identifiers are not quoted.
    #[default]
    Pseudonyms,
    /// As the file names them.
    Original,
}

impl Ids {
    /// The name of each patient.
    pub fn of(self, cohort: &Cohort) -> Vec<String> {
        match self {
            Self::Pseudonyms => cohort.pseudonyms(),
            Self::Original => cohort.ids(),
        }
    }
}

/// The columns that a person sees, in their order; `answer`, `new-value`, `initials` and `date` are for filling in.
const COLUMNS: [(&str, u16); 13] = [
    ("number", 8),
    ("patient", 12),
    ("sheet-of", 12),
    ("row", 8),
    ("letters", 8),
    ("variable", 22),
    ("label", 28),
    ("found", 16),
    ("question", 60),
    ("answer", 40),
    ("new-value", 16),
    ("initials", 10),
    ("date", 12),
];

/// The questions about findings as a list, one line a finding that stands at a cell or in a column.
pub fn query_list(cohort: &Cohort, findings: &[Finding], ids: Ids, lang: Lang) -> Sheet {
    let mut columns: Vec<(String, u16)> = COLUMNS
        .iter()
        .map(|(name, width)| (lang.t(&format!("query-{name}")), *width))
        .collect();
    columns.push((KEY.to_owned(), 0));
    columns.push((FILE.to_owned(), 0));
    let mut list = Sheet::new(lang.t("query-sheet"), columns);
    let names = ids.of(cohort);
    let private = Private::of(cohort);
    for (number, finding) in (1..).zip(findings) {
        let is_masked = ids == Ids::Pseudonyms && may_name_patients(cohort, &private, &finding.key);
        let patient = finding.row.as_ref().and_then(|row| names.get(row.row));
        let patient = patient.cloned().unwrap_or_default();
        let entries = line(cohort, finding, (number, patient), is_masked, lang);
        list.rows.push(entries);
    }
    list
}

fn line(
    cohort: &Cohort,
    finding: &Finding,
    (number, patient): (usize, String),
    is_masked: bool,
    lang: Lang,
) -> Vec<Entry> {
    let variable = finding
        .key
        .variable
        .as_deref()
        .and_then(|name| cohort.variable(name));
    let issue = if is_masked {
        quoting_nothing(&finding.issue)
    } else {
        finding.issue.clone()
    };
    let found = match &finding.value {
        Some(_) if is_masked => MASK.into(),
        Some(Cell::Number(x)) => Entry::Number(*x),
        Some(Cell::Text(text)) => text.as_str().into(),
        None => Entry::Empty,
    };
    let place = &issue.place;
    let question = lang.with("query-words", &[("finding", lang.issue(&issue).into())]);
    let label = variable.map(|variable| dictionary::label(variable, lang));
    vec![
        Entry::Number(number as f64),
        patient.into(),
        place.sheet.clone().unwrap_or_default().into(),
        place
            .row
            .map_or(Entry::Empty, |row| Entry::Number(f64::from(row))),
        place.letters().unwrap_or_default().into(),
        variable
            .map_or_else(
                || place.column.clone().unwrap_or_default(),
                |v| v.name.clone(),
            )
            .into(),
        label.unwrap_or_default().into(),
        found,
        question.into(),
        Entry::Empty,
        Entry::Empty,
        Entry::Empty,
        Entry::Empty,
        serde_json::to_string(&finding.key)
            .unwrap_or_default()
            .into(),
        cohort.source.sha256.as_str().into(),
    ]
}

/// A column that the cohort does not know may hold anything.
fn may_name_patients(cohort: &Cohort, private: &Private, key: &FindingKey) -> bool {
    let variable = key
        .variable
        .as_deref()
        .and_then(|name| cohort.variable(name));
    key.rule == "duplicate-id" || variable.is_none_or(|variable| private.may_name(variable))
}

/// An issue that quotes no text of the file; the row of the other patient is none.
fn quoting_nothing(issue: &Issue) -> Issue {
    let mut copy = issue.clone();
    copy.found = copy.found.map(|_text| MASK.to_owned());
    for (name, arg) in &mut copy.args {
        if matches!(arg, Arg::Text(_)) && name != "first" {
            *arg = Arg::Text(MASK.to_owned());
        }
    }
    copy
}

/// One line that came back with something filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The finding that was asked about.
    pub key: FindingKey,
    /// SHA-256 of the file that was asked about.
    pub file: String,
    /// What was written; may be empty.
    pub answer: String,
    /// The value that should stand there, as written.
    pub new_value: Option<String>,
    /// Initials.
    pub who: String,
    /// Date, as written.
    pub at: String,
}

impl Answer {
    /// What becomes of the finding when the answer is taken over.
    pub fn mark(&self) -> Mark {
        Mark {
            status: Status::Answered,
            note: String::new(),
            answer: Some(self.answer.clone()),
            who: self.who.clone(),
            at: self.at.clone(),
        }
    }
}

/// The answers of a query list that came back, and what could not be understood of it. `sheets` are the tables of
/// the file; columns may stand in any order and lines may be sorted.
///
/// Fails where no table is a query list.
pub fn answers(sheets: &[Vec<Vec<String>>]) -> Result<(Vec<Answer>, Vec<Issue>), Failure> {
    let is_head = |row: &&Vec<String>| row.iter().any(|cell| cell.trim() == KEY);
    let of_sheet = |rows: &Vec<Vec<String>>| {
        let at = rows.iter().take(20).position(|row| is_head(&row))?;
        Some((at, rows.clone()))
    };
    let Some((at, rows)) = sheets.iter().find_map(of_sheet) else {
        return Err(Failure::new("queries-no-list"));
    };
    let columns = columns_of(rows.get(at).map(Vec::as_slice).unwrap_or_default());
    if !columns.contains_key("answer") && !columns.contains_key("new-value") {
        return Err(Failure::new("queries-no-answers"));
    }
    let mut answers = Vec::new();
    let mut issues = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        let cell = |name: &str| {
            let text = columns.get(name).and_then(|column| row.get(*column));
            text.map_or("", |text| without_apostrophe(text.trim()))
        };
        let (answer, new_value) = (cell("answer"), cell("new-value"));
        if answer.is_empty() && new_value.is_empty() {
            continue;
        }
        let place = Place {
            row: u32::try_from(number + 1).ok(),
            ..Place::default()
        };
        let key = cell(KEY);
        let Ok(read) = serde_json::from_str::<FindingKey>(key) else {
            let issue = Issue::warning("query-without-key").at(place);
            issues.push(issue.found(if answer.is_empty() { new_value } else { answer }));
            continue;
        };
        if !told.insert(key.to_owned()) {
            issues.push(Issue::warning("query-answered-twice").at(place));
        }
        answers.push(Answer {
            key: read,
            file: cell(FILE).to_owned(),
            answer: answer.to_owned(),
            new_value: Some(new_value.to_owned()).filter(|text| !text.is_empty()),
            who: cell("initials").to_owned(),
            at: cell("date").to_owned(),
        });
    }
    Ok((answers, issues))
}

/// Columns of a list that came back, by name; headers are known in both languages.
fn columns_of(head: &[String]) -> BTreeMap<&'static str, usize> {
    let mut columns = BTreeMap::new();
    for (at, cell) in head.iter().enumerate() {
        let folded = header::fold(cell);
        let known = COLUMNS.iter().map(|(name, _)| *name).find(|name| {
            Lang::ALL
                .iter()
                .any(|lang| header::fold(&lang.t(&format!("query-{name}"))) == folded)
        });
        let hidden = [KEY, FILE].into_iter().find(|name| cell.trim() == *name);
        if let Some(name) = known.or(hidden) {
            columns.entry(name).or_insert(at);
        }
    }
    columns
}

/// Why an answer can't be taken over as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerConflict {
    /// The patient is not in the cohort any more.
    RowGone,
    /// The column is not in the cohort any more.
    ColumnGone,
    /// The cell holds another value than the one that was asked about.
    ValueChanged,
    /// The new value is not what the column is.
    Unreadable,
}

impl AnswerConflict {
    /// Name in files; the message is `answer-conflict-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RowGone => "row-gone",
            Self::ColumnGone => "column-gone",
            Self::ValueChanged => "value-changed",
            Self::Unreadable => "unreadable",
        }
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        lang.t(&format!("answer-conflict-{}", self.name()))
    }
}

/// What an answer would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The answer.
    pub answer: Answer,
    /// Whose cell; `None` where the patient is gone.
    pub row: Option<RowRef>,
    /// What stands there now.
    pub before: Option<Cell>,
    /// What would stand there; the same as before where no new value was given, `None` for missing.
    pub after: Option<Cell>,
    /// What is in the way.
    pub conflict: Option<AnswerConflict>,
}

impl Difference {
    /// The correction that a person may accept; `None` where there is nothing to correct or no way to do it. A cell
    /// that holds another value by now is corrected from that value.
    pub fn change(&self) -> Option<CellChange> {
        let is_possible = matches!(self.conflict, None | Some(AnswerConflict::ValueChanged));
        let is_change = self.answer.new_value.is_some() && self.before != self.after;
        (is_possible && is_change).then_some(())?;
        Some(CellChange {
            row: self.row.clone()?,
            variable: self.answer.key.variable.clone()?,
            before: self.before.clone(),
            after: self.after.clone(),
        })
    }
}

/// What each answer would change, in the order of the answers. Nothing is changed here.
pub fn differences(cohort: &Cohort, answers: &[Answer]) -> Vec<Difference> {
    let private = Private::of(cohort);
    answers
        .iter()
        .map(|answer| difference(cohort, &private, answer))
        .collect()
}

fn difference(cohort: &Cohort, private: &Private, answer: &Answer) -> Difference {
    let mut difference = Difference {
        answer: answer.clone(),
        row: None,
        before: None,
        after: None,
        conflict: None,
    };
    let key = &answer.key;
    let name = key.variable.as_deref().unwrap_or_default();
    let Some(variable) = cohort.variable(name) else {
        difference.conflict = Some(AnswerConflict::ColumnGone);
        return difference;
    };
    let Some(row) = find_row(cohort, key) else {
        // A question about a whole column has no row.
        difference.conflict = key.row.as_ref().map(|_| AnswerConflict::RowGone);
        return difference;
    };
    difference.row = Some(cohort.row_ref(row));
    difference.before = cohort.cell(row, name);
    difference.after.clone_from(&difference.before);
    let unread = cohort.unread.get(name).into_iter().flatten();
    let unread = unread
        .filter(|(at, _)| *at as usize == row)
        .map(|(_, text)| text.clone())
        .next();
    let stands = difference.before.as_ref().map(cell_text).or(unread);
    let is_private = may_name_patients(cohort, private, key);
    if !is_private && stands != key.value {
        difference.conflict = Some(AnswerConflict::ValueChanged);
    }
    if let Some(text) = &answer.new_value {
        difference.after = if means_missing(text) {
            None
        } else {
            let read = cell_from_text(text, variable.kind, &cohort.source);
            if read.is_none() {
                difference.conflict = Some(AnswerConflict::Unreadable);
            }
            read
        };
    }
    difference
}

/// Words by which a person says that the cell should be empty.
fn means_missing(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "missing",
        "manquant",
        "manquante",
        "empty",
        "blank",
        "vide",
        "unknown",
        "inconnu",
        "inconnue",
        "na",
        "n a",
    ];
    WORDS.contains(&header::fold(text).as_str())
}

#[cfg(test)]
mod tests;
