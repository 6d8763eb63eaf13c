//! Runs an analysis: checks what was asked, trains the models in parallel, gathers what they found.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::analysis::compare::{compare_models, n_steps as n_compared};
use crate::analysis::differences::differences;
use crate::analysis::effects;
use crate::analysis::missing::missing_summary;
use crate::analysis::model::{Job, analyse_model, n_steps};
use crate::analysis::notices::notices;
use crate::analysis::plan::{ASSUMED_AUC, chosen, n_parameters, sample_of};
use crate::analysis::profiles;
use crate::analysis::prospect::prospect;
use crate::analysis::sensitivity::sensitivity;
use crate::analysis::subgroups::subgroups;
use crate::analysis::terms::clinical_step;
use crate::analysis::{
    Analysis, CohortSummary, Comparison, Design, ModelEffects, ModelResult, OutcomeSummary,
    PredictorSummary, Profiles, Prospect, SampleSize, Settings, Specification, specification_hash,
};
use crate::base::issue::{Failure, Issue};
use crate::base::num::quantile;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::{Cell, Cohort, Domain, Kind, Variable, masked_issues};
use crate::design::sample_size::{Question, budget, expected_mape, r2_from_auc, required};
use crate::design::{Admitted, Coding, DesignMap, Predictor, Sample};
use crate::explain;
use crate::outcome::{Outcome, decide};
use crate::recipe::MissingPlan;
use crate::stratify;
use crate::validate::PermutationTest;
use crate::validate::centres::Centre;
use crate::validate::elsewhere::{Eras, eras};
use crate::validate::permutation::{self, permutation_test};

/// Fewest patients of the rarer outcome with which anything is trained: below, a fold of the
/// cross-validation would hold none of them.
const MIN_EVENTS: usize = 10;

/// Trains, validates and explains the chosen models.
///
/// `created` is the time stamp of the result, ISO 8601. The result depends on cohort, settings
/// and `created` only, never on the number of threads. Runs on the rayon pool of the caller.
/// Fails where the outcome can't be decided, a predictor is unknown or measured after the
/// decision, or the rarer outcome has fewer than ten patients.
pub fn run(
    cohort: &Cohort,
    settings: &Settings,
    created: &str,
    task: &TaskHandle,
) -> Result<Analysis, Failure> {
    let analysis = run_kept(cohort, settings, created, task)?;
    if analysis.unfinished.is_empty() {
        Ok(analysis)
    } else {
        Err(Failure::Cancelled)
    }
}

/// The same, but what was finished when the task was cancelled is kept, and [`Analysis::unfinished`] names the rest.
/// Cancelled before any model was finished it fails.
pub fn run_kept(
    cohort: &Cohort,
    settings: &Settings,
    created: &str,
    task: &TaskHandle,
) -> Result<Analysis, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    let Prepared {
        outcome,
        admitted,
        sample,
        ..
    } = &prepared;
    plan(&job, task);
    let missing = missing_summary(sample, settings, job.stream.named("missing"), task)?;
    let (models, mut unfinished) = models_of(&job, task)?;
    let sample_size = size_of(sample, settings.missing)?;
    let asked = asked(cohort, &job, &sample_size, &models, task)?;
    unfinished.extend(asked.unfinished);
    let subgroups = subgroups(cohort, &job, &models);
    let mut analysis = Analysis {
        settings: settings.clone(),
        created: created.to_owned(),
        cohort: cohort_summary(cohort, outcome),
        outcome: outcome_summary(cohort, outcome),
        predictors: predictor_summaries(cohort, sample, settings.missing),
        sample_size,
        notices: Vec::new(),
        interactions: interactions(sample),
        specification: Specification::new(
            specification_hash(cohort, settings, admitted),
            &settings.locks,
        ),
        differences: differences(&models),
        models,
        permutation: asked.permutation,
        prospect: asked.prospect,
        missing,
        comparison: asked.comparison,
        effects: asked.effects,
        subgroups,
        external: None,
        unfinished,
        profiles: asked.profiles,
        movement: None,
    };
    analysis.notices = notices(&analysis);
    Ok(analysis)
}

