//! Paints the performance page.

use egui::{Align, Label, Layout, ScrollArea, Ui, Vec2};

use crate::app::action::{Action, Command};
use crate::app::figure_view::{self, FigureViews};
use crate::app::pages::performance::PerformancePage;
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, tokens};
use crate::app::widgets;
use crate::base::text::Lang;

const FIGURE: f32 = 330.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    figures: FigureViews,
    page: Cached<(Lang, u64, usize), PerformancePage>,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_results(ui, cx, Page::Performance) {
        return actions;
    }
    let Some(analysis) = &cx.session.analysis else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let View { figures, page } = view;
    let page = page.get((lang, version, model), || {
        PerformancePage::new(analysis, model, lang)
    });
    widgets::page_header(ui, &cx.t(Page::Performance.key()), &page.setting, |ui| {
        if widgets::primary_button(ui, &cx.t("next-patients"), true).clicked() {
            actions.push(Action::Do(Command::Go(Page::Patients)));
        }
    });
    if cx.session.is_stale() {
        ui.multiply_opacity(0.55);
    }
    ui.add(Label::new(egui::RichText::new(&page.summary).size(theme::TEXT_EMPHASIS)).wrap());
    for notice in &page.notices {
        widgets::issue(ui, lang, notice);
    }
    ui.add_space(4.0);
    figures_card(ui, cx, page);
    ui.add_space(4.0);
    model_switch(ui, cx, &page.models, &mut actions);
    ui.add_space(SPACE_M - ui.spacing().item_spacing.y);
    widgets::columns(ui, &[1.0, 1.0], 400.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        let (first, second) = if place == 0 {
            (&page.calibration, &page.importance)
        } else {
            (&page.decision, &page.instability)
        };
        actions.extend(figure_view::card(ui, first, FIGURE, figures, lang));
        actions.extend(figure_view::card(ui, second, FIGURE, figures, lang));
    });
    if !page.no_lead_trial.is_empty() {
        widgets::quiet_label(ui, &page.no_lead_trial);
    }
    widgets::quiet_label(ui, &page.stability);
    if !page.terms.1.is_empty() {
        terms_ui(ui, cx, page);
    }
    for issue in &page.fit_issues {
        widgets::issue(ui, lang, issue);
    }
    actions
}

/// The switch between models, where there is more than one.
pub(in crate::app) fn model_switch(
    ui: &mut Ui,
    cx: &Cx<'_>,
    models: &[String],
    actions: &mut Vec<Action>,
) {
    if models.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(widgets::quiet(ui, cx.t("shown-model")));
        let options: Vec<(usize, String)> = models.iter().cloned().enumerate().collect();
        if let Some(model) = widgets::choices(ui, cx.session.model, &options) {
            actions.push(Action::ShowModel(model));
        }
    });
}

fn figures_card(ui: &mut Ui, cx: &Cx<'_>, page: &PerformancePage) {
    widgets::card(ui, &cx.t("performance-figures"), |ui| {
        let n_models = page.models.len();
        ScrollArea::horizontal().id_salt("measures").show(ui, |ui| {
            egui::Grid::new("measures")
                .num_columns(1 + 2 * n_models)
                .spacing(Vec2::new(28.0, 5.0))
                .show(ui, |ui| {
                    ui.label("");
                    for name in &page.models {
                        right(ui, theme::strong(name));
                        right(ui, widgets::quiet(ui, cx.t("apparent")));
                    }
                    ui.end_row();
                    for row in &page.measures {
                        ui.label(&row.name).on_hover_text(&row.definition);
                        for (corrected, apparent) in &row.cells {
                            right(ui, egui::RichText::new(corrected));
                            let quiet = egui::RichText::new(apparent).color(tokens(ui).quiet);
                            right(ui, quiet);
                        }
                        ui.end_row();
                    }
                });
        });
        ui.separator();
        for ((name, method), cross) in page
            .models
            .iter()
            .zip(&page.methods)
            .zip(&page.cross_validated)
        {
            widgets::quiet_label(ui, format!("{name}: {method} {cross}"));
        }
        widgets::quiet_label(ui, cx.t("apparent-warning"));
    });
}

fn right(ui: &mut Ui, text: egui::RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add(Label::new(text).wrap_mode(egui::TextWrapMode::Extend));
    });
}

fn terms_ui(ui: &mut Ui, cx: &Cx<'_>, page: &PerformancePage) {
    widgets::card(ui, &cx.t("performance-terms"), |ui| {
        let (header, rows) = &page.terms;
        egui::Grid::new("terms")
            .num_columns(header.len())
            .spacing(Vec2::new(28.0, 4.0))
            .show(ui, |ui| {
                for (place, title) in header.iter().enumerate() {
                    let title = widgets::quiet(ui, title);
                    if place == 0 {
                        ui.label(title);
                    } else {
                        right(ui, title);
                    }
                }
                ui.end_row();
                for row in rows {
                    for (place, cell) in row.iter().enumerate() {
                        if place == 0 {
                            ui.label(cell);
                        } else {
                            right(ui, egui::RichText::new(cell));
                        }
                    }
                    ui.end_row();
                }
            });
        widgets::quiet_label(ui, cx.t("terms-about"));
    });
}
