//! What stands beneath the validated figures: what chance alone allows, whether there is anything here at
//! all, and each centre.

use maud::{Markup, html};

use crate::analysis::{
    Analysis, CentreResult, CentreValidation, Measure, ModelResult, PooledFigure,
};
use crate::base::num::Z_95;
use crate::base::text::Lang;
use crate::report::blocks::{figure, head, note, table};
use crate::report::elsewhere::{JudgedWords, external_words, later_words};
use crate::report::{figures, words};

/// The calibration figures that a perfectly calibrated model would show; nothing in a result of an older
/// program.
pub(super) fn calibrated(analysis: &Analysis, lang: Lang) -> Markup {
    let models = &analysis.models;
    if models.iter().all(|model| model.calibrated.is_empty()) {
        return html! {};
    }
    let header = html! {
        th scope="col" { (lang.t("report-measure")) }
        @for model in models { th.n scope="col" { (words::learner(model.learner, lang)) } }
    };
    let range = |model: &ModelResult, measure: Measure| {
        let range = model.calibrated.get(&measure);
        range.map_or_else(
            || "–".to_owned(),
            |(low, high)| lang.range(*low, *high, words::decimals(measure)),
        )
    };
    let body = html! {
        @for measure in Measure::OF_CALIBRATION {
            tr {
                th scope="row" { (words::measure(measure, lang)) }
                @for model in models { td.n { (range(model, measure)) } }
            }
        }
    };
    html! {
        h3 { (lang.t("report-calibrated")) }
        p { (lang.t("report-calibrated-intro")) }
        (table(&header, &body))
        @for model in models { (venn_abers(model, lang)) }
    }
}

/// How much one more patient would move a calibrated chance.
fn venn_abers(model: &ModelResult, lang: Lang) -> Markup {
    let sentence = model.venn_abers_width.map(|width| {
        let words = [
            ("model", words::learner(model.learner, lang).into()),
            ("width", lang.number(width, 3).into()),
        ];
        lang.with("report-venn-abers", &words)
    });
    html! { @if let Some(sentence) = sentence { (note(&sentence)) } }
}

/// Whether the first model finds anything at all; nothing where it was not asked.
pub(super) fn permutation(analysis: &Analysis, lang: Lang) -> Markup {
    let Some(sentences) = words::permutation(analysis, lang) else {
        return html! {};
    };
    html! {
        h3 { (lang.t("report-permutation")) }
        p { (sentences) }
    }
}

/// What simulated cohorts of the same design show; nothing where it was not asked for.
pub(super) fn prospect(analysis: &Analysis, lang: Lang) -> Markup {
    html! {
        @if let Some(sentences) = words::prospect(analysis, lang) {
            h3 { (lang.t("report-prospect")) }
            p { (sentences) }
        }
    }
}

/// Each centre judged by a model of the others, for every model; nothing where there are not two centres.
pub(super) fn centres(analysis: &Analysis, lang: Lang) -> Markup {
    let found = analysis.models.iter();
    let mut found = found
        .filter_map(|model| Some((model, model.centres.as_ref()?)))
        .peekable();
    if found.peek().is_none() {
        return html! {};
    }
    html! {
        h3 { (lang.t("report-centres")) }
        p { (lang.t("report-centres-intro")) }
        @for (model, centres) in found {
            p { b { (words::learner(model.learner, lang)) } }
            (centre_table(centres, lang))
            (pooled_words(centres, lang))
        }
    }
}

fn centre_table(centres: &CentreValidation, lang: Lang) -> Markup {
    let header = html! {
        (head("report-centre", false, lang))
        (head("report-centre-n", true, lang))
        (head("report-centre-events", true, lang))
        (head("measure-auc", true, lang))
        (head("measure-calibration-slope", true, lang))
        (head("measure-calibration-intercept", true, lang))
    };
    let body = html! { @for centre in &centres.centres { (centre_row(centre, lang)) } };
    table(&header, &body)
}

fn centre_row(centre: &CentreResult, lang: Lang) -> Markup {
    let figure = |found: Option<(f64, f64)>, bounds: (f64, f64)| {
        found.map_or_else(
            || "–".to_owned(),
            |(estimate, std_error)| {
                let low = (estimate - Z_95 * std_error).max(bounds.0);
                let high = (estimate + Z_95 * std_error).min(bounds.1);
                let estimate = lang.number(estimate, 2);
                format!("{estimate} ({})", lang.range(low, high, 2))
            },
        )
    };
    let everywhere = (f64::NEG_INFINITY, f64::INFINITY);
    html! {
        tr {
            th scope="row" { (centre.name) }
            td.n { (lang.count(centre.n as i64)) }
            td.n { (lang.count(centre.n_events as i64)) }
            @if centre.auc.is_none() && centre.slope.is_none() && centre.intercept.is_none() {
                td colspan="3" { (lang.t(&format!("report-centre-{}", centre.state.name()))) }
            } @else {
                td.n { (figure(centre.auc, (0.0, 1.0))) }
                td.n { (figure(centre.slope, everywhere)) }
                td.n { (figure(centre.intercept, everywhere)) }
            }
        }
    }
}

