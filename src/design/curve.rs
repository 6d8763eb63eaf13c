//! How a number enters a logistic model: as it is, as a restricted cubic spline, as a logarithm.

use serde::{Deserialize, Serialize};

use crate::base::num::{median, quantile_sorted};

/// The curve along which a number acts on the log-odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Curve {
    /// A straight line: one parameter.
    #[default]
    Linear,
    /// A restricted cubic spline with so many knots, 3 to 5: one parameter fewer than knots.
    Spline(u8),
    /// A straight line over the natural logarithm: one parameter.
    Log,
}

impl Curve {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Linear,
        Self::Spline(3),
        Self::Spline(4),
        Self::Spline(5),
        Self::Log,
    ];
}

/// A curve whose knots or shift were learnt on training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Learnt {
    /// The value.
    Linear,
    /// The value and the spline's other columns; the knots ascend, there are at least three.
    Spline(Vec<f64>),
    /// `ln(value + shift)`; values below the smallest that was seen count as that.
    Log { shift: f64, least: f64 },
}

impl Learnt {
    /// Learns from the values that are known. A spline that finds fewer than three knots is a line; so is a
    /// logarithm of values of which one is negative.
    pub(crate) fn new(curve: Curve, seen: &[f64]) -> Self {
        match curve {
            Curve::Linear => Self::Linear,
            Curve::Spline(n) => match knots(seen, usize::from(n.clamp(3, 5))) {
                knots if knots.len() >= 3 => Self::Spline(knots),
                _ => Self::Linear,
            },
            Curve::Log => {
                let least = seen.iter().copied().fold(f64::INFINITY, f64::min);
                match least {
                    least if !least.is_finite() || least < 0.0 => Self::Linear,
                    least => Self::Log {
                        shift: if least == 0.0 { 1.0 } else { 0.0 },
                        least,
                    },
                }
            }
        }
    }

    /// Columns that it spends.
    pub(crate) fn n_columns(&self) -> usize {
        match self {
            Self::Linear | Self::Log { .. } => 1,
            Self::Spline(knots) => knots.len() - 1,
        }
    }

    /// Column `at` of a value; 0 is the value itself or its logarithm.
    pub(crate) fn value(&self, x: f64, at: usize) -> f64 {
        match self {
            Self::Linear => x,
            Self::Log { shift, least } => (x.max(*least) + shift).ln(),
            Self::Spline(_) if at == 0 => x,
            Self::Spline(knots) => spline_term(x, knots, at - 1),
        }
    }
}

/// The columns of a restricted cubic spline with these knots, which ascend: one fewer than knots, the first
/// the values themselves.
pub(crate) fn spline_columns(values: &[f64], knots: &[f64]) -> Vec<Vec<f64>> {
    let term = |j: usize| values.iter().map(|&x| spline_term(x, knots, j)).collect();
    let bent = (0..knots.len().saturating_sub(2)).map(term);
    std::iter::once(values.to_vec()).chain(bent).collect()
}

/// Term `j` of Harrell's restricted cubic spline (Regression Modeling Strategies, 2nd edition, equation 2.25),
/// divided by the square of the distance of the outer knots, so that it is on the scale of `x`.
fn spline_term(x: f64, knots: &[f64], j: usize) -> f64 {
    let [first, .., before_last, last] = knots else {
        return 0.0;
    };
    let Some(knot) = knots.get(j) else { return 0.0 };
    let scale = (last - first).powf(2.0 / 3.0);
    let cube = |from: f64| ((x - from) / scale).max(0.0).powi(3);
    let bend = (before_last - knot) * cube(*last) - (last - knot) * cube(*before_last);
    cube(*knot) + bend / (last - before_last)
}

/// Values of which at least this share is at one end are a pile there, not a tail.
const PILE: f64 = 0.05;

