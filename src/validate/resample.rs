//! Resampling the whole recipe: bootstrap optimism, repeated cross-validation, half-samples.

use std::collections::BTreeMap;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use serde::{Deserialize, Serialize};

use crate::base::issue::Failure;
use crate::base::num::{mean, sd};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::learn::folds::stratified_folds;
use crate::recipe::{Fitted, Predictions, Recipe};
use crate::validate::measures::{auc, brier, calibration_slope};
use crate::validate::{Measure, Performance, performance};

/// How the models are validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Bootstrap resamples for the optimism of logistic models.
    pub n_bootstraps: usize,
    /// Folds of the cross-validation.
    pub n_folds: usize,
    /// Repeats of the cross-validation.
    pub n_repeats: usize,
    /// Refits on half-samples without replacement: bands of patients, intervals of importance, stability.
    pub n_half_samples: usize,
    /// Outer resamples of the two-stage bootstrap that gives corrected figures their limits; 0: not run.
    #[serde(default)]
    pub n_outer: usize,
    /// Resamples inside each of these; a forest has none.
    #[serde(default)]
    pub n_inner: usize,
    /// Permuted outcomes on which the first learner is tried; 0: no permutation test.
    #[serde(default)]
    pub n_permutations: usize,
    /// Simulated cohorts of the same design on which the first learner is tried; 0: no simulation.
    #[serde(default)]
    pub n_simulated: usize,
}

/// Least share of its resamples that a figure rests on: where more than half of the fits fail, or leave
/// a measure undefined, the rest are no longer a sample of what could have happened, and the figure
/// is not given.
const LEAST_OK: f64 = 0.5;

/// Whether so many of the planned resamples are enough for a figure.
pub(crate) fn is_enough(n_ok: usize, n_planned: usize) -> bool {
    n_ok > 0 && n_ok as f64 >= LEAST_OK * n_planned as f64
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            n_bootstraps: 500,
            n_folds: 10,
            n_repeats: 20,
            n_half_samples: 200,
            n_outer: 0,
            n_inner: 0,
            n_permutations: 0,
            n_simulated: 0,
        }
    }
}

/// How far predictions move when the model is trained again on half of the patients (Riley and Collins 2023).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// Refits that worked.
    pub n_ok: usize,
    /// Refits that did not.
    pub n_failed: usize,
    /// Mean absolute distance between a patient's chance and that of a refit.
    pub mape: f64,
    /// At each cut: share of refits that put the patient on the other side, mean over patients.
    pub classification_instability: Vec<(f64, f64)>,
    /// The same at 1 %, 2 %, …, 99 %; empty in a result of an older program.
    #[serde(default)]
    pub by_percent: Vec<f64>,
}

/// Share of refits on the other side of the cut than the patient's own chance; `refits` are in ascending order. A chance
/// that equals the cut is above it. `None` for no refit.
pub(crate) fn crossing(risk: f64, refits: &[f64], cut: f64) -> Option<f64> {
    let below = refits.partition_point(|refit| *refit < cut);
    let crossed = if risk < cut {
        refits.len() - below
    } else {
        below
    };
    (!refits.is_empty()).then(|| crossed as f64 / refits.len() as f64)
}

/// Rows to train on and rows that the fit has not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Training rows; repeats are copies.
    pub train: Vec<usize>,
    /// Rows to judge it on.
    pub test: Vec<usize>,
}

/// Bootstrap resamples of `n` rows; the test rows are those not drawn. A resample with one class
/// is drawn again.
pub fn bootstraps(y: &[bool], n_resamples: usize, stream: Stream) -> Vec<Split> {
    let n = y.len();
    (0..n_resamples)
        .map(|resample| {
            let mut rng = stream.at(resample).rng();
            loop {
                let train = rng.bootstrap(n);
                let n_events = train.iter().filter(|&&row| y[row]).count();
                if n_events > 0 && n_events < n {
                    let mut drawn = vec![false; n];
                    train.iter().for_each(|&row| drawn[row] = true);
                    let test = (0..n).filter(|&row| !drawn[row]).collect();
                    return Split { train, test };
                }
            }
        })
        .collect()
}

