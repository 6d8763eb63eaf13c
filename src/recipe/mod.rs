//! Design, imputation and learner as one thing that is fitted, resampled and applied.
//!
//! Whatever is learnt from data is learnt in [`Recipe::fit`]; a [`Fitted`] recipe sees new rows
//! only to predict them. There is one way to a prediction, [`Fitted::predict`]: validation and a
//! new patient take the same, gaps included.

mod challenger;
mod coded;
mod person;
mod pooling;
mod recalibrated;

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::base::num::{Matrix, bounded_linear_predictor, risk_from_linear_predictor, sd};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::{Coding, DesignMap, Sample};
use crate::impute::{ImputeParams, Pooled, Shift, Stored};
use crate::learn::penalised::fit_penalised;
use crate::learn::{
    Forest, ForestParams, Gaps, PenaltyParams, Recalibration, Training, TrainingRows,
};
use crate::solve::LogisticFit;

pub use challenger::{ChallengerRecipe, FittedChallenger};
pub use person::Person;
pub use pooling::pooled_fit;

pub use recalibrated::Recalibrated;

use coded::{Coded, Coder};
use recalibrated::recalibrated;

/// A kind of model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Learner {
    /// Logistic regression by maximum likelihood.
    Logistic,
    /// Logistic regression with Firth's penalty, the intercept refitted (FLIC).
    Firth,
    /// Logistic regression with a ridge penalty of tuned strength.
    Ridge,
    /// Logistic regression with a lasso penalty of tuned strength.
    Lasso,
    /// Logistic regression with a mixture of both penalties.
    ElasticNet,
    /// Probability forest.
    Forest,
}

impl Learner {
    /// All learners, simplest first.
    pub const ALL: [Self; 6] = [
        Self::Logistic,
        Self::Firth,
        Self::Ridge,
        Self::Lasso,
        Self::ElasticNet,
        Self::Forest,
    ];

    /// Name on the command line and in `results.json`; the message is `learner-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Logistic => "logistic",
            Self::Firth => "firth",
            Self::Ridge => "ridge",
            Self::Lasso => "lasso",
            Self::ElasticNet => "elastic-net",
            Self::Forest => "forest",
        }
    }

    /// Whether the strength of a penalty is tuned, so that coefficients have no standard errors.
    pub fn is_tuned(self) -> bool {
        match self {
            Self::Ridge | Self::Lasso | Self::ElasticNet => true,
            Self::Logistic | Self::Firth | Self::Forest => false,
        }
    }
}

/// What happens to gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingPlan {
    /// The training median or mode, and an indicator where much is missing.
    #[default]
    Single,
    /// Multiple imputation by chained equations.
    Multiple(ImputeParams),
}

impl MissingPlan {
    /// The design under this plan, learnt from the known values of these rows: one for all
    /// imputations, without missing indicators where gaps are imputed.
    pub fn design(self, sample: &Sample, rows: &[usize], coding: Coding) -> DesignMap {
        let map = DesignMap::learn(sample, rows, coding);
        match self {
            Self::Single => map,
            Self::Multiple(_) => map.without_indicators(),
        }
    }
}

/// What is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// The learner.
    pub learner: Learner,
    /// How a forest is grown.
    pub forest: ForestParams,
    /// How ridge, lasso and elastic net are tuned.
    pub penalty: PenaltyParams,
    /// What happens to gaps.
    pub missing: MissingPlan,
    /// How chances are recalibrated on patients that the model has not seen.
    pub recalibration: Recalibration,
}

/// A fitted learner.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Logistic regression, however it is penalised.
    Logistic(LogisticFit),
    /// Forest.
    Forest(Forest),
}

/// A recipe fitted to some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// What the design learnt.
    pub map: DesignMap,
    /// What the learner learnt.
    pub model: Model,
    /// Training rows, in the order of the fit.
    pub rows: Vec<usize>,
    /// Matrices of the training rows as they are predicted: one, or one an imputation, completed
    /// without their outcome.
    pub matrices: Vec<Matrix>,
    /// What completes a patient; `None` where gaps are filled with the median or mode.
    pub imputation: Option<Stored>,
    /// Figures by Rubin's rules for each term of a logistic model, the intercept first; empty for a
    /// forest and where nothing was imputed more than once.
    pub pooled: Vec<Option<Pooled>>,
    /// What recalibrates the chances; `None` where nothing does.
    pub recalibrated: Option<Recalibrated>,
}

/// Predictions of some rows on both scales.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predictions {
    /// Chance of the event in [0, 1].
    pub risks: Vec<f64>,
    /// Log-odds; for a forest from risks kept within [0.001, 0.999].
    pub linear_predictors: Vec<f64>,
    /// Standard deviation of the log-odds between imputations; 0 for a patient without a gap.
    pub between: Vec<f64>,
}

