//! Shapes of tables, forms of cells, visits and codebooks, read as whole files.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::base::issue::Issue;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing};
use crate::import::{ColumnChoice, ImportOptions, read, read_bytes};

fn with(name: &str, bytes: &[u8], options: &ImportOptions) -> Cohort {
    let cohort = read_bytes(name, bytes, options, &TaskHandle::unattended()).unwrap();
    for issue in &cohort.issues {
        for lang in Lang::ALL {
            let text = lang.issue(issue);
            assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
        }
    }
    let account = &cohort.source.account;
    assert_eq!(account.accounted(), account.cells, "{account:?}");
    let n_values: usize = cohort
        .variables
        .iter()
        .map(|v| cohort.n_rows() - cohort.n_missing(&v.name))
        .sum();
    assert_eq!(account.value, n_values, "{account:?}");
    cohort
}

fn csv(text: &str) -> Cohort {
    with("cohort.csv", text.as_bytes(), &ImportOptions::default())
}

fn csv_with(text: &str, options: &ImportOptions) -> Cohort {
    with("cohort.csv", text.as_bytes(), options)
}

fn refused(text: &str, options: &ImportOptions) -> Issue {
    let failure = read_bytes("c.csv", text.as_bytes(), options, &TaskHandle::unattended());
    let issue = failure.unwrap_err().issue();
    assert!(Lang::Fr.remedy(&issue).is_some(), "{}", issue.code);
    issue
}

fn found<'a>(cohort: &'a Cohort, code: &str) -> Vec<&'a Issue> {
    cohort.issues.iter().filter(|i| i.code == code).collect()
}

fn names(cohort: &Cohort) -> Vec<&str> {
    cohort.variables.iter().map(|v| v.name.as_str()).collect()
}

fn texts(cohort: &Cohort, name: &str) -> Vec<String> {
    let texts = cohort.texts(name).unwrap();
    texts.into_iter().map(Option::unwrap_or_default).collect()
}

/// Writes lines of fields parted by `|`; what reads as a number is one.
fn write(sheet: &mut Worksheet, first_row: u32, lines: &[&str]) {
    for (row, line) in lines.iter().enumerate() {
        for (column, field) in line.split('|').enumerate() {
            let (row, column) = (first_row + row as u32, column as u16);
            match field.parse::<f64>() {
                Ok(x) => sheet.write_number(row, column, x).map(drop).unwrap(),
                Err(_) if field.is_empty() => {}
                Err(_) => sheet.write_string(row, column, field).map(drop).unwrap(),
            }
        }
    }
}

#[test]
fn merged_header_cells_name_every_column_below_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 7, "Cohorte SCS, CHU", &plain)
        .unwrap();
    sheet.merge_range(2, 0, 3, 0, "Patient", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "Sexe", &plain).unwrap();
    sheet.merge_range(2, 2, 2, 4, "EVA", &plain).unwrap();
    sheet.merge_range(2, 5, 2, 6, "ODI", &plain).unwrap();
    write(
        sheet,
        3,
        &[
            "||J0|M6|M12|J0|M6",
            "1|F|70|30|20|44|30",
            "2|M|60|30|25|50|31",
        ],
    );
    let cohort = with(
        "w.xlsx",
        &book.save_to_buffer().unwrap(),
        &ImportOptions::default(),
    );
    let wanted = [
        "Patient", "Sexe", "EVA J0", "EVA M6", "EVA M12", "ODI J0", "ODI M6",
    ];
    assert_eq!(names(&cohort), wanted);
    assert_eq!(cohort.numbers("EVA M12").unwrap(), [20.0, 25.0]);
    let mut cohort = cohort;
    crate::dictionary::annotate(&mut cohort);
    assert_eq!(cohort.variable("EVA M6").unwrap().timing, Timing::After(6));
}

#[test]
fn totals_and_notes_are_left_out_and_named() {
    let cohort = csv(
        "id;age;eva;odi\nP1;54;70;44\nP2;61;60;50\nSous-total;115;;\nP3;47;80;46\nTotal;162;210;140\nMoyenne (ET);54;70;46,7\nn = 3;3;3;3\n\nSource : DIM du CHU;;;\n",
    );
    assert_eq!(cohort.ids(), ["P1", "P2", "P3"]);
    let rows: Vec<_> = found(&cohort, "totals-row")
        .iter()
        .map(|issue| (issue.place.row.unwrap(), issue.found.clone().unwrap()))
        .collect();
    let own = |row: u32, text: &str| (row, text.to_owned());
    assert_eq!(
        rows,
        [
            own(4, "Sous-total"),
            own(6, "Total"),
            own(7, "Moyenne (ET)"),
            own(8, "n = 3")
        ]
    );
    assert_eq!(found(&cohort, "notes-below").len(), 1);
    let account = &cohort.source.account;
    assert_eq!((account.left_out, account.title), (2 + 4 + 4 + 4, 1));
}

