//! Follow-up board: who has been seen, is due, overdue or lost, visit by visit.

use jiff::civil::Date;

use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing, Variable, day_number, header};
use crate::dictionary;
use crate::review::ReviewParams;
use crate::review::columns::{Answers, DAYS_A_MONTH, Days, date_of, iso, yes_or_no};
use crate::review::rules::blanks;
use crate::review::sheet::{Entry, Sheet};
use crate::review::tsv;

/// Where a patient stands at a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitState {
    /// Something was measured at it.
    Done,
    /// Its window is open.
    Due,
    /// Its window has closed and nothing was measured, but a later visit may still come; the last visit stays
    /// overdue for as long again as its window.
    Overdue,
    /// Explanted, died or withdrawn before it, or every later visit's window has closed too.
    Lost,
    /// Its window has not opened.
    NotYet,
    /// Without an implant date nobody can tell.
    Unknown,
}

impl VisitState {
    /// Every state, in the order of the board.
    pub const ALL: [Self; 6] = [
        Self::Done,
        Self::Due,
        Self::Overdue,
        Self::Lost,
        Self::NotYet,
        Self::Unknown,
    ];

    /// Name in files; the message is `visit-state-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Lost => "lost",
            Self::NotYet => "not-yet",
            Self::Unknown => "unknown",
        }
    }
}

/// A patient on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUpRow {
    /// Position in the cohort.
    pub row: usize,
    /// When the patient was implanted.
    pub implanted: Option<Date>,
    /// For each visit: state, and the day on which it is due.
    pub visits: Vec<(VisitState, Option<Date>)>,
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUp {
    /// Visits after implantation, in months.
    pub visits: Vec<Timing>,
    /// Patients, in the order of the cohort; whoever was left out is not on it.
    pub rows: Vec<FollowUpRow>,
}

/// Makes the board as of a day.
pub fn follow_up(cohort: &Cohort, today: Date, params: &ReviewParams) -> FollowUp {
    let months = months(cohort);
    let seen: Vec<_> = months.iter().map(|month| seen(cohort, *month)).collect();
    let implant = Days::of(cohort, "implant-date");
    let ends = ends(cohort);
    let board = Board {
        today: day_number(&today.to_string()).unwrap_or(i32::MAX),
        window: window_days(params),
        months: &months,
    };
    let rows = (0..cohort.n_rows()).filter(|row| !cohort.excluded.contains_key(row));
    let row = |row: usize| {
        let start = implant.as_ref().and_then(|days| days.at(row));
        let is_seen: Vec<bool> = seen.iter().map(|is_seen| is_seen(row)).collect();
        FollowUpRow {
            row,
            implanted: start.and_then(date_of),
            visits: board.visits(start, &is_seen, end_of(&ends, row)),
        }
    };
    FollowUp {
        rows: rows.map(row).collect(),
        visits: months.iter().map(|month| Timing::After(*month)).collect(),
    }
}

/// Days before and after the day on which a visit is due.
fn window_days(params: &ReviewParams) -> i32 {
    (7.0 * params.visit_window_weeks.clamp(0.0, 520.0)).round() as i32
}

/// Months at which something is measured.
fn months(cohort: &Cohort) -> Vec<u16> {
    let month = |v: &Variable| match v.timing {
        Timing::After(month) if month > 0 => Some(month),
        _ => None,
    };
    let mut months: Vec<u16> = cohort.variables.iter().filter_map(month).collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// Tells who has anything at the visit.
fn seen(cohort: &Cohort, month: u16) -> impl Fn(usize) -> bool {
    let of_visit = |v: &&Variable| {
        v.timing == Timing::After(month) && !matches!(v.kind, Kind::Identifier | Kind::Text)
    };
    let blank: Vec<_> = cohort
        .variables
        .iter()
        .filter(of_visit)
        .map(|variable| blanks(cohort, variable))
        .collect();
    move |row| blank.iter().any(|is_blank| !is_blank(row))
}

/// When a patient's follow-up ended.
#[derive(Clone, Copy, PartialEq)]
enum End {
    On(i32),
    /// It ended, nobody says when.
    Once,
}

/// What says that follow-up ended.
enum Ends<'a> {
    Dates(Days<'a>),
    Answers(Vec<Option<bool>>),
}

/// Explant, death and withdrawal, as dates and as yes or no.
fn ends(cohort: &Cohort) -> Vec<Ends<'_>> {
    const WORDS: [&str; 10] = [
        "deces",
        "decede",
        "decedee",
        "death",
        "died",
        "deceased",
        "withdrawal",
        "withdrawn",
        "abandon",
        "dropout",
    ];
    let mut ends: Vec<Ends<'_>> = Vec::new();
    for concept in ["explant-date", "death-date"] {
        ends.extend(Days::of(cohort, concept).map(Ends::Dates));
    }
    for concept in ["explanted", "died"] {
        ends.extend(Answers::of(cohort, concept).map(|a| Ends::Answers(a.values)));
    }
    for (idx, variable) in cohort.variables.iter().enumerate() {
        let words = header::words(&variable.origin.header);
        let says = words.iter().any(|word| WORDS.contains(&word.as_str()));
        if !says || variable.concept.is_some() {
            continue;
        }
        match variable.kind {
            Kind::Date => ends.extend(Days::read(cohort, (idx, variable)).map(Ends::Dates)),
            Kind::Binary | Kind::Categorical => {
                let texts = cohort.text_refs(&variable.name).unwrap_or_default();
                let answers = texts.iter().map(|text| text.and_then(yes_or_no));
                ends.push(Ends::Answers(answers.collect()));
            }
            Kind::Identifier | Kind::Numeric | Kind::Text => {}
        }
    }
    ends
}

