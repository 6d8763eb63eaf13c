//! A Gaussian mixture with full covariances, by expectation and maximisation (Dempster, Laird and Rubin 1977).
//!
//! Covariances are kept away from collapse by the conjugate prior of Fraley and Raftery (2007, as in R's mclust): the
//! covariance of all patients, divided among the components, weighs as much as a few tens of patients.

use crate::base::seed::Rng;
use crate::stratify::clusters::Centres;
use crate::stratify::gaussian::Factor;
use crate::stratify::patients::Points;

/// Rounds after which a fit is taken as it is.
const MAX_ROUNDS: usize = 100;
/// Rise of the mean log-likelihood of a patient below which a fit has settled.
const SETTLED: f64 = 1e-4;

/// A component.
#[derive(Clone, Debug, PartialEq)]
struct Component {
    log_share: f64,
    mean: Vec<f64>,
    factor: Factor,
    log_determinant: f64,
}

/// A mixture of normal distributions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mixture {
    components: Vec<Component>,
}

impl Mixture {
    /// Number of components.
    pub(super) fn k(&self) -> usize {
        self.components.len()
    }

    /// The likelier of a fit from the clusters of k-means and one from `start`. A patient counts by weight.
    pub(super) fn fit(
        points: &Points,
        weights: &[f64],
        k: usize,
        (start, n_starts): (Option<&Self>, usize),
        rng: &mut Rng,
    ) -> Self {
        let settled = |mut fit: Self| {
            let likelihood = fit.settle(points, weights);
            (likelihood, fit)
        };
        let mut best = start.map(|start| settled(start.clone()));
        for _ in 0..n_starts {
            let centres = Centres::fit(points, weights, k, (None, 1), rng);
            let own = centres.assign(points);
            let mut shares = vec![0.0; points.n * k];
            for (at, own) in own.into_iter().enumerate() {
                shares[at * k + own] = 1.0;
            }
            let new = settled(Self::of_shares(points, weights, k, &shares));
            if best.as_ref().is_none_or(|(most, _)| new.0 > *most) {
                best = Some(new);
            }
        }
        best.map_or_else(
            || Self {
                components: Vec::new(),
            },
            |(_, fit)| fit,
        )
    }

    /// Rounds until the likelihood rises no more; the mean log-likelihood of a patient.
    fn settle(&mut self, points: &Points, weights: &[f64]) -> f64 {
        let k = self.components.len();
        let mut shares = vec![0.0; points.n * k];
        let mut last = f64::NEG_INFINITY;
        for _ in 0..MAX_ROUNDS {
            let likelihood = self.expectation(points, weights, &mut shares);
            *self = Self::of_shares(points, weights, k, &shares);
            if likelihood - last < SETTLED {
                return likelihood;
            }
            last = likelihood;
        }
        last
    }

    /// Share of each component in each patient; the mean log-likelihood.
    fn expectation(&self, points: &Points, weights: &[f64], shares: &mut [f64]) -> f64 {
        let k = self.components.len();
        let (mut sum, mut n) = (0.0, 0.0);
        let mut x = vec![0.0; points.d];
        for at in (0..points.n).filter(|&at| weights[at] > 0.0) {
            let own = &mut shares[at * k..(at + 1) * k];
            for (share, component) in own.iter_mut().zip(&self.components) {
                *share = component.log_density(points.at(at), &mut x);
            }
            let most = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = own.iter().map(|share| (share - most).exp()).sum();
            for share in own.iter_mut() {
                *share = (*share - most).exp() / total;
            }
            sum += weights[at] * (most + total.ln());
            n += weights[at];
        }
        if n > 0.0 { sum / n } else { f64::NEG_INFINITY }
    }

    /// The components that these shares make.
    fn of_shares(points: &Points, weights: &[f64], k: usize, shares: &[f64]) -> Self {
        let all = Scatter::of(points, |at| weights[at]);
        let n = all.n.max(1.0);
        // The prior: the covariance of all, divided so that k components fill the same volume.
        let prior = (k as f64).powf(-2.0 / points.d as f64) / n;
        let component = |own: usize| {
            let found = Scatter::of(points, |at| weights[at] * shares[at * k + own]);
            // The mode of the posterior: d + 2 degrees of freedom of the prior, and d + 2 more.
            let divisor = found.n + 2.0 * (points.d + 2) as f64;
            let squares = found.squares.iter().zip(&all.squares);
            let covariance: Vec<f64> = squares
                .map(|(own, all)| (own + prior * all) / divisor)
                .collect();
            let factor = Factor::near(&covariance, points.d);
            Component {
                log_share: ((found.n + 1.0) / (n + k as f64)).ln(),
                mean: found.mean,
                log_determinant: factor.log_determinant(),
                factor,
            }
        };
        Self {
            components: (0..k).map(component).collect(),
        }
    }

