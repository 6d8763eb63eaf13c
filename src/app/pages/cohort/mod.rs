//! Cohort: what was imported and how, every finding with its cell, what the columns mean, what is
//! missing, who is followed up, who the patients are.

pub mod file;
pub mod follow_up;
pub mod measures;
pub mod missing;
pub mod review;
pub mod table_one;
pub mod trail;

use egui::Ui;

use crate::app::action::{Action, Ask, Command};
use crate::app::intake::{ReadAs, Wish};
use crate::app::pages::{self, Cx};
use crate::app::state::{Checked, Page};
use crate::app::widgets::{self, Tone};
use crate::app::words;
use crate::base::text::Lang;

pub use file::model::questions;
pub(in crate::app) use review::{cell_words, changed_lines, search_ui, status_words};

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// How the file is read.
    File,
    /// Findings, table, one column.
    #[default]
    Review,
    /// What the columns mean.
    Measures,
    /// What is missing.
    Missing,
    /// Who has been seen, is due, overdue, lost.
    FollowUp,
    /// Who the patients are.
    TableOne,
    /// What was done to the data.
    Trail,
}

impl Tab {
    /// All parts, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Review,
        Self::Measures,
        Self::Missing,
        Self::FollowUp,
        Self::TableOne,
        Self::Trail,
    ];

    /// Message key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::File => "tab-file",
            Self::Review => "tab-review",
            Self::Trail => "tab-trail",
            Self::Measures => "tab-measures",
            Self::Missing => "tab-missing",
            Self::FollowUp => "tab-follow-up",
            Self::TableOne => "tab-table-one",
        }
    }
}

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// The part that is shown.
    pub tab: Tab,
    /// How the file is read.
    pub file: file::View,
    /// Findings, table, one column.
    pub review: review::View,
    /// What was done to the data.
    pub trail: trail::View,
    /// What the columns mean.
    pub measures: measures::View,
    /// What is missing.
    pub missing: missing::View,
    /// Follow-up.
    pub follow_up: follow_up::View,
    /// Table one.
    pub table_one: table_one::View,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    let mut actions = Vec::new();
    let checked = match &cx.session.checked {
        Some(checked) => checked,
        None if cx.session.intake.waiting.is_some() => {
            // A file that can't be read without a choice: only the import helps.
            let sentence = view.file.sentence(cx);
            widgets::page_header(ui, &cx.t(Page::Cohort.key()), &sentence, |_| ());
            file::ui(ui, cx, &mut view.file, &mut actions);
            return actions;
        }
        None => return pages::needs_cohort(ui, cx, Page::Cohort).unwrap_or_default(),
    };
    let sentence = match view.tab {
        Tab::File => view.file.sentence(cx),
        Tab::Review | Tab::Trail => view.review.sentence(checked, cx),
        Tab::Measures => view.measures.sentence(checked, cx),
        Tab::Missing => view.missing.sentence(checked, cx),
        Tab::FollowUp => view.follow_up.sentence(checked, cx),
        Tab::TableOne => view.table_one.sentence(checked, cx),
    };
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
    if let Some(read_as) = &cx.session.intake.read_as {
        read_as_ui(ui, cx, read_as, &mut actions);
    }
    match view.tab {
        Tab::File => file::ui(ui, cx, &mut view.file, &mut actions),
        Tab::Review => review::ui(ui, cx, checked, &mut view.review, &mut actions),
        Tab::Trail => trail::ui(ui, cx, checked, &mut view.trail, &mut actions),
        Tab::Measures => measures::ui(ui, cx, checked, &mut view.measures, &mut actions),
        Tab::Missing => missing::ui(ui, cx, checked, &mut view.missing, &mut actions),
        Tab::FollowUp => follow_up::ui(ui, cx, checked, &mut view.follow_up, &mut actions),
        Tab::TableOne => table_one::ui(ui, cx, checked, &mut view.table_one, &mut actions),
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

/// The recipe that was followed, in one line.
fn read_as_ui(ui: &mut Ui, cx: &Cx<'_>, read_as: &ReadAs, actions: &mut Vec<Action>) {
    let text = read_as_words(read_as, cx.lang);
    let (dismiss, afresh) = (cx.t("dismiss"), cx.t("recipe-afresh"));
    match widgets::notice_with(ui, Tone::Accent, &text, "", &[&afresh, &dismiss]) {
        Some(0) => actions.push(Action::Intake(Wish::Afresh)),
        Some(_) => actions.push(Action::Intake(Wish::Dismiss)),
        None => {}
    }
}

/// "Read as the file of 12 March was (12 choices). New column: X."
fn read_as_words(read_as: &ReadAs, lang: Lang) -> String {
    let ReadAs {
        recipe,
        differences,
    } = read_as;
    let mut text = lang.with(
        "recipe-line",
        &[
            ("date", words::day(&recipe.at, lang).into()),
            ("n", recipe.n_choices().into()),
        ],
    );
    let some = |columns: &[String]| {
        let mut shown: Vec<String> = columns.iter().take(4).cloned().collect();
        if columns.len() > shown.len() {
            let more = columns.len() - shown.len();
            shown.push(lang.with("and-more", &[("n", more.into())]));
        }
        shown.join(", ")
    };
    for (key, columns) in [
        ("recipe-new", &differences.new),
        ("recipe-gone", &differences.gone),
    ] {
        if !columns.is_empty() {
            text.push(' ');
            let args = [
                ("n", columns.len().into()),
                ("columns", some(columns).into()),
            ];
            text.push_str(&lang.with(key, &args));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportOptions;
    use crate::study::recipes::{Differences, Recipe};

    #[test]
    fn the_recipe_that_was_followed_is_said_with_what_is_new() {
        let read_as = ReadAs {
            recipe: Recipe {
                at: "2026-03-12T09:30:00Z".to_owned(),
                options: ImportOptions {
                    decimal_mark: Some(','),
                    ..ImportOptions::default()
                },
                ..Recipe::default()
            },
            differences: Differences {
                new: vec!["x".to_owned()],
                gone: Vec::new(),
            },
        };
        assert_eq!(
            read_as_words(&read_as, Lang::En),
            "Read as the file of 12 March 2026 was (1 choice). New column: x."
        );
        assert_eq!(
            read_as_words(&read_as, Lang::Fr),
            "Lu comme le fichier du 12 mars 2026 (1 choix). Nouvelle colonne\u{a0}: x."
        );
    }
}
