//! Patients: everyone ranked by chance, and one of them for the meeting.

mod list;
pub mod meeting;
pub mod model;
mod movement;
pub mod ui;
mod what_if;

pub use meeting::MeetingPage;
pub use model::PatientRows;
pub use ui::{View, ui};
