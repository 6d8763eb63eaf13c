//! Texts of a column become cells while a file is split: each different short text is kept once.

use crate::base::issue::Failure;
use crate::import::cells::Cells;
use crate::import::grid::Arena;

/// Different texts from which on it is asked whether a column repeats any.
const LEAST_KNOWN: usize = 4096;
/// Places of the first table of known texts.
const LEAST_PLACES: usize = 64;
/// Bytes of a text that is looked up; longer ones are kept each time.
const MAX_KEY: usize = 15;
/// Places that are looked at for a text: a file can be made so that its texts all want the same.
const MAX_PROBES: usize = 32;

/// Texts that are looked for together.
const MAX_COMING: usize = 256;

/// A short text as two numbers: its bytes, then zeros, then its length; [`NO_KEY`] is none.
type Key = [u64; 2];

const NO_KEY: Key = [0, 0];

/// Where a text lies that comes into a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Line.
    pub line: usize,
    /// First byte.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
}

/// A column while its lines come in.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    cells: Cells,
    arena: Arena,
    /// Keys of the kept cells, by their positions; none for those of long texts.
    keys: Vec<Key>,
    /// Positions of the kept cells with a key, by its hash and the next free place; 0 is none. As many as a
    /// power of two, or none where no text is looked up.
    places: Vec<u32>,
    n_placed: usize,
    /// The column hardly ever repeats a text: no more are looked up.
    is_various: bool,
    /// Keys of the texts that come in, and where each is looked for first.
    coming: Vec<(Entry, Key, u32)>,
}

impl Encoder {
    /// A column without lines, with room for so many.
    pub(crate) fn with_capacity(n_lines: usize) -> Self {
        Self {
            cells: Cells::with_capacity(n_lines),
            ..Self::default()
        }
    }

    /// Lines up to the last filled one.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Sets lines to parts of a text. Fails where the table holds more than 4 GB of text.
    pub(crate) fn extend(
        &mut self,
        text: &str,
        mut entries: impl Iterator<Item = Entry>,
    ) -> Result<(), Failure> {
        // Many are looked for before the first is taken up: memory answers for them at the same time.
        let mut coming = std::mem::take(&mut self.coming);
        while !self.is_various {
            let mask = self.places.len().saturating_sub(1);
            coming.clear();
            coming.extend(entries.by_ref().take(MAX_COMING).map(|entry| {
                let key = key(text.as_bytes(), entry.start, entry.end).unwrap_or(NO_KEY);
                let place = self.places.get(hash(key) & mask);
                (entry, key, place.copied().unwrap_or(0))
            }));
            if coming.is_empty() {
                break;
            }
            for (entry, key, kept) in &coming {
                if *kept > 0 && self.keys.get(*kept as usize) == Some(key) {
                    self.cells.set_kept(entry.line, *kept);
                } else {
                    self.push(text, *entry)?;
                }
            }
        }
        self.coming = coming;
        entries.try_for_each(|entry| self.push(text, entry))
    }

    /// Sets a line to a part of a text.
    pub(crate) fn push(&mut self, text: &str, entry: Entry) -> Result<(), Failure> {
        let Entry { line, start, end } = entry;
        if start == end {
            return Ok(());
        }
        let kept = self.position(text, (start, end))?;
        if kept > 0 {
            self.cells.set_kept(line, kept);
        }
        Ok(())
    }

    /// Position of the kept cell for a part of a text.
    fn position(&mut self, text: &str, (start, end): (usize, usize)) -> Result<u32, Failure> {
        let part = text.get(start..end).unwrap_or_default();
        if self.is_various {
            return self.keep(part, NO_KEY);
        }
        let Some(key) = key(text.as_bytes(), start, end) else {
            return self.keep(part, NO_KEY);
        };
        if self.n_placed * 4 >= self.places.len() {
            self.grow();
        }
        let place = self.place(key);
        let known = place.map_or(0, |at| self.places[at]);
        if known > 0 {
            return Ok(known);
        }
        let kept = self.keep(part, key)?;
        if let Some(at) = place.filter(|_| kept > 0) {
            self.places[at] = kept;
            self.n_placed += 1;
        }
        Ok(kept)
    }

    /// Where a key is or can be put; `None` where there is no room near.
    fn place(&self, key: Key) -> Option<usize> {
        let mask = self.places.len().checked_sub(1)?;
        let first = hash(key);
        let mut places = (first..first + MAX_PROBES).map(|at| at & mask);
        places.find(|at| {
            let kept = self.places[*at];
            kept == 0 || self.keys.get(kept as usize) == Some(&key)
        })
    }

