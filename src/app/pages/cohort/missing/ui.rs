//! Paints what is missing: the map with its bars at the left, visits, patterns, centres at the right.

use std::sync::Arc;

use egui::{
    Align, Align2, Color32, ColorImage, FontId, Label, Layout, Pos2, Rect, ScrollArea, Sense,
    Stroke, TextureHandle, TextureOptions, Ui, UiBuilder, Vec2, WidgetInfo,
    accesskit::Role as AccessRole,
};

use crate::app::action::{Action, LookAt};
use crate::app::pages::Cx;
use crate::app::pages::cohort::missing::model::{MissingPage, Order, VariableRow};
use crate::app::pages::cohort::parts;
use crate::app::state::{Cached, Checked};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{self, SPACE_M, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::review::Missingness;

const ROW: f32 = 22.0;
const NAME: f32 = 190.0;
const BAR: f32 = 150.0;
const RIGHT: f32 = 380.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    order: Order,
    page: Cached<(Lang, u64, Order), Option<Arc<MissingPage>>>,
    texture: Cached<(u64, Order, bool), Option<TextureHandle>>,
    sentence: String,
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
    let Some(surveyed) = surveys::ask(cx, checked, Question::Missing, actions) else {
        widgets::quiet_label(ui, cx.t("working"));
        return;
    };
    let order = view.order;
    let page = view
        .page
        .get((cx.lang, surveyed.number, order), || {
            match &surveyed.survey {
                Survey::Missing(missing) => Some(Arc::new(MissingPage::new(
                    missing,
                    &surveyed.checked.cohort,
                    order,
                    cx.lang,
                ))),
                _ => None,
            }
        })
        .clone();
    let (Some(page), Survey::Missing(missing)) = (page, &surveyed.survey) else {
        return;
    };
    if view.sentence != page.sentence {
        view.sentence.clone_from(&page.sentence);
        ui.ctx().request_repaint();
    }
    if page.variables.is_empty() {
        widgets::quiet_label(ui, cx.t("missing-empty"));
        return;
    }
    let is_dark = ui.visuals().dark_mode;
    let texture = view
        .texture
        .get((surveyed.number, order, is_dark), || picture(ui, &page))
        .clone();
    let area = ui.available_rect_before_wrap();
    let split = area.right() - RIGHT;
    let left = Rect::from_min_max(area.min, Pos2::new(split - SPACE_M, area.bottom()));
    let right = Rect::from_min_max(Pos2::new(split, area.top()), area.max);
    parts::card(ui, "map", left, |ui| {
        map_ui(
            ui,
            cx,
            (checked, missing),
            &page,
            texture.as_ref(),
            view,
            actions,
        );
    });
    let mut side = ui.new_child(UiBuilder::new().id_salt("side").max_rect(right));
    ScrollArea::vertical()
        .id_salt("side")
        .auto_shrink([false, false])
        .show(&mut side, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_M;
            visits_ui(ui, cx, &page);
            patterns_ui(ui, cx, &page);
            centres_ui(ui, cx, &page);
        });
    ui.advance_cursor_after_rect(area);
}

/// The map as one picture.
fn picture(ui: &Ui, page: &MissingPage) -> Option<TextureHandle> {
    if page.n_dots == 0 || page.variables.is_empty() {
        return None;
    }
    let tokens = tokens(ui);
    let (known, missing) = (tokens.line, tokens.accent);
    let pixels: Vec<Color32> = page
        .dots
        .iter()
        .map(|dot| known.lerp_to_gamma(missing, f32::from(*dot) / 255.0))
        .collect();
    let size = [page.n_dots, page.variables.len()];
    let image = ColorImage::new(size, pixels);
    let ctx = ui.ctx();
    Some(ctx.load_texture("missing", image, TextureOptions::NEAREST))
}

