//! How long an analysis will take here, from a short run of its own parts.

use std::time::Duration;

use crate::analysis::model::{Job, refit_folds, refit_halves, shapley};
use crate::analysis::run::Prepared;
use crate::analysis::{Settings, compare_trial};
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::recipe::Learner;
use crate::validate::resample::{Split, optimism};
use crate::validate::{Plan, two_stage};

/// Resamples of each kind that are tried: several, so that all threads of the pool have work.
const TRIED: usize = 4;

/// A model that takes longer than this to fit once is not tried in resamples too.
const SLOW: Duration = Duration::from_millis(500);
/// Share of a forest's trees that the first fit grows.
const SHARE_OF_TREES: usize = 10;

/// About how long [`crate::analysis::run`] will take on this pool with these settings: a few
/// resamples of every kind are run and timed, the rest is counted. Where a single fit is slow it is
/// the only one, and stands for the resamples by their size. `clock` gives the time since any fixed
/// moment. Fails as `run` does where nothing can be trained.
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
    if !settings.compare.is_empty() {
        total += compare_trial(cohort, settings, &settings.compare, clock, task)?;
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
    let mut quick = recipe;
    quick.forest.n_trees = (recipe.forest.n_trees / SHARE_OF_TREES).max(1);
    let fitted = quick.fit(whole.sample, &all, stream.named("fit"), task)?;
    let is_forest = learner == Learner::Forest;
    let n_more = n_more_fits(whole, learner);
    let mut total = if is_forest {
        lap(recipe.forest.n_trees, quick.forest.n_trees)
    } else {
        lap(1, 1)
    };
    if total > SLOW {
        return Ok(total.mul_f64(n_fits(plan, is_forest, n_more)));
    }
    let folds: Vec<Split> = whole.folds().concat();
    let n_tried = folds.len().min(TRIED);
    refit_folds(whole, &recipe, &folds[..n_tried], stream, task)?;
    total += lap(folds.len(), n_tried);
    refit_halves(small, &recipe, stream, task)?;
    let n_halves = small.settings.plan.n_half_samples;
    if is_forest {
        // Two half-samples take as long as a whole forest.
        total += lap(plan.n_half_samples + 2 * n_more, n_halves);
        shapley(whole, &fitted, task)?;
        total += lap(recipe.forest.n_trees, quick.forest.n_trees);
    } else {
        total += lap(plan.n_half_samples, n_halves);
        optimism(
            &recipe,
            whole.sample,
            &all,
            TRIED,
            stream.named("bootstrap"),
            task,
        )?;
        total += lap(plan.n_bootstraps + n_more, TRIED);
    }
    Ok(total)
}

/// Whole fits that the centres, the two-stage bootstrap and the permutation test add to those of the plan: a
/// permuted outcome is a whole forest, or a cross-validation of a regression.
fn n_more_fits(job: &Job<'_>, learner: Learner) -> usize {
    let plan = &job.settings.plan;
    let is_forest = learner == Learner::Forest;
    let two_stage = two_stage::n_steps(learner, plan);
    let is_named = job.settings.learners.first() == Some(&learner);
    let permutations = if is_named { plan.n_permutations } else { 0 };
    let own = if is_forest {
        two_stage + permutations
    } else {
        two_stage + permutations.saturating_mul(plan.n_folds)
    };
    job.centres.len() + own
}

/// How many times as long as one fit all resamples take: a fold and a half-sample by their share of the patients. A
/// forest uses all threads by itself, regressions are fitted beside one another.
fn n_fits(plan: &Plan, is_forest: bool, n_more: usize) -> f64 {
    let of_folds = plan.n_repeats * plan.n_folds.saturating_sub(1);
    let of_halves = plan.n_half_samples as f64 / 2.0;
    let fits = 1.0 + of_folds as f64 + of_halves + n_more as f64;
    if is_forest {
        fits
    } else {
        (fits + plan.n_bootstraps as f64) / rayon::current_num_threads() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// `pace` passes between any two looks at the clock.
    fn tried(settings: &Settings, pace: Duration) -> Duration {
        let ticks = AtomicU64::new(0);
        let clock = || pace * ticks.fetch_add(1, Ordering::Relaxed) as u32;
        trial(&cohort(), settings, &clock, &TaskHandle::unattended()).unwrap()
    }

    fn cohort() -> Cohort {
        crate::simulate::simulated("multicentre").unwrap().cohort()
    }

    fn n_centres(settings: &Settings) -> f64 {
        let prepared = Prepared::new(&cohort(), settings).unwrap();
        prepared.job(settings).centres.len() as f64
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
        // One fit; 20 folds, 100 halves, 200 bootstraps, and the centres, four at each look.
        let n_centres = n_centres(&settings);
        assert!(n_centres > 1.0);
        let looks = 1.0 + 20.0 / 4.0 + 100.0 / 4.0 + (200.0 + n_centres) / 4.0;
        let time = tried(&settings, Duration::from_millis(10));
        assert!((time.as_secs_f64() - 0.01 * looks).abs() < 1e-6);
        // A fit of a second stands for 16 whole ones in folds, 50 in halves, 200 in bootstraps.
        let fits = 1.0 + 16.0 + 50.0 + n_centres + 200.0;
        let time = tried(&settings, Duration::from_secs(1)).as_secs_f64();
        let expected = fits / rayon::current_num_threads() as f64;
        assert!((time - expected).abs() < 1e-6);
        // 20 outer resamples of a fit and two inner ones, and 19 times five folds, beside those four at a look.
        (settings.plan.n_outer, settings.plan.n_inner) = (20, 2);
        settings.plan.n_permutations = 19;
        let time = tried(&settings, Duration::from_millis(10)).as_secs_f64();
        assert!((time - 0.01 * (looks + (60.0 + 95.0) / 4.0)).abs() < 1e-6);
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
