//! Corrections as they are typed: what a form asks, and the decision that comes of it.
//!
//! A form holds text as typed and says what is wrong with it; nothing is changed before it is applied.

pub mod answers;
pub mod ui;
pub mod values;

use crate::app::action::Decision;
use crate::app::state::{Checked, Session};
use crate::base::text::Lang;
use crate::cohort::{Cell, CellChange, Change, Cohort, Kind, RowRef, cell_text};
use crate::dictionary;
use crate::review::{FindingKey, Mark, Status};

use self::values::{amount_of, text_of, value_of};
use crate::app::places;

/// What is to be filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum FormOf {
    /// The value of a cell: row, name of the variable.
    Cell(usize, String),
    /// Names of the levels of a column.
    Recode(String),
    /// Values of a column that mean missing.
    MissingCodes(String),
    /// Another unit of a column.
    Scale(String),
    /// How a column is read.
    Kind(String),
    /// A patient is left out.
    Exclude(usize),
    /// A patient is analysed again.
    Include(usize),
    /// Something is done about findings.
    Mark(Vec<FindingKey>, Status),
    /// A proposed repair, by its number.
    Repair(Vec<usize>),
    /// A row to go to.
    GoTo,
}

/// A form that is being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What it is about.
    pub subject: Subject,
    /// The reason, as typed; a note where findings are marked.
    pub why: String,
}

/// What a form is about, with what was typed so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// The value of a cell.
    Cell(CellForm),
    /// Names of the levels of a column.
    Recode(RecodeForm),
    /// Values that mean missing.
    MissingCodes {
        /// Name of the variable.
        variable: String,
        /// Values that stand in it, most frequent first, and whether each means missing.
        values: Vec<(String, usize, bool)>,
        /// More of them, as typed, between semicolons.
        more: String,
    },
    /// Another unit.
    Scale {
        /// Name of the variable.
        variable: String,
        /// Factor, as typed.
        factor: String,
        /// New unit, as typed.
        unit: String,
        /// A value of the column, to show what becomes of it.
        example: Option<f64>,
    },
    /// How a column is read.
    Kind {
        /// Name of the variable.
        variable: String,
        /// As it is read now.
        now: Kind,
        /// As it is to be read.
        kind: Kind,
    },
    /// A patient is left out, or analysed again.
    Patient {
        /// Whose row.
        row: RowRef,
        /// Identifier.
        id: String,
        /// Whether the patient is left out.
        leaves_out: bool,
    },
    /// Something is done about findings.
    Mark {
        /// Which.
        keys: Vec<FindingKey>,
        /// Where they stand then.
        status: Status,
    },
    /// A proposed repair.
    Repair {
        /// Its sentence.
        title: String,
        /// What it changes.
        changes: Vec<Change>,
        /// Cells before and after: patient, column, before, after.
        lines: Vec<[String; 4]>,
        /// How many cells it changes.
        n_cells: usize,
    },
    /// A row to go to, as typed.
    GoTo(String),
}

/// The value of a cell, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct CellForm {
    /// Whose cell.
    pub row: RowRef,
    /// Identifier of the patient.
    pub id: String,
    /// Name of the variable.
    pub variable: String,
    /// The variable in words.
    pub label: String,
    /// How its values are read.
    pub kind: Kind,
    /// Its levels.
    pub levels: Vec<String>,
    /// Usual range.
    pub range: Option<(f64, f64)>,
    /// What stands there now.
    pub before: Option<Cell>,
    /// What the file has where it could not be read.
    pub unread: Option<String>,
    /// The new value, as typed.
    pub text: String,
    /// Whether the value is to be missing.
    pub is_missing: bool,
    /// Findings that the correction answers.
    pub keys: Vec<FindingKey>,
}

/// Names of levels, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct RecodeForm {
    /// Name of the variable.
    pub variable: String,
    /// Level, number of patients, new name, whether it means missing.
    pub levels: Vec<(String, usize, String, bool)>,
}

