//! How each model does within groups of patients: sex, age, centre, education, work, claim.
//!
//! From the chances of fits that did not see the patient. A group is described, never tested: small differences between
//! small groups are what chance looks like.

use serde::{Deserialize, Serialize};

use crate::analysis::ModelResult;
use crate::analysis::model::Job;
use crate::base::num::bounded_linear_predictor;
use crate::cohort::{Cohort, Kind, Timing, Variable};
use crate::recipe::Learner;
use crate::validate::curves::net_benefit;
use crate::validate::measures::{auc, calibration_in_the_large, calibration_slope, oe_ratio};

/// Fewest patients of the rarer outcome with which figures of a group are given.
pub const LEAST_EVENTS: usize = 10;

/// Meanings by which patients are grouped, by their dictionary names.
const GROUPED_BY: [&str; 6] = ["sex", "age", "centre", "education", "work-status", "claim"];

/// Ages, in years, at which a new band begins.
const AGE_BANDS: [u32; 2] = [50, 65];

/// What the patients of a group share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shared {
    /// A level of the variable.
    Level(String),
    /// An age of at least the first and less than the second, in years; `None`: no limit.
    Ages(Option<u32>, Option<u32>),
    /// The value is not known.
    Unknown,
}

/// Patients with something in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subgroup {
    /// Name of the variable.
    pub variable: String,
    /// Its words for people.
    pub label: String,
    /// What they share.
    pub shared: Shared,
    /// Patients.
    pub n: usize,
    /// Responders among them.
    pub n_events: usize,
    /// Their positions among the patients of a model; empty in a result of an older program and in a copy without
    /// patients.
    #[serde(default)]
    pub members: Vec<usize>,
    /// One entry a model, in the order of `Analysis::models`; none where fewer than [`LEAST_EVENTS`] responded or did not.
    pub models: Vec<SubgroupFigures>,
}

/// How one model does in a group; `None` where a figure is undefined there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubgroupFigures {
    /// Which model.
    pub learner: Learner,
    /// AUC.
    pub auc: Option<f64>,
    /// Observed responders over expected ones.
    pub oe_ratio: Option<f64>,
    /// Calibration in the large, log-odds.
    pub calibration_intercept: Option<f64>,
    /// Calibration slope.
    pub calibration_slope: Option<f64>,
    /// Net benefit of acting at the lowest cut point of the model's strata, a patient of the group.
    pub net_benefit: f64,
}

