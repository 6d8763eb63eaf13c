//! What exports of REDCap have that others have not: events, and instruments that repeat.

use std::sync::Arc;

use crate::base::issue::Issue;
use crate::cohort::header;
use crate::import::grid::Grid;
use crate::import::roles::Cast;

/// Parts a table with repeating instruments: the rows of each instrument are a table of their own,
/// of which the first instance is kept; later ones are left out with an issue.
pub(crate) fn part(grid: Grid, cast: &mut Cast) -> Vec<Grid> {
    let find = |name: &str| grid.headers.iter().position(|h| header::fold(h) == name);
    let Some(instance) = find("redcap repeat instance").or_else(|| find("repeat instance")) else {
        return vec![grid];
    };
    let instrument = find("redcap repeat instrument").or_else(|| find("repeat instrument"));
    let text = |column: usize, line: usize| grid.text(grid.columns[column].get(line));
    let mut instruments: Vec<(String, Vec<usize>)> = vec![(String::new(), Vec::new())];
    let mut n_rows = 0;
    let mut n_cells = 0;
    let mut first_left: Option<usize> = None;
    for line in 0..grid.n_rows() {
        let nth = text(instance, line);
        let is_first = nth.as_deref().is_none_or(|nth| matches!(nth, "1" | "1.0"));
        if !is_first {
            n_rows += 1;
            n_cells += grid.n_filled(line);
            first_left = first_left.or(Some(line));
            continue;
        }
        let name = match (nth, instrument) {
            (None, _) => String::new(),
            (Some(_), None) => "1".to_owned(),
            (Some(_), Some(column)) => text(column, line).unwrap_or_default().into_owned(),
        };
        match instruments.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.push(line),
            None => instruments.push((name, vec![line])),
        }
    }
    if let Some(line) = first_left {
        cast.account.left_out += n_cells;
        cast.issues.push(
            Issue::warning("redcap-repeats-left-out")
                .at(grid.place(line, instance))
                .with("rows", n_rows)
                .with("n", n_cells),
        );
    }
    // Which instance of which instrument a row was is what its table stands for now.
    let own = |column: usize| column == instance || Some(column) == instrument;
    for (_, lines) in &instruments {
        for column in (0..grid.headers.len()).filter(|&column| own(column)) {
            let filled = |line: &&usize| grid.columns[column].is_filled(**line);
            cast.account.key += lines.iter().filter(filled).count();
        }
    }
    if instruments.len() > 1 {
        instruments.retain(|(_, lines)| !lines.is_empty());
    }
    let mut issues = grid.issues.clone();
    let mut n_unvalued = grid.n_unvalued;
    instruments
        .into_iter()
        .enumerate()
        .map(|(nth, (_, lines))| {
            let is_used = |&column: &usize| {
                !own(column)
                    && (nth == 0
                        || lines
                            .iter()
                            .any(|&line| grid.columns[column].is_filled(line)))
            };
            let columns: Vec<usize> = (0..grid.headers.len()).filter(is_used).collect();
            grid.selection(&columns, &lines)
        })
        .map(|mut part| {
            part.issues = std::mem::take(&mut issues);
            part.n_unvalued = std::mem::take(&mut n_unvalued);
            part
        })
        .collect()
}

impl Grid {
    /// Some columns and lines of a table, as a table; without its issues.
    pub(crate) fn selection(&self, columns: &[usize], lines: &[usize]) -> Self {
        Self {
            sheet: self.sheet.clone(),
            headers: columns.iter().map(|&c| self.headers[c].clone()).collect(),
            positions: columns.iter().map(|&c| self.positions[c]).collect(),
            columns: columns
                .iter()
                .map(|&c| self.columns[c].selection(lines))
                .collect(),
            rows: Arc::new(lines.iter().map(|&line| self.rows[line]).collect()),
            header_row: self.header_row,
            epoch_1904: self.epoch_1904,
            n_unvalued: 0,
            issues: Vec::new(),
            arena: Arc::clone(&self.arena),
        }
    }
}
