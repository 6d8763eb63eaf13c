//! One predictor, looked at: its distribution, its form, what speaks against it.

use egui::{ComboBox, DragValue, TextEdit, Ui};

use crate::app::action::{Action, Decision};
use crate::app::figure_view;
use crate::app::pages::Cx;
use crate::app::pages::cohort::review::model::ColumnPage;
use crate::app::pages::predictors::model::{self, PredictorRow};
use crate::app::state::Cached;
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::design::{Curve, DesignSpec, Form};

/// Height of the distribution.
const FIGURE: f32 = 150.0;
/// Most levels whose counts are shown.
const MOST_LEVELS: usize = 12;

/// What is remembered of the predictor that is looked at.
#[derive(Default)]
pub(super) struct Details {
    /// Its name; empty where none is.
    pub(super) name: String,
    column: Cached<(Lang, u64, String), Option<ColumnPage>>,
    why: String,
}

impl Details {
    /// Opens a predictor, or closes it again.
    pub(super) fn turn(&mut self, name: &str) {
        self.why.clear();
        if self.name == name {
            self.name.clear();
        } else {
            name.clone_into(&mut self.name);
        }
    }
}

/// Paints the predictor that is looked at.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &PredictorRow,
    details: &mut Details,
    actions: &mut Vec<Action>,
) {
    let frame = egui::Frame::new().inner_margin(egui::Margin {
        left: 24,
        right: 0,
        top: 4,
        bottom: 10,
    });
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        for (text, remedy) in &row.doubts {
            widgets::notice(ui, Tone::Attention, text, remedy, None);
        }
        if row.too_good {
            confirm_ui(ui, cx, row, &mut details.why, actions);
        }
        form_ui(ui, cx, row, actions);
        if row.as_code.is_some() {
            code_ui(ui, cx, row, actions);
        }
        distribution_ui(ui, cx, details);
    });
}

/// Asks why a predictor that all but tells the outcome may predict.
fn confirm_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &PredictorRow,
    why: &mut String,
    actions: &mut Vec<Action>,
) {
    let decide = |why| Action::Decide(Decision::Confirm(row.name.clone(), why));
    ui.horizontal(|ui| {
        if let Some(known) = &row.confirmed {
            ui.label(
                cx.lang
                    .with("confirmed-why", &[("why", known.as_str().into())]),
            );
            if widgets::link_button(ui, &cx.t("confirm-take-back")).clicked() {
                actions.push(decide(None));
            }
            return;
        }
        let field = TextEdit::singleline(why)
            .hint_text(cx.t("confirm-why"))
            .desired_width(320.0);
        ui.add(field).accessible_name(cx.t("confirm-why"));
        let is_said = why.trim().chars().count() >= 3;
        if widgets::button(ui, &cx.t("confirm"), is_said).clicked() {
            actions.push(decide(Some(why.trim().to_owned())));
            why.clear();
        }
    });
}

fn form_ui(ui: &mut Ui, cx: &Cx<'_>, row: &PredictorRow, actions: &mut Vec<Action>) {
    let spec = &cx.session.study.settings.design;
    let form = spec.form(&row.name);
    let mut decide = |form: Form| {
        actions.push(Action::Decide(Decision::Design(with_form(
            spec, &row.name, form,
        ))));
    };
    match row.read_as {
        Kind::Numeric => {
            ui.horizontal(|ui| {
                ui.label(widgets::quiet(ui, cx.t("form-curve")));
                let words = Curve::ALL.map(|curve| (curve, model::curve_words(curve, cx.lang)));
                if let Some(curve) = widgets::choices(ui, form.curve, &words) {
                    decide(Form {
                        curve,
                        ..form.clone()
                    });
                }
            });
            widgets::quiet_label(ui, cx.t(model::curve_about(form.curve)));
        }
        Kind::Categorical => levels_ui(ui, cx, row, &form, decide),
        _ => {
            widgets::quiet_label(ui, cx.t("form-binary"));
        }
    }
}

/// The reference level, and how rare a level must be to be pooled.
fn levels_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &PredictorRow,
    form: &Form,
    mut decide: impl FnMut(Form),
) {
    ui.horizontal(|ui| {
        let label = cx.t("form-reference");
        ui.label(widgets::quiet(ui, &label));
        let first = row.levels.first().cloned().unwrap_or_default();
        let mut now = form.reference.clone().unwrap_or(first);
        let before = now.clone();
        let response = ComboBox::from_id_salt(("reference", &row.name))
            .selected_text(&now)
            .truncate()
            .show_ui(ui, |ui| {
                for level in &row.levels {
                    ui.selectable_value(&mut now, level.clone(), level);
                }
            })
            .response;
        response.accessible_name(label);
        if now != before {
            decide(Form {
                reference: Some(now),
                ..form.clone()
            });
        }
        ui.add_space(12.0);
        let label = ui.label(widgets::quiet(ui, cx.t("form-least")));
        let mut least = form.least;
        let field = ui.add(DragValue::new(&mut least).range(0..=1_000));
        if field.labelled_by(label.id).changed() {
            decide(Form {
                least,
                ..form.clone()
            });
        }
    });
    widgets::quiet_label(ui, cx.t("form-levels"));
}

fn code_ui(ui: &mut Ui, cx: &Cx<'_>, row: &PredictorRow, actions: &mut Vec<Action>) {
    let is_code = row.as_code == Some(true);
    let mut now = is_code;
    let field = ui.checkbox(&mut now, cx.t("form-code"));
    if field.on_hover_text(cx.t("form-code.tip")).changed() {
        let decision = Decision::Categorical(row.name.clone(), now);
        actions.push(Action::Decide(decision));
    }
}

fn distribution_ui(ui: &mut Ui, cx: &Cx<'_>, details: &mut Details) {
    let Some(checked) = &cx.session.checked else {
        return;
    };
    let (lang, version) = cx.key();
    let name = details.name.clone();
    let page = details.column.get((lang, version, name), || {
        ColumnPage::new(checked, &details.name, lang)
    });
    let Some(page) = page else { return };
    if let Some(figure) = &page.figure {
        figure_view::figure_ui(ui, figure, FIGURE, lang);
    }
    for (level, n, share) in page.levels.iter().take(MOST_LEVELS) {
        let count = format!("{} ({})", lang.count(*n as i64), lang.percent(*share));
        widgets::pair(ui, level, &count);
    }
}

/// The design with another form of one predictor; the usual form is not written down.
fn with_form(spec: &DesignSpec, name: &str, form: Form) -> DesignSpec {
    let mut spec = spec.clone();
    if form == Form::default() {
        spec.forms.remove(name);
    } else {
        spec.forms.insert(name.to_owned(), form);
    }
    spec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_form_leaves_no_trace() {
        let spline = Form {
            curve: Curve::Spline(3),
            ..Form::default()
        };
        let spec = with_form(&DesignSpec::default(), "age", spline.clone());
        assert_eq!(spec.form("age"), spline);
        assert_eq!(
            with_form(&spec, "age", Form::default()),
            DesignSpec::default()
        );
    }
}
