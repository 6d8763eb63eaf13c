//! Another cohort, read as the study's own file was read, so that the models can be judged on it.
//!
//! What was decided about whole columns holds there too; what was decided about single patients does not.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{self, Change, Cohort, Edit};
use crate::dictionary;
use crate::import::{self, ImportOptions};
use crate::study::{EXTENSION, Study, open};

/// What names a sheet that another file need not have.
const NO_SUCH_SHEET: [&str; 2] = ["sheet-unknown", "sheet-of-text"];

/// A cohort that is not the study's.
pub struct Other {
    /// The cohort with everything carried out that was decided about it.
    pub cohort: Cohort,
    /// Names of its columns whose values were corrected as those of the study were, sorted.
    pub corrected: Vec<String>,
}

/// Reads another cohort: a study file as it was decided there, any other file as this study's file was read, with its
/// accepted repairs and its corrections of whole columns. A sheet that was chosen is looked for, and any is taken where
/// the file has none of that name.
pub fn read_other(path: &Path, study: &Study, task: &TaskHandle) -> Result<Other, Failure> {
    if path.extension().is_some_and(|end| end == EXTENSION) {
        let opened = open(path)?;
        let cohort = opened
            .cohort
            .ok_or_else(|| Failure::new("study-without-cohort"))?;
        let accepted = &opened.study.settings.accepted;
        return Ok(Other {
            cohort: decided(cohort, accepted, &opened.study.edits)?,
            corrected: Vec::new(),
        });
    }
    let options = options(study);
    let read = match import::read(path, &options, task) {
        Err(Failure::Because(issue)) if NO_SUCH_SHEET.contains(&issue.code.as_str()) => {
            let options = ImportOptions {
                sheet: None,
                ..options
            };
            import::read(path, &options, task)
        }
        read => read,
    };
    let mut cohort = read?;
    dictionary::annotate(&mut cohort);
    let of_columns: Vec<Arc<Edit>> = study
        .edits
        .iter()
        .filter(|edit| is_of_column(&edit.change))
        .cloned()
        .collect();
    let corrected: BTreeSet<String> = of_columns
        .iter()
        .filter_map(|edit| corrected_column(&edit.change))
        .filter(|name| cohort.variable(name).is_some())
        .map(str::to_owned)
        .collect();
    Ok(Other {
        cohort: decided(cohort, &study.settings.accepted, &of_columns)?,
        corrected: corrected.into_iter().collect(),
    })
}

/// Carries out accepted repairs and corrections over a cohort as it was read and annotated.
pub fn decided(
    mut cohort: Cohort,
    accepted: &BTreeSet<String>,
    edits: &[Arc<Edit>],
) -> Result<Cohort, Failure> {
    if !accepted.is_empty() {
        dictionary::accept(&mut cohort, accepted)?;
    }
    if !edits.is_empty() {
        cohort::replay(&mut cohort, edits);
        dictionary::annotate(&mut cohort);
    }
    Ok(cohort)
}

/// How the study's file was read; a codebook is looked for beside that file, not beside the other.
fn options(study: &Study) -> ImportOptions {
    let mut options = study.import.clone();
    let folder = study
        .cohort_path
        .as_deref()
        .and_then(|path| Path::new(path).parent());
    if let (Some(folder), Some(codebook)) = (folder, &mut options.codebook) {
        *codebook = folder.join(&*codebook).to_string_lossy().into_owned();
    }
    options
}

fn is_of_column(change: &Change) -> bool {
    match change {
        Change::Cells(_) | Change::Exclude(_) | Change::Include(_) => false,
        Change::Recode { .. }
        | Change::MissingCodes { .. }
        | Change::Scale { .. }
        | Change::Meaning { .. }
        | Change::Derive { .. }
        | Change::Kind { .. } => true,
    }
}

/// The column whose values a change alters.
fn corrected_column(change: &Change) -> Option<&str> {
    match change {
        Change::Recode { variable, .. }
        | Change::MissingCodes { variable, .. }
        | Change::Scale { variable, .. } => Some(variable),
        _ => None,
    }
}

/// Says in which file a piece of work on another cohort failed, and why.
pub fn failed_on(path: &Path, failure: Failure) -> Failure {
    match failure {
        Failure::Cancelled => Failure::Cancelled,
        Failure::Because(why) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            Issue::error("external-failed")
                .with("file", name.to_string_lossy().into_owned())
                .with("why", *why)
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Lang;
    use crate::cohort::{CellChange, RowRef};

    const FILE: &str = "id;age;score\n1;54;7\n2;61;4\n3;47;8\n4;58;999\n";

    fn edit(number: u32, change: Change) -> Arc<Edit> {
        Arc::new(Edit {
            number,
            at: String::new(),
            who: String::new(),
            why: String::new(),
            change,
        })
    }

    #[test]
    fn what_was_decided_about_columns_holds_there_and_what_was_about_patients_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("other.csv");
        std::fs::write(&file, FILE).expect("written");
        let row = || RowRef { row: 0, key: None };
        let study = Study {
            import: ImportOptions {
                sheet: Some("Patients".to_owned()),
                ..ImportOptions::default()
            },
            edits: vec![
                edit(1, Change::Exclude(row())),
                edit(
                    2,
                    Change::MissingCodes {
                        variable: "score".to_owned(),
                        codes: vec!["999".to_owned()],
                    },
                ),
                edit(
                    3,
                    Change::Derive {
                        variable: "double".to_owned(),
                        formula: Some("2 * score".to_owned()),
                    },
                ),
                edit(
                    4,
                    Change::Cells(vec![CellChange {
                        row: row(),
                        variable: "age".to_owned(),
                        before: None,
                        after: None,
                    }]),
                ),
            ],
            ..Study::default()
        };
        let task = TaskHandle::unattended();
        let other = read_other(&file, &study, &task).expect("a table, whatever its sheet");
        assert_eq!(other.corrected, ["score"]);
        let scores = other.cohort.numbers("score").expect("numbers");
        assert!(scores[3].is_nan() && scores[0] == 7.0);
        assert_eq!(other.cohort.numbers("double").expect("derived")[0], 14.0);
        assert_eq!(other.cohort.numbers("age").expect("numbers")[0], 54.0);
        assert_eq!(std::fs::read_to_string(&file).expect("there"), FILE);
    }

    #[test]
    fn a_failure_says_which_file_and_why_and_what_to_do() {
        let path = Path::new("/nowhere/lille.xlsx");
        let task = TaskHandle::unattended();
        let why = read_other(path, &Study::default(), &task)
            .err()
            .expect("no such file");
        for lang in Lang::ALL {
            let said = lang.issue(&failed_on(path, why.clone()).issue());
            assert!(said.contains("lille.xlsx") && !said.contains('⟦'), "{said}");
            let remedy = lang.remedy(&why.issue()).expect("something can be done");
            assert!(said.contains(&remedy), "{said}");
        }
        assert_eq!(failed_on(path, Failure::Cancelled), Failure::Cancelled);
    }
}
