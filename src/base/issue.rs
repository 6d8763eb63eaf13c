//! What was noticed or went wrong: a code, where it is, and typed arguments.
//!
//! An issue is data, not a sentence: [`crate::base::text`] words it in the reader's language
//! (message `issue-CODE`, its attribute `.remedy` says what to do). So the window, the
//! report and the command line say the same, and a study saved in one language opens in another.

use serde::{Deserialize, Serialize};

use crate::base::task::Cancelled;

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing needs to be done.
    Note,
    /// A doubt that a person should look at.
    Warning,
    /// Something could not be done.
    Error,
}

/// Where in the source file: 1-based, as the spreadsheet shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Sheet name; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Row as the spreadsheet numbers it (the header is row 1 where nothing stands above it).
    pub row: Option<u32>,
    /// Header of the column.
    pub column: Option<String>,
    /// Position of the column, 1-based; worded as the letter that the spreadsheet shows.
    #[serde(default)]
    pub position: Option<u32>,
}

impl Place {
    /// Letters of the column as a spreadsheet shows them: `A`, `B`, …, `AA`.
    pub fn letters(&self) -> Option<String> {
        let mut letters = Vec::new();
        let mut rest = self.position.filter(|position| *position > 0)?;
        while rest > 0 {
            rest -= 1;
            letters.push(b'A' + (rest % 26) as u8);
            rest /= 26;
        }
        Some(letters.iter().rev().map(|b| char::from(*b)).collect())
    }
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// Text as it stands.
    Text(String),
    /// A count or an amount; worded with the reader's decimal mark.
    Number(f64),
    /// A share in [0, 1]; worded as a percentage.
    Share(f64),
    /// Keys of messages, worded in the reader's language and listed with commas.
    Keys(Vec<String>),
    /// Another issue: its sentence, and what to do about it.
    Issue(Box<Issue>),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Issue> for Arg {
    fn from(value: Issue) -> Self {
        Self::Issue(Box::new(value))
    }
}

impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<usize> for Arg {
    fn from(value: usize) -> Self {
        Self::Number(value as f64)
    }
}

/// One finding: how bad, what, where, and the values that its sentence needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// Kebab-case name of the kind, the same in every language; the message is `issue-CODE`.
    pub code: String,
    /// Where it was seen.
    pub place: Place,
    /// What stood there, as written in the source.
    pub found: Option<String>,
    /// Named values of the sentence.
    pub args: Vec<(String, Arg)>,
}

impl Issue {
    /// A new issue without place and arguments.
    pub fn new(severity: Severity, code: &str) -> Self {
        Self {
            severity,
            code: code.to_owned(),
            place: Place::default(),
            found: None,
            args: Vec::new(),
        }
    }

    /// A note.
    pub fn note(code: &str) -> Self {
        Self::new(Severity::Note, code)
    }

    /// A warning.
    pub fn warning(code: &str) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// An error.
    pub fn error(code: &str) -> Self {
        Self::new(Severity::Error, code)
    }

    /// Adds a named value of the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// Says where it was seen.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Says in which column it was seen.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.place.column = Some(column.to_owned());
        self
    }

    /// Quotes what stood there.
    #[must_use]
    pub fn found(mut self, found: &str) -> Self {
        self.found = Some(found.to_owned());
        self
    }
}

/// Why a piece of work gave no result.
///
/// One type for all rooms, against the habit of one error enum a layer: every failure ends
/// before a person, in two languages, with a place and a remedy, and that is what an [`Issue`] is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// It could not be done.
    #[error("{}", .0.code)]
    Because(Box<Issue>),
}

impl From<Cancelled> for Failure {
    fn from(Cancelled: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<Issue> for Failure {
    fn from(issue: Issue) -> Self {
        Self::Because(Box::new(issue))
    }
}

impl Failure {
    /// A failure with a code and nothing else.
    pub fn new(code: &str) -> Self {
        Issue::error(code).into()
    }

    /// The issue to show; cancelling is worded too.
    pub fn issue(&self) -> Issue {
        match self {
            Self::Cancelled => Issue::note("cancelled"),
            Self::Because(issue) => (**issue).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters = |position| {
            let place = Place {
                position: Some(position),
                ..Place::default()
            };
            place.letters()
        };
        assert_eq!(letters(1).as_deref(), Some("A"));
        assert_eq!(letters(26).as_deref(), Some("Z"));
        assert_eq!(letters(27).as_deref(), Some("AA"));
        assert_eq!(letters(16_384).as_deref(), Some("XFD"));
        assert_eq!(letters(0), None);
    }
}
