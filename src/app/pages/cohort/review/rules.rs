//! Paints what is checked beyond the dictionary: rules in one line each, columns that must not be blank, limits.

use egui::{ComboBox, DragValue, Label, TextEdit, Ui};

use crate::app::action::{Action, Decision};
use crate::app::columns::plain_number;
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::theme::{self, SPACE_S, tokens};
use crate::app::widgets;
use crate::dictionary;
use crate::review::{self, ReviewParams};

/// What is being typed, and why it can't be a rule.
#[derive(Default)]
pub(super) struct Draft {
    line: String,
    /// Line and version of the cohort that were looked at, and what is wrong with the line.
    looked_at: Option<(String, u64, Option<String>)>,
}

impl Draft {
    /// Why the line can't be a rule; found anew only when the line or the cohort changes.
    fn trouble(&mut self, checked: &Checked, cx: &Cx<'_>) -> Option<String> {
        let line = self.line.trim();
        let version = cx.session.version;
        if !matches!(&self.looked_at, Some((seen, of, _)) if seen == line && *of == version) {
            let failure = review::rule_failure(&checked.cohort, line);
            let words = failure.map(|issue| cx.lang.issue(&issue));
            self.looked_at = Some((line.to_owned(), version, words));
        }
        self.looked_at.as_ref()?.2.clone()
    }
}

/// Paints the rules.
pub(super) fn rules_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    draft: &mut Draft,
    actions: &mut Vec<Action>,
) {
    let before = &cx.session.study.review.params;
    let mut params = before.clone();
    own_ui(ui, cx, checked, draft, &mut params);
    ui.add_space(SPACE_S);
    required_ui(ui, cx, checked, &mut params);
    ui.add_space(SPACE_S);
    limits_ui(ui, cx, &mut params);
    if params != *before {
        actions.push(Action::Decide(Decision::ReviewParams(params)));
    }
}

fn own_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    draft: &mut Draft,
    params: &mut ReviewParams,
) {
    ui.label(theme::strong(cx.t("rules-own")));
    widgets::quiet_label(ui, cx.t("rules-own.tip"));
    let n_of = |rule: &String| {
        let name = format!("rule: {rule}");
        let findings = checked.to_review.iter();
        findings.filter(|finding| finding.key.rule == name).count()
    };
    let removed = lines_ui(ui, cx, &params.rules, |rule| {
        let n = n_of(rule);
        cx.lang.with("rules-findings", &[("n", n.into())])
    });
    if let Some(removed) = removed {
        params.rules.remove(removed);
    }
    let hint = cx.t("rules-hint");
    let field = TextEdit::singleline(&mut draft.line)
        .hint_text(&hint)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(cx.t("rules-new"));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let is_empty = draft.line.trim().is_empty();
    let trouble = if is_empty {
        None
    } else {
        draft.trouble(checked, cx)
    };
    if let Some(words) = &trouble {
        let text = egui::RichText::new(words).color(tokens(ui).attention);
        ui.add(Label::new(text).wrap());
    }
    let can_add = !is_empty && trouble.is_none();
    let add = widgets::button(ui, &cx.t("rules-add"), can_add).clicked();
    if can_add && (add || entered) {
        let rule = std::mem::take(&mut draft.line).trim().to_owned();
        if !params.rules.contains(&rule) {
            params.rules.push(rule);
        }
    }
}

fn required_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, params: &mut ReviewParams) {
    ui.label(theme::strong(cx.t("rules-required")));
    let removed = lines_ui(ui, cx, &params.required, |_| String::new());
    if let Some(removed) = removed {
        params.required.remove(removed);
    }
    let add = cx.t("rules-required-add");
    let response = ComboBox::from_id_salt("required")
        .selected_text(&add)
        .width(ui.available_width().min(240.0))
        .show_ui(ui, |ui| {
            for variable in &checked.cohort.variables {
                if params.required.contains(&variable.name) {
                    continue;
                }
                let label = dictionary::label(variable, cx.lang);
                if ui.selectable_label(false, label).clicked() {
                    params.required.push(variable.name.clone());
                }
            }
        })
        .response;
    response.accessible_name(&add);
}

fn limits_ui(ui: &mut Ui, cx: &Cx<'_>, params: &mut ReviewParams) {
    ui.label(theme::strong(cx.t("rules-limits")));
    let limits = [
        ("rules-outlier", &mut params.outlier_z, 2.5..=20.0, 0.1),
        (
            "rules-window",
            &mut params.visit_window_weeks,
            1.0..=52.0,
            1.0,
        ),
    ];
    for (key, value, range, speed) in limits {
        ui.horizontal_wrapped(|ui| {
            let lang = cx.lang;
            let drag = DragValue::new(value)
                .range(range)
                .speed(speed)
                .custom_formatter(move |x, _| plain_number(x, lang))
                .custom_parser(|text| text.trim().replace(',', ".").parse().ok());
            let response = ui.add(drag).accessible_name(cx.t(key));
            response.on_hover_text(cx.t(&format!("{key}.tip")));
            ui.add(Label::new(widgets::quiet(ui, cx.t(key))).wrap());
        });
    }
}

/// Lines that can be removed, each with a quiet word beneath; the one that was removed.
fn lines_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    lines: &[String],
    beneath: impl Fn(&String) -> String,
) -> Option<usize> {
    let mut removed = None;
    for (at, line) in lines.iter().enumerate() {
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(line).wrap());
            let words = beneath(line);
            if !words.is_empty() {
                ui.label(widgets::quiet(ui, words));
            }
            let remove = widgets::link_button(ui, &cx.t("rules-remove"));
            let name = format!("{}: {line}", cx.t("rules-remove"));
            if remove.accessible_name(name).clicked() {
                removed = Some(at);
            }
        });
    }
    removed
}
