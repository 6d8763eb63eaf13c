//! The cohort as a table: identifiers first, then every column; findings at the edge of a cell,
//! corrections in italics, what could not be read in brackets.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use crate::app::columns::{self, MISSING};
use crate::app::places;
use crate::app::state::Checked;
use crate::app::table::{
    Choices, Filter, Only, Query, Source, TableCell, TableColumn, compare_texts, reverse_known,
    sort_by_number,
};
use crate::base::task::{Cancelled, TaskHandle};
use crate::base::text::Lang;
use crate::cohort::{Cell, Change, Kind, Variable};
use crate::dictionary;

/// With more cells than that, arranging the rows is a job.
const N_CELLS_AT_ONCE: usize = 300_000;

/// The rows of a cohort.
pub struct CohortRows {
    checked: Arc<Checked>,
    columns: Vec<TableColumn>,
    /// Position in the cohort of each column after the first.
    variables: Vec<usize>,
    lang: Lang,
    /// Findings by row and position of the variable; made when the first cell is pointed at.
    by_cell: OnceLock<HashMap<(usize, usize), Vec<usize>>>,
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
            width: 104.0,
            is_number: false,
        }];
        titles.extend(variables.iter().map(|&at| {
            let variable = &cohort.variables[at];
            let letters = variable.name.chars().count() as f32;
            TableColumn {
                title: variable.name.clone(),
                tip: dictionary::label(variable, lang),
                width: (letters * 8.0 + 44.0).clamp(80.0, 196.0),
                is_number: variable.kind == Kind::Numeric,
            }
        }));
        Self {
            checked: Arc::clone(checked),
            columns: titles,
            variables,
            lang,
            by_cell: OnceLock::new(),
        }
    }

    /// Whether it shows this state in this language.
    pub fn is_of(&self, checked: &Arc<Checked>, lang: Lang) -> bool {
        Arc::ptr_eq(&self.checked, checked) && self.lang == lang
    }

    /// The variable in a column; `None` for the first.
    pub fn variable(&self, column: usize) -> Option<&Variable> {
        let at = *self.variables.get(column.checked_sub(1)?)?;
        self.checked.cohort.variables.get(at)
    }

    /// The column of a variable; the first one for what names the patient.
    pub fn column_of(&self, name: &str) -> usize {
        let is_it = |at: &usize| self.checked.cohort.variables[*at].name == name;
        self.variables.iter().position(is_it).map_or(0, |at| at + 1)
    }

    /// What a column can be filtered by.
    pub fn choices(&self, column: usize) -> Choices {
        let Some(variable) = self.variable(column) else {
            return Choices::Text;
        };
        let summary = self
            .checked
            .columns
            .iter()
            .find(|summary| summary.name == variable.name);
        match variable.kind {
            Kind::Numeric => {
                let [low, .., high] = summary
                    .and_then(|summary| summary.spread)
                    .unwrap_or_default();
                Choices::Numbers(low, high)
            }
            Kind::Binary | Kind::Categorical => {
                Choices::Levels(summary.map_or_else(Vec::new, |summary| summary.levels.clone()))
            }
            Kind::Identifier | Kind::Date | Kind::Text => Choices::Text,
        }
    }

    /// What stands in the file where the cell could not be read.
    fn unread(&self, row: usize, variable: &Variable) -> Option<&str> {
        let cells = self.checked.cohort.unread.get(&variable.name)?;
        let row = u32::try_from(row).ok()?;
        // In the order of the rows, as the import goes through them.
        let at = cells.partition_point(|(other, _)| *other < row);
        cells
            .get(at)
            .filter(|(other, _)| *other == row)
            .map(|(_, text)| text.as_str())
    }

    fn is_edited(&self, row: usize, variable: &Variable) -> bool {
        let edited = &self.checked.replayed.edited;
        edited
            .binary_search_by(|(other, name)| {
                (*other, name.as_str()).cmp(&(row, variable.name.as_str()))
            })
            .is_ok()
    }

    fn findings_at(&self, row: usize, at: usize) -> &[usize] {
        let by_cell = self.by_cell.get_or_init(|| {
            let names: HashMap<&str, usize> = self
                .checked
                .cohort
                .variables
                .iter()
                .enumerate()
                .map(|(at, variable)| (variable.name.as_str(), at))
                .collect();
            let mut by_cell: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
            for (number, finding) in self.checked.to_review.iter().enumerate() {
                let name = finding.key.variable.as_deref();
                if let (Some(row), Some(at)) = (&finding.row, name.and_then(|name| names.get(name)))
                {
                    by_cell.entry((row.row, *at)).or_default().push(number);
                }
            }
            by_cell
        });
        by_cell.get(&(row, at)).map_or(&[], Vec::as_slice)
    }

    /// The last correction of a cell in words.
    fn correction(&self, row: usize, variable: &Variable) -> Option<String> {
        let row_key = self.checked.cohort.row_keys.get(row);
        self.checked.of.edits.iter().rev().find_map(|edit| {
            let Change::Cells(cells) = &edit.change else {
                return None;
            };
            let cell = cells.iter().find(|cell| {
                let is_row = match (&cell.row.key, row_key) {
                    (Some(a), Some(b)) => a == b,
                    _ => cell.row.row == row,
                };
                is_row && cell.variable == variable.name
            })?;
            let value = |cell: Option<&Cell>| cell_words(cell, self.lang);
            Some(self.lang.with(
                "cell-corrected",
                &[
                    ("before", value(cell.before.as_ref()).into()),
                    ("after", value(cell.after.as_ref()).into()),
                    ("who", edit.who.as_str().into()),
                    ("at", edit.at.get(..10).unwrap_or_default().into()),
                    ("why", edit.why.as_str().into()),
                ],
            ))
        })
    }

    /// Leaves out the rows in which no cell holds the search text.
    fn search(
        &self,
        rows: &mut Vec<usize>,
        needle: &str,
        task: &TaskHandle,
    ) -> Result<(), Cancelled> {
        let cohort = &self.checked.cohort;
        let mut hit: Vec<bool> = self
            .checked
            .ids
            .iter()
            .map(|id| id.to_lowercase().contains(needle))
            .collect();
        // Letters stand in no number: such columns need not be looked through.
        let mark = match self.lang {
            Lang::En => '.',
            Lang::Fr => ',',
        };
        let may_be_number = needle
            .chars()
            .all(|c| c.is_ascii_digit() || c == mark || c == '-' || c == '\u{2212}');
        let digits = needle.replace(mark, ".").replace('\u{2212}', "-");
        let mut text = String::new();
        for &at in &self.variables {
            task.check()?;
            let variable = &cohort.variables[at];
            for (row, unread) in cohort.unread.get(&variable.name).into_iter().flatten() {
                if let Some(hit) = hit.get_mut(*row as usize) {
                    *hit |= unread.to_lowercase().contains(needle);
                }
            }
            if let Ok(numbers) = cohort.numbers(&variable.name) {
                if may_be_number {
                    for (hit, x) in hit.iter_mut().zip(numbers) {
                        *hit = *hit || (!x.is_nan() && number_holds(&mut text, x, &digits));
                    }
                }
            } else if let Ok(texts) = cohort.text_refs(&variable.name) {
                for (hit, text) in hit.iter_mut().zip(texts) {
                    *hit = *hit || text.is_some_and(|text| text.to_lowercase().contains(needle));
                }
            }
        }
        rows.retain(|&row| hit.get(row).copied().unwrap_or(false));
        Ok(())
    }

    fn filter(&self, rows: &mut Vec<usize>, column: usize, filter: &Filter) {
        let Some(variable) = self.variable(column) else {
            let ids = &self.checked.ids;
            rows.retain(|&row| filter.passes_text(ids.get(row).map(String::as_str)));
            return;
        };
        let cohort = &self.checked.cohort;
        if let Ok(numbers) = cohort.numbers(&variable.name) {
            rows.retain(|&row| {
                let number = numbers.get(row).copied();
                filter.passes_number(number.filter(|x| !x.is_nan()))
            });
        } else if let Ok(texts) = cohort.text_refs(&variable.name) {
            rows.retain(|&row| filter.passes_text(texts.get(row).copied().flatten()));
        }
    }

    /// The rows in which something is still to be looked at, by one rule or any.
    fn found(&self, rule: Option<&str>) -> BTreeSet<usize> {
        self.checked
            .to_review
            .iter()
            .filter(|finding| places::is_pending(finding.status))
            .filter(|finding| rule.is_none_or(|rule| finding.key.rule == rule))
            .filter_map(|finding| finding.row.as_ref().map(|row| row.row))
            .collect()
    }
}

