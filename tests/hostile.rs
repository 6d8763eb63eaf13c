//! Every file of `tests/hostile/` gives the cohort and the issues that stand beside it, or is refused; none crashes,
//! hangs or fills the memory.
//!
//! Expectations (`NAME.expect.ron`) say what a data manager would want, not what the program happens to do; all
//! differences of all files are shown at once. `tests/hostile/README.md` says what an expectation may hold.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod attacks;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use prognostim::base::issue::{Failure, Issue};
use prognostim::base::task::TaskHandle;
use prognostim::base::text::Lang;
use prognostim::cohort::{Cell, Cohort, Variable};
use prognostim::dictionary;
use prognostim::import::{ImportOptions, read};
use serde::Deserialize;

/// A safety net against files that are never read to their end, far above what any takes.
const MOST_SECS: u64 = 60;

/// What should come of a file.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Expect {
    /// Why the file is here, and why this is right.
    why: String,
    /// The file, where it is not `NAME` itself: a second expectation of the same file.
    of: Option<String>,
    /// What a person said about the file.
    options: ImportOptions,
    /// Another expectation whose rows, columns and cells hold here too.
    like: Option<String>,
    /// Codes of which one refuses the file; `*` for any.
    refused: Vec<String>,
    /// Reading the file as said here is as right as refusing it.
    or_read: bool,
    rows: Option<usize>,
    columns: Option<usize>,
    encoding: Option<String>,
    delimiter: Option<char>,
    decimal_mark: Option<char>,
    date_order: Option<String>,
    /// Column, kinds, first cells.
    cells: Vec<(String, String, Vec<String>)>,
    /// Column, number of missing values.
    missing: Vec<(String, usize)>,
    /// Column, levels with the "yes" last.
    levels: Vec<(String, Vec<String>)>,
    /// Column, measure, moment in English.
    means: Vec<(String, String, String)>,
    /// Column, a measure that it is not.
    never_means: Vec<(String, String)>,
    /// Column, its words for people.
    labels: Vec<(String, String)>,
    /// Column, unit.
    units: Vec<(String, String)>,
    /// Codes, row (0: anywhere), column letters (empty: anywhere).
    issues: Vec<(String, u32, String)>,
    /// Codes that would be wrong here.
    never: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

