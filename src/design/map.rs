//! What the design learns from training rows, and its matrix for any rows.
//!
//! Missing numbers are filled with the training median, missing levels with the training mode;
//! where enough training rows lack a value, an indicator column says so. Knots, the shift of a logarithm and the
//! levels that are too rare to stand alone are learnt here too.

use crate::base::num::{Matrix, median};
use crate::cohort::Kind;
use crate::design::curve::Learnt;
use crate::design::{Predictor, Sample};

/// An indicator is added where at least this share of the training rows lacks a value: below, it buys
/// less than the parameter that it costs (in simulated cohorts of 305 patients the AUC in new patients
/// is 0.01 lower with an indicator from one missing value in twenty on) …
const INDICATOR_SHARE: f64 = 0.20;
/// … and at least this many rows do: fewer say nothing and cost a parameter.
const INDICATOR_ROWS: usize = 10;

/// How levels become numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Coding {
    /// One 0/1 column for each level but the reference; curves and interactions as chosen (logistic models).
    Treatment,
    /// One column with the number or the position of the level: splits need no curve (forest).
    Position,
}

/// What a design column holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Part {
    /// The number, its logarithm, or the position of the level.
    Value,
    /// A further column of the predictor's spline, from 1.
    Bend(usize),
    /// 1 for this level (position in the predictor's levels).
    Level(usize),
    /// 1 for the levels that too few training patients have.
    Rare,
    /// 1 where the value is missing.
    Missing,
    /// The product of two earlier columns: an interaction.
    Product(usize, usize),
}

/// A column of the design matrix.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnInfo {
    /// Position of its predictor; of a product the first of the two.
    pub predictor: usize,
    /// What it holds.
    pub part: Part,
}

/// What was learnt on the training rows.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DesignMap {
    /// Columns of the matrix, in order; products last.
    pub columns: Vec<ColumnInfo>,
    /// What was learnt of each predictor.
    learnt: Vec<OfPredictor>,
}

/// What was learnt of a predictor.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct OfPredictor {
    /// Fill for a missing value.
    fill: f64,
    curve: Learnt,
    /// Levels that are pooled.
    rare: Vec<usize>,
}

impl DesignMap {
    /// Learns from these rows of the sample and no others.
    pub fn learn(sample: &Sample, rows: &[usize], coding: Coding) -> Self {
        let mut map = Self {
            columns: Vec::new(),
            learnt: Vec::new(),
        };
        for at in 0..sample.predictors.len() {
            map.learn_predictor(sample, rows, coding, at);
        }
        if coding == Coding::Treatment {
            for &pair in &sample.interactions {
                map.learn_product(pair);
            }
        }
        map
    }

    fn learn_predictor(&mut self, sample: &Sample, rows: &[usize], coding: Coding, at: usize) {
        let predictor = &sample.predictors[at];
        let values = rows.iter().map(|&row| predictor.values[row]);
        let seen: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
        let n_missing = rows.len() - seen.len();
        let mut learnt = OfPredictor {
            fill: fill(predictor, &seen),
            curve: Learnt::Linear,
            rare: Vec::new(),
        };
        let mut parts = Vec::new();
        match (predictor.kind, coding) {
            (Kind::Categorical, Coding::Treatment) => {
                learnt.rare = rare(predictor, &seen);
                let alone = (1..predictor.levels.len()).filter(|at| !learnt.rare.contains(at));
                parts.extend(alone.map(Part::Level));
                parts.extend((!learnt.rare.is_empty()).then_some(Part::Rare));
            }
            (Kind::Numeric, Coding::Treatment) => {
                learnt.curve = Learnt::new(predictor.form.curve, &seen);
                parts.push(Part::Value);
                parts.extend((1..learnt.curve.n_columns()).map(Part::Bend));
            }
            _ => parts.push(Part::Value),
        }
        let is_worth_it = n_missing >= INDICATOR_ROWS
            && n_missing as f64 >= INDICATOR_SHARE * rows.len() as f64
            && !seen.is_empty();
        parts.extend(is_worth_it.then_some(Part::Missing));
        let column = |part| ColumnInfo {
            predictor: at,
            part,
        };
        self.columns.extend(parts.into_iter().map(column));
        self.learnt.push(learnt);
    }

