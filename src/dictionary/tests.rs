//! Whole cohorts: what the dictionary says of them, doubts and repairs.

mod derived;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::issue::Issue;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{Cell, Change, Cohort, Domain, Edit, Timing, replay};
use crate::dictionary::{
    Match, accept, annotate, concept_label, concepts, label, matches, proposals,
};
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

fn edit(change: Change) -> Arc<Edit> {
    Arc::new(Edit {
        number: 1,
        at: String::new(),
        who: String::new(),
        why: String::new(),
        change,
    })
}

/// Every issue is worded in both languages.
fn assert_worded(cohort: &Cohort) {
    let reasons = cohort.variables.iter().flat_map(|v| &v.reasons);
    for issue in cohort.issues.iter().chain(reasons) {
        let is_worded = |lang: &Lang| !lang.issue(issue).contains('⟦');
        assert!(Lang::ALL.iter().all(is_worded), "{issue:?}");
    }
}

/// Doing it again changes nothing.
fn assert_settled(cohort: &Cohort) {
    let mut again = cohort.clone();
    annotate(&mut again);
    assert_eq!(again.issues, cohort.issues);
    assert_eq!(again.variables, cohort.variables);
    assert_eq!(again.to_parquet().unwrap(), cohort.to_parquet().unwrap());
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
            ("missing-code-suspected".to_owned(), 1),
            ("cm-among-mm".to_owned(), 2),
            ("cm-among-mm".to_owned(), 1),
            ("cm-among-mm".to_owned(), 1)
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
    let cohort = of("id;centre;localisation_douleur;age\na;1;3;50\nb;2;1;61\nc;3;2;47\nd;2;1;58\n");
    let told: Vec<_> = cohort
        .issues
        .iter()
        .filter(|issue| issue.code == "codes-as-numbers")
        .filter_map(|issue| issue.place.column.as_deref())
        .collect();
    assert_eq!(told, ["centre", "localisation_douleur"]);
}

#[test]
fn the_range_of_a_codebook_goes_before_the_dictionarys() {
    let mut cohort = of("id;age;EVA_lombaire\na;50;7\nb;61;8\nc;47;3\nd;95;9\n");
    assert!(rows(&cohort, "out-of-range").is_empty());
    for (name, top) in [("age", 90.0), ("EVA_lombaire", 10.0)] {
        let variable = cohort
            .variables
            .iter_mut()
            .find(|v| v.name == name)
            .unwrap();
        let said = Issue::note("codebook").with("low", 0.0).with("high", top);
        variable.reasons.push(said);
    }
    annotate(&mut cohort);
    let range = |concept| cohort.find(concept, Timing::Baseline).unwrap().range;
    assert_eq!(range("age"), Some((0.0, 90.0)));
    assert_eq!(range("pain-back"), Some((0.0, 10.0)));
    assert_eq!(rows(&cohort, "out-of-range"), [5]);
}

#[test]
fn per_cent_among_fractions_are_told_whatever_the_column_measures() {
    let cohort = of(
        "id;taux;dose;ratio\na;0,7;1;0,5\nb;0,5;2;0,9\nc;0,3;45;1,4\nd;45;3;0,8\n\
                     e;0,9;2;0,7\nf;0,2;1;1,2\ng;0,4;4;0,6\n",
    );
    let told = cohort.issues.iter();
    let told = told.filter(|issue| issue.code == "percent-among-fractions");
    let places: Vec<_> = told
        .map(|issue| (issue.place.row, issue.place.letters()))
        .collect();
    assert_eq!(places, [(Some(5), Some("B".to_owned()))]);
}

#[test]
fn a_column_of_names_is_told_once() {
    let cohort = of("id;nom;age\na;Martin;50\nb;Durand;61\nc;Petit;47\n");
    let told = cohort
        .issues
        .iter()
        .filter(|i| i.code.contains("identifier"));
    let codes: Vec<&str> = told.map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["identifier-found"]);
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

