//! All findings of a cohort, each once, with what was done about it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::{IntoParallelIterator as _, ParallelIterator as _, ParallelSliceMut as _};

use crate::base::issue::{Arg, Failure, Issue, Severity};
use crate::base::task::TaskHandle;
use crate::cohort::{Cell, Cohort, Kind, Limited, cell_text};
use crate::review::private::Private;
use crate::review::raised::{Places, Raised};
use crate::review::rules::{self, Scene};
use crate::review::{Finding, FindingKey, Review, Status};

/// Codes of other rooms of which this room lists every cell itself.
const LISTED_WHOLE: [&str; 2] = ["out-of-range", "date-order"];
/// Codes that count cells which the import could not read; every one of them is listed from [`Cohort::unread`].
const UNREAD: [&str; 4] = [
    "number-unreadable",
    "date-unreadable",
    "date-among-numbers",
    "not-of-kind",
];

/// Everything to look at: the worst first, then by rule, in the order of the rows. Accepted ones are among them,
/// with their status; patients whom a person left out are not.
///
/// The doubts of import and dictionary that stand in a column are among them; what this room finds again is
/// not raised twice.
pub fn findings(
    cohort: &Cohort,
    review: &Review,
    task: &TaskHandle,
) -> Result<Vec<Finding>, Failure> {
    task.check()?;
    let scene = Scene::of(cohort, &review.params);
    let known = Places::of(cohort).known();
    let twins = Twins::of(cohort);
    let known: Vec<Raised> = known
        .into_iter()
        .filter(|raised| !is_superseded(cohort, &twins, raised))
        .filter(|raised| !is_left_out(cohort, raised))
        .collect();
    let own = rules::all(&scene, &known, task)?;
    task.check()?;
    let cell = |raised: &Raised| {
        let rule = same_as(raised.rule()).to_owned();
        Some((rule, raised.variable?, raised.row?))
    };
    let told: HashSet<_> = known.iter().filter_map(cell).collect();
    let fresh = own
        .into_iter()
        .filter(|raised| told.is_empty() || !cell(raised).is_some_and(|cell| told.contains(&cell)));
    let mut all: Vec<Raised> = fresh.collect();
    all.extend(known);
    all.par_sort_by(|a, b| {
        let key = |r: &Raised| (std::cmp::Reverse(r.issue.severity), r.row, r.variable);
        let (of_a, of_b) = (key(a), key(b));
        of_a.0
            .cmp(&of_b.0)
            .then_with(|| a.rule().cmp(b.rule()))
            .then_with(|| (of_a.1, of_a.2).cmp(&(of_b.1, of_b.2)))
    });
    let marks = review.by_key();
    let private = Private::of(cohort);
    let unread = unread_texts(cohort);
    let finish = |raised: Raised| {
        let value = value_of(cohort, &raised, &unread);
        let key = key_of(cohort, &private, &raised, value.as_ref());
        let status = marks.get(&key).map_or(Status::Open, |mark| mark.status);
        Finding {
            row: raised.row.map(|row| cohort.row_ref(row)),
            issue: raised.issue,
            key,
            value,
            status,
        }
    };
    Ok(all.into_par_iter().map(finish).collect())
}

/// How many findings nobody has looked at yet; notes ask for nothing.
pub fn n_open(findings: &[Finding]) -> usize {
    let is_open = |finding: &&Finding| {
        finding.status == Status::Open && finding.issue.severity > Severity::Note
    };
    findings.iter().filter(is_open).count()
}

/// The findings as issues that the cohort does not have yet: of each rule and column the first cells one by one,
/// the rest as a count.
pub fn as_issues(cohort: &Cohort, findings: &[Finding]) -> Vec<Issue> {
    let known: BTreeSet<(&str, &crate::base::issue::Place)> = cohort
        .issues
        .iter()
        .map(|issue| (issue.code.as_str(), &issue.place))
        .collect();
    // What is counted as "more" was listed from the same cells.
    let counted: BTreeSet<(String, Option<&str>)> = cohort
        .issues
        .iter()
        .filter_map(|issue| {
            Some((
                counted_code(issue)?.to_owned(),
                issue.place.column.as_deref(),
            ))
        })
        .collect();
    let mut groups: BTreeMap<(&str, Option<&str>), Limited> = BTreeMap::new();
    for finding in findings {
        let issue = &finding.issue;
        let column = issue.place.column.as_deref();
        if known.contains(&(issue.code.as_str(), &issue.place))
            || counted.contains(&(issue.code.clone(), column))
        {
            continue;
        }
        let group = groups
            .entry((finding.key.rule.as_str(), column))
            .or_default();
        group.push(|| issue.clone());
    }
    groups.into_values().flat_map(Limited::finish).collect()
}

