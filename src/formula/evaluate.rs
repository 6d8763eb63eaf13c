//! Types of an expression, and its value for one patient.

use std::cmp::Ordering;

use crate::base::issue::{Failure, Issue};
use crate::formula::{Arithmetic, Comparison, Expression, Function, Node, Type};

/// Mean length of a month and of a year, in days.
const DAYS_A_MONTH: f64 = 30.4375;
const DAYS_A_YEAR: f64 = 365.25;

/// A value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing is known.
    Missing,
    /// A number, never NaN.
    Number(f64),
    /// A date, in days since 1970.
    Date(f64),
    /// Text.
    Text(&'a str),
    /// Of a condition.
    Truth(bool),
}

/// An expression whose names and types are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    root: Node,
    is_condition: bool,
}

/// What a part of an expression is; a text that stands in the rule may also be a number or a date's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Of(Type),
    Truth,
}

pub(super) fn bind(expression: &Expression, types: &[Type]) -> Result<Bound, Failure> {
    let sort = sort(&expression.root, types).map_err(|wrong| {
        Failure::from(
            Issue::error("rule-types")
                .found(&expression.text)
                .with("wrong", wrong),
        )
    })?;
    Ok(Bound {
        root: expression.root.clone(),
        is_condition: sort == Sort::Truth,
    })
}

const NUMBER: Sort = Sort::Of(Type::Number);
const DATE: Sort = Sort::Of(Type::Date);
const TEXT: Sort = Sort::Of(Type::Text);

/// The sort of a node; `Err` names what does not fit.
fn sort(node: &Node, types: &[Type]) -> Result<Sort, &'static str> {
    let truth = |node: &Node| match sort(node, types)? {
        Sort::Truth => Ok(Sort::Truth),
        Sort::Of(_) => Err("no-condition"),
    };
    match node {
        Node::Number(_) => Ok(NUMBER),
        Node::Date(_) => Ok(DATE),
        Node::Text(_) => Ok(TEXT),
        Node::Name(idx) => types.get(*idx).map(|t| Sort::Of(*t)).ok_or("no-condition"),
        Node::Negative(inner) => match sort(inner, types)? {
            NUMBER => Ok(NUMBER),
            _ => Err("arithmetic"),
        },
        Node::Arithmetic(operation, left, right) => {
            let pair = (sort(left, types)?, sort(right, types)?);
            match (operation, pair) {
                (_, (NUMBER, NUMBER)) | (Arithmetic::Subtract, (DATE, DATE)) => Ok(NUMBER),
                (Arithmetic::Add | Arithmetic::Subtract, (DATE, NUMBER)) => Ok(DATE),
                _ => Err("arithmetic"),
            }
        }
        Node::Call(function, arguments) => {
            let wanted = if function.takes_dates() { DATE } else { NUMBER };
            for argument in arguments {
                if sort(argument, types)? != wanted {
                    return Err(if wanted == DATE {
                        "dates"
                    } else {
                        "arithmetic"
                    });
                }
            }
            Ok(NUMBER)
        }
        Node::Comparison(_, left, right) => {
            comparable(sort(left, types)?, sort(right, types)?)?;
            Ok(Sort::Truth)
        }
        Node::In(inner, list) => {
            let inner = sort(inner, types)?;
            for item in list {
                comparable(inner, sort(item, types)?)?;
            }
            Ok(Sort::Truth)
        }
        Node::IsMissing(inner) => match sort(inner, types)? {
            Sort::Of(_) => Ok(Sort::Truth),
            Sort::Truth => Err("missing-condition"),
        },
        Node::Not(inner) => truth(inner),
        Node::And(left, right) | Node::Or(left, right) => {
            truth(left)?;
            truth(right)
        }
    }
}

/// Levels such as `0` and `1` are texts, so a text may be compared with a number.
fn comparable(left: Sort, right: Sort) -> Result<(), &'static str> {
    match (left, right) {
        (Sort::Truth, _) | (_, Sort::Truth) => Err("compared-condition"),
        (DATE, DATE) => Ok(()),
        (DATE, _) | (_, DATE) => Err("date-with-other"),
        _ => Ok(()),
    }
}

impl Bound {
    /// Whether it is true or false for every patient (and no quantity).
    pub fn is_condition(&self) -> bool {
        self.is_condition
    }

    /// Its value where `cell` gives the value of each name.
    pub fn value<'a>(&'a self, cell: &impl Fn(usize) -> Value<'a>) -> Value<'a> {
        value(&self.root, cell)
    }
}

