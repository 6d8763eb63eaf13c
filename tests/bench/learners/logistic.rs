//! Logistic regression on the data of the peers: maximum likelihood with standard errors, Firth, ridge at one penalty, an
//! elastic-net path; one JSON line a task, as `logistic.R` and `logistic.py` print it. The shortest of five rounds counts:
//! what disturbs a run only makes it longer.

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use prognostim::base::num::Matrix;
use prognostim::solve::{Standardised, fit, fit_firth};

/// Rounds, and repeats of a task within one; fewer of the large file.
const ROUNDS: usize = 5;
const REPEATS: usize = 20;
const LARGE: usize = 10_000;

/// Times every task on each file of the peers that lies in the folder.
pub fn run(folder: &Path) {
    for file in ["c200.csv", "c2000.csv", "c50k.csv"] {
        let path = folder.join(file);
        if !path.exists() {
            continue;
        }
        let (x, y) = read(&path);
        let repeats = if y.len() > LARGE { 1 } else { REPEATS };
        let say = |task: &str, work: &dyn Fn() -> f64| {
            let (seconds, check) = shortest(repeats, work);
            let line = serde_json::json!({
                "peer": "prognostim",
                "task": task,
                "data": file,
                "seconds": seconds,
                "check": check,
            });
            writeln!(std::io::stdout(), "{line}").expect("standard output is open");
        };
        say("logistic_ml", &|| {
            let fitted = fit(&x, &y, 0.0);
            assert!(fitted.std_error(Some(0)).is_some());
            fitted.coefficients[0]
        });
        say("logistic_firth", &|| fit_firth(&x, &y).coefficients[0]);
        say("ridge_one_penalty", &|| fit(&x, &y, 0.05).coefficients[0]);
        say("elastic_net_path", &|| {
            Standardised::new(&x, &y).path(0.5).len() as f64
        });
    }
}

/// Seconds of one repeat in the fastest round, and what the task gave.
fn shortest(repeats: usize, work: &dyn Fn() -> f64) -> (f64, f64) {
    let mut check = 0.0;
    let mut round = || {
        let start = Instant::now();
        for _ in 0..repeats {
            check = work();
        }
        start.elapsed().as_secs_f64() / repeats as f64
    };
    let seconds = (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min);
    (seconds, check)
}

/// The outcome is the first column, `y`.
fn read(path: &Path) -> (Matrix, Vec<bool>) {
    let mut reader = csv::Reader::from_path(path).expect("a csv of the peers");
    let rows: Vec<Vec<f64>> = reader
        .records()
        .map(|record| {
            let record = record.expect("as many cells as headers");
            let cells = record.iter().map(|cell| cell.parse().expect("a number"));
            cells.collect()
        })
        .collect();
    let k = rows.first().map_or(0, |row| row.len() - 1);
    let columns: Vec<Vec<f64>> = (1..=k)
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect();
    let y = rows.iter().map(|row| row[0] == 1.0).collect();
    (Matrix::from_columns(rows.len(), &columns), y)
}