/// Splits of a repeated stratified cross-validation, repeat after repeat.
pub fn cross_validation(y: &[bool], plan: &Plan, stream: Stream) -> Vec<Vec<Split>> {
    (0..plan.n_repeats)
        .map(|repeat| {
            stratified_folds(y, plan.n_folds, stream.at(repeat))
                .into_iter()
                .map(|(train, test)| Split { train, test })
                .collect()
        })
        .collect()
}

/// Half-samples without replacement, each class halved; an odd one falls to either side by chance.
pub fn half_samples(y: &[bool], n_resamples: usize, stream: Stream) -> Vec<Split> {
    (0..n_resamples)
        .map(|resample| {
            let mut rng = stream.at(resample).rng();
            let (mut train, mut test) = (Vec::new(), Vec::new());
            for class in [true, false] {
                let mut rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == class).collect();
                rng.shuffle(&mut rows);
                let n_train = (rows.len() + rng.below(2)) / 2;
                test.extend(rows.split_off(n_train));
                train.append(&mut rows);
            }
            train.sort_unstable();
            test.sort_unstable();
            Split { train, test }
        })
        .collect()
}

/// Fits the recipe on every split and keeps what `judge` makes of each fit, in the order of the
/// splits; `None` where a fit failed. Splits run in parallel, one step of the task each.
pub fn refit<T: Send>(
    recipe: &Recipe,
    sample: &Sample,
    splits: &[Split],
    stream: Stream,
    task: &TaskHandle,
    judge: impl Fn(usize, &Fitted, &Split) -> T + Sync,
) -> Result<Vec<Option<T>>, Cancelled> {
    splits
        .par_iter()
        .enumerate()
        .map(|(at, split)| {
            let judged = match recipe.fit(sample, &split.train, stream.at(at), task) {
                Ok(fitted) => Some(judge(at, &fitted, split)),
                Err(Failure::Cancelled) => return Err(Cancelled),
                Err(Failure::Because(_)) => None,
            };
            task.step()?;
            Ok(judged)
        })
        .collect()
}

/// Mean optimism of each measure and its Monte-Carlo error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Optimism {
    /// Mean over resamples and its standard error, by measure.
    pub mean: BTreeMap<Measure, (f64, f64)>,
    /// AUC and calibration slope of the refits on the patients that their resample left out: mean over resamples
    /// and its standard error; no entry where more than half of the resamples leave it undefined.
    pub left_out: BTreeMap<Measure, (f64, f64)>,
    /// Brier score of the refits on the patients that their resample left out: mean over the resamples
    /// of each patient, then over patients; `None` where nobody was left out.
    pub left_out_brier: Option<f64>,
    /// Whether a penalty was tuned: such a model may be too timid, so that its slope has no end.
    pub is_tuned: bool,
    /// Resamples whose fit failed.
    pub n_failed: usize,
}

/// A figure corrected by the rules of Efron and Tibshirani (1997).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule632 {
    /// By the .632 rule: `.368 apparent + .632 left_out`.
    pub plain: f64,
    /// By the .632+ rule: `(1 - w) apparent + w left_out`.
    pub plus: f64,
    /// The weight `w`, in [0.632, 1].
    pub weight: f64,
}

fn plain_632(apparent: f64, left_out: f64) -> f64 {
    0.368 * apparent + 0.632 * left_out
}

/// The .632 and .632+ rules for an error. `left_out` is the error of refits on patients that their
/// resample left out, `no_information` that of the predictions if they had nothing to do with the
/// outcome. `w = .632 / (1 - .368 R)`, with the relative overfitting
/// `R = (left_out - apparent) / (no_information - apparent)` kept in [0, 1] and a left-out error of at most
/// `no_information`.
pub fn rule_632(apparent: f64, left_out: f64, no_information: f64) -> Rule632 {
    let bounded = left_out.min(no_information);
    let overfitting = if bounded > apparent && no_information > apparent {
        (bounded - apparent) / (no_information - apparent)
    } else {
        0.0
    };
    let weight = 0.632 / (1.0 - 0.368 * overfitting);
    Rule632 {
        plain: plain_632(apparent, left_out),
        plus: (1.0 - weight) * apparent + weight * bounded,
        weight,
    }
}

