//! Files that want to hurt: the program is run on them as a process of its own, and watched.
//!
//! Those that are small lie in `tests/hostile/`; the large ones are put together here.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A safety net against files that are never read to their end.
const MOST_SECS: u64 = 60;
/// What reading a hostile file may take, all processes together.
const MOST_BYTES: u64 = 1_500_000_000;

/// Everything that is wrong with how the program ends on a file; what it says is not looked at.
pub(crate) fn endured(path: &Path) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_prognostim"))
        .args(["check", "--lang", "en"])
        .arg(path)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stderr.take().unwrap();
    let words = std::thread::spawn(move || {
        let mut words = Vec::new();
        pipe.read_to_end(&mut words).ok();
        String::from_utf8_lossy(&words).into_owned()
    });
    let (code, peak) = watch(&mut child);
    let words = words.join().unwrap();
    let mut found = Vec::new();
    match code {
        None => found.push(format!("the program was not done in {MOST_SECS} s")),
        Some(Some(0)) if words.contains("panicked") => found.push(format!("panicked: {words}")),
        Some(Some(0)) => {}
        Some(Some(1)) if words.trim().is_empty() => found.push("refused without a word".to_owned()),
        Some(Some(1)) if !words.contains("panicked") && !words.contains('⟦') => {}
        Some(code) => found.push(format!("the program ended with {code:?}: {words}")),
    }
    if peak > MOST_BYTES {
        found.push(format!("took {} MB", peak >> 20));
    }
    found
}

/// Waits for a process; gives its exit code (`None` in it: killed; `None` around it: not done in time) and the most
/// memory that it and its children held at a time.
fn watch(child: &mut Child) -> (Option<Option<i32>>, u64) {
    let start = Instant::now();
    let mut peak = 0;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return (Some(status.code()), peak);
        }
        peak = peak.max(memory(child.id()));
        if start.elapsed() > Duration::from_secs(MOST_SECS) {
            child.kill().ok();
            child.wait().ok();
            return (None, peak);
        }
        std::thread::sleep(Duration::from_millis(4));
    }
}

/// Most memory that a process has held, with that of its children, in bytes; 0 where the system does not tell.
fn memory(process: u32) -> u64 {
    let field = |text: &str, name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    let status = |process: u32| std::fs::read_to_string(format!("/proc/{process}/status")).ok();
    let Some(own) = status(process) else {
        return 0;
    };
    let mut sum = field(&own, "VmHWM:").unwrap_or(0) * 1024;
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    for child in children.unwrap_or_default().split_whitespace() {
        sum += child.parse().map_or(0, memory);
    }
    sum
}

/// Name, bytes, and the codes of which one refuses it; none where it is to be read, `*` where either will do.
pub(crate) struct Attack {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) refused: &'static [&'static str],
}

/// Ten megabytes that unpack to ten gigabytes, and their kin.
pub(crate) fn large() -> Vec<Attack> {
    let mut all = bombs();
    all.extend(crowds());
    all
}

fn attack(name: &'static str, bytes: Vec<u8>, refused: &'static [&'static str]) -> Attack {
    Attack {
        name,
        bytes,
        refused,
    }
}

fn bombs() -> Vec<Attack> {
    const EXPANDS: &[&str] = &[
        "workbook-expands",
        "workbook-damaged",
        "workbook-too-demanding",
    ];
    /// Megabytes that a bomb unpacks to.
    const TEN_GIGABYTES: usize = 10_240;
    let sheet = b"<?xml version=\"1.0\"?><worksheet><sheetData>";
    let beside = |name: &str, bytes: &[u8], path: &str| {
        let entries = [stored(name, bytes), bomb(path, sheet, TEN_GIGABYTES, None)];
        container(&entries, 1)
    };
    let lies = bomb(
        "xl/worksheets/sheet1.xml",
        sheet,
        TEN_GIGABYTES,
        Some(1_000),
    );
    let overlaps = bomb("xl/media/image1.png", sheet, 200, None);
    [
        (
            "bomb.xlsx",
            beside("xl/styles.xml", b"", "xl/worksheets/sheet1.xml"),
        ),
        (
            "bomb-texts.xlsx",
            beside("xl/styles.xml", b"", "xl/sharedStrings.xml"),
        ),
        (
            "bomb.xlsb",
            beside("xl/workbook.bin", b"", "xl/worksheets/sheet1.bin"),
        ),
        (
            "bomb.ods",
            beside(
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml",
            ),
        ),
        ("bomb-that-lies.xlsx", container(&[lies], 1)),
        ("bomb-that-overlaps.xlsx", container(&[overlaps], 900)),
        (
            "bomb-of-entries.xlsx",
            container(&[stored("xl/a.xml", b"")], 60_000),
        ),
    ]
    .into_iter()
    .map(|(name, bytes)| attack(name, bytes, EXPANDS))
    .collect()
}

fn crowds() -> Vec<Attack> {
    const NO_TABLE: &[&str] = &[
        "too-many-columns",
        "single-column",
        "file-empty",
        "file-not-text",
    ];
    vec![
        attack("crowd.xlsx", crowd(), &["*"]),
        attack("columns.csv", columns(17_000), &["too-many-columns"]),
        attack("delimiters.csv", vec![b';'; 5_000_000], NO_TABLE),
        attack("quotes.csv", vec![b'"'; 5_000_000], NO_TABLE),
        attack("large-cell.csv", large_cell(), &[]),
        attack("ragged.csv", ragged(), &[]),
        attack(
            "zeros.csv",
            vec![0; 300 << 20],
            &["file-too-large", "file-not-text"],
        ),
    ]
}

/// An entry of a zip container, as it stands in the file.
struct Entry {
    path: String,
    method: u16,
    packed: Vec<u8>,
    declared: u64,
    crc: u32,
}

fn stored(path: &str, bytes: &[u8]) -> Entry {
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    });
    Entry {
        path: path.to_owned(),
        method: 0,
        packed: bytes.to_vec(),
        declared: bytes.len() as u64,
        crc: !crc,
    }
}

