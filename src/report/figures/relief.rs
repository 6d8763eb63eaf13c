//! Relief at the trial: reported against calculated, patient by patient.

use crate::base::num::mean;
use crate::base::text::Lang;
use crate::dictionary::{RELIEF_LIMIT, TrialRelief};
use crate::figure::{Axis, Figure, Mark, Role, Stroke};

/// Most patients drawn; of more, every so many-th is drawn, and the sentence counts all.
const MOST_DOTS: usize = 2000;

/// A sentence and the figure of differences against means (Bland and Altman 1986); `None` where nobody
/// has both.
pub fn trial_relief(relief: &TrialRelief, lang: Lang) -> Option<(String, Figure)> {
    let pairs: Vec<(f64, f64)> = relief.pairs().map(|(_, a, b)| (a, b)).collect();
    let differences: Vec<f64> = pairs.iter().map(|(a, b)| b - a).collect();
    let average = mean(&differences)?;
    let n_apart = differences
        .iter()
        .filter(|d| d.abs() > RELIEF_LIMIT)
        .count();
    let side = if average < 0.0 { "lower" } else { "higher" };
    let sentence = lang.with(
        "relief-lead",
        &[
            ("n", pairs.len().into()),
            ("mean", lang.number(average.abs(), 1).into()),
            ("side", side.into()),
            ("apart", n_apart.into()),
            ("limit", RELIEF_LIMIT.into()),
        ],
    );
    let every = pairs.len().div_ceil(MOST_DOTS);
    let shown: Vec<(f64, f64)> = pairs.iter().step_by(every).copied().collect();
    Some((sentence, figure(&shown, average, lang)))
}

fn figure(shown: &[(f64, f64)], average: f64, lang: Lang) -> Figure {
    let points: Vec<[f64; 2]> = shown.iter().map(|(a, b)| [(a + b) / 2.0, b - a]).collect();
    let lowest = points.iter().map(|p| p[0]).fold(0.0, f64::min);
    let farthest = points
        .iter()
        .map(|p| p[1].abs())
        .fold(1.2 * RELIEF_LIMIT, f64::max);
    let (from, to) = (lowest - 2.0, 102.0);
    let line = |key: &str, stroke, y: f64| Mark::Line {
        name: lang.t(key),
        role: Role::Reference,
        stroke,
        points: vec![[from, y], [to, y]],
    };
    let unnamed = |y: f64| Mark::Line {
        name: String::new(),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: vec![[from, y], [to, y]],
    };
    let axis = |key: &str, from, to| Axis {
        label: lang.t(key),
        from,
        to,
        ticks: Vec::new(),
    };
    let row = |(a, b): &(f64, f64)| [*a, *b, b - a].map(|x| lang.number(x, 0)).to_vec();
    Figure {
        id: "trial-relief".to_owned(),
        title: lang.t("relief-title"),
        alt: lang.with("relief-alt", &[("limit", RELIEF_LIMIT.into())]),
        x: axis("relief-x", from, to),
        y: axis("relief-y", -1.05 * farthest, 1.05 * farthest),
        marks: vec![
            line("relief-limit", Stroke::Dashed, RELIEF_LIMIT),
            unnamed(-RELIEF_LIMIT),
            line("relief-mean", Stroke::Solid, average),
            Mark::Dots {
                name: lang.t("relief-points"),
                role: Role::Responder,
                filled: false,
                points,
            },
        ],
        table: (
            ["relief-calculated", "relief-reported", "relief-difference"]
                .map(|key| lang.t(key))
                .to_vec(),
            shown.iter().map(row).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_shows_differences_against_means_and_counts_those_far_apart() {
        let relief = TrialRelief {
            calculated: vec![50.0, 40.0, f64::NAN],
            reported: vec![80.0, 40.0, 10.0],
            reported_name: "said".to_owned(),
            calculated_from: Vec::new(),
        };
        let (sentence, figure) = trial_relief(&relief, Lang::En).unwrap();
        assert!(sentence.starts_with("2 patients"), "{sentence}");
        assert!(
            sentence.contains("15") && sentence.contains("1 lies"),
            "{sentence}"
        );
        let dots = figure.marks.iter().find_map(|mark| match mark {
            Mark::Dots { points, .. } => Some(points.clone()),
            _ => None,
        });
        assert_eq!(dots.unwrap(), [[65.0, 30.0], [40.0, 0.0]]);
        let none = TrialRelief {
            reported: vec![f64::NAN; 3],
            ..relief
        };
        assert_eq!(trial_relief(&none, Lang::Fr), None);
    }
}
