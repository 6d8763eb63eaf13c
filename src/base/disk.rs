//! Writes files whole or not at all, and words what a disk can refuse.
//!
//! Every export and every study file goes through here, so that a crash or a full disk never leaves
//! half a file: the bytes go to a temporary file in the same folder, are synced, and the
//! file is renamed when it is complete.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::base::issue::{Failure, Issue};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner only: patient data.
    Owner,
    /// Whoever the system lets read new files.
    AsUsual,
}

/// A file that is complete but does not stand at its place yet. Dropped, it vanishes.
pub struct Prepared {
    temporary: NamedTempFile,
    target: PathBuf,
}

/// Writes the bytes to a temporary file beside `path` and syncs it. The file at `path` is not touched.
pub fn prepare(path: &Path, bytes: &[u8], readers: Readers) -> Result<Prepared, Failure> {
    if path.is_dir() {
        return Err(about("disk-is-folder", path));
    }
    // A link is followed: the file it points to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_new_file| path.to_owned());
    let written = temporary_beside(&target, readers).and_then(|mut temporary| {
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        Ok(temporary)
    });
    match written {
        Ok(temporary) => Ok(Prepared { temporary, target }),
        Err(error) => Err(failure(&error, path)),
    }
}

impl Prepared {
    /// Where the file will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the file at its place in one step, over an older one.
    pub fn commit(self) -> Result<(), Failure> {
        let Self { temporary, target } = self;
        temporary
            .persist(&target)
            .map_err(|error| failure(&error.error, &target))?;
        sync_folder(&target);
        Ok(())
    }
}

/// Writes a file whole or not at all.
pub fn write_whole(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), Failure> {
    prepare(path, bytes, readers)?.commit()
}

/// Makes a folder and those above it. Fails where a file stands in the way.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    if let Some(file) = folder.ancestors().find(|part| part.is_file()) {
        return Err(about("disk-is-file", file));
    }
    fs::create_dir_all(folder).map_err(|error| failure(&error, folder))
}

/// Words an error of the operating system about a path.
pub fn failure(error: &io::Error, path: &Path) -> Failure {
    let code = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "disk-permission",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "disk-full",
        ErrorKind::IsADirectory => "disk-is-folder",
        ErrorKind::NotADirectory => "disk-is-file",
        ErrorKind::NotFound => "disk-not-found",
        _ => {
            return Issue::error("disk-failed")
                .with("path", path.display().to_string())
                .with("detail", error.to_string())
                .into();
        }
    };
    about(code, path)
}

fn about(code: &str, path: &Path) -> Failure {
    Issue::error(code)
        .with("path", path.display().to_string())
        .into()
}

fn temporary_beside(target: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".prognostim-").suffix(".partial");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = match readers {
            Readers::Owner => 0o600,
            Readers::AsUsual => 0o666, // the user's mask takes away what it should
        };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let (Readers::Owner | Readers::AsUsual) = readers; // a new file takes the rights of its folder
    builder.tempfile_in(folder)
}

/// Makes a rename last through a power cut. Where a folder can't be synced, the file is whole anyway.
fn sync_folder(target: &Path) {
    let folder = target.parent().and_then(|folder| File::open(folder).ok());
    let _best_effort = folder.map(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<(), Failure>) -> String {
        result.unwrap_err().issue().code
    }

    #[test]
    fn a_file_is_replaced_in_one_step_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_whole(&path, b"one", Readers::AsUsual).unwrap();
        let prepared = prepare(&path, b"two", Readers::AsUsual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        drop(prepared);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write_whole(&path, b"three", Readers::AsUsual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        write_whole(&file, b"x", Readers::AsUsual).unwrap();
        let inside = file.join("sub");
        assert_eq!(code(make_folder(&inside)), "disk-is-file");
        let on_folder = write_whole(folder.path(), b"x", Readers::AsUsual);
        assert_eq!(code(on_folder), "disk-is-folder");
        let nowhere = folder.path().join("no/such/place.txt");
        assert_eq!(
            code(write_whole(&nowhere, b"x", Readers::AsUsual)),
            "disk-not-found"
        );
    }

    #[test]
    fn each_refusal_of_a_disk_is_worded_in_both_languages() {
        let kinds = [
            ErrorKind::PermissionDenied,
            ErrorKind::StorageFull,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
            ErrorKind::NotFound,
            ErrorKind::Other,
        ];
        for kind in kinds {
            let issue = failure(&io::Error::from(kind), Path::new("report.html")).issue();
            for lang in crate::base::text::Lang::ALL {
                assert!(lang.issue(&issue).contains("report.html"));
                assert!(lang.remedy(&issue).is_some());
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn patient_data_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("study");
        write_whole(&path, b"x", Readers::Owner).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
