//! Draws a [`Figure`] on the screen: the same value that is written as SVG.
//!
//! A figure does not scroll, zoom or move: the page below it stays where it is. Its text
//! alternative is its accessible name, and its data can be shown as a table.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use egui::{
    Align, Align2, Color32, Layout, Rect, RichText, Sense, Ui, Vec2, WidgetInfo,
    accesskit::Role as AccessRole,
};
use egui_plot::{
    AxisHints, Bar, BarChart, FilledArea, GridMark, Line, LineStyle, MarkerShape, Plot, PlotBounds,
    PlotPoint, PlotPoints, PlotUi, Points, Text,
};

use crate::app::action::{Action, Ask};
use crate::app::linked::{self, Linked, Spot};
use crate::app::theme::{Tokens, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::figure::{Axis, Figure, Mark, Role, Stroke, palette, ticks};
use crate::report::Picture;
use crate::review::{Entry, Sheet};

/// Which figures are shown as tables, by figure id.
#[derive(Clone, Debug, Default)]
pub struct FigureViews(BTreeMap<String, bool>);

/// Draws a figure in a card with its title, a switch to its table, and what can be kept of it.
pub fn card(
    ui: &mut Ui,
    figure: &Figure,
    height: f32,
    views: &mut FigureViews,
    lang: Lang,
) -> Vec<Action> {
    linked_card(ui, figure, height, views, None, lang)
}

/// The patients of a figure and what it shares with others.
pub type Link<'a> = (&'a [Spot], &'a mut Linked);

/// The same, its patients linked to those of other figures.
pub fn linked_card(
    ui: &mut Ui,
    figure: &Figure,
    height: f32,
    views: &mut FigureViews,
    link: Option<Link<'_>>,
    lang: Lang,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let as_table = views.0.entry(figure.id.clone()).or_default();
    let mut switch = false;
    widgets::card_with(
        ui,
        &figure.title,
        0.0,
        |ui| {
            save_menu(ui, figure, lang, &mut actions);
            let key = if *as_table {
                "plot-as-figure"
            } else {
                "plot-as-table"
            };
            switch = widgets::link_button(ui, &lang.t(key)).clicked();
        },
        |ui| {
            if *as_table {
                table_ui(ui, figure, height);
            } else {
                linked_ui(ui, figure, height, link, lang);
            }
        },
    );
    if switch {
        *as_table = !*as_table;
    }
    actions
}

/// What can be kept of a figure.
fn save_menu(ui: &mut Ui, figure: &Figure, lang: Lang, actions: &mut Vec<Action>) {
    let text = egui::RichText::new(lang.t("plot-save")).color(tokens(ui).accent);
    let button = egui::Button::new(text).frame_when_inactive(false);
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for kind in Picture::ALL {
            let name = match kind {
                Picture::Png(dpi) => lang.with("plot-save-png", &[("dpi", (dpi as usize).into())]),
                _ => lang.t(&format!("plot-save-{}", kind.ending())),
            };
            if ui.button(name).clicked() {
                actions.push(Action::Ask(Ask::SaveFigure {
                    figure: Box::new(figure.clone()),
                    kind,
                }));
            }
        }
        if ui.button(lang.t("plot-copy-data")).clicked() {
            actions.push(Action::Copy(tsv(figure)));
        }
        if ui.button(lang.t("plot-save-csv")).clicked() {
            actions.push(Action::Ask(Ask::SaveSheet {
                name: format!("{}.csv", figure.id),
                sheet: data(figure, lang),
            }));
        }
    });
}

/// The data of a figure as a list: of curves every point as it is drawn, else the table.
fn data(figure: &Figure, lang: Lang) -> Sheet {
    let points: Vec<Vec<Entry>> = figure
        .marks
        .iter()
        .enumerate()
        .flat_map(|(number, mark)| curve_points(number, mark, lang))
        .collect();
    if !points.is_empty() {
        let (x, y) = (figure.x.label.clone(), figure.y.label.clone());
        let titles = [
            lang.t("plot-data-curve"),
            x,
            y,
            lang.t("plot-data-low"),
            lang.t("plot-data-high"),
        ];
        let columns = titles.into_iter().map(|title| (title, 20)).collect();
        let mut sheet = Sheet::new(figure.id.clone(), columns);
        sheet.rows = points;
        return sheet;
    }
    let (header, rows) = &figure.table;
    let columns = header.iter().map(|title| (title.clone(), 20)).collect();
    let mut sheet = Sheet::new(figure.id.clone(), columns);
    sheet.rows = rows
        .iter()
        .map(|row| row.iter().map(|cell| Entry::Text(cell.clone())).collect())
        .collect();
    sheet
}