fn expectation(name: &str) -> Expect {
    let path = folder().join(format!("{name}.expect.ron"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let read = options.from_str(&text);
    assert!(read.is_ok(), "{}: {:?}", path.display(), read.err());
    let mut expect: Expect = read.unwrap();
    if let Some(like) = &expect.like {
        let other = expectation(like);
        expect.rows = expect.rows.or(other.rows);
        expect.columns = expect.columns.or(other.columns);
        let said: Vec<String> = expect.cells.iter().map(|c| c.0.clone()).collect();
        let rest = other.cells.into_iter().filter(|c| !said.contains(&c.0));
        expect.cells.extend(rest);
        expect.means.extend(other.means);
        expect.levels.extend(other.levels);
    }
    expect
}

/// The file read and annotated, in a thread of its own: `None` where it does not end.
fn read_in_time(path: &Path, options: &ImportOptions) -> Option<Result<Cohort, Failure>> {
    let (sender, receiver) = mpsc::channel();
    let (path, options) = (path.to_owned(), options.clone());
    std::thread::spawn(move || {
        let outcome = catch_unwind(|| {
            read(&path, &options, &TaskHandle::unattended()).map(|mut cohort| {
                dictionary::annotate(&mut cohort);
                cohort
            })
        });
        let panicked = |_payload| Err(Failure::new("panicked"));
        sender.send(outcome.unwrap_or_else(panicked)).ok();
    });
    receiver.recv_timeout(Duration::from_secs(MOST_SECS)).ok()
}

/// Every way in which the file is not what was expected.
fn differences(path: &Path, expect: &Expect) -> Vec<String> {
    let Some(outcome) = read_in_time(path, &expect.options) else {
        return vec![format!("was not read in {MOST_SECS} s")];
    };
    let may_be_read = expect.refused.is_empty() || expect.or_read;
    match outcome {
        Err(failure) => {
            let issue = failure.issue();
            let mut found = unworded(&issue, true);
            let known = |code: &String| code == "*" || *code == issue.code;
            if issue.code == "panicked" || !expect.refused.iter().any(known) {
                found.push(format!(
                    "refused with {} {:?}{}, expected {}",
                    issue.code,
                    issue.args,
                    place(&issue),
                    if expect.refused.is_empty() {
                        "a cohort".to_owned()
                    } else {
                        expect.refused.join(" or ")
                    }
                ));
            }
            found
        }
        Ok(cohort) if may_be_read => cohort_differences(&cohort, expect),
        Ok(cohort) => vec![format!(
            "read ({} rows, {} columns), expected to be refused with {}",
            cohort.n_rows(),
            cohort.variables.len(),
            expect.refused.join(" or ")
        )],
    }
}

fn cohort_differences(cohort: &Cohort, expect: &Expect) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = |what: &str, is: String, should: Option<String>| {
        if should.as_ref().is_some_and(|should| *should != is) {
            found.push(format!("{what}: {is}, expected {}", should.unwrap()));
        }
    };
    let source = &cohort.source;
    let text = |value: Option<char>| value.map_or("none".to_owned(), |c| format!("{c:?}"));
    same(
        "rows",
        cohort.n_rows().to_string(),
        expect.rows.map(|n| n.to_string()),
    );
    same(
        "columns",
        cohort.variables.len().to_string(),
        expect.columns.map(|n| n.to_string()),
    );
    same(
        "encoding",
        source.encoding.clone().unwrap_or_default().to_lowercase(),
        expect.encoding.as_ref().map(|e| e.to_lowercase()),
    );
    same(
        "delimiter",
        text(source.delimiter),
        expect.delimiter.map(|c| text(Some(c))),
    );
    same(
        "decimal mark",
        text(source.decimal_mark),
        expect.decimal_mark.map(|c| text(Some(c))),
    );
    same(
        "date order",
        source.date_order.clone().unwrap_or_default(),
        expect.date_order.clone(),
    );
    for (column, kinds, cells) in &expect.cells {
        found.extend(column_differences(cohort, column, kinds, cells));
    }
    found.extend(meaning_differences(cohort, expect));
    found.extend(issue_differences(cohort, expect));
    found
}

/// Differences in what columns mean, are called and lack.
fn meaning_differences(cohort: &Cohort, expect: &Expect) -> Vec<String> {
    let mut found = Vec::new();
    for (column, n) in &expect.missing {
        let is = variable(cohort, column).map(|v| cohort.n_missing(&v.name));
        if is != Some(*n) {
            found.push(format!("{column}: {is:?} missing, expected {n}"));
        }
    }
    for (column, levels) in &expect.levels {
        let is = variable(cohort, column).map(|v| &v.levels);
        if is != Some(levels) {
            found.push(format!("{column}: levels {is:?}, expected {levels:?}"));
        }
    }
    for (column, concept, moment) in &expect.means {
        let is = variable(cohort, column).map(|v| {
            let concept = v.concept.clone().unwrap_or_default();
            (concept, dictionary::timing(v.timing, Lang::En))
        });
        if is != Some((concept.clone(), moment.clone())) {
            found.push(format!("{column}: {is:?}, expected {concept}, {moment}"));
        }
    }
    for (column, concept) in &expect.never_means {
        let is = variable(cohort, column).and_then(|v| v.concept.as_ref());
        if is == Some(concept) {
            found.push(format!("{column} is taken for {concept}"));
        }
    }
    let said = |v: &Variable| (v.label.clone(), v.unit.clone().unwrap_or_default());
    let words = |column: &str| variable(cohort, column).map(said).unwrap_or_default();
    for (column, label) in &expect.labels {
        if words(column).0 != *label {
            found.push(format!(
                "{column} is called {:?}, expected {label:?}",
                words(column).0
            ));
        }
    }
    for (column, unit) in &expect.units {
        if words(column).1 != *unit {
            found.push(format!(
                "{column} is in {:?}, expected {unit:?}",
                words(column).1
            ));
        }
    }
    found
}

fn issue_differences(cohort: &Cohort, expect: &Expect) -> Vec<String> {
    let mut found = Vec::new();
    for (codes, row, letters) in &expect.issues {
        let fits = |issue: &&Issue| {
            (*row == 0 || issue.place.row == Some(*row))
                && (letters.is_empty()
                    || issue.place.letters().as_deref() == Some(letters.as_str()))
        };
        let named = |issue: &&Issue| codes.split('|').any(|code| is_code(issue, code));
        if cohort.issues.iter().any(|i| named(&i) && fits(&i)) {
            continue;
        }
        let elsewhere: Vec<String> = cohort.issues.iter().filter(named).map(place).collect();
        let here: Vec<&str> = cohort
            .issues
            .iter()
            .filter(|issue| fits(issue) && (*row > 0 || !letters.is_empty()))
            .map(|issue| issue.code.as_str())
            .collect();
        found.push(format!(
            "no issue {codes} at {letters}{row}; that issue elsewhere: {elsewhere:?}; other issues here: {here:?}"
        ));
    }
    for code in &expect.never {
        if let Some(issue) = cohort.issues.iter().find(|issue| is_code(issue, code)) {
            found.push(format!("issue {code}{} has no place here", place(issue)));
        }
    }
    for issue in &cohort.issues {
        found.extend(unworded(issue, false));
    }
    found
}

/// Whether an issue has the code; `~word` for any code that holds the word.
fn is_code(issue: &Issue, code: &str) -> bool {
    code.strip_prefix('~')
        .map_or(issue.code == code, |part| issue.code.contains(part))
}

fn place(issue: &Issue) -> String {
    let Issue { place, .. } = issue;
    format!(
        " ({:?} {}{})",
        place.sheet.as_deref().unwrap_or_default(),
        place.letters().unwrap_or_default(),
        place.row.map(|row| row.to_string()).unwrap_or_default()
    )
}

/// What a person would see of an issue that is not worded.
fn unworded(issue: &Issue, needs_remedy: bool) -> Vec<String> {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let words = lang.issue(issue);
        let remedy = lang.remedy(issue).unwrap_or_default();
        if words.contains('⟦') || words.is_empty() || remedy.contains('⟦') {
            found.push(format!(
                "{} is not worded in {lang:?}: {words} {remedy}",
                issue.code
            ));
        }
        if needs_remedy && remedy.is_empty() {
            found.push(format!("{} says not what to do in {lang:?}", issue.code));
        }
    }
    found
}

