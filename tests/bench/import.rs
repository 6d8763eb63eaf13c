//! How long our import takes beside other readers of the same file in the same run, and how much memory: `cargo bench
//! --profile release --bench import`.
//!
//! Two files are made: csv of 100,000 rows x 100 columns, xlsx of 50,000 x 50, of numbers, dates, levels, identifiers and
//! blanks. Each reader is a process of its own, three times; the table shows the median time inside the process and the
//! most memory that one held (Linux). Peers: calamine alone, streaming every cell and keeping none; pandas, with openpyxl
//! for xlsx, where `python3` has them. Arguments after `--`: rows and columns of the csv, rows and columns of the xlsx.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use calamine::{Reader as _, Xlsx};
use prognostim::base::seed::{Rng, Stream};
use prognostim::base::task::TaskHandle;
use prognostim::import::{ImportOptions, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// Readings of each file by each reader.
const N_TIMES: usize = 3;

/// A value of the generated table.
enum Value {
    Blank,
    Number(f64),
    Date(u16, u8, u8),
    Text(String),
}

/// One value: the kind goes by the column, one in fifteen is blank.
fn value(row: usize, column: usize, rng: &mut Rng) -> Value {
    if column == 0 {
        return Value::Text(format!("P{row:06}"));
    }
    if rng.below(15) == 0 {
        return Value::Blank;
    }
    match column % 10 {
        0..=3 => Value::Number(rng.below(1001) as f64 / 10.0),
        4 | 5 => Value::Number(rng.below(120) as f64),
        6 => Value::Date(
            2000 + rng.below(25) as u16,
            1 + rng.below(12) as u8,
            1 + rng.below(28) as u8,
        ),
        7 => Value::Text(["Oui", "Non"][rng.below(2)].to_owned()),
        8 => Value::Text(["dos", "jambe", "mixte", "aucune"][rng.below(4)].to_owned()),
        _ => Value::Text(format!("remarque {}", rng.below(100_000))),
    }
}

fn header(column: usize) -> String {
    const NAMES: [&str; 10] = [
        "eva", "odi", "eq5d", "mme", "hads", "n", "date", "tabac", "siege", "note",
    ];
    if column == 0 {
        "patient_id".to_owned()
    } else {
        format!("{}_{column}", NAMES[column % 10])
    }
}

fn write_csv(path: &Path, n: usize, k: usize) -> std::io::Result<()> {
    let mut rng = Stream::new(1).rng();
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let names: Vec<String> = (0..k).map(header).collect();
    writeln!(file, "{}", names.join(";"))?;
    let mut line = String::new();
    for row in 0..n {
        line.clear();
        for column in 0..k {
            if column > 0 {
                line.push(';');
            }
            match value(row, column, &mut rng) {
                Value::Blank => {}
                Value::Number(x) => line.push_str(&x.to_string().replace('.', ",")),
                Value::Date(year, month, day) => {
                    write!(line, "{day:02}/{month:02}/{year}").expect("a text can grow");
                }
                Value::Text(text) => line.push_str(&text),
            }
        }
        writeln!(file, "{line}")?;
    }
    file.flush()
}

fn write_xlsx(path: &Path, n: usize, k: usize) -> Result<(), rust_xlsxwriter::XlsxError> {
    let mut rng = Stream::new(2).rng();
    let mut book = Workbook::new();
    let days = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    for column in 0..k {
        sheet.write(0, column as u16, header(column))?;
    }
    for row in 0..n {
        for column in 0..k {
            let at = (row as u32 + 1, column as u16);
            match value(row, column, &mut rng) {
                Value::Blank => {}
                Value::Number(x) => {
                    sheet.write(at.0, at.1, x)?;
                }
                Value::Date(year, month, day) => {
                    let day = ExcelDateTime::from_ymd(year, month, day)?;
                    sheet.write_with_format(at.0, at.1, &day, &days)?;
                }
                Value::Text(text) => {
                    sheet.write(at.0, at.1, text)?;
                }
            }
        }
    }
    book.save(path)
}

/// Streams every cell through calamine and keeps none: what reading a workbook costs at least.
fn stream(path: &Path) -> usize {
    let bytes = std::fs::read(path).expect("the file that was made");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut n_cells = 0;
    for sheet in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&sheet).expect("a sheet");
        while let Some(cell) = cells.next_cell().expect("a cell") {
            n_cells += usize::from(*cell.get_value() != calamine::DataRef::Empty);
        }
    }
    n_cells
}

