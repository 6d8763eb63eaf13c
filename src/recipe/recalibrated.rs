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
    /// Log-odds of the training patients of a forest out of bag, each recalibrated by a curve from the patients of other
    /// folds; `None` for a logistic model, and where a patient is there twice.
    pub(super) out_of_bag: Option<Vec<f64>>,
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
        let out_of_bag = cross_fitted(kind, &unseen, &y, stream);
        let calibrator = Calibrator::fit(kind, &unseen, &y);
        return Ok(calibrator.map(|calibrator| Recalibrated {
            calibrator,
            out_of_bag: Some(out_of_bag),
        }));
    }
    let (unseen, y) = out_of_fold(recipe, rows, sample, stream, task)?;
    let calibrator = Calibrator::fit(kind, &unseen, &y);
    Ok(calibrator.map(|calibrator| Recalibrated {
        calibrator,
        out_of_bag: None,
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

/// Each patient's log-odds after a recalibration that was learnt from the other folds; unchanged where there is none.
fn cross_fitted(kind: Recalibration, unseen: &[f64], y: &[bool], stream: Stream) -> Vec<f64> {
    let mut moved = unseen.to_vec();
    for (train, test) in stratified_folds(y, N_FOLDS, stream.named("folds")) {
        let of_train: Vec<f64> = train.iter().map(|&row| unseen[row]).collect();
        let y_train: Vec<bool> = train.iter().map(|&row| y[row]).collect();
        if let Some(calibrator) = Calibrator::fit(kind, &of_train, &y_train) {
            for row in test {
                moved[row] = calibrator.linear_predictor(unseen[row]);
            }
        }
    }
    moved
}
