//! Grows one tree by the rules of ranger (Wright and Ziegler 2017), on binned columns.
//!
//! Rules that matter: a node with `min_node` in-bag rows or fewer (copies counted) or with one
//! class is a leaf; `mtry` columns are drawn without replacement from all columns, and if none of
//! them varies in the node it becomes a leaf (scikit-learn draws again instead); the cut lies
//! midway between neighbouring values of the node; a leaf holds its share of events.
//!
//! A column with gaps is tried with them below all its values and again above: so the missing go to the better side
//! (Twala 2008), and where a node holds none of them, with the larger child.
//!
//! The rows that the tree does not see go down with the others, so that a tree knows its out-of-bag risks when it is
//! grown.

use crate::base::seed::Rng;
use crate::learn::bins::{ABOVE, BELOW, Binned};
use crate::learn::cut::{Cut, Cutter, Rows, Rule, unpack};
use crate::learn::draw::Sampling;
use crate::learn::forest::ForestParams;
use crate::learn::tree::{MAX_DEPTH, Node, Tree};

/// A tree, and what became known while it grew.
pub(crate) struct Grown {
    pub(crate) tree: Tree,
    /// One bit a row: whether the tree saw it.
    pub(crate) in_bag: Vec<u64>,
    /// Rows that it did not see, leaf by leaf …
    pub(crate) unseen: Vec<u32>,
    /// … and for each leaf that has any where its rows end, and its share of events.
    pub(crate) ends: Vec<(u32, f64)>,
    /// Decrease of Gini impurity times the node's rows (copies counted), summed over the splits of each column.
    pub(crate) decrease: Vec<f64>,
}

/// A node that waits to be split.
struct Open {
    node: usize,
    depth: usize,
    /// In-bag rows from … to.
    seen: (usize, usize),
    /// Rows out of the bag from … to.
    unseen: (usize, usize),
    total: u64,
}

/// What grows trees one after the other, with its working memory.
pub(crate) struct Grower<'a, R: Rule> {
    rule: &'a R,
    params: &'a ForestParams,
    mtry: usize,
    max_depth: usize,
    cutter: Cutter,
    copies: Vec<u32>,
    columns: Vec<u32>,
    /// Columns of codes that are tried at a node.
    tried: Vec<u32>,
    rows: Vec<u32>,
    weights: Vec<u64>,
    open: Vec<Open>,
    aside: Vec<u32>,
    weights_aside: Vec<u64>,
}

impl<'a, R: Rule> Grower<'a, R> {
    pub(crate) fn new(rule: &'a R, params: &'a ForestParams, mtry: usize) -> Self {
        Self {
            rule,
            params,
            mtry,
            max_depth: params
                .max_depth
                .map_or(MAX_DEPTH, |most| most.min(MAX_DEPTH)),
            cutter: Cutter::new(2 * mtry, params.min_leaf),
            copies: Vec::new(),
            columns: Vec::new(),
            tried: Vec::new(),
            rows: Vec::new(),
            weights: Vec::new(),
            open: Vec::new(),
            aside: Vec::new(),
            weights_aside: Vec::new(),
        }
    }

    /// Draws rows and grows a tree on them.
    pub(crate) fn grow(
        &mut self,
        binned: &Binned,
        y: &[bool],
        sampling: &Sampling,
        rng: &mut Rng,
    ) -> Grown {
        sampling.draw(&mut self.copies, rng);
        self.columns.clear();
        self.columns.extend(0..binned.k_cols() as u32);
        let (ordered, orders) = binned.ordered(y, &self.copies);
        let binned = ordered.as_ref();
        let (mut grown, total) = self.start(y, binned.k_cols());
        grown.tree.orders = orders;
        self.open.push(Open {
            node: 0,
            depth: 0,
            seen: (0, self.rows.len()),
            unseen: (0, grown.unseen.len()),
            total,
        });
        while let Some(open) = self.open.pop() {
            let (n, n_events) = unpack(open.total);
            let is_leaf = n as usize <= self.params.min_node
                || n_events == 0
                || n_events == n
                || open.depth >= self.max_depth;
            let cut = if is_leaf {
                None
            } else {
                self.best_cut(binned, &open, rng)
            };
            if let Some((cut, tried)) = cut {
                self.split(binned, &mut grown, &open, cut, tried);
            } else {
                let share = f64::from(n_events) / f64::from(n.max(1));
                grown.tree.nodes[open.node].value = share;
                if open.unseen.1 > open.unseen.0 {
                    grown.ends.push((open.unseen.1 as u32, share));
                }
            }
        }
        grown
    }

