//! The source file is never written to: bytes, time stamp and permissions are the same after any use, and nothing new
//! lies beside it.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use prognostim::base::task::TaskHandle;
use prognostim::import::{ImportOptions, preview, read};
use prognostim::study::{self, Study};

/// One file of each format, and some that are refused.
const HOSTILE: [&str; 12] = [
    "csv-windows-1252.csv",
    "csv-utf16le-bom.txt",
    "tsv-tab.tsv",
    "book-plain.xlsx",
    "book-macros.xlsm",
    "book-plain.xlsb",
    "book-plain.xls",
    "book-plain.ods",
    "parquet-plain.parquet",
    "attack-truncated.xlsx",
    "attack-truncated.xls",
    "attack-empty.csv",
];
/// Seconds since 1970 at which the sources say that they were changed: long ago.
const CHANGED: u64 = 1_600_000_000;

/// What must stay as it is, by file name: bytes, time of change, whether it may be written.
type Kept = BTreeMap<String, (Vec<u8>, SystemTime, bool)>;

fn kept(folder: &Path) -> Kept {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            let name = entry.file_name().into_string().unwrap();
            let content = (
                fs::read(entry.path()).unwrap(),
                meta.modified().unwrap(),
                meta.permissions().readonly(),
            );
            (name, content)
        })
        .collect()
}

/// Copies files into a folder as old, and every second one as read-only.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = ["single-centre-fr.csv", "multicentre.xlsx"]
        .map(|name| top.join("sample-cohorts").join(name));
    let hostile = HOSTILE.map(|name| top.join("tests/hostile").join(name));
    let mut copies = Vec::new();
    for (n, from) in samples.iter().chain(&hostile).enumerate() {
        let to = folder.join(from.file_name().unwrap());
        fs::write(&to, fs::read(from).unwrap()).unwrap();
        let file = File::options().write(true).open(&to).unwrap();
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(CHANGED);
        file.set_modified(changed).unwrap();
        let mut permissions = fs::metadata(&to).unwrap().permissions();
        permissions.set_readonly(n % 2 == 1);
        fs::set_permissions(&to, permissions).unwrap();
        copies.push(to);
    }
    copies
}

/// What the program complains of; empty where it did what it was asked for.
fn complaints(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_prognostim"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    if output.status.success() {
        return String::new();
    }
    format!(
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_source_is_the_same_after_reading_checking_analysing_and_saving() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copies = sources(folder.path());
    let before = kept(folder.path());
    assert_eq!(before.len(), copies.len());
    let mut n_read = 0;
    for path in &copies {
        let (options, task) = (ImportOptions::default(), TaskHandle::unattended());
        let shown = path.display().to_string();
        let bytes = fs::read(path).unwrap();
        assert!(
            preview(&shown, &bytes, &options, &task).is_ok()
                || read(path, &options, &task).is_err()
        );
        let checked =
            ["text", "json"].map(|format| complaints(&["check", &shown, "--format", format]));
        let Ok(mut cohort) = read(path, &options, &task) else {
            continue;
        };
        assert_eq!(checked, ["", ""], "{shown}");
        prognostim::dictionary::annotate(&mut cohort);
        let study = Study {
            cohort_path: Some(shown),
            ..Study::default()
        };
        let file = elsewhere.path().join(format!("{n_read}.prognostim"));
        for _ in 0..2 {
            study::save(&file, &study, Some(&cohort), None).unwrap();
        }
        assert!(study::open(&file).unwrap().cohort.is_some());
        n_read += 1;
    }
    assert!(n_read >= 7, "{n_read} files were read");
    for sample in &copies[..2] {
        let out = elsewhere
            .path()
            .join(sample.file_stem().unwrap())
            .display()
            .to_string();
        let shown = sample.display().to_string();
        let order = [
            "analyse",
            &shown,
            "--accept",
            "all",
            "--out",
            &out,
            "--bootstraps",
            "20",
            "--folds",
            "5",
            "--repeats",
            "2",
            "--half-samples",
            "20",
            "--trees",
            "60",
        ];
        assert_eq!(complaints(&order), "", "{shown}");
    }
    let after = kept(folder.path());
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>(),
        "files beside the sources"
    );
    for (name, was) in &before {
        assert!(after[name] == *was, "{name} was touched");
    }
}
