//! Responder profiles of a cohort: who has something in common, and how often they responded.
//!
//! Description only. The chances of the models stand beside a profile; no model is fitted within one, and no patient is sent
//! to a model by it.

use serde::{Deserialize, Serialize};

use crate::analysis::model::Job;
use crate::analysis::run::Prepared;
use crate::analysis::{Analysis, ModelResult, Settings};
use crate::base::issue::Failure;
use crate::base::num::{Interval, mean, sd, wilson};
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::{Cohort, Domain, Kind, Timing};
use crate::design::Sample;
use crate::stratify::{self, Feature, Group, Method, Patients, Rule, Tried, Verdict};

/// What patients report of themselves: of such measures clusters are made.
const REPORTED: [Domain; 4] = [
    Domain::Pain,
    Domain::Disability,
    Domain::Distress,
    Domain::QualityOfLife,
];

/// Variables of a fingerprint at most.
const N_TRAITS: usize = 8;

/// What came of the search for profiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profiles {
    /// Names of the variables that clusters were made of.
    pub measures: Vec<String>,
    /// One entry a way of looking.
    pub ways: Vec<ProfileWay>,
}

/// A way of looking for profiles and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileWay {
    /// Which way.
    pub method: Method,
    /// What became of it.
    pub verdict: Verdict,
    /// Its figure: [`Tried::score`].
    pub score: Option<f64>,
    /// Rate of unseen patients of whom more than the average was expected, less that of the others; tree and boxes.
    pub lift: Option<f64>,
    /// Mean adjusted Rand index over resamples; clusters only.
    pub adjusted_rand: Option<f64>,
    /// Cohorts without profiles that it was held against.
    pub n_null: usize,
    /// Those that reached its figure.
    pub n_reached: usize,
    /// The highest figure in one of them.
    pub highest: Option<f64>,
    /// 95th percentile of their figures.
    pub percentile_95: Option<f64>,
    /// The profiles; none unless kept.
    pub profiles: Vec<Profile>,
}

/// Patients with something in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The limits that hold for its patients; none for a cluster.
    pub limits: Vec<Limit>,
    /// How its patients differ from the others, the limits' variables first, then by size.
    pub fingerprint: Vec<Trait>,
    /// Its patients.
    #[serde(default)]
    pub n: usize,
    /// Their positions among those of a model's result, ascending; none in a copy without patients.
    pub members: Vec<usize>,
    /// Responders among them.
    pub n_events: usize,
    /// Share of responders with Wilson limits. Of a tree or a box it flatters: these were chosen for it.
    pub observed: Option<Interval>,
    /// Share of responders that fits which had not seen these patients expected of them; `None` for a cluster.
    pub cross_fitted: Option<f64>,
    /// Mean chance of its patients by the first model.
    pub mean_risk: Option<f64>,
    /// Position of the patient nearest to the profile's middle.
    pub typical: usize,
    /// For every patient the share of refits on resamples that put them into the profile, in [0, 1]; none in a copy without
    /// patients.
    pub certainty: Vec<f64>,
    /// Mean Jaccard index of the profile and its like over those refits.
    pub jaccard: f64,
}

/// A limit of a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// Name of the variable.
    pub variable: String,
    /// Of levels: the one that patients have if `at_least` is set, and do not have if `below` is.
    pub level: Option<String>,
    /// Lowest value that is in.
    pub at_least: Option<f64>,
    /// Lowest value that is not in any more.
    pub below: Option<f64>,
}

/// How the patients of a profile differ from the others in one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trait {
    /// Name of the variable.
    pub variable: String,
    /// Of levels: which one.
    pub level: Option<String>,
    /// Mean of the patients of the profile; of a level its share.
    pub mean_in: f64,
    /// Mean of the others.
    pub mean_out: f64,
    /// Their difference in standard deviations of all patients.
    pub difference: f64,
}

impl Profiles {
    /// The ways that were kept.
    pub fn kept(&self) -> impl Iterator<Item = &ProfileWay> {
        let kept = |way: &&ProfileWay| way.verdict == Verdict::Kept;
        self.ways.iter().filter(kept)
    }
}

/// Looks for profiles among the patients of an analysis, which has the same cohort and settings. Fails as [`crate::analysis::run`] does.
pub fn profiles(
    cohort: &Cohort,
    settings: &Settings,
    analysis: &Analysis,
    task: &TaskHandle,
) -> Result<Profiles, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    task.plan(stratify::n_steps());
    let found = find(
        cohort,
        &prepared.job(settings),
        &risks(&analysis.models),
        task,
    )?;
    Ok(found)
}

/// The chances of the first model, in the order of its result.
pub(super) fn risks(models: &[ModelResult]) -> Vec<f64> {
    let first = models.first();
    let patients = first.map_or(&[][..], |model| &model.patients);
    patients.iter().map(|patient| patient.risk).collect()
}