/// What a process of this program does: one reading, timed from inside.
fn one(reader: &str, path: &Path) {
    let start = Instant::now();
    let check = match reader {
        "prognostim" => {
            let task = TaskHandle::unattended();
            let cohort = read(path, &ImportOptions::default(), &task).expect("a cohort");
            cohort.n_rows() * cohort.variables.len()
        }
        _ => stream(path),
    };
    report(start.elapsed().as_secs_f64(), check);
}

/// Seconds, a count to check, and the most memory that the process held in MB, on one line.
fn report(seconds: f64, check: usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    let peak = peak.unwrap_or(0.0) / 1024.0;
    writeln!(std::io::stdout(), "{seconds} {check} {peak}").expect("standard output is open");
}

const PANDAS: &str = r#"
import sys, time, resource
import pandas
path, how = sys.argv[1:]
start = time.perf_counter()
table = pandas.read_csv(path, sep=";", decimal=",") if how == "csv" else pandas.read_excel(path, engine="openpyxl")
print(time.perf_counter() - start, table.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"#;

/// Median seconds and the most memory of a reader, each time a process of its own; `None` where it does not run.
fn measured(command: &dyn Fn() -> Command) -> Option<(f64, f64)> {
    let mut times = Vec::new();
    let mut most: f64 = 0.0;
    for _ in 0..N_TIMES {
        let output = command().output().ok().filter(|out| out.status.success())?;
        let text = String::from_utf8(output.stdout).ok()?;
        let numbers: Vec<f64> = text
            .split_whitespace()
            .filter_map(|w| w.parse().ok())
            .collect();
        let [seconds, _, peak] = numbers.as_slice() else {
            return None;
        };
        times.push(*seconds);
        most = most.max(*peak);
    }
    times.sort_by(f64::total_cmp);
    Some((times[N_TIMES / 2], most))
}

/// Megabytes of a file as it is decoded: of a workbook, what its container unpacks to.
fn decoded(path: &Path) -> f64 {
    let bytes = std::fs::read(path).expect("the file that was made");
    let n = match zip::ZipArchive::new(Cursor::new(&bytes)) {
        Ok(mut archive) => (0..archive.len())
            .map(|idx| archive.by_index(idx).map_or(0, |entry| entry.size()))
            .sum(),
        Err(_no_container) => bytes.len() as u64,
    };
    n as f64 / f64::from(1 << 20)
}

fn table(path: &Path, peers: &[&str]) -> String {
    let decoded = decoded(path);
    let own = std::env::current_exe().expect("this program");
    let kind = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let of = |reader: &str| {
        measured(&|| {
            let mut command = match reader {
                "pandas" => {
                    let mut command = Command::new("python3");
                    command.args(["-c", PANDAS]);
                    command
                }
                _ => {
                    let mut command = Command::new(&own);
                    command.args(["--one", reader]);
                    command
                }
            };
            command.arg(path);
            if reader == "pandas" {
                command.arg(&kind);
            }
            command
        })
    };
    let ours = of("prognostim");
    let mut text = format!(
        "\n{kind}, decoded {decoded:.0} MB\nreader       seconds  ours/theirs  peak MB  peak/decoded\n"
    );
    for reader in std::iter::once("prognostim").chain(peers.iter().copied()) {
        let found = if reader == "prognostim" {
            ours
        } else {
            of(reader)
        };
        let line = match (found, ours) {
            (Some((seconds, peak)), Some((own_seconds, _))) => format!(
                "{reader:<11}{seconds:>9.2}{:>13.3}{peak:>9.0}{:>14.1}\n",
                own_seconds / seconds,
                peak / decoded
            ),
            _ => format!("{reader:<11} did not run here\n"),
        };
        text.push_str(&line);
    }
    text
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [first, reader, path] = words.as_slice()
        && first == "--one"
    {
        one(reader, Path::new(path));
        return;
    }
    let said: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (csv, xlsx) = (
        folder.path().join("cohort.csv"),
        folder.path().join("cohort.xlsx"),
    );
    write_csv(&csv, said(0, 100_000), said(1, 100)).expect("the folder can be written to");
    write_xlsx(&xlsx, said(2, 50_000), said(3, 50)).expect("the folder can be written to");
    for text in [
        table(&csv, &["pandas"]),
        table(&xlsx, &["calamine", "pandas"]),
    ] {
        write!(std::io::stdout(), "{text}").expect("standard output is open");
    }
}