impl Form {
    /// A form for what is open; `None` where there is nothing of the kind.
    pub fn new(session: &Session, of: FormOf, lang: Lang) -> Option<Self> {
        let checked = session.checked.as_deref()?;
        let cohort = &checked.cohort;
        let subject = match of {
            FormOf::Cell(row, name) => Subject::Cell(cell_form(checked, row, &name, lang)?),
            FormOf::Recode(name) => recode_form(checked, &name)?,
            FormOf::MissingCodes(name) => codes_form(cohort, &name)?,
            FormOf::Scale(name) => {
                let variable = cohort.variable(&name)?;
                let numbers = cohort.numbers(&name).ok()?;
                Subject::Scale {
                    factor: String::new(),
                    unit: variable.unit.clone().unwrap_or_default(),
                    example: numbers.into_iter().find(|x| !x.is_nan()),
                    variable: name,
                }
            }
            FormOf::Kind(name) => {
                let now = cohort.variable(&name)?.kind;
                Subject::Kind {
                    variable: name,
                    now,
                    kind: now,
                }
            }
            FormOf::Exclude(row) => patient_form(checked, row, true)?,
            FormOf::Include(row) => patient_form(checked, row, false)?,
            FormOf::Mark(keys, status) => Subject::Mark { keys, status },
            FormOf::Repair(numbers) => repair_form(checked, &numbers, lang)?,
            FormOf::GoTo => Subject::GoTo(String::new()),
        };
        Some(Self {
            subject,
            why: String::new(),
        })
    }

    /// The decision that comes of it, or the key of what is still wrong.
    pub fn decision(&self, lang: Lang) -> Result<Decision, &'static str> {
        let why = self.why.trim().to_owned();
        match &self.subject {
            Subject::Cell(form) => {
                let change = Change::Cells(vec![form.change(lang)?]);
                Ok(if form.keys.is_empty() {
                    Decision::Edit(change, why)
                } else {
                    Decision::Correct(change, why, form.keys.clone())
                })
            }
            Subject::Recode(form) => Ok(Decision::Edit(form.change()?, why)),
            Subject::MissingCodes {
                variable,
                values,
                more,
            } => Ok(Decision::Edit(codes_change(variable, values, more)?, why)),
            Subject::Scale {
                variable,
                factor,
                unit,
                ..
            } => Ok(Decision::Edit(
                scale_change(variable, factor, unit, lang)?,
                why,
            )),
            Subject::Kind {
                variable,
                now,
                kind,
            } => {
                if now == kind {
                    return Err("form-no-change");
                }
                let change = Change::Kind {
                    variable: variable.clone(),
                    kind: *kind,
                };
                Ok(Decision::Edit(change, why))
            }
            Subject::Patient {
                row, leaves_out, ..
            } => {
                if *leaves_out && why.is_empty() {
                    return Err("form-why-needed");
                }
                let change = if *leaves_out {
                    Change::Exclude(row.clone())
                } else {
                    Change::Include(row.clone())
                };
                Ok(Decision::Edit(change, why))
            }
            Subject::Mark { keys, status } => {
                let mark = Mark {
                    status: *status,
                    note: why,
                    ..Mark::default()
                };
                Ok(Decision::Mark(keys.clone(), mark))
            }
            Subject::Repair { changes, .. } => Ok(Decision::Edits(changes.clone(), why)),
            Subject::GoTo(_) => Err("form-no-such-row"),
        }
    }
}

impl CellForm {
    /// The value as it would be kept, or what is wrong with it.
    pub fn value(&self, lang: Lang) -> Result<Option<Cell>, &'static str> {
        if self.is_missing {
            return Ok(None);
        }
        value_of(&self.text, self.kind, lang).map(Some)
    }

    /// Whether the new value lies outside what is usual.
    pub fn is_unusual(&self, lang: Lang) -> bool {
        match (self.value(lang), self.range) {
            (Ok(Some(Cell::Number(x))), Some((low, high))) => x < low || x > high,
            _ => false,
        }
    }

    fn change(&self, lang: Lang) -> Result<CellChange, &'static str> {
        let after = self.value(lang)?;
        if after == self.before && (after.is_some() || self.unread.is_none()) {
            return Err("form-no-change");
        }
        Ok(CellChange {
            row: self.row.clone(),
            variable: self.variable.clone(),
            before: self.before.clone(),
            after,
        })
    }
}

impl RecodeForm {
    fn change(&self) -> Result<Change, &'static str> {
        let mut levels = Vec::new();
        for (from, _, to, is_missing) in &self.levels {
            let to = to.trim();
            if *is_missing {
                levels.push((from.clone(), None));
            } else if to.is_empty() {
                return Err("form-level-empty");
            } else if to != from {
                levels.push((from.clone(), Some(to.to_owned())));
            }
        }
        if levels.is_empty() {
            return Err("form-no-change");
        }
        Ok(Change::Recode {
            variable: self.variable.clone(),
            levels,
        })
    }
}

