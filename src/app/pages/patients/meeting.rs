//! Paints the page of one person: a patient of the cohort, or a candidate typed in.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Label, RichText, Sense, Ui, Vec2, WidgetInfo};

use crate::analysis::{Analysis, Live, ModelResult, Values, Who};
use crate::app::action::{Action, Ask, Command, Decision};
use crate::app::figure_view;
use crate::app::icons::{self, Icon};
use crate::app::live_models::{Answer, Question, What};
use crate::app::pages::Cx;
use crate::app::pages::patients::{Open, candidate, decided, what_if};
use crate::app::pages::performance;
use crate::app::state::Cached;
use crate::app::theme::{self, SPACE_M, SPACE_S, tokens};
use crate::app::widgets::{self, Tone};
use crate::app::words as app_words;
use crate::base::text::Lang;
use crate::cohort::Cell;
use crate::figure::Role;
use crate::report::handout;
use crate::report::meeting::{MeetingPage, Subject};
use crate::study::{Candidate, MeetingChange};

/// The timer moves once in so long.
const TICK: Duration = Duration::from_secs(15);

/// What the page of one person remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64, usize, Open), Option<MeetingPage>>,
    what_if: what_if::View,
    form: candidate::View,
    /// Who was looked at since when.
    since: Option<(Open, Instant)>,
    /// Who is outside the data and shown all the same.
    uncovered: Option<Open>,
}

/// Someone as the live models are asked about.
pub(super) struct Person<'a> {
    /// Who.
    pub who: Who,
    /// The values, one a predictor.
    pub values: Values,
    /// The candidate, where it is one.
    pub candidate: Option<&'a Candidate>,
}

/// Paints the page. `place` says where the person stands in the order, `neighbours` who comes before and after.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Arc<Analysis>,
    open: &Open,
    place: &str,
    neighbours: [Option<Open>; 2],
    view: &mut View,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(result) = analysis.models.get(cx.session.model) else {
        return actions;
    };
    let person = person(cx, result, open);
    if let Some(person) = &person {
        let questions = questions(cx, analysis, result, person);
        actions.extend(open_question(cx, &questions));
    }
    let (lang, version) = cx.key();
    let key = (lang, version, cx.session.model, open.clone());
    let page = view.page.get(key, || {
        let subject = subject(cx, analysis, result, open, person.as_ref())?;
        let (cohort, outcome) = (cx.session.cohort(), cx.session.outcome());
        let mut page = MeetingPage::new(analysis, cohort, outcome, &subject, lang);
        page.covered = page
            .covered
            .filter(|_| view.uncovered.as_ref() != Some(open));
        Some(page)
    });
    let candidate = person.as_ref().and_then(|person| person.candidate);
    let since = match &view.since {
        Some((whose, since)) if whose == open => *since,
        _ => view.since.insert((open.clone(), Instant::now())).1,
    };
    let sentence = header_words(page.as_ref(), place, since, lang);
    let title = page.as_ref().map(|page| page.title.clone());
    let title = title.or_else(|| open.id(cx)).unwrap_or_default();
    widgets::page_header(ui, &title, &sentence, |ui| {
        steps_ui(ui, cx, neighbours, &mut actions);
    });
    ui.ctx().request_repaint_after(TICK);
    tools_ui(ui, cx, analysis, open, page.as_ref(), &mut actions);
    decided::protocol_ui(ui, cx, &mut actions);
    if let (Some(candidate), Some(live)) = (candidate, cx.live()) {
        let said = page.as_ref().filter(|page| page.covered.is_none());
        let said = said.map(|page| format!("{} · {}", page.number, page.range));
        let form = candidate::Form {
            analysis,
            live,
            candidate,
            said: said.as_deref(),
        };
        candidate::form_ui(ui, cx, &form, &mut view.form, &mut actions);
    }
    let Some(page) = page else {
        waiting_ui(ui, cx, open);
        return actions;
    };
    let parts = Parts {
        cx,
        analysis,
        page,
        live: cx.live(),
        person: person.as_ref(),
    };
    let mut uncover = false;
    widgets::columns(ui, &[1.0, 1.2], 340.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            uncover |= chance_ui(ui, cx, page);
            widgets::warnings(ui, lang, &analysis.notices);
            decided::ui(ui, cx, &page.id, &mut actions);
        } else {
            reasons_ui(ui, cx, page);
            parts.what_if(ui, &mut view.what_if, &mut actions);
            alike_ui(ui, cx, page, &mut actions);
            unusual_ui(ui, cx, page);
        }
    });
    if uncover {
        view.uncovered = Some(open.clone());
        view.page = Cached::default();
    }
    ui.add_space(SPACE_S);
    for line in handout::foot(analysis, cx.session.study.meeting.protocol.as_deref(), lang) {
        widgets::quiet_label(ui, line);
    }
    actions
}

