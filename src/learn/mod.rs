//! Logistic regression and forest: see a matrix and y, never a cohort.
