//! Paints the list of patients: filters, the patients as a table or as a strip plot, and their strata.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{ComboBox, RichText, ScrollArea, Ui};

use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::figure_view::{self, FigureViews};
use crate::app::linked::{Linked, Spot};
use crate::app::pages::patients::model::{CHANCE, Choice};
use crate::app::pages::patients::{PatientRows, decided, movement};
use crate::app::pages::{self, Cx, cohort, performance};
use crate::app::state::{Cached, Page};
use crate::app::table::{self, Filter, Query, Source as _, TableView};
use crate::app::theme::SPACE_M;
use crate::app::widgets;
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::strata::{STRATA_COLUMNS, rule_words, strata_rows};
use crate::report::{figures, words};

/// Least height of the strip plot, and what its card and its words take.
const LEAST: f32 = 160.0;
const OVER_AND_UNDER: f32 = 128.0;

type Choices = Vec<(usize, Vec<Choice>)>;
/// Strata in words: rule, titles, rows.
type Strata = (String, Vec<String>, Vec<[String; 6]>);

/// The strip plot, and where its patients are drawn.
type Strip = (Figure, Vec<Spot>);

/// What is shown of the patients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    /// A row a patient.
    #[default]
    Table,
    /// A dot a patient.
    Plot,
    /// The strata, and who would move between them with another outcome.
    Strata,
}

/// What the list remembers.
pub(super) struct View {
    table: TableView,
    rows: Cached<(Lang, u64, usize), Arc<PatientRows>>,
    choices: Cached<(Lang, u64, usize), Choices>,
    strata: Cached<(Lang, u64, usize), Strata>,
    strip: Cached<(Lang, u64, usize, Query), Strip>,
    shows: Shows,
    movement: movement::View,
    figures: FigureViews,
    linked: Linked,
}

impl Default for View {
    fn default() -> Self {
        Self {
            // The highest chance first.
            table: TableView::sorted(CHANCE, false),
            rows: Cached::default(),
            choices: Cached::default(),
            strata: Cached::default(),
            strip: Cached::default(),
            shows: Shows::default(),
            movement: movement::View::default(),
            figures: FigureViews::default(),
            linked: Linked::default(),
        }
    }
}

impl View {
    /// The patients in the order of the list, by position; `None` without results.
    pub(super) fn order(&mut self, cx: &Cx<'_>) -> Option<Vec<usize>> {
        let analysis = cx.session.analysis.as_ref()?;
        let rows = self.rows(cx, analysis);
        Some(self.table.order(rows.as_ref(), cx.session.version).to_vec())
    }

    fn rows(&mut self, cx: &Cx<'_>, analysis: &Arc<Analysis>) -> Arc<PatientRows> {
        let model = cx.session.model;
        let (lang, version) = cx.key();
        let make = || Arc::new(PatientRows::new(analysis, cx.session.cohort(), model, lang));
        Arc::clone(self.rows.get((lang, version, model), make))
    }

    /// Takes away filters by what no patient has any more: other strata, another cohort.
    fn drop_filters(&mut self, cx: &Cx<'_>, rows: &PatientRows) {
        let (lang, version) = cx.key();
        let key = (lang, version, cx.session.model);
        let choices = self.choices.get(key, || rows.choices());
        let is_there = |column: usize, filter: &Filter| {
            let mut of = choices.iter().filter(|(of, _)| *of == column);
            let Filter::Levels(codes) = filter else {
                return false;
            };
            of.any(|(_, of)| of.iter().any(|(code, ..)| codes.contains(code)))
        };
        let filters = &mut self.table.query.filters;
        filters.retain(|column, filter| is_there(*column, filter));
    }
}