/// A column by its name (or one of several), or by its place: `@B`, `@Sheet!B`.
fn variable<'a>(cohort: &'a Cohort, said: &str) -> Option<&'a Variable> {
    let Some(at) = said.strip_prefix('@') else {
        return said.split('|').find_map(|name| cohort.variable(name));
    };
    let (sheet, letters) = at
        .rsplit_once('!')
        .map_or((None, at), |(s, l)| (Some(s), l));
    cohort.variables.iter().find(|variable| {
        variable.place(0).letters().as_deref() == Some(letters)
            && (sheet.is_none() || variable.origin.sheet.as_deref() == sheet)
    })
}

fn column_differences(cohort: &Cohort, column: &str, kinds: &str, cells: &[String]) -> Vec<String> {
    let Some(variable) = variable(cohort, column) else {
        let names: Vec<&str> = cohort.variables.iter().map(|v| v.name.as_str()).collect();
        return vec![format!("no column {column}; there are {names:?}")];
    };
    let mut found = Vec::new();
    let kind = format!("{:?}", variable.kind).to_lowercase();
    if !kinds.is_empty() && !kinds.split('|').any(|known| known == kind) {
        found.push(format!("{column} is {kind}, expected {kinds}"));
    }
    let is: Vec<String> = (0..cells.len().min(cohort.n_rows()))
        .map(|row| match cohort.cell(row, &variable.name) {
            None => String::new(),
            Some(Cell::Number(x)) => x.to_string(),
            Some(Cell::Text(text)) => text,
        })
        .collect();
    let fits = |(is, should): (&String, &String)| {
        should == "~" || should.split("||").any(|should| is_same(is, should))
    };
    if is.len() < cells.len() || !is.iter().zip(cells).all(fits) {
        found.push(format!("{column} holds {is:?}, expected {cells:?}"));
    }
    found
}

