//! The audit trail as a list: who did what to which cell, when and why, one line a cell.
//!
//! Everything stands in it, undoing included. Patients are named as the caller says.

use std::sync::Arc;

use crate::base::text::Lang;
use crate::cohort::{Cell, Change, Edit, RowRef};
use crate::dictionary;
use crate::review::{Entry, Sheet, Status};
use crate::study::{Deed, Event};

/// One line while it is filled in.
#[derive(Default)]
struct Line {
    deed: String,
    number: Option<u32>,
    patient: String,
    variable: String,
    before: String,
    after: String,
    why: String,
}

/// The trail in the order of its events; `ids` names the patients by row.
pub fn trail_list(trail: &[Arc<Event>], ids: &[String], lang: Lang) -> Sheet {
    let columns = [
        ("at", 20),
        ("who", 10),
        ("deed", 30),
        ("number", 10),
        ("patient", 12),
        ("variable", 22),
        ("before", 18),
        ("after", 18),
        ("why", 40),
    ];
    let columns = columns.map(|(name, width)| (lang.t(&format!("trail-{name}")), width));
    let mut list = Sheet::new(lang.t("trail-sheet"), columns.into());
    for event in trail {
        for line in lines(&event.deed, ids, lang) {
            let Line {
                deed,
                number,
                patient,
                variable,
                before,
                after,
                why,
            } = line;
            list.rows.push(vec![
                event.at.as_str().into(),
                event.who.as_str().into(),
                deed.into(),
                number.map_or(Entry::Empty, |n| Entry::Number(f64::from(n))),
                patient.into(),
                variable.into(),
                before.into(),
                after.into(),
                why.into(),
            ]);
        }
    }
    list
}

fn lines(deed: &Deed, ids: &[String], lang: Lang) -> Vec<Line> {
    match deed {
        Deed::Read(file, sha256) => vec![Line {
            deed: lang.t("deed-read"),
            after: file.clone(),
            why: format!("SHA-256 {sha256}"),
            ..Line::default()
        }],
        Deed::Edited(edit) => edited(edit, ids, lang),
        Deed::Undone(number) => vec![Line {
            deed: lang.t("deed-undone"),
            number: Some(*number),
            ..Line::default()
        }],
        Deed::Redone(number) => vec![Line {
            deed: lang.t("deed-redone"),
            number: Some(*number),
            ..Line::default()
        }],
        Deed::Marked(key, mark) => vec![Line {
            deed: lang.t(match mark.status {
                Status::Open => "deed-marked-open",
                Status::Queried => "deed-marked-queried",
                Status::Answered => "deed-marked-answered",
                Status::Corrected => "deed-marked-corrected",
                Status::Accepted => "deed-marked-accepted",
            }),
            patient: key
                .row
                .as_deref()
                .and_then(|row| patient_of(row, ids))
                .unwrap_or_default(),
            variable: key.variable.clone().unwrap_or_default(),
            before: key.value.clone().unwrap_or_default(),
            after: mark.answer.clone().unwrap_or_default(),
            why: [mark.note.as_str(), key.rule.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" – "),
            ..Line::default()
        }],
    }
}

/// The patient at a position; a key is no name for people.
fn patient_of(row: &str, ids: &[String]) -> Option<String> {
    ids.get(row.parse::<usize>().ok()?).cloned()
}

