//! Edits over a small cohort: what they change, what they leave, what they refuse.

use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::base::issue::Place;
use crate::cohort::{Origin, Source};

const N: usize = 6;

fn variable(name: &str, kind: Kind, column: u32, levels: &[&str]) -> Variable {
    let origin = Origin {
        sheet: None,
        header: name.to_owned(),
        column,
        rows: Arc::new((2..2 + N as u32).collect()),
    };
    let mut variable = Variable::new(name, kind, origin);
    variable.levels = levels.iter().map(|level| (*level).to_owned()).collect();
    variable
}

fn texts(values: [&str; N]) -> Vec<Option<String>> {
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    values.into_iter().map(known).collect()
}

/// Six patients: a number with an unreadable cell, levels with a typing error, a date, keys.
fn cohort() -> Cohort {
    let mut cohort = Cohort::new(Source::default(), N);
    cohort.source.decimal_mark = Some(',');
    cohort.row_keys = Arc::new("abcdef".chars().map(String::from).collect());
    let odi = [42.0, f64::NAN, 7.3, 120.0, 55.5, f64::NAN];
    cohort
        .push_numbers(variable("odi", Kind::Numeric, 1, &[]), &odi)
        .unwrap();
    cohort
        .unread
        .insert("odi".to_owned(), vec![(1, "4O".to_owned())]);
    let place = cohort.variables[0].place(1);
    cohort
        .issues
        .push(Issue::warning("number-unreadable").at(place).found("4O"));
    let sex = variable("sex", Kind::Categorical, 2, &["F", "Femme", "M"]);
    cohort
        .push_texts(sex, &texts(["F", "M", "Femme", "F", "M", ""]))
        .unwrap();
    let day = variable("implant_date", Kind::Date, 3, &[]);
    let days = [
        "2024-01-05",
        "",
        "2024-02-10",
        "2023-12-01",
        "2024-03-03",
        "2024-03-04",
    ];
    cohort.push_texts(day, &texts(days)).unwrap();
    let trial = variable("trial", Kind::Binary, 4, &["Non", "Oui"]);
    cohort
        .push_texts(trial, &texts(["Oui", "Non", "Oui", "Oui", "", "Oui"]))
        .unwrap();
    cohort
}

fn edit(number: u32, change: Change) -> Arc<Edit> {
    Arc::new(Edit {
        number,
        at: "2026-01-01T00:00:00Z".to_owned(),
        who: "AB".to_owned(),
        why: "checked in the chart".to_owned(),
        change,
    })
}

fn number(x: f64) -> Option<Cell> {
    Some(Cell::Number(x))
}

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.to_owned()))
}

fn cell(row: usize, variable: &str, before: Option<Cell>, after: Option<Cell>) -> Change {
    let key = cohort().row_keys.get(row).cloned();
    Change::Cells(vec![CellChange {
        row: RowRef { row, key },
        variable: variable.to_owned(),
        before,
        after,
    }])
}

fn replayed(changes: Vec<Change>) -> (Cohort, Replayed) {
    let mut cohort = cohort();
    let edits: Vec<Arc<Edit>> = (1..)
        .zip(changes)
        .map(|(n, change)| edit(n, change))
        .collect();
    let replayed = replay(&mut cohort, &edits);
    (cohort, replayed)
}

/// Everything that a cohort holds, to compare.
fn all(cohort: &Cohort) -> String {
    let cells: Vec<Vec<Option<Cell>>> = cohort
        .variables
        .iter()
        .map(|v| {
            (0..cohort.n_rows())
                .map(|row| cohort.cell(row, &v.name))
                .collect()
        })
        .collect();
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{cells:?}",
        cohort.variables, cohort.issues, cohort.excluded, cohort.unread
    )
}

#[test]
fn a_corrected_cell_is_changed_listed_and_no_longer_unread() {
    let (cohort, replayed) = replayed(vec![
        cell(1, "odi", None, number(40.0)),
        cell(3, "odi", number(120.0), number(12.0)),
    ]);
    assert_eq!(replayed.conflicts, []);
    assert_eq!(
        replayed.edited,
        [(1, "odi".to_owned()), (3, "odi".to_owned())]
    );
    assert_eq!(cohort.cell(1, "odi"), number(40.0));
    assert_eq!(cohort.cell(3, "odi"), number(12.0));
    assert!(cohort.unread.is_empty() && cohort.issues.is_empty());
}

