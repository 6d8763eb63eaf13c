//! Local quadratic regression of a 0/1 outcome on a risk (Cleveland 1979): span 0.75, tricube
//! weights, an exact fit at every point (R's `loess` with `surface = "direct"`; R's default
//! interpolates between the vertices of a tree and differs by up to 0.05 at single points).

/// Share of the points that a local fit sees.
const SPAN: f64 = 0.75;
/// Above this many points the curve is fitted on a grid and interpolated linearly: the exact fit
/// takes time in the square of the points, and the grid is then finer than any bend of the curve.
const EXACT_UP_TO: usize = 2_000;
/// Points of that grid.
const GRID: usize = 400;

/// Points in order of x, ready for local fits.
pub struct Loess {
    x: Vec<f64>,
    y: Vec<f64>,
    /// For each point in the order it came: its position in `x`.
    position: Vec<usize>,
    n_near: usize,
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
            y: order.iter().map(|&at| f64::from(u8::from(y[at]))).collect(),
            position,
            n_near: ((SPAN * x.len() as f64 + 1e-5).floor() as usize).clamp(4, x.len()),
        })
    }

    /// Smoothed outcome at every point, in the order in which the points came.
    pub fn fitted(&self) -> Vec<f64> {
        let values = if self.x.len() <= EXACT_UP_TO {
            let mut values: Vec<f64> = Vec::with_capacity(self.x.len());
            for (at, &x) in self.x.iter().enumerate() {
                // Equal points have equal fits.
                let value = match at.checked_sub(1) {
                    Some(before) if self.x[before] == x => values[before],
                    _ => self.at(x).value,
                };
                values.push(value);
            }
            values
        } else {
            self.interpolated()
        };
        self.position.iter().map(|&place| values[place]).collect()
    }

    fn interpolated(&self) -> Vec<f64> {
        let (first, last) = (self.x[0], self.x[self.x.len() - 1]);
        let width = (last - first) / (GRID - 1) as f64;
        let knots: Vec<f64> = (0..GRID)
            .map(|knot| self.at(first + knot as f64 * width).value)
            .collect();
        self.x
            .iter()
            .map(|x| {
                let place = ((x - first) / width).clamp(0.0, (GRID - 1) as f64);
                let below = (place as usize).min(GRID - 2);
                knots[below] + (place - below as f64) * (knots[below + 1] - knots[below])
            })
            .collect()
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

    /// The local fit at `x`: weighted quadratic regression on the nearest points.
    pub fn at(&self, x: f64) -> Local {
        let start = self.window(x);
        let near = start..start + self.n_near;
        let reach = (x - self.x[start])
            .abs()
            .max((self.x[start + self.n_near - 1] - x).abs());
        // Sums of w, w d, …, w d^4 and of w y, w d y, w d^2 y, with d in units of the reach.
        let unit = if reach > 0.0 { reach } else { 1.0 };
        let weight = |d: f64| (1.0 - d.abs().powi(3)).max(0.0).powi(3);
        let (mut moments, mut sums) = ([0.0; 5], [0.0; 3]);
        for at in near.clone() {
            let d = (self.x[at] - x) / unit;
            let mut term = weight(d);
            for (power, moment) in moments.iter_mut().enumerate() {
                *moment += term;
                if power < 3 {
                    sums[power] += term * self.y[at];
                }
                term *= d;
            }
        }
        let row = first_row_of_inverse(&moments);
        let value = row[0] * sums[0] + row[1] * sums[1] + row[2] * sums[2];
        // Variance of the weighted sum of 0/1 outcomes, each with the fitted share here.
        let share = value.clamp(0.01, 0.99);
        let spread: f64 = near
            .map(|at| {
                let d = (self.x[at] - x) / unit;
                (weight(d) * (row[0] + row[1] * d + row[2] * d * d)).powi(2)
            })
            .sum();
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
    fn too_few_points_have_no_curve() {
        assert!(Loess::new(&[0.1; 50], &[true; 50]).is_none());
        assert!(Loess::new(&[0.1, 0.2, 0.3, 0.4], &[true; 4]).is_none());
    }
}
