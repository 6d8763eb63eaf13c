//! Paints the performance page.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Label, RichText, ScrollArea, Ui};

use crate::app::action::{Action, Command};
use crate::app::figure_view::{self, FigureViews};
use crate::app::linked::{Linked, Spot};
use crate::app::pages::performance::{
    PerformancePage, comparison, elsewhere, explanation, explore,
};
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, tokens};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::subgroups::subgroup_note;

const FIGURE: f32 = 396.0;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    figures: FigureViews,
    linked: Linked,
    explore: explore::View,
    page: Cached<(Lang, u64, usize), PerformancePage>,
    explanation: explanation::View,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_results(ui, cx, Page::Performance) {
        return actions;
    }
    let Some(analysis) = &cx.session.analysis else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let (lang, version) = cx.key();
    let model = cx.session.model;
    let View {
        figures,
        linked,
        explore,
        page,
        explanation,
    } = view;
    linked.begin();
    let page = page.get((lang, version, model), || {
        PerformancePage::new(analysis, model, lang)
    });
    widgets::page_header(ui, &cx.t(Page::Performance.key()), &page.setting, |ui| {
        if widgets::primary_button(ui, &cx.t("next-patients"), true).clicked() {
            actions.push(Action::Do(Command::Go(Page::Patients)));
        }
    });
    if cx.session.is_stale() {
        ui.multiply_opacity(0.55);
    }
    ui.add(Label::new(RichText::new(&page.summary).size(theme::TEXT_EMPHASIS)).wrap());
    for asked in [&page.permutation, &page.prospect] {
        if !asked.is_empty() {
            ui.add(Label::new(asked).wrap());
        }
    }
    ui.add_space(4.0);
    model_switch(ui, cx, &page.models, &mut actions);
    ui.spacing_mut().item_spacing.y = SPACE_M;
    let curves = [
        (&page.calibration, Some(page.spots.as_slice())),
        (&page.decision, Some(page.spots.as_slice())),
    ];
    pair_ui(ui, cx, curves, (figures, linked), &mut actions);
    if !page.no_lead_trial.is_empty() {
        widgets::quiet_label(ui, &page.no_lead_trial);
    }
    explore::threshold_ui(ui, cx, analysis, linked, explore);
    explore::range_ui(ui, cx, analysis, linked, explore, &mut actions);
    figures_card(ui, cx, page);
    comparison::ui(ui, cx, page.comparison.as_ref(), &mut actions);
    widgets::warnings(ui, lang, &page.notices);
    detail_ui(ui, cx, page, (figures, linked), &mut actions);
    widgets::warnings(ui, lang, &page.fit_issues);
    explanation::ui(ui, cx, explanation, figures, &mut actions);
    actions
}

/// What stands beneath the curves and the table: importance, refits, other patients, groups, coefficients.
fn detail_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &PerformancePage,
    (figures, linked): (&mut FigureViews, &mut Linked),
    actions: &mut Vec<Action>,
) {
    let own = [(&page.importance, None), (&page.conditional, None)];
    pair_ui(ui, cx, own, (&mut *figures, &mut *linked), actions);
    let moved = [
        (&page.domains, None),
        (&page.instability, Some(page.ranked.as_slice())),
    ];
    pair_ui(ui, cx, moved, (&mut *figures, &mut *linked), actions);
    widgets::quiet_label(ui, &page.stability);
    let [calibration, decision] = &page.refits;
    let refits = [(calibration, None), (decision, None)];
    pair_ui(ui, cx, refits, (&mut *figures, &mut *linked), actions);
    egui::CollapsingHeader::new(cx.t("performance-roc"))
        .id_salt("performance-roc")
        .show_unindented(ui, |ui| {
            let [roc, precision] = &page.roc;
            let curves = [(roc, None), (precision, None)];
            pair_ui(ui, cx, curves, (&mut *figures, &mut *linked), actions);
            widgets::quiet_label(ui, cx.t("performance-roc-note"));
        });
    if let Some(later) = &page.later {
        widgets::card(ui, &cx.t("report-later"), |ui| {
            elsewhere::words_ui(ui, later);
        });
    }
    elsewhere::ui(ui, cx, page, figures, actions);
    if !page.subgroups.1.is_empty() {
        subgroups_ui(ui, cx, page);
    }
    if !page.terms.1.is_empty() {
        terms_ui(ui, cx, page);
    }
}

/// A figure, and its patients where it is linked to others.
type Linkable<'a> = (&'a Figure, Option<&'a [Spot]>);