#[test]
fn a_cell_that_is_not_corrected_keeps_its_issue() {
    let (cohort, _) = replayed(vec![cell(3, "odi", number(120.0), number(12.0))]);
    assert_eq!((cohort.issues.len(), cohort.unread.len()), (1, 1));
}

#[test]
fn a_cell_that_a_new_export_changed_is_a_conflict_and_stays() {
    let (cohort, replayed) = replayed(vec![cell(0, "odi", number(41.0), number(44.0))]);
    assert_eq!(cohort.cell(0, "odi"), number(42.0));
    assert_eq!(replayed.edited, []);
    let conflict = &replayed.conflicts[0];
    assert_eq!(conflict.kind, ConflictKind::ValueChanged);
    assert_eq!((&conflict.found, conflict.edit), (&number(42.0), 1));
}

#[test]
fn a_new_export_that_holds_the_corrected_value_is_no_conflict() {
    let (_, replayed) = replayed(vec![cell(0, "odi", number(24.0), number(42.0))]);
    assert_eq!((replayed.conflicts.len(), replayed.edited.len()), (0, 0));
}

#[test]
fn numbers_are_compared_exactly() {
    let (_, replayed) = replayed(vec![cell(2, "odi", number(7.300_000_000_1), number(7.4))]);
    assert_eq!(replayed.conflicts[0].kind, ConflictKind::ValueChanged);
}

#[test]
fn rows_are_found_by_key_in_an_export_of_another_order() {
    let mut moved = cohort();
    moved.row_keys = Arc::new("fedcba".chars().map(String::from).collect());
    let edits = [edit(1, cell(2, "sex", text("F"), text("M")))];
    // The key "c" stands in row 3 now, which holds F.
    let replayed = replay(&mut moved, &edits);
    assert_eq!(replayed.edited, [(3, "sex".to_owned())]);
    let mut gone = cohort();
    gone.row_keys = Arc::new(vec!["x".to_owned(); N]);
    let conflicts = replay(&mut gone, &edits).conflicts;
    assert_eq!(conflicts[0].kind, ConflictKind::RowGone);
    let mut unkeyed = cohort();
    unkeyed.row_keys = Arc::default();
    let by_place = edit(1, cell(2, "sex", text("Femme"), text("F")));
    assert_eq!(
        replay(&mut unkeyed, &[by_place]).edited,
        [(2, "sex".to_owned())]
    );
}

#[test]
fn what_is_gone_is_a_conflict() {
    let far = RowRef { row: 99, key: None };
    let (_, replayed) = replayed(vec![
        cell(0, "vas", None, number(1.0)),
        Change::Exclude(far.clone()),
        Change::Scale {
            variable: "sex".to_owned(),
            factor: 10.0,
            unit: None,
        },
        cell(0, "odi", number(42.0), text("many")),
        cell(0, "implant_date", text("2024-01-05"), text("31/02/2024")),
    ]);
    let kinds: Vec<ConflictKind> = replayed.conflicts.iter().map(|c| c.kind).collect();
    let gone = ConflictKind::ColumnGone;
    assert_eq!(kinds, [gone, ConflictKind::RowGone, gone, gone, gone]);
    assert_eq!(replayed.edited, []);
}

#[test]
fn a_corrected_level_leaves_no_empty_level_behind() {
    let (cohort, _) = replayed(vec![cell(2, "sex", text("Femme"), text("F"))]);
    let sex = cohort.variable("sex").unwrap();
    assert_eq!(
        (sex.levels.as_slice(), sex.kind),
        (&["F".to_owned(), "M".to_owned()][..], Kind::Binary)
    );
    assert_eq!(cohort.levels("sex").unwrap()[2], Some(0));
}

#[test]
fn levels_are_renamed_merged_or_made_missing_together() {
    let recode = Change::Recode {
        variable: "sex".to_owned(),
        levels: vec![
            ("Femme".to_owned(), Some("M".to_owned())),
            ("M".to_owned(), Some("F".to_owned())),
            ("F".to_owned(), None),
        ],
    };
    let (cohort, replayed) = replayed(vec![recode]);
    let expected = texts(["", "F", "M", "", "F", ""]);
    assert_eq!(cohort.texts("sex").unwrap(), expected);
    assert_eq!(cohort.variable("sex").unwrap().levels, ["F", "M"]);
    assert_eq!(replayed.edited.len(), 5);
}

#[test]
fn a_level_of_the_codebook_that_nobody_has_stays() {
    let mut source = cohort();
    let sex = &mut source.variables[1];
    sex.levels.push("X".to_owned());
    let edits = [edit(1, cell(2, "sex", text("Femme"), text("F")))];
    replay(&mut source, &edits);
    assert_eq!(source.variable("sex").unwrap().levels, ["F", "M", "X"]);
}

