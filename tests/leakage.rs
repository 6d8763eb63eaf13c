//! Nothing is learnt from a row that is not trained on: for every learner and every treatment of gaps.

#![expect(clippy::unwrap_used, reason = "a test may")]

use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::{Curve, Form, Predictor, Sample};
use prognostim::impute::{ImputeParams, Imputer};
use prognostim::learn::{ForestParams, PenaltyParams, Recalibration};
use prognostim::recipe::{Fitted, Learner, MissingPlan, Predictions, Recipe};
use prognostim::validate::Plan;
use prognostim::validate::measures::auc;
use prognostim::validate::resample::{Split, bootstraps, cross_validation, half_samples, refit};

const N: usize = 160;

/// Numbers, a binary and levels with gaps; the outcome follows the first.
fn sample() -> Sample {
    let mut rng = Stream::new(31).rng();
    let a: Vec<f64> = (0..N).map(|_| rng.normal()).collect();
    let y: Vec<bool> = a.iter().map(|a| rng.normal() < *a).collect();
    let mut predictor = |name: &str, n_levels: usize, curve: Curve| {
        let value = |a: &f64| match n_levels {
            0 => 30.0 + 5.0 * a + 5.0 * rng.normal(),
            _ if rng.uniform() < 0.5 => f64::from(u8::from(*a > 0.0)),
            _ => rng.below(n_levels) as f64,
        };
        let values: Vec<f64> = a.iter().map(value).collect();
        let kind = match n_levels {
            0 => Kind::Numeric,
            2 => Kind::Binary,
            _ => Kind::Categorical,
        };
        let values = values
            .into_iter()
            .map(|value| if rng.uniform() < 0.2 { f64::NAN } else { value })
            .collect();
        Predictor {
            name: name.to_owned(),
            kind,
            levels: (0..n_levels).map(|level| format!("l{level}")).collect(),
            form: Form {
                curve,
                reference: None,
                least: 20,
            },
            values,
        }
    };
    // Everything that a design can learn: knots, the shift of a logarithm, rare levels, products.
    let predictors = vec![
        predictor("pain", 0, Curve::Spline(4)),
        predictor("age", 0, Curve::Log),
        predictor("sex", 2, Curve::Linear),
        predictor("work", 4, Curve::Linear),
    ];
    Sample {
        predictors,
        interactions: vec![(0, 2), (2, 3)],
        y,
    }
}

/// Every recipe: each learner with each treatment of gaps, and each recalibration.
fn recipes() -> Vec<Recipe> {
    let multiple = ImputeParams {
        n_imputations: 3,
        n_iterations: 2,
        ..ImputeParams::default()
    };
    let plans = [MissingPlan::Single, MissingPlan::Multiple(multiple)];
    let with = |learner: Learner| {
        plans.map(|missing| Recipe {
            learner,
            forest: ForestParams {
                n_trees: 30,
                ..ForestParams::default()
            },
            penalty: PenaltyParams::default(),
            missing,
            recalibration: Recalibration::None,
        })
    };
    let plain: Vec<Recipe> = Learner::ALL.into_iter().flat_map(with).collect();
    // Each recalibration, on a model of either kind.
    let recalibrated = [Learner::Ridge, Learner::Forest]
        .into_iter()
        .flat_map(|learner| {
            let recipe = with(learner)[0];
            let kinds = Recalibration::ALL.into_iter().skip(1);
            kinds.map(move |recalibration| Recipe {
                recalibration,
                ..recipe
            })
        });
    plain.iter().copied().chain(recalibrated).collect()
}

fn fitted(recipe: &Recipe, sample: &Sample, train: &[usize]) -> Fitted {
    let task = TaskHandle::unattended();
    recipe.fit(sample, train, Stream::new(5), &task).unwrap()
}

/// A split of each kind that validation uses.
fn splits(y: &[bool]) -> Vec<Split> {
    let stream = Stream::new(6);
    let plan = Plan::default();
    vec![
        cross_validation(y, &plan, stream)[0][0].clone(),
        bootstraps(y, 1, stream)[0].clone(),
        half_samples(y, 1, stream)[0].clone(),
    ]
}

/// The sample with other values in these rows: huge, negative, missing, a level that no one has.
fn corrupted(sample: &Sample, rows: &[usize]) -> Sample {
    let mut corrupted = sample.clone();
    for (at, &row) in rows.iter().enumerate() {
        for predictor in &mut corrupted.predictors {
            predictor.values[row] = [1e12, -1e12, f64::NAN, 3.0][at % 4];
        }
    }
    corrupted
}

#[test]
fn permuting_the_outcome_of_test_rows_changes_nothing_that_was_learnt() {
    let sample = sample();
    for split in splits(&sample.y) {
        let mut permuted = sample.clone();
        let mut moved: Vec<bool> = sample.y_of(&split.test);
        Stream::new(9).rng().shuffle(&mut moved);
        split
            .test
            .iter()
            .zip(&moved)
            .for_each(|(&row, &y)| permuted.y[row] = y);
        assert_ne!(permuted.y, sample.y);
        for recipe in recipes() {
            let (before, after) = (
                fitted(&recipe, &sample, &split.train),
                fitted(&recipe, &permuted, &split.train),
            );
            assert_eq!(before, after, "{recipe:?}");
            // Nor does a patient's own outcome help to fill a gap.
            let predictions = before.predict(&sample, &split.test);
            assert_eq!(predictions, after.predict(&permuted, &split.test));
        }
    }
}

