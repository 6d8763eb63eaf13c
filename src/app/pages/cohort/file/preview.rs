//! The file as it stands, its lines marked with what they are taken for, and the columns as they
//! were understood.

use egui::{
    Align2, Checkbox, ComboBox, FontFamily, FontId, Label, Pos2, Rect, ScrollArea, Sense, Stroke,
    Ui, Vec2, WidgetInfo, accesskit::Role as AccessRole,
};

use crate::app::action::{Action, LookAt};
use crate::app::pages::Cx;
use crate::app::pages::cohort::file::model::{self, ColumnRow, FilePage, LineRow};
use crate::app::pages::cohort::file::ui::Shown;
use crate::app::theme::{self, TARGET, tokens};
use crate::app::widgets;
use crate::cohort::Kind;
use crate::import::{ColumnChoice, ImportOptions, LinePart};
use crate::report::words::kind as kind_words;

const ROW: f32 = 24.0;
const GUTTER: f32 = 112.0;
const COLUMN_ROW: f32 = 68.0;

/// Paints the preview; new choices where one was made in it.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: Option<&FilePage>,
    options: &ImportOptions,
    shown: &mut Shown,
    actions: &mut Vec<Action>,
) -> Option<ImportOptions> {
    let tabs = [
        (Shown::Lines, cx.t("file-lines")),
        (Shown::Columns, cx.t("file-columns-title")),
    ];
    ui.horizontal(|ui| {
        if let Some(tab) = widgets::choices(ui, *shown, &tabs) {
            *shown = tab;
        }
        let seen = cx.session.intake.previewed.as_ref();
        if seen.is_none_or(|seen| seen.options != *options) {
            widgets::quiet_label(ui, cx.t("reading"));
        }
    });
    let page = page?;
    match shown {
        Shown::Lines => lines_ui(ui, cx, page, options),
        Shown::Columns => columns_ui(ui, cx, page, options, actions),
    }
}

// --- lines -------------------------------------------------------------------------------

fn lines_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &FilePage,
    options: &ImportOptions,
) -> Option<ImportOptions> {
    widgets::quiet_label(ui, cx.t("file-lines.about"));
    let widths = widths(page);
    let total = Vec2::new(
        GUTTER + widths.iter().sum::<f32>(),
        ROW * (page.lines.len() + 1) as f32,
    );
    let mut new = None;
    ScrollArea::both()
        .id_salt("lines")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(total);
            let origin = ui.min_rect().min;
            let shown = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
            for (at, line) in page.lines.iter().enumerate() {
                let top = origin.y + ROW * (at + 1) as f32;
                if top + ROW < shown.top() || top > shown.bottom() {
                    continue;
                }
                line_ui(ui, line, &widths, Pos2::new(origin.x, top), shown);
                let gutter =
                    Rect::from_min_size(Pos2::new(shown.left(), top), Vec2::new(GUTTER, ROW));
                new = gutter_ui(ui, cx, line, gutter, options).or(new.take());
            }
            letters_ui(ui, page, &widths, origin, shown);
        });
    new
}

/// Wide enough for what stands in the column, within limits.
fn widths(page: &FilePage) -> Vec<f32> {
    let mut longest = vec![3_usize; page.letters.len()];
    for line in page
        .lines
        .iter()
        .filter(|line| line.part != LinePart::Title)
    {
        for (longest, cell) in longest.iter_mut().zip(&line.cells) {
            *longest = (*longest).max(cell.chars().count());
        }
    }
    longest
        .into_iter()
        .map(|n| (n as f32 * 7.4 + 18.0).clamp(48.0, 220.0))
        .collect()
}

/// The cells of a line.
fn line_ui(ui: &Ui, line: &LineRow, widths: &[f32], at: Pos2, shown: Rect) {
    let tokens = tokens(ui);
    let painter = ui.painter();
    let whole = Rect::from_min_max(
        Pos2::new(shown.left(), at.y),
        Pos2::new(shown.right(), at.y + ROW),
    );
    let (ground, ink, family) = match line.part {
        LinePart::Header => (Some(tokens.tint), tokens.text, strong()),
        LinePart::Totals => (Some(tokens.attention_tint), tokens.quiet, plain()),
        LinePart::Skipped => (Some(tokens.hover), tokens.quiet, plain()),
        LinePart::Title | LinePart::Blank => (None, tokens.quiet, plain()),
        LinePart::Row => (None, tokens.text, plain()),
    };
    if let Some(ground) = ground {
        painter.rect_filled(whole, 0.0, ground);
    }
    let rule = Stroke::new(1.0, tokens.line);
    painter.hline(whole.x_range(), whole.bottom() - 0.5, rule);
    let font = FontId::new(theme::TEXT_BODY, family);
    let mut x = at.x + GUTTER;
    for (place, width) in widths.iter().enumerate() {
        let cell = Rect::from_min_size(Pos2::new(x, at.y), Vec2::new(*width, ROW));
        x += width;
        if cell.right() < shown.left() + GUTTER || cell.left() > shown.right() {
            continue;
        }
        painter.vline(cell.right() - 0.5, cell.y_range(), rule);
        let Some(text) = line.cells.get(place).filter(|text| !text.is_empty()) else {
            continue;
        };
        // A title runs on over the empty cells at its right, as in a spreadsheet.
        let is_title = line.part == LinePart::Title;
        let mut clip = if is_title { whole } else { cell };
        clip.min.x = clip.min.x.max(shown.left() + GUTTER);
        painter.with_clip_rect(clip.intersect(ui.clip_rect())).text(
            Pos2::new(cell.left() + 8.0, cell.center().y),
            Align2::LEFT_CENTER,
            text.chars().take(200).collect::<String>(),
            font.clone(),
            ink,
        );
        if line.part == LinePart::Skipped {
            let strike = Stroke::new(1.0, tokens.border);
            painter.hline(cell.shrink(6.0).x_range(), cell.center().y, strike);
        }
    }
}

