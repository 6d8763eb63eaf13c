//! Paints the title of a column and a cell, straight into the painter: a cell is no widget tree.

use std::sync::Arc;

use egui::{
    Color32, FontFamily, FontId, Galley, Id, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit::Role as AccessRole,
    text::{LayoutJob, TextFormat, TextWrapping},
};

use super::{TableCell, TableColumn};
use crate::app::icons::{self, Icon};
use crate::app::theme::{self, tokens};
use crate::app::widgets::Tone;

/// Space at both sides of a text.
const MARGIN: f32 = 8.0;
/// Width of the button that opens the menu of a column.
const MENU: f32 = 20.0;

/// How a cell is meant.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Text at the right.
    pub is_number: bool,
    /// Holds the search text.
    pub is_match: bool,
    /// Lies in the block that is chosen.
    pub is_chosen: bool,
    /// The keyboard is on it.
    pub is_cursor: bool,
}

/// One line of text, cut with an ellipsis where it is too wide.
fn line(ui: &Ui, text: &str, format: TextFormat, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    job.break_on_newline = false;
    ui.painter().layout_job(job)
}

fn place(ui: &Ui, galley: Arc<Galley>, rect: Rect, at_right: bool, color: Color32) {
    let y = rect.center().y - galley.size().y / 2.0;
    let x = if at_right {
        rect.right() - galley.size().x
    } else {
        rect.left()
    };
    ui.painter().galley(egui::pos2(x, y), galley, color);
}

fn font(strong: bool) -> FontId {
    let family = if strong {
        FontFamily::Name(theme::STRONG.into())
    } else {
        FontFamily::Proportional
    };
    FontId::new(theme::TEXT_BODY, family)
}

/// The title of a column: with the direction of the sorting, tinted where the column is chosen.
pub(super) fn header(
    ui: &Ui,
    column: &TableColumn,
    sorted_upwards: Option<bool>,
    is_chosen: bool,
    has_menu: bool,
) {
    let tokens = tokens(ui);
    let rect = ui.max_rect();
    let ground = if is_chosen { tokens.tint } else { tokens.hover };
    ui.painter().rect_filled(rect, 0.0, ground);
    let rule = Stroke::new(1.0, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, rule);
    let mut inner = rect.shrink2(Vec2::new(MARGIN, 0.0));
    if has_menu {
        inner.max.x -= MENU - 4.0;
    }
    if let Some(upwards) = sorted_upwards {
        let icon = if upwards { Icon::Up } else { Icon::Down };
        let square = if column.is_number {
            inner.max.x -= 13.0;
            Rect::from_center_size(
                egui::pos2(inner.max.x + 8.5, rect.center().y),
                Vec2::splat(9.0),
            )
        } else {
            inner.min.x += 13.0;
            Rect::from_center_size(
                egui::pos2(inner.min.x - 8.5, rect.center().y),
                Vec2::splat(9.0),
            )
        };
        icons::paint(ui.painter(), icon, square, tokens.accent);
    }
    let format = TextFormat::simple(font(true), tokens.text);
    let galley = line(ui, &column.title, format, inner.width());
    place(ui, galley, inner, column.is_number, tokens.text);
}

/// The button at the right of a title that opens the menu of its column. Returns whether it was clicked.
pub(super) fn menu_button(ui: &Ui, header: Rect, id: Id, name: &str, is_filtered: bool) -> bool {
    let tokens = tokens(ui);
    let rect = Rect::from_min_max(
        egui::pos2(header.right() - MENU - 2.0, header.top()),
        egui::pos2(header.right() - 4.0, header.bottom()),
    );
    let response = ui.interact(rect, id, Sense::CLICK);
    let color = if is_filtered || response.hovered() {
        tokens.accent
    } else {
        tokens.quiet
    };
    let (icon, size) = if is_filtered {
        (Icon::Funnel, 12.0)
    } else {
        (Icon::More, 11.0)
    };
    let square = Rect::from_center_size(rect.center(), Vec2::splat(size));
    icons::paint(ui.painter(), icon, square, color);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, name));
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(name)
        .clicked()
}

/// A cell. Returns whether its text was cut.
pub(super) fn cell(ui: &Ui, cell: &TableCell, look: Look) -> bool {
    let tokens = tokens(ui);
    let rect = ui.max_rect();
    if look.is_chosen {
        ui.painter().rect_filled(rect, 0.0, tokens.tint);
    } else if look.is_match {
        ui.painter().rect_filled(rect, 0.0, tokens.attention_tint);
    }
    if let Some(severity) = cell.finding {
        let edge = Rect::from_min_size(rect.min, Vec2::new(3.0, rect.height() - 1.0));
        let color = Tone::of(severity).ink(ui);
        ui.painter().rect_filled(edge, 0.0, color);
    }
    if let Some([from, to, at]) = cell.span {
        span(ui, rect, from, to, at);
        return false;
    }
    let mut inner = rect.shrink2(Vec2::new(MARGIN, 0.0));
    let color = if cell.unread {
        tokens.attention
    } else if cell.quiet || cell.struck {
        tokens.quiet
    } else {
        tokens.text
    };
    if cell.unread {
        let x = if look.is_number {
            inner.min.x += 14.0;
            inner.min.x - 8.0
        } else {
            inner.max.x -= 14.0;
            inner.max.x + 8.0
        };
        let square = Rect::from_center_size(egui::pos2(x, rect.center().y), Vec2::splat(11.0));
        icons::paint(ui.painter(), Icon::Attention, square, tokens.attention);
    }
    let mut format = TextFormat::simple(font(cell.strong), color);
    format.italics = cell.edited;
    if cell.struck {
        format.strikethrough = Stroke::new(1.0, color);
    }
    let galley = line(ui, &cell.text, format, inner.width());
    let is_cut = galley.elided;
    place(ui, galley, inner, look.is_number, color);
    if look.is_cursor {
        let stroke = Stroke::new(2.0, tokens.accent);
        ui.painter()
            .rect_stroke(rect.shrink(0.5), 1.0, stroke, StrokeKind::Inside);
    }
    is_cut
}

/// An interval with its dot, on a scale from 0 to 1.
fn span(ui: &Ui, rect: Rect, from: f32, to: f32, at: f32) {
    let tokens = tokens(ui);
    let scale = rect.shrink2(Vec2::new(10.0, 0.0));
    let x = |share: f32| egui::lerp(scale.left()..=scale.right(), share.clamp(0.0, 1.0));
    let y = rect.center().y;
    let painter = ui.painter();
    painter.hline(scale.x_range(), y, Stroke::new(1.0, tokens.line));
    painter.vline(x(0.5), y - 4.0..=y + 4.0, Stroke::new(1.0, tokens.border));
    let color = tokens.accent;
    let band = Stroke::new(3.0, color.gamma_multiply(0.55));
    painter.hline(x(from)..=x(to), y, band);
    painter.circle_filled(egui::pos2(x(at), y), 4.5, color);
}
