//! Cholesky factorisation that steps over columns which depend on earlier ones.

use crate::solve::kernel::{add_scaled, dot};

/// A symmetric positive matrix of order `k` as its lower triangle, factorised.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    k: usize,
    /// Row-major lower triangle; row `i` starts at `i * k`.
    lower: Vec<f64>,
    /// Columns that depend on earlier ones; they get the coefficient 0.
    pub(crate) aliased: Vec<bool>,
}

impl Cholesky {
    /// Factorises in place. A pivot under `tolerance` times its diagonal marks the column as aliased.
    pub(crate) fn new(k: usize, mut a: Vec<f64>, tolerance: f64) -> Self {
        let mut aliased = vec![false; k];
        for j in 0..k {
            let diagonal = a[j * k + j];
            let before = &a[j * k..j * k + j];
            let pivot = diagonal - dot(before, before);
            // A NaN pivot (overflow) counts as aliased too.
            if pivot.is_nan() || pivot <= tolerance * diagonal || diagonal <= 0.0 {
                aliased[j] = true;
                for i in j..k {
                    a[i * k + j] = 0.0;
                }
                continue;
            }
            let root = pivot.sqrt();
            a[j * k + j] = root;
            for i in j + 1..k {
                let (above, row) = a.split_at_mut(i * k);
                let explained = dot(&row[..j], &above[j * k..j * k + j]);
                row[j] = (row[j] - explained) / root;
            }
        }
        Self {
            k,
            lower: a,
            aliased,
        }
    }

    /// Solves `A x = b`; aliased entries of `x` are 0.
    pub(crate) fn solve(&self, b: &mut [f64]) {
        let k = self.k;
        for i in 0..k {
            if self.aliased[i] {
                b[i] = 0.0;
                continue;
            }
            let row = &self.lower[i * k..=i * k + i];
            b[i] = (b[i] - dot(&row[..i], &b[..i])) / row[i];
        }
        self.draw(b);
    }

    /// Turns independent standard normal draws into a draw from `N(0, A^-1)`: solves `L' x = z`.
    /// Aliased entries of `x` are 0.
    pub(crate) fn draw(&self, z: &mut [f64]) {
        let k = self.k;
        for i in (0..k).rev() {
            if self.aliased[i] {
                z[i] = 0.0;
                continue;
            }
            let row = &self.lower[i * k..=i * k + i];
            z[i] /= row[i];
            let (above, own) = z.split_at_mut(i);
            add_scaled(above, &row[..i], -own[0]);
        }
    }

    /// `(L^-1)'` row by row: row `i` holds, from its diagonal on, what column `i` of `L^-1` holds. So the
    /// quadratic form `x' A^-1 x` is the sum of squares of `x` times its columns. Rows and columns of
    /// aliased entries are 0.
    pub(crate) fn transposed_inverse(&self) -> Vec<f64> {
        let k = self.k;
        let mut rows = vec![0.0; k * k];
        for i in (0..k).filter(|&i| !self.aliased[i]) {
            let row = &mut rows[i * k..(i + 1) * k];
            row[i] = 1.0 / self.lower[i * k + i];
            for c in (i + 1..k).filter(|&c| !self.aliased[c]) {
                let lower = &self.lower[c * k..=c * k + c];
                row[c] = -dot(&lower[i..c], &row[i..c]) / lower[c];
            }
        }
        rows
    }

    /// The inverse, row by row; rows and columns of aliased entries are 0.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let k = self.k;
        let rows = self.transposed_inverse();
        let mut inverse = vec![0.0; k * k];
        for i in 0..k {
            for j in 0..=i {
                let value = dot(&rows[i * k + i..(i + 1) * k], &rows[j * k + i..(j + 1) * k]);
                inverse[i * k + j] = value;
                inverse[j * k + i] = value;
            }
        }
        inverse
    }

    /// Number of columns that are not aliased.
    pub(crate) fn rank(&self) -> usize {
        self.aliased.iter().filter(|is| !**is).count()
    }

    /// Logarithm of the determinant, aliased entries left out.
    pub(crate) fn log_determinant(&self) -> f64 {
        let kept = (0..self.k).filter(|&i| !self.aliased[i]);
        let logs = kept.map(|i| self.lower[i * self.k + i].ln());
        2.0 * logs.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_solves_and_inverts_a_positive_matrix() {
        let a = vec![4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 1.0, 3.0, 6.0];
        let factor = Cholesky::new(3, a, 1e-12);
        let mut x = vec![1.0, 2.0, 3.0];
        factor.solve(&mut x);
        let full = [[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]];
        for (row, b) in full.iter().zip([1.0, 2.0, 3.0]) {
            let got: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
            assert!((got - b).abs() < 1e-12);
        }
        let inverse = factor.inverse();
        let unit: f64 = (0..3).map(|j| full[1][j] * inverse[j * 3 + 1]).sum();
        assert!((unit - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_repeated_column_is_stepped_over() {
        let factor = Cholesky::new(2, vec![1.0, 0.0, 1.0, 1.0], 1e-9);
        assert_eq!(factor.aliased, [false, true]);
        let mut x = vec![2.0, 2.0];
        factor.solve(&mut x);
        assert_eq!(x, [2.0, 0.0]);
    }
}
