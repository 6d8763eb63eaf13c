//! The program as a script calls it: the same bits on any number of threads, and a clear word for bad input.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn prognostim(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prognostim"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("LANG", "C")
        .output()
        .unwrap()
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample-cohorts")
        .join(name)
        .display()
        .to_string()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Analyses the multicentre sample quickly and gives results.json.
fn analyse(out: &Path, more: &[&str]) -> Value {
    let cohort = sample("multicentre.xlsx");
    let out_text = out.display().to_string();
    let mut arguments = vec![
        "analyse",
        &cohort,
        "--preset",
        "pain50-12m",
        "--out",
        &out_text,
        "--bootstraps",
        "20",
        "--folds",
        "5",
        "--repeats",
        "2",
        "--half-samples",
        "20",
        "--trees",
        "60",
        "--learners",
        "logistic,ridge,forest",
    ];
    arguments.extend(more);
    let output = prognostim(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_str(&std::fs::read_to_string(out.join("results.json")).unwrap()).unwrap()
}

#[test]
fn the_same_study_gives_the_same_bytes_on_one_and_two_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, threads: &str| {
        let mut results = analyse(&folder.path().join(name), &["--threads", threads]);
        assert!(results["created"].take().is_string());
        results
    };
    let first = run("first", "1");
    assert_eq!(first, run("again", "1"));
    assert_eq!(first, run("two", "2"));
}

#[test]
fn forms_interactions_and_derived_variables_enter_the_model_and_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let design = [
        "--predictors",
        "age,sex,pcs,tenth",
        "--derive",
        "tenth = age / 10 + odi",
        "--form",
        "age=spline-4,pcs=log",
        "--interaction",
        "sex:pcs",
    ];
    let results = analyse(folder.path(), &design);
    let predictors = results["predictors"].as_array().unwrap();
    let forms: Vec<&Value> = predictors.iter().map(|p| &p["form"]).collect();
    assert_eq!(forms[0], "spline-4");
    assert_eq!(forms[2], "log");
    assert_eq!(results["specification"]["interactions"][0], "sex × pcs");
    assert!(results["specification"]["locked_at"].is_null());
    let models = results["models"].as_array().unwrap();
    let terms: Vec<&str> = models[0]["terms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| term["term"].as_str().unwrap())
        .collect();
    for term in ["age", "age'", "age''", "tenth"] {
        assert!(terms.contains(&term), "{terms:?}");
    }
    assert!(terms.iter().any(|term| term.contains(" × ")), "{terms:?}");
    let report = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(report.contains("spline, 4 knots") && report.contains("sex × pcs"));
    // A typing error is no silent straight line.
    let cohort = sample("multicentre.xlsx");
    let out = folder.path().display().to_string();
    let wrong = ["analyse", &cohort, "--out", &out, "--form", "agee=log"];
    let output = prognostim(&wrong);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("agee"));
}

#[test]
fn models_are_compared_on_request_the_same_on_one_and_two_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, threads: &str| {
        let more = ["--compare", "all", "--threads", threads];
        analyse(&folder.path().join(name), &more)["comparison"].take()
    };
    let one = run("one", "1");
    assert_eq!(one, run("two", "2"));
    assert_eq!(
        (&one["first"], &one["n_folds"]),
        (&"logistic".into(), &10.into())
    );
    let models = one["models"].as_array().unwrap();
    assert_eq!(models.len(), 8);
    for model in models {
        let auc = model["auc"].as_f64().unwrap();
        assert!((0.4..0.95).contains(&auc), "{model}");
        assert_eq!(model["n_failed"], 0, "{model}");
        let apart = &model["auc_difference"];
        assert_eq!(apart.is_null(), model["model"] == "logistic");
        if let Some(estimate) = apart["estimate"].as_f64() {
            let limit = |name: &str| apart[name].as_f64().unwrap();
            assert!(limit("ci_low") < estimate && estimate < limit("ci_high"));
        }
    }
    let report = std::fs::read_to_string(folder.path().join("one/report.html")).unwrap();
    assert!(report.contains("id=\"comparison\""));
}