/// What the cards of the page share.
struct Parts<'a> {
    cx: &'a Cx<'a>,
    analysis: &'a Analysis,
    page: &'a MeetingPage,
    live: Option<&'a Arc<Live>>,
    person: Option<&'a Person<'a>>,
}

impl Parts<'_> {
    /// The card of values that are not known, where there are any and the number is not covered.
    fn what_if(&self, ui: &mut Ui, view: &mut what_if::View, actions: &mut Vec<Action>) {
        if let (Some(live), Some(person), None) = (self.live, self.person, &self.page.covered) {
            what_if::ui(ui, self.cx, self.analysis, live, person, view, actions);
        }
    }
}

/// The person as the live models are asked about; `None` before there is a live model.
fn person<'a>(cx: &Cx<'a>, result: &ModelResult, open: &Open) -> Option<Person<'a>> {
    let live = cx.live()?;
    match open {
        Open::List => None,
        Open::Member(patient) => {
            result.patients.get(*patient)?;
            Some(Person {
                who: Who::Member(*patient),
                values: live.recorded(*patient)?,
                candidate: None,
            })
        }
        Open::Candidate(code) => {
            let candidate = cx.session.study.meeting.candidate(code)?;
            Some(Person {
                who: Who::New,
                values: candidate::values(live, candidate),
                candidate: Some(candidate),
            })
        }
    }
}

/// What the page asks of the live models: everything by the model that is shown; for a candidate by the others too.
fn questions(
    cx: &Cx<'_>,
    analysis: &Analysis,
    result: &ModelResult,
    person: &Person<'_>,
) -> Vec<Question> {
    let others = analysis.models.iter().map(|model| model.learner);
    let others = others.filter(|learner| {
        let live = cx.session.live.get(cx.session.analysis_of, *learner);
        person.candidate.is_some() && *learner != result.learner && live.is_some()
    });
    std::iter::once(result.learner)
        .chain(others)
        .map(|learner| everything(learner, person))
        .collect()
}

fn everything(learner: crate::analysis::Learner, person: &Person<'_>) -> Question {
    Question {
        learner,
        who: person.who,
        values: person.values.clone(),
        what: What::Everything,
    }
}

/// Asks what has no answer yet.
pub(super) fn open_question(cx: &Cx<'_>, questions: &[Question]) -> Option<Action> {
    let is_open = |question: &&Question| cx.session.live.answer(question).is_none();
    let open: Vec<Question> = questions.iter().filter(is_open).cloned().collect();
    (!open.is_empty()).then_some(Action::AskLive(open))
}

/// Whom the page is about: a patient by the results, a candidate by the live models.
fn subject<'a>(
    cx: &Cx<'_>,
    analysis: &'a Analysis,
    result: &'a ModelResult,
    open: &Open,
    person: Option<&Person<'_>>,
) -> Option<Subject<'a>> {
    let live = &cx.session.live;
    let said = |learner, latest: bool| {
        let question = everything(learner, person?);
        let answer = live.answer(&question);
        let answer = answer.or_else(|| live.latest(&question).filter(|_| latest));
        match answer {
            Some(Answer::Everything(assessment)) => Some(assessment.as_ref()),
            _ => None,
        }
    };
    let signs = |learner| {
        let contributions = said(learner, false).map(|one| one.contributions.as_slice());
        let contributions = contributions.unwrap_or_default().iter();
        contributions.map(|one| one.same_sign).collect()
    };
    match open {
        Open::List => None,
        Open::Member(patient) => {
            let (cohort, outcome) = (cx.session.cohort(), cx.session.outcome());
            let subject = Subject::member(analysis, cohort, outcome, cx.session.model, *patient)?;
            Some(Subject {
                same_signs: signs(result.learner),
                ..subject
            })
        }
        Open::Candidate(code) => {
            let candidate = person?.candidate?;
            let predictors = cx.live()?.predictors();
            let shown = said(result.learner, true)?.as_patient(code, predictors, &result.strata);
            let others = analysis.models.iter();
            let others = others.filter(|other| other.learner != result.learner);
            let values = analysis.predictors.iter();
            let values = values.map(|one| candidate.values.get(&one.name).cloned());
            Some(Subject {
                result,
                shown,
                patient: None,
                values: Some(values.collect::<Vec<Option<Cell>>>()),
                same_signs: signs(result.learner),
                others: others
                    .filter_map(|other| {
                        let said = said(other.learner, true)?;
                        let shown = said.as_patient(code, predictors, &other.strata);
                        Some((other.learner, shown))
                    })
                    .collect(),
                trial: None,
            })
        }
    }
}

