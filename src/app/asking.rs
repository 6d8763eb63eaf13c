//! Work on results that stand: comparisons, curves, profiles, a live model, and how long such work takes.

use std::sync::Arc;

use crate::analysis::{self, Learner};
use crate::app::action::Command;
use crate::app::jobs::{Job, JobKind, OnResults};
use crate::app::live_models::Question;
use crate::app::state::Page;
use crate::app::window::Window;
use crate::cohort::Cohort;

impl Window {
    /// Cohort and settings of the results that are shown, where nothing has changed since.
    pub(super) fn of_results(&self) -> Option<(Arc<Cohort>, analysis::Settings)> {
        let session = &self.session;
        let checked = session.checked.as_ref().filter(|_| !session.is_stale())?;
        let settings = session.analysed.clone()?;
        Some((Arc::clone(&checked.cohort), settings))
    }

    /// Compares the learners of the results with all challengers.
    pub(super) fn compare(&mut self) {
        if let Some((cohort, settings)) = self.of_results() {
            self.session.problems.remove(&Page::Performance);
            self.jobs.cancel(JobKind::TryComparison);
            let revision = self.session.analysis_of;
            self.jobs
                .submit(Job::Compare { cohort, settings }, revision);
        }
    }

    /// Works out what the models of the results make of their predictors.
    pub(super) fn explain(&mut self) {
        let found = self.of_results().zip(self.session.analysis.clone());
        if let Some(((cohort, settings), analysis)) = found {
            self.session.problems.remove(&Page::Performance);
            self.jobs.cancel(JobKind::TryComparison);
            let revision = self.session.analysis_of;
            let order = OnResults {
                cohort,
                settings,
                analysis,
            };
            self.jobs.submit(Job::Explain(order), revision);
        }
    }

    /// The learner whose live model is to be made next: that of the model that is shown, where someone is looked at; for
    /// a candidate, of whom the results say nothing, then those of the other models.
    pub(super) fn wanted_live(&self) -> Option<Learner> {
        if self.views.page != Page::Patients || self.views.patients.is_list() {
            return None;
        }
        let analysis = self.session.analysis.as_ref()?;
        let shown = analysis.models.get(self.session.model)?.learner;
        let others = analysis.models.iter().map(|model| model.learner);
        let others = others.filter(|_| self.views.patients.is_candidate());
        let revision = self.session.analysis_of;
        std::iter::once(shown)
            .chain(others)
            .find(|learner| !self.session.live.is_known(revision, *learner))
    }

    /// Asks the first of the questions that has no answer yet; one that runs and is not wanted any more is stopped.
    pub(super) fn ask_live(&mut self, questions: Vec<Question>) {
        let revision = self.session.analysis_of;
        let live = &mut self.session.live;
        let open = |question: &Question| live.answer(question).is_none();
        let Some(question) = questions.into_iter().find(open) else {
            return;
        };
        let is_asked = live.asked.as_ref() == Some(&question) && self.jobs.is_busy(JobKind::Ask);
        if let (false, Some(model)) = (is_asked, live.get(revision, question.learner)) {
            let model = Arc::clone(model);
            live.asked = Some(question.clone());
            self.jobs.cancel(JobKind::Ask);
            self.jobs.submit(Job::Ask(model, question), revision);
        }
    }

    /// Makes the live model that is wanted next, of results that are not out of date.
    pub(super) fn prepare_live(&mut self) {
        let revision = self.session.analysis_of;
        let Some(learner) = self.wanted_live() else {
            return;
        };
        let is_busy = [JobKind::Live, JobKind::Train, JobKind::Derive]
            .into_iter()
            .any(|kind| self.jobs.is_busy(kind));
        if is_busy {
            return;
        }
        if let Some(((cohort, settings), analysis)) =
            self.of_results().zip(self.session.analysis.clone())
        {
            let order = OnResults {
                cohort,
                settings,
                analysis,
            };
            self.jobs.submit(Job::Live(order, learner), revision);
        }
    }

    /// Tries how long a comparison takes, where the results are looked at and it is not known yet.
    pub(super) fn try_comparison(&mut self) {
        let session = &self.session;
        let revision = session.analysis_of;
        let is_wanted = self.views.page == Page::Performance
            && Command::Compare.enabled(session, self.is_training())
            && session.comparison_time.is_none_or(|(of, _)| of != revision);
        let is_busy = [JobKind::TryComparison, JobKind::Compare, JobKind::Derive]
            .into_iter()
            .any(|kind| self.jobs.is_busy(kind));
        if !is_wanted || is_busy {
            return;
        }
        if let Some((cohort, settings)) = self.of_results() {
            self.jobs
                .submit(Job::TryComparison { cohort, settings }, revision);
        }
    }

    /// Looks for profiles among the patients of the results.
    pub(super) fn look_for_profiles(&mut self) {
        let analysis = self.session.analysis.clone();
        if let Some(((cohort, settings), analysis)) = self.of_results().zip(analysis) {
            self.session.problems.remove(&Page::Profiles);
            self.jobs.cancel(JobKind::TryProfiles);
            let order = OnResults {
                cohort,
                settings,
                analysis,
            };
            self.jobs
                .submit(Job::Profiles(order), self.session.analysis_of);
        }
    }

    /// Tries how long a search for profiles takes, where it is offered and that is not known yet.
    pub(super) fn try_profiles(&mut self) {
        let session = &self.session;
        let revision = session.analysis_of;
        let is_wanted = self.views.page == Page::Profiles
            && Command::Profiles.enabled(session, self.is_training())
            && session.profiles_time.is_none_or(|(of, _)| of != revision);
        let is_busy = [JobKind::TryProfiles, JobKind::Profiles, JobKind::Derive]
            .into_iter()
            .any(|kind| self.jobs.is_busy(kind));
        if !is_wanted || is_busy {
            return;
        }
        if let Some((cohort, settings)) = self.of_results() {
            let order = Job::TryProfiles { cohort, settings };
            self.jobs.submit(order, revision);
        }
    }

    /// Tries how long a training takes, where the train page is looked at and it is not known yet.
    pub(super) fn try_out(&mut self) {
        let revision = self.session.revision;
        let is_known = self
            .session
            .trial
            .is_some_and(|(tried, _)| tried == revision);
        let is_busy = [JobKind::Trial, JobKind::Train, JobKind::Derive]
            .into_iter()
            .any(|kind| self.jobs.is_busy(kind));
        if self.views.page != Page::Train || is_known || is_busy || !self.session.can_train() {
            return;
        }
        if let Some(checked) = &self.session.checked {
            let cohort = Arc::clone(&checked.cohort);
            let settings = self.session.study.settings.clone();
            self.submit(Job::Trial { cohort, settings });
        }
    }

    // --- opening and leaving -----------------------------------------------------------------
}
