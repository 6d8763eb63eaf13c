//! A table that draws only what is visible: frozen first column, sorting, selection by mouse
//! and keyboard, copying, and the roles that a screen reader needs.
//!
//! What stands in a cell comes from a [`Source`]; the order of the rows is kept in [`TableView`]
//! and made anew only when sorting or filter change.

use egui::{
    Align, EventFilter, Id, Key, Label, Layout, Margin, Modifiers, RichText, Sense, Ui, Vec2,
    accesskit::Role as AccessRole,
};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};

use crate::app::icons::{self, Icon};
use crate::app::theme::{self, TARGET, tokens};
use crate::base::issue::Severity;

/// Height of a row.
pub const ROW: f32 = 26.0;

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
pub trait Source {
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
}

/// What a person did to a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableEvents {
    /// A row was chosen.
    pub selected: Option<usize>,
    /// A row was opened: double click, or Enter.
    pub opened: Option<usize>,
    /// The title of a column was clicked.
    pub column: Option<usize>,
}

/// How a table is looked at.
#[derive(Clone, Debug, Default)]
pub struct TableView {
    /// Search text.
    pub search: String,
    /// Column and direction (`true`: smallest first) of the sorting.
    pub sort: Option<(usize, bool)>,
    /// The chosen row, counted as in the source.
    pub selected: Option<usize>,
    order: Vec<usize>,
    made_for: Option<MadeFor>,
    scroll: bool,
}

/// What an order of rows was made for: revision, search text, sorting.
type MadeFor = (u64, String, Option<(usize, bool)>);

impl TableView {
    /// A view sorted by a column, smallest first if `upwards`.
    pub fn sorted(column: usize, upwards: bool) -> Self {
        Self {
            sort: Some((column, upwards)),
            ..Self::default()
        }
    }

    /// The rows that are shown, in order. `version` moves when the source changes.
    pub fn order(&mut self, source: &dyn Source, version: u64) -> &[usize] {
        let key = (version, self.search.trim().to_lowercase(), self.sort);
        if self.made_for.as_ref() != Some(&key) {
            let search = &key.1;
            self.order = (0..source.n_rows())
                .filter(|&row| search.is_empty() || source.matches(row, search))
                .collect();
            if let Some((column, upwards)) = self.sort {
                source.sort(&mut self.order, column);
                if !upwards {
                    self.order.reverse();
                }
            }
            self.made_for = Some(key);
        }
        &self.order
    }

    /// Chooses a row and brings it into view.
    pub fn select(&mut self, row: usize) {
        self.selected = Some(row);
        self.scroll = true;
    }

    fn position(&self) -> Option<usize> {
        let selected = self.selected?;
        self.order.iter().position(|&row| row == selected)
    }

    fn move_by(&mut self, step: isize) -> Option<usize> {
        let last = self.order.len().checked_sub(1)?;
        let now = self.position();
        let to = match now {
            Some(now) => now.saturating_add_signed(step).min(last),
            None if step > 0 => 0,
            None => last,
        };
        let row = self.order[to];
        self.select(row);
        Some(row)
    }
}

/// The visible rows and columns as tab-separated text, for a spreadsheet.
pub fn tsv(source: &dyn Source, rows: &[usize]) -> String {
    let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let titles: Vec<String> = source
        .columns()
        .iter()
        .map(|column| clean(&column.title))
        .collect();
    let mut text = titles.join("\t");
    for &row in rows {
        text.push('\n');
        let cells: Vec<String> = (0..source.columns().len())
            .map(|column| clean(&source.cell(row, column).text))
            .collect();
        text.push_str(&cells.join("\t"));
    }
    text
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
    view.order(source, version);
    let id = ui.scope_id().with(("table", name));
    let area = ui.available_rect_before_wrap();
    let frame = ui.interact(area, id, Sense::FOCUSABLE);
    if frame.has_focus() {
        keyboard(ui, id, source, view, &mut events);
        let line = egui::Stroke::new(1.5, tokens(ui).accent);
        ui.painter()
            .rect_stroke(area, 2.0, line, egui::StrokeKind::Inside);
    }
    let head = egui::Rect::from_min_size(area.min, Vec2::new(area.width(), TARGET + 2.0));
    ui.painter().rect_filled(head, 0.0, tokens(ui).hover);
    let n_rows = view.order.len();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(AccessRole::Table);
        node.set_label(name);
        node.set_row_count(n_rows);
        node.set_column_count(source.columns().len());
    });
    // The last column takes what the others leave.
    let total: f32 = source.columns().iter().map(|column| column.width).sum();
    let slack = (area.width() - total).max(0.0).floor();
    let last = source.columns().len().saturating_sub(1);
    let columns: Vec<Column> = source
        .columns()
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let extra = if at == last { slack } else { 0.0 };
            Column::new(column.width + extra)
                .range(48.0..=2000.0)
                .id(id.with((at, extra as i32)))
        })
        .collect();
    let mut table = Table::new()
        .id_salt((name, source.columns().len()))
        .num_rows(n_rows as u64)
        .columns(columns)
        .num_sticky_cols(1)
        .headers(vec![HeaderRow::new(TARGET + 2.0)]);
    if std::mem::take(&mut view.scroll)
        && let Some(position) = view.position()
    {
        table = table.scroll_to_row(position as u64, None);
    }
    let mut delegate = Delegate {
        id,
        slack,
        source,
        view,
        events: &mut events,
    };
    table.show(ui, &mut delegate);
    events
}

