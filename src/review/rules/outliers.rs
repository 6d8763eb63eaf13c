//! Values far from the others of the cohort, by the robust z of Iglewicz and Hoaglin (1993):
//! distance from the median over 1.4826 times the median absolute deviation.

use std::collections::BTreeSet;

use crate::base::issue::Issue;
use crate::cohort::{Kind, Variable};
use crate::review::raised::Raised;
use crate::review::rules::Scene;
use crate::review::rules::values::written;

/// Fewer values have no outliers.
const FEWEST_VALUES: usize = 20;
/// Makes the median absolute deviation of a normal distribution its standard deviation.
const TO_SD: f64 = 1.4826;
/// Quartile skewness (Bowley 1920) from which a positive quantity is looked at by its logarithm, if that is
/// more symmetric.
const SKEWED: f64 = 0.15;
/// Share of zeros from which zero means "none" and is set apart from the amounts.
const MANY_ZEROS: f64 = 0.2;

/// How values are measured against the others.
struct Spread {
    is_log: bool,
    is_positive_only: bool,
    median: f64,
    sd: f64,
}

impl Spread {
    /// `None` where there are too few values or their median absolute deviation is 0.
    fn of(values: &[f64]) -> Option<Self> {
        let mut known: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        if known.len() < FEWEST_VALUES {
            return None;
        }
        let n_zero = known.iter().filter(|x| **x == 0.0).count();
        let is_amount = known.iter().all(|x| *x >= 0.0);
        let quartiles = quartiles(&mut known);
        let is_skewed = skewness(quartiles) > SKEWED;
        let has_none = n_zero as f64 >= MANY_ZEROS * known.len() as f64;
        let is_positive_only = is_amount && n_zero > 0 && (is_skewed || has_none);
        if is_positive_only {
            known.retain(|x| *x > 0.0);
            if known.len() < FEWEST_VALUES {
                return None;
            }
        }
        let quartiles = self::quartiles(&mut known);
        let is_positive = is_amount && (n_zero == 0 || is_positive_only);
        let is_log = is_positive && {
            let raw = skewness(quartiles);
            raw > SKEWED && skewness(quartiles.map(f64::ln)).abs() < raw
        };
        let on_scale = |x: f64| if is_log { x.ln() } else { x };
        let median = on_scale(quartiles[1]);
        for x in &mut known {
            *x = (on_scale(*x) - median).abs();
        }
        let sd = TO_SD * self::quartiles(&mut known)[1];
        (sd > 0.0).then_some(Self {
            is_log,
            is_positive_only,
            median,
            sd,
        })
    }

    /// `None` for what is not measured: missing, or zero where zero is set apart.
    fn z(&self, x: f64) -> Option<f64> {
        if !x.is_finite() || (self.is_positive_only && x == 0.0) {
            return None;
        }
        let x = if self.is_log { x.ln() } else { x };
        Some((x - self.median) / self.sd)
    }
}

/// Lower quartile, median, upper quartile, each a value that is there; reorders the values.
fn quartiles(values: &mut [f64]) -> [f64; 3] {
    let last = values.len().saturating_sub(1);
    [last / 4, last / 2, last - last / 4].map(|at| {
        if values.is_empty() {
            return f64::NAN;
        }
        *values.select_nth_unstable_by(at, f64::total_cmp).1
    })
}

fn skewness([low, median, high]: [f64; 3]) -> f64 {
    let width = high - low;
    if width > 0.0 {
        (high + low - 2.0 * median) / width
    } else {
        0.0
    }
}

/// Cells farther out than `params.outlier_z`; a cell with a worse fault is not called an outlier too.
pub(super) fn find(
    scene: &Scene<'_>,
    idx: usize,
    variable: &Variable,
    known: &[&Raised],
    found: &[Raised],
) -> Vec<Raised> {
    if variable.kind != Kind::Numeric {
        return Vec::new();
    }
    let mut values = scene.cohort.numbers(&variable.name).unwrap_or_default();
    for (value, is_looked_at) in values.iter_mut().zip(&scene.looked_at) {
        if !is_looked_at {
            *value = f64::NAN;
        }
    }
    // A code such as 999 would pull at the median of a small cohort.
    let worse: BTreeSet<usize> = known
        .iter()
        .copied()
        .chain(found)
        .filter_map(|raised| raised.row)
        .collect();
    for row in &worse {
        if let Some(value) = values.get_mut(*row) {
            *value = f64::NAN;
        }
    }
    let Some(spread) = Spread::of(&values) else {
        return Vec::new();
    };
    let limit = scene.params.outlier_z.max(1.0);
    let far = values.iter().enumerate().filter_map(|(row, value)| {
        let z = spread.z(*value)?;
        (z.abs() > limit).then_some((row, *value))
    });
    let median = if spread.is_log {
        spread.median.exp()
    } else {
        spread.median
    };
    far.map(|(row, value)| {
        let issue = Issue::warning("outlier")
            .found(&written(scene.cohort, value))
            .with("median", (median * 1e6).round() / 1e6);
        Raised::at(idx, variable, row, issue)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(values: &[f64], limit: f64) -> Vec<f64> {
        let Some(spread) = Spread::of(values) else {
            return Vec::new();
        };
        let is_far = |x: &&f64| spread.z(**x).is_some_and(|z| z.abs() > limit);
        values.iter().filter(is_far).copied().collect()
    }

    #[test]
    fn the_robust_z_is_the_published_one() {
        // Median 10, absolute deviations 0 to 9 twice and 90: their median is 5 (of 21).
        let mut values: Vec<f64> = (1..=19).map(f64::from).collect();
        values.extend([10.0, 100.0]);
        let spread = Spread::of(&values).unwrap();
        assert_eq!((spread.median, spread.is_log), (10.0, false));
        assert!((spread.sd - 1.4826 * 5.0).abs() < 1e-12);
        assert_eq!(far(&values, 4.5), [100.0]);
    }

    #[test]
    fn a_skewed_amount_is_measured_by_its_logarithm() {
        let amounts: Vec<f64> = (0..60).map(|i| (0.1 * f64::from(i)).exp()).collect();
        assert!(Spread::of(&amounts).unwrap().is_log);
        assert_eq!(far(&amounts, 4.5), Vec::<f64>::new());
        let mut typed = amounts.clone();
        typed.push(1e7);
        assert_eq!(far(&typed, 4.5), [1e7]);
    }

    #[test]
    fn zeros_that_mean_none_do_not_make_every_dose_an_outlier() {
        let mut doses = vec![0.0; 27];
        doses.extend((0..33).map(|i| 20.0 + 3.0 * f64::from(i)));
        assert_eq!(far(&doses, 4.5), Vec::<f64>::new());
        doses.push(9000.0);
        assert_eq!(far(&doses, 4.5), [9000.0]);
    }

    #[test]
    fn few_values_and_values_that_are_all_alike_have_no_outliers() {
        assert_eq!(far(&[1.0, 2.0, 900.0], 4.5), Vec::<f64>::new());
        let mut alike = vec![5.0; 40];
        alike.push(6.0);
        assert_eq!(far(&alike, 4.5), Vec::<f64>::new());
    }
}