fn map_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (checked, missing): (&Checked, &Missingness),
    page: &MissingPage,
    texture: Option<&TextureHandle>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        ui.label(theme::heading(cx.t("missing-map"), theme::TEXT_EMPHASIS));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let orders = [
                (Order::Pattern, cx.t("missing-by-pattern")),
                (Order::File, cx.t("missing-by-file")),
            ];
            if let Some(order) = widgets::choices(ui, view.order, &orders) {
                view.order = order;
            }
            if widgets::button(ui, &cx.t("plot-copy"), true).clicked() {
                actions.push(Action::Copy(missing.to_tsv(cx.lang)));
            }
        });
    });
    legend_ui(ui, cx);
    let width = ui.available_width() - 14.0;
    let strip = (width - NAME - BAR).max(60.0);
    ScrollArea::vertical()
        .id_salt("map")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            let total = Vec2::new(width, ROW * page.variables.len() as f32);
            ui.set_min_size(total);
            let origin = ui.min_rect().min;
            let first = (viewport.top() / ROW).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / ROW).ceil() as usize).min(page.variables.len());
            for at in first..last {
                let Some(row) = page.variables.get(at) else {
                    continue;
                };
                let top = origin.y + ROW * at as f32;
                let rect = Rect::from_min_size(Pos2::new(origin.x, top), Vec2::new(width, ROW));
                variable_ui(ui, cx, row, rect, strip, actions);
            }
            let map = Rect::from_min_size(
                Pos2::new(origin.x + NAME, origin.y),
                Vec2::new(strip, total.y),
            );
            picture_ui(ui, cx, checked, page, texture, map);
        });
}

fn legend_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal(|ui| {
        let (known, missing) = (tokens(ui).line, tokens(ui).accent);
        for (color, key) in [(missing, "missing-is"), (known, "missing-is-not")] {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(12.0), Sense::hover());
            ui.painter().rect_filled(rect, 2.0, color);
            ui.label(widgets::quiet(ui, cx.t(key)));
        }
        ui.label(widgets::quiet(ui, cx.t("missing-map.about")));
    });
}

/// Name and bar of a variable: a button that leads to its missing values.
fn variable_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    row: &VariableRow,
    rect: Rect,
    strip: f32,
    actions: &mut Vec<Action>,
) {
    let tokens = tokens(ui);
    let response = ui.interact(rect, ui.scope_id().with(&row.name), Sense::click());
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 3.0, tokens.hover);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, tokens.accent);
        painter.rect_stroke(rect, 3.0, ring, egui::StrokeKind::Inside);
    }
    let font = FontId::proportional(theme::TEXT_BODY);
    let left = Pos2::new(rect.left() + 4.0, rect.top());
    let name = Rect::from_min_size(left, Vec2::new(NAME - 14.0, ROW));
    let align = Align2::LEFT_CENTER;
    parts::write(ui, name, align, &row.label, parts::plain(), tokens.text);
    let left = rect.left() + NAME + strip + 12.0;
    let bar = Rect::from_min_size(Pos2::new(left, rect.center().y - 4.0), Vec2::new(86.0, 8.0));
    painter.rect_filled(bar, 4.0, tokens.line);
    let filled = Vec2::new(bar.width() * row.share.clamp(0.0, 1.0) as f32, bar.height());
    painter.rect_filled(Rect::from_min_size(bar.min, filled), 4.0, tokens.accent);
    painter.text(
        Pos2::new(rect.right() - 4.0, rect.center().y),
        Align2::RIGHT_CENTER,
        cx.lang.percent(row.share),
        font,
        tokens.text,
    );
    let name = cx.lang.with(
        "missing-of",
        &[
            ("label", row.label.as_str().into()),
            ("words", row.words.as_str().into()),
        ],
    );
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, &name));
    let response = response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(format!("{} · {}\n{}", row.label, row.name, row.words));
    if response.clicked() {
        actions.push(Action::LookAt(LookAt::Missing(row.name.clone())));
    }
}