/// Does once of each way what [`profiles`] does up to [`stratify::N_NULL`] times: the time it takes, times that number, is
/// the most that a search takes. Fails as [`crate::analysis::run`] does.
pub fn profiles_trial(
    cohort: &Cohort,
    settings: &Settings,
    clock: &dyn Fn() -> std::time::Duration,
    task: &TaskHandle,
) -> Result<std::time::Duration, Failure> {
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    let patients = patients(cohort, job.sample).0;
    let since = clock();
    stratify::one_draw(&patients, job.stream.named("profiles"), task)?;
    Ok(clock().saturating_sub(since) * stratify::N_NULL as u32)
}

/// The patients as the search sees them, and the names of what clusters are made of.
fn patients(cohort: &Cohort, sample: &Sample) -> (Patients, Vec<String>) {
    let is_reported = |at: &usize| {
        let predictor = &sample.predictors[*at];
        let variable = cohort.variable(&predictor.name);
        predictor.kind == Kind::Numeric
            && variable.is_some_and(|variable| {
                variable.timing == Timing::Baseline && REPORTED.contains(&variable.domain)
            })
    };
    let measured: Vec<usize> = (0..sample.predictors.len()).filter(is_reported).collect();
    let patients = Patients::new(sample, &measured);
    let name = |at: usize| sample.predictors[at].name.clone();
    let names = patients.measured().into_iter().map(name).collect();
    (patients, names)
}

/// As [`profiles`], for what is prepared already and without planning its steps.
pub(crate) fn find(
    cohort: &Cohort,
    job: &Job<'_>,
    risks: &[f64],
    task: &TaskHandle,
) -> Result<Profiles, Cancelled> {
    task.stage("stage-profiles", "");
    let (patients, measures) = patients(cohort, job.sample);
    let stream = job.stream.named("profiles");
    let tried = stratify::search(&patients, stream, task)?;
    let describing = Describing::new(job.sample, &patients, risks);
    Ok(Profiles {
        measures,
        ways: tried.into_iter().map(|one| describing.way(one)).collect(),
    })
}

/// What describes a profile.
struct Describing<'a> {
    sample: &'a Sample,
    patients: &'a Patients,
    risks: &'a [f64],
    /// Standard deviation of each feature.
    spreads: Vec<f64>,
}

impl<'a> Describing<'a> {
    fn new(sample: &'a Sample, patients: &'a Patients, risks: &'a [f64]) -> Self {
        let spread = |of: &Feature| sd(&of.values).filter(|sd| *sd > 0.0).unwrap_or(1.0);
        Self {
            sample,
            patients,
            risks,
            spreads: patients.features.iter().map(spread).collect(),
        }
    }

    fn way(&self, tried: Tried) -> ProfileWay {
        ProfileWay {
            method: tried.method,
            verdict: tried.verdict,
            score: tried.score,
            lift: tried.lift,
            adjusted_rand: tried.adjusted_rand,
            n_null: tried.n_null,
            n_reached: tried.n_reached,
            highest: tried.highest,
            percentile_95: tried.percentile_95,
            profiles: tried
                .groups
                .into_iter()
                .map(|one| self.profile(one))
                .collect(),
        }
    }

    fn profile(&self, group: Group) -> Profile {
        let Group {
            rule,
            members,
            certainty,
            jaccard,
            cross_fitted,
        } = group;
        let y = &self.patients.y;
        let n_events = members.iter().filter(|&&at| y[at]).count();
        let known = members.iter().filter_map(|&at| self.risks.get(at).copied());
        let rule = rule.unwrap_or_default();
        Profile {
            limits: self.limits(&rule),
            fingerprint: self.fingerprint(&rule, &members),
            n_events,
            observed: wilson(n_events, members.len()),
            cross_fitted,
            mean_risk: mean(&known.collect::<Vec<_>>()),
            n: members.len(),
            typical: self.typical(&members),
            members,
            certainty,
            jaccard,
        }
    }

    /// Name of the variable and the level of a feature.
    fn named(&self, feature: &Feature) -> (String, Option<String>) {
        let predictor = &self.sample.predictors[feature.predictor];
        let level = feature.level.and_then(|at| predictor.levels.get(at));
        (predictor.name.clone(), level.cloned())
    }

    fn limits(&self, rule: &Rule) -> Vec<Limit> {
        let limits = rule.0.iter().map(|one| {
            let (variable, level) = self.named(&self.patients.features[one.feature]);
            Limit {
                variable,
                level,
                at_least: one.at_least,
                below: one.below,
            }
        });
        limits.collect()
    }

