//! Expressions in one line over the values of one patient: `odi_m12 <= 100`,
//! `if sex = "F" then prostate is missing`, `abs(bmi - weight / (height / 100)^2) < 0.5`.
//!
//! Knows numbers, dates and texts and nothing of cohorts: who asks says which names there are.
//! A comparison with a missing value is neither true nor false, so that no rule is broken by it.

mod evaluate;
mod parse;

#[cfg(test)]
mod tests;

pub use evaluate::{Bound, Value};
pub use parse::parse;

use crate::base::issue::{Failure, Issue};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A quantity.
    Number,
    /// A calendar date.
    Date,
    /// Text or a level.
    Text,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

/// An arithmetic operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Abs,
    Round,
    Sqrt,
    Ln,
    Min,
    Max,
    /// Days from the first date to the second.
    Days,
    /// Months of 30.4375 days from the first date to the second.
    Months,
    /// Years of 365.25 days from the first date to the second.
    Years,
}

impl Function {
    const ALL: [(&'static str, Self); 9] = [
        ("abs", Self::Abs),
        ("round", Self::Round),
        ("sqrt", Self::Sqrt),
        ("ln", Self::Ln),
        ("min", Self::Min),
        ("max", Self::Max),
        ("days", Self::Days),
        ("months", Self::Months),
        ("years", Self::Years),
    ];

    fn takes_dates(self) -> bool {
        matches!(self, Self::Days | Self::Months | Self::Years)
    }

    /// Fewest and most arguments.
    fn n_arguments(self) -> (usize, usize) {
        match self {
            Self::Abs | Self::Round | Self::Sqrt | Self::Ln => (1, 1),
            Self::Min | Self::Max => (2, 16),
            Self::Days | Self::Months | Self::Years => (2, 2),
        }
    }
}

/// A node; names are positions in the expression's list of names.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    /// A date in days since 1970.
    Date(f64),
    Text(String),
    Name(usize),
    Negative(Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    Comparison(Comparison, Box<Node>, Box<Node>),
    IsMissing(Box<Node>),
    In(Box<Node>, Vec<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
}

/// An expression as written, before its names are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    names: Vec<String>,
    root: Node,
}

impl Expression {
    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names in it, in the order of their first use.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name whose value is to be checked where the expression is false: the first of the conclusion of
    /// `if … then …`, else the first; `None` where there is no name.
    pub fn subject(&self) -> Option<usize> {
        let node = match &self.root {
            Node::Or(left, right) if matches!(**left, Node::Not(_)) => right,
            node => node,
        };
        first_name(node).or_else(|| first_name(&self.root))
    }

    /// Gives the names their types, one each in the order of [`Expression::names`].
    ///
    /// Fails where types do not fit (a text compared with a date, a sum of texts).
    pub fn bind(&self, types: &[Type]) -> Result<Bound, Failure> {
        evaluate::bind(self, types)
    }
}

fn first_name(node: &Node) -> Option<usize> {
    match node {
        Node::Number(_) | Node::Date(_) | Node::Text(_) => None,
        Node::Name(idx) => Some(*idx),
        Node::Negative(inner) | Node::IsMissing(inner) | Node::Not(inner) => first_name(inner),
        Node::Call(_, nodes) => nodes.iter().find_map(first_name),
        Node::In(inner, nodes) => first_name(inner).or_else(|| nodes.iter().find_map(first_name)),
        Node::Arithmetic(_, left, right)
        | Node::Comparison(_, left, right)
        | Node::And(left, right)
        | Node::Or(left, right) => first_name(left).or_else(|| first_name(right)),
    }
}

/// A failure that quotes the rule, shows where it stopped and says what was expected there.
fn stopped(text: &str, at: usize, wanted: &str) -> Failure {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let (before, after) = text.split_at(at);
    let mut seen: String = after.trim_start().chars().take(12).collect();
    if seen.is_empty() {
        "nothing".clone_into(&mut seen);
    }
    Issue::error("rule-stopped")
        .found(text)
        .with("before", before.trim_end())
        .with("seen", seen)
        .with("position", before.chars().count() + 1)
        .with("wanted", wanted)
        .into()
}
