//! Paints the trail: a table that can be filtered by person, column and kind, and exported.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{ComboBox, Ui};

use super::model::{COLUMN, TrailRows, WHAT, WHO};
use crate::app::action::{Action, Ask};
use crate::app::pages::Cx;
use crate::app::pages::cohort::search_ui;
use crate::app::state::{Cached, Checked};
use crate::app::table::{self, Filter, Source as _, TableView};
use crate::app::theme::SPACE_S;
use crate::app::widgets;
use crate::base::text::Lang;

/// What the part remembers.
#[derive(Default)]
pub struct View {
    table: TableView,
    rows: Cached<(Lang, u64), Option<Arc<TrailRows>>>,
}

/// Paints the part.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, checked: &Checked, view: &mut View, actions: &mut Vec<Action>) {
    let study = &cx.session.study;
    let rows = view.rows.get(cx.key(), || {
        let keys = &checked.cohort.row_keys;
        Some(Arc::new(TrailRows::new(study, &checked.ids, keys, cx.lang)))
    });
    let Some(rows) = rows.clone() else {
        return;
    };
    widgets::quiet_label(ui, cx.t("trail-about"));
    ui.horizontal(|ui| {
        for (column, key) in [
            (WHO, "trail-everyone"),
            (COLUMN, "trail-every-column"),
            (WHAT, "trail-every-kind"),
        ] {
            filter_ui(ui, &cx.t(key), &rows, column, &mut view.table);
        }
        search_ui(ui, cx, &mut view.table.query.search, "search-trail");
        let version = cx.session.version;
        let n_shown = view.table.order(rows.as_ref(), version).len();
        let args = [
            ("n", cx.lang.count(n_shown as i64).into()),
            ("of", cx.lang.count(rows.n_rows() as i64).into()),
        ];
        ui.label(widgets::quiet(ui, cx.lang.with("n-shown", &args)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::button(ui, &cx.t("trail-export"), n_shown > 0).clicked() {
                let sheet = rows.sheet(view.table.shown(), cx.t("tab-trail"));
                let name = cx.t("trail-file");
                actions.push(Action::Ask(Ask::SaveSheet { name, sheet }));
            }
            if widgets::button(ui, &cx.t("copy-table"), n_shown > 0).clicked() {
                let text = table::tsv(rows.as_ref(), view.table.shown());
                actions.push(Action::Copy(text));
            }
        });
    });
    ui.add_space(SPACE_S);
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::same(1));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let name = cx.t("tab-trail");
        table::table_ui(
            ui,
            &name,
            rows.as_ref(),
            cx.session.version,
            &mut view.table,
        );
    });
}

/// A choice among what stands in a column.
fn filter_ui(ui: &mut Ui, all: &str, rows: &TrailRows, column: usize, table: &mut TableView) {
    let now = match table.query.filters.get(&column) {
        Some(Filter::Levels(levels)) => levels.first().cloned(),
        _ => None,
    };
    let response = ComboBox::from_id_salt(("trail", column))
        .selected_text(now.clone().unwrap_or_else(|| all.to_owned()))
        .width(150.0)
        .show_ui(ui, |ui| {
            if ui.selectable_label(now.is_none(), all).clicked() {
                table.query.filters.remove(&column);
            }
            for text in rows.distinct(column) {
                let is_it = now.as_ref() == Some(&text);
                if ui.selectable_label(is_it, &text).clicked() {
                    let filter = Filter::Levels(BTreeSet::from([text]));
                    table.query.filters.insert(column, filter);
                }
            }
        })
        .response;
    response.accessible_name(all);
}
