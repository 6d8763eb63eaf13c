//! Hand-made cohorts that take every path from a cohort to the outcome.

use super::*;
use crate::base::text::Lang;
use crate::cohort::{Origin, Source, Timing, Variable};
use crate::outcome::{PRESETS, PainSite, compare};

const NAN: f64 = f64::NAN;

fn variable(name: &str, kind: Kind, concept: &str, timing: Timing) -> Variable {
    let mut variable = Variable::new(name, kind, Origin::default());
    variable.concept = Some(concept.to_owned());
    variable.timing = timing;
    variable
}

fn numbers(cohort: &mut Cohort, name: &str, concept: &str, timing: Timing, values: &[f64]) {
    let mut variable = variable(name, Kind::Numeric, concept, timing);
    variable.range = Some((0.0, 100.0));
    cohort.push_numbers(variable, values).unwrap();
}

/// One letter a patient: `y`, `n`, anything else is missing.
fn yes_no(cohort: &mut Cohort, name: &str, timing: Timing, values: &str) {
    let mut variable = variable(name, Kind::Binary, name, timing);
    variable.levels = vec!["Non".to_owned(), "Oui".to_owned()];
    let texts: Vec<Option<String>> = values
        .chars()
        .map(|letter| match letter {
            'y' => Some("Oui".to_owned()),
            'n' => Some("Non".to_owned()),
            _ => None,
        })
        .collect();
    cohort.push_texts(variable, &texts).unwrap();
}

fn dates(cohort: &mut Cohort, concept: &str, timing: Timing, values: &[&str]) {
    let texts: Vec<Option<String>> = values
        .iter()
        .map(|date| (!date.is_empty()).then(|| (*date).to_owned()))
        .collect();
    let variable = variable(concept, Kind::Date, concept, timing);
    cohort.push_texts(variable, &texts).unwrap();
}

/// Ten patients, one for every way to the label:
/// 0 responder by half exactly; 1 just short of it; 2 no leg pain at baseline; 3 too little pain;
/// 4 failed trial; 5 explanted before; 6 explanted after, responder; 7 lost; 8 trial result
/// missing, non-responder; 9 failed trial without baseline.
fn cohort() -> Cohort {
    let mut cohort = Cohort::new(Source::default(), 10);
    let before = Timing::Baseline;
    let at_12 = Timing::After(12);
    let back = [80.0, 80.0, 70.0, 20.0, 75.0, 70.0, 60.0, 70.0, 80.0, NAN];
    let leg = [50.0, 60.0, NAN, 29.0, 60.0, 70.0, 80.0, 60.0, 30.0, 50.0];
    let back_12 = [40.0, 41.0, 10.0, 5.0, NAN, 20.0, 20.0, 30.0, 70.0, NAN];
    let leg_12 = [40.0, 10.0, 10.0, 5.0, NAN, 20.0, 40.0, NAN, 10.0, NAN];
    numbers(&mut cohort, "eva_lomb", "pain-back", before, &back);
    numbers(&mut cohort, "eva_jambe", "pain-leg", before, &leg);
    numbers(&mut cohort, "eva_lomb_M12", "pain-back", at_12, &back_12);
    numbers(&mut cohort, "eva_jambe_M12", "pain-leg", at_12, &leg_12);
    let at_6 = Timing::After(6);
    numbers(&mut cohort, "eva_lomb_M6", "pain-back", at_6, &back_12);
    yes_no(&mut cohort, "trial-success", Timing::Trial, "yyyynyyy-n");
    yes_no(&mut cohort, "implanted", Timing::Trial, "yyyynyyyyn");
    yes_no(&mut cohort, "explanted", Timing::Unknown, "nnnn-yynn-");
    let implant = ["2020-01-01"; 10];
    dates(&mut cohort, "implant-date", Timing::Unknown, &implant);
    let mut explant = [""; 10];
    explant[5] = "2020-12-30";
    explant[6] = "2021-01-02";
    dates(&mut cohort, "explant-date", Timing::Unknown, &explant);
    cohort
}