fn codes_change(
    variable: &str,
    values: &[(String, usize, bool)],
    more: &str,
) -> Result<Change, &'static str> {
    let ticked = values.iter().filter(|(_, _, is_missing)| *is_missing);
    let typed = more.split(';').map(str::trim);
    let codes: Vec<String> = ticked
        .map(|(value, ..)| value.clone())
        .chain(typed.filter(|code| !code.is_empty()).map(str::to_owned))
        .collect();
    if codes.is_empty() {
        return Err("form-no-code");
    }
    Ok(Change::MissingCodes {
        variable: variable.to_owned(),
        codes,
    })
}

fn scale_change(
    variable: &str,
    factor: &str,
    unit: &str,
    lang: Lang,
) -> Result<Change, &'static str> {
    let factor = amount_of(factor, lang).ok_or("form-not-a-number")?;
    if factor <= 0.0 {
        return Err("form-factor");
    }
    Ok(Change::Scale {
        variable: variable.to_owned(),
        factor,
        unit: Some(unit.trim().to_owned()).filter(|unit| !unit.is_empty()),
    })
}

fn cell_form(checked: &Checked, row: usize, name: &str, lang: Lang) -> Option<CellForm> {
    let cohort = &checked.cohort;
    let variable = cohort.variable(name)?;
    if variable.kind == Kind::Identifier || row >= cohort.n_rows() {
        return None;
    }
    let before = cohort.cell(row, name);
    let unread = cohort.unread.get(name).and_then(|cells| {
        let cell = cells.iter().find(|(at, _)| *at as usize == row);
        cell.map(|(_, text)| text.clone())
    });
    let text = match (&before, &unread) {
        (Some(cell), _) => text_of(cell, lang),
        (None, Some(unread)) => unread.clone(),
        (None, None) => String::new(),
    };
    let keys = checked
        .to_review
        .iter()
        .filter(|finding| places::is_pending(finding.status))
        .filter(|finding| finding.key.variable.as_deref() == Some(name))
        .filter(|finding| finding.row.as_ref().is_some_and(|at| at.row == row))
        .map(|finding| finding.key.clone())
        .collect();
    Some(CellForm {
        row: cohort.row_ref(row),
        id: checked.ids.get(row).cloned().unwrap_or_default(),
        variable: name.to_owned(),
        label: dictionary::label(variable, lang),
        kind: variable.kind,
        levels: variable.levels.clone(),
        range: variable.range,
        unread: unread.filter(|_| before.is_none()),
        before,
        text,
        is_missing: false,
        keys,
    })
}

fn recode_form(checked: &Checked, name: &str) -> Option<Subject> {
    let summary = checked.columns.iter().find(|column| column.name == name)?;
    let levels = summary
        .levels
        .iter()
        .map(|(level, n)| (level.clone(), *n, level.clone(), false));
    Some(Subject::Recode(RecodeForm {
        variable: name.to_owned(),
        levels: levels.collect(),
    }))
}

/// The values of a column that may mean missing: all of a few, else the smallest and the largest.
fn codes_form(cohort: &Cohort, name: &str) -> Option<Subject> {
    const N_OFFERED: usize = 12;
    cohort.variable(name)?;
    let mut counts: std::collections::BTreeMap<String, (f64, usize)> = Default::default();
    for row in 0..cohort.n_rows() {
        if let Some(cell) = cohort.cell(row, name) {
            let size = match &cell {
                Cell::Number(x) => *x,
                Cell::Text(_) => 0.0,
            };
            counts.entry(cell_text(&cell)).or_insert((size, 0)).1 += 1;
        }
    }
    let mut values: Vec<(String, f64, usize)> = counts
        .into_iter()
        .map(|(value, (size, n))| (value, size, n))
        .collect();
    values.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.2.cmp(&a.2)));
    if values.len() > N_OFFERED {
        let middle = N_OFFERED / 2..values.len() - N_OFFERED / 2;
        values.drain(middle);
    }
    Some(Subject::MissingCodes {
        variable: name.to_owned(),
        values: values
            .into_iter()
            .map(|(value, _, n)| (value, n, false))
            .collect(),
        more: String::new(),
    })
}

fn patient_form(checked: &Checked, row: usize, leaves_out: bool) -> Option<Subject> {
    Some(Subject::Patient {
        row: checked.cohort.row_ref(row),
        id: checked.ids.get(row)?.clone(),
        leaves_out,
    })
}

