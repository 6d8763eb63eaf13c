//! Coefficients as people read them: one row a term, odds ratios per sensible unit.

use std::collections::BTreeMap;

use statrs::function::erf::erfc;

use crate::analysis::{Limits, PredictorTest, Term};
use crate::base::num::{Z_95, mean, quantile, t_quantile_975, t_two_sided_p};
use crate::cohort::{Kind, Variable};
use crate::design::{ColumnInfo, Part, Sample};
use crate::impute::Pooled;
use crate::recipe::{Fitted, Model};
use crate::solve::{GroupTest, LogisticFit, Penalty, group_test, profile_limits};

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

    /// Share of the refits in which the coefficient is not 0.
    fn kept(&self, key: &Key) -> Option<f64> {
        let values = self.0.get(key)?;
        let n_kept = values.iter().filter(|value| **value != 0.0).count();
        Some(n_kept as f64 / values.len() as f64)
    }
}

/// What the limits of the terms are; `None` for a forest.
pub(crate) fn limits_of(fitted: &Fitted) -> Option<Limits> {
    let Model::Logistic(fit) = &fitted.model else {
        return None;
    };
    Some(match fit.penalty {
        Penalty::ElasticNet { .. } => Limits::RefitRange,
        // Profiles of several completed data sets cannot be pooled.
        _ if fitted.imputation.is_some() => Limits::Wald,
        Penalty::None => Limits::Profile,
        Penalty::Jeffreys => Limits::PenalisedProfile,
    })
}

/// The terms of a logistic fit, the intercept first; empty for a forest. Their limits are what [`limits_of`] says.
/// A term without information (aliased, running to infinity) has no limits. `steps`: clinical steps of the predictors.
pub(crate) fn terms(
    fitted: &Fitted,
    sample: &Sample,
    refits: &Refits,
    steps: &[Option<f64>],
) -> Vec<Term> {
    let Model::Logistic(fit) = &fitted.model else {
        return Vec::new();
    };
    let kind = limits_of(fitted);
    let drops = matches!(fit.penalty, Penalty::ElasticNet { alpha, .. } if alpha > 0.0);
    let profiles = match (kind, fitted.matrices.first()) {
        (Some(Limits::Profile | Limits::PenalisedProfile), Some(x)) => {
            profile_limits(x, &sample.y_of(&fitted.rows), fit)
        }
        _ => Vec::new(),
    };
    let columns = fitted.map.columns.iter().enumerate();
    std::iter::once(None)
        .chain(columns.map(Some))
        .map(|column| {
            let at = column.map(|(j, _)| j);
            let key = at.map(|j| fitted.map.name(j, sample));
            let estimate = at.map_or(fit.intercept, |j| fit.coefficients[j]);
            let figures = Figures::new(fitted, fit, at);
            let limits = match kind {
                Some(Limits::RefitRange) => refits.range(&key, estimate),
                Some(Limits::Wald) => figures.wald,
                // The intercept of Firth's model is recalibrated: it is not that of the profile.
                _ if figures.std_error.is_none() => None,
                _ => profiles
                    .get(at.map_or(0, |j| j + 1))
                    .and_then(|(low, high)| low.zip(*high)),
            };
            let step = column.and_then(|(j, c)| {
                let step = steps.get(c.predictor).copied().flatten();
                step.filter(|_| fitted.map.is_plain_number(j, sample))
            });
            Term {
                kept: refits.kept(&key).filter(|_| drops && at.is_some()),
                term: key.unwrap_or_else(|| "(intercept)".to_owned()),
                variable: column.map(|(_, c)| sample.predictors[c.predictor].name.clone()),
                level: column.and_then(|(_, c)| level(c, sample)),
                estimate,
                std_error: figures.std_error,
                z: figures.z,
                p: figures.p,
                limits,
                df: figures.pooled.map(|pooled| pooled.df),
                fmi: figures.pooled.map(|pooled| pooled.fmi),
                or_unit: at.map_or(1.0, |j| unit(fitted, j, sample)),
                clinical_step: step,
            }
        })
        .collect()
}

