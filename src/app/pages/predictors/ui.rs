//! Paints the predictors page.

use egui::{Label, Sense, Ui, Vec2};

use crate::app::action::{Action, Command, Decision};
use crate::app::icons::{self, Icon};
use crate::app::pages::predictors::details::{self, Details};
use crate::app::pages::predictors::missing_data;
use crate::app::pages::predictors::model::{
    self, Meter, PredictorRow, PredictorsPage, RedundancyPage,
};
use crate::app::pages::predictors::side::{self, Drafts};
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{self, SPACE_M, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64), PredictorsPage>,
    redundancy: Cached<(Lang, u64), Option<RedundancyPage>>,
    details: Details,
    drafts: Drafts,
    missing: missing_data::View,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_cohort(ui, cx, Page::Predictors) {
        return actions;
    }
    let (Some(cohort), Some(derived)) = (cx.session.cohort(), &cx.session.derived) else {
        widgets::page_header(ui, &cx.t(Page::Predictors.key()), &cx.t("working"), |_| ());
        return Vec::new();
    };
    let mut actions = Vec::new();
    let settings = &cx.session.study.settings;
    let page = view.page.get(cx.key(), || {
        PredictorsPage::new(derived, cohort, settings, cx.lang)
    });
    widgets::page_header(ui, &cx.t(Page::Predictors.key()), &page.sentence, |ui| {
        let ready = page.meter.is_ok() && !page.ticked.is_empty();
        if widgets::primary_button(ui, &cx.t("next-train"), ready).clicked() {
            actions.push(Action::Do(Command::Go(Page::Train)));
        }
        let button = widgets::button(ui, &cx.t("predictors-default"), !page.is_default);
        if button
            .on_hover_text(cx.t("predictors-default.tip"))
            .clicked()
        {
            actions.push(Action::Decide(Decision::Predictors(None)));
        }
    });
    let redundancy = redundancy(cx, &mut view.redundancy, &mut actions);
    widgets::columns(ui, &[2.2, 1.0], 280.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            for (domain, rows) in &page.groups {
                widgets::card(ui, domain, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for row in rows {
                        row_ui(ui, cx, page, row, &mut view.details, &mut actions);
                    }
                });
            }
            missing_data::ui(ui, cx, &mut view.missing, &mut actions);
        } else {
            match &page.meter {
                Ok(meter) => meter_ui(ui, cx, meter),
                Err((text, remedy)) => {
                    widgets::notice(ui, Tone::Stop, text, remedy, None);
                }
            }
            side::lock_ui(ui, cx, page, &mut actions);
            side::redundancy_ui(ui, cx, redundancy);
            side::interactions_ui(ui, cx, page, &mut view.drafts, &mut actions);
            side::derived_ui(ui, cx, page, &mut view.drafts, &mut actions);
            widgets::card(ui, &cx.t("predictors-rules"), |ui| {
                widgets::quiet_label(ui, cx.t("predictors-rules.text"));
            });
        }
    });
    actions
}

/// What the predictors say twice, counted when the page is looked at.
fn redundancy<'a>(
    cx: &Cx<'_>,
    cached: &'a mut Cached<(Lang, u64), Option<RedundancyPage>>,
    actions: &mut Vec<Action>,
) -> Option<&'a RedundancyPage> {
    let checked = cx.session.checked.as_ref()?;
    let question = Question::Redundancy(Box::new(cx.session.study.settings.clone()));
    let known = surveys::ask(cx, checked, question, actions)?;
    let make = || match &known.survey {
        Survey::Redundancy(found) => {
            let found = found.as_ref()?;
            Some(RedundancyPage::new(found, &known.checked.cohort, cx.lang))
        }
        _ => None,
    };
    cached.get((cx.lang, known.number), make).as_ref()
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &PredictorsPage,
    row: &PredictorRow,
    details: &mut Details,
    actions: &mut Vec<Action>,
) {
    let decide = |names| Action::Decide(Decision::Predictors(Some(names)));
    ui.horizontal(|ui| {
        ui.set_min_height(TARGET + 2.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        let label_width = (ui.available_width() - 432.0).max(160.0);
        let barred = !row.barred.is_empty();
        if barred && !row.ticked {
            barred_label(ui, row, label_width);
        } else {
            let mut ticked = row.ticked;
            let checkbox = egui::Checkbox::new(&mut ticked, row.label.as_str());
            let response = cell(ui, label_width, |ui| ui.add(checkbox));
            let response = response.on_hover_text(&row.name);
            if response.changed() {
                actions.push(decide(model::toggled(page, &row.name, ticked)));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            right_ui(ui, cx, row, details);
        });
    });
    if !row.barred.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            ui.vertical(|ui| {
                widgets::quiet_label(ui, &row.barred);
                ui.add_space(4.0);
            });
        });
    }
    if details.name == row.name {
        details::ui(ui, cx, row, details, actions);
    } else if row.ticked && row.confirmed.is_none() && !row.doubts.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            for (text, _) in &row.doubts {
                ui.add(Label::new(egui::RichText::new(text).color(tokens(ui).attention)).wrap());
            }
        });
    }
}

