//! What the models make of their predictors: curves, contributions, interactions, points. On demand, like the comparison.
//!
//! It describes models. Whether a predictor acts on a patient is not asked here.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::analysis::model::Job;
use crate::analysis::run::Prepared;
use crate::analysis::{Learner, ModelResult, Settings};
use crate::base::issue::Failure;
use crate::base::num::mean;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::{Cohort, Kind};
use crate::design::{Predictor, Sample};
use crate::explain::{self, Effect, Nomogram};
use crate::recipe::Fitted;

/// Predictors of a model that are shown, the most important first.
const N_SHOWN: usize = 12;
/// Predictors of a forest whose pairs are asked for interactions.
const N_PAIRED: usize = 5;
/// Patients over whom curves are averaged at most.
const N_PATIENTS: usize = 500;
/// Patients over whom interactions are averaged at most: their cost grows with the square.
const N_CROSSED: usize = 60;
/// Forests on outcomes without interaction: of so many, none is stronger than the own by chance once in twenty.
const N_WITHOUT: usize = 19;

/// One predictor in a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariableEffect {
    /// Name of the variable.
    pub variable: String,
    /// How the chance moves with it.
    pub effect: Effect,
}

/// Two predictors of a forest together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// Name of the one variable.
    pub first: String,
    /// Name of the other.
    pub second: String,
    /// Friedman's H in [0, 1]; `None` where the chance does not vary with the two.
    pub strength: Option<f64>,
    /// The largest H of the same pair in 19 forests grown on outcomes drawn from a logistic model without interactions:
    /// what H comes to where there are none. `None` where no such forest could be grown.
    pub without: Option<f64>,
}

impl Interaction {
    /// Whether it is stronger than in every forest without interactions.
    pub fn is_clear(&self) -> bool {
        let both = self.strength.zip(self.without);
        both.is_some_and(|(strength, without)| strength > without)
    }
}

/// One patient in a summary of contributions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SwarmPoint {
    /// What the predictor adds for the patient: log-odds of a logistic model, chance of a forest.
    pub contribution: f64,
    /// Share of the other known values that are smaller, equals counted half, in [0, 1]; `None`: not known, or levels
    /// without an order.
    pub rank: Option<f64>,
}

/// What a predictor adds for everyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swarm {
    /// Name of the variable.
    pub variable: String,
    /// The patients, at most 500, in the order of the cohort.
    pub points: Vec<SwarmPoint>,
}

/// What one model makes of its predictors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelEffects {
    /// Which model.
    pub learner: Learner,
    /// The most important predictors, at most 12, the most important first.
    pub effects: Vec<VariableEffect>,
    /// Pairs of the five most important predictors of a forest, the strongest first; empty for a logistic model, whose
    /// interactions are terms.
    pub interactions: Vec<Interaction>,
    /// Contributions by refits that did not see the patient, of the same predictors.
    pub swarms: Vec<Swarm>,
    /// Points of a logistic model; `None` for a forest and with interactions.
    pub nomogram: Option<Nomogram>,
}

/// What the models of an analysis make of their predictors; `models` are its results. Fails as [`crate::analysis::run`]
/// does.
pub fn effects(
    cohort: &Cohort,
    settings: &Settings,
    models: &[ModelResult],
    task: &TaskHandle,
) -> Result<Vec<ModelEffects>, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    task.plan(n_steps(&job));
    effects_of(&job, models, task)
}

/// Steps that it takes.
pub(crate) fn n_steps(job: &Job<'_>) -> usize {
    let shown = job.sample.predictors.len().min(N_SHOWN);
    let of = |learner: &Learner| match learner {
        Learner::Forest => 1 + shown + 1 + N_WITHOUT,
        _ => 1 + shown,
    };
    job.settings.learners.iter().map(of).sum()
}

/// As [`effects`], for what is prepared already and without planning its steps.
pub(crate) fn effects_of(
    job: &Job<'_>,
    models: &[ModelResult],
    task: &TaskHandle,
) -> Result<Vec<ModelEffects>, Failure> {
    let known = models
        .iter()
        .filter(|model| job.settings.learners.contains(&model.learner));
    known.map(|model| of_model(job, model, task)).collect()
}

