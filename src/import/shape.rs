//! Cuts the tables out of a sheet: range, rows to skip, titles, header, totals, further tables.
//!
//! Every filled cell gets a place here: in a table, in a header, in a title, or left out with an
//! issue that counts it.

use std::collections::BTreeSet;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, IntoParallelRefMutIterator as _,
    ParallelIterator as _,
};

use crate::base::issue::{Failure, Issue, Place};
use crate::base::task::TaskHandle;
use crate::cohort::{Account, Limited, header};
use crate::import::codebook;
use crate::import::frame::Frame;
use crate::import::grid::{Cell, Grid};
use crate::import::heading::{self, Heading, is_data};
use crate::import::names::is_identifier_header;
use crate::import::preview::{LinePart, PreviewLine, SheetPart, SheetPreview};
use crate::import::raw::Raw;

/// Lines that a preview shows.
const MAX_SHOWN: usize = 60;
/// Lines of a table that are looked at to tell what its columns hold.
const MAX_PROFILED: usize = 50;
/// A last row with nothing but one text longer than this is a note, not a patient.
const LONG_NOTE: usize = 25;

/// A sheet in its parts.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// Sheet; `None` for a delimited file.
    pub sheet: Option<String>,
    /// Its tables, from the top and from the left.
    pub grids: Vec<Grid>,
    /// Words outside the tables.
    pub titles: Vec<String>,
    /// Lines that hold something.
    pub n_lines: u32,
    /// Rows up to and with the first header.
    pub header_row: u32,
    /// Cells outside the tables.
    pub account: Account,
    /// What was noticed.
    pub issues: Vec<Issue>,
    /// The first lines as they stand.
    pub lines: Vec<PreviewLine>,
}

impl Cut {
    /// A sheet of words, for a preview.
    pub(crate) fn words(&self) -> SheetPreview {
        SheetPreview {
            name: self.sheet.clone().unwrap_or_default(),
            part: SheetPart::LeftOut,
            n_rows: self.n_lines,
            n_columns: 0,
        }
    }

    /// Says that a sheet holds no table.
    pub(crate) fn words_note(&self) -> Issue {
        let mut note = Issue::note("sheet-of-words")
            .with("n", self.account.title)
            .with("lines", self.n_lines as usize);
        note.place.sheet.clone_from(&self.sheet);
        note
    }
}

/// Cuts a sheet. Fails where the frame does not fit it.
pub(crate) fn cut(mut raw: Raw, frame: &Frame, task: &TaskHandle) -> Result<Cut, Failure> {
    let mut cut = Cut {
        sheet: raw.sheet.clone(),
        n_lines: raw.rows.len() as u32,
        lines: shown(&raw, frame),
        ..Cut::default()
    };
    let mut n_filled = raw.fill();
    cut.account.cells = raw.n_unvalued + n_filled.iter().map(|n| *n as usize).sum::<usize>();
    if !frame.is_open() {
        cut.issues = frame.apply(&mut raw, &mut cut.account)?;
        n_filled = raw.fill();
    }
    let mut issues = std::mem::take(&mut raw.issues);
    let n_unvalued = raw.n_unvalued;
    if fill_merged(&mut raw, &n_filled, &mut cut) {
        n_filled = raw.fill();
    }
    let aside = detach(&mut raw, &n_filled);
    if !aside.is_empty() {
        n_filled = raw.fill();
    }
    Sheet::new(raw, n_filled).cut(frame, &mut cut, task)?;
    for raw in aside {
        let n_filled = raw.fill();
        Sheet::new(raw, n_filled).cut(&Frame::default(), &mut cut, task)?;
    }
    name_columns(&mut issues, &cut.grids);
    match cut.grids.first_mut() {
        Some(grid) => {
            grid.issues.splice(0..0, issues);
            grid.n_unvalued = n_unvalued;
        }
        None => {
            cut.issues.extend(issues);
            cut.account.unread += n_unvalued;
        }
    }
    Ok(cut)
}

/// Gives issues that know only a position the header of its column, else its letters.
fn name_columns(issues: &mut [Issue], grids: &[Grid]) {
    for issue in issues {
        let place = &mut issue.place;
        if let (None, Some(position)) = (&place.column, place.position) {
            let header = grids.iter().find_map(|grid| {
                let at = grid.positions.iter().position(|p| *p == position)?;
                grid.headers.get(at).cloned()
            });
            place.column = header.or_else(|| place.letters());
        }
    }
}