#[test]
fn patients_whose_identifiers_look_like_labels_stay() {
    let cohort = csv("id;age;sexe\nN-1;54;F\nN-2;61;M\nN-3;47;F\n");
    assert_eq!(cohort.n_rows(), 3);
    assert!(found(&cohort, "totals-row").is_empty());
}

#[test]
fn blank_rows_and_columns_are_passed_over() {
    let cohort = csv(";;;;\n;id;;age;eva\n;;;;\n;P1;;54;70\n;;;;\n;P2;;61;60\n");
    assert_eq!(names(&cohort), ["id", "age", "eva"]);
    assert_eq!(cohort.ids(), ["P1", "P2"]);
    assert_eq!(cohort.variable("age").unwrap().origin.column, 4);
    assert_eq!(cohort.variable("age").unwrap().place(1).row, Some(6));
}

#[test]
fn a_second_table_below_is_joined_where_it_names_the_patients() {
    let cohort = csv(
        "id;age;sexe\nP1;54;F\nP2;61;M\nP3;47;F\n\nVisites\nid;visite;eva\nP1;M6;30\nP2;M6;20\nP9;M6;1\n",
    );
    assert_eq!(cohort.n_rows(), 3);
    assert_eq!(names(&cohort), ["id", "age", "sexe", "eva_M6"]);
    let eva = cohort.numbers("eva_M6").unwrap();
    assert_eq!(eva[..2], [30.0, 20.0]);
    assert_eq!(found(&cohort, "unmatched-id")[0].place.row, Some(10));
    assert_eq!(found(&cohort, "patients-without-visit").len(), 1);
}

#[test]
fn a_table_beside_the_patients_is_left_out_with_its_cells_counted() {
    let cohort = csv("id;age;sexe;;lieu;nombre\nP1;54;F;;dos;3\nP2;61;M;;jambe;4\nP3;47;F;;;\n");
    // Without a header of its own it is part of the table.
    assert_eq!(names(&cohort), ["id", "age", "sexe", "lieu", "nombre"]);
    let cohort =
        csv("id;age;sexe;;;\nP1;54;F;;;\nP2;61;M;;lieu;nombre\nP3;47;F;;dos;3\nP4;48;F;;jambe;4\n");
    assert_eq!(names(&cohort), ["id", "age", "sexe"]);
    let out = found(&cohort, "sheet-not-joined");
    assert_eq!(out.len(), 1);
    assert_eq!(cohort.source.account.left_out, 4);
}

#[test]
fn a_blank_column_between_measures_with_the_same_visits_does_not_part_the_table() {
    let cohort = csv(
        "id;EVA lombaire;;;EVA jambe;;;ODI;\n;J0;M6;;J0;M6;;J0;M6\nP1;70;20;;60;10;;44;12\nP2;80;30;;65;15;;40;20\nP3;75;25;;50;10;;38;18\n",
    );
    let expected = [
        "id",
        "EVA lombaire J0",
        "EVA lombaire M6",
        "EVA jambe J0",
        "EVA jambe M6",
        "ODI J0",
        "ODI M6",
    ];
    assert_eq!(names(&cohort), expected);
    assert_eq!(cohort.source.account.left_out, 0);
}

#[test]
fn a_unit_beside_a_few_numbers_of_many_is_not_taken_for_that_of_the_others() {
    let cohort =
        csv("id;duree douleur;dose (mg/j)\nP1;4;60\nP2;6;60 mg\nP3;8 mois;20\nP4;3;40\nP5;5;30\n");
    let years = cohort.numbers("duree douleur").unwrap();
    assert!(years[2].is_nan() && years[0] == 4.0);
    assert_eq!(found(&cohort, "unit-alone")[0].place.row, Some(4));
    // The header says the same unit.
    assert_eq!(cohort.numbers("dose (mg/j)").unwrap()[1], 60.0);
}

