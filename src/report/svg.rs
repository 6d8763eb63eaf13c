//! A [`Figure`] as a stand-alone SVG document: words as text, no script, nothing from outside.
//!
//! The drawer decides where things stand, never what they are: colours come from the palette by
//! role, numbers from the language. Nothing it draws may leave the picture.

use maud::{Markup, html};

use crate::base::text::Lang;
use crate::figure::palette::{self, BAND_OPACITY, HAIR_OPACITY};
use crate::figure::{Axis, Figure, Mark, Role, Stroke, ticks};

const FONT: &str = "'IBM Plex Sans', 'Noto Sans', sans-serif";
const TITLE_SIZE: f64 = 15.0;
const LABEL_SIZE: f64 = 12.5;
const TICK_SIZE: f64 = 12.0;
/// Distance of words from the point that they stand above.
const WORDS_ABOVE: f64 = 6.0;
const LINE_HEIGHT: f64 = 1.35;
const EDGE: f64 = 12.0;
/// Length of a tick.
const TICK: f64 = 4.0;
/// The edges of a band, so that a grey print shows it.
const EDGE_OPACITY: f64 = 0.55;
/// Width of one column of a journal, and of two.
const COLUMN_MM: f64 = 85.0;
const COLUMNS_MM: f64 = 174.0;
/// Pixels in a millimetre of print: a text of 12 pixels is one of 7.2 points, as journals set the words of figures.
const PX_PER_MM: f64 = 400.0 / COLUMN_MM;
/// Height of a named row in print, and of one with words above it.
const ROW: f64 = 24.0;
const ROW_OF_WORDS: f64 = 44.0;

/// A figure as an SVG document of that size in pixels.
pub fn svg(figure: &Figure, width: u32, height: u32, lang: Lang) -> String {
    let (w, h) = (f64::from(width.max(120)), f64::from(height.max(90)));
    document(
        figure,
        (w, h),
        (&width.to_string(), &height.to_string()),
        lang,
    )
}

/// A figure as an SVG document for print: as wide as a column of a journal, or as two where its rows have names, and as
/// high as it needs.
pub fn svg_print(figure: &Figure, lang: Lang) -> String {
    let width_mm = if has_rows(figure) {
        COLUMNS_MM
    } else {
        COLUMN_MM
    };
    let width = width_mm * PX_PER_MM;
    let height = height_for(figure, width, lang);
    let printed = [width, height].map(|pixels| format!("{}mm", px(pixels / PX_PER_MM)));
    document(figure, (width, height), (&printed[0], &printed[1]), lang)
}

/// Whether the vertical axis has names in place of numbers.
fn has_rows(figure: &Figure) -> bool {
    figure.y.label.is_empty()
}

/// How high a figure of that width is: rows by their number, shares against shares with equal units, else three to four.
fn height_for(figure: &Figure, width: f64, lang: Lang) -> f64 {
    const PROBE: f64 = 1000.0;
    let layout = Layout::new(figure, (width, PROBE), lang);
    let across = layout.right - layout.left;
    let spans = [&figure.x, &figure.y].map(|axis| (axis.to - axis.from).clamp(0.1, 200.0));
    let has_words = figure
        .marks
        .iter()
        .any(|mark| matches!(mark, Mark::Words { .. }));
    let plot = if has_rows(figure) {
        spans[1] * if has_words { ROW_OF_WORDS } else { ROW }
    } else if is_of_shares(&figure.x) && is_of_shares(&figure.y) {
        across * spans[1] / spans[0]
    } else {
        0.75 * across
    };
    layout.top + plot + PROBE - layout.bottom
}

/// Whether an axis ends at a share of 1; what lies below 0 is room for a histogram.
fn is_of_shares(axis: &Axis) -> bool {
    axis.to == 1.0 && (-0.5..=0.0).contains(&axis.from)
}

/// Where the parts of a figure stand, in pixels.
struct Layout<'a> {
    figure: &'a Figure,
    lang: Lang,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    title: Vec<String>,
    legend: Vec<(f64, f64, Entry)>,
    y_label: Vec<String>,
    x_label: Vec<String>,
    x_ticks: Vec<(f64, String)>,
    y_ticks: Vec<(f64, String)>,
    y_label_at: f64,
}

