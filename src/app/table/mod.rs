//! A table that draws only what is visible: frozen first column, a cell cursor, blocks of cells,
//! sorting, filters, copying, and the roles that a screen reader needs.
//!
//! What stands in a cell comes from a [`Source`]; the order of the rows is kept in [`TableView`]
//! and made anew only when the query or the source changes. No work of a frame grows with the rows.

mod keys;
mod paint;
pub mod query;
pub mod selection;

use std::sync::Arc;

use egui::{Id, Pos2, Rect, Sense, Ui, Vec2, accesskit::Role as AccessRole};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

use crate::app::theme::{TARGET, tokens};
use crate::base::issue::Severity;
use crate::base::task::{Cancelled, TaskHandle};

pub use query::{Choices, Filter, Only, Query, compare_texts, reverse_known};
pub use selection::{Block, Selection, Spot};

/// Height of a row.
pub const ROW: f32 = 26.0;
/// Larger blocks are put together by a job before they are copied.
const N_COPIED_AT_ONCE: usize = 50_000;
/// Rows that are looked through for the next match within a frame.
const N_LOOKED_THROUGH: usize = 400;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Title.
    pub title: String,
    /// What it says on hover.
    pub tip: String,
    /// Width at first.
    pub width: f32,
    /// Numbers stand at the right.
    pub is_number: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    /// Text.
    pub text: String,
    /// In quiet colour.
    pub quiet: bool,
    /// In half-bold.
    pub strong: bool,
    /// In italics: not what the file has.
    pub edited: bool,
    /// With a mark: the file has it, but it can't be used as it stands.
    pub unread: bool,
    /// Struck out: left out of every analysis.
    pub struck: bool,
    /// A finding: a coloured edge.
    pub finding: Option<Severity>,
    /// A bar behind the text: from, to and middle in [0, 1].
    pub span: Option<[f32; 3]>,
}

impl TableCell {
    /// A cell with text only.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Where a table gets its contents from. Rows are counted as in the source, before sorting.
pub trait Source: Send + Sync {
    /// The columns; the first is frozen.
    fn columns(&self) -> &[TableColumn];
    /// Number of rows.
    fn n_rows(&self) -> usize;
    /// A cell.
    fn cell(&self, row: usize, column: usize) -> TableCell;
    /// Orders the rows by a column, smallest first; rows without a value go last.
    fn sort(&self, rows: &mut [usize], column: usize);
    /// Whether a row matches a search text, given in lower case.
    fn matches(&self, row: usize, search: &str) -> bool;

    /// What a cell says on hover.
    fn tip(&self, _row: usize, _column: usize) -> String {
        String::new()
    }

    /// A cell as a spreadsheet takes it.
    fn copied(&self, row: usize, column: usize) -> String {
        self.cell(row, column).text
    }

    /// Whether so much stands in it that arranging its rows is a job.
    fn is_large(&self) -> bool {
        false
    }

    /// Whether what stands in a cell passes a filter.
    fn passes(&self, row: usize, column: usize, filter: &Filter) -> bool {
        filter.passes_text(known(&self.copied(row, column)))
    }

    /// The rows that a query leaves, in its order.
    fn arrange(&self, query: &Query, task: &TaskHandle) -> Result<Vec<usize>, Cancelled> {
        let needle = query.needle();
        let passes = |row: usize| {
            (needle.is_empty() || self.matches(row, &needle))
                && query
                    .filters
                    .iter()
                    .all(|(&column, filter)| self.passes(row, column, filter))
        };
        let mut rows: Vec<usize> = (0..self.n_rows()).filter(|&row| passes(row)).collect();
        task.check()?;
        if let Some((column, upwards)) = query.sort {
            self.sort(&mut rows, column);
            if !upwards {
                rows.reverse();
            }
        }
        Ok(rows)
    }
}

fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// What a menu belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuOf {
    /// A column.
    Column(usize),
    /// A cell: row as in the source, column.
    Cell(usize, usize),
}

/// What a person did to a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableEvents {
    /// A cell was opened, by double click, Enter or F2: row as in the source, column.
    pub opened: Option<(usize, usize)>,
    /// The column that is being looked at now: its title was clicked, or the cursor went there.
    pub column: Option<usize>,
    /// A menu was asked for, and where.
    pub menu: Option<(MenuOf, Pos2)>,
    /// A block too large to be copied within a frame.
    pub copy: Option<Block>,
}

