//! From a line of text to an expression.

use jiff::civil::Date;

use crate::base::issue::{Failure, Issue};
use crate::formula::{Arithmetic, Comparison, Expression, Function, Node, stopped};

/// Longest line that is read, in bytes.
const MAX_BYTES: usize = 2000;
/// Parentheses within parentheses; deeper ones are refused before the stack ends.
const MAX_DEPTH: usize = 60;
/// Most parts of one expression.
const MAX_NODES: usize = 500;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Date(f64),
    Text(String),
    /// A bare word: a keyword, a function or a name.
    Word(String),
    /// A name in backquotes.
    Quoted(String),
    Mark(&'static str),
}

/// Marks, the longer ones first.
const MARKS: [(&str, &str); 20] = [
    ("<=", "<="),
    (">=", ">="),
    ("==", "="),
    ("!=", "!="),
    ("<>", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("−", "-"),
    ("×", "*"),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
];

/// Reads one line. Keywords are understood in English and French, in any case; a name that has spaces or is
/// a keyword stands in `backquotes`.
///
/// Fails with the place where it stopped and what was expected there.
pub fn parse(text: &str) -> Result<Expression, Failure> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return Err(Issue::error("rule-too-long").with("n", MAX_BYTES).into());
    }
    let tokens = tokens(text)?;
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        names: Vec::new(),
        depth: 0,
        n_nodes: 0,
    };
    let root = parser.condition()?;
    if parser.at < parser.tokens.len() {
        return Err(parser.stop("operator"));
    }
    Ok(Expression {
        text: text.to_owned(),
        names: parser.names,
        root,
    })
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Failure> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, n) = if first.is_ascii_digit() || starts_with_point(rest) {
            number_or_date(rest).ok_or_else(|| stopped(text, at, "number"))?
        } else if first.is_alphabetic() || first == '_' {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
            let n = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let word = rest.get(..n).unwrap_or_default();
            (Token::Word(word.to_owned()), n)
        } else if let Some(close) = closing(first) {
            let inner = rest.get(first.len_utf8()..).unwrap_or_default();
            let end = inner
                .find(close)
                .ok_or_else(|| stopped(text, at, "quote"))?;
            let inside = inner.get(..end).unwrap_or_default().trim().to_owned();
            let n = first.len_utf8() + end + close.len_utf8();
            let token = if first == '`' {
                Token::Quoted(inside)
            } else {
                Token::Text(inside)
            };
            (token, n)
        } else if first == ',' || first == ';' {
            (Token::Mark(","), 1)
        } else if let Some((mark, meaning)) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))
        {
            (Token::Mark(meaning), mark.len())
        } else {
            return Err(stopped(text, at, "known"));
        };
        tokens.push((at, token));
        at += n;
    }
    Ok(tokens)
}

fn starts_with_point(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.') && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// The quotation mark that closes another.
fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '\'' => Some('\''),
        '`' => Some('`'),
        '“' => Some('”'),
        '«' => Some('»'),
        '’' => Some('’'),
        _ => None,
    }
}

/// Days since 1970.
fn day_number(text: &str) -> Option<f64> {
    let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
    let since = Date::constant(1970, 1, 1).until(day).ok()?;
    Some(f64::from(since.get_days()))
}

/// `2024-05-31` is a date, not a difference.
fn number_or_date(rest: &str) -> Option<(Token, usize)> {
    if let Some(day) = rest.get(..10).and_then(day_number)
        && !rest
            .get(10..)
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some((Token::Date(day), 10));
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let mut n = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    if let Some(fraction) = rest.get(n..).and_then(|r| r.strip_prefix('.')) {
        n += 1 + fraction.find(|c| !is_digit(c)).unwrap_or(fraction.len());
    }
    if let Some(power) = rest.get(n..).and_then(|r| r.strip_prefix(['e', 'E'])) {
        let signed = power.strip_prefix(['+', '-']).unwrap_or(power);
        let n_digits = signed.find(|c| !is_digit(c)).unwrap_or(signed.len());
        if n_digits > 0 {
            n += 1 + (power.len() - signed.len()) + n_digits;
        }
    }
    // A name that begins with a digit would be cut in two.
    let next = rest.get(n..).and_then(|r| r.chars().next());
    if next.is_some_and(|c| c.is_alphabetic() || c == '_') {
        return None;
    }
    let value: f64 = rest.get(..n)?.parse().ok()?;
    value.is_finite().then_some((Token::Number(value), n))
}