/// Position of the patient of a finding: by key where one is kept, else by position; `None` where there is no
/// such patient any more.
pub fn find_row(cohort: &Cohort, key: &FindingKey) -> Option<usize> {
    let row = key.row.as_deref()?;
    if !cohort.row_keys.is_empty() {
        return cohort.row_keys.iter().position(|own| own == row);
    }
    row.parse().ok().filter(|row| *row < cohort.n_rows())
}

/// Why a line can't be a rule for this cohort; `None` where it can.
pub fn rule_failure(cohort: &Cohort, line: &str) -> Option<Issue> {
    rules::rule_failure(cohort, line)
}

/// The code that an issue of "so many more cells" counts.
fn counted_code(issue: &Issue) -> Option<&str> {
    if issue.code != "more-cells" {
        return None;
    }
    issue.args.iter().find_map(|(name, arg)| match arg {
        Arg::Text(code) if name == "code" => Some(code.as_str()),
        _ => None,
    })
}

/// Whether this room lists what a known doubt says, cell by cell.
fn is_superseded(cohort: &Cohort, twins: &Twins<'_>, raised: &Raised) -> bool {
    let code = counted_code(&raised.issue).unwrap_or(&raised.issue.code);
    if LISTED_WHOLE.contains(&code) {
        return true;
    }
    let variable = raised.variable.and_then(|idx| cohort.variables.get(idx));
    match (raised.issue.code.as_str(), variable) {
        ("more-cells", Some(variable)) => {
            UNREAD.contains(&code) && cohort.unread.contains_key(&variable.name)
        }
        ("duplicate-id", Some(_)) => twins.is_alone(raised),
        _ => false,
    }
}

/// How often each identifier stands.
struct Twins<'a> {
    texts: Vec<Option<&'a str>>,
    counts: HashMap<&'a str, usize>,
}

impl<'a> Twins<'a> {
    fn of(cohort: &'a Cohort) -> Self {
        let mut variables = cohort.variables.iter();
        let identifier = variables
            .find(|variable| variable.kind == Kind::Identifier && !rules::is_birth_date(variable));
        let texts = identifier.and_then(|v| cohort.text_refs(&v.name).ok());
        let texts = texts.unwrap_or_default();
        let mut counts = HashMap::new();
        for (row, text) in texts.iter().enumerate() {
            if let Some(text) = text.filter(|_| !cohort.excluded.contains_key(&row)) {
                *counts.entry(text).or_default() += 1;
            }
        }
        Self { texts, counts }
    }

    /// A twin whose other half was corrected or left out has no twin any more. Where the identifier was replaced
    /// by a pseudonym, the import's word stands.
    fn is_alone(&self, raised: &Raised) -> bool {
        let own = raised
            .row
            .and_then(|row| self.texts.get(row).copied().flatten());
        let is_as_found = own.is_some() && own == raised.issue.found.as_deref();
        is_as_found
            && own
                .and_then(|own| self.counts.get(own))
                .is_some_and(|n| *n < 2)
    }
}

fn is_left_out(cohort: &Cohort, raised: &Raised) -> bool {
    raised
        .row
        .is_some_and(|row| cohort.excluded.contains_key(&row))
}

/// Two rules that say the same of a cell.
fn same_as(rule: &str) -> &str {
    match rule {
        "id-missing" => "blank-required",
        "date-unreadable" | "date-among-numbers" | "not-of-kind" | "spreadsheet-error" => {
            "number-unreadable"
        }
        other => other,
    }
}

type Unread<'a> = HashMap<(&'a str, usize), &'a str>;

fn unread_texts(cohort: &Cohort) -> Unread<'_> {
    let mut texts = HashMap::new();
    for (name, cells) in &cohort.unread {
        for (row, text) in cells {
            texts.insert((name.as_str(), *row as usize), text.as_str());
        }
    }
    texts
}

fn value_of(cohort: &Cohort, raised: &Raised, unread: &Unread<'_>) -> Option<Cell> {
    let name = cohort.variables.get(raised.variable?)?.name.as_str();
    let row = raised.row?;
    let text = unread.get(&(name, row));
    text.map(|text| Cell::Text((*text).to_owned()))
        .or_else(|| cohort.cell(row, name))
}

/// A key that is kept in the study file: it quotes nothing from columns that may name a patient.
fn key_of(cohort: &Cohort, private: &Private, raised: &Raised, value: Option<&Cell>) -> FindingKey {
    let variable = raised.variable.and_then(|idx| cohort.variables.get(idx));
    let is_private =
        raised.rule() == "duplicate-id" || variable.is_some_and(|v| private.may_name(v));
    let place = &raised.issue.place;
    let row = match raised.row {
        Some(row) => cohort
            .row_keys
            .get(row)
            .cloned()
            .or_else(|| Some(row.to_string())),
        None => place.row.map(|row| format!("source row {row}")),
    };
    FindingKey {
        rule: raised.rule().to_owned(),
        variable: variable
            .map(|v| v.name.clone())
            .or_else(|| place.column.clone()),
        row,
        value: value.filter(|_| !is_private).map(cell_text),
    }
}
