//! What the outcome page shows.

use crate::app::state::Session;
use crate::base::issue::Arg;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing};
use crate::dictionary;
use crate::outcome::{Example, PainSite, Rule};

/// A preset beside the others.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetRow {
    /// Its rule.
    pub rule: Rule,
    /// Its name for people.
    pub title: String,
    /// What it means exactly.
    pub definition: String,
    /// Patients analysed; empty where this cohort can't answer it.
    pub n: String,
    /// Responders.
    pub rate: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// What follows from the choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Following {
    /// It is being worked out.
    Pending,
    /// It can't be decided: what and what to do.
    Impossible(String, String),
    /// The share of responders, its words, and the way from the file to the analysis.
    Decided {
        /// Share of responders.
        share: f64,
        /// "186 of 398 analysed patients".
        words: String,
        /// Reason and count; the first line is the file, the last the analysed.
        flow: Vec<(String, String)>,
        /// Remarks: failed trials, explants.
        remarks: Vec<String>,
    },
}

/// The outcome page.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomePage {
    /// Where things stand.
    pub sentence: String,
    /// The rule in words.
    pub rule: String,
    /// The presets.
    pub presets: Vec<PresetRow>,
    /// Months at which pain is known.
    pub months: Vec<u16>,
    /// Columns that could hold an outcome, with their levels.
    pub columns: Vec<(String, String, Vec<String>)>,
    /// What follows.
    pub following: Following,
    /// One patient's way, in sentences.
    pub example: Vec<String>,
}

impl OutcomePage {
    /// Builds the page.
    pub fn new(session: &Session, cohort: &Cohort, lang: Lang) -> Self {
        let rule = &session.study.settings.outcome.rule;
        let words = rule_words(rule, lang);
        let following = following(session, cohort, lang);
        let sentence = match &following {
            Following::Decided { share, .. } => lang.with(
                "outcome-sentence",
                &[
                    ("rule", words.clone().into()),
                    ("share", Arg::Share(*share)),
                ],
            ),
            Following::Pending | Following::Impossible(..) => words.clone(),
        };
        let example = session
            .derived
            .as_ref()
            .and_then(|derived| derived.example.as_ref());
        Self {
            sentence,
            rule: words,
            presets: presets(session, rule, lang),
            months: months(cohort),
            columns: level_columns(cohort, lang),
            following,
            example: example.map_or_else(Vec::new, |example| example_words(example, rule, lang)),
        }
    }
}

/// A rule in words.
pub fn rule_words(rule: &Rule, lang: Lang) -> String {
    match rule {
        Rule::PainReduction {
            site,
            percent,
            month,
        } => {
            let site = match site {
                PainSite::Back => "back",
                PainSite::Leg => "leg",
                PainSite::Worst => "worst",
            };
            lang.with(
                "rule-pain-reduction",
                &[
                    ("site", site.into()),
                    ("percent", usize::from(*percent).into()),
                    ("month", usize::from(*month).into()),
                ],
            )
        }
        Rule::Level { column, event } => lang.with(
            "rule-level",
            &[
                ("column", column.as_str().into()),
                ("event", event.as_str().into()),
            ],
        ),
    }
}

fn presets(session: &Session, rule: &Rule, lang: Lang) -> Vec<PresetRow> {
    let rates = session.derived.as_ref().map(|derived| &derived.rates);
    Rule::presets()
        .into_iter()
        .map(|(name, preset)| {
            let rate = rates.and_then(|rates| rates.iter().find(|rate| rate.preset == name));
            let key = format!("preset-{name}");
            PresetRow {
                title: lang.t(&key),
                definition: lang.t(&format!("preset-{name}.definition")),
                n: rate.map_or_else(String::new, |rate| lang.count(rate.n as i64)),
                rate: rate.map_or_else(String::new, |rate| {
                    if rate.n == 0 {
                        String::new()
                    } else {
                        lang.percent(rate.n_events as f64 / rate.n as f64)
                    }
                }),
                selected: preset == *rule,
                rule: preset,
            }
        })
        .collect()
}

