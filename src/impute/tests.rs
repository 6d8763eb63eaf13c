//! Identities and edge cases of the imputation.

use super::*;
use crate::base::num::{mean, sd};
use crate::cohort::Kind;
use crate::design::{Form, Predictor};

fn predictor(name: &str, kind: Kind, levels: usize, values: Vec<f64>) -> Predictor {
    Predictor {
        name: name.to_owned(),
        kind,
        levels: (0..levels).map(|level| format!("l{level}")).collect(),
        form: Form::default(),
        values,
    }
}

/// Two correlated numbers, a binary and a level of three that follow the first; gaps in all but the
/// first, more of them where the outcome is good.
fn sample(n: usize, seed: u64) -> Sample {
    let mut rng = Stream::new(seed).rng();
    let a: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    let y: Vec<bool> = a.iter().map(|a| rng.normal() < *a).collect();
    let b: Vec<f64> = a
        .iter()
        .map(|a| 50.0 + 10.0 * (0.8 * a + 0.6 * rng.normal()))
        .collect();
    let c: Vec<f64> = a
        .iter()
        .map(|a| f64::from(u8::from(rng.normal() < *a)))
        .collect();
    let d: Vec<f64> = a
        .iter()
        .map(|a| (1.0 + a + 0.5 * rng.normal()).round().clamp(0.0, 2.0))
        .collect();
    let mut gap = |values: &[f64]| -> Vec<f64> {
        let share = |row: usize| if y[row] { 0.4 } else { 0.15 };
        let keep = |(row, value): (usize, &f64)| {
            if rng.uniform() < share(row) {
                f64::NAN
            } else {
                *value
            }
        };
        values.iter().enumerate().map(keep).collect()
    };
    let (b, c, d) = (gap(&b), gap(&c), gap(&d));
    Sample {
        predictors: vec![
            predictor("a", Kind::Numeric, 0, a),
            predictor("b", Kind::Numeric, 0, b),
            predictor("c", Kind::Binary, 2, c),
            predictor("d", Kind::Categorical, 3, d),
        ],
        interactions: Vec::new(),
        y,
    }
}

fn imputer(n_imputations: usize) -> Imputer {
    Imputer {
        params: ImputeParams {
            n_imputations,
            n_iterations: 5,
            ..ImputeParams::default()
        },
        shift: None,
    }
}

fn learnt(imputer: Imputer, sample: &Sample) -> Imputed {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let task = TaskHandle::unattended();
    imputer
        .learn(sample, &rows, Stream::new(1), &task)
        .expect("not cancelled")
}

fn is_whole(sample: &Sample) -> bool {
    let values = || sample.predictors.iter().flat_map(|p| &p.values);
    values().all(|value| value.is_finite())
}

#[test]
fn known_values_stay_and_gaps_get_values_that_were_seen() {
    let sample = sample(150, 1);
    let imputed = learnt(imputer(4), &sample);
    assert_eq!(imputed.completed.len(), 4);
    for completed in &imputed.completed {
        assert!(is_whole(completed));
        for (before, after) in sample.predictors.iter().zip(&completed.predictors) {
            for (old, new) in before.values.iter().zip(&after.values) {
                let is_kept = if old.is_nan() {
                    before.values.contains(new)
                } else {
                    old == new
                };
                assert!(is_kept, "{old} became {new}");
            }
        }
    }
    assert_ne!(imputed.completed[0], imputed.completed[1]);
}

#[test]
fn imputed_values_follow_the_other_predictors() {
    let sample = sample(600, 2);
    let imputed = learnt(imputer(5), &sample);
    for (at, slope) in [(1, 8.0), (2, 0.25), (3, 0.6)] {
        let missing = &imputed.missing[at];
        let completed = &imputed.completed[0].predictors;
        let (low, high): (Vec<usize>, Vec<usize>) = missing
            .iter()
            .partition(|&&row| completed[0].values[row] < 0.0);
        let of = |rows: &[usize]| {
            let values: Vec<f64> = rows.iter().map(|&row| completed[at].values[row]).collect();
            mean(&values).expect("some are missing")
        };
        assert!(
            of(&high) - of(&low) > slope,
            "{at}: {} {}",
            of(&low),
            of(&high)
        );
    }
}

