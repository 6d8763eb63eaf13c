//! Learners and challengers side by side on identical folds, and how sure their differences are.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::time::Duration;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use serde::{Deserialize, Serialize};

use crate::analysis::Settings;
use crate::analysis::model::Job;
use crate::analysis::run::Prepared;
use crate::base::issue::{Failure, Issue};
use crate::base::num::mean;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::Cohort;
use crate::learn::Challenger;
use crate::recipe::{ChallengerRecipe, Learner, Predictions};
use crate::validate::measures::calibration_slope;
use crate::validate::resample::Split;
use crate::validate::{Difference, FoldScore};

/// Folds of each model that are tried to say how long a comparison takes.
const TRIED: usize = 4;

/// A model of a comparison: one of ours, or a challenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contender {
    /// A learner that patients can be shown.
    Learner(Learner),
    /// A model for comparison only.
    Challenger(Challenger),
}

impl Contender {
    /// Name in `results.json`; the message is `learner-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Learner(learner) => learner.name(),
            Self::Challenger(challenger) => challenger.name(),
        }
    }

    /// How simple it is, 0 the simplest: the order of [`Learner::ALL`], then that of [`Challenger::ALL`].
    pub fn simplicity(self) -> usize {
        let learners = Learner::ALL.into_iter().map(Self::Learner);
        let mut all = learners.chain(Challenger::ALL.into_iter().map(Self::Challenger));
        all.position(|other| other == self).unwrap_or(usize::MAX)
    }
}

/// What a comparison says of a model beside the first named one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The interval of the difference in AUC lies above 0.
    Better,
    /// It is the first named model, or the interval holds 0: this cohort can't tell them apart.
    Alike,
    /// The interval lies below 0.
    Worse,
    /// No interval could be made.
    Unknown,
}

/// One model of a comparison. Differences are this model's figure less that of the first named one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Which model.
    pub model: Contender,
    /// Mean AUC over the folds; `None` where no fold has both classes or no fit worked.
    pub auc: Option<f64>,
    /// Mean Brier score over the folds.
    pub brier: Option<f64>,
    /// Mean log loss over the folds.
    pub log_loss: Option<f64>,
    /// Calibration slope of the out-of-fold chances of a repeat, mean over the repeats.
    pub calibration_slope: Option<f64>,
    /// Difference in AUC; `None` for the first named model, and with fewer than two folds that both models were judged in.
    pub auc_difference: Option<Difference>,
    /// Difference in Brier score.
    pub brier_difference: Option<Difference>,
    /// Difference in log loss.
    pub log_loss_difference: Option<Difference>,
    /// Where it stands by its AUC.
    pub standing: Standing,
    /// Folds whose fit failed.
    pub n_failed: usize,
    /// Why the first of them failed.
    pub failure: Option<Issue>,
}

/// Models on identical folds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The first named model, which the others are held against.
    pub first: Contender,
    /// Folds that each model was fitted and judged in, repeats included.
    pub n_folds: usize,
    /// The models, in the order in which they are shown: those that do better than the first named one, those that this
    /// cohort can't tell from it, those that do worse; within each the simpler one first.
    pub models: Vec<Compared>,
}

/// Fits the learners of the settings and the challengers on the folds of the cross-validation and compares them: the same
/// folds and fits as in [`crate::analysis::run`]. Fails as `run` does, and where fewer than two models are named.
pub fn compare(
    cohort: &Cohort,
    settings: &Settings,
    challengers: &[Challenger],
    task: &TaskHandle,
) -> Result<Comparison, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    task.plan(n_steps(&job, challengers));
    compare_models(&job, challengers, task)
}

/// About how long [`compare`] will take on this pool: a few folds of each model are fitted and timed, the rest is
/// counted. `clock` gives the time since any fixed moment. Fails as `compare` does.
pub fn compare_trial(
    cohort: &Cohort,
    settings: &Settings,
    challengers: &[Challenger],
    clock: &dyn Fn() -> Duration,
    task: &TaskHandle,
) -> Result<Duration, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    let folds: Vec<Split> = job.folds().concat();
    let n_tried = folds.len().min(TRIED);
    let mut total = Duration::ZERO;
    for contender in contenders(settings, challengers)? {
        let since = clock();
        let tried = &folds[..n_tried];
        judge(&job, contender, tried, task, || task.check())?;
        let share = folds.len() as f64 / n_tried.max(1) as f64;
        total += clock().saturating_sub(since).mul_f64(share);
    }
    Ok(total)
}

