//! A support vector machine with a Gaussian kernel, its scores turned into risks by Platt scaling.
//!
//! Cost 1 and `gamma` one over the number of (standardised) columns, the defaults of libsvm and scikit-learn.

use smartcore::error::Failed;
use smartcore::svm::Kernel;
use smartcore::svm::svc::{SVC, SVCParameters};

use super::platt::Sigmoid;
use super::{Dense, dense, refused, seed};
use crate::base::issue::Failure;
use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::learn::folds::stratified_folds;

/// Inner folds whose scores the sigmoid is fitted to.
const N_FOLDS: usize = 5;
/// Passes of smartcore's optimiser (LASVM; Bordes 2005) over the rows. After four the optimality conditions held within the
/// tolerance in trials with 60 to 900 rows of 3 and 30 columns; after two they missed it by up to 0.1.
const N_PASSES: usize = 4;
/// Largest violation of the optimality conditions.
const TOLERANCE: f64 = 1e-3;
/// Cost of a row on the wrong side.
const COST: f64 = 1.0;

/// A machine and its sigmoid.
#[derive(Debug)]
pub(super) struct SupportVectors {
    machine: Machine,
    sigmoid: Sigmoid,
}

impl SupportVectors {
    pub(super) fn fit(
        x: &Matrix,
        y: &[bool],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let (mut scores, mut label) = (Vec::new(), Vec::new());
        let folds = stratified_folds(y, N_FOLDS, stream.named("platt"));
        for (at, (train, test)) in folds.into_iter().enumerate() {
            task.check()?;
            let y_train: Vec<bool> = train.iter().map(|&row| y[row]).collect();
            let is_one_class = y_train.iter().all(|&event| event == y_train[0]);
            // A class of one patient: the fold that holds it tells nothing.
            if is_one_class {
                continue;
            }
            let machine = Machine::fit(&x.rows(&train), &y_train, stream.named("folds").at(at))?;
            scores.extend(machine.scores(&x.rows(&test)));
            label.extend(test.iter().map(|&row| y[row]));
        }
        task.check()?;
        Ok(Self {
            machine: Machine::fit(x, y, stream.named("fit"))?,
            sigmoid: Sigmoid::fit(&scores, &label),
        })
    }

    pub(super) fn risks(&self, x: &Matrix) -> Vec<f64> {
        let scores = self.machine.scores(x);
        scores
            .into_iter()
            .map(|score| self.sigmoid.risk(score))
            .collect()
    }
}

/// The decision function: `bias + sum of weight * kernel(support vector, row)`.
#[derive(Debug)]
struct Machine {
    vectors: Vec<Vec<f64>>,
    weights: Vec<f64>,
    bias: f64,
    gamma: f64,
}

impl Machine {
    fn fit(x: &Matrix, y: &[bool], stream: Stream) -> Result<Self, Failure> {
        let rows: Vec<Vec<f64>> = (0..x.n_rows).map(|row| x.row(row)).collect();
        let gamma = 1.0 / x.k_cols.max(1) as f64;
        let places: Vec<f64> = (0..x.n_rows).map(|row| row as f64).collect();
        let places = dense(&Matrix::from_columns(x.n_rows, &[places]))?;
        let label: Vec<i32> = y.iter().map(|&event| if event { 1 } else { -1 }).collect();
        let parameters: SVCParameters<f64, i32, Dense, Vec<i32>> = SVCParameters::default()
            .with_c(COST)
            .with_epoch(N_PASSES)
            .with_tol(TOLERANCE)
            .with_kernel(Places::new(&rows, gamma))
            .with_seed(Some(seed(stream)));
        let fit = SVC::fit(&places, &label, &parameters).map_err(|failed| refused(&failed))?;
        let probes = Places::probes(x.n_rows)?;
        let mut weights = fit
            .decision_function(&probes)
            .map_err(|failed| refused(&failed))?;
        let bias = weights.pop().unwrap_or(0.0);
        weights.iter_mut().for_each(|weight| *weight -= bias);
        Ok(Self {
            vectors: rows,
            weights,
            bias,
            gamma,
        })
    }

    fn scores(&self, x: &Matrix) -> Vec<f64> {
        let score = |row: usize| {
            let row = x.row(row);
            let terms = self.vectors.iter().zip(&self.weights);
            let sum: f64 = terms
                .filter(|(_, weight)| **weight != 0.0)
                .map(|(vector, weight)| weight * gaussian(vector, &row, self.gamma))
                .sum();
            self.bias + sum
        };
        (0..x.n_rows).map(score).collect()
    }
}

