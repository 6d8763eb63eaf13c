//! Texts of a delimited file that a spreadsheet would run as formulas: they stay texts here, and are named.

use crate::base::issue::{Issue, Place};
use crate::cohort::Limited;
use crate::import::column::{Column, Fate, Reading};
use crate::import::survey::Look;

/// Whether a spreadsheet that opens the text would run it. Numbers, dates and quantities are asked for before.
fn would_run(text: &str) -> bool {
    let text = text.trim();
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    let rest = characters.as_str();
    let is_call = rest.contains(['(', '|', '!', '=', '&']);
    match first {
        '=' => !rest.is_empty(),
        '@' => is_call,
        // `+/-`, `- douleur` and `+33 6 12 34 56 78` are no formulas.
        '+' | '-' => {
            is_call || (rest.contains(['+', '*', '/']) && rest.starts_with(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// The header and the cells of a column that a spreadsheet would run. A cell that could not be read is named already.
pub(super) fn named(column: &Column<'_>, reading: &Reading) -> Vec<Issue> {
    let grid = column.grid;
    // In a workbook formulas are apart from texts.
    if grid.sheet.is_some() {
        return Vec::new();
    }
    let mut issues = Vec::new();
    if would_run(column.header()) {
        let place = Place {
            row: Some(grid.header_row).filter(|&row| row > 0),
            ..grid.column_place(column.idx)
        };
        issues.push(
            Issue::warning("formula-as-text")
                .at(place)
                .found(column.header()),
        );
    }
    let mut cells = Limited::default();
    let would_run_at = |kept: usize| {
        column.survey.looks[kept] == Look::Other
            && reading.fates.get(kept) != Some(&Fate::Unread)
            && would_run(&grid.text(column.cells().kept()[kept]).unwrap_or_default())
    };
    let kept = 0..column.survey.looks.len();
    let would_run_at: Vec<bool> = kept.map(would_run_at).collect();
    for line in column.lines_of(|kept| would_run_at[kept]) {
        cells.push(|| column.at_cell("formula-as-text", line));
    }
    issues.extend(cells.finish());
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_told_from_signs_and_bullets() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://example.org\",\"clic\")",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+1+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "-A1*B1",
        ] {
            assert!(would_run(text), "{text}");
        }
        for text in [
            "",
            "-",
            "+",
            "=",
            "++",
            "+/-",
            "- douleur",
            "-douleur au dos",
            "+33 6 12 34 56 78",
            "@home",
            "a=b",
        ] {
            assert!(!would_run(text), "{text}");
        }
    }
}
