//! Multiple imputation against `mice` in R: the same pooled logistic regressions within Monte-Carlo
//! error. `tests/imputation/` holds data, script and the figures that the script wrote.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::path::PathBuf;

use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::{Form, Part, Predictor, Sample};
use prognostim::impute::{ImputeParams, Visit};
use prognostim::learn::{ForestParams, PenaltyParams, Recalibration};
use prognostim::recipe::{Learner, MissingPlan, Recipe};
use serde_json::Value;

/// Data file and figures of each comparison.
const UNITS: [&str; 2] = ["pima2", "simulated_levels"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/imputation")
}

fn words(value: &Value) -> Vec<String> {
    let words = value.as_array().unwrap().iter();
    words
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// The data with empty cells as gaps; levels sorted as R sorts them, the first the reference.
fn sample(unit: &str, figures: &Value) -> Sample {
    let mut reader = csv::Reader::from_path(folder().join(format!("{unit}.csv"))).unwrap();
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| -> Vec<&str> {
        let at = headers.iter().position(|header| header == name).unwrap();
        rows.iter().map(|row| row.get(at).unwrap()).collect()
    };
    let categorical = words(&figures["categorical"]);
    let predictors = words(&figures["predictors"]).into_iter().map(|name| {
        let cells = column(&name);
        let mut levels = Vec::new();
        if categorical.contains(&name) {
            levels.extend(
                cells
                    .iter()
                    .filter(|cell| !cell.is_empty())
                    .map(|c| (*c).to_owned()),
            );
            levels.sort();
            levels.dedup();
        }
        let value = |cell: &&str| match levels.iter().position(|level| level == cell) {
            Some(at) => at as f64,
            None => cell.parse().unwrap_or(f64::NAN),
        };
        let values = cells.iter().map(value).collect();
        let kind = match levels.len() {
            0 => Kind::Numeric,
            2 => Kind::Binary,
            _ => Kind::Categorical,
        };
        Predictor {
            name,
            kind,
            levels,
            form: Form::default(),
            values,
        }
    });
    let event = figures["event"].as_str().unwrap();
    Sample {
        interactions: Vec::new(),
        predictors: predictors.collect(),
        y: column(figures["outcome"].as_str().unwrap())
            .iter()
            .map(|cell| *cell == event)
            .collect(),
    }
}

fn of(figures: &Value, key: &str) -> f64 {
    figures[key].as_f64().unwrap()
}

#[test]
fn pooled_estimates_equal_those_of_mice_within_monte_carlo_error() {
    for unit in UNITS {
        let text = std::fs::read_to_string(folder().join(format!("{unit}.json"))).unwrap();
        let figures: Value = serde_json::from_str(&text).unwrap();
        let sample = sample(unit, &figures);
        // As many imputations as mice made.
        let m = of(&figures, "m") as usize;
        let recipe = Recipe {
            learner: Learner::Logistic,
            forest: ForestParams::default(),
            penalty: PenaltyParams::default(),
            missing: MissingPlan::Multiple(ImputeParams {
                n_imputations: m,
                n_iterations: of(&figures, "iterations") as usize,
                visit: Visit::Listed,
            }),
            recalibration: Recalibration::None,
        };
        let rows: Vec<usize> = (0..sample.n_rows()).collect();
        let task = TaskHandle::unattended();
        let fitted = recipe.fit(&sample, &rows, Stream::new(1), &task).unwrap();
        // R's names: the variable, and the level where it is a factor.
        let columns = fitted.map.columns.iter().map(|column| {
            let predictor = &sample.predictors[column.predictor];
            match column.part {
                Part::Level(at) => format!("{}{}", predictor.name, predictor.levels[at]),
                _ if predictor.kind == Kind::Binary => {
                    format!("{}{}", predictor.name, predictor.levels[1])
                }
                _ => predictor.name.clone(),
            }
        });
        let names = std::iter::once("(Intercept)".to_owned()).chain(columns);
        let theirs = figures["terms"].as_array().unwrap();
        assert_eq!(theirs.len(), fitted.pooled.len());
        for (name, ours) in names.zip(&fitted.pooled) {
            let ours = ours.unwrap();
            let theirs = theirs
                .iter()
                .find(|row| row["term"] == name.as_str())
                .unwrap();
            // Mean of m draws on each side, each with the variance between imputations.
            let error = ((ours.between + of(theirs, "between")) / m as f64).sqrt();
            let z = (ours.estimate - of(theirs, "estimate")) / error;
            assert!(
                z.abs() < 4.0,
                "{unit} {name}: estimate {} z {z}",
                ours.estimate
            );
            // A variance from m draws has the relative error sqrt(2 / (m - 1)).
            let relative = (4.0 / (m as f64 - 1.0)).sqrt();
            let ratio = ours.between / of(theirs, "between");
            assert!(
                (ratio - 1.0).abs() < 4.0 * relative,
                "{unit} {name}: between {ratio}"
            );
            let within = ours.within / of(theirs, "within");
            assert!(
                (within - 1.0).abs() < 0.01,
                "{unit} {name}: within {within}"
            );
            let fmi = ours.fmi - of(theirs, "fmi");
            assert!(fmi.abs() < 0.08, "{unit} {name}: fmi differs by {fmi}");
            // The degrees of freedom follow from the variances, so they are as loose.
            assert!(
                (ours.df / of(theirs, "df") - 1.0).abs() < 4.0 * relative,
                "{unit} {name}: df {}",
                ours.df
            );
        }
    }
}
