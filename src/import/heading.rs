//! Where the header of a table stands, how many rows it has, and the name of each column.
//!
//! An upper header cell that spans several columns, merged or followed by blanks, belongs to each
//! of them: `EVA` over `J0 | M6` gives `EVA J0` and `EVA M6`.

use std::collections::BTreeSet;

use crate::cohort::header;
use crate::import::grid::Cell;
use crate::import::raw::{Raw, Region};
use crate::import::value::{self, Marks};

/// Lines that may stand above the header.
const MAX_PREAMBLE: usize = 50;
/// Rows that a header may have.
pub(crate) const MAX_HEADER_ROWS: usize = 3;

/// The lines of a header, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub first: usize,
    pub last: usize,
}

/// Finds the header: the first line at least half as full as the fullest of the first lines, and
/// the rows above and below that belong to it.
pub(crate) fn find(raw: &Raw, n_filled: &[u32]) -> Option<Heading> {
    let usual = n_filled.iter().take(200).copied().max().unwrap_or(0);
    if usual < 2 {
        return None;
    }
    let least = usual.div_ceil(2).max(2);
    let reach = 0..n_filled.len().min(MAX_PREAMBLE + 1);
    let may_be = |line: usize, least: u32| {
        n_filled[line] >= least
            && (n_filled[line] == usual || !raw.words(line).trim_start().starts_with('#'))
    };
    let line = reach
        .clone()
        .find(|&line| may_be(line, least))
        .or_else(|| reach.clone().find(|&line| may_be(line, 2)))?;
    Some(extend(raw, n_filled, line))
}

/// The header with the rows above and below the line that belong to it.
pub(crate) fn extend(raw: &Raw, n_filled: &[u32], line: usize) -> Heading {
    let mut heading = Heading {
        first: line,
        last: line,
    };
    let n_rows = |heading: &Heading| heading.last - heading.first + 1;
    while n_rows(&heading) < MAX_HEADER_ROWS
        && heading.last + 2 < n_filled.len()
        && is_pair(raw, heading.last)
        && has_lower(raw, heading.last)
    {
        heading.last += 1;
    }
    while n_rows(&heading) < MAX_HEADER_ROWS
        && heading.first > 0
        && n_filled[heading.first - 1] > 0
        && is_pair(raw, heading.first - 1)
        && is_upper(raw, heading.first - 1)
    {
        heading.first -= 1;
    }
    heading
}

/// Whether the line and the next stand in rows one below the other.
fn is_pair(raw: &Raw, line: usize) -> bool {
    matches!(raw.rows.get(line..line + 2), Some(&[a, b]) if a + 1 == b)
}

/// Regions of several columns, but not all, that begin in a line.
fn spans(raw: &Raw, line: usize) -> impl Iterator<Item = &Region> {
    let row = raw.rows.get(line).map_or(u32::MAX, |row| row - 1);
    let width = raw.columns.len() as u32;
    raw.merged.iter().filter(move |region| {
        region.rows.0 == row
            && region.columns.1 > region.columns.0
            && region.columns.1 - region.columns.0 + 1 < width
    })
}

/// Whether a region begins in the line and ends below it.
fn reaches_down(raw: &Raw, line: usize) -> bool {
    let row = raw.rows.get(line).map_or(u32::MAX, |row| row - 1);
    raw.merged.iter().any(|region| {
        region.rows.0 <= row && region.rows.1 > row && region.columns.0 == region.columns.1
    })
}

/// Whether a line holds names only: texts, none of them a number or a date.
fn is_names(raw: &Raw, line: usize) -> bool {
    let mut filled = raw.filled(line).peekable();
    filled.peek().is_some() && filled.all(|column| !is_data(raw, line, column))
}

/// Whether a cell holds a value rather than a name.
pub(crate) fn is_data(raw: &Raw, line: usize, column: usize) -> bool {
    match raw.cell(line, column) {
        Cell::Empty => false,
        Cell::Number(_) | Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) => true,
        Cell::Text(span) => {
            let text = raw.arena.get(span);
            let marks = Marks {
                decimal: b',',
                decided: false,
            };
            value::number(text, marks).is_some() || value::date_parts(text).is_some()
        }
    }
}

/// Names of a line, folded.
fn names_of(raw: &Raw, line: usize) -> Vec<String> {
    raw.filled(line)
        .filter_map(|column| Some(header::fold(&raw.text(line, column)?)))
        .collect()
}

/// Whether names can't stand alone: several are visits, or a name comes twice.
fn need_upper(names: &[String]) -> bool {
    let n_visits = names.iter().filter(|name| header::visit(name).is_some());
    let different: BTreeSet<&String> = names.iter().collect();
    n_visits.count() >= 2 || different.len() < names.len()
}

