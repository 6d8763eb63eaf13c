//! What a person typed or a file wrote, as the value of a cell, and back.
//!
//! For corrections, answers and a change of kind; how a whole file is read is the import's business.
//! What does not read completely is not read at all.

use jiff::civil::Date;

use crate::cohort::{Cell, Kind, Source};

/// Text as the value of a cell of that kind; `None` where it is no such value. Empty text is none.
///
/// Numbers may be written in the marks of the source or with a point, dates in the order of the
/// source or as `2024-05-31`.
pub fn cell_from_text(text: &str, kind: Kind, source: &Source) -> Option<Cell> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match kind {
        Kind::Numeric => read_number(text, source.decimal_mark).map(Cell::Number),
        Kind::Date => {
            let order = source.date_order.as_deref();
            read_date(text, order).map(|day| Cell::Text(day.to_string()))
        }
        Kind::Identifier | Kind::Binary | Kind::Categorical | Kind::Text => {
            Some(Cell::Text(text.to_owned()))
        }
    }
}

/// The value as text: numbers with a point and as many digits as they have.
pub fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(x) => x.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// A number as people write it: `7,5`, `-0.2`, `1 200`, `70 %`. A mark before exactly three digits is
/// a thousands mark where the file's decimal mark is known to be the other one.
pub fn read_number(text: &str, decimal_mark: Option<char>) -> Option<f64> {
    let body = text.trim();
    let body = body.strip_suffix('%').map_or(body, str::trim_end);
    let (body, sign) = match body.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest, -1.0),
        None => (body.strip_prefix('+').unwrap_or(body), 1.0),
    };
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    if !body.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let is_grouped = body.contains(is_space);
    let mut plain: String = if is_grouped {
        let whole = body.split(['.', ',']).next().unwrap_or_default();
        let mut groups = whole.split(is_space);
        let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
        if !first || !groups.all(|group| group.len() == 3) {
            return None;
        }
        body.chars().filter(|c| !is_space(*c)).collect()
    } else {
        body.to_owned()
    };
    let marks: Vec<char> = plain.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let other = decimal_mark.map(|mark| if mark == ',' { '.' } else { ',' });
    let after = |mark: char| plain.rsplit_once(mark).map_or(0, |(_, rest)| rest.len());
    match marks.as_slice() {
        [] => {}
        [mark] if Some(*mark) == other && after(*mark) == 3 && !plain.starts_with('0') => {
            plain.retain(|c| c != *mark);
        }
        [_] => plain = plain.replace(',', "."),
        _ => return None,
    }
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-' | '+');
    if !plain.chars().all(is_plain) {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    value.is_finite().then_some(sign * value)
}

/// A date: `2024-05-31`, or three numbers in the order `dmy`, `mdy` or `ymd` (the day first where none is given).
pub fn read_date(text: &str, order: Option<&str>) -> Option<Date> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return None;
    }
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else if third.len() == 4 {
        match order {
            Some("mdy") => (third, first, second),
            _ => (third, second, first),
        }
    } else {
        return None;
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them_and_nothing_else_is() {
        let read = |text| read_number(text, Some(','));
        for (text, value) in [
            ("7,5", 7.5),
            ("7.5", 7.5),
            ("-0,2", -0.2),
            ("\u{2212}3", -3.0),
            ("1 200", 1200.0),
            ("1\u{202f}200,5", 1200.5),
            ("70 %", 70.0),
            ("1.200", 1200.0),
            ("0.200", 0.2),
            ("1e3", 1000.0),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        for text in [
            "", "-", "<1", "7/10", "12 mg", "1,2,3", "1 20", "inf", "nan", "1e999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read_number("1,200", Some('.')), Some(1200.0));
        assert_eq!(read_number("1,200", None), Some(1.2));
    }

    #[test]
    fn dates_follow_the_order_of_the_file_and_must_exist() {
        let read = |text, order| read_date(text, order).map(|day| day.to_string());
        let expected = Some("2024-05-03".to_owned());
        assert_eq!(read("2024-05-03", Some("mdy")), expected);
        assert_eq!(read("03/05/2024", Some("dmy")), expected);
        assert_eq!(read("05/03/2024", Some("mdy")), expected);
        for text in ["30/02/2024", "3 mai", "05/24", "2024-13-01", "1/2/24", ""] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
