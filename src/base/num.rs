//! Small numeric tools: a column-major matrix, quantiles, the logistic function, intervals.
//!
//! Missing is NaN in a column of predictors and nowhere else; what is undefined is `None`.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF as _, Normal, StudentsT};

/// 0.975 quantile of the standard normal.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// A dense matrix, one column after the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Number of rows.
    pub n_rows: usize,
    /// Number of columns.
    pub k_cols: usize,
    /// `n_rows * k_cols` values, column by column.
    pub data: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(n_rows: usize, k_cols: usize) -> Self {
        Self {
            n_rows,
            k_cols,
            data: vec![0.0; n_rows * k_cols],
        }
    }

    /// From columns of equal length; `n_rows` counts where there is no column.
    pub fn from_columns(n_rows: usize, columns: &[Vec<f64>]) -> Self {
        let mut data = Vec::with_capacity(n_rows * columns.len());
        for column in columns {
            debug_assert_eq!(column.len(), n_rows);
            data.extend_from_slice(column);
        }
        Self {
            n_rows,
            k_cols: columns.len(),
            data,
        }
    }

    /// Column `j` as a slice of `n_rows` values.
    #[inline]
    pub fn col(&self, j: usize) -> &[f64] {
        &self.data[j * self.n_rows..(j + 1) * self.n_rows]
    }

    /// Column `j`, to write to.
    #[inline]
    pub fn col_mut(&mut self, j: usize) -> &mut [f64] {
        &mut self.data[j * self.n_rows..(j + 1) * self.n_rows]
    }

    /// The value in row `i`, column `j`.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.data[j * self.n_rows + i]
    }

    /// One row, copied.
    pub fn row(&self, i: usize) -> Vec<f64> {
        (0..self.k_cols).map(|j| self.get(i, j)).collect()
    }

    /// The given rows, in that order; repeats are allowed.
    #[must_use]
    pub fn rows(&self, rows: &[usize]) -> Self {
        let mut data = Vec::with_capacity(rows.len() * self.k_cols);
        for j in 0..self.k_cols {
            let column = self.col(j);
            data.extend(rows.iter().map(|&i| column[i]));
        }
        Self {
            n_rows: rows.len(),
            k_cols: self.k_cols,
            data,
        }
    }
}

/// Arithmetic mean; `None` for no value.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation with divisor n - 1; `None` for fewer than two values.
pub fn sd(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    (values.len() > 1).then(|| {
        let sum: f64 = values.iter().map(|x| (x - centre).powi(2)).sum();
        (sum / (values.len() - 1) as f64).sqrt()
    })
}

/// Quantile of type 7 (linear interpolation; the default of R and numpy) of sorted values; `None` for no value.
pub fn quantile_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

/// Quantile of type 7 of values in any order; `None` for no value.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_sorted(&sorted, share)
}

/// Median; `None` for no value.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The logistic function: a linear predictor (log-odds) as a risk in [0, 1].
#[inline]
pub fn risk_from_linear_predictor(linear_predictor: f64) -> f64 {
    if linear_predictor >= 0.0 {
        1.0 / (1.0 + (-linear_predictor).exp())
    } else {
        let e = linear_predictor.exp();
        e / (1.0 + e)
    }
}

/// Log-odds of a risk; infinite at 0 and 1.
#[inline]
pub fn linear_predictor_from_risk(risk: f64) -> f64 {
    (risk / (1.0 - risk)).ln()
}

/// Log-odds of a risk kept within [1e-3, 1 - 1e-3]: for calibration of forests, whose risks may be 0 or 1.
#[inline]
pub fn bounded_linear_predictor(risk: f64) -> f64 {
    linear_predictor_from_risk(risk.clamp(1e-3, 1.0 - 1e-3))
}

/// The standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The standard normal quantile of `p` in (0, 1).
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// 0.975 quantile of the t distribution with `df` > 0 degrees of freedom; with no meaningful `df`
/// that of the normal distribution.
pub fn t_quantile_975(df: f64) -> f64 {
    // statrs finds the quantile by iteration, which does not end for very many degrees of freedom;
    // there the expansion of Abramowitz and Stegun (26.7.5) is exact to 1e-9.
    const MANY: f64 = 100.0;
    match StudentsT::new(0.0, 1.0, df) {
        Ok(t) if df <= MANY => t.inverse_cdf(0.975),
        _ => {
            let z = Z_95;
            let terms = [
                z.powi(3) + z,
                5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z,
                3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z,
            ];
            let scales = [4.0 * df, 96.0 * df.powi(2), 384.0 * df.powi(3)];
            let added: f64 = terms.iter().zip(scales).map(|(t, s)| t / s).sum();
            if added.is_finite() { z + added } else { z }
        }
    }
}

