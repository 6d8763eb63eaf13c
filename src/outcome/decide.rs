//! From a cohort and a definition to `y`, with every patient's end counted.
//!
//! What stands before the decision excludes first (not implanted, no baseline, too little of it),
//! for responders and non-responders alike; then come trial, implant, explant, death and visit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing};
use crate::outcome::course::{Course, Deaths, Explants};
use crate::outcome::flow::{self, End, Fate, Flow};
use crate::outcome::judge::Judgement;
use crate::outcome::scores::Evidence;
use crate::outcome::visits::{DAYS_A_MONTH, Visits};
use crate::outcome::{Absent, Explanted, Moment, OutcomeParams, Rule, Step};

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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// Positions of the patients of the population whose outcome nobody saw, ascending: the lost
    /// and the censored, whether they are left out or counted as non-responders.
    #[serde(default)]
    pub unobserved: Vec<usize>,
    /// Positions of the patients whose outcome was seen at the visit, ascending.
    #[serde(default)]
    pub observed: Vec<usize>,
    /// Where every patient ends.
    #[serde(default)]
    pub flow: Flow,
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
    /// Month of the visit that was taken; `None` for a column and a level.
    pub month: Option<u16>,
    /// Measure by measure; empty for a rule without scores.
    pub steps: Vec<Step>,
    /// The sum of measures: at baseline and at the visit, or its value and the least that counts.
    pub total: Option<(f64, f64)>,
    /// Whether this patient is a responder.
    pub responder: bool,
}

/// Decides who is a responder.
///
/// Patients whom a person left out ([`Cohort::excluded`]) are excluded before anything else, counted by
/// the reason that was written (`by-person`).
///
/// Patient by patient, the first that applies:
/// 1. after the trial only: not implanted -> excluded (`not-implanted`);
/// 2. the baseline can't be judged -> excluded: missing (`no-baseline`), pain under the floor
///    (`baseline-too-low`), no domain impaired (`not-impaired`), no opioid to reduce (`no-opioid`);
/// 3. before the trial only: failed trial -> non-responder, even if implanted all the same;
/// 4. not implanted, though no failed trial is known -> not observed (`not-implanted`);
/// 5. explanted at or before the visit -> as chosen ([`Explanted`]);
/// 6. no visit that gives an answer: dead by then -> as chosen (`died`); else lost, as chosen
///    (`lost-to-follow-up`; `visit-incomplete` where scores are missing there; `outside-window` where only a
///    visit outside the window would answer);
/// 7. responder or not by the rule.
///
/// The visit is, of those within the window that give an answer, the one nearest to the due day
/// (month times 30.4375 days after the implant, else after the trial), by its date where implant and visit
/// are dated and by its month otherwise; of two equally near, the later. Without a window it is the
/// one whose columns name the due month.
///
/// Implanted is what the cohort says, else whoever passed the trial; a cohort with neither column
/// is taken to hold implanted patients only. A missing trial result is not a failed trial.
///
/// A column and a level: the column is taken at its word, so failed trials and explants change
/// nothing; after the trial only the implanted are kept; a missing value is unobserved (`no-outcome`).
///
/// Fails where the cohort lacks a column that the rule needs, where nobody can be analysed,
/// or where everyone or no one is a responder.
pub fn decide(cohort: &Cohort, params: &OutcomeParams) -> Result<Outcome, Failure> {
    let outcome = label(cohort, params, &Scene::read(cohort))?;
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

/// The first analysed patient with a complete path to the label, not decided by trial or explant.
pub fn example(cohort: &Cohort, params: &OutcomeParams) -> Option<Example> {
    let scene = Scene::read(cohort);
    let outcome = label(cohort, params, &scene).ok()?;
    let row = *outcome.observed.first()?;
    let place = outcome.rows.iter().position(|r| *r == row)?;
    let responder = *outcome.y.get(place)?;
    let id = cohort.pseudonyms().get(row)?.clone();
    let Some(due) = params.rule.month() else {
        return Some(Example {
            id,
            month: None,
            steps: Vec::new(),
            total: None,
            responder,
        });
    };
    let evidence = Evidence::read(cohort, params, &scene.visits).ok()?;
    let months: Vec<u16> = evidence.months().collect();
    let (within, _) = scene.visits.order(row, &months, due, params.window_weeks);
    let (idx, judgement) = answering(&evidence, row, &within)?;
    Some(Example {
        id,
        month: months.get(idx).copied(),
        steps: judgement.steps,
        total: judgement.total,
        responder,
    })
}

/// What every rule reads of a cohort's course, once.
pub(super) struct Scene {
    course: Result<Course, Failure>,
    explants: Result<Explants, Failure>,
    deaths: Result<Deaths, Failure>,
    visits: Visits,
}

impl Scene {
    pub(super) fn read(cohort: &Cohort) -> Self {
        Self {
            course: Course::read(cohort),
            explants: Explants::read(cohort),
            deaths: Deaths::read(cohort),
            visits: Visits::read(cohort),
        }
    }
}

/// The patients whom a person left out, by what was written.
fn by_person(cohort: &Cohort) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let within = cohort
        .excluded
        .iter()
        .filter(|(row, _)| **row < cohort.n_rows());
    for (_, why) in within {
        *counts.entry(why.trim()).or_default() += 1;
    }
    let owned = |(why, n): (&str, usize)| (why.to_owned(), n);
    counts.into_iter().map(owned).collect()
}

