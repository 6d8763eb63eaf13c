//! What surrounds every page: the rail at the left, the bars above and below, the banner.

use egui::{
    Align, Button, CentralPanel, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Sense,
    Stroke, Ui, Vec2, WidgetInfo, accesskit::Role as AccessRole,
};

use crate::app::action::{Action, Command};
use crate::app::icons::{self, Icon};
use crate::app::jobs::{JobKind, Status};
use crate::app::overlay;
use crate::app::pages;
use crate::app::state::{Page, PageState};
use crate::app::theme::{self, SPACE_L, SPACE_S, SPACE_XL, tokens};
use crate::app::widgets;
use crate::app::window::Window;
use crate::app::words;
use crate::base::text::Lang;

/// Paints the window; what the person asked for.
pub fn ui(ui: &mut Ui, window: &mut Window) -> Vec<Action> {
    let mut actions = Vec::new();
    let status = window.jobs.status();
    if window.presenting {
        presenting_ui(ui, window.preferences.lang, &mut actions);
    } else {
        top_ui(ui, window, &mut actions);
    }
    if window.session.is_synthetic() {
        banner_ui(ui, window.preferences.lang);
    }
    if !window.presenting {
        bottom_ui(ui, window, status.as_ref(), &mut actions);
        rail_ui(ui, window, &mut actions);
    }
    page_ui(ui, window, status.as_ref(), &mut actions);
    overlay::ui(ui, window, &mut actions);
    hover_ui(ui, window.preferences.lang);
    actions
}

fn bar(ui: &Ui) -> Frame {
    Frame::new()
        .fill(tokens(ui).card)
        .inner_margin(Margin::symmetric(SPACE_L as i8, 0))
}

fn top_ui(ui: &mut Ui, window: &mut Window, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    let frame = bar(ui);
    Panel::top("top")
        .exact_size(48.0)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                let accent = tokens(ui).accent;
                ui.label(theme::heading("Prognostim", theme::TEXT_SECTION).color(accent));
                ui.add_space(SPACE_S);
                study_menu(ui, window, actions);
                let name = window.session.name();
                if !name.is_empty() {
                    let star = if window.session.dirty { " *" } else { "" };
                    let text = theme::strong(format!("{name}{star}"));
                    let width = (ui.available_width() - 460.0).max(80.0);
                    ui.scope(|ui| {
                        ui.set_max_width(width);
                        let label = ui.add(Label::new(text).truncate());
                        if window.session.dirty {
                            label.on_hover_text(lang.t("unsaved"));
                        }
                    });
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    right_ui(ui, window, actions);
                });
            });
        });
}

/// The bar above while presenting: nothing but the way back.
fn presenting_ui(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
    let frame = bar(ui).inner_margin(Margin::symmetric(SPACE_L as i8, 6));
    Panel::top("presenting").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let leave = lang.t("present-leave");
            if widgets::button(ui, &leave, true).clicked() {
                actions.push(Action::Do(Command::Present));
            }
        });
    });
}

fn study_menu(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    let groups: [&[Command]; 5] = [
        &[
            Command::Open,
            Command::Save,
            Command::SaveAs,
            Command::SaveWithoutPatients,
            Command::Close,
        ],
        &[Command::Undo, Command::Redo],
        &[Command::ZoomIn, Command::ZoomOut, Command::ZoomReset],
        &[Command::Present],
        &[Command::About],
    ];
    ui.menu_button(lang.t("menu-study"), |ui| {
        ui.set_min_width(260.0);
        for (place, group) in groups.iter().enumerate() {
            if place > 0 {
                ui.separator();
            }
            for &command in *group {
                let enabled = command.enabled(&window.session, window.is_training());
                let mut button = Button::new(command.text(lang)).frame_when_inactive(false);
                if let Some(keys) = command.shortcut_text(lang) {
                    button = button.shortcut_text(keys);
                }
                let response = ui.add_enabled(enabled, button);
                if response
                    .on_hover_text(lang.t(&format!("{}.tip", command.key())))
                    .clicked()
                {
                    actions.push(Action::Do(command));
                    ui.close();
                }
            }
        }
    });
}

fn right_ui(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    let icon = if ui.visuals().dark_mode {
        Icon::Sun
    } else {
        Icon::Moon
    };
    let name = Command::SwitchTheme.text(lang);
    if widgets::icon_button(ui, icon, &name, true).clicked() {
        actions.push(Action::Do(Command::SwitchTheme));
    }
    let now = lang;
    for other in [Lang::Fr, Lang::En] {
        let response = widgets::choice(ui, &other.code().to_uppercase(), other == now);
        let name = lang.t(match other {
            Lang::En => "lang-en",
            Lang::Fr => "lang-fr",
        });
        let response = response.on_hover_text(&name).accessible_name(name.as_str());
        if response.clicked() && other != now {
            actions.push(Action::Language(other));
        }
    }
    palette_button(ui, lang, actions);
}

