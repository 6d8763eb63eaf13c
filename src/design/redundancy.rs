//! Which predictors say the same, or hardly anything: looked at without the outcome.

use crate::base::num::{Matrix, mean, sd};
use crate::cohort::Kind;
use crate::design::{Coding, DesignMap, Predictor, Sample};

/// Most frequent value against the second: beyond this, and with few different values, a predictor hardly varies
/// (Kuhn and Johnson 2013, `caret::nearZeroVar`).
const FREQUENCY_RATIO: f64 = 95.0 / 5.0;
/// Different values in a hundred patients, at most, of a predictor that hardly varies.
const UNIQUE_PERCENT: f64 = 10.0;

/// Two predictors that rise and fall together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Positions of the predictors, the first one smaller.
    pub predictors: (usize, usize),
    /// Spearman's rank correlation over the patients who have both, in [-1, 1].
    pub correlation: f64,
}

/// Rank correlations of all pairs of numbers and two-level predictors, the strongest first. Pairs with fewer than
/// ten common patients, or without spread, are left out.
pub fn correlations(sample: &Sample) -> Vec<Pair> {
    let ordered: Vec<(usize, Coded)> = sample
        .predictors
        .iter()
        .enumerate()
        .filter(|(_, predictor)| predictor.kind != Kind::Categorical)
        .map(|(at, predictor)| (at, Coded::new(&predictor.values)))
        .collect();
    let mut pairs = Vec::new();
    for (place, (a, first)) in ordered.iter().enumerate() {
        for (b, second) in &ordered[place + 1..] {
            if let Some(correlation) = spearman(first, second) {
                pairs.push(Pair {
                    predictors: (*a, *b),
                    correlation,
                });
            }
        }
    }
    pairs.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
    pairs
}

/// Values by their place among the different ones: ranks of any patients are then counted and not sorted.
struct Coded {
    /// One a patient; `None` where missing.
    places: Vec<Option<u32>>,
    n_different: usize,
}

impl Coded {
    fn new(values: &[f64]) -> Self {
        let mut different: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        different.sort_unstable_by(f64::total_cmp);
        different.dedup();
        let place = |x: &f64| {
            let at = different.partition_point(|known| known < x);
            (!x.is_nan()).then(|| u32::try_from(at).unwrap_or(u32::MAX))
        };
        Self {
            places: values.iter().map(place).collect(),
            n_different: different.len(),
        }
    }

    /// Ranks from 1 of these places, ties at their mean rank.
    fn ranks(&self, places: &[u32]) -> Vec<f64> {
        let mut counts = vec![0_u32; self.n_different];
        for place in places {
            counts[*place as usize] += 1;
        }
        let mut n_smaller = 0_u32;
        let ranks: Vec<f64> = counts
            .iter()
            .map(|n| {
                let rank = f64::from(n_smaller) + (f64::from(*n) + 1.0) / 2.0;
                n_smaller += n;
                rank
            })
            .collect();
        places.iter().map(|place| ranks[*place as usize]).collect()
    }
}

/// Spearman's rank correlation of the patients who have both values.
fn spearman(a: &Coded, b: &Coded) -> Option<f64> {
    let both = a.places.iter().zip(&b.places);
    let (first, second): (Vec<u32>, Vec<u32>) = both.filter_map(|(a, b)| (*a).zip(*b)).unzip();
    if first.len() < 10 {
        return None;
    }
    pearson(&a.ranks(&first), &b.ranks(&second))
}

fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let (mean_a, mean_b) = (mean(a)?, mean(b)?);
    let spread = sd(a)? * sd(b)?;
    let sum: f64 = a
        .iter()
        .zip(b)
        .map(|(x, y)| (x - mean_a) * (y - mean_b))
        .sum();
    (spread > 0.0).then(|| (sum / (a.len() as f64 - 1.0) / spread).clamp(-1.0, 1.0))
}

/// Variance inflation of every predictor: `GVIF^(1/df)`, which for one column is the variance inflation factor
/// (Fox and Monette 1992). `None` where the others say all that it says, or it does not vary. Products are left out.
///
/// With `R` the correlations of all columns, `GVIF = det(R own) det(R others) / det(R)`.
pub fn inflation(sample: &Sample) -> Vec<Option<f64>> {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let map = DesignMap::learn(sample, &rows, Coding::Treatment);
    let matrix = map.matrix(sample, &rows);
    let groups = map.groups(sample.predictors.len());
    let correlations = column_correlations(&matrix);
    let varies = |j: &usize| correlations[*j][*j] > 0.0;
    let all: Vec<usize> = groups.iter().flatten().copied().filter(varies).collect();
    let whole = log_determinant(&correlations, &all);
    groups
        .iter()
        .map(|own| {
            let own: Vec<usize> = own.iter().copied().filter(varies).collect();
            let others: Vec<usize> = all.iter().copied().filter(|j| !own.contains(j)).collect();
            if own.is_empty() {
                return None;
            }
            let apart =
                log_determinant(&correlations, &own)? + log_determinant(&correlations, &others)?;
            Some(((apart - whole?) / own.len() as f64).exp().max(1.0))
        })
        .collect()
}

