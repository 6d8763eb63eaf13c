//! The table itself, on polars: typed access by variable name, and the Parquet snapshot.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{
    ChunkTake as _, Column, DataFrame, Float64Chunked, IdxCa, IntoSeries as _, NamedFrom as _,
    ParquetReader, ParquetWriter, PlSmallStr, SerReader as _, Series, StringChunked,
};
use serde::{Deserialize, Serialize};

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Account, Kind, RowRef, Variable};

/// Where a cohort comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Encoding of a delimited file (`UTF-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// Delimiter of a delimited file.
    pub delimiter: Option<char>,
    /// Mark around the fields of a delimited file; `None`: quotation marks are text.
    #[serde(default)]
    pub quote: Option<char>,
    /// Decimal mark of its numbers.
    pub decimal_mark: Option<char>,
    /// Order of day and month in its dates: `dmy`, `mdy` or `ymd`.
    pub date_order: Option<String>,
    /// Sheets: name, whether it was used, number of header rows, number of data rows.
    pub sheets: Vec<(String, bool, u32, u32)>,
    /// Whether the source says that it is synthetic.
    pub synthetic: bool,
    /// What became of each filled cell.
    #[serde(default)]
    pub account: Account,
}

/// Patients in rows, variables in columns. Rows keep the order of the source.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Where it comes from.
    pub source: Source,
    /// The columns, in the order of the source.
    pub variables: Vec<Variable>,
    /// What was noticed while it was read and checked.
    pub issues: Vec<Issue>,
    /// Keyed pseudonym of each patient, the same in every export of the same patients; empty where
    /// no key is kept.
    pub row_keys: Arc<Vec<String>>,
    /// Whether the keyed pseudonyms stand for the patients in place of `P001`, `P002` and so on.
    pub keyed: bool,
    /// Patients that a person left out, with the reason; they keep their rows.
    pub excluded: BTreeMap<usize, String>,
    /// Text of each cell that is not what its column is, by variable: row and text. Not saved.
    pub unread: BTreeMap<String, Vec<(u32, String)>>,
    frame: DataFrame,
}

/// The values of a column as a cohort holds them, made apart from it: several columns at the same time.
#[derive(Clone, Debug)]
pub struct Stored(Series);

impl Stored {
    /// Numbers, NaN where missing.
    pub fn numbers(values: impl Iterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.collect();
        let is_whole = !values.iter().any(|x| x.is_nan());
        let validity = (!is_whole).then(|| values.iter().map(|x| !x.is_nan()).collect());
        let values = Float64Chunked::from_vec_validity(PlSmallStr::EMPTY, values, validity);
        Self(values.into_series())
    }

    /// Texts, each kept once, and of each row the position of its text among them. Fails where there is no
    /// such position.
    pub fn texts<'a>(
        kept: impl Iterator<Item = Option<&'a str>>,
        of: &[u32],
    ) -> Result<Self, Failure> {
        let kept: StringChunked = kept.collect();
        let of = IdxCa::from_vec(PlSmallStr::EMPTY, of.to_vec());
        let values = kept
            .take(&of)
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        Ok(Self(values.into_series()))
    }
}

impl Default for Cohort {
    fn default() -> Self {
        Self::new(Source::default(), 0)
    }
}

impl Cohort {
    /// A cohort of `n_rows` patients without columns.
    pub fn new(source: Source, n_rows: usize) -> Self {
        Self {
            source,
            variables: Vec::new(),
            issues: Vec::new(),
            row_keys: Arc::default(),
            keyed: false,
            excluded: BTreeMap::new(),
            unread: BTreeMap::new(),
            frame: DataFrame::empty_with_height(n_rows),
        }
    }

    /// Number of patients.
    pub fn n_rows(&self) -> usize {
        self.frame.height()
    }

    /// The variable of that name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The variable that measures `concept` at `timing`.
    pub fn find(&self, concept: &str, timing: crate::cohort::Timing) -> Option<&Variable> {
        self.variables
            .iter()
            .find(|v| v.concept.as_deref() == Some(concept) && v.timing == timing)
    }

    /// Adds a column of numbers, NaN where missing. Fails if the name is taken or the length differs.
    pub fn push_numbers(&mut self, variable: Variable, values: &[f64]) -> Result<(), Failure> {
        self.push_stored(variable, Stored::numbers(values.iter().copied()))
    }

    /// Adds a column of text: identifiers, levels, ISO dates, free text. Fails if the name is taken or the length differs.
    pub fn push_texts(
        &mut self,
        variable: Variable,
        values: &[Option<String>],
    ) -> Result<(), Failure> {
        let series = Series::new(variable.name.as_str().into(), values);
        self.push(variable, series)
    }

    /// Adds a column. Fails if the name is taken or the length differs.
    pub fn push_stored(&mut self, variable: Variable, values: Stored) -> Result<(), Failure> {
        let series = values.0.with_name(variable.name.as_str().into());
        self.push(variable, series)
    }

