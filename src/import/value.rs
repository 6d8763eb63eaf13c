//! One cell's text as a number, a date, a missing code, a yes or a no.
//!
//! Pure and exact: what does not read completely is not read at all. No locale is consulted.

use crate::cohort::header;

/// How numbers of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    /// `.` or `,`.
    pub decimal: u8,
    /// Whether the file shows it, so that the other mark between groups of three can only be a thousands mark.
    pub decided: bool,
}

/// A number as read, and what had to be understood for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// The value.
    pub value: f64,
    /// A per cent sign followed; the value is as written (`70 %` is 70).
    pub percent: bool,
    /// Thousands were apart, by this mark.
    pub grouped: Option<char>,
    /// The decimal mark was not the file's.
    pub other_mark: bool,
}

const MAX_LEN: usize = 40;

/// Reads a number; `None` unless the whole text is one.
pub(crate) fn number(text: &str, marks: Marks) -> Option<Number> {
    if text.is_empty() || text.len() > MAX_LEN {
        return None;
    }
    if let Some(value) = plain(text.as_bytes(), marks.decimal) {
        return Some(Number {
            value,
            percent: false,
            grouped: None,
            other_mark: false,
        });
    }
    let first = text.as_bytes()[0];
    if first.is_ascii_alphabetic() {
        return None;
    }
    let (body, percent) = match text.strip_suffix('%') {
        Some(body) => (body.trim_end(), true),
        None => (text, false),
    };
    let (body, negative) = if let Some(rest) = body.strip_prefix(['-', '\u{2212}']) {
        (rest, true)
    } else {
        (body.strip_prefix('+').unwrap_or(body), false)
    };
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(exponent(&body[at + 1..])?)),
        None => (body, None),
    };
    if !mantissa.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut digits = Digits {
        bytes: [0; MAX_LEN + 4],
        n: 0,
    };
    let (grouped, other_mark) = digits.read(mantissa, marks)?;
    if let Some(exponent) = exponent {
        digits.push(b'e')?;
        for byte in exponent.bytes() {
            digits.push(byte)?;
        }
    }
    let value: f64 = digits.text().parse().ok()?;
    value.is_finite().then_some(Number {
        value: if negative { -value } else { value },
        percent,
        grouped,
        other_mark,
    })
}

/// A number as most are written: digits, at most one decimal mark between them, a minus before. So few
/// digits are exact in a double, and so is the power of ten: their quotient is the nearest double
/// (Clinger 1990), as the general way finds it.
fn plain(text: &[u8], decimal: u8) -> Option<f64> {
    const POWERS: [f64; 16] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let (digits, negative) = match text {
        [b'-', rest @ ..] => (rest, true),
        _ => (text, false),
    };
    let (mut mantissa, mut n_fraction, mut is_fraction) = (0_u64, 0, false);
    let (Some(first), Some(last)) = (digits.first(), digits.last()) else {
        return None;
    };
    if digits.len() > 16 || !first.is_ascii_digit() || !last.is_ascii_digit() {
        return None;
    }
    for byte in digits {
        if byte.is_ascii_digit() {
            mantissa = mantissa * 10 + u64::from(byte - b'0');
            n_fraction += usize::from(is_fraction);
        } else if *byte == decimal && !is_fraction {
            is_fraction = true;
        } else {
            return None;
        }
    }
    let power = POWERS.get(n_fraction).filter(|_| mantissa < 1 << 53)?;
    let value = mantissa as f64 / power;
    Some(if negative { -value } else { value })
}

