//! What the team keeps of its meeting: note and decision, the day's list, candidates, protocol.

use egui::{Layout, TextEdit, Ui};

use crate::app::action::{Action, Decision};
use crate::app::pages::Cx;
use crate::app::pages::patients::Open;
use crate::app::widgets;
use crate::report::words;
use crate::study::{Choice, MeetingChange};

fn change(change: MeetingChange) -> Action {
    Action::Decide(Decision::Meeting(change))
}

/// What was decided, when, and who was present; empty where nothing was.
pub(super) fn words(cx: &Cx<'_>, id: &str) -> String {
    let Some(decided) = cx.session.study.meeting.conclusions.get(id) else {
        return String::new();
    };
    let day = words::day(&decided.at, cx.lang);
    let mut parts = vec![
        cx.t(decided.choice.key()),
        cx.lang.with("decided-on", &[("day", day.into())]),
    ];
    if !decided.people.trim().is_empty() {
        parts.push(decided.people.clone());
    }
    parts.join(" · ")
}

/// Note, decision and who was present.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, id: &str, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("note-title"), |ui| {
        decision_ui(ui, cx, id, actions);
        let now = cx.session.study.notes.get(id);
        let now = now.map_or("", String::as_str);
        let mut text = now.to_owned();
        ui.with_layout(Layout::top_down_justified(egui::Align::Min), |ui| {
            let field = TextEdit::multiline(&mut text)
                .hint_text(cx.t("note-hint"))
                .desired_rows(3)
                .margin(egui::Margin::same(8));
            ui.add(field).accessible_name(cx.t("note-field"));
        });
        if text != now {
            actions.push(Action::Decide(Decision::Note(id.to_owned(), text)));
        }
        widgets::quiet_label(ui, cx.t("note-about"));
    });
}

fn decision_ui(ui: &mut Ui, cx: &Cx<'_>, id: &str, actions: &mut Vec<Action>) {
    let decided = cx.session.study.meeting.conclusions.get(id);
    let chosen = decided.map(|one| one.choice);
    let options: Vec<(Option<Choice>, String)> = std::iter::once((None, cx.t("choice-none")))
        .chain(Choice::ALL.map(|choice| (Some(choice), cx.t(choice.key()))))
        .collect();
    let people = decided.map_or("", |one| one.people.as_str());
    if let Some(choice) = widgets::choices(ui, chosen, &options) {
        let said = choice.map(|choice| (choice, people.to_owned()));
        actions.push(change(MeetingChange::Conclude(id.to_owned(), said)));
    }
    let Some(decided) = decided else {
        return;
    };
    let day = words::day(&decided.at, cx.lang);
    widgets::quiet_label(ui, cx.lang.with("decided-on", &[("day", day.into())]));
    let mut text = people.to_owned();
    ui.with_layout(Layout::top_down_justified(egui::Align::Min), |ui| {
        let field = TextEdit::singleline(&mut text).hint_text(cx.t("people-hint"));
        ui.add(field).accessible_name(cx.t("people-hint"));
    });
    if text != people {
        let said = Some((decided.choice, text));
        actions.push(change(MeetingChange::Conclude(id.to_owned(), said)));
    }
}

/// Asks once, of real patients, under which protocol they are discussed.
pub(super) fn protocol_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let meeting = &cx.session.study.meeting;
    if cx.session.is_synthetic() || meeting.protocol.is_some() {
        return;
    }
    let id = ui.scope_id().with("protocol");
    let mut text = ui.data_mut(|data| data.get_temp::<String>(id).unwrap_or_default());
    widgets::card(ui, &cx.t("protocol-title"), |ui| {
        widgets::quiet_label(ui, cx.t("protocol-about"));
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut text)
                .hint_text(cx.t("protocol-hint"))
                .desired_width(360.0);
            ui.add(field).accessible_name(cx.t("protocol-title"));
            let typed = text.trim();
            if widgets::primary_button(ui, &cx.t("protocol-keep"), !typed.is_empty()).clicked() {
                actions.push(change(MeetingChange::Protocol(typed.to_owned())));
            }
            if widgets::button(ui, &cx.t("protocol-none"), true).clicked() {
                actions.push(change(MeetingChange::Protocol(String::new())));
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// The day's list and the candidates, above the list of patients.
pub(super) fn lists_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let meeting = &cx.session.study.meeting;
    if meeting.day.is_empty() && meeting.candidates.is_empty() {
        return;
    }
    widgets::card(ui, "", |ui| {
        if !meeting.day.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.label(widgets::quiet(ui, cx.t("day-title")));
                for id in &meeting.day {
                    person_button(ui, cx, id, actions);
                }
                if widgets::button(ui, &cx.t("day-clear"), true).clicked() {
                    actions.push(change(MeetingChange::ClearDay));
                }
            });
        }
        if !meeting.candidates.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.label(widgets::quiet(ui, cx.t("candidates-title")));
                for candidate in &meeting.candidates {
                    person_button(ui, cx, &candidate.code, actions);
                }
            });
        }
    });
}

/// Opens someone's page; says what was decided.
fn person_button(ui: &mut Ui, cx: &Cx<'_>, id: &str, actions: &mut Vec<Action>) {
    let meeting = &cx.session.study.meeting;
    let decided = meeting.conclusions.get(id);
    let text = decided.map_or_else(
        || id.to_owned(),
        |one| format!("{id} · {}", cx.t(one.choice.key())),
    );
    let open = Open::of_id(cx, id);
    if widgets::button(ui, &text, open.is_some()).clicked()
        && let Some(open) = open
    {
        actions.push(Action::ShowPerson(open));
    }
}
