//! Who would move between the strata if the outcome were defined otherwise.
//!
//! The models are trained a second time with the other outcome and the same predictors, folds and refits; of that
//! training only each patient's chance and spread is kept. What comes of them follows from the cut points of the moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Learner, ModelResult, Settings, StrataRule, run, trial};
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::outcome::{OutcomeParams, Rule};
use crate::stratify::{Placed, Stratum, strata};
use crate::validate::Plan;

/// Fewest bootstraps that a training takes; their corrected figures are not looked at here.
const N_BOOTSTRAPS: usize = 20;

/// The patients under the other definition of the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// The other definition; moment, window and the handling of explants, deaths and losses are the same.
    pub rule: Rule,
    /// Patients analysed under it.
    pub n_analysed: usize,
    /// Responders among them.
    pub n_events: usize,
    /// Each model with its patients; none in a copy without patients.
    pub models: Vec<(Learner, Vec<Otherwise>)>,
}

/// A patient under the other definition.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Otherwise {
    /// Position in the cohort.
    pub row: usize,
    /// Chance of response in [0, 1].
    pub risk: f64,
    /// Its spread: lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the patient responded by the other definition.
    pub observed: bool,
}

/// Strata by strata: who is where under the two definitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    /// Strata of the analysis, lowest first, then the undetermined; counted over the patients of both definitions.
    pub from: Vec<Stratum>,
    /// The same under the other definition.
    pub to: Vec<Stratum>,
    /// Patients by stratum of the analysis, then by that of the other definition.
    pub counts: Vec<Vec<usize>>,
    /// Patients whom both definitions analyse.
    pub n: usize,
    /// Of these, patients in another stratum, or undetermined in one of the two only.
    pub n_changed: usize,
    /// Of these, patients whose observed outcome differs.
    pub n_relabelled: usize,
}

/// The settings of the second training: the other rule, the predictors of the analysis, nothing that is only asked for.
fn second(analysis: &Analysis, settings: &Settings, rule: &Rule) -> Settings {
    let names = analysis.predictors.iter().map(|one| one.name.clone());
    Settings {
        outcome: OutcomeParams {
            rule: rule.clone(),
            ..settings.outcome.clone()
        },
        predictors: Some(names.collect()),
        plan: Plan {
            n_bootstraps: N_BOOTSTRAPS,
            n_outer: 0,
            n_permutations: 0,
            n_simulated: 0,
            ..settings.plan
        },
        delta: None,
        compare: Vec::new(),
        effects: false,
        profiles: false,
        ..settings.clone()
    }
}

/// Trains the models of an analysis with another outcome and keeps where each patient then stands.
///
/// Fails as [`crate::analysis::run`] does, and where the rule is that of the analysis.
pub fn movement(
    cohort: &Cohort,
    settings: &Settings,
    analysis: &Analysis,
    rule: &Rule,
    task: &TaskHandle,
) -> Result<Movement, Failure> {
    if *rule == settings.outcome.rule {
        return Err(Failure::new("movement-same-outcome"));
    }
    let found = run(cohort, &second(analysis, settings, rule), "", task)?;
    let otherwise = |model: &ModelResult| {
        let patients = model.patients.iter().map(|patient| Otherwise {
            row: patient.row,
            risk: patient.risk,
            low: patient.low,
            high: patient.high,
            observed: patient.observed,
        });
        (model.learner, patients.collect())
    };
    Ok(Movement {
        rule: rule.clone(),
        n_analysed: found.cohort.n_analysed,
        n_events: found.outcome.n_events,
        models: found.models.iter().map(otherwise).collect(),
    })
}

/// About how long [`movement`] will take on this pool; `clock` gives the time since any fixed moment. Fails as it does.
pub fn movement_trial(
    cohort: &Cohort,
    settings: &Settings,
    analysis: &Analysis,
    rule: &Rule,
    clock: &dyn Fn() -> std::time::Duration,
    task: &TaskHandle,
) -> Result<std::time::Duration, Failure> {
    trial(cohort, &second(analysis, settings, rule), clock, task)
}

