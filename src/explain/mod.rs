//! What a fitted recipe leans on: importance, contributions, and patients outside the data.
//!
//! Explains the model, not the disease; nothing here is causal.

mod alike;
pub mod domain;
pub mod effects;
pub mod importance;
mod nomogram;
mod subgroups;

use std::collections::BTreeMap;

use crate::base::num::quantile;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::cohort::Kind;
use crate::design::{Part, Sample};
use crate::learn::shapley::{Contributions, Question, Trees, contributions};
use crate::recipe::{Fitted, Model};

pub use alike::alike;
pub use domain::{Beside, DomainCheck, Leverage, Near, Patients, domain_checks};
pub use effects::{Effect, effect, interactions, surface_of};
pub use importance::{Groups, Importance, importance, impurity_corrected};
pub use nomogram::{Nomogram, Scale, nomogram};
pub use subgroups::subgroups;

/// A value counts as outside when it lies beyond the other patients' range by more than this share
/// of their interquartile range: without a margin the oldest patient would always be outside.
const MARGIN: f64 = 0.1;

/// Contributions of the predictors to the log-odds of these rows under a logistic fit, against the training
/// patients: exact interventional Shapley values, averaged over imputations. `None` for a forest.
pub fn logistic_contributions(
    fitted: &Fitted,
    sample: &Sample,
    rows: &[usize],
) -> Option<Vec<Contributions>> {
    let means = column_means(fitted)?;
    let matrix = Fitted::mean_matrix(&fitted.matrices(sample, rows))?;
    let k = sample.predictors.len();
    (0..rows.len())
        .map(|row| logistic_parts(fitted, &means, &matrix.row(row), k))
        .collect()
}

/// Mean of each design column over the training rows and imputations; `None` without a training row.
pub fn column_means(fitted: &Fitted) -> Option<Vec<f64>> {
    let train = Fitted::mean_matrix(&fitted.matrices)?;
    let mean = |j: usize| train.col(j).iter().sum::<f64>() / train.n_rows as f64;
    (train.n_rows > 0).then(|| (0..train.k_cols).map(mean).collect())
}

/// The same for one row of design columns, given the [means](column_means) of the training rows and the number of
/// predictors.
///
/// A column of its own gives `b (x - mean)`; of a product `b x z` half of what comes in with each of the two, first
/// and second: `b (x mean(z) - mean(xz) + x z - z mean(x)) / 2` goes to `x`.
pub fn logistic_parts(
    fitted: &Fitted,
    means: &[f64],
    row: &[f64],
    k_predictors: usize,
) -> Option<Contributions> {
    let Model::Logistic(fit) = &fitted.model else {
        return None;
    };
    let parts = fit.coefficients.iter().zip(means).map(|(b, m)| b * m);
    let base_value: f64 = fit.intercept + parts.sum::<f64>();
    let columns = &fitted.map.columns;
    let mut values = vec![0.0; k_predictors];
    for (j, column) in columns.iter().enumerate() {
        let b = fit.coefficients[j];
        let change = b * (row[j] - means[j]);
        match column.part {
            Part::Product(first, second) => {
                let tilt = b * (row[first] * means[second] - row[second] * means[first]);
                values[columns[first].predictor] += (change + tilt) / 2.0;
                values[columns[second].predictor] += (change - tilt) / 2.0;
            }
            _ => values[column.predictor] += change,
        }
    }
    Some(Contributions { values, base_value })
}

/// Most pairs of patient and background row for which Shapley values are computed for everyone.
const MAX_PAIRS: usize = 1_000_000;
/// Background patients at most …
const MAX_BACKGROUND: usize = 500;
/// … and at least, for very large cohorts.
const MIN_BACKGROUND: usize = 50;

/// Background patients for Shapley values: drawn by outcome in the cohort's proportion.
pub fn background(y: &[bool], stream: Stream) -> Vec<usize> {
    let wanted = (MAX_PAIRS / y.len().max(1)).clamp(MIN_BACKGROUND, MAX_BACKGROUND);
    drawn_by_outcome(y, wanted, stream)
}

/// So many patients, or all, drawn by outcome in the cohort's proportion, ascending.
pub fn drawn_by_outcome(y: &[bool], wanted: usize, stream: Stream) -> Vec<usize> {
    let wanted = wanted.min(y.len());
    let mut rng = stream.rng();
    let n_events = y.iter().filter(|&&event| event).count();
    let of_events = (wanted * n_events).div_ceil(y.len().max(1)).min(n_events);
    let mut chosen = Vec::with_capacity(wanted);
    for (class, n) in [(true, of_events), (false, wanted - of_events)] {
        let mut rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == class).collect();
        rng.shuffle(&mut rows);
        chosen.extend(rows.into_iter().take(n));
    }
    chosen.sort_unstable();
    chosen
}

