//! The rules of the house that no compiler holds: who may use whom, what may be named where,
//! how long a file may be, what lies at the top.
//!
//! The table of the rooms is read from the documentation of `src/lib.rs`, so that the two can't
//! differ. Each broken rule is shown with file, line and remedy, all of them at once.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use source::{Kind, Source, files, program, read, shown, top};

/// Files may be so long; about 500 is better.
const N_LINES_MOST: usize = 800;
/// Files longer than that because they are tables. Name the file and say what it tabulates.
const TABLES: &[&str] = &[];
/// Nothing larger is tracked: a clone stays small.
const N_BYTES_MOST: u64 = 2_000_000;
/// What lies at the top of the package.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "assets",
    "packaging",
    "sample-cohorts",
    "src",
    "tests",
];

/// Rooms that touch files, environment and clocks.
const WORLD: &[&str] = &[
    "src/base/disk.rs",
    "src/import/",
    "src/report/file.rs",
    "src/study/",
    "src/cli/",
    "src/app/",
    "src/main.rs",
];
const WORLD_REMEDY: &str = "take the value as an argument; files, environment and clocks are \
    touched only in base::disk, import, report::file, study, cli, app and main";

/// A path that may be named only in some places, and what to do instead.
struct Name {
    path: &'static str,
    places: &'static [&'static str],
    remedy: &'static str,
}

const WINDOW_REMEDY: &str = "the core needs no window: hand plain data to src/app";

const NAMES: &[Name] = &[
    Name {
        path: "egui",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "eframe",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "egui_plot",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "egui_table",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "rfd",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "wgpu",
        places: &["src/app/"],
        remedy: WINDOW_REMEDY,
    },
    Name {
        path: "polars",
        places: &["src/import/", "src/cohort/"],
        remedy: "ask Cohort for the column; from design on, numbers are f64 columns",
    },
    Name {
        path: "calamine",
        places: &["src/import/"],
        remedy: "read workbooks in src/import only",
    },
    Name {
        path: "std::fs",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "std::env",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "std::process",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "SystemTime",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "Instant",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "Timestamp::now",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "Zoned::now",
        places: WORLD,
        remedy: WORLD_REMEDY,
    },
    Name {
        path: "std::net",
        places: &[],
        remedy: "the program opens no internet socket",
    },
    Name {
        path: "rand_xoshiro",
        places: &["src/base/seed.rs"],
        remedy: "draw from a base::seed::Stream that the caller passes",
    },
    Name {
        path: "rand::rng",
        places: &[],
        remedy: "draw from a base::seed::Stream that the caller passes",
    },
];

/// What ends the program, and how it is written.
const PANICS: &[&str] = &[
    ".unwrap()",
    ".unwrap_err()",
    ".expect(",
    ".expect_err(",
    "panic!",
    "todo!",
    "unimplemented!",
    "unreachable!",
];

/// Fails with all that was found, one a line.
fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "\n{}\n({} in all)",
        found.join("\n"),
        found.len()
    );
}

fn finding(source: &Source, at: usize, what: &str, remedy: &str) -> String {
    format!("{}:{}: {what}; {remedy}", source.path, source.line(at))
}

/// The rooms in order, each with the rooms that it may use.
fn rooms() -> Vec<(String, BTreeSet<String>)> {
    let text = read(&top().join("src/lib.rs"));
    let table = text
        .split("//! ```text")
        .nth(1)
        .and_then(|rest| rest.split("//! ```").next())
        .expect("src/lib.rs documents the rooms in a ```text block");
    let mut rooms: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in table.lines().map(|l| l.trim_start_matches("//!").trim()) {
        let Some(name) = line.split_whitespace().next() else {
            continue;
        };
        let above: BTreeSet<String> = rooms.iter().map(|(room, _)| room.clone()).collect();
        let said = line.rsplit_once("->").map_or("", |(_, uses)| uses.trim());
        let uses = match said.strip_prefix("everything above") {
            None => named(said, &above, line),
            Some(rest) => {
                let rest = rest.trim();
                let but = rest.strip_prefix("but ").unwrap_or_default();
                assert_eq!(rest.is_empty(), but.is_empty(), "in src/lib.rs: {line}");
                &above - &named(but, &above, line)
            }
        };
        rooms.push((name.to_owned(), uses));
    }
    rooms
}