/// A file in which every repair has something to do.
fn ugly() -> Cohort {
    let mut text = String::from(
        "id;date_inclusion;age;taille;poids;duree_douleur_ans;soulagement_test;ODI;tabac;perso\n",
    );
    let rows = [
        "54;172;80;6;60;42;Non;1",
        "1962;1,65;82000;12;70;420;Oui;0",
        "540;181;71;96;0,55;38;9;9",
        "61;160;300;4;80;44;Non;0",
        "47;158;64;2;35;52;Oui;1",
        "999;175;77;3;50;0,36;Non;0",
        "58;168;72;5;40;46;Oui;1",
    ];
    for (n, row) in rows.iter().enumerate() {
        text.push_str(&format!("P{n};13/05/2021;{row}\n"));
    }
    of(&text)
}

#[test]
fn each_repair_names_its_cells_and_what_they_become() {
    let cohort = ugly();
    let mut cells = Vec::new();
    for proposal in proposals(&cohort) {
        let name = proposal.variable.clone().unwrap();
        for change in &proposal.changes {
            match change {
                Change::Cells(changes) => cells.extend(changes.iter().map(|change| {
                    let (Some(Cell::Number(from)), Some(Cell::Number(to))) =
                        (change.before.clone(), change.after.clone())
                    else {
                        panic!("{change:?}");
                    };
                    assert_eq!(change.variable, name);
                    (
                        proposal.code.clone(),
                        name.clone(),
                        change.row.row,
                        from,
                        to,
                    )
                })),
                Change::MissingCodes { codes, .. } => {
                    let code: f64 = codes[0].parse().unwrap();
                    cells.push((
                        proposal.code.clone(),
                        name.clone(),
                        proposal.n_cells,
                        code,
                        -1.0,
                    ));
                }
                other => panic!("{other:?}"),
            }
        }
    }
    let of =
        |code: &str, name: &str, row, from, to| (code.to_owned(), name.to_owned(), row, from, to);
    // In the third place the row, for missing codes the number of cells.
    let expected = [
        of("missing-code-suspected", "age", 1, 999.0, -1.0),
        of("missing-code-suspected", "perso", 1, 9.0, -1.0),
        of("missing-code-suspected", "tabac", 1, 9.0, -1.0),
        of("fractions-among-percent", "soulagement_test", 2, 0.55, 55.0),
        of("fractions-among-percent", "ODI", 5, 0.36, 36.0),
        of("months-among-years", "duree_douleur_ans", 2, 96.0, 8.0),
        of("metres-among-cm", "taille", 1, 1.65, 165.0),
        of("grams-among-kg", "poids", 1, 82_000.0, 82.0),
        of("birth-year-as-age", "age", 1, 1962.0, 59.0),
        of("decimal-slip", "age", 2, 540.0, 54.0),
        of("decimal-slip", "ODI", 1, 420.0, 42.0),
    ];
    cells.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut sorted = expected.to_vec();
    sorted.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    assert_eq!(cells, sorted);
    // 300 kg are out of range and have no repair: a tenth of it is no one's weight here.
    assert_eq!(rows(&cohort, "out-of-range"), [5]);
    assert_worded(&cohort);
    assert_settled(&cohort);
}

#[test]
fn accepting_is_replaying_the_edits_that_are_proposed() {
    let mut accepted = ugly();
    accept(&mut accepted, &set(&["all"])).unwrap();
    let mut replayed = ugly();
    let edits: Vec<Arc<Edit>> = proposals(&replayed)
        .into_iter()
        .flat_map(|proposal| proposal.changes)
        .map(edit)
        .collect();
    assert!(replay(&mut replayed, &edits).conflicts.is_empty());
    annotate(&mut replayed);
    assert_eq!(
        accepted.to_parquet().unwrap(),
        replayed.to_parquet().unwrap()
    );
    assert_eq!(accepted.variables, replayed.variables);
    assert!(proposals(&accepted).is_empty());
    assert_eq!(accepted.variable("tabac").unwrap().levels, ["Non", "Oui"]);
    assert_eq!(rows(&accepted, "repaired-cell").len(), 8);
    assert_worded(&accepted);
    assert_settled(&accepted);
}

