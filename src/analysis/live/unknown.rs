//! How far the chance of someone new moves with what is not known, where the model itself fills gaps with one value.

use crate::analysis::live::{Live, Values};
use crate::base::num::sd;
use crate::design::Predictor;
use crate::recipe::Person;

/// Patients whose values stand in for those that are not known.
const N_DONORS: usize = 60;

impl Live {
    /// Standard deviation of the log-odds over what is not known: the gaps are filled with the values of one patient after
    /// another, evenly spread over the cohort. 0 where nothing is missing, and where the recipe imputes several times, which
    /// says it already. Without this a person of whom little is known would have the narrow spread of the usual patient.
    /// Donors are not matched on what is known, so that it is rather too wide.
    pub(super) fn unknown_spread(&self, values: &Values) -> f64 {
        let current = values.current();
        let has_gaps = current.iter().any(|value| value.is_nan());
        if !has_gaps || self.whole.fitted.imputation.is_some() {
            return 0.0;
        }
        let n = self.sample.n_rows();
        let step = n.div_ceil(N_DONORS).max(1);
        let log_odds: Vec<f64> = (0..n)
            .step_by(step)
            .map(|donor| self.with_donor(&current, donor))
            .collect();
        sd(&log_odds).unwrap_or(0.0)
    }

    /// Log-odds with the gaps filled from a patient; what that one lacks too is taken from the next who has it.
    fn with_donor(&self, current: &[f64], donor: usize) -> f64 {
        let n = self.sample.n_rows();
        let from = |predictor: &Predictor| {
            let mut turns = (0..n).map(|turn| predictor.values[(donor + turn) % n]);
            turns.find(|value| !value.is_nan()).unwrap_or(f64::NAN)
        };
        let pairs = current.iter().zip(&self.sample.predictors);
        let filled = pairs.map(|(value, predictor)| {
            if value.is_nan() {
                from(predictor)
            } else {
                *value
            }
        });
        let filled: Vec<f64> = filled.collect();
        let person = Person {
            values: &filled,
            recorded: &filled,
        };
        let fitted = &self.whole.fitted;
        fitted
            .predict_rows(&fitted.rows_of(person))
            .linear_predictors[0]
    }
}
