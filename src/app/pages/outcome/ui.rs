//! Paints the outcome page.

use egui::{Label, RichText, Ui};

use crate::app::action::{Action, Command, Decision};
use crate::app::figure_view::{self, FigureViews};
use crate::app::pages::outcome::chart::{flow_ui, lost_ui};
use crate::app::pages::outcome::editor::rule_ui;
use crate::app::pages::outcome::model::{Following, OutcomePage};
use crate::app::pages::outcome::tables::{agreement_ui, mcids_ui, presets_ui};
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, SPACE_S, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::outcome::{Absent, Criterion, Explanted, Least, Measure, Moment, OutcomeParams, Rule};

/// What the page remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64), OutcomePage>,
    column: Option<String>,
    figures: FigureViews,
}

/// Height of the figure.
const FIGURE: f32 = 280.0;

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_cohort(ui, cx, Page::Outcome) {
        return actions;
    }
    let Some(cohort) = cx.session.cohort() else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let View {
        page,
        column,
        figures,
    } = view;
    let page = page.get(cx.key(), || OutcomePage::new(cx.session, cohort, cx.lang));
    widgets::page_header(ui, &cx.t(Page::Outcome.key()), &page.sentence, |ui| {
        let ready = matches!(page.following, Following::Decided { .. });
        if widgets::primary_button(ui, &cx.t("next-predictors"), ready).clicked() {
            actions.push(Action::Do(Command::Go(Page::Predictors)));
        }
    });
    let decide = |params: OutcomeParams| Action::Decide(Decision::Outcome(Box::new(params)));
    widgets::columns(ui, &[1.25, 1.0], 440.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            let changed = [
                presets_card(ui, cx, page),
                definition_card(ui, cx, page, column),
                population_card(ui, cx),
                mcids_card(ui, cx, page),
            ];
            actions.extend(changed.into_iter().flatten().map(decide));
        } else {
            following_ui(ui, cx, page);
        }
    });
    agreement_ui(ui, cx, &page.agreement);
    if let Some((sentence, figure)) = &page.relief {
        actions.extend(figure_view::card(ui, figure, FIGURE, figures, cx.lang));
        widgets::quiet_label(ui, sentence);
    }
    actions
}

/// The current definition with another rule.
fn with_rule(cx: &Cx<'_>, rule: Rule) -> OutcomeParams {
    OutcomeParams {
        rule,
        ..cx.session.study.settings.outcome.clone()
    }
}

fn presets_card(ui: &mut Ui, cx: &Cx<'_>, page: &OutcomePage) -> Option<OutcomeParams> {
    let rule = &cx.session.study.settings.outcome.rule;
    let month = rule.month_or_usual();
    let mut chosen = None;
    widgets::card(ui, &cx.t("outcome-presets"), |ui| {
        let n = [("month", usize::from(month).into())];
        widgets::quiet_label(ui, cx.lang.with("outcome-presets-hint", &n));
        ui.add_space(4.0);
        chosen = presets_ui(ui, cx, page);
        ui.add_space(4.0);
        ui.separator();
        let is_preset = page.presets.iter().any(|row| row.selected);
        ui.horizontal_wrapped(|ui| {
            let own = [
                (
                    "outcome-own-criteria",
                    matches!(rule, Rule::Criteria { .. }) && !is_preset,
                ),
                ("outcome-own-weights", matches!(rule, Rule::Weighted { .. })),
                ("outcome-own-level", matches!(rule, Rule::Level { .. })),
            ];
            for (key, selected) in own {
                if widgets::choice(ui, &cx.t(key), selected).clicked() && !selected {
                    chosen = Some(own_rule(key, month, page));
                }
            }
        });
    });
    chosen.map(|rule| with_rule(cx, rule))
}

