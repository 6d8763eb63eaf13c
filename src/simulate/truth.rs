//! The true model: the chance of response is logistic in known terms, and nothing else.
//!
//! `log-odds = INTERCEPT + sum of effect x contrast + intercept of the centre`, for the default
//! outcome as `outcome` decides it before the trial: worst pain at 12 months at most half of the
//! baseline, where a failed trial and an explant before the visit are no response. So the whole
//! event has this chance, exactly; the trial is drawn given the response (see [`Chance`]).
//!
//! The effects are those of the literature review (signs published, sizes not verified) times
//! [`TUNING`], which brings the AUC of the true chance into 0.70 to 0.74, where honest
//! baseline-only models of this field end up.

use crate::base::num::risk_from_linear_predictor;
use crate::base::seed::Stream;
use crate::simulate::measure::{Values, at, has, level};

/// Factor on every published effect.
const TUNING: f64 = 1.1;

/// Log-odds of a patient with every contrast 0 in an average centre: chosen so that 37.5 % of all
/// respond, that is 47 % of the implanted.
const INTERCEPT: f64 = -0.28;

/// Log-odds of a successful trial for a patient of 54 years without response and sensory deficit, at even odds of
/// response: chosen so that 80 % of all trials succeed.
const TRIAL_INTERCEPT: f64 = 1.27;

/// Standard deviation of the intercepts of the centres.
const CENTRE_SD: f64 = 0.35;

/// From so many centres on each has its own intercept.
const LEAST_CENTRES: usize = 4;

/// One term of the true model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What enters.
    pub name: &'static str,
    /// Log-odds a unit of the contrast.
    pub effect: f64,
    /// The contrast in words.
    pub per: &'static str,
}

const fn term(name: &'static str, published: f64, per: &'static str) -> Term {
    Term {
        name,
        effect: TUNING * published,
        per,
    }
}

/// The terms, in the order of [`contrasts`].
#[rustfmt::skip]
const TERMS: [Term; 16] = [
    term("pain duration", -0.35, "(ln years - ln 5.5) / 1.147, one interquartile range"),
    term("leg-dominant pain", 0.35, "pain_location = leg"),
    term("back-dominant pain", -0.30, "pain_location = back"),
    term("worst baseline pain", 0.10, "(larger of vas_back and vas_leg - 80) / 20 mm"),
    term("ODI", -0.25, "(odi - 49) / 19"),
    term("HADS anxiety", -0.25, "(hads_a - 9.4) / 5.7"),
    term("HADS depression", -0.30, "(hads_d - 8.1) / 5.5"),
    term("catastrophizing", -0.10, "(pcs - 24) / 16"),
    term("current smoker", -0.45, "smoker = yes"),
    term("tertiary education", 0.35, "education = tertiary"),
    term("inactive with a claim", -0.35, "work_status = inactive and claim = yes"),
    term("gabapentinoid", -0.30, "gabapentinoid = yes"),
    term("high opioid dose", -0.40, "mme > 90"),
    term("age", -0.10, "(age - 54) / 15.5"),
    term("neuropathic pain", 0.30, "pain_detect >= 19"),
    term("pain surface (inverted U)", -0.25, "((ln pain_surface - ln 180) / 1.245) squared"),
];

/// The terms of the true model; every other measure has no effect.
pub fn terms() -> (f64, &'static [Term]) {
    (INTERCEPT, &TERMS)
}

fn contrasts(values: &Values) -> [f64; TERMS.len()] {
    let is = |index: usize, level: f64| f64::from(u8::from(has(values, index, level)));
    let worst_pain = values[at::BACK].max(values[at::LEG]);
    let surface = (values[at::SURFACE] / 180.0).ln() / 1.245;
    [
        (values[at::DURATION] / 5.5).ln() / 1.147,
        is(at::LOCATION, level::LEG),
        is(at::LOCATION, level::BACK),
        (worst_pain - 80.0) / 20.0,
        (values[at::ODI] - 49.0) / 19.0,
        (values[at::HADS_A] - 9.4) / 5.7,
        (values[at::HADS_D] - 8.1) / 5.5,
        (values[at::PCS] - 24.0) / 16.0,
        is(at::SMOKER, level::YES),
        is(at::EDUCATION, level::TERTIARY),
        is(at::WORK, level::INACTIVE) * is(at::CLAIM, level::YES),
        is(at::GABAPENTINOID, level::YES),
        f64::from(u8::from(values[at::MME] > 90.0)),
        (values[at::AGE] - 54.0) / 15.5,
        f64::from(u8::from(values[at::PAIN_DETECT] >= 19.0)),
        surface * surface,
    ]
}