/// Months at which a pain score was taken, ascending.
fn months(cohort: &Cohort) -> Vec<u16> {
    let mut months: Vec<u16> = cohort
        .variables
        .iter()
        .filter(|variable| {
            variable
                .concept
                .as_deref()
                .is_some_and(|concept| concept.starts_with("pain"))
        })
        .filter_map(|variable| match variable.timing {
            Timing::After(month) => Some(month),
            Timing::Baseline | Timing::Trial | Timing::Unknown => None,
        })
        .collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// Columns with levels, those measured after implantation first: name, label, levels.
fn level_columns(cohort: &Cohort, lang: Lang) -> Vec<(String, String, Vec<String>)> {
    let mut columns: Vec<_> = cohort
        .variables
        .iter()
        .filter(|variable| matches!(variable.kind, Kind::Binary | Kind::Categorical))
        .collect();
    columns.sort_by_key(|variable| !matches!(variable.timing, Timing::After(_)));
    columns
        .into_iter()
        .map(|variable| {
            (
                variable.name.clone(),
                dictionary::label(variable, lang),
                variable.levels.clone(),
            )
        })
        .collect()
}

fn following(session: &Session, cohort: &Cohort, lang: Lang) -> Following {
    let Some(derived) = &session.derived else {
        return Following::Pending;
    };
    let outcome = match &derived.outcome {
        Ok(outcome) => outcome,
        Err(failure) => {
            let issue = failure.issue();
            return Following::Impossible(
                lang.issue(&issue),
                lang.remedy(&issue).unwrap_or_default(),
            );
        }
    };
    let (n, n_events) = (outcome.y.len(), outcome.n_events());
    let mut flow = vec![(lang.t("flow-file"), lang.count(cohort.n_rows() as i64))];
    flow.extend(outcome.exclusions.iter().map(|exclusion| {
        let reason = exclusion.words(lang);
        let minus = format!("\u{2212}{}", lang.count(exclusion.n as i64));
        (reason, minus)
    }));
    flow.push((lang.t("flow-analysed"), lang.count(n as i64)));
    let mut remarks = Vec::new();
    if outcome.n_failed_trial > 0 {
        remarks.push(lang.with("failed-trials", &[("n", outcome.n_failed_trial.into())]));
    }
    if outcome.n_explanted > 0 {
        remarks.push(lang.with("explants", &[("n", outcome.n_explanted.into())]));
    }
    Following::Decided {
        share: outcome.event_rate().unwrap_or_default(),
        words: lang.with(
            "responders-of",
            &[
                ("n", lang.count(n_events as i64).into()),
                ("of", lang.count(n as i64).into()),
            ],
        ),
        flow,
        remarks,
    }
}

fn example_words(example: &Example, rule: &Rule, lang: Lang) -> Vec<String> {
    let number = |x: f64| lang.short(x);
    let mut lines = vec![lang.with("example-patient", &[("id", example.id.as_str().into())])];
    if let (Some(baseline), Some(follow_up)) = (example.baseline, example.follow_up) {
        lines.push(lang.with(
            "example-scores",
            &[
                ("baseline", number(baseline).into()),
                ("after", number(follow_up).into()),
            ],
        ));
    }
    if let (Some(reduction), Rule::PainReduction { percent, .. }) = (example.reduction, rule) {
        lines.push(lang.with(
            "example-reduction",
            &[
                ("reduction", Arg::Share(reduction / 100.0)),
                ("percent", Arg::Share(f64::from(*percent) / 100.0)),
            ],
        ));
    }
    lines.push(lang.t(if example.responder {
        "example-responder"
    } else {
        "example-non-responder"
    }));
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::state::Derived;
    use crate::outcome::{Exclusion, Outcome, OutcomeParams, PresetRate};

    fn session() -> Session {
        let outcome = Outcome {
            rows: (0..40).collect(),
            y: (0..40).map(|row| row % 2 == 0).collect(),
            exclusions: vec![Exclusion {
                reason: "no-baseline".to_owned(),
                why: None,
                n: 3,
            }],
            lead_trial: None,
            n_failed_trial: 4,
            n_explanted: 1,
            used: Vec::new(),
        };
        let derived = Derived {
            outcome: Ok(outcome),
            rates: vec![PresetRate {
                preset: "pain50-12m",
                n: 40,
                n_events: 20,
            }],
            example: Some(Example {
                id: "P001".to_owned(),
                baseline: Some(80.0),
                follow_up: Some(30.0),
                reduction: Some(62.5),
                responder: true,
            }),
            candidates: Vec::new(),
            sample_size: None,
        };
        Session {
            derived: Some(std::sync::Arc::new(derived)),
            ..Session::default()
        }
    }

    #[test]
    fn the_way_from_the_file_to_the_rate_is_told() {
        let page = OutcomePage::new(&session(), &fixture::cohort(), Lang::En);
        let Following::Decided { share, flow, .. } = &page.following else {
            panic!("the outcome is decided");
        };
        assert_eq!(*share, 0.5);
        assert_eq!(flow.last().unwrap().1, "40");
        assert_eq!(page.presets.iter().filter(|row| row.selected).count(), 1);
        assert_eq!(page.presets[0].rate, "50%");
        assert_eq!(page.example.len(), 4);
        for lang in Lang::ALL {
            let page = OutcomePage::new(&session(), &fixture::cohort(), lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        }
    }

    #[test]
    fn every_rule_has_words() {
        for (_, rule) in Rule::presets() {
            assert!(!rule_words(&rule, Lang::Fr).contains('⟦'));
        }
        let params = OutcomeParams::default();
        assert!(rule_words(&params.rule, Lang::En).contains("50"));
    }
}