/// One line of the legend.
#[derive(Clone)]
struct Entry {
    name: String,
    sample: Sample,
}

#[derive(Clone, Copy)]
enum Sample {
    Line(Role, Stroke),
    Dot(Role, bool),
    Square(Role),
    Interval(Role),
}

impl<'a> Layout<'a> {
    fn new(figure: &'a Figure, (width, height): (f64, f64), lang: Lang) -> Self {
        let inner = width - 2.0 * EDGE;
        let title = wrap(&figure.title, TITLE_SIZE * 1.06, inner);
        let mut y = EDGE + title.len() as f64 * TITLE_SIZE * LINE_HEIGHT + 4.0;
        let legend = place_legend(figure, inner, &mut y);
        let y_label = wrap(&figure.y.label, LABEL_SIZE, inner);
        let y_label_at = y;
        y += y_label.len() as f64 * LABEL_SIZE * LINE_HEIGHT + 8.0;
        let x_label = wrap(&figure.x.label, LABEL_SIZE, inner);
        let bottom = height
            - EDGE
            - x_label.len() as f64 * LABEL_SIZE * LINE_HEIGHT
            - TICK_SIZE * LINE_HEIGHT
            - 6.0;
        let bottom = bottom.max(y + 20.0);
        let y_ticks = kept_ticks(&figure.y, ((bottom - y) / 48.0) as usize, lang);
        let widest = 0.42 * width;
        let y_ticks: Vec<(f64, String)> = y_ticks
            .into_iter()
            .map(|(at, text)| (at, shorten(&text, TICK_SIZE, widest)))
            .collect();
        let label_width = y_ticks
            .iter()
            .map(|(_, text)| text_width(text, TICK_SIZE))
            .fold(0.0, f64::max);
        let left = EDGE + label_width + 8.0;
        let x_ticks = kept_ticks(&figure.x, ((width - left) / 84.0) as usize, lang);
        let last = x_ticks
            .last()
            .map_or(0.0, |(_, t)| text_width(t, TICK_SIZE));
        let right = width - EDGE - (last / 2.0).max(4.0);
        Self {
            figure,
            lang,
            width,
            height,
            left,
            right: right.max(left + 20.0),
            top: y,
            bottom,
            title,
            legend,
            y_label,
            x_label,
            x_ticks,
            y_ticks,
            y_label_at,
        }
    }

    fn x(&self, value: f64) -> f64 {
        scale(&self.figure.x, value, self.left, self.right)
    }

    fn y(&self, value: f64) -> f64 {
        scale(&self.figure.y, value, self.bottom, self.top)
    }

    /// Pixels of one unit of the vertical axis.
    fn row_height(&self) -> f64 {
        (self.y(0.0) - self.y(1.0)).abs()
    }
}

fn scale(axis: &Axis, value: f64, from: f64, to: f64) -> f64 {
    let span = axis.to - axis.from;
    if !(span.is_finite() && span > 0.0) {
        return from;
    }
    // Far points are cut by the clip path anyway; kept near, they stay printable.
    let share = ((value - axis.from) / span).clamp(-20.0, 20.0);
    from + share * (to - from)
}

/// Ticks within the axis; fewer where the axis is short.
fn kept_ticks(axis: &Axis, n_wanted: usize, lang: Lang) -> Vec<(f64, String)> {
    let slack = 1e-9 * (axis.to - axis.from).abs();
    ticks::ticks(axis, n_wanted.clamp(2, 8), lang)
        .into_iter()
        .filter(|(at, _)| *at >= axis.from - slack && *at <= axis.to + slack)
        .collect()
}

