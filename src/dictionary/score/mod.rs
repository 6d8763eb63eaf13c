//! Totals from the items of questionnaires, and what a total given in the file has against them.
//!
//! Items are told by their headers (`odi_1` … `odi_10`, `HADS A3`, `eq5d_mo_m6`), a visit apart. A score
//! is computed only where enough items are there; an answer that can't be one counts as missing and
//! is an issue.

mod instruments;
mod mme;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Limited, Timing, Variable, header};
use crate::dictionary::doubts::written;
use crate::dictionary::{COMPUTED, column_place, computed, is_computed, put_computed};
use instruments::{EQ5D, FAMILIES, INSTRUMENTS, Instrument};

/// A total computed from items.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The dictionary's name of the measure.
    pub concept: String,
    /// When its items were asked.
    pub timing: Timing,
    /// Names of the columns that it is computed from.
    pub items: Vec<String>,
    /// Name of the column with a total that the file gives.
    pub total: Option<String>,
    /// The totals, NaN where too many items are missing.
    pub values: Vec<f64>,
    /// Patients with some items, but too few.
    pub n_incomplete: usize,
}

/// A score with its short name and what was noticed.
struct Found {
    score: Score,
    short: &'static str,
    issues: Vec<Issue>,
}

/// Every score that the items of the cohort give.
pub fn scores(cohort: &Cohort) -> Vec<Score> {
    read(cohort)
        .0
        .into_iter()
        .map(|found| found.score)
        .collect()
}

/// Adds a column for every score of which the file gives no total, and what the given totals have
/// against their items to the issues.
pub(super) fn set(cohort: &mut Cohort) {
    let (found, mut issues) = read(cohort);
    for Found {
        score,
        short,
        issues: noticed,
    } in found
    {
        issues.extend(noticed);
        if let Some(total) = &score.total {
            issues.extend(differing(cohort, total, &score.values));
        } else if let Err(failure) = put(cohort, short, &score) {
            issues.push(failure.issue());
        }
    }
    cohort.issues.extend(issues);
}

fn put(cohort: &mut Cohort, short: &str, score: &Score) -> Result<(), Failure> {
    let name = match score.timing {
        Timing::After(months) => format!("{short} M{months} {COMPUTED}"),
        Timing::Trial => format!("{short} trial {COMPUTED}"),
        Timing::Baseline | Timing::Unknown => format!("{short} {COMPUTED}"),
    };
    put_computed(
        cohort,
        computed(&name, &score.concept, score.timing),
        &score.values,
    )
}

/// Cells of a given total that are not the computed one, beyond the rounding of what is written.
fn differing(cohort: &Cohort, total: &str, values: &[f64]) -> Vec<Issue> {
    let Some(variable) = cohort.variable(total) else {
        return Vec::new();
    };
    let given = cohort.numbers(total).unwrap_or_default();
    let mut cells = Limited::default();
    for (row, (given, value)) in given.iter().zip(values).enumerate() {
        if (given - value).abs() > rounding(*given) {
            cells.push(|| {
                Issue::warning("total-differs")
                    .at(variable.place(row))
                    .found(&written(cohort, *given))
                    .with("computed", (value * 1e4).round() / 1e4)
            });
        }
    }
    cells.finish()
}

/// Half of the last decimal place that a number is written with, at most four.
fn rounding(given: f64) -> f64 {
    let places = (0..4).find(|places| {
        let scaled = given * 10_f64.powi(*places);
        (scaled - scaled.round()).abs() < 1e-6
    });
    0.5 * 10_f64.powi(-places.unwrap_or(4)) + 1e-9
}

/// The given total of a measure at a moment.
fn total_of(cohort: &Cohort, concept: &str, timing: Timing) -> Option<String> {
    let of = |v: &&Variable| {
        v.concept.as_deref() == Some(concept)
            && v.timing == timing
            && v.kind == Kind::Numeric
            && !is_computed(v)
    };
    cohort.variables.iter().find(of).map(|v| v.name.clone())
}

/// An item as its header tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    family: usize,
    /// From 1.
    number: usize,
    /// Levels that the header says an EQ-5D has; 0 where it says none.
    n_levels: u8,
    /// Whether the header is the name of the item alone (`MO`).
    is_bare: bool,
}

