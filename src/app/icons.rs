//! The few icons, as paths: sharp at every scale and in every font.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, epaint::PathStroke};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Nothing here yet: a ring.
    Empty,
    /// Ready: a disc.
    Ready,
    /// Out of date: half a disc.
    OutOfDate,
    /// Barred: a ring with a line.
    Barred,
    /// Attention: a triangle.
    Attention,
    /// Done: a tick.
    Check,
    /// Close: a cross.
    Close,
    /// Search: a lens.
    Search,
    /// Back.
    Left,
    /// Forward.
    Right,
    /// Sorted upwards.
    Up,
    /// Sorted downwards.
    Down,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// A filter is on.
    Funnel,
    /// More can be done here: three dots.
    More,
}

/// Paints an icon into a square.
pub fn paint(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let centre = rect.center();
    let r = rect.width().min(rect.height()) / 2.0;
    let stroke = Stroke::new((r / 5.0).clamp(1.3, 2.5), color);
    let at = |x: f32, y: f32| centre + Vec2::new(x, y) * r;
    let line = |points: &[Pos2]| {
        painter.add(Shape::line(points.to_vec(), PathStroke::from(stroke)));
    };
    match icon {
        Icon::Empty => {
            painter.circle_stroke(centre, r * 0.75, stroke);
        }
        Icon::Ready => {
            painter.circle_filled(centre, r * 0.8, color);
        }
        Icon::OutOfDate => {
            painter.circle_stroke(centre, r * 0.75, stroke);
            painter.add(half_disc(centre, r * 0.75, color));
        }
        Icon::Barred => {
            painter.circle_stroke(centre, r * 0.75, stroke);
            line(&[at(-0.5, 0.5), at(0.5, -0.5)]);
        }
        Icon::Attention => {
            let triangle = vec![at(0.0, -0.85), at(0.95, 0.8), at(-0.95, 0.8)];
            painter.add(Shape::closed_line(triangle, PathStroke::from(stroke)));
            line(&[at(0.0, -0.25), at(0.0, 0.25)]);
            painter.circle_filled(at(0.0, 0.53), stroke.width * 0.6, color);
        }
        Icon::Check => line(&[at(-0.7, 0.05), at(-0.2, 0.55), at(0.75, -0.55)]),
        Icon::Close => {
            line(&[at(-0.55, -0.55), at(0.55, 0.55)]);
            line(&[at(-0.55, 0.55), at(0.55, -0.55)]);
        }
        Icon::Search => {
            painter.circle_stroke(at(-0.15, -0.15), r * 0.55, stroke);
            line(&[at(0.27, 0.27), at(0.8, 0.8)]);
        }
        Icon::Left => line(&[at(0.3, -0.65), at(-0.35, 0.0), at(0.3, 0.65)]),
        Icon::Right => line(&[at(-0.3, -0.65), at(0.35, 0.0), at(-0.3, 0.65)]),
        Icon::Up => line(&[at(-0.6, 0.3), at(0.0, -0.35), at(0.6, 0.3)]),
        Icon::Down => line(&[at(-0.6, -0.3), at(0.0, 0.35), at(0.6, -0.3)]),
        Icon::Sun => {
            painter.circle_stroke(centre, r * 0.4, stroke);
            for step in 0..8 {
                let angle = std::f32::consts::TAU * step as f32 / 8.0;
                let (sin, cos) = angle.sin_cos();
                line(&[at(cos * 0.65, sin * 0.65), at(cos * 0.92, sin * 0.92)]);
            }
        }
        Icon::Funnel => {
            let outline = vec![
                at(-0.85, -0.75),
                at(0.85, -0.75),
                at(0.2, 0.05),
                at(0.2, 0.8),
                at(-0.2, 0.5),
                at(-0.2, 0.05),
            ];
            painter.add(Shape::closed_line(outline, PathStroke::from(stroke)));
        }
        Icon::More => {
            for y in [-0.65, 0.0, 0.65] {
                painter.circle_filled(at(0.0, y), (r * 0.2).max(1.2), color);
            }
        }
        Icon::Moon => {
            painter.add(Shape::closed_line(
                moon(centre, r),
                PathStroke::from(stroke),
            ));
        }
    }
}

fn half_disc(centre: Pos2, radius: f32, color: Color32) -> Shape {
    let points = (0..=24)
        .map(|step| {
            let angle = std::f32::consts::PI * (step as f32 / 24.0 + 0.5);
            centre + Vec2::angled(angle) * radius
        })
        .collect();
    Shape::convex_polygon(points, color, PathStroke::NONE)
}

/// The outline of a crescent: an outer arc and an inner one back.
fn moon(centre: Pos2, r: f32) -> Vec<Pos2> {
    let arc = |from: f32, to: f32, middle: Pos2, radius: f32| {
        (0..=20).map(move |step| {
            let angle = (from + (to - from) * step as f32 / 20.0).to_radians();
            middle + Vec2::angled(angle) * radius
        })
    };
    let outer = arc(-50.0, -310.0, centre, r * 0.8);
    let inner_centre = centre + Vec2::new(0.51, 0.0) * r;
    let inner = arc(-270.0, -90.0, inner_centre, r * 0.61);
    outer.chain(inner).collect()
}

/// A person, for the icon array: filled for a responder, an outline for a non-responder.
pub fn person(painter: &Painter, rect: Rect, color: Color32, filled: bool) {
    let width = rect.width();
    let head = Pos2::new(rect.center().x, rect.top() + width * 0.27);
    let body = Rect::from_min_max(
        Pos2::new(rect.left() + width * 0.12, rect.top() + width * 0.62),
        Pos2::new(rect.right() - width * 0.12, rect.bottom()),
    );
    let rounding = egui::CornerRadius {
        nw: (width * 0.3) as u8,
        ne: (width * 0.3) as u8,
        sw: 1,
        se: 1,
    };
    let stroke = Stroke::new(1.5, color);
    if filled {
        painter.circle_filled(head, width * 0.25, color);
        painter.rect_filled(body, rounding, color);
    } else {
        painter.circle_stroke(head, width * 0.23, stroke);
        painter.rect_stroke(body, rounding, stroke, egui::StrokeKind::Inside);
    }
}