/// Keywords of both languages by their English name.
fn keyword(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 23] = [
        ("and", "and"),
        ("et", "and"),
        ("or", "or"),
        ("ou", "or"),
        ("not", "not"),
        ("non", "not"),
        ("pas", "not"),
        ("if", "if"),
        ("si", "if"),
        ("then", "then"),
        ("alors", "then"),
        ("is", "is"),
        ("est", "is"),
        ("are", "is"),
        ("in", "in"),
        ("dans", "in"),
        ("missing", "missing"),
        ("blank", "missing"),
        ("empty", "missing"),
        ("manquant", "missing"),
        ("manquante", "missing"),
        ("vide", "missing"),
        ("known", "known"),
    ];
    let folded = word.to_lowercase();
    let found = WORDS.iter().find(|(word, _)| *word == folded);
    found.map(|(_, meaning)| *meaning)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token)>,
    at: usize,
    names: Vec<String>,
    depth: usize,
    n_nodes: usize,
}

impl Parser<'_> {
    fn stop(&self, wanted: &str) -> Failure {
        let place = self.tokens.get(self.at).map(|(at, _)| *at);
        stopped(self.text, place.unwrap_or(self.text.len()), wanted)
    }

    fn peek_keyword(&self) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some((_, Token::Word(word))) => keyword(word),
            _ => None,
        }
    }

    fn take_keyword(&mut self, wanted: &str) -> bool {
        let is_there = self.peek_keyword() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn take_mark(&mut self, wanted: &str) -> bool {
        let is_there =
            matches!(self.tokens.get(self.at), Some((_, Token::Mark(m))) if *m == wanted);
        self.at += usize::from(is_there);
        is_there
    }

    /// Goes one level down; fails where there are too many levels or parts.
    fn deeper(&mut self) -> Result<(), Failure> {
        self.depth += 1;
        self.n_nodes += 1;
        if self.depth > MAX_DEPTH || self.n_nodes > MAX_NODES {
            return Err(self.stop("shallower"));
        }
        Ok(())
    }

    /// `if a then b` is `not a or b`.
    fn condition(&mut self) -> Result<Node, Failure> {
        self.deeper()?;
        let node = if self.take_keyword("if") {
            let premise = self.condition()?;
            if !self.take_keyword("then") {
                return Err(self.stop("then"));
            }
            let conclusion = self.condition()?;
            Node::Or(Box::new(Node::Not(Box::new(premise))), Box::new(conclusion))
        } else {
            let mut left = self.conjunction()?;
            while self.take_keyword("or") {
                left = Node::Or(Box::new(left), Box::new(self.conjunction()?));
            }
            left
        };
        self.depth -= 1;
        Ok(node)
    }

    fn conjunction(&mut self) -> Result<Node, Failure> {
        let mut left = self.negation()?;
        while self.take_keyword("and") {
            left = Node::And(Box::new(left), Box::new(self.negation()?));
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Node, Failure> {
        if self.take_keyword("not") {
            self.deeper()?;
            let inner = self.negation()?;
            self.depth -= 1;
            return Ok(Node::Not(Box::new(inner)));
        }
        self.comparison()
    }

    /// `a < b`, `0 <= a <= 100`, `a is missing`, `a in (1, 2)`.
    fn comparison(&mut self) -> Result<Node, Failure> {
        let mut left = self.sum()?;
        if self.take_keyword("is") {
            let is_denied = self.take_keyword("not");
            let is_missing = self.take_keyword("missing");
            if !is_missing && !self.take_keyword("known") {
                return Err(self.stop("missing"));
            }
            let node = Node::IsMissing(Box::new(left));
            return Ok(if is_denied == is_missing {
                Node::Not(Box::new(node))
            } else {
                node
            });
        }
        let start = self.at;
        let is_denied = self.take_keyword("not");
        if self.take_keyword("in") {
            let list = self.list()?;
            let node = Node::In(Box::new(left), list);
            return Ok(if is_denied {
                Node::Not(Box::new(node))
            } else {
                node
            });
        }
        self.at = start;
        let mut chain: Option<Node> = None;
        while let Some(comparison) = self.take_comparison() {
            let right = self.sum()?;
            let link = Node::Comparison(comparison, Box::new(left), Box::new(right.clone()));
            chain = Some(match chain {
                None => link,
                Some(before) => Node::And(Box::new(before), Box::new(link)),
            });
            left = right;
        }
        Ok(chain.unwrap_or(left))
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        const ALL: [(&str, Comparison); 6] = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("!=", Comparison::Unequal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        let found = ALL.iter().find(|(mark, _)| self.take_mark(mark));
        found.map(|(_, comparison)| *comparison)
    }

    fn list(&mut self) -> Result<Vec<Node>, Failure> {
        if !self.take_mark("(") {
            return Err(self.stop("list"));
        }
        let mut items = vec![self.sum()?];
        while self.take_mark(",") {
            items.push(self.sum()?);
        }
        if self.take_mark(")") {
            Ok(items)
        } else {
            Err(self.stop("close"))
        }
    }

    fn sum(&mut self) -> Result<Node, Failure> {
        let mut left = self.product()?;
        loop {
            let operation = if self.take_mark("+") {
                Arithmetic::Add
            } else if self.take_mark("-") {
                Arithmetic::Subtract
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = Node::Arithmetic(operation, Box::new(left), Box::new(right));
        }
    }

    fn product(&mut self) -> Result<Node, Failure> {
        let mut left = self.signed()?;
        loop {
            let operation = if self.take_mark("*") {
                Arithmetic::Multiply
            } else if self.take_mark("/") {
                Arithmetic::Divide
            } else {
                return Ok(left);
            };
            let right = self.signed()?;
            left = Node::Arithmetic(operation, Box::new(left), Box::new(right));
        }
    }

    /// A sign binds less than a power: `-2^2` is -4.
    fn signed(&mut self) -> Result<Node, Failure> {
        self.deeper()?;
        let node = if self.take_mark("-") {
            Node::Negative(Box::new(self.signed()?))
        } else {
            let base = self.operand()?;
            if self.take_mark("^") {
                let exponent = self.signed()?;
                Node::Arithmetic(Arithmetic::Power, Box::new(base), Box::new(exponent))
            } else {
                base
            }
        };
        self.depth -= 1;
        Ok(node)
    }

    fn operand(&mut self) -> Result<Node, Failure> {
        let Some((_, token)) = self.tokens.get(self.at).cloned() else {
            return Err(self.stop("operand"));
        };
        match token {
            Token::Number(value) => {
                self.at += 1;
                Ok(Node::Number(value))
            }
            Token::Date(day) => {
                self.at += 1;
                Ok(Node::Date(day))
            }
            Token::Text(text) => {
                self.at += 1;
                Ok(day_number(&text).map_or(Node::Text(text), Node::Date))
            }
            Token::Quoted(name) => {
                self.at += 1;
                Ok(self.name(name))
            }
            Token::Word(word) => self.word(word),
            Token::Mark("(") => {
                self.at += 1;
                let inner = self.condition()?;
                if self.take_mark(")") {
                    Ok(inner)
                } else {
                    Err(self.stop("close"))
                }
            }
            Token::Mark(_) => Err(self.stop("operand")),
        }
    }

    /// A bare word: a function where a parenthesis follows, else a name.
    fn word(&mut self, word: String) -> Result<Node, Failure> {
        let is_call = matches!(self.tokens.get(self.at + 1), Some((_, Token::Mark("("))));
        let known = Function::ALL
            .iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name));
        if let Some((_, function)) = known.filter(|_| is_call) {
            self.at += 1;
            let start = self.at;
            let arguments = self.list()?;
            let (fewest, most) = function.n_arguments();
            if !(fewest..=most).contains(&arguments.len()) {
                self.at = start;
                return Err(self.stop(if most == 1 {
                    "one-argument"
                } else {
                    "two-arguments"
                }));
            }
            return Ok(Node::Call(*function, arguments));
        }
        if keyword(&word).is_some() {
            return Err(self.stop("operand"));
        }
        if is_call {
            return Err(self.stop("function"));
        }
        self.at += 1;
        Ok(self.name(word))
    }

    fn name(&mut self, name: String) -> Node {
        let known = self.names.iter().position(|other| *other == name);
        Node::Name(known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        }))
    }
}
