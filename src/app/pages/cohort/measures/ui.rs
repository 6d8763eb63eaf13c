//! Paints the measures: a row a column, a searchable list of measures, moment and unit.

use std::sync::Arc;

use egui::{
    Align, ComboBox, Label, Layout, Rect, ScrollArea, Sense, TextEdit, Ui, UiBuilder, Vec2,
};

use crate::app::action::{Action, Decision, LookAt};
use crate::app::pages::Cx;
use crate::app::pages::cohort::file::model::Answer;
use crate::app::pages::cohort::measures::model::{self, MeasureRow, MeasuresPage, Sureness};
use crate::app::state::{Cached, Checked};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{self, SPACE_M, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::cohort::{Change, Timing};
use crate::dictionary;

const ROW: f32 = 46.0;
/// Shares of the width: column, measure, moment, unit, sureness.
const SHARES: [f32; 5] = [0.24, 0.27, 0.18, 0.12, 0.19];

/// What the page remembers.
#[derive(Default)]
pub struct View {
    search: String,
    concept_search: String,
    only_open: bool,
    page: Cached<(Lang, u64), Option<Arc<MeasuresPage>>>,
    last: Option<Arc<MeasuresPage>>,
    sentence: String,
    concepts: Cached<Lang, Arc<Vec<(String, String)>>>,
}

impl View {
    /// Where things stand, as it was last looked at.
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
    let page = surveys::ask(cx, checked, Question::Measures, actions).and_then(|known| {
        let make = || match &known.survey {
            Survey::Measures(matches, scores) => {
                let cohort = &known.checked.cohort;
                let page = MeasuresPage::new(cohort, matches, scores, cx.lang);
                Some(Arc::new(page))
            }
            _ => None,
        };
        view.page.get((cx.lang, known.number), make).clone()
    });
    // While the next answer is on its way the last one stays.
    let Some(page) = page.or_else(|| view.last.clone()) else {
        widgets::quiet_label(ui, cx.t("working"));
        return;
    };
    if view.sentence != page.sentence {
        view.sentence.clone_from(&page.sentence);
        ui.ctx().request_repaint();
    }
    view.last = Some(Arc::clone(&page));
    for row in page.rows.iter().filter(|row| !row.answers.is_empty()) {
        question_ui(ui, cx, row, actions);
    }
    bar_ui(ui, cx, &page, view, actions);
    let scores = if page.scores.is_empty() { 0.0 } else { 132.0 };
    let height = (ui.available_height() - scores).max(160.0);
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::symmetric(12, 4));
    let rows = shown(&page, view, cx.lang);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_height(height - 12.0);
        rows_ui(ui, cx, &rows, view, actions);
    });
    if !page.scores.is_empty() {
        scores_ui(ui, cx, &page);
    }
}

fn rows_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &[&MeasureRow],
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    header_ui(ui, cx);
    if rows.is_empty() {
        widgets::quiet_label(ui, cx.t("measures-none"));
    }
    let make = || Arc::new(model::concepts(cx.lang));
    let concepts = Arc::clone(view.concepts.get(cx.lang, make));
    let search = &mut view.concept_search;
    ScrollArea::vertical()
        .id_salt("measures")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                row_ui(ui, cx, row, &concepts, search, actions);
            }
        });
}

fn scores_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeasuresPage) {
    widgets::card(ui, &cx.t("measures-scores"), |ui| {
        ScrollArea::vertical()
            .id_salt("scores")
            .auto_shrink([false, false])
            .show_rows(ui, 20.0, page.scores.len(), |ui, range| {
                for score in page.scores.get(range).unwrap_or_default() {
                    ui.add(Label::new(score).truncate());
                }
            });
    });
}

/// The rows that search and filter leave.
fn shown<'a>(page: &'a MeasuresPage, view: &View, lang: Lang) -> Vec<&'a MeasureRow> {
    let wanted = crate::cohort::header::fold(&view.search);
    let is_open = |row: &MeasureRow| row.sureness < Sureness::Sure || !row.answers.is_empty();
    let mut rows: Vec<&MeasureRow> = page
        .rows
        .iter()
        .filter(|row| !view.only_open || is_open(row))
        .collect();
    rows.retain(|row| {
        let when = dictionary::timing(row.timing, lang);
        let text = crate::cohort::header::fold(&format!("{} {} {when}", row.header, row.measure));
        wanted.split(' ').all(|word| text.contains(word))
    });
    rows
}

