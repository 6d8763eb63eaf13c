//! Laws that every challenger keeps, and each against a check by hand.

use super::*;
use crate::learn::folds::stratified_folds;

fn risks(challenger: Challenger, x: &Matrix, y: &[bool], new: &Matrix) -> Vec<f64> {
    let task = TaskHandle::unattended();
    let fit = challenger.fit(x, y, Stream::new(5), &task).expect("a fit");
    fit.risks(new).expect("risks")
}

fn normal(n: usize, k: usize, seed: u64) -> Matrix {
    let mut rng = Stream::new(seed).rng();
    let columns: Vec<Vec<f64>> = (0..k)
        .map(|_| (0..n).map(|_| rng.normal()).collect())
        .collect();
    Matrix::from_columns(n, &columns)
}

fn auc(risks: &[f64], y: &[bool]) -> f64 {
    let (mut wins, mut pairs) = (0.0, 0.0);
    for (a, _) in risks.iter().zip(y).filter(|(_, event)| **event) {
        for (b, _) in risks.iter().zip(y).filter(|(_, event)| !**event) {
            pairs += 1.0;
            wins += f64::from(u8::from(a > b)) + 0.5 * f64::from(u8::from(a == b));
        }
    }
    wins / pairs
}

#[test]
fn naive_bayes_is_bayes_theorem_by_hand() {
    let x = Matrix::from_columns(6, &[vec![1.0, 2.0, 3.0, 5.0, 6.0, 10.0]]);
    let y = [false, false, false, true, true, true];
    let found = risks(Challenger::NaiveBayes, &x, &y, &x);
    // Means 2 and 7, variances 2/3 and 14/3, equal priors.
    let density = |value: f64, mean: f64, variance: f64| {
        (-(value - mean).powi(2) / (2.0 * variance)).exp() / variance.sqrt()
    };
    for (row, risk) in found.into_iter().enumerate() {
        let value = x.get(row, 0);
        let event = density(value, 7.0, 14.0 / 3.0);
        let other = density(value, 2.0, 2.0 / 3.0);
        assert!((risk - event / (event + other)).abs() < 1e-9, "row {row}");
    }
}

#[test]
fn nearest_neighbours_are_those_of_brute_force() {
    let (x, new) = (normal(60, 3, 1), normal(25, 3, 2));
    let y: Vec<bool> = (0..60)
        .map(|row| x.get(row, 0) + x.get(row, 1) > 0.3)
        .collect();
    let task = TaskHandle::unattended();
    let fit = Challenger::Knn
        .fit(&x, &y, Stream::new(1), &task)
        .expect("a fit");
    let Fitted::Knn(neighbours) = &fit.fitted else {
        panic!("nearest neighbours");
    };
    let rate = y.iter().filter(|&&event| event).count() as f64 / 60.0;
    let (train, test) = (fit.columns.standardised(&x), fit.columns.standardised(&new));
    let k = neighbours.asked();
    assert!((5..=40).contains(&k));
    for (row, risk) in fit.risks(&new).expect("risks").into_iter().enumerate() {
        let mut order: Vec<usize> = (0..60).collect();
        let distance = |other: usize| -> f64 {
            (0..3)
                .map(|j| (train.get(other, j) - test.get(row, j)).powi(2))
                .sum()
        };
        order.sort_by(|&a, &b| distance(a).total_cmp(&distance(b)));
        let n_events = order[..k].iter().filter(|&&place| y[place]).count() as f64;
        assert!((risk - (n_events + rate) / (k as f64 + 1.0)).abs() < 1e-12);
    }
}

#[test]
fn trees_on_one_binary_column_give_the_share_of_each_level() {
    let column: Vec<f64> = (0..90).map(|row| f64::from(u8::from(row < 30))).collect();
    // Events: 24 of 30 with the level, 15 of 60 without.
    let y: Vec<bool> = (0..90)
        .map(|row| row < 24 || (30..45).contains(&row))
        .collect();
    let x = Matrix::from_columns(90, &[column]);
    let of = |challenger| {
        let found = risks(challenger, &x, &y, &x);
        (found[0], found[89])
    };
    let (with, without) = of(Challenger::ExtraTrees);
    assert!((with - 0.8).abs() < 1e-12 && (without - 0.25).abs() < 1e-12);
    // Each boosted tree sees half of the rows, so that the log-odds come near and stay a little short.
    let (with, without) = of(Challenger::Boosting);
    assert!(
        (with - 0.8).abs() < 0.05 && (without - 0.25).abs() < 0.05,
        "{with} {without}"
    );
}

#[test]
fn every_challenger_finds_a_strong_signal_in_new_patients() {
    let (x, new) = (normal(200, 5, 7), normal(1000, 5, 8));
    let truth = |x: &Matrix, seed: u64| -> Vec<bool> {
        let mut rng = Stream::new(seed).rng();
        let lp = |row: usize| 1.5 * x.get(row, 0) - 1.5 * x.get(row, 1);
        (0..x.n_rows)
            .map(|row| rng.uniform() < 1.0 / (1.0 + (-lp(row)).exp()))
            .collect()
    };
    let (y, y_new) = (truth(&x, 9), truth(&new, 10));
    for challenger in Challenger::ALL {
        let found = auc(&risks(challenger, &x, &y, &new), &y_new);
        assert!(found > 0.78, "{challenger:?}: {found}");
    }
}

