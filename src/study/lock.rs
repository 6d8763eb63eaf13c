//! One editor a study: a lock file beside it, held while the study is open.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::base::disk;
use crate::base::issue::{Failure, Issue};

/// Held by whoever edits a study; given back when it is dropped, and by the system when the program dies.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Keeps the lock; closing it gives it back.
    _file: File,
}

impl Lock {
    /// Takes the lock of the study at `path`. Fails with `study-locked` where someone else edits it,
    /// and with the disk's own words where no lock file can be made.
    pub fn take(path: &Path) -> Result<Self, Failure> {
        let path = fs::canonicalize(path).unwrap_or_else(|_new_file| path.to_owned());
        let lock_path = lock_path(&path);
        // Another editor may remove the file between our opening and locking it: then try again.
        for _attempt in 0..8 {
            let file = open(&lock_path).map_err(|error| disk::failure(&error, &lock_path))?;
            match file.try_lock() {
                Ok(()) if is_still(&lock_path, &file) => {
                    return Ok(Self {
                        path: lock_path,
                        _file: file,
                    });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(locked(&path)),
                Err(TryLockError::Error(error)) => return Err(disk::failure(&error, &lock_path)),
            }
        }
        Err(locked(&path))
    }

    /// Whether someone holds the lock of the study at `path` now.
    pub fn is_held(path: &Path) -> bool {
        let Ok(file) = File::open(lock_path(path)) else {
            return false;
        };
        matches!(file.try_lock(), Err(TryLockError::WouldBlock))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that nobody can hold a file that is about to vanish. Where the
        // system refuses (an open file on Windows) an empty file stays and harms nobody.
        let _best_effort = fs::remove_file(&self.path);
    }
}

/// `.NAME.prognostim.lock` in the folder of the study.
fn lock_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.lock"))
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Whether the open file is still the one that stands at `path`.
#[cfg(unix)]
fn is_still(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let there = fs::metadata(path).map(|m| (m.dev(), m.ino()));
    let here = file.metadata().map(|m| (m.dev(), m.ino()));
    matches!((there, here), (Ok(there), Ok(here)) if there == here)
}

/// An open file can't be removed here, so it is the same.
#[cfg(not(unix))]
fn is_still(_path: &Path, _file: &File) -> bool {
    true
}

fn locked(path: &Path) -> Failure {
    Issue::error("study-locked")
        .with("path", path.display().to_string())
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_editor_is_refused_until_the_first_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.prognostim");
        let first = Lock::take(&path).unwrap();
        assert!(Lock::is_held(&path));
        let refused = Lock::take(&path).unwrap_err();
        assert_eq!(refused.issue().code, "study-locked");
        drop(first);
        assert!(!Lock::is_held(&path));
        let second = Lock::take(&path).unwrap();
        drop(second);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_file_left_by_a_crash_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.prognostim");
        fs::write(lock_path(&path), b"").unwrap();
        assert!(Lock::take(&path).is_ok());
    }
}
