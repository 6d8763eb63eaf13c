//! The Gaussian copula of the baseline: which measures go together, and how strongly.
//!
//! The skeleton is that of the literature review of the project (signs and sizes of published
//! correlations); pairs marked "ours" are plausible additions without a source.

use std::sync::LazyLock;

use crate::base::seed::Rng;

/// Number of latent variables.
pub(super) const N_LATENT: usize = 20;

/// Positions of the latent variables.
pub(super) mod z {
    pub(in crate::simulate) const AGE: usize = 0;
    pub(in crate::simulate) const BMI: usize = 1;
    pub(in crate::simulate) const DURATION: usize = 2;
    pub(in crate::simulate) const SURGERIES: usize = 3;
    pub(in crate::simulate) const BACK: usize = 4;
    pub(in crate::simulate) const LEG: usize = 5;
    pub(in crate::simulate) const ODI: usize = 6;
    pub(in crate::simulate) const EQ5D: usize = 7;
    pub(in crate::simulate) const EQ_VAS: usize = 8;
    pub(in crate::simulate) const HADS_A: usize = 9;
    pub(in crate::simulate) const HADS_D: usize = 10;
    pub(in crate::simulate) const PCS: usize = 11;
    pub(in crate::simulate) const PAIN_DETECT: usize = 12;
    pub(in crate::simulate) const DN4: usize = 13;
    pub(in crate::simulate) const MME: usize = 14;
    pub(in crate::simulate) const SURFACE: usize = 15;
    pub(in crate::simulate) const SMOKER: usize = 16;
    pub(in crate::simulate) const EDUCATION: usize = 17;
    pub(in crate::simulate) const GABAPENTINOID: usize = 18;
    pub(in crate::simulate) const SENSORY: usize = 19;
}

/// Correlations of the latent variables; every other pair is uncorrelated.
#[rustfmt::skip]
pub(super) const SKELETON: [(usize, usize, f64); 39] = [
    (z::BACK, z::ODI, 0.35), (z::LEG, z::ODI, 0.35), (z::ODI, z::EQ5D, -0.60),
    (z::HADS_D, z::EQ5D, -0.45), (z::HADS_A, z::PCS, 0.50), (z::HADS_D, z::PCS, 0.45),
    (z::BACK, z::PCS, 0.30), (z::LEG, z::PCS, 0.30), (z::DURATION, z::SURGERIES, 0.35),
    (z::MME, z::ODI, 0.25), (z::SURFACE, z::PAIN_DETECT, 0.25), (z::SURFACE, z::ODI, 0.25),
    (z::BACK, z::LEG, 0.25), (z::HADS_A, z::HADS_D, 0.60),
    // Ours.
    (z::HADS_A, z::EQ5D, -0.30), (z::HADS_D, z::ODI, 0.35), (z::HADS_A, z::ODI, 0.25),
    (z::PCS, z::ODI, 0.30), (z::PCS, z::EQ5D, -0.30), (z::BACK, z::EQ5D, -0.30),
    (z::LEG, z::EQ5D, -0.30), (z::EQ5D, z::EQ_VAS, 0.50), (z::HADS_D, z::EQ_VAS, -0.35),
    (z::ODI, z::EQ_VAS, -0.35), (z::PAIN_DETECT, z::DN4, 0.50), (z::LEG, z::PAIN_DETECT, 0.20),
    (z::LEG, z::DN4, 0.15), (z::GABAPENTINOID, z::PAIN_DETECT, 0.20), (z::GABAPENTINOID, z::DN4, 0.15),
    (z::MME, z::HADS_D, 0.15), (z::MME, z::DURATION, 0.15), (z::MME, z::EQ5D, -0.20),
    (z::SMOKER, z::MME, 0.15), (z::SMOKER, z::EDUCATION, -0.20), (z::SMOKER, z::AGE, -0.15),
    (z::EDUCATION, z::HADS_D, -0.15), (z::EDUCATION, z::PCS, -0.15), (z::AGE, z::DURATION, 0.15),
    (z::SENSORY, z::DN4, 0.20),
];

type Square = [[f64; N_LATENT]; N_LATENT];

/// The correlation matrix.
pub(super) fn correlations() -> Square {
    let mut matrix = [[0.0; N_LATENT]; N_LATENT];
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] = 1.0;
    }
    for (i, j, r) in SKELETON {
        matrix[i][j] = r;
        matrix[j][i] = r;
    }
    matrix
}

/// Lower Cholesky factor. The skeleton is positive definite as it stands (a test holds that), so
/// nothing is clipped; the floor only keeps a later edit from making NaN before that test fails.
static FACTOR: LazyLock<Square> = LazyLock::new(|| factor(&correlations()).0);

/// The factor and its smallest pivot; positive definite if and only if that is positive.
fn factor(matrix: &Square) -> (Square, f64) {
    let mut lower = [[0.0; N_LATENT]; N_LATENT];
    let mut least = f64::INFINITY;
    for i in 0..N_LATENT {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - sum;
            lower[i][j] = if i == j {
                least = least.min(rest);
                rest.max(1e-9).sqrt()
            } else {
                rest / lower[j][j]
            };
        }
    }
    (lower, least)
}

/// One draw: standard normal each, correlated as the skeleton says.
pub(super) fn draw(rng: &mut Rng) -> [f64; N_LATENT] {
    let free: [f64; N_LATENT] = std::array::from_fn(|_| rng.normal());
    std::array::from_fn(|i| (0..=i).map(|k| FACTOR[i][k] * free[k]).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_skeleton_is_positive_definite_without_clipping() {
        let matrix = correlations();
        let (lower, least) = factor(&matrix);
        assert!(least > 0.05, "smallest pivot {least}");
        for i in 0..N_LATENT {
            for j in 0..N_LATENT {
                let product: f64 = (0..N_LATENT).map(|k| lower[i][k] * lower[j][k]).sum();
                assert!((product - matrix[i][j]).abs() < 1e-12);
            }
        }
    }
}