/// Looks like a search field, opens the palette.
fn palette_button(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
    let tokens = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(236.0, 30.0), Sense::click());
    let active = response.hovered() || response.has_focus();
    let line = if active { tokens.accent } else { tokens.border };
    let painter = ui.painter();
    painter.rect(
        rect,
        f32::from(theme::RADIUS),
        tokens.page,
        Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
    let lens = egui::Rect::from_center_size(
        egui::pos2(rect.left() + 16.0, rect.center().y),
        Vec2::splat(13.0),
    );
    icons::paint(painter, Icon::Search, lens, tokens.quiet);
    let font = egui::FontId::proportional(theme::TEXT_BODY);
    painter.text(
        egui::pos2(rect.left() + 30.0, rect.center().y),
        egui::Align2::LEFT_CENTER,
        lang.t("palette-hint"),
        font.clone(),
        tokens.quiet,
    );
    painter.text(
        egui::pos2(rect.right() - 10.0, rect.center().y),
        egui::Align2::RIGHT_CENTER,
        Command::Palette.shortcut_text(lang).unwrap_or_default(),
        font,
        tokens.quiet,
    );
    let name = Command::Palette.text(lang);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, &name));
    if response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
    {
        actions.push(Action::Do(Command::Palette));
    }
}

fn banner_ui(ui: &mut Ui, lang: Lang) {
    let tokens = tokens(ui);
    let frame = Frame::new()
        .fill(tokens.attention_tint)
        .inner_margin(Margin::symmetric(SPACE_L as i8, 0));
    Panel::top("banner")
        .exact_size(26.0)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                widgets::icon(ui, Icon::Attention, tokens.attention, 13.0);
                let text = words::capital(&lang.t("synthetic"));
                ui.label(theme::strong(text).color(tokens.attention));
            });
        });
}

fn rail_ui(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let frame = Frame::new()
        .fill(tokens(ui).card)
        .inner_margin(Margin::symmetric(8, 12));
    Panel::left("rail")
        .exact_size(176.0)
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for page in Page::ALL {
                if entry_ui(ui, window, page) {
                    actions.push(Action::Do(Command::Go(page)));
                }
            }
        });
}

/// An entry of the rail: state, name, findings.
fn entry_ui(ui: &mut Ui, window: &Window, page: Page) -> bool {
    let lang = window.preferences.lang;
    let tokens = tokens(ui);
    let size = Vec2::new(ui.available_width(), 36.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let selected = window.views.page == page;
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect, f32::from(theme::RADIUS), tokens.tint);
    } else if response.hovered() {
        painter.rect_filled(rect, f32::from(theme::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        let line = Stroke::new(2.0, tokens.accent);
        painter.rect_stroke(
            rect,
            f32::from(theme::RADIUS),
            line,
            egui::StrokeKind::Inside,
        );
    }
    let state = window.session.page_state(page);
    let (icon, color, words) = match state {
        PageState::Empty => (Icon::Empty, tokens.border, "state-empty"),
        PageState::Ready => (Icon::Ready, tokens.good, "state-ready"),
        PageState::OutOfDate => (Icon::OutOfDate, tokens.attention, "state-out-of-date"),
    };
    let glyph = egui::Rect::from_center_size(
        egui::pos2(rect.left() + 16.0, rect.center().y),
        Vec2::splat(11.0),
    );
    if page != Page::Home {
        icons::paint(painter, icon, glyph, color);
    }
    let name = lang.t(page.key());
    let (font, ink) = if selected {
        (
            egui::FontId::new(
                theme::TEXT_BODY + 1.0,
                egui::FontFamily::Name(theme::STRONG.into()),
            ),
            tokens.accent,
        )
    } else {
        (
            egui::FontId::proportional(theme::TEXT_BODY + 1.0),
            tokens.text,
        )
    };
    painter.text(
        egui::pos2(rect.left() + 32.0, rect.center().y),
        egui::Align2::LEFT_CENTER,
        &name,
        font,
        ink,
    );
    let n_findings = window.session.n_findings();
    if page == Page::Cohort && n_findings > 0 {
        painter.text(
            egui::pos2(rect.right() - 12.0, rect.center().y),
            egui::Align2::RIGHT_CENTER,
            lang.count(n_findings as i64),
            egui::FontId::proportional(theme::TEXT_BODY),
            tokens.attention,
        );
    }
    response.widget_info(|| WidgetInfo::selected(AccessRole::Button, true, selected, &name));
    let tip = if page == Page::Home {
        Command::Go(page).tip(lang)
    } else {
        format!("{} {}", Command::Go(page).tip(lang), lang.t(words))
    };
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(tip)
        .clicked()
}

fn bottom_ui(ui: &mut Ui, window: &Window, status: Option<&Status>, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    let frame = bar(ui);
    Panel::bottom("bottom")
        .exact_size(36.0)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                match status.filter(|status| is_shown(status)) {
                    Some(status) => job_ui(ui, lang, status, actions),
                    None => {
                        let text = match &window.message {
                            Some((text, at)) if at.elapsed().as_secs() < 8 => text.clone(),
                            _ => lang.t("not-a-device"),
                        };
                        ui.label(widgets::quiet(ui, text));
                    }
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    saved_ui(ui, window, actions);
                });
            });
        });
}

