//! Work on results that stand: comparisons, curves, profiles, a live model, and how long such work takes.

use std::sync::Arc;

use crate::analysis::{self, Learner};
use crate::app::action::Command;
use crate::app::jobs::{Job, JobKind, OnResults};
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

    /// The learner whose model is shown.
    pub(super) fn shown_learner(&self) -> Option<Learner> {
        let analysis = self.session.analysis.as_ref()?;
        Some(analysis.models.get(self.session.model)?.learner)
    }

    /// Makes the live model of the learner that is shown, where a patient of results that are not out of date is looked
    /// at.
    pub(super) fn prepare_live(&mut self) {
        let revision = self.session.analysis_of;
        let Some(learner) = self.shown_learner() else {
            return;
        };
        let live = self.session.live.as_ref();
        let is_there = live.is_some_and(|(of, whose, _)| *of == revision && *whose == learner);
        let is_busy = [JobKind::Live, JobKind::Train, JobKind::Derive]
            .into_iter()
            .any(|kind| self.jobs.is_busy(kind));
        let is_looked_at = self.views.page == Page::Patients && !self.views.patients.is_list();
        if is_there || is_busy || !is_looked_at {
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
