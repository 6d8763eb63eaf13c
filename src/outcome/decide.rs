//! From a cohort and a definition to `y`, with every excluded patient counted.
//!
//! What stands before the decision excludes first (not implanted, no baseline pain, too little of
//! it), for responders and non-responders alike; then come trial, implant, explant and visit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind};
use crate::outcome::course::{Course, explanted_by};
use crate::outcome::pain::{FLOOR, PainPair};
use crate::outcome::{Explanted, Moment, OutcomeParams, PainSite, Rule};

/// A reason why patients are not analysed, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Kebab-case reason; worded as message `exclusion-REASON`.
    pub reason: String,
    /// What the person wrote who left them out (`by-person`).
    #[serde(default)]
    pub why: Option<String>,
    /// Number of patients.
    pub n: usize,
}

impl Exclusion {
    /// The reason in words.
    pub fn words(&self, lang: Lang) -> String {
        match self.why.as_deref() {
            Some(why) if !why.is_empty() => {
                lang.with("exclusion-by-person-for", &[("why", why.into())])
            }
            _ => lang.t(&format!("exclusion-{}", self.reason)),
        }
    }
}

/// The outcome of everyone who is analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Positions of the analysed patients in the cohort, ascending.
    pub rows: Vec<usize>,
    /// Responder or not, one an analysed patient.
    pub y: Vec<bool>,
    /// Everyone else, by reason, in the order of the checks.
    pub exclusions: Vec<Exclusion>,
    /// Whether the lead trial succeeded, one an analysed patient; `None` where the cohort has no
    /// trial result or it does not vary.
    pub lead_trial: Option<Vec<Option<bool>>>,
    /// Patients counted as non-responders because their trial failed.
    pub n_failed_trial: usize,
    /// Patients counted as non-responders because they were explanted before the visit.
    pub n_explanted: usize,
    /// Names of the variables that the rule used; they can't be predictors.
    pub used: Vec<String>,
}

impl Outcome {
    /// Number of responders.
    pub fn n_events(&self) -> usize {
        self.y.iter().filter(|&&event| event).count()
    }

    /// Share of responders; `None` where nobody is analysed.
    pub fn event_rate(&self) -> Option<f64> {
        (!self.y.is_empty()).then(|| self.n_events() as f64 / self.y.len() as f64)
    }
}

/// One patient's way to the label, for a worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Pseudonym or row of the patient.
    pub id: String,
    /// Pain at baseline, 0 to 100; `None` for a rule without one.
    pub baseline: Option<f64>,
    /// Pain at the visit.
    pub follow_up: Option<f64>,
    /// Reduction in per cent.
    pub reduction: Option<f64>,
    /// Whether this patient is a responder.
    pub responder: bool,
}

/// A preset beside the others: how many respond by it.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetRate {
    /// Name of the preset.
    pub preset: &'static str,
    /// Patients analysed.
    pub n: usize,
    /// Responders.
    pub n_events: usize,
}

