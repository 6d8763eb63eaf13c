//! Reads what a rule needs of a cohort: scores at baseline and at the visits, or answers.

use crate::base::issue::{Arg, Failure, Issue};
use crate::cohort::{Cohort, Kind, Timing, Variable};
use crate::outcome::course::yes_no;
use crate::outcome::judge::{Judgement, Scores, baseline_fault, judge};
use crate::outcome::rule::keys;
use crate::outcome::visits::Visits;
use crate::outcome::{Measure, OutcomeParams, PgicDirection, Rule};

/// Fewest domains with which a response is called holistic.
pub(super) const LEAST_DOMAINS: usize = 2;

/// What stands at one visit.
struct AtVisit {
    month: u16,
    /// One a measure, one a patient.
    scores: Vec<Vec<f64>>,
    /// The patient's own word, for rules that ask for it.
    answers: Option<Vec<Option<bool>>>,
}

/// What the rule needs, read once.
pub(super) struct Evidence<'a> {
    rule: &'a Rule,
    params: &'a OutcomeParams,
    pub(super) measures: Vec<Measure>,
    baseline: Vec<Vec<f64>>,
    visits: Vec<AtVisit>,
    /// Names of the columns of the visits.
    pub(super) used: Vec<String>,
}

impl<'a> Evidence<'a> {
    /// Fails where the rule is senseless, or where the cohort lacks a column that it needs.
    pub(super) fn read(
        cohort: &Cohort,
        params: &'a OutcomeParams,
        visits: &Visits,
    ) -> Result<Self, Failure> {
        let rule = &params.rule;
        check(rule)?;
        let due = rule.month_or_usual();
        let months = visits.months_within(cohort, due, params.window_weeks);
        if let Some(concept) = answer_concept(rule) {
            return Self::read_answers(cohort, params, concept, &months);
        }
        let measures = measures(rule, params, cohort, due, &months);
        let here = |month: &u16| {
            let all = |m: &Measure| m.columns(cohort, Timing::After(*month)).is_some();
            measures.iter().all(all)
        };
        let months_here: Vec<u16> = months.iter().copied().filter(here).collect();
        let lacks = |timing: Timing| -> Vec<Measure> {
            let missing = measures.iter().copied();
            missing
                .filter(|m| m.columns(cohort, timing).is_none())
                .collect()
        };
        let (before, after) = (lacks(Timing::Baseline), lacks(Timing::After(due)));
        if matches!(rule, Rule::Holistic { .. }) && measures.len() < LEAST_DOMAINS {
            return Err(Issue::error("outcome-few-domains")
                .with("month", usize::from(due))
                .into());
        }
        if !before.is_empty() || months_here.is_empty() {
            let after = if months_here.is_empty() {
                after
            } else {
                Vec::new()
            };
            return Err(missing_scores(cohort, &measures, (before, after), due).into());
        }
        let mut evidence = Self {
            rule,
            params,
            baseline: Vec::new(),
            visits: Vec::new(),
            used: Vec::new(),
            measures,
        };
        for measure in &evidence.measures {
            let columns = measure
                .columns(cohort, Timing::Baseline)
                .unwrap_or_default();
            evidence.baseline.push(measure.read(cohort, &columns)?);
        }
        for month in months_here {
            let mut scores = Vec::new();
            for measure in &evidence.measures {
                let timing = Timing::After(month);
                let columns = measure.columns(cohort, timing).unwrap_or_default();
                scores.push(measure.read(cohort, &columns)?);
                evidence.used.extend(columns.iter().map(|c| c.name.clone()));
            }
            evidence.visits.push(AtVisit {
                month,
                scores,
                answers: None,
            });
        }
        Ok(evidence)
    }