/// The points of a curve or its band: name, x, y, low, high in axis units; a curve without a name has its number. None
/// for a guide line of two points and for other marks.
fn curve_points(number: usize, mark: &Mark, lang: Lang) -> Vec<Vec<Entry>> {
    let named = |name: &str| {
        let unnamed = || (number + 1).to_string();
        Entry::Text(if name.is_empty() {
            unnamed()
        } else {
            name.to_owned()
        })
    };
    let number_of = |value: f64| {
        let known = value.is_finite().then_some(value);
        known.map_or(Entry::Empty, Entry::Number)
    };
    match mark {
        Mark::Line { name, points, .. } if points.len() > 2 => points
            .iter()
            .map(|[x, y]| {
                let rest = [Entry::Empty, Entry::Empty];
                [named(name), number_of(*x), number_of(*y)]
                    .into_iter()
                    .chain(rest)
                    .collect()
            })
            .collect(),
        Mark::Band { points, .. } => points
            .iter()
            .map(|[x, low, high]| {
                let name = named(&lang.t("plot-data-band"));
                let limits = [number_of(*low), number_of(*high)];
                [name, number_of(*x), Entry::Empty]
                    .into_iter()
                    .chain(limits)
                    .collect()
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The data of a figure as tab-separated text.
pub fn tsv(figure: &Figure) -> String {
    let (header, rows) = &figure.table;
    let mut text = header.join("\t");
    for row in rows {
        text.push('\n');
        text.push_str(&row.join("\t"));
    }
    text
}

fn table_ui(ui: &mut Ui, figure: &Figure, height: f32) {
    let (header, rows) = &figure.table;
    egui::ScrollArea::both()
        .id_salt(&figure.id)
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, false])
        .show_rows(ui, 20.0, rows.len() + 1, |ui, range| {
            egui::Grid::new((&figure.id, "table"))
                .num_columns(header.len())
                .spacing(Vec2::new(24.0, 4.0))
                .start_row(range.start)
                .show(ui, |ui| {
                    for number in range {
                        if number == 0 {
                            for title in header {
                                ui.label(crate::app::theme::strong(title));
                            }
                        } else if let Some(row) = rows.get(number - 1) {
                            for (place, cell) in row.iter().enumerate() {
                                cell_ui(ui, cell, place > 0);
                            }
                        }
                        ui.end_row();
                    }
                });
        });
}

fn cell_ui(ui: &mut Ui, text: &str, at_right: bool) {
    if at_right {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
    } else {
        ui.label(text);
    }
}

/// Draws a figure of that height over the available width, its legend beneath.
pub fn figure_ui(ui: &mut Ui, figure: &Figure, height: f32, lang: Lang) {
    linked_ui(ui, figure, height, None, lang);
}

fn linked_ui(ui: &mut Ui, figure: &Figure, height: f32, link: Option<Link<'_>>, lang: Lang) {
    let tokens = tokens(ui);
    let legend = legend_entries(figure);
    let legend_height = if legend.is_empty() { 0.0 } else { 26.0 };
    let n_ticks = |length: f32, apart: f32| (length / apart).clamp(2.0, 8.0) as usize;
    let y_ticks = ticks::ticks(&figure.y, n_ticks(height, 44.0), lang);
    // What the longest name at the left leaves, seven points a letter.
    let longest = y_ticks.iter().map(|(_, text)| text.chars().count()).max();
    let width = ui.available_width() - 7.0 * longest.unwrap_or(0) as f32;
    let x_ticks = ticks::ticks(&figure.x, n_ticks(width, 90.0), lang);
    let plot = Plot::new(&figure.id)
        .height(height - legend_height)
        .width(ui.available_width())
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_crosshair(false)
        .show_background(false)
        .sense(if link.is_some() {
            Sense::click_and_drag()
        } else {
            Sense::hover()
        })
        .set_margin_fraction(Vec2::ZERO)
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .label_formatter(|_| None)
        .x_grid_spacer(spacer(&x_ticks))
        .y_grid_spacer(spacer(&y_ticks))
        .custom_x_axes(vec![hints(AxisHints::new_x(), &figure.x, &x_ticks, tokens)])
        .custom_y_axes(vec![hints(AxisHints::new_y(), &figure.y, &y_ticks, tokens)]);
    let bounds = bounds(figure);
    let response = plot.show(ui, |plot| {
        plot.set_auto_bounds(false);
        plot.set_plot_bounds(bounds);
        for mark in &figure.marks {
            draw(plot, mark, tokens);
        }
    });
    if let Some((spots, shared)) = link {
        linked::link(ui, &response.response, &response.transform, spots, shared);
    }
    let name = format!("{}. {}", figure.title, figure.alt);
    response
        .response
        .widget_info(|| WidgetInfo::labeled(AccessRole::Figure, true, &name));
    if !legend.is_empty() {
        legend_ui(ui, &legend, tokens);
    }
}

fn bounds(figure: &Figure) -> PlotBounds {
    let span = |axis: &Axis| {
        let (from, to) = (axis.from, axis.to);
        if to > from {
            (from, to)
        } else {
            (from - 0.5, from + 0.5)
        }
    };
    let ((x0, x1), (y0, y1)) = (span(&figure.x), span(&figure.y));
    PlotBounds::from_min_max([x0, y0], [x1, y1])
}

type Spacer<'a> = Box<dyn Fn(egui_plot::GridInput) -> Vec<GridMark> + 'a>;

fn spacer(ticks: &[(f64, String)]) -> Spacer<'_> {
    // One step size for all marks, so that all lines are equally strong.
    let step_size = match ticks {
        [first, .., last] => (last.0 - first.0).abs().max(f64::MIN_POSITIVE),
        _ => 1.0,
    };
    Box::new(move |_| {
        ticks
            .iter()
            .map(|(value, _)| GridMark {
                value: *value,
                step_size,
            })
            .collect()
    })
}

fn hints<'a>(
    hints: AxisHints<'a>,
    axis: &Axis,
    ticks: &'a [(f64, String)],
    tokens: &Tokens,
) -> AxisHints<'a> {
    let tolerance = (axis.to - axis.from).abs() * 1e-6;
    hints
        .label(
            egui::RichText::new(&axis.label)
                .color(tokens.quiet)
                .size(12.0),
        )
        .label_spacing(egui::Rangef::new(0.0, 1.0))
        .tick_label_color(tokens.quiet)
        .formatter(move |mark: GridMark, _: &RangeInclusive<f64>| {
            ticks
                .iter()
                .find(|(value, _)| (value - mark.value).abs() <= tolerance)
                .map_or_else(String::new, |(_, text)| text.clone())
        })
}

