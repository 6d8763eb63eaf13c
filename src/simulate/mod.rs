//! Synthetic cohorts from published marginals with a known truth. Never for clinical use.
//!
//! A patient's baseline comes from a Gaussian copula ([`copula`], [`baseline`]); the chance of the
//! default outcome (worst pain at least halved at 12 months, a failed trial or an explant being
//! no response, seen from before the trial) is a logistic model that is known exactly
//! ([`truth`]); trial, explants, visits and their scores ([`course`]) are drawn so that
//! [`crate::outcome::decide`] finds exactly the response that was drawn from that chance. Missing values, loss
//! to follow-up and dirt come last ([`gaps`]) and from their own random streams: the same seed
//! without them gives the same patients with nothing missing.
//!
//! This room reads and writes no file; [`sample`] returns bytes.

mod baseline;
mod codebook;
mod columns;
mod copula;
mod course;
mod gaps;
mod measure;
mod sample;
mod truth;

pub use course::{Patient, VISIT_MONTHS, Visit};
pub use measure::N_MEASURES;
pub use sample::{SAMPLES, SampleFile, data_dictionary, sample, simulated};
pub use truth::{Term, terms};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::seed::Stream;
use crate::cohort::Cohort;

/// What is to be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Rows, duplicates included.
    pub n: usize,
    /// Centres; from four on each has its own intercept (SD 0.35), the same in every simulation
    /// with as many centres.
    pub n_centres: usize,
    /// Whether baseline values are missing (5 to 25 %, more often in older and inactive patients).
    pub missing: bool,
    /// Whether implanted patients are lost (15 % by 6, 30 % by 12 months, more often the distressed).
    pub loss: bool,
    /// Whether about 1 % of the rows are duplicates and about 2 % of the pain scores in cm instead of mm.
    pub dirt: bool,
}

impl Scenario {
    /// Five centres, every value and every outcome known: new patients to judge a model on.
    pub fn complete(n: usize) -> Self {
        Self {
            n,
            n_centres: 5,
            missing: false,
            loss: false,
            dirt: false,
        }
    }

    /// Five centres with missing values and patients lost, but clean: what a well-kept cohort gives.
    pub fn clinical(n: usize) -> Self {
        Self {
            missing: true,
            loss: true,
            ..Self::complete(n)
        }
    }

    /// As `clinical`, with duplicates and scores in cm among mm.
    pub fn raw(n: usize) -> Self {
        Self {
            dirt: true,
            ..Self::clinical(n)
        }
    }

    /// The same with another number of centres.
    #[must_use]
    pub fn in_centres(self, n_centres: usize) -> Self {
        Self { n_centres, ..self }
    }
}

/// Simulated patients and what is true of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The patients; a duplicate follows at the end with the number of its original.
    pub patients: Vec<Patient>,
    /// Whether each patient responds, known even of those who are lost.
    pub response: Vec<bool>,
    /// True chance of the default outcome before the trial, one a patient, given every baseline
    /// value (also those that are missing) and the centre.
    pub true_risk: Vec<f64>,
    /// True chance of the same outcome for a patient whose trial has succeeded, given the baseline
    /// and not the size of the trial's relief.
    pub true_risk_after_trial: Vec<f64>,
}

/// Simulates a cohort. Runs on the rayon pool of the caller; patient `i` depends on stream and `i` only.
pub fn simulate(scenario: &Scenario, stream: Stream) -> Simulated {
    let n_twice = if scenario.dirt {
        (scenario.n / 100).max(1).min(scenario.n / 2)
    } else {
        0
    };
    let centres = truth::Centres::new(scenario.n_centres);
    let mut drawn: Vec<course::Drawn> = (0..scenario.n - n_twice)
        .into_par_iter()
        .map(|number| {
            let person = stream.named("patient").at(number);
            let mut drawn = course::draw(number, &centres, person);
            gaps::open(&mut drawn.patient, scenario, person);
            drawn
        })
        .collect();
    let mut rng = stream.named("duplicates").rng();
    for _ in 0..n_twice {
        let original = drawn[rng.below(scenario.n - n_twice)].clone();
        drawn.push(original);
    }
    Simulated {
        response: drawn.iter().map(|drawn| drawn.responds).collect(),
        true_risk: drawn.iter().map(|drawn| drawn.risk).collect(),
        true_risk_after_trial: drawn.iter().map(|drawn| drawn.risk_after_trial).collect(),
        patients: drawn.into_iter().map(|drawn| drawn.patient).collect(),
    }
}

impl Simulated {
    /// The cohort as import and dictionary would leave it: one row a patient, kinds, meanings, timings, ranges.
    pub fn cohort(&self) -> Cohort {
        columns::cohort(&self.patients)
    }
}

#[cfg(test)]
mod tests;
