//! What follows from other columns: totals of items, an age, and who may be named.

use crate::base::text::Lang;
use crate::cohort::{Cell, CellChange, Change, Cohort, Kind, Timing, replay};
use crate::dictionary::{annotate, label, scores};

use super::{assert_settled, assert_worded, edit, of, rows};

/// Ten items of a questionnaire at two visits, with a total at the first.
fn odi_items() -> Cohort {
    let mut text = String::from("id;ODI_J0");
    for visit in ["j0", "m6"] {
        for item in 1..=10 {
            text.push_str(&format!(";odi_{item}_{visit}"));
        }
    }
    text.push('\n');
    let row = |id: &str, total: &str, first: [&str; 10], second: [&str; 10]| {
        format!("{id};{total};{};{}\n", first.join(";"), second.join(";"))
    };
    text.push_str(&row("a", "40", ["2"; 10], ["1"; 10]));
    text.push_str(&row(
        "b",
        "60",
        ["2"; 10],
        ["1", "1", "1", "1", "1", "1", "1", "1", "", ""],
    ));
    text.push_str(&row(
        "c",
        "20",
        ["1"; 10],
        ["1", "1", "1", "1", "1", "1", "1", "", "", ""],
    ));
    text.push_str(&row(
        "d",
        "",
        ["3"; 10],
        ["0", "7", "2", "3", "4", "5", "0", "0", "0", "1"],
    ));
    of(&text)
}

#[test]
fn totals_follow_from_items_and_are_held_to_the_given_ones() {
    let cohort = odi_items();
    let found = scores(&cohort);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].concept.as_str(), found[0].timing),
        ("odi", Timing::Baseline)
    );
    assert_eq!(found[0].total.as_deref(), Some("ODI_J0"));
    assert_eq!(
        (found[0].items.len(), found[0].items[9].as_str()),
        (10, "odi_10_j0")
    );
    assert_eq!(found[0].values, [40.0, 40.0, 20.0, 60.0]);
    // Two answers may be missing, three may not; an answer of 7 is none: 15 of 45 points.
    let computed = cohort.find("odi", Timing::After(6)).unwrap();
    assert_eq!(computed.name, "ODI M6 (computed)");
    let values = cohort.numbers(&computed.name).unwrap();
    assert_eq!(values[..2], [20.0, 20.0]);
    assert!(values[2].is_nan() && (values[3] - 100.0 * 15.0 / 45.0).abs() < 1e-9);
    assert_eq!(
        (found[1].total.as_deref(), found[1].n_incomplete),
        (None, 1)
    );
    assert_eq!(
        label(computed, Lang::En),
        "Oswestry disability index (computed), 6 months"
    );
    // Where a total is given nothing is added, and b's 60 is not the 40 of the items.
    assert!(cohort.variable("ODI (computed)").is_none());
    assert_eq!(rows(&cohort, "total-differs"), [3]);
    assert_eq!(rows(&cohort, "item-out-of-range"), [5]);
    // The tenth item is no total, though "10" is also a scale.
    assert_eq!(cohort.variable("odi_10_m6").unwrap().concept, None);
    assert_worded(&cohort);
    assert_settled(&cohort);
}

#[test]
fn a_corrected_item_changes_the_computed_total() {
    let mut cohort = odi_items();
    let change = Change::Cells(vec![CellChange {
        row: cohort.row_ref(0),
        variable: "odi_1_m6".to_owned(),
        before: Some(Cell::Number(1.0)),
        after: Some(Cell::Number(5.0)),
    }]);
    assert!(replay(&mut cohort, &[edit(change)]).conflicts.is_empty());
    annotate(&mut cohort);
    assert_eq!(cohort.numbers("ODI M6 (computed)").unwrap()[0], 28.0);
}