/// Exact interventional Shapley values of these training rows by trees that did not see them, on
/// the scale of the chance. `None` for a logistic model. Rows are positions in the fit. A step of the task for every
/// [`TREES_A_STEP`](crate::learn::shapley::TREES_A_STEP) trees.
pub fn forest_contributions(
    fitted: &Fitted,
    k_predictors: usize,
    rows: &[usize],
    background: &[usize],
    task: &TaskHandle,
) -> Result<Option<Vec<Contributions>>, Cancelled> {
    let Model::Forest(forest) = &fitted.model else {
        return Ok(None);
    };
    let question = Question {
        x: &fitted.matrices,
        rows,
        background,
        variable_of: &fitted.map.predictor_of(),
        k_variables: k_predictors,
        trees: Trees::Unseen,
    };
    contributions(forest, &question, task).map(Some)
}

/// For each patient with gaps, whether no other patient lacks exactly the same values: then no one
/// can say how well such a patient is predicted.
pub fn gaps_alone(sample: &Sample) -> Vec<bool> {
    let gaps: Vec<Vec<bool>> = (0..sample.n_rows()).map(|row| sample.gaps(row)).collect();
    let mut counts: BTreeMap<&[bool], usize> = BTreeMap::new();
    for gaps in &gaps {
        *counts.entry(gaps).or_default() += 1;
    }
    gaps.iter()
        .map(|gaps| gaps.contains(&true) && counts.get(gaps.as_slice()) == Some(&1))
        .collect()
}

