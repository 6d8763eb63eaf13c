//! What parts the columns of a text and what stands around its fields, found from how well the records agree.

use crate::base::issue::{Failure, Issue};

/// Delimiters that are looked for, in the order of preference.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// Delimiters that stand in texts and times of day: looked for only where the records agree on no other,
/// and every record must agree on them, the first too.
const ODD_DELIMITERS: [u8; 4] = [b'^', b'~', b':', b' '];
/// Records that are looked at.
const SAMPLE_RECORDS: usize = 1_000;
/// Bytes that are looked at.
const SAMPLE_BYTES: usize = 1 << 20;

/// What parts the fields of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Separators {
    /// Between fields.
    pub delimiter: u8,
    /// Around fields; `None`: quotation marks are text.
    pub quote: Option<u8>,
    /// Usual number of fields.
    pub width: usize,
}

/// What the person chose; `None`: to be found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Chosen {
    /// Between fields.
    pub delimiter: Option<u8>,
    /// Around fields.
    pub quote: Option<Option<u8>>,
}

impl Chosen {
    /// Fails where something was chosen that can't part fields or stand around them.
    pub(crate) fn new(
        delimiter: Option<char>,
        quote: Option<Option<char>>,
    ) -> Result<Self, Failure> {
        let delimiter = delimiter.map(delimiter_byte).transpose()?;
        let quote = match quote {
            Some(Some(mark)) => Some(Some(quote_byte(mark, delimiter)?)),
            Some(None) => Some(None),
            None => None,
        };
        Ok(Self { delimiter, quote })
    }
}

/// The separators of a text; `None` where no delimiter gives two columns.
pub(crate) fn find(text: &str, chosen: Chosen) -> Option<Separators> {
    let quote_of = |delimiter| {
        chosen
            .quote
            .unwrap_or_else(|| find_quote(text, delimiter))
            .filter(|quote| *quote != delimiter)
    };
    let looked_at = |delimiter| {
        let quote = quote_of(delimiter);
        let (width, share) = usual_width(&field_counts(text, delimiter, quote));
        let separators = Separators {
            delimiter,
            quote,
            width,
        };
        (separators, share)
    };
    if let Some(delimiter) = chosen.delimiter {
        return Some(looked_at(delimiter).0).filter(|found| found.width >= 2);
    }
    let mut best: Option<(f64, Separators)> = None;
    let mut is_settled = false;
    for delimiter in DELIMITERS.into_iter().chain(ODD_DELIMITERS) {
        let (separators, share) = looked_at(delimiter);
        let is_odd = ODD_DELIMITERS.contains(&delimiter);
        if is_odd && is_settled {
            break;
        }
        is_settled |= separators.width >= 2 && share >= 0.9;
        let least = if is_odd { 0.95 } else { 0.3 };
        // A little more for more columns: of two that agree equally well, the wider is the table.
        let score = share + 0.02 * (separators.width as f64).ln().min(5.0);
        let score = if delimiter == b',' && is_decimal_mark(text) {
            score * 0.5
        } else {
            score
        };
        let is_better = best.is_none_or(|(other, _)| score > other + 1e-9);
        // Two words are a name or a phrase.
        let least_width = if delimiter == b' ' { 3 } else { 2 };
        if separators.width >= least_width && share >= least && is_better {
            best = Some((score, separators));
        }
    }
    best.map(|(_, separators)| separators)
}

/// Whether every comma stands between two digits, and none in the first line: then they are decimal marks
/// rather than delimiters, for these would part the header too.
fn is_decimal_mark(text: &str) -> bool {
    let head = sample(text, None);
    let start = head.iter().position(|b| !b.is_ascii_whitespace());
    let first = head[start.unwrap_or(0)..].split(|b| matches!(b, b'\n' | b'\r'));
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| head.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    first.take(1).all(|line| !line.contains(&b','))
        && head
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b',')
            .all(|(at, _)| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
}

fn delimiter_byte(delimiter: char) -> Result<u8, Failure> {
    u8::try_from(delimiter)
        .ok()
        .filter(|b| {
            b.is_ascii()
                && !b.is_ascii_alphanumeric()
                && !matches!(b, b'"' | b'\n' | b'\r' | b'.' | b'-')
        })
        .ok_or_else(|| {
            Issue::error("delimiter-unknown")
                .found(&delimiter.to_string())
                .into()
        })
}

