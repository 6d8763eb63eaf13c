//! Linear regression for imputation: least squares with a trace of ridge, and a draw from its posterior.

use crate::base::seed::Rng;
use crate::solve::cholesky::Cholesky;
use crate::solve::kernel::dot;

/// Share of each diagonal element of `X'X` that is added to it, as `mice` does where columns
/// depend on each other: invisible in an estimate, enough for a factorisation.
const RIDGE: f64 = 1e-5;

/// A fitted linear regression on the scale of the columns it was given.
pub struct LeastSquares {
    /// One coefficient a column.
    pub coefficients: Vec<f64>,
    residual_sum: f64,
    df: f64,
    factor: Cholesky,
}

impl LeastSquares {
    /// Fits `y` (n values) on columns of n finite values, an intercept among them if one is wanted.
    /// Columns may be constant, dependent, or more than there are rows.
    pub fn new(columns: &[Vec<f64>], y: &[f64]) -> Self {
        let k = columns.len();
        let mut gram = vec![0.0; k * k];
        let mut coefficients = vec![0.0; k];
        for (j, column) in columns.iter().enumerate() {
            for (l, other) in columns[..=j].iter().enumerate() {
                gram[j * k + l] = dot(column, other);
            }
            gram[j * k + j] *= 1.0 + RIDGE;
            coefficients[j] = dot(column, y);
        }
        let factor = Cholesky::new(k, gram, RIDGE * RIDGE);
        factor.solve(&mut coefficients);
        let fitted = products(columns, &coefficients, y.len());
        let residual_sum = y.iter().zip(&fitted).map(|(y, f)| (y - f).powi(2)).sum();
        Self {
            coefficients,
            residual_sum,
            df: (y.len() as f64 - k as f64).max(1.0),
            factor,
        }
    }

    /// A draw of the coefficients and of the residual standard deviation from their posterior under
    /// a flat prior (Rubin 1987, p. 167): `sigma2 = RSS / chi2(df)`, `b ~ N(b_hat, sigma2 (X'X)^-1)`.
    /// Where columns outnumber rows there is one degree of freedom, as in `mice`.
    pub fn draw(&self, rng: &mut Rng) -> (Vec<f64>, f64) {
        let sigma = (self.residual_sum / rng.chi_squared(self.df)).sqrt();
        let mut noise: Vec<f64> = self.coefficients.iter().map(|_| rng.normal()).collect();
        self.factor.draw(&mut noise);
        let drawn = self.coefficients.iter().zip(&noise);
        (drawn.map(|(b, z)| b + sigma * z).collect(), sigma)
    }
}

/// Sum over columns of coefficient times value, for each of `n` rows.
fn products(columns: &[Vec<f64>], coefficients: &[f64], n: usize) -> Vec<f64> {
    let mut sums = vec![0.0; n];
    for (column, &b) in columns.iter().zip(coefficients) {
        crate::solve::kernel::add_scaled(&mut sums, column, b);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::{mean, sd};
    use crate::base::seed::Stream;

    fn line() -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut rng = Stream::new(1).rng();
        let x: Vec<f64> = (0..40).map(|_| rng.normal()).collect();
        let y = x.iter().map(|x| 2.0 + 3.0 * x + rng.normal()).collect();
        (vec![vec![1.0; 40], x], y)
    }

    #[test]
    fn draws_scatter_around_the_fit_with_its_standard_error() {
        let (columns, y) = line();
        let fit = LeastSquares::new(&columns, &y);
        // Least squares by hand for one column.
        let (mx, my) = (mean(&columns[1]).unwrap(), mean(&y).unwrap());
        let sxx: f64 = columns[1].iter().map(|x| (x - mx).powi(2)).sum();
        let sxy: f64 = columns[1]
            .iter()
            .zip(&y)
            .map(|(x, y)| (x - mx) * (y - my))
            .sum();
        assert!((fit.coefficients[1] - sxy / sxx).abs() < 1e-3);
        let mut rng = Stream::new(2).rng();
        let slopes: Vec<f64> = (0..20_000).map(|_| fit.draw(&mut rng).0[1]).collect();
        // Variance of a t with 38 degrees of freedom: 38/36 of the squared standard error.
        let std_error = (fit.residual_sum / 38.0 / sxx * 38.0 / 36.0).sqrt();
        assert!((mean(&slopes).unwrap() - fit.coefficients[1]).abs() < 0.01);
        assert!((sd(&slopes).unwrap() / std_error - 1.0).abs() < 0.03);
    }

    #[test]
    fn dependent_constant_and_too_many_columns_give_finite_draws() {
        let mut rng = Stream::new(3).rng();
        let mut columns: Vec<Vec<f64>> = (0..12)
            .map(|_| (0..6).map(|_| rng.normal()).collect())
            .collect();
        columns.push(columns[0].clone());
        columns.push(vec![0.0; 6]);
        let y: Vec<f64> = (0..6).map(f64::from).collect();
        let (drawn, sigma) = LeastSquares::new(&columns, &y).draw(&mut rng);
        assert!(drawn.iter().all(|b| b.is_finite()) && sigma.is_finite());
        let (drawn, _) = LeastSquares::new(&columns, &[]).draw(&mut rng);
        assert!(drawn.iter().all(|b| b.is_finite()));
    }
}
