//! Measures of performance and their bootstrap correction against R, by looping over the expected files; a figure
//! there that the test does not know fails it. Tolerances and conventions: `tests/reference/README.md`.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod units;

use std::collections::BTreeSet;

use prognostim::base::num::{quantile, risk_from_linear_predictor, wilson};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::design::Sample;
use prognostim::learn::{ForestParams, PenaltyParams, Recalibration};
use prognostim::recipe::{Learner, MissingPlan, Predictions, Recipe};
use prognostim::validate::curves::{self, SplineFit};
use prognostim::validate::measures::{
    CalibrationErrors, auc_difference, auc_limits, calibration_errors, calibration_in_the_large,
    calibration_slope, delong, oe_limits, recalibration,
};
use prognostim::validate::resample::{bootstraps, optimism, refit, rule_632};
use prognostim::validate::venn_abers::venn_abers;
use prognostim::validate::{Loess, Measure, performance};
use serde_json::Value;
use units::{close, expected, folder, numbers, sample};

/// Names of the expected files of a kind, at least as many as there were when the test was written.
fn files(kind: &str, least: usize) -> Vec<String> {
    let entries = std::fs::read_dir(folder().join("expected")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(&format!(".{kind}.json")))
        .collect();
    names.sort();
    assert!(names.len() >= least, "{names:?}");
    names
}

/// Fails on a key that is not known.
fn assert_known(what: &str, value: &Value, known: &[&str]) {
    let known: BTreeSet<&str> = known.iter().copied().collect();
    for key in value.as_object().unwrap().keys() {
        assert!(
            known.contains(key.as_str()),
            "{what}: nobody compares {key}"
        );
    }
}

/// What describes a unit, and no figure.
const ABOUT: [&str; 11] = [
    "unit",
    "data_file",
    "outcome",
    "positive",
    "n_file",
    "n",
    "events",
    "p_predictors",
    "p_columns",
    "reference_levels",
    "versions",
];

#[test]
fn measures_equal_r() {
    for name in files("apparent_performance", 4) {
        let reference = expected(&name);
        let own = [
            "apparent",
            "distorted",
            "row_in_file",
            "y",
            "logit_apparent",
            "p_apparent",
            "p_distorted",
        ];
        assert_known(&name, &reference, &[&ABOUT[..], &own[..]].concat());
        let y: Vec<bool> = numbers(&reference["y"]).iter().map(|v| *v == 1.0).collect();
        assert_eq!(
            reference["events"],
            y.iter().filter(|event| **event).count()
        );
        let apparent = numbers(&reference["logit_apparent"]);
        let distorted = apparent.iter().map(|lp| 0.3 + 0.6 * lp).collect();
        for (vector, lp) in [("apparent", apparent), ("distorted", distorted)] {
            let theirs = &reference[vector];
            let predictions = Predictions::from_linear_predictors(lp);
            for (ours, theirs) in predictions
                .risks
                .iter()
                .zip(numbers(&reference[format!("p_{vector}")]))
            {
                assert!((ours - theirs).abs() < 1e-12);
            }
            overall_and_discrimination(theirs, &predictions, &y);
            calibration(theirs, &predictions, &y);
            classification(theirs, &predictions.risks, &y);
            assert_known(
                &format!("{name} {vector}"),
                theirs,
                &[
                    "auc",
                    "brier",
                    "brier_null",
                    "scaled_brier",
                    "log_loss",
                    "calibration_in_the_large",
                    "calibration_slope",
                    "expected",
                    "observed",
                    "e_over_o",
                    "e_over_o_ci",
                    "loess_direct",
                    "loess_direct_clipped01",
                    "loess_range",
                    "rcs3",
                    "ns_df3",
                    "classification",
                    "net_benefit",
                    // Other smoothers, which we do not have: an approximation of ours, degree 1, lowess.
                    "loess_interpolate",
                    "loess_direct_degree1",
                    "lowess_iter0_f23",
                    // Says that rounding can't matter.
                    "smallest_distance_to_a_threshold",
                ],
            );
        }
    }
}

