//! A lower triangular factor of a small covariance matrix: densities of and draws from a normal distribution.

/// Least variance that is told from none.
const LEAST: f64 = 1e-9;

/// The factor `L` of `L L' = A`, with `A` of order `d`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Factor {
    d: usize,
    /// Row-major; above the diagonal 0.
    lower: Vec<f64>,
}

impl Factor {
    /// Factorises a symmetric matrix (row-major, its lower triangle is read); `None` where it is not positive definite.
    pub(super) fn new(a: &[f64], d: usize) -> Option<Self> {
        let mut lower = vec![0.0; d * d];
        for i in 0..d {
            for j in 0..=i {
                let known: f64 = (0..j).map(|m| lower[i * d + m] * lower[j * d + m]).sum();
                let left = a[i * d + j] - known;
                lower[i * d + j] = if i == j {
                    if left.is_nan() || left < LEAST / 2.0 {
                        return None;
                    }
                    left.sqrt()
                } else {
                    left / lower[j * d + j]
                };
            }
        }
        Some(Self { d, lower })
    }

    /// The factor of a matrix that should be positive definite; one that is not is drawn towards its diagonal until it is.
    pub(super) fn near(a: &[f64], d: usize) -> Self {
        let mut drawn = a.to_vec();
        loop {
            if let Some(factor) = Self::new(&drawn, d) {
                return factor;
            }
            for i in 0..d {
                for j in 0..d {
                    let value = drawn[i * d + j];
                    drawn[i * d + j] = match (i == j, value.is_finite()) {
                        (true, true) => value.max(LEAST),
                        (true, false) => 1.0,
                        (false, true) => 0.95 * value,
                        (false, false) => 0.0,
                    };
                }
            }
        }
    }

    /// Logarithm of the determinant of `A`.
    pub(super) fn log_determinant(&self) -> f64 {
        2.0 * (0..self.d)
            .map(|i| self.lower[i * self.d + i].ln())
            .sum::<f64>()
    }

    /// `x' A^-1 x` of what `x` holds; `x` is overwritten.
    #[inline]
    pub(super) fn distance(&self, x: &mut [f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..self.d {
            let row = &self.lower[i * self.d..i * self.d + i];
            let known: f64 = row.iter().zip(&*x).map(|(l, x)| l * x).sum();
            x[i] = (x[i] - known) / self.lower[i * self.d + i];
            sum += x[i] * x[i];
        }
        sum
    }

    /// Independent standard normal draws as draws with covariance `A`.
    pub(super) fn correlate(&self, z: &mut [f64]) {
        for i in (0..self.d).rev() {
            let row = &self.lower[i * self.d..=i * self.d + i];
            z[i] = row.iter().zip(&*z).map(|(l, z)| l * z).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_gives_determinant_and_distance_of_its_matrix() {
        let factor = Factor::new(&[4.0, 0.0, 2.0, 5.0], 2).expect("positive definite");
        assert!((factor.log_determinant() - 16.0_f64.ln()).abs() < 1e-12);
        // The inverse is [5, -2; -2, 4] / 16.
        let distance = factor.distance(&mut [1.0, 3.0]);
        assert!((distance - (5.0 - 12.0 + 36.0) / 16.0).abs() < 1e-12);
        let mut z = [1.0, 1.0];
        factor.correlate(&mut z);
        assert_eq!(z, [2.0, 3.0]);
    }

    #[test]
    fn correlations_that_contradict_each_other_are_drawn_towards_independence() {
        let r = [1.0, 0.9, -0.9, 0.9, 1.0, 0.9, -0.9, 0.9, 1.0];
        assert!(Factor::new(&r, 3).is_none());
        let factor = Factor::near(&r, 3);
        assert!(factor.log_determinant().is_finite());
        let nonsense = Factor::near(&[1.0, f64::NAN, f64::NAN, 1.0], 2);
        assert!(nonsense.log_determinant().abs() < 1e-12);
    }
}
