//! Gradient boosting of the log-likelihood (Friedman 2001, 2002) with the trees of smartcore's `XGRegressor`.
//!
//! smartcore knows squared error only. It fits one tree at a time here, to the residuals `y - risk`, and the log-odds move
//! along it: the gradient step of the log-likelihood. 100 trees of depth 2, each on half of the rows, at a rate of 0.1.

use smartcore::xgboost::{XGRegressor, XGRegressorParameters};

use super::{Dense, dense, refused, seed};
use crate::base::issue::Failure;
use crate::base::num::{Matrix, risk_from_linear_predictor};
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;

const N_TREES: usize = 100;
const DEPTH: u16 = 2;
/// Fewest rows of a leaf.
const LEAST_LEAF: usize = 5;
const SHARE_OF_ROWS: f64 = 0.5;
/// A leaf moves the log-odds by this times its mean residual: the rate of 0.1 times 4, for a step of the residual over the
/// largest possible curvature, 1/4, can't overshoot (Boehning and Lindsay 1988).
const STEP: f64 = 0.4;

type Tree = XGRegressor<f64, f64, Dense, Vec<f64>>;

/// Log-odds of the event rate, and the trees that move them.
#[derive(Debug)]
pub(super) struct Boosting {
    start: f64,
    trees: Vec<Tree>,
}

impl Boosting {
    pub(super) fn fit(
        x: &Matrix,
        y: &[bool],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let x = dense(x)?;
        let n_events = y.iter().filter(|&&event| event).count() as f64;
        let start = (n_events / (y.len() as f64 - n_events)).ln();
        let mut log_odds = vec![start; y.len()];
        let mut trees = Vec::with_capacity(N_TREES);
        for at in 0..N_TREES {
            task.check()?;
            let residuals: Vec<f64> = log_odds
                .iter()
                .zip(y)
                .map(|(lp, &event)| f64::from(u8::from(event)) - risk_from_linear_predictor(*lp))
                .collect();
            let parameters = XGRegressorParameters::default()
                .with_n_estimators(1)
                .with_learning_rate(1.0)
                .with_base_score(0.0)
                .with_lambda(0.0)
                .with_max_depth(DEPTH)
                .with_min_child_weight(LEAST_LEAF)
                .with_subsample(SHARE_OF_ROWS)
                .with_seed(seed(stream.at(at)));
            let tree = Tree::fit(&x, &residuals, parameters).map_err(|failed| refused(&failed))?;
            follow(&mut log_odds, &tree, &x)?;
            trees.push(tree);
        }
        Ok(Self { start, trees })
    }

    pub(super) fn risks(&self, x: &Matrix) -> Result<Vec<f64>, Failure> {
        let mut log_odds = vec![self.start; x.n_rows];
        let x = dense(x)?;
        for tree in &self.trees {
            follow(&mut log_odds, tree, &x)?;
        }
        Ok(log_odds
            .into_iter()
            .map(risk_from_linear_predictor)
            .collect())
    }
}

/// Moves the log-odds of the rows along a tree.
fn follow(log_odds: &mut [f64], tree: &Tree, x: &Dense) -> Result<(), Failure> {
    let moves = tree.predict(x).map_err(|failed| refused(&failed))?;
    for (lp, step) in log_odds.iter_mut().zip(moves) {
        *lp += STEP * step;
    }
    Ok(())
}
