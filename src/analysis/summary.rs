//! What the resamples of one model come to: its result, from what was found.

use crate::analysis::corrected::{estimates, optimism_of, rules_632};
use crate::analysis::model::{Found, Job};
use crate::analysis::strata;
use crate::analysis::terms;
use crate::analysis::{
    Alike, DomainImportance, FitSummary, ImportanceRow, Learner, ModelResult, PatientResult, Rise,
    RiskSource,
};
use crate::base::issue::Issue;
use crate::base::num::{Z_95, mean, quantile, risk_from_linear_predictor, sd};
use crate::cohort::Domain;
use crate::design::Sample;
use crate::explain::{self, Importance};
use crate::recipe::{Fitted, Model, Predictions};
use crate::solve::{GroupTest, Penalty, Trouble};
use crate::validate::curves::{calibration_curve, decision_curve, spline_curve};
use crate::validate::measures::log_loss;
use crate::validate::resample::crossing;
use crate::validate::venn_abers::mean_width;
use crate::validate::{Measure, Stability, performance};

/// The result of a model from what its resamples found.
pub(super) fn result(job: &Job<'_>, learner: Learner, found: &Found) -> ModelResult {
    let sample = job.sample;
    let plan = &job.settings.plan;
    let fitted_to = found.fitted.predict(sample, &job.all_rows());
    let apparent = performance(&fitted_to, &sample.y);
    let is_forest = learner == Learner::Forest;
    let patients = patients(job, found, is_forest);
    let risks = &found.unseen.risks;
    let corrected = match (is_forest, is_tuned(&found.fitted)) {
        (true, true) => {
            let crossed = found.crossed.mean.iter();
            crossed
                .map(|(measure, (mean, _))| (*measure, *mean))
                .collect()
        }
        (true, false) => performance(&found.unseen, &sample.y),
        (false, _) => found.optimism.corrected(&apparent),
    };
    let n_folds: usize = job.folds().iter().map(Vec::len).sum();
    let n_bootstraps = if is_forest { 0 } else { plan.n_bootstraps };
    let (likelihood_ratio, tests) = terms::tests(&found.fitted, sample);
    let mut model = ModelResult {
        learner,
        fit: fit_summary(&found.fitted, sample, likelihood_ratio),
        terms: terms::terms(&found.fitted, sample, &found.halves.refits, job.steps),
        tests,
        corrected: estimates(&corrected, &found.two_stage, &found.unseen, sample, learner),
        optimism: optimism_of(&apparent, &found.optimism),
        rules_632: rules_632(&apparent, &fitted_to, &found.optimism, &sample.y),
        harrell_auc: found.optimism.mean.get(&Measure::Auc).copied(),
        calibrated: found.calibrated.clone(),
        apparent,
        corrected_method: match (is_forest, is_tuned(&found.fitted)) {
            (true, true) => "cross-validation",
            (true, false) => "out-of-bag",
            (false, _) => "optimism",
        }
        .to_owned(),
        cross_validated: found.crossed.mean.clone(),
        out_of_bag: is_forest
            .then(|| out_of_bag(&found.unseen, &sample.y))
            .flatten(),
        n_resamples: n_bootstraps + n_folds + plan.n_half_samples + plan.n_outer,
        n_failed: found.optimism.n_failed
            + found.crossed.n_failed
            + found.halves.n_failed
            + found.two_stage.n_failed,
        calibration_curve: calibration_curve(risks, &sample.y),
        spline_curve: spline_curve(&found.unseen.linear_predictors, &sample.y),
        venn_abers_width: mean_width(&found.unseen, &sample.y, job.stream.named("venn-abers")),
        centres: found.centres.clone(),
        later: found.later.clone(),
        decision_curve: decision_curve(risks, &sample.y, job.lead_trial),
        thresholds: Vec::new(),
        importance: importance_rows(sample, found),
        importance_by_domain: importance_by_domain(job, found),
        stability: stability(job, found),
        refit_curves: found.halves.curves.clone(),
        strata: Vec::new(),
        patients,
    };
    strata::cut(&mut model, job.settings.strata);
    model
}

/// Whether a forest's settings were chosen by its out-of-bag patients, whose figures they then flatter.
fn is_tuned(fitted: &Fitted) -> bool {
    matches!(&fitted.model, Model::Forest(forest) if forest.params.tuned)
}

fn out_of_bag(unseen: &Predictions, y: &[bool]) -> Option<[f64; 3]> {
    let found = performance(unseen, y);
    Some([
        *found.get(&Measure::Auc)?,
        *found.get(&Measure::Brier)?,
        log_loss(&unseen.risks, y)?,
    ])
}

