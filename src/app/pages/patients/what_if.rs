//! What if: values that are not known, supposed. Never those that are known: a slider there would invite a causal
//! reading.

use egui::{Label, Slider, Ui};

use crate::analysis::{Analysis, Chance, Live, PredictorSummary, Values, Worth};
use crate::app::action::Action;
use crate::app::live_models::{Answer, Question, What};
use crate::app::pages::Cx;
use crate::app::pages::patients::meeting::{Person, open_question};
use crate::app::theme;
use crate::app::widgets;
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::report::words;

/// What is supposed of one person.
#[derive(Default)]
pub(super) struct View {
    /// Of whom: by the values on record too, so that what was supposed of a value that is known by now is forgotten.
    of: Option<Question>,
    supposed: Vec<Option<f64>>,
    /// Whether the worth of knowing was asked for.
    wants_worth: bool,
}

/// The card: a control for each value that is not known, and the chance with what is supposed. Nothing for a person of
/// whom everything is known. A candidate's gaps are filled in the form; what they are worth is said here.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    live: &Live,
    person: &Person<'_>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let recorded = &person.values.recorded;
    let gaps: Vec<usize> = (0..recorded.len())
        .filter(|&at| recorded[at].is_nan())
        .collect();
    if gaps.is_empty() {
        return;
    }
    let question = |values: Values, what| Question {
        learner: live.learner(),
        who: person.who,
        values,
        what,
    };
    let plain = question(Values::new(recorded.clone()), What::Worth);
    if view.of.as_ref() != Some(&plain) {
        *view = View {
            of: Some(plain.clone()),
            supposed: vec![None; recorded.len()],
            wants_worth: false,
        };
    }
    widgets::card(ui, &cx.t("what-if-title"), |ui| {
        if person.candidate.is_none() {
            for &at in &gaps {
                let found = analysis.predictors.get(at).zip(view.supposed.get_mut(at));
                if let Some((summary, supposed)) = found {
                    value_ui(ui, cx, live, (at, summary), supposed);
                }
            }
        }
        if view.supposed.iter().any(Option::is_some) {
            let values = Values {
                recorded: recorded.clone(),
                supposed: view.supposed.clone(),
            };
            let asked = question(values, What::Chance);
            let answers = &cx.session.live;
            let answer = answers.answer(&asked).or_else(|| answers.latest(&asked));
            if let Some(Answer::Chance(chance)) = answer {
                ui.add(Label::new(theme::strong(supposed_words(chance, cx.lang))).wrap());
            }
            actions.extend(open_question(cx, &[asked]));
        }
        worth_ui(ui, cx, analysis, plain, &mut view.wants_worth, actions);
        widgets::quiet_label(ui, cx.t("what-if-note"));
    });
}

/// The chance with what is supposed, in words.
fn supposed_words(chance: &Chance, lang: Lang) -> String {
    lang.with(
        "what-if-chance",
        &[
            ("chance", lang.percent(chance.risk).into()),
            ("range", lang.percent_range(chance.low, chance.high).into()),
        ],
    )
}

/// A slider within the range of the patients, or a choice of levels; ticked where a value is supposed.
fn value_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    live: &Live,
    (at, summary): (usize, &PredictorSummary),
    supposed: &mut Option<f64>,
) {
    let usual = usual_value(live, at, summary);
    ui.horizontal_wrapped(|ui| {
        let mut is_on = supposed.is_some();
        let text = lang_label(cx, &summary.label);
        let check = ui.checkbox(&mut is_on, text);
        if check.changed() {
            *supposed = is_on.then_some(usual);
        }
        let Some(value) = supposed else {
            return;
        };
        match (summary.kind, summary.range) {
            (Kind::Numeric, Some((low, high))) => {
                let unit = words::unit(summary, cx.lang);
                let decimals = if high - low > 20.0 { 0 } else { 1 };
                let slider = Slider::new(value, low..=high)
                    .suffix(unit)
                    .fixed_decimals(decimals);
                ui.add(slider).labelled_by(check.id);
            }
            _ => {
                let levels = summary.levels.iter().enumerate();
                let levels: Vec<(usize, String)> = levels
                    .map(|(place, level)| (place, level.clone()))
                    .collect();
                if let Some(place) = widgets::choices(ui, *value as usize, &levels) {
                    *value = place as f64;
                }
            }
        }
    });
}

fn lang_label(cx: &Cx<'_>, label: &str) -> String {
    cx.lang.with("what-if-suppose", &[("label", label.into())])
}

/// Where a slider begins: the median of the patients, the first level.
fn usual_value(live: &Live, at: usize, summary: &PredictorSummary) -> f64 {
    match (summary.kind, summary.quartiles) {
        (Kind::Numeric, Some([_, median, _])) => median,
        _ => {
            let levels = live.predictors().get(at).map_or(0, |one| one.levels.len());
            if levels > 1 { 1.0 } else { 0.0 }
        }
    }
}

/// What knowing a value would do to the spread, on demand.
fn worth_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    question: Question,
    is_wanted: &mut bool,
    actions: &mut Vec<Action>,
) {
    if !*is_wanted {
        *is_wanted = widgets::button(ui, &cx.t("what-if-worth"), true).clicked();
        return;
    }
    match cx.session.live.answer(&question) {
        Some(Answer::Worth(found)) => {
            for one in found {
                widgets::quiet_label(ui, worth_words(analysis, one, cx.lang));
            }
        }
        Some(_) => {}
        None => {
            widgets::quiet_label(ui, cx.t("what-if-waiting"));
            actions.extend(open_question(cx, &[question]));
        }
    }
}

fn worth_words(analysis: &Analysis, worth: &Worth, lang: Lang) -> String {
    let label = analysis.predictors.get(worth.predictor);
    let label = label.map_or("", |one| one.label.as_str());
    let points = |width: f64| lang.number(100.0 * width, 0);
    let key = if worth.width_known < worth.width {
        "what-if-narrower"
    } else {
        "what-if-no-narrower"
    };
    lang.with(
        key,
        &[
            ("label", label.into()),
            ("now", points(worth.width).into()),
            ("known", points(worth.width_known).into()),
            ("range", lang.percent_range(worth.low, worth.high).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{RiskSource, fixture};

    #[test]
    fn what_knowing_a_value_is_worth_is_said_either_way_in_both_languages() {
        let analysis = fixture::analysis();
        let worth = |width_known| Worth {
            predictor: 0,
            width: 0.31,
            width_known,
            low: 0.4,
            high: 0.6,
        };
        for lang in Lang::ALL {
            let narrower = worth_words(&analysis, &worth(0.22), lang);
            assert!(
                narrower.contains("31") && narrower.contains("22"),
                "{narrower}"
            );
            assert_ne!(narrower, worth_words(&analysis, &worth(0.33), lang));
            let chance = Chance {
                risk: 0.52,
                low: 0.4,
                high: 0.66,
                between: 0.0,
                source: RiskSource::OutOfFold,
                n_refits: 100,
            };
            let said = supposed_words(&chance, lang);
            assert!(said.contains(&lang.percent(0.52)) && !said.contains('⟦'));
            assert!(!narrower.contains('⟦'));
        }
    }
}
