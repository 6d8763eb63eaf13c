//! Who would move between the strata if the outcome were defined otherwise: the choice, the work, and what came of it.

use std::time::Duration;

use egui::{ComboBox, Label, RichText, ScrollArea, Ui};

use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::jobs::JobKind;
use crate::app::moving::{Other, Wish};
use crate::app::pages::Cx;
use crate::app::pages::performance::progress_ui;
use crate::app::state::Cached;
use crate::app::{widgets, words};
use crate::base::text::Lang;
use crate::outcome::{PRESETS, Preset, Rule};
use crate::report::movement::{MovementWords, movement_words};

/// What the part remembers.
#[derive(Default)]
pub(super) struct View {
    /// Name of the preset that is chosen.
    preset: Option<&'static str>,
    found: Cached<(Lang, u64, usize), Option<MovementWords>>,
}

/// Paints the part.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let (lang, version) = cx.key();
    let model = cx.session.model;
    widgets::card(ui, &cx.t("movement-title"), |ui| {
        ui.add(Label::new(cx.t("movement-offer")).wrap());
        ui.add_space(4.0);
        offer_ui(ui, cx, view, actions);
        let make = || movement_words(analysis, model, lang);
        if let Some(found) = view.found.get((lang, version, model), make) {
            ui.separator();
            found_ui(ui, found);
        }
    });
}

/// The presets that this cohort can answer, but for the definition of the moment.
fn others(cx: &Cx<'_>) -> Vec<(Preset, Rule)> {
    let own = &cx.session.study.settings.outcome.rule;
    let month = own.month_or_usual();
    let derived = cx.session.derived.as_ref();
    let rated = derived.map_or(&[][..], |derived| &derived.comparison.presets);
    let answered = rated.iter().filter(|rate| rate.result.is_ok());
    let named = answered.map(|rate| (rate.preset, rate.preset.rule(month)));
    named.filter(|(_, rule)| rule != own).collect()
}

fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let others = others(cx);
    let is_chosen = |(preset, _): &&(Preset, Rule)| Some(preset.name) == view.preset;
    let chosen = others.iter().find(is_chosen).map(|(_, rule)| rule.clone());
    let title = |name: &str| cx.t(&format!("preset-{name}"));
    ui.horizontal(|ui| {
        let shown = match (&chosen, view.preset) {
            (Some(_), Some(name)) => title(name),
            _ => cx.t("movement-choose"),
        };
        let response = ComboBox::from_id_salt("movement")
            .selected_text(shown)
            .width(320.0)
            .show_ui(ui, |ui| {
                for preset in PRESETS {
                    if others.iter().any(|(other, _)| *other == preset) {
                        let name = Some(preset.name);
                        ui.selectable_value(&mut view.preset, name, title(preset.name));
                    }
                }
            })
            .response;
        response.accessible_name(cx.t("movement-choose"));
        let can_run = chosen.is_some() && !cx.moving && !cx.training && !cx.session.is_stale();
        if widgets::button(ui, &cx.t("movement-run"), can_run).clicked()
            && let Some(rule) = chosen.clone()
        {
            actions.push(Action::Movement(Wish::Train(rule)));
        }
        if let Some(rule) = chosen.filter(|_| can_run) {
            time_ui(ui, cx, rule, actions);
        }
    });
    if cx.moving {
        progress_ui(ui, cx, JobKind::Move, "movement-stop", actions);
    }
}

/// How long the second training takes, once that has been tried, or why it can't be made.
fn time_ui(ui: &mut Ui, cx: &Cx<'_>, rule: Rule, actions: &mut Vec<Action>) {
    let tried = cx.session.movement_time.as_ref();
    match tried.filter(|tried| tried.is_of(cx.session.analysis_of, &rule)) {
        None => {
            widgets::quiet_label(ui, cx.t("comparison-trying"));
            actions.push(Action::Movement(Wish::Try(rule)));
        }
        Some(Other { time: Ok(time), .. }) => {
            widgets::quiet_label(ui, estimate(cx, *time));
        }
        Some(Other {
            time: Err(issue), ..
        }) => {
            widgets::quiet_label(ui, cx.lang.issue(issue));
        }
    }
}

fn estimate(cx: &Cx<'_>, time: Duration) -> String {
    let time = words::duration(time, cx.lang).into();
    cx.lang.with("comparison-estimate", &[("time", time)])
}

fn found_ui(ui: &mut Ui, found: &MovementWords) {
    ui.add(Label::new(&found.sentence).wrap());
    ui.add_space(4.0);
    let header: Vec<RichText> = found
        .header
        .iter()
        .map(|title| widgets::quiet(ui, title))
        .collect();
    let rows: Vec<Vec<RichText>> = found
        .rows
        .iter()
        .map(|row| row.iter().map(RichText::new).collect())
        .collect();
    ScrollArea::horizontal()
        .id_salt("movement table")
        .show(ui, |ui| {
            ui.scope(|ui| widgets::text_table(ui, &header, &rows, &[]));
        });
    ui.add_space(4.0);
    widgets::quiet_label(ui, &found.about);
}
