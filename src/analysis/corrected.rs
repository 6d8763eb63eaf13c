//! The figures to believe, and what their limits are.

use std::collections::BTreeMap;

use crate::analysis::{Estimate, Learner, LimitsBy};
use crate::base::num::Z_95;
use crate::design::Sample;
use crate::recipe::Predictions;
use crate::validate::measures::fixed_limits;
use crate::validate::resample::Optimism;
use crate::validate::two_stage::TwoStage;
use crate::validate::{Measure, Performance, Rule632};

/// Whether the spread over outer resamples is that of the figure around the truth. Of calibration-in-the-large
/// it is not: a model fits its own patients in the large by construction, so that the corrected figure hardly moves
/// from resample to resample while the truth does. Nor is it of the slope: such limits hold the truth in 87 of 100
/// simulated cohorts, as the quick ones do, and where a penalty leaves chances that are all but alike the slope is
/// anything.
fn is_by_two_stage(measure: Measure) -> bool {
    matches!(measure, Measure::Auc | Measure::Brier)
}

/// Optimism of each corrected figure, apparent less corrected, and the Monte-Carlo error of Harrell's mean: the rules
/// that weigh patients who were left out move with the same resamples.
pub(crate) fn optimism_of(
    apparent: &Performance,
    found: &Optimism,
) -> BTreeMap<Measure, (f64, f64)> {
    let mut optimism = found.mean.clone();
    let corrected = found.corrected(apparent);
    for (measure, optimism) in &mut optimism {
        if let (Some(apparent), Some(corrected)) = (apparent.get(measure), corrected.get(measure)) {
            optimism.0 = apparent - corrected;
        }
    }
    optimism
}

/// AUC, calibration slope and Brier score by the .632 rules; `predictions` are those that the apparent figures are of.
/// The slope of a tuned penalty has none: where the penalty leaves chances that are all but alike it has no end.
pub(crate) fn rules_632(
    apparent: &Performance,
    predictions: &Predictions,
    found: &Optimism,
    y: &[bool],
) -> BTreeMap<Measure, Rule632> {
    let is_ruled = |measure: &&Measure| !(found.is_tuned && **measure == Measure::CalibrationSlope);
    let by_left_out = found.left_out.keys().filter(is_ruled);
    let rules =
        by_left_out.filter_map(|&measure| Some((measure, found.rule_632(measure, apparent)?)));
    let brier = found.brier_632(predictions, y);
    let brier = brier.map(|rule| (Measure::Brier, rule));
    rules.chain(brier).collect()
}

/// Corrected figures with their limits: by the two-stage bootstrap where it ran, else those that hold
/// the model fixed; measures without either have none. `unseen` are the predictions of patients by models
/// that did not see them.
pub(crate) fn estimates(
    corrected: &Performance,
    two_stage: &TwoStage,
    unseen: &Predictions,
    sample: &Sample,
    learner: Learner,
) -> BTreeMap<Measure, Estimate> {
    let is_forest = learner == Learner::Forest;
    let of = |(&measure, &estimate): (&Measure, &f64)| {
        let sd = two_stage.sd.get(&measure);
        let sd = sd.filter(|_| is_by_two_stage(measure));
        let (limits, limits_by) = match sd {
            Some(sd) if is_forest => (Some(around(measure, estimate, *sd)), LimitsBy::Jackknife),
            Some(sd) => (Some(around(measure, estimate, *sd)), LimitsBy::TwoStage),
            None => {
                let limits = fixed_limits(measure, estimate, unseen, &sample.y);
                (limits, LimitsBy::FixedModel)
            }
        };
        let estimate = Estimate {
            estimate,
            limits,
            limits_by,
        };
        (measure, estimate)
    };
    corrected.iter().map(of).collect()
}

/// `estimate -+ 1.96 sd`, kept where the measure can lie.
fn around(measure: Measure, estimate: f64, sd: f64) -> (f64, f64) {
    let (low, high) = (estimate - Z_95 * sd, estimate + Z_95 * sd);
    match measure {
        Measure::Auc | Measure::Brier => (low.max(0.0), high.min(1.0)),
        _ => (low, high),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn limits_say_which_method_they_come_from() {
        let mut rng = Stream::new(3).rng();
        let unseen = Predictions::from_linear_predictors((0..90).map(|_| rng.normal()).collect());
        let sample = Sample {
            predictors: Vec::new(),
            interactions: Vec::new(),
            y: (0..90).map(|i| i % 2 == 0).collect(),
        };
        let corrected = Performance::from([
            (Measure::Auc, 0.95),
            (Measure::OeRatio, 1.1),
            (Measure::Ici, 0.05),
            (Measure::CalibrationSlope, 0.9),
            (Measure::CalibrationIntercept, 0.0),
        ]);
        let quick = estimates(
            &corrected,
            &TwoStage::default(),
            &unseen,
            &sample,
            Learner::Ridge,
        );
        assert_eq!(quick[&Measure::Auc].limits_by, LimitsBy::FixedModel);
        let (low, high) = quick[&Measure::OeRatio].limits.expect("events");
        assert!(
            (low * high - 1.1 * 1.1).abs() < 1e-12,
            "even on the log scale"
        );
        assert_eq!(quick[&Measure::Ici].limits, None);
        let two_stage = TwoStage {
            sd: BTreeMap::from([
                (Measure::Auc, 0.04),
                (Measure::Ici, 0.01),
                (Measure::CalibrationSlope, 5.0),
                (Measure::CalibrationIntercept, 0.001),
            ]),
            n_failed: 0,
        };
        for (learner, by) in [
            (Learner::Ridge, LimitsBy::TwoStage),
            (Learner::Forest, LimitsBy::Jackknife),
        ] {
            let slow = estimates(&corrected, &two_stage, &unseen, &sample, learner);
            let auc = slow[&Measure::Auc];
            assert_eq!(auc.limits_by, by);
            assert_eq!(auc.limits, Some((0.95 - Z_95 * 0.04, 1.0)));
            assert_eq!(slow[&Measure::OeRatio].limits_by, LimitsBy::FixedModel);
            assert_eq!(slow[&Measure::Ici].limits, None);
            let in_the_large = slow[&Measure::CalibrationIntercept].limits_by;
            assert_eq!(in_the_large, LimitsBy::FixedModel);
            let of_slope = slow[&Measure::CalibrationSlope].limits_by;
            assert_eq!(of_slope, LimitsBy::FixedModel);
        }
    }
}
