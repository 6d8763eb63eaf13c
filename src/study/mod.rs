//! All that the user decided and the results, on disk.
