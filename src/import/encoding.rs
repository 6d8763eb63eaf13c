//! From bytes to text: which encoding a delimited file has, and its text.
//!
//! A byte order mark says it, then the person, then strict UTF-8; what is left was written by an old
//! program and is guessed from how the letters stand among others. Mac Roman is not among the guesses
//! of browsers, so that the three encodings of Western Europe are weighed here.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::base::issue::{Failure, Issue};

/// Bytes of lines with other than plain letters that are looked at to guess an encoding.
const MAX_SAMPLE: usize = 1 << 20;

/// The text of a file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// Text: the bytes as they are where they can be.
    pub text: Cow<'a, str>,
    /// How it was written.
    pub encoding: &'static Encoding,
    /// Characters that can't be read in it.
    pub n_replaced: usize,
    /// Whether nothing but the letters themselves told it.
    pub guessed: bool,
}

/// The text of a file: by its byte order mark, then as the user says, then strict UTF-8, then a guess.
pub(crate) fn decode<'a>(bytes: &'a [u8], chosen: Option<&str>) -> Result<Decoded<'a>, Failure> {
    let (encoding, skip, guessed) = match (chosen, Encoding::for_bom(bytes)) {
        (Some(label), bom) => {
            let unknown = || Failure::from(Issue::error("encoding-unknown").found(label));
            let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
            let skip = bom
                .filter(|(found, _)| *found == encoding)
                .map_or(0, |(_, n)| n);
            (encoding, skip, false)
        }
        (None, Some((encoding, n))) => (encoding, n, false),
        (None, None) => {
            if let Some(encoding) = utf16_without_bom(bytes) {
                (encoding, 0, true)
            } else if let Ok(text) = std::str::from_utf8(bytes) {
                return Ok(Decoded {
                    text: Cow::Borrowed(text),
                    encoding: UTF_8,
                    n_replaced: 0,
                    guessed: false,
                });
            } else if is_damaged_utf8(bytes) {
                (UTF_8, 0, false)
            } else {
                (guess(bytes), 0, true)
            }
        }
    };
    let (text, n_replaced) = if encoding == UTF_8 {
        utf8(&bytes[skip..])
    } else {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skip..]);
        let n_replaced = if had_errors {
            text.matches('\u{fffd}').count()
        } else {
            0
        };
        (text, n_replaced)
    };
    Ok(Decoded {
        text,
        encoding,
        n_replaced,
        guessed,
    })
}

/// UTF-8 text and the number of its broken places.
fn utf8(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    let text = String::from_utf8_lossy(bytes);
    let n_replaced = match &text {
        Cow::Borrowed(_) => 0,
        Cow::Owned(text) => text.matches('\u{fffd}').count(),
    };
    (text, n_replaced)
}

/// UTF-16 shows in text of the Latin script: every second byte is zero.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let n_zero = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (high, low) = (n_zero(0), n_zero(1));
    match (high * 10 > pairs * 7, low * 10 > pairs * 7) {
        (true, false) if low == 0 => Some(UTF_16BE),
        (false, true) if high == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// UTF-8 with a few broken bytes: far more whole characters than broken ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_whole, mut n_broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_broken > 0 && n_whole >= 10 * n_broken
}

/// The most plausible encoding of text that is not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let general = detector.guess(None, Utf8Detection::Deny);
    // The first of equals: windows-1252 holds ISO 8859-1 and is what most files are.
    let mut best = (WINDOWS_1252, weigh(WINDOWS_1252, &sample));
    for encoding in [ISO_8859_15, MACINTOSH] {
        let score = weigh(encoding, &sample);
        if score.sum > best.1.sum {
            best = (encoding, score);
        }
    }
    let (encoding, Score { sum, n }) = best;
    // Another script, or Central Europe: there these three read few plausible letters.
    let is_western = general == WINDOWS_1252 || f64::from(sum) >= 1.6 * f64::from(n);
    if is_western { encoding } else { general }
}

/// Lines that hold other than plain letters, up to a limit.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split(|b| matches!(b, b'\n' | b'\r')) {
        if !line.is_ascii() {
            let room = MAX_SAMPLE.saturating_sub(sample.len());
            sample.extend_from_slice(&line[..line.len().min(room)]);
            sample.push(b'\n');
        }
        if sample.len() > MAX_SAMPLE {
            break;
        }
    }
    sample
}

/// How plausible a reading is: at most 2 a character beyond the plain ones.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Score {
    sum: i32,
    n: i32,
}

/// Letters with marks as French, English and their neighbours write them.
const USUAL: &str = "éèêëàâäçîïôöùûüœæÿ";
const RARE: &str = "áíóúñãõåøßìòýðþ";
/// Signs that stand in clinical tables.
const SIGNS: &str = "°²³µ½¼¾±×÷€£«»…’‘“”–—•·§©®™≥≤≠∞√∑Ωπ\u{a0}";

/// Weighs how the characters beyond the plain ones stand among others.
fn weigh(encoding: &'static Encoding, sample: &[u8]) -> Score {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let mut score = Score { sum: 0, n: 0 };
    let mut before = '\n';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\n');
        if !c.is_ascii() {
            score.n += 1;
            score.sum += plausibility(before, c, after);
        }
        before = c;
    }
    score
}

