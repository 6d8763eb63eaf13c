//! Exact interventional Shapley values of trees: what each variable adds to one row's prediction,
//! against a background of other rows.
//!
//! For one row `x` and one background row `b`, the game of a coalition S is the tree's value at the
//! row that has x's values in S and b's elsewhere (interventional: Lundberg 2020, "independent").
//! A leaf asks an interval of each variable on its path. It is reached by S when x meets the interval of every variable
//! in S and b that of every other. Let P be the variables whose interval b misses and Q those that x misses: where they
//! share one, no S reaches the leaf; otherwise each of the p in P gains `(p-1)! q! / (p+q)!` times the leaf's value and
//! each of the q in Q loses `p! (q-1)! / (p+q)!` times it.
//!
//! So only the sets matter, of which there are few: one pass over the tree sorts all rows and all background rows into
//! groups that miss the same variables, and at a leaf groups meet, not rows.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::forest::Forest;
use crate::learn::tree::Tree;

/// What each variable adds, and what the background has on average; they sum to the prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// One a variable.
    pub values: Vec<f64>,
    /// Mean prediction of the background rows.
    pub base_value: f64,
}

/// Which trees a row is explained by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trees {
    /// All.
    All,
    /// Those that did not see the row: the contributions sum to its out-of-bag risk.
    Unseen,
}

/// What is explained.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The rows, as their trees are to see them: of the training rows, as for [`Forest::out_of_bag_risks`].
    pub x: &'a [Matrix],
    /// Which of them are explained.
    pub rows: &'a [usize],
    /// Which of them are the background; at least one.
    pub background: &'a [usize],
    /// Maps columns to variables: columns of one variable move together.
    pub variable_of: &'a [usize],
    /// Number of variables.
    pub k_variables: usize,
    /// Which trees a row is explained by.
    pub trees: Trees,
}

/// Trees whose contributions are added up by one thread before they join the others: a fixed number, so that sums do
/// not depend on the threads. One step of the task each.
pub const TREES_A_STEP: usize = 10;

/// Contributions to the rows' mean prediction by their trees, in the order of `rows`; all 0 for a row without a tree.
pub fn contributions(
    forest: &Forest,
    ask: &Question<'_>,
    task: &TaskHandle,
) -> Result<Vec<Contributions>, Cancelled> {
    let parts: Vec<(Matrix, Matrix)> = ask
        .x
        .iter()
        .map(|x| (x.rows(ask.rows), x.rows(ask.background)))
        .collect();
    let terms = Terms::new(forest, ask);
    let n_trees = forest.trees.len();
    let mut sums = Sums::new(ask);
    let wave = TREES_A_STEP * rayon::current_num_threads();
    for first in (0..n_trees).step_by(wave) {
        let starts: Vec<usize> = (first..(first + wave).min(n_trees))
            .step_by(TREES_A_STEP)
            .collect();
        let found: Result<Vec<Sums>, Cancelled> = starts
            .into_par_iter()
            .map(|start| {
                task.step()?;
                let mut sums = Sums::new(ask);
                for t in start..(start + TREES_A_STEP).min(n_trees) {
                    let (x, background) = &parts[t % parts.len()];
                    let explained: Vec<u32> = (0..ask.rows.len())
                        .filter(|&at| ask.trees == Trees::All || !forest.saw(t, ask.rows[at]))
                        .map(|at| at as u32)
                        .collect();
                    let base = of_tree(
                        &forest.trees[t],
                        (x, &explained),
                        background,
                        &terms,
                        &mut sums.values,
                    );
                    for &at in &explained {
                        let (sum, n) = &mut sums.base[at as usize];
                        *sum += base;
                        *n += 1;
                    }
                }
                Ok(sums)
            })
            .collect();
        found?.iter().for_each(|part| sums.add(part));
    }
    Ok(sums.mean(ask.k_variables))
}

/// Sums over trees.
struct Sums {
    /// Contributions, row by row.
    values: Vec<f64>,
    /// For each row base values and their number.
    base: Vec<(f64, u32)>,
}

