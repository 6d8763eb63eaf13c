//! Paints one column: facts, histogram or bars, why it is read so.

use std::sync::Arc;

use egui::{Label, ScrollArea, Sense, Ui, Vec2};

use super::model::ColumnPage;
use super::ui::View;
use crate::app::figure_view;
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::theme::{self, tokens};
use crate::app::widgets;

/// Paints the column that is looked at.
pub(super) fn inspector_ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Arc<Checked>, view: &mut View) {
    let name = view.column.clone().or_else(|| {
        // Until one is chosen: the first column that can be counted.
        checked
            .columns
            .iter()
            .find(|column| column.spread.is_some())
            .map(|column| column.name.clone())
    });
    let (lang, version) = cx.key();
    let page = view.inspected.get((lang, version, name.clone()), || {
        ColumnPage::new(checked, name.as_deref()?, lang)
    });
    let Some(page) = page else {
        widgets::quiet_label(ui, cx.t("column-choose"));
        return;
    };
    ui.label(theme::heading(&page.title, theme::TEXT_EMPHASIS));
    let height = ui.available_height() - 4.0;
    let (first, rest) = page.facts.split_at(page.facts.len().div_ceil(2));
    widgets::columns(ui, &[1.0, 1.25, 1.2], 150.0, |column, ui| {
        if column < 2 {
            ScrollArea::vertical()
                .id_salt(("facts", column))
                .max_height(height)
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    let facts = if column == 0 { first } else { rest };
                    widgets::facts(ui, "facts", facts);
                    if column == 1 {
                        reasons_ui(ui, cx, page);
                    }
                });
        } else if let Some(figure) = &page.figure {
            figure_view::figure_ui(ui, figure, height, cx.lang);
        } else {
            ScrollArea::vertical()
                .id_salt("levels")
                .max_height(height)
                .auto_shrink([false, false])
                .show(ui, |ui| levels_ui(ui, cx, page));
        }
    });
}

fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, page: &ColumnPage) {
    if !page.reasons.is_empty() {
        ui.add_space(4.0);
        widgets::quiet_label(
            ui,
            format!("{} {}", cx.t("column-reasons"), page.reasons.join("; ")),
        );
    }
}

fn levels_ui(ui: &mut Ui, cx: &Cx<'_>, page: &ColumnPage) {
    if page.levels.is_empty() {
        widgets::quiet_label(ui, cx.t("column-no-levels"));
    }
    for (level, n, share) in &page.levels {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(140.0, 20.0), Sense::hover());
            let mut side = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            side.add(Label::new(level).truncate());
            let color = tokens(ui).role(crate::figure::Role::ModelA);
            let width = (ui.available_width() - 120.0).max(60.0);
            widgets::bar(ui, *share as f32, width, color);
            ui.label(format!(
                "{} ({})",
                cx.lang.count(*n as i64),
                cx.lang.percent(*share)
            ));
        });
    }
}
