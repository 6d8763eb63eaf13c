//! Patients: everyone ranked by chance, and one of them for the meeting.

mod candidate;
mod decided;
mod list;
pub mod meeting;
pub mod model;
mod movement;
pub mod ui;
mod what_if;

pub use model::PatientRows;
pub use ui::{View, ui};

use crate::app::pages::Cx;

/// Who is shown on the patients page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// The list.
    #[default]
    List,
    /// The patient at this position among those of the models.
    Member(usize),
    /// The candidate of this code.
    Candidate(String),
}

impl Open {
    /// Whom a pseudonym or a code means; `None` where there is nobody of the kind.
    pub fn of_id(cx: &Cx<'_>, id: &str) -> Option<Self> {
        if cx.session.study.meeting.candidate(id).is_some() {
            return Some(Self::Candidate(id.to_owned()));
        }
        let analysis = cx.session.analysis.as_ref()?;
        let patients = &analysis.models.get(cx.session.model)?.patients;
        let patient = patients.iter().position(|patient| patient.id == id)?;
        Some(Self::Member(patient))
    }

    /// Pseudonym or code; `None` for the list.
    pub fn id(&self, cx: &Cx<'_>) -> Option<String> {
        match self {
            Self::List => None,
            Self::Member(patient) => {
                let analysis = cx.session.analysis.as_ref()?;
                let patients = &analysis.models.get(cx.session.model)?.patients;
                Some(patients.get(*patient)?.id.clone())
            }
            Self::Candidate(code) => Some(code.clone()),
        }
    }
}