/// What is true of one patient.
#[derive(Clone, Copy)]
pub(super) struct Chance {
    /// Log-odds of the whole event.
    pub(super) log_odds: f64,
    /// Chance of the whole event, before the trial.
    pub(super) response: f64,
    /// Chance that the trial succeeds although the patient will not respond.
    pub(super) trial_without_response: f64,
}

impl Chance {
    /// Of a patient with nothing missing.
    pub(super) fn of(values: &Values, centre_intercept: f64) -> Self {
        let sum: f64 = TERMS
            .iter()
            .zip(contrasts(values))
            .map(|(term, contrast)| term.effect * contrast)
            .sum();
        let log_odds = INTERCEPT + sum + centre_intercept;
        // The trial shares the predictors in part, and has one of its own (sensory deficit).
        // A responder's trial succeeds always, so that a failed trial is never a response.
        let trial = TRIAL_INTERCEPT + 0.45 * log_odds
            - 0.70 * values[at::SENSORY]
            - 0.15 * (values[at::AGE] - 54.0) / 15.5;
        Self {
            log_odds,
            response: risk_from_linear_predictor(log_odds),
            trial_without_response: risk_from_linear_predictor(trial),
        }
    }

    /// Chance that the trial succeeds.
    pub(super) fn trial(self) -> f64 {
        self.response + (1.0 - self.response) * self.trial_without_response
    }

    /// Chance of response once the trial has succeeded (Bayes).
    pub(super) fn response_after_trial(self) -> f64 {
        self.response / self.trial()
    }
}

/// The centres: how many patients each has, and its intercept.
pub(super) struct Centres {
    cumulative: Vec<f64>,
    intercepts: Vec<f64>,
}

impl Centres {
    /// Centre sizes fall as 1, 5/6, 5/7, … of the first. The intercepts are one fixed draw for each number of centres, with
    /// mean 0 and standard deviation (divisor n - 1) exactly 0.35: the same truth for a cohort and for the new patients that judge it.
    pub(super) fn new(n_centres: usize) -> Self {
        let n_centres = n_centres.max(1);
        let weights: Vec<f64> = (0..n_centres).map(|i| 1.0 / (i + 5) as f64).collect();
        let total: f64 = weights.iter().sum();
        let mut sum = 0.0;
        let cumulative = weights
            .iter()
            .map(|weight| {
                sum += weight / total;
                sum
            })
            .collect();
        let intercepts = if n_centres < LEAST_CENTRES {
            vec![0.0; n_centres]
        } else {
            let mut rng = Stream::new(0).named("centres").at(n_centres).rng();
            let draws: Vec<f64> = (0..n_centres).map(|_| rng.normal()).collect();
            let mean = draws.iter().sum::<f64>() / n_centres as f64;
            let squares: f64 = draws.iter().map(|x| (x - mean).powi(2)).sum();
            let sd = (squares / (n_centres - 1) as f64).sqrt();
            let scaled = draws.iter().map(|x| CENTRE_SD * (x - mean) / sd);
            scaled.collect()
        };
        Self {
            cumulative,
            intercepts,
        }
    }

    /// The centre at this share of all patients, and its intercept.
    pub(super) fn at(&self, share: f64) -> (usize, f64) {
        let last = self.intercepts.len() - 1;
        let centre = self
            .cumulative
            .partition_point(|&cut| cut <= share)
            .min(last);
        (centre, self.intercepts[centre])
    }

    /// The intercepts, for the documentation.
    #[cfg(test)]
    pub(super) fn intercepts(&self) -> &[f64] {
        &self.intercepts
    }
}
