//! Do validated figures tell the truth? For many simulated cohorts, the validated AUC of each learner
//! beside the AUC of the very same fitted models on new patients of the same population.
//!
//! `cargo bench --bench validity` ; prints one JSON line a learner. Arguments after `--`:
//! number of cohorts (50), patients a cohort (420), new patients (100000), bootstraps (200), and 1
//! for cohorts that lose three patients in ten before the visit (0).

use std::io::Write as _;

use prognostim::analysis::{Learner, Settings, chosen, sample_of};
use prognostim::base::num::{mean, sd};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Cohort;
use prognostim::design::Sample;
use prognostim::outcome::decide;
use prognostim::recipe::Recipe;
use prognostim::simulate::{Scenario, simulate};
use prognostim::validate::measures::{auc, calibration_slope};
use prognostim::validate::resample::{
    auc_632_plus, cross_validated, cross_validation, optimism, refit,
};
use prognostim::validate::{Measure, Performance, Plan, performance};

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

/// Mean AUC over the folds of one cross-validation.
fn cross_validated_auc(recipe: &Recipe, sample: &Sample, stream: Stream, task: &TaskHandle) -> f64 {
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
    cross_validated(&sample.y, &folds)
        .expect("every patient has a fold")
        .mean[&Measure::Auc]
        .0
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
            let gap = optimism(recipe, sample, n_bootstraps, stream, &task).expect("runs");
            let apparent = performance(&fitted.predict(sample, &rows), &sample.y);
            let left_out = gap.left_out_auc.expect("some patients are left out").0;
            let auc = auc_632_plus(apparent[&Measure::Auc], left_out).0;
            let mut seen: Performance = apparent
                .into_iter()
                .map(|(m, v)| (m, v - gap.mean[&m].0))
                .collect();
            let harrell = seen.insert(Measure::Auc, auc);
            (seen, harrell)
        }
    };
    let all_new: Vec<usize> = (0..new.n_rows()).collect();
    let truth = fitted.predict(new, &all_new).linear_predictors;
    Found {
        n_analysed: rows.len() as f64,
        validated_auc: seen[&Measure::Auc],
        harrell_auc,
        cross_validated_auc: cross_validated_auc(recipe, sample, stream.named("folds"), &task),
        true_auc: auc(&truth, &new.y).expect("two classes"),
        validated_slope: seen[&Measure::CalibrationSlope],
        true_slope: calibration_slope(&truth, &new.y)
            .expect("risks that differ")
            .0,
    }
}

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
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
        let recipe = Recipe {
            learner,
            forest: Settings::default().forest,
            penalty: Settings::default().penalty,
            missing: Settings::default().missing,
        };
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
        writeln!(std::io::stdout(), "{line}").expect("standard output is open");
    }
}
