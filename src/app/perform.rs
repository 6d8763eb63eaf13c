//! Does what the jobs ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::analysis::{self, Challenger, Learner, Live, Settings};
use crate::app::columns;
use crate::app::elsewhere;
use crate::app::intake;
use crate::app::jobs::{Contents, Job, OnResults, Outcome};
use crate::app::live_models;
use crate::app::moving;
use crate::app::state::Derived;
use crate::app::surveys;
use crate::app::table::{self, Source as _};
use crate::app::writing;
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::dictionary;
use crate::outcome;
use crate::study::recipes;
use crate::study::{self, Lock};

/// Does a job on this thread, watched by `task`.
pub(super) fn perform(job: Job, task: &TaskHandle) -> Result<Outcome, Failure> {
    let text = |()| Outcome::Text;
    match job {
        Job::TakeIn(order) => intake::take_in(order, task),
        Job::Preview { input, options } => intake::look(input, options, task),
        Job::Survey { checked, question } => surveys::survey(checked, question, task),
        Job::KeepRecipe { folder, recipe } => keep_recipe(&folder, &recipe),
        Job::OpenStudy { path, recovered } => open(path, recovered),
        Job::Check(order) => Ok(Outcome::Checked(Arc::new(columns::check(&order, task)?))),
        Job::Derive { cohort, settings } => {
            Ok(Outcome::Derived(Arc::new(derive(&cohort, &settings))))
        }
        Job::Trial { cohort, settings } => try_out(&cohort, &settings, task),
        Job::TryComparison { cohort, settings } => try_comparison(&cohort, &settings, task),
        Job::Compare { cohort, settings } => compare(&cohort, &settings, task),
        Job::Explain(order) => explain(&order, task),
        Job::Live(order, learner) => live(&order, learner, task),
        Job::Ask(live, question) => live_models::ask(&live, &question, task)
            .map(|answer| Outcome::Answered(question, answer)),
        Job::TryProfiles { cohort, settings } => try_profiles(&cohort, &settings, task),
        Job::Profiles(order) => profiles(&order, task),
        Job::Move(order) => moving::perform(&order, task),
        Job::Elsewhere(order) => elsewhere::judge(&order, task),
        Job::Train { cohort, settings } => train(&cohort, settings, task),
        Job::Save {
            path,
            take_lock,
            contents,
        } => {
            let lock = save(&path, take_lock, &contents)?;
            Ok(Outcome::Saved { path, lock })
        }
        Job::Autosave {
            folder,
            origin,
            contents,
        } => {
            keep(&folder, origin.as_deref(), &contents)?;
            Ok(Outcome::Autosaved)
        }
        Job::Report {
            order,
            analysis,
            ids,
        } => {
            let files = writing::report(&order, &analysis, ids)?;
            Ok(Outcome::Report {
                folder: order.folder,
                files,
            })
        }
        Job::Arrange { rows, wanted } => {
            let order = rows.arrange(&wanted.1, task)?;
            Ok(Outcome::Arranged(wanted, order))
        }
        Job::CopyBlock { rows, order, block } => Ok(Outcome::Block(table::block_text(
            rows.as_ref(),
            &order,
            &block,
        ))),
        Job::WriteQueries {
            path,
            checked,
            lang,
        } => writing::queries(&path, &checked, lang).map(text),
        Job::WritePage { path, html } => writing::page(&path, &html).map(text),
        Job::WriteSheet { path, sheet, lang } => writing::sheet(&path, &sheet, lang).map(text),
        Job::ReadAnswers { path, checked } => {
            let (differences, issues) = writing::answers(&path, &checked, task)?;
            Ok(Outcome::Answers(differences, issues))
        }
        Job::Fingerprint { path } => {
            let sha256 = writing::fingerprint(&path);
            Ok(Outcome::Fingerprint(path, sha256))
        }
        Job::WriteFigure(order) => writing::figure(&order).map(text),
    }
}

fn try_out(cohort: &Cohort, settings: &Settings, task: &TaskHandle) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let clock = || start.elapsed();
    analysis::trial(cohort, settings, &clock, task).map(Outcome::Tried)
}

fn try_comparison(
    cohort: &Cohort,
    settings: &Settings,
    task: &TaskHandle,
) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let clock = || start.elapsed();
    let time = analysis::compare_trial(cohort, settings, &Challenger::ALL, &clock, task)?;
    Ok(Outcome::ComparisonTried(time))
}

