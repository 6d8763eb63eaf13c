//! The form `x' (X' W X)^-1 x` of a cloud of rows: how far a row lies out among them.

use crate::solve::cholesky::Cholesky;
use crate::solve::kernel::dot;

/// A pivot under this share of its diagonal belongs to a column that the earlier ones make up.
const TOLERANCE: f64 = 1e-9;

/// The form, ready to be asked.
#[derive(Clone, Debug)]
pub struct QuadraticForm {
    /// What each column is divided by, so that units do not matter to rounding; 1 where it is 0 throughout.
    scales: Vec<f64>,
    factor: Cholesky,
}

impl QuadraticForm {
    /// Of these rows of one length, each with a weight of at least 0 or all with 1. Columns that depend on earlier ones
    /// are stepped over: they add nothing.
    pub fn new(rows: &[Vec<f64>], weights: Option<&[f64]>) -> Self {
        let k = rows.first().map_or(0, Vec::len);
        let weight = |at: usize| weights.map_or(1.0, |weights| weights[at]);
        let mut scales = vec![0.0; k];
        for (at, row) in rows.iter().enumerate() {
            for (sum, x) in scales.iter_mut().zip(row) {
                *sum += weight(at) * x * x;
            }
        }
        for scale in &mut scales {
            let root = scale.sqrt();
            *scale = if root > 0.0 && root.is_finite() {
                root
            } else {
                1.0
            };
        }
        let mut products = vec![0.0; k * k];
        for (at, row) in rows.iter().enumerate() {
            let scaled: Vec<f64> = row.iter().zip(&scales).map(|(x, s)| x / s).collect();
            for i in 0..k {
                for j in 0..=i {
                    products[i * k + j] += weight(at) * scaled[i] * scaled[j];
                }
            }
        }
        Self {
            scales,
            factor: Cholesky::new(k, products, TOLERANCE),
        }
    }

    /// Of one row, at least 0.
    pub fn of(&self, row: &[f64]) -> f64 {
        let scaled: Vec<f64> = row.iter().zip(&self.scales).map(|(x, s)| x / s).collect();
        let mut solved = scaled.clone();
        self.factor.solve(&mut solved);
        dot(&scaled, &solved).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_that_of_the_inverse_and_steps_over_what_repeats() {
        // Two columns and their sum; by hand the matrix is [[9, 5], [5, 11]] and its determinant 74.
        let rows: Vec<Vec<f64>> = [[2.0, 1.0], [1.0, 3.0], [2.0, 0.0], [0.0, 1.0]]
            .iter()
            .map(|[a, b]| vec![*a, *b, a + b])
            .collect();
        let form = QuadraticForm::new(&rows, None);
        let by_hand = |a: f64, b: f64| (11.0 * a * a - 10.0 * a * b + 9.0 * b * b) / 74.0;
        for (a, b) in [(1.0, 0.0), (0.5, -2.0), (3.0, 4.0)] {
            assert!((form.of(&[a, b, a + b]) - by_hand(a, b)).abs() < 1e-12);
        }
        // Leverages of full rank sum to the rank.
        let sum: f64 = rows.iter().map(|row| form.of(row)).sum();
        assert!((sum - 2.0).abs() < 1e-12);
        let weights = [0.5, 2.0, 1.0, 0.0];
        let form = QuadraticForm::new(&rows, Some(&weights));
        let weighted = rows.iter().zip(weights).map(|(row, w)| w * form.of(row));
        assert!((weighted.sum::<f64>() - 2.0).abs() < 1e-12);
        assert_eq!(QuadraticForm::new(&[], None).of(&[]), 0.0);
    }
}
