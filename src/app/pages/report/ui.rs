//! Paints the report page.

use std::path::PathBuf;

use egui::{Label, TextEdit, Ui};

use crate::app::action::{Action, Ask, ReportOrder};
use crate::app::pages::report::{ReportPage, model};
use crate::app::pages::{self, Cx};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, SPACE_S};
use crate::app::widgets::{self, Tone};
use crate::base::text::Lang;

/// What the page remembers.
pub struct View {
    page: Cached<(Lang, u64), ReportPage>,
    /// The folder, as typed or chosen; empty until then.
    pub folder: String,
    lang: Option<Lang>,
    html: bool,
    json: bool,
    figures: bool,
    original_ids: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            page: Cached::default(),
            folder: String::new(),
            lang: None,
            html: true,
            json: true,
            figures: false,
            original_ids: false,
        }
    }
}

impl View {
    /// The order as it stands.
    pub fn order(&self, cx: &Cx<'_>) -> ReportOrder {
        let folder = if self.folder.trim().is_empty() {
            model::default_folder(cx)
        } else {
            PathBuf::from(self.folder.trim())
        };
        ReportOrder {
            folder,
            lang: self.lang.unwrap_or(cx.lang),
            html: self.html,
            json: self.json,
            figures: self.figures,
            original_ids: self.original_ids,
        }
    }
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_results(ui, cx, Page::Report) {
        return actions;
    }
    let Some(analysis) = &cx.session.analysis else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    let page = view
        .page
        .get(cx.key(), || ReportPage::new(analysis, cx.lang))
        .clone();
    widgets::page_header(ui, &cx.t(Page::Report.key()), &cx.t("report-about"), |ui| {
        let any = view.html || view.json || view.figures;
        if widgets::primary_button(ui, &cx.t("report-write"), any).clicked() {
            actions.push(Action::WriteReport(view.order(cx)));
        }
    });
    if let Some((folder, files)) = cx.written {
        written_ui(ui, cx, folder, files, &mut actions);
    }
    widgets::columns(ui, &[1.0, 1.0], 400.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            contents_ui(ui, cx, &page);
        } else {
            form_ui(ui, cx, view, &mut actions);
        }
    });
    actions
}

fn written_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    folder: &std::path::Path,
    files: &[String],
    actions: &mut Vec<Action>,
) {
    let text = cx.lang.with(
        "report-written",
        &[("folder", folder.display().to_string().into())],
    );
    let copy = cx.t("copy-path");
    if widgets::notice(ui, Tone::Good, &text, &files.join(", "), Some(&copy)) {
        actions.push(Action::Copy(folder.display().to_string()));
    }
}

fn contents_ui(ui: &mut Ui, cx: &Cx<'_>, page: &ReportPage) {
    widgets::card(ui, &cx.t("report-contents"), |ui| {
        widgets::facts(ui, "report facts", &page.facts);
        ui.separator();
        ui.add(Label::new(&page.summary).wrap());
        ui.separator();
        ui.spacing_mut().item_spacing.y = 4.0;
        for (place, part) in page.contents.iter().enumerate() {
            ui.horizontal_top(|ui| {
                ui.label(widgets::quiet(ui, (place + 1).to_string()));
                ui.add(Label::new(part).wrap());
            });
        }
    });
    widgets::warnings(ui, cx.lang, &page.notices);
}

fn form_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("report-form"), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(theme::strong(cx.t("report-formats")));
        ui.checkbox(&mut view.html, cx.t("report-html"));
        ui.checkbox(&mut view.json, cx.t("report-json"));
        ui.checkbox(&mut view.figures, cx.t("report-svg"));
        ui.add_space(SPACE_S);
        ui.label(theme::strong(cx.t("report-language")));
        let now = view.lang.unwrap_or(cx.lang);
        let options = [(Lang::En, cx.t("lang-en")), (Lang::Fr, cx.t("lang-fr"))];
        if let Some(lang) = widgets::choices(ui, now, &options) {
            view.lang = Some(lang);
        }
    });
    widgets::card(ui, &cx.t("report-folder"), |ui| {
        let default = model::default_folder(cx).display().to_string();
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 120.0).max(120.0);
            let field = TextEdit::singleline(&mut view.folder)
                .hint_text(default)
                .desired_width(width)
                .margin(egui::Margin::symmetric(8, 6));
            ui.add(field).accessible_name(cx.t("report-folder"));
            if widgets::button(ui, &cx.t("choose"), true).clicked() {
                actions.push(Action::Ask(Ask::ReportFolder));
            }
        });
        widgets::quiet_label(ui, cx.t("report-folder.about"));
    });
    widgets::card(ui, &cx.t("report-privacy"), |ui| {
        ui.checkbox(&mut view.original_ids, cx.t("report-ids"));
        let key = if view.original_ids {
            "report-ids.warning"
        } else {
            "report-ids.about"
        };
        widgets::quiet_label(ui, cx.t(key));
    });
}
