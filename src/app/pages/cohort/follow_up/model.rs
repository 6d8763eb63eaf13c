//! The follow-up board, as plain data.

use jiff::civil::Date;

use crate::app::words;
use crate::base::text::Lang;
use crate::cohort::Cohort;
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

/// Whose codes a list carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codes {
    /// Pseudonyms.
    #[default]
    Pseudonyms,
    /// Those of the hospital.
    Hospital,
}

/// The visits to see to, as a csv file for a spreadsheet: overdue ones first, then those that are due.
pub fn worklist(page: &FollowUpPage, codes: Codes, lang: Lang) -> String {
    let mark = separator(lang);
    let titles = [
        lang.t("worklist-patient"),
        lang.t("worklist-implanted"),
        lang.t("worklist-visit"),
        lang.t("worklist-due"),
        lang.t("worklist-state"),
        lang.t("worklist-done"),
    ];
    let mut text = csv_line(&titles, mark);
    for state in [VisitState::Overdue, VisitState::Due] {
        for row in &page.rows {
            for (visit, count) in row.visits.iter().zip(&page.visits) {
                if visit.state != state {
                    continue;
                }
                let id = match codes {
                    Codes::Pseudonyms => &row.pseudonym,
                    Codes::Hospital => &row.id,
                };
                let cells = [
                    id.clone(),
                    row.implanted.clone(),
                    count.moment.clone(),
                    visit.due.clone(),
                    lang.t(state_key(state)),
                    String::new(),
                ];
                text.push_str(&csv_line(&cells, mark));
            }
        }
    }
    text
}

/// What separates cells in a spreadsheet of that country.
pub fn separator(lang: Lang) -> char {
    match lang {
        Lang::En => ',',
        Lang::Fr => ';',
    }
}

/// A line of a csv file; a cell that a spreadsheet would take for a formula is written as text.
pub fn csv_line(cells: &[String], mark: char) -> String {
    let cell = |text: &String| {
        let is_number = text.parse::<f64>().is_ok();
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
        let text = if is_formula {
            format!("'{text}")
        } else {
            text.clone()
        };
        if text.contains([mark, '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    format!("{}\r\n", cells.join(&mark.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Source, Timing};
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
    fn the_worklist_holds_what_is_to_be_done_and_codes_only_where_asked() {
        let list = worklist(&page(Lang::Fr), Codes::Pseudonyms, Lang::Fr);
        let lines: Vec<&str> = list.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("P003;01/01/2025;"), "{}", lines[1]);
        assert!(lines[2].starts_with("P001;"), "{}", lines[2]);
        let list = worklist(&page(Lang::En), Codes::Hospital, Lang::En);
        assert!(list.contains("\r\n3,2025-01-01,"), "{list}");
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        let line = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            csv_line(&cells, ';')
        };
        assert_eq!(
            line(&["=1+1", "-2.5", "a;b", "say \"x\""]),
            "'=1+1;-2.5;\"a;b\";\"say \"\"x\"\"\"\r\n"
        );
        assert_eq!(line(&["@x", "-2,5"]), "'@x;'-2,5\r\n");
    }

    #[test]
    fn an_empty_board_is_no_error() {
        let cohort = Cohort::default();
        let page = FollowUpPage::new(&FollowUp::default(), &cohort, day("2026-05-20"), Lang::Fr);
        assert!(page.rows.is_empty() && !page.sentence.contains('⟦'));
    }
}
