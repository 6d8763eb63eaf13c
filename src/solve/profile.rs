//! What the likelihood says of single coefficients and of groups of them: profile limits and ratio tests.
//!
//! For Firth's estimate the likelihood is the penalised one, and the penalty is that of the full
//! information matrix, as in logistf (Heinze and Schemper 2002). Means nothing under ridge, lasso and elastic net.

use crate::base::num::{Matrix, Z_95, chi_squared_p};
use crate::solve::logistic::{LogisticFit, Penalty};
use crate::solve::newton::{CLOSE, EXACT, Maximum, Prior};
use crate::solve::problem::Standardised;

/// A limit further away than so many standard errors is not looked for: where outcomes are separated the
/// profile of the likelihood may flatten out before it has fallen far enough.
const FARTHEST: f64 = 200.0;
/// Trials of one limit; it takes about four.
const MAX_TRIALS: usize = 40;
/// Error of a limit in standard errors.
const TOLERANCE: f64 = 1e-8;

/// A test of the hypothesis that some coefficients are 0.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GroupTest {
    /// Twice the fall of the log-likelihood (for Firth: the penalised one) without them.
    pub chi2: f64,
    /// Coefficients tested.
    pub df: usize,
    /// Chance of such a fall or a larger one under the hypothesis.
    pub p: f64,
}

impl GroupTest {
    /// Uniform shrinkage factor from the test of all columns: how far the coefficients should be drawn towards 0 for
    /// the calibration slope to be 1 in new rows, `(chi2 - df) / chi2` (van Houwelingen and le Cessie 1990); 0 where
    /// the columns explain no more than chance would. For maximum likelihood only.
    pub fn shrinkage(&self) -> f64 {
        if self.chi2 > self.df as f64 {
            (self.chi2 - self.df as f64) / self.chi2
        } else {
            0.0
        }
    }
}

/// 95 % profile-likelihood limits of the intercept and of each column, in that order: where the
/// log-likelihood, maximised over everything else, lies `1.96^2 / 2` below its maximum. `x` and `y` are those of the
/// fit. `None` for a limit that was not found, for a coefficient without information, and for all under ridge, lasso and elastic net.
pub fn profile_limits(
    x: &Matrix,
    y: &[bool],
    fit: &LogisticFit,
) -> Vec<(Option<f64>, Option<f64>)> {
    let order = x.k_cols + 1;
    let Some(prior) = prior(fit).filter(|_| fit.converged) else {
        return vec![(None, None); order];
    };
    let centred = Standardised::new(x, y);
    let from_origin = centred.clone().uncentred();
    let mut limits = Vec::with_capacity(order);
    limits.extend(Profile::new(&from_origin, prior, fit).map(|profile| profile.limits(0)));
    let columns = Profile::new(&centred, prior, fit);
    for j in 1..order {
        let factor = centred.inverse_scale(j - 1);
        let of_column = columns.as_ref().map(|profile| profile.limits(j));
        limits.extend(
            of_column.map(|(low, high)| (low.map(|l| l * factor), high.map(|h| h * factor))),
        );
    }
    limits.resize(order, (None, None));
    limits
}

/// Tests that the coefficients of these columns are all 0, by the likelihood ratio. `None` where the fit has not
/// converged or is a ridge, lasso or elastic net, and where no column of the group has information of its own.
pub fn group_test(x: &Matrix, y: &[bool], fit: &LogisticFit, group: &[usize]) -> Option<GroupTest> {
    let prior = prior(fit).filter(|_| fit.converged)?;
    let problem = Standardised::new(x, y);
    let profile = Profile::new(&problem, prior, fit)?;
    let tested = |at: &usize| group.iter().any(|j| j + 1 == *at);
    let df = group
        .iter()
        .filter(|j| !profile.best.aliased.contains(&(*j + 1)))
        .count();
    if df == 0 {
        return None;
    }
    let mut start = profile.best.b.clone();
    group.iter().for_each(|j| start[j + 1] = 0.0);
    let free: Vec<usize> = profile
        .free
        .iter()
        .copied()
        .filter(|at| !tested(at))
        .collect();
    let without = problem.maximise(prior, start, &free, CLOSE);
    let chi2 = (2.0 * (profile.best.value - without.value)).max(0.0);
    without.has_settled.then(|| GroupTest {
        chi2,
        df,
        p: chi_squared_p(chi2, df),
    })
}

