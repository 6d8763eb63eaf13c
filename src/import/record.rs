//! Delimited text as records: where each field lies in the text, and the row that a spreadsheet shows.
//!
//! Nothing is copied: a hundred thousand records of a hundred fields cost no allocation a field.
//! A quotation mark counts only where it opens a field; one that never closes is text.

use std::borrow::Cow;

/// Quotation marks that may open and never close before all others are taken for text: each costs a
/// look through the rest of the file.
const MAX_OPEN: usize = 20;

/// Bytes of the longest text that has records.
pub(crate) const MAX_TEXT: usize = 1 << 31;

/// A field: millions of them lie in memory at the same time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    start: u32,
    /// The upper bit says that quotation marks are inside.
    end: u32,
}

impl Field {
    /// The upper bit of an end; offsets below [`MAX_TEXT`] do not need it.
    const INSIDE: u32 = 1 << 31;

    fn new(start: usize, end: usize, quoted_inside: bool) -> Self {
        let inside = if quoted_inside { Self::INSIDE } else { 0 };
        Self {
            start: start as u32,
            end: end as u32 | inside,
        }
    }

    /// Offset of its first byte in the text, after the quotation mark.
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    /// Offset after its last byte.
    pub(crate) fn end(self) -> usize {
        (self.end & !Self::INSIDE) as usize
    }

    /// Whether quotation marks are inside, which [`Self::text`] resolves.
    pub(crate) fn is_quoted_inside(self) -> bool {
        self.end & Self::INSIDE > 0
    }

    /// What it says in its text.
    pub(crate) fn text(self, text: &str, quote: Option<u8>) -> Cow<'_, str> {
        let raw = text.get(self.start()..self.end()).unwrap_or_default();
        match quote.map(char::from).filter(|_| self.is_quoted_inside()) {
            Some(quote) => Cow::Owned(resolve(raw, quote)),
            None => Cow::Borrowed(raw),
        }
    }

    /// Whether there is more to it than blanks.
    pub(crate) fn holds_something(self, text: &str, quote: Option<u8>) -> bool {
        let first = text.as_bytes().get(self.start());
        let is_plain = first.is_some_and(|b| (b'!'..=b'~').contains(b));
        self.start() < self.end()
            && ((is_plain && !self.is_quoted_inside()) || !self.text(text, quote).trim().is_empty())
    }
}

/// The records of a text.
pub(crate) struct Records<'a> {
    /// All of it.
    pub text: &'a str,
    delimiter: u8,
    /// Mark around fields.
    pub quote: Option<u8>,
    at: usize,
    row: u32,
    stops: Stops,
    /// Rows in which a quotation mark opens and never closes.
    pub open_rows: Vec<u32>,
    /// Line breaks inside the quotation marks of each field of the last record that has any.
    pub breaks: Vec<usize>,
}

/// What ends a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Delimiter,
    Line,
}

impl<'a> Records<'a> {
    /// Records of a text below [`MAX_TEXT`], parted by line ends, their fields by `delimiter`.
    pub(crate) fn new(text: &'a str, delimiter: u8, quote: Option<u8>) -> Self {
        Self {
            text,
            delimiter,
            quote,
            at: 0,
            row: 0,
            stops: Stops::new(delimiter),
            open_rows: Vec::new(),
            breaks: Vec::new(),
        }
    }

    /// Adds the fields of the next record with more than a line end; gives its 1-based row, blank lines
    /// counted, and line breaks inside quotation marks not; and the position of its first field.
    pub(crate) fn next(&mut self, fields: &mut Vec<Field>) -> Option<(u32, usize)> {
        let bytes = self.text.as_bytes();
        let first = fields.len();
        self.breaks.clear();
        loop {
            if self.at >= bytes.len() {
                return None;
            }
            self.row = self.row.saturating_add(1);
            if matches!(bytes[self.at], b'\n' | b'\r') {
                self.end_line();
                continue;
            }
            loop {
                let (field, ending) = self.field();
                fields.push(field);
                if ending == Ending::Line {
                    break;
                }
            }
            return Some((self.row, first));
        }
    }

    /// Rows so far, blank ones included.
    pub(crate) fn n_rows(&self) -> u32 {
        self.row
    }

