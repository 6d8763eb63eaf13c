//! The source text of this package, as the tests of the house see it.
//!
//! A small lexer tells code, comments and literals apart and knows what is compiled for tests
//! only, so that a rule about code is not broken by a sentence about it. It is no parser.

use std::fs;
use std::path::{Path, PathBuf};

/// What a byte of a source file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Code.
    Code,
    /// A comment, its marks included.
    Comment,
    /// The inside of a text or character literal.
    Literal,
}

/// One file of Rust.
pub(crate) struct Source {
    /// Path from the top of the package, with `/`.
    pub(crate) path: String,
    /// The text as it stands.
    pub(crate) text: String,
    kinds: Vec<Kind>,
    is_test: Vec<bool>,
}

/// The top of the package.
pub(crate) fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file that must be there.
pub(crate) fn read(path: &Path) -> String {
    let text = fs::read_to_string(path);
    assert!(text.is_ok(), "{} can't be read", shown(path));
    text.unwrap_or_default()
}

/// All files under a folder of the package with one of the extensions, sorted by path.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(dir) = open.pop() {
        let Ok(entries) = fs::read_dir(&dir) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path as the rules name it: from the top of the package, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    let inner = path.strip_prefix(top()).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}

/// Every Rust file of the program; modules that are declared for tests only are blank.
pub(crate) fn program() -> Vec<Source> {
    let mut sources: Vec<Source> = files("src", "rs")
        .iter()
        .map(|path| Source::new(shown(path), read(path)))
        .collect();
    assert!(
        sources.len() > 10,
        "the sources of the program were not found"
    );
    let for_tests: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        let module = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        if for_tests.iter().any(|test| {
            module
                .strip_prefix(test.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }) {
            source.is_test.fill(true);
        }
    }
    sources
}

impl Source {
    /// Reads one text; `path` decides whether the whole file is for tests.
    pub(crate) fn new(path: String, text: String) -> Self {
        let kinds = lex(text.as_bytes());
        let mut source = Self {
            is_test: vec![false; text.len()],
            path,
            text,
            kinds,
        };
        source.mark_tests();
        source
    }

    /// The text with everything but these kinds blanked, tests blanked too; lines and offsets stay.
    pub(crate) fn only(&self, kept: &[Kind]) -> String {
        let bytes = self
            .text
            .bytes()
            .enumerate()
            .map(|(at, byte)| {
                let keep = kept.contains(&self.kinds[at]) && !self.is_test[at];
                if keep || byte == b'\n' { byte } else { b' ' }
            })
            .collect();
        String::from_utf8(bytes).expect("blanks keep the text whole")
    }

    /// The 1-based line of a byte.
    pub(crate) fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    /// Modules in files of their own that are declared behind `#[cfg(test)]`: `src/room/module`.
    fn test_modules(&self) -> Vec<String> {
        let folder = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let folder = folder.trim_end_matches("/lib").trim_end_matches("/main");
        let mut modules = Vec::new();
        for after in self.text.split("#[cfg(test)]").skip(1) {
            let declared = after.split(['{', ';']).next().unwrap_or_default();
            let mut words = declared.split_whitespace().rev();
            if let (Some(name), Some("mod")) = (words.next(), words.next())
                && after[declared.len()..].starts_with(';')
            {
                modules.push(format!("{folder}/{name}"));
            }
        }
        modules
    }

    /// Marks items behind `#[cfg(test)]`, and whole files that are for tests.
    fn mark_tests(&mut self) {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        if name == "tests.rs" || self.path.contains("/tests/") || self.path.starts_with("tests/") {
            self.is_test.fill(true);
            return;
        }
        let code = self.only(&[Kind::Code]);
        for mark in ["#[cfg(test)]", "#[cfg(all(test"] {
            for (start, _) in code.match_indices(mark) {
                let end = end_of_item(code.as_bytes(), start + mark.len());
                self.is_test[start..end].fill(true);
            }
        }
    }
}

