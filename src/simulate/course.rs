//! From the baseline to twelve months: response, trial, explant, visits.
//!
//! The response is drawn from the true chance, then everything that can be seen is made to agree
//! with it. A responder's trial succeeds, the device stays past the visit, and the worst pain at
//! 12 months is at most half of the worst baseline pain. Everyone else fails the trial, or is
//! explanted before the visit, or has a worst pain of more than half. Scores are whole millimetres,
//! so "half" is exact.

use crate::base::num::risk_from_linear_predictor;
use crate::base::seed::{Rng, Stream};
use crate::simulate::baseline::{self, even, thousandth};
use crate::simulate::measure::{Values, at, has, level};
use crate::simulate::truth::{Centres, Chance};

/// Months of the visits after implantation.
pub const VISIT_MONTHS: [u16; 4] = [1, 3, 6, 12];

/// Mean length of a month in days.
const DAYS_A_MONTH: f64 = 30.4375;

/// Days from 1 January 1970 to the first trial, 8 January 2018.
const FIRST_TRIAL: i32 = 17_539;

/// Trials are spread over this many days (about five years).
const TRIAL_SPAN: usize = 1_826;

/// One visit; all scores are NaN where the patient did not come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// Day since 1 January 1970; `None` where the patient did not come.
    pub day: Option<i32>,
    /// Back pain, leg pain, ODI, EQ-5D index, EQ-VAS; NaN where missing.
    pub scores: [f64; 5],
}

impl Visit {
    /// A visit that did not take place.
    pub(super) const MISSED: Self = Self {
        day: None,
        scores: [f64::NAN; 5],
    };
}

/// One simulated patient.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Number from 1; a duplicate has that of its original.
    pub number: usize,
    /// Centre from 0.
    pub centre: usize,
    /// Baseline values in the order of the columns, NaN where missing; a level is its position.
    pub baseline: Values,
    /// Day of the trial since 1 January 1970.
    pub trial_day: i32,
    /// Whether the trial succeeded.
    pub trial_success: bool,
    /// Relief at the trial as reported, in per cent; NaN where missing.
    pub trial_relief: f64,
    /// Day of the implant; `None` after a failed trial.
    pub implant_day: Option<i32>,
    /// Day of the explant, if within 24 months.
    pub explant_day: Option<i32>,
    /// The visits at [`VISIT_MONTHS`].
    pub visits: [Visit; 4],
}

impl PartialEq for Patient {
    /// Equal bit by bit, so that missing values are equal.
    fn eq(&self, other: &Self) -> bool {
        let bits = |patient: &Self| {
            let scores = patient.visits.iter().flat_map(|visit| visit.scores);
            let all = patient.baseline.into_iter().chain(scores);
            let all = all.chain([patient.trial_relief]);
            all.map(f64::to_bits).collect::<Vec<_>>()
        };
        let rest = |patient: &Self| {
            (
                (patient.number, patient.centre),
                (patient.trial_day, patient.trial_success),
                (patient.implant_day, patient.explant_day),
                patient.visits.map(|visit| visit.day),
            )
        };
        bits(self) == bits(other) && rest(self) == rest(other)
    }
}

/// A patient and what is true of it.
#[derive(Clone)]
pub(super) struct Drawn {
    pub(super) patient: Patient,
    pub(super) responds: bool,
    pub(super) risk: f64,
    pub(super) risk_after_trial: f64,
}

/// Draws the patient at this position of the stream, with nothing missing.
pub(super) fn draw(number: usize, centres: &Centres, person: Stream) -> Drawn {
    let mut rng = person.named("baseline").rng();
    let (centre, intercept) = centres.at(rng.uniform());
    let values = baseline::draw(&mut rng);
    let chance = Chance::of(&values, intercept);

    let mut rng = person.named("course").rng();
    let responds = rng.uniform() < chance.response;
    let luck = rng.uniform();
    let trial_success = responds || luck < chance.trial_without_response;
    let trial_day = FIRST_TRIAL + rng.below(TRIAL_SPAN) as i32;
    let trial_relief = trial_relief(&mut rng, trial_success, responds);
    let mut patient = Patient {
        number: number + 1,
        centre,
        baseline: values,
        trial_day,
        trial_success,
        trial_relief,
        implant_day: None,
        explant_day: None,
        visits: [Visit::MISSED; 4],
    };
    if trial_success {
        implant(&mut patient, &mut rng, responds, chance.log_odds);
    }
    Drawn {
        patient,
        responds,
        risk: chance.response,
        risk_after_trial: chance.response_after_trial(),
    }
}

/// Relief as reported, in steps of 5 %: 50 and more where the trial succeeded.
fn trial_relief(rng: &mut Rng, success: bool, responds: bool) -> f64 {
    let to_5 = |relief: f64| 5.0 * (relief / 5.0).round();
    let noise = rng.normal();
    if success {
        let mean = if responds { 70.0 } else { 62.0 };
        to_5(mean + 13.0 * noise).clamp(50.0, 100.0)
    } else {
        to_5(22.0 + 15.0 * noise).clamp(0.0, 45.0)
    }
}

