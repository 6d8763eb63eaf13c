//! Rules in a few conditions: "ODI at least 42 and current smoker".

use serde::{Deserialize, Serialize};

use crate::stratify::Feature;

/// A range of one feature: at least the first value, below the second.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Position of the feature.
    pub feature: usize,
    /// Lowest value that is in; `None`: no limit.
    pub at_least: Option<f64>,
    /// Lowest value that is not in any more; `None`: no limit.
    pub below: Option<f64>,
}

/// Conditions that all have to hold; none holds for everyone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rule(pub Vec<Condition>);

impl Condition {
    /// Whether a patient is in the range.
    #[inline]
    pub(super) fn holds(&self, features: &[Feature], patient: usize) -> bool {
        let value = features[self.feature].values[patient];
        self.at_least.is_none_or(|low| value >= low) && self.below.is_none_or(|high| value < high)
    }
}

impl Rule {
    /// Whether all conditions hold for a patient.
    pub(super) fn holds(&self, features: &[Feature], patient: usize) -> bool {
        self.0.iter().all(|one| one.holds(features, patient))
    }

    /// The same rule with one limit more; a tighter limit replaces a looser one.
    #[must_use]
    pub(super) fn and(&self, new: Condition) -> Self {
        let mut rule = self.clone();
        match rule.0.iter_mut().find(|one| one.feature == new.feature) {
            Some(one) => {
                one.at_least = new.at_least.or(one.at_least);
                one.below = new.below.or(one.below);
            }
            None => rule.0.push(new),
        }
        rule
    }
}

/// Patients and responders, each patient counted by weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    /// Patients.
    pub(super) n: f64,
    /// Responders among them.
    pub(super) events: f64,
}

impl Count {
    /// Counts these patients.
    pub(super) fn of(patients: impl Iterator<Item = usize>, y: &[bool], weights: &[f64]) -> Self {
        patients.fold(Self::default(), |sum, at| sum.plus(weights[at], y[at]))
    }

    #[inline]
    pub(super) fn plus(self, weight: f64, event: bool) -> Self {
        Self {
            n: self.n + weight,
            events: self.events + if event { weight } else { 0.0 },
        }
    }

    #[inline]
    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            n: self.n - other.n,
            events: self.events - other.events,
        }
    }

    /// Share of responders; 0 for nobody.
    #[inline]
    pub(super) fn rate(self) -> f64 {
        if self.n > 0.0 {
            self.events / self.n
        } else {
            0.0
        }
    }

    /// Deviance of one rate for all of them: -2 log-likelihood.
    pub(super) fn deviance(self) -> f64 {
        let term = |part: f64| {
            if part > 0.0 {
                part * (part / self.n).ln()
            } else {
                0.0
            }
        };
        -2.0 * (term(self.events) + term(self.n - self.events))
    }

    /// Correlation (phi) of being among these with responding, among all; 0 where either is the same of everyone.
    pub(super) fn phi(self, all: Self) -> f64 {
        let rest = all.minus(self);
        let scale = all.n * all.n * all.rate() * (1.0 - all.rate());
        if self.n <= 0.0 || rest.n <= 0.0 || scale <= 0.0 {
            return 0.0;
        }
        (self.rate() - rest.rate()) * (self.n * rest.n / scale).sqrt()
    }
}