fn quote_byte(mark: char, delimiter: Option<u8>) -> Result<u8, Failure> {
    u8::try_from(mark)
        .ok()
        .filter(|b| b.is_ascii_punctuation() && Some(*b) != delimiter)
        .ok_or_else(|| {
            Issue::error("quote-unknown")
                .found(&mark.to_string())
                .into()
        })
}

/// Excel's first line `sep=;` and the text after it.
pub(crate) fn declared_delimiter(text: &str) -> Option<(u8, usize)> {
    let rest = text
        .strip_prefix("sep=")
        .or_else(|| text.strip_prefix("SEP="))?;
    let end = rest.find(['\n', '\r'])?;
    let mut characters = rest[..end].chars();
    let delimiter = delimiter_byte(characters.next()?).ok()?;
    let n_end = if rest[end..].starts_with("\r\n") {
        2
    } else {
        1
    };
    characters
        .next()
        .is_none()
        .then_some((delimiter, text.len() - rest.len() + end + n_end))
}

/// What stands around fields: the double quotation mark, where no other does or it does as well.
fn find_quote(text: &str, delimiter: u8) -> Option<u8> {
    let double = n_around(text, delimiter, b'"');
    if double.0 > 0 {
        // Marks that open and hardly ever close are inches, or a habit of the writer.
        return (double.1 * 2 >= double.0).then_some(b'"');
    }
    let single = n_around(text, delimiter, b'\'');
    // `l'EVA` and `'2020` have one; around fields they come in pairs.
    let is_single = single.0 >= 2 && single.1 * 10 >= single.0 * 9 && single.0 * 10 >= single.1 * 9;
    Some(if is_single { b'\'' } else { b'"' })
}

/// How often a mark stands at the beginning of a field, and at the end of one.
fn n_around(text: &str, delimiter: u8, quote: u8) -> (usize, usize) {
    let is_edge = |b: Option<&u8>| b.is_none_or(|b| *b == delimiter || matches!(b, b'\n' | b'\r'));
    let head = sample(text, Some(quote));
    let (mut n_open, mut n_close) = (0, 0);
    for (at, _) in head.iter().enumerate().filter(|(_, b)| **b == quote) {
        let opens = is_edge(at.checked_sub(1).and_then(|before| head.get(before)));
        let closes = is_edge(head.get(at + 1));
        n_open += usize::from(opens);
        n_close += usize::from(closes);
    }
    (n_open, n_close)
}

/// Fields of each record of the head of a text, quotes respected; blank records are left out.
fn field_counts(text: &str, delimiter: u8, quote: Option<u8>) -> Vec<usize> {
    let (mut counts, mut fields, mut blank) = (Vec::new(), 1, true);
    let (mut quoted, mut at_start) = (false, true);
    let head = sample(text, quote);
    for &byte in head {
        match byte {
            _ if Some(byte) == quote && (at_start || quoted) => quoted = !quoted,
            _ if quoted => {}
            b'\n' | b'\r' => {
                if !blank {
                    counts.push(fields);
                    if counts.len() == SAMPLE_RECORDS {
                        return counts;
                    }
                }
                (fields, blank, at_start) = (1, true, true);
                continue;
            }
            _ if byte == delimiter => {
                fields += 1;
                blank = false;
                at_start = true;
                continue;
            }
            _ => blank &= byte.is_ascii_whitespace(),
        }
        blank &= byte.is_ascii_whitespace();
        at_start = false;
    }
    // A record that the end of the sample cuts says nothing.
    if !blank && (head.len() == text.len() || counts.is_empty()) {
        counts.push(fields);
    }
    counts
}

/// The head of a text, up to the end of a line. A quotation that is open there is followed to its end.
fn sample(text: &str, quote: Option<u8>) -> &[u8] {
    let bytes = text.as_bytes();
    let mut end = bytes.len().min(SAMPLE_BYTES);
    let is_open = quote.is_some_and(|quote| {
        let n = bytes[..end].iter().filter(|b| **b == quote).count();
        !n.is_multiple_of(2)
    });
    let next = |from: usize, is: &dyn Fn(u8) -> bool| {
        let at = bytes[from..].iter().position(|b| is(*b));
        at.map(|at| from + at + 1)
    };
    if is_open && let Some(closed) = next(end, &|b| Some(b) == quote) {
        end = closed;
    }
    end = next(end, &|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len());
    &bytes[..end]
}