fn of_model(
    job: &Job<'_>,
    model: &ModelResult,
    task: &TaskHandle,
) -> Result<ModelEffects, Failure> {
    let sample = job.sample;
    let learner = model.learner;
    task.stage("stage-effects", learner.name());
    let all: Vec<usize> = (0..sample.n_rows()).collect();
    let stream = job.stream.named(learner.name()).named("fit");
    let fitted = job.recipe(learner).fit(sample, &all, stream, task)?;
    task.step()?;
    let order = by_importance(model, sample);
    let rows = explain::drawn_by_outcome(&sample.y, N_PATIENTS, job.stream.named("effects"));
    let f = explain::surface_of(&fitted, sample);
    let mut effects = Vec::new();
    for &at in order.iter().take(N_SHOWN) {
        effects.push(VariableEffect {
            variable: sample.predictors[at].name.clone(),
            effect: explain::effect(&f, sample, &rows, at),
        });
        task.step()?;
    }
    Ok(ModelEffects {
        learner,
        effects,
        interactions: match learner {
            Learner::Forest => interactions(job, &fitted, &order, task)?,
            _ => Vec::new(),
        },
        swarms: order
            .iter()
            .take(N_SHOWN)
            .map(|&at| swarm(model, &sample.predictors[at], at, &rows))
            .collect(),
        nomogram: explain::nomogram(&fitted, sample),
    })
}

/// Positions of the predictors, the most important first.
fn by_importance(model: &ModelResult, sample: &Sample) -> Vec<usize> {
    let of = |at: &usize| {
        let name = &sample.predictors[*at].name;
        let row = model.importance.iter().find(|row| row.variable == *name);
        row.map_or(f64::NEG_INFINITY, |row| row.mean)
    };
    let mut order: Vec<usize> = (0..sample.predictors.len()).collect();
    order.sort_by(|a, b| of(b).total_cmp(&of(a)));
    order
}

/// The pairs of the first predictors, the strongest first, with what chance makes of them.
fn interactions(
    job: &Job<'_>,
    fitted: &Fitted,
    order: &[usize],
    task: &TaskHandle,
) -> Result<Vec<Interaction>, Failure> {
    let sample = job.sample;
    let stream = job.stream.named("interactions");
    let first = &order[..order.len().min(N_PAIRED)];
    let pairs: Vec<(usize, usize)> = first
        .iter()
        .enumerate()
        .flat_map(|(place, &a)| first[place + 1..].iter().map(move |&b| (a, b)))
        .collect();
    let rows = explain::drawn_by_outcome(&sample.y, N_CROSSED, stream.named("rows"));
    let strengths = |fitted: &Fitted, sample: &Sample| {
        let f = explain::surface_of(fitted, sample);
        explain::interactions(&f, sample, &rows, &pairs)
    };
    let own = strengths(fitted, sample);
    task.step()?;
    let chance = without_interactions(job, stream, task)?;
    let without: Result<Vec<Option<Vec<Option<f64>>>>, Cancelled> = (0..N_WITHOUT)
        .into_par_iter()
        .map(|time| {
            let mut drawn = sample.clone();
            let mut rng = stream.named("outcomes").at(time).rng();
            drawn.y = chance.iter().map(|risk| rng.uniform() < *risk).collect();
            let all: Vec<usize> = (0..drawn.n_rows()).collect();
            let recipe = job.recipe(Learner::Forest);
            let found = match recipe.fit(&drawn, &all, stream.named("forests").at(time), task) {
                Ok(fitted) => Some(strengths(&fitted, &drawn)),
                Err(Failure::Cancelled) => return Err(Cancelled),
                Err(Failure::Because(_)) => None,
            };
            task.step()?;
            Ok(found)
        })
        .collect();
    let without: Vec<Vec<Option<f64>>> = without?.into_iter().flatten().collect();
    let name = |at: usize| sample.predictors[at].name.clone();
    let mut found: Vec<Interaction> = pairs
        .iter()
        .enumerate()
        .map(|(place, &(a, b))| Interaction {
            first: name(a),
            second: name(b),
            strength: own[place],
            without: without.iter().filter_map(|one| one[place]).reduce(f64::max),
        })
        .collect();
    found.sort_by(|a, b| {
        let of = |one: &Interaction| one.strength.unwrap_or(0.0);
        of(b).total_cmp(&of(a))
    });
    Ok(found)
}

/// Chances of the patients by a ridge model without interactions.
fn without_interactions(
    job: &Job<'_>,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<f64>, Failure> {
    let mut plain = job.sample.clone();
    plain.interactions.clear();
    let all: Vec<usize> = (0..plain.n_rows()).collect();
    let recipe = job.recipe(Learner::Ridge);
    let fitted = recipe.fit(&plain, &all, stream.named("plain"), task)?;
    Ok(fitted.predict(&plain, &all).risks)
}

fn swarm(model: &ModelResult, predictor: &Predictor, at: usize, rows: &[usize]) -> Swarm {
    let mut known = predictor.known();
    known.sort_unstable_by(f64::total_cmp);
    let is_ordered = predictor.kind != Kind::Categorical;
    let rank = |value: f64| {
        let below = known.partition_point(|other| *other < value);
        let to = known.partition_point(|other| *other <= value);
        let others = known.len().saturating_sub(1).max(1) as f64;
        ((below + to) as f64 / 2.0 - 0.5) / others
    };
    let point = |&row: &usize| {
        let contribution = *model.patients.get(row)?.contributions.get(at)?;
        let value = *predictor.values.get(row)?;
        Some(SwarmPoint {
            contribution,
            rank: (is_ordered && !value.is_nan()).then(|| rank(value)),
        })
    };
    Swarm {
        variable: predictor.name.clone(),
        points: rows.iter().filter_map(point).collect(),
    }
}

