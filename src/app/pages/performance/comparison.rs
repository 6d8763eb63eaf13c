//! Compare learners: the button and the time it takes, the work, and what came of it.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::app::action::{Action, Command};
use crate::app::jobs::JobKind;
use crate::app::pages::Cx;
use crate::app::theme::{self, tokens};
use crate::app::{widgets, words};
use crate::report::comparison::ComparisonWords;

/// Paints the part of the page.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    found: Option<&ComparisonWords>,
    actions: &mut Vec<Action>,
) {
    widgets::card(ui, &cx.t("comparison-title"), |ui| {
        if let Some(words) = found {
            found_ui(ui, cx, words);
        } else if cx.comparing {
            progress_ui(ui, cx, JobKind::Compare, "comparison-stop", actions);
        } else {
            offer_ui(ui, cx, actions);
        }
    });
}

/// What a comparison is, how long it takes, and the button.
fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    ui.add(Label::new(cx.t("comparison-offer")).wrap());
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let enabled = Command::Compare.enabled(cx.session, cx.training);
        let button = widgets::button(ui, &Command::Compare.text(cx.lang), enabled);
        if button
            .on_hover_text(Command::Compare.tip(cx.lang))
            .clicked()
        {
            actions.push(Action::Do(Command::Compare));
        }
        let tried = cx.session.comparison_time;
        let time = match tried.filter(|(of, _)| *of == cx.session.analysis_of) {
            None => cx.t("comparison-trying"),
            Some((_, None)) => String::new(),
            Some((_, Some(time))) => {
                let time = words::duration(time, cx.lang).into();
                cx.lang.with("comparison-estimate", &[("time", time)])
            }
        };
        if enabled && !time.is_empty() {
            widgets::quiet_label(ui, time);
        }
    });
}

/// How far a job is, with a button that stops it.
pub(in crate::app::pages) fn progress_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    kind: JobKind,
    stop: &str,
    actions: &mut Vec<Action>,
) {
    let status = cx.status.filter(|status| status.kind == kind);
    let Some(status) = status else {
        widgets::quiet_label(ui, cx.t("waiting"));
        return;
    };
    ui.label(words::progress(&status.progress, cx.lang));
    let share = status.progress.share().unwrap_or(0.0);
    let (width, color) = (ui.available_width().min(480.0), tokens(ui).accent);
    widgets::bar(ui, share, width, color);
    ui.horizontal(|ui| {
        ui.label(theme::strong(cx.lang.percent(f64::from(share))));
        if let Some(left) = status.left() {
            let time = words::duration(left, cx.lang).into();
            let left = cx.lang.with("time-left", &[("time", time)]);
            widgets::quiet_label(ui, left);
        }
        if widgets::button(ui, &cx.t(stop), true).clicked() {
            actions.push(Action::Do(Command::Cancel));
        }
    });
}

fn found_ui(ui: &mut Ui, cx: &Cx<'_>, found: &ComparisonWords) {
    for sentence in &found.sentences {
        ui.add(Label::new(sentence).wrap());
    }
    ui.add_space(4.0);
    let header: Vec<RichText> = found
        .header
        .iter()
        .map(|(title, _)| widgets::quiet(ui, title))
        .collect();
    let quiet = tokens(ui).quiet;
    let rows: Vec<Vec<RichText>> = found
        .rows
        .iter()
        .map(|row| {
            let name = theme::strong(&row.name);
            let name = if row.is_challenger {
                name.color(quiet)
            } else {
                name
            };
            let cells = row.cells.iter().map(RichText::new);
            std::iter::once(name).chain(cells).collect()
        })
        .collect();
    let tips: Vec<&str> = found
        .rows
        .iter()
        .map(|row| row.definition.as_str())
        .collect();
    ScrollArea::horizontal()
        .id_salt("comparison")
        .show(ui, |ui| widgets::text_table(ui, &header, &rows, &tips));
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    for failure in &found.failures {
        widgets::quiet_label(ui, failure);
    }
    widgets::quiet_label(ui, cx.t("comparison-grey"));
    widgets::quiet_label(ui, &found.about);
}
