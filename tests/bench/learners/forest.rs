//! The forest beside ranger and scikit-learn, its scaling curves, and its memory.

use std::fmt::Write as _;

use prognostim::base::num::Matrix;
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::learn::{Forest, ForestParams, Training};
use prognostim::validate::measures::brier;

use crate::{Places, best, pool, ratio, say};

/// Forests whose out-of-bag Brier scores show how much a seed matters.
const N_SEEDS: usize = 10;

/// The data sets, and trees for each: time is proportional to them, and on the largest ranger takes half a second a tree.
const DATA: [(&str, usize); 3] = [("c200.csv", 500), ("c2000.csv", 500), ("c50k.csv", 25)];
/// The largest with as many trees as the others: half an hour.
const LARGEST: [(&str, usize); 1] = [("c50k.csv", 500)];

/// Grows a forest and takes its out-of-bag risks: what the peers time. Returns the Brier score.
fn fit(x: &Matrix, y: &[bool], n_trees: usize, seed: usize) -> f64 {
    let params = ForestParams {
        n_trees,
        ..ForestParams::default()
    };
    let task = TaskHandle::unattended();
    let x = std::slice::from_ref(x);
    let forest = Forest::fit(
        &Training::new(x, y),
        &params,
        Stream::new(seed as u64),
        &task,
    )
    .expect("a forest");
    let (risks, seen): (Vec<f64>, Vec<bool>) = forest
        .out_of_bag
        .iter()
        .zip(y)
        .filter_map(|(risk, y)| Some(((*risk)?, *y)))
        .unzip();
    brier(&risks, &seen).unwrap_or(f64::NAN)
}

/// Every data set on one and two threads, ours and the peers'.
pub(crate) fn peers(places: &Places) -> String {
    beside(places, &DATA)
}

/// The same for the largest with all trees.
pub(crate) fn largest(places: &Places) -> String {
    beside(places, &LARGEST)
}

fn beside(places: &Places, data: &[(&str, usize)]) -> String {
    let mut table = "| data | trees | threads | ours, s | ranger / ours | scikit-learn / ours | Brier ours (sd over seeds) | ranger | scikit-learn |\n|---|---|---|---|---|---|---|---|---|\n".to_owned();
    for &(file, n_trees) in data {
        let (x, y) = places.read(file);
        let seeds: Vec<f64> = (0..N_SEEDS)
            .map(|s| fit(&x, &y, n_trees, 100 + s))
            .collect();
        let mean = seeds.iter().sum::<f64>() / N_SEEDS as f64;
        let squares: f64 = seeds.iter().map(|b| (b - mean).powi(2)).sum();
        let sd = (squares / (N_SEEDS - 1) as f64).sqrt();
        for n_threads in [1, 2] {
            let threads = pool(n_threads);
            let ours = || threads.install(|| best(|seed| fit(&x, &y, n_trees, seed)));
            let path = places.data.join(file).to_string_lossy().into_owned();
            let said = [path, n_trees.to_string(), n_threads.to_string()];
            // Ours before and after the peers: other work on the machine weighs on both.
            let (before, check) = ours();
            let ranger = places.peer("forest.R", &said);
            let sklearn = places.peer("forest.py", &said);
            let seconds = before.min(ours().0);
            let line = serde_json::json!({
                "peer": "prognostim", "task": "forest", "data": file, "threads": n_threads,
                "seconds": seconds, "check": check,
            });
            say(&line.to_string());
            let brier_of = |peer: Option<(f64, f64)>| {
                peer.map_or_else(|| "-".to_owned(), |(_, check)| format!("{check:.5}"))
            };
            writeln!(
                table,
                "| {file} | {n_trees} | {n_threads} | {seconds:.4} | {} | {} | {check:.5} ({sd:.5}) | {} | {} |",
                ratio(ranger, seconds),
                ratio(sklearn, seconds),
                brier_of(ranger),
                brier_of(sklearn),
            )
            .expect("a text can grow");
        }
    }
    table
}

/// Normal, rounded and binary columns, the first of which matters.
fn cohort(n: usize, k: usize) -> (Matrix, Vec<bool>) {
    let mut rng = Stream::new(5).rng();
    let mut x = Matrix::zeros(n, k);
    for j in 0..k {
        for value in x.col_mut(j) {
            let z = rng.normal();
            *value = match j % 4 {
                0 => z,
                1 => (z * 2.0).round(),
                2 => f64::from(z > 0.0),
                _ => z.exp(),
            };
        }
    }
    let y = (0..n).map(|i| rng.normal() < x.get(i, 0)).collect();
    (x, y)
}

/// Seconds against patients, columns, trees and threads, one varied at a time.
pub(crate) fn scaling() -> String {
    let mut table =
        "| n | columns | trees | threads | seconds |\n|---|---|---|---|---|\n".to_owned();
    let centre = (2000, 40, 200, 1);
    let of_n = [200, 2000, 20_000].map(|n| (n, centre.1, centre.2, centre.3));
    let of_k = [10, 40, 160].map(|k| (centre.0, k, centre.2, centre.3));
    let of_trees = [50, 200, 800].map(|trees| (centre.0, centre.1, trees, centre.3));
    let of_threads = [1, 2].map(|threads| (centre.0, centre.1, centre.2, threads));
    for (n, k, n_trees, n_threads) in of_n
        .into_iter()
        .chain(of_k)
        .chain(of_trees)
        .chain(of_threads)
    {
        let (x, y) = cohort(n, k);
        let (seconds, _) = pool(n_threads).install(|| best(|seed| fit(&x, &y, n_trees, seed)));
        writeln!(
            table,
            "| {n} | {k} | {n_trees} | {n_threads} | {seconds:.4} |"
        )
        .expect("a text can grow");
    }
    table
}

/// Megabytes that the process holds at most so far (Linux).
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1024.0
}

/// Bytes a cell that growing takes beyond the input matrix and the trees.
pub(crate) fn memory() -> String {
    let (n, k, n_trees) = (1_000_000, 100, 4);
    let (x, y) = cohort(n, k);
    let before = peak_mb();
    let params = ForestParams {
        n_trees,
        ..ForestParams::default()
    };
    let task = TaskHandle::unattended();
    let x = std::slice::from_ref(&x);
    let (seconds, forest) = pool(2).install(|| {
        let start = std::time::Instant::now();
        let forest =
            Forest::fit(&Training::new(x, &y), &params, Stream::new(1), &task).expect("a forest");
        (start.elapsed().as_secs_f64(), forest)
    });
    let more = peak_mb() - before;
    let n_nodes: usize = forest.trees.iter().map(|tree| tree.nodes.len()).sum();
    let trees =
        (n_nodes * size_of::<prognostim::learn::forest::Node>()) as f64 / f64::from(1 << 20);
    let bytes = (more - trees) * f64::from(1 << 20) / (n * k) as f64;
    format!(
        "{n} x {k}, {n_trees} trees on 2 threads: {seconds:.1} s; beyond the matrix {more:.0} MB, of which trees {trees:.0} MB: {bytes:.2} bytes a cell\n"
    )
}
