//! Beside the predictors: the lock, interactions, new variables, what says the same twice.

use egui::{ComboBox, Label, TextEdit, Ui};

use crate::app::action::{Action, Decision};
use crate::app::pages::Cx;
use crate::app::pages::predictors::model::{PredictorsPage, RedundancyPage};
use crate::app::widgets::{self, Tone};
use crate::base::issue::Issue;
use crate::cohort::{Change, derive};

/// What is typed and not yet decided.
#[derive(Default)]
pub(super) struct Drafts {
    first: String,
    second: String,
    name: String,
    formula: String,
    refused: Option<Issue>,
}

/// Whether the specification is locked, since when, and what has changed.
pub(super) fn lock_ui(ui: &mut Ui, cx: &Cx<'_>, page: &PredictorsPage, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("lock-title"), |ui| {
        ui.add(Label::new(&page.lock).wrap());
        if !page.is_locked && widgets::button(ui, &cx.t("lock-now"), page.meter.is_ok()).clicked() {
            actions.push(Action::Decide(Decision::Lock));
        }
        widgets::quiet_label(ui, cx.t("lock-about"));
    });
}

/// The interactions, and a new one.
pub(super) fn interactions_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &PredictorsPage,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let spec = &cx.session.study.settings.design;
    widgets::card(ui, &cx.t("interactions-title"), |ui| {
        for (at, words) in page.interactions.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.add(Label::new(words).truncate());
                let name = cx
                    .lang
                    .with("interaction-remove", &[("pair", words.as_str().into())]);
                let button = widgets::link_button(ui, &cx.t("remove"));
                if button.accessible_name(name).clicked() {
                    let mut spec = spec.clone();
                    spec.interactions.remove(at);
                    actions.push(Action::Decide(Decision::Design(spec)));
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            pick(ui, &cx.t("interaction-first"), page, &mut drafts.first);
            ui.label("×");
            pick(ui, &cx.t("interaction-second"), page, &mut drafts.second);
            let pair = (drafts.first.clone(), drafts.second.clone());
            let is_new = !pair.0.is_empty()
                && !pair.1.is_empty()
                && pair.0 != pair.1
                && !spec.interactions.contains(&pair)
                && !spec
                    .interactions
                    .contains(&(pair.1.clone(), pair.0.clone()));
            if widgets::button(ui, &cx.t("interaction-add"), is_new).clicked() {
                let mut spec = spec.clone();
                spec.interactions.push(pair);
                (drafts.first, drafts.second) = Default::default();
                actions.push(Action::Decide(Decision::Design(spec)));
            }
        });
        widgets::quiet_label(ui, cx.t("interactions-about"));
    });
}

/// A list of the ticked predictors.
fn pick(ui: &mut Ui, label: &str, page: &PredictorsPage, now: &mut String) {
    let shown = page.ticked.iter().zip(&page.ticked_labels);
    let text = shown.clone().find(|(name, _)| *name == now);
    let text = text.map_or(label, |(_, label)| label.as_str());
    let response = ComboBox::from_id_salt(label)
        .selected_text(text)
        .truncate()
        .width(110.0)
        .show_ui(ui, |ui| {
            for (name, label) in shown {
                ui.selectable_value(now, name.clone(), label);
            }
        })
        .response;
    response.accessible_name(label);
}

/// The variables that were derived, and a new one.
pub(super) fn derived_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &PredictorsPage,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let edit = |variable: &str, formula: Option<String>| {
        let variable = variable.to_owned();
        Action::Decide(Decision::Edit(
            Change::Derive { variable, formula },
            String::new(),
        ))
    };
    widgets::card(ui, &cx.t("derived-title"), |ui| {
        for (name, formula) in &page.derived {
            ui.horizontal(|ui| {
                ui.add(Label::new(format!("{name} = {formula}")).truncate())
                    .on_hover_text(formula);
                let words = cx
                    .lang
                    .with("derived-remove", &[("name", name.as_str().into())]);
                let button = widgets::link_button(ui, &cx.t("remove"));
                if button.accessible_name(words).clicked() {
                    actions.push(edit(name, None));
                }
            });
        }
        let field = |text, hint: &str, ui: &mut Ui| {
            let field = TextEdit::singleline(text)
                .hint_text(hint)
                .desired_width(f32::INFINITY);
            ui.add(field).accessible_name(hint)
        };
        field(&mut drafts.name, &cx.t("derived-name"), ui);
        let typed = field(&mut drafts.formula, &cx.t("derived-formula"), ui);
        let entered = typed.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let is_filled = !drafts.name.trim().is_empty() && !drafts.formula.trim().is_empty();
        let clicked = widgets::button(ui, &cx.t("derived-add"), is_filled).clicked();
        if (clicked || entered)
            && is_filled
            && let Some(cohort) = cx.session.cohort()
        {
            match derive(&mut cohort.clone(), &drafts.name, &drafts.formula) {
                Ok(()) => {
                    let formula = Some(drafts.formula.trim().to_owned());
                    actions.push(edit(drafts.name.trim(), formula));
                    *drafts = Drafts::default();
                }
                Err(failure) => drafts.refused = Some(failure.issue()),
            }
        }
        if let Some(issue) = &drafts.refused {
            let remedy = cx.lang.remedy(issue).unwrap_or_default();
            widgets::notice(ui, Tone::Attention, &cx.lang.issue(issue), &remedy, None);
        }
        widgets::quiet_label(ui, cx.t("derived-about"));
    });
}

/// Predictors that say the same.
pub(super) fn redundancy_ui(ui: &mut Ui, cx: &Cx<'_>, page: Option<&RedundancyPage>) {
    widgets::card(ui, &cx.t("redundancy-title"), |ui| {
        let Some(page) = page else {
            widgets::quiet_label(ui, cx.t("working"));
            return;
        };
        if page.pairs.is_empty() && page.inflated.is_empty() {
            ui.label(cx.t("redundancy-none"));
        }
        for (pair, correlation) in &page.pairs {
            widgets::pair(ui, pair, correlation);
        }
        if !page.inflated.is_empty() {
            ui.separator();
            widgets::quiet_label(ui, cx.t("redundancy-inflated"));
        }
        for (name, factor) in &page.inflated {
            widgets::pair(ui, name, factor);
        }
        widgets::quiet_label(ui, cx.t("redundancy-about"));
    });
}
