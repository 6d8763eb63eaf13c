//! The probability forest (Malley 2012): the mean of trees whose leaves hold shares of events.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::base::seed::{Rng, Stream};
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::bins::Binned;
use crate::learn::grow::Grower;
pub use crate::learn::grow::{Node, Tree};

/// How a forest is grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ForestParams {
    /// Number of trees, at least 1.
    pub n_trees: usize,
    /// A node with this many in-bag rows or fewer, copies counted, is a leaf.
    pub min_node: usize,
    /// Columns tried at each split; `None`: the square root of their number, rounded down.
    pub mtry: Option<usize>,
}

impl Default for ForestParams {
    fn default() -> Self {
        Self {
            n_trees: 500,
            min_node: 10,
            mtry: None,
        }
    }
}

/// A grown forest.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Forest {
    /// The trees.
    pub trees: Vec<Tree>,
    /// For each tree, one bit a training row: whether the tree saw it.
    in_bag: Vec<Vec<u64>>,
}

impl Forest {
    /// Grows a forest on bootstrap samples of the rows. `x`: n rows, finite values; `y`: n outcomes.
    /// With several matrices (the same rows with differently imputed gaps) tree `t` sees matrix
    /// `t` modulo their number, here and in every function that takes several.
    /// Each tree draws from its own stream, so the result does not depend on the threads.
    pub fn fit(
        x: &[Matrix],
        y: &[bool],
        params: &ForestParams,
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Cancelled> {
        let binned: Vec<Binned> = x.iter().map(Binned::new).collect();
        let k_cols = x.first().map_or(0, |x| x.k_cols);
        let mtry = params
            .mtry
            .unwrap_or_else(|| k_cols.isqrt())
            .clamp(1, k_cols.max(1));
        let n = y.len();
        let grown: Result<Vec<(Tree, Vec<u64>)>, Cancelled> = (0..params.n_trees)
            .into_par_iter()
            .map(|tree| {
                task.check()?;
                let mut rng = stream.at(tree).rng();
                let copies = draw_copies(n, &mut rng);
                let mut grower = Grower::new(&binned[tree % binned.len()], mtry, params.min_node);
                Ok((grower.grow(y, &copies, &mut rng), bits_of(&copies)))
            })
            .collect();
        let (trees, in_bag) = grown?.into_iter().unzip();
        Ok(Self { trees, in_bag })
    }

    /// Whether a tree saw a training row.
    #[inline]
    pub fn saw(&self, tree: usize, row: usize) -> bool {
        self.in_bag[tree][row / 64] >> (row % 64) & 1 == 1
    }

    /// Risks of new rows: the mean over all trees.
    pub fn risks(&self, x: &Matrix) -> Vec<f64> {
        (0..x.n_rows)
            .into_par_iter()
            .map(|row| {
                let sum: f64 = self
                    .trees
                    .iter()
                    .map(|tree| tree.risk(|column| x.get(row, column)))
                    .sum();
                sum / self.trees.len() as f64
            })
            .collect()
    }

    /// Out-of-bag risks of the training rows: the mean over the trees that did not see the row;
    /// `None` where all did. `x`: the training rows as their trees are to see them.
    pub fn out_of_bag_risks(&self, x: &[Matrix]) -> Vec<Option<f64>> {
        (0..x.first().map_or(0, |x| x.n_rows))
            .into_par_iter()
            .map(|row| {
                let (mut sum, mut n_trees) = (0.0, 0_usize);
                for (t, tree) in self.trees.iter().enumerate() {
                    if !self.saw(t, row) {
                        let x = &x[t % x.len()];
                        sum += tree.risk(|column| x.get(row, column));
                        n_trees += 1;
                    }
                }
                (n_trees > 0).then(|| sum / n_trees as f64)
            })
            .collect()
    }

    /// Permutation importance (Breiman 2001) of groups of columns, which may overlap: per tree, Brier score of its
    /// out-of-bag rows after shuffling the group's columns together among them, minus before; mean over all trees.
    /// Not scaled by its spread (ranger's default too). `x` as for [`Self::out_of_bag_risks`].
    pub fn permutation_importance(
        &self,
        x: &[Matrix],
        y: &[bool],
        groups: &[Vec<usize>],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Vec<f64>, Cancelled> {
        let k_cols = x.first().map_or(0, |x| x.k_cols);
        let members: Vec<Vec<bool>> = groups
            .iter()
            .map(|group| (0..k_cols).map(|column| group.contains(&column)).collect())
            .collect();
        let rises: Result<Vec<Vec<f64>>, Cancelled> = (0..self.trees.len())
            .into_par_iter()
            .map(|t| {
                task.check()?;
                Ok(self.tree_importance(t, &x[t % x.len()], y, &members, stream.at(t)))
            })
            .collect();
        let mut mean = vec![0.0; groups.len()];
        for rise in rises? {
            for (sum, rise) in mean.iter_mut().zip(rise) {
                *sum += rise / self.trees.len() as f64;
            }
        }
        Ok(mean)
    }

    fn tree_importance(
        &self,
        t: usize,
        x: &Matrix,
        y: &[bool],
        members: &[Vec<bool>],
        stream: Stream,
    ) -> Vec<f64> {
        let tree = &self.trees[t];
        let rows: Vec<usize> = (0..x.n_rows).filter(|&row| !self.saw(t, row)).collect();
        let is_used = |member: &[bool]| {
            let mut splits = tree.nodes.iter().filter(|node| node.left != 0);
            splits.any(|node| member[node.column as usize])
        };
        let loss = |risk: f64, row: usize| (risk - f64::from(u8::from(y[row]))).powi(2);
        let before: f64 = rows
            .iter()
            .map(|&row| loss(tree.risk(|column| x.get(row, column)), row))
            .sum();
        let n = rows.len().max(1) as f64;
        members
            .iter()
            .enumerate()
            .map(|(group, member)| {
                if !is_used(member) {
                    return 0.0;
                }
                let mut shuffled = rows.clone();
                stream.at(group).rng().shuffle(&mut shuffled);
                let after: f64 = rows
                    .iter()
                    .zip(&shuffled)
                    .map(|(&row, &other)| {
                        let value =
                            |column: usize| x.get(if member[column] { other } else { row }, column);
                        loss(tree.risk(value), row)
                    })
                    .sum();
                (after - before) / n
            })
            .collect()
    }
}

/// How often each of `n` rows is drawn in a bootstrap sample.
fn draw_copies(n: usize, rng: &mut Rng) -> Vec<u32> {
    let mut copies = vec![0_u32; n];
    for _ in 0..n {
        copies[rng.below(n)] += 1;
    }
    copies
}

fn bits_of(copies: &[u32]) -> Vec<u64> {
    let mut bits = vec![0_u64; copies.len().div_ceil(64)];
    for (row, _) in copies.iter().enumerate().filter(|(_, copies)| **copies > 0) {
        bits[row / 64] |= 1 << (row % 64);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cohort(n: usize, k: usize, seed: u64) -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(seed).rng();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|_| (0..n).map(|_| (rng.normal() * 10.0).round()).collect())
            .collect();
        let x = Matrix::from_columns(n, &columns);
        let y = (0..n).map(|i| rng.normal() * 8.0 < x.get(i, 0)).collect();
        (x, y)
    }

    fn grown(x: &Matrix, y: &[bool], n_trees: usize) -> Forest {
        let params = ForestParams {
            n_trees,
            ..ForestParams::default()
        };
        Forest::fit(
            std::slice::from_ref(x),
            y,
            &params,
            Stream::new(1),
            &TaskHandle::unattended(),
        )
        .expect("not cancelled")
    }

    #[test]
    fn a_forest_is_the_mean_of_its_trees() {
        let (x, y) = cohort(80, 4, 2);
        let forest = grown(&x, &y, 20);
        let by_hand: f64 = forest
            .trees
            .iter()
            .map(|tree| tree.risk(|column| x.get(3, column)))
            .sum::<f64>()
            / 20.0;
        assert_eq!(forest.risks(&x)[3].to_bits(), by_hand.to_bits());
    }

    #[test]
    fn leaves_hold_the_share_of_their_in_bag_rows() {
        let (x, y) = cohort(60, 3, 4);
        let binned = Binned::new(&x);
        let mut rng = Stream::new(9).rng();
        let copies = draw_copies(60, &mut rng);
        let tree = Grower::new(&binned, 3, 5).grow(&y, &copies, &mut rng);
        for row in (0..60).filter(|&row| copies[row] > 0) {
            let leaf = tree.risk(|column| x.get(row, column));
            let same_leaf =
                |i: &usize| tree.risk(|column| x.get(*i, column)).to_bits() == leaf.to_bits();
            let (mut n, mut events) = (0, 0);
            for i in (0..60).filter(same_leaf) {
                n += copies[i];
                events += if y[i] { copies[i] } else { 0 };
            }
            // Leaves with equal shares pool to the same share.
            assert!((leaf - f64::from(events) / f64::from(n)).abs() < 1e-12);
        }
    }

    #[test]
    fn the_forest_is_the_same_on_one_and_on_two_threads() {
        let (x, y) = cohort(120, 6, 3);
        let on = |n_threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(n_threads)
                .build()
                .expect("a pool");
            pool.install(|| grown(&x, &y, 30))
        };
        assert_eq!(on(1), on(2));
    }

