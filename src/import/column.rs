//! What a column is, decided by looking at all its values, and its values as stored.
//!
//! Nothing is coerced in silence: each cell that is not read is an issue with its place, each
//! habit that had to be understood (per cent signs, thousands, missing codes) a note with its count.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Kind, Limited, header};
use crate::import::ColumnChoice;
use crate::import::cells::Cells;
use crate::import::codebook::Entry;
use crate::import::dialect::Dialect;
use crate::import::grid::Grid;
use crate::import::level::{Spelling, merge_answers, spellings};
use crate::import::names::{is_form_status, is_identifier_header, names_a_person};
use crate::import::survey::{Code, Look, Survey, restore_levels, survey};
use crate::import::texts::{Different, Kept, Texts, different};
use crate::import::value;
use crate::import::{formula, habits};

/// A column that can't be read as numbers (or dates) in more than this share of its values is something else.
const MAX_UNREADABLE: f64 = 0.2;
/// What the codebook says of a column holds where this share of its values fits.
const LEAST_DESCRIBED: f64 = 0.5;
/// More different texts than this are never levels.
const MAX_LEVELS: usize = 100;

/// The values of a column, one a kept cell: each stands for all the lines that hold it.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// Numbers, NaN where missing.
    Numbers(Vec<f64>),
    /// Texts, `None` where missing.
    Texts(Texts),
}

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing stood there.
    Empty,
    /// A value.
    Value,
    /// A word or code that means missing.
    Missing,
    /// Not what the column is.
    Unread,
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
    /// What became of each kept cell.
    pub fates: Vec<Fate>,
    /// Lines by what became of their cells, in the order of [`Fate`].
    pub n: [usize; 4],
    /// How sure that is.
    pub confidence: f64,
    /// Why.
    pub reasons: Vec<Issue>,
    /// Unit that the values themselves show (`%`).
    pub unit: Option<String>,
    /// What was noticed.
    pub issues: Vec<Issue>,
    /// Words taken as missing, and numbers that may mean missing but were not taken so: count, taken.
    pub codes: Vec<(String, usize, bool)>,
}

/// What is known about a column from outside.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// How the file writes numbers and dates.
    pub dialect: &'a Dialect,
    /// What the codebook says.
    pub entry: Option<&'a Entry>,
    /// What the person says.
    pub choice: Option<&'a ColumnChoice>,
}

/// Reads column `idx` of a table.
pub(crate) fn read(
    grid: &Grid,
    idx: usize,
    known: Known<'_>,
    task: &TaskHandle,
) -> Result<Reading, Failure> {
    let declared = known.entry.iter().flat_map(|entry| &entry.missing);
    let chosen = known.choice.iter().flat_map(|choice| &choice.missing);
    let codes: Vec<Code> = declared
        .chain(chosen)
        .map(|code| Code::new(code, known.dialect))
        .collect();
    let mut survey = survey(grid, idx, known.dialect, &codes, task)?;
    restore_levels(grid, idx, &mut survey);
    let habits = habits::allow(grid, idx, &mut survey);
    let column = Column {
        grid,
        idx,
        known,
        survey: &survey,
        habits: &habits,
    };
    let mut reading = column.decide()?;
    column.note_missing(&mut reading);
    for at in &survey.occurrences {
        reading.n[reading.fates[at.kept] as usize] += at.n;
    }
    let formulas = formula::named(&column, &reading);
    reading.issues.extend(formulas);
    Ok(reading)
}

impl Reading {
    /// What became of the cell of a line.
    pub(crate) fn fate(&self, cells: &Cells, line: usize) -> Fate {
        let kept = cells.of().get(line).map_or(0, |kept| *kept as usize);
        self.fates.get(kept).copied().unwrap_or(Fate::Empty)
    }

    /// Kept cells that are not what the column is.
    pub(super) fn mark_unread(&mut self, is_unread: &[bool]) {
        for (fate, is_unread) in self.fates.iter_mut().zip(is_unread) {
            if *is_unread {
                *fate = Fate::Unread;
            }
        }
    }
}

