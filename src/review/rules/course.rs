//! Rules along a patient's course: dates in their order, visits in their window, values where none belongs.

use crate::base::issue::Issue;
use crate::cohort::{Kind, Timing, Variable};
use crate::review::columns::{Answers, DAYS_A_MONTH, Days, iso};
use crate::review::raised::Raised;
use crate::review::rules::Scene;
use crate::review::rules::values::blanks;

/// Dates that follow each other in every patient's course, as the dictionary has them.
const ORDER: [(&str, &str); 3] = [
    ("inclusion-date", "trial-date"),
    ("trial-date", "implant-date"),
    ("implant-date", "explant-date"),
];

/// Every date that stands before the one that should be earlier.
pub(super) fn dates(scene: &Scene<'_>) -> Vec<Raised> {
    let mut raised = Vec::new();
    for (before, after) in ORDER {
        let pair = Days::of(scene.cohort, before).zip(Days::of(scene.cohort, after));
        let Some((first, second)) = pair else {
            continue;
        };
        let both = |row| first.at(row).zip(second.at(row)).map(|(a, b)| (row, a, b));
        let wrong = scene.rows().filter_map(both).filter(|(_, a, b)| b < a);
        raised.extend(wrong.map(|(row, earlier, later)| {
            let issue = Issue::warning("date-order")
                .found(&iso(later))
                .with("other", first.variable.name.as_str())
                .with("date", iso(earlier));
            Raised::at(second.idx, second.variable, row, issue)
        }));
    }
    raised
}

/// Visits before the implant, out of their order, outside their window; one doubt a visit.
pub(super) fn visits(scene: &Scene<'_>) -> Vec<Raised> {
    let visits = Days::of_visits(scene.cohort);
    if visits.is_empty() {
        return Vec::new();
    }
    let implant = Days::of(scene.cohort, "implant-date");
    let window = 7.0 * scene.params.visit_window_weeks.max(0.0);
    let mut raised = Vec::new();
    for row in scene.rows() {
        let implanted = implant.as_ref().and_then(|days| days.at(row));
        let mut last: Option<(i32, &Variable)> = None;
        for (month, days) in &visits {
            let Some(day) = days.at(row) else {
                continue;
            };
            let issue = if let Some(implanted) = implanted.filter(|start| day < *start) {
                Some(Issue::warning("visit-before-implant").with("date", iso(implanted)))
            } else if let Some((earlier, other)) = last.filter(|(earlier, _)| day < *earlier) {
                let issue = Issue::warning("visit-order").with("other", other.name.as_str());
                Some(issue.with("date", iso(earlier)))
            } else {
                let due = implanted.map(|start| f64::from(start) + due_after(*month));
                let late = due.map(|due| f64::from(day) - due);
                let late = late.filter(|late| late.abs() > window);
                late.map(|late| {
                    Issue::warning("visit-window")
                        .with("weeks", (late.abs() / 7.0).round())
                        .with("side", if late < 0.0 { "early" } else { "late" })
                        .with("month", usize::from(*month))
                })
            };
            raised.extend(
                issue.map(|issue| Raised::at(days.idx, days.variable, row, issue.found(&iso(day)))),
            );
            last = Some((day, days.variable));
        }
    }
    raised
}

/// Days from the implant to a visit.
fn due_after(month: u16) -> f64 {
    (f64::from(month) * DAYS_A_MONTH).round()
}

/// Dates and values that have no place in this patient's course.
pub(super) fn where_none_belongs(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let implanted = Answers::of(cohort, "implanted");
    let explanted = Answers::of(cohort, "explanted");
    let explant = Days::of(cohort, "explant-date");
    let implant = Days::of(cohort, "implant-date");
    let mut raised = Vec::new();
    for row in scene.rows() {
        let said = |answers: Option<&Answers<'_>>| answers.and_then(|a| a.at(row));
        let is_never_implanted = said(implanted.as_ref()) == Some(false);
        if let Some(dates) = &explant
            && let Some(day) = dates.at(row)
            && said(explanted.as_ref()) == Some(false)
        {
            let issue = Issue::warning("explant-date-without-explant").found(&iso(day));
            raised.push(Raised::at(dates.idx, dates.variable, row, issue));
        }
        if let Some(dates) = &implant
            && let Some(day) = dates.at(row)
            && is_never_implanted
        {
            let issue = Issue::warning("implant-date-without-implant").found(&iso(day));
            raised.push(Raised::at(dates.idx, dates.variable, row, issue));
        }
        if let Some(answers) = &explanted
            && answers.at(row) == Some(true)
            && is_never_implanted
        {
            let issue = Issue::warning("explanted-never-implanted");
            raised.push(Raised::at(answers.idx, answers.variable, row, issue));
        }
    }
    raised.extend(after_explant(scene, implant.as_ref(), explant.as_ref()));
    raised
}

/// The first value of each visit that took place after the explant: the visit's own date where it is known, else
/// the earliest day of its window.
fn after_explant(
    scene: &Scene<'_>,
    implant: Option<&Days<'_>>,
    explant: Option<&Days<'_>>,
) -> Vec<Raised> {
    let cohort = scene.cohort;
    let Some(explant) = explant else {
        return Vec::new();
    };
    let dated = Days::of_visits(cohort);
    let window = 7.0 * scene.params.visit_window_weeks.max(0.0);
    let said = Answers::of(cohort, "explanted");
    let mut months: Vec<u16> = cohort.variables.iter().filter_map(month_of).collect();
    months.sort_unstable();
    months.dedup();
    let mut raised = Vec::new();
    for month in months {
        let of_visit = |(_, v): &(usize, &Variable)| month_of(v) == Some(month) && v.is_candidate();
        let measures: Vec<_> = cohort
            .variables
            .iter()
            .enumerate()
            .filter(of_visit)
            .map(|(idx, variable)| (idx, variable, blanks(cohort, variable)))
            .collect();
        let visit = dated
            .iter()
            .find(|(m, _)| *m == month)
            .map(|(_, days)| days);
        for row in scene.rows() {
            let is_denied = said.as_ref().and_then(|a| a.at(row)) == Some(false);
            let Some(end) = explant.at(row).filter(|_| !is_denied) else {
                continue;
            };
            let own = visit.and_then(|days| days.at(row)).map(f64::from);
            let start = implant.and_then(|days| days.at(row));
            let due = start.map(|start| f64::from(start) + due_after(month) - window);
            if !own.or(due).is_some_and(|day| day > f64::from(end)) {
                continue;
            }
            let known = measures.iter().find(|(_, _, is_blank)| !is_blank(row));
            if let Some((idx, variable, _)) = known {
                let found = cohort.cell(row, &variable.name);
                let issue = Issue::warning("value-after-explant")
                    .found(
                        &found
                            .map(|c| crate::cohort::cell_text(&c))
                            .unwrap_or_default(),
                    )
                    .with("date", iso(end))
                    .with("month", usize::from(month));
                raised.push(Raised::at(*idx, variable, row, issue));
            }
        }
    }
    raised
}

/// The month of a measure taken at a visit; the course itself (explant, satisfaction as of today) has none.
fn month_of(variable: &Variable) -> Option<u16> {
    match variable.timing {
        Timing::After(month) if month > 0 && variable.kind != Kind::Identifier => Some(month),
        _ => None,
    }
}
