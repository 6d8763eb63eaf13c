//! The cohort as a table: identifiers first, then every column, findings at the edge of a cell.

use std::sync::Arc;

use crate::app::columns::{self, MISSING};
use crate::app::state::Checked;
use crate::app::table::{Source, TableCell, TableColumn, sort_by_number};
use crate::base::text::Lang;
use crate::cohort::{Cell, Kind};
use crate::dictionary;

/// The rows of a cohort.
pub struct CohortRows {
    checked: Arc<Checked>,
    columns: Vec<TableColumn>,
    /// Position in the cohort of each column after the first.
    variables: Vec<usize>,
    ids: Vec<String>,
    lang: Lang,
}

impl CohortRows {
    /// Prepares the columns; cells are worded when they are seen.
    pub fn new(checked: &Arc<Checked>, lang: Lang) -> Self {
        let cohort = &checked.cohort;
        let variables: Vec<usize> = (0..cohort.variables.len())
            .filter(|&at| cohort.variables[at].kind != Kind::Identifier)
            .collect();
        let id_title = cohort
            .id_variable()
            .map_or_else(|| lang.t("column-row"), |variable| variable.name.clone());
        let mut titles = vec![TableColumn {
            title: id_title,
            tip: String::new(),
            width: 92.0,
            is_number: false,
        }];
        titles.extend(variables.iter().map(|&at| {
            let variable = &cohort.variables[at];
            let letters = variable.name.chars().count() as f32;
            TableColumn {
                title: variable.name.clone(),
                tip: dictionary::label(variable, lang),
                width: (letters * 8.0 + 28.0).clamp(72.0, 180.0),
                is_number: variable.kind == Kind::Numeric,
            }
        }));
        Self {
            checked: Arc::clone(checked),
            columns: titles,
            variables,
            ids: cohort.ids(),
            lang,
        }
    }

    /// Name of the variable in a column; `None` for the first.
    pub fn variable(&self, column: usize) -> Option<&str> {
        let at = *self.variables.get(column.checked_sub(1)?)?;
        Some(&self.checked.cohort.variables[at].name)
    }
}

impl Source for CohortRows {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.ids.len()
    }

    fn cell(&self, row: usize, column: usize) -> TableCell {
        let Some(place) = column.checked_sub(1) else {
            return TableCell {
                strong: true,
                ..TableCell::text(self.ids[row].clone())
            };
        };
        let Some(&at) = self.variables.get(place) else {
            return TableCell::default();
        };
        let cohort = &self.checked.cohort;
        let text = columns::cell_text(cohort, row, &cohort.variables[at], self.lang);
        TableCell {
            quiet: text == MISSING,
            finding: self.checked.findings.get(&(row, at)).copied(),
            ..TableCell::text(text)
        }
    }

    fn sort(&self, rows: &mut [usize], column: usize) {
        let cohort = &self.checked.cohort;
        let Some(name) = self.variable(column) else {
            rows.sort_by(|&a, &b| self.ids[a].cmp(&self.ids[b]));
            return;
        };
        if let Ok(numbers) = cohort.numbers(name) {
            sort_by_number(rows, |row| {
                numbers.get(row).copied().filter(|x| !x.is_nan())
            });
            return;
        }
        let texts: Vec<Option<String>> = (0..self.n_rows())
            .map(|row| match cohort.cell(row, name) {
                Some(Cell::Text(text)) => Some(text),
                _ => None,
            })
            .collect();
        rows.sort_by(|&a, &b| {
            let key = |row: usize| (texts[row].is_none(), texts[row].as_deref());
            key(a).cmp(&key(b))
        });
    }

    fn matches(&self, row: usize, search: &str) -> bool {
        self.checked
            .row_texts
            .get(row)
            .is_some_and(|text| text.contains(search))
            || self.ids[row].to_lowercase().contains(search)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::table::TableView;

    #[test]
    fn the_table_sorts_by_any_column_and_finds_any_cell() {
        let cohort = Arc::new(fixture::cohort());
        let checked = columns::unrepaired(&cohort);
        let rows = CohortRows::new(&Arc::new(checked), Lang::En);
        let mut view = TableView::default();
        for column in 0..rows.columns().len() {
            view.sort = Some((column, column % 2 == 0));
            assert_eq!(view.order(&rows, 0).len(), cohort.n_rows());
        }
        view.search = "no patient has this".to_owned();
        assert!(view.order(&rows, 0).is_empty());
    }
}
