//! Paints the inclusion flow chart and what the lost could change.

use egui::{Align, Frame, Label, Layout, Margin, Stroke, Ui, Vec2};

use crate::app::pages::Cx;
use crate::app::pages::outcome::model::{Analysed, FlowBox, LostCard};
use crate::app::theme::{self, SPACE_S, tokens};
use crate::app::widgets::{self, Tone};
use crate::app::words::capital;
use crate::figure::Role;
use crate::outcome::Fate;

/// Width of a box of the main line.
const BOX: f32 = 148.0;

/// The chart: the main line down the left, who leaves beside it, the analysed and the two ends beneath.
pub(super) fn flow_ui(ui: &mut Ui, cx: &Cx<'_>, flow: &[FlowBox], analysed: &Analysed) {
    widgets::card(ui, &cx.t("outcome-flow"), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for stage in flow {
            step_ui(ui, &stage.n, &stage.name, |ui| leaving_ui(ui, stage));
        }
        step_ui(ui, &analysed.n, &cx.t("flow-analysed"), |ui| {
            for words in &analysed.words {
                ui.add(Label::new(words).wrap());
            }
        });
        let colors = [Role::Responder, Role::NonResponder].map(|role| tokens(ui).role(role));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            for ((n, name), color) in analysed.ends.iter().zip(colors) {
                box_ui(ui, n, name, BOX, Some(color));
            }
        });
    });
}

/// A box of the main line, what stands beside it, and the arrow to the next.
fn step_ui(ui: &mut Ui, n: &str, name: &str, beside: impl FnOnce(&mut Ui)) {
    let row = ui.horizontal_top(|ui| {
        let frame = box_ui(ui, n, name, BOX, None);
        ui.add_space(SPACE_S);
        ui.vertical(beside);
        frame
    });
    let from = row.inner;
    let foot = row.response.rect.bottom() + 14.0;
    ui.add_space(14.0);
    arrow(ui, from.center().x, from.bottom(), foot);
}

/// A box with its number; `edge`: the colour of its left edge.
fn box_ui(ui: &mut Ui, n: &str, name: &str, width: f32, edge: Option<egui::Color32>) -> egui::Rect {
    let line = tokens(ui).border;
    let response = Frame::new()
        .stroke(Stroke::new(1.0, edge.unwrap_or(line)))
        .corner_radius(f32::from(theme::RADIUS))
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.vertical_centered(|ui| {
                ui.label(theme::heading(n, theme::TEXT_SECTION));
                ui.add(Label::new(name).wrap());
            });
        });
    response.response.rect
}

fn arrow(ui: &Ui, x: f32, from: f32, to: f32) {
    let stroke = Stroke::new(1.5, tokens(ui).border);
    let painter = ui.painter();
    painter.line_segment([egui::pos2(x, from), egui::pos2(x, to)], stroke);
    for side in [-4.0, 4.0] {
        painter.line_segment([egui::pos2(x + side, to - 5.0), egui::pos2(x, to)], stroke);
    }
}

fn leaving_ui(ui: &mut Ui, stage: &FlowBox) {
    ui.spacing_mut().item_spacing.y = 1.0;
    for group in &stage.leaving {
        let tone = match group.fate {
            Fate::Excluded => Tone::Plain,
            Fate::Unobserved => Tone::Attention,
            Fate::NonResponder => Tone::Accent,
        };
        ui.label(theme::strong(capital(&group.heading)).color(tone.ink(ui)));
        for (n, reason) in &group.lines {
            ui.horizontal_top(|ui| {
                ui.allocate_ui_with_layout(
                    Vec2::new(36.0, 18.0),
                    Layout::right_to_left(Align::Min),
                    |ui| {
                        ui.set_min_width(36.0);
                        ui.label(n);
                    },
                );
                ui.add(Label::new(reason).wrap());
            });
        }
        ui.add_space(4.0);
    }
}

/// What the lost could change: four bars on one scale.
pub(super) fn lost_ui(ui: &mut Ui, cx: &Cx<'_>, lost: &LostCard) {
    widgets::card(ui, &cx.t("sensitivity-title"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add(Label::new(&lost.lead).wrap());
        ui.add_space(4.0);
        let color = tokens(ui).role(Role::Responder);
        for (name, share, words) in &lost.rows {
            widgets::pair(ui, name, words);
            let width = ui.available_width();
            widgets::bar(ui, *share as f32, width, color);
        }
        ui.add_space(4.0);
        widgets::quiet_label(ui, &lost.weighting);
    });
}
