//! Our numbers against R and scikit-learn: measures, resampling, forest, sample size, splines.
//! Tolerances and conventions are those of `tests/reference/README.md`.

mod units;

use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::sample_size::{Question, max_r2_cox_snell, r2_from_auc, required};
use prognostim::design::{Coding, Curve, DesignMap, Form, Predictor, Sample};
use prognostim::learn::{ForestParams, PenaltyParams};
use prognostim::recipe::{Learner, MissingPlan, Predictions, Recipe};
use prognostim::validate::measures::{
    auc, brier, calibration_errors, calibration_in_the_large, calibration_slope, delong, log_loss,
    scaled_brier,
};
use prognostim::validate::resample::{cross_validated, cross_validation, optimism, refit};
use prognostim::validate::{Measure, Plan, curves};
use serde_json::Value;
use units::{close, expected, numbers, sample};

const UNITS: [&str; 2] = ["birthwt", "kyphosis"];

#[test]
fn measures_equal_r() {
    for unit in UNITS {
        let reference = expected(&format!("{unit}.apparent_performance.json"));
        let y: Vec<bool> = numbers(&reference["y"]).iter().map(|v| *v == 1.0).collect();
        let logit = numbers(&reference["logit_apparent"]);
        let vectors = [
            ("apparent", logit.clone()),
            ("distorted", logit.iter().map(|lp| 0.3 + 0.6 * lp).collect()),
        ];
        for (name, lp) in vectors {
            let theirs = &reference[name];
            let predictions = Predictions::from_linear_predictors(lp);
            let (lp, p) = (&predictions.linear_predictors, &predictions.risks);
            close("auc", auc(lp, &y).unwrap(), &theirs["auc"]["est"], 1e-10);
            close(
                "delong",
                delong(lp, &y).unwrap().1,
                &theirs["auc"]["delong_se"],
                1e-10,
            );
            close("brier", brier(p, &y).unwrap(), &theirs["brier"], 1e-10);
            close(
                "scaled brier",
                scaled_brier(p, &y).unwrap(),
                &theirs["scaled_brier"],
                1e-10,
            );
            close(
                "log loss",
                log_loss(p, &y).unwrap(),
                &theirs["log_loss"],
                1e-10,
            );
            let (a, a_se) = calibration_in_the_large(lp, &y).unwrap();
            let citl = &theirs["calibration_in_the_large"];
            close("intercept", a, &citl["est"], 1e-6);
            close("intercept se", a_se, &citl["se"], 1e-6);
            let (b, b_se) = calibration_slope(lp, &y).unwrap();
            let slope = &theirs["calibration_slope"];
            close("slope", b, &slope["est"], 1e-6);
            close("slope se", b_se, &slope["se"], 1e-6);
            let errors = calibration_errors(p, &y).unwrap();
            let loess = &theirs["loess_direct"];
            close("ici", errors.ici, &loess["ici"], 1e-8);
            close("e50", errors.e50, &loess["e50"], 1e-8);
            close("e90", errors.e90, &loess["e90"], 1e-8);
            close("emax", errors.emax, &loess["emax"], 1e-8);
            for point in theirs["net_benefit"].as_array().unwrap() {
                let t = point["threshold"].as_f64().unwrap();
                let ours = curves::net_benefit(p.iter().map(|p| *p >= t), &y, t);
                close("net benefit", ours, &point["model"], 1e-10);
            }
            for point in theirs["classification"].as_array().unwrap() {
                let ours = curves::proportions(p, &y, point["threshold"].as_f64().unwrap());
                for (key, share) in [
                    ("sensitivity", ours.sensitivity),
                    ("specificity", ours.specificity),
                    ("ppv", ours.ppv),
                    ("npv", ours.npv),
                ] {
                    let theirs = &point[key];
                    match share {
                        Some(share) => {
                            close(key, share.estimate, &theirs["est"], 1e-10);
                            close(key, share.low, &theirs["lo"], 1e-10);
                            close(key, share.high, &theirs["hi"], 1e-10);
                        }
                        None => assert!(theirs["est"].is_null() || theirs.is_null()),
                    }
                }
            }
        }
    }
}

#[test]
fn harrell_optimism_equals_r_within_its_monte_carlo_error() {
    for unit in UNITS {
        let sample = sample(unit);
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
        };
        let found = optimism(
            &recipe,
            &sample,
            1000,
            Stream::new(1),
            &TaskHandle::unattended(),
        )
        .unwrap();
        assert_eq!(found.n_failed, 0);
        let reference = expected(&format!("{unit}.bootstrap_optimism.json"));
        for (measure, key) in [
            (Measure::Auc, "auc"),
            (Measure::Brier, "brier"),
            (Measure::ScaledBrier, "scaled_brier"),
            (Measure::CalibrationSlope, "slope"),
            (Measure::CalibrationIntercept, "citl"),
        ] {
            let theirs = &reference["harrell"][key];
            let tolerance = 4.0 * theirs["mc_se_of_one_run_B1000"].as_f64().unwrap();
            close(
                &format!("{unit} {key}"),
                found.mean[&measure].0,
                &theirs["optimism"],
                tolerance,
            );
        }
    }
}

#[test]
fn cross_validation_equals_r_within_four_standard_deviations() {
    for unit in UNITS {
        let sample = sample(unit);
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
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
