//! Work that takes longer than a frame.
//!
//! Two lanes of one worker thread each: training (and its trial) has its own, so that saving and everything
//! that follows from a click does not wait for it. A lane runs one job at a time; a job that
//! waits is replaced by a newer one of its kind. Answers carry the revision that they were
//! computed from. A panic becomes a message; cancelling goes through the task's handle.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::analysis::{
    Analysis, Comparison, External, Learner, Live, ModelEffects, Profiles, Settings,
};
use crate::app::action::ReportOrder;
use crate::app::columns;
use crate::app::elsewhere::ElsewhereOrder;
use crate::app::intake::{Input, IntakeOrder, Previewed, Taken};
use crate::app::live_models::{Answer, Question};
use crate::app::moving::{MoveOrder, Moved};
use crate::app::pages::cohort::review::source::CohortRows;
use crate::app::perform::perform;
use crate::app::state::{Checked, Derived, Page, Revision};
use crate::app::surveys;
use crate::app::table::{Block, Wanted};
use crate::base::issue::{Failure, Issue};
use crate::base::task::{Progress, TaskHandle};
use crate::base::text::Lang;
use crate::cohort::Cohort;
use crate::figure::Figure;
use crate::import::ImportOptions;
use crate::report::Picture;
use crate::review::{Difference, Sheet};
use crate::study::recipes::Recipe;
use crate::study::{Lock, Opened, Study};

/// The window is repainted at most this often while a job runs.
pub const REPAINT: Duration = Duration::from_millis(250);

