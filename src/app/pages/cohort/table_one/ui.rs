//! Paints table one.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{
    Align, Align2, Layout, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo,
    accesskit::Role as AccessRole,
};

use crate::app::action::{Action, Ask};
use crate::app::pages::Cx;
use crate::app::pages::cohort::parts;
use crate::app::pages::cohort::table_one::model::{self, By, Form, Line, TableOnePage};
use crate::app::state::{Cached, Checked};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{SPACE_L, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::report::words;
use crate::review::Groups;

const ROW: f32 = 26.0;
const HEAD: f32 = 32.0;
const TITLE: f32 = 224.0;
const CELL: f32 = 166.0;
const LAST: f32 = 90.0;
const FORM: f32 = 108.0;

/// What the page remembers.
pub struct View {
    by: By,
    form: Form,
    /// Variables that are summed up in the other form.
    others: BTreeSet<String>,
    groups: Cached<(Lang, u64, By), Option<Groups>>,
    page: Cached<PageKey, Option<Arc<TableOnePage>>>,
    sentence: String,
}

type PageKey = (Lang, u64, Form, BTreeSet<String>);

impl Default for View {
    fn default() -> Self {
        Self {
            by: By::Nobody,
            form: Form::Mean,
            others: BTreeSet::new(),
            groups: Cached::default(),
            page: Cached::default(),
            sentence: String::new(),
        }
    }
}

impl View {
    /// Where things stand, as it was last counted.
    pub fn sentence(&self, _checked: &Checked, _cx: &Cx<'_>) -> String {
        self.sentence.clone()
    }
}

/// Paints the part.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    if view.by == By::Outcome && cx.session.study.settings.locks.is_empty() {
        view.by = By::Nobody;
    }
    let by = view.by;
    let (lang, version) = cx.key();
    let groups = view
        .groups
        .get((lang, version, by), || {
            model::groups(by, &checked.cohort, cx.session.outcome(), lang)
        })
        .clone();
    let page = surveys::ask(cx, checked, Question::TableOne(groups), actions).and_then(|known| {
        let key = (lang, known.number, view.form, view.others.clone());
        let make = || match &known.survey {
            Survey::TableOne(table) => Some(Arc::new(TableOnePage::new(
                table,
                &known.checked.cohort,
                view.form,
                &view.others,
                lang,
            ))),
            _ => None,
        };
        view.page.get(key, make).clone()
    });
    bar_ui(ui, cx, checked, page.as_deref(), view, actions);
    let Some(page) = page else {
        widgets::quiet_label(ui, cx.t("working"));
        return;
    };
    if view.sentence != page.sentence {
        view.sentence.clone_from(&page.sentence);
        ui.ctx().request_repaint();
    }
    if page.lines.is_empty() {
        widgets::quiet_label(ui, cx.t("table-one-empty"));
        return;
    }
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::symmetric(12, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let below = if page.has_groups { 26.0 } else { 0.0 };
        ui.set_height(ui.available_height() - below);
        table_ui(ui, cx, &page, view);
    });
    if page.has_groups {
        widgets::quiet_label(ui, cx.t("table-one-about"));
    }
}

fn bar_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    page: Option<&TableOnePage>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        ui.label(widgets::quiet(ui, cx.t("table-one-by")));
        let mut parted = vec![(By::Nobody, cx.t("table-one-by-nobody"))];
        let is_locked = !cx.session.study.settings.locks.is_empty();
        let has_outcome = cx.session.outcome().is_some();
        if has_outcome && is_locked {
            parted.push((By::Outcome, cx.t("table-one-by-outcome")));
        }
        if model::centre(&checked.cohort).is_some() {
            parted.push((By::Centre, cx.t("table-one-by-centre")));
        }
        if let Some(by) = widgets::choices(ui, view.by, &parted) {
            view.by = by;
        }
        if has_outcome && !is_locked {
            widgets::button(ui, &cx.t("table-one-by-outcome"), false)
                .on_disabled_hover_text(cx.t("table-one-closed"));
        }
        ui.add_space(SPACE_L);
        ui.label(widgets::quiet(ui, cx.t("table-one-form")));
        let forms = [
            (Form::Mean, cx.t("table-one-mean")),
            (Form::Median, cx.t("table-one-median")),
        ];
        if let Some(form) = widgets::choices(ui, view.form, &forms) {
            view.form = form;
            view.others.clear();
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let Some(page) = page.filter(|page| !page.lines.is_empty()) else {
                return;
            };
            let note = match view.by {
                By::Outcome => words::label_note(&cx.session.study.settings, cx.lang),
                By::Nobody | By::Centre => String::new(),
            };
            if widgets::button(ui, &cx.t("plot-save"), true).clicked() {
                actions.push(Action::Ask(Ask::SaveSheet {
                    name: cx.t("table-one-file"),
                    sheet: page.sheet(cx.t("tab-table-one"), &note),
                }));
            }
            if widgets::button(ui, &cx.t("plot-copy"), true).clicked() {
                actions.push(Action::Copy(page.tsv(&note)));
            }
        });
    });
    ui.add_space(4.0);
}