/// Decides who is a responder.
///
/// Patients whom a person left out ([`Cohort::excluded`]) are excluded before anything else, counted by
/// the reason that was written (`by-person`).
///
/// Pain reduction, patient by patient, the first that applies:
/// 1. after the trial only: not implanted -> excluded (`not-implanted`);
/// 2. no baseline pain -> excluded (`no-baseline`); under 30 of 100 -> excluded (`baseline-too-low`);
/// 3. before the trial only: failed trial -> non-responder, even if implanted all the same;
/// 4. not implanted -> excluded (`not-implanted`);
/// 5. explanted at or before the visit -> non-responder or excluded (`explanted`), as chosen;
/// 6. no pain score at exactly that visit -> excluded (`lost-to-follow-up`);
/// 7. responder if pain fell by at least the chosen per cent of its baseline.
///
/// Implanted is what the cohort says, else whoever passed the trial; a cohort with neither column
/// is taken to hold implanted patients only. A missing trial result is not a failed trial.
///
/// A column and a level: the column is taken at its word, so failed trials and explants change
/// nothing; after the trial only the implanted are kept; a missing value excludes (`no-outcome`).
///
/// Fails where the cohort lacks a column that the rule needs, where nobody can be analysed,
/// or where everyone or no one is a responder.
pub fn decide(cohort: &Cohort, params: &OutcomeParams) -> Result<Outcome, Failure> {
    let outcome = label(cohort, params)?;
    let (n, n_events) = (outcome.y.len(), outcome.n_events());
    if n == 0 {
        let most = outcome.exclusions.iter().max_by_key(|reason| reason.n);
        return Err(Issue::error("outcome-nobody")
            .with("n", cohort.n_rows())
            .with(
                "reason",
                most.map_or("none", |reason| reason.reason.as_str()),
            )
            .with("n-reason", most.map_or(0, |reason| reason.n))
            .into());
    }
    if n_events == 0 || n_events == n {
        return Err(Issue::error("outcome-one-class")
            .with("n", n)
            .with("class", if n_events == 0 { "none" } else { "all" })
            .into());
    }
    Ok(outcome)
}

/// The first analysed patient with a complete path to the label.
///
/// For a pain rule that is one with both scores, not decided by trial or explant.
pub fn example(cohort: &Cohort, params: &OutcomeParams) -> Option<Example> {
    let pseudonyms = cohort.pseudonyms();
    match &params.rule {
        Rule::Level { .. } => {
            let outcome = label(cohort, params).ok()?;
            let (&row, &responder) = outcome.rows.iter().zip(&outcome.y).next()?;
            Some(Example {
                id: pseudonyms.get(row)?.clone(),
                baseline: None,
                follow_up: None,
                reduction: None,
                responder,
            })
        }
        Rule::PainReduction {
            site,
            percent,
            month,
        } => {
            let course = Course::read(cohort).ok()?;
            let mut judged = judge_pain(cohort, params, &course, (*site, *percent, *month)).ok()?;
            judged.leave_out(cohort);
            let mut seen = judged.verdicts.iter().enumerate();
            let (row, responder) = seen.find_map(|(row, verdict)| match verdict {
                Verdict::Seen(responder) => Some((row, *responder)),
                _ => None,
            })?;
            let pain = PainPair::read(cohort, *site, *month).ok()?;
            Some(Example {
                id: pseudonyms.get(row)?.clone(),
                baseline: Some(pain.baseline[row]),
                follow_up: Some(pain.follow_up[row]),
                reduction: Some(pain.reduction(row)),
                responder,
            })
        }
    }
}

/// Event rate of every preset that this cohort can answer, with the same moment and handling of explants.
pub fn preset_rates(cohort: &Cohort, params: &OutcomeParams) -> Vec<PresetRate> {
    let rate = |(preset, rule)| {
        let outcome = label(cohort, &OutcomeParams { rule, ..*params }).ok()?;
        (!outcome.y.is_empty()).then(|| PresetRate {
            preset,
            n: outcome.y.len(),
            n_events: outcome.n_events(),
        })
    };
    Rule::presets().into_iter().filter_map(rate).collect()
}

/// Why a person's choice excludes; comes before every other reason.
const BY_PERSON: &str = "by-person";

/// Reasons in the order of the checks; also the order in which exclusions are listed.
const REASONS: [&str; 6] = [
    "not-implanted",
    "no-baseline",
    "baseline-too-low",
    "explanted",
    "lost-to-follow-up",
    "no-outcome",
];

/// How one patient's way ends.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    /// The outcome was observed.
    Seen(bool),
    /// Non-responder because the trial failed.
    FailedTrial,
    /// Non-responder because the device was taken out.
    Explanted,
    /// Not analysed, for this reason.
    Out(&'static str),
}

struct Judged {
    verdicts: Vec<Verdict>,
    used: Vec<String>,
}

