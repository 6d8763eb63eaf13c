//! Rubin's rules (1987) with the degrees of freedom of Barnard and Rubin (1999).

use serde::{Deserialize, Serialize};

/// One estimate pooled over imputations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    /// Mean over the imputations.
    pub estimate: f64,
    /// `W`: mean of the squared standard errors.
    pub within: f64,
    /// `B`: variance of the estimates between imputations, divisor m - 1.
    pub between: f64,
    /// `T = W + (1 + 1/m) B`.
    pub total: f64,
    /// Degrees of freedom of the t distribution.
    pub df: f64,
    /// Fraction of missing information in [0, 1].
    pub fmi: f64,
}

/// Pools the estimates of m >= 1 imputations and their variances; `df_complete`: degrees of freedom
/// had nothing been missing (rows minus parameters). `None` for no imputation, or where a variance
/// is not positive (a term without information in some imputation).
pub fn pool(estimates: &[f64], variances: &[f64], df_complete: f64) -> Option<Pooled> {
    let m = estimates.len() as f64;
    if estimates.is_empty() || estimates.len() != variances.len() {
        return None;
    }
    if !variances.iter().all(|v| *v > 0.0 && v.is_finite()) {
        return None;
    }
    let estimate = estimates.iter().sum::<f64>() / m;
    let within = variances.iter().sum::<f64>() / m;
    let between = if estimates.len() > 1 {
        estimates
            .iter()
            .map(|q| (q - estimate).powi(2))
            .sum::<f64>()
            / (m - 1.0)
    } else {
        0.0
    };
    let added = (1.0 + 1.0 / m) * between;
    let total = within + added;
    let lambda = added / total;
    let df_complete = df_complete.max(1.0);
    let df_observed = (df_complete + 1.0) / (df_complete + 3.0) * df_complete * (1.0 - lambda);
    // With nothing missing the first of the two is infinite.
    let df = if lambda > 0.0 {
        let df_old = (m - 1.0) / (lambda * lambda);
        df_old * df_observed / (df_old + df_observed)
    } else {
        df_observed
    };
    let r = added / within;
    let fmi = if between > 0.0 {
        ((r + 2.0 / (df + 3.0)) / (1.0 + r)).clamp(0.0, 1.0)
    } else {
        0.0
    };
    Some(Pooled {
        estimate,
        within,
        between,
        total,
        df,
        fmi,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_pool_scalar_of_mice_are_reproduced() {
        // mice 3.15: pool.scalar(c(1.0, 1.4, 0.9, 1.3, 1.2), c(.04, .05, .045, .05, .04), n = 100, k = 3)
        let pooled = pool(
            &[1.0, 1.4, 0.9, 1.3, 1.2],
            &[0.04, 0.05, 0.045, 0.05, 0.04],
            97.0,
        )
        .expect("five imputations");
        assert!((pooled.estimate - 1.16).abs() < 1e-12);
        assert!((pooled.within - 0.045).abs() < 1e-12);
        assert!((pooled.between - 0.043).abs() < 1e-12);
        assert!((pooled.total - 0.0966).abs() < 1e-12);
        assert!(
            (pooled.df - 10.647_999_638_621).abs() < 1e-6,
            "{}",
            pooled.df
        );
        assert!(
            (pooled.fmi - 0.602_426_221_289).abs() < 1e-6,
            "{}",
            pooled.fmi
        );
    }

    #[test]
    fn without_gaps_the_pooled_figures_are_those_of_one_fit() {
        let pooled = pool(&[2.0, 2.0], &[0.3, 0.3], 50.0).expect("two imputations");
        assert_eq!((pooled.estimate, pooled.total), (2.0, 0.3));
        assert_eq!((pooled.between, pooled.fmi), (0.0, 0.0));
        assert!(pooled.df > 45.0 && pooled.df <= 50.0);
    }

    #[test]
    fn a_term_without_information_is_not_pooled() {
        assert_eq!(pool(&[1.0, 1.0], &[0.1, 0.0], 50.0), None);
        assert_eq!(pool(&[], &[], 50.0), None);
    }
}
