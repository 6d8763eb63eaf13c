//! What the targets share: which panics count, and containers put together from parts.
//!
//! A mutated zip is nearly always a broken zip; so a target also takes the parts of a container and packs them
//! itself, without compression. Then every mutation reaches the reader of the format.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Stands between the parts of a container in an input.
const BETWEEN: &[u8] = b"\n=====\n";

/// Readers of formats panic on some damaged files; the program catches that and says that the file is damaged, so it
/// is no find. A panic of our own is one, caught or not, and so is any that nothing catches (libfuzzer-sys aborts then).
pub fn count_our_panics_only() {
    std::panic::set_hook(Box::new(|panic| {
        let in_dependency = panic
            .location()
            .is_some_and(|at| at.file().contains("/registry/src/"));
        eprintln!("{panic}");
        if !in_dependency {
            eprintln!("{}", std::backtrace::Backtrace::force_capture());
            std::process::abort();
        }
    }));
}

/// Packs the parts of an input under the names, in order; a name without a part is left out.
pub fn packed(fixed: &[(&str, &str)], names: &[&str], parts: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, stored).expect("a name of our own");
        zip.write_all(bytes).expect("memory can be written to");
    };
    for (name, text) in fixed {
        add(name, text.as_bytes());
    }
    for (name, part) in names.iter().zip(split(parts)) {
        add(name, part);
    }
    zip.finish().expect("a small archive").into_inner()
}

fn split(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(at) = bytes
        .windows(BETWEEN.len())
        .position(|window| window == BETWEEN)
    {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + BETWEEN.len()..];
    }
    parts.push(bytes);
    parts
}

/// The parts of a container as an input holds them; empty where a name has none.
#[allow(dead_code, reason = "only some targets make their seeds")]
pub fn unpacked(bytes: &[u8], names: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a sound container");
    let mut parts = Vec::new();
    for (idx, name) in names.iter().enumerate() {
        if idx > 0 {
            parts.extend(BETWEEN);
        }
        if let Ok(mut part) = zip.by_name(name) {
            std::io::copy(&mut part, &mut parts).expect("memory can be written to");
        }
    }
    parts
}