fn exponent(text: &str) -> Option<&str> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    ((1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// The digits of a number with a point, on the stack: millions of cells go through here.
struct Digits {
    bytes: [u8; MAX_LEN + 4],
    n: usize,
}

impl Digits {
    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.n)? = byte;
        self.n += 1;
        Some(())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.n]).unwrap_or_default()
    }

    /// Reads digits, groups and mark; gives (mark between groups, other decimal mark).
    fn read(&mut self, mantissa: &str, marks: Marks) -> Option<(Option<char>, bool)> {
        let (own, other) = if marks.decimal == b',' {
            (',', '.')
        } else {
            ('.', ',')
        };
        if let Some((whole, fraction)) = mantissa.split_once(own) {
            if fraction.is_empty() || !is_digits(fraction) {
                return None;
            }
            let grouped = self.whole(whole, Some(other))?;
            self.fraction(fraction)?;
            return Some((grouped, false));
        }
        if let Some((whole, fraction)) = mantissa.split_once(other) {
            let looks_grouped = fraction.len() == 3 && !whole.starts_with('0');
            if fraction.contains(other) || (marks.decided && looks_grouped) {
                return Some((self.whole(mantissa, Some(other))?, false));
            }
            if fraction.is_empty() || !is_digits(fraction) {
                return None;
            }
            let grouped = self.whole(whole, None)?;
            self.fraction(fraction)?;
            return Some((grouped, true));
        }
        Some((self.whole(mantissa, None)?, false))
    }

    /// Reads the digits before the decimal mark; groups of three may be parted by spaces, apostrophes or `mark`.
    fn whole(&mut self, whole: &str, mark: Option<char>) -> Option<Option<char>> {
        if is_digits(whole) {
            for byte in whole.bytes() {
                self.push(byte)?;
            }
            return Some(None);
        }
        if whole.is_empty() {
            return self.push(b'0').map(|()| None);
        }
        let separator = whole.chars().find(|c| !c.is_ascii_digit())?;
        let known = matches!(
            separator,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}'
        );
        if !known && Some(separator) != mark {
            return None;
        }
        for (place, group) in whole.split(separator).enumerate() {
            let fits = if place == 0 {
                (1..=3).contains(&group.len())
            } else {
                group.len() == 3
            };
            if !fits || !is_digits(group) {
                return None;
            }
            for byte in group.bytes() {
                self.push(byte)?;
            }
        }
        Some(Some(separator))
    }

    fn fraction(&mut self, fraction: &str) -> Option<()> {
        self.push(b'.')?;
        for byte in fraction.bytes() {
            self.push(byte)?;
        }
        Some(())
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Order of the parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl DateOrder {
    /// `dmy`, `mdy` or `ymd`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }

    /// The order of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Dmy, Self::Mdy, Self::Ymd]
            .into_iter()
            .find(|order| order.name() == name)
    }
}

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