/// The words of a header without its visit, and the visit, where the rest is something.
fn measured_at(
    name: &str,
    is_something: impl Fn(&[String]) -> bool,
) -> Option<(Vec<String>, Option<Timing>)> {
    let words = header::words(name);
    if is_something(&words) {
        return Some((words, None));
    }
    for len in [1, 2] {
        for start in 0..(words.len() + 1).saturating_sub(len) {
            let Some(window) = words.get(start..start + len) else {
                continue;
            };
            let Some(timing) = header::visit(&window.join(" ")) else {
                continue;
            };
            let mut rest = words.clone();
            rest.drain(start..start + len);
            if is_something(&rest) {
                return Some((rest, Some(timing)));
            }
        }
    }
    None
}

/// The item that a header names.
fn item(name: &str) -> Option<(Item, Option<Timing>)> {
    let (words, timing) = measured_at(name, |words| item_of(words).is_some())?;
    Some((item_of(&words)?, timing))
}

fn item_of(words: &[String]) -> Option<Item> {
    const NOISE: [&str; 6] = ["item", "items", "question", "q", "quest", "n"];
    let glued: String = words
        .iter()
        .map(String::as_str)
        .filter(|word| !NOISE.contains(word))
        .collect();
    for (family, sheet) in FAMILIES.iter().enumerate() {
        for word in sheet.words {
            let rest = glued
                .strip_prefix(word)
                .or_else(|| glued.strip_suffix(word));
            if let Some(number) = rest.and_then(|rest| number_of(family, rest)) {
                let n_levels = match word.as_bytes() {
                    [.., b'5', b'l'] => 5,
                    [.., b'3', b'l'] => 3,
                    _ => 0,
                };
                return Some(Item {
                    family,
                    number,
                    n_levels,
                    is_bare: false,
                });
            }
        }
    }
    // Two letters alone are an item only beside the other four.
    let bare = FAMILIES
        .iter()
        .enumerate()
        .filter(|(_, sheet)| sheet.has_bare_names);
    let named = |(family, sheet): (usize, &instruments::Family)| {
        let name = sheet
            .names
            .iter()
            .find(|(name, _)| name.len() == 2 && *name == glued);
        name.map(|(_, number)| Item {
            family,
            number: *number,
            n_levels: 0,
            is_bare: true,
        })
    };
    bare.filter_map(named).next()
}

/// The number of an item behind the name of its sheet: `3`, `03`, `q3`, or its own name.
fn number_of(family: usize, rest: &str) -> Option<usize> {
    let sheet = FAMILIES.get(family)?;
    let named = sheet.names.iter().find(|(name, _)| *name == rest);
    if let Some((_, number)) = named {
        return Some(*number);
    }
    let digits = rest.strip_prefix(['q', 'i']).unwrap_or(rest);
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let number: usize = digits.parse().ok().filter(|_| is_number)?;
    (1..=sheet.n_items).contains(&number).then_some(number)
}

/// The columns of one sheet at one moment, by number of the item.
type Sheets = BTreeMap<(usize, Timing), BTreeMap<usize, (usize, Item)>>;

fn sheets(cohort: &Cohort) -> Sheets {
    let mut sheets = Sheets::new();
    for (idx, variable) in cohort.variables.iter().enumerate() {
        if variable.meaning_set || is_computed(variable) || variable.kind == Kind::Identifier {
            continue;
        }
        if let Some((item, timing)) = item(&variable.name) {
            let key = (item.family, timing.unwrap_or(Timing::Baseline));
            let sheet = sheets.entry(key).or_default();
            sheet.entry(item.number).or_insert((idx, item));
        }
    }
    sheets.retain(|(family, _), sheet| {
        let is_bare = sheet.values().any(|(_, item)| item.is_bare);
        !is_bare || sheet.len() == FAMILIES[*family].n_items
    });
    sheets
}

/// Whether enough of an instrument's items are columns.
fn is_there(instrument: &Instrument, sheet: &BTreeMap<usize, (usize, Item)>) -> bool {
    let n = instrument
        .items
        .iter()
        .filter(|item| sheet.contains_key(item))
        .count();
    n + instrument.n_missing_most >= instrument.items.len()
}

/// Positions of the columns that are items of a score: they are no measures of their own.
pub(super) fn item_columns(cohort: &Cohort) -> BTreeSet<usize> {
    let mut columns = BTreeSet::new();
    for ((family, _), sheet) in sheets(cohort) {
        let has_score = INSTRUMENTS
            .iter()
            .any(|instrument| instrument.family == family && is_there(instrument, &sheet));
        if has_score {
            columns.extend(sheet.values().map(|(idx, _)| *idx));
        }
    }
    columns
}