/// What is to be done.
pub enum Job {
    /// Read a cohort file, by a recipe where one fits.
    TakeIn(IntakeOrder),
    /// See how a file would be understood.
    Preview {
        /// The file.
        input: Input,
        /// How it would be read.
        options: ImportOptions,
    },
    /// Count something over the whole cohort.
    Survey {
        /// The cohort.
        checked: Arc<Checked>,
        /// What.
        question: surveys::Question,
    },
    /// Keep how a file was read for the next of its shape.
    KeepRecipe {
        /// Folder of the recipes.
        folder: PathBuf,
        /// How it was read.
        recipe: Recipe,
    },
    /// Open a study file, or what a crash left.
    OpenStudy {
        /// The file.
        path: PathBuf,
        /// Whether it is what a crash left.
        recovered: bool,
    },
    /// Apply the accepted repairs and count the columns.
    Check(columns::CheckOrder),
    /// What follows at once from the settings.
    Derive {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Find out how long a training will take.
    Trial {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Train, validate, explain.
    Train {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Find out how long a comparison of learners will take.
    TryComparison {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Compare the learners with all challengers.
    Compare {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Work out what the models make of their predictors.
    Explain(OnResults),
    /// Make the live model of a learner of the results.
    Live(OnResults, Learner),
    /// Ask a live model.
    Ask(Arc<Live>, Question),
    /// Find out how long a search for profiles may take.
    TryProfiles {
        /// The cohort with its repairs.
        cohort: Arc<Cohort>,
        /// The settings.
        settings: Settings,
    },
    /// Look for responder profiles.
    Profiles(OnResults),
    /// Train with another outcome, or find out how long that takes.
    Move(MoveOrder),
    /// Judge the models on another cohort.
    Elsewhere(ElsewhereOrder),
    /// Write the study file.
    Save {
        /// Where.
        path: PathBuf,
        /// Whether the file becomes the one that is edited: its lock is taken.
        take_lock: bool,
        /// What is written.
        contents: Contents,
    },
    /// Write the recovery copy.
    Autosave {
        /// Its folder.
        folder: PathBuf,
        /// The study file that is edited, if there is one.
        origin: Option<PathBuf>,
        /// What is written.
        contents: Contents,
    },
    /// Write the report.
    Report {
        /// What goes in and where.
        order: ReportOrder,
        /// The results.
        analysis: Arc<Analysis>,
        /// Original identifiers of the analysed patients, where they are asked for.
        ids: Option<Vec<String>>,
    },
    /// Put the rows of the cohort in order.
    Arrange {
        /// The rows.
        rows: Arc<CohortRows>,
        /// In what order.
        wanted: Wanted,
    },
    /// Put a large block of the cohort together for the clipboard.
    CopyBlock {
        /// The rows.
        rows: Arc<CohortRows>,
        /// As they are shown.
        order: Arc<Vec<usize>>,
        /// What of them.
        block: Block,
    },
    /// Write a page for printing, readable by its owner only: it is about a patient.
    WritePage {
        /// Where.
        path: PathBuf,
        /// The page.
        html: String,
    },
    /// Write a list.
    WriteSheet {
        /// Where; the ending says whether as a workbook or as delimited text.
        path: PathBuf,
        /// The list.
        sheet: Sheet,
        /// Language, for decimal mark and delimiter.
        lang: Lang,
    },
    /// Write the list of questions.
    WriteQueries {
        /// Where.
        path: PathBuf,
        /// What is asked about.
        checked: Arc<Checked>,
        /// Language of the questions.
        lang: Lang,
    },
    /// Read a list of questions that came back.
    ReadAnswers {
        /// The file.
        path: PathBuf,
        /// What the answers are compared with.
        checked: Arc<Checked>,
    },
    /// Look whether the cohort file is still the one that was read.
    Fingerprint {
        /// The file.
        path: PathBuf,
    },
    /// Write a figure.
    WriteFigure(FigureOrder),
}

/// A figure that is to be written.
pub struct FigureOrder {
    /// Where.
    pub path: PathBuf,
    /// The figure.
    pub figure: Box<Figure>,
    /// As what.
    pub kind: Picture,
    /// Language of its numbers.
    pub lang: Lang,
}

/// Results that are worked on further.
pub struct OnResults {
    /// The cohort with its repairs.
    pub cohort: Arc<Cohort>,
    /// The settings.
    pub settings: Settings,
    /// The results.
    pub analysis: Arc<Analysis>,
}

/// What a study file holds.
pub struct Contents {
    /// The decisions.
    pub study: Box<Study>,
    /// The cohort as read, unless it is left out.
    pub cohort: Option<Arc<Cohort>>,
    /// The results, unless there are none.
    pub analysis: Option<Arc<Analysis>>,
}

/// What came of it.
pub enum Outcome {
    /// A study was opened.
    Study {
        /// The file.
        path: PathBuf,
        /// Whether it is what a crash left.
        recovered: bool,
        /// What it holds.
        opened: Box<Opened>,
        /// Its lock; `None` for what a crash left, and where no lock can be kept.
        lock: Option<Lock>,
    },
    /// Repairs were applied.
    Checked(Arc<Checked>),
    /// What follows from the settings.
    Derived(Arc<Derived>),
    /// About how long a training will take.
    Tried(Duration),
    /// Results.
    Trained {
        /// What they were asked for with.
        settings: Box<Settings>,
        /// The results.
        analysis: Arc<Analysis>,
        /// How long it took.
        elapsed: Duration,
    },
    /// About how long a comparison of learners will take.
    ComparisonTried(Duration),
    /// Learners were compared.
    Compared(Box<Comparison>),
    /// Curves, interactions and points of the models.
    Explained(Vec<ModelEffects>),
    /// A live model.
    Live(Arc<Live>),
    /// What a live model said.
    Answered(Question, Answer),
    /// At most how long a search for profiles will take.
    ProfilesTried(Duration),
    /// Profiles were looked for.
    Profiled(Box<Profiles>),
    /// Another outcome was tried or trained with.
    Moved(Moved),
    /// The models were judged on another cohort.
    JudgedElsewhere(Box<External>),
    /// A study was saved.
    Saved {
        /// Where.
        path: PathBuf,
        /// Its lock, where it was taken.
        lock: Option<Lock>,
    },
    /// The recovery copy was written.
    Autosaved,
    /// A report was written.
    Report {
        /// Its folder.
        folder: PathBuf,
        /// Names of the files.
        files: Vec<String>,
    },
    /// The rows were put in order.
    Arranged(Wanted, Vec<usize>),
    /// A block for the clipboard.
    Block(String),
    /// Answers that came back, and what could not be understood of them.
    Answers(Vec<Difference>, Vec<Issue>),
    /// SHA-256 of the cohort file, in hexadecimal; `None` where it is not there any more.
    Fingerprint(PathBuf, Option<String>),
    /// A text file was written.
    Text,
    /// A file was read for the first time.
    TakenIn(Box<Taken>),
    /// A file can't be read as it is.
    NotTaken(Input, Issue),
    /// How a file would be understood.
    Previewed(Box<Previewed>),
    /// Something was counted.
    Surveyed(Box<surveys::Surveyed>),
    /// A recipe was kept.
    RecipeKept,
    /// It could not be done.
    Failed {
        /// What it was.
        kind: JobKind,
        /// Why.
        failure: Failure,
    },
}

/// A kind of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Reading a cohort or a sample.
    Read,
    /// Opening a study.
    Open,
    /// Applying repairs.
    Check,
    /// What follows from the settings.
    Derive,
    /// Trying how long a training takes.
    Trial,
    /// Training.
    Train,
    /// Trying how long a comparison takes.
    TryComparison,
    /// Comparing learners.
    Compare,
    /// Working out curves and interactions.
    Explain,
    /// Making a live model.
    Live,
    /// Asking one.
    Ask,
    /// Trying how long a search for profiles takes.
    TryProfiles,
    /// Looking for profiles.
    Profiles,
    /// Trying how long a training with another outcome takes.
    TryMove,
    /// Training with another outcome.
    Move,
    /// Judging the models on another cohort.
    Elsewhere,
    /// Saving.
    Save,
    /// Saving the recovery copy.
    Autosave,
    /// Writing the report.
    Report,
    /// Putting rows in order.
    Arrange,
    /// Putting a block together.
    Copy,
    /// Reading answers.
    Answers,
    /// Looking whether a file has changed.
    Fingerprint,
    /// Writing a text file.
    Text,
    /// Looking at a file.
    Preview,
    /// Keeping a recipe.
    Recipe,
    /// Counting over the whole cohort.
    Survey,
}

impl JobKind {
    /// Message key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "job-read",
            Self::Open => "job-open",
            Self::Check => "job-check",
            Self::Derive => "job-derive",
            Self::Trial => "job-trial",
            Self::Train => "job-train",
            Self::TryComparison => "job-try-comparison",
            Self::Compare => "job-compare",
            Self::Explain => "job-explain",
            Self::Live => "job-live",
            Self::Ask => "job-ask",
            Self::TryProfiles => "job-try-profiles",
            Self::Profiles => "job-profiles",
            Self::TryMove => "job-try-move",
            Self::Move => "job-move",
            Self::Elsewhere => "job-elsewhere",
            Self::Save => "job-save",
            Self::Autosave => "job-autosave",
            Self::Report => "job-report",
            Self::Arrange => "job-arrange",
            Self::Copy => "job-copy",
            Self::Answers => "job-answers",
            Self::Fingerprint => "job-fingerprint",
            Self::Text => "job-text",
            Self::Preview => "job-preview",
            Self::Recipe => "job-recipe",
            Self::Survey => "job-survey",
        }
    }

    /// Whether models are fitted: such jobs have a lane and a pool of their own.
    fn is_training(self) -> bool {
        matches!(
            self,
            Self::Train
                | Self::Trial
                | Self::Compare
                | Self::TryComparison
                | Self::Explain
                | Self::Live
                | Self::TryProfiles
                | Self::Profiles
                | Self::TryMove
                | Self::Move
                | Self::Elsewhere
        )
    }

    /// The page beside which its failure is shown.
    pub fn page(self) -> Page {
        match self {
            Self::Read | Self::Open | Self::Save | Self::Autosave => Page::Home,
            Self::Check
            | Self::Arrange
            | Self::Copy
            | Self::Answers
            | Self::Fingerprint
            | Self::Preview
            | Self::Recipe
            | Self::Survey => Page::Cohort,
            Self::Derive => Page::Outcome,
            Self::Train | Self::Trial => Page::Train,
            Self::TryProfiles | Self::Profiles => Page::Profiles,
            Self::Live | Self::Ask | Self::TryMove | Self::Move => Page::Patients,
            Self::Report => Page::Report,
            Self::Text | Self::TryComparison | Self::Compare | Self::Explain | Self::Elsewhere => {
                Page::Performance
            }
        }
    }
}

impl Job {
    /// Its kind.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::TakeIn(_) => JobKind::Read,
            Self::Preview { .. } => JobKind::Preview,
            Self::KeepRecipe { .. } => JobKind::Recipe,
            Self::Survey { .. } => JobKind::Survey,
            Self::OpenStudy { .. } => JobKind::Open,
            Self::Check(_) => JobKind::Check,
            Self::Derive { .. } => JobKind::Derive,
            Self::Trial { .. } => JobKind::Trial,
            Self::Train { .. } => JobKind::Train,
            Self::TryComparison { .. } => JobKind::TryComparison,
            Self::Compare { .. } => JobKind::Compare,
            Self::Explain(_) => JobKind::Explain,
            Self::Live(..) => JobKind::Live,
            Self::Ask(..) => JobKind::Ask,
            Self::TryProfiles { .. } => JobKind::TryProfiles,
            Self::Profiles(_) => JobKind::Profiles,
            Self::Move(order) => order.kind(),
            Self::Elsewhere(_) => JobKind::Elsewhere,
            Self::Save { .. } => JobKind::Save,
            Self::Autosave { .. } => JobKind::Autosave,
            Self::Report { .. } => JobKind::Report,
            Self::Arrange { .. } => JobKind::Arrange,
            Self::CopyBlock { .. } => JobKind::Copy,
            Self::WriteQueries { .. } | Self::WriteSheet { .. } | Self::WritePage { .. } => {
                JobKind::Text
            }
            Self::ReadAnswers { .. } => JobKind::Answers,
            Self::Fingerprint { .. } => JobKind::Fingerprint,
            Self::WriteFigure(_) => JobKind::Text,
        }
    }
}

