//! The best cut of a node: which column, between which bins.
//!
//! A node of many rows fills one histogram a column, all of them in one pass over the rows. A node of few rows
//! compares every row with every other instead: no bin is filled or emptied, and the compiler turns the loops over
//! fixed lengths into instructions on many rows at once. Both give the same cut: the best, of equals the one of the
//! column drawn first, then the lowest.

use crate::learn::bins::Binned;

/// How good a split is.
pub(crate) trait Rule: Sync {
    /// Larger for better splits of one node; the arguments are counts with copies, none of the sides empty.
    fn gain(&self, n_left: u32, events_left: u32, n: u32, n_events: u32) -> f64;

    /// The same for many splits of one small node; negative infinity where a side holds fewer than `min_leaf`, at least
    /// 1, rows. `left` holds counts, and events above bit 8.
    #[inline]
    fn gains<const N: usize>(
        &self,
        left: &[u16; N],
        n: u32,
        n_events: u32,
        min_leaf: u32,
    ) -> [f64; N] {
        let mut gains = [f64::NEG_INFINITY; N];
        for (gain, left) in gains.iter_mut().zip(left) {
            let (n_left, events_left) = (u32::from(left & 0xff), u32::from(left >> 8));
            if n_left >= min_leaf && n - n_left >= min_leaf {
                *gain = self.gain(n_left, events_left, n, n_events);
            }
        }
        gains
    }
}

/// Decrease of Gini impurity (Breiman 1984), up to what is the same for all splits of a node. With `d = events_left n -
/// n_left n_events` it is `d^2 / (n_left n_right)`: one division, so that equals are equal to the last bit.
pub(crate) struct Gini;

impl Rule for Gini {
    #[inline]
    fn gain(&self, n_left: u32, events_left: u32, n: u32, n_events: u32) -> f64 {
        let [n_left, events_left, n, n_events] = [n_left, events_left, n, n_events].map(of_count);
        let apart = events_left * n - n_left * n_events;
        apart * apart / (n_left * (n - n_left))
    }

    #[inline]
    fn gains<const N: usize>(
        &self,
        left: &[u16; N],
        n: u32,
        n_events: u32,
        min_leaf: u32,
    ) -> [f64; N] {
        let [n, n_events, min_leaf] = [n, n_events, min_leaf].map(of_count);
        let mut gains = [0.0; N];
        for (gain, left) in gains.iter_mut().zip(left) {
            let n_left = f64::from(i32::from(left & 0xff));
            let events_left = f64::from(i32::from(left >> 8));
            let n_right = n - n_left;
            let apart = events_left * n - n_left * n_events;
            let smaller = if n_left < n_right { n_left } else { n_right };
            // Without a branch: a forbidden cut is -1 over 0.
            let may = smaller >= min_leaf;
            let above = if may { apart * apart } else { -1.0 };
            let below = if may { n_left * n_right } else { 0.0 };
            *gain = above / below;
        }
        gains
    }
}

/// Counts stay below 2^31, from where the conversion of signed numbers is the faster.
#[inline]
fn of_count(n: u32) -> f64 {
    f64::from(n as i32)
}

/// Log-likelihood of the children (the entropy rule; Quinlan 1986), with `n ln n` looked up.
pub(crate) struct LogLoss(Vec<f64>);

impl LogLoss {
    /// For nodes of at most `n` rows, copies counted.
    pub(crate) fn new(n: usize) -> Self {
        let entropy = |i: usize| (i as f64) * (i.max(1) as f64).ln();
        Self((0..=n).map(entropy).collect())
    }

    fn of(&self, n: u32, n_events: u32) -> f64 {
        let at = |i: u32| self.0[i as usize];
        at(n_events) + at(n - n_events) - at(n)
    }
}

impl Rule for LogLoss {
    #[inline]
    fn gain(&self, n_left: u32, events_left: u32, n: u32, n_events: u32) -> f64 {
        self.of(n_left, events_left) + self.of(n - n_left, n_events - events_left)
    }
}

/// Count, and events above bit 32.
#[inline]
pub(crate) fn unpack(packed: u64) -> (u32, u32) {
    (packed as u32, (packed >> 32) as u32)
}

/// A cut of a node.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) gain: f64,
    /// Position among the columns tried.
    pub(crate) slot: usize,
    /// Last bin of the node that goes left.
    pub(crate) bin: u8,
    /// First bin of the node that goes right.
    pub(crate) next: u8,
}

/// Rows of a node that are compared with each other at most; from here on histograms are faster.
const FEW: usize = 32;
/// Largest count that fits beside its events into 16 bits.
const SMALL_COUNT: u32 = 255;

/// Rows of a node, and what each counts for.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) rows: &'a [u32],
    /// Copies, and copies with the event above bit 32.
    pub(crate) weights: &'a [u64],
    /// Sum of the weights.
    pub(crate) total: u64,
}

/// Count and events of each bin of one column, and which bins hold any.
struct Histogram {
    bins: [u64; 256],
    touched: [u64; 4],
}

/// Finds cuts, with its working memory.
pub(crate) struct Cutter {
    histograms: Vec<Histogram>,
    min_leaf: u32,
}

impl Cutter {
    /// For nodes of which `mtry` columns are tried and whose children hold at least `min_leaf` rows, copies counted.
    pub(crate) fn new(mtry: usize, min_leaf: usize) -> Self {
        let empty = || Histogram {
            bins: [0; 256],
            touched: [0; 4],
        };
        Self {
            histograms: (0..mtry).map(|_| empty()).collect(),
            min_leaf: u32::try_from(min_leaf.max(1)).unwrap_or(u32::MAX),
        }
    }

