//! Paints the patients page: the list, and the meeting page of one.

use egui::Ui;

use crate::app::action::Action;
use crate::app::pages::patients::{Open, list, meeting};
use crate::app::pages::{self, Cx};
use crate::app::state::Page;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    list: list::View,
    /// Who is shown.
    pub open: Open,
    meeting: meeting::View,
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
        let order = self.list.order(cx)?;
        let order: Vec<Open> = order.iter().map(|&row| Open::Member(row)).collect();
        let place = order.iter().position(|open| *open == self.open);
        Some((order, place, false))
    }
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
        return list::ui(ui, cx, analysis, &mut view.list);
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
