//! Whole files, built byte by byte: what is read, what is refused, and that nothing panics.

use std::io::{Cursor, Write as _};

use proptest::prelude::{Strategy as _, any, prop, prop_assert, prop_assert_eq, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::base::issue::Issue;
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind};
use crate::import::{ImportOptions, read, read_bytes};

fn of(name: &str, bytes: &[u8]) -> Cohort {
    read_bytes(
        name,
        bytes,
        &ImportOptions::default(),
        &TaskHandle::unattended(),
    )
    .unwrap()
}

fn csv(text: &str) -> Cohort {
    of("cohort.csv", text.as_bytes())
}

/// The code of a refusal; its words exist with a remedy in both languages.
fn refused(name: &str, bytes: &[u8]) -> String {
    let failure = read_bytes(
        name,
        bytes,
        &ImportOptions::default(),
        &TaskHandle::unattended(),
    )
    .unwrap_err();
    worded(&failure.issue());
    failure.issue().code
}

fn worded(issue: &Issue) {
    for lang in Lang::ALL {
        let text = lang.issue(issue);
        assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
        assert!(
            issue.severity != crate::base::issue::Severity::Error || lang.remedy(issue).is_some(),
            "{}",
            issue.code
        );
    }
}

fn codes(cohort: &Cohort) -> Vec<&str> {
    cohort.issues.iter().for_each(worded);
    cohort
        .issues
        .iter()
        .map(|issue| issue.code.as_str())
        .collect()
}

fn found<'a>(cohort: &'a Cohort, code: &str) -> Vec<&'a Issue> {
    cohort
        .issues
        .iter()
        .filter(|issue| issue.code == code)
        .collect()
}

