//! Paints the import step: questions, choices at the left, the file as it stands at the right.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Rect, ScrollArea, Ui, UiBuilder, Vec2};

use crate::app::action::{Action, Decision};
use crate::app::intake::{self, Wish};
use crate::app::pages::Cx;
use crate::app::pages::cohort::file::model::{Answer, FilePage, Question};
use crate::app::pages::cohort::file::{options, preview};
use crate::app::pages::cohort::parts;
use crate::app::state::Cached;
use crate::app::theme::{SPACE_M, SPACE_S};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;
use crate::import::ImportOptions;

/// A choice is tried once nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(250);
const CHOICES: f32 = 316.0;
const BOTTOM: f32 = 44.0;

/// What is shown of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// The first lines as they stand.
    #[default]
    Lines,
    /// The columns as they were understood.
    Columns,
}

/// What the page remembers.
#[derive(Default)]
pub struct View {
    /// What is shown of the file.
    pub shown: Shown,
    /// The choices, before they are used; `None`: as they are used.
    draft: Option<ImportOptions>,
    /// What was last asked for.
    asked: Option<ImportOptions>,
    /// When the choices last changed.
    changed: Option<Instant>,
    pub(super) texts: options::Texts,
    page: Cached<PageKey, Option<Arc<FilePage>>>,
}

/// What a page is made from: language, version of the state, choices.
type PageKey = (Lang, u64, ImportOptions);

impl View {
    fn draft(&self, cx: &Cx<'_>) -> ImportOptions {
        let used = &cx.session.study.import;
        self.draft.clone().unwrap_or_else(|| used.clone())
    }

    fn page(&mut self, cx: &Cx<'_>) -> Option<Arc<FilePage>> {
        let draft = self.draft(cx);
        let (lang, version) = cx.key();
        let session = cx.session;
        self.page
            .get((lang, version, draft.clone()), || {
                let preview = session.intake.preview.as_ref()?;
                let is_used = draft == session.study.import;
                let cohort = session.cohort().filter(|_| is_used);
                Some(Arc::new(FilePage::new(preview, &draft, cohort, lang)))
            })
            .clone()
    }

    /// How the file was understood, in a sentence.
    pub fn sentence(&mut self, cx: &Cx<'_>) -> String {
        self.page(cx)
            .map_or_else(String::new, |page| page.sentence.clone())
    }

    fn change(&mut self, options: ImportOptions) {
        self.draft = Some(options);
        self.changed = Some(Instant::now());
    }

    /// Asks for a look at the file with the present choices, unless that has been asked for.
    fn look(&mut self, ui: &Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let draft = self.draft(cx);
        let seen = cx.session.intake.previewed.as_ref();
        let is_seen = seen.is_some_and(|seen| seen.options == draft);
        // A job that was stopped leaves no answer; what was asked for an earlier file neither.
        let is_asked =
            self.asked.as_ref() == Some(&draft) && !(seen.is_none() && cx.status.is_none());
        if is_seen || is_asked {
            return;
        }
        let wait = self
            .changed
            .and_then(|changed| QUIET.checked_sub(changed.elapsed()));
        if let Some(wait) = wait {
            ui.ctx().request_repaint_after(wait);
            return;
        }
        self.asked = Some(draft.clone());
        actions.push(Action::Intake(Wish::Preview(draft)));
    }
}