fn document(figure: &Figure, size: (f64, f64), printed: (&str, &str), lang: Lang) -> String {
    let layout = Layout::new(figure, size, lang);
    let (title_id, desc_id) = (
        format!("{}-title", figure.id),
        format!("{}-desc", figure.id),
    );
    let view = format!("0 0 {} {}", px(size.0), px(size.1));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(printed.0) height=(printed.1) viewBox=(view)
            role="img" lang=(lang.code()) aria-labelledby={ (title_id) " " (desc_id) } font-family=(FONT)
        {
            title id=(title_id) { (figure.title) }
            desc id=(desc_id) { (figure.alt) }
            rect width=(px(size.0)) height=(px(size.1)) fill=(palette::CARD) {}
            (heading(&layout))
            (grid(&layout))
            (plot(&layout))
        }
    }
    .into_string()
}

fn heading(layout: &Layout) -> Markup {
    let y_label_at = layout.y_label_at + LABEL_SIZE;
    html! {
        @for (i, line) in layout.title.iter().enumerate() {
            text x=(px(EDGE)) y=(px(EDGE + TITLE_SIZE + i as f64 * TITLE_SIZE * LINE_HEIGHT))
                font-size=(px(TITLE_SIZE)) font-weight="600" fill=(palette::TEXT) { (line) }
        }
        @for (x, y, entry) in &layout.legend { (legend_entry(*x, *y, entry)) }
        @for (i, line) in layout.y_label.iter().enumerate() {
            text x=(px(EDGE)) y=(px(y_label_at + i as f64 * LABEL_SIZE * LINE_HEIGHT))
                font-size=(px(LABEL_SIZE)) fill=(palette::QUIET) { (line) }
        }
    }
}

fn grid(layout: &Layout) -> Markup {
    let baseline = layout.bottom + TICK_SIZE + 6.0;
    let label = baseline + LABEL_SIZE * LINE_HEIGHT + 2.0;
    let starts = layout.x_label.iter().map(|line| layout.x_label_from(line));
    let label_from = starts.fold(layout.left, f64::min);
    html! {
        g stroke=(palette::LINE) stroke-width="1" {
            @for (at, _) in &layout.y_ticks {
                line x1=(px(layout.left)) x2=(px(layout.right)) y1=(px(layout.y(*at))) y2=(px(layout.y(*at))) {}
            }
            @for (at, _) in &layout.x_ticks {
                line x1=(px(layout.x(*at))) x2=(px(layout.x(*at))) y1=(px(layout.top)) y2=(px(layout.bottom)) {}
            }
        }
        (axis_lines(layout))
        g font-size=(px(TICK_SIZE)) fill=(palette::TEXT) {
            g text-anchor="end" {
                @for (at, text) in &layout.y_ticks {
                    text x=(px(layout.left - 8.0)) y=(px(layout.y(*at) + 0.35 * TICK_SIZE)) { (text) }
                }
            }
            g text-anchor="middle" {
                @for (at, text) in &layout.x_ticks {
                    text x=(px(layout.x(*at))) y=(px(baseline)) { (text) }
                }
            }
        }
        @for (i, line) in layout.x_label.iter().enumerate() {
            text x=(px(label_from)) y=(px(label + i as f64 * LABEL_SIZE * LINE_HEIGHT))
                font-size=(px(LABEL_SIZE)) fill=(palette::QUIET) { (line) }
        }
    }
}

/// The axes with their ticks; beside named rows there is none.
fn axis_lines(layout: &Layout) -> Markup {
    let (left, bottom) = (layout.left, layout.bottom);
    let ends = (layout.y_ticks.first(), layout.y_ticks.last());
    let upright = match ends {
        (Some((low, _)), Some((high, _))) if !has_rows(layout.figure) => Some((*low, *high)),
        _ => None,
    };
    html! {
        g stroke=(palette::QUIET) stroke-width="1" {
            line x1=(px(left)) x2=(px(layout.right)) y1=(px(bottom)) y2=(px(bottom)) {}
            @for (at, _) in &layout.x_ticks {
                line x1=(px(layout.x(*at))) x2=(px(layout.x(*at))) y1=(px(bottom)) y2=(px(bottom + TICK)) {}
            }
            @if let Some((low, high)) = upright {
                line x1=(px(left)) x2=(px(left)) y1=(px(layout.y(low))) y2=(px(layout.y(high))) {}
                @for (at, _) in &layout.y_ticks {
                    line x1=(px(left - TICK)) x2=(px(left)) y1=(px(layout.y(*at))) y2=(px(layout.y(*at))) {}
                }
            }
        }
    }
}

