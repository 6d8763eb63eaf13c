//! English and French say the same things, all of them, and the French is set as French.
//!
//! Every message that the program names exists in both languages with the same attributes and
//! values; none lies unused; a sentence gets every value that it asks for.

#[path = "source/calls.rs"]
mod calls;
mod source;

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use source::{Kind, Source, files, program, read, shown, top};

const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Values that every sentence of an issue may use: its place and what stood there.
const OF_EVERY_ISSUE: [&str; 4] = ["column", "found", "row", "sheet"];

/// A message as the file has it.
#[derive(Default)]
struct Message {
    /// `path:line`.
    place: String,
    /// The text, empty where there are only attributes.
    value: String,
    /// Texts by attribute.
    attributes: BTreeMap<String, String>,
}

impl Message {
    /// The value and every attribute, with the name that a person looks for.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self
            .attributes
            .iter()
            .map(|(a, text)| (a.as_str(), text.as_str()));
        [("", self.value.as_str())].into_iter().chain(attributes)
    }
}

type Messages = BTreeMap<String, Message>;

/// A text literal of the program and the code around it.
struct Literal<'a> {
    /// `path:line`.
    place: String,
    /// What stands between the quotes.
    text: &'a str,
    /// Code before the opening quote, without spaces at its end; literals are blanked.
    before: &'a str,
    /// Code after the closing quote.
    after: &'a str,
    /// As `after`, literals included.
    after_text: &'a str,
}

/// Source with its two views, code alone and code with literals.
struct Views {
    source: Source,
    code: String,
    text: String,
}

fn views() -> Vec<Views> {
    let views = |source: Source| Views {
        code: source.only(&[Kind::Code]),
        text: source.only(&[Kind::Code, Kind::Literal]),
        source,
    };
    program().into_iter().map(views).collect()
}

impl Views {
    fn literals(&self) -> Vec<Literal<'_>> {
        let quotes: Vec<usize> = self.code.match_indices('"').map(|(at, _)| at).collect();
        let pairs = quotes.chunks_exact(2);
        pairs
            .map(|pair| Literal {
                place: format!("{}:{}", self.source.path, self.source.line(pair[0])),
                text: &self.text[pair[0] + 1..pair[1]],
                before: self.code[..pair[0]].trim_end_matches(['#', 'r']).trim_end(),
                after: &self.code[pair[1] + 1..],
                after_text: &self.text[pair[1] + 1..],
            })
            .collect()
    }
}

impl Literal<'_> {
    /// The key that this literal asks for, where the code says so.
    fn wanted_key(&self) -> Option<String> {
        let is_issue = [
            "Issue::note(",
            "Issue::warning(",
            "Issue::error(",
            "Failure::new(",
        ]
        .iter()
        .any(|call| self.before.ends_with(call))
            || self
                .before
                .rsplit_once("Issue::new(")
                .is_some_and(|(_, args)| args.matches(',').count() == 1 && args.ends_with(','));
        if is_issue {
            return Some(format!("issue-{}", self.text));
        }
        let is_key = self.before.ends_with(".t(")
            || self.before.ends_with("lang.with(")
            || (self.before.ends_with(".with(") && self.list().is_some());
        is_key.then(|| self.text.to_owned())
    }

    /// Where `, &[` follows.
    fn list(&self) -> Option<usize> {
        let rest = self.after.trim_start().strip_prefix(',')?;
        let rest = rest.trim_start().strip_prefix("&[")?;
        Some(self.after.len() - rest.len())
    }

    /// The values that the call gives, where they stand in the call itself.
    fn given_values(&self) -> Option<BTreeSet<String>> {
        if let Some(start) = self.list() {
            let end = start + length_inside(&self.after[start..], '[', ']')?;
            return Some(names_after(
                &self.after[start..end],
                &self.after_text[start..end],
                "(",
            ));
        }
        self.before.ends_with(".t(").then(BTreeSet::new)
    }
}