/// The groups that the cohort knows, variable by variable in a fixed order, levels in the order of the variable.
pub(crate) fn subgroups(cohort: &Cohort, job: &Job<'_>, models: &[ModelResult]) -> Vec<Subgroup> {
    let variables = GROUPED_BY.iter().filter_map(|concept| {
        let mut all = cohort.variables.iter();
        all.find(|v| v.concept.as_deref() == Some(concept) && v.timing == Timing::Baseline)
    });
    variables
        .flat_map(|variable| {
            let members = members(cohort, variable, job.rows);
            members
                .into_iter()
                .map(|(shared, members)| subgroup(job, models, variable, shared, members))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Positions of the analysed patients of each group, groups without a patient left out; nothing where all patients would be in
/// one, or the variable has neither levels nor ages.
fn members(cohort: &Cohort, variable: &Variable, rows: &[usize]) -> Vec<(Shared, Vec<usize>)> {
    let place: Vec<Option<usize>> = match variable.kind {
        Kind::Binary | Kind::Categorical => cohort.levels(&variable.name).unwrap_or_default(),
        Kind::Numeric if variable.concept.as_deref() == Some("age") => {
            let ages = cohort.numbers(&variable.name).unwrap_or_default();
            let band = |age: f64| {
                let above = |from: &&u32| age >= f64::from(**from);
                age.is_finite()
                    .then(|| AGE_BANDS.iter().filter(above).count())
            };
            ages.into_iter().map(band).collect()
        }
        _ => Vec::new(),
    };
    let group = |at: usize| match variable.kind {
        Kind::Numeric => Shared::Ages(
            at.checked_sub(1).and_then(|at| AGE_BANDS.get(at)).copied(),
            AGE_BANDS.get(at).copied(),
        ),
        _ => Shared::Level(variable.levels.get(at).cloned().unwrap_or_default()),
    };
    let of = |wanted: Option<usize>| -> Vec<usize> {
        let is_in = |at: &usize| place.get(rows[*at]) == Some(&wanted);
        (0..rows.len()).filter(is_in).collect()
    };
    let n_groups = place.iter().flatten().max().map_or(0, |most| most + 1);
    let known = (0..n_groups).map(|at| (group(at), of(Some(at))));
    let mut found: Vec<_> = known.chain([(Shared::Unknown, of(None))]).collect();
    found.retain(|(_, members)| !members.is_empty());
    if found.len() < 2 {
        found.clear();
    }
    found
}

fn subgroup(
    job: &Job<'_>,
    models: &[ModelResult],
    variable: &Variable,
    shared: Shared,
    members: Vec<usize>,
) -> Subgroup {
    let y = job.sample.y_of(&members);
    let n_events = y.iter().filter(|&&event| event).count();
    let is_shown = n_events.min(y.len() - n_events) >= LEAST_EVENTS;
    let figures = |model: &ModelResult| {
        let risks: Option<Vec<f64>> = members
            .iter()
            .map(|&at| Some(model.patients.get(at)?.risk))
            .collect();
        Some(figures(model.learner, &risks?, &y, model.cuts().lowest()))
    };
    Subgroup {
        variable: variable.name.clone(),
        label: variable.label.clone(),
        shared,
        n: y.len(),
        n_events,
        models: if is_shown {
            models.iter().filter_map(figures).collect()
        } else {
            Vec::new()
        },
        members,
    }
}

/// Puts the net benefits at the cut points that the models have now. A group whose members are not known goes.
pub(super) fn cut(groups: &mut Vec<Subgroup>, models: &[ModelResult]) {
    groups.retain(|group| !group.members.is_empty());
    for group in groups {
        for figures in &mut group.models {
            let model = models.iter().find(|model| model.learner == figures.learner);
            let Some(model) = model else {
                continue;
            };
            let members = group
                .members
                .iter()
                .filter_map(|&at| model.patients.get(at));
            let (risks, y): (Vec<f64>, Vec<bool>) = members
                .map(|patient| (patient.risk, patient.observed))
                .unzip();
            let at = model.cuts().lowest();
            figures.net_benefit = net_benefit(risks.iter().map(|risk| *risk >= at), &y, at);
        }
    }
}

fn figures(learner: Learner, risks: &[f64], y: &[bool], threshold: f64) -> SubgroupFigures {
    let log_odds: Vec<f64> = risks.iter().map(|&p| bounded_linear_predictor(p)).collect();
    SubgroupFigures {
        learner,
        auc: auc(risks, y),
        oe_ratio: oe_ratio(risks, y),
        calibration_intercept: calibration_in_the_large(&log_odds, y).map(|(a, _)| a),
        calibration_slope: calibration_slope(&log_odds, y).map(|(b, _)| b),
        net_benefit: net_benefit(risks.iter().map(|risk| *risk >= threshold), y, threshold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Settings, run};
    use crate::base::task::TaskHandle;
    use crate::validate::Plan;

    #[test]
    fn the_groups_of_a_variable_hold_every_patient_once_and_small_ones_no_figures() {
        let sample = crate::simulate::simulated("multicentre").expect("the shipped sample");
        let cohort = sample.cohort();
        let settings = Settings {
            learners: vec![Learner::Ridge],
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
        let patients = &analysis.models[0].patients;
        let names: Vec<&str> = analysis
            .subgroups
            .iter()
            .map(|g| g.variable.as_str())
            .collect();
        for concept in ["sex", "age", "centre"] {
            let variable = cohort
                .find(concept, Timing::Baseline)
                .expect("in the sample");
            let own = analysis
                .subgroups
                .iter()
                .filter(|g| g.variable == variable.name);
            let (n, n_events) = own.fold((0, 0), |sum, g| (sum.0 + g.n, sum.1 + g.n_events));
            assert_eq!(
                (n, n_events),
                (patients.len(), analysis.outcome.n_events),
                "{names:?}"
            );
        }
        for group in &analysis.subgroups {
            let is_large = group.n_events.min(group.n - group.n_events) >= LEAST_EVENTS;
            assert_eq!(!group.models.is_empty(), is_large, "{group:?}");
        }
        // One group by hand.
        let sex = cohort.find("sex", Timing::Baseline).expect("in the sample");
        let levels = cohort.levels(&sex.name).expect("levels");
        let own: Vec<_> = patients
            .iter()
            .filter(|p| levels[p.row] == Some(0))
            .collect();
        let first = &analysis.subgroups[0];
        assert_eq!(first.shared, Shared::Level(sex.levels[0].clone()));
        let expected: f64 = own.iter().map(|patient| patient.risk).sum();
        let observed = own.iter().filter(|patient| patient.observed).count() as f64;
        let found = first.models[0].oe_ratio.expect("some are expected");
        assert!((found - observed / expected).abs() < 1e-12);
    }

    #[test]
    fn ages_fall_into_bands_and_who_has_none_is_counted() {
        let cohort = crate::analysis::fixture::cohort();
        let mut age = cohort.variable("age").expect("in the fixture").clone();
        age.concept = Some("age".to_owned());
        let rows: Vec<usize> = (0..30).collect();
        let found = members(&cohort, &age, &rows);
        let sizes: Vec<(Shared, usize)> = found.into_iter().map(|(s, m)| (s, m.len())).collect();
        // Ages 30 to 59, that of row 7 missing.
        assert_eq!(
            sizes,
            [
                (Shared::Ages(None, Some(50)), 19),
                (Shared::Ages(Some(50), Some(65)), 10),
                (Shared::Unknown, 1),
            ]
        );
    }

    #[test]
    fn net_benefit_and_calibration_of_a_group_are_those_of_the_measures() {
        let risks = [0.2, 0.6, 0.7, 0.3];
        let y = [false, true, false, true];
        let found = figures(Learner::Ridge, &risks, &y, 0.4);
        assert_eq!(found.auc, Some(0.5));
        // One hit, one miss, odds of two thirds.
        assert!((found.net_benefit - (1.0 - 2.0 / 3.0) / 4.0).abs() < 1e-12);
        assert!((found.oe_ratio.expect("expected") - 2.0 / 1.8).abs() < 1e-12);
    }
}