/// Whether every name of a line is a unit, as a row of units below the header has it.
fn is_units(raw: &Raw, line: usize) -> bool {
    let mut filled = raw.filled(line).peekable();
    filled.peek().is_some()
        && filled.all(|column| {
            raw.text(line, column)
                .is_some_and(|text| value::is_unit(text.trim_matches(['(', ')', '[', ']'])))
        })
}

/// Whether the line below a header line is header too.
fn has_lower(raw: &Raw, upper: usize) -> bool {
    let lower = upper + 1;
    if reaches_down(raw, upper) {
        return is_names(raw, lower);
    }
    if spans(raw, upper).next().is_some() {
        return is_below_spans(raw, upper);
    }
    if !is_names(raw, lower) {
        return false;
    }
    let has_values_below = |column: usize| {
        (lower + 1..(lower + 6).min(raw.rows.len())).any(|line| is_data(raw, line, column))
    };
    let is_blank = |line: usize, column: usize| raw.cell(line, column) == Cell::Empty;
    if is_units(raw, lower) && raw.filled(lower).any(has_values_below) {
        return true;
    }
    // A blank right of a filled cell that the lower row fills: the upper cell goes on.
    let goes_on = raw.filled(lower).any(|column| {
        is_blank(upper, column) && (0..column).any(|before| !is_blank(upper, before))
    });
    let complements = raw.filled(upper).any(|column| is_blank(lower, column));
    goes_on
        && (need_upper(&names_of(raw, lower))
            || (complements && raw.filled(lower).any(has_values_below)))
}

/// Whether all that the line below holds stands below cells that span several columns, or below
/// nothing: the first patient has values below the other names too.
fn is_below_spans(raw: &Raw, upper: usize) -> bool {
    let lower = upper + 1;
    let is_spanned = |column: usize| {
        spans(raw, upper)
            .any(|region| (region.columns.0 as usize..=region.columns.1 as usize).contains(&column))
    };
    let mut filled = raw.filled(lower).peekable();
    filled.peek().is_some()
        && filled.all(|column| {
            is_spanned(column)
                || (raw.cell(upper, column) == Cell::Empty && !is_data(raw, lower, column))
        })
}

/// Whether a line above the header is header too, not a title.
fn is_upper(raw: &Raw, upper: usize) -> bool {
    if !is_names(raw, upper) {
        return false;
    }
    let first = raw.filled(upper).next().unwrap_or(0);
    let is_single = raw.n_filled(upper) == 1;
    if spans(raw, upper).any(|region| !is_single || region.columns.0 > 0) {
        return true;
    }
    let lower = upper + 1;
    let goes_on = raw.filled(lower).any(|column| {
        raw.cell(upper, column) == Cell::Empty
            && (0..column).any(|before| raw.cell(upper, before) != Cell::Empty)
    });
    goes_on && !(is_single && first == 0) && need_upper(&names_of(raw, lower))
}

/// The name of each column: the texts of the header's rows, one after the other.
pub(crate) fn names(raw: &Raw, heading: Heading, width: usize) -> Vec<String> {
    let rows: Vec<Vec<Option<String>>> = (heading.first..=heading.last)
        .map(|line| row_names(raw, heading, line, width))
        .collect();
    let units = heading.last > heading.first && is_units(raw, heading.last);
    (0..width)
        .map(|column| {
            let mut parts: Vec<String> = Vec::new();
            for (nth, row) in rows.iter().enumerate() {
                let Some(text) = row.get(column).cloned().flatten() else {
                    continue;
                };
                let is_unit = units && nth + 1 == rows.len() && !parts.is_empty();
                let text = if is_unit && !text.starts_with(['(', '[']) {
                    format!("({text})")
                } else {
                    text
                };
                if parts.last() != Some(&text) {
                    parts.push(text);
                }
            }
            parts.join(" ")
        })
        .collect()
}

