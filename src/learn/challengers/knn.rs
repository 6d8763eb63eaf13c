//! k nearest neighbours by Euclidean distance over standardised columns.

use smartcore::algorithm::neighbour::linear_search::LinearKNNSearch;
use smartcore::metrics::distance::euclidian::Euclidian;

use super::refused;
use crate::base::issue::Failure;
use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::learn::folds::stratified_folds;

/// Numbers of neighbours that are tried.
const CANDIDATES: [usize; 6] = [5, 10, 20, 30, 40, 60];
/// Inner folds by which one of them is chosen.
const N_FOLDS: usize = 5;

/// The training rows.
#[derive(Debug)]
pub(super) struct Neighbours {
    search: LinearKNNSearch<Vec<f64>, Euclidian<f64>>,
    y: Vec<bool>,
    /// Neighbours that are asked.
    k: usize,
    /// Share of events in the training rows.
    rate: f64,
}

impl Neighbours {
    /// `k` is the candidate with the smallest Brier score on inner folds; of equals the larger. With fewer rows than the
    /// smallest candidate all are asked.
    pub(super) fn fit(
        x: &Matrix,
        y: &[bool],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let mut losses = [0.0; CANDIDATES.len()];
        let mut n_most = y.len();
        for (train, test) in stratified_folds(y, N_FOLDS, stream.named("neighbours")) {
            let y_train: Vec<bool> = train.iter().map(|&row| y[row]).collect();
            n_most = n_most.min(train.len());
            let inner = Self::new(&x.rows(&train), &y_train, train.len())?;
            for row in test {
                task.check()?;
                let nearest = inner.nearest(&x.row(row), CANDIDATES[CANDIDATES.len() - 1])?;
                let event = f64::from(u8::from(y[row]));
                for (loss, &k) in losses.iter_mut().zip(&CANDIDATES) {
                    *loss += (inner.share(&nearest, k) - event).powi(2);
                }
            }
        }
        let possible = (0..CANDIDATES.len()).filter(|&at| CANDIDATES[at] <= n_most);
        let best = possible
            .rev()
            .min_by(|&a, &b| losses[a].total_cmp(&losses[b]));
        Self::new(x, y, best.map_or(y.len(), |at| CANDIDATES[at]))
    }

    fn new(x: &Matrix, y: &[bool], k: usize) -> Result<Self, Failure> {
        let rows = (0..x.n_rows).map(|row| x.row(row)).collect();
        let n_events = y.iter().filter(|&&event| event).count();
        Ok(Self {
            search: LinearKNNSearch::new(rows, Euclidian::new())
                .map_err(|failed| refused(&failed))?,
            y: y.to_vec(),
            k,
            rate: n_events as f64 / y.len().max(1) as f64,
        })
    }

    /// Places of the nearest training rows, nearest first, at most `k`; of equally far ones those that smartcore keeps.
    fn nearest(&self, row: &Vec<f64>, k: usize) -> Result<Vec<usize>, Failure> {
        let found = self.search.find(row, k.min(self.y.len()));
        let mut found = found.map_err(|failed| refused(&failed))?;
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Ok(found.into_iter().map(|(place, _, _)| place).collect())
    }

    /// Share of events among the first `k`, one more neighbour imagined who is as likely an event as anyone (the
    /// m-estimate of Cestnik 1990 with m = 1): no patient is certain.
    fn share(&self, nearest: &[usize], k: usize) -> f64 {
        let asked = &nearest[..k.min(nearest.len())];
        let n_events = asked.iter().filter(|&&place| self.y[place]).count();
        (n_events as f64 + self.rate) / (asked.len() as f64 + 1.0)
    }

    /// Neighbours that are asked.
    #[cfg(test)]
    pub(super) fn asked(&self) -> usize {
        self.k
    }

    pub(super) fn risks(&self, x: &Matrix) -> Result<Vec<f64>, Failure> {
        (0..x.n_rows)
            .map(|row| Ok(self.share(&self.nearest(&x.row(row), self.k)?, self.k)))
            .collect()
    }
}
