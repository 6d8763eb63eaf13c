//! The figures of an analysis, built once for screen and paper.
//!
//! Each carries its axes with units, a text alternative made from the numbers, and its numbers as a
//! table. A model or patient that does not exist gives a figure without marks.

mod courses;
mod curves;
mod effects;
mod missing;
mod patients;
mod profiles;
mod refits;
mod relief;
mod roc;
mod strip;

use crate::analysis::{self, Analysis, DomainImportance, ImportanceRow, ModelResult};
use crate::base::text::Lang;
use crate::figure::palette::model_role;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::words;

pub use courses::courses;
pub(crate) use curves::best_span;
pub use curves::{calibration, calibration_elsewhere, decision_curve};
pub use effects::{interactions, local_effects, nomogram, partial_dependence, swarm};
pub use missing::{Traced, convergence, imputed_values};
pub use patients::{contributions, drawn_by_rank, instability, outcome_word};
pub use profiles::{fingerprint, profile_outcomes};
pub use refits::{calibration_instability, decision_instability};
pub use relief::trial_relief;
pub use roc::{precision_recall, roc_curve};
pub use strip::{Strip, strip, strips};

/// Importance of the predictors of one model with intervals, most important on top, at most `n_shown`.
pub fn importance(analysis: &Analysis, model: usize, n_shown: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("importance");
    };
    let mut sorted: Vec<&ImportanceRow> = result.importance.iter().collect();
    sorted.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    sorted.truncate(n_shown);
    let rise = |row: &&ImportanceRow| Rise {
        name: words::predictor(analysis, &row.variable),
        limits: [row.low, row.mean, row.high],
        last_cell: rank_range(row, lang),
    };
    let rises: Vec<Rise> = sorted.iter().map(rise).collect();
    Figure {
        id: format!("importance-{}", result.learner.name()),
        title: titled("figure-importance", result, lang),
        alt: importance_alt(&rises, lang),
        ..of_rises(&rises, model, ["figure-predictor", "figure-rank"], lang)
    }
}

/// What each predictor of one model adds to the others, most on top, at most `n_shown`; empty where it is not known.
pub fn conditional_importance(
    analysis: &Analysis,
    model: usize,
    n_shown: usize,
    lang: Lang,
) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("importance-conditional");
    };
    let known = result.importance.iter();
    let mut sorted: Vec<(&ImportanceRow, analysis::Rise)> = known
        .filter_map(|row| Some((row, row.conditional?)))
        .collect();
    sorted.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean));
    sorted.truncate(n_shown);
    let rise = |(row, rise): &(&ImportanceRow, analysis::Rise)| Rise {
        name: words::predictor(analysis, &row.variable),
        limits: [rise.low, rise.mean, rise.high],
        last_cell: lang.number(row.mean, 4),
    };
    let rises: Vec<Rise> = sorted.iter().map(rise).collect();
    Figure {
        id: format!("importance-conditional-{}", result.learner.name()),
        title: titled("figure-conditional", result, lang),
        alt: importance_alt(&rises, lang),
        ..of_rises(
            &rises,
            model,
            ["figure-predictor", "figure-among-all"],
            lang,
        )
    }
}

/// Importance of the domains of one model: their predictors shuffled together.
pub fn importance_by_domain(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("importance-by-domain");
    };
    let mut sorted: Vec<&DomainImportance> = result.importance_by_domain.iter().collect();
    sorted.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    let rise = |row: &&DomainImportance| Rise {
        name: words::domain(row.domain, lang),
        limits: [row.low, row.mean, row.high],
        last_cell: row.n_predictors.to_string(),
    };
    let rises: Vec<Rise> = sorted.iter().map(rise).collect();
    Figure {
        id: format!("importance-by-domain-{}", result.learner.name()),
        title: titled("figure-domains", result, lang),
        alt: importance_alt(&rises, lang),
        ..of_rises(
            &rises,
            model,
            ["figure-domain", "figure-n-predictors"],
            lang,
        )
    }
}

/// How far the Brier score rises when something is shuffled: lower limit, mean, upper limit.
struct Rise {
    name: String,
    limits: [f64; 3],
    /// What stands in the last column of the table.
    last_cell: String,
}

/// Intervals, the first on top; `headers` name the first and the last column of the table.
fn of_rises(rises: &[Rise], model: usize, headers: [&str; 2], lang: Lang) -> Figure {
    let n = rises.len();
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let low = rises
        .iter()
        .map(|r| finite(r.limits[0]))
        .fold(0.0, f64::min);
    let high = rises
        .iter()
        .map(|r| finite(r.limits[2]))
        .fold(1e-4, f64::max);
    let pad = 0.06 * (high - low);
    let height = |position: usize| (n - 1 - position) as f64;
    let rows = rises.iter().enumerate().map(|(i, rise)| {
        let [low, mean, high] = rise.limits;
        [height(i), low, mean, high]
    });
    let names = rises.iter().enumerate();
    let [first, last] = headers;
    Figure {
        x: Axis {
            label: lang.t("figure-importance-axis"),
            from: if low < 0.0 { low - pad } else { -pad },
            to: high + pad,
            ticks: Vec::new(),
        },
        y: row_axis(
            n,
            names
                .map(|(i, rise)| (height(i), rise.name.clone()))
                .collect(),
        ),
        marks: vec![
            zero_line(n),
            Mark::Intervals {
                name: String::new(),
                role: model_role(model),
                rows: rows.collect(),
            },
        ],
        table: (
            self::headers(
                &[first, "figure-importance-mean", "figure-interval", last],
                lang,
            ),
            rises.iter().map(|rise| rise.cells(lang)).collect(),
        ),
        ..empty("importance")
    }
}

impl Rise {
    fn cells(&self, lang: Lang) -> Vec<String> {
        let [low, mean, high] = self.limits;
        vec![
            self.name.clone(),
            lang.number(mean, 4),
            lang.range(low, high, 4),
            self.last_cell.clone(),
        ]
    }
}

/// Best and worst rank of a predictor: `2 to 5`, or the one rank it always has.
pub fn rank_range(row: &ImportanceRow, lang: Lang) -> String {
    if row.rank_low == row.rank_high {
        return row.rank_low.to_string();
    }
    lang.range(row.rank_low as f64, row.rank_high as f64, 0)
}

fn importance_alt(rises: &[Rise], lang: Lang) -> String {
    let Some(first) = rises.first() else {
        return lang.t("figure-importance-none");
    };
    let [low, mean, high] = first.limits;
    let n_clear = rises.iter().filter(|rise| rise.limits[0] > 0.0).count();
    lang.with(
        "figure-importance-alt",
        &[
            ("predictor", first.name.clone().into()),
            ("mean", lang.number(mean, 4).into()),
            ("range", lang.range(low, high, 4).into()),
            ("clear", n_clear.into()),
            ("shown", rises.len().into()),
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
