//! What there is to see of the imputation, and how far the answer hangs on its assumption.
//!
//! Chained equations assume that gaps can be foretold from what is known. The delta-adjusted analysis
//! gives that up for one variable: its imputed values are moved by a fixed amount and everything is
//! fitted again. It describes; no figure of the models comes from here.

use serde::{Deserialize, Serialize};

use crate::analysis::terms::{self, Refits};
use crate::analysis::{ForestSettings, Learner, Settings, Term};
use crate::base::issue::{Failure, Issue};
use crate::base::seed::Stream;
use crate::base::task::TaskHandle;
use crate::cohort::Kind;
use crate::design::Sample;
use crate::impute::{Distribution, ImputeParams, Imputer, Shift, Trace};
use crate::learn::Recalibration;
use crate::recipe::{MissingPlan, Recipe};
use crate::validate::measures::auc;

/// Chains whose traces are kept: more lines than that no one can tell apart.
const MOST_CHAINS: usize = 10;
/// Shifts at most.
const MOST_DELTAS: usize = 21;

/// Which variable's imputed values are moved, and by how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeltaPlan {
    /// Name of a numeric predictor.
    pub variable: String,
    /// What is added to its imputed values, in its unit; 0 among them gives the comparison.
    pub deltas: Vec<f64>,
}

/// The models under one shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeltaRow {
    /// What was added to the imputed values.
    pub delta: f64,
    /// AUC on the training patients (apparent, without correction for optimism).
    pub auc: Option<f64>,
    /// Terms of a maximum-likelihood model pooled over the imputations, the intercept first.
    pub terms: Vec<Term>,
}

/// What there is to see of an imputation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingSummary {
    /// How values were imputed.
    pub params: ImputeParams,
    /// Name of each imputed predictor and its convergence, of the first ten chains.
    pub traces: Vec<(String, Trace)>,
    /// Observed against imputed values.
    pub distributions: Vec<Distribution>,
    /// The models under each shift; empty where none was asked for.
    pub deltas: Vec<DeltaRow>,
}

