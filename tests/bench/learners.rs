//! How long our learners take beside what a user would pick instead, on the same work in the same run:
//! `cargo bench --profile release --bench learners -- DATA PEERS PYTHON`.
//!
//! `DATA` holds `c200.csv`, `c2000.csv` and `c50k.csv` (outcome first, as `make_data.py` of the peers writes them),
//! `PEERS` the peers' scripts, `PYTHON` the interpreter that has scikit-learn and shap. Every measurement is the best of
//! three, as the peers take it, and one JSON line; at the end stand tables of ratios (peer's seconds / ours). A peer that
//! does not run here has none. Words after these choose the parts: `logistic`, `forest`, `scaling`, `memory`, `shapley`;
//! `largest`, only where asked, is the forest of 500 trees on `c50k.csv`.

mod learners {
    pub(crate) mod forest;
    pub(crate) mod logistic;
    pub(crate) mod shapley;
}

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use prognostim::base::num::Matrix;

/// Readings of each piece of work, the best of which counts.
const N_TIMES: usize = 3;

/// Where data, peers and their interpreter are.
pub(crate) struct Places {
    /// Folder of the data sets.
    pub(crate) data: PathBuf,
    /// Folder of the peers' scripts.
    pub(crate) peers: PathBuf,
    /// Python that has scikit-learn and shap.
    pub(crate) python: String,
}

impl Places {
    /// A data set: predictors and outcomes.
    pub(crate) fn read(&self, file: &str) -> (Matrix, Vec<bool>) {
        let mut reader = csv::Reader::from_path(self.data.join(file)).expect("a data set");
        let rows: Vec<Vec<f64>> = reader
            .records()
            .map(|record| {
                let record = record.expect("a row");
                record
                    .iter()
                    .map(|cell| cell.parse().expect("a number"))
                    .collect()
            })
            .collect();
        let y = rows.iter().map(|row| row[0] > 0.5).collect();
        let columns: Vec<Vec<f64>> = (1..rows[0].len())
            .map(|j| rows.iter().map(|row| row[j]).collect())
            .collect();
        (Matrix::from_columns(rows.len(), &columns), y)
    }

    /// Seconds and check of a peer's script of one task. `None` where it does not run.
    pub(crate) fn peer(&self, script: &str, arguments: &[String]) -> Option<(f64, f64)> {
        let lines = self.peer_lines(script, arguments);
        let line = lines.first()?;
        Some((line["seconds"].as_f64()?, line["check"].as_f64()?))
    }

    /// What a peer's script measured; printed too. Nothing where it does not run.
    pub(crate) fn peer_lines(&self, script: &str, arguments: &[String]) -> Vec<serde_json::Value> {
        let is_r = script.ends_with(".R");
        let mut command = Command::new(if is_r { "Rscript" } else { &self.python });
        let output = command
            .arg(self.peers.join(script))
            .args(arguments)
            .output();
        let text = output.map(|output| output.stdout).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<serde_json::Value> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line.trim()).ok())
            .collect();
        lines.iter().for_each(|line| say(&line.to_string()));
        lines
    }
}

/// Best of three readings: seconds, and what the last reading gave.
pub(crate) fn best<T>(mut work: impl FnMut(usize) -> T) -> (f64, T) {
    let mut seconds = f64::INFINITY;
    let mut given = None;
    for time in 0..N_TIMES {
        let start = Instant::now();
        let result = work(time);
        seconds = seconds.min(start.elapsed().as_secs_f64());
        given = Some(result);
    }
    (seconds, given.expect("three readings"))
}

/// A pool of so many threads.
pub(crate) fn pool(n_threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .build()
        .expect("a pool of threads")
}

/// One line on standard output.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

/// A ratio for the table.
pub(crate) fn ratio(peer: Option<(f64, f64)>, ours: f64) -> String {
    peer.map_or_else(|| "-".to_owned(), |(s, _)| format!("{:.1}", s / ours))
}

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let [data, peers, python, parts @ ..] = words.as_slice() else {
        say(
            "usage: learners DATA PEERS PYTHON [logistic] [forest] [largest] [scaling] [memory] [shapley]",
        );
        return;
    };
    let places = Places {
        data: data.into(),
        peers: peers.into(),
        python: python.clone(),
    };
    let is_asked = |part: &str| parts.is_empty() || parts.iter().any(|word| word == part);
    let mut tables = Vec::new();
    if is_asked("logistic") {
        tables.push(learners::logistic::peers(&places));
    }
    if is_asked("forest") {
        tables.push(learners::forest::peers(&places));
    }
    if parts.iter().any(|word| word == "largest") {
        tables.push(learners::forest::largest(&places));
    }
    if is_asked("scaling") {
        tables.push(learners::forest::scaling());
    }
    if is_asked("memory") {
        tables.push(learners::forest::memory());
    }
    if is_asked("shapley") {
        tables.push(learners::shapley::peers(&places));
    }
    for table in tables {
        say(&format!("\n{table}"));
    }
}
