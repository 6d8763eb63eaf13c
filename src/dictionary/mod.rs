//! Instruments, synonyms in English and French, units, plausible ranges.
//!
//! [`annotate`] says what each column means and adds doubts; it never changes a value. [`accept`]
//! changes the cells of proposals that a person accepted, and nothing else.

mod concepts;
mod doubts;
mod recognise;
mod scale;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::base::issue::{Arg, Failure, Issue};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing, Variable, header};
use crate::dictionary::concepts::{CONCEPTS, Concept, ENGLISH, FRENCH};
use crate::dictionary::doubts::{REPAIRS, Suspect};

/// A repair that the program proposes and only a person accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Code, the same as that of its issues (`cm-among-mm`).
    pub code: String,
    /// Cells that it would change.
    pub n_cells: usize,
}

/// Codes of issues and reasons that this room writes; written anew each time.
const CODES: [&str; 13] = [
    "cm-among-mm",
    "missing-code-suspected",
    "out-of-range",
    "date-order",
    "concept-header",
    "concept-twice",
    "pcs-ambiguous",
    "timing-header",
    "timing-usual",
    "scale-found",
    "unit-guessed",
    "timing-unknown",
    "codes-as-numbers",
];

/// Gives every variable its meaning, timing, unit and range, and adds what it doubts to the cohort's issues.
///
/// Doing it again changes nothing.
pub fn annotate(cohort: &mut Cohort) {
    let is_own = |issue: &Issue| {
        CODES.contains(&issue.code.as_str())
            || matches!(issue.args.iter().find(|(name, _)| name == "code"), Some((_, Arg::Text(code))) if CODES.contains(&code.as_str()))
    };
    cohort.issues.retain(|issue| !is_own(issue));
    for variable in &mut cohort.variables {
        variable.reasons.retain(|reason| !is_own(reason));
        name(variable);
    }
    let pcs = scale::unsure_pcs(cohort);
    for idx in pcs {
        let variable = &mut cohort.variables[idx];
        (variable.concept, variable.range) = (None, None);
        let issue = Issue::warning("pcs-ambiguous").at(column_place(variable));
        cohort.issues.push(issue);
    }
    scale::set(cohort);
    let lang = file_language(cohort);
    for variable in &mut cohort.variables {
        if variable.label == variable.name
            || Lang::ALL
                .iter()
                .any(|&lang| Some(&variable.label) == own_label(variable, lang).as_ref())
        {
            variable.label = own_label(variable, lang).unwrap_or_else(|| variable.name.clone());
        }
    }
    let twice = same_twice(cohort);
    cohort.issues.extend(twice);
    let coded = codes_as_numbers(cohort);
    cohort.issues.extend(coded);
    let found = doubts::issues(cohort);
    cohort.issues.extend(found);
}

fn column_place(variable: &Variable) -> crate::base::issue::Place {
    crate::base::issue::Place {
        row: None,
        ..variable.place(usize::MAX)
    }
}

/// Gives one variable its concept and what follows from it.
fn name(variable: &mut Variable) {
    if variable.kind == Kind::Identifier {
        variable.concept = Some("patient-id".to_owned());
        variable.timing = Timing::Unknown;
        return;
    }
    let meaning = recognise::recognise(&variable.name, variable.kind);
    if let Some(timing) = meaning.timing {
        variable.timing = timing;
        variable
            .reasons
            .push(Issue::note("timing-header").in_column(&variable.origin.header));
    }
    let Some(concept) = meaning.concept else {
        if meaning.timing.is_none() {
            variable.timing = Timing::Unknown;
        }
        return;
    };
    let Concept {
        id,
        domain,
        timing,
        needs: _,
        unit,
        range,
        words: _,
    } = concept;
    variable.concept = Some((*id).to_owned());
    variable.domain = *domain;
    variable.range = *range;
    variable.confidence = variable.confidence.min(0.95);
    variable
        .reasons
        .push(Issue::note("concept-header").in_column(&variable.origin.header));
    if meaning.timing.is_none() {
        variable.timing = *timing;
        if *timing != Timing::Unknown {
            variable
                .reasons
                .push(Issue::note("timing-usual").in_column(&variable.origin.header));
        }
    }
    if variable.unit.is_none() && !unit.is_empty() {
        variable.unit = Some((*unit).to_owned());
    }
}

/// The language in which the headers of the file are written.
fn file_language(cohort: &Cohort) -> Lang {
    let count = |list: &[&str]| {
        let words = cohort
            .variables
            .iter()
            .flat_map(|variable| header::words(&variable.origin.header));
        words.filter(|word| list.contains(&word.as_str())).count()
    };
    let (french, english) = (count(FRENCH), count(ENGLISH));
    if french > english || (french == english && cohort.source.decimal_mark == Some(',')) {
        Lang::Fr
    } else {
        Lang::En
    }
}

/// The dictionary's words for a variable, with the moment where it is not the baseline.
fn own_label(variable: &Variable, lang: Lang) -> Option<String> {
    let concept = variable.concept.as_deref()?;
    let known = CONCEPTS.iter().find(|known| known.id == concept)?;
    let label = lang.t(&format!("concept-{concept}"));
    let months = match variable.timing {
        Timing::After(months) if months > 0 => months,
        Timing::Trial if known.timing != Timing::Trial => {
            return Some(lang.with("label-at-trial", &[("label", label.into())]));
        }
        _ => return Some(label),
    };
    Some(lang.with(
        "label-after",
        &[
            ("label", label.into()),
            ("months", Arg::Number(f64::from(months))),
        ],
    ))
}