fn params(moment: Moment, explanted: Explanted) -> OutcomeParams {
    OutcomeParams {
        moment,
        explanted,
        ..OutcomeParams::default()
    }
}

fn by_level(column: &str, event: &str) -> OutcomeParams {
    OutcomeParams {
        rule: Rule::Level {
            column: column.to_owned(),
            event: event.to_owned(),
        },
        ..OutcomeParams::default()
    }
}

fn reasons(outcome: &Outcome) -> Vec<(&str, usize)> {
    let exclusions = outcome.exclusions.iter();
    exclusions.map(|e| (e.reason.as_str(), e.n)).collect()
}

fn n_excluded(outcome: &Outcome) -> usize {
    outcome.exclusions.iter().map(|exclusion| exclusion.n).sum()
}

fn issue(result: Result<Outcome, Failure>) -> Issue {
    result.expect_err("this can not be decided").issue()
}

#[test]
fn before_the_trial_every_path_is_counted() {
    let cohort = cohort();
    let outcome = decide(&cohort, &OutcomeParams::default()).unwrap();
    assert_eq!(outcome.rows, [0, 1, 4, 5, 6, 8]);
    assert_eq!(outcome.y, [true, false, false, false, true, false]);
    assert_eq!(
        reasons(&outcome),
        [
            ("no-baseline", 2),
            ("baseline-too-low", 1),
            ("lost-to-follow-up", 1)
        ]
    );
    assert_eq!((outcome.n_failed_trial, outcome.n_explanted), (1, 1));
    assert_eq!(outcome.rows.len() + n_excluded(&outcome), cohort.n_rows());
    let trial = outcome.lead_trial.as_ref().unwrap();
    assert_eq!(trial[2], Some(false));
    assert_eq!(trial[5], None);
    for name in [
        "eva_lomb_M12",
        "eva_jambe_M12",
        "explanted",
        "trial-success",
    ] {
        assert!(outcome.used.iter().any(|used| used == name), "{name}");
    }
    assert!(!outcome.used.iter().any(|used| used == "eva_lomb"));
}

#[test]
fn after_the_trial_only_the_implanted_are_analysed() {
    let outcome = decide(&cohort(), &params(Moment::AfterTrial, Explanted::Exclude)).unwrap();
    assert_eq!(outcome.rows, [0, 1, 6, 8]);
    assert_eq!(outcome.y, [true, false, true, false]);
    assert_eq!(
        reasons(&outcome),
        [
            ("not-implanted", 2),
            ("no-baseline", 1),
            ("baseline-too-low", 1),
            ("explanted", 1),
            ("lost-to-follow-up", 1)
        ]
    );
    assert_eq!((outcome.n_failed_trial, outcome.n_explanted), (0, 0));
    assert_eq!(outcome.lead_trial, None, "it does not vary");
    assert!(!outcome.used.iter().any(|used| used == "trial-success"));
}

#[test]
fn a_cohort_without_trial_and_implant_holds_implanted_patients_only() {
    let mut cohort = Cohort::new(Source::default(), 3);
    let at_12 = Timing::After(12);
    numbers(
        &mut cohort,
        "a",
        "pain-back",
        Timing::Baseline,
        &[7.3, 8.0, 9.0],
    );
    numbers(&mut cohort, "b", "pain-back", at_12, &[3.65, 6.0, NAN]);
    for variable in &mut cohort.variables {
        variable.range = Some((0.0, 10.0));
    }
    for moment in Moment::ALL {
        let params = OutcomeParams {
            rule: Rule::preset("pain50-back-12m").unwrap(),
            moment,
            explanted: Explanted::Failure,
            ..OutcomeParams::default()
        };
        let outcome = decide(&cohort, &params).unwrap();
        assert_eq!(outcome.y, [true, false], "a tenth scale, and half is half");
        assert_eq!(outcome.lead_trial, None);
        let example = example(&cohort, &params).unwrap();
        assert_eq!(example.id, "P001");
        let step = &example.steps[0];
        assert_eq!((step.baseline, example.month), (73.0, Some(12)));
        assert!((step.percent.unwrap() - 50.0).abs() < 1e-9);
    }
}