/// Two figures side by side.
fn pair_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    pair: [Linkable<'_>; 2],
    (figures, linked): (&mut FigureViews, &mut Linked),
    actions: &mut Vec<Action>,
) {
    widgets::columns(ui, &[1.0, 1.0], 400.0, |place, ui| {
        if let Some((figure, spots)) = pair.get(place) {
            let link = spots.map(|spots| (spots, &mut *linked));
            let card = figure_view::linked_card(ui, figure, FIGURE, figures, link, cx.lang);
            actions.extend(card);
        }
    });
}

/// The switch between models, where there is more than one.
pub(in crate::app) fn model_switch(
    ui: &mut Ui,
    cx: &Cx<'_>,
    models: &[String],
    actions: &mut Vec<Action>,
) {
    if models.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(widgets::quiet(ui, cx.t("shown-model")));
        let options: Vec<(usize, String)> = models.iter().cloned().enumerate().collect();
        if let Some(model) = widgets::choices(ui, cx.session.model, &options) {
            actions.push(Action::ShowModel(model));
        }
    });
}

fn figures_card(ui: &mut Ui, cx: &Cx<'_>, page: &PerformancePage) {
    widgets::card(ui, &cx.t("performance-figures"), |ui| {
        let quiet = tokens(ui).quiet;
        let mut header = vec![RichText::new("")];
        for name in &page.models {
            header.push(theme::strong(name));
            header.push(RichText::new(cx.t("apparent")).color(quiet));
        }
        let has_range = page.measures.iter().any(|row| !row.by_chance.is_empty());
        header.extend(has_range.then(|| widgets::quiet(ui, cx.t("performance-by-chance"))));
        let rows: Vec<Vec<RichText>> = page
            .measures
            .iter()
            .map(|row| {
                let mut cells = vec![RichText::new(&row.name)];
                for (corrected, apparent) in &row.cells {
                    cells.push(RichText::new(corrected));
                    cells.push(RichText::new(apparent).color(quiet));
                }
                cells.extend(has_range.then(|| RichText::new(&row.by_chance).color(quiet)));
                cells
            })
            .collect();
        let tips: Vec<&str> = page
            .measures
            .iter()
            .map(|row| row.definition.as_str())
            .collect();
        ScrollArea::horizontal()
            .id_salt("measures")
            .show(ui, |ui| widgets::text_table(ui, &header, &rows, &tips));
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        for ((name, method), cross) in page
            .models
            .iter()
            .zip(&page.methods)
            .zip(&page.cross_validated)
        {
            widgets::quiet_label(ui, format!("{name}: {method} {cross}"));
        }
        widgets::quiet_label(ui, cx.t("apparent-warning"));
        if has_range {
            widgets::quiet_label(ui, cx.t("performance-by-chance-note"));
        }
    });
}

/// The model that is shown within groups of patients.
fn subgroups_ui(ui: &mut Ui, cx: &Cx<'_>, page: &PerformancePage) {
    let (header, rows) = &page.subgroups;
    let header: Vec<&str> = header.iter().map(|(title, _)| title.as_str()).collect();
    let note = subgroup_note(cx.lang);
    table_card(ui, &cx.t("subgroup-title"), &header, rows, &note);
}

fn terms_ui(ui: &mut Ui, cx: &Cx<'_>, page: &PerformancePage) {
    let (header, rows) = &page.terms;
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let note = cx.t("terms-about");
    table_card(ui, &cx.t("performance-terms"), &header, rows, &note);
}

/// A table under its title, with a note below.
fn table_card(ui: &mut Ui, title: &str, header: &[&str], rows: &[Vec<String>], note: &str) {
    widgets::card(ui, title, |ui| {
        table_ui(ui, title, header, rows);
        ui.add_space(4.0);
        widgets::quiet_label(ui, note);
    });
}

/// A table that scrolls sideways where it must.
pub(super) fn table_ui(ui: &mut Ui, salt: &str, header: &[&str], rows: &[Vec<String>]) {
    let header: Vec<RichText> = header.iter().map(|one| widgets::quiet(ui, *one)).collect();
    let rows: Vec<Vec<RichText>> = rows
        .iter()
        .map(|row| row.iter().map(RichText::new).collect())
        .collect();
    // The bar of a table below the window's edge would be painted at the edge.
    let is_below = ui.cursor().top() > ui.clip_rect().bottom();
    let bar = if is_below {
        ScrollBarVisibility::AlwaysHidden
    } else {
        ScrollBarVisibility::VisibleWhenNeeded
    };
    ScrollArea::horizontal()
        .id_salt(salt)
        .scroll_bar_visibility(bar)
        .show(ui, |ui| widgets::text_table(ui, &header, &rows, &[]));
}
