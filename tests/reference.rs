//! Our numbers against R and scikit-learn: cross-validation, sample size, splines.
//! Tolerances and conventions are those of `tests/reference/README.md`.

mod units;

use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::sample_size::{Question, max_r2_cox_snell, r2_from_auc, required};
use prognostim::design::{Coding, Curve, DesignMap, Form, Predictor, Sample};
use prognostim::learn::{ForestParams, PenaltyParams, Recalibration};
use prognostim::recipe::{Learner, MissingPlan, Recipe};
use prognostim::validate::resample::{cross_validated, cross_validation, refit};
use prognostim::validate::{Measure, Plan};
use serde_json::Value;
use units::{close, expected, numbers, sample};

/// Those with expected numbers of a cross-validation.
const UNITS: [&str; 2] = ["birthwt", "kyphosis"];

#[test]
fn cross_validation_equals_r_within_four_standard_deviations() {
    for unit in UNITS {
        let sample = sample(unit);
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        };
        let plan = Plan {
            n_repeats: 20,
            n_folds: 10,
            ..Plan::default()
        };
        let repeats = cross_validation(&sample.y, &plan, Stream::new(3));
        let found: Vec<Vec<_>> = repeats
            .iter()
            .map(|splits| {
                refit(
                    &recipe,
                    &sample,
                    splits,
                    Stream::new(4),
                    &TaskHandle::unattended(),
                    |_, fitted, split| (split.test.clone(), fitted.predict(&sample, &split.test)),
                )
                .unwrap()
            })
            .collect();
        let found = cross_validated(&sample.y, &found).unwrap();
        let reference = expected(&format!("{unit}.cv.json"));
        let theirs = &reference["ml_logistic"];
        for (measure, key) in [
            (Measure::Auc, "auc_mean_of_folds"),
            (Measure::Brier, "brier"),
        ] {
            let sd = theirs[key]["sd"].as_f64().unwrap();
            close(
                &format!("{unit} {key}"),
                found.mean[&measure].0,
                &theirs[key]["mean"],
                4.0 * sd,
            );
        }
    }
}

#[test]
fn sample_sizes_equal_pmsampsize() {
    let reference = expected("sample_size.json");
    let groups = ["published_examples_reproduced", "scenarios"];
    let scenarios: Vec<&Value> = groups
        .iter()
        .flat_map(|group| reference[group].as_array().unwrap())
        .collect();
    assert_eq!(scenarios.len(), 6);
    for scenario in scenarios {
        let of = |key: &str| scenario[key].as_f64();
        let phi = of("prevalence").unwrap();
        let by_auc = of("c_statistic").map(|auc| r2_from_auc(auc, phi).unwrap());
        let r2 = by_auc.or(of("cox_snell_r2_used")).unwrap();
        close(
            "largest R2",
            max_r2_cox_snell(phi),
            &scenario["max_cox_snell_r2"],
            1e-12,
        );
        let question = Question {
            n_parameters: of("parameters").unwrap() as usize,
            event_rate: phi,
            r2_cox_snell: r2,
        };
        let ours = required(&question)
            .unwrap()
            .criteria()
            .map(|(_, n)| n as f64);
        for (ours, theirs) in ours.into_iter().zip(numbers(&scenario["ceilings"])) {
            let tolerance = if by_auc.is_some() {
                0.005 * theirs
            } else {
                0.0
            };
            assert!(
                (ours - theirs).abs() <= tolerance,
                "{scenario}: ours {ours}"
            );
        }
    }
}

#[test]
fn splines_are_those_of_rms() {
    let file = expected("rcs.json");
    let tolerance = file["tolerance"].as_f64().unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 20);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let n_knots = case["n_knots"].as_u64().unwrap() as u8;
        let values = numbers(&case["x"]);
        let n = values.len();
        let rows: Vec<usize> = (0..n).collect();
        let spline = Predictor {
            name: name.to_owned(),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form {
                curve: Curve::Spline(n_knots),
                ..Form::default()
            },
            values,
        };
        let sample = Sample {
            predictors: vec![spline],
            interactions: Vec::new(),
            y: vec![true; n],
        };
        let map = DesignMap::learn(&sample, &rows, Coding::Treatment);
        let columns = case["columns"].as_array().unwrap();
        let seen: Vec<usize> = (0..columns.len()).collect();
        let ours = map.matrix(&sample, &seen);
        for (row, theirs) in columns.iter().enumerate() {
            let (ours, theirs) = (ours.row(row), numbers(theirs));
            assert_eq!(ours.len(), theirs.len(), "{name}, {n_knots} knots");
            for (a, b) in ours.iter().zip(&theirs) {
                let scale = tolerance * b.abs().max(1.0);
                assert!(
                    (a - b).abs() <= scale,
                    "{name}, {n_knots} knots: {a} and {b}"
                );
            }
        }
    }
}
