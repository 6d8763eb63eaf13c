//! The probability forest (Malley 2012): the mean of trees whose leaves hold shares of events.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::bins::Binned;
use crate::learn::cut::{Gini, LogLoss, Rule};
pub use crate::learn::draw::Draw;
use crate::learn::draw::Sampling;
use crate::learn::grow::{Grower, Grown};
pub use crate::learn::tree::{Node, Tree};
use crate::learn::tune;

/// What the split of a node is chosen by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SplitRule {
    /// The decrease of Gini impurity (Breiman 1984).
    #[default]
    Gini,
    /// The decrease of log loss (entropy).
    LogLoss,
}

/// What trees do about missing values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gaps {
    /// They are imputed before.
    #[default]
    Imputed,
    /// Each split sends them to the side where they do better.
    BetterSide,
}

/// How a forest is grown.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ForestParams {
    /// Number of trees, at least 1.
    pub n_trees: usize,
    /// A node with this many in-bag rows or fewer, copies counted, is a leaf.
    pub min_node: usize,
    /// Columns tried at each split; `None`: the square root of their number, rounded down.
    pub mtry: Option<usize>,
    /// What the split of a node is chosen by.
    #[serde(default)]
    pub rule: SplitRule,
    /// Splits between the root and a leaf at most; `None`: no limit.
    #[serde(default)]
    pub max_depth: Option<usize>,
    /// In-bag rows, copies counted, that a leaf holds at least; 1 is no limit.
    #[serde(default = "one_row")]
    pub min_leaf: usize,
    /// Whether the rows of a tree are drawn with replacement.
    #[serde(default)]
    pub draw: Draw,
    /// Rows that a tree draws, as a share of all in (0, 1].
    #[serde(default = "all_rows")]
    pub sample_share: f64,
    /// Whether that share is drawn of events and of the others each, so that every tree sees the cohort's proportion.
    #[serde(default)]
    pub within_class: bool,
    /// What happens to missing values; a matrix may hold some in either case.
    #[serde(default)]
    pub gaps: Gaps,
    /// Whether `mtry` and `min_leaf` are chosen by the log loss of out-of-bag rows.
    #[serde(default)]
    pub tuned: bool,
}

/// What a forest is grown on.
#[derive(Clone, Copy, Debug)]
pub struct Training<'a> {
    /// Matrices of n rows, NaN where a value is missing. With several (the same rows with differently imputed gaps) tree
    /// `t` sees matrix `t` modulo their number, here and in every function that takes several.
    pub x: &'a [Matrix],
    /// The n outcomes.
    pub y: &'a [bool],
    /// Weights of the rows, finite and at least 0: trees draw rows in proportion to them (as ranger's `case.weights`).
    /// `None`: all the same.
    pub weights: Option<&'a [f64]>,
    /// Columns that hold numbers of levels without an order, from 0: each tree puts them in that of their share of events.
    pub unordered: &'a [usize],
}

impl<'a> Training<'a> {
    /// Rows of equal weight, and numbers in every column.
    pub fn new(x: &'a [Matrix], y: &'a [bool]) -> Self {
        Self {
            x,
            y,
            weights: None,
            unordered: &[],
        }
    }
}

impl ForestParams {
    /// Columns tried at each split, of `k_cols`.
    pub fn n_tried(&self, k_cols: usize) -> usize {
        let mtry = self.mtry.unwrap_or_else(|| k_cols.isqrt());
        mtry.clamp(1, k_cols.max(1)).min(k_cols)
    }

    /// Whether trees can be grown so, and leave patients out by whom they are judged.
    pub fn is_possible(&self) -> bool {
        let leaves_some = self.draw == Draw::WithReplacement || self.sample_share <= 0.9;
        let counts = [
            self.min_leaf,
            self.mtry.unwrap_or(1),
            self.max_depth.unwrap_or(1),
        ];
        self.sample_share > 0.0 && self.sample_share <= 1.0 && leaves_some && !counts.contains(&0)
    }
}

fn one_row() -> usize {
    1
}

fn all_rows() -> f64 {
    1.0
}

impl Default for ForestParams {
    fn default() -> Self {
        Self {
            n_trees: 500,
            min_node: 10,
            mtry: None,
            rule: SplitRule::default(),
            max_depth: None,
            min_leaf: one_row(),
            draw: Draw::default(),
            sample_share: all_rows(),
            within_class: false,
            gaps: Gaps::default(),
            tuned: false,
        }
    }
}

