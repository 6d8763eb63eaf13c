//! The pages. Each has a `model` (plain data built from the state, tested as text) and a `ui`
//! that paints it and returns what the person asked for.
//!
//! A page arranges, sorts and formats. It computes no result and changes no state.

pub mod cohort;
pub mod home;
pub mod outcome;
pub mod patients;
pub mod performance;
pub mod predictors;
pub mod profiles;
pub mod report;
pub mod strata;
pub mod train;

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use crate::analysis::Live;
use crate::app::action::{Action, Command};
use crate::app::jobs::Status;
use crate::app::preferences::Preferences;
use crate::app::state::{Page, Session};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;

/// What every page may read.
pub struct Cx<'a> {
    /// Language.
    pub lang: Lang,
    /// What is open.
    pub session: &'a Session,
    /// What the window remembers.
    pub preferences: &'a Preferences,
    /// The job that runs.
    pub status: Option<&'a Status>,
    /// Whether a training runs or waits.
    pub training: bool,
    /// Whether a comparison of learners runs or waits.
    pub comparing: bool,
    /// Whether curves and interactions are worked out.
    pub explaining: bool,
    /// Whether a search for profiles runs or waits.
    pub profiling: bool,
    /// Whether a training with another outcome runs or waits.
    pub moving: bool,
    /// Whether the models are judged on another cohort.
    pub judging: bool,
    /// Whether a file is being read or opened.
    pub reading: bool,
    /// Copies that a crash left.
    pub orphans: &'a [crate::study::Recovery],
    /// The report that was written last: folder and files.
    pub written: Option<&'a (PathBuf, Vec<String>)>,
}

impl Cx<'_> {
    /// A message.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The live model of the learner that is shown, once it is made.
    pub fn live(&self) -> Option<&Arc<Live>> {
        let session = self.session;
        let learner = session
            .analysis
            .as_ref()?
            .models
            .get(session.model)?
            .learner;
        let live = session.live.get(session.analysis_of, learner)?;
        (!session.is_stale()).then_some(live)
    }

    /// Key of what pages show: language and version of the state.
    pub fn key(&self) -> (Lang, u64) {
        (self.lang, self.session.version)
    }
}

/// What the pages remember while they are looked at; nothing of it is saved.
#[derive(Default)]
pub struct Views {
    /// The page that is shown.
    pub page: Page,
    /// Home.
    pub home: home::View,
    /// Cohort.
    pub cohort: cohort::View,
    /// Outcome.
    pub outcome: outcome::View,
    /// Predictors.
    pub predictors: predictors::View,
    /// Train.
    pub train: train::View,
    /// Performance.
    pub performance: performance::View,
    /// Patients.
    pub patients: patients::View,
    /// Profiles.
    pub profiles: profiles::View,
    /// Report.
    pub report: report::View,
}

/// Paints the page that is shown.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, views: &mut Views) -> Vec<Action> {
    let mut actions = Vec::new();
    let page = views.page;
    if let Some(issue) = cx.session.problems.get(&page) {
        let remedy = cx.lang.remedy(issue).unwrap_or_default();
        let text = cx.lang.issue(issue);
        let dismiss = cx.t("dismiss");
        let tone = Tone::of(issue.severity);
        if widgets::notice(ui, tone, &text, &remedy, Some(&dismiss)) {
            actions.push(Action::Dismiss(page));
        }
    }
    if shows_results(page) && cx.session.is_stale() {
        let train = Command::Train.text(cx.lang);
        let text = cx.t("stale");
        let remedy = cx.t("stale.remedy");
        let action = (!cx.training).then_some(train.as_str());
        if widgets::notice(ui, Tone::Attention, &text, &remedy, action) {
            actions.push(Action::Do(Command::Train));
        }
    }
    actions.extend(match page {
        Page::Home => home::ui(ui, cx, &mut views.home),
        Page::Cohort => cohort::ui(ui, cx, &mut views.cohort),
        Page::Outcome => outcome::ui(ui, cx, &mut views.outcome),
        Page::Predictors => predictors::ui(ui, cx, &mut views.predictors),
        Page::Train => train::ui(ui, cx, &mut views.train),
        Page::Performance => performance::ui(ui, cx, &mut views.performance),
        Page::Patients => patients::ui(ui, cx, &mut views.patients),
        Page::Profiles => profiles::ui(ui, cx, &mut views.profiles),
        Page::Report => report::ui(ui, cx, &mut views.report),
    });
    actions
}

fn shows_results(page: Page) -> bool {
    matches!(
        page,
        Page::Performance | Page::Patients | Page::Profiles | Page::Report
    )
}

/// Whether a page fills the window with a table rather than scrolling as a whole.
pub fn fills_window(views: &Views, session: &Session) -> bool {
    match views.page {
        Page::Cohort => session.checked.is_some(),
        Page::Patients => session.analysis.is_some() && views.patients.is_list(),
        _ => false,
    }
}

/// A page without a cohort: says so and offers the way. `None` where there is a cohort.
pub fn needs_cohort(ui: &mut Ui, cx: &Cx<'_>, page: Page) -> Option<Vec<Action>> {
    if cx.session.checked.is_some() {
        return None;
    }
    let title = cx.t(page.key());
    widgets::page_header(ui, &title, "", |_| ());
    if cx.session.opened.is_some() || cx.reading {
        widgets::quiet_label(ui, cx.t("reading"));
        return Some(Vec::new());
    }
    let clicked = widgets::empty_state(
        ui,
        &cx.t("empty-cohort"),
        &cx.t(&format!("{}.empty", page.key())),
        &Command::Open.text(cx.lang),
    );
    let mut actions = Vec::new();
    if clicked {
        actions.push(Action::Do(Command::Open));
    }
    Some(actions)
}

/// A page without results: says so and offers the way. `None` where there are results.
pub fn needs_results(ui: &mut Ui, cx: &Cx<'_>, page: Page) -> Option<Vec<Action>> {
    if cx.session.analysis.is_some() {
        return None;
    }
    if let Some(actions) = needs_cohort(ui, cx, page) {
        return Some(actions);
    }
    let title = cx.t(page.key());
    widgets::page_header(ui, &title, "", |_| ());
    let (text, action) = if cx.training {
        (cx.t("training"), String::new())
    } else {
        (cx.t("empty-results"), cx.t("go-train"))
    };
    let mut actions = Vec::new();
    if widgets::empty_state(ui, &text, &cx.t(&format!("{}.empty", page.key())), &action) {
        actions.push(Action::Do(Command::Go(Page::Train)));
    }
    Some(actions)
}
