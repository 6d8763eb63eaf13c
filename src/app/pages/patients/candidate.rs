//! The form of a candidate, made from the predictors of the model.

use std::collections::BTreeMap;

use egui::{RichText, TextEdit, Ui};

use crate::analysis::{Analysis, Live, PredictorSummary, Values};
use crate::app::action::{Action, Decision};
use crate::app::pages::Cx;
use crate::app::theme::{self, tokens};
use crate::app::widgets;
use crate::app::words as app_words;
use crate::base::text::Lang;
use crate::cohort::{Cell, Domain, Kind};
use crate::report::words;
use crate::study::{Candidate, MeetingChange};

/// Levels up to which all are shown side by side.
const MOST_SIDE_BY_SIDE: usize = 4;

/// What is being typed, of which candidate.
#[derive(Default)]
pub(super) struct View {
    of: String,
    texts: BTreeMap<String, String>,
    is_closed: bool,
}

/// The values of a candidate, one a predictor, as a live model takes them. A level that the model does not know is not
/// known.
pub(super) fn values(live: &Live, candidate: &Candidate) -> Values {
    let of = |predictor: &crate::design::Predictor| match candidate.values.get(&predictor.name) {
        Some(Cell::Number(x)) if predictor.kind == Kind::Numeric => *x,
        Some(Cell::Text(level)) => {
            let place = predictor.levels.iter().position(|other| other == level);
            place.map_or(f64::NAN, |place| place as f64)
        }
        _ => f64::NAN,
    };
    Values::new(live.predictors().iter().map(of).collect())
}

/// What a typed number comes to.
#[derive(Clone, Debug, PartialEq)]
enum Typed {
    /// Nothing is known.
    Nothing,
    /// A number within the patients' range.
    Known(f64),
    /// A number beyond the patients, with their range.
    Beyond(f64, (f64, f64)),
    /// Beyond what a person can have.
    Impossible((f64, f64)),
    /// No number.
    NoNumber,
}

impl Typed {
    fn value(&self) -> Option<f64> {
        match self {
            Self::Known(x) | Self::Beyond(x, _) => Some(*x),
            _ => None,
        }
    }

    /// Whether what is in the field can be kept.
    fn is_kept(&self) -> bool {
        !matches!(self, Self::Impossible(_) | Self::NoNumber)
    }

    /// What is wrong or unusual, in words.
    fn words(&self, lang: Lang) -> Option<String> {
        let range = |key: &str, (low, high): (f64, f64)| {
            let ends = [low, high].map(|x| words::plain_number(x, lang));
            let [low, high] = ends;
            Some(lang.with(key, &[("low", low.into()), ("high", high.into())]))
        };
        match self {
            Self::Nothing | Self::Known(_) => None,
            Self::Beyond(_, ends) => range("candidate-beyond", *ends),
            Self::Impossible(ends) => range("candidate-impossible", *ends),
            Self::NoNumber => Some(lang.t("candidate-no-number")),
        }
    }
}

fn typed(text: &str, patients: Option<(f64, f64)>, plausible: Option<(f64, f64)>) -> Typed {
    if text.trim().is_empty() {
        return Typed::Nothing;
    }
    let Some(x) = widgets::parsed(text).filter(|x| x.is_finite()) else {
        return Typed::NoNumber;
    };
    let beyond = |ends: (f64, f64)| x < ends.0 || x > ends.1;
    if let Some(ends) = plausible.filter(|ends| beyond(*ends)) {
        return Typed::Impossible(ends);
    }
    match patients.filter(|ends| beyond(*ends)) {
        Some(ends) => Typed::Beyond(x, ends),
        None => Typed::Known(x),
    }
}

/// What the form is made of.
pub(super) struct Form<'a> {
    /// The results.
    pub analysis: &'a Analysis,
    /// The model, which says what the predictors are.
    pub live: &'a Live,
    /// What is known so far.
    pub candidate: &'a Candidate,
    /// The chance by what is known so far, in words.
    pub said: Option<&'a str>,
}