impl Layout<'_> {
    /// A label begins under the axis, or further left where it would leave the picture.
    fn x_label_from(&self, line: &str) -> f64 {
        let overhang = self.left + text_width(line, LABEL_SIZE) - (self.width - EDGE);
        (self.left - overhang.max(0.0)).max(EDGE)
    }
}

fn plot(layout: &Layout) -> Markup {
    let clip = format!("{}-clip", layout.figure.id);
    // A dot on the edge stays whole: the clip is a little larger than the axes.
    let (x, y) = (layout.left - 5.0, layout.top - 5.0);
    let (w, h) = (
        layout.right - layout.left + 10.0,
        layout.bottom - layout.top + 10.0,
    );
    debug_assert!(layout.bottom <= layout.height);
    html! {
        clipPath id=(clip) { rect x=(px(x)) y=(px(y)) width=(px(w)) height=(px(h)) {} }
        g clip-path={ "url(#" (clip) ")" } {
            @for mark in &layout.figure.marks { (draw(mark, layout)) }
        }
    }
}

fn draw(mark: &Mark, layout: &Layout) -> Markup {
    match mark {
        Mark::Line {
            role,
            stroke,
            points,
            ..
        } => line(points, *role, *stroke, layout),
        Mark::Band { role, points } => band(points, *role, layout),
        Mark::Dots {
            role,
            filled,
            points,
            ..
        } => html! {
            @for point in points.iter().filter(|p| is_finite(*p)) {
                (dot(layout.x(point[0]), layout.y(point[1]), 4.0, *role, *filled))
            }
        },
        Mark::Bars {
            role, width, bars, ..
        } => vertical_bars(bars, *width, *role, layout),
        Mark::Intervals { role, rows, .. } => intervals(rows, *role, layout),
        Mark::Contributions {
            positive,
            negative,
            bars,
        } => contribution_bars(bars, *positive, *negative, layout),
        Mark::Words { at } => html! {
            g text-anchor="middle" font-size=(px(TICK_SIZE)) fill=(palette::QUIET) {
                @for (point, words) in at.iter().filter(|(point, _)| is_finite(point)) {
                    text x=(px(layout.x(point[0]))) y=(px(layout.y(point[1]) - WORDS_ABOVE)) { (words) }
                }
            }
        },
    }
}

fn line(points: &[[f64; 2]], role: Role, stroke: Stroke, layout: &Layout) -> Markup {
    let steps: Vec<String> = points
        .iter()
        .filter(|p| is_finite(*p))
        .map(|p| format!("{} {}", px(layout.x(p[0])), px(layout.y(p[1]))))
        .collect();
    if steps.is_empty() {
        return html! {};
    }
    html! {
        path d={ "M" (steps.join("L")) } fill="none" stroke=(palette::light(role))
            stroke-width=(px(line_width(role, stroke))) stroke-dasharray=[dashes(stroke)]
            stroke-opacity=[(stroke == Stroke::Hair).then_some(HAIR_OPACITY)] stroke-linecap=(if stroke == Stroke::Dotted { "round" } else { "butt" }) stroke-linejoin="round" {}
    }
}

/// Guide lines are thinner than models, so that they stay behind in a grey print too.
fn line_width(role: Role, stroke: Stroke) -> f64 {
    match (role, stroke) {
        (_, Stroke::Hair) => 0.7,
        (Role::Reference, _) => 1.3,
        _ => 2.2,
    }
}

fn dashes(stroke: Stroke) -> Option<&'static str> {
    match stroke {
        Stroke::Solid | Stroke::Hair => None,
        Stroke::Dashed => Some("7 4"),
        Stroke::Dotted => Some("0.1 4.5"),
    }
}