impl Day {
    /// A date that exists, between 1880 and 2200.
    pub(crate) fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
        };
        ((1880..=2200).contains(&year) && (1..=last).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// `2024-05-13`.
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The three numbers of a text that is written like a date, and whether the first is a four-digit year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateParts {
    /// As they stand.
    pub parts: [u16; 3],
    /// The first is the year.
    pub year_first: bool,
    /// The year had two digits.
    pub short_year: bool,
    /// A time of day other than midnight followed.
    pub timed: bool,
}

/// Takes a text apart that is written like a date (`13/05/2024`, `2024-05-13`, `13.05.24 08:30`).
pub(crate) fn date_parts(text: &str) -> Option<DateParts> {
    if !(6..=32).contains(&text.len()) || !text.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    if let Some(parts) = <&[u8; 10]>::try_from(text.as_bytes())
        .ok()
        .and_then(plain_date)
    {
        return Some(parts);
    }
    let end = text.find([' ', 'T']).unwrap_or(text.len());
    let (day, time) = text.split_at(end);
    let timed = if time.is_empty() {
        false
    } else {
        time_of_day(&time[1..])?
    };
    let separator = day
        .chars()
        .find(|c| !c.is_ascii_digit())
        .filter(|c| "/-.".contains(*c))?;
    let mut pieces = day.split(separator);
    let pieces = [
        pieces.next()?,
        pieces.next()?,
        pieces.next()?,
        pieces.next().unwrap_or(""),
    ];
    let [first, second, third, rest] = pieces;
    if !rest.is_empty() || ![first, second, third].iter().all(|p| is_digits(p)) {
        return None;
    }
    let year_first = first.len() == 4;
    let year = if year_first { first } else { third };
    let small = if year_first {
        [second, third]
    } else {
        [first, second]
    };
    if small.iter().any(|p| p.len() > 2) || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let parts = [
        first.parse().ok()?,
        second.parse().ok()?,
        third.parse().ok()?,
    ];
    Some(DateParts {
        parts,
        year_first,
        short_year: year.len() == 2,
        timed,
    })
}

/// A date as most are written: `13/05/2024` or `2024-05-13`.
fn plain_date(text: &[u8; 10]) -> Option<DateParts> {
    let number = |digits: &[u8]| {
        let add = |n: u16, b: &u8| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0'));
        digits.iter().try_fold(0, add)
    };
    let is_mark = |b: u8| matches!(b, b'/' | b'-' | b'.');
    let year_first = is_mark(text[4]);
    let (first, second, third) = match () {
        () if is_mark(text[2]) && text[2] == text[5] => (&text[..2], &text[3..5], &text[6..]),
        () if year_first && text[4] == text[7] => (&text[..4], &text[5..7], &text[8..]),
        () => return None,
    };
    Some(DateParts {
        parts: [number(first)?, number(second)?, number(third)?],
        year_first,
        short_year: false,
        timed: false,
    })
}

/// A date with the name of its month (`13 mai 2021`, `13-May-21`, `May 13, 2021`): no order is needed.
pub(crate) fn worded_day(text: &str) -> Option<Day> {
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !(8..=24).contains(&text.len()) || !(3..=6).contains(&n_digits) {
        return None;
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    if text.is_ascii() && words.filter(|word| !word.is_empty()).count() != 3 {
        return None;
    }
    let folded = header::fold(text);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() != 3 {
        return None;
    }
    if month(words[0]).is_some() {
        words.swap(0, 1);
    }
    let digits = words[0].strip_suffix("er").unwrap_or(words[0]);
    let (day, year) = (digits, words[2]);
    let fits = is_digits(day) && day.len() <= 2 && is_digits(year) && matches!(year.len(), 2 | 4);
    if !fits {
        return None;
    }
    let number: u16 = year.parse().ok()?;
    let year = match number {
        0..=49 if year.len() == 2 => 2000 + number,
        _ if year.len() == 2 => 1900 + number,
        _ => number,
    };
    Day::new(year, month(words[1])?, day.parse().ok()?)
}

/// The month that a word names in French or English, at least three letters of it.
fn month(word: &str) -> Option<u8> {
    const NAMES: [[&str; 2]; 12] = [
        ["janvier", "january"],
        ["fevrier", "february"],
        ["mars", "march"],
        ["avril", "april"],
        ["mai", "may"],
        ["juin", "june"],
        ["juillet", "july"],
        ["aout", "august"],
        ["septembre", "september"],
        ["octobre", "october"],
        ["novembre", "november"],
        ["decembre", "december"],
    ];
    let mut fits = NAMES
        .iter()
        .zip(1..)
        .filter(|(names, _)| word.len() >= 3 && names.iter().any(|name| name.starts_with(word)));
    // `jui` is June or July: it names neither.
    match (fits.next(), fits.next()) {
        (Some((_, month)), None) => Some(month),
        _ => None,
    }
}

/// Whether a text after a date is a time of day: `None` if it is not, else whether it differs from midnight.
fn time_of_day(text: &str) -> Option<bool> {
    let text = text.trim();
    let digits = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b":.+Zh".contains(&b));
    (text.len() >= 4 && digits).then(|| text.bytes().any(|b| (b'1'..=b'9').contains(&b)))
}

/// The date that the parts mean in this order. A two-digit year up to 49 is in this century.
pub(crate) fn day(parts: DateParts, order: DateOrder) -> Option<Day> {
    let [a, b, c] = parts.parts;
    let (year, month, day) = match (parts.year_first, order) {
        (true, _) => (a, b, c),
        (false, DateOrder::Mdy) => (c, a, b),
        (false, DateOrder::Dmy) => (c, b, a),
        (false, DateOrder::Ymd) if parts.short_year => (a, b, c),
        (false, DateOrder::Ymd) => (c, b, a),
    };
    let year = match year {
        0..=49 if parts.short_year => 2000 + year,
        50..=99 if parts.short_year => 1900 + year,
        _ => year,
    };
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Excel's day number as a date; its fraction is the time of day.
pub(crate) fn excel_day(serial: f64, epoch_1904: bool) -> Option<Day> {
    if !serial.is_finite() || !(1.0..150_000.0).contains(&serial) {
        return None;
    }
    let kind = calamine::ExcelDateTimeType::DateTime;
    let (year, month, day, ..) =
        calamine::ExcelDateTime::new(serial, kind, epoch_1904).to_ymd_hms_milli();
    Day::new(year, month, day)
}

/// Whether a text is one of the words that mean "missing"; numbers such as 999 never are.
pub(crate) fn is_missing_word(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "NA",
        "N/A",
        "NAN",
        "#N/A",
        "ND",
        "N.D.",
        "NC",
        "N.C.",
        "NR",
        "N.R.",
        "NSP",
        "NULL",
        "MANQUANT",
        "MANQUANTE",
        "DONNEE MANQUANTE",
        "MISSING",
        ".",
        "-",
        "--",
        "?",
        "??",
        "NON RENSEIGNE",
        "N/D",
        "N/R",
        "MQ",
        "NOT DONE",
        "NON FAIT",
        "/",
        "…",
        "...",
        "(NULL)",
        "<NA>",
        "#N/D",
    ];
    if text.len() > 18 {
        return false;
    }
    // Most texts are no such word by their first letter.
    let first = text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    if first.is_ascii_alphanumeric() && !matches!(first, b'n' | b'm' | b'd') {
        return false;
    }
    if WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return true;
    }
    !text.is_ascii()
        && matches!(
            header::fold(text).as_str(),
            "donnee manquante" | "non renseigne" | "non renseignee" | "non determine"
        )
        || matches!(text, "–" | "—")
}