/// The scores, and what was noticed of items that give none.
fn read(cohort: &Cohort) -> (Vec<Found>, Vec<Issue>) {
    let sheets = sheets(cohort);
    let mut found = Vec::new();
    let mut issues = Vec::new();
    let is_five = five_levels(cohort, &sheets);
    for ((family, timing), sheet) in &sheets {
        let own: Vec<&Instrument> = INSTRUMENTS
            .iter()
            .filter(|instrument| instrument.family == *family && is_there(instrument, sheet))
            .collect();
        if own.is_empty() {
            continue;
        }
        let columns: BTreeMap<usize, Vec<f64>> = sheet
            .iter()
            .map(|(number, (idx, item))| (*number, answers(cohort, *idx, *item)))
            .collect();
        let first = sheet
            .values()
            .next()
            .map(|(idx, _)| *idx)
            .unwrap_or_default();
        let place = column_place(&cohort.variables[first]);
        if counts_from_one(*family, &columns) {
            let (low, high) = FAMILIES[*family].answers;
            let issue = Issue::warning("items-from-one").at(place);
            issues.push(issue.with("low", low).with("high", high));
            continue;
        }
        let said = sheet
            .values()
            .map(|(_, item)| item.n_levels)
            .max()
            .unwrap_or(0);
        let formula: Option<fn(&[f64]) -> f64> = match (*family, said, is_five) {
            (EQ5D, 3, _) => Some(instruments::eq5d_3l),
            (EQ5D, 0, false) => None,
            (EQ5D, ..) => Some(instruments::eq5d_5l),
            _ => own.first().map(|instrument| instrument.formula),
        };
        if formula.is_none() {
            issues.push(Issue::warning("eq5d-version-unknown").at(place));
            continue;
        }
        let (columns, outside) = within(cohort, sheet, columns);
        issues.extend(outside);
        for instrument in own {
            let formula = formula
                .filter(|_| *family == EQ5D)
                .unwrap_or(instrument.formula);
            let score = score(cohort, instrument, formula, *timing, sheet, &columns);
            found.push(Found {
                score,
                short: instrument.short,
                issues: Vec::new(),
            });
        }
    }
    found.extend(mme::read(cohort));
    (found, issues)
}

/// Whether an EQ-5D whose headers don't say it has five levels: an answer above three at any visit shows it.
fn five_levels(cohort: &Cohort, sheets: &Sheets) -> bool {
    let eq5d = sheets.iter().filter(|((family, _), _)| *family == EQ5D);
    let mut columns = eq5d.flat_map(|(_, sheet)| sheet.values());
    columns.any(|(idx, item)| {
        item.n_levels == 5
            || (item.n_levels == 0 && answers(cohort, *idx, *item).iter().any(|x| *x > 3.0))
    })
}

/// The answers of an item, NaN where missing or not a number; a yes counts what the item says.
fn answers(cohort: &Cohort, idx: usize, item: Item) -> Vec<f64> {
    let variable = &cohort.variables[idx];
    let yes = instruments::yes(item.family, item.number);
    if let Ok(numbers) = cohort.numbers(&variable.name) {
        // Radiation written 0 and 1 is no and yes.
        let is_coded =
            yes.is_some() && numbers.iter().all(|x| x.is_nan() || *x == 0.0 || *x == 1.0);
        let factor = yes.filter(|_| is_coded).unwrap_or(1.0);
        return numbers.into_iter().map(|x| x * factor).collect();
    }
    let texts = cohort.texts(&variable.name).unwrap_or_default();
    let is_coded = variable.kind == Kind::Binary && yes.is_some();
    let read = |text: &Option<String>| {
        let text = text.as_deref()?;
        if is_coded {
            let level = variable.levels.iter().position(|level| level == text)?;
            return Some(if level == 0 { 0.0 } else { yes? });
        }
        text.trim().parse().ok()
    };
    texts
        .iter()
        .map(|text| read(text).unwrap_or(f64::NAN))
        .collect()
}

/// Whether every answer is one too high, as where the boxes were counted from one.
fn counts_from_one(family: usize, columns: &BTreeMap<usize, Vec<f64>>) -> bool {
    let (low, high) = FAMILIES[family].answers;
    let values = || columns.values().flatten().copied().filter(|x| !x.is_nan());
    let smallest = values().fold(f64::INFINITY, f64::min);
    let largest = values().fold(f64::NEG_INFINITY, f64::max);
    smallest >= low + 1.0 && largest == high + 1.0
}