fn band(points: &[[f64; 3]], role: Role, layout: &Layout) -> Markup {
    let points: Vec<&[f64; 3]> = points.iter().filter(|p| is_finite(*p)).collect();
    let low = points.iter().map(|p| (p[0], p[1]));
    let high = points.iter().rev().map(|p| (p[0], p[2]));
    let outline: Vec<String> = low
        .chain(high)
        .map(|(x, y)| format!("{} {}", px(layout.x(x)), px(layout.y(y))))
        .collect();
    if outline.is_empty() {
        return html! {};
    }
    html! {
        path d={ "M" (outline.join("L")) "Z" } fill=(palette::light(role)) fill-opacity=(BAND_OPACITY)
            stroke=(palette::light(role)) stroke-width="0.6" stroke-opacity=(EDGE_OPACITY) {}
    }
}

fn dot(x: f64, y: f64, radius: f64, role: Role, filled: bool) -> Markup {
    let colour = palette::light(role);
    html! {
        @if filled {
            circle cx=(px(x)) cy=(px(y)) r=(px(radius)) fill=(colour) {}
        } @else {
            circle cx=(px(x)) cy=(px(y)) r=(px(radius)) fill=(palette::CARD) stroke=(colour)
                stroke-width=(px((0.45 * radius).min(1.6))) {}
        }
    }
}

/// A rectangle between two corners; non-responders are outlined, all others are filled.
fn rectangle(corners: [f64; 4], role: Role) -> Markup {
    let [x1, x2, y1, y2] = corners;
    let colour = palette::light(role);
    let is_outlined = role == Role::NonResponder;
    let inset = if is_outlined { 0.5 } else { 0.0 };
    let (w, h) = ((x2 - x1).abs() - 2.0 * inset, (y2 - y1).abs() - 2.0 * inset);
    let (x, y) = (px(x1.min(x2) + inset), px(y1.min(y2) + inset));
    let (w, h) = (px(w.max(0.5)), px(h.max(0.5)));
    html! {
        @if is_outlined {
            // The grid must not shine through.
            rect x=(x) y=(y) width=(w) height=(h) fill=(palette::CARD) {}
            rect x=(x) y=(y) width=(w) height=(h) fill=(colour) fill-opacity="0.3" stroke=(colour) {}
        } @else {
            rect x=(x) y=(y) width=(w) height=(h) fill=(colour) {}
        }
    }
}

fn vertical_bars(bars: &[[f64; 3]], width: f64, role: Role, layout: &Layout) -> Markup {
    html! {
        @for [centre, from, to] in bars.iter().filter(|b| is_finite(*b)) {
            (rectangle(
                [layout.x(centre - width / 2.0), layout.x(centre + width / 2.0), layout.y(*from), layout.y(*to)],
                role,
            ))
        }
    }
}

fn intervals(rows: &[[f64; 4]], role: Role, layout: &Layout) -> Markup {
    let row_height = layout.row_height();
    let radius = (0.42 * row_height).clamp(1.1, 4.5);
    let thickness = (0.34 * row_height).clamp(0.5, 2.0);
    let rows: Vec<&[f64; 4]> = rows.iter().filter(|r| is_finite(*r)).collect();
    html! {
        g stroke=(palette::light(role)) stroke-width=(px(thickness)) stroke-opacity=[(row_height < 8.0).then_some("0.45")] {
            @for [y, low, _, high] in &rows {
                line x1=(px(layout.x(*low))) x2=(px(layout.x(*high))) y1=(px(layout.y(*y))) y2=(px(layout.y(*y))) {}
            }
        }
        @for [y, _, estimate, _] in &rows {
            // A ring of a pixel is a smudge: where rows are that thin, colour alone must do.
            (dot(layout.x(*estimate), layout.y(*y), radius, role, role != Role::NonResponder || radius < 1.8))
        }
    }
}