impl Judged {
    /// Takes out the patients whom a person left out.
    fn leave_out(&mut self, cohort: &Cohort) {
        for row in cohort.excluded.keys() {
            if let Some(verdict) = self.verdicts.get_mut(*row) {
                *verdict = Verdict::Out(BY_PERSON);
            }
        }
    }
}

/// The patients whom a person left out, by what was written.
fn by_person(cohort: &Cohort) -> Vec<Exclusion> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for why in cohort.excluded.values() {
        *counts.entry(why.trim()).or_default() += 1;
    }
    let exclusion = |(why, n): (&str, usize)| Exclusion {
        reason: BY_PERSON.to_owned(),
        why: Some(why.to_owned()),
        n,
    };
    counts.into_iter().map(exclusion).collect()
}

/// The outcome, before it is asked whether it can serve.
fn label(cohort: &Cohort, params: &OutcomeParams) -> Result<Outcome, Failure> {
    // A column and a level before the trial needs nothing of the course: an unreadable trial
    // result then only takes the lead trial from the comparison.
    let is_needed =
        params.moment == Moment::AfterTrial || !matches!(params.rule, Rule::Level { .. });
    let course = match Course::read(cohort) {
        Err(failure) if is_needed => return Err(failure),
        course => course.unwrap_or_default(),
    };
    let mut judged = match &params.rule {
        Rule::PainReduction {
            site,
            percent,
            month,
        } => judge_pain(cohort, params, &course, (*site, *percent, *month))?,
        Rule::Level { column, event } => {
            judge_level(cohort, params.moment, &course, (column, event))?
        }
    };
    judged.leave_out(cohort);
    let count = |wanted: Verdict| judged.verdicts.iter().filter(|&&v| v == wanted).count();
    let counted = REASONS.iter().map(|&reason| Exclusion {
        reason: reason.to_owned(),
        why: None,
        n: count(Verdict::Out(reason)),
    });
    let mut exclusions = by_person(cohort);
    exclusions.extend(counted.filter(|exclusion| exclusion.n > 0));
    let (mut rows, mut y) = (Vec::new(), Vec::new());
    for (row, verdict) in judged.verdicts.iter().enumerate() {
        let event = match verdict {
            Verdict::Out(_) => continue,
            Verdict::Seen(event) => *event,
            Verdict::FailedTrial | Verdict::Explanted => false,
        };
        rows.push(row);
        y.push(event);
    }
    Ok(Outcome {
        lead_trial: lead_trial(&course, &rows, &params.rule),
        rows,
        y,
        exclusions,
        n_failed_trial: count(Verdict::FailedTrial),
        n_explanted: count(Verdict::Explanted),
        used: judged.used,
    })
}

/// Result of the trial of the analysed; `None` where it does not vary or is the outcome itself.
fn lead_trial(course: &Course, rows: &[usize], rule: &Rule) -> Option<Vec<Option<bool>>> {
    let trial = course.trial.as_ref()?;
    if matches!(rule, Rule::Level { column, .. } if *column == trial.name) {
        return None;
    }
    let values: Vec<Option<bool>> = rows.iter().map(|&row| trial.values[row]).collect();
    let varies = values.contains(&Some(true)) && values.contains(&Some(false));
    varies.then_some(values)
}

