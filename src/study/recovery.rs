//! The last state of a study that was being edited when the program died.
//!
//! A recovery file is a study file in a folder that the caller names. Whoever edits holds
//! [`Lock`] on the recovery path too, so that a second window does not offer a study
//! that is open in the first.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::analysis::Analysis;
use crate::base::disk::{self, Readers};
use crate::base::issue::Failure;
use crate::cohort::Cohort;
use crate::study::{Lock, Study, container};

const SUFFIX: &str = ".recovery.prognostim";

/// A state that can be offered at the next start; [`crate::study::open`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The recovery file.
    pub path: PathBuf,
    /// Name of the study.
    pub name: String,
    /// When it was saved.
    pub saved_at: SystemTime,
    /// Study file that was being edited; `None` where it was never saved.
    pub origin: Option<PathBuf>,
}

/// Where the recovery of a study of that name stands: a readable part and a hash, so that two
/// names never share a file.
pub fn recovery_path(folder: &Path, study_name: &str) -> PathBuf {
    let readable: String = study_name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(40)
        .collect();
    // FNV-1a: stable across versions, which the standard library's hash is not.
    let hash = study_name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    folder.join(format!("{readable}-{hash:016x}{SUFFIX}"))
}

/// Saves the present state; `origin` is the study file being edited. Makes the folder if needed.
pub fn save_recovery(
    folder: &Path,
    study: &Study,
    origin: Option<&Path>,
    cohort: Option<&Cohort>,
    analysis: Option<&Analysis>,
) -> Result<PathBuf, Failure> {
    disk::make_folder(folder)?;
    let path = recovery_path(folder, &study.name);
    let bytes = container::encode(study, cohort, analysis, Some(origin))?;
    disk::write_whole(&path, &bytes, Readers::Owner)?;
    Ok(path)
}

/// What can be recovered, newest first. Files that are damaged or belong to a running editor are left out.
pub fn find_recoveries(folder: &Path) -> Vec<Recovery> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<Recovery> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| read(&entry.path()))
        .collect();
    found.sort_by(|a, b| b.saved_at.cmp(&a.saved_at).then(a.path.cmp(&b.path)));
    found
}

/// Forgets a recovery; one that is gone already is fine.
pub fn remove_recovery(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(disk::failure(&error, path))
        }
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Option<Recovery> {
    let is_recovery = path.file_name()?.to_str()?.ends_with(SUFFIX);
    if !is_recovery || Lock::is_held(path) {
        return None;
    }
    let saved_at = fs::metadata(path).ok()?.modified().ok()?;
    let (study, origin) = container::decode_recovery(path, &fs::read(path).ok()?)?;
    Some(Recovery {
        path: path.to_owned(),
        name: study.name,
        saved_at,
        origin: origin.map(PathBuf::from),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    fn named(name: &str) -> Study {
        Study {
            name: name.to_owned(),
            ..Study::default()
        }
    }

    #[test]
    fn the_last_state_is_found_and_can_be_removed() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("autosave");
        assert!(find_recoveries(&inside).is_empty());
        let origin = Path::new("/data/étude.prognostim");
        let cohort = fixture::cohort();
        let analysis = fixture::analysis();
        let path = save_recovery(
            &inside,
            &named("Étude / 1"),
            Some(origin),
            Some(&cohort),
            Some(&analysis),
        )
        .unwrap();
        save_recovery(&inside, &named("Étude / 2"), None, None, None).unwrap();
        let found = find_recoveries(&inside);
        assert_eq!(found.len(), 2);
        let first = found.iter().find(|r| r.name == "Étude / 1").unwrap();
        assert_eq!(first.path, path);
        assert_eq!(first.origin.as_deref(), Some(origin));
        let opened = crate::study::open(&path).unwrap();
        assert_eq!(opened.cohort.unwrap().n_rows(), cohort.n_rows());
        assert_eq!(opened.analysis.unwrap().models, analysis.models);
        remove_recovery(&path).unwrap();
        remove_recovery(&path).unwrap();
        assert_eq!(find_recoveries(&inside).len(), 1);
    }

    #[test]
    fn a_study_open_elsewhere_and_a_damaged_file_are_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = save_recovery(folder.path(), &named("a"), None, None, None).unwrap();
        let lock = Lock::take(&path).unwrap();
        assert!(find_recoveries(folder.path()).is_empty());
        drop(lock);
        assert_eq!(find_recoveries(folder.path()).len(), 1);
        fs::write(&path, b"PK half").unwrap();
        assert!(find_recoveries(folder.path()).is_empty());
    }
}