#[test]
fn on_noise_the_cross_validated_auc_is_that_of_a_coin() {
    let task = TaskHandle::unattended();
    for challenger in Challenger::ALL {
        let mut folds = Vec::new();
        for cohort in 0..6 {
            let x = normal(100, 6, 100 + cohort);
            let mut rng = Stream::new(200 + cohort).rng();
            let y: Vec<bool> = (0..100).map(|_| rng.uniform() < 0.45).collect();
            for (train, test) in stratified_folds(&y, 5, Stream::new(cohort)) {
                let of = |rows: &[usize]| -> Vec<bool> { rows.iter().map(|&row| y[row]).collect() };
                let fit = challenger
                    .fit(&x.rows(&train), &of(&train), Stream::new(1), &task)
                    .expect("a fit");
                let found = fit.risks(&x.rows(&test)).expect("risks");
                folds.push(auc(&found, &of(&test)));
            }
        }
        let mean = mean(&folds).expect("folds");
        // 30 folds of 20 patients: the standard error of the mean is about 0.03.
        assert!((mean - 0.5).abs() < 0.08, "{challenger:?}: {mean}");
    }
}

/// Matrices and outcomes that break learners.
fn hostile() -> Vec<(Matrix, Vec<bool>)> {
    let y = |n: usize| -> Vec<bool> { (0..n).map(|row| row % 3 == 0).collect() };
    let wide = normal(8, 30, 3);
    let mut extreme = normal(20, 2, 4);
    extreme
        .col_mut(0)
        .iter_mut()
        .for_each(|value| *value *= 1e300);
    extreme.col_mut(1)[0] = 1e12;
    let binary: Vec<f64> = (0..40).map(|row| f64::from(u8::from(row == 3))).collect();
    let copies: Vec<f64> = (0..30).map(|row| f64::from(row % 2)).collect();
    let split: Vec<f64> = (0..40).map(|row| f64::from(row < 20)).collect();
    vec![
        (
            Matrix::from_columns(2, &[vec![1.0, 2.0]]),
            vec![true, false],
        ),
        (
            Matrix::from_columns(2, &[vec![1.0, 1.0]]),
            vec![true, false],
        ),
        (Matrix::zeros(10, 3), y(10)),
        (Matrix::zeros(10, 0), y(10)),
        (wide, y(8)),
        (extreme, y(20)),
        (normal(40, 2, 5), (0..40).map(|row| row == 7).collect()),
        (Matrix::from_columns(40, &[binary]), y(40)),
        (Matrix::from_columns(30, &[copies.clone(), copies]), y(30)),
        (
            Matrix::from_columns(40, &[split]),
            (0..40).map(|row| row < 20).collect(),
        ),
    ]
}

#[test]
fn whatever_the_columns_risks_are_finite_and_lie_between_0_and_1() {
    let task = TaskHandle::unattended();
    for challenger in Challenger::ALL {
        for (case, (x, y)) in hostile().into_iter().enumerate() {
            let fit = challenger
                .fit(&x, &y, Stream::new(1), &task)
                .unwrap_or_else(|failure| panic!("{challenger:?} {case}: {failure}"));
            let mut far = x.clone();
            far.data
                .iter_mut()
                .for_each(|value| *value = -1e9 * (*value + 1.0));
            for new in [&x, &far, &Matrix::zeros(0, x.k_cols)] {
                let found = fit.risks(new).expect("risks");
                assert_eq!(found.len(), new.n_rows);
                let is_risk = |risk: &f64| (0.0..=1.0).contains(risk);
                assert!(
                    found.iter().all(is_risk),
                    "{challenger:?} {case}: {found:?}"
                );
            }
        }
        assert!(
            challenger
                .fit(&Matrix::zeros(3, 1), &[true; 3], Stream::new(1), &task)
                .is_err()
        );
        assert!(
            challenger
                .fit(&Matrix::zeros(0, 1), &[], Stream::new(1), &task)
                .is_err()
        );
        let n = challenger.most_rows() + 1;
        let label: Vec<bool> = (0..n).map(|row| row == 0).collect();
        assert!(
            challenger
                .fit(&Matrix::zeros(n, 1), &label, Stream::new(1), &task)
                .is_err()
        );
    }
}

#[test]
fn a_fit_is_the_same_twice_on_any_thread_and_stops_when_asked_to() {
    let x = normal(70, 4, 11);
    let y: Vec<bool> = (0..70).map(|row| x.get(row, 0) > 0.2).collect();
    let stopped = TaskHandle::unattended();
    stopped.cancel();
    for challenger in Challenger::ALL {
        let here = risks(challenger, &x, &y, &x);
        let there = std::thread::scope(|scope| {
            let other = scope.spawn(|| risks(challenger, &x, &y, &x));
            other.join().expect("no panic")
        });
        let bits = |of: &[f64]| -> Vec<u64> { of.iter().map(|risk| risk.to_bits()).collect() };
        assert_eq!(bits(&here), bits(&there), "{challenger:?}");
        let ended = challenger.fit(&x, &y, Stream::new(5), &stopped);
        assert_eq!(ended.err(), Some(Failure::Cancelled));
    }
}

#[test]
fn the_most_rows_that_are_taken_fit_on_the_stack_of_a_worker() {
    // Two mebibytes, as the threads of the pool have.
    let worker = std::thread::Builder::new().stack_size(2 << 20);
    let done = worker.spawn(|| {
        let n = Challenger::NaiveBayes.most_rows();
        let x = normal(n, 2, 12);
        let y: Vec<bool> = (0..n).map(|row| row != 0).collect();
        risks(Challenger::NaiveBayes, &x, &y, &x).len()
    });
    let n = done.expect("a thread").join().expect("no panic");
    assert_eq!(n, Challenger::NaiveBayes.most_rows());
}
