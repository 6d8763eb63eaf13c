//! The figures of an analysis, built once for screen and paper.
//!
//! Each carries its axes with units, a text alternative made from the numbers, and its numbers as a
//! table. A model or patient that does not exist gives a figure without marks.

mod curves;
mod missing;
mod patients;
mod relief;

use crate::analysis::{Analysis, ImportanceRow, ModelResult};
use crate::base::text::Lang;
use crate::figure::palette::model_role;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::words;

pub use curves::{calibration, decision_curve};
pub use missing::{Traced, convergence, imputed_values};
pub use patients::{contributions, instability, outcome_word};
pub use relief::trial_relief;

/// Importance of the predictors of one model with intervals, most important on top, at most `n_shown`.
pub fn importance(analysis: &Analysis, model: usize, n_shown: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("importance");
    };
    let mut sorted: Vec<&ImportanceRow> = result.importance.iter().collect();
    sorted.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    sorted.truncate(n_shown);
    let n = sorted.len();
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let low = sorted.iter().map(|r| finite(r.low)).fold(0.0, f64::min);
    let high = sorted.iter().map(|r| finite(r.high)).fold(1e-4, f64::max);
    let pad = 0.06 * (high - low);
    let height = |position: usize| (n - 1 - position) as f64;
    let marks = vec![
        zero_line(n),
        Mark::Intervals {
            name: String::new(),
            role: model_role(model),
            rows: sorted
                .iter()
                .enumerate()
                .map(|(i, row)| [height(i), row.low, row.mean, row.high])
                .collect(),
        },
    ];
    let labels = sorted
        .iter()
        .enumerate()
        .map(|(i, row)| (height(i), words::predictor(analysis, &row.variable)));
    Figure {
        id: format!("importance-{}", result.learner.name()),
        title: titled("figure-importance", result, lang),
        alt: importance_alt(analysis, &sorted, lang),
        x: Axis {
            label: lang.t("figure-importance-axis"),
            from: if low < 0.0 { low - pad } else { -pad },
            to: high + pad,
            ticks: Vec::new(),
        },
        y: row_axis(n, labels.collect()),
        marks,
        table: (
            headers(
                &[
                    "figure-predictor",
                    "figure-importance-mean",
                    "figure-interval",
                    "figure-rank",
                ],
                lang,
            ),
            sorted
                .iter()
                .map(|row| {
                    vec![
                        words::predictor(analysis, &row.variable),
                        lang.number(row.mean, 4),
                        lang.range(row.low, row.high, 4),
                        rank_range(row, lang),
                    ]
                })
                .collect(),
        ),
    }
}

/// Best and worst rank of a predictor: `2 to 5`, or the one rank it always has.
pub fn rank_range(row: &ImportanceRow, lang: Lang) -> String {
    if row.rank_low == row.rank_high {
        return row.rank_low.to_string();
    }
    lang.range(row.rank_low as f64, row.rank_high as f64, 0)
}

fn importance_alt(analysis: &Analysis, sorted: &[&ImportanceRow], lang: Lang) -> String {
    let Some(first) = sorted.first() else {
        return lang.t("figure-importance-none");
    };
    let n_clear = sorted.iter().filter(|row| row.low > 0.0).count();
    lang.with(
        "figure-importance-alt",
        &[
            (
                "predictor",
                words::predictor(analysis, &first.variable).into(),
            ),
            ("mean", lang.number(first.mean, 4).into()),
            ("range", lang.range(first.low, first.high, 4).into()),
            ("clear", n_clear.into()),
            ("shown", sorted.len().into()),
        ],
    )
}

/// A number with its sign, `+` included.
pub fn signed(value: f64, n_decimals: usize, lang: Lang) -> String {
    let text = lang.number(value, n_decimals);
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// An axis of `n` named rows.
fn row_axis(n: usize, ticks: Vec<(f64, String)>) -> Axis {
    Axis {
        label: String::new(),
        from: -0.6,
        to: n.max(1) as f64 - 0.4,
        ticks,
    }
}

fn zero_line(n: usize) -> Mark {
    Mark::Line {
        name: String::new(),
        role: Role::Reference,
        stroke: Stroke::Solid,
        points: vec![[0.0, -0.6], [0.0, n.max(1) as f64 - 0.4]],
    }
}

fn titled(key: &str, result: &ModelResult, lang: Lang) -> String {
    let model = words::learner(result.learner, lang);
    lang.with(key, &[("model", model.into())])
}

fn headers(keys: &[&str], lang: Lang) -> Vec<String> {
    keys.iter().map(|key| lang.t(key)).collect()
}

/// At most `n_most` positions of `0..n`, evenly spread, both ends included.
fn thinned(n: usize, n_most: usize) -> impl Iterator<Item = usize> {
    let n_kept = n.min(n_most);
    (0..n_kept).map(move |k| {
        if n_kept < 2 {
            return 0;
        }
        (k as f64 * (n - 1) as f64 / (n_kept - 1) as f64).round() as usize
    })
}

fn empty(id: &str) -> Figure {
    let axis = Axis {
        label: String::new(),
        from: 0.0,
        to: 1.0,
        ticks: Vec::new(),
    };
    Figure {
        id: id.to_owned(),
        title: String::new(),
        alt: String::new(),
        x: axis.clone(),
        y: axis,
        marks: Vec::new(),
        table: (Vec::new(), Vec::new()),
    }
}

#[cfg(test)]
mod tests;
