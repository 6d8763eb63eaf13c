//! Whole cohorts: what the dictionary says of them, doubts and repairs.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{Change, Cohort, Domain, Edit, Timing, replay};
use crate::dictionary::{accept, annotate, label, proposals};
use crate::import::{ImportOptions, read_bytes};

fn of(text: &str) -> Cohort {
    let mut cohort = read_bytes(
        "c.csv",
        text.as_bytes(),
        &ImportOptions::default(),
        &TaskHandle::unattended(),
    )
    .unwrap();
    annotate(&mut cohort);
    cohort
}

fn rows(cohort: &Cohort, code: &str) -> Vec<u32> {
    cohort
        .issues
        .iter()
        .filter(|issue| issue.code == code)
        .filter_map(|issue| issue.place.row)
        .collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// Pain in millimetres; row 4 is in centimetres at baseline, row 6 truly low at 12 months.
const PAIN: &str = "id;EVA_lombaire_J0;EVA_jambe_J0;EVA_lombaire_M12;Age\n\
    a;72;60;30;50\nb;68;55;24;61\nc;7,5;52;8;999\nd;81;6;20;47\ne;64;70;8;52\nf;77;49;3,5;58\ng;7;6;41;44\nh;59;66;35;12\n";

#[test]
fn columns_get_their_meaning_unit_range_and_moment() {
    let cohort = of(PAIN);
    let back = cohort.find("pain-back", Timing::After(12)).unwrap();
    assert_eq!(back.name, "EVA_lombaire_M12");
    assert_eq!(
        (back.unit.as_deref(), back.range),
        (Some("mm"), Some((0.0, 100.0)))
    );
    assert_eq!(back.domain, Domain::Pain);
    assert_eq!(back.label, "Douleur lombaire, 12 mois");
    assert_eq!(label(back, Lang::En), "Back pain, 12 months");
    assert_eq!(
        cohort
            .find("age", Timing::Baseline)
            .unwrap()
            .unit
            .as_deref(),
        Some("years")
    );
}

#[test]
fn centimetres_among_millimetres_are_told_from_true_low_pain() {
    let cohort = of(PAIN);
    // c: a decimal at baseline; f: a decimal at 12 months; g: both pains 10 or less before the implant.
    // Not d (the back hurts, the leg does not) and not c and e with a whole 8 at 12 months.
    let mut flagged = rows(&cohort, "cm-among-mm");
    flagged.sort_unstable();
    assert_eq!(flagged, [4, 7, 8, 8]);
    assert_eq!(rows(&cohort, "missing-code-suspected"), [4]);
    assert_eq!(rows(&cohort, "out-of-range"), [9]);
}

#[test]
fn only_what_is_accepted_is_changed() {
    let mut cohort = of(PAIN);
    let counts: Vec<_> = proposals(&cohort)
        .into_iter()
        .map(|proposal| (proposal.code, proposal.n_cells))
        .collect();
    assert_eq!(
        counts,
        [
            ("cm-among-mm".to_owned(), 4),
            ("missing-code-suspected".to_owned(), 1)
        ]
    );
    let before = cohort.numbers("Age").unwrap();
    accept(&mut cohort, &BTreeSet::new()).unwrap();
    assert_eq!(cohort.numbers("EVA_lombaire_J0").unwrap()[2], 7.5);
    accept(&mut cohort, &set(&["cm-among-mm"])).unwrap();
    assert_eq!(cohort.numbers("EVA_lombaire_J0").unwrap()[2], 75.0);
    assert_eq!(cohort.numbers("EVA_lombaire_J0").unwrap()[6], 70.0);
    assert_eq!(cohort.numbers("EVA_jambe_J0").unwrap()[3], 6.0);
    assert_eq!(cohort.numbers("EVA_lombaire_M12").unwrap()[2], 8.0);
    assert_eq!(cohort.numbers("Age").unwrap(), before);
    assert!(rows(&cohort, "cm-among-mm").is_empty());
    assert_eq!(rows(&cohort, "repaired-cm-among-mm").len(), 4);
    assert_eq!(rows(&cohort, "missing-code-suspected").len(), 1);
    accept(&mut cohort, &set(&["all"])).unwrap();
    assert_eq!(cohort.n_missing("Age"), 1);
    assert!(proposals(&cohort).is_empty());
    let failure = accept(&mut cohort, &set(&["mm"])).unwrap_err();
    assert!(
        Lang::En
            .remedy(&failure.issue())
            .unwrap()
            .contains("cm-among-mm")
    );
    for issue in &cohort.issues {
        assert!(
            Lang::ALL
                .iter()
                .all(|lang| !lang.issue(issue).contains('⟦')),
            "{}",
            issue.code
        );
    }
}

#[test]
fn annotating_again_changes_nothing() {
    let mut cohort = of(PAIN);
    let (issues, variables) = (cohort.issues.clone(), cohort.variables.clone());
    annotate(&mut cohort);
    assert_eq!(cohort.issues, issues);
    assert_eq!(cohort.variables, variables);
}

#[test]
fn ratings_from_0_to_10_are_no_centimetres() {
    let cohort = of("id;NRS_back;EVA_jambe\na;7;7,5\nb;8;6,0\nc;3;5,5\nd;9;8,1\n");
    for concept in ["pain-back", "pain-leg"] {
        let variable = cohort.find(concept, Timing::Baseline).unwrap();
        assert_eq!(
            (variable.range, variable.unit.as_deref()),
            (Some((0.0, 10.0)), Some("0-10"))
        );
    }
    assert!(proposals(&cohort).is_empty());
}

#[test]
fn dates_out_of_order_are_found() {
    let cohort = of(
        "id;date_test;date_implantation;date_explantation\na;13/05/2021;20/05/2021;\nb;13/05/2021;10/05/2021;\nc;13/05/2021;20/06/2021;01/06/2021\n",
    );
    assert_eq!(rows(&cohort, "date-order"), [3, 4]);
    assert_eq!(cohort.variables[3].timing, Timing::After(0));
}

#[test]
fn the_two_pcs_are_not_confused() {
    let cohort = of("id;PCS\na;30\nb;41\nc;12\n");
    assert_eq!(cohort.variables[1].concept.as_deref(), Some("pcs"));
    let cohort = of("id;PCS;MCS\na;30;44\nb;41;50\nc;12;39\n");
    assert_eq!(cohort.variables[1].concept, None);
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "pcs-ambiguous")
    );
}

