//! The menus of a column and of a cell: filters, and what can be corrected.

use std::collections::BTreeSet;

use egui::{
    Button, Popup, PopupAnchor, PopupCloseBehavior, ScrollArea, SetOpenCommand, TextEdit, Ui,
};

use super::source::CohortRows;
use super::ui::View;
use crate::app::action::Action;
use crate::app::columns::plain_number;
use crate::app::forms::{FormOf, values};
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::table::{Choices, Filter, MenuOf, Source as _};
use crate::app::theme::{self, TARGET};
use crate::app::widgets;
use crate::cohort::Kind;

/// A menu that is open.
pub(super) struct Menu {
    of: MenuOf,
    at: egui::Pos2,
    is_new: bool,
    /// Ends of the range, as typed.
    from: String,
    to: String,
    /// Part of a text, as typed.
    part: String,
}

impl Menu {
    /// A menu at a place.
    pub(super) fn new(of: MenuOf, at: egui::Pos2, cx: &Cx<'_>, view: &View) -> Self {
        let mut menu = Self {
            of,
            at,
            is_new: true,
            from: String::new(),
            to: String::new(),
            part: String::new(),
        };
        if let MenuOf::Column(column) = of {
            let text = |x: &f64| plain_number(*x, cx.lang);
            match view.table.query.filters.get(&column) {
                Some(Filter::Range(from, to)) => {
                    menu.from = from.as_ref().map(text).unwrap_or_default();
                    menu.to = to.as_ref().map(text).unwrap_or_default();
                }
                Some(Filter::Contains(part)) => menu.part.clone_from(part),
                _ => {}
            }
        }
        menu
    }
}

/// Paints the menu that is open.
pub(super) fn menu_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    rows: &CohortRows,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let Some(mut menu) = view.menu.take() else {
        return;
    };
    let id = ui.scope_id().with("table menu");
    let open = menu.is_new.then_some(SetOpenCommand::Bool(true));
    let popup = Popup::new(
        id,
        ui.ctx().clone(),
        PopupAnchor::Position(menu.at),
        ui.layer_id(),
    )
    .open_memory(open)
    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    .width(300.0)
    .accessible_name(cx.t("column-menu"));
    menu.is_new = false;
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let is_done = match menu.of {
            MenuOf::Column(column) => column_ui(ui, cx, rows, column, &mut menu, view, actions),
            MenuOf::Cell(row, column) => {
                cell_ui(ui, cx, checked, rows, (row, column), view, actions)
            }
        };
        if is_done {
            ui.close();
        }
    });
    if shown.is_some() && Popup::is_id_open(ui.ctx(), id) {
        view.menu = Some(menu);
    }
}

/// An entry of a menu.
fn entry(ui: &mut Ui, text: &str) -> bool {
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(egui::vec2(ui.available_width(), TARGET));
    ui.add(button).clicked()
}

fn column_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &CohortRows,
    column: usize,
    menu: &mut Menu,
    view: &mut View,
    actions: &mut Vec<Action>,
) -> bool {
    let title = rows.columns().get(column).map(|column| &column.title);
    ui.label(theme::heading(
        title.cloned().unwrap_or_default(),
        theme::TEXT_EMPHASIS,
    ));
    ui.horizontal(|ui| {
        for (upwards, key) in [(true, "sort-upwards"), (false, "sort-downwards")] {
            let is_it = view.table.query.sort == Some((column, upwards));
            if widgets::choice(ui, &cx.t(key), is_it).clicked() {
                view.table.query.sort = (!is_it).then_some((column, upwards));
            }
        }
    });
    ui.separator();
    filter_ui(ui, cx, rows, column, menu, view);
    let Some(variable) = rows.variable(column) else {
        return false;
    };
    ui.separator();
    ui.label(widgets::quiet(ui, cx.t("column-correct")));
    let name = &variable.name;
    let mut entries = Vec::new();
    if matches!(variable.kind, Kind::Binary | Kind::Categorical) {
        entries.push(("menu-recode", FormOf::Recode(name.clone())));
    }
    entries.push(("menu-codes", FormOf::MissingCodes(name.clone())));
    if variable.kind == Kind::Numeric {
        entries.push(("menu-scale", FormOf::Scale(name.clone())));
    }
    entries.push(("menu-kind", FormOf::Kind(name.clone())));
    for (key, form) in entries {
        if entry(ui, &cx.t(key)) {
            actions.push(Action::Form(form));
            return true;
        }
    }
    false
}

