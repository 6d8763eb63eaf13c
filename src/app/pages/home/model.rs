//! What the home page shows.

use std::path::PathBuf;

use crate::app::pages::Cx;
use crate::app::words;
use crate::base::text::Lang;
use crate::simulate;

/// The home page.
#[derive(Clone, Debug, PartialEq)]
pub struct HomePage {
    /// What is open, in a sentence.
    pub sentence: String,
    /// Copies that a crash left.
    pub orphans: Vec<(PathBuf, String)>,
    /// Recent files: path, name, folder.
    pub recent: Vec<(PathBuf, String, String)>,
    /// Sample cohorts: name, title, description.
    pub samples: Vec<(String, String, String)>,
    /// Whether results can be shown at a meeting.
    pub can_meet: bool,
    /// Whether a cohort is open.
    pub has_cohort: bool,
}

impl HomePage {
    /// Builds the page.
    pub fn new(cx: &Cx<'_>) -> Self {
        let lang = cx.lang;
        let recent = cx
            .preferences
            .recent
            .iter()
            .map(|path| {
                let name = path.file_name().map_or_else(
                    || path.display().to_string(),
                    |name| name.to_string_lossy().into_owned(),
                );
                let folder = path
                    .parent()
                    .map(|folder| folder.display().to_string())
                    .unwrap_or_default();
                (path.clone(), name, folder)
            })
            .collect();
        Self {
            sentence: sentence(cx, lang),
            orphans: cx
                .orphans
                .iter()
                .map(|orphan| {
                    let text = lang.with("recovery", &[("name", orphan.name.as_str().into())]);
                    (orphan.path.clone(), text)
                })
                .collect(),
            recent,
            samples: simulate::SAMPLES
                .iter()
                .map(|name| sample(name, lang))
                .collect(),
            can_meet: cx.session.analysis.is_some(),
            has_cohort: cx.session.opened.is_some(),
        }
    }
}

fn sample(name: &str, lang: Lang) -> (String, String, String) {
    let key = format!("sample-{name}");
    (
        name.to_owned(),
        lang.t(&key),
        lang.t(&format!("sample-{name}.about")),
    )
}

fn sentence(cx: &Cx<'_>, lang: Lang) -> String {
    let Some(cohort) = &cx.session.opened else {
        return lang.t("home-nothing-open");
    };
    lang.with(
        "home-open",
        &[
            ("name", cx.session.name().into()),
            ("patients", words::patients(cohort.n_rows(), lang).into()),
        ],
    )
}