/// A grown forest.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Forest {
    /// The trees.
    pub trees: Vec<Tree>,
    /// Out-of-bag risks of the rows as the trees were grown on them: the mean over the trees that did not see the row,
    /// `None` where all did.
    pub out_of_bag: Vec<Option<f64>>,
    /// Impurity importance of each column (Breiman 2001): decrease of Gini impurity times the rows of the node, copies
    /// counted, summed over the splits by the column; mean over the trees. It favours columns of many values:
    /// [`impurity_corrected_importance`](super::importance::impurity_corrected_importance) does not.
    pub impurity_importance: Vec<f64>,
    /// How it was grown, `mtry` and `min_leaf` as they were used.
    #[serde(default)]
    pub params: ForestParams,
    /// For each tree, one bit a training row: whether the tree saw it.
    in_bag: Vec<Vec<u64>>,
}

/// Trees grown between two additions to the forest, for each thread: what they hold until then is little, and no
/// thread waits long for the others. Sums run in the order of the trees, so that this changes no figure.
const TREES_A_THREAD: usize = 16;

impl Forest {
    /// Grows a forest on samples of the rows. Each tree draws from its own stream, so the result does not depend on the
    /// threads.
    pub fn fit(
        on: &Training<'_>,
        params: &ForestParams,
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Cancelled> {
        let params = &if params.tuned {
            tune::tuned(on, params, stream.named("tuning"), task)?
        } else {
            *params
        };
        match params.rule {
            SplitRule::Gini => Self::fit_by(&Gini, on, params, stream, task),
            SplitRule::LogLoss => Self::fit_by(&LogLoss::new(on.y.len()), on, params, stream, task),
        }
    }

    fn fit_by(
        rule: &impl Rule,
        on: &Training<'_>,
        params: &ForestParams,
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Cancelled> {
        let y = on.y;
        let bin = |x| Binned::new(x, on.unordered);
        let binned: Vec<Binned> = on.x.iter().map(bin).collect();
        let k_cols = on.x.first().map_or(0, |x| x.k_cols);
        let mtry = params.n_tried(k_cols);
        let sampling = Sampling::new(y, on.weights, params);
        let mut sums = Sums::new(y.len(), k_cols, params.n_trees);
        let wave = TREES_A_THREAD * rayon::current_num_threads();
        for first in (0..params.n_trees).step_by(wave) {
            let grown: Result<Vec<Grown>, Cancelled> = (first..(first + wave).min(params.n_trees))
                .into_par_iter()
                .map_init(
                    || Grower::new(rule, params, mtry),
                    |grower, tree| {
                        task.check()?;
                        let mut rng = stream.at(tree).rng();
                        Ok(grower.grow(&binned[tree % binned.len()], y, &sampling, &mut rng))
                    },
                )
                .collect();
            for grown in grown? {
                sums.add(grown);
            }
        }
        Ok(sums.forest(ForestParams {
            mtry: Some(mtry),
            ..*params
        }))
    }

    /// Whether a tree saw a training row.
    #[inline]
    pub fn saw(&self, tree: usize, row: usize) -> bool {
        let word = self.in_bag.get(tree).and_then(|rows| rows.get(row / 64));
        word.is_some_and(|word| word >> (row % 64) & 1 == 1)
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
}

/// What the trees add up to.
struct Sums {
    trees: Vec<Tree>,
    in_bag: Vec<Vec<u64>>,
    /// Of each row the sum of its out-of-bag risks, and their number.
    risks: Vec<(f64, u32)>,
    decrease: Vec<f64>,
}

impl Sums {
    fn new(n: usize, k_cols: usize, n_trees: usize) -> Self {
        Self {
            trees: Vec::with_capacity(n_trees),
            in_bag: Vec::with_capacity(n_trees),
            risks: vec![(0.0, 0); n],
            decrease: vec![0.0; k_cols],
        }
    }

    fn add(&mut self, grown: Grown) {
        let mut start = 0;
        for (end, share) in grown.ends {
            for &row in &grown.unseen[start..end as usize] {
                let (sum, n_trees) = &mut self.risks[row as usize];
                *sum += share;
                *n_trees += 1;
            }
            start = end as usize;
        }
        for (sum, decrease) in self.decrease.iter_mut().zip(grown.decrease) {
            *sum += decrease;
        }
        self.trees.push(grown.tree);
        self.in_bag.push(grown.in_bag);
    }

    fn forest(self, params: ForestParams) -> Forest {
        let n_trees = self.trees.len().max(1) as f64;
        let mean = |(sum, n): (f64, u32)| (n > 0).then(|| sum / f64::from(n));
        Forest {
            params,
            trees: self.trees,
            in_bag: self.in_bag,
            out_of_bag: self.risks.into_iter().map(mean).collect(),
            impurity_importance: self.decrease.iter().map(|sum| sum / n_trees).collect(),
        }
    }
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
            &Training::new(std::slice::from_ref(x), y),
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
    fn a_leaf_holds_the_share_of_its_rows_copies_counted() {
        let (x, y) = cohort(60, 3, 4);
        let binned = Binned::new(&x, &[]);
        let params = ForestParams {
            min_node: 5,
            ..ForestParams::default()
        };
        let sampling = Sampling::new(&y, None, &params);
        let mut copies = Vec::new();
        sampling.draw(&mut copies, &mut Stream::new(9).rng());
        let mut rng = Stream::new(9).rng();
        let grown = Grower::new(&Gini, &params, 3).grow(&binned, &y, &sampling, &mut rng);
        let leaf = |row: usize| grown.tree.risk(|column| x.get(row, column));
        for row in (0..60).filter(|&row| copies[row] > 0) {
            let (mut n, mut events) = (0, 0);
            for i in (0..60).filter(|&i| leaf(i).to_bits() == leaf(row).to_bits()) {
                n += copies[i];
                events += if y[i] { copies[i] } else { 0 };
            }
            // Leaves with equal shares pool to the same share.
            assert!((leaf(row) - f64::from(events) / f64::from(n)).abs() < 1e-12);
        }
    }

    #[test]
    fn out_of_bag_risks_known_from_growing_are_those_of_the_grown_trees_to_the_last_bit() {
        // Few values, and more values than there are bins.
        let (few, y) = cohort(150, 4, 2);
        let mut rng = Stream::new(3).rng();
        let many: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..900).map(|_| rng.normal()).collect())
            .collect();
        let many = Matrix::from_columns(900, &many);
        let y_of_many: Vec<bool> = (0..900).map(|i| rng.normal() < many.get(i, 1)).collect();
        // Gaps, also among levels without an order.
        let mut gappy = few.clone();
        let values = gappy.data.iter_mut().enumerate();
        values.for_each(|(at, value)| {
            *value = if at % 5 == 0 { f64::NAN } else { value.abs() };
        });
        let y_of_gappy = y.clone();
        for (x, y) in [(few, y), (many, y_of_many), (gappy, y_of_gappy)] {
            let params = ForestParams {
                n_trees: 40,
                ..ForestParams::default()
            };
            let on = Training {
                unordered: if x.data[0].is_nan() { &[1, 2] } else { &[] },
                ..Training::new(std::slice::from_ref(&x), &y)
            };
            let task = TaskHandle::unattended();
            let forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
            let again = forest.out_of_bag_risks(std::slice::from_ref(&x));
            assert_eq!(forest.out_of_bag, again);
        }
    }

    /// What `cut` says it finds, found by trying every threshold of every column.
    #[test]
    fn splits_are_the_best_of_all_thresholds_in_small_and_in_large_nodes() {
        for rule in [SplitRule::Gini, SplitRule::LogLoss] {
            for (n, seed) in [(7, 1), (14, 2), (22, 3), (31, 4), (60, 5), (280, 6)] {
                let (x, y) = cohort(n, 4, seed);
                let params = ForestParams {
                    n_trees: 1,
                    min_node: 1,
                    mtry: Some(4),
                    rule,
                    max_depth: Some(1),
                    min_leaf: 2,
                    draw: Draw::WithoutReplacement,
                    ..ForestParams::default()
                };
                let task = TaskHandle::unattended();
                let forest = Forest::fit(
                    &Training::new(std::slice::from_ref(&x), &y),
                    &params,
                    Stream::new(1),
                    &task,
                )
                .expect("not cancelled");
                let gain = |column: usize, threshold: f64| {
                    let side = |right: bool| {
                        let in_side = |i: &usize| (x.get(*i, column) > threshold) == right;
                        let rows: Vec<usize> = (0..n).filter(in_side).collect();
                        let events = rows.iter().filter(|&&i| y[i]).count() as f64;
                        (rows.len() as f64, events)
                    };
                    let [left, right] = [side(false), side(true)];
                    let is_cut = left.0 >= 2.0 && right.0 >= 2.0;
                    let of = |(n, events): (f64, f64)| match rule {
                        SplitRule::Gini => (events * events + (n - events).powi(2)) / n,
                        SplitRule::LogLoss => {
                            let term = |a: f64| if a > 0.0 { a * (a / n).ln() } else { 0.0 };
                            term(events) + term(n - events)
                        }
                    };
                    is_cut.then(|| of(left) + of(right))
                };
                let all = (0..4).flat_map(|j| x.col(j).iter().filter_map(move |v| gain(j, *v)));
                let best = all.fold(f64::NEG_INFINITY, f64::max);
                let root = forest.trees[0].nodes[0];
                assert!(root.left != 0, "{n} rows");
                let ours = gain(root.column(), root.value).expect("both sides hold rows");
                assert!((ours - best).abs() < 1e-9, "{rule:?} {n}: {ours} {best}");
            }
        }
    }

    /// One split of all rows by any column.
    fn stump(x: &Matrix, y: &[bool], unordered: &[usize]) -> Tree {
        let params = ForestParams {
            n_trees: 1,
            min_node: 1,
            mtry: Some(x.k_cols),
            max_depth: Some(1),
            draw: Draw::WithoutReplacement,
            ..ForestParams::default()
        };
        let on = Training {
            unordered,
            ..Training::new(std::slice::from_ref(x), y)
        };
        let task = TaskHandle::unattended();
        let mut forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
        forest.trees.remove(0)
    }

    /// Sum over both sides of events squared over rows, and the same of the others; nothing for an empty side.
    fn purity(y: &[bool], is_right: impl Fn(usize) -> bool) -> Option<f64> {
        let side = |right: bool| {
            let rows: Vec<usize> = (0..y.len()).filter(|&i| is_right(i) == right).collect();
            let events = rows.iter().filter(|&&i| y[i]).count() as f64;
            let n = rows.len() as f64;
            (n > 0.0).then(|| (events * events + (n - events).powi(2)) / n)
        };
        Some(side(false)? + side(true)?)
    }

    #[test]
    fn levels_without_an_order_are_split_into_the_best_of_all_pairs_of_sets() {
        for seed in 0..20 {
            let mut rng = Stream::new(seed).rng();
            let levels: Vec<f64> = (0..90).map(|_| rng.below(6) as f64).collect();
            let odds: Vec<f64> = (0..6).map(|_| rng.uniform()).collect();
            let y: Vec<bool> = levels
                .iter()
                .map(|l| rng.uniform() < odds[*l as usize])
                .collect();
            let x = Matrix::from_columns(90, std::slice::from_ref(&levels));
            let tree = stump(&x, &y, &[0]);
            let ours = purity(&y, |i| tree.leaf(|_| levels[i]) == 2).expect("both sides hold rows");
            let sets =
                (1..63_u32).filter_map(|set| purity(&y, |i| set >> levels[i] as u32 & 1 == 1));
            let best = sets.fold(0.0, f64::max);
            assert!((ours - best).abs() < 1e-9, "{ours} {best}");
            // A level that nobody has goes where its neighbours in share go, not astray.
            assert!((0.0..=1.0).contains(&tree.risk(|_| 17.0)));
        }
    }

    #[test]
    fn missing_values_go_to_the_side_where_they_do_better() {
        for seed in 0..20 {
            let mut rng = Stream::new(seed).rng();
            let known: Vec<f64> = (0..60).map(|_| (rng.normal() * 3.0).round()).collect();
            let towards = rng.normal();
            let (mut values, mut y) = (known.clone(), Vec::new());
            for value in &mut values {
                let is_missing = rng.below(4) == 0;
                let chance = if is_missing { towards } else { *value };
                y.push(rng.normal() < chance);
                *value = if is_missing { f64::NAN } else { *value };
            }
            let x = Matrix::from_columns(60, &[values.clone()]);
            let tree = stump(&x, &y, &[]);
            let ours = purity(&y, |i| tree.leaf(|_| values[i]) == 2).expect("both sides hold rows");
            let mut best = purity(&y, |i| values[i].is_nan()).unwrap_or(0.0);
            for threshold in &known {
                for right in [false, true] {
                    let goes = |i: usize| {
                        if values[i].is_nan() {
                            right
                        } else {
                            values[i] > *threshold
                        }
                    };
                    best = best.max(purity(&y, goes).unwrap_or(0.0));
                }
            }
            assert!((ours - best).abs() < 1e-9, "{seed}: {ours} {best}");
        }
    }

    #[test]
    fn where_no_missing_value_decided_they_go_with_the_larger_child() {
        // The second column has its only gap in a row that the first split sends elsewhere.
        let first: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i >= 20))).collect();
        let mut second: Vec<f64> = (0..40).map(|i| f64::from(i % 20)).collect();
        second[0] = f64::NAN;
        let x = Matrix::from_columns(40, &[first, second]);
        for (of_first, first_event, share) in [(true, 34, 0.0), (false, 24, 1.0)] {
            let of = |i: usize| if i < 20 { of_first } else { i >= first_event };
            let y: Vec<bool> = (0..40).map(of).collect();
            let params = ForestParams {
                n_trees: 1,
                min_node: 1,
                mtry: Some(2),
                draw: Draw::WithoutReplacement,
                ..ForestParams::default()
            };
            let on = Training::new(std::slice::from_ref(&x), &y);
            let task = TaskHandle::unattended();
            let forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
            let risk = forest.trees[0].risk(|column| [1.0, f64::NAN][column]);
            assert!((risk - share).abs() < 1e-12, "{risk} {share}");
        }
    }

    #[test]
    fn rows_without_weight_are_never_drawn_and_others_in_proportion() {
        let (x, y) = cohort(60, 3, 4);
        let weights: Vec<f64> = (0..60).map(|i| f64::from(i % 3)).collect();
        for draw in [Draw::WithReplacement, Draw::WithoutReplacement] {
            let params = ForestParams {
                n_trees: 400,
                draw,
                sample_share: 0.25,
                ..ForestParams::default()
            };
            let on = Training {
                weights: Some(&weights),
                ..Training::new(std::slice::from_ref(&x), &y)
            };
            let task = TaskHandle::unattended();
            let forest = Forest::fit(&on, &params, Stream::new(1), &task).expect("not cancelled");
            let seen = |class: usize| {
                let rows = (0..60).filter(|i| i % 3 == class);
                let trees = rows.map(|row| (0..400).filter(|&t| forest.saw(t, row)).count());
                trees.sum::<usize>() as f64
            };
            assert!(seen(0) == 0.0);
            // 10 of 40 rows a tree: by simulation 1.68 (once each) to 1.78 (copies) times as many of double weight.
            let ratio = seen(2) / seen(1);
            assert!((1.5..2.05).contains(&ratio), "{ratio}");
        }
    }

    #[test]
    fn settings_that_leave_no_patient_out_or_no_tree_to_grow_are_refused() {
        let usual = ForestParams::default();
        let without = ForestParams {
            draw: Draw::WithoutReplacement,
            ..usual
        };
        let shares = [f64::NAN, 0.0, -1.0, 1.5].map(|sample_share| ForestParams {
            sample_share,
            ..usual
        });
        let halves = ForestParams {
            sample_share: 0.5,
            ..without
        };
        assert!(usual.is_possible() && halves.is_possible());
        assert!(!without.is_possible() && !shares.iter().any(ForestParams::is_possible));
        assert!(
            !ForestParams {
                mtry: Some(0),
                ..usual
            }
            .is_possible()
        );
        assert!(
            !ForestParams {
                max_depth: Some(0),
                ..usual
            }
            .is_possible()
        );
        assert!(
            !ForestParams {
                min_leaf: 0,
                ..usual
            }
            .is_possible()
        );
    }

    #[test]
    fn depth_and_leaves_keep_their_limits() {
        let (x, y) = cohort(200, 4, 7);
        let params = ForestParams {
            n_trees: 20,
            min_node: 1,
            max_depth: Some(3),
            draw: Draw::WithoutReplacement,
            sample_share: 0.5,
            min_leaf: 9,
            ..ForestParams::default()
        };
        let task = TaskHandle::unattended();
        let x = std::slice::from_ref(&x);
        let forest = Forest::fit(&Training::new(x, &y), &params, Stream::new(1), &task)
            .expect("not cancelled");
        for (t, tree) in forest.trees.iter().enumerate() {
            assert!(tree.depth() <= 3);
            let seen: Vec<usize> = (0..200).filter(|&row| forest.saw(t, row)).collect();
            assert_eq!(seen.len(), 100);
            for node in tree.nodes.iter().filter(|node| node.left == 0) {
                let in_leaf = |row: &&usize| {
                    tree.risk(|column| x[0].get(**row, column)).to_bits() == node.value.to_bits()
                };
                assert!(seen.iter().filter(in_leaf).count() >= 9);
            }
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
    fn a_cancelled_forest_stops() {
        let (x, y) = cohort(50, 3, 1);
        let task = TaskHandle::unattended();
        task.cancel();
        assert_eq!(
            Forest::fit(
                &Training::new(&[x], &y),
                &ForestParams::default(),
                Stream::new(1),
                &task
            ),
            Err(Cancelled)
        );
    }
}