/// The same rules for an AUC, whose error is its distance from 1 and which is 0.5 without information.
///
/// Harrell's correction judges each refit on all patients, also those that it was trained on. With
/// few events for each parameter it leaves part of the optimism in: in simulated cohorts of 305
/// patients and 29 parameters 0.017, where the .632+ rule is off by 0.006 at most.
pub fn auc_632(apparent: f64, left_out: f64) -> Rule632 {
    let found = rule_632(1.0 - apparent, 1.0 - left_out, 0.5);
    Rule632 {
        plain: 1.0 - found.plain,
        plus: 1.0 - found.plus,
        weight: found.weight,
    }
}

/// The same rules for a calibration slope, whose error is its distance from 1 and which is 0 without information.
pub fn slope_632(apparent: f64, left_out: f64) -> Rule632 {
    let found = rule_632(1.0 - apparent, 1.0 - left_out, 1.0);
    Rule632 {
        plain: 1.0 - found.plain,
        plus: 1.0 - found.plus,
        weight: found.weight,
    }
}

/// Brier score of these risks if they had nothing to do with the outcome: mean over all pairs of a risk
/// and an outcome. `None` for no patient.
pub fn no_information_brier(risks: &[f64], y: &[bool]) -> Option<f64> {
    let rate = y.iter().filter(|&&event| event).count() as f64 / y.len() as f64;
    let loss = |p: &f64| rate * (1.0 - p).powi(2) + (1.0 - rate) * p.powi(2);
    mean(&risks.iter().map(loss).collect::<Vec<_>>())
}

impl Optimism {
    /// The corrected figures: apparent less the mean optimism of Harrell, but for those of [`Self::by_632`]. A distance
    /// that the correction would bring below 0 is 0.
    pub fn corrected(&self, apparent: &Performance) -> Performance {
        let of = |(&measure, &value): (&Measure, &f64)| {
            let corrected = value - self.mean.get(&measure)?.0;
            let is_distance = Measure::DISTANCES.contains(&measure);
            let corrected = if is_distance {
                corrected.max(0.0)
            } else {
                corrected
            };
            Some((measure, corrected))
        };
        let mut corrected: Performance = apparent.iter().filter_map(of).collect();
        for measure in [Measure::Auc, Measure::CalibrationSlope, Measure::Brier] {
            if let Some(value) = self.by_632(measure, apparent)
                && let Some(corrected) = corrected.get_mut(&measure)
            {
                *corrected = value;
            }
        }
        let scaled = scaled_by(Measure::Brier, apparent, &corrected);
        if let (Some(value), Some(corrected)) = (scaled, corrected.get_mut(&Measure::ScaledBrier)) {
            *corrected = value;
        }
        corrected
    }

    /// The corrected figure where it is not Harrell's: AUC and calibration slope by the .632+ rule, the Brier score by
    /// the .632 rule; `None` for another measure, and for the slope of a tuned penalty. By simulation
    /// (`tests/README.md`) these come closest to the truth.
    pub fn by_632(&self, measure: Measure, apparent: &Performance) -> Option<f64> {
        match measure {
            Measure::Auc => Some(self.rule_632(measure, apparent)?.plus),
            Measure::CalibrationSlope if !self.is_tuned => {
                Some(self.rule_632(measure, apparent)?.plus)
            }
            Measure::Brier => {
                let apparent = *apparent.get(&Measure::Brier)?;
                Some(plain_632(apparent, self.left_out_brier?))
            }
            _ => None,
        }
    }

    /// AUC or calibration slope by the .632 rules; `None` for another measure.
    pub fn rule_632(&self, measure: Measure, apparent: &Performance) -> Option<Rule632> {
        let (left_out, _) = *self.left_out.get(&measure)?;
        let apparent = *apparent.get(&measure)?;
        match measure {
            Measure::Auc => Some(auc_632(apparent, left_out)),
            Measure::CalibrationSlope => Some(slope_632(apparent, left_out)),
            _ => None,
        }
    }

    /// The Brier score by the .632 rules; `predictions` are those that the apparent figures are of.
    pub fn brier_632(&self, predictions: &Predictions, y: &[bool]) -> Option<Rule632> {
        let risks = &predictions.risks;
        let none = no_information_brier(risks, y)?;
        Some(rule_632(brier(risks, y)?, self.left_out_brier?, none))
    }
}

