//! The trail as a table: a line for every cell, column, patient and finding that something was done to.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::columns::plain_number;
use crate::app::pages::cohort::{cell_words, status_words};
use crate::app::table::{Source, TableCell, TableColumn, compare_texts};
use crate::base::text::Lang;
use crate::cohort::{Change, RowRef};
use crate::report::words as report_words;
use crate::review::{FindingKey, Mark, Sheet};
use crate::study::{Deed, Study};

/// Columns of the table.
pub const WHEN: usize = 0;
/// Who did it.
pub const WHO: usize = 1;
/// What was done.
pub const WHAT: usize = 2;
/// Whose.
pub const PATIENT: usize = 3;
/// Which column of the data.
pub const COLUMN: usize = 4;

const N_COLUMNS: usize = 9;
const TITLES: [(&str, f32); N_COLUMNS] = [
    ("deeds-when", 148.0),
    ("deeds-who", 72.0),
    ("deeds-what", 172.0),
    ("deeds-patient", 92.0),
    ("deeds-column", 148.0),
    ("deeds-before", 118.0),
    ("deeds-after", 118.0),
    ("deeds-why", 220.0),
    ("deeds-state", 110.0),
];

/// The trail in words.
pub struct TrailRows {
    columns: Vec<TableColumn>,
    lines: Vec<[String; N_COLUMNS]>,
}

/// What the lines of a trail are worded with.
struct Words<'a> {
    ids: &'a [String],
    by_key: BTreeMap<&'a str, usize>,
    in_force: BTreeSet<u32>,
    lang: Lang,
}

impl TrailRows {
    /// Words the trail; `ids` and `row_keys` are those of the cohort that is open.
    pub fn new(study: &Study, ids: &[String], row_keys: &[String], lang: Lang) -> Self {
        let keys = row_keys.iter().enumerate();
        let words = Words {
            ids,
            by_key: keys.map(|(row, key)| (key.as_str(), row)).collect(),
            in_force: study.edits.iter().map(|edit| edit.number).collect(),
            lang,
        };
        let mut lines = Vec::new();
        for event in &study.trail {
            let n_before = lines.len();
            words.deed(&event.deed, &mut lines);
            for line in lines.iter_mut().skip(n_before) {
                line[WHEN] = event.at.replace('T', " ").trim_end_matches('Z').to_owned();
                line[WHO].clone_from(&event.who);
            }
        }
        let columns = TITLES.iter().map(|(key, width)| TableColumn {
            title: lang.t(key),
            tip: String::new(),
            width: *width,
            is_number: false,
        });
        Self {
            columns: columns.collect(),
            lines,
        }
    }

    /// What stands in a column, each once, in order.
    pub fn distinct(&self, column: usize) -> BTreeSet<String> {
        let texts = self.lines.iter().filter_map(|line| line.get(column));
        texts.filter(|text| !text.is_empty()).cloned().collect()
    }

    /// Rows as a list for a workbook or delimited text.
    pub fn sheet(&self, rows: &[usize], name: String) -> Sheet {
        let columns = self.columns.iter();
        let columns = columns.map(|column| (column.title.clone(), 22)).collect();
        let mut sheet = Sheet::new(name, columns);
        let lines = rows.iter().filter_map(|row| self.lines.get(*row));
        sheet.rows = lines
            .map(|line| line.iter().map(|text| text.as_str().into()).collect())
            .collect();
        sheet
    }
}

