//! The parts that every page is made of: cards, headers, numbers, notices, rows of fields.
//!
//! Parts paint and report clicks; they know no patient and no model.

use egui::{
    Align, Button, Color32, CornerRadius, Frame, Label, Layout, Margin, Rect, Response, RichText,
    Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role as AccessRole,
};

use crate::app::icons::{self, Icon};
use crate::app::theme::{self, SPACE_L, SPACE_M, SPACE_S, TARGET, tokens};
use crate::base::issue::{Issue, Severity};
use crate::base::text::Lang;

/// How a badge or a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    Plain,
    /// In use.
    Accent,
    /// Good.
    Good,
    /// Look at it.
    Attention,
    /// Wrong.
    Stop,
}

impl Tone {
    /// The tone of an issue.
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Plain,
            Severity::Warning => Self::Attention,
            Severity::Error => Self::Stop,
        }
    }

    /// The colour of its text and marks.
    pub fn ink(self, ui: &Ui) -> Color32 {
        self.colors(ui).0
    }

    fn colors(self, ui: &Ui) -> (Color32, Color32) {
        let tokens = tokens(ui);
        match self {
            Self::Plain => (tokens.quiet, tokens.hover),
            Self::Accent => (tokens.accent, tokens.tint),
            Self::Good => (tokens.good, tokens.hover),
            Self::Attention => (tokens.attention, tokens.attention_tint),
            Self::Stop => (tokens.stop, tokens.stop_tint),
        }
    }
}

/// Title of a page, one sentence on where things stand, and its actions at the right.
pub fn page_header(ui: &mut Ui, title: &str, sentence: &str, actions: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let width = ui.available_width();
        ui.vertical(|ui| {
            ui.set_max_width((width - 360.0).max(320.0));
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.label(theme::heading(title, theme::TEXT_TITLE));
            if !sentence.is_empty() {
                ui.add(Label::new(quiet(ui, sentence)).wrap());
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), actions);
    });
    ui.add_space(SPACE_M);
}

/// Quiet text.
pub fn quiet(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).color(tokens(ui).quiet)
}

/// Quiet text that wraps.
pub fn quiet_label(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = quiet(ui, text);
    ui.add(Label::new(text).wrap())
}

/// The frame of a card.
pub fn card_frame(ui: &Ui) -> Frame {
    let tokens = tokens(ui);
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::same(SPACE_L as i8))
}

/// A card with a title.
pub fn card<R>(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    card_with(ui, title, 0.0, |_| (), add)
}

/// A card with a title, parts at its right, and a least height of its content.
pub fn card_with<R>(
    ui: &mut Ui,
    title: &str,
    min_height: f32,
    right: impl FnOnce(&mut Ui),
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    card_frame(ui)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            if min_height > 0.0 {
                ui.set_min_height(min_height);
            }
            if !title.is_empty() {
                title_row(ui, title, right);
            }
            add(ui)
        })
        .inner
}

/// A title with parts at its right; where both do not fit the title takes several lines.
fn title_row(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(ui.available_width(), TARGET);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(TARGET);
        right(ui);
        ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
            let text = theme::heading(title, theme::TEXT_EMPHASIS);
            // The first line stands beside the parts.
            ui.add_space(0.5 * (TARGET - theme::LINE_HEIGHT * theme::TEXT_EMPHASIS));
            ui.add(Label::new(text).wrap());
        });
    });
}

