//! What could a cohort of this size ever show? The recipe of the first model on simulated cohorts whose truth is known:
//! how it looks on its own patients, and how it does on others.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::analysis::Learner;
use crate::base::issue::Failure;
use crate::base::num::{mean, normal_quantile, quantile, risk_from_linear_predictor};
use crate::base::seed::{Rng, Stream};
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::Kind;
use crate::design::{Predictor, Sample};
use crate::recipe::Recipe;
use crate::validate::measures::{auc, calibration_slope};

/// New patients on whom each simulated model is tried.
const N_NEW: usize = 4000;

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// Patients of a cohort.
    pub n: usize,
    /// Share of responders in (0, 1).
    pub event_rate: f64,
    /// AUC of the true chances, above 0.5.
    pub auc: f64,
    /// Predictors, all numbers and equally strong.
    pub k_predictors: usize,
}

/// The middle nine in ten of a figure over simulated cohorts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// 5 % of the cohorts are below.
    pub low: f64,
    /// Half of them are.
    pub middle: f64,
    /// 95 % are.
    pub high: f64,
}

/// What such cohorts show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prospect {
    /// The model that was trained on each.
    pub learner: Learner,
    /// What was simulated.
    pub design: Design,
    /// Cohorts whose fit worked.
    pub n_ok: usize,
    /// Cohorts whose fit did not.
    pub n_failed: usize,
    /// AUC on the patients that the model was trained on.
    pub apparent_auc: Spread,
    /// AUC of the same model on new patients.
    pub true_auc: Spread,
    /// Calibration slope on new patients; `None` where most models have none.
    pub true_slope: Option<Spread>,
    /// Mean distance between a new patient's chance and the true one.
    pub error: Spread,
}

/// What one simulated cohort shows.
struct Shown {
    apparent_auc: f64,
    true_auc: f64,
    true_slope: Option<f64>,
    error: f64,
}

/// Draws patients of this design: each predictor is normal with standard deviation 1 and lies higher in responders by
/// `sqrt(2 / k) qnorm(AUC)`, so that the true log-odds are exactly linear and have that AUC. Returns the sample and
/// the true chances.
fn drawn(design: &Design, n: usize, rng: &mut Rng) -> (Sample, Vec<f64>) {
    let k = design.k_predictors.max(1);
    let shift = (2.0 / k as f64).sqrt() * normal_quantile(design.auc);
    let odds = (design.event_rate / (1.0 - design.event_rate)).ln();
    let y: Vec<bool> = (0..n).map(|_| rng.uniform() < design.event_rate).collect();
    let mut truth = vec![odds - 0.5 * k as f64 * shift * shift; n];
    let predictors = (0..k).map(|at| {
        let values: Vec<f64> = y
            .iter()
            .map(|&event| rng.normal() + if event { shift } else { 0.0 })
            .collect();
        let terms = truth.iter_mut().zip(&values);
        terms.for_each(|(sum, value)| *sum += shift * value);
        Predictor {
            name: format!("x{at}"),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Default::default(),
            values,
        }
    });
    let predictors = predictors.collect();
    let sample = Sample {
        predictors,
        interactions: Vec::new(),
        y,
    };
    let truth = truth.into_iter().map(risk_from_linear_predictor);
    (sample, truth.collect())
}

