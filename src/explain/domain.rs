//! How far a person lies from the patients that a model has learnt from.
//!
//! Each figure is held against the patients' own, each seen from all others: without a yardstick a distance says nothing.
//! Nothing here looks at an outcome.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::base::num::{Matrix, quantile, quantile_sorted, risk_from_linear_predictor};
use crate::cohort::Kind;
use crate::design::{Coding, DesignMap, Part, Predictor, Sample};
use crate::explain::MARGIN;
use crate::recipe::{Fitted, Model};
use crate::solve::QuadraticForm;

/// Beyond the distance or leverage that this share of the patients do not reach a person is far from them.
const SHARE: f64 = 0.975;
/// Patients for each direction at least: with fewer every one of them is far from the others.
const ROWS_A_COLUMN: usize = 5;
/// Nearest patients that are named.
const N_NEAREST: usize = 10;
/// What an own distance is kept from, so that a patient who alone has a level is far and not infinitely far.
const LEAST: f64 = 1e-9;

/// A figure beside the one that 97.5 % of the patients do not exceed, each seen from all others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// Of this person.
    pub value: f64,
    /// Of the patients.
    pub limit: f64,
}

impl Beside {
    /// Whether it lies beyond.
    pub fn is_beyond(self) -> bool {
        self.value > self.limit
    }
}

/// A patient near to a person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// Position among the analysed patients.
    pub patient: usize,
    /// Gower's distance (1971) in [0, 1]: mean over the predictors that both have of the difference over the range, or
    /// of 0 and 1 for the same and another level.
    pub distance: f64,
}

/// Where a person stands among the patients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DomainCheck {
    /// Mahalanobis' distance (1936) on the design columns of the values that are known; `None` where there are too few
    /// patients for it.
    pub distance: Option<Beside>,
    /// Leverage in a logistic model: `w x' (X' W X)^-1 x` with `w = p (1 - p)`; `None` for a forest and where there are
    /// too few patients.
    pub leverage: Option<Beside>,
    /// The nearest patients, the nearest first.
    pub nearest: Vec<Near>,
}

impl DomainCheck {
    /// Whether the values, each within its range, do not go together in any patient.
    pub fn is_far(&self) -> bool {
        [self.distance, self.leverage]
            .into_iter()
            .flatten()
            .any(Beside::is_beyond)
    }
}

/// The patients, as a person is held against them.
#[derive(Clone, Debug)]
pub struct Patients {
    map: DesignMap,
    /// Columns of straight lines and levels: what bends and multiplies repeats them.
    columns: Vec<usize>,
    predictor_of: Vec<usize>,
    x: Matrix,
    /// Range of each numeric predictor; 0 where it does not vary.
    ranges: Vec<f64>,
}

/// Who is held against the patients.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The values by predictor, NaN where not known.
    pub values: &'a [f64],
    /// Position among the patients of one who is among them.
    pub patient: Option<usize>,
}

impl Patients {
    /// Learns from all patients of a sample; gaps count as the median or the mode.
    pub fn new(sample: &Sample) -> Self {
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
        let map = DesignMap::learn(sample, &rows, Coding::Treatment).without_indicators();
        let is_straight = |j: &usize| {
            let part = &map.columns[*j].part;
            matches!(part, Part::Value | Part::Level(_) | Part::Rare)
        };
        let range = |predictor: &Predictor| {
            let known = predictor.known();
            let ends = [0.0, 1.0].map(|share| quantile(&known, share).unwrap_or(0.0));
            if predictor.kind == Kind::Numeric {
                ends[1] - ends[0]
            } else {
                0.0
            }
        };
        Self {
            columns: (0..map.columns.len()).filter(is_straight).collect(),
            predictor_of: map.predictor_of(),
            x: map.matrix(sample, &rows),
            ranges: sample.predictors.iter().map(range).collect(),
            map,
        }
    }

    /// Distance of a person from all patients, or of one of them from all others, on the columns of the values that are
    /// known. `None` with fewer than five patients a column.
    ///
    /// The limit is the 0.975 quantile of the patients' own distances on these columns, each from mean and covariance of
    /// all others, by the formula of Sherman and Morrison (1950).
    pub fn distance(&self, who: Compared<'_>) -> Option<Beside> {
        let cloud = self.cloud(&self.known(who.values))?;
        Some(cloud.beside(&self.map.row(who.values), who.patient))
    }

    /// Columns whose value is known.
    fn known(&self, values: &[f64]) -> Vec<usize> {
        let is_known = |j: &&usize| !values[self.predictor_of[**j]].is_nan();
        self.columns.iter().filter(is_known).copied().collect()
    }