fn line_style(stroke: Stroke) -> LineStyle {
    match stroke {
        Stroke::Solid | Stroke::Hair => LineStyle::Solid,
        Stroke::Dashed => LineStyle::Dashed { length: 8.0 },
        Stroke::Dotted => LineStyle::Dotted { spacing: 5.0 },
    }
}

fn line_color(tokens: &Tokens, role: Role, stroke: Stroke) -> Color32 {
    let faint = if stroke == Stroke::Hair {
        palette::HAIR_OPACITY as f32
    } else {
        1.0
    };
    tokens.role(role).gamma_multiply(faint)
}

fn width(role: Role, stroke: Stroke) -> f32 {
    match (role, stroke) {
        (_, Stroke::Hair) => 0.8,
        (_, Stroke::Dotted) => 1.2,
        (Role::Reference, _) => 1.4,
        _ => 2.0,
    }
}

fn draw<'a>(plot: &mut PlotUi<'a>, mark: &'a Mark, tokens: &Tokens) {
    match mark {
        Mark::Line {
            name,
            role,
            stroke,
            points,
        } => plot.line(
            Line::new(name, PlotPoints::from(points.clone()))
                .color(line_color(tokens, *role, *stroke))
                .style(line_style(*stroke))
                .width(width(*role, *stroke))
                // One of many is not what the pointer means.
                .allow_hover(*stroke != Stroke::Hair),
        ),
        Mark::Band { role, points } => {
            let column = |at: usize| points.iter().map(|point| point[at]).collect::<Vec<f64>>();
            let opacity = palette::BAND_OPACITY as f32;
            plot.add(
                FilledArea::new("", &column(0), &column(1), &column(2))
                    .fill_color(tokens.role(*role).gamma_multiply(opacity))
                    .stroke(egui::Stroke::NONE)
                    .allow_hover(false),
            );
        }
        Mark::Dots {
            name,
            role,
            filled,
            points,
        } => plot.points(
            Points::new(name, PlotPoints::from(points.clone()))
                .color(tokens.role(*role))
                .filled(*filled)
                .shape(MarkerShape::Circle)
                .radius(if points.len() > 300 { 2.0 } else { 3.0 })
                .allow_hover(false),
        ),
        Mark::Bars {
            name,
            role,
            width,
            bars,
        } => {
            let color = tokens.role(*role);
            // Opaque, so that no grid line shows through.
            let solid = tokens.card.lerp_to_gamma(color, 0.7);
            let bars = bars
                .iter()
                .map(|[x, from, to]| {
                    Bar::new(*x, to - from)
                        .base_offset(*from)
                        .width(*width)
                        .fill(solid)
                        .stroke(egui::Stroke::new(0.5, color))
                })
                .collect();
            plot.bar_chart(BarChart::new(name, bars).color(color).allow_hover(false));
        }
        Mark::Intervals { name, role, rows } => {
            draw_intervals(plot, name, tokens.role(*role), rows);
        }
        Mark::Contributions {
            positive,
            negative,
            bars,
        } => draw_contributions(plot, [tokens.role(*positive), tokens.role(*negative)], bars),
        Mark::Words { at } => {
            for ([x, y], words) in at {
                let words = RichText::new(words).size(crate::app::theme::TEXT_BODY);
                plot.text(
                    Text::new("", PlotPoint::new(*x, *y), words)
                        .color(tokens.quiet)
                        .anchor(Align2::CENTER_BOTTOM)
                        .allow_hover(false),
                );
            }
        }
    }
}

