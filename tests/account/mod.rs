//! What became of every cell of a source, found out apart from the import: an own reader of the cells, and for each of
//! them the place in the cohort or the issue that names it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use encoding_rs::Encoding;
use prognostim::base::issue::{Arg, Issue};
use prognostim::cohort::{Cell, Cohort, Source, Variable};

/// A cell that holds something: 1-based row and column, as the spreadsheet shows them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceCell {
    pub(crate) sheet: Option<String>,
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) text: String,
}

/// The cells of a delimited file, split by its rules: quotes around fields that begin with one, doubled inside.
pub(crate) fn delimited_cells(source: &Source, bytes: &[u8], quote: char) -> Vec<SourceCell> {
    let encoding = source.encoding.as_deref().unwrap_or("utf-8");
    let encoding = Encoding::for_label(encoding.as_bytes()).expect("an encoding by its name");
    let (text, ..) = encoding.decode(bytes);
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.starts_with("sep=") {
        text = text
            .split_once('\n')
            .map_or(String::new(), |(_, rest)| rest.to_owned());
    }
    let delimiter = source.delimiter.expect("a delimited file has a delimiter");
    let mut cells = Vec::new();
    let (mut row, mut column, mut field) = (1, 1, String::new());
    let (mut quoted, mut at_start) = (false, true);
    let mut characters = text.chars().peekable();
    let mut keep = |row: u32, column: u32, field: &mut String| {
        let text = std::mem::take(field);
        if !text.trim().is_empty() {
            cells.push(SourceCell {
                sheet: None,
                row,
                column,
                text,
            });
        }
    };
    while let Some(c) = characters.next() {
        match c {
            _ if quoted && c == quote && characters.peek() == Some(&quote) => {
                characters.next();
                field.push(quote);
            }
            _ if quoted && c == quote => quoted = false,
            // A line break inside quotes is no new row: rows are those that a spreadsheet shows.
            _ if quoted => field.push(c),
            _ if c == quote && at_start && closes(characters.clone(), quote, delimiter) => {
                quoted = true;
                at_start = false;
            }
            '\n' => {
                keep(row, column, &mut field);
                (row, column, at_start) = (row + 1, 1, true);
            }
            _ if c == delimiter => {
                keep(row, column, &mut field);
                (column, at_start) = (column + 1, true);
            }
            _ => {
                field.push(c);
                at_start = false;
            }
        }
    }
    keep(row, column, &mut field);
    cells
}

/// Whether a quotation that has begun ends before a delimiter, a line break or the end; else its mark is text.
fn closes(rest: impl Iterator<Item = char>, quote: char, delimiter: char) -> bool {
    let mut rest = rest.peekable();
    while let Some(c) = rest.next() {
        if c != quote {
            continue;
        }
        match rest.peek() {
            Some(next) if *next == quote => rest.next(),
            Some(next) if *next != delimiter && *next != '\n' => continue,
            _ => return true,
        };
    }
    false
}

/// The cells of a workbook, each sheet taken whole by calamine.
pub(crate) fn workbook_cells(bytes: &[u8]) -> Vec<SourceCell> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let mut cells = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let text = match data {
                Data::DateTime(moment) if moment.is_datetime() => {
                    let (year, month, day, ..) = moment.to_ymd_hms_milli();
                    format!("{year:04}-{month:02}-{day:02}")
                }
                other => other.to_string(),
            };
            if !text.trim().is_empty() {
                cells.push(SourceCell {
                    sheet: Some(sheet.clone()),
                    row: top + row as u32 + 1,
                    column: left + column as u32 + 1,
                    text,
                });
            }
        }
    }
    cells
}

/// Issues that say how many cells of a sheet were left out.
const LEFT_OUT: [&str; 7] = [
    "range-left-out",
    "rows-skipped",
    "sheet-not-joined",
    "sheet-left-out",
    "sheet-of-words",
    "column-left-out",
    "redcap-repeats-left-out",
];

