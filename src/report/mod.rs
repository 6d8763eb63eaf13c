//! From an analysis to figures, HTML and JSON.

pub mod figures;

use crate::analysis::Analysis;
use crate::base::text::Lang;
use crate::figure::Figure;

/// What a report says beside the results.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    /// Language.
    pub lang: Lang,
    /// Version of the program.
    pub version: String,
    /// Original identifiers of the patients instead of pseudonyms, one an analysed patient.
    pub ids: Option<Vec<String>>,
}

/// One HTML file that stands alone.
pub fn html(_analysis: &Analysis, _options: &ReportOptions) -> String {
    String::new()
}

/// `results.json` (schema `prognostim-results/1`).
pub fn results_json(_analysis: &Analysis, _options: &ReportOptions) -> String {
    String::new()
}

/// A figure as a stand-alone SVG document of that size in pixels.
pub fn svg(_figure: &Figure, _width: u32, _height: u32) -> String {
    String::new()
}