    fn field(&mut self) -> (Field, Ending) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if let Some(quote) = self.quote
            && bytes.get(start) == Some(&quote)
            && self.open_rows.len() < MAX_OPEN
        {
            if let Some(close) = self.closing(start + 1, quote) {
                return self.quoted(start + 1, close);
            }
            self.open_rows.push(self.row);
        }
        let end = self.stop(start);
        (Field::new(start, end, false), self.end_field(end))
    }

    /// A field whose quotation marks are at `start - 1` and `close`; what follows up to the delimiter belongs to it.
    fn quoted(&mut self, start: usize, (close, is_doubled): (usize, bool)) -> (Field, Ending) {
        let bytes = self.text.as_bytes();
        let end = self.stop(close + 1);
        let is_plain = end == close + 1;
        let inside = &bytes[start..close];
        let n_breaks = inside.iter().filter(|b| **b == b'\n').count();
        self.breaks.extend(Some(n_breaks).filter(|n| *n > 0));
        let inner_end = if is_plain { close } else { end };
        let field = Field::new(start, inner_end, is_doubled || !is_plain);
        (field, self.end_field(end))
    }

    /// Where the quotation mark closes, and whether doubled ones stand before.
    fn closing(&self, from: usize, quote: u8) -> Option<(usize, bool)> {
        let bytes = self.text.as_bytes();
        let (mut at, mut is_doubled) = (from, false);
        loop {
            at += bytes.get(at..)?.iter().position(|b| *b == quote)?;
            if bytes.get(at + 1) != Some(&quote) {
                return Some((at, is_doubled));
            }
            is_doubled = true;
            at += 2;
        }
    }

    /// The next delimiter or line end.
    fn stop(&mut self, from: usize) -> usize {
        self.stops.next(self.text.as_bytes(), from)
    }

    fn end_field(&mut self, end: usize) -> Ending {
        self.at = end;
        if self.text.as_bytes().get(end) == Some(&self.delimiter) {
            self.at += 1;
            Ending::Delimiter
        } else {
            self.end_line();
            Ending::Line
        }
    }

    /// Passes a line end: `\n`, `\r\n` or, as old Macs wrote it, `\r`.
    fn end_line(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += match (bytes.get(self.at), bytes.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        };
    }
}

/// Bytes that are looked at together.
const WORD: usize = 8;
/// A byte of each place of a word.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Delimiters and line ends, found in words of eight bytes.
struct Stops {
    delimiter: u64,
    /// Where the word begins that was looked at last.
    word: usize,
    /// The upper bit of each byte there that is one and was not passed yet.
    left: u64,
}

impl Stops {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter: EACH * u64::from(delimiter),
            word: 0,
            left: 0,
        }
    }

    /// The first at or after `from`, which is greater than all that were given before; else the end.
    fn next(&mut self, bytes: &[u8], from: usize) -> usize {
        if from >= self.word + WORD || self.word == 0 {
            self.look(bytes, from);
        }
        loop {
            while self.left != 0 {
                let at = self.word + self.left.trailing_zeros() as usize / WORD;
                self.left &= self.left - 1;
                if at >= from {
                    return at.min(bytes.len());
                }
            }
            if self.word + WORD >= bytes.len() {
                return bytes.len();
            }
            self.look(bytes, self.word + WORD);
        }
    }

    fn look(&mut self, bytes: &[u8], at: usize) {
        let rest = bytes.get(at..).unwrap_or_default();
        let word = rest.first_chunk::<WORD>().copied().unwrap_or_else(|| {
            // At the end; what is filled up stands behind the text.
            let mut last = [0; WORD];
            last.iter_mut().zip(rest).for_each(|(own, b)| *own = *b);
            last
        });
        let word = u64::from_le_bytes(word);
        let [feed, back] = [b'\n', b'\r'].map(|byte| EACH * u64::from(byte));
        self.word = at;
        self.left = zeros(word ^ self.delimiter) | zeros(word ^ feed) | zeros(word ^ back);
    }
}

/// The upper bit of each byte that is zero, exactly.
fn zeros(word: u64) -> u64 {
    const LOW: u64 = 0x7F * EACH;
    !(((word & LOW) + LOW) | word | LOW)
}

