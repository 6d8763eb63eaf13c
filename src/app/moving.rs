//! A second training with another outcome, to see who would move between the strata: on demand, its time told first.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::analysis::{self, Movement};
use crate::app::jobs::{Job, JobKind, OnResults, Outcome};
use crate::app::state::{Page, Revision};
use crate::app::window::Window;
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::outcome::Rule;

/// What a person wants of another definition of the outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To know how long the training takes.
    Try(Rule),
    /// The training.
    Train(Rule),
}

/// The work of a second training.
pub struct MoveOrder {
    /// The results that it is set beside.
    pub on: OnResults,
    /// The other definition.
    pub rule: Rule,
    /// Whether only its time is tried.
    pub is_trial: bool,
}

impl MoveOrder {
    /// Its kind.
    pub fn kind(&self) -> JobKind {
        if self.is_trial {
            JobKind::TryMove
        } else {
            JobKind::Move
        }
    }
}

/// How long a second training takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The results that it would be set beside.
    pub of: Revision,
    /// The other definition.
    pub rule: Rule,
    /// The time, or why there can be no such training.
    pub time: Result<Duration, Issue>,
}

impl Other {
    /// Whether it is known for these results and this definition.
    pub fn is_of(&self, of: Revision, rule: &Rule) -> bool {
        self.of == of && self.rule == *rule
    }
}

/// What came of the work.
pub enum Moved {
    /// How long a training takes with that definition, or why there can be none.
    Tried(Rule, Result<Duration, Issue>),
    /// Where the patients then stand.
    Found(Box<Movement>),
}

/// Does the work on this thread.
pub(super) fn perform(order: &MoveOrder, task: &TaskHandle) -> Result<Outcome, Failure> {
    let MoveOrder { on, rule, is_trial } = order;
    let (cohort, settings, analysis) = (&on.cohort, &on.settings, &on.analysis);
    if !is_trial {
        let found = analysis::movement(cohort, settings, analysis, rule, task)?;
        return Ok(Outcome::Moved(Moved::Found(Box::new(found))));
    }
    let start = Instant::now();
    let clock = || start.elapsed();
    let time = match analysis::movement_trial(cohort, settings, analysis, rule, &clock, task) {
        Err(Failure::Cancelled) => return Err(Failure::Cancelled),
        tried => tried.map_err(|failure| failure.issue()),
    };
    Ok(Outcome::Moved(Moved::Tried(rule.clone(), time)))
}

impl Window {
    /// Tries or makes a second training on the results that are shown, where nothing has changed since.
    pub(super) fn movement(&mut self, wish: Wish) {
        let (rule, is_trial) = match wish {
            Wish::Try(rule) => (rule, true),
            Wish::Train(rule) => (rule, false),
        };
        let busy = [JobKind::Move, JobKind::Train, JobKind::TryMove];
        let n_busy = if is_trial { 3 } else { 2 };
        if busy
            .iter()
            .take(n_busy)
            .any(|kind| self.jobs.is_busy(*kind))
        {
            return;
        }
        let Some((cohort, settings)) = self.of_results() else {
            return;
        };
        let Some(analysis) = self.session.analysis.as_ref().map(Arc::clone) else {
            return;
        };
        if !is_trial {
            self.session.problems.remove(&Page::Patients);
            self.jobs.cancel(JobKind::TryMove);
        }
        let on = OnResults {
            cohort,
            settings,
            analysis,
        };
        let order = MoveOrder { on, rule, is_trial };
        self.jobs.submit(Job::Move(order), self.session.analysis_of);
    }

    /// Takes in what came of it.
    pub(super) fn moved(&mut self, revision: Revision, moved: Moved) {
        match moved {
            Moved::Tried(rule, time) => {
                let of = revision;
                self.session.movement_time = Some(Other { of, rule, time });
                self.session.touch();
            }
            Moved::Found(found) => self.add_to_results(revision, "movement-done", |analysis| {
                analysis.movement = Some(*found);
            }),
        }
    }
}
