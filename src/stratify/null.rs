//! Cohorts that have no profile but look like ours: what a way of finding profiles must beat.
//!
//! For ways that use the outcome: the same patients with their outcomes shuffled. For clusters: one population with the same
//! marginal distributions and correlations (a Gaussian copula), and gaps in the same patients and measures.

use crate::base::num::{normal_cdf, normal_quantile};
use crate::base::seed::{Rng, Stream};
use crate::stratify::gaussian::Factor;

/// Draws by which the copula's correlations are corrected for ties.
const N_TRIED: usize = 4_000;

/// The outcomes, shuffled.
pub(super) fn shuffled(y: &[bool], stream: Stream) -> Vec<bool> {
    let mut y = y.to_vec();
    stream.rng().shuffle(&mut y);
    y
}

/// One population with the marginals and correlations of a cohort.
pub(super) struct OnePopulation {
    /// The known values of each column, ascending.
    marginals: Vec<Vec<f64>>,
    /// Which values are missing, column by column.
    gaps: Vec<Vec<bool>>,
    factor: Factor,
}

impl OnePopulation {
    /// Learns from columns of equal length, NaN where missing.
    ///
    /// The correlations are those of the normal scores of the values, pair by pair where both are known. Ties weaken them
    /// on the way there and back: what a first draw lost is added.
    pub(super) fn new(columns: &[Vec<f64>], stream: Stream) -> Self {
        let sorted = |column: &Vec<f64>| {
            let mut known: Vec<f64> = column.iter().copied().filter(|v| !v.is_nan()).collect();
            known.sort_unstable_by(f64::total_cmp);
            known
        };
        let gaps = |column: &Vec<f64>| column.iter().map(|value| value.is_nan()).collect();
        let wanted = correlations(columns);
        let mut population = Self {
            marginals: columns.iter().map(sorted).collect(),
            gaps: columns.iter().map(gaps).collect(),
            factor: Factor::near(&wanted, columns.len()),
        };
        let reached = correlations(&population.complete(N_TRIED, &mut stream.rng()));
        let corrected = wanted.iter().zip(&reached).map(|(wanted, reached)| {
            let lost = wanted - reached;
            (wanted + lost).clamp(-0.99, 0.99)
        });
        let mut corrected: Vec<f64> = corrected.collect();
        let d = columns.len();
        (0..d).for_each(|i| corrected[i * d + i] = 1.0);
        population.factor = Factor::near(&corrected, d);
        population
    }

    /// A cohort of as many patients with the same gaps.
    pub(super) fn draw(&self, stream: Stream) -> Vec<Vec<f64>> {
        let n = self.gaps.first().map_or(0, Vec::len);
        let mut columns = self.complete(n, &mut stream.rng());
        for (column, gaps) in columns.iter_mut().zip(&self.gaps) {
            for (value, _) in column.iter_mut().zip(gaps).filter(|(_, is_gap)| **is_gap) {
                *value = f64::NAN;
            }
        }
        columns
    }

    fn complete(&self, n: usize, rng: &mut Rng) -> Vec<Vec<f64>> {
        let d = self.marginals.len();
        let mut columns = vec![vec![0.0; n]; d];
        let mut z = vec![0.0; d];
        for patient in 0..n {
            z.iter_mut().for_each(|z| *z = rng.normal());
            self.factor.correlate(&mut z);
            for ((column, known), z) in columns.iter_mut().zip(&self.marginals).zip(&z) {
                let at = (normal_cdf(*z) * known.len() as f64) as usize;
                let value = known.get(at.min(known.len().saturating_sub(1)));
                column[patient] = value.copied().unwrap_or(f64::NAN);
            }
        }
        columns
    }
}

/// Correlations of the normal scores of columns (van der Waerden), row-major; 0 where two are never known together.
fn correlations(columns: &[Vec<f64>]) -> Vec<f64> {
    let d = columns.len();
    let scores: Vec<Vec<f64>> = columns.iter().map(|column| normal_scores(column)).collect();
    let mut matrix = vec![0.0; d * d];
    for i in 0..d {
        for j in 0..i {
            let r = correlation(&scores[i], &scores[j]);
            (matrix[i * d + j], matrix[j * d + i]) = (r, r);
        }
        matrix[i * d + i] = 1.0;
    }
    matrix
}

/// Normal quantile of the rank of each value, ties sharing their mean rank; NaN where missing.
fn normal_scores(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len())
        .filter(|&at| !column[at].is_nan())
        .collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
    let mut scores = vec![f64::NAN; column.len()];
    let n = order.len() as f64;
    for tied in order
        .chunk_by(|&a, &b| column[a] == column[b])
        .scan(0, |before, tied| {
            *before += tied.len();
            Some((*before - tied.len(), tied))
        })
    {
        let (before, tied) = tied;
        let rank = before as f64 + (tied.len() as f64 + 1.0) / 2.0;
        let score = normal_quantile(rank / (n + 1.0));
        tied.iter().for_each(|&at| scores[at] = score);
    }
    scores
}

/// Pearson's correlation where both are known; 0 where it is undefined.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let pairs = a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan());
    let (mut n, mut sums) = (0.0, [0.0; 5]);
    for (a, b) in pairs {
        n += 1.0;
        let terms = [*a, *b, a * a, b * b, a * b];
        sums.iter_mut()
            .zip(terms)
            .for_each(|(sum, term)| *sum += term);
    }
    let [a, b, aa, bb, ab] = sums.map(|sum| sum / f64::max(n, 1.0));
    let scale = (aa - a * a) * (bb - b * b);
    if scale > 1e-12 {
        (ab - a * b) / scale.sqrt()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_cohort_has_the_marginals_the_correlations_and_the_gaps() {
        let mut rng = Stream::new(11).rng();
        let n = 2_000;
        let mut columns = vec![Vec::new(), Vec::new(), Vec::new()];
        for at in 0..n {
            let (a, b) = (rng.normal(), rng.normal());
            columns[0].push((0.7 * a + 0.714 * b).exp());
            // Five levels only.
            columns[1].push((a * 1.2).round().clamp(-2.0, 2.0));
            columns[2].push(if at % 4 == 0 { f64::NAN } else { b });
        }
        let population = OnePopulation::new(&columns, Stream::new(1));
        let drawn = population.draw(Stream::new(2));
        let (wanted, found) = (correlations(&columns), correlations(&drawn));
        for (wanted, found) in wanted.iter().zip(&found) {
            assert!((wanted - found).abs() < 0.06, "{wanted} {found}");
        }
        for (at, value) in drawn[2].iter().enumerate() {
            assert_eq!(value.is_nan(), at % 4 == 0);
        }
        assert!(drawn[1].iter().all(|value| columns[1].contains(value)));
        let share = |column: &[f64]| column.iter().filter(|v| **v == 1.0).count() as f64 / n as f64;
        assert!((share(&columns[1]) - share(&drawn[1])).abs() < 0.04);
    }

    #[test]
    fn normal_scores_share_ties_and_skip_gaps() {
        let scores = normal_scores(&[2.0, f64::NAN, 1.0, 2.0]);
        assert!(scores[1].is_nan() && scores[0] == scores[3]);
        assert!((scores[0] - normal_quantile(2.5 / 4.0)).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }

    #[test]
    fn shuffling_keeps_the_number_of_responders() {
        let y: Vec<bool> = (0..50).map(|at| at < 20).collect();
        let other = shuffled(&y, Stream::new(1));
        assert_ne!(y, other);
        assert_eq!(other.iter().filter(|y| **y).count(), 20);
    }
}
