//! What the window knows: the study, the cohort, the results, and what can be undone.
//!
//! Pages read it; only [`crate::app::update`] writes it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Key;

use crate::analysis::{Analysis, Candidate, SampleSize, Sensitivity, Settings};
use crate::app::action::Decision;
use crate::app::columns::{CheckOrder, ColumnSummary, Repair};
use crate::app::intake::Intake;
use crate::app::live_models::LiveModels;
use crate::app::moving::Other;
use crate::app::surveys::Surveys;
use crate::base::issue::{Failure, Issue, Severity};
use crate::cohort::{Cohort, Replayed};
use crate::dictionary::TrialRelief;
use crate::outcome::{Comparison, Example, Outcome};
use crate::review::{Finding, FindingKey, Mark, Review};
use crate::study::Study;

/// A page, in the order of the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// Where to begin.
    #[default]
    Home,
    /// What was imported.
    Cohort,
    /// What a responder is.
    Outcome,
    /// What predicts.
    Predictors,
    /// Training and validation.
    Train,
    /// How far predictions can be trusted.
    Performance,
    /// Every patient.
    Patients,
    /// What patients have in common.
    Profiles,
    /// What goes on paper.
    Report,
}

impl Page {
    /// All pages.
    pub const ALL: [Self; 9] = [
        Self::Home,
        Self::Cohort,
        Self::Outcome,
        Self::Predictors,
        Self::Train,
        Self::Performance,
        Self::Patients,
        Self::Profiles,
        Self::Report,
    ];

    /// Message key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Home => "page-home",
            Self::Cohort => "page-cohort",
            Self::Outcome => "page-outcome",
            Self::Predictors => "page-predictors",
            Self::Train => "page-train",
            Self::Performance => "page-performance",
            Self::Patients => "page-patients",
            Self::Profiles => "page-profiles",
            Self::Report => "page-report",
        }
    }

    /// With Ctrl.
    pub fn shortcut_key(self) -> Key {
        match self {
            Self::Home => Key::Num1,
            Self::Cohort => Key::Num2,
            Self::Outcome => Key::Num3,
            Self::Predictors => Key::Num4,
            Self::Train => Key::Num5,
            Self::Performance => Key::Num6,
            Self::Patients => Key::Num7,
            Self::Profiles => Key::Num8,
            Self::Report => Key::Num9,
        }
    }
}

/// Whether a page has something to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Nothing yet.
    Empty,
    /// Ready.
    Ready,
    /// Shows something computed from older settings.
    OutOfDate,
}

/// Counts changes of what results are computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Of the cohort as read.
    pub cohort: u64,
    /// Of the settings.
    pub settings: u64,
}

/// The cohort with repairs and corrections, and what its pages show of it; made by a job.
#[derive(Clone)]
pub struct Checked {
    /// What it was made of.
    pub of: CheckOrder,
    /// The cohort that is analysed.
    pub cohort: Arc<Cohort>,
    /// Identifier of each patient.
    pub ids: Arc<Vec<String>>,
    /// What could be repaired.
    pub repairs: Vec<Repair>,
    /// One summary a column.
    pub columns: Vec<ColumnSummary>,
    /// Cells with a finding that is still to be looked at, by row and column.
    pub findings: BTreeMap<(usize, usize), Severity>,
    /// Everything to look at, by rule.
    pub to_review: Vec<Finding>,
    /// How many of them nobody has looked at yet.
    pub n_open: usize,
    /// What came of the corrections.
    pub replayed: Replayed,
}

/// What follows at once from the settings; made by a job.
pub struct Derived {
    /// Who is a responder.
    pub outcome: Result<Outcome, Failure>,
    /// What each preset would come to, and how far they agree.
    pub comparison: Comparison,
    /// What the lost could change.
    pub sensitivity: Option<Sensitivity>,
    /// Relief at the trial, calculated and reported.
    pub relief: Option<TrialRelief>,
    /// One patient's way to the label.
    pub example: Option<Example>,
    /// What may predict.
    pub candidates: Vec<Candidate>,
    /// Whether the cohort is large enough; `None` where there is no outcome.
    pub sample_size: Option<Result<SampleSize, Failure>>,
}

