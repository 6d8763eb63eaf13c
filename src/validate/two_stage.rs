//! How far a corrected figure moves from one cohort to the next: the whole way to it, repeated on
//! resamples of the patients.
//!
//! The quick limits hold the fitted model fixed and cover the truth too rarely. Here every outer resample of
//! the patients goes through everything, the refits of its own correction included (two-stage bootstrap: Noma
//! and others 2021), and the standard deviation of its corrected figures is that of the figure itself. Only the
//! deviation is taken: the resampled figures are centred elsewhere, for a resample holds fewer different patients.

use std::collections::BTreeMap;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::base::issue::Failure;
use crate::base::num::sd;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::recipe::{Learner, Recipe};
use crate::validate::resample::{Split, bootstraps, is_enough, optimism};
use crate::validate::{Measure, Performance, Plan, performance};

/// A forest's outer resamples leave one patient in so many out. With half of them left out the limits of the
/// AUC were 1.3 times too wide and covered 100 of 100 simulated cohorts of 150 patients: a forest of half the
/// patients is another one.
const LEFT_OUT: usize = 5;

/// What the outer resamples found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TwoStage {
    /// Standard deviation of each corrected figure; empty where more than half of the resamples failed.
    pub sd: BTreeMap<Measure, f64>,
    /// Outer resamples that failed.
    pub n_failed: usize,
}

/// Steps that it takes.
pub fn n_steps(learner: Learner, plan: &Plan) -> usize {
    plan.n_outer * n_steps_of_one(learner, plan.n_inner)
}

fn n_steps_of_one(learner: Learner, n_inner: usize) -> usize {
    match learner {
        Learner::Forest => 1,
        _ => 1 + n_inner,
    }
}

/// Runs it as the plan says. A forest's copies of a patient would be out of bag for trees that saw the
/// others, so that its outer resamples are drawn without replacement: each leaves a fifth of the patients out, its
/// figures are those out of bag, and their spread is doubled to that of the whole cohort (delete-d jackknife: Shao
/// and Wu 1989). A resample fails where its fit or more than half of its inner ones do.
pub fn two_stage(
    recipe: &Recipe,
    sample: &Sample,
    plan: &Plan,
    stream: Stream,
    task: &TaskHandle,
) -> Result<TwoStage, Cancelled> {
    let outer = stream.named("outer");
    let splits = match recipe.learner {
        Learner::Forest => jackknife(sample.n_rows(), plan.n_outer, outer),
        _ => bootstraps(&sample.y, plan.n_outer, outer),
    };
    let scale = match (recipe.learner, splits.first()) {
        (Learner::Forest, Some(Split { train, test })) => {
            (train.len() as f64 / test.len() as f64).sqrt()
        }
        _ => 1.0,
    };
    let found: Result<Vec<Option<Performance>>, Cancelled> = splits
        .par_iter()
        .enumerate()
        .map(|(at, split)| corrected(recipe, sample, split, plan.n_inner, stream.at(at), task))
        .collect();
    let found: Vec<Performance> = found?.into_iter().flatten().collect();
    let spread = |measure: Measure| {
        let values: Vec<f64> = found
            .iter()
            .filter_map(|of| of.get(&measure).copied())
            .collect();
        let is_known = is_enough(values.len(), plan.n_outer);
        is_known.then_some((measure, scale * sd(&values)?))
    };
    Ok(TwoStage {
        sd: Measure::ALL.into_iter().filter_map(spread).collect(),
        n_failed: plan.n_outer - found.len(),
    })
}

/// Splits of `n` patients that leave another fifth out each, and at least one.
fn jackknife(n: usize, n_resamples: usize, stream: Stream) -> Vec<Split> {
    let split = |at: usize| {
        let mut train: Vec<usize> = (0..n).collect();
        stream.at(at).rng().shuffle(&mut train);
        let mut test = train.split_off(n - (n / LEFT_OUT).max(1));
        train.sort_unstable();
        test.sort_unstable();
        Split { train, test }
    };
    (0..n_resamples).map(split).collect()
}

