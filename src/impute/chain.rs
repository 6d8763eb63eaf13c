//! One chain: the training rows with drawn values in their gaps, redrawn round by round.

use crate::base::num::{mean, sd};
use crate::base::seed::Rng;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::impute::coded::{Coded, Layout};
use crate::impute::stored::{Conditional, draw_level};
use crate::impute::{ChainTrace, Imputer, Shift};
use crate::solve::{LeastSquares, Multinomial};

/// Donors of predictive mean matching: patients with the closest predictions, of whom one is drawn (`mice`: 5).
const N_DONORS: usize = 5;

pub(crate) struct Chain<'a> {
    layout: &'a Layout,
    /// Completed values, by predictor.
    values: Vec<Vec<f64>>,
    /// Coded columns, by predictor.
    columns: Vec<Vec<Vec<f64>>>,
    /// The outcome as 0 and 1.
    y: Vec<f64>,
    /// Where each multinomial fit begins: the fit of the round before.
    warm: Vec<Vec<f64>>,
}

impl<'a> Chain<'a> {
    /// Fills every gap with a known value drawn at random.
    pub(crate) fn new(train: &Sample, layout: &'a Layout, rng: &mut Rng) -> Self {
        let k = train.predictors.len();
        let mut chain = Self {
            layout,
            values: train.predictors.iter().map(|p| p.values.clone()).collect(),
            columns: layout
                .coded
                .iter()
                .map(|coded| vec![vec![0.0; train.n_rows()]; coded.width()])
                .collect(),
            y: train.y.iter().map(|&y| f64::from(u8::from(y))).collect(),
            warm: vec![Vec::new(); k],
        };
        for at in 0..k {
            let known = &layout.known[at];
            for &row in &layout.missing[at] {
                chain.values[at][row] = if layout.coded[at].width() == 0 {
                    layout.coded[at].start()
                } else {
                    chain.values[at][known[rng.below(known.len())]]
                };
            }
            let all: Vec<usize> = (0..train.n_rows()).collect();
            chain.recode(at, &all);
        }
        chain
    }

    /// Runs the rounds; mean and standard deviation of what was imputed, by round and visited predictor.
    pub(crate) fn run(
        &mut self,
        imputer: &Imputer,
        rng: &mut Rng,
        task: &TaskHandle,
    ) -> Result<ChainTrace, Cancelled> {
        let visited = self.layout.visited(imputer.params.visit);
        let mut trace = Vec::with_capacity(imputer.params.n_iterations);
        for _ in 0..imputer.params.n_iterations {
            let mut round = Vec::with_capacity(visited.len());
            for &target in &visited {
                task.check()?;
                let mut drawn = self.draw(target, rng);
                if let Some(Shift { delta, .. }) = imputer.shift.filter(|s| s.predictor == target) {
                    drawn.iter_mut().for_each(|value| *value += delta);
                }
                round.push((mean(&drawn).unwrap_or(0.0), sd(&drawn).unwrap_or(0.0)));
                let missing = &self.layout.missing[target];
                for (&row, value) in missing.iter().zip(drawn) {
                    self.values[target][row] = value;
                }
                self.recode(target, missing);
            }
            trace.push(round);
        }
        Ok(trace)
    }

    /// Learns each predictor from the others and without the outcome, for patients to come: one
    /// draw of the parameters from their posterior. All rows are learnt from, completed ones too: among the known
    /// alone those outcomes are rarer with which values go missing. What `shift` added is taken off again, since it
    /// is added anew to what is drawn.
    pub(crate) fn learn_without_outcome(
        &self,
        shift: Option<Shift>,
        rng: &mut Rng,
    ) -> Vec<Conditional> {
        let all: Vec<usize> = (0..self.y.len()).collect();
        (0..self.values.len())
            .map(|target| {
                let x = self.design(target, &all, Outcome::Hidden);
                match &self.layout.coded[target] {
                    Coded::Constant(value) => Conditional::Constant(*value),
                    Coded::Number { .. } => {
                        let shift = shift.filter(|shift| shift.predictor == target);
                        let fit = LeastSquares::new(&x, &self.coded_unshifted(target, shift));
                        let (coefficients, sigma) = fit.draw(rng);
                        Conditional::Number {
                            coefficients,
                            sigma,
                        }
                    }
                    Coded::Levels { seen, .. } => {
                        let level = self.levels(target, seen, &all);
                        let fit = Multinomial::new(&x, &level, seen.len(), &[]);
                        Conditional::Levels(fit.draw(rng))
                    }
                }
            })
            .collect()
    }

    /// The completed sample.
    pub(crate) fn into_sample(self, train: &Sample) -> Sample {
        let mut sample = train.clone();
        for (predictor, values) in sample.predictors.iter_mut().zip(self.values) {
            predictor.values = values;
        }
        sample
    }

