//! Files of every format as their bytes come, read through the program's own reading process: what is
//! read from them, what is refused, and that neither memory nor time is at their mercy.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use prognostim::base::issue::Issue;
use prognostim::base::task::TaskHandle;
use prognostim::base::text::Lang;
use prognostim::cohort::{Cohort, Kind};
use prognostim::import::{ImportOptions, preview, read, read_bytes, read_pasted};

fn of(name: &str, bytes: &[u8]) -> Cohort {
    let task = TaskHandle::unattended();
    read_bytes(name, bytes, &ImportOptions::default(), &task).unwrap()
}

/// The code of a refusal; its words exist with a remedy in both languages.
fn refused(name: &str, bytes: &[u8]) -> String {
    let task = TaskHandle::unattended();
    match read_bytes(name, bytes, &ImportOptions::default(), &task) {
        Ok(cohort) => format!("read: {} rows", cohort.n_rows()),
        Err(failure) => {
            worded(&failure.issue());
            failure.issue().code
        }
    }
}

fn worded(issue: &Issue) {
    for lang in Lang::ALL {
        let text = lang.issue(issue);
        assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
        assert!(lang.remedy(issue).is_some(), "{}", issue.code);
    }
}

fn found<'a>(cohort: &'a Cohort, code: &str) -> Vec<&'a Issue> {
    let issues = cohort.issues.iter();
    issues.filter(|issue| issue.code == code).collect()
}

/// A cell of a workbook that is made here.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    Yes(bool),
    /// `#REF!` as the result of a formula.
    Broken,
}

