//! What a column is, decided by looking at all its values, and its values as stored.
//!
//! Nothing is coerced in silence: each cell that is not read is an issue with its place, each
//! habit that had to be understood (per cent signs, thousands, missing codes) a note with its count.

use std::collections::{BTreeSet, HashMap};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Kind, Limited, header};
use crate::import::dialect::Dialect;
use crate::import::grid::{Cell, Grid};
use crate::import::level::{merge_answers, spellings};
use crate::import::value::{self, Day};

/// A column that can't be read as numbers (or dates) in more than this share of its values is something else.
const MAX_UNREADABLE: f64 = 0.2;
/// More different texts than this are never levels.
const MAX_LEVELS: usize = 100;

/// The values of a column, one a line of its table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    /// Numbers, NaN where missing.
    Numbers(Vec<f64>),
    /// Texts, `None` where missing.
    Texts(Vec<Option<String>>),
}

/// A column as understood.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// How its values are read.
    pub kind: Kind,
    /// Levels, the "yes" last.
    pub levels: Vec<String>,
    /// Values.
    pub values: Values,
    /// How sure that is.
    pub confidence: f64,
    /// Why.
    pub reasons: Vec<Issue>,
    /// Unit that the values themselves show (`%`).
    pub unit: Option<String>,
    /// What was noticed.
    pub issues: Vec<Issue>,
}

/// How one cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Empty,
    MissingWord,
    Error,
    Number,
    Date,
    Bool,
    Other,
}

/// A first look at all cells of a column.
struct Survey {
    looks: Vec<Look>,
    numbers: Vec<f64>,
    n: [usize; 7],
    n_percent: usize,
    n_grouped: usize,
    group_mark: Option<char>,
    n_other_mark: usize,
    n_text_numbers: usize,
    all_whole: bool,
    all_zero_or_one: bool,
    /// Missing words: folded, as first written, count.
    words: Vec<(String, String, usize)>,
}

impl Survey {
    fn count(&self, look: Look) -> usize {
        self.n[look as usize]
    }

    fn n_values(&self) -> usize {
        self.count(Look::Number)
            + self.count(Look::Date)
            + self.count(Look::Bool)
            + self.count(Look::Other)
    }

    fn share(&self, look: Look) -> f64 {
        self.count(look) as f64 / self.n_values().max(1) as f64
    }
}

/// Reads column `idx` of a table.
pub(crate) fn read(
    grid: &Grid,
    idx: usize,
    dialect: &Dialect,
    task: &TaskHandle,
) -> Result<Reading, Failure> {
    let mut survey = survey(grid, idx, dialect, task)?;
    restore_levels(grid, idx, &mut survey);
    let column = Column {
        grid,
        idx,
        dialect,
        survey: &survey,
    };
    let mut reading = if survey.n_values() == 0 {
        column.nothing()
    } else if let Some(identifier) = column.identifier() {
        identifier
    } else if survey.share(Look::Date) >= 1.0 - MAX_UNREADABLE {
        column.dates(false)
    } else if column.holds_day_numbers() {
        column.dates(true)
    } else if survey.share(Look::Number) >= 1.0 - MAX_UNREADABLE {
        column.numbers()
    } else {
        column.texts()
    };
    column.note_missing(&mut reading.issues);
    Ok(reading)
}

/// Looks at every cell once.
fn survey(
    grid: &Grid,
    idx: usize,
    dialect: &Dialect,
    task: &TaskHandle,
) -> Result<Survey, Failure> {
    let cells = &grid.columns[idx];
    let mut survey = Survey {
        looks: Vec::with_capacity(cells.len()),
        numbers: vec![f64::NAN; cells.len()],
        n: [0; 7],
        n_percent: 0,
        n_grouped: 0,
        group_mark: None,
        n_other_mark: 0,
        n_text_numbers: 0,
        all_whole: true,
        all_zero_or_one: true,
        words: Vec::new(),
    };
    for (row, cell) in cells.iter().enumerate() {
        if row % 65_536 == 0 {
            task.check()?;
        }
        let look = match *cell {
            Cell::Empty => Look::Empty,
            Cell::Error(_) => Look::Error,
            Cell::Date(_) => Look::Date,
            Cell::Bool(_) => Look::Bool,
            Cell::Number(x) => {
                survey.numbers[row] = x;
                Look::Number
            }
            Cell::Text(span) => look_at_text(grid.arena.get(span), row, dialect, &mut survey),
        };
        if look == Look::Number {
            let x = survey.numbers[row];
            survey.all_whole &= x.fract() == 0.0;
            survey.all_zero_or_one &= x == 0.0 || x == 1.0;
        }
        survey.n[look as usize] += 1;
        survey.looks.push(look);
    }
    Ok(survey)
}

