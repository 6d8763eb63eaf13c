//! Challengers: learners from smartcore that stand beside ours in a comparison, and nowhere else.
//!
//! They run with the published settings named in each module and are tuned no further than that. A challenger is no
//! `Learner` of a recipe: no stratum, no patient and no report of one can be made from it. smartcore's own
//! generators are seeded from our streams, so that a fit is the same twice and on any number of threads.

mod boosting;
mod extra_trees;
mod knn;
mod naive_bayes;
pub(crate) mod platt;
mod svm;

use serde::{Deserialize, Serialize};
use smartcore::error::Failed;
use smartcore::linalg::basic::matrix::DenseMatrix;

use crate::base::issue::{Failure, Issue};
use crate::base::num::{Matrix, mean, sd};
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use boosting::Boosting;
use extra_trees::ExtraTrees;
use knn::Neighbours;
use naive_bayes::NaiveBayes;
use svm::SupportVectors;

/// A kind of challenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Challenger {
    /// Gaussian naive Bayes.
    NaiveBayes,
    /// k nearest neighbours.
    Knn,
    /// Support vector machine with Platt scaling.
    Svm,
    /// Extremely randomised trees.
    ExtraTrees,
    /// Gradient boosting.
    Boosting,
}

impl Challenger {
    /// All challengers, simplest first.
    pub const ALL: [Self; 5] = [
        Self::NaiveBayes,
        Self::Knn,
        Self::Svm,
        Self::ExtraTrees,
        Self::Boosting,
    ];

    /// Name on the command line and in `results.json`; the message is `learner-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NaiveBayes => "naive-bayes",
            Self::Knn => "knn",
            Self::Svm => "svm",
            Self::ExtraTrees => "extra-trees",
            Self::Boosting => "boosting",
        }
    }

    /// Whether it cuts columns into two, so that a column a predictor serves it better than one a level.
    pub fn cuts_columns(self) -> bool {
        match self {
            Self::ExtraTrees | Self::Boosting => true,
            Self::NaiveBayes | Self::Knn | Self::Svm => false,
        }
    }

    /// Most training rows. smartcore's support vector machine keeps every pair of rows and can't be stopped while it takes a
    /// second or more, its naive Bayes walks the rows of a class by recursion, one frame of the stack a row.
    pub fn most_rows(self) -> usize {
        match self {
            Self::Svm => 600,
            Self::NaiveBayes | Self::Knn | Self::ExtraTrees | Self::Boosting => 5000,
        }
    }

    /// Fits to `x`, n rows of finite values, and `y`, n outcomes. Columns are standardised with what the training rows say,
    /// constant ones left out; where none is left every row gets the share of events. Fails on one class, and on more rows
    /// than [`Self::most_rows`].
    pub fn fit(
        self,
        x: &Matrix,
        y: &[bool],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<ChallengerModel, Failure> {
        let n_events = y.iter().filter(|&&event| event).count();
        if n_events == 0 || n_events == y.len() {
            return Err(Failure::new("one-class"));
        }
        if y.len() > self.most_rows() {
            let issue = Issue::error("challenger-too-many-rows")
                .with("n", y.len())
                .with("most", self.most_rows());
            return Err(issue.into());
        }
        task.check()?;
        let columns = Columns::learn(x);
        let x = columns.standardised(x);
        let rate = n_events as f64 / y.len() as f64;
        let fitted = if columns.0.is_empty() {
            Fitted::Rate(rate)
        } else {
            match self {
                Self::NaiveBayes => Fitted::NaiveBayes(NaiveBayes::fit(&x, y)?),
                Self::Knn => Fitted::Knn(Neighbours::fit(&x, y, stream, task)?),
                Self::Svm => Fitted::Svm(SupportVectors::fit(&x, y, stream, task)?),
                Self::ExtraTrees => Fitted::ExtraTrees(ExtraTrees::fit(&x, y, stream, task)?),
                Self::Boosting => Fitted::Boosting(Boosting::fit(&x, y, stream, task)?),
            }
        };
        Ok(ChallengerModel { columns, fitted })
    }
}

/// A fitted challenger.
#[derive(Debug)]
pub struct ChallengerModel {
    columns: Columns,
    fitted: Fitted,
}

#[derive(Debug)]
enum Fitted {
    /// The share of events, for everyone.
    Rate(f64),
    NaiveBayes(NaiveBayes),
    Knn(Neighbours),
    Svm(SupportVectors),
    ExtraTrees(ExtraTrees),
    Boosting(Boosting),
}

impl ChallengerModel {
    /// Risks in [0, 1] of the rows of `x`, whose columns are those of the fit. Fails where smartcore does.
    pub fn risks(&self, x: &Matrix) -> Result<Vec<f64>, Failure> {
        if x.n_rows == 0 {
            return Ok(Vec::new());
        }
        let x = self.columns.standardised(x);
        match &self.fitted {
            Fitted::Rate(rate) => Ok(vec![*rate; x.n_rows]),
            Fitted::NaiveBayes(fit) => Ok(fit.risks(&x)),
            Fitted::Knn(fit) => fit.risks(&x),
            Fitted::Svm(fit) => Ok(fit.risks(&x)),
            Fitted::ExtraTrees(fit) => fit.risks(&x),
            Fitted::Boosting(fit) => fit.risks(&x),
        }
    }
}

/// Position, mean and standard deviation of each column that is not constant.
#[derive(Clone, Debug)]
struct Columns(Vec<(usize, f64, f64)>);

impl Columns {
    fn learn(x: &Matrix) -> Self {
        let column = |j: usize| {
            let spread = sd(x.col(j)).filter(|sd| *sd > 0.0 && sd.is_finite())?;
            Some((j, mean(x.col(j))?, spread))
        };
        Self((0..x.k_cols).filter_map(column).collect())
    }

    fn standardised(&self, x: &Matrix) -> Matrix {
        let columns: Vec<Vec<f64>> = self
            .0
            .iter()
            .map(|&(j, centre, scale)| x.col(j).iter().map(|v| (v - centre) / scale).collect())
            .collect();
        Matrix::from_columns(x.n_rows, &columns)
    }
}

/// A matrix as smartcore has it.
type Dense = DenseMatrix<f64>;

fn dense(x: &Matrix) -> Result<Dense, Failure> {
    DenseMatrix::new(x.n_rows, x.k_cols, x.data.clone(), true).map_err(|failed| refused(&failed))
}

/// What smartcore says where it can't go on.
fn refused(failed: &Failed) -> Failure {
    Issue::error("challenger-failed")
        .with("detail", failed.to_string())
        .into()
}

/// A seed for one of smartcore's generators.
fn seed(stream: Stream) -> u64 {
    stream.rng().below(1 << 31) as u64
}

#[cfg(test)]
mod tests;
