//! The codebook of a cohort as a file of its own: read where it is named, offered where it lies beside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::Source;
use crate::import::codebook::{self, Entry};
use crate::import::frame::Frame;
use crate::import::{ImportOptions, guard, shape, sheets};

/// Files of a folder that are looked at for a codebook.
const MAX_FILES: usize = 2_000;

/// What is said of columns, by folded header.
pub(crate) type Codebook = BTreeMap<String, Entry>;

/// Reads a codebook; a name without a folder is looked for beside the cohort.
pub(crate) fn read(cohort: &str, codebook: &str, task: &TaskHandle) -> Result<Codebook, Failure> {
    let mut path = PathBuf::from(codebook);
    if path.is_relative()
        && let Some(folder) = Path::new(cohort).parent()
    {
        path = folder.join(path);
    }
    let bytes = guard::read_file(&path)?;
    let mut source = Source {
        file: guard::file_name(codebook),
        ..Source::default()
    };
    let options = ImportOptions::default();
    let raws = sheets(&mut source, &bytes, &options, &mut Vec::new(), task)?;
    for raw in raws {
        let cut = shape::cut(raw, &Frame::default(), task)?;
        if let Some(entries) = cut.grids.iter().find_map(codebook::entries) {
            return Ok(entries);
        }
    }
    Err(Issue::error("codebook-unreadable")
        .with("file", source.file)
        .into())
}

/// Names a codebook that lies beside the cohort; it is not read unasked.
pub(crate) fn offer(cohort: &Path) -> Option<Issue> {
    let stem = cohort.file_stem()?.to_string_lossy().to_lowercase();
    let own = cohort.file_name()?;
    let files = std::fs::read_dir(cohort.parent()?).ok()?;
    let mut names: Vec<String> = files
        .take(MAX_FILES)
        .filter_map(Result::ok)
        .filter(|file| file.file_name() != own)
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| is_codebook_of(&stem, &name.to_lowercase()))
        .collect();
    names.sort();
    let name = names.into_iter().next()?;
    Some(Issue::note("codebook-beside").found(&name))
}

/// `NAME-dictionary.csv`, `NAME_dictionary.csv`, `NAME DataDictionary….csv`; REDCap names the
/// project before both of its exports.
fn is_codebook_of(stem: &str, name: &str) -> bool {
    let Some(name) = name.strip_suffix(".csv") else {
        return false;
    };
    if let Some(rest) = name.strip_prefix(stem)
        && matches!(rest, "-dictionary" | "_dictionary")
    {
        return true;
    }
    name.split_once("datadictionary")
        .is_some_and(|(project, _)| {
            let project = project.trim_end_matches([' ', '_', '-']);
            !project.is_empty() && stem.starts_with(project)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codebooks_beside_a_cohort_are_known_by_their_names() {
        assert!(is_codebook_of("cohorte", "cohorte-dictionary.csv"));
        assert!(is_codebook_of("cohorte", "cohorte_dictionary.csv"));
        assert!(is_codebook_of(
            "scs_data_2024-05-01",
            "scs_datadictionary_2024-05-01.csv"
        ));
        assert!(is_codebook_of("scs data", "scs data datadictionary.csv"));
        assert!(!is_codebook_of("cohorte", "cohorte.dictionary.csv"));
        assert!(!is_codebook_of("cohorte", "autre_datadictionary.csv"));
        assert!(!is_codebook_of("cohorte", "cohorte.csv"));
    }
}