fn keyboard(ui: &Ui, id: Id, source: &dyn Source, view: &mut TableView, events: &mut TableEvents) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let far = isize::MAX / 2;
    let keys = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, 20),
        (Key::PageUp, -20),
        (Key::Home, -far),
        (Key::End, far),
    ];
    for (key, step) in keys {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            events.selected = view.move_by(step);
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        events.opened = view.selected;
    }
    let copy = ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, egui::Event::Copy))
    });
    if copy && let Some(row) = view.selected {
        ui.ctx().copy_text(tsv(source, &[row]));
    }
}

struct Delegate<'a> {
    id: Id,
    slack: f32,
    source: &'a dyn Source,
    view: &'a mut TableView,
    events: &'a mut TableEvents,
}

impl TableDelegate for Delegate<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let number = cell.col_range.start;
        let Some(column) = self.source.columns().get(number) else {
            return;
        };
        let column_is_last = number + 1 == self.source.columns().len();
        if ui.is_sizing_pass() {
            ui.set_min_width(column.width + if column_is_last { self.slack } else { 0.0 });
            return;
        }
        let tokens = tokens(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            egui::Stroke::new(1.0, tokens.line),
        );
        let response = ui.interact(rect, self.id.with(("header", number)), Sense::CLICK);
        let sorted = self.view.sort.filter(|(by, _)| *by == number);
        let layout = if column.is_number {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        ui.scope_builder(
            egui::UiBuilder::new()
                .max_rect(rect.shrink2(Vec2::new(8.0, 0.0)))
                .layout(layout),
            |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                if let Some((_, upwards)) = sorted {
                    let (square, _) = ui.allocate_exact_size(Vec2::splat(9.0), Sense::hover());
                    let icon = if upwards { Icon::Up } else { Icon::Down };
                    icons::paint(ui.painter(), icon, square, tokens.accent);
                }
                let text = theme::strong(&column.title).color(tokens.text);
                ui.add(Label::new(text).truncate().selectable(false));
            },
        );
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(AccessRole::ColumnHeader);
            node.set_label(column.title.clone());
            node.set_column_index(number);
        });
        if response.clicked() {
            self.view.sort = match sorted {
                None => Some((number, true)),
                Some((_, true)) => Some((number, false)),
                Some((_, false)) => None,
            };
            self.events.column = Some(number);
        }
        if !column.tip.is_empty() {
            response.on_hover_text(&column.tip);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let tokens = tokens(ui);
        let rect = ui.max_rect();
        let row = self.view.order.get(row_nr as usize).copied();
        if row.is_some() && row == self.view.selected {
            ui.painter().rect_filled(rect, 0.0, tokens.tint);
        } else if ui.rect_contains_pointer(rect) {
            ui.painter().rect_filled(rect, 0.0, tokens.hover);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            egui::Stroke::new(1.0, tokens.line),
        );
    }

    fn cell_ui(&mut self, ui: &mut Ui, info: &CellInfo) {
        let (Some(&row), Some(column)) = (
            self.view.order.get(info.row_nr as usize),
            self.source.columns().get(info.col_nr),
        ) else {
            return;
        };
        let column_is_last = info.col_nr + 1 == self.source.columns().len();
        if ui.is_sizing_pass() {
            // A column keeps the width that it was given until someone drags it.
            ui.set_min_width(column.width + if column_is_last { self.slack } else { 0.0 });
            return;
        }
        let cell = self.source.cell(row, info.col_nr);
        let rect = ui.max_rect();
        let response = ui.interact(rect, self.id.with((row, info.col_nr)), Sense::CLICK);
        if response.clicked() {
            self.view.selected = Some(row);
            self.events.selected = Some(row);
            ui.memory_mut(|memory| memory.request_focus(self.id));
        }
        if response.double_clicked() {
            self.events.opened = Some(row);
        }
        paint_cell(ui, &cell, column.is_number);
        let name = format!("{}: {}", column.title, cell.text);
        let place = (info.row_nr as usize, info.col_nr);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(AccessRole::Cell);
            node.set_label(name);
            node.set_row_index(place.0);
            node.set_column_index(place.1);
        });
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

