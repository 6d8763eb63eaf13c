//! Groups of patients in `results.json`.

use serde_json::{Value, json};

use super::object;
use crate::analysis::{Analysis, LEAST_EVENTS, Shared, Subgroup, SubgroupFigures};

/// One entry a group, from the out-of-fold or out-of-bag chances of each model.
pub(super) fn subgroups(analysis: &Analysis) -> Vec<Value> {
    let groups = analysis.subgroups.iter();
    groups.map(|group| value(analysis, group)).collect()
}

fn value(analysis: &Analysis, group: &Subgroup) -> Value {
    object(|o| {
        o.set("variable", group.variable.as_str());
        match &group.shared {
            Shared::Level(level) => o.set("level", level.as_str()),
            Shared::Ages(from, below) => o.set(
                "ages",
                json!({"from": from.unwrap_or(0), "below": below.unwrap_or(200)}),
            ),
            Shared::Unknown => o.text("level", None, "not known of these patients"),
        }
        o.set("n", group.n);
        o.set("n_events", group.n_events);
        let models = group.models.iter().map(|one| {
            let mut models = analysis.models.iter();
            let model = models.find(|model| model.learner == one.learner);
            figures(one, model.map(|model| model.cuts().lowest()))
        });
        let reason = format!("fewer than {LEAST_EVENTS} responders or as many others");
        let shown = (!group.models.is_empty()).then(|| Value::Array(models.collect()));
        o.optional("models", shown, &reason);
    })
}

fn figures(one: &SubgroupFigures, cut: Option<f64>) -> Value {
    object(|o| {
        o.set("learner", one.learner.name());
        o.number("auc", one.auc, "one class");
        o.number("oe_ratio", one.oe_ratio, "none expected");
        o.number(
            "calibration_intercept",
            one.calibration_intercept,
            "one class",
        );
        let reason = "equal or separating chances";
        o.number("calibration_slope", one.calibration_slope, reason);
        o.number("threshold", cut, "no such model");
        o.number("net_benefit", Some(one.net_benefit), "");
    })
}
