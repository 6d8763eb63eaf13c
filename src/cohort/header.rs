//! How headers and visit names that people typed are compared.
//!
//! Not for meaning: which measure a header names is the dictionary's business.

use crate::cohort::Timing;

/// Lower case, without accents, every run of other characters one space: `Eva Lombaire_J0` is `eva lombaire j0`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for raw in text.chars() {
        if raw.is_ascii() {
            if !raw.is_ascii_alphanumeric() {
                gap = true;
                continue;
            }
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(raw.to_ascii_lowercase());
            continue;
        }
        for c in raw.to_lowercase() {
            let plain = plain_letter(c);
            if plain.is_empty() {
                continue;
            }
            if plain.chars().all(char::is_alphanumeric) {
                if gap && !folded.is_empty() {
                    folded.push(' ');
                }
                gap = false;
                folded.push_str(plain);
            } else {
                gap = true;
            }
        }
    }
    folded
}

/// A lower-case letter without its accent. Combining accents vanish; other characters stay.
fn plain_letter(c: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    if let Some(at) = ASCII.find(c) {
        return &ASCII[at..=at];
    }
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'š' | 'ś' => "s",
        'ž' | 'ź' | 'ż' => "z",
        'ł' => "l",
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        'ª' | 'º' | '°' => "o",
        '²' => "2",
        '³' => "3",
        '\u{300}'..='\u{36f}' => "",
        _ => " ",
    }
}

/// The words of a header, also parted where a capital follows a small letter (`painBack`).
pub fn words(header: &str) -> Vec<String> {
    let mut parted = String::with_capacity(header.len() + 4);
    let mut before_is_small = false;
    for c in header.chars() {
        if before_is_small && c.is_uppercase() {
            parted.push(' ');
        }
        before_is_small = c.is_lowercase();
        parted.push(c);
    }
    fold(&parted)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The moment that a visit's name says, in English or French: `M12`, `12 mois`, `1 year`, `J0`, `baseline`, `essai`.
///
/// `None` for anything else, `V2` included: which month a numbered visit is, no name tells.
pub fn visit(name: &str) -> Option<Timing> {
    let folded = fold(without_arm(name));
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [] => None,
        [word] => visit_word(word),
        [number, unit] if is_number(number) => months(number, unit),
        [unit, number] if is_number(number) => months(number, unit),
        [first, second] if is_baseline(&format!("{first}{second}")) => Some(Timing::Baseline),
        [
            "suivi" | "visite" | "visit" | "follow" | "followup" | "fu" | "post",
            rest @ ..,
        ] => {
            let rest = rest.strip_prefix(&["up"]).unwrap_or(rest);
            visit(&rest.join(" ")).filter(|_| !rest.is_empty())
        }
        _ => None,
    }
}

/// The name of a visit without the arm that exports of REDCap add (`month_12_arm_1`, `Month 12 (Arm 1: SCS)`).
pub fn without_arm(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    let Some(at) = lower.rfind("arm ").or_else(|| lower.rfind("arm_")) else {
        return name;
    };
    let (before, after) = name.split_at(at);
    let is_arm =
        after[4..].starts_with(|c: char| c.is_ascii_digit()) && before.ends_with(['_', '(', ' ']);
    let short = before.trim_end_matches(['_', '(', ' ']);
    if is_arm && !short.is_empty() {
        short
    } else {
        name
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_baseline(word: &str) -> bool {
    matches!(
        word,
        "baseline"
            | "base"
            | "bl"
            | "inclusion"
            | "selection"
            | "preop"
            | "preoperatoire"
            | "preoperative"
            | "pretrial"
            | "preimplant"
            | "initial"
            | "screening"
            | "t0"
            | "v0"
    )
}

/// One word: letters then a number, a number then letters, or a name.
fn visit_word(word: &str) -> Option<Timing> {
    if is_baseline(word) {
        return Some(Timing::Baseline);
    }
    if matches!(word, "trial" | "essai" | "test" | "phasetest") {
        return Some(Timing::Trial);
    }
    let first_digit = word.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = word.split_at(first_digit);
    if !letters.is_empty() {
        return is_number(number).then(|| months(number, letters))?;
    }
    let end = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, letters) = word.split_at(end);
    is_number(number).then(|| months(number, letters))?
}

/// `number` of a unit of time after implantation; days and weeks only where they come to whole months.
fn months(number: &str, unit: &str) -> Option<Timing> {
    let n: u16 = number.parse().ok()?;
    let months = match unit {
        "m" | "mo" | "mth" | "mths" | "mois" | "month" | "months" => n,
        "y" | "yr" | "yrs" | "year" | "years" | "an" | "ans" | "annee" | "annees" => {
            n.checked_mul(12)?
        }
        "d" | "j" | "day" | "days" | "jour" | "jours" if n.is_multiple_of(30) => n / 30,
        "w" | "week" | "weeks" | "semaine" | "semaines" if n.is_multiple_of(4) && n <= 12 => n / 4,
        "w" | "week" | "weeks" | "semaine" | "semaines" if n.is_multiple_of(13) => n / 13 * 3,
        _ => return None,
    };
    match months {
        0 => Some(Timing::Baseline),
        1..=240 => Some(Timing::After(months)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_are_read_in_both_languages() {
        for name in [
            "J0",
            "M0",
            "D0",
            "baseline",
            "Pré-op",
            "inclusion",
            "pre-trial",
        ] {
            assert_eq!(visit(name), Some(Timing::Baseline), "{name}");
        }
        for name in [
            "M12",
            "12m",
            "12 mois",
            "month 12",
            "1 an",
            "1 year",
            "m 12",
            "Suivi M12",
            "52w",
        ] {
            assert_eq!(visit(name), Some(Timing::After(12)), "{name}");
        }
        assert_eq!(visit("essai"), Some(Timing::Trial));
        for name in [
            "",
            "V2",
            "eva",
            "m",
            "12",
            "999 m",
            "9999999999m",
            "dn4",
            "5d",
            "M1 M2",
        ] {
            assert_eq!(visit(name), None, "{name}");
        }
    }

    #[test]
    fn headers_are_folded() {
        assert_eq!(fold("  Durée_douleur (années)"), "duree douleur annees");
        assert_eq!(words("painBack_M12"), ["pain", "back", "m12"]);
        assert_eq!(words("EVA-lombaire.J0"), ["eva", "lombaire", "j0"]);
    }
}
