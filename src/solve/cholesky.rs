//! Cholesky factorisation that steps over columns which depend on earlier ones.

/// A symmetric positive matrix of order `k` as its lower triangle, factorised.
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
            let sum: f64 = a[j * k..j * k + j].iter().map(|x| x * x).sum();
            let pivot = diagonal - sum;
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
                let dot: f64 = row[..j]
                    .iter()
                    .zip(&above[j * k..j * k + j])
                    .map(|(x, y)| x * y)
                    .sum();
                row[j] = (row[j] - dot) / root;
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
            let dot: f64 = self.lower[i * k..i * k + i]
                .iter()
                .zip(&*b)
                .map(|(x, y)| x * y)
                .sum();
            b[i] = (b[i] - dot) / self.lower[i * k + i];
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
            let dot: f64 = (i + 1..k).map(|j| self.lower[j * k + i] * z[j]).sum();
            z[i] = (z[i] - dot) / self.lower[i * k + i];
        }
    }

    /// The inverse, row by row; rows and columns of aliased entries are 0.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let k = self.k;
        let mut inverse = vec![0.0; k * k];
        for j in (0..k).filter(|&j| !self.aliased[j]) {
            let column = &mut inverse[j * k..(j + 1) * k];
            column[j] = 1.0;
            self.solve(column);
        }
        inverse
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