    fn cloud(&self, columns: &[usize]) -> Option<Cloud> {
        let n = self.x.n_rows;
        if columns.is_empty() || n < ROWS_A_COLUMN * columns.len() {
            return None;
        }
        let centre: Vec<f64> = columns
            .iter()
            .map(|&j| self.x.col(j).iter().sum::<f64>() / n as f64)
            .collect();
        let apart = |row: usize| -> Vec<f64> {
            let of = columns.iter().zip(&centre);
            of.map(|(&j, centre)| self.x.get(row, j) - centre).collect()
        };
        let rows: Vec<Vec<f64>> = (0..n).map(apart).collect();
        let form = QuadraticForm::new(&rows, None);
        let mut cloud = Cloud {
            columns: columns.to_vec(),
            limit: 0.0,
            centre,
            form,
            rows,
        };
        let own: Vec<f64> = (0..n)
            .map(|at| cloud.distance(&cloud.rows[at], Some(at)))
            .collect();
        cloud.limit = quantile(&own, SHARE)?;
        Some(cloud)
    }

    /// The nearest patients to a person, the person not among them. Patients who share no known value have no distance.
    pub fn nearest(&self, sample: &Sample, who: Compared<'_>) -> Vec<Near> {
        let mut found: Vec<Near> = (0..sample.n_rows())
            .filter(|row| Some(*row) != who.patient)
            .filter_map(|patient| {
                let distance = self.gower(sample, who.values, patient)?;
                Some(Near { patient, distance })
            })
            .collect();
        let order = |a: &Near, b: &Near| {
            let apart = a.distance.total_cmp(&b.distance);
            apart.then(a.patient.cmp(&b.patient))
        };
        if found.len() > N_NEAREST {
            found.select_nth_unstable_by(N_NEAREST, order);
            found.truncate(N_NEAREST);
        }
        found.sort_by(order);
        found
    }

    fn gower(&self, sample: &Sample, values: &[f64], patient: usize) -> Option<f64> {
        let (mut sum, mut n) = (0.0, 0.0);
        for ((predictor, &value), &range) in sample.predictors.iter().zip(values).zip(&self.ranges)
        {
            let other = predictor.values[patient];
            if value.is_nan() || other.is_nan() {
                continue;
            }
            n += 1.0;
            sum += if predictor.kind == Kind::Numeric && range > 0.0 {
                ((value - other).abs() / range).min(1.0)
            } else {
                f64::from(u8::from(value != other))
            };
        }
        (n > 0.0).then(|| sum / n)
    }
}

/// Everyone among the others, in the order of the sample; `fitted` is a fit to all of them that still holds its rows.
pub fn domain_checks(sample: &Sample, fitted: &Fitted) -> Vec<DomainCheck> {
    let patients = Patients::new(sample);
    let leverage = Leverage::new(fitted);
    let mut clouds: BTreeMap<Vec<usize>, Option<Cloud>> = BTreeMap::new();
    let people: Vec<Vec<f64>> = (0..sample.n_rows())
        .map(|row| sample.predictors.iter().map(|p| p.values[row]).collect())
        .collect();
    for values in &people {
        clouds
            .entry(patients.known(values))
            .or_insert_with_key(|known| patients.cloud(known));
    }
    (0..people.len())
        .into_par_iter()
        .map(|row| {
            let who = Compared {
                values: &people[row],
                patient: Some(row),
            };
            let cloud = clouds.get(&patients.known(who.values));
            let cloud = cloud.and_then(Option::as_ref);
            DomainCheck {
                distance: cloud.map(|cloud| cloud.beside(&patients.map.row(who.values), Some(row))),
                leverage: leverage.as_ref().and_then(|found| found.of_patient(row)),
                nearest: patients.nearest(sample, who),
            }
        })
        .collect()
}

/// Centre and spread of the patients on some columns.
struct Cloud {
    columns: Vec<usize>,
    centre: Vec<f64>,
    /// Of the sum of squares and products around the centre.
    form: QuadraticForm,
    /// The patients, less the centre.
    rows: Vec<Vec<f64>>,
    limit: f64,
}

impl Cloud {
    fn beside(&self, row: &[f64], patient: Option<usize>) -> Beside {
        let columns = self.columns.iter().zip(&self.centre);
        let apart: Vec<f64> = columns.map(|(&j, centre)| row[j] - centre).collect();
        Beside {
            value: self.distance(&apart, patient),
            limit: self.limit,
        }
    }