/// The means over centres with the interval of a new one, or that there are too few.
fn pooled_words(centres: &CentreValidation, lang: Lang) -> Markup {
    let figures = [
        (Measure::Auc, centres.auc),
        (Measure::CalibrationSlope, centres.slope),
        (Measure::CalibrationIntercept, centres.intercept),
    ];
    let sentence = |measure: Measure, figure: PooledFigure| {
        let range = |(low, high)| lang.range(low, high, 2);
        let words = [
            ("measure", words::measure(measure, lang).into()),
            ("n", lang.count(figure.n_centres as i64).into()),
            ("mean", lang.number(figure.estimate, 2).into()),
            ("range", range(figure.limits).into()),
            ("new", range(figure.prediction).into()),
        ];
        lang.with("report-centres-mean", &words)
    };
    html! {
        @for (measure, figure) in figures {
            @if let Some(figure) = figure { (note(&sentence(measure, figure))) }
        }
        @if figures.iter().all(|(_, figure)| figure.is_none()) {
            (note(&lang.t("report-centres-few")))
        }
    }
}

/// The later patients under the models of the earlier ones, and the patients of another cohort; nothing where no
/// date tells them apart and no cohort was named.
pub(super) fn elsewhere(analysis: &Analysis, lang: Lang) -> Markup {
    html! {
        @if let Some(words) = later_words(analysis, lang) { (judged("report-later", &words, lang)) }
        @if let Some(words) = external_words(analysis, lang) { (judged("report-external", &words, lang)) }
        @for model in 0..analysis.models.len() {
            (figure(&figures::calibration_elsewhere(analysis, model, lang), 460, 480, lang))
        }
    }
}

fn judged(title: &str, words: &JudgedWords, lang: Lang) -> Markup {
    let header = html! {
        @for title in &words.header { th scope="col" { (title) } }
    };
    let body = html! {
        @for row in &words.rows {
            tr {
                @for (at, cell) in row.iter().enumerate() {
                    @if at == 0 { th scope="row" { (cell) } } @else { td.n { (cell) } }
                }
            }
        }
    };
    html! {
        h3 { (lang.t(title)) }
        p { (words.intro) }
        @if !words.rows.is_empty() { (table(&header, &body)) }
        @for text in &words.notes { (note(text)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_permutation_test_says_signal_or_chance() {
        let mut analysis = fixture::analysis();
        assert_eq!(permutation(&analysis, Lang::En).into_string(), "");
        let mut test = fixture::permutation_test();
        for lang in Lang::ALL {
            analysis.permutation = Some(test);
            let signal = permutation(&analysis, lang).into_string();
            test.p = 0.3;
            analysis.permutation = Some(test);
            let chance = permutation(&analysis, lang).into_string();
            assert_ne!(signal, chance);
            assert!(!signal.contains('⟦') && !chance.contains('⟦'));
            test.p = 2.0 / 201.0;
        }
    }

    #[test]
    fn the_simulation_is_told_in_both_languages() {
        let mut analysis = fixture::analysis();
        assert_eq!(prospect(&analysis, Lang::En).into_string(), "");
        analysis.prospect = Some(fixture::prospect());
        for lang in Lang::ALL {
            let said = prospect(&analysis, lang).into_string();
            assert!(said.contains(&lang.range(0.71, 0.81, 2)) && !said.contains('⟦'));
        }
    }

    #[test]
    fn a_centre_without_figures_says_why() {
        let mut analysis = fixture::analysis();
        let found = analysis.models[0].centres.as_mut().unwrap();
        let mut small = found.centres[0].clone();
        small.state = crate::validate::centres::CentreState::TooFew;
        (small.auc, small.slope, small.intercept) = (None, None, None);
        found.centres.push(small);
        for lang in Lang::ALL {
            let page = centres(&analysis, lang).into_string();
            assert!(page.contains(&lang.t("report-centre-too-few")) && !page.contains('⟦'));
            assert!(
                page.contains(&lang.range(0.52, 0.79, 2)),
                "interval of a new centre"
            );
        }
        analysis
            .models
            .iter_mut()
            .for_each(|model| model.centres = None);
        assert_eq!(centres(&analysis, Lang::En).into_string(), "");
    }

    #[test]
    fn the_range_of_a_calibrated_model_stands_for_every_measure_of_calibration() {
        let mut analysis = fixture::analysis();
        let page = calibrated(&analysis, Lang::En).into_string();
        assert!(page.contains(&Lang::En.range(0.01, 0.09, 3)));
        analysis
            .models
            .iter_mut()
            .for_each(|model| model.calibrated.clear());
        assert_eq!(calibrated(&analysis, Lang::En).into_string(), "");
    }
}
