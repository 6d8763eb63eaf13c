//! Laws that hold for any file: nothing is lost, nothing panics, what was written is what is read.

use proptest::prelude::{
    Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use rust_xlsxwriter::Workbook;

use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Kind};
use crate::import::{ImportOptions, preview, read_bytes};

/// Cells as people type them, many of them of meaning to the import.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "id",
        "patient",
        "visite",
        "record_id",
        "redcap_event_name",
        "redcap_repeat_instance",
        "redcap_repeat_instrument",
        "P1",
        "P2",
        "p1",
        "007",
        "7",
        " 007",
        "J0",
        "M6",
        "M12",
        "baseline_arm_1",
        "EVA",
        "ODI",
        "variable",
        "label",
        "libellé",
        "age",
        "sexe",
        "Oui",
        "Non",
        "1",
        "0",
        "2",
        "37,5",
        "37.5",
        "1 200",
        "<0,5",
        "7/10",
        "12 mg",
        "70 %",
        "NSP",
        "NA",
        "13/05/2021",
        "03/04/2021",
        "44329",
        "2021-05-13",
        "Total",
        "Moyenne",
        "n = 3",
        "#REF!",
        "999",
        "-9",
        "1, Oui | 2, Non",
        "0-100",
        "mm",
        "ans",
    ];
    prop_oneof![
        4 => Just(String::new()),
        8 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "[a-zé 0-9,./<-]{0,8}",
    ]
}

fn grid() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..7, 1_usize..14).prop_flat_map(|(width, height)| {
        prop::collection::vec(prop::collection::vec(cell(), width), height)
    })
}

fn options() -> impl Strategy<Value = ImportOptions> {
    let range = prop::option::weighted(0.2, prop::sample::select(vec!["A1:C5", "B2:E9", "B:D"]));
    let skip = prop::collection::vec((1_u32..6, 0_u32..3), 0..2);
    (
        prop::option::weighted(0.2, 1_u32..5),
        prop::option::weighted(0.2, 1_u32..4),
        skip,
        range,
    )
        .prop_map(|(header_row, n_header_rows, skip, range)| ImportOptions {
            header_row,
            n_header_rows,
            skip_rows: skip.into_iter().map(|(from, n)| (from, from + n)).collect(),
            range: range.map(str::to_owned),
            ..ImportOptions::default()
        })
}

fn n_filled(grid: &[Vec<String>]) -> usize {
    grid.iter()
        .flatten()
        .filter(|cell| !cell.trim().is_empty())
        .count()
}

fn check(cohort: &Cohort) -> Result<(), proptest::test_runner::TestCaseError> {
    let account = &cohort.source.account;
    prop_assert_eq!(account.accounted(), account.cells, "{:?}", account);
    let n_values: usize = cohort
        .variables
        .iter()
        .map(|variable| cohort.n_rows() - cohort.n_missing(&variable.name))
        .sum();
    prop_assert_eq!(account.value, n_values);
    let n_unread: usize = cohort.unread.values().map(Vec::len).sum();
    prop_assert_eq!(account.unread, n_unread);
    for (name, unread) in &cohort.unread {
        for (row, _) in unread {
            prop_assert!(cohort.cell(*row as usize, name).is_none());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_cell_of_a_delimited_file_is_accounted_for(grid in grid(), options in options()) {
        let lines: Vec<String> = grid
            .iter()
            .map(|line| line.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";"))
            .collect();
        let text = lines.join("\n");
        if let Ok(cohort) = read_bytes("a.csv", text.as_bytes(), &options, &TaskHandle::unattended()) {
            prop_assert_eq!(cohort.source.account.cells, n_filled(&grid));
            check(&cohort)?;
            let seen = preview("a.csv", text.as_bytes(), &options, &TaskHandle::unattended()).unwrap();
            prop_assert!(seen.lines.len() <= 60);
            prop_assert_eq!(seen.source.account, cohort.source.account);
        }
    }

    #[test]
    fn every_cell_of_a_workbook_is_accounted_for(sheets in prop::collection::vec(grid(), 1..4), options in options()) {
        let mut book = Workbook::new();
        for grid in &sheets {
            let sheet = book.add_worksheet();
            for (row, line) in grid.iter().enumerate() {
                for (column, text) in line.iter().enumerate() {
                    let (row, column) = (row as u32, column as u16);
                    match text.parse::<f64>() {
                        Ok(x) if !text.starts_with('0') => sheet.write_number(row, column, x).map(drop).unwrap(),
                        _ if text.is_empty() => {}
                        _ => sheet.write_string(row, column, text).map(drop).unwrap(),
                    }
                }
            }
        }
        let bytes = book.save_to_buffer().unwrap();
        if let Ok(cohort) = read_bytes("a.xlsx", &bytes, &options, &TaskHandle::unattended()) {
            let n: usize = sheets.iter().map(|grid| n_filled(grid)).sum();
            prop_assert_eq!(cohort.source.account.cells, n);
            check(&cohort)?;
        }
    }

    #[test]
    fn what_was_written_is_what_is_read(
        values in prop::collection::vec((any::<i16>(), 0_usize..3, 0_u16..3000), 3..40),
        (delimiter, mark) in prop::sample::select(vec![(';', ','), (';', '.'), ('\t', ','), (',', '.'), ('|', ',')]),
        always_quoted in any::<bool>(),
        encoding in prop::sample::select(vec!["utf-8", "windows-1252", "utf-16le"]),
    ) {
        let places = ["dos", "côté droit", "jambe; pied"];
        let quote = |text: &str| {
            if always_quoted || text.contains(delimiter) { format!("\"{text}\"") } else { text.to_owned() }
        };
        let line = |fields: [String; 4]| fields.map(|field| quote(&field)).join(&delimiter.to_string());
        // One plain decimal and one day after the twelfth show how the file is written.
        let mut lines = vec![
            line(["id", "Durée", "Lieu", "Date"].map(str::to_owned)),
            line(["P0".to_owned(), format!("0{mark}5"), "dos".to_owned(), "31/12/2020".to_owned()]),
        ];
        let mut wanted = Vec::new();
        for (row, (number, place, day)) in values.iter().enumerate() {
            let number = f64::from(*number) / 10.0;
            let (year, month, day) = (2000 + day % 20, 1 + day % 12, 1 + day % 28);
            lines.push(line([
                format!("P{}", row + 1),
                format!("{number:.1}").replace('.', &mark.to_string()),
                places[*place].to_owned(),
                format!("{day:02}/{month:02}/{year}"),
            ]));
            wanted.push((number, places[*place], format!("{year}-{month:02}-{day:02}")));
        }
        let text = lines.join("\r\n");
        let bytes = match encoding {
            "utf-16le" => [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
            "windows-1252" => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            _ => text.clone().into_bytes(),
        };
        let options = ImportOptions { encoding: Some(encoding.to_owned()), ..ImportOptions::default() };
        let cohort = read_bytes("a.csv", &bytes, &options, &TaskHandle::unattended()).unwrap();
        let (numbers, dates) = (cohort.numbers("Durée").unwrap(), cohort.texts("Date").unwrap());
        let found = cohort.texts("Lieu").unwrap();
        prop_assert_eq!(cohort.variable("Date").unwrap().kind, Kind::Date);
        for (row, (number, place, date)) in wanted.iter().enumerate() {
            prop_assert_eq!(numbers[row + 1], *number);
            prop_assert_eq!(found[row + 1].as_deref(), Some(*place));
            prop_assert_eq!(dates[row + 1].as_deref(), Some(date.as_str()));
        }
        check(&cohort)?;
    }
}