/// Plans the steps of all that was asked for.
fn plan(job: &Job<'_>, task: &TaskHandle) {
    let settings = job.settings;
    let of_models = settings
        .learners
        .iter()
        .map(|&learner| n_steps(job, learner));
    task.plan(of_models.sum::<usize>() + permutation::n_steps(settings.plan.n_permutations));
    task.plan(settings.plan.n_simulated);
    if !settings.compare.is_empty() {
        task.plan(n_compared(job, &settings.compare));
    }
    if settings.profiles {
        task.plan(stratify::n_steps());
    }
}

/// The models that were finished, and message keys of the others. Fails where none was.
fn models_of(job: &Job<'_>, task: &TaskHandle) -> Result<(Vec<ModelResult>, Vec<String>), Failure> {
    let learners = &job.settings.learners;
    let found: Result<Vec<Option<ModelResult>>, Failure> = learners
        .par_iter()
        .map(|&learner| unless_cancelled(analyse_model(job, learner, task)))
        .collect();
    let found = found?;
    let unfinished = learners.iter().zip(&found);
    let unfinished = unfinished
        .filter(|(_, model)| model.is_none())
        .map(|(learner, _)| format!("learner-{}", learner.name()))
        .collect();
    let models: Vec<ModelResult> = found.into_iter().flatten().collect();
    if models.is_empty() {
        return Err(Failure::Cancelled);
    }
    Ok((models, unfinished))
}

/// What was asked for beside the models.
struct Asked {
    permutation: Option<PermutationTest>,
    prospect: Option<Prospect>,
    comparison: Option<Comparison>,
    profiles: Option<Profiles>,
    effects: Vec<ModelEffects>,
    /// Message keys of what was not finished.
    unfinished: Vec<String>,
}

fn asked(
    cohort: &Cohort,
    job: &Job<'_>,
    size: &SampleSize,
    models: &[ModelResult],
    task: &TaskHandle,
) -> Result<Asked, Failure> {
    let settings = job.settings;
    let mut unfinished = Vec::new();
    let mut note = |key: &str, is_missing: bool| {
        unfinished.extend(is_missing.then(|| key.to_owned()));
    };
    let permutation = unless_cancelled(permuted(job, task))?;
    note("report-permutation", permutation.is_none());
    let prospect = unless_cancelled(simulated(job, size, task))?;
    note("report-prospect", prospect.is_none());
    let comparison = (!settings.compare.is_empty())
        .then(|| unless_cancelled(compare_models(job, &settings.compare, task)))
        .transpose()?;
    note("comparison-title", comparison == Some(None));
    let profiles = settings
        .profiles
        .then(|| {
            let found = profiles::find(cohort, job, &profiles::risks(models), task);
            unless_cancelled(found)
        })
        .transpose()?;
    note("page-profiles", profiles == Some(None));
    let effects = if settings.effects {
        task.plan(effects::n_steps(job));
        unless_cancelled(effects::effects_of(job, models, task))?
    } else {
        Some(Vec::new())
    };
    note("report-explanation", effects.is_none());
    Ok(Asked {
        permutation: permutation.flatten(),
        prospect: prospect.flatten(),
        comparison: comparison.flatten(),
        profiles: profiles.flatten(),
        effects: effects.unwrap_or_default(),
        unfinished,
    })
}