#[test]
fn an_explant_counts_only_at_or_before_the_visit() {
    let mut cohort = cohort();
    let mut visit = [""; 10];
    visit[5] = "2020-12-20";
    dates(&mut cohort, "visit-date", Timing::After(12), &visit);
    let outcome = decide(&cohort, &OutcomeParams::default()).unwrap();
    assert_eq!(outcome.n_explanted, 0, "the visit came ten days before");
    assert!(outcome.y[3], "so the score of that visit counts");
}

#[test]
fn a_level_is_taken_at_its_word() {
    let mut cohort = cohort();
    yes_no(&mut cohort, "satisfied", Timing::After(12), "ynynynyny-");
    let outcome = decide(&cohort, &by_level("satisfied", "Oui")).unwrap();
    assert_eq!(outcome.y.len(), 9);
    assert_eq!(outcome.n_events(), 5);
    assert_eq!((outcome.n_failed_trial, outcome.n_explanted), (0, 0));
    assert_eq!(reasons(&outcome), [("no-outcome", 1)]);
    assert_eq!(outcome.used, ["satisfied"]);
    assert!(outcome.lead_trial.is_some());
    let after = OutcomeParams {
        moment: Moment::AfterTrial,
        ..by_level("satisfied", "Oui")
    };
    let outcome = decide(&cohort, &after).unwrap();
    assert_eq!(reasons(&outcome), [("not-implanted", 2)]);
    let trial = decide(&cohort, &by_level("trial-success", "Oui")).unwrap();
    assert_eq!(trial.lead_trial, None, "a trial does not predict itself");
    let example = example(&cohort, &by_level("satisfied", "Oui")).unwrap();
    assert_eq!((example.month, example.responder), (None, true));
    assert!(example.steps.is_empty());
}

#[test]
fn a_level_of_numbers_is_compared_as_a_number() {
    let outcome = decide(&cohort(), &by_level("eva_lomb", "80,0")).unwrap();
    assert_eq!(outcome.n_events(), 3);
}

#[test]
fn an_unknown_level_names_those_there_are() {
    let cohort = cohort();
    let text = issue(decide(&cohort, &by_level("explanted", "maybe")));
    assert_eq!(text.code, "outcome-unknown-level");
    assert!(Lang::En.issue(&text).contains("maybe"));
    assert!(Lang::En.remedy(&text).unwrap().contains("Non, Oui"));
    let numbers = issue(decide(&cohort, &by_level("eva_lomb", "5")));
    let remedy = Lang::Fr.remedy(&numbers).unwrap();
    assert!(remedy.contains("20, 60, 70, 75, 80"), "{remedy}");
    let code = issue(decide(&cohort, &by_level("nowhere", "5"))).code;
    assert_eq!(code, "unknown-column");
}

#[test]
fn a_missing_score_is_named_with_its_month() {
    let at_24 = OutcomeParams {
        rule: Rule::PainReduction {
            site: PainSite::Back,
            percent: 50,
            month: 24,
        },
        ..OutcomeParams::default()
    };
    let missing = issue(decide(&cohort(), &at_24));
    assert_eq!(
        Lang::En.issue(&missing),
        "This cohort has no column at 24 months for: back pain."
    );
    assert!(Lang::En.remedy(&missing).unwrap().contains("6, 12"));
    let nothing = Cohort::new(Source::default(), 1);
    let missing = issue(decide(&nothing, &OutcomeParams::default()));
    assert_eq!(
        Lang::En.issue(&missing),
        "This cohort has no column at baseline for: worst of back and leg pain; and none at 12 months for: worst of back and leg pain."
    );
    assert!(!Lang::Fr.issue(&missing).contains('{'));
    assert!(Lang::Fr.remedy(&missing).is_some());
}

