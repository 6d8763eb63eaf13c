//! What the predictors page shows.

use crate::analysis::Settings;
use crate::analysis::{Candidate, SampleSize};
use crate::app::state::Derived;
use crate::app::words;
use crate::base::issue::{Arg, Failure};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Domain, Kind, Timing};
use crate::dictionary;
use crate::report::words as report_words;

/// A candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictorRow {
    /// Name of the variable.
    pub name: String,
    /// Words for people.
    pub label: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Why it can't be ticked; empty where it can.
    pub barred: String,
    /// When it is measured.
    pub timing: String,
    /// Whether the moment of measuring is not known.
    pub timing_unknown: bool,
    /// Missing values, in words.
    pub missing: String,
    /// Whether more than a fifth is missing.
    pub much_missing: bool,
    /// Parameters that it spends.
    pub n_parameters: usize,
    /// How it is read.
    pub kind: String,
    /// Whether it is a number that may be a code; then whether it is taken as one.
    pub as_code: Option<bool>,
}

/// How large the cohort is against what the predictors ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Meter {
    /// Patients analysed.
    pub n_available: usize,
    /// Patients asked for.
    pub n_required: usize,
    /// What that means, in a sentence.
    pub verdict: String,
    /// Each criterion: name, patients that it asks for.
    pub criteria: Vec<(String, usize)>,
    /// Other facts: name and value.
    pub facts: Vec<(String, String)>,
}

/// The predictors page.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictorsPage {
    /// Where things stand.
    pub sentence: String,
    /// Candidates by domain.
    pub groups: Vec<(String, Vec<PredictorRow>)>,
    /// Names of all that are ticked, in the order of the cohort.
    pub ticked: Vec<String>,
    /// Whether the choice is the program's own.
    pub is_default: bool,
    /// The meter, or why there is none.
    pub meter: Result<Meter, (String, String)>,
}

impl PredictorsPage {
    /// Builds the page.
    pub fn new(derived: &Derived, cohort: &Cohort, settings: &Settings, lang: Lang) -> Self {
        let ticked = ticked(&derived.candidates, settings);
        let order = [
            Domain::Person,
            Domain::History,
            Domain::Pain,
            Domain::Disability,
            Domain::Distress,
            Domain::QualityOfLife,
            Domain::Treatment,
            Domain::Course,
            Domain::Other,
        ];
        let groups = order
            .into_iter()
            .map(|domain| {
                let rows: Vec<PredictorRow> = derived
                    .candidates
                    .iter()
                    .filter(|candidate| domain_of(cohort, &candidate.name) == domain)
                    .map(|candidate| row(candidate, cohort, settings, &ticked, derived, lang))
                    .collect();
                (words::domain(domain, lang), rows)
            })
            .filter(|(_, rows)| !rows.is_empty())
            .collect();
        Self {
            sentence: lang.with(
                "predictors-sentence",
                &[
                    ("n", ticked.len().into()),
                    ("of", lang.count(derived.candidates.len() as i64).into()),
                ],
            ),
            groups,
            is_default: settings.predictors.is_none(),
            meter: meter(derived, lang),
            ticked,
        }
    }
}

/// Names that are ticked now, in the order of the cohort.
fn ticked(candidates: &[Candidate], settings: &Settings) -> Vec<String> {
    candidates
        .iter()
        .filter(|candidate| match &settings.predictors {
            Some(names) => names.contains(&candidate.name),
            None => candidate.by_default && candidate.barred.is_none(),
        })
        .map(|candidate| candidate.name.clone())
        .collect()
}

fn domain_of(cohort: &Cohort, name: &str) -> Domain {
    cohort
        .variable(name)
        .map_or(Domain::Other, |variable| variable.domain)
}

