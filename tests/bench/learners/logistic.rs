//! Logistic regressions beside R's `glm.fit` and glmnet.

use prognostim::base::num::Matrix;
use prognostim::solve::{Standardised, fit, fit_firth};

use crate::{Places, best, say};

/// Fits that one reading times: a single one is too short for a clock.
const REPEATS: usize = 30;

type Work = Box<dyn Fn(&Matrix, &[bool]) -> f64>;

/// Maximum likelihood with standard errors, one ridge penalty, a path of a hundred penalties; Firth without a peer.
pub(crate) fn peers(places: &Places) -> String {
    let tasks: [(&str, Work); 4] = [
        (
            "logistic_ml",
            Box::new(|x, y| {
                let fitted = fit(x, y, 0.0);
                assert!(fitted.std_error(Some(0)).is_some());
                fitted.coefficients[0]
            }),
        ),
        (
            "ridge_one_penalty",
            Box::new(|x, y| fit(x, y, 0.05).coefficients[0]),
        ),
        (
            "elastic_net_path",
            Box::new(|x, y| Standardised::new(x, y).path(0.5).len() as f64),
        ),
        (
            "logistic_firth",
            Box::new(|x, y| fit_firth(x, y).coefficients[0]),
        ),
    ];
    let mut table = "| task | data | seconds | R / ours |\n|---|---|---|---|\n".to_owned();
    for file in ["c200.csv", "c2000.csv"] {
        let (x, y) = places.read(file);
        let path = places.data.join(file).to_string_lossy().into_owned();
        let peers = places.peer_lines("logistic.R", &[path]);
        for (task, work) in &tasks {
            let (seconds, check) = best(|_| (0..REPEATS).fold(0.0, |_, _| work(&x, &y)));
            let seconds = seconds / REPEATS as f64;
            let line = serde_json::json!({
                "peer": "prognostim", "task": task, "data": file, "seconds": seconds, "check": check,
            });
            say(&line.to_string());
            let peer = peers.iter().find(|line| line["task"] == *task);
            let ratio = peer.and_then(|line| line["seconds"].as_f64()).map_or_else(
                || "-".to_owned(),
                |theirs| format!("{:.1}", theirs / seconds),
            );
            table.push_str(&format!("| {task} | {file} | {seconds:.6} | {ratio} |\n"));
        }
    }
    table
}