/// A value in words; a dash where there is none.
pub(in crate::app) fn cell_words(cell: Option<&Cell>, lang: Lang) -> String {
    match cell {
        Some(Cell::Number(x)) => columns::plain_number(*x, lang),
        Some(Cell::Text(text)) => text.clone(),
        None => MISSING.to_owned(),
    }
}

/// Whether a number as it is shown holds a text of digits, with a point for the decimal mark and a plain
/// minus; `text` is room to write in. Twenty million numbers are looked through, so they are not worded.
fn number_holds(text: &mut String, x: f64, digits: &str) -> bool {
    text.clear();
    let shown = (x * 1e4).round() / 1e4;
    // Writing into a string does not fail.
    let _written = write!(text, "{shown}");
    text.contains(digits)
}

impl Source for CohortRows {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.checked.ids.len()
    }

    fn cell(&self, row: usize, column: usize) -> TableCell {
        let cohort = &self.checked.cohort;
        let struck = cohort.excluded.contains_key(&row);
        let Some(variable) = self.variable(column) else {
            let id = self.checked.ids.get(row).cloned().unwrap_or_default();
            return TableCell {
                strong: true,
                struck,
                ..TableCell::text(id)
            };
        };
        let at = self.variables[column - 1];
        let finding = self.checked.findings.get(&(row, at)).copied();
        let edited = self.is_edited(row, variable);
        let value = cohort.cell(row, &variable.name);
        if let (None, false, Some(text)) = (&value, edited, self.unread(row, variable)) {
            return TableCell {
                unread: true,
                struck,
                finding,
                ..TableCell::text(format!("({text})"))
            };
        }
        TableCell {
            quiet: value.is_none(),
            edited,
            struck,
            finding,
            ..TableCell::text(cell_words(value.as_ref(), self.lang))
        }
    }

    fn sort(&self, rows: &mut [usize], column: usize) {
        let cohort = &self.checked.cohort;
        let ids = &self.checked.ids;
        let Some(variable) = self.variable(column) else {
            rows.sort_by(|&a, &b| compare_texts(&ids[a], &ids[b]));
            return;
        };
        if let Ok(numbers) = cohort.numbers(&variable.name) {
            sort_by_number(rows, |row| {
                numbers.get(row).copied().filter(|x| !x.is_nan())
            });
        } else if let Ok(texts) = cohort.text_refs(&variable.name) {
            rows.sort_by(|&a, &b| match (texts[a], texts[b]) {
                (Some(a), Some(b)) => compare_texts(a, b),
                (a, b) => a.is_none().cmp(&b.is_none()),
            });
        }
    }

    fn matches(&self, row: usize, search: &str) -> bool {
        (0..self.columns.len())
            .any(|column| self.cell(row, column).text.to_lowercase().contains(search))
    }

    fn tip(&self, row: usize, column: usize) -> String {
        let lang = self.lang;
        let mut lines = Vec::new();
        if let Some(why) = self.checked.cohort.excluded.get(&row) {
            lines.push(lang.with("cell-excluded", &[("why", why.as_str().into())]));
        }
        if let Some(variable) = self.variable(column) {
            for &number in self.findings_at(row, self.variables[column - 1]) {
                let finding = &self.checked.to_review[number];
                lines.push(lang.issue(&finding.issue));
            }
            if self.is_edited(row, variable) {
                lines.extend(self.correction(row, variable));
            } else if let Some(text) = self.unread(row, variable) {
                lines.push(lang.with("cell-unread", &[("text", text.into())]));
            }
        }
        lines.join("\n")
    }

    fn copied(&self, row: usize, column: usize) -> String {
        let cell = self.cell(row, column);
        if cell.quiet { String::new() } else { cell.text }
    }

    fn is_large(&self) -> bool {
        self.n_rows().saturating_mul(self.columns.len()) > N_CELLS_AT_ONCE
    }

    fn arrange(&self, query: &Query, task: &TaskHandle) -> Result<Vec<usize>, Cancelled> {
        let mut rows: Vec<usize> = (0..self.n_rows()).collect();
        let found = match &query.only {
            Only::All => None,
            Only::Found => Some(self.found(None)),
            Only::Rule(rule) => Some(self.found(Some(rule))),
        };
        if let Some(found) = found {
            rows.retain(|row| found.contains(row));
        }
        for (&column, filter) in &query.filters {
            task.check()?;
            self.filter(&mut rows, column, filter);
        }
        let needle = query.needle();
        if !needle.is_empty() {
            self.search(&mut rows, &needle, task)?;
        }
        task.check()?;
        if let Some((column, upwards)) = query.sort {
            self.sort(&mut rows, column);
            if !upwards {
                let name = self.variable(column).map(|variable| &variable.name);
                let is_missing = |row: usize| {
                    name.is_some_and(|name| self.checked.cohort.cell(row, name).is_none())
                };
                reverse_known(&mut rows, is_missing);
            }
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::table::{TableView, tsv};
    use crate::cohort::{Cohort, Origin, Replayed, Source as From};

    fn rows_of(cohort: Cohort, edited: Vec<(usize, String)>) -> CohortRows {
        let mut checked = columns::unrepaired(&Arc::new(cohort));
        checked.replayed = Replayed {
            edited,
            ..Replayed::default()
        };
        CohortRows::new(&Arc::new(checked), Lang::Fr)
    }

    fn small() -> Cohort {
        let mut cohort = Cohort::new(From::default(), 4);
        let pain = Variable::new("pain", Kind::Numeric, Origin::default());
        let values = [7.5, f64::NAN, 3.0, f64::NAN];
        cohort.push_numbers(pain, &values).unwrap();
        let mut sex = Variable::new("sex", Kind::Binary, Origin::default());
        sex.levels = vec!["F".to_owned(), "M".to_owned()];
        let texts = [Some("M"), Some("F"), None, Some("F")].map(|text| text.map(str::to_owned));
        cohort.push_texts(sex, &texts).unwrap();
        cohort
            .unread
            .insert("pain".to_owned(), vec![(1, "7,1 ?".to_owned())]);
        cohort.excluded.insert(3, "withdrew".to_owned());
        cohort
    }

    #[test]
    fn the_table_sorts_by_any_column_and_finds_any_cell() {
        let cohort = Arc::new(fixture::cohort());
        let checked = columns::unrepaired(&cohort);
        let rows = CohortRows::new(&Arc::new(checked), Lang::En);
        let mut view = TableView::default();
        for column in 0..rows.columns().len() {
            view.query.sort = Some((column, column % 2 == 0));
            assert_eq!(view.order(&rows, 0).len(), cohort.n_rows());
        }
        view.query.search = "no patient has this".to_owned();
        assert!(view.order(&rows, 0).is_empty());
    }

    #[test]
    fn what_could_not_be_read_is_shown_found_and_copied_as_the_file_has_it() {
        let rows = rows_of(small(), Vec::new());
        let cell = rows.cell(1, 1);
        assert_eq!((cell.text.as_str(), cell.unread), ("(7,1 ?)", true));
        assert_eq!(rows.cell(3, 1).text, MISSING);
        let mut view = TableView::default();
        // As the language writes it, not as the other one does.
        view.query.search = "7.5".to_owned();
        assert!(view.order(&rows, 0).is_empty());
        view.query.search = "7,".to_owned();
        assert_eq!(view.order(&rows, 0), [0, 1]);
        assert_eq!(
            tsv(&rows, &[1, 2]).lines().skip(1).collect::<Vec<_>>(),
            ["2\t(7,1 ?)\tF", "3\t3\t"]
        );
        let corrected = rows_of(small(), vec![(1, "pain".to_owned())]);
        assert!(corrected.cell(1, 1).edited && !corrected.cell(1, 1).unread);
    }

    #[test]
    fn missing_values_stay_last_in_both_directions() {
        let rows = rows_of(small(), Vec::new());
        let mut view = TableView::default();
        view.query.sort = Some((1, true));
        assert_eq!(view.order(&rows, 0), [2, 0, 1, 3]);
        view.query.sort = Some((1, false));
        assert_eq!(view.order(&rows, 0), [0, 2, 1, 3]);
    }

    #[test]
    fn filters_of_several_columns_hold_together() {
        let rows = rows_of(small(), Vec::new());
        let mut view = TableView::default();
        view.query.filters.insert(1, Filter::Missing);
        assert_eq!(view.order(&rows, 0), [1, 3]);
        let women = Filter::Levels(BTreeSet::from(["F".to_owned()]));
        view.query.filters.insert(2, women);
        assert_eq!(view.order(&rows, 0), [1, 3]);
        let range = Filter::Range(Some(3.0), Some(7.0));
        view.query.filters.insert(1, range);
        assert!(view.order(&rows, 0).is_empty());
        view.query.filters.remove(&2);
        assert_eq!(view.order(&rows, 0), [2]);
        assert!(matches!(rows.choices(2), Choices::Levels(levels) if levels.len() == 2));
    }

    #[test]
    fn excluded_patients_are_struck_out_and_say_why() {
        let rows = rows_of(small(), Vec::new());
        assert!(rows.cell(3, 2).struck && !rows.cell(2, 2).struck);
        assert!(rows.tip(3, 0).contains("withdrew"));
    }
}