/// An answer with the revision that it was computed from.
pub struct JobDone {
    /// The revision.
    pub revision: Revision,
    /// What came of it.
    pub outcome: Outcome,
}

/// Where a running job stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// What runs.
    pub kind: JobKind,
    /// How far it is.
    pub progress: Progress,
    /// Since when.
    pub elapsed: Duration,
}

impl Status {
    /// Time left by the pace so far; `None` while nothing can be said.
    pub fn left(&self) -> Option<Duration> {
        let share = f64::from(self.progress.share()?);
        ((0.02..0.995).contains(&share) && self.elapsed > Duration::from_secs(1))
            .then(|| self.elapsed.mul_f64((1.0 - share) / share))
    }
}

struct Order {
    job: Job,
    revision: Revision,
    task: TaskHandle,
}

struct Running {
    kind: JobKind,
    task: TaskHandle,
    since: Instant,
}

struct Lane {
    orders: Sender<Order>,
    answers: Receiver<JobDone>,
    running: Option<Running>,
    waiting: VecDeque<(Job, Revision)>,
}

/// The worker threads.
pub struct Jobs {
    ctx: egui::Context,
    training: Lane,
    errands: Lane,
}

impl Jobs {
    /// Starts the threads; they repaint `ctx` when something is to be seen.
    pub fn start(ctx: &egui::Context) -> Self {
        let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            ctx: ctx.clone(),
            training: Lane::start(ctx, n_cores.saturating_sub(1).max(1), "training"),
            errands: Lane::start(ctx, 1, "errands"),
        }
    }

    fn lane(&mut self, kind: JobKind) -> &mut Lane {
        if kind.is_training() {
            &mut self.training
        } else {
            &mut self.errands
        }
    }

    /// Orders a job; one of its kind that still waits is replaced.
    pub fn submit(&mut self, job: Job, revision: Revision) {
        let kind = job.kind();
        let ctx = self.ctx.clone();
        let lane = self.lane(kind);
        lane.waiting.retain(|(waiting, _)| waiting.kind() != kind);
        lane.waiting.push_back((job, revision));
        lane.dispatch(&ctx);
    }

    /// What has been finished since the last call.
    pub fn poll(&mut self) -> Vec<JobDone> {
        let mut done = Vec::new();
        for lane in [&mut self.training, &mut self.errands] {
            while let Ok(answer) = lane.answers.try_recv() {
                lane.running = None;
                done.push(answer);
                lane.dispatch(&self.ctx);
            }
        }
        done
    }

    /// What runs, the training first. Questions to a live model are not told: most are answered within a blink.
    pub fn status(&self) -> Option<Status> {
        [&self.training, &self.errands]
            .into_iter()
            .find_map(|lane| {
                let running = lane.running.as_ref();
                let running = running.filter(|running| running.kind != JobKind::Ask);
                running.map(|running| Status {
                    kind: running.kind,
                    progress: running.task.progress(),
                    elapsed: running.since.elapsed(),
                })
            })
    }

    /// Whether a job of that kind runs or waits.
    pub fn is_busy(&self, kind: JobKind) -> bool {
        [&self.training, &self.errands].into_iter().any(|lane| {
            lane.running
                .as_ref()
                .is_some_and(|running| running.kind == kind)
                || lane.waiting.iter().any(|(job, _)| job.kind() == kind)
        })
    }

    /// Whether anything runs or waits.
    pub fn is_idle(&self) -> bool {
        [&self.training, &self.errands]
            .into_iter()
            .all(|lane| lane.running.is_none() && lane.waiting.is_empty())
    }

    /// Stops the jobs of that kind.
    pub fn cancel(&mut self, kind: JobKind) {
        let lane = self.lane(kind);
        lane.waiting.retain(|(job, _)| job.kind() != kind);
        if let Some(running) = &lane.running
            && running.kind == kind
        {
            running.task.cancel();
        }
    }
}

