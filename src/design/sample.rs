//! The analysed patients as columns of numbers.

use crate::base::issue::Failure;
use crate::cohort::{Cohort, Kind};
use crate::outcome::Outcome;

/// One predictor of every analysed patient.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Predictor {
    /// Name of the variable.
    pub name: String,
    /// Numeric, binary or categorical.
    pub kind: Kind,
    /// Levels of a binary or categorical predictor, the reference first; empty for a number.
    pub levels: Vec<String>,
    /// One value a patient: the number, or the position of the level; NaN where missing.
    pub values: Vec<f64>,
}

impl Predictor {
    /// The values that are known, in the order of the patients.
    pub fn known(&self) -> Vec<f64> {
        let values = self.values.iter().copied();
        values.filter(|value| !value.is_nan()).collect()
    }
}

/// The analysed patients: predictors and outcome. Missing outcomes do not exist here.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The predictors.
    pub predictors: Vec<Predictor>,
    /// Responder or not.
    pub y: Vec<bool>,
}

impl Sample {
    /// Takes the named columns of the analysed patients from a cohort; a numeric column named in
    /// `categorical` is read as a code. Fails on an unknown or unusable column.
    pub fn from_cohort(
        cohort: &Cohort,
        outcome: &Outcome,
        names: &[String],
        categorical: &[String],
    ) -> Result<Self, Failure> {
        let predictors: Result<Vec<Predictor>, Failure> = names
            .iter()
            .map(|name| predictor(cohort, &outcome.rows, name, categorical.contains(name)))
            .collect();
        Ok(Self {
            predictors: predictors?,
            y: outcome.y.clone(),
        })
    }

    /// Number of patients.
    pub fn n_rows(&self) -> usize {
        self.y.len()
    }

    /// These rows as a sample of their own; repeats become rows of their own.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        let mut taken = self.clone();
        for (predictor, from) in taken.predictors.iter_mut().zip(&self.predictors) {
            predictor.values = rows.iter().map(|&row| from.values[row]).collect();
        }
        taken.y = self.y_of(rows);
        taken
    }

    /// Which predictors the patient lacks, in their order.
    pub fn gaps(&self, row: usize) -> Vec<bool> {
        let predictors = self.predictors.iter();
        predictors.map(|p| p.values[row].is_nan()).collect()
    }

    /// The outcome of these patients.
    pub fn y_of(&self, rows: &[usize]) -> Vec<bool> {
        rows.iter().map(|&row| self.y[row]).collect()
    }
}

/// One predictor of the given cohort rows.
fn predictor(
    cohort: &Cohort,
    rows: &[usize],
    name: &str,
    is_code: bool,
) -> Result<Predictor, Failure> {
    use crate::base::issue::Issue;
    let variable = cohort
        .variable(name)
        .ok_or_else(|| Issue::error("unknown-column").in_column(name))?;
    let pick = |values: &[f64]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
    let (kind, levels, values) = match variable.kind {
        Kind::Numeric if is_code => {
            let values = pick(&cohort.numbers(name)?);
            let mut codes: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
            codes.sort_unstable_by(f64::total_cmp);
            codes.dedup();
            let positions = values.iter().map(|v| {
                codes
                    .iter()
                    .position(|c| c == v)
                    .map_or(f64::NAN, |at| at as f64)
            });
            let kind = if codes.len() == 2 {
                Kind::Binary
            } else {
                Kind::Categorical
            };
            (
                kind,
                codes.iter().map(f64::to_string).collect(),
                positions.collect(),
            )
        }
        Kind::Numeric => (Kind::Numeric, Vec::new(), pick(&cohort.numbers(name)?)),
        Kind::Binary | Kind::Categorical => {
            let positions: Vec<f64> = cohort
                .levels(name)?
                .into_iter()
                .map(|level| level.map_or(f64::NAN, |at| at as f64))
                .collect();
            (variable.kind, variable.levels.clone(), pick(&positions))
        }
        Kind::Identifier | Kind::Date | Kind::Text => {
            return Err(Issue::error("not-a-predictor").in_column(name).into());
        }
    };
    Ok(Predictor {
        name: name.to_owned(),
        kind,
        levels,
        values,
    })
}
