//! From a file to a cohort and its issues: the only reader of cohort files.

use std::path::Path;

use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;

/// How a file is to be read; `None` everywhere: found by looking at it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ImportOptions {
    /// Sheet of the patients.
    pub sheet: Option<String>,
    /// Encoding by its web name (`utf-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// Delimiter.
    pub delimiter: Option<char>,
    /// Decimal mark.
    pub decimal_mark: Option<char>,
    /// Order of day and month: `dmy`, `mdy`, `ymd`.
    pub date_order: Option<String>,
}

/// Reads a cohort from a file.
pub fn read(path: &Path, options: &ImportOptions, task: &TaskHandle) -> Result<Cohort, Failure> {
    let bytes = std::fs::read(path).map_err(|_missing| Failure::new("file-missing"))?;
    read_bytes(&path.to_string_lossy(), &bytes, options, task)
}

/// Reads a cohort from the bytes of a file; the name tells the format where the bytes do not.
pub fn read_bytes(
    _file_name: &str,
    _bytes: &[u8],
    _options: &ImportOptions,
    _task: &TaskHandle,
) -> Result<Cohort, Failure> {
    Err(Failure::new("internal"))
}
