//! Newton's method with step halving: maximum likelihood, ridge, and Firth's penalised likelihood,
//! over all coefficients or with some of them held.

use crate::solve::cholesky::Cholesky;
use crate::solve::kernel::{add_scaled, dot};
use crate::solve::problem::Standardised;

/// Iterations after which a fit counts as not converged (R's `glm` stops there too). Under
/// separation the predicted gain falls by `e` a step, so that it is still far above [`EXACT`] then.
const MAX_ITERATIONS: usize = 25;
/// The same for Firth's likelihood, whose steps leave out the derivative of its penalty and so shrink the
/// distance by a factor instead of squaring it.
const MAX_JEFFREYS: usize = 250;
/// Twice the gain that a step promises, at which a fit ends: the squared distance from the maximum in
/// standard errors.
pub(super) const EXACT: f64 = 1e-16;
/// The same where only the likelihood at the maximum matters.
pub(super) const CLOSE: f64 = 1e-11;
/// A column whose part not explained by earlier columns is smaller than this share depends on them.
const ALIASED: f64 = 1e-9;
/// The curvature of an earlier step serves as long as it shrinks the promised gain by this factor: a new
/// one costs as much as twenty steps.
const OLD_CURVATURE: f64 = 0.03;

/// What is added to the log-likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Prior {
    /// `-(n lambda / 2) sum b_j^2` over the columns; 0 for maximum likelihood.
    Ridge(f64),
    /// Half the log determinant of the information (Firth 1993).
    Jeffreys,
}

/// Where the iterations ended.
pub(super) struct Maximum {
    pub(super) b: Vec<f64>,
    /// Log-likelihood with what is added to it.
    pub(super) value: f64,
    /// Log-likelihood alone.
    pub(super) log_likelihood: f64,
    /// Derivative of `value` by each coefficient; near 0 for those not held.
    pub(super) score: Vec<f64>,
    /// Whether the objective settled.
    pub(super) has_settled: bool,
    pub(super) n_iterations: usize,
    /// Coefficients without information of their own at the first step; they stay where they were.
    pub(super) aliased: Vec<usize>,
}

/// The objective and its derivatives at some coefficients.
struct Point {
    b: Vec<f64>,
    value: f64,
    log_likelihood: f64,
    score: Vec<f64>,
    information: Vec<f64>,
    /// Computed already, because the value needs it.
    full: Option<Vec<f64>>,
}

impl Standardised {
    /// The maximum over the coefficients in `free` (positions, the intercept is 0) from `start`, the others
    /// held where they are. Ends at a promised gain below `tolerance`.
    pub(super) fn maximise(
        &self,
        prior: Prior,
        start: Vec<f64>,
        free: &[usize],
        tolerance: f64,
    ) -> Maximum {
        let most = match prior {
            Prior::Ridge(_) => MAX_ITERATIONS,
            Prior::Jeffreys => MAX_JEFFREYS,
        };
        let rank = self.rank(prior);
        let mut point = self.point(start, prior, rank);
        let mut curvature = self.curvature(&mut point, prior, free);
        let mut is_old = false;
        let aliased = free.iter().zip(&curvature.aliased);
        let aliased: Vec<usize> = aliased.filter_map(|(at, is)| is.then_some(*at)).collect();
        let mut last = f64::INFINITY;
        let mut n_iterations = 0;
        let mut has_settled = false;
        while n_iterations < most {
            n_iterations += 1;
            let (mut step, mut gain) = step(&point, &curvature, free);
            if is_old && (gain.is_nan() || gain > OLD_CURVATURE * last) {
                curvature = self.curvature(&mut point, prior, free);
                (step, gain) = self::step(&point, &curvature, free);
            }
            last = gain;
            if gain <= tolerance {
                for (&at, step) in free.iter().zip(&step) {
                    point.b[at] += step;
                }
                point.value += gain / 2.0;
                has_settled = true;
                break;
            }
            point = self.climb(point, prior, rank, free, &step);
            is_old = prior != Prior::Jeffreys;
            if !is_old {
                curvature = self.curvature(&mut point, prior, free);
            }
        }
        Maximum {
            b: point.b,
            value: point.value,
            log_likelihood: point.log_likelihood,
            score: point.score,
            has_settled,
            n_iterations,
            aliased,
        }
    }

