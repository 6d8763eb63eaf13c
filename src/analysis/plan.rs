//! Which variables may enter a model: the guard against leakage.

use crate::analysis::Settings;
use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Domain, Kind, Timing, Variable};
use crate::design::redundancy::{Pair, correlations, hardly_varies, inflation};
use crate::design::{Admitted, Coding, Predictor, Sample, admit, barred};
use crate::outcome::{Moment, Outcome, decide};
use crate::recipe::MissingPlan;
use crate::validate::measures::auc;

/// AUC assumed by the sample-size criteria: the middle of what honest studies of baseline
/// predictors of spinal cord stimulation report (0.63 to 0.76).
pub const ASSUMED_AUC: f64 = 0.70;

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
    /// Parameters that it would spend; 0 where it is barred.
    pub n_parameters: usize,
    /// Whether nearly all patients have the same value.
    pub hardly_varies: bool,
    /// Whether one of its levels, or a cut of its numbers, tells the outcome without exception: a maximum likelihood
    /// fit then runs to infinity.
    pub separates: bool,
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
        barred: barred(cohort, variable, outcome, settings.outcome.moment),
        alone: None,
        n_missing: n_missing(cohort, outcome, variable),
        n_parameters: 0,
        hardly_varies: false,
        separates: false,
    };
    let only = admit(cohort, outcome, settings.outcome.moment, name)
        .and_then(|admitted| sample_of(cohort, settings, outcome, &[admitted]));
    if let Ok(only) = only {
        let predictor = &only.predictors[0];
        let seen = predictor.known();
        found.hardly_varies = hardly_varies(predictor);
        found.n_parameters = n_parameters(&only, settings.missing);
        found.alone = alone(predictor, &only.y);
        found.separates = separates(predictor, &only.y);
        if !seen.iter().any(|value| *value != seen[0]) {
            found.barred = Some(Issue::error("predictor-constant").in_column(name));
        }
    }
    found.by_default = found.barred.is_none()
        && !found.must_be_confirmed(settings)
        && is_default(variable, settings);
    found
}

/// Analysed patients without a value.
fn n_missing(cohort: &Cohort, outcome: &Outcome, variable: &Variable) -> usize {
    let rows = outcome.rows.iter().copied();
    match cohort.numbers(&variable.name) {
        Ok(values) => rows.filter(|row| values[*row].is_nan()).count(),
        Err(_texts) => {
            let texts = cohort.text_refs(&variable.name).unwrap_or_default();
            rows.filter(|row| texts.get(*row).copied().flatten().is_none())
                .count()
        }
    }
}

/// An area under the curve that one predictor alone reaches only where it is the outcome in disguise.
pub const TOO_GOOD: f64 = 0.95;

impl Candidate {
    /// Whether it predicts so well alone that a person must say why it may.
    pub fn must_be_confirmed(&self, settings: &Settings) -> bool {
        self.alone.is_some_and(|auc| auc >= TOO_GOOD)
            && !settings.confirmed.contains_key(&self.name)
    }
}

/// Area under the curve of one predictor alone, in [0.5, 1], of its values or of its gaps, whichever tells more.
fn alone(predictor: &Predictor, y: &[bool]) -> Option<f64> {
    let gaps: Vec<f64> = predictor
        .values
        .iter()
        .map(|value| f64::from(u8::from(value.is_nan())))
        .collect();
    let of_gaps = if gaps.contains(&1.0) {
        auc(&gaps, y)
    } else {
        None
    };
    let of_gaps = of_gaps.map(|auc| auc.max(1.0 - auc));
    match (of_values(predictor, y), of_gaps) {
        (Some(values), Some(gaps)) => Some(values.max(gaps)),
        (values, gaps) => values.or(gaps),
    }
}

