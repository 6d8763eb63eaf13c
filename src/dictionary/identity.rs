//! Columns that name a person, told by header and by values: they become identifiers, which nothing
//! that the program writes or fits ever holds.
//!
//! A finding here never quotes a value.

use crate::base::issue::Issue;
use crate::cohort::{Cohort, Kind, Variable};
use crate::dictionary::concepts::{CONCEPTS, Concept, Needs};
use crate::dictionary::dates::{Calendar, days};
use crate::dictionary::{column_place, recognise};

/// Values of one column that are looked at; more tell nothing new.
const MOST_VALUES: usize = 2000;

/// Makes every column that names a person an identifier, with a note that shows no value. Returns what
/// each identifies, one a variable.
pub(super) fn set(cohort: &mut Cohort) -> Vec<Option<&'static str>> {
    let calendar = Calendar::of(cohort);
    let found: Vec<Option<&'static str>> = cohort
        .variables
        .iter()
        .map(|variable| identity(cohort, variable, &calendar))
        .collect();
    for (idx, concept) in found.iter().enumerate() {
        let variable = &mut cohort.variables[idx];
        if concept.is_none() {
            continue;
        }
        variable.kind = Kind::Identifier;
        variable.levels.clear();
        let issue = Issue::note("identifier-found").at(column_place(variable));
        // The import says the same of a header that names people.
        cohort
            .issues
            .retain(|known| known.code != "direct-identifier" || known.place != issue.place);
        cohort.issues.push(issue);
    }
    for (idx, n) in naming_texts(cohort) {
        let variable = &mut cohort.variables[idx];
        // Levels stand in models and exports; free text never does.
        variable.kind = Kind::Text;
        variable.levels.clear();
        let issue = Issue::warning("identifier-in-text").at(column_place(variable));
        cohort.issues.push(issue.with("n", n));
    }
    found
}

/// What of a person a column names; `None` where it names none, or a person said how to read it.
fn identity(cohort: &Cohort, variable: &Variable, calendar: &Calendar) -> Option<&'static str> {
    if variable.meaning_set || (variable.kind_set && variable.kind != Kind::Identifier) {
        return None;
    }
    if variable.kind == Kind::Identifier {
        // Told apart before: what the values were read as then can't be read again.
        let known = CONCEPTS.iter().find(|concept| {
            concept.needs == Needs::Identity && variable.concept.as_deref() == Some(concept.id)
        });
        if let Some(known) = known {
            return Some(known.id);
        }
    }
    // The header is read as of free text: the same where the column is an identifier already.
    let kind = match variable.kind {
        Kind::Binary => Kind::Binary,
        _ => Kind::Text,
    };
    let by_header = recognise::recognise(&variable.name, kind).concept;
    if let Some(Concept { id, needs, .. }) = by_header
        && *needs == Needs::Identity
    {
        return Some(id);
    }
    if kind == Kind::Text && is_hospital_number(&variable.origin.header) {
        // The first of them is the patient's code, which the import knows already.
        return (variable.kind != Kind::Identifier).then_some("patient-id");
    }
    // A patient's code that its header tells stays the code, whatever its values look like.
    if variable.kind == Kind::Identifier {
        return None;
    }
    by_values(cohort, variable, calendar)
}

/// A hospital's own number of a patient.
fn is_hospital_number(text: &str) -> bool {
    let words = crate::cohort::header::words(text);
    let is_number = |word: &String| matches!(word.as_str(), "ipp" | "nip" | "nda" | "mrn");
    let is_small = |word: &String| {
        matches!(
            word.as_str(),
            "n" | "no" | "num" | "numero" | "patient" | "du" | "de" | "number" | "hopital"
        )
    };
    words.iter().any(is_number) && words.iter().all(|word| is_number(word) || is_small(word))
}

