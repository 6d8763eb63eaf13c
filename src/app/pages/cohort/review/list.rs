//! Paints the list of findings: how many stand where, each by its rule, and what can be done about it.

use egui::{Button, Label, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::findings::{self, FindingGroup, FindingsPage, NoteGroup, STATUSES, status_words};
use super::ui::View;
use crate::app::action::{Action, Decision};
use crate::app::forms::FormOf;
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::table::Only;
use crate::app::theme::{SPACE_S, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::review::{Finding, FindingKey, Mark, Status};

/// Height of an unfolded group's list.
const LIST: f32 = 184.0;

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
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("findings")
        .auto_shrink([false, false])
        .show(ui, |ui| {
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
                accepted_ui(ui, cx, page, actions);
                for group in &page.notes {
                    note_ui(ui, cx, group, view, actions);
                    ui.separator();
                }
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
                Some(&number) => items_ui(ui, cx, checked, &[number], view, actions),
                None if is_open => items_ui(ui, cx, checked, &group.items, view, actions),
                None => {}
            }
            if (is_open || n == 1) && !group.remedy.is_empty() {
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
    if let Some(number) = group.repair {
        let n_cells = checked
            .repairs
            .get(number)
            .map_or(0, |repair| repair.n_cells);
        let text = cx.lang.with("proposal-accept", &[("n", n_cells.into())]);
        let button = widgets::button(ui, &text, true).on_hover_text(cx.t("proposal-tip"));
        if button.clicked() {
            actions.push(Action::Form(FormOf::Repair(number)));
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

fn items_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    items: &[usize],
    view: &mut View,
    actions: &mut Vec<Action>,
) {
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
    let chosen = items
        .iter()
        .map(|number| &checked.to_review[*number])
        .find(|finding| view.finding.as_ref() == Some(&finding.key));
    if let Some(finding) = chosen {
        chosen_ui(ui, cx, finding, view, actions);
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

/// What can be done about the one that is chosen.
fn chosen_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    finding: &Finding,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
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
    });
    ui.add_space(SPACE_S);
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