/// The picture itself; the dot under the pointer is said.
fn picture_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    page: &MissingPage,
    texture: Option<&TextureHandle>,
    map: Rect,
) {
    let Some(texture) = texture else {
        return;
    };
    let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
    ui.painter().image(texture.id(), map, whole, Color32::WHITE);
    let rule = Stroke::new(1.0, tokens(ui).card);
    for at in 0..=page.variables.len() {
        let y = map.top() + ROW * at as f32;
        if ui.clip_rect().y_range().contains(y) {
            ui.painter()
                .hline(map.x_range(), y, Stroke::new(3.0, rule.color));
        }
    }
    let response = ui.interact(map, ui.scope_id().with("map"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Image, true, &page.alt));
    let Some(at) = response.hover_pos() else {
        return;
    };
    let dot = ((at.x - map.left()) / map.width() * page.n_dots as f32) as usize;
    let variable = ((at.y - map.top()) / ROW) as usize;
    let (Some(row), Some(patient)) = (page.variables.get(variable), page.patient_at(dot)) else {
        return;
    };
    let cohort = &checked.cohort;
    let value = match cohort.variable(&row.name) {
        Some(variable) => crate::app::columns::cell_text(cohort, patient, variable, cx.lang),
        None => String::new(),
    };
    let text = cx.lang.with(
        "missing-cell",
        &[
            ("row", (patient + 1).to_string().into()),
            ("label", row.label.as_str().into()),
            ("value", value.into()),
        ],
    );
    response.on_hover_text_at_pointer(text);
}

fn visits_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MissingPage) {
    widgets::card(ui, &cx.t("missing-visits"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let color = tokens(ui).accent;
        for row in &page.visits {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(Vec2::new(156.0, 20.0), Sense::hover());
                let mut name = ui.new_child(
                    UiBuilder::new()
                        .max_rect(rect)
                        .layout(Layout::left_to_right(Align::Center)),
                );
                name.add(Label::new(&row.moment).truncate());
                widgets::bar(ui, row.share as f32, 48.0, color);
                ui.label(widgets::quiet(ui, &row.words));
            });
        }
    });
}

fn patterns_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MissingPage) {
    widgets::card(ui, &cx.t("missing-together"), |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        if page.patterns.is_empty() {
            widgets::quiet_label(ui, cx.t("missing-nothing"));
        }
        for (n, share, variables) in &page.patterns {
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(Vec2::new(84.0, 18.0), Sense::hover());
                let font = FontId::proportional(theme::TEXT_BODY);
                let ink = tokens(ui).text;
                let text = cx.lang.count(*n as i64);
                let at = Pos2::new(rect.left() + 36.0, rect.center().y);
                ui.painter()
                    .text(at, Align2::RIGHT_CENTER, text, font.clone(), ink);
                let share = cx.lang.percent(*share);
                let ink = tokens(ui).quiet;
                let at = rect.right_center();
                ui.painter()
                    .text(at, Align2::RIGHT_CENTER, share, font, ink);
                ui.add(Label::new(variables).wrap());
            });
        }
    });
}

fn centres_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MissingPage) {
    let table = &page.centres;
    if table.centres.len() < 2 {
        return;
    }
    widgets::card(ui, &cx.t("missing-centres"), |ui| {
        widgets::quiet_label(ui, cx.t("missing-centres.about"));
        ScrollArea::horizontal().id_salt("centres").show(ui, |ui| {
            egui::Grid::new("centres")
                .spacing(Vec2::new(2.0, 2.0))
                .min_row_height(22.0)
                .show(ui, |ui| {
                    ui.label("");
                    for (name, n) in &table.centres {
                        let text = widgets::quiet(ui, name);
                        let patients = crate::app::words::patients(*n, cx.lang);
                        ui.vertical_centered(|ui| {
                            ui.set_width(52.0);
                            ui.add(Label::new(text).truncate()).on_hover_text(patients);
                        });
                    }
                    ui.end_row();
                    for (label, shares) in &table.rows {
                        let (rect, _) =
                            ui.allocate_exact_size(Vec2::new(128.0, 22.0), Sense::hover());
                        let layout = Layout::left_to_right(Align::Center);
                        let builder = UiBuilder::new().max_rect(rect).layout(layout);
                        ui.new_child(builder).add(Label::new(label).truncate());
                        for share in shares {
                            heat_ui(ui, cx, *share);
                        }
                        ui.end_row();
                    }
                });
        });
    });
}

/// A share as a shade and as a number.
fn heat_ui(ui: &mut Ui, cx: &Cx<'_>, share: f64) {
    let tokens = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(52.0, 22.0), Sense::hover());
    let shade = tokens
        .card
        .lerp_to_gamma(tokens.tint, (share * 2.5).min(1.0) as f32);
    ui.painter().rect_filled(rect, 2.0, shade);
    let text = cx.lang.percent(share);
    let font = FontId::proportional(theme::TEXT_BODY);
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        &text,
        font,
        tokens.text,
    );
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, &text));
}