    #[test]
    fn out_of_bag_risks_of_noise_carry_nothing() {
        let (x, _) = cohort(200, 5, 8);
        let mut rng = Stream::new(10).rng();
        let y: Vec<bool> = (0..200).map(|_| rng.uniform() < 0.5).collect();
        let forest = grown(&x, &y, 200);
        let mean = |event: bool| {
            let risks: Vec<f64> = forest
                .out_of_bag_risks(std::slice::from_ref(&x))
                .iter()
                .zip(&y)
                .filter(|(_, y)| **y == event)
                .filter_map(|(risk, _)| *risk)
                .collect();
            crate::base::num::mean(&risks).expect("both classes")
        };
        assert!((mean(true) - mean(false)).abs() < 0.05);
    }

    #[test]
    fn the_predictor_that_matters_has_the_largest_importance() {
        let (x, y) = cohort(200, 5, 6);
        let forest = grown(&x, &y, 100);
        let groups: Vec<Vec<usize>> = (0..5).map(|j| vec![j]).collect();
        let importance = forest
            .permutation_importance(
                std::slice::from_ref(&x),
                &y,
                &groups,
                Stream::new(2),
                &TaskHandle::unattended(),
            )
            .expect("not cancelled");
        assert!(importance[0] > 0.05);
        assert!(
            importance[1..].iter().all(|rise| *rise < 0.02),
            "{importance:?}"
        );
    }

    #[test]
    fn a_cancelled_forest_stops() {
        let (x, y) = cohort(50, 3, 1);
        let task = TaskHandle::unattended();
        task.cancel();
        assert_eq!(
            Forest::fit(&[x], &y, &ForestParams::default(), Stream::new(1), &task),
            Err(Cancelled)
        );
    }
}
