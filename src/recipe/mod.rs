//! Design and learner as one thing that is fitted and resampled.
