//! What was imputed: convergence of the chains, observed against imputed values.

use crate::analysis::{Analysis, Distribution, MissingSummary, Shape};
use crate::base::text::Lang;
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, thinned};
use crate::report::words;

/// Which figure of the imputed values is followed from round to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traced {
    /// Their mean.
    Mean,
    /// Their standard deviation.
    Sd,
}

/// Mean or standard deviation of the imputed values of the `at`-th imputed predictor after each
/// round, a line a chain.
pub fn convergence(analysis: &Analysis, at: usize, traced: Traced, lang: Lang) -> Figure {
    let found = analysis.missing.as_ref().and_then(|m| m.traces.get(at));
    let Some((name, trace)) = found else {
        return empty("convergence");
    };
    let (key, axis_key, id, chains) = match traced {
        Traced::Mean => (
            "figure-trace-mean",
            "figure-trace-mean-axis",
            "mean",
            &trace.means,
        ),
        Traced::Sd => ("figure-trace-sd", "figure-trace-sd-axis", "sd", &trace.sds),
    };
    let label = words::predictor(analysis, name);
    let (low, high) = ends(chains.iter().flatten().copied());
    let last: Vec<f64> = chains
        .iter()
        .filter_map(|chain| chain.last().copied())
        .collect();
    let (last_low, last_high) = ends(last.iter().copied());
    let n_rounds = chains.first().map_or(0, Vec::len);
    let roles = [Role::ModelA, Role::ModelB, Role::ModelC];
    let strokes = [Stroke::Solid, Stroke::Dashed, Stroke::Dotted];
    let line = |(chain, values): (usize, &Vec<f64>)| Mark::Line {
        name: String::new(),
        role: roles[chain % roles.len()],
        stroke: strokes[(chain / roles.len()) % strokes.len()],
        points: values
            .iter()
            .enumerate()
            .map(|(round, value)| [(round + 1) as f64, *value])
            .collect(),
    };
    let mut header = vec![lang.t("figure-round")];
    header
        .extend((1..=chains.len()).map(|chain| lang.with("figure-chain", &[("n", chain.into())])));
    let row = |round: usize| {
        let mut row = vec![(round + 1).to_string()];
        row.extend(chains.iter().map(|chain| lang.short(chain[round])));
        row
    };
    Figure {
        id: format!("convergence-{id}-{name}"),
        title: lang.with(key, &[("predictor", label.into())]),
        alt: lang.with(
            "figure-trace-alt",
            &[
                ("chains", chains.len().into()),
                ("rounds", n_rounds.into()),
                (
                    "range",
                    format!("{} – {}", lang.short(last_low), lang.short(last_high)).into(),
                ),
            ],
        ),
        x: Axis {
            label: lang.t("figure-round"),
            from: 0.5,
            to: n_rounds as f64 + 0.5,
            ticks: thinned(n_rounds, 8)
                .map(|round| ((round + 1) as f64, (round + 1).to_string()))
                .collect(),
        },
        y: padded(lang.t(axis_key), low, high),
        marks: chains.iter().enumerate().map(line).collect(),
        table: (header, (0..n_rounds).map(row).collect()),
    }
}

/// Observed against imputed values of the `at`-th imputed predictor: densities of a number, shares of levels.
pub fn imputed_values(analysis: &Analysis, at: usize, lang: Lang) -> Figure {
    let Some(MissingSummary { distributions, .. }) = &analysis.missing else {
        return empty("imputed-values");
    };
    let Some(distribution) = distributions.get(at) else {
        return empty("imputed-values");
    };
    let label = words::predictor(analysis, &distribution.predictor);
    let mut figure = match &distribution.shape {
        Shape::Curves { observed, imputed } => curves(&label, observed, imputed, lang),
        Shape::Shares { levels } => shares(&label, levels, lang),
    };
    figure.id = format!("imputed-values-{}", distribution.predictor);
    figure.title = lang.with("figure-imputed-title", &[("predictor", label.into())]);
    figure.alt = imputed_alt(distribution, lang);
    figure
}

