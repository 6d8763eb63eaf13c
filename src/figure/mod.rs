//! A figure as plain data: axes, marks, words. Drawn on screen by `egui_plot` and written as SVG
//! from the same value, so that the two can't differ.
//!
//! Knows neither egui nor SVG nor medicine; words arrive translated.

pub mod palette;
pub mod ticks;

use serde::{Deserialize, Serialize};

/// What a colour stands for; the theme and the SVG writer map it to a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Patients who responded.
    Responder,
    /// Patients who did not.
    NonResponder,
    /// The first model.
    ModelA,
    /// The second model.
    ModelB,
    /// A third model.
    ModelC,
    /// The fourth model.
    ModelD,
    /// The fifth model.
    ModelE,
    /// The sixth model.
    ModelF,
    /// Guide lines: the diagonal, treat all, treat none.
    Reference,
}

/// How a line is drawn, so that it is told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stroke {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Hair-thin and faint: one of many.
    Hair,
}

/// One thing drawn in a figure. Points are `[x, y]` in axis units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// A line through points.
    Line {
        /// Name in the legend; empty for none.
        name: String,
        /// Colour.
        role: Role,
        /// Dash pattern.
        stroke: Stroke,
        /// Points in order of x.
        points: Vec<[f64; 2]>,
    },
    /// An area between two curves: `[x, low, high]`, at 18 % of its role's colour.
    Band {
        /// Colour.
        role: Role,
        /// Points in order of x.
        points: Vec<[f64; 3]>,
    },
    /// Dots.
    Dots {
        /// Name in the legend; empty for none.
        name: String,
        /// Colour.
        role: Role,
        /// Filled or ring.
        filled: bool,
        /// Points.
        points: Vec<[f64; 2]>,
    },
    /// Vertical bars: `[x centre, from, to]` of a common width.
    Bars {
        /// Name in the legend; empty for none.
        name: String,
        /// Colour.
        role: Role,
        /// Width in axis units.
        width: f64,
        /// Bars.
        bars: Vec<[f64; 3]>,
    },
    /// Horizontal intervals with a dot: `[low, estimate, high]` at height `y`.
    Intervals {
        /// Name in the legend; empty for none.
        name: String,
        /// Colour.
        role: Role,
        /// `[y, low, estimate, high]`.
        rows: Vec<[f64; 4]>,
    },
    /// Horizontal bars from 0: `[y, value]`; positive in one role, negative in another.
    Contributions {
        /// Colour of what raises the chance.
        positive: Role,
        /// Colour of what lowers it.
        negative: Role,
        /// `[y, value]`.
        bars: Vec<[f64; 2]>,
    },
    /// Words above points.
    Words {
        /// Point and words.
        at: Vec<([f64; 2], String)>,
    },
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// Label with its unit.
    pub label: String,
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Ticks: position and text. Empty: chosen by the drawer.
    pub ticks: Vec<(f64, String)>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Kebab-case name, for files and accessible ids.
    pub id: String,
    /// Title.
    pub title: String,
    /// What the figure shows, in a sentence or two, for those who do not see it.
    pub alt: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Drawn in this order.
    pub marks: Vec<Mark>,
    /// The figure as a table: header and rows of text.
    pub table: (Vec<String>, Vec<Vec<String>>),
}
