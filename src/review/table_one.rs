//! Table one: who the patients are, overall and by group.

use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::base::num;
use crate::cohort::{Cohort, Kind, Variable};

/// Numbers with more different values than this are no groups.
const MOST_GROUPS: usize = 30;

/// Summary of one variable in one group.
#[derive(Clone, Debug, PartialEq)]
pub enum Summary {
    /// A quantity: number known, mean, SD, median, quartiles.
    Number {
        /// Values that are known.
        n: usize,
        /// Mean.
        mean: f64,
        /// Standard deviation (n - 1); `None` for fewer than two values.
        sd: Option<f64>,
        /// Lower quartile, median, upper quartile (type 7).
        quartiles: [f64; 3],
    },
    /// Levels: name, count; shares are of the known values.
    Levels(Vec<(String, usize)>),
    /// Nothing is known.
    Nothing,
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct TableOneRow {
    /// Name of the variable.
    pub variable: String,
    /// Overall, then each group.
    pub summaries: Vec<Summary>,
    /// Missing values: overall, then each group.
    pub n_missing: Vec<usize>,
    /// Largest absolute standardised difference between two groups (Austin 2009; Yang and Dalton 2012 for levels); `None` without groups.
    pub difference: Option<f64>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableOne {
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Patients: overall, then each group.
    pub n: Vec<usize>,
    /// Variables.
    pub rows: Vec<TableOneRow>,
}

/// Patients in groups: names, and each patient's group; `None`: in none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// Names.
    pub names: Vec<String>,
    /// Group of each patient.
    pub of: Vec<Option<usize>>,
}

impl Groups {
    /// Groups by the levels of a variable, or by the values of a number that has few; `None` for anything else.
    pub fn by_variable(cohort: &Cohort, name: &str) -> Option<Self> {
        let variable = cohort.variable(name)?;
        if matches!(variable.kind, Kind::Binary | Kind::Categorical) {
            return Some(Self {
                names: variable.levels.clone(),
                of: cohort.levels(name).ok()?,
            });
        }
        let values = cohort.numbers(name).ok()?;
        let mut different: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        different.sort_unstable_by(f64::total_cmp);
        different.dedup();
        if different.is_empty() || different.len() > MOST_GROUPS {
            return None;
        }
        let group = |x: &f64| different.iter().position(|other| other == x);
        Some(Self {
            of: values.iter().map(group).collect(),
            names: different.iter().map(f64::to_string).collect(),
        })
    }

