//! What the import step shows, as plain data.

use crate::app::pages::cohort::review::model::{date_words, delimiter_words, mark_words};
use crate::base::issue::{Issue, Place};
use crate::base::text::Lang;
use crate::cohort::{Change, Cohort, Kind};
use crate::import::{ColumnChoice, ImportOptions, LinePart, Preview, PreviewColumn, SheetPart};

/// Something that the file does not decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is not decided.
    pub text: String,
    /// What to look at.
    pub remedy: String,
    /// Answers: words, and what each does.
    pub answers: Vec<(String, Answer)>,
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The file is read in this way.
    Read(Box<ImportOptions>),
    /// A column means this.
    Mean(Change),
}

/// Codes of what is asked, with the places of what can't be decided.
pub fn questions<'a>(issues: &'a [Issue], options: &ImportOptions) -> Vec<&'a Issue> {
    issues
        .iter()
        .filter(|issue| match issue.code.as_str() {
            "date-order-undecided" | "date-order-mixed" => {
                let column = issue.place.column.as_ref();
                let choice = column.and_then(|header| options.columns.get(header));
                options.date_order.is_none()
                    && choice.is_none_or(|choice| choice.date_order.is_none())
            }
            "decimal-mark-undecided" | "decimal-mark-mixed" => options.decimal_mark.is_none(),
            "pcs-ambiguous" => true,
            _ => false,
        })
        .collect()
}

/// A question with its answers in words.
fn question(
    issue: &Issue,
    options: &ImportOptions,
    cohort: Option<&Cohort>,
    lang: Lang,
) -> Option<Question> {
    let read = |options: ImportOptions| Answer::Read(Box::new(options));
    let answers = match issue.code.as_str() {
        "date-order-undecided" | "date-order-mixed" => ["dmy", "mdy"]
            .map(|order| {
                let mut options = options.clone();
                match &issue.place.column {
                    Some(header) => {
                        let choice = options.columns.entry(header.clone()).or_default();
                        choice.date_order = Some(order.to_owned());
                    }
                    None => options.date_order = Some(order.to_owned()),
                }
                (lang.t(&format!("ask-date-{order}")), read(options))
            })
            .into(),
        "decimal-mark-undecided" | "decimal-mark-mixed" => [',', '.']
            .map(|mark| {
                let options = ImportOptions {
                    decimal_mark: Some(mark),
                    ..options.clone()
                };
                (mark_words(mark, lang), read(options))
            })
            .into(),
        "pcs-ambiguous" => pcs_answers(cohort?, &issue.place, lang)?,
        _ => return None,
    };
    Some(Question {
        text: lang.issue(issue),
        remedy: lang.remedy(issue).unwrap_or_default(),
        answers,
    })
}

/// Two scales are called PCS: pain catastrophizing, and the physical component of the SF-12.
pub fn pcs_answers(cohort: &Cohort, place: &Place, lang: Lang) -> Option<Vec<(String, Answer)>> {
    let header = place.column.as_deref()?;
    let variable = cohort.variables.iter().find(|variable| {
        variable.origin.header == header
            && (place.sheet.is_none() || place.sheet == variable.origin.sheet)
    })?;
    let mean = |concept: Option<&str>| {
        Answer::Mean(Change::Meaning {
            variable: variable.name.clone(),
            concept: concept.map(str::to_owned),
            timing: variable.timing,
            unit: None,
        })
    };
    Some(vec![
        (lang.t("concept-pcs"), mean(Some("pcs"))),
        (lang.t("ask-pcs-sf12"), mean(None)),
    ])
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// Its name.
    pub name: String,
    /// What it is used for, and its size.
    pub words: String,
    /// Whether it is read.
    pub is_read: bool,
    /// Whether it may be left out: the patients' own sheet may not.
    pub may_leave_out: bool,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// Row as the spreadsheet numbers it.
    pub row: u32,
    /// What it is taken for.
    pub part: LinePart,
    /// That in a word; empty for data.
    pub word: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A column as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnRow {
    /// Its letter.
    pub letter: String,
    /// Its header.
    pub header: String,
    /// How it is read where nobody says.
    pub kind: Kind,
    /// "37.5, read from “37,5”", one an example.
    pub examples: Vec<String>,
    /// Values and missing ones, in words.
    pub counts: String,
    /// What could not be read, in words; empty where all was.
    pub unread: String,
    /// Values that may mean missing: text, count, whether it is ticked, whether that can be changed.
    pub codes: Vec<(String, usize, bool, bool)>,
    /// What was chosen.
    pub choice: ColumnChoice,
    /// Name of its variable in the open cohort.
    pub variable: Option<String>,
}

/// The import step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilePage {
    /// How the file was understood, in a sentence.
    pub sentence: String,
    /// What is to be decided.
    pub questions: Vec<Question>,
    /// What was found: delimiter, quote, encoding, decimal mark, order of dates; empty where none was.
    pub found: Found,
    /// Sheets; empty for a delimited file.
    pub sheets: Vec<SheetRow>,
    /// Letters of the columns of the lines.
    pub letters: Vec<String>,
    /// The first lines.
    pub lines: Vec<LineRow>,
    /// Row of the header.
    pub header_row: Option<u32>,
    /// Rows of the header.
    pub n_header_rows: u32,
    /// The columns.
    pub columns: Vec<ColumnRow>,
    /// Whether the file is delimited text.
    pub is_delimited: bool,
}

