//! Paints the patients page: the list, and the meeting page of one.

use std::sync::Arc;

use egui::{Label, Layout, RichText, Sense, TextEdit, Ui, Vec2, WidgetInfo};

use crate::analysis::Analysis;
use crate::app::action::{Action, Command, Decision};
use crate::app::figure_view;
use crate::app::icons::{self, Icon};
use crate::app::pages::patients::{MeetingPage, list, what_if};
use crate::app::pages::performance;
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, SPACE_S, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::figure::Role;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    list: list::View,
    /// The patient of the meeting page; `None` for the list.
    pub open: Option<usize>,
    meeting: Cached<(Lang, u64, usize, usize), Option<MeetingPage>>,
    what_if: what_if::View,
}

impl View {
    /// Whether the list is shown.
    pub fn is_list(&self) -> bool {
        self.open.is_none()
    }

    /// The patient after or before the shown one, in the order of the list.
    pub fn neighbour(&mut self, cx: &Cx<'_>, step: isize) -> Option<usize> {
        self.list.neighbour(cx, self.open, step)
    }
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_results(ui, cx, Page::Patients) {
        return actions;
    }
    let Some(analysis) = &cx.session.analysis else {
        return Vec::new();
    };
    if cx.session.is_stale() {
        ui.multiply_opacity(0.55);
    }
    match view.open {
        None => list::ui(ui, cx, analysis, &mut view.list),
        Some(patient) => meeting_ui(ui, cx, analysis, view, patient),
    }
}

fn meeting_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Arc<Analysis>,
    view: &mut View,
    patient: usize,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let neighbours = [view.neighbour(cx, -1), view.neighbour(cx, 1)];
    let page = view.meeting.get((lang, version, model, patient), || {
        MeetingPage::new(analysis, cx.session.cohort(), model, patient, lang)
    });
    let shown = (version, model, patient);
    let live = cx.live();
    if let Some(live) = live {
        view.what_if.look_at(live, shown);
    }
    let what_if = &mut view.what_if;
    let Some(page) = page else {
        widgets::quiet_label(ui, cx.t("no-such-patient"));
        return actions;
    };
    widgets::page_header(ui, &page.title, &page.setting, |ui| {
        for (command, icon, neighbour) in [
            (Command::NextPatient, Icon::Right, neighbours[1]),
            (Command::PreviousPatient, Icon::Left, neighbours[0]),
        ] {
            let name = command.text(lang);
            if widgets::icon_button(ui, icon, &name, neighbour.is_some()).clicked()
                && let Some(patient) = neighbour
            {
                actions.push(Action::ShowPatient(patient));
            }
        }
        if widgets::button(ui, &cx.t("all-patients"), true).clicked() {
            actions.push(Action::ShowPatientList);
        }
    });
    let models = performance::names(analysis, lang);
    performance::model_switch(ui, cx, &models, &mut actions);
    widgets::columns(ui, &[1.0, 1.2], 400.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            chance_ui(ui, cx, page);
            widgets::warnings(ui, lang, &analysis.notices);
            note_ui(ui, cx, page, &mut actions);
        } else {
            reasons_ui(ui, cx, page, &what_if.same_signs(shown));
            what_if::ui(ui, cx, analysis, patient, live, what_if);
            alike_ui(ui, cx, page, &mut actions);
            unusual_ui(ui, cx, page);
        }
    });
    ui.add_space(SPACE_S);
    widgets::quiet_label(ui, cx.t("patients-caution"));
    actions
}

fn chance_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage) {
    widgets::card(ui, &cx.t("chance-title"), |ui| {
        ui.horizontal(|ui| {
            ui.label(theme::heading(&page.number, 64.0));
            ui.vertical(|ui| {
                ui.add_space(14.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(Label::new(theme::heading(&page.frequency, theme::TEXT_EMPHASIS)).wrap());
                widgets::quiet_label(ui, &page.spread);
            });
        });
        people_ui(ui, page);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let tone = if page.undetermined {
                Tone::Attention
            } else {
                Tone::Accent
            };
            widgets::badge(ui, &page.stratum, tone);
            if page.undetermined {
                ui.label(widgets::quiet(ui, cx.t("undetermined-why")));
            }
        });
        for other in &page.others {
            widgets::quiet_label(ui, other);
        }
        ui.separator();
        widgets::pair(ui, &cx.t("patients-observed"), &page.observed);
    });
}