#[test]
fn one_class_or_nobody_is_a_failure_with_words() {
    let cohort = cohort();
    let short = |rows: std::ops::Range<usize>, level: &str| {
        let mut part = Cohort::new(Source::default(), rows.len());
        let of = |name| cohort.numbers(name).unwrap()[rows.clone()].to_vec();
        let at_12 = Timing::After(12);
        numbers(
            &mut part,
            "a",
            "pain-back",
            Timing::Baseline,
            &of("eva_lomb"),
        );
        numbers(&mut part, "b", "pain-back", at_12, &of("eva_lomb_M12"));
        let rule = Rule::preset(level).unwrap();
        let params = OutcomeParams {
            rule,
            ..OutcomeParams::default()
        };
        issue(decide(&part, &params))
    };
    let all = short(0..1, "pain50-back-12m");
    assert_eq!(all.code, "outcome-one-class");
    assert!(Lang::En.issue(&all).contains("responder"));
    let none = short(1..2, "pain50-back-12m");
    assert_eq!(none.code, "outcome-one-class");
    assert_ne!(Lang::En.issue(&all), Lang::En.issue(&none));
    let nobody = short(9..10, "pain50-back-12m");
    assert_eq!(nobody.code, "outcome-nobody");
    assert!(!Lang::Fr.issue(&nobody).contains('{'));
}

#[test]
fn a_trial_result_that_is_neither_yes_nor_no_is_reported() {
    let mut cohort = cohort();
    let mut implanted = variable("state", Kind::Categorical, "explanted", Timing::Unknown);
    implanted.levels = ["in", "out", "turned off"].map(str::to_owned).to_vec();
    cohort
        .variables
        .retain(|variable| variable.name != "explanted");
    let texts = vec![Some("turned off".to_owned()); 10];
    cohort.push_texts(implanted, &texts).unwrap();
    let doubt = issue(decide(&cohort, &OutcomeParams::default()));
    assert_eq!(doubt.code, "outcome-neither-yes-nor-no");
    assert!(Lang::En.issue(&doubt).contains("turned off"));
}

#[test]
fn a_trial_coded_1_and_2_is_not_guessed_but_a_level_can_do_without_it() {
    let mut cohort = cohort();
    cohort.variables.retain(|v| v.name != "trial-success");
    let codes = [1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, NAN, 1.0, 1.0];
    numbers(&mut cohort, "essai", "trial-success", Timing::Trial, &codes);
    let doubt = issue(decide(&cohort, &OutcomeParams::default()));
    assert_eq!(doubt.code, "outcome-neither-yes-nor-no");
    assert_eq!(doubt.found.as_deref(), Some("2"));
    let level = by_level("explanted", "Oui");
    assert_eq!(decide(&cohort, &level).unwrap().lead_trial, None);
    let after = OutcomeParams {
        moment: Moment::AfterTrial,
        ..level
    };
    assert_eq!(
        issue(decide(&cohort, &after)).code,
        "outcome-neither-yes-nor-no"
    );
}

#[test]
fn presets_are_rated_where_the_cohort_can_answer_them() {
    let cohort = cohort();
    let compared = compare(&cohort, &OutcomeParams::default());
    let names: Vec<&str> = compared.presets.iter().map(|p| p.preset.name).collect();
    assert_eq!(names, PRESETS.map(|preset| preset.name));
    let rated = |name: &str| {
        let found = compared.presets.iter().find(|p| p.preset.name == name);
        found.unwrap().result.clone()
    };
    let decided = decide(&cohort, &OutcomeParams::default()).unwrap();
    let worst = rated("pain50").unwrap();
    assert_eq!((worst.n, worst.n_events), (6, decided.n_events()));
    assert_eq!(
        (worst.n_both, worst.n_changed),
        (6, 0),
        "it is the current one"
    );
    assert!(
        rated("pain30").unwrap().n_events >= worst.n_events,
        "30 % is easier"
    );
    assert_eq!(
        rated("pain50-global").unwrap_err().code,
        "outcome-missing-scores"
    );
    assert_eq!(rated("pgic").unwrap_err().code, "outcome-missing-answer");
    let answered = compared.presets.iter().filter(|p| p.result.is_ok()).count();
    assert_eq!(compared.agreement.len(), answered * (answered - 1) / 2);
    let none = compare(
        &Cohort::new(Source::default(), 3),
        &OutcomeParams::default(),
    );
    assert!(none.presets.iter().all(|p| p.result.is_err()));
    assert!(none.agreement.is_empty());
}

