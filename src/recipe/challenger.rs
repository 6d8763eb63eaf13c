//! A challenger with the design and the imputation of a recipe: it can be fitted and judged, and nothing else.

use crate::base::issue::Failure;
use crate::base::num::linear_predictor_from_risk;
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::design::{Coding, DesignMap, Sample};
use crate::impute::Stored;
use crate::learn::{Challenger, ChallengerModel};
use crate::recipe::coded::{Coder, matrices};
use crate::recipe::{MissingPlan, Predictions, mean_over};

/// A challenger's risk counts as this far from 0 and 1 where its log-odds are asked for.
const LEAST_RISK: f64 = 1e-6;

/// What is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChallengerRecipe {
    /// The challenger.
    pub challenger: Challenger,
    /// What happens to gaps.
    pub missing: MissingPlan,
}

/// A challenger fitted to some rows.
#[derive(Debug)]
pub struct FittedChallenger {
    map: DesignMap,
    imputation: Option<Stored>,
    /// One, or one an imputation.
    models: Vec<ChallengerModel>,
}

impl ChallengerRecipe {
    /// Fits to these rows of the sample and sees no other. Fails as [`Challenger::fit`] does.
    pub fn fit(
        &self,
        sample: &Sample,
        rows: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<FittedChallenger, Failure> {
        let coding = if self.challenger.cuts_columns() {
            Coding::Position
        } else {
            Coding::Treatment
        };
        let coder = Coder {
            missing: self.missing,
            shift: None,
        };
        let design = self.missing.design(sample, rows, coding);
        let coded = coder.learn(design, sample, rows, stream, task)?;
        let y = sample.y_of(rows);
        let stream = stream.named("challenger");
        let fits = coded.train.iter().enumerate();
        let models: Result<_, Failure> = fits
            .map(|(at, x)| self.challenger.fit(x, &y, stream.at(at), task))
            .collect();
        Ok(FittedChallenger {
            map: coded.map,
            imputation: coded.imputation,
            models: models?,
        })
    }
}

impl FittedChallenger {
    /// Predictions of rows of the sample: the mean risk over imputations, log-odds from risks kept within [1e-6, 1 - 1e-6].
    /// Fails where smartcore does.
    pub fn predict(&self, sample: &Sample, rows: &[usize]) -> Result<Predictions, Failure> {
        let completed = matrices(&self.map, self.imputation.as_ref(), sample, rows);
        let n = self.models.len().max(completed.len());
        // Without a gap in training or in these rows there is one model, or one matrix, for all.
        let each: Result<Vec<Vec<f64>>, Failure> = (0..n)
            .map(|at| {
                let x = &completed[at % completed.len()];
                self.models[at % self.models.len()].risks(x)
            })
            .collect();
        let each = each?;
        let risks: Vec<f64> = (0..rows.len())
            .map(|row| mean_over(&each, |one| one[row]))
            .collect();
        let log_odds =
            |risk: &f64| linear_predictor_from_risk(risk.clamp(LEAST_RISK, 1.0 - LEAST_RISK));
        Ok(Predictions {
            linear_predictors: risks.iter().map(log_odds).collect(),
            between: vec![0.0; risks.len()],
            risks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Kind;
    use crate::design::Predictor;
    use crate::impute::ImputeParams;

    /// A number that matters and a level that does not, each with gaps.
    fn sample() -> Sample {
        let mut rng = Stream::new(3).rng();
        let score: Vec<f64> = (0..80).map(|_| rng.normal()).collect();
        let y = score.iter().map(|v| 0.5 * rng.normal() < *v).collect();
        let gap = |row: usize, value: f64| if row % 9 == 4 { f64::NAN } else { value };
        let numbers = score.iter().enumerate();
        let values = numbers.map(|(row, v)| gap(row, *v)).collect();
        let levels = (0..80).map(|row| gap(row + 2, (row % 3) as f64)).collect();
        let predictor = |name: &str, kind, of: &[&str], values| Predictor {
            name: name.to_owned(),
            kind,
            levels: of.iter().map(|level| (*level).to_owned()).collect(),
            form: Default::default(),
            values,
        };
        Sample {
            predictors: vec![
                predictor("score", Kind::Numeric, &[], values),
                predictor("site", Kind::Categorical, &["a", "b", "c"], levels),
            ],
            interactions: Vec::new(),
            y,
        }
    }

    fn plans() -> [MissingPlan; 2] {
        let params = ImputeParams {
            n_imputations: 3,
            n_iterations: 2,
            ..ImputeParams::default()
        };
        [MissingPlan::Single, MissingPlan::Multiple(params)]
    }

    #[test]
    fn rows_that_were_not_trained_on_do_not_change_the_fit() {
        let sample = sample();
        let (train, test): (Vec<usize>, Vec<usize>) = (0..80).partition(|row| row % 5 != 0);
        let mut other = sample.clone();
        for &row in &test {
            other.y[row] = !other.y[row];
            other.predictors[0].values[row] = 1e6;
        }
        for missing in plans() {
            for challenger in Challenger::ALL {
                let recipe = ChallengerRecipe {
                    challenger,
                    missing,
                };
                let predicted = |of: &Sample| {
                    let task = TaskHandle::unattended();
                    let fit = recipe
                        .fit(of, &train, Stream::new(1), &task)
                        .expect("a fit");
                    fit.predict(&sample, &test).expect("predictions")
                };
                let (here, there) = (predicted(&sample), predicted(&other));
                assert_eq!(here, there, "{challenger:?}");
                assert_eq!(here.risks.len(), test.len());
                let high = |row: usize| sample.predictors[0].values[test[row]] > 0.8;
                let low = |row: usize| sample.predictors[0].values[test[row]] < -0.8;
                let mean_of = |pick: &dyn Fn(usize) -> bool| {
                    let of: Vec<f64> = (0..test.len())
                        .filter(|&row| pick(row))
                        .map(|row| here.risks[row])
                        .collect();
                    of.iter().sum::<f64>() / of.len() as f64
                };
                assert!(mean_of(&high) > mean_of(&low) + 0.2, "{challenger:?}");
            }
        }
    }
}