#[test]
fn a_row_with_nothing_but_one_cell_is_asked_about() {
    let cohort = csv("id;age;sexe;eva\nP1;54;F;70\nAnnée 2023;;;\nP2;61;M;60\n");
    let lone = found(&cohort, "row-nearly-empty");
    assert_eq!(lone.len(), 1);
    assert_eq!(
        (lone[0].place.row, lone[0].found.as_deref()),
        (Some(3), Some("Année 2023"))
    );
    assert_eq!(cohort.n_rows(), 3);
}

#[test]
fn a_header_that_is_printed_again_is_no_patient() {
    let cohort = csv("id;age;sexe\nP1;54;F\nid;age;sexe\nP2;61;M\n");
    assert_eq!(cohort.ids(), ["P1", "P2"]);
    assert_eq!(cohort.variable("age").unwrap().kind, Kind::Numeric);
    assert_eq!(found(&cohort, "header-repeated").len(), 1);
}

#[test]
fn a_table_without_a_header_is_said_to_have_none() {
    let cohort = csv("P1;54;70\nP2;61;60\nP3;47;80\n");
    assert_eq!(found(&cohort, "header-holds-values")[0].place.row, Some(1));
    let cohort = csv("id;2021;2022\nP1;54;70\nP2;61;60\nP3;47;80\n");
    assert_eq!(found(&cohort, "header-holds-values").len(), 1);
    let cohort = csv("id;age;2022\nP1;54;70\nP2;61;60\nP3;47;80\n");
    assert!(found(&cohort, "header-holds-values").is_empty());
}

#[test]
fn row_names_without_a_header_do_not_shift_the_columns() {
    let cohort = csv("id;age\n1;P1;54\n2;P2;61\n3;P3;47\n");
    assert_eq!(names(&cohort), ["column 1", "id", "age"]);
    assert_eq!(cohort.ids(), ["P1", "P2", "P3"]);
    assert_eq!(found(&cohort, "header-shifted").len(), 1);
}

const FRAMED: &str = "x;y;z\na;b;c\nid;age;eva\nP1;54;70\nP2;61;60\nP3;47;80\n";

#[test]
fn header_row_rows_to_skip_and_range_are_followed() {
    let options = ImportOptions {
        header_row: Some(3),
        n_header_rows: Some(1),
        ..ImportOptions::default()
    };
    let cohort = csv_with(FRAMED, &options);
    assert_eq!(names(&cohort), ["id", "age", "eva"]);
    assert_eq!(cohort.n_rows(), 3);
    let options = ImportOptions {
        skip_rows: vec![(1, 2), (5, 5)],
        ..ImportOptions::default()
    };
    let cohort = csv_with(FRAMED, &options);
    assert_eq!(cohort.ids(), ["P1", "P3"]);
    assert_eq!(cohort.source.account.left_out, 9);
    assert_eq!(found(&cohort, "rows-skipped").len(), 1);
    let options = ImportOptions {
        range: Some("A3:B5".to_owned()),
        ..ImportOptions::default()
    };
    let cohort = csv_with(FRAMED, &options);
    assert_eq!(names(&cohort), ["id", "age"]);
    assert_eq!(cohort.ids(), ["P1", "P2"]);
    let options = ImportOptions {
        header_row: Some(2),
        n_header_rows: Some(2),
        ..ImportOptions::default()
    };
    assert_eq!(
        names(&csv_with(FRAMED, &options)),
        ["a id", "b age", "c eva"]
    );
}

#[test]
fn a_frame_that_does_not_fit_is_refused() {
    let code = |options: ImportOptions| refused(FRAMED, &options).code;
    let open = ImportOptions::default;
    assert_eq!(
        code(ImportOptions {
            header_row: Some(40),
            ..open()
        }),
        "header-row-unknown"
    );
    assert_eq!(
        code(ImportOptions {
            header_row: Some(0),
            ..open()
        }),
        "header-row-unknown"
    );
    assert_eq!(
        code(ImportOptions {
            n_header_rows: Some(4),
            ..open()
        }),
        "header-rows-unknown"
    );
    assert_eq!(
        code(ImportOptions {
            skip_rows: vec![(5, 2)],
            ..open()
        }),
        "skip-rows-unknown"
    );
    assert_eq!(
        code(ImportOptions {
            range: Some("B3".to_owned()),
            ..open()
        }),
        "range-unknown"
    );
    let far = ImportOptions {
        range: Some("M30:P40".to_owned()),
        ..open()
    };
    assert_eq!(code(far), "range-empty");
}

