//! Paints the follow-up board: counts on top, a row a patient, a cell a visit.

use std::sync::Arc;

use egui::{
    Align, Align2, Checkbox, Color32, FontId, Layout, Pos2, Rect, ScrollArea, Sense, Stroke,
    TextEdit, Ui, Vec2, WidgetInfo, accesskit::Role as AccessRole,
};
use jiff::civil::Date;

use crate::app::action::{Action, Ask};
use crate::app::icons::{self, Icon};
use crate::app::pages::Cx;
use crate::app::pages::cohort::follow_up::model::{
    self, Codes, FollowUpPage, PatientRow, STATES, VisitCell, VisitCount,
};
use crate::app::state::{Cached, Checked};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{self, SPACE_S, Tokens, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::review::VisitState;

const ROW: f32 = 28.0;
const HEAD: f32 = 30.0;
const NAME: f32 = 130.0;
const IMPLANTED: f32 = 110.0;
const VISIT: f32 = 150.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// The day as of which the board is made; `None`: today.
    day: Option<Date>,
    typed: Option<String>,
    filter: Option<VisitState>,
    hospital_codes: bool,
    page: Cached<(Lang, u64), Option<Arc<FollowUpPage>>>,
    shown: Cached<(Lang, u64, Option<VisitState>), Vec<usize>>,
    sentence: String,
}

impl View {
    /// Where things stand, as it was last counted.
    pub fn sentence(&self, _checked: &Checked, _cx: &Cx<'_>) -> String {
        self.sentence.clone()
    }
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Paints the part.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let day = view.day.unwrap_or_else(today);
    let params = cx.session.study.review.params.clone();
    let question = Question::FollowUp(day, params);
    let Some(surveyed) = surveys::ask(cx, checked, question, actions) else {
        widgets::quiet_label(ui, cx.t("working"));
        return;
    };
    let page = view
        .page
        .get((cx.lang, surveyed.number), || match &surveyed.survey {
            Survey::FollowUp(board) => Some(Arc::new(FollowUpPage::new(
                board,
                &surveyed.checked.cohort,
                day,
                cx.lang,
            ))),
            _ => None,
        })
        .clone();
    let Some(page) = page else {
        return;
    };
    if view.sentence != page.sentence {
        view.sentence.clone_from(&page.sentence);
        ui.ctx().request_repaint();
    }
    bar_ui(ui, cx, &page, day, view, actions);
    if page.visits.is_empty() {
        widgets::quiet_label(ui, cx.t("follow-up-empty"));
        return;
    }
    counts_ui(ui, cx, &page, view);
    let filter = view.filter;
    let shown = view
        .shown
        .get((cx.lang, surveyed.number, filter), || page.shown(filter));
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::symmetric(12, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_height(ui.available_height());
        board_ui(ui, cx, &page, shown);
    });
}

fn bar_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &FollowUpPage,
    day: Date,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        ui.label(widgets::quiet(ui, cx.t("follow-up-as-of")));
        let mut text = view.typed.clone().unwrap_or_else(|| day.to_string());
        let field = TextEdit::singleline(&mut text)
            .desired_width(96.0)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(field).accessible_name(cx.t("follow-up-as-of"));
        if response.changed() {
            if let Ok(typed) = text.trim().parse() {
                view.day = Some(typed);
            }
            view.typed = Some(text);
        }
        if response.lost_focus() {
            view.typed = None;
        }
        response.on_hover_text(cx.t("follow-up-as-of.tip"));
        if view.day.is_some_and(|day| day != today())
            && widgets::link_button(ui, &cx.t("follow-up-today")).clicked()
        {
            (view.day, view.typed) = (None, None);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let n = page
                .visits
                .iter()
                .map(|visit| visit.counts[0] + visit.counts[1]);
            let n: usize = n.sum();
            let text = cx.lang.with("worklist", &[("n", n.into())]);
            if widgets::primary_button(ui, &text, n > 0)
                .on_hover_text(cx.t("worklist.tip"))
                .clicked()
            {
                let codes = if view.hospital_codes {
                    Codes::Hospital
                } else {
                    Codes::Pseudonyms
                };
                actions.push(Action::Ask(Ask::SaveText {
                    name: cx.t("worklist-file"),
                    text: model::worklist(page, codes, cx.lang),
                }));
            }
            ui.add_space(SPACE_S);
            let codes = Checkbox::new(&mut view.hospital_codes, cx.t("worklist-codes"));
            ui.add(codes).on_hover_text(cx.t("worklist-codes.tip"));
        });
    });
}

/// Colour and shape of a state; the word stands beside it.
fn look(state: VisitState, tokens: &Tokens) -> (Icon, Color32) {
    match state {
        VisitState::Done => (Icon::Check, tokens.good),
        VisitState::Due => (Icon::OutOfDate, tokens.accent),
        VisitState::Overdue => (Icon::Attention, tokens.stop),
        VisitState::Lost => (Icon::Close, tokens.quiet),
        VisitState::NotYet => (Icon::Empty, tokens.quiet),
        VisitState::Unknown => (Icon::Barred, tokens.attention),
    }
}

