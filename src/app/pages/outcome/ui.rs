//! Paints the outcome page.

use egui::{ComboBox, Label, RadioButton, Ui, Vec2};

use crate::app::action::{Action, Decision};
use crate::app::pages::outcome::model::{Following, OutcomePage, PresetRow};
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, SPACE_S, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::outcome::{Explanted, Moment, PainSite, Rule};

/// What the page remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64), OutcomePage>,
    column: Option<String>,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_cohort(ui, cx, Page::Outcome) {
        return actions;
    }
    let Some(cohort) = cx.session.cohort() else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let View { page, column } = view;
    let page = page.get(cx.key(), || OutcomePage::new(cx.session, cohort, cx.lang));
    widgets::page_header(ui, &cx.t(Page::Outcome.key()), &page.sentence, |ui| {
        let ready = matches!(page.following, Following::Decided { .. });
        if widgets::primary_button(ui, &cx.t("next-predictors"), ready).clicked() {
            let command = crate::app::action::Command::Go(Page::Predictors);
            actions.push(Action::Do(command));
        }
    });
    widgets::columns(ui, &[1.35, 1.0], 400.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            rule_ui(ui, cx, page, column, &mut actions);
            population_ui(ui, cx, &mut actions);
        } else {
            following_ui(ui, cx, page);
        }
    });
    actions
}

fn rule_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &OutcomePage,
    column: &mut Option<String>,
    actions: &mut Vec<Action>,
) {
    let decide = |rule: Rule| Action::Decide(Decision::Rule(rule));
    widgets::card(ui, &cx.t("outcome-definition"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        egui::Grid::new("presets")
            .num_columns(3)
            .min_col_width(72.0)
            .spacing(Vec2::new(16.0, 4.0))
            .show(ui, |ui| {
                ui.label(widgets::quiet(ui, cx.t("outcome-preset")));
                ui.label(widgets::quiet(ui, cx.t("outcome-analysed")));
                ui.label(widgets::quiet(ui, cx.t("outcome-respond")));
                ui.end_row();
                for row in &page.presets {
                    if preset_ui(ui, row) {
                        actions.push(decide(row.rule.clone()));
                    }
                }
            });
        ui.separator();
        ui.label(theme::strong(cx.t("outcome-own")));
        match &cx.session.study.settings.outcome.rule {
            Rule::PainReduction {
                site,
                percent,
                month,
            } => {
                let now = (*site, *percent, *month);
                if let Some((site, percent, month)) = pain_ui(ui, cx, now, &page.months) {
                    actions.push(decide(Rule::PainReduction {
                        site,
                        percent,
                        month,
                    }));
                }
            }
            Rule::Level { .. } => {
                widgets::notice(ui, Tone::Accent, &page.rule, "", None);
            }
        }
        ui.separator();
        ui.label(theme::strong(cx.t("outcome-level")));
        if let Some(rule) = level_ui(ui, cx, page, column) {
            actions.push(decide(rule));
        }
    });
}

fn preset_ui(ui: &mut Ui, row: &PresetRow) -> bool {
    let possible = !row.rate.is_empty();
    let button = RadioButton::new(row.selected, row.title.as_str());
    let response = ui
        .add_enabled(possible || row.selected, button)
        .on_hover_text(&row.definition);
    let number = |ui: &mut Ui, text: &str| {
        let text = if text.is_empty() { "–" } else { text };
        ui.label(text);
    };
    number(ui, &row.n);
    number(ui, &row.rate);
    ui.end_row();
    response.clicked() && !row.selected
}

fn pain_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    now: (PainSite, u8, u16),
    months: &[u16],
) -> Option<(PainSite, u8, u16)> {
    let (mut site, mut percent, mut month) = now;
    let sites = [
        (PainSite::Worst, "pain-site-worst"),
        (PainSite::Back, "pain-site-back"),
        (PainSite::Leg, "pain-site-leg"),
    ]
    .map(|(site, key)| (site, cx.t(key)));
    widgets::field(ui, &cx.t("outcome-site"), "", |ui| {
        if let Some(chosen) = widgets::choices(ui, site, &sites) {
            site = chosen;
        }
    });
    widgets::field(ui, &cx.t("outcome-percent"), "", |ui| {
        if let Some(typed) = widgets::number(ui, percent, 1..=100, 0.5) {
            percent = typed;
        }
        ui.label("%");
    });
    widgets::field(ui, &cx.t("outcome-month"), "", |ui| {
        if months.is_empty() {
            if let Some(typed) = widgets::number(ui, month, 1..=120, 0.2) {
                month = typed;
            }
        } else {
            let options: Vec<(u16, String)> = months
                .iter()
                .map(|&month| {
                    let words = cx
                        .lang
                        .with("month-short", &[("n", usize::from(month).into())]);
                    (month, words)
                })
                .collect();
            if let Some(chosen) = widgets::choices(ui, month, &options) {
                month = chosen;
            }
        }
    });
    let formula = cx.lang.with(
        "rule-pain-reduction.formula",
        &[("percent", usize::from(percent).into())],
    );
    widgets::quiet_label(ui, formula);
    let new = (site, percent, month);
    (new != now).then_some(new)
}

