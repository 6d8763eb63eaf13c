//! Questions go out, are sorted, moved and answered, and come back.

use super::*;
use crate::base::task::TaskHandle;
use crate::cohort::{Change, Edit, replay};
use crate::import::read_table;
use crate::review::tests::{found, of};
use crate::review::{Review, ReviewParams};

const FILE: &str = "id;odi_j0;EVA_lombaire_J0;date_implantation;date_essai;remarque\n\
    S1;140;70;2023-02-01;2023-01-05;un texte\nS2;41;71;2023-02-01;2023-03-05;\n\
    S2;-4;71;2023-02-02;2023-01-05;encore un\nS3;42;60;2023-02-03;2023-01-05;=1+1\nS4;43;65;2023-02-04;2023-01-05;\n";

fn cohort() -> Cohort {
    of(FILE)
}

fn list(cohort: &Cohort, ids: Ids, lang: Lang) -> Sheet {
    query_list(cohort, &found(cohort, &Review::default()), ids, lang)
}

fn read(name: &str, bytes: &[u8]) -> Vec<Vec<Vec<String>>> {
    let tables = read_table(name, bytes, &TaskHandle::unattended()).unwrap();
    tables.into_iter().map(|table| table.rows).collect()
}

/// Fills in a cell of the line that asks about a rule.
fn fill(rows: &mut [Vec<String>], rule: &str, header: &str, text: &str) {
    let column = rows[0].iter().position(|cell| cell == header).unwrap();
    let line = rows
        .iter_mut()
        .find(|row| {
            row.iter()
                .any(|cell| cell.contains(&format!("\"rule\":\"{rule}\"")))
        })
        .unwrap();
    line.resize(line.len().max(column + 1), String::new());
    line[column] = text.to_owned();
}

#[test]
fn a_list_says_place_value_and_question_and_names_no_patient() {
    let cohort = cohort();
    for lang in Lang::ALL {
        let list = list(&cohort, Ids::Pseudonyms, lang);
        let text = String::from_utf8(list.to_csv(lang).unwrap()).unwrap();
        assert!(
            !text.contains("S2") && !text.contains("S1") && !text.contains('⟦'),
            "{text}"
        );
        assert!(text.contains("P001") && text.contains(&cohort.source.sha256));
        let outside = list
            .rows
            .iter()
            .find(|row| row[7] == Entry::Number(140.0))
            .unwrap();
        assert_eq!(outside[3], Entry::Number(2.0));
        assert_eq!(outside[4], "B".into());
        assert_eq!(outside[5], "odi_j0".into());
        let Entry::Text(question) = &outside[8] else {
            panic!("a question");
        };
        assert!(
            question.contains("140") && question.contains('?'),
            "{question}"
        );
    }
    let named = list(&cohort, Ids::Original, Lang::En);
    assert!(named.rows.iter().any(|row| row[1] == "S1".into()));
}

#[test]
fn answers_come_back_from_workbook_and_text_whatever_was_moved() {
    let cohort = cohort();
    let asked = list(&cohort, Ids::Pseudonyms, Lang::En);
    let bytes = [
        ("q.xlsx", asked.to_xlsx().unwrap()),
        ("q.csv", asked.to_csv(Lang::En).unwrap()),
    ];
    for (name, bytes) in bytes {
        let mut sheets = read(name, &bytes);
        let rows = &mut sheets[0];
        fill(rows, "out-of-range", "New value", "14,5");
        fill(rows, "out-of-range", "Initials", "AB");
        fill(rows, "date-order", "Answer", "right, two trials");
        rows[1..].reverse();
        for row in rows.iter_mut() {
            row.resize(15, String::new());
            row.reverse();
        }
        rows.insert(0, vec!["returned by the centre".to_owned()]);
        let (answers, issues) = answers(&sheets).unwrap();
        assert_eq!(issues, []);
        assert_eq!(answers.len(), 2, "{name}");
        let value = answers.iter().find(|a| a.new_value.is_some()).unwrap();
        assert_eq!(
            (value.who.as_str(), value.file.as_str()),
            ("AB", cohort.source.sha256.as_str())
        );
        assert_eq!(value.key.rule, "out-of-range");
        let mark = answers
            .iter()
            .find(|a| a.key.rule == "date-order")
            .unwrap()
            .mark();
        assert_eq!(
            (mark.status, mark.answer.as_deref()),
            (Status::Answered, Some("right, two trials"))
        );
    }
}