fn strong() -> FontFamily {
    FontFamily::Name(theme::STRONG.into())
}

fn plain() -> FontFamily {
    FontFamily::Proportional
}

/// Number and part of a line; a click offers what can be done with it.
fn gutter_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    line: &LineRow,
    rect: Rect,
    options: &ImportOptions,
) -> Option<ImportOptions> {
    let tokens = tokens(ui);
    let id = ui.scope_id().with(("row", line.row));
    let response = ui.interact(rect, id, Sense::click());
    let ground = if response.hovered() || response.has_focus() {
        tokens.tint
    } else {
        tokens.hover
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, ground);
    let rule = Stroke::new(1.0, tokens.line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, rule);
    painter.vline(rect.right() - 0.5, rect.y_range(), rule);
    if response.has_focus() {
        let ring = Stroke::new(2.0, tokens.accent);
        painter.rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    let font = FontId::proportional(theme::TEXT_BODY);
    painter.text(
        Pos2::new(rect.left() + 36.0, rect.center().y),
        Align2::RIGHT_CENTER,
        line.row.to_string(),
        font.clone(),
        tokens.text,
    );
    let ink = match line.part {
        LinePart::Header => tokens.accent,
        LinePart::Totals => tokens.attention,
        _ => tokens.quiet,
    };
    let at = Pos2::new(rect.left() + 44.0, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, &line.word, font, ink);
    let name = row_name(cx, line);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, &name));
    let mut new = None;
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(200.0);
        if line.part != LinePart::Header && ui.button(cx.t("row-header-here")).clicked() {
            new = Some(ImportOptions {
                header_row: Some(line.row),
                ..options.clone()
            });
        }
        let is_skipped = line.part == LinePart::Skipped;
        let (key, rows) = if is_skipped {
            ("row-read", model::without_row(&options.skip_rows, line.row))
        } else {
            ("row-skip", model::with_row(&options.skip_rows, line.row))
        };
        if ui.button(cx.t(key)).clicked() {
            new = Some(ImportOptions {
                skip_rows: rows,
                ..options.clone()
            });
        }
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand);
    new
}

