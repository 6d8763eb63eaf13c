//! How predictors enter the regressions of an imputation: numbers standardised, levels as 0/1
//! columns, learnt from the known values of the training rows.

use crate::base::num::{mean, sd};
use crate::cohort::Kind;
use crate::design::{Predictor, Sample};
use crate::impute::Visit;

/// A standardised number is kept within this: a wild value of one patient can't overflow a sum.
const FARTHEST: f64 = 1e3;
/// At least so many known values for each column of a regression; beyond, only the predictors that
/// correlate most with the target stay (`quickpred` of `mice`; van Buuren 2018, section 6.3.2).
const ROWS_A_COLUMN: usize = 3;

/// One predictor as columns of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Coded {
    /// Nothing varies: no column. What stands for a missing value.
    Constant(f64),
    /// One column, standardised.
    Number {
        centre: f64,
        scale: f64,
        /// Smallest and largest known value: no patient is imputed beyond.
        range: (f64, f64),
    },
    /// One 0/1 column for each level that was seen but the first; positions ascending, and the most frequent one.
    Levels { seen: Vec<f64>, mode: f64 },
}

impl Coded {
    fn learn(predictor: &Predictor) -> Self {
        let mut known = predictor.known();
        let (centre, scale) = (mean(&known), sd(&known));
        known.sort_unstable_by(f64::total_cmp);
        let (Some(&low), Some(&high)) = (known.first(), known.last()) else {
            return Self::Constant(0.0);
        };
        if low >= high {
            return Self::Constant(low);
        }
        if predictor.kind == Kind::Numeric {
            let (centre, scale) = (centre.unwrap_or(low), scale.unwrap_or(0.0));
            // Overflow or a spread lost in rounding: nothing can be regressed on it.
            if !(centre.is_finite() && scale.is_finite() && scale > 1e-12 * (1.0 + centre.abs())) {
                return Self::Constant(low);
            }
            return Self::Number {
                centre,
                scale,
                range: (low, high),
            };
        }
        let mut seen = known.clone();
        seen.dedup();
        let count = |level: f64| known.iter().filter(|&&value| value == level).count();
        // The first of equals.
        let mode = seen
            .iter()
            .copied()
            .rev()
            .max_by_key(|&level| count(level))
            .unwrap_or(low);
        Self::Levels { seen, mode }
    }

    /// Number of columns.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Constant(_) => 0,
            Self::Number { .. } => 1,
            Self::Levels { seen, .. } => seen.len() - 1,
        }
    }

    /// The value in column `at`; a level that was never seen counts as the first.
    pub(crate) fn code(&self, value: f64, at: usize) -> f64 {
        match self {
            Self::Constant(_) => 0.0,
            Self::Number { centre, scale, .. } => {
                ((value - centre) / scale).clamp(-FARTHEST, FARTHEST)
            }
            Self::Levels { seen, .. } => f64::from(u8::from(value == seen[at + 1])),
        }
    }

    /// What a patient's missing value is before the first round.
    pub(crate) fn start(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Number { centre, .. } => *centre,
            Self::Levels { mode, .. } => *mode,
        }
    }
}

/// All predictors of the training rows: their coding, who helps to impute whom, who lacks what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout {
    pub(crate) coded: Vec<Coded>,
    /// For each predictor, the others that its regression uses, ascending.
    pub(crate) inputs: Vec<Vec<usize>>,
    /// Training positions with and without a value, by predictor.
    pub(crate) known: Vec<Vec<usize>>,
    pub(crate) missing: Vec<Vec<usize>>,
}

impl Layout {
    /// Learns from all rows of a sample of training rows.
    pub(crate) fn learn(train: &Sample) -> Self {
        let coded: Vec<Coded> = train.predictors.iter().map(Coded::learn).collect();
        let split = train.predictors.iter().map(|predictor| {
            (0..train.n_rows()).partition(|&row: &usize| !predictor.values[row].is_nan())
        });
        let (known, missing): (Vec<Vec<usize>>, Vec<Vec<usize>>) = split.unzip();
        let mut layout = Self {
            inputs: Vec::new(),
            coded,
            known,
            missing,
        };
        layout.inputs = (0..layout.coded.len())
            .map(|target| layout.inputs_of(train, target))
            .collect();
        layout
    }

    /// Predictors that are imputed by regression, in the order of a round.
    pub(crate) fn visited(&self, visit: Visit) -> Vec<usize> {
        let mut visited: Vec<usize> = (0..self.coded.len())
            .filter(|&at| self.coded[at].width() > 0 && !self.missing[at].is_empty())
            .collect();
        match visit {
            Visit::Listed => {}
            Visit::FewestFirst => visited.sort_by_key(|&at| self.missing[at].len()),
            Visit::MostFirst => {
                visited.sort_by_key(|&at| std::cmp::Reverse(self.missing[at].len()));
            }
        }
        visited
    }

    fn inputs_of(&self, train: &Sample, target: usize) -> Vec<usize> {
        let mut others: Vec<usize> = (0..self.coded.len())
            .filter(|&other| other != target && self.coded[other].width() > 0)
            .collect();
        let columns = |others: &[usize]| -> usize {
            others.iter().map(|&other| self.coded[other].width()).sum()
        };
        let n_logits = match &self.coded[target] {
            Coded::Levels { seen, .. } => seen.len() - 1,
            _ => 1,
        };
        // Intercept and outcome always stay.
        let room = (self.known[target].len() / (ROWS_A_COLUMN * n_logits)).saturating_sub(2);
        if columns(&others) <= room {
            return others;
        }
        let mut ranked: Vec<(f64, usize)> = others
            .drain(..)
            .map(|other| (self.correlation(train, target, other), other))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, other) in ranked {
            others.push(other);
            if columns(&others) > room {
                others.pop();
            }
        }
        others.sort_unstable();
        others
    }

    /// Largest absolute correlation between a column of one predictor and a column of another, over
    /// the rows that know both; 0 where there is none.
    fn correlation(&self, train: &Sample, target: usize, other: usize) -> f64 {
        let values = |at: usize, row: usize| train.predictors[at].values[row];
        let rows: Vec<usize> = self.known[target]
            .iter()
            .copied()
            .filter(|&row| !values(other, row).is_nan())
            .collect();
        let column = |at: usize, j: usize| -> Vec<f64> {
            let code = |&row: &usize| self.coded[at].code(values(at, row), j);
            rows.iter().map(code).collect()
        };
        let mut most = 0.0_f64;
        for i in 0..self.coded[target].width() {
            let a = column(target, i);
            for j in 0..self.coded[other].width() {
                most = most.max(correlation(&a, &column(other, j)).abs());
            }
        }
        most
    }
}

/// Pearson's correlation; 0 where one side is constant.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (Some(ma), Some(mb)) = (mean(a), mean(b)) else {
        return 0.0;
    };
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - ma) * (y - mb);
        aa += (x - ma).powi(2);
        bb += (y - mb).powi(2);
    }
    if aa > 0.0 && bb > 0.0 {
        ab / (aa * bb).sqrt()
    } else {
        0.0
    }
}