/// What was found by looking, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Delimiter.
    pub delimiter: String,
    /// Encoding.
    pub encoding: String,
    /// Decimal mark.
    pub decimal_mark: String,
    /// Order of day and month.
    pub date_order: String,
}

impl FilePage {
    /// Builds the page. `cohort` is the open one, where the preview is of what is open.
    pub fn new(
        preview: &Preview,
        options: &ImportOptions,
        cohort: Option<&Cohort>,
        lang: Lang,
    ) -> Self {
        let issues = || preview.issues.iter().chain(cohort_issues(cohort));
        let all: Vec<Issue> = issues().cloned().collect();
        let questions: Vec<Question> = questions(&all, options)
            .into_iter()
            .filter_map(|issue| question(issue, options, cohort, lang))
            .collect();
        let found = found(preview, lang);
        let headers = || {
            let lines = preview.lines.iter();
            lines.filter(|line| line.part == LinePart::Header)
        };
        let n_columns = preview.lines.iter().map(|line| line.cells.len()).max();
        Self {
            sentence: sentence(preview, cohort, &found, questions.len(), lang),
            questions,
            sheets: sheets(preview, lang),
            letters: (1..=n_columns.unwrap_or(0) as u32).map(letter).collect(),
            lines: preview
                .lines
                .iter()
                .map(|line| line_row(line, lang))
                .collect(),
            header_row: headers().next().map(|line| line.row),
            n_header_rows: headers().count() as u32,
            columns: preview
                .columns
                .iter()
                .map(|column| column_row(column, options, cohort, lang))
                .collect(),
            is_delimited: preview.source.delimiter.is_some(),
            found,
        }
    }
}

/// What the dictionary asks about the open cohort.
fn cohort_issues(cohort: Option<&Cohort>) -> impl Iterator<Item = &Issue> {
    let issues = cohort.map(|cohort| cohort.issues.iter());
    issues
        .into_iter()
        .flatten()
        .filter(|issue| issue.code == "pcs-ambiguous")
}

fn found(preview: &Preview, lang: Lang) -> Found {
    let source = &preview.source;
    Found {
        delimiter: source
            .delimiter
            .map_or_else(String::new, |mark| delimiter_words(mark, lang)),
        encoding: source.encoding.clone().unwrap_or_default(),
        decimal_mark: source
            .decimal_mark
            .map_or_else(String::new, |mark| mark_words(mark, lang)),
        date_order: source
            .date_order
            .as_deref()
            .map_or_else(String::new, |order| date_words(order, lang)),
    }
}

