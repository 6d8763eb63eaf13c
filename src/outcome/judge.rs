//! One patient's scores against the rule. Pure: two rows of numbers in, an answer and its working out.
//!
//! What is missing stays open: an answer is given only where no value of the missing scores could
//! change it.

use serde::{Deserialize, Serialize};

use crate::outcome::{Least, Measure, OpioidGoal, OutcomeParams, Rule};

/// Fall of the clinical holistic response that counts, points of 300 (Goudman 2023).
pub const CHR_POINTS: f64 = 87.97;

/// The same in per cent of its baseline.
pub const CHR_PERCENT: f64 = 48.4;

/// Room for the last bits of a sum or a product, so that 0.7 - 0.5 is a gain of 0.2.
const ROUNDING: f64 = 1e-9;

/// The scores of one patient at baseline and at the visit; NaN where missing.
#[derive(Clone, Copy)]
pub(super) struct Scores<'a> {
    pub(super) measures: &'a [Measure],
    pub(super) baseline: &'a [f64],
    pub(super) follow_up: &'a [f64],
}

impl Scores<'_> {
    fn pair(&self, measure: Measure) -> (f64, f64) {
        let idx = self.measures.iter().position(|m| *m == measure);
        let at = |values: &[f64]| {
            idx.and_then(|idx| values.get(idx))
                .copied()
                .unwrap_or(f64::NAN)
        };
        (at(self.baseline), at(self.follow_up))
    }
}

/// What one measure did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The measure.
    pub measure: Measure,
    /// At baseline; NaN where missing.
    pub baseline: f64,
    /// At the visit.
    pub follow_up: f64,
    /// Improvement in points, positive for the better.
    pub points: f64,
    /// Improvement in per cent of the baseline; `None` where that is not defined.
    pub percent: Option<f64>,
    /// The least improvement; `None` where the measure is a part of a sum.
    pub least: Option<Least>,
    /// Whether it is met; `None` where that is open, or where the measure does not count.
    pub met: Option<bool>,
}

/// One patient's way to the label.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Judgement {
    /// Measure by measure.
    pub steps: Vec<Step>,
    /// A sum of measures: at baseline and at the visit, or its value and the least that counts.
    pub total: Option<(f64, f64)>,
    /// Responder or not; `None` where the scores leave it open.
    pub responder: Option<bool>,
}

fn step(
    params: &OutcomeParams,
    scores: &Scores<'_>,
    measure: Measure,
    least: Option<Least>,
) -> Step {
    let (baseline, follow_up) = scores.pair(measure);
    let points = measure.improvement(baseline, follow_up);
    let floor = if measure.is_pain() {
        f64::from(params.baseline_floor)
    } else {
        0.0
    };
    let has_percent = baseline > 0.0 && baseline >= floor && !points.is_nan();
    let reaches = |least: f64| (!points.is_nan()).then_some(points >= least - ROUNDING);
    let met = match least {
        None => None,
        Some(Least::Points(least)) => reaches(least),
        Some(Least::Percent(percent)) if has_percent => {
            // Multiplied out, so that 7.3 to 3.65 is a reduction by half.
            Some(100.0 * points >= percent * baseline - ROUNDING * baseline)
        }
        Some(Least::Percent(_)) => None,
        Some(Least::Mcid) => params.mcid(measure).and_then(|row| reaches(row.points)),
    };
    Step {
        measure,
        baseline,
        follow_up,
        points,
        percent: has_percent.then(|| 100.0 * points / baseline),
        least,
        met,
    }
}

/// Whether at least `k` of the criteria are met; `None` while open ones could change that, and where so many are
/// open that only one of the two answers could be shown: who is judged must not hang on the answer.
fn at_least(k: usize, met: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let (mut n_met, mut n_open, mut n_not) = (0_usize, 0_usize, 0_usize);
    for met in met {
        match met {
            Some(true) => n_met += 1,
            Some(false) => n_not += 1,
            None => n_open += 1,
        }
    }
    let n = n_met + n_open + n_not;
    if n_open > n.saturating_sub(k).min(k.saturating_sub(1)) {
        None
    } else if n_met >= k {
        Some(true)
    } else if n_met + n_open < k {
        Some(false)
    } else {
        None
    }
}

/// Judges one patient. Rules that rest on an answer, not on scores, are always open here.
pub(super) fn judge(rule: &Rule, params: &OutcomeParams, scores: &Scores<'_>) -> Judgement {
    match rule {
        Rule::PainReduction { site, percent, .. } => {
            let least = Least::Percent(f64::from(*percent));
            let step = step(params, scores, site.measure(), Some(least));
            Judgement {
                responder: step.met,
                steps: vec![step],
                total: None,
            }
        }
        Rule::Criteria {
            criteria,
            at_least: k,
            ..
        } => {
            let of = |c: &crate::outcome::Criterion| step(params, scores, c.measure, Some(c.least));
            let steps: Vec<Step> = criteria.iter().map(of).collect();
            Judgement {
                responder: at_least(usize::from(*k), steps.iter().map(|step| step.met)),
                steps,
                total: None,
            }
        }
        Rule::Chr { .. } => chr(params, scores),
        Rule::Holistic { .. } => holistic(params, scores),
        Rule::Opioid { goal, .. } => {
            let mut step = step(params, scores, Measure::Mme, None);
            let known = !step.points.is_nan();
            step.met = known.then(|| match goal {
                OpioidGoal::StableOrReduced => step.points >= -ROUNDING,
                OpioidGoal::Reduced => step.points > ROUNDING,
            });
            Judgement {
                responder: step.met,
                steps: vec![step],
                total: None,
            }
        }
        Rule::Weighted { weights, least, .. } => {
            let mut sum = 0.0;
            let mut steps = Vec::with_capacity(weights.len());
            for part in weights {
                let step = step(params, scores, part.measure, None);
                let change = if part.in_percent {
                    step.percent.unwrap_or(f64::NAN)
                } else {
                    step.points
                };
                sum += part.weight * change;
                steps.push(step);
            }
            let known = sum.is_finite() && !weights.is_empty();
            Judgement {
                steps,
                total: known.then_some((sum, *least)),
                responder: known.then(|| sum >= least - ROUNDING),
            }
        }
        Rule::Satisfaction { .. } | Rule::Pgic { .. } | Rule::Level { .. } => Judgement::default(),
    }
}

