//! What each column may mean, how sure that is and why: exact names and what is merely likely.
//!
//! A match below [`SURE`] is a proposal for a person; [`crate::dictionary::annotate`] never uses it.

use crate::base::issue::{Arg, Issue};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing, Variable, header};
use crate::dictionary::concepts::{Concept, Needs};
use crate::dictionary::recognise::{Meaning, recognise, respelled};
use crate::dictionary::{is_computed, own_label};

/// From here on a match is taken without asking.
const SURE: f64 = 0.8;
/// The most that a proposal can have.
const MAX_PROPOSAL: f64 = 0.79;
/// Below this a candidate is not worth a question.
const MIN_CONFIDENCE: f64 = 0.3;

/// What a column may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Name of the variable.
    pub variable: String,
    /// The likeliest measure; `None` where none is, or where two are alike.
    pub concept: Option<String>,
    /// When it would be measured.
    pub timing: Timing,
    /// How sure, in [0, 1]; 0.8 and more is taken without asking, 1 was said by a person.
    pub confidence: f64,
    /// Why.
    pub reasons: Vec<Issue>,
    /// Other measures with their confidence, likeliest first.
    pub others: Vec<(String, f64)>,
}

/// The columns of a cohort that was annotated, but for identifiers and computed ones, each with what it may mean.
pub fn matches(cohort: &Cohort) -> Vec<Match> {
    cohort
        .variables
        .iter()
        .filter(|variable| variable.kind != Kind::Identifier && !is_computed(variable))
        .map(|variable| of_variable(cohort, variable))
        .collect()
}

/// A measure that a column may be.
struct Candidate {
    concept: &'static Concept,
    timing: Option<Timing>,
    confidence: f64,
    reasons: Vec<Issue>,
}

fn of_variable(cohort: &Cohort, variable: &Variable) -> Match {
    let found = |concept: Option<String>, confidence: f64| Match {
        variable: variable.name.clone(),
        concept,
        timing: variable.timing,
        confidence,
        reasons: variable.reasons.clone(),
        others: Vec::new(),
    };
    if variable.meaning_set {
        return found(variable.concept.clone(), 1.0);
    }
    let values = values(cohort, variable);
    let mut candidates = candidates(variable);
    for candidate in &mut candidates {
        weigh(candidate, variable, &values);
        candidate.confidence = candidate.confidence.min(MAX_PROPOSAL);
    }
    candidates.retain(|candidate| candidate.confidence >= MIN_CONFIDENCE);
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    candidates = once_each(candidates);
    if let Some(concept) = &variable.concept {
        let mut exact = found(Some(concept.clone()), 0.95);
        let n_outside = outside(variable.range, &values);
        if n_outside * 10 > values.len() {
            exact.confidence = SURE;
            exact
                .reasons
                .push(range_reason(variable, n_outside, values.len()));
        }
        exact.others = candidates
            .iter()
            .filter(|candidate| candidate.concept.id != concept)
            .map(named)
            .collect();
        return exact;
    }
    if recognise(&variable.name, variable.kind)
        .concept
        .is_some_and(|concept| concept.id == "pcs")
    {
        return ambiguous_pcs(variable, &values);
    }
    let Some(best) = candidates.first() else {
        return found(None, 0.0);
    };
    Match {
        variable: variable.name.clone(),
        concept: Some(best.concept.id.to_owned()),
        timing: best.timing.unwrap_or(best.concept.timing),
        confidence: best.confidence,
        reasons: best.reasons.clone(),
        others: candidates.iter().skip(1).map(named).collect(),
    }
}

fn named(candidate: &Candidate) -> (String, f64) {
    (candidate.concept.id.to_owned(), candidate.confidence)
}

fn once_each(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !kept
            .iter()
            .any(|known| known.concept.id == candidate.concept.id)
        {
            kept.push(candidate);
        }
    }
    kept
}

/// The two that PCS stands for: whole numbers up to 52 speak for the catastrophizing scale, decimals and
/// higher values for the physical component of the SF-12.
fn ambiguous_pcs(variable: &Variable, values: &[f64]) -> Match {
    let is_score = |x: &&f64| x.fract() != 0.0 || **x > 52.0;
    let share = values.iter().filter(is_score).count() as f64 / values.len().max(1) as f64;
    let physical = (0.35 + 0.4 * share).min(MAX_PROPOSAL);
    let mut others = vec![
        ("pcs".to_owned(), 1.0 - physical),
        ("sf12-pcs".to_owned(), physical),
    ];
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (_, confidence) in &mut others {
        *confidence = confidence.min(MAX_PROPOSAL);
    }
    let mut reasons = variable.reasons.clone();
    reasons.push(Issue::warning("pcs-ambiguous").in_column(&variable.origin.header));
    Match {
        variable: variable.name.clone(),
        concept: None,
        timing: match recognise(&variable.name, variable.kind).timing {
            Some(timing) => timing,
            None => Timing::Baseline,
        },
        confidence: others.first().map_or(0.0, |(_, confidence)| *confidence),
        reasons,
        others,
    }
}

