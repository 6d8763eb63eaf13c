//! Our forest against ranger, and its Shapley values against the enumeration of all coalitions: every number of the
//! files `*.forest.json` and `*.shap_forest.json` in `tests/reference/expected`, with the tolerances of
//! `tests/reference/README.md`.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod units;

use prognostim::base::num::{Matrix, bounded_linear_predictor};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::learn::forest::{Node, Tree};
use prognostim::learn::importance::impurity_corrected_importance;
use prognostim::learn::shapley::{Question, Trees, contributions};
use prognostim::learn::{Forest, ForestParams, Training};
use prognostim::validate::measures::{auc, brier, calibration_slope, log_loss};
use serde_json::Value;
use units::{folder, numbers};

fn json(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join(path)).unwrap()).unwrap()
}

/// The units that have a file of this kind.
fn files(kind: &str) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = std::fs::read_dir(folder().join("expected"))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let unit = name.strip_suffix(&format!(".{kind}.json"))?.to_owned();
            Some((unit, json(&format!("expected/{name}"))))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn places(value: &Value) -> Vec<i64> {
    let all = value.as_array().unwrap().iter();
    all.map(|v| v.as_i64().unwrap()).collect()
}

/// Complete cases of a unit's data: the named columns, `var[level]` being 1 at the level, a text column the position of
/// its level among all in alphabetical order.
fn data(reference: &Value, columns: &[String]) -> (Matrix, Vec<bool>) {
    let of = |key: &str| reference[key].as_str().unwrap();
    let path = folder().join("data").join(of("data_file"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let at = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let variable = |name: &str| at(name.split('[').next().unwrap());
    let outcome = at(of("outcome"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let is_complete = |row: &&csv::StringRecord| {
        let mut used = columns.iter().map(|name| variable(name));
        used.all(|j| !row[j].is_empty()) && !row[outcome].is_empty()
    };
    let rows: Vec<&csv::StringRecord> = rows.iter().filter(is_complete).collect();
    let values = |name: &String| -> Vec<f64> {
        let cells: Vec<&str> = rows.iter().map(|row| &row[variable(name)]).collect();
        if let Some((_, level)) = name.trim_end_matches(']').split_once('[') {
            return cells
                .iter()
                .map(|c| f64::from(u8::from(*c == level)))
                .collect();
        }
        let mut levels = cells.clone();
        levels.sort_unstable();
        levels.dedup();
        let value = |cell: &&str| {
            let place = levels.iter().position(|level| level == cell);
            cell.parse().unwrap_or_else(|_| place.unwrap() as f64)
        };
        cells.iter().map(value).collect()
    };
    let columns: Vec<Vec<f64>> = columns.iter().map(values).collect();
    let y = rows
        .iter()
        .map(|row| &row[outcome] == of("positive"))
        .collect();
    (Matrix::from_columns(rows.len(), &columns), y)
}

/// Ranger's importance, which judges tree by tree: rise of the Brier score of a tree's out-of-bag rows when a column is
/// shuffled among them, mean over the trees. (The program's own judges the forest as a whole.)
fn permutation_importance(forest: &Forest, x: &Matrix, y: &[bool]) -> Vec<f64> {
    let mut rises = vec![0.0; x.k_cols];
    for (t, tree) in forest.trees.iter().enumerate() {
        let rows: Vec<usize> = (0..x.n_rows).filter(|&row| !forest.saw(t, row)).collect();
        let loss = |row: usize, risk: f64| (risk - f64::from(u8::from(y[row]))).powi(2);
        for (j, rise) in rises.iter_mut().enumerate() {
            let mut donors = rows.clone();
            Stream::new(12).at(t).at(j).rng().shuffle(&mut donors);
            for (&row, &donor) in rows.iter().zip(&donors) {
                let before = tree.risk(|column| x.get(row, column));
                let after =
                    tree.risk(|column| x.get(if column == j { donor } else { row }, column));
                let n = (rows.len() * forest.trees.len()) as f64;
                *rise += (loss(row, after) - loss(row, before)) / n;
            }
        }
    }
    rises
}

/// What one forest of ours gives, by the names of the reference.
fn figures(x: &Matrix, y: &[bool], names: &[String]) -> (Vec<(String, f64)>, Vec<f64>) {
    let params = ForestParams {
        n_trees: 1000,
        ..ForestParams::default()
    };
    let task = TaskHandle::unattended();
    let x = std::slice::from_ref(x);
    let on = Training::new(x, y);
    let forest = Forest::fit(&on, &params, Stream::new(11), &task).unwrap();
    let risks: Vec<f64> = forest.out_of_bag.iter().map(|risk| risk.unwrap()).collect();
    let bounded: Vec<f64> = risks
        .iter()
        .map(|&risk| bounded_linear_predictor(risk))
        .collect();
    let mut figures = vec![
        ("oob_brier".to_owned(), brier(&risks, y).unwrap()),
        ("oob_auc".to_owned(), auc(&risks, y).unwrap()),
        ("oob_log_loss".to_owned(), log_loss(&risks, y).unwrap()),
        (
            "oob_calibration_slope_p_clipped_0.001".to_owned(),
            calibration_slope(&bounded, y).unwrap().0,
        ),
    ];
    let rises = permutation_importance(&forest, &x[0], y);
    let corrected = impurity_corrected_importance(&on, &params, Stream::new(13), &task).unwrap();
    for (kind, values) in [
        ("permutation_importance", rises),
        ("impurity_importance", forest.impurity_importance),
        ("impurity_corrected_importance", corrected),
    ] {
        let named = names.iter().zip(values);
        figures.extend(named.map(|(name, value)| (format!("{kind}/{name}"), value)));
    }
    (figures, risks)
}

#[test]
fn the_forest_equals_ranger_within_its_seed_spread() {
    let (mut n_figures, mut beyond) = (0, Vec::new());
    for (unit, reference) in files("forest") {
        for coding in ["integer_coded", "dummy_coded"] {
            let theirs = &reference[coding];
            if theirs.is_null() {
                continue;
            }
            let names: Vec<String> = serde_json::from_value(theirs["columns"].clone()).unwrap();
            let (x, y) = data(&reference, &names);
            assert_eq!(reference["n"].as_u64(), Some(y.len() as u64), "{unit}");
            let (figures, risks) = figures(&x, &y, &names);
            for (name, ours) in figures {
                let parts = name.split_once('/');
                let entry = parts.map_or(&theirs[&name], |(kind, of)| &theirs[kind][of]);
                let (mean, sd) = (entry["mean"].as_f64(), entry["sd"].as_f64());
                let (mean, sd) = mean.zip(sd).unwrap_or_else(|| panic!("{unit}: no {name}"));
                n_figures += 1;
                if (ours - mean).abs() > 4.0 * sd {
                    beyond.push(format!(
                        "{unit} {coding} {name}: {ours}, ranger {mean} ({sd})"
                    ));
                }
            }
            // The spread over 30 seeds is itself uncertain: of breast_cancer_mean10, whose columns have up to 542
            // values, other seeds of ranger put 5 to 10 of 569 beyond. Close values are one where there are more of
            // them than bins: of the binned columns ranger puts 7 to 15 beyond the chances of the exact ones, our
            // forest 9 to 19.
            let is_exact = (0..x.k_cols).all(|j| {
                let mut values = x.col(j).to_vec();
                values.sort_unstable_by(f64::total_cmp);
                values.dedup();
                values.len() <= 256
            });
            let n_allowed = risks.len() / if is_exact { 100 } else { 25 };
            let chances = numbers(&theirs["oob_p_mean"]);
            let sds = numbers(&theirs["oob_p_sd"]);
            let theirs = chances.iter().zip(&sds);
            let far = risks.iter().zip(theirs);
            let n_far = far.filter(|(ours, (mean, sd))| (*ours - *mean).abs() > 4.0 * **sd + 1e-9);
            let n_far = n_far.count();
            if n_far > n_allowed {
                beyond.push(format!(
                    "{unit} {coding}: {n_far} of {} chances",
                    risks.len()
                ));
            }
        }
    }
    assert!(n_figures > 150, "{n_figures} figures");
    assert!(beyond.is_empty(), "{}", beyond.join("\n"));
}

/// A tree of scikit-learn by our rules: children next to each other.
fn tree(theirs: &Value) -> Tree {
    let of = |key: &str| places(&theirs[key]);
    let (left, right, feature) = (of("children_left"), of("children_right"), of("feature"));
    let share = numbers(&theirs["value"]);
    let mut nodes = vec![Node::leaf(0.0)];
    let mut open = vec![(0_usize, 0_usize)];
    while let Some((at, from)) = open.pop() {
        if left[from] < 0 {
            nodes[at] = Node::leaf(share[from]);
            continue;
        }
        let child = nodes.len();
        let threshold = theirs["threshold"][from].as_f64().unwrap();
        nodes[at] = Node::split(feature[from] as usize, threshold, child, false);
        nodes.extend([Node::leaf(0.0); 2]);
        open.push((child, left[from] as usize));
        open.push((child + 1, right[from] as usize));
    }
    serde_json::from_value(serde_json::json!({ "nodes": nodes })).unwrap()
}

#[test]
fn shapley_values_equal_the_enumeration_of_all_coalitions() {
    let units = files("shap_forest");
    assert!(!units.is_empty());
    for (unit, reference) in units {
        let rows_of = |key: &str| -> Vec<Vec<f64>> {
            let rows = reference[key].as_array().unwrap().iter();
            rows.map(numbers).collect()
        };
        let (rows, background) = (rows_of("rows"), rows_of("background"));
        let k = rows[0].len();
        let all: Vec<&Vec<f64>> = rows.iter().chain(&background).collect();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|j| all.iter().map(|row| row[j]).collect())
            .collect();
        let x = Matrix::from_columns(all.len(), &columns);
        let trees = reference["trees"].as_array().unwrap().iter().map(tree);
        let trees: Vec<Tree> = trees.collect();
        let saved = serde_json::json!({
            "trees": trees, "out_of_bag": [], "impurity_importance": [], "in_bag": [],
        });
        let forest: Forest = serde_json::from_value(saved).unwrap();
        let own: Vec<usize> = (0..k).collect();
        let at: Vec<usize> = (0..all.len()).collect();
        let question = Question {
            x: std::slice::from_ref(&x),
            rows: &at[..rows.len()],
            background: &at[rows.len()..],
            variable_of: &own,
            k_variables: k,
            trees: Trees::All,
        };
        let ours = contributions(&forest, &question, &TaskHandle::unattended()).unwrap();
        let risks = forest.risks(&x);
        for (row, part) in ours.iter().enumerate() {
            let theirs = numbers(&reference["interventional"]["shap_values_enumerated"][row]);
            assert_eq!(theirs.len(), k);
            for (a, b) in part.values.iter().zip(theirs) {
                assert!((a - b).abs() < 1e-10, "{unit} row {row}: {a} {b}");
            }
            let prediction = reference["prediction"][row].as_f64().unwrap();
            assert!((risks[row] - prediction).abs() < 1e-10, "{unit} row {row}");
        }
    }
}
