//! Paints the controls of the current rule: visit, window, floor, and what the rule asks for.

use egui::{ComboBox, Ui};

use crate::app::icons::Icon;
use crate::app::pages::Cx;
use crate::app::pages::outcome::model::OutcomePage;
use crate::app::pages::outcome::tables::measure_menu;
use crate::app::widgets;
use crate::outcome::{
    Criterion, Least, Measure, OpioidGoal, OutcomeParams, PainSite, PgicDirection, Rule, Weight,
};

/// Everything that can be set about the current rule. Returns the definition where it was changed.
pub(super) fn rule_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &OutcomePage,
    column: &mut Option<String>,
) -> Option<OutcomeParams> {
    let before = &cx.session.study.settings.outcome;
    let mut new = before.clone();
    match &mut new.rule {
        Rule::PainReduction { site, percent, .. } => pain_ui(ui, cx, site, percent),
        Rule::Criteria {
            criteria, at_least, ..
        } => criteria_ui(ui, cx, criteria, at_least),
        Rule::Opioid { goal, .. } => opioid_ui(ui, cx, goal),
        Rule::Pgic { direction, .. } => pgic_ui(ui, cx, direction),
        Rule::Weighted { weights, least, .. } => weights_ui(ui, cx, weights, least),
        Rule::Chr { .. } | Rule::Holistic { .. } | Rule::Satisfaction { .. } => {}
        Rule::Level { .. } => {
            if let Some(rule) = level_ui(ui, cx, page, column) {
                new.rule = rule;
            }
        }
    }
    if let Some(month) = new.rule.month() {
        if let Some(month) = month_ui(ui, cx, month, &page.months) {
            new.rule = new.rule.at_month(month);
        }
        window_ui(ui, cx, &mut new.window_weeks);
        widgets::field(ui, &cx.t("outcome-floor"), "", |ui| {
            if let Some(typed) = widgets::number(ui, new.baseline_floor, 0..=100, 0.5) {
                new.baseline_floor = typed;
            }
            ui.label(cx.t("outcome-floor-unit"))
                .on_hover_text(cx.t("outcome-floor-tip"));
        });
    }
    (new != *before).then_some(new)
}

fn pain_ui(ui: &mut Ui, cx: &Cx<'_>, site: &mut PainSite, percent: &mut u8) {
    let sites = PainSite::ALL.map(|site| (site, cx.t(&format!("pain-site-{}", site.name()))));
    widgets::field(ui, &cx.t("outcome-site"), "", |ui| {
        if let Some(chosen) = widgets::choices(ui, *site, &sites) {
            *site = chosen;
        }
    });
    widgets::field(ui, &cx.t("outcome-percent"), "", |ui| {
        if let Some(typed) = widgets::number(ui, *percent, 1..=100, 0.5) {
            *percent = typed;
        }
        ui.label("%");
    });
}

fn month_ui(ui: &mut Ui, cx: &Cx<'_>, month: u16, months: &[u16]) -> Option<u16> {
    let mut new = month;
    widgets::field(ui, &cx.t("outcome-visit"), "", |ui| {
        if months.contains(&month) {
            let words = |month: u16| {
                let n = usize::from(month).into();
                cx.lang.with("month-short", &[("n", n)])
            };
            let options: Vec<(u16, String)> = months.iter().map(|&m| (m, words(m))).collect();
            if let Some(chosen) = widgets::choices(ui, month, &options) {
                new = chosen;
            }
        } else {
            if let Some(typed) = widgets::number(ui, month, 1..=120, 0.2) {
                new = typed;
            }
            for &other in months {
                let n = usize::from(other).into();
                let words = cx.lang.with("month-short", &[("n", n)]);
                if widgets::choice(ui, &words, false).clicked() {
                    new = other;
                }
            }
        }
    });
    (new != month).then_some(new)
}

fn window_ui(ui: &mut Ui, cx: &Cx<'_>, window: &mut Option<u16>) {
    /// Weeks where a window is asked for and none was typed.
    const USUAL: u16 = 6;
    widgets::field(ui, &cx.t("outcome-window"), "", |ui| {
        let options = [
            (false, cx.t("outcome-window-none")),
            (true, cx.t("outcome-window-nearest")),
        ];
        if let Some(is_nearest) = widgets::choices(ui, window.is_some(), &options) {
            *window = is_nearest.then_some(USUAL);
        }
        if let Some(weeks) = *window {
            ui.label("±");
            if let Some(typed) = widgets::number(ui, weeks, 1..=104, 0.1) {
                *window = Some(typed);
            }
            ui.label(cx.t("outcome-window-weeks"));
        }
    });
}

fn criteria_ui(ui: &mut Ui, cx: &Cx<'_>, criteria: &mut Vec<Criterion>, at_least: &mut u8) {
    let n = u8::try_from(criteria.len()).unwrap_or(u8::MAX);
    widgets::field(ui, &cx.t("outcome-at-least"), "", |ui| {
        if let Some(typed) = widgets::number(ui, *at_least, 1..=n.max(1), 0.05) {
            *at_least = typed;
        }
        let of = [("n", criteria.len().into())];
        ui.label(cx.lang.with("outcome-of-criteria", &of));
    });
    let mut gone = None;
    for (place, criterion) in criteria.iter_mut().enumerate() {
        ui.push_id(("criterion", place), |ui| {
            let name = cx.t(&criterion.measure.key());
            widgets::field(ui, &crate::app::words::capital(&name), "", |ui| {
                least_ui(ui, cx, &mut criterion.least);
                if remove_ui(ui, cx, &name) {
                    gone = Some(place);
                }
            });
        });
    }
    if let Some(place) = gone {
        criteria.remove(place);
        let n = u8::try_from(criteria.len()).unwrap_or(u8::MAX);
        *at_least = (*at_least).min(n.max(1));
    }
    let there: Vec<Measure> = criteria.iter().map(|c| c.measure).collect();
    if let Some(measure) = measure_menu(ui, cx, "add criterion", &there) {
        criteria.push(Criterion {
            measure,
            least: Least::Percent(30.0),
        });
    }
}

