//! The copy that a crash leaves behind, and whose it is.
//!
//! A window holds the lock of its copy; the system gives it back when the window dies. A copy
//! whose lock is free is offered at the next start. A window that ends in order removes its own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::disk;
use crate::study::{self, Lock};

/// How often the copy is written while something is not saved.
pub const EVERY: Duration = Duration::from_secs(30);

struct Own {
    wanted: String,
    name: String,
    path: PathBuf,
    _lock: Lock,
}

/// Where this window keeps its copy.
pub struct Keeper {
    folder: PathBuf,
    own: Option<Own>,
}

impl Keeper {
    /// A keeper in that folder; `None` where it can't be made.
    pub fn new(folder: &Path) -> Option<Self> {
        disk::make_folder(folder).ok()?;
        Some(Self {
            folder: folder.to_owned(),
            own: None,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies of windows that died, newest first.
    pub fn orphans(&self) -> Vec<study::Recovery> {
        study::find_recoveries(&self.folder)
    }

    /// The name under which a study called that is kept; another one where another window keeps
    /// a study of the same name. `None` where no copy can be kept.
    pub fn name_for(&mut self, wanted: &str) -> Option<String> {
        if let Some(own) = &self.own
            && own.wanted == wanted
        {
            return Some(own.name.clone());
        }
        self.clear();
        let names = std::iter::once(wanted.to_owned())
            .chain((2..100).map(|number| format!("{wanted} ({number})")));
        for name in names {
            let path = study::recovery_path(&self.folder, &name);
            // A copy that lies there already is still to be offered.
            if path.exists() {
                continue;
            }
            if let Ok(lock) = Lock::take(&path) {
                self.own = Some(Own {
                    wanted: wanted.to_owned(),
                    name: name.clone(),
                    path,
                    _lock: lock,
                });
                return Some(name);
            }
        }
        None
    }

    /// Removes this window's copy: it was saved, or is not wanted.
    pub fn clear(&mut self) {
        if let Some(own) = self.own.take() {
            remove(&own.path);
        }
    }
}

/// Removes a copy; one that can't be removed is offered again at the next start.
pub fn remove(copy: &Path) {
    study::remove_recovery(copy).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Study;

    fn save(keeper: &mut Keeper, name: &str) -> String {
        let name = keeper.name_for(name).unwrap();
        let study = Study {
            name: name.clone(),
            ..Study::default()
        };
        study::save_recovery(keeper.folder(), &study, None, None, None).unwrap();
        name
    }

    #[test]
    fn only_the_copy_of_a_dead_window_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Keeper::new(folder.path()).unwrap();
        let mut second = Keeper::new(folder.path()).unwrap();
        assert_eq!(save(&mut first, "cohort"), "cohort");
        assert_eq!(save(&mut second, "cohort"), "cohort (2)");
        assert!(second.orphans().is_empty());
        drop(first);
        assert_eq!(second.orphans().len(), 1);
        second.clear();
        assert_eq!(second.orphans()[0].name, "cohort");
    }

    #[test]
    fn a_window_keeps_one_copy_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::new(folder.path()).unwrap();
        save(&mut keeper, "a");
        save(&mut keeper, "a");
        save(&mut keeper, "b");
        keeper.clear();
        assert!(keeper.orphans().is_empty());
    }
}