/// A card a visit: patients by state. A state is also the filter of the board.
fn counts_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FollowUpPage, view: &mut View) {
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ScrollArea::horizontal().id_salt("counts").show(ui, |ui| {
            egui::Grid::new("counts")
                .spacing(Vec2::new(20.0, 2.0))
                .min_row_height(24.0)
                .show(ui, |ui| {
                    let all = widgets::choice(ui, &cx.t("follow-up-all"), view.filter.is_none());
                    if all.clicked() {
                        view.filter = None;
                    }
                    for state in STATES {
                        let selected = view.filter == Some(state);
                        let word = cx.t(model::state_key(state));
                        if widgets::choice(ui, &word, selected).clicked() {
                            view.filter = (!selected).then_some(state);
                        }
                    }
                    ui.end_row();
                    for visit in &page.visits {
                        count_row(ui, cx, visit);
                    }
                });
        });
    });
}

fn count_row(ui: &mut Ui, cx: &Cx<'_>, visit: &VisitCount) {
    ui.label(&visit.moment);
    for (state, n) in STATES.into_iter().zip(visit.counts) {
        let tokens = tokens(ui);
        let (icon, color) = look(state, tokens);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (icon, color) = if n == 0 {
                (icon, tokens.border)
            } else {
                (icon, color)
            };
            widgets::icon(ui, icon, color, 12.0);
            let text = cx.lang.count(n as i64);
            if n == 0 {
                ui.label(widgets::quiet(ui, text));
            } else {
                ui.label(theme::strong(text));
            }
        });
    }
    ui.end_row();
}

fn board_ui(ui: &mut Ui, cx: &Cx<'_>, page: &FollowUpPage, shown: &[usize]) {
    let width = NAME + IMPLANTED + VISIT * page.visits.len() as f32;
    ScrollArea::both()
        .id_salt("board")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(Vec2::new(width, HEAD + ROW * shown.len() as f32));
            let origin = ui.min_rect().min;
            let first = ((viewport.top() - HEAD) / ROW).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / ROW).ceil().max(0.0) as usize).min(shown.len());
            for at in first..last {
                let Some(row) = shown.get(at).and_then(|&row| page.rows.get(row)) else {
                    continue;
                };
                let top = origin.y + HEAD + ROW * at as f32;
                row_ui(ui, cx, page, row, Pos2::new(origin.x, top), width);
            }
            let head = Pos2::new(origin.x, origin.y + viewport.top());
            head_ui(ui, cx, page, head, width);
        });
}

fn write(ui: &Ui, at: Pos2, text: &str, color: Color32, strong: bool) {
    let font = if strong {
        FontId::new(
            theme::TEXT_BODY,
            egui::FontFamily::Name(theme::STRONG.into()),
        )
    } else {
        FontId::proportional(theme::TEXT_BODY)
    };
    ui.painter()
        .text(at, Align2::LEFT_CENTER, text, font, color);
}

fn head_ui(ui: &Ui, cx: &Cx<'_>, page: &FollowUpPage, at: Pos2, width: f32) {
    let tokens = tokens(ui);
    let rect = Rect::from_min_size(at, Vec2::new(width.max(ui.clip_rect().width()), HEAD));
    ui.painter().rect_filled(rect, 0.0, tokens.card);
    let line = Stroke::new(1.0, tokens.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let y = rect.center().y;
    let ink = tokens.quiet;
    write(
        ui,
        Pos2::new(at.x + 4.0, y),
        &cx.t("worklist-patient"),
        ink,
        false,
    );
    let x = at.x + NAME;
    write(ui, Pos2::new(x, y), &cx.t("worklist-implanted"), ink, false);
    for (place, visit) in page.visits.iter().enumerate() {
        let x = at.x + NAME + IMPLANTED + VISIT * place as f32;
        write(ui, Pos2::new(x, y), &visit.moment, ink, false);
    }
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, page: &FollowUpPage, row: &PatientRow, at: Pos2, width: f32) {
    let tokens = tokens(ui);
    let rect = Rect::from_min_size(at, Vec2::new(width, ROW));
    let line = Stroke::new(1.0, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let y = rect.center().y;
    write(ui, Pos2::new(at.x + 4.0, y), &row.id, tokens.text, true);
    let implanted = if row.implanted.is_empty() {
        "–"
    } else {
        &row.implanted
    };
    write(ui, Pos2::new(at.x + NAME, y), implanted, tokens.text, false);
    for (place, visit) in row.visits.iter().enumerate() {
        let x = at.x + NAME + IMPLANTED + VISIT * place as f32;
        let cell = Rect::from_min_size(Pos2::new(x, at.y), Vec2::new(VISIT - 8.0, ROW));
        if !ui.is_rect_visible(cell) {
            continue;
        }
        let moment = page.visits.get(place).map_or("", |visit| &visit.moment);
        visit_ui(ui, cx, row, visit, (place, moment), cell);
    }
}

fn visit_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    row: &PatientRow,
    visit: &VisitCell,
    (place, moment): (usize, &str),
    cell: Rect,
) {
    let tokens = tokens(ui);
    let (icon, color) = look(visit.state, tokens);
    let square = Rect::from_center_size(
        Pos2::new(cell.left() + 8.0, cell.center().y),
        Vec2::splat(12.0),
    );
    icons::paint(ui.painter(), icon, square, color);
    let word = cx.t(model::state_key(visit.state));
    let asks = matches!(visit.state, VisitState::Due | VisitState::Overdue);
    let ink = if asks { color } else { tokens.quiet };
    let at = Pos2::new(cell.left() + 20.0, cell.center().y);
    write(ui, at, &word, ink, asks);
    let id = ui.scope_id().with(("visit", row.row, place));
    let response = ui.interact(cell, id, Sense::hover());
    let name = format!("{}, {moment}: {}", row.id, visit.words);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, &name));
    response.on_hover_text(name);
}
