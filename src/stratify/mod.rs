//! Strata of chance.