fn answered(new_value: &str) -> (Cohort, Answer) {
    let cohort = cohort();
    let findings = found(&cohort, &Review::default());
    let key = findings
        .iter()
        .find(|f| f.value == Some(Cell::Number(140.0)))
        .unwrap()
        .key
        .clone();
    let answer = Answer {
        key,
        file: String::new(),
        answer: "typing error".to_owned(),
        new_value: Some(new_value.to_owned()).filter(|text| !text.is_empty()),
        who: "AB".to_owned(),
        at: "2026-03-01".to_owned(),
    };
    (cohort, answer)
}

fn one(cohort: &Cohort, answer: &Answer) -> Difference {
    differences(cohort, std::slice::from_ref(answer)).remove(0)
}

#[test]
fn an_accepted_answer_corrects_the_cell_and_settles_the_finding() {
    let (mut cohort, answer) = answered("14");
    let difference = one(&cohort, &answer);
    assert_eq!(
        (difference.before.as_ref(), difference.conflict),
        (Some(&Cell::Number(140.0)), None)
    );
    let edit = Edit {
        number: 1,
        at: String::new(),
        who: String::new(),
        why: String::new(),
        change: Change::Cells(vec![difference.change().unwrap()]),
    };
    let replayed = replay(&mut cohort, &[std::sync::Arc::new(edit)]);
    assert_eq!(replayed.conflicts, []);
    assert_eq!(cohort.cell(0, "odi_j0"), Some(Cell::Number(14.0)));
    dictionary::annotate(&mut cohort);
    let left = found(&cohort, &Review::default());
    assert!(!left.iter().any(|finding| finding.key == answer.key));
}

#[test]
fn a_word_can_empty_a_cell_and_an_answer_alone_changes_none() {
    let (cohort, answer) = answered("manquant");
    let difference = one(&cohort, &answer);
    assert_eq!(difference.change().unwrap().after, None);
    let (cohort, answer) = answered("");
    let difference = one(&cohort, &answer);
    assert_eq!((difference.change(), difference.conflict), (None, None));
}

#[test]
fn what_is_in_the_way_of_an_answer_is_said() {
    let (cohort, answer) = answered("many");
    let unreadable = one(&cohort, &answer);
    assert_eq!(
        (unreadable.conflict, unreadable.change()),
        (Some(AnswerConflict::Unreadable), None)
    );
    let (cohort, mut answer) = answered("14");
    answer.key.value = Some("150".to_owned());
    let changed = one(&cohort, &answer);
    assert_eq!(changed.conflict, Some(AnswerConflict::ValueChanged));
    assert_eq!(changed.change().unwrap().before, Some(Cell::Number(140.0)));
    answer.key.row = Some("99".to_owned());
    assert_eq!(
        one(&cohort, &answer).conflict,
        Some(AnswerConflict::RowGone)
    );
    answer.key.variable = Some("gone".to_owned());
    assert_eq!(
        one(&cohort, &answer).conflict,
        Some(AnswerConflict::ColumnGone)
    );
    let all = [
        AnswerConflict::RowGone,
        AnswerConflict::ColumnGone,
        AnswerConflict::ValueChanged,
        AnswerConflict::Unreadable,
    ];
    for conflict in all {
        for lang in Lang::ALL {
            assert!(!conflict.words(lang).contains('⟦'));
        }
    }
}

#[test]
fn a_list_that_lost_its_keys_is_refused_and_a_lost_key_is_said() {
    let code = |sheets: &[Vec<Vec<String>>]| answers(sheets).unwrap_err().issue().code;
    assert_eq!(code(&[vec![vec!["Answer".to_owned()]]]), "queries-no-list");
    assert_eq!(code(&[]), "queries-no-list");
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    assert_eq!(code(&[vec![row([KEY, "Row"])]]), "queries-no-answers");
    let broken = vec![
        row([KEY, "Réponse"]),
        row(["{\"rule\":", "yes"]),
        row(["", ""]),
    ];
    let (answers, issues) = answers(&[broken]).unwrap();
    assert_eq!(answers, []);
    assert_eq!(issues[0].code, "query-without-key");
    assert_eq!(issues[0].place.row, Some(2));
}

#[test]
fn formulas_of_the_source_stay_text_in_a_list() {
    let cohort = of("id;sexe;a\np1;=1+1;1\np2;=1+1;2\np3;F;3\np4;F;4\n");
    let review = Review {
        params: ReviewParams {
            rules: vec!["sexe = \"F\"".to_owned()],
            ..ReviewParams::default()
        },
        marks: Vec::new(),
    };
    let findings = found(&cohort, &review);
    let text = query_list(&cohort, &findings, Ids::Pseudonyms, Lang::En)
        .to_csv(Lang::En)
        .unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains(",'=1+1,") && !text.contains(",=1+1"),
        "{text}"
    );
}
