//! Figures of single patients: why this chance, and how far it moves.

use crate::analysis::{Analysis, Learner, ModelResult, PatientResult};
use crate::base::num::median;
use crate::base::text::Lang;
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, row_axis, signed, thinned, titled, zero_line};
use crate::report::words;

/// Most patients drawn in the instability figure: beyond it every further one hides another.
const N_SPREADS: usize = 300;

/// Why one patient has this chance: the largest contributions, at most `n_shown`.
pub fn contributions(
    analysis: &Analysis,
    result: &ModelResult,
    person: &PatientResult,
    n_shown: usize,
    lang: Lang,
) -> Figure {
    let rows = largest_contributions(analysis, result, person, n_shown, lang);
    let n = rows.len();
    let widest = rows.iter().map(|(_, v)| v.abs()).fold(1e-3, f64::max);
    let (axis_key, n_decimals) = match result.learner {
        Learner::Forest => ("figure-contribution-axis-share", 1),
        _ => ("figure-contribution-axis-log-odds", 2),
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
        _ => 1.0,
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

/// The patients that the instability figure draws, by position, in order of their chance.
pub fn drawn_by_rank(result: &ModelResult) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..result.patients.len()).collect();
    let patient = |at: usize| &result.patients[at];
    sorted.sort_by(|&a, &b| {
        let (a, b) = (patient(a), patient(b));
        a.risk.total_cmp(&b.risk).then(a.row.cmp(&b.row))
    });
    thinned(sorted.len(), N_SPREADS)
        .map(|i| sorted[i])
        .collect()
}

/// Each patient's chance with its spread, in order of the chance, coloured by outcome, with the cuts.
pub fn instability(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("instability");
    };
    let shown: Vec<&PatientResult> = drawn_by_rank(result)
        .into_iter()
        .filter_map(|at| result.patients.get(at))
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
            label: lang.t(if shown.len() < result.patients.len() {
                "figure-patients-axis-thinned"
            } else {
                "figure-patients-axis"
            }),
            from: 0.0,
            to: n + 1.0,
            ticks: Vec::new(),
        },
        marks: {
            let cuts = result.cuts();
            let mut marks: Vec<Mark> = cuts.at().iter().map(|at| cut(*at)).collect();
            marks.extend([
                spreads(false, "figure-did-not-respond", Role::NonResponder),
                spreads(true, "figure-responded", Role::Responder),
            ]);
            marks
        },
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
