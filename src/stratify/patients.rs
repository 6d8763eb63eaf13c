//! Patients as the search for profiles sees them.

use crate::base::num::{mean, median, sd};
use crate::cohort::Kind;
use crate::design::{Coding, DesignMap, Sample};

/// One thing that a rule can ask: a number, or whether a patient has a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Position of its predictor.
    pub predictor: usize,
    /// Position of the level that 1 stands for; `None`: the values are numbers.
    pub level: Option<usize>,
    /// One value a patient; gaps hold the median, or the most frequent level.
    pub values: Vec<f64>,
    /// The patients by ascending value.
    pub(super) order: Vec<usize>,
}

/// The patients, gaps filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Patients {
    /// What rules can ask.
    pub features: Vec<Feature>,
    /// Whether each patient responded.
    pub y: Vec<bool>,
    /// What clusters are made of: predictors and their values, NaN where missing.
    pub(super) measures: Vec<(usize, Vec<f64>)>,
}

impl Patients {
    /// All patients of a sample; `measured` are the positions of the numeric predictors that clusters are made of, of which
    /// those with fewer than two values are passed over.
    pub fn new(sample: &Sample, measured: &[usize]) -> Self {
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
        let map = DesignMap::learn(sample, &rows, Coding::Position).without_indicators();
        let x = map.matrix(sample, &rows);
        let mut features = Vec::new();
        for (at, predictor) in sample.predictors.iter().enumerate() {
            match predictor.kind {
                Kind::Numeric => features.push(Feature::new(at, None, x.col(at).to_vec())),
                // The second level of two says it all.
                Kind::Binary => features.push(Feature::new(at, Some(1), x.col(at).to_vec())),
                _ => features.extend((0..predictor.levels.len()).map(|level| {
                    let has = |value: &f64| f64::from(u8::from(*value == level as f64));
                    Feature::new(at, Some(level), x.col(at).iter().map(has).collect())
                })),
            }
        }
        features.retain(|feature| {
            let first = feature.values.first();
            feature.values.iter().any(|value| Some(value) != first)
        });
        let of = |&at: &usize| (at, sample.predictors[at].values.clone());
        let varies = |(_, values): &(usize, Vec<f64>)| {
            let mut known = values.iter().filter(|value| !value.is_nan());
            let first = known.next();
            known.any(|value| Some(value) != first)
        };
        Self {
            features,
            y: sample.y.clone(),
            measures: measured.iter().map(of).filter(varies).collect(),
        }
    }

    /// Number of patients.
    pub fn n(&self) -> usize {
        self.y.len()
    }

    /// Positions of the predictors that clusters are made of.
    pub fn measured(&self) -> Vec<usize> {
        self.measures.iter().map(|(at, _)| *at).collect()
    }

    /// These patients, also several times the same, as a cohort of their own.
    #[cfg(test)]
    pub(super) fn taken(&self, rows: &[usize]) -> Self {
        let pick = |values: &[f64]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
        let features = self.features.iter();
        Self {
            features: features
                .map(|of| Feature::new(of.predictor, of.level, pick(&of.values)))
                .collect(),
            y: rows.iter().map(|&row| self.y[row]).collect(),
            measures: self.measures.iter().map(|(at, v)| (*at, pick(v))).collect(),
        }
    }

    /// The columns that clusters are made of.
    pub(super) fn columns(&self) -> Vec<Vec<f64>> {
        let columns = self.measures.iter();
        columns.map(|(_, values)| values.clone()).collect()
    }
}

impl Feature {
    fn new(predictor: usize, level: Option<usize>, values: Vec<f64>) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        Self {
            predictor,
            level,
            values,
            order,
        }
    }
}

/// Patients as points in the space of standardised measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Points {
    /// Patients.
    pub(super) n: usize,
    /// Measures.
    pub(super) d: usize,
    /// The coordinates, patient after patient.
    data: Vec<f64>,
}

impl Points {
    /// Gaps filled with the median of their column, columns brought to mean 0 and standard deviation 1.
    pub(super) fn new(columns: &[Vec<f64>]) -> Self {
        let (n, d) = (columns.first().map_or(0, Vec::len), columns.len());
        let mut data = vec![0.0; n * d];
        for (j, column) in columns.iter().enumerate() {
            let known: Vec<f64> = column.iter().copied().filter(|v| !v.is_nan()).collect();
            let fill = median(&known).unwrap_or(0.0);
            let filled = column.iter().map(|v| if v.is_nan() { fill } else { *v });
            let filled: Vec<f64> = filled.collect();
            let centre = mean(&filled).unwrap_or(0.0);
            let scale = sd(&filled).filter(|sd| *sd > 0.0).unwrap_or(1.0);
            for (i, value) in filled.into_iter().enumerate() {
                data[i * d + j] = (value - centre) / scale;
            }
        }
        Self { n, d, data }
    }

    /// Coordinates of a patient.
    #[inline]
    pub(super) fn at(&self, patient: usize) -> &[f64] {
        &self.data[patient * self.d..(patient + 1) * self.d]
    }
}
