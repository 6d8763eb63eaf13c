//! Codebooks: tables that say what the columns of other tables are.

use std::collections::BTreeMap;

use crate::cohort::header;
use crate::import::grid::Grid;
use crate::import::roles::Cast;

/// What the codebook says of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// Words for people.
    pub label: Option<String>,
    /// Unit.
    pub unit: Option<String>,
}

const NAMES: [&str; 12] = [
    "variable",
    "variables",
    "name",
    "nom",
    "column",
    "colonne",
    "field",
    "champ",
    "variable name",
    "nom variable",
    "nom de la variable",
    "item",
];
const LABELS: [&str; 10] = [
    "label",
    "libelle",
    "description",
    "meaning",
    "signification",
    "definition",
    "intitule",
    "label en",
    "label fr",
    "variable label",
];
const UNITS: [&str; 5] = ["unit", "units", "unite", "unites", "unit of measure"];

/// Whether names are the header of a codebook.
pub(crate) fn is_header(names: &[String]) -> bool {
    let folded: Vec<String> = names.iter().map(|name| header::fold(name)).collect();
    let has = |words: &[&str]| folded.iter().any(|name| words.contains(&name.as_str()));
    has(&NAMES) && (has(&LABELS) || has(&UNITS))
}

/// Takes the codebooks out of the tables.
pub(crate) fn take(grids: &mut Vec<Grid>, cast: &mut Cast) {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for header in grids.iter().flat_map(|grid| grid.headers.iter()) {
        *all.entry(header::fold(header)).or_default() += 1;
    }
    let find = |grid: &Grid, words: &[&str]| {
        words
            .iter()
            .find_map(|word| grid.headers.iter().position(|h| header::fold(h) == *word))
    };
    grids.retain(|grid| {
        let (Some(name), label, unit) =
            (find(grid, &NAMES), find(grid, &LABELS), find(grid, &UNITS))
        else {
            return true;
        };
        if label.is_none() && unit.is_none() {
            return true;
        }
        let text = |column: Option<usize>, row: usize| {
            column
                .and_then(|c| grid.text(grid.columns[c][row]))
                .map(std::borrow::Cow::into_owned)
        };
        let entries: Vec<(String, Entry)> = (0..grid.n_rows())
            .filter_map(|row| {
                let key = header::fold(&text(Some(name), row)?);
                Some((
                    key,
                    Entry {
                        label: text(label, row),
                        unit: text(unit, row).filter(|unit| is_unit(unit)),
                    },
                ))
            })
            .collect();
        if entries
            .iter()
            .filter(|(key, _)| all.contains_key(key))
            .count()
            < 2
        {
            return true;
        }
        cast.codebook.extend(entries);
        cast.used.extend(grid.sheet.clone());
        false
    });
}

/// `-`, `none` and the like say that there is no unit.
fn is_unit(unit: &str) -> bool {
    !matches!(
        header::fold(unit).as_str(),
        "" | "none"
            | "na"
            | "n a"
            | "aucune"
            | "sans"
            | "sans objet"
            | "categorical"
            | "text"
            | "date"
            | "code"
    )
}
