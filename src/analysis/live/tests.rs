//! The live model beside the analysis.

use super::*;
use crate::analysis::{Analysis, ForestSettings, Gaps, ImputeParams, MissingPlan, run};
use crate::base::num::linear_predictor_from_risk;

fn cohort() -> Cohort {
    let sample = crate::simulate::simulated("multicentre");
    sample.expect("the shipped sample").cohort()
}

fn settings(learner: Learner, missing: MissingPlan) -> Settings {
    let names = ["age", "odi", "pcs", "sex", "work_status"].map(str::to_owned);
    let known = cohort();
    let names = names
        .into_iter()
        .filter(|name| known.variable(name).is_some());
    let mut settings = Settings {
        learners: vec![learner],
        predictors: Some(names.collect()),
        missing,
        forest: ForestSettings {
            n_trees: 60,
            ..ForestSettings::default()
        },
        ..Settings::default()
    };
    (settings.plan.n_folds, settings.plan.n_repeats) = (4, 2);
    (settings.plan.n_bootstraps, settings.plan.n_half_samples) = (20, 20);
    settings
}

const MULTIPLE: MissingPlan = MissingPlan::Multiple(ImputeParams {
    n_imputations: 4,
    n_iterations: 3,
    visit: crate::analysis::Visit::FewestFirst,
});

fn both(settings: &Settings) -> (Analysis, Live) {
    let (cohort, task) = (cohort(), TaskHandle::unattended());
    let analysis = run(&cohort, settings, "now", &task).expect("results");
    let task = TaskHandle::unattended();
    let live = Live::prepare(&cohort, settings, settings.learners[0], &task).expect("a model");
    let progress = task.progress();
    assert_eq!(progress.n_done, progress.n_total);
    (analysis, live)
}

/// Some patients without a gap and some with.
fn some(live: &Live) -> Vec<usize> {
    let n = live.sample.n_rows();
    let has_gap = |row: &usize| live.sample.gaps(*row).contains(&true);
    let with = (0..n).filter(has_gap).step_by(3).take(6);
    let without = (0..n).filter(|row| !has_gap(row)).take(4);
    with.chain(without).collect()
}

fn sum(found: &Assessment) -> f64 {
    found.base_value + found.contributions.iter().map(|one| one.value).sum::<f64>()
}

#[test]
fn a_member_with_the_values_on_record_gets_the_figures_of_the_analysis() {
    let keeping = |settings: Settings| Settings {
        forest: ForestSettings {
            gaps: Gaps::BetterSide,
            ..settings.forest
        },
        ..settings
    };
    for settings in [
        settings(Learner::Ridge, MissingPlan::Single),
        settings(Learner::Logistic, MULTIPLE),
        settings(Learner::Forest, MissingPlan::Single),
        settings(Learner::Forest, MULTIPLE),
        keeping(settings(Learner::Forest, MissingPlan::Single)),
    ] {
        let (analysis, live) = both(&settings);
        let patients = &analysis.models[0].patients;
        let rows = some(&live);
        assert!(rows.len() == 10);
        for at in rows {
            let (patient, values) = (&patients[at], live.recorded(at).expect("a patient"));
            let found = live.assess(Who::Member(at), &values).expect("an answer");
            let chance = found.chance;
            for (ours, theirs) in [
                (chance.risk, patient.risk),
                (chance.low, patient.low),
                (chance.high, patient.high),
                (found.base_value, patient.base_value),
            ] {
                assert!(
                    (ours - theirs).abs() < 1e-12,
                    "{settings:?} {at} {ours} {theirs}"
                );
            }
            for (ours, theirs) in found.contributions.iter().zip(&patient.contributions) {
                assert!((ours.value - theirs).abs() < 1e-12);
                assert!(
                    ours.same_sign
                        .is_none_or(|share| (0.0..=1.0).contains(&share))
                );
            }
            assert_eq!(chance.source, patient.source);
            assert_eq!(found.gaps_alone, patient.gaps_alone);
            let check = patient.domain_check.as_ref().expect("a check");
            assert_eq!(&found.domain_check, check);
            let outside: Vec<&String> = found
                .outside
                .iter()
                .map(|&j| &live.predictors()[j].name)
                .collect();
            assert_eq!(outside, patient.outside.iter().collect::<Vec<_>>());
            let n_unseen = live.halves.iter().filter(|kept| !kept.saw[at]).count();
            assert_eq!(chance.n_refits, n_unseen);
        }
    }
}

