//! Design and learner as one thing that is fitted, resampled and applied.
//!
//! Whatever is learnt from data is learnt in [`Recipe::fit`]; a [`Fitted`] recipe sees new rows
//! only to predict them.

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::base::num::{Matrix, bounded_linear_predictor, risk_from_linear_predictor};
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::design::{Coding, DesignMap, Sample};
use crate::learn::ridge::fit_ridge;
use crate::learn::{Forest, ForestParams};
use crate::solve::{LogisticFit, fit};

/// A kind of model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Learner {
    /// Logistic regression by maximum likelihood.
    Logistic,
    /// Logistic regression with a ridge penalty chosen by inner cross-validation.
    Ridge,
    /// Probability forest.
    Forest,
}

impl Learner {
    /// All learners, simplest first.
    pub const ALL: [Self; 3] = [Self::Logistic, Self::Ridge, Self::Forest];

    /// Name on the command line and in `results.json`; the message is `learner-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Logistic => "logistic",
            Self::Ridge => "ridge",
            Self::Forest => "forest",
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
}

/// A fitted learner.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Maximum likelihood or ridge.
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
    /// Matrix of the training rows.
    pub matrix: Matrix,
}

/// Predictions of some rows on both scales.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predictions {
    /// Chance of the event in [0, 1].
    pub risks: Vec<f64>,
    /// Log-odds; for a forest from risks kept within [0.001, 0.999].
    pub linear_predictors: Vec<f64>,
}

impl Predictions {
    /// From log-odds.
    pub fn from_linear_predictors(linear_predictors: Vec<f64>) -> Self {
        Self {
            risks: linear_predictors
                .iter()
                .map(|&lp| risk_from_linear_predictor(lp))
                .collect(),
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
        let y = sample.y_of(rows);
        if y.iter().all(|&event| event) || !y.iter().any(|&event| event) {
            return Err(Issue::error("one-class").into());
        }
        let coding = match self.learner {
            Learner::Logistic | Learner::Ridge => Coding::Treatment,
            Learner::Forest => Coding::Position,
        };
        let map = DesignMap::learn(sample, rows, coding);
        let matrix = map.matrix(sample, rows);
        let model = match self.learner {
            Learner::Logistic => Model::Logistic(fit(&matrix, &y, 0.0)),
            Learner::Ridge => {
                Model::Logistic(fit_ridge(&matrix, &y, rows, stream.named("penalty"), task)?)
            }
            Learner::Forest => Model::Forest(Forest::fit(
                &matrix,
                &y,
                &self.forest,
                stream.named("trees"),
                task,
            )?),
        };
        Ok(Fitted {
            map,
            model,
            rows: rows.to_vec(),
            matrix,
        })
    }
}

impl Fitted {
    /// Predictions of rows of the sample. For a forest of rows that it was trained on these are
    /// the flattering in-sample ones: use [`Fitted::out_of_bag`] there.
    pub fn predict(&self, sample: &Sample, rows: &[usize]) -> Predictions {
        self.predict_matrix(&self.map.matrix(sample, rows))
    }

    /// Predictions of rows of a design matrix.
    pub fn predict_matrix(&self, matrix: &Matrix) -> Predictions {
        match &self.model {
            Model::Logistic(fit) => {
                Predictions::from_linear_predictors(fit.linear_predictors(matrix))
            }
            Model::Forest(forest) => Predictions::from_risks(forest.risks(matrix)),
        }
    }

    /// Predictions of the training rows by trees that did not see them; `None` for a logistic
    /// model, and where some row was seen by every tree.
    pub fn out_of_bag(&self) -> Option<Predictions> {
        let Model::Forest(forest) = &self.model else {
            return None;
        };
        let risks: Option<Vec<f64>> = forest.out_of_bag_risks(&self.matrix).into_iter().collect();
        risks.map(Predictions::from_risks)
    }
}