/// Pearson correlations of columns; 0 all along a column without spread.
fn column_correlations(matrix: &Matrix) -> Vec<Vec<f64>> {
    let k = matrix.k_cols;
    let n = matrix.n_rows as f64;
    let scaled: Vec<Option<Vec<f64>>> = (0..k)
        .map(|j| {
            let column = matrix.col(j);
            let centre = mean(column)?;
            let spread = sd(column).filter(|sd| *sd > 1e-12 * (1.0 + centre.abs()))?;
            let factor = 1.0 / (spread * (n - 1.0).sqrt());
            Some(column.iter().map(|x| (x - centre) * factor).collect())
        })
        .collect();
    let dot = |i: usize, j: usize| match (&scaled[i], &scaled[j]) {
        (Some(a), Some(b)) => a.iter().zip(b).map(|(x, y)| x * y).sum(),
        _ => 0.0,
    };
    (0..k)
        .map(|i| (0..k).map(|j| dot(i, j)).collect())
        .collect()
}

/// Log-determinant of the part of a correlation matrix; `None` where it is singular. 0 for no column.
fn log_determinant(correlations: &[Vec<f64>], columns: &[usize]) -> Option<f64> {
    let mut a: Vec<Vec<f64>> = columns
        .iter()
        .map(|&i| columns.iter().map(|&j| correlations[i][j]).collect())
        .collect();
    let mut sum = 0.0;
    for j in 0..a.len() {
        let (above, below) = a.split_at_mut(j + 1);
        let pivot = &above[j];
        if pivot[j] <= 1e-10 {
            return None;
        }
        sum += pivot[j].ln();
        for row in below {
            let factor = row[j] / pivot[j];
            for (x, p) in row.iter_mut().zip(pivot).skip(j) {
                *x -= factor * p;
            }
        }
    }
    Some(sum)
}

/// Whether nearly all patients have the same value.
pub fn hardly_varies(predictor: &Predictor) -> bool {
    let mut seen = predictor.known();
    seen.sort_unstable_by(f64::total_cmp);
    let mut counts: Vec<usize> = seen.chunk_by(|a, b| a == b).map(<[f64]>::len).collect();
    let percent = 100.0 * counts.len() as f64 / seen.len().max(1) as f64;
    counts.sort_unstable_by(|a, b| b.cmp(a));
    match counts.as_slice() {
        [first, second, ..] => {
            *first as f64 > FREQUENCY_RATIO * *second as f64 && percent <= UNIQUE_PERCENT
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::design::Form;

    fn predictor(name: &str, values: Vec<f64>) -> Predictor {
        Predictor {
            name: name.to_owned(),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values,
        }
    }

    fn sample(columns: Vec<Vec<f64>>) -> Sample {
        let y = columns[0].iter().map(|x| *x > 0.0).collect();
        let columns = columns.into_iter();
        Sample {
            predictors: columns.map(|values| predictor("x", values)).collect(),
            interactions: Vec::new(),
            y,
        }
    }

    #[test]
    fn inflation_is_one_over_what_the_others_do_not_explain() {
        let mut rng = Stream::new(4).rng();
        let a: Vec<f64> = (0..300).map(|_| rng.normal()).collect();
        let b: Vec<f64> = a.iter().map(|a| 0.8 * a + 0.6 * rng.normal()).collect();
        let c: Vec<f64> = (0..300).map(|_| rng.normal()).collect();
        // With two predictors the factor is 1 / (1 - r^2).
        let r = pearson(&a, &b).unwrap();
        let two = inflation(&sample(vec![a.clone(), b.clone()]));
        for factor in two {
            assert!((factor.unwrap() - 1.0 / (1.0 - r * r)).abs() < 1e-9);
        }
        let three = inflation(&sample(vec![a.clone(), b.clone(), c]));
        assert!(three[2].unwrap() < 1.05 && three[0].unwrap() > 2.0);
        let sum: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let one_too_many = inflation(&sample(vec![a, b, sum, vec![3.0; 300]]));
        assert_eq!(one_too_many, [None; 4]);
    }

    #[test]
    fn rank_correlation_is_that_of_r() {
        // cor(c(1,2,2,4,7,6,9,8,10,3), c(2,1,4,3,9,9,7,10,8,5), method = "spearman")
        let a = [1.0, 2.0, 2.0, 4.0, 7.0, 6.0, 9.0, 8.0, 10.0, 3.0];
        let b = [2.0, 1.0, 4.0, 3.0, 9.0, 9.0, 7.0, 10.0, 8.0, 5.0];
        let of = |n: usize| spearman(&Coded::new(&a[..n]), &Coded::new(&b[..n]));
        assert!((of(10).unwrap() - 0.75).abs() < 1e-12);
        assert_eq!(of(9), None);
        let tied = Coded::new(&[5.0, f64::NAN, 1.0, 5.0]);
        assert_eq!(tied.ranks(&[1, 0, 1]), [2.5, 1.0, 2.5]);
        assert_eq!(tied.places, [Some(1), None, Some(0), Some(1)]);
    }

    #[test]
    fn a_predictor_that_hardly_varies_is_named() {
        let rare = |n: usize| {
            let values = (0..100).map(|i| f64::from(u8::from(i < n))).collect();
            hardly_varies(&predictor("x", values))
        };
        assert!(rare(0) && rare(4) && !rare(6));
        assert!(!hardly_varies(&predictor(
            "x",
            (0..100).map(f64::from).collect()
        )));
    }
}