/// What one resample says.
struct Gap {
    /// Performance on the resample less that on the original rows.
    optimism: Performance,
    /// AUC and calibration slope on the patients that were left out.
    left_out: Performance,
    /// Position of each patient that was left out, and the squared error there.
    left_out_losses: Vec<(usize, f64)>,
}

/// Harrell's optimism (1996) of the recipe on these rows of the sample: performance of each refit on its
/// bootstrap sample minus its performance on the rows. Not for forests, whose training predictions
/// are near perfect. A row that is there twice is left out of a resample only where both are.
pub fn optimism(
    recipe: &Recipe,
    sample: &Sample,
    rows: &[usize],
    n_bootstraps: usize,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Optimism, Cancelled> {
    let y = sample.y_of(rows);
    let splits: Vec<Split> = bootstraps(&y, n_bootstraps, stream.named("draw"))
        .into_iter()
        .map(|split| of_rows(rows, &split, sample.n_rows()))
        .collect();
    let judge = |_: usize, fitted: &Fitted, split: &Split| {
        let of_train = sample.y_of(&split.train);
        let in_resample = performance(&fitted.predict_matrices(&fitted.matrices), &of_train);
        let in_original = performance(&fitted.predict(sample, rows), &y);
        let gap = |(measure, value)| Some((measure, value - in_original.get(&measure)?));
        let left_out = fitted.predict(sample, &split.test);
        let losses = split.test.iter().zip(&left_out.risks);
        let loss = |(&row, risk): (&usize, &f64)| {
            let event = f64::from(u8::from(sample.y[row]));
            (row, (risk - event).powi(2))
        };
        Gap {
            optimism: in_resample.into_iter().filter_map(gap).collect(),
            left_out: of_left_out(&left_out.linear_predictors, &sample.y_of(&split.test)),
            left_out_losses: losses.map(loss).collect(),
        }
    };
    let gaps = refit(recipe, sample, &splits, stream.named("fit"), task, judge)?;
    let gaps: Vec<Gap> = gaps.into_iter().flatten().collect();
    Ok(Optimism {
        is_tuned: recipe.learner.is_tuned(),
        ..summarised(&gaps, n_bootstraps, sample.n_rows())
    })
}

/// The scaled Brier score that belongs to a corrected Brier score: both are one minus the other over a constant.
fn scaled_by(brier: Measure, apparent: &Performance, corrected: &Performance) -> Option<f64> {
    let (from, to) = (apparent.get(&brier)?, corrected.get(&brier)?);
    let scaled = apparent.get(&Measure::ScaledBrier)?;
    Some(1.0 - (1.0 - scaled) * to / from)
}

/// AUC and calibration slope; an entry for each that is defined.
fn of_left_out(linear_predictors: &[f64], y: &[bool]) -> Performance {
    let slope = calibration_slope(linear_predictors, y).map(|(slope, _)| slope);
    [
        (Measure::Auc, auc(linear_predictors, y)),
        (Measure::CalibrationSlope, slope),
    ]
    .into_iter()
    .filter_map(|(measure, value)| Some((measure, value?)))
    .collect()
}

/// A split of positions as one of these rows; a row is left out where none of its copies was drawn.
fn of_rows(rows: &[usize], split: &Split, n_rows: usize) -> Split {
    let train: Vec<usize> = split.train.iter().map(|&at| rows[at]).collect();
    let mut drawn = vec![false; n_rows];
    train.iter().for_each(|&row| drawn[row] = true);
    let test = rows.iter().copied().filter(|&row| !drawn[row]).collect();
    Split { train, test }
}

fn summarised(gaps: &[Gap], n_planned: usize, n_rows: usize) -> Optimism {
    let n_failed = n_planned - gaps.len();
    if !is_enough(gaps.len(), n_planned) {
        return Optimism {
            n_failed,
            ..Optimism::default()
        };
    }
    let std_error = |n: usize, sd: f64| sd / (n as f64).sqrt();
    let left_out: Vec<&Performance> = gaps.iter().map(|gap| &gap.left_out).collect();
    let mut losses = vec![(0.0, 0_usize); n_rows];
    for &(row, loss) in gaps.iter().flat_map(|gap| &gap.left_out_losses) {
        losses[row].0 += loss;
        losses[row].1 += 1;
    }
    let of_patients: Vec<f64> = losses
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(sum, n)| sum / n as f64)
        .collect();
    let optimisms: Vec<&Performance> = gaps.iter().map(|gap| &gap.optimism).collect();
    Optimism {
        mean: summary(&optimisms, std_error),
        left_out: summary(&left_out, std_error),
        left_out_brier: mean(&of_patients),
        is_tuned: false,
        n_failed,
    }
}

