//! How long an analysis will take here, from a short run of its own parts.

use std::time::Duration;

use crate::analysis::Settings;
use crate::analysis::model::{Job, PATIENTS_A_STEP, refit_folds, refit_halves, shapley};
use crate::analysis::run::Prepared;
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::recipe::Learner;
use crate::validate::resample::{Split, optimism};

/// Resamples of each kind that are tried: several, so that all threads of the pool have work.
const TRIED: usize = 4;

/// About how long [`crate::analysis::run`] will take on this pool with these settings: a few
/// resamples of every kind are run and timed, the rest is counted. `clock` gives the time since any
/// fixed moment. Fails as `run` does where nothing can be trained.
pub fn trial(
    cohort: &Cohort,
    settings: &Settings,
    clock: &dyn Fn() -> Duration,
    task: &TaskHandle,
) -> Result<Duration, Failure> {
    let mut tried = settings.clone();
    tried.plan.n_half_samples = TRIED.min(settings.plan.n_half_samples);
    let prepared = Prepared::new(cohort, settings)?;
    let whole = prepared.job(settings);
    let small = prepared.job(&tried);
    let mut total = Duration::ZERO;
    for &learner in &settings.learners {
        total += of_learner(&whole, &small, learner, clock, task)?;
    }
    Ok(total)
}

/// `small` tries fewer half-samples than the `whole` job plans.
fn of_learner(
    whole: &Job<'_>,
    small: &Job<'_>,
    learner: Learner,
    clock: &dyn Fn() -> Duration,
    task: &TaskHandle,
) -> Result<Duration, Failure> {
    let (plan, recipe) = (&whole.settings.plan, whole.recipe(learner));
    let stream = whole.stream.named("trial");
    let mut last = clock();
    // Time since the last call, for `planned` of what was done `done` times.
    let mut lap = |planned: usize, done: usize| {
        let now = clock();
        let spent = now.saturating_sub(last);
        last = now;
        spent.mul_f64(planned as f64 / done.max(1) as f64)
    };
    let all: Vec<usize> = (0..whole.sample.n_rows()).collect();
    let fitted = recipe.fit(whole.sample, &all, stream.named("fit"), task)?;
    let mut total = lap(1, 1);
    let folds: Vec<Split> = whole.folds().concat();
    let n_tried = folds.len().min(TRIED);
    refit_folds(whole, &recipe, &folds[..n_tried], stream, task)?;
    total += lap(folds.len(), n_tried);
    refit_halves(small, &recipe, stream, task)?;
    total += lap(plan.n_half_samples, small.settings.plan.n_half_samples);
    if learner == Learner::Forest {
        let n_patients = PATIENTS_A_STEP.min(all.len());
        shapley(whole, &fitted, &all[..n_patients], task)?;
        total += lap(all.len(), n_patients);
    } else {
        optimism(
            &recipe,
            whole.sample,
            TRIED,
            stream.named("bootstrap"),
            task,
        )?;
        total += lap(plan.n_bootstraps, TRIED);
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn tried(settings: &Settings) -> Duration {
        // A second passes between any two looks at the clock.
        let ticks = AtomicU64::new(0);
        let clock = || Duration::from_secs(ticks.fetch_add(1, Ordering::Relaxed));
        let cohort = crate::simulate::simulated("multicentre").unwrap().cohort();
        trial(&cohort, settings, &clock, &TaskHandle::unattended()).unwrap()
    }

    #[test]
    fn what_was_timed_is_multiplied_by_what_is_planned() {
        let mut settings = Settings {
            learners: vec![Learner::Logistic],
            ..Settings::default()
        };
        settings.plan.n_bootstraps = 200;
        settings.plan.n_half_samples = 100;
        (settings.plan.n_folds, settings.plan.n_repeats) = (5, 4);
        // One fit; 20 folds, 100 halves and 200 bootstraps by four a second.
        let secs = 1.0 + 20.0 / 4.0 + 100.0 / 4.0 + 200.0 / 4.0;
        assert!((tried(&settings).as_secs_f64() - secs).abs() < 1e-6);
    }

    #[test]
    fn nothing_that_can_be_trained_is_a_failure() {
        let cohort = fixture::cohort();
        let settings = Settings {
            predictors: Some(vec!["no such column".to_owned()]),
            ..Settings::default()
        };
        let clock = || Duration::ZERO;
        assert!(trial(&cohort, &settings, &clock, &TaskHandle::unattended()).is_err());
    }
}
