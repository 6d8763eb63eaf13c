//! Instruments, synonyms in English and French, units, plausible ranges.