/// Ten people, as many of them filled as respond.
fn people_ui(ui: &mut Ui, page: &MeetingPage) {
    let (width, gap) = (22.0, 8.0);
    let size = Vec2::new(10.0 * (width + gap), 48.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let tokens = tokens(ui);
    for place in 0..10 {
        let left = rect.left() + place as f32 * (width + gap);
        let person =
            egui::Rect::from_min_size(egui::pos2(left, rect.top() + 2.0), Vec2::new(width, 44.0));
        let responds = place < page.of_ten;
        let color = if responds {
            tokens.role(Role::Responder)
        } else {
            tokens.role(Role::Reference)
        };
        icons::person(ui.painter(), person, color, responds);
    }
    let name = page.frequency.clone();
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
}

fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage, same_signs: &[Option<f64>]) {
    widgets::card(ui, &cx.t("reasons-title"), |ui| {
        if page.reasons.is_empty() {
            widgets::quiet_label(ui, cx.t("reasons-none"));
            return;
        }
        let height = 74.0 + 26.0 * page.reasons.len() as f32;
        figure_view::figure_ui(ui, &page.figure, height, cx.lang);
        ui.separator();
        ui.spacing_mut().item_spacing.y = 3.0;
        for raises in [true, false] {
            let key = if raises {
                "reasons-raise"
            } else {
                "reasons-lower"
            };
            let lines = page.reasons.iter().filter(|(_, raise, _)| *raise == raises);
            let mut lines = lines.peekable();
            if lines.peek().is_none() {
                continue;
            }
            ui.label(theme::strong(cx.t(key)));
            for (at, _, line) in lines {
                ui.horizontal_top(|ui| {
                    let sign = if raises { "+" } else { "\u{2212}" };
                    let role = if raises {
                        Role::Responder
                    } else {
                        Role::NonResponder
                    };
                    let color = tokens(ui).role(role);
                    let (rect, _) = ui.allocate_exact_size(Vec2::new(14.0, 18.0), Sense::hover());
                    ui.painter().text(
                        rect.center(),
                        egui::Align2::CENTER_CENTER,
                        sign,
                        egui::FontId::proportional(theme::TEXT_EMPHASIS),
                        color,
                    );
                    let held = same_signs.get(*at).copied().flatten();
                    let line = held.map_or_else(
                        || line.clone(),
                        |share| {
                            let share = cx.lang.percent(share).into();
                            let holds = cx.lang.with("reason-holds", &[("share", share)]);
                            format!("{line} · {holds}")
                        },
                    );
                    ui.add(Label::new(line).wrap());
                });
            }
        }
        widgets::quiet_label(ui, cx.t("reasons-about"));
    });
}

/// The patients that are likest to this one; a click opens theirs.
fn alike_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage, actions: &mut Vec<Action>) {
    if page.alike.is_empty() {
        return;
    }
    widgets::card(ui, &cx.t("alike-title"), |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for (patient, line) in &page.alike {
            if widgets::link_button(ui, line).clicked() {
                actions.push(Action::ShowPatient(*patient));
            }
        }
        widgets::quiet_label(
            ui,
            cx.t(if page.alike_by_distance {
                "alike-near-about"
            } else {
                "alike-title.about"
            }),
        );
    });
}

fn unusual_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage) {
    widgets::card(ui, &cx.t("unusual-title"), |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for line in &page.unusual {
            ui.add(Label::new(RichText::new(line)).wrap());
        }
    });
}

fn note_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("note-title"), |ui| {
        let now = cx
            .session
            .study
            .notes
            .get(&page.id)
            .cloned()
            .unwrap_or_default();
        let mut text = now.clone();
        ui.with_layout(Layout::top_down_justified(egui::Align::Min), |ui| {
            let field = TextEdit::multiline(&mut text)
                .hint_text(cx.t("note-hint"))
                .desired_rows(4)
                .margin(egui::Margin::same(8));
            ui.add(field).accessible_name(cx.t("note-title"));
        });
        if text != now {
            actions.push(Action::Decide(Decision::Note(page.id.clone(), text)));
        }
        widgets::quiet_label(ui, cx.t("note-about"));
    });
}