/// Setting, place in the order, and for how long the person has been on screen.
fn header_words(page: Option<&MeetingPage>, place: &str, since: Instant, lang: Lang) -> String {
    let minutes = (since.elapsed().as_secs() / 60) as usize;
    let time = (minutes > 0).then(|| lang.with("meeting-minutes", &[("n", minutes.into())]));
    let setting = page.map(|page| page.setting.clone());
    let parts = [setting, Some(place.to_owned()), time];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// To the next and the one before, and back to the list.
fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, neighbours: [Option<Open>; 2], actions: &mut Vec<Action>) {
    let [previous, next] = neighbours;
    for (command, icon, neighbour) in [
        (Command::NextPatient, Icon::Right, next),
        (Command::PreviousPatient, Icon::Left, previous),
    ] {
        let name = command.text(cx.lang);
        if widgets::icon_button(ui, icon, &name, neighbour.is_some()).clicked()
            && let Some(neighbour) = neighbour
        {
            actions.push(Action::ShowPerson(neighbour));
        }
    }
    if widgets::button(ui, &cx.t("all-patients"), true).clicked() {
        actions.push(Action::ShowPatientList);
    }
}

/// Which model is shown, the day's list, paper.
fn tools_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    open: &Open,
    page: Option<&MeetingPage>,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        let models = performance::names(analysis, cx.lang);
        performance::model_switch(ui, cx, &models, actions);
        if let Some(id) = open.id(cx) {
            day_button(ui, cx, &id, actions);
        }
        if let Some(page) = page {
            paper_ui(ui, cx, page, actions);
        }
    });
}

/// Joins the day's list, or leaves it.
fn day_button(ui: &mut Ui, cx: &Cx<'_>, id: &str, actions: &mut Vec<Action>) {
    let is_on = cx.session.study.meeting.day.iter().any(|other| other == id);
    let key = if is_on { "day-leave" } else { "day-join" };
    if widgets::button(ui, &cx.t(key), true).clicked() {
        let change = MeetingChange::OnDay(id.to_owned(), !is_on);
        actions.push(Action::Decide(Decision::Meeting(change)));
    }
}

/// The printed page and the page to take home.
fn paper_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage, actions: &mut Vec<Action>) {
    let Some(analysis) = &cx.session.analysis else {
        return;
    };
    let study = &cx.session.study;
    let papers: [(&str, handout::Paper); 2] = [
        ("meeting-print", handout::for_the_file),
        ("meeting-home", handout::to_take_home),
    ];
    for (key, paper) in papers {
        let response = widgets::button(ui, &cx.t(key), true);
        if response
            .on_hover_text(cx.t(&format!("{key}.tip")))
            .clicked()
        {
            let sheet = handout::Sheet {
                analysis,
                page,
                protocol: study.meeting.protocol.as_deref(),
                decided: &decided::words(cx, &page.id),
                note: study.notes.get(&page.id).map_or("", String::as_str),
            };
            actions.push(Action::Ask(Ask::SavePage {
                name: format!("{}-{}.html", page.id, cx.t(&format!("{key}.file"))),
                html: paper(&sheet, cx.lang),
            }));
        }
    }
}

fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, open: &Open) {
    let is_gone = match open {
        Open::Candidate(code) => cx.session.study.meeting.candidate(code).is_none(),
        _ => true,
    };
    let stale = cx.session.is_stale();
    let key = match (is_gone, stale) {
        (true, _) => "no-such-patient",
        (false, true) => "candidate-stale",
        (false, false) => "candidate-waiting",
    };
    widgets::quiet_label(ui, cx.t(key));
}

/// The chance; whether a number that is covered is to be shown all the same.
fn chance_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage) -> bool {
    let mut uncover = false;
    widgets::card(ui, &cx.t("chance-title"), |ui| {
        if let Some(why) = &page.covered {
            let (remedy, show) = (cx.t("covered.remedy"), cx.t("covered-show"));
            uncover = widgets::notice(ui, Tone::Stop, why, &remedy, Some(&show));
            return;
        }
        ui.add(Label::new(theme::heading(&page.frequency, theme::TEXT_SECTION)).wrap());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * SPACE_M;
            let chance = cx.t("chance-is");
            for (number, caption) in [(&page.number, &chance), (&page.range, &page.range_is)] {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(theme::heading(number, theme::TEXT_NUMBER));
                    ui.label(widgets::quiet(ui, caption));
                });
            }
        });
        people_ui(ui, page, cx.lang);
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
        ui.add(Label::new(theme::strong(cx.t("not-benefit"))).wrap());
        ui.separator();
        for line in page.others.iter().chain(&page.trial) {
            widgets::quiet_label(ui, line);
        }
        if let Some(observed) = &page.observed {
            widgets::pair(ui, &cx.t("patients-observed"), observed);
        }
    });
    uncover
}

