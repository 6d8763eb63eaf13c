//! Where a patient stands among the others, in `results.json`.

use serde_json::Value;

use crate::analysis::{Beside, ModelResult, PatientResult};
use crate::report::json::{Object, object};

/// Adds it to a patient of a model.
pub(super) fn set(o: &mut Object, model: &ModelResult, patient: &PatientResult) {
    let beside = |found: Beside| {
        object(|o| {
            o.number("value", Some(found.value), "");
            o.number("limit", Some(found.limit), "");
        })
    };
    let found = patient.domain_check.as_ref().map(|check| {
        let too_few = "fewer than five patients for each column";
        object(|o| {
            o.optional("distance", check.distance.map(beside), too_few);
            let not_linear = "no logistic model, or fewer than five patients for each column";
            o.optional("leverage", check.leverage.map(beside), not_linear);
            let nearest = check.nearest.iter().filter_map(|near| {
                let other = model.patients.get(near.patient)?;
                Some(object(|o| {
                    o.set("id", other.id.as_str());
                    o.number("distance", Some(near.distance), "");
                }))
            });
            o.set("nearest", nearest.collect::<Vec<Value>>());
        })
    });
    o.optional("domain_check", found, "a result of an older program");
}
