//! Which columns may name a patient: nothing of them leaves the program but with the patients' names asked for.

use std::collections::BTreeSet;

use crate::cohort::{Cohort, Kind, Variable};
use crate::review::rules::is_birth_date;

/// Longest text, and most words of one, that may be a level rather than a remark.
const MOST_CHARACTERS: usize = 30;
const MOST_WORDS: usize = 3;
/// Texts as short as this are codes.
const CODE: usize = 3;

/// Columns that may name a patient, by name of the variable.
pub(super) struct Private {
    identifiers: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Private {
    pub(super) fn of(cohort: &Cohort) -> Self {
        // What the import took for the identifier is one, even where too many repeat to be read as such.
        const OF_IDENTIFIERS: [&str; 3] = ["duplicate-id", "id-missing", "direct-identifier"];
        let told: BTreeSet<&str> = cohort
            .issues
            .iter()
            .filter(|issue| OF_IDENTIFIERS.contains(&issue.code.as_str()))
            .filter_map(|issue| issue.place.column.as_deref())
            .collect();
        let names = |is: &dyn Fn(&Variable) -> bool| {
            let variables = cohort.variables.iter().filter(|v| is(v));
            variables.map(|v| v.name.clone()).collect()
        };
        Self {
            identifiers: names(&|v| {
                v.kind == Kind::Identifier
                    || v.concept.as_deref() == Some("patient-id")
                    || told.contains(v.origin.header.as_str())
            }),
            texts: names(&|v| v.kind == Kind::Text || is_birth_date(v)),
        }
    }

    /// Whether the column names patients by itself.
    pub(super) fn is_identifier(&self, variable: &Variable) -> bool {
        self.identifiers.contains(&variable.name)
    }

    /// Whether its values may name a patient: identifiers, birth dates, any free text.
    pub(super) fn may_name(&self, variable: &Variable) -> bool {
        self.is_identifier(variable) || self.texts.contains(&variable.name)
    }
}

/// Whether a column of text holds short texts that repeat, as levels do, and no remarks and no names.
pub(super) fn reads_like_levels(cohort: &Cohort, variable: &Variable) -> bool {
    let texts = cohort.text_refs(&variable.name).unwrap_or_default();
    let known: Vec<&str> = texts.into_iter().flatten().collect();
    let different: BTreeSet<&str> = known.iter().copied().collect();
    let is_short = |text: &&str| {
        text.chars().count() <= MOST_CHARACTERS && text.split_whitespace().count() <= MOST_WORDS
    };
    let is_code = |text: &&str| text.chars().count() <= CODE;
    different.iter().all(is_code)
        || (different.iter().all(is_short) && different.len() <= known.len() / 2 + 1)
}
