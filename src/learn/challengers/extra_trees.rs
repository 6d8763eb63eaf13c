//! Extremely randomised trees (Geurts 2006): every tree sees every row, cuts are drawn at random.
//!
//! Regression trees on 0 and 1, whose leaves hold shares of events, as in our forest; with as many trees and as large leaves
//! as its default, and the square root of the columns tried at a cut.

use smartcore::ensemble::extra_trees_regressor::{
    ExtraTreesRegressor, ExtraTreesRegressorParameters,
};

use super::{Dense, dense, refused, seed};
use crate::base::issue::Failure;
use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;

const N_TREES: usize = 500;
/// Trees grown between two looks at whether the user stops it.
const TREES_A_LOOK: usize = 20;
/// Fewest rows that are cut again.
const LEAST_CUT: usize = 11;

/// Forests of some trees each, which count the same.
#[derive(Debug)]
pub(super) struct ExtraTrees(Vec<ExtraTreesRegressor<f64, f64, Dense, Vec<f64>>>);

impl ExtraTrees {
    pub(super) fn fit(
        x: &Matrix,
        y: &[bool],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let x = dense(x)?;
        let label: Vec<f64> = y.iter().map(|&event| f64::from(u8::from(event))).collect();
        let part = |at: usize| {
            task.check()?;
            let parameters = ExtraTreesRegressorParameters::default()
                .with_n_trees(TREES_A_LOOK)
                .with_min_samples_split(LEAST_CUT)
                .with_seed(seed(stream.at(at)));
            ExtraTreesRegressor::fit(&x, &label, parameters).map_err(|failed| refused(&failed))
        };
        let parts: Result<_, Failure> = (0..N_TREES / TREES_A_LOOK).map(part).collect();
        Ok(Self(parts?))
    }

    pub(super) fn risks(&self, x: &Matrix) -> Result<Vec<f64>, Failure> {
        let dense = dense(x)?;
        let mut risks = vec![0.0; x.n_rows];
        for part in &self.0 {
            let of_part = part.predict(&dense).map_err(|failed| refused(&failed))?;
            for (risk, value) in risks.iter_mut().zip(of_part) {
                *risk += value / self.0.len() as f64;
            }
        }
        Ok(risks.into_iter().map(|risk| risk.clamp(0.0, 1.0)).collect())
    }
}
