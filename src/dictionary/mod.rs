//! Instruments, synonyms in English and French, units, plausible ranges.
//!
//! [`annotate`] says what each column means, keeps out what names a person, adds what follows from other
//! columns (totals of items, an age) and doubts; it never changes a value of the source. [`accept`]
//! changes the cells of proposals that a person accepted, and nothing else.

mod age;
mod concepts;
mod dates;
mod doubts;
mod identity;
mod matches;
mod recognise;
mod relief;
mod repairs;
mod scale;
mod score;
mod spelling;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::issue::{Arg, Failure, Issue};
use crate::base::text::Lang;
use crate::cohort::{Change, Cohort, Domain, Edit, Kind, Origin, Timing, Variable, header, replay};
use crate::dictionary::concepts::{CONCEPTS, Concept, ENGLISH, FRENCH, Needs};
use crate::dictionary::repairs::REPAIRS;

pub use concepts::Direction;
pub use matches::{Match, matches};
pub use relief::{RELIEF_LIMIT, TrialRelief, trial_relief};
pub use score::{Score, scores};

/// A repair that the program proposes and only a person accepts: changes as an edit holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Code, the same as that of its issues (`cm-among-mm`).
    pub code: String,
    /// Name of the column that it repairs.
    pub variable: Option<String>,
    /// What it changes, in order.
    pub changes: Vec<Change>,
    /// Cells that it would change.
    pub n_cells: usize,
}

/// A measure that the dictionary knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConceptInfo {
    /// Name (`pain-back`).
    pub id: &'static str,
    /// What it describes.
    pub domain: Domain,
    /// When it is measured where the header names no visit.
    pub timing: Timing,
    /// Unit; `None` where there is none.
    pub unit: Option<&'static str>,
    /// Plausible range, both ends included.
    pub range: Option<(f64, f64)>,
    /// Which end is the better one.
    pub direction: Option<Direction>,
}

/// The measures, in the order of the dictionary.
pub fn concepts() -> Vec<ConceptInfo> {
    CONCEPTS
        .iter()
        .map(|concept| ConceptInfo {
            id: concept.id,
            domain: concept.domain,
            timing: concept.timing,
            unit: Some(concept.unit).filter(|unit| !unit.is_empty()),
            range: concept.range,
            direction: concepts::direction(concept.id),
        })
        .collect()
}

/// Words for a measure; its name where the dictionary does not know it.
pub fn concept_label(id: &str, lang: Lang) -> String {
    if CONCEPTS.iter().any(|concept| concept.id == id) {
        lang.t(&format!("concept-{id}"))
    } else {
        id.to_owned()
    }
}

/// Codes of issues and reasons that this room writes beside those of repairs; written anew each time.
const CODES: [&str; 22] = [
    "out-of-range",
    "date-order",
    "concept-header",
    "concept-label",
    "concept-twice",
    "pcs-ambiguous",
    "timing-header",
    "timing-usual",
    "scale-found",
    "unit-guessed",
    "timing-unknown",
    "codes-as-numbers",
    "missing-code-level",
    "identifier-found",
    "identifier-in-text",
    "age-differs",
    "total-differs",
    "item-out-of-range",
    "items-from-one",
    "eq5d-version-unknown",
    "mme-blank-as-none",
    "mme-drug-unknown",
];

/// Whether an issue of that code says that cells have a repair.
pub fn is_repair(code: &str) -> bool {
    REPAIRS.contains(&code)
}

fn is_own_code(code: &str) -> bool {
    CODES.contains(&code) || REPAIRS.contains(&code)
}

/// Whether this room wrote the issue: it is written anew.
fn is_own(issue: &Issue) -> bool {
    let counted = issue.args.iter().find(|(name, _)| name == "code");
    is_own_code(&issue.code)
        || matches!(counted, Some((_, Arg::Text(code))) if issue.code == "more-cells" && is_own_code(code))
}