/// The least improvement: a number and what it counts.
fn least_ui(ui: &mut Ui, cx: &Cx<'_>, least: &mut Least) {
    let number = match *least {
        Least::Points(x) | Least::Percent(x) => Some(x),
        Least::Mcid => None,
    };
    if let Some(x) = number {
        let speed = if x < 2.0 { 0.01 } else { 0.5 };
        if let Some(typed) = widgets::number(ui, x, 0.0..=5000.0, speed) {
            *least = match least {
                Least::Percent(_) => Least::Percent(typed.min(100.0)),
                _ => Least::Points(typed),
            };
        }
    }
    let x = number.unwrap_or(10.0);
    let options = [
        (Least::Percent(x.min(100.0)), cx.t("outcome-percent-unit")),
        (Least::Points(x), cx.t("outcome-points")),
        (Least::Mcid, cx.t("outcome-by-table")),
    ];
    let current = options.iter().find(|(option, _)| option == least);
    ComboBox::from_id_salt("least")
        .selected_text(current.map_or("", |(_, text)| text.as_str()))
        .width(120.0)
        .show_ui(ui, |ui| {
            for (option, text) in &options {
                if ui.selectable_label(option == least, text).clicked() {
                    *least = *option;
                }
            }
        });
}

fn remove_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) -> bool {
    let text = cx.lang.with("outcome-remove", &[("measure", name.into())]);
    widgets::icon_button(ui, Icon::Close, &text, true).clicked()
}

fn opioid_ui(ui: &mut Ui, cx: &Cx<'_>, goal: &mut OpioidGoal) {
    let options = [
        (OpioidGoal::StableOrReduced, cx.t("outcome-goal-stable")),
        (OpioidGoal::Reduced, cx.t("outcome-goal-reduced")),
    ];
    widgets::field(ui, &cx.t("outcome-goal"), "", |ui| {
        if let Some(chosen) = widgets::choices(ui, *goal, &options) {
            *goal = chosen;
        }
    });
}

fn pgic_ui(ui: &mut Ui, cx: &Cx<'_>, direction: &mut PgicDirection) {
    let options = [
        (PgicDirection::LowIsImproved, "1".to_owned()),
        (PgicDirection::HighIsImproved, "7".to_owned()),
    ];
    widgets::field(ui, &cx.t("outcome-direction"), "", |ui| {
        if let Some(chosen) = widgets::choices(ui, *direction, &options) {
            *direction = chosen;
        }
    });
}

fn weights_ui(ui: &mut Ui, cx: &Cx<'_>, weights: &mut Vec<Weight>, least: &mut f64) {
    let mut gone = None;
    for (place, part) in weights.iter_mut().enumerate() {
        ui.push_id(("weight", place), |ui| {
            let name = cx.t(&part.measure.key());
            widgets::field(ui, &crate::app::words::capital(&name), "", |ui| {
                ui.label(cx.t("outcome-weight"));
                if let Some(typed) = widgets::number(ui, part.weight, -1000.0..=1000.0, 0.01) {
                    part.weight = typed;
                }
                let units = [
                    (false, cx.t("outcome-points")),
                    (true, cx.t("outcome-percent-unit")),
                ];
                if let Some(chosen) = widgets::choices(ui, part.in_percent, &units) {
                    part.in_percent = chosen;
                }
                if remove_ui(ui, cx, &name) {
                    gone = Some(place);
                }
            });
        });
    }
    if let Some(place) = gone {
        weights.remove(place);
    }
    let there: Vec<Measure> = weights.iter().map(|part| part.measure).collect();
    if let Some(measure) = measure_menu(ui, cx, "add weight", &there) {
        weights.push(Weight {
            measure,
            in_percent: false,
            weight: 0.0,
        });
    }
    widgets::field(ui, &cx.t("outcome-least-sum"), "", |ui| {
        if let Some(typed) = widgets::number(ui, *least, -100_000.0..=100_000.0, 0.1) {
            *least = typed;
        }
    });
}

/// A column and one of its levels.
fn level_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &OutcomePage,
    chosen: &mut Option<String>,
) -> Option<Rule> {
    let rule = &cx.session.study.settings.outcome.rule;
    let (column_now, event_now) = match rule {
        Rule::Level { column, event } => (Some(column.clone()), Some(event.clone())),
        _ => (None, None),
    };
    let column = chosen.clone().or(column_now);
    let of = |name: &str| page.columns.iter().find(|(column, ..)| column == name);
    let label_of =
        |name: &str| of(name).map_or_else(|| name.to_owned(), |(_, label, _)| label.clone());
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
    let Some(name) = &column else {
        return None;
    };
    let levels = of(name).map(|(_, _, levels)| levels.as_slice());
    widgets::field(ui, &cx.t("outcome-event"), "", |ui| {
        ui.horizontal_wrapped(|ui| {
            for level in levels.unwrap_or_default() {
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
    new
}