fn draw_intervals(plot: &mut PlotUi<'_>, name: &str, color: Color32, rows: &[[f64; 4]]) {
    for [y, low, _, high] in rows {
        plot.line(
            Line::new("", PlotPoints::from(vec![[*low, *y], [*high, *y]]))
                .color(color)
                .width(1.6),
        );
    }
    let dots: Vec<[f64; 2]> = rows.iter().map(|[y, _, x, _]| [*x, *y]).collect();
    plot.points(
        Points::new(name, PlotPoints::from(dots))
            .color(color)
            .radius(4.0),
    );
}

fn draw_contributions(plot: &mut PlotUi<'_>, colors: [Color32; 2], bars: &[[f64; 2]]) {
    let bars = bars
        .iter()
        .map(|[y, value]| {
            let color = colors[usize::from(*value < 0.0)];
            Bar::new(*y, *value)
                .horizontal()
                .width(0.6)
                .fill(color)
                .stroke(egui::Stroke::NONE)
        })
        .collect();
    plot.bar_chart(BarChart::new("", bars).horizontal().allow_hover(false));
}

/// How an entry of the legend is drawn.
enum Swatch {
    Line(Stroke),
    Dot(bool),
    Bar,
}

fn legend_entries(figure: &Figure) -> Vec<(String, Role, Swatch)> {
    let entries = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Line {
            name, role, stroke, ..
        } => Some((name, *role, Swatch::Line(*stroke))),
        Mark::Dots {
            name, role, filled, ..
        } => Some((name, *role, Swatch::Dot(*filled))),
        Mark::Bars { name, role, .. } => Some((name, *role, Swatch::Bar)),
        Mark::Intervals { name, role, .. } => Some((name, *role, Swatch::Dot(true))),
        Mark::Band { .. } | Mark::Contributions { .. } | Mark::Words { .. } => None,
    });
    entries
        .filter(|(name, ..)| !name.is_empty())
        .map(|(name, role, swatch)| (name.clone(), role, swatch))
        .collect()
}

