//! Newton's method for logistic regression, standardised inside, with an optional ridge penalty.
//!
//! Minimises `-(1/n) loglik(b0, b) + (lambda/2) * sum (b_j s_j)^2` with `s_j` the standard
//! deviation of column j (divisor n) and a free intercept: glmnet's scale with alpha = 0.
//! scikit-learn's `C` is `1 / (n lambda)`.

use crate::base::num::{Matrix, risk_from_linear_predictor};
use crate::solve::cholesky::Cholesky;

/// Iterations after which a fit counts as not converged (R's `glm` stops there too).
const MAX_ITERATIONS: usize = 25;
/// Relative change of the objective that ends a fit; at Newton's rate the coefficients are then exact to rounding.
const EXACT: f64 = 1e-12;
/// The same within a path of penalties, where only the held-out deviance matters.
const ROUGH: f64 = 1e-6;
/// A column whose part not explained by earlier columns is smaller than this share depends on them.
const ALIASED: f64 = 1e-9;
/// Standard errors above this on standardised columns tell of a coefficient that runs to infinity.
const SEPARATED_STD_ERROR: f64 = 100.0;

/// What was noticed in a fit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Trouble {
    /// These columns are constant among the rows; coefficient 0.
    Constant(Vec<usize>),
    /// These columns depend on earlier ones; coefficient 0.
    Aliased(Vec<usize>),
    /// Some combination of columns separates the outcomes: these coefficients run to infinity.
    Separated(Vec<usize>),
    /// The iterations ended before the objective settled.
    Unsettled,
}

/// Number of rows and of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Rows.
    pub n: usize,
    /// Rows with the event.
    pub n_events: usize,
}

impl Counts {
    /// Log-likelihood of the model with an intercept only.
    pub fn null_log_likelihood(self) -> f64 {
        let (n, events) = (self.n as f64, self.n_events as f64);
        let part = |k: f64| if k > 0.0 { k * (k / n).ln() } else { 0.0 };
        part(events) + part(n - events)
    }
}

/// A fitted logistic model on the scale of the matrix it was given.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LogisticFit {
    /// Intercept, log-odds.
    pub intercept: f64,
    /// Log odds ratio for one unit of each column.
    pub coefficients: Vec<f64>,
    /// Inverse observed information, `(k+1) x (k+1)` row by row, the intercept first;
    /// `None` with a penalty, where it would not be a covariance.
    pub covariance: Option<Vec<f64>>,
    /// Penalty, 0 for maximum likelihood.
    pub lambda: f64,
    /// Log-likelihood without the penalty.
    pub log_likelihood: f64,
    /// Rows and events.
    pub counts: Counts,
    /// Whether the objective settled.
    pub converged: bool,
    /// Newton steps taken.
    pub n_iterations: usize,
    /// What was noticed.
    pub troubles: Vec<Trouble>,
}

impl LogisticFit {
    /// Linear predictor (log-odds) of every row of a matrix with the same columns.
    pub fn linear_predictors(&self, x: &Matrix) -> Vec<f64> {
        let mut sums = vec![self.intercept; x.n_rows];
        for (j, &b) in self
            .coefficients
            .iter()
            .enumerate()
            .filter(|(_, b)| **b != 0.0)
        {
            add_scaled(&mut sums, x.col(j), b);
        }
        sums
    }

    /// Standard error of column `j` (the intercept: `None`) ; `None` with a penalty.
    pub fn std_error(&self, j: Option<usize>) -> Option<f64> {
        let order = self.coefficients.len() + 1;
        let at = j.map_or(0, |j| j + 1);
        let variance = self.covariance.as_ref()?[at * order + at];
        (variance > 0.0).then(|| variance.sqrt())
    }
}

/// A matrix with its columns centred and scaled to standard deviation 1 (divisor n), and the outcome.
pub struct Standardised {
    z: Matrix,
    y: Vec<f64>,
    centre: Vec<f64>,
    /// 0 for a constant column.
    scale: Vec<f64>,
    counts: Counts,
}

impl Standardised {
    /// Standardises; `x` has one row an entry of `y`.
    pub fn new(x: &Matrix, y: &[bool]) -> Self {
        let n = x.n_rows as f64;
        let mut z = x.clone();
        let (mut centre, mut scale) = (vec![0.0; x.k_cols], vec![0.0; x.k_cols]);
        for j in 0..x.k_cols {
            let column = z.col_mut(j);
            let mean = column.iter().sum::<f64>() / n;
            let variance = column.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n;
            let spread = variance.sqrt();
            let is_constant = spread.is_nan() || spread <= 1e-12 * (1.0 + mean.abs());
            centre[j] = mean;
            scale[j] = if is_constant { 0.0 } else { spread };
            let factor = if is_constant { 0.0 } else { 1.0 / spread };
            for value in column.iter_mut() {
                *value = (*value - mean) * factor;
            }
        }
        Self {
            z,
            y: y.iter().map(|&event| f64::from(u8::from(event))).collect(),
            centre,
            scale,
            counts: Counts {
                n: y.len(),
                n_events: y.iter().filter(|&&event| event).count(),
            },
        }
    }