    /// Groups by outcome: who is not analysed is in none. `rows` are the analysed patients of `n_rows`, `y` their
    /// outcome, `names` the words for yes and no.
    pub fn by_outcome(n_rows: usize, rows: &[usize], y: &[bool], names: [String; 2]) -> Self {
        let mut of = vec![None; n_rows];
        for (row, event) in rows.iter().zip(y) {
            if let Some(slot) = of.get_mut(*row) {
                *slot = Some(usize::from(!event));
            }
        }
        Self {
            names: names.into(),
            of,
        }
    }
}

/// Makes the table of every variable that is no identifier, date or free text. Excluded patients are left out.
///
/// Overall counts every patient, also those who are in no group. Differences are computed on the known values; where
/// a pair of groups has none (no spread in either, or no values) it does not count.
pub fn table_one(cohort: &Cohort, groups: Option<&Groups>) -> TableOne {
    let rows = (0..cohort.n_rows()).filter(|row| !cohort.excluded.contains_key(row));
    let rows: Vec<usize> = rows.collect();
    let mut columns = vec![rows.clone()];
    if let Some(groups) = groups {
        for group in 0..groups.names.len() {
            let is_in = |row: &&usize| groups.of.get(**row).copied().flatten() == Some(group);
            columns.push(rows.iter().filter(is_in).copied().collect());
        }
    }
    let candidates: Vec<&Variable> = cohort
        .variables
        .iter()
        .filter(|v| v.is_candidate())
        .collect();
    TableOne {
        groups: groups
            .map(|groups| groups.names.clone())
            .unwrap_or_default(),
        n: columns.iter().map(Vec::len).collect(),
        rows: candidates
            .par_iter()
            .map(|v| row(cohort, v, &columns))
            .collect(),
    }
}

fn row(cohort: &Cohort, variable: &Variable, columns: &[Vec<usize>]) -> TableOneRow {
    let (summaries, n_missing): (Vec<Summary>, Vec<usize>) = if variable.kind == Kind::Numeric {
        let values = cohort.numbers(&variable.name).unwrap_or_default();
        columns.iter().map(|rows| of_numbers(&values, rows)).unzip()
    } else {
        let levels = cohort.levels(&variable.name).unwrap_or_default();
        let names = &variable.levels;
        columns
            .iter()
            .map(|rows| of_levels(&levels, names, rows))
            .unzip()
    };
    TableOneRow {
        variable: variable.name.clone(),
        difference: largest_difference(summaries.get(1..).unwrap_or_default()),
        summaries,
        n_missing,
    }
}

fn of_numbers(values: &[f64], rows: &[usize]) -> (Summary, usize) {
    let known = rows.iter().filter_map(|row| values.get(*row).copied());
    let mut known: Vec<f64> = known.filter(|x| !x.is_nan()).collect();
    let n_missing = rows.len() - known.len();
    known.sort_unstable_by(f64::total_cmp);
    let at = |share| num::quantile_sorted(&known, share);
    let summary = match (num::mean(&known), at(0.25), at(0.5), at(0.75)) {
        (Some(mean), Some(low), Some(median), Some(high)) => Summary::Number {
            n: known.len(),
            mean,
            sd: num::sd(&known),
            quartiles: [low, median, high],
        },
        _ => Summary::Nothing,
    };
    (summary, n_missing)
}

fn of_levels(levels: &[Option<usize>], names: &[String], rows: &[usize]) -> (Summary, usize) {
    let mut counts = vec![0; names.len()];
    let mut n_missing = 0;
    for row in rows {
        let level = levels.get(*row).copied().flatten();
        match level.and_then(|level| counts.get_mut(level)) {
            Some(count) => *count += 1,
            None => n_missing += 1,
        }
    }
    let summary = if n_missing == rows.len() {
        Summary::Nothing
    } else {
        Summary::Levels(names.iter().cloned().zip(counts).collect())
    };
    (summary, n_missing)
}

fn largest_difference(groups: &[Summary]) -> Option<f64> {
    let mut largest: Option<f64> = None;
    for (idx, first) in groups.iter().enumerate() {
        for second in groups.get(idx + 1..).unwrap_or_default() {
            if let Some(difference) = difference(first, second) {
                largest = Some(largest.map_or(difference, |l: f64| l.max(difference)));
            }
        }
    }
    largest
}

/// Absolute standardised difference of two groups.
///
/// Quantity (Austin 2009): `|m1 - m2| / sqrt((s1^2 + s2^2) / 2)`. Levels (Yang and Dalton 2012):
/// `sqrt((p1 - p2)' S^-1 (p1 - p2))` over all levels but one, `S` the mean of the two multinomial covariances;
/// for two levels that is `|p1 - p2| / sqrt((p1 q1 + p2 q2) / 2)`. Levels that neither group has are left out.
/// `None` where there is no spread to divide by, unless the groups are the same.
fn difference(first: &Summary, second: &Summary) -> Option<f64> {
    match (first, second) {
        (
            Summary::Number {
                mean: m1, sd: s1, ..
            },
            Summary::Number {
                mean: m2, sd: s2, ..
            },
        ) => {
            let spread = ((s1.as_ref()?.powi(2) + s2.as_ref()?.powi(2)) / 2.0).sqrt();
            if spread > 0.0 {
                Some((m1 - m2).abs() / spread)
            } else {
                (m1 == m2).then_some(0.0)
            }
        }
        (Summary::Levels(first), Summary::Levels(second)) => {
            let total = |levels: &[(String, usize)]| -> f64 {
                levels.iter().map(|(_, n)| *n).sum::<usize>() as f64
            };
            let (n1, n2) = (total(first), total(second));
            let shares = first.iter().zip(second).filter(|(a, b)| a.1 + b.1 > 0);
            let shares: Vec<(f64, f64)> = shares
                .map(|(a, b)| (a.1 as f64 / n1, b.1 as f64 / n2))
                .collect();
            of_shares(&shares)
        }
        _ => None,
    }
}

fn of_shares(shares: &[(f64, f64)]) -> Option<f64> {
    if shares.iter().all(|(a, b)| a == b) {
        return Some(0.0);
    }
    // Any level may be the one that is left out: the others say it.
    let (_, kept) = shares.split_first()?;
    let gap: Vec<f64> = kept.iter().map(|(a, b)| a - b).collect();
    let covariance = |i: usize, j: usize| {
        let ((a, b), (c, d)) = (kept[i], kept[j]);
        if i == j {
            (a * (1.0 - a) + b * (1.0 - b)) / 2.0
        } else {
            -(a * c + b * d) / 2.0
        }
    };
    let k = kept.len();
    let matrix: Vec<Vec<f64>> = (0..k)
        .map(|i| (0..k).map(|j| covariance(i, j)).collect())
        .collect();
    let solved = solve(matrix, gap.clone())?;
    let square: f64 = gap.iter().zip(&solved).map(|(a, b)| a * b).sum();
    (square >= 0.0).then(|| square.sqrt())
}

/// Solves a small symmetric system by elimination with pivots; `None` where it is singular.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let k = right.len();
    for column in 0..k {
        let size = |row: &usize| matrix[*row][column].abs();
        let pivot = (column..k).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if size(&pivot) < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..k {
            let factor = matrix[row][column] / matrix[column][column];
            let above = matrix[column].clone();
            for (value, above) in matrix[row].iter_mut().zip(&above) {
                *value -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..k).rev() {
        let known: f64 = (row + 1..k).map(|j| matrix[row][j] * right[j]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::tests::of;

    const FILE: &str = "id;sexe;niveau_etudes;odi_j0;reponse\n\
        a;F;primaire;40;non\nb;F;secondaire;50;non\nc;H;superieur;60;non\nd;H;primaire;;non\n\
        e;F;secondaire;30;oui\nf;H;superieur;34;oui\ng;H;superieur;38;oui\nh;F;superieur;45;oui\ni;;;41;oui\nj;F;primaire;55;non\n";

    fn row<'a>(table: &'a TableOne, name: &str) -> &'a TableOneRow {
        table.rows.iter().find(|row| row.variable == name).unwrap()
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }

    #[test]
    fn a_quantity_has_the_published_figures() {
        let cohort = of(FILE);
        let groups = Groups::by_variable(&cohort, "reponse").unwrap();
        let table = table_one(&cohort, Some(&groups));
        assert_eq!(
            (table.groups.as_slice(), table.n.as_slice()),
            (&["non".to_owned(), "oui".to_owned()][..], &[10, 5, 5][..])
        );
        let odi = row(&table, "odi_j0");
        assert_eq!(odi.n_missing, [1, 1, 0]);
        let Summary::Number {
            n,
            mean,
            sd,
            quartiles,
        } = odi.summaries[1]
        else {
            panic!("a number");
        };
        // 40, 50, 60, 55 by hand.
        assert_eq!(n, 4);
        close(mean, 51.25);
        close(sd.unwrap(), (218.75_f64 / 3.0).sqrt());
        assert_eq!(quartiles, [47.5, 52.5, 56.25]);
        // 30, 34, 38, 45, 41: mean 37.6, squares 57.76 + 12.96 + 0.16 + 54.76 + 11.56 = 137.2.
        let pooled = ((218.75 / 3.0 + 137.2 / 4.0) / 2.0_f64).sqrt();
        close(odi.difference.unwrap(), (51.25 - 37.6) / pooled);
    }

    #[test]
    fn levels_have_the_differences_of_austin_and_of_yang_and_dalton() {
        let cohort = of(FILE);
        let groups = Groups::by_variable(&cohort, "reponse").unwrap();
        let table = table_one(&cohort, Some(&groups));
        // Women: 3 of 5 and 2 of 4.
        let sex = row(&table, "sexe").difference.unwrap();
        close(sex, 0.1 / ((0.6 * 0.4 + 0.25) / 2.0_f64).sqrt());
        // Primary, secondary, tertiary: 3 1 1 of 5 and 0 1 3 of 4, the 2 by 2 system solved by hand
        // for the first two levels (any two give the same).
        let (p, q) = ([0.6, 0.2], [0.0, 0.25]);
        let (a, d): (f64, f64) = (0.24 / 2.0, (0.16 + 0.1875) / 2.0);
        let b = -(p[0] * p[1] + q[0] * q[1]) / 2.0;
        let (x, y): (f64, f64) = (p[0] - q[0], p[1] - q[1]);
        let expected = ((d * x * x - 2.0 * b * x * y + a * y * y) / (a * d - b * b)).sqrt();
        close(row(&table, "niveau_etudes").difference.unwrap(), expected);
    }

    #[test]
    fn differences_do_not_depend_on_the_order_of_groups_or_levels() {
        let shares = [(0.2, 0.5), (0.3, 0.1), (0.4, 0.15), (0.1, 0.25)];
        let whole = of_shares(&shares).unwrap();
        for turn in 1..4 {
            let mut turned = shares;
            turned.rotate_left(turn);
            close(of_shares(&turned).unwrap(), whole);
            close(of_shares(&turned.map(|(a, b)| (b, a))).unwrap(), whole);
        }
    }

    #[test]
    fn what_has_no_spread_has_no_difference_unless_it_is_the_same() {
        assert_eq!(of_shares(&[(1.0, 0.0), (0.0, 1.0)]), None);
        assert_eq!(of_shares(&[(1.0, 1.0)]), Some(0.0));
        let number = |mean| Summary::Number {
            n: 2,
            mean,
            sd: Some(0.0),
            quartiles: [mean; 3],
        };
        assert_eq!(difference(&number(1.0), &number(2.0)), None);
        assert_eq!(difference(&number(1.0), &number(1.0)), Some(0.0));
        assert_eq!(difference(&number(1.0), &Summary::Nothing), None);
    }

    #[test]
    fn counts_add_up_by_brute_force_and_excluded_patients_are_out() {
        let mut cohort = of(FILE);
        cohort.excluded.insert(0, String::new());
        cohort.excluded.insert(5, String::new());
        let groups = Groups::by_variable(&cohort, "sexe").unwrap();
        let table = table_one(&cohort, Some(&groups));
        assert_eq!(table.n[0], 8);
        for row in &table.rows {
            for (column, n) in table.n.iter().enumerate() {
                let is_in = |at: &usize| {
                    !cohort.excluded.contains_key(at)
                        && (column == 0 || groups.of[*at] == Some(column - 1))
                };
                let rows: Vec<usize> = (0..10).filter(is_in).collect();
                assert_eq!(rows.len(), *n);
                let known: Vec<_> = rows
                    .iter()
                    .filter_map(|at| cohort.cell(*at, &row.variable))
                    .collect();
                assert_eq!(row.n_missing[column], rows.len() - known.len());
                match &row.summaries[column] {
                    Summary::Number { n, .. } => assert_eq!(*n, known.len()),
                    Summary::Nothing => assert_eq!(known.len(), 0),
                    Summary::Levels(levels) => {
                        for (level, count) in levels {
                            let text = crate::cohort::Cell::Text(level.clone());
                            assert_eq!(*count, known.iter().filter(|cell| **cell == text).count());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn groups_by_outcome_leave_out_who_is_not_analysed() {
        let names = ["yes".to_owned(), "no".to_owned()];
        let groups = Groups::by_outcome(5, &[1, 3, 4], &[true, false, true], names);
        assert_eq!(groups.of, [None, Some(0), None, Some(1), Some(0)]);
    }
}
