//! What the report page shows.

use std::path::PathBuf;

use crate::analysis::Analysis;
use crate::app::pages::Cx;
use crate::app::pages::outcome::rule_words;
use crate::app::words as app_words;
use crate::base::issue::Issue;
use crate::base::text::Lang;
use crate::report::words;

/// The report page.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPage {
    /// What the report says on its first lines: name and value.
    pub facts: Vec<(String, String)>,
    /// What it holds.
    pub contents: Vec<String>,
    /// Warnings that it carries.
    pub notices: Vec<Issue>,
    /// What it comes to.
    pub summary: String,
}

impl ReportPage {
    /// Builds the page.
    pub fn new(analysis: &Analysis, lang: Lang) -> Self {
        let params = &analysis.settings.outcome;
        let models: Vec<String> = analysis
            .models
            .iter()
            .map(|model| words::learner(model.learner, lang))
            .collect();
        let cohort = &analysis.cohort;
        Self {
            facts: vec![
                (lang.t("report-fact-cohort"), cohort.file.clone()),
                (
                    lang.t("report-fact-patients"),
                    app_words::part(cohort.n_analysed, cohort.n_rows, lang),
                ),
                (
                    lang.t("report-fact-outcome"),
                    rule_words(&params.rule, lang),
                ),
                (
                    lang.t("report-fact-rate"),
                    app_words::part(analysis.outcome.n_events, cohort.n_analysed, lang),
                ),
                (
                    lang.t("report-fact-models"),
                    app_words::capital(&models.join(", ")),
                ),
                (
                    lang.t("report-fact-created"),
                    analysis.created.get(..10).unwrap_or_default().to_owned(),
                ),
            ],
            contents: [
                "report-part-flow",
                "report-part-performance",
                "report-part-figures",
                "report-part-importance",
                "report-part-patients",
                "report-part-method",
            ]
            .map(|key| lang.t(key))
            .to_vec(),
            notices: analysis.notices.clone(),
            summary: crate::report::summary_sentence(analysis, lang),
        }
    }
}

/// Where a report goes unless the user says otherwise: beside the study or the cohort, else at home.
pub fn default_folder(cx: &Cx<'_>) -> PathBuf {
    if let Some(folder) = &cx.preferences.report_folder {
        return folder.clone();
    }
    let beside = cx
        .session
        .study_path
        .clone()
        .or_else(|| cx.session.study.cohort_path.clone().map(PathBuf::from));
    beside
        .and_then(|path| path.parent().map(PathBuf::from))
        .or_else(std::env::home_dir)
        .unwrap_or_default()
        .join("prognostim-report")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_page_says_what_the_report_holds() {
        for lang in Lang::ALL {
            let page = ReportPage::new(&fixture::analysis(), lang);
            assert!(!format!("{:?} {:?}", page.facts, page.contents).contains('⟦'));
            assert!(!page.summary.is_empty());
        }
    }
}
