//! The texts of a column's kept cells, one after the other in one string: a hundred thousand values cost no
//! allocation each.

use std::collections::HashMap;

use crate::import::cells::Occurrence;
use crate::import::value::Day;

/// Texts that are looked for one by one before they are looked up: most columns of levels have no more.
const MAX_COMPARED: usize = 8;

/// Texts, one a kept cell of a column, some of them missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    text: String,
    /// Where each text lies; `None` where it is missing.
    spans: Vec<Option<Kept>>,
}

/// Where a text lies that was kept once for many cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    start: usize,
    len: u32,
}

impl Texts {
    /// So many missing texts.
    pub(crate) fn missing(n: usize) -> Self {
        Self {
            text: String::new(),
            spans: vec![None; n],
        }
    }

    /// Keeps a text for [`Self::push_kept`]. A text longer than 4 GB, which no reader gives, is cut to nothing.
    pub(crate) fn keep(&mut self, text: &str) -> Kept {
        let start = self.text.len();
        self.text.push_str(text);
        Kept {
            start,
            len: u32::try_from(text.len()).unwrap_or_default(),
        }
    }

    /// Adds a cell that says what was kept.
    pub(crate) fn push_kept(&mut self, kept: Option<Kept>) {
        self.spans.push(kept);
    }

    /// Adds a cell.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        let kept = text.map(|text| self.keep(text));
        self.spans.push(kept);
    }

    /// Adds a cell that says a day, as [`Day::iso`] writes it.
    pub(crate) fn push_iso(&mut self, day: Day) {
        let start = self.text.len();
        let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
        let year = [1000, 100, 10, 1].map(|place| digit(day.year / place));
        let two = |n: u8| ['-', digit(u16::from(n / 10)), digit(u16::from(n))];
        self.text.extend(year);
        self.text.extend(two(day.month));
        self.text.extend(two(day.day));
        self.spans.push(Some(Kept { start, len: 10 }));
    }

    /// The text of a kept cell.
    pub(crate) fn get(&self, kept: usize) -> Option<&str> {
        self.at(*self.spans.get(kept)?)
    }

    fn at(&self, kept: Option<Kept>) -> Option<&str> {
        let Kept { start, len } = kept?;
        self.text.get(start..start + len as usize)
    }

    /// Every cell.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> + Clone {
        self.spans.iter().map(|kept| self.at(*kept))
    }
}

impl<T: AsRef<str>> FromIterator<Option<T>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(cells: I) -> Self {
        let mut texts = Self::default();
        let cells = cells.into_iter();
        texts.spans.reserve(cells.size_hint().0);
        for cell in cells {
            texts.push(cell.as_ref().map(AsRef::as_ref));
        }
        texts
    }
}

/// Different texts, and which of them each kept cell says.
pub(crate) struct Different<'a> {
    /// Each text once, in the order in which they come first, with the lines that say it.
    pub(crate) counts: Vec<(&'a str, usize)>,
    /// Position there of each kept cell's text; `None` where it is missing.
    pub(crate) of: Vec<Option<u32>>,
}

/// Tells the texts of the cells that occur apart; `None` where there are more than `limit`.
pub(crate) fn different<'a>(
    texts: &'a Texts,
    occurrences: &[Occurrence],
    limit: usize,
) -> Option<Different<'a>> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut more: HashMap<&str, u32> = HashMap::new();
    let mut of = vec![None; texts.spans.len()];
    for at in occurrences {
        let Some(text) = texts.get(at.kept) else {
            continue;
        };
        let first = counts.iter().take(MAX_COMPARED);
        let known = first
            .map(|(known, _)| *known)
            .position(|known| known == text);
        let idx = match known.or_else(|| more.get(text).map(|idx| *idx as usize)) {
            Some(idx) => idx,
            None if counts.len() == limit => return None,
            None => {
                let idx = counts.len();
                counts.push((text, 0));
                if idx >= MAX_COMPARED {
                    more.insert(text, u32::try_from(idx).unwrap_or(u32::MAX));
                }
                idx
            }
        };
        counts[idx].1 += at.n;
        of[at.kept] = u32::try_from(idx).ok();
    }
    Some(Different { counts, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_back_one_by_one() {
        let lines = [Some("é"), None, Some(""), Some("deux mots")];
        let mut texts: Texts = lines.iter().copied().collect();
        let kept = texts.keep("no");
        texts.push_kept(Some(kept));
        texts.push_kept(Some(kept));
        let read: Vec<Option<&str>> = texts.iter().collect();
        assert_eq!(read[..4], lines);
        assert_eq!(read[4..], [Some("no"), Some("no")]);
        assert_eq!((texts.get(3), texts.get(9)), (Some("deux mots"), None));
        let day = Day::new(2024, 5, 31).unwrap();
        texts.push_iso(day);
        assert_eq!(texts.get(6), Some(day.iso().as_str()));
        assert_eq!(Texts::missing(2).iter().flatten().count(), 0);
    }

    #[test]
    fn different_texts_are_counted_in_the_order_in_which_they_come() {
        let names: Vec<String> = (0..30).map(|n| format!("t{}", n % 12)).collect();
        let lines = names.iter().map(Some).chain([None, None]);
        let texts: Texts = lines.collect();
        let twice = |kept| Occurrence {
            kept,
            n: 2,
            first: kept,
        };
        let all: Vec<Occurrence> = (0..32).map(twice).collect();
        let found = different(&texts, &all, 12).unwrap();
        assert_eq!(found.counts.len(), 12);
        assert_eq!(found.counts[11], ("t11", 4));
        assert_eq!((found.of[25], found.of[31]), (Some(1), None));
        assert!(different(&texts, &all, 11).is_none());
        assert_eq!(different(&texts, &all[..3], 11).unwrap().counts.len(), 3);
    }
}
