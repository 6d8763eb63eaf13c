//! Formats whose readers take a whole file in at once (xls, ods, xlsb, Parquet) are read by a process
//! of their own: when a hostile file makes it take too much memory or time, or makes it panic, that
//! process ends, and not the program with the user's work.
//!
//! The process is this program with [`READ`] as its first argument. It gets the file on its standard
//! input and writes the cells to its standard output ([`wire`]); it opens no file and no window. Its
//! memory is limited on Unix; on other systems only its time is, and the size of what it may say.

mod serve;
mod wire;

pub use serve::serve;
pub(crate) use wire::Value;

use std::ffi::OsStr;
use std::io::{BufReader, Read, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::import::grid::MAX_CELLS;
use crate::import::guard::Format;
use crate::import::raw::Region;
use wire::{Message, Messages, Refusal};

/// The first argument of a process that reads a file; the second is the name of the format.
pub(crate) const READ: &str = "--read-workbook";
/// Memory that the process may ask for: a full xls sheet (65,536 x 256 cells) takes some 1.5 GB.
const MAX_MEMORY: u64 = 3 << 30;
/// Time that it may take, whatever the file's size.
const MAX_TIME: Duration = Duration::from_secs(120);
/// How often it is looked at whether the user stopped the work.
const LOOK: Duration = Duration::from_millis(40);
/// Bytes of text that it may say.
const MAX_TEXT: usize = 1 << 30;

/// What the process found, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found<'a> {
    /// A sheet begins, whose day numbers count from 1904 or not.
    Sheet(&'a str, bool),
    /// A cell of it: 0-based row and column.
    Cell(u32, u32, Value<'a>),
    /// Merged cells of the sheet.
    Merged(Region),
    /// A column that can't be read, with the name of its type.
    LeftOut(&'a str, &'a str),
}

/// Name of a format between the two processes.
fn word(format: Format) -> &'static str {
    match format {
        Format::Xls => "xls",
        Format::Xlsb => "xlsb",
        Format::Ods => "ods",
        Format::Parquet => "parquet",
        Format::Xlsx => "xlsx",
        Format::Delimited => "text",
    }
}

/// Reads a file in a process of its own; `on_found` is called for everything that it finds.
pub(crate) fn read(
    format: Format,
    name: &str,
    bytes: &[u8],
    task: &TaskHandle,
    mut on_found: impl FnMut(Found<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    task.check()?;
    let absent = |detail: String| {
        Issue::error("reader-absent")
            .with("file", name)
            .with("detail", detail)
    };
    let program = program().ok_or_else(|| absent("prognostim".to_owned()))?;
    let mut child = start(&program, format).map_err(|error| absent(error.to_string()))?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(absent("pipe".to_owned()).into());
    };
    std::thread::scope(|scope| {
        scope.spawn(move || hand_over(input, bytes));
        let (done, is_done) = channel::<()>();
        let guard = scope.spawn(move || watch(child, time_for(bytes.len()), &is_done, task));
        let heard = listen(output, name, &mut on_found);
        drop(done);
        let end = guard.join().unwrap_or(End::Other);
        task.check()?;
        match heard {
            Ok(()) => Ok(()),
            Err(Silence::Said(failure)) => Err(failure),
            Err(Silence::Cut) => Err(Issue::error(end.code()).with("file", name).into()),
        }
    })
}

/// The program that reads: as the environment says, else this one, else the one beside it or a folder
/// above it, where the tests of a build find theirs.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PROGNOSTIM_READER").filter(|named| !named.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let own = std::env::current_exe().ok()?;
    if own.file_stem() == Some(OsStr::new("prognostim")) {
        return Some(own);
    }
    let name = format!("prognostim{}", std::env::consts::EXE_SUFFIX);
    let mut folders = own.ancestors().skip(1).take(2);
    folders.find_map(|folder| Some(folder.join(&name)).filter(|path| path.is_file()))
}

