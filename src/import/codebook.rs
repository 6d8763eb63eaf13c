//! Codebooks: tables that say what the columns of other tables are. A sheet of the workbook, or a
//! file of its own such as the data dictionary of REDCap.

use std::collections::BTreeMap;

use crate::cohort::{Kind, header};
use crate::import::grid::Grid;
use crate::import::preview::{self, SheetPart};
use crate::import::roles::Cast;
use crate::import::value::{self, DateOrder, Marks};

/// What the codebook says of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// Words for people.
    pub label: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Plausible range.
    pub range: Option<(f64, f64)>,
    /// Codes and what they mean, in the order of the codebook.
    pub levels: Vec<(String, String)>,
    /// Codes that mean missing.
    pub missing: Vec<String>,
    /// Whether it names patients or people.
    pub identifier: bool,
    /// What its values are.
    pub kind: Option<Kind>,
    /// Order of day and month of its dates.
    pub date_order: Option<DateOrder>,
}

const NAMES: [&str; 14] = [
    "variable field name",
    "field name",
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
const LABELS: [&str; 11] = [
    "field label",
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
const LEVELS: [&str; 16] = [
    "choices calculations or slider labels",
    "select choices or calculations",
    "choices",
    "levels",
    "modalites",
    "codes",
    "codage",
    "coding",
    "values",
    "valeurs",
    "categories",
    "value labels",
    "reponses",
    "choix",
    "valeurs possibles",
    "code",
];
const LEAST: [&str; 7] = [
    "text validation min",
    "minimum",
    "min",
    "lower",
    "borne inferieure",
    "valeur min",
    "mini",
];
const MOST: [&str; 7] = [
    "text validation max",
    "maximum",
    "max",
    "upper",
    "borne superieure",
    "valeur max",
    "maxi",
];
const RANGES: [&str; 6] = [
    "range",
    "plage",
    "bornes",
    "etendue",
    "intervalle",
    "valid range",
];
const MISSING: [&str; 9] = [
    "missing",
    "missing codes",
    "missing code",
    "missing values",
    "manquant",
    "manquants",
    "codes manquants",
    "code manquant",
    "valeurs manquantes",
];
const IDENTIFIERS: [&str; 5] = [
    "identifier",
    "is identifier",
    "identifiant",
    "identifiante",
    "donnee identifiante",
];
const TYPES: [&str; 5] = ["field type", "type", "format", "type de variable", "nature"];
const VALIDATIONS: [&str; 2] = [
    "text validation type or show slider number",
    "text validation type",
];

/// Whether names are the header of a codebook.
pub(crate) fn is_header(names: &[String]) -> bool {
    let folded: Vec<String> = names.iter().map(|name| header::fold(name)).collect();
    let has = |words: &[&str]| folded.iter().any(|name| words.contains(&name.as_str()));
    has(&NAMES) && (has(&LABELS) || has(&UNITS))
}

/// Whether a table can only be a codebook, be it the only one: it names variables, words them and says what they are.
pub(crate) fn is_alone(grid: &Grid) -> bool {
    const SURE: [&str; 7] = [
        "variable field name",
        "field name",
        "variable",
        "variables",
        "variable name",
        "nom variable",
        "nom de la variable",
    ];
    let folded: Vec<String> = grid.headers.iter().map(|h| header::fold(h)).collect();
    let has = |words: &[&str]| folded.iter().any(|name| words.contains(&name.as_str()));
    has(&SURE) && has(&LABELS) && (has(&TYPES) || has(&LEVELS) || has(&UNITS))
}

/// Takes the codebooks out of the tables.
pub(crate) fn take(grids: &mut Vec<Grid>, cast: &mut Cast) {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for header in grids.iter().flat_map(|grid| grid.headers.iter()) {
        *all.entry(header::fold(header)).or_default() += 1;
    }
    grids.retain(|grid| {
        let Some(entries) = entries(grid) else {
            return true;
        };
        let n_known = entries.keys().filter(|key| all.contains_key(*key)).count();
        if n_known < 2 {
            return true;
        }
        cast.account.codebook += grid.n_cells();
        cast.account.unread += grid.n_unvalued;
        cast.codebook.extend(entries);
        cast.parts.push(preview::sheet(grid, SheetPart::Codebook));
        cast.used.extend(grid.sheet.clone());
        false
    });
}

/// The columns of a codebook.
struct Columns<'a> {
    grid: &'a Grid,
    name: usize,
    label: Option<usize>,
    unit: Option<usize>,
    levels: Option<usize>,
    least: Option<usize>,
    most: Option<usize>,
    range: Option<usize>,
    missing: Option<usize>,
    identifier: Option<usize>,
    kind: Option<usize>,
    validation: Option<usize>,
}

/// What a table says of columns, by folded header; `None` for a table that is no codebook.
pub(crate) fn entries(grid: &Grid) -> Option<BTreeMap<String, Entry>> {
    if !is_header(&grid.headers) {
        return None;
    }
    let folded: Vec<String> = grid.headers.iter().map(|h| header::fold(h)).collect();
    let find = |words: &[&str]| {
        words
            .iter()
            .find_map(|word| folded.iter().position(|h| h == word))
    };
    let columns = Columns {
        grid,
        name: find(&NAMES)?,
        label: find(&LABELS),
        unit: find(&UNITS),
        levels: find(&LEVELS),
        least: find(&LEAST),
        most: find(&MOST),
        range: find(&RANGES),
        missing: find(&MISSING),
        identifier: find(&IDENTIFIERS),
        kind: find(&TYPES),
        validation: find(&VALIDATIONS),
    };
    let mut entries = BTreeMap::new();
    let mut by_label: Vec<(String, Entry)> = Vec::new();
    for row in 0..grid.n_rows() {
        let Some(name) = columns.text(Some(columns.name), row) else {
            continue;
        };
        let (entry, checkbox) = columns.entry(row);
        for (code, choice) in checkbox {
            let label = match &entry.label {
                Some(label) => format!("{label}: {choice}"),
                None => choice.clone(),
            };
            let choice_header = entry.label.as_deref().unwrap_or_default();
            let box_entry = Entry {
                label: Some(label),
                kind: Some(Kind::Binary),
                identifier: entry.identifier,
                ..Entry::default()
            };
            by_label.push((
                header::fold(&format!("{choice_header} (choice={choice})")),
                box_entry.clone(),
            ));
            entries.insert(header::fold(&format!("{name}___{code}")), box_entry);
        }
        if let Some(label) = &entry.label {
            by_label.push((header::fold(label), entry.clone()));
        }
        entries.insert(header::fold(&name), entry);
    }
    // An export with labels has them as headers.
    for (label, entry) in by_label {
        if !label.is_empty() {
            entries.entry(label).or_insert(entry);
        }
    }
    Some(entries)
}

impl Columns<'_> {
    fn text(&self, column: Option<usize>, row: usize) -> Option<String> {
        column
            .and_then(|column| self.grid.text(self.grid.columns[column].get(row)))
            .map(std::borrow::Cow::into_owned)
    }

    /// The entry of a row, and the boxes of a field of boxes to tick.
    fn entry(&self, row: usize) -> (Entry, Vec<(String, String)>) {
        let text = |column: Option<usize>| self.text(column, row);
        let said = text(self.kind).map(|kind| header::fold(&kind));
        let said = said.as_deref().unwrap_or_default();
        let validation = text(self.validation).unwrap_or_default().to_lowercase();
        let has_choices = !matches!(said, "calc" | "slider" | "descriptive" | "sql" | "file");
        let pairs = text(self.levels)
            .filter(|_| has_choices)
            .map(|levels| pairs(&levels))
            .unwrap_or_default();
        let (none, pairs): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|(_, label)| value::is_missing_word(label));
        let mut missing: Vec<String> = none.into_iter().map(|(code, _)| code).collect();
        missing.extend(text(self.missing).iter().flat_map(|codes| code_list(codes)));
        let ends = (
            text(self.least).and_then(|end| plain_number(&end)),
            text(self.most).and_then(|end| plain_number(&end)),
        );
        let range = match ends {
            (Some(least), Some(most)) => Some((least, most)),
            _ => text(self.range).and_then(|range| range_of(&range)),
        };
        let kind = kind_of(said, &validation);
        let is_box = said == "checkbox";
        let entry = Entry {
            label: text(self.label),
            unit: text(self.unit).filter(|unit| is_unit(unit)),
            range: range.filter(|(least, most)| least <= most),
            levels: if is_box { Vec::new() } else { pairs.clone() },
            missing,
            identifier: text(self.identifier).is_some_and(|flag| says_yes(&flag))
                || kind == Some(Kind::Identifier),
            kind,
            date_order: order_of(&validation),
        };
        (entry, if is_box { pairs } else { Vec::new() })
    }
}