fn prior(fit: &LogisticFit) -> Option<Prior> {
    match fit.penalty {
        Penalty::None => Some(Prior::Ridge(0.0)),
        Penalty::Jeffreys => Some(Prior::Jeffreys),
        Penalty::ElasticNet { .. } => None,
    }
}

/// The likelihood around its maximum.
struct Profile<'a> {
    problem: &'a Standardised,
    prior: Prior,
    /// All coefficients that have information of their own.
    free: Vec<usize>,
    best: Maximum,
    inverse: Vec<f64>,
}

impl<'a> Profile<'a> {
    fn new(problem: &'a Standardised, prior: Prior, fit: &LogisticFit) -> Option<Self> {
        let mut free: Vec<usize> = (0..problem.order()).collect();
        let start = problem.standardise(fit.intercept, &fit.coefficients);
        let best = problem.maximise(prior, start, &free, EXACT);
        free.retain(|at| !best.aliased.contains(at));
        let information = problem.information_at(&best.b);
        best.has_settled.then(|| Self {
            problem,
            prior,
            free,
            inverse: information.inverse(),
            best,
        })
    }

    fn limits(&self, at: usize) -> (Option<f64>, Option<f64>) {
        (self.limit(at, -1.0), self.limit(at, 1.0))
    }

    /// The limit on one side. The signed root of twice the fall is all but linear in the distance, so
    /// Newton's method on it needs few steps; a bracket keeps it from running away.
    fn limit(&self, at: usize, side: f64) -> Option<f64> {
        let order = self.best.b.len();
        let variance = self.inverse[at * order + at];
        if variance <= 0.0 {
            return None;
        }
        let std_error = variance.sqrt();
        let others: Vec<usize> = self.free.iter().copied().filter(|j| *j != at).collect();
        // In standard errors from the estimate.
        let (mut inside, mut outside) = (0.0, FARTHEST);
        let mut distance = Z_95;
        let mut warm = self.best.b.clone();
        let mut warm_distance = 0.0;
        for _ in 0..MAX_TRIALS {
            // The others move along the ridge of the quadratic that the likelihood is near its maximum.
            let moved = side * std_error * (distance - warm_distance);
            for &j in &self.free {
                warm[j] += moved * self.inverse[at * order + j] / variance;
            }
            let found = self
                .problem
                .maximise(self.prior, warm.clone(), &others, CLOSE);
            let fall = 2.0 * (self.best.value - found.value);
            if !found.has_settled || fall.is_nan() {
                return None;
            }
            let root = fall.max(0.0).sqrt();
            if root < Z_95 {
                inside = distance;
            } else {
                outside = distance;
            }
            let slope = -side * found.score[at] * std_error / root;
            let mut next = distance - (root - Z_95) / slope;
            // Outside the bracket, or more than twice as far as ever seen: half-way, or twice as far.
            if next.is_nan() || next <= inside || next >= outside.min(2.0 * distance.max(Z_95)) {
                next = ((inside + outside) / 2.0).min(2.0 * inside.max(Z_95));
            }
            if (next - distance).abs() < TOLERANCE {
                return Some(self.best.b[at] + side * std_error * next);
            }
            if next > 0.99 * FARTHEST {
                return None;
            }
            warm = found.b;
            warm_distance = distance;
            distance = next;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::risk_from_linear_predictor;
    use crate::base::seed::Stream;
    use crate::solve::{fit, fit_firth};

    fn noisy() -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(8).rng();
        let columns: Vec<Vec<f64>> = (0..4)
            .map(|_| (0..150).map(|_| 5.0 + 2.0 * rng.normal()).collect())
            .collect();
        let x = Matrix::from_columns(150, &columns);
        let y = (0..150)
            .map(|i| rng.uniform() < risk_from_linear_predictor(0.6 * (x.get(i, 0) - 5.0)))
            .collect();
        (x, y)
    }

    #[test]
    fn at_a_limit_the_likelihood_without_the_column_has_fallen_by_half_the_quantile() {
        let (x, y) = noisy();
        let whole = fit(&x, &y, 0.0);
        let (low, high) = profile_limits(&x, &y, &whole)[2];
        for limit in [low.expect("exists"), high.expect("exists")] {
            // The column held at the limit is an offset; the others are fitted anew.
            let offset: Vec<f64> = x.col(1).iter().map(|v| limit * v).collect();
            let rest = [0, 2, 3].map(|j| x.col(j).to_vec());
            let rest = Matrix::from_columns(150, &rest);
            let held = Standardised::new(&rest, &y).with_offset(offset).fit(0.0);
            let fall = 2.0 * (whole.log_likelihood - held.log_likelihood);
            assert!((fall - Z_95 * Z_95).abs() < 1e-7, "{fall}");
        }
    }

    #[test]
    fn a_group_of_all_columns_is_tested_against_the_intercept_alone() {
        let (x, y) = noisy();
        let whole = fit(&x, &y, 0.0);
        let test = group_test(&x, &y, &whole, &[0, 1, 2, 3]).expect("converged");
        let null = whole.counts.null_log_likelihood();
        assert!((test.chi2 - 2.0 * (whole.log_likelihood - null)).abs() < 1e-9);
        assert_eq!(test.df, 4);
        assert!((test.shrinkage() - (1.0 - 4.0 / test.chi2)).abs() < 1e-12);
        let first = group_test(&x, &y, &whole, &[0]).expect("converged");
        assert!(first.p < 1e-4 && first.chi2 < test.chi2);
    }

    #[test]
    fn a_column_that_says_nothing_new_is_neither_limited_nor_tested() {
        let (x, y) = noisy();
        let columns = [x.col(0).to_vec(), x.col(0).to_vec(), vec![3.0; 150]];
        let x = Matrix::from_columns(150, &columns);
        let fitted = fit(&x, &y, 0.0);
        let limits = profile_limits(&x, &y, &fitted);
        assert!(limits[1].0.is_some() && limits[1].1.is_some());
        assert_eq!(limits[2], (None, None));
        assert_eq!(limits[3], (None, None));
        assert_eq!(group_test(&x, &y, &fitted, &[1, 2]), None);
        assert_eq!(group_test(&x, &y, &fitted, &[0, 1]).map(|t| t.df), Some(1));
    }

    #[test]
    fn under_separation_the_likelihood_has_no_limits_and_firths_has() {
        let (x, y) = noisy();
        let mut columns = vec![x.col(0).to_vec()];
        // A rare marker that only events have.
        let events: Vec<usize> = (0..150).filter(|&i| y[i]).take(6).collect();
        columns.push(
            (0..150)
                .map(|i| f64::from(u8::from(events.contains(&i))))
                .collect(),
        );
        let x = Matrix::from_columns(150, &columns);
        let plain = fit(&x, &y, 0.0);
        assert!(!plain.converged);
        assert_eq!(profile_limits(&x, &y, &plain), vec![(None, None); 3]);
        let firth = fit_firth(&x, &y);
        assert!(firth.converged, "{:?}", firth.troubles);
        let (low, high) = profile_limits(&x, &y, &firth)[2];
        let estimate = firth.coefficients[1];
        assert!(low.expect("exists") < estimate && estimate.is_finite());
        assert!(high.is_none_or(|high| high > estimate));
    }
}