/// The answers that an item can have; others become missing, with an issue each.
fn within(
    cohort: &Cohort,
    sheet: &BTreeMap<usize, (usize, Item)>,
    mut columns: BTreeMap<usize, Vec<f64>>,
) -> (BTreeMap<usize, Vec<f64>>, Vec<Issue>) {
    let mut issues = Vec::new();
    for (number, values) in &mut columns {
        let Some((idx, item)) = sheet.get(number) else {
            continue;
        };
        let variable = &cohort.variables[*idx];
        let (low, high) = instruments::answers(item.family, *number);
        let high = if item.n_levels == 3 { 3.0 } else { high };
        let mut cells = Limited::default();
        for (row, value) in values.iter_mut().enumerate() {
            if !value.is_nan() && (!(low..=high).contains(value) || value.fract() != 0.0) {
                let found = *value;
                cells.push(|| {
                    Issue::warning("item-out-of-range")
                        .at(variable.place(row))
                        .found(&written(cohort, found))
                        .with("low", low)
                        .with("high", high)
                });
                *value = f64::NAN;
            }
        }
        issues.extend(cells.finish());
    }
    (columns, issues)
}

fn score(
    cohort: &Cohort,
    instrument: &Instrument,
    formula: fn(&[f64]) -> f64,
    timing: Timing,
    sheet: &BTreeMap<usize, (usize, Item)>,
    columns: &BTreeMap<usize, Vec<f64>>,
) -> Score {
    let mut n_incomplete = 0;
    let mut values = Vec::with_capacity(cohort.n_rows());
    let mut row_answers = vec![f64::NAN; instrument.items.len()];
    for row in 0..cohort.n_rows() {
        for (answer, number) in row_answers.iter_mut().zip(instrument.items) {
            let value = columns.get(number).and_then(|column| column.get(row));
            *answer = value.copied().unwrap_or(f64::NAN);
        }
        let n_missing = row_answers.iter().filter(|answer| answer.is_nan()).count();
        let is_complete = n_missing <= instrument.n_missing_most;
        n_incomplete += usize::from(!is_complete && n_missing < instrument.items.len());
        values.push(if is_complete {
            formula(&row_answers)
        } else {
            f64::NAN
        });
    }
    let items = instrument
        .items
        .iter()
        .filter_map(|number| sheet.get(number));
    Score {
        concept: instrument.concept.to_owned(),
        timing,
        items: items
            .map(|(idx, _)| cohort.variables[*idx].name.clone())
            .collect(),
        total: total_of(cohort, instrument.concept, timing),
        values,
        n_incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_by_their_headers() {
        let read = |name: &str| item(name).map(|(item, timing)| (item.family, item.number, timing));
        let after = |months| Some(Timing::After(months));
        for (name, expected) in [
            ("odi_1", (0, 1, None)),
            ("ODI Q3", (0, 3, None)),
            ("odi10", (0, 10, None)),
            ("odi_3_m6", (0, 3, after(6))),
            ("M12 ODI item 3", (0, 3, after(12))),
            ("odi_3_j0", (0, 3, Some(Timing::Baseline))),
            ("had1", (1, 1, None)),
            ("HADS_14", (1, 14, None)),
            ("HADS D7", (1, 14, None)),
            ("pcs_01", (2, 1, None)),
            ("dn4_10", (3, 10, None)),
            ("painDETECT_irradiation", (4, 9, None)),
            ("FABQ 15", (5, 15, None)),
            ("tsk_q17", (6, 17, None)),
            ("eq5d_mo", (7, 1, None)),
            ("EQ-5D-5L mobilité", (7, 1, None)),
            ("EQ5D_anxiete_M6", (7, 5, after(6))),
            ("UA", (7, 3, None)),
        ] {
            assert_eq!(read(name), Some(expected), "{name}");
        }
        for name in [
            "ODI",
            "odi_11",
            "odi_m6",
            "pcs",
            "hads_a",
            "eq5d",
            "EQ-5D-5L",
            "pcs_total",
            "pcs 6 mois",
            "x",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }

    #[test]
    fn a_difference_counts_only_beyond_what_is_written() {
        for (given, half) in [(44.0, 0.5), (0.55, 0.005), (0.551, 0.0005)] {
            assert!((rounding(given) - half).abs() < 1e-6, "{given}");
        }
    }
}