/// For each patient, the predictors whose value lies outside the range of all other patients, or
/// whose level no other patient has.
pub fn outside(sample: &Sample) -> Vec<Vec<usize>> {
    let mut outside = vec![Vec::new(); sample.n_rows()];
    for (at, predictor) in sample.predictors.iter().enumerate() {
        let mut order: Vec<usize> = (0..sample.n_rows())
            .filter(|&row| !predictor.values[row].is_nan())
            .collect();
        order.sort_by(|&a, &b| predictor.values[a].total_cmp(&predictor.values[b]));
        let value = |place: usize| predictor.values[order[place]];
        let n = order.len();
        if n < 3 {
            continue;
        }
        if predictor.kind == Kind::Numeric {
            let seen: Vec<f64> = order.iter().map(|&row| predictor.values[row]).collect();
            let quartile = |share| quantile(&seen, share).unwrap_or(0.0);
            let margin = MARGIN * (quartile(0.75) - quartile(0.25));
            if value(0) < value(1) - margin {
                outside[order[0]].push(at);
            }
            if value(n - 1) > value(n - 2) + margin {
                outside[order[n - 1]].push(at);
            }
        } else {
            for place in 0..n {
                let is_alone = (place == 0 || value(place - 1) != value(place))
                    && (place + 1 == n || value(place + 1) != value(place));
                if is_alone {
                    outside[order[place]].push(at);
                }
            }
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::linear_predictor_from_risk;
    use crate::design::{Form, Predictor};
    use crate::impute::{ImputeParams, Visit};
    use crate::learn::{ForestParams, Gaps, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    fn sample() -> Sample {
        let mut rng = Stream::new(12).rng();
        let predictor = |values: Vec<f64>, kind, levels: &[&str]| Predictor {
            name: "x".to_owned(),
            kind,
            levels: levels.iter().map(|&l| l.to_owned()).collect(),
            form: Form::default(),
            values,
        };
        let a: Vec<f64> = (0..150).map(|_| rng.normal()).collect();
        let y = a.iter().map(|a| rng.normal() < *a).collect();
        let b: Vec<f64> = (0..150)
            .map(|i| {
                if i % 7 == 0 {
                    f64::NAN
                } else {
                    rng.below(3) as f64
                }
            })
            .collect();
        Sample {
            predictors: vec![
                predictor(a, Kind::Numeric, &[]),
                predictor(b, Kind::Categorical, &["p", "q", "r"]),
            ],
            interactions: Vec::new(),
            y,
        }
    }

    const PLANS: [MissingPlan; 2] = [
        MissingPlan::Single,
        MissingPlan::Multiple(ImputeParams {
            n_imputations: 3,
            n_iterations: 2,
            visit: Visit::Listed,
        }),
    ];

    fn fitted(sample: &Sample, learner: Learner, missing: MissingPlan) -> Fitted {
        let recipe = Recipe {
            learner,
            forest: ForestParams {
                n_trees: 60,
                ..ForestParams::default()
            },
            penalty: PenaltyParams::default(),
            missing,
            recalibration: Recalibration::None,
        };
        let rows: Vec<usize> = (0..150).collect();
        recipe
            .fit(sample, &rows, Stream::new(1), &TaskHandle::unattended())
            .expect("two classes")
    }

    #[test]
    fn contributions_and_base_value_make_the_prediction() {
        let sample = sample();
        let rows = [0, 7, 33];
        for plan in PLANS {
            let logistic = fitted(&sample, Learner::Ridge, plan);
            let predicted = logistic.predict(&sample, &rows);
            let parts = logistic_contributions(&logistic, &sample, &rows).expect("logistic");
            for (part, risk) in parts.iter().zip(&predicted.risks) {
                let sum = part.base_value + part.values.iter().sum::<f64>();
                assert!((sum - linear_predictor_from_risk(*risk)).abs() < 1e-9);
            }
            add_up(&fitted(&sample, Learner::Forest, plan), &sample, &rows);
        }
    }

    fn add_up(forest: &Fitted, sample: &Sample, rows: &[usize]) {
        let background = background(&sample.y, Stream::new(3));
        let task = TaskHandle::unattended();
        let parts = forest_contributions(forest, 2, rows, &background, &task)
            .expect("not cancelled")
            .expect("a forest");
        let unseen = forest.out_of_bag().expect("every row is out of some bag");
        for (part, &row) in parts.iter().zip(rows) {
            let sum = part.base_value + part.values.iter().sum::<f64>();
            assert!((sum - unseen.risks[row]).abs() < 1e-9);
        }
    }

    #[test]
    fn a_forest_that_keeps_gaps_imputes_nothing_and_its_contributions_add_up() {
        let sample = sample();
        for missing in PLANS {
            let recipe = Recipe {
                learner: Learner::Forest,
                forest: ForestParams {
                    n_trees: 60,
                    gaps: Gaps::BetterSide,
                    ..ForestParams::default()
                },
                penalty: PenaltyParams::default(),
                missing,
                recalibration: Recalibration::None,
            };
            let rows: Vec<usize> = (0..150).collect();
            let task = TaskHandle::unattended();
            let forest = recipe.fit(&sample, &rows, Stream::new(1), &task);
            let forest = forest.expect("two classes");
            assert!(forest.imputation.is_none() && forest.matrices.len() == 1);
            let is_gap = |row: &usize| forest.matrices[0].get(*row, 1).is_nan();
            assert_eq!(rows.iter().filter(|row| is_gap(row)).count(), 22);
            // Rows with and without a gap.
            add_up(&forest, &sample, &[0, 7, 33, 34]);
            let risks = forest.predict(&sample, &rows).risks;
            assert!(risks.iter().all(|risk| (0.0..=1.0).contains(risk)));
        }
    }

    #[test]
    fn contributions_of_an_interaction_are_the_mean_over_the_orders_in_which_values_come_in() {
        let mut sample = sample();
        sample.interactions = vec![(0, 1)];
        let logistic = fitted(&sample, Learner::Ridge, MissingPlan::Single);
        let rows = [1, 5, 90];
        let parts = logistic_contributions(&logistic, &sample, &rows).expect("logistic");
        let map = &logistic.map;
        // By brute force: the mean over all training patients of the prediction with some of the values replaced.
        let value = |row: usize, first: bool, second: bool| {
            let own = map.matrix(&sample, &[row]);
            let mut mixed = logistic.matrices[0].clone();
            for (j, column) in map.columns.iter().enumerate() {
                if [first, second][column.predictor] && !matches!(column.part, Part::Product(..)) {
                    mixed.col_mut(j).fill(own.get(0, j));
                }
            }
            map.multiply(&mut mixed);
            let lps = logistic.predict_matrices(&[mixed]).linear_predictors;
            lps.iter().sum::<f64>() / lps.len() as f64
        };
        for (part, row) in parts.iter().zip(rows) {
            let of = |a, b| value(row, a, b);
            let (none, one, two, all) = (
                of(false, false),
                of(true, false),
                of(false, true),
                of(true, true),
            );
            assert!((part.base_value - none).abs() < 1e-9);
            assert!((part.values[0] - ((one - none) + (all - two)) / 2.0).abs() < 1e-9);
            assert!((part.values[1] - ((two - none) + (all - one)) / 2.0).abs() < 1e-9);
        }
    }

    fn rises(fitted: &Fitted, sample: &Sample, alike: &[Vec<u32>]) -> Importance {
        let unseen: Vec<usize> = (0..sample.n_rows()).collect();
        let groups = Groups {
            predictors: &[vec![0], vec![1], vec![0, 1]],
            alike,
            n_shuffles: 5,
        };
        let task = TaskHandle::unattended();
        importance(fitted, sample, &unseen, &groups, Stream::new(2), &task).expect("not cancelled")
    }

    #[test]
    fn the_predictor_that_matters_matters_most() {
        let sample = sample();
        let task = TaskHandle::unattended();
        for learner in Learner::ALL {
            let fitted = fitted(&sample, learner, MissingPlan::Single);
            let found = rises(&fitted, &sample, &[]);
            for rises in [found.brier, found.log_loss] {
                assert!(
                    rises[0] > 0.02 && rises[0] > 3.0 * rises[1],
                    "{learner:?} {rises:?}"
                );
                // Shuffled together the two lose what the first tells, and no more than both alone and a little.
                let most = rises[0] + rises[1].abs() + 0.05;
                assert!(rises[2] > 0.7 * rises[0] && rises[2] < most);
            }
            let gains = impurity_corrected(&fitted, &sample, Stream::new(2), &task);
            let gains = gains.expect("not cancelled");
            assert_eq!(gains[0] > 3.0 * gains[1].abs(), learner == Learner::Forest);
        }
    }

    #[test]
    fn what_repeats_another_predictor_adds_nothing_to_it() {
        let mut sample = sample();
        let mut rng = Stream::new(31).rng();
        let own = sample.predictors[0].values.clone();
        let repeated = own.iter().map(|value| value + 0.2 * rng.normal());
        sample.predictors[1] = Predictor {
            kind: Kind::Numeric,
            levels: Vec::new(),
            values: repeated.collect(),
            ..sample.predictors[1].clone()
        };
        let alike = subgroups(&sample);
        let forest = fitted(&sample, Learner::Forest, MissingPlan::Single);
        let found = rises(&forest, &sample, &alike);
        // Among everyone it seems to matter; among patients alike in the other it does not.
        assert!(found.brier[1] > 0.01, "{found:?}");
        assert!(found.conditional[1] < 0.4 * found.brier[1], "{found:?}");
        assert_eq!(found.conditional.len(), 2);
    }

    #[test]
    fn the_likest_patients_are_those_in_the_same_leaves() {
        let sample = sample();
        for learner in [Learner::Ridge, Learner::Forest] {
            let fitted = fitted(&sample, learner, MissingPlan::Single);
            let found = alike(&fitted, Stream::new(1));
            let Model::Forest(forest) = &fitted.model else {
                assert!(found.is_empty());
                continue;
            };
            let x = &fitted.matrices[0];
            let (row, (other, share)) = (3, found[3][0]);
            let (mut n, mut shared) = (0, 0);
            for (t, tree) in forest.trees.iter().enumerate() {
                if forest.saw(t, row) || forest.saw(t, other) {
                    continue;
                }
                let leaf = |row: usize| tree.leaf(|column| x.get(row, column));
                n += 1;
                shared += u32::from(leaf(row) == leaf(other));
            }
            assert!((share - f64::from(shared) / f64::from(n)).abs() < 1e-12);
            assert!(found[3].is_sorted_by(|a, b| a.1 >= b.1) && found[3].len() == 5);
            // They are near in the predictor that the trees split by.
            let a = &sample.predictors[0].values;
            let apart = |others: &[usize]| {
                let sum: f64 = others.iter().map(|&other| (a[other] - a[row]).abs()).sum();
                sum / others.len() as f64
            };
            let named: Vec<usize> = found[3].iter().map(|(other, _)| *other).collect();
            let all: Vec<usize> = (0..150).collect();
            assert!(apart(&named) < 0.5 * apart(&all) && !named.contains(&row));
        }
    }

    #[test]
    fn gaps_that_no_other_patient_has_are_told() {
        let mut sample = sample();
        assert!(!gaps_alone(&sample).contains(&true));
        sample.predictors[0].values[4] = f64::NAN;
        let alone = gaps_alone(&sample);
        assert!(alone[4] && alone.iter().filter(|alone| **alone).count() == 1);
    }

    #[test]
    fn the_background_keeps_the_proportion_of_responders() {
        let y: Vec<bool> = (0..1000).map(|i| i % 4 == 0).collect();
        let rows = background(&y, Stream::new(1));
        assert_eq!(rows.len(), 500);
        assert_eq!(rows.iter().filter(|&&row| y[row]).count(), 125);
    }

    #[test]
    fn only_a_value_clearly_beyond_all_others_is_outside() {
        let mut sample = sample();
        sample.predictors[0].values[5] = 40.0;
        let outside = outside(&sample);
        assert_eq!(outside[5], [0]);
        assert!(outside.iter().flatten().count() <= 3);
    }
}
