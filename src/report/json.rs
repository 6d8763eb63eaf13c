//! `results.json`, schema `prognostim-results/1`: names that must not change without a new number.
//!
//! What is undefined is `null` and has a sibling `NAME_reason`; every number is finite.

mod comparison;
mod domain_check;
mod effects;
mod fit;
mod profiles;
mod strata;
mod subgroups;
mod validation;

use serde_json::{Map, Value, json};

use crate::analysis::{
    Analysis, Counts, CurvePoint, DeltaRow, Estimate, Learner, Limits, Measure, MissingPlan,
    ModelResult, PatientResult, PredictorSummary, Proportions, Rise, Sensitivity,
};
use crate::base::issue::Issue;
use crate::base::num::Interval;
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::design::Curve;
use crate::outcome::{Leaving, Moment, Rule};
use crate::report::{ReportOptions, words};

/// Name and number of the schema.
pub const SCHEMA: &str = "prognostim-results/1";

/// `results.json`.
pub fn results_json(analysis: &Analysis, options: &ReportOptions) -> String {
    let mut root = Object::new();
    root.set("schema", SCHEMA);
    root.set("program", program(options));
    root.set("seed", analysis.settings.seed);
    root.set("created", analysis.created.as_str());
    root.set("synthetic", analysis.cohort.synthetic);
    root.set("notices", notices(analysis, options.lang));
    root.set(
        "population",
        words::population(&analysis.settings.outcome, options.lang),
    );
    root.set("model_time", model_time(analysis));
    root.set("cohort", cohort(analysis, options.lang));
    root.set("outcome", outcome(analysis, options.lang));
    root.set("predictors", predictors(analysis));
    root.set("specification", specification(analysis));
    root.set("sample_size", sample_size(analysis));
    root.set("missing", missing(analysis));
    let models = analysis.models.iter();
    root.set(
        "models",
        models
            .map(|model| model_value(analysis, model, options))
            .collect::<Vec<_>>(),
    );
    root.set("differences", validation::differences(analysis));
    root.optional(
        "external",
        analysis.external.as_ref().map(validation::external),
        "no other cohort was named",
    );
    root.set("unfinished", analysis.unfinished.clone());
    root.set("permutation_test", validation::permutation_test(analysis));
    root.optional(
        "simulation",
        analysis.prospect.map(|found| serde_json::json!(found)),
        "not asked for, or not to be simulated",
    );
    comparison::set(&mut root, analysis, options.lang);
    effects::set(&mut root, analysis);
    profiles::set(&mut root, analysis, options.lang);
    root.set("subgroups", subgroups::subgroups(analysis));
    // A map of strings, numbers and lists always serialises.
    let mut text = serde_json::to_string_pretty(&root.value()).unwrap_or_default();
    text.push('\n');
    text
}

/// A JSON object in writing order.
struct Object(Map<String, Value>);