/// What a screen reader hears of a line.
fn row_name(cx: &Cx<'_>, line: &LineRow) -> String {
    let cells: Vec<&str> = line
        .cells
        .iter()
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .take(8)
        .collect();
    let row = cx
        .lang
        .with("row-name", &[("row", line.row.to_string().into())]);
    [row, line.word.clone(), cells.join(" | ")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The letters above the columns.
fn letters_ui(ui: &Ui, page: &FilePage, widths: &[f32], origin: Pos2, shown: Rect) {
    let tokens = tokens(ui);
    let painter = ui.painter();
    let head = Rect::from_min_size(shown.min, Vec2::new(shown.width(), ROW));
    painter.rect_filled(head, 0.0, tokens.hover);
    let rule = Stroke::new(1.0, tokens.line);
    painter.hline(head.x_range(), head.bottom() - 0.5, rule);
    let mut x = origin.x + GUTTER;
    let inner = Rect::from_min_max(Pos2::new(head.left() + GUTTER, head.top()), head.max);
    let painter = painter.with_clip_rect(inner.intersect(ui.clip_rect()));
    for (letter, width) in page.letters.iter().zip(widths) {
        if x + width > inner.left() && x < inner.right() {
            painter.text(
                Pos2::new(x + width / 2.0, head.center().y),
                Align2::CENTER_CENTER,
                letter,
                FontId::proportional(theme::TEXT_BODY),
                tokens.quiet,
            );
        }
        x += width;
    }
}

// --- columns -----------------------------------------------------------------------------

fn columns_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &FilePage,
    options: &ImportOptions,
    actions: &mut Vec<Action>,
) -> Option<ImportOptions> {
    let mut new = None;
    ScrollArea::vertical()
        .id_salt("columns")
        .auto_shrink([false, false])
        .show_rows(ui, COLUMN_ROW, page.columns.len(), |ui, range| {
            for column in page.columns.get(range).unwrap_or_default() {
                if let Some(choice) = column_ui(ui, cx, column, actions) {
                    new = Some(model::with_choice(options, &column.header, choice));
                }
            }
        });
    new
}

/// A column; a new choice where one was made.
fn column_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    column: &ColumnRow,
    actions: &mut Vec<Action>,
) -> Option<ColumnChoice> {
    let mut choice = column.choice.clone();
    let size = Vec2::new(ui.available_width(), COLUMN_ROW);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() + 3.0,
        Stroke::new(1.0, tokens(ui).line),
    );
    let top = Rect::from_min_size(rect.min, Vec2::new(rect.width(), TARGET + 4.0));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let builder = egui::UiBuilder::new()
        .id_salt((&column.letter, "top"))
        .max_rect(top)
        .layout(layout);
    let mut upper = ui.new_child(builder);
    upper.add_space(12.0);
    leave_out_ui(&mut upper, cx, column, &mut choice);
    kind_ui(&mut upper, cx, column, &mut choice);
    upper.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
        let (letter, _) = ui.allocate_exact_size(Vec2::new(34.0, TARGET), Sense::hover());
        ui.painter().text(
            letter.left_center(),
            Align2::LEFT_CENTER,
            &column.letter,
            FontId::proportional(theme::TEXT_BODY),
            tokens(ui).quiet,
        );
        let mut header = theme::strong(&column.header);
        if choice.leave_out {
            header = header.strikethrough().color(tokens(ui).quiet);
        }
        ui.add(Label::new(header).truncate());
    });
    let lower = Rect::from_min_max(
        Pos2::new(rect.left() + 42.0, top.bottom()),
        Pos2::new(rect.right() - 12.0, rect.bottom()),
    );
    let builder = egui::UiBuilder::new()
        .id_salt((&column.letter, "lower"))
        .max_rect(lower)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let mut lower = ui.new_child(builder);
    lower.spacing_mut().item_spacing.x = 14.0;
    details_ui(&mut lower, cx, column, &mut choice, actions);
    (choice != column.choice).then_some(choice)
}

fn leave_out_ui(ui: &mut Ui, cx: &Cx<'_>, column: &ColumnRow, choice: &mut ColumnChoice) {
    let name = cx.lang.with(
        "column-leave-out-of",
        &[("column", column.header.as_str().into())],
    );
    let text = cx.t("column-leave-out");
    ui.add(Checkbox::new(&mut choice.leave_out, text))
        .accessible_name(name);
}

fn kind_ui(ui: &mut Ui, cx: &Cx<'_>, column: &ColumnRow, choice: &mut ColumnChoice) {
    const KINDS: [Option<Kind>; 7] = [
        None,
        Some(Kind::Numeric),
        Some(Kind::Binary),
        Some(Kind::Categorical),
        Some(Kind::Date),
        Some(Kind::Text),
        Some(Kind::Identifier),
    ];
    let words = |kind: Option<Kind>| match kind {
        Some(kind) => kind_words(kind, cx.lang),
        None => {
            let found = kind_words(column.kind, cx.lang);
            cx.lang.with("automatic-found", &[("found", found.into())])
        }
    };
    let name = cx.lang.with(
        "column-kind-of",
        &[("column", column.header.as_str().into())],
    );
    let response = ComboBox::from_id_salt(("kind", &column.letter))
        .selected_text(words(choice.kind))
        .width(200.0)
        .truncate()
        .show_ui(ui, |ui| {
            for kind in KINDS {
                ui.selectable_value(&mut choice.kind, kind, words(kind));
            }
        })
        .response;
    response.accessible_name(name);
}

fn details_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    column: &ColumnRow,
    choice: &mut ColumnChoice,
    actions: &mut Vec<Action>,
) {
    ui.label(widgets::quiet(ui, &column.counts));
    if let Some(example) = column.examples.first() {
        let all = column.examples.join("\n");
        ui.add(Label::new(example).truncate()).on_hover_text(all);
    }
    if !column.unread.is_empty() {
        match &column.variable {
            Some(variable) => {
                let response = widgets::link_button(ui, &column.unread);
                if response.on_hover_text(cx.t("column-unread.tip")).clicked() {
                    actions.push(Action::LookAt(LookAt::Unread(variable.clone())));
                }
            }
            None => {
                ui.label(&column.unread);
            }
        }
    }
    for (code, n, is_missing, may_change) in column.codes.iter().take(6) {
        let mut ticked = *is_missing;
        let text = cx.lang.with(
            "column-code",
            &[("code", code.as_str().into()), ("n", (*n).into())],
        );
        let tip = cx.t(if *may_change {
            "column-code.tip"
        } else {
            "column-code.word"
        });
        let response = ui.add_enabled(*may_change, Checkbox::new(&mut ticked, text));
        let response = response.on_hover_text(&tip).on_disabled_hover_text(&tip);
        if response.changed() {
            choice.missing.retain(|other| other != code);
            if ticked {
                choice.missing.push(code.clone());
            }
        }
    }
}