/// A hundred people, as many of them filled as respond.
fn people_ui(ui: &mut Ui, page: &MeetingPage, lang: Lang) {
    const ROW: usize = 20;
    let step = (ui.available_width() / ROW as f32).min(22.0);
    let (width, height) = (0.62 * step, 1.3 * step);
    let size = Vec2::new(ROW as f32 * step, 5.0 * (height + 4.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let tokens = tokens(ui);
    for place in 0..100 {
        let left = rect.left() + (place % ROW) as f32 * step;
        let top = rect.top() + (place / ROW) as f32 * (height + 4.0);
        let person = egui::Rect::from_min_size(egui::pos2(left, top), Vec2::new(width, height));
        let responds = place < page.of_hundred;
        let color = if responds {
            tokens.role(Role::Responder)
        } else {
            tokens.role(Role::Reference)
        };
        icons::person(ui.painter(), person, color, responds);
    }
    let name = lang.with("of-hundred", &[("n", page.of_hundred.into())]);
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
    widgets::quiet_label(ui, name);
}

fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage) {
    widgets::card(ui, &cx.t("reasons-title"), |ui| {
        if page.reasons.is_empty() {
            widgets::quiet_label(ui, cx.t("reasons-none"));
            return;
        }
        let n_lines: usize = page.reasons.iter().map(|part| part.lines.len()).sum();
        let height = 74.0 + 26.0 * n_lines as f32;
        figure_view::figure_ui(ui, &page.figure, height, cx.lang);
        ui.separator();
        ui.spacing_mut().item_spacing.y = 3.0;
        for part in &page.reasons {
            if !part.title.is_empty() {
                ui.label(theme::strong(&part.title));
            }
            for reason in &part.lines {
                ui.horizontal_top(|ui| {
                    sign_ui(ui, reason.raises);
                    ui.add(Label::new(&reason.words).wrap());
                });
            }
        }
        if page.covered.is_none() {
            widgets::quiet_label(ui, &page.sum);
        }
        widgets::quiet_label(ui, cx.t("reasons-about"));
    });
}

/// Plus or minus, told apart by shape and colour.
fn sign_ui(ui: &mut Ui, raises: bool) {
    let (sign, role) = if raises {
        ("+", Role::Responder)
    } else {
        ("\u{2212}", Role::NonResponder)
    };
    let color = tokens(ui).role(role);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(14.0, 18.0), Sense::hover());
    let font = egui::FontId::proportional(theme::TEXT_EMPHASIS);
    let middle = egui::Align2::CENTER_CENTER;
    ui.painter().text(rect.center(), middle, sign, font, color);
}

/// The patients that are likest to this one; a click opens theirs.
fn alike_ui(ui: &mut Ui, cx: &Cx<'_>, page: &MeetingPage, actions: &mut Vec<Action>) {
    if page.alike.is_empty() {
        return;
    }
    widgets::card(ui, &cx.t("alike-title"), |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.add(Label::new(theme::strong(&page.alike_lead)).wrap());
        widgets::columns(ui, &[1.0, 1.0], 230.0, |place, ui| {
            if let Some(figure) = page.courses.get(place) {
                figure_view::figure_ui(ui, figure, 190.0, cx.lang);
            }
        });
        if !page.courses.is_empty() {
            widgets::quiet_label(ui, cx.t("courses-about"));
        }
        for (patient, line) in &page.alike {
            if widgets::link_button(ui, line).clicked() {
                actions.push(Action::ShowPatient(*patient));
            }
        }
        let about = if page.alike_by_distance {
            "alike-near-about"
        } else {
            "alike-title.about"
        };
        widgets::quiet_label(ui, cx.t(about));
        for line in &page.profiles {
            ui.add(Label::new(line).wrap());
        }
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

/// "2 of 9 today", or "34 of 420".
pub(super) fn place_words(at: usize, of: usize, today: bool, lang: Lang) -> String {
    let key = if today {
        "patient-place-today"
    } else {
        "patient-place"
    };
    let count = |n: usize| lang.count(n as i64).into();
    app_words::capital(&lang.with(key, &[("n", count(at + 1)), ("of", count(of))]))
}