fn question_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MeasureRow, actions: &mut Vec<Action>) {
    let column = [("column", row.header.as_str().into())];
    let text = cx.lang.with("ask-pcs", &column);
    let words: Vec<&str> = row
        .answers
        .iter()
        .map(|(words, _)| words.as_str())
        .collect();
    let clicked = widgets::notice_with(ui, Tone::Attention, &text, "", &words);
    if let Some((words, Answer::Mean(change))) = clicked.and_then(|at| row.answers.get(at)) {
        let decision = Decision::Edit(change.clone(), words.clone());
        actions.push(Action::Decide(decision));
    }
}

fn bar_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &MeasuresPage,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let hint = cx.t("measures-search");
        let field = TextEdit::singleline(&mut view.search)
            .hint_text(hint.as_str())
            .desired_width(220.0)
            .margin(egui::Margin::symmetric(8, 6));
        ui.add(field).accessible_name(hint.as_str());
        let filter = [(false, cx.t("measures-all")), (true, cx.t("measures-open"))];
        if let Some(only_open) = widgets::choices(ui, view.only_open, &filter) {
            view.only_open = only_open;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let n_sure = page.open(Sureness::Sure).count();
            for (from, key) in [
                (Sureness::Likely, "measures-accept-likely"),
                (Sureness::Sure, "measures-accept-sure"),
            ] {
                let n = page.open(from).count();
                if from == Sureness::Likely && n == n_sure {
                    continue;
                }
                let text = cx.lang.with(key, &[("n", n.into())]);
                if widgets::button(ui, &text, n > 0).clicked() {
                    let why = cx.t("measures-why-accepted");
                    let changes = page.open(from).map(MeasureRow::meaning).collect();
                    actions.push(Action::Decide(Decision::Edits(changes, why)));
                }
            }
        });
    });
    ui.add_space(4.0);
}

/// The five parts of a row.
fn parts(rect: Rect) -> [Rect; 5] {
    let mut left = rect.left();
    SHARES.map(|share| {
        let width = share * rect.width();
        let part = Rect::from_min_max(
            egui::pos2(left, rect.top()),
            egui::pos2(left + width - SPACE_M, rect.bottom()),
        );
        left += width;
        part
    })
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let size = Vec2::new(ui.available_width(), TARGET);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let titles = [
        "measures-column",
        "measures-measure",
        "column-timing",
        "column-unit",
        "measures-sureness",
    ];
    for (part, key) in parts(rect).into_iter().zip(titles) {
        cell(ui, ("head", key), part, |ui| {
            let text = cx.t(key);
            ui.add(Label::new(widgets::quiet(ui, text)).truncate());
        });
    }
    let line = egui::Stroke::new(1.0, tokens(ui).line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// Something in a fixed place, from the left, in the middle of its height.
fn cell<R>(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    rect: Rect,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let builder = UiBuilder::new()
        .id_salt(id)
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    add(&mut ui.new_child(builder))
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &MeasureRow,
    concepts: &[(String, String)],
    search: &mut String,
    actions: &mut Vec<Action>,
) {
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = egui::Stroke::new(1.0, tokens(ui).line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let [column, measure, when, unit, sure] = parts(rect);
    let id = row.variable.as_str();
    let mut new = row.meaning();
    cell(ui, (id, "column"), column, |ui| {
        column_ui(ui, cx, row, actions);
    });
    cell(ui, (id, "measure"), measure, |ui| {
        measure_ui(ui, cx, row, concepts, search, &mut new);
    });
    cell(ui, (id, "when"), when, |ui| {
        moment_ui(ui, cx, row, &mut new);
    });
    cell(ui, (id, "unit"), unit, |ui| unit_ui(ui, cx, row, &mut new));
    cell(ui, (id, "sure"), sure, |ui| {
        sure_ui(ui, cx, row, actions);
    });
    if new != row.meaning() {
        let why = cx.t("measures-why-chosen");
        actions.push(Action::Decide(Decision::Edit(new, why)));
    }
}

fn column_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MeasureRow, actions: &mut Vec<Action>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = 22.0;
        ui.add_space(4.0);
        let text = theme::strong(&row.header).color(tokens(ui).text);
        let button = egui::Button::new(text).frame(false).truncate();
        let response = ui.add(button).on_hover_text(cx.t("measures-look"));
        if response.clicked() {
            actions.push(Action::LookAt(LookAt::Column(row.variable.clone())));
        }
        ui.add(Label::new(widgets::quiet(ui, &row.place)).truncate());
    });
}