/// Area under the curve of the known values of one predictor, in [0.5, 1]: of a number whichever direction is better, of levels
/// with the share of responders as score. Patients without a value are left out; `None` with fewer than ten patients
/// or one class. A column of levels that hardly repeat would always seem to tell all: at most one level in five
/// patients.
fn of_values(predictor: &Predictor, y: &[bool]) -> Option<f64> {
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
        let of = || {
            values
                .iter()
                .zip(&y)
                .filter(move |(x, _)| **x == level as f64)
        };
        of().filter(|(_, event)| **event).count() as f64 / of().count().max(1) as f64
    };
    let rates: Vec<f64> = (0..predictor.levels.len()).map(rate).collect();
    let scores: Vec<f64> = values
        .iter()
        .map(|x| rates.get(*x as usize).copied().unwrap_or(0.0))
        .collect();
    auc(&scores, &y)
}

/// Whether a level has one outcome only, or the numbers of responders and others do not overlap.
fn separates(predictor: &Predictor, y: &[bool]) -> bool {
    let of = |class: bool| {
        let both = predictor.values.iter().zip(y);
        both.filter(move |(x, event)| !x.is_nan() && **event == class)
            .map(|(x, _)| *x)
    };
    if predictor.kind == Kind::Numeric {
        let least = |class| of(class).fold(f64::INFINITY, f64::min);
        let most = |class| of(class).fold(f64::NEG_INFINITY, f64::max);
        return least(true) > most(false) || least(false) > most(true);
    }
    let has = |class, level: usize| of(class).any(|x| x == level as f64);
    (0..predictor.levels.len()).any(|level| has(true, level) != has(false, level))
}