/// Codes with their words: `1, Yes | 2, No`, `1=Oui; 2=Non`, `0: non, 1: oui`. Empty where they are
/// not all pairs.
fn pairs(text: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = if text.contains('|') {
        text.split('|').collect()
    } else if text.contains(';') {
        text.split(';').collect()
    } else if text.contains('\n') {
        text.split('\n').collect()
    } else if text.matches(['=', ':']).count() > 1 {
        text.split(',').collect()
    } else {
        vec![text]
    };
    let parts = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let at = part.find(['=', ':', ','])?;
        let (code, label) = part.split_at(at);
        let (code, label) = (code.trim(), label[1..].trim());
        let is_code = code
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        (!code.is_empty() && !label.is_empty() && is_code)
            .then(|| (code.to_owned(), label.to_owned()))
    };
    let pairs: Option<Vec<_>> = parts.map(pair).collect();
    pairs.unwrap_or_default()
}

/// `-9; 99`, `999 = manquant`.
fn code_list(text: &str) -> Vec<String> {
    text.split(['|', ';', ',', '/'])
        .map(|code| code.split('=').next().unwrap_or_default().trim().to_owned())
        .filter(|code| {
            !code.is_empty()
                && !matches!(header::fold(code).as_str(), "none" | "aucun" | "non" | "no")
        })
        .collect()
}

