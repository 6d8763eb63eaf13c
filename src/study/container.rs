//! The zip container of a study: readable decisions, results, snapshot of the cohort.
//!
//! Entries: `study.ron` (schema number and decisions), `results.ron`, `cohort.ron` (what the columns
//! mean) with `cohort.parquet`, and `recovery.ron` in a recovery file. Bytes in, bytes out; the
//! same content gives the same bytes.

use std::io::{Cursor, Read as _, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::analysis::Analysis;
use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Source, Variable};
use crate::study::{Opened, Study, privacy};

/// Number of the present schema. A file with a smaller number is migrated, one with a larger is refused.
const SCHEMA: u32 = 1;
/// Largest entry that is unpacked: a registry of 20,000 patients takes a hundredth of it.
const MOST_BYTES: u64 = 1 << 30;

const STUDY: &str = "study.ron";
const RESULTS: &str = "results.ron";
const COHORT: &str = "cohort.ron";
const SNAPSHOT: &str = "cohort.parquet";
const RECOVERY: &str = "recovery.ron";

/// `study.ron`.
#[derive(Serialize, Deserialize)]
struct StudyEntry<S> {
    schema: u32,
    program: String,
    study: S,
}

/// The one thing that every version of `study.ron` has.
#[derive(Deserialize)]
struct SchemaOnly {
    schema: u32,
}

/// `cohort.ron`. Rows of the source are shared by the columns of a sheet and stored once.
#[derive(Serialize, Deserialize)]
struct CohortEntry {
    n_rows: usize,
    source: Source,
    variables: Vec<Variable>,
    issues: Vec<Issue>,
    row_sets: Vec<Vec<u32>>,
    row_set_of: Vec<usize>,
    /// Keyed pseudonyms, by which edits find their patients again.
    #[serde(default)]
    row_keys: Vec<String>,
    /// Whether they stand for the patients.
    #[serde(default)]
    keyed: bool,
}

/// `recovery.ron`: where the study that was being edited stands.
#[derive(Default, Serialize, Deserialize)]
struct RecoveryEntry {
    origin: Option<String>,
}

/// The bytes of a study file. The snapshot and the findings in the results are pseudonymised.
pub(super) fn encode(
    study: &Study,
    cohort: Option<&Cohort>,
    analysis: Option<&Analysis>,
    recovery_of: Option<Option<&Path>>,
) -> Result<Vec<u8>, Failure> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let masked = cohort.map(|cohort| privacy::masked_study(study, cohort));
    let entry = StudyEntry {
        schema: SCHEMA,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        study: masked.as_ref().unwrap_or(study),
    };
    let pretty = ron::ser::PrettyConfig::new();
    let text = ron::ser::to_string_pretty(&entry, pretty).map_err(|e| internal(&e))?;
    add(&mut zip, STUDY, text.as_bytes())?;
    if let Some(analysis) = analysis {
        let masked = cohort.map(|cohort| privacy::masked(analysis, cohort));
        add_ron(&mut zip, RESULTS, masked.as_ref().unwrap_or(analysis))?;
    }
    if let Some(cohort) = cohort {
        let snapshot = privacy::pseudonymised(cohort)?;
        add_ron(&mut zip, COHORT, &describe(&snapshot))?;
        add(&mut zip, SNAPSHOT, &snapshot.to_parquet()?)?;
    }
    if let Some(origin) = recovery_of {
        let origin = origin.map(|path| path.to_string_lossy().into_owned());
        add_ron(&mut zip, RECOVERY, &RecoveryEntry { origin })?;
    }
    let cursor = zip.finish().map_err(|e| internal(&e))?;
    Ok(cursor.into_inner())
}

/// What the bytes of a study file hold. `path` is only named in the failure.
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Opened, Failure> {
    let mut reader = Reader::new(path, bytes)?;
    Ok(Opened {
        study: reader.study()?,
        analysis: reader.optional(RESULTS)?,
        cohort: reader.cohort()?,
    })
}

/// The decisions and the place of the study that a recovery file was made for; `None` for anything else.
pub(super) fn decode_recovery(path: &Path, bytes: &[u8]) -> Option<(Study, Option<String>)> {
    let mut reader = Reader::new(path, bytes).ok()?;
    let entry: RecoveryEntry = reader.optional(RECOVERY).ok()??;
    Some((reader.study().ok()?, entry.origin))
}

