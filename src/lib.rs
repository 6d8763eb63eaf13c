//! Prognostim predicts the outcome of spinal cord stimulation from a centre's own cohort.
//!
//! The rooms, lowest first; a room may use only those that its line names (`tests/tidy.rs` holds
//! the table). Data flows down, knowledge flows up.
//!
//! ```text
//! base        numbers, seeds, tasks, issues, words; no domain word
//! formula     rules in one line over the values of a patient             -> base
//! solve       penalised logistic regression, given a matrix              -> base
//! cohort      one row a patient, typed columns                           -> formula base
//! import      file -> cohort and issues; the only reader of cohort files -> cohort base
//! dictionary  instruments, synonyms, units, plausible ranges             -> cohort base
//! review      findings by rule and what was done about them, queries     -> dictionary cohort formula base
//! outcome     what a responder is, who is excluded                       -> dictionary cohort base
//! simulate    synthetic cohorts with a known truth                       -> outcome dictionary cohort base
//! design      predictors -> matrix, learnt on training rows only         -> solve outcome cohort base
//! impute      plausible values for gaps, learnt on training rows only    -> solve design cohort base
//! learn       logistic regression, forest, challengers: see matrix and y -> solve base
//! recipe      design, imputation and learner as one thing that is fitted -> learn impute solve design outcome cohort base
//! validate    recipe x plan -> validated performance                     -> recipe learn solve design outcome cohort base
//! explain     importance, contributions, range check                     -> validate recipe learn solve design outcome cohort base
//! stratify    strata of chance                                           -> validate recipe learn design outcome cohort base
//! analysis    the whole path, from cohort and settings to results        -> everything above but import simulate
//! figure      axes, marks, words as plain data                           -> base
//! report      results -> figures, HTML, JSON                             -> everything above but import simulate
//! study       decisions and results on disk                              -> analysis review outcome import dictionary cohort base
//! cli         the same core without a window                             -> everything above
//! app         the window (feature "gui")                                 -> everything above
//! ```
//!
//! Files, environment and clocks are touched only in `base::disk` (which writes them whole), `import`,
//! `report::file`, `study`, `cli` and `app`. From `design` on, numbers are `f64` columns and polars is not named.

pub mod base;
pub mod formula;
pub mod solve;

pub mod cohort;
pub mod import;

pub mod dictionary;
pub mod outcome;
pub mod review;
pub mod simulate;

pub mod design;
pub mod impute;
pub mod learn;
pub mod recipe;
pub mod validate;

pub mod explain;
pub mod stratify;

pub mod analysis;

pub mod figure;
pub mod report;

pub mod study;

pub mod cli;

#[cfg(feature = "gui")]
pub mod app;
