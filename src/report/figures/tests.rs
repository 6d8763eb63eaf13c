//! Every figure has its words, and its marks say what the numbers say.

use super::*;
use crate::analysis::fixture;

/// Every figure of the fixture.
fn all(lang: Lang) -> Vec<Figure> {
    let mut analysis = fixture::analysis();
    analysis.effects = fixture::effects();
    let mut figures = vec![decision_curve(&analysis, lang)];
    for model in 0..analysis.models.len() {
        figures.push(calibration(&analysis, model, lang));
        figures.push(importance(&analysis, model, 12, lang));
        figures.push(importance_by_domain(&analysis, model, lang));
        figures.push(why(&analysis, model, 6, lang));
        figures.push(instability(&analysis, model, lang));
        figures.push(strip(&analysis, model, None, lang));
        figures.push(swarm(&analysis, model, lang));
        for one in &analysis.effects[model].effects {
            figures.push(partial_dependence(&analysis, model, &one.variable, lang));
        }
        figures.push(local_effects(&analysis, model, "age", lang));
    }
    figures.push(interactions(&analysis, 1, lang));
    figures.push(nomogram(&analysis, 0, lang));
    figures
}

/// Why the fourth patient has that chance.
fn why(analysis: &Analysis, model: usize, n_shown: usize, lang: Lang) -> Figure {
    let result = &analysis.models[model];
    contributions(analysis, result, &result.patients[3], n_shown, lang)
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
    let figure = why(&analysis, 0, 4, Lang::En);
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
    let nobody = crate::study::without_patients(&analysis);
    assert!(!instability(&nobody, 0, Lang::En).alt.is_empty());
    let nothing = Analysis {
        models: Vec::new(),
        ..analysis
    };
    assert!(decision_curve(&nothing, Lang::En).marks.is_empty());
}

#[test]
fn calibration_elsewhere_is_drawn_where_there_is_another_cohort() {
    let mut analysis = fixture::analysis();
    assert!(
        calibration_elsewhere(&analysis, 0, Lang::En)
            .marks
            .is_empty()
    );
    analysis.external = Some(fixture::external(&analysis.models));
    for lang in Lang::ALL {
        for model in 0..analysis.models.len() {
            let figure = calibration_elsewhere(&analysis, model, lang);
            assert_eq!(figure.marks.len(), 3);
            assert_eq!(figure.table.0.len(), figure.table.1[0].len());
            assert!(!format!("{figure:?}").contains('⟦'));
        }
    }
}

#[test]
fn the_first_model_has_the_band_of_the_decision_curve_and_the_table_has_all() {
    let mut analysis = fixture::analysis();
    let banded = |analysis: &Analysis| {
        let marks = decision_curve(analysis, Lang::En).marks;
        let mut bands = marks.iter().filter_map(|mark| match mark {
            Mark::Band { points, .. } => Some(points.clone()),
            _ => None,
        });
        (bands.next().unwrap(), bands.next())
    };
    let (band, second) = banded(&analysis);
    let point = analysis.models[0].decision_curve[0];
    let (low, high) = point.limits().unwrap();
    assert_eq!(band[0], [point.threshold, 100.0 * low, 100.0 * high]);
    assert!(second.is_none());
    let row = &decision_curve(&analysis, Lang::En).table.1[0];
    assert!(row[1].contains('(') && row[2].contains('('));
    for point in &mut analysis.models[0].decision_curve {
        point.std_error = None;
    }
    assert!(banded(&analysis).0.is_empty());
}

#[test]
fn thinning_keeps_both_ends() {
    assert_eq!(thinned(5, 3).collect::<Vec<_>>(), [0, 2, 4]);
    assert_eq!(thinned(2, 9).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(thinned(0, 9).count(), 0);
}

#[test]
fn a_swarm_holds_every_patient_once_and_a_nomogram_every_value() {
    let mut analysis = fixture::analysis();
    analysis.effects = fixture::effects();
    let figure = swarm(&analysis, 1, Lang::En);
    let n_drawn: usize = figure
        .marks
        .iter()
        .map(|mark| match mark {
            Mark::Dots { points, .. } => points.len(),
            _ => 0,
        })
        .sum();
    let swarms = &analysis.effects[1].swarms;
    assert_eq!(
        n_drawn,
        swarms.iter().map(|one| one.points.len()).sum::<usize>()
    );
    let figure = nomogram(&analysis, 0, Lang::En);
    let words: Vec<&String> = figure
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Words { at } => Some(at.iter().map(|(_, words)| words)),
            _ => None,
        })
        .flatten()
        .collect();
    for level in ["no", "yes", "not known", "8%"] {
        assert!(
            words.iter().any(|written| *written == level),
            "{level} {words:?}"
        );
    }
    // What is not there gives no figure.
    assert!(nomogram(&analysis, 1, Lang::En).marks.is_empty());
    assert!(interactions(&analysis, 0, Lang::En).marks.is_empty());
    assert!(
        local_effects(&analysis, 0, "sex_of_nobody", Lang::En)
            .marks
            .is_empty()
    );
    analysis.effects.clear();
    assert!(swarm(&analysis, 1, Lang::En).marks.is_empty());
}