fn describe(snapshot: &Cohort) -> CohortEntry {
    let mut row_sets: Vec<Arc<Vec<u32>>> = Vec::new();
    let mut row_set_of = Vec::new();
    let mut variables = snapshot.variables.clone();
    for variable in &mut variables {
        let rows = std::mem::take(&mut variable.origin.rows);
        let known = row_sets.iter().position(|set| *set == rows);
        row_set_of.push(known.unwrap_or(row_sets.len()));
        if known.is_none() {
            row_sets.push(rows);
        }
    }
    CohortEntry {
        n_rows: snapshot.n_rows(),
        source: snapshot.source.clone(),
        variables,
        issues: snapshot.issues.clone(),
        row_sets: row_sets.iter().map(|set| set.to_vec()).collect(),
        row_set_of,
        row_keys: snapshot.row_keys.to_vec(),
        keyed: snapshot.keyed,
    }
}

fn add<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o600);
    zip.start_file(name, options).map_err(|e| internal(&e))?;
    zip.write_all(bytes).map_err(|e| internal(&e))
}

fn add_ron<W: Write + Seek, T: Serialize>(
    zip: &mut ZipWriter<W>,
    name: &str,
    value: &T,
) -> Result<(), Failure> {
    let text = ron::to_string(value).map_err(|e| internal(&e))?;
    add(zip, name, text.as_bytes())
}

struct Reader<'a> {
    path: &'a Path,
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Reader<'a> {
    fn new(path: &'a Path, bytes: &'a [u8]) -> Result<Self, Failure> {
        if !bytes.starts_with(b"PK") {
            return Err(about("study-not-a-study", path));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(path, &e))?;
        Ok(Self { path, zip })
    }

    /// The bytes of an entry; `None` where there is no such entry.
    fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(self.path, &error)),
        };
        let mut bytes = Vec::new();
        entry
            .take(MOST_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|e| damaged(self.path, &e))?;
        Ok(Some(bytes))
    }

    fn ron<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, Failure> {
        ron::de::from_bytes(bytes).map_err(|e| damaged(self.path, &e))
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Failure> {
        let bytes = self.entry(name)?;
        bytes.map(|bytes| self.ron(&bytes)).transpose()
    }

    /// The decisions, of whatever released schema.
    fn study(&mut self) -> Result<Study, Failure> {
        let bytes = self
            .entry(STUDY)?
            .ok_or_else(|| about("study-not-a-study", self.path))?;
        let SchemaOnly { schema } = self.ron(&bytes)?;
        match schema {
            SCHEMA => Ok(self.ron::<StudyEntry<Study>>(&bytes)?.study),
            newer if newer > SCHEMA => Err(about("study-newer", self.path)),
            unknown => Err(damaged(self.path, &format!("schema {unknown}"))),
        }
    }

    fn cohort(&mut self) -> Result<Option<Cohort>, Failure> {
        let Some(entry) = self.optional::<CohortEntry>(COHORT)? else {
            return Ok(None);
        };
        let CohortEntry {
            n_rows,
            source,
            mut variables,
            issues,
            row_sets,
            row_set_of,
            row_keys,
            keyed,
        } = entry;
        if !(row_keys.is_empty() || row_keys.len() == n_rows) {
            return Err(damaged(self.path, &COHORT));
        }
        let row_keys = Arc::new(row_keys);
        let row_sets: Vec<Arc<Vec<u32>>> = row_sets.into_iter().map(Arc::new).collect();
        for (variable, set) in variables.iter_mut().zip(row_set_of) {
            variable.origin.rows = row_sets.get(set).cloned().unwrap_or_default();
        }
        if variables.is_empty() {
            let mut cohort = Cohort::new(source, n_rows);
            cohort.issues = issues;
            (cohort.row_keys, cohort.keyed) = (row_keys, keyed);
            return Ok(Some(cohort));
        }
        let snapshot = self
            .entry(SNAPSHOT)?
            .ok_or_else(|| damaged(self.path, &SNAPSHOT))?;
        // The Parquet reader is made for files that other programs wrote well; a forged one may make it panic.
        let read = || Cohort::from_parquet(source, variables, issues, &snapshot);
        let mut cohort = catch_unwind(AssertUnwindSafe(read))
            .map_err(|_panic| damaged(self.path, &SNAPSHOT))??;
        if cohort.n_rows() != n_rows {
            return Err(damaged(self.path, &SNAPSHOT));
        }
        (cohort.row_keys, cohort.keyed) = (row_keys, keyed);
        Ok(Some(cohort))
    }
}

fn about(code: &str, path: &Path) -> Failure {
    Issue::error(code)
        .with("path", path.display().to_string())
        .into()
}

fn damaged(path: &Path, detail: &dyn std::fmt::Display) -> Failure {
    Issue::error("study-damaged")
        .with("path", path.display().to_string())
        .with("detail", detail.to_string())
        .into()
}

fn internal(error: &dyn std::fmt::Display) -> Failure {
    Issue::error("internal")
        .with("detail", error.to_string())
        .into()
}

/// A container with this `study.ron` and nothing else.
#[cfg(test)]
pub(super) fn with_study_text(text: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut zip, STUDY, text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}