/// Mean of each measure, and its spread turned into what is wanted; a measure that is undefined in more
/// than half of them is left out.
fn summary(
    values: &[&Performance],
    spread: impl Fn(usize, f64) -> f64,
) -> BTreeMap<Measure, (f64, f64)> {
    Measure::ALL
        .into_iter()
        .filter_map(|measure| {
            let found = values.iter().filter_map(|value| value.get(&measure));
            let found: Vec<f64> = found.copied().collect();
            if !is_enough(found.len(), values.len()) {
                return None;
            }
            let sd = sd(&found).unwrap_or(0.0);
            Some((measure, (mean(&found)?, spread(found.len(), sd))))
        })
        .collect()
}

/// What a repeated cross-validation found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CrossValidated {
    /// Mean over the repeats and standard deviation between them, by measure. The AUC of a repeat
    /// is the mean over its folds; the other measures pool its out-of-fold predictions.
    pub mean: BTreeMap<Measure, (f64, f64)>,
    /// Mean out-of-fold log-odds of each patient over the repeats, as predictions.
    pub out_of_fold: Predictions,
    /// Folds whose fit failed.
    pub n_failed: usize,
}

/// Test rows of a fold and their predictions; `None` for a failed fold.
pub type FoldPredictions = Option<(Vec<usize>, Predictions)>;