/// The form: a field for each predictor, by part of the patient.
pub(super) fn form_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    form: &Form<'_>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let &Form {
        analysis,
        live,
        candidate,
        said,
    } = form;
    if view.of != candidate.code {
        *view = View {
            of: candidate.code.clone(),
            ..View::default()
        };
    }
    let known = live.predictors().iter();
    let n_known = known.filter(|one| candidate.values.contains_key(&one.name));
    let n_known = n_known.count();
    let title = cx.lang.with(
        "candidate-values",
        &[
            ("n", n_known.into()),
            ("of", live.predictors().len().into()),
        ],
    );
    let mut toggled = false;
    let mut forgotten = false;
    let right = |ui: &mut Ui| {
        forgotten = widgets::button(ui, &cx.t("candidate-forget"), true).clicked();
        let key = if view.is_closed {
            "candidate-open"
        } else {
            "candidate-close"
        };
        toggled = widgets::button(ui, &cx.t(key), true).clicked();
    };
    let is_closed = view.is_closed;
    let texts = &mut view.texts;
    let mut changed: Option<Candidate> = None;
    widgets::card_with(ui, &title, 0.0, right, |ui| {
        if is_closed {
            return;
        }
        widgets::quiet_label(ui, cx.t("candidate-about"));
        if let Some(said) = said {
            ui.label(theme::heading(said, theme::TEXT_SECTION));
        }
        let columns = in_two(parts(cx, analysis));
        widgets::columns(ui, &[1.0, 1.0], 380.0, |column, ui| {
            for (part, predictors) in columns.get(column).into_iter().flatten() {
                ui.label(theme::strong(app_words::capital(&words::domain(
                    *part, cx.lang,
                ))));
                for predictor in predictors {
                    if let Some(value) = value_ui(ui, cx, predictor, candidate, texts) {
                        let mut next = candidate.clone();
                        match value {
                            Some(cell) => next.values.insert(predictor.name.clone(), cell),
                            None => next.values.remove(&predictor.name),
                        };
                        changed = Some(next);
                    }
                }
            }
        });
    });
    if toggled {
        view.is_closed = !view.is_closed;
    }
    let change = match changed {
        _ if forgotten => {
            actions.push(Action::ShowPatientList);
            Some(MeetingChange::Forget(candidate.code.clone()))
        }
        Some(next) => Some(MeetingChange::Candidate(next)),
        None => None,
    };
    actions.extend(change.map(|change| Action::Decide(Decision::Meeting(change))));
}

/// Predictors of one part of the patient.
type Part<'a> = (Domain, Vec<&'a PredictorSummary>);

/// The parts in two columns of about the same height, in their order.
fn in_two(parts: Vec<Part<'_>>) -> [Vec<Part<'_>>; 2] {
    let mut columns = [Vec::new(), Vec::new()];
    let mut heights = [0, 0];
    for part in parts {
        let at = usize::from(heights[1] < heights[0]);
        heights[at] += 1 + part.1.len();
        columns[at].push(part);
    }
    columns
}

/// The predictors by part of the patient, parts in the order of their first predictor.
fn parts<'a>(cx: &Cx<'_>, analysis: &'a Analysis) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for predictor in &analysis.predictors {
        let variable = cx
            .session
            .cohort()
            .and_then(|cohort| cohort.variable(&predictor.name));
        let domain = variable.map_or(Domain::Other, |variable| variable.domain);
        match parts.iter_mut().find(|(other, _)| *other == domain) {
            Some((_, of_part)) => of_part.push(predictor),
            None => parts.push((domain, vec![predictor])),
        }
    }
    parts
}

/// One field; what it was changed to, `Some(None)` where the value is not known any more.
fn value_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    predictor: &PredictorSummary,
    candidate: &Candidate,
    texts: &mut BTreeMap<String, String>,
) -> Option<Option<Cell>> {
    let now = candidate.values.get(&predictor.name);
    widgets::field(ui, &predictor.label, "", |ui| match predictor.kind {
        Kind::Numeric => number_ui(ui, cx, predictor, now, texts),
        _ => level_ui(ui, cx, predictor, now),
    })
}

