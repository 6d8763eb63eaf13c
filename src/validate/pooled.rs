//! Random-effects summary of a figure over centres: restricted maximum likelihood for the variance
//! between them, limits by Hartung and Knapp (2001), and the interval that a new centre is to be expected in.

use serde::{Deserialize, Serialize};

use crate::base::num::t_quantile_975;

/// Fewest centres that are summarised: below, the variance between them is hardly more than a guess.
pub const LEAST_CENTRES: usize = 4;
/// Steps of Fisher's scoring; a dozen usually do.
const MOST_STEPS: usize = 1_000;

/// A mean over centres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PooledFigure {
    /// Centres that it summarises.
    pub n_centres: usize,
    /// Mean over centres.
    pub estimate: f64,
    /// 95 % confidence limits of the mean.
    pub limits: (f64, f64),
    /// Where 95 of 100 new centres of this kind are expected.
    pub prediction: (f64, f64),
    /// Variance between centres, on the scale on which they were pooled.
    pub tau2: f64,
}

/// Pools estimates with their standard errors, all of which must be positive. The variance between
/// centres is that of restricted maximum likelihood (`metafor::rma` of R with `method = "REML"`), the
/// standard error of the mean that of Hartung and Knapp with k - 1 degrees of freedom (`test = "knha"`), and the
/// prediction interval `mean +- t(k - 2) sqrt(tau2 + se2)` (Higgins, Thompson and Spiegelhalter 2009;
/// `pi.type = "Riley"` of metafor). `None` with fewer than [`LEAST_CENTRES`], for figures that are
/// not finite, and where the iterations do not settle.
pub fn pooled(estimates: &[f64], std_errors: &[f64]) -> Option<PooledFigure> {
    let k = estimates.len();
    let is_finite =
        |(estimate, se): (&f64, &f64)| estimate.is_finite() && *se > 0.0 && se.is_finite();
    if k < LEAST_CENTRES || !estimates.iter().zip(std_errors).all(is_finite) {
        return None;
    }
    let variances: Vec<f64> = std_errors.iter().map(|se| se.powi(2)).collect();
    let tau2 = restricted_maximum(estimates, &variances)?;
    let Weighted { w, mean, sum } = Weighted::new(estimates, &variances, tau2);
    let apart = w.iter().zip(estimates).map(|(w, y)| w * (y - mean).powi(2));
    let variance = apart.sum::<f64>() / ((k - 1) as f64 * sum);
    let around = |half: f64| (mean - half, mean + half);
    Some(PooledFigure {
        n_centres: k,
        estimate: mean,
        limits: around(t_quantile_975((k - 1) as f64) * variance.sqrt()),
        prediction: around(t_quantile_975((k - 2) as f64) * (tau2 + variance).sqrt()),
        tau2,
    })
}

/// Weights `1 / (v + tau2)`, their sum, and the mean that they give.
struct Weighted {
    w: Vec<f64>,
    mean: f64,
    sum: f64,
}

impl Weighted {
    fn new(estimates: &[f64], variances: &[f64], tau2: f64) -> Self {
        let w: Vec<f64> = variances.iter().map(|v| (v + tau2).recip()).collect();
        let sum: f64 = w.iter().sum();
        let mean = w.iter().zip(estimates).map(|(w, y)| w * y).sum::<f64>() / sum;
        Self { w, mean, sum }
    }
}

/// Variance between centres by Fisher's scoring on the restricted likelihood (Viechtbauer 2005), kept at
/// 0 or above. `None` where it does not settle.
fn restricted_maximum(estimates: &[f64], variances: &[f64]) -> Option<f64> {
    let mut tau2 = 0.0;
    for _ in 0..MOST_STEPS {
        let Weighted { w, mean, sum } = Weighted::new(estimates, variances, tau2);
        let power = |of: i32| w.iter().map(|w| w.powi(of)).sum::<f64>();
        let (squares, cubes) = (power(2), power(3));
        let apart = w
            .iter()
            .zip(estimates)
            .map(|(w, y)| (w * (y - mean)).powi(2));
        let score = apart.sum::<f64>() - (sum - squares / sum);
        let information = squares - 2.0 * cubes / sum + (squares / sum).powi(2);
        let next = (tau2 + score / information).max(0.0);
        let step = (next - tau2).abs();
        tau2 = next;
        if step <= 1e-12 * (1.0 + tau2) {
            return Some(tau2);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Log risk ratios of tuberculosis with and without BCG vaccine, 13 trials (Colditz and others 1994;
    /// `metadat::dat.bcg` of R): cases and others among the vaccinated, then among the others.
    const BCG: [[f64; 4]; 13] = [
        [4.0, 119.0, 11.0, 128.0],
        [6.0, 300.0, 29.0, 274.0],
        [3.0, 228.0, 11.0, 209.0],
        [62.0, 13536.0, 248.0, 12619.0],
        [33.0, 5036.0, 47.0, 5761.0],
        [180.0, 1361.0, 372.0, 1079.0],
        [8.0, 2537.0, 10.0, 619.0],
        [505.0, 87886.0, 499.0, 87892.0],
        [29.0, 7470.0, 45.0, 7232.0],
        [17.0, 1699.0, 65.0, 1600.0],
        [186.0, 50448.0, 141.0, 27197.0],
        [5.0, 2493.0, 3.0, 2338.0],
        [27.0, 16886.0, 29.0, 17825.0],
    ];

    fn bcg() -> (Vec<f64>, Vec<f64>) {
        let of = |[a, b, c, d]: &[f64; 4]| {
            let ratio = (a / (a + b) / (c / (c + d))).ln();
            let variance = 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d);
            (ratio, variance.sqrt())
        };
        BCG.iter().map(of).unzip()
    }

    #[test]
    fn the_published_example_gives_the_published_figures() {
        // Viechtbauer 2010, J Stat Softw 36(3), the BCG trials: tau2 0.3132, mean -0.7145. The limits from R by
        // maximising the restricted likelihood directly (`optimize`), tau2 0.31324326.
        let (estimates, std_errors) = bcg();
        let found = pooled(&estimates, &std_errors).unwrap();
        let close = |ours: f64, theirs: f64| assert!((ours - theirs).abs() < 2e-6, "{found:?}");
        close(found.tau2, 0.313_243_26);
        close(found.estimate, -0.714_532_34);
        close(found.limits.0, -1.108_444);
        close(found.limits.1, -0.320_621);
        close(found.prediction.0, -2.009_058);
        close(found.prediction.1, 0.579_993);
    }

    #[test]
    fn centres_that_agree_have_no_variance_between_them() {
        let found = pooled(&[0.5, 0.51, 0.49, 0.5, 0.505], &[0.2; 5]).unwrap();
        assert_eq!(found.tau2, 0.0);
        assert!((found.estimate - 0.501).abs() < 1e-12);
    }

    #[test]
    fn too_few_centres_are_not_summarised() {
        assert!(pooled(&[0.1, 0.2, 0.3], &[0.1; 3]).is_none());
        assert!(pooled(&[0.1, 0.2, 0.3, 0.4], &[0.1, 0.1, 0.1, 0.0]).is_none());
        assert!(pooled(&[0.1, 0.2, f64::NAN, 0.4], &[0.1; 4]).is_none());
    }
}
