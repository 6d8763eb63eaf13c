//! The figures of an analysis, built once for screen and paper.

use crate::analysis::Analysis;
use crate::base::text::Lang;
use crate::figure::Figure;

/// Smooth calibration curve of one model with band and histograms of the chances by outcome beneath.
pub fn calibration(_analysis: &Analysis, _model: usize, _lang: Lang) -> Figure {
    empty()
}

/// Net benefit of all models, treat all, treat none and the lead trial.
pub fn decision_curve(_analysis: &Analysis, _lang: Lang) -> Figure {
    empty()
}

/// Importance of the predictors of one model with intervals, most important on top, at most `n_shown`.
pub fn importance(_analysis: &Analysis, _model: usize, _n_shown: usize, _lang: Lang) -> Figure {
    empty()
}

/// Why one patient has this chance: the largest contributions, at most `n_shown`.
pub fn contributions(
    _analysis: &Analysis,
    _model: usize,
    _patient: usize,
    _n_shown: usize,
    _lang: Lang,
) -> Figure {
    empty()
}

/// Each patient's chance with its spread, in order of the chance, coloured by outcome, with the cuts.
pub fn instability(_analysis: &Analysis, _model: usize, _lang: Lang) -> Figure {
    empty()
}

fn empty() -> Figure {
    let axis = crate::figure::Axis {
        label: String::new(),
        from: 0.0,
        to: 1.0,
        ticks: Vec::new(),
    };
    Figure {
        id: String::new(),
        title: String::new(),
        alt: String::new(),
        x: axis.clone(),
        y: axis,
        marks: Vec::new(),
        table: (Vec::new(), Vec::new()),
    }
}