/// How far it is to the bracket that closes what is open.
fn length_inside(code: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, mark) in code.char_indices() {
        if mark == open {
            depth += 1;
        } else if mark == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Literals that follow `mark` and are followed by a comma.
fn names_after(code: &str, text: &str, mark: &str) -> BTreeSet<String> {
    let quotes: Vec<usize> = code.match_indices('"').map(|(at, _)| at).collect();
    let pairs = quotes.chunks_exact(2);
    pairs
        .filter(|pair| {
            code[..pair[0]].trim_end().ends_with(mark)
                && code[pair[1] + 1..].trim_start().starts_with(',')
        })
        .map(|pair| text[pair[0] + 1..pair[1]].to_owned())
        .collect()
}

/// Reads the messages of a language; a key that stands twice is a finding.
fn messages(language: &str, found: &mut Vec<String>) -> Messages {
    let mut all = Messages::new();
    for path in files(&format!("assets/i18n/{language}"), "ftl") {
        let text = read(&path);
        let mut key = String::new();
        let mut attribute = None;
        for (n, line) in text.lines().enumerate() {
            let place = format!("{}:{}", shown(&path), n + 1);
            let inner = line.trim_start();
            if line.starts_with('#') || inner.is_empty() {
                continue;
            }
            let (head, rest) = line.split_once('=').unwrap_or((line, ""));
            if inner.len() == line.len() && !line.starts_with(['}', ']', '[', '*']) {
                head.trim().clone_into(&mut key);
                attribute = None;
                let message = Message {
                    value: rest.trim().to_owned(),
                    place: place.clone(),
                    ..Message::default()
                };
                if let Some(first) = all.insert(key.clone(), message) {
                    found.push(format!(
                        "{place}: `{key}` stands already at {}",
                        first.place
                    ));
                }
                continue;
            }
            let Some(message) = all.get_mut(&key) else {
                found.push(format!("{place}: text that belongs to no message"));
                continue;
            };
            if let Some(name) = head.trim().strip_prefix('.') {
                attribute = Some(name.to_owned());
                message
                    .attributes
                    .insert(name.to_owned(), rest.trim().to_owned());
            } else {
                let text = match &attribute {
                    Some(name) => message.attributes.entry(name.clone()).or_default(),
                    None => &mut message.value,
                };
                text.push('\n');
                text.push_str(inner);
            }
        }
    }
    assert!(all.len() > 10, "the messages of {language} were not found");
    all
}

/// A message or one of its attributes, as the program names it.
fn named(key: &str, attribute: &str) -> String {
    let dot = if attribute.is_empty() { "" } else { "." };
    format!("{key}{dot}{attribute}")
}

fn both() -> [Messages; 2] {
    LANGUAGES.map(|language| messages(language, &mut Vec::new()))
}

/// The values that a text asks for. `$n-text` is `$n` printed, so it counts as `$n`.
fn values(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            let name = &rest[..end.unwrap_or(rest.len())];
            name.strip_suffix("-text").unwrap_or(name).to_owned()
        })
        .collect()
}

fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "\n{}\n({} in all)",
        found.join("\n"),
        found.len()
    );
}

#[test]
fn every_file_is_embedded_and_stands_in_both_languages() {
    let text = read(&top().join("src/base/text.rs"));
    let list = text
        .split("= rooms![")
        .nth(1)
        .and_then(|rest| rest.split(']').next());
    let embedded: BTreeSet<String> = list
        .expect("src/base/text.rs lists the message files in rooms![…]")
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    for language in LANGUAGES {
        let there: BTreeSet<String> = files(&format!("assets/i18n/{language}"), "ftl")
            .iter()
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(
            there, embedded,
            "files of {language}, and rooms![…] of src/base/text.rs"
        );
    }
}

