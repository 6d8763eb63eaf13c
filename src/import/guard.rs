//! What is checked before a file is trusted: its size, its format, and what a container would unpack to.
//!
//! The program dies when memory runs out and no code can catch that, so limits are checked on
//! what the file really unpacks to, before any reader of the format sees it.

use std::io::{Cursor, Read as _};
use std::path::Path;

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;

/// Largest file that is read, in bytes.
pub(crate) const MAX_FILE: u64 = 256 << 20;
/// Entries that a workbook may have.
const MAX_ENTRIES: usize = 1_000;
/// Bytes that one entry may unpack to: a sheet of 100,000 rows and 200 columns has some 600 MB of XML.
const MAX_ENTRY: u64 = 768 << 20;
/// Bytes that the table of shared texts may unpack to, which readers keep whole.
const MAX_TEXTS: u64 = 256 << 20;
/// Bytes that all entries together may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;
/// Above this size a workbook may not unpack to more than `MAX_RATIO` times its own.
const RATIO_FROM: u64 = 32 << 20;
const MAX_RATIO: u64 = 200;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Text with a delimiter.
    Delimited,
    /// A workbook of Excel 2007 or later: a zip container of XML.
    Xlsx,
    /// A binary workbook of Excel 2007 or later: a zip container of records.
    Xlsb,
    /// A workbook of Excel 97 to 2003: a compound file of records.
    Xls,
    /// A spreadsheet of the `OpenDocument` kind: a zip container of XML.
    Ods,
    /// A table of columns with types.
    Parquet,
}

impl Format {
    /// Whether the format is a zip container.
    pub(crate) fn is_container(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsb | Self::Ods)
    }
}

/// Reads a file of a size that is allowed.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = file_name(&path.to_string_lossy());
    let unreadable = |error: &std::io::Error| {
        let code = if error.kind() == std::io::ErrorKind::NotFound {
            "file-missing"
        } else {
            "file-unreadable"
        };
        Failure::from(
            Issue::error(code)
                .with("file", name.as_str())
                .with("detail", error.to_string()),
        )
    };
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(Issue::error("file-is-folder")
            .with("file", name.as_str())
            .into());
    }
    if !meta.is_file() {
        return Err(Issue::error("file-unreadable")
            .with("file", name.as_str())
            .with("detail", "not a regular file")
            .into());
    }
    check_size(&name, meta.len())?;
    // One more than there is, so that the end is met without making room again.
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

/// The name of a file without its folder.
pub(crate) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Refuses what is larger than is read.
pub(crate) fn check_size(name: &str, n_bytes: u64) -> Result<(), Failure> {
    if n_bytes > MAX_FILE {
        let issue = Issue::error("file-too-large")
            .with("file", name)
            .with("size", (n_bytes >> 20) as usize)
            .with("limit", (MAX_FILE >> 20) as usize);
        return Err(issue.into());
    }
    Ok(())
}

/// Tells the format from the bytes, and refuses what can't be read with the reason and the way out.
pub(crate) fn format(name: &str, bytes: &[u8]) -> Result<Format, Failure> {
    let refuse = |code: &str| Err(Failure::from(Issue::error(code).with("file", name)));
    check_size(name, bytes.len() as u64)?;
    if bytes.iter().all(|b| b.is_ascii_whitespace())
        || matches!(bytes, [0xEF, 0xBB, 0xBF] | [0xFF, 0xFE] | [0xFE, 0xFF])
    {
        return refuse("file-empty");
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default();
    let is_modern = matches!(extension.as_str(), "xlsx" | "xlsm" | "xltx");
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let locked =
            is_modern || contains_utf16(bytes, "EncryptedPackage") || has_xls_password(bytes);
        return if locked {
            refuse("workbook-encrypted")
        } else {
            Ok(Format::Xls)
        };
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return container(name, bytes);
    }
    if bytes.starts_with(b"PAR1") {
        return Ok(Format::Parquet);
    }
    let binary: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"{\\rtf",
        b"\x1F\x8B",
        b"SQLite format",
        b"$FL2",
        b"7z\xBC\xAF",
    ];
    if binary.iter().any(|magic| bytes.starts_with(magic)) {
        return refuse("file-not-text");
    }
    if is_web_page(bytes) {
        return refuse("file-is-html");
    }
    if is_modern || matches!(extension.as_str(), "ods" | "xlsb" | "parquet") {
        return refuse("workbook-damaged");
    }
    Ok(Format::Delimited)
}