    /// Coefficients at the intercept-only model.
    fn start(&self) -> Vec<f64> {
        let mut b = vec![0.0; self.z.k_cols + 1];
        // Kept off the boundary where there is one class.
        let share = (self.counts.n_events as f64 + 1e-9) / (self.counts.n as f64 + 2e-9);
        b[0] = (share / (1.0 - share)).ln();
        b
    }

    fn linear_predictors(&self, b: &[f64]) -> Vec<f64> {
        let mut sums = vec![b[0]; self.z.n_rows];
        for j in (0..self.z.k_cols).filter(|&j| b[j + 1] != 0.0) {
            add_scaled(&mut sums, self.z.col(j), b[j + 1]);
        }
        sums
    }

    fn log_likelihood(&self, lp: &[f64]) -> f64 {
        // y*lp - ln(1 + exp(lp)), without overflow.
        self.y
            .iter()
            .zip(lp)
            .map(|(y, lp)| y * lp - lp.max(0.0) - (-lp.abs()).exp().ln_1p())
            .sum()
    }

    fn penalty(&self, b: &[f64], lambda: f64) -> f64 {
        0.5 * lambda * self.counts.n as f64 * b[1..].iter().map(|b| b * b).sum::<f64>()
    }

    /// Gradient of the penalised log-likelihood and the lower triangle of the negative Hessian.
    fn derivatives(&self, lp: &[f64], b: &[f64], lambda: f64) -> (Vec<f64>, Vec<f64>) {
        let (n, k) = (self.z.n_rows, self.z.k_cols);
        let order = k + 1;
        let mut residual = vec![0.0; n];
        let mut weight = vec![0.0; n];
        for i in 0..n {
            let risk = risk_from_linear_predictor(lp[i]);
            residual[i] = self.y[i] - risk;
            weight[i] = risk * (1.0 - risk);
        }
        let ridge = lambda * n as f64;
        let mut gradient = vec![0.0; order];
        let mut hessian = vec![0.0; order * order];
        gradient[0] = sum(&residual);
        hessian[0] = sum(&weight);
        let mut weighted = vec![0.0; n];
        for j in 0..k {
            let column = self.z.col(j);
            gradient[j + 1] = dot(column, &residual) - ridge * b[j + 1];
            for ((out, z), w) in weighted.iter_mut().zip(column).zip(&weight) {
                *out = z * w;
            }
            let row = (j + 1) * order;
            hessian[row] = sum(&weighted);
            for l in 0..=j {
                hessian[row + l + 1] = dot(&weighted, self.z.col(l));
            }
            hessian[row + j + 1] += ridge;
        }
        (gradient, hessian)
    }

    /// Newton's method with step halving from `b`; returns whether it settled and the steps taken.
    fn newton(&self, b: &mut Vec<f64>, lambda: f64, tolerance: f64) -> (bool, usize) {
        let objective = |b: &[f64], lp: &[f64]| self.log_likelihood(lp) - self.penalty(b, lambda);
        let mut lp = self.linear_predictors(b);
        let mut best = objective(b, &lp);
        for iteration in 1..=MAX_ITERATIONS {
            let (mut step, hessian) = self.derivatives(&lp, b, lambda);
            let order = step.len();
            Cholesky::new(order, hessian, ALIASED).solve(&mut step);
            let mut share = 1.0;
            let mut tried: Vec<f64>;
            let mut value;
            loop {
                tried = b.iter().zip(&step).map(|(b, s)| b + share * s).collect();
                lp = self.linear_predictors(&tried);
                value = objective(&tried, &lp);
                if value >= best - 1e-12 * best.abs() || share < 1e-3 {
                    break;
                }
                share *= 0.5;
            }
            let change = (value - best).abs() / (best.abs() + 0.1);
            *b = tried;
            best = value;
            if change < tolerance {
                return (true, iteration);
            }
        }
        (false, MAX_ITERATIONS)
    }

