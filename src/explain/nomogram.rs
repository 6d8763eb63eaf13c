//! A logistic model as scales of points that a person adds up by hand (Lubsen 1978; Harrell 2015).

use serde::{Deserialize, Serialize};

use crate::base::num::{quantile_sorted, risk_from_linear_predictor};
use crate::cohort::Kind;
use crate::design::{Part, Sample};
use crate::recipe::{Fitted, Model};

/// Values marked on the scale of a number: least and largest that was seen and round shares between.
const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Points of the predictor that can move the log-odds most.
const MOST_POINTS: f64 = 100.0;
/// Chances marked on the last scale.
const CHANCES: [f64; 11] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// The points of one predictor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Name of the variable.
    pub variable: String,
    /// A value (the number, or the position of the level; `None`: not known, where the model has a term for it) and its
    /// points in [0, 100].
    pub points: Vec<(Option<f64>, f64)>,
}

/// The scales of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nomogram {
    /// The predictors that move the log-odds, the longest scale first.
    pub scales: Vec<Scale>,
    /// Sums of points and the chance that they stand for.
    pub chances: Vec<(f64, f64)>,
}

/// The nomogram of a logistic fit: `100 (x b - min) / R` points, where `R` is the largest range of any predictor's part
/// `x b` of the log-odds over the patients. `None` for a forest, for a model with interactions, whose points would hang on
/// each other, and where no predictor moves anything.
pub fn nomogram(fitted: &Fitted, sample: &Sample) -> Option<Nomogram> {
    let Model::Logistic(fit) = &fitted.model else {
        return None;
    };
    let columns = &fitted.map.columns;
    if columns
        .iter()
        .any(|column| matches!(column.part, Part::Product(..)))
    {
        return None;
    }
    let part = |predictor: usize, value: f64| -> f64 {
        let mut values = vec![0.0; sample.predictors.len()];
        values[predictor] = value;
        let row = fitted.map.row(&values);
        let own = columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.predictor == predictor);
        own.map(|(j, _)| fit.coefficients[j] * row[j]).sum()
    };
    let mut scales: Vec<(f64, f64, Scale)> = Vec::new();
    let mut intercept = fit.intercept;
    for (at, predictor) in sample.predictors.iter().enumerate() {
        let has_own = |c: &crate::design::ColumnInfo| c.predictor == at && c.part == Part::Missing;
        let missing = columns.iter().any(has_own).then_some(f64::NAN);
        let parts: Vec<(f64, f64)> = marked(sample, at)
            .into_iter()
            .chain(missing)
            .map(|value| (value, part(at, value)))
            .collect();
        let least = parts
            .iter()
            .map(|(_, part)| *part)
            .fold(f64::INFINITY, f64::min);
        let most = parts
            .iter()
            .map(|(_, part)| *part)
            .fold(f64::NEG_INFINITY, f64::max);
        if least.is_finite() {
            intercept += least;
        }
        if most - least > 0.0 {
            let point =
                |(value, part): (f64, f64)| (Some(value).filter(|v| !v.is_nan()), part - least);
            let scale = Scale {
                variable: predictor.name.clone(),
                points: parts.into_iter().map(point).collect(),
            };
            scales.push((most - least, least, scale));
        }
    }
    scales.sort_by(|a, b| b.0.total_cmp(&a.0));
    let unit = MOST_POINTS / scales.first()?.0;
    for (_, _, scale) in &mut scales {
        scale
            .points
            .iter_mut()
            .for_each(|(_, points)| *points *= unit);
    }
    let total: f64 = scales.iter().map(|(range, ..)| range * unit).sum();
    let at = |chance: f64| (unit * ((chance / (1.0 - chance)).ln() - intercept), chance);
    let ends = [0.0, total].map(|points| {
        (
            points,
            risk_from_linear_predictor(intercept + points / unit),
        )
    });
    let inner = CHANCES
        .into_iter()
        .map(at)
        .filter(|(points, _)| (0.0..=total).contains(points));
    let mut chances: Vec<(f64, f64)> = inner.chain(ends).collect();
    chances.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(Nomogram {
        scales: scales.into_iter().map(|(_, _, scale)| scale).collect(),
        chances,
    })
}