#[test]
fn every_message_can_be_read_and_formatted() {
    let mut found = Vec::new();
    for language in LANGUAGES {
        let messages = messages(language, &mut found);
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        for path in files(&format!("assets/i18n/{language}"), "ftl") {
            let text = read(&path);
            let resource =
                FluentResource::try_new(text.clone()).unwrap_or_else(|(kept, errors)| {
                    for error in errors {
                        let line = 1 + text[..error.pos.start].matches('\n').count();
                        found.push(format!("{}:{line}: {error}", shown(&path)));
                    }
                    kept
                });
            bundle.add_resource_overriding(resource);
        }
        for (key, message) in &messages {
            let Some(read) = bundle.get_message(key) else {
                found.push(format!("{}: `{key}` can't be read", message.place));
                continue;
            };
            for (attribute, text) in message.texts() {
                let pattern = if attribute.is_empty() {
                    read.value()
                } else {
                    read.get_attribute(attribute).map(|a| a.value())
                };
                let Some(pattern) = pattern else {
                    continue;
                };
                let mut args = FluentArgs::new();
                for name in values(text) {
                    args.set(format!("{name}-text"), "2");
                    args.set(name, 2);
                }
                let mut errors = Vec::new();
                bundle.format_pattern(pattern, Some(&args), &mut errors);
                for error in errors {
                    found.push(format!("{}: `{key}`: {error}", message.place));
                }
            }
        }
    }
    assert_none(&found);
}

