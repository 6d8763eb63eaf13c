//! The analysed patients as columns of numbers.

use crate::base::issue::Failure;
use crate::cohort::{Cohort, Kind};
use crate::design::{Admitted, DesignSpec, Form};
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
    /// How it enters a logistic model.
    #[serde(default)]
    pub form: Form,
    /// One value a patient: the number, or the position of the level; NaN where missing.
    pub values: Vec<f64>,
}

impl Predictor {
    /// The values that are known, in the order of the patients.
    pub fn known(&self) -> Vec<f64> {
        let values = self.values.iter().copied();
        values.filter(|value| !value.is_nan()).collect()
    }

    /// Takes a form over; the reference level comes first.
    fn take_form(&mut self, form: Form) {
        let wanted = form.reference.as_ref();
        let at = wanted.and_then(|name| self.levels.iter().position(|level| level == name));
        if let (Kind::Categorical, Some(at)) = (self.kind, at) {
            self.levels[..=at].rotate_right(1);
            let first = at as f64;
            for value in &mut self.values {
                if *value == first {
                    *value = 0.0;
                } else if *value < first {
                    *value += 1.0;
                }
            }
        }
        self.form = form;
    }
}

/// The analysed patients: predictors and outcome. Missing outcomes do not exist here.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The predictors.
    pub predictors: Vec<Predictor>,
    /// Pairs of predictors whose product is a term of its own.
    pub interactions: Vec<(usize, usize)>,
    /// Responder or not.
    pub y: Vec<bool>,
}

impl Sample {
    /// Takes the admitted columns of the analysed patients from a cohort; a numeric column named in
    /// `categorical` is read as a code. Fails on an unusable column.
    pub fn from_cohort(
        cohort: &Cohort,
        outcome: &Outcome,
        admitted: &[Admitted],
        categorical: &[String],
        spec: &DesignSpec,
    ) -> Result<Self, Failure> {
        let of = |admitted: &Admitted| {
            let name = admitted.name();
            let is_code = categorical.iter().any(|code| code == name);
            let mut predictor = predictor(cohort, &outcome.rows, name, is_code)?;
            predictor.take_form(spec.form(name));
            Ok(predictor)
        };
        let predictors: Result<Vec<Predictor>, Failure> = admitted.iter().map(of).collect();
        let at = |name: &String| admitted.iter().position(|known| known.name() == name);
        let pair = |(a, b): &(String, String)| Some((at(a)?, at(b)?)).filter(|(a, b)| a != b);
        Ok(Self {
            predictors: predictors?,
            interactions: spec.interactions.iter().filter_map(pair).collect(),
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
        form: Form::default(),
        values,
    })
}
