//! Below the curves: from which chance one would act, in words, and who has a chance within the marked range.

use egui::{Label, RichText, ScrollArea, Slider, Ui};

use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::linked::Linked;
use crate::app::pages::Cx;
use crate::app::state::Cached;
use crate::app::theme::{self, TARGET};
use crate::app::widgets;
use crate::base::text::Lang;
use crate::report::threshold::{ThresholdWords, threshold_words};
use crate::report::within::{Within, within};

/// Height of a line of the list of patients, and of the list.
const ROW: f32 = TARGET;
const LIST: f32 = 240.0;

/// What is worked out once for a threshold and a range.
#[derive(Default)]
pub(super) struct View {
    words: Cached<(Lang, u64, u32), ThresholdWords>,
    within: Cached<(Lang, u64, usize, [u32; 2]), Within>,
}

/// Per cent, whole.
fn percent(share: f64) -> u32 {
    (100.0 * share).round() as u32
}

/// The slider, what it means, and what the models do there.
pub(super) fn threshold_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    linked: &mut Linked,
    view: &mut View,
) {
    let model = analysis.models.get(cx.session.model);
    let lowest = model.map_or(0.5, |model| model.cuts().lowest());
    let mut chosen = percent(linked.threshold.unwrap_or(lowest));
    widgets::card(ui, &cx.t("threshold-title"), |ui| {
        ui.horizontal(|ui| {
            let label = ui.label(cx.t("threshold-from"));
            ui.spacing_mut().slider_width = 320.0_f32.min(ui.available_width() - 120.0).max(80.0);
            let suffix = if cx.lang == Lang::Fr { "\u{a0}%" } else { "%" };
            ui.add(Slider::new(&mut chosen, 5..=95).suffix(suffix))
                .labelled_by(label.id);
        });
        let (lang, version) = cx.key();
        let words = view.words.get((lang, version, chosen), || {
            threshold_words(analysis, f64::from(chosen) / 100.0, lang)
        });
        ui.add(Label::new(theme::strong(&words.bargain)).wrap());
        for sentence in &words.models {
            ui.add(Label::new(sentence).wrap());
        }
        ui.add_space(4.0);
        let header: Vec<RichText> = words
            .header
            .iter()
            .map(|one| widgets::quiet(ui, one))
            .collect();
        let rows: Vec<Vec<RichText>> = words
            .rows
            .iter()
            .map(|row| row.iter().map(RichText::new).collect())
            .collect();
        ScrollArea::horizontal()
            .id_salt("threshold")
            .show(ui, |ui| widgets::text_table(ui, &header, &rows, &[]));
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        widgets::quiet_label(ui, cx.t("threshold-note"));
        widgets::quiet_label(ui, &words.refits);
    });
    linked.threshold = Some(f64::from(chosen) / 100.0);
}

/// The range that is marked, as numbers too, and who is in it.
pub(super) fn range_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    analysis: &Analysis,
    linked: &mut Linked,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let Some(model) = analysis.models.get(cx.session.model) else {
        return;
    };
    widgets::card(ui, &cx.t("within-title"), |ui| {
        let Some((low, high)) = linked.range else {
            ui.horizontal(|ui| {
                widgets::quiet_label(ui, cx.t("within-offer"));
                let cuts = model.cuts();
                if cuts.at().len() > 1
                    && widgets::button(ui, &cx.t("within-between-cuts"), true).clicked()
                {
                    linked.range = Some((cuts.lowest(), cuts.highest()));
                }
            });
            return;
        };
        let (mut from, mut to) = (percent(low), percent(high));
        let mut is_open = true;
        ui.horizontal(|ui| {
            let label = ui.label(cx.t("within-from"));
            ui.label_inputs_by(label.id, |ui| {
                from = widgets::number(ui, from, 0..=to, 0.5).unwrap_or(from);
            });
            let label = ui.label(cx.t("within-to"));
            ui.label_inputs_by(label.id, |ui| {
                to = widgets::number(ui, to, from..=100, 0.5).unwrap_or(to);
            });
            is_open = !widgets::button(ui, &cx.t("within-clear"), true).clicked();
        });
        if (from, to) != (percent(low), percent(high)) {
            linked.range = Some((f64::from(from) / 100.0, f64::from(to) / 100.0));
        }
        let (lang, version) = cx.key();
        let key = (lang, version, cx.session.model, [from, to]);
        let range = (f64::from(from) / 100.0, f64::from(to) / 100.0);
        let found = view.within.get(key, || within(model, range, lang));
        ui.add(Label::new(theme::strong(&found.sentence)).wrap());
        list_ui(ui, cx, found, linked, actions);
        if !is_open {
            linked.range = None;
        }
    });
}

/// The patients of the range; the one under the pointer is marked in the figures, and a click opens it.
fn list_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    found: &Within,
    linked: &mut Linked,
    actions: &mut Vec<Action>,
) {
    let n = found.patients.len();
    ScrollArea::vertical()
        .id_salt("within")
        .max_height(LIST)
        .min_scrolled_height(LIST)
        .auto_shrink([false, true])
        .show_rows(ui, ROW, n, |ui, shown| {
            for (patient, [id, chance, outcome]) in found.patients.get(shown).unwrap_or_default() {
                ui.horizontal(|ui| {
                    ui.set_min_height(ROW);
                    let open = widgets::link_button(ui, id);
                    if open.hovered() || open.has_focus() {
                        linked.point_at(*patient);
                    }
                    let tip = cx.t("open-patient");
                    if open.on_hover_text(tip).clicked() {
                        actions.push(Action::ShowPatient(*patient));
                    }
                    ui.label(chance);
                    widgets::quiet_label(ui, outcome);
                });
            }
        });
}
