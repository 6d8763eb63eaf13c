//! Exact interventional Shapley values of trees: what each variable adds to one row's prediction,
//! against a background of other rows.
//!
//! For one row `x` and one background row `b`, the game of a coalition S is the tree's value at the
//! row that has x's values in S and b's elsewhere (interventional: Lundberg 2020, "independent").
//! Walking the tree once for the pair visits only leaves that some mixture reaches; at a leaf with
//! p variables forced to x and q forced to b, each of the p gains `(p-1)! q! / (p+q)!` times the
//! leaf's value and each of the q loses `p! (q-1)! / (p+q)!` times it.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::learn::forest::{Forest, Tree};

/// What each variable adds, and what the background has on average; they sum to the prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// One a variable.
    pub values: Vec<f64>,
    /// Mean prediction of the background rows.
    pub base_value: f64,
}

/// Contributions to the mean of trees, each with the row as it sees it and the background rows that
/// are averaged over (the same number for each). `variable_of` maps columns to variables (columns
/// of one variable move together).
pub fn contributions<'a>(
    trees: impl Iterator<Item = (&'a Tree, &'a [f64], &'a [Vec<f64>])>,
    variable_of: &[usize],
    k_variables: usize,
) -> Contributions {
    let mut walk = Walk {
        row: &[],
        other: &[],
        variable_of,
        forced: vec![Forced::Free; k_variables],
        of_row: Vec::new(),
        of_other: Vec::new(),
        values: vec![0.0; k_variables],
    };
    let (mut n_pairs, mut base) = (0_usize, 0.0);
    for (tree, row, background) in trees {
        walk.row = row;
        n_pairs += background.len();
        for other in background {
            walk.other = other;
            base += tree.risk(|column| other[column]);
            walk.visit(tree, 0);
        }
    }
    let n_pairs = n_pairs.max(1) as f64;
    Contributions {
        values: walk.values.into_iter().map(|sum| sum / n_pairs).collect(),
        base_value: base / n_pairs,
    }
}

