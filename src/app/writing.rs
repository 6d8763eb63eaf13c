//! What the window writes beside the study: the report and its figures.

use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::analysis::Analysis;
use crate::app::action::ReportOrder;
use crate::app::jobs::FigureOrder;
use crate::app::state::Checked;
use crate::base::disk::{self, Readers};
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::import;
use crate::report::{self, Format, Picture, ReportOptions, figures};
use crate::review::{self, Difference, Finding, Ids, Sheet, Status};

/// The present moment, ISO 8601 in universal time.
pub fn now() -> String {
    jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .map_or_else(|_out_of_range| String::new(), |now| now.to_string())
}

/// SHA-256 of a file in hexadecimal; `None` where it can't be read.
pub fn fingerprint(path: &Path) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        let n_read = file.read(&mut part).ok()?;
        if n_read == 0 {
            break;
        }
        hash.update(part.get(..n_read)?);
    }
    let digest = hash.finalize();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes the questions as a workbook: those that are to be asked, else everything that is open.
pub fn queries(path: &Path, checked: &Checked, lang: Lang) -> Result<(), Failure> {
    let with = |status: Status| {
        let all = checked.to_review.iter();
        let found = all.filter(|finding| finding.status == status);
        found.cloned().collect::<Vec<Finding>>()
    };
    let mut findings = with(Status::Queried);
    if findings.is_empty() {
        findings = with(Status::Open);
    }
    let list = review::query_list(&checked.cohort, &findings, Ids::Pseudonyms, lang);
    sheet(path, &list, lang)
}

/// Writes a list: as delimited text where the name ends so, else as a workbook. It may name patients.
pub fn sheet(path: &Path, sheet: &Sheet, lang: Lang) -> Result<(), Failure> {
    let is_csv = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    let bytes = if is_csv {
        sheet.to_csv(lang)?
    } else {
        sheet.to_xlsx()?
    };
    disk::write_whole(path, &bytes, Readers::Owner)
}

/// Reads a list of questions that came back: what each answer would change, and what could not be understood.
pub fn answers(
    path: &Path,
    checked: &Checked,
    task: &TaskHandle,
) -> Result<(Vec<Difference>, Vec<Issue>), Failure> {
    let bytes = import::read_file(path)?;
    let tables = import::read_table(&path.display().to_string(), &bytes, task)?;
    let sheets: Vec<Vec<Vec<String>>> = tables.into_iter().map(|table| table.rows).collect();
    let (answers, issues) = review::answers(&sheets)?;
    Ok((review::differences(&checked.cohort, &answers), issues))
}

/// Writes a page for printing. It is about a patient.
pub fn page(path: &Path, html: &str) -> Result<(), Failure> {
    disk::write_whole(path, html.as_bytes(), Readers::Owner)
}

/// Writes a figure as a picture, whole or not at all.
pub fn figure(order: &FigureOrder) -> Result<(), Failure> {
    let bytes = report::picture(&order.figure, order.kind, order.lang)?;
    disk::write_whole(&order.path, &bytes, Readers::AsUsual)
}

/// Writes what was ordered; the names of the files.
pub fn report(
    order: &ReportOrder,
    analysis: &Analysis,
    ids: Option<Vec<String>>,
) -> Result<Vec<String>, Failure> {
    let options = ReportOptions {
        lang: order.lang,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ids,
    };
    let mut formats = Vec::new();
    if order.html {
        formats.push(Format::Html);
    }
    if order.json {
        formats.push(Format::Json);
    }
    let written = report::write(&order.folder, analysis, &options, &formats)?;
    let mut files: Vec<String> = written
        .iter()
        .filter_map(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    if order.figures {
        for (name, figure) in all_figures(analysis, order.lang) {
            let file = format!("{name}.svg");
            self::figure(&FigureOrder {
                path: order.folder.join(&file),
                figure: Box::new(figure),
                kind: Picture::Svg,
                lang: order.lang,
            })?;
            files.push(file);
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
            format!("{name}-importance-conditional"),
            figures::conditional_importance(analysis, model, n_shown, lang),
        ));
        all.push((
            format!("{name}-importance-by-domain"),
            figures::importance_by_domain(analysis, model, lang),
        ));
        all.push((
            format!("{name}-strip"),
            figures::strip(analysis, model, None, lang),
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
    use crate::analysis::fixture;

    #[test]
    fn a_report_holds_what_was_ordered() {
        let folder = tempfile::tempdir().unwrap();
        let analysis = fixture::analysis();
        let order = ReportOrder {
            folder: folder.path().join("report"),
            lang: Lang::Fr,
            html: true,
            json: false,
            figures: true,
            original_ids: false,
        };
        let files = report(&order, &analysis, None).unwrap();
        assert!(files.contains(&"report.html".to_owned()));
        assert!(!files.contains(&"results.json".to_owned()));
        assert_eq!(files.len(), 2 + 6 * analysis.models.len());
        for file in files {
            assert!(order.folder.join(file).exists());
        }
    }
}
