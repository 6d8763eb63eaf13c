//! A model that answers at once, for values that are typed in or moved.
//!
//! It is made anew from cohort and settings by the recipe and the random numbers of the analysis, so that its figures are
//! those of the analysis, and it is not saved. A patient of the cohort is only shown what fits say that have not seen
//! the patient. Nothing here is learnt from what a person asks.

mod forest;
mod unknown;
mod worth;

use std::mem::size_of;
use std::sync::{Arc, Mutex};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::analysis::model::Job;
use crate::analysis::run::Prepared;
use crate::analysis::summary::spread;
use crate::analysis::{Learner, PatientResult, RiskSource, Settings, Stratum};
use crate::base::issue::{Failure, Issue};
use crate::base::num::{mean, quantile, risk_from_linear_predictor};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Kind};
use crate::design::{Predictor, Sample};
use crate::explain::domain::{Compared, outside_of};
use crate::explain::{self, Beside, DomainCheck, Leverage, Patients, logistic_parts};
use crate::learn::forest::Node;
use crate::learn::shapley::Contributions;
use crate::learn::shapley_one::{Background, Terms};
use crate::recipe::{Fitted, Model, Person, Predictions, Recipe};
use crate::stratify::Cuts;
use crate::validate::Split;
use crate::validate::resample::{half_samples, refit};

use forest::{OwnForest, Seat};

pub use worth::Worth;

/// Memory for forests grown on half-samples; where all do not fit, the first ones are kept …
const MOST_BYTES: usize = 200_000_000;
/// … but so many at least: fewer say little of a spread.
const LEAST_REFITS: usize = 50;
/// Background patients against whom retrained forests explain: the sign of a reason needs no more.
const N_REFERENCE: usize = 32;

/// Who is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// An analysed patient, by position among them (that in [`crate::analysis::ModelResult::patients`]).
    Member(usize),
    /// Someone who is not in the cohort.
    New,
}

impl Who {
    fn patient(self) -> Option<usize> {
        match self {
            Self::Member(at) => Some(at),
            Self::New => None,
        }
    }
}

/// The values of a person, one a predictor: the number, or the position of the level.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// As on record or typed in; NaN where not known.
    pub recorded: Vec<f64>,
    /// What is supposed instead; `None` where nothing is.
    pub supposed: Vec<Option<f64>>,
}

impl Values {
    /// Nothing supposed.
    pub fn new(recorded: Vec<f64>) -> Self {
        Self {
            supposed: vec![None; recorded.len()],
            recorded,
        }
    }

    /// The values that count.
    pub fn current(&self) -> Vec<f64> {
        let pairs = self.recorded.iter().zip(&self.supposed);
        pairs
            .map(|(known, other)| other.unwrap_or(*known))
            .collect()
    }

    /// Whether a value is missing on record or supposed: what such a person's trees are kept open for.
    fn is_open(&self) -> Vec<bool> {
        let pairs = self.recorded.iter().zip(&self.supposed);
        pairs
            .map(|(known, other)| known.is_nan() || other.is_some())
            .collect()
    }
}

/// A chance with its spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Chance of response in [0, 1].
    pub risk: f64,
    /// 95 % spread over retrainings, and over imputations where values are missing: lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard deviation of the log-odds between imputations, mean over the retrainings; of someone new over what other
    /// patients have in place of the gaps where nothing is imputed more than once. 0 where nothing is missing.
    pub between: f64,
    /// Where the chance comes from.
    pub source: RiskSource,
    /// Retrainings behind the spread.
    pub n_refits: usize,
}

/// What a predictor adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// Log-odds for a logistic model, chance for a forest.
    pub value: f64,
    /// Share of the retrainings in which it points the same way, in [0, 1], of a forest of the first 40; `None` where it
    /// adds nothing or there is no retraining.
    pub same_sign: Option<f64>,
}

/// A missing value and what stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filled {
    /// Position of the predictor.
    pub predictor: usize,
    /// The median of the imputed numbers, or the most frequent of the imputed levels.
    pub value: f64,
    /// Lower and upper quartile of the imputed numbers; `None` for a level and where nothing is imputed more than once.
    pub quartiles: Option<(f64, f64)>,
}

