//! The sample cohorts as files, made anew from their seeds and the same to the byte every time.

use std::collections::BTreeSet;

use encoding_rs::WINDOWS_1252;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::base::seed::{Rng, Stream};
use crate::base::text::Lang;
use crate::simulate::columns::{
    self, Column, Content, Value, civil, iso_date, patient_columns, visit_columns,
};
use crate::simulate::course::{Patient, VISIT_MONTHS};
use crate::simulate::{Scenario, Simulated, codebook, simulate};

/// Names of the sample cohorts: `single-centre-fr`, `multicentre`, `registry`.
pub const SAMPLES: [&str; 3] = ["single-centre-fr", "multicentre", "registry"];

/// Seed of all sample cohorts: the first with which the small file has three or so forms in cm and
/// an explant, and the event rate and the AUC of the true chance are near those of the long run.
const SEED: u64 = 63;

/// A sample cohort as a file.
pub struct SampleFile {
    /// File name (`multicentre.xlsx`).
    pub file: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The sample cohort of that name, made anew from its fixed seed; `None` for an unknown name.
pub fn sample(name: &str) -> Option<SampleFile> {
    let truth = simulated(name)?;
    let patients = &truth.patients;
    let (file, bytes) = match name {
        "single-centre-fr" => ("single-centre-fr.csv", french_csv(patients)?),
        "multicentre" => ("multicentre.xlsx", workbook(patients).ok()?),
        "registry" => ("registry.csv", registry_csv(patients)?),
        _ => return None,
    };
    Some(SampleFile { file, bytes })
}

/// The data dictionary of the sample cohort of that name, as UTF-8 csv; `None` for an unknown name.
pub fn data_dictionary(name: &str) -> Option<SampleFile> {
    let rows = |lang: Lang, columns: &[Column]| {
        let mut rows = vec![codebook::headers(lang).map(str::to_owned).to_vec()];
        rows.extend(columns.iter().map(|c| codebook::row(c, lang).to_vec()));
        rows
    };
    let (file, rows) = match name {
        "single-centre-fr" => (
            "single-centre-fr.dictionary.csv",
            rows(Lang::Fr, &french_columns()),
        ),
        "multicentre" => ("multicentre.dictionary.csv", codebook::of_workbook()),
        "registry" => ("registry.dictionary.csv", rows(Lang::En, &wide_columns())),
        _ => return None,
    };
    let bytes = delimited(b',', "", rows)?;
    Some(SampleFile { file, bytes })
}

/// The patients of the sample cohort of that name and their truth; `None` for an unknown name.
pub fn simulated(name: &str) -> Option<Simulated> {
    let scenario = match name {
        "single-centre-fr" => Scenario::raw(120).in_centres(1),
        "multicentre" => Scenario::raw(420),
        "registry" => Scenario::clinical(20_000).in_centres(24),
        _ => return None,
    };
    Some(simulate(&scenario, stream(name)))
}

fn stream(name: &str) -> Stream {
    Stream::new(SEED).named("sample").named(name)
}

fn wide_columns() -> Vec<Column> {
    let mut columns = patient_columns();
    columns.extend(visit_columns(false));
    columns
}

/// As a hospital writes it: no centre, baseline scores with the visit `_J0`.
fn french_columns() -> Vec<Column> {
    let mut columns = wide_columns();
    columns.retain(|column| column.content != Content::Centre);
    for column in &mut columns {
        let is_score = matches!(column.content, Content::Baseline(10..=19));
        if is_score {
            column.header.1.push_str("_J0");
        }
    }
    columns
}

fn registry_csv(patients: &[Patient]) -> Option<Vec<u8>> {
    let columns = wide_columns();
    let headers = columns.iter().map(|column| column.header.0.clone());
    let mut lines = vec![headers.collect::<Vec<_>>()];
    for patient in patients {
        let cell = |column: &Column| match column.content.of(patient) {
            Value::Missing => String::new(),
            Value::Number(x) => x.to_string(),
            Value::Level(level) => column.levels[level].0.to_owned(),
            Value::Day(day) => iso_date(day),
            Value::Text(text) => text,
        };
        lines.push(columns.iter().map(cell).collect());
    }
    delimited(b',', "# synthetic data - not for clinical use", lines)
}

/// Semicolons, decimal commas, `jj/mm/aaaa`, Windows-1252, line ends of Windows, and `NSP` (ne
/// sait pas) for a third of what was asked and not answered.
fn french_csv(patients: &[Patient]) -> Option<Vec<u8>> {
    let columns = french_columns();
    let headers = columns.iter().map(|column| column.header.1.clone());
    let mut lines = vec![headers.collect::<Vec<_>>()];
    for (row, patient) in patients.iter().enumerate() {
        let mut rng = stream("single-centre-fr").named("words").at(row).rng();
        let cells = columns.iter();
        lines.push(cells.map(|c| french_cell(c, patient, &mut rng)).collect());
    }
    let first_line = "# Données synthétiques, ne pas utiliser en clinique";
    let text = String::from_utf8(delimited(b';', first_line, lines)?).ok()?;
    let (bytes, _, _) = WINDOWS_1252.encode(&text);
    Some(bytes.into_owned())
}

fn french_cell(column: &Column, patient: &Patient, rng: &mut Rng) -> String {
    let says_unknown = rng.uniform() < 1.0 / 3.0;
    match column.content.of(patient) {
        Value::Missing if says_unknown && is_asked(column.content, patient) => "NSP".to_owned(),
        Value::Missing => String::new(),
        Value::Number(x) => x.to_string().replace('.', ","),
        Value::Level(level) => column.levels[level].1.to_owned(),
        Value::Day(day) => {
            let (year, month, day) = civil(day);
            format!("{day:02}/{month:02}/{year}")
        }
        Value::Text(text) => text,
    }
}

/// Whether the question was put: at baseline, and at a visit that took place.
fn is_asked(content: Content, patient: &Patient) -> bool {
    match content {
        Content::Baseline(_) => true,
        Content::Score(visit, _) => patient.visits[visit].day.is_some(),
        _ => false,
    }
}

/// Delimited lines under a first line of words, where there is one.
fn delimited(delimiter: u8, first_line: &str, lines: Vec<Vec<String>>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if !first_line.is_empty() {
        bytes.extend_from_slice(first_line.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(bytes);
    for line in lines {
        writer.write_record(&line).ok()?;
    }
    writer.into_inner().ok()
}

/// Four sheets: what it is, one row a patient, one row a visit, what the columns mean.
fn workbook(patients: &[Patient]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed date of creation: the same bytes on every run.
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Synthetic multicentre cohort of spinal cord stimulation")
            .set_author("Prognostim")
            .set_comment("Synthetic, not for clinical use")
            .set_creation_datetime(&created),
    );
    read_me_sheet(workbook.add_worksheet())?;
    patients_sheet(workbook.add_worksheet(), patients)?;
    visits_sheet(workbook.add_worksheet(), patients)?;
    codebook_sheet(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn read_me_sheet(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("read-me")?;
    sheet.set_column_width(0, 100)?;
    let bold = Format::new().set_bold();
    sheet.write_with_format(0, 0, "Synthetic, not for clinical use", &bold)?;
    let lines = [
        "Simulated by Prognostim from published marginals and a known true model; no row is a real person.",
        "Patients offered a lead trial of spinal cord stimulation for persistent spinal pain (PSPS-T2) in five centres.",
        "Sheet patients: one row a patient, baseline, trial, implant, explant.",
        "Sheet visits: one row a visit, 1, 3, 6 and 12 months after the implant (M1, M3, M6, M12).",
        "Sheet codebook: what each column means.",
        "Pain scores are in mm (0 to 100). Some were written in cm, and some patients stand twice, as in real files.",
        "An empty cell is a missing value.",
    ];
    for (row, line) in lines.into_iter().enumerate() {
        sheet.write(row as u32 + 2, 0, line)?;
    }
    Ok(())
}

fn patients_sheet(sheet: &mut Worksheet, patients: &[Patient]) -> Result<(), XlsxError> {
    sheet.set_name("patients")?;
    let columns = patient_columns();
    write_headers(sheet, columns.iter().map(|column| column.header.0.as_str()))?;
    for (row, patient) in patients.iter().enumerate() {
        for (index, column) in columns.iter().enumerate() {
            write_cell(sheet, (row as u32 + 1, index as u16), column, patient)?;
        }
    }
    Ok(())
}

fn visits_sheet(sheet: &mut Worksheet, patients: &[Patient]) -> Result<(), XlsxError> {
    sheet.set_name("visits")?;
    let headers = codebook::visit_sheet_columns();
    let names = headers.iter().map(|column| column.header.0.as_str());
    write_headers(sheet, ["patient_id", "visit"].into_iter().chain(names))?;
    let mut written = BTreeSet::new();
    let mut row = 0;
    let of_all_visits = visit_columns(true);
    for patient in patients {
        if !written.insert(patient.number) {
            continue;
        }
        for (visit, columns) in of_all_visits.chunks(headers.len()).enumerate() {
            if patient.visits[visit].day.is_none() {
                continue;
            }
            row += 1;
            sheet.write(row, 0, columns::id(patient.number))?;
            sheet.write(row, 1, format!("M{}", VISIT_MONTHS[visit]))?;
            for (index, column) in columns.iter().enumerate() {
                write_cell(sheet, (row, index as u16 + 2), column, patient)?;
            }
        }
    }
    Ok(())
}

fn codebook_sheet(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("codebook")?;
    for (row, cells) in codebook::of_workbook().into_iter().enumerate() {
        if row == 0 {
            write_headers(sheet, cells.iter().map(String::as_str))?;
            continue;
        }
        for (index, text) in cells.into_iter().enumerate() {
            let (row, index) = (row as u32, index as u16);
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, index, number)?,
                Err(_) if text.is_empty() => continue,
                Err(_) => sheet.write(row, index, text)?,
            };
        }
    }
    for (index, width) in [(1, 22), (2, 46), (5, 32), (8, 18)] {
        sheet.set_column_width(index, width)?;
    }
    Ok(())
}

fn write_headers<'a>(
    sheet: &mut Worksheet,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (index, name) in names.enumerate() {
        sheet.write_with_format(0, index as u16, name, &bold)?;
        sheet.set_column_width(index as u16, name.len().max(9) as f64 + 2.0)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, index): (u32, u16),
    column: &Column,
    patient: &Patient,
) -> Result<(), XlsxError> {
    match column.content.of(patient) {
        Value::Missing => return Ok(()),
        Value::Number(x) => sheet.write(row, index, x)?,
        Value::Level(level) => sheet.write(row, index, column.levels[level].0)?,
        Value::Day(day) => {
            // Excel counts days from 30 December 1899.
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(row, index, f64::from(day + 25_569), &format)?
        }
        Value::Text(text) => sheet.write(row, index, text)?,
    };
    Ok(())
}