/// What was found; `None` where the work was stopped.
fn unless_cancelled<T, E: Into<Failure>>(found: Result<T, E>) -> Result<Option<T>, Failure> {
    match found.map_err(Into::into) {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Cancelled) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// What is decided before anything is trained.
pub(crate) struct Prepared {
    outcome: Outcome,
    admitted: Vec<Admitted>,
    pub(crate) sample: Sample,
    pseudonyms: Vec<String>,
    domains: Vec<(Domain, Vec<usize>)>,
    alike: Vec<Vec<u32>>,
    steps: Vec<Option<f64>>,
    centres: Vec<Centre>,
    eras: Option<Eras>,
}

impl Prepared {
    /// Decides outcome and predictors. Fails as [`run`] does.
    pub(crate) fn new(cohort: &Cohort, settings: &Settings) -> Result<Self, Failure> {
        check_settings(settings)?;
        let outcome = decide(cohort, &settings.outcome)?;
        let admitted = chosen(cohort, settings, &outcome)?;
        let sample = sample_of(cohort, settings, &outcome, &admitted)?;
        let n_rarer = outcome.n_events().min(sample.n_rows() - outcome.n_events());
        if n_rarer < MIN_EVENTS {
            let issue = Issue::error("too-few-events")
                .with("n", n_rarer)
                .with("least", MIN_EVENTS);
            return Err(issue.into());
        }
        Ok(Self {
            domains: domains(cohort, &sample),
            alike: explain::subgroups(&sample),
            steps: steps(cohort, &sample),
            centres: centres(cohort, &outcome),
            eras: dated(cohort, &outcome),
            pseudonyms: cohort.pseudonyms(),
            outcome,
            admitted,
            sample,
        })
    }

    pub(crate) fn job<'a>(&'a self, settings: &'a Settings) -> Job<'a> {
        Job {
            sample: &self.sample,
            settings,
            rows: &self.outcome.rows,
            pseudonyms: &self.pseudonyms,
            lead_trial: self.outcome.lead_trial.as_deref(),
            domains: &self.domains,
            alike: &self.alike,
            steps: &self.steps,
            centres: &self.centres,
            eras: self.eras.as_ref(),
            stream: Stream::new(settings.seed),
        }
    }
}

/// The domains of the predictors, in the order of [`Domain`], with the positions of their predictors.
fn domains(cohort: &Cohort, sample: &Sample) -> Vec<(Domain, Vec<usize>)> {
    let mut found: BTreeMap<Domain, Vec<usize>> = BTreeMap::new();
    for (at, predictor) in sample.predictors.iter().enumerate() {
        let variable = cohort.variable(&predictor.name);
        let domain = variable.map_or(Domain::Other, |variable| variable.domain);
        found.entry(domain).or_default().push(at);
    }
    found.into_iter().collect()
}

/// The clinical step of each predictor.
fn steps(cohort: &Cohort, sample: &Sample) -> Vec<Option<f64>> {
    let step = |predictor: &Predictor| {
        let variable = cohort.variable(&predictor.name);
        variable.and_then(clinical_step)
    };
    sample.predictors.iter().map(step).collect()
}

/// The centres of the analysed patients by name, with the positions of their patients in the sample; empty where
/// the cohort has no column of centres, or all are of one. A patient whose centre is not known is of none.
fn centres(cohort: &Cohort, outcome: &Outcome) -> Vec<Centre> {
    let is_centre = |variable: &&Variable| variable.concept.as_deref() == Some("centre");
    let Some(variable) = cohort.variables.iter().find(is_centre) else {
        return Vec::new();
    };
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, &row) in outcome.rows.iter().enumerate() {
        let name = match cohort.cell(row, &variable.name) {
            Some(Cell::Text(name)) => name,
            Some(Cell::Number(number)) => number.to_string(),
            _ => continue,
        };
        by_name.entry(name).or_default().push(position);
    }
    if by_name.len() < 2 {
        return Vec::new();
    }
    by_name.into_iter().collect()
}

/// Dates that order patients by when the decision about them was made, the best first.
const DATES: [&str; 3] = ["inclusion-date", "trial-date", "implant-date"];

/// Earlier and later patients by the first of these dates that nearly all have.
fn dated(cohort: &Cohort, outcome: &Outcome) -> Option<Eras> {
    DATES.iter().find_map(|concept| {
        let is_date = |variable: &&Variable| {
            variable.kind == Kind::Date && variable.concept.as_deref() == Some(concept)
        };
        let variable = cohort.variables.iter().find(is_date)?;
        let day = |&row: &usize| match cohort.cell(row, &variable.name)? {
            Cell::Text(text) => Some(text.get(..10)?.to_owned()),
            Cell::Number(_) => None,
        };
        let days: Vec<Option<String>> = outcome.rows.iter().map(day).collect();
        eras(&variable.name, &days)
    })
}