struct Judged {
    ends: Vec<End>,
    used: Vec<String>,
}

/// The outcome, before it is asked whether it can serve.
pub(super) fn label(
    cohort: &Cohort,
    params: &OutcomeParams,
    scene: &Scene,
) -> Result<Outcome, Failure> {
    // A column and a level before the trial needs nothing of the course: an unreadable trial
    // result then only takes the lead trial from the comparison.
    let is_needed =
        params.moment == Moment::AfterTrial || !matches!(params.rule, Rule::Level { .. });
    let unknown = Course::default();
    let course = match &scene.course {
        Err(failure) if is_needed => return Err(failure.clone()),
        Err(_) => &unknown,
        Ok(course) => course,
    };
    let judged = match &params.rule {
        Rule::Level { column, event } => {
            judge_level(cohort, params.moment, course, (column, event))?
        }
        _ => judge_scores(cohort, params, course, scene)?,
    };
    Ok(gather(cohort, params, course, judged))
}

fn gather(cohort: &Cohort, params: &OutcomeParams, course: &Course, judged: Judged) -> Outcome {
    let by_person = by_person(cohort);
    let is_looked_at = |row: &usize| !cohort.excluded.contains_key(row);
    let mut outcome = Outcome {
        used: with_parts(cohort, judged.used),
        ..Outcome::default()
    };
    let mut ends = Vec::with_capacity(judged.ends.len());
    for (row, end) in judged.ends.into_iter().enumerate() {
        if !is_looked_at(&row) {
            continue;
        }
        ends.push(end);
        let event = match end {
            End::Seen(event) => {
                outcome.observed.push(row);
                Some(event)
            }
            End::Left(_, Fate::NonResponder) => Some(false),
            End::Left(_, Fate::Excluded | Fate::Unobserved) => None,
        };
        if is_unobserved(end) {
            outcome.unobserved.push(row);
        }
        if let Some(event) = event {
            outcome.rows.push(row);
            outcome.y.push(event);
        }
    }
    let after_trial = params.moment == Moment::AfterTrial;
    outcome.flow = flow::chart(&ends, &by_person, after_trial);
    let left = outcome
        .flow
        .leaving()
        .filter(|l| l.fate != Fate::NonResponder);
    outcome.exclusions = left
        .map(|leaving| Exclusion {
            reason: leaving.reason.clone(),
            why: leaving.why.clone(),
            n: leaving.n,
        })
        .collect();
    outcome.n_failed_trial = outcome.flow.n_counted("failed-trial");
    outcome.n_explanted = outcome.flow.n_counted("explanted");
    outcome.lead_trial = lead_trial(course, &outcome.rows, &params.rule);
    outcome
}

/// The columns that the outcome is made of, and those that they were computed from, unless known at baseline.
fn with_parts(cohort: &Cohort, mut used: Vec<String>) -> Vec<String> {
    let mut at = 0;
    while let Some(name) = used.get(at) {
        let derived = cohort.variable(name).and_then(|v| v.derived.as_ref());
        let parts = derived.map_or(&[][..], |derived| &derived.parts);
        let is_new = |part: &&String| {
            let timing = cohort.variable(part).map(|variable| variable.timing);
            timing != Some(Timing::Baseline) && !used.contains(part)
        };
        let new: Vec<String> = parts.iter().filter(is_new).cloned().collect();
        used.extend(new);
        at += 1;
    }
    used
}

/// Whether nobody saw the outcome, however it is counted. A failed trial, an explant and a death that count
/// as non-responses were seen.
fn is_unobserved(end: End) -> bool {
    match end {
        End::Left(_, Fate::Unobserved) => true,
        End::Left(
            "lost-to-follow-up" | "visit-incomplete" | "outside-window",
            Fate::NonResponder,
        ) => true,
        End::Left(..) | End::Seen(_) => false,
    }
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

/// The first of these visits that gives an answer.
fn answering(evidence: &Evidence<'_>, row: usize, visits: &[usize]) -> Option<(usize, Judgement)> {
    visits.iter().find_map(|&idx| {
        let judgement = evidence.judge(row, idx);
        judgement.responder.is_some().then_some((idx, judgement))
    })
}

/// Everything with which one patient's way is followed.
struct Way<'a> {
    params: &'a OutcomeParams,
    course: &'a Course,
    explants: &'a Explants,
    deaths: &'a Deaths,
    visits: &'a Visits,
    evidence: Evidence<'a>,
    months: Vec<u16>,
    due: u16,
}