/// The first lines as they stand, blank rows included.
fn shown(raw: &Raw, frame: &Frame) -> Vec<PreviewLine> {
    let mut lines: Vec<PreviewLine> = Vec::new();
    for (line, &row) in raw.rows.iter().enumerate() {
        let blank_from = lines.last().map_or(1, |last| last.row + 1);
        let room = MAX_SHOWN - lines.len();
        lines.extend((blank_from..row).take(room).map(|row| PreviewLine {
            row,
            part: LinePart::Blank,
            cells: Vec::new(),
        }));
        if lines.len() >= MAX_SHOWN {
            break;
        }
        let width = raw.filled(line).last().map_or(0, |last| last + 1);
        lines.push(PreviewLine {
            row,
            part: if frame.skips(row) {
                LinePart::Skipped
            } else {
                LinePart::Blank
            },
            cells: (0..width)
                .map(|column| raw.written(line, column).unwrap_or_default().into_owned())
                .collect(),
        });
    }
    lines
}

/// What a merged block of one column says, it says in each of its rows that hold something; whether
/// there was any.
fn fill_merged(raw: &mut Raw, n_filled: &[u32], cut: &mut Cut) -> bool {
    let heading = if raw.merged.is_empty() {
        None
    } else {
        heading::find(raw, n_filled)
    };
    let Some(heading) = heading else {
        return false;
    };
    let mut n = 0;
    let blocks: Vec<_> = raw
        .merged
        .iter()
        .filter(|region| {
            region.columns.0 == region.columns.1 && region.rows.0 + 1 > raw.rows[heading.last]
        })
        .copied()
        .collect();
    for region in blocks {
        let column = region.columns.0 as usize;
        let first = raw.rows.partition_point(|row| *row < region.rows.0 + 1);
        let end = raw.rows.partition_point(|row| *row <= region.rows.1 + 1);
        let cell = raw.cell(first, column);
        if cell == Cell::Empty || raw.rows.get(first) != Some(&(region.rows.0 + 1)) {
            continue;
        }
        let lines = n_filled.iter().enumerate().take(end).skip(first + 1);
        for (line, n_in_line) in lines {
            if *n_in_line > 0 && raw.fill_down(line, column, cell) {
                n += 1;
            }
        }
    }
    if n > 0 {
        cut.account.cells += n;
        let mut note = Issue::note("merged-cells-filled").with("n", n);
        note.place.sheet.clone_from(&raw.sheet);
        cut.issues.push(note);
    }
    n > 0
}