    /// Draws the missing values of one predictor given all others and the outcome.
    fn draw(&mut self, target: usize, rng: &mut Rng) -> Vec<f64> {
        let layout = self.layout;
        let x_known = self.design(target, &layout.known[target], Outcome::Seen);
        let x_missing = self.design(target, &layout.missing[target], Outcome::Seen);
        let n_missing = layout.missing[target].len();
        match &layout.coded[target] {
            Coded::Constant(value) => vec![*value; n_missing],
            Coded::Number { .. } => {
                let fit = LeastSquares::new(&x_known, &self.coded_known(target));
                let (drawn, _) = fit.draw(rng);
                // Matching of type 1: donors predicted by the fit, the missing by a draw (van Buuren 2018, 3.4.2).
                let of_donors = predictions(&x_known, &fit.coefficients);
                let of_missing = predictions(&x_missing, &drawn);
                let known = layout.known[target].iter();
                let values: Vec<f64> = known.map(|&row| self.values[target][row]).collect();
                matched(&of_donors, &values, &of_missing, rng)
            }
            Coded::Levels { seen, .. } => {
                let level = self.levels(target, seen, &layout.known[target]);
                let fit = Multinomial::new(&x_known, &level, seen.len(), &self.warm[target]);
                let drawn = fit.draw(rng);
                self.warm[target] = fit.coefficients;
                (0..n_missing)
                    .map(|row| {
                        let x: Vec<f64> = x_missing.iter().map(|column| column[row]).collect();
                        seen[draw_level(&drawn, &x, seen.len(), rng)]
                    })
                    .collect()
            }
        }
    }

    fn recode(&mut self, at: usize, rows: &[usize]) {
        for (j, column) in self.columns[at].iter_mut().enumerate() {
            for &row in rows {
                column[row] = self.layout.coded[at].code(self.values[at][row], j);
            }
        }
    }

    /// Intercept, the other predictors and, where it may be seen, the outcome, of these rows.
    fn design(&self, target: usize, rows: &[usize], outcome: Outcome) -> Vec<Vec<f64>> {
        let pick = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect();
        let mut x: Vec<Vec<f64>> = vec![vec![1.0; rows.len()]];
        for &other in &self.layout.inputs[target] {
            x.extend(self.columns[other].iter().map(pick));
        }
        if outcome == Outcome::Seen {
            x.push(pick(&self.y));
        }
        x
    }

    fn coded_known(&self, target: usize) -> Vec<f64> {
        let rows = self.layout.known[target].iter();
        rows.map(|&row| self.columns[target][0][row]).collect()
    }

    /// Coded values of all rows, without what a sensitivity analysis added to the drawn ones.
    fn coded_unshifted(&self, target: usize, shift: Option<Shift>) -> Vec<f64> {
        let mut values = self.columns[target][0].clone();
        if let Some(Shift { delta, .. }) = shift {
            for &row in &self.layout.missing[target] {
                let value = self.values[target][row] - delta;
                values[row] = self.layout.coded[target].code(value, 0);
            }
        }
        values
    }

    fn levels(&self, target: usize, seen: &[f64], rows: &[usize]) -> Vec<usize> {
        let values = &self.values[target];
        rows.iter()
            .map(|&row| seen.iter().position(|s| *s == values[row]).unwrap_or(0))
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Seen,
    Hidden,
}

fn predictions(columns: &[Vec<f64>], coefficients: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; columns[0].len()];
    for (column, b) in columns.iter().zip(coefficients) {
        sums.iter_mut()
            .zip(column)
            .for_each(|(sum, x)| *sum += b * x);
    }
    sums
}

/// For each missing value that of a donor, drawn among those with the closest predictions; which of
/// several donors with one prediction count as closest is left to chance.
fn matched(of_donors: &[f64], values: &[f64], of_missing: &[f64], rng: &mut Rng) -> Vec<f64> {
    let mut order: Vec<usize> = (0..of_donors.len()).collect();
    rng.shuffle(&mut order);
    order.sort_by(|&a, &b| of_donors[a].total_cmp(&of_donors[b]));
    of_missing
        .iter()
        .map(|&wanted| {
            let mut low = order.partition_point(|&donor| of_donors[donor] < wanted);
            let mut high = low;
            while high - low < N_DONORS.min(order.len()) {
                let below = (low > 0).then(|| wanted - of_donors[order[low - 1]]);
                let above = order.get(high).map(|&donor| of_donors[donor] - wanted);
                match (below, above) {
                    (Some(below), Some(above)) if below < above => low -= 1,
                    (Some(_), None) => low -= 1,
                    _ => high += 1,
                }
            }
            values[order[low + rng.below(high - low)]]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn a_donor_is_one_of_the_five_closest() {
        let donors: Vec<f64> = (0..20).map(f64::from).collect();
        let mut rng = Stream::new(1).rng();
        let drawn = matched(&donors, &donors, &[-3.0; 200], &mut rng);
        let at_most = |drawn: &[f64]| drawn.iter().copied().fold(f64::MIN, f64::max);
        assert_eq!(at_most(&drawn), 4.0);
        let drawn = matched(&donors, &donors, &[10.2; 200], &mut rng);
        assert!(drawn.iter().all(|value| (8.0..=12.0).contains(value)));
        assert!((8..=12).all(|value| drawn.contains(&f64::from(value))));
        let ties = matched(&[1.0; 20], &donors, &[1.0; 400], &mut rng);
        // All predictions alike: five by chance.
        assert!(ties.iter().any(|value| *value > 4.0));
        assert_eq!(matched(&[1.0], &[7.0], &[5.0], &mut rng), [7.0]);
    }
}
