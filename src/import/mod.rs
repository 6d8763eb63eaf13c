//! From a file to a cohort and its issues: the only reader of cohort files.