/// A list of rooms, each of which must stand above.
fn named(list: &str, above: &BTreeSet<String>, line: &str) -> BTreeSet<String> {
    let rooms: BTreeSet<String> = list.split_whitespace().map(str::to_owned).collect();
    let unknown: Vec<_> = rooms.difference(above).collect();
    assert!(
        unknown.is_empty(),
        "in src/lib.rs, {unknown:?} is no room above: {line}"
    );
    rooms
}

/// The room of a file and how deep its module lies (1 for the room itself).
fn room_of(path: &str) -> Option<(&str, usize)> {
    let inner = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    let room = inner.split('/').next()?;
    (!matches!(room, "lib" | "main")).then(|| (room, inner.split('/').count()))
}

/// Every path that code names, the trees of `use` taken apart: (offset, `a::b::c`).
fn paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut tokens = tokens(code).into_iter().peekable();
    let mut path = String::new();
    let mut start = 0;
    while let Some((at, token)) = tokens.next() {
        if token == "use" {
            let tree = tokens.by_ref().take_while(|(_, t)| *t != ";").collect();
            flatten(tree, &mut found);
        } else if is_name(token) {
            if !path.ends_with("::") {
                path.clear();
                start = at;
            }
            path.push_str(token);
            if tokens.peek().is_none_or(|(_, next)| *next != "::") {
                found.push((start, std::mem::take(&mut path)));
            }
        } else if token == "::" {
            path.push_str("::");
        } else {
            path.clear();
        }
    }
    found
}

