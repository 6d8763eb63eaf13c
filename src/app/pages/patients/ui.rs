//! Paints the patients page: the list, and the meeting page of one.

use std::sync::Arc;

use egui::Ui;

use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::pages::cohort;
use crate::app::pages::patients::{Open, PatientRows, decided, meeting, model};
use crate::app::pages::performance;
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::table::{self, TableView};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::report::words;

/// What the page remembers.
pub struct View {
    table: TableView,
    /// Who is shown.
    pub open: Open,
    rows: Cached<(Lang, u64, usize), Arc<PatientRows>>,
    meeting: meeting::View,
}

impl Default for View {
    fn default() -> Self {
        Self {
            // The highest chance first.
            table: TableView::sorted(1, false),
            open: Open::List,
            rows: Cached::default(),
            meeting: meeting::View::default(),
        }
    }
}

impl View {
    /// Whether the list is shown.
    pub fn is_list(&self) -> bool {
        self.open == Open::List
    }

    /// Whether a candidate is shown.
    pub fn is_candidate(&self) -> bool {
        matches!(self.open, Open::Candidate(_))
    }

    /// Who comes `step` after the one that is shown: on the day's list where that one is on it, else among the candidates
    /// or in the order of the list.
    pub fn neighbour(&mut self, cx: &Cx<'_>, step: isize) -> Option<Open> {
        let (order, place, _) = self.order(cx)?;
        match place {
            Some(place) => order.get(place.checked_add_signed(step)?).cloned(),
            None => order.first().cloned(),
        }
    }

    /// The order that the shown one stands in, the place in it, and whether it is that of the day.
    fn order(&mut self, cx: &Cx<'_>) -> Option<(Vec<Open>, Option<usize>, bool)> {
        let meeting = &cx.session.study.meeting;
        let day = meeting.day.iter().filter_map(|id| Open::of_id(cx, id));
        let day: Vec<Open> = day.collect();
        if let Some(place) = day.iter().position(|open| *open == self.open) {
            return Some((day, Some(place), true));
        }
        if self.is_candidate() {
            let codes = meeting.candidates.iter().map(|one| one.code.clone());
            let order: Vec<Open> = codes.map(Open::Candidate).collect();
            let place = order.iter().position(|open| *open == self.open);
            return Some((order, place, false));
        }
        let analysis = cx.session.analysis.as_ref()?;
        let rows = rows(&mut self.rows, cx, analysis);
        let order = self.table.order(rows.as_ref(), cx.session.version);
        let order: Vec<Open> = order.iter().map(|&row| Open::Member(row)).collect();
        let place = order.iter().position(|open| *open == self.open);
        Some((order, place, false))
    }
}

fn rows(
    cached: &mut Cached<(Lang, u64, usize), Arc<PatientRows>>,
    cx: &Cx<'_>,
    analysis: &Arc<Analysis>,
) -> Arc<PatientRows> {
    let model = cx.session.model;
    let (lang, version) = cx.key();
    let make = || Arc::new(PatientRows::new(analysis, model, lang));
    Arc::clone(cached.get((lang, version, model), make))
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
    let open = view.open.clone();
    if open == Open::List {
        return list_ui(ui, cx, analysis, view);
    }
    let (order, place, today) = view.order(cx).unwrap_or_default();
    let at = |step: isize| order.get(place?.checked_add_signed(step)?).cloned();
    let neighbours = [at(-1), at(1)];
    let place = place.map_or_else(String::new, |place| {
        meeting::place_words(place, order.len(), today, cx.lang)
    });
    meeting::ui(
        ui,
        cx,
        analysis,
        &open,
        &place,
        neighbours,
        &mut view.meeting,
    )
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, analysis: &Arc<Analysis>, view: &mut View) -> Vec<Action> {
    let mut actions = Vec::new();
    let lang = cx.lang;
    let rows = rows(&mut view.rows, cx, analysis);
    widgets::page_header(
        ui,
        &cx.t(Page::Patients.key()),
        &cx.t("patients-about"),
        |ui| {
            if widgets::button(ui, &cx.t("new-candidate"), true)
                .on_hover_text(cx.t("new-candidate.tip"))
                .clicked()
            {
                actions.push(Action::NewCandidate);
            }
            let selected = view.table.selected();
            if widgets::primary_button(ui, &cx.t("open-patient"), selected.is_some()).clicked()
                && let Some(patient) = selected
            {
                actions.push(Action::ShowPatient(patient));
            }
        },
    );
    let models = performance::names(analysis, lang);
    performance::model_switch(ui, cx, &models, &mut actions);
    if let Some(result) = rows.result() {
        let strata = model::strata(result, lang);
        widgets::card(ui, "", |ui| widgets::stats(ui, &strata));
    }
    decided::lists_ui(ui, cx, &mut actions);
    ui.horizontal(|ui| {
        cohort::search_ui(ui, cx, &mut view.table.query.search, "search-patients");
        if widgets::button(ui, &cx.t("copy-table"), true).clicked() {
            let order = view.table.order(rows.as_ref(), cx.session.version).to_vec();
            let note = words::label_note(&analysis.settings, cx.lang);
            let table = table::tsv(rows.as_ref(), &order);
            actions.push(Action::Copy(format!("{}\n{note}", table.trim_end())));
        }
        ui.label(widgets::quiet(ui, cx.t("patients-hint")));
    });
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::same(1));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let name = cx.t("patients-table");
        let version = cx.session.version;
        let events = table::table_ui(ui, &name, rows.as_ref(), version, &mut view.table);
        if let Some((patient, _)) = events.opened {
            actions.push(Action::ShowPatient(patient));
        }
    });
    actions
}