fn judge_pain(
    cohort: &Cohort,
    params: &OutcomeParams,
    course: &Course,
    (site, percent, month): (PainSite, u8, u16),
) -> Result<Judged, Failure> {
    if !(1..=100).contains(&percent) {
        return Err(Issue::error("outcome-percent")
            .with("percent", usize::from(percent))
            .into());
    }
    let pain = PainPair::read(cohort, site, month)?;
    let (explanted, explant_columns) = explanted_by(cohort, month)?;
    let after_trial = params.moment == Moment::AfterTrial;
    let judge = |row: usize| {
        let baseline = pain.baseline[row];
        let is_implanted = course.is_implanted(row);
        if after_trial && !is_implanted {
            Verdict::Out("not-implanted")
        } else if baseline.is_nan() {
            Verdict::Out("no-baseline")
        } else if baseline < FLOOR {
            Verdict::Out("baseline-too-low")
        } else if !after_trial && course.trial_of(row) == Some(false) {
            Verdict::FailedTrial
        } else if !after_trial && course.is_known_without_implant(row) {
            Verdict::Out("not-implanted")
        } else if explanted[row] {
            match params.explanted {
                Explanted::Failure => Verdict::Explanted,
                Explanted::Exclude => Verdict::Out("explanted"),
            }
        } else if pain.follow_up[row].is_nan() {
            Verdict::Out("lost-to-follow-up")
        } else {
            Verdict::Seen(pain.is_reduced_by(row, percent))
        }
    };
    let verdicts = (0..cohort.n_rows()).map(judge).collect();
    let mut used = pain.used.clone();
    used.extend(explant_columns);
    // After the trial its result may predict; before, it is part of the outcome.
    let by_course: Vec<&str> = course.names(!after_trial);
    used.extend(by_course.into_iter().map(str::to_owned));
    Ok(Judged { verdicts, used })
}

fn judge_level(
    cohort: &Cohort,
    moment: Moment,
    course: &Course,
    (column, event): (&str, &str),
) -> Result<Judged, Failure> {
    let values = level_events(cohort, column, event)?;
    let judge = |(row, value): (usize, Option<bool>)| match value {
        _ if moment == Moment::AfterTrial && !course.is_implanted(row) => {
            Verdict::Out("not-implanted")
        }
        None => Verdict::Out("no-outcome"),
        Some(event) => Verdict::Seen(event),
    };
    Ok(Judged {
        verdicts: values.into_iter().enumerate().map(judge).collect(),
        used: vec![column.to_owned()],
    })
}

/// Whether each patient has the level; `None` where missing. Fails where no patient has it.
fn level_events(cohort: &Cohort, column: &str, event: &str) -> Result<Vec<Option<bool>>, Failure> {
    let variable = cohort
        .variable(column)
        .ok_or_else(|| Issue::error("unknown-column").in_column(column))?;
    let wanted_text = event.trim();
    let wanted_number = wanted_text.replace(',', ".").parse::<f64>().ok();
    let mut levels = BTreeSet::new();
    let events: Vec<Option<bool>> = if variable.kind == Kind::Numeric {
        let numbers = cohort.numbers(column)?;
        let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();
        // Padded by rank, so that numbers are listed by size.
        let listed = sorted.iter().take(N_LISTED + 1).enumerate();
        levels.extend(listed.map(|(rank, x)| (rank, x.to_string())));
        numbers
            .iter()
            .map(|x| (!x.is_nan()).then(|| Some(*x) == wanted_number))
            .collect()
    } else {
        let texts = cohort.texts(column)?;
        levels.extend(texts.iter().flatten().map(|text| (0, text.clone())));
        let is_event = |text: &str| {
            let by_number = || text.trim().replace(',', ".").parse::<f64>().ok();
            text.trim() == wanted_text
                || wanted_number.is_some_and(|wanted| by_number() == Some(wanted))
        };
        texts
            .iter()
            .map(|text| text.as_deref().map(is_event))
            .collect()
    };
    if levels.is_empty() || events.contains(&Some(true)) {
        return Ok(events);
    }
    let mut listed: Vec<String> = levels
        .iter()
        .take(N_LISTED)
        .map(|(_, level)| level.clone())
        .collect();
    if levels.len() > N_LISTED {
        listed.push("…".to_owned());
    }
    Err(Issue::error("outcome-unknown-level")
        .in_column(column)
        .found(event)
        .with("levels", listed.join(", "))
        .into())
}

/// Levels listed where the wanted one does not exist.
const N_LISTED: usize = 12;

#[cfg(test)]
mod tests;