/// Whether a text is a unit as clinical files write it.
pub(crate) fn is_unit(text: &str) -> bool {
    const UNITS: &[&str] = &[
        "mm", "cm", "m", "km", "cm2", "cm²", "m2", "m²", "kg", "g", "mg", "µg", "μg", "ug", "mcg",
        "ng", "ml", "l", "dl", "kg/m2", "kg/m²", "mg/j", "mg/jour", "mg/d", "mg/day", "µg/h",
        "μg/h", "ug/h", "mcg/h", "g/l", "mg/l", "g/dl", "mmol/l", "ans", "an", "années", "annees",
        "année", "year", "years", "yr", "yrs", "y", "mois", "month", "months", "mo", "semaines",
        "semaine", "sem", "week", "weeks", "jours", "jour", "j", "day", "days", "d", "heures", "h",
        "hours", "min", "s", "ms", "%", "bpm", "hz", "khz", "ma", "mv", "v",
    ];
    let lower = text.to_lowercase();
    UNITS.contains(&lower.as_str())
}

/// An error that a spreadsheet wrote into a cell (`#REF!`).
pub(crate) fn is_spreadsheet_error(text: &str) -> bool {
    text.starts_with('#')
        && matches!(
            text,
            "#REF!"
                | "#VALUE!"
                | "#DIV/0!"
                | "#NAME?"
                | "#NUM!"
                | "#NULL!"
                | "#DATA!"
                | "#VALEUR!"
                | "#NOM?"
                | "#NOMBRE!"
                | "#NUL!"
                | "#CALC!"
                | "#SPILL!"
        )
}