/// So many megabytes of blanks after a beginning; `declared`: the size that the directory claims.
fn bomb(path: &str, beginning: &[u8], n_megabytes: usize, declared: Option<u64>) -> Entry {
    let block = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/bomb.deflate");
    let block = std::fs::read(block).unwrap();
    let length = beginning.len() as u16;
    let mut packed = vec![0];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(beginning);
    for _ in 0..n_megabytes {
        packed.extend(&block);
    }
    packed.extend([1, 0, 0, 0xFF, 0xFF]);
    Entry {
        path: path.to_owned(),
        method: 8,
        packed,
        declared: declared.unwrap_or(((n_megabytes as u64) << 20) + beginning.len() as u64),
        crc: 0,
    }
}

/// A zip container; its last entry is named so many times in the directory, each time the same bytes.
fn container(entries: &[Entry], n_last: usize) -> Vec<u8> {
    let (mut file, mut directory, mut n) = (Vec::new(), Vec::new(), 0_u64);
    let fixed = stored("[Content_Types].xml", b"<Types/>");
    let book = stored("xl/workbook.xml", b"<workbook/>");
    let all: Vec<&Entry> = [&fixed, &book].into_iter().chain(entries).collect();
    for (idx, entry) in all.iter().enumerate() {
        let at = file.len() as u32;
        let size64 = entry.declared >= u64::from(u32::MAX);
        let size = u32::try_from(entry.declared).unwrap_or(u32::MAX);
        let packed = entry.packed.len() as u32;
        let head = |name: &str| {
            let mut head = Vec::new();
            for half in [45, 0, entry.method, 0, 33] {
                head.extend(u16::to_le_bytes(half));
            }
            for word in [entry.crc, packed, size] {
                head.extend(word.to_le_bytes());
            }
            head.extend((name.len() as u16).to_le_bytes());
            head.extend(if size64 { 12_u16 } else { 0 }.to_le_bytes());
            head
        };
        let extra = |bytes: &mut Vec<u8>| {
            if size64 {
                bytes.extend([1, 0, 8, 0]);
                bytes.extend(entry.declared.to_le_bytes());
            }
        };
        file.extend(b"PK\x03\x04");
        file.extend(head(&entry.path));
        file.extend(entry.path.as_bytes());
        extra(&mut file);
        file.extend(&entry.packed);
        let n_times = if idx + 1 == all.len() { n_last } else { 1 };
        for time in 0..n_times {
            let name = if time == 0 {
                entry.path.clone()
            } else {
                format!("{}{time}", entry.path)
            };
            directory.extend(b"PK\x01\x02\x2D\x00");
            directory.extend(head(&name));
            directory.extend([0; 10]);
            directory.extend(at.to_le_bytes());
            directory.extend(name.as_bytes());
            extra(&mut directory);
            n += 1;
        }
    }
    let start = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend((n as u16).to_le_bytes());
    file.extend((n as u16).to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// A sheet of fourteen million cells beside a picture that makes the workbook large enough to be believed.
fn crowd() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let relations = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let book = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let root = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    for (path, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", root),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/workbook.xml", book),
    ] {
        zip.start_file(path, packed).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/media/noise.png", plain).unwrap();
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..1_500_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        })
        .collect();
    zip.write_all(&noise).unwrap();
    zip.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    zip.write_all(b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>")
        .unwrap();
    let header: String = (0..1_000)
        .map(|n| format!("<c t=\"inlineStr\"><is><t>c{n}</t></is></c>"))
        .collect();
    zip.write_all(format!("<row>{header}</row>").as_bytes())
        .unwrap();
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(1_000));
    for _ in 0..14_000 {
        zip.write_all(row.as_bytes()).unwrap();
    }
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn columns(k: usize) -> Vec<u8> {
    let names: Vec<String> = (0..k).map(|n| format!("c{n}")).collect();
    let ones = vec!["1"; k].join(",");
    format!("{}\n{ones}\n{ones}\n", names.join(",")).into_bytes()
}

/// A text of a megabyte in one cell.
fn large_cell() -> Vec<u8> {
    let text = "une phrase sans fin, ".repeat(50_000);
    format!("id;texte;eva\nA;\"{text}\";1,5\nB;court;2,5\nC;court;3,5\n").into_bytes()
}

/// Two hundred thousand rows, each with something wrong.
fn ragged() -> Vec<u8> {
    let mut text = String::from("id;eva;date_inclusion;odi\n");
    for n in 0..200_000 {
        text.push_str(match n % 4 {
            0 => "A;1,5;31/02/2021\n",
            1 => "A;<2;30/04/2021;x;y;z\n",
            2 => ";=cmd;#REF!;999\n",
            _ => "B;3,5;01/01/2021;40\n",
        });
    }
    text.into_bytes()
}