impl Words<'_> {
    fn deed(&self, deed: &Deed, lines: &mut Vec<[String; N_COLUMNS]>) {
        let t = |key: &str| self.lang.t(key);
        match deed {
            Deed::Read(file, sha256) => {
                let short = sha256.get(..12).unwrap_or(sha256);
                let why = self.lang.with("trail-hash", &[("hash", short.into())]);
                lines.push(line(t("did-read"), "", "", "", file, &why, ""));
            }
            Deed::Edited(edit) => {
                let state = if self.in_force.contains(&edit.number) {
                    String::new()
                } else {
                    t("trail-taken-back")
                };
                self.change(&edit.change, &edit.why, &state, lines);
            }
            Deed::Undone(number) => lines.push(self.about_edit("did-undone", *number)),
            Deed::Redone(number) => lines.push(self.about_edit("did-redone", *number)),
            Deed::Marked(key, mark) => lines.push(self.marked(key, mark)),
        }
    }

    fn about_edit(&self, key: &str, number: u32) -> [String; N_COLUMNS] {
        let what = self.lang.with(key, &[("n", (number as usize).into())]);
        line(what, "", "", "", "", "", "")
    }

    fn marked(&self, key: &FindingKey, mark: &Mark) -> [String; N_COLUMNS] {
        let patient = key.row.as_deref().map(|row| {
            let at = self.by_key.get(row).copied().or_else(|| row.parse().ok());
            at.and_then(|at: usize| self.ids.get(at).cloned())
                .unwrap_or_default()
        });
        let column = key.variable.as_deref().unwrap_or_default();
        let value = key.value.as_deref().unwrap_or_default();
        let value = match value.parse::<f64>() {
            Ok(x) if x.is_finite() => plain_number(x, self.lang),
            _ => value.to_owned(),
        };
        let after = status_words(mark.status, self.lang);
        let why = match &mark.answer {
            Some(answer) => format!("{} {answer}", mark.note),
            None => mark.note.clone(),
        };
        let what = self.lang.t("did-marked");
        line(
            what,
            &patient.unwrap_or_default(),
            column,
            &value,
            &after,
            why.trim(),
            "",
        )
    }

    fn patient(&self, row: &RowRef) -> String {
        let by_key = row.key.as_deref().and_then(|key| self.by_key.get(key));
        let at = by_key.copied().unwrap_or(row.row);
        self.ids.get(at).cloned().unwrap_or_default()
    }

    fn change(
        &self,
        change: &Change,
        why: &str,
        state: &str,
        lines: &mut Vec<[String; N_COLUMNS]>,
    ) {
        let lang = self.lang;
        let t = |key: &str| lang.t(key);
        match change {
            Change::Cells(cells) => lines.extend(cells.iter().map(|cell| {
                let before = cell_words(cell.before.as_ref(), lang);
                let after = cell_words(cell.after.as_ref(), lang);
                let patient = self.patient(&cell.row);
                line(
                    t("did-cell"),
                    &patient,
                    &cell.variable,
                    &before,
                    &after,
                    why,
                    state,
                )
            })),
            Change::Recode { variable, levels } => {
                lines.extend(levels.iter().map(|(from, to)| {
                    let after = to.clone().unwrap_or_else(|| t("form-missing"));
                    line(t("did-recode"), "", variable, from, &after, why, state)
                }));
            }
            Change::MissingCodes { variable, codes } => {
                let (before, after) = (codes.join("; "), t("form-missing"));
                lines.push(line(
                    t("did-codes"),
                    "",
                    variable,
                    &before,
                    &after,
                    why,
                    state,
                ));
            }
            Change::Scale {
                variable,
                factor,
                unit,
            } => {
                let factor = format!("× {}", plain_number(*factor, lang));
                let after = match unit {
                    Some(unit) => format!("{factor} ({unit})"),
                    None => factor,
                };
                lines.push(line(t("did-scale"), "", variable, "", &after, why, state));
            }
            Change::Exclude(row) => {
                let patient = self.patient(row);
                lines.push(line(t("did-exclude"), &patient, "", "", "", why, state));
            }
            Change::Include(row) => {
                let patient = self.patient(row);
                lines.push(line(t("did-include"), &patient, "", "", "", why, state));
            }
            Change::Meaning {
                variable, concept, ..
            } => {
                let after = concept.clone().unwrap_or_else(|| t("trail-no-meaning"));
                lines.push(line(t("did-meaning"), "", variable, "", &after, why, state));
            }
            Change::Derive { variable, formula } => {
                let after = formula.clone().unwrap_or_else(|| t("trail-not-derived"));
                lines.push(line(t("did-derive"), "", variable, "", &after, why, state));
            }
            Change::Kind { variable, kind } => {
                let after = report_words::kind(*kind, lang);
                lines.push(line(t("did-kind"), "", variable, "", &after, why, state));
            }
        }
    }
}

/// A line without its time and person.
fn line(
    what: String,
    patient: &str,
    column: &str,
    before: &str,
    after: &str,
    why: &str,
    state: &str,
) -> [String; N_COLUMNS] {
    let [patient, column, before, after, why, state] =
        [patient, column, before, after, why, state].map(str::to_owned);
    [
        String::new(),
        String::new(),
        what,
        patient,
        column,
        before,
        after,
        why,
        state,
    ]
}