/// The permutation test of the first learner, where the plan asks for it.
fn permuted(job: &Job<'_>, task: &TaskHandle) -> Result<Option<PermutationTest>, Cancelled> {
    let plan = &job.settings.plan;
    let Some(&learner) = job
        .settings
        .learners
        .first()
        .filter(|_| plan.n_permutations > 0)
    else {
        return Ok(None);
    };
    task.stage("stage-permutation", learner.name());
    let stream = job.stream.named("permutation");
    let recipe = job.recipe(learner);
    permutation_test(
        &recipe,
        job.sample,
        plan.n_folds,
        plan.n_permutations,
        stream,
        task,
    )
}

/// The first learner on simulated cohorts of the same design, where the plan asks for it.
fn simulated(
    job: &Job<'_>,
    size: &SampleSize,
    task: &TaskHandle,
) -> Result<Option<Prospect>, Cancelled> {
    let n_cohorts = job.settings.plan.n_simulated;
    let learner = job.settings.learners.first().filter(|_| n_cohorts > 0);
    let Some(&learner) = learner else {
        return Ok(None);
    };
    task.stage("stage-prospect", learner.name());
    let design = Design {
        n: size.n_available,
        event_rate: size.event_rate,
        auc: size.assumed_auc,
        k_predictors: size.n_parameters,
    };
    let stream = job.stream.named("prospect");
    prospect(&job.recipe(learner), design, n_cohorts, stream, task)
}

fn interactions(sample: &Sample) -> Vec<String> {
    let name = |at: usize| sample.predictors[at].name.as_str();
    let words = |&(a, b): &(usize, usize)| format!("{} × {}", name(a), name(b));
    sample.interactions.iter().map(words).collect()
}

/// Whether the cohort is large enough for the chosen predictors. Fails where a chosen predictor is unknown or barred.
pub fn sample_size(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
) -> Result<SampleSize, Failure> {
    let admitted = chosen(cohort, settings, outcome)?;
    let sample = sample_of(cohort, settings, outcome, &admitted)?;
    size_of(&sample, settings.missing)
}

fn check_settings(settings: &Settings) -> Result<(), Failure> {
    let refuse = |code: &str| Err(Failure::new(code));
    let plan = &settings.plan;
    if settings.learners.is_empty() {
        return refuse("no-learner");
    }
    if let MissingPlan::Multiple(params) = settings.missing {
        params.check()?;
    }
    settings.penalty.check()?;
    if settings.forest.n_trees < 50 || settings.forest.n_trees > 100_000 {
        return refuse("trees-out-of-range");
    }
    if !settings.forest.is_possible() {
        return refuse("forest-out-of-range");
    }
    if plan.n_folds < 2 || plan.n_repeats == 0 || plan.n_half_samples < 20 || plan.n_bootstraps < 20
    {
        return refuse("plan-too-small");
    }
    if plan.n_outer > 0
        && !((20..=10_000).contains(&plan.n_outer) && (2..=10_000).contains(&plan.n_inner))
    {
        return refuse("two-stage-out-of-range");
    }
    if plan.n_permutations > 0 && !(19..=100_000).contains(&plan.n_permutations) {
        return refuse("permutations-out-of-range");
    }
    if plan.n_simulated > 0 && !(20..=100_000).contains(&plan.n_simulated) {
        return refuse("simulated-out-of-range");
    }
    settings.strata.trouble().map_or(Ok(()), refuse)
}

fn cohort_summary(cohort: &Cohort, outcome: &Outcome) -> CohortSummary {
    CohortSummary {
        file: cohort.source.file.clone(),
        sha256: cohort.source.sha256.clone(),
        n_rows: cohort.n_rows(),
        n_analysed: outcome.rows.len(),
        exclusions: outcome.exclusions.clone(),
        issues: masked_issues(cohort),
        synthetic: cohort.source.synthetic,
    }
}

fn outcome_summary(cohort: &Cohort, outcome: &Outcome) -> OutcomeSummary {
    OutcomeSummary {
        n_events: outcome.n_events(),
        event_rate: outcome.event_rate().unwrap_or(0.0),
        n_failed_trial: outcome.n_failed_trial,
        n_explanted: outcome.n_explanted,
        has_lead_trial: outcome.lead_trial.is_some(),
        flow: outcome.flow.clone(),
        sensitivity: sensitivity(cohort, outcome),
    }
}