impl Lane {
    fn start(ctx: &egui::Context, n_threads: usize, name: &str) -> Self {
        let (orders, inbox) = channel::<Order>();
        let (outbox, answers) = channel();
        let ctx = ctx.clone();
        // Without a thread the lane stays silent; the orders are then answered by `dispatch`.
        let spawned = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work(&inbox, &outbox, n_threads, &ctx));
        drop(spawned);
        Self {
            orders,
            answers,
            running: None,
            waiting: VecDeque::new(),
        }
    }

    /// Hands the next job to the thread if it is free.
    fn dispatch(&mut self, ctx: &egui::Context) {
        if self.running.is_some() {
            return;
        }
        let Some((job, revision)) = self.waiting.pop_front() else {
            return;
        };
        let task = TaskHandle::watched(repainter(ctx));
        let running = Running {
            kind: job.kind(),
            task: task.clone(),
            since: Instant::now(),
        };
        let order = Order {
            job,
            revision,
            task,
        };
        if self.orders.send(order).is_ok() {
            self.running = Some(running);
        }
    }
}

/// Asks for a repaint at most four times a second.
fn repainter(ctx: &egui::Context) -> impl Fn() + Send + Sync + 'static {
    let ctx = ctx.clone();
    let start = Instant::now();
    let next = AtomicU64::new(0);
    move || {
        let now = start.elapsed().as_millis() as u64;
        let due = next.load(Ordering::Relaxed);
        if now >= due {
            let after = now + REPAINT.as_millis() as u64;
            let mine = next.compare_exchange(due, after, Ordering::Relaxed, Ordering::Relaxed);
            if mine.is_ok() {
                ctx.request_repaint();
            }
        }
    }
}