impl Object {
    fn new() -> Self {
        Self(Map::new())
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A value, or `null` with its reason.
    fn optional(&mut self, name: &str, value: Option<Value>, reason: &str) {
        let is_missing = value.is_none();
        self.set(name, value.unwrap_or(Value::Null));
        if is_missing {
            self.set(&format!("{name}_reason"), reason);
        }
    }

    /// A finite number, or `null` with its reason.
    fn number(&mut self, name: &str, value: Option<f64>, reason: &str) {
        let reason = if value.is_some_and(|x| !x.is_finite()) {
            "not finite"
        } else {
            reason
        };
        let number = value.and_then(serde_json::Number::from_f64);
        self.optional(name, number.map(Value::Number), reason);
    }

    fn text(&mut self, name: &str, value: Option<&str>, reason: &str) {
        self.optional(name, value.map(Value::from), reason);
    }

    /// Two limits, or two nulls with the same reason.
    fn limits(&mut self, names: (&str, &str), limits: Option<(f64, f64)>, reason: &str) {
        self.number(names.0, limits.map(|l| l.0), reason);
        self.number(names.1, limits.map(|l| l.1), reason);
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

/// The value of an object that a function fills.
fn object(fill: impl FnOnce(&mut Object)) -> Value {
    let mut object = Object::new();
    fill(&mut object);
    object.value()
}

fn program(options: &ReportOptions) -> Value {
    object(|o| {
        o.set("version", options.version.as_str());
        o.text(
            "commit",
            option_env!("PROGNOSTIM_COMMIT"),
            "built without version control",
        );
    })
}

fn notices(analysis: &Analysis, lang: Lang) -> Vec<Value> {
    let mut notices: Vec<Value> = Vec::new();
    let is_said = |notice: &Issue| notice.code == "synthetic-cohort";
    if analysis.cohort.synthetic && !analysis.notices.iter().any(is_said) {
        notices.push(json!({"code": "synthetic", "text": lang.t("synthetic")}));
    }
    notices.push(json!({"code": "not-a-device", "text": lang.t("not-a-device")}));
    notices.extend(
        analysis
            .notices
            .iter()
            .map(|notice| json!({"code": notice.code, "text": lang.issue(notice)})),
    );
    notices
}

/// What happened to gaps; the shifted models only where they were asked for.
fn missing(analysis: &Analysis) -> Value {
    object(|o| {
        match analysis.settings.missing {
            MissingPlan::Single => o.set("plan", "single"),
            MissingPlan::Multiple(params) => {
                o.set("plan", "multiple");
                o.set("n_imputations", params.n_imputations);
                o.set("n_iterations", params.n_iterations);
                o.set("visit", params.visit.name());
            }
        }
        let deltas = analysis.missing.as_ref().map(|missing| &missing.deltas);
        if let (Some(plan), Some(deltas)) = (&analysis.settings.delta, deltas) {
            let rows = deltas.iter().map(delta).collect::<Vec<_>>();
            o.set("delta", json!({"variable": plan.variable, "rows": rows}));
        }
    })
}

fn delta(row: &DeltaRow) -> Value {
    let terms = row.terms.iter();
    object(|o| {
        o.number("delta", Some(row.delta), "");
        o.number("apparent_auc", row.auc, "one class, or equal risks");
        let terms = terms.map(|term| fit::term(Some(Limits::Wald), term));
        o.set("terms", terms.collect::<Vec<_>>());
    })
}

fn model_time(analysis: &Analysis) -> &'static str {
    match analysis.settings.outcome.moment {
        Moment::BeforeTrial => "before-trial",
        Moment::AfterTrial => "after-trial",
    }
}

fn issue(issue: &Issue, lang: Lang) -> Value {
    object(|o| {
        o.set(
            "severity",
            match issue.severity {
                crate::base::issue::Severity::Note => "note",
                crate::base::issue::Severity::Warning => "warning",
                crate::base::issue::Severity::Error => "error",
            },
        );
        o.set("code", issue.code.as_str());
        o.text("sheet", issue.place.sheet.as_deref(), "no sheet");
        o.optional("row", issue.place.row.map(Value::from), "not about one row");
        o.text(
            "column",
            issue.place.column.as_deref(),
            "not about one column",
        );
        o.set("message", lang.issue(issue));
        o.text("remedy", lang.remedy(issue).as_deref(), "nothing to do");
    })
}

fn cohort(analysis: &Analysis, lang: Lang) -> Value {
    let cohort = &analysis.cohort;
    object(|o| {
        o.set("file", cohort.file.as_str());
        o.set("sha256", cohort.sha256.as_str());
        o.set("n_rows", cohort.n_rows);
        o.set("n_analysed", cohort.n_analysed);
        let exclusions = cohort.exclusions.iter();
        o.set(
            "exclusions",
            exclusions
                .map(|e| match &e.why {
                    Some(why) => json!({"reason": e.reason, "why": why, "n": e.n}),
                    None => json!({"reason": e.reason, "n": e.n}),
                })
                .collect::<Vec<_>>(),
        );
        let issues = cohort.issues.iter();
        o.set("issues", issues.map(|i| issue(i, lang)).collect::<Vec<_>>());
    })
}

fn outcome(analysis: &Analysis, lang: Lang) -> Value {
    let params = &analysis.settings.outcome;
    object(|o| {
        if let Rule::Level { column, event } = &params.rule {
            o.set("column", column.as_str());
            o.set("event", event.as_str());
        } else {
            o.text(
                "preset",
                params.rule.preset_name().as_deref(),
                "the definition is the user's own",
            );
            o.set("event", "responder");
        }
        o.set("definition", words::outcome(params, lang));
        o.set("formula", words::formula(params, lang));
        o.set("criteria", words::criteria(params, lang));
        let source = words::rule_source(&params.rule, lang);
        o.text("source", source.as_deref(), "said by the formula");
        o.set("fingerprint", params.fingerprint());
        o.set("version", analysis.settings.label.version());
        o.set("flow", flow(analysis));
        match &analysis.outcome.sensitivity {
            Some(found) => o.set("sensitivity", sensitivity(found, lang)),
            None => o.text("sensitivity", None, "the outcome of everyone is known"),
        }
        o.set("n_events", analysis.outcome.n_events);
        o.number("event_rate", Some(analysis.outcome.event_rate), "");
        o.set("n_failed_trial", analysis.outcome.n_failed_trial);
        o.set("n_explanted", analysis.outcome.n_explanted);
    })
}

/// The boxes of the inclusion flow chart and who leaves after each.
fn flow(analysis: &Analysis) -> Value {
    let flow = &analysis.outcome.flow;
    let leaving = |l: &Leaving| match &l.why {
        Some(why) => json!({"reason": l.reason, "why": why, "fate": l.fate, "n": l.n}),
        None => json!({"reason": l.reason, "fate": l.fate, "n": l.n}),
    };
    let stages = flow.stages.iter().map(|stage| {
        let left: Vec<Value> = stage.leaving.iter().map(leaving).collect();
        json!({"name": stage.name, "n": stage.n, "leaving": left})
    });
    json!({
        "stages": stages.collect::<Vec<_>>(),
        "n_responders": flow.n_responders,
        "n_non_responders": flow.n_non_responders,
    })
}

/// What the lost could change.
fn sensitivity(found: &Sensitivity, lang: Lang) -> Value {
    object(|o| {
        o.set("n_known", found.n_known);
        o.set("n_unobserved", found.n_unobserved);
        o.number("worst", Some(found.worst), "");
        o.number("best", Some(found.best), "");
        let weighted = found.weighted.as_ref().ok();
        let reason = words::weighting(found, lang);
        o.number("weighted", weighted.map(|w| w.event_rate), &reason);
        o.number(
            "largest_weight",
            weighted.map(|w| w.largest_weight),
            &reason,
        );
    })
}

fn predictors(analysis: &Analysis) -> Vec<Value> {
    analysis
        .predictors
        .iter()
        .map(|predictor| {
            object(|o| {
                o.set("name", predictor.name.as_str());
                o.set("label", predictor.label.as_str());
                o.set(
                    "kind",
                    match predictor.kind {
                        Kind::Numeric => "numeric",
                        Kind::Binary => "binary",
                        Kind::Categorical => "categorical",
                        Kind::Identifier => "identifier",
                        Kind::Date => "date",
                        Kind::Text => "text",
                    },
                );
                o.set("levels", predictor.levels.clone());
                o.text("unit", predictor.unit.as_deref(), "no unit");
                o.set("n_missing", predictor.n_missing);
                o.set("n_parameters", predictor.n_parameters);
                o.set("form", form(predictor));
            })
        })
        .collect()
}

/// `linear`, `spline-4`, `log`; of levels the reference and the count under which they are pooled.
fn form(predictor: &PredictorSummary) -> Value {
    let form = &predictor.form;
    match (predictor.kind, form.curve) {
        (Kind::Numeric, Curve::Linear) => json!("linear"),
        (Kind::Numeric, Curve::Log) => json!("log"),
        (Kind::Numeric, Curve::Spline(n)) => json!(format!("spline-{n}")),
        _ => json!({"reference": predictor.levels.first(), "pooled_under": form.least}),
    }
}

fn specification(analysis: &Analysis) -> Value {
    let specification = &analysis.specification;
    object(|o| {
        o.set("hash", specification.hash.as_str());
        o.text(
            "locked_at",
            specification.locked_at.as_deref(),
            "not locked before training",
        );
        o.set("n_changes_after_lock", specification.n_changes);
        o.set("interactions", analysis.interactions.clone());
    })
}

fn sample_size(analysis: &Analysis) -> Value {
    let size = &analysis.sample_size;
    object(|o| {
        let criteria = size.criteria.iter();
        o.set(
            "criteria",
            criteria
                .map(|(name, n)| json!({"name": name, "n_required": n}))
                .collect::<Vec<_>>(),
        );
        o.set("n_required", size.n_required);
        o.set("n_available", size.n_available);
        o.set("n_parameters", size.n_parameters);
        o.set("n_parameters_affordable", size.budget);
        o.number("event_rate", Some(size.event_rate), "not computed");
        o.number(
            "events_per_parameter",
            Some(size.events_per_parameter),
            "no parameter",
        );
        o.number("assumed_auc", Some(size.assumed_auc), "not assumed");
        o.number("expected_mape", Some(size.expected_mape), "not computed");
    })
}

fn model_value(analysis: &Analysis, model: &ModelResult, options: &ReportOptions) -> Value {
    let source = model.patients.first().map(|p| words::source_name(p.source));
    object(|o| {
        o.set("learner", model.learner.name());
        o.set("settings", fit::settings(analysis, model.learner));
        o.set("fit", fit::fit(model, options.lang));
        let terms = model.terms.iter();
        let terms = terms.map(|term| fit::term(model.limits(), term));
        o.set("terms", terms.collect::<Vec<_>>());
        let tests = model.tests.iter().map(fit::predictor_test);
        o.set("tests", tests.collect::<Vec<_>>());
        o.set("apparent", apparent(model));
        o.set("optimism", optimism(model));
        o.set("corrected", corrected(model));
        o.set("rules_632", rules_632(model));
        o.set("cross_validated", cross_validated(model));
        match model.out_of_bag {
            Some([auc, brier, log_loss]) => o.set(
                "out_of_bag",
                object(|o| {
                    o.number("auc", Some(auc), "");
                    o.number("brier", Some(brier), "");
                    o.number("log_loss", Some(log_loss), "");
                }),
            ),
            None => o.text("out_of_bag", None, "only a forest has trees out of bag"),
        }
        o.set("n_resamples", model.n_resamples);
        o.set("n_failed", model.n_failed);
        o.set(
            "calibration_curve",
            calibration_curve(&model.calibration_curve, source),
        );
        o.set(
            "calibration_spline",
            calibration_curve(&model.spline_curve, source),
        );
        let width = model.venn_abers_width;
        o.number("venn_abers_width", width, "too few patients");
        o.set("centres", validation::centres(model));
        o.set("later", validation::later(model));
        let event_rate = analysis.outcome.event_rate;
        o.set(
            "decision_curve",
            validation::decision_curve(model, source, event_rate),
        );
        let thresholds = model.thresholds.iter();
        o.set(
            "thresholds",
            thresholds.map(proportions).collect::<Vec<_>>(),
        );
        o.set("importance", importance(model));
        o.set("importance_by_domain", importance_by_domain(model));
        o.set("stability", stability(model));
        o.set("refit_curves", serde_json::json!(model.refit_curves));
        let patients = model.patients.iter().enumerate();
        o.set(
            "patients",
            patients
                .map(|(i, p)| patient(analysis, model, p, id(p, i, options)))
                .collect::<Vec<_>>(),
        );
        strata::set(o, analysis, model, options.lang);
    })
}

/// What a patient is called: the pseudonym, or the original identifier where the user asked for it.
pub(super) fn id<'a>(
    patient: &'a PatientResult,
    position: usize,
    options: &'a ReportOptions,
) -> &'a str {
    options
        .ids
        .as_ref()
        .and_then(|ids| ids.get(position))
        .map_or(patient.id.as_str(), String::as_str)
}

