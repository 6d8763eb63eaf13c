//! All that the user decided and the results, on disk.
//!
//! A study file `NAME.prognostim` is patient data: pseudonymised, readable by its owner only,
//! locked against a second editor, written whole or not at all, the previous version kept beside it.
//! Nothing here computes, and a file that can't be understood is left untouched.

mod container;
pub mod keys;
mod lock;
mod meeting;
mod other;
mod privacy;
pub mod recipes;
mod recovery;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Settings};
use crate::base::disk::{self, Readers};
use crate::base::issue::Failure;
use crate::cohort::{Change, Cohort, Edit};
use crate::review::{FindingKey, Mark, Review, Status};

pub use lock::Lock;
pub use meeting::{Candidate, Choice, Conclusion, Meeting, MeetingChange};
pub use other::{Other, decided, failed_on, read_other};
pub use privacy::{pseudonymised, without_patients};
pub use recovery::{Recovery, find_recoveries, recovery_path, remove_recovery, save_recovery};

/// Extension of a study file.
pub const EXTENSION: &str = "prognostim";

/// What the user decided and noted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Name for people.
    pub name: String,
    /// Full path of the cohort file, to look for it again.
    pub cohort_path: Option<String>,
    /// How the cohort file was read.
    pub import: crate::import::ImportOptions,
    /// Corrections that are in force, oldest first.
    #[serde(default)]
    pub edits: Vec<Arc<Edit>>,
    /// Everything that was done to the data, oldest first; nothing is ever taken out, undoing included.
    #[serde(default)]
    pub trail: Vec<Arc<Event>>,
    /// Rules, and what was done about findings.
    #[serde(default)]
    pub review: Review,
    /// What was decided.
    pub settings: Settings,
    /// Notes on patients, by pseudonym.
    pub notes: BTreeMap<String, String>,
    /// What the team keeps of its meeting.
    #[serde(default)]
    pub meeting: Meeting,
    /// Numbers of the corrections that were in force when the results were computed; `None` where that is not known.
    #[serde(default)]
    pub results_of: Option<Vec<u32>>,
    /// Which key makes its keyed pseudonyms ([`keys`]); the key itself is never in the study.
    #[serde(default)]
    pub key_id: Option<String>,
    /// Whether reports and snapshot call patients by keyed pseudonym in place of `P001`.
    #[serde(default)]
    pub keyed_pseudonyms: bool,
}

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, ISO 8601 in universal time.
    pub at: String,
    /// Initials of the person.
    pub who: String,
    /// What.
    pub deed: Deed,
}

/// What was done to the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Deed {
    /// A file was read: name, SHA-256.
    Read(String, String),
    /// An edit was made.
    Edited(Arc<Edit>),
    /// The edit of that number was taken back.
    Undone(u32),
    /// The edit of that number was made again.
    Redone(u32),
    /// Something was done about a finding.
    Marked(FindingKey, Mark),
}

impl Study {
    /// The decisions alone, for a copy without patients: no notes, no meeting, no path to the cohort.
    #[must_use]
    pub fn without_patients(&self) -> Self {
        Self {
            cohort_path: None,
            key_id: None,
            notes: BTreeMap::new(),
            meeting: self.meeting.without_patients(),
            results_of: None,
            edits: Vec::new(),
            trail: Vec::new(),
            review: Review {
                marks: Vec::new(),
                ..self.review.clone()
            },
            ..self.clone()
        }
    }
}

