//! Columns as small whole numbers: exact up to 256 distinct values, quantile bins above.
//!
//! The codes of a patient stand together: a small node touches few patients and several of their columns.

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use crate::base::num::Matrix;

/// Most bins of a column, so that one byte holds a bin.
const MAX_BINS: usize = 256;
/// Rows coded together: their codes stay in the nearest cache while column after column is filled in.
const ROWS_A_BLOCK: usize = 256;

/// A matrix with every value replaced by the number of its bin.
pub(crate) struct Binned {
    /// Columns.
    k_cols: usize,
    /// Bins, row by row.
    codes: Vec<u8>,
    /// For each column: smallest and largest value of every bin, ascending.
    pub(crate) limits: Vec<Vec<(f64, f64)>>,
}

impl Binned {
    /// Bins every column; values must be finite.
    pub(crate) fn new(x: &Matrix) -> Self {
        let k_cols = x.k_cols;
        let limits: Vec<Vec<(f64, f64)>> = (0..k_cols)
            .into_par_iter()
            .map(|j| bin_limits(x.col(j)))
            .collect();
        let mut codes = vec![0; x.data.len()];
        codes
            .par_chunks_mut((ROWS_A_BLOCK * k_cols).max(1))
            .enumerate()
            .for_each(|(block, codes)| {
                for (j, limits) in limits.iter().enumerate() {
                    let values = &x.col(j)[block * ROWS_A_BLOCK..];
                    let column = codes.iter_mut().skip(j).step_by(k_cols);
                    for (code, value) in column.zip(values) {
                        // The first bin whose upper end is not under the value.
                        let bin = limits.partition_point(|(_, high)| high < value);
                        *code = bin.min(limits.len() - 1) as u8;
                    }
                }
            });
        Self {
            k_cols,
            codes,
            limits,
        }
    }

    /// Number of columns.
    pub(crate) fn k_cols(&self) -> usize {
        self.k_cols
    }

    /// Bins of one row, column by column.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[u8] {
        &self.codes[row * self.k_cols..(row + 1) * self.k_cols]
    }

    /// The bin of one value.
    #[inline]
    pub(crate) fn code(&self, row: usize, column: usize) -> u8 {
        self.codes[row * self.k_cols + column]
    }
}

/// Smallest and largest value of each bin: one bin a distinct value while they fit, else bins of about equal counts.
fn bin_limits(column: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = column.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct: Vec<f64> = Vec::with_capacity(MAX_BINS + 1);
    for &value in &sorted {
        if distinct.last() != Some(&value) {
            distinct.push(value);
            if distinct.len() > MAX_BINS {
                return quantile_limits(&sorted);
            }
        }
    }
    distinct.into_iter().map(|value| (value, value)).collect()
}

/// Bins of about equal counts of values in ascending order.
fn quantile_limits(sorted: &[f64]) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let mut limits: Vec<(f64, f64)> = Vec::with_capacity(MAX_BINS);
    let mut start = 0;
    for bin in 1..=MAX_BINS {
        let mut end = (n * bin / MAX_BINS).max(start);
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
        let few = Binned::new(&Matrix::from_columns(5, &[vec![3.0, 1.0, 2.0, 3.0, 1.0]]));
        assert_eq!(few.codes, [2, 0, 1, 2, 0]);
        let values: Vec<f64> = (0..5000).map(|i| f64::from((i * 7919) % 5000)).collect();
        let other: Vec<f64> = values.iter().map(|v| (v / 100.0).floor()).collect();
        let many = Binned::new(&Matrix::from_columns(
            5000,
            &[values.clone(), other.clone()],
        ));
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