    /// Mahalanobis' distance of a row less the centre, from all patients or from all but one of them.
    ///
    /// Without patient `i`, who lies `d` from the centre `m` of all `n`, centre and sum of products are `m - d / (n - 1)`
    /// and `S - c d d'` with `c = n / (n - 1)`, so that `u' S_i^-1 u = u' S^-1 u + c (u' S^-1 d)^2 / (1 - c d' S^-1 d)`.
    fn distance(&self, apart: &[f64], without: Option<usize>) -> f64 {
        let n = self.rows.len() as f64;
        let Some(d) = without.and_then(|at| self.rows.get(at)) else {
            return ((n - 1.0) * self.form.of(apart)).sqrt();
        };
        let of = |sign: f64, by: f64| {
            let pairs = apart.iter().zip(d);
            let row: Vec<f64> = pairs.map(|(a, d)| a + d * by + sign * d).collect();
            self.form.of(&row)
        };
        let by = 1.0 / (n - 1.0);
        let both = (of(1.0, by) - of(-1.0, by)) / 4.0;
        let c = n / (n - 1.0);
        let left = (1.0 - c * self.form.of(d)).max(LEAST);
        ((n - 2.0) * (of(0.0, by) + c * both * both / left)).sqrt()
    }
}

/// Leverage of people in a logistic model.
#[derive(Clone, Debug)]
pub struct Leverage {
    /// Design columns that the model uses.
    columns: Vec<usize>,
    form: QuadraticForm,
    /// Of each training row the leverage in the model without it: `h / (1 - h)`, the weights held.
    own: Vec<f64>,
    limit: f64,
}

impl Leverage {
    /// Of a fit that still holds its training rows; `None` for a forest, and with fewer than five rows a column.
    pub fn new(fitted: &Fitted) -> Option<Self> {
        let Model::Logistic(fit) = &fitted.model else {
            return None;
        };
        let used = fit
            .coefficients
            .iter()
            .enumerate()
            .filter(|(_, b)| **b != 0.0);
        let columns: Vec<usize> = used.map(|(j, _)| j).collect();
        let x = Fitted::mean_matrix(&fitted.matrices)?;
        if x.n_rows < ROWS_A_COLUMN * (columns.len() + 1) {
            return None;
        }
        let rows: Vec<Vec<f64>> = (0..x.n_rows)
            .map(|i| with_intercept(&x.row(i), &columns))
            .collect();
        let weights: Vec<f64> = fit.linear_predictors(&x).into_iter().map(weight).collect();
        let form = QuadraticForm::new(&rows, Some(&weights));
        let own = rows.iter().zip(&weights).map(|(row, weight)| {
            let h = weight * form.of(row);
            h / (1.0 - h).max(LEAST)
        });
        let own: Vec<f64> = own.collect();
        let mut sorted = own.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        Some(Self {
            limit: quantile_sorted(&sorted, SHARE)?,
            columns,
            form,
            own,
        })
    }

    /// Of a training row, in the model without it.
    pub fn of_patient(&self, at: usize) -> Option<Beside> {
        Some(Beside {
            value: *self.own.get(at)?,
            limit: self.limit,
        })
    }

    /// Of a person with these design columns and log-odds.
    pub fn of_person(&self, row: &[f64], linear_predictor: f64) -> Beside {
        let row = with_intercept(row, &self.columns);
        Beside {
            value: weight(linear_predictor) * self.form.of(&row),
            limit: self.limit,
        }
    }
}

/// What a patient with these log-odds counts: `p (1 - p)`.
fn weight(linear_predictor: f64) -> f64 {
    let risk = risk_from_linear_predictor(linear_predictor);
    risk * (1.0 - risk)
}

fn with_intercept(row: &[f64], columns: &[usize]) -> Vec<f64> {
    let used = columns.iter().map(|&j| row[j]);
    std::iter::once(1.0).chain(used).collect()
}