impl Source for TrailRows {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: usize) -> TableCell {
        let text = self.lines.get(row).and_then(|line| line.get(column));
        let state = self.lines.get(row).and_then(|line| line.last());
        TableCell {
            struck: column > COLUMN
                && state.is_some_and(|state| !state.is_empty())
                && column + 1 < N_COLUMNS,
            ..TableCell::text(text.cloned().unwrap_or_default())
        }
    }

    fn sort(&self, rows: &mut [usize], column: usize) {
        rows.sort_by(|&a, &b| compare_texts(&self.lines[a][column], &self.lines[b][column]));
    }

    fn matches(&self, row: usize, search: &str) -> bool {
        self.lines[row]
            .iter()
            .any(|text| text.to_lowercase().contains(search))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::table::{Filter, TableView};
    use crate::cohort::{Cell, CellChange, Kind, Timing};
    use crate::review::Status;

    fn row(row: usize) -> RowRef {
        RowRef { row, key: None }
    }

    fn study() -> Study {
        let mut study = Study::default();
        let variable = || "age".to_owned();
        let changes = [
            Change::Cells(vec![CellChange {
                row: row(1),
                variable: variable(),
                before: Some(Cell::Number(7.1)),
                after: None,
            }]),
            Change::Recode {
                variable: "sex".to_owned(),
                levels: vec![
                    ("F".to_owned(), None),
                    ("M".to_owned(), Some("m".to_owned())),
                ],
            },
            Change::MissingCodes {
                variable: variable(),
                codes: vec!["99".to_owned()],
            },
            Change::Scale {
                variable: variable(),
                factor: 0.1,
                unit: Some("cm".to_owned()),
            },
            Change::Exclude(row(0)),
            Change::Include(row(0)),
            Change::Meaning {
                variable: variable(),
                concept: None,
                timing: Timing::Baseline,
                unit: None,
            },
            Change::Kind {
                variable: variable(),
                kind: Kind::Categorical,
            },
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let who = if number == 0 { "AB" } else { "CD" };
            let at = "2026-11-21T10:00:00Z".to_owned();
            study.edit(change, "=1+1; \"why\"".to_owned(), who.to_owned(), at);
        }
        let key = FindingKey {
            rule: "out-of-range".to_owned(),
            variable: Some(variable()),
            row: Some("1".to_owned()),
            value: Some("7.1".to_owned()),
        };
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        study.mark(vec![key], &mark);
        study.edits.remove(0);
        study
    }

    fn rows(lang: Lang) -> TrailRows {
        let ids = ["P1".to_owned(), "P2".to_owned()];
        TrailRows::new(&study(), &ids, &[], lang)
    }

    #[test]
    fn every_deed_has_words_in_both_languages() {
        for lang in Lang::ALL {
            let rows = rows(lang);
            assert_eq!(rows.n_rows(), 10);
            for row in 0..rows.n_rows() {
                for column in 0..N_COLUMNS {
                    let text = rows.cell(row, column).text;
                    assert!(!text.contains('⟦'), "{text}");
                }
                assert!(!rows.cell(row, WHAT).text.is_empty());
            }
            assert_eq!(rows.cell(0, PATIENT).text, "P2");
            assert_eq!(rows.cell(9, PATIENT).text, "P2");
            assert!(!rows.cell(0, N_COLUMNS - 1).text.is_empty(), "taken back");
            assert!(rows.cell(1, N_COLUMNS - 1).text.is_empty(), "in force");
        }
    }

    #[test]
    fn the_trail_is_filtered_by_person_and_column() {
        let rows = rows(Lang::En);
        let mut view = TableView::default();
        let only = |text: &str| Filter::Levels(BTreeSet::from([text.to_owned()]));
        view.query.filters.insert(WHO, only("AB"));
        assert_eq!(view.order(&rows, 0), [0]);
        view.query.filters.clear();
        view.query.filters.insert(COLUMN, only("sex"));
        assert_eq!(view.order(&rows, 0), [1, 2]);
        assert_eq!(rows.distinct(WHO).len(), 2);
    }

    #[test]
    fn the_exported_trail_holds_no_formula_and_keeps_its_fields() {
        let rows = rows(Lang::Fr);
        let bytes = rows.sheet(&[0], "x".to_owned()).to_csv(Lang::Fr).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let second = text.lines().nth(1).unwrap();
        assert!(second.contains("\"'=1+1; \"\"why\"\"\""), "{second}");
        assert!(second.contains("7,1"));
    }
}
