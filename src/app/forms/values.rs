//! Values as a person types them: numbers with the decimal mark of the language, dates day first or
//! year first. What can be read in two ways is not read.

use jiff::civil::Date;

use crate::base::text::Lang;
use crate::cohort::{Cell, Kind};

/// A value as it is typed into a column of that kind, or the key of what is wrong with it.
pub fn value_of(text: &str, kind: Kind, lang: Lang) -> Result<Cell, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("form-empty");
    }
    match kind {
        Kind::Numeric => amount_of(text, lang)
            .map(Cell::Number)
            .ok_or("form-not-a-number"),
        Kind::Date => date_of(text)
            .map(|date| Cell::Text(date.to_string()))
            .ok_or("form-not-a-date"),
        Kind::Binary | Kind::Categorical | Kind::Text | Kind::Identifier => {
            Ok(Cell::Text(text.to_owned()))
        }
    }
}

/// A number with the decimal mark of the language. French keyboards have a point on the number pad, so
/// there a point is a decimal mark too; an English comma may mean thousands and is not read.
pub fn amount_of(text: &str, lang: Lang) -> Option<f64> {
    let text: String = text
        .trim()
        .chars()
        .filter(|mark| !matches!(mark, ' ' | '\u{a0}' | '\u{202f}'))
        .map(|mark| if mark == '\u{2212}' { '-' } else { mark })
        .collect();
    let text = match lang {
        Lang::En => text,
        Lang::Fr => text.replace(',', "."),
    };
    let is_plain = |mark: char| mark.is_ascii_digit() || mark == '.' || mark == '-';
    if !text.chars().all(is_plain) {
        return None;
    }
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// A date, year first (`2021-03-04`) or day first (`4/3/2021`).
pub fn date_of(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.', ' ']).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A value as it is typed, with every decimal that it has.
pub fn text_of(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Number(x) => match lang {
            Lang::En => x.to_string(),
            Lang::Fr => x.to_string().replace('.', ","),
        },
        Cell::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_the_mark_of_the_language() {
        assert_eq!(amount_of("7,5", Lang::Fr), Some(7.5));
        assert_eq!(amount_of("7.5", Lang::Fr), Some(7.5));
        assert_eq!(amount_of("1\u{a0}200", Lang::Fr), Some(1200.0));
        assert_eq!(amount_of("7.5", Lang::En), Some(7.5));
        for text in ["7,5", "1,200", "7.5.1", "", "inf", "1e400", "NaN", "12 mg"] {
            assert_eq!(amount_of(text, Lang::En), None, "{text}");
        }
        assert_eq!(amount_of("\u{2212}3", Lang::En), Some(-3.0));
    }

    #[test]
    fn dates_are_read_day_first_or_year_first() {
        let date = Date::new(2021, 3, 4).ok();
        for text in ["2021-03-04", "4/3/2021", "04.03.2021", " 04/03/2021 "] {
            assert_eq!(date_of(text), date, "{text}");
        }
        for text in ["4/3/21", "31/02/2021", "2021", "march", "4/13/2021"] {
            assert_eq!(date_of(text), None, "{text}");
        }
        let kept = value_of("4/3/2021", Kind::Date, Lang::En);
        assert_eq!(kept, Ok(Cell::Text("2021-03-04".to_owned())));
    }

    #[test]
    fn what_is_typed_comes_back_as_it_was() {
        for lang in Lang::ALL {
            for x in [7.5, -0.25, 1200.0, 0.0, 0.123_456_789] {
                let text = text_of(&Cell::Number(x), lang);
                assert_eq!(amount_of(&text, lang), Some(x), "{text}");
            }
        }
        assert_eq!(value_of("  ", Kind::Text, Lang::En), Err("form-empty"));
    }
}
