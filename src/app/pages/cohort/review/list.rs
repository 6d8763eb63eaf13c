//! Paints the list of findings: how many stand where, each by its rule, and what can be done about it.

use egui::{Button, Label, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::findings::{self, FindingGroup, FindingsPage, NoteGroup, STATUSES, status_words};
use super::ui::View;
use crate::app::action::{Action, Ask, Decision};
use crate::app::columns::Repair;
use crate::app::forms::FormOf;
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::table::Only;
use crate::app::theme::{self, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::review::{Finding, FindingKey, Mark, Status};

/// Height of an unfolded group's list.
const LIST: f32 = 228.0;
/// Height that the chosen finding keeps at the bottom.
const PINNED: f32 = 236.0;

/// Paints the list.
pub(super) fn list_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    page: &FindingsPage,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    counts_ui(ui, cx, page, view);
    queries_ui(ui, cx, checked, actions);
    let chosen = view.finding.as_ref().and_then(|key| {
        let mut all = checked.to_review.iter();
        all.find(|finding| finding.key == *key && finding.status == view.shows)
    });
    let room = ui.available_height();
    let pinned = if chosen.is_some() { PINNED } else { 0.0 };
    ScrollArea::vertical()
        .id_salt("findings")
        .max_height((room - pinned).max(80.0))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            // Beside the scroll bar, not under it.
            ui.set_max_width(ui.available_width() - 10.0);
            if page.groups.is_empty() {
                let key = if view.shows == Status::Open {
                    "findings-none-open"
                } else {
                    "findings-none"
                };
                widgets::quiet_label(ui, cx.t(key));
            }
            for group in &page.groups {
                group_ui(ui, cx, checked, group, view, actions);
                ui.separator();
            }
            if view.shows == Status::Open {
                for &number in &page.repairs {
                    repair_ui(ui, cx, checked, &[number], actions);
                }
                accepted_ui(ui, cx, page, actions);
                for group in &page.notes {
                    note_ui(ui, cx, group, view, actions);
                    ui.separator();
                }
            }
        });
    if let Some(finding) = chosen {
        ui.separator();
        ScrollArea::vertical()
            .id_salt("chosen finding")
            .auto_shrink([false, false])
            .show(ui, |ui| chosen_ui(ui, cx, checked, finding, view, actions));
    }
}

/// The list of questions: out, and back with its answers.
fn queries_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if !checked.to_review.is_empty()
            && widgets::link_button(ui, &cx.t("queries-write"))
                .on_hover_text(cx.t("queries-write.tip"))
                .clicked()
        {
            actions.push(Action::Ask(Ask::SaveQueries));
        }
        if widgets::link_button(ui, &cx.t("queries-read"))
            .on_hover_text(cx.t("queries-read.tip"))
            .clicked()
        {
            actions.push(Action::Ask(Ask::Answers));
        }
    });
}

/// How many stand where; a click shows those.
fn counts_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FindingsPage, view: &mut View) {
    let shown = STATUSES.iter().zip(page.counts);
    let options: Vec<(Status, String)> = shown
        .filter(|(status, n)| *n > 0 || **status == Status::Open || **status == view.shows)
        .map(|(status, n)| {
            let words = status_words(*status, cx.lang);
            (*status, format!("{} {words}", cx.lang.count(n as i64)))
        })
        .collect();
    if let Some(status) = widgets::choices(ui, view.shows, &options) {
        view.shows = status;
        view.unfolded = None;
    }
}

fn group_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    group: &FindingGroup,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let is_open = view.unfolded.as_deref() == Some(group.rule.as_str());
    ui.horizontal_top(|ui| {
        let n = group.items.len();
        widgets::badge(ui, &cx.lang.count(n as i64), Tone::of(group.severity));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let label = Label::new(RichText::new(&group.title)).wrap();
            let response = ui.add(label.sense(Sense::CLICK));
            let only = group.items.first().filter(|_| n == 1);
            match only {
                Some(&number) => items_ui(ui, cx, checked, &[number], view),
                None if is_open => items_ui(ui, cx, checked, &group.items, view),
                None => {}
            }
            if is_open && n > 1 && !group.remedy.is_empty() {
                widgets::quiet_label(ui, &group.remedy);
            }
            ui.horizontal_wrapped(|ui| {
                links_ui(ui, cx, checked, group, is_open, view, actions);
            });
            if response.clicked() {
                view.unfolded = (!is_open).then(|| group.rule.clone());
                if let Some(&first) = group.items.first() {
                    view.go_to_finding(checked, first);
                }
            }
        });
    });
}

