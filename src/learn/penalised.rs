//! Logistic regression with a ridge, lasso or elastic-net penalty, its strength chosen inside the training
//! patients: by cross-validated deviance or by Akaike's criterion. One code for all three.

use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::TrainingRows;
use crate::learn::folds::patient_folds;
use crate::solve::{LogisticFit, PathPoint, Standardised};

/// Folds of the inner cross-validation (glmnet's default).
const N_FOLDS: usize = 10;

/// How the strength of a penalty is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PenaltyRule {
    /// The one with the smallest cross-validated deviance.
    #[default]
    Minimum,
    /// The largest whose cross-validated deviance lies within one standard error of the smallest: fewer predictors,
    /// risks nearer to the average (Breiman and others 1984).
    OneStandardError,
    /// The one with the smallest Akaike criterion, by effective degrees of freedom.
    Aic,
}

impl PenaltyRule {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::Minimum, Self::OneStandardError, Self::Aic];

    /// Name on the command line and in `results.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::OneStandardError => "one-se",
            Self::Aic => "aic",
        }
    }
}

/// What the user decided about penalties.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PenaltyParams {
    /// Share of the lasso in the elastic net, in (0, 1).
    pub alpha: f64,
    /// How the strength is chosen.
    pub rule: PenaltyRule,
}

impl Default for PenaltyParams {
    fn default() -> Self {
        Self {
            alpha: 0.5,
            rule: PenaltyRule::default(),
        }
    }
}

impl PenaltyParams {
    /// Fails unless the mixing share lies between that of ridge (0) and that of the lasso (1), without them.
    pub fn check(self) -> Result<(), Failure> {
        if self.alpha > 0.0 && self.alpha < 1.0 {
            return Ok(());
        }
        Err(Issue::error("alpha-out-of-range").into())
    }
}

/// The candidates of ridge: from 10, where every coefficient is next to 0 (the largest possible weight of
/// a row is 0.25), down to 0.0001, next to maximum likelihood; four steps a decade.
fn ridge_path() -> Vec<f64> {
    (0..=20)
        .map(|step| 10.0_f64.powf(1.0 - f64::from(step) / 4.0))
        .collect()
}

/// Fits with a penalty of mixing share `alpha` (0 ridge, 1 lasso), its strength chosen by `rule`: for ridge from a
/// fixed path, else from glmnet's. The folds are stratified, ten or, where a class has fewer patients, as many
/// as it has (at least two), and all copies of a patient stay in one: dealt out freely they would call for too
/// small a penalty and make the optimism of a tuned model too large.
pub fn fit_penalised(
    rows: &TrainingRows,
    alpha: f64,
    rule: PenaltyRule,
    stream: Stream,
    task: &TaskHandle,
) -> Result<LogisticFit, Cancelled> {
    let problem = rows.problem();
    let path = if alpha > 0.0 {
        problem.path(alpha)
    } else {
        problem.path_at(0.0, &ridge_path())
    };
    task.check()?;
    let best = match rule {
        PenaltyRule::Aic => smallest_aic(&problem, alpha, &path),
        PenaltyRule::Minimum | PenaltyRule::OneStandardError => {
            let lambdas: Vec<f64> = path.iter().map(|point| point.lambda).collect();
            let folds = fold_deviances(rows, alpha, &lambdas, stream, task)?;
            chosen(&folds, rule == PenaltyRule::OneStandardError)
        }
    };
    Ok(problem.fit_elastic_net(alpha, &path[best]))
}

/// Position of the smallest criterion; of equals the larger penalty.
fn smallest_aic(problem: &Standardised, alpha: f64, path: &[PathPoint]) -> usize {
    let criteria: Vec<f64> = path
        .iter()
        .map(|point| 2.0 * point.degrees_of_freedom(problem, alpha) - 2.0 * point.log_likelihood)
        .collect();
    smallest(&criteria)
}

fn smallest(values: &[f64]) -> usize {
    (0..values.len())
        .min_by(|&a, &b| values[a].total_cmp(&values[b]))
        .unwrap_or(0)
}

/// Held-out deviance of one fold: patients, and the mean over them at each penalty.
struct Fold {
    weight: f64,
    means: Vec<f64>,
}

