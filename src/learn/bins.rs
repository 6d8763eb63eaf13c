//! Columns as small whole numbers: exact up to 256 distinct values, quantile bins above.
//!
//! The codes of a patient stand together: a small node touches few patients and several of their columns.

use std::borrow::Cow;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use crate::base::num::Matrix;
use crate::learn::tree::Order;

/// Most bins of a column, so that one byte holds a bin.
const MAX_BINS: usize = 256;
/// Rows coded together: their codes stay in the nearest cache while column after column is filled in.
const ROWS_A_BLOCK: usize = 256;

/// A matrix with every value replaced by the number of its bin.
#[derive(Clone)]
pub(crate) struct Binned {
    /// Columns of the matrix.
    k_cols: usize,
    /// Columns of codes: one a column of the matrix, then the twins.
    width: usize,
    /// Bins, row by row.
    codes: Vec<u8>,
    /// For each column of codes: smallest and largest value of every bin, ascending.
    pub(crate) limits: Vec<Vec<(f64, f64)>>,
    /// Columns of the matrix that have gaps: they are coded twice, missing values in a bin below all others and, in the
    /// twin, in one above.
    with_gaps: Vec<u32>,
    /// Columns of codes whose values are numbers of levels without an order.
    unordered: Vec<u32>,
}

/// Numbers of levels.
const MAX_LEVELS: std::ops::Range<f64> = 0.0..65_536.0;
/// Limits of the bin of missing values in a column, and in its twin.
pub(crate) const BELOW: (f64, f64) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
pub(crate) const ABOVE: (f64, f64) = (f64::INFINITY, f64::INFINITY);

impl Binned {
    /// Bins every column; NaN is a missing value. The values of `unordered` columns are numbers of levels, from 0;
    /// one of more than [`MAX_BINS`] levels is taken as ordered.
    pub(crate) fn new(x: &Matrix, unordered: &[usize]) -> Self {
        let k_cols = x.k_cols;
        let has_gaps = |j: &usize| x.col(*j).iter().any(|value| value.is_nan());
        let with_gaps: Vec<usize> = (0..k_cols).into_par_iter().filter(has_gaps).collect();
        let sources: Vec<usize> = (0..k_cols).chain(with_gaps.iter().copied()).collect();
        let limits: Vec<Vec<(f64, f64)>> = (0..sources.len())
            .into_par_iter()
            .map(|at| {
                let is_gappy = with_gaps.binary_search(&sources[at]).is_ok();
                let mut limits = bin_limits(x.col(sources[at]), MAX_BINS - usize::from(is_gappy));
                match (is_gappy, at < k_cols) {
                    (true, true) => limits.insert(0, BELOW),
                    (true, false) => limits.push(ABOVE),
                    (false, _) => {}
                }
                limits
            })
            .collect();
        let is_level = |(low, high): &(f64, f64)| {
            low == high && (low.is_infinite() || (low.fract() == 0.0 && MAX_LEVELS.contains(low)))
        };
        let is_unordered =
            |at: &usize| unordered.contains(&sources[*at]) && limits[*at].iter().all(is_level);
        let unordered = (0..sources.len()).filter(is_unordered);
        Self {
            k_cols,
            width: sources.len(),
            codes: codes(x, &sources, &limits),
            unordered: unordered.map(|at| at as u32).collect(),
            with_gaps: with_gaps.into_iter().map(|j| j as u32).collect(),
            limits,
        }
    }

    /// Number of columns of the matrix.
    pub(crate) fn k_cols(&self) -> usize {
        self.k_cols
    }

