//! The one table from a role to its colour, for the screen and for paper.
//!
//! The hues are those of Okabe and Ito (2008), told apart by people with any colour blindness, and for more than three
//! models ochre, indigo and ink; roles also differ in shape or dash, so that a grey print keeps the meaning.

use crate::figure::{Role, Stroke};

/// Opacity of a band, with the colour of its line.
pub const BAND_OPACITY: f64 = 0.18;
/// Opacity of a line that is one of many.
pub const HAIR_OPACITY: f64 = 0.3;

/// Text on paper.
pub const TEXT: &str = "#1D2327";
/// Axis labels, captions.
pub const QUIET: &str = "#5C6670";
/// Grid lines and borders.
pub const LINE: &str = "#E2E2DE";
/// Background of a figure.
pub const CARD: &str = "#FFFFFF";

/// Colour of a role on a light ground, as `#RRGGBB`. Contrast with white is 3 or more.
pub fn light(role: Role) -> &'static str {
    match role {
        Role::Responder | Role::ModelA => "#0072B2",
        Role::NonResponder => "#D55E00",
        Role::ModelB => "#CC79A7",
        Role::ModelC => "#008F68",
        Role::ModelD => "#9A6700",
        Role::ModelE => "#4B3FA8",
        Role::ModelF => "#1D2327",
        Role::Reference => "#7A828A",
    }
}

/// Colour of a role on the dark card, as `#RRGGBB`: the same hue, lifted to a contrast of 4 or more.
pub fn dark(role: Role) -> &'static str {
    match role {
        Role::Responder | Role::ModelA => "#56B4E9",
        Role::NonResponder => "#F0894A",
        Role::ModelB => "#E0A3C6",
        Role::ModelC => "#3FC79A",
        Role::ModelD => "#E0B04A",
        Role::ModelE => "#A79BFF",
        Role::ModelF => "#E6E8EA",
        Role::Reference => "#9AA4AD",
    }
}

/// Red, green and blue of `#RRGGBB`; black for anything else.
pub fn rgb(hex: &str) -> [u8; 3] {
    let part = |at: usize| {
        hex.get(at..at + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .unwrap_or(0)
    };
    [part(1), part(3), part(5)]
}

/// Role of the model at that position.
pub fn model_role(position: usize) -> Role {
    match position % 6 {
        0 => Role::ModelA,
        1 => Role::ModelB,
        2 => Role::ModelC,
        3 => Role::ModelD,
        4 => Role::ModelE,
        _ => Role::ModelF,
    }
}

/// Dash pattern of the model at that position.
pub fn model_stroke(position: usize) -> Stroke {
    match position % 3 {
        0 => Stroke::Solid,
        1 => Stroke::Dashed,
        _ => Stroke::Dotted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.1).
    fn luminance(hex: &str) -> f64 {
        let channel = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = rgb(hex).map(channel);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn marks_and_text_stand_out_from_their_ground() {
        for role in [
            Role::Responder,
            Role::NonResponder,
            Role::ModelA,
            Role::ModelB,
            Role::ModelC,
            Role::ModelD,
            Role::ModelE,
            Role::ModelF,
            Role::Reference,
        ] {
            assert!(contrast(light(role), CARD) >= 3.0, "{role:?} on white");
            assert!(contrast(dark(role), "#1E2125") >= 4.0, "{role:?} on dark");
        }
        assert!(contrast(TEXT, CARD) >= 4.5 && contrast(QUIET, CARD) >= 4.5);
    }
}
