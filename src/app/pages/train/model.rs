//! What the train page shows.

use crate::analysis::Learner;
use crate::app::pages::Cx;
use crate::app::words;
use crate::base::text::Lang;
use crate::report::words as report_words;
use crate::review::Sheet;

/// A model that can be trained.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnerRow {
    /// Which.
    pub learner: Learner,
    /// Its name.
    pub name: String,
    /// What it does, in plain words.
    pub about: String,
    /// Whether it is trained.
    pub ticked: bool,
}

/// The train page.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainPage {
    /// Where things stand.
    pub sentence: String,
    /// The models.
    pub learners: Vec<LearnerRow>,
    /// What is missing before a training can begin; empty where nothing is.
    pub missing: String,
    /// About how long it takes; empty where nothing can be said.
    pub estimate: String,
    /// What was trained: time and sentence, newest first.
    pub log: Vec<(String, String)>,
}

impl TrainPage {
    /// Builds the page.
    pub fn new(cx: &Cx<'_>) -> Self {
        let lang = cx.lang;
        let settings = &cx.session.study.settings;
        let missing = missing(cx, lang);
        Self {
            sentence: sentence(cx, &missing, lang),
            learners: Learner::ALL
                .into_iter()
                .map(|learner| LearnerRow {
                    learner,
                    name: words::capital(&report_words::learner(learner, lang)),
                    about: lang.t(&format!("about-{}", learner.name())),
                    ticked: settings.learners.contains(&learner),
                })
                .collect(),
            missing,
            estimate: estimate(cx),
            log: cx
                .session
                .log
                .iter()
                .rev()
                .map(|line| (clock(&line.at), lang.issue(&line.issue)))
                .collect(),
        }
    }
}

impl TrainPage {
    /// The log as a list to save.
    pub fn log_sheet(&self, lang: Lang) -> Sheet {
        let columns = vec![
            (lang.t("train-log-when"), 22),
            (lang.t("train-log-what"), 90),
        ];
        let mut sheet = Sheet::new(lang.t("train-log"), columns);
        let line = |(at, text): &(String, String)| vec![at.clone().into(), text.clone().into()];
        sheet.rows = self.log.iter().map(line).collect();
        sheet
    }
}

/// Day and time of an ISO 8601 stamp, to the minute.
fn clock(at: &str) -> String {
    at.get(..16).map_or_else(
        || at.to_owned(),
        |at| format!("{} UTC", at.replace('T', " ")),
    )
}

fn sentence(cx: &Cx<'_>, missing: &str, lang: Lang) -> String {
    if cx.training {
        return lang.t("training");
    }
    if !missing.is_empty() {
        return missing.to_owned();
    }
    if cx.session.analysis.is_some() && !cx.session.is_stale() {
        return lang.t("train-done");
    }
    let n = cx.session.outcome().map_or(0, |outcome| outcome.y.len());
    lang.with(
        "train-ready",
        &[("patients", words::patients(n, lang).into())],
    )
}

fn missing(cx: &Cx<'_>, lang: Lang) -> String {
    let Some(derived) = &cx.session.derived else {
        return lang.t("working");
    };
    if let Err(failure) = &derived.outcome {
        return lang.issue(&failure.issue());
    }
    if let Some(Err(failure)) = &derived.sample_size {
        return lang.issue(&failure.issue());
    }
    if cx.session.study.settings.learners.is_empty() {
        return lang.t("train-no-learner");
    }
    String::new()
}

/// About how long it takes, by the trial of what would be trained now.
fn estimate(cx: &Cx<'_>) -> String {
    let tried = cx
        .session
        .trial
        .filter(|(of, _)| *of == cx.session.revision);
    match tried {
        None => cx.lang.t("train-trying"),
        Some((_, None)) => String::new(),
        Some((_, Some(time))) => cx.lang.with(
            "train-estimate",
            &[("time", words::duration(time, cx.lang).into())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_shown_to_the_minute() {
        assert_eq!(clock("2026-11-20T21:32:05Z"), "2026-11-20 21:32 UTC");
        assert_eq!(clock("soon"), "soon");
    }
}