#[test]
fn curves_and_interactions_are_worked_out_on_request_the_same_on_one_and_two_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, threads: &str| {
        let more = ["--effects", "--threads", threads];
        analyse(&folder.path().join(name), &more)["effects"].take()
    };
    let one = run("one", "1");
    assert_eq!(one, run("two", "2"));
    for model in one.as_array().unwrap() {
        let is_forest = model["learner"] == "forest";
        assert_eq!(model["nomogram"].is_null(), is_forest);
        let pairs = model["interactions"].as_array().unwrap();
        assert_eq!(pairs.is_empty(), !is_forest);
        for predictor in model["predictors"].as_array().unwrap() {
            let chances = predictor["partial_dependence"].as_array().unwrap();
            let n_points = predictor["grid"].as_array().unwrap().len();
            assert!(n_points > 1 && chances.len() == n_points, "{predictor}");
            let is_chance = |chance: &Value| (0.0..=1.0).contains(&chance.as_f64().unwrap());
            assert!(chances.iter().all(is_chance), "{predictor}");
        }
    }
    let report = std::fs::read_to_string(folder.path().join("one/report.html")).unwrap();
    assert!(report.contains("id=\"explanation\""));
}

#[test]
fn a_sample_size_is_answered() {
    let line = "sample-size --lang en --events-rate 0.45 --auc 0.75 --predictors 10 --patients 200";
    let words: Vec<&str> = line.split(' ').collect();
    let output = prognostim(&words);
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.contains("200 patients pay for 3 parameters"), "{said}");
    let hopeless = "sample-size --events-rate 0.45 --auc 0.5 --predictors 10";
    let words: Vec<&str> = hopeless.split(' ').collect();
    assert_eq!(prognostim(&words).status.code(), Some(1));
}

#[test]
fn imputed_analyses_give_the_same_bytes_on_one_and_two_threads_and_wider_spreads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, more: &[&str]| {
        let mut results = analyse(&folder.path().join(name), more);
        assert!(results["created"].take().is_string());
        results
    };
    let one = run("one", &["--missing", "mice:3", "--threads", "1"]);
    assert_eq!(one, run("two", &["--missing", "mice:3", "--threads", "2"]));
    assert_eq!(one["missing"]["plan"], "multiple");
    assert_eq!(one["missing"]["n_imputations"], 3);
    let filled = run("filled", &[]);
    assert_eq!(filled["missing"]["plan"], "single");
    // No indicator of a missing value is left.
    let n_parameters = |results: &Value| results["sample_size"]["n_parameters"].as_u64().unwrap();
    assert!(n_parameters(&one) <= n_parameters(&filled));
    let term = one["models"][0]["terms"].as_array().unwrap();
    assert!(
        term.iter()
            .all(|term| !term["term"].as_str().unwrap().ends_with("(missing)"))
    );
}

#[test]
fn results_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let results = analyse(folder.path(), &[]);
    assert_eq!(results["schema"], "prognostim-results/1");
    assert_eq!(results["synthetic"], true);
    assert!(folder.path().join("report.html").is_file());
    let count = |value: &Value| value.as_u64().unwrap();
    let cohort = &results["cohort"];
    let excluded: u64 = cohort["exclusions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| count(&e["n"]))
        .sum();
    assert_eq!(
        count(&cohort["n_rows"]),
        count(&cohort["n_analysed"]) + excluded
    );
    for model in results["models"].as_array().unwrap() {
        let learner = model["learner"].as_str().unwrap();
        let patients = model["patients"].as_array().unwrap();
        assert_eq!(patients.len() as u64, count(&cohort["n_analysed"]));
        for patient in patients {
            let number = |key: &str| patient[key].as_f64().unwrap();
            assert!(number("low") <= number("risk") && number("risk") <= number("high"));
            let parts = patient["contributions"].as_array().unwrap();
            let sum: f64 = parts
                .iter()
                .map(|part| part["value"].as_f64().unwrap())
                .sum();
            let predicted = if learner == "forest" {
                number("risk")
            } else {
                (number("risk") / (1.0 - number("risk"))).ln()
            };
            assert!(
                (number("base_value") + sum - predicted).abs() < 1e-9,
                "{learner}"
            );
        }
        assert!(model["corrected"]["auc"]["ci_low"].is_number());
        assert_eq!(
            model["corrected"]["method"],
            if learner == "forest" {
                "out-of-bag"
            } else {
                "optimism"
            }
        );
    }
}

#[test]
fn a_predictor_from_the_future_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let cohort = sample("multicentre.xlsx");
    let out_text = out.display().to_string();
    for predictor in ["odi_M12", "trial_success", "patient_id", "no_such_column"] {
        let output = prognostim(&[
            "analyse",
            &cohort,
            "--predictors",
            predictor,
            "--out",
            &out_text,
        ]);
        assert_eq!(output.status.code(), Some(1), "{predictor}");
        assert!(
            text(&output.stderr).contains(predictor),
            "{}",
            text(&output.stderr)
        );
    }
    assert!(!out.exists());
}