/// Wald's figures of one term; all `None` where it has no standard error.
struct Figures {
    std_error: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    wald: Option<(f64, f64)>,
    pooled: Option<Pooled>,
}

impl Figures {
    /// Of column `at`, or of the intercept.
    fn new(fitted: &Fitted, fit: &LogisticFit, at: Option<usize>) -> Self {
        let estimate = at.map_or(fit.intercept, |j| fit.coefficients[j]);
        let std_error = fit.std_error(at).filter(|_| fit.converged);
        let pooled = fitted.pooled.get(at.map_or(0, |j| j + 1));
        let pooled = pooled.copied().flatten().filter(|_| fit.converged);
        let z = std_error.map(|se| estimate / se);
        let quantile = pooled.map_or(Z_95, |pooled| t_quantile_975(pooled.df));
        let p_value = |z: f64| match &pooled {
            Some(pooled) => t_two_sided_p(z, pooled.df),
            None => erfc(z.abs() / std::f64::consts::SQRT_2),
        };
        Self {
            std_error,
            z,
            p: z.map(p_value),
            wald: std_error.map(|se| (estimate - quantile * se, estimate + quantile * se)),
            pooled,
        }
    }
}

/// Likelihood-ratio tests: of all columns together, and of each predictor that has more than one. Nothing for a
/// tuned penalty, for a forest, over imputations, and where the fit has not converged.
pub(crate) fn tests(fitted: &Fitted, sample: &Sample) -> (Option<GroupTest>, Vec<PredictorTest>) {
    let (Model::Logistic(fit), None, Some(x)) =
        (&fitted.model, &fitted.imputation, fitted.matrices.first())
    else {
        return (None, Vec::new());
    };
    let y = sample.y_of(&fitted.rows);
    let test = |group: &[usize]| group_test(x, &y, fit, group);
    let all: Vec<usize> = (0..x.k_cols).collect();
    let groups = fitted.map.groups(sample.predictors.len());
    let of_predictors = sample
        .predictors
        .iter()
        .zip(groups)
        .filter(|(_, group)| group.len() > 1)
        .filter_map(|(predictor, group)| {
            Some(PredictorTest {
                variable: predictor.name.clone(),
                test: test(&group)?,
            })
        })
        .collect();
    (test(&all), of_predictors)
}

