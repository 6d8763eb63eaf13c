//! Numbers with something beside them: `7/10`, `12 mg`, `<0,5`; and the unit that a header names.
//!
//! A form is what the text says; whether it may stand for a number, the whole column decides.

use crate::cohort::header;
use crate::import::value::{self, Marks};

/// Scores out of fewer points are rather parts of a tablet.
const LEAST_OF: f64 = 5.0;
/// Scores out of more points are rather years.
const MOST_OF: f64 = 1_000.0;

/// What a text says beside its number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    /// `7/10`, `7 sur 10`.
    Score {
        /// Points.
        value: f64,
        /// Of so many.
        of: f64,
    },
    /// `12 mg`.
    Measured {
        /// The number.
        value: f64,
        /// Its unit, spelled one way.
        unit: String,
    },
    /// `<0,5`, `> 100`: only a bound is known.
    Censored {
        /// `<`, `≤`, `>` or `≥`.
        sign: char,
        /// The bound.
        bound: f64,
    },
}

/// Reads a text that is not plainly a number; `None` unless the whole text is one of the forms.
pub(crate) fn form(text: &str, marks: Marks) -> Option<Form> {
    if text.len() > 40 {
        return None;
    }
    let first = text.chars().next()?;
    if matches!(first, '<' | '>' | '≤' | '≥' | '=') {
        return censored(text, marks);
    }
    if !first.is_ascii_digit() && !matches!(first, '-' | '+' | ',' | '.' | '\u{2212}') {
        return None;
    }
    score(text, marks).or_else(|| measured(text, marks))
}

fn censored(text: &str, marks: Marks) -> Option<Form> {
    const SIGNS: [(&str, char); 10] = [
        ("<=", '≤'),
        (">=", '≥'),
        ("=<", '≤'),
        ("=>", '≥'),
        ("<", '<'),
        (">", '>'),
        ("≤", '≤'),
        ("≥", '≥'),
        ("<<", '<'),
        (">>", '>'),
    ];
    let (rest, sign) = SIGNS
        .iter()
        .find_map(|(written, sign)| Some((text.strip_prefix(written)?, *sign)))?;
    let rest = rest.trim();
    let bound = match value::number(rest, marks) {
        Some(number) => number.value,
        None => match measured(rest, marks)? {
            Form::Measured { value, .. } => value,
            _ => return None,
        },
    };
    Some(Form::Censored { sign, bound })
}

fn score(text: &str, marks: Marks) -> Option<Form> {
    let (points, of) = text
        .split_once('/')
        .or_else(|| text.split_once(" sur "))
        .or_else(|| text.split_once(" out of "))?;
    let value = value::number(points.trim(), marks)?.value;
    let of = value::number(of.trim(), marks)?.value;
    let fits =
        of.fract() == 0.0 && (LEAST_OF..=MOST_OF).contains(&of) && (0.0..=of).contains(&value);
    fits.then_some(Form::Score { value, of })
}

fn measured(text: &str, marks: Marks) -> Option<Form> {
    let end = text.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = text.split_at(end);
    let unit = unit_named(unit.trim_end_matches('.'))?;
    let value = value::number(number.trim_end(), marks)?.value;
    Some(Form::Measured { value, unit })
}

/// A unit, spelled one way.
fn unit_named(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase().replace('μ', "µ");
    if !value::is_unit(&lower) {
        return None;
    }
    let plain = match lower.as_str() {
        "an" | "annees" | "année" | "années" => "ans",
        "year" | "yr" | "yrs" | "y" => "years",
        "month" | "mo" => "months",
        "semaine" | "sem" => "semaines",
        "week" => "weeks",
        "jour" | "j" => "jours",
        "day" | "d" => "days",
        "heures" | "hours" => "h",
        "cm2" => "cm²",
        "m2" => "m²",
        "kg/m2" => "kg/m²",
        "ug" | "mcg" => "µg",
        "ug/h" | "mcg/h" => "µg/h",
        "mg/jour" => "mg/j",
        "mg/day" => "mg/d",
        other => other,
    };
    Some(plain.to_owned())
}

/// The unit that a header names: in brackets, or as its last word.
pub(crate) fn header_unit(text: &str) -> Option<String> {
    let inside = text
        .rsplit_once(['(', '['])
        .and_then(|(_, rest)| rest.split_once([')', ']']))
        .and_then(|(inside, _)| unit_named(inside));
    let last = || {
        let words = header::words(text);
        let last = words
            .last()
            .filter(|word| words.len() > 1 && word.len() > 1)?;
        unit_named(last)
    };
    inside.or_else(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Marks = Marks {
        decimal: b',',
        decided: true,
    };

    #[test]
    fn scores_units_and_bounds_are_told_apart() {
        let read = |text: &str| form(text, COMMA);
        let score = |value: f64, of: f64| Some(Form::Score { value, of });
        let measured = |value: f64, unit: &str| {
            let unit = unit.to_owned();
            Some(Form::Measured { value, unit })
        };
        let censored = |sign: char, bound: f64| Some(Form::Censored { sign, bound });
        assert_eq!(read("7/10"), score(7.0, 10.0));
        assert_eq!(read("7,5 / 10"), score(7.5, 10.0));
        assert_eq!(read("7 sur 10"), score(7.0, 10.0));
        assert_eq!(read("12 mg"), measured(12.0, "mg"));
        assert_eq!(read("7,5cm"), measured(7.5, "cm"));
        assert_eq!(read("1 an"), measured(1.0, "ans"));
        assert_eq!(read("25 mcg/h"), measured(25.0, "µg/h"));
        assert_eq!(read("<0,5"), censored('<', 0.5));
        assert_eq!(read("> 100"), censored('>', 100.0));
        assert_eq!(read("≥ 100 mg"), censored('≥', 100.0));
        for text in [
            "1/2",
            "11/10",
            "05/2021",
            "1er",
            "12 mai 2021",
            "5 ou 6",
            "<",
            "L4",
            "8h30",
            "(5)",
            "2 patchs",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_header_names_its_unit_in_brackets_or_last() {
        assert_eq!(header_unit("EVA lombaire (cm)").as_deref(), Some("cm"));
        assert_eq!(header_unit("eva_dos_mm").as_deref(), Some("mm"));
        assert_eq!(header_unit("Durée [années]").as_deref(), Some("ans"));
        for text in ["eva", "eva m", "mg", "EVA (J0)", "score_s"] {
            assert_eq!(header_unit(text), None, "{text}");
        }
    }
}