/// The same text, or the same number but for the last digits that 32-bit files lose.
fn is_same(is: &str, should: &str) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
    let is_code = should.starts_with('0') && !should.starts_with("0.");
    is == should
        || (!is_code && matches!((is.parse(), should.parse()), (Ok(a), Ok(b)) if near(a, b)))
}

#[test]
fn every_hostile_file_gives_the_cohort_and_the_issues_expected() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .collect();
    names.sort();
    let mut report = Vec::new();
    let mut n_files = 0;
    for name in names.iter().filter(|name| is_data(name)) {
        n_files += 1;
        if !names.contains(&format!("{name}.expect.ron")) {
            report.push(format!("\n{name}\n    has no expectation"));
        }
    }
    for name in names
        .iter()
        .filter_map(|name| name.strip_suffix(".expect.ron"))
    {
        let expect = expectation(name);
        let path = folder().join(expect.of.as_deref().unwrap_or(name));
        // A crash that nothing catches ends this process too: where one is tried, the program goes first.
        let mut found = if name.starts_with("attack-") {
            attacks::endured(&path)
        } else {
            Vec::new()
        };
        if found.is_empty() {
            found = differences(&path, &expect);
        }
        if !found.is_empty() {
            report.push(format!(
                "\n{name}: {}\n    {}",
                expect.why,
                found.join("\n    ")
            ));
        }
    }
    assert!(n_files >= 75, "{n_files} files");
    assert!(
        !Path::new("/tmp/prognostim-was-here").exists(),
        "a workbook was unpacked outside"
    );
    assert!(
        report.is_empty(),
        "{}\n\n{} of {n_files} files differ",
        report.join("\n"),
        report.len()
    );
}

/// Whether a file of the folder is one to read.
fn is_data(name: &str) -> bool {
    !name.ends_with(".expect.ron")
        && !name.ends_with(".py")
        && !matches!(
            name,
            "README.md" | ".gitattributes" | "bomb.deflate" | "__pycache__"
        )
}

#[test]
fn large_hostile_files_are_refused_or_read_in_bounded_time_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut report = Vec::new();
    for attacks::Attack {
        name,
        bytes,
        refused,
    } in attacks::large()
    {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut found = attacks::endured(&path);
        if found.is_empty() {
            let expect = Expect {
                refused: refused.iter().map(|code| (*code).to_owned()).collect(),
                or_read: refused == ["*"],
                ..Expect::default()
            };
            found = differences(&path, &expect);
        }
        if !found.is_empty() {
            report.push(format!("{name}\n    {}", found.join("\n    ")));
        }
        std::fs::remove_file(&path).unwrap();
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_refused() {
    for path in ["/dev/zero", "/proc/self/mem", "/", "/no/such/file.csv"] {
        let found = attacks::endured(Path::new(path));
        assert!(found.is_empty(), "{path}: {found:?}");
        let expect = Expect {
            refused: vec!["*".to_owned()],
            ..Expect::default()
        };
        let found = differences(Path::new(path), &expect);
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}
