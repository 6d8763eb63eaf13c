//! `prognostim check`: what was understood of a cohort file and every issue, as text or as JSON.
//!
//! Nothing is changed here, and no identifier of a patient is printed.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::base::issue::{Arg, Issue, Severity};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Variable, header};
use crate::dictionary;

/// Widest that a column of the printed table gets, in characters.
const MAX_WIDTH: usize = 44;

/// The findings as text for a terminal.
pub fn text(cohort: &Cohort, lang: Lang) -> String {
    let mut lines = Vec::new();
    head(cohort, lang, &mut lines);
    lines.push(String::new());
    lines.push(heading(&lang.t("check-columns")));
    lines.extend(columns_table(cohort, lang));
    lines.push(String::new());
    lines.push(heading(&lang.t("check-issues")));
    issues_list(cohort, lang, &mut lines);
    let proposals = dictionary::proposals(cohort);
    if !proposals.is_empty() {
        lines.push(String::new());
        lines.push(heading(&lang.t("check-proposals")));
        let mut n_cells: Vec<(String, usize)> = Vec::new();
        for proposal in proposals {
            match n_cells.iter_mut().find(|(code, _)| *code == proposal.code) {
                Some((_, n)) => *n += proposal.n_cells,
                None => n_cells.push((proposal.code, proposal.n_cells)),
            }
        }
        for (code, n) in n_cells {
            let args = [("code", Arg::Text(code)), ("n", n.into())];
            lines.push(format!("  {}", lang.with("check-proposal", &args)));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn heading(words: &str) -> String {
    format!("{words}\n{}", "-".repeat(words.chars().count()))
}

fn head(cohort: &Cohort, lang: Lang, lines: &mut Vec<String>) {
    let source = &cohort.source;
    lines.push(lang.with("check-title", &[("file", source.file.as_str().into())]));
    if source.synthetic {
        lines.push(lang.t("synthetic").to_uppercase());
    }
    let size = [
        ("patients", cohort.n_rows().into()),
        ("columns", n_columns(cohort).into()),
    ];
    lines.push(lang.with("check-size", &size));
    let mut dialect = Vec::new();
    if let (Some(encoding), Some(delimiter)) = (&source.encoding, source.delimiter) {
        let delimiter = if delimiter == '\t' {
            lang.t("check-tab")
        } else {
            delimiter.to_string()
        };
        let args = [
            ("encoding", encoding.as_str().into()),
            ("delimiter", delimiter.into()),
        ];
        dialect.push(lang.with("check-dialect", &args));
    }
    if let Some(mark) = source.decimal_mark {
        dialect.push(lang.with("check-decimal-mark", &[("mark", mark.to_string().into())]));
    }
    if let Some(order) = &source.date_order {
        dialect.push(lang.with("check-date-order", &[("order", order.as_str().into())]));
    }
    if !dialect.is_empty() {
        lines.push(dialect.join(", "));
    }
    lines.push(format!("SHA-256 {}", source.sha256));
    if !source.sheets.is_empty() {
        lines.push(String::new());
        lines.push(heading(&lang.t("check-sheets")));
        for (name, used, _, n_rows) in &source.sheets {
            let args = [
                ("name", name.as_str().into()),
                ("rows", Arg::Number(f64::from(*n_rows))),
            ];
            let words = if *used {
                lang.with("check-sheet-used", &args)
            } else {
                lang.with("check-sheet-unused", &args[..1])
            };
            lines.push(format!("  {words}"));
        }
    }
}

/// One line a column, its cells aligned.
fn columns_table(cohort: &Cohort, lang: Lang) -> Vec<String> {
    let heads = ["name", "kind", "unit", "meaning", "timing", "missing"];
    let mut rows: Vec<Vec<String>> = vec![
        heads
            .iter()
            .map(|head| lang.t(&format!("check-head-{head}")))
            .collect(),
    ];
    rows.extend(cohort.variables.iter().map(|variable| {
        vec![
            variable.name.clone(),
            lang.t(&format!("kind-{}", kind_name(variable.kind))),
            variable
                .unit
                .as_deref()
                .map(|unit| dictionary::unit(unit, lang))
                .unwrap_or_default(),
            meaning(variable, lang),
            dictionary::timing(variable.timing, lang),
            lang.count(cohort.n_missing(&variable.name) as i64),
        ]
    }));
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
            .min(MAX_WIDTH)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{:<width$}", shorten(cell, *width)))
                .collect();
            format!("  {}", cells.join("  ")).trim_end().to_owned()
        })
        .collect()
}

fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars()
        .take(width.saturating_sub(1))
        .chain(['…'])
        .collect()
}

fn meaning(variable: &Variable, lang: Lang) -> String {
    let label = dictionary::label(variable, lang);
    if variable.concept.is_none() && label == variable.name {
        "–".to_owned()
    } else {
        label
    }
}

