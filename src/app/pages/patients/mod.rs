//! Patients: everyone ranked by chance, and one of them for the meeting.

pub mod meeting;
pub mod model;
pub mod ui;

pub use meeting::MeetingPage;
pub use model::PatientRows;
pub use ui::{View, ui};
