//! Levels that say the same in other words: `F` and `Femme`, `O` and `Oui`.
//!
//! Only words that mean yes, no, a woman or a man are compared. Capitals and accents are settled when
//! the file is read; that two different words mean one thing is for a person to accept.

use crate::base::issue::Issue;
use crate::cohort::{Change, Cohort, Kind, Variable, header};
use crate::dictionary::column_place;

/// Words that say one thing, folded.
struct Sense {
    words: &'static [&'static str],
}

const SEX: [Sense; 2] = [
    Sense {
        words: &["f", "femme", "female", "feminin", "woman", "fille"],
    },
    Sense {
        words: &["m", "h", "homme", "male", "masculin", "man", "garcon"],
    },
];
const ANSWER: [Sense; 2] = [
    Sense {
        words: &["oui", "o", "yes", "y", "vrai", "true"],
    },
    Sense {
        words: &["non", "n", "no", "faux", "false"],
    },
];

/// Levels of one column that say the same as another level.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alike {
    pub(super) variable: usize,
    /// Level, and the level that it would become.
    pub(super) pairs: Vec<(String, String)>,
    /// Cells that would change.
    pub(super) n_cells: usize,
}

impl Alike {
    /// The repair.
    pub(super) fn change(&self, cohort: &Cohort) -> Change {
        let pairs = self.pairs.iter().cloned();
        Change::Recode {
            variable: cohort.variables[self.variable].name.clone(),
            levels: pairs.map(|(from, to)| (from, Some(to))).collect(),
        }
    }

    /// What is said about it.
    pub(super) fn doubt(&self, cohort: &Cohort) -> Issue {
        Issue::warning("levels-alike")
            .at(column_place(&cohort.variables[self.variable]))
            .with("pairs", words(&self.pairs))
            .with("n", self.n_cells)
    }
}

/// `“O” = “Oui”, “N” = “Non”` without quotes: levels rarely hold blanks.
pub(super) fn words(pairs: &[(String, String)]) -> String {
    let each = pairs.iter().map(|(from, to)| format!("{from} = {to}"));
    each.collect::<Vec<String>>().join(", ")
}

/// The columns whose levels say the same in several words.
pub(super) fn alike(cohort: &Cohort) -> Vec<Alike> {
    let columns = cohort.variables.iter().enumerate();
    columns
        .filter(|(_, variable)| matches!(variable.kind, Kind::Binary | Kind::Categorical))
        .filter_map(|(idx, variable)| of_column(cohort, idx, variable))
        .collect()
}

fn of_column(cohort: &Cohort, idx: usize, variable: &Variable) -> Option<Alike> {
    let senses = senses(variable)?;
    let mut counts = vec![0; variable.levels.len()];
    for level in cohort.levels(&variable.name).ok()?.into_iter().flatten() {
        counts[level] += 1;
    }
    let (mut pairs, mut n_cells) = (Vec::new(), 0);
    for sense in senses {
        let mut same: Vec<usize> = (0..variable.levels.len())
            .filter(|&level| says(sense, &variable.levels[level]))
            .collect();
        // The one written most often stays; of equals the longer word.
        same.sort_by_key(|&level| {
            std::cmp::Reverse((counts[level], variable.levels[level].len(), level))
        });
        let Some((&kept, others)) = same.split_first() else {
            continue;
        };
        for &other in others {
            n_cells += counts[other];
            let to = variable.levels[kept].clone();
            pairs.push((variable.levels[other].clone(), to));
        }
    }
    pairs.sort();
    (!pairs.is_empty()).then_some(Alike {
        variable: idx,
        pairs,
        n_cells,
    })
}

/// What the levels of a column speak of. `O` and `N` alone may be codes of something else.
fn senses(variable: &Variable) -> Option<&'static [Sense; 2]> {
    if variable.concept.as_deref() == Some("sex") {
        return Some(&SEX);
    }
    let is_plain = |level: &String| level.chars().count() > 1;
    let both = |senses: &[Sense; 2]| {
        senses.iter().all(|sense| {
            let mut levels = variable.levels.iter();
            levels.any(|level| is_plain(level) && says(sense, level))
        })
    };
    both(&ANSWER).then_some(&ANSWER)
}

fn says(sense: &Sense, level: &str) -> bool {
    sense.words.contains(&header::fold(level).as_str())
}
