//! Rows as design matrices, gaps filled: learnt on training rows, applied to any.

use crate::base::issue::Failure;
use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::design::{DesignMap, Sample};
use crate::impute::{Imputer, Shift, Stored};
use crate::recipe::MissingPlan;

/// How rows become matrices.
pub(super) struct Coder {
    pub(super) missing: MissingPlan,
    /// Shift of a sensitivity analysis; `None` otherwise.
    pub(super) shift: Option<Shift>,
}

/// Training rows as a learner sees them, and what was learnt on the way.
pub(super) struct Coded {
    pub(super) map: DesignMap,
    /// What completes a patient; `None` where gaps are filled with the median or mode.
    pub(super) imputation: Option<Stored>,
    /// One matrix, or one an imputation.
    pub(super) train: Vec<Matrix>,
}

impl Coder {
    /// Learns from these rows of the sample (repeats allowed), those of the design, and sees no other.
    pub(super) fn learn(
        &self,
        map: DesignMap,
        sample: &Sample,
        rows: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Coded, Failure> {
        let (train, imputation) = match self.missing {
            MissingPlan::Single => (vec![map.matrix(sample, rows)], None),
            MissingPlan::Multiple(params) => {
                let imputer = Imputer {
                    params,
                    shift: self.shift,
                };
                let imputed = imputer.learn(sample, rows, stream.named("imputation"), task)?;
                let all: Vec<usize> = (0..rows.len()).collect();
                let completed = imputed.completed.iter();
                let train = completed.map(|one| map.matrix(one, &all)).collect();
                (train, Some(imputed.stored))
            }
        };
        Ok(Coded {
            map,
            imputation,
            train,
        })
    }
}

/// Design matrices of rows of a sample: one, or one an imputation where some row has a gap. Outcomes play no part.
pub(super) fn matrices(
    map: &DesignMap,
    imputation: Option<&Stored>,
    sample: &Sample,
    rows: &[usize],
) -> Vec<Matrix> {
    let Some(stored) = imputation else {
        return vec![map.matrix(sample, rows)];
    };
    let all: Vec<usize> = (0..rows.len()).collect();
    let completed = stored.complete(sample, rows);
    completed.iter().map(|one| map.matrix(one, &all)).collect()
}
