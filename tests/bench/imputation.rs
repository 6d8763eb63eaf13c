//! Do pooled intervals hold what they promise? For many simulated cohorts with a known logistic
//! model, in which gaps depend on the outcome together with another predictor, the share of 95 %
//! intervals that hold the true coefficient: multiple imputation, complete cases, and no gaps.
//!
//! `cargo bench --bench imputation` ; prints one JSON line a method and coefficient. Arguments after
//! `--`: number of cohorts (1000), patients a cohort (500), imputations (20), rounds (10).

use std::io::Write as _;

use prognostim::base::num::{Interval, Z_95, mean, risk_from_linear_predictor, sd, t_quantile_975};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::{Form, Predictor, Sample};
use prognostim::impute::ImputeParams;
use prognostim::learn::{ForestParams, PenaltyParams, Recalibration};
use prognostim::recipe::{Fitted, Learner, MissingPlan, Model, Recipe};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

/// Intercept, then the coefficients of the truth: log-odds for one unit.
const TRUTH: [f64; 5] = [-0.4, 0.8, -0.5, 0.6, 0.0];
const NAMES: [&str; 5] = ["(intercept)", "pain", "distress", "smoker", "age"];

/// A cohort without gaps: two correlated scores, a binary that follows the first, an idle number.
fn whole(n: usize, stream: Stream) -> Sample {
    let mut rng = stream.rng();
    let mut columns = vec![Vec::new(); 4];
    let mut y = Vec::with_capacity(n);
    for _ in 0..n {
        let pain = rng.normal();
        let distress = 0.5 * pain + 0.75_f64.sqrt() * rng.normal();
        let smoker = f64::from(u8::from(
            rng.uniform() < risk_from_linear_predictor(-0.5 + 0.7 * pain),
        ));
        let row = [pain, distress, smoker, rng.normal()];
        let lp = TRUTH[0] + row.iter().zip(&TRUTH[1..]).map(|(x, b)| x * b).sum::<f64>();
        y.push(rng.uniform() < risk_from_linear_predictor(lp));
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let predictor = |(values, name): (Vec<f64>, &str)| Predictor {
        name: name.to_owned(),
        kind: if name == "smoker" {
            Kind::Binary
        } else {
            Kind::Numeric
        },
        levels: if name == "smoker" {
            vec!["no".to_owned(), "yes".to_owned()]
        } else {
            Vec::new()
        },
        form: Form::default(),
        values,
    };
    Sample {
        interactions: Vec::new(),
        predictors: columns
            .into_iter()
            .zip(&NAMES[1..])
            .map(|(c, n)| predictor((c, n)))
            .collect(),
        y,
    }
}

/// The cohort with three in ten values of pain and smoking gone: mostly those of responders in
/// distress, so that neither outcome nor distress alone tells which. Which of the two (or both) is gone is left to chance.
fn with_gaps(whole: &Sample, stream: Stream) -> Sample {
    let mut rng = stream.rng();
    let mut sample = whole.clone();
    for row in 0..whole.n_rows() {
        let distress = whole.predictors[1].values[row];
        let responded = f64::from(u8::from(whole.y[row]));
        let lp = -1.75 + 1.6 * responded + 0.3 * distress + 1.2 * responded * distress;
        let share = risk_from_linear_predictor(lp);
        for at in [0, 2] {
            if rng.uniform() < share {
                sample.predictors[at].values[row] = f64::NAN;
            }
        }
    }
    sample
}

/// Estimate and 95 % limits of each coefficient: Rubin's rules, or Wald where nothing was pooled.
fn intervals(fitted: &Fitted) -> Vec<Interval> {
    let Model::Logistic(fit) = &fitted.model else {
        return Vec::new();
    };
    (0..TRUTH.len())
        .map(|at| {
            let estimate = if at == 0 {
                fit.intercept
            } else {
                fit.coefficients[at - 1]
            };
            let std_error = fit
                .std_error(at.checked_sub(1))
                .expect("information on every term");
            let pooled = fitted.pooled.get(at).copied().flatten();
            let quantile = pooled.map_or(Z_95, |pooled| t_quantile_975(pooled.df));
            Interval {
                estimate,
                low: estimate - quantile * std_error,
                high: estimate + quantile * std_error,
            }
        })
        .collect()
}

/// What one cohort gave: the share of gaps, and the intervals by method and coefficient.
struct Found {
    share_gone: f64,
    of_methods: Vec<Vec<Interval>>,
}

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
    let (n_cohorts, n) = (said(0, 1000), said(1, 500));
    let params = ImputeParams {
        n_imputations: said(2, 20),
        n_iterations: said(3, 10),
        ..ImputeParams::default()
    };
    let root = Stream::new(2027);
    let fit = |sample: &Sample, rows: &[usize], missing: MissingPlan, stream: Stream| {
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing,
            recalibration: Recalibration::None,
        };
        let fitted = recipe.fit(sample, rows, stream, &TaskHandle::unattended());
        intervals(&fitted.expect("two classes"))
    };
    let methods = ["no gaps", "complete cases", "multiple imputation"];
    let found: Vec<Found> = (0..n_cohorts)
        .into_par_iter()
        .map(|cohort| {
            let stream = root.at(cohort);
            let whole = whole(n, stream.named("cohort"));
            let sample = with_gaps(&whole, stream.named("gaps"));
            let all: Vec<usize> = (0..n).collect();
            let is_complete = |row: &usize| !sample.gaps(*row).contains(&true);
            let complete: Vec<usize> = all.iter().copied().filter(is_complete).collect();
            let n_gone = sample.predictors[0]
                .values
                .iter()
                .filter(|v| v.is_nan())
                .count();
            let of_methods = vec![
                fit(&whole, &all, MissingPlan::Single, stream),
                fit(&sample, &complete, MissingPlan::Single, stream),
                fit(
                    &sample,
                    &all,
                    MissingPlan::Multiple(params),
                    stream.named("fit"),
                ),
            ];
            Found {
                share_gone: n_gone as f64 / n as f64,
                of_methods,
            }
        })
        .collect();
    let gone: Vec<f64> = found.iter().map(|one| one.share_gone).collect();
    for (method, name) in methods.iter().enumerate() {
        for (at, term) in NAMES.iter().enumerate() {
            let of = || found.iter().map(|one| one.of_methods[method][at]);
            let estimates: Vec<f64> = of().map(|interval| interval.estimate).collect();
            let widths: Vec<f64> = of().map(|interval| interval.high - interval.low).collect();
            let holds = |interval: &Interval| (interval.low..=interval.high).contains(&TRUTH[at]);
            let line = serde_json::json!({
                "method": name,
                "term": term,
                "truth": TRUTH[at],
                "n_cohorts": n_cohorts,
                "n": n,
                "share_gone": mean(&gone),
                "coverage": of().filter(holds).count() as f64 / n_cohorts as f64,
                "bias": mean(&estimates).map(|mean| mean - TRUTH[at]),
                "sd": sd(&estimates),
                "mean_width": mean(&widths),
            });
            writeln!(std::io::stdout(), "{line}").expect("standard output is open");
        }
    }
}
