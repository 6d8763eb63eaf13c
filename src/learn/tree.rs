//! A grown tree: which way a row goes, and what it finds there.

use serde::{Deserialize, Serialize};

/// A node; children stand next to each other, a leaf has none (`left == 0`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Of a split its column, and in the top bit whether a missing value goes right; 0 for a leaf.
    pub(crate) column: u32,
    /// Position of the left child; the right one follows it. 0 for a leaf.
    pub left: u32,
    /// Of a split the threshold: a row goes left when its value is not above it. Of a leaf the share of events among
    /// its in-bag rows.
    pub value: f64,
}

/// Marks a split that sends missing values right.
const MISSING_RIGHT: u32 = 1 << 31;

impl Node {
    /// A leaf with its share of events.
    pub fn leaf(share: f64) -> Self {
        Self {
            column: 0,
            left: 0,
            value: share,
        }
    }

    /// A split of a column at a threshold, its children at `left` and behind it.
    pub fn split(column: usize, threshold: f64, left: usize, missing_right: bool) -> Self {
        let flag = if missing_right { MISSING_RIGHT } else { 0 };
        Self {
            column: column as u32 | flag,
            left: left as u32,
            value: threshold,
        }
    }

    /// Column of a split; 0 for a leaf.
    #[inline]
    pub fn column(&self) -> usize {
        (self.column & !MISSING_RIGHT) as usize
    }

    #[inline]
    fn goes_right(&self, value: f64) -> bool {
        value > self.value || (value.is_nan() && self.column & MISSING_RIGHT != 0)
    }
}

/// The levels of a column that have no order of their own, in that of a tree: by the share of events among the rows
/// that it saw (Breiman 1984). Its thresholds lie between their ranks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The column.
    pub(crate) column: u32,
    /// Rank of each level, by its number.
    pub(crate) ranks: Vec<f64>,
    /// Where a level stands that no row has: at the share of all rows.
    pub(crate) middle: f64,
}

impl Order {
    #[inline]
    fn rank(&self, level: f64) -> f64 {
        if level.is_nan() {
            return level;
        }
        let rank = self.ranks.get(level as usize);
        rank.copied().unwrap_or(self.middle)
    }
}

/// A tree: its nodes, the root first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Nodes; children come after their parent.
    pub nodes: Vec<Node>,
    /// Columns whose levels have an order in this tree only.
    #[serde(default)]
    pub(crate) orders: Vec<Order>,
}

/// Splits between the root and a leaf at most, whatever was asked for: far more than trees have, and what lets a path be
/// followed without asking how long it is.
pub(crate) const MAX_DEPTH: usize = 128;

impl Tree {
    /// Splits between the root and the deepest leaf.
    pub(crate) fn depth(&self) -> usize {
        let mut depth = vec![0; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, n)| n.left != 0) {
            let below = depth[at] + 1;
            depth[node.left as usize..node.left as usize + 2].fill(below);
        }
        depth.into_iter().max().unwrap_or(0)
    }

    /// Whether the levels of a column have an order of their own here.
    pub(crate) fn has_order(&self, column: usize) -> bool {
        self.orders
            .iter()
            .any(|order| order.column as usize == column)
    }

    /// Whether a value goes right at a split.
    #[inline]
    pub(crate) fn goes_right(&self, node: &Node, value: f64) -> bool {
        let of_column = |order: &&Order| order.column as usize == node.column();
        match self.orders.iter().find(of_column) {
            Some(order) => node.goes_right(order.rank(value)),
            None => node.goes_right(value),
        }
    }

    /// Position of the leaf of a row, given its value in each column (NaN where missing).
    #[inline]
    pub(crate) fn leaf(&self, mut value: impl FnMut(usize) -> f64) -> usize {
        let mut at = 0;
        let mut node = &self.nodes[0];
        while node.left != 0 {
            let goes_right = self.goes_right(node, value(node.column()));
            at = node.left as usize + usize::from(goes_right);
            node = &self.nodes[at];
        }
        at
    }

    /// The leaf's share of events for a row, given its value in each column (NaN where missing).
    #[inline]
    pub fn risk(&self, value: impl FnMut(usize) -> f64) -> f64 {
        self.nodes[self.leaf(value)].value
    }
}
