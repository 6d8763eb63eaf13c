//! How pain and function went in patients like one, visit by visit.

use crate::analysis::ModelResult;
use crate::base::text::Lang;
use crate::cohort::Cohort;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::outcome::{Measure, OutcomeParams};

/// What is drawn: pain and function.
const MEASURES: [Measure; 2] = [Measure::Pain, Measure::Odi];

/// One figure a measure that the cohort has at two moments or more: a line for each of these patients (positions among
/// those of the model), responders unbroken and others dashed, and the person's own value at baseline with what would be
/// too small a change to matter. `own` is the row of someone in the cohort.
pub fn courses(
    cohort: &Cohort,
    params: &OutcomeParams,
    result: &ModelResult,
    alike: &[usize],
    own: Option<usize>,
    lang: Lang,
) -> Vec<Figure> {
    let figure = |measure: Measure| {
        let moments = measure.course(cohort);
        let lines = lines(&moments, result, alike);
        if lines.is_empty() {
            return None;
        }
        let baseline = own.and_then(|row| moments.first()?.1.get(row).copied());
        let baseline = baseline.filter(|value| value.is_finite());
        let least = params.mcid(measure).map(|row| row.points);
        Some(drawn(measure, &moments, &lines, baseline.zip(least), lang))
    };
    MEASURES.into_iter().filter_map(figure).collect()
}

/// A patient's values over the months.
struct Course {
    id: String,
    responded: bool,
    points: Vec<[f64; 2]>,
}

/// Patients with two values or more.
fn lines(moments: &[(u16, Vec<f64>)], result: &ModelResult, alike: &[usize]) -> Vec<Course> {
    let of = |&at: &usize| {
        let patient = result.patients.get(at)?;
        let value = |(month, values): &(u16, Vec<f64>)| {
            let value = *values.get(patient.row)?;
            value.is_finite().then_some([f64::from(*month), value])
        };
        let points: Vec<[f64; 2]> = moments.iter().filter_map(value).collect();
        (points.len() > 1).then(|| Course {
            id: patient.id.clone(),
            responded: patient.observed,
            points,
        })
    };
    alike.iter().filter_map(of).collect()
}

fn drawn(
    measure: Measure,
    moments: &[(u16, Vec<f64>)],
    lines: &[Course],
    own: Option<(f64, f64)>,
    lang: Lang,
) -> Figure {
    let name = lang.t(&measure.key());
    let last = moments.last().map_or(1.0, |(month, _)| f64::from(*month));
    let mut marks = Vec::new();
    if let Some((baseline, least)) = own {
        let better = if measure.high_is_worse() {
            -least
        } else {
            least
        };
        let (low, high) = (
            baseline.min(baseline + better),
            baseline.max(baseline + better),
        );
        marks.push(Mark::Band {
            role: Role::Reference,
            points: vec![[0.0, low, high], [last, low, high]],
        });
        marks.push(Mark::Dots {
            name: lang.t("courses-own"),
            role: Role::Reference,
            filled: true,
            points: vec![[0.0, baseline]],
        });
    }
    for responded in [true, false] {
        let (key, role, stroke) = if responded {
            ("courses-responders", Role::Responder, Stroke::Solid)
        } else {
            ("courses-others", Role::NonResponder, Stroke::Dashed)
        };
        let of = lines.iter().filter(|course| course.responded == responded);
        marks.extend(of.enumerate().map(|(at, course)| Mark::Line {
            name: if at == 0 { lang.t(key) } else { String::new() },
            role,
            stroke,
            points: course.points.clone(),
        }));
    }
    let values = lines
        .iter()
        .flat_map(|course| &course.points)
        .map(|at| at[1]);
    let top = values
        .chain(own.map(|(baseline, _)| baseline))
        .fold(1.0, f64::max);
    let ticks = moments.iter().map(|(month, _)| {
        let x = f64::from(*month);
        (x, lang.number(x, 0))
    });
    let args = [("measure", name.as_str().into())];
    let change = own.map_or_else(|| "–".to_owned(), |(_, least)| lang.short(least));
    Figure {
        id: format!("courses-{}", measure.name()),
        title: lang.with("courses-title", &args),
        alt: lang.with(
            "courses-alt",
            &[
                ("measure", name.as_str().into()),
                ("n", lines.len().into()),
                ("change", change.into()),
            ],
        ),
        x: Axis {
            label: lang.t("courses-months"),
            from: -0.04 * last,
            to: 1.04 * last,
            ticks: ticks.collect(),
        },
        y: Axis {
            label: name,
            from: 0.0,
            to: 1.08 * top,
            ticks: Vec::new(),
        },
        marks,
        table: table(moments, lines, lang),
    }
}

fn table(
    moments: &[(u16, Vec<f64>)],
    lines: &[Course],
    lang: Lang,
) -> (Vec<String>, Vec<Vec<String>>) {
    let month = |(month, _): &(u16, Vec<f64>)| {
        lang.with("courses-month", &[("n", usize::from(*month).into())])
    };
    let mut header = vec![lang.t("patients-id")];
    header.extend(moments.iter().map(month));
    let row = |course: &Course| {
        let value = |(month, _): &(u16, Vec<f64>)| {
            let at = course
                .points
                .iter()
                .find(|point| point[0] == f64::from(*month));
            at.map_or_else(|| "–".to_owned(), |point| lang.short(point[1]))
        };
        let mut cells = vec![course.id.clone()];
        cells.extend(moments.iter().map(value));
        cells
    };
    (header, lines.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::cohort::{Kind, Origin, Timing, Variable};

    /// The fixture with pain at three moments; one in three lost for the last.
    fn cohort() -> Cohort {
        let mut cohort = fixture::cohort();
        let n = cohort.n_rows();
        for (month, drop) in [(0, 0.0), (6, 15.0), (12, 30.0)] {
            let variable = Variable {
                concept: Some("pain-global".to_owned()),
                timing: if month == 0 {
                    Timing::Baseline
                } else {
                    Timing::After(month)
                },
                range: Some((0.0, 100.0)),
                ..Variable::new(&format!("pain_{month}"), Kind::Numeric, Origin::default())
            };
            let value = |row: usize| match (month, row % 3) {
                (12, 0) => f64::NAN,
                _ => 70.0 - drop + row as f64 % 7.0,
            };
            let values: Vec<f64> = (0..n).map(value).collect();
            cohort.push_numbers(variable, &values).unwrap();
        }
        cohort
    }

    #[test]
    fn a_line_a_patient_and_the_change_that_matters_as_a_band() {
        let cohort = cohort();
        let analysis = fixture::analysis();
        let result = &analysis.models[0];
        let params = OutcomeParams::default();
        let alike = [0, 1, 2, 3, 4, 5];
        for lang in Lang::ALL {
            let figures = courses(&cohort, &params, result, &alike, Some(7), lang);
            assert_eq!(figures.len(), 1, "no function in this cohort");
            for figure in figures {
                let is_line = |mark: &&Mark| matches!(mark, Mark::Line { .. });
                assert_eq!(
                    figure.marks.iter().filter(is_line).count(),
                    figure.table.1.len()
                );
                assert!(!format!("{figure:?}").contains('⟦'));
            }
        }
        let pain = &courses(&cohort, &params, result, &alike, Some(7), Lang::En)[0];
        let Some(Mark::Band { points, .. }) = pain.marks.first() else {
            panic!("the band lies beneath the lines");
        };
        assert!((points[0][2] - points[0][1] - 20.0).abs() < 1e-9);
        let nobody = courses(&cohort, &params, result, &[], None, Lang::En);
        assert!(nobody.is_empty());
    }
}
