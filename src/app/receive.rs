//! Takes in what the jobs have done: the other half of [`crate::app::update`].

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use crate::analysis::{Analysis, Comparison, Live, Measure, ModelEffects, Profiles};
use crate::app::jobs::{Job, JobDone, JobKind, Outcome};
use crate::app::live_models::Answer;
use crate::app::overlay::Modal;
use crate::app::pages::patients::Open;
use crate::app::recovery;
use crate::app::state::{Checked, LogLine, Page, Revision};
use crate::app::window::{Arrived, Window};
use crate::app::writing;
use crate::base::issue::{Arg, Failure, Issue};
use crate::cohort::Cohort;
use crate::import::ImportOptions;
use crate::study::{self, Deed, Event, Opened, keys};

impl Window {
    /// Takes in what a job has done.
    pub(super) fn receive(&mut self, ctx: &Context, done: JobDone) {
        let JobDone { revision, outcome } = done;
        let is_current = revision == self.session.revision;
        match outcome {
            Outcome::Study {
                path,
                recovered,
                opened,
                lock,
            } => {
                self.study_opened(&path, recovered, *opened);
                self.lock = lock;
            }
            Outcome::Checked(checked) => {
                if is_current {
                    self.checked(&checked);
                }
            }
            Outcome::Arranged(wanted, order) => self.views.cohort.review.arranged(wanted, order),
            Outcome::Block(text) => {
                ctx.copy_text(text);
                self.say("copied");
            }
            Outcome::Answers(differences, issues) => {
                self.modal = Some(Modal::Answers(differences, issues));
            }
            Outcome::Fingerprint(path, sha256) => self.fingerprint_taken(&path, sha256),
            Outcome::Derived(derived) => {
                if is_current {
                    self.session.derived = Some(derived);
                    self.session.touch();
                    if std::mem::take(&mut self.train_when_ready) && self.session.can_train() {
                        self.views.page = Page::Train;
                        self.train();
                    }
                }
            }
            Outcome::Trained {
                settings,
                analysis,
                elapsed,
            } => self.trained(revision, *settings, analysis, elapsed),
            Outcome::Tried(time) => {
                self.session.trial = Some((revision, Some(time)));
                self.session.touch();
            }
            Outcome::ComparisonTried(time) => {
                self.session.comparison_time = Some((revision, Some(time)));
                self.session.touch();
            }
            Outcome::Compared(found) => self.compared(revision, *found),
            Outcome::Explained(found) => self.explained(revision, found),
            Outcome::Live(live) => self.live_made(revision, live),
            Outcome::Answered(question, answer) => {
                self.session.live.answered(revision, question, answer);
                self.session.touch();
            }
            Outcome::ProfilesTried(time) => self.profiles_tried(revision, Some(time)),
            Outcome::Profiled(found) => self.profiled(revision, *found),
            Outcome::Moved(moved) => self.moved(revision, moved),
            Outcome::JudgedElsewhere(found) => self.judged_elsewhere(revision, *found),
            Outcome::Saved { path, lock } => self.saved(ctx, path, lock),
            Outcome::Autosaved => {
                self.session.autosaved = Some(Instant::now());
                if let Some(old) = self.recovered_from.take() {
                    recovery::remove(&old);
                }
            }
            Outcome::Report { folder, files } => {
                self.written = Some((folder, files));
                self.say("report-done");
            }
            Outcome::Text => self.say("file-written"),
            Outcome::TakenIn(taken) => self.taken_in(*taken),
            Outcome::NotTaken(input, issue) => self.not_taken(input, issue),
            Outcome::Previewed(previewed) => self.previewed(*previewed),
            Outcome::RecipeKept => {}
            Outcome::Surveyed(surveyed) => self.surveyed(*surveyed),
            Outcome::Failed { kind, failure } => self.failed(kind, &failure, revision),
        }
    }

    /// A check has been made.
    fn checked(&mut self, checked: &Arc<Checked>) {
        let before = self.session.checked.replace(Arc::clone(checked));
        self.session.problems.remove(&Page::Cohort);
        self.session.touch();
        let is_same = before.is_some_and(|before| Arc::ptr_eq(&before.cohort, &checked.cohort));
        if !is_same || self.session.derived.is_none() {
            self.derive();
        }
        let asks = std::mem::take(&mut self.asks_about_conflicts);
        if asks && !checked.replayed.conflicts.is_empty() {
            self.modal = Some(Modal::Conflicts);
        }
    }

