//! Missing values: the plan, which is chosen on the train page, and what was imputed in the last
//! training, which the predictors page shows with how far the models hang on it.

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{Analysis, DeltaPlan, ImputeParams, MissingPlan, Settings, Visit};
use crate::app::action::{Action, Decision};
use crate::app::figure_view::{self, FigureViews};
use crate::app::pages::Cx;
use crate::app::state::{Cached, Derived};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind};
use crate::dictionary;
use crate::figure::Figure;
use crate::report::figures::{Traced, convergence, imputed_values};
use crate::report::{missing, words as report_words};

const FIGURE: f32 = 240.0;

/// Shifts that are proposed, in steps of half a standard deviation of what was seen.
const STEPS: [f64; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];

/// What the plan remembers.
#[derive(Default)]
pub struct PlanView {
    page: Cached<(Lang, u64), Vec<Shiftable>>,
    /// The shifts as they are typed.
    typed: Option<String>,
}

/// What the part about the last training remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64), MissingDataPage>,
    figures: FigureViews,
    /// Which imputed predictor is looked at.
    shown: usize,
}

/// A numeric predictor with gaps, which a sensitivity analysis can shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Shiftable {
    /// Name of the variable.
    pub name: String,
    /// Words for people.
    pub label: String,
    /// Proposed shifts, in its unit.
    pub deltas: Vec<f64>,
}

/// What was imputed in the last training.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingDataPage {
    /// How values were imputed; empty where they were not.
    pub how: String,
    /// Imputed predictors: their names, and the figures of each.
    pub imputed: Vec<(String, [Figure; 3])>,
    /// Title, header and rows of the sensitivity analysis.
    pub delta: Option<(String, Vec<String>, Vec<Vec<String>>)>,
}

impl MissingDataPage {
    /// Builds the part.
    pub fn new(analysis: &Analysis, lang: Lang) -> Self {
        Self {
            how: missing::how(analysis, lang),
            imputed: imputed(analysis, lang),
            delta: missing::delta_table(analysis, lang),
        }
    }
}

fn imputed(analysis: &Analysis, lang: Lang) -> Vec<(String, [Figure; 3])> {
    let Some(summary) = &analysis.missing else {
        return Vec::new();
    };
    let names = summary.distributions.iter().map(|d| &d.predictor);
    names
        .enumerate()
        .map(|(at, name)| {
            let traced = |traced| {
                let place = summary.traces.iter().position(|trace| trace.0 == *name);
                convergence(analysis, place.unwrap_or(usize::MAX), traced, lang)
            };
            let figures = [
                imputed_values(analysis, at, lang),
                traced(Traced::Mean),
                traced(Traced::Sd),
            ];
            (report_words::predictor(analysis, name), figures)
        })
        .collect()
}

/// Ticked numbers with gaps, in the order of the cohort.
fn shiftable(
    cohort: &Cohort,
    derived: &Derived,
    settings: &Settings,
    lang: Lang,
) -> Vec<Shiftable> {
    let is_ticked = |name: &String, by_default: bool| match &settings.predictors {
        Some(names) => names.contains(name),
        None => by_default,
    };
    let candidates = derived.candidates.iter().filter(|candidate| {
        candidate.n_missing > 0
            && is_ticked(&candidate.name, candidate.by_default)
            && !settings.categorical.contains(&candidate.name)
    });
    candidates
        .filter_map(|candidate| {
            let variable = cohort.variable(&candidate.name)?;
            let values = (variable.kind == Kind::Numeric).then(|| cohort.numbers(&candidate.name));
            let known: Vec<f64> = values?.ok()?.into_iter().filter(|v| !v.is_nan()).collect();
            let spread = crate::base::num::sd(&known)?;
            let deltas = STEPS.map(|step| two_digits(step * spread)).to_vec();
            let label = dictionary::label(variable, lang);
            Some(Shiftable {
                name: candidate.name.clone(),
                label,
                deltas,
            })
        })
        .collect()
}

/// Rounded to two significant digits: a shift is an assumption, not a measurement.
fn two_digits(value: f64) -> f64 {
    if value.abs() < f64::MIN_POSITIVE {
        return 0.0;
    }
    let scale = 10.0_f64.powf(1.0 - value.abs().log10().floor());
    (value * scale).round() / scale
}

