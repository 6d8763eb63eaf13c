//! Calibration and decision curves.

use crate::analysis::{Analysis, CurvePoint, DecisionPoint, ModelResult, PatientResult};
use crate::base::num::quantile;
use crate::base::text::Lang;
use crate::figure::palette::{model_role, model_stroke};
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, thinned, titled};
use crate::report::words;

/// Height of one side of the histogram beneath the calibration curve, in axis units.
const HISTOGRAM_HEIGHT: f64 = 0.11;
/// Where the two sides of that histogram meet.
const HISTOGRAM_BASE: f64 = -0.14;
/// Bins of that histogram over [0, 1].
const N_BINS: usize = 25;

/// Smooth calibration curve of one model with band and histograms of the chances by outcome beneath.
pub fn calibration(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("calibration");
    };
    let curve = &supported_curve(result);
    let mut marks = histograms(&result.patients, lang);
    marks.extend(curve_marks(curve, result, model, lang));
    Figure {
        id: format!("calibration-{}", result.learner.name()),
        title: titled("figure-calibration", result, lang),
        alt: calibration_alt(curve, lang),
        x: share_axis("figure-predicted-axis", 0.0, lang),
        y: share_axis("figure-observed-axis", -0.27, lang),
        marks,
        table: curve_table(curve, lang),
    }
}

/// Smooth calibration curve of one model in another cohort; without marks where it was not judged on one.
pub fn calibration_elsewhere(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let external = analysis.external.iter();
    let mut judged = external.flat_map(|external| &external.models);
    let found = analysis.models.get(model).and_then(|result| {
        let (_, judged) = judged.find(|(learner, _)| *learner == result.learner)?;
        (!judged.calibration_curve.is_empty()).then_some((result, &judged.calibration_curve))
    });
    let Some((result, curve)) = found else {
        return empty("calibration-elsewhere");
    };
    Figure {
        id: format!("calibration-elsewhere-{}", result.learner.name()),
        title: titled("figure-calibration-elsewhere", result, lang),
        alt: calibration_alt(curve, lang),
        x: share_axis("figure-predicted-axis", 0.0, lang),
        y: share_axis("figure-observed-share-axis", 0.0, lang),
        marks: curve_marks(curve, result, model, lang),
        table: curve_table(curve, lang),
    }
}

fn share_axis(key: &str, from: f64, lang: Lang) -> Axis {
    Axis {
        label: lang.t(key),
        from,
        to: 1.0,
        ticks: percent_ticks(lang),
    }
}

/// The ideal, the band and the curve.
fn curve_marks(curve: &[CurvePoint], result: &ModelResult, model: usize, lang: Lang) -> Vec<Mark> {
    let role = model_role(model);
    vec![
        Mark::Line {
            name: lang.t("figure-ideal"),
            role: Role::Reference,
            stroke: Stroke::Dashed,
            points: vec![[0.0, 0.0], [1.0, 1.0]],
        },
        Mark::Band {
            role,
            points: curve.iter().map(|p| [p.predicted, p.low, p.high]).collect(),
        },
        Mark::Line {
            name: with_band(result, lang),
            role,
            stroke: Stroke::Solid,
            points: curve.iter().map(|p| [p.predicted, p.observed]).collect(),
        },
    ]
}

fn curve_table(curve: &[CurvePoint], lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let keys = ["figure-predicted", "figure-observed", "figure-band"];
    let rows = thinned(curve.len(), 15).map(|i| {
        vec![
            lang.percent(curve[i].predicted),
            lang.percent(curve[i].observed),
            lang.percent_range(curve[i].low, curve[i].high),
        ]
    });
    (headers(&keys, lang), rows.collect())
}

/// The calibration curve over the middle 95 % of the chances. Beyond, a handful of patients bend a
/// smooth curve at will; `results.json` has all of it.
fn supported_curve(result: &ModelResult) -> Vec<CurvePoint> {
    let risks: Vec<f64> = result.patients.iter().map(|p| p.risk).collect();
    let ends = (quantile(&risks, 0.025), quantile(&risks, 0.975));
    let (Some(low), Some(high)) = ends else {
        return result.calibration_curve.clone();
    };
    let curve = result.calibration_curve.iter().copied();
    curve
        .filter(|point| (low..=high).contains(&point.predicted))
        .collect()
}

