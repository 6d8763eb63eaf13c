//! Logistic regression against R (glm, brglm2, glmnet) and scikit-learn: every quantity of the files
//! `*.logistic_ml.json`, `*.ridge_lasso_enet.json`, `*.ridge_sklearn.json` and `separation.json` in
//! `tests/reference/expected`, within the tolerances of `tests/reference/README.md`.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod units;

use prognostim::base::num::{Matrix, Z_95};
use prognostim::design::Coding;
use prognostim::solve::{
    LogisticFit, Penalty, Standardised, Trouble, fit, fit_firth, group_test, profile_limits,
};
use serde_json::Value;
use units::{close, design, expected, numbers, sample};

const UNITS: [&str; 5] = [
    "birthwt",
    "kyphosis",
    "pima2",
    "breast_cancer",
    "breast_cancer_mean10",
];

/// A unit: design matrix, names of its columns, outcome.
fn unit(name: &str) -> (Matrix, Vec<String>, Vec<bool>) {
    let sample = sample(name);
    let (x, names) = design(&sample, Coding::Treatment);
    (x, names, sample.y)
}

fn is_separated(fit: &LogisticFit) -> bool {
    let mut troubles = fit.troubles.iter();
    troubles.any(|trouble| matches!(trouble, Trouble::Separated(_)))
}

/// Estimates, standard errors, Wald figures and profile limits of each term, the tolerances in standard errors.
fn terms_equal(
    what: &str,
    (x, names, y): &(Matrix, Vec<String>, Vec<bool>),
    fit: &LogisticFit,
    terms: &Value,
    (of_estimate, of_std_error, of_limit): (f64, f64, f64),
) {
    let limits = profile_limits(x, y, fit);
    assert_eq!(terms.as_object().unwrap().len(), names.len() + 1);
    for (at, (low, high)) in limits.into_iter().enumerate() {
        let j = at.checked_sub(1);
        let name = j.map_or("(Intercept)", |j| names[j].as_str());
        let theirs = &terms[name];
        let what = format!("{what} {name}");
        let std_error = theirs["se"].as_f64().unwrap();
        let estimate = j.map_or(fit.intercept, |j| fit.coefficients[j]);
        let ours = fit.std_error(j).unwrap();
        close(&what, estimate, &theirs["coef"], of_estimate * std_error);
        close(
            &format!("{what} se"),
            ours,
            &theirs["se"],
            of_std_error * std_error,
        );
        let z = theirs["z"].as_f64().unwrap();
        close(
            &format!("{what} z"),
            estimate / ours,
            &theirs["z"],
            10.0 * of_estimate * (1.0 + z.abs()),
        );
        let wald = 10.0 * of_estimate * std_error;
        close(
            &format!("{what} wald"),
            estimate - Z_95 * ours,
            &theirs["wald_lo"],
            wald,
        );
        close(
            &format!("{what} wald"),
            estimate + Z_95 * ours,
            &theirs["wald_hi"],
            wald,
        );
        let limit = of_limit * std_error;
        close(
            &format!("{what} low"),
            low.unwrap(),
            &theirs["profile_lo"],
            limit,
        );
        close(
            &format!("{what} high"),
            high.unwrap(),
            &theirs["profile_hi"],
            limit,
        );
    }
}

#[test]
fn maximum_likelihood_equals_glm_in_every_quantity() {
    for name in UNITS {
        let reference = expected(&format!("{name}.logistic_ml.json"));
        let ml = &reference["ml"];
        let data = unit(name);
        let (x, _, y) = &data;
        let fitted = fit(x, y, 0.0);
        if ml["exists"] == Value::Bool(false) {
            assert!(is_separated(&fitted) && !fitted.converged, "{name}");
            let deviance = -2.0 * fitted.log_likelihood;
            close(name, deviance, &ml["limiting_deviance"], 1e-3);
            continue;
        }
        assert!(
            fitted.converged && fitted.troubles.is_empty(),
            "{name}: {:?}",
            fitted.troubles
        );
        terms_equal(name, &data, &fitted, &ml["terms"], (1e-6, 1e-6, 1e-5));
        let order = x.k_cols + 1;
        let covariance = fitted.covariance.as_ref().unwrap();
        for (i, row) in ml["vcov"].as_array().unwrap().iter().enumerate() {
            for (j, theirs) in numbers(row).into_iter().enumerate() {
                let scale = (covariance[i * (order + 1)] * covariance[j * (order + 1)]).sqrt();
                let gap = (covariance[i * order + j] - theirs).abs();
                assert!(
                    gap < 1e-6 * theirs.abs().max(1e-3 * scale),
                    "{name} covariance {i} {j}"
                );
            }
        }
        close("loglik", fitted.log_likelihood, &ml["loglik"], 1e-8);
        let null = fitted.counts.null_log_likelihood();
        close("null", null, &ml["null_loglik"], 1e-8);
        close("null deviance", -2.0 * null, &ml["null_deviance"], 2e-8);
        close(
            "deviance",
            -2.0 * fitted.log_likelihood,
            &ml["deviance"],
            2e-8,
        );
        close("aic", fitted.aic().unwrap(), &ml["aic"], 2e-8);
        close("bic", fitted.bic().unwrap(), &ml["bic"], 2e-8);
        let all: Vec<usize> = (0..x.k_cols).collect();
        let test = group_test(x, y, &fitted, &all).unwrap();
        close("chi2", test.chi2, &ml["lr_chi2"], 4e-8);
        close("df", test.df as f64, &ml["lr_df"], 0.0);
        close(
            "p",
            test.p,
            &ml["lr_p"],
            1e-6 * ml["lr_p"].as_f64().unwrap(),
        );
        let keys = ["r2_mcfadden", "r2_cox_snell", "r2_nagelkerke"];
        for (key, ours) in keys.into_iter().zip(fitted.r2().unwrap()) {
            close(key, ours, &ml[key], 1e-9);
        }
    }
}

