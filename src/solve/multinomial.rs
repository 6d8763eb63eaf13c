//! Baseline-category logit with a weak prior, for imputation: two levels are logistic regression.

use crate::base::seed::Rng;
use crate::solve::cholesky::Cholesky;
use crate::solve::kernel::{add_scaled, dot, sum};

/// Inverse variance of the normal prior of a slope on a standardised column: standard deviation
/// 2.5, the scale of Gelman and others (2008). Keeps every fit finite where levels are separated;
/// `mice` adds made-up rows for the same end (White, Daniel and Royston 2010).
const PRIOR_PRECISION: f64 = 1.0 / 6.25;
const MAX_ITERATIONS: usize = 25;
/// Relative change of the objective that ends a fit: far below the scatter of a draw.
const TOLERANCE: f64 = 1e-8;
/// A column whose own part is smaller than this share depends on earlier ones.
const ALIASED: f64 = 1e-12;

/// A fitted model: for each level but the first, the coefficients of its log-odds against the first.
pub struct Multinomial {
    /// Level by level (from the second on), one coefficient a column.
    pub coefficients: Vec<f64>,
    factor: Cholesky,
}

impl Multinomial {
    /// Fits the level (0 to `n_levels - 1`, at least two levels) of each row on columns of finite values, the first of
    /// them the intercept (not penalised). `start`: coefficients to begin from, of the same shape;
    /// others are ignored.
    pub fn new(columns: &[Vec<f64>], level: &[usize], n_levels: usize, start: &[f64]) -> Self {
        let order = columns.len() * (n_levels - 1);
        let task = Task {
            columns,
            level,
            n_logits: n_levels - 1,
        };
        let mut b = if start.len() == order {
            start.to_vec()
        } else {
            vec![0.0; order]
        };
        let mut chances = task.chances(&b);
        let mut best = task.objective(&b, &chances);
        for _ in 0..MAX_ITERATIONS {
            let (mut step, hessian) = task.derivatives(&b, &chances);
            Cholesky::new(order, hessian, ALIASED).solve(&mut step);
            let mut share = 1.0;
            let (mut tried, mut value);
            loop {
                tried = b.clone();
                add_scaled(&mut tried, &step, share);
                chances = task.chances(&tried);
                value = task.objective(&tried, &chances);
                if value >= best || share < 1e-3 {
                    break;
                }
                share *= 0.5;
            }
            let change = (value - best).abs() / (best.abs() + 0.1);
            b = tried;
            best = value;
            if change < TOLERANCE {
                break;
            }
        }
        let (_, hessian) = task.derivatives(&b, &chances);
        Self {
            coefficients: b,
            factor: Cholesky::new(order, hessian, ALIASED),
        }
    }

    /// A draw of the coefficients from the normal approximation of their posterior (Rubin 1987, p. 169).
    pub fn draw(&self, rng: &mut Rng) -> Vec<f64> {
        let mut noise: Vec<f64> = self.coefficients.iter().map(|_| rng.normal()).collect();
        self.factor.draw(&mut noise);
        let drawn = self.coefficients.iter().zip(&noise);
        drawn.map(|(b, z)| b + z).collect()
    }
}

/// Of the prior of a column's coefficient: none for the intercept.
fn precision(column: usize) -> f64 {
    if column == 0 { 0.0 } else { PRIOR_PRECISION }
}

struct Task<'a> {
    columns: &'a [Vec<f64>],
    level: &'a [usize],
    n_logits: usize,
}

