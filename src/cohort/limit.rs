//! The first findings of a kind one by one, the rest as a count: a column of a million doubts stays readable.

use crate::base::issue::{Issue, Place};

/// Findings of one kind that are listed one by one.
pub(super) const MAX_LISTED: usize = 1_000;

/// Findings of one kind in one column.
#[derive(Debug, Default)]
pub struct Limited {
    listed: Vec<Issue>,
    n: usize,
}

impl Limited {
    /// Adds a finding; it is worded only where it is listed.
    pub fn push(&mut self, issue: impl FnOnce() -> Issue) {
        self.n += 1;
        if self.n <= MAX_LISTED {
            self.listed.push(issue());
        }
    }

    /// How many there were.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a count of findings, not a container"
    )]
    pub fn len(&self) -> usize {
        self.n
    }

    /// The findings, and one more that says how many are not listed.
    pub fn finish(mut self) -> Vec<Issue> {
        if let Some(last) = self.listed.last()
            && self.n > MAX_LISTED
        {
            let place = Place {
                row: None,
                ..last.place.clone()
            };
            let more = Issue::new(last.severity, "more-cells")
                .at(place)
                .with("n", self.n - MAX_LISTED)
                .with("code", last.code.as_str());
            self.listed.push(more);
        }
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_counted() {
        let mut limited = Limited::default();
        for _ in 0..1_005 {
            limited.push(|| Issue::warning("x"));
        }
        let issues = limited.finish();
        assert_eq!(issues.len(), 1_001);
        assert_eq!(issues[1_000].code, "more-cells");
    }
}
