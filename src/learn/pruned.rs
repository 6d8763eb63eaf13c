//! The trees of a forest as one person sees them: for an answer while somebody waits.
//!
//! Most values of a person are fixed while one of them is moved or imputed. Splits on fixed values are resolved once; what
//! is left of the trees is small and lies together in memory. The risks are those of the whole trees, to the last bit.

use crate::learn::forest::Forest;
use crate::learn::tree::{Node, Tree};

/// What is left of the trees.
#[derive(Clone, Debug)]
pub struct Pruned {
    nodes: Vec<Node>,
    /// For each tree that counts its number in the forest and where it begins.
    roots: Vec<(u32, u32)>,
}

impl Pruned {
    /// Resolves the splits on columns that are not free by their values in `row` (NaN where missing), in the trees that
    /// `counts` names.
    pub fn new(
        forest: &Forest,
        row: &[f64],
        is_free: &[bool],
        counts: impl Fn(usize) -> bool,
    ) -> Self {
        let mut pruned = Self {
            nodes: Vec::with_capacity(2 * forest.trees.len()),
            roots: Vec::with_capacity(forest.trees.len()),
        };
        for (t, tree) in forest.trees.iter().enumerate().filter(|(t, _)| counts(*t)) {
            let root = pruned.nodes.len();
            pruned.nodes.push(Node::leaf(0.0));
            pruned.copy(tree, (0, root), row, is_free);
            pruned.roots.push((t as u32, root as u32));
        }
        pruned
    }

    /// Copies what is below a node of the tree to a place that is there already.
    fn copy(&mut self, tree: &Tree, (from, to): (usize, usize), row: &[f64], is_free: &[bool]) {
        let mut at = from;
        let node = loop {
            let node = tree.nodes[at];
            if node.left == 0 || is_free[node.column()] {
                break node;
            }
            let goes_right = tree.goes_right(&node, row[node.column()]);
            at = node.left as usize + usize::from(goes_right);
        };
        if node.left == 0 {
            self.nodes[to] = node;
            return;
        }
        let left = self.nodes.len();
        self.nodes.extend([Node::leaf(0.0); 2]);
        self.nodes[to] = Node {
            left: left as u32,
            ..node
        };
        for side in 0..2 {
            let from = node.left as usize + side;
            self.copy(tree, (from, left + side), row, is_free);
        }
    }

    /// Whether no tree is left.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Mean over the trees for each completion of the row, as [`Forest::risks`] has it.
    pub fn risks(&self, forest: &Forest, completions: &[Vec<f64>]) -> Vec<f64> {
        let mut sums = vec![0.0; completions.len()];
        for &(t, root) in &self.roots {
            let node = &self.nodes[root as usize];
            if node.left == 0 {
                sums.iter_mut().for_each(|sum| *sum += node.value);
                continue;
            }
            let tree = &forest.trees[t as usize];
            for (sum, row) in sums.iter_mut().zip(completions) {
                *sum += self.value(tree, root, row);
            }
        }
        let n_trees = self.roots.len() as f64;
        sums.iter().map(|sum| sum / n_trees).collect()
    }

    /// Mean over the trees, each with the completion of its turn, as [`Forest::out_of_bag_risks`] has it; `None` without a
    /// tree or a completion.
    pub fn risk_in_turn(&self, forest: &Forest, completions: &[Vec<f64>]) -> Option<f64> {
        if self.is_empty() || completions.is_empty() {
            return None;
        }
        let value = |&(t, root): &(u32, u32)| {
            let row = &completions[t as usize % completions.len()];
            self.value(&forest.trees[t as usize], root, row)
        };
        let sum: f64 = self.roots.iter().map(value).sum();
        Some(sum / self.roots.len() as f64)
    }

    fn value(&self, tree: &Tree, root: u32, row: &[f64]) -> f64 {
        let mut node = &self.nodes[root as usize];
        while node.left != 0 {
            let goes_right = tree.goes_right(node, row[node.column()]);
            node = &self.nodes[node.left as usize + usize::from(goes_right)];
        }
        node.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::Matrix;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::learn::forest::{ForestParams, Training};

    #[test]
    fn the_risks_are_those_of_the_whole_trees_whichever_columns_are_free() {
        let mut rng = Stream::new(8).rng();
        let columns: Vec<Vec<f64>> = (0..5)
            .map(|j| {
                let value = |rng: &mut crate::base::seed::Rng| match j {
                    3 => rng.below(5) as f64,
                    _ if rng.below(9) == 0 => f64::NAN,
                    _ => rng.normal(),
                };
                (0..200).map(|_| value(&mut rng)).collect()
            })
            .collect();
        let x = Matrix::from_columns(200, &columns);
        let y: Vec<bool> = (0..200).map(|i| rng.normal() < x.get(i, 3) - 2.0).collect();
        let on = Training {
            unordered: &[3],
            ..Training::new(std::slice::from_ref(&x), &y)
        };
        let params = ForestParams {
            n_trees: 60,
            ..ForestParams::default()
        };
        let task = TaskHandle::unattended();
        let forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
        let seen = forest.risks(&x);
        let unseen = forest.out_of_bag_risks(std::slice::from_ref(&x));
        for free in 0..1_usize << 5 {
            let is_free: Vec<bool> = (0..5).map(|j| free >> j & 1 == 1).collect();
            for row in [0, 7, 50] {
                let own = x.row(row);
                let all = Pruned::new(&forest, &own, &is_free, |_| true);
                assert_eq!(
                    all.risks(&forest, &[own.clone(), own.clone()]),
                    [seen[row]; 2]
                );
                let others = Pruned::new(&forest, &own, &is_free, |t| !forest.saw(t, row));
                assert_eq!(
                    others.risk_in_turn(&forest, std::slice::from_ref(&own)),
                    unseen[row]
                );
                // Another row that differs in the free columns only.
                let moved: Vec<f64> = (0..5)
                    .map(|j| x.get(if is_free[j] { row + 1 } else { row }, j))
                    .collect();
                let whole: f64 = forest.trees.iter().map(|t| t.risk(|j| moved[j])).sum();
                assert_eq!(all.risks(&forest, &[moved])[0], whole / 60.0);
            }
        }
        assert!(Pruned::new(&forest, &x.row(0), &[false; 5], |_| false).is_empty());
    }
}