#[test]
fn the_yes_stays_the_last_of_two_levels() {
    let mut source = cohort();
    source.variables[3].levels = vec!["Oui".to_owned(), "Non".to_owned()];
    replay(
        &mut source,
        &[edit(1, cell(0, "trial", text("Oui"), text("Non")))],
    );
    assert_eq!(source.variable("trial").unwrap().levels, ["Oui", "Non"]);
}

#[test]
fn missing_codes_empty_their_cells_and_the_unreadable_ones() {
    let codes = vec!["120".to_owned(), "7,3".to_owned(), "4O".to_owned()];
    let change = Change::MissingCodes {
        variable: "odi".to_owned(),
        codes,
    };
    let (cohort, replayed) = replayed(vec![change]);
    assert_eq!(cohort.n_missing("odi"), 4);
    assert!(cohort.unread.is_empty() && cohort.issues.is_empty());
    assert_eq!(
        replayed.edited,
        [(2, "odi".to_owned()), (3, "odi".to_owned())]
    );
}

#[test]
fn another_unit_multiplies_without_noise_and_says_the_unit() {
    let scale = |factor, unit: &str| Change::Scale {
        variable: "odi".to_owned(),
        factor,
        unit: Some(unit.to_owned()),
    };
    let (cohort, _) = replayed(vec![scale(10.0, "mm")]);
    assert_eq!(cohort.cell(2, "odi"), number(73.0));
    assert_eq!(cohort.variable("odi").unwrap().unit.as_deref(), Some("mm"));
    let (_, back) = replayed(vec![scale(10.0, "mm"), scale(0.1, "cm")]);
    assert_eq!(back.edited, []);
}

#[test]
fn an_excluded_patient_has_the_reason_and_can_come_back() {
    let row = |row| RowRef { row, key: None };
    let (cohort, _) = replayed(vec![
        Change::Exclude(row(1)),
        Change::Exclude(row(4)),
        Change::Include(row(1)),
    ]);
    let expected = BTreeMap::from([(4, "checked in the chart".to_owned())]);
    assert_eq!(cohort.excluded, expected);
}

#[test]
fn a_chosen_meaning_is_kept_with_its_reason() {
    let (cohort, _) = replayed(vec![Change::Meaning {
        variable: "odi".to_owned(),
        concept: Some("odi".to_owned()),
        timing: Timing::After(12),
        unit: Some("%".to_owned()),
    }]);
    let odi = cohort.variable("odi").unwrap();
    assert_eq!(
        (odi.concept.as_deref(), odi.timing),
        (Some("odi"), Timing::After(12))
    );
    assert!(odi.meaning_set);
}

fn kind(variable: &str, kind: Kind) -> Change {
    Change::Kind {
        variable: variable.to_owned(),
        kind,
    }
}

#[test]
fn a_number_that_is_a_code_becomes_levels_with_the_text_of_the_source() {
    let (cohort, replayed) = replayed(vec![kind("odi", Kind::Categorical)]);
    let odi = cohort.variable("odi").unwrap();
    assert_eq!(odi.kind, Kind::Categorical);
    assert_eq!(odi.levels, ["120", "42", "4O", "55.5", "7.3"]);
    assert_eq!(cohort.cell(1, "odi"), text("4O"));
    assert!(cohort.unread.is_empty() && cohort.issues.is_empty());
    assert_eq!(replayed.edited, []);
}

#[test]
fn a_text_becomes_a_number_and_what_is_none_stays_missing_and_is_said() {
    let mut source = cohort();
    let dose = variable("dose", Kind::Text, 5, &[]);
    source
        .push_texts(dose, &texts(["7,5", "12 mg", "", "1 200", "30", "-3"]))
        .unwrap();
    replay(&mut source, &[edit(1, kind("dose", Kind::Numeric))]);
    let values: Vec<Option<Cell>> = (0..N).map(|row| source.cell(row, "dose")).collect();
    let expected = [
        number(7.5),
        None,
        None,
        number(1200.0),
        number(30.0),
        number(-3.0),
    ];
    assert_eq!(values, expected);
    assert_eq!(source.unread["dose"], [(1, "12 mg".to_owned())]);
    let said = source
        .issues
        .iter()
        .find(|issue| issue.code == "not-of-kind")
        .unwrap();
    assert_eq!(said.found.as_deref(), Some("12 mg"));
    let place = Place {
        row: Some(3),
        column: Some("dose".to_owned()),
        position: Some(5),
        sheet: None,
    };
    assert_eq!(said.place, place);
}