fn issues_list(cohort: &Cohort, lang: Lang, lines: &mut Vec<String>) {
    if cohort.issues.is_empty() {
        lines.push(format!("  {}", lang.t("check-no-issues")));
        return;
    }
    let masks = Masks::of(cohort);
    let count = |severity| {
        cohort
            .issues
            .iter()
            .filter(|issue| issue.severity == severity)
            .count()
    };
    let counts = [
        ("errors", count(Severity::Error).into()),
        ("warnings", count(Severity::Warning).into()),
        ("notes", count(Severity::Note).into()),
    ];
    lines.push(format!("  {}", lang.with("check-counts", &counts)));
    let mut sorted: Vec<&Issue> = cohort.issues.iter().collect();
    sorted.sort_by_key(|issue| std::cmp::Reverse(issue.severity));
    // What to do is said once, after the last of the findings that it is for.
    let mut pending: Option<String> = None;
    for issue in sorted {
        let issue = masks.masked(issue, lang);
        let remedy = lang.remedy(&issue);
        if remedy != pending && issue.code != "more-cells" {
            lines.extend(pending.map(|remedy| format!("      {remedy}")));
            pending = remedy;
        }
        let severity = lang.t(&format!("severity-{}", severity_name(issue.severity)));
        let (place, message) = (lang.place(&issue.place), lang.issue(&issue));
        let located = if place.is_empty() {
            message
        } else {
            lang.with(
                "check-located",
                &[("place", place.into()), ("message", message.into())],
            )
        };
        lines.push(format!("  {severity}  {located}"));
    }
    lines.extend(pending.map(|remedy| format!("      {remedy}")));
}

/// Columns of the source, without those that the program computed.
fn n_columns(cohort: &Cohort) -> usize {
    let of_source = |variable: &&Variable| !dictionary::is_computed(variable);
    cohort.variables.iter().filter(of_source).count()
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Identifier => "identifier",
        Kind::Numeric => "numeric",
        Kind::Binary => "binary",
        Kind::Categorical => "categorical",
        Kind::Date => "date",
        Kind::Text => "text",
    }
}

/// Columns whose text is never printed: identifiers, and texts that name people, whatever sheet they stand on.
struct Masks {
    headers: BTreeSet<String>,
}

impl Masks {
    fn of(cohort: &Cohort) -> Self {
        let identifiers = cohort
            .variables
            .iter()
            .filter(|variable| variable.kind == Kind::Identifier)
            .map(|variable| header::fold(&variable.origin.header));
        // Free text in which people are named hides what it quotes too.
        let naming = cohort
            .issues
            .iter()
            .filter(|issue| issue.code == "identifier-in-text")
            .filter_map(|issue| issue.place.column.as_deref().map(header::fold));
        Self {
            headers: identifiers.chain(naming).collect(),
        }
    }

    /// The issue with what it found hidden where that may name a patient.
    fn masked(&self, issue: &Issue, lang: Lang) -> Issue {
        let names_patient = matches!(
            issue.code.as_str(),
            "duplicate-id"
                | "unmatched-id"
                | "duplicate-visit"
                | "id-blanks"
                | "id-blanks-joined"
                | "id-matched-loosely"
        );
        let in_identifier = issue
            .place
            .column
            .as_deref()
            .is_some_and(|column| self.headers.contains(&header::fold(column)));
        let mut issue = issue.clone();
        if issue.found.is_some() && (names_patient || in_identifier) {
            issue.found = Some(lang.t("check-masked"));
        }
        if in_identifier {
            // Other spellings of a value, for example; the code of what is counted is no value.
            for (name, arg) in &mut issue.args {
                if matches!(arg, Arg::Text(_)) && name != "code" {
                    *arg = Arg::Text(lang.t("check-masked"));
                }
            }
        }
        issue
    }
}

#[derive(Serialize)]
struct Check<'a> {
    schema: &'static str,
    file: &'a str,
    sha256: &'a str,
    synthetic: bool,
    dialect: Dialect<'a>,
    sheets: Vec<Sheet<'a>>,
    n_rows: usize,
    n_cells: usize,
    n_cells_with_issue: usize,
    columns: Vec<Column<'a>>,
    issues: Vec<Finding>,
}

#[derive(Serialize)]
struct Dialect<'a> {
    encoding: Option<&'a str>,
    delimiter: Option<char>,
    decimal_mark: Option<char>,
    /// What parts thousands where they are apart.
    thousands_mark: Option<&'a str>,
    date_order: Option<&'a str>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    name: &'a str,
    used: bool,
    header_rows: u32,
    n_rows: u32,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    sheet: Option<&'a str>,
    column: u32,
    kind: &'static str,
    label: String,
    unit: Option<&'a str>,
    variable: Option<&'a str>,
    timing: String,
    confidence: f64,
    reason: String,
    n_missing: usize,
    levels: &'a [String],
}

#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    code: String,
    sheet: Option<String>,
    row: Option<u32>,
    column: Option<String>,
    found: Option<String>,
    message: String,
    remedy: Option<String>,
}