#[test]
fn corrupting_the_values_of_test_rows_changes_neither_the_fit_nor_other_predictions() {
    let sample = sample();
    for split in splits(&sample.y) {
        let (wild, others) = split.test.split_at(split.test.len() / 2);
        let corrupted = corrupted(&sample, wild);
        for recipe in recipes() {
            let before = fitted(&recipe, &sample, &split.train);
            let after = fitted(&recipe, &corrupted, &split.train);
            assert_eq!(before, after, "{recipe:?}");
            // All test rows at once, the wild ones among them.
            let all = after.predict(&corrupted, &split.test);
            assert!(all.risks.iter().all(|risk| (0.0..=1.0).contains(risk)));
            let others = before.predict(&sample, others);
            assert_eq!(all.risks[wild.len()..], others.risks, "{recipe:?}");
            assert_eq!(all.between[wild.len()..], others.between);
        }
    }
}

#[test]
fn validation_predicts_as_a_new_patient_is_predicted() {
    let sample = sample();
    let split = &splits(&sample.y)[0];
    let (stream, task) = (Stream::new(7), TaskHandle::unattended());
    for recipe in recipes() {
        let splits = std::slice::from_ref(split);
        let validated: Vec<Option<Predictions>> = refit(
            &recipe,
            &sample,
            splits,
            stream,
            &task,
            |_, fitted, split| fitted.predict(&sample, &split.test),
        )
        .unwrap();
        let validated = validated[0].as_ref().unwrap();
        let model = recipe
            .fit(&sample, &split.train, stream.at(0), &task)
            .unwrap();
        for (at, &row) in split.test.iter().enumerate() {
            // Someone new: alone in a sample, the outcome not known (any word will do).
            let mut new = sample.taken(&[row]);
            new.y = vec![at % 2 == 0];
            let met = model.predict(&new, &[0]);
            assert_eq!(met.risks[0], validated.risks[at], "{recipe:?}");
            assert_eq!(met.between[0], validated.between[at], "{recipe:?}");
        }
    }
}

#[test]
fn a_patient_with_gaps_has_a_spread_between_imputations_and_others_have_none() {
    let sample = sample();
    let rows: Vec<usize> = (0..N).collect();
    for recipe in recipes() {
        let predictions = fitted(&recipe, &sample, &rows).predict(&sample, &rows);
        for (&row, between) in rows.iter().zip(&predictions.between) {
            let is_imputed =
                recipe.missing != MissingPlan::Single && sample.gaps(row).contains(&true);
            assert!(is_imputed || *between == 0.0, "{recipe:?} {row}");
        }
        if recipe.missing != MissingPlan::Single {
            let n_wider = predictions.between.iter().filter(|b| **b > 0.0).count();
            assert!(n_wider > N / 4, "{n_wider}");
        }
    }
}

#[test]
fn a_recalibration_of_a_forest_is_shown_without_the_patients_own_outcome() {
    let sample = sample();
    let rows: Vec<usize> = (0..N).collect();
    for recipe in recipes()
        .into_iter()
        .filter(|recipe| recipe.learner == Learner::Forest)
    {
        let forest = fitted(&recipe, &sample, &rows);
        let Some(recalibrated) = &forest.recalibrated else {
            continue;
        };
        let plain = Recipe {
            recalibration: Recalibration::None,
            ..recipe
        };
        let grown = fitted(&plain, &sample, &rows).out_of_bag().unwrap();
        let shown = forest.out_of_bag().unwrap();
        let by_all = recalibrated
            .calibrator
            .linear_predictor(grown.linear_predictors[7]);
        assert_ne!(shown.linear_predictors[7], by_all, "{recipe:?}");
        assert!((shown.linear_predictors[7] - by_all).abs() < 3.0);
    }
}

#[test]
fn imputed_noise_looks_like_noise_out_of_bag() {
    // Two in three values missing and nothing to be learnt: imputed with their outcome they carry
    // it, so that trees judged on such values would seem to predict.
    let mut rng = Stream::new(12).rng();
    let y: Vec<bool> = (0..300).map(|_| rng.uniform() < 0.5).collect();
    let predictors = (0..6)
        .map(|at| Predictor {
            name: format!("noise {at}"),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values: (0..300)
                .map(|_| {
                    let value = rng.normal();
                    if rng.uniform() < 0.66 {
                        f64::NAN
                    } else {
                        value
                    }
                })
                .collect(),
        })
        .collect();
    let sample = Sample {
        predictors,
        interactions: Vec::new(),
        y,
    };
    let params = ImputeParams {
        n_imputations: 10,
        n_iterations: 5,
        ..ImputeParams::default()
    };
    let recipe = Recipe {
        learner: Learner::Forest,
        forest: ForestParams {
            n_trees: 200,
            ..ForestParams::default()
        },
        penalty: PenaltyParams::default(),
        missing: MissingPlan::Multiple(params),
        recalibration: Recalibration::None,
    };
    let rows: Vec<usize> = (0..300).collect();
    let mut fitted = fitted(&recipe, &sample, &rows);
    let out_of_bag = |fitted: &Fitted| {
        let seen = fitted.out_of_bag().unwrap();
        auc(&seen.linear_predictors, &sample.y).unwrap()
    };
    let honest = out_of_bag(&fitted);
    assert!((0.35..0.6).contains(&honest), "{honest}");
    // The same trees on the values that they were grown on.
    let imputer = Imputer {
        params,
        shift: None,
    };
    let (stream, task) = (Stream::new(5).named("imputation"), TaskHandle::unattended());
    let imputed = imputer.learn(&sample, &rows, stream, &task).unwrap();
    let completed = imputed.completed.iter();
    fitted.matrices = completed.map(|one| fitted.map.matrix(one, &rows)).collect();
    let flattering = out_of_bag(&fitted);
    assert!(flattering > honest + 0.05, "{flattering} {honest}");
}