/// Text in columns: the first at the left, the others at the right, each as wide as it needs.
/// `tips` are shown over the first cell of the rows.
pub fn text_table(ui: &mut Ui, header: &[RichText], rows: &[Vec<RichText>], tips: &[&str]) {
    const ROW: f32 = 24.0;
    const GAP: f32 = 28.0;
    let galley = |ui: &Ui, text: &RichText| {
        egui::WidgetText::from(text.clone()).into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            f32::INFINITY,
            egui::TextStyle::Body,
        )
    };
    let mut widths = vec![0.0_f32; header.len()];
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = width.max(galley(ui, cell).size().x.ceil() + 1.0);
        }
    }
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    for (number, row) in std::iter::once(header)
        .chain(rows.iter().map(Vec::as_slice))
        .enumerate()
    {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let gap = if place == 0 { 0.0 } else { GAP };
                let (rect, _) = ui.allocate_exact_size(Vec2::new(width + gap, ROW), Sense::hover());
                let layout = if place == 0 {
                    Layout::left_to_right(Align::Center)
                } else {
                    Layout::right_to_left(Align::Center)
                };
                let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
                let label = Label::new(cell.clone()).wrap_mode(egui::TextWrapMode::Extend);
                let response = child.add(label);
                let tip = number.checked_sub(1).and_then(|row| tips.get(row));
                if let Some(tip) = tip.filter(|_| place == 0) {
                    response.on_hover_text(*tip);
                }
            }
        });
        if number == 0 {
            let line = Stroke::new(1.0, tokens(ui).line);
            let cursor = ui.cursor().min;
            let width: f32 = widths.iter().sum::<f32>() + GAP * (widths.len().max(1) - 1) as f32;
            ui.painter()
                .hline(cursor.x..=cursor.x + width, cursor.y, line);
        }
    }
}

/// Names and values in two columns, close together.
pub fn facts(ui: &mut Ui, id: &str, rows: &[(String, String)]) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        egui::Grid::new(id)
            .num_columns(2)
            .spacing(Vec2::new(20.0, 4.0))
            .show(ui, |ui| {
                for (name, value) in rows {
                    ui.label(quiet(ui, name));
                    ui.add(Label::new(value).wrap());
                    ui.end_row();
                }
            });
    });
}

/// Warnings that belong to what is shown, in one card.
pub fn warnings(ui: &mut Ui, lang: Lang, issues: &[Issue]) {
    if issues.is_empty() {
        return;
    }
    card(ui, &lang.t("keep-in-mind"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for issue in issues {
            let (color, _) = Tone::of(issue.severity).colors(ui);
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::hover());
                let square = Rect::from_center_size(rect.center(), Vec2::splat(13.0));
                icons::paint(ui.painter(), Icon::Attention, square, color);
                let response = ui.add(Label::new(lang.issue(issue)).wrap());
                if let Some(remedy) = lang.remedy(issue) {
                    response.on_hover_text(remedy);
                }
            });
        }
    });
}

/// Columns of given shares of the width, 12 apart, top-aligned; they stack where a column would be narrower than `least`.
pub fn columns(ui: &mut Ui, shares: &[f32], least: f32, mut add: impl FnMut(usize, &mut Ui)) {
    let total: f32 = shares.iter().sum();
    let gaps = SPACE_M * (shares.len().saturating_sub(1)) as f32;
    let width = ui.available_width() - gaps;
    let narrowest = shares.iter().fold(f32::MAX, |a, &b| a.min(b)) / total * width;
    if narrowest < least {
        for column in 0..shares.len() {
            if column > 0 {
                ui.add_space(SPACE_M - ui.spacing().item_spacing.y);
            }
            ui.push_id(("column", column), |ui| add(column, ui));
        }
        return;
    }
    let top_left = ui.cursor().min;
    let bottom = ui.max_rect().bottom();
    let (mut x, mut height) = (top_left.x, 0.0_f32);
    for (column, share) in shares.iter().enumerate() {
        let column_width = (share / total * width).floor();
        let rect = Rect::from_min_max(
            egui::pos2(x, top_left.y),
            egui::pos2(x + column_width, bottom.max(top_left.y)),
        );
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt(("column", column))
                .max_rect(rect)
                .layout(Layout::top_down(Align::Min)),
        );
        child.set_width(column_width);
        add(column, &mut child);
        height = height.max(child.min_rect().height());
        x += column_width + SPACE_M;
    }
    let used = Vec2::new(ui.available_width(), height);
    ui.advance_cursor_after_rect(Rect::from_min_size(top_left, used));
}

/// A number with its name above and a remark below.
pub fn stat(ui: &mut Ui, name: &str, value: &str, remark: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(quiet(ui, name));
        ui.label(theme::heading(value, theme::TEXT_SECTION));
        if !remark.is_empty() {
            ui.label(quiet(ui, remark));
        }
    });
}

/// A row of numbers, evenly spread.
pub fn stats(ui: &mut Ui, rows: &[(String, String, String)]) {
    let shares = vec![1.0; rows.len().max(1)];
    columns(ui, &shares, 96.0, |column, ui| {
        if let Some((name, value, remark)) = rows.get(column) {
            stat(ui, name, value, remark);
        }
    });
}