#[test]
fn a_whole_column_on_another_scale_is_one_proposal() {
    let text = "id;taille_m;poids_lb;duree_douleur_ans;soulagement_test\n\
        a;1,72;180;66;0,6\nb;1,65;150;120;0,75\nc;1,81;210;48;0,4\nd;1,58;165;36;1\n";
    let mut cohort = of(text);
    let found = proposals(&cohort);
    let codes: Vec<&str> = found
        .iter()
        .map(|proposal| proposal.code.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "column-in-fractions",
            "column-in-months",
            "column-in-metres",
            "column-in-pounds"
        ]
    );
    assert!(found.iter().all(|proposal| proposal.n_cells == 4));
    assert!(rows(&cohort, "out-of-range").is_empty());
    accept(&mut cohort, &set(&["all"])).unwrap();
    assert_eq!(
        cohort.numbers("taille_m").unwrap(),
        [172.0, 165.0, 181.0, 158.0]
    );
    assert_eq!(
        cohort.numbers("duree_douleur_ans").unwrap(),
        [5.5, 10.0, 4.0, 3.0]
    );
    assert_eq!(
        cohort.numbers("soulagement_test").unwrap(),
        [60.0, 75.0, 40.0, 100.0]
    );
    assert!((cohort.numbers("poids_lb").unwrap()[0] - 81.646_626_6).abs() < 1e-6);
    let units: Vec<_> = cohort.variables[1..]
        .iter()
        .map(|v| v.unit.as_deref())
        .collect();
    assert_eq!(units, [Some("cm"), Some("kg"), Some("years"), Some("%")]);
    assert!(proposals(&cohort).is_empty());
    assert_worded(&cohort);
    assert_settled(&cohort);
}

#[test]
fn plausible_values_are_never_called_missing() {
    let cohort = of(
        "id;age;dn4;n_surgeries;jours;score_x\na;99;9;9;9;-1\nb;54;4;2;8;3\nc;61;6;1;7;4\nd;47;3;3;5;0\ne;70;8;1;6;2\n",
    );
    // Only the -1 among whole numbers from 0 on stands out; 99 years, 9 signs and 9 operations do not.
    let found = proposals(&cohort);
    let names: Vec<_> = found.iter().filter_map(|p| p.variable.as_deref()).collect();
    assert_eq!(names, ["score_x"]);
}

#[test]
fn duration_guessed_to_be_months_stays_so_when_read_again() {
    let cohort = of("id;duree_douleur\na;66\nb;120\nc;48\nd;36\n");
    assert_settled(&cohort);
}

fn matched(cohort: &Cohort, name: &str) -> Match {
    let found = matches(cohort).into_iter().find(|m| m.variable == name);
    found.unwrap()
}

#[test]
fn slips_of_spelling_are_proposed_and_never_used_unasked() {
    let cohort = of(
        "id;Owestry_M6;Oswetry;catastrofisme;douler_lombaire_mm;Age;couleur\n\
         a;40;52;20;61;54;bleu\nb;38;61;33;70;61;vert\nc;44;48;12;55;47;bleu\nd;20;44;40;80;70;vert\n",
    );
    for (name, concept, timing) in [
        ("Owestry_M6", "odi", Timing::After(6)),
        ("Oswetry", "odi", Timing::Baseline),
        ("catastrofisme", "pcs", Timing::Baseline),
        ("douler_lombaire_mm", "pain-back", Timing::Baseline),
    ] {
        let found = matched(&cohort, name);
        assert_eq!(found.concept.as_deref(), Some(concept), "{name}");
        assert_eq!(found.timing, timing, "{name}");
        assert!(
            (0.5..0.8).contains(&found.confidence),
            "{name} {}",
            found.confidence
        );
        assert!(
            found
                .reasons
                .iter()
                .any(|reason| reason.code == "match-spelling")
        );
        for reason in &found.reasons {
            assert!(
                Lang::ALL
                    .iter()
                    .all(|lang| !lang.issue(reason).contains('⟦')),
                "{}",
                reason.code
            );
        }
        assert_eq!(cohort.variable(name).unwrap().concept, None, "{name}");
    }
    let age = matched(&cohort, "Age");
    assert_eq!(
        (age.concept.as_deref(), age.confidence),
        (Some("age"), 0.95)
    );
    assert_eq!(matched(&cohort, "couleur").concept, None);
    assert!(!matches(&cohort).iter().any(|m| m.variable == "id"));
}

