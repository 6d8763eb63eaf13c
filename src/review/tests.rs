//! Whole cohorts: what is found, what is not raised twice, what is settled.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{Cell, CellChange, Change, Cohort, Edit, RowRef, replay};
use crate::dictionary;
use crate::import::{ImportOptions, read_bytes};
use crate::review::{
    Finding, Mark, Review, ReviewParams, Status, as_issues, find_row, findings, n_open,
};

pub(super) fn of(text: &str) -> Cohort {
    let task = TaskHandle::unattended();
    let mut cohort =
        read_bytes("c.csv", text.as_bytes(), &ImportOptions::default(), &task).unwrap();
    dictionary::annotate(&mut cohort);
    cohort
}

pub(super) fn found(cohort: &Cohort, review: &Review) -> Vec<Finding> {
    findings(cohort, review, &TaskHandle::unattended()).unwrap()
}

/// Rule, source row and column letter of each finding.
fn places(findings: &[Finding]) -> Vec<(String, u32, String)> {
    let place = |f: &Finding| {
        let place = &f.issue.place;
        (
            f.key.rule.clone(),
            place.row.unwrap_or(0),
            place.letters().unwrap_or_default(),
        )
    };
    findings.iter().map(place).collect()
}

fn rows_of(findings: &[Finding], rule: &str) -> Vec<u32> {
    let of = findings.iter().filter(|f| f.key.rule == rule);
    of.map(|f| f.issue.place.row.unwrap_or(0)).collect()
}

fn with_rules(rules: &[&str]) -> Review {
    Review {
        params: ReviewParams {
            rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
            ..ReviewParams::default()
        },
        marks: Vec::new(),
    }
}

fn edit(change: Change) -> Arc<Edit> {
    Arc::new(Edit {
        number: 1,
        at: "2026-01-01T00:00:00Z".to_owned(),
        who: "AB".to_owned(),
        why: "same patient".to_owned(),
        change,
    })
}

const COURSE: &str = "\
id;sexe;poids;taille;imc;date_essai;date_implantation;explante;date_explantation;date_visite_M6;EVA_lombaire_M6;date_visite_M12;EVA_lombaire_M12;prostate
a;F;80;180;24,7;2023-01-05;2023-02-01;non;;2023-08-02;40;2024-02-01;30;
b;H;80;180;29,7;2023-03-05;2023-02-01;non;;2023-08-02;40;2023-07-02;30;oui
c;F;60;160;23,4;2023-01-05;2023-02-01;oui;2023-05-01;2023-08-02;40;;;oui
d;F;60;160;23,4;2023-01-05;2023-02-01;non;2023-05-01;2022-12-24;40;2024-09-01;30;non
";

#[test]
fn the_rules_of_the_course_find_their_cells_and_no_others() {
    let cohort = of(COURSE);
    let found = found(&cohort, &Review::default());
    let course: Vec<_> = places(&found)
        .into_iter()
        .filter(|(rule, ..)| rule != "concept-twice" && rule != "mixed-column")
        .collect();
    let expected = [
        ("bmi-differs", 3, "E"),
        ("date-order", 3, "G"),
        ("explant-date-without-explant", 5, "I"),
        ("of-other-sex", 4, "N"),
        ("value-after-explant", 4, "K"),
        ("visit-before-implant", 5, "J"),
        ("visit-order", 3, "L"),
        ("visit-window", 5, "L"),
    ];
    let expected: Vec<_> = expected
        .map(|(rule, row, letter)| (rule.to_owned(), row, letter.to_owned()))
        .into();
    assert_eq!(course, expected);
    for finding in &found {
        for lang in Lang::ALL {
            let words = lang.issue(&finding.issue);
            assert!(!words.contains(['⟦', '{']), "{words}");
            assert!(lang.remedy(&finding.issue).is_some(), "{words}");
        }
    }
}

/// Thirty patients with a typing error in a level, an impossible and a strange value, text among numbers.
fn values() -> String {
    let mut text = String::from("id;tabac;EVA_lombaire_J0;odi_j0;dose\n");
    for i in 0..30 {
        let smoker = if i == 4 {
            "fumuer"
        } else if i % 3 == 0 {
            "fumeur"
        } else {
            "jamais"
        };
        let odi = match i {
            7 => "140".to_owned(),
            9 => "quarante".to_owned(),
            _ => (40 + i % 9).to_string(),
        };
        let dose = if i == 11 { 5000 } else { 20 + i };
        text.push_str(&format!("p{i};{smoker};{};{odi};{dose}\n", 60 + i % 11));
    }
    text
}