/// Widths of the columns after the title: cells, then difference and missing.
fn widths(page: &TableOnePage, room: f32) -> Vec<f32> {
    let n_cells = page.lines.first().map_or(0, |line| line.cells.len());
    let n_last = page.titles.len().saturating_sub(n_cells + 1);
    let room = room - TITLE - FORM - LAST * n_last as f32;
    let cell = (room / n_cells.max(1) as f32).clamp(CELL, 1.5 * CELL);
    let mut widths = vec![cell.floor(); n_cells];
    widths.extend(vec![LAST; n_last]);
    widths
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, page: &TableOnePage, view: &mut View) {
    let room = ui.available_width() - 12.0;
    let widths = widths(page, room);
    let width = (TITLE + FORM + widths.iter().sum::<f32>()).max(room);
    ScrollArea::both()
        .id_salt("table one")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(Vec2::new(width, HEAD + ROW * page.lines.len() as f32));
            let origin = ui.min_rect().min;
            let first = ((viewport.top() - HEAD) / ROW).floor().max(0.0) as usize;
            let last = (viewport.bottom() / ROW).ceil().max(0.0) as usize;
            for at in first..last.min(page.lines.len()) {
                if let Some(line) = page.lines.get(at) {
                    let top = origin.y + HEAD + ROW * at as f32;
                    let rect = Rect::from_min_size(Pos2::new(origin.x, top), Vec2::new(width, ROW));
                    line_ui(ui, cx, page, (at, line), &widths, rect, view);
                }
            }
            let head = Pos2::new(origin.x, origin.y + viewport.top());
            let head = Rect::from_min_size(head, Vec2::new(width, HEAD));
            head_ui(ui, page, &widths, head);
        });
}

/// Writes a line: its title, then its cells to the right of their places.
fn write_ui(ui: &Ui, rect: Rect, widths: &[f32], texts: &[&str], font: &egui::FontId) {
    let ink = tokens(ui).text;
    let mut left = rect.left() + TITLE + FORM;
    for (text, width) in texts.iter().zip(widths) {
        let size = Vec2::new(width - 8.0, rect.height());
        let cell = Rect::from_min_size(Pos2::new(left, rect.top()), size);
        left += width;
        parts::write(ui, cell, Align2::RIGHT_CENTER, text, font.clone(), ink);
    }
}

fn title_rect(rect: Rect, indent: f32) -> Rect {
    let left = Pos2::new(rect.left() + indent, rect.top());
    Rect::from_min_size(left, Vec2::new(TITLE - indent - 12.0, rect.height()))
}

fn head_ui(ui: &Ui, page: &TableOnePage, widths: &[f32], rect: Rect) {
    let tokens = tokens(ui);
    ui.painter().rect_filled(rect, 0.0, tokens.card);
    let line = Stroke::new(1.0, tokens.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let texts: Vec<&str> = page.titles.iter().map(String::as_str).collect();
    let font = parts::strong();
    if let Some((title, rest)) = texts.split_first() {
        let place = title_rect(rect, 4.0);
        let align = Align2::LEFT_CENTER;
        parts::write(ui, place, align, title, font.clone(), tokens.text);
        write_ui(ui, rect, widths, rest, &font);
    }
}

fn line_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &TableOnePage,
    (number, line): (usize, &Line),
    widths: &[f32],
    rect: Rect,
    view: &mut View,
) {
    let tokens = tokens(ui);
    if !line.is_level && number > 0 {
        let rule = Stroke::new(1.0, tokens.line);
        ui.painter().hline(rect.x_range(), rect.top(), rule);
    }
    let (indent, ink) = if line.is_level {
        (24.0, tokens.quiet)
    } else {
        (4.0, tokens.text)
    };
    let font = parts::plain();
    let place = title_rect(rect, indent);
    parts::write(
        ui,
        place,
        Align2::LEFT_CENTER,
        &line.title,
        font.clone(),
        ink,
    );
    let mut texts: Vec<&str> = line.cells.iter().map(String::as_str).collect();
    if page.has_groups {
        texts.push(&line.difference);
    }
    texts.push(&line.missing);
    write_ui(ui, rect, widths, &texts, &font);
    let response = ui.interact(rect, ui.scope_id().with(("line", number)), Sense::hover());
    let name = format!("{}: {}", line.title, texts.join(" | "));
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, &name));
    form_ui(ui, cx, line, rect, view);
}

/// How a quantity is summed up: a click takes the other form.
fn form_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line, rect: Rect, view: &mut View) {
    let Some(form) = line.form else {
        return;
    };
    let text = cx.t(match form {
        Form::Mean => "table-one-mean",
        Form::Median => "table-one-median",
    });
    let place = Rect::from_min_size(
        Pos2::new(rect.left() + TITLE, rect.top()),
        Vec2::new(FORM - 8.0, ROW),
    );
    let name = cx.lang.with(
        "table-one-form-of",
        &[
            ("variable", line.title.as_str().into()),
            ("form", text.as_str().into()),
        ],
    );
    let id = ui.scope_id().with(("form", &line.variable));
    let response = ui.interact(place, id, Sense::click());
    let color = if response.hovered() || response.has_focus() {
        tokens(ui).accent
    } else {
        tokens(ui).quiet
    };
    parts::write(ui, place, Align2::LEFT_CENTER, &text, parts::plain(), color);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, &name));
    let response = response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(name.as_str());
    if response.clicked() && !view.others.remove(&line.variable) {
        view.others.insert(line.variable.clone());
    }
}