    fn read_answers(
        cohort: &Cohort,
        params: &'a OutcomeParams,
        concept: &str,
        months: &[u16],
    ) -> Result<Self, Failure> {
        let due = params.rule.month_or_usual();
        let mut found: Vec<(u16, &Variable)> = months
            .iter()
            .filter_map(|&month| Some((month, cohort.find(concept, Timing::After(month))?)))
            .collect();
        if !found.iter().any(|(month, _)| *month == due) {
            // A column that names no visit is taken to be about this one.
            let without_visit = [Timing::After(0), Timing::Unknown];
            let named = without_visit
                .iter()
                .find_map(|&timing| cohort.find(concept, timing));
            found.extend(named.map(|variable| (due, variable)));
        }
        if found.is_empty() {
            return Err(Issue::error("outcome-missing-answer")
                .with("what", concept)
                .with("month", usize::from(due))
                .into());
        }
        let mut evidence = Self {
            rule: &params.rule,
            params,
            measures: Vec::new(),
            baseline: Vec::new(),
            visits: Vec::new(),
            used: Vec::new(),
        };
        for (month, variable) in found {
            let answers = match &params.rule {
                Rule::Pgic { direction, .. } => improved(cohort, variable, *direction)?,
                _ => yes_no(cohort, variable)?,
            };
            evidence.used.push(variable.name.clone());
            evidence.visits.push(AtVisit {
                month,
                scores: Vec::new(),
                answers: Some(answers),
            });
        }
        Ok(evidence)
    }

    /// Months of the visits that have what the rule needs.
    pub(super) fn months(&self) -> impl Iterator<Item = u16> + '_ {
        self.visits.iter().map(|visit| visit.month)
    }

    fn row_of(columns: &[Vec<f64>], row: usize) -> Vec<f64> {
        let at = |column: &Vec<f64>| column.get(row).copied().unwrap_or(f64::NAN);
        columns.iter().map(at).collect()
    }

    /// Why this patient's baseline keeps out of the analysis.
    pub(super) fn baseline_fault(&self, row: usize) -> Option<&'static str> {
        let baseline = Self::row_of(&self.baseline, row);
        let scores = Scores {
            measures: &self.measures,
            baseline: &baseline,
            follow_up: &[],
        };
        baseline_fault(self.rule, self.params, &scores)
    }

    /// Whether the patient has any score at the visit of that position.
    pub(super) fn has_some(&self, row: usize, visit_idx: usize) -> bool {
        let scores = self.visits.get(visit_idx).map(|visit| &visit.scores);
        scores.is_some_and(|scores| Self::row_of(scores, row).iter().any(|x| !x.is_nan()))
    }

    /// The judgement of one patient at the visit of that position.
    pub(super) fn judge(&self, row: usize, visit_idx: usize) -> Judgement {
        let Some(visit) = self.visits.get(visit_idx) else {
            return Judgement::default();
        };
        if let Some(answers) = &visit.answers {
            return Judgement {
                responder: answers.get(row).copied().flatten(),
                ..Judgement::default()
            };
        }
        let baseline = Self::row_of(&self.baseline, row);
        let follow_up = Self::row_of(&visit.scores, row);
        let scores = Scores {
            measures: &self.measures,
            baseline: &baseline,
            follow_up: &follow_up,
        };
        judge(self.rule, self.params, &scores)
    }
}

/// Refuses rules that can't mean anything.
fn check(rule: &Rule) -> Result<(), Failure> {
    match rule {
        Rule::PainReduction { percent, .. } if !(1..=100).contains(percent) => {
            let issue = Issue::error("outcome-percent");
            Err(issue.with("percent", usize::from(*percent)).into())
        }
        Rule::Criteria {
            criteria, at_least, ..
        } if *at_least == 0 || usize::from(*at_least) > criteria.len() => {
            let issue = Issue::error("outcome-at-least")
                .with("at-least", usize::from(*at_least))
                .with("n", criteria.len());
            Err(issue.into())
        }
        Rule::Weighted { weights, .. } if !weights.iter().any(|w| w.weight != 0.0) => {
            Err(Failure::new("outcome-no-weights"))
        }
        _ => Ok(()),
    }
}

fn answer_concept(rule: &Rule) -> Option<&'static str> {
    match rule {
        Rule::Satisfaction { .. } => Some("satisfaction"),
        Rule::Pgic { .. } => Some("pgic"),
        _ => None,
    }
}