#[test]
fn single_values_are_found_once_each_in_the_order_of_the_rows() {
    let cohort = of(&values());
    let found = found(&cohort, &Review::default());
    let expected = [
        ("choice-misspelt", 6, "B"),
        ("number-unreadable", 11, "D"),
        ("out-of-range", 9, "D"),
        ("outlier", 13, "E"),
    ];
    let expected: Vec<_> = expected
        .map(|(rule, row, letter)| (rule.to_owned(), row, letter.to_owned()))
        .into();
    assert_eq!(places(&found), expected);
    assert_eq!(found[3].value, Some(Cell::Number(5000.0)));
    assert_eq!(found[3].key.value.as_deref(), Some("5000"));
    assert_eq!(found[3].row.as_ref().map(|row| row.row), Some(11));
}

#[test]
fn every_cell_out_of_range_is_listed_and_none_twice() {
    let mut text = String::from("id;odi_j0\n");
    for i in 0..60 {
        text.push_str(&format!("p{i};{}\n", if i % 2 == 0 { 300 + i } else { 40 }));
    }
    let found = found(&of(&text), &Review::default());
    assert_eq!(rows_of(&found, "out-of-range").len(), 30);
    assert_eq!(rows_of(&found, "more-cells"), Vec::<u32>::new());
    let keys: BTreeSet<_> = found.iter().map(|finding| &finding.key).collect();
    assert_eq!(keys.len(), found.len());
}

#[test]
fn an_accepted_value_stays_accepted_and_a_new_value_is_asked_again() {
    let mut cohort = of(&values());
    let first = found(&cohort, &Review::default());
    let mut review = Review::default();
    let mark = Mark {
        status: Status::Accepted,
        ..Mark::default()
    };
    review.marks.push((first[3].key.clone(), mark));
    let second = found(&cohort, &review);
    assert_eq!(second[3].status, Status::Accepted);
    assert_eq!((n_open(&first), n_open(&second)), (4, 3));
    review.marks[0].1.status = Status::Queried;
    assert_eq!(
        n_open(&found(&cohort, &review)),
        3,
        "somebody has looked at it"
    );
    review.marks[0].1.status = Status::Accepted;
    let change = Change::Cells(vec![CellChange {
        row: RowRef { row: 11, key: None },
        variable: "dose".to_owned(),
        before: Some(Cell::Number(5000.0)),
        after: Some(Cell::Number(6000.0)),
    }]);
    replay(&mut cohort, &[edit(change)]);
    let third = found(&cohort, &review);
    assert_eq!((third[3].status, n_open(&third)), (Status::Open, 4));
}

