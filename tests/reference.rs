//! Our numbers against R and scikit-learn: every quantity of the files in `tests/reference/expected`.
//! Tolerances and conventions are those of `tests/reference/README.md`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::path::PathBuf;

use prognostim::base::num::Matrix;
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::sample_size::{Question, max_r2_cox_snell, r2_from_auc, required};
use prognostim::design::{Coding, Curve, DesignMap, Form, Predictor, Sample};
use prognostim::learn::ForestParams;
use prognostim::recipe::{Learner, MissingPlan, Predictions, Recipe};
use prognostim::solve::{Trouble, fit};
use prognostim::validate::measures::{
    auc, brier, calibration_errors, calibration_in_the_large, calibration_slope, delong, log_loss,
    scaled_brier,
};
use prognostim::validate::resample::{cross_validated, cross_validation, optimism, refit};
use prognostim::validate::{Measure, Plan, curves};
use serde_json::Value;

const UNITS: [&str; 2] = ["birthwt", "kyphosis"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

fn expected(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join("expected").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

/// The unit's data as the manifest describes them; categorical levels sorted, the first the reference.
fn sample(unit: &str) -> Sample {
    let text = std::fs::read_to_string(folder().join("data/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let units = manifest["units"].as_array().unwrap();
    let spec = units.iter().find(|spec| spec["id"] == unit).unwrap();
    let file = spec["file"].as_str().unwrap();
    let mut reader = csv::Reader::from_path(folder().join("data").join(file)).unwrap();
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| -> Vec<&str> {
        let at = headers.iter().position(|h| h == name).unwrap();
        rows.iter().map(|row| row.get(at).unwrap()).collect()
    };
    let names = |key: &str| -> Vec<String> {
        match &spec[key] {
            Value::Array(all) => all.iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
            Value::String(one) => vec![one.clone()],
            _ => Vec::new(),
        }
    };
    let positive = match &spec["positive"] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let categorical = names("categorical");
    let predictors = names("predictors")
        .into_iter()
        .map(|name| {
            let cells = column(&name);
            if categorical.contains(&name) {
                let mut levels: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
                levels.sort();
                levels.dedup();
                let values = cells
                    .iter()
                    .map(|c| levels.iter().position(|l| l == c).unwrap() as f64)
                    .collect();
                Predictor {
                    name,
                    kind: Kind::Categorical,
                    levels,
                    form: Form::default(),
                    values,
                }
            } else {
                let values = cells.iter().map(|c| c.parse().unwrap()).collect();
                Predictor {
                    name,
                    kind: Kind::Numeric,
                    levels: Vec::new(),
                    form: Form::default(),
                    values,
                }
            }
        })
        .collect();
    Sample {
        predictors,
        interactions: Vec::new(),
        y: column(spec["outcome"].as_str().unwrap())
            .iter()
            .map(|c| *c == positive)
            .collect(),
    }
}

fn design(sample: &Sample, coding: Coding) -> (Matrix, Vec<String>) {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let map = DesignMap::learn(sample, &rows, coding);
    let names = map
        .columns
        .iter()
        .map(|column| {
            let predictor = &sample.predictors[column.predictor];
            match column.part {
                prognostim::design::Part::Level(at) => {
                    format!("{}[{}]", predictor.name, predictor.levels[at])
                }
                _ => predictor.name.clone(),
            }
        })
        .collect();
    (map.matrix(sample, &rows), names)
}

fn close(what: &str, ours: f64, theirs: &Value, tolerance: f64) {
    let theirs = theirs
        .as_f64()
        .unwrap_or_else(|| panic!("{what}: no reference number"));
    assert!(
        (ours - theirs).abs() <= tolerance,
        "{what}: ours {ours}, reference {theirs}"
    );
}

#[test]
fn maximum_likelihood_equals_glm() {
    for unit in UNITS {
        let sample = sample(unit);
        let (x, names) = design(&sample, Coding::Treatment);
        let fitted = fit(&x, &sample.y, 0.0);
        assert!(
            fitted.converged && fitted.troubles.is_empty(),
            "{unit}: {:?}",
            fitted.troubles
        );
        let reference = expected(&format!("{unit}.logistic_ml.json"));
        let ml = &reference["ml"];
        let terms = &ml["terms"];
        let columns = std::iter::once(("(Intercept)".to_owned(), None)).chain(
            names
                .into_iter()
                .enumerate()
                .map(|(j, name)| (name, Some(j))),
        );
        for (name, j) in columns {
            let term = if terms[&name].is_null() {
                &terms["intercept"]
            } else {
                &terms[&name]
            };
            let std_error = fitted.std_error(j).unwrap();
            let theirs = term["se"].as_f64().unwrap();
            let estimate = j.map_or(fitted.intercept, |j| fitted.coefficients[j]);
            close(
                &format!("{unit} {name}"),
                estimate,
                &term["coef"],
                1e-6 * theirs,
            );
            close(
                &format!("{unit} se of {name}"),
                std_error,
                &term["se"],
                1e-6 * theirs,
            );
        }
        close("log-likelihood", fitted.log_likelihood, &ml["loglik"], 1e-8);
        close(
            "null",
            fitted.counts.null_log_likelihood(),
            &ml["null_loglik"],
            1e-8,
        );
    }
}

#[test]
fn ridge_equals_scikit_learn_and_glmnet() {
    for unit in UNITS {
        let sample = sample(unit);
        let (x, names) = design(&sample, Coding::Treatment);
        let reference = expected(&format!("{unit}.ridge_lasso_enet.json"));
        let scale = numbers(&reference["column_sd_divisor_n"]);
        let fits = reference["alpha"]["0"].as_array().unwrap();
        assert_eq!(fits.len(), 10);
        for theirs in fits {
            let ours = fit(&x, &sample.y, theirs["lambda"].as_f64().unwrap());
            assert!(ours.converged && ours.covariance.is_none());
            for (j, coefficient) in numbers(&theirs["coef"]).into_iter().enumerate() {
                let gap = (ours.coefficients[j] - coefficient).abs() * scale[j];
                assert!(gap < 1e-5, "{unit} {}: {gap}", names[j]);
            }
            let n = sample.n_rows() as f64;
            let squares: f64 = ours
                .coefficients
                .iter()
                .zip(&scale)
                .map(|(b, s)| (b * s).powi(2))
                .sum();
            let objective = -ours.log_likelihood / n + ours.lambda / 2.0 * squares;
            close("objective", objective, &theirs["objective"], 1e-8);
        }
    }
}

#[test]
fn separation_is_recognised() {
    let reference = expected("separation.json");
    for unit in UNITS {
        let sample = sample(unit);
        let (x, _) = design(&sample, Coding::Treatment);
        let is_separated = fit(&x, &sample.y, 0.0)
            .troubles
            .iter()
            .any(|t| matches!(t, Trouble::Separated(_)));
        let theirs = reference[unit]["separation"].as_str().unwrap();
        assert_eq!(is_separated, theirs != "none", "{unit}");
    }
}

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
