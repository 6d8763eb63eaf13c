//! Who has a chance within a range, and how many of them responded.

use crate::analysis::ModelResult;
use crate::base::num::{mean, wilson};
use crate::base::text::Lang;
use crate::report::figures::outcome_word;
use crate::report::words;

/// The patients of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Within {
    /// How many there are, how many responded, and what the model said of them.
    pub sentence: String,
    /// Position and words of each: pseudonym, chance with its spread, outcome; the highest chance first.
    pub patients: Vec<(usize, [String; 3])>,
}

/// The patients whose chance lies in `[low, high]`.
pub fn within(model: &ModelResult, (low, high): (f64, f64), lang: Lang) -> Within {
    let members = model.patients.iter().enumerate();
    let mut members: Vec<_> = members
        .filter(|(_, patient)| (low..=high).contains(&patient.risk))
        .collect();
    members.sort_by(|(_, a), (_, b)| b.risk.total_cmp(&a.risk));
    let n_events = members
        .iter()
        .filter(|(_, patient)| patient.observed)
        .count();
    let risks: Vec<f64> = members.iter().map(|(_, patient)| patient.risk).collect();
    let range = lang.percent_range(low, high);
    let sentence = match (wilson(n_events, members.len()), mean(&risks)) {
        (Some(rate), Some(mean)) => lang.with(
            "within-words",
            &[
                ("range", range.into()),
                ("n", members.len().into()),
                ("events", n_events.into()),
                ("rate", lang.percent(rate.estimate).into()),
                ("limits", lang.percent_range(rate.low, rate.high).into()),
                ("mean", lang.percent(mean).into()),
            ],
        ),
        _ => lang.with("within-nobody", &[("range", range.into())]),
    };
    let patients = members.into_iter().map(|(at, patient)| {
        let outcome = outcome_word(patient.observed, lang);
        (
            at,
            [patient.id.clone(), words::chance(patient, lang), outcome],
        )
    });
    Within {
        sentence,
        patients: patients.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn everyone_lies_between_0_and_1_and_a_range_holds_its_own() {
        let analysis = fixture::analysis();
        let model = &analysis.models[0];
        for lang in Lang::ALL {
            let all = within(model, (0.0, 1.0), lang);
            assert_eq!(all.patients.len(), model.patients.len());
            let some = within(model, (0.4, 0.6), lang);
            assert!(some.patients.len() < all.patients.len());
            let risk = |(at, _): &(usize, [String; 3])| model.patients[*at].risk;
            assert!(
                some.patients
                    .iter()
                    .all(|one| (0.4..=0.6).contains(&risk(one)))
            );
            assert!(all.patients.is_sorted_by(|a, b| risk(a) >= risk(b)));
            let none = within(model, (0.0001, 0.0002), lang);
            assert!(none.patients.is_empty());
            assert!(
                ![all, some, none]
                    .iter()
                    .any(|one| one.sentence.contains('⟦'))
            );
        }
    }
}
