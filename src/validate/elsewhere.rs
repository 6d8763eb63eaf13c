//! A fitted model on patients of another time or another place. Nothing was learnt from them, so that nothing is
//! corrected, and the limits of a fixed model are the right ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::issue::Failure;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::recipe::{Predictions, Recipe};
use crate::validate::centres::LEAST_OF_CLASS;
use crate::validate::curves::calibration_curve;
use crate::validate::measures::fixed_limits;
use crate::validate::{CurvePoint, Measure, Split, performance};

/// A figure with its 95 % limits; `None` where there is no simple standard error.
pub type Figure = (f64, Option<(f64, f64)>);

/// How a model does on patients that had no part in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Patients.
    pub n: usize,
    /// Responders among them.
    pub n_events: usize,
    /// The figures; empty where responders or others are fewer than [`LEAST_OF_CLASS`].
    pub figures: BTreeMap<Measure, Figure>,
    /// Smooth calibration curve; empty where there are no figures.
    pub calibration_curve: Vec<CurvePoint>,
}

/// Judges predictions of patients that had no part in the model; one outcome a prediction.
pub fn judged(predictions: &Predictions, y: &[bool]) -> Judged {
    let n_events = y.iter().filter(|&&event| event).count();
    let plain = Judged {
        n: y.len(),
        n_events,
        ..Judged::default()
    };
    if n_events.min(y.len() - n_events) < LEAST_OF_CLASS {
        return plain;
    }
    let figures = performance(predictions, y).into_iter();
    Judged {
        figures: figures
            .map(|(measure, value)| {
                let limits = fixed_limits(measure, value, predictions, y);
                (measure, (value, limits))
            })
            .collect(),
        calibration_curve: calibration_curve(&predictions.risks, y),
        ..plain
    }
}

/// The patients of an earlier and a later time.
#[derive(Clone, Debug, PartialEq)]
pub struct Eras {
    /// Name of the date that orders them.
    pub variable: String,
    /// Day of the first later patient, ISO 8601.
    pub from: String,
    /// Earlier patients to train on and later ones to judge on, as positions in the sample.
    pub split: Split,
}

/// The model of the earlier patients on the later ones (temporal validation).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// Name of the date that orders the patients.
    pub variable: String,
    /// Day of the first later patient, ISO 8601.
    pub from: String,
    /// Earlier patients.
    pub n_earlier: usize,
    /// Responders among them.
    pub n_earlier_events: usize,
    /// How their model does on the later ones; `None` where no model could be trained on them.
    pub judged: Option<Judged>,
}

/// Share of the patients that are the earlier ones.
const EARLIER: f64 = 2.0 / 3.0;

/// Two thirds of the patients with a date and the rest after them; those of one day stay together. `days` has the
/// day of each patient in ISO 8601, or `None`. `None` where fewer than four in five have one, or all fall on one side.
pub fn eras(variable: &str, days: &[Option<String>]) -> Option<Eras> {
    let mut dated: Vec<(&String, usize)> = days
        .iter()
        .enumerate()
        .filter_map(|(at, day)| Some((day.as_ref()?, at)))
        .collect();
    if dated.len() * 5 < days.len() * 4 {
        return None;
    }
    dated.sort();
    let (from, _) = *dated.get((EARLIER * dated.len() as f64) as usize)?;
    let (earlier, later): (Vec<_>, Vec<_>) = dated.iter().partition(|(day, _)| *day < from);
    let rows = |of: Vec<(&String, usize)>| {
        let mut rows: Vec<usize> = of.into_iter().map(|(_, at)| at).collect();
        rows.sort_unstable();
        rows
    };
    let found = Eras {
        variable: variable.to_owned(),
        from: from.clone(),
        split: Split {
            train: rows(earlier),
            test: rows(later),
        },
    };
    (!found.split.train.is_empty()).then_some(found)
}

/// Trains the recipe on the earlier patients and judges it on the later ones. One step of the task.
pub fn later(
    recipe: &Recipe,
    sample: &Sample,
    eras: &Eras,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Later, Cancelled> {
    let Split { train, test } = &eras.split;
    let y = sample.y_of(train);
    let judged = match recipe.fit(sample, train, stream, task) {
        Ok(fitted) => Some(judged(&fitted.predict(sample, test), &sample.y_of(test))),
        Err(Failure::Cancelled) => return Err(Cancelled),
        Err(Failure::Because(_)) => None,
    };
    task.step()?;
    Ok(Later {
        variable: eras.variable.clone(),
        from: eras.from.clone(),
        n_earlier: train.len(),
        n_earlier_events: y.iter().filter(|&&event| event).count(),
        judged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(of: &[u32]) -> Vec<Option<String>> {
        let day = |day: &u32| (*day > 0).then(|| format!("2024-01-{day:02}"));
        of.iter().map(day).collect()
    }

    #[test]
    fn patients_of_one_day_stay_together_and_the_later_third_is_judged() {
        let found = eras("trial_date", &days(&[3, 1, 2, 9, 9, 9, 5, 4, 0])).expect("dates");
        // Eight dates: the sixth of them is the 9th, of whom there are three.
        assert_eq!(found.from, "2024-01-09");
        assert_eq!(found.split.train, [0, 1, 2, 6, 7]);
        assert_eq!(found.split.test, [3, 4, 5]);
        assert_eq!(eras("d", &days(&[1, 0, 0, 2])), None);
        assert_eq!(eras("d", &days(&[7; 12])), None);
        assert_eq!(eras("d", &[]), None);
    }

    #[test]
    fn too_few_of_a_class_are_counted_and_not_judged() {
        let few = Predictions::from_risks((0..30).map(|at| f64::from(at) / 30.0).collect());
        let y: Vec<bool> = (0..30).map(|at| at > 20).collect();
        let found = judged(&few, &y);
        assert_eq!((found.n, found.n_events), (30, 9));
        assert!(found.figures.is_empty() && found.calibration_curve.is_empty());
        let y: Vec<bool> = (0..30).map(|at| at % 2 == 0).collect();
        let found = judged(&few, &y);
        let (auc, limits) = found.figures[&Measure::Auc];
        let (low, high) = limits.expect("two classes");
        assert!(low < auc && auc < high);
    }
}