#[test]
fn bad_input_gets_a_message_with_a_remedy_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    // An encrypted workbook is an OLE container, not a zip.
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.resize(2048, 0);
    let one_class: String = (0..40).fold("age,outcome\n".to_owned(), |all, i| {
        format!("{all}{},yes\n", 40 + i)
    });
    let cases = [
        folder.path().join("missing.csv"),
        file("empty.csv", b""),
        file(
            "binary.csv",
            &(0..=255).cycle().take(4096).collect::<Vec<u8>>(),
        ),
        file("one-column.csv", b"age\n54\n61\n47\n"),
        file("password.xlsx", &encrypted),
        file("one-class.csv", one_class.as_bytes()),
    ];
    for path in cases {
        let out = folder.path().join("out");
        let output = prognostim(&[
            "analyse",
            &path.display().to_string(),
            "--outcome",
            "outcome",
            "--event",
            "yes",
            "--out",
            &out.display().to_string(),
        ]);
        let message = text(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{}: {message}",
            path.display()
        );
        assert!(
            message.lines().count() >= 2,
            "{}: no remedy in {message}",
            path.display()
        );
        assert!(
            !message.contains('⟦') && !message.contains("panicked"),
            "{message}"
        );
        assert!(output.stdout.is_empty());
        assert!(!out.exists(), "{}", path.display());
    }
}

#[test]
fn six_responders_end_with_an_explanation_and_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("six.csv");
    let rows = (0..80).fold("age,pain,outcome\n".to_owned(), |all, i| {
        let outcome = if i % 13 == 0 && i < 78 { "yes" } else { "no" };
        format!("{all}{},{},{outcome}\n", 40 + i * 7 % 31, 50 + i * 11 % 47)
    });
    std::fs::write(&path, rows).unwrap();
    let out = folder.path().join("out");
    let output = prognostim(&[
        "analyse",
        &path.display().to_string(),
        "--outcome",
        "outcome",
        "--event",
        "yes",
        "--out",
        &out.display().to_string(),
    ]);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("Only 6 patients"), "{message}");
    assert!(message.contains("at least 10"), "{message}");
    assert!(output.stdout.is_empty() && !out.exists());
}

#[test]
fn resampled_limits_and_the_permutation_test_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--two-stage", "20x2", "--permutations", "19"];
    let results = analyse(folder.path(), &flags);
    let by = |model: usize| results["models"][model]["corrected"]["auc"]["ci_method"].clone();
    assert_eq!((by(0), by(2)), ("two-stage".into(), "jackknife".into()));
    assert_eq!(results["permutation_test"]["learner"], "logistic");
    assert_eq!(results["permutation_test"]["n"], 19);
    assert!(results["permutation_test"]["p"].as_f64().unwrap() >= 0.05);
    let report = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(report.contains("Is there anything here at all?"));
    assert!(report.contains("two-stage bootstrap"));
    let wrong = prognostim(&["analyse", "x.csv", "--out", "x", "--two-stage", "80"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("80x12"));
}

#[test]
fn strata_are_cut_as_was_said_and_another_outcome_is_set_beside() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--strata", "quantiles:3", "--other-outcome", "pain30-12m"];
    let results = analyse(folder.path(), &flags);
    let count = |value: &Value| value.as_u64().unwrap();
    for model in results["models"].as_array().unwrap() {
        assert_eq!(model["strata_rule"]["by"], "quantiles");
        let strata = model["strata"].as_array().unwrap();
        assert_eq!(strata[0]["name"], "part-1-of-3");
        let n: u64 = strata.iter().map(|stratum| count(&stratum["n"])).sum();
        let n_patients = model["patients"].as_array().unwrap().len() as u64;
        assert_eq!(n + count(&model["undetermined"]["n"]), n_patients);
        let cut = strata[1]["from"].as_f64().unwrap();
        assert_eq!(model["thresholds"][0]["threshold"].as_f64(), Some(cut));
        let moves = &model["movement"];
        let rows = moves["counts"].as_array().unwrap();
        let cells = rows.iter().flat_map(|row| row.as_array().unwrap());
        assert_eq!(cells.map(count).sum::<u64>(), count(&moves["n"]));
        assert_eq!(moves["from"][3], "undetermined");
        assert!(count(&moves["n_relabelled"]) > 0);
    }
    let report = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(report.contains("patients change stratum when the outcome is"));
    assert!(report.contains("group 1 of 3, lowest chances"));
    let wrong = prognostim(&["analyse", "x.csv", "--out", "x", "--strata", "quantiles:1"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("threshold:0.4"));
}

