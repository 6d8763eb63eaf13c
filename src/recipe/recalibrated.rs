//! Recalibration inside a recipe: on chances of training patients by models that did not see them.

use crate::base::issue::Failure;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::learn::folds::{patient_folds, stratified_folds};
use crate::learn::{Calibrator, Recalibration};
use crate::recipe::{Fitted, Recipe};

/// Folds inside the training patients; each is predicted by the whole recipe fitted to the others.
const N_FOLDS: usize = 5;

/// What recalibrates the chances of a fitted recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct Recalibrated {
    /// The curve, from all training patients.
    pub calibrator: Calibrator,
    /// For training patients out of a forest's bags; `None` for a logistic model, and where a patient is there twice.
    unseen: Option<CrossFitted>,
}

/// Curves that did not see a patient's own outcome.
#[derive(Clone, Debug, PartialEq)]
struct CrossFitted {
    /// The fold of each training patient.
    fold_of: Vec<usize>,
    /// For each fold the curve from the patients of the others; `None` where there is none.
    calibrators: Vec<Option<Calibrator>>,
}

impl Recalibrated {
    /// The curve for the training patient at this place out of bag; `None` where that patient's outcome can't be kept
    /// out of it.
    pub fn unseen_by(&self, place: usize) -> Option<&Calibrator> {
        let unseen = self.unseen.as_ref()?;
        unseen
            .calibrators
            .get(*unseen.fold_of.get(place)?)?
            .as_ref()
    }

    /// Log-odds of the training patients out of bag, recalibrated; `None` where that can't be had.
    pub(super) fn out_of_bag(&self, grown: &[f64]) -> Option<Vec<f64>> {
        self.unseen.as_ref()?;
        let moved = grown.iter().enumerate().map(|(place, &lp)| {
            let curve = self.unseen_by(place);
            curve.map_or(lp, |curve| curve.linear_predictor(lp))
        });
        Some(moved.collect())
    }
}

/// Learns the recalibration of a recipe that was fitted to its training rows; `None` where none is asked for and where
/// every inner fit failed. A forest brings its chances out of bag, unless a patient is there twice: copies are out of
/// bag for trees that saw the patient. Everyone else is predicted by refits of the recipe inside the training rows.
pub(super) fn recalibrated(
    recipe: &Recipe,
    fitted: &Fitted,
    sample: &Sample,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<Recalibrated>, Cancelled> {
    let kind = recipe.recalibration;
    if kind == Recalibration::None {
        return Ok(None);
    }
    let rows = &fitted.rows;
    let y = sample.y_of(rows);
    let mut sorted = rows.clone();
    sorted.sort_unstable();
    let is_each_once = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    if let Some(unseen) = fitted.out_of_bag_as_grown().filter(|_| is_each_once) {
        let unseen = unseen.linear_predictors;
        let calibrator = Calibrator::fit(kind, &unseen, &y);
        return Ok(calibrator.map(|calibrator| Recalibrated {
            calibrator,
            unseen: Some(cross_fitted(kind, &unseen, &y, stream)),
        }));
    }
    let (unseen, y) = out_of_fold(recipe, rows, sample, stream, task)?;
    let calibrator = Calibrator::fit(kind, &unseen, &y);
    Ok(calibrator.map(|calibrator| Recalibrated {
        calibrator,
        unseen: None,
    }))
}

/// Log-odds of these patients by refits on the other folds, and their outcomes; those of a failed fit are left out.
fn out_of_fold(
    recipe: &Recipe,
    rows: &[usize],
    sample: &Sample,
    stream: Stream,
    task: &TaskHandle,
) -> Result<(Vec<f64>, Vec<bool>), Cancelled> {
    let inner = Recipe {
        recalibration: Recalibration::None,
        ..*recipe
    };
    let y = sample.y_of(rows);
    let (mut unseen, mut outcomes) = (Vec::new(), Vec::new());
    let folds = patient_folds(&y, rows, N_FOLDS, stream.named("folds"));
    for (at, (train, test)) in folds.into_iter().enumerate() {
        let of = |places: &[usize]| places.iter().map(|&place| rows[place]).collect::<Vec<_>>();
        match inner.fit(sample, &of(&train), stream.at(at), task) {
            Ok(fitted) => {
                let test = of(&test);
                unseen.extend(fitted.predict(sample, &test).linear_predictors);
                outcomes.extend(sample.y_of(&test));
            }
            Err(Failure::Cancelled) => return Err(Cancelled),
            Err(Failure::Because(_)) => {}
        }
    }
    Ok((unseen, outcomes))
}

/// For each patient the curve that was learnt from the other folds.
fn cross_fitted(kind: Recalibration, unseen: &[f64], y: &[bool], stream: Stream) -> CrossFitted {
    let mut fold_of = vec![0; y.len()];
    let mut calibrators = Vec::new();
    let folds = stratified_folds(y, N_FOLDS, stream.named("folds"));
    for (fold, (train, test)) in folds.into_iter().enumerate() {
        let of_train: Vec<f64> = train.iter().map(|&row| unseen[row]).collect();
        let y_train: Vec<bool> = train.iter().map(|&row| y[row]).collect();
        test.into_iter().for_each(|row| fold_of[row] = fold);
        calibrators.push(Calibrator::fit(kind, &of_train, &y_train));
    }
    CrossFitted {
        fold_of,
        calibrators,
    }
}
