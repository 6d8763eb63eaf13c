//! An expression of the formula room over the columns of a cohort: names found, types known, values patient by patient.

use jiff::civil::Date;

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Variable, header};
use crate::formula::{self, Bound, Expression, Type, Value};

/// Least likeness of a name that is offered in the place of an unknown one.
const LEAST_LIKENESS: f64 = 0.8;

/// An expression whose names are variables of a cohort.
pub struct Asked {
    /// As it was written.
    pub expression: Expression,
    /// Positions of the variables that it names, in the order of [`Expression::names`].
    pub variables: Vec<usize>,
    bound: Bound,
}

impl Asked {
    /// Reads a line and finds its names in the cohort. Fails where the line is none, where a name is unknown (nearly
    /// alike names are told), and where types do not fit.
    pub fn read(cohort: &Cohort, line: &str) -> Result<Self, Failure> {
        let expression = formula::parse(line)?;
        let mut variables = Vec::new();
        for name in expression.names() {
            let idx = variable_named(cohort, name).ok_or_else(|| unknown(cohort, line, name))?;
            variables.push(idx);
        }
        let of = |idx: &usize| cohort.variables.get(*idx).map_or(Type::Text, type_of);
        let types: Vec<Type> = variables.iter().map(of).collect();
        let bound = expression.bind(&types)?;
        Ok(Self {
            expression,
            variables,
            bound,
        })
    }

    /// Whether it is true or false for a patient, and no quantity.
    pub fn is_condition(&self) -> bool {
        self.bound.is_condition()
    }

    /// The columns that it needs, read once for all patients.
    pub fn columns<'a>(&self, cohort: &'a Cohort) -> Vec<Column<'a>> {
        let of = |idx: &usize| Column::of(cohort, *idx);
        self.variables.iter().map(of).collect()
    }

    /// Its value for one patient.
    pub fn value<'a>(&'a self, columns: &'a [Column<'a>], row: usize) -> Value<'a> {
        self.bound.value(&|name: usize| {
            let column = columns.get(name);
            column.map_or(Value::Missing, |column| column.value(row))
        })
    }
}

/// Values of a variable as an expression sees them.
pub enum Column<'a> {
    /// NaN where missing.
    Numbers(Vec<f64>),
    /// Days since 1970.
    Days(Vec<Option<i32>>),
    /// Texts and levels.
    Texts(Vec<Option<&'a str>>),
}

impl<'a> Column<'a> {
    fn of(cohort: &'a Cohort, idx: usize) -> Self {
        let Some(variable) = cohort.variables.get(idx) else {
            return Self::Numbers(Vec::new());
        };
        let texts = || cohort.text_refs(&variable.name).unwrap_or_default();
        match type_of(variable) {
            Type::Number => Self::Numbers(cohort.numbers(&variable.name).unwrap_or_default()),
            Type::Date => Self::Days(texts().iter().map(|text| day_number((*text)?)).collect()),
            Type::Text => Self::Texts(texts()),
        }
    }

    fn value(&self, row: usize) -> Value<'a> {
        let value = match self {
            Self::Numbers(values) => {
                let value = values.get(row).copied().filter(|x| !x.is_nan());
                value.map(Value::Number)
            }
            Self::Days(values) => {
                let day = values.get(row).copied().flatten();
                day.map(|day| Value::Date(f64::from(day)))
            }
            Self::Texts(values) => values.get(row).copied().flatten().map(Value::Text),
        };
        value.unwrap_or(Value::Missing)
    }
}

fn type_of(variable: &Variable) -> Type {
    match variable.kind {
        Kind::Numeric => Type::Number,
        Kind::Date => Type::Date,
        Kind::Identifier | Kind::Binary | Kind::Categorical | Kind::Text => Type::Text,
    }
}

/// The variable that a person names: as it is called, else without regard to case, accents and marks, else by its
/// header or its label.
pub fn variable_named(cohort: &Cohort, name: &str) -> Option<usize> {
    let folded = header::fold(name);
    let by = |of: &dyn Fn(&Variable) -> bool| cohort.variables.iter().position(of);
    by(&|v| v.name == name)
        .or_else(|| by(&|v| header::fold(&v.name) == folded))
        .or_else(|| by(&|v| header::fold(&v.origin.header) == folded))
        .or_else(|| by(&|v| header::fold(&v.label) == folded))
        .filter(|_| !folded.is_empty() || cohort.variable(name).is_some())
}

/// A name that no variable has, with the names that are spelt nearly alike.
fn unknown(cohort: &Cohort, line: &str, name: &str) -> Failure {
    let folded = header::fold(name);
    let mut near: Vec<(f64, &str)> = cohort
        .variables
        .iter()
        .map(|v| {
            let likeness = strsim::jaro_winkler(&folded, &header::fold(&v.name));
            (likeness, v.name.as_str())
        })
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<&str> = near.iter().take(3).map(|(_, name)| *name).collect();
    let near = if near.is_empty() {
        "none".to_owned()
    } else {
        near.join(", ")
    };
    Issue::error("rule-unknown-name")
        .found(line)
        .with("name", name)
        .with("near", near)
        .into()
}

/// Days since 1970 of an ISO date.
pub fn day_number(text: &str) -> Option<i32> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let since = Date::constant(1970, 1, 1).until(day).ok()?;
    Some(since.get_days())
}