#[test]
fn duration_in_months_is_seen_and_said() {
    let cohort = of("id;duree_douleur\na;66\nb;120\nc;48\nd;36\n");
    let duration = cohort.find("pain-duration", Timing::Baseline).unwrap();
    assert_eq!(
        (duration.unit.as_deref(), duration.range),
        (Some("months"), Some((0.0, 840.0)))
    );
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "unit-guessed")
    );
    let cohort = of("id;duree_douleur_ans\na;6\nb;12\nc;4\nd;3\n");
    assert!(
        !cohort
            .issues
            .iter()
            .any(|issue| issue.code == "unit-guessed")
    );
}

#[test]
fn levels_that_came_as_numbers_are_told() {
    let cohort = of("id;sexe;age\na;1;50\nb;2;61\nc;1;47\n");
    let told: Vec<_> = cohort
        .issues
        .iter()
        .filter(|issue| issue.code == "codes-as-numbers")
        .filter_map(|issue| issue.place.column.as_deref())
        .collect();
    assert_eq!(told, ["sexe"]);
}

#[test]
fn a_meaning_that_a_person_chose_is_not_overruled() {
    let mut cohort = of("id;EVA_lombaire_J0;score\na;72;3\nb;68;4\nc;70;5\n");
    let change = Change::Meaning {
        variable: "EVA_lombaire_J0".to_owned(),
        concept: Some("odi".to_owned()),
        timing: Timing::After(6),
        unit: Some("%".to_owned()),
    };
    let edit = Edit {
        number: 1,
        at: String::new(),
        who: String::new(),
        why: String::new(),
        change,
    };
    replay(&mut cohort, &[Arc::new(edit)]);
    annotate(&mut cohort);
    let variable = cohort.variable("EVA_lombaire_J0").unwrap();
    assert_eq!(variable.concept.as_deref(), Some("odi"));
    assert_eq!(variable.timing, Timing::After(6));
    assert_eq!(variable.range, Some((0.0, 100.0)));
    assert_eq!(variable.domain, Domain::Disability);
}
