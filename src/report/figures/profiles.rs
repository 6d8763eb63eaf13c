//! Figures of responder profiles: how their patients differ, and who of them responded.

use crate::analysis::{Analysis, Profile, ProfileWay};
use crate::base::text::Lang;
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role};
use crate::report::figures::{headers, row_axis, signed, zero_line};
use crate::report::profiles::named;

/// Space between two columns of a mosaic, as a share of all patients.
const GAP: f64 = 0.01;

/// How the patients of a profile differ from the others, in standard deviations. `place`: position of the way among those
/// that were kept, and of the profile within it.
pub fn fingerprint(
    analysis: &Analysis,
    place: (usize, usize),
    profile: &Profile,
    name: &str,
    lang: Lang,
) -> Figure {
    let traits = &profile.fingerprint;
    let n = traits.len();
    let height = |at: usize| (n - 1 - at) as f64;
    let label = |at: usize| {
        named(
            analysis,
            &traits[at].variable,
            traits[at].level.as_deref(),
            lang,
        )
    };
    let widest = traits
        .iter()
        .map(|one| one.difference.abs())
        .fold(0.5, f64::max);
    let mean = |at: usize, value: f64| match traits[at].level {
        Some(_) => lang.percent(value),
        None => lang.short(value),
    };
    let row = |at: usize| {
        let one = &traits[at];
        vec![
            label(at),
            mean(at, one.mean_in),
            mean(at, one.mean_out),
            signed(one.difference, 2, lang),
        ]
    };
    let told = traits.iter().enumerate().take(3);
    let told = told.map(|(at, one)| format!("{} ({})", label(at), signed(one.difference, 2, lang)));
    let told: Vec<String> = told.collect();
    Figure {
        id: format!("fingerprint-{}-{}", place.0 + 1, place.1 + 1),
        title: lang.t("figure-fingerprint"),
        alt: lang.with(
            "figure-fingerprint-alt",
            &[("name", name.into()), ("traits", told.join(", ").into())],
        ),
        x: Axis {
            label: lang.t("figure-fingerprint-axis"),
            from: -1.25 * widest,
            to: 1.25 * widest,
            ticks: Vec::new(),
        },
        y: row_axis(n, (0..n).map(|at| (height(at), label(at))).collect()),
        marks: vec![
            Mark::Contributions {
                positive: Role::ModelA,
                negative: Role::ModelB,
                bars: (0..n)
                    .map(|at| [height(at), traits[at].difference])
                    .collect(),
            },
            zero_line(n),
        ],
        table: (
            headers(
                &[
                    "figure-predictor",
                    "figure-profile-in",
                    "figure-profile-out",
                    "figure-fingerprint-axis",
                ],
                lang,
            ),
            (0..n).map(row).collect(),
        ),
    }
}

/// A mosaic of profile against outcome: a column is as wide as its share of all patients, its lower part as high as the share
/// of them who responded. Patients of no profile stand last.
pub fn profile_outcomes(
    analysis: &Analysis,
    place: usize,
    way: &ProfileWay,
    names: &[String],
    lang: Lang,
) -> Figure {
    let columns = columns(analysis, way, names, lang);
    let (marks, ticks) = mosaic(&columns, analysis.cohort.n_analysed, lang);
    let row = |column: &Column| {
        vec![
            column.name.clone(),
            lang.count(column.n as i64),
            lang.count(column.n_events as i64),
            lang.percent(column.rate()),
        ]
    };
    let rows: Vec<Vec<String>> = columns.iter().map(row).collect();
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: {}", row[0], row[3]))
        .collect();
    Figure {
        id: format!("profile-outcomes-{}", place + 1),
        title: lang.t("figure-profile-outcomes"),
        alt: lang.with(
            "figure-profile-outcomes-alt",
            &[("shares", told.join(". ").into())],
        ),
        x: Axis {
            label: lang.t("figure-profile-outcomes-x"),
            from: 0.0,
            to: 1.0,
            ticks,
        },
        y: Axis {
            label: lang.t("figure-profile-outcomes-y"),
            from: 0.0,
            to: 1.0,
            ticks: percent_ticks(lang),
        },
        marks,
        table: (
            headers(
                &[
                    "figure-profile",
                    "subgroup-n",
                    "subgroup-events",
                    "figure-profile-share",
                ],
                lang,
            ),
            rows,
        ),
    }
}

/// A column of a mosaic.
struct Column {
    /// What stands under it.
    tick: String,
    name: String,
    n: usize,
    n_events: usize,
}

impl Column {
    fn rate(&self) -> f64 {
        self.n_events as f64 / self.n.max(1) as f64
    }
}

/// The profiles of a way, and everyone else where there is anyone.
fn columns(analysis: &Analysis, way: &ProfileWay, names: &[String], lang: Lang) -> Vec<Column> {
    let profiles = way.profiles.iter().zip(names).enumerate();
    let mut columns: Vec<Column> = profiles
        .map(|(at, (one, name))| Column {
            tick: (at + 1).to_string(),
            name: name.clone(),
            n: one.n,
            n_events: one.n_events,
        })
        .collect();
    let n_in: usize = columns.iter().map(|column| column.n).sum();
    let events_in: usize = columns.iter().map(|column| column.n_events).sum();
    if n_in < analysis.cohort.n_analysed {
        let others = lang.t("figure-profile-others");
        columns.push(Column {
            tick: others.clone(),
            name: others,
            n: analysis.cohort.n_analysed - n_in,
            n_events: analysis.outcome.n_events.saturating_sub(events_in),
        });
    }
    columns
}

/// Two bars a column, those who responded below, and what stands under it.
fn mosaic(columns: &[Column], n: usize, lang: Lang) -> (Vec<Mark>, Vec<(f64, String)>) {
    let (mut marks, mut ticks, mut left) = (Vec::new(), Vec::new(), 0.0);
    for (at, column) in columns.iter().enumerate() {
        let width = column.n as f64 / n.max(1) as f64;
        let centre = left + width / 2.0;
        let mut bar = |key: &str, role, from, to| {
            let name = if at == 0 { lang.t(key) } else { String::new() };
            marks.push(Mark::Bars {
                name,
                role,
                width: (width - GAP).max(GAP),
                bars: vec![[centre, from, to]],
            });
        };
        bar("figure-responded", Role::Responder, 0.0, column.rate());
        bar(
            "figure-did-not-respond",
            Role::NonResponder,
            column.rate(),
            1.0,
        );
        ticks.push((centre, column.tick.clone()));
        left += width;
    }
    (marks, ticks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_columns_of_a_mosaic_hold_every_patient_and_every_responder() {
        let analysis = fixture::analysis();
        let profiles = fixture::profiles();
        for way in profiles.kept() {
            let names = vec!["one".to_owned(); way.profiles.len()];
            let figure = profile_outcomes(&analysis, 0, way, &names, Lang::En);
            let sum = |column: usize| -> usize {
                let cells = figure
                    .table
                    .1
                    .iter()
                    .map(|row| row[column].parse::<usize>());
                cells.map(|n| n.expect("a count")).sum()
            };
            assert_eq!(sum(1), analysis.cohort.n_analysed);
            assert_eq!(sum(2), analysis.outcome.n_events);
            let width: f64 = figure
                .marks
                .iter()
                .step_by(2)
                .map(|mark| match mark {
                    Mark::Bars { width, .. } => width + GAP,
                    _ => 0.0,
                })
                .sum();
            assert!((width - 1.0).abs() < 1e-9);
        }
    }
}
