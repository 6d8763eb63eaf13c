//! The copy that a crash leaves behind.
//!
//! Each running window writes its own copy under a lock that the operating system drops with
//! the process. A copy whose lock is free belongs to a window that died: it is offered at the
//! next start. A window that ends in order removes its own.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the copy is written while something is not saved.
pub const EVERY: Duration = Duration::from_secs(30);

/// The copy of this window.
pub struct Recovery {
    folder: PathBuf,
    copy: PathBuf,
    lock_path: PathBuf,
    _lock: File,
}

impl Recovery {
    /// Takes a name of its own in `folder`; `None` where the folder can't be written to.
    pub fn begin(folder: &Path) -> Option<Self> {
        std::fs::create_dir_all(folder).ok()?;
        let stamp = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |age| age.as_millis());
        let name = format!("{stamp}-{}", std::process::id());
        let lock_path = folder.join(format!("{name}.lock"));
        let lock = File::create(&lock_path).ok()?;
        lock.try_lock().ok()?;
        Some(Self {
            folder: folder.to_owned(),
            copy: folder.join(format!("{name}.prognostim")),
            lock_path,
            _lock: lock,
        })
    }

    /// Where the copy is written.
    pub fn path(&self) -> &Path {
        &self.copy
    }

    /// Copies of windows that died, newest first.
    pub fn orphans(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut orphans: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "prognostim"))
            .filter(|path| *path != self.copy && is_free(&path.with_extension("lock")))
            .collect();
        orphans.sort();
        orphans.reverse();
        orphans
    }

    /// Removes this window's copy: it was saved, or is not wanted.
    pub fn clear(&self) {
        remove(&self.copy);
    }

    /// Ends in order.
    pub fn end(&self) {
        self.clear();
        remove_file(&self.lock_path);
    }
}

/// Removes a copy that is no longer wanted, with its lock and its previous version.
pub fn remove(copy: &Path) {
    remove_file(copy);
    let mut previous = copy.as_os_str().to_owned();
    previous.push("~");
    remove_file(Path::new(&previous));
    if !is_locked(&copy.with_extension("lock")) {
        remove_file(&copy.with_extension("lock"));
    }
}

/// A file that can't be removed stays for the next start; nothing depends on it.
fn remove_file(path: &Path) {
    std::fs::remove_file(path).unwrap_or_default();
}

fn is_locked(lock: &Path) -> bool {
    File::open(lock).is_ok_and(|file| file.try_lock().is_err())
}

fn is_free(lock: &Path) -> bool {
    !is_locked(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_copy_of_a_dead_window_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let dead = folder.path().join("1-1.prognostim");
        std::fs::write(&dead, b"copy").unwrap();
        std::fs::write(folder.path().join("1-1.lock"), b"").unwrap();
        let first = Recovery::begin(folder.path()).unwrap();
        std::fs::write(first.path(), b"alive").unwrap();
        std::thread::sleep(Duration::from_millis(5));
        let second = Recovery::begin(folder.path()).unwrap();
        assert_eq!(second.orphans(), [dead.clone()]);
        remove(&dead);
        assert!(second.orphans().is_empty());
        drop(first);
        assert_eq!(second.orphans().len(), 1);
        second.end();
        assert!(!second.lock_path.exists());
    }
}
