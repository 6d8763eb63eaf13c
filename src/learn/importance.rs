//! What a forest leans on: the loss on rows that a tree did not see, after a column is shuffled among them.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::forest::{Forest, ForestParams};

/// Impurity importance of each column corrected for its bias toward columns of many values (Nembrini, König and Wright
/// 2018, "AIR"): trees may also split by a shuffled copy of each column, one shuffling of the rows for all, and what
/// the copy gains is taken off. As many columns are tried at a split as without the copies (ranger's rule). May be
/// negative. Arguments as of [`Forest::fit`].
pub fn impurity_corrected_importance(
    x: &[Matrix],
    y: &[bool],
    params: &ForestParams,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<f64>, Cancelled> {
    let k_cols = x.first().map_or(0, |x| x.k_cols);
    let mut order: Vec<usize> = (0..y.len()).collect();
    stream.named("order").rng().shuffle(&mut order);
    let doubled: Vec<Matrix> = x
        .iter()
        .map(|x| {
            let copies = x.rows(&order);
            Matrix {
                n_rows: x.n_rows,
                k_cols: 2 * k_cols,
                data: [x.data.as_slice(), &copies.data].concat(),
            }
        })
        .collect();
    let params = ForestParams {
        mtry: Some(params.mtry.unwrap_or_else(|| k_cols.isqrt().max(1))),
        ..*params
    };
    let forest = Forest::fit(&doubled, y, &params, stream.named("trees"), task)?;
    let (own, copies) = forest.impurity_importance.split_at(k_cols);
    Ok(own
        .iter()
        .zip(copies)
        .map(|(own, copy)| own - copy)
        .collect())
}

impl Forest {
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