/// A workbook from its sheets as XML; for what no writer would write.
fn raw_workbook(sheets: &[(&str, &str)], properties: &str, extra: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    };
    let (mut list, mut relations) = (String::new(), String::new());
    for (n, (name, xml)) in sheets.iter().enumerate() {
        let n = n + 1;
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"
        ));
        relations.push_str(&format!(
            "<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        ));
        let xml = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{xml}</sheetData></worksheet>"
        );
        add(&format!("xl/worksheets/sheet{n}.xml"), xml.as_bytes());
    }
    add(
        "[Content_Types].xml",
        b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    );
    add("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let workbook = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{properties}<sheets>{list}</sheets></workbook>"
    );
    add("xl/workbook.xml", workbook.as_bytes());
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    );
    add("xl/_rels/workbook.xml.rels", relations.as_bytes());
    add("xl/styles.xml", b"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
    for (name, bytes) in extra {
        add(name, bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn text_cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

const FRENCH: &[u8] =
    b"Identifiant;Sexe;\xc2ge;IMC;Op\xe9r\xe9;Date_inclusion;Opio\xefdes;Lieu\r\n\
    001;F;54;27,5;Oui;13/05/2021;1\xa0200;lombaire\r\n\
    002;H;61;31,2;Non;02/11/2020;NSP;mixte\r\n\
    003;F;47;<0,5;oui;25/12/2021;40;lombaire\r\n\
    004;H;39;24,0;Non;01/02/2021;0;mixte\r\n\
    005;H;;29,8;NC;30/04/2021;35,5;lombaire\r\n\
    006;F;58;22,1;Non;11/10/2020;20;lombaire\r\n";

#[test]
fn a_french_hospital_export_is_read_exactly() {
    let cohort = of("export.csv", FRENCH);
    let source = &cohort.source;
    assert_eq!(source.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(
        (source.delimiter, source.decimal_mark),
        (Some(';'), Some(','))
    );
    assert_eq!(source.date_order.as_deref(), Some("dmy"));
    assert_eq!(source.sha256.len(), 64);
    let kinds: Vec<Kind> = cohort
        .variables
        .iter()
        .map(|variable| variable.kind)
        .collect();
    let expected = [
        Kind::Identifier,
        Kind::Binary,
        Kind::Numeric,
        Kind::Numeric,
        Kind::Binary,
        Kind::Date,
        Kind::Numeric,
        Kind::Binary,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(cohort.ids()[0], "001");
    assert_eq!(cohort.variable("Opéré").unwrap().levels, ["Non", "Oui"]);
    assert_eq!(cohort.variable("Sexe").unwrap().levels, ["F", "H"]);
    assert_eq!(cohort.texts("Opéré").unwrap()[2].as_deref(), Some("Oui"));
    assert_eq!(
        cohort.texts("Date_inclusion").unwrap()[0].as_deref(),
        Some("2021-05-13")
    );
    assert_eq!(cohort.numbers("Opioïdes").unwrap()[0], 1200.0);
    assert_eq!(cohort.n_missing("Âge"), 1);
    assert!(cohort.numbers("IMC").unwrap()[2].is_nan());
    let unread = found(&cohort, "censored-value");
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].found.as_deref(), Some("<0,5"));
    assert_eq!(
        (unread[0].place.row, unread[0].place.column.as_deref()),
        (Some(4), Some("IMC"))
    );
    let words: Vec<_> = found(&cohort, "missing-word")
        .iter()
        .map(|issue| issue.found.clone().unwrap())
        .collect();
    assert_eq!(words, ["NC", "NSP"]);
    let all = codes(&cohort);
    assert!(
        all.contains(&"thousands-mark")
            && all.contains(&"level-spelling")
            && all.contains(&"encoding-guessed")
    );
}

#[test]
fn an_english_export_is_read_exactly() {
    let cohort = csv(
        "# synthetic, not for clinical use\nid,pain,seen,implanted\nA1,7.5,05/13/2021,1\nA2,6.0,11/02/2020,0\nA3,\"1,200.5\",12/25/2021,1\nA4,3.5,01/30/2021,.\n",
    );
    assert!(cohort.source.synthetic);
    assert_eq!(cohort.source.date_order.as_deref(), Some("mdy"));
    assert_eq!(cohort.numbers("pain").unwrap(), [7.5, 6.0, 1200.5, 3.5]);
    assert_eq!(
        cohort.texts("seen").unwrap()[1].as_deref(),
        Some("2020-11-02")
    );
    let implanted = cohort.variable("implanted").unwrap();
    assert_eq!(
        (implanted.kind, implanted.levels.as_slice()),
        (Kind::Binary, ["0".to_owned(), "1".to_owned()].as_slice())
    );
    assert_eq!(cohort.variable("pain").unwrap().place(0).row, Some(3));
}

#[test]
fn numeric_codes_are_never_taken_for_missing() {
    let cohort = csv("id;x\n1;999\n2;-9\n3;99\n4;5\n");
    assert_eq!(cohort.numbers("x").unwrap(), [999.0, -9.0, 99.0, 5.0]);
}

#[test]
fn what_the_file_leaves_open_is_said_and_can_be_set_by_hand() {
    let text = "id;seen;x\n1;03/04/2021;1,234\n2;05/06/2021;2,345\n";
    let cohort = csv(text);
    let all = codes(&cohort);
    assert!(
        all.contains(&"date-order-undecided") && all.contains(&"decimal-mark-undecided"),
        "{all:?}"
    );
    assert_eq!(
        cohort.texts("seen").unwrap()[0].as_deref(),
        Some("2021-04-03")
    );
    let options = ImportOptions {
        date_order: Some("mdy".to_owned()),
        decimal_mark: Some('.'),
        ..ImportOptions::default()
    };
    let cohort = read_bytes(
        "c.csv",
        text.as_bytes(),
        &options,
        &TaskHandle::unattended(),
    )
    .unwrap();
    assert_eq!(
        cohort.texts("seen").unwrap()[0].as_deref(),
        Some("2021-03-04")
    );
    assert_eq!(cohort.numbers("x").unwrap(), [1234.0, 2345.0]);
    for options in [
        ImportOptions {
            date_order: Some("xyz".to_owned()),
            ..ImportOptions::default()
        },
        ImportOptions {
            decimal_mark: Some('x'),
            ..ImportOptions::default()
        },
        ImportOptions {
            delimiter: Some('é'),
            ..ImportOptions::default()
        },
        ImportOptions {
            encoding: Some("klingon".to_owned()),
            ..ImportOptions::default()
        },
        ImportOptions {
            sheet: Some("patients".to_owned()),
            ..ImportOptions::default()
        },
    ] {
        let failure = read_bytes(
            "c.csv",
            text.as_bytes(),
            &options,
            &TaskHandle::unattended(),
        )
        .unwrap_err();
        worded(&failure.issue());
    }
}

#[test]
fn doubts_of_one_kind_are_counted_after_the_first_thousand() {
    let mut text = "id;x\n".to_owned();
    for row in 0..10_100 {
        text.push_str(&format!(
            "P{row};{}\n",
            if row % 10 == 0 {
                "env. 5".to_owned()
            } else {
                row.to_string()
            }
        ));
    }
    let cohort = csv(&text);
    assert_eq!(found(&cohort, "number-unreadable").len(), 1000);
    assert_eq!(found(&cohort, "more-cells").len(), 1);
    codes(&cohort);
}

#[test]
fn bad_files_are_refused_with_the_reason_and_the_way_out() {
    assert_eq!(refused("a.csv", b""), "file-empty");
    assert_eq!(refused("a.csv", b"\xEF\xBB\xBF"), "file-empty");
    assert_eq!(
        refused(
            "a.csv",
            &[0x7f, b'E', b'L', b'F', 0, 0, 1, 2, 3, b';', b'\n']
        ),
        "file-not-text"
    );
    assert_eq!(refused("a.csv", b"%PDF-1.4 ..."), "file-not-text");
    assert_eq!(refused("a.csv", b"one\ntwo\nthree\n"), "single-column");
    assert_eq!(refused("a.csv", b"id;x;x\n1;2;3\n"), "duplicate-header");
    assert_eq!(refused("a.csv", b"id;x\n"), "no-patients");
    assert_eq!(
        refused("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        "workbook-encrypted"
    );
    assert_eq!(refused("a.xls", b"<html><body><table>"), "file-is-html");
    assert_eq!(refused("a.xlsx", b"PK\x03\x04broken"), "workbook-damaged");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("notes.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    assert_eq!(
        refused("a.xlsx", &zip.finish().unwrap().into_inner()),
        "zip-not-workbook"
    );
    let folder = tempfile::tempdir().unwrap();
    let code = |path: &std::path::Path| {
        let failure = read(path, &ImportOptions::default(), &TaskHandle::unattended()).unwrap_err();
        worded(&failure.issue());
        failure.issue().code
    };
    assert_eq!(code(folder.path()), "file-is-folder");
    assert_eq!(code(&folder.path().join("none.csv")), "file-missing");
    let large = folder.path().join("large.csv");
    std::fs::File::create(&large)
        .unwrap()
        .set_len(300 << 20)
        .unwrap();
    assert_eq!(code(&large), "file-too-large");
}

#[test]
fn a_cancelled_import_stops() {
    let task = TaskHandle::unattended();
    task.cancel();
    let failure =
        read_bytes("a.csv", b"id;x\n1;2\n", &ImportOptions::default(), &task).unwrap_err();
    assert_eq!(failure.issue().code, "cancelled");
}

#[test]
fn two_far_cells_do_not_cost_the_memory_between_them() {
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"1048576\">{}</row>",
        text_cell("A1", "id"),
        text_cell("XFD1", "x"),
        text_cell("XFD1048576", "1")
    );
    assert_eq!(
        refused("bomb.xlsx", &raw_workbook(&[("s", &rows)], "", &[])),
        "too-many-columns"
    );
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"1048576\">{}</row>",
        text_cell("A1", "id"),
        text_cell("B1", "x"),
        text_cell("B1048576", "1")
    );
    let cohort = of("far.xlsx", &raw_workbook(&[("s", &rows)], "", &[]));
    assert_eq!(cohort.n_rows(), 1);
    assert_eq!(cohort.variable("x").unwrap().place(0).row, Some(1_048_576));
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_not_opened() {
    let blank = vec![b' '; 60 << 20];
    let bomb = raw_workbook(&[("s", "")], "", &[("xl/media/blank.bin", &blank)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused("bomb.xlsx", &bomb), "workbook-expands");
    let texts = b"<sst count=\"1\" uniqueCount=\"18446744073709551615\"></sst>";
    let liar = raw_workbook(&[("s", "")], "", &[("xl/sharedStrings.xml", texts)]);
    assert_eq!(refused("liar.xlsx", &liar), "workbook-damaged");
    let many: Vec<(String, Vec<u8>)> = (0..1100)
        .map(|n| (format!("xl/x{n}"), Vec::new()))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    assert_eq!(
        refused("many.xlsx", &raw_workbook(&[("s", "")], "", &many)),
        "workbook-expands"
    );
}

#[test]
fn error_cells_formulas_without_result_and_both_epochs_are_read_honestly() {
    let header = format!(
        "<row r=\"1\">{}{}{}{}</row>",
        text_cell("A1", "id"),
        text_cell("B1", "odi"),
        text_cell("C1", "seen"),
        text_cell("D1", "ok")
    );
    let row = |n: usize, odi: &str| {
        format!(
            "<row r=\"{n}\">{}{odi}<c r=\"C{n}\" s=\"1\"><v>43538</v></c><c r=\"D{n}\" t=\"b\"><v>{}</v></c></row>",
            text_cell(&format!("A{n}"), &format!("P{n}")),
            n % 2
        )
    };
    let rows = [
        header,
        row(2, "<c r=\"B2\"><v>44</v></c>"),
        row(3, "<c r=\"B3\" t=\"e\"><v>#REF!</v></c>"),
        row(4, "<c r=\"B4\"><f>A1+1</f></c>"),
        row(5, "<c r=\"B5\" t=\"inlineStr\"><is><t>46,5</t></is></c>"),
    ]
    .concat();
    for (properties, day) in [
        ("", "2019-03-14"),
        ("<workbookPr date1904=\"1\"/>", "2023-03-15"),
    ] {
        let cohort = of("w.xlsx", &raw_workbook(&[("data", &rows)], properties, &[]));
        assert_eq!(cohort.texts("seen").unwrap()[0].as_deref(), Some(day));
        let odi = cohort.numbers("odi").unwrap();
        assert_eq!((odi[0], odi[3]), (44.0, 46.5));
        assert!(odi[1].is_nan() && odi[2].is_nan());
        let error = found(&cohort, "spreadsheet-error")[0];
        assert_eq!(
            (error.place.sheet.as_deref(), error.place.row),
            (Some("data"), Some(3))
        );
        let formula = found(&cohort, "formula-without-value")[0];
        assert_eq!(
            (formula.place.row, formula.place.column.as_deref()),
            (Some(4), Some("odi"))
        );
        assert_eq!(formula.place.position, Some(2));
        assert_eq!(cohort.variable("ok").unwrap().levels, ["no", "yes"]);
        codes(&cohort);
    }
}

/// Read-me, patients, visits in long form and codebook, as centres keep them.
fn multicentre() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let readme = book.add_worksheet().set_name("read-me").unwrap();
    readme.write_string(0, 0, "Simulated cohort").unwrap();
    readme
        .write_string(1, 0, "Synthetic, not for clinical use")
        .unwrap();
    let patients = book.add_worksheet().set_name("patients").unwrap();
    for (column, name) in ["patient_id", "centre", "age", "vas_back", "trial_date"]
        .iter()
        .enumerate()
    {
        patients.write_string(0, column as u16, *name).unwrap();
    }
    for row in 1..=6_u32 {
        let id = if row == 6 { 2 } else { row };
        patients.write_string(row, 0, format!("P{id}")).unwrap();
        patients
            .write_string(row, 1, if row % 2 == 0 { "C1" } else { "C2" })
            .unwrap();
        patients
            .write_number(row, 2, 40.0 + f64::from(row))
            .unwrap();
        patients.write_number(row, 3, 70.0).unwrap();
        let day = ExcelDateTime::from_ymd(2021, 5, row as u8).unwrap();
        patients
            .write_datetime_with_format(row, 4, &day, &date)
            .unwrap();
    }
    patients
        .write_formula(1, 2, Formula::new("=41").set_result("41"))
        .unwrap();
    let visits = book.add_worksheet().set_name("visits").unwrap();
    for (column, name) in ["patient_id", "visit", "vas_back", "odi"]
        .iter()
        .enumerate()
    {
        visits.write_string(0, column as u16, *name).unwrap();
    }
    let lines = [
        ("P1", "M1", 30.0),
        ("P1", "M12", 20.0),
        ("P2", "M12", 60.0),
        ("P9", "M12", 1.0),
        ("P1", "M12", 99.0),
        ("P3", "M1", 45.0),
    ];
    for (row, (id, visit, pain)) in lines.iter().enumerate() {
        let row = row as u32 + 1;
        visits.write_string(row, 0, *id).unwrap();
        visits.write_string(row, 1, *visit).unwrap();
        visits.write_number(row, 2, *pain).unwrap();
        visits.write_number(row, 3, 40.0 + pain / 10.0).unwrap();
    }
    let codebook = book.add_worksheet().set_name("codebook").unwrap();
    let lines = [
        ["variable", "label", "unit"],
        ["age", "Age at inclusion", "years"],
        ["vas_back", "Back pain", "mm"],
        ["odi", "Oswestry", "%"],
    ];
    for (row, line) in lines.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            codebook
                .write_string(row as u32, column as u16, *text)
                .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn visits_are_joined_to_their_patients_and_the_codebook_is_used() {
    let cohort = of("multi.xlsx", &multicentre());
    assert!(cohort.source.synthetic);
    assert_eq!(
        cohort.source.sheets,
        [
            ("read-me".to_owned(), false, 0, 2),
            ("patients".to_owned(), true, 1, 6),
            ("visits".to_owned(), true, 1, 6),
            ("codebook".to_owned(), true, 1, 3)
        ]
    );
    assert_eq!(cohort.n_rows(), 6);
    let names: Vec<&str> = cohort
        .variables
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "patient_id",
            "centre",
            "age",
            "vas_back",
            "trial_date",
            "vas_back_M1",
            "vas_back_M12",
            "odi_M1",
            "odi_M12"
        ]
    );
    let pain = cohort.numbers("vas_back_M12").unwrap();
    assert_eq!((pain[0], pain[1]), (20.0, 60.0));
    assert!(pain[2..].iter().all(|x| x.is_nan()));
    let variable = cohort.variable("vas_back_M12").unwrap();
    assert_eq!(
        (variable.label.as_str(), variable.unit.as_deref()),
        ("Back pain (M12)", Some("mm"))
    );
    assert_eq!(variable.place(1).row, Some(4));
    assert_eq!(variable.place(3).row, None);
    assert_eq!(
        cohort.texts("trial_date").unwrap()[2].as_deref(),
        Some("2021-05-03")
    );
    let place = |code: &str| {
        let place = &found(&cohort, code)[0].place;
        (place.sheet.clone().unwrap(), place.row.unwrap())
    };
    assert_eq!(place("duplicate-id"), ("patients".to_owned(), 7));
    assert_eq!(place("unmatched-id"), ("visits".to_owned(), 5));
    assert_eq!(place("duplicate-visit"), ("visits".to_owned(), 6));
    codes(&cohort);
}

#[test]
fn a_sheet_can_be_chosen_and_a_wrong_name_lists_the_right_ones() {
    let options = ImportOptions {
        sheet: Some("nope".to_owned()),
        ..ImportOptions::default()
    };
    let failure = read_bytes(
        "m.xlsx",
        &multicentre(),
        &options,
        &TaskHandle::unattended(),
    )
    .unwrap_err();
    assert_eq!(failure.issue().code, "sheet-unknown");
    assert!(
        Lang::En
            .remedy(&failure.issue())
            .unwrap()
            .contains("patients")
    );
    let options = ImportOptions {
        sheet: Some("patients".to_owned()),
        ..ImportOptions::default()
    };
    assert!(
        read_bytes(
            "m.xlsx",
            &multicentre(),
            &options,
            &TaskHandle::unattended()
        )
        .is_ok()
    );
}

#[test]
fn a_table_of_visits_alone_becomes_one_row_a_patient() {
    let cohort =
        csv("id;sexe;visite;eva\nA;F;J0;70\nA;F;M6;30\nA;F;M12;20\nB;M;J0;80\nB;M;M12;75\n");
    let names: Vec<&str> = cohort
        .variables
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    assert_eq!(names, ["id", "sexe", "eva_J0", "eva_M6", "eva_M12"]);
    assert_eq!(cohort.n_rows(), 2);
    assert_eq!(cohort.numbers("eva_M12").unwrap(), [20.0, 75.0]);
    assert_eq!(cohort.variable("eva_M12").unwrap().place(1).row, Some(6));
    assert!(codes(&cohort).contains(&"long-form"));
}

#[test]
fn responder_codes_and_symbols_stay_levels() {
    let cohort = csv("id;rep;sign\n1;R;+\n2;NR;-\n3;R;+\n4;NR;-\n5;;\n");
    assert_eq!(cohort.variable("rep").unwrap().levels, ["NR", "R"]);
    assert_eq!(cohort.variable("sign").unwrap().levels, ["-", "+"]);
    assert_eq!(cohort.n_missing("rep"), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_the_import_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0_usize..4) {
        let name = ["a.csv", "a.xlsx", "a.txt", "a"][which];
        if let Ok(cohort) = read_bytes(name, &bytes, &ImportOptions::default(), &TaskHandle::unattended()) {
            prop_assert!(cohort.n_rows() > 0);
        }
    }

    #[test]
    fn no_text_makes_the_import_panic(text in "([a-zA-Zé0-9#\"<>%./,;:\t\r\n \u{a0}+-]|id|NSP|M12|Oui|12/05/2021|visite){0,120}") {
        let cohort = read_bytes("a.csv", text.as_bytes(), &ImportOptions::default(), &TaskHandle::unattended());
        if let Ok(mut cohort) = cohort {
            crate::dictionary::annotate(&mut cohort);
            for variable in &cohort.variables {
                prop_assert!(cohort.n_missing(&variable.name) <= cohort.n_rows());
            }
        }
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = multicentre();
        for (index, byte) in at {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let outcome = read_bytes("a.xlsx", &bytes, &ImportOptions::default(), &TaskHandle::unattended());
        prop_assert!(outcome.is_ok() || outcome.is_err());
    }

    #[test]
    fn numbers_read_back_the_same_with_a_comma_and_with_a_point(values in prop::collection::vec((-99_999_i64..99_999, 1_usize..6).prop_map(|(x, n)| x as f64 / 10_f64.powi(n as i32)), 3..40)) {
        for (mark, delimiter) in [(".", ";"), (",", ";"), (".", ","), (",", "\t")] {
            // One plain decimal shows the mark: three digits after it alone would leave it open.
            let mut text = format!("id{delimiter}x\nP0{delimiter}0{mark}5\n");
            for (row, value) in values.iter().enumerate() {
                text.push_str(&format!("P{}{delimiter}{}\n", row + 1, format!("{value:.6}").replace('.', mark)));
            }
            let cohort = csv(&text);
            prop_assert_eq!(&cohort.numbers("x").unwrap()[1..], values.as_slice());
        }
    }
}