/// The shifts that were typed, `-10; 0; 10` in the reader's way of writing numbers; `None` where
/// one of them is no number.
fn parsed(text: &str) -> Option<Vec<f64>> {
    let parts = text
        .split([';', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> = parts
        .map(|part| part.replace(',', ".").replace('\u{2212}', "-").parse().ok())
        .collect();
    numbers.filter(|numbers| {
        (1..=21).contains(&numbers.len()) && numbers.iter().all(|number| number.is_finite())
    })
}

/// Paints the choice of the plan.
pub fn plan_card(ui: &mut Ui, cx: &Cx<'_>, view: &mut PlanView, actions: &mut Vec<Action>) {
    let (Some(cohort), Some(derived)) = (cx.session.cohort(), &cx.session.derived) else {
        return;
    };
    let settings = &cx.session.study.settings;
    let PlanView { page, typed } = view;
    let rows = page.get(cx.key(), || shiftable(cohort, derived, settings, cx.lang));
    widgets::card(ui, &cx.t("missing-plan"), |ui| {
        plan_ui(ui, cx, settings.missing, actions);
        if settings.missing == MissingPlan::Single {
            widgets::quiet_label(ui, cx.t("missing-single.about"));
        } else {
            widgets::quiet_label(ui, cx.t("missing-multiple.about"));
            delta_ui(ui, cx, rows, typed, actions);
        }
    });
}

/// Paints what was imputed in the last training; nothing where nothing was.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(analysis) = &cx.session.analysis else {
        return;
    };
    let View {
        page,
        figures,
        shown,
    } = view;
    let page = page.get(cx.key(), || MissingDataPage::new(analysis, cx.lang));
    if page.imputed.is_empty() && page.delta.is_none() {
        return;
    }
    widgets::card(ui, &cx.t("missing-seen"), |ui| {
        if cx.session.is_stale() {
            widgets::quiet_label(ui, cx.t("missing-stale"));
        }
        widgets::quiet_label(ui, &page.how);
        seen_ui(ui, cx, page, figures, shown, actions);
        table_ui(ui, cx, page);
    });
}

fn plan_ui(ui: &mut Ui, cx: &Cx<'_>, plan: MissingPlan, actions: &mut Vec<Action>) {
    let options = [
        (false, cx.t("missing-single")),
        (true, cx.t("missing-multiple")),
    ];
    let is_multiple = plan != MissingPlan::Single;
    let mut new = plan;
    if let Some(multiple) = widgets::choices(ui, is_multiple, &options) {
        new = if multiple {
            MissingPlan::Multiple(ImputeParams::default())
        } else {
            MissingPlan::Single
        };
    }
    if let MissingPlan::Multiple(params) = &mut new {
        let mut count = |key: &str, value: &mut usize, range, speed| {
            widgets::field(ui, &cx.t(key), &cx.t(&format!("{key}.help")), |ui| {
                if let Some(typed) = widgets::number(ui, *value, range, speed) {
                    *value = typed;
                }
            });
        };
        count("missing-m", &mut params.n_imputations, 2..=1000, 0.2);
        count("missing-rounds", &mut params.n_iterations, 1..=200, 0.1);
        let visits = Visit::ALL.map(|visit| (visit, cx.t(&format!("visit-{}", visit.name()))));
        widgets::field(ui, &cx.t("missing-visit"), "", |ui| {
            if let Some(visit) = widgets::choices(ui, params.visit, &visits) {
                params.visit = visit;
            }
        });
    }
    if new != plan {
        actions.push(Action::Decide(Decision::Missing(new)));
    }
}

/// Which variable is shifted, and by how much.
fn delta_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &[Shiftable],
    typed: &mut Option<String>,
    actions: &mut Vec<Action>,
) {
    let plan = cx.session.study.settings.delta.as_ref();
    let mut decide = |plan| actions.push(Action::Decide(Decision::Delta(plan)));
    widgets::field(
        ui,
        &cx.t("missing-delta"),
        &cx.t("missing-delta.help"),
        |ui| {
            let chosen = plan.and_then(|plan| rows.iter().find(|row| row.name == plan.variable));
            let text = match (chosen, plan) {
                (Some(row), _) => row.label.clone(),
                (None, Some(plan)) => plan.variable.clone(),
                (None, None) => cx.t("missing-delta-none"),
            };
            egui::ComboBox::from_id_salt("missing-delta")
                .selected_text(text)
                .show_ui(ui, |ui| {
                    if ui
                        .selectable_label(plan.is_none(), cx.t("missing-delta-none"))
                        .clicked()
                    {
                        *typed = None;
                        decide(None);
                    }
                    for Shiftable {
                        name,
                        label,
                        deltas,
                    } in rows
                    {
                        let is_chosen = plan.is_some_and(|plan| plan.variable == *name);
                        if ui.selectable_label(is_chosen, label).clicked() {
                            *typed = None;
                            decide(Some(DeltaPlan {
                                variable: name.clone(),
                                deltas: deltas.clone(),
                            }));
                        }
                    }
                });
        },
    );
    let Some(plan) = plan else {
        return;
    };
    widgets::field(
        ui,
        &cx.t("missing-deltas"),
        &cx.t("missing-deltas.help"),
        |ui| {
            let listed = || {
                let words = plan.deltas.iter().map(|delta| cx.lang.short(*delta));
                words.collect::<Vec<String>>().join("; ")
            };
            let mut text = typed.clone().unwrap_or_else(listed);
            let edit = ui.text_edit_singleline(&mut text);
            if edit.changed() {
                *typed = Some(text.clone());
            }
            if edit.lost_focus() {
                if let Some(deltas) = parsed(&text).filter(|deltas| *deltas != plan.deltas) {
                    decide(Some(DeltaPlan {
                        variable: plan.variable.clone(),
                        deltas,
                    }));
                }
                *typed = None;
            }
        },
    );
}

