//! Responder profiles in `results.json`.

use serde_json::{Value, json};

use super::{Object, object};
use crate::analysis::{Analysis, Limit, Profile, ProfileMethod, ProfileWay, Trait, Verdict};
use crate::base::text::Lang;
use crate::report::profiles::profile_name;

/// One entry a way of looking; patients are named by their positions in `models[0].patients`.
pub(super) fn set(root: &mut Object, analysis: &Analysis, lang: Lang) {
    let value = analysis.profiles.as_ref().map(|profiles| {
        object(|o| {
            o.set("use", "description only");
            o.set("cluster_measures", profiles.measures.clone());
            let ways = profiles.ways.iter();
            let ways = ways.map(|one| way(analysis, one, lang));
            o.set("methods", ways.collect::<Vec<_>>());
        })
    });
    root.optional("profiles", value, "not asked for");
}

fn way(analysis: &Analysis, way: &ProfileWay, lang: Lang) -> Value {
    let (score, verdict) = (
        match way.method {
            ProfileMethod::Tree => "lift in unseen patients",
            ProfileMethod::FrequentBox | ProfileMethod::RareBox => "phi",
            ProfileMethod::KMeans(_) | ProfileMethod::Mixture(_) => "mean bootstrap Jaccard",
        },
        match way.verdict {
            Verdict::Kept => "kept",
            Verdict::Reached => "reached by a cohort without profiles",
            Verdict::Outdone => "another number of clusters is more stable",
            Verdict::Repeated => "the same clusters as k-means",
            Verdict::Nothing => "found nothing",
            Verdict::NotPossible => "not possible",
        },
    );
    object(|o| {
        o.set("method", way.method.name());
        let k = way.method.n_clusters().map(Value::from);
        o.optional("n_clusters", k, "not a method of clusters");
        o.set("verdict", verdict);
        o.set("score_is", score);
        let reason = "nothing was found to judge";
        o.number("score", way.score, reason);
        o.number(
            "held_out_lift",
            way.lift,
            "not kept, or the outcome was not used",
        );
        o.number("adjusted_rand", way.adjusted_rand, "clusters only");
        let null = |o: &mut Object| {
            o.set("n", way.n_null);
            o.set("n_reached", way.n_reached);
            o.number("highest", way.highest, reason);
            o.number("percentile_95", way.percentile_95, reason);
        };
        o.set("null", object(null));
        let profiles = way.profiles.iter();
        let profiles = profiles.map(|one| profile(analysis, one, lang));
        o.set("profiles", profiles.collect::<Vec<_>>());
    })
}

fn profile(analysis: &Analysis, profile: &Profile, lang: Lang) -> Value {
    object(|o| {
        o.set("name", profile_name(analysis, profile, lang));
        o.set(
            "limits",
            profile.limits.iter().map(limit).collect::<Vec<_>>(),
        );
        o.set("n", profile.n);
        o.set("n_events", profile.n_events);
        let observed = profile.observed.map(
            |found| json!({"estimate": found.estimate, "ci_low": found.low, "ci_high": found.high}),
        );
        o.optional("observed", observed, "nobody");
        o.number(
            "cross_fitted",
            profile.cross_fitted,
            "the outcome was not used",
        );
        o.number("mean_risk", profile.mean_risk, "no model");
        o.set("jaccard", profile.jaccard);
        let first = analysis.models.first();
        let typical = first.and_then(|model| model.patients.get(profile.typical));
        let typical = typical.map(|patient| patient.id.as_str());
        o.text("typical_patient", typical, "no model");
        o.set(
            "fingerprint",
            profile.fingerprint.iter().map(a_trait).collect::<Vec<_>>(),
        );
        o.set("members", profile.members.clone());
        o.set("certainty", profile.certainty.clone());
    })
}

fn limit(limit: &Limit) -> Value {
    object(|o| {
        o.set("variable", limit.variable.as_str());
        if let Some(level) = &limit.level {
            o.set("level", level.as_str());
            o.set("has_level", limit.at_least.is_some());
        } else {
            o.number("at_least", limit.at_least, "no lower limit");
            o.number("below", limit.below, "no upper limit");
        }
    })
}

fn a_trait(one: &Trait) -> Value {
    object(|o| {
        o.set("variable", one.variable.as_str());
        if let Some(level) = &one.level {
            o.set("level", level.as_str());
        }
        o.number("mean_in", Some(one.mean_in), "");
        o.number("mean_out", Some(one.mean_out), "");
        o.number("difference_sd", Some(one.difference), "");
    })
}
