//! How a prediction moves with one predictor or two: partial dependence, individual lines, accumulated local effects,
//! interactions.
//!
//! They describe what a model does with its predictors, not what a predictor does to patients. Everything rests on one
//! function: the chance of a patient with some values put in place of the patient's own.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::base::num::mean;
use crate::cohort::Kind;
use crate::design::{Predictor, Sample};
use crate::recipe::{Fitted, Model, Person};

/// Points of a partial dependence and bins of a local effect, at most.
const N_POINTS: usize = 20;
/// Quantiles between which a numeric predictor is moved: beyond, there is hardly anybody.
const ENDS: [f64; 2] = [0.025, 0.975];
/// Individual lines that are kept.
const N_LINES: usize = 40;

/// The chance of a patient (position) with the values of some predictors (position and value) put in place of the own.
pub trait Surface: Fn(usize, &[(usize, f64)]) -> f64 + Sync {}
impl<F: Fn(usize, &[(usize, f64)]) -> f64 + Sync> Surface for F {}

/// How the chance moves with one predictor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Values that it is moved to: numbers ascending between the 2.5 and 97.5 % points, or positions of levels that
    /// somebody has.
    pub grid: Vec<f64>,
    /// Partial dependence (Friedman 2001): mean chance over the patients with the predictor moved there.
    pub partial: Vec<f64>,
    /// The same of single patients (Goldstein 2015), at most 40, evenly spread over the order of their chances: one line a
    /// patient, one chance a grid value.
    pub lines: Vec<Vec<f64>>,
    /// Accumulated local effects (Apley and Zhu 2020): values and differences in chance from the mean; empty for a
    /// predictor of more than two levels, which have no order.
    pub local: Vec<(f64, f64)>,
}

/// How the chance moves with the predictor at `at` over these patients.
pub fn effect(f: &impl Surface, sample: &Sample, rows: &[usize], at: usize) -> Effect {
    let predictor = &sample.predictors[at];
    let grid = grid(predictor);
    let curves: Vec<Vec<f64>> = rows
        .into_par_iter()
        .map(|&row| grid.iter().map(|&value| f(row, &[(at, value)])).collect())
        .collect();
    let partial = (0..grid.len())
        .map(|place| {
            curves.iter().map(|curve| curve[place]).sum::<f64>() / curves.len().max(1) as f64
        })
        .collect();
    Effect {
        partial,
        lines: spread_out(curves),
        local: local(f, predictor, rows, (at, &grid)),
        grid,
    }
}

/// Distinct quantiles of a number that somebody has (type 1, so that no bin between two is empty), or the levels that
/// somebody has.
fn grid(predictor: &Predictor) -> Vec<f64> {
    let mut known = predictor.known();
    known.sort_unstable_by(f64::total_cmp);
    if predictor.kind != Kind::Numeric {
        known.dedup();
        return known;
    }
    let share = |point: usize| {
        let along = point as f64 / (N_POINTS - 1) as f64;
        ENDS[0] + along * (ENDS[1] - ENDS[0])
    };
    let value = |point: usize| {
        let place = (share(point) * known.len() as f64).ceil() as usize;
        known.get(place.saturating_sub(1)).copied()
    };
    let mut grid: Vec<f64> = (0..N_POINTS).filter_map(value).collect();
    grid.dedup();
    grid
}

/// At most [`N_LINES`] curves, evenly spread over the order of their means.
fn spread_out(mut curves: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = curves.len();
    curves.sort_by(|a, b| {
        let of = |curve: &[f64]| mean(curve).unwrap_or(0.0);
        of(a).total_cmp(&of(b))
    });
    if n <= N_LINES {
        return curves;
    }
    let place = |k: usize| k * (n - 1) / (N_LINES - 1);
    (0..N_LINES)
        .map(|k| std::mem::take(&mut curves[place(k)]))
        .collect()
}

