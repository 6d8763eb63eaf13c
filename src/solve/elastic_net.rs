//! Ridge, lasso and elastic net along a falling path of penalties (Friedman, Hastie and Tibshirani 2010),
//! on standardised columns with a free intercept.
//!
//! Each step minimises a quadratic model of the likelihood by coordinate descent, over the columns that the
//! sequential strong rule lets in (Tibshirani and others 2012); the Karush-Kuhn-Tucker conditions of all columns
//! are checked afterwards. glmnet makes a new model in each step; here the curvature of an earlier one serves as
//! long as the steps it gives shrink the violation, since the gradient is exact and a curvature costs as
//! much as many gradients.

use crate::solve::cholesky::Cholesky;
use crate::solve::kernel::{add_scaled, dot, sum, weighted_gram};
use crate::solve::logistic::{LogisticFit, Penalty};
use crate::solve::newton::{EXACT, Maximum, Prior};
use crate::solve::problem::{Look, Standardised};

/// Penalties of a path (glmnet's default).
const N_PENALTIES: usize = 100;
/// The last penalty of a path as a share of the first: where rows outnumber columns, and where not (glmnet's).
const LAST_SHARE: (f64, f64) = (1e-4, 1e-2);
/// A path ends early, after [`FEWEST`] penalties, where the share of the null deviance explained exceeds this …
const EXPLAINED: f64 = 0.999;
/// … or rises by less than this (glmnet's `devmax`, `fdev` and `mnlam`).
const RISE: f64 = 1e-5;
const FEWEST: usize = 5;
/// Violation of a condition that is left on a path, in units of the gradient by a standardised column …
const ROUGH: f64 = 1e-5;
/// … and as a share of the penalty.
const ROUGH_SHARE: f64 = 0.02;
/// The same of a fit.
const SHARP: f64 = 1e-11;
/// Steps for one penalty.
const MAX_STEPS: usize = 200;
/// Passes over all columns in one quadratic model.
const MAX_PASSES: usize = 100;
/// Passes over those that are in before they are solved at once, which costs about as much.
const FEW_PASSES: usize = 8;
/// A violation that shrinks by less than this factor in a step asks for a new curvature.
const SHRINKS: f64 = 0.2;
/// A step solves its quadratic model to this share of the violation.
const INNER: f64 = 0.01;
/// See [`Standardised::information_at`].
const ALIASED: f64 = 1e-12;

/// The solution at one penalty, on standardised columns.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPoint {
    /// Penalty.
    pub lambda: f64,
    /// Log-likelihood without the penalty.
    pub log_likelihood: f64,
    /// Intercept and coefficients.
    b: Vec<f64>,
}

impl PathPoint {
    /// Intercept and coefficients on the scale of the matrix that `problem` was made from.
    pub fn coefficients(&self, problem: &Standardised) -> (f64, Vec<f64>) {
        problem.unscale(&self.b)
    }

    /// Effective degrees of freedom, the intercept included: the trace of the hat matrix over the columns that
    /// are in (Tibshirani and Taylor 2012); their number for the lasso.
    pub fn degrees_of_freedom(&self, problem: &Standardised, alpha: f64) -> f64 {
        let active = active(&self.b);
        let look = problem.look(&problem.linear_predictors(&self.b));
        let ridge = problem.counts.n * self.lambda * (1.0 - alpha);
        let factor = penalised_information(problem, &active, &look, ridge);
        let inverse = factor.inverse();
        let k = active.len();
        let held: f64 = (1..k).map(|i| inverse[i * k + i]).sum();
        factor.rank() as f64 - ridge * held
    }
}

impl Standardised {
    /// The path from the smallest penalty at which no column is in (for ridge: that of alpha 0.001), as glmnet
    /// chooses its penalties: evenly on the log scale, ended early where nothing more is explained.
    pub fn path(&self, alpha: f64) -> Vec<PathPoint> {
        let mut descent = Descent::new(self, alpha);
        let first = descent.largest_penalty();
        let last = if self.z.n_rows > self.z.k_cols {
            LAST_SHARE.0
        } else {
            LAST_SHARE.1
        };
        let null = descent.look.log_likelihood;
        let mut points: Vec<PathPoint> = Vec::new();
        let mut before = 0.0;
        for step in 0..N_PENALTIES {
            let share = step as f64 / (N_PENALTIES - 1) as f64;
            let point = descent.next(first * last.powf(share));
            let explained = 1.0 - point.log_likelihood / null;
            points.push(point);
            let is_late = step + 1 >= FEWEST;
            if is_late && (explained > EXPLAINED || explained - before < RISE) {
                break;
            }
            before = explained;
        }
        points
    }