/// The earliest date that is given, else whether a word says so.
fn end_of(ends: &[Ends<'_>], row: usize) -> Option<End> {
    let mut first: Option<i32> = None;
    let mut is_said = false;
    for end in ends {
        match end {
            Ends::Dates(days) => {
                let day = days.at(row);
                first = match (first, day) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
            Ends::Answers(answers) => {
                is_said |= answers.get(row).copied().flatten() == Some(true);
            }
        }
    }
    first.map(End::On).or(is_said.then_some(End::Once))
}

struct Board<'a> {
    today: i32,
    /// Days before and after.
    window: i32,
    months: &'a [u16],
}

impl Board<'_> {
    fn visits(
        &self,
        start: Option<i32>,
        is_seen: &[bool],
        end: Option<End>,
    ) -> Vec<(VisitState, Option<Date>)> {
        let due: Vec<Option<i32>> = self.months.iter().map(|m| due(start, *m)).collect();
        let state = |(idx, (due, is_seen)): (usize, (&Option<i32>, &bool))| {
            let day = due.and_then(date_of);
            if *is_seen {
                return (VisitState::Done, day);
            }
            let Some(due) = *due else {
                return (VisitState::Unknown, None);
            };
            let later = self.months.get(idx + 1..).unwrap_or_default();
            let last = later.last().map_or(due + self.window, |month| {
                start.map_or(due, |start| start + days_of(*month))
            });
            let state = match end {
                Some(End::On(day)) if day <= due => VisitState::Lost,
                Some(End::Once) => VisitState::Lost,
                _ if self.today < due - self.window => VisitState::NotYet,
                _ if self.today <= due + self.window => VisitState::Due,
                _ if self.today
                    <= last + self.window + self.window * i32::from(later.is_empty()) =>
                {
                    VisitState::Overdue
                }
                _ => VisitState::Lost,
            };
            (state, day)
        };
        due.iter().zip(is_seen).enumerate().map(state).collect()
    }
}

fn days_of(month: u16) -> i32 {
    (f64::from(month) * DAYS_A_MONTH).round() as i32
}

fn due(start: Option<i32>, month: u16) -> Option<i32> {
    start.map(|start| start + days_of(month))
}

impl FollowUp {
    /// Number of patients in each state of [`VisitState::ALL`], by visit.
    pub fn counts(&self) -> Vec<[usize; 6]> {
        let mut counts = vec![[0; 6]; self.visits.len()];
        for row in &self.rows {
            for (count, (state, _)) in counts.iter_mut().zip(&row.visits) {
                let at = VisitState::ALL.iter().position(|other| other == state);
                if let Some(slot) = at.and_then(|at| count.get_mut(at)) {
                    *slot += 1;
                }
            }
        }
        counts
    }

    /// Patients and visits that wait: overdue ones first, then by the day on which they were due.
    pub fn worklist(&self) -> Vec<(usize, Timing, VisitState, Date)> {
        let mut waiting = Vec::new();
        for row in &self.rows {
            for (timing, (state, due)) in self.visits.iter().zip(&row.visits) {
                if let (VisitState::Due | VisitState::Overdue, Some(due)) = (state, due) {
                    waiting.push((row.row, *timing, *state, *due));
                }
            }
        }
        waiting.sort_by_key(|(row, _, state, due)| (std::cmp::Reverse(*state), *due, *row));
        waiting
    }

    /// The worklist as a list to print or send: who waits for which visit, since when, until when.
    pub fn worklist_sheet(
        &self,
        ids: &[String],
        (today, params): (Date, &ReviewParams),
        lang: Lang,
    ) -> Sheet {
        let columns = [
            ("tsv-patient", 12),
            ("worklist-visit", 18),
            ("worklist-state", 12),
            ("tsv-due-on", 12),
            ("worklist-until", 12),
            ("worklist-days-late", 10),
            ("worklist-note", 40),
        ];
        let columns = columns.map(|(key, width)| (lang.t(key), width));
        let mut list = Sheet::new(lang.t("worklist-sheet"), columns.into());
        let window = window_days(params);
        let now = day_number(&today.to_string()).unwrap_or_default();
        for (row, timing, state, due) in self.worklist() {
            let day = day_number(&due.to_string()).unwrap_or_default();
            let late = if now > day {
                Entry::Number(f64::from(now - day))
            } else {
                Entry::Empty
            };
            list.rows.push(vec![
                ids.get(row).cloned().unwrap_or_default().into(),
                dictionary::timing(timing, lang).into(),
                lang.t(&format!("visit-state-{}", state.name())).into(),
                due.to_string().into(),
                iso(day + window).into(),
                late,
                Entry::Empty,
            ]);
        }
        list
    }