fn imputed_alt(distribution: &Distribution, lang: Lang) -> String {
    let peak = |curve: &[(f64, f64)]| {
        let top = curve.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        top.map_or_else(String::new, |point| {
            lang.with(
                "figure-imputed-peak",
                &[("value", lang.short(point.0).into())],
            )
        })
    };
    let (observed, imputed) = match &distribution.shape {
        Shape::Curves { observed, imputed } => (peak(observed), peak(imputed)),
        Shape::Shares { levels } => {
            let listed = |pick: fn(&(String, f64, f64)) -> f64| {
                let words = levels
                    .iter()
                    .map(|level| format!("{} {}", level.0, lang.percent(pick(level))));
                words.collect::<Vec<String>>().join(", ")
            };
            (listed(|level| level.1), listed(|level| level.2))
        }
    };
    lang.with(
        "figure-imputed-alt",
        &[
            ("observed", distribution.n_observed.into()),
            ("missing", distribution.n_missing.into()),
            ("seen", observed.into()),
            ("filled", imputed.into()),
        ],
    )
}

fn curves(label: &str, observed: &[(f64, f64)], imputed: &[(f64, f64)], lang: Lang) -> Figure {
    let line = |key: &str, role, stroke, curve: &[(f64, f64)]| Mark::Line {
        name: lang.t(key),
        role,
        stroke,
        points: curve.iter().map(|&(x, density)| [x, density]).collect(),
    };
    let (from, to) = ends(observed.iter().map(|point| point.0));
    let (_, top) = ends(observed.iter().chain(imputed).map(|point| point.1));
    let rows = thinned(observed.len().min(imputed.len()), 20).map(|i| {
        vec![
            lang.short(observed[i].0),
            lang.number(observed[i].1, 4),
            lang.number(imputed[i].1, 4),
        ]
    });
    Figure {
        x: Axis {
            label: label.to_owned(),
            from,
            to,
            ticks: Vec::new(),
        },
        y: Axis {
            label: lang.t("figure-density-axis"),
            from: 0.0,
            to: 1.08 * top,
            ticks: Vec::new(),
        },
        marks: vec![
            line(
                "figure-observed-values",
                Role::ModelA,
                Stroke::Solid,
                observed,
            ),
            line(
                "figure-imputed-values",
                Role::ModelB,
                Stroke::Dashed,
                imputed,
            ),
        ],
        table: (value_headers(lang), rows.collect()),
        ..empty("")
    }
}

fn shares(label: &str, levels: &[(String, f64, f64)], lang: Lang) -> Figure {
    let bars = |key: &str, role, shift: f64, pick: fn(&(String, f64, f64)) -> f64| Mark::Bars {
        name: lang.t(key),
        role,
        width: 0.34,
        bars: levels
            .iter()
            .enumerate()
            .map(|(at, level)| [at as f64 + shift, 0.0, pick(level)])
            .collect(),
    };
    let ticks = levels.iter().enumerate();
    let rows = levels.iter().map(|level| {
        vec![
            level.0.clone(),
            lang.percent(level.1),
            lang.percent(level.2),
        ]
    });
    Figure {
        x: Axis {
            label: label.to_owned(),
            from: -0.6,
            to: levels.len() as f64 - 0.4,
            ticks: ticks
                .map(|(at, level)| (at as f64, level.0.clone()))
                .collect(),
        },
        y: Axis {
            label: lang.t("figure-share-axis"),
            from: 0.0,
            to: 1.0,
            ticks: percent_ticks(lang),
        },
        marks: vec![
            bars("figure-observed-values", Role::ModelA, -0.19, |level| {
                level.1
            }),
            bars("figure-imputed-values", Role::ModelB, 0.19, |level| level.2),
        ],
        table: (value_headers(lang), rows.collect()),
        ..empty("")
    }
}

fn value_headers(lang: Lang) -> Vec<String> {
    headers(
        &[
            "figure-value",
            "figure-observed-values",
            "figure-imputed-values",
        ],
        lang,
    )
}

/// Smallest and largest of the finite values; 0 and 1 where there is none.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

fn padded(label: String, low: f64, high: f64) -> Axis {
    let pad = if high > low { 0.08 * (high - low) } else { 0.5 };
    Axis {
        label,
        from: low - pad,
        to: high + pad,
        ticks: Vec::new(),
    }
}