/// Summarises out-of-fold predictions: for each repeat and fold, the test rows and their
/// predictions; `None` for a failed fold. Returns `None` where a patient has no prediction at all.
pub fn cross_validated(y: &[bool], repeats: &[Vec<FoldPredictions>]) -> Option<CrossValidated> {
    let n = y.len();
    let (mut sums, mut counts) = (vec![0.0; n], vec![0_usize; n]);
    let mut found = Vec::new();
    let mut n_failed = 0;
    for folds in repeats {
        let (mut pooled, mut label) = (Predictions::default(), Vec::new());
        let mut fold_aucs = Vec::new();
        for fold in folds {
            let Some((rows, predictions)) = fold else {
                n_failed += 1;
                continue;
            };
            let y_fold: Vec<bool> = rows.iter().map(|&row| y[row]).collect();
            let auc = auc(&predictions.linear_predictors, &y_fold);
            fold_aucs.extend(auc);
            for (&row, lp) in rows.iter().zip(&predictions.linear_predictors) {
                sums[row] += lp;
                counts[row] += 1;
            }
            pooled.risks.extend(&predictions.risks);
            pooled
                .linear_predictors
                .extend(&predictions.linear_predictors);
            pooled.between.extend(&predictions.between);
            label.extend(y_fold);
        }
        let mut measured = performance(&pooled, &label);
        match mean(&fold_aucs) {
            Some(auc) => measured.insert(Measure::Auc, auc),
            None => measured.remove(&Measure::Auc),
        };
        found.push(measured);
    }
    if counts.contains(&0) {
        return None;
    }
    let mean_lp = sums
        .iter()
        .zip(&counts)
        .map(|(sum, &n)| sum / n as f64)
        .collect();
    Some(CrossValidated {
        mean: summary(&found.iter().collect::<Vec<_>>(), |_, sd| sd),
        out_of_fold: Predictions::from_linear_predictors(mean_lp),
        n_failed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_samples_halve_each_class_and_share_no_row() {
        let y: Vec<bool> = (0..31).map(|i| i % 3 == 0).collect();
        for split in half_samples(&y, 20, Stream::new(1)) {
            let mut all = [split.train.clone(), split.test.clone()].concat();
            all.sort_unstable();
            assert_eq!(all, (0..31).collect::<Vec<_>>());
            let events = split.train.iter().filter(|&&row| y[row]).count();
            assert!((5..=6).contains(&events));
        }
    }

    #[test]
    fn a_refit_crosses_a_cut_where_it_lies_on_the_other_side_of_it() {
        let refits = [0.2, 0.4, 0.4, 0.7];
        assert_eq!(crossing(0.5, &refits, 0.4), Some(0.25));
        assert_eq!(crossing(0.4, &refits, 0.4), Some(0.25));
        assert_eq!(crossing(0.3, &refits, 0.4), Some(0.75));
        assert_eq!(crossing(0.3, &refits, 0.8), Some(0.0));
        assert_eq!(crossing(0.3, &[], 0.8), None);
    }

    #[test]
    fn the_632_plus_rule_lies_between_apparent_and_left_out() {
        // No overfitting: the plain .632 weight. Complete overfitting: the left-out AUC alone.
        let none = auc_632(0.7, 0.7);
        assert!((none.plus - 0.7).abs() < 1e-12 && none.weight == 0.632);
        let complete = auc_632(0.9, 0.45);
        assert!((complete.plus - 0.5).abs() < 1e-12 && (complete.weight - 1.0).abs() < 1e-12);
        assert!((complete.plain - (0.368 * 0.9 + 0.632 * 0.45)).abs() < 1e-12);
        let found = auc_632(0.76, 0.62);
        assert!(0.62 < found.plus && found.plus < found.plain && found.plain < 0.76);
    }

    #[test]
    fn a_corrected_distance_is_not_below_0() {
        let found = Optimism {
            mean: BTreeMap::from([(Measure::Ici, (0.05, 0.0)), (Measure::TjurR2, (0.05, 0.0))]),
            ..Optimism::default()
        };
        let apparent = Performance::from([(Measure::Ici, 0.02), (Measure::TjurR2, 0.02)]);
        let corrected = found.corrected(&apparent);
        assert_eq!(corrected[&Measure::Ici], 0.0);
        assert!(corrected[&Measure::TjurR2] < 0.0);
    }

    #[test]
    fn a_figure_of_fewer_than_half_of_its_resamples_is_not_given() {
        let gap = || Gap {
            optimism: Performance::from([(Measure::Brier, 0.1)]),
            left_out: Performance::from([(Measure::Auc, 0.6)]),
            left_out_losses: vec![(0, 0.2), (1, 0.4)],
        };
        let half = summarised(&[gap(), gap()], 4, 3);
        assert_eq!(half.mean[&Measure::Brier], (0.1, 0.0));
        assert_eq!(half.n_failed, 2);
        assert!((half.left_out_brier.expect("two were left out") - 0.3).abs() < 1e-12);
        let fewer = summarised(&[gap(), gap()], 5, 3);
        assert!(fewer.mean.is_empty() && fewer.left_out.is_empty());
        assert_eq!(fewer.n_failed, 3);
        // One measure that most resamples leave undefined.
        let with = Performance::from([(Measure::Auc, 0.1), (Measure::Brier, 0.1)]);
        let without = Performance::from([(Measure::Brier, 0.3)]);
        let found = summary(&[&with, &without, &without], |_, sd| sd);
        assert!(!found.contains_key(&Measure::Auc) && found.contains_key(&Measure::Brier));
    }

    #[test]
    fn a_patient_who_is_there_twice_is_left_out_only_where_no_copy_was_drawn() {
        let split = Split {
            train: vec![0, 0, 3],
            test: vec![1, 2],
        };
        // Positions 0 and 1 are the same patient.
        let found = of_rows(&[7, 7, 2, 5], &split, 8);
        assert_eq!(found.train, [7, 7, 5]);
        assert_eq!(found.test, [2]);
    }

    #[test]
    fn bootstraps_hold_both_classes_and_test_what_was_not_drawn() {
        let y: Vec<bool> = (0..12).map(|i| i == 0).collect();
        for split in bootstraps(&y, 50, Stream::new(2)) {
            assert_eq!(split.train.len(), 12);
            assert!(split.train.contains(&0));
            assert!(split.test.iter().all(|row| !split.train.contains(row)));
        }
    }
}
