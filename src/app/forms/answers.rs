//! Answers to questions that came back: each is a difference that a person takes over or leaves.

use egui::{Label, ScrollArea, Ui, Vec2};

use crate::app::action::Action;
use crate::app::pages::cohort::cell_words;
use crate::app::state::{Checked, Session};
use crate::app::theme::{self, SPACE_M};
use crate::app::widgets;
use crate::base::issue::Issue;
use crate::base::text::Lang;
use crate::review::Difference;

/// Height of an answer with its buttons.
const ANSWER: f32 = 104.0;
/// Remarks on the list that are shown.
const N_ISSUES: usize = 5;

/// Paints the answers. Returns whether the list is done with.
pub fn answers_ui(
    ui: &mut Ui,
    lang: Lang,
    session: &Session,
    differences: &[Difference],
    issues: &[Issue],
    actions: &mut Vec<Action>,
) -> bool {
    let title = lang.with("answers-title", &[("n", differences.len().into())]);
    ui.label(theme::heading(title, theme::TEXT_SECTION));
    widgets::quiet_label(ui, lang.t("answers-about"));
    for issue in issues.iter().take(N_ISSUES) {
        widgets::issue(ui, lang, issue);
    }
    let Some(checked) = &session.checked else {
        return true;
    };
    ScrollArea::vertical()
        .max_height(340.0)
        .auto_shrink([false, true])
        .show_rows(ui, ANSWER, differences.len(), |ui, range| {
            for at in range {
                if let Some(difference) = differences.get(at) {
                    answer_ui(ui, lang, checked, at, difference, actions);
                }
            }
        });
    ui.add_space(SPACE_M);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let close = widgets::primary_button(ui, &lang.t("answers-close"), true).clicked();
        let some = !differences.is_empty();
        if widgets::button(ui, &lang.t("answers-take-all"), some).clicked() {
            actions.push(Action::TakeAnswers(None, true));
        }
        close
    })
    .inner
}

fn answer_ui(
    ui: &mut Ui,
    lang: Lang,
    checked: &Checked,
    at: usize,
    difference: &Difference,
    actions: &mut Vec<Action>,
) {
    let answer = &difference.answer;
    let id = difference.row.as_ref();
    let id = id.and_then(|row| checked.ids.get(row.row).cloned());
    let variable = answer.key.variable.clone();
    let head: Vec<String> = [id, variable].into_iter().flatten().collect();
    ui.allocate_ui(Vec2::new(ui.available_width(), ANSWER), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add(Label::new(theme::strong(head.join(" · "))).truncate());
        let args = [
            (
                "before",
                cell_words(difference.before.as_ref(), lang).into(),
            ),
            ("after", cell_words(difference.after.as_ref(), lang).into()),
            ("answer", answer.answer.as_str().into()),
            ("who", answer.who.as_str().into()),
        ];
        let key = if difference.change().is_some() {
            "answer-change"
        } else {
            "answer-words"
        };
        ui.add(Label::new(lang.with(key, &args)).truncate());
        if let Some(conflict) = difference.conflict {
            let words = lang.t(&format!("answer-conflict-{}", conflict.name()));
            ui.add(Label::new(widgets::quiet(ui, words)).truncate());
        }
        ui.horizontal(|ui| {
            if widgets::button(ui, &lang.t("answer-take"), true).clicked() {
                actions.push(Action::TakeAnswers(Some(at), true));
            }
            if widgets::button(ui, &lang.t("answer-leave"), true).clicked() {
                actions.push(Action::TakeAnswers(Some(at), false));
            }
        });
    });
}
