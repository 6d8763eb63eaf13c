//! Paints how the file was read, and lets it be read in another way.

use egui::{ComboBox, Label, Ui};

use super::model::{self, CohortPage};
use crate::app::action::Action;
use crate::app::pages::Cx;
use crate::app::theme::{self, SPACE_S};
use crate::app::widgets;
use crate::import::ImportOptions;

/// Paints how the file was read.
pub(super) fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, page: &CohortPage, actions: &mut Vec<Action>) {
    for (name, value) in &page.reading {
        ui.horizontal_wrapped(|ui| {
            ui.label(widgets::quiet(ui, name));
            ui.add(Label::new(value).wrap());
        });
    }
    ui.add_space(SPACE_S);
    ui.label(theme::strong(cx.t("reading-change")));
    let lang = cx.lang;
    let options = &cx.session.study.import;
    let auto = lang.t("automatic");
    let mut change = |new: ImportOptions| actions.push(Action::Reimport(new));
    if page.is_delimited {
        let choices = [None, Some(';'), Some(','), Some('\t'), Some('|')];
        let words = |choice: Option<char>| {
            choice.map_or_else(|| auto.clone(), |mark| model::delimiter_words(mark, lang))
        };
        let label = lang.t("reading-delimiter");
        if let Some(delimiter) = option_ui(ui, &label, &options.delimiter, &choices, words) {
            change(ImportOptions {
                delimiter,
                ..options.clone()
            });
        }
        let names = [
            "utf-8",
            "windows-1252",
            "iso-8859-15",
            "macintosh",
            "utf-16le",
        ];
        let mut choices = vec![None];
        choices.extend(names.iter().map(|name| Some((*name).to_owned())));
        let words = |choice: Option<String>| choice.unwrap_or_else(|| auto.clone());
        let label = lang.t("reading-encoding");
        let now = options.encoding.clone();
        if let Some(encoding) = option_ui(ui, &label, &now, &choices, words) {
            change(ImportOptions {
                encoding,
                ..options.clone()
            });
        }
    } else if page.sheets.len() > 1 {
        let mut choices = vec![None];
        choices.extend(page.sheets.iter().cloned().map(Some));
        let words = |choice: Option<String>| choice.unwrap_or_else(|| auto.clone());
        let label = lang.t("reading-sheet");
        if let Some(sheet) = option_ui(ui, &label, &options.sheet, &choices, words) {
            change(ImportOptions {
                sheet,
                ..options.clone()
            });
        }
    }
    let words = |choice: Option<char>| {
        choice.map_or_else(|| auto.clone(), |mark| model::mark_words(mark, lang))
    };
    let label = lang.t("reading-decimal");
    let choices = [None, Some(','), Some('.')];
    if let Some(decimal_mark) = option_ui(ui, &label, &options.decimal_mark, &choices, words) {
        change(ImportOptions {
            decimal_mark,
            ..options.clone()
        });
    }
    let orders = ["dmy", "mdy", "ymd"];
    let mut choices = vec![None];
    choices.extend(orders.iter().map(|order| Some((*order).to_owned())));
    let words = |choice: Option<String>| {
        choice.map_or_else(|| auto.clone(), |order| model::date_words(&order, lang))
    };
    let label = lang.t("reading-dates");
    if let Some(date_order) = option_ui(ui, &label, &options.date_order, &choices, words) {
        change(ImportOptions {
            date_order,
            ..options.clone()
        });
    }
}

/// A choice of how to read; the new one where it was changed.
fn option_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: &str,
    now: &T,
    choices: &[T],
    words: impl Fn(T) -> String,
) -> Option<T> {
    ui.label(widgets::quiet(ui, label));
    let mut new = now.clone();
    let response = ComboBox::from_id_salt(label)
        .selected_text(words(now.clone()))
        .width(ui.available_width().min(240.0))
        .show_ui(ui, |ui| {
            for choice in choices {
                ui.selectable_value(&mut new, choice.clone(), words(choice.clone()));
            }
        })
        .response;
    response.accessible_name(label);
    (new != *now).then_some(new)
}