/// Contributions to the out-of-bag risk of training rows: only trees that did not see the row.
/// `x` as for [`Forest::out_of_bag_risks`]; the result is in the order of `rows`.
pub fn out_of_bag_contributions(
    forest: &Forest,
    x: &[Matrix],
    rows: &[usize],
    background: &[usize],
    variable_of: &[usize],
    k_variables: usize,
) -> Vec<Contributions> {
    let background: Vec<Vec<Vec<f64>>> = x
        .iter()
        .map(|x| background.iter().map(|&row| x.row(row)).collect())
        .collect();
    rows.into_par_iter()
        .map(|&row| {
            let row_in: Vec<Vec<f64>> = x.iter().map(|x| x.row(row)).collect();
            let trees = forest
                .trees
                .iter()
                .enumerate()
                .filter(|(t, _)| !forest.saw(*t, row))
                .map(|(t, tree)| {
                    let at = t % x.len();
                    (tree, row_in[at].as_slice(), background[at].as_slice())
                });
            contributions(trees, variable_of, k_variables)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Forced {
    Free,
    ToRow,
    ToOther,
}

struct Walk<'a> {
    row: &'a [f64],
    other: &'a [f64],
    variable_of: &'a [usize],
    forced: Vec<Forced>,
    of_row: Vec<usize>,
    of_other: Vec<usize>,
    values: Vec<f64>,
}

impl Walk<'_> {
    fn visit(&mut self, tree: &Tree, at: usize) {
        let node = &tree.nodes[at];
        if node.left == 0 {
            self.settle(node.value);
            return;
        }
        let column = node.column as usize;
        let child = |value: f64| node.left as usize + usize::from(value > node.value);
        let (to_row, to_other) = (child(self.row[column]), child(self.other[column]));
        if to_row == to_other {
            return self.visit(tree, to_row);
        }
        let variable = self.variable_of[column];
        match self.forced[variable] {
            Forced::ToRow => self.visit(tree, to_row),
            Forced::ToOther => self.visit(tree, to_other),
            Forced::Free => {
                self.forced[variable] = Forced::ToRow;
                self.of_row.push(variable);
                self.visit(tree, to_row);
                self.of_row.pop();
                self.forced[variable] = Forced::ToOther;
                self.of_other.push(variable);
                self.visit(tree, to_other);
                self.of_other.pop();
                self.forced[variable] = Forced::Free;
            }
        }
    }

    /// Shares a leaf's value out among the variables on its path.
    fn settle(&mut self, value: f64) {
        let (p, q) = (self.of_row.len(), self.of_other.len());
        if p > 0 {
            let gain = value * weight(p - 1, q);
            for &variable in &self.of_row {
                self.values[variable] += gain;
            }
        }
        if q > 0 {
            let loss = value * weight(q - 1, p);
            for &variable in &self.of_other {
                self.values[variable] -= loss;
            }
        }
    }
}

/// `a! b! / (a + b + 1)!`: one over `(a + b + 1)` times the binomial coefficient of `a + b` over `a`.
fn weight(a: usize, b: usize) -> f64 {
    let n = a + b;
    let mut binomial = 1.0;
    for i in 0..a.min(b) {
        binomial *= (n - i) as f64 / (i + 1) as f64;
    }
    1.0 / (binomial * (n + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::learn::forest::ForestParams;

    /// Shapley values by their definition: every coalition, every background row.
    fn brute_force(tree: &Tree, row: &[f64], background: &[Vec<f64>], k: usize) -> Vec<f64> {
        let value = |coalition: usize, other: &[f64]| {
            tree.risk(|column| {
                if coalition >> column & 1 == 1 {
                    row[column]
                } else {
                    other[column]
                }
            })
        };
        let mut values = vec![0.0; k];
        for other in background {
            for (j, sum) in values.iter_mut().enumerate() {
                for coalition in (0..1_usize << k).filter(|c| c >> j & 1 == 0) {
                    let size = coalition.count_ones() as usize;
                    let gain = value(coalition | 1 << j, other) - value(coalition, other);
                    *sum += weight(size, k - size - 1) * gain / background.len() as f64;
                }
            }
        }
        values
    }

    #[test]
    fn they_equal_the_enumeration_of_all_coalitions_and_sum_to_the_prediction() {
        let mut rng = Stream::new(3).rng();
        let columns: Vec<Vec<f64>> = (0..5)
            .map(|_| (0..90).map(|_| (rng.normal() * 2.0).round()).collect())
            .collect();
        let x = Matrix::from_columns(90, &columns);
        let y: Vec<bool> = (0..90)
            .map(|i| x.get(i, 0) * x.get(i, 1) + rng.normal() > 0.0)
            .collect();
        let params = ForestParams {
            n_trees: 4,
            min_node: 5,
            mtry: Some(3),
        };
        let forest = Forest::fit(
            std::slice::from_ref(&x),
            &y,
            &params,
            Stream::new(1),
            &TaskHandle::unattended(),
        )
        .expect("not cancelled");
        let background: Vec<Vec<f64>> = (0..20).map(|i| x.row(i * 4)).collect();
        let own: Vec<usize> = (0..5).collect();
        for row in [0, 17, 44] {
            let row = x.row(row);
            for tree in &forest.trees {
                let fast = contributions(
                    std::iter::once((tree, row.as_slice(), background.as_slice())),
                    &own,
                    5,
                );
                for (a, b) in fast
                    .values
                    .iter()
                    .zip(brute_force(tree, &row, &background, 5))
                {
                    assert!((a - b).abs() < 1e-12);
                }
                let sum = fast.base_value + fast.values.iter().sum::<f64>();
                assert!((sum - tree.risk(|column| row[column])).abs() < 1e-12);
            }
        }
    }
}