#[test]
fn a_corrected_cell_is_found_no_more() {
    let mut cohort = of(&values());
    let cell = |row, variable: &str, before, after| CellChange {
        row: RowRef { row, key: None },
        variable: variable.to_owned(),
        before,
        after: Some(after),
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let change = Change::Cells(vec![
        cell(4, "tabac", Some(text("fumuer")), text("fumeur")),
        cell(9, "odi_j0", None, Cell::Number(40.0)),
        cell(7, "odi_j0", Some(Cell::Number(140.0)), Cell::Number(40.0)),
        cell(11, "dose", Some(Cell::Number(5000.0)), Cell::Number(50.0)),
    ]);
    let replayed = replay(&mut cohort, &[edit(change)]);
    assert_eq!(replayed.conflicts, []);
    dictionary::annotate(&mut cohort);
    assert_eq!(found(&cohort, &Review::default()), []);
}

#[test]
fn patients_who_stand_twice_are_found_and_leaving_one_out_settles_it() {
    let text = "id;sexe;date_naissance;date_implantation;odi_j0;EVA_lombaire_J0;imc\n\
        a;F;1970-05-01;2023-02-01;40;70;24\n\
        b;H;1961-05-01;2023-03-01;42;71;25\n\
        c;F;1970-05-01;2023-02-01;48;60;24\n\
        b;H;1961-05-01;2023-03-04;42;71;26\n\
        e;H;1961-05-01;2023-03-01;42;71;25\n";
    let mut cohort = of(text);
    let before = found(&cohort, &Review::default());
    assert_eq!(rows_of(&before, "duplicate-person"), [4]);
    assert_eq!(rows_of(&before, "duplicate-id"), [5]);
    assert_eq!(rows_of(&before, "identical-row"), [6]);
    let out = |row| edit(Change::Exclude(RowRef { row, key: None }));
    replay(&mut cohort, &[out(2), out(1)]);
    assert_eq!(found(&cohort, &Review::default()), []);
}

#[test]
fn what_is_required_must_not_be_blank() {
    let cohort = of("id;odi_j0;sexe\na;40;F\n;41;H\nc;;F\nd;38;H\n");
    let mut review = Review::default();
    review.params.required = vec!["ODI J0".to_owned(), "gone".to_owned()];
    let found = found(&cohort, &review);
    assert_eq!(rows_of(&found, "blank-required"), [4]);
    assert_eq!(
        rows_of(&found, "id-missing"),
        [3],
        "said once, by the import"
    );
    assert_eq!(rows_of(&found, "required-unknown"), [0]);
}

#[test]
fn rules_of_the_user_are_asked_of_every_patient() {
    let cohort = of(COURSE);
    let review = with_rules(&[
        "EVA_lombaire_M6 > 100 or eva_lombaire_m12 < 30",
        "date_implantation >= date_essai",
        "if sexe = \"F\" then prostate is missing",
        "abs(imc - poids / (taille / 100)^2) < 0.5",
        "days(date_implantation, `date_visite_M12`) > 300",
    ]);
    let found = found(&cohort, &review);
    let rows = |rule: usize| rows_of(&found, &format!("rule: {}", review.params.rules[rule]));
    assert_eq!(rows(0), [2, 3, 5], "row 4 lacks the value of M12");
    assert_eq!(rows(1), [3]);
    assert_eq!(rows(2), [4, 5]);
    assert_eq!(rows(3), [3]);
    assert_eq!(rows(4), [3]);
    let broken = found
        .iter()
        .find(|f| f.key.rule.contains("prostate"))
        .unwrap();
    assert_eq!(
        broken.key.variable.as_deref(),
        Some("prostate"),
        "the cell to check"
    );
    assert!(
        Lang::En
            .issue(&broken.issue)
            .contains("sexe = F, prostate = oui")
    );
}

#[test]
fn a_line_that_is_no_rule_is_a_finding_with_near_spellings() {
    let review = with_rules(&["EVA_lombaire_M13 < 3", "poids <", "poids + 1", "1 < 2"]);
    let found = found(&of(COURSE), &review);
    let of_rules: Vec<&Finding> = found
        .iter()
        .filter(|f| f.key.rule.starts_with("rule"))
        .collect();
    let codes: BTreeSet<&str> = of_rules.iter().map(|f| f.issue.code.as_str()).collect();
    assert_eq!(
        codes,
        BTreeSet::from(["rule-stopped", "rule-types", "rule-unknown-name"])
    );
    assert_eq!(of_rules.len(), 4);
    let unknown = of_rules
        .iter()
        .find(|f| f.issue.code == "rule-unknown-name")
        .unwrap();
    assert!(Lang::En.issue(&unknown.issue).contains("EVA_lombaire_M12"));
}

#[test]
fn nothing_that_may_name_a_patient_stands_in_a_key() {
    let cohort = of("nom;id;odi_j0\nMartin;8000012;40\nDurand;8000012;41\nPetit;;41\n");
    for finding in found(&cohort, &Review::default()) {
        let key = format!("{:?}", finding.key);
        assert!(!key.contains("8000012") && !key.contains("Durand"), "{key}");
    }
}

#[test]
fn findings_are_the_same_patient_by_key_after_rows_moved() {
    let mut cohort = of(&values());
    cohort.row_keys = Arc::new((0..30).map(|i| format!("key{i}")).collect());
    let found = found(&cohort, &Review::default());
    assert_eq!(found[3].key.row.as_deref(), Some("key11"));
    assert_eq!(find_row(&cohort, &found[3].key), Some(11));
    let mut keys: Vec<String> = cohort.row_keys.to_vec();
    keys.rotate_left(1);
    cohort.row_keys = Arc::new(keys);
    assert_eq!(find_row(&cohort, &found[3].key), Some(10));
}

#[test]
fn as_issues_they_are_limited_and_repeat_nothing_of_the_cohort() {
    let mut text = String::from("id;odi_j0;a;b\n");
    for i in 0..1_020 {
        text.push_str(&format!("p{i};{};{};{i}\n", 300 + i, i + 1));
    }
    let cohort = of(&text);
    let review = with_rules(&["a < b"]);
    let found = found(&cohort, &review);
    let more = as_issues(&cohort, &found);
    assert!(
        more.iter().all(|issue| issue.code != "out-of-range"),
        "{more:?}"
    );
    assert_eq!(
        more.iter()
            .filter(|issue| issue.code == "rule-broken")
            .count(),
        1_000
    );
    assert_eq!(
        more.iter()
            .filter(|issue| issue.code == "more-cells")
            .count(),
        1
    );
}

#[test]
fn a_task_that_is_stopped_gives_nothing() {
    let task = TaskHandle::unattended();
    task.cancel();
    assert!(findings(&of(COURSE), &Review::default(), &task).is_err());
}