/// `leg pain + ODI + (100 - EQ-VAS)`: a fall by 87.97 points or by 48.4 %.
fn chr(params: &OutcomeParams, scores: &Scores<'_>) -> Judgement {
    let parts = [Measure::PainLeg, Measure::Odi, Measure::EqVas];
    let steps: Vec<Step> = parts
        .iter()
        .map(|&measure| step(params, scores, measure, None))
        .collect();
    let index = |at: fn(&Step) -> f64| {
        let sum = |step: &Step| match step.measure {
            Measure::EqVas => 100.0 - at(step),
            _ => at(step),
        };
        steps.iter().map(sum).sum::<f64>()
    };
    let (baseline, follow_up) = (index(|s| s.baseline), index(|s| s.follow_up));
    let fall = baseline - follow_up;
    let is_enough = fall >= CHR_POINTS - ROUNDING
        || (baseline > 0.0 && 100.0 * fall >= CHR_PERCENT * baseline - ROUNDING * baseline);
    let known = !fall.is_nan();
    Judgement {
        steps,
        total: known.then_some((baseline, follow_up)),
        responder: known.then_some(is_enough),
    }
}

/// Every domain of the table that was impaired at baseline improves by its difference.
fn holistic(params: &OutcomeParams, scores: &Scores<'_>) -> Judgement {
    let mut steps = Vec::new();
    let mut impaired = Vec::new();
    for row in &params.mcids {
        if !row.in_holistic || !scores.measures.contains(&row.measure) {
            continue;
        }
        let mut step = step(params, scores, row.measure, Some(Least::Mcid));
        if row.is_impaired(step.baseline) == Some(true) {
            impaired.push(step.met);
        } else {
            (step.least, step.met) = (None, None);
        }
        steps.push(step);
    }
    let responder = if impaired.is_empty() {
        None
    } else {
        at_least(impaired.len(), impaired.into_iter())
    };
    Judgement {
        steps,
        total: None,
        responder,
    }
}

/// Why the baseline alone keeps a patient out, whatever the visit brings: the name of an exclusion.
///
/// Criteria: where the baselines of so many are unknown that either a response or its absence could
/// never be shown, which would let only one of the two be seen. Holistic: where that of any domain is.
pub(super) fn baseline_fault(
    rule: &Rule,
    params: &OutcomeParams,
    scores: &Scores<'_>,
) -> Option<&'static str> {
    let floor = f64::from(params.baseline_floor);
    let is_low = |measure: Measure| measure.is_pain() && scores.pair(measure).0 < floor;
    let is_unknown = |measure: Measure| scores.pair(measure).0.is_nan();
    let no_percent = |measure: Measure| is_low(measure) || scores.pair(measure).0 <= 0.0;
    match rule {
        Rule::PainReduction { site, .. } => {
            let measure = site.measure();
            if is_unknown(measure) {
                return Some("no-baseline");
            }
            no_percent(measure).then_some("baseline-too-low")
        }
        Rule::Criteria {
            criteria, at_least, ..
        } => {
            let (k, n) = (usize::from(*at_least), criteria.len());
            let n_unknown = criteria.iter().filter(|c| is_unknown(c.measure)).count();
            let is_too_low = |c: &&crate::outcome::Criterion| {
                matches!(c.least, Least::Percent(_)) && no_percent(c.measure)
            };
            let n_low = criteria.iter().filter(is_too_low).count();
            let room = n.saturating_sub(k).min(k.saturating_sub(1));
            if n_unknown + n_low <= room {
                return None;
            }
            Some(if n_unknown > room {
                "no-baseline"
            } else {
                "baseline-too-low"
            })
        }
        Rule::Chr { .. } => [Measure::PainLeg, Measure::Odi, Measure::EqVas]
            .into_iter()
            .any(is_unknown)
            .then_some("no-baseline"),
        Rule::Holistic { .. } => {
            let rows = params.mcids.iter().filter(|row| row.in_holistic);
            let looked_at = rows.filter(|row| scores.measures.contains(&row.measure));
            let impaired: Vec<Option<bool>> = looked_at
                .map(|row| row.is_impaired(scores.pair(row.measure).0))
                .collect();
            // A domain that is not known might be impaired and not improve.
            if impaired.contains(&None) {
                return Some("no-baseline");
            }
            (!impaired.contains(&Some(true))).then_some("not-impaired")
        }
        Rule::Opioid { goal, .. } => {
            if is_unknown(Measure::Mme) {
                return Some("no-baseline");
            }
            let takes_none = scores.pair(Measure::Mme).0 <= 0.0;
            (*goal == OpioidGoal::Reduced && takes_none).then_some("no-opioid")
        }
        Rule::Weighted { weights, .. } => {
            if weights.iter().any(|part| is_unknown(part.measure)) {
                return Some("no-baseline");
            }
            weights
                .iter()
                .any(|part| part.in_percent && no_percent(part.measure))
                .then_some("baseline-too-low")
        }
        Rule::Satisfaction { .. } | Rule::Pgic { .. } | Rule::Level { .. } => None,
    }
}