/// Four patients: an id with zeros, an age, an error among numbers, an answer.
const TABLE: [[Cell<'_>; 4]; 5] = [
    [
        Cell::Text("id"),
        Cell::Text("âge"),
        Cell::Text("odi"),
        Cell::Text("opéré"),
    ],
    [
        Cell::Text("001"),
        Cell::Number(54.0),
        Cell::Number(44.5),
        Cell::Yes(true),
    ],
    [
        Cell::Text("002"),
        Cell::Number(61.0),
        Cell::Broken,
        Cell::Yes(false),
    ],
    [
        Cell::Text("003"),
        Cell::Number(47.0),
        Cell::Number(30.0),
        Cell::Yes(true),
    ],
    [
        Cell::Text("004"),
        Cell::Number(39.0),
        Cell::Number(52.0),
        Cell::Yes(false),
    ],
];

fn check_table(cohort: &Cohort) {
    assert_eq!(cohort.ids()[0], "001");
    assert_eq!(cohort.numbers("âge").unwrap(), [54.0, 61.0, 47.0, 39.0]);
    let odi = cohort.numbers("odi").unwrap();
    assert_eq!((odi[0], odi[2], odi[3]), (44.5, 30.0, 52.0));
    assert!(odi[1].is_nan());
    let error = found(cohort, "spreadsheet-error")[0];
    let place = &error.place;
    assert_eq!((place.row, place.position), (Some(3), Some(3)));
    assert_eq!(error.found.as_deref(), Some("#REF!"));
    assert_eq!(cohort.variable("opéré").unwrap().kind, Kind::Binary);
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Records of Excel 97: kind, length, body.
fn biff(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, body) in records {
        bytes.extend(kind.to_le_bytes());
        bytes.extend((body.len() as u16).to_le_bytes());
        bytes.extend(body);
    }
    bytes
}

/// The workbook stream of an xls file with one sheet of these records.
fn xls_stream(cells: Vec<(u16, Vec<u8>)>) -> Vec<u8> {
    let bof = |kind: u16| {
        let mut body = vec![0x00, 0x06];
        body.extend(kind.to_le_bytes());
        body.extend([0; 12]);
        (0x0809, body)
    };
    let mut sheet = vec![bof(0x0010)];
    sheet.extend(cells);
    sheet.push((0x000A, Vec::new()));
    let globals = |offset: u32| {
        let mut bound = offset.to_le_bytes().to_vec();
        bound.extend([0, 0, 8, 0]);
        bound.extend(b"patients");
        biff(&[bof(0x0005), (0x0085, bound), (0x000A, Vec::new())])
    };
    let n = globals(0).len();
    let mut stream = globals(n as u32);
    stream.extend(biff(&sheet));
    stream.resize(stream.len().max(4096), 0);
    stream
}

fn xls_cell(row: usize, column: usize, cell: Cell<'_>) -> (u16, Vec<u8>) {
    let mut body = (row as u16).to_le_bytes().to_vec();
    body.extend((column as u16).to_le_bytes());
    body.extend([0, 0]);
    match cell {
        Cell::Text(text) => {
            body.extend((text.encode_utf16().count() as u16).to_le_bytes());
            body.push(1);
            body.extend(utf16(text));
            (0x0204, body)
        }
        Cell::Number(x) => {
            body.extend(x.to_le_bytes());
            (0x0203, body)
        }
        Cell::Yes(yes) => {
            body.extend([u8::from(yes), 0]);
            (0x0205, body)
        }
        Cell::Broken => {
            body.extend([2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF]);
            body.extend([0; 8]);
            (0x0006, body)
        }
    }
}

/// A compound file of 512-byte sectors with one stream; `chain` says which sector follows which of the stream.
fn compound(stream: &[u8], chain: impl Fn(u32, u32) -> u32) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let n_stream = stream.len().div_ceil(512) as u32;
    let n_fat = (n_stream + 2).div_ceil(127);
    let mut header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    header.resize(24, 0);
    header.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header.resize(44, 0);
    for n in [n_fat, n_fat, 0, 4096, END, 0, END, 0] {
        header.extend(n.to_le_bytes());
    }
    // FAT sectors lie first, then the directory, then the stream.
    header.extend((0..109).flat_map(|n| if n < n_fat { n } else { u32::MAX }.to_le_bytes()));
    let mut fat: Vec<u32> = vec![0xFFFF_FFFD; n_fat as usize];
    fat.push(END);
    let first = n_fat + 1;
    fat.extend((first..first + n_stream).map(|n| {
        let next = if n + 1 < first + n_stream { n + 1 } else { END };
        chain(n, next)
    }));
    fat.resize(n_fat as usize * 128, u32::MAX);
    let mut file = header;
    file.extend(fat.iter().flat_map(|n| n.to_le_bytes()));
    for (name, kind, start, len) in [
        ("Root Entry", 5_u8, END, 0),
        ("Workbook", 2, first, stream.len() as u32),
    ] {
        let mut entry = utf16(name);
        entry.resize(64, 0);
        entry.extend((name.len() as u16 * 2 + 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([0xFF; 12]);
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(len.to_le_bytes());
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize((first as usize + 1) * 512, 0);
    file.extend(stream);
    file.resize((first + n_stream + 1) as usize * 512, 0);
    file
}

fn table_cells() -> impl Iterator<Item = (usize, usize, Cell<'static>)> {
    let row = |(row, cells): (usize, [Cell<'static>; 4])| {
        let cell = move |(column, cell)| (row, column, cell);
        cells.into_iter().enumerate().map(cell)
    };
    TABLE.into_iter().enumerate().flat_map(row)
}

fn xls() -> Vec<u8> {
    let cells = table_cells().map(|(row, column, cell)| xls_cell(row, column, cell));
    compound(&xls_stream(cells.collect()), |_, next| next)
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn ods_with(rows: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:calcext=\"c\"><office:body><office:spreadsheet><table:table table:name=\"patients\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"content.xml\">{manifest}</manifest:file-entry></manifest:manifest>"
    );
    zipped(&[
        ("mimetype", ODS),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_cell(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
        Cell::Number(x) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{x}\"><text:p>{x}</text:p></table:table-cell>"),
        Cell::Yes(x) => format!("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{x}\"/>"),
        Cell::Broken => "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell>".to_owned(),
    }
}

fn ods() -> Vec<u8> {
    let row = |cells: &[Cell<'_>; 4]| {
        let cells: String = cells.iter().map(|cell| ods_cell(*cell)).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows: String = TABLE.iter().map(row).collect();
    let rest = "<table:table-row table:number-rows-repeated=\"1048571\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    ods_with(&(rows + rest), "")
}

/// A record of a binary workbook of Excel 2007.
fn record(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    if kind < 128 {
        out.push(kind as u8);
    } else {
        out.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let mut len = body.len();
    while len > 0x7F {
        out.push((len & 0x7F) as u8 | 0x80);
        len >>= 7;
    }
    out.push(len as u8);
    out.extend(body);
}

fn wide(text: &str) -> Vec<u8> {
    let mut bytes = (text.encode_utf16().count() as u32).to_le_bytes().to_vec();
    bytes.extend(utf16(text));
    bytes
}

fn xlsb() -> Vec<u8> {
    let mut book = Vec::new();
    let mut bundle = vec![0, 0, 0, 0, 1, 0, 0, 0];
    bundle.extend(wide("rId1"));
    bundle.extend(wide("patients"));
    record(&mut book, 0x9C, &bundle);
    record(&mut book, 0x90, &[]);
    record(&mut book, 0x9D, &[0; 26]);
    let mut sheet = Vec::new();
    record(&mut sheet, 0x94, &[0; 16]);
    record(&mut sheet, 0x91, &[]);
    let mut last_row = usize::MAX;
    for (row, column, cell) in table_cells() {
        if row != last_row {
            let mut body = (row as u32).to_le_bytes().to_vec();
            body.extend([0; 13]);
            record(&mut sheet, 0x00, &body);
            last_row = row;
        }
        let mut body = (column as u32).to_le_bytes().to_vec();
        body.extend([0; 4]);
        let kind = match cell {
            Cell::Text(text) => {
                body.extend(wide(text));
                0x06
            }
            Cell::Number(x) => {
                body.extend(x.to_le_bytes());
                0x05
            }
            Cell::Yes(yes) => {
                body.push(u8::from(yes));
                0x04
            }
            Cell::Broken => {
                body.push(0x17);
                body.extend([0; 10]);
                0x0B
            }
        };
        record(&mut sheet, kind, &body);
    }
    record(&mut sheet, 0x92, &[]);
    let relations = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("patients").unwrap();
    for (row, column, cell) in table_cells() {
        let (row, column) = (row as u32, column as u16);
        match cell {
            Cell::Text(text) => sheet.write_string(row, column, text).unwrap(),
            Cell::Number(x) => sheet.write_number(row, column, x).unwrap(),
            Cell::Yes(yes) => sheet.write_boolean(row, column, yes).unwrap(),
            Cell::Broken => {
                let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#REF!");
                sheet.write_formula(row, column, formula).unwrap()
            }
        };
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_same_table_is_read_from_every_kind_of_workbook() {
    for (name, bytes) in [
        ("t.xlsx", xlsx()),
        ("t.xls", xls()),
        ("t.ods", ods()),
        ("t.xlsb", xlsb()),
    ] {
        check_table(&of(name, &bytes));
        // The bytes tell the format, not the name.
        check_table(&of("export", &bytes));
    }
}

#[test]
fn formulas_without_a_result_are_said_and_those_that_yield_nothing_are_not() {
    let cell = |formula: &str, value: &str| {
        format!("<table:table-cell table:formula=\"{formula}\"{value}/>")
    };
    let id = |text: &str| ods_cell(Cell::Text(text));
    let rows = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row>",
        id("id"),
        id("x"),
        id("1"),
        cell("of:=A1", ""),
        id("2"),
        cell(
            "of:=A1",
            " office:value-type=\"string\" office:string-value=\"\""
        ),
        id("3"),
        cell("of:=2", " office:value-type=\"float\" office:value=\"2\""),
    );
    let cohort = of("f.ods", &ods_with(&rows, ""));
    let unvalued = found(&cohort, "formula-without-value");
    assert_eq!(unvalued.len(), 1);
    let place = &unvalued[0].place;
    assert_eq!((place.row, place.column.as_deref()), (Some(2), Some("x")));
    worded(unvalued[0]);
}

#[test]
fn what_is_encrypted_is_said_in_every_format() {
    let key = "<manifest:encryption-data/>";
    assert_eq!(refused("a.ods", &ods_with("", key)), "workbook-encrypted");
    let package = zipped(&[("mimetype", ODS), ("encrypted-package", b"x")]);
    assert_eq!(refused("a.ods", &package), "workbook-encrypted");
    let mut stream = biff(&[(0x0809, {
        let mut body = vec![0, 6, 5, 0];
        body.resize(16, 0);
        body
    })]);
    stream.extend(biff(&[(0x002F, vec![1; 54])]));
    stream.resize(4096, 0);
    let locked = compound(&stream, |_, next| next);
    assert_eq!(refused("a.xls", &locked), "workbook-encrypted");
    let mut modern = compound(&[0; 4096], |_, next| next);
    let name = utf16("EncryptedPackage");
    modern[1024 + 128..][..name.len()].copy_from_slice(&name);
    assert_eq!(refused("a.xlsx", &modern), "workbook-encrypted");
    assert_eq!(refused("renamed.xls", &modern), "workbook-encrypted");
}

#[test]
fn files_cut_anywhere_are_refused_or_read() {
    for (name, bytes) in [
        ("t.xlsx", xlsx()),
        ("t.xls", xls()),
        ("t.ods", ods()),
        ("t.xlsb", xlsb()),
        ("t.parquet", parquet()),
    ] {
        for sixteenth in 1..16 {
            let cut = &bytes[..bytes.len() * sixteenth / 16];
            let code = refused(name, cut);
            // An xls file is padded to whole sectors: its last ones may hold nothing.
            assert!(
                code == "workbook-damaged" || (name == "t.xls" && code.starts_with("read")),
                "{name} {sixteenth}/16: {code}"
            );
        }
    }
}

/// Neither more time nor more memory than a hospital's machine has: the reading process may use
/// three gigabytes, and the test waits no longer than it may.
fn ends(name: &str, bytes: &[u8], codes: &[&str]) {
    let start = Instant::now();
    let code = refused(name, bytes);
    assert!(codes.contains(&code.as_str()), "{name}: {code}");
    assert!(start.elapsed() < Duration::from_secs(130), "{name}");
}

/// One cell of four billion blanks.
fn blanks() -> Vec<u8> {
    let run = "<text:s text:c=\"2000000000\"/>";
    let cell = format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{run}{run}</text:p></table:table-cell>"
    );
    ods_with(&format!("<table:table-row>{cell}</table:table-row>"), "")
}

#[test]
fn what_would_take_all_memory_ends_in_the_reading_process() {
    // Sectors that follow themselves, a stream that says it is endless.
    let circle = compound(&xls_stream(Vec::new()), |n, _| n);
    ends(
        "circle.xls",
        &circle,
        &["workbook-no-table", "workbook-damaged"],
    );
    let mut endless = circle.clone();
    let at = endless
        .windows(16)
        .position(|w| w == utf16("Workbook"))
        .unwrap();
    endless[at + 120..at + 124].copy_from_slice(&u32::MAX.to_le_bytes());
    ends(
        "endless.xls",
        &endless,
        &["workbook-too-demanding", "workbook-damaged"],
    );
    // A sheet that announces four billion rows of 65,536 columns.
    let mut size = vec![0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
    size.extend([0, 0, 0xFF, 0xFF, 0, 0]);
    let huge = compound(&xls_stream(vec![(0x0200, size)]), |_, next| next);
    ends(
        "size.xls",
        &huge,
        &["workbook-too-demanding", "workbook-damaged"],
    );
    let repeated = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let codes = [
        "workbook-too-demanding",
        "table-too-large",
        "too-many-columns",
    ];
    ends("rows.ods", &ods_with(repeated, ""), &codes);
    ends("spaces.ods", &blanks(), &["workbook-too-demanding"]);
}

#[test]
fn names_that_lead_out_of_a_container_are_refused() {
    for name in [
        "../../etc/passwd",
        "xl/../../x",
        "/etc/passwd",
        "..\\x",
        "C:\\x",
    ] {
        let book = zipped(&[("xl/workbook.xml", b"<x/>"), (name, b"root")]);
        assert_eq!(refused("a.xlsx", &book), "workbook-path", "{name}");
    }
}

#[test]
fn a_work_that_is_stopped_ends_the_reading_process_at_once() {
    let task = TaskHandle::unattended();
    let stopped = task.clone();
    let start = Instant::now();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        stopped.cancel();
    });
    let options = ImportOptions::default();
    let failure = read_bytes("a.ods", &blanks(), &options, &task).unwrap_err();
    stopper.join().unwrap();
    assert_eq!(failure.issue().code, "cancelled");
    assert!(start.elapsed() < Duration::from_secs(60));
}

/// A table as the column store of the program writes it.
fn parquet() -> Vec<u8> {
    use polars::prelude::{DataType, NamedFrom as _, ParquetWriter, Series, TimeUnit};
    let day = Series::new("jour".into(), [18_760_i32, 18_761, 18_762]);
    let moment = Series::new(
        "moment".into(),
        [1_620_892_800_000_000_i64, 1_620_896_400_000_000, 0],
    );
    let columns = vec![
        Series::new("id".into(), ["001", "002", "003"]).into(),
        Series::new("âge".into(), [Some(54.0_f32), Some(7.1), None]).into(),
        Series::new("opéré".into(), [Some(true), Some(false), None]).into(),
        Series::new("visite".into(), [1_i64, 2, 3]).into(),
        day.cast(&DataType::Date).unwrap().into(),
        moment
            .cast(&DataType::Datetime(TimeUnit::Microseconds, None))
            .unwrap()
            .into(),
        Series::new("sites".into(), [day.clone(), day.clone(), day]).into(),
    ];
    let mut frame = polars::prelude::DataFrame::new(3, columns).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

#[test]
fn a_parquet_table_keeps_its_types_and_says_what_it_leaves_out() {
    let cohort = of("t.parquet", &parquet());
    assert_eq!(cohort.ids(), ["001", "002", "003"]);
    let ages = cohort.numbers("âge").unwrap();
    assert_eq!((ages[0], ages[1]), (54.0, 7.1));
    assert!(ages[2].is_nan());
    assert_eq!(
        cohort.texts("jour").unwrap()[0].as_deref(),
        Some("2021-05-13")
    );
    assert_eq!(
        cohort.texts("moment").unwrap()[0].as_deref(),
        Some("2021-05-13")
    );
    assert_eq!(found(&cohort, "time-left-out").len(), 1);
    assert_eq!(cohort.variable("opéré").unwrap().kind, Kind::Binary);
    assert!(cohort.source.sheets.is_empty());
    let left_out = found(&cohort, "column-type-unread");
    assert_eq!(left_out.len(), 1);
    assert_eq!(left_out[0].place.column.as_deref(), Some("sites"));
    worded(left_out[0]);
}

#[test]
fn a_block_that_was_copied_in_a_spreadsheet_is_read_as_a_file_is() {
    let block = "id\tâge\tnote\r\n001\t54\t\"first line\nsecond \"\"line\"\"\"\r\n002\t7,5\tl'EVA; 3,2\r\n003\t61\t5\"\r\n";
    let task = TaskHandle::unattended();
    let cohort = read_pasted(block, &ImportOptions::default(), &task).unwrap();
    assert_eq!(cohort.source.file, "clipboard.txt");
    assert_eq!(
        (cohort.source.delimiter, cohort.source.quote),
        (Some('\t'), Some('"'))
    );
    assert_eq!(cohort.ids(), ["001", "002", "003"]);
    assert_eq!(cohort.numbers("âge").unwrap(), [54.0, 7.5, 61.0]);
    let notes = cohort.texts("note").unwrap();
    assert_eq!(notes[0].as_deref(), Some("first line\nsecond \"line\""));
    assert_eq!(notes[2].as_deref(), Some("5\""));
    assert!(read_pasted("", &ImportOptions::default(), &task).is_err());
    assert!(read_pasted("one\ntwo", &ImportOptions::default(), &task).is_err());
}

#[test]
fn the_quote_style_is_found_and_can_be_chosen() {
    let read = |text: &str, quote| {
        let options = ImportOptions {
            quote,
            ..ImportOptions::default()
        };
        read_bytes(
            "q.csv",
            text.as_bytes(),
            &options,
            &TaskHandle::unattended(),
        )
        .unwrap()
    };
    let single = "id;lieu\n'1';'a;b'\n'2';'c'\n'3';'l''EVA'\n";
    let cohort = read(single, None);
    assert_eq!(cohort.source.quote, Some('\''));
    assert_eq!(cohort.texts("lieu").unwrap()[0].as_deref(), Some("a;b"));
    assert_eq!(cohort.texts("lieu").unwrap()[2].as_deref(), Some("l'EVA"));
    let cohort = read("id;x\n1;\"a\"\n2;\"b\"\n", Some(None));
    assert_eq!(cohort.source.quote, None);
    assert_eq!(cohort.texts("x").unwrap()[0].as_deref(), Some("\"a\""));
    let open = read("id;x\n1;\"a\n2;b\n", Some(Some('"')));
    assert_eq!(open.n_rows(), 2);
    let issue = found(&open, "quote-literal")[0];
    assert_eq!(issue.place.row, Some(2));
    worded(issue);
}

/// A sheet with a coloured header, a coloured column, and cells that somebody coloured.
fn coloured(cells: &[(u32, u16)], banded: bool) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let fill = |rgb: u32| rust_xlsxwriter::Format::new().set_background_color(rgb);
    let (head, column_0, marked, band) = (
        fill(0x4472C4),
        fill(0xDDDDDD),
        fill(0xFF_FF00),
        fill(0xEEEEEE),
    );
    let sheet = book.add_worksheet();
    for column in 0..4_u16 {
        sheet
            .write_with_format(0, column, format!("c{column}"), &head)
            .unwrap();
        for row in 1..=10_u32 {
            let value = f64::from(row * 4) + f64::from(column);
            if cells.contains(&(row, column)) {
                sheet
                    .write_with_format(row, column, value, &marked)
                    .unwrap();
            } else if banded && row % 2 == 0 {
                sheet.write_with_format(row, column, value, &band).unwrap();
            } else if column == 0 && !banded {
                sheet
                    .write_with_format(row, column, value, &column_0)
                    .unwrap();
            } else {
                sheet.write(row, column, value).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn colours_of_single_cells_are_said_and_those_of_the_layout_are_not() {
    for banded in [false, true] {
        let plain = of("c.xlsx", &coloured(&[], banded));
        assert!(found(&plain, "colours-are-not-data").is_empty(), "{banded}");
    }
    let cohort = of("c.xlsx", &coloured(&[(3, 1), (5, 2)], false));
    let note = found(&cohort, "colours-are-not-data")[0];
    worded(note);
    let text = Lang::En.issue(note);
    assert!(
        text.contains("B4") && text.contains("C6") && text.starts_with('2'),
        "{text}"
    );
    // A patient whose whole row is marked is no layout.
    let row: Vec<(u32, u16)> = (0..4).map(|column| (6, column)).collect();
    assert_eq!(
        found(
            &of("c.xlsx", &coloured(&row, false)),
            "colours-are-not-data"
        )
        .len(),
        1
    );
}

#[test]
fn the_source_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let task = TaskHandle::unattended();
    let options = ImportOptions::default();
    let csv = b"id;x\n1;2\n2;3\n3;4\n".to_vec();
    let files = [
        ("t.csv", csv),
        ("t.xlsx", xlsx()),
        ("t.xls", xls()),
        ("t.ods", ods()),
        ("t.xlsb", xlsb()),
        ("t.parquet", parquet()),
        ("cut.xlsx", xlsx()[..900].to_vec()),
    ];
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        file.set_modified(long_ago).unwrap();
        drop(file);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let is_read = read(&path, &options, &task).is_ok();
        assert_eq!(is_read, name != "cut.xlsx", "{name}");
        let is_shown = preview(name, &bytes, &options, &task).is_ok();
        assert_eq!(is_shown, is_read, "{name}");
        let checked = std::process::Command::new(env!("CARGO_BIN_EXE_prognostim"))
            .arg("check")
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(checked.status.success(), is_read, "{name}");
        let meta = std::fs::metadata(&path).unwrap();
        assert_eq!(meta.modified().unwrap(), long_ago, "{name}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}");
        let entries = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(entries <= 7, "nothing is written beside the source");
    }
}