fn edited(edit: &Edit, ids: &[String], lang: Lang) -> Vec<Line> {
    let named = |row: &RowRef| ids.get(row.row).cloned().unwrap_or_default();
    let shown = |cell: &Option<Cell>| match cell {
        Some(Cell::Number(x)) => x.to_string(),
        Some(Cell::Text(text)) => text.clone(),
        None => String::new(),
    };
    let line = |deed: String| Line {
        deed,
        number: Some(edit.number),
        why: edit.why.clone(),
        ..Line::default()
    };
    let of_column = |deed: String, variable: &str, after: String| Line {
        variable: variable.to_owned(),
        after,
        ..line(deed)
    };
    match &edit.change {
        Change::Cells(cells) => cells
            .iter()
            .map(|cell| Line {
                patient: named(&cell.row),
                variable: cell.variable.clone(),
                before: shown(&cell.before),
                after: shown(&cell.after),
                ..line(lang.t("deed-cell"))
            })
            .collect(),
        Change::Recode { variable, levels } => levels
            .iter()
            .map(|(from, to)| Line {
                before: from.clone(),
                ..of_column(
                    lang.t("deed-recode"),
                    variable,
                    to.clone().unwrap_or_default(),
                )
            })
            .collect(),
        Change::MissingCodes { variable, codes } => codes
            .iter()
            .map(|code| Line {
                before: code.clone(),
                ..of_column(lang.t("deed-missing-code"), variable, String::new())
            })
            .collect(),
        Change::Scale {
            variable,
            factor,
            unit,
        } => {
            let after = format!("× {factor} {}", unit.as_deref().unwrap_or_default());
            let after = after.trim_end().to_owned();
            vec![of_column(lang.t("deed-scale"), variable, after)]
        }
        Change::Exclude(row) => vec![Line {
            patient: named(row),
            ..line(lang.t("deed-exclude"))
        }],
        Change::Include(row) => vec![Line {
            patient: named(row),
            ..line(lang.t("deed-include"))
        }],
        Change::Meaning {
            variable,
            concept,
            timing,
            unit,
        } => {
            let concept = match concept {
                Some(concept) => concept.clone(),
                None => lang.t("deed-no-meaning"),
            };
            let mut parts = vec![concept, dictionary::timing(*timing, lang)];
            parts.extend(unit.clone());
            vec![of_column(
                lang.t("deed-meaning"),
                variable,
                parts.join(", "),
            )]
        }
        Change::Kind { variable, kind } => {
            let name = format!("{kind:?}").to_lowercase();
            let after = lang.t(&format!("kind-{name}"));
            vec![of_column(lang.t("deed-kind"), variable, after)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{CellChange, Kind, Timing};
    use crate::review::{FindingKey, Mark};
    use crate::study::Study;

    fn row(row: usize) -> RowRef {
        RowRef { row, key: None }
    }

    fn study() -> Study {
        let mut study = Study::default();
        let changes = [
            Change::Cells(vec![CellChange {
                row: row(1),
                variable: "odi".to_owned(),
                before: Some(Cell::Number(120.0)),
                after: Some(Cell::Number(12.0)),
            }]),
            Change::Recode {
                variable: "sex".to_owned(),
                levels: vec![
                    ("Femme".to_owned(), Some("F".to_owned())),
                    ("?".to_owned(), None),
                ],
            },
            Change::MissingCodes {
                variable: "odi".to_owned(),
                codes: vec!["999".to_owned()],
            },
            Change::Scale {
                variable: "vas".to_owned(),
                factor: 10.0,
                unit: Some("mm".to_owned()),
            },
            Change::Exclude(row(0)),
            Change::Include(row(0)),
            Change::Meaning {
                variable: "vas".to_owned(),
                concept: Some("pain-back".to_owned()),
                timing: Timing::Baseline,
                unit: None,
            },
            Change::Kind {
                variable: "code".to_owned(),
                kind: Kind::Categorical,
            },
        ];
        for change in changes {
            study.edit(
                change,
                "=seen in the chart".to_owned(),
                "AB".to_owned(),
                "2026-01-02".to_owned(),
            );
        }
        let key = FindingKey {
            rule: "outlier".to_owned(),
            variable: Some("odi".to_owned()),
            row: Some("1".to_owned()),
            value: Some("12".to_owned()),
        };
        let mark = Mark {
            status: Status::Accepted,
            note: "right".to_owned(),
            ..Mark::default()
        };
        study.mark(vec![key], &mark);
        let before = study.clone();
        study.edits.pop();
        study.keep_trail(&before, "CD", "2026-01-03");
        study
    }

    #[test]
    fn every_deed_has_its_line_in_words() {
        let study = study();
        let ids = ["P001".to_owned(), "P002".to_owned()];
        for lang in Lang::ALL {
            let list = trail_list(&study.trail, &ids, lang);
            assert_eq!(
                list.rows.len(),
                11,
                "one line a cell, a level, a code, a deed"
            );
            let text = String::from_utf8(list.to_csv(lang).unwrap()).unwrap();
            assert!(!text.contains('⟦'), "{text}");
            assert!(text.contains("'=seen in the chart") && !text.contains(",=seen"));
            assert!(list.to_xlsx().unwrap().starts_with(b"PK"));
        }
        let list = trail_list(&study.trail, &ids, Lang::En);
        let first = &list.rows[0];
        assert_eq!(first[4], Entry::Text("P002".to_owned()));
        assert_eq!((&first[6], &first[7]), (&"120".into(), &"12".into()));
        assert_eq!(
            list.rows[10][3],
            Entry::Number(8.0),
            "the undone edit is named"
        );
        assert_eq!(list.rows[10][1], "CD".into());
    }
}