/// What an order of rows was made for: version of the source, query.
pub type Wanted = (u64, Query);

/// How far the table moves to show the cursor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scroll {
    /// Until it is seen.
    JustEnough,
    /// Until it stands in the middle.
    ToTheMiddle,
}

/// How a table is looked at.
#[derive(Default)]
pub struct TableView {
    /// Which rows, in what order.
    pub query: Query,
    /// Name of the menu of a column for a screen reader, before the title; no menu where empty.
    pub menu_name: String,
    selection: Selection,
    /// The row under the cursor, counted as in the source: the cursor follows it through sorting.
    row: Option<usize>,
    by_rows: bool,
    order: Arc<Vec<usize>>,
    made_for: Option<Wanted>,
    wanted: Option<Wanted>,
    /// The row that the cursor goes to once the rows are in order again.
    target: Option<(usize, usize)>,
    scroll: Option<Scroll>,
    is_dragging: bool,
    n_page: usize,
    cursor_rect: Option<Rect>,
    widths: Option<(u64, f32, Vec<Column>)>,
}

impl TableView {
    /// A view sorted by a column, smallest first if `upwards`, in which whole rows are chosen.
    pub fn sorted(column: usize, upwards: bool) -> Self {
        Self {
            query: Query {
                sort: Some((column, upwards)),
                ..Query::default()
            },
            by_rows: true,
            ..Self::default()
        }
    }

    /// The rows that are shown, in order. `version` moves when the source changes.
    pub fn order(&mut self, source: &dyn Source, version: u64) -> &[usize] {
        if !self.is_made_for(version) {
            let order = source.arrange(&self.query, &TaskHandle::unattended());
            self.wanted = None;
            self.arranged((version, self.query.clone()), order.unwrap_or_default());
        }
        &self.order
    }

    /// Brings the order up to date, at once where that is quick. What a job has to do is returned, once.
    pub fn refresh(&mut self, source: &dyn Source, version: u64) -> Option<Wanted> {
        if self.is_made_for(version) {
            self.wanted = None;
            return None;
        }
        let is_plain = self.query.sort.is_none() && !self.query.leaves_out();
        if is_plain || !source.is_large() {
            self.order(source, version);
            return None;
        }
        let wanted = (version, self.query.clone());
        if self.wanted.as_ref() == Some(&wanted) {
            return None;
        }
        self.wanted = Some(wanted.clone());
        // Until the job answers the rows stay as they stand, as far as they are still there.
        let fits = self.order.iter().all(|&row| row < source.n_rows());
        if self.made_for.is_none() || !fits {
            self.order = Arc::new((0..source.n_rows()).collect());
            self.made_for = Some((version, Query::default()));
            self.follow();
        }
        Some(wanted)
    }

    /// Takes the order that was made; one that is not wanted any more is dropped.
    pub fn arranged(&mut self, made_for: Wanted, order: Vec<usize>) {
        if self
            .wanted
            .as_ref()
            .is_some_and(|wanted| *wanted != made_for)
        {
            return;
        }
        self.wanted = None;
        self.order = Arc::new(order);
        self.made_for = Some(made_for);
        self.follow();
    }

    /// Whether the rows are still being put in order.
    pub fn is_waiting(&self) -> bool {
        self.wanted.is_some()
    }

    fn is_made_for(&self, version: u64) -> bool {
        self.made_for
            .as_ref()
            .is_some_and(|(made, query)| *made == version && *query == self.query)
    }

    /// The rows that are shown, in order, as they were made last.
    pub fn shown(&self) -> &Arc<Vec<usize>> {
        &self.order
    }

    /// The row under the cursor, counted as in the source.
    pub fn selected(&self) -> Option<usize> {
        self.row
    }

    /// The cell under the cursor: row as in the source, column.
    pub fn cell(&self) -> Option<(usize, usize)> {
        Some((self.row?, self.selection.cursor()?.column))
    }

    /// Goes to a cell and brings it into view. Where the query leaves its row out, every row is shown again.
    pub fn go_to(&mut self, row: usize, column: usize) {
        if !self.order.contains(&row) {
            self.query.show_all();
        }
        self.target = Some((row, column));
        self.follow();
    }