/// Whether a person may stop it half-way.
fn can_be_stopped(kind: JobKind) -> bool {
    matches!(
        kind,
        JobKind::Train
            | JobKind::Compare
            | JobKind::Explain
            | JobKind::Profiles
            | JobKind::Elsewhere
    )
}

/// What is done in a blink is not worth a bar.
fn is_shown(status: &Status) -> bool {
    can_be_stopped(status.kind) || status.elapsed.as_millis() > 300
}

fn job_ui(ui: &mut Ui, lang: Lang, status: &Status, actions: &mut Vec<Action>) {
    let mut text = words::progress(&status.progress, lang);
    if text.is_empty() {
        text = lang.t(status.kind.key());
    }
    ui.label(text);
    let color = tokens(ui).accent;
    if let Some(share) = status.progress.share() {
        widgets::bar(ui, share, 180.0, color);
        ui.label(lang.percent(f64::from(share)));
    }
    if let Some(left) = status.left() {
        let left = lang.with("time-left", &[("time", words::duration(left, lang).into())]);
        ui.label(widgets::quiet(ui, left));
    }
    if can_be_stopped(status.kind)
        && widgets::button(ui, &Command::Cancel.text(lang), true)
            .on_hover_text(Command::Cancel.tip(lang))
            .clicked()
    {
        actions.push(Action::Do(Command::Cancel));
    }
}

fn saved_ui(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.preferences.lang;
    if let Some(at) = window.session.autosaved {
        let text = if at.elapsed().as_secs() < 60 {
            lang.t("autosaved-now")
        } else {
            lang.with(
                "autosaved",
                &[("time", words::duration(at.elapsed(), lang).into())],
            )
        };
        ui.label(widgets::quiet(ui, text));
    }
    let n_findings = window.session.n_findings();
    if n_findings > 0 {
        let text = lang.with("n-findings", &[("n", n_findings.into())]);
        if widgets::link_button(ui, &text).clicked() {
            actions.push(Action::Do(Command::Go(Page::Cohort)));
        }
    }
    if let Some(page) = window
        .session
        .problems
        .keys()
        .find(|page| **page != window.views.page)
    {
        let text = lang.with("problem-on", &[("page", lang.t(page.key()).into())]);
        let text = RichText::new(text).color(tokens(ui).stop);
        if ui.add(Button::new(text).frame(false)).clicked() {
            actions.push(Action::Do(Command::Go(*page)));
        }
    }
    if window.dialog.is_some() {
        ui.label(widgets::quiet(ui, lang.t("dialog-open")));
        if widgets::link_button(ui, &lang.t("dialog-type")).clicked() {
            actions.push(Action::TypePath);
        }
    }
}

fn page_ui(ui: &mut Ui, window: &mut Window, status: Option<&Status>, actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(tokens(ui).page);
    let fills = pages::fills_window(&window.views, &window.session);
    let page = window.views.page;
    CentralPanel::default().frame(frame).show(ui, |ui| {
        let mut inner = |ui: &mut Ui| {
            let area = ui.available_rect_before_wrap();
            let margin = ((area.width() - theme::CONTENT_WIDTH) / 2.0).max(SPACE_XL);
            let content = egui::Rect::from_min_max(
                area.min + Vec2::new(margin, SPACE_L + 4.0),
                area.max - Vec2::new(margin, SPACE_L),
            );
            let builder = egui::UiBuilder::new().max_rect(content);
            let actions = ui.scope_builder(builder, |ui| {
                window.with_pages(status, |cx, views| pages::ui(ui, cx, views))
            });
            ui.add_space(SPACE_L);
            actions.inner
        };
        if fills {
            actions.extend(inner(ui));
        } else {
            let area = ScrollArea::vertical()
                .id_salt(("page", page))
                .auto_shrink([false, false]);
            actions.extend(area.show(ui, inner).inner);
        }
    });
}

/// While a file hangs over the window: what dropping it does.
fn hover_ui(ui: &Ui, lang: Lang) {
    let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
    if !hovering {
        return;
    }
    let tokens = tokens(ui);
    let rect = ui.ctx().content_rect();
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(rect, 0.0, tokens.tint.gamma_multiply(0.9));
    let line = Stroke::new(2.0, tokens.accent);
    painter.rect_stroke(rect.shrink(12.0), 8.0, line, egui::StrokeKind::Inside);
    painter.text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        lang.t("drop-here"),
        egui::FontId::proportional(theme::TEXT_TITLE),
        tokens.accent,
    );
}