/// What a level says, compared without case and accents: `Some(true)` yes, `Some(false)` no.
pub(crate) fn yes_or_no(folded: &str) -> Option<bool> {
    match folded {
        "oui" | "o" | "checked" | "coche" | "yes" | "y" | "vrai" | "true" | "v" | "t" | "1"
        | "present" | "positif" | "positive" | "succes" | "success" | "r" | "repondeur"
        | "responder" => Some(true),
        "non" | "n" | "unchecked" | "non coche" | "no" | "faux" | "false" | "f" | "0"
        | "absent" | "negatif" | "negative" | "echec" | "failure" | "nr" | "non repondeur"
        | "non responder" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Marks = Marks {
        decimal: b',',
        decided: true,
    };
    const POINT: Marks = Marks {
        decimal: b'.',
        decided: true,
    };

    fn read(text: &str, marks: Marks) -> Option<f64> {
        number(text, marks).map(|n| n.value)
    }

    #[test]
    fn plainly_written_dates_are_those_of_the_general_way() {
        let general = |text: &str| date_parts(&format!("{text} 00:00"));
        for text in [
            "13/05/2024",
            "2024-05-13",
            "13.05.2024",
            "99-99-0000",
            "2024.05.13",
        ] {
            assert_eq!(date_parts(text), general(text), "{text}");
            assert!(date_parts(text).is_some());
        }
        for text in [
            "13/05-2024",
            "2024-05/13",
            "1a/05/2024",
            "13/0/20245",
            "1/1/2024/1",
            "123/5/2024",
        ] {
            assert_eq!(date_parts(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_whole_or_not_at_all() {
        assert_eq!(read("7,5", COMMA), Some(7.5));
        assert_eq!(read("7.5", POINT), Some(7.5));
        assert_eq!(read("-0,5", COMMA), Some(-0.5));
        assert_eq!(read("\u{2212}3", POINT), Some(-3.0));
        assert_eq!(read(",5", COMMA), Some(0.5));
        assert_eq!(read("1\u{202f}234,5", COMMA), Some(1234.5));
        assert_eq!(read("1.234,5", COMMA), Some(1234.5));
        assert_eq!(read("12 500", POINT), Some(12_500.0));
        assert_eq!(read("1,234,567", POINT), Some(1_234_567.0));
        assert_eq!(read("1,2E+03", COMMA), Some(1200.0));
        assert_eq!(read("70 %", COMMA), Some(70.0));
        for text in [
            "7/10", "<0,5", "env. 5", "7,5,5", "1.23.4", "", "-", ",", "7,", "1 23", "12 mm",
            "inf", "nan", "e5", "1e", "0x10", "%",
        ] {
            assert_eq!(read(text, COMMA), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_numbers_are_the_nearest_doubles(text in "-?[0-9]{1,9}(\\.[0-9]{1,9})?") {
            let exact: f64 = text.parse().unwrap();
            let read = plain(text.as_bytes(), b'.');
            proptest::prop_assert!(read.is_none_or(|x| x.to_bits() == exact.to_bits()), "{text}");
            proptest::prop_assert!(read.is_some() || text.len() > 15, "{text}");
            proptest::prop_assert_eq!(super::number(&text, POINT).unwrap().value.to_bits(), exact.to_bits());
        }
    }

    #[test]
    fn the_other_mark_is_told() {
        let number = number("7.5", COMMA).unwrap();
        assert!(number.other_mark && number.grouped.is_none());
        let thousands = super::number("1.234", COMMA).unwrap();
        assert_eq!((thousands.value, thousands.grouped), (1234.0, Some('.')));
        let undecided = Marks {
            decimal: b',',
            decided: false,
        };
        assert_eq!(super::number("1.234", undecided).unwrap().value, 1.234);
    }

    #[test]
    fn dates_follow_the_order_of_the_file() {
        let parts = date_parts("03/04/2021").unwrap();
        assert_eq!(day(parts, DateOrder::Dmy).unwrap().iso(), "2021-04-03");
        assert_eq!(day(parts, DateOrder::Mdy).unwrap().iso(), "2021-03-04");
        let iso = date_parts("2021-04-03T00:00:00").unwrap();
        assert!(!iso.timed);
        assert_eq!(day(iso, DateOrder::Mdy).unwrap().iso(), "2021-04-03");
        assert!(date_parts("13.05.24 08:30").unwrap().timed);
        assert_eq!(day(date_parts("31/02/2021").unwrap(), DateOrder::Dmy), None);
        for text in [
            "7/10",
            "1/2/3/4",
            "12345678",
            "abc",
            "1-2-345",
            "é/1/2021",
            "1/é/2021",
            "12/12/2021 x",
        ] {
            assert_eq!(date_parts(text), None, "{text}");
        }
    }

    #[test]
    fn dates_with_the_name_of_the_month_are_read_in_both_languages() {
        for text in ["13 mai 2021", "13-May-2021", "May 13, 2021", "13 Mai 21"] {
            assert_eq!(
                worded_day(text).map(Day::iso).as_deref(),
                Some("2021-05-13"),
                "{text}"
            );
        }
        assert_eq!(
            worded_day("1er août 2021").map(Day::iso).as_deref(),
            Some("2021-08-01")
        );
        for text in [
            "31 juin 2021",
            "3 jui 2021",
            "mai 2021",
            "12 mars",
            "vers mai 2021",
            "L4 mai 2021",
        ] {
            assert_eq!(worded_day(text), None, "{text}");
        }
    }

    #[test]
    fn both_excel_epochs_are_known() {
        assert_eq!(excel_day(45_000.0, false).unwrap().iso(), "2023-03-15");
        assert_eq!(
            excel_day(45_000.0 - 1462.0, true).unwrap().iso(),
            "2023-03-15"
        );
        assert_eq!(excel_day(f64::NAN, false), None);
    }

    #[test]
    fn numbers_are_never_missing_codes() {
        for text in ["999", "-9", "99", "0"] {
            assert!(!is_missing_word(text));
        }
        for text in ["NSP", "nd", "manquant", ".", "?", "n/a", "Non renseigné"] {
            assert!(is_missing_word(text), "{text}");
        }
    }
}