/// Two-sided p-value of a t statistic with `df` > 0 degrees of freedom; with no meaningful or
/// very many `df` that of the normal distribution.
pub fn t_two_sided_p(statistic: f64, df: f64) -> f64 {
    const MANY: f64 = 1e6;
    match StudentsT::new(0.0, 1.0, df) {
        Ok(t) if df <= MANY => 2.0 * t.cdf(-statistic.abs()),
        _ => 2.0 * normal_cdf(-statistic.abs()),
    }
}

/// Chance of a chi-squared variable of `df` degrees of freedom beyond `statistic`; 1 for no degree of freedom.
pub fn chi_squared_p(statistic: f64, df: usize) -> f64 {
    ChiSquared::new(df as f64).map_or(1.0, |chi_squared| chi_squared.sf(statistic.max(0.0)))
}

/// An estimate with a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// A proportion with its Wilson (1927) interval without continuity correction; `None` where `n` is 0.
pub fn wilson(n_events: usize, n: usize) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, z2) = (n as f64, Z_95 * Z_95);
    let share = n_events as f64 / n;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval {
        estimate: share,
        low: (centre - half).max(0.0),
        high: (centre + half).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_follow_type_7() {
        assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
        assert_eq!(median(&[3.0, 1.0]), Some(2.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn the_logistic_function_is_its_inverse_and_never_overflows() {
        for risk in [0.001, 0.3, 0.5, 0.99] {
            let back = risk_from_linear_predictor(linear_predictor_from_risk(risk));
            assert!((back - risk).abs() < 1e-15);
        }
        assert_eq!(risk_from_linear_predictor(-1e4), 0.0);
        assert_eq!(risk_from_linear_predictor(1e4), 1.0);
    }

    #[test]
    fn the_t_distribution_equals_that_of_r() {
        // qt(0.975, df) and 2 * pt(-2.1, df)
        let quantiles = [
            (1.0, 12.706_204_736_174_69),
            (2.5, 3.574_654_842_003_69),
            (10.0, 2.228_138_851_986_27),
            (99.0, 1.984_216_951_586_42),
            (101.0, 1.983_731_002_955_61),
            (1e4, 1.960_201_239_890_63),
            (1e9, 1.959_963_986_912_32),
        ];
        let p_values = [
            (1.0, 0.282_926_056_243_018),
            (10.0, 0.062_077_244_202_218_5),
            (500.0, 0.036_229_273_929_895_4),
            (1e5, 0.035_731_339_632_296_8),
            (1e9, 0.035_728_841_375_482_0),
        ];
        for (df, quantile) in quantiles {
            assert!((t_quantile_975(df) / quantile - 1.0).abs() < 1e-8, "{df}");
        }
        for (df, p) in p_values {
            assert!((t_two_sided_p(2.1, df) / p - 1.0).abs() < 1e-6, "{df}");
        }
        assert_eq!(t_quantile_975(f64::INFINITY), Z_95);
        assert_eq!(t_quantile_975(f64::NAN), Z_95);
    }

    #[test]
    fn the_chi_squared_distribution_equals_that_of_r() {
        // pchisq(q, df, lower.tail = FALSE)
        let cases = [
            (3.841_458_820_694_124, 1, 0.05),
            (21.854_547_412_532_703, 3, 6.993_833_260_219_873e-5),
            (200.0, 4, 3.757_276_736e-42),
            (0.0, 2, 1.0),
        ];
        for (statistic, df, p) in cases {
            assert!(
                (chi_squared_p(statistic, df) / p - 1.0).abs() < 1e-6,
                "{statistic}"
            );
        }
        assert_eq!(chi_squared_p(1.0, 0), 1.0);
    }

    #[test]
    fn wilson_matches_the_published_example() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let interval = wilson(81, 263).expect("n is positive");
        assert!((interval.low - 0.2553).abs() < 5e-5);
        assert!((interval.high - 0.3662).abs() < 5e-5);
        assert_eq!(wilson(0, 0), None);
    }
}
