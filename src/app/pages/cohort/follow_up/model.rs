//! The follow-up board, as plain data.

use jiff::civil::Date;

use crate::app::words;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Timing};
use crate::dictionary;
use crate::review::{FollowUp, VisitState};

/// Every state, in the order of the work it asks for.
pub const STATES: [VisitState; 6] = [
    VisitState::Overdue,
    VisitState::Due,
    VisitState::NotYet,
    VisitState::Done,
    VisitState::Lost,
    VisitState::Unknown,
];

/// Message key of a state.
pub fn state_key(state: VisitState) -> &'static str {
    match state {
        VisitState::Done => "visit-done",
        VisitState::Due => "visit-due",
        VisitState::Overdue => "visit-overdue",
        VisitState::Lost => "visit-lost",
        VisitState::NotYet => "visit-not-yet",
        VisitState::Unknown => "visit-unknown",
    }
}

/// A visit of a patient.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitCell {
    /// Where the patient stands.
    pub state: VisitState,
    /// When it is due, as the day is written in the file's country; empty where nobody can tell.
    pub due: String,
    /// That in a sentence.
    pub words: String,
}

/// A patient.
#[derive(Clone, Debug, PartialEq)]
pub struct PatientRow {
    /// Position in the cohort.
    pub row: usize,
    /// Identifier.
    pub id: String,
    /// Pseudonym.
    pub pseudonym: String,
    /// When the patient was implanted.
    pub implanted: String,
    /// The visits.
    pub visits: Vec<VisitCell>,
}

/// Counts at a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitCount {
    /// "12 months after implant".
    pub moment: String,
    /// "12 months".
    pub short: String,
    /// Patients by state, in the order of [`STATES`].
    pub counts: [usize; 6],
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUpPage {
    /// Where things stand.
    pub sentence: String,
    /// The visits with their counts.
    pub visits: Vec<VisitCount>,
    /// The patients, in the order of the cohort.
    pub rows: Vec<PatientRow>,
}

impl FollowUpPage {
    /// Builds the page.
    pub fn new(board: &FollowUp, cohort: &Cohort, today: Date, lang: Lang) -> Self {
        let (ids, pseudonyms) = (cohort.ids(), cohort.pseudonyms());
        let visits: Vec<VisitCount> = board
            .visits
            .iter()
            .enumerate()
            .map(|(at, timing)| VisitCount {
                moment: words::capital(&dictionary::timing(*timing, lang)),
                short: short_moment(*timing, lang),
                counts: STATES.map(|state| {
                    let is_in = |visits: &[(VisitState, Option<Date>)]| {
                        visits.get(at).is_some_and(|(other, _)| *other == state)
                    };
                    board.rows.iter().filter(|row| is_in(&row.visits)).count()
                }),
            })
            .collect();
        let rows = board
            .rows
            .iter()
            .map(|row| PatientRow {
                row: row.row,
                id: ids.get(row.row).cloned().unwrap_or_default(),
                pseudonym: pseudonyms.get(row.row).cloned().unwrap_or_default(),
                implanted: row
                    .implanted
                    .map_or_else(String::new, |day| short(day, lang)),
                visits: row
                    .visits
                    .iter()
                    .map(|(state, due)| visit_cell(*state, *due, today, lang))
                    .collect(),
            })
            .collect();
        Self {
            sentence: sentence(board, today, lang),
            visits,
            rows,
        }
    }

    /// The rows with a visit in that state; all of them without one.
    pub fn shown(&self, state: Option<VisitState>) -> Vec<usize> {
        let fits = |row: &PatientRow| {
            state.is_none_or(|state| row.visits.iter().any(|visit| visit.state == state))
        };
        (0..self.rows.len())
            .filter(|&at| self.rows.get(at).is_some_and(fits))
            .collect()
    }
}

fn short_moment(timing: Timing, lang: Lang) -> String {
    match timing {
        Timing::After(months) => lang.with("month-short", &[("n", usize::from(months).into())]),
        timing => dictionary::timing(timing, lang),
    }
}