impl Sums {
    fn new(ask: &Question<'_>) -> Self {
        Self {
            values: vec![0.0; ask.rows.len() * ask.k_variables],
            base: vec![(0.0, 0); ask.rows.len()],
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, value) in self.values.iter_mut().zip(&other.values) {
            *sum += value;
        }
        for ((sum, n), (value, more)) in self.base.iter_mut().zip(&other.base) {
            *sum += value;
            *n += more;
        }
    }

    fn mean(&self, k_variables: usize) -> Vec<Contributions> {
        let of_row = |(at, (base, n)): (usize, &(f64, u32))| {
            let n = f64::from((*n).max(1));
            let values = &self.values[at * k_variables..(at + 1) * k_variables];
            Contributions {
                values: values.iter().map(|sum| sum / n).collect(),
                base_value: base / n,
            }
        };
        self.base.iter().enumerate().map(of_row).collect()
    }
}

/// Adds the contributions to one tree's prediction of these rows of a matrix, against all rows of another, to `values`
/// (row by row of the matrix, one a variable); returns the mean prediction of the background.
fn of_tree(
    tree: &Tree,
    (x, rows): (&Matrix, &[u32]),
    background: &Matrix,
    terms: &Terms<'_>,
    values: &mut [f64],
) -> f64 {
    let n_background = background.n_rows.max(1) as f64;
    let base: f64 = (0..background.n_rows)
        .map(|row| tree.risk(|column| background.get(row, column)))
        .sum();
    let all: Vec<u32> = (0..background.n_rows as u32).collect();
    let mut pass = Pass {
        tree,
        sides: [(x, rows), (background, &all)],
        terms,
        share: 1.0 / n_background,
        path: Vec::new(),
        values,
    };
    pass.visit(0, &[rows.len(), all.len()].map(Groups::one));
    base / n_background
}

/// What all trees have in common.
struct Terms<'a> {
    variable_of: &'a [usize],
    k_variables: usize,
    /// [`weight`] of `a` and `b`, up to the depth of the deepest tree.
    weights: Vec<Vec<f64>>,
}

impl<'a> Terms<'a> {
    fn new(forest: &Forest, ask: &Question<'a>) -> Self {
        let deepest = forest.trees.iter().map(Tree::depth).max().unwrap_or(0);
        let row = |a| (0..=deepest).map(|b| weight(a, b)).collect();
        Self {
            variable_of: ask.variable_of,
            k_variables: ask.k_variables,
            weights: (0..=deepest).map(row).collect(),
        }
    }
}

/// Rows by what they miss of the path to a node.
struct Groups {
    /// Group of each row.
    of_row: Vec<u32>,
    /// For each group the variables missed, a bit a place on the path.
    missed: Vec<u128>,
    /// For each group its rows.
    n_rows: Vec<u32>,
}

impl Groups {
    /// All rows, nothing missed.
    fn one(n: usize) -> Self {
        Self {
            of_row: vec![0; n],
            missed: vec![0],
            n_rows: vec![n as u32],
        }
    }

    /// After one more condition on the variable at a place of the path.
    fn refined(&self, place: u32, meets: impl Fn(usize) -> bool) -> Self {
        const NONE: u32 = u32::MAX;
        let bit = 1_u128.checked_shl(place).unwrap_or(0);
        let mut next = Self {
            of_row: Vec::with_capacity(self.of_row.len()),
            missed: Vec::with_capacity(2 * self.missed.len()),
            n_rows: Vec::with_capacity(2 * self.missed.len()),
        };
        // Of each group: where the rows that miss the condition are, and the others.
        let mut children = vec![[NONE; 2]; self.missed.len()];
        for (at, &group) in self.of_row.iter().enumerate() {
            let missed = self.missed[group as usize];
            let still_meets = missed & bit == 0 && meets(at);
            let child = &mut children[group as usize][usize::from(still_meets)];
            if *child == NONE {
                *child = next.missed.len() as u32;
                next.missed
                    .push(if still_meets { missed } else { missed | bit });
                next.n_rows.push(0);
            }
            next.n_rows[*child as usize] += 1;
            next.of_row.push(*child);
        }
        next
    }
}

