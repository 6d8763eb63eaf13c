//! What rules raise before it is known what was done about it, and where issues of other rooms belong.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::issue::{Issue, Place, Severity};
use crate::cohort::{Cohort, Variable};

/// A doubt about a cell, a row or a column.
#[derive(Clone, Debug)]
pub(super) struct Raised {
    /// Position of the variable.
    pub(super) variable: Option<usize>,
    /// Position of the patient.
    pub(super) row: Option<usize>,
    pub(super) issue: Issue,
    /// Name of the rule where it is not the issue's code.
    pub(super) rule: Option<String>,
}

impl Raised {
    /// A doubt about a cell; place and text found are filled in.
    pub(super) fn at(idx: usize, variable: &Variable, row: usize, issue: Issue) -> Self {
        Self {
            variable: Some(idx),
            row: Some(row),
            issue: issue.at(variable.place(row)),
            rule: None,
        }
    }

    pub(super) fn rule(&self) -> &str {
        self.rule.as_deref().unwrap_or(&self.issue.code)
    }
}

/// Finds the variable and the patient of a place in the source.
pub(super) struct Places<'a> {
    cohort: &'a Cohort,
    variables: HashMap<(Option<&'a str>, &'a str), Vec<usize>>,
    /// Patients by source row, one map a set of rows that columns share.
    rows: HashMap<usize, HashMap<u32, usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(cohort: &'a Cohort) -> Self {
        let mut variables: HashMap<_, Vec<usize>> = HashMap::new();
        let mut rows: HashMap<usize, HashMap<u32, usize>> = HashMap::new();
        for (idx, variable) in cohort.variables.iter().enumerate() {
            let origin = &variable.origin;
            variables
                .entry((origin.sheet.as_deref(), origin.header.as_str()))
                .or_default()
                .push(idx);
            rows.entry(Arc::as_ptr(&origin.rows) as usize)
                .or_insert_with(|| {
                    let known = origin.rows.iter().enumerate().filter(|(_, row)| **row > 0);
                    known.map(|(patient, row)| (*row, patient)).collect()
                });
        }
        Self {
            cohort,
            variables,
            rows,
        }
    }

    /// Positions of variable and patient. Of several columns with one header (one a visit), the one
    /// that has the row.
    pub(super) fn find(&self, place: &Place) -> (Option<usize>, Option<usize>) {
        let Some(column) = place.column.as_deref() else {
            return (None, None);
        };
        let of_header = self.variables.get(&(place.sheet.as_deref(), column));
        let candidates = of_header.map(Vec::as_slice).unwrap_or_default();
        let Some(row) = place.row else {
            return (candidates.first().copied(), None);
        };
        let patient = |idx: &usize| {
            let rows = &self.cohort.variables.get(*idx)?.origin.rows;
            let known = self.rows.get(&(Arc::as_ptr(rows) as usize))?;
            known.get(&row).map(|patient| (*idx, *patient))
        };
        match candidates.iter().find_map(patient) {
            Some((idx, patient)) => (Some(idx), Some(patient)),
            None => (candidates.first().copied(), None),
        }
    }

    /// The doubts of import and dictionary that stand in a column.
    pub(super) fn known(&self) -> Vec<Raised> {
        let is_doubt =
            |issue: &&Issue| issue.severity > Severity::Note && issue.place.column.is_some();
        let doubts = self.cohort.issues.iter().filter(is_doubt);
        doubts
            .map(|issue| {
                let (variable, row) = self.find(&issue.place);
                Raised {
                    variable,
                    row,
                    issue: issue.clone(),
                    rule: None,
                }
            })
            .collect()
    }
}
