//! `prognostim export` and the list of questions of `prognostim check --queries`.
//!
//! Writes what was asked for and nothing else; the cohort file is not touched.

use std::path::Path;

use crate::base::disk::{self, Readers};
use crate::base::issue::Failure;
use crate::base::text::Lang;
use crate::cli::analyse::{Opening, open};
use crate::cli::arguments::ExportArguments;
use crate::cli::progress::{Telling, watched};
use crate::cli::say_aside;
use crate::cohort::Cohort;
use crate::review::{self, Finding, Ids, Status};

/// Writes the cohort as it was understood, and says aside what was left out of it.
pub(crate) fn export(order: &ExportArguments, lang: Lang) -> Result<(), Failure> {
    let accepted = order.read.accept.iter().cloned().collect();
    let ids = if order.keep_id {
        Ids::Original
    } else {
        Ids::Pseudonyms
    };
    let exported = watched(Telling::Line, lang, |task| {
        let Opening { cohort, .. } = open(&order.read, &accepted, task)?;
        review::export(&cohort, ids)
    })?;
    disk::write_whole(&order.out, &exported.csv, Readers::Owner)?;
    if !exported.left_out.is_empty() {
        let names = exported.left_out.join(", ");
        say_aside(&lang.with("export-left-out", &[("columns", names.into())]))?;
    }
    if exported.n_excluded > 0 {
        let n = exported.n_excluded;
        say_aside(&lang.with("export-excluded", &[("n", n.into())]))?;
    }
    Ok(())
}

/// Writes the open findings as a list of questions: a workbook, or delimited text where the name ends in `csv`.
pub(crate) fn queries(
    path: &Path,
    cohort: &Cohort,
    findings: &[Finding],
    lang: Lang,
) -> Result<(), Failure> {
    let is_open = |finding: &&Finding| finding.status != Status::Accepted;
    let open: Vec<Finding> = findings.iter().filter(is_open).cloned().collect();
    let list = review::query_list(cohort, &open, Ids::Pseudonyms, lang);
    let is_text = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let bytes = if is_text {
        list.to_csv(lang)?
    } else {
        list.to_xlsx()?
    };
    disk::write_whole(path, &bytes, Readers::Owner)
}