/// Repairs of one kind, of one column or of several, carried out together.
fn repair_form(checked: &Checked, numbers: &[usize], lang: Lang) -> Option<Subject> {
    let repairs: Option<Vec<_>> = numbers
        .iter()
        .map(|number| checked.repairs.get(*number))
        .collect();
    let repairs = repairs?;
    let code = &repairs.first()?.code;
    let issue = checked
        .cohort
        .issues
        .iter()
        .find(|issue| issue.code == *code);
    let changes: Vec<Change> = repairs
        .iter()
        .flat_map(|repair| repair.changes.iter().cloned())
        .collect();
    Some(Subject::Repair {
        title: issue.map_or_else(|| code.clone(), |issue| lang.issue(issue)),
        lines: crate::app::pages::cohort::changed_lines(checked, &changes, lang),
        changes,
        n_cells: repairs.iter().map(|repair| repair.n_cells).sum(),
    })
}

/// The row that is meant by what was typed: an identifier first, else the number of a row of the file.
pub fn row_of(checked: &Checked, typed: &str) -> Option<usize> {
    let typed = typed.trim();
    let is_id = |id: &String| id.eq_ignore_ascii_case(typed);
    if let Some(row) = checked.ids.iter().position(is_id) {
        return Some(row);
    }
    let number: u32 = typed.parse().ok()?;
    let rows = checked
        .cohort
        .variables
        .iter()
        .map(|variable| &variable.origin.rows)
        .find(|rows| !rows.is_empty())?;
    rows.iter().position(|row| *row == number)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture;
    use crate::app::columns;

    fn session() -> Session {
        let cohort = Arc::new(fixture::cohort());
        let checked = columns::unrepaired(&cohort);
        Session {
            opened: Some(cohort),
            checked: Some(Arc::new(checked)),
            ..Session::default()
        }
    }

    #[test]
    fn a_corrected_cell_says_what_stood_there_and_what_stands_there_now() {
        let session = session();
        let of = FormOf::Cell(2, "age".to_owned());
        let mut form = Form::new(&session, of, Lang::Fr).unwrap();
        assert_eq!(form.decision(Lang::Fr), Err("form-no-change"));
        let Subject::Cell(cell) = &mut form.subject else {
            panic!("a cell");
        };
        cell.text = "61,5".to_owned();
        form.why = " typing error ".to_owned();
        let Ok(Decision::Edit(Change::Cells(cells), why)) = form.decision(Lang::Fr) else {
            panic!("an edit, not {:?}", form.decision(Lang::Fr));
        };
        assert_eq!(why, "typing error");
        assert_eq!(cells[0].after, Some(Cell::Number(61.5)));
        let cohort = session.cohort().unwrap();
        assert_eq!(cells[0].before, cohort.cell(2, "age"));
        assert_eq!(form.decision(Lang::En), Err("form-not-a-number"));
    }

    #[test]
    fn nobody_is_left_out_without_a_reason() {
        let session = session();
        let mut form = Form::new(&session, FormOf::Exclude(1), Lang::En).unwrap();
        assert_eq!(form.decision(Lang::En), Err("form-why-needed"));
        form.why = "withdrew consent".to_owned();
        let decision = form.decision(Lang::En).unwrap();
        assert!(matches!(decision, Decision::Edit(Change::Exclude(row), _) if row.row == 1));
    }

    #[test]
    fn only_levels_that_were_renamed_are_recoded() {
        let session = session();
        let mut form = Form::new(&session, FormOf::Recode("sex".to_owned()), Lang::En).unwrap();
        assert_eq!(form.decision(Lang::En), Err("form-no-change"));
        let Subject::Recode(recode) = &mut form.subject else {
            panic!("levels");
        };
        recode.levels[0].2 = "woman".to_owned();
        let from = recode.levels[0].0.clone();
        let Ok(Decision::Edit(Change::Recode { levels, .. }, _)) = form.decision(Lang::En) else {
            panic!("an edit");
        };
        assert_eq!(levels, [(from, Some("woman".to_owned()))]);
    }

    #[test]
    fn a_row_is_found_by_patient_and_by_its_number_in_the_file() {
        let session = session();
        let checked = session.checked.as_deref().unwrap();
        let id = checked.ids[3].clone();
        assert_eq!(row_of(checked, &format!(" {id} ")), Some(3));
        assert_eq!(row_of(checked, "no such patient"), None);
        let variable = &checked.cohort.variables[0];
        if let Some(row) = variable.origin.rows.get(5) {
            assert_eq!(row_of(checked, &row.to_string()), Some(5));
        }
    }
}
