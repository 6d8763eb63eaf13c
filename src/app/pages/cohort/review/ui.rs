//! Paints the cohort page.

use std::sync::Arc;

use egui::{ComboBox, Label, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::source::CohortRows;
use crate::app::action::{Action, Decision};
use crate::app::figure_view;
use crate::app::icons::{self, Icon};
use crate::app::pages::Cx;
use crate::app::pages::cohort::review::model::{self, CohortPage, ColumnPage, FindingGroup};
use crate::app::state::{Cached, Checked};
use crate::app::table::{self, Source as _, TableView};
use crate::app::theme::{self, SPACE_M, SPACE_S, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::import::ImportOptions;

const INSPECTOR: f32 = 212.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// The table.
    table: TableView,
    /// The column that is looked at.
    pub column: Option<String>,
    /// The kind of finding that is unfolded.
    unfolded: Option<String>,
    /// Whether the left card shows how the file was read.
    shows_reading: bool,
    page: Cached<(Lang, u64), CohortPage>,
    rows: Cached<(Lang, u64), Option<Arc<CohortRows>>>,
    inspected: Cached<(Lang, u64, Option<String>), Option<ColumnPage>>,
}

impl View {
    /// Where things stand, in a sentence.
    pub fn sentence(&mut self, checked: &Checked, cx: &Cx<'_>) -> String {
        self.page(checked, cx).sentence.clone()
    }

    fn page(&mut self, checked: &Checked, cx: &Cx<'_>) -> &CohortPage {
        self.page
            .get(cx.key(), || CohortPage::new(checked, cx.session, cx.lang))
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
    let page = view.page(checked, cx).clone();
    let top = (ui.available_height() - INSPECTOR - SPACE_M).max(180.0);
    let left = (ui.available_width() * 0.3).clamp(280.0, 400.0);
    let area = ui.available_rect_before_wrap();
    let findings = egui::Rect::from_min_size(area.min, Vec2::new(left, top));
    let rest = egui::Rect::from_min_max(
        egui::pos2(findings.right() + SPACE_M, area.top()),
        egui::pos2(area.right(), findings.bottom()),
    );
    let below = egui::Rect::from_min_max(
        egui::pos2(area.left(), findings.bottom() + SPACE_M),
        area.max,
    );
    part(ui, "findings", findings, |ui| {
        left_ui(ui, cx, &page, view, actions);
    });
    part(ui, "rows", rest, |ui| {
        rows_ui(ui, cx, checked, view, actions);
    });
    part(ui, "column", below, |ui| {
        inspector_ui(ui, cx, checked, view);
    });
    ui.advance_cursor_after_rect(area);
}

/// A card in a fixed place.
fn part(ui: &mut Ui, name: &str, rect: egui::Rect, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(egui::UiBuilder::new().id_salt(name).max_rect(rect));
    let frame = widgets::card_frame(&child).inner_margin(egui::Margin::same(12));
    frame.show(&mut child, |ui| {
        ui.set_width(rect.width() - 26.0);
        ui.set_height(rect.height() - 26.0);
        add(ui);
    });
}

fn left_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &CohortPage,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let tabs = [
        (false, cx.t("cohort-findings")),
        (true, cx.t("cohort-reading")),
    ];
    if let Some(tab) = widgets::choices(ui, view.shows_reading, &tabs) {
        view.shows_reading = tab;
    }
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("left")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if view.shows_reading {
                reading_ui(ui, cx, page, actions);
            } else if page.groups.is_empty() {
                widgets::quiet_label(ui, cx.t("cohort-no-findings"));
            } else {
                for group in &page.groups {
                    group_ui(ui, cx, group, view, actions);
                    ui.separator();
                }
            }
        });
}

fn group_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    group: &FindingGroup,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let open = view.unfolded.as_deref() == Some(group.code.as_str());
    let lang = cx.lang;
    ui.horizontal_top(|ui| {
        let count = if group.n == 0 {
            lang.t("repaired")
        } else {
            lang.count(group.n as i64)
        };
        let tone = if group.n == 0 {
            Tone::Good
        } else {
            Tone::of(group.severity)
        };
        widgets::badge(ui, &count, tone);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let response = ui.add(Label::new(RichText::new(&group.title)).wrap().sense(
                if group.n > 0 {
                    Sense::click()
                } else {
                    Sense::hover()
                },
            ));
            if group.n > 1 && !open {
                let more = lang.with("and-more", &[("n", (group.n - 1).into())]);
                if widgets::link_button(ui, &more).clicked() {
                    view.unfolded = Some(group.code.clone());
                }
            } else if open && widgets::link_button(ui, &lang.t("show-less")).clicked() {
                view.unfolded = None;
            }
            if response.clicked() {
                if let Some((_, _, Some(column))) = group.items.first() {
                    actions.push(Action::ShowColumn(column.clone()));
                }
                view.unfolded = (!open).then(|| group.code.clone());
            }
            if open || group.n == 1 {
                items_ui(ui, group, actions);
                if !group.remedy.is_empty() {
                    widgets::quiet_label(ui, &group.remedy);
                }
            }
            proposal_ui(ui, cx, group, actions);
        });
    });
}