fn paint_cell(ui: &mut Ui, cell: &TableCell, is_number: bool) {
    let tokens = tokens(ui);
    let rect = ui.max_rect();
    if let Some(severity) = cell.finding {
        let color = match severity {
            Severity::Note => tokens.quiet,
            Severity::Warning => tokens.attention,
            Severity::Error => tokens.stop,
        };
        let edge = egui::Rect::from_min_size(rect.min, Vec2::new(3.0, rect.height() - 1.0));
        ui.painter().rect_filled(edge, 0.0, color);
    }
    if let Some([from, to, at]) = cell.span {
        paint_span(ui, rect, from, to, at);
        return;
    }
    let layout = if is_number {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    egui::Frame::new()
        .inner_margin(Margin::symmetric(8, 0))
        .show(ui, |ui| {
            ui.with_layout(layout, |ui| {
                let mut text = if cell.strong {
                    theme::strong(&cell.text)
                } else {
                    RichText::new(&cell.text)
                };
                if cell.quiet {
                    text = text.color(tokens.quiet);
                }
                ui.add(Label::new(text).truncate().selectable(false));
            });
        });
}

/// An interval with its dot, on a scale from 0 to 1.
fn paint_span(ui: &Ui, rect: egui::Rect, from: f32, to: f32, at: f32) {
    let tokens = tokens(ui);
    let scale = rect.shrink2(Vec2::new(10.0, 0.0));
    let x = |share: f32| egui::lerp(scale.left()..=scale.right(), share.clamp(0.0, 1.0));
    let y = rect.center().y;
    let painter = ui.painter();
    painter.hline(scale.x_range(), y, egui::Stroke::new(1.0, tokens.line));
    painter.vline(
        x(0.5),
        y - 4.0..=y + 4.0,
        egui::Stroke::new(1.0, tokens.border),
    );
    let color = tokens.accent;
    painter.hline(
        x(from)..=x(to),
        y,
        egui::Stroke::new(3.0, color.gamma_multiply(0.55)),
    );
    painter.circle_filled(egui::pos2(x(at), y), 4.5, color);
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
mod tests {
    use super::*;

    struct Words(Vec<&'static str>, Vec<TableColumn>);

    impl Source for Words {
        fn columns(&self) -> &[TableColumn] {
            &self.1
        }
        fn n_rows(&self) -> usize {
            self.0.len()
        }
        fn cell(&self, row: usize, _column: usize) -> TableCell {
            TableCell::text(self.0[row])
        }
        fn sort(&self, rows: &mut [usize], _column: usize) {
            rows.sort_by_key(|&row| self.0[row]);
        }
        fn matches(&self, row: usize, search: &str) -> bool {
            self.0[row].contains(search)
        }
    }

    fn words() -> Words {
        let column = TableColumn {
            title: "word".to_owned(),
            tip: String::new(),
            width: 80.0,
            is_number: false,
        };
        Words(vec!["pear", "apple", "a\tplum"], vec![column])
    }

    #[test]
    fn rows_are_sorted_filtered_and_copied() {
        let words = words();
        let mut view = TableView::default();
        assert_eq!(view.order(&words, 0), [0, 1, 2]);
        view.sort = Some((0, true));
        assert_eq!(view.order(&words, 0), [2, 1, 0]);
        view.sort = Some((0, false));
        view.search = "P ".to_owned();
        assert_eq!(view.order(&words, 0), [0, 1, 2]);
        assert_eq!(tsv(&words, &[2]), "word\na plum");
    }

    #[test]
    fn keys_stay_within_the_table() {
        let words = words();
        let mut view = TableView::default();
        view.order(&words, 0);
        assert_eq!(view.move_by(1), Some(0));
        assert_eq!(view.move_by(isize::MAX / 2), Some(2));
        assert_eq!(view.move_by(1), Some(2));
        assert_eq!(view.move_by(-isize::MAX / 2), Some(0));
    }
}