/// One pass over a tree.
struct Pass<'a> {
    tree: &'a Tree,
    /// The explained rows and the background: a matrix, and rows of it.
    sides: [(&'a Matrix, &'a [u32]); 2],
    terms: &'a Terms<'a>,
    /// One over the number of background rows.
    share: f64,
    /// Distinct variables on the path.
    path: Vec<usize>,
    values: &'a mut [f64],
}

impl Pass<'_> {
    fn visit(&mut self, at: usize, groups: &[Groups; 2]) {
        let node = self.tree.nodes[at];
        if node.left == 0 {
            self.settle(node.value * self.share, groups);
            return;
        }
        let variable = self.terms.variable_of[node.column()];
        let place = self.path.iter().position(|&on| on == variable);
        if place.is_none() {
            self.path.push(variable);
        }
        let bit_place = place.unwrap_or(self.path.len() - 1) as u32;
        for is_right in [false, true] {
            let refine = |side: usize| {
                let (matrix, rows) = self.sides[side];
                let column = matrix.col(node.column());
                groups[side].refined(bit_place, |at| {
                    self.tree.goes_right(&node, column[rows[at] as usize]) == is_right
                })
            };
            let next = [refine(0), refine(1)];
            self.visit(node.left as usize + usize::from(is_right), &next);
        }
        if place.is_none() {
            self.path.pop();
        }
    }

    /// Shares a leaf's value out among the variables on its path.
    fn settle(&mut self, value: f64, [explained, background]: &[Groups; 2]) {
        let k_path = self.path.len();
        if value == 0.0 || k_path == 0 {
            return;
        }
        // For each group of explained rows what each place of the path is given; whether anything is.
        let mut given = vec![0.0; explained.missed.len() * k_path];
        let mut is_reached = vec![false; explained.missed.len()];
        let places = given.chunks_exact_mut(k_path).zip(&mut is_reached);
        for (&of_row, (given, is_reached)) in explained.missed.iter().zip(places) {
            let q = of_row.count_ones() as usize;
            let mut lost = 0.0;
            for (&of_other, &n) in background.missed.iter().zip(&background.n_rows) {
                if of_row & of_other != 0 {
                    continue;
                }
                *is_reached = true;
                let p = of_other.count_ones() as usize;
                let n = f64::from(n);
                if q > 0 {
                    lost += n * self.terms.weights[q - 1][p];
                }
                if p > 0 {
                    let gain = n * self.terms.weights[p - 1][q] * value;
                    places_of(of_other).for_each(|place| given[place] += gain);
                }
            }
            places_of(of_row).for_each(|place| given[place] = -lost * value);
        }
        let (_, rows) = self.sides[0];
        for (&row, &group) in rows.iter().zip(&explained.of_row) {
            let group = group as usize;
            if is_reached[group] {
                let start = row as usize * self.terms.k_variables;
                let given = &given[group * k_path..(group + 1) * k_path];
                for (variable, given) in self.path.iter().zip(given) {
                    self.values[start + variable] += given;
                }
            }
        }
    }
}

/// Positions of the bits that are set.
fn places_of(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let place = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            place
        })
    })
}

