//! Cohort: what was imported and how, every finding with its cell, the table, what is missing.

pub mod review;

use egui::Ui;

use crate::app::action::{Action, Ask, Command};
use crate::app::pages::{self, Cx};
use crate::app::state::Page;
use crate::app::widgets;

pub(in crate::app) use review::search_ui;

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Findings, table, one column.
    #[default]
    Review,
}

impl Tab {
    /// All parts, in the order of the work.
    pub const ALL: [Self; 1] = [Self::Review];

    /// Message key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Review => "tab-review",
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
    let tabs: Vec<(Tab, String)> = Tab::ALL.iter().map(|tab| (*tab, cx.t(tab.key()))).collect();
    if let Some(tab) = widgets::choices(ui, view.tab, &tabs) {
        view.tab = tab;
    }
    ui.add_space(4.0);
    match view.tab {
        Tab::Review => review::ui(ui, cx, checked, &mut view.review, &mut actions),
    }
    actions
}