fn gaussian(a: &[f64], b: &[f64], gamma: f64) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
    (-gamma * square).exp()
}

/// The Gaussian kernel over the places of training rows.
///
/// smartcore is given places instead of rows for three reasons: it asks for the kernel of the same two rows at every step,
/// it cuts a row to as many columns as there are rows, and it shows no weights. A place is a row `[i]`; a probe is a
/// row `[i, 1]`, whose kernel is 1 with place i and 0 elsewhere, so that the decision function of probes gives the weights.
#[derive(Debug)]
struct Places {
    n: usize,
    values: Vec<f64>,
}

impl Places {
    fn new(rows: &[Vec<f64>], gamma: f64) -> Self {
        let pairs = rows.iter().flat_map(|a| rows.iter().map(move |b| (a, b)));
        Self {
            n: rows.len(),
            values: pairs.map(|(a, b)| gaussian(a, b, gamma)).collect(),
        }
    }

    /// A probe for each place, and one more that is at none: it gives the bias.
    fn probes(n: usize) -> Result<Dense, Failure> {
        let places = (0..=n).map(|place| place as f64).collect();
        dense(&Matrix::from_columns(n + 1, &[places, vec![1.0; n + 1]]))
    }
}

impl Kernel for Places {
    fn apply(&self, a: &Vec<f64>, b: &Vec<f64>) -> Result<f64, Failed> {
        let place = |row: &[f64]| row.first().map_or(0, |place| *place as usize);
        let (i, j) = (place(a), place(b));
        if a.len() == b.len() {
            Ok(self.values.get(i * self.n + j).copied().unwrap_or(0.0))
        } else {
            Ok(f64::from(u8::from(i == j)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patients(n: usize, seed: u64) -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(seed).rng();
        let columns: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..n).map(|_| rng.normal()).collect())
            .collect();
        let y = columns[0].iter().map(|v| rng.normal() < *v).collect();
        (Matrix::from_columns(n, &columns), y)
    }

    #[test]
    fn the_machine_solves_the_dual_problem() {
        for n in [60, 250] {
            let (x, y) = patients(n, 1);
            assert_optimal(&x, &y);
        }
    }

    fn assert_optimal(x: &Matrix, y: &[bool]) {
        let machine = Machine::fit(x, y, Stream::new(1)).expect("a fit");
        let scores = machine.scores(x);
        assert!(machine.weights.iter().sum::<f64>().abs() < 1e-9);
        for ((weight, score), &event) in machine.weights.iter().zip(&scores).zip(y) {
            let sign = if event { 1.0 } else { -1.0 };
            let (alpha, margin) = (sign * weight, sign * score);
            assert!((-1e-9..=COST + 1e-9).contains(&alpha), "alpha {alpha}");
            // Karush, Kuhn and Tucker: beyond the margin nothing, on it anything, within it the cost.
            let is_kept = if alpha < 1e-9 {
                margin > 1.0 - 2.0 * TOLERANCE
            } else if alpha > COST - 1e-9 {
                margin < 1.0 + 2.0 * TOLERANCE
            } else {
                (margin - 1.0).abs() < 2.0 * TOLERANCE
            };
            assert!(is_kept, "alpha {alpha}, margin {margin}");
        }
    }

    #[test]
    fn a_plain_problem_is_separated() {
        let centre = |row: usize| if row.is_multiple_of(2) { 2.0 } else { -2.0 };
        let (noise, _) = patients(40, 2);
        let columns: Vec<Vec<f64>> = (0..2)
            .map(|j| {
                (0..40)
                    .map(|row| centre(row) + 0.5 * noise.get(row, j))
                    .collect()
            })
            .collect();
        let x = Matrix::from_columns(40, &columns);
        let y: Vec<bool> = (0..40).map(|row| row % 2 == 0).collect();
        let task = TaskHandle::unattended();
        let fit = SupportVectors::fit(&x, &y, Stream::new(1), &task).expect("a fit");
        for (risk, event) in fit.risks(&x).into_iter().zip(y) {
            assert_eq!(risk > 0.5, event);
            assert!((risk - 0.5).abs() > 0.4, "{risk}");
        }
    }
}
