//! The choices of how a file is read: each automatic, with what was found, or chosen.

use egui::{Checkbox, ComboBox, Label, TextEdit, Ui};

use crate::app::pages::Cx;
use crate::app::pages::cohort::file::model::{self, FilePage, SheetRow};
use crate::app::pages::cohort::review::model::{date_words, delimiter_words, mark_words};
use crate::app::theme::{self, SPACE_S};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::import::ImportOptions;

/// Encodings that hospitals' files have, by their web names.
const ENCODINGS: [&str; 7] = [
    "utf-8",
    "windows-1252",
    "iso-8859-1",
    "iso-8859-15",
    "macintosh",
    "utf-16le",
    "utf-16be",
];

/// Text fields while something is typed that is no choice yet.
#[derive(Default)]
pub struct Texts {
    header: Option<String>,
    skip: Option<String>,
    range: Option<String>,
    codebook: Option<String>,
}

/// Paints the choices; the new ones where one was changed.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &FilePage,
    options: &ImportOptions,
    texts: &mut Texts,
) -> Option<ImportOptions> {
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut new = options.clone();
    if !page.sheets.is_empty() {
        sheets_ui(ui, cx, page, &mut new);
    }
    if page.is_delimited {
        text_ui(ui, cx, page, &mut new);
    }
    heading(ui, &cx.t("file-values"));
    numbers_ui(ui, cx, page, &mut new);
    let now = new.codebook.clone().unwrap_or_default();
    let (label, hint) = (cx.t("file-codebook"), cx.t("file-codebook.none"));
    if let Some(name) = field(ui, &label, &now, &hint, &mut texts.codebook) {
        new.codebook = (!name.is_empty()).then_some(name);
    }
    heading(ui, &cx.t("file-rows-title"));
    rows_ui(ui, cx, page, &mut new, texts);
    (new != *options).then_some(new)
}

fn heading(ui: &mut Ui, text: &str) {
    if ui.min_rect().height() > 1.0 {
        ui.add_space(SPACE_S);
    }
    ui.label(theme::strong(text));
}

fn sheets_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FilePage, new: &mut ImportOptions) {
    heading(ui, &cx.t("file-sheets"));
    for sheet in &page.sheets {
        sheet_ui(ui, cx, sheet, new);
    }
    let mut choices = vec![None];
    choices.extend(page.sheets.iter().map(|sheet| Some(sheet.name.clone())));
    let found = page.sheets.iter().find(|sheet| !sheet.may_leave_out);
    let found = found.map_or("", |sheet| sheet.name.as_str());
    choice(
        ui,
        cx,
        &cx.t("reading-sheet"),
        &mut new.sheet,
        (&choices, found),
        |name| name.clone(),
    );
}

fn sheet_ui(ui: &mut Ui, cx: &Cx<'_>, sheet: &SheetRow, new: &mut ImportOptions) {
    ui.horizontal(|ui| {
        let is_left_out = new.leave_out_sheets.contains(&sheet.name);
        let mut reads = sheet.is_read && !is_left_out;
        let name = cx
            .lang
            .with("file-read-sheet", &[("name", sheet.name.as_str().into())]);
        let may_change = sheet.may_leave_out && (sheet.is_read || is_left_out);
        let tick = ui.add_enabled(may_change, Checkbox::without_text(&mut reads));
        let tick = tick.accessible_name(name.as_str()).on_hover_text(name);
        if tick.changed() {
            if reads {
                new.leave_out_sheets.retain(|other| *other != sheet.name);
            } else {
                new.leave_out_sheets.push(sheet.name.clone());
                new.leave_out_sheets.sort();
            }
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(&sheet.name).truncate());
            ui.add(Label::new(widgets::quiet(ui, &sheet.words)).truncate());
        });
    });
}

fn text_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FilePage, new: &mut ImportOptions) {
    let lang = cx.lang;
    heading(ui, &cx.t("file-text"));
    choice(
        ui,
        cx,
        &cx.t("reading-delimiter"),
        &mut new.delimiter,
        (
            &[None, Some(';'), Some(','), Some('\t'), Some('|')],
            &page.found.delimiter,
        ),
        |mark| delimiter_words(*mark, lang),
    );
    choice(
        ui,
        cx,
        &cx.t("file-quote"),
        &mut new.quote,
        (&[None, Some(Some('"')), Some(Some('\'')), Some(None)], ""),
        |quote| match quote {
            Some(mark) => mark.to_string(),
            None => lang.t("quote-none"),
        },
    );
    let mut encodings = vec![None];
    encodings.extend(ENCODINGS.map(|name| Some(name.to_owned())));
    choice(
        ui,
        cx,
        &cx.t("reading-encoding"),
        &mut new.encoding,
        (&encodings, &page.found.encoding),
        |name| name.clone(),
    );
}