/// One entry for each measure, in the order of the tables.
fn measures(o: &mut Object, value: impl Fn(Measure) -> Option<Value>, reason: &str) {
    for measure in Measure::ALL {
        o.optional(measure.name(), value(measure), reason);
    }
}

const UNDEFINED: &str = "undefined for these predictions";

fn apparent(model: &ModelResult) -> Value {
    object(|o| {
        for measure in Measure::ALL {
            let value = model.apparent.get(&measure).copied();
            if measure != Measure::Auc {
                o.number(measure.name(), value, UNDEFINED);
                continue;
            }
            let auc = value.filter(|x| x.is_finite()).map(|estimate| {
                let no_interval = "an interval of an apparent figure would flatter";
                object(|o| {
                    o.number("estimate", Some(estimate), "");
                    o.limits(("ci_low", "ci_high"), None, no_interval);
                })
            });
            o.optional("auc", auc, UNDEFINED);
        }
    })
}

fn optimism(model: &ModelResult) -> Value {
    let reason = match model.learner {
        Learner::Forest => {
            "not valid for a forest: its training predictions are near perfect; see out_of_bag"
        }
        _ => UNDEFINED,
    };
    object(|o| {
        let value = |measure| {
            let (mean, mc_error) = model.optimism.get(&measure)?;
            Some(object(|o| {
                o.number("mean", Some(*mean), "");
                o.number("mc_error", Some(*mc_error), "");
                if let Some((harrell, _)) = model.harrell_auc.filter(|_| measure == Measure::Auc) {
                    o.number("harrell", Some(harrell), "");
                }
            }))
        };
        measures(o, value, reason);
    })
}