/// The list of measures behind a button; typing narrows it.
fn measure_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &MeasureRow,
    concepts: &[(String, String)],
    search: &mut String,
    new: &mut Change,
) {
    let none = cx.t("measures-nothing");
    let shown = if row.concept.is_some() {
        &row.measure
    } else {
        &none
    };
    let name = cx.lang.with(
        "measures-measure-of",
        &[("column", row.header.as_str().into())],
    );
    let width = ui.available_width();
    let mut chosen: Option<Option<String>> = None;
    let response = ComboBox::from_id_salt("measure")
        .selected_text(shown)
        .truncate()
        .width(width)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            ui.set_min_width(280.0);
            let field = TextEdit::singleline(search)
                .hint_text(cx.t("measures-find"))
                .desired_width(260.0)
                .margin(egui::Margin::symmetric(8, 6));
            let field = ui.add(field).accessible_name(cx.t("measures-find"));
            // Whoever opens the list may type at once.
            if ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            for (concept, words) in &row.others {
                let text = cx
                    .lang
                    .with("measures-or", &[("measure", words.as_str().into())]);
                if ui.selectable_label(false, text).clicked() {
                    chosen = Some(Some(concept.clone()));
                }
            }
            if ui.selectable_label(row.concept.is_none(), &none).clicked() {
                chosen = Some(None);
            }
            for (concept, words) in model::found(concepts, search) {
                let selected = row.concept.as_ref() == Some(concept);
                if ui.selectable_label(selected, words).clicked() {
                    chosen = Some(Some(concept.clone()));
                }
            }
            if chosen.is_some() {
                ui.close();
            }
        })
        .response;
    response.accessible_name(name);
    if let Some(choice) = chosen {
        search.clear();
        if let Change::Meaning { concept, .. } = new {
            *concept = choice;
        }
    }
}

fn moment_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MeasureRow, new: &mut Change) {
    let Change::Meaning { timing, .. } = new else {
        return;
    };
    let name = cx.lang.with(
        "measures-timing-of",
        &[("column", row.header.as_str().into())],
    );
    let mut moments = vec![
        Timing::Unknown,
        Timing::Baseline,
        Timing::Trial,
        Timing::After(0),
    ];
    moments.extend([1, 3, 6, 12, 18, 24, 36, 48, 60].map(Timing::After));
    if !moments.contains(timing) {
        moments.push(*timing);
    }
    let width = ui.available_width();
    let response = ComboBox::from_id_salt("moment")
        .selected_text(dictionary::timing(*timing, cx.lang))
        .truncate()
        .width(width)
        .show_ui(ui, |ui| {
            for moment in moments {
                ui.selectable_value(timing, moment, dictionary::timing(moment, cx.lang));
            }
        })
        .response;
    response.accessible_name(name);
}

/// Units that a measure may have.
const UNITS: [&str; 12] = [
    "mm", "cm", "%", "years", "months", "kg", "kg/m²", "cm²", "mg/d", "0-10", "points", "d",
];

fn unit_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MeasureRow, new: &mut Change) {
    let Change::Meaning { unit, .. } = new else {
        return;
    };
    let name = cx.lang.with(
        "measures-unit-of",
        &[("column", row.header.as_str().into())],
    );
    let words = |unit: &Option<String>| match unit {
        Some(unit) => dictionary::unit(unit, cx.lang),
        None => "–".to_owned(),
    };
    let mut units = vec![None];
    units.extend(UNITS.map(|unit| Some(unit.to_owned())));
    if !units.contains(unit) {
        units.push(unit.clone());
    }
    let width = ui.available_width();
    let response = ComboBox::from_id_salt("unit")
        .selected_text(words(unit))
        .truncate()
        .width(width)
        .show_ui(ui, |ui| {
            for choice in units {
                let text = words(&choice);
                ui.selectable_value(unit, choice, text);
            }
        })
        .response;
    response.accessible_name(name);
}

fn sure_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MeasureRow, actions: &mut Vec<Action>) {
    let tone = match row.sureness {
        Sureness::Said => Tone::Good,
        Sureness::Sure => Tone::Accent,
        Sureness::Likely | Sureness::Nothing => Tone::Plain,
        Sureness::Guess => Tone::Attention,
    };
    let badge = widgets::badge(ui, &cx.t(row.sureness.key()), tone);
    if !row.reasons.is_empty() {
        badge.on_hover_text(row.reasons.join("\n"));
    }
    if row.concept.is_some() && row.sureness < Sureness::Said {
        let name = cx.lang.with(
            "measures-accept-of",
            &[
                ("column", row.header.as_str().into()),
                ("measure", row.measure.as_str().into()),
            ],
        );
        let button = widgets::button(ui, &cx.t("measures-accept"), true);
        let button = button.on_hover_text(&name).accessible_name(name);
        if button.clicked() {
            let why = cx.t("measures-why-accepted");
            actions.push(Action::Decide(Decision::Edit(row.meaning(), why)));
        }
    }
}
