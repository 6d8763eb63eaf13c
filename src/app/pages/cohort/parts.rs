//! What the parts of the cohort page share: cards in a fixed place, words in a fixed place.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontFamily, FontId, Pos2, Rect, Ui, UiBuilder};

use crate::app::theme;
use crate::app::widgets;

/// A card in a fixed place.
pub(super) fn card(ui: &mut Ui, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
    let frame = widgets::card_frame(&child).inner_margin(egui::Margin::same(12));
    frame.show(&mut child, |ui| {
        ui.set_width(rect.width() - 26.0);
        ui.set_height(rect.height() - 26.0);
        add(ui);
    });
}

/// Body text.
pub(super) fn plain() -> FontId {
    FontId::proportional(theme::TEXT_BODY)
}

/// Body text in half-bold.
pub(super) fn strong() -> FontId {
    FontId::new(theme::TEXT_BODY, FontFamily::Name(theme::STRONG.into()))
}

/// Words on one line within a place, from its left or to its right; where they do not fit they end in "…".
pub(super) fn write(ui: &Ui, rect: Rect, align: Align2, text: &str, font: FontId, color: Color32) {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
    job.wrap = TextWrapping::truncate_at_width(rect.width());
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    let x = match align.x() {
        egui::Align::Min => rect.left(),
        egui::Align::Center => rect.center().x - size.x / 2.0,
        egui::Align::Max => rect.right() - size.x,
    };
    let at = Pos2::new(x, rect.center().y - size.y / 2.0);
    ui.painter().galley(at, galley, color);
}