    pub(super) fn cohort_read(
        &mut self,
        path: Option<PathBuf>,
        options: ImportOptions,
        cohort: Arc<Cohort>,
    ) {
        let path_text = path.as_ref().map(|path| path.display().to_string());
        let opened = self.session.opened.as_ref();
        let again = opened.is_some_and(|open| {
            open.source.file == cohort.source.file && self.session.study.cohort_path == path_text
        });
        let has_changed = opened.is_some_and(|open| open.source.sha256 != cohort.source.sha256);
        let study = &self.session.study;
        let has_work = !study.edits.is_empty() || !study.review.marks.is_empty();
        let arrived = Arrived {
            path,
            options,
            cohort,
        };
        if again && has_changed && has_work {
            self.arrived = Some(arrived);
            self.modal = Some(Modal::Updated);
        } else {
            self.take_cohort(arrived, again);
        }
    }

    /// The question after an updated file was read has been answered.
    pub(super) fn take_updated(&mut self, keep: bool) {
        if let Some(arrived) = self.arrived.take() {
            self.asks_about_conflicts = keep;
            self.take_cohort(arrived, keep);
        }
    }

    /// Takes a cohort in: into the study that is open if it is kept, else into a new one.
    fn take_cohort(&mut self, arrived: Arrived, keep: bool) {
        let Arrived {
            path,
            options,
            cohort,
        } = arrived;
        if !keep {
            self.close_study();
            self.views.page = Page::Cohort;
        }
        let is_file = path.is_some();
        let session = &mut self.session;
        session.study.cohort_path = path.as_ref().map(|path| path.display().to_string());
        session.study.import = options;
        session.sample = match &path {
            Some(_) => None,
            None => sample_of(&cohort.source.file),
        };
        session.study.trail.push(Arc::new(Event {
            at: writing::now(),
            who: self.preferences.initials.trim().to_owned(),
            deed: Deed::Read(cohort.source.file.clone(), cohort.source.sha256.clone()),
        }));
        session.opened = Some(cohort);
        session.updated = None;
        session.revision.cohort += 1;
        session.problems.clear();
        session.edits += 1;
        let was_dirty = session.dirty;
        session.mark_dirty();
        // Looking at a file leaves nothing to be saved.
        session.dirty = keep && (was_dirty || session.study_path.is_some());
        if let Some(path) = path {
            self.preferences.remember(&path);
        }
        if is_file && let Err(failure) = self.name_patients() {
            self.session.problems.insert(Page::Cohort, failure.issue());
        }
        self.check();
    }

    /// Names the patients of a file by the study's key, so that corrections find them in the next export.
    fn name_patients(&mut self) -> Result<(), Failure> {
        let session = &mut self.session;
        let (Some(folder), Some(opened)) = (
            self.recovery.as_ref().and_then(|r| r.folder().parent()),
            &mut session.opened,
        ) else {
            return Ok(());
        };
        if opened.id_variable().is_none() {
            return Ok(());
        }
        let key = keys::of_study(&folder.join("keys"), &mut session.study)?;
        let cohort = Arc::make_mut(opened);
        keys::assign(cohort, &key)?;
        let by_key = session.study.keyed_pseudonyms;
        session.study.call_by_key(cohort, by_key);
        Ok(())
    }

    /// The source of an opened study was looked at.
    fn fingerprint_taken(&mut self, path: &Path, sha256: Option<String>) {
        let session = &mut self.session;
        let is_source = session.study.cohort_path.as_deref() == path.to_str();
        let (Some(sha256), Some(opened), true) = (sha256, &session.opened, is_source) else {
            return;
        };
        if sha256 != opened.source.sha256 {
            session.updated = Some(path.to_owned());
            session.touch();
        }
    }

