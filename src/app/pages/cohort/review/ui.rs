//! Paints the review: findings at the left, the table, one column below.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, TextEdit, Ui, Vec2};

use super::findings::FindingsPage;
use super::inspector::inspector_ui;
use super::list::list_ui;
use super::menus::{self, Menu};
use super::model::{CohortPage, ColumnPage};
use super::rules::{self, rules_ui};
use super::source::CohortRows;
use crate::app::action::Action;
use crate::app::forms::FormOf;
use crate::app::icons::{self, Icon};
use crate::app::pages::Cx;
use crate::app::state::{Cached, Checked};
use crate::app::table::{self, Block, Only, Source as _, TableView, Wanted};
use crate::app::theme::{SPACE_M, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::review::{FindingKey, Status};

const INSPECTOR: f32 = 196.0;
/// On a low window the column gives its place to the table.
const LOWEST_WITH_INSPECTOR: f32 = 470.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// The table.
    pub(super) table: TableView,
    /// The column that is looked at.
    pub column: Option<String>,
    /// The finding that is chosen.
    pub(super) finding: Option<FindingKey>,
    /// Where it stood among all findings when it was chosen.
    chosen_at: usize,
    /// Findings with this status are listed.
    pub(super) shows: Status,
    /// What is written about the finding that is chosen.
    pub(super) note: String,
    /// Whether the finding after the chosen one is to be chosen once it has left the list.
    pub(super) moves_on: bool,
    /// The rule whose findings are unfolded.
    pub(super) unfolded: Option<String>,
    pub(super) menu: Option<Menu>,
    /// Whether the left card shows the rules.
    shows_rules: bool,
    /// The rule that is being typed.
    rule: rules::Draft,
    /// Whether the search field is to have the keyboard.
    seeks: bool,
    page: Cached<(Lang, u64), CohortPage>,
    findings: Cached<(Lang, u64, Status), FindingsPage>,
    rows: Option<(u64, Arc<CohortRows>)>,
    pub(super) inspected: Cached<(Lang, u64, Option<String>), Option<ColumnPage>>,
}

impl View {
    /// Where things stand, in a sentence.
    pub fn sentence(&mut self, checked: &Checked, cx: &Cx<'_>) -> String {
        self.page(checked, cx).sentence.clone()
    }

    fn page(&mut self, checked: &Checked, cx: &Cx<'_>) -> &CohortPage {
        self.page
            .get(cx.key(), || CohortPage::new(checked, cx.session, cx.lang))
    }

    fn findings(&mut self, checked: &Checked, cx: &Cx<'_>) -> &FindingsPage {
        let (lang, version) = cx.key();
        let shows = self.shows;
        self.findings.get((lang, version, shows), || {
            FindingsPage::new(checked, cx.session, shows, lang)
        })
    }

    /// The rows of what is open, made anew only when it changes, with their version.
    pub fn rows(&mut self, checked: &Arc<Checked>, lang: Lang) -> (u64, Arc<CohortRows>) {
        let version = match &self.rows {
            Some((version, rows)) if rows.is_of(checked, lang) => {
                return (*version, Arc::clone(rows));
            }
            Some((version, _)) => version + 1,
            None => 0,
        };
        let rows = Arc::new(CohortRows::new(checked, lang));
        self.rows = Some((version, Arc::clone(&rows)));
        (version, rows)
    }

    /// The rows in their order, for a block that is to be copied.
    pub fn copy_of(&self) -> Option<(Arc<CohortRows>, Arc<Vec<usize>>)> {
        let (_, rows) = self.rows.as_ref()?;
        Some((Arc::clone(rows), Arc::clone(self.table.shown())))
    }

    /// Takes the order of the rows that a job made.
    pub fn arranged(&mut self, wanted: Wanted, order: Vec<usize>) {
        self.table.arranged(wanted, order);
    }

    /// Gives the keyboard to the search field.
    pub fn seek(&mut self) {
        self.seeks = true;
        self.shows_rules = false;
    }