    /// Sorts the rows into seen and unseen; the tree is a root.
    fn start(&mut self, y: &[bool], k_cols: usize) -> (Grown, u64) {
        let n = self.copies.len();
        let mut in_bag = vec![0_u64; n.div_ceil(64)];
        let mut unseen = vec![0; n];
        self.rows.resize(n, 0);
        self.weights.resize(n, 0);
        let (mut n_seen, mut total) = (0, 0);
        for (row, (&copies, &event)) in self.copies.iter().zip(y).enumerate() {
            let weight = u64::from(copies) | ((u64::from(copies) * u64::from(event)) << 32);
            let is_seen = usize::from(copies > 0);
            // Written to both, kept in one: which of them is as good as random.
            self.rows[n_seen] = row as u32;
            self.weights[n_seen] = weight;
            unseen[row - n_seen] = row as u32;
            in_bag[row / 64] |= (is_seen as u64) << (row % 64);
            n_seen += is_seen;
            total += weight;
        }
        self.rows.truncate(n_seen);
        self.weights.truncate(n_seen);
        unseen.truncate(n - n_seen);
        self.aside.resize(n, 0);
        self.weights_aside.resize(n_seen, 0);
        let mut nodes = Vec::with_capacity(n_seen / 2 + 1);
        nodes.push(LEAF);
        let grown = Grown {
            tree: Tree {
                nodes,
                orders: Vec::new(),
            },
            in_bag,
            unseen,
            ends: Vec::with_capacity(n_seen / 4 + 1),
            decrease: vec![0.0; k_cols],
        };
        (grown, total)
    }

    /// The best cut by `mtry` random columns, and the column of codes that it cuts.
    fn best_cut(&mut self, binned: &Binned, open: &Open, rng: &mut Rng) -> Option<(Cut, u32)> {
        let k = self.columns.len();
        for drawn in 0..self.mtry {
            let other = drawn + rng.below(k - drawn);
            self.columns.swap(drawn, other);
        }
        let (start, end) = open.seen;
        let node = Rows {
            rows: &self.rows[start..end],
            weights: &self.weights[start..end],
            total: open.total,
        };
        let mut tried = &self.columns[..self.mtry];
        if binned.has_gaps() {
            let twins = tried.iter().filter_map(|&column| binned.twin(column));
            self.tried.clear();
            self.tried.extend(tried);
            self.tried.extend(twins);
            tried = &self.tried;
        }
        let cut = self.cutter.best(self.rule, binned, tried, node)?;
        Some((cut, tried[cut.slot]))
    }

    /// Moves the rows that go left before the others; how many, and what they weigh.
    #[inline]
    fn part_seen(&mut self, binned: &Binned, side: Side, start: usize, end: usize) -> (usize, u64) {
        let (mut n_left, mut total_left) = (0, 0);
        let rows = &mut self.rows[start..end];
        let weights = &mut self.weights[start..end];
        for i in 0..rows.len() {
            let (row, weight) = (rows[i], weights[i]);
            let right = side.goes_right(binned, row);
            rows[n_left] = row;
            weights[n_left] = weight;
            self.aside[i - n_left] = row;
            self.weights_aside[i - n_left] = weight;
            n_left += usize::from(!right);
            total_left += if right { 0 } else { weight };
        }
        rows[n_left..].copy_from_slice(&self.aside[..end - start - n_left]);
        weights[n_left..].copy_from_slice(&self.weights_aside[..end - start - n_left]);
        (n_left, total_left)
    }

