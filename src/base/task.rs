//! Long work that a person can watch and stop.
//!
//! Every long loop takes a [`TaskHandle`]: it reports each step and returns at once when the
//! user cancels. The handle never influences a result.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The user stopped the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Where a task stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Message key of the stage, empty before the first.
    pub stage: String,
    /// What the stage works on (a learner, a file), empty where there is one thing only.
    pub subject: String,
    /// Steps done in all stages.
    pub n_done: usize,
    /// Steps planned in all stages; 0 while unknown.
    pub n_total: usize,
}

impl Progress {
    /// Share done in [0, 1]; `None` while the total is unknown.
    pub fn share(&self) -> Option<f32> {
        (self.n_total > 0).then(|| (self.n_done as f32 / self.n_total as f32).min(1.0))
    }
}

#[derive(Default)]
struct State {
    cancel: AtomicBool,
    n_done: AtomicUsize,
    n_total: AtomicUsize,
    stage: Mutex<(String, String)>,
    on_step: Option<Box<dyn Fn() + Send + Sync>>,
}

/// Shared between the one who works and the one who watches.
#[derive(Clone, Default)]
pub struct TaskHandle(Arc<State>);

impl TaskHandle {
    /// A handle that nobody watches.
    pub fn unattended() -> Self {
        Self::default()
    }

    /// A handle that calls `on_step` after each report (for example to ask for a repaint).
    pub fn watched(on_step: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(State {
            on_step: Some(Box::new(on_step)),
            ..State::default()
        }))
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.cancel.store(true, Ordering::Relaxed);
    }

    /// Whether the user asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancel.load(Ordering::Relaxed)
    }

    /// `Err` once the user asked to stop.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// Adds steps to what is planned.
    pub fn plan(&self, n_steps: usize) {
        self.0.n_total.fetch_add(n_steps, Ordering::Relaxed);
        self.report();
    }

    /// Names the stage that begins: a message key and what it works on.
    pub fn stage(&self, key: &str, subject: &str) {
        *self.0.stage.lock().unwrap_or_else(PoisonError::into_inner) =
            (key.to_owned(), subject.to_owned());
        self.report();
    }

    /// Reports one step done; `Err` once the user asked to stop.
    pub fn step(&self) -> Result<(), Cancelled> {
        self.0.n_done.fetch_add(1, Ordering::Relaxed);
        self.report();
        self.check()
    }

    /// Where the task stands now.
    pub fn progress(&self) -> Progress {
        let (stage, subject) = self
            .0
            .stage
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Progress {
            stage,
            subject,
            n_done: self.0.n_done.load(Ordering::Relaxed),
            n_total: self.0.n_total.load(Ordering::Relaxed),
        }
    }

    fn report(&self) {
        if let Some(on_step) = &self.0.on_step {
            on_step();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_task_stops_at_the_next_step() {
        let task = TaskHandle::unattended();
        task.plan(2);
        assert_eq!(task.step(), Ok(()));
        task.cancel();
        assert_eq!(task.step(), Err(Cancelled));
        assert_eq!(task.progress().share(), Some(1.0));
    }
}