    /// The solutions at these penalties, which must fall.
    pub fn path_at(&self, alpha: f64, lambdas: &[f64]) -> Vec<PathPoint> {
        let mut descent = Descent::new(self, alpha);
        lambdas.iter().map(|&lambda| descent.next(lambda)).collect()
    }

    /// The solution at the penalty of `from` to the last digit, starting there.
    pub fn fit_elastic_net(&self, alpha: f64, from: &PathPoint) -> LogisticFit {
        let lambda = from.lambda;
        let penalty = Penalty::ElasticNet { alpha, lambda };
        if alpha == 0.0 {
            let all: Vec<usize> = (0..self.order()).collect();
            let found = self.maximise(Prior::Ridge(lambda), from.b.clone(), &all, EXACT);
            return self.described(&found, penalty, Vec::new());
        }
        let mut descent = Descent::new(self, alpha);
        descent.b.clone_from(&from.b);
        descent.look_again();
        let (has_settled, n_iterations) = descent.sharpen(lambda);
        let found = Maximum {
            value: descent.look.log_likelihood,
            log_likelihood: descent.look.log_likelihood,
            score: Vec::new(),
            b: descent.b,
            has_settled,
            n_iterations,
            aliased: Vec::new(),
        };
        self.described(&found, penalty, Vec::new())
    }
}

/// Positions of the intercept and of the coefficients that are not 0.
fn active(b: &[f64]) -> Vec<usize> {
    let columns = (1..b.len()).filter(|&at| b[at] != 0.0);
    std::iter::once(0).chain(columns).collect()
}

/// Information over these coefficients, `ridge` added for columns, factorised.
fn penalised_information(
    problem: &Standardised,
    positions: &[usize],
    look: &Look,
    ridge: f64,
) -> Cholesky {
    let ones = vec![1.0; look.information.len()];
    let columns: Vec<&[f64]> = positions
        .iter()
        .map(|&at| at.checked_sub(1).map_or(&ones[..], |j| problem.z.col(j)))
        .collect();
    let mut matrix = weighted_gram(&columns, &look.information);
    let k = positions.len();
    (1..k).for_each(|i| matrix[i * k + i] += ridge);
    Cholesky::new(k, matrix, ALIASED)
}

/// Coordinate descent on its way down a path.
struct Descent<'a> {
    problem: &'a Standardised,
    alpha: f64,
    /// Of the penalty before; infinite at the start.
    last_lambda: f64,
    b: Vec<f64>,
    lp: Vec<f64>,
    look: Look,
    /// Derivative of `-(1/n) loglik` by each coefficient; exact for those at work, of the last check for others.
    gradient: Vec<f64>,
    /// Positions of the coefficients at work, the intercept first.
    working: Vec<usize>,
    /// Curvature among them, full rows, at the weights `curved_at`.
    curvature: Vec<Vec<f64>>,
    curved_at: Vec<f64>,
    ones: Vec<f64>,
    /// Whether the curvature is of the coefficients as they are.
    is_fresh: bool,
}

impl<'a> Descent<'a> {
    /// At the model with an intercept only.
    fn new(problem: &'a Standardised, alpha: f64) -> Self {
        let null = problem.maximise(Prior::Ridge(0.0), problem.start(), &[0], EXACT);
        let lp = problem.linear_predictors(&null.b);
        let look = problem.look(&lp);
        let mut descent = Self {
            problem,
            alpha,
            last_lambda: f64::INFINITY,
            b: null.b,
            lp,
            gradient: vec![0.0; problem.order()],
            working: vec![0],
            curvature: Vec::new(),
            curved_at: Vec::new(),
            ones: vec![1.0; look.residual.len()],
            look,
            is_fresh: false,
        };
        descent.refresh();
        descent.differentiate_all();
        descent
    }

    /// The smallest penalty that keeps all columns out.
    fn largest_penalty(&self) -> f64 {
        let largest = self.gradient[1..]
            .iter()
            .fold(0.0, |a: f64, g| a.max(g.abs()));
        // Where nothing is correlated with the outcome any penalty does.
        (largest / self.alpha.max(1e-3)).max(1e-10)
    }

    /// The column of a coefficient.
    fn column(&self, at: usize) -> &[f64] {
        at.checked_sub(1)
            .map_or(&self.ones[..], |j| self.problem.z.col(j))
    }