fn overall_and_discrimination(theirs: &Value, predictions: &Predictions, y: &[bool]) {
    let found = performance(predictions, y);
    let lp = &predictions.linear_predictors;
    let auc = &theirs["auc"];
    assert_known("auc", auc, &["est", "delong_se", "lo", "hi"]);
    close("auc", found[&Measure::Auc], &auc["est"], 1e-10);
    close("delong", delong(lp, y).unwrap().1, &auc["delong_se"], 1e-10);
    let (low, high) = auc_limits(found[&Measure::Auc], lp, y).unwrap();
    close("auc low", low, &auc["lo"], 1e-10);
    close("auc high", high, &auc["hi"], 1e-10);
    close("brier", found[&Measure::Brier], &theirs["brier"], 1e-10);
    let scaled = found[&Measure::ScaledBrier];
    close("scaled brier", scaled, &theirs["scaled_brier"], 1e-10);
    let null = found[&Measure::Brier] / (1.0 - scaled);
    close("brier of the rate", null, &theirs["brier_null"], 1e-10);
    close(
        "log loss",
        found[&Measure::LogLoss],
        &theirs["log_loss"],
        1e-10,
    );
}

fn calibration(theirs: &Value, predictions: &Predictions, y: &[bool]) {
    let (lp, p) = (&predictions.linear_predictors, &predictions.risks);
    let (a, a_se) = calibration_in_the_large(lp, y).unwrap();
    let citl = &theirs["calibration_in_the_large"];
    assert_known("in the large", citl, &["est", "se"]);
    close("intercept", a, &citl["est"], 1e-6);
    close("intercept se", a_se, &citl["se"], 1e-6);
    let (b, b_se) = calibration_slope(lp, y).unwrap();
    let slope = &theirs["calibration_slope"];
    let known = [
        "est",
        "se",
        "intercept_with_slope",
        "intercept_with_slope_se",
    ];
    assert_known("slope", slope, &known);
    close("slope", b, &slope["est"], 1e-6);
    close("slope se", b_se, &slope["se"], 1e-6);
    let both = recalibration(lp, y).unwrap();
    close(
        "with slope",
        both.intercept,
        &slope["intercept_with_slope"],
        1e-6,
    );
    let se = both.std_error(None).unwrap();
    close("with slope se", se, &slope["intercept_with_slope_se"], 1e-6);

    let found = performance(predictions, y);
    let expected: f64 = p.iter().sum();
    close("expected", expected, &theirs["expected"], 1e-8);
    let observed = y.iter().filter(|event| **event).count() as f64;
    close("observed", observed, &theirs["observed"], 0.0);
    let oe = found[&Measure::OeRatio];
    close("E/O", 1.0 / oe, &theirs["e_over_o"], 1e-8);
    let limits = &theirs["e_over_o_ci"];
    assert_known("E/O", limits, &["lo", "hi", "se_log"]);
    let (low, high) = oe_limits(oe, y).unwrap();
    close("E/O low", 1.0 / high, &limits["lo"], 1e-8);
    close("E/O high", 1.0 / low, &limits["hi"], 1e-8);
    let se = (high / low).ln() / (2.0 * 1.959_963_984_540_054);
    close("E/O se", se, &limits["se_log"], 1e-8);

    let errors = calibration_errors(p, y).unwrap();
    assert_errors("loess", errors, &theirs["loess_direct"], 1e-8);
    for (measure, value) in errors.by_measure() {
        assert_eq!(found[&measure], value);
    }
    let smooth = Loess::new(p, y).unwrap().fitted();
    let range = &theirs["loess_range"];
    assert_known("range", range, &["min", "max"]);
    let least = smooth.iter().copied().fold(f64::INFINITY, f64::min);
    let most = smooth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    close("least", least, &range["min"], 1e-8);
    close("most", most, &range["max"], 1e-8);
    let clipped: Vec<f64> = smooth.iter().map(|c| c.clamp(0.0, 1.0)).collect();
    let clipped = CalibrationErrors::new(p, &clipped).unwrap();
    assert_errors("clipped", clipped, &theirs["loess_direct_clipped01"], 1e-8);
    splines(theirs, lp, y);
}

fn assert_errors(what: &str, ours: CalibrationErrors, theirs: &Value, tolerance: f64) {
    close(what, ours.ici, &theirs["ici"], tolerance);
    close(what, ours.e50, &theirs["e50"], tolerance);
    close(what, ours.e90, &theirs["e90"], tolerance);
    close(what, ours.emax, &theirs["emax"], tolerance);
}