/// Accumulated local effects: in each bin the mean change of the chance from its lower to its upper end over the patients
/// whose own value lies there, added up, less the mean over the patients (as `ALEPlot` centres it). Empty without two grid
/// values, and for levels without an order. Patients whose value is not known have no bin.
fn local(
    f: &impl Surface,
    predictor: &Predictor,
    rows: &[usize],
    (at, grid): (usize, &[f64]),
) -> Vec<(f64, f64)> {
    let is_ordered = predictor.kind == Kind::Numeric || grid.len() == 2;
    let Some(n_bins) = grid.len().checked_sub(1).filter(|n| *n > 0 && is_ordered) else {
        return Vec::new();
    };
    let changes: Vec<(usize, f64)> = rows
        .into_par_iter()
        .filter(|&&row| !predictor.values[row].is_nan())
        .map(|&row| {
            // The bin whose upper end is the first not below the value; values beyond the ends count to the outer bins.
            let above = grid.partition_point(|end| *end < predictor.values[row]);
            let bin = above.saturating_sub(1).min(n_bins - 1);
            let change = f(row, &[(at, grid[bin + 1])]) - f(row, &[(at, grid[bin])]);
            (bin, change)
        })
        .collect();
    let (mut sums, mut counts) = (vec![0.0; n_bins], vec![0_usize; n_bins]);
    for (bin, change) in changes {
        sums[bin] += change;
        counts[bin] += 1;
    }
    let mut effects = vec![0.0];
    for (sum, n) in sums.iter().zip(&counts) {
        let last = effects.last().copied().unwrap_or(0.0);
        effects.push(last + sum / (*n).max(1) as f64);
    }
    let n: usize = counts.iter().sum();
    let middle = |bin: usize| counts[bin] as f64 * (effects[bin] + effects[bin + 1]) / 2.0;
    let centre = (0..n_bins).map(middle).sum::<f64>() / n.max(1) as f64;
    let centred = effects.iter().map(|effect| effect - centre);
    grid.iter().copied().zip(centred).collect()
}

/// Friedman's H (Friedman and Popescu 2008) of each pair of predictors over these patients: the share of the joint partial
/// dependence of the two that their sum does not make, as a root, so that 0 is none and 1 all of it. `None` where the joint
/// dependence does not vary. A patient without one of the values has no point.
pub fn interactions(
    f: &impl Surface,
    sample: &Sample,
    rows: &[usize],
    pairs: &[(usize, usize)],
) -> Vec<Option<f64>> {
    let n = rows.len().max(1) as f64;
    let value = |at: usize, row: usize| sample.predictors[at].values[row];
    // Partial dependence at each patient's own values, less its mean.
    let dependence = |of: &[usize], points: &[usize]| -> Vec<f64> {
        let at: Vec<f64> = points
            .into_par_iter()
            .map(|&point| {
                let moved: Vec<(usize, f64)> =
                    of.iter().map(|&at| (at, value(at, point))).collect();
                rows.iter().map(|&row| f(row, &moved)).sum::<f64>() / n
            })
            .collect();
        let centre = mean(&at).unwrap_or(0.0);
        at.into_iter().map(|value| value - centre).collect()
    };
    let strength = |&(a, b): &(usize, usize)| {
        let is_known = |row: &&usize| !value(a, **row).is_nan() && !value(b, **row).is_nan();
        let points: Vec<usize> = rows.iter().filter(is_known).copied().collect();
        let joint = dependence(&[a, b], &points);
        let (of_a, of_b) = (dependence(&[a], &points), dependence(&[b], &points));
        let apart: f64 = (0..points.len())
            .map(|at| (joint[at] - of_a[at] - of_b[at]).powi(2))
            .sum();
        let total: f64 = joint.iter().map(|value| value * value).sum();
        (total > 1e-12 * points.len() as f64).then(|| (apart / total).sqrt())
    };
    pairs.iter().map(strength).collect()
}

