//! Coefficients as people read them: one row a term, odds ratios per sensible unit.

use std::collections::BTreeMap;

use statrs::function::erf::erfc;

use crate::analysis::Term;
use crate::base::num::{Z_95, mean, quantile, t_quantile_975, t_two_sided_p};
use crate::cohort::Kind;
use crate::design::{ColumnInfo, Part, Sample};
use crate::recipe::{Fitted, Model};

/// Coefficients of a logistic fit by term; the intercept has no name. Empty for a forest.
pub(crate) fn coefficients(fitted: &Fitted, sample: &Sample) -> Vec<(Key, f64)> {
    let Model::Logistic(fit) = &fitted.model else {
        return Vec::new();
    };
    let names = (0..fitted.map.columns.len()).map(|j| Some(fitted.map.name(j, sample)));
    std::iter::once(None)
        .chain(names)
        .zip(std::iter::once(fit.intercept).chain(fit.coefficients.iter().copied()))
        .collect()
}

/// The term that a coefficient belongs to, the same in every refit; `None`: the intercept.
type Key = Option<String>;

/// Coefficients over refits.
#[derive(Default)]
pub(crate) struct Refits(BTreeMap<Key, Vec<f64>>);

impl Refits {
    pub(crate) fn add(&mut self, coefficients: Vec<(Key, f64)>) {
        for (key, value) in coefficients {
            self.0.entry(key).or_default().push(value);
        }
    }

    /// 2.5 and 97.5 % points over the refits, moved so that their mean is the estimate.
    fn range(&self, key: &Key, estimate: f64) -> Option<(f64, f64)> {
        let values = self.0.get(key)?;
        let shift = estimate - mean(values)?;
        Some((
            (quantile(values, 0.025)? + shift).min(estimate),
            (quantile(values, 0.975)? + shift).max(estimate),
        ))
    }
}

/// The terms of a logistic fit, the intercept first; empty for a forest. Wald figures for maximum
/// likelihood, the refit range for a penalised model. A term without information (aliased, running
/// to infinity) has no limits.
pub(crate) fn terms(fitted: &Fitted, sample: &Sample, refits: &Refits) -> Vec<Term> {
    let Model::Logistic(fit) = &fitted.model else {
        return Vec::new();
    };
    let columns = fitted.map.columns.iter().enumerate();
    std::iter::once(None)
        .chain(columns.map(Some))
        .map(|column| {
            let at = column.map(|(j, _)| j);
            let key = at.map(|j| fitted.map.name(j, sample));
            let estimate = at.map_or(fit.intercept, |j| fit.coefficients[j]);
            let std_error = fit.std_error(at).filter(|_| fit.converged);
            let pooled = fitted.pooled.get(at.map_or(0, |j| j + 1));
            let pooled = pooled.copied().flatten().filter(|_| fit.converged);
            let z = std_error.map(|se| estimate / se);
            let quantile = pooled.map_or(Z_95, |pooled| t_quantile_975(pooled.df));
            let wald = std_error.map(|se| (estimate - quantile * se, estimate + quantile * se));
            let p_value = |z: f64| match &pooled {
                Some(pooled) => t_two_sided_p(z, pooled.df),
                None => erfc(z.abs() / std::f64::consts::SQRT_2),
            };
            let limits = if fit.lambda > 0.0 {
                refits.range(&key, estimate)
            } else {
                wald
            };
            Term {
                term: key.unwrap_or_else(|| "(intercept)".to_owned()),
                variable: column.map(|(_, c)| sample.predictors[c.predictor].name.clone()),
                level: column.and_then(|(_, c)| level(c, sample)),
                estimate,
                std_error,
                z,
                p: z.map(p_value),
                limits,
                df: pooled.map(|pooled| pooled.df),
                fmi: pooled.map(|pooled| pooled.fmi),
                or_unit: at.map_or(1.0, |j| unit(fitted, j, sample)),
            }
        })
        .collect()
}

fn level(column: &ColumnInfo, sample: &Sample) -> Option<String> {
    let predictor = &sample.predictors[column.predictor];
    match column.part {
        Part::Value if predictor.kind == Kind::Binary => predictor.levels.get(1).cloned(),
        Part::Level(at) => predictor.levels.get(at).cloned(),
        Part::Value | Part::Bend(_) | Part::Rare | Part::Missing | Part::Product(..) => None,
    }
}

/// The step of an odds ratio: the interquartile range of a number that acts along a line (1 where it is 0), 1 of
/// anything else.
fn unit(fitted: &Fitted, j: usize, sample: &Sample) -> f64 {
    if !fitted.map.is_plain_number(j, sample) {
        return 1.0;
    }
    let seen = sample.predictors[fitted.map.columns[j].predictor].known();
    let range = quantile(&seen, 0.75)
        .zip(quantile(&seen, 0.25))
        .map(|(high, low)| high - low);
    range.filter(|range| *range > 0.0).unwrap_or(1.0)
}
