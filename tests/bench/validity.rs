//! Do validated figures tell the truth? For many simulated cohorts, the validated AUC of each learner
//! beside the AUC of the very same fitted models on new patients of the same population.
//!
//! `cargo bench --bench validity` ; prints one JSON line a learner. Arguments after `--`:
//! number of cohorts (50), patients a cohort (420), new patients (100000), bootstraps (200), and 1
//! for cohorts that lose three patients in ten before the visit (0).
//!
//! With the word `bias` it asks how far each way to a corrected figure is off: `-- bias 500 150 20000 200` for cohorts,
//! patients, new patients and bootstraps; of the learners that are named (`logistic ridge forest`), else of all.
//!
//! With the word `coverage` it asks instead how often each kind of limits of a validated figure holds the figure
//! in new patients: `-- coverage 500 150 20000 200 80 12` for cohorts, patients, new patients, bootstraps, and the outer
//! and inner resamples of the two-stage bootstrap. With `noise` it asks how often the permutation test of ridge finds
//! something in cohorts whose outcomes were dealt out again: `-- noise 400 150 100` for cohorts, patients, permutations.

use std::io::Write as _;

use prognostim::analysis::{Learner, Settings, chosen, sample_of};
use prognostim::base::num::{mean, median, sd};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Cohort;
use prognostim::design::Sample;
use prognostim::outcome::decide;
use prognostim::recipe::{Fitted, Model, Recipe};
use prognostim::simulate::{Scenario, simulate};
use prognostim::validate::measures::{auc, calibration_slope, fixed_limits};
use prognostim::validate::permutation::permutation_test;
use prognostim::validate::resample::{
    CrossValidated, bootstraps, cross_validated, cross_validation, optimism, refit, slope_632,
};
use prognostim::validate::two_stage::two_stage;
use prognostim::validate::{Measure, Plan, performance};

/// The predictors that the user would be offered, of everyone whose outcome is known.
fn sample(cohort: &Cohort, names: Option<&[String]>) -> (Sample, Vec<String>) {
    let settings = Settings {
        predictors: names.map(<[String]>::to_vec),
        ..Settings::default()
    };
    let outcome = decide(cohort, &settings.outcome).expect("a simulated cohort has the outcome");
    let admitted = chosen(cohort, &settings, &outcome).expect("known columns");
    (
        sample_of(cohort, &settings, &outcome, &admitted).expect("known columns"),
        admitted.iter().map(|one| one.name().to_owned()).collect(),
    )
}

/// One cross-validation.
fn crossed(recipe: &Recipe, sample: &Sample, stream: Stream, task: &TaskHandle) -> CrossValidated {
    let plan = Plan {
        n_repeats: 1,
        ..Plan::default()
    };
    let folds: Vec<_> = cross_validation(&sample.y, &plan, stream)
        .iter()
        .map(|splits| {
            refit(
                recipe,
                sample,
                splits,
                stream.named("fit"),
                task,
                |_, fitted, split| (split.test.clone(), fitted.predict(sample, &split.test)),
            )
            .expect("not cancelled")
        })
        .collect();
    cross_validated(&sample.y, &folds).expect("every patient has a fold")
}

/// What one cohort says of a learner, and what is true of the same fitted model.
struct Found {
    n_analysed: f64,
    validated_auc: f64,
    harrell_auc: Option<f64>,
    cross_validated_auc: f64,
    true_auc: f64,
    validated_slope: f64,
    true_slope: f64,
}

