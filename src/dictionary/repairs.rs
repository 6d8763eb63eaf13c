//! Repairs that the program proposes and only a person accepts: which cells, from what to what.
//!
//! Finding one never changes a value. A cell belongs to one repair at most: a value that stands for
//! "missing" is not also a slip of the pen.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::issue::Issue;
use crate::cohort::{Cell, CellChange, Change, Cohort, Kind, Timing, Variable, header};
use crate::dictionary::dates::Calendar;
use crate::dictionary::doubts::written;
use crate::dictionary::scale::{MAX_MEDIAN_YEARS, MAX_YEARS, is_pain, looks_like_shares};
use crate::dictionary::spelling::{self, Alike};
use crate::dictionary::{Proposal, column_place};

/// Codes of all repairs, in the order in which they are carried out: cells before their column.
pub(super) const REPAIRS: [&str; 16] = [
    "missing-code-suspected",
    "levels-alike",
    "cm-among-mm",
    "fractions-among-percent",
    "percent-among-fractions",
    "months-among-years",
    "metres-among-cm",
    "cm-among-metres",
    "grams-among-kg",
    "birth-year-as-age",
    "decimal-slip",
    "column-in-fractions",
    "column-in-months",
    "column-in-metres",
    "column-in-grams",
    "column-in-pounds",
];

/// Numbers that stand for "missing" in many files.
pub(super) const MISSING_CODES: [f64; 12] = [
    -1.0, -9.0, -99.0, -999.0, -9999.0, 9.0, 99.0, 999.0, 9999.0, 777.0, 888.0, 8888.0,
];
/// Kilograms of an (international) pound.
const KG_OF_POUND: f64 = 0.453_592_37;
/// A column is told to stand on another scale only by so many values.
const N_TELLING: usize = 4;

/// One cell with a repair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Suspect {
    pub(super) code: &'static str,
    /// Position among the cohort's variables.
    pub(super) variable: usize,
    pub(super) row: usize,
    pub(super) value: f64,
    /// The value that is proposed; NaN for "missing".
    pub(super) repaired: f64,
}

/// A whole column on another scale than its measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rescale {
    pub(super) code: &'static str,
    pub(super) variable: usize,
    pub(super) factor: f64,
    /// Unit afterwards.
    pub(super) unit: &'static str,
    /// Middle of the values as they are.
    pub(super) median: f64,
    pub(super) n_cells: usize,
}

/// A level that is a missing code among words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LevelCode {
    pub(super) variable: usize,
    pub(super) level: String,
    pub(super) n_cells: usize,
}

/// Everything that could be repaired.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Cells, by variable and row.
    pub(super) cells: Vec<Suspect>,
    pub(super) columns: Vec<Rescale>,
    pub(super) levels: Vec<LevelCode>,
    pub(super) alike: Vec<Alike>,
}

/// A numeric column with its values.
pub(super) struct Numbers<'a> {
    pub(super) idx: usize,
    pub(super) variable: &'a Variable,
    pub(super) values: Vec<f64>,
}

impl Numbers<'_> {
    fn is(&self, concept: &str) -> bool {
        self.variable.concept.as_deref() == Some(concept)
    }

    fn present(&self) -> impl Iterator<Item = f64> {
        self.values.iter().copied().filter(|x| !x.is_nan())
    }

    fn median(&self) -> Option<f64> {
        crate::base::num::median(&self.present().collect::<Vec<f64>>())
    }
}

/// The numeric columns, each read once.
pub(super) fn numeric(cohort: &Cohort) -> Vec<Numbers<'_>> {
    let numeric = cohort
        .variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| variable.kind == Kind::Numeric);
    numeric
        .map(|(idx, variable)| Numbers {
            idx,
            variable,
            values: cohort.numbers(&variable.name).unwrap_or_default(),
        })
        .collect()
}

