//! Files that the window writes beside the study: the report, its figures, and single figures.
//!
//! Each is written to a temporary file in the same folder and renamed when it is whole.

use std::io::Write as _;
use std::path::Path;

use crate::analysis::Analysis;
use crate::app::action::ReportOrder;
use crate::base::issue::{Failure, Issue};
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::{self, ReportOptions, figures};

/// The present moment, ISO 8601 in universal time.
pub fn now() -> String {
    jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .map_or_else(|_out_of_range| String::new(), |now| now.to_string())
}

/// Writes a file whole or not at all.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| -> Failure {
        Issue::error("file-not-written")
            .with("file", path.display().to_string())
            .with("detail", error.to_string())
            .into()
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes what was ordered; the names of the files.
pub fn report(
    order: &ReportOrder,
    analysis: &Analysis,
    ids: Option<Vec<String>>,
) -> Result<Vec<String>, Failure> {
    let folder = &order.folder;
    std::fs::create_dir_all(folder).map_err(|error| {
        Issue::error("folder-not-made")
            .with("folder", folder.display().to_string())
            .with("detail", error.to_string())
    })?;
    let options = ReportOptions {
        lang: order.lang,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ids,
    };
    let mut files = Vec::new();
    let mut write = |name: String, text: &str| -> Result<(), Failure> {
        whole(&folder.join(&name), text.as_bytes())?;
        files.push(name);
        Ok(())
    };
    if order.html {
        write("report.html".to_owned(), &report::html(analysis, &options))?;
    }
    if order.json {
        let json = report::results_json(analysis, &options);
        write("results.json".to_owned(), &json)?;
    }
    if order.figures {
        for (name, figure) in all_figures(analysis, order.lang) {
            write(format!("{name}.svg"), &report::svg(&figure, 720, 480))?;
        }
    }
    Ok(files)
}

/// Every figure of an analysis with a file name.
fn all_figures(analysis: &Analysis, lang: Lang) -> Vec<(String, Figure)> {
    let mut all = vec![(
        "decision-curve".to_owned(),
        figures::decision_curve(analysis, lang),
    )];
    for (model, result) in analysis.models.iter().enumerate() {
        let name = result.learner.name();
        let n_shown = analysis.predictors.len();
        all.push((
            format!("{name}-calibration"),
            figures::calibration(analysis, model, lang),
        ));
        all.push((
            format!("{name}-importance"),
            figures::importance(analysis, model, n_shown, lang),
        ));
        all.push((
            format!("{name}-instability"),
            figures::instability(analysis, model, lang),
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_a_missing_folder_is_a_clear_failure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.svg");
        whole(&path, b"one").unwrap();
        whole(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let failure = whole(&folder.path().join("none/figure.svg"), b"x").unwrap_err();
        assert_eq!(failure.issue().code, "file-not-written");
    }
}
