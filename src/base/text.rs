//! Words and numbers for people, in English and French.
//!
//! Messages live in `assets/i18n/LANGUAGE/ROOM.ftl` (Fluent). Numbers are formatted here and
//! only here, so that the window and the report can't differ. How numbers are *read* is a
//! property of the imported file and never of the language.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::base::issue::{Arg, Issue, Place};
use crate::base::num::Interval;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English: decimal point.
    #[default]
    En,
    /// French: decimal comma, no-break space before `%` (egui breaks lines at the narrow one).
    Fr,
}

/// Every message file, one a room: (name, English, French).
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        &[$((
            $room,
            include_str!(concat!("../../assets/i18n/en/", $room, ".ftl")),
            include_str!(concat!("../../assets/i18n/fr/", $room, ".ftl")),
        )),+]
    };
}

/// Message files by room: name, English text, French text.
pub const ROOMS: &[(&str, &str, &str)] = rooms![
    "base",
    "import",
    "dictionary",
    "review",
    "outcome",
    "analysis",
    "model",
    "profiles",
    "report",
    "study",
    "cli",
    "app",
    "pages",
];

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Fr));

/// Builds a bundle from the embedded files. A file with a syntax error gives what could be read;
/// the test of the translations fails on it.
fn bundle(lang: Lang) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![lang.identifier()]);
    bundle.set_use_isolating(false);
    for &(_, english, french) in ROOMS {
        let source = if lang == Lang::En { english } else { french };
        let resource = FluentResource::try_new(source.to_owned())
            .unwrap_or_else(|(resource, _errors)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl Lang {
    /// The languages, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// `en` or `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::En => "en".parse().unwrap_or_default(),
            Self::Fr => "fr".parse().unwrap_or_default(),
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
        }
    }

    /// The message `key`; `key.attribute` for an attribute. An unknown key is shown as it is, in ⟦ ⟧.
    pub fn t(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message `key` with named values.
    pub fn with(self, key: &str, args: &[(&str, Arg)]) -> String {
        self.lookup(key, args.iter().map(|(name, arg)| (*name, arg)))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Whether the message exists.
    pub fn has(self, key: &str) -> bool {
        self.lookup(key, std::iter::empty()).is_some()
    }

    fn lookup<'a>(
        self,
        key: &str,
        args: impl Iterator<Item = (&'a str, &'a Arg)>,
    ) -> Option<String> {
        let bundle = self.bundle();
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(i, a)| (i, Some(a)));
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            self.set(&mut values, name, arg);
        }
        let mut errors = Vec::new();
        Some(
            bundle
                .format_pattern(pattern, Some(&values), &mut errors)
                .into_owned(),
        )
    }

    /// A whole number keeps its plural category as `$name`; its printed form is `$name` too,
    /// grouped where it has five digits or more (then as `$name-text`).
    fn set<'a>(self, values: &mut FluentArgs<'a>, name: &'a str, arg: &'a Arg) {
        match arg {
            Arg::Text(text) => values.set(name, FluentValue::String(Cow::Borrowed(text))),
            Arg::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => {
                values.set(name, FluentValue::from(*x));
                values.set(
                    format!("{name}-text"),
                    FluentValue::from(self.count(*x as i64)),
                );
            }
            Arg::Number(x) => values.set(name, FluentValue::from(self.short(*x))),
            Arg::Share(x) => values.set(name, FluentValue::from(self.percent(*x))),
            Arg::Keys(keys) => {
                let words: Vec<String> = keys.iter().map(|key| self.t(key)).collect();
                values.set(name, FluentValue::from(words.join(", ")));
            }
            Arg::Issue(issue) => {
                let words: Vec<String> = std::iter::once(self.issue(issue))
                    .chain(self.remedy(issue))
                    .collect();
                values.set(name, FluentValue::from(words.join(" ")));
            }
        }
    }

    /// What an issue says.
    pub fn issue(self, issue: &Issue) -> String {
        self.issue_text(issue, "")
    }

    /// What to do about an issue; `None` where there is nothing to do.
    pub fn remedy(self, issue: &Issue) -> Option<String> {
        let text = self.issue_text(issue, ".remedy");
        (!text.starts_with('⟦')).then_some(text)
    }

    fn issue_text(self, issue: &Issue, attribute: &str) -> String {
        let mut args: Vec<(&str, Arg)> = issue
            .args
            .iter()
            .map(|(name, arg)| (name.as_str(), arg.clone()))
            .collect();
        let place = &issue.place;
        args.push(("column", place.column.as_deref().unwrap_or_default().into()));
        args.push(("sheet", place.sheet.as_deref().unwrap_or_default().into()));
        if let Some(row) = place.row {
            args.push(("row", Arg::Text(row.to_string())));
        }
        args.push(("found", issue.found.as_deref().unwrap_or_default().into()));
        self.with(&format!("issue-{}{attribute}", issue.code), &args)
    }

    /// A place in words: "sheet patients, row 12, column EVA"; empty for no place.
    pub fn place(self, place: &Place) -> String {
        let mut parts = Vec::new();
        if let Some(sheet) = &place.sheet {
            parts.push(self.with("place-sheet", &[("name", sheet.as_str().into())]));
        }
        if let Some(row) = place.row {
            parts.push(self.with("place-row", &[("row", Arg::Text(row.to_string()))]));
        }
        if let Some(column) = &place.column {
            let name = Arg::from(column.as_str());
            parts.push(match place.letters() {
                Some(letters) => {
                    let args = [("name", name), ("letters", letters.into())];
                    self.with("place-lettered-column", &args)
                }
                None => self.with("place-column", &[("name", name)]),
            });
        }
        parts.join(", ")
    }

    /// A number with a fixed count of decimals: `0.62`, `0,62`. A true minus sign is used.
    pub fn number(self, value: f64, n_decimals: usize) -> String {
        let rounded = format!("{:.n_decimals$}", value.abs());
        let is_zero = rounded.bytes().all(|b| b == b'0' || b == b'.');
        let sign = if value < 0.0 && !is_zero {
            "\u{2212}"
        } else {
            ""
        };
        let digits = match self {
            Self::En => rounded,
            Self::Fr => rounded.replace('.', ","),
        };
        format!("{sign}{digits}")
    }

    /// A number with as many decimals as its size needs (three significant digits, no trailing zeros).
    pub fn short(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let size = value.abs();
        let n_decimals = match size {
            _ if size >= 100.0 || value.fract() == 0.0 => 0,
            _ if size >= 10.0 => 1,
            _ if size >= 1.0 => 2,
            _ => 3,
        };
        let text = self.number(value, n_decimals);
        if n_decimals == 0 {
            return text;
        }
        text.trim_end_matches('0')
            .trim_end_matches(['.', ','])
            .to_owned()
    }

    /// A count with its thousands apart: `20,000`, `20 000`; up to four digits as they are.
    pub fn count(self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let sign = if value < 0 { "\u{2212}" } else { "" };
        if digits.len() < 5 {
            return format!("{sign}{digits}");
        }
        let mark = match self {
            Self::En => ",",
            Self::Fr => "\u{a0}",
        };
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push_str(mark);
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}")
    }

    /// A share in [0, 1] as whole per cent: `58 %` (French with a no-break space).
    pub fn percent(self, share: f64) -> String {
        let mark = match self {
            Self::En => "%",
            Self::Fr => "\u{a0}%",
        };
        format!("{}{mark}", self.number(100.0 * share, 0))
    }

    /// Words in a row: `a`, `a and b`, `a, b and c`; empty for none.
    pub fn list(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [start @ .., last] => self.with(
                "list-and",
                &[
                    ("start", start.join(", ").into()),
                    ("last", last.as_str().into()),
                ],
            ),
        }
    }

    /// An interval: `0.62 to 0.75`, `0,62 à 0,75`.
    pub fn range(self, low: f64, high: f64, n_decimals: usize) -> String {
        self.with(
            "range",
            &[
                ("low", self.number(low, n_decimals).into()),
                ("high", self.number(high, n_decimals).into()),
            ],
        )
    }

    /// An interval of shares in whole per cent.
    pub fn percent_range(self, low: f64, high: f64) -> String {
        self.with(
            "range",
            &[
                ("low", self.number(100.0 * low, 0).into()),
                ("high", self.percent(high).into()),
            ],
        )
    }

    /// An estimate with its interval: `0.69 (0.63 to 0.75)`.
    pub fn interval(self, interval: &Interval, n_decimals: usize) -> String {
        format!(
            "{} ({})",
            self.number(interval.estimate, n_decimals),
            self.range(interval.low, interval.high, n_decimals)
        )
    }

    /// A p-value: `0.032`, `< 0.001`.
    pub fn p_value(self, p: f64) -> String {
        if p < 0.001 {
            format!("< {}", self.number(0.001, 3))
        } else {
            self.number(p, 3)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(Lang::En.number(-0.625, 2), "\u{2212}0.62");
        assert_eq!(Lang::Fr.number(0.7, 2), "0,70");
        assert_eq!(Lang::En.number(-0.001, 2), "0.00");
        assert_eq!(Lang::En.percent(0.58), "58%");
        assert_eq!(Lang::Fr.percent(0.58), "58\u{a0}%");
        assert_eq!(Lang::En.count(20_000), "20,000");
        assert_eq!(Lang::Fr.count(9_999), "9999");
        assert_eq!(Lang::En.short(0.25), "0.25");
        assert_eq!(Lang::En.short(12.0), "12");
        assert_eq!(Lang::Fr.short(1234.6), "1235");
        assert_eq!(Lang::En.p_value(0.0004), "< 0.001");
    }

    #[test]
    fn an_issue_is_worded_in_both_languages() {
        let issue = Issue::note("cancelled");
        assert!(!Lang::En.issue(&issue).contains('⟦'));
        assert_ne!(Lang::En.issue(&issue), Lang::Fr.issue(&issue));
    }
}
