//! The same Shapley values as [`shapley`](super::shapley), of one row, fast enough to wait for.
//!
//! Background rows are a bit each of a word: what a condition leaves of up to 64 of them is one operation, and where none
//! is left the way down the tree ends.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use crate::base::num::Matrix;
use crate::learn::forest::Forest;
use crate::learn::shapley::{Contributions, TREES_A_STEP, weight};
use crate::learn::tree::{MAX_DEPTH, Node, Tree};

/// Rows that a row is explained against.
#[derive(Clone, Debug)]
pub struct Background {
    chunks: Vec<Chunk>,
    n_rows: usize,
}

/// Up to 64 background rows.
#[derive(Clone, Debug)]
struct Chunk {
    all: u64,
    columns: Vec<Column>,
}

/// One column of them.
#[derive(Clone, Debug)]
struct Column {
    /// Distinct values, ascending.
    values: Vec<f64>,
    /// For each the rows that have it.
    having: Vec<u64>,
    /// For each the rows whose value is not below it; one more at the end: none.
    from: Vec<u64>,
    missing: u64,
}

impl Background {
    /// All rows of a matrix, NaN where a value is missing.
    pub fn new(x: &Matrix) -> Self {
        let chunks = (0..x.n_rows).step_by(64).map(|first| {
            let rows = first..(first + 64).min(x.n_rows);
            Chunk {
                all: u64::MAX >> (64 - rows.len()),
                columns: (0..x.k_cols)
                    .map(|j| Column::new(&x.col(j)[rows.clone()]))
                    .collect(),
            }
        });
        Self {
            chunks: chunks.collect(),
            n_rows: x.n_rows,
        }
    }
}

impl Column {
    fn new(of_rows: &[f64]) -> Self {
        let mut values: Vec<f64> = of_rows.iter().copied().filter(|v| !v.is_nan()).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        let (mut having, mut missing) = (vec![0; values.len()], 0);
        for (row, value) in of_rows.iter().enumerate() {
            match values.iter().position(|known| known == value) {
                Some(at) => having[at] |= 1 << row,
                None => missing |= 1 << row,
            }
        }
        let mut from = vec![0; values.len() + 1];
        for at in (0..values.len()).rev() {
            from[at] = from[at + 1] | having[at];
        }
        Self {
            values,
            having,
            from,
            missing,
        }
    }

    /// The rows that go right at a split.
    fn right(&self, tree: &Tree, node: &Node) -> u64 {
        let mut right = 0;
        if self.missing != 0 && tree.goes_right(node, f64::NAN) {
            right = self.missing;
        }
        if tree.has_order(node.column()) {
            for (value, having) in self.values.iter().zip(&self.having) {
                if tree.goes_right(node, *value) {
                    right |= having;
                }
            }
            return right;
        }
        right | self.from[self.values.partition_point(|value| *value <= node.value)]
    }
}

/// What all trees have in common.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Maps columns to variables: columns of one variable move together.
    variable_of: Vec<usize>,
    k_variables: usize,
    weights: Vec<Vec<f64>>,
}

impl Terms {
    /// For these columns of `k_variables` variables.
    pub fn new(variable_of: Vec<usize>, k_variables: usize) -> Self {
        let longest = k_variables.min(MAX_DEPTH);
        let row = |a| (0..=longest).map(|b| weight(a, b)).collect();
        Self {
            variable_of,
            k_variables,
            weights: (0..=longest).map(row).collect(),
        }
    }
}

/// What the trees are told of the row.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// Each tree gets the completion of its turn: with the unseen trees the contributions sum to the out-of-bag risk.
    InTurn(&'a [Vec<f64>]),
    /// Each tree gets all completions, which differ in these columns only: the contributions sum to the mean of the
    /// completions' risks.
    Each(&'a [Vec<f64>], &'a [bool]),
}

/// Contributions to one row's mean prediction by the trees that `counts` names, tree `t` against background `t` modulo
/// their number; `None` where no tree counts or there is no background or no row.
pub fn contributions_of_one(
    forest: &Forest,
    counts: &impl Fn(usize) -> bool,
    told: Told<'_>,
    backgrounds: &[&Background],
    terms: &Terms,
) -> Option<Contributions> {
    let n_completions = match told {
        Told::InTurn(rows) | Told::Each(rows, _) => rows.len(),
    };
    if backgrounds.is_empty() || n_completions == 0 {
        return None;
    }
    let mut trees: Vec<usize> = (0..forest.trees.len()).filter(|&t| counts(t)).collect();
    // Trees of one background after the other: it stays at hand.
    trees.sort_by_key(|t| (t % backgrounds.len(), *t));
    let parts: Vec<Vec<f64>> = trees
        .par_chunks(TREES_A_STEP)
        .map(|trees| {
            let mut sums = vec![0.0; terms.k_variables + 1];
            for &t in trees {
                let (tree, background) = (&forest.trees[t], backgrounds[t % backgrounds.len()]);
                match told {
                    Told::InTurn(rows) => {
                        let row = &rows[t % rows.len()];
                        add(tree, row, 1.0, background, terms, &mut sums);
                    }
                    Told::Each(rows, differs) => {
                        for (row, share) in distinct(tree, rows, differs) {
                            add(tree, row, share, background, terms, &mut sums);
                        }
                    }
                }
            }
            sums
        })
        .collect();
    let n = trees.len();
    let mut values = vec![0.0; terms.k_variables + 1];
    for part in &parts {
        values.iter_mut().zip(part).for_each(|(sum, v)| *sum += v);
    }
    values.iter_mut().for_each(|sum| *sum /= n as f64);
    let base_value = values.pop()?;
    (n > 0).then_some(Contributions { values, base_value })
}