fn sentence(
    preview: &Preview,
    cohort: Option<&Cohort>,
    found: &Found,
    n_questions: usize,
    lang: Lang,
) -> String {
    let patients = preview
        .sheets
        .iter()
        .find(|sheet| sheet.part == SheetPart::Patients);
    let n_columns = match cohort {
        Some(cohort) if preview.columns.is_empty() => cohort.variables.len(),
        _ => preview.columns.len(),
    };
    let mut text = lang.with("file-columns", &[("n", n_columns.into())]);
    text.push_str(", ");
    text.push_str(&match cohort {
        Some(cohort) => crate::app::words::patients(cohort.n_rows(), lang),
        None => {
            let n_rows = patients.map_or(0, |sheet| sheet.n_rows as usize);
            lang.with("file-rows", &[("n", n_rows.into())])
        }
    });
    if let Some(sheet) = patients.filter(|sheet| !sheet.name.is_empty()) {
        text.push(' ');
        text.push_str(&lang.with("file-from-sheet", &[("name", sheet.name.as_str().into())]));
    }
    let mut dialect: Vec<String> = Vec::new();
    if !found.delimiter.is_empty() {
        dialect.push(lang.with(
            "file-separated",
            &[("mark", found.delimiter.as_str().into())],
        ));
    }
    if let Some(mark) = preview.source.decimal_mark {
        let key = if mark == ',' {
            "file-decimal-comma"
        } else {
            "file-decimal-point"
        };
        dialect.push(lang.t(key));
    }
    if !found.date_order.is_empty() {
        let order = found.date_order.as_str();
        dialect.push(lang.with("file-dates", &[("order", order.into())]));
    }
    dialect.extend((!found.encoding.is_empty()).then(|| found.encoding.clone()));
    let decide = lang.with("file-to-decide", &[("n", n_questions.into())]);
    let mut parts = vec![text];
    if !dialect.is_empty() {
        parts.push(dialect.join(", "));
    }
    parts.push(decide);
    let mark = match lang {
        Lang::En => "; ",
        Lang::Fr => "\u{a0}; ",
    };
    format!("{}.", parts.join(mark))
}

fn sheets(preview: &Preview, lang: Lang) -> Vec<SheetRow> {
    preview
        .sheets
        .iter()
        .filter(|sheet| !sheet.name.is_empty())
        .map(|sheet| {
            let part = lang.t(match sheet.part {
                SheetPart::Patients => "sheet-patients",
                SheetPart::Visits => "sheet-visits",
                SheetPart::Joined => "sheet-joined",
                SheetPart::Codebook => "sheet-codebook",
                SheetPart::LeftOut => "sheet-left-out",
            });
            let words = lang.with(
                "sheet-words",
                &[
                    ("part", part.into()),
                    ("rows", (sheet.n_rows as usize).into()),
                    ("columns", (sheet.n_columns as usize).into()),
                ],
            );
            SheetRow {
                name: sheet.name.clone(),
                words,
                is_read: sheet.part != SheetPart::LeftOut,
                may_leave_out: sheet.part != SheetPart::Patients,
            }
        })
        .collect()
}

fn line_row(line: &crate::import::PreviewLine, lang: Lang) -> LineRow {
    let word = match line.part {
        LinePart::Title => lang.t("line-title"),
        LinePart::Header => lang.t("line-header"),
        LinePart::Row => String::new(),
        LinePart::Blank => lang.t("line-blank"),
        LinePart::Totals => lang.t("line-totals"),
        LinePart::Skipped => lang.t("line-skipped"),
    };
    LineRow {
        row: line.row,
        part: line.part,
        word,
        cells: line.cells.clone(),
    }
}

fn column_row(
    column: &PreviewColumn,
    options: &ImportOptions,
    cohort: Option<&Cohort>,
    lang: Lang,
) -> ColumnRow {
    let choice = options.columns.get(&column.header).cloned();
    let choice = choice.unwrap_or_default();
    let examples = column.examples.iter().map(|(read, text)| {
        lang.with(
            "column-example",
            &[
                ("read", read.as_str().into()),
                ("text", text.as_str().into()),
            ],
        )
    });
    let codes = column.codes.iter().map(|(text, n, is_missing)| {
        let chosen = choice.missing.contains(text);
        // Words that say nothing else are missing whatever is chosen.
        let is_fixed = *is_missing && !chosen;
        (text.clone(), *n, *is_missing || chosen, !is_fixed)
    });
    let variable = cohort.and_then(|cohort| {
        let mut variables = cohort.variables.iter();
        variables.find(|variable| {
            variable.origin.header == column.header && variable.origin.sheet == column.sheet
        })
    });
    ColumnRow {
        letter: letter(column.position),
        header: column.header.clone(),
        kind: column.kind,
        examples: examples.collect(),
        counts: lang.with(
            "column-counts",
            &[
                ("values", column.n_values.into()),
                ("missing", column.n_missing.into()),
            ],
        ),
        unread: if column.n_unread == 0 {
            String::new()
        } else {
            lang.with("column-unread", &[("n", column.n_unread.into())])
        },
        codes: codes.collect(),
        choice,
        variable: variable.map(|variable| variable.name.clone()),
    }
}

