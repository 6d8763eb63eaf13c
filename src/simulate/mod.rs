//! Synthetic cohorts from published marginals with a known truth. Never for clinical use.

/// Names of the sample cohorts: `single-centre-fr`, `multicentre`, `registry`.
pub const SAMPLES: [&str; 3] = ["single-centre-fr", "multicentre", "registry"];

/// A sample cohort as a file.
pub struct SampleFile {
    /// File name (`multicentre.xlsx`).
    pub file: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The sample cohort of that name, made anew from its fixed seed; `None` for an unknown name.
pub fn sample(_name: &str) -> Option<SampleFile> {
    None
}