fn corrected(model: &ModelResult) -> Value {
    object(|o| {
        o.set("method", model.corrected_method.as_str());
        let value = |measure| {
            let Estimate {
                estimate,
                limits,
                limits_by,
            } = *model.corrected.get(&measure)?;
            Some(object(|o| {
                o.number("estimate", Some(estimate), "");
                o.limits(("ci_low", "ci_high"), limits, "no honest method ran");
                o.text("ci_method", limits.map(|_| limits_by.name()), "no limits");
                if Measure::OF_CALIBRATION.contains(&measure) {
                    let range = model.calibrated.get(&measure).copied();
                    o.limits(("calibrated_low", "calibrated_high"), range, UNDEFINED);
                }
                if measure == Measure::Auc && model.harrell_auc.is_some() {
                    o.set("method", "0.632+");
                }
            }))
        };
        measures(o, value, UNDEFINED);
    })
}

fn rules_632(model: &ModelResult) -> Value {
    let reason = match model.learner {
        Learner::Forest => "not valid for a forest; see out_of_bag",
        _ => UNDEFINED,
    };
    object(|o| {
        for measure in [Measure::Auc, Measure::Brier, Measure::CalibrationSlope] {
            let rule = model.rules_632.get(&measure).map(|rule| {
                object(|o| {
                    o.number("e632", Some(rule.plain), "");
                    o.number("e632_plus", Some(rule.plus), "");
                    o.number("weight", Some(rule.weight), "");
                })
            });
            o.optional(measure.name(), rule, reason);
        }
    })
}

