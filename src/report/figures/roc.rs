//! ROC and precision-recall curves: on demand, for no threshold can be read off them.

use crate::analysis::{Analysis, ModelResult, RocPoint};
use crate::base::text::Lang;
use crate::figure::palette::{model_role, model_stroke};
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{headers, thinned};
use crate::report::words;
use crate::validate::curves::roc;

/// Most points of a curve that are drawn.
const MOST: usize = 400;

/// The points of one model.
fn points(model: &ModelResult) -> Vec<RocPoint> {
    let risks: Vec<f64> = model.patients.iter().map(|patient| patient.risk).collect();
    let y: Vec<bool> = model
        .patients
        .iter()
        .map(|patient| patient.observed)
        .collect();
    let all = roc(&risks, &y);
    thinned(all.len(), MOST).map(|at| all[at]).collect()
}

/// Sensitivity against the share of non-responders acted on, of all models.
pub fn roc_curve(analysis: &Analysis, lang: Lang) -> Figure {
    let chance = vec![[0.0, 0.0], [1.0, 1.0]];
    let of = |point: &RocPoint| [point.false_positive_rate, point.sensitivity];
    let axes = ["figure-false-positive-axis", "figure-sensitivity-axis"];
    let mut figure = curves(analysis, ("roc", "figure-roc", axes), chance, of, lang);
    for mark in &mut figure.marks {
        if let Mark::Line { role, points, .. } = mark
            && *role != Role::Reference
        {
            points.insert(0, [0.0, 0.0]);
        }
    }
    figure
}

/// Share of responders among those acted on against sensitivity, of all models.
pub fn precision_recall(analysis: &Analysis, lang: Lang) -> Figure {
    let rate = analysis.outcome.event_rate;
    let chance = vec![[0.0, rate], [1.0, rate]];
    let of = |point: &RocPoint| [point.sensitivity, point.precision];
    let axes = ["figure-sensitivity-axis", "figure-precision-axis"];
    let names = ("precision-recall", "figure-precision-recall", axes);
    curves(analysis, names, chance, of, lang)
}

fn curves(
    analysis: &Analysis,
    (id, key, axes): (&str, &str, [&str; 2]),
    chance: Vec<[f64; 2]>,
    of: fn(&RocPoint) -> [f64; 2],
    lang: Lang,
) -> Figure {
    let mut marks = vec![Mark::Line {
        name: lang.t("figure-no-information"),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: chance,
    }];
    let (mut rows, mut said) = (Vec::new(), Vec::new());
    for (position, model) in analysis.models.iter().enumerate() {
        let points = points(model);
        let name = words::learner(model.learner, lang);
        rows.extend(thinned(points.len(), 20).map(|at| {
            let [x, y] = of(&points[at]);
            let threshold = lang.percent(points[at].threshold);
            vec![name.clone(), threshold, lang.percent(x), lang.percent(y)]
        }));
        if let Some(half) = points.get(points.len() / 2) {
            let [x, y] = of(half);
            said.push(lang.with(
                "figure-roc-at",
                &[
                    ("model", name.as_str().into()),
                    ("threshold", lang.percent(half.threshold).into()),
                    ("x", lang.percent(x).into()),
                    ("y", lang.percent(y).into()),
                ],
            ));
        }
        marks.push(Mark::Line {
            name,
            role: model_role(position),
            stroke: model_stroke(position),
            points: points.iter().map(of).collect(),
        });
    }
    let axis = |key: &str| Axis {
        label: lang.t(key),
        from: 0.0,
        to: 1.0,
        ticks: percent_ticks(lang),
    };
    Figure {
        id: id.to_owned(),
        title: lang.t(key),
        alt: format!("{} {}", lang.t(&format!("{key}-alt")), said.join(" ")),
        x: axis(axes[0]),
        y: axis(axes[1]),
        marks,
        table: (
            headers(
                &["figure-model", "figure-threshold", axes[0], axes[1]],
                lang,
            ),
            rows,
        ),
    }
}