/// Paints the list.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Arc<Analysis>,
    view: &mut View,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let rows = view.rows(cx, analysis);
    let (title, about) = (cx.t(Page::Patients.key()), cx.t("patients-about"));
    widgets::page_header(ui, &title, &about, |ui| {
        let new = widgets::button(ui, &cx.t("new-candidate"), true);
        if new.on_hover_text(cx.t("new-candidate.tip")).clicked() {
            actions.push(Action::NewCandidate);
        }
        let selected = view.table.selected();
        if widgets::primary_button(ui, &cx.t("open-patient"), selected.is_some()).clicked()
            && let Some(patient) = selected
        {
            actions.push(Action::ShowPatient(patient));
        }
    });
    let models = performance::names(analysis, cx.lang);
    performance::model_switch(ui, cx, &models, &mut actions);
    decided::lists_ui(ui, cx, &mut actions);
    view.drop_filters(cx, &rows);
    // Brought up to date before it is counted.
    view.table.order(rows.as_ref(), cx.session.version);
    tools_ui(ui, cx, analysis, &rows, view, &mut actions);
    match view.shows {
        Shows::Table => {
            filters_ui(ui, cx, &rows, view);
            table_ui(ui, cx, &rows, view, &mut actions);
        }
        Shows::Plot => {
            filters_ui(ui, cx, &rows, view);
            plot_ui(ui, cx, analysis, view, &mut actions);
        }
        Shows::Strata => {
            let area = ScrollArea::vertical().id_salt("strata");
            area.auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_M;
                strata_ui(ui, cx, analysis, view, &mut actions);
                movement::ui(ui, cx, analysis, &mut view.movement, &mut actions);
            });
        }
    }
    actions
}

/// Who is in each stratum and how many of them responded; the rule and its fields.
fn strata_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let (rule, titles, rows) = view.strata.get((lang, version, model), || {
        let result = analysis.models.get(model);
        let rule = result.map(|result| rule_words(analysis.settings.strata, result, lang));
        let titles = STRATA_COLUMNS.map(|key| lang.t(key)).to_vec();
        let rows = result.map_or_else(Vec::new, |result| strata_rows(result, lang));
        (rule.unwrap_or_default(), titles, rows)
    });
    widgets::card(ui, &cx.t("report-strata"), |ui| {
        let header: Vec<RichText> = titles.iter().map(|one| widgets::quiet(ui, one)).collect();
        let rows: Vec<Vec<RichText>> = rows
            .iter()
            .map(|row| row.iter().map(RichText::new).collect())
            .collect();
        ScrollArea::horizontal()
            .id_salt("strata table")
            .show(ui, |ui| widgets::text_table(ui, &header, &rows, &[]));
        ui.add_space(4.0);
        ui.label(rule.as_str());
        widgets::quiet_label(ui, cx.t("report-strata-note"));
        ui.separator();
        pages::strata::rule_ui(ui, cx, actions);
        widgets::quiet_label(ui, cx.t("train-strata.about"));
    });
}

/// Table, plot or strata; how many are shown, search, copy.
fn tools_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    rows: &PatientRows,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let ways = [
            (Shows::Table, "list-table"),
            (Shows::Plot, "list-plot"),
            (Shows::Strata, "list-strata"),
        ];
        let ways = ways.map(|(way, key)| (way, cx.t(key)));
        if let Some(way) = widgets::choices(ui, view.shows, &ways) {
            view.shows = way;
        }
        if view.shows == Shows::Strata {
            return;
        }
        let n_shown = view.table.shown().len();
        let args = [
            ("n", cx.lang.count(n_shown as i64).into()),
            ("of", cx.lang.count(rows.n_rows() as i64).into()),
        ];
        ui.label(widgets::quiet(ui, cx.lang.with("n-shown", &args)));
        if view.table.query.leaves_out() && widgets::link_button(ui, &cx.t("list-all")).clicked() {
            view.table.query.show_all();
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::button(ui, &cx.t("copy-table"), true).clicked() {
                let note = words::label_note(&analysis.settings, cx.lang);
                let table = table::tsv(rows, view.table.shown());
                actions.push(Action::Copy(format!("{}\n{note}", table.trim_end())));
            }
            cohort::search_ui(ui, cx, &mut view.table.query.search, "search-patients");
            let hint = match view.shows {
                Shows::Plot => "strip-hint",
                Shows::Table | Shows::Strata => "patients-hint",
            };
            let hint = widgets::quiet(ui, cx.t(hint));
            ui.add(egui::Label::new(hint).truncate());
        });
    });
}