/// The measures that the rule looks at. The holistic response looks at the domains of the table that the
/// cohort has at baseline and at that visit within the window which has most of them, the nearest
/// to the due month first.
fn measures(
    rule: &Rule,
    params: &OutcomeParams,
    cohort: &Cohort,
    due: u16,
    months: &[u16],
) -> Vec<Measure> {
    let mut measures = match rule {
        Rule::PainReduction { site, .. } => vec![site.measure()],
        Rule::Criteria { criteria, .. } => criteria.iter().map(|c| c.measure).collect(),
        Rule::Chr { .. } => vec![Measure::PainLeg, Measure::Odi, Measure::EqVas],
        Rule::Opioid { .. } => vec![Measure::Mme],
        Rule::Weighted { weights, .. } => weights.iter().map(|w| w.measure).collect(),
        Rule::Holistic { .. } => {
            let of_table = params.mcids.iter().filter(|row| row.in_holistic);
            let at_baseline: Vec<Measure> = of_table
                .map(|row| row.measure)
                .filter(|m| m.columns(cohort, Timing::Baseline).is_some())
                .collect();
            let there = |month: u16| -> Vec<Measure> {
                let is_there = |m: &Measure| m.columns(cohort, Timing::After(month)).is_some();
                at_baseline.iter().copied().filter(is_there).collect()
            };
            let best = months
                .iter()
                .max_by_key(|&&month| (there(month).len(), u16::MAX - month.abs_diff(due)));
            best.map_or_else(Vec::new, |&month| there(month))
        }
        Rule::Satisfaction { .. } | Rule::Pgic { .. } | Rule::Level { .. } => Vec::new(),
    };
    let mut seen = Vec::new();
    measures.retain(|measure| {
        let is_new = !seen.contains(measure);
        seen.push(*measure);
        is_new
    });
    measures
}

fn missing_scores(
    cohort: &Cohort,
    measures: &[Measure],
    (before, after): (Vec<Measure>, Vec<Measure>),
    due: u16,
) -> Issue {
    let all = |month: &u16| {
        let there = |m: &Measure| m.columns(cohort, Timing::After(*month)).is_some();
        measures.iter().all(there)
    };
    let visits: Vec<String> = months_after(cohort)
        .iter()
        .filter(|month| all(month))
        .map(u16::to_string)
        .collect();
    let which = match (before.is_empty(), after.is_empty()) {
        (false, true) => "baseline",
        (true, _) => "visit",
        (false, false) => "both",
    };
    let visits = if visits.is_empty() {
        "none".to_owned()
    } else {
        visits.join(", ")
    };
    Issue::error("outcome-missing-scores")
        .with("which", which)
        .with("baseline", keys(before.into_iter()))
        .with("follow-up", keys(after.into_iter()))
        .with("month", usize::from(due))
        .with("visits", Arg::Text(visits))
}

/// Months after implantation at which anything was measured, ascending.
pub(super) fn months_after(cohort: &Cohort) -> Vec<u16> {
    let mut months: Vec<u16> = cohort
        .variables
        .iter()
        .filter_map(|variable| match variable.timing {
            Timing::After(month) if month > 0 => Some(month),
            _ => None,
        })
        .collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// The two best of seven answers. Fails where an answer is not a whole number from 1 to 7.
fn improved(
    cohort: &Cohort,
    variable: &Variable,
    direction: PgicDirection,
) -> Result<Vec<Option<bool>>, Failure> {
    let judge = |text: &str| -> Result<bool, Failure> {
        let point = text.trim().replace(',', ".").parse::<f64>().ok();
        match (point, direction) {
            (Some(x), _) if !(1.0..=7.0).contains(&x) || x.fract() != 0.0 => {
                Err(off(variable, text))
            }
            (Some(x), PgicDirection::LowIsImproved) => Ok(x <= 2.0),
            (Some(x), PgicDirection::HighIsImproved) => Ok(x >= 6.0),
            (None, _) => Err(off(variable, text)),
        }
    };
    if variable.kind == Kind::Numeric {
        let values = cohort.numbers(&variable.name)?;
        let answer = |x: f64| (!x.is_nan()).then(|| judge(&x.to_string())).transpose();
        return values.into_iter().map(answer).collect();
    }
    let texts = cohort.texts(&variable.name)?;
    let answer = |text: Option<String>| text.as_deref().map(judge).transpose();
    texts.into_iter().map(answer).collect()
}

fn off(variable: &Variable, found: &str) -> Failure {
    let issue = Issue::error("outcome-pgic").in_column(&variable.name);
    issue.found(found).into()
}