#[test]
fn a_percentage_out_of_reach_is_refused() {
    let params = OutcomeParams {
        rule: Rule::PainReduction {
            site: PainSite::Worst,
            percent: 0,
            month: 12,
        },
        ..OutcomeParams::default()
    };
    assert_eq!(issue(decide(&cohort(), &params)).code, "outcome-percent");
}

#[test]
fn whoever_a_person_left_out_is_counted_with_the_reason_and_analysed_nowhere() {
    let mut left_out = cohort();
    let params = OutcomeParams::default();
    let whole = decide(&cohort(), &params).unwrap();
    let before = compare(&cohort(), &params);
    left_out.excluded.insert(0, "withdrew consent".to_owned());
    left_out.excluded.insert(7, "withdrew consent".to_owned());
    left_out.excluded.insert(8, "entered twice".to_owned());
    let outcome = decide(&left_out, &params).unwrap();
    assert!(!outcome.rows.iter().any(|row| [0, 7, 8].contains(row)));
    assert_eq!(
        outcome.rows.len(),
        whole.rows.len() - 2,
        "row 7 was excluded before"
    );
    let first: Vec<_> = outcome.exclusions[..2]
        .iter()
        .map(|e| (e.why.as_deref(), e.n))
        .collect();
    assert_eq!(
        first,
        [(Some("entered twice"), 1), (Some("withdrew consent"), 2)]
    );
    let n_out: usize = outcome.exclusions.iter().map(|exclusion| exclusion.n).sum();
    assert_eq!(n_out + outcome.rows.len(), left_out.n_rows());
    for lang in Lang::ALL {
        assert!(outcome.exclusions[0].words(lang).contains("entered twice"));
    }
    let now = compare(&left_out, &params);
    for (now, before) in now.presets.iter().zip(&before.presets) {
        if let (Ok(now), Ok(before)) = (&now.result, &before.result) {
            assert!(now.n < before.n);
        }
    }
    assert_ne!(example(&cohort(), &params), example(&left_out, &params));
}

#[test]
fn every_word_of_the_room_exists_in_both_languages() {
    let mut keys: Vec<String> = flow::reasons()
        .filter(|reason| *reason != "failed-trial")
        .map(|reason| format!("exclusion-{reason}"))
        .collect();
    for reason in [
        "failed-trial",
        "explanted",
        "died",
        "lost-to-follow-up",
        "outside-window",
    ] {
        keys.push(format!("counted-{reason}"));
    }
    for preset in PRESETS {
        keys.push(format!("preset-{}", preset.name));
        keys.push(format!("preset-group-{}", preset.group));
    }
    for moment in Moment::ALL {
        keys.push(format!("moment-{}", moment.name()));
        keys.push(format!("moment-{}.definition", moment.name()));
    }
    for choice in Explanted::ALL {
        keys.push(format!("explanted-{}", choice.name()));
        keys.push(format!("explanted-{}.definition", choice.name()));
    }
    for (choice, what) in Absent::ALL
        .into_iter()
        .flat_map(|c| [(c, "lost"), (c, "died")])
    {
        keys.push(format!("{what}-{}", choice.name()));
        keys.push(format!("{what}-{}.definition", choice.name()));
    }
    keys.extend(PainSite::ALL.map(|site| format!("pain-site-{}", site.name())));
    keys.extend(crate::outcome::Measure::ALL.map(crate::outcome::Measure::key));
    for mcid in crate::outcome::Mcid::defaults() {
        keys.push(format!("mcid-source-{}", mcid.measure.name()));
    }
    for lang in Lang::ALL {
        for key in &keys {
            assert!(lang.has(key), "{key} in {}", lang.code());
        }
        for rule in PRESETS.map(|preset| preset.rule(12)) {
            let (key, args) = rule.wording();
            let words = lang.with(key, &args);
            assert!(
                words.contains("12") && !words.contains(['{', '⟦']),
                "{words}"
            );
        }
    }
}
