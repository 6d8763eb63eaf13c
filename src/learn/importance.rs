//! What a forest leans on.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::forest::{Forest, ForestParams, Training};

/// Impurity importance of each column corrected for its bias toward columns of many values (Nembrini, König and Wright
/// 2018, "AIR"): trees may also split by a shuffled copy of each column, one shuffling of the rows for all, and what
/// the copy gains is taken off. As many columns are tried at a split as without the copies (ranger's rule). May be
/// negative. Arguments as of [`Forest::fit`].
pub fn impurity_corrected_importance(
    on: &Training<'_>,
    params: &ForestParams,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<f64>, Cancelled> {
    let k_cols = on.x.first().map_or(0, |x| x.k_cols);
    let mut order: Vec<usize> = (0..on.y.len()).collect();
    stream.named("order").rng().shuffle(&mut order);
    let doubled: Vec<Matrix> =
        on.x.iter()
            .map(|x| {
                let copies = x.rows(&order);
                Matrix {
                    n_rows: x.n_rows,
                    k_cols: 2 * k_cols,
                    data: [x.data.as_slice(), &copies.data].concat(),
                }
            })
            .collect();
    let copies = on.unordered.iter().map(|column| column + k_cols);
    let unordered: Vec<usize> = on.unordered.iter().copied().chain(copies).collect();
    let params = ForestParams {
        mtry: Some(params.n_tried(k_cols)),
        tuned: false,
        ..*params
    };
    let on = Training {
        x: &doubled,
        unordered: &unordered,
        ..*on
    };
    let forest = Forest::fit(&on, &params, stream.named("trees"), task)?;
    let (own, copies) = forest.impurity_importance.split_at(k_cols);
    Ok(own
        .iter()
        .zip(copies)
        .map(|(own, copy)| own - copy)
        .collect())
}

/// Columns that take the values of other rows.
#[derive(Clone, Debug)]
pub struct Shuffle {
    /// The columns.
    pub columns: Vec<usize>,
    /// For each row the row whose values it takes.
    pub donors: Vec<usize>,
}

/// Rows that are followed down a tree while it is in the nearest memory.
const ROWS_A_BLOCK: usize = 64;

impl Forest {
    /// Out-of-bag risks of the training rows, and those after each of the shufflings; `None` for a row that all trees saw.
    /// `x` as for [`Self::out_of_bag_risks`].
    pub fn shuffled_risks(
        &self,
        x: &[Matrix],
        shuffles: &[Shuffle],
        task: &TaskHandle,
    ) -> Result<Vec<Option<Vec<f64>>>, Cancelled> {
        let (n_rows, k_cols) = x.first().map_or((0, 0), |x| (x.n_rows, x.k_cols));
        let mut of_column = vec![Vec::new(); k_cols];
        for (at, shuffle) in shuffles.iter().enumerate() {
            for &column in &shuffle.columns {
                of_column[column].push(at);
            }
        }
        let found: Result<Vec<Vec<Option<Vec<f64>>>>, Cancelled> = (0..n_rows
            .div_ceil(ROWS_A_BLOCK))
            .into_par_iter()
            .map(|block| {
                task.check()?;
                let first = block * ROWS_A_BLOCK;
                let rows: Vec<usize> = (first..(first + ROWS_A_BLOCK).min(n_rows)).collect();
                Ok(self.shuffled_rows(x, shuffles, &of_column, &rows))
            })
            .collect();
        Ok(found?.concat())
    }

    /// The same for some rows. `of_column`: the shufflings of each column.
    fn shuffled_rows(
        &self,
        x: &[Matrix],
        shuffles: &[Shuffle],
        of_column: &[Vec<usize>],
        rows: &[usize],
    ) -> Vec<Option<Vec<f64>>> {
        let width = shuffles.len() + 1;
        // For each row its risk, then how far each shuffling moves it: sums over the trees.
        let mut sums = vec![0.0; rows.len() * width];
        let mut n_trees = vec![0_usize; rows.len()];
        let mut is_touched = vec![false; shuffles.len()];
        let mut touched = Vec::new();
        for (t, tree) in self.trees.iter().enumerate() {
            let x = &x[t % x.len()];
            for (at, &row) in rows.iter().enumerate() {
                if self.saw(t, row) {
                    continue;
                }
                // Only a shuffling of a column on the row's own path moves the row.
                let risk = tree.risk(|column| {
                    for &shuffle in &of_column[column] {
                        if !std::mem::replace(&mut is_touched[shuffle], true) {
                            touched.push(shuffle);
                        }
                    }
                    x.get(row, column)
                });
                let sums = &mut sums[at * width..(at + 1) * width];
                sums[0] += risk;
                n_trees[at] += 1;
                for shuffle in touched.drain(..) {
                    is_touched[shuffle] = false;
                    let Shuffle { columns, donors } = &shuffles[shuffle];
                    let moved = tree.risk(|column| {
                        let is_moved = columns.contains(&column);
                        x.get(if is_moved { donors[row] } else { row }, column)
                    });
                    sums[1 + shuffle] += moved - risk;
                }
            }
        }
        let of_row = |(sums, n): (&[f64], &usize)| {
            (*n > 0).then(|| {
                let n = *n as f64;
                let risk = sums[0] / n;
                let moved = sums[1..].iter().map(|moved| risk + moved / n);
                std::iter::once(risk).chain(moved).collect()
            })
        };
        sums.chunks_exact(width).zip(&n_trees).map(of_row).collect()
    }

    /// How alike training rows are to the forest: for each of `rows` the share of the trees that saw neither it nor the
    /// other in which both end in the same leaf (Breiman's proximity, out of bag); 0 for a pair without such a tree. Trees
    /// that saw the other will not do: their leaves gather rows of one outcome, and whoever shares a leaf then seems to
    /// have the outcome that the tree expects.
    pub fn proximity(&self, x: &[Matrix], rows: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        let leaves: Vec<Vec<u32>> = self
            .trees
            .iter()
            .enumerate()
            .map(|(t, tree)| {
                let x = &x[t % x.len()];
                let leaf = |&row: &usize| tree.leaf(|column| x.get(row, column)) as u32;
                others.iter().map(leaf).collect()
            })
            .collect();
        rows.into_par_iter()
            .map(|&row| {
                // Of each pair the trees that saw neither, and those of them where both share a leaf.
                let mut counts = vec![(0_u32, 0_u32); others.len()];
                for (t, tree) in self
                    .trees
                    .iter()
                    .enumerate()
                    .filter(|(t, _)| !self.saw(*t, row))
                {
                    let x = &x[t % x.len()];
                    let leaf = tree.leaf(|column| x.get(row, column)) as u32;
                    for ((counts, other), of_other) in counts.iter_mut().zip(others).zip(&leaves[t])
                    {
                        if !self.saw(t, *other) {
                            counts.0 += 1;
                            counts.1 += u32::from(*of_other == leaf);
                        }
                    }
                }
                let share = |(n, shared): (u32, u32)| f64::from(shared) / f64::from(n.max(1));
                counts.into_iter().map(share).collect()
            })
            .collect()
    }
}
