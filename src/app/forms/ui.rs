//! Paints a form: what is asked, what becomes of it, the reason, the initials.

use egui::{ComboBox, Key, Label, ScrollArea, TextEdit, Ui};

use super::values::{amount_of, text_of};
use super::{CellForm, Form, RecodeForm, Subject, row_of};
use crate::app::action::Action;
use crate::app::columns::plain_number;
use crate::app::state::Session;
use crate::app::theme::{self, SPACE_M, SPACE_S};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::report::words as report_words;

/// Reasons that are given most often.
const REASONS: [&str; 3] = ["reason-source", "reason-typing", "reason-unit"];
/// As which a column can be read.
const KINDS: [Kind; 6] = [
    Kind::Numeric,
    Kind::Binary,
    Kind::Categorical,
    Kind::Date,
    Kind::Text,
    Kind::Identifier,
];

/// Paints the form. Returns whether it is done with.
pub fn form_ui(
    ui: &mut Ui,
    lang: Lang,
    session: &Session,
    form: &mut Form,
    initials: &mut String,
    actions: &mut Vec<Action>,
) -> bool {
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    ui.label(theme::heading(
        title(&form.subject, lang),
        theme::TEXT_SECTION,
    ));
    match &mut form.subject {
        Subject::Cell(cell) => cell_ui(ui, lang, cell),
        Subject::Recode(recode) => recode_ui(ui, lang, recode),
        Subject::MissingCodes { values, more, .. } => codes_ui(ui, lang, values, more),
        Subject::Scale {
            factor,
            unit,
            example,
            ..
        } => scale_ui(ui, lang, factor, unit, *example),
        Subject::Kind { kind, .. } => kind_ui(ui, lang, kind),
        Subject::Patient { leaves_out, .. } => {
            let about = if *leaves_out {
                "form-exclude.about"
            } else {
                "form-include.about"
            };
            widgets::quiet_label(ui, lang.t(about));
        }
        Subject::Mark { .. } => {
            widgets::quiet_label(ui, lang.t("form-mark.about"));
        }
        Subject::Repair {
            title,
            lines,
            n_cells,
            ..
        } => repair_ui(ui, lang, title, lines, *n_cells),
        Subject::GoTo(text) => return go_to_ui(ui, lang, session, text, entered, actions),
    }
    ui.add_space(SPACE_S);
    why_ui(ui, lang, form);
    initials_ui(ui, lang, initials);
    let decision = form.decision(lang);
    if let Err(wrong) = decision {
        widgets::quiet_label(ui, lang.t(wrong));
    }
    ui.add_space(SPACE_M);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let apply = widgets::primary_button(ui, &lang.t("form-apply"), decision.is_ok()).clicked();
        let cancel = widgets::button(ui, &lang.t("cancel"), true).clicked();
        if let (true, Ok(decision)) = (apply || entered, decision) {
            actions.push(Action::Decide(decision));
            return true;
        }
        cancel
    })
    .inner
}

/// What the form is called.
fn title(subject: &Subject, lang: Lang) -> String {
    let column = |key: &str, variable: &str| lang.with(key, &[("column", variable.into())]);
    match subject {
        Subject::Cell(form) => {
            let args = [
                ("patient", form.id.as_str().into()),
                ("column", form.variable.as_str().into()),
            ];
            lang.with("form-cell", &args)
        }
        Subject::Recode(form) => column("form-recode", &form.variable),
        Subject::MissingCodes { variable, .. } => column("form-codes", variable),
        Subject::Scale { variable, .. } => column("form-scale", variable),
        Subject::Kind { variable, .. } => column("form-kind", variable),
        Subject::Patient { id, leaves_out, .. } => {
            let key = if *leaves_out {
                "form-exclude"
            } else {
                "form-include"
            };
            lang.with(key, &[("patient", id.as_str().into())])
        }
        Subject::Mark { keys, status } => {
            let status = crate::app::pages::cohort::status_words(*status, lang);
            let args = [("n", keys.len().into()), ("status", status.into())];
            lang.with("form-mark", &args)
        }
        Subject::Repair { n_cells, .. } => lang.with("form-repair", &[("n", (*n_cells).into())]),
        Subject::GoTo(_) => lang.t("form-go-to"),
    }
}