/// `a::{b, c::{d, e as f}}` is `a::b`, `a::c::d`, `a::c::e`.
fn flatten(tree: Vec<(usize, &str)>, found: &mut Vec<(usize, String)>) {
    let mut prefixes: Vec<String> = vec![String::new()];
    let mut path = String::new();
    let mut start = 0;
    let mut is_alias = false;
    for (at, token) in tree.into_iter().chain([(0, ",")]) {
        match token {
            "{" => prefixes.push(std::mem::take(&mut path)),
            "," | "}" => {
                if !path.is_empty() {
                    found.push((start, std::mem::take(&mut path)));
                }
                is_alias = false;
                if token == "}" {
                    prefixes.pop();
                }
            }
            "as" => is_alias = true,
            _ if is_alias => {}
            _ => {
                if path.is_empty() {
                    start = at;
                    path = prefixes.last().cloned().unwrap_or_default();
                }
                path.push_str(token);
            }
        }
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single marks with their offsets.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let n = if is_part(first) {
            rest.find(|c| !is_part(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push((at, &rest[..n]));
        }
        at += n;
    }
    tokens
}

/// The room that a path leads to, as seen from a file; `None` where it stays inside.
fn target(path: &str, depth: usize) -> Option<&str> {
    let mut parts = path.split("::").filter(|p| *p != "self").peekable();
    if parts.peek() == Some(&"crate") {
        return parts.nth(1);
    }
    let n_up = path.split("::").filter(|p| *p == "super").count();
    (n_up >= depth).then(|| parts.nth(n_up)).flatten()
}

#[test]
fn a_room_uses_only_the_rooms_that_its_line_names() {
    let rooms = rooms();
    let table: BTreeMap<&str, &BTreeSet<String>> = rooms
        .iter()
        .map(|(room, uses)| (room.as_str(), uses))
        .collect();
    let mut found = Vec::new();
    for source in program() {
        let Some((room, depth)) = room_of(&source.path) else {
            continue;
        };
        let Some(uses) = table.get(room) else {
            found.push(format!(
                "{}:1: the room `{room}` has no line; give it one in the table of src/lib.rs",
                source.path
            ));
            continue;
        };
        for (at, path) in paths(&source.only(&[Kind::Code])) {
            let Some(used) = target(&path, depth) else {
                continue;
            };
            if used != room && !uses.contains(used) {
                let allowed: Vec<&str> = uses.iter().map(String::as_str).collect();
                found.push(finding(
                    &source,
                    at,
                    &format!("`{room}` uses `{used}` ({path})"),
                    &format!(
                        "it may use {}: move the code up, or pass the value",
                        allowed.join(" ")
                    ),
                ));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_room_of_the_table_is_a_module_and_the_other_way_round() {
    let text = read(&top().join("src/lib.rs"));
    let modules: BTreeSet<String> = text
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    let table: BTreeSet<String> = rooms().into_iter().map(|(room, _)| room).collect();
    assert_eq!(modules, table, "modules of src/lib.rs, and its table");
}

#[test]
fn names_stay_in_their_places() {
    let mut found = Vec::new();
    for source in program() {
        for (at, path) in paths(&source.only(&[Kind::Code])) {
            let path = format!("::{path}::");
            for name in NAMES {
                if path.contains(&format!("::{}::", name.path))
                    && !name
                        .places
                        .iter()
                        .any(|place| source.path.starts_with(place))
                {
                    let what = format!("`{}` has no place here", name.path);
                    found.push(finding(&source, at, &what, name.remedy));
                }
            }
            if path.ends_with("::*::") {
                found.push(finding(&source, at, "a glob import", "name what is used"));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn nothing_outside_tests_ends_the_program() {
    let mut found = Vec::new();
    for source in program() {
        let code = source.only(&[Kind::Code]);
        for panic in PANICS {
            for (at, _) in code.match_indices(panic) {
                let before = code[..at].chars().next_back().unwrap_or(' ');
                if panic.starts_with('.') || !(before.is_alphanumeric() || before == '_') {
                    let what = format!("`{panic}` outside a test");
                    let remedy = "return a Failure, or handle the other case";
                    found.push(finding(&source, at, &what, remedy));
                }
            }
        }
    }
    assert_none(&found);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let ignored = concat!("#[", "ignore");
    let owed = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut found = Vec::new();
    for path in files("src", "rs").iter().chain(&files("tests", "rs")) {
        let (path, text) = (shown(path), read(path));
        let n_lines = text.lines().count();
        if n_lines > N_LINES_MOST && !TABLES.contains(&path.as_str()) {
            found.push(format!(
                "{path}:{n_lines}: longer than {N_LINES_MOST} lines; split it by what changes together"
            ));
        }
        if !text.starts_with("//!") {
            found.push(format!(
                "{path}:1: no `//!`; say first what it is for and what it must never do"
            ));
        }
        for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line)) {
            if line.trim_start().starts_with(ignored) {
                found.push(format!("{path}:{n}: an ignored test; mend it or delete it"));
            }
            if owed.iter().any(|mark| line.contains(mark)) {
                found.push(format!(
                    "{path}:{n}: work left for later; do it or open an issue"
                ));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn the_top_holds_only_what_belongs_there_and_nothing_large_is_tracked() {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(top())
        .output();
    let Some(listed) = listed.ok().filter(|out| out.status.success()) else {
        return; // A source archive without its history holds only what was packed.
    };
    let mut found = Vec::new();
    for path in String::from_utf8_lossy(&listed.stdout).split_terminator('\0') {
        let first = path.split('/').next().unwrap_or_default();
        if !TOP.contains(&first) {
            found.push(format!(
                "{path}: `{first}` does not belong at the top; move it into one of the folders"
            ));
        }
        let n_bytes = fs::metadata(top().join(path)).map_or(0, |m| m.len());
        if n_bytes > N_BYTES_MOST {
            found.push(format!(
                "{path}: {n_bytes} bytes; make it when it is needed"
            ));
        }
    }
    assert_none(&found);
}

#[test]
fn the_trees_of_use_are_taken_apart() {
    let code = "use crate::{a::b, c::{d, e as f}}; fn g() { super::h::i(); std::fs::read(j) }";
    let found: Vec<String> = paths(code).into_iter().map(|(_, path)| path).collect();
    assert_eq!(found[..3], ["crate::a::b", "crate::c::d", "crate::c::e"]);
    assert!(found.contains(&"super::h::i".to_owned()), "{found:?}");
    assert!(found.contains(&"std::fs::read".to_owned()), "{found:?}");
    assert_eq!(target("crate::a::b", 2), Some("a"));
    assert_eq!(target("super::h", 1), Some("h"));
    assert_eq!(target("super::h", 2), None);
    assert_eq!(target("super::super::h", 2), Some("h"));
}
