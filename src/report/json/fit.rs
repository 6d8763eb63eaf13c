//! How a model was set and fitted, its coefficients and their tests, in `results.json`.

use serde_json::Value;

use crate::analysis::{
    Analysis, GroupTest, Learner, Limits, ModelResult, PenaltyRule, PredictorTest, Term,
};
use crate::base::num::Z_95;
use crate::base::text::Lang;
use crate::report::json::{Object, issue, object};

const ML_ONLY: &str = "maximum likelihood only";
const NOT_TUNED: &str = "maximum likelihood and Firth only";
const NO_LIMITS: &str = "no limits were computed";

/// The settings that a learner was trained with.
pub(super) fn settings(analysis: &Analysis, learner: Learner) -> Value {
    let plan = analysis.settings.plan;
    object(|o| {
        if learner == Learner::Forest {
            let forest = analysis.settings.forest;
            o.set("n_trees", forest.n_trees);
            o.set("min_node", forest.min_node);
            o.optional(
                "mtry",
                forest.mtry.map(Value::from),
                "the square root of the number of columns, rounded down",
            );
            o.set("split_rule", serde_json::json!(forest.rule));
            o.optional("max_depth", forest.max_depth.map(Value::from), "no limit");
            o.set("min_leaf", forest.min_leaf);
            o.set("draw", serde_json::json!(forest.draw));
            o.set("sample_share", forest.sample_share);
            o.set("drawn_within_class", forest.within_class);
            o.set("missing_values", serde_json::json!(forest.gaps));
            o.set("tuned", forest.tuned);
        } else {
            if learner.is_tuned() {
                let rule = analysis.settings.penalty.rule;
                o.set("penalty_chosen_by", chosen_by(rule));
                o.set("penalty_rule", rule.name());
            }
            o.set("n_bootstraps", plan.n_bootstraps);
        }
        o.set("recalibration", analysis.settings.recalibration.name());
        o.set("n_folds", plan.n_folds);
        o.set("n_repeats", plan.n_repeats);
        o.set("n_half_samples", plan.n_half_samples);
        o.set("n_outer", plan.n_outer);
        o.set("n_inner", plan.n_inner);
    })
}

fn chosen_by(rule: PenaltyRule) -> &'static str {
    match rule {
        PenaltyRule::Minimum => "inner cross-validation",
        PenaltyRule::OneStandardError => "inner cross-validation, one standard error",
        PenaltyRule::Aic => "Akaike's criterion",
    }
}

/// How a model fitted.
pub(super) fn fit(model: &ModelResult, lang: Lang) -> Value {
    let fit = &model.fit;
    let reason = match model.learner {
        Learner::Forest => "a forest has no likelihood",
        _ => "not defined for this fit",
    };
    object(|o| {
        o.set("converged", fit.converged);
        let grown = fit.grown.map(|grown| {
            object(|o| {
                o.optional("mtry", grown.mtry.map(Value::from), "not known");
                o.set("min_leaf", grown.min_leaf);
            })
        });
        o.optional("grown", grown, "forest only");
        o.set("n_iterations", fit.n_iterations);
        let issues = fit.issues.iter();
        o.set("issues", issues.map(|i| issue(i, lang)).collect::<Vec<_>>());
        o.number("log_likelihood", fit.log_likelihood, reason);
        o.number("null_deviance", fit.null_deviance, reason);
        o.number("deviance", fit.deviance, reason);
        o.number("aic", fit.aic, ML_ONLY);
        o.number("bic", fit.bic, ML_ONLY);
        o.number("mcfadden_r2", fit.mcfadden_r2, reason);
        o.number("cox_snell_r2", fit.cox_snell_r2, reason);
        o.number("nagelkerke_r2", fit.nagelkerke_r2, reason);
        let calibrator = fit.calibrator.as_ref();
        o.optional(
            "recalibration",
            calibrator.map(|calibrator| serde_json::json!(calibrator)),
            "none was asked for, or it could not be learnt",
        );
        let test = fit.likelihood_ratio.as_ref();
        let not_tested = "maximum likelihood and Firth only, converged and without imputation";
        o.optional(
            "likelihood_ratio",
            test.map(|t| object(|o| ratio(o, t))),
            not_tested,
        );
        o.number(
            "shrinkage_factor",
            fit.shrinkage,
            "maximum likelihood only, converged and without imputation",
        );
        let penalty = fit.penalty.map(|(alpha, lambda)| {
            object(|o| {
                o.number("alpha", Some(alpha), "");
                o.number("lambda", Some(lambda), "");
            })
        });
        let none = match model.learner {
            Learner::Firth => "Firth's penalty has no strength",
            _ => "this model has no penalty",
        };
        o.optional("penalty", penalty, none);
    })
}

fn ratio(o: &mut Object, test: &GroupTest) {
    o.number("chi2", Some(test.chi2), "");
    o.set("df", test.df);
    o.number("p", Some(test.p), "");
}

/// The test of a predictor with several coefficients.
pub(super) fn predictor_test(test: &PredictorTest) -> Value {
    object(|o| {
        o.set("variable", test.variable.as_str());
        ratio(o, &test.test);
    })
}

/// One coefficient, whose limits are of that kind.
pub(super) fn term(limits: Option<Limits>, term: &Term) -> Value {
    let is_intercept = term.variable.is_none();
    object(|o| {
        o.set("term", term.term.as_str());
        o.text("variable", term.variable.as_deref(), "intercept");
        o.text("level", term.level.as_deref(), "not a level");
        o.number("estimate", Some(term.estimate), "");
        o.number("std_error", term.std_error, NOT_TUNED);
        o.number("z", term.z, NOT_TUNED);
        o.number("p", term.p, NOT_TUNED);
        o.limits(("ci_low", "ci_high"), term.limits, NO_LIMITS);
        if matches!(limits, Some(Limits::Profile | Limits::PenalisedProfile)) {
            let wald = term
                .std_error
                .map(|se| (term.estimate - Z_95 * se, term.estimate + Z_95 * se));
            o.limits(("wald_low", "wald_high"), wald, NO_LIMITS);
        }
        let reason = if is_intercept { "intercept" } else { NO_LIMITS };
        // No odds ratio without its limits.
        let odds = |o: &mut Object, names: [&str; 3], step: f64| {
            let (ratio, ratio_limits) = term.odds_ratio_per(step);
            let shown = (!is_intercept).then_some(ratio_limits).flatten();
            o.number(names[0], shown.map(|_| ratio), reason);
            o.limits((names[1], names[2]), shown, reason);
        };
        odds(o, ["odds_ratio", "or_low", "or_high"], term.or_unit);
        o.number("or_unit", Some(term.or_unit), "");
        o.number("kept", term.kept, "the learner drops no term");
        if let Some(step) = term.clinical_step {
            odds(o, ["step_odds_ratio", "step_or_low", "step_or_high"], step);
            o.number("step", Some(step), "");
        }
        if term.df.is_some() {
            o.number("df", term.df, "");
            o.number("missing_information", term.fmi, "");
        }
        o.text("limits", limits.map(Limits::name), "no limits");
    })
}