    /// Keeps a text of its own.
    fn keep(&mut self, text: &str, key: Key) -> Result<u32, Failure> {
        let cell = self.arena.text_cell(text)?;
        let kept = self.cells.keep(cell);
        if kept > 0 && !self.is_various {
            self.keys.resize(kept as usize, NO_KEY);
            self.keys.push(key);
        }
        Ok(kept)
    }

    /// Makes room for more known texts, or gives up where nearly every text is a new one.
    fn grow(&mut self) {
        let is_new = self.n_placed * 4 > self.cells.len() * 3;
        if self.n_placed >= LEAST_KNOWN && is_new {
            self.is_various = true;
            (self.keys, self.places) = Default::default();
            return;
        }
        let n_places = (self.places.len() * 2).max(LEAST_PLACES);
        let before = std::mem::replace(&mut self.places, vec![0; n_places]);
        for kept in before.into_iter().filter(|kept| *kept > 0) {
            if let Some(at) = self.place(self.keys[kept as usize]) {
                self.places[at] = kept;
            }
        }
    }

    /// Bytes of its texts.
    pub(crate) fn n_bytes(&self) -> usize {
        self.arena.n_bytes()
    }

    /// The column, its texts moved to those of the table.
    pub(crate) fn finish(mut self, texts: &mut Arena) -> Result<Cells, Failure> {
        texts.adopt(&self.arena, self.cells.kept_mut())?;
        Ok(self.cells)
    }
}

/// The key of a short text; `None` for longer ones.
fn key(bytes: &[u8], start: usize, end: usize) -> Option<Key> {
    let len = end - start;
    if len > MAX_KEY {
        return None;
    }
    let whole = bytes
        .get(start..start + 16)
        .and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let whole = whole.unwrap_or_else(|| {
        // At the end of the text.
        let mut last = [0; 16];
        last.iter_mut()
            .zip(bytes.get(start..end).unwrap_or_default())
            .for_each(|(own, byte)| *own = *byte);
        last
    });
    let own = u128::from_le_bytes(whole) & ((1 << (8 * len)) - 1) | (len as u128) << 120;
    Some([own as u64, (own >> 64) as u64])
}

/// Spreads keys over a table: products with odd numbers near the golden ratio and the square root of
/// two, whose upper bits depend on all of the key.
fn hash([low, high]: Key) -> usize {
    let mixed = low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xB504_F333_F9DE_6485);
    ((mixed ^ (mixed >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::grid::Cell;

    fn at(line: usize, start: usize, end: usize) -> Entry {
        Entry { line, start, end }
    }

    fn encoded(texts: &[String]) -> (Cells, Arena) {
        let mut encoder = Encoder::default();
        for (line, text) in texts.iter().enumerate() {
            let entry = at(line, 0, text.len());
            if line % 2 == 0 {
                encoder.push(text, entry).unwrap();
            } else {
                encoder.extend(text, [entry].into_iter()).unwrap();
            }
        }
        let mut arena = Arena::default();
        (encoder.finish(&mut arena).unwrap(), arena)
    }

    fn written(cells: &Cells, arena: &Arena) -> Vec<String> {
        let text = |cell| match cell {
            Cell::Text(span) => arena.as_written(span).to_owned(),
            _ => String::new(),
        };
        cells.iter().map(text).collect()
    }

    #[test]
    fn a_text_that_comes_again_is_kept_once() {
        let texts: Vec<String> = (0..1000).map(|n| format!(" t{}", n % 300)).collect();
        let (cells, arena) = encoded(&texts);
        assert_eq!(cells.kept().len(), 301);
        assert_eq!(written(&cells, &arena), texts);
    }

    #[test]
    fn texts_that_never_come_again_or_are_long_are_all_there() {
        let various: Vec<String> = (0..20_000).map(|n| format!("n{n}")).collect();
        let long: Vec<String> = (0..20).map(|n| format!("une phrase, {}", n % 2)).collect();
        for texts in [various, long] {
            let (cells, arena) = encoded(&texts);
            assert_eq!(written(&cells, &arena), texts);
        }
    }

    #[test]
    fn columns_follow_one_another_in_the_text_of_the_table() {
        let mut arena = Arena::default();
        arena.text_cell("before").unwrap();
        let mut encoder = Encoder::default();
        let entries = [at(0, 0, 1), at(3, 2, 3), at(4, 0, 1)];
        encoder.extend("a;b", entries.into_iter()).unwrap();
        let cells = encoder.finish(&mut arena).unwrap();
        assert_eq!(written(&cells, &arena), ["a", "", "", "b", "a"]);
        assert_eq!(cells.kept().len(), 3);
    }
}