    /// Brings the cursor to its row after the rows have been put in another order.
    fn follow(&mut self) {
        let cell = self.target.or_else(|| self.cell());
        let Some((row, column)) = cell else {
            return;
        };
        match self.order.iter().position(|&shown| shown == row) {
            Some(position) => {
                self.target = None;
                self.put(Spot { position, column }, false);
                self.scroll = Some(Scroll::ToTheMiddle);
            }
            // A cell that is gone to may come with the next order.
            None if self.target.is_none() => {
                self.selection.clear();
                self.row = None;
            }
            None => {}
        }
    }

    fn put(&mut self, spot: Spot, extends: bool) {
        self.selection.place(spot, extends);
        self.row = self.order.get(spot.position).copied();
        self.scroll = Some(Scroll::JustEnough);
    }

    fn step(&mut self, by: (isize, isize), extends: bool, n_columns: usize) {
        let size = (self.order.len(), n_columns);
        if let Some(spot) = self.selection.step(by, extends, size) {
            self.put(spot, extends);
        }
    }

    /// Goes to the next cell that holds the search text, or to the one before. Returns whether there is one.
    pub fn step_match(&mut self, source: &dyn Source, forward: bool) -> bool {
        let needle = self.query.needle();
        let (n_rows, n_columns) = (self.order.len(), source.columns().len());
        if needle.is_empty() || n_rows == 0 || n_columns == 0 {
            return false;
        }
        let n_cells = n_rows * n_columns;
        let start = self.selection.cursor().map_or_else(
            || if forward { n_cells - 1 } else { 0 },
            |spot| spot.position * n_columns + spot.column,
        );
        for step in 1..=n_cells.min(N_LOOKED_THROUGH * n_columns) {
            let at = if forward {
                (start + step) % n_cells
            } else {
                (start + n_cells - step % n_cells) % n_cells
            };
            let spot = Spot {
                position: at / n_columns,
                column: at % n_columns,
            };
            let Some(&row) = self.order.get(spot.position) else {
                continue;
            };
            if source
                .cell(row, spot.column)
                .text
                .to_lowercase()
                .contains(&needle)
            {
                self.put(spot, false);
                return true;
            }
        }
        false
    }

    /// The block that is chosen.
    pub fn block(&self, n_columns: usize) -> Option<Block> {
        let mut selection = self.selection;
        if self.by_rows {
            selection.widen_to_rows();
        }
        selection.block((self.order.len(), n_columns))
    }

    /// Widths for the space there is: the last column takes what the others leave.
    fn columns(&mut self, id: Id, source: &dyn Source, version: u64, width: f32) -> Vec<Column> {
        let is_made = |(made, of, columns): &(u64, f32, Vec<Column>)| {
            *made == version && *of == width && columns.len() == source.columns().len()
        };
        if !self.widths.as_ref().is_some_and(is_made) {
            let total: f32 = source.columns().iter().map(|column| column.width).sum();
            let slack = (width - total).max(0.0).floor();
            let last = source.columns().len().saturating_sub(1);
            let columns = source.columns().iter().enumerate().map(|(at, column)| {
                let extra = if at == last { slack } else { 0.0 };
                Column::new(column.width + extra)
                    .range(48.0..=2000.0)
                    .id(id.with((&column.title, extra as i32)))
            });
            self.widths = Some((version, width, columns.collect()));
        }
        self.widths
            .as_ref()
            .map_or_else(Vec::new, |(_, _, columns)| columns.clone())
    }
}

/// A block as tab-separated text, for a spreadsheet.
pub fn block_text(source: &dyn Source, order: &[usize], block: &Block) -> String {
    let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let mut lines = Vec::new();
    if block.with_titles {
        let titles: Vec<String> = source
            .columns()
            .iter()
            .take(block.columns.end)
            .skip(block.columns.start)
            .map(|column| clean(&column.title))
            .collect();
        lines.push(titles.join("\t"));
    }
    for &row in order
        .iter()
        .take(block.positions.end)
        .skip(block.positions.start)
    {
        let cells: Vec<String> = block
            .columns
            .clone()
            .map(|column| clean(&source.copied(row, column)))
            .collect();
        lines.push(cells.join("\t"));
    }
    lines.join("\n")
}

/// The visible rows and columns as tab-separated text, for a spreadsheet.
pub fn tsv(source: &dyn Source, rows: &[usize]) -> String {
    let block = Block {
        positions: 0..rows.len(),
        columns: 0..source.columns().len(),
        with_titles: true,
    };
    block_text(source, rows, &block)
}

