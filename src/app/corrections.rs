//! What a correction does to the study: edits, marks and trail together, so that one step undoes them.

use std::sync::Arc;

use crate::app::action::Decision;
use crate::cohort::{CellChange, Change, Conflict, Edit};
use crate::review::{Mark, Status};
use crate::study::{Deed, Event, Study};

/// Carries out a decision about the data; any other one changes nothing.
pub fn carry_out(study: &mut Study, decision: Decision, who: &str, at: &str) {
    let edit = |study: &mut Study, change, why: &str| {
        study.edit(change, why.to_owned(), who.to_owned(), at.to_owned());
    };
    match decision {
        Decision::Edit(change, why) => edit(study, change, &why),
        Decision::Edits(changes, why) => {
            for change in changes {
                edit(study, change, &why);
            }
        }
        Decision::Correct(change, why, keys) => {
            edit(study, change, &why);
            let mark = Mark {
                status: Status::Corrected,
                note: why,
                answer: None,
                who: who.to_owned(),
                at: at.to_owned(),
            };
            study.mark(keys, &mark);
        }
        Decision::Mark(keys, mark) => {
            let mark = Mark {
                who: who.to_owned(),
                at: at.to_owned(),
                ..mark
            };
            study.mark(keys, &mark);
        }
        Decision::Resolve(conflicts, again) => {
            for conflict in conflicts {
                resolve(study, &conflict, again, who, at);
            }
        }
        _ => {}
    }
}

/// Gives up the part of a correction that does not fit, or makes it again over what stands there now.
fn resolve(study: &mut Study, conflict: &Conflict, again: bool, who: &str, at: &str) {
    let Some(place) = study
        .edits
        .iter()
        .position(|edit| edit.number == conflict.edit)
    else {
        return;
    };
    let edit = study.edits.remove(place);
    study.trail.push(Arc::new(Event {
        at: at.to_owned(),
        who: who.to_owned(),
        deed: Deed::Undone(edit.number),
    }));
    // What else the correction did stays in force, under a number of its own.
    let rest = without(&edit, conflict);
    if let Some(rest) = rest {
        study.edit(rest, edit.why.clone(), who.to_owned(), at.to_owned());
    }
    if again && let (Some(row), Some(variable)) = (&conflict.row, &conflict.variable) {
        let change = Change::Cells(vec![CellChange {
            row: row.clone(),
            variable: variable.clone(),
            before: conflict.found.clone(),
            after: conflict.after.clone(),
        }]);
        study.edit(change, edit.why.clone(), who.to_owned(), at.to_owned());
    }
}

/// The cells of an edit that are not in conflict; `None` where nothing is left.
fn without(edit: &Edit, conflict: &Conflict) -> Option<Change> {
    let Change::Cells(cells) = &edit.change else {
        return None;
    };
    let is_it = |cell: &CellChange| {
        let is_row = conflict
            .row
            .as_ref()
            .is_none_or(|row| match (&row.key, &cell.row.key) {
                (Some(a), Some(b)) => a == b,
                _ => row.row == cell.row.row,
            });
        is_row && conflict.variable.as_ref() == Some(&cell.variable)
    };
    let rest: Vec<CellChange> = cells.iter().filter(|cell| !is_it(cell)).cloned().collect();
    (!rest.is_empty()).then_some(Change::Cells(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Cell, ConflictKind, RowRef};
    use crate::review::FindingKey;

    fn cell(row: usize, before: f64, after: f64) -> CellChange {
        CellChange {
            row: RowRef { row, key: None },
            variable: "age".to_owned(),
            before: Some(Cell::Number(before)),
            after: Some(Cell::Number(after)),
        }
    }

    fn study() -> Study {
        let mut study = Study::default();
        let change = Change::Cells(vec![cell(0, 5.0, 50.0), cell(1, 6.0, 60.0)]);
        let decision = Decision::Edit(change, "unit".to_owned());
        carry_out(&mut study, decision, "AB", "2026-01-01T00:00:00Z");
        study
    }

    fn conflict() -> Conflict {
        Conflict {
            edit: 1,
            kind: ConflictKind::ValueChanged,
            row: Some(RowRef { row: 1, key: None }),
            variable: Some("age".to_owned()),
            before: Some(Cell::Number(6.0)),
            after: Some(Cell::Number(60.0)),
            found: Some(Cell::Number(61.0)),
        }
    }

    #[test]
    fn a_correction_that_is_given_up_leaves_its_other_cells_in_force() {
        let mut study = study();
        carry_out(
            &mut study,
            Decision::Resolve(vec![conflict()], false),
            "CD",
            "now",
        );
        assert_eq!(study.edits.len(), 1);
        assert_eq!(
            study.edits[0].change,
            Change::Cells(vec![cell(0, 5.0, 50.0)])
        );
        assert_eq!(study.edits[0].number, 2, "a number is never used twice");
        assert_eq!(study.trail[1].deed, Deed::Undone(1));
    }

    #[test]
    fn a_correction_that_is_made_again_starts_from_what_the_file_has_now() {
        let mut study = study();
        carry_out(
            &mut study,
            Decision::Resolve(vec![conflict()], true),
            "CD",
            "now",
        );
        let last = study.edits.last().unwrap();
        assert_eq!(last.change, Change::Cells(vec![cell(1, 61.0, 60.0)]));
        assert_eq!((last.why.as_str(), last.who.as_str()), ("unit", "CD"));
        // An answer to a conflict that is gone changes nothing.
        let before = study.clone();
        carry_out(
            &mut study,
            Decision::Resolve(vec![conflict()], true),
            "CD",
            "now",
        );
        assert_eq!(study, before);
    }

    #[test]
    fn a_corrected_finding_is_marked_in_the_same_step() {
        let mut study = Study::default();
        let key = FindingKey {
            rule: "out-of-range".to_owned(),
            variable: Some("age".to_owned()),
            row: Some("0".to_owned()),
            value: Some("5".to_owned()),
        };
        let change = Change::Cells(vec![cell(0, 5.0, 50.0)]);
        let decision = Decision::Correct(change, "record".to_owned(), vec![key.clone()]);
        carry_out(&mut study, decision, "AB", "now");
        let (marked, mark) = &study.review.marks[0];
        assert_eq!((marked, mark.status), (&key, Status::Corrected));
        assert_eq!(study.trail.len(), 2);
    }
}