#[test]
fn items_counted_from_one_and_versions_unknown_give_no_total() {
    let header: Vec<String> = (1..=13).map(|item| format!("pcs_{item:02}")).collect();
    let text = format!(
        "id;{}\na;{}\nb;{}\n",
        header.join(";"),
        ["1"; 13].join(";"),
        ["5"; 13].join(";")
    );
    let cohort = of(&text);
    assert!(scores(&cohort).is_empty());
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "items-from-one")
    );
    let cohort = of("id;MO;SC;UA;PD;AD\na;1;1;2;3;1\nb;2;1;1;3;2\n");
    assert!(scores(&cohort).is_empty());
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "eq5d-version-unknown")
    );
    assert_worded(&cohort);
    let cohort = of("id;MO;SC;UA;PD;AD\na;3;3;3;4;3\nb;5;5;5;5;5\nc;1;1;1;1;\n");
    let values = cohort.numbers("EQ-5D (computed)").unwrap();
    assert!((values[0] - 0.5511).abs() < 5e-5 && (values[1] + 0.5255).abs() < 5e-5);
    assert!(values[2].is_nan());
    let cohort =
        of("id;eq5d3l_mo;eq5d3l_sc;eq5d3l_ua;eq5d3l_pd;eq5d3l_ad\na;3;3;3;3;3\nb;2;1;1;1;1\n");
    let values = cohort.numbers("EQ-5D (computed)").unwrap();
    assert!((values[0] + 0.53).abs() < 1e-9 && (values[1] - 0.845).abs() < 1e-9);
}

#[test]
fn yes_and_no_are_answers_where_the_item_has_them() {
    let header: Vec<String> = (1..=10).map(|item| format!("dn4_{item}")).collect();
    let rows = [["Oui"; 10].join(";"), ["Non"; 10].join(";"), {
        let mut row = ["Non"; 10];
        row[..4].fill("Oui");
        row.join(";")
    }];
    let text = format!(
        "id;{}\na;{}\nb;{}\nc;{}\n",
        header.join(";"),
        rows[0],
        rows[1],
        rows[2]
    );
    let cohort = of(&text);
    assert_eq!(cohort.numbers("DN4 (computed)").unwrap(), [10.0, 0.0, 4.0]);
}

#[test]
fn morphine_equivalents_follow_from_drugs_and_doses() {
    let cohort =
        of("id;tramadol_mg;oxycodone_mg;fentanyl_patch_ug_h\na;200;0;0\nb;;20;\nc;;;\nd;0;0;25\n");
    let values = cohort.numbers("MME (computed)").unwrap();
    assert_eq!((values[0], values[1], values[3]), (40.0, 30.0, 60.0));
    assert!(values[2].is_nan(), "nothing says that none was taken");
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "mme-blank-as-none")
    );
    let cohort = of(
        "id;opioide_nom;opioide_dose_mg\na;Oxycodone LP;20\nb;Tramadol;100\nc;Tramadol;200\nd;Oxycodone LP;10\ne;Opium;5\n",
    );
    let values = cohort.numbers("MME (computed)").unwrap();
    assert_eq!(values[..4], [30.0, 20.0, 40.0, 15.0]);
    assert!(values[4].is_nan());
    assert!(
        cohort
            .issues
            .iter()
            .any(|issue| issue.code == "mme-drug-unknown")
    );
    assert_worded(&cohort);
    assert_settled(&cohort);
}

/// Names and numbers of people, by header and by value, before and behind the patient's code.
const PEOPLE: &str = "Nom;DDN;Num_patient;contact;x1;remarques;date_inclusion;Tel;ODI\n\
    DURAND Jean;01/02/1960;P01;a.b@chu.fr;1840578006084;appeler Mme Petit;13/05/2021;0612345678;40\n\
    PETIT Anne;13/05/1962;P02;c.d@chu.fr;2840578006085;rien;13/05/2021;0612345679;52\n\
    MOREL Luc;14/05/1970;P03;e.f@chu.fr;1850678006086;voir 06 12 34 56 78;13/05/2021;0612345680;38\n\
    ROUX Eva;30/12/1955;P04;;2860778006087;bon suivi;13/05/2021;;44\n";