/// Draws a table over the available space. `name` is what a screen reader calls it.
pub fn table_ui(
    ui: &mut Ui,
    name: &str,
    source: &dyn Source,
    version: u64,
    view: &mut TableView,
) -> TableEvents {
    let mut events = TableEvents::default();
    if !source.is_large() {
        view.order(source, version);
    }
    let id = ui.scope_id().with(("table", name));
    let area = ui.available_rect_before_wrap();
    let frame = ui.interact(area, id, Sense::FOCUSABLE);
    if frame.has_focus() {
        keys::keyboard(ui, id, source, view, &mut events);
        let line = egui::Stroke::new(1.5, tokens(ui).accent);
        ui.painter()
            .rect_stroke(area, 2.0, line, egui::StrokeKind::Inside);
    }
    keys::drag_beyond(ui, area, source, view);
    let head = Rect::from_min_size(area.min, Vec2::new(area.width(), TARGET + 2.0));
    ui.painter().rect_filled(head, 0.0, tokens(ui).hover);
    let n_rows = view.order.len();
    let n_columns = source.columns().len();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(AccessRole::Table);
        node.set_label(name);
        node.set_row_count(n_rows);
        node.set_column_count(n_columns);
    });
    let columns = view.columns(id, source, version, area.width());
    let mut table = Table::new()
        .id_salt((name, n_columns))
        .num_rows(n_rows as u64)
        .columns(columns)
        .num_sticky_cols(1)
        .headers(vec![HeaderRow::new(TARGET + 2.0)]);
    if let Some(scroll) = view.scroll.take()
        && let Some(spot) = view.selection.cursor()
        && spot.position < n_rows
    {
        let align = (scroll == Scroll::ToTheMiddle).then_some(egui::Align::Center);
        table = table.scroll_to_row(spot.position as u64, align);
        if (1..n_columns).contains(&spot.column) {
            table = table.scroll_to_column(spot.column, None);
        }
    }
    let mut delegate = Delegate {
        id,
        source,
        block: view.block(n_columns),
        needle: view.query.needle(),
        view,
        events: &mut events,
    };
    table.show(ui, &mut delegate);
    events
}

struct Delegate<'a> {
    id: Id,
    source: &'a dyn Source,
    block: Option<Block>,
    needle: String,
    view: &'a mut TableView,
    events: &'a mut TableEvents,
}

impl Delegate<'_> {
    fn sort_by(&mut self, column: usize) {
        let sort = &mut self.view.query.sort;
        *sort = match *sort {
            Some((by, true)) if by == column => Some((column, false)),
            Some((by, false)) if by == column => None,
            _ => Some((column, true)),
        };
    }

    /// What the pointer does to a cell.
    fn point(&mut self, ui: &Ui, response: &egui::Response, spot: Spot, row: usize) {
        let (pressed, down, shift) = ui.input(|input| {
            (
                input.pointer.primary_pressed(),
                input.pointer.primary_down(),
                input.modifiers.shift,
            )
        });
        let begins = pressed && response.contains_pointer();
        let goes_on = self.view.is_dragging && down && ui.rect_contains_pointer(response.rect);
        let by_reader = response.clicked() && !response.contains_pointer();
        if begins || by_reader || response.secondary_clicked() {
            let stays = response.secondary_clicked()
                && self
                    .block
                    .as_ref()
                    .is_some_and(|block| block.contains(spot));
            if !stays {
                self.view.put(spot, shift && begins);
            }
            self.view.is_dragging = begins;
            self.view.scroll = None;
            self.events.column = Some(spot.column);
            ui.memory_mut(|memory| memory.request_focus(self.id));
        } else if goes_on && self.view.selection.cursor() != Some(spot) {
            self.view.put(spot, true);
        }
        if response.double_clicked() {
            self.events.opened = Some((row, spot.column));
        }
        if response.secondary_clicked() {
            let at = response
                .interact_pointer_pos()
                .unwrap_or(response.rect.left_bottom());
            self.events.menu = Some((MenuOf::Cell(row, spot.column), at));
        }
    }
}

