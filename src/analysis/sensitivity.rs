//! What the patients could change whose outcome nobody saw: the two ends of what is possible, and the
//! event rate weighted by the probability of being seen.
//!
//! Looks at the share of responders only; no model is trained again here.

use serde::{Deserialize, Serialize};

use crate::base::issue::Issue;
use crate::base::num::{Matrix, risk_from_linear_predictor};
use crate::cohort::{Cohort, Kind, Timing, Variable};
use crate::outcome::{Fate, Outcome};
use crate::solve;

/// Fewest patients, seen and not seen, with which being seen is modelled.
const LEAST: usize = 10;

/// Most levels of a variable that tells who is seen: more are names, not groups.
const MOST_LEVELS: usize = 10;

/// The share of responders under what may have become of the unobserved. Shares in [0, 1].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Patients of the population whose outcome is known: seen, failed trial, explant.
    pub n_known: usize,
    /// Responders among them.
    pub n_events: usize,
    /// Patients of the population whose outcome nobody saw.
    pub n_unobserved: usize,
    /// Explanted patients that were left out by choice: in neither end.
    #[serde(default)]
    pub n_explanted_out: usize,
    /// Share if all of the unobserved responded.
    pub best: f64,
    /// Share if none of them did.
    pub worst: f64,
    /// Share weighted by the inverse probability of being seen, or why it can't be had.
    pub weighted: Result<Weighted, Box<Issue>>,
}

impl Sensitivity {
    /// Share of responders among those whose outcome is known; `None` where there are none.
    pub fn known(&self) -> Option<f64> {
        (self.n_known > 0).then(|| self.n_events as f64 / self.n_known as f64)
    }
}

/// The event rate weighted by the inverse probability of observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Share of responders.
    pub event_rate: f64,
    /// Largest stabilised weight; times all patients over those seen it is the number for whom one of them speaks.
    pub largest_weight: f64,
    /// Names of the variables that tell who is seen.
    pub variables: Vec<String>,
}

/// What the unobserved could change; `None` where there are none.
///
/// Weighted: among those who came to the visit to be judged, or should have, being seen is modelled by a logistic
/// regression on every variable measured at baseline that is known for all of them (numbers linear, levels
/// as indicators), with the penalty of a normal prior of standard deviation 1 on standardised columns, which
/// keeps the chances from 0 and 1. A seen patient has the stabilised weight
/// `P(seen) / P(seen | baseline)` (Robins, Hernán and Brumback 2000); their weighted share of responders
/// stands for all of them, and whoever was decided without a visit counts as known. It is right only
/// if, given those variables, being lost says nothing about the response.
pub fn sensitivity(cohort: &Cohort, outcome: &Outcome) -> Option<Sensitivity> {
    let n_unobserved = outcome.unobserved.len();
    if n_unobserved == 0 {
        return None;
    }
    let is_unobserved = |row: &usize| outcome.unobserved.binary_search(row).is_ok();
    let labels = outcome.rows.iter().zip(&outcome.y);
    let known = labels.filter(|(row, _)| !is_unobserved(row));
    let (n_known, n_events) = known.fold((0, 0), |(n, n_events), (_, event)| {
        (n + 1, n_events + usize::from(*event))
    });
    let n = (n_known + n_unobserved) as f64;
    Some(Sensitivity {
        n_known,
        n_events,
        n_unobserved,
        n_explanted_out: explanted_out(outcome),
        best: (n_events + n_unobserved) as f64 / n,
        worst: n_events as f64 / n,
        weighted: weighted(cohort, outcome, n_known),
    })
}

fn explanted_out(outcome: &Outcome) -> usize {
    let leaving = outcome.flow.leaving();
    let out = leaving.filter(|l| l.reason == "explanted" && l.fate == Fate::Excluded);
    out.map(|leaving| leaving.n).sum()
}

fn weighted(cohort: &Cohort, outcome: &Outcome, n_known: usize) -> Result<Weighted, Box<Issue>> {
    let (seen, lost) = (&outcome.observed, &outcome.unobserved);
    if seen.len() < LEAST || lost.len() < LEAST {
        let issue = Issue::note("sensitivity-few")
            .with("n-seen", seen.len())
            .with("n-lost", lost.len())
            .with("least", LEAST);
        return Err(Box::new(issue));
    }
    let rows: Vec<usize> = seen.iter().chain(lost).copied().collect();
    let (names, columns) = known_for_all(cohort, outcome, &rows);
    if columns.is_empty() {
        return Err(Box::new(Issue::note("sensitivity-no-variable")));
    }
    let x = Matrix::from_columns(rows.len(), &columns);
    let is_seen: Vec<bool> = (0..rows.len()).map(|i| i < seen.len()).collect();
    let fit = solve::fit(&x, &is_seen, 1.0 / rows.len() as f64);
    if !fit.converged {
        return Err(Box::new(Issue::warning("sensitivity-not-settled")));
    }
    let share_seen = seen.len() as f64 / rows.len() as f64;
    let (mut sum, mut sum_events, mut largest) = (0.0, 0.0, 0.0_f64);
    for (row, lp) in seen.iter().zip(fit.linear_predictors(&x)) {
        let weight = share_seen / risk_from_linear_predictor(lp);
        let place = outcome.rows.binary_search(row).ok();
        let event = place.and_then(|place| outcome.y.get(place)) == Some(&true);
        sum += weight;
        largest = largest.max(weight);
        if event {
            sum_events += weight;
        }
    }
    // Whoever was decided without a visit (failed trial, explant, death) is a known non-responder.
    let n_to_see = rows.len() as f64;
    let event_rate = sum_events / sum * n_to_see / (n_known + lost.len()) as f64;
    if !event_rate.is_finite() || !largest.is_finite() {
        return Err(Box::new(Issue::warning("sensitivity-not-settled")));
    }
    Ok(Weighted {
        event_rate,
        largest_weight: largest,
        variables: names,
    })
}

