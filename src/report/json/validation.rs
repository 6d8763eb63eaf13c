//! Net benefit, centres, differences between models and the permutation test in `results.json`.

use serde_json::Value;

use crate::analysis::{
    Analysis, CentreResult, External, Judged, Measure, ModelDifference, ModelResult,
    PairedDifference, PooledFigure,
};
use crate::base::num::Z_95;
use crate::report::json::{Object, object};

/// Net benefit over thresholds; `event_rate` is its largest possible value.
pub(super) fn decision_curve(model: &ModelResult, source: Option<&str>, event_rate: f64) -> Value {
    object(|o| {
        o.text("method", source, "no patients");
        let points = model.decision_curve.iter().map(|point| {
            object(|o| {
                o.number("threshold", Some(point.threshold), "");
                o.number("model", Some(point.model), "");
                let older = "written by an older program";
                o.limits(("model_low", "model_high"), point.limits(), older);
                o.number(
                    "model_standardised",
                    point.standardised(event_rate),
                    "no events",
                );
                o.number(
                    "interventions_avoided",
                    Some(point.interventions_avoided()),
                    "",
                );
                o.number("treat_all", Some(point.treat_all), "");
                o.number("treat_none", Some(point.treat_none), "");
                o.number(
                    "lead_trial",
                    point.lead_trial,
                    "no trial result in this cohort, or it does not vary",
                );
            })
        });
        o.set("points", points.collect::<Vec<_>>());
    })
}

/// The later patients under the model of the earlier ones.
pub(super) fn later(model: &ModelResult) -> Value {
    let Some(found) = &model.later else {
        return object(|o| o.text("date", None, "no date tells earlier from later patients"));
    };
    object(|o| {
        o.set("date", found.variable.as_str());
        o.set("from", found.from.as_str());
        o.set("n_earlier", found.n_earlier);
        o.set("n_earlier_events", found.n_earlier_events);
        let judged = found.judged.as_ref().map(judged);
        o.optional(
            "judged",
            judged,
            "no model could be trained on the earlier patients",
        );
    })
}

/// The models on another cohort.
pub(super) fn external(found: &External) -> Value {
    object(|o| {
        o.set("file", found.file.as_str());
        o.set("sha256", found.sha256.as_str());
        o.set("n_rows", found.n_rows);
        o.set("absent", found.absent.clone());
        o.set("unknown_levels", serde_json::json!(found.unknown_levels));
        o.set("synthetic", found.synthetic);
        o.set("n_same", found.n_same);
        o.set("corrected", found.corrected.clone());
        let models = found.models.iter().map(|(learner, found)| {
            object(|o| {
                o.set("learner", learner.name());
                o.set("judged", judged(found));
            })
        });
        o.set("models", models.collect::<Vec<_>>());
    })
}

/// A model on patients that had no part in it.
fn judged(judged: &Judged) -> Value {
    object(|o| {
        o.set("n", judged.n);
        o.set("n_events", judged.n_events);
        for measure in Measure::ALL {
            let found = judged.figures.get(&measure);
            let figure = found.map(|(estimate, limits)| {
                object(|o| {
                    o.number("estimate", Some(*estimate), "");
                    o.limits(("ci_low", "ci_high"), *limits, "no simple standard error");
                })
            });
            o.optional(
                measure.name(),
                figure,
                "too few of an outcome, or not defined",
            );
        }
    })
}

/// Each centre under the model of the others, and their means.
pub(super) fn centres(model: &ModelResult) -> Value {
    let Some(found) = &model.centres else {
        return object(|o| {
            o.text(
                "centres",
                None,
                "the cohort does not say, or it is one centre",
            );
        });
    };
    object(|o| {
        let centres = found.centres.iter().map(centre);
        o.set("centres", centres.collect::<Vec<_>>());
        let mut put = |name: &str, figure: Option<PooledFigure>| {
            o.optional(
                name,
                figure.as_ref().map(pooled),
                "fewer than four centres have it",
            );
        };
        put("auc", found.auc);
        put("calibration_slope", found.slope);
        put("calibration_intercept", found.intercept);
    })
}

fn centre(centre: &CentreResult) -> Value {
    object(|o| {
        o.set("name", centre.name.as_str());
        o.set("n", centre.n);
        o.set("n_events", centre.n_events);
        o.set("state", centre.state.name());
        figure(o, "auc", centre.auc);
        figure(o, "calibration_slope", centre.slope);
        figure(o, "calibration_intercept", centre.intercept);
    })
}

/// An estimate, its standard error and its 95 % limits.
fn figure(o: &mut Object, name: &str, found: Option<(f64, f64)>) {
    let value = found.map(|(estimate, std_error)| {
        object(|o| {
            o.number("estimate", Some(estimate), "");
            o.number("std_error", Some(std_error), "");
            let half = Z_95 * std_error;
            o.limits(
                ("ci_low", "ci_high"),
                Some((estimate - half, estimate + half)),
                "",
            );
        })
    });
    o.optional(
        name,
        value,
        "too few patients, or undefined for these predictions",
    );
}

fn pooled(figure: &PooledFigure) -> Value {
    object(|o| {
        o.set("n_centres", figure.n_centres);
        o.number("estimate", Some(figure.estimate), "");
        o.limits(("ci_low", "ci_high"), Some(figure.limits), "");
        o.limits(
            ("prediction_low", "prediction_high"),
            Some(figure.prediction),
            "",
        );
        o.number("tau2", Some(figure.tau2), "");
    })
}

/// Every pair of models.
pub(super) fn differences(analysis: &Analysis) -> Vec<Value> {
    analysis.differences.iter().map(pair).collect()
}

fn pair(pair: &ModelDifference) -> Value {
    object(|o| {
        o.set("first", pair.first.name());
        o.set("second", pair.second.name());
        let auc = pair.auc.as_ref().map(difference);
        o.optional("auc", auc, "fewer than two patients in a class");
        let at_cuts = pair.net_benefit.iter().map(|(threshold, found)| {
            object(|o| {
                o.number("threshold", Some(*threshold), "");
                o.set("net_benefit", difference(found));
            })
        });
        o.set("thresholds", at_cuts.collect::<Vec<_>>());
    })
}

/// A difference, its standard error, its limits and its p-value.
fn difference(found: &PairedDifference) -> Value {
    object(|o| {
        o.number("difference", Some(found.estimate), "");
        o.number("std_error", Some(found.std_error), "");
        o.limits(("ci_low", "ci_high"), Some(found.limits()), "");
        o.number("p", Some(found.p()), "");
        o.set("ci_method", "fixed-model");
    })
}

/// Whether the first model finds anything at all.
pub(super) fn permutation_test(analysis: &Analysis) -> Value {
    let Some(test) = &analysis.permutation else {
        let reason = match analysis.settings.plan.n_permutations {
            0 => "not asked for",
            _ => "the model could not be trained often enough",
        };
        return object(|o| o.text("p", None, reason));
    };
    object(|o| {
        o.set("learner", test.learner.name());
        o.set("statistic", "auc of patients who were not trained on");
        o.number("observed", Some(test.observed), "");
        o.number("chance_median", Some(test.chance), "");
        o.number("chance_95", Some(test.chance_high), "");
        o.set("n", test.n);
        o.set("n_as_large", test.n_as_large);
        o.set("n_failed", test.n_failed);
        o.number("p", Some(test.p), "");
    })
}