impl Task<'_> {
    /// For each level but the first, its chance in every row; then the log-likelihood of every row.
    fn chances(&self, b: &[f64]) -> (Vec<Vec<f64>>, f64) {
        let (n, k) = (self.level.len(), self.columns.len());
        let mut logits: Vec<Vec<f64>> = (0..self.n_logits)
            .map(|logit| {
                let mut sums = vec![0.0; n];
                for (column, &b) in self.columns.iter().zip(&b[logit * k..]) {
                    add_scaled(&mut sums, column, b);
                }
                sums
            })
            .collect();
        let mut log_likelihood = 0.0;
        for row in 0..n {
            let most = logits.iter().map(|l| l[row]).fold(0.0, f64::max);
            let own = match self.level[row] {
                0 => 0.0,
                level => logits[level - 1][row],
            };
            let mut total = (-most).exp();
            for logit in &mut logits {
                logit[row] = (logit[row] - most).exp();
                total += logit[row];
            }
            logits.iter_mut().for_each(|logit| logit[row] /= total);
            log_likelihood += own - most - total.ln();
        }
        (logits, log_likelihood)
    }

    fn objective(&self, b: &[f64], chances: &(Vec<Vec<f64>>, f64)) -> f64 {
        let k = self.columns.len();
        let penalty: f64 = b
            .iter()
            .enumerate()
            .map(|(at, b)| 0.5 * precision(at % k) * b * b)
            .sum();
        chances.1 - penalty
    }

    /// Gradient and lower triangle of the negative Hessian.
    fn derivatives(&self, b: &[f64], chances: &(Vec<Vec<f64>>, f64)) -> (Vec<f64>, Vec<f64>) {
        let (n, k) = (self.level.len(), self.columns.len());
        let order = k * self.n_logits;
        let chance = &chances.0;
        let mut gradient = vec![0.0; order];
        let mut hessian = vec![0.0; order * order];
        let (mut weight, mut weighted) = (vec![0.0; n], vec![0.0; n]);
        for a in 0..self.n_logits {
            for row in 0..n {
                weight[row] = f64::from(u8::from(self.level[row] == a + 1)) - chance[a][row];
            }
            for (j, column) in self.columns.iter().enumerate() {
                let at = a * k + j;
                gradient[at] = dot(column, &weight) - precision(j) * b[at];
            }
            for c in 0..=a {
                for row in 0..n {
                    let same = f64::from(u8::from(a == c));
                    weight[row] = chance[a][row] * (same - chance[c][row]);
                }
                for (j, column) in self.columns.iter().enumerate() {
                    for ((out, x), w) in weighted.iter_mut().zip(column).zip(&weight) {
                        *out = x * w;
                    }
                    let last = if a == c { j + 1 } else { k };
                    for (l, other) in self.columns[..last].iter().enumerate() {
                        hessian[(a * k + j) * order + c * k + l] = dot(&weighted, other);
                    }
                }
            }
            // A whisper on the intercepts too, so that the factorisation never meets a zero.
            hessian[a * k * order + a * k] += 1e-9 * (1.0 + sum(&chance[a]));
            for j in 0..k {
                hessian[(a * k + j) * (order + 1)] += precision(j);
            }
        }
        (gradient, hessian)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::{Matrix, mean, sd};
    use crate::base::seed::Stream;
    use crate::solve::fit;

    fn columns(n: usize) -> Vec<Vec<f64>> {
        let mut rng = Stream::new(4).rng();
        let x: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        vec![vec![1.0; n], x]
    }

    #[test]
    fn two_levels_are_logistic_regression() {
        let columns = columns(2000);
        let mut rng = Stream::new(5).rng();
        let level: Vec<usize> = columns[1]
            .iter()
            .map(|x| usize::from(rng.normal() < *x))
            .collect();
        let ours = Multinomial::new(&columns, &level, 2, &[]);
        let y: Vec<bool> = level.iter().map(|&level| level == 1).collect();
        let theirs = fit(
            &Matrix::from_columns(2000, std::slice::from_ref(&columns[1])),
            &y,
            0.0,
        );
        assert!((ours.coefficients[0] - theirs.intercept).abs() < 2e-3);
        assert!((ours.coefficients[1] - theirs.coefficients[0]).abs() < 5e-3);
        let slopes: Vec<f64> = (0..5000).map(|_| ours.draw(&mut rng)[1]).collect();
        let std_error = theirs.std_error(Some(0)).unwrap();
        assert!((mean(&slopes).unwrap() - ours.coefficients[1]).abs() < 0.01);
        assert!((sd(&slopes).unwrap() / std_error - 1.0).abs() < 0.04);
    }

    #[test]
    fn three_levels_are_found_again() {
        let columns = columns(20_000);
        let mut rng = Stream::new(6).rng();
        let truth = [0.3, 1.0, -0.5, -0.7];
        let level: Vec<usize> = columns[1]
            .iter()
            .map(|x| {
                let odds = [
                    1.0,
                    (truth[0] + truth[1] * x).exp(),
                    (truth[2] + truth[3] * x).exp(),
                ];
                let mut u = rng.uniform() * odds.iter().sum::<f64>();
                let mut at = 0;
                while at < 2 && u > odds[at] {
                    u -= odds[at];
                    at += 1;
                }
                at
            })
            .collect();
        let found = Multinomial::new(&columns, &level, 3, &[]).coefficients;
        for (found, truth) in found.iter().zip(truth) {
            assert!((found - truth).abs() < 0.08, "{found} {truth}");
        }
    }

    #[test]
    fn a_separated_level_stays_finite() {
        let columns = columns(30);
        let level: Vec<usize> = columns[1].iter().map(|x| usize::from(*x > 0.0)).collect();
        let fit = Multinomial::new(&columns, &level, 2, &[]);
        let drawn = fit.draw(&mut Stream::new(7).rng());
        assert!(drawn.iter().all(|b| b.is_finite() && b.abs() < 50.0));
    }
}
