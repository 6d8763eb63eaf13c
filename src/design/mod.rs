//! From predictors to a matrix: impute, code, scale, learnt on training rows only.