fn is_web_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', '\u{fffd}', ' ', '\r', '\n', '\t']);
    ["<!doctype", "<html", "<table", "<?xml", "<meta", "<head"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

fn contains_utf16(bytes: &[u8], word: &str) -> bool {
    let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether the first records of an old workbook hold FILEPASS (0x002F), which says that the rest is encrypted.
fn has_xls_password(bytes: &[u8]) -> bool {
    let bof = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00];
    let Some(start) = bytes.windows(bof.len()).position(|window| window == bof) else {
        return false;
    };
    let mut at = start;
    for _ in 0..20 {
        let Some(&[kind_low, kind_high, len_low, len_high]) = bytes.get(at..at + 4) else {
            return false;
        };
        if (kind_low, kind_high) == (0x2F, 0x00) {
            return true;
        }
        at += 4 + usize::from(u16::from_le_bytes([len_low, len_high]));
    }
    false
}

type Zip<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Tells what a zip container holds.
fn container(name: &str, bytes: &[u8]) -> Result<Format, Failure> {
    let refuse = |code: &str| Err(Failure::from(Issue::error(code).with("file", name)));
    let Ok(mut archive) = Zip::new(Cursor::new(bytes)) else {
        return refuse("workbook-damaged");
    };
    if archive.len() > MAX_ENTRIES {
        return refuse("workbook-expands");
    }
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(|n| n.replace('\\', "/").to_ascii_lowercase())
        .collect();
    if names.iter().any(|entry| leads_out(entry)) {
        return refuse("workbook-path");
    }
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    if has("study.ron") {
        return refuse("file-is-study");
    }
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if names.iter().any(|n| n.starts_with("xl/")) {
        return Ok(Format::Xlsx);
    }
    if !has("mimetype") {
        return refuse("zip-not-workbook");
    }
    let mut kind = Vec::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        entry
            .take(100)
            .read_to_end(&mut kind)
            .map_err(|_error| Issue::error("workbook-damaged").with("file", name))?;
    }
    if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return refuse("zip-not-workbook");
    }
    // LibreOffice encrypts single entries, which the manifest says, or the whole package.
    if has("encrypted-package") || says_encrypted(&mut archive) {
        return refuse("workbook-encrypted");
    }
    if has("content.xml") {
        Ok(Format::Ods)
    } else {
        refuse("workbook-damaged")
    }
}

/// Whether the name of an entry leads out of the container. Nothing is ever unpacked to disk, but no
/// spreadsheet program writes such a name: whoever did means harm.
fn leads_out(entry: &str) -> bool {
    entry.starts_with('/')
        || entry.split('/').any(|part| part == "..")
        || entry.contains('\0')
        || entry.as_bytes().get(1) == Some(&b':')
}

/// Whether the manifest of an `OpenDocument` says that its entries are encrypted.
fn says_encrypted(archive: &mut Zip<'_>) -> bool {
    let Ok(entry) = archive.by_name("META-INF/manifest.xml") else {
        return false;
    };
    let mut manifest = Vec::new();
    let read = entry.take(1 << 20).read_to_end(&mut manifest);
    let word: &[u8] = b"encryption-data";
    read.is_ok() && manifest.windows(word.len()).any(|window| window == word)
}

/// Unpacks every entry once, counting: fails where a workbook unpacks to more than is allowed,
/// whatever its directory declares, or where its table of texts announces more texts than it can hold.
/// Says whether any cells of an XML workbook are merged, so that nobody need look for them in vain.
pub(crate) fn check_container(
    name: &str,
    bytes: &[u8],
    task: &TaskHandle,
) -> Result<bool, Failure> {
    let refuse = |code: &str| Failure::from(Issue::error(code).with("file", name));
    let mut archive = Zip::new(Cursor::new(bytes)).map_err(|_error| refuse("workbook-damaged"))?;
    let mut buffer = vec![0_u8; 1 << 16];
    let (mut total, mut has_merged) = (0_u64, false);
    for idx in 0..archive.len() {
        task.check()?;
        let entry = archive.by_index(idx);
        if let Err(zip::result::ZipError::UnsupportedArchive(_)) = entry {
            return Err(refuse("workbook-encrypted"));
        }
        let mut entry = entry.map_err(|_error| refuse("workbook-damaged"))?;
        if entry.encrypted() {
            return Err(refuse("workbook-encrypted"));
        }
        let holds_texts = entry
            .name()
            .is_ok_and(|name| name.to_ascii_lowercase().contains("sharedstrings"));
        let most = if holds_texts { MAX_TEXTS } else { MAX_ENTRY };
        let declared = entry.size();
        if declared > most || total.saturating_add(declared) > MAX_UNPACKED {
            return Err(refuse("workbook-expands"));
        }
        let (mut size, mut head, mut tail) = (0_u64, Vec::new(), Vec::new());
        loop {
            let n = entry
                .read(&mut buffer)
                .map_err(|_error| refuse("workbook-damaged"))?;
            if n == 0 {
                break;
            }
            if size < 4096 {
                head.extend_from_slice(&buffer[..n.min(4096)]);
            }
            has_merged |= !holds_texts && mentions_merged(&mut tail, &buffer[..n]);
            size += n as u64;
            total += n as u64;
            let over_ratio = total > RATIO_FROM && total / (bytes.len() as u64).max(1) > MAX_RATIO;
            if size > most || total > MAX_UNPACKED || over_ratio {
                return Err(refuse("workbook-expands"));
            }
            if size & 0xFF_FFFF < n as u64 {
                task.check()?;
            }
        }
        // The smallest text takes five bytes (`<si/>`); the reader reserves room for all that are announced.
        if announced_texts(&head).is_some_and(|n| n > size / 5 + 1) {
            return Err(refuse("workbook-damaged"));
        }
    }
    Ok(has_merged)
}

