//! What lies over a page: the palette, a typed path, the question before unsaved work is left, about.

use std::path::PathBuf;

use egui::{Button, Id, Key, Label, Modal as EguiModal, ScrollArea, TextEdit, Ui, Vec2};

use crate::app::action::{Action, Ask, Command, Decision};
use crate::app::forms::{self, Form};
use crate::app::pages::cohort::cell_words;
use crate::app::state::{Checked, Session};
use crate::app::theme::{self, SPACE_M, SPACE_S};
use crate::app::widgets;
use crate::app::window::Window;
use crate::base::issue::Issue;
use crate::base::text::Lang;
use crate::cohort::{Cell, Conflict, ConflictKind};
use crate::review::Difference;

/// Height of a correction that does not fit, with its buttons.
const CONFLICT: f32 = 76.0;

/// What is asked or told over the page.
pub enum Modal {
    /// A path is typed where no dialog opens.
    Path(Ask, String),
    /// Unsaved work: save it, leave it, or stay.
    Unsaved(After),
    /// A correction.
    Form(Box<Form>),
    /// The file that was read again has changed.
    Updated,
    /// Corrections that do not fit the file any more.
    Conflicts,
    /// Answers that came back, and what could not be understood of them.
    Answers(Vec<Difference>, Vec<Issue>),
    /// What the program is.
    About,
}

/// What follows once unsaved work has been dealt with.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// The window closes.
    Quit,
    /// The study closes.
    Close,
    /// A file is opened.
    Open(PathBuf),
    /// A sample is opened.
    Sample(String),
    /// What was pasted is opened.
    Pasted(std::sync::Arc<str>),
}

/// What a person answered before unsaved work is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Save first.
    Save,
    /// Leave it.
    Discard,
}

/// The command palette.
#[derive(Default)]
pub struct Palette {
    search: String,
    at: usize,
}

/// Paints what lies over the page.
pub fn ui(ui: &mut Ui, window: &mut Window, actions: &mut Vec<Action>) {
    palette_ui(ui, window, actions);
    let lang = window.preferences.lang;
    let mut close = false;
    let renderer = window.renderer.map(|renderer| renderer.name());
    let n_conflicts = window.n_conflicts();
    let session = &window.session;
    let initials = &mut window.preferences.initials;
    if let Some(modal) = &mut window.modal {
        let shown = EguiModal::new(Id::unique("modal"))
            .frame(widgets::card_frame(ui).inner_margin(egui::Margin::same(24)))
            .show(ui.ctx(), |ui| {
                ui.set_width(460.0);
                match modal {
                    Modal::Path(ask, text) => path_ui(ui, lang, ask, text, actions),
                    Modal::Unsaved(after) => unsaved_ui(ui, lang, after, actions),
                    Modal::Form(form) => {
                        forms::ui::form_ui(ui, lang, session, form, initials, actions)
                    }
                    Modal::Updated => updated_ui(ui, lang, actions),
                    Modal::Conflicts => {
                        conflicts_ui(ui, lang, session, actions) || n_conflicts == 0
                    }
                    Modal::Answers(differences, issues) => {
                        forms::answers::answers_ui(ui, lang, session, differences, issues, actions)
                    }
                    Modal::About => about_ui(ui, lang, renderer),
                }
            });
        close = shown.inner || shown.should_close();
    }
    if close {
        window.modal = None;
    }
}

fn buttons<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(SPACE_M);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), add)
        .inner
}

fn path_ui(
    ui: &mut Ui,
    lang: Lang,
    ask: &Ask,
    text: &mut String,
    actions: &mut Vec<Action>,
) -> bool {
    let title = match ask {
        Ask::Open => "ask-open",
        Ask::Elsewhere => "ask-elsewhere",
        Ask::Save { .. }
        | Ask::SaveFigure { .. }
        | Ask::SaveSheet { .. }
        | Ask::SavePage { .. }
        | Ask::SaveQueries => "ask-save",
        Ask::Answers => "ask-answers",
        Ask::ReportFolder => "ask-folder",
    };
    ui.label(theme::heading(lang.t(title), theme::TEXT_SECTION));
    widgets::quiet_label(ui, lang.t("ask-path.about"));
    let field = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(field).accessible_name(lang.t("ask-path"));
    // Before the field takes the focus back, which it has just lost to the key.
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    buttons(ui, |ui| {
        let ready = !text.trim().is_empty();
        let accept = widgets::primary_button(ui, &lang.t("ok"), ready).clicked();
        let cancel = widgets::button(ui, &lang.t("cancel"), true).clicked();
        if (accept || entered) && ready {
            let path = PathBuf::from(text.trim());
            actions.push(Action::Chosen(ask.clone(), path));
            return true;
        }
        cancel
    })
}

