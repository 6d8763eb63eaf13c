//! The schema of `results.json`: every name, every reason, every identity.

use super::*;
use crate::analysis::{ModelDifference, PairedDifference, fixture};
use crate::base::num::risk_from_linear_predictor;

fn options(lang: Lang) -> ReportOptions {
    ReportOptions {
        lang,
        version: "0.1.0".to_owned(),
        ids: None,
    }
}

fn parsed(analysis: &Analysis) -> Value {
    serde_json::from_str(&results_json(analysis, &options(Lang::En))).unwrap()
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn assert_has(value: &Value, wanted: &str) {
    let found = names(value);
    for name in wanted.split_whitespace() {
        assert!(found.contains(&name), "{name} is missing in {found:?}");
    }
}

const MEASURES: &str = "auc brier scaled_brier log_loss nagelkerke_r2 tjur_r2 calibration_intercept calibration_slope oe_ratio ici e50 e90 emax eci";

#[test]
fn the_sensitivity_analysis_is_told_only_where_it_was_asked_for() {
    let plain = parsed(&fixture::analysis());
    assert_eq!(plain["missing"]["plan"], "single");
    assert!(plain["missing"].get("delta").is_none());
    assert!(plain["models"][0]["terms"][0].get("df").is_none());
    let imputed = parsed(&fixture::imputed());
    assert_has(
        &imputed["missing"],
        "plan n_imputations n_iterations visit delta",
    );
    let delta = &imputed["missing"]["delta"];
    assert_eq!(delta["variable"], "duration");
    assert_has(&delta["rows"][0], "delta apparent_auc terms");
    assert_has(
        &delta["rows"][0]["terms"][1],
        "term odds_ratio or_low or_high df missing_information",
    );
}

#[test]
fn the_rule_of_the_strata_is_told_and_who_is_in_none_of_them() {
    for model in parsed(&fixture::analysis())["models"].as_array().unwrap() {
        assert_eq!(model["strata_rule"]["by"], "hand");
        assert_eq!(model["undetermined"]["name"], "undetermined");
        assert!(model["movement"].is_null());
    }
}

#[test]
fn groups_too_small_for_figures_say_so() {
    let root = parsed(&fixture::analysis());
    let groups = root["subgroups"].as_array().unwrap();
    assert_eq!(groups.len(), 6);
    assert_has(&groups[0], "variable level n n_events models");
    assert_has(
        &groups[0]["models"][1],
        "learner auc oe_ratio calibration_intercept calibration_slope threshold net_benefit",
    );
    assert_eq!(groups[3]["ages"], json!({"from": 50, "below": 65}));
    assert!(groups[4]["models"].is_null() && groups[4]["n_events"] == 9);
    assert!(
        groups[4]["models_reason"]
            .as_str()
            .unwrap()
            .contains("fewer than 10")
    );
}

#[test]
fn a_comparison_is_told_in_the_order_of_the_page_with_its_intervals() {
    let plain = parsed(&fixture::analysis());
    assert!(plain["comparison"].is_null());
    let mut analysis = fixture::analysis();
    analysis.comparison = Some(fixture::comparison());
    let root = parsed(&analysis);
    assert_reasons(&root, "");
    let comparison = &root["comparison"];
    assert_has(comparison, "first n_folds interval models");
    let models = comparison["models"].as_array().unwrap();
    let shown: Vec<&Value> = models.iter().map(|one| &one["model"]).collect();
    assert_eq!(shown, ["ridge", "forest", "naive-bayes", "svm"]);
    for model in models {
        assert_has(
            model,
            "model kind standing auc brier log_loss calibration_slope auc_difference \
             brier_difference log_loss_difference n_failed failure",
        );
    }
    assert_has(&models[1]["auc_difference"], "estimate ci_low ci_high");
    assert_eq!(models[0]["kind"], "learner");
    assert_eq!(
        (&models[3]["kind"], &models[3]["standing"]),
        (&json!("challenger"), &json!("worse"))
    );
}

#[test]
fn effects_are_told_model_by_model_where_they_were_asked_for() {
    let mut analysis = fixture::analysis();
    assert!(parsed(&analysis)["effects"].is_null());
    analysis.effects = fixture::effects();
    let root = parsed(&analysis);
    let models = root["effects"].as_array().unwrap();
    assert_eq!(models.len(), 2);
    for model in models {
        assert_has(model, "learner predictors interactions swarms nomogram");
        let predictor = &model["predictors"][0];
        assert_has(
            predictor,
            "variable grid partial_dependence lines local_effects",
        );
        assert_has(&model["swarms"][0]["points"][0], "contribution rank");
    }
    assert_has(&models[0]["nomogram"], "scales chances");
    assert_has(
        &models[1]["interactions"][0],
        "variables h without_interactions",
    );
}

#[test]
fn every_name_of_the_schema_is_there() {
    let root = parsed(&fixture::analysis());
    assert_eq!(root["schema"], SCHEMA);
    assert_has(
        &root,
        "schema program seed created synthetic notices population model_time cohort outcome \
         predictors sample_size models comparison effects",
    );
    assert_has(&root["program"], "version commit");
    assert_has(&root["notices"][0], "code text");
    assert_has(
        &root["cohort"],
        "file sha256 n_rows n_analysed exclusions issues",
    );
    assert_has(&root["cohort"]["exclusions"][0], "reason n");
    assert_has(
        &root["cohort"]["issues"][0],
        "severity code sheet row column message remedy",
    );
    assert_has(&root["outcome"], "preset event n_events event_rate");
    assert_has(
        &root["predictors"][0],
        "name kind levels unit n_missing n_parameters",
    );
    assert_has(
        &root["sample_size"],
        "criteria n_required n_available n_parameters events_per_parameter",
    );
    assert_has(&root["sample_size"]["criteria"][0], "name n_required");
}

#[test]
fn every_name_of_a_model_is_there() {
    let root = parsed(&fixture::analysis());
    for model in root["models"].as_array().unwrap() {
        assert_has(
            model,
            "learner settings fit terms apparent optimism corrected cross_validated out_of_bag \
             calibration_curve decision_curve thresholds importance stability patients strata \
             strata_rule undetermined movement",
        );
        assert_has(
            &model["fit"],
            "converged n_iterations issues log_likelihood null_deviance deviance aic \
             nagelkerke_r2 penalty",
        );
        for part in ["apparent", "optimism", "corrected", "cross_validated"] {
            assert_has(&model[part], MEASURES);
        }
        assert_has(&model["apparent"]["auc"], "estimate ci_low ci_high");
        assert_has(&model["corrected"], "method");
        assert_has(&model["corrected"]["auc"], "estimate ci_low ci_high");
        assert_has(&model["cross_validated"]["auc"], "estimate repeat_sd");
        let point = &model["calibration_curve"]["points"][0];
        assert_has(point, "predicted observed low high");
        let point = &model["decision_curve"]["points"][0];
        assert_has(point, "threshold model treat_all treat_none lead_trial");
        assert_has(
            &model["thresholds"][0],
            "threshold sensitivity sensitivity_low sensitivity_high specificity ppv npv npv_high",
        );
        assert_has(
            point,
            "model_low model_high model_standardised interventions_avoided",
        );
        assert_has(
            &model["thresholds"][0],
            "n_true_positives n_false_positives n_false_negatives n_true_negatives",
        );
        assert_has(&model["corrected"]["auc"], "ci_method");
        assert_has(&model["corrected"]["ici"], "calibrated_low calibrated_high");
        assert_has(
            &model["centres"],
            "centres auc calibration_slope calibration_intercept",
        );
        assert_has(
            &model["centres"]["centres"][0],
            "name n n_events state auc calibration_slope calibration_intercept",
        );
        assert_has(
            &model["centres"]["auc"],
            "n_centres estimate ci_low ci_high prediction_low prediction_high tau2",
        );
        assert_has(&model["rules_632"], "auc brier calibration_slope");
        assert_has(&model["calibration_spline"], "method points");
        let row = &model["importance"][0];
        assert_has(row, "variable permutation rank_low rank_high");
        assert_has(&row["permutation"], "mean low high");
        let row = &model["importance_by_domain"][0];
        assert_has(row, "domain n_predictors permutation");
        assert_has(
            &model["stability"],
            "n_ok n_failed mape classification_instability by_percent",
        );
        assert_has(
            &model["patients"][0],
            "id risk low high risk_source stratum observed contributions base_value outside",
        );
        let check = &model["patients"][0]["domain_check"];
        assert_has(check, "distance leverage nearest");
        assert_has(&check["distance"], "value limit");
        assert_has(&check["nearest"][0], "id distance");
        assert_has(
            &model["strata"][0],
            "name from to n n_events observed mean_risk",
        );
    }
    assert_has(
        &root["models"][0]["terms"][1],
        "term variable level estimate std_error z p ci_low ci_high odds_ratio or_low or_high or_unit",
    );
    assert_has(&root["models"][0]["optimism"]["auc"], "mean mc_error");
    assert_has(&root["models"][1]["out_of_bag"], "auc brier log_loss");
}

#[test]
fn the_validation_of_the_analysis_is_told() {
    let mut analysis = fixture::analysis();
    assert_eq!(
        parsed(&analysis)["permutation_test"]["p_reason"],
        "not asked for"
    );
    assert_eq!(parsed(&analysis)["simulation"], Value::Null);
    analysis.permutation = Some(fixture::permutation_test());
    analysis.prospect = Some(fixture::prospect());
    let auc = PairedDifference {
        estimate: 0.02,
        std_error: 0.01,
    };
    analysis.differences = vec![ModelDifference {
        first: Learner::Ridge,
        second: Learner::Forest,
        auc: Some(auc),
        net_benefit: vec![(0.4, auc)],
    }];
    analysis.external = Some(fixture::external(&analysis.models));
    let root = parsed(&analysis);
    assert_has(
        &root["external"],
        "file sha256 n_rows absent unknown_levels synthetic n_same corrected models",
    );
    assert!(root["external"]["models"][0]["judged"]["auc"]["ci_low"].is_number());
    assert_has(
        &root["permutation_test"],
        "learner statistic observed chance_median chance_95 n n_as_large n_failed p",
    );
    assert_has(
        &root["simulation"],
        "learner design n_ok n_failed apparent_auc true_auc true_slope error",
    );
    let pair = &root["differences"][0];
    assert_has(pair, "first second auc thresholds");
    assert_has(
        &pair["auc"],
        "difference std_error ci_low ci_high p ci_method",
    );
    assert_has(&pair["thresholds"][0], "threshold net_benefit");
    assert_reasons(&root, "");
}

/// Walks the whole document: every null has its reason, every number is finite.
fn assert_reasons(value: &Value, path: &str) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if inner.is_null() {
                    let reason = map.get(&format!("{name}_reason"));
                    let text = reason.and_then(Value::as_str).unwrap_or_default();
                    assert!(!text.is_empty(), "{path}.{name} is null without a reason");
                }
                assert_reasons(inner, &format!("{path}.{name}"));
            }
        }
        Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                assert!(!inner.is_null(), "{path}[{i}]");
                assert_reasons(inner, &format!("{path}[{i}]"));
            }
        }
        Value::Number(number) => assert!(number.as_f64().unwrap().is_finite()),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[test]