impl Study {
    /// Calls the patients by keyed pseudonym, or again by row; their notes go with them, and what was decided.
    ///
    /// Without a keyed pseudonym for every patient nothing changes.
    pub fn call_by_key(&mut self, cohort: &mut Cohort, by_key: bool) {
        if by_key && cohort.row_keys.len() != cohort.n_rows() {
            return;
        }
        let before = cohort.pseudonyms();
        cohort.keyed = by_key;
        self.keyed_pseudonyms = by_key;
        let mut notes = std::mem::take(&mut self.notes);
        for (before, now) in before.iter().zip(cohort.pseudonyms()) {
            let Some(note) = notes.remove(before) else {
                continue;
            };
            // A patient in two rows has one keyed pseudonym and keeps both notes.
            let own = self.notes.entry(now).or_default();
            if !own.is_empty() {
                own.push('\n');
            }
            own.push_str(&note);
        }
        self.notes.extend(notes);
        let names = before.into_iter().zip(cohort.pseudonyms());
        self.meeting.rename(&names.collect());
    }

    /// Numbers of the corrections that are in force.
    pub fn edit_numbers(&self) -> impl Iterator<Item = u32> {
        self.edits.iter().map(|edit| edit.number)
    }

    /// Whether the data were corrected otherwise since the results were computed.
    pub fn has_new_edits(&self) -> bool {
        let known = self.results_of.as_ref();
        known.is_some_and(|known| !self.edit_numbers().eq(known.iter().copied()))
    }

    /// Makes an edit: it is in force and in the trail.
    pub fn edit(&mut self, change: Change, why: String, who: String, at: String) {
        let number = |event: &Arc<Event>| match &event.deed {
            Deed::Edited(edit) => edit.number,
            _ => 0,
        };
        let edit = Arc::new(Edit {
            number: self.trail.iter().map(number).max().unwrap_or(0) + 1,
            at: at.clone(),
            who: who.clone(),
            why,
            change,
        });
        self.edits.push(Arc::clone(&edit));
        self.trail.push(Arc::new(Event {
            at,
            who,
            deed: Deed::Edited(edit),
        }));
    }

    /// Sets the mark of findings; an open mark without a note takes it away.
    pub fn mark(&mut self, keys: Vec<FindingKey>, mark: &Mark) {
        for key in keys {
            self.review.marks.retain(|(other, _)| *other != key);
            let event = Event {
                at: mark.at.clone(),
                who: mark.who.clone(),
                deed: Deed::Marked(key.clone(), mark.clone()),
            };
            self.trail.push(Arc::new(event));
            if mark.status != Status::Open || !mark.note.is_empty() {
                self.review.marks.push((key, mark.clone()));
            }
        }
    }

    /// Goes on with the trail of `before` after undoing or redoing, which enters it too.
    pub fn keep_trail(&mut self, before: &Self, who: &str, at: &str) {
        self.trail.clone_from(&before.trail);
        let has = |edits: &[Arc<Edit>], number| edits.iter().any(|edit| edit.number == number);
        let undone = before.edits.iter().map(|edit| edit.number);
        let undone = undone.filter(|number| !has(&self.edits, *number));
        let redone = self.edits.iter().map(|edit| edit.number);
        let redone = redone.filter(|number| !has(&before.edits, *number));
        let deeds: Vec<Deed> = undone
            .map(Deed::Undone)
            .chain(redone.map(Deed::Redone))
            .collect();
        self.trail.extend(deeds.into_iter().map(|deed| {
            Arc::new(Event {
                at: at.to_owned(),
                who: who.to_owned(),
                deed,
            })
        }));
    }
}

/// What a study file holds.
#[derive(Debug)]
pub struct Opened {
    /// The decisions.
    pub study: Study,
    /// The snapshot of the cohort, unless it was left out.
    pub cohort: Option<Cohort>,
    /// The results, unless none were computed.
    pub analysis: Option<Analysis>,
}

/// Writes a study file whole or not at all; the previous version is kept beside it (`NAME.prognostim~`).
///
/// The snapshot is pseudonymised on the way. Without a cohort the patients are taken out of the
/// results and the notes too: that is "a copy without patients".
pub fn save(
    path: &Path,
    study: &Study,
    cohort: Option<&Cohort>,
    analysis: Option<&Analysis>,
) -> Result<(), Failure> {
    let bytes = match cohort {
        Some(cohort) => container::encode(study, Some(cohort), analysis, None)?,
        None => {
            let stripped = analysis.map(without_patients);
            container::encode(&study.without_patients(), None, stripped.as_ref(), None)?
        }
    };
    let prepared = disk::prepare(path, &bytes, Readers::Owner)?;
    keep_previous(prepared.target())?;
    prepared.commit()
}