fn unsaved_ui(ui: &mut Ui, lang: Lang, after: &After, actions: &mut Vec<Action>) -> bool {
    ui.label(theme::heading(lang.t("unsaved-title"), theme::TEXT_SECTION));
    widgets::quiet_label(ui, lang.t("unsaved-about"));
    buttons(ui, |ui| {
        let save = widgets::primary_button(ui, &lang.t("unsaved-save"), true).clicked();
        let discard = widgets::button(ui, &lang.t("unsaved-discard"), true).clicked();
        let cancel = widgets::button(ui, &lang.t("cancel"), true).clicked();
        if save {
            actions.push(Action::Leave(Leave::Save, after.clone()));
        } else if discard {
            actions.push(Action::Leave(Leave::Discard, after.clone()));
        }
        save || discard || cancel
    })
}

/// The file has changed since it was read: what happens to what was done to the data.
fn updated_ui(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) -> bool {
    ui.label(theme::heading(lang.t("updated-title"), theme::TEXT_SECTION));
    widgets::quiet_label(ui, lang.t("updated-about"));
    buttons(ui, |ui| {
        let keep = widgets::primary_button(ui, &lang.t("updated-keep"), true).clicked();
        let anew = widgets::button(ui, &lang.t("updated-anew"), true).clicked();
        let cancel = widgets::button(ui, &lang.t("cancel"), true).clicked();
        if keep || anew {
            actions.push(Action::TakeUpdated(keep));
        }
        keep || anew || cancel
    })
}

/// Corrections that do not fit the file: for each the file's value, or the correction once more.
fn conflicts_ui(ui: &mut Ui, lang: Lang, session: &Session, actions: &mut Vec<Action>) -> bool {
    ui.label(theme::heading(
        lang.t("conflicts-title"),
        theme::TEXT_SECTION,
    ));
    widgets::quiet_label(ui, lang.t("conflicts-about"));
    let Some(checked) = &session.checked else {
        return true;
    };
    let conflicts = &checked.replayed.conflicts;
    ScrollArea::vertical()
        .max_height(320.0)
        .auto_shrink([false, true])
        .show_rows(ui, CONFLICT, conflicts.len(), |ui, range| {
            for conflict in &conflicts[range] {
                conflict_ui(ui, lang, checked, conflict, actions);
            }
        });
    let can_apply = |conflict: &&Conflict| conflict.kind == ConflictKind::ValueChanged;
    let again: Vec<Conflict> = conflicts.iter().filter(can_apply).cloned().collect();
    buttons(ui, |ui| {
        let close = widgets::primary_button(ui, &lang.t("conflicts-later"), true).clicked();
        if widgets::button(ui, &lang.t("conflicts-again-all"), !again.is_empty()).clicked() {
            actions.push(Action::Decide(Decision::Resolve(again, true)));
        }
        if widgets::button(ui, &lang.t("conflicts-keep-all"), true).clicked() {
            let decision = Decision::Resolve(conflicts.clone(), false);
            actions.push(Action::Decide(decision));
        }
        close
    })
}

fn conflict_ui(
    ui: &mut Ui,
    lang: Lang,
    checked: &Checked,
    conflict: &Conflict,
    actions: &mut Vec<Action>,
) {
    let value = |cell: &Option<Cell>| cell_words(cell.as_ref(), lang);
    let id = conflict
        .row
        .as_ref()
        .and_then(|row| checked.ids.get(row.row).cloned())
        .unwrap_or_default();
    let key = match conflict.kind {
        ConflictKind::ValueChanged => "conflict-value",
        ConflictKind::RowGone => "conflict-row",
        ConflictKind::ColumnGone => "conflict-column",
    };
    let args = [
        ("patient", id.into()),
        (
            "column",
            conflict.variable.as_deref().unwrap_or_default().into(),
        ),
        ("before", value(&conflict.before).into()),
        ("after", value(&conflict.after).into()),
        ("found", value(&conflict.found).into()),
    ];
    ui.allocate_ui(Vec2::new(ui.available_width(), CONFLICT), |ui| {
        ui.add(Label::new(lang.with(key, &args)).wrap());
        ui.horizontal(|ui| {
            if widgets::button(ui, &lang.t("conflict-keep"), true).clicked() {
                let decision = Decision::Resolve(vec![conflict.clone()], false);
                actions.push(Action::Decide(decision));
            }
            let can_apply = conflict.kind == ConflictKind::ValueChanged;
            if widgets::button(ui, &lang.t("conflict-again"), can_apply).clicked() {
                let decision = Decision::Resolve(vec![conflict.clone()], true);
                actions.push(Action::Decide(decision));
            }
        });
    });
}