fn plausibility(before: char, c: char, after: char) -> i32 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let is_usual = USUAL.contains(lower);
    if is_usual || RARE.contains(lower) {
        let in_word = before.is_alphabetic() || after.is_alphabetic();
        // `NumÈro`: a capital inside a word of small letters.
        let misplaced = c.is_uppercase()
            && (before.is_lowercase() || after.is_lowercase())
            && before.is_alphabetic();
        // `Ïðèâåò`: words of nothing but letters with marks are of another script. `créée` is not.
        let strange = |other: char| other.is_alphabetic() && !other.is_ascii() && other != 'é';
        return match () {
            () if misplaced || strange(before) || strange(after) => -2,
            () if is_usual && in_word => 2,
            () if is_usual => 1,
            () => 0,
        };
    }
    if c == '’' || c == '‘' {
        return if before.is_alphabetic() { 2 } else { 0 };
    }
    if SIGNS.contains(c) {
        // A sign inside a word is a letter that was read wrongly; no-break spaces stand anywhere.
        let in_word = before.is_alphabetic() && after.is_alphabetic();
        return match () {
            () if c == '\u{a0}' => 1,
            () if in_word => -2,
            () => 1,
        };
    }
    -2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headers and values as French hospitals export them.
    const CLINICAL: &str = "Numéro;Âge à l’inclusion;Durée (années);Côté opéré;Température °C;Coût (€);Créatinine µmol;Réponse à 6 mois\r\n\
        1;54;7,5;côté gauche;37,2 °C;1200 €;85;répondeur\r\n\
        2;61;3,5;bilatéral;36,9 °C;950 €;90;non-répondeur, très gêné\r\n\
        3;47;2,0;à préciser;37,0 °C;0 €;70;échec – œdème près du site\r\n";

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        // encoding_rs writes what the web may write; Mac Roman and 8859-15 are among it.
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{}", encoding.name());
        bytes.into_owned()
    }

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.n_replaced, 0);
        (decoded.text.into_owned(), decoded.encoding.name())
    }

    #[test]
    fn clinical_french_is_read_in_every_encoding_that_it_is_written_in() {
        // 8859-15 has no typographic dash and apostrophe; 8859-1 no euro and no œ either.
        let latin9 = CLINICAL.replace('–', "-").replace('’', "'");
        let latin1 = latin9.replace('€', "EUR").replace('œ', "oe");
        for (text, encoding) in [
            (CLINICAL, WINDOWS_1252),
            (CLINICAL, MACINTOSH),
            (latin9.as_str(), ISO_8859_15),
            (latin1.as_str(), WINDOWS_1252),
            (CLINICAL, UTF_8),
        ] {
            let bytes = encoded(text, encoding);
            assert_eq!(read(&bytes), (text.to_owned(), encoding.name()));
        }
        let utf16 = |order: fn(u16) -> [u8; 2], mark: &[u8]| {
            let mut bytes = mark.to_vec();
            bytes.extend(latin1.encode_utf16().flat_map(order));
            bytes
        };
        for (order, mark, name) in [
            (
                u16::to_le_bytes as fn(u16) -> [u8; 2],
                [0xFF, 0xFE],
                "UTF-16LE",
            ),
            (u16::to_be_bytes, [0xFE, 0xFF], "UTF-16BE"),
        ] {
            assert_eq!(read(&utf16(order, &mark)), (latin1.clone(), name));
            assert_eq!(read(&utf16(order, &[])), (latin1.clone(), name));
        }
        let marked = [b"\xEF\xBB\xBF", CLINICAL.as_bytes()].concat();
        assert_eq!(read(&marked), (CLINICAL.to_owned(), "UTF-8"));
    }

    #[test]
    fn a_single_header_with_accents_is_enough() {
        for word in [
            "Opéré",
            "Âge",
            "Durée",
            "à",
            "Coût",
            "Décès",
            "reçu",
            "naïf",
            "Sténose L4–L5",
        ] {
            let text = format!("id;{word};x\r\n1;2;3\r\n");
            for encoding in [WINDOWS_1252, MACINTOSH] {
                assert_eq!(
                    read(&encoded(&text, encoding)).0,
                    text,
                    "{}",
                    encoding.name()
                );
            }
        }
        for (text, encoding) in [
            ("id;prix\r\n1;12 €\r\n", ISO_8859_15),
            ("id;prix\r\n1;12 €\r\n", WINDOWS_1252),
            ("id;lieu\r\n1;cœur\r\n", ISO_8859_15),
            ("id;lieu\r\n1;cœur\r\n", WINDOWS_1252),
            ("id;nombre\r\n1;1\u{a0}200\r\n", WINDOWS_1252),
        ] {
            assert_eq!(
                read(&encoded(text, encoding)).0,
                text,
                "{}",
                encoding.name()
            );
        }
    }

    #[test]
    fn other_languages_are_left_to_the_general_guess() {
        for (text, encoding) in [
            (
                "номер;возраст;диагноз\n1;54;хроническая боль в спине\n",
                encoding_rs::WINDOWS_1251,
            ),
            (
                "αριθμός;ηλικία;διάγνωση\n1;54;χρόνιος πόνος στην πλάτη\n",
                encoding_rs::WINDOWS_1253,
            ),
            (
                "číslo;věk;příznaky\n1;54;bolest zad, řízení léčby, žádné změny, příčina neznámá\n",
                encoding_rs::WINDOWS_1250,
            ),
        ] {
            assert_eq!(read(&encoded(text, encoding)).0, text);
        }
    }

    #[test]
    fn the_person_has_the_last_word() {
        let bytes = encoded("é;b\n", MACINTOSH);
        let as_chosen = decode(&bytes, Some("windows-1252")).unwrap();
        assert_eq!(as_chosen.text, "Ž;b\n");
        let as_chosen = decode(&bytes, Some("macintosh")).unwrap();
        assert_eq!(
            (as_chosen.text.as_ref(), as_chosen.guessed),
            ("é;b\n", false)
        );
        assert!(decode(&bytes, Some("klingon")).is_err());
    }
}
