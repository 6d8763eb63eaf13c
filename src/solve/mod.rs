//! Least squares and penalised logistic regression for a matrix: used by imputation and by the learners.