fn predictor_summaries(
    cohort: &Cohort,
    sample: &Sample,
    missing: MissingPlan,
) -> Vec<PredictorSummary> {
    let groups = design_of(sample, missing).groups(sample.predictors.len());
    sample
        .predictors
        .iter()
        .zip(groups)
        .map(|(predictor, columns)| predictor_summary(cohort, predictor, columns.len()))
        .collect()
}

fn predictor_summary(
    cohort: &Cohort,
    predictor: &Predictor,
    n_parameters: usize,
) -> PredictorSummary {
    let variable = cohort.variable(&predictor.name);
    let seen = predictor.known();
    let is_number = predictor.kind == Kind::Numeric && !seen.is_empty();
    let at = |share| quantile(&seen, share).unwrap_or(f64::NAN);
    PredictorSummary {
        name: predictor.name.clone(),
        label: variable.map_or_else(|| predictor.name.clone(), |variable| variable.label.clone()),
        kind: predictor.kind,
        levels: predictor.levels.clone(),
        form: predictor.form.clone(),
        unit: variable.and_then(|variable| variable.unit.clone()),
        timing: variable.map(|variable| variable.timing).unwrap_or_default(),
        n_missing: predictor.values.len() - seen.len(),
        n_parameters,
        quartiles: is_number.then(|| [at(0.25), at(0.5), at(0.75)]),
        range: is_number.then(|| (at(0.0), at(1.0))),
    }
}

/// The design of a logistic model on all patients: it says how many parameters are spent.
fn design_of(sample: &Sample, missing: MissingPlan) -> DesignMap {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    missing.design(sample, &rows, Coding::Treatment)
}