    /// The same for rows out of the bag.
    #[inline]
    fn part_unseen(&mut self, binned: &Binned, side: Side, rows: &mut [u32]) -> usize {
        let mut n_left = 0;
        for i in 0..rows.len() {
            let row = rows[i];
            rows[n_left] = row;
            self.aside[i - n_left] = row;
            n_left += usize::from(!side.goes_right(binned, row));
        }
        let n_right = rows.len() - n_left;
        rows[n_left..].copy_from_slice(&self.aside[..n_right]);
        n_left
    }

    /// Makes the node a split by a column of codes and leaves its children open.
    fn split(&mut self, binned: &Binned, grown: &mut Grown, open: &Open, cut: Cut, tried: u32) {
        let column = binned.column_of(tried);
        let (last_left, threshold) = place(&binned.limits[tried as usize], cut);
        let mut side = Side {
            codes: tried as usize,
            last_left,
        };
        let (start, end) = open.seen;
        let (n_left, total_left) = self.part_seen(binned, side, start, end);
        let is_right_larger = 2 * u64::from(unpack(total_left).0) < u64::from(unpack(open.total).0);
        if let Some(twin) = binned.twin(tried).filter(|_| is_right_larger) {
            let is_missing = |row: &u32| binned.code(*row as usize, tried as usize) == 0;
            // No missing value decides here: they go with the larger child.
            if !self.rows[start..start + n_left].iter().any(is_missing) {
                side = Side {
                    codes: twin as usize,
                    last_left: last_left - 1,
                };
            }
        }
        let (first, last) = open.unseen;
        let unseen_left = self.part_unseen(binned, side, &mut grown.unseen[first..last]);
        grown.decrease[column] += gini_decrease(total_left, open.total);
        let left = grown.tree.nodes.len();
        let missing_right = binned.is_twin(side.codes as u32);
        grown.tree.nodes[open.node] = Node::split(column, threshold, left, missing_right);
        grown.tree.nodes.extend([LEAF, LEAF]);
        let (middle, between) = (start + n_left, first + unseen_left);
        self.open.push(Open {
            node: left + 1,
            depth: open.depth + 1,
            seen: (middle, end),
            unseen: (between, last),
            total: open.total - total_left,
        });
        self.open.push(Open {
            node: left,
            depth: open.depth + 1,
            seen: (start, middle),
            unseen: (first, between),
            total: total_left,
        });
    }
}

/// Which rows go left.
#[derive(Clone, Copy)]
struct Side {
    /// Column of codes.
    codes: usize,
    /// The last of its bins that goes left.
    last_left: u8,
}

impl Side {
    #[inline]
    fn goes_right(self, binned: &Binned, row: u32) -> bool {
        binned.code(row as usize, self.codes) > self.last_left
    }
}

const LEAF: Node = Node {
    column: 0,
    left: 0,
    value: 0.0,
};

/// Where a cut lies: the last bin of the column that goes left, and the threshold. Midway between the neighbouring
/// values of the node; a bin of several values, which the node does not hold, is not cut but goes right. Between missing
/// and known values it lies beyond all of the latter.
fn place(limits: &[(f64, f64)], cut: Cut) -> (u8, f64) {
    let (bin, next) = (cut.bin as usize, cut.next as usize);
    if limits[bin] == BELOW {
        return (0, f64::MIN);
    }
    if limits[next] == ABOVE {
        return ((next - 1) as u8, f64::MAX);
    }
    let (low, high) = (limits[bin].1, limits[next].0);
    let middle = f64::midpoint(low, high);
    // Rounding must not put the cut on the right-hand value.
    let middle = if middle < high { middle } else { low };
    let last = bin + limits[bin + 1..next].partition_point(|(_, high)| *high <= middle);
    let threshold = if limits[last + 1].0 > middle {
        middle
    } else {
        limits[last].1
    };
    (last as u8, threshold)
}

/// Decrease of Gini impurity times the node's rows: `2 d^2 / (n n_left n_right)` with `d` as in [`crate::learn::cut`].
fn gini_decrease(left: u64, total: u64) -> f64 {
    let ((n_left, events_left), (n, n_events)) = (unpack(left), unpack(total));
    let [n_left, events_left, n, n_events] = [n_left, events_left, n, n_events].map(f64::from);
    let apart = events_left * n - n_left * n_events;
    2.0 * apart * apart / (n * n_left * (n - n_left))
}