#[test]
fn both_languages_have_the_same_messages_attributes_and_values() {
    let both = both();
    let mut found = Vec::new();
    for (ours, theirs, name) in [(&both[0], &both[1], "fr"), (&both[1], &both[0], "en")] {
        for (key, message) in ours {
            let Some(other) = theirs.get(key) else {
                found.push(format!("{}: `{key}` is missing in {name}", message.place));
                continue;
            };
            if message.value.is_empty() != other.value.is_empty() {
                found.push(format!(
                    "{}: `{key}` has a text in one language only",
                    message.place
                ));
            }
            for (attribute, text) in message.texts() {
                let translated = if attribute.is_empty() {
                    Some(&other.value)
                } else {
                    other.attributes.get(attribute)
                };
                match translated {
                    None => found.push(format!(
                        "{}: `{key}.{attribute}` is missing in {name}",
                        message.place
                    )),
                    Some(translated) => {
                        let lost: Vec<String> = values(text)
                            .difference(&values(translated))
                            .cloned()
                            .collect();
                        if !lost.is_empty() {
                            found.push(format!(
                                "{}: `{}`: {} is not said in {name}",
                                message.place,
                                named(key, attribute),
                                lost.join(", ")
                            ));
                        }
                    }
                }
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_message_that_the_program_names_exists_and_gets_its_values() {
    let both = both();
    let mut found = Vec::new();
    for views in views() {
        for literal in views.literals() {
            let Some(key) = literal.wanted_key() else {
                continue;
            };
            let (id, attribute) = key.split_once('.').unwrap_or((&key, ""));
            for (language, messages) in LANGUAGES.iter().zip(&both) {
                let text = messages.get(id).and_then(|m| match attribute {
                    "" => Some(&m.value).filter(|v| !v.is_empty()),
                    _ => m.attributes.get(attribute),
                });
                let Some(text) = text else {
                    found.push(format!(
                        "{}: `{key}` is missing in {language}",
                        literal.place
                    ));
                    continue;
                };
                let Some(given) = literal.given_values() else {
                    continue;
                };
                let asked = values(text);
                let lost: Vec<&String> = asked.difference(&given).collect();
                if !lost.is_empty() {
                    found.push(format!(
                        "{}: `{key}` in {language} asks for {lost:?}, which is not given",
                        literal.place
                    ));
                }
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_key_and_code_that_is_handed_on_exists() {
    let views = views();
    // A function of the same room is meant before one of another.
    let room = |v: &Views| {
        v.source
            .path
            .split('/')
            .nth(1)
            .unwrap_or_default()
            .to_owned()
    };
    let rooms: BTreeSet<String> = views.iter().map(room).collect();
    let takers = |parameter: &str| {
        let of = |name: &str| {
            let of_room = views.iter().filter(|v| name.is_empty() || room(v) == name);
            calls::takers(of_room.map(|v| v.code.as_str()), parameter)
        };
        let all = of("");
        rooms
            .iter()
            .map(|name| {
                let mut taken = all.clone();
                taken.extend(of(name));
                (name.clone(), taken)
            })
            .collect::<BTreeMap<_, _>>()
    };
    let (keys, codes) = (takers("key"), takers("code"));
    let messages = &both()[0];
    // A key may be handed on in parts: `plan-{key}`.
    let is_part = |word: &str| {
        messages.keys().any(|key| {
            !key.starts_with("issue-")
                && (key.ends_with(&format!("-{word}")) || key.starts_with(&format!("{word}-")))
        })
    };
    let mut found = Vec::new();
    for views in &views {
        for literal in views.literals() {
            let Some((name, place)) = calls::call(literal.before) else {
                continue;
            };
            if literal.text.contains('{') {
                continue;
            }
            let word = literal.text.split('.').next().unwrap_or_default();
            if keys[&room(views)].get(name) == Some(&Some(place))
                && !messages.contains_key(word)
                && !is_part(word)
            {
                found.push(format!("{}: there is no message `{word}`", literal.place));
            }
            let key = format!("issue-{word}");
            if codes[&room(views)].get(name) == Some(&Some(place)) && !messages.contains_key(&key) {
                found.push(format!("{}: there is no message `{key}`", literal.place));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_issue_gets_the_values_that_its_sentence_asks_for() {
    let both = both();
    // What any place gives under a code, since an issue may be put together in more than one step.
    let mut given: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for views in views() {
        for literal in views.literals() {
            let Some(key) = literal.wanted_key().filter(|key| key.starts_with("issue-")) else {
                continue;
            };
            let end = end_of_function(literal.after);
            let names = names_after(&literal.after[..end], &literal.after_text[..end], ".with(");
            let entry = given.entry(key).or_insert((literal.place, BTreeSet::new()));
            entry.1.extend(names);
        }
    }
    let mut found = Vec::new();
    for (key, (place, names)) in &given {
        for messages in &both {
            let Some(message) = messages.get(key) else {
                continue; // Another test says so.
            };
            for (_, text) in message.texts() {
                for value in values(text) {
                    if !names.contains(&value) && !OF_EVERY_ISSUE.contains(&value.as_str()) {
                        found.push(format!(
                            "{}: `{key}` asks for `{value}`, which {place} does not give",
                            message.place
                        ));
                    }
                }
            }
        }
    }
    assert_none(&found);
}

/// Where the function ends in which a literal stands: at a brace alone on its line, as deep as an
/// item or a method.
fn end_of_function(code: &str) -> usize {
    ["\n}\n", "\n    }\n"]
        .iter()
        .filter_map(|end| code.find(end))
        .min()
        .unwrap_or(code.len())
}

#[test]
fn no_message_lies_unused() {
    let mut named = BTreeSet::new();
    let mut families: Vec<Vec<String>> = Vec::new();
    let mut attributes = BTreeSet::from(["remedy".to_owned()]);
    for views in views() {
        for literal in views.literals() {
            let (id, attribute) = literal.text.split_once('.').unwrap_or((literal.text, ""));
            attributes.insert(attribute.to_owned());
            families.extend(family(id));
            named.insert(id.to_owned());
        }
    }
    let mut found = Vec::new();
    for (key, message) in &both()[0] {
        let code = key.strip_prefix("issue-").unwrap_or(key);
        let is_named = named.contains(key) || (code != key && named.contains(code));
        if !is_named && !families.iter().any(|parts| belongs(key, parts)) {
            found.push(format!(
                "{}: nothing says `{key}`; delete it",
                message.place
            ));
        }
        for attribute in message.attributes.keys() {
            if !attributes.contains(attribute) && !named.contains(attribute) {
                found.push(format!(
                    "{}: nothing says `{key}.{attribute}`",
                    message.place
                ));
            }
        }
    }
    assert_none(&found);
}

/// The fixed parts of a key that is put together: `measure-{name}-hint` is `measure-`, `-hint`.
/// `issue-{code}` is no family: the codes are looked for themselves.
fn family(text: &str) -> Option<Vec<String>> {
    if !text.contains('{') || text.starts_with("issue-{") {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((fixed, after)) = rest.split_once('{') {
        parts.push(fixed.to_owned());
        rest = after.split_once('}')?.1;
    }
    parts.push(rest.to_owned());
    let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fixed = parts.concat();
    (fixed.len() > 3 && fixed.contains('-') && fixed.chars().all(is_key)).then_some(parts)
}

/// Whether a key is made of the fixed parts in their order with something between them.
fn belongs(key: &str, parts: &[String]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let Some(mut inner) = key
        .strip_prefix(first.as_str())
        .and_then(|k| k.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for part in &parts[1..parts.len() - 1] {
        let Some((_, after)) = inner.split_once(part.as_str()) else {
            return false;
        };
        inner = after;
    }
    true
}

#[test]
fn marks_are_set_as_the_language_sets_them() {
    let both = both();
    let mut found = Vec::new();
    for (language, messages) in LANGUAGES.iter().zip(&both) {
        for (key, message) in messages {
            for (attribute, text) in message.texts() {
                for fault in faults(text, *language == "fr") {
                    found.push(format!(
                        "{}: `{}`: {fault}",
                        message.place,
                        named(key, attribute)
                    ));
                }
            }
        }
    }
    assert_none(&found);
}

/// What is set wrongly. Texts inside the quotes of a placeable are left alone.
fn faults(text: &str, is_french: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let is_fixed = |c: Option<char>| matches!(c, Some('\u{a0}' | '\u{202f}'));
    let mut n_braces = 0_usize;
    let mut n_parens = 0_usize;
    let mut in_quotes = false;
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(mark) = rest.next() {
        let after = rest.peek().copied();
        if in_quotes {
            in_quotes = mark != '"';
            before = Some(mark);
            continue;
        }
        let ends_word =
            after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '\\' | '='));
        match mark {
            '{' => n_braces += 1,
            '}' => n_braces = n_braces.saturating_sub(1),
            '(' if n_braces > 0 => n_parens += 1,
            ')' if n_braces > 0 => n_parens = n_parens.saturating_sub(1),
            '"' if n_braces > 0 => in_quotes = true,
            '\'' => faults.push("a straight apostrophe; write ’".to_owned()),
            '"' => faults.push("straight quotes; write “ ” or « »".to_owned()),
            ':' | ';' | '?' | '!'
                if is_french && ends_word && n_parens == 0 && !is_fixed(before) =>
            {
                faults.push(format!("no no-break space before `{mark}`"));
            }
            '%' if is_french && before == Some('(') => {}
            '%' | '»' if is_french && !is_fixed(before) => {
                faults.push(format!("no no-break space before `{mark}`"));
            }
            '«' if is_french && !is_fixed(after) => {
                faults.push("no no-break space after `«`".to_owned());
            }
            _ => {}
        }
        before = Some(mark);
    }
    faults
}

#[test]
fn the_rules_of_setting_see_what_they_should() {
    assert!(
        faults(
            "Fichier\u{a0}: «\u{a0}{ $name }\u{a0}» (58\u{202f}%)\u{a0}; ça va\u{202f}?",
            true
        )
        .is_empty()
    );
    assert_eq!(faults("l'âge : « x » 5 %", true).len(), 5);
    assert!(faults("Chance (%)", true).is_empty());
    assert!(faults("mice:10, https://x { \"it's\" }", true).is_empty());
    assert!(faults("It’s 5%: fine?", false).is_empty());
    assert_eq!(family("measure-{}-hint").unwrap(), ["measure-", "-hint"]);
    assert!(belongs(
        "measure-auc-hint",
        &family("measure-{name}-hint").unwrap()
    ));
    assert!(family("issue-{code}").is_none() && family("row {n}").is_none());
    assert_eq!(
        values("{ $n -> [one] x *[other] { $n-text } } { $low }").len(),
        2
    );
}