#[test]
fn one_thread_and_two_impute_the_same() {
    let sample = sample(120, 3);
    let on = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build();
        pool.expect("a pool")
            .install(|| learnt(imputer(6), &sample))
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn a_patient_is_completed_from_own_values_alone() {
    let sample = sample(150, 4);
    let stored = learnt(imputer(5), &sample).stored;
    let rows: Vec<usize> = (0..150).collect();
    let together = stored.complete(&sample, &rows);
    assert_eq!(together.len(), 5);
    let row = rows
        .iter()
        .copied()
        .find(|&row| sample.gaps(row)[1])
        .expect("a gap");
    let mut other = sample.clone();
    other.y.iter_mut().for_each(|y| *y = !*y);
    let alone = stored.complete(&other, &[row]);
    for (together, alone) in together.iter().zip(&alone) {
        assert!(is_whole(together));
        for (together, alone) in together.predictors.iter().zip(&alone.predictors) {
            assert_eq!(together.values[row].to_bits(), alone.values[0].to_bits());
        }
    }
    let whole = rows
        .iter()
        .copied()
        .find(|&row| !sample.gaps(row).contains(&true));
    assert_eq!(
        stored
            .complete(&sample, &[whole.expect("a complete row")])
            .len(),
        1
    );
}

#[test]
fn a_number_is_never_imputed_beyond_what_was_seen_for_a_patient_to_come() {
    let sample = sample(100, 5);
    let stored = learnt(imputer(5), &sample).stored;
    let mut wild = sample.taken(&[0, 1]);
    wild.predictors[0].values = vec![1e300, -1e300];
    wild.predictors[1].values = vec![f64::NAN; 2];
    wild.predictors[3].values = vec![f64::NAN; 2];
    let known = sample.predictors[1].known();
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for completed in stored.complete(&wild, &[0, 1]) {
        assert!(is_whole(&completed));
        assert!(
            completed.predictors[1]
                .values
                .iter()
                .all(|v| (low..=high).contains(v))
        );
    }
}

#[test]
fn hopeless_columns_leave_no_gap_and_end_in_no_panic() {
    let mut hopeless = sample(30, 7);
    let n = hopeless.n_rows();
    let a = hopeless.predictors[0].values.clone();
    let mut one = vec![f64::NAN; n];
    one[4] = 3.0;
    let mut two = one.clone();
    two[9] = 8.0;
    let mut constant = vec![7.0; n];
    constant[2] = f64::NAN;
    let mut copy = a.clone();
    copy[5] = f64::NAN;
    let huge: Vec<f64> = a.iter().map(|a| a * 1e200).collect();
    for (name, kind, levels, values) in [
        ("nothing", Kind::Numeric, 0, vec![f64::NAN; n]),
        ("no level", Kind::Categorical, 3, vec![f64::NAN; n]),
        ("one", Kind::Numeric, 0, one),
        ("two", Kind::Numeric, 0, two),
        ("constant", Kind::Numeric, 0, constant),
        ("copy", Kind::Numeric, 0, copy.clone()),
        ("copy again", Kind::Numeric, 0, copy),
        ("huge", Kind::Numeric, 0, huge),
    ] {
        hopeless
            .predictors
            .push(predictor(name, kind, levels, values));
    }
    // More columns than rows.
    for at in 0..40 {
        let mut values: Vec<f64> = a.iter().map(|a| (a * f64::from(at)).sin()).collect();
        values[at as usize % n] = f64::NAN;
        hopeless
            .predictors
            .push(predictor("many", Kind::Numeric, 0, values));
    }
    let rows: Vec<usize> = (0..n).collect();
    for kept in [rows.clone(), vec![0, 1, 2], vec![4; 5]] {
        let task = TaskHandle::unattended();
        let imputed = imputer(2)
            .learn(&hopeless, &kept, Stream::new(2), &task)
            .expect("not cancelled");
        assert!(imputed.completed.iter().all(is_whole));
        assert!(
            imputed
                .stored
                .complete(&hopeless, &rows)
                .iter()
                .all(is_whole)
        );
    }
}

#[test]
fn without_gaps_there_is_one_completed_sample_and_no_trace() {
    let mut whole = sample(80, 8);
    whole.predictors.truncate(1);
    let imputed = learnt(imputer(5), &whole);
    assert_eq!(imputed.completed, [whole]);
    assert!(imputed.traces.is_empty());
}

#[test]
fn traces_and_distributions_tell_of_every_imputed_predictor() {
    let sample = sample(200, 9);
    let imputed = learnt(imputer(3), &sample);
    let mut traced: Vec<usize> = imputed.traces.iter().map(|trace| trace.predictor).collect();
    traced.sort_unstable();
    assert_eq!(traced, [1, 2, 3]);
    for trace in &imputed.traces {
        assert_eq!((trace.means.len(), trace.means[0].len()), (3, 5));
        // The last round is what the completed samples hold.
        let missing = &imputed.missing[trace.predictor];
        let last = |row: &usize| imputed.completed[0].predictors[trace.predictor].values[*row];
        let values: Vec<f64> = missing.iter().map(last).collect();
        assert_eq!(trace.means[0][4], mean(&values).expect("gaps"));
        assert_eq!(trace.sds[0][4], sd(&values).expect("gaps"));
    }
    let rows: Vec<usize> = (0..200).collect();
    let distributions = imputed.distributions(&sample, &rows);
    assert_eq!(distributions.len(), 3);
    for distribution in &distributions {
        assert_eq!(distribution.n_observed + distribution.n_missing, 200);
        match &distribution.shape {
            Shape::Curves { observed, imputed } => {
                for curve in [observed, imputed] {
                    let step = curve[1].0 - curve[0].0;
                    let area: f64 = curve.iter().map(|point| point.1 * step).sum();
                    assert!((area - 1.0).abs() < 0.05, "area {area}");
                }
            }
            Shape::Shares { levels } => {
                let total: f64 = levels.iter().map(|level| level.1 + level.2).sum();
                assert!((total - 2.0).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn a_shift_moves_what_is_imputed_and_nothing_else() {
    let sample = sample(200, 10);
    let plain = learnt(imputer(3), &sample);
    let shifted = Imputer {
        shift: Some(Shift {
            predictor: 1,
            delta: -15.0,
        }),
        ..imputer(3)
    };
    let shifted = learnt(shifted, &sample);
    let mean_of = |imputed: &Imputed| {
        let values = &imputed.completed[0].predictors[1].values;
        let missing: Vec<f64> = imputed.missing[1].iter().map(|&row| values[row]).collect();
        mean(&missing).expect("gaps")
    };
    assert!((mean_of(&shifted) - mean_of(&plain) + 15.0).abs() < 3.0);
    for (row, value) in sample.predictors[1].values.iter().enumerate() {
        if !value.is_nan() {
            assert_eq!(shifted.completed[0].predictors[1].values[row], *value);
        }
    }
}

#[test]
fn a_cancelled_imputation_stops() {
    let sample = sample(60, 11);
    let task = TaskHandle::unattended();
    task.cancel();
    let rows: Vec<usize> = (0..60).collect();
    let stopped = imputer(3).learn(&sample, &rows, Stream::new(1), &task);
    assert_eq!(stopped, Err(Cancelled));
}