    /// Bins of one row, column by column of codes.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[u8] {
        &self.codes[row * self.width..(row + 1) * self.width]
    }

    /// The bin of one value.
    #[inline]
    pub(crate) fn code(&self, row: usize, column: usize) -> u8 {
        self.codes[row * self.width + column]
    }

    /// Whether some column has a twin.
    #[inline]
    pub(crate) fn has_gaps(&self) -> bool {
        !self.with_gaps.is_empty()
    }

    /// Where a column with gaps is coded again, missing values above all others.
    #[inline]
    pub(crate) fn twin(&self, column: u32) -> Option<u32> {
        let at = self.with_gaps.binary_search(&column).ok()?;
        Some((self.k_cols + at) as u32)
    }

    /// Whether a column of codes is a twin.
    pub(crate) fn is_twin(&self, column: u32) -> bool {
        column as usize >= self.k_cols
    }

    /// The column of the matrix behind a column of codes.
    pub(crate) fn column_of(&self, column: u32) -> usize {
        match (column as usize).checked_sub(self.k_cols) {
            Some(at) => self.with_gaps[at] as usize,
            None => column as usize,
        }
    }

    /// The codes as a tree sees them that draws these rows: levels without an order stand in that of their share of
    /// events; of a level that it does not see the share is that of all its rows.
    pub(crate) fn ordered(&self, y: &[bool], copies: &[u32]) -> (Cow<'_, Self>, Vec<Order>) {
        if self.unordered.is_empty() {
            return (Cow::Borrowed(self), Vec::new());
        }
        let mut binned = self.clone();
        let mut orders = Vec::new();
        for &column in &self.unordered {
            let at = column as usize;
            let (bins, middle) = self.by_share(at, y, copies);
            // The bin of missing values stays where it is.
            let first = usize::from(self.limits[at].first() == Some(&BELOW));
            let mut code_of: Vec<u8> = (0..=u8::MAX).collect();
            let n_levels = self.limits[at].iter().map(|(level, _)| *level);
            let n_levels = n_levels.filter(|level| level.is_finite());
            let n_levels = n_levels.fold(0, |n, level| n.max(level as usize + 1));
            let mut ranks = vec![middle; n_levels];
            for (rank, &bin) in bins.iter().enumerate() {
                code_of[bin] = (first + rank) as u8;
                ranks[self.limits[at][bin].0 as usize] = rank as f64;
                binned.limits[at][first + rank] = (rank as f64, rank as f64);
            }
            let codes = binned.codes.iter_mut().skip(at).step_by(self.width);
            codes.for_each(|code| *code = code_of[*code as usize]);
            if !self.is_twin(column) {
                orders.push(Order {
                    column,
                    ranks,
                    middle,
                });
            }
        }
        (Cow::Owned(binned), orders)
    }

    /// Bins of levels by their share of events among these rows, of equals the lower first, and where the share of all
    /// rows stands among them.
    fn by_share(&self, column: usize, y: &[bool], copies: &[u32]) -> (Vec<usize>, f64) {
        let mut counts = vec![(0.0, 0.0); self.limits[column].len()];
        for (row, (&n, &event)) in copies.iter().zip(y).enumerate() {
            let (of_level, events) = &mut counts[self.code(row, column) as usize];
            *of_level += f64::from(n);
            *events += if event { f64::from(n) } else { 0.0 };
        }
        let sum = |a: (f64, f64), b: &(f64, f64)| (a.0 + b.0, a.1 + b.1);
        let all = counts.iter().fold((0.0, 0.0), sum);
        let share = |(n, events): (f64, f64)| if n > 0.0 { events / n } else { all.1 / all.0 };
        let is_level = |bin: &usize| self.limits[column][*bin].0.is_finite();
        let mut bins: Vec<usize> = (0..counts.len()).filter(is_level).collect();
        bins.sort_by(|&a, &b| share(counts[a]).total_cmp(&share(counts[b])));
        let n_below = bins.partition_point(|&bin| share(counts[bin]) < all.1 / all.0);
        (bins, n_below as f64 - 0.5)
    }
}

/// Bins of the values of these columns, row by row.
fn codes(x: &Matrix, sources: &[usize], limits: &[Vec<(f64, f64)>]) -> Vec<u8> {
    let width = sources.len();
    let mut codes = vec![0; x.n_rows * width];
    codes
        .par_chunks_mut((ROWS_A_BLOCK * width).max(1))
        .enumerate()
        .for_each(|(block, codes)| {
            for (at, (&source, limits)) in sources.iter().zip(limits).enumerate() {
                let values = &x.col(source)[block * ROWS_A_BLOCK..];
                let column = codes.iter_mut().skip(at).step_by(width);
                let last = limits.len() - 1;
                let of_missing = if limits[last] == ABOVE { last } else { 0 };
                for (code, value) in column.zip(values) {
                    // The first bin whose upper end is not under the value.
                    let bin = if value.is_nan() {
                        of_missing
                    } else {
                        limits.partition_point(|(_, high)| high < value).min(last)
                    };
                    *code = bin as u8;
                }
            }
        });
    codes
}

/// Smallest and largest value of each bin: one bin a distinct value while they fit, else `most` bins of about equal
/// counts. Missing values have none.
fn bin_limits(column: &[f64], most: usize) -> Vec<(f64, f64)> {
    let mut sorted = column.to_vec();
    sorted.retain(|value| !value.is_nan());
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct: Vec<f64> = Vec::with_capacity(most + 1);
    for &value in &sorted {
        if distinct.last() != Some(&value) {
            distinct.push(value);
            if distinct.len() > most {
                return quantile_limits(&sorted, most);
            }
        }
    }
    distinct.into_iter().map(|value| (value, value)).collect()
}

/// Bins of about equal counts of values in ascending order.
fn quantile_limits(sorted: &[f64], most: usize) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let mut limits: Vec<(f64, f64)> = Vec::with_capacity(most + 1);
    let mut start = 0;
    for bin in 1..=most {
        let mut end = (n * bin / most).max(start);
        // Equal values stay together.
        while end > 0 && end < n && sorted[end] == sorted[end - 1] {
            end += 1;
        }
        if end > start {
            limits.push((sorted[start], sorted[end - 1]));
            start = end;
        }
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_binned_exactly_and_many_in_order() {
        let few = Binned::new(
            &Matrix::from_columns(5, &[vec![3.0, 1.0, 2.0, 3.0, 1.0]]),
            &[],
        );
        assert_eq!(few.codes, [2, 0, 1, 2, 0]);
        let values: Vec<f64> = (0..5000).map(|i| f64::from((i * 7919) % 5000)).collect();
        let other: Vec<f64> = values.iter().map(|v| (v / 100.0).floor()).collect();
        let many = Binned::new(
            &Matrix::from_columns(5000, &[values.clone(), other.clone()]),
            &[],
        );
        assert_eq!((many.limits[0].len(), many.limits[1].len()), (256, 50));
        for (row, (value, other)) in values.iter().zip(&other).enumerate() {
            for (column, value) in [value, other].into_iter().enumerate() {
                let (low, high) = many.limits[column][many.code(row, column) as usize];
                assert!(low <= *value && *value <= high);
                assert_eq!(many.row(row)[column], many.code(row, column));
            }
        }
    }
}
