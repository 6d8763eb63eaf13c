//! The models on another cohort: the button, the work, and how they do there.

use egui::{Label, Ui};

use crate::app::action::{Action, Command};
use crate::app::figure_view::{self, FigureViews};
use crate::app::jobs::JobKind;
use crate::app::pages::Cx;
use crate::app::pages::performance::PerformancePage;
use crate::app::pages::performance::comparison::progress_ui;
use crate::app::pages::performance::ui::table_ui;
use crate::app::state::Page;
use crate::app::widgets::{self, Tone};
use crate::report::elsewhere::JudgedWords;

const CURVE: f32 = 360.0;
/// What stands at the head of the page is far from here: it is said here too.
const FAILED: &str = "external-failed";

/// Paints the part of the page.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &PerformancePage,
    figures: &mut FigureViews,
    actions: &mut Vec<Action>,
) {
    widgets::card(ui, &cx.t("report-external"), |ui| {
        if cx.judging {
            progress_ui(ui, cx, JobKind::Elsewhere, "elsewhere-stop", actions);
            return;
        }
        let problem = cx.session.problems.get(&Page::Performance);
        if let Some(issue) = problem.filter(|issue| issue.code == FAILED) {
            let text = cx.lang.issue(issue);
            widgets::notice(ui, Tone::of(issue.severity), &text, "", None);
        }
        let key = match &page.external {
            Some(words) => {
                words_ui(ui, words);
                "elsewhere-again"
            }
            None => {
                ui.add(Label::new(cx.t("elsewhere-offer")).wrap());
                "command-elsewhere"
            }
        };
        ui.add_space(4.0);
        let enabled = Command::Elsewhere.enabled(cx.session, cx.training);
        let button = widgets::button(ui, &cx.t(key), enabled);
        let tip = Command::Elsewhere.tip(cx.lang);
        if button.on_hover_text(tip).clicked() {
            actions.push(Action::Do(Command::Elsewhere));
        }
    });
    if !page.calibration_there.marks.is_empty() && !cx.judging {
        // Half of the width, as other curves have it.
        widgets::columns(ui, &[1.0, 1.0], 400.0, |place, ui| {
            if place == 0 {
                let figure = &page.calibration_there;
                actions.extend(figure_view::card(ui, figure, CURVE, figures, cx.lang));
            }
        });
    }
}

/// Who is judged, the table where anyone could be, and what must be known beside it.
pub(super) fn words_ui(ui: &mut Ui, words: &JudgedWords) {
    ui.add(Label::new(&words.intro).wrap());
    ui.add_space(4.0);
    if !words.rows.is_empty() {
        let header: Vec<&str> = words.header.iter().map(String::as_str).collect();
        table_ui(ui, &words.intro, &header, &words.rows);
        ui.add_space(4.0);
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    for text in &words.notes {
        widgets::quiet_label(ui, text);
    }
}