    /// Goes to a cell; without a name the column stays.
    pub fn go_to(&mut self, checked: &Arc<Checked>, lang: Lang, row: usize, name: Option<&str>) {
        let (version, rows) = self.rows(checked, lang);
        if !rows.is_large() {
            self.table.order(rows.as_ref(), version);
        }
        let column = match name {
            Some(name) => rows.column_of(name),
            None => self.table.cell().map_or(0, |(_, column)| column),
        };
        self.table.go_to(row, column);
        if let Some(name) = name {
            self.column = Some(name.to_owned());
        }
    }

    /// Shows the rows in which nothing that can be used stands in a column; the first of them
    /// where one is named.
    pub fn show_missing(
        &mut self,
        checked: &Arc<Checked>,
        lang: Lang,
        name: &str,
        row: Option<usize>,
    ) {
        let (_, rows) = self.rows(checked, lang);
        let column = rows.column_of(name);
        self.table.query.show_all();
        self.column = Some(name.to_owned());
        if let Some(row) = row {
            self.table.go_to(row, column);
        }
        let missing = table::Filter::Missing;
        self.table.query.filters.insert(column, missing);
    }

    /// The cell under the cursor: row, name of the variable.
    pub fn cell(&self) -> Option<(usize, String)> {
        let (row, column) = self.table.cell()?;
        let (_, rows) = self.rows.as_ref()?;
        Some((row, rows.variable(column)?.name.clone()))
    }

    /// Chooses a finding and goes to its cell, its row or its column.
    pub(super) fn go_to_finding(&mut self, checked: &Checked, number: usize) {
        let Some(finding) = checked.to_review.get(number) else {
            return;
        };
        self.finding = Some(finding.key.clone());
        self.chosen_at = number;
        self.note.clear();
        self.shows_rules = false;
        let name = finding.key.variable.as_deref();
        if let Some(name) = name {
            self.column = Some(name.to_owned());
        }
        let Some((_, rows)) = &self.rows else {
            return;
        };
        let column = name.map_or(0, |name| rows.column_of(name));
        match (&finding.row, name) {
            (Some(row), _) => self.table.go_to(row.row, column),
            // A finding about a whole column: to its top.
            (None, Some(_)) => {
                if let Some(&first) = self.table.shown().first() {
                    self.table.go_to(first, column);
                }
            }
            (None, None) => {}
        }
    }

    /// Chooses the next finding that is listed, or the one before.
    pub fn step_finding(&mut self, cx: &Cx<'_>, forward: bool) {
        let Some(checked) = &cx.session.checked else {
            return;
        };
        self.rows(checked, cx.lang);
        let from = self.finding.clone();
        // What was corrected is found no more: its successor is next.
        let has_left = from.is_some() && !self.is_listed(checked);
        let successor = if has_left && forward {
            self.successor(checked, cx)
        } else {
            None
        };
        let next = successor.or_else(|| {
            self.findings(checked, cx)
                .step(checked, from.as_ref(), forward)
        });
        if let Some(number) = next {
            self.unfolded = Some(checked.to_review[number].key.rule.clone());
            self.go_to_finding(checked, number);
        }
    }

    /// Marks the finding that is chosen; the next one is chosen then.
    pub fn mark_chosen(&mut self, cx: &Cx<'_>, status: Status) -> Option<Action> {
        let key = self.finding.clone()?;
        let checked = cx.session.checked.as_ref()?;
        let finding = checked
            .to_review
            .iter()
            .find(|finding| finding.key == key && finding.status != status)?;
        let action = self.mark(finding, status);
        self.moves_on = true;
        Some(action)
    }

    /// Whether the chosen finding is still among those that are listed.
    fn is_listed(&self, checked: &Checked) -> bool {
        self.finding.as_ref().is_some_and(|key| {
            let mut all = checked.to_review.iter();
            all.any(|finding| finding.key == *key && finding.status == self.shows)
        })
    }

