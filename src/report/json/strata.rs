//! Strata of chance in `results.json`: the rule, the strata, and the patients in none of them.

use serde_json::Value;

use super::{Object, object};
use crate::analysis::{CutBy, ModelResult, StrataRule, Stratum};

/// Puts in how the strata of a model were cut, and what came of it.
pub(super) fn set(o: &mut Object, rule: StrataRule, model: &ModelResult) {
    o.set("strata_rule", of_rule(rule));
    o.set("strata", model.strata.iter().map(value).collect::<Vec<_>>());
    let apart = (!model.patients.is_empty()).then(|| value(&model.undetermined()));
    o.optional("undetermined", apart, "no patients in these results");
}

fn of_rule(rule: StrataRule) -> Value {
    object(|o| match rule.by {
        CutBy::Hand => o.set("by", "hand"),
        CutBy::Quantiles(n) => {
            o.set("by", "quantiles");
            o.set("n_parts", n);
        }
        CutBy::Threshold(at) => {
            o.set("by", "threshold");
            o.number("threshold", Some(at), "");
        }
    })
}

fn value(stratum: &Stratum) -> Value {
    object(|o| {
        o.set("name", stratum.name.as_str());
        o.number("from", Some(stratum.from), "");
        o.number("to", Some(stratum.to), "");
        o.set("n", stratum.n);
        o.set("n_events", stratum.n_events);
        let observed = stratum.observed.map(|interval| {
            object(|o| {
                o.number("estimate", Some(interval.estimate), "");
                o.limits(
                    ("ci_low", "ci_high"),
                    Some((interval.low, interval.high)),
                    "",
                );
            })
        });
        o.optional("observed", observed, "nobody in this stratum");
        o.number("mean_risk", stratum.mean_risk, "nobody in this stratum");
    })
}