    fn push(&mut self, variable: Variable, series: Series) -> Result<(), Failure> {
        if series.len() != self.n_rows() || self.variable(&variable.name).is_some() {
            return Err(Issue::error("column-twice")
                .in_column(&variable.name)
                .into());
        }
        self.frame
            .with_column(Column::from(series))
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        self.variables.push(variable);
        Ok(())
    }

    /// Replaces the values of a numeric column. Fails if there is no such column or the length differs.
    pub fn set_numbers(&mut self, name: &str, values: &[f64]) -> Result<(), Failure> {
        if values.len() != self.n_rows() || self.variable(name).is_none() {
            return Err(unknown_column(name));
        }
        let values: Vec<Option<f64>> = values.iter().map(|x| (!x.is_nan()).then_some(*x)).collect();
        self.frame
            .with_column(Column::from(Series::new(name.into(), values)))
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        Ok(())
    }

    /// Replaces the values of a column of text. Fails if there is no such column or the length differs.
    pub fn set_texts(&mut self, name: &str, values: &[Option<String>]) -> Result<(), Failure> {
        if values.len() != self.n_rows() || self.variable(name).is_none() {
            return Err(unknown_column(name));
        }
        self.frame
            .with_column(Column::from(Series::new(name.into(), values)))
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        Ok(())
    }

    /// Reference to a row, by key where one is kept.
    pub fn row_ref(&self, row: usize) -> RowRef {
        RowRef {
            row,
            key: self.row_keys.get(row).cloned(),
        }
    }

    /// The values of a numeric column, one a patient, NaN where missing.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, Failure> {
        let column = self
            .frame
            .column(name)
            .map_err(|_missing| unknown_column(name))?;
        let values = column
            .f64()
            .map_err(|_other_type| Issue::error("column-not-numeric").in_column(name))?;
        Ok(values.iter().map(|x| x.unwrap_or(f64::NAN)).collect())
    }

    /// The values of a text column without copying them, one a patient, `None` where missing.
    pub fn text_refs(&self, name: &str) -> Result<Vec<Option<&str>>, Failure> {
        let column = self
            .frame
            .column(name)
            .map_err(|_missing| unknown_column(name))?;
        let values = column
            .str()
            .map_err(|_other_type| Issue::error("column-not-text").in_column(name))?;
        Ok(values.iter().collect())
    }

    /// The values of a text column, one a patient, `None` where missing.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<String>>, Failure> {
        let values = self.text_refs(name)?;
        Ok(values.iter().map(|x| x.map(str::to_owned)).collect())
    }

    /// Positions of the values of a binary or categorical column in its levels, `None` where missing.
    pub fn levels(&self, name: &str) -> Result<Vec<Option<usize>>, Failure> {
        let variable = self.variable(name).ok_or_else(|| unknown_column(name))?;
        let texts = self.texts(name)?;
        Ok(texts
            .into_iter()
            .map(|text| text.and_then(|text| variable.levels.iter().position(|l| *l == text)))
            .collect())
    }

    /// The column that names the patients: of the identifiers the first that is a patient's code, not a
    /// name, a birth date or another identifier that the dictionary told apart.
    pub fn id_variable(&self) -> Option<&Variable> {
        let identifiers = || self.variables.iter().filter(|v| v.kind == Kind::Identifier);
        identifiers()
            .find(|v| v.concept.as_deref() == Some("patient-id"))
            .or_else(|| identifiers().find(|v| v.concept.is_none()))
    }

    /// Identifier of each patient: the identifier column, else the row number from 1.
    pub fn ids(&self) -> Vec<String> {
        let known = self.known_ids();
        let ids = known.into_iter().enumerate();
        ids.map(|(row, id)| id.unwrap_or_else(|| (row + 1).to_string()))
            .collect()
    }

    /// Identifier of each patient as written; `None` where there is none.
    pub fn known_ids(&self) -> Vec<Option<String>> {
        let column = self.id_variable().map(|variable| variable.name.as_str());
        let id = |row| {
            Some(match self.cell(row, column?)? {
                Cell::Text(text) => text,
                Cell::Number(number) => number.to_string(),
            })
        };
        (0..self.n_rows()).map(id).collect()
    }

    /// Pseudonym of each patient: the keyed one where the study asks for it and every patient has one,
    /// else by row order ([`Self::row_pseudonyms`]).
    pub fn pseudonyms(&self) -> Vec<String> {
        if self.keyed && self.row_keys.len() == self.n_rows() {
            self.row_keys.to_vec()
        } else {
            self.row_pseudonyms()
        }
    }

    /// Pseudonym of each patient by row order: `P001`, `P002` and so on, as wide as the count needs and
    /// at least three digits. A snapshot keeps the rows, so its patients keep their pseudonyms.
    pub fn row_pseudonyms(&self) -> Vec<String> {
        let n_digits = self.n_rows().to_string().len().max(3);
        (1..=self.n_rows())
            .map(|number| format!("P{number:0n_digits$}"))
            .collect()
    }

    /// Number of missing values of a column; all of them where there is no such column.
    pub fn n_missing(&self, name: &str) -> usize {
        self.frame
            .column(name)
            .map_or(self.n_rows(), Column::null_count)
    }

    /// The value of one cell: a number as it is, text as written; `None` where missing
    /// or where there is no such patient or column.
    pub fn cell(&self, row: usize, name: &str) -> Option<Cell> {
        if row >= self.n_rows() {
            return None;
        }
        let column = self.frame.column(name).ok()?;
        if let Ok(numbers) = column.f64() {
            return numbers.get(row).map(Cell::Number);
        }
        column
            .str()
            .ok()?
            .get(row)
            .map(|text| Cell::Text(text.to_owned()))
    }

    /// Whether a column is the same one in memory as in another state of this cohort: then nothing in it
    /// was changed. A quick test; equal values that were written anew are not the same.
    pub fn shares_column(&self, other: &Self, name: &str) -> bool {
        match (self.frame.column(name), other.frame.column(name)) {
            (Ok(a), Ok(b)) => {
                Arc::ptr_eq(&a.as_materialized_series().0, &b.as_materialized_series().0)
            }
            _ => false,
        }
    }

    /// The columns as a Parquet file.
    pub fn to_parquet(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .finish(&mut self.frame.clone())
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        Ok(bytes)
    }

    /// A cohort from the parts that a study file keeps. Fails if the bytes are no Parquet file or do not hold every variable.
    pub fn from_parquet(
        source: Source,
        variables: Vec<Variable>,
        issues: Vec<Issue>,
        bytes: &[u8],
    ) -> Result<Self, Failure> {
        let frame = ParquetReader::new(Cursor::new(bytes.to_vec()))
            .finish()
            .map_err(|error| Issue::error("snapshot-damaged").with("detail", error.to_string()))?;
        for variable in &variables {
            if frame.column(&variable.name).is_err() {
                return Err(unknown_column(&variable.name));
            }
        }
        Ok(Self {
            source,
            variables,
            issues,
            row_keys: Arc::default(),
            keyed: false,
            excluded: BTreeMap::new(),
            unread: BTreeMap::new(),
            frame,
        })
    }
}

