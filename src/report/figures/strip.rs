//! All patients of a model at once: chance with its band, by observed outcome, in order of the chance.

use crate::analysis::{Analysis, ModelResult, PatientResult};
use crate::base::num::quantile;
use crate::base::text::Lang;
use crate::figure::ticks::percent_ticks;
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, outcome_word, thinned, titled};

/// Most dots of an outcome, and most bands: further ones hide each other.
const N_DOTS: usize = 500;
const N_BANDS: usize = 60;
/// Where the row of those who responded begins; the other begins at 0, and each is 1 high.
const UPPER: f64 = 1.15;

/// A patient as the strip plot draws one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strip {
    /// Position of the patient.
    pub patient: usize,
    /// Height on the vertical axis.
    pub height: f64,
}

/// The patients that are drawn of those `shown` (positions; `None`: all), of each outcome in order of the chance.
///
/// Where an outcome has more than 500 patients, 500 are drawn, evenly by rank, the lowest and the highest among them.
pub fn strips(model: &ModelResult, shown: Option<&[usize]>) -> Vec<Strip> {
    [false, true]
        .into_iter()
        .flat_map(|observed| {
            let members = ranked(model, shown, observed);
            let n = members.len();
            let from = if observed { UPPER } else { 0.0 };
            thinned(n, N_DOTS)
                .map(|rank| Strip {
                    patient: members[rank],
                    height: from + (rank as f64 + 0.5) / n as f64,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The shown patients of an outcome, the lowest chance first.
fn ranked(model: &ModelResult, shown: Option<&[usize]>, observed: bool) -> Vec<usize> {
    let all: Vec<usize>;
    let shown = match shown {
        Some(shown) => shown,
        None => {
            all = (0..model.patients.len()).collect();
            &all
        }
    };
    let risk = |at: usize| model.patients.get(at).map_or(f64::NAN, |p| p.risk);
    let is_in = |at: &usize| {
        let patient = model.patients.get(*at);
        patient.is_some_and(|patient| patient.observed == observed)
    };
    let mut members: Vec<usize> = shown.iter().copied().filter(is_in).collect();
    members.sort_by(|&a, &b| risk(a).total_cmp(&risk(b)).then(a.cmp(&b)));
    members
}

/// The strip plot of a model: a dot a patient, filled for those who responded and a ring for the others, the bands as
/// thin lines, the cut points dashed. Where many patients are shown dots and bands are thinned out, and the words say so.
pub fn strip(analysis: &Analysis, model: usize, shown: Option<&[usize]>, lang: Lang) -> Figure {
    let Some(result) = analysis.models.get(model) else {
        return empty("strip");
    };
    let drawn = strips(result, shown);
    let groups = [false, true].map(|observed| ranked(result, shown, observed));
    let patient = |strip: &Strip| result.patients.get(strip.patient);
    let people: Vec<(&PatientResult, f64)> = drawn
        .iter()
        .filter_map(|strip| Some((patient(strip)?, strip.height)))
        .collect();
    let banded = [false, true].map(|observed| banded(&people, observed));
    let n_banded = banded.iter().map(Vec::len).sum();
    let mut marks: Vec<Mark> = result.cuts().at().iter().map(|cut| at_cut(*cut)).collect();
    for (bands, role) in banded.iter().zip([Role::NonResponder, Role::Responder]) {
        marks.extend(bands.iter().map(|(person, height)| Mark::Line {
            name: String::new(),
            role,
            stroke: Stroke::Hair,
            points: vec![[person.low, *height], [person.high, *height]],
        }));
    }
    for observed in [false, true] {
        marks.push(dots(&people, observed, lang));
    }
    Figure {
        id: format!("strip-{}", result.learner.name()),
        title: titled("figure-strip", result, lang),
        alt: alt(result, &groups, [people.len(), n_banded], lang),
        x: Axis {
            label: lang.t("figure-chance-axis"),
            from: 0.0,
            to: 1.0,
            ticks: percent_ticks(lang),
        },
        y: Axis {
            label: String::new(),
            from: -0.05,
            to: UPPER + 1.05,
            ticks: vec![
                (0.5, group_name(false, groups[0].len(), lang)),
                (UPPER + 0.5, group_name(true, groups[1].len(), lang)),
            ],
        },
        marks,
        table: table(&people, lang),
    }
}

fn at_cut(cut: f64) -> Mark {
    Mark::Line {
        name: String::new(),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: vec![[cut, -0.05], [cut, UPPER + 1.05]],
    }
}

/// The patients of an outcome whose bands are drawn.
fn banded<'a>(
    people: &[(&'a PatientResult, f64)],
    observed: bool,
) -> Vec<(&'a PatientResult, f64)> {
    let members: Vec<_> = people
        .iter()
        .filter(|(person, _)| person.observed == observed)
        .copied()
        .collect();
    thinned(members.len(), N_BANDS)
        .map(|at| members[at])
        .collect()
}

fn dots(people: &[(&PatientResult, f64)], observed: bool, lang: Lang) -> Mark {
    let members = people
        .iter()
        .filter(|(person, _)| person.observed == observed);
    Mark::Dots {
        name: outcome_word(observed, lang),
        role: if observed {
            Role::Responder
        } else {
            Role::NonResponder
        },
        filled: observed,
        points: members
            .map(|(person, height)| [person.risk, *height])
            .collect(),
    }
}

/// "responded: 187".
fn group_name(observed: bool, n: usize, lang: Lang) -> String {
    let args = [
        ("outcome", outcome_word(observed, lang).into()),
        ("n", lang.count(n as i64).into()),
    ];
    lang.with("figure-strip-group", &args)
}

/// Where the middle half of each outcome lies, and how many are drawn.
fn alt(
    result: &ModelResult,
    groups: &[Vec<usize>; 2],
    [n_dots, n_bands]: [usize; 2],
    lang: Lang,
) -> String {
    let n: usize = groups.iter().map(Vec::len).sum();
    if n == 0 {
        return lang.t("figure-instability-none");
    }
    let middle = |members: &Vec<usize>| {
        let risks: Vec<f64> = members.iter().map(|&at| result.patients[at].risk).collect();
        Some((quantile(&risks, 0.25)?, quantile(&risks, 0.75)?))
    };
    let mut sentences = vec![lang.t("figure-strip-alt")];
    for (members, key) in groups
        .iter()
        .zip(["figure-strip-others", "figure-strip-responders"])
    {
        if let Some((low, high)) = middle(members) {
            let args = [
                ("n", lang.count(members.len() as i64).into()),
                ("range", lang.percent_range(low, high).into()),
            ];
            sentences.push(lang.with(key, &args));
        }
    }
    if n_dots < n {
        let args = [("shown", n_dots.into()), ("n", n.into())];
        sentences.push(lang.with("figure-thinned", &args));
    }
    if n_bands < n {
        let args = [("shown", n_bands.into()), ("n", n.into())];
        sentences.push(lang.with("figure-strip-bands", &args));
    }
    sentences.join(" ")
}

fn table(people: &[(&PatientResult, f64)], lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let keys = [
        "figure-patient",
        "figure-chance",
        "figure-spread",
        "figure-observed-outcome",
    ];
    let row = |(person, _): &(&PatientResult, f64)| {
        vec![
            person.id.clone(),
            lang.percent(person.risk),
            lang.percent_range(person.low, person.high),
            outcome_word(person.observed, lang),
        ]
    };
    (headers(&keys, lang), people.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn every_patient_is_drawn_once_in_the_row_of_the_outcome_and_in_order_of_the_chance() {
        let analysis = fixture::analysis();
        let model = &analysis.models[0];
        let drawn = strips(model, None);
        assert_eq!(drawn.len(), model.patients.len());
        for (observed, rows) in [(false, 0.0..1.0), (true, UPPER..UPPER + 1.0)] {
            let own: Vec<&Strip> = drawn
                .iter()
                .filter(|strip| model.patients[strip.patient].observed == observed)
                .collect();
            assert!(own.iter().all(|strip| rows.contains(&strip.height)));
            assert!(own.is_sorted_by_key(|strip| model.patients[strip.patient].risk));
            assert!(own.is_sorted_by_key(|strip| strip.height));
        }
    }

    #[test]
    fn outcomes_are_told_apart_by_shape_and_the_words_count_what_is_drawn() {
        let analysis = fixture::analysis();
        let figure = strip(&analysis, 0, None, Lang::En);
        let shapes: Vec<bool> = figure
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Dots { filled, .. } => Some(*filled),
                _ => None,
            })
            .collect();
        assert_eq!(shapes, [false, true]);
        let n_bands = figure
            .marks
            .iter()
            .filter(|mark| {
                matches!(
                    mark,
                    Mark::Line {
                        stroke: Stroke::Hair,
                        ..
                    }
                )
            })
            .count();
        let n = analysis.models[0].patients.len();
        assert!(n_bands < n, "{n_bands} of {n}");
        let said = format!("The bands of {n_bands} of {n} patients");
        assert!(figure.alt.contains(&said), "{}", figure.alt);
    }

    #[test]
    fn of_a_whole_registry_both_ends_and_an_even_share_are_drawn() {
        let mut analysis = fixture::analysis();
        let model = &mut analysis.models[0];
        let some = model.patients.clone();
        let many = some.iter().cycle().take(20_000).enumerate();
        model.patients = many
            .map(|(at, patient)| PatientResult {
                risk: (at as f64 + 0.5) / 20_000.0,
                observed: at % 3 == 0,
                ..patient.clone()
            })
            .collect();
        let drawn = strips(&analysis.models[0], None);
        assert_eq!(drawn.len(), 2 * N_DOTS);
        for end in [0, 1, 19_998, 19_999] {
            let is_end = |strip: &Strip| strip.patient == end;
            assert!(drawn.iter().any(is_end), "{end}");
        }
        let figure = strip(&analysis, 0, None, Lang::Fr);
        assert!(figure.marks.len() < 2 * N_BANDS + 8);
        assert!(
            figure.alt.contains("1000 patients sur 20000"),
            "{}",
            figure.alt
        );
    }

    #[test]
    fn only_those_who_are_shown_are_drawn_and_nobody_is_said() {
        let analysis = fixture::analysis();
        let drawn = strips(&analysis.models[0], Some(&[3, 1, 4, 9_999]));
        let mut found: Vec<usize> = drawn.iter().map(|strip| strip.patient).collect();
        found.sort_unstable();
        assert_eq!(found, [1, 3, 4]);
        let none = strip(&analysis, 0, Some(&[]), Lang::En);
        assert_eq!(none.alt, "There are no patients to show.");
        assert!(strip(&analysis, 9, None, Lang::En).marks.is_empty());
    }
}