fn size_of(sample: &Sample, missing: MissingPlan) -> Result<SampleSize, Failure> {
    let n = sample.n_rows();
    let n_events = sample.y.iter().filter(|&&event| event).count();
    let n_parameters = n_parameters(sample, missing);
    let event_rate = n_events as f64 / n as f64;
    let size = r2_from_auc(ASSUMED_AUC, event_rate).and_then(|r2_cox_snell| {
        let required = required(&Question {
            n_parameters,
            event_rate,
            r2_cox_snell,
        })?;
        Some((required, budget(n, event_rate, r2_cox_snell)))
    });
    let (required, budget) = size.ok_or_else(|| Failure::new("no-predictor"))?;
    Ok(SampleSize {
        assumed_auc: ASSUMED_AUC,
        criteria: required
            .criteria()
            .map(|(name, n)| (name.to_owned(), n))
            .to_vec(),
        n_required: required.n(),
        n_available: n,
        n_parameters,
        budget,
        event_rate,
        events_per_parameter: n_events.min(n - n_events) as f64 / n_parameters as f64,
        expected_mape: expected_mape(n, n_parameters, event_rate),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{LimitsBy, Measure};
    use crate::recipe::Learner;

    fn settings() -> Settings {
        let mut settings = Settings {
            learners: vec![Learner::Logistic, Learner::Forest],
            predictors: Some(["age", "odi", "pcs"].map(str::to_owned).to_vec()),
            ..Settings::default()
        };
        settings.forest.n_trees = 60;
        settings.plan.n_bootstraps = 20;
        (settings.plan.n_folds, settings.plan.n_repeats) = (4, 1);
        settings.plan.n_half_samples = 20;
        settings
    }

    fn found(settings: &Settings, task: &TaskHandle) -> Result<Analysis, Failure> {
        let cohort = crate::simulate::simulated("multicentre").unwrap().cohort();
        run(&cohort, settings, "2026-01-01T00:00:00Z", task)
    }

    #[test]
    fn what_was_asked_for_runs_and_takes_the_steps_that_were_planned() {
        let mut settings = settings();
        (settings.plan.n_outer, settings.plan.n_inner) = (20, 2);
        settings.plan.n_permutations = 19;
        settings.plan.n_simulated = 20;
        let task = TaskHandle::unattended();
        let analysis = found(&settings, &task).unwrap();
        let progress = task.progress();
        assert_eq!(progress.n_done, progress.n_total);
        let by = [LimitsBy::TwoStage, LimitsBy::Jackknife];
        for (model, by) in analysis.models.iter().zip(by) {
            assert_eq!(model.corrected[&Measure::Auc].limits_by, by);
            assert_eq!(model.calibrated.len(), Measure::OF_CALIBRATION.len());
            let centres = model.centres.as_ref().unwrap();
            let n: usize = centres.centres.iter().map(|centre| centre.n).sum();
            assert!(centres.centres.len() > 2 && n <= analysis.cohort.n_analysed);
            assert!(!model.spline_curve.is_empty());
        }
        let test = analysis.permutation.unwrap();
        assert_eq!((test.learner, test.n), (Learner::Logistic, 19));
        let prospect = analysis.prospect.unwrap();
        assert_eq!((prospect.learner, prospect.n_ok), (Learner::Logistic, 20));
        assert!(prospect.apparent_auc.middle > prospect.true_auc.middle);
        assert_eq!(analysis.differences.len(), 1);
        assert!(analysis.models[0].rules_632.contains_key(&Measure::Brier));
    }

    #[test]
    fn what_was_finished_when_the_work_was_stopped_is_kept_and_labelled() {
        let mut settings = settings();
        settings.learners = vec![Learner::Logistic];
        settings.plan.n_permutations = 19;
        // Stopped by the first step of the permutation test: the model is finished by then.
        let cohort = crate::simulate::simulated("multicentre").unwrap().cohort();
        let n_steps = {
            let task = TaskHandle::unattended();
            found(&settings, &task).unwrap();
            task.progress().n_total
        };
        let stop: std::sync::Arc<std::sync::OnceLock<TaskHandle>> = Default::default();
        let seen = std::sync::Arc::clone(&stop);
        let task = TaskHandle::watched(move || {
            if let Some(task) = seen.get()
                && task.progress().stage == "stage-permutation"
            {
                task.cancel();
            }
        });
        assert!(stop.set(task.clone()).is_ok());
        let kept = run_kept(&cohort, &settings, "2026-01-01T00:00:00Z", &task).unwrap();
        assert!(task.progress().n_done < n_steps);
        assert_eq!(kept.unfinished, ["report-permutation"]);
        assert_eq!(kept.models.len(), 1);
        assert!(kept.permutation.is_none());
        let codes: Vec<&str> = kept.notices.iter().map(|one| one.code.as_str()).collect();
        assert!(codes.contains(&"partial-results"), "{codes:?}");
        // Stopped before anything was finished, nothing is kept; and a script gets nothing in part.
        let at_once = TaskHandle::unattended();
        at_once.cancel();
        let none = run_kept(&cohort, &settings, "", &at_once);
        assert_eq!(none.unwrap_err(), Failure::Cancelled);
        let strict = run(&cohort, &settings, "", &task);
        assert_eq!(strict.unwrap_err(), Failure::Cancelled);
    }

    #[test]
    fn what_was_not_asked_for_does_not_run() {
        let task = TaskHandle::unattended();
        let analysis = found(&settings(), &task).unwrap();
        assert_eq!(task.progress().n_done, task.progress().n_total);
        assert!(analysis.permutation.is_none() && analysis.prospect.is_none());
        let auc = analysis.models[0].corrected[&Measure::Auc];
        assert_eq!(auc.limits_by, LimitsBy::FixedModel);
    }

    #[test]
    fn validations_out_of_range_are_refused() {
        type Change = fn(&mut Settings);
        let wrong: [(Change, &str); 5] = [
            (|s| s.plan.n_simulated = 19, "simulated-out-of-range"),
            (|s| s.plan.n_outer = 19, "two-stage-out-of-range"),
            (|s| s.plan.n_outer = 80, "two-stage-out-of-range"),
            (|s| s.plan.n_permutations = 18, "permutations-out-of-range"),
            (
                |s| s.plan.n_permutations = usize::MAX,
                "permutations-out-of-range",
            ),
        ];
        for (change, code) in wrong {
            let mut settings = settings();
            change(&mut settings);
            let failure = found(&settings, &TaskHandle::unattended()).unwrap_err();
            assert_eq!(failure.issue().code, code);
        }
    }
}