/// A line of the run log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// When, ISO 8601.
    pub at: String,
    /// What happened, as a finding.
    pub issue: Issue,
}

/// Everything that is open.
#[derive(Default)]
pub struct Session {
    /// The decisions.
    pub study: Study,
    /// Where the study is saved.
    pub study_path: Option<PathBuf>,
    /// Name of the sample cohort that is open, where it is one.
    pub sample: Option<String>,
    /// The source file where it is not the one any more that was read.
    pub updated: Option<PathBuf>,
    /// The cohort as read and annotated, without any repair.
    pub opened: Option<Arc<Cohort>>,
    /// The cohort with the accepted repairs.
    pub checked: Option<Arc<Checked>>,
    /// What follows from the settings.
    pub derived: Option<Arc<Derived>>,
    /// The results.
    pub analysis: Option<Arc<Analysis>>,
    /// What the results were computed from.
    pub analysis_of: Revision,
    /// Numbers of the corrections in the data that are trained on.
    pub training_on: Vec<u32>,
    /// Settings that the results were asked for with.
    pub analysed: Option<Settings>,
    /// Where things stand now.
    pub revision: Revision,
    /// Counts every change; pages rebuild what they show when it moves.
    pub version: u64,
    /// Counts every change that a save would keep.
    pub edits: u64,
    /// Whether something is not saved.
    pub dirty: bool,
    /// Whether something is not in the recovery copy.
    pub unrecovered: bool,
    /// When the recovery copy was last written.
    pub autosaved: Option<Instant>,
    /// What could not be done, beside the page that it belongs to.
    pub problems: BTreeMap<Page, Issue>,
    /// About how long a training will take, tried at that revision; no time where it can't be said.
    pub trial: Option<(Revision, Option<Duration>)>,
    /// About how long a comparison of the learners that gave the results of that revision will take.
    pub comparison_time: Option<(Revision, Option<Duration>)>,
    /// At most how long a search for profiles among the results of that revision will take.
    pub profiles_time: Option<(Revision, Option<Duration>)>,
    /// About how long a training with another outcome will take.
    pub movement_time: Option<Other>,
    /// The live models of the results.
    pub live: LiveModels,
    /// What was trained, newest last.
    pub log: Vec<LogLine>,
    /// Undo and redo.
    pub history: History,
    /// The model that is shown.
    pub model: usize,
    /// What is known of the file besides its cohort.
    pub intake: Intake,
    /// What was counted over the whole cohort.
    pub surveys: Surveys,
}

impl Session {
    /// Something changed: pages rebuild.
    pub fn touch(&mut self) {
        self.version += 1;
    }

    /// Something changed that a save would keep.
    pub fn mark_dirty(&mut self) {
        self.dirty = true;
        self.unrecovered = true;
        self.touch();
    }

    /// The cohort that is analysed.
    pub fn cohort(&self) -> Option<&Cohort> {
        self.checked.as_ref().map(|checked| checked.cohort.as_ref())
    }

    /// Calls the patients by keyed pseudonym in study and reports, or again by row.
    pub fn call_by_key(&mut self, by_key: bool) {
        if let Some(opened) = &mut self.opened {
            self.study.call_by_key(Arc::make_mut(opened), by_key);
        }
    }

