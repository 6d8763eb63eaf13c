//! The ridge penalty, chosen by cross-validated deviance.

use std::collections::BTreeMap;

use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::solve::{LogisticFit, Standardised, fit, fit_path};

/// Folds of the inner cross-validation (glmnet's default).
const N_FOLDS: usize = 10;

/// The path: from 10, where every coefficient is next to 0 (the largest possible weight of a row is
/// 0.25), down to 0.0001, next to maximum likelihood; four steps a decade.
fn path() -> Vec<f64> {
    (0..=20)
        .map(|step| 10.0_f64.powf(1.0 - f64::from(step) / 4.0))
        .collect()
}

/// Fits a ridge model, its penalty with the smallest held-out deviance over ten stratified folds.
/// Where a class has fewer patients than folds, there are as many folds as patients (at least two).
///
/// `patients` names the patient of each row: copies of one patient (a bootstrap resample) stay in
/// one fold. Dealt out freely they would be held out against themselves, which looks like signal,
/// calls for too small a penalty and makes the optimism of a tuned model too large.
pub fn fit_ridge(
    x: &Matrix,
    y: &[bool],
    patients: &[usize],
    stream: Stream,
    task: &TaskHandle,
) -> Result<LogisticFit, Cancelled> {
    let lambdas = path();
    let mut deviance = vec![0.0; lambdas.len()];
    for (train, test) in patient_folds(y, patients, stream) {
        task.check()?;
        let label: Vec<bool> = train.iter().map(|&row| y[row]).collect();
        let standardised = Standardised::new(&x.rows(&train), &label);
        let held_out = fit_path(&standardised, &x.rows(&test), &lambdas);
        for (sum, lp) in deviance.iter_mut().zip(&held_out) {
            *sum += test
                .iter()
                .zip(lp)
                .map(|(&row, &lp)| row_deviance(y[row], lp))
                .sum::<f64>();
        }
    }
    // The larger penalty of equals.
    let best = (0..lambdas.len())
        .min_by(|&a, &b| deviance[a].total_cmp(&deviance[b]))
        .unwrap_or(0);
    Ok(fit(x, y, lambdas[best]))
}

/// Stratified folds of patients, as training and test rows.
fn patient_folds(y: &[bool], patients: &[usize], stream: Stream) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, &patient) in patients.iter().enumerate() {
        rows_of.entry(patient).or_default().push(row);
    }
    let rows_of: Vec<Vec<usize>> = rows_of.into_values().collect();
    let label: Vec<bool> = rows_of.iter().map(|rows| y[rows[0]]).collect();
    let rows = |patients: Vec<usize>| {
        let rows = patients
            .into_iter()
            .flat_map(|patient| rows_of[patient].iter().copied());
        rows.collect()
    };
    stratified_folds(&label, N_FOLDS, stream)
        .into_iter()
        .map(|(train, test)| (rows(train), rows(test)))
        .collect()
}

/// -2 log-likelihood of one row; a linear predictor beyond 35 counts as 35 (glmnet bounds risks likewise).
fn row_deviance(event: bool, linear_predictor: f64) -> f64 {
    let lp = linear_predictor.clamp(-35.0, 35.0);
    let signed = if event { -lp } else { lp };
    2.0 * (signed.max(0.0) + (-signed.abs()).exp().ln_1p())
}

/// Training and test rows of stratified folds: each class is shuffled and dealt out in turn.
/// At least two folds, at most as many as the smaller class has rows.
pub fn stratified_folds(
    y: &[bool],
    n_folds: usize,
    stream: Stream,
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let n_events = y.iter().filter(|&&event| event).count();
    let n_folds = n_folds.min(n_events).min(y.len() - n_events).max(2);
    let mut rng = stream.rng();
    let mut fold_of = vec![0; y.len()];
    let mut next = 0;
    for class in [true, false] {
        let mut rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == class).collect();
        rng.shuffle(&mut rows);
        for row in rows {
            fold_of[row] = next % n_folds;
            next += 1;
        }
    }
    (0..n_folds)
        .map(|fold| (0..y.len()).partition(|&row| fold_of[row] != fold))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_tested_once_and_classes_are_spread() {
        let y: Vec<bool> = (0..53).map(|i| i % 4 == 0).collect();
        let folds = stratified_folds(&y, 5, Stream::new(1));
        let mut tested: Vec<usize> = folds.iter().flat_map(|(_, test)| test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..53).collect::<Vec<_>>());
        for (train, test) in &folds {
            assert_eq!(train.len() + test.len(), 53);
            let n_events = test.iter().filter(|&&row| y[row]).count();
            assert!((2..=3).contains(&n_events));
        }
    }

    #[test]
    fn copies_of_a_patient_are_never_on_both_sides_of_a_fold() {
        let mut rng = Stream::new(6).rng();
        let patients = rng.bootstrap(60);
        let y: Vec<bool> = patients.iter().map(|patient| patient % 3 == 0).collect();
        for (train, test) in patient_folds(&y, &patients, Stream::new(1)) {
            assert_eq!(train.len() + test.len(), 60);
            let is_seen =
                |row: &usize| train.iter().any(|&other| patients[other] == patients[*row]);
            assert!(!test.iter().any(is_seen));
        }
    }

    #[test]
    fn noise_is_shrunk_harder_than_signal() {
        let mut rng = Stream::new(4).rng();
        let column: Vec<f64> = (0..150).map(|_| rng.normal()).collect();
        let x = Matrix::from_columns(150, std::slice::from_ref(&column));
        let signal: Vec<bool> = column.iter().map(|v| rng.normal() * 0.7 < *v).collect();
        let noise: Vec<bool> = column.iter().map(|_| rng.uniform() < 0.5).collect();
        let own: Vec<usize> = (0..150).collect();
        let lambda = |y: &[bool]| {
            fit_ridge(&x, y, &own, Stream::new(1), &TaskHandle::unattended())
                .expect("not cancelled")
                .lambda
        };
        assert!(lambda(&signal) < lambda(&noise));
    }
}