fn work(inbox: &Receiver<Order>, outbox: &Sender<JobDone>, n_threads: usize, ctx: &egui::Context) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .build()
        .ok();
    while let Ok(order) = inbox.recv() {
        let Order {
            job,
            revision,
            task,
        } = order;
        let kind = job.kind();
        let run = std::panic::AssertUnwindSafe(|| match &pool {
            Some(pool) if kind.is_training() => pool.install(|| perform(job, &task)),
            _ => perform(job, &task),
        });
        let result = std::panic::catch_unwind(run).unwrap_or_else(|panic| {
            let detail = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default();
            Err(Issue::error("internal").with("detail", detail).into())
        });
        let outcome = result.unwrap_or_else(|failure| Outcome::Failed { kind, failure });
        if outbox.send(JobDone { revision, outcome }).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_fails_answers_with_its_reason_and_its_revision() {
        let ctx = egui::Context::default();
        let mut jobs = Jobs::start(&ctx);
        let revision = Revision {
            cohort: 3,
            settings: 7,
        };
        let job = Job::TakeIn(IntakeOrder {
            input: Input::Sample("no-such-sample".to_owned()),
            options: None,
            recipes: None,
        });
        jobs.submit(job, revision);
        assert!(jobs.is_busy(JobKind::Read));
        let done = loop {
            if let Some(done) = jobs.poll().pop() {
                break done;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(done.revision, revision);
        let Outcome::Failed { kind, failure } = done.outcome else {
            panic!("an unknown sample can't be read");
        };
        assert_eq!(kind, JobKind::Read);
        assert_eq!(failure.issue().code, "unknown-sample");
        assert!(jobs.is_idle());
    }

    #[test]
    fn time_left_follows_from_the_pace() {
        let status = Status {
            kind: JobKind::Train,
            progress: Progress {
                n_done: 25,
                n_total: 100,
                ..Progress::default()
            },
            elapsed: Duration::from_secs(10),
        };
        assert_eq!(status.left(), Some(Duration::from_secs(30)));
    }
}