    /// The variables of the rule, then those that differ most, of levels the one that differs most.
    fn fingerprint(&self, rule: &Rule, members: &[usize]) -> Vec<Trait> {
        let is_in = |feature: usize| rule.0.iter().any(|one| one.feature == feature);
        let mut traits: Vec<(bool, usize, Trait)> = (0..self.patients.features.len())
            .map(|at| {
                (
                    is_in(at),
                    self.patients.features[at].predictor,
                    self.a_trait(at, members),
                )
            })
            .collect();
        traits.sort_by(|a, b| {
            let size = |one: &Trait| one.difference.abs();
            b.0.cmp(&a.0).then(size(&b.2).total_cmp(&size(&a.2)))
        });
        let mut seen = std::collections::BTreeSet::new();
        traits.retain(|(is_in, predictor, _)| seen.insert(*predictor) || *is_in);
        traits.truncate(N_TRAITS);
        traits.into_iter().map(|(.., one)| one).collect()
    }

    fn a_trait(&self, feature: usize, members: &[usize]) -> Trait {
        let of = &self.patients.features[feature];
        let all: f64 = of.values.iter().sum();
        let own: f64 = members.iter().map(|&at| of.values[at]).sum();
        let (n, n_in) = (of.values.len() as f64, members.len() as f64);
        let (mean_in, mean_out) = (own / n_in.max(1.0), (all - own) / (n - n_in).max(1.0));
        let (variable, level) = self.named(of);
        Trait {
            variable,
            level,
            mean_in,
            mean_out,
            difference: (mean_in - mean_out) / self.spreads[feature],
        }
    }

    /// The patient of a profile who is nearest to its mean in all standardised predictors, of equals the first.
    fn typical(&self, members: &[usize]) -> usize {
        let mut distances = vec![0.0; members.len()];
        for (of, spread) in self.patients.features.iter().zip(&self.spreads) {
            let own: Vec<f64> = members.iter().map(|&at| of.values[at]).collect();
            let centre = mean(&own).unwrap_or(0.0);
            for (distance, value) in distances.iter_mut().zip(own) {
                *distance += ((value - centre) / spread).powi(2);
            }
        }
        let nearest = members.iter().zip(&distances);
        let nearest = nearest.reduce(|best, one| if one.1 < best.1 { one } else { best });
        nearest.map_or(0, |(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::run;
    use crate::recipe::Learner;
    use crate::validate::Plan;

    fn settings() -> Settings {
        let names = ["age", "odi", "pcs", "education"];
        Settings {
            learners: vec![Learner::Ridge],
            predictors: Some(names.map(str::to_owned).to_vec()),
            plan: Plan {
                n_bootstraps: 20,
                n_folds: 4,
                n_repeats: 1,
                n_half_samples: 20,
                ..Plan::default()
            },
            ..Settings::default()
        }
    }

    #[test]
    fn an_analysis_that_asks_for_profiles_holds_those_that_a_search_afterwards_finds() {
        let cohort = crate::simulate::simulated("multicentre").unwrap().cohort();
        let mut settings = settings();
        settings.profiles = true;
        let task = TaskHandle::unattended();
        let analysis = run(&cohort, &settings, "now", &task).unwrap();
        let progress = task.progress();
        assert_eq!(progress.n_done, progress.n_total);
        settings.profiles = false;
        let task = TaskHandle::unattended();
        let after = profiles(&cohort, &settings, &analysis, &task).unwrap();
        assert_eq!(task.progress().n_done, stratify::n_steps());
        let found = analysis.profiles.as_ref().unwrap();
        assert_eq!(*found, after);
        assert_eq!(found.measures, ["odi", "pcs"]);
        assert_eq!(found.ways.len(), Method::ALL.len());
        for profile in found.kept().flat_map(|way| &way.profiles) {
            assert!(profile.members.contains(&profile.typical));
            assert_eq!(profile.certainty.len(), analysis.cohort.n_analysed);
            assert_eq!(profile.n, profile.members.len());
            let n = profile.n as f64;
            let rate = profile.observed.unwrap().estimate;
            assert!((rate * n - profile.n_events as f64).abs() < 1e-9);
            assert!(profile.mean_risk.is_some() && !profile.fingerprint.is_empty());
        }
    }

    #[test]
    fn a_profile_is_told_apart_by_what_it_differs_in_and_its_typical_patient_is_in_its_middle() {
        let cohort = crate::simulate::simulated("multicentre").unwrap().cohort();
        let settings = settings();
        let prepared = Prepared::new(&cohort, &settings).unwrap();
        let job = prepared.job(&settings);
        let (patients, _) = patients(&cohort, job.sample);
        let describing = Describing::new(job.sample, &patients, &[]);
        let age = &patients.features[0].values;
        let members: Vec<usize> = (0..patients.n()).filter(|&at| age[at] < 45.0).collect();
        let traits = describing.fingerprint(&Rule::default(), &members);
        assert_eq!(traits[0].variable, "age");
        assert!(traits[0].difference < -1.0 && traits[0].mean_in < 45.0);
        let levels = traits
            .iter()
            .filter(|one| one.variable == "education")
            .count();
        assert_eq!(levels, 1, "of levels the one that differs most");
        let typical = describing.typical(&members);
        let middle = traits[0].mean_in;
        assert!(members.contains(&typical) && (age[typical] - middle).abs() < 8.0);
    }
}
