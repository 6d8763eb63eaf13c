//! Exact interventional Shapley values beside shap's `TreeExplainer`.

use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::learn::shapley::{Question, Trees, contributions};
use prognostim::learn::{Forest, ForestParams, Training};

use crate::{Places, best, pool, ratio, say};

/// 500 trees, 200 rows against 200 background rows.
pub(crate) fn peers(places: &Places) -> String {
    let (n_trees, n_rows) = (500, 200);
    let (x, y) = places.read("c200.csv");
    let params = ForestParams {
        n_trees,
        ..ForestParams::default()
    };
    let task = TaskHandle::unattended();
    let matrices = std::slice::from_ref(&x);
    let forest = Forest::fit(&Training::new(matrices, &y), &params, Stream::new(1), &task)
        .expect("a forest");
    let own: Vec<usize> = (0..x.k_cols).collect();
    let rows: Vec<usize> = (0..n_rows).collect();
    let question = Question {
        x: matrices,
        rows: &rows,
        background: &rows,
        variable_of: &own,
        k_variables: x.k_cols,
        trees: Trees::All,
    };
    let path = places.data.join("c200.csv").to_string_lossy().into_owned();
    let peer = places.peer("shap.py", &[path, n_trees.to_string(), n_rows.to_string()]);
    let mut table =
        "| Shapley, 500 trees, 200 x 200 | threads | seconds | shap / ours |\n|---|---|---|---|\n"
            .to_owned();
    for n_threads in [1, 2] {
        let threads = pool(n_threads);
        let (seconds, parts) = threads
            .install(|| best(|_| contributions(&forest, &question, &task).expect("not cancelled")));
        let values = parts.iter().flat_map(|part| &part.values);
        let check = values.map(|v| v.abs()).sum::<f64>() / (n_rows * x.k_cols) as f64;
        let line = serde_json::json!({
            "peer": "prognostim", "task": "shap_interventional", "data": "c200.csv", "threads": n_threads,
            "seconds": seconds, "check": check,
        });
        say(&line.to_string());
        table.push_str(&format!(
            "| c200.csv | {n_threads} | {seconds:.4} | {} |\n",
            ratio(peer, seconds)
        ));
    }
    table
}