/// What a rule of one's own starts from.
fn own_rule(key: &str, month: u16, page: &OutcomePage) -> Rule {
    match key {
        "outcome-own-criteria" => Rule::Criteria {
            criteria: vec![Criterion {
                measure: Measure::Pain,
                least: Least::Percent(50.0),
            }],
            at_least: 1,
            month,
        },
        "outcome-own-weights" => Rule::Weighted {
            weights: Vec::new(),
            least: 0.0,
            month,
        },
        _ => {
            let first = page.columns.first();
            let event = first.and_then(|(_, _, levels)| levels.last());
            Rule::Level {
                column: first.map(|(name, ..)| name.clone()).unwrap_or_default(),
                event: event.cloned().unwrap_or_default(),
            }
        }
    }
}

fn definition_card(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &OutcomePage,
    column: &mut Option<String>,
) -> Option<OutcomeParams> {
    widgets::card(ui, &cx.t("outcome-definition"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        ui.add(Label::new(theme::strong(&page.rule)).wrap());
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for line in &page.formula {
                widgets::quiet_label(ui, line);
            }
        });
        ui.separator();
        let changed = rule_ui(ui, cx, page, column);
        widgets::quiet_label(ui, &page.version);
        changed
    })
}

fn population_card(ui: &mut Ui, cx: &Cx<'_>) -> Option<OutcomeParams> {
    let before = &cx.session.study.settings.outcome;
    let mut new = before.clone();
    widgets::card(ui, &cx.t("outcome-population"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let moments = Moment::ALL.map(|moment| (moment, format!("moment-{}", moment.name())));
        option_ui(ui, cx, "", &mut new.moment, &moments);
        if new.rule.month().is_some() {
            let choices = Explanted::ALL.map(|c| (c, format!("explanted-{}", c.name())));
            option_ui(ui, cx, "outcome-explanted", &mut new.explanted, &choices);
            let choices = Absent::ALL.map(|c| (c, format!("lost-{}", c.name())));
            option_ui(ui, cx, "outcome-lost", &mut new.lost, &choices);
            let choices = Absent::ALL.map(|c| (c, format!("died-{}", c.name())));
            option_ui(ui, cx, "outcome-died", &mut new.died, &choices);
        }
    });
    (new != *before).then_some(new)
}

/// Choices side by side under a heading, with the definition of the chosen one beneath.
fn option_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    heading: &str,
    value: &mut T,
    options: &[(T, String)],
) {
    if !heading.is_empty() {
        ui.label(theme::strong(cx.t(heading)));
    }
    let worded: Vec<(T, String)> = options.iter().map(|(v, key)| (*v, cx.t(key))).collect();
    if let Some(chosen) = widgets::choices(ui, *value, &worded) {
        *value = chosen;
    }
    let chosen = options.iter().find(|(option, _)| option == value);
    if let Some((_, key)) = chosen {
        widgets::quiet_label(ui, cx.t(&format!("{key}.definition")));
    }
    ui.add_space(4.0);
}

fn mcids_card(ui: &mut Ui, cx: &Cx<'_>, page: &OutcomePage) -> Option<OutcomeParams> {
    let changed = widgets::card(ui, &cx.t("outcome-mcids"), |ui| {
        mcids_ui(ui, cx, &page.mcids)
    });
    changed.map(|mcids| OutcomeParams {
        mcids,
        ..cx.session.study.settings.outcome.clone()
    })
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
            analysed,
            lost,
        } => {
            widgets::card(ui, &cx.t("outcome-rate"), |ui| {
                ui.label(theme::heading(cx.lang.percent(*share), theme::TEXT_NUMBER));
                let color = tokens(ui).role(crate::figure::Role::Responder);
                let width = ui.available_width();
                widgets::bar(ui, *share as f32, width, color);
                ui.add_space(4.0);
                ui.label(words);
            });
            flow_ui(ui, cx, flow, analysed);
            if let Some(lost) = lost {
                lost_ui(ui, cx, lost);
            }
        }
    }
    if let Some((who, way)) = page.example.split_first() {
        widgets::card(ui, &cx.t("outcome-example"), |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.add(Label::new(theme::strong(who)).wrap());
            for line in way {
                ui.add(Label::new(RichText::new(line)).wrap());
            }
        });
    }
}
