//! Patients who are alike in all predictors but one, as far as these tell that one.
//!
//! Shuffled among everyone, a predictor takes values that do not go with the patient's others, and a predictor that
//! repeats another seems to matter. Shuffled among patients who are alike it keeps what the others tell of it: what is
//! left is what it adds to them (conditional subgroups; Molnar, König, Bischl and Casalicchio 2023).

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::{Matrix, mean, sd};
use crate::design::{Coding, DesignMap, Part, Sample};

/// Splits between everyone and a subgroup at most.
const MAX_DEPTH: usize = 4;
/// Patients of a subgroup at least.
const MIN_PATIENTS: usize = 20;
/// Least share of a predictor's variance that a split must explain.
const MIN_SHARE: f64 = 0.01;

/// For each predictor the subgroup of each patient, by a regression tree (Breiman 1984) that tells the predictor from all
/// others. Outcomes play no part; missing values are those of the median or the mode.
pub fn subgroups(sample: &Sample) -> Vec<Vec<u32>> {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let map = DesignMap::learn(sample, &rows, Coding::Treatment);
    let x = map.matrix(sample, &rows);
    let columns_of = |is_own: &dyn Fn(usize) -> bool| -> Vec<usize> {
        let columns = map.columns.iter().enumerate();
        columns
            .filter(|(_, c)| is_own(c.predictor) && !matches!(c.part, Part::Product(..)))
            .filter(|(_, c)| !matches!(c.part, Part::Bend(_)))
            .map(|(j, _)| j)
            .collect()
    };
    (0..sample.predictors.len())
        .into_par_iter()
        .map(|at| {
            let told = columns_of(&|predictor| predictor == at);
            let told: Vec<Vec<f64>> = told.iter().map(|&j| standardised(x.col(j))).collect();
            let mut tree = Tree {
                x: &x,
                by: columns_of(&|predictor| predictor != at),
                least: MIN_SHARE * (told.len() * x.n_rows) as f64,
                told,
                subgroup: vec![0; x.n_rows],
                n_subgroups: 0,
            };
            tree.part(rows.clone(), 0);
            tree.subgroup
        })
        .collect()
}

fn standardised(column: &[f64]) -> Vec<f64> {
    let centre = mean(column).unwrap_or(0.0);
    let scale = sd(column).filter(|sd| *sd > 0.0).unwrap_or(1.0);
    column
        .iter()
        .map(|value| (value - centre) / scale)
        .collect()
}

struct Tree<'a> {
    x: &'a Matrix,
    /// Columns that tell.
    by: Vec<usize>,
    /// What they tell, standardised.
    told: Vec<Vec<f64>>,
    /// Least decrease of the sum of squares.
    least: f64,
    subgroup: Vec<u32>,
    n_subgroups: u32,
}

impl Tree<'_> {
    fn part(&mut self, rows: Vec<usize>, depth: usize) {
        let split = if depth < MAX_DEPTH && rows.len() >= 2 * MIN_PATIENTS {
            self.best(&rows)
        } else {
            None
        };
        let Some((column, threshold)) = split else {
            rows.iter()
                .for_each(|&row| self.subgroup[row] = self.n_subgroups);
            self.n_subgroups += 1;
            return;
        };
        let is_left = |row: &usize| self.x.get(*row, column) <= threshold;
        let (left, right) = rows.into_iter().partition(is_left);
        self.part(left, depth + 1);
        self.part(right, depth + 1);
    }

    /// Column and threshold with the largest decrease of the sum of squares.
    fn best(&self, rows: &[usize]) -> Option<(usize, f64)> {
        let n = rows.len();
        let totals: Vec<f64> = self
            .told
            .iter()
            .map(|told| rows.iter().map(|&row| told[row]).sum())
            .collect();
        let mut best = (self.least, None);
        let mut order = rows.to_vec();
        for &column in &self.by {
            let values = self.x.col(column);
            order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
            let mut sums = vec![0.0; self.told.len()];
            for at in 1..n {
                let (row, next) = (order[at - 1], order[at]);
                for (sum, told) in sums.iter_mut().zip(&self.told) {
                    *sum += told[row];
                }
                if at < MIN_PATIENTS || n - at < MIN_PATIENTS || values[row] == values[next] {
                    continue;
                }
                let (n_left, n_right) = (at as f64, (n - at) as f64);
                let gain = sums.iter().zip(&totals).map(|(left, total)| {
                    let right = total - left;
                    left * left / n_left + right * right / n_right - total * total / n as f64
                });
                let gain: f64 = gain.sum();
                if gain > best.0 {
                    best = (gain, Some((column, values[row])));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::cohort::Kind;
    use crate::design::{Form, Predictor};

    #[test]
    fn subgroups_are_alike_in_what_tells_the_predictor_and_hold_twenty_patients() {
        let mut rng = Stream::new(4).rng();
        let a: Vec<f64> = (0..400).map(|_| rng.normal()).collect();
        let b: Vec<f64> = a.iter().map(|a| a + 0.3 * rng.normal()).collect();
        let c: Vec<f64> = (0..400).map(|_| rng.normal()).collect();
        let level: Vec<f64> = a
            .iter()
            .map(|a| {
                if *a > 0.5 {
                    2.0
                } else {
                    f64::from(u8::from(*a > -0.5))
                }
            })
            .collect();
        let predictor = |kind, levels: &[&str], values| Predictor {
            name: "x".to_owned(),
            kind,
            levels: levels.iter().map(|&l| l.to_owned()).collect(),
            form: Form::default(),
            values,
        };
        let sample = Sample {
            predictors: vec![
                predictor(Kind::Numeric, &[], a.clone()),
                predictor(Kind::Numeric, &[], b),
                predictor(Kind::Numeric, &[], c.clone()),
                predictor(Kind::Categorical, &["p", "q", "r"], level),
            ],
            interactions: Vec::new(),
            y: vec![true; 400],
        };
        let found = subgroups(&sample);
        // Variance of `a` within the subgroups of each predictor, `a` itself having 1.
        let within = |groups: &[u32], values: &[f64]| {
            let n_groups = groups.iter().max().expect("patients") + 1;
            let mut sum = 0.0;
            for group in 0..n_groups {
                let members: Vec<f64> = (0..400)
                    .filter(|&row| groups[row] == group)
                    .map(|row| values[row])
                    .collect();
                assert!(members.len() >= MIN_PATIENTS);
                sum += sd(&members).expect("twenty").powi(2) * members.len() as f64 / 400.0;
            }
            sum
        };
        assert!(within(&found[1], &a) < 0.1);
        assert!(within(&found[3], &a) < 0.25);
        assert!(within(&found[0], &c) > 0.8);
    }
}