fn legend_ui(ui: &mut Ui, entries: &[(String, Role, Swatch)], tokens: &Tokens) {
    ui.spacing_mut().interact_size.y = 18.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(18.0, 2.0);
        let font = egui::FontId::proportional(crate::app::theme::TEXT_BODY);
        for (name, role, swatch) in entries {
            // One piece, so that a line break never parts a swatch from its name.
            let galley = ui
                .painter()
                .layout_no_wrap(name.clone(), font.clone(), tokens.quiet);
            let size = Vec2::new(28.0 + galley.size().x, 18.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let sample = Rect::from_min_size(rect.min, Vec2::new(22.0, 18.0));
            paint_swatch(ui, sample, tokens.role(*role), *role, swatch);
            let at = egui::pos2(rect.left() + 28.0, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, tokens.quiet);
            response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, name));
        }
    });
}

fn paint_swatch(ui: &Ui, rect: Rect, color: Color32, role: Role, swatch: &Swatch) {
    let painter = ui.painter();
    let (left, right) = (rect.left_center(), rect.right_center());
    match swatch {
        Swatch::Line(stroke) => {
            let line = egui::Stroke::new(width(role, *stroke).max(1.6), color);
            match stroke {
                Stroke::Solid | Stroke::Hair => {
                    painter.line_segment([left, right], line);
                }
                Stroke::Dashed => {
                    painter.extend(egui::Shape::dashed_line(&[left, right], line, 6.0, 3.0));
                }
                Stroke::Dotted => {
                    painter.extend(egui::Shape::dotted_line(&[left, right], color, 4.0, 1.3));
                }
            }
        }
        Swatch::Dot(true) => {
            painter.circle_filled(rect.center(), 4.0, color);
        }
        Swatch::Dot(false) => {
            painter.circle_stroke(rect.center(), 3.5, egui::Stroke::new(1.5, color));
        }
        Swatch::Bar => {
            let bar = Rect::from_center_size(rect.center(), Vec2::new(12.0, 10.0));
            painter.rect_filled(bar, 1.0, color.gamma_multiply(0.7));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_of_curves_are_their_points_and_of_rows_their_table() {
        let analysis = crate::analysis::fixture::analysis();
        for lang in Lang::ALL {
            let curves = data(
                &crate::report::figures::decision_curve(&analysis, lang),
                lang,
            );
            let n_points = analysis.models[0].decision_curve.len();
            let first = Entry::Number(100.0 * analysis.models[1].decision_curve[0].model);
            assert!(curves.rows.iter().any(|row| row[2] == first));
            assert!(
                curves.rows.len() > 3 * n_points,
                "models, band and treat all"
            );
            assert!(
                curves
                    .rows
                    .iter()
                    .all(|row| row.len() == curves.columns.len())
            );
            let rows = data(
                &crate::report::figures::importance(&analysis, 0, 9, lang),
                lang,
            );
            assert!(matches!(rows.rows[0][0], Entry::Text(_)));
            assert!(!format!("{:?}", curves.columns).contains('⟦'));
        }
    }

    #[test]
    fn the_table_of_a_figure_is_copied_with_its_header() {
        let axis = Axis {
            label: "chance".to_owned(),
            from: 0.0,
            to: 0.0,
            ticks: Vec::new(),
        };
        let figure = Figure {
            id: "curve".to_owned(),
            title: "Curve".to_owned(),
            alt: "A curve".to_owned(),
            x: axis.clone(),
            y: axis,
            marks: Vec::new(),
            table: (
                vec!["x".to_owned(), "y".to_owned()],
                vec![vec!["1".to_owned(), "2".to_owned()]],
            ),
        };
        assert_eq!(tsv(&figure), "x\ty\n1\t2");
        // An axis without extent still has bounds that can be drawn.
        assert!(bounds(&figure).max()[0] > bounds(&figure).min()[0]);
    }
}
