//! Morphine equivalents from drugs and doses.
//!
//! Factors of the CDC guideline of 2022 as collected for this program [unverified]: milligrams of oral
//! morphine a day for one milligram a day, for a fentanyl patch for one microgram an hour.

use std::collections::BTreeMap;

use crate::base::issue::Issue;
use crate::cohort::{Cohort, Kind, Timing, header};
use crate::dictionary::column_place;
use crate::dictionary::score::{Found, Score, measured_at, total_of};

/// Drug, ways to write it, factor.
const DRUGS: [(&[&str], f64); 9] = [
    (&["morphine", "morphin"], 1.0),
    (&["tramadol"], 0.2),
    (&["codeine"], 0.15),
    (&["hydrocodone"], 1.0),
    (&["oxycodone"], 1.5),
    (&["oxymorphone"], 3.0),
    (&["hydromorphone"], 5.0),
    (&["tapentadol"], 0.4),
    (&["methadone"], 4.7),
];
/// For one microgram an hour.
const FENTANYL_PATCH: f64 = 2.4;

/// Factor of a drug's name; `None` where it is not known. Fentanyl counts by the hour, in a patch.
pub(super) fn factor(drug: &str) -> Option<f64> {
    let folded = header::fold(drug);
    let mut words = folded.split(' ');
    if folded.starts_with("fentanyl") {
        return Some(FENTANYL_PATCH);
    }
    let first = words.next()?;
    DRUGS
        .iter()
        .find(|(names, _)| names.contains(&first))
        .map(|(_, factor)| *factor)
}

/// What a column holds: the dose of one drug, or one half of a pair of drug and dose.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Dose(f64),
    PairDrug(usize),
    PairDose(usize),
}

/// Reads a header: `tramadol_mg`, `fentanyl patch µg/h`, `opioide_1` beside `opioide_1_dose`.
fn part(name: &str) -> Option<(Part, Option<Timing>)> {
    let (words, timing) = measured_at(name, |words| part_of(words).is_some())?;
    Some((part_of(&words)?, timing))
}

fn part_of(words: &[String]) -> Option<Part> {
    const SMALL: [&str; 14] = [
        "mg",
        "d",
        "j",
        "jour",
        "day",
        "dose",
        "daily",
        "quotidienne",
        "posologie",
        "24h",
        "par",
        "per",
        "de",
        "total",
    ];
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let others: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !SMALL.contains(word))
        .collect();
    if let [drug] = others.as_slice()
        && let Some((_, factor)) = DRUGS.iter().find(|(names, _)| names.contains(drug))
    {
        return Some(Part::Dose(*factor));
    }
    if let ["fentanyl" | "fentanyle", rest @ ..] = others.as_slice() {
        let is_patch = |word: &&str| {
            matches!(
                *word,
                "patch" | "h" | "ug" | "mcg" | "g" | "transdermique" | "heure"
            )
        };
        let is_rate = !rest.is_empty() && rest.iter().all(is_patch) && !has(&["mg"]);
        return is_rate.then_some(Part::Dose(FENTANYL_PATCH));
    }
    let number = others
        .iter()
        .find_map(|word| word.parse::<usize>().ok())
        .unwrap_or(0);
    let rest: Vec<&str> = others
        .iter()
        .copied()
        .filter(|word| word.parse::<usize>().is_err())
        .collect();
    match rest.as_slice() {
        ["opioid" | "opioide" | "opioides" | "opiace" | "opioids"]
            if has(&["dose", "posologie", "mg"]) =>
        {
            // The dose of all opioids together has no number and no drug; alone it is the total.
            Some(Part::PairDose(number))
        }
        [
            "opioid" | "opioide" | "opiace",
            "drug" | "name" | "nom" | "molecule" | "dci" | "type",
        ]
        | [
            "drug" | "nom" | "molecule" | "dci" | "type",
            "opioid" | "opioide" | "opiace",
        ] => Some(Part::PairDrug(number)),
        _ => None,
    }
}

/// The columns of one visit.
#[derive(Default)]
struct Sheet {
    /// Variable and factor.
    doses: Vec<(usize, f64)>,
    drugs: BTreeMap<usize, usize>,
    pair_doses: BTreeMap<usize, usize>,
}

/// Morphine equivalents of each visit that gives drugs and doses.
pub(super) fn read(cohort: &Cohort) -> Vec<Found> {
    let mut sheets: BTreeMap<Timing, Sheet> = BTreeMap::new();
    for (idx, variable) in cohort.variables.iter().enumerate() {
        let is_free = !variable.meaning_set && variable.kind != Kind::Identifier;
        let Some((part, timing)) = part(&variable.name).filter(|_| is_free) else {
            continue;
        };
        let sheet = sheets
            .entry(timing.unwrap_or(Timing::Baseline))
            .or_default();
        match (part, variable.kind) {
            (Part::Dose(factor), Kind::Numeric) => sheet.doses.push((idx, factor)),
            (Part::PairDose(number), Kind::Numeric) => {
                sheet.pair_doses.insert(number, idx);
            }
            (Part::PairDrug(number), Kind::Text | Kind::Binary | Kind::Categorical) => {
                sheet.drugs.insert(number, idx);
            }
            _ => {}
        }
    }
    sheets
        .into_iter()
        .filter_map(|(timing, sheet)| score(cohort, timing, &sheet))
        .collect()
}