/// Everything about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The chance.
    pub chance: Chance,
    /// What each predictor adds to the base value, in the order of the predictors.
    pub contributions: Vec<Contribution>,
    /// Base value and contributions make the chance of a forest or the log-odds of a logistic model, to 1e-9.
    pub base_value: f64,
    /// What stands for missing values; nothing for a forest that has a way for them.
    pub filled: Vec<Filled>,
    /// Whether no other patient lacks the same values.
    pub gaps_alone: bool,
    /// Predictors with a value clearly beyond all other patients, or a level that none of them has.
    pub outside: Vec<usize>,
    /// Whether the values go together in other patients, and whose are nearest.
    pub domain_check: DomainCheck,
}

impl Assessment {
    /// As the analysis tells of a patient, so that both are shown alike; `strata` are those of its model. Of someone who is not in the cohort nobody knows the
    /// outcome: `observed` and `row` mean nothing where the source says [`RiskSource::NewPatient`].
    pub fn as_patient(
        &self,
        id: &str,
        predictors: &[Predictor],
        strata: &[Stratum],
    ) -> PatientResult {
        let name = |at: &usize| Some(predictors.get(*at)?.name.clone());
        PatientResult {
            id: id.to_owned(),
            row: 0,
            risk: self.chance.risk,
            low: self.chance.low,
            high: self.chance.high,
            source: self.chance.source,
            stratum: Cuts::between(strata).stratum_of(self.chance.low, self.chance.high),
            observed: false,
            contributions: self.contributions.iter().map(|one| one.value).collect(),
            base_value: self.base_value,
            outside: self.outside.iter().filter_map(name).collect(),
            gaps_alone: self.gaps_alone,
            alike: Vec::new(),
            domain_check: Some(self.domain_check.clone()),
        }
    }
}

/// A fit without its training rows.
struct Kept {
    fitted: Fitted,
    /// For each patient whether it was trained on.
    saw: Vec<bool>,
    /// Mean of each design column; of a logistic model.
    means: Vec<f64>,
    /// Whom a forest explains against, and how; `None` for a logistic model.
    against: Option<(Background, Terms)>,
}

impl Kept {
    fn new(job: &Job<'_>, fitted: &Fitted, split: &Split, reference: &[usize]) -> Self {
        let mut saw = vec![false; job.sample.n_rows()];
        split.train.iter().for_each(|&row| saw[row] = true);
        let is_forest = matches!(fitted.model, Model::Forest(_));
        // Of several imputations the first: they differ in the reference patients' gaps only.
        let first = || fitted.matrices(job.sample, reference).into_iter().next();
        let against = is_forest.then(first).flatten().map(|x| {
            let k = job.sample.predictors.len();
            let terms = Terms::new(fitted.map.predictor_of(), k);
            (Background::new(&x), terms)
        });
        Self {
            means: explain::column_means(fitted).unwrap_or_default(),
            fitted: bare(fitted),
            saw,
            against,
        }
    }

    fn has_not_seen(&self, who: Who) -> bool {
        match who {
            Who::Member(at) => !self.saw[at],
            Who::New => true,
        }
    }
}

/// A fit without matrices and rows, which a new row does not need.
fn bare(fitted: &Fitted) -> Fitted {
    Fitted {
        map: fitted.map.clone(),
        model: fitted.model.clone(),
        rows: Vec::new(),
        matrices: Vec::new(),
        imputation: fitted.imputation.clone(),
        pooled: Vec::new(),
        recalibrated: fitted.recalibrated.clone(),
    }
}

/// The final model of a learner, its retrainings, and the patients around.
pub struct Live {
    learner: Learner,
    sample: Sample,
    whole: Kept,
    /// Fits to the folds of the cross-validation; of a logistic model.
    folds: Vec<Kept>,
    /// Fits to half-samples.
    halves: Vec<Kept>,
    /// How the final forest explains; `None` for a logistic model.
    own_forest: Option<OwnForest>,
    patients: Patients,
    leverage: Option<Leverage>,
    /// The trees as the last person asked about sees them.
    seat: Mutex<Option<Arc<Seat>>>,
}