#[test]
fn someone_new_gets_the_final_model_and_reasons_that_add_up_whatever_is_missing() {
    for settings in [
        settings(Learner::Ridge, MULTIPLE),
        settings(Learner::Forest, MULTIPLE),
        settings(Learner::Forest, MissingPlan::Single),
    ] {
        let task = TaskHandle::unattended();
        let live = Live::prepare(&cohort(), &settings, settings.learners[0], &task);
        let live = live.expect("a model");
        let k = live.predictors().len();
        let known = live.recorded(some(&live)[9]).expect("a patient").recorded;
        // All patterns of missing values, most of which nobody has.
        for pattern in 0..1_usize << k {
            let of = |at: usize| {
                if pattern >> at & 1 == 1 {
                    f64::NAN
                } else {
                    known[at]
                }
            };
            let values = Values::new((0..k).map(of).collect());
            let found = live.assess(Who::New, &values).expect("an answer");
            let chance = found.chance;
            assert_eq!(
                (chance.source, chance.n_refits),
                (RiskSource::NewPatient, 20)
            );
            assert!(chance.low <= chance.risk && chance.risk <= chance.high);
            let scale = match live.learner() {
                Learner::Forest => chance.risk,
                _ => linear_predictor_from_risk(chance.risk),
            };
            assert!((sum(&found) - scale).abs() < 1e-9);
            let n_missing = pattern.count_ones() as usize;
            assert_eq!(found.filled.len(), n_missing);
            assert_eq!(chance.between > 0.0, n_missing > 0, "{pattern}");
            // The final model, asked directly.
            let whole = &live.whole.fitted;
            let direct = whole.predict_rows(&whole.rows_of(person(&values.current(), &values)));
            assert!((direct.risks[0] - chance.risk).abs() < 1e-12);
        }
    }
}

#[test]
fn a_moved_value_gives_what_the_same_value_on_record_gives_and_moves_back() {
    let settings = settings(Learner::Forest, MULTIPLE);
    let task = TaskHandle::unattended();
    let live = Live::prepare(&cohort(), &settings, Learner::Forest, &task).expect("a model");
    let full = *some(&live).last().expect("a patient");
    let own = live.recorded(full).expect("a patient");
    let before = live.assess(Who::Member(full), &own).expect("an answer");
    // Without another gap nothing is drawn: supposed and recorded say the same.
    let mut supposed = own.clone();
    supposed.supposed[1] = Some(12.0);
    let mut recorded = own.clone();
    recorded.recorded[1] = 12.0;
    let who = Who::Member(full);
    let (a, b) = (live.assess(who, &supposed), live.assess(who, &recorded));
    assert_eq!(a.expect("an answer"), b.expect("an answer"));
    assert_eq!(live.assess(who, &own).expect("an answer"), before);
    // A member is never shown what a fit says that has seen the member.
    let someone = live.assess(Who::New, &own).expect("an answer");
    assert_ne!(someone.chance.risk, before.chance.risk);
    assert_eq!(before.domain_check.nearest.len(), 10);
    assert!(
        before
            .domain_check
            .nearest
            .iter()
            .all(|near| near.patient != full)
    );
    assert_eq!(someone.domain_check.nearest[0].patient, full);
}

#[test]
fn what_can_not_be_a_value_is_refused_with_its_predictor() {
    let settings = settings(Learner::Ridge, MissingPlan::Single);
    let task = TaskHandle::unattended();
    let live = Live::prepare(&cohort(), &settings, Learner::Ridge, &task).expect("a model");
    let own = live.recorded(0).expect("a patient");
    let refused = |who, values: &Values| live.chance(who, values).expect_err("refused").issue();
    let level = live
        .predictors()
        .iter()
        .position(|p| p.kind != Kind::Numeric);
    let level = level.expect("a predictor of levels");
    for (at, value) in [
        (0, f64::INFINITY),
        (level, 99.0),
        (level, 0.5),
        (level, -1.0),
    ] {
        let mut wrong = own.clone();
        wrong.supposed[at] = Some(value);
        let issue = refused(Who::New, &wrong);
        assert_eq!(issue.code, "live-not-a-value");
        assert_eq!(
            issue.place.column.as_ref(),
            Some(&live.predictors()[at].name)
        );
    }
    assert_eq!(
        refused(Who::New, &Values::new(vec![1.0])).code,
        "live-values"
    );
    assert_eq!(refused(Who::Member(99_999), &own).code, "live-nobody");
    assert!(live.recorded(99_999).is_none());
    let task = TaskHandle::unattended();
    task.cancel();
    let stopped = Live::prepare(&cohort(), &settings, Learner::Ridge, &task);
    assert_eq!(stopped.err(), Some(Failure::Cancelled));
}