    /// Products of the columns of two predictors; of a spline its straight part.
    fn learn_product(&mut self, (first, second): (usize, usize)) {
        let of = |predictor: usize| -> Vec<usize> {
            let columns = self.columns.iter().enumerate();
            let is_factor = |column: &ColumnInfo| {
                column.predictor == predictor
                    && matches!(column.part, Part::Value | Part::Level(_) | Part::Rare)
            };
            columns
                .filter(|(_, column)| is_factor(column))
                .map(|(at, _)| at)
                .collect()
        };
        let (ours, theirs) = (of(first), of(second));
        for a in ours {
            for &b in &theirs {
                self.columns.push(ColumnInfo {
                    predictor: first,
                    part: Part::Product(a, b),
                });
            }
        }
    }

    /// The same design without missing indicators: for rows whose gaps were imputed.
    #[must_use]
    pub fn without_indicators(mut self) -> Self {
        let mut n_kept = 0;
        let mut moved = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            moved.push(n_kept);
            n_kept += usize::from(column.part != Part::Missing);
        }
        self.columns.retain(|column| column.part != Part::Missing);
        for column in &mut self.columns {
            if let Part::Product(a, b) = &mut column.part {
                (*a, *b) = (moved[*a], moved[*b]);
            }
        }
        self
    }

    /// The same design with missing values left as they are (NaN): for trees that have a way for them.
    #[must_use]
    pub fn keeping_gaps(mut self) -> Self {
        self.learnt.iter_mut().for_each(|of| of.fill = f64::NAN);
        self.without_indicators()
    }

    /// Columns that hold positions of levels without an order.
    pub fn unordered(&self, sample: &Sample) -> Vec<usize> {
        let is_unordered = |column: &ColumnInfo| {
            column.part == Part::Value
                && sample.predictors[column.predictor].kind == Kind::Categorical
        };
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| is_unordered(column))
            .map(|(j, _)| j)
            .collect()
    }

    /// The matrix of these rows.
    pub fn matrix(&self, sample: &Sample, rows: &[usize]) -> Matrix {
        let mut matrix = Matrix::zeros(rows.len(), self.columns.len());
        for (j, column) in self.columns.iter().enumerate() {
            let values = &sample.predictors[column.predictor].values;
            let learnt = &self.learnt[column.predictor];
            let out = matrix.col_mut(j);
            for (out, &row) in out.iter_mut().zip(rows) {
                *out = learnt.cell(&column.part, values[row]);
            }
        }
        self.multiply(&mut matrix);
        matrix
    }

    /// The columns of one patient, given a value for each predictor (NaN where missing).
    pub fn row(&self, values: &[f64]) -> Vec<f64> {
        let mut row = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            row.push(match column.part {
                Part::Product(a, b) => row[a] * row[b],
                ref part => self.learnt[column.predictor].cell(part, values[column.predictor]),
            });
        }
        row
    }

    /// What stands for a missing value of a predictor; NaN where missing values are kept.
    pub fn fill(&self, predictor: usize) -> f64 {
        self.learnt.get(predictor).map_or(f64::NAN, |of| of.fill)
    }

    /// Makes the products of a matrix anew from its other columns.
    pub fn multiply(&self, matrix: &mut Matrix) {
        for (j, column) in self.columns.iter().enumerate() {
            if let Part::Product(a, b) = column.part {
                for row in 0..matrix.n_rows {
                    let product = matrix.get(row, a) * matrix.get(row, b);
                    matrix.col_mut(j)[row] = product;
                }
            }
        }
    }

    /// Position of the predictor of each column; of a product the first of the two.
    pub fn predictor_of(&self) -> Vec<usize> {
        self.columns.iter().map(|column| column.predictor).collect()
    }

    /// Positions of the columns of each of `k` predictors, products not among them.
    pub fn groups(&self, k: usize) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); k];
        for (j, column) in self.columns.iter().enumerate() {
            if !matches!(column.part, Part::Product(..)) {
                groups[column.predictor].push(j);
            }
        }
        groups
    }

    /// Name of a column: `age`, `ln(duration)`, `odi'` (the first bend of a spline), `work[b]`, `work[rare]`,
    /// `pcs (missing)`, `age × pcs`.
    pub fn name(&self, j: usize, sample: &Sample) -> String {
        let Some(column) = self.columns.get(j) else {
            return String::new();
        };
        let predictor = &sample.predictors[column.predictor];
        let name = &predictor.name;
        let level = |at: usize| predictor.levels.get(at).map_or("", String::as_str);
        match column.part {
            Part::Value if predictor.kind == Kind::Binary => format!("{name}[{}]", level(1)),
            Part::Value => match self.learnt[column.predictor].curve {
                Learnt::Log { shift, .. } if shift > 0.0 => format!("ln({name} + {shift})"),
                Learnt::Log { .. } => format!("ln({name})"),
                Learnt::Linear | Learnt::Spline(_) => name.clone(),
            },
            Part::Bend(at) => format!("{name}{}", "'".repeat(at)),
            Part::Level(at) => format!("{name}[{}]", level(at)),
            Part::Rare => format!("{name}[rare]"),
            Part::Missing => format!("{name} (missing)"),
            Part::Product(a, b) => format!("{} × {}", self.name(a, sample), self.name(b, sample)),
        }
    }

    /// Whether one unit of the column is one unit of the predictor, which then acts through no other column.
    pub fn is_plain_number(&self, j: usize, sample: &Sample) -> bool {
        let Some(column) = self.columns.get(j) else {
            return false;
        };
        column.part == Part::Value
            && sample.predictors[column.predictor].kind == Kind::Numeric
            && self.learnt[column.predictor].curve == Learnt::Linear
    }
}