/// The corrected figures of the recipe on one resample of the patients; `None` where it failed.
fn corrected(
    recipe: &Recipe,
    sample: &Sample,
    split: &Split,
    n_inner: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<Performance>, Cancelled> {
    let rows = &split.train;
    let fitted = match recipe.fit(sample, rows, stream.named("fit"), task) {
        Ok(fitted) => fitted,
        Err(Failure::Cancelled) => return Err(Cancelled),
        Err(Failure::Because(_)) => {
            // The steps that its inner resamples would have taken.
            (0..n_steps_of_one(recipe.learner, n_inner)).try_for_each(|_| task.step())?;
            return Ok(None);
        }
    };
    task.step()?;
    let y = sample.y_of(rows);
    if recipe.learner == Learner::Forest {
        return Ok(fitted.out_of_bag().map(|unseen| performance(&unseen, &y)));
    }
    let apparent = performance(&fitted.predict_matrices(&fitted.matrices), &y);
    let found = optimism(recipe, sample, rows, n_inner, stream.named("inner"), task)?;
    let corrected = found.corrected(&apparent);
    Ok((!corrected.is_empty()).then_some(corrected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Form, Predictor};
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::MissingPlan;

    fn recipe(learner: Learner) -> Recipe {
        Recipe {
            learner,
            forest: ForestParams {
                n_trees: 100,
                ..ForestParams::default()
            },
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        }
    }

    fn sample(n: usize, seed: u64) -> Sample {
        let mut rng = Stream::new(seed).rng();
        let columns: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..n).map(|_| rng.normal()).collect())
            .collect();
        let y = (0..n)
            .map(|i| columns[0][i] + 1.5 * rng.normal() > 0.0)
            .collect();
        let predictor = |(at, values)| Predictor {
            name: format!("x{at}"),
            kind: crate::cohort::Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values,
        };
        Sample {
            predictors: columns.into_iter().enumerate().map(predictor).collect(),
            interactions: Vec::new(),
            y,
        }
    }

    fn found(learner: Learner, n: usize) -> TwoStage {
        let plan = Plan {
            n_outer: 30,
            n_inner: 6,
            ..Plan::default()
        };
        let task = TaskHandle::unattended();
        let found = two_stage(
            &recipe(learner),
            &sample(n, 3),
            &plan,
            Stream::new(1),
            &task,
        );
        assert_eq!(task.progress().n_done, n_steps(learner, &plan));
        found.unwrap()
    }

    #[test]
    fn the_spread_of_a_corrected_figure_falls_with_the_root_of_the_patients() {
        for learner in [Learner::Logistic, Learner::Forest] {
            let (small, large) = (found(learner, 100), found(learner, 400));
            assert_eq!((small.n_failed, large.n_failed), (0, 0));
            for measure in [Measure::Auc, Measure::Brier, Measure::CalibrationSlope] {
                let ratio = large.sd[&measure] / small.sd[&measure];
                assert!(
                    (0.25..0.85).contains(&ratio),
                    "{learner:?} {measure:?} {ratio}"
                );
            }
            // DeLong's standard error at n = 100 and an AUC of 0.7 is about 0.05.
            assert!((0.03..0.12).contains(&small.sd[&Measure::Auc]), "{small:?}");
        }
    }

    #[test]
    fn the_jackknife_of_a_mean_has_its_standard_error() {
        let n = 200;
        let mut rng = Stream::new(2).rng();
        let values: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let means: Vec<f64> = jackknife(n, 2000, Stream::new(1))
            .iter()
            .map(|Split { train, test }| {
                assert_eq!((train.len(), test.len()), (160, 40));
                train.iter().map(|&row| values[row]).sum::<f64>() / 160.0
            })
            .collect();
        let expected = sd(&values).unwrap() / (n as f64).sqrt();
        assert!((2.0 * sd(&means).unwrap() / expected - 1.0).abs() < 0.06);
    }

    #[test]
    fn a_cancelled_task_ends_it() {
        let task = TaskHandle::unattended();
        task.cancel();
        let plan = Plan {
            n_outer: 4,
            n_inner: 2,
            ..Plan::default()
        };
        let recipe = recipe(Learner::Logistic);
        let found = two_stage(&recipe, &sample(60, 1), &plan, Stream::new(1), &task);
        assert_eq!(found, Err(Cancelled));
    }
}
