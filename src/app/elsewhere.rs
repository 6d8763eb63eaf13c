//! Judges the models of the results on another cohort: the file that is chosen, the job, and what came of it. The
//! models stay as they are.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{self, External, Settings};
use crate::app::jobs::{Job, JobKind, Outcome};
use crate::app::state::{Page, Revision};
use crate::app::window::Window;
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::study::{self, Study};

/// Another cohort on which the models are to be judged.
pub struct ElsewhereOrder {
    /// Its file.
    pub path: PathBuf,
    /// By which study it is read.
    pub study: Box<Study>,
    /// The cohort of the results, with its repairs.
    pub cohort: Arc<Cohort>,
    /// Their settings.
    pub settings: Settings,
}

/// Reads the other cohort and judges the models on it; a failure says in which file.
pub fn judge(order: &ElsewhereOrder, task: &TaskHandle) -> Result<Outcome, Failure> {
    judged(order, task).map_err(|failure| study::failed_on(&order.path, failure))
}

fn judged(order: &ElsewhereOrder, task: &TaskHandle) -> Result<Outcome, Failure> {
    let other = study::read_other(&order.path, &order.study, task)?;
    let found = analysis::external(&order.cohort, &order.settings, &other.cohort, task)?;
    Ok(Outcome::JudgedElsewhere(Box::new(External {
        corrected: other.corrected,
        ..found
    })))
}

impl Window {
    /// Judges the models that are shown on the cohort in this file.
    pub(super) fn judge_elsewhere(&mut self, path: PathBuf) {
        let Some((cohort, settings)) = self.of_results() else {
            return;
        };
        self.session.problems.remove(&Page::Performance);
        self.jobs.cancel(JobKind::TryComparison);
        let order = ElsewhereOrder {
            path,
            study: Box::new(self.session.study.clone()),
            cohort,
            settings,
        };
        let revision = self.session.analysis_of;
        self.jobs.submit(Job::Elsewhere(order), revision);
    }

    /// Puts what was found beside the results that it belongs to.
    pub(super) fn judged_elsewhere(&mut self, revision: Revision, found: External) {
        self.add_to_results(revision, "elsewhere-done", |analysis| {
            analysis.external = Some(found);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Learner;
    use crate::base::text::Lang;
    use crate::simulate::{sample, simulated};

    fn order(path: PathBuf) -> ElsewhereOrder {
        let settings = Settings {
            predictors: Some(["age", "odi", "sex", "pcs"].map(str::to_owned).to_vec()),
            learners: vec![Learner::Ridge],
            ..Settings::default()
        };
        ElsewhereOrder {
            path,
            study: Box::default(),
            cohort: Arc::new(simulated("multicentre").expect("a sample").cohort()),
            settings,
        }
    }

    #[test]
    fn the_models_are_judged_on_a_file_and_a_failure_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = sample("multicentre").expect("a sample");
        let path = folder.path().join(file.file);
        std::fs::write(&path, &file.bytes).expect("written");
        let task = TaskHandle::unattended();
        let Ok(Outcome::JudgedElsewhere(found)) = judge(&order(path), &task) else {
            panic!("the sample is a cohort");
        };
        assert_eq!((found.n_rows, found.models.len()), (420, 1));
        assert!(found.synthetic && found.n_same == found.models[0].1.n);

        let path = folder.path().join("angers.csv");
        std::fs::write(&path, "name;colour\na;red\nb;blue\nc;red\n").expect("written");
        let refused = judge(&order(path.clone()), &task)
            .err()
            .expect("no outcome");
        for lang in Lang::ALL {
            let said = lang.issue(&refused.issue());
            assert!(said.contains("angers.csv") && !said.contains('⟦'), "{said}");
        }
        let stopped = TaskHandle::unattended();
        stopped.cancel();
        assert_eq!(
            judge(&order(path), &stopped).err(),
            Some(Failure::Cancelled)
        );
    }
}