/// Steps that a comparison takes.
pub(crate) fn n_steps(job: &Job<'_>, challengers: &[Challenger]) -> usize {
    let n_folds: usize = job.folds().iter().map(Vec::len).sum();
    n_folds * contenders(job.settings, challengers).map_or(0, |models| models.len())
}

/// The models, each once, in the order in which they were named.
fn contenders(settings: &Settings, challengers: &[Challenger]) -> Result<Vec<Contender>, Failure> {
    let learners = settings.learners.iter().copied().map(Contender::Learner);
    let named = learners.chain(challengers.iter().copied().map(Contender::Challenger));
    let mut seen = BTreeSet::new();
    let models: Vec<Contender> = named.filter(|model| seen.insert(*model)).collect();
    if models.len() < 2 {
        return Err(Failure::new("compare-too-few"));
    }
    Ok(models)
}

/// As [`compare`], for what is prepared already and without planning its steps.
pub(crate) fn compare_models(
    job: &Job<'_>,
    challengers: &[Challenger],
    task: &TaskHandle,
) -> Result<Comparison, Failure> {
    let models = contenders(job.settings, challengers)?;
    let repeats = job.folds();
    let splits: Vec<Split> = repeats.concat();
    let sizes = splits
        .iter()
        .map(|split| split.test.len() as f64 / split.train.len().max(1) as f64);
    let test_to_train = mean(&sizes.collect::<Vec<_>>()).unwrap_or(0.0);
    let mut judged = Vec::with_capacity(models.len());
    for &model in &models {
        task.stage("stage-compare", model.name());
        let predictions = judge(job, model, &splits, task, || task.step())?;
        judged.push(Judged::new(job, &repeats, predictions));
    }
    let mut compared: Vec<Compared> = models
        .iter()
        .zip(&judged)
        .map(|(&model, one)| one.against(model, &judged[0], model == models[0], test_to_train))
        .collect();
    compared.sort_by(order);
    Ok(Comparison {
        first: models[0],
        n_folds: splits.len(),
        models: compared,
    })
}

/// The order in which models are shown.
fn order(a: &Compared, b: &Compared) -> Ordering {
    let key = |one: &Compared| (one.standing, one.model.simplicity());
    key(a).cmp(&key(b))
}

/// Predictions of the test rows of each fold by fits to its training rows, or why there are none; `done` is told of each fold.
fn judge(
    job: &Job<'_>,
    model: Contender,
    splits: &[Split],
    task: &TaskHandle,
    done: impl Fn() -> Result<(), Cancelled> + Sync,
) -> Result<Vec<Result<Predictions, Issue>>, Cancelled> {
    // The streams of an analysis: its fits again.
    let stream = job.stream.named(model.name()).named("fold-fits");
    splits
        .par_iter()
        .enumerate()
        .map(|(at, split)| {
            let found = match predict(job, model, split, stream.at(at), task) {
                Ok(predictions) => Ok(predictions),
                Err(Failure::Cancelled) => return Err(Cancelled),
                Err(Failure::Because(issue)) => Err(*issue),
            };
            done()?;
            Ok(found)
        })
        .collect()
}