fn sentence(board: &FollowUp, today: Date, lang: Lang) -> String {
    let having = |state: VisitState| {
        let has =
            |row: &&crate::review::FollowUpRow| row.visits.iter().any(|(other, _)| *other == state);
        board.rows.iter().filter(has).count()
    };
    lang.with(
        "follow-up-sentence",
        &[
            ("date", words::date_words(today, lang).into()),
            ("due", having(VisitState::Due).into()),
            ("overdue", having(VisitState::Overdue).into()),
        ],
    )
}

/// A day as it is written in short.
fn short(day: Date, lang: Lang) -> String {
    match lang {
        Lang::En => day.to_string(),
        Lang::Fr => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
    }
}

fn visit_cell(state: VisitState, due: Option<Date>, today: Date, lang: Lang) -> VisitCell {
    let word = lang.t(state_key(state));
    let due_words = due.map_or_else(String::new, |day| short(day, lang));
    let weeks = due.and_then(|day| {
        let days = (day - today).get_days();
        (state == VisitState::Overdue).then_some((-days / 7).max(0))
    });
    let words = match (weeks, due_words.is_empty()) {
        (Some(weeks), _) => lang.with(
            "visit-overdue-since",
            &[
                ("date", due_words.as_str().into()),
                ("n", (weeks as usize).into()),
            ],
        ),
        (None, false) => lang.with(
            "visit-on",
            &[
                ("state", word.as_str().into()),
                ("date", due_words.as_str().into()),
            ],
        ),
        (None, true) => word,
    };
    VisitCell {
        state,
        due: due_words,
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Source;
    use crate::review::FollowUpRow;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn board() -> FollowUp {
        let due = |text: &str| Some(day(text));
        FollowUp {
            visits: vec![Timing::After(6), Timing::After(12)],
            rows: vec![
                FollowUpRow {
                    row: 0,
                    implanted: due("2025-06-01"),
                    visits: vec![
                        (VisitState::Done, due("2025-12-01")),
                        (VisitState::Due, due("2026-06-01")),
                    ],
                },
                FollowUpRow {
                    row: 2,
                    implanted: due("2025-01-01"),
                    visits: vec![
                        (VisitState::Overdue, due("2025-07-01")),
                        (VisitState::Lost, None),
                    ],
                },
            ],
        }
    }

    fn page(lang: Lang) -> FollowUpPage {
        let cohort = Cohort::new(Source::default(), 3);
        FollowUpPage::new(&board(), &cohort, day("2026-05-20"), lang)
    }

    #[test]
    fn each_visit_is_counted_and_said() {
        for lang in Lang::ALL {
            assert!(!format!("{:?}", page(lang)).contains('⟦'));
        }
        let page = page(Lang::En);
        assert_eq!(page.visits[0].counts, [1, 0, 0, 1, 0, 0]);
        assert_eq!(page.visits[1].counts, [0, 1, 0, 0, 1, 0]);
        assert_eq!(
            page.sentence,
            "As of 20 May 2026, 1 patient is due and 1 is overdue."
        );
        assert_eq!(
            page.rows[1].visits[0].words,
            "overdue since 2025-07-01 (46 weeks)"
        );
        assert_eq!(page.rows[1].visits[1].words, "lost");
    }

    #[test]
    fn the_board_is_filtered_by_state() {
        let page = page(Lang::En);
        assert_eq!(page.shown(None), [0, 1]);
        assert_eq!(page.shown(Some(VisitState::Overdue)), [1]);
        assert!(page.shown(Some(VisitState::NotYet)).is_empty());
    }

    #[test]
    fn an_empty_board_is_no_error() {
        let cohort = Cohort::default();
        let page = FollowUpPage::new(&FollowUp::default(), &cohort, day("2026-05-20"), Lang::Fr);
        assert!(page.rows.is_empty() && !page.sentence.contains('⟦'));
    }
}
