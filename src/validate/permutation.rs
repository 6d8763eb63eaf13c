//! Is there anything here at all? The whole recipe tried on outcomes that were dealt out again.
//!
//! A model of pure noise passes many a rule made of corrected figures: "the lower limit of the corrected AUC
//! lies above 0.5" fires in 15 to 23 of 100 cohorts without any signal. Refitting the recipe on permuted
//! outcomes is exact whatever the recipe does. It is asked of one model named beforehand, not of the best.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::base::issue::Failure;
use crate::base::num::{mean, quantile};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::learn::folds::stratified_folds;
use crate::recipe::{Learner, Recipe};
use crate::validate::measures::auc;
use crate::validate::resample::is_enough;

/// What the test found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PermutationTest {
    /// The model that was named beforehand.
    pub learner: Learner,
    /// Its AUC on the real outcomes: mean over the folds of one cross-validation, or out-of-bag.
    pub observed: f64,
    /// Median of the AUC over permuted outcomes. It may lie below 0.5: who is left out makes the own class rarer
    /// among those who are trained on.
    pub chance: f64,
    /// Its 0.95 quantile.
    pub chance_high: f64,
    /// Permutations planned.
    pub n: usize,
    /// Permutations whose AUC was at least the observed one; those that failed count among them.
    pub n_as_large: usize,
    /// Permutations that failed.
    pub n_failed: usize,
    /// `(1 + n_as_large) / (1 + n)` (Phipson and Smyth 2010).
    pub p: f64,
}

/// Steps that it takes.
pub fn n_steps(n_permutations: usize) -> usize {
    if n_permutations == 0 {
        0
    } else {
        1 + n_permutations
    }
}

/// Tests that the predictors of the sample have nothing to do with its outcome. The statistic is the AUC of
/// patients who were not trained on: of a logistic model the mean over the folds of one stratified
/// cross-validation, drawn anew for every permutation as it is for the real outcomes, so that all are
/// equally likely under the hypothesis; of a forest out-of-bag. AUC and not the likelihood, because a penalty
/// tuned to noise leaves chances that are all alike and rank as well as any.
///
/// `None` where the recipe can't be tried on the real outcomes, or on more than half of the permuted ones.
pub fn permutation_test(
    recipe: &Recipe,
    sample: &Sample,
    n_folds: usize,
    n_permutations: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<PermutationTest>, Cancelled> {
    let statistics: Result<Vec<Option<f64>>, Cancelled> = (0..n_steps(n_permutations))
        .into_par_iter()
        .map(|at| {
            let stream = stream.at(at);
            let mut tried = sample.clone();
            if at > 0 {
                stream.named("deal").rng().shuffle(&mut tried.y);
            }
            let found = unseen_auc(recipe, &tried, n_folds, stream, task)?;
            task.step()?;
            Ok(found)
        })
        .collect();
    let statistics = statistics?;
    let Some((Some(observed), permuted)) = statistics.split_first() else {
        return Ok(None);
    };
    let known: Vec<f64> = permuted.iter().filter_map(|auc| *auc).collect();
    let (Some(chance), Some(chance_high)) = (quantile(&known, 0.5), quantile(&known, 0.95)) else {
        return Ok(None);
    };
    let n_failed = n_permutations - known.len();
    let n_as_large = n_failed + known.iter().filter(|auc| *auc >= observed).count();
    Ok(
        is_enough(known.len(), n_permutations).then(|| PermutationTest {
            learner: recipe.learner,
            observed: *observed,
            chance,
            chance_high,
            n: n_permutations,
            n_as_large,
            n_failed,
            p: (1 + n_as_large) as f64 / (1 + n_permutations) as f64,
        }),
    )
}

/// AUC of patients who were not trained on; `None` where a fit failed.
fn unseen_auc(
    recipe: &Recipe,
    sample: &Sample,
    n_folds: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<f64>, Cancelled> {
    let fit = |rows: &[usize], stream: Stream| match recipe.fit(sample, rows, stream, task) {
        Ok(fitted) => Ok(Some(fitted)),
        Err(Failure::Cancelled) => Err(Cancelled),
        Err(Failure::Because(_)) => Ok(None),
    };
    if recipe.learner == Learner::Forest {
        let all: Vec<usize> = (0..sample.n_rows()).collect();
        let fitted = fit(&all, stream.named("fit"))?;
        let unseen = fitted.and_then(|fitted| fitted.out_of_bag());
        return Ok(unseen.and_then(|unseen| auc(&unseen.linear_predictors, &sample.y)));
    }
    let mut of_folds = Vec::new();
    let folds = stratified_folds(&sample.y, n_folds, stream.named("folds"));
    for (at, (train, test)) in folds.into_iter().enumerate() {
        task.check()?;
        let Some(fitted) = fit(&train, stream.at(at))? else {
            return Ok(None);
        };
        let lp = fitted.predict(sample, &test).linear_predictors;
        of_folds.extend(auc(&lp, &sample.y_of(&test)));
    }
    Ok(mean(&of_folds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Kind;
    use crate::design::{Form, Predictor};
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::MissingPlan;

    fn sample(effect: f64, seed: u64) -> Sample {
        let mut rng = Stream::new(seed).rng();
        let values: Vec<f64> = (0..80).map(|_| rng.normal()).collect();
        let y = values
            .iter()
            .map(|x| effect * x + rng.normal() > 0.0)
            .collect();
        let predictor = |(name, values): (&str, Vec<f64>)| Predictor {
            name: name.to_owned(),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values,
        };
        let noise = (0..80).map(|_| rng.normal()).collect();
        Sample {
            predictors: vec![predictor(("x", values)), predictor(("noise", noise))],
            interactions: Vec::new(),
            y,
        }
    }

    fn test(learner: Learner, sample: &Sample, n: usize) -> PermutationTest {
        let recipe = Recipe {
            learner,
            forest: ForestParams {
                n_trees: 60,
                ..ForestParams::default()
            },
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        };
        let task = TaskHandle::unattended();
        let found = permutation_test(&recipe, sample, 5, n, Stream::new(4), &task).unwrap();
        assert_eq!(task.progress().n_done, n_steps(n));
        found.unwrap()
    }

    #[test]
    fn a_strong_predictor_is_found_with_the_smallest_possible_p() {
        for learner in [Learner::Logistic, Learner::Forest] {
            let found = test(learner, &sample(2.0, 1), 39);
            assert_eq!((found.n_as_large, found.n_failed), (0, 0));
            assert!((found.p - 1.0 / 40.0).abs() < 1e-12);
            assert!(found.observed > found.chance_high && found.chance < 0.6);
        }
    }

    #[test]
    fn noise_is_called_significant_as_often_as_the_level_says() {
        let small = (0..100).filter(|&seed| {
            let found = test(Learner::Logistic, &sample(0.0, 100 + seed), 19);
            found.p <= 0.2
        });
        // 20 of 100 expected, 3.1 standard deviations to either side.
        let n = small.count();
        assert!((8..=33).contains(&n), "{n} of 100");
    }
}
