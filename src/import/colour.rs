//! Fill colours: cells among the data that somebody coloured. What a colour means is never read, so it is said.
//!
//! A coloured header, a coloured column, banded rows and a coloured line of sums are how tables are
//! made to look; they mean nothing about a single cell and are passed over.

use std::collections::{BTreeMap, HashSet};

use calamine::{Color, FillPattern, Style};

use crate::base::issue::{Issue, Place};
use crate::import::raw::Raw;

/// Addresses that are shown.
const MAX_SHOWN: usize = 5;
/// Coloured lines at the top that are taken for titles and headers.
const MAX_HEADER: usize = 6;
/// A column, or the rows of a sheet, coloured in this share of its cells are so by design.
const COLUMN_SHARE: f64 = 0.8;
const BANDED_SHARE: f64 = 0.4;

/// The visible fill of each style.
pub(crate) fn fills(styles: &[Style]) -> Vec<Option<Color>> {
    let fill = |style: &Style| {
        let fill = style.fill.as_ref()?;
        let colour = fill.get_color()?;
        (fill.pattern == FillPattern::Solid && !colour.is_white()).then_some(colour)
    };
    styles.iter().map(fill).collect()
}

/// Coloured cells by line of the sheet.
type Lines = BTreeMap<usize, BTreeMap<u32, Color>>;

/// Notes the coloured cells of a sheet; `styled` gives 0-based row and column and the style of each styled cell.
pub(crate) fn coloured(
    raw: &Raw,
    fills: &[Option<Color>],
    styled: impl Iterator<Item = (u32, u32, usize)>,
) -> Option<Issue> {
    let mut lines = Lines::new();
    for (row, column, style) in styled {
        let Some(colour) = fills.get(style).copied().flatten() else {
            continue;
        };
        let line = raw.rows.binary_search(&row.saturating_add(1));
        if let Ok(line) = line
            && (column as usize) < raw.columns.len()
        {
            lines.entry(line).or_default().insert(column, colour);
        }
    }
    let whole = whole_lines(raw, &lines);
    let first = (0..raw.rows.len().min(MAX_HEADER))
        .find(|line| !whole.contains(line))
        .unwrap_or(0);
    // Where nothing at the top is coloured, the first line is the header all the same.
    let first = first.max(1);
    let last = raw.rows.len().checked_sub(1)?;
    let n_data = raw.rows.len().saturating_sub(first);
    let n_whole = whole.iter().filter(|line| **line >= first).count();
    let is_banded = n_whole as f64 >= BANDED_SHARE * n_data as f64;
    lines.retain(|line, _| {
        *line >= first && !(whole.contains(line) && (is_banded || *line == last))
    });
    let columns = whole_columns(raw, &lines, first);
    let cells: Vec<(usize, u32)> = lines
        .iter()
        .flat_map(|(line, cells)| cells.keys().map(|column| (*line, *column)))
        .filter(|(_, column)| !columns.contains(column))
        .collect();
    let place = |(line, column): &(usize, u32)| Place {
        sheet: raw.sheet.clone(),
        row: Some(raw.rows[*line]),
        column: None,
        position: Some(column + 1),
    };
    let shown: Vec<String> = cells
        .iter()
        .take(MAX_SHOWN)
        .map(place)
        .filter_map(|place| Some(format!("{}{}", place.letters()?, place.row?)))
        .collect();
    let more = if cells.len() > MAX_SHOWN { ", …" } else { "" };
    (!cells.is_empty()).then(|| {
        let mut note = Issue::note("colours-are-not-data")
            .with("n", cells.len())
            .with("cells", shown.join(", ") + more);
        note.place.sheet.clone_from(&raw.sheet);
        note
    })
}

/// Lines with at least two filled cells, all of which are coloured.
fn whole_lines(raw: &Raw, lines: &Lines) -> HashSet<usize> {
    let is_whole = |line: usize, cells: &BTreeMap<u32, Color>| {
        let mut filled = raw.filled(line);
        raw.n_filled(line) >= 2 && filled.all(|column| cells.contains_key(&(column as u32)))
    };
    lines
        .iter()
        .filter(|(line, cells)| is_whole(**line, cells))
        .map(|(line, _)| *line)
        .collect()
}

/// Columns that are coloured throughout, in one colour.
fn whole_columns(raw: &Raw, lines: &Lines, first: usize) -> HashSet<u32> {
    let mut counts: BTreeMap<u32, (Vec<Color>, usize)> = BTreeMap::new();
    for (column, colour) in lines.values().flatten() {
        let (colours, n) = counts.entry(*column).or_default();
        if !colours.contains(colour) && colours.len() < 2 {
            colours.push(*colour);
        }
        *n += 1;
    }
    let is_whole = |(column, (colours, n)): (u32, (Vec<Color>, usize))| {
        let cells = raw.columns.get(column as usize)?;
        let below = cells.of().get(first..).unwrap_or_default();
        let n_filled = below.iter().filter(|kept| **kept > 0).count();
        let is_most = n as f64 >= COLUMN_SHARE * n_filled.max(1) as f64;
        (colours.len() == 1 && n > 1 && is_most).then_some(column)
    };
    counts.into_iter().filter_map(is_whole).collect()
}