fn about_ui(ui: &mut Ui, lang: Lang, renderer: Option<&str>) -> bool {
    ui.label(theme::heading("Prognostim", theme::TEXT_SECTION));
    let version = lang.with(
        "about-version",
        &[("version", env!("CARGO_PKG_VERSION").into())],
    );
    widgets::quiet_label(ui, version);
    ui.add(Label::new(lang.t("about-text")).wrap());
    ui.add(Label::new(theme::strong(lang.t("not-a-device"))).wrap());
    widgets::quiet_label(ui, lang.t("about-offline"));
    ui.add_space(SPACE_S);
    ui.label(theme::strong(lang.t("about-keys")));
    ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        egui::Grid::new("keys")
            .num_columns(2)
            .spacing(Vec2::new(24.0, 3.0))
            .show(ui, |ui| {
                for command in Command::ALL {
                    if let Some(keys) = command.shortcut_text(lang) {
                        ui.label(widgets::quiet(ui, keys));
                        ui.label(command.text(lang));
                        ui.end_row();
                    }
                }
            });
    });
    if let Some(renderer) = renderer {
        let text = lang.with("about-renderer", &[("name", renderer.into())]);
        widgets::quiet_label(ui, text);
    }
    buttons(ui, |ui| {
        widgets::primary_button(ui, &lang.t("close-about"), true).clicked()
    })
}

fn palette_ui(ui: &Ui, window: &mut Window, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    let training = window.is_training();
    let Some(palette) = &mut window.palette else {
        return;
    };
    let found: Vec<Command> = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Palette)
        .filter(|command| matches(&command.text(lang), &palette.search))
        .filter(|command| command.enabled(&window.session, training))
        .collect();
    let keys = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
        (
            pressed(Key::ArrowDown),
            pressed(Key::ArrowUp),
            pressed(Key::Enter),
        )
    });
    if keys.0 {
        palette.at += 1;
    }
    if keys.1 {
        palette.at = palette.at.saturating_sub(1);
    }
    palette.at = palette.at.min(found.len().saturating_sub(1));
    let mut chosen = keys.2.then(|| found.get(palette.at).copied()).flatten();
    let area = EguiModal::default_area(Id::unique("palette"))
        .anchor(egui::Align2::CENTER_TOP, Vec2::new(0.0, 72.0));
    let shown = EguiModal::new(Id::unique("palette"))
        .area(area)
        .frame(widgets::card_frame(ui).inner_margin(egui::Margin::same(12)))
        .show(ui.ctx(), |ui| {
            ui.set_width(460.0);
            let before = palette.search.clone();
            let field = TextEdit::singleline(&mut palette.search)
                .hint_text(lang.t("palette-hint"))
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(10, 8));
            let response = ui.add(field).accessible_name(lang.t("palette-hint"));
            if !response.has_focus() {
                response.request_focus();
            }
            if palette.search != before {
                palette.at = 0;
            }
            ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if found.is_empty() {
                    widgets::quiet_label(ui, lang.t("palette-nothing"));
                }
                for (place, command) in found.iter().enumerate() {
                    let mut button = Button::selectable(place == palette.at, command.text(lang))
                        .min_size(Vec2::new(ui.available_width(), 30.0));
                    if let Some(keys) = command.shortcut_text(lang) {
                        button = button.right_text(widgets::quiet(ui, keys));
                    } else {
                        button = button.right_text("");
                    }
                    let response = ui.add(button).accessible_name(command.text(lang));
                    if place == palette.at && (keys.0 || keys.1) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(*command);
                    }
                }
            });
        });
    if chosen.is_some() || shown.should_close() {
        window.palette = None;
    }
    actions.extend(chosen.map(Action::Do));
}

/// Whether every word of the search stands in the text.
fn matches(text: &str, search: &str) -> bool {
    let text = text.to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_finds_a_command_by_any_of_its_words() {
        assert!(matches("Save a copy without patients", "copy save"));
        assert!(!matches("Save", "open"));
        assert!(matches("Save", " "));
    }
}
