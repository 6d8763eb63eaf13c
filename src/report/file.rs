//! Writes a report to a folder: the only part of this room that touches files.

use std::path::{Path, PathBuf};

use crate::analysis::Analysis;
use crate::base::disk::{self, Prepared, Readers};
use crate::base::issue::Failure;
use crate::report::{ReportOptions, html, results_json};

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `report.html`, which stands alone.
    Html,
    /// `results.json`, for programs.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Html, Self::Json];

    /// Name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Name of the file that is written.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Html => "report.html",
            Self::Json => "results.json",
        }
    }
}

/// Writes the report in each format to `folder`, which is made if needed, and gives the paths.
///
/// Every file is complete beside its place before the first takes it, so that a full disk or a
/// folder without permission leaves what was there before.
pub fn write(
    folder: &Path,
    analysis: &Analysis,
    options: &ReportOptions,
    formats: &[Format],
) -> Result<Vec<PathBuf>, Failure> {
    disk::make_folder(folder)?;
    let mut prepared: Vec<Prepared> = Vec::new();
    for format in formats {
        let text = match format {
            Format::Html => html(analysis, options),
            Format::Json => results_json(analysis, options),
        };
        let path = folder.join(format.file_name());
        prepared.push(disk::prepare(&path, text.as_bytes(), Readers::AsUsual)?);
    }
    for file in prepared {
        file.commit()?;
    }
    Ok(formats
        .iter()
        .map(|format| folder.join(format.file_name()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::base::text::Lang;

    fn options() -> ReportOptions {
        ReportOptions {
            lang: Lang::En,
            version: "0.1.0".to_owned(),
            ids: None,
        }
    }

    #[test]
    fn a_report_is_written_to_a_new_folder_and_nothing_else_is_left_there() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("deep/out");
        let paths = write(&out, &fixture::analysis(), &options(), &Format::ALL).unwrap();
        assert_eq!(paths, [out.join("report.html"), out.join("results.json")]);
        assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
        for path in paths {
            assert!(std::fs::metadata(path).unwrap().len() > 10_000);
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_stops_the_work_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("results.json")).unwrap();
        let failure = write(
            folder.path(),
            &fixture::analysis(),
            &options(),
            &Format::ALL,
        )
        .unwrap_err();
        assert_eq!(failure.issue().code, "disk-is-folder");
        assert!(!folder.path().join("report.html").exists());
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out");
        std::fs::write(&file, b"x").unwrap();
        let failure = write(&file, &fixture::analysis(), &options(), &Format::ALL).unwrap_err();
        assert_eq!(failure.issue().code, "disk-is-file");
    }
}