fn filter_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &CohortRows,
    column: usize,
    menu: &mut Menu,
    view: &mut View,
) {
    let filters = &mut view.table.query.filters;
    ui.horizontal(|ui| {
        ui.label(widgets::quiet(ui, cx.t("filter")));
        if filters.contains_key(&column)
            && widgets::link_button(ui, &cx.t("filter-clear")).clicked()
        {
            filters.remove(&column);
            menu.from.clear();
            menu.to.clear();
            menu.part.clear();
        }
    });
    match rows.choices(column) {
        Choices::Numbers(low, high) => {
            let mut changed = false;
            ui.horizontal(|ui| {
                for (text, key, hint) in [
                    (&mut menu.from, "filter-from", low),
                    (&mut menu.to, "filter-to", high),
                ] {
                    let field = TextEdit::singleline(text)
                        .hint_text(plain_number(hint, cx.lang))
                        .desired_width(90.0);
                    ui.label(cx.t(key));
                    changed |= ui.add(field).accessible_name(cx.t(key)).changed();
                }
            });
            if changed {
                let end = |text: &str| values::amount_of(text, cx.lang);
                let filter = Filter::Range(end(&menu.from), end(&menu.to));
                set(filters, column, filter);
            }
        }
        Choices::Levels(levels) => levels_ui(ui, cx, &levels, column, filters),
        Choices::Text => {
            let name = cx.t("filter-contains");
            let field = TextEdit::singleline(&mut menu.part)
                .hint_text(&name)
                .desired_width(f32::INFINITY);
            if ui.add(field).accessible_name(&name).changed() {
                set(filters, column, Filter::Contains(menu.part.clone()));
            }
        }
    }
    if column > 0 {
        ui.horizontal(|ui| {
            for (filter, key) in [
                (Filter::Missing, "filter-missing"),
                (Filter::Present, "filter-present"),
            ] {
                let is_it = filters.get(&column) == Some(&filter);
                if widgets::choice(ui, &cx.t(key), is_it).clicked() {
                    if is_it {
                        filters.remove(&column);
                    } else {
                        filters.insert(column, filter);
                    }
                }
            }
        });
    }
}

/// Sets a filter; one that leaves nothing out is none.
fn set(filters: &mut std::collections::BTreeMap<usize, Filter>, column: usize, filter: Filter) {
    let is_idle = match &filter {
        Filter::Range(from, to) => from.is_none() && to.is_none(),
        Filter::Contains(part) => part.is_empty(),
        _ => false,
    };
    if is_idle {
        filters.remove(&column);
    } else {
        filters.insert(column, filter);
    }
}

fn levels_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    levels: &[(String, usize)],
    column: usize,
    filters: &mut std::collections::BTreeMap<usize, Filter>,
) {
    let mut ticked: BTreeSet<String> = match filters.get(&column) {
        Some(Filter::Levels(ticked)) => ticked.clone(),
        _ => levels.iter().map(|(level, _)| level.clone()).collect(),
    };
    let mut changed = false;
    ScrollArea::vertical().max_height(180.0).show(ui, |ui| {
        for (level, n) in levels {
            let mut is_ticked = ticked.contains(level);
            let text = format!("{level} ({})", cx.lang.count(*n as i64));
            if ui.checkbox(&mut is_ticked, text).changed() {
                changed = true;
                if is_ticked {
                    ticked.insert(level.clone());
                } else {
                    ticked.remove(level);
                }
            }
        }
    });
    if changed && ticked.len() == levels.len() {
        filters.remove(&column);
    } else if changed {
        filters.insert(column, Filter::Levels(ticked));
    }
}

fn cell_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Checked,
    rows: &CohortRows,
    (row, column): (usize, usize),
    view: &mut View,
    actions: &mut Vec<Action>,
) -> bool {
    let mut is_done = false;
    if let Some(variable) = rows.variable(column) {
        if entry(ui, &cx.t("menu-edit")) {
            actions.push(Action::Form(FormOf::Cell(row, variable.name.clone())));
            is_done = true;
        }
        let value = rows.copied(row, column);
        if matches!(variable.kind, Kind::Binary | Kind::Categorical)
            && !value.is_empty()
            && entry(
                ui,
                &cx.lang
                    .with("menu-only", &[("value", value.as_str().into())]),
            )
        {
            let filter = Filter::Levels(BTreeSet::from([value]));
            view.table.query.filters.insert(column, filter);
            is_done = true;
        }
    }
    if entry(ui, &cx.t("menu-copy")) {
        if let Some(block) = view.table.block(rows.columns().len()) {
            actions.push(Action::CopyBlock(block));
        }
        is_done = true;
    }
    let (key, form) = if checked.cohort.excluded.contains_key(&row) {
        ("menu-include", FormOf::Include(row))
    } else {
        ("menu-exclude", FormOf::Exclude(row))
    };
    if entry(ui, &cx.t(key)) {
        actions.push(Action::Form(form));
        is_done = true;
    }
    is_done
}