fn choose(header: &str, choice: ColumnChoice) -> ImportOptions {
    ImportOptions {
        columns: [(header.to_owned(), choice)].into(),
        ..ImportOptions::default()
    }
}

#[test]
fn what_is_chosen_for_a_column_is_followed() {
    let text =
        "id;x;seen\nP1;1;03/04/2021\nP2;-9;05/06/2021\nP3;3;07/08/2021\nP4;env. 5;\nP5;4;\nP6;6;\n";
    let missing = ColumnChoice {
        missing: vec!["-9".to_owned()],
        ..ColumnChoice::default()
    };
    let cohort = csv_with(text, &choose("x", missing));
    assert!(cohort.numbers("x").unwrap()[1].is_nan());
    assert_eq!(cohort.source.account.missing, 1);
    let order = ColumnChoice {
        date_order: Some("mdy".to_owned()),
        ..ColumnChoice::default()
    };
    let cohort = csv_with(text, &choose("SEEN", order));
    assert_eq!(texts(&cohort, "seen")[0], "2021-03-04");
    let kind = ColumnChoice {
        kind: Some(Kind::Text),
        ..ColumnChoice::default()
    };
    assert_eq!(texts(&csv_with(text, &choose("x", kind)), "x")[3], "env. 5");
    let out = ColumnChoice {
        leave_out: true,
        ..ColumnChoice::default()
    };
    let cohort = csv_with(text, &choose("x", out.clone()));
    assert_eq!(names(&cohort), ["id", "seen"]);
    assert_eq!(cohort.source.account.left_out, 6);
    let cohort = csv_with(text, &choose("nowhere", out));
    assert_eq!(found(&cohort, "column-choice-unused").len(), 1);
    let bad = ColumnChoice {
        date_order: Some("xyz".to_owned()),
        ..ColumnChoice::default()
    };
    assert_eq!(
        refused(text, &choose("seen", bad)).code,
        "date-order-unknown"
    );
}

#[test]
fn a_chosen_number_leaves_words_unread_and_a_chosen_level_keeps_numbers() {
    let text = "id;x\nP1;1\nP2;deux\nP3;trois\nP4;4\n";
    let as_kind = |kind| {
        choose(
            "x",
            ColumnChoice {
                kind: Some(kind),
                ..ColumnChoice::default()
            },
        )
    };
    let cohort = csv_with(text, &as_kind(Kind::Numeric));
    assert_eq!(
        cohort.unread["x"],
        [(1, "deux".to_owned()), (2, "trois".to_owned())]
    );
    let cohort = csv_with(text, &as_kind(Kind::Categorical));
    assert_eq!(
        cohort.variable("x").unwrap().levels,
        ["1", "4", "deux", "trois"]
    );
}

#[test]
fn every_cell_that_is_not_what_its_column_is_is_kept_with_its_text() {
    let cohort = csv(
        "id;crp;dose;eva\nP1;5;12 mg;7/10\nP2;<0,5;25 mg;6/10\nP3;12;3 g;5/10\nP4;8;40;#REF!\nP5;7;10 mg;4\nP6;9;5 mg;3\n",
    );
    assert_eq!(cohort.unread["crp"], [(1, "<0,5".to_owned())]);
    assert_eq!(cohort.unread["dose"], [(2, "3 g".to_owned())]);
    assert_eq!(cohort.unread["eva"], [(3, "#REF!".to_owned())]);
    let dose = cohort.numbers("dose").unwrap();
    assert_eq!((dose[0], dose[3]), (12.0, 40.0));
    assert_eq!(cohort.variable("dose").unwrap().unit.as_deref(), Some("mg"));
    assert_eq!(cohort.numbers("eva").unwrap()[..3], [7.0, 6.0, 5.0]);
    assert_eq!(found(&cohort, "censored-value")[0].place.row, Some(3));
    assert_eq!(
        found(&cohort, "unit-unlike")[0].found.as_deref(),
        Some("3 g")
    );
    assert_eq!(found(&cohort, "scores-out-of").len(), 1);
    assert_eq!(cohort.source.account.unread, 3);
}

#[test]
fn scores_out_of_different_points_and_units_against_the_header_are_not_read() {
    let cohort = csv(
        "id;eva;dos (cm)\nP1;7/10;7\nP2;60/100;6 cm\nP3;5;45 mm\nP4;4;4\nP5;3;3\nP6;2;1\nP7;1;2\n",
    );
    assert_eq!(found(&cohort, "score-unlike").len(), 2);
    assert_eq!(cohort.unread["dos (cm)"], [(2, "45 mm".to_owned())]);
}

