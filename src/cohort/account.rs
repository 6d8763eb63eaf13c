//! What became of each filled cell of a source.

use serde::{Deserialize, Serialize};

/// Filled cells of a source by what became of them, counted where they were handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// All filled cells.
    pub cells: usize,
    /// In headers, repeated ones included.
    pub header: usize,
    /// Titles, notes and sheets of words.
    pub title: usize,
    /// Values of the cohort.
    pub value: usize,
    /// Words and codes that mean missing.
    pub missing: usize,
    /// Not what their column is; each is an issue and stands in [`crate::cohort::Cohort::unread`].
    pub unread: usize,
    /// In rows, columns or sheets that were left out.
    pub left_out: usize,
    /// In codebooks.
    pub codebook: usize,
    /// Identifiers and visits by which rows were joined.
    pub key: usize,
    /// Said before in another row of the same patient, or by the first cell of a merged block.
    pub repeated: usize,
}

impl Account {
    /// Sum of the parts; equals `cells` where nothing was lost.
    pub fn accounted(&self) -> usize {
        let Self {
            cells: _,
            header,
            title,
            value,
            missing,
            unread,
            left_out,
            codebook,
            key,
            repeated,
        } = self;
        header + title + value + missing + unread + left_out + codebook + key + repeated
    }

    /// Adds the counts of another part of the source.
    pub fn add(&mut self, other: &Self) {
        let Self {
            cells,
            header,
            title,
            value,
            missing,
            unread,
            left_out,
            codebook,
            key,
            repeated,
        } = other;
        self.cells += cells;
        self.header += header;
        self.title += title;
        self.value += value;
        self.missing += missing;
        self.unread += unread;
        self.left_out += left_out;
        self.codebook += codebook;
        self.key += key;
        self.repeated += repeated;
    }
}