fn fold_deviances(
    rows: &TrainingRows,
    alpha: f64,
    lambdas: &[f64],
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<Fold>, Cancelled> {
    let mut folds = Vec::new();
    for (train, test) in patient_folds(&rows.y, &rows.patients, N_FOLDS, stream) {
        task.check()?;
        let problem = rows.only(&train).problem();
        let test = rows.only(&test);
        let weight: f64 = test.weights.iter().sum();
        let mean = |point: &PathPoint| {
            let lp = test.linear_predictors(point, &problem);
            let terms = lp.iter().zip(&test.y).zip(&test.weights);
            let total: f64 = terms.map(|((lp, y), w)| w * row_deviance(*y, *lp)).sum();
            total / weight
        };
        let means = problem.path_at(alpha, lambdas).iter().map(mean).collect();
        folds.push(Fold { weight, means });
    }
    Ok(folds)
}

/// Position of the smallest mean deviance, or of the first penalty within one standard error of it. The standard error is
/// that of the mean over folds, weighted by their size, as glmnet has it.
fn chosen(folds: &[Fold], within_std_error: bool) -> usize {
    let total: f64 = folds.iter().map(|fold| fold.weight).sum();
    let n_lambdas = folds.first().map_or(0, |fold| fold.means.len());
    let average = |value: &dyn Fn(&Fold) -> f64| {
        let sum: f64 = folds.iter().map(|fold| fold.weight * value(fold)).sum();
        sum / total
    };
    let means: Vec<f64> = (0..n_lambdas)
        .map(|at| average(&|fold| fold.means[at]))
        .collect();
    let best = smallest(&means);
    if !within_std_error || n_lambdas == 0 {
        return best;
    }
    let spread = average(&|fold| (fold.means[best] - means[best]).powi(2));
    let std_error = (spread / (folds.len().max(2) - 1) as f64).sqrt();
    let limit = means[best] + std_error;
    (0..best).find(|&at| means[at] <= limit).unwrap_or(best)
}

/// -2 log-likelihood of one row; a linear predictor beyond 35 counts as 35 (glmnet bounds risks likewise).
fn row_deviance(event: bool, linear_predictor: f64) -> f64 {
    let lp = linear_predictor.clamp(-35.0, 35.0);
    let signed = if event { -lp } else { lp };
    2.0 * (signed.max(0.0) + (-signed.abs()).exp().ln_1p())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::Matrix;
    use crate::solve::Penalty;

    fn strength(fit: &LogisticFit) -> f64 {
        match fit.penalty {
            Penalty::ElasticNet { lambda, .. } => lambda,
            Penalty::None | Penalty::Jeffreys => 0.0,
        }
    }

    fn tuned(x: &Matrix, y: &[bool], alpha: f64, rule: PenaltyRule) -> LogisticFit {
        let own: Vec<usize> = (0..y.len()).collect();
        let rows = TrainingRows::new(x, y, &own);
        fit_penalised(
            &rows,
            alpha,
            rule,
            Stream::new(1),
            &TaskHandle::unattended(),
        )
        .expect("not cancelled")
    }

    /// Eight columns, the first of which matters.
    fn patients(n: usize) -> (Matrix, Vec<bool>, Vec<bool>) {
        let mut rng = Stream::new(4).rng();
        let columns: Vec<Vec<f64>> = (0..8)
            .map(|_| (0..n).map(|_| rng.normal()).collect())
            .collect();
        let signal = columns[0].iter().map(|v| rng.normal() * 0.7 < *v).collect();
        let noise = columns[0].iter().map(|_| rng.uniform() < 0.5).collect();
        (Matrix::from_columns(n, &columns), signal, noise)
    }

    #[test]
    fn noise_is_shrunk_harder_than_signal() {
        let (x, signal, noise) = patients(150);
        for alpha in [0.0, 0.5, 1.0] {
            for rule in PenaltyRule::ALL {
                let size = |y: &[bool]| {
                    let fit = tuned(&x, y, alpha, rule);
                    fit.coefficients.iter().map(|b| b.abs()).sum::<f64>()
                };
                assert!(size(&noise) < 0.5 * size(&signal), "{alpha} {rule:?}");
            }
        }
    }

    #[test]
    fn one_standard_error_asks_for_a_larger_penalty_and_no_more_columns() {
        let (x, signal, _) = patients(150);
        let n_in = |fit: &LogisticFit| fit.coefficients.iter().filter(|b| **b != 0.0).count();
        let least = tuned(&x, &signal, 1.0, PenaltyRule::Minimum);
        let simple = tuned(&x, &signal, 1.0, PenaltyRule::OneStandardError);
        assert!(strength(&simple) > strength(&least));
        assert!(n_in(&simple) <= n_in(&least));
        assert!(simple.coefficients[0] > 0.0 && simple.coefficients[0] < least.coefficients[0]);
        assert!(least.converged && simple.converged);
    }

    #[test]
    fn the_rule_of_one_standard_error_is_that_of_glmnet() {
        // Two folds of 30 and 10 patients, three penalties, the last of which predicts best.
        let fold = |weight: f64, means: [f64; 3]| Fold {
            weight,
            means: means.to_vec(),
        };
        let folds = [fold(30.0, [1.3, 1.2, 1.1]), fold(10.0, [1.2, 1.1, 1.3])];
        // Means 1.275, 1.175, 1.15; standard error at the last sqrt((30 * .05^2 + 10 * .15^2) / 40) = 0.087.
        assert_eq!(chosen(&folds, false), 2);
        assert_eq!(chosen(&folds, true), 1);
    }

    #[test]
    fn copies_of_patients_count_like_weights() {
        let (x, y, _) = patients(80);
        let drawn = Stream::new(9).rng().bootstrap(80);
        let y: Vec<bool> = drawn.iter().map(|&row| y[row]).collect();
        let copied = TrainingRows::new(&x.rows(&drawn), &y, &drawn);
        assert!(copied.y.len() < 60);
        assert!((copied.weights.iter().sum::<f64>() - 80.0).abs() < 1e-12);
        let plain = Standardised::new(&x.rows(&drawn), &y);
        let (ours, theirs) = (copied.problem().fit(0.1), plain.fit(0.1));
        for (a, b) in ours.coefficients.iter().zip(&theirs.coefficients) {
            assert!((a - b).abs() < 1e-9);
        }
        assert!((ours.log_likelihood - theirs.log_likelihood).abs() < 1e-9);
    }
}