impl Live {
    /// Fits what the analysis of this cohort by these settings fits for its patients, one step of the task a fit: the
    /// final model, the refits on half-samples, for a logistic model those of the cross-validation. Of a forest as many
    /// refits are kept as fit in 200 MB, at least 50. Fails as [`crate::analysis::run`] does.
    pub fn prepare(
        cohort: &Cohort,
        settings: &Settings,
        learner: Learner,
        task: &TaskHandle,
    ) -> Result<Self, Failure> {
        let prepared = Prepared::new(cohort, settings)?;
        let job = prepared.job(settings);
        let (sample, recipe) = (job.sample, job.recipe(learner));
        let stream = job.stream.named(learner.name());
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
        task.stage("stage-live", learner.name());
        let fitted = recipe.fit(sample, &rows, stream.named("fit"), task)?;
        let mut halves = half_samples(
            &sample.y,
            settings.plan.n_half_samples,
            job.stream.named("halves"),
        );
        halves.truncate(n_kept(&fitted));
        let folds = match learner {
            Learner::Forest => Vec::new(),
            _ => job.folds().concat(),
        };
        task.plan(1 + halves.len() + folds.len());
        task.step()?;
        let keep = |splits: &[Split], name: &str| keep(&job, &recipe, splits, name, task);
        let (folds, halves) = (keep(&folds, "fold-fits")?, keep(&halves, "half-fits")?);
        let everyone = Split {
            train: rows,
            test: Vec::new(),
        };
        Ok(Self {
            learner,
            own_forest: OwnForest::new(&job, &fitted),
            patients: Patients::new(sample),
            leverage: Leverage::new(&fitted),
            whole: Kept::new(&job, &fitted, &everyone, &[]),
            folds,
            halves,
            seat: Mutex::new(None),
            sample: prepared.sample,
        })
    }

    /// The predictors, in the order of the values.
    pub fn predictors(&self) -> &[Predictor] {
        &self.sample.predictors
    }

    /// The learner.
    pub fn learner(&self) -> Learner {
        self.learner
    }

    /// The values of an analysed patient as on record; `None` where there is no such patient.
    pub fn recorded(&self, patient: usize) -> Option<Values> {
        let predictors = self.sample.predictors.iter();
        let values: Option<Vec<f64>> = predictors.map(|p| p.values.get(patient).copied()).collect();
        values.map(Values::new)
    }

    /// The chance alone: quick enough for every frame in which a value is moved.
    ///
    /// A member with the values on record gets chance and spread of the analysis to 1e-12, by the same fits; where memory
    /// is short (see [`Live::prepare`]) the spread of a forest comes from the first of these refits only. While values
    /// are moved what is drawn for missing ones keeps its random numbers. Fails where a value can't be one of its
    /// predictor.
    pub fn chance(&self, who: Who, values: &Values) -> Result<Chance, Failure> {
        self.check(who, values)?;
        let current = values.current();
        let person = person(&current, values);
        match &self.whole.fitted.model {
            Model::Logistic(_) => Ok(self.logistic_chance(who, values, person)),
            Model::Forest(forest) => self.forest_chance(forest, who, values, person),
        }
    }

    /// Everything about a person. A member is explained as the analysis does, to 1e-12 with the values on record. Fails as
    /// [`Live::chance`] does.
    pub fn assess(&self, who: Who, values: &Values) -> Result<Assessment, Failure> {
        let chance = self.chance(who, values)?;
        let current = values.current();
        let person = person(&current, values);
        let (own, refits) = match &self.whole.fitted.model {
            Model::Logistic(_) => self.logistic_reasons(who, person),
            Model::Forest(forest) => self.forest_reasons(forest, who, values, person)?,
        };
        let compared = Compared {
            values: &current,
            patient: who.patient(),
        };
        Ok(Assessment {
            contributions: with_signs(&own.values, &refits),
            base_value: own.base_value,
            filled: self.filled(person),
            gaps_alone: self.gaps_alone(compared),
            outside: outside_of(&self.sample, compared),
            domain_check: DomainCheck {
                distance: self.patients.distance(compared),
                leverage: self.leverage_of(who, values, person),
                nearest: self.patients.nearest(&self.sample, compared),
            },
            chance,
        })
    }

