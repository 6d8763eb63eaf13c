//! What completes a patient whose outcome is not known: regressions without the outcome, learnt on
//! training rows. No donor's value is kept, so that a model can be handed on without patients.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::base::seed::{Rng, Stream};
use crate::design::Sample;
use crate::impute::Shift;
use crate::impute::coded::{Coded, Layout};

/// One predictor given the others: parameters drawn from their posterior, one draw an imputation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Conditional {
    /// Nothing varied.
    Constant(f64),
    /// Normal on the standardised scale.
    Number { coefficients: Vec<f64>, sigma: f64 },
    /// Log-odds of each level but the first.
    Levels(Vec<f64>),
}

/// Stored training information, from which any number of patients is completed.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub(crate) layout: Layout,
    /// By imputation and predictor.
    pub(crate) draws: Vec<Vec<Conditional>>,
    pub(crate) n_rounds: usize,
    /// Shift of a sensitivity analysis: what is assumed of gaps holds for every patient.
    pub(crate) shift: Option<Shift>,
    pub(crate) stream: Stream,
}

impl Stored {
    /// The given rows without a gap, one sample an imputation, in the order given; a single one
    /// where no row has a gap. Outcomes are copied and never looked at. A row is completed from its
    /// own values and the stream alone: alone or among others, here or in another cohort, it gets
    /// the same.
    pub fn complete(&self, sample: &Sample, rows: &[usize]) -> Vec<Sample> {
        let taken = sample.taken(rows);
        let with_gaps: Vec<usize> = (0..rows.len())
            .filter(|&row| taken.gaps(row).contains(&true))
            .collect();
        if with_gaps.is_empty() {
            return vec![taken];
        }
        (0..self.draws.len())
            .into_par_iter()
            .map(|at| {
                let mut completed = taken.clone();
                for &row in &with_gaps {
                    self.complete_row(&mut completed, row, at);
                }
                completed
            })
            .collect()
    }

    /// One patient, a value for each predictor, without a gap: one completion an imputation, a single one without a gap.
    /// Random numbers hang on `recorded`, the patient's values before some were supposed to be others: while a value is
    /// moved they stay the same, so that what is imputed moves with it and does not jump. With `values` as recorded the
    /// patient gets what [`Stored::complete`] gives.
    pub fn complete_one(&self, values: &[f64], recorded: &[f64]) -> Vec<Vec<f64>> {
        if !values.iter().any(|value| value.is_nan()) {
            return vec![values.to_vec()];
        }
        let stream = self.stream_of(recorded);
        (0..self.draws.len())
            .map(|at| self.completed(values.to_vec(), stream, at))
            .collect()
    }

    fn complete_row(&self, sample: &mut Sample, row: usize, imputation: usize) {
        let values: Vec<f64> = sample.predictors.iter().map(|p| p.values[row]).collect();
        let stream = self.stream_of(&values);
        let completed = self.completed(values, stream, imputation);
        for (predictor, value) in sample.predictors.iter_mut().zip(completed) {
            predictor.values[row] = value;
        }
    }

    /// One Gibbs sampler over the missing values of one patient; a single gap needs one draw.
    fn completed(&self, mut values: Vec<f64>, stream: Stream, imputation: usize) -> Vec<f64> {
        let mut rng = stream.at(imputation).rng();
        let gaps: Vec<usize> = (0..values.len())
            .filter(|&at| values[at].is_nan())
            .collect();
        for &at in &gaps {
            values[at] = self.layout.coded[at].start();
        }
        let n_rounds = if gaps.len() == 1 {
            1
        } else {
            self.n_rounds.max(1)
        };
        for _ in 0..n_rounds {
            for &at in &gaps {
                values[at] = self.draw(at, &values, &self.draws[imputation][at], &mut rng);
                if let Some(Shift { delta, .. }) = self.shift.filter(|s| s.predictor == at) {
                    values[at] += delta;
                }
            }
        }
        values
    }

    /// The patient's own stream: it hangs on the values that are known, not on the place in a table.
    fn stream_of(&self, values: &[f64]) -> Stream {
        values.iter().fold(self.stream, |stream, value| {
            let value = if value.is_nan() { f64::NAN } else { *value };
            stream.at(value.to_bits() as usize)
        })
    }

    fn draw(&self, at: usize, values: &[f64], given: &Conditional, rng: &mut Rng) -> f64 {
        let mut x = vec![1.0];
        for &other in &self.layout.inputs[at] {
            let coded = &self.layout.coded[other];
            x.extend((0..coded.width()).map(|j| coded.code(values[other], j)));
        }
        match (given, &self.layout.coded[at]) {
            (
                Conditional::Number {
                    coefficients,
                    sigma,
                },
                Coded::Number {
                    centre,
                    scale,
                    range,
                },
            ) => {
                let mean: f64 = x.iter().zip(coefficients).map(|(x, b)| x * b).sum();
                (centre + scale * (mean + sigma * rng.normal())).clamp(range.0, range.1)
            }
            (Conditional::Levels(coefficients), Coded::Levels { seen, .. }) => {
                seen[draw_level(coefficients, &x, seen.len(), rng)]
            }
            _ => self.layout.coded[at].start(),
        }
    }
}

/// Draws a level (0 to `n_levels - 1`) given the coefficients of the log-odds of each level but the first.
pub(crate) fn draw_level(coefficients: &[f64], x: &[f64], n_levels: usize, rng: &mut Rng) -> usize {
    let mut logits = vec![0.0; n_levels];
    for (logit, b) in logits[1..].iter_mut().zip(coefficients.chunks(x.len())) {
        *logit = b.iter().zip(x).map(|(b, x)| b * x).sum();
    }
    let most = logits.iter().copied().fold(0.0, f64::max);
    let odds: Vec<f64> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let mut left = rng.uniform() * odds.iter().sum::<f64>();
    for (level, odds) in odds.iter().enumerate() {
        left -= odds;
        if left < 0.0 {
            return level;
        }
    }
    n_levels - 1
}
