//! Our learners beside smartcore's, on simulated patients: two programs written apart agree.

use prognostim::base::num::Matrix;
use prognostim::base::seed::{Rng, Stream};
use prognostim::base::task::TaskHandle;
use prognostim::learn::{Forest, ForestParams, Training};
use prognostim::solve::fit;
use prognostim::validate::measures::{auc, brier};
use smartcore::ensemble::random_forest_regressor::{
    RandomForestRegressor, RandomForestRegressorParameters,
};
use smartcore::linalg::basic::arrays::Array as _;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{LogisticRegression, LogisticRegressionParameters};

/// Standard normal columns, the first two of which matter.
fn patients(n: usize, rng: &mut Rng) -> (Vec<Vec<f64>>, Vec<bool>) {
    let rows: Vec<Vec<f64>> = (0..n)
        .map(|_| (0..5).map(|_| rng.normal()).collect())
        .collect();
    let y = rows
        .iter()
        .map(|row| rng.uniform() < 1.0 / (1.0 + (-row[0] + 0.7 * row[1]).exp()))
        .collect();
    (rows, y)
}

fn matrix(rows: &[Vec<f64>]) -> Matrix {
    let columns: Vec<Vec<f64>> = (0..5)
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect();
    Matrix::from_columns(rows.len(), &columns)
}

#[test]
fn ridge_coefficients_agree() {
    let (mut rows, y) = patients(250, &mut Stream::new(21).rng());
    // smartcore penalises the columns as they are, we penalise them standardised: make both the same.
    for j in 0..5 {
        let mean = rows.iter().map(|row| row[j]).sum::<f64>() / 250.0;
        let square: f64 = rows.iter().map(|row| (row[j] - mean).powi(2)).sum();
        let sd = (square / 250.0).sqrt();
        rows.iter_mut()
            .for_each(|row| row[j] = (row[j] - mean) / sd);
    }
    let alpha = 12.0;
    let ours = fit(&matrix(&rows), &y, alpha / 250.0);
    let label: Vec<i32> = y.iter().map(|&event| i32::from(event)).collect();
    let x = DenseMatrix::from_2d_vec(&rows).expect("a full matrix");
    let parameters = LogisticRegressionParameters::default().with_alpha(alpha);
    let theirs = LogisticRegression::fit(&x, &label, parameters).expect("a fit");
    for (j, coefficient) in ours.coefficients.iter().enumerate() {
        let other = theirs.coefficients().get((0, j));
        assert!((coefficient - other).abs() < 1e-5, "{coefficient} {other}");
    }
    assert!((ours.intercept - theirs.intercept().get((0, 0))).abs() < 1e-5);
}

#[test]
fn forests_predict_new_patients_equally_well() {
    let mut rng = Stream::new(22).rng();
    let (rows, y) = patients(400, &mut rng);
    let (new, y_new) = patients(4000, &mut rng);
    let params = ForestParams {
        n_trees: 300,
        mtry: Some(2),
        ..ForestParams::default()
    };
    let forest = Forest::fit(
        &Training::new(&[matrix(&rows)], &y),
        &params,
        Stream::new(1),
        &TaskHandle::unattended(),
    )
    .expect("not cancelled");
    let ours = forest.risks(&matrix(&new));
    let parameters = RandomForestRegressorParameters::default()
        .with_n_trees(300)
        .with_m(2)
        .with_min_samples_split(11)
        .with_seed(1);
    let label: Vec<f64> = y.iter().map(|&event| f64::from(u8::from(event))).collect();
    let x = DenseMatrix::from_2d_vec(&rows).expect("a full matrix");
    let theirs = RandomForestRegressor::fit(&x, &label, parameters)
        .and_then(|forest| forest.predict(&DenseMatrix::from_2d_vec(&new)?))
        .expect("a fit");
    let gap = |measure: fn(&[f64], &[bool]) -> Option<f64>| {
        let of = |risks: &[f64]| measure(risks, &y_new).expect("two classes");
        (of(&ours) - of(&theirs)).abs()
    };
    assert!(gap(brier) < 0.01, "Brier scores differ by {}", gap(brier));
    assert!(gap(auc) < 0.02, "AUCs differ by {}", gap(auc));
}