/// What could be repaired in these columns.
pub(super) fn find(cohort: &Cohort, columns: &[Numbers<'_>]) -> Found {
    let mut found = Found {
        cells: missing_codes(columns),
        columns: columns.iter().filter_map(rescale).collect(),
        levels: level_codes(cohort),
        alike: spelling::alike(cohort),
    };
    let mut taken: BTreeSet<(usize, usize)> = found
        .cells
        .iter()
        .map(|cell| (cell.variable, cell.row))
        .collect();
    let calendar = Calendar::of(cohort);
    let ages = columns.iter().find(|column| column.is("age"));
    let rules: [&dyn Fn() -> Vec<Suspect>; 6] = [
        &|| centimetres(columns),
        &|| shares(columns),
        &|| months(columns, ages),
        &|| body_units(columns),
        &|| birth_years(columns, &calendar),
        &|| decimal_slips(columns),
    ];
    let whole: BTreeSet<usize> = found
        .columns
        .iter()
        .map(|rescale| rescale.variable)
        .collect();
    for rule in rules {
        for cell in rule() {
            // A slip can't be told in a column that stands on another scale throughout.
            let is_settled = cell.code == "decimal-slip" && whole.contains(&cell.variable);
            if !is_settled && taken.insert((cell.variable, cell.row)) {
                found.cells.push(cell);
            }
        }
    }
    found.cells.sort_by_key(|cell| (cell.variable, cell.row));
    found
}

/// 999, -9 and their like, standing where the measure can't be: outside its range, or far from every other value.
fn missing_codes(columns: &[Numbers<'_>]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for column in columns {
        let is_code = |x: f64| MISSING_CODES.contains(&x);
        if !column.values.iter().any(|x| is_code(*x)) {
            continue;
        }
        let others: Vec<f64> = column.present().filter(|x| !is_code(*x)).collect();
        let low = others.iter().copied().fold(f64::INFINITY, f64::min);
        let high = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let are_whole = others.iter().all(|x| x.fract() == 0.0);
        let stands_out = |x: f64| match column.variable.range {
            // A 9 below a range is a slip rather than a code: codes are chosen where no value can be.
            Some((from, to)) => x > to || (x < 0.0 && x < from),
            None if others.len() < 3 => false,
            None if x < -1.0 => low >= 0.0,
            None if x < 10.0 => are_whole && low >= 0.0 && high <= 6.0_f64.max(x - 3.0),
            None if x < 100.0 => high <= 20.0,
            None => high < x / 3.0,
        };
        let cells = column.values.iter().enumerate();
        let cells = cells.filter(|(_, x)| is_code(**x) && stands_out(**x));
        found.extend(cells.map(|(row, &value)| Suspect {
            code: "missing-code-suspected",
            variable: column.idx,
            row,
            value,
            repaired: f64::NAN,
        }));
    }
    found
}

/// A number that stands for "missing" among levels that are words: `Oui`, `Non`, `9`.
fn level_codes(cohort: &Cohort) -> Vec<LevelCode> {
    let mut found = Vec::new();
    for (idx, variable) in cohort.variables.iter().enumerate() {
        if !matches!(variable.kind, Kind::Binary | Kind::Categorical) {
            continue;
        }
        let number = |level: &String| level.trim().parse::<f64>().ok();
        let (numbers, words): (Vec<&String>, Vec<&String>) = variable
            .levels
            .iter()
            .partition(|level| number(level).is_some());
        let is_code = |level: &&&String| number(level).is_some_and(|x| MISSING_CODES.contains(&x));
        let codes: Vec<&&String> = numbers.iter().filter(is_code).collect();
        if codes.is_empty() || codes.len() < numbers.len() || words.len() < 2 {
            continue;
        }
        let texts = cohort.texts(&variable.name).unwrap_or_default();
        found.extend(codes.into_iter().map(|level| LevelCode {
            variable: idx,
            level: (*level).clone(),
            n_cells: texts.iter().flatten().filter(|t| t == level).count(),
        }));
    }
    found
}

/// A pain column in millimetres.
struct Millimetres<'a> {
    column: &'a Numbers<'a>,
    timing: Timing,
    is_global: bool,
    /// Whether values above 10 are written whole, so that a decimal shows another scale.
    is_whole: bool,
}

