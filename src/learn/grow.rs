//! Grows one tree by the rules of ranger (Wright and Ziegler 2017), on binned columns.
//!
//! Rules that matter: a node with `min_node` in-bag rows or fewer (copies counted) or with one
//! class is a leaf; `mtry` columns are drawn without replacement from all columns, and if none of
//! them varies in the node it becomes a leaf (scikit-learn draws again instead); the cut lies
//! midway between neighbouring values of the node; a leaf holds its share of events.

use crate::base::seed::Rng;
use crate::learn::bins::Binned;

/// A node; children stand next to each other, a leaf has none (`left == 0`).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Node {
    /// Column of the split.
    pub column: u32,
    /// Position of the left child; the right one follows it. 0 for a leaf.
    pub left: u32,
    /// A row goes left when its value is not above this.
    pub threshold: f64,
    /// Share of events among the in-bag rows of the node.
    pub share: f64,
}

/// A tree: its nodes, the root first.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Tree {
    /// Nodes; children come after their parent.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// The leaf's share of events for a row, given its value in each column.
    #[inline]
    pub fn risk(&self, value: impl Fn(usize) -> f64) -> f64 {
        let mut node = &self.nodes[0];
        while node.left != 0 {
            let goes_right = value(node.column as usize) > node.threshold;
            node = &self.nodes[node.left as usize + usize::from(goes_right)];
        }
        node.share
    }
}

/// What grows trees one after the other, with its working memory.
pub(crate) struct Grower<'a> {
    pub(crate) binned: &'a Binned,
    pub(crate) mtry: usize,
    pub(crate) min_node: usize,
    /// Count and events of each bin, packed: events above bit 32.
    histogram: [u64; 256],
    columns: Vec<usize>,
    scratch: Vec<u32>,
}

/// One in-bag row: its number, its copies and its copies with the event, packed like the histogram.
type Weights = Vec<u64>;

struct Split {
    column: usize,
    /// Last bin that goes left.
    bin: u8,
    threshold: f64,
}

impl<'a> Grower<'a> {
    pub(crate) fn new(binned: &'a Binned, mtry: usize, min_node: usize) -> Self {
        Self {
            binned,
            mtry,
            min_node,
            histogram: [0; 256],
            columns: (0..binned.k_cols()).collect(),
            scratch: Vec::new(),
        }
    }

    /// Grows a tree on rows with these numbers of copies.
    pub(crate) fn grow(&mut self, y: &[bool], copies: &[u32], rng: &mut Rng) -> Tree {
        let weights: Weights = copies
            .iter()
            .zip(y)
            .map(|(&copies, &event)| {
                let copies = u64::from(copies);
                copies | if event { copies << 32 } else { 0 }
            })
            .collect();
        let mut rows: Vec<u32> = (0..copies.len())
            .filter(|&i| copies[i] > 0)
            .map(|i| i as u32)
            .collect();
        let mut nodes = vec![Node {
            column: 0,
            left: 0,
            threshold: 0.0,
            share: 0.0,
        }];
        // (node, first row, end row), depth first.
        let mut open = vec![(0_usize, 0_usize, rows.len())];
        while let Some((node, start, end)) = open.pop() {
            let total: u64 = rows[start..end].iter().map(|&i| weights[i as usize]).sum();
            let (n, n_events) = unpack(total);
            nodes[node].share = f64::from(n_events) / f64::from(n.max(1));
            if n as usize <= self.min_node || n_events == 0 || n_events == n {
                continue;
            }
            let Some(split) = self.best_split(&rows[start..end], &weights, total, rng) else {
                continue;
            };
            let middle = start + self.partition(&mut rows[start..end], &split);
            let left = nodes.len();
            nodes[node].column = split.column as u32;
            nodes[node].threshold = split.threshold;
            nodes[node].left = left as u32;
            let child = nodes[node];
            nodes.extend([Node { left: 0, ..child }, Node { left: 0, ..child }]);
            open.push((left + 1, middle, end));
            open.push((left, start, middle));
        }
        Tree { nodes }
    }

    /// The split with the largest decrease of Gini impurity among `mtry` random columns; the first of equals.
    fn best_split(
        &mut self,
        rows: &[u32],
        weights: &Weights,
        total: u64,
        rng: &mut Rng,
    ) -> Option<Split> {
        let k = self.columns.len();
        let mut best: Option<Split> = None;
        let mut best_value = -1.0;
        for drawn in 0..self.mtry.min(k) {
            let other = drawn + rng.below(k - drawn);
            self.columns.swap(drawn, other);
            let column = self.columns[drawn];
            if let Some((value, bin, next)) = self.best_cut(column, rows, weights, total)
                && value > best_value
            {
                best_value = value;
                let limits = &self.binned.limits[column];
                let (low, high) = (limits[bin as usize].1, limits[next as usize].0);
                let middle = f64::midpoint(low, high);
                best = Some(Split {
                    column,
                    bin,
                    // Rounding must not put the cut on the right-hand value.
                    threshold: if middle < high { middle } else { low },
                });
            }
        }
        best
    }

    /// Best cut of one column: value, last bin on the left, first bin on the right.
    fn best_cut(
        &mut self,
        column: usize,
        rows: &[u32],
        weights: &Weights,
        total: u64,
    ) -> Option<(f64, u8, u8)> {
        let bins = self.binned.col(column);
        let mut touched = [0_u64; 4];
        for &row in rows {
            let bin = bins[row as usize];
            self.histogram[bin as usize] += weights[row as usize];
            touched[(bin >> 6) as usize] |= 1 << (bin & 63);
        }
        let (n, n_events) = unpack(total);
        let (n, n_events) = (f64::from(n), f64::from(n_events));
        let mut left = 0_u64;
        let mut best: Option<(f64, u8, u8)> = None;
        let mut before: Option<u8> = None;
        for (word, mut bits) in touched.into_iter().enumerate() {
            while bits != 0 {
                let bin = (word * 64) as u8 + bits.trailing_zeros() as u8;
                bits &= bits - 1;
                if let Some(before) = before {
                    let (n_left, events_left) = unpack(left);
                    let (n_left, events_left) = (f64::from(n_left), f64::from(events_left));
                    let value =
                        purity(n_left, events_left) + purity(n - n_left, n_events - events_left);
                    if best.is_none_or(|(best, _, _)| value > best) {
                        best = Some((value, before, bin));
                    }
                }
                left += std::mem::take(&mut self.histogram[bin as usize]);
                before = Some(bin);
            }
        }
        best
    }

    /// Rows that go left first, order kept; returns how many.
    fn partition(&mut self, rows: &mut [u32], split: &Split) -> usize {
        let bins = self.binned.col(split.column);
        self.scratch.clear();
        let mut n_left = 0;
        for i in 0..rows.len() {
            let row = rows[i];
            if bins[row as usize] <= split.bin {
                rows[n_left] = row;
                n_left += 1;
            } else {
                self.scratch.push(row);
            }
        }
        rows[n_left..].copy_from_slice(&self.scratch);
        n_left
    }
}

/// Count and events.
#[inline]
fn unpack(packed: u64) -> (u32, u32) {
    (packed as u32, (packed >> 32) as u32)
}

/// Sum of squared class counts over the count: larger is purer (Gini).
#[inline]
fn purity(n: f64, n_events: f64) -> f64 {
    let n_others = n - n_events;
    (n_events * n_events + n_others * n_others) / n
}