    /// Coefficients on the scale of the matrix: intercept and columns.
    fn unscale(&self, b: &[f64]) -> (f64, Vec<f64>) {
        let coefficients: Vec<f64> = (0..self.z.k_cols)
            .map(|j| {
                if self.scale[j] > 0.0 {
                    b[j + 1] / self.scale[j]
                } else {
                    0.0
                }
            })
            .collect();
        let shift: f64 = coefficients
            .iter()
            .zip(&self.centre)
            .map(|(b, c)| b * c)
            .sum();
        (b[0] - shift, coefficients)
    }

    /// Covariance on the scale of the matrix from that of the standardised coefficients.
    fn unscale_covariance(&self, inverse: &[f64]) -> Vec<f64> {
        let order = self.z.k_cols + 1;
        let factor = |j: usize| {
            if self.scale[j] > 0.0 {
                1.0 / self.scale[j]
            } else {
                0.0
            }
        };
        let at = |i: usize, j: usize| inverse[i * order + j];
        let mut out = vec![0.0; order * order];
        for i in 1..order {
            for j in 1..order {
                out[i * order + j] = at(i, j) * factor(i - 1) * factor(j - 1);
            }
        }
        // b0 = a0 - sum_j centre_j b_j
        let cross: Vec<f64> = (1..order)
            .map(|i| {
                let shift: f64 = (1..order)
                    .map(|j| self.centre[j - 1] * out[i * order + j])
                    .sum();
                at(0, i) * factor(i - 1) - shift
            })
            .collect();
        let mut variance = at(0, 0);
        for i in 1..order {
            let shift = at(0, i) * factor(i - 1) + cross[i - 1];
            variance -= self.centre[i - 1] * shift;
            out[i * order] = cross[i - 1];
            out[i] = cross[i - 1];
        }
        out[0] = variance;
        out
    }

    fn constant_columns(&self) -> Vec<usize> {
        (0..self.z.k_cols)
            .filter(|&j| self.scale[j] == 0.0)
            .collect()
    }

    /// Fits at one penalty.
    fn fit(&self, lambda: f64) -> LogisticFit {
        let mut b = self.start();
        let (mut converged, n_iterations) = self.newton(&mut b, lambda, EXACT);
        let lp = self.linear_predictors(&b);
        let (_, hessian) = self.derivatives(&lp, &b, lambda);
        let factor = Cholesky::new(b.len(), hessian, ALIASED);
        let constant = self.constant_columns();
        let mut troubles = Vec::new();
        if !constant.is_empty() {
            troubles.push(Trouble::Constant(constant.clone()));
        }
        let inverse = (lambda == 0.0).then(|| factor.inverse());
        if let Some(inverse) = &inverse {
            let separated = self.separated(&lp, inverse, &constant);
            let is_separated = !separated.is_empty();
            if is_separated {
                troubles.push(Trouble::Separated(separated));
                converged = false;
            }
            // At the border of separation weights vanish, so nothing can be said of dependence there.
            let aliased = if is_separated {
                Vec::new()
            } else {
                self.aliased(&factor, &constant)
            };
            if !aliased.is_empty() {
                troubles.push(Trouble::Aliased(aliased));
            }
        }
        if !converged && !troubles.iter().any(|t| matches!(t, Trouble::Separated(_))) {
            troubles.push(Trouble::Unsettled);
        }
        let (intercept, coefficients) = self.unscale(&b);
        LogisticFit {
            intercept,
            coefficients,
            covariance: inverse.map(|inverse| self.unscale_covariance(&inverse)),
            lambda,
            log_likelihood: self.log_likelihood(&lp),
            counts: self.counts,
            converged,
            n_iterations,
            troubles,
        }
    }

    fn aliased(&self, factor: &Cholesky, constant: &[usize]) -> Vec<usize> {
        (0..self.z.k_cols)
            .filter(|j| factor.aliased[j + 1] && !constant.contains(j))
            .collect()
    }

    /// Columns that run to infinity: all of them where the fit is perfect, else those with a huge
    /// standard error. Says separation only where some fitted risk has reached 0 or 1.
    fn separated(&self, lp: &[f64], inverse: &[f64], constant: &[usize]) -> Vec<usize> {
        let varying = || (0..self.z.k_cols).filter(|j| !constant.contains(j));
        if lp.iter().all(|lp| lp.abs() < 12.0) {
            return Vec::new();
        }
        if -2.0 * self.log_likelihood(lp) < 1e-3 {
            return varying().collect();
        }
        let order = self.z.k_cols + 1;
        varying()
            .filter(|j| {
                let variance = inverse[(j + 1) * order + j + 1];
                // Aliased at the border: the information about it has vanished.
                variance <= 0.0 || variance.sqrt() > SEPARATED_STD_ERROR
            })
            .collect()
    }
}