    /// The likeliest component of every patient.
    pub(super) fn assign(&self, points: &Points) -> Vec<usize> {
        let mut x = vec![0.0; points.d];
        let mut own = |at: usize| {
            let mut best = (0, f64::NEG_INFINITY);
            for (own, component) in self.components.iter().enumerate() {
                let density = component.log_density(points.at(at), &mut x);
                if density > best.1 {
                    best = (own, density);
                }
            }
            best.0
        };
        (0..points.n).map(&mut own).collect()
    }
}

impl Component {
    /// Log of share times density, but for a constant; `x` is a place to work in.
    #[inline]
    fn log_density(&self, point: &[f64], x: &mut [f64]) -> f64 {
        for ((x, point), mean) in x.iter_mut().zip(point).zip(&self.mean) {
            *x = point - mean;
        }
        self.log_share - 0.5 * (self.log_determinant + self.factor.distance(x))
    }
}

/// Patients, their mean and the sums of squares and products around it (lower triangle, row-major).
struct Scatter {
    n: f64,
    mean: Vec<f64>,
    squares: Vec<f64>,
}

impl Scatter {
    fn of(points: &Points, weight: impl Fn(usize) -> f64) -> Self {
        let d = points.d;
        let (mut n, mut mean, mut squares) = (0.0, vec![0.0; d], vec![0.0; d * d]);
        for at in 0..points.n {
            let weight = weight(at);
            if weight > 0.0 {
                n += weight;
                for (mean, x) in mean.iter_mut().zip(points.at(at)) {
                    *mean += weight * x;
                }
            }
        }
        mean.iter_mut().for_each(|mean| *mean /= n.max(1e-300));
        let mut apart = vec![0.0; d];
        for at in 0..points.n {
            let weight = weight(at);
            if weight <= 0.0 {
                continue;
            }
            for ((apart, x), mean) in apart.iter_mut().zip(points.at(at)).zip(&mean) {
                *apart = x - mean;
            }
            for i in 0..d {
                let scaled = weight * apart[i];
                let row = &mut squares[i * d..=i * d + i];
                for (square, x) in row.iter_mut().zip(&apart) {
                    *square += scaled * x;
                }
            }
        }
        Self { n, mean, squares }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    /// A round cloud within a long one, with the same centre: no centre tells them apart.
    fn crossed(n: usize) -> Points {
        let mut rng = Stream::new(9).rng();
        let mut columns = vec![Vec::new(), Vec::new()];
        for at in 0..n {
            let (along, across) = (3.0 * rng.normal(), 0.3 * rng.normal());
            let turned = if at % 2 == 0 {
                (along, across)
            } else {
                (across, along)
            };
            columns[0].push(turned.0);
            columns[1].push(turned.1);
        }
        Points::new(&columns)
    }

    #[test]
    fn groups_that_differ_in_shape_only_are_told_apart() {
        let points = crossed(400);
        let mut rng = Stream::new(2).rng();
        let fit = Mixture::fit(&points, &[1.0; 400], 2, (None, 10), &mut rng);
        let own = fit.assign(&points);
        let n_right = (0..400)
            .filter(|&at| (own[at] == own[0]) == (at % 2 == 0))
            .count();
        assert!(n_right.max(400 - n_right) > 330, "{n_right}");
    }

    #[test]
    fn the_likelihood_never_falls() {
        let points = crossed(200);
        let weights = [1.0; 200];
        let mut rng = Stream::new(3).rng();
        let mut fit = Mixture::fit(&points, &weights, 3, (None, 1), &mut rng);
        let mut shares = vec![0.0; 600];
        let before = fit.expectation(&points, &weights, &mut shares);
        for row in shares.chunks_exact(3) {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        fit = Mixture::of_shares(&points, &weights, 3, &shares);
        let after = fit.expectation(&points, &weights, &mut shares);
        // But for the pull of the prior, which is weak.
        assert!(after > before - 1e-3, "{before} {after}");
    }

    #[test]
    fn patients_who_are_all_alike_in_a_measure_do_no_harm() {
        let mut columns = vec![vec![1.0; 50], (0..50).map(f64::from).collect()];
        columns[0][0] = 2.0;
        let points = Points::new(&columns);
        let mut rng = Stream::new(4).rng();
        let fit = Mixture::fit(&points, &[1.0; 50], 3, (None, 2), &mut rng);
        assert!(fit.assign(&points).iter().all(|&own| own < 3));
    }
}
