//! One person under a fitted recipe: the same numbers as among many, without a sample around.

use crate::base::num::{Matrix, sd};
use crate::learn::Calibrator;
use crate::recipe::{Fitted, Predictions, mean_over};

/// The values of one person, by predictor: the number or the position of the level; NaN where not known.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// As they are to be predicted from.
    pub values: &'a [f64],
    /// As they are on record: what is drawn for gaps hangs on these, so that it does not jump while a value is moved.
    pub recorded: &'a [f64],
}

impl Fitted {
    /// The person's values without a gap, one set an imputation; a single one where nothing is missing, and, gaps left,
    /// where nothing is imputed more than once.
    pub fn completions(&self, person: Person<'_>) -> Vec<Vec<f64>> {
        match &self.imputation {
            Some(stored) => stored.complete_one(person.values, person.recorded),
            None => vec![person.values.to_vec()],
        }
    }

    /// Design columns of the person, one row a completion.
    pub fn rows_of(&self, person: Person<'_>) -> Vec<Vec<f64>> {
        let completions = self.completions(person);
        completions.iter().map(|one| self.map.row(one)).collect()
    }

    /// What [`Fitted::predict`] says of a person with these design columns, one row a completion.
    pub fn predict_rows(&self, rows: &[Vec<f64>]) -> Predictions {
        let matrix = |row: &Vec<f64>| Matrix {
            n_rows: 1,
            k_cols: row.len(),
            data: row.clone(),
        };
        self.predict_matrices(&rows.iter().map(matrix).collect::<Vec<_>>())
    }

    /// Mean of the completions' design columns: a logistic model is linear in them. Empty for none.
    pub fn mean_row(rows: &[Vec<f64>]) -> Vec<f64> {
        let k = rows.first().map_or(0, Vec::len);
        (0..k).map(|j| mean_over(rows, |row| row[j])).collect()
    }
}

impl Predictions {
    /// Of one person, from the risks of the completions and the curve that recalibrates them: as
    /// [`Fitted::predict_matrices`] has it for a forest.
    pub fn of_completions(risks: &[f64], calibrator: Option<&Calibrator>) -> Self {
        let moved = |risks: Vec<f64>| {
            let found = Self::from_risks(risks);
            let Some(calibrator) = calibrator else {
                return found;
            };
            let log_odds = found.linear_predictors.iter();
            Self::from_linear_predictors(
                log_odds
                    .map(|&lp| calibrator.linear_predictor(lp))
                    .collect(),
            )
        };
        let mut found = moved(vec![mean_over(risks, |risk| *risk)]);
        if risks.len() > 1 {
            let log_odds = moved(risks.to_vec()).linear_predictors;
            let apart: Vec<f64> = log_odds.iter().map(|one| one - log_odds[0]).collect();
            found.between = vec![sd(&apart).unwrap_or(0.0)];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::cohort::Kind;
    use crate::design::{Form, Predictor, Sample};
    use crate::impute::ImputeParams;
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    /// Four predictors, two of them with gaps.
    fn sample() -> Sample {
        let mut rng = Stream::new(6).rng();
        let mut columns: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..120).map(|_| rng.normal()).collect())
            .collect();
        columns.push((0..120).map(|_| rng.below(3) as f64).collect());
        let y = (0..120).map(|i| rng.normal() < columns[0][i]).collect();
        for i in (0..120).step_by(5) {
            (columns[1][i], columns[3][(i + 10) % 120]) = (f64::NAN, f64::NAN);
        }
        let predictor = |(at, values): (usize, Vec<f64>)| Predictor {
            name: format!("x{at}"),
            kind: [Kind::Numeric, Kind::Categorical][at / 3],
            levels: ["a", "b", "c"].map(str::to_owned)[..3 * (at / 3)].to_vec(),
            form: Form::default(),
            values,
        };
        Sample {
            predictors: columns.into_iter().enumerate().map(predictor).collect(),
            interactions: vec![(0, 3)],
            y,
        }
    }

    #[test]
    fn one_person_is_predicted_as_among_many_and_does_not_jump_while_a_value_is_moved() {
        let sample = sample();
        let rows: Vec<usize> = (0..120).collect();
        let multiple = MissingPlan::Multiple(ImputeParams {
            n_imputations: 4,
            n_iterations: 3,
            ..ImputeParams::default()
        });
        for (learner, missing) in [
            (Learner::Ridge, MissingPlan::Single),
            (Learner::Logistic, multiple),
            (Learner::Forest, multiple),
        ] {
            let forest = ForestParams {
                n_trees: 50,
                ..ForestParams::default()
            };
            let penalty = PenaltyParams::default();
            let recipe = Recipe {
                learner,
                forest,
                penalty,
                missing,
                recalibration: Recalibration::None,
            };
            let task = TaskHandle::unattended();
            let fitted = recipe.fit(&sample, &rows, Stream::new(1), &task);
            let fitted = fitted.expect("two classes");
            let among = fitted.predict(&sample, &rows);
            for row in [0, 1, 10, 15] {
                let values: Vec<f64> = sample.predictors.iter().map(|p| p.values[row]).collect();
                let person = Person {
                    values: &values,
                    recorded: &values,
                };
                let alone = fitted.predict_rows(&fitted.rows_of(person));
                assert_eq!(alone.risks[0], among.risks[row]);
                assert_eq!(alone.between[0], among.between[row]);
                // What is drawn for a gap moves with what is supposed of another value, and not by chance.
                let mut moved = values.clone();
                moved[0] += 1e-9;
                let near = Person {
                    values: &moved,
                    recorded: &values,
                };
                for (a, b) in fitted
                    .completions(person)
                    .iter()
                    .zip(fitted.completions(near))
                {
                    let apart = a.iter().zip(&b).map(|(a, b)| (a - b).abs());
                    assert!(apart.fold(0.0, f64::max) < 1e-6 || a[1].is_nan());
                }
            }
        }
    }

    #[test]
    fn completions_of_a_forest_are_put_together_as_its_predictions_are() {
        let found = Predictions::of_completions(&[0.2, 0.4, 0.9], None);
        assert!((found.risks[0] - 0.5).abs() < 1e-15 && found.between[0] > 0.5);
        assert_eq!(Predictions::of_completions(&[0.0], None).between, [0.0]);
        assert_eq!(Predictions::of_completions(&[0.3; 4], None).between, [0.0]);
    }
}