/// The imputation of all analysed patients as the models see it; `None` where nothing is imputed
/// more than once and no shift was asked for. Fails where the shifted variable is not a numeric
/// predictor.
pub(crate) fn missing_summary(
    sample: &Sample,
    settings: &Settings,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Option<MissingSummary>, Failure> {
    let params = match (settings.missing, &settings.delta) {
        (MissingPlan::Multiple(params), _) => params,
        (MissingPlan::Single, Some(_)) => ImputeParams::default(),
        (MissingPlan::Single, None) => return Ok(None),
    };
    if let Some(plan) = &settings.delta {
        check_delta(sample, plan)?;
    }
    task.stage("stage-imputation", "");
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let imputer = Imputer {
        params,
        shift: None,
    };
    let mut imputed = imputer.learn(sample, &rows, stream.named("look"), task)?;
    let distributions = imputed.distributions(sample, &rows);
    for trace in &mut imputed.traces {
        trace.means.truncate(MOST_CHAINS);
        trace.sds.truncate(MOST_CHAINS);
    }
    let named = |trace: Trace| (sample.predictors[trace.predictor].name.clone(), trace);
    Ok(Some(MissingSummary {
        params,
        traces: imputed.traces.into_iter().map(named).collect(),
        distributions,
        deltas: deltas(sample, settings, params, stream.named("delta"), task)?,
    }))
}

/// Position of the shifted variable; fails where it is none of the numeric predictors, or the shifts are not numbers.
fn check_delta(sample: &Sample, plan: &DeltaPlan) -> Result<usize, Failure> {
    let is_wanted = |predictor: &crate::design::Predictor| {
        predictor.name == plan.variable && predictor.kind == Kind::Numeric
    };
    let at = sample.predictors.iter().position(is_wanted);
    let at = at.ok_or_else(|| Issue::error("delta-not-numeric").in_column(&plan.variable))?;
    let n = plan.deltas.len();
    if n == 0 || n > MOST_DELTAS || plan.deltas.iter().any(|delta| !delta.is_finite()) {
        let issue = Issue::error("delta-out-of-range").with("most", MOST_DELTAS);
        return Err(issue.in_column(&plan.variable).into());
    }
    Ok(at)
}

/// The same draws under every shift, so that rows differ by the shift alone.
fn deltas(
    sample: &Sample,
    settings: &Settings,
    params: ImputeParams,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<DeltaRow>, Failure> {
    let Some(plan) = &settings.delta else {
        return Ok(Vec::new());
    };
    let predictor = check_delta(sample, plan)?;
    let recipe = Recipe {
        learner: Learner::Logistic,
        forest: ForestSettings::default(),
        penalty: settings.penalty,
        missing: MissingPlan::Multiple(params),
        recalibration: Recalibration::None,
    };
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    plan.deltas
        .iter()
        .map(|&delta| {
            let shift = Some(Shift { predictor, delta });
            let fitted = recipe.fit_shifted(sample, &rows, shift, stream, task)?;
            let predictions = fitted.predict_matrices(&fitted.matrices);
            Ok(DeltaRow {
                delta,
                auc: auc(&predictions.linear_predictors, &sample.y),
                terms: terms::terms(&fitted, sample, &Refits::default(), &[]),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Predictor;

    fn sample() -> Sample {
        let mut rng = Stream::new(3).rng();
        let a: Vec<f64> = (0..200).map(|_| 50.0 + 10.0 * rng.normal()).collect();
        let y: Vec<bool> = a.iter().map(|a| 10.0 * rng.normal() < a - 50.0).collect();
        let values = a
            .iter()
            .zip(&y)
            .map(|(a, y)| {
                let is_gone = rng.uniform() < if *y { 0.4 } else { 0.1 };
                if is_gone { f64::NAN } else { *a }
            })
            .collect();
        let b: Vec<f64> = a.iter().map(|a| a / 10.0 + rng.normal()).collect();
        let predictor = |name: &str, values| Predictor {
            name: name.to_owned(),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: crate::design::Form::default(),
            values,
        };
        Sample {
            predictors: vec![predictor("a", values), predictor("b", b)],
            interactions: Vec::new(),
            y,
        }
    }

    fn settings(deltas: &[f64]) -> Settings {
        Settings {
            missing: MissingPlan::Multiple(ImputeParams {
                n_imputations: 12,
                n_iterations: 4,
                ..ImputeParams::default()
            }),
            delta: Some(DeltaPlan {
                variable: "a".to_owned(),
                deltas: deltas.to_vec(),
            }),
            ..Settings::default()
        }
    }

    fn summary(settings: &Settings) -> Result<Option<MissingSummary>, Failure> {
        missing_summary(
            &sample(),
            settings,
            Stream::new(1),
            &TaskHandle::unattended(),
        )
    }

    #[test]
    fn responders_whose_gaps_are_moved_down_make_the_variable_matter_less() {
        let found = summary(&settings(&[-10.0, 0.0, 10.0])).expect("a numeric variable");
        let found = found.expect("imputed");
        assert_eq!(found.traces.len(), 1);
        assert_eq!(found.traces[0].1.means.len(), MOST_CHAINS);
        assert_eq!(found.distributions[0].predictor, "a");
        let ratios: Vec<f64> = found
            .deltas
            .iter()
            .map(|row| row.terms[1].odds_ratio().0)
            .collect();
        // Most gaps are responders': lower values for them flatten the slope.
        assert!(ratios[0] < ratios[1] && ratios[1] < ratios[2], "{ratios:?}");
        assert!(found.deltas.iter().all(|row| row.auc.is_some()));
        let plain = summary(&settings(&[0.0])).expect("works").expect("imputed");
        assert_eq!(plain.deltas[0], found.deltas[1]);
    }

    #[test]
    fn nothing_is_computed_unless_asked_for() {
        let settings = Settings::default();
        assert_eq!(summary(&settings), Ok(None));
    }

    #[test]
    fn a_shift_of_something_else_than_a_number_is_refused() {
        let mut wrong = settings(&[1.0]);
        wrong.delta = Some(DeltaPlan {
            variable: "sex".to_owned(),
            deltas: vec![1.0],
        });
        for settings in [wrong, settings(&[f64::NAN]), settings(&[])] {
            assert!(matches!(summary(&settings), Err(Failure::Because(_))));
        }
    }
}