    /// The outcome, where it could be decided.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.derived.as_ref()?.outcome.as_ref().ok()
    }

    /// Whether cohort or settings have changed since the results were computed.
    pub fn is_stale(&self) -> bool {
        self.analysis.is_some()
            && (self.analysis_of.cohort != self.revision.cohort
                || self.study.has_new_edits()
                || !self
                    .analysed
                    .as_ref()
                    .is_some_and(|analysed| analysed.decides_as(&self.study.settings)))
    }

    /// Whether everything for a training is there.
    pub fn can_train(&self) -> bool {
        self.outcome().is_some()
            && !self.study.settings.learners.is_empty()
            && self
                .derived
                .as_ref()
                .is_some_and(|derived| matches!(derived.sample_size, Some(Ok(_))))
    }

    /// Whether the cohort is synthetic.
    pub fn is_synthetic(&self) -> bool {
        self.opened
            .as_ref()
            .is_some_and(|cohort| cohort.source.synthetic)
    }

    /// State of a page.
    pub fn page_state(&self, page: Page) -> PageState {
        let ready = |yes: bool| {
            if yes {
                PageState::Ready
            } else {
                PageState::Empty
            }
        };
        match page {
            Page::Home => PageState::Ready,
            Page::Cohort => ready(self.checked.is_some()),
            Page::Outcome => ready(self.outcome().is_some()),
            Page::Predictors => ready(
                self.derived
                    .as_ref()
                    .is_some_and(|derived| matches!(derived.sample_size, Some(Ok(_)))),
            ),
            Page::Train | Page::Performance | Page::Patients | Page::Profiles | Page::Report => {
                if self.is_stale() {
                    PageState::OutOfDate
                } else {
                    ready(self.analysis.is_some())
                }
            }
        }
    }

    /// Findings that nobody has looked at yet.
    pub fn n_findings(&self) -> usize {
        self.checked.as_ref().map_or(0, |checked| checked.n_open)
    }

    /// Name of the study, else of the file, else empty.
    pub fn name(&self) -> String {
        if !self.study.name.is_empty() {
            return self.study.name.clone();
        }
        self.opened
            .as_ref()
            .map_or_else(String::new, |cohort| cohort.source.file.clone())
    }
}

const TOGETHER: Duration = Duration::from_millis(1200);

/// Earlier and later states of the decisions, without limit: states share what has not changed
/// between them, and the trail, which only grows, is in none of them.
#[derive(Default)]
pub struct History {
    back: Vec<Step>,
    forth: Vec<Step>,
    last: Option<(String, Instant)>,
}

/// A finding's mark, shared by all states that hold it.
type Marked = Arc<(FindingKey, Mark)>;

/// A state of the decisions.
struct Step {
    /// Without trail and marks.
    study: Study,
    marks: Vec<Marked>,
}

impl Step {
    /// Keeps a state, sharing the marks of a neighbouring one.
    fn of(study: &Study, neighbour: Option<&Self>) -> Self {
        let mut known = neighbour
            .map_or(&[][..], |step| step.marks.as_slice())
            .iter();
        let marks = study.review.marks.iter().map(|mark| {
            // Marks keep their order: what was taken out is passed over.
            let mut rest = known.clone();
            match rest.find(|shared| ***shared == *mark) {
                Some(shared) => {
                    known = rest;
                    Arc::clone(shared)
                }
                None => Arc::new(mark.clone()),
            }
        });
        let marks = marks.collect();
        let review = Review {
            params: study.review.params.clone(),
            marks: Vec::new(),
        };
        let study = Study {
            trail: Vec::new(),
            review,
            name: study.name.clone(),
            key_id: study.key_id.clone(),
            keyed_pseudonyms: study.keyed_pseudonyms,
            cohort_path: study.cohort_path.clone(),
            import: study.import.clone(),
            edits: study.edits.clone(),
            settings: study.settings.clone(),
            notes: study.notes.clone(),
            meeting: study.meeting.clone(),
            results_of: None,
        };
        Self { study, marks }
    }

    /// The state again; its trail is empty.
    fn restored(self) -> Study {
        let mut study = self.study;
        study.review.marks = self.marks.iter().map(|mark| (**mark).clone()).collect();
        study
    }
}

impl History {
    /// Keeps the state before a decision, unless it continues the one just made.
    pub fn remember(&mut self, before: &Study, decision: &Decision, now: Instant) {
        let kind = decision.kind();
        let continues = decision.is_gradual()
            && self
                .last
                .as_ref()
                .is_some_and(|(last, at)| *last == kind && now.duration_since(*at) < TOGETHER);
        if !continues {
            let step = Step::of(before, self.back.last());
            self.back.push(step);
        }
        self.forth.clear();
        self.last = Some((kind, now));
    }