/// Paints the part.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    // What is used is no draft any more.
    if view.draft.as_ref() == Some(&cx.session.study.import) {
        view.draft = None;
    }
    view.look(ui, cx, actions);
    let draft = view.draft(cx);
    let page = view.page(cx);
    if let Some(page) = &page {
        for question in &page.questions {
            question_ui(ui, question, view, actions);
        }
    }
    problem_ui(ui, cx, &draft);
    let area = ui.available_rect_before_wrap();
    let bottom = area.bottom() - BOTTOM;
    let left = Rect::from_min_max(area.min, egui::pos2(area.left() + CHOICES, bottom));
    let right = Rect::from_min_max(
        egui::pos2(left.right() + SPACE_M, area.top()),
        egui::pos2(area.right(), bottom),
    );
    let below = Rect::from_min_max(egui::pos2(area.left(), bottom + SPACE_S), area.max);
    let empty = FilePage::default();
    let shown = page.as_deref().unwrap_or(&empty);
    parts::card(ui, "choices", left, |ui| {
        ScrollArea::vertical()
            .id_salt("choices")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                if let Some(options) = options::ui(ui, cx, shown, &draft, &mut view.texts) {
                    view.change(options);
                }
                keyed_ui(ui, cx, actions);
            });
    });
    parts::card(ui, "preview", right, |ui| {
        let chosen = preview::ui(ui, cx, page.as_deref(), &draft, &mut view.shown, actions);
        if let Some(options) = chosen {
            view.texts = options::Texts::default();
            view.change(options);
        }
    });
    let mut below = ui.new_child(UiBuilder::new().id_salt("below").max_rect(below));
    bottom_ui(&mut below, cx, &draft, view, actions);
    ui.advance_cursor_after_rect(area);
}

fn question_ui(ui: &mut Ui, question: &Question, view: &mut View, actions: &mut Vec<Action>) {
    let answers: Vec<&str> = question
        .answers
        .iter()
        .map(|(words, _)| words.as_str())
        .collect();
    let (text, remedy) = (&question.text, &question.remedy);
    let clicked = widgets::notice_with(ui, Tone::Attention, text, remedy, &answers);
    match clicked.and_then(|answer| question.answers.get(answer)) {
        Some((_, Answer::Read(options))) => view.change((**options).clone()),
        Some((words, Answer::Mean(change))) => {
            let decision = Decision::Edit(change.clone(), words.clone());
            actions.push(Action::Decide(decision));
        }
        None => {}
    }
}

/// Why the file can't be read with these choices.
fn problem_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &ImportOptions) {
    let Some(seen) = &cx.session.intake.previewed else {
        return;
    };
    if let Err(issue) = &seen.result
        && seen.options == *draft
    {
        let text = cx.lang.issue(issue);
        // The page says it already where nothing could be read at all.
        let is_said = cx.session.problems.values().any(|said| said == issue);
        if !is_said {
            let remedy = cx.lang.remedy(issue).unwrap_or_default();
            widgets::notice(ui, Tone::Stop, &text, &remedy, None);
        }
    }
}

fn bottom_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    draft: &ImportOptions,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let is_changed = *draft != cx.session.study.import;
    let seen = cx.session.intake.previewed.as_ref();
    let can_use = seen.is_some_and(|seen| seen.options == *draft && seen.result.is_ok());
    ui.horizontal(|ui| {
        let name = cx.session.intake.waiting.as_ref().map_or_else(
            || {
                let opened = cx.session.opened.as_ref();
                opened.map_or_else(String::new, |cohort| cohort.source.file.clone())
            },
            intake::file_name,
        );
        let text = cx.lang.with("file-unchanged", &[("name", name.into())]);
        ui.label(widgets::quiet(ui, text));
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(SPACE_S, 0.0);
            let apply = widgets::primary_button(ui, &cx.t("file-use"), is_changed && can_use);
            if apply.on_hover_text(cx.t("file-use.tip")).clicked() {
                actions.push(Action::Reimport(draft.clone()));
            }
            if is_changed && widgets::button(ui, &cx.t("file-back"), true).clicked() {
                view.texts = options::Texts::default();
                view.draft = None;
            }
        });
    });
}

/// Whether patients are called by keyed pseudonym; only where the file has a key.
fn keyed_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let study = &cx.session.study;
    let Some(id) = &study.key_id else {
        return;
    };
    ui.add_space(SPACE_S);
    ui.label(crate::app::theme::strong(cx.t("file-patients")));
    let mut by_key = study.keyed_pseudonyms;
    let tip = cx
        .lang
        .with("file-keyed.tip", &[("key", format!("{id}.key").into())]);
    let response = ui.checkbox(&mut by_key, cx.t("file-keyed"));
    if response.on_hover_text(tip).changed() {
        actions.push(Action::Decide(Decision::KeyedPseudonyms(by_key)));
    }
}