    /// The point after the step, or after as much of it as does not lead down.
    fn climb(&self, from: Point, prior: Prior, rank: usize, free: &[usize], step: &[f64]) -> Point {
        let mut share = 1.0;
        loop {
            let mut b = from.b.clone();
            for (&at, step) in free.iter().zip(step) {
                b[at] += share * step;
            }
            let reached = self.point(b, prior, rank);
            if reached.value >= from.value - 1e-12 * from.value.abs() {
                return reached;
            }
            if share < 1e-3 {
                return from;
            }
            share *= 0.5;
        }
    }

    /// The rank of the columns, as far as the prior asks for it.
    fn rank(&self, prior: Prior) -> usize {
        match prior {
            Prior::Ridge(_) => 0,
            Prior::Jeffreys => {
                let equal = vec![1.0; self.z.n_rows];
                Cholesky::new(self.order(), self.information(&equal), ALIASED).rank()
            }
        }
    }

    fn point(&self, b: Vec<f64>, prior: Prior, rank: usize) -> Point {
        let look = self.look(&self.linear_predictors(&b));
        let mut score = self.score(&look.residual);
        let mut value = look.log_likelihood;
        let mut full = None;
        match prior {
            Prior::Ridge(lambda) => {
                let ridge = lambda * self.counts.n;
                value -= 0.5 * ridge * dot(&b[1..], &b[1..]);
                add_scaled(&mut score[1..], &b[1..], -ridge);
            }
            Prior::Jeffreys => {
                let matrix = self.information(&look.information);
                let factor = Cholesky::new(self.order(), matrix.clone(), ALIASED);
                // Where weights have vanished the determinant is 0, not that of what is left.
                value += if factor.rank() < rank {
                    f64::NEG_INFINITY
                } else {
                    0.5 * factor.log_determinant()
                };
                let mut pull = self.leverage(&factor, &look.information);
                for (pull, lp) in pull.iter_mut().zip(self.linear_predictors(&b)) {
                    *pull *= 0.5 - crate::base::num::risk_from_linear_predictor(lp);
                }
                add_scaled(&mut score, &self.score(&pull), 1.0);
                full = Some(matrix);
            }
        }
        Point {
            b,
            value,
            log_likelihood: look.log_likelihood,
            score,
            information: look.information,
            full,
        }
    }

    /// Diagonal of the hat matrix: information of a row times `x' I^-1 x`.
    fn leverage(&self, factor: &Cholesky, information: &[f64]) -> Vec<f64> {
        let order = self.order();
        let rows = factor.transposed_inverse();
        let mut leverage = vec![0.0; self.z.n_rows];
        let mut part = vec![0.0; self.z.n_rows];
        for c in 0..order {
            part.fill(rows[c]);
            for j in 1..=c {
                add_scaled(&mut part, self.z.col(j - 1), rows[j * order + c]);
            }
            for (sum, part) in leverage.iter_mut().zip(&part) {
                *sum += part * part;
            }
        }
        for (leverage, information) in leverage.iter_mut().zip(information) {
            *leverage *= information;
        }
        leverage
    }

    /// The negative Hessian over `free`, factorised; for Firth's likelihood the information.
    fn curvature(&self, point: &mut Point, prior: Prior, free: &[usize]) -> Cholesky {
        let order = self.order();
        let full = point
            .full
            .take()
            .unwrap_or_else(|| self.information(&point.information));
        let k = free.len();
        let mut part = vec![0.0; k * k];
        for (i, &row) in free.iter().enumerate() {
            for (j, &col) in free[..=i].iter().enumerate() {
                part[i * k + j] = full[row * order + col];
            }
            if let Prior::Ridge(lambda) = prior
                && row > 0
            {
                part[i * k + i] += lambda * self.counts.n;
            }
        }
        Cholesky::new(k, part, ALIASED)
    }

    /// The information matrix at these coefficients, factorised.
    pub(super) fn information_at(&self, b: &[f64]) -> Cholesky {
        let look = self.look(&self.linear_predictors(b));
        Cholesky::new(self.order(), self.information(&look.information), ALIASED)
    }
}

/// The step to where the gradient would be 0 if the curvature were constant, and twice the gain that it promises.
fn step(point: &Point, curvature: &Cholesky, free: &[usize]) -> (Vec<f64>, f64) {
    let score: Vec<f64> = free.iter().map(|&at| point.score[at]).collect();
    let mut step = score.clone();
    curvature.solve(&mut step);
    let gain = dot(&step, &score);
    (step, gain)
}