/// Spearman's correlation (1904) between the importance of the same predictors in two models; `None` with fewer than three
/// predictors and where all are equal.
pub fn rank_agreement(first: &ModelResult, second: &ModelResult) -> Option<f64> {
    let pair = |row: &crate::analysis::ImportanceRow| {
        let mut others = second.importance.iter();
        let other = others.find(|other| other.variable == row.variable)?;
        Some((row.mean, other.mean))
    };
    let (a, b): (Vec<f64>, Vec<f64>) = first.importance.iter().filter_map(pair).unzip();
    if a.len() < 3 {
        return None;
    }
    let (a, b) = (ranks(&a), ranks(&b));
    let centre = mean(&a)?;
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(&b) {
        ab += (a - centre) * (b - centre);
        aa += (a - centre).powi(2);
        bb += (b - centre).powi(2);
    }
    (aa > 0.0 && bb > 0.0).then(|| ab / (aa * bb).sqrt())
}

/// Ranks from 0, equals sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let to = sorted.partition_point(|other| other <= value);
        (below + to) as f64 / 2.0 - 0.5
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{fixture, run};

    fn settings() -> Settings {
        let mut settings = Settings {
            learners: vec![Learner::Ridge, Learner::Forest],
            predictors: Some(["age", "odi", "pcs", "sex"].map(str::to_owned).to_vec()),
            effects: true,
            ..Settings::default()
        };
        settings.forest.n_trees = 50;
        (settings.plan.n_folds, settings.plan.n_repeats) = (4, 1);
        (settings.plan.n_bootstraps, settings.plan.n_half_samples) = (20, 20);
        settings
    }

    #[test]
    fn an_analysis_that_asks_for_effects_holds_those_that_are_asked_for_later() {
        let cohort = crate::simulate::simulated("multicentre")
            .expect("shipped")
            .cohort();
        let task = TaskHandle::unattended();
        let analysis = run(&cohort, &settings(), "now", &task).expect("results");
        let progress = task.progress();
        assert_eq!(progress.n_done, progress.n_total);
        let task = TaskHandle::unattended();
        let later = effects(&cohort, &settings(), &analysis.models, &task).expect("effects");
        let progress = task.progress();
        assert_eq!(progress.n_done, progress.n_total);
        assert_eq!(analysis.effects, later);
        assert_eq!(later.len(), 2);
        let (ridge, forest) = (&later[0], &later[1]);
        assert!(ridge.interactions.is_empty() && ridge.nomogram.is_some());
        assert!(forest.nomogram.is_none() && forest.interactions.len() == 6);
        for pair in &forest.interactions {
            assert!(pair.strength.is_none_or(|h| h >= 0.0) && pair.without.is_some());
        }
        for (model, found) in analysis.models.iter().zip(&later) {
            let most = model
                .importance
                .iter()
                .max_by(|a, b| a.mean.total_cmp(&b.mean));
            assert_eq!(
                found.effects[0].variable,
                most.expect("predictors").variable
            );
            assert_eq!(found.effects.len(), 4);
            let swarm = found
                .swarms
                .iter()
                .find(|swarm| swarm.variable == "odi")
                .expect("one");
            assert_eq!(
                swarm.points.len(),
                analysis.cohort.n_analysed.min(N_PATIENTS)
            );
            let ranks = swarm.points.iter().filter_map(|point| point.rank);
            assert!(ranks.clone().all(|rank| (0.0..=1.0).contains(&rank)) && ranks.count() > 100);
        }
        let task = TaskHandle::unattended();
        task.cancel();
        let stopped = effects(&cohort, &settings(), &analysis.models, &task);
        assert_eq!(stopped.err(), Some(Failure::Cancelled));
    }

    #[test]
    fn models_agree_as_far_as_the_ranks_of_their_predictors_do() {
        let analysis = fixture::analysis();
        let model = &analysis.models[0];
        assert!((rank_agreement(model, model).expect("predictors") - 1.0).abs() < 1e-12);
        let mut turned = model.clone();
        turned
            .importance
            .iter_mut()
            .for_each(|row| row.mean = -row.mean);
        assert!((rank_agreement(model, &turned).expect("predictors") + 1.0).abs() < 1e-12);
        turned.importance.iter_mut().for_each(|row| row.mean = 0.0);
        assert_eq!(rank_agreement(model, &turned), None);
        turned.importance.truncate(2);
        assert_eq!(rank_agreement(model, &turned), None);
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [1.5, 0.0, 1.5]);
    }
}
