//! The models of an analysis on another cohort: the same definition of the outcome, the same predictors by name, and
//! nothing learnt from its patients.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::plan::sample_of;
use crate::analysis::run::Prepared;
use crate::analysis::{Learner, Settings};
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Kind};
use crate::design::{DesignSpec, Predictor, Sample, admit};
use crate::outcome::{Exclusion, Outcome, decide};
use crate::validate::Judged;
use crate::validate::elsewhere::judged;

/// The models on another cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct External {
    /// File name of the other cohort.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Patients in the file.
    pub n_rows: usize,
    /// Everyone who was not judged, by reason.
    pub exclusions: Vec<Exclusion>,
    /// Predictors that the other cohort does not have: missing in everyone.
    pub absent: Vec<String>,
    /// Predictors with a level that no training patient had, and how many values were taken as missing for it.
    pub unknown_levels: Vec<(String, usize)>,
    /// Each model and how it does there.
    pub models: Vec<(Learner, Judged)>,
    /// Whether the other cohort is synthetic.
    #[serde(default)]
    pub synthetic: bool,
    /// Judged patients who have the values of a training patient in every predictor and the same outcome: the same
    /// patients, it may be. 0 where predictors don't tell the training patients apart, and where so
    /// few are the same that it is by chance.
    #[serde(default)]
    pub n_same: usize,
    /// Columns whose values were corrected there as they were in the cohort of the models.
    #[serde(default)]
    pub corrected: Vec<String>,
}

/// Where fewer of the training patients than this share differ from all others, the same values say nothing.
const TELLING: f64 = 0.95;
/// Where fewer of 100 patients are the same, it is by chance.
const BY_CHANCE: usize = 5;

/// Trains the models on the cohort as [`crate::analysis::run`] does and judges them on the other. Fails where either
/// cohort can't be analysed with these settings, where both are the same file, where a predictor is a number in one and
/// levels in the other, and where the other cohort has none of the predictors.
pub fn external(
    cohort: &Cohort,
    settings: &Settings,
    other: &Cohort,
    task: &TaskHandle,
) -> Result<External, Failure> {
    if cohort.source.sha256 == other.source.sha256 && !other.source.sha256.is_empty() {
        return Err(Failure::new("external-same-file"));
    }
    let prepared = Prepared::new(cohort, settings)?;
    let job = prepared.job(settings);
    let outcome = decide(other, &settings.outcome)?;
    let Aligned {
        sample,
        absent,
        unknown_levels,
    } = aligned(job.sample, settings, other, &outcome)?;
    let all: Vec<usize> = (0..sample.n_rows()).collect();
    task.plan(settings.learners.len());
    let judge = |&learner: &Learner| {
        task.stage("stage-external", learner.name());
        let stream = job.stream.named(learner.name()).named("fit");
        let fitted = job
            .recipe(learner)
            .fit(job.sample, &job.all_rows(), stream, task)?;
        task.step()?;
        let found = judged(&fitted.predict(&sample, &all), &sample.y);
        Ok((learner, found))
    };
    let models: Result<Vec<_>, Failure> = settings.learners.iter().map(judge).collect();
    Ok(External {
        file: other.source.file.clone(),
        sha256: other.source.sha256.clone(),
        n_rows: other.n_rows(),
        exclusions: outcome.exclusions.clone(),
        absent,
        unknown_levels,
        models: models?,
        synthetic: other.source.synthetic,
        n_same: n_same(job.sample, &sample),
        corrected: Vec::new(),
    })
}

/// The patients of one sample who have the values and the outcome of a patient of the other.
fn n_same(train: &Sample, other: &Sample) -> usize {
    let patient = |sample: &Sample, row: usize| {
        let values = sample
            .predictors
            .iter()
            .map(|one| one.values[row].to_bits());
        let values: Vec<u64> = values.collect();
        (values, sample.y[row])
    };
    let known: BTreeSet<_> = (0..train.n_rows()).map(|row| patient(train, row)).collect();
    if (known.len() as f64) < TELLING * train.n_rows() as f64 {
        return 0;
    }
    let same = (0..other.n_rows()).filter(|&row| known.contains(&patient(other, row)));
    let n_same = same.count();
    if n_same < BY_CHANCE * other.n_rows() / 100 {
        0
    } else {
        n_same
    }
}

/// Patients of the other cohort as the training patients stand.
struct Aligned {
    sample: Sample,
    absent: Vec<String>,
    unknown_levels: Vec<(String, usize)>,
}