/// The text of a quoted field from after its first mark on: doubled marks are one, the closing one is none.
fn resolve(raw: &str, quote: char) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(c) = characters.next() {
        if c != quote {
            text.push(c);
        } else if characters.peek() == Some(&quote) {
            characters.next();
            text.push(quote);
        } else {
            // Behind the closing mark all is text.
            text.extend(characters.by_ref());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, quote: Option<u8>) -> (Vec<(u32, Vec<String>)>, Vec<u32>) {
        let mut records = Records::new(text, b';', quote);
        let (mut fields, mut read) = (Vec::new(), Vec::new());
        while let Some((row, first)) = records.next(&mut fields) {
            let texts = fields[first..]
                .iter()
                .map(|field| field.text(text, quote).into_owned());
            read.push((row, texts.collect()));
        }
        (read, records.open_rows)
    }

    fn one(text: &str) -> Vec<String> {
        all(text, Some(b'"')).0.remove(0).1
    }

    #[test]
    fn fields_are_taken_out_of_their_quotation_marks() {
        assert_eq!(one("a;\"b;c\";d"), ["a", "b;c", "d"]);
        assert_eq!(one("\"say \"\"yes\"\"\";x"), ["say \"yes\"", "x"]);
        assert_eq!(one("\"\";\"\"\"\";"), ["", "\"", ""]);
        assert_eq!(one("\"a\"b;5\"\n"), ["ab", "5\""]);
        assert_eq!(one("\"a\"\"b\" \"c\";d"), ["a\"b \"c\"", "d"]);
        assert_eq!(one("é;\"ù\n\"\"ç\"\"\";à"), ["é", "ù\n\"ç\"", "à"]);
        let plain = all("\"a;b\"", None).0.remove(0).1;
        assert_eq!(plain, ["\"a", "b\""]);
        assert_eq!(all("'a;b';c", Some(b'\'')).0[0].1, ["a;b", "c"]);
    }

    #[test]
    fn every_delimiter_and_line_end_is_found_wherever_it_stands() {
        let text = "a;bb;;ccc\ndddddddd;\r\n;eeeeeeeeeeeeeeeeee;é\u{3b}\u{bb}\u{8b};f";
        let bytes = text.as_bytes();
        let is_stop = |at: &usize| matches!(bytes[*at], b';' | b'\n' | b'\r');
        let wanted: Vec<usize> = (0..bytes.len()).filter(is_stop).collect();
        for skipped in 0..4 {
            let mut stops = Stops::new(b';');
            let (mut found, mut from) = (Vec::new(), 0);
            while from < bytes.len() {
                let at = stops.next(bytes, from);
                found.extend((at < bytes.len()).then_some(at));
                from = at + 1 + skipped;
            }
            let mut from = 0;
            let mut left = wanted.clone();
            left.retain(|&at| {
                let is_met = at >= from;
                from = if is_met { at + 1 + skipped } else { from };
                is_met
            });
            assert_eq!(found, left);
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        let (read, _) = all("a;b\r\n\r\n\"c\r\nd\";e\n\n\nf\rg;h", Some(b'"'));
        let rows: Vec<u32> = read.iter().map(|(row, _)| *row).collect();
        assert_eq!(rows, [1, 3, 6, 7]);
        assert_eq!(read[1].1, ["c\r\nd", "e"]);
    }

    #[test]
    fn a_mark_that_never_closes_is_text() {
        let (read, open) = all("a;\"b\nc;d\n", Some(b'"'));
        assert_eq!(read[0].1, ["a", "\"b"]);
        assert_eq!(read[1].1, ["c", "d"]);
        assert_eq!(open, [1]);
        let many = "\"\"\"x;\n".repeat(50_000) + "\"";
        assert!(all(&many, Some(b'"')).1.len() <= MAX_OPEN);
    }

    proptest::proptest! {
        #[test]
        fn what_the_csv_writer_writes_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-zé\";\r\n' ]{0,6}", 1..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new()
                .delimiter(b';')
                .flexible(true)
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = all(&text, Some(b'"')).0.into_iter().map(|(_, row)| row).collect();
            proptest::prop_assert_eq!(read, rows);
        }
    }
}