fn numbers_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FilePage, new: &mut ImportOptions) {
    let lang = cx.lang;
    choice(
        ui,
        cx,
        &cx.t("reading-decimal"),
        &mut new.decimal_mark,
        (&[None, Some(','), Some('.')], &page.found.decimal_mark),
        |mark| mark_words(*mark, lang),
    );
    let orders = ["dmy", "mdy", "ymd"].map(|order| Some(order.to_owned()));
    let mut choices = vec![None];
    choices.extend(orders);
    choice(
        ui,
        cx,
        &cx.t("reading-dates"),
        &mut new.date_order,
        (&choices, &page.found.date_order),
        |order| date_words(order, lang),
    );
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FilePage, new: &mut ImportOptions, texts: &mut Texts) {
    let lang = cx.lang;
    let hint = |found: String| {
        if found.is_empty() {
            lang.t("automatic")
        } else {
            lang.with("automatic-found", &[("found", found.into())])
        }
    };
    let found = page
        .header_row
        .map_or_else(String::new, |row| row.to_string());
    let now = new
        .header_row
        .map_or_else(String::new, |row| row.to_string());
    let label = cx.t("file-header-row");
    if let Some(text) = field(ui, &label, &now, &hint(found), &mut texts.header) {
        match text.parse() {
            Ok(row) if row > 0 => new.header_row = Some(row),
            _ if text.is_empty() => new.header_row = None,
            _ => {}
        }
    }
    let found = match page.n_header_rows {
        0 => String::new(),
        n => n.to_string(),
    };
    choice(
        ui,
        cx,
        &cx.t("file-header-rows"),
        &mut new.n_header_rows,
        (&[None, Some(1), Some(2), Some(3)], &found),
        u32::to_string,
    );
    let label = cx.t("file-skip");
    let now = model::rows_text(&new.skip_rows);
    let none = cx.t("file-skip.none");
    if let Some(text) = field(ui, &label, &now, &none, &mut texts.skip)
        && let Some(rows) = model::parse_rows(&text)
    {
        new.skip_rows = rows;
    }
    let label = cx.t("file-range");
    let now = new.range.clone().unwrap_or_default();
    let whole = cx.t("file-range.whole");
    if let Some(text) = field(ui, &label, &now, &whole, &mut texts.range) {
        let text = text.to_uppercase();
        new.range = (!text.is_empty()).then_some(text);
    }
}

/// A text field that keeps what is typed until the field is left or Enter is pressed.
fn field(
    ui: &mut Ui,
    label: &str,
    now: &str,
    hint: &str,
    typed: &mut Option<String>,
) -> Option<String> {
    ui.label(widgets::quiet(ui, label));
    let mut text = typed.clone().unwrap_or_else(|| now.to_owned());
    let edit = TextEdit::singleline(&mut text)
        .hint_text(hint)
        .desired_width(ui.available_width() - 16.0)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(edit).accessible_name(label);
    if response.changed() {
        *typed = Some(text.clone());
    }
    if response.lost_focus() || (response.changed() && !response.has_focus()) {
        return typed.take().map(|typed| typed.trim().to_owned());
    }
    None
}

/// A choice among values, the first of which is `None`: automatic, with what was found.
fn choice<T: Clone + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &str,
    now: &mut Option<T>,
    (choices, found): (&[Option<T>], &str),
    words: impl Fn(&T) -> String,
) {
    ui.label(widgets::quiet(ui, label));
    let of = |value: &Option<T>| match value {
        Some(value) => words(value),
        None => automatic(found, cx.lang),
    };
    let mut listed = choices.to_vec();
    if !listed.contains(now) {
        listed.push(now.clone());
    }
    let width = ui.available_width() - 16.0;
    let response = ComboBox::from_id_salt(label)
        .selected_text(of(now))
        .truncate()
        .width(width)
        .show_ui(ui, |ui| {
            for value in &listed {
                ui.selectable_value(now, value.clone(), of(value));
            }
        })
        .response;
    response.accessible_name(label);
}

/// "automatic (found: comma)".
fn automatic(found: &str, lang: Lang) -> String {
    if found.is_empty() {
        lang.t("automatic")
    } else {
        lang.with("automatic-found", &[("found", found.into())])
    }
}