#[test]
fn zeros_before_a_code_and_codes_of_sex_are_kept() {
    let cohort =
        csv("id;code_postal;sexe;mois\nP1;01000;1;01\nP2;75014;2;12\nP3;06300;1;3\nP4;13001;2;4\n");
    assert_eq!(texts(&cohort, "code_postal")[..2], ["01000", "75014"]);
    assert_eq!(cohort.variable("sexe").unwrap().levels, ["1", "2"]);
    assert_eq!(cohort.numbers("mois").unwrap(), [1.0, 12.0, 3.0, 4.0]);
    assert!(found(&cohort, "mixed-column").is_empty());
}

#[test]
fn each_column_of_dates_has_its_own_order() {
    let cohort = csv(
        "id;a;b;c\nP1;13/05/2021;05/13/2021;03/04/2021\nP2;14/05/2021;05/14/2021;04/04/2021\nP3;15/06/2021;06/15/2021;05/06/2021\n",
    );
    assert_eq!(texts(&cohort, "a")[0], "2021-05-13");
    assert_eq!(texts(&cohort, "b")[0], "2021-05-13");
    assert!(found(&cohort, "date-order-mixed").is_empty());
    assert!(found(&cohort, "date-order-undecided").is_empty());
}

#[test]
fn an_undecided_order_is_asked_with_both_readings() {
    let cohort = csv("id;seen\nP1;03/04/2021\nP2;05/06/2021\n");
    let doubt = found(&cohort, "date-order-undecided")[0];
    assert_eq!(
        (doubt.place.row, doubt.place.column.as_deref()),
        (Some(2), Some("seen"))
    );
    let text = Lang::En.issue(doubt);
    assert!(
        text.contains("2021-04-03") && text.contains("2021-03-04"),
        "{text}"
    );
}

#[test]
fn serial_numbers_and_months_in_words_are_dates_among_dates() {
    let cohort = csv(
        "id;vu\nP1;13/05/2021\nP2;44329\nP3;15 mai 2021\nP4;16/05/2021\nP5;inconnu\nP6;17/05/2021\n",
    );
    let dates = texts(&cohort, "vu");
    assert_eq!(dates[..3], ["2021-05-13", "2021-05-13", "2021-05-15"]);
    assert_eq!(cohort.unread["vu"], [(4, "inconnu".to_owned())]);
    let cohort = csv("id;steps\nP1;20000\nP2;30000\nP3;40000\n");
    assert_eq!(cohort.variable("steps").unwrap().kind, Kind::Numeric);
    let cohort = csv("id;date_inclusion\nP1;20210513\nP2;20210514\n");
    assert_eq!(texts(&cohort, "date_inclusion")[0], "2021-05-13");
}

#[test]
fn identifiers_keep_zeros_and_blanks_and_join_with_a_warning() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("patients").unwrap();
    for (row, (id, age)) in [("id", ""), (" 007", "54"), ("012", "61"), ("0120", "47")]
        .iter()
        .enumerate()
    {
        sheet.write_string(row as u32, 0, *id).unwrap();
        sheet
            .write_string(row as u32, 1, if row == 0 { "age" } else { age })
            .unwrap();
    }
    let sheet = book.add_worksheet().set_name("visites").unwrap();
    write(
        sheet,
        0,
        &["id|visite|eva", "7|M6|30", "12|M6|20", "120|M6|10"],
    );
    let cohort = with(
        "w.xlsx",
        &book.save_to_buffer().unwrap(),
        &ImportOptions::default(),
    );
    assert_eq!(cohort.ids(), [" 007", "012", "0120"]);
    assert_eq!(cohort.numbers("eva_M6").unwrap(), [30.0, 20.0, 10.0]);
    assert_eq!(found(&cohort, "id-matched-loosely").len(), 3);
    let cohort = csv("id,age\n\" 007\",54\n007,61\n8,3\n9,4\n10,5\n");
    assert_eq!(found(&cohort, "id-blanks")[0].place.row, Some(3));
}

#[test]
fn an_identifier_that_may_be_two_patients_is_not_joined() {
    let cohort =
        csv("id;age\n7;54\n007;61\n8;60\n9;61\n\nid;visite;eva\n07;M6;30\n8;M6;20\n9;M6;22\n");
    assert_eq!(
        found(&cohort, "unmatched-id")[0].found.as_deref(),
        Some("07")
    );
}

