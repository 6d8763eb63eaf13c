//! Any bytes as a study file, and any parts in a sound container. Must never panic, hang or fill the memory.

#![no_main]

mod common;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};

/// Entries of a study file; the snapshot stands last because its bytes may hold anything.
const PARTS: [&str; 4] = ["study.ron", "cohort.ron", "results.ron", "cohort.parquet"];

/// One file a process, in memory where the system offers it: a study is opened by its path.
static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    let shared = PathBuf::from("/dev/shm");
    let folder = if shared.is_dir() {
        shared
    } else {
        std::env::temp_dir()
    };
    folder.join(format!("fuzz-{}.prognostim", std::process::id()))
});

/// Writes the inputs to begin with to a folder that the environment names: a study of the sample cohort, whole and in parts.
fn seeds() {
    let Some(folder) = std::env::var_os("SEEDS_TO").map(PathBuf::from) else {
        return;
    };
    let sample = prognostim::simulate::sample("single-centre-fr").expect("a sample");
    let task = prognostim::base::task::TaskHandle::unattended();
    let options = prognostim::import::ImportOptions::default();
    let mut cohort = prognostim::import::read_bytes(sample.file, &sample.bytes, &options, &task)
        .expect("the sample can be read");
    prognostim::dictionary::annotate(&mut cohort);
    let study = prognostim::study::Study::default();
    prognostim::study::save(&PATH, &study, Some(&cohort), None)
        .expect("the folder can be written to");
    let bytes = std::fs::read(&*PATH).expect("a study");
    let parts = common::unpacked(&bytes, &PARTS);
    std::fs::write(folder.join("whole"), &bytes).expect("a folder of seeds");
    std::fs::write(folder.join("parts"), [b"p", &parts[..]].concat()).expect("a folder of seeds");
}

fuzz_target!(
    init: {
        common::count_our_panics_only();
        seeds();
    },
    |data: &[u8]| -> Corpus {
        let Some((&choice, bytes)) = data.split_first() else {
            return Corpus::Reject;
        };
        let bytes = if choice == b'p' {
            Cow::Owned(common::packed(&[], &PARTS, bytes))
        } else {
            Cow::Borrowed(data)
        };
        std::fs::write(&*PATH, bytes).expect("the folder can be written to");
        drop(prognostim::study::open(&PATH));
        Corpus::Keep
    }
);
