//! A shallow classification tree (Breiman and others 1984), whose leaves are profiles of patients.

use crate::stratify::rule::Count;
use crate::stratify::{Condition, Feature, Rule};

/// Splits between everyone and a leaf at most.
const MAX_DEPTH: usize = 3;
/// Patients of a leaf at least …
const MIN_PATIENTS: f64 = 20.0;
/// … and responders among them.
const MIN_EVENTS: f64 = 8.0;
/// Share of the deviance of all patients that a split must explain (the complexity 0.01 of R's rpart).
const MIN_GAIN: f64 = 0.01;

/// The leaves of the tree: rules of which exactly one holds for a patient. A patient counts by weight, one of weight 0 is
/// not seen. A single leaf without a condition where no split is allowed.
pub(super) fn leaves(features: &[Feature], y: &[bool], weights: &[f64]) -> Vec<Rule> {
    let all = Count::of(0..y.len(), y, weights);
    let mut growing = Growing {
        features,
        y,
        weights,
        least_gain: MIN_GAIN * all.deviance(),
        leaves: Vec::new(),
    };
    growing.part(&vec![true; y.len()], Rule::default(), 0);
    growing.leaves
}

struct Growing<'a> {
    features: &'a [Feature],
    y: &'a [bool],
    weights: &'a [f64],
    least_gain: f64,
    leaves: Vec<Rule>,
}

impl Growing<'_> {
    /// Splits the patients that are inside, or keeps them as a leaf.
    fn part(&mut self, inside: &[bool], rule: Rule, depth: usize) {
        let split = if depth < MAX_DEPTH {
            self.best(inside)
        } else {
            None
        };
        let Some((feature, cut)) = split else {
            self.leaves.push(rule);
            return;
        };
        let sides = [(None, Some(cut)), (Some(cut), None)];
        for (at_least, below) in sides {
            let side = Condition {
                feature,
                at_least,
                below,
            };
            let of_side = |at: usize| inside[at] && side.holds(self.features, at);
            let inside: Vec<bool> = (0..inside.len()).map(of_side).collect();
            self.part(&inside, rule.and(side), depth + 1);
        }
    }

    /// Feature and lowest value of the upper side of the split that explains most deviance; of equals the first.
    fn best(&self, inside: &[bool]) -> Option<(usize, f64)> {
        let rows = (0..inside.len()).filter(|&at| inside[at]);
        let all = Count::of(rows, self.y, self.weights);
        let before = all.deviance();
        let is_allowed = |side: Count| side.n >= MIN_PATIENTS && side.events >= MIN_EVENTS;
        let mut best: Option<(f64, usize, f64)> = None;
        for (feature, of) in self.features.iter().enumerate() {
            let (mut low, mut last) = (Count::default(), f64::NAN);
            for &at in &of.order {
                if !inside[at] || self.weights[at] <= 0.0 {
                    continue;
                }
                let (value, high) = (of.values[at], all.minus(low));
                if value > last && is_allowed(low) && is_allowed(high) {
                    let gain = before - low.deviance() - high.deviance();
                    let least = best.map_or(self.least_gain, |(best, ..)| best);
                    if gain > least {
                        best = Some((gain, feature, value));
                    }
                }
                last = value;
                low = low.plus(self.weights[at], self.y[at]);
            }
        }
        best.map(|(_, feature, value)| (feature, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stratify::search::tests::planted;

    #[test]
    fn the_leaves_hold_every_patient_once_and_enough_of_them() {
        let patients = planted(1);
        let weights = vec![1.0; patients.n()];
        let leaves = leaves(&patients.features, &patients.y, &weights);
        assert!(leaves.len() > 1 && leaves.len() <= 8);
        for at in 0..patients.n() {
            let n_in = leaves
                .iter()
                .filter(|rule| rule.holds(&patients.features, at));
            assert_eq!(n_in.count(), 1);
        }
        for rule in &leaves {
            let rows = (0..patients.n()).filter(|&at| rule.holds(&patients.features, at));
            let count = Count::of(rows, &patients.y, &weights);
            assert!(count.n >= MIN_PATIENTS && count.events >= MIN_EVENTS);
        }
    }

    #[test]
    fn a_tree_without_a_worthy_split_is_one_leaf() {
        let patients = planted(1);
        let y: Vec<bool> = (0..patients.n()).map(|at| at == 0).collect();
        let weights = vec![1.0; patients.n()];
        let leaves = leaves(&patients.features, &y, &weights);
        assert_eq!(leaves, [Rule::default()]);
    }

    #[test]
    fn a_patient_of_weight_two_counts_as_two_alike() {
        let patients = planted(2);
        let weights: Vec<f64> = (0..patients.n()).map(|at| (at % 3) as f64).collect();
        let rows: Vec<usize> = (0..patients.n()).flat_map(|at| vec![at; at % 3]).collect();
        let copied = patients.taken(&rows);
        let ones = vec![1.0; copied.n()];
        assert_eq!(
            leaves(&patients.features, &patients.y, &weights),
            leaves(&copied.features, &copied.y, &ones)
        );
    }
}
