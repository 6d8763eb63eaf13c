//! Local quadratic regression of a 0/1 outcome on a risk (Cleveland 1979): span 0.75, tricube
//! weights, an exact fit at every point (R's `loess` with `surface = "direct"`; R's default
//! interpolates between the vertices of a tree and differs by up to 0.05 at single points).

use crate::solve::dot;

/// Share of the points that a local fit sees.
const SPAN: f64 = 0.75;
/// Above this many points the curve is fitted on a grid and interpolated linearly: the exact fit
/// takes time in the square of the points, and the grid is then finer than any bend of the curve.
const EXACT_UP_TO: usize = 2_000;
/// Points of that grid.
const GRID: usize = 400;

/// The local fits at given points, whatever the outcomes: the fit is linear in them, so that the
/// weights serve many outcomes of the same points.
pub struct Smoother {
    /// The points in ascending order.
    x: Vec<f64>,
    /// For each point in the order it came: its position in `x`.
    position: Vec<usize>,
    n_near: usize,
}

impl Smoother {
    /// `None` with fewer than ten points or fewer than four distinct ones.
    pub fn new(x: &[f64]) -> Option<Self> {
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
        let sorted: Vec<f64> = order.iter().map(|&at| x[at]).collect();
        let n_distinct = 1 + sorted.windows(2).filter(|pair| pair[0] < pair[1]).count();
        if x.len() < 10 || n_distinct < 4 {
            return None;
        }
        let mut position = vec![0; x.len()];
        for (place, &at) in order.iter().enumerate() {
            position[at] = place;
        }
        Some(Self {
            x: sorted,
            position,
            n_near: ((SPAN * x.len() as f64 + 1e-5).floor() as usize).clamp(4, x.len()),
        })
    }

    /// Smoothed outcomes at every point, in the order in which the points came; one entry for each of
    /// the `outcomes`, each with one entry a point in that same order.
    pub fn fitted(&self, outcomes: &[Vec<bool>]) -> Vec<Vec<f64>> {
        let knots = self.knots();
        let sorted: Vec<Vec<f64>> = outcomes.iter().map(|y| self.in_order(y)).collect();
        let mut smooth = vec![Vec::with_capacity(knots.len()); outcomes.len()];
        let mut weights = vec![0.0; self.n_near];
        for &knot in &knots {
            let start = self.weigh(knot, &mut weights);
            for (smooth, y) in smooth.iter_mut().zip(&sorted) {
                smooth.push(dot(&weights, &y[start..start + self.n_near]));
            }
        }
        let at_points = |values: &Vec<f64>| {
            let of_sorted: Vec<f64> = self
                .x
                .iter()
                .map(|x| interpolated(&knots, values, *x))
                .collect();
            self.position.iter().map(|&at| of_sorted[at]).collect()
        };
        smooth.iter().map(at_points).collect()
    }

    /// Where exact fits are made: at every point, or on a grid where there are many.
    fn knots(&self) -> Vec<f64> {
        if self.x.len() <= EXACT_UP_TO {
            let mut knots = self.x.clone();
            knots.dedup();
            return knots;
        }
        let (first, last) = (self.x[0], self.x[self.x.len() - 1]);
        let width = (last - first) / (GRID - 1) as f64;
        (0..GRID).map(|knot| first + knot as f64 * width).collect()
    }

    /// Outcomes in the order of `x`, as numbers.
    fn in_order(&self, y: &[bool]) -> Vec<f64> {
        let mut sorted = vec![0.0; y.len()];
        for (&place, &event) in self.position.iter().zip(y) {
            sorted[place] = f64::from(u8::from(event));
        }
        sorted
    }