fn seen_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &MissingDataPage,
    figures: &mut FigureViews,
    shown: &mut usize,
    actions: &mut Vec<Action>,
) {
    *shown = (*shown).min(page.imputed.len().saturating_sub(1));
    let Some((name, of_predictor)) = page.imputed.get(*shown) else {
        return;
    };
    let mut chosen = *shown;
    widgets::field(ui, &cx.t("missing-shown"), "", |ui| {
        egui::ComboBox::from_id_salt("missing-shown")
            .selected_text(name)
            .show_ui(ui, |ui| {
                for (at, (name, _)) in page.imputed.iter().enumerate() {
                    ui.selectable_value(&mut chosen, at, name);
                }
            });
    });
    *shown = chosen;
    for figure in of_predictor {
        actions.extend(figure_view::card(ui, figure, FIGURE, figures, cx.lang));
    }
    widgets::quiet_label(ui, cx.t("report-imputation-note"));
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MissingDataPage) {
    let Some((title, header, rows)) = &page.delta else {
        return;
    };
    ui.label(crate::app::theme::strong(title));
    let header: Vec<RichText> = header.iter().map(|name| widgets::quiet(ui, name)).collect();
    let rows: Vec<Vec<RichText>> = rows
        .iter()
        .map(|row| row.iter().map(RichText::new).collect())
        .collect();
    ScrollArea::horizontal()
        .id_salt("missing-deltas-table")
        .show(ui, |ui| widgets::text_table(ui, &header, &rows, &[]));
    widgets::quiet_label(ui, cx.t("report-delta-note"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::pages::predictors::model::tests::derived;

    #[test]
    fn what_was_imputed_and_what_can_be_shifted_are_worded_in_both_languages() {
        let (cohort, analysis) = (fixture::cohort(), fixture::imputed());
        for lang in Lang::ALL {
            let page = MissingDataPage::new(&analysis, lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            assert_eq!(page.imputed.len(), 2);
            // A number has its density and both traces; the second was not traced in the fixture.
            let n_drawn = |at: usize| {
                let figures = page.imputed[at].1.iter();
                figures.filter(|figure| !figure.marks.is_empty()).count()
            };
            assert_eq!((n_drawn(0), n_drawn(1)), (3, 1));
            let rows = shiftable(&cohort, &derived(), &analysis.settings, lang);
            assert_eq!(rows.len(), 1);
            // Steps of half the standard deviation of the ages, 12.6 years.
            assert_eq!(rows[0].deltas, [-13.0, -6.3, 0.0, 6.3, 13.0]);
            assert_eq!(page.delta.as_ref().map(|delta| delta.2.len()), Some(3));
        }
    }

    #[test]
    fn values_that_were_filled_once_have_nothing_to_show() {
        let page = MissingDataPage::new(&fixture::analysis(), Lang::En);
        assert!(page.imputed.is_empty() && page.how.is_empty() && page.delta.is_none());
    }

    #[test]
    fn shifts_are_read_as_people_write_them() {
        assert_eq!(parsed("-10; 0; 10"), Some(vec![-10.0, 0.0, 10.0]));
        assert_eq!(parsed("\u{2212}2,5 ; 0"), Some(vec![-2.5, 0.0]));
        assert_eq!(parsed("ten"), None);
        assert_eq!(parsed(""), None);
        assert_eq!(parsed("inf"), None);
        assert_eq!(two_digits(-13.37), -13.0);
        assert_eq!(two_digits(0.0), 0.0);
    }
}
