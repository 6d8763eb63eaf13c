//! What the predictors page shows.

use crate::analysis::{self, Candidate, Lock, Redundancy, SampleSize, Settings, TOO_GOOD};
use crate::app::state::Derived;
use crate::app::words;
use crate::base::issue::{Arg, Failure, Issue};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Domain, Kind, Timing, Variable};
use crate::design::redundancy::Pair;
use crate::design::{Curve, Form};
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
    /// How it is read in the model.
    pub read_as: Kind,
    /// Its levels, as the cohort has them.
    pub levels: Vec<String>,
    /// What speaks against it without barring it: sentence and remedy.
    pub doubts: Vec<(String, String)>,
    /// Whether it predicts so well alone that a person must say why it may.
    pub too_good: bool,
    /// What was said of that.
    pub confirmed: Option<String>,
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
    /// Labels of what is ticked, in the same order.
    pub ticked_labels: Vec<String>,
    /// Interactions in words, in the order of the settings.
    pub interactions: Vec<String>,
    /// Derived variables: name and formula.
    pub derived: Vec<(String, String)>,
    /// Where the lock stands, in a sentence.
    pub lock: String,
    /// Whether the specification was locked.
    pub is_locked: bool,
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
            ticked_labels: ticked
                .iter()
                .map(|name| label(cohort, name, lang))
                .collect(),
            interactions: settings
                .design
                .interactions
                .iter()
                .map(|(a, b)| format!("{} × {}", label(cohort, a, lang), label(cohort, b, lang)))
                .collect(),
            derived: cohort.variables.iter().filter_map(derived_of).collect(),
            lock: lock_words(&settings.locks, lang),
            is_locked: !settings.locks.is_empty(),
            ticked,
        }
    }
}

fn label(cohort: &Cohort, name: &str, lang: Lang) -> String {
    let variable = cohort.variable(name);
    variable.map_or_else(
        || name.to_owned(),
        |variable| dictionary::label(variable, lang),
    )
}

fn derived_of(variable: &Variable) -> Option<(String, String)> {
    let derived = variable.derived.as_ref()?;
    Some((variable.name.clone(), derived.formula.clone()))
}

fn lock_words(locks: &[Lock], lang: Lang) -> String {
    let Some(first) = locks.first() else {
        return lang.t("lock-open");
    };
    lang.with(
        "lock-since",
        &[
            ("date", words::day(&first.at, lang).into()),
            ("hash", first.hash.as_str().into()),
            ("n", (locks.len() - 1).into()),
        ],
    )
}

/// A curve in words.
pub fn curve_words(curve: Curve, lang: Lang) -> String {
    match curve {
        Curve::Linear => lang.t("curve-linear"),
        Curve::Log => lang.t("curve-log"),
        Curve::Spline(n) => lang.with("curve-spline", &[("n", usize::from(n).into())]),
    }
}

/// Key of what a curve means.
pub fn curve_about(curve: Curve) -> &'static str {
    match curve {
        Curve::Linear => "curve-linear.about",
        Curve::Log => "curve-log.about",
        Curve::Spline(_) => "curve-spline.about",
    }
}

/// Rank correlations that are shown from here on.
const STRONG: f64 = 0.7;
/// Variance inflation that is shown from here on.
const INFLATED: f64 = 5.0;
/// Most pairs that are shown.
const MOST_PAIRS: usize = 8;

/// Predictors that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct RedundancyPage {
    /// Pairs that rise and fall together, the strongest first: names and correlation.
    pub pairs: Vec<(String, String)>,
    /// Predictors that the others foretell: name and variance inflation.
    pub inflated: Vec<(String, String)>,
}

impl RedundancyPage {
    /// Builds it.
    pub fn new(redundancy: &Redundancy, cohort: &Cohort, lang: Lang) -> Self {
        let words = |at: usize| {
            let name = redundancy.names.get(at).map_or("", String::as_str);
            label(cohort, name, lang)
        };
        let strong = |pair: &&Pair| pair.correlation.abs() >= STRONG;
        let pairs = redundancy.pairs.iter().filter(strong).take(MOST_PAIRS);
        let inflated = redundancy.inflation.iter().enumerate();
        Self {
            pairs: pairs
                .map(|pair| {
                    let (a, b) = pair.predictors;
                    let names = format!("{} · {}", words(a), words(b));
                    (names, lang.number(pair.correlation, 2))
                })
                .collect(),
            inflated: inflated
                .filter(|(_, factor)| factor.is_none_or(|factor| factor >= INFLATED))
                .map(|(at, factor)| {
                    let factor = factor.map(|factor| lang.number(factor, 1));
                    (
                        words(at),
                        factor.unwrap_or_else(|| lang.t("redundancy-all")),
                    )
                })
                .collect(),
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
    let too_good = candidate.alone.is_some_and(|auc| auc >= TOO_GOOD);
    PredictorRow {
        name: candidate.name.clone(),
        label: label(cohort, &candidate.name, lang),
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
        kind: form_words(kind, is_code, &settings.design.form(&candidate.name), lang),
        as_code: (kind == Kind::Numeric).then_some(is_code),
        read_as: if is_code { Kind::Categorical } else { kind },
        levels: levels(cohort, variable, is_code),
        doubts: doubts(candidate, too_good, lang),
        too_good,
        confirmed: settings.confirmed.get(&candidate.name).cloned(),
    }
}

/// How a predictor enters, in two words.
fn form_words(kind: Kind, is_code: bool, form: &Form, lang: Lang) -> String {
    match kind {
        Kind::Numeric if is_code => report_words::kind(Kind::Categorical, lang),
        Kind::Numeric if form.curve != Curve::Linear => curve_words(form.curve, lang),
        kind => report_words::kind(kind, lang),
    }
}

/// Levels that may be the reference.
fn levels(cohort: &Cohort, variable: Option<&Variable>, is_code: bool) -> Vec<String> {
    let Some(variable) = variable else {
        return Vec::new();
    };
    if !is_code {
        return variable.levels.clone();
    }
    let mut codes = cohort.numbers(&variable.name).unwrap_or_default();
    codes.retain(|code| !code.is_nan());
    codes.sort_unstable_by(f64::total_cmp);
    codes.dedup();
    codes.iter().map(f64::to_string).collect()
}

fn doubts(candidate: &Candidate, too_good: bool, lang: Lang) -> Vec<(String, String)> {
    let vary = candidate.hardly_varies && candidate.barred.is_none();
    let hardly = vary.then(|| Issue::warning("predictor-hardly-varies").in_column(&candidate.name));
    let issues = hardly
        .into_iter()
        .chain(too_good.then(|| analysis::too_good(candidate)));
    let words = |issue: Issue| (lang.issue(&issue), lang.remedy(&issue).unwrap_or_default());
    issues.map(words).collect()
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
                ("parameters", size.n_parameters.into()),
                ("budget", size.budget.into()),
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
            (lang.t("size-budget"), lang.count(size.budget as i64)),
            (lang.t("size-epp"), lang.short(size.events_per_parameter)),
            (lang.t("size-rate"), lang.percent(size.event_rate)),
            (
                lang.t("size-error"),
                lang.with(
                    "points",
                    &[("n", lang.number(100.0 * size.expected_mape, 0).into())],
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
pub(super) mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::outcome::Outcome;

    pub(in crate::app::pages::predictors) fn derived() -> Derived {
        let cohort = fixture::cohort();
        let candidates = cohort
            .variables
            .iter()
            .filter(|variable| variable.is_candidate())
            .enumerate()
            .map(|(place, variable)| Candidate {
                alone: None,
                hardly_varies: false,
                separates: false,
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
