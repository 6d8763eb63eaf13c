//! Strata of chance in `results.json`: the rule, the strata, and the patients in none of them.

use serde_json::Value;

use super::{Object, object};
use crate::analysis::{Analysis, CutBy, ModelResult, Moves, StrataRule, Stratum};
use crate::base::text::Lang;
use crate::report::words;

/// Puts in how the strata of a model were cut, what came of it, and who would move with another outcome.
pub(super) fn set(o: &mut Object, analysis: &Analysis, model: &ModelResult, lang: Lang) {
    let rule = analysis.settings.strata;
    o.set("strata_rule", of_rule(rule));
    o.set("strata", model.strata.iter().map(value).collect::<Vec<_>>());
    let apart = (!model.patients.is_empty()).then(|| value(&model.undetermined()));
    o.optional("undetermined", apart, "no patients in these results");
    let movement = analysis.movement.as_ref();
    let moves = movement.and_then(|movement| {
        let moves = movement.moves(rule, model)?;
        Some(of_moves(&words::rule(&movement.rule, lang), &moves))
    });
    o.optional("movement", moves, "not asked for");
}

fn of_moves(rule: &str, moves: &Moves) -> Value {
    let names = |strata: &[Stratum]| -> Vec<String> {
        strata.iter().map(|stratum| stratum.name.clone()).collect()
    };
    object(|o| {
        o.set("definition", rule);
        o.set("n", moves.n);
        o.set("n_changed", moves.n_changed);
        o.set("n_relabelled", moves.n_relabelled);
        o.set("from", names(&moves.from));
        o.set("to", names(&moves.to));
        o.set("counts", moves.counts.clone());
    })
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