/// Values up to 10 in a column of millimetres that are better explained as centimetres.
///
/// A decimal is the evidence where the column is written in whole millimetres. A whole number is
/// doubted only before the implant, where 10 of 100 is implausible for a candidate: in the global
/// pain, or where every other pain of that visit is as low. A true low pain after the implant, or of
/// the leg in a patient whose back hurts, is left alone.
fn centimetres(columns: &[Numbers<'_>]) -> Vec<Suspect> {
    let columns: Vec<Millimetres<'_>> = columns
        .iter()
        .filter(|column| is_pain(column.variable) && column.variable.range == Some((0.0, 100.0)))
        .map(|column| {
            let high: Vec<f64> = column.present().filter(|x| *x > 10.0).collect();
            let n_whole = high.iter().filter(|x| x.fract() == 0.0).count();
            Millimetres {
                column,
                timing: column.variable.timing,
                is_global: column.is("pain-global"),
                is_whole: high.len() >= 3 && n_whole * 10 >= high.len() * 9,
            }
        })
        .collect();
    let mut found = Vec::new();
    for pain in &columns {
        let (n, n_high) = pain
            .column
            .present()
            .fold((0, 0), |(n, high), x| (n + 1, high + usize::from(x > 10.0)));
        // At follow-up a good half may be truly low; before the implant hardly anyone is.
        if n < N_TELLING || n_high < 3 || (pain.timing == Timing::Baseline && n_high * 2 < n) {
            continue;
        }
        for (row, &value) in pain.column.values.iter().enumerate() {
            if !(value > 0.0 && value <= 10.0) {
                continue;
            }
            let has_decimal = value.fract() != 0.0;
            if (has_decimal && pain.is_whole) || is_implausibly_low(pain, row, &columns) {
                found.push(Suspect {
                    code: "cm-among-mm",
                    variable: pain.column.idx,
                    row,
                    value,
                    repaired: rounded(value * 10.0),
                });
            }
        }
    }
    found
}

/// Whether so little pain can't be this candidate's before the implant.
fn is_implausibly_low(pain: &Millimetres<'_>, row: usize, all: &[Millimetres<'_>]) -> bool {
    let own = pain.column;
    if pain.timing != Timing::Baseline || own.values[row] < 2.0 {
        return false;
    }
    let others = all
        .iter()
        .filter(|other| other.column.idx != own.idx && other.timing == Timing::Baseline);
    let others: Vec<f64> = others
        .filter_map(|other| other.column.values.get(row).copied())
        .filter(|x| !x.is_nan())
        .collect();
    let all_low = others.iter().all(|x| *x <= 10.0);
    all_low && (pain.is_global || !others.is_empty())
}