/// The completions that this tree tells apart, each with the share of all that it stands for.
fn distinct<'a>(tree: &Tree, rows: &'a [Vec<f64>], differs: &[bool]) -> Vec<(&'a [f64], f64)> {
    let share = 1.0 / rows.len() as f64;
    if rows.len() == 1 {
        return vec![(&rows[0], share)];
    }
    let splits = || {
        let nodes = tree.nodes.iter();
        nodes.filter(|node| node.left != 0 && differs[node.column()])
    };
    let mut found: Vec<(&[f64], Vec<bool>, f64)> = Vec::new();
    for row in rows {
        let ways: Vec<bool> = splits()
            .map(|node| tree.goes_right(node, row[node.column()]))
            .collect();
        match found.iter_mut().find(|(_, known, _)| *known == ways) {
            Some((_, _, sum)) => *sum += share,
            None => found.push((row, ways, share)),
        }
    }
    found
        .into_iter()
        .map(|(row, _, share)| (row, share))
        .collect()
}

/// Adds `share` times the contributions to one tree's prediction to `sums`: one a variable, then the base value.
fn add(
    tree: &Tree,
    row: &[f64],
    share: f64,
    background: &Background,
    terms: &Terms,
    sums: &mut [f64],
) {
    for chunk in &background.chunks {
        let mut pass = Pass {
            tree,
            row,
            chunk,
            terms,
            share: share / background.n_rows as f64,
            path: Vec::with_capacity(16),
            missed: Vec::with_capacity(16),
            sums,
        };
        pass.visit(0, chunk.all);
    }
}

/// A variable on the path, and who meets all that the path asks of it.
#[derive(Clone, Copy)]
struct Step {
    variable: usize,
    /// Whether the explained row does.
    met: bool,
    /// Which background rows do.
    meeting: u64,
}

/// One pass over a tree.
struct Pass<'a> {
    tree: &'a Tree,
    row: &'a [f64],
    chunk: &'a Chunk,
    terms: &'a Terms,
    /// What one background row counts.
    share: f64,
    path: Vec<Step>,
    /// At a leaf, variables that background rows miss, and which.
    missed: Vec<(usize, u64)>,
    sums: &'a mut [f64],
}

