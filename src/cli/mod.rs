//! The same core without a window.

pub mod check;
