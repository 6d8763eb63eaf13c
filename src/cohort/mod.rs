//! A cohort: one row a patient, typed columns, and where each came from.
//!
//! The columns live in a polars data frame; what they mean stands in [`Variable`]. A cohort is
//! never written back to its source. This room reads no files and decides nothing clinical.

mod account;
mod derive;
mod edit;
mod expression;
mod frame;
pub mod header;
mod limit;
mod mask;
mod replay;
mod variable;
mod written;

pub use account::Account;
pub use derive::derive;
pub use edit::{CellChange, Change, Conflict, ConflictKind, Edit, Replayed, RowRef};
pub use expression::{Asked, day_number, variable_named};
pub use frame::{Cell, Cohort, Source, Stored};
pub use limit::Limited;
pub use mask::{MASK, masked, masked_issues, private_headers, quoting_nothing};
pub use replay::replay;
pub use variable::{Derived, Domain, Kind, Origin, Timing, Variable};
pub use written::{cell_from_text, cell_text, read_date, read_number};
