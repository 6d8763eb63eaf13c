//! Internal-external validation: each centre judged by a model that was trained on the others.

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use serde::{Deserialize, Serialize};

use crate::base::num::{linear_predictor_from_risk, risk_from_linear_predictor};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::recipe::{Fitted, Recipe};
use crate::validate::measures::{calibration_in_the_large, calibration_slope, delong};
use crate::validate::pooled::{PooledFigure, pooled};
use crate::validate::resample::{Split, refit};

/// Fewest responders, and fewest others, of a centre for which figures are given.
pub const LEAST_OF_CLASS: usize = 10;

/// A centre and the positions of its patients in the sample.
pub type Centre = (String, Vec<usize>);

/// What became of a centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CentreState {
    /// It has figures.
    Judged,
    /// Fewer than [`LEAST_OF_CLASS`] responders or others: named, and pooled into no figure.
    TooFew,
    /// No model could be trained on the others.
    FitFailed,
}

impl CentreState {
    /// Name in `results.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Judged => "judged",
            Self::TooFew => "too-few",
            Self::FitFailed => "fit-failed",
        }
    }
}

/// One centre under the model of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CentreResult {
    /// Its name.
    pub name: String,
    /// Its analysed patients.
    pub n: usize,
    /// Responders among them.
    pub n_events: usize,
    /// Whether it has figures.
    pub state: CentreState,
    /// AUC and the standard error of `DeLong`.
    pub auc: Option<(f64, f64)>,
    /// Calibration slope and its standard error.
    pub slope: Option<(f64, f64)>,
    /// Calibration-in-the-large and its standard error.
    pub intercept: Option<(f64, f64)>,
}

/// Every centre, and what they come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CentreValidation {
    /// The centres, in the order of their names.
    pub centres: Vec<CentreResult>,
    /// Mean AUC, pooled on the log-odds scale; `None` with fewer than four centres.
    pub auc: Option<PooledFigure>,
    /// Mean calibration slope.
    pub slope: Option<PooledFigure>,
    /// Mean calibration-in-the-large.
    pub intercept: Option<PooledFigure>,
}

/// Trains the recipe on all centres but one, for each, and judges it there. Patients whose centre is not
/// known are trained on for none, for they might be of the centre that is judged. One step of the task a centre.
pub fn leave_one_centre_out(
    recipe: &Recipe,
    sample: &Sample,
    centres: &[Centre],
    stream: Stream,
    task: &TaskHandle,
) -> Result<CentreValidation, Cancelled> {
    let splits: Vec<Split> = (0..centres.len()).map(|at| split_of(centres, at)).collect();
    let judge = |_: usize, fitted: &Fitted, split: &Split| {
        let y = sample.y_of(&split.test);
        let lp = fitted.predict(sample, &split.test).linear_predictors;
        let slope = calibration_slope(&lp, &y);
        [delong(&lp, &y), slope, calibration_in_the_large(&lp, &y)]
    };
    let judged = refit(recipe, sample, &splits, stream, task, judge)?;
    let results: Vec<CentreResult> = centres
        .par_iter()
        .zip(judged)
        .map(|((name, rows), figures)| centre(name, &sample.y_of(rows), figures))
        .collect();
    Ok(CentreValidation {
        auc: pooled_auc(&results),
        slope: pooled_of(&results, |centre| centre.slope),
        intercept: pooled_of(&results, |centre| centre.intercept),
        centres: results,
    })
}

fn split_of(centres: &[Centre], held_out: usize) -> Split {
    let others = centres.iter().enumerate().filter(|(at, _)| *at != held_out);
    let mut train: Vec<usize> = others.flat_map(|(_, (_, rows))| rows.clone()).collect();
    train.sort_unstable();
    Split {
        train,
        test: centres[held_out].1.clone(),
    }
}

fn centre(name: &str, y: &[bool], figures: Option<[Option<(f64, f64)>; 3]>) -> CentreResult {
    let n_events = y.iter().filter(|&&event| event).count();
    let (state, [auc, slope, intercept]) = match figures {
        _ if n_events.min(y.len() - n_events) < LEAST_OF_CLASS => (CentreState::TooFew, [None; 3]),
        Some(figures) => (CentreState::Judged, figures),
        None => (CentreState::FitFailed, [None; 3]),
    };
    CentreResult {
        name: name.to_owned(),
        n: y.len(),
        n_events,
        state,
        auc,
        slope,
        intercept,
    }
}