#[test]
fn values_and_units_move_the_confidence() {
    let text = |values: [&str; 4]| {
        let mut text = String::from("id;Owestry\n");
        for (n, value) in values.iter().enumerate() {
            text.push_str(&format!("P{n};{value}\n"));
        }
        matched(&of(&text), "Owestry")
    };
    let (fits, not) = (
        text(["40", "52", "38", "61"]),
        text(["4000", "5200", "3800", "6100"]),
    );
    assert!(fits.confidence > not.confidence + 0.2);
    assert!(
        not.reasons
            .iter()
            .any(|reason| reason.code == "match-range-outside")
    );
    // An exact name stays one, with a doubt.
    let exact = matched(&of("id;ODI\na;4000\nb;5200\nc;3800\nd;6100\n"), "ODI");
    assert_eq!(
        (exact.concept.as_deref(), exact.confidence),
        (Some("odi"), 0.8)
    );
}

#[test]
fn a_codebook_label_proposes_a_meaning() {
    let mut cohort = of("id;q17_m6\na;40\nb;52\nc;38\n");
    cohort.variables[1].label = "Oswestry total".to_owned();
    annotate(&mut cohort);
    let found = matched(&cohort, "q17_m6");
    assert_eq!(found.concept.as_deref(), Some("odi"));
    assert_eq!(found.timing, Timing::After(6));
    assert!((0.7..0.8).contains(&found.confidence));
    assert_eq!(cohort.variables[1].concept, None);
}

#[test]
fn a_meaning_that_a_person_set_is_kept() {
    let mut cohort = of("id;Owestry;x\na;40;7\nb;52;8\nc;38;6\n");
    let meaning = |variable: &str, concept: Option<&str>, unit: Option<&str>| Change::Meaning {
        variable: variable.to_owned(),
        concept: concept.map(str::to_owned),
        timing: Timing::After(6),
        unit: unit.map(str::to_owned),
    };
    let edits = [
        edit(meaning("Owestry", Some("odi"), Some("%"))),
        edit(meaning("x", Some("pain-back"), Some("cm"))),
    ];
    assert!(replay(&mut cohort, &edits).conflicts.is_empty());
    annotate(&mut cohort);
    let odi = cohort.find("odi", Timing::After(6)).unwrap();
    assert_eq!(
        (odi.domain, odi.range),
        (Domain::Disability, Some((0.0, 100.0)))
    );
    let pain = cohort.find("pain-back", Timing::After(6)).unwrap();
    assert_eq!(
        (pain.unit.as_deref(), pain.range),
        (Some("cm"), Some((0.0, 10.0)))
    );
    assert_eq!(matched(&cohort, "Owestry").confidence, 1.0);
    assert_settled(&cohort);
    // Said to be nothing known, a column that its header names stays unnamed.
    let mut cohort = of("id;ODI\na;40\nb;52\nc;38\n");
    replay(&mut cohort, &[edit(meaning("ODI", None, None))]);
    annotate(&mut cohort);
    assert_eq!(cohort.variables[1].concept, None);
    assert_eq!(cohort.variables[1].domain, Domain::Other);
    assert_settled(&cohort);
}

