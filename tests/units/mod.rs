//! Data and expected numbers of `tests/reference`, as its README describes them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![allow(dead_code, reason = "each test uses some of it")]

use std::path::PathBuf;

use prognostim::base::num::Matrix;
use prognostim::cohort::Kind;
use prognostim::design::{Coding, DesignMap, Form, Predictor, Sample};
use serde_json::Value;

/// Folder of data and expected numbers.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// An expected file.
pub(crate) fn expected(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join("expected").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A list of numbers.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

/// Columns that must be known: outcome and predictors.
fn needed(spec: &Value) -> Vec<String> {
    let mut needed = vec![spec["outcome"].as_str().unwrap().to_owned()];
    let predictors = spec["predictors"].as_array().unwrap();
    needed.extend(predictors.iter().map(|v| v.as_str().unwrap().to_owned()));
    needed
}

/// The complete cases of the unit's data as the manifest describes them; categorical levels sorted, the first the reference.
pub(crate) fn sample(unit: &str) -> Sample {
    let text = std::fs::read_to_string(folder().join("data/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let units = manifest["units"].as_array().unwrap();
    let spec = units.iter().find(|spec| spec["id"] == unit).unwrap();
    let file = spec["file"].as_str().unwrap();
    let mut reader = csv::Reader::from_path(folder().join("data").join(file)).unwrap();
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let needed = needed(spec);
    let is_complete = |row: &csv::StringRecord| {
        let cells = headers.iter().zip(row).filter(|(h, _)| needed.contains(h));
        cells.into_iter().all(|(_, cell)| !cell.is_empty())
    };
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .map(Result::unwrap)
        .filter(is_complete)
        .collect();
    let column = |name: &str| -> Vec<&str> {
        let at = headers.iter().position(|h| h == name).unwrap();
        rows.iter().map(|row| row.get(at).unwrap()).collect()
    };
    let names = |key: &str| -> Vec<String> {
        match &spec[key] {
            Value::Array(all) => all.iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
            Value::String(one) => vec![one.clone()],
            _ => Vec::new(),
        }
    };
    let positive = match &spec["positive"] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let categorical = names("categorical");
    let predictors = names("predictors")
        .into_iter()
        .map(|name| {
            let cells = column(&name);
            if categorical.contains(&name) {
                let mut levels: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
                levels.sort();
                levels.dedup();
                let values = cells
                    .iter()
                    .map(|c| levels.iter().position(|l| l == c).unwrap() as f64)
                    .collect();
                Predictor {
                    name,
                    kind: Kind::Categorical,
                    levels,
                    form: Form::default(),
                    values,
                }
            } else {
                let values = cells.iter().map(|c| c.parse().unwrap()).collect();
                Predictor {
                    name,
                    kind: Kind::Numeric,
                    levels: Vec::new(),
                    form: Form::default(),
                    values,
                }
            }
        })
        .collect();
    Sample {
        predictors,
        interactions: Vec::new(),
        y: column(spec["outcome"].as_str().unwrap())
            .iter()
            .map(|c| *c == positive)
            .collect(),
    }
}

/// The design matrix, and the names of its columns as the expected files have them.
pub(crate) fn design(sample: &Sample, coding: Coding) -> (Matrix, Vec<String>) {
    let rows: Vec<usize> = (0..sample.n_rows()).collect();
    let map = DesignMap::learn(sample, &rows, coding);
    let names = map
        .columns
        .iter()
        .map(|column| {
            let predictor = &sample.predictors[column.predictor];
            match column.part {
                prognostim::design::Part::Level(at) => {
                    format!("{}[{}]", predictor.name, predictor.levels[at])
                }
                _ => predictor.name.clone(),
            }
        })
        .collect();
    (map.matrix(sample, &rows), names)
}

/// Within an absolute tolerance.
pub(crate) fn close(what: &str, ours: f64, theirs: &Value, tolerance: f64) {
    let theirs = theirs
        .as_f64()
        .unwrap_or_else(|| panic!("{what}: no reference number"));
    assert!(
        (ours - theirs).abs() <= tolerance,
        "{what}: ours {ours}, reference {theirs}"
    );
}