/// Everything that is known about a column while it is decided.
pub(super) struct Column<'a> {
    pub(super) grid: &'a Grid,
    pub(super) idx: usize,
    pub(super) known: Known<'a>,
    pub(super) survey: &'a Survey,
    pub(super) habits: &'a habits::Habits,
}

impl Column<'_> {
    fn decide(&self) -> Result<Reading, Failure> {
        let survey = self.survey;
        if survey.n_values() == 0 {
            return Ok(self.nothing());
        }
        if let Some(kind) = self.known.choice.and_then(|choice| choice.kind) {
            return self.chosen(kind);
        }
        if let Some(coded) = self.coded() {
            return Ok(coded);
        }
        if let Some(identifier) = self.identifier() {
            return Ok(identifier);
        }
        let hint = self.known.entry.and_then(|entry| entry.kind);
        let most = 1.0 - MAX_UNREADABLE;
        // The codebook needs no majority, but it does need values that it fits.
        let least = |kind: Kind| {
            if hint == Some(kind) {
                LEAST_DESCRIBED
            } else {
                most
            }
        };
        let n_serial = self.n_day_numbers();
        let n_dates = survey.count(Look::Date) + n_serial;
        let n = survey.n_values() as f64;
        if survey.count(Look::Date) > 0 && n_dates as f64 >= least(Kind::Date) * n {
            return self.dates();
        }
        if n_serial == survey.n_values() && (self.says_date() || hint == Some(Kind::Date)) {
            return self.dates();
        }
        let n_numbers = survey.count(Look::Number);
        let n_like = n_numbers + survey.count(Look::Form);
        if hint != Some(Kind::Text)
            && !survey.holds_padded_codes()
            && !self.holds_codes_of_sex()
            && n_numbers * 2 >= survey.n_values()
            && n_like as f64 >= least(Kind::Numeric) * n
        {
            return Ok(self.numbers());
        }
        Ok(self.texts(false))
    }

    fn says_sex(&self) -> bool {
        header::words(self.header())
            .iter()
            .any(|word| matches!(word.as_str(), "sexe" | "sex" | "genre" | "gender"))
    }

    /// `1` and `2` under a header that says sex: which is which, only the codebook tells.
    fn holds_codes_of_sex(&self) -> bool {
        let is_code = |x: &f64| x.is_nan() || *x == 1.0 || *x == 2.0;
        self.says_sex() && !self.survey.all_zero_or_one && self.survey.numbers.iter().all(is_code)
    }

    /// Read as the person says; what does not fit is unread.
    fn chosen(&self, kind: Kind) -> Result<Reading, Failure> {
        Ok(match kind {
            Kind::Numeric => self.numbers_of(false),
            Kind::Date => return self.dates(),
            Kind::Identifier => self.identifiers().0,
            Kind::Binary | Kind::Categorical => self.coded().unwrap_or_else(|| self.texts(true)),
            Kind::Text => self.plain_text(),
        })
    }

    pub(super) fn cells(&self) -> &Cells {
        &self.grid.columns[self.idx]
    }

    pub(super) fn header(&self) -> &str {
        &self.grid.headers[self.idx]
    }

    /// The text of a line.
    pub(super) fn text(&self, line: usize) -> Cow<'_, str> {
        self.grid.text(self.cells().get(line)).unwrap_or_default()
    }

    /// Positions of the kept cells.
    fn all(&self) -> std::ops::Range<usize> {
        0..self.cells().kept().len()
    }

    /// The lines that hold one of some kept cells.
    pub(super) fn lines_of(&self, is_one: impl Fn(usize) -> bool) -> Vec<usize> {
        if !self.survey.occurrences.iter().any(|at| is_one(at.kept)) {
            return Vec::new();
        }
        let lines = self.cells().of().iter().enumerate();
        let held = lines.filter(|(_, kept)| is_one(**kept as usize));
        held.map(|(line, _)| line).collect()
    }

    /// Lines that hold a value which the values name.
    fn n_read(&self, values: &Texts) -> usize {
        let all = self.survey.occurrences.iter();
        let read = all.filter(|at| values.get(at.kept).is_some());
        read.map(|at| at.n).sum()
    }

    pub(super) fn note(&self, code: &str) -> Issue {
        Issue::note(code).at(self.grid.column_place(self.idx))
    }

    pub(super) fn warning(&self, code: &str) -> Issue {
        Issue::warning(code).at(self.grid.column_place(self.idx))
    }

    pub(super) fn at_cell(&self, code: &str, line: usize) -> Issue {
        Issue::warning(code)
            .at(self.grid.place(line, self.idx))
            .found(&self.text(line))
    }

    /// A reading with its first reason: so many of so many values. Errors of the spreadsheet are
    /// unread, whatever the column is; what else is no value is for the caller to say.
    pub(super) fn reading(&self, kind: Kind, values: Values, code: &str, n: usize) -> Reading {
        let n_values = self.survey.n_values();
        let reason = self.note(code).with("n", n).with("n_values", n_values);
        let fate = |look: &Look| match look {
            Look::Empty => Fate::Empty,
            Look::MissingWord => Fate::Missing,
            Look::Error => Fate::Unread,
            _ => Fate::Value,
        };
        let mut errors = Limited::default();
        for line in self.lines_of(|kept| self.survey.looks[kept] == Look::Error) {
            errors.push(|| self.at_cell("spreadsheet-error", line));
        }
        Reading {
            kind,
            levels: Vec::new(),
            values,
            fates: self.survey.looks.iter().map(fate).collect(),
            n: [0; 4],
            confidence: if n_values == 0 {
                0.0
            } else {
                n as f64 / n_values as f64
            },
            reasons: vec![reason],
            unit: None,
            issues: errors.finish(),
            codes: Vec::new(),
        }
    }

    fn nothing(&self) -> Reading {
        let values = Values::Texts(Texts::missing(self.all().len()));
        let mut reading = self.reading(Kind::Text, values, "kind-empty", 0);
        if self.cells().len() > 0 {
            reading.issues.push(self.note("column-empty"));
        }
        reading
    }

    /// An identifier: the codebook says so, or its header does and its values (nearly) never repeat.
    fn identifier(&self) -> Option<Reading> {
        let survey = self.survey;
        if survey.count(Look::Date) > 0 {
            return None;
        }
        if self.known.entry.is_some_and(|entry| entry.identifier) {
            return Some(self.identifiers().0);
        }
        let whole = survey.count(Look::Number) == 0 || survey.all_whole;
        if !is_identifier_header(self.header()) || !whole {
            return None;
        }
        let (reading, n_different) = self.identifiers();
        (n_different * 10 >= survey.n_values() * 8).then_some(reading)
    }

    /// Texts as they are written, blanks around them included; and how many differ, blanks aside.
    fn identifiers(&self) -> (Reading, usize) {
        let written = |kept: usize| {
            let value = self.is_value(kept).then(|| self.cells().kept()[kept])?;
            Some(self.grid.written(value).unwrap_or_default())
        };
        let values: Texts = self.all().map(written).collect();
        let different: HashSet<&str> = values.iter().flatten().map(str::trim).collect();
        let n = different.len();
        let values = Values::Texts(values);
        (
            self.reading(Kind::Identifier, values, "kind-identifier", n),
            n,
        )
    }

    fn is_value(&self, kept: usize) -> bool {
        !matches!(
            self.survey.looks[kept],
            Look::Empty | Look::MissingWord | Look::Error
        )
    }

    /// The text of a value; `None` where the kept cell is empty, a missing word or an error.
    pub(super) fn value_text(&self, kept: usize) -> Option<Cow<'_, str>> {
        let text = || self.grid.text(self.cells().kept()[kept]);
        self.is_value(kept).then(|| text().unwrap_or_default())
    }

    /// The texts of all values.
    fn value_texts(&self) -> Texts {
        self.all().map(|kept| self.value_text(kept)).collect()
    }

    /// Codes that the codebook explains, as the words that it has for them.
    fn coded(&self) -> Option<Reading> {
        let levels: &[(String, String)] = match self.known.entry {
            Some(entry) if !entry.levels.is_empty() => &entry.levels,
            _ if self.is_form_status() => {
                return Some(self.form_status());
            }
            _ => return None,
        };
        let label_of = |kept: usize| {
            let text = self.value_text(kept)?;
            let number = Some(self.survey.numbers[kept]).filter(|x| !x.is_nan());
            levels.iter().find_map(|(code, label)| {
                let same = *code == text
                    || header::fold(label) == header::fold(&text)
                    || number.is_some_and(|x| code.parse::<f64>().is_ok_and(|code| code == x));
                same.then_some(label.as_str())
            })
        };
        let values: Texts = self.all().map(label_of).collect();
        let n_read = self.n_read(&values);
        let is_forced = self
            .known
            .choice
            .is_some_and(|choice| choice.kind.is_some());
        let least = if is_forced { 0.0 } else { LEAST_DESCRIBED };
        if n_read == 0 || (n_read as f64) < least * self.survey.n_values() as f64 {
            return None;
        }
        let mut used: Vec<String> = Vec::new();
        for (_, label) in levels {
            let occurs = values.iter().flatten().any(|value| value == label.as_str());
            if occurs && !used.contains(label) {
                used.push(label.clone());
            }
        }
        // The codebook's order, but no before yes.
        if let [first, second] = used.as_slice()
            && value::yes_or_no(&header::fold(first)) == Some(true)
            && value::yes_or_no(&header::fold(second)) == Some(false)
        {
            used.reverse();
        }
        let kind = if used.len() == 2 {
            Kind::Binary
        } else {
            Kind::Categorical
        };
        let is_unread = |kept: usize| values.get(kept).is_none() && self.is_value(kept);
        let is_unread: Vec<bool> = self.all().map(is_unread).collect();
        let mut unread = Limited::default();
        for line in self.lines_of(|kept| is_unread[kept]) {
            unread.push(|| self.at_cell("code-unknown", line));
        }
        let mut reading = self.reading(kind, Values::Texts(values), "kind-coded", n_read);
        let list: Vec<String> = levels
            .iter()
            .map(|(code, label)| format!("{code} = {label}"))
            .collect();
        reading.reasons[0]
            .args
            .push(("codes".to_owned(), list.join(", ").into()));
        reading.levels = used;
        reading.issues.extend(unread.finish());
        reading.mark_unread(&is_unread);
        Some(reading)
    }

    /// REDCap's status of a form: `0`, `1`, `2` or their words under `…_complete`.
    fn is_form_status(&self) -> bool {
        is_form_status(self.header())
            && self.all().all(|kept| {
                self.value_text(kept).is_none_or(|text| {
                    matches!(
                        header::fold(&text).as_str(),
                        "0" | "1" | "2" | "incomplete" | "unverified" | "complete"
                    )
                })
            })
    }

    /// Kept as text: how far a form is filled in predicts nothing.
    fn form_status(&self) -> Reading {
        let values = Values::Texts(self.value_texts());
        self.reading(
            Kind::Text,
            values,
            "kind-form-status",
            self.survey.n_values(),
        )
    }

    fn numbers(&self) -> Reading {
        self.numbers_of(self.survey.all_zero_or_one)
    }

    fn numbers_of(&self, as_levels: bool) -> Reading {
        let survey = self.survey;
        let n_read = survey.count(Look::Number);
        let mut reading = if as_levels {
            let texts = survey
                .numbers
                .iter()
                .map(|x| (!x.is_nan()).then_some(if *x == 1.0 { "1" } else { "0" }));
            let values = Values::Texts(texts.collect());
            let mut reading = self.reading(Kind::Binary, values, "kind-zero-one", n_read);
            reading.levels = vec!["0".to_owned(), "1".to_owned()];
            reading
        } else {
            let values = Values::Numbers(survey.numbers.clone());
            self.reading(Kind::Numeric, values, "kind-numeric", n_read)
        };
        self.habits.unread(self, &mut reading);
        self.habits.note(self, &mut reading);
        if reading.kind == Kind::Numeric {
            reading.codes = habits::suspects(survey);
        }
        reading
    }

    /// Levels where few texts repeat, else free text.
    fn texts(&self, forced: bool) -> Reading {
        let texts = self.value_texts();
        let mut reading = match self.levels(&texts, forced) {
            Some(reading) => reading,
            None => self.plain_text_of(texts),
        };
        let is_mixed = self.survey.count(Look::Number) < self.survey.n_values();
        if self.survey.share(Look::Number) >= 0.3 && is_mixed && !forced {
            let issue = self
                .warning("mixed-column")
                .with("n", self.survey.count(Look::Number))
                .with("n_values", self.survey.n_values());
            reading.issues.push(issue);
        }
        reading
    }

    fn plain_text(&self) -> Reading {
        self.plain_text_of(self.value_texts())
    }

    fn plain_text_of(&self, texts: Texts) -> Reading {
        let values = Values::Texts(texts);
        let mut reading = self.reading(Kind::Text, values, "kind-text", self.survey.n_values());
        if names_a_person(self.header()) {
            reading.issues.push(self.warning("direct-identifier"));
        }
        reading
    }

    fn levels(&self, texts: &Texts, forced: bool) -> Option<Reading> {
        let limit = if forced { usize::MAX } else { 4 * MAX_LEVELS };
        let different = different(texts, &self.survey.occurrences, limit)?;
        let mut counts = different.counts.clone();
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
        // `F` and `H` are levels in however few rows.
        let is_plain = k <= 2 && (is_yes_no || self.says_sex());
        let fits = longest <= 80 && !names_a_person(self.header()) && (repeats || is_plain);
        if !forced && !fits {
            return None;
        }
        let groups = if is_yes_no {
            merge_answers(groups)
        } else {
            groups
        };
        Some(self.level_reading(&different, groups, is_yes_no))
    }

    fn level_reading(
        &self,
        different: &Different<'_>,
        groups: Vec<Spelling<'_>>,
        is_yes_no: bool,
    ) -> Reading {
        let level_of: HashMap<&str, &str> = groups
            .iter()
            .flat_map(|group| {
                group
                    .members
                    .iter()
                    .map(|member| (*member, group.name.as_str()))
            })
            .collect();
        let mut values = Texts::default();
        let level_of = |text| level_of.get(text).copied().unwrap_or(text);
        let kept: Vec<Kept> = different
            .counts
            .iter()
            .map(|(text, _)| values.keep(level_of(text)))
            .collect();
        for idx in &different.of {
            values.push_kept(idx.map(|idx| kept[idx as usize]));
        }
        let values = Values::Texts(values);
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
        let mut reading = self.reading(kind, values, code, self.survey.n_values());
        reading.reasons[0]
            .args
            .push(("k".to_owned(), groups.len().into()));
        for group in groups.iter().filter(|group| group.members.len() > 1) {
            let others: Vec<&str> = group
                .members
                .iter()
                .copied()
                .filter(|m| *m != group.name)
                .collect();
            reading.issues.push(
                self.note("level-spelling")
                    .found(&group.name)
                    .with("others", others.join(", ")),
            );
        }
        reading.levels = groups.into_iter().map(|group| group.name).collect();
        if reading.levels.len() == 1 {
            reading
                .issues
                .push(self.note("one-level").found(&reading.levels[0]));
        }
        reading
    }

    fn note_missing(&self, reading: &mut Reading) {
        for (_, written, n) in &self.survey.words {
            reading
                .issues
                .push(self.note("missing-word").found(written).with("n", *n));
            reading.codes.push((written.clone(), *n, true));
        }
    }
}