fn calibration_alt(curve: &[CurvePoint], lang: Lang) -> String {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return lang.t("figure-calibration-none");
    };
    let at = |share: f64| {
        let point = &curve[((curve.len() - 1) as f64 * share).round() as usize];
        lang.with(
            "figure-calibration-at",
            &[
                ("predicted", lang.percent(point.predicted).into()),
                ("observed", lang.percent(point.observed).into()),
                ("range", lang.percent_range(point.low, point.high).into()),
            ],
        )
    };
    lang.with(
        "figure-calibration-alt",
        &[
            ("low", lang.percent(first.predicted).into()),
            ("high", lang.percent(last.predicted).into()),
            ("points", [at(0.1), at(0.5), at(0.9)].join(" ; ").into()),
        ],
    )
    .replace(" ; ", if lang == Lang::Fr { "\u{a0}; " } else { "; " })
}

/// Counts of chances by outcome, as two histograms back to back beneath 0; one scale for both.
fn histograms(patients: &[PatientResult], lang: Lang) -> Vec<Mark> {
    let count = |observed: bool| {
        let mut counts = vec![0_usize; N_BINS];
        for patient in patients.iter().filter(|p| p.observed == observed) {
            let bin = (patient.risk.clamp(0.0, 1.0) * N_BINS as f64) as usize;
            counts[bin.min(N_BINS - 1)] += 1;
        }
        counts
    };
    let (up, down) = (count(true), count(false));
    let Some(most) = up.iter().chain(&down).copied().max().filter(|&n| n > 0) else {
        return Vec::new();
    };
    let width = 1.0 / N_BINS as f64;
    let bars = |counts: &[usize], sign: f64| -> Vec<[f64; 3]> {
        let filled = counts.iter().enumerate().filter(|(_, n)| **n > 0);
        filled
            .map(|(bin, &n)| {
                let height = sign * HISTOGRAM_HEIGHT * n as f64 / most as f64;
                [
                    (bin as f64 + 0.5) * width,
                    HISTOGRAM_BASE,
                    HISTOGRAM_BASE + height,
                ]
            })
            .collect()
    };
    let n_of = |counts: &[usize]| counts.iter().sum::<usize>();
    vec![
        Mark::Bars {
            name: lang.with("figure-responders", &[("n", n_of(&up).into())]),
            role: Role::Responder,
            width: 0.86 * width,
            bars: bars(&up, 1.0),
        },
        Mark::Bars {
            name: lang.with("figure-non-responders", &[("n", n_of(&down).into())]),
            role: Role::NonResponder,
            width: 0.86 * width,
            bars: bars(&down, -1.0),
        },
        Mark::Line {
            name: String::new(),
            role: Role::Reference,
            stroke: Stroke::Solid,
            points: vec![[0.0, HISTOGRAM_BASE], [1.0, HISTOGRAM_BASE]],
        },
    ]
}

/// Net benefit of all models, treat all, treat none and the lead trial, for 100 patients.
pub fn decision_curve(analysis: &Analysis, lang: Lang) -> Figure {
    let curve = analysis
        .models
        .first()
        .map(|model| model.decision_curve.as_slice())
        .unwrap_or_default();
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return empty("decision-curve");
    };
    let reference = |name: &str, stroke: Stroke, points: Vec<[f64; 2]>| Mark::Line {
        name: lang.t(name),
        role: Role::Reference,
        stroke,
        points,
    };
    let mut marks = vec![
        reference(
            "figure-treat-none",
            Stroke::Solid,
            curve
                .iter()
                .map(|p| [p.threshold, 100.0 * p.treat_none])
                .collect(),
        ),
        reference(
            "figure-treat-all",
            Stroke::Dashed,
            curve
                .iter()
                .map(|p| [p.threshold, 100.0 * p.treat_all])
                .collect(),
        ),
    ];
    let trial: Vec<[f64; 2]> = curve
        .iter()
        .filter_map(|p| p.lead_trial.map(|benefit| [p.threshold, 100.0 * benefit]))
        .collect();
    if !trial.is_empty() {
        marks.push(reference("figure-lead-trial", Stroke::Dotted, trial));
    }
    marks.extend(model_lines(analysis, lang));
    let top = 108.0 * highest_benefit(analysis).max(0.01);
    let from = if first.threshold < 0.05 {
        0.0
    } else {
        first.threshold
    };
    Figure {
        id: "decision-curve".to_owned(),
        title: lang.t("figure-decision"),
        alt: decision_alt(analysis, lang),
        x: Axis {
            label: lang.t("figure-threshold-axis"),
            from,
            to: last.threshold,
            ticks: percent_ticks(lang)
                .into_iter()
                .filter(|(at, _)| *at >= from && *at <= last.threshold + 1e-9)
                .collect(),
        },
        y: Axis {
            label: lang.t("figure-benefit-axis"),
            from: -0.14 * top,
            to: top,
            ticks: Vec::new(),
        },
        marks,
        table: decision_table(analysis, lang),
    }
}