/// A natural spline with three degrees of freedom is a restricted one with the boundary knots as outer ones.
fn splines(theirs: &Value, lp: &[f64], y: &[bool]) {
    let of = |name: &str, knots: &[f64]| {
        let fit = SplineFit::new(lp, y, knots.to_vec()).unwrap();
        let smooth: Vec<f64> = lp
            .iter()
            .map(|lp| risk_from_linear_predictor(fit.at(*lp).0))
            .collect();
        let p: Vec<f64> = lp
            .iter()
            .map(|lp| risk_from_linear_predictor(*lp))
            .collect();
        let errors = CalibrationErrors::new(&p, &smooth).unwrap();
        assert_errors(name, errors, &theirs[name], 1e-6);
        let deviance = smooth.iter().zip(y);
        let deviance: f64 = deviance
            .map(|(c, event)| -2.0 * if *event { *c } else { 1.0 - c }.ln())
            .sum();
        close(name, deviance, &theirs[name]["deviance"], 1e-6);
    };
    let at = |share: f64| quantile(lp, share).unwrap();
    let three = [at(0.1), at(0.5), at(0.9)];
    let known = ["ici", "e50", "e90", "emax", "knots", "deviance"];
    assert_known("rcs3", &theirs["rcs3"], &known);
    for (ours, theirs) in three.iter().zip(numbers(&theirs["rcs3"]["knots"])) {
        assert!((ours - theirs).abs() < 1e-8);
    }
    of("rcs3", &three);
    let known = ["ici", "e50", "e90", "emax", "knots", "boundary", "deviance"];
    assert_known("ns_df3", &theirs["ns_df3"], &known);
    of("ns_df3", &[at(0.0), at(1.0 / 3.0), at(2.0 / 3.0), at(1.0)]);
}

fn classification(theirs: &Value, p: &[f64], y: &[bool]) {
    for point in theirs["net_benefit"].as_array().unwrap() {
        assert_known(
            "net benefit",
            point,
            &["threshold", "model", "treat_all", "treat_none"],
        );
        let t = point["threshold"].as_f64().unwrap();
        let curve = curves::decision_curve(p, y, None);
        let ours = curve
            .iter()
            .find(|ours| (ours.threshold - t).abs() < 1e-9)
            .unwrap();
        close("net benefit", ours.model, &point["model"], 1e-10);
        close("of all", ours.treat_all, &point["treat_all"], 1e-10);
        close("of none", ours.treat_none, &point["treat_none"], 1e-10);
    }
    for point in theirs["classification"].as_array().unwrap() {
        let ours = curves::proportions(p, y, point["threshold"].as_f64().unwrap());
        let counts = ours.counts.unwrap();
        let (tp, fp) = (counts.true_positives, counts.false_positives);
        let (fn_, tn) = (counts.false_negatives, counts.true_negatives);
        for (key, count) in [("tp", tp), ("fp", fp), ("fn", fn_), ("tn", tn)] {
            assert_eq!(point[key], count);
        }
        let shares = [
            ("sensitivity", ours.sensitivity),
            ("specificity", ours.specificity),
            ("ppv", ours.ppv),
            ("npv", ours.npv),
            ("accuracy", wilson(tp + tn, y.len())),
        ];
        for (key, share) in shares {
            let theirs = &point[key];
            assert_known(key, theirs, &["est", "lo", "hi", "k", "n"]);
            let Some(share) = share else {
                assert!(theirs["est"].is_null());
                continue;
            };
            close(key, share.estimate, &theirs["est"], 1e-10);
            close(key, share.low, &theirs["lo"], 1e-10);
            close(key, share.high, &theirs["hi"], 1e-10);
        }
        // Not shown by the program; from its counts.
        let f1 = 2.0 * tp as f64 / (2 * tp + fp + fn_) as f64;
        close("f1", f1, &point["f1"], 1e-10);
        let share = |hits: usize, others: usize| hits as f64 / (hits + others) as f64;
        close(
            "youden",
            share(tp, fn_) + share(tn, fp) - 1.0,
            &point["youden"],
            1e-10,
        );
        let of_counts = ["threshold", "tp", "fp", "fn", "tn", "f1", "youden"];
        let known = [&of_counts[..], &shares.map(|(key, _)| key)[..]].concat();
        assert_known("classification", point, &known);
    }
}

