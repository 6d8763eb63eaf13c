//! Which functions of the program take a message key or the code of an issue, found by the name
//! of the parameter: `key: &str`, `code: &str`. So a word that is handed on is looked for too.

use std::collections::{BTreeMap, BTreeSet};

/// Places of a parameter in functions: name of the function -> 0-based place, `self` not counted;
/// `None` where it has no such parameter, or functions of this name differ.
pub(crate) fn takers<'a>(
    codes: impl Iterator<Item = &'a str>,
    parameter: &str,
) -> BTreeMap<String, Option<usize>> {
    let mut places: BTreeMap<String, BTreeSet<Option<usize>>> = BTreeMap::new();
    for code in codes {
        for (at, _) in code.match_indices("fn ") {
            let rest = &code[at + 3..];
            let n = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(0);
            let Some(open) = rest.find('(').filter(|_| n > 0) else {
                continue;
            };
            let place = parameters(&rest[open + 1..])
                .iter()
                .filter(|p| !p.ends_with("self"))
                .position(|p| {
                    p.split_once(':').is_some_and(|(name, kind)| {
                        name.trim() == parameter && matches!(kind.trim(), "&str" | "&'static str")
                    })
                });
            places
                .entry(rest[..n].to_owned())
                .or_default()
                .insert(place);
        }
    }
    let agreed = |places: BTreeSet<Option<usize>>| {
        let first = places.first().copied().flatten();
        first.filter(|_| places.len() == 1)
    };
    places
        .into_iter()
        .map(|(name, places)| (name, agreed(places)))
        .collect()
}

/// The parameters up to the bracket that closes the list.
fn parameters(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    let mut before = ' ';
    for mark in code.chars() {
        match mark {
            '(' | '[' | '<' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            _ => {}
        }
        if mark == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(mark);
        }
        before = mark;
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The function that is called with what follows, and the 0-based place of what follows.
pub(crate) fn call(before: &str) -> Option<(&str, usize)> {
    let mut depth = 0_usize;
    let mut place = 0;
    for (at, mark) in before.char_indices().rev() {
        match mark {
            ')' | ']' | '}' => depth += 1,
            '(' if depth == 0 => {
                let name = &before[..at];
                let start = name
                    .rfind(|c: char| !c.is_alphanumeric() && c != '_')
                    .map_or(0, |n| n + 1);
                return Some((&name[start..], place)).filter(|(name, _)| !name.is_empty());
            }
            '[' | '{' if depth == 0 => return None,
            '(' | '[' | '{' => depth -= 1,
            ',' if depth == 0 => place += 1,
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[test]
fn a_word_that_is_handed_on_is_seen() {
    let code = "fn say(&mut self, key: &str) {} fn fact(ui: &mut Ui, at: Map<A, B>, key: &str) {}";
    let takers = takers([code].into_iter(), "key");
    assert_eq!(takers["say"], Some(0));
    assert_eq!(takers["fact"], Some(2));
    assert_eq!(call("x; self.say("), Some(("say", 0)));
    assert_eq!(call("fact(ui, map(a, b), "), Some(("fact", 2)));
    assert_eq!(call("let x = ["), None);
}