    fn slope(&self, at: usize) -> f64 {
        let total = match at {
            0 => sum(&self.look.residual),
            _ => dot(self.problem.z.col(at - 1), &self.look.residual),
        };
        -total / self.problem.counts.n
    }

    fn differentiate(&mut self) {
        for place in 0..self.working.len() {
            let at = self.working[place];
            self.gradient[at] = self.slope(at);
        }
    }

    fn differentiate_others(&mut self) {
        for at in 0..self.gradient.len() {
            if !self.working.contains(&at) {
                self.gradient[at] = self.slope(at);
            }
        }
    }

    fn differentiate_all(&mut self) {
        for at in 0..self.gradient.len() {
            self.gradient[at] = self.slope(at);
        }
    }

    /// Brings everything in line with `b` as it was put in from outside.
    fn look_again(&mut self) {
        self.lp = self.problem.linear_predictors(&self.b);
        self.look = self.problem.look(&self.lp);
        for at in active(&self.b) {
            self.put_to_work(at);
        }
        self.refresh();
        self.differentiate_all();
    }

    /// Solves at a penalty not larger than the one before.
    fn next(&mut self, lambda: f64) -> PathPoint {
        // The sequential strong rule: a column whose gradient lies below cannot rise to the penalty unless
        // it changes faster than the penalty does.
        let floor = self.alpha * (2.0 * lambda - self.last_lambda.min(2.0 * lambda));
        for at in 1..self.gradient.len() {
            if self.gradient[at].abs() >= floor {
                self.put_to_work(at);
            }
        }
        self.settle(lambda);
        self.last_lambda = lambda;
        PathPoint {
            lambda,
            log_likelihood: self.look.log_likelihood,
            b: self.b.clone(),
        }
    }

    /// Steps until no condition is violated by more than a path may leave.
    fn settle(&mut self, lambda: f64) {
        let tolerance = ROUGH.min(ROUGH_SHARE * lambda);
        let mut last = f64::INFINITY;
        for _ in 0..MAX_STEPS {
            let violation = self.worst(&self.working, lambda);
            if violation <= tolerance {
                self.differentiate_others();
                if !self.admit(lambda, tolerance) {
                    return;
                }
                last = f64::INFINITY;
                continue;
            }
            if violation > SHRINKS * last && !self.is_fresh {
                self.refresh();
            }
            last = violation;
            let step = self.descend(lambda, INNER * violation);
            self.advance(lambda, &step);
        }
    }

    /// Solves at a penalty to the last digit; returns whether it did, and the steps taken.
    fn sharpen(&mut self, lambda: f64) -> (bool, usize) {
        for n_steps in 0..MAX_STEPS {
            self.differentiate_all();
            let within = self.worst(&active(&self.b), lambda);
            let is_joined = self.admit(lambda, SHARP);
            let violation = within.max(self.worst(&self.working, lambda));
            if violation <= SHARP && !is_joined {
                return (true, n_steps);
            }
            // Columns that are in are solved exactly; where one has to leave or to join, coordinates decide.
            if violation <= within
                && let Some(step) = self.newton(lambda)
            {
                self.advance(lambda, &step);
                continue;
            }
            self.refresh();
            let step = self.descend(lambda, (1e-4 * violation).max(0.1 * SHARP));
            self.advance(lambda, &step);
        }
        (false, MAX_STEPS)
    }

    /// Puts to work the columns whose condition is violated; whether there were any.
    fn admit(&mut self, lambda: f64, tolerance: f64) -> bool {
        let n_before = self.working.len();
        for at in 1..self.gradient.len() {
            if self.violation(at, lambda) > tolerance {
                self.put_to_work(at);
            }
        }
        self.working.len() > n_before
    }

    fn put_to_work(&mut self, at: usize) {
        if self.working.contains(&at) {
            return;
        }
        let n = self.problem.counts.n;
        let column = self.column(at);
        let weighted: Vec<f64> = column
            .iter()
            .zip(&self.curved_at)
            .map(|(z, w)| z * w / n)
            .collect();
        let own = dot(&weighted, column);
        if own <= 0.0 {
            // A constant column.
            return;
        }
        let mut row: Vec<f64> = self
            .working
            .iter()
            .map(|&other| dot(&weighted, self.column(other)))
            .collect();
        for (other, value) in self.curvature.iter_mut().zip(&row) {
            other.push(*value);
        }
        row.push(own);
        self.curvature.push(row);
        self.working.push(at);
    }