#[test]
fn knowing_a_value_is_worth_what_the_spread_is_narrower_by() {
    for settings in [
        settings(Learner::Ridge, MULTIPLE),
        settings(Learner::Forest, MissingPlan::Single),
    ] {
        let task = TaskHandle::unattended();
        let live = Live::prepare(&cohort(), &settings, settings.learners[0], &task);
        let live = live.expect("a model");
        let mut values = live
            .recorded(*some(&live).last().expect("a patient"))
            .expect("one");
        (values.recorded[1], values.recorded[3]) = (f64::NAN, f64::NAN);
        let task = TaskHandle::unattended();
        let found = live.worth(Who::New, &values, &task).expect("an answer");
        assert_eq!(found.len(), 2);
        assert!(found[0].width_known <= found[1].width_known);
        let of = |at: usize| {
            found
                .iter()
                .find(|one| one.predictor == at)
                .expect("missing")
        };
        assert!(of(1).low < of(1).high);
        let now = live.chance(Who::New, &values).expect("an answer");
        assert!((of(1).width - (now.high - now.low)).abs() < 1e-15);
        // By hand: the mean over what the number may be.
        let plausible = live.plausible(1, &{
            let whole = &live.whole.fitted;
            let of_person = whole.completions(person(&values.current(), &values));
            of_person.iter().map(|one| one[1]).collect::<Vec<_>>()
        });
        let widths = plausible.iter().map(|(value, share)| {
            let mut known = values.clone();
            known.supposed[1] = Some(*value);
            let chance = live.chance(Who::New, &known).expect("an answer");
            share * (chance.high - chance.low)
        });
        assert!((of(1).width_known - widths.sum::<f64>()).abs() < 1e-12);
        let shares: f64 = live.plausible(3, &[]).iter().map(|(_, share)| share).sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }
}

#[test]
fn the_less_is_known_of_someone_new_the_wider_the_spread_and_of_nobody_it_is_that_of_the_cohort() {
    for learner in [Learner::Ridge, Learner::Forest] {
        let (_, live) = both(&settings(learner, MissingPlan::Single));
        let n = live.sample.n_rows();
        let full = (0..n).find(|&row| !live.sample.gaps(row).contains(&true));
        let known = live
            .recorded(full.expect("someone without gaps"))
            .expect("values");
        let widths: Vec<f64> = (0..=known.recorded.len())
            .map(|n_lost| {
                let mut values = known.clone();
                values.recorded[..n_lost].fill(f64::NAN);
                let chance = live.chance(Who::New, &values).expect("an answer");
                assert_eq!(chance.between > 0.0, n_lost > 0);
                linear_predictor_from_risk(chance.high) - linear_predictor_from_risk(chance.low)
            })
            .collect();
        assert!(widths[widths.len() - 1] > 1.3 * widths[0], "{widths:?}");
        // With nothing known the donors are the whole story: their log-odds, each as someone new.
        let nothing = Values::new(vec![f64::NAN; known.recorded.len()]);
        let spread = live.chance(Who::New, &nothing).expect("an answer").between;
        let of_all: Vec<f64> = (0..n)
            .filter(|&row| !live.sample.gaps(row).contains(&true))
            .map(|row| {
                let values = live.recorded(row).expect("values");
                let chance = live.chance(Who::New, &values).expect("an answer");
                linear_predictor_from_risk(chance.risk)
            })
            .collect();
        let truth = crate::base::num::sd(&of_all).expect("many");
        assert!(
            (spread / truth - 1.0).abs() < 0.35,
            "{spread} beside {truth}"
        );
    }
}