#[test]
fn wide_visits_are_recognised_in_all_spellings() {
    for (header, timing) in [
        ("EVA_J0", Timing::Baseline),
        ("EVA_M6", Timing::After(6)),
        ("M6 EVA", Timing::After(6)),
        ("eva.12m", Timing::After(12)),
        ("J0_EVA", Timing::Baseline),
        ("EVA à 6 mois", Timing::After(6)),
        ("EVA 1 an", Timing::After(12)),
        ("12M_EVA", Timing::After(12)),
        ("EVA (M3)", Timing::After(3)),
        ("EVA 12 mois", Timing::After(12)),
        ("EVA à M6", Timing::After(6)),
        ("EVA baseline", Timing::Baseline),
        ("EVA préop", Timing::Baseline),
        ("EVA_6_mois", Timing::After(6)),
        ("EVA_2_ans", Timing::After(24)),
    ] {
        let mut cohort = csv(&format!("id;{header}\nP1;70\nP2;60\nP3;55\n"));
        crate::dictionary::annotate(&mut cohort);
        let variable = cohort.variable(header).unwrap();
        assert_eq!(variable.timing, timing, "{header}");
        assert!(variable.concept.is_some(), "{header}");
    }
}

#[test]
fn a_longitudinal_export_of_redcap_becomes_one_row_a_patient() {
    let cohort = csv(
        "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,sex,ttt___1,ttt___2,eva,dose,inclusion_complete\n\
         1,baseline_arm_1,,,1,1,0,70,,2\n\
         1,month_6_arm_1,,,,,,30,,2\n\
         1,month_6_arm_1,meds,1,,,,,12,\n\
         1,month_6_arm_1,meds,2,,,,,15,\n\
         2,baseline_arm_1,,,2,0,1,80,,2\n\
         2,suivi_m12_arm_1,,,,,,40,,1\n",
    );
    assert_eq!(cohort.n_rows(), 2);
    let all = names(&cohort);
    for name in [
        "sex",
        "ttt___1",
        "eva_baseline",
        "eva_M6",
        "eva_M12",
        "dose",
    ] {
        assert!(
            all.iter().any(|own| own.starts_with(name)),
            "{name} in {all:?}"
        );
    }
    assert_eq!(cohort.numbers("eva_M6").unwrap()[0], 30.0);
    assert_eq!(cohort.variable("ttt___1").unwrap().kind, Kind::Binary);
    let out = found(&cohort, "redcap-repeats-left-out")[0];
    assert_eq!(out.place.row, Some(5));
    let status = cohort
        .variables
        .iter()
        .find(|v| v.name.starts_with("inclusion_complete"))
        .unwrap();
    assert_eq!(
        (status.kind, status.reasons[0].code.as_str()),
        (Kind::Text, "kind-form-status")
    );
}

const DICTIONARY: &str = "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Field Note\",\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\",\"Text Validation Max\",Identifier?,\"Branching Logic (Show field only if...)\",\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\",\"Matrix Group Name\",\"Matrix Ranking?\",\"Field Annotation\"\n\
record_id,incl,,text,Record ID,,,,,,,,,,,,,\n\
nom,incl,,text,Nom,,,,,,y,,,,,,,\n\
sexe,incl,,radio,Sexe,\"1, Homme | 2, Femme | 9, NSP\",,,,,,,,,,,,\n\
ttt,incl,,checkbox,Traitements,\"1, Opioïdes | 2, Gabapentine\",,,,,,,,,,,,\n\
eva,incl,,text,\"EVA lombaire\",,,number,0,100,,,,,,,,\n\
vu,incl,,text,\"Date de visite\",,,date_mdy,,,,,,,,,,\n";

/// Options that name a codebook.
fn explained_by(codebook: &std::path::Path) -> ImportOptions {
    ImportOptions {
        codebook: Some(codebook.to_string_lossy().into_owned()),
        ..ImportOptions::default()
    }
}