/// A step of a variable that clinicians think in; `None` where there is no usual one: ten years of age, five points of the
/// HADS, a tenth of a scale from 0 to 100 or from 0 to 10.
pub(crate) fn clinical_step(variable: &Variable) -> Option<f64> {
    let concept = variable.concept.as_deref().unwrap_or_default();
    match (concept, variable.range) {
        ("age", _) => Some(10.0),
        ("hads-a" | "hads-d", _) => Some(5.0),
        (_, Some((0.0, 100.0))) => Some(10.0),
        (_, Some((0.0, 10.0))) => Some(1.0),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::design::{Form, Predictor};
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    const N: usize = 120;

    /// A number that matters, a predictor of three levels that does not, and a marker that only responders have.
    fn sample(with_marker: bool) -> Sample {
        let mut rng = Stream::new(12).rng();
        let a: Vec<f64> = (0..N).map(|_| 50.0 + 10.0 * rng.normal()).collect();
        let y: Vec<bool> = a.iter().map(|a| 15.0 * rng.normal() < a - 50.0).collect();
        let levels = (0..N).map(|_| rng.below(3) as f64).collect();
        let marker = y
            .iter()
            .enumerate()
            .map(|(row, y)| f64::from(u8::from(*y && row % 5 == 0)));
        let predictor = |name: &str, kind, n_levels: usize, values| Predictor {
            name: name.to_owned(),
            kind,
            levels: (0..n_levels).map(|level| format!("l{level}")).collect(),
            form: Form::default(),
            values,
        };
        let mut predictors = vec![
            predictor("a", Kind::Numeric, 0, a),
            predictor("b", Kind::Categorical, 3, levels),
        ];
        if with_marker {
            predictors.push(predictor("c", Kind::Binary, 2, marker.collect()));
        }
        Sample {
            predictors,
            interactions: Vec::new(),
            y,
        }
    }

    fn fitted(sample: &Sample, learner: Learner) -> Fitted {
        let recipe = Recipe {
            learner,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        };
        let rows: Vec<usize> = (0..N).collect();
        recipe
            .fit(sample, &rows, Stream::new(1), &TaskHandle::unattended())
            .expect("two classes")
    }

    #[test]
    fn every_learner_says_what_its_limits_are() {
        let sample = sample(false);
        for learner in Learner::ALL {
            let fitted = fitted(&sample, learner);
            let mut refits = Refits::default();
            let found = coefficients(&fitted, &sample);
            let dropped = found.iter().map(|(key, _)| (key.clone(), 0.0));
            refits.add(dropped.collect());
            refits.add(found);
            let terms = terms(&fitted, &sample, &refits, &[Some(10.0)]);
            let expected = match learner {
                Learner::Logistic => Some(Limits::Profile),
                Learner::Firth => Some(Limits::PenalisedProfile),
                Learner::Ridge | Learner::Lasso | Learner::ElasticNet => Some(Limits::RefitRange),
                Learner::Forest => None,
            };
            assert_eq!(limits_of(&fitted), expected);
            let Some(a) = terms.get(1) else {
                assert_eq!(learner, Learner::Forest);
                continue;
            };
            assert_eq!(terms.len(), 4);
            assert_eq!(a.clinical_step, Some(10.0));
            let drops = [Learner::Lasso, Learner::ElasticNet].contains(&learner);
            assert_eq!(a.kept, drops.then_some(0.5));
            assert_eq!(terms[2].clinical_step, None);
            assert_eq!(a.p.is_some(), !learner.is_tuned());
            assert_eq!(a.z.is_some(), !learner.is_tuned());
            let (low, high) = a.limits.expect("limits of some kind");
            assert!(low <= a.estimate && a.estimate <= high);
            let (test, of_predictors) = tests(&fitted, &sample);
            assert_eq!(test.is_some(), !learner.is_tuned());
            if let Some(test) = test {
                // One predictor of two columns is tested as one.
                assert_eq!((test.df, of_predictors.len()), (3, 1));
                assert_eq!(
                    (of_predictors[0].test.df, of_predictors[0].variable.as_str()),
                    (2, "b")
                );
                assert!(test.p < 1e-3 && of_predictors[0].test.p > 0.01);
                let ratio = a.estimate / a.std_error.expect("a variance");
                assert_eq!(a.z, Some(ratio));
            }
        }
    }

    #[test]
    fn a_perfect_marker_has_no_odds_ratio_by_maximum_likelihood_and_has_one_by_firth() {
        let sample = sample(true);
        let of = |learner| {
            let fitted = fitted(&sample, learner);
            let terms = terms(&fitted, &sample, &Refits::default(), &[]);
            (terms, tests(&fitted, &sample).0.is_some())
        };
        let (terms, is_tested) = of(Learner::Logistic);
        assert!(
            terms
                .iter()
                .all(|term| term.limits.is_none() && term.p.is_none())
        );
        assert!(!is_tested);
        let (terms, is_tested) = of(Learner::Firth);
        assert!(is_tested && terms[4].estimate > 1.0 && terms[4].estimate < 10.0);
        assert!(
            terms[4]
                .limits
                .is_some_and(|(low, high)| low > 0.0 && high.is_finite())
        );
        // The intercept of FLIC has none.
        assert_eq!((terms[0].limits, terms[0].p), (None, None));
    }
}