/// `a! b! / (a + b + 1)!`: one over `(a + b + 1)` times the binomial coefficient of `a + b` over `a`.
pub(super) fn weight(a: usize, b: usize) -> f64 {
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
    use crate::learn::forest::{ForestParams, Training};

    /// Shapley values by their definition: every coalition, every background row.
    fn brute_force(tree: &Tree, row: &[f64], background: &[Vec<f64>], of: &[usize]) -> Vec<f64> {
        let k = of.iter().max().map_or(0, |most| most + 1);
        let value = |coalition: usize, other: &[f64]| {
            tree.risk(|column| {
                let is_in = coalition >> of[column] & 1 == 1;
                if is_in { row[column] } else { other[column] }
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

    fn forest(k: usize, n_trees: usize) -> (Matrix, Forest) {
        let mut rng = Stream::new(3).rng();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|_| (0..90).map(|_| (rng.normal() * 2.0).round()).collect())
            .collect();
        let x = Matrix::from_columns(90, &columns);
        let y: Vec<bool> = (0..90)
            .map(|i| x.get(i, 0) * x.get(i, 1) + rng.normal() > 0.0)
            .collect();
        let params = ForestParams {
            n_trees,
            min_node: 3,
            mtry: Some(3),
            ..ForestParams::default()
        };
        let task = TaskHandle::unattended();
        let forest = Forest::fit(
            &Training::new(std::slice::from_ref(&x), &y),
            &params,
            Stream::new(1),
            &task,
        );
        (x, forest.expect("not cancelled"))
    }

    fn explained(forest: &Forest, ask: &Question<'_>) -> Vec<Contributions> {
        contributions(forest, ask, &TaskHandle::unattended()).expect("not cancelled")
    }

    #[test]
    fn they_equal_the_enumeration_of_all_coalitions_also_where_columns_move_together() {
        let (x, forest) = forest(7, 12);
        let background: Vec<usize> = (0..20).map(|i| i * 4).collect();
        let others: Vec<Vec<f64>> = background.iter().map(|&row| x.row(row)).collect();
        for variable_of in [[0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 2, 2, 2, 3]] {
            let ask = Question {
                x: std::slice::from_ref(&x),
                rows: &[0, 17, 44],
                background: &background,
                variable_of: &variable_of,
                k_variables: variable_of[6] + 1,
                trees: Trees::All,
            };
            for (part, &row) in explained(&forest, &ask).iter().zip(ask.rows) {
                let mut mean = vec![0.0; ask.k_variables];
                for tree in &forest.trees {
                    let of_tree = brute_force(tree, &x.row(row), &others, &variable_of);
                    for (mean, value) in mean.iter_mut().zip(of_tree) {
                        *mean += value / 12.0;
                    }
                }
                for (a, b) in part.values.iter().zip(mean) {
                    assert!((a - b).abs() < 1e-12, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn they_and_the_base_value_sum_to_the_risk_by_the_trees_asked_for() {
        let (x, forest) = forest(9, 300);
        let rows: Vec<usize> = (0..90).collect();
        let own: Vec<usize> = (0..9).collect();
        let mut ask = Question {
            x: std::slice::from_ref(&x),
            rows: &rows,
            background: &rows,
            variable_of: &own,
            k_variables: 9,
            trees: Trees::All,
        };
        let sum = |part: &Contributions| part.base_value + part.values.iter().sum::<f64>();
        for (part, risk) in explained(&forest, &ask).iter().zip(forest.risks(&x)) {
            assert!((sum(part) - risk).abs() < 1e-12);
        }
        ask.trees = Trees::Unseen;
        for (part, risk) in explained(&forest, &ask).iter().zip(&forest.out_of_bag) {
            let risk = risk.expect("300 trees leave every row out");
            assert!((sum(part) - risk).abs() < 1e-12);
        }
    }

    #[test]
    fn they_are_the_same_on_one_and_on_two_threads() {
        let (x, forest) = forest(6, 60);
        let rows: Vec<usize> = (0..90).collect();
        let own: Vec<usize> = (0..6).collect();
        let ask = Question {
            x: std::slice::from_ref(&x),
            rows: &rows,
            background: &rows[..30],
            variable_of: &own,
            k_variables: 6,
            trees: Trees::Unseen,
        };
        let on = |n_threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(n_threads)
                .build()
                .expect("a pool");
            pool.install(|| explained(&forest, &ask))
        };
        assert_eq!(on(1), on(2));
    }
}