/// A cohort as looked up by the places of its source.
struct Places<'a> {
    cohort: &'a Cohort,
    /// Variables by sheet and column.
    of_column: BTreeMap<(Option<&'a str>, u32), Vec<&'a Variable>>,
    /// Patient of each row that any variable was read from.
    patient_of: HashMap<(Option<&'a str>, u32), usize>,
    /// First row of each sheet that any variable was read from.
    first_rows: BTreeMap<Option<&'a str>, u32>,
    /// Cells of a column that an issue only counts, by column.
    counted: BTreeMap<(Option<&'a str>, u32), usize>,
    /// Cells of rows and columns that an issue says were left out, by sheet.
    left_out: BTreeMap<Option<&'a str>, usize>,
    /// Header rows of further tables that an issue says were left out, with the titles above them.
    headers: BTreeSet<(Option<&'a str>, u32)>,
    /// Lines that an issue calls notes, by sheet, and those found so far.
    notes: BTreeMap<Option<&'a str>, (usize, BTreeSet<u32>)>,
}

/// Every cell that is neither in the cohort nor named by an issue, with what became of it.
pub(crate) fn unaccounted(cohort: &Cohort, cells: &[SourceCell]) -> Vec<String> {
    let mut places = Places::of(cohort);
    cells
        .iter()
        .filter_map(|cell| Some((cell, places.lost(cell)?)))
        .map(|(cell, why)| {
            format!(
                "{}row {} column {} {:?}: {why}",
                cell.sheet
                    .as_ref()
                    .map(|s| format!("{s}, "))
                    .unwrap_or_default(),
                cell.row,
                cell.column,
                cell.text
            )
        })
        .collect()
}

impl<'a> Places<'a> {
    fn of(cohort: &'a Cohort) -> Self {
        let mut places = Self {
            cohort,
            of_column: BTreeMap::new(),
            patient_of: HashMap::new(),
            first_rows: BTreeMap::new(),
            counted: BTreeMap::new(),
            left_out: BTreeMap::new(),
            headers: BTreeSet::new(),
            notes: BTreeMap::new(),
        };
        for variable in &cohort.variables {
            let sheet = variable.origin.sheet.as_deref();
            let column = (sheet, variable.origin.column);
            places.of_column.entry(column).or_default().push(variable);
            for (patient, &row) in variable.origin.rows.iter().enumerate() {
                if row > 0 {
                    places.patient_of.insert((sheet, row), patient);
                    let first = places.first_rows.entry(sheet).or_insert(row);
                    *first = row.min(*first);
                }
            }
        }
        for issue in &cohort.issues {
            let sheet = issue.place.sheet.as_deref();
            let said = |what: &str| {
                issue.args.iter().find_map(|(name, arg)| match arg {
                    Arg::Number(n) if name == what => Some(*n as usize),
                    _ => None,
                })
            };
            let n = said("n").unwrap_or(0);
            match issue.code.as_str() {
                "more-cells" => {
                    let column = (sheet, issue.place.position.unwrap_or(0));
                    *places.counted.entry(column).or_default() += n;
                }
                "notes-below" => places.notes.entry(sheet).or_default().0 += n,
                code if LEFT_OUT.contains(&code) => {
                    *places.left_out.entry(sheet).or_default() += n;
                    let header = said("row").unwrap_or(0) as u32;
                    // Titles stand above the header, below the rows of the table before.
                    let titles = (1..header).rev().take(3);
                    let titles =
                        titles.take_while(|row| !places.patient_of.contains_key(&(sheet, *row)));
                    let rows: Vec<u32> = titles.chain([header]).collect();
                    places
                        .headers
                        .extend(rows.into_iter().map(|row| (sheet, row)));
                }
                _ => {}
            }
        }
        places
    }

    /// Why a cell is lost; `None` where it is accounted for.
    fn lost(&mut self, cell: &'a SourceCell) -> Option<String> {
        let sheet = cell.sheet.as_deref();
        let is_left_out =
            |(name, used, ..): &(String, bool, u32, u32)| Some(name.as_str()) == sheet && !used;
        if self.cohort.source.sheets.iter().any(is_left_out) {
            return None;
        }
        let Some(&first) = self.first_rows.get(&sheet) else {
            // A sheet that is used and gives no column: a codebook.
            return sheet.is_none().then(|| "no row was read".to_owned());
        };
        let Some(&patient) = self.patient_of.get(&(sheet, cell.row)) else {
            let above = cell.row < first;
            let is_named = self
                .here(cell)
                .iter()
                .any(|issue| issue.place.row == Some(cell.row));
            return (!above && !is_named && !self.is_left_out(cell))
                .then(|| "its row was not read, and no issue says so".to_owned());
        };
        let variables = self.of_column.get(&(sheet, cell.column));
        let variables = variables.map(Vec::as_slice).unwrap_or_default();
        let is_of_row = |v: &&&Variable| v.origin.rows.get(patient) == Some(&cell.row);
        let variable = variables.iter().find(is_of_row).or(variables.first());
        let Some(variable) = variable else {
            let is_id = self.cohort.ids()[patient].trim() == cell.text.trim();
            let is_visit = self.is_visit(cell, patient);
            return (!is_id && !is_visit && !self.is_named(cell) && !self.is_left_out(cell))
                .then(|| "its column was not read, and no issue says so".to_owned());
        };
        match self.cohort.cell(patient, &variable.name) {
            Some(value) if is_same(&value, &cell.text, &self.cohort.source) => None,
            Some(Cell::Text(label))
                if variable.levels.contains(&label)
                    && variable
                        .reasons
                        .iter()
                        .any(|reason| reason.code == "codebook") =>
            {
                None
            }
            Some(value) => (!self.is_named(cell) && !self.has_note(cell))
                .then(|| format!("became {value:?}, and no issue says so")),
            None => (!self.is_named(cell))
                .then(|| "is missing in the cohort, and no issue says so".to_owned()),
        }
    }

    /// Whether a cell says the visit that the names of the row's variables carry.
    fn is_visit(&self, cell: &SourceCell, patient: usize) -> bool {
        let of_row = |v: &&Variable| {
            v.origin.sheet == cell.sheet && v.origin.rows.get(patient) == Some(&cell.row)
        };
        let mut variables = self.cohort.variables.iter().filter(of_row);
        variables.any(|v| v.name != v.origin.header && v.name.starts_with(&v.origin.header))
    }

    fn here(&self, cell: &SourceCell) -> Vec<&'a Issue> {
        let issues = self.cohort.issues.iter();
        issues
            .filter(|issue| issue.place.sheet == cell.sheet)
            .collect()
    }

    /// Whether an issue names the cell or its row, or counts it among more cells of its column.
    fn is_named(&mut self, cell: &'a SourceCell) -> bool {
        const OF_ROWS: [&str; 3] = ["visit-missing", "duplicate-visit", "ragged-row"];
        let at_cell = |issue: &Issue| {
            let is_here = issue
                .place
                .position
                .is_none_or(|position| position == cell.column);
            issue.place.row == Some(cell.row) && (is_here || OF_ROWS.contains(&issue.code.as_str()))
        };
        let as_word = |issue: &Issue| {
            issue.code == "missing-word"
                && issue.place.position == Some(cell.column)
                && issue
                    .found
                    .as_ref()
                    .is_some_and(|found| found.to_lowercase() == cell.text.trim().to_lowercase())
        };
        let as_column = |issue: &Issue| {
            issue.place.position == Some(cell.column)
                && issue.code.contains("left-out")
                && issue.code != "time-left-out"
        };
        let here = self.here(cell);
        if here
            .into_iter()
            .any(|issue| at_cell(issue) || as_word(issue) || as_column(issue))
        {
            return true;
        }
        let sheet = cell.sheet.as_deref();
        let is_text = |variable: &&'a Variable| {
            let unread = self.cohort.unread.get(&variable.name);
            unread.is_some_and(|cells| {
                cells
                    .iter()
                    .any(|(_, text)| text.trim() == cell.text.trim())
            })
        };
        let variables = self.of_column.get(&(sheet, cell.column));
        if variables.is_some_and(|variables| variables.iter().any(is_text)) {
            return true;
        }
        self.is_counted(cell)
    }

    /// Whether an issue counts the cell among those of rows and columns that were left out; each cell is counted once.
    fn is_left_out(&mut self, cell: &'a SourceCell) -> bool {
        let sheet = cell.sheet.as_deref();
        if self.headers.contains(&(sheet, cell.row)) {
            return true;
        }
        if let Some(n @ 1..) = self.left_out.get_mut(&sheet) {
            *n -= 1;
            return true;
        }
        if let Some((n, rows)) = self.notes.get_mut(&sheet)
            && (rows.contains(&cell.row) || rows.len() < *n)
        {
            rows.insert(cell.row);
            return true;
        }
        self.is_counted(cell)
    }

    /// Whether an issue counts the cell among more of its column; each cell is counted once.
    fn is_counted(&mut self, cell: &'a SourceCell) -> bool {
        for column in [cell.column, 0] {
            let counted = self.counted.get_mut(&(cell.sheet.as_deref(), column));
            if let Some(n @ 1..) = counted {
                *n -= 1;
                return true;
            }
        }
        false
    }

    /// Whether a note says how the column is written, so that its values may look different.
    fn has_note(&self, cell: &SourceCell) -> bool {
        const NOTES: [&str; 13] = [
            "percent-signs",
            "thousands-mark",
            "other-decimal-mark",
            "numbers-as-text",
            "day-numbers",
            "two-digit-years",
            "time-left-out",
            "level-spelling",
            "mixed-column",
            "scores-out-of",
            "units-beside",
            "merged-cells-filled",
            "id-matched-loosely",
        ];
        self.here(cell).into_iter().any(|issue| {
            issue.place.position == Some(cell.column) && NOTES.contains(&issue.code.as_str())
        })
    }
}

/// Whether a value is what a cell says, written another way at most: blanks around, the decimal mark, a date's order.
fn is_same(value: &Cell, text: &str, source: &Source) -> bool {
    let plain = text.trim();
    match value {
        Cell::Number(x) => number(plain, source).is_some_and(|y| (x - y).abs() <= 1e-6 * y.abs()),
        Cell::Text(said) => {
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let answers = [("yes", "true"), ("no", "false")];
            squeezed(said) == squeezed(plain)
                || answers.contains(&(said.as_str(), plain.to_lowercase().as_str()))
                || number(plain, source).is_some_and(|x| {
                    said.parse() == Ok(x) && !plain.starts_with('0') || plain == "0"
                })
                || is_date(said, plain)
        }
    }
}

/// A number as the file writes it, without anything else.
fn number(text: &str, source: &Source) -> Option<f64> {
    let text = text.replace('\u{2212}', "-");
    let in_workbook = source.delimiter.is_none();
    let plain = (source.decimal_mark != Some(',') || in_workbook).then(|| text.parse().ok());
    let comma = (source.decimal_mark == Some(',')).then(|| text.replace(',', ".").parse().ok());
    plain.flatten().or(comma.flatten())
}

/// Whether an ISO date has the same year, month and day as a text in whatever order; years may be short, months words.
fn is_date(iso: &str, text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "f", "mar", "av ap", "ma", "juin jun", "juil jul", "ao aug", "sep", "oct", "nov",
        "d",
    ];
    let numbers = |text: &str| -> Vec<u32> {
        text.split(|c: char| !c.is_ascii_digit())
            .filter_map(|part| part.parse().ok())
            .take(3)
            .map(|n: u32| if n >= 1000 { n % 100 } else { n })
            .collect()
    };
    let (mut a, mut b) = (numbers(iso), numbers(text));
    if a.len() != 3 || iso.len() != 10 {
        return false;
    }
    if b.len() == 2 {
        // The month is a word: it begins as the month of the value does, in French or in English.
        let word: String = text
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect();
        let word = word.trim_start_matches("er");
        let begins = |beginning: &str| word.starts_with(beginning);
        let month = MONTHS.get(a[1] as usize - 1).copied().unwrap_or_default();
        if month.split(' ').any(begins) {
            b.push(a[1]);
        }
    }
    if b.len() == 1 && text.trim().len() == 8 && text.is_ascii() {
        // Digits alone: year, month, day.
        b = [0..4, 4..6, 6..8]
            .map(|range| text.trim()[range].parse::<u32>().unwrap_or(0) % 100)
            .to_vec();
    }
    a.sort_unstable();
    b.sort_unstable();
    a == b
}
