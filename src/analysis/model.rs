//! One model of an analysis: fitted to everyone, resampled, corrected, explained.

use std::collections::BTreeMap;

use crate::analysis::terms::{self, Refits};
use crate::analysis::{Learner, ModelResult, Settings, summary};
use crate::base::issue::{Failure, Issue};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::Domain;
use crate::design::Sample;
use crate::explain::{self, Groups, Importance};
use crate::learn::shapley::{Contributions, TREES_A_STEP};
use crate::recipe::{Fitted, Predictions, Recipe};
use crate::validate::calibrated::calibrated_range;
use crate::validate::centres::{Centre, leave_one_centre_out};
use crate::validate::curves::refit_curve;
use crate::validate::elsewhere::{self, Eras};
use crate::validate::resample::{
    CrossValidated, Optimism, Split, cross_validated, cross_validation, half_samples, optimism,
    refit,
};
use crate::validate::two_stage::{self, TwoStage};
use crate::validate::{CentreValidation, Later, Measure, RefitCurve};

/// Shufflings of each predictor for a forest's importance; a logistic model's is a mean over folds.
const N_SHUFFLES: usize = 10;
/// Refits whose curves are drawn: more of them hide each other.
const N_DRAWN: usize = 50;

/// What every model of an analysis shares.
pub(crate) struct Job<'a> {
    pub(crate) sample: &'a Sample,
    pub(crate) settings: &'a Settings,
    /// Positions of the analysed patients in the cohort.
    pub(crate) rows: &'a [usize],
    /// Pseudonyms of all patients of the cohort.
    pub(crate) pseudonyms: &'a [String],
    pub(crate) lead_trial: Option<&'a [Option<bool>]>,
    /// The domains that predictors come from, with the positions of theirs.
    pub(crate) domains: &'a [(Domain, Vec<usize>)],
    /// For each predictor the subgroup of each patient who is alike in the others.
    pub(crate) alike: &'a [Vec<u32>],
    /// The step of each predictor that clinicians think in.
    pub(crate) steps: &'a [Option<f64>],
    /// The centres with the positions of their patients; empty where there are not two.
    pub(crate) centres: &'a [Centre],
    /// Earlier and later patients; `None` where the cohort has no date that tells them apart.
    pub(crate) eras: Option<&'a Eras>,
    pub(crate) stream: Stream,
}

impl Job<'_> {
    pub(crate) fn recipe(&self, learner: Learner) -> Recipe {
        Recipe {
            learner,
            forest: self.settings.forest,
            penalty: self.settings.penalty,
            missing: self.settings.missing,
            recalibration: self.settings.recalibration,
        }
    }

    /// The same folds for every model, so that models are compared on identical resamples.
    pub(crate) fn folds(&self) -> Vec<Vec<Split>> {
        cross_validation(
            &self.sample.y,
            &self.settings.plan,
            self.stream.named("folds"),
        )
    }

    pub(super) fn all_rows(&self) -> Vec<usize> {
        (0..self.sample.n_rows()).collect()
    }

    /// Whose importance is asked: every predictor's, then every domain's.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let alone = (0..self.sample.predictors.len()).map(|at| vec![at]);
        let together = self.domains.iter().map(|(_, members)| members.clone());
        alone.chain(together).collect()
    }
}

/// Steps that one model takes.
pub(crate) fn n_steps(job: &Job<'_>, learner: Learner) -> usize {
    let plan = &job.settings.plan;
    let own = match learner {
        Learner::Forest => job.settings.forest.n_trees.div_ceil(TREES_A_STEP),
        _ => plan.n_bootstraps,
    };
    let folds = job.folds().iter().map(Vec::len).sum::<usize>();
    let two_stage = two_stage::n_steps(learner, plan);
    1 + own
        + folds
        + plan.n_half_samples
        + job.centres.len()
        + two_stage
        + usize::from(job.eras.is_some())
}

