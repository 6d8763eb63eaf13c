//! Figures over the chance of response that know of each other: the patient under the pointer is marked in all of
//! them, and a range of chances that is dragged over one is marked in all.

use egui::{Color32, Pos2, Rect, Response, Stroke, Ui, Vec2, epaint::StrokeKind};
use egui_plot::{PlotPoint, PlotTransform};

use crate::app::theme::tokens;

/// The narrowest range that counts as one: less is a click, which takes the range away.
const NARROWEST: f64 = 0.01;
/// How far from the pointer a patient may be, in points.
const REACH: f32 = 24.0;

/// What the figures share.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The patient under the pointer, by position.
    pub patient: Option<usize>,
    /// The range of chances that is marked, low before high.
    pub range: Option<(f64, f64)>,
    /// The chance from which one would act; `None` where no page asks.
    pub threshold: Option<f64>,
    /// Who the pointer came upon while this frame was painted.
    next: Option<usize>,
    /// Who was clicked in this frame.
    clicked: Option<usize>,
    /// Where a drag began.
    from: Option<f64>,
}

impl Linked {
    /// Before the figures of a frame are painted: everyone sees whom the last frame found.
    pub fn begin(&mut self) {
        self.patient = self.next.take();
        self.clicked = None;
    }

    /// The patient that was clicked while this frame was painted.
    pub fn clicked(&self) -> Option<usize> {
        self.clicked
    }

    /// Marks a patient in all figures.
    pub fn point_at(&mut self, patient: usize) {
        self.next = Some(patient);
    }

    /// The range after a drag between two chances; a click takes it away.
    fn dragged(from: f64, to: f64) -> Option<(f64, f64)> {
        let (low, high) = (from.min(to).max(0.0), from.max(to).min(1.0));
        (high - low >= NARROWEST).then_some((low, high))
    }
}

/// A patient as a figure shows one.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Position of the patient.
    pub patient: usize,
    /// Chance, on the horizontal axis.
    pub chance: f64,
    /// Place on the vertical axis; `None` where the figure does not show patients one by one.
    pub height: Option<f64>,
    /// Words for the mark.
    pub text: String,
}

/// Reads the pointer over a figure and paints the marks that the figures share.
pub fn link(
    ui: &Ui,
    response: &Response,
    transform: &PlotTransform,
    spots: &[Spot],
    linked: &mut Linked,
) {
    if let Some(pointer) = response.hover_pos() {
        linked.next = nearest(pointer, transform, spots).or(linked.next);
    }
    follow_drag(ui, response, transform, linked);
    let frame = *transform.frame();
    let painter = ui.painter_at(frame);
    let tokens = tokens(ui);
    let x = |chance: f64| transform.position_from_point_x(chance);
    if let Some((low, high)) = linked.range {
        let area = Rect::from_x_y_ranges(x(low)..=x(high), frame.y_range());
        painter.rect_filled(area, 0.0, tokens.accent.gamma_multiply(0.12));
        let edge = Stroke::new(1.0, tokens.accent);
        painter.vline(x(low), frame.y_range(), edge);
        painter.vline(x(high), frame.y_range(), edge);
    }
    if let Some(threshold) = linked.threshold {
        let ends = [frame.top(), frame.bottom()].map(|y| Pos2::new(x(threshold), y));
        let line = Stroke::new(1.5, tokens.accent);
        painter.extend(egui::Shape::dashed_line(&ends, line, 5.0, 4.0));
    }
    let marked = linked
        .patient
        .and_then(|patient| spots.iter().find(|spot| spot.patient == patient));
    if let Some(spot) = marked {
        painter.vline(
            x(spot.chance),
            frame.y_range(),
            Stroke::new(1.0, tokens.text),
        );
        if let Some(height) = spot.height {
            let at = transform.position_from_point(&PlotPoint::new(spot.chance, height));
            painter.circle_stroke(at, 6.0, Stroke::new(2.0, tokens.text));
        }
        label(
            ui,
            frame,
            x(spot.chance),
            &spot.text,
            [tokens.card, tokens.border, tokens.text],
        );
    }
}

/// The words of a mark at the top of the figure, kept inside it.
fn label(ui: &Ui, frame: Rect, x: f32, text: &str, [fill, line, color]: [Color32; 3]) {
    let font = egui::TextStyle::Small.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    let size = galley.size() + Vec2::new(12.0, 6.0);
    let right = (frame.right() - size.x).max(frame.left());
    let left = (x + 6.0).clamp(frame.left(), right);
    let rect = Rect::from_min_size(Pos2::new(left, frame.top() + 4.0), size);
    let painter = ui.painter_at(frame);
    painter.rect(rect, 4.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    painter.galley(rect.min + Vec2::new(6.0, 3.0), galley, color);
}

/// The patient nearest to the pointer: by place where the figure shows patients one by one, else by chance.
fn nearest(pointer: Pos2, transform: &PlotTransform, spots: &[Spot]) -> Option<usize> {
    if !transform.frame().contains(pointer) {
        return None;
    }
    let distance = |spot: &Spot| match spot.height {
        Some(height) => {
            let at = transform.position_from_point(&PlotPoint::new(spot.chance, height));
            (at.y - pointer.y).abs()
        }
        None => (transform.position_from_point_x(spot.chance) - pointer.x).abs(),
    };
    let found = spots
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(found) <= REACH).then_some(found.patient)
}

fn follow_drag(ui: &Ui, response: &Response, transform: &PlotTransform, linked: &mut Linked) {
    let at = |pointer: Pos2| transform.value_from_position(pointer).x;
    if response.drag_started() {
        linked.from = ui.input(|input| input.pointer.press_origin()).map(at);
    }
    let pointer = response.interact_pointer_pos();
    if let (true, Some(from), Some(pointer)) = (response.dragged(), linked.from, pointer) {
        linked.range = Linked::dragged(from, at(pointer));
    }
    if response.drag_stopped() {
        linked.from = None;
    }
    if response.clicked() {
        linked.range = None;
        linked.clicked = linked.next.or(linked.patient);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui_plot::PlotBounds;

    fn transform() -> PlotTransform {
        let frame = Rect::from_min_size(Pos2::ZERO, Vec2::new(100.0, 100.0));
        let bounds = PlotBounds::from_min_max([0.0, 0.0], [1.0, 10.0]);
        PlotTransform::new(frame, bounds, false)
    }

    #[test]
    fn the_pointer_finds_the_nearest_patient_and_none_far_away() {
        let spot = |patient, chance, height| Spot {
            patient,
            chance,
            height,
            text: String::new(),
        };
        let by_chance = [spot(3, 0.2, None), spot(8, 0.3, None)];
        let at = |x, y| Pos2::new(x, y);
        assert_eq!(nearest(at(27.0, 50.0), &transform(), &by_chance), Some(8));
        assert_eq!(nearest(at(80.0, 50.0), &transform(), &by_chance), None);
        let one_by_one = [spot(3, 0.2, Some(9.0)), spot(8, 0.3, Some(1.0))];
        // The top of the frame is the upper end of the axis.
        assert_eq!(nearest(at(90.0, 12.0), &transform(), &one_by_one), Some(3));
        assert_eq!(nearest(at(150.0, 12.0), &transform(), &one_by_one), None);
    }

    #[test]
    fn a_drag_in_either_direction_is_a_range_and_a_click_is_none() {
        assert_eq!(Linked::dragged(0.6, 0.4), Some((0.4, 0.6)));
        assert_eq!(Linked::dragged(0.9, 1.4), Some((0.9, 1.0)));
        assert_eq!(Linked::dragged(0.5, 0.503), None);
    }
}