#[test]
fn people_are_recognised_by_header_and_by_value() {
    let cohort = of(PEOPLE);
    let identities: Vec<_> = cohort
        .variables
        .iter()
        .filter(|variable| variable.kind == Kind::Identifier)
        .map(|variable| (variable.name.as_str(), variable.concept.as_deref().unwrap()))
        .collect();
    assert_eq!(
        identities,
        [
            ("Nom", "person-name"),
            ("DDN", "birth-date"),
            ("Num_patient", "patient-id"),
            ("contact", "email"),
            ("x1", "national-number"),
            ("Tel", "phone"),
        ]
    );
    assert_eq!(cohort.ids(), ["P01", "P02", "P03", "P04"]);
    let found = cohort
        .issues
        .iter()
        .find(|issue| issue.code == "identifier-in-text")
        .unwrap();
    assert_eq!(found.place.column.as_deref(), Some("remarques"));
    assert_eq!(found.args, [("n".to_owned(), 2_usize.into())]);
    // The birthday of the second is the day of inclusion, the third's is the day after.
    assert_eq!(
        cohort.numbers("age (computed)").unwrap(),
        [61.0, 59.0, 50.0, 65.0]
    );
    let notes: Vec<_> = cohort
        .issues
        .iter()
        .filter(|issue| issue.code == "identifier-found")
        .collect();
    assert_eq!(notes.len(), 5);
    let text = format!("{notes:?}{found:?}");
    for secret in ["DURAND", "1960", "chu.fr", "1840578006084", "0612"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_worded(&cohort);
    assert_settled(&cohort);
}

#[test]
fn a_given_age_is_held_to_the_birth_date() {
    let cohort = of(
        "id;date_naissance;date_inclusion;age\na;01/02/1960;13/05/2021;61\nb;13/05/1962;13/05/2021;58\nc;14/05/1970;13/05/2021;57\n",
    );
    assert_eq!(rows(&cohort, "age-differs"), [4]);
    assert!(cohort.variable("age (computed)").is_none());
    assert_worded(&cohort);
}

#[test]
fn what_a_person_says_of_a_column_is_believed() {
    let mut cohort = of("id;Nom;ODI\na;Burst;40\nb;Tonic;52\nc;Burst;38\nd;Tonic;44\n");
    assert_eq!(cohort.variable("Nom").unwrap().kind, Kind::Identifier);
    let change = Change::Kind {
        variable: "Nom".to_owned(),
        kind: Kind::Binary,
    };
    assert!(replay(&mut cohort, &[edit(change)]).conflicts.is_empty());
    annotate(&mut cohort);
    let variable = cohort.variable("Nom").unwrap();
    assert_eq!(
        (variable.kind, variable.concept.as_deref()),
        (Kind::Binary, None)
    );
    assert_settled(&cohort);
}

#[test]
fn levels_that_name_people_become_free_text() {
    let cohort = of(
        "id;visite_faite_par;ODI\na;Mme Petit;40\nb;Mme Petit;52\nc;M. Roux;38\nd;M. Roux;44\ne;Mme Petit;30\nf;M. Roux;31\n",
    );
    let variable = cohort.variable("visite_faite_par").unwrap();
    assert_eq!(variable.kind, Kind::Text);
    assert!(variable.levels.is_empty());
    assert_settled(&cohort);
}

#[test]
fn a_birth_date_is_told_by_its_values() {
    let mut text = String::from("id;champ_7;date_inclusion;visite_autre\n");
    for year in 1955..1965 {
        text.push_str(&format!("P{year};03/04/{year};13/05/2021;01/02/2001\n"));
    }
    let cohort = of(&text);
    let birth = cohort.variable("champ_7").unwrap();
    assert_eq!(
        (birth.kind, birth.concept.as_deref()),
        (Kind::Identifier, Some("birth-date"))
    );
    assert_eq!(cohort.variable("visite_autre").unwrap().kind, Kind::Date);
    assert_eq!(cohort.numbers("age (computed)").unwrap()[0], 66.0);
    assert_eq!(cohort.ids()[0], "P1955");
    assert_settled(&cohort);
}
