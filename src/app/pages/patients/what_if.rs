//! What if: values that are not known, supposed. Never those that are known: a slider there would invite a causal
//! reading.

use std::sync::Arc;

use egui::{Label, Slider, Ui};

use crate::analysis::{Analysis, Assessment, Chance, Live, PredictorSummary, Values, Who, Worth};
use crate::app::pages::Cx;
use crate::app::theme;
use crate::app::widgets;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::report::words;

/// What is supposed of one patient, and what the model says of it.
#[derive(Default)]
pub(super) struct View {
    of: Option<(u64, usize, usize)>,
    values: Option<Values>,
    assessed: Option<Assessment>,
    worth: Option<Vec<Worth>>,
}

impl View {
    /// Looks at a patient anew where it is another one, or under another model.
    pub(super) fn look_at(&mut self, live: &Live, of: (u64, usize, usize)) {
        if self.of == Some(of) {
            return;
        }
        let (_, _, patient) = of;
        let values = live.recorded(patient);
        let assess = |values: &Values| live.assess(Who::Member(patient), values).ok();
        *self = Self {
            of: Some(of),
            assessed: values.as_ref().and_then(assess),
            values,
            worth: None,
        };
    }

    /// In what share of the retrainings each predictor points the same way; empty before that is known.
    pub(super) fn same_signs(&self, of: (u64, usize, usize)) -> Vec<Option<f64>> {
        let assessed = self.assessed.as_ref().filter(|_| self.of == Some(of));
        let contributions = assessed.map_or(&[][..], |one| one.contributions.as_slice());
        contributions.iter().map(|one| one.same_sign).collect()
    }
}

/// The card: a control for each value that is not known, and the chance with what is supposed. Nothing for a patient of
/// whom everything is known.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    patient: usize,
    live: Option<&Arc<Live>>,
    view: &mut View,
) {
    let Some(live) = live else {
        return;
    };
    let View {
        values: Some(values),
        worth,
        ..
    } = view
    else {
        return;
    };
    let gaps: Vec<usize> = (0..values.recorded.len())
        .filter(|&at| values.recorded[at].is_nan())
        .collect();
    if gaps.is_empty() {
        return;
    }
    widgets::card(ui, &cx.t("what-if-title"), |ui| {
        for &at in &gaps {
            if let (Some(summary), Some(supposed)) =
                (analysis.predictors.get(at), values.supposed.get_mut(at))
            {
                value_ui(ui, cx, live, (at, summary), supposed);
            }
        }
        let chance = live.chance(Who::Member(patient), values);
        let is_supposed = values.supposed.iter().any(Option::is_some);
        if let (true, Ok(chance)) = (is_supposed, &chance) {
            ui.add(Label::new(theme::strong(supposed_words(chance, cx.lang))).wrap());
        }
        worth_ui(ui, cx, analysis, worth, || {
            let task = TaskHandle::unattended();
            let plain = Values::new(values.recorded.clone());
            live.worth(Who::Member(patient), &plain, &task)
                .unwrap_or_default()
        });
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
    worth: &mut Option<Vec<Worth>>,
    find: impl FnOnce() -> Vec<Worth>,
) {
    match worth {
        None => {
            if widgets::button(ui, &cx.t("what-if-worth"), true).clicked() {
                *worth = Some(find());
            }
        }
        Some(found) => {
            for one in found {
                widgets::quiet_label(ui, worth_words(analysis, one, cx.lang));
            }
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