#[test]
fn check_says_what_was_understood_in_text_and_json() {
    let output = prognostim(&["check", &sample("single-centre-fr.csv"), "--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["schema"], "prognostim-check/1");
    assert_eq!(answer["n_rows"], 120);
    assert_eq!(answer["dialect"]["delimiter"], ";");
    assert_eq!(answer["dialect"]["decimal_mark"], ",");
    let codes: Vec<&str> = answer["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"cm-among-mm"), "{codes:?}");
    let french = prognostim(&["check", &sample("single-centre-fr.csv"), "--lang", "fr"]);
    assert!(text(&french.stdout).contains("lombaire"));
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    assert_eq!(prognostim(&["analyse"]).status.code(), Some(2));
    assert_eq!(prognostim(&["sing"]).status.code(), Some(1));
    let help = prognostim(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("analyse"));
}

#[test]
fn a_sample_cohort_is_written_as_it_is_shipped() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["single-centre-fr.csv", "multicentre.xlsx"] {
        let out = folder.path().join(name);
        let stem = name.split('.').next().unwrap();
        let output = prognostim(&["sample-cohort", stem, "--out", &out.display().to_string()]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(
            std::fs::read(&out).unwrap(),
            std::fs::read(sample(name)).unwrap()
        );
    }
}

#[test]
fn a_study_gives_the_numbers_of_its_file_with_the_repairs_that_it_accepted() {
    use prognostim::analysis::Settings;
    use prognostim::base::task::TaskHandle;
    use prognostim::import::{ImportOptions, read};
    use prognostim::study::{Study, save};
    let folder = tempfile::tempdir().unwrap();
    let file = sample("single-centre-fr.csv");
    let task = TaskHandle::unattended();
    let mut cohort = read(Path::new(&file), &ImportOptions::default(), &task).unwrap();
    prognostim::dictionary::annotate(&mut cohort);
    let mut study = Study {
        settings: Settings::default(),
        ..Study::default()
    };
    study.settings.accepted.insert("cm-among-mm".to_owned());
    let path = folder.path().join("study.prognostim");
    save(&path, &study, Some(&cohort), None).unwrap();
    let run = |input: &str, more: &[&str], out: &str| -> Value {
        let out = folder.path().join(out);
        let out_text = out.display().to_string();
        let mut arguments = vec![
            "analyse",
            input,
            "--out",
            &out_text,
            "--learners",
            "ridge",
            "--bootstraps",
            "20",
            "--folds",
            "5",
            "--repeats",
            "2",
            "--half-samples",
            "20",
        ];
        arguments.extend(more);
        let output = prognostim(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_str(&std::fs::read_to_string(out.join("results.json")).unwrap()).unwrap()
    };
    let of_study = run(&path.display().to_string(), &[], "study");
    let of_file = run(&file, &["--accept", "cm-among-mm"], "file");
    let raw = run(&file, &[], "raw");
    assert_eq!(of_study["models"], of_file["models"]);
    assert_ne!(of_study["models"], raw["models"]);
}

#[test]
fn an_export_is_one_plain_table_that_reads_back_as_the_same_cohort() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("cohort.csv").display().to_string();
    let source = sample("single-centre-fr.csv");
    let before = std::fs::read(&source).unwrap();
    let output = prognostim(&["export", &source, "--out", &out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read(&source).unwrap(), before);
    let csv = std::fs::read_to_string(&out).unwrap();
    assert_eq!(csv.lines().count(), 121);
    assert!(
        csv.lines().nth(1).unwrap().starts_with("P001,"),
        "{}",
        csv.lines().nth(1).unwrap()
    );
    assert!(!csv.starts_with('\u{feff}') && !csv.contains(';'));
    let columns = |file: &str| -> Vec<(String, u64)> {
        let output = prognostim(&["check", file, "--format", "json"]);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let columns = answer["columns"].as_array().unwrap();
        columns
            .iter()
            .filter(|c| !matches!(c["kind"].as_str(), Some("text" | "identifier")))
            .map(|c| {
                (
                    c["name"].as_str().unwrap().to_owned(),
                    c["n_missing"].as_u64().unwrap(),
                )
            })
            .collect()
    };
    assert_eq!(columns(&out), columns(&source));
    let again = folder.path().join("again.csv").display().to_string();
    prognostim(&["export", &out, "--out", &again, "--keep-id"]);
    assert_eq!(std::fs::read_to_string(&again).unwrap(), csv);
    let repaired = prognostim(&[
        "export",
        &source,
        "--out",
        &again,
        "--accept",
        "cm-among-mm",
    ]);
    assert!(repaired.status.success());
    assert_ne!(std::fs::read_to_string(&again).unwrap(), csv);
}

#[test]
fn an_export_of_a_study_has_its_corrections_and_not_whom_it_left_out() {
    use prognostim::base::task::TaskHandle;
    use prognostim::cohort::{Change, RowRef};
    use prognostim::import::{ImportOptions, read};
    use prognostim::study::{Study, save};
    let folder = tempfile::tempdir().unwrap();
    let task = TaskHandle::unattended();
    let file = sample("single-centre-fr.csv");
    let mut cohort = read(Path::new(&file), &ImportOptions::default(), &task).unwrap();
    prognostim::dictionary::annotate(&mut cohort);
    let mut study = Study::default();
    let mut edit = |change, why: &str| {
        study.edit(
            change,
            why.to_owned(),
            "AB".to_owned(),
            "2026-01-01T00:00:00Z".to_owned(),
        );
    };
    edit(
        Change::Exclude(RowRef { row: 1, key: None }),
        "withdrew consent",
    );
    let name = cohort
        .variables
        .iter()
        .find(|v| v.is_candidate() && v.levels.is_empty())
        .unwrap()
        .name
        .clone();
    edit(
        Change::Scale {
            variable: name,
            factor: 10.0,
            unit: None,
        },
        "unit",
    );
    let path = folder.path().join("s.prognostim");
    save(&path, &study, Some(&cohort), None).unwrap();
    let export = |input: &str, out: &str| {
        let out = folder.path().join(out).display().to_string();
        let output = prognostim(&["export", input, "--out", &out]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        (std::fs::read_to_string(&out).unwrap(), text(&output.stderr))
    };
    let (of_study, said) = export(&path.display().to_string(), "study.csv");
    let (of_file, _) = export(&file, "file.csv");
    assert!(said.contains("One patient was left out"), "{said}");
    assert_eq!(of_study.lines().count() + 1, of_file.lines().count());
    assert!(!of_study.contains("P002,") && of_study.contains("P003,"));
    assert_ne!(of_study.lines().nth(1), of_file.lines().nth(1));
}

#[test]
fn check_says_what_the_review_found_and_writes_it_as_questions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.csv").display().to_string();
    let rows = "id;poids;taille;imc;sexe;prostate\nSECRET1;80;180;24,7;F;oui\nSECRET2;80;180;42,7;H;oui\nSECRET3;70;170;24,2;F;non\n";
    std::fs::write(&file, rows).unwrap();
    for name in ["q.xlsx", "q.csv"] {
        let out = folder.path().join(name).display().to_string();
        let output = prognostim(&["check", &file, "--format", "json", "--queries", &out]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let issues = answer["issues"].as_array().unwrap();
        let place = |code: &str| {
            let issue = issues.iter().find(|i| i["code"] == code).unwrap();
            (
                issue["row"].as_u64().unwrap(),
                issue["column"].as_str().unwrap().to_owned(),
            )
        };
        assert_eq!(place("bmi-differs"), (3, "imc".to_owned()));
        assert_eq!(place("of-other-sex"), (2, "prostate".to_owned()));
        let bytes = std::fs::read(&out).unwrap();
        assert_eq!(bytes.starts_with(b"PK"), name == "q.xlsx");
        let tables = prognostim::import::read_table(
            name,
            &bytes,
            &prognostim::base::task::TaskHandle::unattended(),
        );
        let rows = &tables.unwrap()[0].rows;
        assert!(rows.len() > 2 && !format!("{rows:?}").contains("SECRET"));
        assert!(rows[0].contains(&"New value".to_owned()), "{:?}", rows[0]);
    }
}

#[test]
fn a_data_dictionary_gives_levels_and_ranges_to_a_delimited_cohort() {
    let folder = tempfile::tempdir().unwrap();
    let cohort = folder.path().join("data.csv");
    std::fs::write(
        &cohort,
        "record_id,smoke,odi\n1,1,44\n2,0,51\n3,1,38\n4,0,60\n",
    )
    .unwrap();
    let dictionary = folder.path().join("dictionary.csv");
    let head = "\"Variable / Field Name\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Identifier?\"\n";
    let rows = "record_id,text,Record,,\nsmoke,radio,Smokes now,\"0, No | 1, Yes\",\nodi,text,Oswestry score,,\n";
    std::fs::write(&dictionary, format!("{head}{rows}")).unwrap();
    let arguments = [
        "check",
        cohort.to_str().unwrap(),
        "--codebook",
        dictionary.to_str().unwrap(),
        "--format",
        "json",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_prognostim"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let columns = answer["columns"].as_array().unwrap();
    let smoke = columns
        .iter()
        .find(|column| column["name"] == "smoke")
        .unwrap();
    assert_eq!(smoke["levels"], serde_json::json!(["No", "Yes"]));
}
