//! Paints the home page.

use std::path::PathBuf;

use egui::{Key, Label, Sense, TextEdit, Ui, Vec2};

use crate::app::action::{Action, Ask, Command, Decision};
use crate::app::icons::{self, Icon};
use crate::app::pages::{Cx, home::HomePage};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, SPACE_S, TARGET, tokens};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;

/// Least height of the two cards, so that they end on one line.
const HEIGHT: f32 = 260.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    path: String,
    page: Cached<(Lang, u64, usize, usize), HomePage>,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    let mut actions = Vec::new();
    let (lang, version) = cx.key();
    let key = (lang, version, cx.orphans.len(), cx.preferences.recent.len());
    let View { path, page } = view;
    let page = page.get(key, || HomePage::new(cx));
    widgets::page_header(ui, &cx.t("home-title"), &page.sentence, |_| ());
    for (path, text) in page.orphans.iter().take(1) {
        recovery_ui(ui, cx, path, text, &mut actions);
    }
    doors_ui(ui, cx, page, &mut actions);
    ui.add_space(SPACE_M - ui.spacing().item_spacing.y);
    widgets::columns(ui, &[1.0, 1.0], 420.0, |column, ui| {
        if column == 0 {
            open_ui(ui, cx, page, path, &mut actions);
        } else {
            samples_ui(ui, cx, page, &mut actions);
        }
    });
    actions
}

fn recovery_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    orphan: &std::path::Path,
    text: &str,
    actions: &mut Vec<Action>,
) {
    let go_on = cx.t("recovery-open");
    let discard = cx.t("recovery-discard");
    let remedy = cx.t("recovery.remedy");
    match widgets::notice_with(ui, Tone::Accent, text, &remedy, &[&discard, &go_on]) {
        Some(0) => actions.push(Action::DiscardRecovery(orphan.to_owned())),
        Some(_) => actions.push(Action::Recover(orphan.to_owned())),
        None => {}
    }
    ui.add_space(4.0);
}

fn doors_ui(ui: &mut Ui, cx: &Cx<'_>, page: &HomePage, actions: &mut Vec<Action>) {
    let go = |page| Action::Do(Command::Go(page));
    let open = Action::Do(Command::Open);
    let doors = [
        (
            "door-review",
            if page.has_cohort {
                go(Page::Cohort)
            } else {
                open.clone()
            },
        ),
        (
            "door-train",
            if page.has_cohort {
                go(Page::Outcome)
            } else {
                open.clone()
            },
        ),
        (
            "door-meet",
            if page.can_meet {
                go(Page::Patients)
            } else {
                open
            },
        ),
    ];
    widgets::columns(ui, &[1.0, 1.0, 1.0], 240.0, |column, ui| {
        if let Some((key, action)) = doors.get(column) {
            let title = cx.t(key);
            let about = cx.t(&format!("{key}.about"));
            if door(ui, &title, &about).clicked() {
                actions.push(action.clone());
            }
        }
    });
}