#[test]
fn a_unit_that_a_person_set_is_kept() {
    let mut cohort = of("id;EVA_lombaire_cm\na;7\nb;8,5\nc;6\nd;9\n");
    let scale = Change::Scale {
        variable: "EVA_lombaire_cm".to_owned(),
        factor: 10.0,
        unit: Some("mm".to_owned()),
    };
    replay(&mut cohort, &[edit(scale)]);
    annotate(&mut cohort);
    let pain = cohort.find("pain-back", Timing::Baseline).unwrap();
    assert_eq!(
        (pain.unit.as_deref(), pain.range),
        (Some("mm"), Some((0.0, 100.0)))
    );
    assert_eq!(
        cohort.numbers("EVA_lombaire_cm").unwrap(),
        [70.0, 85.0, 60.0, 90.0]
    );
}

#[test]
fn an_ambiguous_pcs_names_both_that_it_may_be() {
    let cohort = of("id;PCS;MCS\na;30,2;44\nb;41,5;50\nc;22,8;39\n");
    let found = matched(&cohort, "PCS");
    assert_eq!(found.concept, None);
    let mut others: Vec<&str> = found.others.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(others[0], "sf12-pcs", "decimals speak for the SF-12");
    others.sort_unstable();
    assert_eq!(others, ["pcs", "sf12-pcs"]);
    assert_eq!(cohort.variables[2].concept.as_deref(), Some("sf12-mcs"));
    let cohort = of("id;SF12_PCS;PCS_CF\na;30,2;44\nb;41,5;50\nc;22,8;39\n");
    let read: Vec<_> = cohort.variables[1..]
        .iter()
        .map(|v| v.concept.as_deref())
        .collect();
    assert_eq!(read, [Some("sf12-pcs"), Some("pcs")]);
    let mut cohort = of("id;PCS\na;30,2\nb;41,5\nc;22,8\n");
    cohort.variables[1].label = "SF-12 composante physique".to_owned();
    annotate(&mut cohort);
    assert_eq!(cohort.variables[1].concept.as_deref(), Some("sf12-pcs"));
    assert_settled(&cohort);
}

#[test]
fn every_measure_can_be_picked_and_is_worded() {
    let all = concepts();
    assert!(all.len() >= 60);
    for concept in &all {
        for lang in Lang::ALL {
            assert!(
                !concept_label(concept.id, lang).contains('⟦'),
                "{}",
                concept.id
            );
        }
        if let Some((low, high)) = concept.range {
            assert!(low < high, "{}", concept.id);
        }
        // What comes after the decision is never taken for a baseline measure.
        if [
            "adverse-event",
            "waveform",
            "lead-type",
            "pgic",
            "satisfaction",
        ]
        .contains(&concept.id)
        {
            assert_eq!(concept.timing, Timing::After(0), "{}", concept.id);
        }
    }
    assert_eq!(concept_label("not-a-measure", Lang::En), "not-a-measure");
}

#[test]
fn levels_that_say_the_same_in_other_words_are_proposed_as_one() {
    let rows = [
        "F;Oui;O",
        "Femme;O;A",
        "H;Non;N",
        "F;N;O",
        "Homme;sevré;A",
        "H;Non;B",
    ];
    let mut text = String::from("id;sexe;tabac;groupe\n");
    for n in 0..18 {
        text.push_str(&format!("P{n};{}\n", rows[n % 6]));
    }
    let mut cohort = of(&text);
    let found = proposals(&cohort);
    let columns: Vec<_> = found
        .iter()
        .map(|p| (p.code.as_str(), p.variable.as_deref(), p.n_cells))
        .collect();
    // Letters alone (a blood group) may be codes of something else.
    let expected = [
        ("levels-alike", Some("sexe"), 6),
        ("levels-alike", Some("tabac"), 6),
    ];
    assert_eq!(columns, expected);
    accept(&mut cohort, &set(&["levels-alike"])).unwrap();
    assert_eq!(cohort.variable("sexe").unwrap().levels, ["F", "H"]);
    assert_eq!(cohort.n_missing("tabac"), 0);
    assert!(proposals(&cohort).is_empty());
    assert_worded(&cohort);
    assert_settled(&cohort);
}