/// Implant, explant and visits.
fn implant(patient: &mut Patient, rng: &mut Rng, responds: bool, log_odds: f64) {
    let implant_day = patient.trial_day + 7 + rng.below(22) as i32;
    patient.implant_day = Some(implant_day);
    let explant_months = explant_months(rng, &patient.baseline, responds);
    let explant_day = explant_months.map(|months| implant_day + (months * DAYS_A_MONTH) as i32);
    patient.explant_day = explant_day;

    let relief = relief_at_12_months(rng, responds, log_odds);
    let first = 0.62 + 0.10 * rng.normal() + 0.25 * (relief - 0.4);
    for (index, month) in VISIT_MONTHS.into_iter().enumerate() {
        // Early relief wanes towards that of the last visit.
        let early = [1.0, 0.55, 0.25, 0.0][index];
        let noise = if early > 0.0 {
            0.06 * rng.normal()
        } else {
            0.0
        };
        let relief_now = (relief + early * (first - relief) + noise).clamp(-0.4, 1.0);
        let scores = scores(
            rng,
            &patient.baseline,
            relief_now,
            (month == 12).then_some(responds),
        );
        let delay = rng.below(21) as i32 - 10;
        let planned = (f64::from(month) * DAYS_A_MONTH).round() as i32;
        let day = implant_day + planned + if month == 1 { delay / 3 } else { delay };
        let stays = explant_day.is_none_or(|explant| explant > day);
        patient.visits[index] = if stays {
            Visit {
                day: Some(day),
                scores,
            }
        } else {
            Visit::MISSED
        };
    }
}

/// Months from implant to explant: 4 % of the implanted before the visit at 12 months (none of
/// them a responder), as many again until 24 months (non-responders three times as often), more
/// in smokers and younger patients. Never between 11.3 and 12.7 months, so that the order of visit
/// and explant is beyond doubt.
fn explant_months(rng: &mut Rng, values: &Values, responds: bool) -> Option<f64> {
    let is_smoker = f64::from(u8::from(has(values, at::SMOKER, level::YES)));
    let tilt = (0.40 * (is_smoker - 0.37) - 0.015 * (values[at::AGE] - 54.0)).exp();
    let (early, late, moment) = (rng.uniform(), rng.uniform(), rng.uniform());
    if !responds && early < 0.075 * tilt {
        return Some(0.7 + 10.6 * moment);
    }
    let share = if responds { 0.0202 } else { 0.0607 };
    (late < share * tilt).then_some(12.7 + 11.2 * moment)
}

/// Relief of the worst pain as a share: 0.5 to 1 for responders (mean 0.75), below 0.5 for the
/// others (mean 0.2, a little more where response was likely).
fn relief_at_12_months(rng: &mut Rng, responds: bool, log_odds: f64) -> f64 {
    if responds {
        return 0.5 + 0.25 * (rng.uniform() + rng.uniform());
    }
    let mean = 0.20 + 0.04 * log_odds.clamp(-3.0, 3.0);
    loop {
        let relief = mean + 0.19 * rng.normal();
        if (-0.35..0.5).contains(&relief) {
            return relief;
        }
    }
}

/// Scores of a visit at which pain is down by `relief`; `responds` is given at 12 months and held exactly.
fn scores(rng: &mut Rng, values: &Values, relief: f64, responds: Option<bool>) -> [f64; 5] {
    let mut pain = |site: usize, more: f64| {
        let relief = relief + more + 0.05 * rng.normal();
        (values[site] * (1.0 - relief)).round().clamp(0.0, 100.0)
    };
    let mut pains = [pain(at::BACK, -0.03), pain(at::LEG, 0.03)];
    if let Some(responds) = responds {
        hold_response(&mut pains, [values[at::BACK], values[at::LEG]], responds);
    }
    let gain = relief.clamp(-0.3, 1.0);
    let odi = values[at::ODI] * (1.0 - 0.62 * gain) + 6.0 * rng.normal();
    let eq5d = values[at::EQ5D] + 0.62 * gain * (0.95 - values[at::EQ5D]).max(0.0);
    let eq_vas = values[at::EQ_VAS] + 32.0 * gain + 10.0 * rng.normal();
    [
        pains[0],
        pains[1],
        even(odi.clamp(0.0, 100.0)),
        thousandth((eq5d + 0.08 * rng.normal()).clamp(-0.525, 1.0)),
        eq_vas.clamp(0.0, 100.0).round(),
    ]
}

/// Moves both pains together so that the worst is at most half of the worst at baseline exactly
/// where the patient responds.
fn hold_response(pains: &mut [f64; 2], baseline: [f64; 2], responds: bool) {
    let half = (baseline[0].max(baseline[1]) / 2.0).floor();
    let worst = pains[0].max(pains[1]);
    let held = if responds {
        worst.min(half)
    } else {
        worst.max(half + 1.0)
    };
    if worst > 0.0 {
        for pain in pains.iter_mut() {
            *pain = (*pain * held / worst).round();
        }
    } else {
        pains[usize::from(baseline[1] > baseline[0])] = held;
    }
}

/// Log-odds shift of a share by `tilt`.
pub(super) fn tilted(share: f64, tilt: f64) -> f64 {
    risk_from_linear_predictor((share / (1.0 - share)).ln() + tilt)
}