/// A place of a given width in a row.
fn cell<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, TARGET), Sense::hover());
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    child.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
    add(&mut child)
}

fn barred_label(ui: &mut Ui, row: &PredictorRow, width: f32) {
    cell(ui, width, |ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::hover());
        icons::paint(ui.painter(), Icon::Barred, rect, tokens(ui).border);
        let text = widgets::quiet(ui, &row.label);
        ui.add(Label::new(text).truncate()).on_hover_text(&row.name);
    });
}

fn right_ui(ui: &mut Ui, cx: &Cx<'_>, row: &PredictorRow, details: &mut Details) {
    cell(ui, 84.0, |ui| {
        if !row.barred.is_empty() {
            return;
        }
        let words = cx
            .lang
            .with("n-parameters", &[("n", row.n_parameters.into())]);
        ui.label(widgets::quiet(ui, words))
            .on_hover_text(cx.t("n-parameters.tip"));
    });
    cell(ui, 100.0, |ui| {
        if row.much_missing {
            ui.label(egui::RichText::new(&row.missing).color(tokens(ui).attention))
                .on_hover_text(cx.t("much-missing"));
        } else {
            ui.label(widgets::quiet(ui, &row.missing));
        }
    });
    cell(ui, 96.0, |ui| {
        if !row.barred.is_empty() {
            ui.label(widgets::quiet(ui, &row.kind));
            return;
        }
        let button = widgets::link_button(ui, &row.kind);
        let name = format!("{}: {} ({})", row.label, row.kind, cx.t("form-open"));
        let tip = cx.t("form-open");
        if button.on_hover_text(tip).accessible_name(name).clicked() {
            details.turn(&row.name);
        }
    });
    cell(ui, 112.0, |ui| {
        let tone = if row.timing_unknown {
            Tone::Attention
        } else {
            Tone::Plain
        };
        widgets::badge(ui, &row.timing, tone);
    });
}

fn meter_ui(ui: &mut Ui, cx: &Cx<'_>, meter: &Meter) {
    let tokens = tokens(ui);
    let enough = meter.n_available >= meter.n_required;
    let color = if enough {
        tokens.good
    } else {
        tokens.attention
    };
    let lang = cx.lang;
    widgets::card(ui, &cx.t("size-title"), |ui| {
        let value = lang.with(
            "size-of",
            &[
                ("n", lang.count(meter.n_available as i64).into()),
                ("required", lang.count(meter.n_required as i64).into()),
            ],
        );
        ui.label(theme::heading(value, theme::TEXT_SECTION));
        let share = meter.n_available as f32 / meter.n_required.max(1) as f32;
        let width = ui.available_width();
        widgets::bar(ui, share, width, color);
        ui.add_space(4.0);
        ui.add(Label::new(egui::RichText::new(&meter.verdict).color(color)).wrap());
        ui.add_space(4.0);
        egui::CollapsingHeader::new(cx.t("size-details"))
            .id_salt("size-details")
            .show_unindented(ui, |ui| details_of_size(ui, cx, meter));
    });
}

/// What each criterion asks for, and the numbers behind it.
fn details_of_size(ui: &mut Ui, cx: &Cx<'_>, meter: &Meter) {
    ui.spacing_mut().item_spacing.y = 4.0;
    widgets::quiet_label(ui, cx.t("size-criteria"));
    for (name, n) in &meter.criteria {
        widgets::pair(ui, name, &cx.lang.count(*n as i64));
    }
    ui.separator();
    for (name, value) in &meter.facts {
        widgets::pair(ui, name, value);
    }
    widgets::quiet_label(ui, cx.t("size-source"));
}
