//! Which variables may enter a model: the guard against leakage.

use crate::analysis::Settings;
use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Domain, Kind, Timing, Variable};
use crate::design::redundancy::{Pair, correlations, hardly_varies, inflation};
use crate::design::{Admitted, Coding, DesignMap, Predictor, Sample, admit, barred};
use crate::outcome::{Moment, Outcome, decide};
use crate::validate::measures::auc;

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
    /// Area under the curve that it reaches alone, in [0.5, 1]; only asked whether it is too good to be true.
    pub alone: Option<f64>,
    /// Analysed patients without a value.
    pub n_missing: usize,
    /// Parameters that it would spend.
    pub n_parameters: usize,
    /// Whether nearly all patients have the same value.
    pub hardly_varies: bool,
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
    let mut found = Candidate {
        name: name.clone(),
        by_default: false,
        barred: barred(variable, outcome, settings.outcome.moment),
        alone: None,
        n_missing: outcome.rows.len(),
        n_parameters: 0,
        hardly_varies: false,
    };
    let only = admit(cohort, outcome, settings.outcome.moment, name)
        .and_then(|admitted| sample_of(cohort, settings, outcome, &[admitted]));
    if let Ok(only) = only {
        let predictor = &only.predictors[0];
        let seen = predictor.known();
        found.n_missing = predictor.values.len() - seen.len();
        found.hardly_varies = hardly_varies(predictor);
        found.n_parameters = n_parameters(&only);
        found.alone = alone(predictor, &only.y);
        if !seen.iter().any(|value| *value != seen[0]) {
            found.barred = Some(Issue::error("predictor-constant").in_column(name));
        }
    }
    found.by_default = found.barred.is_none()
        && !found.must_be_confirmed(settings)
        && is_default(variable, settings);
    found
}

/// An area under the curve that one predictor alone reaches only where it is the outcome in disguise.
pub const TOO_GOOD: f64 = 0.95;

impl Candidate {
    /// Whether it predicts so well alone that a person must say why it may.
    pub fn must_be_confirmed(&self, settings: &Settings) -> bool {
        self.alone.is_some_and(|auc| auc >= TOO_GOOD) && !settings.confirmed.contains_key(&self.name)
    }
}

/// Area under the curve of one predictor alone, in [0.5, 1]: of a number whichever direction is better, of levels
/// with the share of responders as score. Patients without a value are left out; `None` with fewer than ten patients
/// or one class. A column of levels that hardly repeat would always seem to tell all: at most one level in five
/// patients.
fn alone(predictor: &Predictor, y: &[bool]) -> Option<f64> {
    let both = predictor.values.iter().copied().zip(y.iter().copied());
    let (values, y): (Vec<f64>, Vec<bool>) = both.filter(|(x, _)| !x.is_nan()).unzip();
    if y.len() < 10 {
        return None;
    }
    if predictor.kind != Kind::Categorical {
        return auc(&values, &y).map(|auc| auc.max(1.0 - auc));
    }
    if predictor.levels.len() * 5 > y.len() {
        return None;
    }
    let rate = |level: usize| {
        let of = || values.iter().zip(&y).filter(move |(x, _)| **x == level as f64);
        of().filter(|(_, event)| **event).count() as f64 / of().count().max(1) as f64
    };
    let rates: Vec<f64> = (0..predictor.levels.len()).map(rate).collect();
    let scores: Vec<f64> = values
        .iter()
        .map(|x| rates.get(*x as usize).copied().unwrap_or(0.0))
        .collect();
    auc(&scores, &y)
}

/// Parameters that a logistic model of these predictors spends.
pub(crate) fn n_parameters(sample: &Sample) -> usize {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    DesignMap::learn(sample, &rows, Coding::Treatment)
        .columns
        .len()
}

/// The analysed patients with these predictors.
pub fn sample_of(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
    admitted: &[Admitted],
) -> Result<Sample, Failure> {
    let (codes, spec) = (&settings.categorical, &settings.design);
    Sample::from_cohort(cohort, outcome, admitted, codes, spec)
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

/// The predictors: those that the user chose, else those ticked by default. Fails where a chosen one is unknown or
/// barred, where one all but tells the outcome and nobody said why it may predict, or where none is left.
pub fn chosen(
    cohort: &Cohort,
    settings: &Settings,
    outcome: &Outcome,
) -> Result<Vec<Admitted>, Failure> {
    let moment = settings.outcome.moment;
    let names: Vec<String> = match &settings.predictors {
        Some(names) => {
            for name in names {
                admit(cohort, outcome, moment, name)?;
                let Some(variable) = cohort.variable(name) else {
                    continue;
                };
                let candidate = candidate(cohort, settings, outcome, variable);
                if candidate.must_be_confirmed(settings) {
                    return Err(too_good(&candidate).into());
                }
                if let Some(issue) = candidate.barred {
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
    let admitted = names.iter().map(|name| admit(cohort, outcome, moment, name));
    admitted.collect()
}

/// What is said of a predictor that all but tells the outcome.
pub fn too_good(candidate: &Candidate) -> Issue {
    Issue::error("predictor-too-good")
        .in_column(&candidate.name)
        .with("auc", candidate.alone.unwrap_or_default())
        .with("limit", TOO_GOOD)
}

/// What the chosen predictors say twice; looked at without the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Redundancy {
    /// Names of the predictors.
    pub names: Vec<String>,
    /// Pairs that rise and fall together, the strongest first.
    pub pairs: Vec<Pair>,
    /// Variance inflation of each predictor; `None` where the others say all that it says.
    pub inflation: Vec<Option<f64>>,
}

/// Looks at the chosen predictors together. Fails where outcome or predictors can't be decided.
pub fn redundancy(cohort: &Cohort, settings: &Settings) -> Result<Redundancy, Failure> {
    let outcome = decide(cohort, &settings.outcome)?;
    let admitted = chosen(cohort, settings, &outcome)?;
    let sample = sample_of(cohort, settings, &outcome, &admitted)?;
    Ok(Redundancy {
        names: admitted.iter().map(|one| one.name().to_owned()).collect(),
        pairs: correlations(&sample),
        inflation: inflation(&sample),
    })
}