    /// The first of the `n_near` points nearest to `x`.
    fn window(&self, x: f64) -> usize {
        let (mut low, mut high) = (0, self.x.len() - self.n_near);
        while low < high {
            let middle = usize::midpoint(low, high);
            if x - self.x[middle] > self.x[middle + self.n_near] - x {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Weights of the `n_near` outcomes from the returned position on in the local fit at `x`: a
    /// weighted quadratic regression on the nearest points.
    fn weigh(&self, x: f64, weights: &mut [f64]) -> usize {
        let start = self.window(x);
        let near = &self.x[start..start + self.n_near];
        let reach = (x - near[0]).abs().max((near[near.len() - 1] - x).abs());
        let unit = if reach > 0.0 { reach } else { 1.0 };
        // Sums of w, w d, …, w d^4, with d in units of the reach.
        let mut moments = [0.0; 5];
        for (weight, point) in weights.iter_mut().zip(near) {
            let d = (point - x) / unit;
            *weight = (1.0 - d.abs().powi(3)).max(0.0).powi(3);
            let mut term = *weight;
            for moment in &mut moments {
                *moment += term;
                term *= d;
            }
        }
        let row = first_row_of_inverse(&moments);
        for (weight, point) in weights.iter_mut().zip(near) {
            let d = (point - x) / unit;
            *weight *= row[0] + row[1] * d + row[2] * d * d;
        }
        start
    }
}

/// The value at `x` of the line through values at ascending knots; that of the outermost beyond them.
fn interpolated(knots: &[f64], values: &[f64], x: f64) -> f64 {
    let above = knots.partition_point(|knot| *knot <= x);
    let below = above.saturating_sub(1);
    if above == 0 || above == knots.len() {
        return values[below];
    }
    let share = (x - knots[below]) / (knots[above] - knots[below]);
    values[below] + share * (values[above] - values[below])
}

/// The smooth curve of one outcome.
pub struct Loess {
    smoother: Smoother,
    y: Vec<bool>,
    sorted: Vec<f64>,
}

/// A local fit: its value and its standard error as a binomial mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// Smoothed outcome; not clipped to [0, 1].
    pub value: f64,
    /// Standard error.
    pub std_error: f64,
}

impl Loess {
    /// `None` with fewer than ten points or fewer than four distinct ones.
    pub fn new(x: &[f64], y: &[bool]) -> Option<Self> {
        let smoother = Smoother::new(x)?;
        Some(Self {
            sorted: smoother.in_order(y),
            smoother,
            y: y.to_vec(),
        })
    }

    /// Smoothed outcome at every point, in the order in which the points came.
    pub fn fitted(&self) -> Vec<f64> {
        let fitted = self.smoother.fitted(std::slice::from_ref(&self.y));
        fitted.into_iter().next().unwrap_or_default()
    }

    /// The local fit at `x`.
    pub fn at(&self, x: f64) -> Local {
        let mut weights = vec![0.0; self.smoother.n_near];
        let start = self.smoother.weigh(x, &mut weights);
        let value = dot(&weights, &self.sorted[start..start + weights.len()]);
        // Variance of the weighted sum of 0/1 outcomes, each with the fitted share here.
        let share = value.clamp(0.01, 0.99);
        let spread = dot(&weights, &weights);
        Local {
            value,
            std_error: (spread * share * (1.0 - share)).sqrt(),
        }
    }
}

/// First row of the inverse of the 3 x 3 matrix of moments; of a smaller degree where the points
/// near `x` do not hold a parabola.
fn first_row_of_inverse(m: &[f64; 5]) -> [f64; 3] {
    let minors = [
        m[2] * m[4] - m[3] * m[3],
        m[2] * m[3] - m[1] * m[4],
        m[1] * m[3] - m[2] * m[2],
    ];
    let determinant = m[0] * minors[0] + m[1] * minors[1] + m[2] * minors[2];
    if determinant.abs() > 1e-12 * m[0].powi(3) {
        return minors.map(|minor| minor / determinant);
    }
    let determinant = m[0] * m[2] - m[1] * m[1];
    if determinant.abs() > 1e-12 * m[0] * m[0] {
        return [m[2] / determinant, -m[1] / determinant, 0.0];
    }
    [m[0].recip(), 0.0, 0.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quadratic_share_is_reproduced_exactly() {
        // Outcomes 0 and 1 in pairs at the same x: the local mean is 1/2 everywhere.
        let x: Vec<f64> = (0..40).map(|i| f64::from(i / 2)).collect();
        let y: Vec<bool> = (0..40).map(|i| i % 2 == 0).collect();
        let curve = Loess::new(&x, &y).expect("enough points");
        for value in curve.fitted() {
            assert!((value - 0.5).abs() < 1e-12);
        }
        assert!(curve.at(3.0).std_error > 0.0);
    }

    #[test]
    fn many_outcomes_at_once_have_the_curves_of_each() {
        let x: Vec<f64> = (0..60).map(|i| f64::from((i * 37) % 60) / 60.0).collect();
        let outcomes: Vec<Vec<bool>> = (2..5)
            .map(|step| (0..60).map(|i| i % step == 0).collect())
            .collect();
        let smoother = Smoother::new(&x).expect("enough points");
        let together = smoother.fitted(&outcomes);
        for (y, smooth) in outcomes.iter().zip(together) {
            let alone = Loess::new(&x, y).expect("enough points");
            assert_eq!(alone.fitted(), smooth);
            assert!((alone.at(x[7]).value - smooth[7]).abs() < 1e-12);
        }
    }

    #[test]
    fn too_few_points_have_no_curve() {
        assert!(Loess::new(&[0.1; 50], &[true; 50]).is_none());
        assert!(Loess::new(&[0.1, 0.2, 0.3, 0.4], &[true; 4]).is_none());
    }
}