#[test]
fn a_paired_difference_of_auc_equals_that_of_proc() {
    let file = expected("auc_difference.json");
    for case in file["cases"].as_array().unwrap() {
        let reference = expected(&format!(
            "{}.apparent_performance.json",
            case["unit"].as_str().unwrap()
        ));
        let y: Vec<bool> = numbers(&reference["y"]).iter().map(|v| *v == 1.0).collect();
        let second = numbers(&case["second"]);
        let found = auc_difference(&numbers(&reference["logit_apparent"]), &second, &y).unwrap();
        close("difference", found.estimate, &case["difference"], 1e-10);
        close("standard error", found.std_error, &case["std_error"], 1e-10);
        let (low, high) = found.limits();
        close("low", low, &case["low"], 1e-9);
        close("high", high, &case["high"], 1e-9);
        close("p", found.p(), &case["p"], 1e-9);
    }
}

#[test]
fn venn_abers_predictors_equal_those_of_two_packages() {
    let file = expected("venn_abers.json");
    assert_known("venn_abers.json", &file, &["untied", "heavily_tied"]);
    for (name, case) in file.as_object().unwrap() {
        let known = [
            "calibration_score",
            "calibration_label",
            "test_score",
            "p0",
            "p1",
            "merged",
            "check_sklearn_isotonic_max_abs_diff",
            "check_venn_abers_package_max_abs_diff",
        ];
        assert_known(name, case, &known);
        let labels = numbers(&case["calibration_label"]);
        let both = numbers(&case["calibration_score"]).into_iter().zip(labels);
        let mut calibration: Vec<(f64, bool)> = both.map(|(s, y)| (s, y == 1.0)).collect();
        calibration.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (at, score) in numbers(&case["test_score"]).into_iter().enumerate() {
            let (p0, p1) = venn_abers(&calibration, score);
            close(name, p0, &case["p0"][at], 1e-12);
            close(name, p1, &case["p1"][at], 1e-12);
            close(name, p1 / (1.0 - p0 + p1), &case["merged"][at], 1e-12);
        }
    }
}

fn maximum_likelihood() -> Recipe {
    Recipe {
        learner: Learner::Logistic,
        forest: ForestParams::default(),
        penalty: PenaltyParams::default(),
        missing: MissingPlan::Single,
        recalibration: Recalibration::None,
    }
}

#[test]
fn harrell_optimism_and_the_632_rules_equal_r_within_their_monte_carlo_error() {
    for name in files("bootstrap_optimism", 4) {
        let reference = expected(&name);
        let own = [
            "B",
            "seeds",
            "harrell",
            "e632_brier",
            "e632_misclassification_at_0.5",
            "oob_auc_mean_of_replicates",
            // How often R drew again, met separation or a constant column.
            "separated_or_unconverged_resamples_per_1000",
            "resamples_with_a_constant_column_per_1000",
            "one_class_redraws_per_1000",
        ];
        assert_known(&name, &reference, &[&ABOUT[..], &own[..]].concat());
        let sample = sample(reference["unit"].as_str().unwrap());
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
        let n_bootstraps = reference["B"].as_u64().unwrap() as usize;
        let task = TaskHandle::unattended();
        let recipe = maximum_likelihood();
        let stream = Stream::new(1);
        let found = optimism(&recipe, &sample, &rows, n_bootstraps, stream, &task).unwrap();
        assert_eq!(found.n_failed, 0);
        harrell(&name, &reference, &found.mean);
        let fitted = recipe.fit(&sample, &rows, stream, &task).unwrap();
        let apparent = fitted.predict(&sample, &rows);
        let brier = found.brier_632(&apparent, &sample.y).unwrap();
        let epsilon = found.left_out_brier.unwrap();
        e632(
            &name,
            &reference["e632_brier"],
            epsilon,
            (brier.plain, brier.plus),
        );
        let left_out = found.left_out[&Measure::Auc].0;
        let theirs = &reference["oob_auc_mean_of_replicates"];
        assert_known(&name, theirs, &["mean", "sd_over_seeds"]);
        let tolerance = 4.0 * theirs["sd_over_seeds"].as_f64().unwrap();
        close(&name, left_out, &theirs["mean"], tolerance);
        misclassification(&name, &reference, &sample, &apparent, n_bootstraps);
    }
}

