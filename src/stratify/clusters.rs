//! k-means: patients by the nearest of k centres.
//!
//! Our own rather than smartcore's, which is the check of it in the tests: a resample begins at the centres of all
//! patients and patients have weights, and of several beginnings the best is kept; smartcore's hides what it would be
//! chosen by.

use crate::base::seed::Rng;
use crate::stratify::patients::Points;

/// Rounds after which a beginning is given up; a few tens are usual.
const MAX_ROUNDS: usize = 100;

/// Centres of clusters, cluster after cluster.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Centres {
    k: usize,
    at: Vec<f64>,
}

impl Centres {
    /// Number of clusters.
    pub(super) fn k(&self) -> usize {
        self.k
    }

    /// The best of `n_starts` random beginnings (k-means++; Arthur and Vassilvitskii 2007) and one at `start`, by the sum of
    /// squared distances. A patient counts by weight, one of weight 0 is not seen. `k` is at least 1.
    pub(super) fn fit(
        points: &Points,
        weights: &[f64],
        k: usize,
        (start, n_starts): (Option<&Self>, usize),
        rng: &mut Rng,
    ) -> Self {
        let mut best: Option<(f64, Self)> = None;
        for turn in 0..n_starts + usize::from(start.is_some()) {
            let mut centres = match start {
                Some(start) if turn == 0 => start.clone(),
                _ => Self::spread(points, weights, k, rng),
            };
            let spread = centres.settle(points, weights);
            if best.as_ref().is_none_or(|(least, _)| spread < *least) {
                best = Some((spread, centres));
            }
        }
        best.map_or_else(
            || Self {
                k: 1,
                at: vec![0.0; points.d],
            },
            |(_, centres)| centres,
        )
    }

    /// Beginnings far from each other, each a patient, drawn by squared distance to the nearest one that is there.
    fn spread(points: &Points, weights: &[f64], k: usize, rng: &mut Rng) -> Self {
        let mut centres = Self {
            k: 0,
            at: Vec::with_capacity(k * points.d),
        };
        while centres.k < k {
            let pull = |at: usize| match centres.k {
                0 => weights[at],
                _ => weights[at] * centres.nearest(points.at(at)).1,
            };
            let pulls: Vec<f64> = (0..points.n).map(pull).collect();
            let mut left = rng.uniform() * pulls.iter().sum::<f64>();
            let reached = pulls.iter().position(|pull| {
                left -= pull;
                left < 0.0
            });
            centres.at.extend(points.at(reached.unwrap_or(0)));
            centres.k += 1;
        }
        centres
    }

    /// Lloyd's algorithm (1982); the sum of squared distances that is left. A centre that loses all patients stays.
    fn settle(&mut self, points: &Points, weights: &[f64]) -> f64 {
        let mut cluster = vec![usize::MAX; points.n];
        for _ in 0..MAX_ROUNDS {
            let mut has_moved = false;
            for at in (0..points.n).filter(|&at| weights[at] > 0.0) {
                let (nearest, _) = self.nearest(points.at(at));
                has_moved |= nearest != cluster[at];
                cluster[at] = nearest;
            }
            if !has_moved {
                break;
            }
            self.recentre(points, weights, &cluster);
        }
        let seen = (0..points.n).filter(|&at| weights[at] > 0.0);
        seen.map(|at| weights[at] * self.nearest(points.at(at)).1)
            .sum()
    }

    fn recentre(&mut self, points: &Points, weights: &[f64], cluster: &[usize]) {
        let d = points.d;
        let (mut sums, mut n) = (vec![0.0; self.k * d], vec![0.0; self.k]);
        for at in (0..points.n).filter(|&at| weights[at] > 0.0) {
            let own = cluster[at];
            n[own] += weights[at];
            let sum = &mut sums[own * d..(own + 1) * d];
            for (sum, x) in sum.iter_mut().zip(points.at(at)) {
                *sum += weights[at] * x;
            }
        }
        for own in (0..self.k).filter(|&own| n[own] > 0.0) {
            let place = own * d..(own + 1) * d;
            for (at, sum) in self.at[place.clone()].iter_mut().zip(&sums[place]) {
                *at = sum / n[own];
            }
        }
    }

    /// The nearest centre, of equals the first, and the squared distance to it.
    #[inline]
    fn nearest(&self, x: &[f64]) -> (usize, f64) {
        let mut best = (0, f64::INFINITY);
        for (own, centre) in self.at.chunks_exact(x.len().max(1)).enumerate() {
            let distance: f64 = centre.iter().zip(x).map(|(c, x)| (x - c) * (x - c)).sum();
            if distance < best.1 {
                best = (own, distance);
            }
        }
        best
    }

    /// The cluster of every patient, also of those that were not seen.
    pub(super) fn assign(&self, points: &Points) -> Vec<usize> {
        let own = |at| self.nearest(points.at(at)).0;
        (0..points.n).map(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::stratify::agreement::Table;
    use smartcore::cluster::kmeans::{KMeans, KMeansParameters};
    use smartcore::linalg::basic::matrix::DenseMatrix;

    fn two_clouds(n: usize) -> Points {
        let mut rng = Stream::new(5).rng();
        let columns: Vec<Vec<f64>> = (0..3)
            .map(|_| {
                (0..n)
                    .map(|at| rng.normal() + 5.0 * (at % 2) as f64)
                    .collect()
            })
            .collect();
        Points::new(&columns)
    }

    #[test]
    fn two_clouds_are_told_apart_as_smartcore_tells_them() {
        let points = two_clouds(200);
        let mut rng = Stream::new(1).rng();
        let centres = Centres::fit(&points, &[1.0; 200], 2, (None, 5), &mut rng);
        let ours = centres.assign(&points);
        let rows: Vec<&[f64]> = (0..200).map(|at| points.at(at)).collect();
        let x = DenseMatrix::from_2d_array(&rows).expect("a matrix");
        let mut parameters = KMeansParameters::default().with_k(2);
        parameters.seed = Some(1);
        let fit: KMeans<f64, i32, _, Vec<i32>> = KMeans::fit(&x, parameters).expect("a fit");
        let theirs = fit.predict(&x).expect("labels");
        let theirs: Vec<usize> = theirs.into_iter().map(|label| label as usize).collect();
        assert_eq!(Table::new(&ours, &theirs).adjusted_rand(), 1.0);
        assert!((0..200).all(|at| ours[at] == ours[at % 2]));
    }

    #[test]
    fn more_clusters_than_different_patients_do_no_harm() {
        let points = Points::new(&[vec![1.0, 1.0, 2.0, 2.0]]);
        let mut rng = Stream::new(1).rng();
        let centres = Centres::fit(&points, &[1.0; 4], 4, (None, 3), &mut rng);
        let own = centres.assign(&points);
        assert!(own[0] == own[1] && own[2] == own[3] && own[0] != own[2]);
    }
}