/// 0.6 among 60s, and 60 among 0.6s.
fn shares(columns: &[Numbers<'_>]) -> Vec<Suspect> {
    let mut found = Vec::new();
    let percent = columns.iter().filter(|column| {
        column.is("trial-relief") || column.is("trial-relief-reported") || column.is("odi")
    });
    let unknown = columns.iter().filter(|c| c.variable.concept.is_none());
    found.extend(unknown.flat_map(percent_among_unknown));
    for column in percent {
        let are_shares = looks_like_shares(&column.values);
        let n_above = column.present().filter(|x| x.abs() > 1.0).count();
        for (row, &value) in column.values.iter().enumerate() {
            let size = value.abs();
            let (code, factor) = if are_shares && size > 1.0 && size <= 100.0 {
                ("percent-among-fractions", 0.01)
            } else if !are_shares && n_above >= 3 && size > 0.0 && size < 1.0 {
                ("fractions-among-percent", 100.0)
            } else {
                continue;
            };
            found.push(Suspect {
                code,
                variable: column.idx,
                row,
                value,
                repaired: rounded(value * factor),
            });
        }
    }
    found
}

/// 45 among 0.2 to 0.9, whatever the column measures: far above them all, and among them as per cent.
fn percent_among_unknown(column: &Numbers<'_>) -> Vec<Suspect> {
    const FAR: f64 = 10.0;
    let shares: Vec<f64> = column.present().filter(|x| *x <= 1.0).collect();
    let low = shares.iter().copied().fold(f64::INFINITY, f64::min);
    let high = shares.iter().copied().fold(0.0, f64::max);
    if shares.len() < N_TELLING || low < 0.0 || !looks_like_shares(&column.values) {
        return Vec::new();
    }
    let cells = column.values.iter().enumerate();
    let is_percent = |x: f64| x > FAR * high && (low..=high).contains(&(x / 100.0));
    cells
        .filter(|(_, x)| is_percent(**x))
        .map(|(row, &value)| Suspect {
            code: "percent-among-fractions",
            variable: column.idx,
            row,
            value,
            repaired: rounded(value / 100.0),
        })
        .collect()
}

/// Durations in years that no one can have had: longer than a life with pain, or than the patient's own.
fn months(columns: &[Numbers<'_>], ages: Option<&Numbers<'_>>) -> Vec<Suspect> {
    let mut found = Vec::new();
    for column in columns.iter().filter(|column| column.is("pain-duration")) {
        let is_years = column.variable.unit.as_deref() == Some("years");
        if !is_years || rescale(column).is_some() {
            continue;
        }
        for (row, &value) in column.values.iter().enumerate() {
            let age = ages
                .and_then(|ages| ages.values.get(row).copied())
                .filter(|age| (18.0..=100.0).contains(age))
                .unwrap_or(MAX_YEARS);
            if value > age.min(MAX_YEARS) && value / 12.0 <= age && value / 12.0 <= MAX_YEARS {
                found.push(Suspect {
                    code: "months-among-years",
                    variable: column.idx,
                    row,
                    value,
                    repaired: (value / 12.0 * 100.0).round() / 100.0,
                });
            }
        }
    }
    found
}

/// Height in metres among centimetres or the reverse, weight in grams among kilograms.
fn body_units(columns: &[Numbers<'_>]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for column in columns {
        let unit = column.variable.unit.as_deref();
        let (code, low, high, factor) = if column.is("height") && unit == Some("cm") {
            ("metres-among-cm", 1.2, 2.3, 100.0)
        } else if column.is("height") && unit == Some("m") {
            ("cm-among-metres", 120.0, 230.0, 0.01)
        } else if column.is("weight") && unit == Some("kg") {
            ("grams-among-kg", 30_000.0, 250_000.0, 0.001)
        } else {
            continue;
        };
        let cells = column.values.iter().enumerate();
        let cells = cells.filter(|(_, x)| (low..=high).contains(*x));
        found.extend(cells.map(|(row, &value)| Suspect {
            code,
            variable: column.idx,
            row,
            value,
            repaired: rounded(value * factor),
        }));
    }
    found
}

/// A year of birth where an age belongs; the age follows from the year of inclusion, trial or implant.
fn birth_years(columns: &[Numbers<'_>], calendar: &Calendar) -> Vec<Suspect> {
    let mut found = Vec::new();
    for column in columns.iter().filter(|column| column.is("age")) {
        for (row, &value) in column.values.iter().enumerate() {
            if !(1900.0..=2100.0).contains(&value) || value.fract() != 0.0 {
                continue;
            }
            let Some(day) = calendar.reference(row) else {
                continue;
            };
            let repaired = f64::from(day.year) - value;
            if (18.0..=100.0).contains(&repaired) {
                found.push(Suspect {
                    code: "birth-year-as-age",
                    variable: column.idx,
                    row,
                    value,
                    repaired,
                });
            }
        }
    }
    found
}

/// Ten times what the measure can be, while a tenth of it lies among the other values.
fn decimal_slips(columns: &[Numbers<'_>]) -> Vec<Suspect> {
    /// Large values of these are rare and not impossible.
    const OPEN_ENDED: [&str; 3] = ["mme", "pain-surface", "pain-duration"];
    let mut found = Vec::new();
    for column in columns {
        let Some((from, to)) = column.variable.range else {
            continue;
        };
        let concept = column.variable.concept.as_deref();
        if concept.is_none_or(|concept| OPEN_ENDED.contains(&concept)) {
            continue;
        }
        let inside: Vec<f64> = column
            .present()
            .filter(|x| (from..=to).contains(x))
            .collect();
        if inside.len() < N_TELLING {
            continue;
        }
        let low = inside.iter().copied().fold(f64::INFINITY, f64::min);
        let high = inside.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let n_whole = inside.iter().filter(|x| x.fract() == 0.0).count();
        let is_whole = n_whole * 10 >= inside.len() * 9;
        for (row, &value) in column.values.iter().enumerate() {
            let repaired = rounded(value / 10.0);
            let fits = (low..=high).contains(&repaired) && (!is_whole || repaired.fract() == 0.0);
            if value > to && fits {
                found.push(Suspect {
                    code: "decimal-slip",
                    variable: column.idx,
                    row,
                    value,
                    repaired,
                });
            }
        }
    }
    found
}

/// Whether the whole column stands on another scale than its measure, and how to come back.
fn rescale(column: &Numbers<'_>) -> Option<Rescale> {
    let n_cells = column.present().count();
    let median = column.median()?;
    if n_cells < N_TELLING {
        return None;
    }
    let unit = column.variable.unit.as_deref();
    let is_guess = || {
        let words = header::words(&column.variable.origin.header);
        let says = |word: &String| matches!(word.as_str(), "mois" | "month" | "months" | "m");
        !words.iter().any(says) && !column.variable.unit_set
    };
    let (code, factor, unit) = match column.variable.concept.as_deref()? {
        "trial-relief" | "trial-relief-reported" | "odi" if looks_like_shares(&column.values) => {
            ("column-in-fractions", 100.0, "%")
        }
        // Said to be years, or guessed to be months: a header that says months is believed.
        "pain-duration" if median > MAX_MEDIAN_YEARS && (unit == Some("years") || is_guess()) => {
            ("column-in-months", 1.0 / 12.0, "years")
        }
        "height" if unit == Some("m") => ("column-in-metres", 100.0, "cm"),
        "weight" if unit == Some("g") => ("column-in-grams", 0.001, "kg"),
        "weight" if unit == Some("lb") => ("column-in-pounds", KG_OF_POUND, "kg"),
        _ => return None,
    };
    Some(Rescale {
        code,
        variable: column.idx,
        factor,
        unit,
        median,
        n_cells,
    })
}

/// Takes off what binary fractions add: `0.07 * 100` is 7.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// The repairs as changes that an edit can hold: one a code and column.
pub(super) fn proposals(cohort: &Cohort) -> Vec<Proposal> {
    let columns = numeric(cohort);
    let Found {
        cells,
        columns: rescales,
        levels,
        alike,
    } = find(cohort, &columns);
    let mut grouped: BTreeMap<(usize, usize), Vec<&Suspect>> = BTreeMap::new();
    let order = |code: &str| REPAIRS.iter().position(|known| *known == code).unwrap_or(0);
    for cell in &cells {
        let key = (order(cell.code), cell.variable);
        grouped.entry(key).or_default().push(cell);
    }
    let name = |variable: usize| cohort.variables[variable].name.clone();
    let mut proposals: Vec<(usize, usize, Proposal)> = Vec::new();
    for ((at, variable), cells) in grouped {
        let code = REPAIRS[at];
        let change = if code == "missing-code-suspected" {
            missing_change(name(variable), &cells)
        } else {
            Change::Cells(cells.iter().map(|cell| cell_change(cohort, cell)).collect())
        };
        proposals.push((
            at,
            variable,
            proposal(code, name(variable), change, cells.len()),
        ));
    }
    for rescale in rescales {
        let change = Change::Scale {
            variable: name(rescale.variable),
            factor: rescale.factor,
            unit: Some(rescale.unit.to_owned()),
        };
        let made = proposal(
            rescale.code,
            name(rescale.variable),
            change,
            rescale.n_cells,
        );
        proposals.push((order(rescale.code), rescale.variable, made));
    }
    for LevelCode {
        variable,
        level,
        n_cells,
    } in levels
    {
        let change = Change::MissingCodes {
            variable: name(variable),
            codes: vec![level],
        };
        let made = proposal("missing-code-suspected", name(variable), change, n_cells);
        proposals.push((0, variable, made));
    }
    for alike in alike {
        let change = alike.change(cohort);
        let made = proposal("levels-alike", name(alike.variable), change, alike.n_cells);
        proposals.push((order("levels-alike"), alike.variable, made));
    }
    proposals.sort_by_key(|(at, variable, _)| (*at, *variable));
    proposals.into_iter().map(|(.., made)| made).collect()
}

fn proposal(code: &str, variable: String, change: Change, n_cells: usize) -> Proposal {
    Proposal {
        code: code.to_owned(),
        variable: Some(variable),
        changes: vec![change],
        n_cells,
    }
}

fn missing_change(variable: String, cells: &[&Suspect]) -> Change {
    let codes: BTreeSet<String> = cells.iter().map(|cell| cell.value.to_string()).collect();
    Change::MissingCodes {
        variable,
        codes: codes.into_iter().collect(),
    }
}

fn cell_change(cohort: &Cohort, cell: &Suspect) -> CellChange {
    CellChange {
        row: cohort.row_ref(cell.row),
        variable: cohort.variables[cell.variable].name.clone(),
        before: Some(Cell::Number(cell.value)),
        after: (!cell.repaired.is_nan()).then_some(Cell::Number(cell.repaired)),
    }
}

/// What is noted when a proposal is carried out: each cell that it changes, or the column.
pub(super) fn notes(cohort: &Cohort, proposal: &Proposal) -> Vec<Issue> {
    let mut notes = Vec::new();
    for change in &proposal.changes {
        match change {
            Change::Cells(cells) => {
                let made = cells
                    .iter()
                    .filter_map(|cell| cell_note(cohort, proposal, cell));
                notes.extend(made);
            }
            Change::MissingCodes { variable, codes } => {
                notes.extend(missing_notes(cohort, variable, codes));
            }
            Change::Scale { variable, unit, .. } => {
                let Some(variable) = cohort.variable(variable) else {
                    continue;
                };
                let note = Issue::note("repaired-column")
                    .at(column_place(variable))
                    .with("n", proposal.n_cells)
                    .with("unit", unit.as_deref().unwrap_or_default());
                notes.push(note);
            }
            Change::Recode { variable, levels } => {
                let to = |(from, to): &(String, Option<String>)| Some((from.clone(), to.clone()?));
                let pairs: Vec<(String, String)> = levels.iter().filter_map(to).collect();
                notes.extend(cohort.variable(variable).map(|variable| {
                    Issue::note("repaired-levels")
                        .at(column_place(variable))
                        .with("pairs", spelling::words(&pairs))
                        .with("n", proposal.n_cells)
                }));
            }
            // No proposal holds another kind of change.
            Change::Derive { .. }
            | Change::Exclude(_)
            | Change::Include(_)
            | Change::Meaning { .. }
            | Change::Kind { .. } => {}
        }
    }
    notes
}

fn cell_note(cohort: &Cohort, proposal: &Proposal, cell: &CellChange) -> Option<Issue> {
    let code = if proposal.code == "cm-among-mm" {
        "repaired-cm-among-mm"
    } else {
        "repaired-cell"
    };
    let (Cell::Number(before), Cell::Number(after)) = (cell.before.as_ref()?, cell.after.as_ref()?)
    else {
        return None;
    };
    let note = Issue::note(code)
        .at(cohort.variable(&cell.variable)?.place(cell.row.row))
        .found(&written(cohort, *before))
        .with("value", *after);
    Some(note)
}

fn missing_notes(cohort: &Cohort, name: &str, codes: &[String]) -> Vec<Issue> {
    let Some(variable) = cohort.variable(name) else {
        return Vec::new();
    };
    let found = |row| {
        let text = match cohort.cell(row, name)? {
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text,
        };
        codes.contains(&text).then_some(text)
    };
    let rows = (0..cohort.n_rows()).filter_map(|row| Some((row, found(row)?)));
    rows.map(|(row, text)| {
        Issue::note("repaired-missing-code-suspected")
            .at(variable.place(row))
            .found(&text)
    })
    .collect()
}