/// A card that is a button as a whole.
fn door(ui: &mut Ui, title: &str, about: &str) -> egui::Response {
    let tokens = tokens(ui);
    let size = Vec2::new(ui.available_width(), 116.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let (fill, line) = if response.hovered() {
        (tokens.tint, tokens.accent)
    } else {
        (tokens.card, tokens.line)
    };
    ui.painter().rect(
        rect,
        f32::from(theme::RADIUS),
        fill,
        egui::Stroke::new(
            if response.has_focus() { 2.0 } else { 1.0 },
            if response.has_focus() {
                tokens.accent
            } else {
                line
            },
        ),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink(theme::SPACE_L);
    let mut content = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    content.spacing_mut().item_spacing.y = 6.0;
    content.horizontal(|ui| {
        ui.label(theme::heading(title, theme::TEXT_SECTION));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::icon(ui, Icon::Right, tokens.accent, 14.0);
        });
    });
    widgets::quiet_label(&mut content, about);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, title));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn open_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &HomePage,
    path: &mut String,
    actions: &mut Vec<Action>,
) {
    widgets::card_with(
        ui,
        &cx.t("home-open-file"),
        HEIGHT,
        |_| (),
        |ui| {
            ui.horizontal(|ui| {
                let browse = cx.t("browse");
                let width = (ui.available_width() - 190.0).max(120.0);
                let field = TextEdit::singleline(path)
                    .hint_text(cx.t("home-path-hint"))
                    .desired_width(width)
                    .margin(egui::Margin::symmetric(8, 6));
                let response = ui.add(field).accessible_name(cx.t("home-path"));
                let entered =
                    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                let clicked = widgets::button(ui, &cx.t("open"), !path.trim().is_empty()).clicked();
                if (entered || clicked) && !path.trim().is_empty() {
                    actions.push(Action::OpenPath(PathBuf::from(path.trim())));
                }
                if widgets::button(ui, &browse, true)
                    .on_hover_text(Command::Open.tip(cx.lang))
                    .clicked()
                {
                    actions.push(Action::Ask(Ask::Open));
                }
            });
            widgets::quiet_label(ui, cx.t("home-drop"));
            if page.has_cohort {
                name_ui(ui, cx, actions);
            }
            ui.add_space(SPACE_S);
            ui.label(theme::strong(cx.t("home-recent")));
            if page.recent.is_empty() {
                widgets::quiet_label(ui, cx.t("home-no-recent"));
            }
            for (path, name, folder) in &page.recent {
                recent_ui(ui, cx, (path, name, folder), actions);
            }
        },
    );
}

/// The name under which the study is known.
fn name_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    ui.add_space(SPACE_S);
    let now = &cx.session.study.name;
    let mut name = now.clone();
    widgets::field(ui, &cx.t("study-name"), "", |ui| {
        let field = TextEdit::singleline(&mut name)
            .hint_text(cx.session.name())
            .desired_width(ui.available_width() - 16.0)
            .margin(egui::Margin::symmetric(8, 6));
        ui.add(field).accessible_name(cx.t("study-name"));
    });
    if name != *now {
        actions.push(Action::Decide(Decision::Name(name)));
    }
}

fn recent_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (path, name, folder): (&PathBuf, &str, &str),
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let response = widgets::link_button(ui, name).on_hover_text(path.display().to_string());
        if response.clicked() {
            actions.push(Action::OpenPath(path.clone()));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let forget = cx.lang.with("home-forget", &[("name", name.into())]);
            if widgets::icon_button(ui, Icon::Close, &forget, true).clicked() {
                actions.push(Action::ForgetRecent(path.clone()));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(Label::new(widgets::quiet(ui, folder)).truncate());
            });
        });
    });
}

fn samples_ui(ui: &mut Ui, cx: &Cx<'_>, page: &HomePage, actions: &mut Vec<Action>) {
    widgets::card_with(
        ui,
        &cx.t("home-samples"),
        HEIGHT,
        |_| (),
        |ui| {
            widgets::quiet_label(ui, cx.t("home-samples.about"));
            ui.add_space(4.0);
            for (number, (name, title, about)) in page.samples.iter().enumerate() {
                if number > 0 {
                    ui.separator();
                }
                ui.horizontal(|ui| {
                    let width = (ui.available_width() - 96.0).max(160.0);
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.y = 2.0;
                        ui.label(theme::strong(title));
                        widgets::quiet_label(ui, about);
                    });
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let button = widgets::button(ui, &cx.t("open"), !cx.reading);
                        let name_of_button = cx
                            .lang
                            .with("open-sample", &[("name", title.as_str().into())]);
                        let button = button
                            .on_hover_text(&name_of_button)
                            .accessible_name(name_of_button.as_str());
                        if button.clicked() {
                            actions.push(Action::OpenSample(name.clone()));
                        }
                    });
                });
            }
            if cx.reading {
                ui.horizontal(|ui| {
                    let (rect, _) = ui.allocate_exact_size(Vec2::new(16.0, TARGET), Sense::hover());
                    let square = egui::Rect::from_center_size(rect.center(), Vec2::splat(9.0));
                    icons::paint(ui.painter(), Icon::OutOfDate, square, tokens(ui).accent);
                    ui.label(cx.t("reading"));
                });
            }
        },
    );
}
