//! How far the models of an analysis differ on the same patients.

use serde::{Deserialize, Serialize};

use crate::analysis::{Learner, ModelResult};
use crate::validate::PairedDifference;
use crate::validate::curves::net_benefit_difference;
use crate::validate::measures::auc_difference;

/// First model less second, on the chances of patients that neither was trained on. The limits hold both models
/// fixed, as those of a paired test do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelDifference {
    /// The model.
    pub first: Learner,
    /// The one that is taken from it.
    pub second: Learner,
    /// Of the AUC, by the paired method of `DeLong`; `None` with fewer than two patients in a class.
    pub auc: Option<PairedDifference>,
    /// Of the net benefit, at each cut point between the strata of either model.
    pub net_benefit: Vec<(f64, PairedDifference)>,
}

/// All pairs of models, in the order of the analysis.
pub(crate) fn differences(models: &[ModelResult]) -> Vec<ModelDifference> {
    let pairs = models.iter().enumerate().flat_map(|(at, first)| {
        let later = models.iter().skip(at + 1);
        later.map(move |second| (first, second))
    });
    pairs
        .map(|(first, second)| difference(first, second))
        .collect()
}

fn difference(first: &ModelResult, second: &ModelResult) -> ModelDifference {
    let risks = |model: &ModelResult| -> Vec<f64> {
        model.patients.iter().map(|patient| patient.risk).collect()
    };
    let y: Vec<bool> = first
        .patients
        .iter()
        .map(|patient| patient.observed)
        .collect();
    let (a, b) = (risks(first), risks(second));
    let mut cuts = [first.cuts().at(), second.cuts().at()].concat();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    ModelDifference {
        first: first.learner,
        second: second.learner,
        auc: auc_difference(&a, &b, &y),
        net_benefit: cuts
            .into_iter()
            .map(|cut| (cut, net_benefit_difference(&a, &b, &y, cut)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn every_pair_of_models_is_set_against_each_other_once() {
        let mut analysis = fixture::analysis();
        let third = analysis.models[0].clone();
        analysis.models.push(third);
        let found = differences(&analysis.models);
        assert_eq!(found.len(), 3);
        let same = &found[1];
        assert_eq!((same.first, same.second), (Learner::Ridge, Learner::Ridge));
        assert_eq!(
            same.auc.map(|auc| (auc.estimate, auc.p())),
            Some((0.0, 1.0))
        );
        let other = &found[0];
        assert_eq!(
            (other.first, other.second),
            (Learner::Ridge, Learner::Forest)
        );
        assert_eq!(other.net_benefit.len(), 2);
        let (low, high) = other.auc.expect("two classes").limits();
        assert!(low < high);
    }
}