fn by_values(cohort: &Cohort, variable: &Variable, calendar: &Calendar) -> Option<&'static str> {
    match variable.kind {
        Kind::Date => looks_like_birth(cohort, variable, calendar).then_some("birth-date"),
        Kind::Numeric => {
            let values = cohort.numbers(&variable.name).ok()?;
            let texts: Vec<String> = values
                .iter()
                .filter(|x| !x.is_nan())
                .take(MOST_VALUES)
                .map(f64::to_string)
                .collect();
            (holds(&texts, is_national_number, 0.8) || holds_national_numbers(&texts))
                .then_some("national-number")
        }
        Kind::Text => {
            let texts = cohort.texts(&variable.name).ok()?;
            let texts: Vec<String> = texts.into_iter().flatten().take(MOST_VALUES).collect();
            if texts.is_empty() {
                return None;
            }
            let n_different = texts
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len();
            let is_unlike = n_different * 2 > texts.len();
            match () {
                () if holds(&texts, is_email, 0.5) => Some("email"),
                () if holds(&texts, is_national_number, 0.5) => Some("national-number"),
                () if holds_national_numbers(&texts) => Some("national-number"),
                () if holds(&texts, is_phone, 0.8) => Some("phone"),
                () if holds(&texts, is_address, 0.5) => Some("address"),
                () if is_unlike && holds(&texts, is_person, 0.8) => Some("person-name"),
                () => None,
            }
        }
        Kind::Binary | Kind::Categorical | Kind::Identifier => None,
    }
}

/// Whether at least `share` of some values are what `is` tells.
fn holds(texts: &[String], is: fn(&str) -> bool, share: f64) -> bool {
    let n = texts.iter().filter(|text| is(text)).count();
    n >= 2.min(texts.len()) && n > 0 && n as f64 >= share * texts.len() as f64
}

/// Dates of an unknown column that lie so far before the patients' course that they must be births.
fn looks_like_birth(cohort: &Cohort, variable: &Variable, calendar: &Calendar) -> bool {
    if recognise::recognise(&variable.name, Kind::Date)
        .concept
        .is_some()
    {
        return false;
    }
    let years: Vec<f64> = days(cohort, &variable.name)
        .into_iter()
        .enumerate()
        .filter_map(|(row, day)| Some(f64::from(day?.years_until(calendar.reference(row)?))))
        .collect();
    let n_adult = years.iter().filter(|x| (18.0..=100.0).contains(*x)).count();
    let median = crate::base::num::median(&years);
    years.len() >= 5 && n_adult * 10 >= years.len() * 9 && median.is_some_and(|m| m >= 35.0)
}