/// Harrell's knots for a spline, ascending and different: quantiles between 0.10 and 0.90 (3 knots) or 0.05 and
/// 0.95 (4 or 5). With fewer than 100 values the outer ones are the fifth smallest and the fifth largest value. Where
/// values pile up at an end (scores at 0), the outer knot is the next value. With few different values the inner
/// ones are the knots. Equal to `Hmisc::rcspline.eval` of R.
pub(crate) fn knots(values: &[f64], n_knots: usize) -> Vec<f64> {
    let mut seen = values.to_vec();
    seen.sort_unstable_by(f64::total_cmp);
    let mut different = seen.clone();
    different.dedup();
    if different.len() <= n_knots + 2 {
        let inner = different.len().saturating_sub(1);
        return different.get(1..inner).unwrap_or_default().to_vec();
    }
    let (low, high) = piles(&seen, &different);
    let from = seen.partition_point(|x| low.is_some_and(|low| *x <= low));
    let to = seen.partition_point(|x| high.is_none_or(|high| *x < high));
    let inner = seen.get(from..to).unwrap_or_default();
    let n_inner = n_knots - usize::from(low.is_some()) - usize::from(high.is_some());
    let outer = if n_knots > 3 { 0.05 } else { 0.10 };
    let mut knots = inner_knots(inner, n_inner, outer);
    if unique(&knots) < n_inner.min(3) {
        knots = at(inner, &grid(outer, 1.0 - outer, 2 * n_inner));
        if low.is_some() && unique(&knots) < 3 {
            knots = vec![match (low, high) {
                (Some(low), Some(high)) => f64::midpoint(low, high),
                _ => median(inner).unwrap_or_default(),
            }];
            knots.extend(
                high.is_none()
                    .then(|| quantile_sorted(inner, 1.0 - outer))
                    .flatten(),
            );
        }
    }
    if inner.len() < 100 && inner.len() >= 5 && n_inner > 1 {
        if let (None, Some(first)) = (low, knots.first_mut()) {
            *first = inner[4];
        }
        if let (None, Some(last)) = (high, knots.get_mut(n_inner - 1)) {
            *last = inner[inner.len() - 5];
        }
    }
    knots.extend(low.into_iter().chain(high));
    knots.sort_unstable_by(f64::total_cmp);
    knots.dedup();
    knots
}

/// The values next to piles at the lower and the upper end; none where a value between the ends is as frequent.
fn piles(seen: &[f64], different: &[f64]) -> (Option<f64>, Option<f64>) {
    let n = seen.len() as f64;
    let share = |x: f64| {
        let from = seen.partition_point(|value| *value < x);
        let to = seen.partition_point(|value| *value <= x);
        (to - from) as f64 / n
    };
    let [first, second, .., before_last, last] = different else {
        return (None, None);
    };
    let middle = different.get(1..different.len() - 1).unwrap_or_default();
    if middle.iter().any(|x| share(*x) >= PILE) {
        return (None, None);
    }
    (
        (share(*first) >= PILE).then_some(*second),
        (share(*last) >= PILE).then_some(*before_last),
    )
}

fn inner_knots(inner: &[f64], n: usize, outer: f64) -> Vec<f64> {
    match n {
        1 => median(inner).into_iter().collect(),
        2 => at(inner, &grid(0.5, 1.0 - outer, 2)),
        n => at(inner, &grid(outer, 1.0 - outer, n)),
    }
}

fn at(values: &[f64], shares: &[f64]) -> Vec<f64> {
    let value = |share: &f64| quantile_sorted(values, *share);
    shares.iter().filter_map(value).collect()
}

fn grid(from: f64, to: f64, n: usize) -> Vec<f64> {
    let step = (to - from) / (n.max(2) - 1) as f64;
    (0..n).map(|k| from + step * k as f64).collect()
}

fn unique(knots: &[f64]) -> usize {
    let mut knots = knots.to_vec();
    knots.sort_unstable_by(f64::total_cmp);
    knots.dedup();
    knots.len()
}