fn predict(
    job: &Job<'_>,
    model: Contender,
    split: &Split,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Predictions, Failure> {
    let sample = job.sample;
    match model {
        Contender::Learner(learner) => {
            let fitted = job
                .recipe(learner)
                .fit(sample, &split.train, stream, task)?;
            Ok(fitted.predict(sample, &split.test))
        }
        Contender::Challenger(challenger) => {
            let recipe = ChallengerRecipe {
                challenger,
                missing: job.settings.missing,
            };
            let fitted = recipe.fit(sample, &split.train, stream, task)?;
            fitted.predict(sample, &split.test)
        }
    }
}

/// What the folds say of one model.
struct Judged {
    folds: Vec<Option<FoldScore>>,
    slope: Option<f64>,
    failure: Option<Issue>,
}

impl Judged {
    fn new(
        job: &Job<'_>,
        repeats: &[Vec<Split>],
        predictions: Vec<Result<Predictions, Issue>>,
    ) -> Self {
        let (mut folds, mut slopes, mut failure) = (Vec::new(), Vec::new(), None);
        let mut found = predictions.into_iter();
        for repeat in repeats {
            let (mut log_odds, mut label) = (Vec::new(), Vec::new());
            for (split, found) in repeat.iter().zip(found.by_ref()) {
                let y = job.sample.y_of(&split.test);
                match found {
                    Ok(predictions) => {
                        folds.push(FoldScore::new(&predictions, &y));
                        log_odds.extend(predictions.linear_predictors);
                        label.extend(y);
                    }
                    Err(issue) => {
                        folds.push(None);
                        failure.get_or_insert(issue);
                    }
                }
            }
            slopes.extend(calibration_slope(&log_odds, &label).map(|(slope, _)| slope));
        }
        Self {
            folds,
            slope: mean(&slopes),
            failure,
        }
    }

    fn mean_of(&self, measure: impl Fn(&FoldScore) -> Option<f64>) -> Option<f64> {
        let values: Vec<f64> = self.folds.iter().flatten().filter_map(measure).collect();
        mean(&values)
    }

    fn against(
        &self,
        model: Contender,
        first: &Self,
        is_first: bool,
        test_to_train: f64,
    ) -> Compared {
        let difference = |measure: fn(&FoldScore) -> Option<f64>| {
            let pairs = self.folds.iter().zip(&first.folds);
            let apart: Vec<f64> = pairs
                .filter_map(|(own, other)| {
                    Some(measure(own.as_ref()?)? - measure(other.as_ref()?)?)
                })
                .collect();
            Difference::of_folds(&apart, test_to_train).filter(|_| !is_first)
        };
        let auc_difference = difference(|score| score.auc);
        Compared {
            model,
            auc: self.mean_of(|score| score.auc),
            brier: self.mean_of(|score| Some(score.brier)),
            log_loss: self.mean_of(|score| Some(score.log_loss)),
            calibration_slope: self.slope,
            standing: standing(auc_difference, is_first),
            auc_difference,
            brier_difference: difference(|score| Some(score.brier)),
            log_loss_difference: difference(|score| Some(score.log_loss)),
            n_failed: self.folds.iter().filter(|fold| fold.is_none()).count(),
            failure: self.failure.clone(),
        }
    }
}

fn standing(difference: Option<Difference>, is_first: bool) -> Standing {
    match difference {
        _ if is_first => Standing::Alike,
        None => Standing::Unknown,
        Some(difference) if difference.holds_zero() => Standing::Alike,
        Some(difference) if difference.estimate > 0.0 => Standing::Better,
        Some(_) => Standing::Worse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::run;
    use crate::base::task::TaskHandle;
    use crate::validate::{Measure, Plan};

    fn settings(learners: &[Learner]) -> Settings {
        Settings {
            learners: learners.to_vec(),
            plan: Plan {
                n_bootstraps: 20,
                n_folds: 4,
                n_repeats: 2,
                n_half_samples: 20,
                ..Plan::default()
            },
            ..Settings::default()
        }
    }

    fn cohort() -> Cohort {
        let sample = crate::simulate::simulated("multicentre");
        sample.expect("the shipped sample").cohort()
    }

    fn of(comparison: &Comparison, model: Contender) -> &Compared {
        let mut models = comparison.models.iter();
        models.find(|one| one.model == model).expect("was named")
    }

    #[test]
    fn a_comparison_judges_the_fits_of_the_cross_validation_itself() {
        let (cohort, settings) = (cohort(), settings(&[Learner::Ridge]));
        let task = TaskHandle::unattended();
        let challengers = [Challenger::NaiveBayes, Challenger::NaiveBayes];
        let found = compare(&cohort, &settings, &challengers, &task).expect("a comparison");
        assert_eq!((found.models.len(), found.n_folds), (2, 8));
        let progress = task.progress();
        assert_eq!((progress.n_done, progress.n_total), (16, 16));
        let analysis = run(&cohort, &settings, "now", &TaskHandle::unattended()).expect("results");
        let crossed = &analysis.models[0].cross_validated;
        let ridge = of(&found, Contender::Learner(Learner::Ridge));
        assert!((ridge.auc.expect("an AUC") - crossed[&Measure::Auc].0).abs() < 1e-12);
        let slope = ridge.calibration_slope.expect("a slope");
        assert!((slope - crossed[&Measure::CalibrationSlope].0).abs() < 1e-12);
        assert!(ridge.auc_difference.is_none() && ridge.standing == Standing::Alike);
        let bayes = of(&found, Contender::Challenger(Challenger::NaiveBayes));
        let apart = bayes.auc_difference.expect("a difference");
        let by_hand = bayes.auc.expect("an AUC") - ridge.auc.expect("an AUC");
        assert!((apart.estimate - by_hand).abs() < 1e-12);
        assert_eq!(bayes.n_failed, 0);
    }

    #[test]
    fn an_analysis_that_asks_for_it_holds_the_same_comparison() {
        let cohort = cohort();
        let mut settings = settings(&[Learner::Ridge]);
        settings.plan.n_repeats = 1;
        let task = TaskHandle::unattended();
        let challengers = vec![Challenger::Knn];
        let alone = compare(&cohort, &settings, &challengers, &task).expect("a comparison");
        settings.compare = challengers;
        let task = TaskHandle::unattended();
        let analysis = run(&cohort, &settings, "now", &task).expect("results");
        assert_eq!(analysis.comparison, Some(alone));
        let progress = task.progress();
        assert_eq!(progress.n_done, progress.n_total);
    }

    #[test]
    fn one_model_alone_is_not_compared_and_a_stopped_comparison_ends() {
        let (cohort, settings) = (cohort(), settings(&[Learner::Ridge]));
        let task = TaskHandle::unattended();
        let alone = compare(&cohort, &settings, &[], &task).expect_err("one model");
        assert_eq!(alone.issue().code, "compare-too-few");
        task.cancel();
        let stopped = compare(&cohort, &settings, &Challenger::ALL, &task);
        assert_eq!(stopped.err(), Some(Failure::Cancelled));
    }

    #[test]
    fn what_is_better_comes_first_then_what_is_alike_the_simpler_before_the_other() {
        let at = |model, low: f64, high: f64| {
            let difference = Difference {
                estimate: (low + high) / 2.0,
                low,
                high,
            };
            Compared {
                model,
                auc: Some(0.7),
                brier: None,
                log_loss: None,
                calibration_slope: None,
                standing: standing(Some(difference), false),
                auc_difference: Some(difference),
                brier_difference: None,
                log_loss_difference: None,
                n_failed: 0,
                failure: None,
            }
        };
        let learner = Contender::Learner;
        let challenger = Contender::Challenger;
        let mut models = [
            at(learner(Learner::Forest), -0.01, 0.05),
            at(challenger(Challenger::Svm), -0.09, -0.01),
            at(challenger(Challenger::Boosting), 0.01, 0.05),
            at(learner(Learner::Firth), -0.06, 0.01),
        ];
        models.sort_by(order);
        let shown: Vec<&str> = models.iter().map(|one| one.model.name()).collect();
        assert_eq!(shown, ["boosting", "firth", "forest", "svm"]);
        assert_eq!(standing(None, false), Standing::Unknown);
    }

    #[test]
    fn a_model_that_fails_is_counted_and_named_and_the_others_are_compared() {
        let cohort = cohort();
        let mut settings = settings(&[Learner::Ridge, Learner::Logistic]);
        settings.plan.n_repeats = 1;
        let prepared = Prepared::new(&cohort, &settings).expect("a sample");
        let job = prepared.job(&settings);
        let repeats = job.folds();
        let splits: Vec<Split> = repeats.concat();
        let task = TaskHandle::unattended();
        let model = Contender::Learner(Learner::Ridge);
        let mut predictions = judge(&job, model, &splits, &task, || Ok(())).expect("not cancelled");
        let whole = Judged::new(&job, &repeats, predictions.clone());
        predictions[1] = Err(Issue::error("challenger-failed").with("detail", "test"));
        let part = Judged::new(&job, &repeats, predictions);
        let svm = Contender::Challenger(Challenger::Svm);
        let found = part.against(svm, &whole, false, 1.0 / 3.0);
        assert_eq!(found.n_failed, 1);
        assert_eq!(found.failure.expect("a reason").code, "challenger-failed");
        let apart = found.auc_difference.expect("three folds");
        assert_eq!((apart.estimate, found.standing), (0.0, Standing::Alike));
    }

    #[test]
    fn the_time_of_a_comparison_is_that_of_its_folds() {
        let (cohort, settings) = (cohort(), settings(&[Learner::Ridge, Learner::Logistic]));
        let ticks = std::sync::atomic::AtomicU64::new(0);
        let clock = || {
            let tick = ticks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Duration::from_millis(10) * tick as u32
        };
        let task = TaskHandle::unattended();
        let time = compare_trial(&cohort, &settings, &[], &clock, &task).expect("a time");
        // Two models, four of eight folds each in ten milliseconds.
        assert!((time.as_secs_f64() - 0.04).abs() < 1e-9);
    }
}
