//! The comparison of learners in `results.json`.

use serde_json::Value;

use super::{Object, object};
use crate::analysis::{Analysis, Compared, Contender, Difference, Standing};
use crate::base::text::Lang;

/// The models in the order in which they are shown; differences are a model's figure less that of the first named one.
pub(super) fn set(root: &mut Object, analysis: &Analysis, lang: Lang) {
    let value = analysis.comparison.as_ref().map(|comparison| {
        object(|o| {
            o.set("first", comparison.first.name());
            o.set("n_folds", comparison.n_folds);
            o.set("interval", "corrected resampled t (Nadeau and Bengio 2003)");
            let models = comparison.models.iter();
            let models = models.map(|one| model(one, one.model == comparison.first, lang));
            o.set("models", models.collect::<Vec<_>>());
        })
    });
    root.optional("comparison", value, "not asked for");
}

fn model(one: &Compared, is_first: bool, lang: Lang) -> Value {
    let reason = "no fold with both classes and a fit that worked";
    let no_difference = if is_first {
        "the model that the others are held against"
    } else {
        "fewer than two folds that both models were judged in"
    };
    object(|o| {
        o.set("model", one.model.name());
        o.set(
            "kind",
            match one.model {
                Contender::Learner(_) => "learner",
                Contender::Challenger(_) => "challenger",
            },
        );
        o.set(
            "standing",
            match one.standing {
                Standing::Better => "better",
                Standing::Alike => "alike",
                Standing::Worse => "worse",
                Standing::Unknown => "unknown",
            },
        );
        o.number("auc", one.auc, reason);
        o.number("brier", one.brier, "no fit worked");
        o.number("log_loss", one.log_loss, "no fit worked");
        let slope = one.calibration_slope;
        o.number("calibration_slope", slope, "equal or separating chances");
        let differences = [
            ("auc_difference", &one.auc_difference),
            ("brier_difference", &one.brier_difference),
            ("log_loss_difference", &one.log_loss_difference),
        ];
        for (name, found) in differences {
            o.optional(name, found.as_ref().map(difference), no_difference);
        }
        o.set("n_failed", one.n_failed);
        let failure = one.failure.as_ref().map(|issue| lang.issue(issue));
        o.text("failure", failure.as_deref(), "no fit failed");
    })
}

fn difference(found: &Difference) -> Value {
    object(|o| {
        o.number("estimate", Some(found.estimate), "");
        o.limits(("ci_low", "ci_high"), Some((found.low, found.high)), "");
    })
}