fn look_at_text(text: &str, row: usize, dialect: &Dialect, survey: &mut Survey) -> Look {
    if let Some(number) = value::number(text, dialect.marks) {
        survey.numbers[row] = number.value;
        survey.n_percent += usize::from(number.percent);
        survey.n_grouped += usize::from(number.grouped.is_some());
        survey.group_mark = survey.group_mark.or(number.grouped);
        survey.n_other_mark += usize::from(number.other_mark);
        survey.n_text_numbers += 1;
        return Look::Number;
    }
    if value::is_missing_word(text) {
        let folded = text.to_lowercase();
        match survey.words.iter_mut().find(|(word, ..)| *word == folded) {
            Some((.., n)) => *n += 1,
            None => survey.words.push((folded, text.to_owned(), 1)),
        }
        return Look::MissingWord;
    }
    if value::is_spreadsheet_error(text) {
        return Look::Error;
    }
    match value::date_parts(text).and_then(|parts| value::day(parts, dialect.order)) {
        Some(_) => Look::Date,
        None => Look::Other,
    }
}

/// `R` and `NR` (responder or not), `+` and `-`: there the word is a level and no missing code.
fn restore_levels(grid: &Grid, idx: usize, survey: &mut Survey) {
    if survey.words.is_empty() || survey.n_values() != survey.count(Look::Other) {
        return;
    }
    let cells = &grid.columns[idx];
    let text_of = |row: usize| grid.text(cells[row]).unwrap_or_default();
    let mut others = (0..cells.len())
        .filter(|&row| survey.looks[row] == Look::Other)
        .map(text_of);
    let Some(first) = others.next().map(|text| text.to_lowercase()) else {
        return;
    };
    let partner = match first.as_str() {
        "r" => "nr",
        "+" => "-",
        _ => return,
    };
    if others.any(|text| text.to_lowercase() != first) {
        return;
    }
    for row in 0..cells.len() {
        if survey.looks[row] == Look::MissingWord && text_of(row).to_lowercase() == partner {
            survey.looks[row] = Look::Other;
            survey.n[Look::MissingWord as usize] -= 1;
            survey.n[Look::Other as usize] += 1;
        }
    }
    survey.words.retain(|(word, ..)| word != partner);
}

/// Everything that is known about a column while it is decided.
struct Column<'a> {
    grid: &'a Grid,
    idx: usize,
    dialect: &'a Dialect,
    survey: &'a Survey,
}

