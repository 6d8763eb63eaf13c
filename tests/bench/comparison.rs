//! Do the intervals of a comparison tell the truth? Two models that are equal by symmetry: the same learner on two sets of
//! predictors that are exchangeable, fitted and judged on the same folds of many simulated cohorts.
//!
//! `cargo bench --bench comparison` ; prints one JSON line a scenario. Arguments after `--`: number of cohorts (300),
//! patients a cohort (150), repeats of ten folds (10). Two truths are asked about: the difference of the two learners in
//! expectation, which is 0, and that of the two models fitted to this very cohort, on 20,000 new patients.

use std::io::Write as _;

use prognostim::base::num::{Matrix, Z_95, mean, risk_from_linear_predictor, sd, t_quantile_975};
use prognostim::base::seed::{Rng, Stream};
use prognostim::base::task::TaskHandle;
use prognostim::learn::Challenger;
use prognostim::learn::folds::stratified_folds;
use prognostim::recipe::Predictions;
use prognostim::solve::fit;
use prognostim::validate::measures::auc;
use prognostim::validate::{Difference, FoldScore};

const K: usize = 10;
const N_FOLDS: usize = 10;
const N_NEW: usize = 20_000;

/// Standard normal columns and an outcome that each of them moves by as much.
fn patients(n: usize, effect: f64, rng: &mut Rng) -> (Matrix, Vec<bool>) {
    let columns: Vec<Vec<f64>> = (0..K)
        .map(|_| (0..n).map(|_| rng.normal()).collect())
        .collect();
    let event = |row: usize| {
        let sum: f64 = columns.iter().map(|column| column[row]).sum();
        rng.uniform() < risk_from_linear_predictor(effect * sum - 0.2)
    };
    let y = (0..n).map(event).collect();
    (Matrix::from_columns(n, &columns), y)
}

/// The first or the last columns.
fn part(x: &Matrix, is_last: bool, k: usize) -> Matrix {
    let first = if is_last { K - k } else { 0 };
    let columns: Vec<Vec<f64>> = (first..first + k).map(|j| x.col(j).to_vec()).collect();
    Matrix::from_columns(x.n_rows, &columns)
}

/// A learner of the simulation.
#[derive(Clone, Copy, Debug)]
enum Model {
    /// Logistic regression with a ridge penalty of fixed strength.
    Ridge,
    /// A challenger.
    Challenger(Challenger),
}

impl Model {
    fn predict(self, x: &Matrix, y: &[bool], new: &Matrix, stream: Stream) -> Predictions {
        match self {
            Self::Ridge => {
                Predictions::from_linear_predictors(fit(x, y, 0.05).linear_predictors(new))
            }
            Self::Challenger(challenger) => {
                let task = TaskHandle::unattended();
                let fit = challenger.fit(x, y, stream, &task).expect("a fit");
                Predictions::from_risks(fit.risks(new).expect("risks"))
            }
        }
    }
}

/// What one cohort says: by method lower and upper limit of the difference in AUC, and the difference in new patients.
struct Found {
    limits: Vec<(f64, f64)>,
    true_difference: f64,
}

/// Names of the methods, in the order of [`Found::limits`].
const METHODS: [&str; 3] = ["corrected resampled t", "plain t", "paired DeLong"];