/// A word in a small frame.
pub fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let (color, ground) = tone.colors(ui);
    let font = egui::FontId::proportional(theme::TEXT_BODY);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    let size = Vec2::new(galley.size().x + 16.0, 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, 11.0, ground);
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, color);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, text));
    response
}

/// The main action of a page.
pub fn primary_button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let tokens = tokens(ui);
    let (fill, color) = if enabled {
        (tokens.accent, tokens.on_accent)
    } else {
        (tokens.hover, tokens.quiet)
    };
    let text = theme::strong(text).color(color);
    let button = Button::new(text)
        .fill(fill)
        .stroke(Stroke::new(1.0, fill))
        .min_size(Vec2::new(96.0, 32.0));
    ui.add_enabled(enabled, button)
}

/// An ordinary button.
pub fn button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    ui.add_enabled(enabled, Button::new(text).min_size(Vec2::new(0.0, TARGET)))
}

/// A button without a frame, in the accent colour.
pub fn link_button(ui: &mut Ui, text: &str) -> Response {
    let text = RichText::new(text).color(tokens(ui).accent);
    ui.add(
        Button::new(text)
            .frame(false)
            .min_size(Vec2::new(0.0, TARGET)),
    )
    .on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button with an icon only; `name` is its accessible name and its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    let button = Button::new("").min_size(Vec2::splat(TARGET));
    let response = ui.add_enabled(enabled, button);
    let color = if enabled {
        tokens(ui).text
    } else {
        tokens(ui).border
    };
    let square = Rect::from_center_size(response.rect.center(), Vec2::splat(14.0));
    icons::paint(ui.painter(), icon, square, color);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, enabled, name));
    response.on_hover_text(name)
}

/// An icon within a line of text.
pub fn icon(ui: &mut Ui, icon: Icon, color: Color32, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    icons::paint(ui.painter(), icon, rect, color);
}

/// Choices side by side; returns the one that was clicked.
pub fn choices<T: Copy + PartialEq>(ui: &mut Ui, current: T, options: &[(T, String)]) -> Option<T> {
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(4.0, 4.0);
        for (value, text) in options {
            let selected = *value == current;
            if choice(ui, text, selected).clicked() && !selected {
                clicked = Some(*value);
            }
        }
    });
    clicked
}

/// One choice among others.
pub fn choice(ui: &mut Ui, text: &str, selected: bool) -> Response {
    let tokens = tokens(ui);
    let (fill, line, color) = if selected {
        (tokens.tint, tokens.accent, tokens.accent)
    } else {
        (tokens.card, tokens.border, tokens.text)
    };
    ui.add(
        Button::selectable(selected, RichText::new(text).color(color))
            .fill(fill)
            .stroke(Stroke::new(1.0, line))
            .frame_when_inactive(true)
            .min_size(Vec2::new(0.0, TARGET)),
    )
}

/// A row of a form: a label of fixed width, then the controls, which it names.
pub fn field<R>(ui: &mut Ui, label: &str, help: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    const LABEL: f32 = 208.0;
    ui.horizontal_top(|ui| {
        let height = TARGET;
        let (rect, _) = ui.allocate_exact_size(Vec2::new(LABEL, height), Sense::hover());
        let mut side = ui.new_child(
            UiBuilder::new()
                .max_rect(rect)
                .layout(Layout::left_to_right(Align::Center)),
        );
        let text = side.add(Label::new(label).truncate());
        let text = if help.is_empty() {
            text
        } else {
            text.on_hover_text(help)
        };
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let result = ui
                .horizontal(|ui| {
                    ui.set_min_height(height);
                    ui.label_inputs_by(text.id, add)
                })
                .inner;
            if !help.is_empty() {
                quiet_label(ui, help);
            }
            result
        })
        .inner
    })
    .inner
}

/// A name and its value on one line, the value at the right.
pub fn pair(ui: &mut Ui, name: &str, value: &str) {
    ui.horizontal(|ui| {
        ui.label(quiet(ui, name));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(value);
        });
    });
}

/// A sentence in place, with its remedy and a button where there is one. Returns whether the button was clicked.
pub fn notice(ui: &mut Ui, tone: Tone, text: &str, remedy: &str, action: Option<&str>) -> bool {
    notice_with(ui, tone, text, remedy, action.as_slice()).is_some()
}