#[test]
fn there_and_back_restores_a_column_whatever_its_kind_was() {
    for (name, own, other) in [
        ("odi", Kind::Numeric, Kind::Text),
        ("odi", Kind::Numeric, Kind::Categorical),
        ("sex", Kind::Categorical, Kind::Text),
        ("implant_date", Kind::Date, Kind::Categorical),
        ("trial", Kind::Binary, Kind::Identifier),
    ] {
        let (there_and_back, _) = replayed(vec![kind(name, other), kind(name, own)]);
        assert_eq!(all(&there_and_back), all(&cohort()), "{name} {other:?}");
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    let row = 0..N + 1;
    let name = prop::sample::select(vec!["odi", "sex", "implant_date", "trial", "gone"]);
    let value = prop::sample::select(vec![
        None,
        number(42.0),
        number(0.5),
        text("F"),
        text("Oui"),
        text("2024-02-10"),
        text("new"),
    ]);
    let any_kind = prop::sample::select(vec![
        Kind::Numeric,
        Kind::Categorical,
        Kind::Binary,
        Kind::Text,
        Kind::Date,
        Kind::Identifier,
    ]);
    let of_row = |row: usize| RowRef { row, key: None };
    prop_oneof![
        4 => (row.clone(), name.clone(), value.clone(), value)
            .prop_map(|(row, name, before, after)| cell(row, name, before, after)),
        1 => (name.clone(), any_kind).prop_map(|(name, k)| kind(name, k)),
        1 => (name.clone(), prop::sample::select(vec![10.0, 0.1, 0.0, f64::NAN]))
            .prop_map(|(name, factor)| Change::Scale { variable: name.to_owned(), factor, unit: None }),
        1 => (name.clone(), any::<bool>()).prop_map(|(name, to)| Change::Recode {
            variable: name.to_owned(),
            levels: vec![("F".to_owned(), to.then(|| "M".to_owned())), ("42".to_owned(), Some("43".to_owned()))],
        }),
        1 => name.prop_map(|name| Change::MissingCodes {
            variable: name.to_owned(),
            codes: vec!["M".to_owned(), "7.3".to_owned()],
        }),
        1 => row.clone().prop_map(move |row| Change::Exclude(of_row(row))),
        1 => row.prop_map(move |row| Change::Include(of_row(row))),
    ]
}

proptest! {
    #[test]
    fn replaying_again_from_the_source_gives_the_same(changes in prop::collection::vec(any_change(), 0..12)) {
        let (first, one) = replayed(changes.clone());
        let (second, two) = replayed(changes);
        prop_assert_eq!(all(&first), all(&second));
        prop_assert_eq!(one, two);
    }

    #[test]
    fn a_cell_and_its_inverse_leave_everything_as_the_other_edits_made_it(
        changes in prop::collection::vec(any_change(), 0..8),
        row in 0..N,
        name in prop::sample::select(vec!["odi", "sex", "implant_date", "trial"]),
        after in prop::sample::select(vec![None, number(42.0), text("F"), text("2024-02-10"), text("Oui")]),
    ) {
        let (plain, expected) = replayed(changes.clone());
        let before = plain.cell(row, name);
        let is_unread = plain.unread.get(name).is_some_and(|cells| cells.iter().any(|(at, _)| *at as usize == row));
        // An unreadable text can't be written back: it is the one thing that an inverse does not restore.
        if !is_unread {
            let mut more = changes;
            more.push(cell(row, name, before.clone(), after.clone()));
            let (there, _) = replayed(more.clone());
            more.push(cell(row, name, there.cell(row, name), before));
            let (back, same) = replayed(more);
            prop_assert_eq!(all(&back), all(&plain));
            prop_assert_eq!(same.edited, expected.edited);
        }
    }

    #[test]
    fn every_cell_that_differs_from_the_file_is_listed(changes in prop::collection::vec(any_change(), 0..12)) {
        let has_kind = changes.iter().any(|change| matches!(change, Change::Kind { .. }));
        let (after, replayed) = replayed(changes);
        let before = cohort();
        for name in ["odi", "sex", "implant_date", "trial"] {
            for row in 0..N {
                let differs = before.cell(row, name) != after.cell(row, name);
                let listed = replayed.edited.contains(&(row, name.to_owned()));
                if !has_kind {
                    prop_assert_eq!(differs, listed, "{} {}", name, row);
                }
            }
        }
    }
}