    fn study_opened(&mut self, path: &Path, recovered: bool, opened: Opened) {
        let page = if opened.analysis.is_some() {
            Page::Performance
        } else {
            Page::Cohort
        };
        self.close_study();
        self.views.page = page;
        let Opened {
            study,
            cohort,
            analysis,
        } = opened;
        let session = &mut self.session;
        session.study = study;
        session.revision.cohort += 1;
        session.analysis_of = session.revision;
        session.analysed = analysis.as_ref().map(|analysis| analysis.settings.clone());
        session.analysis = analysis.map(Arc::new);
        session.opened = cohort.map(Arc::new);
        session.touch();
        if recovered {
            session.edits += 1;
            session.mark_dirty();
            session.study_path = self
                .orphans
                .iter()
                .find(|orphan| orphan.path == path)
                .and_then(|orphan| orphan.origin.clone());
            // What the crash left goes only once this window has its own copy.
            self.recovered_from = Some(path.to_owned());
            self.orphans.retain(|orphan| orphan.path != path);
        } else {
            session.study_path = Some(path.to_owned());
            self.preferences.remember(path);
        }
        self.check();
        if let Some(path) = self.session.study.cohort_path.clone() {
            let path = PathBuf::from(path);
            self.submit(Job::Fingerprint { path });
        }
        if recovered {
            self.save_recovery();
        }
    }

    fn trained(
        &mut self,
        revision: Revision,
        settings: crate::analysis::Settings,
        analysis: Arc<Analysis>,
        elapsed: std::time::Duration,
    ) {
        if revision.cohort != self.session.revision.cohort {
            return;
        }
        // A stopped training does not take the place of whole results.
        if !analysis.unfinished.is_empty() && self.session.analysis.is_some() {
            self.log(Issue::note("training-stopped"));
            return;
        }
        let issue = Issue::note("trained")
            .with("n", analysis.models.len())
            .with("patients", analysis.cohort.n_analysed)
            .with("secs", elapsed.as_secs_f64().ceil());
        self.log(issue);
        for model in &analysis.models {
            let corrected = model.corrected.get(&Measure::Auc);
            let name = format!("learner-{}", model.learner.name());
            let issue = Issue::note("trained-model")
                .with("model", Arg::Keys(vec![name]))
                .with(
                    "auc",
                    corrected.map_or(f64::NAN, |auc| (100.0 * auc.estimate).round() / 100.0),
                )
                .with("resamples", model.n_resamples)
                .with("failed", model.n_failed)
                .with("seed", settings.seed as f64);
            self.log(issue);
        }
        let session = &mut self.session;
        session.analysis_of = revision;
        session.analysed = Some(settings);
        session.study.results_of = Some(std::mem::take(&mut session.training_on));
        session.model = session.model.min(analysis.models.len().saturating_sub(1));
        session.analysis = Some(analysis);
        session.edits += 1;
        session.mark_dirty();
        self.views.patients.open = Open::List;
        self.written = None;
        self.recut();
        if self.views.page == Page::Train {
            self.views.page = Page::Performance;
        }
        self.say("train-done");
        self.save_recovery();
    }

    /// Puts a comparison beside the results that it belongs to.
    fn compared(&mut self, revision: Revision, found: Comparison) {
        self.add_to_results(revision, "comparison-done", |analysis| {
            analysis.comparison = Some(found);
        });
    }

    /// Puts profiles beside the results that they belong to.
    fn profiled(&mut self, revision: Revision, found: Profiles) {
        self.add_to_results(revision, "profiles-done", |analysis| {
            analysis.profiles = Some(found);
        });
    }

    /// How long a search for profiles takes is known, or that it can't be said.
    fn profiles_tried(&mut self, revision: Revision, time: Option<Duration>) {
        self.session.profiles_time = Some((revision, time));
        self.session.touch();
    }

    /// Adds to the results of that revision, where they are still shown.
    pub(super) fn add_to_results(
        &mut self,
        revision: Revision,
        said: &str,
        add: impl FnOnce(&mut Analysis),
    ) {
        let session = &mut self.session;
        let Some(analysis) = &mut session.analysis else {
            return;
        };
        if revision != session.analysis_of {
            return;
        }
        add(Arc::make_mut(analysis));
        session.edits += 1;
        session.mark_dirty();
        self.written = None;
        self.say(said);
        self.save_recovery();
    }

