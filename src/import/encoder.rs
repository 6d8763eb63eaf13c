//! Texts of a column become cells while a file is split: each different short text is kept once.

use crate::base::issue::Failure;
use crate::import::cells::Cells;
use crate::import::grid::{Arena, Cell};

/// Different texts from which on it is asked whether a column repeats any.
const LEAST_KNOWN: usize = 4096;
/// Places of the first table of known texts.
const LEAST_SLOTS: usize = 64;
/// Bytes of a text that is looked up; longer ones are kept each time.
const MAX_KEY: usize = 15;

/// A short text as two numbers: its bytes, then zeros, then its length; (0, 0) is none.
type Key = [u64; 2];

/// A known text and the position of its cell.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    kept: u32,
}

/// A column while its lines come in.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    cells: Cells,
    arena: Arena,
    /// Known texts, by their hash and the next free place; a power of two. Empty where none is looked up.
    slots: Vec<Slot>,
    n_known: usize,
    /// The column hardly ever repeats a text: no more are looked up.
    is_various: bool,
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

    /// Sets the next line that holds something to the part of a text from `start` to `end`. Fails where
    /// the table holds more than 4 GB of text.
    pub(crate) fn push(
        &mut self,
        line: usize,
        text: &str,
        (start, end): (usize, usize),
    ) -> Result<(), Failure> {
        if start == end {
            return Ok(());
        }
        let kept = self.position(text, (start, end))?;
        if kept > 0 {
            self.cells.set_kept(line, kept);
        }
        Ok(())
    }

    /// Position of the cell for a part of a text.
    fn position(&mut self, text: &str, (start, end): (usize, usize)) -> Result<u32, Failure> {
        let key = if self.is_various {
            None
        } else {
            key(text.as_bytes(), start, end)
        };
        let Some(key) = key else {
            return self.keep(text.get(start..end).unwrap_or_default());
        };
        if self.n_known * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len().saturating_sub(1);
        let mut at = hash(key);
        while let Some(slot) = self.slots.get(at & mask) {
            if slot.key == key {
                return Ok(slot.kept);
            }
            if slot.key == [0, 0] {
                break;
            }
            at += 1;
        }
        let kept = self.keep(text.get(start..end).unwrap_or_default())?;
        if let Some(slot) = self.slots.get_mut(at & mask) {
            *slot = Slot { key, kept };
            self.n_known += 1;
        }
        Ok(kept)
    }

    /// Keeps a text of its own.
    fn keep(&mut self, text: &str) -> Result<u32, Failure> {
        let cell = self.arena.text_cell(text)?;
        Ok(self.cells.keep(cell))
    }

    /// Makes room for more known texts, or gives up where nearly every text is a new one.
    fn grow(&mut self) {
        let is_new = self.n_known * 4 > self.cells.len() * 3;
        if self.n_known >= LEAST_KNOWN && is_new {
            self.is_various = true;
            self.slots = Vec::new();
            return;
        }
        let n_slots = (self.slots.len() * 2).max(LEAST_SLOTS);
        let before = std::mem::replace(&mut self.slots, vec![Slot::default(); n_slots]);
        for slot in before.into_iter().filter(|slot| slot.key != [0, 0]) {
            let mut at = hash(slot.key) & (n_slots - 1);
            while self.slots[at].key != [0, 0] {
                at = (at + 1) & (n_slots - 1);
            }
            self.slots[at] = slot;
        }
    }

    /// Adds the lines of a later part of the column, which follow after `n_lines` lines.
    pub(crate) fn append(&mut self, other: &Self, n_lines: usize) -> Result<(), Failure> {
        if other.cells.len() == 0 {
            return Ok(());
        }
        self.cells.resize(n_lines);
        let mut kept_as = Vec::with_capacity(other.cells.kept().len());
        for cell in other.cells.kept() {
            kept_as.push(match cell {
                Cell::Text(span) => {
                    let written = other.arena.as_written(*span);
                    self.position(written, (0, written.len()))?
                }
                _ => 0,
            });
        }
        self.cells.append(&other.cells, &kept_as);
        Ok(())
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
    let mixed =
        low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xB504_F333_F9DE_6485);
    ((mixed ^ (mixed >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(texts: &[String]) -> (Cells, Arena) {
        let mut encoder = Encoder::default();
        for (line, text) in texts.iter().enumerate() {
            encoder.push(line, text, (0, text.len())).unwrap();
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
    fn parts_follow_one_another_with_their_texts() {
        let mut whole = Encoder::default();
        whole.push(0, "a;b", (0, 1)).unwrap();
        let mut other = Encoder::default();
        for (line, range) in [(1, (2, 3)), (2, (0, 1))] {
            other.push(line, "a;b", range).unwrap();
        }
        whole.append(&other, 2).unwrap();
        whole.append(&Encoder::default(), 9).unwrap();
        let mut arena = Arena::default();
        arena.text_cell("before").unwrap();
        let cells = whole.finish(&mut arena).unwrap();
        assert_eq!(written(&cells, &arena), ["a", "", "", "b", "a"]);
        assert_eq!(cells.kept().len(), 3);
    }
}
