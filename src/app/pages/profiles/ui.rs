//! Paints the profiles page.

use egui::{Label, RichText, Ui};

use crate::app::action::{Action, Command};
use crate::app::figure_view::{self, FigureViews};
use crate::app::jobs::JobKind;
use crate::app::pages::profiles::ProfilesPage;
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, tokens};
use crate::app::{widgets, words};
use crate::base::text::Lang;
use crate::report::profiles::{ProfileWords, ProfilesWords, WayWords};

const FIGURE: f32 = 260.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    figures: FigureViews,
    page: Cached<(Lang, u64), ProfilesPage>,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_results(ui, cx, Page::Profiles) {
        return actions;
    }
    let Some(analysis) = &cx.session.analysis else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let View { figures, page } = view;
    let page = page.get(cx.key(), || ProfilesPage::new(analysis, cx.lang));
    widgets::page_header(ui, &cx.t(Page::Profiles.key()), &page.setting, |ui| {
        if widgets::button(ui, &cx.t("profiles-next"), true).clicked() {
            actions.push(Action::Do(Command::Go(Page::Report)));
        }
    });
    if cx.session.is_stale() {
        ui.multiply_opacity(0.55);
    }
    ui.spacing_mut().item_spacing.y = SPACE_M;
    match &page.found {
        Some(found) => found_ui(ui, cx, found, figures, &mut actions),
        None => {
            widgets::card(ui, &cx.t("profiles-title"), |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                if cx.profiling {
                    progress_ui(ui, cx, &mut actions);
                } else {
                    offer_ui(ui, cx, &mut actions);
                }
            });
        }
    }
    actions
}

/// What the search is, how long it takes, and the button.
fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    ui.add(Label::new(cx.t("profiles-offer")).wrap());
    widgets::quiet_label(ui, cx.t("profiles-lead"));
    ui.horizontal(|ui| {
        let enabled = Command::Profiles.enabled(cx.session, cx.training);
        let text = Command::Profiles.text(cx.lang);
        let button = widgets::primary_button(ui, &text, enabled);
        let tip = Command::Profiles.tip(cx.lang);
        if button.on_hover_text(tip).clicked() {
            actions.push(Action::Do(Command::Profiles));
        }
        let tried = cx.session.profiles_time;
        let time = match tried.filter(|(of, _)| *of == cx.session.analysis_of) {
            None => cx.t("profiles-trying"),
            Some((_, None)) => String::new(),
            Some((_, Some(time))) => {
                let time = words::duration(time, cx.lang).into();
                cx.lang.with("profiles-estimate", &[("time", time)])
            }
        };
        if enabled && !time.is_empty() {
            widgets::quiet_label(ui, time);
        }
    });
}

fn progress_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let Some(status) = cx.status.filter(|one| one.kind == JobKind::Profiles) else {
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
        if widgets::button(ui, &cx.t("profiles-stop"), true).clicked() {
            actions.push(Action::Do(Command::Cancel));
        }
    });
}

fn found_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    found: &ProfilesWords,
    figures: &mut FigureViews,
    actions: &mut Vec<Action>,
) {
    ui.add(Label::new(RichText::new(&found.lead).size(theme::TEXT_EMPHASIS)).wrap());
    for way in &found.ways {
        way_ui(ui, cx, way, figures, actions);
    }
    if !found.refused.is_empty() {
        widgets::card(ui, &cx.t("profiles-refused"), |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for reason in &found.refused {
                ui.add(Label::new(reason).wrap());
            }
        });
    }
    ui.spacing_mut().item_spacing.y = 4.0;
    for line in &found.about {
        widgets::quiet_label(ui, line);
    }
}

/// A way that was kept: why, its mosaic, and one card a profile.
fn way_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    way: &WayWords,
    figures: &mut FigureViews,
    actions: &mut Vec<Action>,
) {
    widgets::columns(ui, &[1.0, 1.4], 360.0, |place, ui| {
        if place == 0 {
            widgets::card(ui, &way.title, |ui| {
                ui.add(Label::new(&way.reason).wrap());
                ui.add_space(6.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                for (at, profile) in way.profiles.iter().enumerate() {
                    let name = format!("{}. {}", at + 1, profile.name);
                    ui.add(Label::new(name).wrap());
                }
            });
        } else {
            let shown = figure_view::card(ui, &way.outcomes, FIGURE, figures, cx.lang);
            actions.extend(shown);
        }
    });
    for (at, profile) in way.profiles.iter().enumerate() {
        profile_ui(ui, cx, (at + 1, profile), figures, actions);
    }
}

fn profile_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (number, profile): (usize, &ProfileWords),
    figures: &mut FigureViews,
    actions: &mut Vec<Action>,
) {
    widgets::columns(ui, &[1.0, 1.4], 360.0, |place, ui| {
        if place == 0 {
            let title = cx.lang.with("profiles-number", &[("n", number.into())]);
            widgets::card(ui, &title, |ui| {
                ui.add(Label::new(theme::strong(&profile.name)).wrap());
                ui.add_space(4.0);
                let summary = RichText::new(&profile.summary).size(theme::TEXT_EMPHASIS);
                ui.add(Label::new(summary).wrap());
                ui.add_space(4.0);
                ui.spacing_mut().item_spacing.y = 6.0;
                for detail in &profile.details {
                    ui.add(Label::new(detail).wrap());
                }
            });
        } else {
            let shown = figure_view::card(ui, &profile.fingerprint, FIGURE, figures, cx.lang);
            actions.extend(shown);
        }
    });
}