fn fit_summary(
    fitted: &Fitted,
    sample: &Sample,
    likelihood_ratio: Option<GroupTest>,
) -> FitSummary {
    let calibrator = fitted.recalibrated.as_ref();
    let calibrator = calibrator.map(|recalibrated| recalibrated.calibrator.clone());
    let fit = match &fitted.model {
        Model::Logistic(fit) => fit,
        Model::Forest(forest) => {
            return FitSummary {
                converged: true,
                grown: Some(forest.params),
                calibrator,
                ..FitSummary::default()
            };
        }
    };
    let r2 = fit.r2();
    let is_plain = fit.penalty == Penalty::None;
    let shrinkage = likelihood_ratio.filter(|_| is_plain);
    FitSummary {
        converged: fit.converged,
        n_iterations: fit.n_iterations,
        issues: fit
            .troubles
            .iter()
            .map(|trouble| trouble_issue(trouble, fitted, sample))
            .collect(),
        log_likelihood: Some(fit.log_likelihood),
        null_deviance: Some(-2.0 * fit.counts.null_log_likelihood()),
        deviance: Some(-2.0 * fit.log_likelihood),
        aic: fit.aic(),
        bic: fit.bic(),
        mcfadden_r2: r2.map(|r2| r2[0]),
        cox_snell_r2: r2.map(|r2| r2[1]),
        nagelkerke_r2: r2.map(|r2| r2[2]),
        penalty: match fit.penalty {
            Penalty::ElasticNet { alpha, lambda } => Some((alpha, lambda)),
            Penalty::None | Penalty::Jeffreys => None,
        },
        likelihood_ratio,
        shrinkage: shrinkage.map(|test| test.shrinkage()),
        limits: terms::limits_of(fitted),
        grown: None,
        calibrator,
    }
}

fn trouble_issue(trouble: &Trouble, fitted: &Fitted, sample: &Sample) -> Issue {
    let is_firth = matches!(
        &fitted.model,
        Model::Logistic(fit) if fit.penalty == Penalty::Jeffreys
    );
    let (code, columns): (&str, &[usize]) = match trouble {
        Trouble::Constant(columns) => ("fit-constant", columns),
        Trouble::Aliased(columns) => ("fit-aliased", columns),
        Trouble::Separated(columns) if is_firth => ("fit-separated-firth", columns),
        Trouble::Separated(columns) => ("fit-separated", columns),
        Trouble::TooManyColumns => ("fit-too-many", &[]),
        Trouble::Unsettled => ("fit-unsettled", &[]),
    };
    let names: Vec<String> = columns
        .iter()
        .map(|&j| fitted.map.name(j, sample))
        .collect();
    Issue::warning(code)
        .with("columns", names.join(", "))
        .with("n", fitted.rows.len())
        .with("n-parameters", fitted.map.columns.len() + 1)
}

/// An importance with limits of two standard deviations over half-samples: without replacement and of half the size,
/// their spread is that of the estimate itself (Shao and Wu 1989).
fn with_limits(mean: f64, refits: &[f64]) -> Rise {
    let half = Z_95 * sd(refits).unwrap_or(0.0);
    Rise {
        mean,
        low: mean - half,
        high: mean + half,
    }
}

/// One entry of every refit.
fn over(refits: &[Importance], of: fn(&Importance) -> &Vec<f64>, at: usize) -> Vec<f64> {
    let entries = refits.iter().filter_map(|refit| of(refit).get(at).copied());
    entries.collect()
}

fn importance_by_domain(job: &Job<'_>, found: &Found) -> Vec<DomainImportance> {
    let n_predictors = job.sample.predictors.len();
    let row = |(at, (domain, members)): (usize, &(Domain, Vec<usize>))| {
        let at = n_predictors + at;
        let refits = over(&found.halves.importance, |one| &one.brier, at);
        let Rise { mean, low, high } = with_limits(found.importance.brier[at], &refits);
        DomainImportance {
            domain: *domain,
            n_predictors: members.len(),
            mean,
            low,
            high,
        }
    };
    job.domains.iter().enumerate().map(row).collect()
}

fn importance_rows(sample: &Sample, found: &Found) -> Vec<ImportanceRow> {
    let k = sample.predictors.len();
    let halves = &found.halves.importance;
    let ranks: Vec<Vec<f64>> = halves
        .iter()
        .filter_map(|refit| refit.brier.get(..k))
        .map(ranks)
        .collect();
    sample
        .predictors
        .iter()
        .enumerate()
        .map(|(at, predictor)| {
            let brier = over(halves, |one| &one.brier, at);
            let log_loss = over(halves, |one| &one.log_loss, at);
            let conditional = over(halves, |one| &one.conditional, at);
            let rise = with_limits(found.importance.brier[at], &brier);
            let ranks: Vec<f64> = ranks.iter().map(|ranks| ranks[at]).collect();
            let rank = |share| quantile(&ranks, share).map_or(0, |r| r.round() as usize);
            ImportanceRow {
                variable: predictor.name.clone(),
                mean: rise.mean,
                low: rise.low,
                high: rise.high,
                log_loss: Some(with_limits(found.importance.log_loss[at], &log_loss)),
                conditional: mean(&conditional).map(|mean| with_limits(mean, &conditional)),
                impurity_corrected: found.impurity_corrected.as_ref().map(|of| of[at]),
                rank_low: rank(0.025),
                rank_high: rank(0.975),
            }
        })
        .collect()
}