fn value<'a>(node: &'a Node, cell: &impl Fn(usize) -> Value<'a>) -> Value<'a> {
    match node {
        Node::Number(x) => Value::Number(*x),
        Node::Date(day) => Value::Date(*day),
        Node::Text(text) => Value::Text(text),
        Node::Name(idx) => cell(*idx),
        Node::Negative(inner) => match value(inner, cell) {
            Value::Number(x) => Value::Number(-x),
            _ => Value::Missing,
        },
        Node::Arithmetic(operation, left, right) => {
            arithmetic(*operation, value(left, cell), value(right, cell))
        }
        Node::Call(function, arguments) => call(*function, arguments, cell),
        Node::Comparison(comparison, left, right) => {
            truth(compare(*comparison, value(left, cell), value(right, cell)))
        }
        Node::IsMissing(inner) => Value::Truth(value(inner, cell) == Value::Missing),
        Node::In(inner, list) => {
            let wanted = value(inner, cell);
            let mut found = Some(false);
            for item in list {
                match compare(Comparison::Equal, wanted, value(item, cell)) {
                    Some(true) => return Value::Truth(true),
                    Some(false) => {}
                    None => found = None,
                }
            }
            truth(found)
        }
        Node::Not(inner) => match value(inner, cell) {
            Value::Truth(known) => Value::Truth(!known),
            _ => Value::Missing,
        },
        Node::And(left, right) => joined(value(left, cell), value(right, cell), false),
        Node::Or(left, right) => joined(value(left, cell), value(right, cell), true),
    }
}

fn truth<'a>(known: Option<bool>) -> Value<'a> {
    known.map_or(Value::Missing, Value::Truth)
}

/// Kleene's "and" (decided by `false`) and "or" (decided by `true`).
fn joined<'a>(left: Value<'a>, right: Value<'a>, decides: bool) -> Value<'a> {
    if left == Value::Truth(decides) || right == Value::Truth(decides) {
        Value::Truth(decides)
    } else if left == Value::Truth(!decides) && right == Value::Truth(!decides) {
        Value::Truth(!decides)
    } else {
        Value::Missing
    }
}

/// A number that is one; the root of -1 or a division by zero is missing.
fn number<'a>(x: f64) -> Value<'a> {
    if x.is_finite() {
        Value::Number(x)
    } else {
        Value::Missing
    }
}

fn arithmetic<'a>(operation: Arithmetic, left: Value<'a>, right: Value<'a>) -> Value<'a> {
    match (operation, left, right) {
        (Arithmetic::Subtract, Value::Date(a), Value::Date(b)) => number(a - b),
        (Arithmetic::Add, Value::Date(a), Value::Number(b)) => Value::Date(a + b),
        (Arithmetic::Subtract, Value::Date(a), Value::Number(b)) => Value::Date(a - b),
        (_, Value::Number(a), Value::Number(b)) => number(match operation {
            Arithmetic::Add => a + b,
            Arithmetic::Subtract => a - b,
            Arithmetic::Multiply => a * b,
            Arithmetic::Divide => a / b,
            Arithmetic::Power => a.powf(b),
        }),
        _ => Value::Missing,
    }
}

fn call<'a>(
    function: Function,
    arguments: &'a [Node],
    cell: &impl Fn(usize) -> Value<'a>,
) -> Value<'a> {
    let mut values = [0.0; 16];
    for (slot, argument) in values.iter_mut().zip(arguments) {
        *slot = match value(argument, cell) {
            Value::Number(x) | Value::Date(x) => x,
            _ => return Value::Missing,
        };
    }
    let given = values.get(..arguments.len()).unwrap_or_default();
    let first = values[0];
    let days = values[1] - first;
    number(match function {
        Function::Abs => first.abs(),
        Function::Round => first.round(),
        Function::Sqrt => first.sqrt(),
        Function::Ln => first.ln(),
        Function::Min => given.iter().copied().fold(f64::INFINITY, f64::min),
        Function::Max => given.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Function::Days => days,
        Function::Months => days / DAYS_A_MONTH,
        Function::Years => days / DAYS_A_YEAR,
    })
}

/// Texts are compared without regard to case and outer spaces; a text and a number as numbers.
fn compare(comparison: Comparison, left: Value<'_>, right: Value<'_>) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) | (Value::Date(a), Value::Date(b)) => {
            a.partial_cmp(&b)?
        }
        (Value::Text(a), Value::Text(b)) => {
            if a.trim() == b.trim() {
                Ordering::Equal
            } else {
                a.trim().to_lowercase().cmp(&b.trim().to_lowercase())
            }
        }
        (Value::Text(text), Value::Number(x)) => return as_numbers(comparison, text, x, false),
        (Value::Number(x), Value::Text(text)) => return as_numbers(comparison, text, x, true),
        _ => return None,
    };
    Some(fits(comparison, order))
}

/// A text that is no number is unequal to every number, and neither above nor below it.
fn as_numbers(comparison: Comparison, text: &str, x: f64, is_turned: bool) -> Option<bool> {
    let Ok(own) = text.trim().replace(',', ".").parse::<f64>() else {
        return match comparison {
            Comparison::Equal => Some(false),
            Comparison::Unequal => Some(true),
            _ => None,
        };
    };
    let order = own.partial_cmp(&x)?;
    let order = if is_turned { order.reverse() } else { order };
    Some(fits(comparison, order))
}

fn fits(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Greater => order.is_gt(),
    }
}
