//! A first look at every cell of a column, before anything is decided about it.
//!
//! A cell that stands in many lines is looked at once and counts for all of them.

use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::import::cells::Occurrence;
use crate::import::dialect::Dialect;
use crate::import::grid::{Cell, Grid};
use crate::import::quantity::{self, Form};
use crate::import::value::{self, DateOrder, DateParts};

/// How one cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Empty,
    /// A word, or a code that was declared to mean missing.
    MissingWord,
    Error,
    Number,
    Date,
    Bool,
    /// A number with something beside it, that the column may or may not allow.
    Form,
    Other,
}

/// What the order of day and month shows in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Orders {
    /// Dates whose first part can't be a month, or that are parted by points.
    pub(super) day_first: usize,
    /// Dates whose second part can't be a month.
    pub(super) month_first: usize,
    /// Dates that read both ways, and are not the same in both; line of the first.
    pub(super) either: usize,
    pub(super) example: Option<usize>,
}

/// All cells of a column.
pub(super) struct Survey {
    /// The cells that lines hold, in the order in which they come first.
    pub(super) occurrences: Vec<Occurrence>,
    /// How each kept cell looks; empty where no line holds it.
    pub(super) looks: Vec<Look>,
    /// Number of each kept cell, NaN where it is none.
    pub(super) numbers: Vec<f64>,
    n: [usize; 8],
    pub(super) n_percent: usize,
    pub(super) n_grouped: usize,
    pub(super) group_mark: Option<char>,
    pub(super) n_other_mark: usize,
    pub(super) n_text_numbers: usize,
    /// Whole numbers with a zero before them, and the length that all texts of numbers have.
    n_padded: usize,
    same_len: Option<usize>,
    all_same_len: bool,
    pub(super) all_whole: bool,
    pub(super) all_zero_or_one: bool,
    /// Missing words: folded, as first written, count.
    pub(super) words: Vec<(String, String, usize)>,
    /// Numbers with something beside them.
    pub(super) forms: Vec<(Occurrence, Form)>,
    pub(super) orders: Orders,
}

impl Survey {
    pub(super) fn count(&self, look: Look) -> usize {
        self.n[look as usize]
    }

    pub(super) fn n_values(&self) -> usize {
        self.count(Look::Number)
            + self.count(Look::Date)
            + self.count(Look::Bool)
            + self.count(Look::Form)
            + self.count(Look::Other)
    }

    pub(super) fn share(&self, look: Look) -> f64 {
        self.count(look) as f64 / self.n_values().max(1) as f64
    }

    /// A cell that looked one way is another.
    pub(super) fn turn(&mut self, at: Occurrence, look: Look) {
        self.n[self.looks[at.kept] as usize] -= at.n;
        self.n[look as usize] += at.n;
        self.looks[at.kept] = look;
    }

    /// Numbers that are written with zeros before them to one length of at least three (`01000`,
    /// `75014`) are codes: the zeros belong to them.
    pub(super) fn holds_padded_codes(&self) -> bool {
        self.n_padded > 0
            && self.all_same_len
            && self.same_len.is_some_and(|len| len >= 3)
            && self.n_text_numbers == self.count(Look::Number)
            && !self.all_zero_or_one
    }

    fn add_number(&mut self, kept: usize, value: f64) {
        self.numbers[kept] = value;
        self.all_whole &= value.fract() == 0.0;
        self.all_zero_or_one &= value == 0.0 || value == 1.0;
    }

    /// A form that the column allows becomes its number.
    pub(super) fn allow(&mut self, at: Occurrence, value: f64) {
        self.turn(at, Look::Number);
        self.add_number(at.kept, value);
    }

    fn add_word(&mut self, text: &str, n: usize) {
        let folded = text.to_lowercase();
        match self.words.iter_mut().find(|(word, ..)| *word == folded) {
            Some((.., known)) => *known += n,
            None => self.words.push((folded, text.to_owned(), n)),
        }
    }

    fn add_date(&mut self, parts: DateParts, pointed: bool, at: Occurrence) {
        let [a, b, _] = parts.parts;
        let orders = &mut self.orders;
        match () {
            () if parts.year_first || a == b => {}
            () if a > 12 => orders.day_first += at.n,
            () if b > 12 => orders.month_first += at.n,
            () if pointed => orders.day_first += at.n,
            () => {
                orders.either += at.n;
                orders.example = orders.example.or(Some(at.first));
            }
        }
    }
}

/// A code that was declared to mean missing, as text and as number.
pub(super) struct Code {
    text: String,
    number: Option<f64>,
}

impl Code {
    pub(super) fn new(written: &str, dialect: &Dialect) -> Self {
        let text = written.trim().to_owned();
        Self {
            number: value::number(&text, dialect.marks).map(|number| number.value),
            text,
        }
    }

    fn is(&self, text: &str, number: Option<f64>) -> bool {
        self.text == text || (number.is_some() && number == self.number)
    }
}