/// Values of a predictor that are marked.
fn marked(sample: &Sample, at: usize) -> Vec<f64> {
    let predictor = &sample.predictors[at];
    let mut known = predictor.known();
    known.sort_unstable_by(f64::total_cmp);
    if predictor.kind == Kind::Numeric {
        let values = SHARES
            .iter()
            .filter_map(|share| quantile_sorted(&known, *share));
        known = values.collect();
    }
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::design::{Curve, Form, Predictor};
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    fn sample() -> Sample {
        let mut rng = Stream::new(3).rng();
        let a: Vec<f64> = (0..300).map(|_| (rng.normal() * 10.0).round()).collect();
        let b: Vec<f64> = (0..300)
            .map(|i| {
                if i % 4 == 0 {
                    f64::NAN
                } else {
                    rng.below(3) as f64
                }
            })
            .collect();
        let y = (0..300)
            .map(|i| rng.normal() * 8.0 < a[i] + if b[i] == 1.0 { 6.0 } else { 0.0 })
            .collect();
        let predictor = |name: &str, kind, levels: &[&str], curve, values| Predictor {
            name: name.to_owned(),
            kind,
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            form: Form {
                curve,
                ..Form::default()
            },
            values,
        };
        Sample {
            predictors: vec![
                predictor("a", Kind::Numeric, &[], Curve::Spline(4), a),
                predictor("b", Kind::Categorical, &["p", "q", "r"], Curve::Linear, b),
            ],
            interactions: Vec::new(),
            y,
        }
    }

    fn fitted(sample: &Sample, learner: Learner) -> Fitted {
        let recipe = Recipe {
            learner,
            forest: ForestParams {
                n_trees: 50,
                ..ForestParams::default()
            },
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        };
        let rows: Vec<usize> = (0..300).collect();
        let task = TaskHandle::unattended();
        recipe
            .fit(sample, &rows, Stream::new(1), &task)
            .expect("two classes")
    }

    #[test]
    fn points_added_up_by_hand_give_the_chance_of_the_model() {
        let sample = sample();
        let fitted = fitted(&sample, Learner::Ridge);
        let found = nomogram(&fitted, &sample).expect("a logistic model");
        assert_eq!(found.scales.len(), 2);
        let scale = |name: &str| {
            found
                .scales
                .iter()
                .find(|s| s.variable == name)
                .expect("a scale")
        };
        let longest = found.scales[0].points.iter().map(|(_, points)| *points);
        assert!((longest.fold(0.0, f64::max) - 100.0).abs() < 1e-9);
        // Between two marks of the last scale log-odds are a straight line over the points.
        let (p0, c0) = found.chances[0];
        let (p1, c1) = found.chances[found.chances.len() - 1];
        let log_odds = |chance: f64| (chance / (1.0 - chance)).ln();
        let slope = (log_odds(c1) - log_odds(c0)) / (p1 - p0);
        for (a, of_a) in &scale("a").points {
            for (b, of_b) in &scale("b").points {
                let values = [a.unwrap_or(f64::NAN), b.unwrap_or(f64::NAN)];
                let by_model = fitted
                    .predict_rows(&[fitted.map.row(&values)])
                    .linear_predictors[0];
                let by_hand = log_odds(c0) + slope * (of_a + of_b - p0);
                assert!((by_model - by_hand).abs() < 1e-9, "{values:?}");
            }
        }
        // A quarter of the patients lack b: the model has a term for that.
        assert!(scale("b").points.iter().any(|(value, _)| value.is_none()));
        assert!(found.chances.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1));
    }

    #[test]
    fn there_is_none_for_a_forest_and_for_interactions() {
        let mut sample = sample();
        assert!(nomogram(&fitted(&sample, Learner::Forest), &sample).is_none());
        sample.interactions = vec![(0, 1)];
        assert!(nomogram(&fitted(&sample, Learner::Ridge), &sample).is_none());
    }
}