/// Letters of a column, as a spreadsheet shows them.
fn letter(position: u32) -> String {
    let place = Place {
        position: Some(position),
        ..Place::default()
    };
    place.letters().unwrap_or_default()
}

// --- rows that are left out --------------------------------------------------------------

/// Ranges of rows as a person writes them: `3, 7-9`; `None` where that is not what stands there.
pub fn parse_rows(text: &str) -> Option<Vec<(u32, u32)>> {
    let mut rows = Vec::new();
    for part in text.split([',', ';']).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let from: u32 = from.trim().parse().ok()?;
        let to: u32 = to.trim().parse().ok()?;
        if from == 0 || to < from {
            return None;
        }
        rows.push((from, to));
    }
    Some(joined(rows))
}

/// Ranges of rows, written as a person would.
pub fn rows_text(rows: &[(u32, u32)]) -> String {
    let part = |(from, to): &(u32, u32)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}-{to}")
        }
    };
    let parts: Vec<String> = rows.iter().map(part).collect();
    parts.join(", ")
}

/// Leaves a row out as well.
pub fn with_row(rows: &[(u32, u32)], row: u32) -> Vec<(u32, u32)> {
    let mut rows = rows.to_vec();
    rows.push((row, row));
    joined(rows)
}

/// Reads a row again.
pub fn without_row(rows: &[(u32, u32)], row: u32) -> Vec<(u32, u32)> {
    let split = |&(from, to): &(u32, u32)| {
        if !(from..=to).contains(&row) {
            return vec![(from, to)];
        }
        let mut rest = Vec::new();
        if from < row {
            rest.push((from, row - 1));
        }
        if row < to {
            rest.push((row + 1, to));
        }
        rest
    };
    rows.iter().flat_map(split).collect()
}

/// Sorted, what touches or overlaps put together.
fn joined(mut rows: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    rows.sort_unstable();
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (from, to) in rows {
        match all.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => all.push((from, to)),
        }
    }
    all
}