fn shown(
    recipe: &Recipe,
    design: &Design,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<Shown>, Cancelled> {
    let (sample, _) = drawn(design, design.n, &mut stream.named("cohort").rng());
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let fitted = match recipe.fit(&sample, &rows, stream.named("fit"), task) {
        Ok(fitted) => fitted,
        Err(Failure::Cancelled) => return Err(Cancelled),
        Err(Failure::Because(_)) => return Ok(None),
    };
    let own = fitted.predict(&sample, &rows).linear_predictors;
    let (new, truth) = drawn(design, N_NEW, &mut stream.named("new").rng());
    let all_new: Vec<usize> = (0..N_NEW).collect();
    let predicted = fitted.predict(&new, &all_new);
    let distances = predicted.risks.iter().zip(&truth);
    let distances: Vec<f64> = distances
        .map(|(told, truth)| (told - truth).abs())
        .collect();
    let figures = (
        auc(&own, &sample.y),
        auc(&predicted.linear_predictors, &new.y),
        mean(&distances),
    );
    let (Some(apparent_auc), Some(true_auc), Some(error)) = figures else {
        return Ok(None);
    };
    let slope = calibration_slope(&predicted.linear_predictors, &new.y);
    Ok(Some(Shown {
        apparent_auc,
        true_auc,
        true_slope: slope.map(|(slope, _)| slope),
        error,
    }))
}

fn spread(values: &[f64]) -> Option<Spread> {
    Some(Spread {
        low: quantile(values, 0.05)?,
        middle: quantile(values, 0.5)?,
        high: quantile(values, 0.95)?,
    })
}

/// Trains the recipe on so many simulated cohorts, a step of the task each. `None` where the AUC or the event rate of
/// the design can't be simulated, or every fit failed.
pub(crate) fn prospect(
    recipe: &Recipe,
    design: Design,
    n_cohorts: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<Prospect>, Cancelled> {
    let is_possible = design.auc > 0.5 && design.auc < 1.0;
    if !is_possible || design.event_rate <= 0.0 || design.event_rate >= 1.0 {
        (0..n_cohorts).try_for_each(|_| task.step())?;
        return Ok(None);
    }
    let found: Result<Vec<Option<Shown>>, Cancelled> = (0..n_cohorts)
        .into_par_iter()
        .map(|cohort| {
            let shown = shown(recipe, &design, stream.at(cohort), task)?;
            task.step()?;
            Ok(shown)
        })
        .collect();
    let found: Vec<Shown> = found?.into_iter().flatten().collect();
    let of = |figure: fn(&Shown) -> f64| spread(&found.iter().map(figure).collect::<Vec<_>>());
    let slopes: Vec<f64> = found.iter().filter_map(|shown| shown.true_slope).collect();
    let figures = (
        of(|shown| shown.apparent_auc),
        of(|shown| shown.true_auc),
        of(|shown| shown.error),
    );
    let (Some(apparent_auc), Some(true_auc), Some(error)) = figures else {
        return Ok(None);
    };
    Ok(Some(Prospect {
        learner: recipe.learner,
        design,
        n_ok: found.len(),
        n_failed: n_cohorts - found.len(),
        apparent_auc,
        true_auc,
        true_slope: spread(&slopes).filter(|_| 2 * slopes.len() >= found.len()),
        error,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Settings;

    fn design(n: usize) -> Design {
        Design {
            n,
            event_rate: 0.45,
            auc: 0.72,
            k_predictors: 10,
        }
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

    #[test]
    fn the_drawn_truth_has_the_auc_and_the_event_rate_of_the_design() {
        let (sample, truth) = drawn(&design(0), 60_000, &mut Stream::new(1).rng());
        let rate = sample.y.iter().filter(|&&event| event).count() as f64 / 60_000.0;
        assert!((rate - 0.45).abs() < 0.01);
        assert!((mean(&truth).expect("patients") - 0.45).abs() < 0.01);
        assert!((auc(&truth, &sample.y).expect("two classes") - 0.72).abs() < 0.01);
    }

    #[test]
    fn small_cohorts_flatter_and_large_ones_tell_the_truth() {
        let task = TaskHandle::unattended();
        let of = |n| {
            let recipe = recipe(Learner::Logistic);
            let found = prospect(&recipe, design(n), 40, Stream::new(2), &task);
            found.expect("not cancelled").expect("cohorts")
        };
        let (small, large) = (of(120), of(4000));
        assert!(small.apparent_auc.middle > small.true_auc.middle + 0.06);
        assert!(small.true_slope.expect("slopes").middle < 0.8);
        assert!(small.error.middle > 3.0 * large.error.middle);
        assert!((large.apparent_auc.middle - large.true_auc.middle).abs() < 0.02);
        assert!((large.true_auc.middle - 0.72).abs() < 0.02);
        assert_eq!(small.n_ok, 40);
    }

    #[test]
    fn a_design_that_can_not_be_simulated_is_refused_and_takes_its_steps() {
        let task = TaskHandle::unattended();
        let flat = Design {
            auc: 0.5,
            ..design(100)
        };
        let found = prospect(&recipe(Learner::Logistic), flat, 7, Stream::new(1), &task);
        assert_eq!(found, Ok(None));
        assert_eq!(task.progress().n_done, 7);
    }
}