impl TableDelegate for Delegate<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        let n_rows = info.visible_rows.end - info.visible_rows.start;
        self.view.n_page = n_rows as usize;
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let number = cell.col_range.start;
        let source = self.source;
        let Some(column) = source.columns().get(number) else {
            return;
        };
        if ui.is_sizing_pass() {
            // A column keeps the width that it was given until someone drags it.
            ui.set_min_width(width_of(self.view, number));
            return;
        }
        let rect = ui.max_rect();
        let response = ui.interact(rect, self.id.with(("header", number)), Sense::CLICK);
        let sorted = self.view.query.sort.filter(|(by, _)| *by == number);
        let is_filtered = self.view.query.filters.contains_key(&number);
        let is_chosen = self
            .block
            .as_ref()
            .is_some_and(|block| block.with_titles && block.columns.contains(&number));
        paint::header(
            ui,
            column,
            sorted.map(|(_, upwards)| upwards),
            is_chosen,
            !self.view.menu_name.is_empty(),
        );
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(AccessRole::ColumnHeader);
            node.set_label(column.title.clone());
            node.set_column_index(number);
        });
        if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            if modifiers.command || modifiers.shift {
                self.view.selection.choose_column(number, modifiers.shift);
                self.view.row = self.view.order.first().copied();
                ui.memory_mut(|memory| memory.request_focus(self.id));
            } else {
                self.sort_by(number);
            }
            self.events.column = Some(number);
        }
        if response.secondary_clicked() {
            self.events.menu = Some((MenuOf::Column(number), rect.left_bottom()));
        }
        if !self.view.menu_name.is_empty() {
            let name = format!("{} {}", self.view.menu_name, column.title);
            let button = self.id.with(("menu", number));
            if paint::menu_button(ui, rect, button, &name, is_filtered) {
                self.events.menu = Some((MenuOf::Column(number), rect.left_bottom()));
            }
        }
        if !column.tip.is_empty() {
            response.on_hover_text(&column.tip);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let tokens = tokens(ui);
        let rect = ui.max_rect();
        let position = row_nr as usize;
        let is_chosen = self.view.by_rows
            && self
                .block
                .as_ref()
                .is_some_and(|block| block.positions.contains(&position));
        if is_chosen {
            ui.painter().rect_filled(rect, 0.0, tokens.tint);
        } else if ui.rect_contains_pointer(rect) {
            ui.painter().rect_filled(rect, 0.0, tokens.hover);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            egui::Stroke::new(1.0, tokens.line),
        );
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(AccessRole::Row);
            node.set_row_index(position);
        });
    }

    fn cell_ui(&mut self, ui: &mut Ui, info: &CellInfo) {
        let source = self.source;
        let (Some(&row), Some(column)) = (
            self.view.order.get(info.row_nr as usize),
            source.columns().get(info.col_nr),
        ) else {
            return;
        };
        if ui.is_sizing_pass() {
            ui.set_min_width(width_of(self.view, info.col_nr));
            return;
        }
        let spot = Spot {
            position: info.row_nr as usize,
            column: info.col_nr,
        };
        let cell = source.cell(row, info.col_nr);
        let rect = ui.max_rect();
        let response = ui.interact(
            rect,
            self.id.with((row, info.col_nr)),
            Sense::CLICK | Sense::DRAG,
        );
        self.point(ui, &response, spot, row);
        let is_cursor = self.view.selection.cursor() == Some(spot);
        if is_cursor {
            self.view.cursor_rect = Some(rect);
        }
        let look = paint::Look {
            is_number: column.is_number,
            is_match: !self.needle.is_empty() && cell.text.to_lowercase().contains(&self.needle),
            is_chosen: !self.view.by_rows
                && self
                    .block
                    .as_ref()
                    .is_some_and(|block| block.contains(spot)),
            is_cursor: is_cursor && !self.view.by_rows,
        };
        let is_cut = paint::cell(ui, &cell, look);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(AccessRole::Cell);
            node.set_label(format!("{}: {}", column.title, cell.text));
            node.set_row_index(spot.position);
            node.set_column_index(spot.column);
            node.set_selected(look.is_chosen);
        });
        if response.hovered() {
            let mut tip = source.tip(row, info.col_nr);
            if is_cut && tip.is_empty() {
                tip.clone_from(&cell.text);
            }
            if !tip.is_empty() {
                response.on_hover_text(tip);
            }
        }
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

fn width_of(view: &TableView, column: usize) -> f32 {
    view.widths
        .as_ref()
        .and_then(|(_, _, columns)| columns.get(column))
        .map_or(48.0, |column| column.current)
}

/// Orders rows by an optional number, rows without one last.
pub fn sort_by_number(rows: &mut [usize], value: impl Fn(usize) -> Option<f64>) {
    rows.sort_by(|&a, &b| match (value(a), value(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => std::cmp::Ordering::Equal,
    });
}

#[cfg(test)]
mod tests;
