//! From an analysis to figures, words, HTML and JSON.
//!
//! Words and numbers are the same as on the screen, because both come from here. Apart from
//! [`write`] nothing here touches a file. It never shows a figure without the method behind it.

mod blocks;
pub mod comparison;
pub mod effects;
pub mod elsewhere;
pub mod figures;
mod file;
pub mod handout;
mod html;
mod json;
pub mod meeting;
pub mod missing;
mod model_sections;
pub mod movement;
mod picture;
pub mod profiles;
mod sections;
pub mod strata;
pub mod subgroups;
mod summary;
mod svg;
pub mod threshold;
mod validation_sections;
pub mod within;
pub mod words;

use crate::base::text::Lang;

pub use file::{Format, write};
pub use html::html;
pub use json::{SCHEMA, results_json};
pub use picture::{Picture, picture};
pub use summary::summary_sentence;
pub use svg::{svg, svg_print};

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
