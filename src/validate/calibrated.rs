//! What a perfectly calibrated model of this size would show: calibration figures are never ideal in a
//! small cohort, so each stands beside the range that chance alone gives it.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::num::quantile;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::recipe::Predictions;
use crate::validate::measures::{
    CalibrationErrors, calibration_in_the_large, calibration_slope, oe_ratio,
};
use crate::validate::resample::is_enough;
use crate::validate::{Measure, Performance, Smoother};

/// Outcomes drawn: the 2.5 and 97.5 % points then rest on 25 draws each.
const N_DRAWS: usize = 1_000;
/// Draws that are smoothed together, for which the weights of the curve are worked out once.
const TOGETHER: usize = 50;

/// For each measure of calibration the 2.5 and 97.5 % points over outcomes that are drawn from the
/// risks themselves, for which the predictions are right. A measure that is undefined in more than half of the
/// draws has no entry. The figures are those of [`crate::validate::performance`].
pub fn calibrated_range(
    predictions: &Predictions,
    stream: Stream,
    task: &TaskHandle,
) -> Result<BTreeMap<Measure, (f64, f64)>, Cancelled> {
    let smoother = Smoother::new(&predictions.risks);
    let blocks: Result<Vec<Vec<Performance>>, Cancelled> = (0..N_DRAWS / TOGETHER)
        .into_par_iter()
        .map(|block| {
            task.check()?;
            let first = block * TOGETHER;
            let draws =
                (first..first + TOGETHER).map(|at| drawn(&predictions.risks, stream.at(at)));
            Ok(calibrations(
                predictions,
                smoother.as_ref(),
                &draws.collect::<Vec<_>>(),
            ))
        })
        .collect();
    let draws: Vec<Performance> = blocks?.concat();
    let range = |measure: Measure| {
        let values: Vec<f64> = draws
            .iter()
            .filter_map(|of| of.get(&measure).copied())
            .collect();
        let limits = (quantile(&values, 0.025)?, quantile(&values, 0.975)?);
        is_enough(values.len(), N_DRAWS).then_some((measure, limits))
    };
    Ok(Measure::OF_CALIBRATION
        .into_iter()
        .filter_map(range)
        .collect())
}

/// Outcomes whose chances are these risks.
fn drawn(risks: &[f64], stream: Stream) -> Vec<bool> {
    let mut rng = stream.rng();
    risks.iter().map(|risk| rng.uniform() < *risk).collect()
}

fn calibrations(
    predictions: &Predictions,
    smoother: Option<&Smoother>,
    outcomes: &[Vec<bool>],
) -> Vec<Performance> {
    let (risks, lp) = (&predictions.risks, &predictions.linear_predictors);
    let smooth = smoother.map(|smoother| smoother.fitted(outcomes));
    let of = |(at, y): (usize, &Vec<bool>)| {
        let in_the_large = calibration_in_the_large(lp, y).map(|(a, _)| a);
        let slope = calibration_slope(lp, y).map(|(b, _)| b);
        let plain = [
            (Measure::CalibrationIntercept, in_the_large),
            (Measure::CalibrationSlope, slope),
            (Measure::OeRatio, oe_ratio(risks, y)),
        ];
        let errors = smooth
            .as_ref()
            .and_then(|smooth| CalibrationErrors::new(risks, &smooth[at]));
        let errors = errors.into_iter().flat_map(CalibrationErrors::by_measure);
        let plain = plain
            .into_iter()
            .filter_map(|(measure, value)| Some((measure, value?)));
        plain.chain(errors).collect()
    };
    outcomes.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::{mean, risk_from_linear_predictor};
    use crate::validate::performance;

    fn predictions(n: usize) -> Predictions {
        let mut rng = Stream::new(6).rng();
        Predictions::from_linear_predictors((0..n).map(|_| 0.8 * rng.normal() - 0.2).collect())
    }

    fn range(predictions: &Predictions) -> BTreeMap<Measure, (f64, f64)> {
        calibrated_range(predictions, Stream::new(1), &TaskHandle::unattended()).unwrap()
    }

    #[test]
    fn a_calibrated_model_lies_within_its_range_in_95_of_100_cohorts() {
        let predictions = predictions(150);
        let found = range(&predictions);
        assert_eq!(found.len(), Measure::OF_CALIBRATION.len());
        // Figures of other outcomes than those the range is of, by the function that the program uses.
        for measure in Measure::OF_CALIBRATION {
            let (low, high) = found[&measure];
            let within = (0..400).map(|at| {
                let y = drawn(&predictions.risks, Stream::new(2).at(at));
                let value = performance(&predictions, &y)[&measure];
                f64::from(u8::from(low <= value && value <= high))
            });
            let share = mean(&within.collect::<Vec<_>>()).unwrap();
            assert!((0.91..=0.98).contains(&share), "{measure:?}: {share}");
        }
        // A perfectly calibrated model of 150 patients (clinical.md): ICI 0.03 to 0.10.
        let (low, high) = found[&Measure::Ici];
        assert!(
            (0.015..0.04).contains(&low) && (0.07..0.12).contains(&high),
            "{low} {high}"
        );
    }

    #[test]
    fn the_range_narrows_with_patients() {
        let width = |n| {
            let (low, high) = range(&predictions(n))[&Measure::CalibrationSlope];
            high - low
        };
        assert!(width(1600) < 0.5 * width(100));
    }

    #[test]
    fn without_a_curve_there_is_no_range_of_its_errors() {
        let found = range(&Predictions::from_risks(vec![0.4; 50]));
        assert!(
            !found.contains_key(&Measure::Ici) && !found.contains_key(&Measure::CalibrationSlope)
        );
        assert!(found.contains_key(&Measure::OeRatio));
        let (low, high) = found[&Measure::CalibrationIntercept];
        assert!(risk_from_linear_predictor(low) < 0.5 && high > 0.0);
    }

    #[test]
    fn a_cancelled_task_ends_it() {
        let task = TaskHandle::unattended();
        task.cancel();
        assert_eq!(
            calibrated_range(&predictions(50), Stream::new(1), &task),
            Err(Cancelled)
        );
    }
}