/// What can be done about a whole group.
fn links_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    group: &FindingGroup,
    is_open: bool,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.x = 12.0;
    let n = group.items.len();
    if n > 1 {
        let (key, unfolded) = if is_open {
            ("show-less", None)
        } else {
            ("findings-show", Some(group.rule.clone()))
        };
        let name = format!("{} {}", cx.t(key), group.title);
        if widgets::link_button(ui, &cx.t(key))
            .accessible_name(name)
            .clicked()
        {
            view.unfolded = unfolded;
        }
        let only = Only::Rule(group.rule.clone());
        let is_only = view.table.query.only == only;
        let key = if is_only { "rows-all" } else { "rows-only" };
        if widgets::link_button(ui, &cx.t(key)).clicked() {
            view.table.query.only = if is_only { Only::All } else { only };
        }
    }
    if group.repairs.len() > 1 {
        repair_ui(ui, cx, checked, &group.repairs, actions);
    }
    // Column by column only where somebody looks closer.
    if group.repairs.len() == 1 || is_open {
        for &number in &group.repairs {
            repair_ui(ui, cx, checked, &[number], actions);
        }
    }
    if is_open && n > 1 {
        let keys = || -> Vec<FindingKey> {
            let of = |number: &usize| checked.to_review[*number].key.clone();
            group.items.iter().map(of).collect()
        };
        for (status, key) in moves(view.shows) {
            let text = cx.lang.with(&format!("{key}.all"), &[("n", n.into())]);
            if widgets::link_button(ui, &text).clicked() {
                actions.push(Action::Form(FormOf::Mark(keys(), status)));
            }
        }
    }
}

/// Proposed repairs, as a button that shows what they would change.
fn repair_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    numbers: &[usize],
    actions: &mut Vec<Action>,
) {
    let repairs = numbers
        .iter()
        .filter_map(|number| checked.repairs.get(*number));
    let repairs: Vec<&Repair> = repairs.collect();
    let text = match repairs.as_slice() {
        [] => return,
        [one] => findings::repair_words(one, cx.lang),
        several => {
            let n_cells: usize = several.iter().map(|repair| repair.n_cells).sum();
            cx.lang.with("proposal-accept", &[("n", n_cells.into())])
        }
    };
    let button = widgets::button(ui, &format!("{text}…"), true);
    if button.on_hover_text(cx.t("proposal-tip")).clicked() {
        actions.push(Action::Form(FormOf::Repair(numbers.to_vec())));
    }
}

/// Where a finding can go from where it stands, and what the button says.
fn moves(from: Status) -> Vec<(Status, &'static str)> {
    match from {
        Status::Open => vec![
            (Status::Accepted, "finding-accept"),
            (Status::Queried, "finding-query"),
        ],
        Status::Queried | Status::Answered => vec![
            (Status::Accepted, "finding-accept"),
            (Status::Open, "finding-reopen"),
        ],
        Status::Corrected | Status::Accepted => vec![(Status::Open, "finding-reopen")],
    }
}

fn items_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, items: &[usize], view: &mut View) {
    let lines = |ui: &mut Ui, shown: &[usize], view: &mut View| {
        for &number in shown {
            item_ui(ui, cx, checked, number, view);
        }
    };
    if items.len() <= 6 {
        lines(ui, items, view);
    } else {
        let id = ("items", checked.to_review[items[0]].key.rule.as_str());
        ScrollArea::vertical()
            .id_salt(id)
            .max_height(LIST)
            .auto_shrink([false, true])
            .show_rows(ui, TARGET, items.len(), |ui, range| {
                lines(ui, &items[range], view);
            });
    }
}

fn item_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, number: usize, view: &mut View) {
    let finding = &checked.to_review[number];
    let is_chosen = view.finding.as_ref() == Some(&finding.key);
    let text = findings::line(checked, finding, cx.lang);
    let color = if is_chosen {
        tokens(ui).accent
    } else {
        tokens(ui).text
    };
    let button = Button::selectable(is_chosen, RichText::new(&text).color(color))
        .truncate()
        .min_size(Vec2::new(ui.available_width(), TARGET));
    let response = ui.add(button);
    if response.clicked() {
        view.go_to_finding(checked, number);
    }
    response.on_hover_ui(|ui| {
        ui.add(Label::new(cx.lang.issue(&finding.issue)).wrap());
        let place = cx.lang.place(&finding.issue.place);
        if !place.is_empty() {
            widgets::quiet_label(ui, place);
        }
    });
}

