//! Where an axis has its ticks, and what stands beside them.

use crate::base::text::Lang;
use crate::figure::Axis;

/// A round step (1, 2 or 5 times a power of ten) that cuts `span` into about `n_wanted` parts;
/// `None` unless the span is positive and finite.
pub fn nice_step(span: f64, n_wanted: usize) -> Option<f64> {
    if !(span.is_finite() && span > 0.0) {
        return None;
    }
    let rough = span / n_wanted.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = match rough / power {
        f if f < 1.5 => 1.0,
        f if f < 3.5 => 2.0,
        f if f < 7.5 => 5.0,
        _ => 10.0,
    };
    Some(factor * power)
}

/// Decimals that a step needs to be printed without rounding.
pub fn decimals(step: f64) -> usize {
    // A step is 1, 2 or 5 times a power of ten; the small term forgives log10(0.001) = -2.999….
    let digits = -(step.log10() + 1e-9).floor();
    if digits > 0.0 { digits as usize } else { 0 }
}

/// Ticks of an axis: its own, or round numbers worded in the reader's language.
pub fn ticks(axis: &Axis, n_wanted: usize, lang: Lang) -> Vec<(f64, String)> {
    if !axis.ticks.is_empty() {
        return axis.ticks.clone();
    }
    let Some(step) = nice_step(axis.to - axis.from, n_wanted) else {
        return Vec::new();
    };
    let n_decimals = decimals(step);
    let first = (axis.from / step - 1e-9).ceil() as i64;
    let last = (axis.to / step + 1e-9).floor() as i64;
    (first..=last)
        .map(|position| {
            let value = position as f64 * step;
            (value, lang.number(value, n_decimals))
        })
        .collect()
}

/// Ticks of an axis of shares from 0 to 1, printed in per cent without the mark (the label has it).
pub fn percent_ticks(lang: Lang) -> Vec<(f64, String)> {
    (0..=5)
        .map(|fifth| {
            let share = f64::from(fifth) / 5.0;
            (share, lang.number(100.0 * share, 0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(from: f64, to: f64, lang: Lang) -> Vec<String> {
        let axis = Axis {
            label: String::new(),
            from,
            to,
            ticks: Vec::new(),
        };
        ticks(&axis, 5, lang).into_iter().map(|(_, t)| t).collect()
    }

    #[test]
    fn ticks_are_round_and_follow_the_language() {
        assert_eq!(
            texts(0.0, 1.0, Lang::En),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            texts(-0.002, 0.006, Lang::Fr),
            ["\u{2212}0,002", "0,000", "0,002", "0,004", "0,006"]
        );
        assert_eq!(
            texts(0.0, 420.0, Lang::En),
            ["0", "100", "200", "300", "400"]
        );
    }

    #[test]
    fn an_axis_without_extent_has_no_ticks() {
        assert!(texts(1.0, 1.0, Lang::En).is_empty());
        assert!(texts(0.0, f64::NAN, Lang::En).is_empty());
    }
}