impl Movement {
    /// Who moves between the strata of a model; those under the other outcome are cut by the rule, quantiles by the other
    /// chances. `None` where the model was not trained with the other outcome, or nobody is in both.
    pub fn moves(&self, rule: StrataRule, model: &ModelResult) -> Option<Moves> {
        let mut others = self.models.iter();
        let (_, others) = others.find(|(learner, _)| *learner == model.learner)?;
        let risks: Vec<f64> = others.iter().map(|other| other.risk).collect();
        let cuts = rule.cuts(&risks);
        let by_row: BTreeMap<usize, &Otherwise> =
            others.iter().map(|other| (other.row, other)).collect();
        let pairs: Vec<(Placed, Placed)> = model
            .patients
            .iter()
            .filter_map(|patient| {
                let other = by_row.get(&patient.row)?;
                let placed = Placed {
                    risk: other.risk,
                    stratum: cuts.stratum_of(other.low, other.high),
                    observed: other.observed,
                };
                Some((patient.placed(), placed))
            })
            .collect();
        if pairs.is_empty() {
            return None;
        }
        let (before, after): (Vec<Placed>, Vec<Placed>) = pairs.iter().copied().unzip();
        let from = with_undetermined(strata(&model.cuts(), &before), &before);
        let to = with_undetermined(strata(&cuts, &after), &after);
        let mut counts = vec![vec![0; to.len()]; from.len()];
        let place = |stratum: Option<usize>, of: &[Stratum]| stratum.unwrap_or(of.len() - 1);
        let mut n_changed = 0;
        for (before, after) in &pairs {
            let (a, b) = (place(before.stratum, &from), place(after.stratum, &to));
            counts[a][b] += 1;
            n_changed += usize::from(from[a].name != to[b].name);
        }
        let is_relabelled = |(before, after): &&(Placed, Placed)| before.observed != after.observed;
        Some(Moves {
            n: pairs.len(),
            n_changed,
            n_relabelled: pairs.iter().filter(is_relabelled).count(),
            from,
            to,
            counts,
        })
    }
}

fn with_undetermined(mut strata: Vec<Stratum>, patients: &[Placed]) -> Vec<Stratum> {
    strata.push(crate::stratify::undetermined(patients));
    strata
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CutBy, fixture, recut};
    use crate::outcome::PRESETS;

    #[test]
    fn nobody_moves_where_nothing_differs_whatever_the_cut_points() {
        let analysis = fixture::analysis();
        for by in [CutBy::Hand, CutBy::Quantiles(3), CutBy::Threshold(0.5)] {
            let rule = StrataRule {
                by,
                ..StrataRule::default()
            };
            let analysis = recut(&analysis, rule).expect("patients");
            let moves = fixture::movement(&analysis).moves(rule, &analysis.models[0]);
            let moves = moves.expect("patients");
            assert_eq!((moves.n_changed, moves.n_relabelled), (0, 0));
            assert_eq!(moves.from, moves.to);
            for (at, row) in moves.counts.iter().enumerate() {
                assert_eq!(row.iter().sum::<usize>(), row[at]);
                assert_eq!(row[at], moves.from[at].n);
            }
        }
    }

    #[test]
    fn everyone_who_is_in_both_is_counted_once_where_the_patient_comes_from_and_goes_to() {
        let analysis = fixture::analysis();
        let mut movement = fixture::movement(&analysis);
        let rule = analysis.settings.strata;
        let patients = &mut movement.models[0].1;
        // The first is not analysed, the second moves to the top, the third is labelled otherwise.
        patients.remove(0);
        (patients[0].low, patients[0].risk, patients[0].high) = (0.7, 0.8, 0.9);
        patients[1].observed = !patients[1].observed;
        let moves = movement.moves(rule, &analysis.models[0]).expect("patients");
        assert_eq!(moves.n, analysis.models[0].patients.len() - 1);
        assert_eq!(moves.counts.iter().flatten().sum::<usize>(), moves.n);
        let was = analysis.models[0].patients[1].stratum;
        assert_eq!(moves.n_changed, usize::from(was != Some(2)));
        assert_eq!(moves.n_relabelled, 1);
        let column = |at: usize| moves.counts.iter().map(|row| row[at]).sum::<usize>();
        for (at, stratum) in moves.to.iter().enumerate() {
            assert_eq!(column(at), stratum.n);
        }
        movement.models.clear();
        assert!(movement.moves(rule, &analysis.models[0]).is_none());
    }

    #[test]
    fn a_second_training_with_a_laxer_outcome_has_more_responders_and_the_same_patients() {
        let sample = crate::simulate::simulated("multicentre").expect("a sample");
        let cohort = sample.cohort();
        let settings = Settings {
            learners: vec![Learner::Ridge],
            predictors: Some(["age", "odi", "pcs"].map(str::to_owned).to_vec()),
            plan: Plan {
                n_bootstraps: 20,
                n_folds: 4,
                n_repeats: 1,
                n_half_samples: 20,
                ..Plan::default()
            },
            ..Settings::default()
        };
        let task = TaskHandle::unattended();
        let analysis = run(&cohort, &settings, "now", &task).expect("results");
        let month = settings.outcome.rule.month().expect("a visit");
        let laxer = PRESETS.iter().find(|preset| preset.name == "pain30");
        let laxer = laxer.expect("a preset").rule(month);
        let found = movement(&cohort, &settings, &analysis, &laxer, &task).expect("a training");
        assert!(found.n_events > analysis.outcome.n_events);
        let moves = found.moves(settings.strata, &analysis.models[0]);
        let moves = moves.expect("patients");
        assert_eq!(moves.n, analysis.cohort.n_analysed);
        assert_eq!(
            moves.n_relabelled,
            found.n_events - analysis.outcome.n_events
        );
        assert!(moves.n_changed > 0);
        let same = movement(&cohort, &settings, &analysis, &settings.outcome.rule, &task);
        let code = same.expect_err("refused").issue().code;
        assert_eq!(code, "movement-same-outcome");
    }
}
