//! Paints the tables of the outcome page: presets, differences, agreement.

use egui::{Align, Frame, Grid, Label, Layout, Margin, RadioButton, ScrollArea, Ui, Vec2};

use crate::app::pages::Cx;
use crate::app::pages::outcome::model::{AgreementTable, McidRow, OutcomePage, PresetRow};
use crate::app::theme::{self, SPACE_M, TEXT_BODY, tokens};
use crate::app::widgets;
use crate::figure::Role;
use crate::outcome::{Mcid, Measure, Rule};

/// The presets by group with what each would come to. Returns the rule that was chosen.
pub(super) fn presets_ui(ui: &mut Ui, cx: &Cx<'_>, page: &OutcomePage) -> Option<Rule> {
    let mut chosen = None;
    Grid::new("presets")
        .num_columns(4)
        .min_col_width(40.0)
        .spacing(Vec2::new(12.0, 2.0))
        .show(ui, |ui| {
            let mut group = "";
            for row in &page.presets {
                if row.preset.group != group {
                    group = row.preset.group;
                    ui.label(theme::strong(cx.t(&format!("preset-group-{group}"))));
                    if group == "pain" {
                        for key in ["outcome-analysed", "outcome-respond"] {
                            ui.label(widgets::quiet(ui, cx.t(key)));
                        }
                        ui.label(widgets::quiet(ui, cx.t("outcome-changes")))
                            .on_hover_text(cx.t("outcome-changes-tip"));
                    }
                    ui.end_row();
                }
                if preset_ui(ui, cx, row) {
                    chosen = Some(row.rule.clone());
                }
            }
        });
    chosen
}

fn preset_ui(ui: &mut Ui, cx: &Cx<'_>, row: &PresetRow) -> bool {
    let button = RadioButton::new(row.selected, row.title.as_str());
    let possible = row.rate.is_some() || row.selected;
    let response = ui
        .add_enabled(possible, button)
        .on_hover_text(&row.definition)
        .on_disabled_hover_text(&row.definition);
    if let Some((share, words)) = &row.rate {
        ui.label(&row.n);
        ui.horizontal(|ui| {
            let color = tokens(ui).role(Role::Responder);
            widgets::bar(ui, *share as f32, 44.0, color);
            ui.label(words);
        });
        ui.label(&row.changed);
    } else {
        let cannot = widgets::quiet(ui, cx.t("outcome-cannot"));
        ui.label("–");
        ui.label(cannot).on_hover_text(&row.definition);
    }
    ui.end_row();
    response.clicked() && !row.selected
}

/// The table of differences. Returns it where it was changed.
pub(super) fn mcids_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[McidRow]) -> Option<Vec<Mcid>> {
    let mut new: Vec<Mcid> = rows.iter().map(|row| row.mcid).collect();
    let before = new.clone();
    widgets::quiet_label(ui, cx.t("outcome-mcids-hint"));
    Grid::new("differences")
        .num_columns(5)
        .spacing(Vec2::new(16.0, 4.0))
        .show(ui, |ui| {
            for key in ["measure", "points", "impaired", "holistic"] {
                ui.label(widgets::quiet(ui, cx.t(&format!("outcome-mcid-{key}"))));
            }
            ui.end_row();
            let mut gone = None;
            for (place, (row, mcid)) in rows.iter().zip(&mut new).enumerate() {
                let label = ui.label(&row.name).on_hover_text(&row.source);
                ui.label_inputs_by(label.id, |ui| mcid_ui(ui, mcid));
                let name = cx
                    .lang
                    .with("outcome-remove", &[("measure", row.name.as_str().into())]);
                if widgets::icon_button(ui, crate::app::icons::Icon::Close, &name, true).clicked() {
                    gone = Some(place);
                }
                ui.end_row();
            }
            if let Some(place) = gone {
                new.remove(place);
            }
        });
    ui.horizontal(|ui| {
        let there: Vec<Measure> = new.iter().map(|mcid| mcid.measure).collect();
        if let Some(measure) = measure_menu(ui, cx, "add difference", &there) {
            new.push(Mcid {
                measure,
                points: 1.0,
                impaired: 0.0,
                in_holistic: false,
            });
        }
        if new != Mcid::defaults()
            && widgets::link_button(ui, &cx.t("outcome-mcid-reset")).clicked()
        {
            new = Mcid::defaults();
        }
    });
    (new != before).then_some(new)
}

