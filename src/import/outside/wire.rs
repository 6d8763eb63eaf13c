//! What the reading process says to the program: sheets and cells as bytes, and how it ended.
//!
//! One letter, then fixed fields, little-endian; texts are preceded by their length. Only values
//! are carried, never formulas. The receiver trusts nothing: an unknown letter or a cut message is an error.

use std::io::{Error, ErrorKind, Read, Result, Write};

/// Bytes that one text may have; a cell of a spreadsheet has at most 32,767 characters.
const MAX_TEXT: u32 = 4 << 20;

/// A cell's content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// A formula whose result is not stored.
    Unvalued,
    /// A number.
    Number(f64),
    /// A logical value.
    Bool(bool),
    /// Text.
    Text(&'a str),
    /// An error of the spreadsheet, by its name.
    Error(&'a str),
    /// A day number with its time of day.
    Moment(f64),
    /// A date, or date and time, as ISO 8601.
    IsoMoment(&'a str),
    /// A duration or a time of day as ISO 8601.
    IsoDuration(&'a str),
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It can't be understood.
    Damaged,
    /// It needs a password.
    Encrypted,
    /// It holds more than is read.
    TooLarge,
}

/// One message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Message<'a> {
    /// The first: whether day numbers count from 1904.
    Book {
        /// From 1904, not 1900.
        epoch_1904: bool,
    },
    /// A sheet begins.
    Sheet(&'a str),
    /// A cell of the sheet: 0-based row and column.
    Cell(u32, u32, Value<'a>),
    /// Merged cells of the sheet: first and last row and column, 0-based.
    Merged {
        /// Rows.
        rows: (u32, u32),
        /// Columns.
        columns: (u32, u32),
    },
    /// A column that can't be read, with the name of its type.
    LeftOut(&'a str, &'a str),
    /// All was said.
    End,
    /// The file was not read.
    Refused(Refusal, &'a str),
}

/// Writes a message.
pub(crate) fn write(out: &mut impl Write, message: &Message<'_>) -> Result<()> {
    match *message {
        Message::Book { epoch_1904 } => out.write_all(&[b'B', u8::from(epoch_1904)]),
        Message::Sheet(name) => {
            out.write_all(b"S")?;
            write_text(out, name)
        }
        Message::Cell(row, column, value) => {
            let (letter, number, text) = match value {
                Value::Unvalued => (b'u', None, None),
                Value::Number(x) => (b'n', Some(x), None),
                Value::Bool(false) => (b'f', None, None),
                Value::Bool(true) => (b't', None, None),
                Value::Moment(x) => (b'd', Some(x), None),
                Value::Text(text) => (b's', None, Some(text)),
                Value::Error(text) => (b'e', None, Some(text)),
                Value::IsoMoment(text) => (b'i', None, Some(text)),
                Value::IsoDuration(text) => (b'r', None, Some(text)),
            };
            let mut head = [letter, 0, 0, 0, 0, 0, 0, 0, 0];
            head[1..5].copy_from_slice(&row.to_le_bytes());
            head[5..].copy_from_slice(&column.to_le_bytes());
            out.write_all(&head)?;
            if let Some(number) = number {
                out.write_all(&number.to_le_bytes())?;
            }
            text.map_or(Ok(()), |text| write_text(out, text))
        }
        Message::Merged { rows, columns } => {
            out.write_all(b"M")?;
            [rows.0, rows.1, columns.0, columns.1]
                .iter()
                .try_for_each(|n| out.write_all(&n.to_le_bytes()))
        }
        Message::LeftOut(column, kind) => {
            out.write_all(b"L")?;
            write_text(out, column)?;
            write_text(out, kind)
        }
        Message::End => out.write_all(b"E"),
        Message::Refused(why, detail) => {
            let letter = match why {
                Refusal::Damaged => b'D',
                Refusal::Encrypted => b'P',
                Refusal::TooLarge => b'T',
            };
            out.write_all(&[b'X', letter])?;
            write_text(out, detail)
        }
    }
}

fn write_text(out: &mut impl Write, text: &str) -> Result<()> {
    let mut end = text.len().min(MAX_TEXT as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    out.write_all(&(end as u32).to_le_bytes())?;
    out.write_all(&text.as_bytes()[..end])
}

/// Reads messages.
pub(crate) struct Messages<R> {
    source: R,
    text: Vec<u8>,
    second: Vec<u8>,
}

impl<R: Read> Messages<R> {
    /// Messages from a stream of bytes.
    pub(crate) fn new(source: R) -> Self {
        Self {
            source,
            text: Vec::new(),
            second: Vec::new(),
        }
    }

    /// The next message.
    pub(crate) fn next(&mut self) -> Result<Message<'_>> {
        let [letter] = self.bytes()?;
        Ok(match letter {
            b'B' => Message::Book {
                epoch_1904: self.bytes()? == [1],
            },
            b'S' => Message::Sheet(self.text()?),
            b'u' | b'n' | b'f' | b't' | b'd' | b's' | b'e' | b'i' | b'r' => {
                let row = u32::from_le_bytes(self.bytes()?);
                let column = u32::from_le_bytes(self.bytes()?);
                Message::Cell(row, column, self.value(letter)?)
            }
            b'M' => {
                let mut next = || self.bytes().map(u32::from_le_bytes);
                Message::Merged {
                    rows: (next()?, next()?),
                    columns: (next()?, next()?),
                }
            }
            b'L' => {
                read_text(&mut self.source, &mut self.text)?;
                read_text(&mut self.source, &mut self.second)?;
                Message::LeftOut(utf8(&self.text)?, utf8(&self.second)?)
            }
            b'E' => Message::End,
            b'X' => {
                let why = match self.bytes()? {
                    [b'D'] => Refusal::Damaged,
                    [b'P'] => Refusal::Encrypted,
                    [b'T'] => Refusal::TooLarge,
                    _ => return Err(ErrorKind::InvalidData.into()),
                };
                Message::Refused(why, self.text()?)
            }
            _ => return Err(ErrorKind::InvalidData.into()),
        })
    }

    fn value(&mut self, letter: u8) -> Result<Value<'_>> {
        Ok(match letter {
            b'u' => Value::Unvalued,
            b'n' => Value::Number(f64::from_le_bytes(self.bytes()?)),
            b'd' => Value::Moment(f64::from_le_bytes(self.bytes()?)),
            b'f' => Value::Bool(false),
            b't' => Value::Bool(true),
            b's' => Value::Text(self.text()?),
            b'e' => Value::Error(self.text()?),
            b'r' => Value::IsoDuration(self.text()?),
            _ => Value::IsoMoment(self.text()?),
        })
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.source.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&str> {
        read_text(&mut self.source, &mut self.text)?;
        utf8(&self.text)
    }
}

fn read_text(source: &mut impl Read, text: &mut Vec<u8>) -> Result<()> {
    let mut len = [0; 4];
    source.read_exact(&mut len)?;
    let len = u32::from_le_bytes(len);
    if len > MAX_TEXT {
        return Err(ErrorKind::InvalidData.into());
    }
    text.resize(len as usize, 0);
    source.read_exact(text)
}

fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_arrive_as_they_were_sent() {
        let sent = [
            Message::Book { epoch_1904: true },
            Message::Sheet("Données é"),
            Message::Cell(0, 1, Value::Text("id")),
            Message::Cell(7, 16_383, Value::Number(-0.25)),
            Message::Cell(8, 0, Value::Moment(45_000.5)),
            Message::Cell(8, 1, Value::IsoMoment("2024-05-13")),
            Message::Cell(8, 1, Value::IsoDuration("PT08H30M00S")),
            Message::Cell(8, 2, Value::Error("#REF!")),
            Message::Cell(8, 3, Value::Bool(true)),
            Message::Cell(8, 4, Value::Bool(false)),
            Message::Cell(8, 5, Value::Unvalued),
            Message::Merged {
                rows: (0, 1),
                columns: (2, 5),
            },
            Message::LeftOut("list", "List(Int64)"),
            Message::Refused(Refusal::TooLarge, "detail"),
            Message::End,
        ];
        let mut bytes = Vec::new();
        for message in &sent {
            write(&mut bytes, message).unwrap();
        }
        let mut messages = Messages::new(bytes.as_slice());
        for message in &sent {
            assert_eq!(messages.next().unwrap(), *message);
        }
        assert!(messages.next().is_err());
    }

    #[test]
    fn what_no_reader_says_is_an_error_and_costs_no_memory() {
        for bytes in [
            b"?".as_slice(),
            b"B",
            b"S\xFF\xFF\xFF\xFFabc",
            b"S\x02\x00\x00\x00\xC3\x28",
            b"XQ",
            b"n\x00\x00",
        ] {
            assert!(Messages::new(bytes).next().is_err(), "{bytes:?}");
        }
    }
}
