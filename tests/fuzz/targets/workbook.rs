//! Any bytes under the names of the binary formats, and any parts in a sound container. Must never panic, hang or fill the memory.

#![no_main]

mod common;

use std::borrow::Cow;

use libfuzzer_sys::{Corpus, fuzz_target};
use prognostim::base::task::TaskHandle;
use prognostim::import::{ImportOptions, read_bytes};

/// Names of whole files; they tell the format where the bytes do not.
const NAMES: [&str; 6] = [
    "fuzz.xlsx",
    "fuzz.xlsm",
    "fuzz.xlsb",
    "fuzz.xls",
    "fuzz.ods",
    "fuzz.parquet",
];

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;

/// Relations of a workbook with one sheet, its extension put in.
macro_rules! relations {
    ($extension:literal) => {
        concat!(
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
            r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1."#, $extension, r#""/>"#,
            r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings."#, $extension, r#""/>"#,
            r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles."#, $extension, r#""/>"#,
            "</Relationships>"
        )
    };
}

const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const XLSX: [(&str, &str); 3] = [
    ("[Content_Types].xml", TYPES),
    ("_rels/.rels", ROOT),
    ("xl/_rels/workbook.xml.rels", relations!("xml")),
];
const XLSX_PARTS: [&str; 4] = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
];
const XLSB: [(&str, &str); 2] = [
    ("[Content_Types].xml", TYPES),
    ("xl/_rels/workbook.bin.rels", relations!("bin")),
];
const XLSB_PARTS: [&str; 4] = [
    "xl/worksheets/sheet1.bin",
    "xl/workbook.bin",
    "xl/sharedStrings.bin",
    "xl/styles.bin",
];
const ODS: [(&str, &str); 2] = [
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    (
        "META-INF/manifest.xml",
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#,
    ),
];

/// Name and bytes of the file that an input stands for: `x`, `b` or `o` as the first byte chooses
/// a container for the parts that follow, any other names a whole file.
fn file(choice: u8, bytes: &[u8]) -> (&'static str, Cow<'_, [u8]>) {
    let packed = |fixed, names| Cow::Owned(common::packed(fixed, names, bytes));
    match choice {
        b'x' => ("fuzz.xlsx", packed(&XLSX[..], &XLSX_PARTS[..])),
        b'b' => ("fuzz.xlsb", packed(&XLSB, &XLSB_PARTS)),
        b'o' => ("fuzz.ods", packed(&ODS, &["content.xml"])),
        _ => (
            NAMES[usize::from(choice) % NAMES.len()],
            Cow::Borrowed(bytes),
        ),
    }
}

fuzz_target!(
    init: common::count_our_panics_only(),
    |data: &[u8]| -> Corpus {
        let Some((&choice, bytes)) = data.split_first() else {
            return Corpus::Reject;
        };
        let (name, bytes) = file(choice, bytes);
        let task = TaskHandle::unattended();
        if let Ok(mut cohort) = read_bytes(name, &bytes, &ImportOptions::default(), &task) {
            prognostim::dictionary::annotate(&mut cohort);
        }
        Corpus::Keep
    }
);