/// The usual number of fields, and the share of records from the first such on that have it.
fn usual_width(counts: &[usize]) -> (usize, f64) {
    let mut tally = std::collections::BTreeMap::<usize, usize>::new();
    for &n in counts {
        *tally.entry(n).or_default() += 1;
    }
    // The first record has the say where counts tie: it is the header.
    let first = counts.iter().copied().find(|n| *n >= 2).unwrap_or(1);
    let Some((&width, _)) = tally
        .iter()
        .filter(|(n, _)| **n >= 2)
        .max_by_key(|(n, records)| (**records, **n == first, **n))
    else {
        return (1, 0.0);
    };
    let start = counts.iter().position(|n| *n == width).unwrap_or(0);
    let rest = &counts[start..];
    let share = rest.iter().filter(|n| **n == width).count() as f64 / rest.len() as f64;
    // Lines above the header are rare: a delimiter that is not in the first line is less likely one.
    let late = match start {
        0 => 1.0,
        1..=10 => 0.85,
        _ => 0.5,
    };
    (width, share * late)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (char, Option<char>) {
        let found = find(text, Chosen::default()).unwrap();
        (char::from(found.delimiter), found.quote.map(char::from))
    }

    #[test]
    fn the_delimiter_is_the_one_that_all_records_agree_on() {
        assert_eq!(of("id;eva\nA;7,5\nB;6,0\n").0, ';');
        assert_eq!(of("id,name\n1,\"a;b;c\"\n2,\"d;e;f\"\n").0, ',');
        assert_eq!(of("id\tx\n1\t2\n").0, '\t');
        assert_eq!(of("id|x\n1|2\n").0, '|');
        assert_eq!(of("id~x\n1~2,5\n2~3\n").0, '~');
        assert_eq!(of("id^x^y\n1^2^3\n").0, '^');
        assert_eq!(of("id:eva\n1:7,5\n2:6,0\n").0, ':');
        assert_eq!(of("id;heure\n1;08:30\n2;09:45\n").0, ';');
        assert_eq!(of("id age sexe\n1 54 F\n2 61 H\n").0, ' ');
        assert_eq!(of("nom complet du patient;x\nMarie de la Tour;1\n").0, ';');
        // Short and long records; the comma is a decimal mark, which the header has not.
        let ragged = "id;eva;odi\nA;1,5;40\nB;2,5\nC;3,5;42;x;y\nD;4,5;43;;\nE;5,5;44\n";
        assert_eq!(of(ragged).0, ';');
        assert_eq!(of("1,2,3\n4,5,6\n").0, ',');
        for none in [
            "id\n1\n2\n",
            "heure\n08:30\n09:45\n",
            "nom prénom\nA B\nC D\n",
            "",
        ] {
            assert_eq!(find(none, Chosen::default()), None, "{none}");
        }
        assert_eq!(declared_delimiter("sep=|\r\nid|x"), Some((b'|', 7)));
        assert_eq!(declared_delimiter("sep=||\nid|x"), None);
    }

    #[test]
    fn a_text_longer_than_the_sample_is_one_field() {
        let long = "une phrase, \n".repeat(SAMPLE_BYTES / 8);
        let text = format!("id;texte;eva\nA;\"{long}\";1,5\nB;court;2,5\n");
        let found = find(&text, Chosen::default()).unwrap();
        assert_eq!(
            (found.delimiter, found.quote, found.width),
            (b';', Some(b'"'), 3)
        );
        assert_eq!(field_counts(&text, b';', Some(b'"')), [3, 3]);
    }

    #[test]
    fn what_stands_around_fields_is_found() {
        assert_eq!(of("id;x\n1;\"a;b\"\n"), (';', Some('"')));
        assert_eq!(of("id;x;y\n1;'a;b';2\n2;'c';3\n"), (';', Some('\'')));
        assert_eq!(of("id;x\n1;l'EVA\n2;d'accord\n"), (';', Some('"')));
        assert_eq!(of("id;x\n'1;3\n'2;4\n'3;5\n"), (';', Some('"')));
        assert_eq!(of("id;size\n1;\"5\n2;\"6\n3;\"7\n"), (';', None));
        assert_eq!(of("id;size\n1;5\"\n2;6\"\n"), (';', Some('"')));
        let none = Chosen::new(Some(';'), Some(None)).unwrap();
        assert_eq!(find("id;x\n1;\"a\"\n", none).unwrap().quote, None);
        for (delimiter, quote) in [
            ('é', None),
            (';', Some(';')),
            (';', Some('é')),
            (';', Some('a')),
        ] {
            assert!(Chosen::new(Some(delimiter), Some(quote)).is_err());
        }
    }
}