/// The surface of a fit over the patients that it was trained on, in their order.
///
/// Each patient is moved under the trees of a forest that did not see the patient: the patient's own line goes through the
/// out-of-bag chance. A logistic model is one for everyone, and its lines are those of the final model. Missing values of
/// the patient are completed by the fit's imputation; a tree sees the completion of its turn.
pub fn surface_of<'a>(fitted: &'a Fitted, sample: &Sample) -> impl Surface + use<'a> {
    let completions: Vec<Vec<Vec<f64>>> = (0..sample.n_rows())
        .into_par_iter()
        .map(|row| {
            let values: Vec<f64> = sample.predictors.iter().map(|p| p.values[row]).collect();
            fitted.completions(Person {
                values: &values,
                recorded: &values,
            })
        })
        .collect();
    move |row, moved| {
        let design = |completion: &Vec<f64>| {
            let mut values = completion.clone();
            for &(at, value) in moved {
                values[at] = value;
            }
            fitted.map.row(&values)
        };
        let mut rows: Vec<Vec<f64>> = completions[row].iter().map(design).collect();
        rows.dedup();
        match &fitted.model {
            Model::Logistic(_) => fitted.predict_rows(&rows).risks[0],
            Model::Forest(forest) => {
                let (mut sum, mut n) = (0.0, 0.0);
                for (t, tree) in forest.trees.iter().enumerate() {
                    if !forest.saw(t, row) {
                        let own = &rows[t % rows.len()];
                        sum += tree.risk(|column| own[column]);
                        n += 1.0;
                    }
                }
                if n > 0.0 { sum / n } else { 0.5 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::median;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::design::Form;
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    /// Three numbers with mean 0, the second near the first by `together`, and three levels.
    fn sample(together: f64) -> Sample {
        let mut rng = Stream::new(14).rng();
        let mut a: Vec<f64> = (0..400).map(|_| rng.uniform() * 2.0 - 1.0).collect();
        let centre = mean(&a).expect("values");
        a.iter_mut().for_each(|a| *a -= centre);
        let mut b: Vec<f64> = a
            .iter()
            .map(|a| together * a + (1.0 - together) * (rng.uniform() * 2.0 - 1.0))
            .collect();
        let centre = mean(&b).expect("values");
        b.iter_mut().for_each(|b| *b -= centre);
        let level = (0..400).map(|_| rng.below(3) as f64).collect();
        let y = a.iter().map(|a| rng.normal() < *a).collect();
        let predictor = |name: &str, kind, levels: &[&str], values| Predictor {
            name: name.to_owned(),
            kind,
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            form: Form::default(),
            values,
        };
        Sample {
            predictors: vec![
                predictor("a", Kind::Numeric, &[], a),
                predictor("b", Kind::Numeric, &[], b),
                predictor("c", Kind::Categorical, &["p", "q", "r"], level),
            ],
            interactions: Vec::new(),
            y,
        }
    }

    fn all() -> Vec<usize> {
        (0..400).collect()
    }

    /// The surface of a function of the three values.
    fn of(sample: &Sample, g: impl Fn([f64; 3]) -> f64 + Sync) -> impl Surface {
        move |row: usize, moved: &[(usize, f64)]| {
            let mut values = [0, 1, 2].map(|at| sample.predictors[at].values[row]);
            moved.iter().for_each(|&(at, value)| values[at] = value);
            g(values)
        }
    }

    fn centred(values: &[f64]) -> Vec<f64> {
        let centre = mean(values).expect("values");
        values.iter().map(|value| value - centre).collect()
    }

    #[test]
    fn of_a_sum_both_curves_are_its_term_the_lines_are_parallel_and_nothing_interacts() {
        // Predictors that go together change nothing for a sum.
        let sample = sample(0.7);
        let f = of(&sample, |[a, b, c]| {
            2.0 * a + b * b + [0.0, 0.5, -0.2][c as usize]
        });
        for (at, term) in [(0, (|x| 2.0 * x) as fn(f64) -> f64), (1, |x| x * x)] {
            let found = effect(&f, &sample, &all(), at);
            let expected = centred(&found.grid.iter().map(|&x| term(x)).collect::<Vec<_>>());
            for (ours, expected) in centred(&found.partial).iter().zip(&expected) {
                assert!((ours - expected).abs() < 1e-12);
            }
            let local: Vec<f64> = found.local.iter().map(|(_, effect)| *effect).collect();
            for (ours, expected) in centred(&local).iter().zip(&expected) {
                assert!((ours - expected).abs() < 1e-12);
            }
            assert_eq!(found.lines.len(), N_LINES);
            for line in &found.lines {
                for (ours, expected) in centred(line).iter().zip(&expected) {
                    assert!((ours - expected).abs() < 1e-12);
                }
            }
        }
        let levels = effect(&f, &sample, &all(), 2);
        assert_eq!(levels.grid, [0.0, 1.0, 2.0]);
        assert!((levels.partial[1] - levels.partial[0] - 0.5).abs() < 1e-12);
        assert!(levels.local.is_empty());
        for strength in interactions(&f, &sample, &all(), &[(0, 1), (0, 2), (1, 2)]) {
            assert!(strength.expect("it varies") < 1e-9);
        }
    }

    #[test]
    fn of_a_product_around_0_all_is_interaction() {
        let sample = sample(0.0);
        let f = of(&sample, |[a, b, _]| a * b);
        let found = interactions(&f, &sample, &all(), &[(0, 1), (0, 2)]);
        assert!(found[0].expect("it varies") > 0.99, "{found:?}");
        // The third predictor is not in it.
        let with_third = found[1].unwrap_or(0.0);
        assert!(with_third < 1e-6, "{found:?}");
        assert_eq!(
            interactions(&of(&sample, |_| 0.3), &sample, &all(), &[(0, 1)]),
            [None]
        );
    }

    #[test]
    fn where_predictors_go_together_local_effects_follow_the_patients_who_exist() {
        // b is a: along them a b is a squared, whose slope in the first alone is a. Partial dependence sets b free and
        // sees nothing, as b is 0 on average (Apley and Zhu 2020, section 1).
        let sample = sample(1.0);
        let f = of(&sample, |[a, b, _]| a * b);
        let found = effect(&f, &sample, &all(), 0);
        assert!(found.partial.iter().all(|value| value.abs() < 1e-12));
        let squares: Vec<f64> = found.grid.iter().map(|a| a * a / 2.0).collect();
        let local: Vec<f64> = found.local.iter().map(|(_, effect)| *effect).collect();
        for (ours, expected) in centred(&local).iter().zip(centred(&squares)) {
            assert!((ours - expected).abs() < 0.02, "{ours} {expected}");
        }
        // Centred over the patients.
        let own = sample.predictors[0].values.iter().map(|a| a * a / 2.0);
        let own = mean(&own.collect::<Vec<_>>()).expect("patients");
        assert!((local[0] - (squares[0] - own)).abs() < 0.02);
    }

    #[test]
    fn a_patients_line_goes_through_the_chance_by_fits_that_did_not_see_the_patient() {
        let mut sample = sample(0.3);
        for row in (0..400).step_by(9) {
            sample.predictors[1].values[row] = f64::NAN;
        }
        let multiple = MissingPlan::Multiple(crate::impute::ImputeParams {
            n_imputations: 3,
            n_iterations: 2,
            ..crate::impute::ImputeParams::default()
        });
        for (learner, missing) in [
            (Learner::Forest, MissingPlan::Single),
            (Learner::Forest, multiple),
            (Learner::Ridge, multiple),
        ] {
            let recipe = Recipe {
                learner,
                forest: ForestParams {
                    n_trees: 50,
                    ..ForestParams::default()
                },
                penalty: PenaltyParams::default(),
                missing,
                recalibration: Recalibration::None,
            };
            let task = TaskHandle::unattended();
            let fitted = recipe
                .fit(&sample, &all(), Stream::new(1), &task)
                .expect("two classes");
            let expected = match learner {
                Learner::Forest => fitted.out_of_bag().expect("50 trees").risks,
                _ => fitted.predict(&sample, &all()).risks,
            };
            let f = surface_of(&fitted, &sample);
            for row in [0, 1, 9, 77] {
                let own = [(0, sample.predictors[0].values[row])];
                assert!(
                    (f(row, &own) - expected[row]).abs() < 1e-12,
                    "{learner:?} {row}"
                );
            }
            let found = effect(&f, &sample, &all(), 0);
            let (first, last) = (found.partial[0], found.partial[found.partial.len() - 1]);
            assert!(last > first + 0.2, "{first} {last}");
            let middle = median(&found.partial).expect("points");
            assert!((0.2..0.8).contains(&middle));
        }
    }
}