impl Column<'_> {
    fn cells(&self) -> &[Cell] {
        &self.grid.columns[self.idx]
    }

    fn header(&self) -> &str {
        &self.grid.headers[self.idx]
    }

    fn text(&self, row: usize) -> String {
        self.grid
            .text(self.cells()[row])
            .unwrap_or_default()
            .into_owned()
    }

    fn note(&self, code: &str) -> Issue {
        Issue::note(code).at(self.grid.column_place(self.idx))
    }

    fn warning(&self, code: &str) -> Issue {
        Issue::warning(code).at(self.grid.column_place(self.idx))
    }

    fn at_cell(&self, code: &str, row: usize) -> Issue {
        Issue::warning(code)
            .at(self.grid.place(row, self.idx))
            .found(&self.text(row))
    }

    /// A reading with its first reason: so many of so many values.
    fn reading(&self, kind: Kind, values: Values, code: &str, n: usize) -> Reading {
        let n_values = self.survey.n_values();
        let reason = self.note(code).with("n", n).with("n_values", n_values);
        Reading {
            kind,
            levels: Vec::new(),
            values,
            confidence: if n_values == 0 {
                0.0
            } else {
                n as f64 / n_values as f64
            },
            reasons: vec![reason],
            unit: None,
            issues: Vec::new(),
        }
    }

    fn nothing(&self) -> Reading {
        let values = Values::Texts(vec![None; self.cells().len()]);
        let mut reading = self.reading(Kind::Text, values, "kind-empty", 0);
        self.spreadsheet_errors(&mut reading.issues);
        if !self.cells().is_empty() {
            reading.issues.push(self.note("column-empty"));
        }
        reading
    }

    /// An identifier: its header says so and its values (nearly) never repeat.
    fn identifier(&self) -> Option<Reading> {
        let survey = self.survey;
        let whole = survey.count(Look::Number) == 0 || survey.all_whole;
        if !is_identifier_header(self.header()) || !whole || survey.count(Look::Date) > 0 {
            return None;
        }
        let values: Vec<Option<String>> = (0..self.cells().len())
            .map(|row| self.value_text(row))
            .collect();
        let different: BTreeSet<&str> = values.iter().flatten().map(String::as_str).collect();
        let n = survey.n_values();
        if different.len() * 10 < n * 8 {
            return None;
        }
        let n_different = different.len();
        let mut reading = self.reading(
            Kind::Identifier,
            Values::Texts(values),
            "kind-identifier",
            n_different,
        );
        self.spreadsheet_errors(&mut reading.issues);
        Some(reading)
    }

    /// The text of a value; `None` where the cell is empty, a missing word or an error.
    fn value_text(&self, row: usize) -> Option<String> {
        match self.survey.looks[row] {
            Look::Empty | Look::MissingWord | Look::Error => None,
            _ => Some(self.text(row)),
        }
    }

    /// Whole numbers under a header that says "date": days as Excel counts them.
    fn holds_day_numbers(&self) -> bool {
        let survey = self.survey;
        let says_date = header::words(self.header())
            .iter()
            .any(|w| matches!(w.as_str(), "date" | "dt" | "ddn" | "dob"));
        says_date
            && survey.count(Look::Number) + survey.count(Look::Date) == survey.n_values()
            && survey.count(Look::Number) > 0
            && survey
                .numbers
                .iter()
                .all(|x| x.is_nan() || (10_000.0..80_000.0).contains(x))
    }

    fn dates(&self, day_numbers: bool) -> Reading {
        let survey = self.survey;
        let mut unread = Limited::default();
        let (mut n_short, mut n_timed, mut n_numbers) = (0_usize, 0_usize, 0_usize);
        let mut values = Vec::with_capacity(survey.looks.len());
        for row in 0..survey.looks.len() {
            let day: Option<Day> = match (self.cells()[row], survey.looks[row]) {
                (Cell::Date(day), _) => Some(day),
                (Cell::Text(span), Look::Date) => value::date_parts(self.grid.arena.get(span))
                    .and_then(|parts| {
                        n_short += usize::from(parts.short_year);
                        n_timed += usize::from(parts.timed);
                        value::day(parts, self.dialect.order)
                    }),
                (_, Look::Number) if day_numbers => {
                    n_numbers += 1;
                    self.grid.excel_day(survey.numbers[row])
                }
                _ => None,
            };
            if day.is_none()
                && matches!(
                    survey.looks[row],
                    Look::Number | Look::Date | Look::Bool | Look::Other
                )
            {
                unread.push(|| self.at_cell("date-unreadable", row));
            }
            values.push(day.map(Day::iso));
        }
        let n_read = values.iter().flatten().count();
        let mut reading = self.reading(Kind::Date, Values::Texts(values), "kind-date", n_read);
        reading.issues.extend(unread.finish());
        for (n, code) in [
            (n_short, "two-digit-years"),
            (n_timed, "time-left-out"),
            (n_numbers, "day-numbers"),
        ] {
            if n > 0 {
                reading.issues.push(self.note(code).with("n", n));
            }
        }
        self.spreadsheet_errors(&mut reading.issues);
        reading
    }

    fn numbers(&self) -> Reading {
        let survey = self.survey;
        let mut unread = Limited::default();
        for (row, look) in survey.looks.iter().enumerate() {
            match look {
                Look::Date => unread.push(|| self.at_cell("date-among-numbers", row)),
                Look::Bool | Look::Other => unread.push(|| self.at_cell("number-unreadable", row)),
                _ => {}
            }
        }
        let n_read = survey.count(Look::Number);
        let mut reading = if survey.all_zero_or_one {
            let texts = survey
                .numbers
                .iter()
                .map(|x| (!x.is_nan()).then(|| if *x == 1.0 { "1" } else { "0" }.to_owned()));
            let mut reading = self.reading(
                Kind::Binary,
                Values::Texts(texts.collect()),
                "kind-zero-one",
                n_read,
            );
            reading.levels = vec!["0".to_owned(), "1".to_owned()];
            reading
        } else {
            self.reading(
                Kind::Numeric,
                Values::Numbers(survey.numbers.clone()),
                "kind-numeric",
                n_read,
            )
        };
        reading.issues.extend(unread.finish());
        self.note_habits(&mut reading);
        self.spreadsheet_errors(&mut reading.issues);
        reading
    }

    /// Notes what had to be understood to read the numbers.
    fn note_habits(&self, reading: &mut Reading) {
        let survey = self.survey;
        if survey.n_percent > 0 {
            reading.unit = Some("%".to_owned());
            reading
                .issues
                .push(self.note("percent-signs").with("n", survey.n_percent));
        }
        if survey.n_grouped > 0 {
            let mark = survey.group_mark.map(String::from).unwrap_or_default();
            reading.issues.push(
                self.note("thousands-mark")
                    .with("n", survey.n_grouped)
                    .with("mark", mark),
            );
        }
        if survey.n_other_mark > 0 {
            let mark = char::from(self.dialect.marks.decimal).to_string();
            reading.issues.push(
                self.warning("other-decimal-mark")
                    .with("n", survey.n_other_mark)
                    .with("mark", mark),
            );
        }
        let n_stored = survey.count(Look::Number) - survey.n_text_numbers;
        if self.grid.sheet.is_some() && n_stored > 0 && survey.n_text_numbers > 0 {
            reading.issues.push(
                self.note("numbers-as-text")
                    .with("n", survey.n_text_numbers),
            );
        }
    }

    /// Levels where few texts repeat, else free text.
    fn texts(&self) -> Reading {
        let mut issues = Vec::new();
        if self.survey.share(Look::Number) >= 0.3 {
            let issue = self
                .warning("mixed-column")
                .with("n", self.survey.count(Look::Number));
            issues.push(issue.with("n_values", self.survey.n_values()));
        }
        self.spreadsheet_errors(&mut issues);
        let texts: Vec<Option<String>> = (0..self.cells().len())
            .map(|row| self.value_text(row))
            .collect();
        let mut reading = match self.levels(&texts, &mut issues) {
            Some(reading) => reading,
            None => {
                if names_a_person(self.header()) {
                    issues.push(self.warning("direct-identifier"));
                }
                self.reading(
                    Kind::Text,
                    Values::Texts(texts),
                    "kind-text",
                    self.survey.n_values(),
                )
            }
        };
        reading.issues = issues;
        reading
    }

    fn levels(&self, texts: &[Option<String>], issues: &mut Vec<Issue>) -> Option<Reading> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in texts.iter().flatten() {
            *counts.entry(text.as_str()).or_default() += 1;
            if counts.len() > 4 * MAX_LEVELS {
                return None;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_unstable();
        let groups = spellings(&counts);
        let (k, n) = (groups.len(), self.survey.n_values());
        let longest = groups
            .iter()
            .map(|group| group.name.len())
            .max()
            .unwrap_or(0);
        let is_yes_no = groups.iter().all(|group| group.answer.is_some());
        let repeats = (k <= 12 && n >= 2 * k) || (k <= MAX_LEVELS && n >= 10 * k);
        if longest > 80 || names_a_person(self.header()) || !(repeats || (is_yes_no && k <= 2)) {
            return None;
        }
        let (groups, is_yes_no) = if is_yes_no {
            (merge_answers(groups), true)
        } else {
            (groups, false)
        };
        for group in groups.iter().filter(|group| group.members.len() > 1) {
            let others: Vec<&str> = group
                .members
                .iter()
                .copied()
                .filter(|m| *m != group.name)
                .collect();
            issues.push(
                self.note("level-spelling")
                    .found(&group.name)
                    .with("others", others.join(", ")),
            );
        }
        let level_of: HashMap<&str, &str> = groups
            .iter()
            .flat_map(|group| {
                group
                    .members
                    .iter()
                    .map(|member| (*member, group.name.as_str()))
            })
            .collect();
        let values = texts.iter().map(|text| {
            text.as_deref()
                .map(|text| level_of.get(text).copied().unwrap_or(text).to_owned())
        });
        let values = Values::Texts(values.collect());
        let code = if is_yes_no && groups.len() == 2 {
            "kind-yes-no"
        } else {
            "kind-levels"
        };
        let kind = if groups.len() == 2 {
            Kind::Binary
        } else {
            Kind::Categorical
        };
        let mut reading = self.reading(kind, values, code, n);
        reading.reasons[0]
            .args
            .push(("k".to_owned(), groups.len().into()));
        reading.levels = groups.into_iter().map(|group| group.name).collect();
        if reading.levels.len() == 1 {
            issues.push(self.note("one-level").found(&reading.levels[0]));
        }
        Some(reading)
    }

    fn spreadsheet_errors(&self, issues: &mut Vec<Issue>) {
        let mut errors = Limited::default();
        for (row, _) in self
            .survey
            .looks
            .iter()
            .enumerate()
            .filter(|(_, look)| **look == Look::Error)
        {
            errors.push(|| self.at_cell("spreadsheet-error", row));
        }
        issues.extend(errors.finish());
    }

    fn note_missing(&self, issues: &mut Vec<Issue>) {
        for (_, written, n) in &self.survey.words {
            issues.push(self.note("missing-word").found(written).with("n", *n));
        }
    }
}