/// The models' lines over the band of the first: those of several would hide each other. The table has them all.
fn model_lines(analysis: &Analysis, lang: Lang) -> Vec<Mark> {
    let band = analysis.models.first().map_or_else(Vec::new, benefit_band);
    let n_banded = usize::from(!band.is_empty());
    let line = |(position, model): (usize, &ModelResult)| Mark::Line {
        name: if position < n_banded {
            with_band(model, lang)
        } else {
            words::learner(model.learner, lang)
        },
        role: model_role(position),
        stroke: model_stroke(position),
        points: model
            .decision_curve
            .iter()
            .map(|p| [p.threshold, 100.0 * p.model])
            .collect(),
    };
    let mut marks = vec![Mark::Band {
        role: model_role(0),
        points: band,
    }];
    marks.extend(analysis.models.iter().enumerate().map(line));
    marks
}

/// Name of a model whose line has a band.
fn with_band(model: &ModelResult, lang: Lang) -> String {
    let name = words::learner(model.learner, lang);
    lang.with("figure-with-band", &[("model", name.into())])
}

/// 95 % limits of the net benefit for 100 patients; empty in a result of an older program.
fn benefit_band(model: &ModelResult) -> Vec<[f64; 3]> {
    let points = model.decision_curve.iter();
    points
        .filter_map(|point| {
            let (low, high) = point.limits()?;
            Some([point.threshold, 100.0 * low, 100.0 * high])
        })
        .collect()
}

fn highest_benefit(analysis: &Analysis) -> f64 {
    analysis
        .models
        .iter()
        .flat_map(|model| &model.decision_curve)
        .flat_map(|p| [p.model, p.treat_all, p.lead_trial.unwrap_or(0.0)])
        .filter(|benefit| benefit.is_finite())
        .fold(0.0, f64::max)
}

fn decision_table(analysis: &Analysis, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let has_trial = analysis.outcome.has_lead_trial;
    let mut header = vec![lang.t("figure-threshold")];
    header.extend(
        analysis
            .models
            .iter()
            .map(|m| words::learner(m.learner, lang)),
    );
    header.extend([lang.t("figure-treat-all"), lang.t("figure-treat-none")]);
    if has_trial {
        header.push(lang.t("figure-lead-trial"));
    }
    let benefit = |value: f64| lang.number(100.0 * value, 1);
    let with_limits = |point: &DecisionPoint| match point.limits() {
        Some((low, high)) => {
            let range = lang.range(100.0 * low, 100.0 * high, 1);
            format!("{} ({range})", benefit(point.model))
        }
        None => benefit(point.model),
    };
    let curve = analysis
        .models
        .first()
        .map(|model| model.decision_curve.as_slice())
        .unwrap_or_default();
    let rows = thinned(curve.len(), 20).map(|i| {
        let point = &curve[i];
        let mut row = vec![lang.percent(point.threshold)];
        for model in &analysis.models {
            let at = model.decision_curve.get(i);
            row.push(at.map_or_else(|| "–".to_owned(), with_limits));
        }
        row.extend([benefit(point.treat_all), benefit(point.treat_none)]);
        if has_trial {
            row.push(point.lead_trial.map_or_else(|| "–".to_owned(), benefit));
        }
        row
    });
    (header, rows.collect())
}

/// For each model, between which thresholds it does better than every other course.
fn decision_alt(analysis: &Analysis, lang: Lang) -> String {
    let mut sentences = vec![lang.t("figure-decision-alt")];
    for model in &analysis.models {
        let subject = lang.t(&format!("learner-{}.subject", model.learner.name()));
        sentences.push(match best_span(model) {
            Some((from, to)) => lang.with(
                "figure-decision-better",
                &[
                    ("model", subject.into()),
                    ("from", lang.percent(from).into()),
                    ("to", lang.percent(to).into()),
                ],
            ),
            None => lang.with("figure-decision-nowhere", &[("model", subject.into())]),
        });
    }
    sentences.join(" ")
}

/// Longest run of thresholds at which the model is above treat all, treat none and the lead trial.
pub(crate) fn best_span(model: &ModelResult) -> Option<(f64, f64)> {
    let mut best: Option<(f64, f64)> = None;
    let mut current: Option<(f64, f64)> = None;
    for point in &model.decision_curve {
        let rival = point
            .treat_all
            .max(point.treat_none)
            .max(point.lead_trial.unwrap_or(f64::NEG_INFINITY));
        current = (point.model > rival + 1e-12)
            .then(|| (current.map_or(point.threshold, |c| c.0), point.threshold));
        if let Some(span) = current
            && best.is_none_or(|b| span.1 - span.0 > b.1 - b.0)
        {
            best = Some(span);
        }
    }
    best.filter(|(from, to)| to > from)
}