/// Opens a study file. A newer or damaged file is left untouched and gives a clear failure.
pub fn open(path: &Path) -> Result<Opened, Failure> {
    let bytes = fs::read(path).map_err(|error| disk::failure(&error, path))?;
    container::decode(path, &bytes)
}

/// Path of the version that [`save`] keeps: the file name with `~` appended.
pub fn previous_path(path: &Path) -> PathBuf {
    with_appended(path, "~")
}

/// Keeps the present file as the previous version. The present file stays where it is all the while:
/// whenever the program is stopped, one whole version stands at its place.
fn keep_previous(target: &Path) -> Result<(), Failure> {
    let bytes = match fs::read(target) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(disk::failure(&error, target)),
    };
    disk::write_whole(&previous_path(target), &bytes, Readers::Owner)
}

/// A path whose file name has something appended.
fn with_appended(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    fn study() -> Study {
        Study {
            name: "PSPS cohort".to_owned(),
            cohort_path: Some("/data/fixture.csv".to_owned()),
            notes: [(
                "P003".to_owned(),
                "déjà vu, \"quoted\"\nsecond line".to_owned(),
            )]
            .into(),
            ..Study::default()
        }
    }

    fn saved(folder: &Path) -> PathBuf {
        let path = folder.join("a.prognostim");
        save(
            &path,
            &study(),
            Some(&fixture::cohort()),
            Some(&fixture::analysis()),
        )
        .unwrap();
        path
    }

    fn failure_code(path: &Path) -> String {
        open(path).unwrap_err().issue().code
    }

    #[test]
    fn a_study_comes_back_as_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let opened = open(&saved(folder.path())).unwrap();
        assert_eq!(opened.study, study());
        let (analysis, before) = (opened.analysis.unwrap(), fixture::analysis());
        assert_eq!(analysis.models, before.models);
        assert_eq!(analysis.predictors, before.predictors);
        assert_eq!(analysis.settings, before.settings);
        let (cohort, source) = (opened.cohort.unwrap(), fixture::cohort());
        assert_eq!(cohort.n_rows(), source.n_rows());
        assert_eq!(cohort.source, source.source);
        assert_eq!(cohort.levels("sex").unwrap(), source.levels("sex").unwrap());
        let bits = |cohort: &Cohort| -> Vec<u64> {
            let ages = cohort.numbers("age").unwrap();
            ages.into_iter().map(f64::to_bits).collect()
        };
        assert_eq!(bits(&cohort), bits(&source));
        assert_eq!(cohort.variable("age"), source.variable("age"));
    }

    #[test]
    fn a_saved_study_holds_no_identifier_and_no_free_text() {
        let folder = tempfile::tempdir().unwrap();
        let opened = open(&saved(folder.path())).unwrap();
        let cohort = opened.cohort.unwrap();
        assert_eq!(cohort.ids()[..2], ["P001", "P002"]);
        assert!(cohort.variable("note").is_none());
        let all = format!("{cohort:?} {:?}", opened.analysis.unwrap());
        assert!(!all.contains("8000012") && !all.contains("Martin"));
        assert!(all.contains("540"), "a value that names nobody stays");
    }

    #[test]
    fn saving_an_opened_study_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path());
        let first = fs::read(&path).unwrap();
        let opened = open(&path).unwrap();
        save(
            &path,
            &opened.study,
            opened.cohort.as_ref(),
            opened.analysis.as_ref(),
        )
        .unwrap();
        assert_eq!(fs::read(&path).unwrap(), first);
    }

    #[test]
    fn the_previous_version_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path());
        let first = fs::read(&path).unwrap();
        let renamed = Study {
            name: "other".to_owned(),
            ..study()
        };
        save(&path, &renamed, None, None).unwrap();
        assert_eq!(fs::read(previous_path(&path)).unwrap(), first);
        assert_eq!(open(&path).unwrap().study.name, "other");
        assert_eq!(
            open(&previous_path(&path)).unwrap().study.name,
            "PSPS cohort"
        );
    }

    #[test]
    fn a_copy_without_patients_holds_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.prognostim");
        let with_profiles = Analysis {
            profiles: Some(fixture::profiles()),
            ..fixture::analysis()
        };
        save(&path, &study(), None, Some(&with_profiles)).unwrap();
        let opened = open(&path).unwrap();
        assert!(opened.cohort.is_none() && opened.study.notes.is_empty());
        let analysis = opened.analysis.unwrap();
        assert!(analysis.models.iter().all(|m| m.patients.is_empty()));
        assert!(analysis.cohort.issues.is_empty());
        let profiles = analysis.profiles.iter().flat_map(|found| &found.ways);
        let profiles: Vec<_> = profiles.flat_map(|way| &way.profiles).collect();
        assert!(!profiles.is_empty() && profiles.iter().all(|one| one.n > 0));
        let names = |one: &&crate::analysis::Profile| one.members.len() + one.certainty.len() > 0;
        assert!(!profiles.iter().any(names));
        assert_eq!(
            analysis.models[0].corrected,
            fixture::analysis().models[0].corrected
        );
    }

    #[test]
    fn a_truncated_file_is_reported_and_left_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path());
        let whole = fs::read(&path).unwrap();
        for n_kept in [4, 100, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..n_kept]).unwrap();
            assert_eq!(failure_code(&path), "study-damaged");
            assert_eq!(fs::read(&path).unwrap().len(), n_kept);
        }
        fs::write(&path, b"").unwrap();
        assert_eq!(failure_code(&path), "study-not-a-study");
        fs::write(&path, b"a;b\n1;2\n").unwrap();
        assert_eq!(failure_code(&path), "study-not-a-study");
    }

    #[test]
    fn a_flipped_byte_anywhere_never_panics_and_never_passes_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path());
        let whole = fs::read(&path).unwrap();
        let before = format!("{:?}", open(&path).unwrap());
        for at in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            let mut broken = whole.clone();
            broken[at] ^= 0x20;
            fs::write(&path, &broken).unwrap();
            if let Ok(opened) = open(&path) {
                assert_eq!(format!("{opened:?}"), before, "byte {at}");
            }
        }
    }

    #[test]
    fn a_newer_schema_is_reported_and_left_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.prognostim");
        let bytes = container::with_study_text(
            "(schema: 99, program: \"9.0\", study: (future: Thing(1)), more: [1, 2])",
        );
        fs::write(&path, &bytes).unwrap();
        assert_eq!(failure_code(&path), "study-newer");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn a_save_that_was_killed_leaves_the_old_study_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path());
        // What a kill between writing and renaming leaves behind.
        fs::write(folder.path().join(".prognostim-x1.partial"), b"half").unwrap();
        assert_eq!(open(&path).unwrap().study.name, "PSPS cohort");
        save(&path, &study(), None, None).unwrap();
        assert!(open(&path).is_ok());
    }

    #[test]
    fn failures_are_worded_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        let missing = open(&folder.path().join("no.prognostim")).unwrap_err();
        let codes = [
            "study-damaged",
            "study-newer",
            "study-not-a-study",
            "study-locked",
        ];
        let mut issues: Vec<_> = codes
            .map(|code| crate::base::issue::Issue::error(code).with("path", "a.prognostim"))
            .into();
        issues.push(missing.issue());
        for issue in issues {
            for lang in crate::base::text::Lang::ALL {
                assert!(!lang.issue(&issue).contains('⟦'), "{}", issue.code);
                assert!(lang.remedy(&issue).is_some(), "{}", issue.code);
            }
        }
    }
}