    /// The board as tab-separated text: a line a patient, named by `ids`.
    pub fn to_tsv(&self, ids: &[String], lang: Lang) -> String {
        let mut head = vec![lang.t("tsv-patient"), lang.t("tsv-implanted")];
        for timing in &self.visits {
            head.push(dictionary::timing(*timing, lang));
            head.push(lang.t("tsv-due-on"));
        }
        let mut lines = vec![head];
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        for row in &self.rows {
            let mut line = vec![
                ids.get(row.row).cloned().unwrap_or_default(),
                day(row.implanted),
            ];
            for (state, due) in &row.visits {
                line.push(lang.t(&format!("visit-state-{}", state.name())));
                line.push(day(*due));
            }
            lines.push(line);
        }
        tsv::write(&lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::tests::of;

    const FILE: &str = "id;date_implantation;explante;date_explantation;EVA_lombaire_M6;EVA_lombaire_M12;date_deces\n\
        a;2024-01-01;non;;40;30;\n\
        b;2024-01-01;non;;;;\n\
        c;2024-01-01;oui;2024-05-01;;;\n\
        d;;non;;;20;\n\
        e;2024-12-01;non;;;;\n\
        f;2025-01-15;non;;;;2025-02-01\n\
        g;2024-09-10;non;;33;;\n\
        h;2023-01-01;non;;;;\n";

    fn board(today: &str) -> Vec<String> {
        let params = ReviewParams::default();
        let board = follow_up(&of(FILE), today.parse().unwrap(), &params);
        let line = |row: &FollowUpRow| -> String {
            let states: Vec<&str> = row.visits.iter().map(|visit| visit.0.name()).collect();
            states.join(" ")
        };
        board.rows.iter().map(line).collect()
    }

    #[test]
    fn each_patient_stands_at_each_visit_where_the_calendar_says() {
        assert_eq!(
            board("2024-11-20"),
            [
                "done done",
                "overdue due",
                "lost lost",
                "unknown done",
                "not-yet not-yet",
                "lost lost",
                "done not-yet",
                "lost lost",
            ]
        );
    }

    #[test]
    fn time_passes_over_a_visit_that_was_never_made() {
        // Due on 2024-07-02 and 2024-12-31, eight weeks around each.
        let states = |today: &str| board(today)[1].clone();
        assert_eq!(states("2024-05-06"), "not-yet not-yet");
        assert_eq!(states("2024-05-07"), "due not-yet");
        assert_eq!(states("2024-08-27"), "due not-yet");
        assert_eq!(states("2024-08-28"), "overdue not-yet");
        assert_eq!(states("2025-02-25"), "overdue due");
        assert_eq!(states("2025-02-26"), "lost overdue");
        assert_eq!(states("2025-06-17"), "lost overdue");
        assert_eq!(states("2025-06-18"), "lost lost");
    }

    #[test]
    fn the_worklist_holds_who_waits_the_overdue_first_and_nobody_left_out() {
        let mut cohort = of(FILE);
        let today = "2024-11-20".parse().unwrap();
        let params = ReviewParams::default();
        let all = follow_up(&cohort, today, &params);
        let waiting: Vec<_> = all.worklist().iter().map(|w| (w.0, w.1, w.2)).collect();
        let (six, twelve) = (Timing::After(6), Timing::After(12));
        assert_eq!(
            waiting,
            [(1, six, VisitState::Overdue), (1, twelve, VisitState::Due)]
        );
        assert_eq!(all.counts()[0], [2, 0, 1, 3, 1, 1]);
        cohort.excluded.insert(1, "withdrew".to_owned());
        let fewer = follow_up(&cohort, today, &params);
        assert_eq!((fewer.rows.len(), fewer.worklist().len()), (7, 0));
        for lang in Lang::ALL {
            let text = all.to_tsv(&cohort.pseudonyms(), lang);
            assert_eq!(text.lines().count(), 9);
            assert!(!text.contains('⟦') && text.contains("2024-12-31"), "{text}");
            let list = all.worklist_sheet(&cohort.pseudonyms(), (today, &params), lang);
            let text = String::from_utf8(list.to_csv(lang).unwrap()).unwrap();
            assert!(!text.contains('⟦') && text.contains("2024-08-27"), "{text}");
            assert_eq!(list.rows[0][5], Entry::Number(141.0));
        }
    }
}