/// What the resamples of one model found.
pub(super) struct Found {
    pub(super) fitted: Fitted,
    pub(super) crossed: CrossValidated,
    pub(super) optimism: Optimism,
    pub(super) halves: Halves,
    /// By predictor, then by domain.
    pub(super) importance: Importance,
    /// Impurity-corrected importance by predictor; `None` for a logistic model.
    pub(super) impurity_corrected: Option<Vec<f64>>,
    /// Chances of the patients by fits that did not see them.
    pub(super) unseen: Predictions,
    pub(super) contributions: Vec<Contributions>,
    pub(super) centres: Option<CentreValidation>,
    pub(super) later: Option<Later>,
    pub(super) two_stage: TwoStage,
    /// Where the calibration figures of a perfectly calibrated model with these chances would lie.
    pub(super) calibrated: BTreeMap<Measure, (f64, f64)>,
}

/// Refits on half-samples.
pub(crate) struct Halves {
    /// Log-odds of each patient by the refits that did not see the patient.
    pub(super) of_patient: Vec<Vec<f64>>,
    /// Standard deviation of each patient's log-odds between imputations, by the same refits.
    pub(super) between: Vec<Mean>,
    /// By predictor, then by domain, one a refit.
    pub(super) importance: Vec<Importance>,
    pub(super) refits: Refits,
    /// The curves of the first refits.
    pub(super) curves: Vec<RefitCurve>,
    pub(super) n_failed: usize,
}

/// Trains, validates and explains one model.
pub(crate) fn analyse_model(
    job: &Job<'_>,
    learner: Learner,
    task: &TaskHandle,
) -> Result<ModelResult, Failure> {
    let recipe = job.recipe(learner);
    let stream = job.stream.named(learner.name());
    task.stage("stage-fit", learner.name());
    let fitted = recipe.fit(job.sample, &job.all_rows(), stream.named("fit"), task)?;
    task.step()?;
    task.stage("stage-cross-validation", learner.name());
    let (crossed, parts, fold_importance) = cross_validate(job, &recipe, stream, task)?;
    task.stage("stage-half-samples", learner.name());
    let halves = refit_halves(job, &recipe, stream, task)?;
    let mut found = Found {
        optimism: Optimism::default(),
        unseen: crossed.out_of_fold.clone(),
        importance: fold_importance,
        impurity_corrected: None,
        contributions: parts,
        centres: centres(job, &recipe, stream, task)?,
        later: later(job, &recipe, stream, task)?,
        two_stage: two_stage_of(job, &recipe, stream, task)?,
        calibrated: BTreeMap::new(),
        fitted,
        crossed,
        halves,
    };
    if learner == Learner::Forest {
        judge_out_of_bag(job, &recipe, stream, &mut found, task)?;
    } else {
        task.stage("stage-bootstrap", learner.name());
        let n_bootstraps = job.settings.plan.n_bootstraps;
        let stream = stream.named("bootstrap");
        let rows = job.all_rows();
        found.optimism = optimism(&recipe, job.sample, &rows, n_bootstraps, stream, task)?;
    }
    found.calibrated = calibrated_range(&found.unseen, stream.named("calibrated"), task)?;
    Ok(summary::result(job, learner, &found))
}

/// A forest is judged and explained by the trees that did not see the patient.
fn judge_out_of_bag(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    found: &mut Found,
    task: &TaskHandle,
) -> Result<(), Failure> {
    task.stage("stage-contributions", recipe.learner.name());
    let fitted = &found.fitted;
    found.unseen = fitted
        .out_of_bag()
        .ok_or_else(|| Failure::new("forest-too-few-trees"))?;
    let shuffles = stream.named("importance");
    let groups = Groups {
        predictors: &job.groups(),
        alike: &[],
        n_shuffles: N_SHUFFLES,
    };
    found.importance = explain::importance(fitted, job.sample, &[], &groups, shuffles, task)?;
    let corrected = explain::impurity_corrected(fitted, job.sample, stream, task)?;
    found.impurity_corrected = Some(corrected);
    found.contributions = shapley(job, fitted, task)?;
    Ok(())
}

