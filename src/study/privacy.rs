//! What leaves the program in a study file names nobody.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::base::issue::{Failure, Issue};
use crate::cohort::{
    Cell, Change, Cohort, Edit, Kind, MASK, Variable, masked as mask, masked_issues,
    private_headers, quoting_nothing,
};
use crate::study::{Deed, Event, Study};

/// The cohort with pseudonyms (`P001` … by row, or keyed ones) for identifiers. The mapping is kept nowhere.
///
/// Further identifier columns and free text, which may hold names, are left out, each with a note;
/// findings in these columns keep their place and lose what they quote.
pub fn pseudonymised(cohort: &Cohort) -> Result<Cohort, Failure> {
    let mut snapshot = Cohort::new(cohort.source.clone(), cohort.n_rows());
    snapshot.row_keys = Arc::clone(&cohort.row_keys);
    snapshot.keyed = cohort.keyed;
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
    snapshot.issues = masked_issues(cohort);
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

/// The decisions without texts of columns that may name a patient, as the snapshot has none of them: a correction of
/// a name keeps its place, its reason and its person, and loses what was written.
pub(super) fn masked_study(study: &Study, cohort: &Cohort) -> Study {
    let private = private_headers(cohort);
    let mut study = study.clone();
    for edit in &mut study.edits {
        *edit = masked_edit(edit, &private);
    }
    for event in &mut study.trail {
        if let Deed::Edited(edit) = &event.deed {
            let masked = masked_edit(edit, &private);
            if !Arc::ptr_eq(&masked, edit) {
                *event = Arc::new(Event {
                    deed: Deed::Edited(masked),
                    ..(**event).clone()
                });
            }
        }
    }
    study
}

/// The edit itself where it quotes nothing private.
fn masked_edit(edit: &Arc<Edit>, private: &BTreeSet<String>) -> Arc<Edit> {
    let masked = |cell: &Option<Cell>| cell.as_ref().map(|_| Cell::Text(MASK.to_owned()));
    let change = match &edit.change {
        Change::Cells(cells) if cells.iter().any(|cell| private.contains(&cell.variable)) => {
            let mut cells = cells.clone();
            for cell in cells
                .iter_mut()
                .filter(|cell| private.contains(&cell.variable))
            {
                (cell.before, cell.after) = (masked(&cell.before), masked(&cell.after));
            }
            Change::Cells(cells)
        }
        Change::Recode { variable, .. } if private.contains(variable) => Change::Recode {
            variable: variable.clone(),
            levels: Vec::new(),
        },
        Change::MissingCodes { variable, .. } if private.contains(variable) => {
            Change::MissingCodes {
                variable: variable.clone(),
                codes: Vec::new(),
            }
        }
        _ => return Arc::clone(edit),
    };
    Arc::new(Edit {
        change,
        ..(**edit).clone()
    })
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
    // Chances under another outcome are those of single patients.
    copy.movement = None;
    for group in &mut copy.subgroups {
        group.members.clear();
    }
    for effects in &mut copy.effects {
        effects.swarms.clear();
        for one in &mut effects.effects {
            one.effect.lines.clear();
        }
    }
    let ways = copy.profiles.iter_mut().flat_map(|found| &mut found.ways);
    for profile in ways.flat_map(|way| &mut way.profiles) {
        profile.members.clear();
        profile.certainty.clear();
        profile.typical = 0;
    }
    copy
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::base::text::Lang;
    use crate::cohort::{CellChange, RowRef, replay};

    #[test]
    fn pseudonyms_stay_the_same_when_a_snapshot_is_saved_again() {
        let once = pseudonymised(&fixture::cohort()).unwrap();
        let twice = pseudonymised(&once).unwrap();
        assert_eq!(once.ids(), twice.ids());
        assert_eq!(once.pseudonyms(), once.ids());
        assert_eq!(once.issues, twice.issues);
    }

    #[test]
    fn a_correction_of_a_name_is_kept_without_the_name_and_is_no_conflict_in_the_snapshot() {
        let cohort = fixture::cohort();
        let id = cohort
            .variables
            .iter()
            .find(|variable| variable.kind == Kind::Identifier)
            .unwrap();
        let cell = |variable: &str, after: &str| CellChange {
            row: RowRef { row: 0, key: None },
            variable: variable.to_owned(),
            before: cohort.cell(0, variable),
            after: Some(Cell::Text(after.to_owned())),
        };
        let cells = vec![cell(&id.name, "8111111"), cell("note", "Mrs Martin again")];
        let mut study = Study::default();
        study.edit(
            Change::Cells(cells),
            "typing error".to_owned(),
            "AB".to_owned(),
            String::new(),
        );
        let masked = masked_study(&study, &cohort);
        let text = format!("{masked:?}");
        assert!(
            !text.contains("8111111") && !text.contains("Martin"),
            "{text}"
        );
        assert!(text.contains("typing error"));
        for edits in [&study.edits, &masked.edits] {
            let mut snapshot = pseudonymised(&cohort).unwrap();
            let replayed = replay(&mut snapshot, edits);
            assert_eq!(
                (replayed.conflicts, replayed.edited),
                (Vec::new(), Vec::new())
            );
            assert_eq!(snapshot.ids()[0], "P001");
        }
        let mut read = fixture::cohort();
        assert_eq!(replay(&mut read, &study.edits).edited.len(), 2);
        assert_eq!(read.ids()[0], "8111111");
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

    #[test]
    fn a_name_before_the_code_is_left_out_and_the_code_is_kept_as_pseudonym() {
        use crate::base::task::TaskHandle;
        use crate::import::{ImportOptions, read_bytes};
        let text = "Nom;DDN;Num_patient;EVA\nDURAND Jean;01/02/1960;K01;70\nPETIT Anne;13/05/1962;K02;65\nMOREL Luc;14/05/1970;K03;60\n";
        let options = ImportOptions::default();
        let mut cohort = read_bytes(
            "c.csv",
            text.as_bytes(),
            &options,
            &TaskHandle::unattended(),
        )
        .unwrap();
        crate::dictionary::annotate(&mut cohort);
        let snapshot = pseudonymised(&cohort).unwrap();
        let names: Vec<&str> = snapshot.variables.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["Num_patient", "EVA"]);
        assert_eq!(snapshot.ids(), ["P001", "P002", "P003"]);
        let all = format!("{snapshot:?}");
        for secret in ["DURAND", "1960", "K01"] {
            assert!(!all.contains(secret), "{secret}");
        }
    }
}