/// The offset intercept is that of the measure; the intercept with a free slope is no measure of ours and is worked out
/// from the same refits elsewhere.
fn harrell(name: &str, reference: &Value, found: &std::collections::BTreeMap<Measure, (f64, f64)>) {
    let measures = [
        (Measure::Auc, "auc"),
        (Measure::Brier, "brier"),
        (Measure::ScaledBrier, "scaled_brier"),
        (Measure::LogLoss, "log_loss"),
        (Measure::CalibrationSlope, "slope"),
        (Measure::CalibrationIntercept, "citl"),
    ];
    let known: Vec<&str> = measures.iter().map(|(_, key)| *key).collect();
    let known = [&known[..], &["intercept"][..]].concat();
    assert_known(name, &reference["harrell"], &known);
    for (measure, key) in measures {
        let theirs = &reference["harrell"][key];
        let tolerance = 4.0 * theirs["mc_se_of_one_run_B1000"].as_f64().unwrap();
        let what = format!("{name} {key}");
        close(&what, found[&measure].0, &theirs["optimism"], tolerance);
    }
}

/// The rules for an error: what was left out, and both corrected figures.
fn e632(name: &str, theirs: &Value, epsilon: f64, (plain, plus): (f64, f64)) {
    let known = [
        "apparent",
        "no_information",
        "epsilon0",
        "epsilon0_sd_over_seeds",
        "err632",
        "err632_sd_over_seeds",
        "relative_overfitting",
        "err632plus",
        "err632plus_sd_over_seeds",
        // The mean over resamples instead of patients: the other common definition.
        "epsilon0_mean_of_replicates",
    ];
    assert_known(name, theirs, &known);
    let sd = |key: &str| 4.0 * theirs[format!("{key}_sd_over_seeds")].as_f64().unwrap();
    close(name, epsilon, &theirs["epsilon0"], sd("epsilon0"));
    close(name, plain, &theirs["err632"], sd("err632"));
    close(name, plus, &theirs["err632plus"], sd("err632plus"));
}

/// Misclassification is no measure of ours: the rule and the intercept with a free slope from the refits themselves.
fn misclassification(
    name: &str,
    reference: &Value,
    sample: &Sample,
    apparent: &Predictions,
    n_bootstraps: usize,
) {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let splits = bootstraps(&sample.y, n_bootstraps, Stream::new(2));
    let is_wrong = |risk: f64, row: usize| f64::from(u8::from((risk >= 0.5) != sample.y[row]));
    let judged = refit(
        &maximum_likelihood(),
        sample,
        &splits,
        Stream::new(3),
        &TaskHandle::unattended(),
        |_, fitted, split| {
            let left_out = fitted.predict(sample, &split.test).risks;
            let wrong: Vec<(usize, f64)> = split
                .test
                .iter()
                .zip(left_out)
                .map(|(row, risk)| (*row, is_wrong(risk, *row)))
                .collect();
            let all = fitted.predict(sample, &rows).linear_predictors;
            (
                wrong,
                recalibration(&all, &sample.y).map(|fit| fit.intercept),
            )
        },
    )
    .unwrap();
    let mut of_row = vec![(0.0, 0.0); rows.len()];
    let mut intercepts = Vec::new();
    for (wrong, intercept) in judged.into_iter().flatten() {
        for (row, wrong) in wrong {
            of_row[row].0 += wrong;
            of_row[row].1 += 1.0;
        }
        intercepts.extend(intercept);
    }
    let n = rows.len() as f64;
    let epsilon = of_row.iter().map(|(sum, n)| sum / n).sum::<f64>() / n;
    let error = rows
        .iter()
        .map(|row| is_wrong(apparent.risks[*row], *row))
        .sum::<f64>()
        / n;
    let theirs = &reference["e632_misclassification_at_0.5"];
    let rate = sample.y.iter().filter(|event| **event).count() as f64 / n;
    let positive = apparent.risks.iter().filter(|risk| **risk >= 0.5).count() as f64 / n;
    let none = rate * (1.0 - positive) + (1.0 - rate) * positive;
    close(name, error, &theirs["apparent"], 1e-12);
    close(name, none, &theirs["no_information"], 1e-12);
    let rule = rule_632(error, epsilon, none);
    e632(name, theirs, epsilon, (rule.plain, rule.plus));
    let intercept = intercepts.iter().sum::<f64>() / intercepts.len() as f64;
    let theirs = &reference["harrell"]["intercept"];
    let tolerance = 4.0 * theirs["mc_se_of_one_run_B1000"].as_f64().unwrap();
    // On its own resample a maximum likelihood fit has the intercept 0.
    close(name, -intercept, &theirs["optimism"], tolerance);
}