/// One field a filter: by stratum, outcome, centre, warning.
fn filters_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &PatientRows, view: &mut View) {
    let (lang, version) = cx.key();
    let View { choices, table, .. } = view;
    let choices = choices.get((lang, version, cx.session.model), || rows.choices());
    ui.horizontal_wrapped(|ui| {
        for (column, choices) in choices {
            let title = rows.columns().get(*column).map(|column| &column.title);
            let title = title.map_or("", String::as_str);
            filter_ui(ui, cx, title, (*column, choices), &mut table.query);
        }
    });
}

fn filter_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    title: &str,
    (column, choices): (usize, &[Choice]),
    query: &mut Query,
) {
    let now = match query.filters.get(&column) {
        Some(Filter::Levels(codes)) => codes.first().cloned(),
        _ => None,
    };
    let args = [("what", title.into())];
    let all = cx.lang.with("filter-all", &args);
    let is_now = |(code, ..): &&Choice| now.as_ref() == Some(code);
    let shown = choices.iter().find(is_now);
    let shown = shown.map_or_else(|| all.clone(), |(_, words, _)| format!("{title}: {words}"));
    let mut new = now.clone();
    let response = ComboBox::from_id_salt(("filter", column))
        .selected_text(shown)
        .width(170.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut new, None, all);
            for (code, words, n) in choices {
                let text = format!("{words} ({})", cx.lang.count(*n as i64));
                ui.selectable_value(&mut new, Some(code.clone()), text);
            }
        })
        .response;
    let name = cx.lang.with("filter-by", &args);
    response.accessible_name(&name);
    if new != now {
        match new {
            Some(code) => {
                let codes = BTreeSet::from([code]);
                query.filters.insert(column, Filter::Levels(codes));
            }
            None => {
                query.filters.remove(&column);
            }
        }
    }
}

fn table_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &PatientRows,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let frame = widgets::card_frame(ui).inner_margin(egui::Margin::same(1));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let name = cx.t("patients-table");
        let version = cx.session.version;
        let events = table::table_ui(ui, &name, rows, version, &mut view.table);
        if let Some((patient, _)) = events.opened {
            actions.push(Action::ShowPatient(patient));
        }
    });
}

/// The patients that the filters leave, as a strip plot; a click opens the one under the pointer.
fn plot_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let View {
        table,
        strip,
        figures,
        linked,
        ..
    } = view;
    let key = (lang, version, model, table.query.clone());
    let (figure, spots) = strip.get(key, || {
        let shown = Some(table.shown().as_slice());
        let figure = figures::strip(analysis, model, shown, lang);
        (figure, spots(analysis, model, shown, lang))
    });
    linked.begin();
    let about = widgets::quiet(ui, figure.alt.as_str());
    let height = (ui.available_height() - OVER_AND_UNDER).max(LEAST);
    let link = Some((spots.as_slice(), &mut *linked));
    let card = figure_view::linked_card(ui, figure, height, figures, link, lang);
    actions.extend(card);
    ui.add(egui::Label::new(about).wrap());
    if let Some(patient) = linked.clicked() {
        actions.push(Action::ShowPatient(patient));
    }
}

fn spots(analysis: &Analysis, model: usize, shown: Option<&[usize]>, lang: Lang) -> Vec<Spot> {
    let Some(result) = analysis.models.get(model) else {
        return Vec::new();
    };
    let drawn = figures::strips(result, shown).into_iter();
    drawn
        .filter_map(|strip| performance::spot(result, strip.patient, Some(strip.height), lang))
        .collect()
}
