//! Importance, contributions, range check.