    fn check(&self, who: Who, values: &Values) -> Result<(), Failure> {
        let k = self.sample.predictors.len();
        if values.recorded.len() != k || values.supposed.len() != k {
            return Err(Issue::error("live-values").with("n", k).into());
        }
        if who.patient().is_some_and(|at| at >= self.sample.n_rows()) {
            return Err(Failure::new("live-nobody"));
        }
        for (predictor, value) in self.sample.predictors.iter().zip(values.current()) {
            let is_one = value.is_nan()
                || match predictor.kind {
                    Kind::Numeric => value.is_finite(),
                    _ => {
                        value.fract() == 0.0
                            && value >= 0.0
                            && value < predictor.levels.len() as f64
                    }
                };
            if !is_one {
                let issue = Issue::error("live-not-a-value");
                return Err(issue.in_column(&predictor.name).into());
            }
        }
        Ok(())
    }

    /// The chance with its spread; `unknown` is [`Live::unknown_spread`] of someone new.
    fn placed(
        own: &Predictions,
        refits: &[(f64, f64)],
        source: RiskSource,
        unknown: f64,
    ) -> Chance {
        let (log_odds, between): (Vec<f64>, Vec<f64>) = refits.iter().copied().unzip();
        let between = mean(&between).unwrap_or(0.0).hypot(unknown);
        let (low, high) = spread(own.linear_predictors[0], &log_odds, between);
        let risk = own.risks[0];
        // A forest's chance may lie beyond the bounds within which its log-odds are kept.
        let low = risk_from_linear_predictor(low).min(risk);
        let high = risk_from_linear_predictor(high).max(risk);
        Chance {
            risk,
            low,
            high,
            between,
            source,
            n_refits: refits.len(),
        }
    }

    fn logistic_chance(&self, who: Who, values: &Values, person: Person<'_>) -> Chance {
        let of = |kept: &Kept| {
            let found = kept.fitted.predict_rows(&kept.fitted.rows_of(person));
            (found.linear_predictors[0], found.between[0])
        };
        let unseen = |fits: &[Kept]| -> Vec<(f64, f64)> {
            let fits = fits.par_iter().filter(|kept| kept.has_not_seen(who));
            fits.map(of).collect()
        };
        let (own, source, unknown) = match who {
            Who::Member(_) => {
                let of_folds: Vec<f64> =
                    unseen(&self.folds).into_iter().map(|(lp, _)| lp).collect();
                let own = mean(&of_folds).unwrap_or(0.0);
                (own, RiskSource::OutOfFold, 0.0)
            }
            Who::New => {
                let unknown = self.unknown_spread(values);
                (of(&self.whole).0, RiskSource::NewPatient, unknown)
            }
        };
        let own = Predictions::from_linear_predictors(vec![own]);
        Self::placed(&own, &unseen(&self.halves), source, unknown)
    }

    /// Contributions, and those by each retraining.
    fn logistic_reasons(&self, who: Who, person: Person<'_>) -> (Contributions, Vec<Vec<f64>>) {
        let k = self.sample.predictors.len();
        let of = |kept: &Kept| {
            let row = Fitted::mean_row(&kept.fitted.rows_of(person));
            logistic_parts(&kept.fitted, &kept.means, &row, k)
        };
        let unseen = |fits: &[Kept]| -> Vec<Contributions> {
            let fits = fits.par_iter().filter(|kept| kept.has_not_seen(who));
            fits.filter_map(of).collect()
        };
        let own = match who {
            Who::Member(_) => unseen(&self.folds),
            Who::New => of(&self.whole).into_iter().collect(),
        };
        let n = own.len().max(1) as f64;
        let total = |value: &dyn Fn(&Contributions) -> f64| own.iter().map(value).sum::<f64>() / n;
        let own = Contributions {
            values: (0..k).map(|at| total(&|one| one.values[at])).collect(),
            base_value: total(&|one| one.base_value),
        };
        let refits = unseen(&self.halves).into_iter().map(|one| one.values);
        (own, refits.collect())
    }

    fn leverage_of(&self, who: Who, values: &Values, person: Person<'_>) -> Option<Beside> {
        let leverage = self.leverage.as_ref()?;
        let is_as_recorded = values.supposed.iter().all(Option::is_none);
        if let Who::Member(at) = who
            && is_as_recorded
            && self.recorded(at).is_some_and(|own| own.matches(values))
        {
            return leverage.of_patient(at);
        }
        let rows = self.whole.fitted.rows_of(person);
        let found = self.whole.fitted.predict_rows(&rows);
        Some(leverage.of_person(&Fitted::mean_row(&rows), found.linear_predictors[0]))
    }

