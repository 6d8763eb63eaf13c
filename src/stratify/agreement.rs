//! How far two ways of dividing the same patients agree.

/// Patients by group of the one division and group of the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    /// Row: group of the first division; column: group of the second.
    cells: Vec<Vec<usize>>,
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Table {
    /// Counts the patients; a division gives each a group from 0.
    pub(super) fn new(first: &[usize], second: &[usize]) -> Self {
        let n_groups = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
        let (k_rows, k_columns) = (n_groups(first), n_groups(second));
        let mut table = Self {
            cells: vec![vec![0; k_columns]; k_rows],
            rows: vec![0; k_rows],
            columns: vec![0; k_columns],
        };
        for (&row, &column) in first.iter().zip(second) {
            table.cells[row][column] += 1;
            table.rows[row] += 1;
            table.columns[column] += 1;
        }
        table
    }

    /// For each group of the first division the group of the second that is likest it and their Jaccard index: patients in
    /// both over patients in either (Hennig 2007); of equals the first. (0, 0) for a group without a patient.
    pub(super) fn matches(&self) -> Vec<(usize, f64)> {
        let of_row = |(row, cells): (usize, &Vec<usize>)| {
            let mut best = (0, 0.0);
            for (column, &both) in cells.iter().enumerate() {
                let either = self.rows[row] + self.columns[column] - both;
                let jaccard = both as f64 / either.max(1) as f64;
                if jaccard > best.1 {
                    best = (column, jaccard);
                }
            }
            best
        };
        self.cells.iter().enumerate().map(of_row).collect()
    }

    /// The adjusted Rand index (Hubert and Arabie 1985): 1 for the same division, 0 as much as chance gives; 1 where both
    /// hold everyone in one group.
    pub(super) fn adjusted_rand(&self) -> f64 {
        let pairs = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
        let sum = |counts: &[usize]| counts.iter().map(|&n| pairs(n)).sum::<f64>();
        let both: f64 = self.cells.iter().map(|cells| sum(cells)).sum();
        let (rows, columns) = (sum(&self.rows), sum(&self.columns));
        let all = pairs(self.rows.iter().sum()).max(1.0);
        let expected = rows * columns / all;
        let most = (rows + columns) / 2.0;
        if most - expected <= 0.0 {
            return 1.0;
        }
        (both - expected) / (most - expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_adjusted_rand_index_is_that_of_the_literature() {
        // The example of scikit-learn's adjusted_rand_score.
        let table = Table::new(&[0, 0, 1, 2], &[0, 0, 1, 1]);
        assert!((table.adjusted_rand() - 0.571_428_571_428_571_4).abs() < 1e-12);
        assert_eq!(Table::new(&[0, 1, 0], &[1, 0, 1]).adjusted_rand(), 1.0);
        assert_eq!(Table::new(&[0, 0], &[0, 0]).adjusted_rand(), 1.0);
        assert!(Table::new(&[0, 0, 1, 1], &[0, 1, 0, 1]).adjusted_rand() < 0.0);
    }

    #[test]
    fn a_group_is_matched_with_the_one_that_it_shares_most_with() {
        let table = Table::new(&[0, 0, 0, 1, 1], &[1, 1, 0, 0, 0]);
        let found = table.matches();
        assert_eq!(found[0], (1, 2.0 / 3.0));
        assert_eq!(found[1], (0, 2.0 / 3.0));
    }
}