/// Validates the recipe on a cohort as the program does, and tries it on new patients.
fn judge(
    recipe: &Recipe,
    sample: &Sample,
    new: &Sample,
    n_bootstraps: usize,
    stream: Stream,
) -> Found {
    let task = TaskHandle::unattended();
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let fitted = recipe
        .fit(sample, &rows, stream.named("fit"), &task)
        .expect("a fit");
    let (seen, harrell_auc) = match fitted.out_of_bag() {
        Some(out_of_bag) => (performance(&out_of_bag, &sample.y), None),
        None => {
            let stream = stream.named("bootstrap");
            let gap = optimism(recipe, sample, &rows, n_bootstraps, stream, &task).expect("runs");
            let apparent = performance(&fitted.predict(sample, &rows), &sample.y);
            let harrell = apparent[&Measure::Auc] - gap.mean[&Measure::Auc].0;
            (gap.corrected(&apparent), Some(harrell))
        }
    };
    let all_new: Vec<usize> = (0..new.n_rows()).collect();
    let truth = fitted.predict(new, &all_new).linear_predictors;
    Found {
        n_analysed: rows.len() as f64,
        validated_auc: seen[&Measure::Auc],
        harrell_auc,
        cross_validated_auc: crossed(recipe, sample, stream.named("folds"), &task).mean
            [&Measure::Auc]
            .0,
        true_auc: auc(&truth, &new.y).expect("two classes"),
        validated_slope: seen[&Measure::CalibrationSlope],
        true_slope: calibration_slope(&truth, &new.y)
            .expect("risks that differ")
            .0,
    }
}

