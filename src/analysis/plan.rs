//! Which variables may enter a model: the guard against leakage.

use crate::analysis::Settings;
use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Domain, Timing, Variable};
use crate::design::{Coding, Sample};
use crate::outcome::{Moment, Outcome};

/// AUC assumed by the sample-size criteria: the middle of what honest studies of baseline
/// predictors of spinal cord stimulation report (0.63 to 0.76).
pub(crate) const ASSUMED_AUC: f64 = 0.70;

/// A variable that may be offered as a predictor, and what speaks against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Name of the variable.
    pub name: String,
    /// Whether it is ticked while the user has not chosen.
    pub by_default: bool,
    /// Why it can't be ticked: measured after the decision, used by the outcome, constant, all missing.
    pub barred: Option<Issue>,
    /// Analysed patients without a value.
    pub n_missing: usize,
    /// Parameters that it would spend.
    pub n_parameters: usize,
}

/// Every variable that could be a predictor, in the order of the cohort.
pub fn candidates(cohort: &Cohort, settings: &Settings, outcome: &Outcome) -> Vec<Candidate> {
    let offered = cohort
        .variables
        .iter()
        .filter(|variable| variable.is_candidate());
    offered
        .map(|variable| candidate(cohort, settings, outcome, variable))
        .collect()
}

fn candidate(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
    variable: &Variable,
) -> Candidate {
    let name = &variable.name;
    let rows: Vec<usize> = (0..outcome.rows.len()).collect();
    let only = Sample::from_cohort(
        cohort,
        outcome,
        std::slice::from_ref(name),
        &settings.categorical,
    );
    let (n_missing, n_distinct, n_parameters) = only.map_or((rows.len(), 0, 0), |only| {
        let values = &only.predictors[0].values;
        let mut seen: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
        let n_missing = values.len() - seen.len();
        seen.sort_unstable_by(f64::total_cmp);
        seen.dedup();
        let map = settings.missing.design(&only, &rows, Coding::Treatment);
        let k = map.columns.len();
        (n_missing, seen.len(), k)
    });
    let barred = barred_by_meaning(variable, settings, outcome)
        .or_else(|| (n_distinct < 2).then(|| Issue::error("predictor-constant").in_column(name)));
    Candidate {
        name: name.clone(),
        by_default: barred.is_none() && is_default(variable, settings),
        barred,
        n_missing,
        n_parameters,
    }
}

/// Measured by the decision, and about the patient: not the centre, not the course of treatment.
/// A trial result is offered for an after-trial model, to be ticked by hand.
fn is_default(variable: &Variable, settings: &Settings) -> bool {
    let in_time = match settings.outcome.moment {
        Moment::BeforeTrial => variable.timing == Timing::Baseline,
        Moment::AfterTrial => matches!(variable.timing, Timing::Baseline | Timing::Trial),
    };
    let is_about_patient = !matches!(variable.domain, Domain::Course | Domain::Other)
        || variable.concept.as_deref() == Some("trial-relief");
    in_time && is_about_patient && variable.concept.as_deref() != Some("centre")
}

fn barred_by_meaning(variable: &Variable, settings: &Settings, outcome: &Outcome) -> Option<Issue> {
    let issue = |code: &str| Some(Issue::error(code).in_column(&variable.name));
    if outcome.used.contains(&variable.name) {
        return issue("predictor-is-outcome");
    }
    match (variable.timing, settings.outcome.moment) {
        (Timing::After(_), _) => issue("predictor-after-decision"),
        (Timing::Trial, Moment::BeforeTrial) => issue("predictor-at-trial"),
        _ => None,
    }
}

/// Why a named variable may not enter; `None` where it may. An unknown name is a reason too.
pub(crate) fn barred_in(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
    name: &str,
) -> Option<Issue> {
    let Some(variable) = cohort.variable(name) else {
        return Some(Issue::error("unknown-column").in_column(name));
    };
    if !variable.is_candidate() {
        return Some(Issue::error("not-a-predictor").in_column(name));
    }
    candidate(cohort, settings, outcome, variable).barred
}

/// Names of the predictors: those that the user chose, else those ticked by default. Fails where a
/// chosen one is unknown or barred, or where none is left.
pub(crate) fn chosen(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
) -> Result<Vec<String>, Failure> {
    let names: Vec<String> = match &settings.predictors {
        Some(names) => {
            for name in names {
                if let Some(issue) = barred_in(cohort, settings, outcome, name) {
                    return Err(issue.into());
                }
            }
            names.clone()
        }
        None => candidates(cohort, settings, outcome)
            .into_iter()
            .filter(|candidate| candidate.by_default)
            .map(|candidate| candidate.name)
            .collect(),
    };
    if names.is_empty() {
        return Err(Failure::new("no-predictor"));
    }
    Ok(names)
}