impl Pass<'_> {
    /// `alive`: the background rows of which some coalition with the explained row comes here.
    fn visit(&mut self, at: usize, alive: u64) {
        let node = self.tree.nodes[at];
        if node.left == 0 {
            self.settle(node.value * self.share, alive);
            return;
        }
        let column = node.column();
        let variable = self.terms.variable_of[column];
        let goes_right = self.tree.goes_right(&node, self.row[column]);
        let right = self.chunk.columns[column].right(self.tree, &node);
        let known = self.path.iter().position(|step| step.variable == variable);
        let place = known.unwrap_or(self.path.len());
        if known.is_none() {
            self.path.push(Step {
                variable,
                met: true,
                meeting: self.chunk.all,
            });
        }
        let before = self.path[place];
        for is_right in [false, true] {
            let side = if is_right { right } else { !right };
            let step = Step {
                met: before.met && goes_right == is_right,
                meeting: before.meeting & side,
                ..before
            };
            let alive = if step.met {
                alive
            } else {
                alive & step.meeting
            };
            if alive != 0 {
                self.path[place] = step;
                self.visit(node.left as usize + usize::from(is_right), alive);
            }
        }
        if known.is_some() {
            self.path[place] = before;
        } else {
            self.path.pop();
        }
    }

    /// Shares a leaf's value out among the variables on its path.
    fn settle(&mut self, value: f64, alive: u64) {
        if value == 0.0 {
            return;
        }
        // How many variables each background row misses, as a number whose bits lie in these words.
        let mut counts = [0_u64; 8];
        let mut q = 0;
        self.missed.clear();
        for step in &self.path {
            if !step.met {
                q += 1;
                continue;
            }
            let missed = alive & !step.meeting;
            if missed == 0 {
                continue;
            }
            self.missed.push((step.variable, missed));
            let mut carry = missed;
            for bits in &mut counts {
                (*bits, carry) = (*bits ^ carry, *bits & carry);
                if carry == 0 {
                    break;
                }
            }
        }
        let most = self.missed.len();
        let n_words = (usize::BITS - most.leading_zeros()) as usize;
        let weights = &self.terms.weights;
        let mut lost = 0.0;
        for p in 0..=most {
            let mut exactly = alive;
            for (place, bits) in counts[..n_words].iter().enumerate() {
                exactly &= if p >> place & 1 == 1 { *bits } else { !bits };
            }
            if exactly == 0 {
                continue;
            }
            let n = f64::from(exactly.count_ones());
            if q > 0 {
                lost += n * weights[q - 1][p];
            }
            if p == 0 {
                // Who misses nothing gets here by its own values.
                if let Some(base) = self.sums.last_mut() {
                    *base += n * value;
                }
                continue;
            }
            let gain = weights[p - 1][q] * value;
            for &(variable, missed) in &self.missed {
                self.sums[variable] += f64::from((exactly & missed).count_ones()) * gain;
            }
        }
        if lost > 0.0 {
            for step in self.path.iter().filter(|step| !step.met) {
                self.sums[step.variable] -= lost * value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::learn::forest::{ForestParams, Training};
    use crate::learn::shapley::{Question, Trees, contributions};

    fn cohort() -> (Matrix, Forest) {
        let mut rng = Stream::new(5).rng();
        let columns: Vec<Vec<f64>> = (0..6)
            .map(|j| {
                let value = |rng: &mut crate::base::seed::Rng| match j {
                    2 => rng.below(4) as f64,
                    4 if rng.below(5) == 0 => f64::NAN,
                    _ => rng.normal(),
                };
                (0..150).map(|_| value(&mut rng)).collect()
            })
            .collect();
        let x = Matrix::from_columns(150, &columns);
        let y: Vec<bool> = (0..150)
            .map(|i| x.get(i, 0) * x.get(i, 1) + x.get(i, 2) + rng.normal() > 1.5)
            .collect();
        let on = Training {
            unordered: &[2],
            ..Training::new(std::slice::from_ref(&x), &y)
        };
        let params = ForestParams {
            n_trees: 45,
            min_node: 3,
            mtry: Some(3),
            ..ForestParams::default()
        };
        let task = TaskHandle::unattended();
        let forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
        (x, forest)
    }

    fn near(one: &Contributions, other: &Contributions) {
        assert!((one.base_value - other.base_value).abs() < 1e-12);
        for (a, b) in one.values.iter().zip(&other.values) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }

    #[test]
    fn one_row_gets_what_it_gets_among_many() {
        let (x, forest) = cohort();
        let rows: Vec<usize> = (0..150).step_by(7).collect();
        // More than one word, and columns that move together.
        let background: Vec<usize> = (0..150).filter(|i| i % 3 != 1).collect();
        let against = Background::new(&x.rows(&background));
        for variable_of in [vec![0, 1, 2, 3, 4, 5], vec![0, 0, 1, 2, 2, 1]] {
            let k = variable_of.iter().max().map_or(0, |most| most + 1);
            let terms = Terms::new(variable_of.clone(), k);
            for trees in [Trees::All, Trees::Unseen] {
                let ask = Question {
                    x: std::slice::from_ref(&x),
                    rows: &rows,
                    background: &background,
                    variable_of: &variable_of,
                    k_variables: k,
                    trees,
                };
                let task = TaskHandle::unattended();
                let many = contributions(&forest, &ask, &task).expect("not cancelled");
                for (&row, expected) in rows.iter().zip(&many) {
                    let counts = |t: usize| trees == Trees::All || !forest.saw(t, row);
                    let own = [x.row(row)];
                    let one = contributions_of_one(
                        &forest,
                        &counts,
                        Told::InTurn(&own),
                        &[&against],
                        &terms,
                    );
                    near(&one.expect("a tree"), expected);
                }
            }
        }
    }

    #[test]
    fn all_completions_get_the_mean_of_what_each_gets() {
        let (x, forest) = cohort();
        let mut rng = Stream::new(9).rng();
        let terms = Terms::new((0..6).collect(), 6);
        let against = Background::new(&x.rows(&(0..40).collect::<Vec<_>>()));
        let completions: Vec<Vec<f64>> = (0..12)
            .map(|_| {
                let mut row = x.row(3);
                (row[0], row[2]) = (rng.normal(), rng.below(4) as f64);
                row
            })
            .collect();
        let differs = [true, false, true, false, false, false];
        let of = |told| contributions_of_one(&forest, &|_| true, told, &[&against], &terms);
        let all = of(Told::Each(&completions, &differs)).expect("trees");
        let mut mean = vec![0.0; 6];
        for row in &completions {
            let one = of(Told::InTurn(std::slice::from_ref(row))).expect("trees");
            let parts = mean.iter_mut().zip(one.values);
            parts.for_each(|(mean, value)| *mean += value / 12.0);
        }
        for (a, b) in all.values.iter().zip(&mean) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
        let sum = all.base_value + all.values.iter().sum::<f64>();
        let of_row = |row: &Vec<f64>| forest.trees.iter().map(|t| t.risk(|j| row[j])).sum::<f64>();
        let risk = completions.iter().map(of_row).sum::<f64>() / (12.0 * 45.0);
        assert!((sum - risk).abs() < 1e-12);
        assert!(of(Told::InTurn(&[])).is_none());
    }
}