    /// The finding that took the place of the chosen one in its group.
    fn successor(&mut self, checked: &Checked, cx: &Cx<'_>) -> Option<usize> {
        let (unfolded, chosen_at) = (self.unfolded.clone(), self.chosen_at);
        let page = self.findings(checked, cx);
        let group = page
            .groups
            .iter()
            .find(|group| Some(&group.rule) == unfolded.as_ref())?;
        let after = group.items.iter().find(|at| **at >= chosen_at);
        after.or(group.items.first()).copied()
    }

    /// Once the chosen finding has left the list, the one that took its place is chosen.
    fn move_on(&mut self, checked: &Checked, cx: &Cx<'_>) {
        if self.is_listed(checked) {
            return;
        }
        self.moves_on = false;
        match self.successor(checked, cx) {
            Some(number) => self.go_to_finding(checked, number),
            None => self.finding = None,
        }
    }
}

/// Paints the part.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    view.rows(checked, cx.lang);
    if view.moves_on {
        view.move_on(checked, cx);
    }
    let height = ui.available_height();
    let inspector = if height < LOWEST_WITH_INSPECTOR {
        0.0
    } else {
        INSPECTOR + SPACE_M
    };
    let top = (height - inspector).max(180.0);
    let left = (ui.available_width() * 0.3).clamp(280.0, 400.0);
    let area = ui.available_rect_before_wrap();
    let findings = egui::Rect::from_min_size(area.min, Vec2::new(left, height));
    let x = findings.right() + SPACE_M;
    let table = egui::Rect::from_min_max(
        egui::pos2(x, area.top()),
        egui::pos2(area.right(), area.top() + top),
    );
    part(ui, "findings", findings, |ui| {
        left_ui(ui, cx, checked, view, actions);
    });
    part(ui, "rows", table, |ui| {
        rows_ui(ui, cx, checked, view, actions);
    });
    if inspector > 0.0 {
        let corner = egui::pos2(x, table.bottom() + SPACE_M);
        let below = egui::Rect::from_min_max(corner, area.max);
        part(ui, "column", below, |ui| {
            inspector_ui(ui, cx, checked, view);
        });
    }
    ui.advance_cursor_after_rect(area);
}

/// A card in a fixed place.
fn part(ui: &mut Ui, name: &str, rect: egui::Rect, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(egui::UiBuilder::new().id_salt(name).max_rect(rect));
    let frame = widgets::card_frame(&child).inner_margin(egui::Margin::same(12));
    frame.show(&mut child, |ui| {
        ui.set_width(rect.width() - 26.0);
        ui.set_height(rect.height() - 26.0);
        add(ui);
    });
}

fn left_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let tabs = [
        (false, cx.t("cohort-findings")),
        (true, cx.t("cohort-rules")),
    ];
    if let Some(tab) = widgets::choices(ui, view.shows_rules, &tabs) {
        view.shows_rules = tab;
    }
    ui.add_space(4.0);
    if view.shows_rules {
        egui::ScrollArea::vertical()
            .id_salt("left")
            .auto_shrink([false, false])
            .show(ui, |ui| rules_ui(ui, cx, checked, &mut view.rule, actions));
    } else {
        // The list is taken out while it is painted: what it paints changes the view beside it.
        view.findings(checked, cx);
        let list = std::mem::take(&mut view.findings);
        if let Some(page) = list.now() {
            list_ui(ui, cx, checked, page, view, actions);
        }
        view.findings = list;
    }
}