/// The finding that is chosen: in full, and what can be done about it.
fn chosen_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    finding: &Finding,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.set_max_width(ui.available_width() - 10.0);
    ui.spacing_mut().item_spacing.y = 5.0;
    let line = findings::line(checked, finding, cx.lang);
    ui.add(Label::new(theme::strong(line)).truncate());
    ui.add(Label::new(cx.lang.issue(&finding.issue)).wrap());
    let marks = cx.session.study.review.by_key();
    if let Some(mark) = marks.get(&finding.key) {
        let args = [
            ("status", status_words(mark.status, cx.lang).into()),
            ("who", mark.who.as_str().into()),
            ("at", mark.at.get(..10).unwrap_or_default().into()),
            ("note", mark.note.as_str().into()),
        ];
        widgets::quiet_label(ui, cx.lang.with("finding-marked", &args));
        if let Some(answer) = &mark.answer {
            let args = [("answer", answer.as_str().into())];
            widgets::quiet_label(ui, cx.lang.with("finding-answer", &args));
        }
    }
    let name = cx.t("finding-note");
    let field = TextEdit::singleline(&mut view.note)
        .hint_text(&name)
        .desired_width(f32::INFINITY);
    ui.add(field).accessible_name(&name);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 6.0);
        for (status, key) in moves(finding.status) {
            let button = widgets::button(ui, &cx.t(key), true);
            if button.on_hover_text(cx.t(&format!("{key}.tip"))).clicked() {
                actions.push(view.mark(finding, status));
                view.moves_on = true;
            }
        }
        if let (Some(row), Some(variable)) = (&finding.row, &finding.key.variable)
            && widgets::button(ui, &cx.t("finding-correct"), true).clicked()
        {
            let form = FormOf::Cell(row.row, variable.clone());
            actions.push(Action::Form(form));
        }
        // Somebody who stands there twice is left out once.
        if let Some(row) = &finding.row
            && finding.key.rule.starts_with("duplicate-")
            && widgets::button(ui, &cx.t("menu-exclude"), true).clicked()
        {
            actions.push(Action::Form(FormOf::Exclude(row.row)));
        }
    });
    if let Some(remedy) = cx.lang.remedy(&finding.issue) {
        widgets::quiet_label(ui, remedy);
    }
}

impl View {
    /// The action that marks a finding with the note that was typed.
    pub(super) fn mark(&mut self, finding: &Finding, status: Status) -> Action {
        let mark = Mark {
            status,
            note: std::mem::take(&mut self.note).trim().to_owned(),
            ..Mark::default()
        };
        Action::Decide(Decision::Mark(vec![finding.key.clone()], mark))
    }
}

/// Repairs that an older study accepted as a whole; they can be taken back.
fn accepted_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FindingsPage, actions: &mut Vec<Action>) {
    for (code, title) in &page.accepted {
        ui.horizontal_top(|ui| {
            widgets::badge(ui, &cx.t("repaired"), Tone::Good);
            ui.vertical(|ui| {
                ui.add(Label::new(title).wrap());
                if widgets::link_button(ui, &cx.t("repair-take-back")).clicked() {
                    actions.push(Action::Decide(Decision::TakeBack(code.clone())));
                }
            });
        });
        ui.separator();
    }
}

/// Remarks of one kind: read, not worked through.
fn note_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    group: &NoteGroup,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let is_open = view.unfolded.as_deref() == Some(group.code.as_str());
    let n = group.items.len();
    ui.horizontal_top(|ui| {
        widgets::badge(ui, &cx.lang.count(n as i64), Tone::Plain);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.add(Label::new(widgets::quiet(ui, &group.title)).wrap());
            if n == 1 || is_open {
                ScrollArea::vertical()
                    .id_salt(("notes", &group.code))
                    .max_height(LIST)
                    .auto_shrink([false, true])
                    .show_rows(ui, TARGET, n, |ui, range| {
                        for (place, text, row, name) in &group.items[range] {
                            if place.is_empty() {
                                continue;
                            }
                            let link = widgets::link_button(ui, place).on_hover_text(text);
                            if link.clicked() {
                                actions.extend(shown(*row, name.clone()));
                            }
                        }
                    });
            }
            if n > 1 {
                let (key, unfolded) = if is_open {
                    ("show-less", None)
                } else {
                    ("findings-show", Some(group.code.clone()))
                };
                let name = format!("{} {}", cx.t(key), group.title);
                if widgets::link_button(ui, &cx.t(key))
                    .accessible_name(name)
                    .clicked()
                {
                    view.unfolded = unfolded;
                }
            }
        });
    });
}

/// The way to a cell or a column.
fn shown(row: Option<usize>, name: Option<String>) -> Option<Action> {
    match (row, name) {
        (Some(row), name) => Some(Action::ShowCell(row, name)),
        (None, Some(name)) => Some(Action::ShowColumn(name)),
        (None, None) => None,
    }
}