/// As [`notice`], with several buttons, the most likely one last. Returns which was clicked.
pub fn notice_with(
    ui: &mut Ui,
    tone: Tone,
    text: &str,
    remedy: &str,
    actions: &[&str],
) -> Option<usize> {
    let (color, ground) = tone.colors(ui);
    let mut clicked = None;
    Frame::new()
        .fill(ground)
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let sign = match tone {
                    Tone::Good => Icon::Check,
                    Tone::Plain | Tone::Accent => Icon::Ready,
                    Tone::Attention | Tone::Stop => Icon::Attention,
                };
                let size = if sign == Icon::Ready { 8.0 } else { 14.0 };
                let (rect, _) = ui.allocate_exact_size(Vec2::new(16.0, 18.0), Sense::hover());
                let square = Rect::from_center_size(rect.center(), Vec2::splat(size));
                icons::paint(ui.painter(), sign, square, color);
                let button_width = 190.0 * actions.len() as f32;
                let text_width = (ui.available_width() - button_width).max(120.0);
                ui.vertical(|ui| {
                    ui.set_width(text_width);
                    ui.spacing_mut().item_spacing.y = 2.0;
                    ui.add(Label::new(RichText::new(text).color(tokens(ui).text)).wrap());
                    if !remedy.is_empty() {
                        quiet_label(ui, remedy);
                    }
                });
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    for (number, action) in actions.iter().enumerate().rev() {
                        if button(ui, action, true).clicked() {
                            clicked = Some(number);
                        }
                    }
                });
            });
        });
    clicked
}

/// An issue as a notice.
pub fn issue(ui: &mut Ui, lang: Lang, issue: &Issue) {
    let mut text = lang.issue(issue);
    let place = lang.place(&issue.place);
    if !place.is_empty() && !text.contains(&place) {
        text = format!("{text} ({place})");
    }
    let remedy = lang.remedy(issue).unwrap_or_default();
    notice(ui, Tone::of(issue.severity), &text, &remedy, None);
}

/// What belongs on an empty page, why, and the button that brings it. Returns whether it was clicked.
pub fn empty_state(ui: &mut Ui, title: &str, text: &str, action: &str) -> bool {
    let mut clicked = false;
    card_frame(ui)
        .inner_margin(Margin::same(32))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(theme::heading(title, theme::TEXT_SECTION));
            ui.add_space(4.0);
            ui.scope(|ui| {
                ui.set_max_width(640.0);
                quiet_label(ui, text);
            });
            ui.add_space(SPACE_S);
            if !action.is_empty() {
                clicked = primary_button(ui, action, true).clicked();
            }
        });
    clicked
}

/// A number that is changed by typing (with a point or a comma) or dragging; `None` while it stays.
pub fn number<N: egui::emath::Numeric>(
    ui: &mut Ui,
    value: N,
    range: std::ops::RangeInclusive<N>,
    speed: f64,
) -> Option<N> {
    let mut new = value;
    let widget = egui::DragValue::new(&mut new)
        .range(range)
        .speed(speed)
        .custom_parser(parsed)
        .update_while_editing(false);
    let response = ui.add_sized(Vec2::new(88.0, TARGET), widget);
    (response.changed() && new != value).then_some(new)
}

/// A number as it is typed, in either language; `None` where it is none.
pub fn parsed(text: &str) -> Option<f64> {
    let clean = text.replace(char::is_whitespace, "").replace('−', "-");
    clean.replace(',', ".").parse().ok()
}

/// A bar that fills from the left.
pub fn bar(ui: &mut Ui, share: f32, width: f32, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 8.0), Sense::hover());
    let ground = tokens(ui).line;
    ui.painter().rect_filled(rect, 4.0, ground);
    let filled = Rect::from_min_size(
        rect.min,
        Vec2::new(rect.width() * share.clamp(0.0, 1.0), rect.height()),
    );
    ui.painter().rect_filled(filled, 4.0, color);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_with_a_point_or_a_comma() {
        assert_eq!(parsed("0,25"), Some(0.25));
        assert_eq!(parsed(" −1\u{a0}200.5 "), Some(-1200.5));
        assert_eq!(parsed("abc"), None);
    }
}