    /// The state before, in exchange for the present one. Its trail is to be taken from the present one.
    pub fn undo(&mut self, present: &Study) -> Option<Study> {
        self.last = None;
        let step = self.back.pop()?;
        self.forth.push(Step::of(present, Some(&step)));
        Some(step.restored())
    }

    /// The state after, in exchange for the present one. Its trail is to be taken from the present one.
    pub fn redo(&mut self, present: &Study) -> Option<Study> {
        self.last = None;
        let step = self.forth.pop()?;
        self.back.push(Step::of(present, Some(&step)));
        Some(step.restored())
    }

    /// Whether there is an earlier state.
    pub fn can_undo(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether there is a later state.
    pub fn can_redo(&self) -> bool {
        !self.forth.is_empty()
    }
}

/// A value that is rebuilt only when what it is made from changes.
pub struct Cached<K, T>(Option<(K, T)>);

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, T> Cached<K, T> {
    /// The value as it was made last.
    pub fn now(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// The value, made anew if the key differs.
    pub fn get(&mut self, key: K, make: impl FnOnce() -> T) -> &T {
        let fresh = match self.0.take() {
            Some((old, value)) if old == key => (key, value),
            _ => (key, make()),
        };
        &self.0.insert(fresh).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Status;

    #[test]
    fn typing_is_undone_as_one_and_clicks_one_by_one() {
        let mut history = History::default();
        let mut study = Study::default();
        let start = Instant::now();
        for (step, name) in ["a", "ab", "abc"].iter().enumerate() {
            let decision = Decision::Name((*name).to_owned());
            let now = start + Duration::from_millis(200 * step as u64);
            history.remember(&study, &decision, now);
            study.name = (*name).to_owned();
        }
        let back = history.undo(&study).unwrap();
        assert_eq!(back.name, "");
        assert!(!history.can_undo());
        assert_eq!(history.redo(&back).unwrap().name, "abc");

        let click = Decision::Learner(crate::analysis::Learner::Ridge, true);
        history.remember(&study, &click, start);
        history.remember(&study, &click, start);
        assert!(history.undo(&study).is_some() && history.undo(&study).is_some());
    }

    #[test]
    fn results_are_out_of_date_after_a_correction_until_it_is_taken_back() {
        let mut session = Session {
            analysis: Some(Arc::new(crate::analysis::fixture::analysis())),
            analysed: Some(Settings::default()),
            ..Session::default()
        };
        session.study.results_of = Some(Vec::new());
        assert!(!session.is_stale());
        let change = crate::cohort::Change::Cells(Vec::new());
        let text = String::new;
        session.study.edit(change, text(), text(), text());
        assert!(session.is_stale());
        session.study.results_of = Some(vec![1]);
        assert!(!session.is_stale(), "trained again");
        session.study.edits.clear();
        assert!(session.is_stale(), "taken back");
    }

    #[test]
    fn states_share_the_marks_that_did_not_change_between_them() {
        let mut history = History::default();
        let mut study = Study::default();
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        let key = |n: usize| FindingKey {
            rule: "out-of-range".to_owned(),
            variable: None,
            row: Some(n.to_string()),
            value: None,
        };
        let decision = Decision::Mark(vec![key(0)], mark.clone());
        for n in 0..50 {
            history.remember(&study, &decision, Instant::now());
            // Every third mark replaces an earlier one.
            study.mark(vec![key(n - n / 3)], &mark);
        }
        let present = study.clone();
        let mut shared = BTreeMap::new();
        for marked in history.back.iter().flat_map(|step| &step.marks) {
            shared.insert(Arc::as_ptr(marked) as usize, ());
        }
        assert!(shared.len() <= 50, "{}", shared.len());
        for _ in 0..50 {
            study = history.undo(&study).unwrap();
        }
        assert!(study.review.marks.is_empty());
        for _ in 0..50 {
            study = history.redo(&study).unwrap();
        }
        assert_eq!(study.review, present.review);
    }

    #[test]
    fn a_cached_value_is_made_once_for_each_key() {
        let mut cached = Cached::default();
        let mut n_made = 0;
        for key in [1, 1, 2, 2, 2] {
            cached.get(key, || n_made += 1);
        }
        assert_eq!(n_made, 2);
    }
}