/// The predictors in which a person lies clearly outside the range of the patients, or has a level that none of them
/// has; one of the patients is held against the others.
pub fn outside_of(sample: &Sample, who: Compared<'_>) -> Vec<usize> {
    let is_outside = |predictor: &Predictor, value: f64| {
        let others: Vec<f64> = predictor
            .values
            .iter()
            .enumerate()
            .filter(|(row, other)| Some(*row) != who.patient && !other.is_nan())
            .map(|(_, other)| *other)
            .collect();
        if value.is_nan() || others.len() < 2 {
            return false;
        }
        if predictor.kind != Kind::Numeric {
            return !others.contains(&value);
        }
        let mut all = predictor.known();
        all.sort_unstable_by(f64::total_cmp);
        let quartile = |share| quantile_sorted(&all, share).unwrap_or(value);
        let margin = MARGIN * (quartile(0.75) - quartile(0.25));
        let least = others.iter().copied().fold(f64::INFINITY, f64::min);
        let most = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        value < least - margin || value > most + margin
    };
    let predictors = sample.predictors.iter().zip(who.values).enumerate();
    predictors
        .filter(|(_, (predictor, value))| is_outside(predictor, **value))
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::{mean, risk_from_linear_predictor};
    use crate::base::seed::Stream;
    use crate::base::task::TaskHandle;
    use crate::design::Form;
    use crate::explain::outside;
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan, Recipe};

    /// Two numbers that go together and a level.
    fn sample() -> Sample {
        let mut rng = Stream::new(2).rng();
        let a: Vec<f64> = (0..80).map(|_| 50.0 + 10.0 * rng.normal()).collect();
        let b: Vec<f64> = a.iter().map(|a| a / 10.0 + 0.2 * rng.normal()).collect();
        let level: Vec<f64> = (0..80).map(|_| rng.below(3) as f64).collect();
        let y = a.iter().map(|a| rng.normal() * 10.0 < a - 50.0).collect();
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

    fn person(values: &[f64]) -> Compared<'_> {
        Compared {
            values,
            patient: None,
        }
    }

    fn fitted(sample: &Sample, learner: Learner) -> Fitted {
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
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
        let task = TaskHandle::unattended();
        let found = recipe.fit(sample, &rows, Stream::new(1), &task);
        found.expect("two classes")
    }

    /// Mahalanobis' distance of `z` from these rows in the first two columns, by hand.
    fn by_hand(sample: &Sample, rows: &[usize], z: [f64; 2]) -> f64 {
        let column = |j: usize| -> Vec<f64> {
            rows.iter()
                .map(|&row| sample.predictors[j].values[row])
                .collect()
        };
        let (a, b) = (column(0), column(1));
        let (ma, mb) = (mean(&a).expect("rows"), mean(&b).expect("rows"));
        let cov = |x: &[f64], mx: f64, y: &[f64], my: f64| {
            let sum: f64 = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum();
            sum / (x.len() - 1) as f64
        };
        let (saa, sab, sbb) = (
            cov(&a, ma, &a, ma),
            cov(&a, ma, &b, mb),
            cov(&b, mb, &b, mb),
        );
        let (u, v) = (z[0] - ma, z[1] - mb);
        ((sbb * u * u - 2.0 * sab * u * v + saa * v * v) / (saa * sbb - sab * sab)).sqrt()
    }

    #[test]
    fn a_patient_is_measured_from_the_others_and_a_person_from_all_with_what_is_known() {
        let sample = sample();
        let patients = Patients::new(&sample);
        for at in [0, 13, 44] {
            let others: Vec<usize> = (0..80).filter(|row| *row != at).collect();
            // The level is not known: the two numbers remain. As on record, and with another value supposed.
            for shift in [0.0, 7.0] {
                let of = |j: usize| sample.predictors[j].values[at];
                let values = [of(0) + shift, of(1), f64::NAN];
                let own = Compared {
                    patient: Some(at),
                    ..person(&values)
                };
                let found = patients.distance(own).expect("80 patients");
                let expected = by_hand(&sample, &others, [values[0], values[1]]);
                assert!(
                    (found.value - expected).abs() < 1e-9 * expected,
                    "{found:?} {expected}"
                );
                let new = patients.distance(person(&values)).expect("80 patients");
                let all: Vec<usize> = (0..80).collect();
                let expected = by_hand(&sample, &all, [values[0], values[1]]);
                assert!((new.value - expected).abs() < 1e-9 * expected);
            }
        }
        let own: Vec<f64> = (0..80)
            .map(|at| {
                let others: Vec<usize> = (0..80).filter(|row| *row != at).collect();
                by_hand(
                    &sample,
                    &others,
                    [0, 1].map(|j| sample.predictors[j].values[at]),
                )
            })
            .collect();
        let limit = patients
            .distance(person(&[50.0, 5.0, f64::NAN]))
            .expect("80 patients")
            .limit;
        assert!((limit - quantile(&own, SHARE).expect("80 distances")).abs() < 1e-9);
    }

    #[test]
    fn values_that_do_not_go_together_are_far_though_each_is_within_its_range() {
        let sample = sample();
        let patients = Patients::new(&sample);
        let usual = patients
            .distance(person(&[62.0, 6.2, 1.0]))
            .expect("80 patients");
        let unusual = patients
            .distance(person(&[62.0, 3.9, 1.0]))
            .expect("80 patients");
        assert!(
            !usual.is_beyond() && unusual.is_beyond(),
            "{usual:?} {unusual:?}"
        );
        assert!(outside_of(&sample, person(&[62.0, 3.9, 1.0])).is_empty());
        assert_eq!(outside_of(&sample, person(&[120.0, 5.0, 7.0])), [0, 2]);
        // Nothing known, nothing said.
        let unknown = [f64::NAN; 3];
        assert!(patients.distance(person(&unknown)).is_none());
        assert!(patients.nearest(&sample, person(&unknown)).is_empty());
        let everyone = domain_checks(&sample, &fitted(&sample, Learner::Forest));
        let n_far = everyone.iter().filter(|domain| domain.is_far()).count();
        assert_eq!(n_far, 2, "2.5 % of 80");
        let few = sample.taken(&(0..12).collect::<Vec<_>>());
        assert!(
            Patients::new(&few)
                .distance(person(&[62.0, 6.2, 1.0]))
                .is_none()
        );
    }

    #[test]
    fn a_patient_lies_outside_by_the_same_rule_alone_and_among_all() {
        let mut sample = sample();
        sample.predictors[0].values[5] = 300.0;
        sample.predictors[2].values[6] = f64::NAN;
        for (row, expected) in outside(&sample).into_iter().enumerate() {
            let values: Vec<f64> = sample.predictors.iter().map(|p| p.values[row]).collect();
            let own = Compared {
                values: &values,
                patient: Some(row),
            };
            assert_eq!(outside_of(&sample, own), expected, "{row}");
        }
    }

    #[test]
    fn the_nearest_patients_are_near_in_what_both_have() {
        let mut sample = sample();
        sample.predictors[1].values[9] = f64::NAN;
        let patients = Patients::new(&sample);
        let values = [
            sample.predictors[0].values[9],
            f64::NAN,
            sample.predictors[2].values[9],
        ];
        let found = patients.nearest(&sample, person(&values));
        assert_eq!(
            (found.len(), found[0].patient, found[0].distance),
            (10, 9, 0.0)
        );
        assert!(found.is_sorted_by(|a, b| a.distance <= b.distance));
        let range = |j: usize| {
            let known = sample.predictors[j].known();
            quantile(&known, 1.0).expect("values") - quantile(&known, 0.0).expect("values")
        };
        let at = found[4].patient;
        let apart = (sample.predictors[0].values[at] - values[0]).abs() / range(0);
        let level = f64::from(u8::from(sample.predictors[2].values[at] != values[2]));
        assert!((found[4].distance - (apart + level) / 2.0).abs() < 1e-12);
        let own = Compared {
            values: &values,
            patient: Some(9),
        };
        assert!(
            patients
                .nearest(&sample, own)
                .iter()
                .all(|near| near.patient != 9)
        );
    }

    #[test]
    fn the_leverage_of_a_patient_is_that_in_the_fit_without_the_patient_the_weights_held() {
        let sample = sample();
        assert!(Leverage::new(&fitted(&sample, Learner::Forest)).is_none());
        let fitted = fitted(&sample, Learner::Logistic);
        let Model::Logistic(model) = &fitted.model else {
            panic!("asked for");
        };
        let leverage = Leverage::new(&fitted).expect("80 patients");
        // With maximum likelihood the inverse information is known: h = w x' V x.
        let covariance = model.covariance.as_ref().expect("maximum likelihood");
        let order = model.coefficients.len() + 1;
        for at in [0, 21, 60] {
            let row = fitted.matrices[0].row(at);
            let x: Vec<f64> = std::iter::once(1.0).chain(row.clone()).collect();
            let lp = model.linear_predictors(&fitted.matrices[0])[at];
            let risk = risk_from_linear_predictor(lp);
            let mut h = 0.0;
            for i in 0..order {
                for j in 0..order {
                    h += x[i] * covariance[i * order + j] * x[j];
                }
            }
            h *= risk * (1.0 - risk);
            let own = leverage.of_patient(at).expect("a patient");
            // The covariance is that of the last step but one.
            assert!((own.value - h / (1.0 - h)).abs() < 1e-4, "{own:?} {h}");
            let person = leverage.of_person(&row, lp);
            assert!((person.value - h).abs() < 1e-4);
        }
        let n_far = (0..80)
            .filter(|at| leverage.of_patient(*at).expect("one").is_beyond())
            .count();
        assert_eq!(n_far, 2);
        let everyone = domain_checks(&sample, &fitted);
        assert_eq!(everyone[7].leverage, leverage.of_patient(7));
    }
}