/// Fits a logistic model. `x`: n rows, finite values; `y`: n outcomes, both classes present;
/// `lambda`: ridge penalty >= 0, 0 for maximum likelihood. Constant and dependent columns get
/// the coefficient 0; separation and non-convergence are told in `troubles`, never hidden.
pub fn fit(x: &Matrix, y: &[bool], lambda: f64) -> LogisticFit {
    Standardised::new(x, y).fit(lambda)
}

/// Linear predictors of `test` rows for each penalty of a falling path, warm-started; one vector a penalty.
pub fn fit_path(train: &Standardised, test: &Matrix, lambdas: &[f64]) -> Vec<Vec<f64>> {
    let mut b = train.start();
    lambdas
        .iter()
        .map(|&lambda| {
            train.newton(&mut b, lambda, ROUGH);
            let (intercept, coefficients) = train.unscale(&b);
            let mut lp = vec![intercept; test.n_rows];
            for (j, &b) in coefficients.iter().enumerate() {
                add_scaled(&mut lp, test.col(j), b);
            }
            lp
        })
        .collect()
}

pub(crate) fn add_scaled(sums: &mut [f64], column: &[f64], factor: f64) {
    for (sum, x) in sums.iter_mut().zip(column) {
        *sum += factor * x;
    }
}

/// Dot product in eight running sums: fast, and the same bits everywhere.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a_head, a_tail) = a.as_chunks::<8>();
    let (b_head, b_tail) = b.as_chunks::<8>();
    for (x, y) in a_head.iter().zip(b_head) {
        for l in 0..8 {
            sums[l] += x[l] * y[l];
        }
    }
    let tail: f64 = a_tail.iter().zip(b_tail).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + tail
}

pub(crate) fn sum(a: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (head, tail) = a.as_chunks::<8>();
    for x in head {
        for l in 0..8 {
            sums[l] += x[l];
        }
    }
    sums.iter().sum::<f64>() + tail.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    fn noisy(n: usize, k: usize) -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(5).rng();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|j| {
                (0..n)
                    .map(|_| rng.normal() * (j + 1) as f64 + 3.0)
                    .collect()
            })
            .collect();
        let x = Matrix::from_columns(n, &columns);
        let y = (0..n)
            .map(|i| rng.uniform() < risk_from_linear_predictor(x.get(i, 0) - 3.0))
            .collect();
        (x, y)
    }

    #[test]
    fn at_the_maximum_the_score_is_zero() {
        let (x, y) = noisy(200, 4);
        let fitted = fit(&x, &y, 0.0);
        assert!(fitted.converged);
        let lp = fitted.linear_predictors(&x);
        let residual: Vec<f64> = lp
            .iter()
            .zip(&y)
            .map(|(lp, &y)| f64::from(u8::from(y)) - risk_from_linear_predictor(*lp))
            .collect();
        for j in 0..4 {
            assert!(dot(x.col(j), &residual).abs() < 1e-6);
        }
    }

    #[test]
    fn a_huge_penalty_leaves_the_event_rate() {
        let (x, y) = noisy(150, 3);
        let fitted = fit(&x, &y, 1e6);
        assert!(fitted.coefficients.iter().all(|b| b.abs() < 1e-5));
        let rate = y.iter().filter(|&&y| y).count() as f64 / 150.0;
        assert!((risk_from_linear_predictor(fitted.linear_predictors(&x)[0]) - rate).abs() < 1e-4);
    }

    #[test]
    fn separation_constant_and_repeated_columns_are_told() {
        let (x, y) = noisy(100, 2);
        let label: Vec<f64> = y.iter().map(|&y| f64::from(u8::from(y))).collect();
        let separated = fit(
            &Matrix::from_columns(100, &[x.col(0).to_vec(), label]),
            &y,
            0.0,
        );
        assert!(!separated.converged);
        assert!(
            matches!(separated.troubles[0], Trouble::Separated(_)),
            "{:?}",
            separated.troubles
        );
        let columns = [x.col(0).to_vec(), vec![2.0; 100], x.col(0).to_vec()];
        let dependent = fit(&Matrix::from_columns(100, &columns), &y, 0.0);
        assert_eq!(
            dependent.troubles,
            [Trouble::Constant(vec![1]), Trouble::Aliased(vec![2])]
        );
        assert_eq!(dependent.coefficients[2], 0.0);
    }

    #[test]
    fn the_path_ends_where_a_single_fit_ends() {
        let (x, y) = noisy(120, 3);
        let path = fit_path(&Standardised::new(&x, &y), &x, &[1.0, 0.1, 0.01]);
        let single = fit(&x, &y, 0.01).linear_predictors(&x);
        for (a, b) in path[2].iter().zip(&single) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }
}
