//! Recipe and plan to validated performance.
