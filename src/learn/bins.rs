//! Columns as small whole numbers: exact up to 256 distinct values, quantile bins above.

use crate::base::num::Matrix;

/// Most bins of a column, so that one byte holds a bin.
const MAX_BINS: usize = 256;

/// A matrix with every value replaced by the number of its bin.
pub(crate) struct Binned {
    /// Rows.
    pub(crate) n_rows: usize,
    /// Bins, column by column.
    bins: Vec<u8>,
    /// For each column: smallest and largest value of every bin, ascending.
    pub(crate) limits: Vec<Vec<(f64, f64)>>,
}

impl Binned {
    /// Bins every column; values must be finite.
    pub(crate) fn new(x: &Matrix) -> Self {
        let mut bins = Vec::with_capacity(x.data.len());
        let mut limits = Vec::with_capacity(x.k_cols);
        for j in 0..x.k_cols {
            let column = x.col(j);
            let bin_limits = bin_limits(column);
            bins.extend(column.iter().map(|value| {
                // The first bin whose upper end is not under the value.
                bin_limits
                    .partition_point(|(_, high)| high < value)
                    .min(bin_limits.len() - 1) as u8
            }));
            limits.push(bin_limits);
        }
        Self {
            n_rows: x.n_rows,
            bins,
            limits,
        }
    }

    /// Number of columns.
    pub(crate) fn k_cols(&self) -> usize {
        self.limits.len()
    }

    /// Bins of column `j`.
    #[inline]
    pub(crate) fn col(&self, j: usize) -> &[u8] {
        &self.bins[j * self.n_rows..(j + 1) * self.n_rows]
    }
}

/// Smallest and largest value of each bin: one bin a distinct value while they fit, else bins of about equal counts.
fn bin_limits(column: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = column.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    if distinct.len() <= MAX_BINS {
        return distinct.into_iter().map(|value| (value, value)).collect();
    }
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
        assert_eq!(few.col(0), [2, 0, 1, 2, 0]);
        let values: Vec<f64> = (0..5000).map(|i| f64::from((i * 7919) % 5000)).collect();
        let many = Binned::new(&Matrix::from_columns(5000, std::slice::from_ref(&values)));
        assert_eq!(many.limits[0].len(), 256);
        for (bin, value) in many.col(0).iter().zip(&values) {
            let (low, high) = many.limits[0][*bin as usize];
            assert!(low <= *value && *value <= high);
        }
    }
}