/// The cells of one row: difference, cut, whether the holistic response looks at it.
fn mcid_ui(ui: &mut Ui, mcid: &mut Mcid) {
    let speed = if mcid.points < 1.0 { 0.01 } else { 0.1 };
    if let Some(typed) = widgets::number(ui, mcid.points, 0.0..=300.0, speed) {
        mcid.points = typed;
    }
    ui.horizontal(|ui| {
        let sign = if mcid.measure.high_is_worse() {
            "≥"
        } else {
            "≤"
        };
        ui.label(widgets::quiet(ui, sign));
        if let Some(typed) = widgets::number(ui, mcid.impaired, -1.0..=5000.0, speed) {
            mcid.impaired = typed;
        }
    });
    ui.checkbox(&mut mcid.in_holistic, "");
}

/// A menu of the measures that are not there yet. Returns the one that was chosen.
pub(super) fn measure_menu(
    ui: &mut Ui,
    cx: &Cx<'_>,
    id: &str,
    there: &[Measure],
) -> Option<Measure> {
    let mut chosen = None;
    let title = cx.t("outcome-add-measure");
    let menu = egui::ComboBox::from_id_salt(id)
        .selected_text(&title)
        .width(220.0)
        .show_ui(ui, |ui| {
            for measure in Measure::ALL {
                let text = cx.t(&measure.key());
                if !there.contains(&measure) && ui.selectable_label(false, text).clicked() {
                    chosen = Some(measure);
                }
            }
        });
    let name = || egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, &title);
    menu.response.widget_info(name);
    chosen
}

/// Size of a cell of the agreement.
const CELL: Vec2 = Vec2::new(46.0, 36.0);

/// Width of the names beside them.
const NAMES: f32 = 250.0;

/// Space between cells.
const GAP: f32 = 2.0;

/// How far the presets agree: below the diagonal, share of equal labels and kappa.
pub(super) fn agreement_ui(ui: &mut Ui, cx: &Cx<'_>, table: &AgreementTable) {
    widgets::card(ui, &cx.t("outcome-agreement"), |ui| {
        if table.names.len() < 2 {
            widgets::quiet_label(ui, cx.t("outcome-agreement-none"));
            return;
        }
        widgets::quiet_label(ui, cx.t("outcome-agreement-hint"));
        let width = NAMES + (CELL.x + GAP) * table.names.len() as f32;
        if width <= ui.available_width() {
            ui.scope(|ui| matrix_ui(ui, table));
            return;
        }
        ScrollArea::horizontal()
            .id_salt("agreement")
            .show(ui, |ui| {
                matrix_ui(ui, table);
                // Room for the bar that scrolls.
                ui.add_space(SPACE_M);
            });
    });
}

fn matrix_ui(ui: &mut Ui, table: &AgreementTable) {
    ui.spacing_mut().item_spacing = Vec2::splat(GAP);
    let accent = tokens(ui).role(Role::Responder);
    for (row, (name, cells)) in table.names.iter().zip(&table.cells).enumerate() {
        ui.horizontal(|ui| {
            ui.allocate_ui_with_layout(
                Vec2::new(NAMES, CELL.y),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_width(NAMES);
                    ui.add(Label::new(format!("{}  {name}", row + 1)).truncate());
                },
            );
            for (tint, percent, kappa, tip) in cells {
                let ground = accent.gamma_multiply(0.4 * (*tint as f32));
                let frame = Frame::new().fill(ground).inner_margin(Margin::ZERO);
                let response = frame.show(ui, |ui| {
                    ui.set_min_size(CELL);
                    ui.set_max_size(CELL);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.vertical_centered(|ui| {
                        ui.add(Label::new(percent).selectable(false));
                        ui.add(Label::new(widgets::quiet(ui, kappa)).selectable(false));
                    });
                });
                response.response.on_hover_text(tip);
            }
            let (rect, _) = ui.allocate_exact_size(CELL, egui::Sense::hover());
            let font = egui::FontId::proportional(TEXT_BODY);
            let center = egui::Align2::CENTER_CENTER;
            let color = tokens(ui).quiet;
            let number = (row + 1).to_string();
            ui.painter()
                .text(rect.center(), center, number, font, color);
        });
    }
}
