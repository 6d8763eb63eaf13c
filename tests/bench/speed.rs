//! How long the whole analysis takes, as a user asks for it: `cargo bench --bench speed`.
//!
//! One JSON line a task, as in the scripts that time other programs on the same work. Arguments
//! after `--`: patients (420), bootstraps (200), trees (500).

use std::io::Write as _;
use std::time::Instant;

use prognostim::analysis::{Settings, run};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::simulate::{Scenario, simulate};

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
    let (n, n_bootstraps, n_trees) = (said(0, 420), said(1, 200), said(2, 500));
    let cohort = simulate(&Scenario::clinical(n), Stream::new(1)).cohort();
    let mut settings = Settings::default();
    settings.plan.n_bootstraps = n_bootstraps;
    settings.forest.n_trees = n_trees;
    for n_threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .expect("a pool of threads");
        let start = Instant::now();
        let analysis = pool
            .install(|| run(&cohort, &settings, "", &TaskHandle::unattended()))
            .expect("a simulated cohort can be analysed");
        let line = serde_json::json!({
            "peer": "prognostim",
            "task": "analysis: ridge and forest, validated and explained",
            "n_analysed": analysis.cohort.n_analysed,
            "k_predictors": analysis.predictors.len(),
            "threads": n_threads,
            "seconds": start.elapsed().as_secs_f64(),
            "check": analysis.models[0].corrected.values().next().map(|auc| auc.estimate),
        });
        writeln!(std::io::stdout(), "{line}").expect("standard output is open");
    }
}
