//! Every preset with a patient worked out by hand; windows, explants, deaths and losses; and the chart, whose
//! counts add up on any cohort.

use proptest::prelude::{
    Just, Strategy as _, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

use crate::base::issue::Issue;
use crate::cohort::{Cohort, Derived, Kind, Origin, Source, Timing, Variable};
use crate::outcome::{
    Absent, Explanted, Fate, Measure, Moment, OutcomeParams, PRESETS, PgicDirection, Rule, Weight,
    compare, decide, example,
};
use crate::simulate::{SAMPLES, simulated};

const NAN: f64 = f64::NAN;

fn variable(name: &str, kind: Kind, concept: &str, timing: Timing) -> Variable {
    let mut variable = Variable::new(name, kind, Origin::default());
    variable.concept = Some(concept.to_owned());
    variable.timing = timing;
    variable
}

fn push(cohort: &mut Cohort, concept: &str, timing: Timing, values: &[f64]) {
    let name = format!("{concept} {timing:?}");
    let mut variable = variable(&name, Kind::Numeric, concept, timing);
    variable.range = Some((0.0, 100.0));
    cohort.push_numbers(variable, values).unwrap();
}

fn texts(cohort: &mut Cohort, kind: Kind, concept: &str, timing: Timing, values: &[&str]) {
    let name = format!("{concept} {timing:?}");
    let mut variable = variable(&name, kind, concept, timing);
    if kind != Kind::Date {
        variable.levels = ["Non", "Oui"].map(str::to_owned).to_vec();
    }
    let filled = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
    let values: Vec<Option<String>> = values.iter().map(filled).collect();
    cohort.push_texts(variable, &values).unwrap();
}

/// A cohort of these scores at baseline and at 12 months, one column a patient.
fn cohort(scores: &[(&str, &[f64], &[f64])]) -> Cohort {
    let n = scores.first().map_or(0, |(_, before, _)| before.len());
    let mut cohort = Cohort::new(Source::default(), n);
    for (concept, before, after) in scores {
        push(&mut cohort, concept, Timing::Baseline, before);
        push(&mut cohort, concept, Timing::After(12), after);
    }
    cohort
}

fn params(preset: &str) -> OutcomeParams {
    OutcomeParams {
        rule: Rule::preset(&format!("{preset}-12m")).unwrap(),
        ..OutcomeParams::default()
    }
}

/// Rows with their labels.
type Labels = Vec<(usize, bool)>;

/// Analysed rows and their labels; exclusions by reason.
fn judged(cohort: &Cohort, params: &OutcomeParams) -> (Labels, Vec<(String, usize)>) {
    let outcome = decide(cohort, params).unwrap_or_else(|e| panic!("{:?}", e.issue()));
    let labels = outcome.rows.into_iter().zip(outcome.y).collect();
    let out = outcome.exclusions.into_iter().map(|e| (e.reason, e.n));
    (labels, out.collect())
}

fn refused(cohort: &Cohort, params: &OutcomeParams) -> Issue {
    decide(cohort, params).expect_err("refused").issue()
}

#[test]
fn pain_by_site() {
    // Back halved (80 to 40), leg not (60 to 50): worst 80 to 50 is 37.5 %.
    let cohort = cohort(&[
        ("pain-back", &[80.0, 70.0], &[40.0, 70.0]),
        ("pain-leg", &[60.0, 80.0], &[50.0, 40.0]),
        ("pain-global", &[70.0, 60.0], &[48.0, 60.0]),
    ]);
    let label = |preset: &str| judged(&cohort, &params(preset)).0;
    assert_eq!(label("pain50-back"), [(0, true), (1, false)]);
    assert_eq!(label("pain50-leg"), [(0, false), (1, true)]);
    // 80 to 70 of the second is 12.5 %.
    assert_eq!(label("pain30"), [(0, true), (1, false)]);
    assert_eq!(
        label("pain30-global"),
        [(0, true), (1, false)],
        "22 of 70 is 31.4 %"
    );
    assert_eq!(
        refused(&cohort, &params("pain50")).code,
        "outcome-one-class"
    );
    assert_eq!(
        refused(&cohort, &params("pain50-global")).code,
        "outcome-one-class"
    );
}

#[test]
fn the_criteria_of_prediback_2_are_counted_and_the_missing_stay_open() {
    // 0: ODI 50 to 35 (30 %), EQ-5D 0.5 to 0.7, HADS 20 to 18.6: three met. Surface and pain are not.
    // 1: ODI 29.8 %, EQ-5D 0.19, HADS 1.3 not met; surface -30, pain half: two only.
    // 2: three met, surface missing: still a responder. 3: two met, surface missing: open, so lost.
    let mut cohort = cohort(&[
        ("odi", &[50.0, 50.0, 50.0, 50.0], &[35.0, 35.1, 35.0, 35.0]),
        ("eq5d", &[0.5, 0.5, 0.5, 0.5], &[0.7, 0.69, 0.7, 0.7]),
        ("hads-a", &[10.0, 10.0, 10.0, 10.0], &[9.0, 9.0, 9.0, 10.0]),
        ("hads-d", &[10.0, 10.0, 10.0, 10.0], &[9.6, 9.7, 9.6, 10.0]),
        (
            "pain-global",
            &[80.0, 80.0, 80.0, 80.0],
            &[41.0, 40.0, 41.0, 41.0],
        ),
    ]);
    let missing = refused(&cohort, &params("prediback2"));
    assert_eq!(missing.code, "outcome-missing-scores");
    push(&mut cohort, "pain-surface", Timing::Baseline, &[200.0; 4]);
    push(
        &mut cohort,
        "pain-surface",
        Timing::After(12),
        &[171.0, 170.0, NAN, NAN],
    );
    let (labels, out) = judged(&cohort, &params("prediback2"));
    assert_eq!(labels, [(0, true), (1, false), (2, true)]);
    assert_eq!(out, [("visit-incomplete".to_owned(), 1)]);
    let mut two = params("prediback2");
    if let Rule::Criteria { at_least, .. } = &mut two.rule {
        *at_least = 2;
    }
    assert_eq!(
        refused(&cohort, &two).code,
        "outcome-one-class",
        "all four have two"
    );
    if let Rule::Criteria { at_least, .. } = &mut two.rule {
        *at_least = 6;
    }
    assert_eq!(refused(&cohort, &two).code, "outcome-at-least");
}

#[test]
fn the_clinical_holistic_response_falls_by_points_or_by_per_cent() {
    // 0: 80 + 60 + (100 - 30) = 210 to 50 + 40 + 32.03 = 122.03: a fall of 87.97, 41.9 %.
    // 1: 210 to 122.1: 87.9 and 41.9 %: neither.
    // 2: 60 + 20 + 20 = 100 to 51.6: 48.4 points, 48.4 %.
    let cohort = cohort(&[
        (
            "pain-leg",
            &[80.0, 80.0, 60.0, NAN],
            &[50.0, 50.0, 30.0, 1.0],
        ),
        ("odi", &[60.0, 60.0, 20.0, 1.0], &[40.0, 40.0, 10.0, 1.0]),
        (
            "eq-vas",
            &[30.0, 30.0, 80.0, 1.0],
            &[67.97, 67.9, 88.4, 1.0],
        ),
    ]);
    let (labels, out) = judged(&cohort, &params("chr"));
    assert_eq!(labels, [(0, true), (1, false), (2, true)]);
    assert_eq!(out, [("no-baseline".to_owned(), 1)]);
    let example = example(&cohort, &params("chr")).unwrap();
    let (before, after) = example.total.unwrap();
    assert!((before - 210.0).abs() < 1e-9 && (after - 122.03).abs() < 1e-9);
}

#[test]
fn a_domain_counts_only_where_it_was_impaired() {
    // 0: pain 60 to 40 (20), ODI 20 not impaired and worse, EQ-5D 0.5 to 0.58: every impaired one met.
    // 1: the same with ODI 21, impaired, and worse: no. 2: nothing impaired.
    let cohort = cohort(&[
        ("pain-global", &[60.0, 60.0, 20.0], &[40.0, 40.0, 0.0]),
        ("odi", &[20.0, 21.0, 10.0], &[30.0, 30.0, 10.0]),
        ("eq5d", &[0.5, 0.5, 0.95], &[0.58, 0.58, 1.0]),
    ]);
    let (labels, out) = judged(&cohort, &params("holistic"));
    assert_eq!(labels, [(0, true), (1, false)]);
    assert_eq!(out, [("not-impaired".to_owned(), 1)]);
    let mut without_odi = params("holistic");
    for row in &mut without_odi.mcids {
        row.in_holistic &= row.measure != Measure::Odi;
    }
    assert_eq!(refused(&cohort, &without_odi).code, "outcome-one-class");
    for row in &mut without_odi.mcids {
        row.in_holistic &= row.measure == Measure::Pain;
    }
    assert_eq!(refused(&cohort, &without_odi).code, "outcome-few-domains");
}

#[test]
fn who_lacks_a_domain_is_not_judged_by_the_others() {
    // 0 and 1: pain and ODI, both impaired, answered both ways. 2: ODI not known at baseline; the pain alone
    // would make a responder. 3: ODI not known at the visit; the pain, not met, alone would make a non-responder.
    let cohort = cohort(&[
        ("pain-global", &[60.0; 4], &[20.0, 60.0, 20.0, 60.0]),
        ("odi", &[50.0, 50.0, NAN, 50.0], &[20.0, 50.0, 20.0, NAN]),
    ]);
    let (labels, out) = judged(&cohort, &params("holistic"));
    assert_eq!(labels, [(0, true), (1, false)]);
    let line = |reason: &str| (reason.to_owned(), 1);
    assert_eq!(out, [line("no-baseline"), line("visit-incomplete")]);
    // Two of four with two scores missing could only be met.
    let cohort = self::cohort(&[
        ("pain-global", &[60.0; 3], &[40.0, 60.0, 40.0]),
        ("pcs", &[30.0; 3], &[23.0, 30.0, 23.0]),
        ("eq5d", &[0.5; 3], &[0.5, 0.5, NAN]),
        ("promis-pf", &[35.0; 3], &[35.0, 35.0, NAN]),
    ]);
    let (labels, out) = judged(&cohort, &params("two-of-four"));
    assert_eq!(labels, [(0, true), (1, false)]);
    assert_eq!(out, [line("visit-incomplete")]);
}

#[test]
fn pain_at_the_visit_is_compared_with_the_same_pain_at_baseline() {
    // Global only at baseline: back and leg, unchanged, must not be held against it.
    let mut cohort = cohort(&[
        ("pain-back", &[60.0, 60.0], &[60.0, 10.0]),
        ("pain-leg", &[50.0, 50.0], &[50.0, 10.0]),
        ("odi", &[50.0, 50.0], &[50.0, 20.0]),
    ]);
    push(&mut cohort, "pain-global", Timing::Baseline, &[80.0; 2]);
    let (labels, _) = judged(&cohort, &params("holistic"));
    assert_eq!(labels, [(0, false), (1, true)]);
    let steps = example(&cohort, &params("holistic")).unwrap().steps;
    let pain = steps.iter().find(|step| step.measure == Measure::Pain);
    assert_eq!(pain.unwrap().baseline.to_bits(), 60.0_f64.to_bits());
}

#[test]
fn whoever_was_offered_a_trial_and_not_implanted_counts_as_unknown() {
    let mut cohort = cohort(&[("pain-back", &[80.0; 4], &[10.0, 80.0, NAN, NAN])]);
    let implanted = ["Oui", "Oui", "Non", "Non"];
    let unknown = Timing::Trial;
    texts(&mut cohort, Kind::Binary, "implanted", unknown, &implanted);
    let outcome = decide(&cohort, &params("pain50-back")).unwrap();
    assert_eq!((outcome.rows, outcome.unobserved), (vec![0, 1], vec![2, 3]));
    let after = OutcomeParams {
        moment: Moment::AfterTrial,
        ..params("pain50-back")
    };
    assert!(decide(&cohort, &after).unwrap().unobserved.is_empty());
}

#[test]
fn what_the_outcome_is_computed_from_is_part_of_it() {
    let mut cohort = cohort(&[("pain-back", &[80.0; 2], &[10.0, 80.0])]);
    cohort
        .push_numbers(
            Variable::new("relief", Kind::Numeric, Origin::default()),
            &[90.0, 0.0],
        )
        .unwrap();
    for (name, part) in [("half", "relief"), ("success", "half")] {
        let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
        variable.derived = Some(Derived {
            formula: part.to_owned(),
            parts: vec![part.to_owned(), "pain-back Baseline".to_owned()],
        });
        cohort.push_numbers(variable, &[1.0, 0.0]).unwrap();
    }
    let own = OutcomeParams {
        rule: Rule::Level {
            column: "success".to_owned(),
            event: "1".to_owned(),
        },
        ..OutcomeParams::default()
    };
    let outcome = decide(&cohort, &own).unwrap();
    assert_eq!(outcome.used, ["success", "half", "relief"]);
}

#[test]
fn two_of_four_by_the_table_of_differences() {
    // 0: pain -20, PCS -6.5; 1: pain -20 only; 2: PCS -6.5 and PROMIS +3.
    let cohort = cohort(&[
        ("pain-global", &[60.0; 3], &[40.0, 40.0, 60.0]),
        ("pcs", &[30.0; 3], &[23.5, 24.0, 23.5]),
        ("eq5d", &[0.5; 3], &[0.5, 0.57, 0.5]),
        ("promis-pf", &[35.0; 3], &[35.0, 37.0, 38.0]),
    ]);
    let (labels, _) = judged(&cohort, &params("two-of-four"));
    assert_eq!(labels, [(0, true), (1, false), (2, true)]);
    let mut stricter = params("two-of-four");
    stricter.mcids.iter_mut().for_each(|row| row.points *= 1.01);
    assert_eq!(refused(&cohort, &stricter).code, "outcome-one-class");
}

#[test]
fn opioids_stable_or_reduced() {
    let cohort = cohort(&[("mme", &[60.0, 60.0, 60.0, 0.0], &[60.0, 59.0, 61.0, 0.0])]);
    let (labels, _) = judged(&cohort, &params("opioid-stable"));
    assert_eq!(labels, [(0, true), (1, true), (2, false), (3, true)]);
    let (labels, out) = judged(&cohort, &params("opioid-reduced"));
    assert_eq!(labels, [(0, false), (1, true), (2, false)]);
    assert_eq!(out, [("no-opioid".to_owned(), 1)]);
}

#[test]
fn the_word_of_the_patient() {
    let mut cohort = Cohort::new(Source::default(), 3);
    push(&mut cohort, "pgic", Timing::After(12), &[2.0, 3.0, 6.0]);
    texts(
        &mut cohort,
        Kind::Binary,
        "satisfaction",
        Timing::After(0),
        &["Oui", "Non", ""],
    );
    let (labels, out) = judged(&cohort, &params("satisfaction"));
    assert_eq!(labels, [(0, true), (1, false)]);
    assert_eq!(out, [("lost-to-follow-up".to_owned(), 1)]);
    assert_eq!(
        judged(&cohort, &params("pgic")).0,
        [(0, true), (1, false), (2, false)]
    );
    let mut other_way = params("pgic");
    other_way.rule = Rule::Pgic {
        direction: PgicDirection::HighIsImproved,
        month: 12,
    };
    assert_eq!(
        judged(&cohort, &other_way).0,
        [(0, false), (1, false), (2, true)]
    );
    cohort
        .set_numbers("pgic After(12)", &[2.0, 8.0, 6.0])
        .unwrap();
    let off = refused(&cohort, &other_way);
    assert_eq!(
        (off.code.as_str(), off.found.as_deref()),
        ("outcome-pgic", Some("8"))
    );
}

#[test]
fn a_weighted_score_is_the_sum_that_was_typed() {
    // 0.5 x 20 points + 0.1 x 40 % = 14; 0.5 x 10 + 0.1 x 20 = 7.
    let cohort = cohort(&[
        ("odi", &[60.0, 60.0], &[40.0, 50.0]),
        ("pain-global", &[50.0, 50.0], &[30.0, 40.0]),
    ]);
    let weight = |measure, in_percent, weight| Weight {
        measure,
        in_percent,
        weight,
    };
    let mut own = params("chr");
    own.rule = Rule::Weighted {
        weights: vec![
            weight(Measure::Odi, false, 0.5),
            weight(Measure::PainGlobal, true, 0.1),
        ],
        least: 14.0,
        month: 12,
    };
    assert_eq!(judged(&cohort, &own).0, [(0, true), (1, false)]);
    assert_eq!(example(&cohort, &own).unwrap().total, Some((14.0, 14.0)));
    own.rule = Rule::Weighted {
        weights: Vec::new(),
        least: 1.0,
        month: 12,
    };
    assert_eq!(refused(&cohort, &own).code, "outcome-no-weights");
}

/// Four implanted patients with back pain at 9 and 12 months; the visits are dated.
fn dated() -> Cohort {
    let mut cohort = Cohort::new(Source::default(), 4);
    push(&mut cohort, "pain-back", Timing::Baseline, &[80.0; 4]);
    push(
        &mut cohort,
        "pain-back",
        Timing::After(9),
        &[10.0, 10.0, 10.0, 10.0],
    );
    push(
        &mut cohort,
        "pain-back",
        Timing::After(12),
        &[70.0, NAN, 70.0, NAN],
    );
    let implant = ["2020-01-01"; 4];
    texts(
        &mut cohort,
        Kind::Date,
        "implant-date",
        Timing::After(0),
        &implant,
    );
    // The visit of month 9 took place after 12 months in patient 1.
    let nine = ["2020-10-01", "2021-01-05", "2020-10-01", "2020-10-01"];
    texts(
        &mut cohort,
        Kind::Date,
        "visit-date",
        Timing::After(9),
        &nine,
    );
    let twelve = ["2021-01-01", "", "2021-06-01", ""];
    texts(
        &mut cohort,
        Kind::Date,
        "visit-date",
        Timing::After(12),
        &twelve,
    );
    cohort
}

#[test]
fn the_nearest_visit_within_the_window_is_the_visit() {
    let cohort = dated();
    let mut own = params("pain50-back");
    assert_eq!(
        refused(&cohort, &own).code,
        "outcome-one-class",
        "month 12 alone"
    );
    own.window_weeks = Some(6);
    // 0: month 12; 1: month 9 by name, 12 by date; 2 and 3: their visits lie outside.
    let (labels, out) = judged(&cohort, &own);
    assert_eq!(labels, [(0, false), (1, true)]);
    assert_eq!(out, [("outside-window".to_owned(), 2)]);
    // With half a year the visit of month 12 (five months late) is still farther away than that of month 9.
    own.window_weeks = Some(26);
    let (labels, out) = judged(&cohort, &own);
    assert_eq!(labels, [(0, false), (1, true), (2, true), (3, true)]);
    assert!(out.is_empty());
    assert_eq!(example(&cohort, &own).unwrap().month, Some(12));
}

#[test]
fn the_floor_decides_who_has_a_percentage() {
    let cohort = cohort(&[("pain-back", &[40.0, 20.0, 80.0], &[10.0, 5.0, 80.0])]);
    let mut own = params("pain50-back");
    let (labels, out) = judged(&cohort, &own);
    assert_eq!(labels, [(0, true), (2, false)]);
    assert_eq!(out, [("baseline-too-low".to_owned(), 1)]);
    own.baseline_floor = 20;
    assert_eq!(judged(&cohort, &own).0, [(0, true), (1, true), (2, false)]);
    own.baseline_floor = 41;
    assert_eq!(refused(&cohort, &own).code, "outcome-one-class");
}

#[test]
fn explants_deaths_and_losses_count_as_chosen() {
    // 0 responder, 1 not, 2 explanted for infection, 3 explanted, 4 dead, 5 lost, 6 dead later and lost.
    let after = [10.0, 80.0, NAN, NAN, NAN, NAN, NAN];
    let mut cohort = cohort(&[("pain-back", &[80.0; 7], &after)]);
    let unknown = Timing::After(0);
    let explanted = ["Non", "Non", "Oui", "Oui", "Non", "Non", "Non"];
    texts(&mut cohort, Kind::Binary, "explanted", unknown, &explanted);
    let reason = ["", "", "Infection", "Perte d’efficacité", "", "", ""];
    texts(
        &mut cohort,
        Kind::Categorical,
        "explant-reason",
        unknown,
        &reason,
    );
    texts(
        &mut cohort,
        Kind::Date,
        "implant-date",
        unknown,
        &["2020-01-01"; 7],
    );
    let death = ["", "", "", "", "2020-06-01", "", "2022-06-01"];
    texts(&mut cohort, Kind::Date, "death-date", unknown, &death);
    let mut own = params("pain50-back");
    let reasons = |own: &OutcomeParams| {
        let outcome = decide(&cohort, own).unwrap();
        let leaving: Vec<_> = outcome.flow.leaving().cloned().collect();
        let lines: Vec<_> = leaving
            .into_iter()
            .map(|l| (l.reason, l.fate, l.n))
            .collect();
        (outcome.rows, outcome.unobserved, lines)
    };
    let line = |reason: &str, fate, n| (reason.to_owned(), fate, n);
    let (rows, unobserved, lines) = reasons(&own);
    assert_eq!((rows, unobserved), (vec![0, 1, 3], vec![2, 4, 5, 6]));
    assert_eq!(
        lines,
        [
            line("explanted", Fate::NonResponder, 1),
            line("explanted-other", Fate::Unobserved, 1),
            line("died", Fate::Unobserved, 1),
            line("lost-to-follow-up", Fate::Unobserved, 2),
        ]
    );
    own.explanted = Explanted::Failure;
    assert_eq!(reasons(&own).0, [0, 1, 2, 3]);
    own.explanted = Explanted::Exclude;
    assert_eq!(reasons(&own).1, [4, 5, 6], "out of the population");
    own.explanted = Explanted::Censor;
    assert_eq!(reasons(&own).1, [2, 3, 4, 5, 6]);
    (own.lost, own.died) = (Absent::Failure, Absent::Failure);
    let (rows, unobserved, _) = reasons(&own);
    assert_eq!(rows, [0, 1, 4, 5, 6]);
    assert_eq!(
        unobserved,
        [2, 3, 5, 6],
        "counted as failures, but nobody saw them"
    );
}

#[test]
fn an_old_definition_opens_and_keeps_its_meaning() {
    let old = "(rule:PainReduction(site:back,percent:50,month:12),moment:r#before-trial,explanted:failure)";
    let read: OutcomeParams = ron::from_str(old).unwrap();
    let expected = OutcomeParams {
        explanted: Explanted::Failure,
        ..params("pain50-back")
    };
    assert_eq!(read, expected);
    assert_eq!(read.fingerprint(), expected.fingerprint());
    let mut other = read.clone();
    other.baseline_floor = 31;
    assert_ne!(read.fingerprint(), other.fingerprint());
    assert_eq!(read.fingerprint().len(), 10);
    let text = ron::to_string(&params("prediback2")).unwrap();
    assert_eq!(
        ron::from_str::<OutcomeParams>(&text).unwrap(),
        params("prediback2")
    );
}

/// One random patient: three scores, three words, whether a person may have left them out.
type Drawn = (u8, u8, u8, u8, u8, u8, bool);

/// Every patient is in exactly one end, and the boxes follow from each other.
fn adds_up(cohort: &Cohort, own: &OutcomeParams) {
    let Ok(outcome) = decide(cohort, own) else {
        return;
    };
    let flow = &outcome.flow;
    assert_eq!(flow.stages[0].n, cohort.n_rows());
    for pair in flow.stages.windows(2) {
        let left: usize = pair[0].leaving.iter().map(|l| l.n).sum();
        assert_eq!(pair[0].n, pair[1].n + left);
    }
    let seen = flow.n_responders + flow.n_non_responders;
    assert_eq!(flow.stages.last().unwrap().n, seen);
    let left: usize = flow.leaving().map(|l| l.n).sum();
    assert_eq!(seen + left, cohort.n_rows());
    assert_eq!(outcome.rows.len(), seen + flow.n_with(Fate::NonResponder));
    assert_eq!(outcome.n_events(), flow.n_responders);
    let out: usize = outcome.exclusions.iter().map(|e| e.n).sum();
    assert_eq!(out + outcome.rows.len(), cohort.n_rows());
}

#[test]
fn the_chart_adds_up_for_every_preset_on_every_sample() {
    for name in SAMPLES {
        let mut cohort = simulated(name).unwrap().cohort();
        cohort.excluded.insert(3, "withdrew".to_owned());
        for preset in PRESETS {
            for moment in Moment::ALL {
                let own = OutcomeParams {
                    moment,
                    ..params(preset.name)
                };
                adds_up(&cohort, &own);
            }
        }
        let compared = compare(&cohort, &OutcomeParams::default());
        for (_, _, agreement) in &compared.agreement {
            assert!((0.0..=1.0).contains(&agreement.share));
            assert!(
                agreement
                    .kappa
                    .is_none_or(|kappa| (-1.0..=1.0 + 1e-12).contains(&kappa))
            );
        }
    }
}

proptest! {
    #[test]
    fn the_chart_adds_up_on_random_cohorts(
        rows in prop::collection::vec(
            (0_u8..12, 0_u8..12, 0_u8..12, 0_u8..4, 0_u8..4, 0_u8..4, any::<bool>()), 1..60),
        window in prop_oneof![Just(None), (1_u16..60).prop_map(Some)],
        choices in (0_usize..4, 0_usize..2, 0_usize..2, 0_usize..2, 0_usize..16),
    ) {
        let score = |x: u8| if x > 10 { NAN } else { f64::from(x) * 10.0 };
        let word = |x: u8| match x { 0 => "Non", 1 | 2 => "Oui", _ => "" };
        let mut cohort = Cohort::new(Source::default(), rows.len());
        let column = |pick: fn(&Drawn) -> u8| -> Vec<f64> {
            rows.iter().map(|row| score(pick(row))).collect()
        };
        let words = |pick: fn(&Drawn) -> u8| -> Vec<&str> {
            rows.iter().map(|row| word(pick(row))).collect()
        };
        for concept in ["pain-back", "pain-leg", "pain-global", "odi", "eq-vas", "mme", "pcs"] {
            push(&mut cohort, concept, Timing::Baseline, &column(|r| r.0));
            push(&mut cohort, concept, Timing::After(9), &column(|r| r.1));
            push(&mut cohort, concept, Timing::After(12), &column(|r| r.2));
        }
        texts(&mut cohort, Kind::Binary, "trial-success", Timing::Trial, &words(|r| r.3));
        texts(&mut cohort, Kind::Binary, "implanted", Timing::After(0), &words(|r| r.4));
        texts(&mut cohort, Kind::Binary, "explanted", Timing::After(0), &words(|r| r.5));
        texts(&mut cohort, Kind::Binary, "died", Timing::After(0), &words(|r| r.1 % 4));
        for (row, values) in rows.iter().enumerate() {
            if values.6 && row % 5 == 0 {
                cohort.excluded.insert(row, "by hand".to_owned());
            }
        }
        let own = OutcomeParams {
            explanted: Explanted::ALL[choices.0],
            lost: Absent::ALL[choices.1],
            died: Absent::ALL[choices.2],
            moment: Moment::ALL[choices.3],
            window_weeks: window,
            ..params(PRESETS[choices.4].name)
        };
        adds_up(&cohort, &own);
        let compared = compare(&cohort, &own);
        prop_assert_eq!(compared.presets.len(), PRESETS.len());
        prop_assert!(compared.agreement.iter().all(|(_, _, found)| found.n <= rows.len()));
    }
}