fn cross_validated(model: &ModelResult) -> Value {
    object(|o| {
        let value = |measure| {
            let (estimate, repeat_sd) = model.cross_validated.get(&measure)?;
            Some(object(|o| {
                o.number("estimate", Some(*estimate), "");
                o.number("repeat_sd", Some(*repeat_sd), "one repeat only");
            }))
        };
        measures(o, value, UNDEFINED);
    })
}

fn calibration_curve(points: &[CurvePoint], source: Option<&str>) -> Value {
    object(|o| {
        o.text("method", source, "no patients");
        let points = points.iter().map(|point| {
            object(|o| {
                o.number("predicted", Some(point.predicted), "");
                o.number("observed", Some(point.observed), "");
                o.number("low", Some(point.low), "");
                o.number("high", Some(point.high), "");
            })
        });
        o.set("points", points.collect::<Vec<_>>());
    })
}

fn proportions(at: &Proportions) -> Value {
    object(|o| {
        o.number("threshold", Some(at.threshold), "");
        let mut share = |name: &str, value: Option<Interval>, reason: &str| {
            o.number(name, value.map(|v| v.estimate), reason);
            o.number(&format!("{name}_low"), value.map(|v| v.low), reason);
            o.number(&format!("{name}_high"), value.map(|v| v.high), reason);
        };
        share("sensitivity", at.sensitivity, "no responder");
        share("specificity", at.specificity, "no non-responder");
        share("ppv", at.ppv, "nobody at or above the threshold");
        share("npv", at.npv, "nobody below the threshold");
        let count =
            |of: fn(&Counts) -> usize| at.counts.as_ref().map(|counts| Value::from(of(counts)));
        let older = "written by an older program";
        o.optional("n_true_positives", count(|c| c.true_positives), older);
        o.optional("n_false_positives", count(|c| c.false_positives), older);
        o.optional("n_false_negatives", count(|c| c.false_negatives), older);
        o.optional("n_true_negatives", count(|c| c.true_negatives), older);
    })
}