/// Whether a header says that its column names patients.
pub(crate) fn is_identifier_header(text: &str) -> bool {
    const WHOLE: [&str; 30] = [
        "id",
        "patient",
        "patients",
        "subject",
        "sujet",
        "participant",
        "ipp",
        "nip",
        "nda",
        "num",
        "numero",
        "no",
        "code",
        "identifiant",
        "identifier",
        "record",
        "dossier",
        "case",
        "cas",
        "usubjid",
        "subjid",
        "patid",
        "idpatient",
        "patientid",
        "numpatient",
        "nopatient",
        "pid",
        "mrn",
        "pseudonym",
        "pseudonyme",
    ];
    const NOUNS: [&str; 9] = [
        "patient",
        "patients",
        "subject",
        "sujet",
        "participant",
        "dossier",
        "record",
        "inclusion",
        "case",
    ];
    const MARKS: [&str; 11] = [
        "id",
        "num",
        "numero",
        "no",
        "n",
        "code",
        "number",
        "nr",
        "identifiant",
        "ref",
        "identifier",
    ];
    let folded = header::fold(text);
    if WHOLE.contains(&folded.as_str()) {
        return true;
    }
    let words = header::words(text);
    let small = |word: &String| {
        matches!(
            word.as_str(),
            "du" | "de" | "the" | "of" | "le" | "anonyme" | "anonymous" | "study"
        )
    };
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let known = |word: &String| {
        small(word)
            || NOUNS.contains(&word.as_str())
            || MARKS.contains(&word.as_str())
            || word == "ipp"
    };
    words.iter().all(known)
        && ((has(&NOUNS) && has(&MARKS)) || words.iter().any(|word| word == "ipp"))
}

/// Whether a header says that its column holds people's names.
fn names_a_person(text: &str) -> bool {
    header::words(text).iter().any(|word| {
        matches!(
            word.as_str(),
            "nom"
                | "prenom"
                | "surname"
                | "firstname"
                | "lastname"
                | "initiales"
                | "initials"
                | "adresse"
                | "address"
                | "email"
                | "telephone"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_identifiers_are_known_in_both_languages() {
        for header in [
            "ID",
            "patient_id",
            "Num_patient",
            "N° patient",
            "IPP",
            "subject id",
            "Numéro de dossier",
            "PatientID",
        ] {
            assert!(is_identifier_header(header), "{header}");
        }
        for header in [
            "n_surgeries",
            "code_postal",
            "pain",
            "patient_age",
            "nb patients",
            "numero_lit",
        ] {
            assert!(!is_identifier_header(header), "{header}");
        }
    }
}