/// A line of text with its name; has the keyboard at first where it is the main one.
fn line(ui: &mut Ui, name: &str, text: &mut String, hint: &str, is_main: bool) {
    let field = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(field).accessible_name(name);
    if is_main && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

fn cell_ui(ui: &mut Ui, lang: Lang, form: &mut CellForm) {
    if form.label != form.variable {
        widgets::quiet_label(ui, &form.label);
    }
    let now = match (&form.before, &form.unread) {
        (Some(cell), _) => lang.with("form-now", &[("value", text_of(cell, lang).into())]),
        (None, Some(text)) => lang.with("form-unread", &[("text", text.as_str().into())]),
        (None, None) => lang.t("form-now-missing"),
    };
    ui.add(Label::new(now).wrap());
    let name = lang.t("form-value");
    if matches!(form.kind, Kind::Binary | Kind::Categorical) {
        let shown = if form.is_missing {
            lang.t("form-missing")
        } else {
            form.text.clone()
        };
        let response = ComboBox::from_id_salt("level")
            .selected_text(shown)
            .width(260.0)
            .show_ui(ui, |ui| {
                for level in &form.levels {
                    let is_it = !form.is_missing && form.text == *level;
                    if ui.selectable_label(is_it, level).clicked() {
                        form.text.clone_from(level);
                        form.is_missing = false;
                    }
                }
            })
            .response;
        response.accessible_name(&name);
    } else {
        let hint = match form.kind {
            Kind::Date => lang.t("form-date-hint"),
            _ => String::new(),
        };
        ui.add_enabled_ui(!form.is_missing, |ui| {
            line(ui, &name, &mut form.text, &hint, true);
        });
    }
    ui.checkbox(&mut form.is_missing, lang.t("form-set-missing"));
    if let Ok(Some(cell)) = form.value(lang) {
        let kept = crate::app::pages::cohort::cell_words(Some(&cell), lang);
        widgets::quiet_label(ui, lang.with("form-kept", &[("value", kept.into())]));
    }
    if form.is_unusual(lang)
        && let Some((low, high)) = form.range
    {
        let args = [
            ("low", plain_number(low, lang).into()),
            ("high", plain_number(high, lang).into()),
        ];
        widgets::notice(
            ui,
            Tone::Attention,
            &lang.with("form-unusual", &args),
            "",
            None,
        );
    }
}

fn recode_ui(ui: &mut Ui, lang: Lang, form: &mut RecodeForm) {
    widgets::quiet_label(ui, lang.t("form-recode.about"));
    if form.levels.is_empty() {
        widgets::quiet_label(ui, lang.t("column-no-levels"));
    }
    ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
        for (level, n, to, is_missing) in &mut form.levels {
            ui.horizontal(|ui| {
                let text = format!("{level} ({})", lang.count(*n as i64));
                ui.add_sized([150.0, 28.0], Label::new(text).truncate());
                let name = lang.with("form-level", &[("level", level.as_str().into())]);
                ui.add_enabled_ui(!*is_missing, |ui| {
                    let field = TextEdit::singleline(to).desired_width(150.0);
                    ui.add(field).accessible_name(&name);
                });
                ui.checkbox(is_missing, lang.t("form-means-missing"));
            });
        }
    });
}

fn codes_ui(ui: &mut Ui, lang: Lang, values: &mut [(String, usize, bool)], more: &mut String) {
    widgets::quiet_label(ui, lang.t("form-codes.about"));
    ui.horizontal_wrapped(|ui| {
        for (value, n, is_missing) in values {
            let text = format!("{value} ({})", lang.count(*n as i64));
            ui.checkbox(is_missing, text);
        }
    });
    let name = lang.t("form-codes-more");
    widgets::quiet_label(ui, &name);
    line(ui, &name, more, "-9; 99; NSP", false);
}

