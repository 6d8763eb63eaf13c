//! Everything of a result that hangs on the cut points: it follows from chances, spreads and outcomes alone, so that
//! other cut points need no other training.
//!
//! A training and a later cut go the same way, so the two can't differ.

use crate::analysis::differences::differences;
use crate::analysis::subgroups;
use crate::analysis::{Analysis, ModelResult, PatientResult, StrataRule};
use crate::base::issue::Failure;
use crate::stratify::{Cuts, Placed, Stratum, strata, undetermined};
use crate::validate::curves::proportions;

impl ModelResult {
    /// The cut points of this model's strata.
    pub fn cuts(&self) -> Cuts {
        Cuts::between(&self.strata)
    }

    /// The patients whose spread crosses a cut, counted as the strata are.
    pub fn undetermined(&self) -> Stratum {
        undetermined(&placed(self))
    }
}

fn placed(model: &ModelResult) -> Vec<Placed> {
    model.patients.iter().map(PatientResult::placed).collect()
}

/// Cuts the strata of a model: its patients', its classification at the cuts, how unstable it is there.
pub(super) fn cut(model: &mut ModelResult, rule: StrataRule) {
    let risks: Vec<f64> = model.patients.iter().map(|patient| patient.risk).collect();
    let y: Vec<bool> = model.patients.iter().map(|one| one.observed).collect();
    let cuts = rule.cuts(&risks);
    for patient in &mut model.patients {
        patient.stratum = cuts.stratum_of(patient.low, patient.high);
    }
    model.strata = strata(&cuts, &placed(model));
    let at = cuts.at().iter();
    model.thresholds = at.map(|cut| proportions(&risks, &y, *cut)).collect();
    let stability = &mut model.stability;
    let at = cuts.at().iter();
    stability.classification_instability = at
        .filter_map(|cut| Some((*cut, at_per_cent(&stability.by_percent, *cut)?)))
        .collect();
}

/// A share that is known at 1, 2, … 99 %, at a chance: between two whole per cents on the straight line between them.
/// `None` where it is not known.
fn at_per_cent(known: &[f64], chance: f64) -> Option<f64> {
    let place = 100.0 * chance - 1.0;
    // What is a whole per cent but for rounding is one.
    let place = if (place - place.round()).abs() < 1e-9 {
        place.round()
    } else {
        place
    };
    let below = place.floor().max(0.0);
    let low = known.get(below as usize)?;
    let high = known.get(below as usize + 1).unwrap_or(low);
    Some(low + (place - below).clamp(0.0, 1.0) * (high - low))
}

/// The same results with their strata cut by another rule, as if they had been trained with it.
///
/// Fails where no cut points follow from the rule (see [`StrataRule::trouble`]), and where the results hold no patients.
/// Groups of patients of a result of an older program are left out: it does not know who is in them.
pub fn recut(analysis: &Analysis, rule: StrataRule) -> Result<Analysis, Failure> {
    if let Some(code) = rule.trouble() {
        return Err(Failure::new(code));
    }
    if analysis
        .models
        .iter()
        .any(|model| model.patients.is_empty())
    {
        return Err(Failure::new("strata-without-patients"));
    }
    let mut new = analysis.clone();
    new.settings.strata = rule;
    for model in &mut new.models {
        cut(model, rule);
    }
    if !new.differences.is_empty() {
        new.differences = differences(&new.models);
    }
    subgroups::cut(&mut new.subgroups, &new.models);
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CutBy, Settings, fixture, run};
    use crate::base::task::TaskHandle;
    use crate::recipe::Learner;
    use crate::validate::Plan;

    fn rule(by: CutBy) -> StrataRule {
        StrataRule {
            by,
            ..StrataRule::default()
        }
    }

    #[test]
    fn other_cut_points_give_what_a_training_with_them_gives() {
        let cohort = crate::simulate::simulated("multicentre").expect("a sample");
        let cohort = cohort.cohort();
        let settings = |strata| Settings {
            learners: vec![Learner::Ridge, Learner::Logistic],
            predictors: Some(["age", "odi", "pcs"].map(str::to_owned).to_vec()),
            plan: Plan {
                n_bootstraps: 20,
                n_folds: 4,
                n_repeats: 1,
                n_half_samples: 20,
                ..Plan::default()
            },
            strata,
            ..Settings::default()
        };
        let trained = |strata| {
            let task = TaskHandle::unattended();
            run(&cohort, &settings(strata), "now", &task).expect("results")
        };
        let by_hand = trained(StrataRule::default());
        for by in [CutBy::Quantiles(3), CutBy::Threshold(0.37)] {
            let wanted = trained(rule(by));
            let found = recut(&by_hand, rule(by)).expect("patients");
            assert_eq!(found, wanted, "{by:?}");
            assert_ne!(found.models[0].strata, by_hand.models[0].strata);
        }
    }

    #[test]
    fn every_patient_is_in_one_stratum_or_undetermined_whatever_the_rule() {
        let analysis = fixture::analysis();
        for by in [CutBy::Hand, CutBy::Quantiles(4), CutBy::Threshold(0.5)] {
            let cut = recut(&analysis, rule(by)).expect("patients");
            for model in &cut.models {
                let n: usize = model.strata.iter().map(|stratum| stratum.n).sum();
                assert_eq!(n + model.undetermined().n, model.patients.len(), "{by:?}");
                assert_eq!(model.strata.len(), model.cuts().at().len() + 1);
                assert_eq!(model.thresholds.len(), model.cuts().at().len());
            }
        }
    }

    #[test]
    fn without_patients_or_with_an_impossible_rule_nothing_is_cut() {
        let mut analysis = fixture::analysis();
        let refused = recut(&analysis, rule(CutBy::Quantiles(1)));
        let code = |found: Result<Analysis, Failure>| found.expect_err("refused").issue().code;
        assert_eq!(code(refused), "strata-parts-out-of-range");
        for model in &mut analysis.models {
            model.patients.clear();
        }
        let refused = recut(&analysis, rule(CutBy::Quantiles(3)));
        assert_eq!(code(refused), "strata-without-patients");
    }

    #[test]
    fn instability_is_exact_at_whole_per_cents_and_on_the_line_between() {
        let known: Vec<f64> = (1..100).map(|percent| f64::from(percent) / 200.0).collect();
        let near = |chance, wanted: f64| {
            let found = at_per_cent(&known, chance).expect("known");
            assert!((found - wanted).abs() < 1e-12, "{chance}: {found}");
        };
        near(0.29, 0.145);
        near(0.425, 0.2125);
        near(0.999, 0.495);
        assert_eq!(at_per_cent(&[], 0.4), None);
    }
}