    /// Puts curves and interactions beside the results that they belong to.
    fn live_made(&mut self, revision: Revision, live: Arc<Live>) {
        let learner = live.learner();
        self.session.live.keep(revision, learner, Some(live));
        self.session.touch();
    }

    fn explained(&mut self, revision: Revision, found: Vec<ModelEffects>) {
        let session = &mut self.session;
        let Some(analysis) = &mut session.analysis else {
            return;
        };
        if revision != session.analysis_of {
            return;
        }
        Arc::make_mut(analysis).effects = found;
        session.edits += 1;
        session.mark_dirty();
        self.written = None;
        self.say("explanation-done");
        self.save_recovery();
    }

    fn saved(&mut self, ctx: &Context, path: PathBuf, lock: Option<study::Lock>) {
        self.preferences.remember(&path);
        self.say("saved");
        let Some(edits) = self.saving.take() else {
            return;
        };
        if lock.is_some() {
            self.lock = lock;
        }
        self.session.study_path = Some(path);
        self.session.dirty = self.session.edits != edits;
        self.session.touch();
        if !self.session.dirty {
            self.session.unrecovered = false;
            self.session.autosaved = None;
            if let Some(recovery) = &mut self.recovery {
                recovery.clear();
            }
        }
        if let Some(after) = self.after_save.take() {
            self.follow(ctx, after);
        }
    }

    fn failed(&mut self, kind: JobKind, failure: &Failure, revision: Revision) {
        if kind == JobKind::Save {
            self.saving = None;
            self.after_save = None;
        }
        if *failure == Failure::Cancelled {
            if kind == JobKind::Train {
                self.log(Issue::note("training-stopped"));
            }
            return;
        }
        if kind == JobKind::Trial {
            // What is wrong is said where it is decided.
            self.session.trial = Some((revision, None));
            self.session.touch();
            return;
        }
        if kind == JobKind::Ask {
            // Asked again it would fail again.
            if let Some(question) = self.session.live.asked.take() {
                let live = &mut self.session.live;
                live.answered(revision, question, Answer::Nothing);
            }
            return;
        }
        if kind == JobKind::Live {
            // The page says nothing more than the results do.
            if let Some(learner) = self.wanted_live() {
                self.session.live.keep(revision, learner, None);
            }
            return;
        }
        if kind == JobKind::TryComparison {
            self.session.comparison_time = Some((revision, None));
            self.session.touch();
            return;
        }
        if kind == JobKind::TryProfiles {
            self.profiles_tried(revision, None);
            return;
        }
        let page = match kind {
            JobKind::Read | JobKind::Open | JobKind::Save | JobKind::Autosave | JobKind::Text => {
                self.views.page
            }
            JobKind::Check
            | JobKind::Derive
            | JobKind::Trial
            | JobKind::Train
            | JobKind::TryComparison
            | JobKind::Compare
            | JobKind::Explain
            | JobKind::Live
            | JobKind::Ask
            | JobKind::TryProfiles
            | JobKind::Profiles
            | JobKind::TryMove
            | JobKind::Move
            | JobKind::Elsewhere
            | JobKind::Report
            | JobKind::Arrange
            | JobKind::Copy
            | JobKind::Answers
            | JobKind::Fingerprint
            | JobKind::Preview
            | JobKind::Recipe
            | JobKind::Survey => kind.page(),
        };
        let issue = failure.issue();
        if kind == JobKind::Train {
            self.log(issue.clone());
        }
        self.train_when_ready = false;
        self.session.problems.insert(page, issue);
        self.session.touch();
    }

    fn log(&mut self, issue: Issue) {
        let at = writing::now();
        self.session.log.push(LogLine { at, issue });
        self.session.touch();
    }
}

/// Name of the sample whose file is called that.
fn sample_of(file: &str) -> Option<String> {
    let stem = Path::new(file).file_stem()?.to_str()?;
    crate::simulate::SAMPLES
        .iter()
        .find(|name| **name == stem)
        .map(|name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_known_by_its_file() {
        assert_eq!(
            sample_of("multicentre.xlsx").as_deref(),
            Some("multicentre")
        );
        assert_eq!(sample_of("cohort.csv"), None);
    }
}