#[test]
fn a_data_dictionary_gives_labels_ranges_codes_and_identifiers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scs_DATA_2024.csv");
    let dictionary = folder.path().join("scs_DataDictionary_2024.csv");
    std::fs::write(&path, "record_id,nom,sexe,ttt___1,eva,vu\n1,Durand,1,1,70,03/04/2021\n2,Petit,2,0,60,05/06/2021\n3,Roux,9,1,50,07/08/2021\n4,Blanc,7,1,40,07/09/2021\n5,Noir,1,1,40,07/10/2021\n").unwrap();
    std::fs::write(&dictionary, DICTIONARY).unwrap();
    let task = TaskHandle::unattended();
    let alone = read(&path, &ImportOptions::default(), &task).unwrap();
    assert_eq!(
        found(&alone, "codebook-beside")[0].found.as_deref(),
        Some("scs_DataDictionary_2024.csv")
    );
    assert_eq!(alone.variable("sexe").unwrap().kind, Kind::Numeric);
    let cohort = read(&path, &explained_by(&dictionary), &task).unwrap();
    assert!(found(&cohort, "codebook-beside").is_empty());
    let of = |name: &str| cohort.variable(name).unwrap();
    assert_eq!(of("nom").kind, Kind::Identifier);
    assert_eq!(of("sexe").levels, ["Homme", "Femme"]);
    assert_eq!(texts(&cohort, "sexe")[..3], ["Homme", "Femme", ""]);
    assert_eq!(cohort.unread["sexe"], [(3, "7".to_owned())]);
    assert!(
        Lang::En
            .issue(&of("sexe").reasons[0])
            .contains("1 = Homme, 2 = Femme")
    );
    assert_eq!(of("ttt___1").label, "Traitements: Opioïdes");
    assert_eq!(
        (of("eva").range, of("eva").label.as_str()),
        (Some((0.0, 100.0)), "EVA lombaire")
    );
    assert_eq!(texts(&cohort, "vu")[0], "2021-03-04");
    let bare = ImportOptions {
        codebook: Some("scs_DataDictionary_2024.csv".to_owned()),
        ..ImportOptions::default()
    };
    assert_eq!(
        read(&path, &bare, &task)
            .unwrap()
            .variable("eva")
            .unwrap()
            .label,
        "EVA lombaire"
    );
    let wrong = read(&path, &explained_by(&path), &task);
    assert_eq!(wrong.unwrap_err().issue().code, "codebook-unreadable");
}

#[test]
fn an_export_with_labels_is_described_by_the_same_dictionary() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labels.csv");
    let dictionary = folder.path().join("dd.csv");
    std::fs::write(&path, "Record ID,Sexe,Traitements (choice=Opioïdes),EVA lombaire\n1,Homme,Checked,70\n2,Femme,Unchecked,60\n3,Homme,Checked,50\n").unwrap();
    std::fs::write(&dictionary, DICTIONARY).unwrap();
    let task = TaskHandle::unattended();
    let cohort = read(&path, &explained_by(&dictionary), &task).unwrap();
    let boxed = cohort.variable("Traitements (choice=Opioïdes)").unwrap();
    assert_eq!(
        (boxed.kind, boxed.label.as_str()),
        (Kind::Binary, "Traitements: Opioïdes")
    );
    assert_eq!(boxed.levels, ["Unchecked", "Checked"]);
    assert_eq!(
        cohort.variable("EVA lombaire").unwrap().range,
        Some((0.0, 100.0))
    );
    assert_eq!(cohort.variable("Sexe").unwrap().levels, ["Homme", "Femme"]);
}

#[test]
fn a_codebook_sheet_gives_ranges_codes_and_missing_codes() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("data").unwrap();
    write(
        sheet,
        0,
        &[
            "id|fumeur|eva|nss",
            "P1|1|70|1",
            "P2|2|-9|2",
            "P3|1|50|3",
            "P4|2|60|4",
        ],
    );
    let sheet = book.add_worksheet().set_name("codes").unwrap();
    write(
        sheet,
        0,
        &[
            "variable|libellé|modalités|min|max|manquant|identifiant",
            "fumeur|Tabac|1=Oui; 2=Non||||",
            "eva|EVA lombaire||0|100|-9|",
            "nss|Numéro de sécurité sociale|||||oui",
        ],
    );
    let cohort = with(
        "w.xlsx",
        &book.save_to_buffer().unwrap(),
        &ImportOptions::default(),
    );
    assert_eq!(cohort.variable("fumeur").unwrap().levels, ["Non", "Oui"]);
    assert_eq!(texts(&cohort, "fumeur"), ["Oui", "Non", "Oui", "Non"]);
    assert!(cohort.numbers("eva").unwrap()[1].is_nan());
    assert_eq!(cohort.variable("eva").unwrap().range, Some((0.0, 100.0)));
    let reasons = &cohort.variable("eva").unwrap().reasons;
    let said = reasons.iter().find(|reason| reason.code == "codebook");
    assert_eq!(said.unwrap().args[0], ("low".to_owned(), 0.0.into()));
    assert_eq!(cohort.variable("nss").unwrap().kind, Kind::Identifier);
    let account = &cohort.source.account;
    assert_eq!((account.missing, account.codebook), (1, 3 + 5 + 3));
}

