//! The cohort as it was understood, for other programs.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Kind, Variable};
use crate::dictionary::is_computed;
use crate::review::Ids;
use crate::review::private::{Private, reads_like_levels};
use crate::review::tsv::harmless;

/// A cohort in bytes, and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// UTF-8, comma, decimal point, ISO dates, empty for missing, one line a patient.
    pub csv: Vec<u8>,
    /// Columns that may name a patient.
    pub left_out: Vec<String>,
    /// Patients whom a person left out.
    pub n_excluded: usize,
}

/// Writes the cohort. With pseudonyms, further identifiers, birth dates and free text are left out, which may name
/// patients (short texts that repeat are none); patients whom a person left out are left out always. Text that a spreadsheet would run as a formula
/// gets an apostrophe before it; numbers do not, so that -0.2 stays a number. Computed columns are no part of the
/// source and are left out.
pub fn export(cohort: &Cohort, ids: Ids) -> Result<Exported, Failure> {
    let failed = |error: csv::Error| {
        Failure::from(Issue::error("internal").with("detail", error.to_string()))
    };
    let names = ids.of(cohort);
    let mut left_out = Vec::new();
    let mut columns: Vec<Column<'_>> = Vec::new();
    let private = Private::of(cohort);
    let mut has_identifier = false;
    for variable in cohort.variables.iter().filter(|v| !is_computed(v)) {
        let is_first = private.is_identifier(variable) && !has_identifier;
        has_identifier |= is_first;
        let is_level = variable.kind == Kind::Text
            && !private.is_identifier(variable)
            && reads_like_levels(cohort, variable);
        let is_private = private.may_name(variable) && !is_level;
        if ids == Ids::Original || !is_private {
            columns.push(Column::of(cohort, variable)?);
        } else if is_first {
            let values = names.iter().map(|name| Some(name.as_str()));
            columns.push(Column::Texts(variable, values.collect()));
        } else {
            left_out.push(variable.name.clone());
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = columns
        .iter()
        .map(|column| harmless(&column.variable().name));
    writer.write_record(head).map_err(failed)?;
    for row in (0..cohort.n_rows()).filter(|row| !cohort.excluded.contains_key(row)) {
        for column in &columns {
            writer.write_field(column.text(row)).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    let csv = writer.into_inner().map_err(|error| {
        Failure::from(Issue::error("internal").with("detail", error.to_string()))
    })?;
    Ok(Exported {
        csv,
        left_out,
        n_excluded: cohort.excluded.len(),
    })
}

enum Column<'a> {
    Numbers(&'a Variable, Vec<f64>),
    Texts(&'a Variable, Vec<Option<&'a str>>),
}

impl<'a> Column<'a> {
    fn of(cohort: &'a Cohort, variable: &'a Variable) -> Result<Self, Failure> {
        Ok(match cohort.numbers(&variable.name) {
            Ok(numbers) => Self::Numbers(variable, numbers),
            Err(_not_numbers) => Self::Texts(variable, cohort.text_refs(&variable.name)?),
        })
    }

    fn variable(&self) -> &Variable {
        match self {
            Self::Numbers(variable, _) | Self::Texts(variable, _) => variable,
        }
    }

    fn text(&self, row: usize) -> String {
        match self {
            Self::Numbers(_, values) => {
                let value = values.get(row).copied().filter(|x| !x.is_nan());
                value.map(|x| x.to_string()).unwrap_or_default()
            }
            Self::Texts(_, values) => {
                let text = values.get(row).copied().flatten().unwrap_or_default();
                // A level such as -1 is a number to whoever reads it.
                if text.parse::<f64>().is_ok() {
                    text.to_owned()
                } else {
                    harmless(text)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::tests::of;

    const FILE: &str = "id;nom;date_naissance;sexe;eq5d;date_implantation;remarque\n\
        0012;Martin;01/05/1970;F;-0,2;01/02/2023;vu par Mme X, tel 06\n\
        0013;Durand;02/05/1971;H;0,8;02/02/2023;=cmd()\n\
        0014;Petit;03/05/1972;H;;13/02/2023;rien\n";

    fn text(ids: Ids) -> (String, Exported) {
        let exported = export(&of(FILE), ids).unwrap();
        (String::from_utf8(exported.csv.clone()).unwrap(), exported)
    }

    #[test]
    fn the_cohort_is_written_in_one_plain_form_without_names() {
        let (text, exported) = text(Ids::Pseudonyms);
        let expected = "id,sexe,eq5d,date_implantation\n\
            P001,F,-0.2,2023-02-01\nP002,H,0.8,2023-02-02\nP003,H,,2023-02-13\n";
        assert_eq!(text, expected);
        assert_eq!(exported.left_out, ["nom", "date_naissance", "remarque"]);
    }

    #[test]
    fn with_identifiers_every_column_is_there_and_no_text_is_a_formula() {
        let (text, exported) = text(Ids::Original);
        assert!(exported.left_out.is_empty());
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some("id,nom,date_naissance,sexe,eq5d,date_implantation,remarque")
        );
        assert_eq!(
            lines.next(),
            Some("0012,Martin,1970-05-01,F,-0.2,2023-02-01,\"vu par Mme X, tel 06\"")
        );
        assert!(text.contains(",'=cmd()\n"));
    }

    #[test]
    fn a_patient_who_was_left_out_is_not_written_and_the_others_keep_their_names() {
        let mut cohort = of(FILE);
        cohort.excluded.insert(0, "withdrew".to_owned());
        let exported = export(&cohort, Ids::Pseudonyms).unwrap();
        let text = String::from_utf8(exported.csv).unwrap();
        assert!(!text.contains("P001") && text.contains("P002"));
        assert_eq!(exported.n_excluded, 1);
    }
}