fn what_is_undefined_is_null_with_a_reason() {
    assert_reasons(&parsed(&fixture::analysis()), "");
    assert_reasons(&parsed(&fixture::maximum_likelihood()), "");
    let mut broken = fixture::analysis();
    broken.sample_size.events_per_parameter = f64::INFINITY;
    let root = parsed(&broken);
    assert!(root["sample_size"]["events_per_parameter"].is_null());
    assert_eq!(
        root["sample_size"]["events_per_parameter_reason"],
        "not finite"
    );
}

#[test]
fn base_value_and_contributions_make_the_prediction() {
    let root = parsed(&fixture::analysis());
    for model in root["models"].as_array().unwrap() {
        for patient in model["patients"].as_array().unwrap() {
            let contributions = patient["contributions"].as_array().unwrap().iter();
            let sum: f64 = patient["base_value"].as_f64().unwrap()
                + contributions
                    .map(|c| c["value"].as_f64().unwrap())
                    .sum::<f64>();
            let risk = if model["learner"] == "forest" {
                sum.clamp(0.0, 1.0)
            } else {
                risk_from_linear_predictor(sum)
            };
            assert!((risk - patient["risk"].as_f64().unwrap()).abs() < 1e-9);
        }
    }
}

#[test]
fn identifiers_are_pseudonyms_unless_given() {
    let analysis = fixture::analysis();
    assert_eq!(parsed(&analysis)["models"][0]["patients"][0]["id"], "P001");
    let ids = (0..120).map(|i| format!("IPP{i}")).collect();
    let with_ids = ReportOptions {
        ids: Some(ids),
        ..options(Lang::En)
    };
    let root: Value = serde_json::from_str(&results_json(&analysis, &with_ids)).unwrap();
    assert_eq!(root["models"][1]["patients"][2]["id"], "IPP2");
}

#[test]
fn the_numbers_do_not_depend_on_the_language() {
    let analysis = fixture::analysis();
    let english = parsed(&analysis);
    let french: Value = serde_json::from_str(&results_json(&analysis, &options(Lang::Fr))).unwrap();
    assert_eq!(
        english["models"][0]["corrected"],
        french["models"][0]["corrected"]
    );
    assert_ne!(english["notices"], french["notices"]);
}
