//! The rules that the user wrote, one a line.

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Asked, Cohort, Kind, cell_text};
use crate::formula::Value;
use crate::review::raised::Raised;
use crate::review::rules::Scene;

/// A rule ready to be asked: a condition over variables.
fn read(cohort: &Cohort, line: &str) -> Result<Asked, Failure> {
    let asked = Asked::read(cohort, line)?;
    if !asked.is_condition() || asked.variables.is_empty() {
        return Err(Issue::error("rule-types")
            .found(line)
            .with("wrong", "no-rule")
            .into());
    }
    Ok(asked)
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

fn violations(scene: &Scene<'_>, rule: &Asked, name: &str) -> Vec<Raised> {
    let cohort = scene.cohort;
    let columns = rule.columns(cohort);
    let subject = rule.expression.subject().unwrap_or(0);
    let subject = rule.variables.get(subject).copied();
    let Some((idx, variable)) = subject.and_then(|idx| Some((idx, cohort.variables.get(idx)?)))
    else {
        return Vec::new();
    };
    let is_broken = |row: &usize| rule.value(&columns, *row) == Value::Truth(false);
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