/// Words for a variable in a language: the codebook's as they are, the dictionary's in that language.
pub fn label(variable: &Variable, lang: Lang) -> String {
    let translates = Lang::ALL
        .iter()
        .any(|&other| own_label(variable, other).as_ref() == Some(&variable.label));
    match own_label(variable, lang) {
        Some(label) if translates || variable.label == variable.name => label,
        _ => variable.label.clone(),
    }
}

/// A unit in a language; units that are symbols stay.
pub fn unit(unit: &str, lang: Lang) -> String {
    let key = match unit {
        "years" => "unit-years",
        "months" => "unit-months",
        "mg/d" => "unit-mg-per-day",
        other => return other.to_owned(),
    };
    lang.t(key)
}

/// When a variable is measured, in words.
pub fn timing(timing: Timing, lang: Lang) -> String {
    match timing {
        Timing::Baseline => lang.t("timing-baseline"),
        Timing::Trial => lang.t("timing-trial"),
        Timing::After(0) => lang.t("timing-after-implant"),
        Timing::After(months) => lang.with(
            "timing-after",
            &[("months", Arg::Number(f64::from(months)))],
        ),
        Timing::Unknown => lang.t("timing-not-known"),
    }
}

/// Columns that are read as the same measure at the same time: the first is used where one is asked for.
fn same_twice(cohort: &Cohort) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (idx, variable) in cohort.variables.iter().enumerate() {
        let same = |other: &&Variable| {
            other.concept == variable.concept
                && other.timing == variable.timing
                && other.kind != Kind::Identifier
        };
        if variable.concept.is_some()
            && variable.timing != Timing::Unknown
            && let Some(first) = cohort.variables[..idx].iter().find(same)
        {
            issues.push(
                Issue::warning("concept-twice")
                    .at(column_place(variable))
                    .with("first", first.name.as_str()),
            );
        }
    }
    issues
}

/// Measures that have levels but came as numbers: a model would take the codes for quantities.
fn codes_as_numbers(cohort: &Cohort) -> Vec<Issue> {
    const UNORDERED: [&str; 5] = ["centre", "sex", "smoker", "work-status", "pain-location"];
    let is_coded = |variable: &&Variable| {
        variable.kind == Kind::Numeric
            && variable
                .concept
                .as_deref()
                .is_some_and(|concept| UNORDERED.contains(&concept))
    };
    let coded = cohort.variables.iter().filter(is_coded);
    coded
        .map(|variable| Issue::warning("codes-as-numbers").at(column_place(variable)))
        .collect()
}

/// What could be repaired.
pub fn proposals(cohort: &Cohort) -> Vec<Proposal> {
    let suspects = doubts::suspects(cohort);
    let count = |code: &str| {
        suspects
            .iter()
            .filter(|suspect| suspect.code == code)
            .count()
    };
    REPAIRS
        .iter()
        .map(|code| Proposal {
            code: (*code).to_owned(),
            n_cells: count(code),
        })
        .filter(|proposal| proposal.n_cells > 0)
        .collect()
}

/// Carries out the accepted proposals (`all` for every one); each changed cell becomes a note.
///
/// Fails on a code that no proposal has, and then changes nothing.
pub fn accept(cohort: &mut Cohort, codes: &BTreeSet<String>) -> Result<(), Failure> {
    if let Some(unknown) = codes
        .iter()
        .find(|code| *code != "all" && !REPAIRS.contains(&code.as_str()))
    {
        let known = format!("{}, all", REPAIRS.join(", "));
        return Err(Issue::error("proposal-unknown")
            .found(unknown)
            .with("codes", known)
            .into());
    }
    let accepted = |code: &str| codes.contains("all") || codes.contains(code);
    let suspects: Vec<Suspect> = doubts::suspects(cohort)
        .into_iter()
        .filter(|suspect| accepted(suspect.code))
        .collect();
    let mut notes = Vec::with_capacity(suspects.len());
    let mut rest = suspects.as_slice();
    while let Some(first) = rest.first() {
        let n_same = rest
            .iter()
            .take_while(|suspect| suspect.variable == first.variable)
            .count();
        let (cells, after) = rest.split_at(n_same);
        rest = after;
        let name = cohort.variables[first.variable].name.clone();
        let mut values = cohort.numbers(&name)?;
        for cell in cells {
            values[cell.row] = cell.repaired;
            notes.push(doubts::repaired(cohort, cell));
        }
        cohort.set_numbers(&name, &values)?;
    }
    cohort.issues.retain(|issue| {
        let of = |code: &str| REPAIRS.contains(&code) && accepted(code);
        let more = matches!(issue.args.iter().find(|(name, _)| name == "code"), Some((_, Arg::Text(code))) if of(code));
        !(of(&issue.code) || (issue.code == "more-cells" && more))
    });
    cohort.issues.extend(notes);
    Ok(())
}

/// Names of every measure that a column may be, in the order of the dictionary; the identifier is none.
pub fn concepts() -> impl Iterator<Item = &'static str> {
    let names = CONCEPTS.iter().map(|concept| concept.id);
    names.filter(|name| *name != "patient-id")
}
