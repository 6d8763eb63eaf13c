//! The curves of refits: how far calibration and net benefit would move (Riley and Collins 2023).

use crate::analysis::{Analysis, ModelResult, RefitCurve};
use crate::base::num::quantile;
use crate::base::text::Lang;
use crate::figure::palette::model_role;
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, titled};

/// A curve of one refit.
type CurveOf = fn(&RefitCurve) -> &Vec<[f64; 2]>;

/// Calibration curves of refits on the patients that each left out, beneath the curve of the model.
pub fn calibration_instability(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("calibration-instability");
    };
    let own = result.calibration_curve.iter();
    let own = own.map(|point| [point.predicted, point.observed]).collect();
    let axis = |key: &str| Axis {
        label: lang.t(key),
        from: 0.0,
        to: 1.0,
        ticks: percent_ticks(lang),
    };
    let mut marks = vec![Mark::Line {
        name: lang.t("figure-ideal"),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: vec![[0.0, 0.0], [1.0, 1.0]],
    }];
    let curve: CurveOf = |refit| &refit.calibration;
    marks.extend(refit_lines(result, model, curve, 1.0));
    marks.push(own_line(model, own, lang));
    Figure {
        id: format!("calibration-instability-{}", result.learner.name()),
        title: titled("figure-calibration-instability", result, lang),
        alt: alt(
            "figure-calibration-instability-alt",
            result,
            curve,
            1.0,
            lang,
        ),
        x: axis("figure-predicted-axis"),
        y: axis("figure-observed-share-axis"),
        marks,
        table: table(
            "figure-predicted",
            "figure-observed",
            result,
            curve,
            1.0,
            lang,
        ),
    }
}

/// Net benefit of refits on the patients that each left out, beneath that of the model.
pub fn decision_instability(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("decision-instability");
    };
    let own = result.decision_curve.iter();
    let own: Vec<[f64; 2]> = own
        .map(|point| [point.threshold, 100.0 * point.model])
        .collect();
    let all = result.decision_curve.iter();
    let all = all
        .map(|point| [point.threshold, 100.0 * point.treat_all])
        .collect();
    let top = own.iter().map(|point| point[1]).fold(1.0, f64::max);
    let reference = |name: &str, stroke, points| Mark::Line {
        name: lang.t(name),
        role: Role::Reference,
        stroke,
        points,
    };
    let mut marks = vec![
        reference(
            "figure-treat-none",
            Stroke::Solid,
            vec![[0.0, 0.0], [1.0, 0.0]],
        ),
        reference("figure-treat-all", Stroke::Dashed, all),
    ];
    let curve: CurveOf = |refit| &refit.decision;
    marks.extend(refit_lines(result, model, curve, 100.0));
    marks.push(own_line(model, own, lang));
    Figure {
        id: format!("decision-instability-{}", result.learner.name()),
        title: titled("figure-decision-instability", result, lang),
        alt: alt(
            "figure-decision-instability-alt",
            result,
            curve,
            100.0,
            lang,
        ),
        x: Axis {
            label: lang.t("figure-threshold-axis"),
            from: 0.0,
            to: 1.0,
            ticks: percent_ticks(lang),
        },
        y: Axis {
            label: lang.t("figure-benefit-axis"),
            from: -0.3 * top,
            to: 1.3 * top,
            ticks: Vec::new(),
        },
        marks,
        table: table(
            "figure-threshold",
            "figure-benefit-axis",
            result,
            curve,
            100.0,
            lang,
        ),
    }
}

fn refit_lines(result: &ModelResult, model: usize, curve: CurveOf, scale: f64) -> Vec<Mark> {
    let line = |refit: &RefitCurve| Mark::Line {
        name: String::new(),
        role: model_role(model),
        stroke: Stroke::Hair,
        points: curve(refit).iter().map(|[x, y]| [*x, scale * y]).collect(),
    };
    result.refit_curves.iter().map(line).collect()
}

fn own_line(model: usize, points: Vec<[f64; 2]>, lang: Lang) -> Mark {
    Mark::Line {
        name: lang.t("figure-all-patients"),
        role: model_role(model),
        stroke: Stroke::Solid,
        points,
    }
}

/// The values of the refits at the point in the middle of their curves.
fn middle(result: &ModelResult, curve: CurveOf, at: usize) -> Vec<[f64; 2]> {
    let points = result.refit_curves.iter();
    points
        .filter_map(|refit| curve(refit).get(at).copied())
        .collect()
}

fn alt(key: &str, result: &ModelResult, curve: CurveOf, scale: f64, lang: Lang) -> String {
    let n = result.refit_curves.len();
    let longest = result
        .refit_curves
        .iter()
        .map(|refit| curve(refit).len())
        .max();
    let points = middle(result, curve, longest.unwrap_or(0) / 2);
    let values: Vec<f64> = points.iter().map(|[_, y]| scale * y).collect();
    let x: Vec<f64> = points.iter().map(|[x, _]| *x).collect();
    let ends = (
        quantile(&values, 0.05),
        quantile(&values, 0.95),
        quantile(&x, 0.5),
    );
    let (Some(low), Some(high), Some(x)) = ends else {
        return lang.t("figure-refits-none");
    };
    let range = if scale > 1.0 {
        lang.range(low, high, 1)
    } else {
        lang.percent_range(low, high)
    };
    lang.with(
        key,
        &[
            ("n", n.into()),
            ("at", lang.percent(x).into()),
            ("range", range.into()),
        ],
    )
}

/// Low, middle and high of the refits' curves, point by point.
fn table(
    first: &str,
    second: &str,
    result: &ModelResult,
    curve: CurveOf,
    scale: f64,
    lang: Lang,
) -> (Vec<String>, Vec<Vec<String>>) {
    let longest = result
        .refit_curves
        .iter()
        .map(|refit| curve(refit).len())
        .max();
    let rows = (0..longest.unwrap_or(0)).filter_map(|at| {
        let points = middle(result, curve, at);
        let of = |which: usize, share| {
            let values: Vec<f64> = points.iter().map(|point| point[which]).collect();
            quantile(&values, share)
        };
        let value =
            |share| Some(lang.number(scale * of(1, share)?, if scale > 1.0 { 1 } else { 2 }));
        Some(vec![
            lang.percent(of(0, 0.5)?),
            value(0.05)?,
            value(0.5)?,
            value(0.95)?,
        ])
    });
    let mut header = headers(&[first], lang);
    let shares = [
        "figure-refits-low",
        "figure-refits-middle",
        "figure-refits-high",
    ];
    let of_shares = shares.map(|key| lang.with(key, &[("figure", lang.t(second).into())]));
    header.extend(of_shares);
    (header, rows.collect())
}