fn number_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    predictor: &PredictorSummary,
    now: Option<&Cell>,
    texts: &mut BTreeMap<String, String>,
) -> Option<Option<Cell>> {
    let lang = cx.lang;
    let written = match now {
        Some(Cell::Number(x)) => words::plain_number(*x, lang),
        _ => String::new(),
    };
    let variable = cx
        .session
        .cohort()
        .and_then(|cohort| cohort.variable(&predictor.name));
    let plausible = variable.and_then(|variable| variable.range);
    let text = texts
        .entry(predictor.name.clone())
        .or_insert_with(|| written.clone());
    // What was taken back, or changed elsewhere, is shown as it is now.
    let says = typed(text, predictor.range, plausible);
    let kept = match now {
        Some(Cell::Number(x)) => Some(*x),
        _ => None,
    };
    if says.is_kept() && says.value() != kept {
        text.clone_from(&written);
    }
    let mut changed = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            let hint = predictor
                .quartiles
                .map_or_else(String::new, |[lower, _, upper]| {
                    let ends = [lower, upper].map(|x| lang.short(x));
                    ends.join(" – ")
                });
            let field = TextEdit::singleline(text)
                .desired_width(96.0)
                .hint_text(hint);
            let response = ui.add(field).accessible_name(&predictor.label);
            ui.label(widgets::quiet(ui, words::unit(predictor, lang).trim()));
            if response.changed() {
                let says = typed(text, predictor.range, plausible);
                if says.is_kept() {
                    changed = Some(says.value().map(Cell::Number));
                }
            }
        });
        if let Some(said) = typed(text, predictor.range, plausible).words(lang) {
            let color = tokens(ui).attention;
            ui.label(RichText::new(said).color(color));
        }
    });
    changed
}

fn level_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    predictor: &PredictorSummary,
    now: Option<&Cell>,
) -> Option<Option<Cell>> {
    let current = match now {
        Some(Cell::Text(level)) => predictor.levels.iter().position(|other| other == level),
        _ => None,
    };
    let options: Vec<(Option<usize>, String)> = std::iter::once((None, cx.t("candidate-unknown")))
        .chain(
            predictor
                .levels
                .iter()
                .enumerate()
                .map(|(at, level)| (Some(at), level.clone())),
        )
        .collect();
    let chosen = if predictor.levels.len() <= MOST_SIDE_BY_SIDE {
        widgets::choices(ui, current, &options)
    } else {
        let mut chosen = current;
        let shown = options.iter().find(|(place, _)| *place == current);
        let shown = shown.map_or_else(String::new, |(_, text)| text.clone());
        egui::ComboBox::from_id_salt(&predictor.name)
            .selected_text(shown)
            .show_ui(ui, |ui| {
                for (place, text) in &options {
                    ui.selectable_value(&mut chosen, *place, text);
                }
            })
            .response
            .accessible_name(&predictor.label);
        (chosen != current).then_some(chosen)
    };
    chosen.map(|place| Some(Cell::Text(predictor.levels.get(place?)?.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_number_is_held_against_patients_and_against_what_a_person_can_have() {
        let (patients, plausible) = (Some((21.0, 74.0)), Some((0.0, 110.0)));
        let of = |text| typed(text, patients, plausible);
        assert_eq!(of("  "), Typed::Nothing);
        assert_eq!(of("54,5"), Typed::Known(54.5));
        assert_eq!(of("19"), Typed::Beyond(19.0, (21.0, 74.0)));
        assert_eq!(of("540"), Typed::Impossible((0.0, 110.0)));
        assert_eq!(of("abc"), Typed::NoNumber);
        assert_eq!(of("inf"), Typed::NoNumber);
        for lang in Lang::ALL {
            for text in ["19", "540", "abc"] {
                let said = of(text).words(lang).unwrap();
                assert!(!said.contains('⟦'), "{said}");
            }
            assert_eq!(of("54").words(lang), None);
        }
        assert!(of("19").is_kept() && !of("540").is_kept() && !of("abc").is_kept());
    }
}