/// Columns of free text or levels in which people may be named, each with the count.
fn naming_texts(cohort: &Cohort) -> Vec<(usize, usize)> {
    let is_text = |variable: &Variable| match variable.kind {
        Kind::Text => true,
        Kind::Categorical | Kind::Binary => !variable.kind_set,
        Kind::Identifier | Kind::Numeric | Kind::Date => false,
    };
    let n_naming = |variable: &Variable| {
        // Levels are few: their cells are counted only where one of them names someone.
        let is_level = !variable.levels.is_empty();
        if is_level && !variable.levels.iter().any(|level| names_someone(level)) {
            return 0;
        }
        let texts = cohort.texts(&variable.name).unwrap_or_default();
        texts.iter().flatten().filter(|t| names_someone(t)).count()
    };
    let variables = cohort.variables.iter().enumerate();
    variables
        .filter(|(_, variable)| is_text(variable))
        .map(|(idx, variable)| (idx, n_naming(variable)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

/// Whether a text holds an e-mail address, a telephone or social-security number, or `Mme` and a name.
fn names_someone(text: &str) -> bool {
    const TITLES: [&str; 10] = [
        "Mme", "MME", "Mlle", "Madame", "Monsieur", "Mr", "MR", "Mrs", "Ms", "M.",
    ];
    // Most texts have none of it, and there may be a million of them.
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    let may_name = text.contains('@') || n_digits >= 9 || TITLES.iter().any(|t| text.contains(t));
    if text.len() < 5 || !may_name {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let edge = |c: char| !c.is_alphanumeric() && c != '+';
    let has_mail = words.iter().any(|word| is_email(word.trim_matches(edge)));
    let has_title = words
        .windows(2)
        .any(|pair| is_title(pair[0]) && pair[1].chars().next().is_some_and(char::is_uppercase));
    has_mail || has_title || has_long_number(text)
}

fn is_title(word: &str) -> bool {
    matches!(
        word.trim_matches(|c: char| !c.is_alphanumeric()),
        "Mme" | "MME" | "Mlle" | "Madame" | "Monsieur" | "Mr" | "MR" | "Mrs" | "Ms"
    ) || word == "M."
}

/// A telephone or social-security number among other words.
fn has_long_number(text: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '\u{a0}' | '+' | 'A' | 'B');
    let runs = text.split(|c: char| !is_part(c));
    runs.map(|run| run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+'))
        .any(|run| run.len() >= 9 && (is_phone(run) || is_national_number(run)))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.trim().split_once('@') else {
        return false;
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let ends = host.rsplit_once('.').is_some_and(|(domain, end)| {
        !domain.is_empty() && end.len() >= 2 && end.chars().all(char::is_alphabetic)
    });
    !name.is_empty() && name.chars().all(plain) && host.chars().all(plain) && ends
}

/// Ten digits of a French number, or an international one.
fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let known = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' | '(' | ')' | '/' | '+'
            )
    };
    if !text.chars().all(known) {
        return false;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_french = digits.len() == 10
        && digits.starts_with('0')
        && !digits.starts_with("00")
        && is_grouped_as_phone(text);
    let is_international =
        (text.starts_with('+') || digits.starts_with("0033")) && (10..=15).contains(&digits.len());
    is_french || is_international
}

/// `06 12 34 56 78` and `0612345678`, not `01-02-2021 10`: a date and a time have ten digits too.
fn is_grouped_as_phone(text: &str) -> bool {
    let groups: Vec<usize> = text
        .split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .filter(|len| *len > 0)
        .collect();
    matches!(
        groups.as_slice(),
        [10] | [2, 2, 2, 2, 2] | [4, 2, 2, 2] | [4, 3, 3] | [3, 3, 4]
    )
}

/// The French social-security number (NIR): 13 digits, or 15 with its key.
///
/// Sex, year, month, département (2A and 2B in Corsica), commune, order; the key is 97 less the
/// remainder of the first thirteen by 97, with 2A counted as 19 and 2B as 18 (INSEE).
pub(super) fn is_national_number(text: &str) -> bool {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}'))
        .collect();
    if !(plain.len() == 13 || plain.len() == 15) || !plain.is_ascii() {
        return false;
    }
    let (body, key) = plain.split_at(13);
    let number = body
        .to_ascii_uppercase()
        .replacen("2A", "19", 1)
        .replacen("2B", "18", 1);
    let is_corsican = number != body;
    let letters_fit = !is_corsican || matches!(body.get(5..7), Some("2A" | "2B" | "2a" | "2b"));
    let (Ok(number), true) = (number.parse::<u64>(), letters_fit) else {
        return false;
    };
    let month = body.get(3..5).and_then(|month| month.parse::<u8>().ok());
    // 20 and above: month of birth unknown.
    let is_month = month.is_some_and(|month| {
        (1..=12).contains(&month) || (20..=42).contains(&month) || month >= 50
    });
    if !body.starts_with(['1', '2', '3', '4', '7', '8']) || !is_month {
        return false;
    }
    key.is_empty() || key.parse::<u64>().is_ok_and(|key| key == 97 - number % 97)
}

/// Whether a column holds social-security numbers whose keys are wrong, as in made-up or mistyped ones: nearly
/// all have sex, month, département and a possible key at their places, which one of fifty numbers has by chance.
fn holds_national_numbers(texts: &[String]) -> bool {
    texts.len() >= 3 && holds(texts, has_form_of_national_number, 0.9)
}

fn has_form_of_national_number(text: &str) -> bool {
    let plain: String = text.split_whitespace().collect();
    let part = |range: std::ops::Range<usize>| plain.get(range)?.parse::<u8>().ok();
    let is_place = match plain.get(5..7) {
        Some("2A" | "2B" | "2a" | "2b") => true,
        _ => part(5..7).is_some_and(|place| (1..=99).contains(&place) && place != 96),
    };
    let has_digits = plain.len() == 15
        && plain
            .bytes()
            .enumerate()
            .all(|(at, b)| b.is_ascii_digit() || at == 6);
    has_digits
        && is_place
        && plain.starts_with(['1', '2'])
        && part(3..5).is_some_and(|month| (1..=12).contains(&month))
        && part(13..15).is_some_and(|key| (1..=97).contains(&key))
}

/// A number and a kind of street, or a postal code and a town.
fn is_address(text: &str) -> bool {
    const STREETS: [&str; 16] = [
        "rue",
        "avenue",
        "av",
        "boulevard",
        "bd",
        "chemin",
        "allee",
        "place",
        "impasse",
        "route",
        "quai",
        "street",
        "road",
        "lane",
        "drive",
        "cours",
    ];
    let words = crate::cohort::header::words(text);
    let has_number = words
        .iter()
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_street = words.iter().any(|word| STREETS.contains(&word.as_str()));
    let is_town = words.windows(2).any(|pair| {
        pair[0].len() == 5
            && pair[0].bytes().all(|b| b.is_ascii_digit())
            && pair[1].chars().all(char::is_alphabetic)
    });
    has_number && words.len() >= 2 && ((is_street && words.len() >= 3) || is_town)
}

/// `DUPONT Jean`, `Mme Martin`: a title and a name, or a surname in capitals and a first name.
fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &str| {
        word.chars().count() >= 2
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            && word.chars().next().is_some_and(char::is_uppercase)
    };
    let is_capitals = |word: &str| is_name(word) && word.chars().all(|c| !c.is_lowercase());
    match words.as_slice() {
        [title, rest @ ..] if is_title(title) => {
            (1..=3).contains(&rest.len()) && rest.iter().all(|word| is_name(word))
        }
        [first, .., last] if words.len() <= 3 => {
            words.iter().all(|word| is_name(word)) && (is_capitals(first) != is_capitals(last))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_social_security_number_is_checked() {
        // 97 - 1840578006084 mod 97 and so on; Corsica counts 2A as 19 and 2B as 18.
        let key = |body: u64| 97 - body % 97;
        let with_key = format!("1840578006084{:02}", key(1_840_578_006_084));
        assert!(is_national_number(&with_key));
        assert!(is_national_number(&format!(
            "1 84 05 78 006 084 {:02}",
            key(1_840_578_006_084)
        )));
        assert!(is_national_number("1840578006084"));
        let corsican = format!("284052A006084{:02}", key(2_840_519_006_084));
        assert!(is_national_number(&corsican));
        let wrong = format!("1840578006084{:02}", key(1_840_578_006_084) % 97 + 1);
        assert!(!is_national_number(&wrong));
        for text in [
            "",
            "1234",
            "9840578006084",
            "1841578006084",
            "20210513104500",
            "2A2A2A2A2A2A2",
        ] {
            assert!(!is_national_number(text), "{text}");
        }
    }

    #[test]
    fn a_column_of_social_security_numbers_with_wrong_keys_is_told_by_its_form() {
        let own = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|text| (*text).to_owned()).collect()
        };
        let made_up = own(&["160057501200133", "255117501200244", "2 71 01 7501200355"]);
        assert!(made_up.iter().all(|text| !is_national_number(text)));
        assert!(holds_national_numbers(&made_up));
        assert!(!holds_national_numbers(&made_up[..2]), "two say nothing");
        let others = own(&["160057501200133", "991234567890123", "123456789012345"]);
        assert!(!holds_national_numbers(&others));
    }

    #[test]
    fn people_are_told_from_other_texts() {
        for text in ["a.b@chu.fr", "jean-paul.o@hopital-nord.example.org"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "06 12 34 56 78",
            "0612345678",
            "+33 6 12 34 56 78",
            "05.49.44.44.44",
            "0033612345678",
        ] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["01-02-2021 10", "12345", "0,5", "2021010112", "1/2"] {
            assert!(!is_phone(text), "{text}");
        }
        for text in [
            "12 rue de la Paix",
            "86000 Poitiers",
            "3 bis avenue Jean Jaurès",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in ["arrêt de travail", "L4 L5", "burst 500 Hz", "douleur place"] {
            assert!(!is_address(text), "{text}");
        }
        for text in [
            "DUPONT Jean",
            "Mme Martin",
            "Jean DUPONT",
            "M. LE GOFF Yann",
        ] {
            assert!(is_person(text), "{text}");
        }
        for text in ["Boston Scientific", "BURST DR", "douleur mixte", "Oui"] {
            assert!(!is_person(text), "{text}");
        }
        for text in [
            "Appeler Mme Durand avant la visite",
            "joindre au 06 12 34 56 78.",
            "écrire à (a.b@chu.fr)",
            "vu avec M. Petit",
        ] {
            assert!(names_someone(text), "{text}");
        }
        for text in [
            "infection du boîtier",
            "reprise le 12/05/2021",
            "EVA 7/10 à M6",
            "M6 fait",
            "IRM L4-L5",
        ] {
            assert!(!names_someone(text), "{text}");
        }
    }
}