fn level_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &OutcomePage,
    chosen: &mut Option<String>,
) -> Option<Rule> {
    let rule = &cx.session.study.settings.outcome.rule;
    let (column_now, event_now) = match rule {
        Rule::Level { column, event } => (Some(column.clone()), Some(event.clone())),
        Rule::PainReduction { .. } => (None, None),
    };
    let column = chosen.clone().or(column_now);
    let label_of = |name: &str| {
        page.columns
            .iter()
            .find(|(column, ..)| column == name)
            .map_or_else(|| name.to_owned(), |(_, label, _)| label.clone())
    };
    let mut new = None;
    widgets::field(ui, &cx.t("outcome-column"), "", |ui| {
        let text = column.as_deref().map_or_else(|| cx.t("choose"), label_of);
        ComboBox::from_id_salt("outcome column")
            .selected_text(text)
            .width(260.0)
            .show_ui(ui, |ui| {
                for (name, label, _) in &page.columns {
                    let selected = column.as_deref() == Some(name.as_str());
                    let text = if label == name {
                        name.clone()
                    } else {
                        format!("{label} ({name})")
                    };
                    if ui.selectable_label(selected, text).clicked() {
                        *chosen = Some(name.clone());
                    }
                }
            });
    });
    if let Some(name) = &column {
        let levels = page
            .columns
            .iter()
            .find(|(column, ..)| column == name)
            .map(|(_, _, levels)| levels.as_slice())
            .unwrap_or_default();
        widgets::field(ui, &cx.t("outcome-event"), "", |ui| {
            ui.horizontal_wrapped(|ui| {
                for level in levels {
                    let selected = event_now.as_ref() == Some(level);
                    if widgets::choice(ui, level, selected).clicked() && !selected {
                        new = Some(Rule::Level {
                            column: name.clone(),
                            event: level.clone(),
                        });
                    }
                }
            });
        });
    }
    new
}

fn population_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let outcome = &cx.session.study.settings.outcome;
    widgets::card(ui, &cx.t("outcome-population"), |ui| {
        for (moment, key) in [
            (Moment::BeforeTrial, "moment-before-trial"),
            (Moment::AfterTrial, "moment-after-trial"),
        ] {
            if option_ui(ui, cx, outcome.moment == moment, key) {
                actions.push(Action::Decide(Decision::Moment(moment)));
            }
        }
        ui.separator();
        for (explanted, key) in [
            (Explanted::Failure, "explanted-failure"),
            (Explanted::Exclude, "explanted-exclude"),
        ] {
            if option_ui(ui, cx, outcome.explanted == explanted, key) {
                actions.push(Action::Decide(Decision::Explanted(explanted)));
            }
        }
    });
}

/// A choice with its definition beneath. Returns whether it was chosen anew.
fn option_ui(ui: &mut Ui, cx: &Cx<'_>, selected: bool, key: &str) -> bool {
    ui.spacing_mut().item_spacing.y = 2.0;
    let clicked = ui.radio(selected, cx.t(key)).clicked();
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        ui.vertical(|ui| widgets::quiet_label(ui, cx.t(&format!("{key}.definition"))));
    });
    ui.add_space(4.0);
    clicked && !selected
}

fn following_ui(ui: &mut Ui, cx: &Cx<'_>, page: &OutcomePage) {
    match &page.following {
        Following::Pending => {
            widgets::card(ui, &cx.t("outcome-rate"), |ui| {
                widgets::quiet_label(ui, cx.t("working"));
            });
        }
        Following::Impossible(text, remedy) => {
            widgets::notice(ui, Tone::Stop, text, remedy, None);
        }
        Following::Decided {
            share,
            words,
            flow,
            remarks,
        } => {
            widgets::card(ui, &cx.t("outcome-rate"), |ui| {
                ui.label(theme::heading(cx.lang.percent(*share), theme::TEXT_NUMBER));
                let color = tokens(ui).role(crate::figure::Role::Responder);
                let width = ui.available_width();
                widgets::bar(ui, *share as f32, width, color);
                ui.add_space(4.0);
                ui.label(words);
                for remark in remarks {
                    widgets::quiet_label(ui, remark);
                }
            });
            flow_ui(ui, cx, flow);
        }
    }
    if !page.example.is_empty() {
        widgets::card(ui, &cx.t("outcome-example"), |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for line in &page.example {
                ui.add(Label::new(line).wrap());
            }
        });
    }
}

fn flow_ui(ui: &mut Ui, cx: &Cx<'_>, flow: &[(String, String)]) {
    widgets::card(ui, &cx.t("outcome-flow"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let last = flow.len().saturating_sub(1);
        for (place, (reason, count)) in flow.iter().enumerate() {
            if place == last {
                ui.separator();
            }
            ui.horizontal(|ui| {
                let ends = place == 0 || place == last;
                if ends {
                    ui.label(theme::strong(reason));
                } else {
                    ui.label(widgets::quiet(ui, reason));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if ends {
                        ui.label(theme::strong(count));
                    } else {
                        ui.label(count);
                    }
                });
            });
        }
    });
}
