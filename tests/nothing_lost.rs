//! Every cell of every source is in the cohort, or an issue names it: counted apart from the import, for the samples,
//! the hostile files and random tables.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod account;

use std::path::Path;

use account::{SourceCell, delimited_cells, unaccounted, workbook_cells};
use prognostim::base::issue::{Arg, Issue};
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Cohort;
use prognostim::import::{ImportOptions, read_bytes};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// What is lost of a file; nothing where it can't be read at all, which its failure says.
fn lost(name: &str, bytes: &[u8]) -> Vec<String> {
    let task = TaskHandle::unattended();
    let Ok(mut cohort) = read_bytes(name, bytes, &ImportOptions::default(), &task) else {
        return Vec::new();
    };
    prognostim::dictionary::annotate(&mut cohort);
    let cells = if cohort.source.delimiter.is_some() {
        let quote = if name.contains("single-quotes") {
            '\''
        } else {
            '"'
        };
        delimited_cells(&cohort.source, bytes, quote)
    } else {
        workbook_cells(bytes)
    };
    assert!(!cells.is_empty(), "{name} has cells");
    let mut lost = unaccounted(&cohort, &cells);
    lost.extend(miscounted(&cohort, &cells));
    lost
}

/// What the import's own account of the cells gets wrong: its parts must add up to all, and all to what was counted
/// here. An own reader sees neither the copies of merged cells nor formulas without a value; issues count both.
fn miscounted(cohort: &Cohort, cells: &[SourceCell]) -> Option<String> {
    let account = &cohort.source.account;
    if account.cells != account.accounted() {
        return Some(format!(
            "{} accounted for: {account:?}",
            account.accounted()
        ));
    }
    let n_said = |issue: &Issue| {
        let mut args = issue.args.iter();
        args.find_map(|(name, arg)| match arg {
            Arg::Number(n) if name == "n" => Some(*n as usize),
            _ => None,
        })
    };
    let counts = |issue: &Issue, code: &str| {
        let mut args = issue.args.iter();
        issue.code == "more-cells"
            && args.any(|(name, arg)| name == "code" && *arg == Arg::from(code))
    };
    let unseen = cohort.issues.iter().map(|issue| match issue.code.as_str() {
        "formula-without-value" => 1,
        "merged-cells-filled" => n_said(issue).unwrap_or(0),
        _ if counts(issue, "formula-without-value") => n_said(issue).unwrap_or(0),
        _ => 0,
    });
    let n = cells.len() + unseen.sum::<usize>();
    (n != account.cells).then(|| format!("{n} cells were counted: {account:?}"))
}

/// Files of a folder whose cells this test can read itself: no Parquet, and nothing that wants to hurt a reader
/// without limits.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    const KINDS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let kind = name.rsplit('.').next().unwrap();
            // Quotes at random can be split in more than one way.
            let is_hostile_to_us = name.starts_with("attack-") && kind != "csv";
            KINDS.contains(&kind) && !is_hostile_to_us && name != "attack-many-quotes.csv"
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn no_cell_of_a_sample_or_hostile_file_is_lost() {
    let mut report = Vec::new();
    let mut n_files = 0;
    for folder in ["sample-cohorts", "tests/hostile"] {
        for (name, bytes) in files(folder) {
            n_files += 1;
            let lost = lost(&name, &bytes);
            if !lost.is_empty() {
                let shown: Vec<&str> = lost.iter().take(6).map(String::as_str).collect();
                report.push(format!(
                    "\n{name}: {} cells\n    {}",
                    lost.len(),
                    shown.join("\n    ")
                ));
            }
        }
    }
    assert!(n_files > 100, "{n_files} files");
    assert!(
        report.is_empty(),
        "{}\n\n{} of {n_files} files lose cells",
        report.join("\n"),
        report.len()
    );
}

/// A cell of a random table: mostly what its column is, sometimes nothing, a word for nothing, or something else.
fn cell(kind: usize, comma: bool) -> impl Strategy<Value = String> {
    let decimal = (0_i32..2_000).prop_map(move |n| {
        let text = format!("{}.{}", n / 10, n % 10);
        if comma { text.replace('.', ",") } else { text }
    });
    let value = match kind {
        0 => decimal.boxed(),
        1 => (0_u32..200).prop_map(|n| n.to_string()).boxed(),
        2 => prop::sample::select(vec!["Oui", "Non", "oui", "N"])
            .prop_map(str::to_owned)
            .boxed(),
        3 => (1_u32..29, 1_u32..13, 1950_u32..2025)
            .prop_map(|(d, m, y)| format!("{d:02}/{m:02}/{y}"))
            .boxed(),
        4 => prop::sample::select(vec!["dos", "jambe", "mixte", "Dos "])
            .prop_map(str::to_owned)
            .boxed(),
        _ => "[a-zé0-9 ,;'\"\n%<.-]{0,12}".boxed(),
    };
    let nothing =
        prop::sample::select(vec!["", "", "NA", "nsp", ".", "ND"]).prop_map(str::to_owned);
    let junk = prop::sample::select(vec![
        "7/10",
        "70 %",
        "<0,5",
        "> 100",
        "1 200",
        "12 mg",
        "-9",
        "999",
        "#REF!",
        "31/02/2021",
        "44280",
        "env. 5",
        "1.234,5",
        "true",
        "=1+1",
        "0042",
        "(5)",
        "7.5",
        "7,5",
        "\u{a0}",
        "2021-03-25 08:30",
        "M12",
    ])
    .prop_map(str::to_owned);
    prop_oneof![12 => value, 2 => nothing, 1 => junk]
}

