//! A forest that answers while somebody waits.
//!
//! The trees of all retrainings are walked once for a person, down to the splits on values that are missing or supposed;
//! what is left of them is kept until another person is asked about.

use std::sync::{Arc, PoisonError};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::analysis::RiskSource;
use crate::analysis::live::{Chance, Kept, Live, Values, Who};
use crate::analysis::model::Job;
use crate::base::issue::Failure;
use crate::explain;
use crate::learn::shapley::Contributions;
use crate::learn::shapley_one::{Background, Terms, Told, contributions_of_one};
use crate::learn::{Forest, Pruned};
use crate::recipe::{Fitted, Model, Person, Predictions};

/// Retrained forests that are asked for the sign of a reason, at most: each has as many trees to explain as the final one.
const MOST_SIGNS: usize = 40;

/// How the final forest explains.
pub(super) struct OwnForest {
    /// The background patients of the analysis, once an imputation.
    backgrounds: Vec<Background>,
    terms: Terms,
}

impl OwnForest {
    /// Of a fit that still holds its training rows; `None` for a logistic model.
    pub(super) fn new(job: &Job<'_>, fitted: &Fitted) -> Option<Self> {
        let Model::Forest(_) = &fitted.model else {
            return None;
        };
        let rows = explain::background(&job.sample.y, job.stream.named("background"));
        let matrices = fitted.matrices.iter();
        let k = job.sample.predictors.len();
        Some(Self {
            backgrounds: matrices.map(|x| Background::new(&x.rows(&rows))).collect(),
            terms: Terms::new(fitted.map.predictor_of(), k),
        })
    }
}

/// The trees as one person sees them.
pub(super) struct Seat {
    who: Who,
    /// Bits of the values on record.
    recorded: Vec<u64>,
    is_open: Vec<bool>,
    own: Pruned,
    /// Of each retraining; `None` where it has seen the person.
    halves: Vec<Option<Pruned>>,
}

impl Seat {
    fn is_of(&self, who: Who, recorded: &[u64], is_open: &[bool]) -> bool {
        self.who == who && self.recorded == recorded && self.is_open == is_open
    }
}

impl Live {
    fn seat(&self, forest: &Forest, who: Who, values: &Values) -> Arc<Seat> {
        let recorded: Vec<u64> = values
            .recorded
            .iter()
            .map(|value| value.to_bits())
            .collect();
        let is_open = values.is_open();
        // Not locked while trees are walked: a thread that waits for others may be given another question.
        let kept = || self.seat.lock().unwrap_or_else(PoisonError::into_inner);
        let last = kept().clone();
        if let Some(seat) = last.filter(|seat| seat.is_of(who, &recorded, &is_open)) {
            return seat;
        }
        let prune = |fitted: &Fitted, forest: &Forest, counts: &dyn Fn(usize) -> bool| {
            let row = fitted.map.row(&values.recorded);
            Pruned::new(forest, &row, &open_columns(fitted, &is_open), counts)
        };
        let of_half = |kept: &Kept| match &kept.fitted.model {
            Model::Forest(forest) if kept.has_not_seen(who) => {
                Some(prune(&kept.fitted, forest, &|_| true))
            }
            _ => None,
        };
        let seat = Arc::new(Seat {
            own: prune(&self.whole.fitted, forest, &|t| is_unseen(forest, t, who)),
            halves: self.halves.par_iter().map(of_half).collect(),
            who,
            recorded,
            is_open: is_open.clone(),
        });
        *kept() = Some(Arc::clone(&seat));
        seat
    }

    pub(super) fn forest_chance(
        &self,
        forest: &Forest,
        who: Who,
        values: &Values,
        person: Person<'_>,
    ) -> Result<Chance, Failure> {
        let seat = self.seat(forest, who, values);
        let rows = self.whole.fitted.rows_of(person);
        let recalibrated = self.whole.fitted.recalibrated.as_ref();
        let (own, source, unknown) = match who {
            Who::Member(at) => {
                let risk = seat.own.risk_in_turn(forest, &rows);
                let risk = risk.ok_or_else(|| Failure::new("forest-too-few-trees"))?;
                let curve = recalibrated.and_then(|recalibrated| recalibrated.unseen_by(at));
                (
                    Predictions::of_completions(&[risk], curve),
                    RiskSource::OutOfBag,
                    0.0,
                )
            }
            Who::New => {
                let risks = seat.own.risks(forest, &rows);
                let curve = recalibrated.map(|recalibrated| &recalibrated.calibrator);
                (
                    Predictions::of_completions(&risks, curve),
                    RiskSource::NewPatient,
                    self.unknown_spread(values),
                )
            }
        };
        let of_half = |(kept, pruned): (&Kept, &Option<Pruned>)| {
            let (Model::Forest(forest), Some(pruned)) = (&kept.fitted.model, pruned) else {
                return None;
            };
            let risks = pruned.risks(forest, &kept.fitted.rows_of(person));
            let recalibrated = kept.fitted.recalibrated.as_ref();
            let curve = recalibrated.map(|recalibrated| &recalibrated.calibrator);
            let found = Predictions::of_completions(&risks, curve);
            Some((found.linear_predictors[0], found.between[0]))
        };
        let halves = self.halves.par_iter().zip(&seat.halves);
        let refits: Vec<(f64, f64)> = halves.filter_map(of_half).collect();
        Ok(Self::placed(&own, &refits, source, unknown))
    }

    /// Contributions, and those by each retraining against fewer background patients.
    pub(super) fn forest_reasons(
        &self,
        forest: &Forest,
        who: Who,
        values: &Values,
        person: Person<'_>,
    ) -> Result<(Contributions, Vec<Vec<f64>>), Failure> {
        let too_few = || Failure::new("forest-too-few-trees");
        let own = self.own_forest.as_ref().ok_or_else(too_few)?;
        let backgrounds: Vec<&Background> = own.backgrounds.iter().collect();
        let rows = self.whole.fitted.rows_of(person);
        let differs = open_columns(&self.whole.fitted, &values.is_open());
        let told = match who {
            Who::Member(_) => Told::InTurn(&rows),
            Who::New => Told::Each(&rows, &differs),
        };
        let counts = |t: usize| is_unseen(forest, t, who);
        let found = contributions_of_one(forest, &counts, told, &backgrounds, &own.terms);
        let unseen: Vec<&Kept> = self
            .halves
            .iter()
            .filter(|kept| kept.has_not_seen(who))
            .take(MOST_SIGNS)
            .collect();
        let of_half = |kept: &&Kept| {
            let Model::Forest(forest) = &kept.fitted.model else {
                return None;
            };
            let (background, terms) = kept.against.as_ref()?;
            let rows = kept.fitted.rows_of(person);
            let told = Told::InTurn(&rows);
            let found = contributions_of_one(forest, &|_| true, told, &[background], terms);
            found.map(|found| found.values)
        };
        let refits = unseen.par_iter().filter_map(of_half).collect();
        Ok((found.ok_or_else(too_few)?, refits))
    }
}

/// Whether a tree of the final forest may speak of the person.
fn is_unseen(forest: &Forest, tree: usize, who: Who) -> bool {
    who.patient().is_none_or(|at| !forest.saw(tree, at))
}

/// Columns of the predictors whose value is missing or supposed.
fn open_columns(fitted: &Fitted, is_open: &[bool]) -> Vec<bool> {
    let columns = fitted.map.columns.iter();
    columns.map(|column| is_open[column.predictor]).collect()
}