fn score(cohort: &Cohort, timing: Timing, sheet: &Sheet) -> Option<Found> {
    let numbers = |idx: usize| {
        cohort
            .numbers(&cohort.variables[idx].name)
            .unwrap_or_default()
    };
    let pairs: Vec<(usize, usize)> = sheet
        .drugs
        .iter()
        .filter_map(|(number, drug)| Some((*drug, *sheet.pair_doses.get(number)?)))
        .collect();
    if sheet.doses.is_empty() && pairs.is_empty() {
        return None;
    }
    let mut items: Vec<usize> = sheet.doses.iter().map(|(idx, _)| *idx).collect();
    items.extend(pairs.iter().flat_map(|(drug, dose)| [*drug, *dose]));
    let name = |idx: &usize| cohort.variables[*idx].name.clone();
    let mut tally = Tally::new(cohort.n_rows());
    for (idx, factor) in &sheet.doses {
        for (row, dose) in numbers(*idx).into_iter().enumerate() {
            tally.add(row, dose, Some(*factor));
        }
    }
    let mut issues = Vec::new();
    for (drug, dose) in &pairs {
        let drugs = cohort.texts(&name(drug)).unwrap_or_default();
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, (drug, dose)) in drugs.iter().zip(numbers(*dose)).enumerate() {
            match drug.as_deref() {
                None if dose.is_nan() => {}
                None => tally.spoil(row),
                Some(_) if dose.is_nan() => tally.spoil(row),
                Some(drug) => {
                    let factor = factor(drug);
                    if factor.is_none() {
                        *unknown.entry(drug).or_default() += 1;
                    }
                    tally.add(row, dose, factor);
                }
            }
        }
        issues.extend(unknown.into_iter().map(|(found, n)| {
            Issue::warning("mme-drug-unknown")
                .at(column_place(&cohort.variables[*drug]))
                .found(found)
                .with("n", n)
        }));
    }
    let (n_blank, n_incomplete, values) = tally.finish(sheet.doses.len());
    if let (Some((first, _)), true) = (sheet.doses.first(), n_blank > 0) {
        let issue = Issue::note("mme-blank-as-none")
            .at(column_place(&cohort.variables[*first]))
            .with("n", n_blank);
        issues.push(issue);
    }
    Some(Found {
        score: Score {
            concept: "mme".to_owned(),
            timing,
            items: items.iter().map(name).collect(),
            total: total_of(cohort, "mme", timing),
            values,
            n_incomplete,
        },
        short: "MME",
        issues,
    })
}

/// Sums of a visit, one a patient.
struct Tally {
    sums: Vec<f64>,
    n_doses: Vec<usize>,
    is_spoilt: Vec<bool>,
}

impl Tally {
    fn new(n_rows: usize) -> Self {
        Self {
            sums: vec![0.0; n_rows],
            n_doses: vec![0; n_rows],
            is_spoilt: vec![false; n_rows],
        }
    }

    /// Counts a dose; a negative one, or one of an unknown drug, leaves the patient without a sum.
    fn add(&mut self, row: usize, dose: f64, factor: Option<f64>) {
        if dose.is_nan() {
            return;
        }
        match factor.filter(|_| dose >= 0.0) {
            Some(factor) => {
                self.sums[row] += dose * factor;
                self.n_doses[row] += 1;
            }
            None => self.spoil(row),
        }
    }

    fn spoil(&mut self, row: usize) {
        self.is_spoilt[row] = true;
    }

    /// Patients for whom a blank dose was taken for none, patients without a sum though something is
    /// given, and the sums. Who has no dose at all has no sum: nothing says that none was taken.
    fn finish(self, n_columns: usize) -> (usize, usize, Vec<f64>) {
        let rows = || self.n_doses.iter().zip(&self.is_spoilt);
        let n_blank = rows()
            .filter(|(n, spoilt)| **n > 0 && !**spoilt && **n < n_columns)
            .count();
        let n_incomplete = rows().filter(|(_, spoilt)| **spoilt).count();
        let values = rows().zip(&self.sums).map(
            |((n, spoilt), sum)| {
                if *n > 0 && !*spoilt { *sum } else { f64::NAN }
            },
        );
        (n_blank, n_incomplete, values.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drugs_and_doses_are_told_by_their_headers() {
        let dose = |factor| Some((Part::Dose(factor), None));
        assert_eq!(part("tramadol_mg"), dose(0.2));
        assert_eq!(part("Codéine mg/j"), dose(0.15));
        assert_eq!(part("fentanyl patch µg/h"), dose(2.4));
        assert_eq!(
            part("oxycodone_mg_M6"),
            Some((Part::Dose(1.5), Some(Timing::After(6))))
        );
        assert_eq!(part("opioide_1_nom"), Some((Part::PairDrug(1), None)));
        assert_eq!(part("opioide_1_dose_mg"), Some((Part::PairDose(1), None)));
        for name in ["fentanyl_mg", "morphine pump", "opioides", "EVA", "dose"] {
            assert_eq!(part(name), None, "{name}");
        }
        assert_eq!(factor("Tramadol LP 100"), Some(0.2));
        assert_eq!(factor("poudre d'opium"), None);
    }
}