fn cohort(
    n: usize,
    n_repeats: usize,
    effect: f64,
    k: usize,
    model: Model,
    stream: Stream,
) -> Found {
    let mut rng = stream.rng();
    let (x, y) = patients(n, effect, &mut rng);
    let (new, y_new) = patients(N_NEW, effect, &mut rng);
    let sides = [false, true].map(|is_last| part(&x, is_last, k));
    let mut apart = Vec::new();
    let mut log_odds = [vec![0.0; n], vec![0.0; n]];
    for repeat in 0..n_repeats {
        let folds = stratified_folds(&y, N_FOLDS, stream.named("folds").at(repeat));
        for (fold, (train, test)) in folds.into_iter().enumerate() {
            let of = |rows: &[usize]| -> Vec<bool> { rows.iter().map(|&row| y[row]).collect() };
            let mut scores = Vec::new();
            for (side, sums) in sides.iter().zip(&mut log_odds) {
                let seed = stream.named("fits").at(repeat * N_FOLDS + fold);
                let (x_train, x_test) = (side.rows(&train), side.rows(&test));
                let found = model.predict(&x_train, &of(&train), &x_test, seed);
                for (&row, lp) in test.iter().zip(&found.linear_predictors) {
                    sums[row] += lp;
                }
                scores.push(FoldScore::new(&found, &of(&test)).and_then(|score| score.auc));
            }
            if let [Some(a), Some(b)] = scores[..] {
                apart.push(b - a);
            }
        }
    }
    let corrected = Difference::of_folds(&apart, 1.0 / (N_FOLDS - 1) as f64).expect("folds");
    let centre = corrected.estimate;
    let spread = sd(&apart).expect("folds") / (apart.len() as f64).sqrt();
    let around = |half: f64| (centre - half, centre + half);
    let whole = |is_last: bool| {
        let side = part(&new, is_last, k);
        let own = &sides[usize::from(is_last)];
        let found = model.predict(own, &y, &side, stream.named("whole"));
        auc(&found.linear_predictors, &y_new).expect("two classes")
    };
    Found {
        limits: vec![
            (corrected.low, corrected.high),
            around(t_quantile_975(apart.len() as f64 - 1.0) * spread),
            around(Z_95 * paired_delong(&log_odds, &y)),
        ],
        true_difference: whole(true) - whole(false),
    }
}

/// Standard error of the difference of two AUCs on the same patients (`DeLong` 1988).
fn paired_delong(scores: &[Vec<f64>; 2], y: &[bool]) -> f64 {
    let share = |class: bool| -> Vec<f64> {
        let own = (0..y.len()).filter(|&row| y[row] == class);
        let others: Vec<usize> = (0..y.len()).filter(|&row| y[row] != class).collect();
        let wins = |of: &[f64], row: usize| {
            let each = others.iter().map(|&other| {
                let ahead = if class {
                    of[row] > of[other]
                } else {
                    of[row] < of[other]
                };
                f64::from(u8::from(ahead)) + 0.5 * f64::from(u8::from(of[row] == of[other]))
            });
            each.sum::<f64>() / others.len() as f64
        };
        own.map(|row| wins(&scores[1], row) - wins(&scores[0], row))
            .collect()
    };
    let variance = |of: Vec<f64>| sd(&of).expect("two of a class").powi(2) / of.len() as f64;
    (variance(share(true)) + variance(share(false))).sqrt()
}

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let number = |at: usize, usual: usize| said.get(at).copied().unwrap_or(usual);
    let (n_cohorts, n, n_repeats) = (number(0, 300), number(1, 150), number(2, 10));
    // Half the predictors each, and eight of ten, of which six are shared; an effect of 0 is noise.
    let bayes = Model::Challenger(Challenger::NaiveBayes);
    let scenarios = [
        (Model::Ridge, 0.4, 5),
        (Model::Ridge, 0.4, 8),
        (Model::Ridge, 0.0, 5),
        (bayes, 0.4, 5),
        (bayes, 0.4, 8),
    ];
    for (model, effect, k) in scenarios {
        let found: Vec<Found> = (0..n_cohorts)
            .map(|at| cohort(n, n_repeats, effect, k, model, Stream::new(7).at(at)))
            .collect();
        for (method, name) in METHODS.iter().enumerate() {
            let covers = |truth: &dyn Fn(&Found) -> f64| {
                let held = found.iter().filter(|one| {
                    let (low, high) = one.limits[method];
                    (low..=high).contains(&truth(one))
                });
                held.count() as f64 / found.len() as f64
            };
            let widths: Vec<f64> = found
                .iter()
                .map(|one| one.limits[method].1 - one.limits[method].0)
                .collect();
            let line = serde_json::json!({
                "model": format!("{model:?}"), "effect": effect, "k": k, "n": n, "repeats": n_repeats,
                "method": name, "covers_learners": covers(&|_| 0.0),
                "covers_models": covers(&|one| one.true_difference), "width": mean(&widths),
            });
            writeln!(std::io::stdout(), "{line}").expect("standard output");
        }
    }
}
