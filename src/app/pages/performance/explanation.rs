//! What the models make of their predictors: the button, the work, and the curves with a choice of predictor.

use egui::{ComboBox, Label, Ui};

use crate::analysis::Analysis;
use crate::app::action::{Action, Command};
use crate::app::figure_view::{self, FigureViews};
use crate::app::jobs::JobKind;
use crate::app::pages::Cx;
use crate::app::pages::performance::comparison::progress_ui;
use crate::app::state::Cached;
use crate::app::widgets;
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::effects::agreement;
use crate::report::{figures, words};

const CURVE: f32 = 360.0;
/// Height of one row of a figure of rows, and of what is around them.
const ROW: f32 = 30.0;
const AROUND: f32 = 150.0;
/// The rows of a nomogram have words above them.
const SCALE: f32 = 50.0;

/// What this part of the page remembers.
#[derive(Default)]
pub(super) struct View {
    variable: Option<String>,
    shown: Cached<(Lang, u64, usize, Option<String>), Explanation>,
}

/// What is shown of one model.
#[derive(Clone, Debug, PartialEq)]
struct Explanation {
    /// What can be told apart, and how far the models agree.
    sentences: Vec<String>,
    /// Names and labels of the predictors that there are curves of.
    variables: Vec<(String, String)>,
    /// The predictor whose curves are shown; `None` where nothing was worked out.
    variable: Option<String>,
    curves: [Figure; 2],
    /// Figures of rows with their heights.
    wholes: Vec<(Figure, f32)>,
    has_nomogram: bool,
}

impl Explanation {
    fn new(analysis: &Analysis, model: usize, wanted: Option<&String>, lang: Lang) -> Self {
        let learner = analysis.models.get(model).map(|model| model.learner);
        let found = analysis
            .effects
            .iter()
            .find(|one| Some(one.learner) == learner);
        let variables: Vec<(String, String)> = found
            .iter()
            .flat_map(|found| &found.effects)
            .map(|one| {
                let label = words::predictor(analysis, &one.variable);
                (one.variable.clone(), label)
            })
            .collect();
        let has = |name: &&String| variables.iter().any(|(known, _)| known == *name);
        let first = variables.first().map(|(name, _)| name);
        let variable = wanted.filter(has).or(first).cloned();
        let name = variable.as_deref().unwrap_or_default();
        let rows = |n: usize, row: f32| AROUND + row * n.max(3) as f32;
        let n_of = |count: fn(&crate::analysis::ModelEffects) -> usize| found.map_or(0, count);
        let n_scales = n_of(|one| one.nomogram.as_ref().map_or(0, |n| n.scales.len()));
        let wholes = [
            (
                figures::swarm(analysis, model, lang),
                rows(n_of(|one| one.swarms.len()), ROW),
            ),
            (
                figures::interactions(analysis, model, lang),
                rows(n_of(|one| one.interactions.len()), ROW),
            ),
            (
                figures::nomogram(analysis, model, lang),
                rows(n_scales + 2, SCALE),
            ),
        ];
        Self {
            sentences: agreement(analysis, lang),
            curves: [
                figures::partial_dependence(analysis, model, name, lang),
                figures::local_effects(analysis, model, name, lang),
            ],
            wholes: wholes
                .into_iter()
                .filter(|(figure, _)| !figure.marks.is_empty())
                .collect(),
            has_nomogram: n_scales > 0,
            variable,
            variables,
        }
    }
}

/// Paints the part of the page.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    figures: &mut FigureViews,
    actions: &mut Vec<Action>,
) {
    let Some(analysis) = &cx.session.analysis else {
        return;
    };
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let View { variable, shown } = view;
    let key = (lang, version, model, variable.clone());
    let shown = shown.get(key, || {
        Explanation::new(analysis, model, variable.as_ref(), lang)
    });
    widgets::card(ui, &cx.t("report-explanation"), |ui| {
        for sentence in &shown.sentences {
            ui.add(Label::new(sentence).wrap());
        }
        widgets::quiet_label(ui, cx.t("effects-about"));
        ui.add_space(4.0);
        if cx.explaining {
            progress_ui(ui, cx, JobKind::Explain, "explanation-stop", actions);
        } else if shown.variable.is_none() {
            offer_ui(ui, cx, actions);
        } else {
            choice_ui(ui, cx, shown, variable);
        }
    });
    if shown.variable.is_none() {
        return;
    }
    let curves: Vec<&Figure> = shown
        .curves
        .iter()
        .filter(|f| !f.marks.is_empty())
        .collect();
    widgets::columns(ui, &vec![1.0; curves.len()], 400.0, |place, ui| {
        if let Some(figure) = curves.get(place) {
            actions.extend(figure_view::card(ui, figure, CURVE, figures, lang));
        }
    });
    for (figure, height) in &shown.wholes {
        actions.extend(figure_view::card(ui, figure, *height, figures, lang));
    }
    if shown.has_nomogram {
        widgets::quiet_label(ui, cx.t("effects-nomogram-note"));
    }
}

fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    ui.add(Label::new(cx.t("explanation-offer")).wrap());
    ui.add_space(4.0);
    let enabled = Command::Explain.enabled(cx.session, cx.training);
    let button = widgets::button(ui, &Command::Explain.text(cx.lang), enabled);
    let button = button.on_hover_text(Command::Explain.tip(cx.lang));
    if button.clicked() {
        actions.push(Action::Do(Command::Explain));
    }
}

/// Which predictor's curves are shown.
fn choice_ui(ui: &mut Ui, cx: &Cx<'_>, shown: &Explanation, chosen: &mut Option<String>) {
    let label_of = |name: &String| {
        let mut known = shown.variables.iter();
        known
            .find(|(other, _)| other == name)
            .map(|(_, label)| label.clone())
    };
    ui.horizontal(|ui| {
        let label = ui.label(widgets::quiet(ui, cx.t("explanation-predictor")));
        let current = shown
            .variable
            .as_ref()
            .and_then(label_of)
            .unwrap_or_default();
        let response = ComboBox::from_id_salt("explained-predictor")
            .selected_text(current)
            .width(280.0)
            .show_ui(ui, |ui| {
                for (name, label) in &shown.variables {
                    let is_chosen = shown.variable.as_ref() == Some(name);
                    if ui.selectable_label(is_chosen, label).clicked() {
                        *chosen = Some(name.clone());
                    }
                }
            });
        response.response.labelled_by(label.id);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_predictor_that_is_chosen_is_shown_and_another_where_the_model_has_it_not() {
        let mut analysis = fixture::analysis();
        let none = Explanation::new(&analysis, 0, None, Lang::En);
        assert!(none.variable.is_none() && none.wholes.is_empty() && !none.has_nomogram);
        analysis.effects = fixture::effects();
        for lang in Lang::ALL {
            for model in 0..2 {
                let first = Explanation::new(&analysis, model, None, lang);
                assert_eq!(first.variable.as_deref(), Some("age"));
                let other = "leg_share".to_owned();
                let chosen = Explanation::new(&analysis, model, Some(&other), lang);
                assert_eq!(chosen.variable, Some(other));
                assert_ne!(chosen.curves[0], first.curves[0]);
                let gone = "nobody".to_owned();
                let kept = Explanation::new(&analysis, model, Some(&gone), lang);
                assert_eq!(kept, first);
                // A ridge model has a nomogram, a forest interactions.
                assert_eq!((first.has_nomogram, first.wholes.len()), (model == 0, 2));
            }
        }
    }
}