fn aligned(
    train: &Sample,
    settings: &Settings,
    other: &Cohort,
    outcome: &Outcome,
) -> Result<Aligned, Failure> {
    let moment = settings.outcome.moment;
    let is_there = |predictor: &&Predictor| other.variable(&predictor.name).is_some();
    let admitted: Result<Vec<_>, Failure> = train
        .predictors
        .iter()
        .filter(is_there)
        .map(|predictor| admit(other, outcome, moment, &predictor.name))
        .collect();
    let admitted = admitted?;
    if admitted.is_empty() {
        return Err(Failure::new("external-no-predictor"));
    }
    // Forms and products are learnt; only the values are taken.
    let plain = Settings {
        design: DesignSpec::default(),
        ..settings.clone()
    };
    let found = sample_of(other, &plain, outcome, &admitted)?;
    let mut found_predictors = found.predictors.iter();
    let (mut absent, mut unknown_levels) = (Vec::new(), Vec::new());
    let mut predictors = Vec::with_capacity(train.predictors.len());
    for predictor in &train.predictors {
        let values = if is_there(&predictor) {
            let theirs = found_predictors
                .next()
                .ok_or_else(|| Failure::new("internal"))?;
            let (values, n_unknown) = values_of(predictor, theirs)?;
            if n_unknown > 0 {
                unknown_levels.push((predictor.name.clone(), n_unknown));
            }
            values
        } else {
            absent.push(predictor.name.clone());
            vec![f64::NAN; found.n_rows()]
        };
        predictors.push(Predictor {
            values,
            ..predictor.clone()
        });
    }
    Ok(Aligned {
        sample: Sample {
            predictors,
            interactions: train.interactions.clone(),
            y: found.y,
        },
        absent,
        unknown_levels,
    })
}

/// The values of the other cohort in the levels of the training patients, and how many have a level that these lack.
fn values_of(ours: &Predictor, theirs: &Predictor) -> Result<(Vec<f64>, usize), Failure> {
    let is_number = |predictor: &Predictor| predictor.kind == Kind::Numeric;
    if is_number(ours) != is_number(theirs) {
        let issue = Issue::error("external-other-kind").in_column(&ours.name);
        return Err(issue.into());
    }
    if is_number(ours) {
        return Ok((theirs.values.clone(), 0));
    }
    let mut n_unknown = 0;
    let values = theirs.values.iter().map(|&code| {
        if code.is_nan() {
            return code;
        }
        let level = theirs.levels.get(code as usize);
        let place = ours.levels.iter().position(|known| Some(known) == level);
        n_unknown += usize::from(place.is_none());
        place.map_or(f64::NAN, |place| place as f64)
    });
    Ok((values.collect(), n_unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Measure;
    use crate::base::seed::Stream;
    use crate::simulate::{Scenario, simulate, simulated};

    fn settings() -> Settings {
        let mut settings = Settings {
            predictors: Some(["age", "odi", "sex", "pcs"].map(str::to_owned).to_vec()),
            learners: vec![Learner::Logistic, Learner::Forest],
            ..Settings::default()
        };
        settings.forest.n_trees = 60;
        settings
    }

    #[test]
    fn the_models_are_judged_on_patients_of_another_cohort_by_name() {
        let cohort = simulated("multicentre").unwrap().cohort();
        let other = simulate(&Scenario::clinical(600), Stream::new(77)).cohort();
        let task = TaskHandle::unattended();
        let found = external(&cohort, &settings(), &other, &task).unwrap();
        assert_eq!(found.models.len(), 2);
        assert_eq!(found.n_rows, 600);
        let n_excluded: usize = found.exclusions.iter().map(|one| one.n).sum();
        for (_, judged) in &found.models {
            assert_eq!(judged.n + n_excluded, 600);
            let (auc, limits) = judged.figures[&Measure::Auc];
            assert!((0.45..0.85).contains(&auc) && limits.is_some());
        }
        assert!(found.absent.is_empty() && found.unknown_levels.is_empty());
        assert_eq!((found.n_same, found.synthetic), (0, true));
    }

    #[test]
    fn the_same_patients_are_noticed_in_the_same_file_and_in_another() {
        let cohort = simulated("multicentre").unwrap().cohort();
        let task = TaskHandle::unattended();
        let mut cohort = cohort;
        cohort.source.sha256 = "of a file".to_owned();
        let refused = external(&cohort, &settings(), &cohort, &task).unwrap_err();
        assert_eq!(refused.issue().code, "external-same-file");
        let mut later = cohort.clone();
        later.source.sha256 = "of a later export".to_owned();
        let found = external(&cohort, &settings(), &later, &task).unwrap();
        assert_eq!(found.n_same, found.models[0].1.n);
    }

    #[test]
    fn levels_that_nobody_had_are_missing_and_kinds_must_agree() {
        let predictor = |kind, levels: &[&str], values: &[f64]| Predictor {
            name: "work".to_owned(),
            kind,
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
            form: Default::default(),
            values: values.to_vec(),
        };
        let ours = predictor(Kind::Categorical, &["yes", "no", "retired"], &[]);
        let theirs = predictor(Kind::Categorical, &["no", "abroad"], &[0.0, 1.0, f64::NAN]);
        let (values, n_unknown) = values_of(&ours, &theirs).unwrap();
        assert_eq!((values[0], n_unknown), (1.0, 1));
        assert!(values[1].is_nan() && values[2].is_nan());
        let number = predictor(Kind::Numeric, &[], &[3.0]);
        let refused = values_of(&ours, &number).unwrap_err();
        assert_eq!(refused.issue().code, "external-other-kind");
    }
}
