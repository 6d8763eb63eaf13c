//! The list of findings as plain data: by rule, worst first, with where each stands.

use crate::app::columns::plain_number;
use crate::app::places;
use crate::app::state::{Checked, Session};
use crate::base::issue::{Issue, Severity};
use crate::base::text::Lang;
use crate::cohort::{Cell, CellChange, Change};
use crate::review::{Finding, FindingKey, Status};

use super::source::cell_words;

/// Every status, in the order of the work.
pub const STATUSES: [Status; 5] = [
    Status::Open,
    Status::Queried,
    Status::Answered,
    Status::Corrected,
    Status::Accepted,
];

/// Cells of a repair that are shown before it is applied.
const N_CELLS_SHOWN: usize = 200;

/// Findings by one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingGroup {
    /// The rule.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// What it is about, in general where there are several.
    pub title: String,
    /// What to do.
    pub remedy: String,
    /// Those with the status that is shown, by number in [`Checked::to_review`].
    pub items: Vec<usize>,
    /// The repair that is proposed, by number in [`Checked::repairs`].
    pub repair: Option<usize>,
}

/// Remarks of one kind: nothing to do about them.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteGroup {
    /// Code.
    pub code: String,
    /// The first of them in words.
    pub title: String,
    /// Each: place, sentence, patient and column where it has them.
    pub items: Vec<(String, String, Option<usize>, Option<String>)>,
}

/// The list.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsPage {
    /// How many have each status.
    pub counts: [usize; 5],
    /// Findings by rule, worst first.
    pub groups: Vec<FindingGroup>,
    /// Remarks.
    pub notes: Vec<NoteGroup>,
    /// Repairs that an older study accepted as a whole: code and sentence.
    pub accepted: Vec<(String, String)>,
}

impl FindingsPage {
    /// Builds the list of findings with a status.
    pub fn new(checked: &Checked, session: &Session, shows: Status, lang: Lang) -> Self {
        let mut counts = [0; 5];
        let mut groups: Vec<FindingGroup> = Vec::new();
        for (number, finding) in checked.to_review.iter().enumerate() {
            if let Some(at) = STATUSES.iter().position(|status| *status == finding.status) {
                counts[at] += 1;
            }
            if finding.status != shows {
                continue;
            }
            let severity = finding.issue.severity;
            match groups
                .iter_mut()
                .find(|group| group.rule == finding.key.rule)
            {
                Some(group) => {
                    group.severity = group.severity.max(severity);
                    group.items.push(number);
                }
                None => groups.push(FindingGroup {
                    rule: finding.key.rule.clone(),
                    severity,
                    title: String::new(),
                    remedy: lang.remedy(&finding.issue).unwrap_or_default(),
                    items: vec![number],
                    repair: None,
                }),
            }
        }
        for (number, repair) in checked.repairs.iter().enumerate() {
            let group = groups.iter_mut().find(|group| group.rule == repair.code);
            if let Some(group) = group {
                group.repair = Some(number);
            }
        }
        for group in &mut groups {
            if let Some(first) = group.items.first().map(|at| &checked.to_review[*at].issue) {
                group.title = title(first, group.items.len(), lang);
            }
        }
        groups.sort_by_key(|group| {
            let n = group.items.len();
            std::cmp::Reverse((group.severity, group.repair.is_some(), n))
        });
        Self {
            counts,
            groups,
            notes: notes(checked, lang),
            accepted: accepted(session, lang),
        }
    }

    /// The finding after or before one, in the order of the list; the first or last where none is chosen.
    pub fn step(
        &self,
        checked: &Checked,
        from: Option<&FindingKey>,
        forward: bool,
    ) -> Option<usize> {
        let all: Vec<usize> = self
            .groups
            .iter()
            .flat_map(|group| group.items.iter().copied())
            .collect();
        let now = from.and_then(|key| all.iter().position(|at| checked.to_review[*at].key == *key));
        let n = all.len();
        let at = match (now, forward) {
            (Some(now), true) => (now + 1) % n,
            (Some(now), false) => (now + n - 1) % n,
            (None, true) => 0,
            (None, false) => n.checked_sub(1)?,
        };
        all.get(at).copied()
    }
}

/// What a group is about: the one sentence, or what all of them have in common.
fn title(first: &Issue, n: usize, lang: Lang) -> String {
    let general = format!("finding-{}", first.code);
    if n > 1 && lang.has(&general) {
        lang.t(&general)
    } else {
        lang.issue(first)
    }
}

fn notes(checked: &Checked, lang: Lang) -> Vec<NoteGroup> {
    let cohort = &checked.cohort;
    let finder = places::Places::new(cohort);
    let mut groups: Vec<NoteGroup> = Vec::new();
    let notes = cohort.issues.iter();
    for issue in notes.filter(|issue| issue.severity == Severity::Note) {
        let (column, row) = finder.of(issue);
        let name = column.map(|at| cohort.variables[at].name.clone());
        let sentence = lang.issue(issue);
        let item = (lang.place(&issue.place), sentence.clone(), row, name);
        match groups.iter_mut().find(|group| group.code == issue.code) {
            Some(group) => group.items.push(item),
            None => groups.push(NoteGroup {
                code: issue.code.clone(),
                title: sentence,
                items: vec![item],
            }),
        }
    }
    groups
}

