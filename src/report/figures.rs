//! The figures of an analysis, built once for screen and paper.
//!
//! Each carries its axes with units, a text alternative made from the numbers, and its numbers as a
//! table. A model or patient that does not exist gives a figure without marks.

use crate::analysis::{Analysis, CurvePoint, ImportanceRow, Learner, ModelResult, PatientResult};
use crate::base::num::{median, quantile};
use crate::base::text::Lang;
use crate::figure::palette::{model_role, model_stroke};
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::words;

/// Height of one side of the histogram beneath the calibration curve, in axis units.
const HISTOGRAM_HEIGHT: f64 = 0.11;
/// Where the two sides of that histogram meet.
const HISTOGRAM_BASE: f64 = -0.14;
/// Bins of that histogram over [0, 1].
const N_BINS: usize = 25;
/// Most patients drawn in the instability figure: beyond it every further one hides another.
const N_SPREADS: usize = 300;

/// Smooth calibration curve of one model with band and histograms of the chances by outcome beneath.
pub fn calibration(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("calibration");
    };
    let curve = &supported_curve(result);
    let role = model_role(model);
    let axis = |key: &str, from: f64| Axis {
        label: lang.t(key),
        from,
        to: 1.0,
        ticks: percent_ticks(lang),
    };
    let mut marks = histograms(&result.patients, lang);
    marks.push(Mark::Line {
        name: lang.t("figure-ideal"),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: vec![[0.0, 0.0], [1.0, 1.0]],
    });
    marks.push(Mark::Band {
        role,
        points: curve.iter().map(|p| [p.predicted, p.low, p.high]).collect(),
    });
    marks.push(Mark::Line {
        name: words::learner(result.learner, lang),
        role,
        stroke: Stroke::Solid,
        points: curve.iter().map(|p| [p.predicted, p.observed]).collect(),
    });
    let rows = thinned(curve.len(), 15).map(|i| {
        vec![
            lang.percent(curve[i].predicted),
            lang.percent(curve[i].observed),
            lang.percent_range(curve[i].low, curve[i].high),
        ]
    });
    Figure {
        id: format!("calibration-{}", result.learner.name()),
        title: titled("figure-calibration", result, lang),
        alt: calibration_alt(curve, lang),
        x: axis("figure-predicted-axis", 0.0),
        y: axis("figure-observed-axis", -0.27),
        marks,
        table: (
            headers(
                &["figure-predicted", "figure-observed", "figure-band"],
                lang,
            ),
            rows.collect(),
        ),
    }
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
    for (position, model) in analysis.models.iter().enumerate() {
        marks.push(Mark::Line {
            name: words::learner(model.learner, lang),
            role: model_role(position),
            stroke: model_stroke(position),
            points: model
                .decision_curve
                .iter()
                .map(|p| [p.threshold, 100.0 * p.model])
                .collect(),
        });
    }
    let top = 108.0 * highest_benefit(analysis).max(0.01);
    Figure {
        id: "decision-curve".to_owned(),
        title: lang.t("figure-decision"),
        alt: decision_alt(analysis, lang),
        x: Axis {
            label: lang.t("figure-threshold-axis"),
            from: if first.threshold < 0.05 {
                0.0
            } else {
                first.threshold
            },
            to: last.threshold,
            ticks: percent_ticks(lang)
                .into_iter()
                .filter(|(at, _)| *at <= last.threshold + 1e-9)
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
            row.push(at.map_or_else(|| "–".to_owned(), |p| benefit(p.model)));
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
fn best_span(model: &ModelResult) -> Option<(f64, f64)> {
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

/// Why one patient has this chance: the largest contributions, at most `n_shown`.
pub fn contributions(
    analysis: &Analysis,
    model: usize,
    patient: usize,
    n_shown: usize,
    lang: Lang,
) -> Figure {
    let found = analysis
        .models
        .get(model)
        .and_then(|result| Some((result, result.patients.get(patient)?)));
    let Some((result, person)) = found else {
        return empty("contributions");
    };
    let rows = largest_contributions(analysis, result, person, n_shown, lang);
    let n = rows.len();
    let widest = rows.iter().map(|(_, v)| v.abs()).fold(1e-3, f64::max);
    let (axis_key, n_decimals) = match result.learner {
        Learner::Forest => ("figure-contribution-axis-share", 1),
        Learner::Logistic | Learner::Ridge => ("figure-contribution-axis-log-odds", 2),
    };
    let ticks = rows
        .iter()
        .enumerate()
        .map(|(i, (label, _))| ((n - 1 - i) as f64, label.clone()));
    Figure {
        id: format!("contributions-{}-{}", result.learner.name(), person.id),
        title: lang.with(
            "figure-contributions",
            &[
                ("id", person.id.as_str().into()),
                ("chance", words::chance(person, lang).into()),
            ],
        ),
        alt: contributions_alt(person, &rows, n_decimals, lang),
        x: Axis {
            label: lang.t(axis_key),
            from: -1.25 * widest,
            to: 1.25 * widest,
            ticks: Vec::new(),
        },
        y: row_axis(n, ticks.collect()),
        marks: vec![
            Mark::Contributions {
                positive: Role::Responder,
                negative: Role::NonResponder,
                bars: rows
                    .iter()
                    .enumerate()
                    .map(|(i, (_, value))| [(n - 1 - i) as f64, *value])
                    .collect(),
            },
            zero_line(n),
        ],
        table: (
            headers(&["figure-predictor", axis_key], lang),
            rows.iter()
                .map(|(label, value)| vec![label.clone(), signed(*value, n_decimals, lang)])
                .collect(),
        ),
    }
}

/// The contributions in falling size; what is not shown is summed in a last row. Shares become percentage points.
fn largest_contributions(
    analysis: &Analysis,
    result: &ModelResult,
    person: &PatientResult,
    n_shown: usize,
    lang: Lang,
) -> Vec<(String, f64)> {
    let scale = match result.learner {
        Learner::Forest => 100.0,
        Learner::Logistic | Learner::Ridge => 1.0,
    };
    let mut rows: Vec<(String, f64)> = analysis
        .predictors
        .iter()
        .zip(&person.contributions)
        .filter(|(_, value)| value.is_finite())
        .map(|(predictor, value)| (predictor.label.clone(), scale * value))
        .collect();
    rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    if rows.len() > n_shown {
        let rest = rows.split_off(n_shown.saturating_sub(1));
        let sum = rest.iter().map(|(_, value)| value).sum();
        let label = lang.with("figure-others", &[("n", rest.len().into())]);
        rows.push((label, sum));
    }
    rows
}

fn contributions_alt(
    person: &PatientResult,
    rows: &[(String, f64)],
    n_decimals: usize,
    lang: Lang,
) -> String {
    let list = |positive: bool| {
        let named: Vec<String> = rows
            .iter()
            .filter(|(_, value)| (*value > 0.0) == positive && *value != 0.0)
            .take(3)
            .map(|(label, value)| format!("{label} ({})", signed(*value, n_decimals, lang)))
            .collect();
        if named.is_empty() {
            lang.t("figure-nothing")
        } else {
            named.join(", ")
        }
    };
    lang.with(
        "figure-contributions-alt",
        &[
            ("id", person.id.as_str().into()),
            ("chance", words::chance(person, lang).into()),
            ("up", list(true).into()),
            ("down", list(false).into()),
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

/// Each patient's chance with its spread, in order of the chance, coloured by outcome, with the cuts.
pub fn instability(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("instability");
    };
    let mut sorted: Vec<&PatientResult> = result.patients.iter().collect();
    sorted.sort_by(|a, b| a.risk.total_cmp(&b.risk).then(a.row.cmp(&b.row)));
    let shown: Vec<&PatientResult> = thinned(sorted.len(), N_SPREADS)
        .map(|i| sorted[i])
        .collect();
    let n = shown.len() as f64;
    let spreads = |observed: bool, name: &str, role: Role| Mark::Intervals {
        name: lang.t(name),
        role,
        rows: shown
            .iter()
            .enumerate()
            .filter(|(_, p)| p.observed == observed)
            .map(|(rank, p)| [rank as f64 + 1.0, p.low, p.risk, p.high])
            .collect(),
    };
    let cuts = analysis.settings.strata;
    let cut = |at: f64| Mark::Line {
        name: String::new(),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: vec![[at, 0.0], [at, n + 1.0]],
    };
    Figure {
        id: format!("instability-{}", result.learner.name()),
        title: titled("figure-instability", result, lang),
        alt: instability_alt(result, shown.len(), lang),
        x: Axis {
            label: lang.t("figure-chance-axis"),
            from: 0.0,
            to: 1.0,
            ticks: percent_ticks(lang),
        },
        y: Axis {
            label: lang.t(if shown.len() < sorted.len() {
                "figure-patients-axis-thinned"
            } else {
                "figure-patients-axis"
            }),
            from: 0.0,
            to: n + 1.0,
            ticks: Vec::new(),
        },
        marks: vec![
            cut(cuts.low),
            cut(cuts.high),
            spreads(false, "figure-did-not-respond", Role::NonResponder),
            spreads(true, "figure-responded", Role::Responder),
        ],
        table: (
            headers(
                &[
                    "figure-patient",
                    "figure-chance",
                    "figure-spread",
                    "figure-observed-outcome",
                ],
                lang,
            ),
            shown
                .iter()
                .map(|p| {
                    vec![
                        p.id.clone(),
                        lang.percent(p.risk),
                        lang.percent_range(p.low, p.high),
                        outcome_word(p.observed, lang),
                    ]
                })
                .collect(),
        ),
    }
}

fn instability_alt(result: &ModelResult, n_shown: usize, lang: Lang) -> String {
    let n = result.patients.len();
    let widths: Vec<f64> = result.patients.iter().map(|p| p.high - p.low).collect();
    let Some(width) = median(&widths) else {
        return lang.t("figure-instability-none");
    };
    let n_undetermined = result
        .patients
        .iter()
        .filter(|p| p.stratum.is_none())
        .count();
    let mut text = lang.with(
        "figure-instability-alt",
        &[
            ("width", lang.number(100.0 * width, 0).into()),
            ("n", n.into()),
            ("undetermined", n_undetermined.into()),
        ],
    );
    if n_shown < n {
        text.push(' ');
        text.push_str(&lang.with(
            "figure-thinned",
            &[("shown", n_shown.into()), ("n", n.into())],
        ));
    }
    text
}

/// "responded" or "did not respond".
pub fn outcome_word(observed: bool, lang: Lang) -> String {
    lang.t(if observed {
        "figure-responded"
    } else {
        "figure-did-not-respond"
    })
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
mod tests {
    use super::*;
    use crate::analysis::fixture;

    /// Every figure of the fixture.
    pub(crate) fn all(lang: Lang) -> Vec<Figure> {
        let analysis = fixture::analysis();
        let mut figures = vec![decision_curve(&analysis, lang)];
        for model in 0..analysis.models.len() {
            figures.push(calibration(&analysis, model, lang));
            figures.push(importance(&analysis, model, 12, lang));
            figures.push(contributions(&analysis, model, 3, 6, lang));
            figures.push(instability(&analysis, model, lang));
        }
        figures
    }

    #[test]
    fn every_figure_has_title_axes_words_and_table() {
        for lang in Lang::ALL {
            for figure in all(lang) {
                let words = [&figure.title, &figure.alt, &figure.x.label];
                for text in words {
                    assert!(!text.is_empty(), "{}", figure.id);
                    assert!(!text.contains(['⟦', '{']), "{}: {text}", figure.id);
                }
                assert!(
                    !figure.y.label.is_empty() || !figure.y.ticks.is_empty(),
                    "{}",
                    figure.id
                );
                assert!(!figure.marks.is_empty() && !figure.table.1.is_empty());
                for row in &figure.table.1 {
                    assert_eq!(row.len(), figure.table.0.len(), "{}", figure.id);
                }
            }
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<String> = all(Lang::En).into_iter().map(|f| f.id).collect();
        let n = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }

    #[test]
    fn the_contributions_shown_sum_to_all_of_them() {
        let analysis = fixture::analysis();
        let figure = contributions(&analysis, 0, 3, 4, Lang::En);
        let Some(Mark::Contributions { bars, .. }) = figure.marks.first() else {
            panic!("the bars come first");
        };
        let person = &analysis.models[0].patients[3];
        let shown: f64 = bars.iter().map(|[_, value]| value).sum();
        let all: f64 = person.contributions.iter().sum();
        assert!((shown - all).abs() < 1e-12);
        assert_eq!(bars.len(), 4);
    }

    #[test]
    fn the_histograms_hold_every_patient_and_stay_below_zero() {
        let analysis = fixture::analysis();
        let figure = calibration(&analysis, 1, Lang::En);
        for mark in &figure.marks {
            if let Mark::Bars { bars, .. } = mark {
                assert!(bars.iter().all(|[_, _, to]| (-0.27..0.0).contains(to)));
            }
        }
    }

    #[test]
    fn what_does_not_exist_gives_an_empty_figure() {
        let analysis = fixture::analysis();
        assert!(calibration(&analysis, 9, Lang::En).marks.is_empty());
        assert!(
            contributions(&analysis, 0, 999, 5, Lang::En)
                .marks
                .is_empty()
        );
        let nobody = crate::study::without_patients(&analysis);
        assert!(!instability(&nobody, 0, Lang::En).alt.is_empty());
        let nothing = Analysis {
            models: Vec::new(),
            ..analysis
        };
        assert!(decision_curve(&nothing, Lang::En).marks.is_empty());
    }

    #[test]
    fn thinning_keeps_both_ends() {
        assert_eq!(thinned(5, 3).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(thinned(2, 9).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(thinned(0, 9).count(), 0);
    }
}