    /// The best cut of these rows by one of these columns; `None` where none of them varies.
    pub(crate) fn best(
        &mut self,
        rule: &impl Rule,
        binned: &Binned,
        columns: &[u32],
        node: Rows<'_>,
    ) -> Option<Cut> {
        let n = unpack(node.total).0;
        match node.rows.len() {
            0..=8 if n <= SMALL_COUNT => self.among_few::<8>(rule, binned, columns, node),
            9..=16 if n <= SMALL_COUNT => self.among_few::<16>(rule, binned, columns, node),
            17..=24 if n <= SMALL_COUNT => self.among_few::<24>(rule, binned, columns, node),
            25..=FEW if n <= SMALL_COUNT => self.among_few::<FEW>(rule, binned, columns, node),
            _ => self.among_many(rule, binned, columns, node),
        }
    }

    fn among_few<const N: usize>(
        &self,
        rule: &impl Rule,
        binned: &Binned,
        columns: &[u32],
        node: Rows<'_>,
    ) -> Option<Cut> {
        let mut weights = [0_u16; N];
        for (small, weight) in weights.iter_mut().zip(node.weights) {
            let (n, n_events) = unpack(*weight);
            *small = (n | (n_events << 8)) as u16;
        }
        let mut codes_of: [&[u8]; N] = [&[]; N];
        for (codes, row) in codes_of.iter_mut().zip(node.rows) {
            *codes = binned.row(*row as usize);
        }
        let m = node.rows.len().min(N);
        let (n, n_events) = unpack(node.total);
        let mut best: Option<Cut> = None;
        for (slot, &column) in columns.iter().enumerate() {
            // Where there is no row, all rows of the node are to the left: no cut.
            let mut codes = [i16::MAX; N];
            for (code, of_row) in codes[..m].iter_mut().zip(&codes_of) {
                *code = i16::from(of_row[column as usize]);
            }
            let left = left_of(&codes, &weights, m);
            let gains = rule.gains(&left, n, n_events, self.min_leaf);
            let gain = largest(&gains);
            if gain == f64::NEG_INFINITY || best.is_some_and(|best| gain <= best.gain) {
                continue;
            }
            let mut bin = i16::MAX;
            for (code, of_cut) in codes.iter().zip(&gains) {
                bin = if *of_cut == gain { bin.min(*code) } else { bin };
            }
            best = Some(Cut {
                gain,
                slot,
                bin: bin as u8,
                next: u8::MAX,
            });
        }
        let best = best?;
        let column = columns[best.slot] as usize;
        let right = codes_of[..m].iter().map(|of_row| of_row[column]);
        let next = right.filter(|code| *code > best.bin).min()?;
        Some(Cut { next, ..best })
    }

    fn among_many(
        &mut self,
        rule: &impl Rule,
        binned: &Binned,
        columns: &[u32],
        node: Rows<'_>,
    ) -> Option<Cut> {
        for (&row, &weight) in node.rows.iter().zip(node.weights) {
            let codes = binned.row(row as usize);
            for (histogram, &column) in self.histograms.iter_mut().zip(columns) {
                let code = codes[column as usize];
                histogram.bins[code as usize] += weight;
                histogram.touched[(code >> 6) as usize] |= 1 << (code & 63);
            }
        }
        let mut best: Option<Cut> = None;
        for slot in 0..columns.len().min(self.histograms.len()) {
            self.scan(rule, slot, node.total, &mut best);
        }
        best
    }

    /// Empties a histogram and takes the best of its cuts if it is better.
    fn scan(&mut self, rule: &impl Rule, slot: usize, total: u64, best: &mut Option<Cut>) {
        let (n, n_events) = unpack(total);
        let Histogram { bins, touched } = &mut self.histograms[slot];
        let mut gain = best.map_or(f64::NEG_INFINITY, |best| best.gain);
        let (mut left, mut before) = (0_u64, 0_u8);
        for (word, touched) in touched.iter_mut().enumerate() {
            let mut bits = std::mem::take(touched);
            while bits != 0 {
                let bin = (word * 64) as u8 + bits.trailing_zeros() as u8;
                bits &= bits - 1;
                let (n_left, events_left) = unpack(left);
                if n_left >= self.min_leaf && n - n_left >= self.min_leaf {
                    let value = rule.gain(n_left, events_left, n, n_events);
                    if value > gain {
                        gain = value;
                        *best = Some(Cut {
                            gain,
                            slot,
                            bin: before,
                            next: bin,
                        });
                    }
                }
                left += std::mem::take(&mut bins[bin as usize]);
                before = bin;
            }
        }
    }
}

/// For each row the weight of the rows that are not above it, of the first `m`.
#[inline]
fn left_of<const N: usize>(codes: &[i16; N], weights: &[u16; N], m: usize) -> [u16; N] {
    let mut left = [0_u16; N];
    for (&code, &weight) in codes.iter().zip(weights).take(m) {
        for (left, &other) in left.iter_mut().zip(codes) {
            *left += if code > other { 0 } else { weight };
        }
    }
    left
}

/// The largest, found four at a time.
#[inline]
fn largest<const N: usize>(values: &[f64; N]) -> f64 {
    let mut four = [f64::NEG_INFINITY; 4];
    for values in values.chunks_exact(4) {
        for (largest, value) in four.iter_mut().zip(values) {
            *largest = if *value > *largest { *value } else { *largest };
        }
    }
    four.into_iter().fold(f64::NEG_INFINITY, f64::max)
}