fn start(program: &PathBuf, format: Format) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command
        .args([READ, word(format)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // Each thread reserves address space, which is limited.
        .env("POLARS_MAX_THREADS", "1")
        .env("RAYON_NUM_THREADS", "1");
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    command.spawn()
}

/// Gives the file to the process, which may end before it took all of it.
fn hand_over(mut input: ChildStdin, bytes: &[u8]) {
    if input.write_all(bytes).is_err() {
        // It ended or was ended: its other pipe says why.
    }
}

/// How the process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It ran out of its memory or time.
    Spent,
    /// It stopped by itself on something that it does not understand.
    Other,
}

impl End {
    fn code(self) -> &'static str {
        match self {
            Self::Spent => "workbook-too-demanding",
            Self::Other => "workbook-damaged",
        }
    }

    fn of(status: ExitStatus) -> Self {
        // A panic ends with 101; running out of memory aborts, which is a signal or a status of the system's.
        match status.code() {
            Some(0..=255) => Self::Other,
            _ => Self::Spent,
        }
    }
}

/// Time that a file of this size may take: the readers need less than a second for a megabyte, and some
/// damaged files never end.
fn time_for(n_bytes: usize) -> Duration {
    MAX_TIME.min(Duration::from_secs(15 + 10 * (n_bytes >> 20) as u64))
}

/// Ends the process when its time is over, when the user stops the work, or when nobody listens any more.
fn watch(mut child: Child, time: Duration, is_done: &Receiver<()>, task: &TaskHandle) -> End {
    let until = Instant::now() + time;
    let mut spent = false;
    while is_done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        spent = Instant::now() > until;
        if spent || task.is_cancelled() {
            break;
        }
    }
    // It may be ending by itself: its status says how. Only one that goes on is ended.
    let mut status = child.try_wait().ok().flatten();
    for _ in 0..25 {
        if status.is_some() || spent || task.is_cancelled() {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
        status = child.try_wait().ok().flatten();
    }
    if status.is_none() && child.kill().is_ok() {
        status = child.wait().ok();
    }
    if spent {
        End::Spent
    } else {
        status.map_or(End::Other, End::of)
    }
}

/// Why a process said less than all.
enum Silence {
    /// It said why, or what it said was refused.
    Said(Failure),
    /// It fell silent.
    Cut,
}

impl From<Failure> for Silence {
    fn from(failure: Failure) -> Self {
        Self::Said(failure)
    }
}

fn listen(
    output: ChildStdout,
    name: &str,
    on_found: &mut impl FnMut(Found<'_>) -> Result<(), Failure>,
) -> Result<(), Silence> {
    hear(BufReader::with_capacity(1 << 16, output), name, on_found)
}

fn hear(
    source: impl Read,
    name: &str,
    on_found: &mut impl FnMut(Found<'_>) -> Result<(), Failure>,
) -> Result<(), Silence> {
    let refuse = |code: &str, detail: &str| {
        Failure::from(
            Issue::error(code)
                .with("file", name)
                .with("detail", detail)
                .with("limit", MAX_CELLS),
        )
    };
    let mut messages = Messages::new(source);
    let (mut epoch_1904, mut n_cells, mut n_text) = (false, 0_usize, 0_usize);
    loop {
        match messages.next().map_err(|_error| Silence::Cut)? {
            Message::Book { epoch_1904: since } => epoch_1904 = since,
            Message::Sheet(sheet) => on_found(Found::Sheet(sheet, epoch_1904))?,
            Message::Cell(row, column, value) => {
                n_cells += 1;
                if let Value::Text(text) | Value::Error(text) = value {
                    n_text += text.len();
                }
                if n_cells > MAX_CELLS || n_text > MAX_TEXT {
                    return Err(refuse("table-too-large", "").into());
                }
                on_found(Found::Cell(row, column, value))?;
            }
            Message::Merged { rows, columns } => {
                n_cells += 1;
                on_found(Found::Merged(Region { rows, columns }))?;
            }
            Message::LeftOut(column, kind) => on_found(Found::LeftOut(column, kind))?,
            Message::End => return Ok(()),
            Message::Refused(why, detail) => {
                let code = match why {
                    Refusal::Damaged => "workbook-damaged",
                    Refusal::Encrypted => "workbook-encrypted",
                    Refusal::TooLarge => "table-too-large",
                };
                return Err(refuse(code, detail).into());
            }
        }
    }
}