#[test]
fn sheets_that_are_not_used_are_counted_and_can_be_left_out() {
    let mut book = Workbook::new();
    write(
        book.add_worksheet().set_name("a").unwrap(),
        0,
        &["id|age", "P1|54", "P2|61"],
    );
    write(
        book.add_worksheet().set_name("b").unwrap(),
        0,
        &["id|imc", "P1|27", "P2|31"],
    );
    write(
        book.add_worksheet().set_name("c").unwrap(),
        0,
        &["lieu|n", "dos|27"],
    );
    write(
        book.add_worksheet().set_name("d").unwrap(),
        0,
        &["seulement des mots"],
    );
    let bytes = book.save_to_buffer().unwrap();
    let cohort = with("w.xlsx", &bytes, &ImportOptions::default());
    assert_eq!(names(&cohort), ["id", "age", "imc"]);
    assert_eq!(found(&cohort, "sheet-not-joined").len(), 1);
    assert_eq!(found(&cohort, "sheet-of-words").len(), 1);
    let options = ImportOptions {
        leave_out_sheets: vec!["b".to_owned(), "zzz".to_owned()],
        ..ImportOptions::default()
    };
    let cohort = with("w.xlsx", &bytes, &options);
    assert_eq!(names(&cohort), ["id", "age"]);
    assert_eq!(found(&cohort, "sheet-left-out-by-choice").len(), 1);
    assert_eq!(found(&cohort, "sheet-to-leave-out-unknown").len(), 1);
    assert_eq!(cohort.source.account.left_out, 4 + 2);
}

#[test]
fn identifiers_merged_over_their_visits_are_read_in_each_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(
        sheet,
        0,
        &["id|visite|eva", "|J0|70", "|M6|30", "|J0|60", "|M6|20"],
    );
    sheet.merge_range(1, 0, 2, 0, "P1", &Format::new()).unwrap();
    sheet.merge_range(3, 0, 4, 0, "P2", &Format::new()).unwrap();
    let cohort = with(
        "w.xlsx",
        &book.save_to_buffer().unwrap(),
        &ImportOptions::default(),
    );
    assert_eq!(cohort.ids(), ["P1", "P2"]);
    assert_eq!(cohort.numbers("eva_M6").unwrap(), [30.0, 20.0]);
    assert_eq!(found(&cohort, "merged-cells-filled").len(), 1);
}

#[test]
fn a_preview_says_how_each_line_and_column_was_understood() {
    use crate::import::{LinePart, SheetPart, preview};
    let text = "Cohorte SCS;;\n\nid;eva;vu\nP1;37,5;13/05/2021\nP2;NSP;14/05/2021\nP3;<5;15/05/2021\nP4;12,5;\nP5;999;\nP6;40;\nTotal;90;\n";
    let task = TaskHandle::unattended();
    let seen = preview("c.csv", text.as_bytes(), &ImportOptions::default(), &task).unwrap();
    let parts: Vec<LinePart> = seen.lines.iter().map(|line| line.part).collect();
    let mut wanted = vec![LinePart::Title, LinePart::Blank, LinePart::Header];
    wanted.extend([LinePart::Row; 6]);
    wanted.push(LinePart::Totals);
    assert_eq!(parts, wanted);
    assert_eq!(seen.lines[3].cells, ["P1", "37,5", "13/05/2021"]);
    assert_eq!(
        (seen.sheets[0].part, seen.sheets[0].n_rows),
        (SheetPart::Patients, 6)
    );
    let eva = &seen.columns[1];
    assert_eq!(eva.examples[0], ("37.5".to_owned(), "37,5".to_owned()));
    assert_eq!((eva.n_values, eva.n_missing, eva.n_unread), (4, 1, 1));
    assert_eq!(
        eva.codes,
        [("999".to_owned(), 1, false), ("NSP".to_owned(), 1, true)]
    );
    assert_eq!(seen.columns[2].examples[0].0, "2021-05-13");
}
