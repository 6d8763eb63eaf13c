//! Invalid choices: a level that is no choice of the codebook, and one that looks like a typing error.

use std::collections::HashMap;

use crate::base::issue::Issue;
use crate::cohort::{Kind, Variable, header};
use crate::review::raised::Raised;
use crate::review::rules::Scene;

/// A level is only doubted for its spelling where so many values are known.
const FEWEST_VALUES: usize = 10;
/// How often the level is there that a single one is like.
const FEWEST_OF_OTHER: usize = 3;
/// Least likeness (1 - Damerau-Levenshtein distance over length) of a typing error.
const LIKENESS: f64 = 0.75;

/// Cells that hold no choice of the codebook, and cells whose level stands once beside a frequent one that is
/// spelt nearly alike.
pub(super) fn invalid(scene: &Scene<'_>, idx: usize, variable: &Variable) -> Vec<Raised> {
    if !matches!(variable.kind, Kind::Binary | Kind::Categorical) {
        return Vec::new();
    }
    let texts = scene.cohort.text_refs(&variable.name).unwrap_or_default();
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut n = 0;
    for row in scene.rows() {
        if let Some(text) = texts.get(row).copied().flatten() {
            counts.entry(text).or_insert((0, row)).0 += 1;
            n += 1;
        }
    }
    let mut raised = Vec::new();
    let is_choice = |text: &str| variable.levels.iter().any(|level| level == text);
    if counts.keys().any(|text| !is_choice(text)) {
        for row in scene.rows() {
            if let Some(text) = texts.get(row).copied().flatten()
                && !is_choice(text)
            {
                let issue = Issue::warning("no-such-choice")
                    .found(text)
                    .with("levels", variable.levels.join(", "));
                raised.push(Raised::at(idx, variable, row, issue));
            }
        }
    }
    if n < FEWEST_VALUES {
        return raised;
    }
    let mut frequent: Vec<(&str, String)> = counts
        .iter()
        .filter(|(_, (n, _))| *n >= FEWEST_OF_OTHER)
        .map(|(text, _)| (*text, header::fold(text)))
        .collect();
    frequent.sort_unstable();
    let mut single: Vec<(&str, usize)> = counts
        .iter()
        .filter(|(text, (n, _))| *n == 1 && is_choice(text))
        .map(|(text, (_, row))| (*text, *row))
        .collect();
    single.sort_unstable_by_key(|(_, row)| *row);
    for (text, row) in single {
        let folded = header::fold(text);
        let alike = frequent
            .iter()
            .filter(|(_, other)| is_misspelt(&folded, other))
            .max_by(|a, b| likeness(&folded, &a.1).total_cmp(&likeness(&folded, &b.1)));
        if let Some((other, _)) = alike {
            let issue = Issue::warning("choice-misspelt")
                .found(text)
                .with("other", *other);
            raised.push(Raised::at(idx, variable, row, issue));
        }
    }
    raised
}

fn likeness(first: &str, second: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(first, second)
}

/// Short texts and texts that differ in a digit (`L4`, `grade 2`) are different choices.
fn is_misspelt(text: &str, other: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    text.chars().count() >= 4
        && other.chars().count() >= 4
        && text != other
        && digits(text) == digits(other)
        && likeness(text, other) >= LIKENESS
}
