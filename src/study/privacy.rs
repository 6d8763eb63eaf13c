//! What leaves the program in a study file names nobody.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::base::issue::{Arg, Failure, Issue};
use crate::cohort::{Cohort, Kind, Variable};

/// Stands for text that might name a patient.
const MASK: &str = "•••";

/// The cohort with pseudonyms (`P001` … by row) for identifiers. The mapping is kept nowhere.
///
/// Further identifier columns and free text, which may hold names, are left out, each with a note;
/// findings in these columns keep their place and lose what they quote.
pub fn pseudonymised(cohort: &Cohort) -> Result<Cohort, Failure> {
    let mut snapshot = Cohort::new(cohort.source.clone(), cohort.n_rows());
    let private = private_headers(cohort);
    let mut left_out = Vec::new();
    let id = cohort.id_variable().map(|variable| variable.name.as_str());
    for variable in &cohort.variables {
        match variable.kind {
            Kind::Identifier if Some(variable.name.as_str()) == id => {
                let pseudonyms: Vec<Option<String>> =
                    cohort.pseudonyms().into_iter().map(Some).collect();
                snapshot.push_texts(masked_variable(variable, &private), &pseudonyms)?;
            }
            Kind::Identifier | Kind::Text => left_out.push(variable.origin.header.clone()),
            Kind::Numeric | Kind::Binary | Kind::Categorical | Kind::Date => {
                let name = &variable.name;
                let copy = masked_variable(variable, &private);
                match cohort.numbers(name) {
                    Ok(values) => snapshot.push_numbers(copy, &values)?,
                    Err(_not_numbers) => snapshot.push_texts(copy, &cohort.texts(name)?)?,
                }
            }
        }
    }
    snapshot.issues = cohort.issues.iter().map(|i| mask(i, &private)).collect();
    let notes = left_out
        .iter()
        .map(|header| Issue::note("study-column-left-out").in_column(header));
    snapshot.issues.extend(notes);
    Ok(snapshot)
}

/// The results with the findings masked as in the snapshot.
pub(super) fn masked(analysis: &Analysis, cohort: &Cohort) -> Analysis {
    let private = private_headers(cohort);
    let mut analysis = analysis.clone();
    for issue in &mut analysis.cohort.issues {
        *issue = mask(issue, &private);
    }
    analysis
}

/// The results without anything about a single patient: for a copy that may leave the hospital.
pub fn without_patients(analysis: &Analysis) -> Analysis {
    let mut copy = analysis.clone();
    copy.cohort.issues.clear();
    // What a person wrote about a patient may name the patient.
    for exclusion in &mut copy.cohort.exclusions {
        exclusion.why = None;
    }
    for model in &mut copy.models {
        model.patients.clear();
    }
    copy
}

/// Headers and names of the columns whose cells may name a patient.
fn private_headers(cohort: &Cohort) -> BTreeSet<String> {
    cohort
        .variables
        .iter()
        .filter(|v| matches!(v.kind, Kind::Identifier | Kind::Text))
        .flat_map(|v| [v.name.clone(), v.origin.header.clone()])
        .collect()
}

fn masked_variable(variable: &Variable, private: &BTreeSet<String>) -> Variable {
    let mut copy = variable.clone();
    if private.contains(&copy.name) {
        for reason in &mut copy.reasons {
            *reason = quoting_nothing(reason);
        }
    }
    copy
}

/// An issue in a private column without its quotes; any issue without the patient it names.
fn mask(issue: &Issue, private: &BTreeSet<String>) -> Issue {
    let column = issue.place.column.as_ref();
    // A column left out earlier is no longer in the cohort, but its findings are masked already.
    if column.is_some_and(|column| private.contains(column)) {
        return quoting_nothing(issue);
    }
    let mut copy = issue.clone();
    for (name, arg) in &mut copy.args {
        if matches!(name.as_str(), "id" | "patient" | "identifier") {
            *arg = Arg::Text(MASK.to_owned());
        }
    }
    copy
}

fn quoting_nothing(issue: &Issue) -> Issue {
    let mut copy = issue.clone();
    copy.found = copy.found.map(|_text| MASK.to_owned());
    for (_, arg) in &mut copy.args {
        if matches!(arg, Arg::Text(_)) {
            *arg = Arg::Text(MASK.to_owned());
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::base::text::Lang;

    #[test]
    fn pseudonyms_stay_the_same_when_a_snapshot_is_saved_again() {
        let once = pseudonymised(&fixture::cohort()).unwrap();
        let twice = pseudonymised(&once).unwrap();
        assert_eq!(once.ids(), twice.ids());
        assert_eq!(once.pseudonyms(), once.ids());
        assert_eq!(once.issues, twice.issues);
    }

    #[test]
    fn a_column_that_is_left_out_is_named_in_a_note() {
        let snapshot = pseudonymised(&fixture::cohort()).unwrap();
        let note = snapshot
            .issues
            .iter()
            .find(|issue| issue.code == "study-column-left-out")
            .unwrap();
        for lang in Lang::ALL {
            assert!(lang.issue(note).contains("Note"), "{}", lang.issue(note));
        }
    }
}