/// Parameters that a logistic model of these predictors spends.
pub(crate) fn n_parameters(sample: &Sample, missing: MissingPlan) -> usize {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let map = missing.design(sample, &rows, Coding::Treatment);
    map.columns.len()
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
    let admitted = names
        .iter()
        .map(|name| admit(cohort, outcome, moment, name));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{fixture, hash_of};
    use crate::cohort::{Origin, derive};
    use crate::design::{Curve, Form};
    use crate::outcome::{OutcomeParams, Rule};

    /// Men respond; `twin` all but says who is one, `late` is measured at month 12.
    fn cohort() -> Cohort {
        let mut cohort = fixture::cohort();
        let men: Vec<bool> = (0..cohort.n_rows()).map(|i| i % 3 == 0).collect();
        let mut push = |name: &str, timing, values: Vec<f64>| {
            let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
            (variable.timing, variable.domain) = (timing, Domain::Person);
            cohort.push_numbers(variable, &values).unwrap();
        };
        let twin = men.iter().enumerate();
        let twin = twin.map(|(i, man)| f64::from(u8::from(*man)) + 1e-3 * i as f64);
        push("twin", Timing::Baseline, twin.collect());
        push("late", Timing::After(12), vec![1.0; men.len()]);
        let numbers = |step: usize| {
            men.iter()
                .enumerate()
                .map(move |(i, _)| ((i * step) % 17) as f64)
        };
        push("weight", Timing::Baseline, numbers(7).collect());
        push(
            "height",
            Timing::Baseline,
            numbers(5).map(|x| x + 1.0).collect(),
        );
        cohort
    }

    fn settings(names: &[&str]) -> Settings {
        Settings {
            predictors: Some(names.iter().map(|name| (*name).to_owned()).collect()),
            outcome: OutcomeParams {
                rule: Rule::Level {
                    column: "sex".to_owned(),
                    event: "M".to_owned(),
                },
                ..OutcomeParams::default()
            },
            ..Settings::default()
        }
    }

    fn refusal(cohort: &Cohort, settings: &Settings) -> Option<String> {
        let outcome = decide(cohort, &settings.outcome).unwrap();
        let chosen = chosen(cohort, settings, &outcome);
        chosen.err().map(|failure| failure.issue().code)
    }

    #[test]
    fn a_predictor_that_all_but_tells_the_outcome_asks_for_a_reason() {
        let cohort = cohort();
        let mut settings = settings(&["weight", "twin"]);
        assert_eq!(
            refusal(&cohort, &settings).as_deref(),
            Some("predictor-too-good")
        );
        settings
            .confirmed
            .insert("twin".to_owned(), "measured years before".to_owned());
        assert_eq!(refusal(&cohort, &settings), None);
        settings.predictors = None;
        settings.confirmed.clear();
        let outcome = decide(&cohort, &settings.outcome).unwrap();
        let usual = chosen(&cohort, &settings, &outcome).unwrap();
        assert!(usual.iter().all(|one| one.name() != "twin"));
    }

    #[test]
    fn what_is_made_of_the_outcome_or_of_later_values_is_refused() {
        let mut cohort = cohort();
        derive(&mut cohort, "male", "sex = \"M\"").unwrap();
        derive(&mut cohort, "gain", "weight - late").unwrap();
        derive(&mut cohort, "bmi", "weight / height").unwrap();
        let code = |name: &str| refusal(&cohort, &settings(&[name]));
        assert_eq!(code("male").as_deref(), Some("predictor-is-outcome"));
        assert_eq!(code("sex").as_deref(), Some("predictor-is-outcome"));
        assert_eq!(code("gain").as_deref(), Some("predictor-after-decision"));
        assert_eq!(code("late").as_deref(), Some("predictor-after-decision"));
        assert_eq!(code("note").as_deref(), Some("not-a-predictor"));
        assert_eq!(code("no such").as_deref(), Some("unknown-column"));
        assert_eq!(code("bmi"), None);
    }

    #[test]
    fn gaps_that_tell_the_outcome_are_as_suspect_as_values() {
        // Filled in for responders only: the values alone know one class and say nothing.
        let y: Vec<bool> = (0..40).map(|at| at % 2 == 0).collect();
        let values = y.iter().enumerate();
        let values = values.map(|(at, y)| if *y { at as f64 } else { f64::NAN });
        let predictor = Predictor {
            name: "x".to_owned(),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values: values.collect(),
        };
        assert_eq!(alone(&predictor, &y), Some(1.0));
    }

    #[test]
    fn separation_is_foreseen() {
        let y = [true, true, false, false, false];
        let of = |kind, values: [f64; 5]| Predictor {
            name: "x".to_owned(),
            kind,
            levels: ["a", "b", "c"].map(str::to_owned).into(),
            form: Form::default(),
            values: values.into(),
        };
        assert!(separates(
            &of(Kind::Numeric, [5.0, 6.0, 1.0, f64::NAN, 4.9]),
            &y
        ));
        assert!(!separates(
            &of(Kind::Numeric, [5.0, 6.0, 1.0, 2.0, 5.0]),
            &y
        ));
        assert!(separates(
            &of(Kind::Categorical, [0.0, 1.0, 0.0, 1.0, 2.0]),
            &y
        ));
        // A level that nobody has separates nothing.
        assert!(!separates(
            &of(Kind::Categorical, [0.0, 1.0, 0.0, 1.0, 1.0]),
            &y
        ));
    }

    #[test]
    fn forms_and_interactions_are_paid_for_and_change_the_hash() {
        let cohort = cohort();
        let mut settings = settings(&["weight", "height"]);
        let spent = |settings: &Settings| {
            let outcome = decide(&cohort, &settings.outcome).unwrap();
            let admitted = chosen(&cohort, settings, &outcome).unwrap();
            n_parameters(
                &sample_of(&cohort, settings, &outcome, &admitted).unwrap(),
                settings.missing,
            )
        };
        let plain = hash_of(&cohort, &settings).unwrap();
        assert_eq!(spent(&settings), 2);
        let spline = Form {
            curve: Curve::Spline(4),
            ..Form::default()
        };
        settings
            .design
            .forms
            .insert("age".to_owned(), spline.clone());
        assert_eq!(
            hash_of(&cohort, &settings).unwrap(),
            plain,
            "age does not predict"
        );
        settings.design.forms.insert("weight".to_owned(), spline);
        assert_eq!(spent(&settings), 4);
        let pair = ("height".to_owned(), "weight".to_owned());
        settings.design.interactions.push(pair);
        assert_eq!(spent(&settings), 5);
        let changed = hash_of(&cohort, &settings).unwrap();
        assert_ne!(changed, plain);
        if let Some(names) = &mut settings.predictors {
            names.reverse();
        }
        assert_eq!(
            hash_of(&cohort, &settings).unwrap(),
            changed,
            "the order of ticks"
        );
    }
}