fn items_ui(ui: &mut Ui, group: &FindingGroup, actions: &mut Vec<Action>) {
    ScrollArea::vertical()
        .id_salt(("items", &group.code))
        .max_height(168.0)
        .auto_shrink([false, true])
        .show_rows(ui, TARGET, group.items.len(), |ui, range| {
            for (place, text, column) in &group.items[range] {
                if place.is_empty() {
                    continue;
                }
                let response = widgets::link_button(ui, place).on_hover_text(text);
                if response.clicked()
                    && let Some(column) = column
                {
                    actions.push(Action::ShowColumn(column.clone()));
                }
            }
        });
}

fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, group: &FindingGroup, actions: &mut Vec<Action>) {
    let Some((n_cells, accepted)) = group.proposal else {
        return;
    };
    let key = if accepted {
        "proposal-undo"
    } else {
        "proposal-accept"
    };
    let text = cx.lang.with(key, &[("n", n_cells.into())]);
    let button = widgets::button(ui, &text, true).on_hover_text(cx.t("proposal-tip"));
    if button.clicked() {
        let decision = Decision::Accept(group.code.clone(), !accepted);
        actions.push(Action::Decide(decision));
    }
}

fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, page: &CohortPage, actions: &mut Vec<Action>) {
    for (name, value) in &page.reading {
        ui.horizontal_wrapped(|ui| {
            ui.label(widgets::quiet(ui, name));
            ui.add(Label::new(value).wrap());
        });
    }
    ui.add_space(SPACE_S);
    ui.label(theme::strong(cx.t("reading-change")));
    let lang = cx.lang;
    let options = &cx.session.study.import;
    let auto = lang.t("automatic");
    let mut change = |new: ImportOptions| actions.push(Action::Reimport(new));
    if page.is_delimited {
        let choices = [None, Some(';'), Some(','), Some('\t'), Some('|')];
        let words = |choice: Option<char>| {
            choice.map_or_else(|| auto.clone(), |mark| model::delimiter_words(mark, lang))
        };
        let label = lang.t("reading-delimiter");
        if let Some(delimiter) = option_ui(ui, &label, &options.delimiter, &choices, words) {
            change(ImportOptions {
                delimiter,
                ..options.clone()
            });
        }
        let names = [
            "utf-8",
            "windows-1252",
            "iso-8859-15",
            "macintosh",
            "utf-16le",
        ];
        let mut choices = vec![None];
        choices.extend(names.iter().map(|name| Some((*name).to_owned())));
        let words = |choice: Option<String>| choice.unwrap_or_else(|| auto.clone());
        let label = lang.t("reading-encoding");
        let now = options.encoding.clone();
        if let Some(encoding) = option_ui(ui, &label, &now, &choices, words) {
            change(ImportOptions {
                encoding,
                ..options.clone()
            });
        }
    } else if page.sheets.len() > 1 {
        let mut choices = vec![None];
        choices.extend(page.sheets.iter().cloned().map(Some));
        let words = |choice: Option<String>| choice.unwrap_or_else(|| auto.clone());
        let label = lang.t("reading-sheet");
        if let Some(sheet) = option_ui(ui, &label, &options.sheet, &choices, words) {
            change(ImportOptions {
                sheet,
                ..options.clone()
            });
        }
    }
    let words = |choice: Option<char>| {
        choice.map_or_else(|| auto.clone(), |mark| model::mark_words(mark, lang))
    };
    let label = lang.t("reading-decimal");
    let choices = [None, Some(','), Some('.')];
    if let Some(decimal_mark) = option_ui(ui, &label, &options.decimal_mark, &choices, words) {
        change(ImportOptions {
            decimal_mark,
            ..options.clone()
        });
    }
    let orders = ["dmy", "mdy", "ymd"];
    let mut choices = vec![None];
    choices.extend(orders.iter().map(|order| Some((*order).to_owned())));
    let words = |choice: Option<String>| {
        choice.map_or_else(|| auto.clone(), |order| model::date_words(&order, lang))
    };
    let label = lang.t("reading-dates");
    if let Some(date_order) = option_ui(ui, &label, &options.date_order, &choices, words) {
        change(ImportOptions {
            date_order,
            ..options.clone()
        });
    }
}

/// A choice of how to read; the new one where it was changed.
fn option_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: &str,
    now: &T,
    choices: &[T],
    words: impl Fn(T) -> String,
) -> Option<T> {
    ui.label(widgets::quiet(ui, label));
    let mut new = now.clone();
    let response = ComboBox::from_id_salt(label)
        .selected_text(words(now.clone()))
        .width(ui.available_width().min(240.0))
        .show_ui(ui, |ui| {
            for choice in choices {
                ui.selectable_value(&mut new, choice.clone(), words(choice.clone()));
            }
        })
        .response;
    response.accessible_name(label);
    (new != *now).then_some(new)
}