fn plain_number(text: &str) -> Option<f64> {
    let marks = Marks {
        decimal: b'.',
        decided: false,
    };
    value::number(text.trim(), marks).map(|number| number.value)
}

/// `0-100`, `0 à 100`, `[0 ; 100]`.
fn range_of(text: &str) -> Option<(f64, f64)> {
    let plain = text.trim_matches(['[', ']', '(', ')', ' ']);
    [" à ", " to ", "..", ";", "–", "—"]
        .iter()
        .find_map(|mark| plain.split_once(mark))
        .or_else(|| {
            // A hyphen parts the ends, but not where it is the sign of the first.
            let at = plain.get(1..)?.find('-')? + 1;
            Some((plain.get(..at)?, plain.get(at + 1..)?))
        })
        .and_then(|(least, most)| Some((plain_number(least)?, plain_number(most)?)))
}

fn says_yes(flag: &str) -> bool {
    matches!(
        header::fold(flag).as_str(),
        "y" | "yes" | "oui" | "o" | "x" | "1" | "vrai" | "true"
    )
}

fn kind_of(said: &str, validation: &str) -> Option<Kind> {
    if validation.starts_with("date") {
        return Some(Kind::Date);
    }
    if validation.starts_with("number") || validation.starts_with("integer") {
        return Some(Kind::Numeric);
    }
    match said {
        "date" | "datetime" | "date heure" => Some(Kind::Date),
        "number" | "numeric" | "nombre" | "numerique" | "integer" | "entier" | "float" | "reel"
        | "decimal" | "continuous" | "continue" | "quantitative" | "calc" | "slider" => {
            Some(Kind::Numeric)
        }
        "identifier" | "identifiant" => Some(Kind::Identifier),
        "binary" | "binaire" | "boolean" | "booleen" | "yesno" | "truefalse" | "oui non" => {
            Some(Kind::Binary)
        }
        "category" | "categorie" | "categorical" | "categorielle" | "factor" | "facteur"
        | "radio" | "dropdown" | "qualitative" => Some(Kind::Categorical),
        "notes" | "free text" | "texte libre" => Some(Kind::Text),
        _ => None,
    }
}

fn order_of(validation: &str) -> Option<DateOrder> {
    let name = validation.rsplit('_').find(|part| part.len() == 3)?;
    DateOrder::named(name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_in_the_usual_spellings() {
        let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs
                .iter()
                .map(|(code, label)| ((*code).to_owned(), (*label).to_owned()))
                .collect()
        };
        let yes = own(&[("1", "Oui"), ("2", "Non")]);
        assert_eq!(pairs("1, Oui | 2, Non"), yes);
        assert_eq!(pairs("1=Oui; 2=Non"), yes);
        assert_eq!(pairs("1 = Oui\n2 = Non"), yes);
        assert_eq!(pairs("1: Oui, 2: Non"), yes);
        assert_eq!(pairs("1, Dos, lombes | 2, Jambe")[0].1, "Dos, lombes");
        assert!(pairs("F | M").is_empty());
        assert!(pairs("sum([a], [b])").is_empty());
    }

    #[test]
    fn ranges_are_read_in_the_usual_spellings() {
        for text in ["0-100", "0 à 100", "[0 ; 100]", "0 – 100", "0..100"] {
            assert_eq!(range_of(text), Some((0.0, 100.0)), "{text}");
        }
        assert_eq!(range_of("-1-38"), Some((-1.0, 38.0)));
        assert_eq!(range_of("positive"), None);
    }
}