/// Ranks from 1 for the largest; equals keep the order of the predictors.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = (rank + 1) as f64;
    }
    ranks
}

/// Spread of a patient over refits that did not see the patient: 2.5 and 97.5 % points of the
/// log-odds, moved so that their mean is the patient's own. Where values are missing the spread
/// between imputations (`between`, a standard deviation) is added: independent sources, so that
/// distances add as squares.
pub(crate) fn spread(own: f64, refits: &[f64], between: f64) -> (f64, f64) {
    let (Some(centre), Some(low), Some(high)) = (
        mean(refits),
        quantile(refits, 0.025),
        quantile(refits, 0.975),
    ) else {
        // No refit left the patient out: nothing is known of the spread.
        return (f64::NEG_INFINITY, f64::INFINITY);
    };
    let wider = |distance: f64| distance.hypot(Z_95 * between);
    (
        own - wider(centre - low.min(centre)),
        own + wider(high.max(centre) - centre),
    )
}

fn patients(job: &Job<'_>, found: &Found, is_forest: bool) -> Vec<PatientResult> {
    let sample = job.sample;
    let outside = explain::outside(sample);
    let gaps_alone = explain::gaps_alone(sample);
    let mut checks = explain::domain_checks(sample, &found.fitted).into_iter();
    let alike = explain::alike(&found.fitted, job.stream.named("alike"));
    let named = |of: &Vec<(usize, f64)>| {
        let of = of.iter().map(|&(patient, share)| Alike { patient, share });
        of.collect()
    };
    (0..sample.n_rows())
        .map(|at| {
            let (low, high) = spread(
                found.unseen.linear_predictors[at],
                &found.halves.of_patient[at],
                found.halves.between[at].mean()[0],
            );
            let risk = found.unseen.risks[at];
            // A forest's chance may lie beyond the bounds within which its log-odds are kept.
            let low = risk_from_linear_predictor(low).min(risk);
            let high = risk_from_linear_predictor(high).max(risk);
            PatientResult {
                id: job.pseudonyms[job.rows[at]].clone(),
                row: job.rows[at],
                risk,
                low,
                high,
                source: if is_forest {
                    RiskSource::OutOfBag
                } else {
                    RiskSource::OutOfFold
                },
                stratum: None,
                observed: sample.y[at],
                contributions: found.contributions[at].values.clone(),
                base_value: found.contributions[at].base_value,
                outside: outside[at]
                    .iter()
                    .map(|&j| sample.predictors[j].name.clone())
                    .collect(),
                gaps_alone: gaps_alone[at],
                alike: alike.get(at).map_or_else(Vec::new, named),
                domain_check: checks.next(),
            }
        })
        .collect()
}

/// Distances between the patients' chances and those of the half-sample refits that did not see them.
fn stability(job: &Job<'_>, found: &Found) -> Stability {
    let of_patient = found.halves.of_patient.iter();
    let moved: Vec<Vec<f64>> = of_patient
        .map(|refits| {
            let risks = refits.iter().map(|&lp| risk_from_linear_predictor(lp));
            let mut risks: Vec<f64> = risks.collect();
            risks.sort_by(f64::total_cmp);
            risks
        })
        .collect();
    let patients = || found.unseen.risks.iter().zip(&moved);
    let distances: Vec<f64> = patients()
        .filter_map(|(risk, refits)| {
            mean(&refits.iter().map(|r| (r - risk).abs()).collect::<Vec<_>>())
        })
        .collect();
    let instability = |cut: f64| {
        let crossings = patients().filter_map(|(risk, refits)| crossing(*risk, refits, cut));
        mean(&crossings.collect::<Vec<f64>>())
    };
    let percents = (1..100).map(|percent| instability(f64::from(percent) / 100.0));
    Stability {
        n_ok: job.settings.plan.n_half_samples - found.halves.n_failed,
        n_failed: found.halves.n_failed,
        mape: mean(&distances).unwrap_or(0.0),
        classification_instability: Vec::new(),
        by_percent: percents.collect::<Option<_>>().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imputation_widens_the_spread_of_a_patient_and_leaves_that_of_others() {
        let refits: Vec<f64> = (0..101).map(|at| 0.02 * f64::from(at) - 1.0).collect();
        let (low, high) = spread(0.3, &refits, 0.0);
        assert!((low - (0.3 - 0.95)).abs() < 1e-9 && (high - (0.3 + 0.95)).abs() < 1e-9);
        let (wide_low, wide_high) = spread(0.3, &refits, 0.5);
        let half = 0.95_f64.hypot(Z_95 * 0.5);
        assert!((wide_low - (0.3 - half)).abs() < 1e-9);
        assert!((wide_high - (0.3 + half)).abs() < 1e-9);
        assert_eq!(spread(0.3, &[], 0.5), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