#[test]
fn firth_equals_brglm2_and_its_profile_that_of_the_full_penalty() {
    for name in UNITS {
        let reference = expected(&format!("{name}.logistic_ml.json"));
        let firth = &reference["firth"];
        let data = unit(name);
        let fitted = fit_firth(&data.0, &data.2);
        assert_eq!(fitted.penalty, Penalty::Jeffreys);
        if firth["unique_maximum"] == Value::Bool(false) {
            // Several local maxima: whatever is found comes with a warning.
            assert!(is_separated(&fitted), "{name}");
            continue;
        }
        assert!(
            fitted.converged && fitted.troubles.is_empty(),
            "{name}: {:?}",
            fitted.troubles
        );
        terms_equal(name, &data, &fitted, &firth["terms"], (1e-5, 1e-5, 1e-4));
        close("loglik", fitted.log_likelihood, &firth["loglik"], 1e-7);
        let penalised = fitted.penalised_log_likelihood.unwrap();
        close(
            "penalised",
            penalised,
            &firth["penalised_loglik_original_scale"],
            1e-7,
        );
    }
}

#[test]
fn separation_is_recognised_exactly_where_a_linear_programme_finds_it() {
    let reference = expected("separation.json");
    for name in UNITS {
        let (x, _, y) = unit(name);
        let theirs = reference[name]["separation"].as_str().unwrap();
        assert_eq!(is_separated(&fit(&x, &y, 0.0)), theirs != "none", "{name}");
    }
}

/// Coefficients times the standard deviation of their columns, against the polished solution.
fn solution_equals(
    what: &str,
    ours: &LogisticFit,
    theirs: &Value,
    scale: &[f64],
    (alpha, tolerance): (f64, f64),
) {
    assert!(
        ours.converged && ours.covariance.is_none(),
        "{what}: {:?}",
        ours.troubles
    );
    let lambda = theirs["lambda"].as_f64().unwrap();
    assert_eq!(ours.penalty, Penalty::ElasticNet { alpha, lambda });
    let coefficients = numbers(&theirs["coef"]);
    for (j, (a, b)) in ours.coefficients.iter().zip(&coefficients).enumerate() {
        let gap = (a - b).abs() * scale[j];
        assert!(gap < tolerance, "{what} column {j}: {a} {b}");
        let is_clear = (b * scale[j]).abs() > 1e-4 || (a * scale[j]).abs() > 1e-4;
        assert!(
            !is_clear || (*a == 0.0) == (*b == 0.0),
            "{what} column {j}: {a} {b}"
        );
    }
    let penalty: f64 = ours
        .coefficients
        .iter()
        .zip(scale)
        .map(|(b, s)| (1.0 - alpha) / 2.0 * (b * s).powi(2) + alpha * (b * s).abs())
        .sum();
    let objective = lambda * penalty - ours.log_likelihood / ours.counts.n;
    close(
        &format!("{what} objective"),
        objective,
        &theirs["objective"],
        1e-8,
    );
}

#[test]
fn ridge_lasso_and_elastic_net_reach_the_polished_solutions_of_glmnet() {
    for name in UNITS {
        let (x, _, y) = unit(name);
        let reference = expected(&format!("{name}.ridge_lasso_enet.json"));
        let scale = numbers(&reference["column_sd_divisor_n"]);
        let lambdas = numbers(&reference["lambda"]);
        assert_eq!(lambdas.len(), 10);
        // Collinear columns leave the objective flat.
        let tolerance = if name.starts_with("breast") {
            1e-3
        } else {
            1e-5
        };
        let problem = Standardised::new(&x, &y);
        let first = problem.path(1.0)[0].lambda;
        close(
            "largest penalty",
            first,
            &reference["lambda_max_alpha1"],
            1e-12,
        );
        for (key, fits) in reference["alpha"].as_object().unwrap() {
            let alpha: f64 = key.parse().unwrap();
            let path = problem.path_at(alpha, &lambdas);
            for (theirs, from) in fits.as_array().unwrap().iter().zip(&path) {
                let ours = problem.fit_elastic_net(alpha, from);
                let what = format!("{name}, alpha {alpha}, lambda {}", from.lambda);
                solution_equals(&what, &ours, theirs, &scale, (alpha, tolerance));
            }
        }
    }
}

#[test]
fn ridge_equals_scikit_learn() {
    for name in UNITS {
        let (x, _, y) = unit(name);
        let reference = expected(&format!("{name}.ridge_sklearn.json"));
        for theirs in reference["solutions"].as_array().unwrap() {
            let lambda = 1.0 / (y.len() as f64 * theirs["C"].as_f64().unwrap());
            close("lambda", lambda, &theirs["equivalent_glmnet_lambda"], 1e-12);
            let ours = fit(&x, &y, lambda);
            let raw = numbers(&theirs["coef_raw"]);
            let standardised = numbers(&theirs["coef_standardised"]);
            for (j, ours) in ours.coefficients.iter().enumerate() {
                let scale = standardised[j] / raw[j];
                let gap = (ours - raw[j]).abs() * scale.abs();
                assert!(gap < 1e-7, "{name} column {j}: {gap}");
            }
            close(name, ours.intercept, &theirs["intercept_raw"], 1e-6);
        }
    }
}