fn rows_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let rows = view
        .rows
        .get(cx.key(), || {
            Some(Arc::new(CohortRows::new(checked, cx.lang)))
        })
        .clone();
    let Some(rows) = rows else {
        return;
    };
    ui.horizontal(|ui| {
        ui.label(theme::heading(cx.t("cohort-table"), theme::TEXT_EMPHASIS));
        let n_shown = view.table.order(rows.as_ref(), cx.session.version).len();
        ui.label(widgets::quiet(
            ui,
            cx.lang.with(
                "n-shown",
                &[
                    ("n", cx.lang.count(n_shown as i64).into()),
                    ("of", cx.lang.count(rows.n_rows() as i64).into()),
                ],
            ),
        ));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::button(ui, &cx.t("copy-table"), true).clicked() {
                let order = view.table.order(rows.as_ref(), cx.session.version).to_vec();
                actions.push(Action::Copy(table::tsv(rows.as_ref(), &order)));
            }
            search_ui(ui, cx, &mut view.table.search, "search-rows");
        });
    });
    let events = table::table_ui(
        ui,
        &cx.t("cohort-table"),
        rows.as_ref(),
        cx.session.version,
        &mut view.table,
    );
    if let Some(name) = events.column.and_then(|column| rows.variable(column)) {
        actions.push(Action::ShowColumn(name.to_owned()));
    }
}

/// A search field with its lens.
pub(in crate::app) fn search_ui(ui: &mut Ui, cx: &Cx<'_>, text: &mut String, key: &str) {
    let hint = cx.t(key);
    let field = TextEdit::singleline(text)
        .hint_text(&hint)
        .desired_width(180.0)
        .margin(egui::Margin {
            left: 28,
            right: 8,
            top: 6,
            bottom: 6,
        });
    let response = ui.add(field).accessible_name(&hint);
    let square = egui::Rect::from_center_size(
        egui::pos2(response.rect.left() + 15.0, response.rect.center().y),
        Vec2::splat(13.0),
    );
    icons::paint(ui.painter(), Icon::Search, square, tokens(ui).quiet);
}

fn inspector_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Arc<Checked>, view: &mut View) {
    let name = view.column.clone().or_else(|| {
        // Until one is chosen: the first column that can be counted.
        checked
            .columns
            .iter()
            .find(|column| column.spread.is_some())
            .map(|column| column.name.clone())
    });
    let (lang, version) = cx.key();
    let page = view.inspected.get((lang, version, name.clone()), || {
        ColumnPage::new(checked, name.as_deref()?, lang)
    });
    let Some(page) = page else {
        widgets::quiet_label(ui, cx.t("column-choose"));
        return;
    };
    ui.label(theme::heading(&page.title, theme::TEXT_EMPHASIS));
    let height = ui.available_height() - 4.0;
    let (first, rest) = page.facts.split_at(page.facts.len().div_ceil(2));
    widgets::columns(ui, &[1.0, 1.0, 1.9], 180.0, |column, ui| {
        if column < 2 {
            ScrollArea::vertical()
                .id_salt(("facts", column))
                .max_height(height)
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    let facts = if column == 0 { first } else { rest };
                    widgets::facts(ui, "facts", facts);
                    if column == 1 {
                        reasons_ui(ui, cx, page);
                    }
                });
        } else if let Some(figure) = &page.figure {
            figure_view::figure_ui(ui, figure, height, cx.lang);
        } else {
            ScrollArea::vertical()
                .id_salt("levels")
                .max_height(height)
                .auto_shrink([false, false])
                .show(ui, |ui| levels_ui(ui, cx, page));
        }
    });
}

fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, page: &ColumnPage) {
    if !page.reasons.is_empty() {
        ui.add_space(4.0);
        widgets::quiet_label(
            ui,
            format!("{} {}", cx.t("column-reasons"), page.reasons.join("; ")),
        );
    }
}

fn levels_ui(ui: &mut Ui, cx: &Cx<'_>, page: &ColumnPage) {
    if page.levels.is_empty() {
        widgets::quiet_label(ui, cx.t("column-no-levels"));
    }
    for (level, n, share) in &page.levels {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(140.0, 20.0), Sense::hover());
            let mut side = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            side.add(Label::new(level).truncate());
            let color = tokens(ui).role(crate::figure::Role::ModelA);
            let width = (ui.available_width() - 120.0).max(60.0);
            widgets::bar(ui, *share as f32, width, color);
            ui.label(format!(
                "{} ({})",
                cx.lang.count(*n as i64),
                cx.lang.percent(*share)
            ));
        });
    }
}