/// Names that one row of the header gives, cells that go on over several columns repeated.
fn row_names(raw: &Raw, heading: Heading, line: usize, width: usize) -> Vec<Option<String>> {
    let text = |line: usize, column: usize| raw.text(line, column).map(|text| text.into_owned());
    let mut names: Vec<Option<String>> = (0..width).map(|column| text(line, column)).collect();
    if line == heading.last {
        return names;
    }
    let is_named_below =
        |column: usize| (line + 1..=heading.last).any(|l| raw.cell(l, column) != Cell::Empty);
    let rows = (raw.rows[heading.first] - 1, raw.rows[heading.last] - 1);
    let is_merged = raw.merged.iter().any(|region| {
        region.rows.0 >= rows.0 && region.rows.0 <= rows.1 && region.columns.1 > region.columns.0
    });
    if is_merged {
        for region in spans(raw, line) {
            let (from, to) = (region.columns.0 as usize, region.columns.1 as usize);
            let name = text(line, from);
            for slot in names.iter_mut().take(to + 1).skip(from) {
                slot.clone_from(&name);
            }
        }
        return names;
    }
    let mut carried: Option<String> = None;
    for (column, name) in names.iter_mut().enumerate() {
        if name.is_some() {
            carried = name.clone().filter(|_| is_named_below(column));
        } else if is_named_below(column) {
            name.clone_from(&carried);
        } else {
            carried = None;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet from its lines, fields parted by `|`; a line that is blank counts as a row.
    pub(crate) fn raw(lines: &[&str]) -> Raw {
        let mut raw = Raw::new(None);
        for (row, line) in lines.iter().enumerate() {
            if line.trim_matches(['|', ' ']).is_empty() {
                continue;
            }
            raw.begin_row(row as u32 + 1);
            for (column, field) in line.split('|').enumerate() {
                raw.set_text(column, field).unwrap();
            }
        }
        raw
    }

    fn headed(lines: &[&str]) -> (Heading, Vec<String>) {
        let raw = raw(lines);
        let heading = find(&raw, &raw.fill()).unwrap();
        (heading, names(&raw, heading, raw.columns.len()))
    }

    #[test]
    fn lines_above_the_header_are_no_header() {
        let (heading, _) = headed(&["# synthetic, not for use", "", "id|age|sex", "1|54|F"]);
        assert_eq!((heading.first, heading.last), (1, 1));
        let (heading, names) = headed(&["Cohorte SCS||", "id|J0|M6", "1|54|3"]);
        assert_eq!((heading.first, heading.last), (1, 1));
        assert_eq!(names, ["id", "J0", "M6"]);
    }

    #[test]
    fn an_upper_header_cell_names_the_columns_right_of_it() {
        let (heading, names) = headed(&[
            "id|sexe|EVA|||ODI||note",
            "||J0|M6|M12|J0|M6|",
            "1|F|70|30|20|44|30|x",
            "2|M|60|30|20|44|30|y",
        ]);
        assert_eq!((heading.first, heading.last), (0, 1));
        let wanted = [
            "id", "sexe", "EVA J0", "EVA M6", "EVA M12", "ODI J0", "ODI M6", "note",
        ];
        assert_eq!(names, wanted);
    }

    #[test]
    fn a_sparse_upper_row_is_found_above_the_full_one() {
        let (heading, names) = headed(&[
            "Cohorte 2024||||||",
            "||EVA|||ODI|",
            "id|sexe|J0|M6|M12|J0|M6",
            "1|F|70|30|20|44|30",
        ]);
        assert_eq!((heading.first, heading.last), (1, 2));
        assert_eq!(names[1..4], ["sexe", "EVA J0", "EVA M6"]);
    }

    #[test]
    fn a_merged_name_in_a_header_of_one_row_does_not_take_the_first_patient() {
        let mut sheet = raw(&["id|nom||age", "P1|a|b|54", "P2|c|d|61"]);
        sheet.merged.push(Region {
            rows: (0, 0),
            columns: (1, 2),
        });
        let heading = find(&sheet, &sheet.fill()).unwrap();
        assert_eq!((heading.first, heading.last), (0, 0));
        let mut sheet = raw(&["id|EVA||age", "|0|6|", "P1|70|30|54"]);
        sheet.merged.push(Region {
            rows: (0, 0),
            columns: (1, 2),
        });
        let heading = find(&sheet, &sheet.fill()).unwrap();
        assert_eq!((heading.first, heading.last), (0, 1));
        assert_eq!(names(&sheet, heading, 4)[1..3], ["EVA 0", "EVA 6"]);
    }

    #[test]
    fn a_row_of_units_belongs_to_the_header() {
        let (heading, names) = headed(&["id|age|eva", "|ans|mm", "1|54|70", "2|61|30"]);
        assert_eq!((heading.first, heading.last), (0, 1));
        assert_eq!(names, ["id", "age (ans)", "eva (mm)"]);
    }

    #[test]
    fn a_row_of_texts_below_a_header_is_a_patient() {
        let (heading, _) = headed(&["id|sexe|lieu", "P1|F|dos", "P2|M|jambe"]);
        assert_eq!((heading.first, heading.last), (0, 0));
        let (heading, _) = headed(&["id|sexe|lieu|x", "P1||dos|", "P2|M|jambe|3"]);
        assert_eq!((heading.first, heading.last), (0, 0));
    }
}