impl OfPredictor {
    fn cell(&self, part: &Part, value: f64) -> f64 {
        let filled = if value.is_nan() { self.fill } else { value };
        let truth = |is_so: bool| f64::from(u8::from(is_so));
        match *part {
            Part::Value => self.curve.value(filled, 0),
            Part::Bend(at) => self.curve.value(filled, at),
            Part::Level(level) => truth(filled == level as f64),
            Part::Rare => truth(self.rare.iter().any(|level| filled == *level as f64)),
            Part::Missing => truth(value.is_nan()),
            Part::Product(..) => 0.0,
        }
    }
}

/// Levels but the reference that fewer training patients have than the form asks for.
fn rare(predictor: &Predictor, seen: &[f64]) -> Vec<usize> {
    let is_rare = |level: &usize| {
        let n = seen.iter().filter(|v| **v == *level as f64).count();
        n < predictor.form.least
    };
    (1..predictor.levels.len()).filter(is_rare).collect()
}

/// Median of numbers, mode of levels (the first of equals); 0 where nothing was seen.
fn fill(predictor: &Predictor, seen: &[f64]) -> f64 {
    if predictor.kind == Kind::Numeric {
        return median(seen).unwrap_or(0.0);
    }
    let count = |level: usize| seen.iter().filter(|&&v| v == level as f64).count();
    let mut best = (0, 0);
    for level in 0..predictor.levels.len() {
        let n = count(level);
        if n > best.1 {
            best = (level, n);
        }
    }
    best.0 as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Curve, Form};

    fn sample() -> Sample {
        let mut age: Vec<f64> = (0..40).map(f64::from).collect();
        age[3] = f64::NAN;
        age[39] = 1e9;
        let work: Vec<f64> = (0..40)
            .map(|i| {
                if i % 4 == 0 {
                    f64::NAN
                } else {
                    f64::from(i % 3)
                }
            })
            .collect();
        let predictor = |name: &str, kind, levels: &[&str], values| Predictor {
            name: name.to_owned(),
            kind,
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            form: Form::default(),
            values,
        };
        Sample {
            predictors: vec![
                predictor("age", Kind::Numeric, &[], age),
                predictor("work", Kind::Categorical, &["a", "b", "c"], work),
            ],
            interactions: Vec::new(),
            y: vec![true; 40],
        }
    }

    #[test]
    fn only_training_rows_are_learnt_from() {
        let sample = sample();
        let train: Vec<usize> = (0..39).collect();
        let map = DesignMap::learn(&sample, &train, Coding::Treatment);
        let matrix = map.matrix(&sample, &[3, 39]);
        let seen: Vec<f64> = (0..39).filter(|i| *i != 3).map(f64::from).collect();
        assert_eq!(matrix.get(0, 0), median(&seen).expect("values"));
        assert_eq!(matrix.get(1, 0), 1e9);
    }

    #[test]
    fn levels_and_missing_become_columns() {
        let sample = sample();
        let rows: Vec<usize> = (0..40).collect();
        let map = DesignMap::learn(&sample, &rows, Coding::Treatment);
        let parts: Vec<&Part> = map.columns.iter().map(|column| &column.part).collect();
        assert_eq!(
            parts,
            [
                &Part::Value,
                &Part::Level(1),
                &Part::Level(2),
                &Part::Missing
            ]
        );
        let matrix = map.matrix(&sample, &rows);
        assert_eq!(matrix.row(1)[1..], [1.0, 0.0, 0.0]);
        assert_eq!(matrix.get(4, 3), 1.0);
        let forest = DesignMap::learn(&sample, &rows, Coding::Position);
        assert_eq!(forest.groups(2), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn rare_levels_are_pooled_by_their_count_in_training() {
        let mut sample = sample();
        let values = (0..40).map(|i| f64::from(if i < 30 { 0 } else { 1 + i % 3 }));
        sample.predictors[1].values = values.collect();
        sample.predictors[1].levels = ["a", "b", "c", "d"].map(str::to_owned).into();
        sample.predictors[1].form.least = 4;
        let rows: Vec<usize> = (0..40).collect();
        let map = DesignMap::learn(&sample, &rows, Coding::Treatment);
        let names: Vec<String> = (1..map.columns.len())
            .map(|j| map.name(j, &sample))
            .collect();
        assert_eq!(names, ["work[b]", "work[rare]"]);
        let matrix = map.matrix(&sample, &[29, 30, 31, 32]);
        let pooled: Vec<f64> = matrix.col(2).to_vec();
        let expected = [0.0, 0.0, 1.0, 1.0];
        assert_eq!(pooled, expected);
    }

    #[test]
    fn products_follow_the_columns_that_they_are_made_of() {
        let mut sample = sample();
        sample.interactions = vec![(0, 1)];
        sample.predictors[0].form.curve = Curve::Spline(3);
        let rows: Vec<usize> = (0..40).collect();
        let map = DesignMap::learn(&sample, &rows, Coding::Treatment);
        let names: Vec<String> = (0..map.columns.len())
            .map(|j| map.name(j, &sample))
            .collect();
        assert_eq!(names[..2], ["age", "age'"]);
        assert_eq!(names[5..], ["age × work[b]", "age × work[c]"]);
        let mut matrix = map.matrix(&sample, &rows);
        assert_eq!(matrix.get(7, 5), 7.0 * matrix.get(7, 2));
        matrix.col_mut(0)[7] = 100.0;
        map.multiply(&mut matrix);
        assert_eq!(matrix.get(7, 5), 100.0 * matrix.get(7, 2));
        // A forest finds curves and interactions by itself.
        assert_eq!(
            DesignMap::learn(&sample, &rows, Coding::Position)
                .columns
                .len(),
            3
        );
        assert_eq!(map.groups(2), [vec![0, 1], vec![2, 3, 4]]);
        for row in [0, 3, 7, 31] {
            let values: Vec<f64> = sample.predictors.iter().map(|p| p.values[row]).collect();
            assert_eq!(map.row(&values), map.matrix(&sample, &rows).row(row));
        }
        let imputed = map.without_indicators();
        let names: Vec<String> = (0..imputed.columns.len())
            .map(|j| imputed.name(j, &sample))
            .collect();
        assert_eq!(names[4..], ["age × work[b]", "age × work[c]"]);
        let matrix = imputed.matrix(&sample, &rows);
        assert_eq!(matrix.get(7, 4), 7.0 * matrix.get(7, 2));
    }

    #[test]
    fn a_logarithm_stays_finite_for_values_below_what_was_seen() {
        let mut sample = sample();
        sample.predictors[0].form.curve = Curve::Log;
        let rows: Vec<usize> = (1..39).collect();
        let map = DesignMap::learn(&sample, &rows, Coding::Treatment);
        assert_eq!(map.name(0, &sample), "ln(age)");
        let matrix = map.matrix(&sample, &[0, 1, 8]);
        assert_eq!(matrix.col(0), [0.0, 0.0, 8.0_f64.ln()]);
        let all: Vec<usize> = (0..39).collect();
        let map = DesignMap::learn(&sample, &all, Coding::Treatment);
        assert_eq!(map.name(0, &sample), "ln(age + 1)");
    }
}