/// The options with one column read in another way; a choice that chooses nothing is dropped.
pub fn with_choice(options: &ImportOptions, header: &str, choice: ColumnChoice) -> ImportOptions {
    let mut options = options.clone();
    if choice == ColumnChoice::default() {
        options.columns.remove(header);
    } else {
        options.columns.insert(header.to_owned(), choice);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Origin, Source, Variable};
    use crate::import::{PreviewLine, SheetPreview};

    fn preview() -> Preview {
        let line = |row, part, cells: &[&str]| PreviewLine {
            row,
            part,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        let sheet = |name: &str, part, n_rows| SheetPreview {
            name: name.to_owned(),
            part,
            n_rows,
            n_columns: 3,
        };
        Preview {
            source: Source {
                encoding: Some("windows-1252".to_owned()),
                delimiter: Some(';'),
                decimal_mark: Some(','),
                ..Source::default()
            },
            sheets: vec![
                sheet("Patients", SheetPart::Patients, 128),
                sheet("Notes", SheetPart::LeftOut, 4),
            ],
            lines: vec![
                line(1, LinePart::Title, &["SCS cohort"]),
                line(2, LinePart::Header, &["id", "EVA J0", "date"]),
                line(3, LinePart::Row, &["001", "7,5", "03/04/2025"]),
                line(4, LinePart::Totals, &["Total", "7,5", ""]),
            ],
            columns: vec![PreviewColumn {
                sheet: None,
                header: "EVA J0".to_owned(),
                position: 28,
                kind: Kind::Numeric,
                examples: vec![("37.5".to_owned(), "37,5".to_owned())],
                n_values: 120,
                n_missing: 6,
                n_unread: 2,
                codes: vec![("NSP".to_owned(), 4, true), ("999".to_owned(), 2, false)],
            }],
            issues: vec![Issue::warning("date-order-undecided").with("n", 12_usize)],
        }
    }

    #[test]
    fn the_file_is_told_in_one_sentence() {
        let options = ImportOptions::default();
        let page = FilePage::new(&preview(), &options, None, Lang::En);
        assert_eq!(
            page.sentence,
            "1 column, 128 rows from the sheet “Patients”; semicolons, decimal comma, windows-1252; 1 thing to decide."
        );
        for lang in Lang::ALL {
            let page = FilePage::new(&preview(), &options, None, lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        }
    }

    #[test]
    fn lines_and_columns_stand_as_the_spreadsheet_shows_them() {
        let page = FilePage::new(&preview(), &ImportOptions::default(), None, Lang::En);
        assert_eq!(page.letters, ["A", "B", "C"]);
        assert_eq!((page.header_row, page.n_header_rows), (Some(2), 1));
        let words: Vec<&str> = page.lines.iter().map(|line| line.word.as_str()).collect();
        assert_eq!(words, ["title", "header", "", "totals"]);
        let column = &page.columns[0];
        assert_eq!(column.letter, "AB");
        assert_eq!(column.examples, ["37.5, read from “37,5”"]);
        assert_eq!(column.unread, "2 cells not read");
        assert!(page.sheets[1].may_leave_out && !page.sheets[1].is_read);
    }

    #[test]
    fn a_code_can_be_ticked_as_missing_and_a_word_stays_missing() {
        let choice = ColumnChoice {
            missing: vec!["999".to_owned()],
            ..ColumnChoice::default()
        };
        let codes = |options: &ImportOptions| {
            let page = FilePage::new(&preview(), options, None, Lang::En);
            page.columns[0].codes.clone()
        };
        let before = codes(&ImportOptions::default());
        assert_eq!(before[0], ("NSP".to_owned(), 4, true, false));
        assert_eq!(before[1], ("999".to_owned(), 2, false, true));
        let options = with_choice(&ImportOptions::default(), "EVA J0", choice);
        assert_eq!(codes(&options)[1], ("999".to_owned(), 2, true, true));
        let none = with_choice(&options, "EVA J0", ColumnChoice::default());
        assert_eq!(none, ImportOptions::default());
    }

    #[test]
    fn a_question_has_two_answers_and_is_gone_once_answered() {
        let page = FilePage::new(&preview(), &ImportOptions::default(), None, Lang::En);
        let [question] = page.questions.as_slice() else {
            panic!("one question");
        };
        assert_eq!(question.answers.len(), 2);
        let Answer::Read(options) = &question.answers[1].1 else {
            panic!("it is about reading");
        };
        assert_eq!(options.date_order.as_deref(), Some("mdy"));
        let answered = FilePage::new(&preview(), options, None, Lang::En);
        assert!(answered.questions.is_empty());
    }

    #[test]
    fn which_pcs_is_meant_is_asked() {
        let origin = Origin {
            header: "PCS".to_owned(),
            ..Origin::default()
        };
        let mut cohort = Cohort::new(Source::default(), 1);
        cohort
            .push_numbers(Variable::new("PCS", Kind::Numeric, origin), &[31.0])
            .unwrap();
        let issue = Issue::warning("pcs-ambiguous").in_column("PCS");
        cohort.issues.push(issue);
        let mut preview = preview();
        preview.issues.clear();
        let page = FilePage::new(&preview, &ImportOptions::default(), Some(&cohort), Lang::Fr);
        let answers = &page.questions[0].answers;
        assert_eq!(answers.len(), 2);
        assert!(matches!(
            &answers[0].1,
            Answer::Mean(Change::Meaning { concept: Some(concept), .. }) if concept == "pcs"
        ));
    }

    #[test]
    fn rows_to_leave_out_are_read_as_they_are_written() {
        assert_eq!(parse_rows("3, 7-9; 8 - 12"), Some(vec![(3, 3), (7, 12)]));
        assert_eq!(parse_rows(" "), Some(Vec::new()));
        for wrong in ["x", "0", "9-7", "1-2-3", "-4"] {
            assert_eq!(parse_rows(wrong), None, "{wrong}");
        }
        let rows = with_row(&[(3, 3), (7, 12)], 4);
        assert_eq!(rows_text(&rows), "3-4, 7-12");
        assert_eq!(rows_text(&without_row(&rows, 9)), "3-4, 7-8, 10-12");
    }
}
