//! Which texts are the same level: `Oui`, `oui` and `OUI` are; and which level says yes.

use std::collections::HashMap;

use crate::cohort::header;
use crate::import::value;

/// Texts that differ in case, accents or spaces only.
pub(super) struct Spelling<'a> {
    /// As it is most often written.
    pub(super) name: String,
    /// Every way it is written.
    pub(super) members: Vec<&'a str>,
    /// Cells that say it.
    n: usize,
    /// Yes or no, where it says one.
    pub(super) answer: Option<bool>,
}

/// Groups texts by what they say; each group is named as it is most often written. Sorted by name.
pub(super) fn spellings<'a>(counts: &[(&'a str, usize)]) -> Vec<Spelling<'a>> {
    let mut groups: HashMap<String, (Spelling<'a>, usize)> = HashMap::new();
    for &(text, n) in counts {
        let folded = header::fold(text);
        // `+`, `<` and the like fold to nothing and stay as they are.
        let is_symbol = text
            .chars()
            .any(|c| matches!(c, '+' | '-' | '<' | '>' | '=' | '≥' | '≤'));
        let key = if folded.is_empty() || is_symbol {
            text.to_owned()
        } else {
            folded
        };
        let answer = match text {
            "+" => Some(true),
            "-" => Some(false),
            _ => value::yes_or_no(&key),
        };
        let fresh = || {
            (
                Spelling {
                    name: text.to_owned(),
                    members: Vec::new(),
                    n: 0,
                    answer,
                },
                0,
            )
        };
        let (group, most) = groups.entry(key).or_insert_with(fresh);
        group.members.push(text);
        group.n += n;
        if n > *most {
            *most = n;
            text.clone_into(&mut group.name);
        }
    }
    let mut groups: Vec<Spelling<'a>> = groups.into_values().map(|(group, _)| group).collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups
}

/// Answers in one no-level and one yes-level, no first.
pub(super) fn merge_answers(groups: Vec<Spelling<'_>>) -> Vec<Spelling<'_>> {
    let mut merged: Vec<Spelling<'_>> = Vec::new();
    for group in groups {
        match merged.iter_mut().find(|other| other.answer == group.answer) {
            Some(other) => {
                if group.n > other.n {
                    other.name = group.name;
                }
                other.n += group.n;
                other.members.extend(group.members);
            }
            None => merged.push(group),
        }
    }
    merged.sort_by_key(|group| group.answer);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_level_are_one_and_no_comes_first() {
        let groups = spellings(&[("OUI", 1), ("Oui", 5), ("non", 2), ("o", 1)]);
        assert_eq!(groups.len(), 3);
        let merged = merge_answers(groups);
        let names: Vec<&str> = merged.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["non", "Oui"]);
        assert_eq!(merged[1].members.len(), 3);
        let signs = spellings(&[("+", 1), ("-", 1)]);
        assert_eq!(signs.len(), 2);
    }
}
