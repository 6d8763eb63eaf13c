//! Analysis to HTML and JSON.