/// The findings as JSON, schema `prognostim-check/1`.
pub fn json(cohort: &Cohort, lang: Lang) -> String {
    let source = &cohort.source;
    let thousands = cohort
        .issues
        .iter()
        .filter(|issue| issue.code == "thousands-mark");
    let thousands_mark =
        thousands
            .flat_map(|issue| &issue.args)
            .find_map(|(name, arg)| match arg {
                Arg::Text(mark) if name == "mark" => Some(mark.as_str()),
                _ => None,
            });
    let masks = Masks::of(cohort);
    let check = Check {
        schema: "prognostim-check/1",
        file: &source.file,
        sha256: &source.sha256,
        synthetic: source.synthetic,
        dialect: Dialect {
            encoding: source.encoding.as_deref(),
            delimiter: source.delimiter,
            decimal_mark: source.decimal_mark,
            thousands_mark,
            date_order: source.date_order.as_deref(),
        },
        sheets: source
            .sheets
            .iter()
            .map(|(name, used, header_rows, n_rows)| Sheet {
                name,
                used: *used,
                header_rows: *header_rows,
                n_rows: *n_rows,
            })
            .collect(),
        n_rows: cohort.n_rows(),
        n_cells: cohort.n_rows() * n_columns(cohort),
        n_cells_with_issue: n_cells_with_issue(cohort),
        columns: cohort
            .variables
            .iter()
            .map(|variable| column(cohort, variable, lang))
            .collect(),
        issues: cohort
            .issues
            .iter()
            .map(|issue| finding(&masks.masked(issue, lang), lang))
            .collect(),
    };
    serde_json::to_string_pretty(&check).unwrap_or_default()
}

fn column<'a>(cohort: &Cohort, variable: &'a Variable, lang: Lang) -> Column<'a> {
    let reasons: Vec<String> = variable
        .reasons
        .iter()
        .map(|reason| lang.issue(reason))
        .collect();
    Column {
        name: &variable.name,
        sheet: variable.origin.sheet.as_deref(),
        column: variable.origin.column,
        kind: kind_name(variable.kind),
        label: dictionary::label(variable, lang),
        unit: variable.unit.as_deref(),
        variable: variable.concept.as_deref(),
        timing: dictionary::timing(variable.timing, lang),
        confidence: (variable.confidence * 1e3).round() / 1e3,
        reason: reasons.join("; "),
        n_missing: cohort.n_missing(&variable.name),
        levels: &variable.levels,
    }
}

fn finding(issue: &Issue, lang: Lang) -> Finding {
    Finding {
        severity: severity_name(issue.severity),
        code: issue.code.clone(),
        sheet: issue.place.sheet.clone(),
        row: issue.place.row,
        column: issue.place.column.clone(),
        found: issue.found.clone(),
        message: lang.issue(issue),
        remedy: lang.remedy(issue),
    }
}

/// Cells with a warning or an error; those that are only counted ("more cells") count too.
fn n_cells_with_issue(cohort: &Cohort) -> usize {
    let doubts = || {
        cohort
            .issues
            .iter()
            .filter(|issue| issue.severity > Severity::Note)
    };
    let cells: BTreeSet<_> = doubts()
        .filter(|issue| issue.place.row.is_some() && issue.place.column.is_some())
        .map(|issue| &issue.place)
        .collect();
    let more = doubts().filter(|issue| issue.code == "more-cells" && issue.place.column.is_some());
    let n_more: f64 = more
        .flat_map(|issue| &issue.args)
        .filter_map(|(name, arg)| match arg {
            Arg::Number(n) if name == "n" => Some(*n),
            _ => None,
        })
        .sum();
    cells.len() + n_more as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::task::TaskHandle;
    use crate::import::{ImportOptions, read_bytes};

    fn cohort() -> Cohort {
        let file = "patient_id;EVA_lombaire_J0;EVA_lombaire_M12\nSECRET1;72;30,5\nSECRET2;68;<1\nSECRET3;55;20\n\
                    SECRET3;61;NSP\nSECRET4;7,5;41\nSECRET5;80;44\nSECRET6;66;30\nSECRET7;66;31\n";
        let mut cohort = read_bytes(
            "c.csv",
            file.as_bytes(),
            &ImportOptions::default(),
            &TaskHandle::unattended(),
        )
        .unwrap();
        dictionary::annotate(&mut cohort);
        cohort
    }

    #[test]
    fn the_text_names_columns_and_cells_and_no_patient() {
        for lang in Lang::ALL {
            let text = text(&cohort(), lang);
            assert!(
                text.contains("EVA_lombaire_M12") && text.contains("--accept cm-among-mm"),
                "{text}"
            );
            assert!(!text.contains("SECRET") && !text.contains('⟦'), "{text}");
        }
    }

    #[test]
    fn the_json_follows_its_schema() {
        let json: serde_json::Value = serde_json::from_str(&json(&cohort(), Lang::En)).unwrap();
        assert_eq!(json["schema"], "prognostim-check/1");
        assert_eq!(json["n_rows"], 8);
        assert_eq!(json["columns"][1]["variable"], "pain-back");
        let codes: Vec<&str> = json["issues"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|issue| issue["code"].as_str())
            .collect();
        for code in [
            "duplicate-id",
            "censored-value",
            "cm-among-mm",
            "missing-word",
        ] {
            assert!(codes.contains(&code), "{codes:?}");
        }
        assert!(!json.to_string().contains("SECRET"));
        assert_eq!(json["n_cells_with_issue"], 3);
    }
}