fn compare(cohort: &Cohort, settings: &Settings, task: &TaskHandle) -> Result<Outcome, Failure> {
    let found = analysis::compare(cohort, settings, &Challenger::ALL, task)?;
    Ok(Outcome::Compared(Box::new(found)))
}

fn live(order: &OnResults, learner: Learner, task: &TaskHandle) -> Result<Outcome, Failure> {
    let live = Live::prepare(&order.cohort, &order.settings, learner, task)?;
    Ok(Outcome::Live(Arc::new(live)))
}

fn explain(order: &OnResults, task: &TaskHandle) -> Result<Outcome, Failure> {
    let OnResults {
        cohort,
        settings,
        analysis,
    } = order;
    analysis::effects(cohort, settings, &analysis.models, task).map(Outcome::Explained)
}

fn keep_recipe(folder: &Path, recipe: &recipes::Recipe) -> Result<Outcome, Failure> {
    recipes::save(folder, recipe)?;
    Ok(Outcome::RecipeKept)
}

fn try_profiles(
    cohort: &Cohort,
    settings: &Settings,
    task: &TaskHandle,
) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let clock = || start.elapsed();
    let time = analysis::profiles_trial(cohort, settings, &clock, task)?;
    Ok(Outcome::ProfilesTried(time))
}

fn profiles(order: &OnResults, task: &TaskHandle) -> Result<Outcome, Failure> {
    let OnResults {
        cohort,
        settings,
        analysis,
    } = order;
    let found = analysis::profiles(cohort, settings, analysis, task)?;
    Ok(Outcome::Profiled(Box::new(found)))
}

fn open(path: PathBuf, recovered: bool) -> Result<Outcome, Failure> {
    let lock = if recovered { None } else { lock(&path)? };
    let opened = Box::new(study::open(&path)?);
    Ok(Outcome::Study {
        path,
        recovered,
        opened,
        lock,
    })
}

fn train(cohort: &Cohort, settings: Settings, task: &TaskHandle) -> Result<Outcome, Failure> {
    let since = Instant::now();
    let analysis = analysis::run_kept(cohort, &settings, &writing::now(), task)?;
    Ok(Outcome::Trained {
        settings: Box::new(settings),
        analysis: Arc::new(analysis),
        elapsed: since.elapsed(),
    })
}

/// Writes a study file, taking its lock where it becomes the one that is edited.
fn save(path: &Path, take_lock: bool, contents: &Contents) -> Result<Option<Lock>, Failure> {
    let lock = if take_lock { lock(path)? } else { None };
    let (cohort, analysis) = (contents.cohort.as_deref(), contents.analysis.as_deref());
    study::save(path, &contents.study, cohort, analysis)?;
    Ok(lock)
}

/// Writes the recovery copy.
fn keep(folder: &Path, origin: Option<&Path>, contents: &Contents) -> Result<(), Failure> {
    let (cohort, analysis) = (contents.cohort.as_deref(), contents.analysis.as_deref());
    study::save_recovery(folder, &contents.study, origin, cohort, analysis)?;
    Ok(())
}

/// Takes the lock of a study file. Someone else's edit is a failure; a folder in which no lock
/// can be kept is not.
fn lock(path: &std::path::Path) -> Result<Option<Lock>, Failure> {
    match Lock::take(path) {
        Ok(lock) => Ok(Some(lock)),
        Err(failure) if failure.issue().code == "study-locked" => Err(failure),
        Err(_no_lock_here) => Ok(None),
    }
}

pub(super) fn derive(cohort: &Cohort, settings: &Settings) -> Derived {
    let outcome = outcome::decide(cohort, &settings.outcome);
    let comparison = outcome::compare(cohort, &settings.outcome);
    let example = outcome::example(cohort, &settings.outcome);
    let (candidates, sample_size) = match &outcome {
        Ok(outcome) => (
            analysis::candidates(cohort, settings, outcome),
            Some(analysis::sample_size(cohort, settings, outcome)),
        ),
        Err(_) => (Vec::new(), None),
    };
    Derived {
        sensitivity: outcome
            .as_ref()
            .ok()
            .and_then(|outcome| analysis::sensitivity(cohort, outcome)),
        relief: dictionary::trial_relief(cohort),
        outcome,
        comparison,
        example,
        candidates,
        sample_size,
    }
}