/// The value of one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// Text as written.
    Text(String),
}

fn unknown_column(name: &str) -> Failure {
    Issue::error("unknown-column").in_column(name).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Origin;

    #[test]
    fn a_cohort_survives_its_parquet_snapshot() {
        let mut cohort = Cohort::new(Source::default(), 3);
        let age = Variable::new("age", Kind::Numeric, Origin::default());
        cohort
            .push_numbers(age, &[54.0, f64::NAN, 61.5])
            .expect("a new column");
        let mut sex = Variable::new("sex", Kind::Binary, Origin::default());
        sex.levels = vec!["F".to_owned(), "M".to_owned()];
        let texts = [Some("M".to_owned()), Some("F".to_owned()), None];
        cohort.push_texts(sex, &texts).expect("a new column");
        let bytes = cohort.to_parquet().expect("a snapshot");
        let back = Cohort::from_parquet(
            cohort.source.clone(),
            cohort.variables.clone(),
            Vec::new(),
            &bytes,
        )
        .expect("the snapshot is whole");
        assert_eq!(back.n_missing("age"), 1);
        assert_eq!(back.numbers("age").expect("a number")[2], 61.5);
        assert_eq!(
            back.levels("sex").expect("levels"),
            [Some(1), Some(0), None]
        );
        assert_eq!(back.ids(), ["1", "2", "3"]);
    }

    #[test]
    fn a_cell_beyond_the_cohort_is_none() {
        let mut cohort = Cohort::new(Source::default(), 2);
        let age = Variable::new("age", Kind::Numeric, Origin::default());
        cohort
            .push_numbers(age, &[54.0, f64::NAN])
            .expect("a new column");
        let note = Variable::new("note", Kind::Text, Origin::default());
        cohort
            .push_texts(note, &[None, Some("x".to_owned())])
            .expect("a new column");
        assert_eq!(cohort.cell(0, "age"), Some(Cell::Number(54.0)));
        assert_eq!(cohort.cell(1, "note"), Some(Cell::Text("x".to_owned())));
        for (row, name) in [(2, "age"), (usize::MAX, "note"), (1, "age"), (0, "gone")] {
            assert_eq!(cohort.cell(row, name), None, "{row} {name}");
        }
    }

    #[test]
    fn pseudonyms_follow_the_rows_and_are_of_one_width() {
        let few = Cohort::new(Source::default(), 2);
        assert_eq!(few.pseudonyms(), ["P001", "P002"]);
        let many = Cohort::new(Source::default(), 1000).pseudonyms();
        assert_eq!(many[0], "P0001");
        assert_eq!(many[999], "P1000");
    }

    #[test]
    fn a_column_can_not_be_added_twice() {
        let mut cohort = Cohort::new(Source::default(), 1);
        let age = Variable::new("age", Kind::Numeric, Origin::default());
        cohort
            .push_numbers(age.clone(), &[1.0])
            .expect("a new column");
        assert!(cohort.push_numbers(age, &[1.0]).is_err());
    }
}