fn rows_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let (version, rows) = view.rows(checked, cx.lang);
    view.table.menu_name = cx.t("column-menu");
    ui.horizontal(|ui| tools_ui(ui, cx, &rows, view, actions));
    if let Some(wanted) = view.table.refresh(rows.as_ref(), version) {
        actions.push(Action::Arrange(wanted));
    }
    let name = cx.t("cohort-table");
    let events = table::table_ui(ui, &name, rows.as_ref(), version, &mut view.table);
    if let Some(variable) = events.column.and_then(|column| rows.variable(column)) {
        view.column = Some(variable.name.clone());
    }
    if let Some((row, column)) = events.opened
        && let Some(variable) = rows.variable(column)
    {
        let form = FormOf::Cell(row, variable.name.clone());
        actions.push(Action::Form(form));
    }
    if let Some(block) = events.copy {
        actions.push(Action::CopyBlock(block));
    }
    if let Some((of, at)) = events.menu {
        view.menu = Some(Menu::new(of, at, cx, view));
    }
    menus::menu_ui(ui, cx, checked, &rows, view, actions);
}

/// What stands over the table: how many rows are shown, search, filters, copy.
fn tools_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &CohortRows,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let n_shown = view.table.shown().len();
    let words = if view.table.is_waiting() {
        cx.t("rows-waiting")
    } else {
        let args = [
            ("n", cx.lang.count(n_shown as i64).into()),
            ("of", cx.lang.count(rows.n_rows() as i64).into()),
        ];
        cx.lang.with("n-shown", &args)
    };
    ui.label(widgets::quiet(ui, words));
    if view.table.query.leaves_out() && widgets::link_button(ui, &cx.t("rows-all")).clicked() {
        view.table.query.show_all();
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::button(ui, &cx.t("copy-table"), true).clicked() {
            actions.push(Action::CopyBlock(Block {
                positions: 0..n_shown,
                columns: 0..rows.columns().len(),
                with_titles: true,
            }));
        }
        find_ui(ui, cx, rows, view);
        let is_only = view.table.query.only != Only::All;
        if widgets::choice(ui, &cx.t("rows-found"), is_only).clicked() {
            view.table.query.only = if is_only { Only::All } else { Only::Found };
        }
    });
}

/// The search field; Enter and F3 go on to the next match, with shift to the one before.
fn find_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &CohortRows, view: &mut View) {
    let is_searching = !view.table.query.search.trim().is_empty();
    let mut step = None;
    if is_searching {
        if widgets::icon_button(ui, Icon::Down, &cx.t("match-next"), true).clicked() {
            step = Some(true);
        }
        if widgets::icon_button(ui, Icon::Up, &cx.t("match-previous"), true).clicked() {
            step = Some(false);
        }
    }
    let response = search_field(ui, cx, &mut view.table.query.search, "search-rows");
    if std::mem::take(&mut view.seeks) {
        response.request_focus();
    }
    let (enter, shift, f3, shift_f3) = ui.input_mut(|input| {
        let shift_f3 = input.consume_key(Modifiers::SHIFT, Key::F3);
        let f3 = input.consume_key(Modifiers::NONE, Key::F3);
        let enter = input.key_pressed(Key::Enter);
        (enter, input.modifiers.shift, f3, shift_f3)
    });
    if response.lost_focus() && enter {
        step = Some(!shift);
        response.request_focus();
    }
    if f3 || shift_f3 {
        step = Some(f3);
    }
    if let Some(forward) = step.filter(|_| is_searching) {
        view.table.step_match(rows, forward);
    }
}

/// A search field with its lens.
pub(in crate::app) fn search_ui(ui: &mut Ui, cx: &Cx<'_>, text: &mut String, key: &str) {
    search_field(ui, cx, text, key);
}

fn search_field(ui: &mut Ui, cx: &Cx<'_>, text: &mut String, key: &str) -> egui::Response {
    let hint = cx.t(key);
    let field = TextEdit::singleline(text)
        .id(Id::unique(key))
        .hint_text(&hint)
        .desired_width(150.0)
        .margin(egui::Margin {
            left: 28,
            right: 8,
            top: 6,
            bottom: 6,
        });
    let response = ui.add(field).accessible_name(&hint);
    let square = egui::Rect::from_center_size(
        egui::pos2(response.rect.left() + 15.0, response.rect.center().y),
        Vec2::splat(13.0),
    );
    icons::paint(ui.painter(), Icon::Search, square, tokens(ui).quiet);
    response
}