fn contribution_bars(bars: &[[f64; 2]], positive: Role, negative: Role, layout: &Layout) -> Markup {
    let half = (0.32 * layout.row_height()).min(11.0);
    let widest = bars.iter().map(|[_, v]| v.abs()).fold(0.0, f64::max);
    // The same decimals for all, enough for three digits of the largest.
    let n_decimals = if widest >= 10.0 {
        1
    } else if widest >= 0.1 {
        2
    } else {
        3
    };
    html! {
        @for [at, value] in bars.iter().filter(|b| is_finite(*b)) {
            @let role = if *value < 0.0 { negative } else { positive };
            @let y = layout.y(*at);
            (rectangle([layout.x(0.0), layout.x(*value), y - half, y + half], role))
            text x=(px(layout.x(*value) + if *value < 0.0 { -6.0 } else { 6.0 })) y=(px(y + 0.35 * TICK_SIZE))
                text-anchor=(if *value < 0.0 { "end" } else { "start" }) font-size=(px(TICK_SIZE)) fill=(palette::TEXT)
                stroke=(palette::CARD) stroke-width="4" stroke-linejoin="round" paint-order="stroke"
            {
                (super::figures::signed(*value, n_decimals, layout.lang))
            }
        }
    }
}

fn entries(figure: &Figure) -> Vec<Entry> {
    let named = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Line {
            name, role, stroke, ..
        } => Some((name, Sample::Line(*role, *stroke))),
        Mark::Dots {
            name, role, filled, ..
        } => Some((name, Sample::Dot(*role, *filled))),
        Mark::Bars { name, role, .. } => Some((name, Sample::Square(*role))),
        Mark::Intervals { name, role, .. } => Some((name, Sample::Interval(*role))),
        Mark::Band { .. } | Mark::Contributions { .. } | Mark::Words { .. } => None,
    });
    let mut entries: Vec<Entry> = named
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, sample)| Entry {
            name: name.clone(),
            sample,
        })
        .collect();
    // What the figure is about comes first, whatever is drawn on top.
    entries.sort_by_key(|entry| match entry.sample {
        Sample::Line(Role::Reference, _) => 1,
        Sample::Line(..) => 0,
        Sample::Dot(..) | Sample::Square(_) | Sample::Interval(_) => 2,
    });
    entries
}

/// Lays the legend in rows beneath the title and moves `y` below it.
fn place_legend(figure: &Figure, inner: f64, y: &mut f64) -> Vec<(f64, f64, Entry)> {
    let row = LABEL_SIZE * LINE_HEIGHT + 3.0;
    let mut placed = Vec::new();
    let mut x = EDGE;
    for entry in entries(figure) {
        let width = 30.0 + text_width(&entry.name, LABEL_SIZE) + 18.0;
        if x > EDGE && x + width - 18.0 > EDGE + inner {
            x = EDGE;
            *y += row;
        }
        placed.push((x, *y, entry));
        x += width;
    }
    if !placed.is_empty() {
        *y += row + 4.0;
    }
    placed
}

fn legend_entry(x: f64, y: f64, entry: &Entry) -> Markup {
    let middle = y + 0.6 * LABEL_SIZE;
    let sample = match entry.sample {
        Sample::Line(role, stroke) => html! {
            path d={ "M" (px(x)) " " (px(middle)) "h24" } fill="none" stroke=(palette::light(role))
                stroke-width=(px(line_width(role, stroke))) stroke-dasharray=[dashes(stroke)]
                stroke-linecap=(if stroke == Stroke::Dotted { "round" } else { "butt" }) {}
        },
        Sample::Dot(role, filled) => dot(x + 12.0, middle, 4.0, role, filled),
        Sample::Square(role) => rectangle([x + 6.0, x + 18.0, middle - 6.0, middle + 6.0], role),
        Sample::Interval(role) => html! {
            path d={ "M" (px(x)) " " (px(middle)) "h24" } stroke=(palette::light(role)) stroke-width="1.6" {}
            (dot(x + 12.0, middle, 4.0, role, role != Role::NonResponder))
        },
    };
    html! {
        (sample)
        text x=(px(x + 30.0)) y=(px(y + LABEL_SIZE * 0.95)) font-size=(px(LABEL_SIZE)) fill=(palette::TEXT) { (entry.name) }
    }
}

fn is_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

