//! Patients who stand in the file twice: same identifier, same birth date, sex and surgery date, or identical rows.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::base::issue::Issue;
use crate::cohort::{Cohort, Kind, Variable, header};
use crate::review::columns::{Days, find_any};
use crate::review::raised::Raised;
use crate::review::rules::Scene;

/// Rows with fewer values than this are alike without being the same patient.
const FEWEST_VALUES: u32 = 5;

/// Every row that repeats an earlier one, one doubt a row, the strongest reason first.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Raised> {
    let mut raised = same_identifier(scene);
    let mut told: BTreeSet<usize> = raised.iter().filter_map(|r| r.row).collect();
    for more in [identical_rows(scene), same_person(scene)] {
        let fresh: Vec<Raised> = more
            .into_iter()
            .filter(|r| r.row.is_some_and(|row| told.insert(row)))
            .collect();
        raised.extend(fresh);
    }
    raised
}

/// Source row of a patient, for people; the position from 1 where there is none.
fn source_row(variable: &Variable, row: usize) -> String {
    let place = variable.place(row);
    place
        .row
        .map_or_else(|| (row + 1).to_string(), |row| row.to_string())
}

fn identifier(cohort: &Cohort) -> Option<(usize, &Variable)> {
    let mut variables = cohort.variables.iter().enumerate();
    variables.find(|(_, variable)| variable.kind == Kind::Identifier && !is_birth_date(variable))
}

/// By the keyed pseudonyms where they are kept, which tell patients apart whose names were taken out.
fn same_identifier(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let Some((idx, variable)) = identifier(cohort) else {
        return Vec::new();
    };
    let texts = cohort.text_refs(&variable.name).unwrap_or_default();
    let key = |row: usize| {
        let shown = texts.get(row).copied().flatten()?;
        Some(
            cohort
                .row_keys
                .get(row)
                .map_or(shown.trim(), String::as_str),
        )
    };
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut raised = Vec::new();
    for row in scene.rows() {
        let Some(key) = key(row) else {
            continue;
        };
        match first.get(key) {
            None => {
                first.insert(key, row);
            }
            Some(earlier) => {
                let issue = Issue::warning("duplicate-id")
                    .found(texts.get(row).copied().flatten().unwrap_or_default())
                    .with("first", source_row(variable, *earlier));
                raised.push(Raised::at(idx, variable, row, issue));
            }
        }
    }
    raised
}

/// Whether a column holds birth dates.
pub(in crate::review) fn is_birth_date(variable: &Variable) -> bool {
    const WORDS: [&str; 5] = ["naissance", "birth", "ddn", "dob", "birthdate"];
    let words = header::words(&variable.origin.header);
    let says = words.iter().any(|word| WORDS.contains(&word.as_str()));
    match variable.concept.as_deref() {
        // The dictionary makes it an identifier, which it is; its cells are dates all the same.
        Some("birth-date") => matches!(variable.kind, Kind::Date | Kind::Identifier),
        _ => variable.kind == Kind::Date && says,
    }
}

fn same_person(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let mut variables = cohort.variables.iter().enumerate();
    let birth = variables
        .find(|(_, variable)| is_birth_date(variable))
        .and_then(|placed| Days::read(cohort, placed));
    let sex = find_any(cohort, "sex").and_then(|(_, v)| cohort.text_refs(&v.name).ok());
    let surgery = Days::of(cohort, "implant-date").or_else(|| Days::of(cohort, "trial-date"));
    let (Some(birth), Some(sex), Some(surgery)) = (birth, sex, surgery) else {
        return Vec::new();
    };
    let mut first: HashMap<(i32, String, i32), usize> = HashMap::new();
    let mut raised = Vec::new();
    for row in scene.rows() {
        let sex = sex.get(row).copied().flatten().map(header::fold);
        let (Some(birth_day), Some(sex), Some(surgery_day)) = (birth.at(row), sex, surgery.at(row))
        else {
            continue;
        };
        match first.get(&(birth_day, sex.clone(), surgery_day)) {
            None => {
                first.insert((birth_day, sex, surgery_day), row);
            }
            Some(earlier) => {
                let issue = Issue::warning("duplicate-person")
                    .with("first", source_row(birth.variable, *earlier));
                raised.push(Raised::at(birth.idx, birth.variable, row, issue));
            }
        }
    }
    raised
}

/// Rows that are the same in every column but the identifier.
fn identical_rows(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let n_rows = cohort.n_rows();
    let compared: Vec<(usize, &Variable)> = cohort
        .variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| variable.kind != Kind::Identifier || is_birth_date(variable))
        .collect();
    let nothing = || vec![(0_u64, 0_u32); n_rows];
    // Sums do not depend on the order in which threads end.
    let prints = compared
        .par_iter()
        .with_min_len(8)
        .fold(nothing, |mut sums, (idx, variable)| {
            add_prints(cohort, *idx as u64, variable, &mut sums);
            sums
        })
        .reduce(nothing, |mut sums, more| {
            for (sum, (print, n)) in sums.iter_mut().zip(more) {
                *sum = (sum.0.wrapping_add(print), sum.1 + n);
            }
            sums
        });
    let anchor = identifier(cohort).or_else(|| compared.first().copied());
    let Some((idx, variable)) = anchor else {
        return Vec::new();
    };
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut raised = Vec::new();
    for row in scene.rows() {
        let Some((print, n_known)) = prints.get(row).filter(|(_, n)| *n >= FEWEST_VALUES) else {
            continue;
        };
        let Some(earlier) = first.get(print).copied() else {
            first.insert(*print, row);
            continue;
        };
        let is_same = |(_, v): &(usize, &Variable)| {
            cohort.cell(row, &v.name) == cohort.cell(earlier, &v.name)
        };
        if compared.iter().all(is_same) {
            let issue = Issue::warning("identical-row")
                .with("first", source_row(variable, earlier))
                .with("n", *n_known as usize);
            raised.push(Raised::at(idx, variable, row, issue));
        }
    }
    raised
}

/// Adds the print of each value of a column to its row, and counts what is known.
fn add_prints(cohort: &Cohort, column: u64, variable: &Variable, sums: &mut [(u64, u32)]) {
    let seed = mixed(column.wrapping_add(1));
    if let Ok(numbers) = cohort.numbers(&variable.name) {
        for (sum, value) in sums.iter_mut().zip(&numbers) {
            if !value.is_nan() {
                *sum = (sum.0.wrapping_add(mixed(value.to_bits() ^ seed)), sum.1 + 1);
            }
        }
        return;
    }
    let texts = cohort.text_refs(&variable.name).unwrap_or_default();
    for (sum, text) in sums.iter_mut().zip(&texts) {
        if let Some(text) = text {
            // FNV-1a (Fowler, Noll and Vo).
            let print = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |print, byte| {
                (print ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
            *sum = (sum.0.wrapping_add(mixed(print ^ seed)), sum.1 + 1);
        }
    }
}

/// The finaliser of `SplitMix64` (Steele 2014): every bit depends on every bit.
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
