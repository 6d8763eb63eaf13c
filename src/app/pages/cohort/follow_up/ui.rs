//! Paints the follow-up board: counts on top, a row a patient, a cell a visit.

use std::sync::Arc;

use egui::{
    Align, Align2, Checkbox, Color32, Layout, Pos2, Rect, ScrollArea, Sense, Stroke, TextEdit, Ui,
    Vec2, WidgetInfo, accesskit::Role as AccessRole,
};
use jiff::civil::Date;

use crate::app::action::{Action, Ask};
use crate::app::icons::{self, Icon};
use crate::app::pages::Cx;
use crate::app::pages::cohort::follow_up::model::{
    self, FollowUpPage, PatientRow, STATES, VisitCell, VisitCount,
};
use crate::app::pages::cohort::parts;
use crate::app::state::{Cached, Checked};
use crate::app::surveys::{self, Question, Survey};
use crate::app::theme::{self, SPACE_S, Tokens, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::review::{FollowUp, VisitState};

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
    let (Some(page), Survey::FollowUp(board)) = (page, &surveyed.survey) else {
        return;
    };
    if view.sentence != page.sentence {
        view.sentence.clone_from(&page.sentence);
        ui.ctx().request_repaint();
    }
    bar_ui(
        ui,
        cx,
        (&page, board, &surveyed.checked),
        day,
        view,
        actions,
    );
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
    (page, board, checked): (&FollowUpPage, &FollowUp, &Checked),
    day: Date,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let hospital_codes = view.hospital_codes;
    let ids = || {
        if hospital_codes {
            checked.cohort.ids()
        } else {
            checked.cohort.pseudonyms()
        }
    };
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
                let params = &cx.session.study.review.params;
                let sheet = board.worklist_sheet(&ids(), (day, params), cx.lang);
                let name = cx.t("worklist-file");
                actions.push(Action::Ask(Ask::SaveSheet { name, sheet }));
            }
            if widgets::button(ui, &cx.t("plot-copy"), !page.rows.is_empty()).clicked() {
                actions.push(Action::Copy(board.to_tsv(&ids(), cx.lang)));
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
    ui.label(&visit.short).on_hover_text(&visit.moment);
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
    let n_visits = page.visits.len().max(1) as f32;
    let room = ui.available_width() - NAME - IMPLANTED - 12.0;
    let visit = (room / n_visits).clamp(VISIT, 2.0 * VISIT).floor();
    let width = (NAME + IMPLANTED + visit * n_visits).max(ui.available_width() - 12.0);
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
                let rect = Rect::from_min_size(Pos2::new(origin.x, top), Vec2::new(width, ROW));
                row_ui(ui, cx, page, row, visit, rect);
            }
            let head = Pos2::new(origin.x, origin.y + viewport.top());
            let head = Rect::from_min_size(head, Vec2::new(width, HEAD));
            head_ui(ui, cx, page, visit, head);
        });
}

/// Places of the cells of a row: patient, implanted, then the visits.
fn cells(rect: Rect, visit: f32) -> impl Iterator<Item = Rect> {
    let widths = [NAME, IMPLANTED].into_iter();
    let widths = widths.chain(std::iter::repeat(visit));
    let mut left = rect.left() + 4.0;
    widths.map(move |width| {
        let cell = Rect::from_min_size(
            Pos2::new(left, rect.top()),
            Vec2::new(width - 10.0, rect.height()),
        );
        left += width;
        cell
    })
}

fn head_ui(ui: &Ui, cx: &Cx<'_>, page: &FollowUpPage, visit: f32, rect: Rect) {
    let tokens = tokens(ui);
    ui.painter().rect_filled(rect, 0.0, tokens.card);
    let line = Stroke::new(1.0, tokens.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let titles = [cx.t("worklist-patient"), cx.t("worklist-implanted")];
    let visits = page.visits.iter().map(|visit| &visit.short);
    for (cell, title) in cells(rect, visit).zip(titles.iter().chain(visits)) {
        let align = Align2::LEFT_CENTER;
        parts::write(ui, cell, align, title, parts::plain(), tokens.quiet);
    }
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, page: &FollowUpPage, row: &PatientRow, visit: f32, rect: Rect) {
    let tokens = tokens(ui);
    let line = Stroke::new(1.0, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let implanted = if row.implanted.is_empty() {
        "–"
    } else {
        &row.implanted
    };
    let mut cells = cells(rect, visit);
    let fonts = [(&*row.id, parts::strong()), (implanted, parts::plain())];
    for ((text, font), cell) in fonts.into_iter().zip(cells.by_ref()) {
        parts::write(ui, cell, Align2::LEFT_CENTER, text, font, tokens.text);
    }
    for (place, (visit, cell)) in row.visits.iter().zip(cells).enumerate() {
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
        Pos2::new(cell.left() + 7.0, cell.center().y),
        Vec2::splat(12.0),
    );
    icons::paint(ui.painter(), icon, square, color);
    let word = cx.t(model::state_key(visit.state));
    let asks = matches!(visit.state, VisitState::Due | VisitState::Overdue);
    let (ink, font) = if asks {
        (color, parts::strong())
    } else {
        (tokens.quiet, parts::plain())
    };
    let mut text = cell;
    text.min.x += 20.0;
    parts::write(ui, text, Align2::LEFT_CENTER, &word, font, ink);
    let id = ui.scope_id().with(("visit", row.row, place));
    let response = ui.interact(cell, id, Sense::hover());
    let name = format!("{}, {moment}: {}", row.id, visit.words);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, &name));
    response.on_hover_text(name);
}