fn say(line: &serde_json::Value) {
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

fn recipe(learner: Learner) -> Recipe {
    let settings = Settings::default();
    Recipe {
        learner,
        forest: settings.forest,
        penalty: settings.penalty,
        missing: settings.missing,
        recalibration: settings.recalibration,
    }
}

/// A cohort of this many patients with a known outcome, with ten predictors.
fn analysed(n: usize, stream: Stream) -> Sample {
    let names: Vec<String> = TEN.iter().map(|name| (*name).to_owned()).collect();
    // About three in four have a known outcome; the first are taken.
    let cohort = simulate(&Scenario::clinical(2 * n), stream).cohort();
    let (sample, _) = sample(&cohort, Some(&names));
    sample.taken(&(0..n).collect::<Vec<_>>())
}

/// Ten predictors of ten parameters, so that 150 patients are not asked for the impossible.
const TEN: [&str; 10] = [
    "age",
    "sex",
    "pain_duration_years",
    "vas_back",
    "vas_leg",
    "odi",
    "hads_a",
    "hads_d",
    "pcs",
    "smoker",
];

/// The figures whose limits are asked for.
const MEASURES: [Measure; 4] = [
    Measure::Auc,
    Measure::Brier,
    Measure::CalibrationSlope,
    Measure::CalibrationIntercept,
];

/// Whether the limits of a figure hold the truth, how wide they are, and how far the estimate is off.
struct Covered {
    measure: Measure,
    method: &'static str,
    holds: f64,
    width: f64,
    miss: f64,
}

/// Mean miss of each way to a corrected figure of one cohort, by measure and way.
type Misses = Vec<(Measure, &'static str, f64)>;

/// Further ways to the slope of a model whose own slope is 1: the .632+ rule with the median of the patients left out,
/// and cross-validation corrected for its smaller training sets (Burman 1989).
fn slopes(
    recipe: &Recipe,
    sample: &Sample,
    n_bootstraps: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Vec<(&'static str, f64)> {
    let slope = |fitted: &Fitted, rows: &[usize]| {
        let predicted = fitted.predict(sample, rows).linear_predictors;
        calibration_slope(&predicted, &sample.y_of(rows)).map(|(slope, _)| slope)
    };
    let all: Vec<usize> = (0..sample.n_rows()).collect();
    let stream = stream.named("slopes");
    let splits = bootstraps(&sample.y, n_bootstraps, stream.named("draw"));
    let left_out = refit(
        recipe,
        sample,
        &splits,
        stream.named("fit"),
        task,
        |_, f, split| slope(f, &split.test),
    );
    let left_out: Vec<f64> = left_out
        .expect("runs")
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    let (mut crossed, mut of_folds) = (Vec::new(), Vec::new());
    let plan = Plan {
        n_repeats: 10,
        ..Plan::default()
    };
    for splits in cross_validation(&sample.y, &plan, stream.named("folds")) {
        let fits = refit(
            recipe,
            sample,
            &splits,
            stream.named("fold"),
            task,
            |_, f, split| {
                let unseen = f.predict(sample, &split.test).linear_predictors;
                (split.test.clone(), unseen, slope(f, &all))
            },
        );
        let (mut rows, mut unseen) = (Vec::new(), Vec::new());
        for (test, predicted, of_all) in fits.expect("runs").into_iter().flatten() {
            rows.extend(test);
            unseen.extend(predicted);
            of_folds.extend(of_all);
        }
        let slope = calibration_slope(&unseen, &sample.y_of(&rows));
        crossed.extend(slope.map(|(slope, _)| slope));
    }
    let mut found = Vec::new();
    if let Some(left_out) = median(&left_out) {
        found.push((".632+ of the median", slope_632(1.0, left_out).plus));
    }
    if let (Some(crossed), Some(of_folds)) = (mean(&crossed), mean(&of_folds)) {
        found.push(("cross-validated, 10 times", crossed));
        found.push(("cross-validated, Burman", crossed + 1.0 - of_folds));
    }
    found
}

/// How far each way to a corrected figure is off.
fn misses(
    recipe: &Recipe,
    sample: &Sample,
    new: &Sample,
    n_bootstraps: usize,
    stream: Stream,
) -> Misses {
    let task = TaskHandle::unattended();
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let fitted = recipe
        .fit(sample, &rows, stream.named("fit"), &task)
        .expect("a fit");
    let all_new: Vec<usize> = (0..new.n_rows()).collect();
    let truth = performance(&fitted.predict(new, &all_new), &new.y);
    let own = fitted.predict(sample, &rows);
    let apparent = performance(&own, &sample.y);
    let stream = stream.named("bootstrap");
    let found = optimism(recipe, sample, &rows, n_bootstraps, stream, &task).expect("runs");
    let crossed = crossed(recipe, sample, stream.named("folds"), &task).mean;
    let slopes = slopes(recipe, sample, n_bootstraps, stream, &task);
    let mut misses = Vec::new();
    for measure in MEASURES {
        let truth = truth[&measure];
        let mut add = |way, value: Option<f64>| {
            misses.extend(value.map(|value| (measure, way, value - truth)));
        };
        add("apparent", apparent.get(&measure).copied());
        add(
            "harrell",
            apparent
                .get(&measure)
                .and_then(|value| Some(value - found.mean.get(&measure)?.0)),
        );
        add("used", found.corrected(&apparent).get(&measure).copied());
        add(
            "cross-validated",
            crossed.get(&measure).map(|(mean, _)| *mean),
        );
        let rule = match measure {
            Measure::Brier => found.brier_632(&own, &sample.y),
            _ => found.rule_632(measure, &apparent),
        };
        if let (Measure::CalibrationSlope, Model::Logistic(fit)) = (measure, &fitted.model) {
            // Van Houwelingen and le Cessie's shrinkage factor.
            let chi2 = 2.0 * (fit.log_likelihood - fit.counts.null_log_likelihood());
            let df = fit.n_parameters() as f64 - 1.0;
            add("heuristic shrinkage", Some(((chi2 - df) / chi2).max(0.0)));
        }
        if measure == Measure::CalibrationSlope {
            for &(way, value) in &slopes {
                add(way, Some(value));
            }
        }
        add(".632", rule.map(|rule| rule.plain));
        add(".632+", rule.map(|rule| rule.plus));
    }
    if let Some(unseen) = fitted.out_of_bag() {
        let unseen = performance(&unseen, &sample.y);
        for measure in MEASURES {
            misses.push((measure, "out-of-bag", unseen[&measure] - truth[&measure]));
        }
    }
    misses
}

/// How far each way to a corrected figure is off, over many cohorts.
fn bias(said: &dyn Fn(usize, usize) -> usize) {
    let (n_cohorts, n, n_new, n_bootstraps) =
        (said(0, 500), said(1, 150), said(2, 20_000), said(3, 200));
    let root = Stream::new(2029);
    let names: Vec<String> = TEN.iter().map(|name| (*name).to_owned()).collect();
    let many = simulate(&Scenario::clinical(n_new), root.named("new")).cohort();
    let (new, _) = sample(&many, Some(&names));
    let learners = [Learner::Logistic, Learner::Ridge, Learner::Forest];
    let names: Vec<String> = std::env::args().collect();
    let is_named = |learner: &Learner| names.iter().any(|name| name == learner.name());
    let all = !learners.iter().any(is_named);
    for learner in learners.into_iter().filter(|one| all || is_named(one)) {
        let found: Vec<Misses> = (0..n_cohorts)
            .map(|cohort| {
                let stream = root.named("cohort").at(cohort);
                misses(
                    &recipe(learner),
                    &analysed(n, stream),
                    &new,
                    n_bootstraps,
                    stream,
                )
            })
            .collect();
        let mut by_way: std::collections::BTreeMap<(Measure, &str), Vec<f64>> = Default::default();
        for (measure, way, miss) in found.into_iter().flatten() {
            by_way.entry((measure, way)).or_default().push(miss);
        }
        for ((measure, way), misses) in by_way {
            say(&serde_json::json!({
                "task": "how far a corrected figure is off",
                "learner": learner.name(),
                "measure": measure.name(),
                "way": way,
                "n_cohorts": misses.len(),
                "n": n,
                "miss": mean(&misses),
                "median_miss": median(&misses),
                "miss_sd": sd(&misses),
            }));
        }
    }
}

/// The limits of one cohort by each method.
fn limits(
    recipe: &Recipe,
    sample: &Sample,
    new: &Sample,
    plan: &Plan,
    stream: Stream,
) -> Vec<Covered> {
    let task = TaskHandle::unattended();
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let fitted = recipe
        .fit(sample, &rows, stream.named("fit"), &task)
        .expect("a fit");
    let all_new: Vec<usize> = (0..new.n_rows()).collect();
    let truth = performance(&fitted.predict(new, &all_new), &new.y);
    let (estimates, unseen) = match fitted.out_of_bag() {
        Some(unseen) => (performance(&unseen, &sample.y), unseen),
        None => {
            let stream = stream.named("bootstrap");
            let gap =
                optimism(recipe, sample, &rows, plan.n_bootstraps, stream, &task).expect("runs");
            let apparent = performance(&fitted.predict(sample, &rows), &sample.y);
            let unseen = crossed(recipe, sample, stream.named("folds"), &task).out_of_fold;
            (gap.corrected(&apparent), unseen)
        }
    };
    let spread = two_stage(recipe, sample, plan, stream.named("two-stage"), &task).expect("runs");
    let mut found = Vec::new();
    for measure in MEASURES {
        let (estimate, truth) = (estimates[&measure], truth[&measure]);
        let quick = fixed_limits(measure, estimate, &unseen, &sample.y).expect("two classes");
        let half = 1.96 * spread.sd[&measure];
        let slow = (estimate - half, estimate + half);
        found.extend(
            [("quick", quick), ("resampled", slow)].map(|(method, (low, high))| Covered {
                measure,
                method,
                holds: f64::from(u8::from(low <= truth && truth <= high)),
                width: high - low,
                miss: estimate - truth,
            }),
        );
    }
    found
}

fn coverage(said: &dyn Fn(usize, usize) -> usize) {
    let (n_cohorts, n, n_new) = (said(0, 500), said(1, 150), said(2, 20_000));
    let plan = Plan {
        n_bootstraps: said(3, 200),
        n_outer: said(4, 80),
        n_inner: said(5, 12),
        ..Plan::default()
    };
    let root = Stream::new(2027);
    let names: Vec<String> = TEN.iter().map(|name| (*name).to_owned()).collect();
    let many = simulate(&Scenario::clinical(n_new), root.named("new")).cohort();
    let (new, _) = sample(&many, Some(&names));
    for learner in [Learner::Logistic, Learner::Ridge, Learner::Forest] {
        let found: Vec<Vec<Covered>> = (0..n_cohorts)
            .map(|cohort| {
                let stream = root.named("cohort").at(cohort);
                limits(&recipe(learner), &analysed(n, stream), &new, &plan, stream)
            })
            .collect();
        for at in 0..2 * MEASURES.len() {
            let of = |value: fn(&Covered) -> f64| -> Vec<f64> {
                found.iter().map(|limits| value(&limits[at])).collect()
            };
            say(&serde_json::json!({
                "task": "coverage of the limits of a validated figure",
                "learner": learner.name(),
                "measure": found[0][at].measure.name(),
                "method": found[0][at].method,
                "n_cohorts": n_cohorts,
                "n": n,
                "coverage": mean(&of(|found| found.holds)),
                "width": median(&of(|found| found.width)),
                "miss": mean(&of(|found| found.miss)),
                "miss_sd": sd(&of(|found| found.miss)),
            }));
        }
    }
}

/// How often the permutation test of ridge is significant on outcomes that were dealt out again.
fn noise(said: &dyn Fn(usize, usize) -> usize) {
    let (n_cohorts, n, n_permutations) = (said(0, 400), said(1, 150), said(2, 100));
    let root = Stream::new(2028);
    let task = TaskHandle::unattended();
    let small = (0..n_cohorts).filter(|&cohort| {
        let stream = root.at(cohort);
        let mut sample = analysed(n, stream);
        stream.named("deal").rng().shuffle(&mut sample.y);
        let recipe = recipe(Learner::Ridge);
        let found = permutation_test(&recipe, &sample, 10, n_permutations, stream, &task);
        found.expect("not cancelled").expect("every fit works").p < 0.05
    });
    say(&serde_json::json!({
        "task": "permutation test on noise",
        "n_cohorts": n_cohorts,
        "n": n,
        "n_permutations": n_permutations,
        "significant": small.count() as f64 / n_cohorts as f64,
    }));
}

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
    let is_asked = |word: &str| std::env::args().any(|argument| argument == word);
    if is_asked("coverage") {
        return coverage(&said);
    }
    if is_asked("bias") {
        return bias(&said);
    }
    if is_asked("noise") {
        return noise(&said);
    }
    let (n_cohorts, n, n_new, n_bootstraps) =
        (said(0, 50), said(1, 420), said(2, 100_000), said(3, 200));
    let scenario = |n| Scenario {
        loss: said(4, 0) == 1,
        ..Scenario::clinical(n)
    };
    let root = Stream::new(2026);
    // Not everyone has a known outcome, so more are drawn than are needed.
    let many = simulate(&scenario(n_new * 3 / 2), root.named("new")).cohort();
    let (mut new, names) = sample(&many, None);
    new.y.truncate(n_new);
    for learner in Learner::ALL {
        let recipe = recipe(learner);
        let found: Vec<Found> = (0..n_cohorts)
            .map(|cohort| {
                let stream = root.named("cohort").at(cohort);
                let (sample, _) = sample(&simulate(&scenario(n), stream).cohort(), Some(&names));
                judge(&recipe, &sample, &new, n_bootstraps, stream)
            })
            .collect();
        let of = |value: fn(&Found) -> f64| found.iter().map(value).collect::<Vec<f64>>();
        let average = |value| mean(&of(value)).expect("at least one cohort");
        let gaps = of(|found| found.validated_auc - found.true_auc);
        let harrell: Vec<f64> = found.iter().filter_map(|found| found.harrell_auc).collect();
        let line = serde_json::json!({
            "task": "validated against new patients",
            "learner": learner.name(),
            "n_cohorts": n_cohorts,
            "n_analysed": average(|found| found.n_analysed),
            "n_new": new.n_rows(),
            "auc_validated": average(|found| found.validated_auc),
            "auc_new": average(|found| found.true_auc),
            "auc_difference": mean(&gaps),
            "monte_carlo_error": sd(&gaps).unwrap_or(0.0) / (n_cohorts as f64).sqrt(),
            "auc_harrell": mean(&harrell),
            "auc_cross_validated": average(|found| found.cross_validated_auc),
            "slope_validated": average(|found| found.validated_slope),
            "slope_new": average(|found| found.true_slope),
        });
        say(&line);
    }
}