/// Everything that header, spelling and codebook suggest, before the values are asked.
fn candidates(variable: &Variable) -> Vec<Candidate> {
    let column = &variable.origin.header;
    let mut candidates = Vec::new();
    let mut add = |meaning: Meaning, confidence: f64, reason: Issue| {
        if let Some(concept) = meaning.concept.filter(|c| c.needs != Needs::Identity) {
            candidates.push(Candidate {
                concept,
                timing: meaning.timing,
                confidence,
                reasons: vec![reason.in_column(column)],
            });
        }
    };
    let spelling =
        |word: &str, read: &str| Issue::note("match-spelling").found(word).with("read", read);
    for respelled in respelled(&variable.name, variable.kind) {
        let reason = spelling(&respelled.found, &respelled.read);
        add(respelled.meaning, respelled.confidence, reason);
    }
    // A measure that is a quantity, in a column that could not be read as one.
    for kind in [Kind::Numeric, Kind::Categorical, Kind::Date] {
        if kind != variable.kind && variable.concept.is_none() {
            add(
                recognise(&variable.name, kind),
                0.5,
                Issue::note("match-kind"),
            );
        }
    }
    if let Some(label) = codebook_label(variable) {
        let said = header_timing(variable);
        let at_visit = |meaning: Meaning| Meaning {
            timing: meaning.timing.or(said),
            ..meaning
        };
        let reason = Issue::note("match-label").with("label", label);
        add(at_visit(recognise(label, variable.kind)), 0.75, reason);
        for respelled in respelled(label, variable.kind) {
            let reason = Issue::note("match-label").with("label", label);
            add(
                at_visit(respelled.meaning),
                respelled.confidence - 0.1,
                reason,
            );
        }
    }
    candidates
}

/// The moment that the header says, whatever it measures.
fn header_timing(variable: &Variable) -> Option<Timing> {
    recognise(&variable.name, variable.kind).timing
}

/// The words of a codebook for a column, where they are not the dictionary's own.
fn codebook_label(variable: &Variable) -> Option<&str> {
    let is_own = Lang::ALL
        .iter()
        .any(|&lang| own_label(variable, lang).as_ref() == Some(&variable.label));
    (variable.label != variable.name && !is_own).then_some(variable.label.as_str())
}

/// Raises or lowers a candidate by the unit in the header and by the values.
fn weigh(candidate: &mut Candidate, variable: &Variable, values: &[f64]) {
    let Concept { unit, range, .. } = candidate.concept;
    let said = units_said(variable);
    if !said.is_empty() && !unit.is_empty() {
        let fits = said.contains(unit);
        candidate.confidence += if fits { 0.04 } else { -0.15 };
        if fits {
            let reason = Issue::note("match-unit").in_column(&variable.origin.header);
            candidate.reasons.push(reason.with("unit", *unit));
        }
    }
    if variable.kind != Kind::Numeric || values.is_empty() || range.is_none() {
        return;
    }
    let n_outside = outside(*range, values);
    if n_outside * 50 <= values.len() {
        candidate.confidence += 0.04;
        let (low, high) = range.unwrap_or_default();
        let reason = Issue::note("match-range").in_column(&variable.origin.header);
        candidate
            .reasons
            .push(reason.with("low", low).with("high", high));
    } else if n_outside * 10 > values.len() {
        candidate.confidence -= 0.25;
        candidate
            .reasons
            .push(range_reason(variable, n_outside, values.len()));
    }
}

fn range_reason(variable: &Variable, n_outside: usize, n: usize) -> Issue {
    Issue::note("match-range-outside")
        .in_column(&variable.origin.header)
        .with("share", Arg::Share(n_outside as f64 / n.max(1) as f64))
}

fn outside(range: Option<(f64, f64)>, values: &[f64]) -> usize {
    let Some((low, high)) = range else {
        return 0;
    };
    values.iter().filter(|x| !(low..=high).contains(*x)).count()
}

fn values(cohort: &Cohort, variable: &Variable) -> Vec<f64> {
    if variable.kind != Kind::Numeric {
        return Vec::new();
    }
    let values = cohort.numbers(&variable.name).unwrap_or_default();
    values.into_iter().filter(|x| !x.is_nan()).collect()
}

/// Units that the words of a header name, as the dictionary writes them.
fn units_said(variable: &Variable) -> Vec<&'static str> {
    let words = header::words(&variable.origin.header);
    let unit = |word: &String| match word.as_str() {
        "mm" => Some("mm"),
        "cm" => Some("cm"),
        "cm2" => Some("cm²"),
        "kg" => Some("kg"),
        "mg" => Some("mg/d"),
        "an" | "ans" | "annee" | "annees" | "year" | "years" | "yr" | "yrs" => Some("years"),
        "pct" | "percent" | "percentage" | "pourcent" | "pourcentage" => Some("%"),
        _ => None,
    };
    words.iter().filter_map(unit).collect()
}