/// The sentences of repairs that were accepted as a whole; their findings stand in the cohort as read.
fn accepted(session: &Session, lang: Lang) -> Vec<(String, String)> {
    let opened = session.opened.as_ref();
    let codes = session.study.settings.accepted.iter();
    codes
        .map(|code| {
            let issue = opened
                .and_then(|cohort| cohort.issues.iter().find(|issue| issue.code == *code))
                .map_or_else(|| code.clone(), |issue| lang.issue(issue));
            (code.clone(), issue)
        })
        .collect()
}

/// A finding on one line: patient, column, value.
pub fn line(checked: &Checked, finding: &Finding, lang: Lang) -> String {
    let id = finding
        .row
        .as_ref()
        .and_then(|row| checked.ids.get(row.row).cloned());
    let value = finding.value.as_ref().map(|value| match value {
        Cell::Number(x) => plain_number(*x, lang),
        Cell::Text(text) => text.clone(),
    });
    let parts = [id, finding.key.variable.clone(), value];
    let line: Vec<String> = parts.into_iter().flatten().collect();
    if line.is_empty() {
        lang.place(&finding.issue.place)
    } else {
        line.join(" · ")
    }
}

/// A status in words.
pub fn status_words(status: Status, lang: Lang) -> String {
    lang.t(match status {
        Status::Open => "status-open",
        Status::Queried => "status-queried",
        Status::Answered => "status-answered",
        Status::Corrected => "status-corrected",
        Status::Accepted => "status-accepted",
    })
}

/// What a change does, cell by cell: patient, column, before, after. No more than can be looked at.
pub fn changed_lines(checked: &Checked, changes: &[Change], lang: Lang) -> Vec<[String; 4]> {
    let cells = changes.iter().flat_map(|change| match change {
        Change::Cells(cells) => cells.as_slice(),
        _ => &[],
    });
    cells
        .take(N_CELLS_SHOWN)
        .map(|change: &CellChange| {
            [
                checked.ids.get(change.row.row).cloned().unwrap_or_default(),
                change.variable.clone(),
                cell_words(change.before.as_ref(), lang),
                cell_words(change.after.as_ref(), lang),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture;
    use crate::app::columns;
    use crate::base::issue::Place;
    use crate::review::{Mark, Review};

    fn session() -> Session {
        let mut cohort = fixture::cohort();
        let place = |row| Place {
            row: Some(row),
            column: Some(cohort.variables[1].origin.header.clone()),
            sheet: cohort.variables[1].origin.sheet.clone(),
            position: None,
        };
        let rows = cohort.variables[1].origin.rows.clone();
        let found = [
            Issue::warning("duplicate-id").at(place(rows[3])),
            Issue::error("id-missing").at(place(rows[1])),
            Issue::warning("duplicate-id").at(place(rows[2])),
            Issue::note("column-renamed").at(place(rows[0])),
        ];
        cohort.issues.extend(found);
        let cohort = Arc::new(cohort);
        let checked = columns::unrepaired(&cohort);
        Session {
            opened: Some(cohort),
            checked: Some(Arc::new(checked)),
            ..Session::default()
        }
    }

    #[test]
    fn findings_are_grouped_by_rule_and_the_worst_stand_on_top() {
        let session = session();
        let checked = session.checked.as_ref().unwrap();
        for lang in Lang::ALL {
            let page = FindingsPage::new(checked, &session, Status::Open, lang);
            let order: Vec<Severity> = page.groups.iter().map(|group| group.severity).collect();
            assert!(order.is_sorted_by(|a, b| a >= b), "{order:?}");
            assert_eq!(page.groups[0].rule, "id-missing");
            let n: usize = page.groups.iter().map(|group| group.items.len()).sum();
            assert_eq!((n, page.counts[0]), (checked.to_review.len(), n));
            let notes: usize = page.notes.iter().map(|group| group.items.len()).sum();
            assert_eq!(n + notes, checked.cohort.issues.len());
            for finding in &checked.to_review {
                assert!(!line(checked, finding, lang).is_empty());
            }
        }
    }

    #[test]
    fn stepping_goes_through_every_finding_and_round_again() {
        let session = session();
        let checked = session.checked.as_ref().unwrap();
        let page = FindingsPage::new(checked, &session, Status::Open, Lang::En);
        let n = checked.to_review.len();
        let mut seen = Vec::new();
        let mut key = None;
        for _ in 0..=n {
            let at = page.step(checked, key.as_ref(), true).unwrap();
            key = Some(checked.to_review[at].key.clone());
            seen.push(at);
        }
        assert_eq!(seen.first(), seen.last());
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), n);
        let none = FindingsPage::new(checked, &session, Status::Accepted, Lang::En);
        assert_eq!(none.step(checked, None, false), None);
    }

    #[test]
    fn a_finding_that_was_accepted_moves_to_the_accepted_ones() {
        let mut session = session();
        let opened = session.opened.clone().unwrap();
        let key = session.checked.as_ref().unwrap().to_review[0].key.clone();
        let mark = Mark {
            status: Status::Accepted,
            ..Mark::default()
        };
        let order = columns::CheckOrder {
            cohort: opened,
            review: Review {
                marks: vec![(key, mark)],
                ..Review::default()
            },
            ..columns::CheckOrder::default()
        };
        let task = crate::base::task::TaskHandle::unattended();
        let before = session.n_findings();
        let checked = Arc::new(columns::check(&order, &task).unwrap());
        session.checked = Some(Arc::clone(&checked));
        assert_eq!(session.n_findings(), before - 1);
        let page = FindingsPage::new(&checked, &session, Status::Accepted, Lang::Fr);
        assert_eq!((page.groups.len(), page.counts[4]), (1, 1));
    }
}
