//! What the models make of their predictors, in `results.json`.

use serde_json::Value;

use super::{Object, object};
use crate::analysis::{Analysis, Effect, Interaction, ModelEffects, Nomogram, Swarm};

/// One entry a model, in the order of the models.
pub(super) fn set(root: &mut Object, analysis: &Analysis) {
    let found = !analysis.effects.is_empty();
    let value = found.then(|| analysis.effects.iter().map(of_model).collect());
    root.optional("effects", value, "not asked for");
}

fn of_model(found: &ModelEffects) -> Value {
    object(|o| {
        o.set("learner", found.learner.name());
        let predictors = found
            .effects
            .iter()
            .map(|one| effect(&one.variable, &one.effect));
        o.set("predictors", predictors.collect::<Vec<_>>());
        let pairs = found.interactions.iter().map(interaction);
        o.set("interactions", pairs.collect::<Vec<_>>());
        o.set("swarms", found.swarms.iter().map(swarm).collect::<Vec<_>>());
        let reason = "a forest, or a model with interactions";
        o.optional("nomogram", found.nomogram.as_ref().map(nomogram), reason);
    })
}

fn effect(variable: &str, effect: &Effect) -> Value {
    object(|o| {
        o.set("variable", variable);
        o.set("grid", effect.grid.clone());
        o.set("partial_dependence", effect.partial.clone());
        o.set("lines", effect.lines.clone());
        let local = effect.local.iter().map(|(value, effect)| {
            object(|o| {
                o.number("value", Some(*value), "");
                o.number("effect", Some(*effect), "");
            })
        });
        let local = (!effect.local.is_empty()).then(|| local.collect());
        o.optional(
            "local_effects",
            local,
            "levels without an order, or one value",
        );
    })
}

fn interaction(pair: &Interaction) -> Value {
    object(|o| {
        o.set("variables", vec![pair.first.clone(), pair.second.clone()]);
        o.number("h", pair.strength, "the chance does not vary with the two");
        o.number(
            "without_interactions",
            pair.without,
            "no such forest could be grown",
        );
    })
}

fn swarm(swarm: &Swarm) -> Value {
    object(|o| {
        o.set("variable", swarm.variable.as_str());
        let points = swarm.points.iter().map(|point| {
            object(|o| {
                o.number("contribution", Some(point.contribution), "");
                o.number("rank", point.rank, "not known, or levels without an order");
            })
        });
        o.set("points", points.collect::<Vec<_>>());
    })
}

fn nomogram(found: &Nomogram) -> Value {
    object(|o| {
        let scales = found.scales.iter().map(|scale| {
            object(|o| {
                o.set("variable", scale.variable.as_str());
                let points = scale.points.iter().map(|(value, points)| {
                    object(|o| {
                        o.number("value", *value, "not known");
                        o.number("points", Some(*points), "");
                    })
                });
                o.set("points", points.collect::<Vec<_>>());
            })
        });
        o.set("scales", scales.collect::<Vec<_>>());
        let chances = found.chances.iter().map(|(points, chance)| {
            object(|o| {
                o.number("points", Some(*points), "");
                o.number("chance", Some(*chance), "");
            })
        });
        o.set("chances", chances.collect::<Vec<_>>());
    })
}
