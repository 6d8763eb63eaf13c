//! Any bytes as a delimited file, then as the dictionary and the check see the result. Must never panic, hang or fill the memory.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use prognostim::base::task::TaskHandle;
use prognostim::base::text::Lang;
use prognostim::import::{ImportOptions, read_bytes};

/// What is said about the file: the first byte chooses.
fn options(choice: u8) -> ImportOptions {
    ImportOptions {
        encoding: match choice & 3 {
            1 => Some("windows-1252".to_owned()),
            2 => Some("utf-16le".to_owned()),
            _ => None,
        },
        delimiter: (choice & 4 != 0).then_some(';'),
        decimal_mark: (choice & 8 != 0).then_some(','),
        date_order: (choice & 16 != 0).then(|| "mdy".to_owned()),
        quote: (choice & 32 != 0).then_some(None),
        header_row: (choice & 64 != 0).then_some(2),
        n_header_rows: (choice & 128 != 0).then_some(2),
        ..ImportOptions::default()
    }
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&choice, bytes)) = data.split_first() else {
        return Corpus::Reject;
    };
    // Containers and old workbooks are the other target's business.
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF") || bytes.starts_with(b"PAR1") {
        return Corpus::Reject;
    }
    let task = TaskHandle::unattended();
    if let Ok(mut cohort) = read_bytes("fuzz.csv", bytes, &options(choice), &task) {
        prognostim::dictionary::annotate(&mut cohort);
        for lang in Lang::ALL {
            assert!(!prognostim::cli::check::text(&cohort, lang).is_empty());
        }
    }
    Corpus::Keep
});
