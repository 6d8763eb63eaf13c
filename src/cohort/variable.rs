//! What a column is: kind, unit, meaning, moment, and its place in the source.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::issue::{Issue, Place};

/// How the values of a column are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Names a patient; never a predictor, masked in what the program writes.
    Identifier,
    /// A quantity.
    Numeric,
    /// Two levels, the second one being the "yes".
    Binary,
    /// Three levels or more.
    Categorical,
    /// A calendar date.
    Date,
    /// Free text; never a predictor.
    Text,
}

/// When a variable is measured, as seen from the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Timing {
    /// Before the trial.
    Baseline,
    /// At the lead trial.
    Trial,
    /// So many months after implantation.
    After(u16),
    /// Not known: enters a model only when named by the user.
    #[default]
    Unknown,
}

/// The part of the patient that a variable describes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// Age, sex, education, work.
    Person,
    /// History of the pain and of its treatment.
    History,
    /// Pain intensity, location, surface, quality.
    Pain,
    /// Disability and function.
    Disability,
    /// Anxiety, depression, catastrophising.
    Distress,
    /// Health-related quality of life.
    QualityOfLife,
    /// Medication.
    Treatment,
    /// Trial, implant, explant, follow-up.
    Course,
    /// Not in the dictionary.
    #[default]
    Other,
}

impl Domain {
    /// Name in `results.json`; the message is `domain-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::History => "history",
            Self::Pain => "pain",
            Self::Disability => "disability",
            Self::Distress => "distress",
            Self::QualityOfLife => "quality-of-life",
            Self::Treatment => "treatment",
            Self::Course => "course",
            Self::Other => "other",
        }
    }
}

/// Where a column stood in the source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Sheet; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Header as written.
    pub header: String,
    /// Position of the column, 1-based.
    pub column: u32,
    /// Row of each patient's cell, 1-based as the spreadsheet shows it; 0 where there is none.
    /// Shared by all columns of a sheet (and visit); a study file stores them once, beside the variables.
    #[serde(skip)]
    pub rows: Arc<Vec<u32>>,
}

/// One column of a cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Name in the program: the header, with the visit appended where visits were joined (`vas_back_M12`).
    pub name: String,
    /// Words for people; from a codebook or the dictionary, else the name.
    pub label: String,
    /// How values are read.
    pub kind: Kind,
    /// Levels as written, sorted, the "yes" level last where it is known; empty unless binary or categorical.
    pub levels: Vec<String>,
    /// Unit, as text.
    pub unit: Option<String>,
    /// The dictionary's name of the measure, the same at every visit (`pain-back`).
    pub concept: Option<String>,
    /// When it is measured.
    pub timing: Timing,
    /// What it describes.
    pub domain: Domain,
    /// Plausible range, both ends included.
    pub range: Option<(f64, f64)>,
    /// How sure the reading of kind and meaning is, in [0, 1].
    pub confidence: f64,
    /// Why it is read so.
    pub reasons: Vec<Issue>,
    /// Whether a person said what it means: measure and moment are then kept as they are.
    #[serde(default)]
    pub meaning_set: bool,
    /// Whether a person said its unit.
    #[serde(default)]
    pub unit_set: bool,
    /// Whether a person said how its values are read.
    #[serde(default)]
    pub kind_set: bool,
    /// How it is computed from others; `None` for a column of the source.
    #[serde(default)]
    pub derived: Option<Derived>,
    /// Where it stood.
    pub origin: Origin,
}

/// How a variable is computed from others, patient by patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// The formula, as written.
    pub formula: String,
    /// Names of the variables in it.
    pub parts: Vec<String>,
}

impl Variable {
    /// A column as the import sees it: no meaning yet.
    pub fn new(name: &str, kind: Kind, origin: Origin) -> Self {
        Self {
            name: name.to_owned(),
            label: name.to_owned(),
            kind,
            levels: Vec::new(),
            unit: None,
            concept: None,
            timing: Timing::Unknown,
            domain: Domain::Other,
            range: None,
            confidence: 1.0,
            reasons: Vec::new(),
            meaning_set: false,
            unit_set: false,
            kind_set: false,
            derived: None,
            origin,
        }
    }

    /// Whether it may be offered as a predictor at all.
    pub fn is_candidate(&self) -> bool {
        matches!(self.kind, Kind::Numeric | Kind::Binary | Kind::Categorical)
    }

    /// Place of one patient's cell.
    pub fn place(&self, row: usize) -> Place {
        Place {
            sheet: self.origin.sheet.clone(),
            row: self.origin.rows.get(row).copied().filter(|&r| r > 0),
            column: Some(self.origin.header.clone()),
            position: Some(self.origin.column).filter(|&column| column > 0),
        }
    }
}