fn rise(mean: f64, low: f64, high: f64) -> Value {
    object(|o| {
        o.number("mean", Some(mean), "");
        o.number("low", Some(low), "");
        o.number("high", Some(high), "");
    })
}

fn importance_by_domain(model: &ModelResult) -> Vec<Value> {
    let rows = model.importance_by_domain.iter().map(|row| {
        object(|o| {
            o.set("domain", row.domain.name());
            o.set("n_predictors", row.n_predictors);
            o.set("permutation", rise(row.mean, row.low, row.high));
        })
    });
    rows.collect()
}

fn importance(model: &ModelResult) -> Vec<Value> {
    let rows = model.importance.iter().map(|row| {
        object(|o| {
            o.set("variable", row.variable.as_str());
            o.set("permutation", rise(row.mean, row.low, row.high));
            let of = |rise_of: Option<Rise>| rise_of.map(|of| rise(of.mean, of.low, of.high));
            let older = "not computed by the program that made this result";
            o.optional("permutation_log_loss", of(row.log_loss), older);
            o.optional("conditional", of(row.conditional), older);
            o.number("impurity_corrected", row.impurity_corrected, "forest only");
            o.set("rank_low", row.rank_low);
            o.set("rank_high", row.rank_high);
        })
    });
    rows.collect()
}

fn stability(model: &ModelResult) -> Value {
    let stability = &model.stability;
    object(|o| {
        o.set("n_ok", stability.n_ok);
        o.set("n_failed", stability.n_failed);
        o.number("mape", Some(stability.mape), "");
        let cuts = stability.classification_instability.iter();
        o.set(
            "classification_instability",
            cuts.map(|(threshold, share)| {
                object(|o| {
                    o.number("threshold", Some(*threshold), "");
                    o.number("share", Some(*share), "");
                })
            })
            .collect::<Vec<_>>(),
        );
        o.set("by_percent", stability.by_percent.clone());
    })
}

fn patient(analysis: &Analysis, model: &ModelResult, patient: &PatientResult, id: &str) -> Value {
    object(|o| {
        o.set("id", id);
        o.number("risk", Some(patient.risk), "");
        o.number("low", Some(patient.low), "");
        o.number("high", Some(patient.high), "");
        o.set("risk_source", words::source_name(patient.source));
        let stratum = patient.stratum.and_then(|at| model.strata.get(at));
        o.set(
            "stratum",
            stratum.map_or("undetermined", |stratum| stratum.name.as_str()),
        );
        o.set("observed", patient.observed);
        let contributions = analysis.predictors.iter().zip(&patient.contributions);
        o.set(
            "contributions",
            contributions
                .map(|(predictor, value)| {
                    object(|o| {
                        o.set("variable", predictor.name.as_str());
                        o.number("value", Some(*value), "");
                    })
                })
                .collect::<Vec<_>>(),
        );
        o.number("base_value", Some(patient.base_value), "");
        if model.fit.calibrator.is_some() {
            let before = patient.before_recalibration(model.learner);
            o.number("risk_before_recalibration", Some(before), "");
        }
        o.set("outside", patient.outside.clone());
        o.set("gaps_alone", patient.gaps_alone);
        let alike = patient.alike.iter().filter_map(|alike| {
            let other = model.patients.get(alike.patient)?;
            Some(object(|o| {
                o.set("id", other.id.as_str());
                o.number("share", Some(alike.share), "");
            }))
        });
        o.set("alike", alike.collect::<Vec<_>>());
        domain_check::set(o, model, patient);
    })
}

#[cfg(test)]
mod tests;