/// Each centre under the models of the others; `None` where there are not two.
fn centres(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<CentreValidation>, Cancelled> {
    if job.centres.is_empty() {
        return Ok(None);
    }
    task.stage("stage-centres", recipe.learner.name());
    let stream = stream.named("centres");
    leave_one_centre_out(recipe, job.sample, job.centres, stream, task).map(Some)
}

/// The later patients under the model of the earlier ones; `None` where no date tells them apart.
fn later(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<Later>, Cancelled> {
    let Some(eras) = job.eras else {
        return Ok(None);
    };
    task.stage("stage-later", recipe.learner.name());
    elsewhere::later(recipe, job.sample, eras, stream.named("later"), task).map(Some)
}

/// The two-stage bootstrap, where the plan asks for it.
fn two_stage_of(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    task: &TaskHandle,
) -> Result<TwoStage, Cancelled> {
    let plan = &job.settings.plan;
    if plan.n_outer == 0 {
        return Ok(TwoStage::default());
    }
    task.stage("stage-two-stage", recipe.learner.name());
    let stream = stream.named("two-stage");
    two_stage::two_stage(recipe, job.sample, plan, stream, task)
}

/// One fold: its test rows, their predictions, contributions (logistic) and importance.
pub(crate) struct Fold {
    rows: Vec<usize>,
    predictions: Predictions,
    contributions: Vec<Contributions>,
    importance: Importance,
}

type Crossed = (CrossValidated, Vec<Contributions>, Importance);

fn cross_validate(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Crossed, Failure> {
    let sample = job.sample;
    let repeats = job.folds();
    let splits: Vec<Split> = repeats.concat();
    let mut folds = refit_folds(job, recipe, &splits, stream, task)?.into_iter();
    let mut by_repeat = Vec::with_capacity(repeats.len());
    let mut parts = Parts::new(sample);
    let n_groups = job.groups().len();
    let (mut brier, mut log_loss) = (Mean::new(n_groups), Mean::new(n_groups));
    for repeat in &repeats {
        let of_repeat: Vec<Option<Fold>> = folds.by_ref().take(repeat.len()).collect();
        by_repeat.push(
            of_repeat
                .into_iter()
                .map(|fold| {
                    let fold = fold?;
                    parts.add(&fold.rows, &fold.contributions);
                    brier.add(&fold.importance.brier);
                    log_loss.add(&fold.importance.log_loss);
                    Some((fold.rows, fold.predictions))
                })
                .collect(),
        );
    }
    let crossed = cross_validated(&sample.y, &by_repeat)
        .ok_or_else(|| Failure::from(Issue::error("folds-failed")))?;
    let importance = Importance {
        brier: brier.mean(),
        log_loss: log_loss.mean(),
        conditional: Vec::new(),
    };
    Ok((crossed, parts.mean(), importance))
}

/// Refits on the training rows of folds and judges each on its test rows.
pub(crate) fn refit_folds(
    job: &Job<'_>,
    recipe: &Recipe,
    splits: &[Split],
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<Option<Fold>>, Cancelled> {
    let sample = job.sample;
    let is_forest = recipe.learner == Learner::Forest;
    let shuffles = stream.named("fold-importance");
    let groups = Groups {
        predictors: &job.groups(),
        alike: &[],
        n_shuffles: 1,
    };
    let judge = |at: usize, fitted: &Fitted, split: &Split| Fold {
        rows: split.test.clone(),
        predictions: fitted.predict(sample, &split.test),
        contributions: explain::logistic_contributions(fitted, sample, &split.test)
            .unwrap_or_default(),
        // A forest's importance comes from its own out-of-bag rows, once, on everyone.
        importance: if is_forest {
            Importance::default()
        } else {
            explain::importance(fitted, sample, &split.test, &groups, shuffles.at(at), task)
                .unwrap_or_default()
        },
    };
    refit(
        recipe,
        sample,
        splits,
        stream.named("fold-fits"),
        task,
        judge,
    )
}

/// Running mean of vectors of one length.
pub(super) struct Mean {
    sums: Vec<f64>,
    n: usize,
}

impl Mean {
    fn new(k: usize) -> Self {
        Self {
            sums: vec![0.0; k],
            n: 0,
        }
    }

    fn add(&mut self, values: &[f64]) {
        if values.len() == self.sums.len() {
            self.sums
                .iter_mut()
                .zip(values)
                .for_each(|(sum, value)| *sum += value);
            self.n += 1;
        }
    }

    pub(super) fn mean(&self) -> Vec<f64> {
        self.sums
            .iter()
            .map(|sum| sum / self.n.max(1) as f64)
            .collect()
    }
}

/// Mean contributions of each patient over the folds that did not hold the patient.
struct Parts {
    sums: Vec<Mean>,
    k: usize,
}

impl Parts {
    fn new(sample: &Sample) -> Self {
        let k = sample.predictors.len();
        Self {
            sums: (0..sample.n_rows()).map(|_| Mean::new(k + 1)).collect(),
            k,
        }
    }

    fn add(&mut self, rows: &[usize], contributions: &[Contributions]) {
        for (&row, part) in rows.iter().zip(contributions) {
            let mut values = part.values.clone();
            values.push(part.base_value);
            self.sums[row].add(&values);
        }
    }

    fn mean(&self) -> Vec<Contributions> {
        self.sums
            .iter()
            .map(|sum| {
                let mut values = sum.mean();
                let base_value = values[self.k];
                values.truncate(self.k);
                Contributions { values, base_value }
            })
            .collect()
    }
}

pub(crate) fn refit_halves(
    job: &Job<'_>,
    recipe: &Recipe,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Halves, Cancelled> {
    let sample = job.sample;
    let n_half_samples = job.settings.plan.n_half_samples;
    // The same halves for every model.
    let splits = half_samples(&sample.y, n_half_samples, job.stream.named("halves"));
    let shuffles = stream.named("half-importance");
    let groups = Groups {
        predictors: &job.groups(),
        alike: job.alike,
        n_shuffles: 1,
    };
    let found = refit(
        recipe,
        sample,
        &splits,
        stream.named("half-fits"),
        task,
        |at, fitted, split| {
            let predictions = fitted.predict(sample, &split.test);
            let drawn =
                (at < N_DRAWN).then(|| refit_curve(&predictions.risks, &sample.y_of(&split.test)));
            (
                predictions,
                drawn,
                explain::importance(fitted, sample, &split.test, &groups, shuffles.at(at), task)
                    .unwrap_or_default(),
                terms::coefficients(fitted, job.sample),
            )
        },
    )?;
    let mut halves = Halves {
        of_patient: vec![Vec::new(); sample.n_rows()],
        between: (0..sample.n_rows()).map(|_| Mean::new(1)).collect(),
        importance: Vec::new(),
        refits: Refits::default(),
        curves: Vec::new(),
        n_failed: 0,
    };
    for (split, found) in splits.iter().zip(found) {
        let Some((predictions, drawn, importance, coefficients)) = found else {
            halves.n_failed += 1;
            continue;
        };
        for (at, &row) in split.test.iter().enumerate() {
            halves.of_patient[row].push(predictions.linear_predictors[at]);
            halves.between[row].add(&[predictions.between[at]]);
        }
        halves.curves.extend(drawn);
        halves.importance.push(importance);
        halves.refits.add(coefficients);
    }
    Ok(halves)
}

/// Shapley values of everyone by trees that did not see them.
pub(crate) fn shapley(
    job: &Job<'_>,
    fitted: &Fitted,
    task: &TaskHandle,
) -> Result<Vec<Contributions>, Cancelled> {
    let background = explain::background(&job.sample.y, job.stream.named("background"));
    let k = job.sample.predictors.len();
    let found = explain::forest_contributions(fitted, k, &job.all_rows(), &background, task)?;
    Ok(found.unwrap_or_default())
}