/// Whether a part of an entry speaks of merged cells; `tail` is the end of the part before.
fn mentions_merged(tail: &mut Vec<u8>, part: &[u8]) -> bool {
    const WORD: &[u8] = b"<mergeCell";
    let holds = |block: &[u8]| block.windows(WORD.len()).any(|window| window == WORD);
    tail.extend_from_slice(&part[..part.len().min(WORD.len())]);
    let mut found = holds(tail);
    // Counting is many times faster than searching, and a block without the letter has not the word.
    for start in (0..part.len()).step_by(4096) {
        let block = &part[start..part.len().min(start + 4096 + WORD.len())];
        found |= block.iter().filter(|byte| **byte == b'g').count() > 0 && holds(block);
    }
    tail.clear();
    tail.extend_from_slice(&part[part.len().saturating_sub(WORD.len())..]);
    found
}

/// The number of texts that a table of shared texts announces (`uniqueCount="…"`).
fn announced_texts(head: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(head);
    let after = text
        .split_once("uniqueCount")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let digits: String = after
        .chars()
        .skip(1)
        .take_while(char::is_ascii_digit)
        .take(25)
        .collect();
    Some(digits.parse().unwrap_or(u64::MAX)).filter(|_| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_bytes() {
        let code =
            |name: &str, bytes: &[u8]| format(name, bytes).map_err(|failure| failure.issue().code);
        assert_eq!(code("a.csv", b"a;b\n1;2\n"), Ok(Format::Delimited));
        assert_eq!(code("a.csv", b""), Err("file-empty".to_owned()));
        assert_eq!(code("a.csv", b" \r\n"), Err("file-empty".to_owned()));
        assert_eq!(code("a.csv", b"%PDF-1.7"), Err("file-not-text".to_owned()));
        assert_eq!(
            code("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1"),
            Err("workbook-encrypted".to_owned())
        );
        assert_eq!(code("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1"), Ok(Format::Xls));
        assert_eq!(code("a.csv", b"PAR1\x15\x04"), Ok(Format::Parquet));
        assert_eq!(
            code("a.xls", b"<html><table>"),
            Err("file-is-html".to_owned())
        );
        assert_eq!(code("a.xlsx", b"words"), Err("workbook-damaged".to_owned()));
        assert_eq!(
            code("a.xlsx", b"PK\x03\x04 cut"),
            Err("workbook-damaged".to_owned())
        );
        let mut locked = b"\xD0\xCF\x11\xE0".to_vec();
        locked.extend([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]);
        locked.extend([0; 12]);
        locked.extend([0x2F, 0x00, 0x36, 0x00]);
        assert_eq!(code("a.xls", &locked), Err("workbook-encrypted".to_owned()));
    }

    #[test]
    fn merged_cells_are_noticed_wherever_the_parts_of_an_entry_are_cut() {
        let mut xml = vec![b'x'; 10_000];
        xml.extend(b"<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>");
        for cut in 1..xml.len() {
            let mut tail = Vec::new();
            let first = mentions_merged(&mut tail, &xml[..cut]);
            let second = mentions_merged(&mut tail, &xml[cut..]);
            assert!(first || second, "{cut}");
        }
        assert!(!mentions_merged(
            &mut Vec::new(),
            &b"<c>merge</c>g".repeat(1000)
        ));
    }

    #[test]
    fn announced_texts_are_read_from_the_head() {
        assert_eq!(
            announced_texts(b"<sst count=\"9\" uniqueCount=\"99999999999\">"),
            Some(99_999_999_999)
        );
        assert_eq!(announced_texts(b"<sst>"), None);
    }
}