/// Variables measured at baseline that none of these patients lacks and that differ among them, with
/// their columns: one for a number, one a level but the first for levels.
fn known_for_all(
    cohort: &Cohort,
    outcome: &Outcome,
    rows: &[usize],
) -> (Vec<String>, Vec<Vec<f64>>) {
    let mut names = Vec::new();
    let mut columns = Vec::new();
    for variable in &cohort.variables {
        let is_baseline = variable.timing == Timing::Baseline && variable.is_candidate();
        if !is_baseline || outcome.used.contains(&variable.name) {
            continue;
        }
        let own = if variable.kind == Kind::Numeric {
            number_column(cohort, variable, rows)
        } else {
            level_columns(cohort, variable, rows)
        };
        if !own.is_empty() {
            names.push(variable.name.clone());
            columns.extend(own);
        }
    }
    (names, columns)
}

fn number_column(cohort: &Cohort, variable: &Variable, rows: &[usize]) -> Vec<Vec<f64>> {
    let Ok(values) = cohort.numbers(&variable.name) else {
        return Vec::new();
    };
    let at = |&row: &usize| values.get(row).copied().unwrap_or(f64::NAN);
    let column: Vec<f64> = rows.iter().map(at).collect();
    let is_known = column.iter().all(|x| x.is_finite());
    let differs = column.iter().any(|x| *x != column[0]);
    if is_known && differs {
        vec![column]
    } else {
        Vec::new()
    }
}

fn level_columns(cohort: &Cohort, variable: &Variable, rows: &[usize]) -> Vec<Vec<f64>> {
    let Ok(levels) = cohort.levels(&variable.name) else {
        return Vec::new();
    };
    let at = |&row: &usize| levels.get(row).copied().flatten();
    let Some(own) = rows.iter().map(at).collect::<Option<Vec<usize>>>() else {
        return Vec::new();
    };
    let mut there = own.clone();
    there.sort_unstable();
    there.dedup();
    if there.len() > MOST_LEVELS {
        return Vec::new();
    }
    let indicator = |level: &usize| -> Vec<f64> {
        let is_level = own.iter().map(|l| if l == level { 1.0 } else { 0.0 });
        is_level.collect()
    };
    there.iter().skip(1).map(indicator).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::cohort::{Origin, Source};
    use crate::outcome::{OutcomeParams, Rule, decide};

    /// `n` patients whose response and whose loss both rest on one baseline number; the share of
    /// responders among all of them, and the cohort with the lost taken out.
    fn simulated(n: usize, seed: u64) -> (f64, Cohort) {
        let mut rng = Stream::new(seed).rng();
        let mut cohort = Cohort::new(Source::default(), n);
        let (mut x, mut follow_up, mut n_events) = (Vec::new(), Vec::new(), 0);
        for _ in 0..n {
            let distress = rng.uniform() * 4.0 - 2.0;
            let responds = rng.uniform() < risk_from_linear_predictor(-1.2 * distress);
            let is_seen = rng.uniform() < risk_from_linear_predictor(0.8 - 1.5 * distress);
            n_events += usize::from(responds);
            x.push(distress);
            let pain = if responds { 20.0 } else { 70.0 };
            follow_up.push(if is_seen { pain } else { f64::NAN });
        }
        let mut push = |name: &str, concept: &str, timing, values: &[f64]| {
            let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
            variable.concept = Some(concept.to_owned());
            variable.timing = timing;
            variable.range = Some((0.0, 100.0));
            cohort.push_numbers(variable, values).unwrap();
        };
        push("back", "pain-back", Timing::Baseline, &vec![80.0; n]);
        push("back12", "pain-back", Timing::After(12), &follow_up);
        push("distress", "hads-d", Timing::Baseline, &x);
        (n_events as f64 / n as f64, cohort)
    }

    fn back() -> OutcomeParams {
        OutcomeParams {
            rule: Rule::preset("pain50-back-12m").unwrap(),
            ..OutcomeParams::default()
        }
    }

    #[test]
    fn weighting_recovers_the_rate_of_everyone_where_the_seen_alone_mislead() {
        let (truth, cohort) = simulated(20_000, 7);
        let outcome = decide(&cohort, &back()).unwrap();
        let found = sensitivity(&cohort, &outcome).unwrap();
        let weighted = found.weighted.clone().unwrap();
        // Monte-Carlo error of a share of 20,000 with weights up to a few: under 0.01.
        assert!(
            (weighted.event_rate - truth).abs() < 0.015,
            "{weighted:?}, truth {truth}"
        );
        assert!(
            (found.known().unwrap() - truth).abs() > 0.08,
            "{found:?}, truth {truth}"
        );
        assert!(found.worst < truth && truth < found.best);
        assert_eq!(weighted.variables, ["distress"]);
        assert!(weighted.largest_weight > 1.0);
    }

    #[test]
    fn without_a_variable_known_for_all_or_with_few_lost_it_is_said() {
        let (_, mut cohort) = simulated(200, 3);
        let mut values = cohort.numbers("distress").unwrap();
        values[0] = f64::NAN;
        cohort.set_numbers("distress", &values).unwrap();
        let outcome = decide(&cohort, &back()).unwrap();
        let found = sensitivity(&cohort, &outcome).unwrap();
        assert_eq!(found.weighted.unwrap_err().code, "sensitivity-no-variable");
        let (_, small) = simulated(24, 3);
        let outcome = decide(&small, &back()).unwrap();
        let found = sensitivity(&small, &outcome).unwrap();
        assert_eq!(found.weighted.unwrap_err().code, "sensitivity-few");
    }
}
