//! Patients: everyone ranked by chance, and one of them for the meeting.

mod meeting;
mod model;
mod ui;

pub use meeting::MeetingPage;
pub use model::PatientRows;
pub use ui::{View, ui};
