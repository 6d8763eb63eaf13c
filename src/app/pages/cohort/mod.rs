//! Cohort: what was imported and how, every finding with its cell, the table, what is missing.

pub mod review;
pub mod trail;

use egui::Ui;

use crate::app::action::{Action, Ask, Command};
use crate::app::pages::{self, Cx};
use crate::app::state::{Checked, Page};
use crate::app::widgets::{self, Tone};

pub(in crate::app) use review::{cell_words, changed_lines, search_ui, status_words};

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Findings, table, one column.
    #[default]
    Review,
    /// What was done to the data.
    Trail,
}

impl Tab {
    /// All parts, in the order of the work.
    pub const ALL: [Self; 2] = [Self::Review, Self::Trail];

    /// Message key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Review => "tab-review",
            Self::Trail => "tab-trail",
        }
    }
}

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// The part that is shown.
    pub tab: Tab,
    /// Findings, table, one column.
    pub review: review::View,
    /// What was done to the data.
    pub trail: trail::View,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_cohort(ui, cx, Page::Cohort) {
        return actions;
    }
    let Some(checked) = &cx.session.checked else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let sentence = view.review.sentence(checked, cx);
    widgets::page_header(ui, &cx.t(Page::Cohort.key()), &sentence, |ui| {
        for command in [Command::Redo, Command::Undo] {
            let enabled = command.enabled(cx.session, cx.training);
            let button = widgets::button(ui, &command.text(cx.lang), enabled);
            if button.on_hover_text(command.tip(cx.lang)).clicked() {
                actions.push(Action::Do(command));
            }
        }
        if widgets::button(ui, &cx.t("import"), true).clicked() {
            actions.push(Action::Ask(Ask::Open));
        }
    });
    source_ui(ui, cx, checked, &mut actions);
    let tabs: Vec<(Tab, String)> = Tab::ALL.iter().map(|tab| (*tab, cx.t(tab.key()))).collect();
    if let Some(tab) = widgets::choices(ui, view.tab, &tabs) {
        view.tab = tab;
    }
    ui.add_space(4.0);
    match view.tab {
        Tab::Review => review::ui(ui, cx, checked, &mut view.review, &mut actions),
        Tab::Trail => trail::ui(ui, cx, checked, &mut view.trail, &mut actions),
    }
    actions
}

/// What is to be said about the source file: it has changed, or corrections do not fit it.
fn source_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, actions: &mut Vec<Action>) {
    if cx.session.updated.is_some() {
        let again = cx.t("updated-read");
        let (text, remedy) = (cx.t("updated"), cx.t("updated.remedy"));
        if widgets::notice(ui, Tone::Attention, &text, &remedy, Some(&again)) {
            actions.push(Action::ReadAgain);
        }
    }
    let n_conflicts = checked.replayed.conflicts.len();
    if n_conflicts > 0 {
        let text = cx.lang.with("conflicts", &[("n", n_conflicts.into())]);
        let show = cx.t("conflicts-show");
        let remedy = cx.t("conflicts.remedy");
        if widgets::notice(ui, Tone::Attention, &text, &remedy, Some(&show)) {
            actions.push(Action::ShowConflicts);
        }
    }
}