    /// Makes the curvature that of the present coefficients.
    fn refresh(&mut self) {
        self.curved_at.clone_from(&self.look.information);
        let k = self.working.len();
        let columns: Vec<&[f64]> = self.working.iter().map(|&at| self.column(at)).collect();
        let lower = weighted_gram(&columns, &self.curved_at);
        let n = self.problem.counts.n;
        let entry = |i: usize, j: usize| lower[i.max(j) * k + i.min(j)] / n;
        self.curvature = (0..k)
            .map(|i| (0..k).map(|j| entry(i, j)).collect())
            .collect();
        self.is_fresh = true;
    }

    /// By how much the condition of a coefficient is violated.
    fn violation(&self, at: usize, lambda: f64) -> f64 {
        let gradient = self.gradient[at];
        if at == 0 {
            return gradient.abs();
        }
        let lasso = lambda * self.alpha;
        match self.b[at] {
            0.0 => (gradient.abs() - lasso).max(0.0),
            b => (gradient + lambda * (1.0 - self.alpha) * b + lasso * b.signum()).abs(),
        }
    }

    fn worst(&self, positions: &[usize], lambda: f64) -> f64 {
        let violations = positions.iter().map(|&at| self.violation(at, lambda));
        violations.fold(0.0, f64::max)
    }

    /// The step to the minimum of the quadratic model, until no coordinate moves the gradient by more than
    /// `tolerance`; one entry a coefficient at work.
    fn descend(&self, lambda: f64, tolerance: f64) -> Vec<f64> {
        let mut model = Quadratic {
            descent: self,
            lasso: lambda * self.alpha,
            ridge: lambda * (1.0 - self.alpha),
            step: vec![0.0; self.working.len()],
            gradient: self.working.iter().map(|&at| self.gradient[at]).collect(),
        };
        for _ in 0..MAX_PASSES {
            let largest = (0..self.working.len()).map(|place| model.update(place));
            if largest.fold(0.0, f64::max) <= tolerance {
                break;
            }
            // Those that are in, until they rest; where they are slow, because columns say much the same, at once.
            let inside = model.inside();
            let has_settled = (0..FEW_PASSES).any(|_| {
                let moved = inside.iter().map(|&place| model.update(place));
                moved.fold(0.0, f64::max) <= tolerance
            });
            if !has_settled {
                model.jump();
            }
        }
        model.step
    }

    /// Newton's step over the coefficients that are in; `None` where one of them would change its sign.
    fn newton(&self, lambda: f64) -> Option<Vec<f64>> {
        let active = active(&self.b);
        let (lasso, ridge) = (lambda * self.alpha, lambda * (1.0 - self.alpha));
        let n = self.problem.counts.n;
        let mut step: Vec<f64> = active
            .iter()
            .map(|&at| {
                let pull = match at {
                    0 => 0.0,
                    _ => ridge * self.b[at] + lasso * self.b[at].signum(),
                };
                -n * (self.gradient[at] + pull)
            })
            .collect();
        penalised_information(self.problem, &active, &self.look, n * ridge).solve(&mut step);
        let mut all = vec![0.0; self.working.len()];
        for (&at, step) in active.iter().zip(&step) {
            let reached = self.b[at] + step;
            if at > 0 && reached * self.b[at] <= 0.0 {
                return None;
            }
            let place = self.working.iter().position(|other| *other == at)?;
            all[place] = *step;
        }
        Some(all)
    }

    fn objective(&self, b: &[f64], look: &Look, lambda: f64) -> f64 {
        let squares: f64 = b[1..].iter().map(|b| b * b).sum();
        let sizes: f64 = b[1..].iter().map(|b| b.abs()).sum();
        let penalty = (1.0 - self.alpha) / 2.0 * squares + self.alpha * sizes;
        lambda * penalty - look.log_likelihood / self.problem.counts.n
    }

    /// Takes the step, or as much of it as leads down. Where an old curvature led up, it is made new instead.
    fn advance(&mut self, lambda: f64, step: &[f64]) {
        let mut direction = vec![0.0; self.lp.len()];
        for (&at, &step) in self.working.iter().zip(step) {
            if step != 0.0 {
                add_scaled(&mut direction, self.column(at), step);
            }
        }
        let before = self.objective(&self.b, &self.look, lambda);
        let mut share = 1.0;
        while share > 1e-3 {
            let mut b = self.b.clone();
            for (&at, step) in self.working.iter().zip(step) {
                b[at] += share * step;
            }
            let mut lp = self.lp.clone();
            add_scaled(&mut lp, &direction, share);
            let look = self.problem.look(&lp);
            if self.objective(&b, &look, lambda) <= before + 1e-13 * (1.0 + before.abs()) {
                (self.b, self.lp, self.look) = (b, lp, look);
                self.is_fresh = false;
                self.differentiate();
                return;
            }
            if !self.is_fresh {
                self.refresh();
                return;
            }
            share *= 0.5;
        }
    }
}