impl Predictions {
    /// From log-odds.
    pub fn from_linear_predictors(linear_predictors: Vec<f64>) -> Self {
        Self {
            risks: linear_predictors
                .iter()
                .map(|&lp| risk_from_linear_predictor(lp))
                .collect(),
            between: vec![0.0; linear_predictors.len()],
            linear_predictors,
        }
    }

    /// From risks, which may be 0 or 1.
    pub fn from_risks(risks: Vec<f64>) -> Self {
        Self {
            linear_predictors: risks
                .iter()
                .map(|&risk| bounded_linear_predictor(risk))
                .collect(),
            between: vec![0.0; risks.len()],
            risks,
        }
    }
}

impl Recipe {
    /// Fits to these rows of the sample (repeats allowed) and sees no other. Fails on one class.
    pub fn fit(
        &self,
        sample: &Sample,
        rows: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Fitted, Failure> {
        self.fit_shifted(sample, rows, None, stream, task)
    }

    /// The same with the imputed values of one predictor moved, for a sensitivity analysis; a shift
    /// means nothing where gaps are filled with the median or mode.
    pub fn fit_shifted(
        &self,
        sample: &Sample,
        rows: &[usize],
        shift: Option<Shift>,
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Fitted, Failure> {
        let y = sample.y_of(rows);
        if y.iter().all(|&event| event) || !y.iter().any(|&event| event) {
            return Err(Issue::error("one-class").into());
        }
        let coder = Coder {
            missing: if self.keeps_gaps() {
                MissingPlan::Single
            } else {
                self.missing
            },
            shift,
        };
        let design = self.design(sample, rows);
        let Coded {
            map,
            imputation,
            train,
        } = coder.learn(design, sample, rows, stream, task)?;
        let unordered = map.unordered(sample);
        let (model, pooled) = self.learn(&train, &y, rows, &unordered, stream, task)?;
        let mut fitted = Fitted {
            map,
            model,
            rows: rows.to_vec(),
            matrices: train,
            imputation,
            pooled,
            recalibrated: None,
        };
        if fitted.imputation.is_some() {
            fitted.matrices = fitted.matrices(sample, rows);
        }
        let stream = stream.named("recalibration");
        fitted.recalibrated = recalibrated(self, &fitted, sample, stream, task)?;
        Ok(fitted)
    }

    /// Whether the trees themselves have a way for missing values.
    fn keeps_gaps(&self) -> bool {
        self.learner == Learner::Forest && self.forest.gaps == Gaps::BetterSide
    }

    fn design(&self, sample: &Sample, rows: &[usize]) -> DesignMap {
        if self.keeps_gaps() {
            return DesignMap::learn(sample, rows, Coding::Position).keeping_gaps();
        }
        let coding = match self.learner {
            Learner::Forest => Coding::Position,
            _ => Coding::Treatment,
        };
        self.missing.design(sample, rows, coding)
    }

    /// Fits the learner to the same rows with differently imputed gaps; `rows` names their patients.
    fn learn(
        &self,
        train: &[Matrix],
        y: &[bool],
        rows: &[usize],
        unordered: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<(Model, Vec<Option<Pooled>>), Failure> {
        if self.learner == Learner::Forest {
            let on = Training {
                unordered,
                ..Training::new(train, y)
            };
            let forest = Forest::fit(&on, &self.forest, stream.named("trees"), task)?;
            return Ok((Model::Forest(forest), Vec::new()));
        }
        let fits: Result<Vec<LogisticFit>, Cancelled> = train
            .iter()
            .map(|x| self.fit_logistic(x, y, rows, stream.named("penalty"), task))
            .collect();
        let (model, pooled) = pooled_fit(fits?).ok_or_else(|| Failure::new("one-class"))?;
        Ok((Model::Logistic(model), pooled))
    }

    fn fit_logistic(
        &self,
        x: &Matrix,
        y: &[bool],
        patients: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<LogisticFit, Cancelled> {
        let rows = TrainingRows::new(x, y, patients);
        let tuned = |alpha| fit_penalised(&rows, alpha, self.penalty.rule, stream, task);
        match self.learner {
            Learner::Ridge => tuned(0.0),
            Learner::Lasso => tuned(1.0),
            Learner::ElasticNet => tuned(self.penalty.alpha),
            Learner::Firth => {
                let firth = rows.problem().fit_firth();
                Ok(firth.with_recalibrated_intercept(x, y))
            }
            Learner::Logistic | Learner::Forest => Ok(rows.problem().fit(0.0)),
        }
    }
}

impl Fitted {
    /// Predictions of rows of the sample. For a forest of rows that it was trained on these are
    /// the flattering in-sample ones: use [`Fitted::out_of_bag`] there.
    pub fn predict(&self, sample: &Sample, rows: &[usize]) -> Predictions {
        self.predict_matrices(&self.matrices(sample, rows))
    }

    /// Design matrices of rows of the sample: one, or one an imputation where some row has a gap.
    /// Outcomes play no part.
    pub fn matrices(&self, sample: &Sample, rows: &[usize]) -> Vec<Matrix> {
        coded::matrices(&self.map, self.imputation.as_ref(), sample, rows)
    }

    /// Predictions of rows of design matrices that differ in what was imputed: log-odds of a
    /// logistic model and risks of a forest are averaged.
    pub fn predict_matrices(&self, matrices: &[Matrix]) -> Predictions {
        let averaged = |of: &[Vec<f64>]| -> Vec<f64> {
            let n = of.first().map_or(0, Vec::len);
            (0..n).map(|row| mean_over(of, |one| one[row])).collect()
        };
        let (mut predictions, mut of_each): (Predictions, Vec<Vec<f64>>) = match &self.model {
            Model::Logistic(fit) => {
                let each: Vec<Vec<f64>> =
                    matrices.iter().map(|x| fit.linear_predictors(x)).collect();
                (Predictions::from_linear_predictors(averaged(&each)), each)
            }
            Model::Forest(forest) => {
                let each: Vec<Predictions> = matrices
                    .iter()
                    .map(|x| Predictions::from_risks(forest.risks(x)))
                    .collect();
                let risks: Vec<Vec<f64>> = each.iter().map(|one| one.risks.clone()).collect();
                let log_odds = each.into_iter().map(|one| one.linear_predictors).collect();
                (Predictions::from_risks(averaged(&risks)), log_odds)
            }
        };
        if let Some(Recalibrated { calibrator, .. }) = &self.recalibrated {
            let moved = |of: &mut Vec<f64>| {
                of.iter_mut()
                    .for_each(|lp| *lp = calibrator.linear_predictor(*lp));
            };
            moved(&mut predictions.linear_predictors);
            predictions = Predictions::from_linear_predictors(predictions.linear_predictors);
            of_each.iter_mut().for_each(moved);
        }
        if matrices.len() > 1 {
            for (row, between) in predictions.between.iter_mut().enumerate() {
                // Around the first, so that equals have a spread of exactly 0.
                let of_row: Vec<f64> = of_each.iter().map(|o| o[row] - of_each[0][row]).collect();
                *between = sd(&of_row).unwrap_or(0.0);
            }
        }
        predictions
    }

    /// Predictions of the training rows by trees that did not see them, each on the imputation that
    /// it was grown on but completed without the outcome; `None` for a logistic model, and where
    /// some row was seen by every tree. A recalibration is one that did not see the patient's outcome either.
    pub fn out_of_bag(&self) -> Option<Predictions> {
        let grown = self.out_of_bag_as_grown()?;
        let Some(recalibrated) = &self.recalibrated else {
            return Some(grown);
        };
        let unseen = recalibrated.out_of_bag(&grown.linear_predictors)?;
        Some(Predictions::from_linear_predictors(unseen))
    }

    /// The same before a recalibration.
    fn out_of_bag_as_grown(&self) -> Option<Predictions> {
        let Model::Forest(forest) = &self.model else {
            return None;
        };
        let risks = if self.imputation.is_some() {
            forest.out_of_bag_risks(&self.matrices)
        } else {
            forest.out_of_bag.clone()
        };
        let risks: Option<Vec<f64>> = risks.into_iter().collect();
        risks.map(Predictions::from_risks)
    }

    /// The matrix whose every entry is the mean over matrices of one shape: a logistic model is
    /// linear in it. `None` for no matrix.
    pub fn mean_matrix(matrices: &[Matrix]) -> Option<Matrix> {
        let mut mean = matrices.first()?.clone();
        if matrices.len() > 1 {
            for (at, value) in mean.data.iter_mut().enumerate() {
                *value = mean_over(matrices, |x| x.data[at]);
            }
        }
        Some(mean)
    }
}

/// Mean over imputations, exact where all are equal: a patient without a gap is predicted the same
/// alone and among patients who have some. 0 for none.
fn mean_over<T>(of: &[T], value: impl Fn(&T) -> f64) -> f64 {
    let Some(first) = of.first().map(&value) else {
        return 0.0;
    };
    let apart: f64 = of.iter().map(|one| value(one) - first).sum();
    first + apart / of.len() as f64
}