/// Gives every variable its meaning, timing, unit and range, and adds what it doubts to the cohort's issues.
///
/// Exact names only: what is merely likely stands in [`matches`] and waits for a person. A meaning, a
/// unit or a kind that a person set is kept. Doing it again changes nothing.
pub fn annotate(cohort: &mut Cohort) {
    cohort.issues.retain(|issue| !is_own(issue));
    let identities = identity::set(cohort);
    let items = score::item_columns(cohort);
    for (idx, (variable, identity)) in cohort.variables.iter_mut().zip(identities).enumerate() {
        variable.reasons.retain(|reason| !is_own(reason));
        name(variable, identity);
        if items.contains(&idx) {
            (variable.concept, variable.range) = (None, None);
            (variable.unit, variable.domain) = (None, Domain::Other);
        }
    }
    for (idx, reading) in scale::unsure_pcs(cohort) {
        let variable = &mut cohort.variables[idx];
        match reading {
            scale::Pcs::Physical => {
                mean(variable, "sf12-pcs");
                let reason = Issue::note("concept-label").in_column(&variable.origin.header);
                variable.reasons.push(reason);
            }
            scale::Pcs::Unsure => {
                (variable.concept, variable.range) = (None, None);
                let issue = Issue::warning("pcs-ambiguous").at(column_place(variable));
                cohort.issues.push(issue);
            }
        }
    }
    scale::set(cohort);
    for (idx, variable) in cohort.variables.iter_mut().enumerate() {
        if !items.contains(&idx) {
            variable.range = codebook_range(variable).or(variable.range);
        }
    }
    score::set(cohort);
    age::set(cohort);
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
fn name(variable: &mut Variable, identity: Option<&str>) {
    if is_computed(variable) {
        return;
    }
    if variable.meaning_set {
        keep_meaning(variable);
        return;
    }
    if variable.kind == Kind::Identifier {
        variable.concept = Some(identity.unwrap_or("patient-id").to_owned());
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
    let Some(concept) = meaning.concept.filter(|c| c.needs != Needs::Identity) else {
        if meaning.timing.is_none() {
            variable.timing = Timing::Unknown;
        }
        // An identifier that a person said to be none means nothing known any more.
        if variable.concept.as_deref().is_some_and(names_a_patient) {
            variable.concept = None;
        }
        return;
    };
    mean(variable, concept.id);
    variable
        .reasons
        .push(Issue::note("concept-header").in_column(&variable.origin.header));
    if meaning.timing.is_none() {
        variable.timing = concept.timing;
        if concept.timing != Timing::Unknown {
            variable
                .reasons
                .push(Issue::note("timing-usual").in_column(&variable.origin.header));
        }
    }
}

/// The range that a codebook gives the column, which goes before the dictionary's: it stands in the reason that
/// the import wrote. It holds for the codebook's unit and not for another that a person set.
fn codebook_range(variable: &Variable) -> Option<(f64, f64)> {
    if variable.unit_set || variable.kind != Kind::Numeric {
        return None;
    }
    let said = |reason: &Issue, end: &str| {
        reason.args.iter().find_map(|(name, arg)| match arg {
            Arg::Number(x) if name == end => Some(*x),
            _ => None,
        })
    };
    let mut reasons = variable.reasons.iter().filter(|r| r.code == "codebook");
    reasons.find_map(|reason| Some((said(reason, "low")?, said(reason, "high")?)))
}

/// Whether a concept is only for identifiers.
fn names_a_patient(id: &str) -> bool {
    let is_identity = |concept: &Concept| concept.id == id && concept.needs == Needs::Identity;
    id == "patient-id" || CONCEPTS.iter().any(is_identity)
}

/// Gives a variable a measure of the dictionary.
fn mean(variable: &mut Variable, id: &str) {
    let Some(concept) = CONCEPTS.iter().find(|concept| concept.id == id) else {
        return;
    };
    let Concept {
        id,
        domain,
        timing: _,
        needs: _,
        unit,
        range,
        words: _,
    } = concept;
    variable.concept = Some((*id).to_owned());
    variable.domain = *domain;
    variable.range = *range;
    if !variable.meaning_set {
        variable.confidence = variable.confidence.min(0.95);
    }
    if variable.unit.is_none() && !unit.is_empty() {
        variable.unit = Some((*unit).to_owned());
    }
}

/// What follows from a meaning that a person set; measure and moment stay.
fn keep_meaning(variable: &mut Variable) {
    match variable.concept.clone() {
        Some(concept) => mean(variable, &concept),
        None => (variable.domain, variable.range) = (Domain::Other, None),
    }
}

/// Whether the program computed the column from others: it stands nowhere in the source.
pub fn is_computed(variable: &Variable) -> bool {
    variable.origin.column == 0 && variable.name.ends_with(COMPUTED)
}

/// End of the name of a computed column, the same in every language.
const COMPUTED: &str = "(computed)";

/// A computed column of a measure.
fn computed(name: &str, concept: &str, timing: Timing) -> Variable {
    let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
    variable.origin.header = name.to_owned();
    mean(&mut variable, concept);
    variable.reasons.push(Issue::note("computed"));
    variable.timing = timing;
    variable
}

/// Puts the values of a computed column into the cohort; the one of that name takes them where it is there.
fn put_computed(cohort: &mut Cohort, variable: Variable, values: &[f64]) -> Result<(), Failure> {
    match cohort.variable(&variable.name) {
        Some(known) if is_computed(known) => cohort.set_numbers(&variable.name, values),
        _ => cohort.push_numbers(variable, values),
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
    let label = if is_computed(variable) {
        lang.with("label-computed", &[("label", label.into())])
    } else {
        label
    };
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
        "days" => "unit-days",
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

/// What could be repaired: one proposal a code and column, cells before whole columns.
pub fn proposals(cohort: &Cohort) -> Vec<Proposal> {
    repairs::proposals(cohort)
}

/// Carries out the accepted proposals (`all` for every one) as the edits that they are; each changed
/// cell becomes a note.
///
/// Fails on a code that no proposal has, and then changes nothing. The cohort is annotated anew.
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
    let is_accepted = |proposal: &Proposal| codes.contains("all") || codes.contains(&proposal.code);
    let accepted: Vec<Proposal> = proposals(cohort).into_iter().filter(is_accepted).collect();
    let notes: Vec<Issue> = accepted
        .iter()
        .flat_map(|proposal| repairs::notes(cohort, proposal))
        .collect();
    let edits: Vec<Arc<Edit>> = accepted
        .into_iter()
        .flat_map(|proposal| proposal.changes)
        .map(|change| {
            Arc::new(Edit {
                number: 0,
                at: String::new(),
                who: String::new(),
                why: String::new(),
                change,
            })
        })
        .collect();
    if edits.is_empty() {
        return Ok(());
    }
    replay(cohort, &edits);
    cohort.issues.extend(notes);
    annotate(cohort);
    Ok(())
}