/// Takes tables out that stand right of a blank column and have a header of their own.
fn detach(raw: &mut Raw, n_filled: &[u32]) -> Vec<Raw> {
    let Some(heading) = heading::find(raw, n_filled) else {
        return Vec::new();
    };
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (column, cells) in raw.columns.iter().enumerate() {
        match groups.last_mut() {
            _ if cells.is_blank() => {}
            Some(group) if group.end == column => group.end += 1,
            _ => groups.push(column..column + 1),
        }
    }
    if groups.len() < 2 {
        return Vec::new();
    }
    let all_names = heading::names(raw, heading, raw.columns.len());
    let names_of = |group: &std::ops::Range<usize>| -> Vec<String> {
        let names = all_names.get(group.clone()).unwrap_or_default();
        let named = names.iter().filter(|name| !name.is_empty());
        named.map(|name| header::fold(name)).collect()
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut has_id = false;
    let mut apart = Vec::new();
    for group in groups {
        let names = names_of(&group);
        let own_id = names.iter().any(|name| is_identifier_header(name));
        let is_second = names.iter().any(|name| seen.contains(name)) || (own_id && has_id);
        if (names.is_empty() || is_second) && stands_alone(raw, &group) {
            apart.push(group);
        } else {
            has_id |= own_id;
            seen.extend(names);
        }
    }
    apart
        .into_iter()
        .map(|group| raw.split_off(group))
        .collect()
}

/// Whether columns hold a table of their own: a header of two names with values below.
fn stands_alone(raw: &Raw, group: &std::ops::Range<usize>) -> bool {
    let part = raw.columns_only(group.clone());
    heading::find(&part, &part.fill()).is_some_and(|heading| heading.last + 1 < part.rows.len())
}

/// A sheet while its lines are told apart.
struct Sheet {
    raw: Raw,
    n_filled: Vec<u32>,
    parts: Vec<LinePart>,
}

/// A table: its header and the lines of its body.
struct Block {
    heading: Heading,
    lines: Vec<usize>,
}

impl Sheet {
    fn new(raw: Raw, n_filled: Vec<u32>) -> Self {
        let parts = vec![LinePart::Blank; raw.rows.len()];
        Self {
            raw,
            n_filled,
            parts,
        }
    }

    fn place(&self, line: usize) -> Place {
        Place {
            sheet: self.raw.sheet.clone(),
            row: self.raw.rows.get(line).copied(),
            ..Place::default()
        }
    }

    fn cut(mut self, frame: &Frame, cut: &mut Cut, task: &TaskHandle) -> Result<(), Failure> {
        let found = heading::find(&self.raw, &self.n_filled);
        let heading = frame.heading(&self.raw, &self.n_filled, found)?;
        let mut blocks = Vec::new();
        if let Some(heading) = heading {
            if cut.header_row == 0 {
                cut.header_row = self.raw.rows[heading.last];
            }
            blocks = self.blocks(heading, cut, task)?;
        }
        self.count_titles(heading, cut);
        let n_blocks = blocks.len();
        for (nth, block) in blocks.into_iter().enumerate() {
            task.check()?;
            let grid = self.grid(&block, nth + 1 == n_blocks, cut);
            cut.grids.push(grid);
        }
        for shown in &mut cut.lines {
            if let Ok(line) = self.raw.rows.binary_search(&shown.row)
                && shown.part == LinePart::Blank
            {
                shown.part = self.parts[line];
            }
        }
        Ok(())
    }

    /// Tells the lines below the header apart: rows, totals, notes, further tables.
    fn blocks(
        &mut self,
        heading: Heading,
        cut: &mut Cut,
        task: &TaskHandle,
    ) -> Result<Vec<Block>, Failure> {
        let mut blocks = Vec::new();
        let mut block = self.begin(heading, cut);
        let mut profile: Option<Vec<bool>> = None;
        let mut line = heading.last + 1;
        let mut last_row = self.raw.rows[heading.last];
        while line < self.raw.rows.len() {
            if line.is_multiple_of(65_536) {
                task.check()?;
            }
            let row = self.raw.rows[line];
            if self.n_filled[line] == 0 {
                line += 1;
                continue;
            }
            let gap = row > last_row + 1;
            last_row = row;
            if self.repeats_header(line, block.heading) {
                self.parts[line] = LinePart::Header;
                cut.account.header += self.n_filled[line] as usize;
                cut.issues.push(
                    Issue::note("header-repeated")
                        .at(self.place(line))
                        .with("n", self.n_filled[line] as usize),
                );
                line += 1;
                continue;
            }
            let next = if gap && !block.lines.is_empty() {
                let profile = profile.get_or_insert_with(|| self.profile(&block.lines));
                self.begins_table(line, profile)
            } else {
                None
            };
            if let Some(next) = next {
                profile = None;
                let next = heading::extend(&self.raw, &self.n_filled, next);
                let next = Heading {
                    first: next.first.max(line),
                    ..next
                };
                self.finish(&mut block, cut);
                if next.first > line {
                    cut.issues.push(
                        Issue::note("notes-below")
                            .at(self.place(line))
                            .found(&self.raw.words(line))
                            .with("n", next.first - line),
                    );
                }
                blocks.push(std::mem::replace(&mut block, self.begin(next, cut)));
                last_row = self.raw.rows[next.last];
                line = next.last + 1;
                continue;
            }
            self.parts[line] = LinePart::Row;
            block.lines.push(line);
            line += 1;
        }
        self.finish(&mut block, cut);
        blocks.push(block);
        Ok(blocks)
    }

    fn begin(&mut self, heading: Heading, cut: &mut Cut) -> Block {
        for line in heading.first..=heading.last {
            self.parts[line] = LinePart::Header;
            cut.account.header += self.n_filled[line] as usize;
        }
        Block {
            heading,
            lines: Vec::new(),
        }
    }

    /// Whether a line says the header once more, as printed pages do.
    fn repeats_header(&self, line: usize, heading: Heading) -> bool {
        self.n_filled[line] >= 2
            && self.n_filled[line] == self.n_filled[heading.last]
            && self
                .raw
                .filled(line)
                .all(|column| self.raw.text(line, column) == self.raw.text(heading.last, column))
    }

    /// For each column whether its values are numbers or dates rather than texts.
    fn profile(&self, lines: &[usize]) -> Vec<bool> {
        let holds_data = |column: usize| {
            let filled = |line: &&usize| self.raw.cell(**line, column) != Cell::Empty;
            let lines = lines.iter().take(MAX_PROFILED);
            let n = lines.clone().filter(filled).count();
            let n_data = lines.filter(|line| is_data(&self.raw, **line, column));
            n == 0 || n_data.count() * 2 > n
        };
        (0..self.raw.columns.len()).map(holds_data).collect()
    }

    /// The header of a further table that begins with this line, titles before it passed over.
    fn begins_table(&self, line: usize, above: &[bool]) -> Option<usize> {
        let is_title = |line: &usize| {
            self.n_filled[*line] == 1
                && !self.raw.filled(*line).any(|c| is_data(&self.raw, *line, c))
        };
        let n_titles = (line..self.raw.rows.len().min(line + 3))
            .take_while(is_title)
            .count();
        let header = line + n_titles;
        let n_filled = *self.n_filled.get(header)?;
        let has_body = self.n_filled.get(header + 1).is_some_and(|n| *n >= 2);
        let filled: Vec<usize> = self.raw.filled(header).collect();
        if n_filled < 2 || !has_body || filled.iter().any(|&c| is_data(&self.raw, header, c)) {
            return None;
        }
        let names: Vec<String> = filled
            .iter()
            .filter_map(|&column| self.raw.text(header, column))
            .map(std::borrow::Cow::into_owned)
            .collect();
        let different: BTreeSet<&String> = names.iter().collect();
        if different.len() < names.len() {
            return None;
        }
        let has_values_below = |column: usize| {
            (header + 1..(header + 6).min(self.raw.rows.len()))
                .any(|line| is_data(&self.raw, line, column))
        };
        let n_conflicts = filled
            .iter()
            .filter(|&&c| above.get(c).copied().unwrap_or(true) && has_values_below(c))
            .count();
        let first = names.first()?;
        let is_id = is_identifier_header(first) && header::fold(first) != "no";
        (is_id
            || codebook::is_header(&names)
            || (n_conflicts > 0 && n_conflicts * 3 >= names.len()))
        .then_some(header)
    }

    /// Takes totals and notes out of a finished block.
    fn finish(&mut self, block: &mut Block, cut: &mut Cut) {
        let is_total: Vec<bool> = block
            .lines
            .par_iter()
            .map(|&line| self.is_total(line))
            .collect();
        let n_totals = is_total.iter().filter(|is| **is).count();
        let mut totals = Limited::default();
        if n_totals > 0 && n_totals * 2 <= block.lines.len() {
            for (&line, _) in block.lines.iter().zip(&is_total).filter(|(_, is)| **is) {
                let n = self.n_filled[line] as usize;
                cut.account.left_out += n;
                self.parts[line] = LinePart::Totals;
                totals.push(|| {
                    let label = self.raw.filled(line).next();
                    let label = label.and_then(|column| self.raw.text(line, column));
                    Issue::warning("totals-row")
                        .at(self.place(line))
                        .found(&label.unwrap_or_default())
                        .with("n", n)
                });
            }
        }
        cut.issues.extend(totals.finish());
        self.note_lone_cells(block, cut);
        let width = self.raw.filled(block.heading.last).count();
        let mut n_notes = 0;
        let mut before = self.raw.rows.get(block.heading.last).copied();
        let mut gap_after = None;
        for &line in &block.lines {
            let row = self.raw.rows[line];
            if before.is_some_and(|before| row > before + 1) {
                gap_after = Some(line);
            }
            before = Some(row);
        }
        for &line in block.lines.iter().rev() {
            if self.parts[line] != LinePart::Row {
                continue;
            }
            let is_apart = gap_after.is_some_and(|gap| line >= gap);
            if width < 3 || !self.is_note(line, is_apart) {
                break;
            }
            self.parts[line] = LinePart::Title;
            n_notes += 1;
        }
        if n_notes > 0 {
            let first = block
                .lines
                .iter()
                .find(|line| self.parts[**line] == LinePart::Title);
            let mut note = Issue::note("notes-below").with("n", n_notes);
            if let Some(&line) = first {
                note = note.at(self.place(line)).found(&self.raw.words(line));
            }
            cut.issues.push(note);
        }
        block
            .lines
            .retain(|line| self.parts[*line] == LinePart::Row);
    }

    /// `Total`, `Moyenne (ET)`, `n =` before numbers.
    fn is_total(&self, line: usize) -> bool {
        let mut filled = self.raw.filled(line);
        let Some(first) = filled.next() else {
            return false;
        };
        let Cell::Text(span) = self.raw.cell(line, first) else {
            return false;
        };
        let starts_as_number = |column: usize| {
            self.raw.text(line, column).is_some_and(|text| {
                text.trim_start_matches(['(', '±', '-', '+', '<', '>', '#', ' '])
                    .starts_with(|c: char| c.is_ascii_digit())
                    || matches!(self.raw.cell(line, column), Cell::Error(_))
            })
        };
        says_total(self.raw.arena.get(span)) && filled.all(starts_as_number)
    }

    /// Whether a line below the data is a note: one text and nothing else.
    fn is_note(&self, line: usize, is_apart: bool) -> bool {
        let mut filled = self.raw.filled(line);
        let (Some(only), None) = (filled.next(), filled.next()) else {
            return false;
        };
        let Some(text) = self
            .raw
            .text(line, only)
            .filter(|_| !is_data(&self.raw, line, only))
        else {
            return false;
        };
        text.starts_with('*')
            || (text.contains(' ') && (is_apart || text.chars().count() > LONG_NOTE))
    }

    /// Rows with a single cell in a table of several columns: a heading between the patients, or a patient
    /// of whom nothing is known yet.
    fn note_lone_cells(&self, block: &Block, cut: &mut Cut) {
        if self.n_filled[block.heading.last] < 4 {
            return;
        }
        let mut alone = Limited::default();
        for &line in &block.lines {
            if self.n_filled[line] == 1 && self.parts[line] == LinePart::Row {
                alone.push(|| {
                    Issue::warning("row-nearly-empty")
                        .at(self.place(line))
                        .found(&self.raw.words(line))
                });
            }
        }
        cut.issues.extend(alone.finish());
    }

    /// Lines in no table are words.
    fn count_titles(&mut self, heading: Option<Heading>, cut: &mut Cut) {
        let mut above = Vec::new();
        for line in 0..self.parts.len() {
            let n = self.n_filled[line] as usize;
            if n == 0 || !matches!(self.parts[line], LinePart::Blank | LinePart::Title) {
                continue;
            }
            self.parts[line] = LinePart::Title;
            cut.account.title += n;
            cut.titles.push(self.raw.words(line));
            if heading.is_some_and(|heading| line < heading.first) {
                above.push(line);
            }
        }
        if let Some(&first) = above.first() {
            let shown: String = self.raw.words(first).chars().take(120).collect();
            let mut note = Issue::note("preamble-skipped")
                .with("n", above.len())
                .found(&shown);
            note.place.sheet.clone_from(&self.raw.sheet);
            cut.issues.push(note);
        }
    }

    /// The table of a block.
    fn grid(&mut self, block: &Block, is_last: bool, cut: &mut Cut) -> Grid {
        let heading = block.heading;
        let fields = |line: usize| self.raw.n_fields.get(line).copied();
        let width = (heading.first..=heading.last).filter_map(fields).max();
        let shifted = width.is_some_and(|width| self.is_shifted(block, width));
        let all = self.raw.columns.len();
        let width = width.map_or(all, |width| {
            (width as usize + usize::from(shifted)).min(all)
        });
        let mut names = heading::names(&self.raw, heading, width - usize::from(shifted).min(width));
        if shifted {
            names.insert(0, String::new());
        }
        let mut issues = self.ragged(block, width, cut);
        let n_names = self.n_filled[heading.last] as usize;
        let is_value = |column: &usize| is_data(&self.raw, heading.last, *column);
        if self.raw.filled(heading.last).filter(is_value).count() * 2 >= n_names.max(1) {
            issues.push(Issue::warning("header-holds-values").at(self.place(heading.last)));
        }
        if shifted {
            issues.push(Issue::warning("header-shifted").at(self.place(heading.last)));
        }
        let first = block.lines.first().copied().unwrap_or(0);
        let mut lines = block.lines.iter().zip(first..);
        let is_whole = is_last && lines.all(|(line, next)| *line == next);
        let columns = if is_whole {
            let mut columns = std::mem::take(&mut self.raw.columns);
            columns.truncate(width);
            columns.par_iter_mut().for_each(|cells| {
                cells.resize(first + block.lines.len());
                cells.drop_first(first);
            });
            columns
        } else {
            let columns = self.raw.columns.par_iter().take(width);
            columns.map(|cells| cells.selection(&block.lines)).collect()
        };
        let rows = block
            .lines
            .iter()
            .map(|&line| self.raw.rows[line])
            .collect();
        let mut grid = Grid::named(names, columns, rows, self.raw.rows[heading.last], &self.raw);
        grid.issues.splice(0..0, issues);
        grid
    }

    /// Whether every row of a delimited table has one field more than its header: row names without a header.
    fn is_shifted(&self, block: &Block, width: u32) -> bool {
        let last = width as usize;
        block.lines.len() >= 3
            && block
                .lines
                .iter()
                .all(|line| self.raw.n_fields.get(*line) == Some(&(width + 1)))
            && block
                .lines
                .iter()
                .any(|line| self.raw.cell(*line, last) != Cell::Empty)
    }

    /// Rows of a delimited table that are longer or shorter than its header; the cells beyond are left out.
    fn ragged(&self, block: &Block, width: usize, cut: &mut Cut) -> Vec<Issue> {
        let mut ragged = Limited::default();
        if self.raw.n_fields.is_empty() {
            return Vec::new();
        }
        for &line in &block.lines {
            let n_fields = self.raw.n_fields.get(line).map_or(0, |n| *n as usize);
            let beyond = (width..self.raw.columns.len())
                .filter(|&column| self.raw.cell(line, column) != Cell::Empty)
                .count();
            cut.account.left_out += beyond;
            if beyond > 0 || n_fields < width {
                let used = if beyond > 0 {
                    n_fields
                } else {
                    n_fields.min(width)
                };
                ragged.push(|| {
                    Issue::warning("ragged-row")
                        .at(self.place(line))
                        .with("n", used)
                        .with("expected", width)
                });
            }
        }
        ragged.finish()
    }
}

/// Whether a text names a line of sums: `Total général`, `Moyenne (ET)`, `n = 12`.
fn says_total(text: &str) -> bool {
    const SURE: [&str; 22] = [
        "total",
        "totaux",
        "totals",
        "somme",
        "sommes",
        "sum",
        "moyenne",
        "moyennes",
        "moy",
        "mean",
        "means",
        "average",
        "mediane",
        "median",
        "minimum",
        "maximum",
        "effectif",
        "effectifs",
        "sd",
        "std",
        "subtotal",
        "ecart",
    ];
    const ALONE: [&str; 8] = ["n", "min", "max", "et", "sd", "count", "nombre", "nb"];
    const BESIDE: [&str; 14] = [
        "general", "generale", "grand", "sous", "type", "des", "patients", "et", "sd", "n", "iqr",
        "de", "la", "of",
    ];
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    // Most texts begin with another word, and need not be folded to know it.
    if text.is_ascii() {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let first = words.find(|word| !word.is_empty()).unwrap_or_default();
        let mut known = SURE.iter().chain(&ALONE).chain(&BESIDE);
        if !is_number(first) && !known.any(|word| word.eq_ignore_ascii_case(first))
            || is_number(text)
        {
            return false;
        }
    }
    let folded = header::fold(text);
    if ALONE.contains(&folded.as_str()) {
        return true;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if words.first() == Some(&"n") && text.contains(['=', ':']) {
        return true;
    }
    words.iter().any(|word| SURE.contains(word))
        && words
            .iter()
            .all(|word| SURE.contains(word) || BESIDE.contains(word) || is_number(word))
}