/// Looks at every cell that stands in the column once.
pub(super) fn survey(
    grid: &Grid,
    idx: usize,
    dialect: &Dialect,
    codes: &[Code],
    task: &TaskHandle,
) -> Result<Survey, Failure> {
    let cells = &grid.columns[idx];
    let mut survey = Survey {
        occurrences: cells.occurrences(),
        looks: vec![Look::Empty; cells.kept().len()],
        numbers: vec![f64::NAN; cells.kept().len()],
        n: [0; 8],
        n_percent: 0,
        n_grouped: 0,
        group_mark: None,
        n_other_mark: 0,
        n_text_numbers: 0,
        n_padded: 0,
        same_len: None,
        all_same_len: true,
        all_whole: true,
        all_zero_or_one: true,
        words: Vec::new(),
        forms: Vec::new(),
        orders: Orders::default(),
    };
    for nth in 0..survey.occurrences.len() {
        if nth % 65_536 == 0 {
            task.check()?;
        }
        let at = survey.occurrences[nth];
        let look = match cells.kept()[at.kept] {
            Cell::Empty => Look::Empty,
            Cell::Error(_) => Look::Error,
            Cell::Date(_) => Look::Date,
            Cell::Bool(_) => Look::Bool,
            Cell::Number(x) => number(x.get(), &mut survey, at, codes),
            Cell::Text(span) => text(grid.arena.get(span), &mut survey, at, dialect, codes),
        };
        survey.n[look as usize] += at.n;
        survey.looks[at.kept] = look;
    }
    Ok(survey)
}

fn number(x: f64, survey: &mut Survey, at: Occurrence, codes: &[Code]) -> Look {
    if codes.iter().any(|code| code.is("", Some(x))) {
        survey.add_word(&x.to_string(), at.n);
        return Look::MissingWord;
    }
    survey.add_number(at.kept, x);
    Look::Number
}

fn text(
    text: &str,
    survey: &mut Survey,
    at: Occurrence,
    dialect: &Dialect,
    codes: &[Code],
) -> Look {
    let number = value::number(text, dialect.marks);
    let is_declared = || {
        codes
            .iter()
            .any(|code| code.is(text, number.map(|number| number.value)))
    };
    if !codes.is_empty() && is_declared() {
        survey.add_word(text, at.n);
        return Look::MissingWord;
    }
    if let Some(number) = number {
        survey.add_number(at.kept, number.value);
        survey.n_percent += at.n * usize::from(number.percent);
        survey.n_grouped += at.n * usize::from(number.grouped.is_some());
        survey.group_mark = survey.group_mark.or(number.grouped);
        survey.n_other_mark += at.n * usize::from(number.other_mark);
        survey.n_text_numbers += at.n;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_padded = digits == text.len() && digits > 1 && text.starts_with('0');
        survey.n_padded += at.n * usize::from(is_padded);
        survey.all_same_len &= *survey.same_len.get_or_insert(text.len()) == text.len();
        return Look::Number;
    }
    if value::is_missing_word(text) {
        survey.add_word(text, at.n);
        return Look::MissingWord;
    }
    if value::is_spreadsheet_error(text) {
        return Look::Error;
    }
    if let Some(parts) = value::date_parts(text) {
        let is_day = |order| value::day(parts, order).is_some();
        if [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd]
            .into_iter()
            .any(is_day)
        {
            survey.add_date(parts, text.contains('.'), at);
            return Look::Date;
        }
        return Look::Other;
    }
    if value::worded_day(text).is_some() {
        return Look::Date;
    }
    match quantity::form(text, dialect.marks) {
        Some(form) => {
            survey.forms.push((at, form));
            Look::Form
        }
        None => Look::Other,
    }
}

/// `R` and `NR` (responder or not), `+` and `-`: there the word is a level and no missing code.
pub(super) fn restore_levels(grid: &Grid, idx: usize, survey: &mut Survey) {
    if survey.words.is_empty() || survey.n_values() != survey.count(Look::Other) {
        return;
    }
    let cells = grid.columns[idx].kept();
    let text_of = |at: &Occurrence| grid.text(cells[at.kept]).unwrap_or_default().to_lowercase();
    let of_look = |survey: &Survey, look: Look| -> Vec<Occurrence> {
        let all = survey.occurrences.iter();
        all.filter(|at| survey.looks[at.kept] == look)
            .copied()
            .collect()
    };
    let others = of_look(survey, Look::Other);
    let Some(first) = others.first().map(text_of) else {
        return;
    };
    let partner = match first.as_str() {
        "r" => "nr",
        "+" => "-",
        _ => return,
    };
    if others.iter().any(|other| text_of(other) != first) {
        return;
    }
    for at in of_look(survey, Look::MissingWord) {
        if text_of(&at) == partner {
            survey.turn(at, Look::Other);
        }
    }
    survey.words.retain(|(word, ..)| word != partner);
}