fn pooled_of(
    centres: &[CentreResult],
    figure: impl Fn(&CentreResult) -> Option<(f64, f64)>,
) -> Option<PooledFigure> {
    let (estimates, std_errors): (Vec<f64>, Vec<f64>) = centres.iter().filter_map(figure).unzip();
    pooled(&estimates, &std_errors)
}

/// The AUC is pooled as its log-odds, which are closer to normal, with the standard error of the delta method
/// (Debray and others 2017), and given back as an AUC; a centre where it is 0 or 1 has none.
fn pooled_auc(centres: &[CentreResult]) -> Option<PooledFigure> {
    let on_log_odds = |centre: &CentreResult| {
        let (auc, se) = centre.auc.filter(|(auc, _)| *auc > 0.0 && *auc < 1.0)?;
        Some((linear_predictor_from_risk(auc), se / (auc * (1.0 - auc))))
    };
    let found = pooled_of(centres, on_log_odds)?;
    let back = |(low, high)| {
        (
            risk_from_linear_predictor(low),
            risk_from_linear_predictor(high),
        )
    };
    Some(PooledFigure {
        estimate: risk_from_linear_predictor(found.estimate),
        limits: back(found.limits),
        prediction: back(found.prediction),
        ..found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Kind;
    use crate::design::{Form, Predictor};
    use crate::learn::{ForestParams, PenaltyParams, Recalibration};
    use crate::recipe::{Learner, MissingPlan};

    /// Six centres of 60 patients with one predictor, and a seventh of eight.
    fn cohort() -> (Sample, Vec<Centre>) {
        let n = 6 * 60 + 8;
        let mut rng = Stream::new(8).rng();
        let values: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let y = values
            .iter()
            .map(|x| rng.uniform() < risk_from_linear_predictor(*x))
            .collect();
        let sample = Sample {
            predictors: vec![Predictor {
                name: "x".to_owned(),
                kind: Kind::Numeric,
                levels: Vec::new(),
                form: Form::default(),
                values,
            }],
            interactions: Vec::new(),
            y,
        };
        let mut centres: Vec<Centre> = (0..6)
            .map(|at| (format!("C{at}"), (at * 60..(at + 1) * 60).collect()))
            .collect();
        centres.push(("Small".to_owned(), (360..n).collect()));
        (sample, centres)
    }

    fn found(sample: &Sample, centres: &[Centre]) -> CentreValidation {
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Single,
            recalibration: Recalibration::None,
        };
        let task = TaskHandle::unattended();
        leave_one_centre_out(&recipe, sample, centres, Stream::new(1), &task).unwrap()
    }

    #[test]
    fn every_centre_is_judged_by_the_others_and_a_small_one_is_only_named() {
        let (sample, centres) = cohort();
        let found = found(&sample, &centres);
        assert_eq!(found.centres.len(), 7);
        let small = &found.centres[6];
        assert_eq!(
            (small.state, small.n, small.auc),
            (CentreState::TooFew, 8, None)
        );
        let auc = found.auc.expect("six centres have one");
        assert_eq!(auc.n_centres, 6);
        assert!(auc.limits.0 < auc.estimate && auc.estimate < auc.limits.1 && auc.limits.1 < 1.0);
        // The true AUC of one standard normal predictor with a log odds ratio of 1 is 0.74.
        assert!((auc.estimate - 0.74).abs() < 0.05, "{auc:?}");
        let slope = found.slope.expect("six centres have one");
        assert!(slope.prediction.0 < 1.0 && slope.prediction.1 > 1.0);
    }

    #[test]
    fn the_outcomes_of_a_centre_play_no_part_in_the_model_that_judges_it() {
        let (mut sample, centres) = cohort();
        let before = found(&sample, &centres);
        // The first centre the other way round: its own AUC turns over, so its model stayed the same.
        for &row in &centres[0].1 {
            sample.y[row] = !sample.y[row];
        }
        let after = found(&sample, &centres);
        let auc = |of: &CentreValidation| of.centres[0].auc.expect("enough patients").0;
        assert!((auc(&before) + auc(&after) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn few_centres_are_told_one_by_one_only() {
        let (sample, centres) = cohort();
        let found = found(&sample, &centres[..3]);
        assert_eq!(found.centres.len(), 3);
        assert!(found.auc.is_none() && found.slope.is_none() && found.intercept.is_none());
    }
}