/// Where the item that follows an attribute ends: at its `;`, or at the `}` that closes its first `{`.
fn end_of_item(code: &[u8], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut brackets = 0_usize;
    for (at, byte) in code.iter().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b';' if depth == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Tells code, comments and literals apart.
fn lex(text: &[u8]) -> Vec<Kind> {
    let mut kinds = vec![Kind::Code; text.len()];
    let mut at = 0;
    while at < text.len() {
        let (kind, end) = token(text, at);
        kinds[at..end].fill(kind);
        if kind == Kind::Literal {
            // The quotes and prefixes stay code, so that literals can be found again.
            let open = text[at..end]
                .iter()
                .take_while(|b| **b != b'"' && **b != b'\'');
            let inside = at + open.count() + 1;
            let n_close = text[..end].iter().rev().take_while(|b| **b == b'#').count() + 1;
            kinds[at..inside.min(end)].fill(Kind::Code);
            kinds[end.saturating_sub(n_close).max(inside)..end].fill(Kind::Code);
        }
        at = end;
    }
    kinds
}

/// The kind and the end of what starts at `at`.
fn token(text: &[u8], at: usize) -> (Kind, usize) {
    let rest = &text[at..];
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    if rest.starts_with(b"//") {
        let n = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        return (Kind::Comment, at + n);
    }
    if rest.starts_with(b"/*") {
        return (Kind::Comment, at + block_comment(rest));
    }
    if is_word(rest[0]) {
        let n = rest.iter().take_while(|b| is_word(**b)).count();
        let prefix = &rest[..n];
        let after = &rest[n..];
        if matches!(prefix, b"r" | b"br" | b"cr") {
            let n_hashes = after.iter().take_while(|b| **b == b'#').count();
            if after.get(n_hashes) == Some(&b'"') {
                return (Kind::Literal, at + n + raw_text(after, n_hashes));
            }
        }
        if matches!(prefix, b"b" | b"c") && after.first() == Some(&b'"') {
            return (Kind::Literal, at + n + quoted(after, b'"'));
        }
        return (Kind::Code, at + n);
    }
    match rest[0] {
        b'"' => (Kind::Literal, at + quoted(rest, b'"')),
        b'\'' if is_character(rest) => (Kind::Literal, at + quoted(rest, b'\'')),
        _ => (Kind::Code, at + 1),
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// Length of `"…"` or `'…'`, escapes known.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Length of `#…"…"#…` with that many hashes.
fn raw_text(rest: &[u8], n_hashes: usize) -> usize {
    let mut close = vec![b'"'];
    close.resize(1 + n_hashes, b'#');
    let start = n_hashes + 1;
    rest[start..]
        .windows(close.len())
        .position(|w| w == close)
        .map_or(rest.len(), |n| start + n + close.len())
}

/// Whether an apostrophe opens a character rather than a lifetime.
fn is_character(rest: &[u8]) -> bool {
    if rest.get(1) == Some(&b'\\') {
        return true;
    }
    let Ok(text) = std::str::from_utf8(&rest[1..rest.len().min(6)])
        .or_else(|cut| std::str::from_utf8(&rest[1..1 + cut.valid_up_to()]))
    else {
        return false;
    };
    text.chars().nth(1) == Some('\'')
}

#[test]
fn code_comments_and_literals_are_told_apart() {
    let text = "let a = \"x // y\"; // b \"c\"\nlet d = r#\"e\"f\"#; let g: &'h str = 'i';\n#[cfg(test)]\nmod tests { fn f() {} }\nlet z = '\\'';";
    let source = Source::new("src/x.rs".to_owned(), text.to_owned());
    let code = source.only(&[Kind::Code]);
    assert_eq!(code.len(), text.len());
    assert!(code.contains("let a = \"      \";"), "{code}");
    assert!(code.contains("r#\"   \"#; let g: &'h str = ' ';"), "{code}");
    assert!(!code.contains("fn f"), "{code}");
    assert!(code.ends_with("let z = '  ';"), "{code}");
    assert!(
        source
            .only(&[Kind::Code, Kind::Literal])
            .contains("\"x // y\"")
    );
    assert_eq!(source.line(text.find("#[cfg").unwrap()), 3);
}