/// The quadratic model around the coefficients of a descent.
struct Quadratic<'a> {
    descent: &'a Descent<'a>,
    lasso: f64,
    ridge: f64,
    /// From the coefficients; one entry a coefficient at work.
    step: Vec<f64>,
    /// Derivative after the step, without the penalty.
    gradient: Vec<f64>,
}

impl Quadratic<'_> {
    fn value(&self, place: usize) -> f64 {
        self.descent.b[self.descent.working[place]] + self.step[place]
    }

    /// Places of the intercept and of the coefficients that are not 0.
    fn inside(&self) -> Vec<usize> {
        let columns = (1..self.step.len()).filter(|&place| self.value(place) != 0.0);
        std::iter::once(0).chain(columns).collect()
    }

    /// Minimises over one coefficient; by how much that moves its derivative.
    fn update(&mut self, place: usize) -> f64 {
        let row = &self.descent.curvature[place];
        let own = row[place];
        if own <= 0.0 {
            // Its information has vanished at these coefficients.
            return 0.0;
        }
        let now = self.value(place);
        let pull = own * now - self.gradient[place];
        let new = match place {
            0 => pull / own,
            _ => pull.signum() * (pull.abs() - self.lasso).max(0.0) / (own + self.ridge),
        };
        let change = new - now;
        if change != 0.0 {
            self.step[place] += change;
            add_scaled(&mut self.gradient, row, change);
        }
        change.abs() * own
    }

    /// Minimises over all that are in at once, as far as no coefficient changes its sign: the first that would
    /// becomes 0.
    fn jump(&mut self) {
        let inside = self.inside();
        let k = inside.len();
        let mut matrix = vec![0.0; k * k];
        let mut change = vec![0.0; k];
        for (i, &place) in inside.iter().enumerate() {
            let row = &self.descent.curvature[place];
            for (j, &other) in inside[..=i].iter().enumerate() {
                matrix[i * k + j] = row[other];
            }
            change[i] = -self.gradient[place];
            if place > 0 {
                let value = self.value(place);
                matrix[i * k + i] += self.ridge;
                change[i] -= self.ridge * value + self.lasso * value.signum();
            }
        }
        Cholesky::new(k, matrix, ALIASED).solve(&mut change);
        let (mut share, mut first) = (1.0, None);
        for (&place, change) in inside.iter().zip(&change).skip(1) {
            let reach = -self.value(place) / change;
            if self.lasso > 0.0 && reach > 0.0 && reach < share {
                (share, first) = (reach, Some(place));
            }
        }
        for (&place, change) in inside.iter().zip(&change) {
            let now = self.step[place];
            self.step[place] = if first == Some(place) {
                -self.descent.b[self.descent.working[place]]
            } else {
                now + share * change
            };
            let row = &self.descent.curvature[place];
            add_scaled(&mut self.gradient, row, self.step[place] - now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::{Matrix, risk_from_linear_predictor};
    use crate::base::seed::Stream;

    /// Correlated columns, the first two of which matter.
    fn correlated(n: usize, k: usize) -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(15).rng();
        let common: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|j| {
                common
                    .iter()
                    .map(|c| (j + 1) as f64 * (0.7 * c + rng.normal()))
                    .collect()
            })
            .collect();
        let x = Matrix::from_columns(n, &columns);
        let y = (0..n)
            .map(|i| rng.uniform() < risk_from_linear_predictor(x.get(i, 0) - 0.5 * x.get(i, 1)))
            .collect();
        (x, y)
    }

    #[test]
    fn at_the_first_penalty_nothing_is_in_and_then_the_strongest_column() {
        let (x, y) = correlated(120, 6);
        let problem = Standardised::new(&x, &y);
        let path = problem.path(1.0);
        let n_in = |point: &PathPoint| {
            point
                .coefficients(&problem)
                .1
                .iter()
                .filter(|b| **b != 0.0)
                .count()
        };
        assert_eq!(n_in(&path[0]), 0);
        let score = problem.score(
            &problem
                .look(&problem.linear_predictors(&problem.start()))
                .residual,
        );
        let strongest = (0..6).max_by(|&a, &b| score[a + 1].abs().total_cmp(&score[b + 1].abs()));
        let strongest = strongest.expect("six columns");
        assert!(path[1].coefficients(&problem).1[strongest] != 0.0 && n_in(&path[1]) < 3);
        assert!(path.windows(2).all(|pair| {
            pair[1].lambda < pair[0].lambda && pair[1].log_likelihood > pair[0].log_likelihood
        }));
        assert!(n_in(&path[path.len() - 1]) >= 5);
    }

    #[test]
    fn ridge_by_coordinates_is_ridge_by_newton() {
        let (x, y) = correlated(90, 5);
        let problem = Standardised::new(&x, &y);
        for point in problem.path_at(0.0, &[1.0, 0.1, 0.01, 0.001]) {
            let exact = problem.fit(point.lambda);
            for (a, b) in point
                .coefficients(&problem)
                .1
                .iter()
                .zip(&exact.coefficients)
            {
                assert!((a - b).abs() < 1e-3, "{a} {b}");
            }
            assert!((point.log_likelihood - exact.log_likelihood).abs() < 1e-3);
        }
    }

    #[test]
    fn where_columns_outnumber_rows_the_conditions_hold_all_the_same() {
        let (x, y) = correlated(40, 120);
        let problem = Standardised::new(&x, &y);
        for alpha in [0.3, 1.0] {
            let path = problem.path(alpha);
            assert!(path.len() > 10);
            let point = &path[path.len() / 2];
            let fitted = problem.fit_elastic_net(alpha, point);
            assert!(fitted.converged, "{:?}", fitted.troubles);
            let lp = problem
                .linear_predictors(&problem.standardise(fitted.intercept, &fitted.coefficients));
            let score = problem.score(&problem.look(&lp).residual);
            let b = problem.standardise(fitted.intercept, &fitted.coefficients);
            for at in 1..b.len() {
                let pull = score[at] / 40.0 - point.lambda * (1.0 - alpha) * b[at];
                let limit = point.lambda * alpha;
                if b[at] == 0.0 {
                    assert!(pull.abs() < limit + 1e-9);
                } else {
                    assert!((pull - limit * b[at].signum()).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn columns_that_say_much_the_same_and_nearly_separate_take_few_steps() {
        let (x, y) = correlated(60, 2);
        let mut rng = Stream::new(16).rng();
        let columns: Vec<Vec<f64>> = (0..30)
            .map(|_| x.col(0).iter().map(|v| v + 1e-3 * rng.normal()).collect())
            .collect();
        let problem = Standardised::new(&Matrix::from_columns(60, &columns), &y);
        for point in problem.path(0.9) {
            let fitted = problem.fit_elastic_net(0.9, &point);
            assert!(fitted.converged && fitted.n_iterations < 60, "{fitted:?}");
        }
    }

    #[test]
    fn degrees_of_freedom_count_the_columns_of_a_lasso_and_fall_with_a_ridge() {
        let (x, y) = correlated(100, 5);
        let problem = Standardised::new(&x, &y);
        for point in problem.path(1.0) {
            let n_in = point
                .coefficients(&problem)
                .1
                .iter()
                .filter(|b| **b != 0.0)
                .count();
            assert!((point.degrees_of_freedom(&problem, 1.0) - (n_in + 1) as f64).abs() < 1e-9);
        }
        let ridge = problem.path_at(0.0, &[100.0, 1.0, 1e-6]);
        let df: Vec<f64> = ridge
            .iter()
            .map(|p| p.degrees_of_freedom(&problem, 0.0))
            .collect();
        assert!(df[0] < 1.1 && df[0] < df[1] && df[1] < df[2]);
        assert!((df[2] - 6.0).abs() < 1e-3);
    }

    #[test]
    fn constant_columns_and_one_class_are_walked_past() {
        let (x, y) = correlated(50, 3);
        let with_constant = Matrix::from_columns(50, &[vec![4.0; 50], x.col(0).to_vec()]);
        let problem = Standardised::new(&with_constant, &y);
        let path = problem.path(0.5);
        assert!(
            path.iter()
                .all(|point| point.coefficients(&problem).1[0] == 0.0)
        );
        let one_class = Standardised::new(&x, &[true; 50]);
        for point in one_class.path(0.5) {
            assert!(
                point
                    .coefficients(&one_class)
                    .1
                    .iter()
                    .all(|b| b.is_finite())
            );
        }
    }
}
