//! Codebooks of the sample cohorts: one row a column, in the language of the file.

use crate::base::text::Lang;
use crate::cohort::{Kind, Timing};
use crate::simulate::columns::{Column, patient_columns, visit_columns};
use crate::simulate::course::VISIT_MONTHS;
use crate::simulate::measure::NO_YES;

/// Headers of a codebook.
pub(super) fn headers(lang: Lang) -> [&'static str; 8] {
    match lang {
        Lang::En => [
            "variable", "label", "type", "unit", "levels", "minimum", "maximum", "moment",
        ],
        Lang::Fr => [
            "variable",
            "libellé",
            "type",
            "unité",
            "modalités",
            "minimum",
            "maximum",
            "moment",
        ],
    }
}

/// One row of a codebook.
pub(super) fn row(column: &Column, lang: Lang) -> [String; 8] {
    let own = |pair: &(String, String)| match lang {
        Lang::En => pair.0.clone(),
        Lang::Fr => pair.1.clone(),
    };
    let levels: Vec<&str> = column
        .levels
        .iter()
        .map(|level| match lang {
            Lang::En => level.0,
            Lang::Fr => level.1,
        })
        .collect();
    let end = |value: Option<f64>| value.map(|x| x.to_string()).unwrap_or_default();
    let unit = match (lang, column.unit) {
        (Lang::Fr, "years") => "années",
        (Lang::Fr, "mg/d") => "mg/j",
        (_, unit) => unit,
    };
    [
        own(&column.header),
        own(&column.label),
        kind(column, lang).to_owned(),
        unit.to_owned(),
        levels.join(" | "),
        end(column.range.map(|range| range.0)),
        end(column.range.map(|range| range.1)),
        moment(column, lang),
    ]
}

/// Columns of the visits sheet beside identifier and visit: those of a visit without its month.
pub(super) fn visit_sheet_columns() -> Vec<Column> {
    let mut columns = visit_columns(true);
    columns.truncate(columns.len() / VISIT_MONTHS.len());
    let cut = |text: &mut String, mark: &str| {
        if let Some(end) = text.rfind(mark) {
            text.truncate(end);
        }
    };
    for column in &mut columns {
        cut(&mut column.header.0, "_M");
        cut(&mut column.label.0, ", ");
    }
    columns
}

/// The codebook of the workbook: the sheet, then the usual row.
pub(super) fn of_workbook() -> Vec<Vec<String>> {
    let lang = Lang::En;
    let with_sheet = |sheet: &str, row: [String; 8]| {
        let mut cells = vec![sheet.to_owned()];
        cells.extend(row);
        cells
    };
    let mut rows = vec![with_sheet("sheet", headers(lang).map(str::to_owned))];
    let patients = patient_columns();
    rows.extend(
        patients
            .iter()
            .map(|column| with_sheet("patients", row(column, lang))),
    );
    let mut words = |name: &str, label: &str, kind: &str, levels: &str| {
        let cells = [name, label, kind, "", levels, "", "", ""];
        rows.push(with_sheet("visits", cells.map(str::to_owned)));
    };
    words(
        "patient_id",
        "Synthetic identifier, as in patients",
        "identifier",
        "",
    );
    words(
        "visit",
        "Visit: months after the implant",
        "category",
        "M1 | M3 | M6 | M12",
    );
    for column in visit_sheet_columns() {
        let mut cells = row(&column, lang);
        "each visit".clone_into(&mut cells[7]);
        rows.push(with_sheet("visits", cells));
    }
    rows
}

fn kind(column: &Column, lang: Lang) -> &'static str {
    let (english, french) = match column.kind {
        Kind::Identifier => ("identifier", "identifiant"),
        Kind::Numeric => ("number", "nombre"),
        Kind::Binary if column.levels == NO_YES => ("yes or no", "oui ou non"),
        Kind::Binary | Kind::Categorical => ("category", "catégorie"),
        Kind::Date => ("date", "date"),
        Kind::Text => ("text", "texte"),
    };
    match lang {
        Lang::En => english,
        Lang::Fr => french,
    }
}

fn moment(column: &Column, lang: Lang) -> String {
    let (english, french) = match column.timing {
        Timing::Baseline => ("before the trial".to_owned(), "avant le test".to_owned()),
        Timing::Trial => ("trial".to_owned(), "test".to_owned()),
        Timing::After(0) if column.concept.starts_with("explant") => (
            "after the implant".to_owned(),
            "après l’implantation".to_owned(),
        ),
        Timing::After(0) => ("implant".to_owned(), "implantation".to_owned()),
        Timing::After(1) => ("1 month".to_owned(), "1 mois".to_owned()),
        Timing::After(month) => (format!("{month} months"), format!("{month} mois")),
        Timing::Unknown => (String::new(), String::new()),
    };
    match lang {
        Lang::En => english,
        Lang::Fr => french,
    }
}