    fn filled(&self, person: Person<'_>) -> Vec<Filled> {
        let fitted = &self.whole.fitted;
        let completions = fitted.completions(person);
        let gaps = (0..person.values.len()).filter(|&at| person.values[at].is_nan());
        gaps.filter_map(|predictor| {
            if fitted.imputation.is_none() {
                let value = fitted.map.fill(predictor);
                return (!value.is_nan()).then_some(Filled {
                    predictor,
                    value,
                    quartiles: None,
                });
            }
            let drawn: Vec<f64> = completions.iter().map(|one| one[predictor]).collect();
            let at = |share| quantile(&drawn, share);
            let is_number = self.sample.predictors[predictor].kind == Kind::Numeric;
            Some(Filled {
                predictor,
                value: if is_number {
                    at(0.5)?
                } else {
                    most_frequent(&drawn)?
                },
                quartiles: at(0.25).zip(at(0.75)).filter(|_| is_number),
            })
        })
        .collect()
    }

    fn gaps_alone(&self, who: Compared<'_>) -> bool {
        let gaps: Vec<bool> = who.values.iter().map(|value| value.is_nan()).collect();
        let lacks_the_same = |row: usize| Some(row) != who.patient && self.sample.gaps(row) == gaps;
        gaps.contains(&true) && !(0..self.sample.n_rows()).any(lacks_the_same)
    }
}

impl Values {
    /// Whether both have the same values on record, NaN where both lack one.
    fn matches(&self, other: &Self) -> bool {
        let mut pairs = self.recorded.iter().zip(&other.recorded);
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        self.recorded.len() == other.recorded.len() && pairs.all(same)
    }
}

fn person<'a>(current: &'a [f64], values: &'a Values) -> Person<'a> {
    Person {
        values: current,
        recorded: &values.recorded,
    }
}

/// Refits on half-samples that are kept, by the size of the final model.
fn n_kept(fitted: &Fitted) -> usize {
    let Model::Forest(forest) = &fitted.model else {
        return usize::MAX;
    };
    let n_nodes: usize = forest.trees.iter().map(|tree| tree.nodes.len()).sum();
    // Half the patients grow about half the nodes.
    let n_bytes = n_nodes * size_of::<Node>() / 2 + 1;
    (MOST_BYTES / n_bytes).max(LEAST_REFITS)
}

fn keep(
    job: &Job<'_>,
    recipe: &Recipe,
    splits: &[Split],
    name: &str,
    task: &TaskHandle,
) -> Result<Vec<Kept>, Failure> {
    let stream = job.stream.named(recipe.learner.name()).named(name);
    let reference = job.stream.named("reference");
    let reference = explain::drawn_by_outcome(&job.sample.y, N_REFERENCE, reference);
    let kept = |_: usize, fitted: &Fitted, split: &Split| Kept::new(job, fitted, split, &reference);
    let found = refit(recipe, job.sample, splits, stream, task, kept)?;
    Ok(found.into_iter().flatten().collect())
}

/// Each contribution with the share of the retrainings that have its sign.
fn with_signs(own: &[f64], refits: &[Vec<f64>]) -> Vec<Contribution> {
    let share = |at: usize, value: f64| {
        let same = refits.iter().filter(|refit| refit[at] * value > 0.0);
        same.count() as f64 / refits.len() as f64
    };
    let own = own.iter().enumerate();
    own.map(|(at, &value)| Contribution {
        value,
        same_sign: (value != 0.0 && !refits.is_empty()).then(|| share(at, value)),
    })
    .collect()
}

/// The first of the most frequent values; `None` for none.
fn most_frequent(values: &[f64]) -> Option<f64> {
    let count = |value: f64| values.iter().filter(|other| **other == value).count();
    let mut best: Option<(usize, f64)> = None;
    for &value in values {
        let n = count(value);
        if best.is_none_or(|(most, _)| n > most) {
            best = Some((n, value));
        }
    }
    best.map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