fn scale_ui(ui: &mut Ui, lang: Lang, factor: &mut String, unit: &mut String, example: Option<f64>) {
    widgets::quiet_label(ui, lang.t("form-scale.about"));
    let name = lang.t("form-factor-name");
    ui.label(widgets::quiet(ui, &name));
    line(ui, &name, factor, "10", true);
    let name = lang.t("form-unit-name");
    ui.label(widgets::quiet(ui, &name));
    line(ui, &name, unit, "mm", false);
    if let (Some(x), Some(factor)) = (example, amount_of(factor, lang)) {
        let args = [
            ("before", plain_number(x, lang).into()),
            ("after", plain_number(x * factor, lang).into()),
        ];
        widgets::quiet_label(ui, lang.with("form-becomes", &args));
    }
}

fn kind_ui(ui: &mut Ui, lang: Lang, kind: &mut Kind) {
    widgets::quiet_label(ui, lang.t("form-kind.about"));
    let kinds: Vec<(Kind, String)> = KINDS
        .into_iter()
        .map(|kind| (kind, report_words::kind(kind, lang)))
        .collect();
    if let Some(chosen) = widgets::choices(ui, *kind, &kinds) {
        *kind = chosen;
    }
}

fn repair_ui(ui: &mut Ui, lang: Lang, title: &str, lines: &[[String; 4]], n_cells: usize) {
    ui.add(Label::new(title).wrap());
    widgets::quiet_label(ui, lang.t("form-repair.about"));
    ScrollArea::vertical()
        .max_height(220.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            egui::Grid::new("repaired cells")
                .num_columns(3)
                .spacing([20.0, 2.0])
                .show(ui, |ui| {
                    for [id, column, before, after] in lines {
                        ui.label(id);
                        ui.label(widgets::quiet(ui, column));
                        ui.label(format!("{before} → {after}"));
                        ui.end_row();
                    }
                });
        });
    if lines.len() < n_cells {
        let more = lang.with("and-more", &[("n", (n_cells - lines.len()).into())]);
        widgets::quiet_label(ui, more);
    }
}

fn why_ui(ui: &mut Ui, lang: Lang, form: &mut Form) {
    let is_note = matches!(form.subject, Subject::Mark { .. });
    let name = lang.t(if is_note { "form-note" } else { "form-why" });
    ui.label(widgets::quiet(ui, &name));
    let is_main = matches!(form.subject, Subject::Mark { .. } | Subject::Patient { .. });
    line(ui, &name, &mut form.why, "", is_main);
    if matches!(form.subject, Subject::Cell(_)) {
        ui.horizontal_wrapped(|ui| {
            for reason in REASONS {
                let reason = lang.t(reason);
                let is_it = form.why == reason;
                if widgets::choice(ui, &reason, is_it).clicked() {
                    form.why = if is_it { String::new() } else { reason };
                }
            }
        });
    }
}

/// Initials, kept from one correction to the next.
pub fn initials_ui(ui: &mut Ui, lang: Lang, initials: &mut String) {
    ui.horizontal(|ui| {
        let name = lang.t("form-initials");
        ui.label(widgets::quiet(ui, &name));
        let field = TextEdit::singleline(initials)
            .char_limit(12)
            .desired_width(72.0);
        ui.add(field).accessible_name(&name);
    });
}

fn go_to_ui(
    ui: &mut Ui,
    lang: Lang,
    session: &Session,
    text: &mut String,
    entered: bool,
    actions: &mut Vec<Action>,
) -> bool {
    let name = lang.t("form-go-to-name");
    widgets::quiet_label(ui, &name);
    line(ui, &name, text, "", true);
    let checked = session.checked.as_deref();
    let found = checked.and_then(|checked| {
        let row = row_of(checked, text)?;
        Some((row, checked.ids.get(row)?.clone()))
    });
    let words = match &found {
        Some((_, id)) => lang.with("form-go-to-found", &[("patient", id.as_str().into())]),
        None if text.trim().is_empty() => String::new(),
        None => lang.t("form-no-such-row"),
    };
    widgets::quiet_label(ui, words);
    ui.add_space(SPACE_M);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let go = widgets::primary_button(ui, &lang.t("form-go"), found.is_some()).clicked();
        let cancel = widgets::button(ui, &lang.t("cancel"), true).clicked();
        if let (true, Some((row, _))) = (go || entered, found) {
            actions.push(Action::ShowCell(row, None));
            return true;
        }
        cancel
    })
    .inner
}