/// How a random table is written.
#[derive(Clone, Debug)]
struct Dialect {
    delimiter: char,
    quote_all: bool,
    end: &'static str,
    encoding: &'static str,
    title: bool,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (
        prop::sample::select(vec![';', ',', '\t', '|']),
        any::<bool>(),
        prop::sample::select(vec!["\n", "\r\n"]),
        prop::sample::select(vec!["utf-8", "utf-8-bom", "windows-1252", "utf-16le"]),
        any::<bool>(),
    )
        .prop_map(|(delimiter, quote_all, end, encoding, title)| Dialect {
            delimiter,
            quote_all,
            end,
            encoding,
            title,
        })
}

/// Headers, rows below them, and how they are written.
#[derive(Clone, Debug)]
struct Table {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    dialect: Dialect,
}

/// Tables of the first so many kinds of columns; free text is the sixth.
fn table(k_kinds: usize) -> impl Strategy<Value = Table> {
    let shape = (
        prop::collection::vec(0..k_kinds, 2..6),
        6_usize..30,
        dialect(),
    );
    shape.prop_flat_map(|(kinds, n_rows, dialect)| {
        let comma = dialect.delimiter != ',';
        let row: Vec<_> = kinds
            .iter()
            .map(|kind| cell(*kind, comma).boxed())
            .collect();
        let names = [
            "eva_dos",
            "n_visites",
            "opere",
            "date_inclusion",
            "siege",
            "note",
        ];
        let headers: Vec<String> = std::iter::once("patient_id".to_owned())
            .chain(
                kinds
                    .iter()
                    .enumerate()
                    .map(|(at, kind)| format!("{}_{at}x", names[*kind])),
            )
            .collect();
        prop::collection::vec(row, n_rows).prop_map(move |rows| Table {
            headers: headers.clone(),
            rows,
            dialect: dialect.clone(),
        })
    })
}

fn written(table: &Table) -> Vec<u8> {
    let Table {
        headers,
        rows,
        dialect,
    } = table;
    let field = |text: &str| {
        let must = text.contains([dialect.delimiter, '"', '\n', '\'']);
        if dialect.quote_all || must {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line = |fields: Vec<String>| fields.join(&dialect.delimiter.to_string());
    let mut lines = Vec::new();
    if dialect.title {
        lines.push("Extraction du service".to_owned());
    }
    lines.push(line(headers.iter().map(|header| field(header)).collect()));
    for (n, row) in rows.iter().enumerate() {
        let id = field(&format!("P{n:03}"));
        lines.push(line(
            std::iter::once(id)
                .chain(row.iter().map(|text| field(text)))
                .collect(),
        ));
    }
    let text = lines.join(dialect.end) + dialect.end;
    match dialect.encoding {
        "utf-8-bom" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "utf-16le" => [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect(),
        "windows-1252" => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    }
}

/// Tries so many random tables, the same ones each time.
fn try_tables(
    n: u32,
    tables: impl Strategy<Value = Table>,
    is_right: impl Fn(Table, Vec<u8>) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases: n,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&tables, |table| {
        let bytes = written(&table);
        is_right(table, bytes)
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

#[test]
fn no_cell_of_a_random_table_is_lost() {
    try_tables(400, table(6), |table, bytes| {
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let options = ImportOptions {
            delimiter: Some(table.dialect.delimiter),
            quote: Some(Some('"')),
            ..ImportOptions::default()
        };
        let read = read_bytes("table.csv", &bytes, &options, &TaskHandle::unattended());
        prop_assert!(read.is_ok(), "{:?}\n{}", read.err(), shown());
        let cohort = read.unwrap();
        prop_assert_eq!(cohort.n_rows(), table.rows.len(), "{}", shown());
        let cells = delimited_cells(&cohort.source, &bytes, '"');
        let mut lost = unaccounted(&cohort, &cells);
        lost.extend(miscounted(&cohort, &cells));
        prop_assert!(lost.is_empty(), "{}\n{}", lost.join("\n"), shown());
        Ok(())
    });
}

#[test]
fn the_delimiter_of_a_random_table_without_free_text_is_found() {
    try_tables(400, table(5), |table, bytes| {
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let options = ImportOptions::default();
        let read = read_bytes("table.csv", &bytes, &options, &TaskHandle::unattended());
        prop_assert!(read.is_ok(), "{:?}\n{}", read.err(), shown());
        let source = read.unwrap().source;
        prop_assert_eq!(
            source.delimiter,
            Some(table.dialect.delimiter),
            "{}",
            shown()
        );
        Ok(())
    });
}

#[test]
fn the_account_notices_what_is_gone_or_changed() {
    let bytes = b"patient_id;eva_dos;siege\nA;7,5;dos\nB;<0,5;jambe\nC;4,5;NA\nD;3,5;dos\nE;2,5;jambe\nF;1,5;dos\n";
    let options = ImportOptions::default();
    let task = TaskHandle::unattended();
    let cohort = read_bytes("table.csv", bytes, &options, &task).unwrap();
    let cells = delimited_cells(&cohort.source, bytes, '"');
    assert_eq!(cells.len(), 21);
    assert_eq!(unaccounted(&cohort, &cells), Vec::<String>::new());
    assert_eq!(miscounted(&cohort, &cells), None);
    assert!(miscounted(&cohort, &cells[1..]).is_some());
    let mut unsaid = cohort.clone();
    unsaid.issues.clear();
    unsaid.unread.clear();
    assert_eq!(unaccounted(&unsaid, &cells).len(), 2);
    let mut changed = cohort.clone();
    let mut values = changed.numbers("eva_dos").unwrap();
    values[0] = 75.0;
    values[3] = f64::NAN;
    changed.set_numbers("eva_dos", &values).unwrap();
    assert_eq!(unaccounted(&changed, &cells).len(), 2);
}
