//! The rules that the user wrote, one a line.

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Cohort, Kind, Variable, cell_text, header};
use crate::formula::{self, Bound, Expression, Type, Value};
use crate::review::columns::Days;
use crate::review::raised::Raised;
use crate::review::rules::Scene;
use crate::review::rules::values::variable_named;

/// A rule ready to be asked.
struct Rule {
    expression: Expression,
    bound: Bound,
    /// Positions of the variables that it names.
    variables: Vec<usize>,
}

/// Values of a variable as a rule sees them.
enum Column<'a> {
    Numbers(Vec<f64>),
    Days(Vec<Option<i32>>),
    Texts(Vec<Option<&'a str>>),
}

impl<'a> Column<'a> {
    fn of(cohort: &'a Cohort, idx: usize) -> Self {
        let Some(variable) = cohort.variables.get(idx) else {
            return Self::Numbers(Vec::new());
        };
        match type_of(variable) {
            Type::Number => Self::Numbers(cohort.numbers(&variable.name).unwrap_or_default()),
            Type::Date => {
                let days = Days::read(cohort, (idx, variable));
                Self::Days(days.map(|days| days.values).unwrap_or_default())
            }
            Type::Text => Self::Texts(cohort.text_refs(&variable.name).unwrap_or_default()),
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

fn read(cohort: &Cohort, line: &str) -> Result<Rule, Failure> {
    let expression = formula::parse(line)?;
    let mut variables = Vec::new();
    for name in expression.names() {
        let idx = variable_named(cohort, name).ok_or_else(|| unknown(cohort, line, name))?;
        variables.push(idx);
    }
    let of = |idx: &usize| cohort.variables.get(*idx).map_or(Type::Text, type_of);
    let types: Vec<Type> = variables.iter().map(of).collect();
    let bound = expression.bind(&types)?;
    let is_rule = bound.is_condition() && !variables.is_empty();
    if !is_rule {
        return Err(Issue::error("rule-types")
            .found(line)
            .with("wrong", "no-rule")
            .into());
    }
    Ok(Rule {
        expression,
        bound,
        variables,
    })
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
        .filter(|(likeness, _)| *likeness >= 0.8)
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

/// Why a line can't be a rule for this cohort; `None` where it can.
pub(in crate::review) fn rule_failure(cohort: &Cohort, line: &str) -> Option<Issue> {
    read(cohort, line).err().map(|failure| failure.issue())
}

/// Every patient for whom a rule is false, and every line that is no rule.
pub(super) fn broken(scene: &Scene<'_>, task: &TaskHandle) -> Result<Vec<Raised>, Failure> {
    let mut raised = Vec::new();
    for line in &scene.params.rules {
        task.check()?;
        let name = format!("rule: {}", line.trim());
        match read(scene.cohort, line) {
            Ok(rule) => raised.extend(violations(scene, &rule, &name)),
            Err(failure) => raised.push(Raised {
                variable: None,
                row: None,
                issue: failure.issue(),
                rule: Some(name),
            }),
        }
    }
    Ok(raised)
}

fn violations(scene: &Scene<'_>, rule: &Rule, name: &str) -> Vec<Raised> {
    let cohort = scene.cohort;
    let columns: Vec<Column<'_>> = rule
        .variables
        .iter()
        .map(|idx| Column::of(cohort, *idx))
        .collect();
    let subject = rule.expression.subject().unwrap_or(0);
    let subject = rule.variables.get(subject).copied();
    let Some((idx, variable)) = subject.and_then(|idx| Some((idx, cohort.variables.get(idx)?)))
    else {
        return Vec::new();
    };
    let is_broken = |row: &usize| {
        let cell = |name: usize| {
            let column = columns.get(name);
            column.map_or(Value::Missing, |column| column.value(*row))
        };
        rule.bound.value(&cell) == Value::Truth(false)
    };
    let raise = |row: usize| {
        let mut issue = Issue::warning("rule-broken")
            .with("rule", rule.expression.text())
            .with("values", shown(cohort, &rule.variables, row));
        issue.found = cohort
            .cell(row, &variable.name)
            .map(|cell| cell_text(&cell));
        let mut raised = Raised::at(idx, variable, row, issue);
        raised.rule = Some(name.to_owned());
        raised
    };
    scene.rows().filter(is_broken).map(raise).collect()
}

/// `odi_m12 = 120, sex = F`; what names a patient is not shown.
fn shown(cohort: &Cohort, variables: &[usize], row: usize) -> String {
    let variables = variables
        .iter()
        .filter_map(|idx| cohort.variables.get(*idx));
    let named: Vec<String> = variables
        .filter(|variable| variable.kind != Kind::Identifier)
        .map(|variable| {
            let cell = cohort.cell(row, &variable.name);
            let text = cell.map_or_else(|| "–".to_owned(), |cell| cell_text(&cell));
            format!("{} = {text}", variable.name)
        })
        .collect();
    named.join(", ")
}