fn row(
    candidate: &Candidate,
    cohort: &Cohort,
    settings: &Settings,
    ticked: &[String],
    derived: &Derived,
    lang: Lang,
) -> PredictorRow {
    let n_analysed = derived
        .outcome
        .as_ref()
        .map_or(0, |outcome| outcome.y.len());
    let share = candidate.n_missing as f64 / n_analysed.max(1) as f64;
    let variable = cohort.variable(&candidate.name);
    let kind = variable.map_or(Kind::Text, |variable| variable.kind);
    let timing = variable.map_or(Timing::Unknown, |variable| variable.timing);
    let is_code = settings.categorical.contains(&candidate.name);
    PredictorRow {
        name: candidate.name.clone(),
        label: variable.map_or_else(
            || candidate.name.clone(),
            |variable| dictionary::label(variable, lang),
        ),
        ticked: ticked.contains(&candidate.name),
        barred: candidate
            .barred
            .as_ref()
            .map_or_else(String::new, |issue| lang.issue(issue)),
        timing: report_words::timing(timing, lang),
        timing_unknown: timing == Timing::Unknown,
        missing: if candidate.n_missing == 0 {
            String::new()
        } else {
            lang.with("missing-share", &[("share", Arg::Share(share))])
        },
        much_missing: share > 0.2,
        n_parameters: candidate.n_parameters,
        kind: if is_code {
            report_words::kind(Kind::Categorical, lang)
        } else {
            report_words::kind(kind, lang)
        },
        as_code: (kind == Kind::Numeric).then_some(is_code),
    }
}

fn meter(derived: &Derived, lang: Lang) -> Result<Meter, (String, String)> {
    let failed = |failure: &Failure| {
        let issue = failure.issue();
        (lang.issue(&issue), lang.remedy(&issue).unwrap_or_default())
    };
    if let Err(failure) = &derived.outcome {
        return Err(failed(failure));
    }
    match &derived.sample_size {
        Some(Ok(size)) => Ok(meter_of(size, lang)),
        Some(Err(failure)) => Err(failed(failure)),
        None => Err((lang.t("working"), String::new())),
    }
}

fn meter_of(size: &SampleSize, lang: Lang) -> Meter {
    let verdict = if size.n_available >= size.n_required {
        lang.t("size-enough")
    } else {
        lang.with(
            "size-short",
            &[
                ("n", (size.n_required - size.n_available).into()),
                ("error", lang.number(100.0 * size.expected_mape, 0).into()),
            ],
        )
    };
    Meter {
        n_available: size.n_available,
        n_required: size.n_required,
        verdict,
        criteria: size
            .criteria
            .iter()
            .map(|(name, n)| (lang.t(&format!("size-{name}")), *n))
            .collect(),
        facts: vec![
            (
                lang.t("size-parameters"),
                lang.count(size.n_parameters as i64),
            ),
            (lang.t("size-epp"), lang.short(size.events_per_parameter)),
            (
                lang.t("size-error"),
                lang.with(
                    "points",
                    &[("n", lang.short(100.0 * size.expected_mape).into())],
                ),
            ),
            (lang.t("size-auc"), lang.number(size.assumed_auc, 2)),
        ],
    }
}

/// The choice after a tick was set or taken away, in the order of the cohort.
pub fn toggled(page: &PredictorsPage, name: &str, tick: bool) -> Vec<String> {
    let mut names = page.ticked.clone();
    names.retain(|ticked| ticked != name);
    if tick {
        names.push(name.to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::base::issue::Issue;
    use crate::outcome::Outcome;

    fn derived() -> Derived {
        let cohort = fixture::cohort();
        let candidates = cohort
            .variables
            .iter()
            .filter(|variable| variable.is_candidate())
            .enumerate()
            .map(|(place, variable)| Candidate {
                name: variable.name.clone(),
                by_default: true,
                barred: (place == 0).then(|| Issue::note("cancelled")),
                n_missing: 9 * place,
                n_parameters: 1,
            })
            .collect();
        Derived {
            outcome: Ok(Outcome {
                rows: (0..40).collect(),
                y: vec![true; 40],
                ..Outcome::default()
            }),
            comparison: crate::outcome::Comparison::default(),
            sensitivity: None,
            relief: None,
            example: None,
            sample_size: Some(Ok(fixture::analysis().sample_size)),
            candidates,
        }
    }

    #[test]
    fn what_is_barred_is_never_ticked_by_default() {
        let (derived, cohort) = (derived(), fixture::cohort());
        let page = PredictorsPage::new(&derived, &cohort, &Settings::default(), Lang::En);
        let rows: Vec<&PredictorRow> = page.groups.iter().flat_map(|(_, rows)| rows).collect();
        assert_eq!(rows.len(), derived.candidates.len());
        assert!(rows.iter().all(|row| row.barred.is_empty() || !row.ticked));
        assert!(page.is_default);
        let name = page.ticked[0].clone();
        assert!(!toggled(&page, &name, false).contains(&name));
    }

    #[test]
    fn the_meter_is_worded_in_both_languages() {
        for lang in Lang::ALL {
            let page =
                PredictorsPage::new(&derived(), &fixture::cohort(), &Settings::default(), lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            assert!(page.meter.is_ok());
        }
    }
}
