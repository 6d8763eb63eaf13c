//! How the strata are cut: the fields that the pages of training and of the patients share.

use egui::Ui;

use crate::analysis::{CutBy, MOST_PARTS, StrataRule};
use crate::app::action::{Action, Decision};
use crate::app::pages::Cx;
use crate::app::widgets;

/// Groups that are proposed first.
const THIRDS: usize = 3;

/// Paints the rule and its numbers; a change is a decision.
pub fn rule_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let rule = cx.session.study.settings.strata;
    let mut new = rule;
    widgets::field(ui, &cx.t("strata-rule"), "", |ui| {
        let options = ["hand", "quantiles", "threshold"];
        let now = match rule.by {
            CutBy::Hand => 0,
            CutBy::Quantiles(_) => 1,
            CutBy::Threshold(_) => 2,
        };
        let options: Vec<(usize, String)> = options
            .iter()
            .enumerate()
            .map(|(at, name)| (at, cx.t(&format!("strata-rule-{name}"))))
            .collect();
        if let Some(chosen) = widgets::choices(ui, now, &options) {
            new.by = match chosen {
                0 => CutBy::Hand,
                1 => CutBy::Quantiles(THIRDS),
                _ => CutBy::Threshold(rule.low),
            };
        }
    });
    match rule.by {
        CutBy::Hand => hand_ui(ui, cx, rule, &mut new),
        CutBy::Quantiles(n) => {
            widgets::field(
                ui,
                &cx.t("strata-groups"),
                &cx.t("strata-groups.help"),
                |ui| {
                    if let Some(typed) = widgets::number(ui, n, 2..=MOST_PARTS, 0.05) {
                        new.by = CutBy::Quantiles(typed);
                    }
                },
            );
        }
        CutBy::Threshold(at) => {
            let help = cx.t("strata-threshold.help");
            widgets::field(ui, &cx.t("strata-threshold"), &help, |ui| {
                if let Some(typed) = widgets::number(ui, percent(at), 1..=99, 0.3) {
                    new.by = CutBy::Threshold(share(typed));
                }
                ui.label("%");
            });
        }
    }
    if new != rule {
        actions.push(Action::Decide(Decision::Strata(new)));
    }
}

fn hand_ui(ui: &mut Ui, cx: &Cx<'_>, rule: StrataRule, new: &mut StrataRule) {
    let (low, high) = (percent(rule.low), percent(rule.high));
    widgets::field(ui, &cx.t("strata-low"), "", |ui| {
        if let Some(typed) = widgets::number(ui, low, 1..=high.saturating_sub(1).max(1), 0.3) {
            new.low = share(typed);
        }
        ui.label("%");
    });
    widgets::field(ui, &cx.t("strata-high"), "", |ui| {
        if let Some(typed) = widgets::number(ui, high, (low + 1).min(99)..=99, 0.3) {
            new.high = share(typed);
        }
        ui.label("%");
    });
}

fn percent(share: f64) -> u32 {
    (100.0 * share).round() as u32
}

fn share(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}