/// A coordinate with two decimals at most.
fn px(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

/// Width of a text in pixels, a little on the wide side: the reader's font is not known here.
fn text_width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '\u{202f}' => 0.28,
            'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | ' ' | '\u{a0}' => 0.36,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '→' | '←' => 0.92,
            'A'..='Z' | '–' | '+' | '\u{2212}' | '×' => 0.67,
            _ => 0.575,
        })
        .sum();
    em * size
}

/// Breaks a text at spaces so that no line is wider than `width`.
fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line)
                if text_width(line, size) + text_width(word, size) + 0.36 * size <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(shorten(word, size, width)),
        }
    }
    lines
}

/// The text, cut with an ellipsis where it is wider than `width`.
fn shorten(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if text_width(&kept, size) + 2.0 * size > width {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::report::figures;

    #[test]
    fn the_drawing_is_well_formed_and_says_what_it_shows() {
        let analysis = fixture::analysis();
        for lang in Lang::ALL {
            let figure = figures::decision_curve(&analysis, lang);
            let text = svg(&figure, 720, 420, lang);
            assert!(text.starts_with("<svg ") && text.ends_with("</svg>"));
            assert!(text.contains("role=\"img\"") && text.contains("<desc id="));
            assert_eq!(
                text.matches("<path").count(),
                text.matches("</path>").count()
            );
            for foreign in ["href", "<script", "NaN", "inf", "⟦"] {
                assert!(!text.contains(foreign), "{foreign}");
            }
        }
    }

    #[test]
    fn french_ticks_have_a_decimal_comma() {
        let analysis = fixture::analysis();
        let figure = figures::importance(&analysis, 0, 8, Lang::Fr);
        assert!(svg(&figure, 600, 400, Lang::Fr).contains(">0,005<"));
    }

    #[test]
    fn in_print_a_curve_is_a_column_wide_and_named_rows_are_two() {
        let analysis = fixture::analysis();
        let width = |figure: &Figure| {
            let text = svg_print(figure, Lang::En);
            let found = text
                .split("width=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            found.unwrap_or_default().to_owned()
        };
        assert_eq!(width(&figures::calibration(&analysis, 0, Lang::En)), "85mm");
        assert_eq!(width(&figures::decision_curve(&analysis, Lang::En)), "85mm");
        assert_eq!(
            width(&figures::importance(&analysis, 0, 8, Lang::En)),
            "174mm"
        );
    }

    #[test]
    fn in_print_a_chance_is_as_long_across_as_upright() {
        let figure = figures::calibration(&fixture::analysis(), 0, Lang::En);
        let width = COLUMN_MM * PX_PER_MM;
        let height = height_for(&figure, width, Lang::En);
        let layout = Layout::new(&figure, (width, height), Lang::En);
        let (across, upright) = (layout.x(1.0) - layout.x(0.0), layout.row_height());
        assert!((across - upright).abs() < 1e-6, "{across} {upright}");
    }

    #[test]
    fn words_are_escaped() {
        let mut figure = figures::calibration(&fixture::analysis(), 0, Lang::En);
        figure.title = "a < b & \"c\"".to_owned();
        let text = svg(&figure, 300, 300, Lang::En);
        assert!(text.contains("a &lt; b &amp; &quot;c&quot;"));
    }

    #[test]
    fn a_figure_with_broken_numbers_is_drawn_without_them() {
        let mut figure = figures::calibration(&fixture::analysis(), 0, Lang::En);
        figure.marks.push(Mark::Dots {
            name: String::new(),
            role: Role::ModelC,
            filled: true,
            points: vec![[f64::NAN, 0.5], [0.5, f64::INFINITY]],
        });
        figure.x.to = figure.x.from;
        let text = svg(&figure, 10, 10, Lang::En);
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }

    #[test]
    fn a_long_label_is_cut_and_a_long_title_is_broken() {
        assert!(shorten(&"very long ".repeat(20), 12.0, 100.0).ends_with('…'));
        assert!(wrap(&"some words ".repeat(20), 12.0, 200.0).len() > 5);
    }
}