impl Way<'_> {
    fn end(&self, row: usize) -> End {
        let out = |reason| End::Left(reason, Fate::Excluded);
        let after_trial = self.params.moment == Moment::AfterTrial;
        if after_trial && !self.course.is_implanted(row) {
            return out("not-implanted");
        }
        if let Some(fault) = self.evidence.baseline_fault(row) {
            return out(fault);
        }
        if !after_trial && self.course.trial_of(row) == Some(false) {
            return End::Left("failed-trial", Fate::NonResponder);
        }
        if !after_trial && self.course.is_known_without_implant(row) {
            // They were offered a trial too: to leave them out would flatter.
            return End::Left("not-implanted", Fate::Unobserved);
        }
        let window = self.params.window_weeks;
        let (within, outside) = self.visits.order(row, &self.months, self.due, window);
        let answer = answering(&self.evidence, row, &within);
        let month = answer
            .as_ref()
            .and_then(|(idx, _)| self.months.get(*idx).copied());
        let visit = self.visits.seen(row, month.unwrap_or(self.due));
        if self
            .explants
            .is_before(row, visit, self.visits.starts.at(row))
        {
            return self.explanted(row);
        }
        match answer.and_then(|(_, judgement)| judgement.responder) {
            Some(responder) => End::Seen(responder),
            None => self.absent(row, &within, &outside),
        }
    }

    fn explanted(&self, row: usize) -> End {
        match self.params.explanted {
            Explanted::Inefficacy if self.explants.is_for_another_reason(row) => {
                End::Left("explanted-other", Fate::Unobserved)
            }
            Explanted::Inefficacy | Explanted::Failure => {
                End::Left("explanted", Fate::NonResponder)
            }
            Explanted::Exclude => End::Left("explanted", Fate::Excluded),
            Explanted::Censor => End::Left("explanted-censored", Fate::Unobserved),
        }
    }

    /// No visit within the window gives an answer.
    fn absent(&self, row: usize, within: &[usize], outside: &[usize]) -> End {
        let window_days = 7.0 * f64::from(self.params.window_weeks.unwrap_or(0));
        let last = (f64::from(self.due) * DAYS_A_MONTH + window_days) as i32;
        let last_day = self
            .visits
            .starts
            .at(row)
            .map(|start| start.saturating_add(last));
        if self.deaths.is_by(row, last_day) {
            return End::Left("died", fate(self.params.died, Fate::Unobserved));
        }
        let reason = match answering(&self.evidence, row, outside) {
            Some(_) => "outside-window",
            None if within.iter().any(|&idx| self.evidence.has_some(row, idx)) => {
                "visit-incomplete"
            }
            None => "lost-to-follow-up",
        };
        End::Left(reason, fate(self.params.lost, Fate::Unobserved))
    }
}

fn fate(absent: Absent, otherwise: Fate) -> Fate {
    match absent {
        Absent::Exclude => otherwise,
        Absent::Failure => Fate::NonResponder,
    }
}

fn judge_scores(
    cohort: &Cohort,
    params: &OutcomeParams,
    course: &Course,
    scene: &Scene,
) -> Result<Judged, Failure> {
    let evidence = Evidence::read(cohort, params, &scene.visits)?;
    let read = |result: &Failure| result.clone();
    let explants = scene.explants.as_ref().map_err(read)?;
    let deaths = scene.deaths.as_ref().map_err(read)?;
    let mut used = evidence.used.clone();
    used.extend(explants.names());
    used.extend(deaths.names());
    // After the trial its result may predict; before, it is part of the outcome.
    let counts_trial = params.moment == Moment::BeforeTrial;
    used.extend(course.names(counts_trial).into_iter().map(str::to_owned));
    let way = Way {
        params,
        course,
        explants,
        deaths,
        visits: &scene.visits,
        months: evidence.months().collect(),
        due: params.rule.month_or_usual(),
        evidence,
    };
    Ok(Judged {
        ends: (0..cohort.n_rows()).map(|row| way.end(row)).collect(),
        used,
    })
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
            End::Left("not-implanted", Fate::Excluded)
        }
        None => End::Left("no-outcome", Fate::Unobserved),
        Some(event) => End::Seen(event),
    };
    Ok(Judged {
        ends: values.into_iter().enumerate().map(judge).collect(),
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
