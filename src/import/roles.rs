//! Which sheet is what, told by content: patients, visits in long form, further measures, codebook, words.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::base::issue::{Failure, Issue, Severity};
use crate::base::task::TaskHandle;
use crate::cohort::{Account, Timing, header};
use crate::import::codebook::{self, Entry};
use crate::import::grid::{Cell, Grid};
use crate::import::names::is_identifier_header;
use crate::import::preview::{self, SheetPart, SheetPreview};
use crate::import::{ImportOptions, redcap};

/// Different visits that a visits sheet may have.
const MAX_VISITS: usize = 60;

/// Every table with its part.
#[derive(Default)]
pub(crate) struct Cast {
    /// One row a patient.
    pub patients: Grid,
    /// Column of the patients' identifier.
    pub id: Option<usize>,
    /// Tables that are joined by the identifier, those of one row a patient first.
    pub joined: Vec<Joined>,
    /// What the columns are, by folded header.
    pub codebook: BTreeMap<String, Entry>,
    /// Names of the sheets that are used.
    pub used: BTreeSet<String>,
    /// Every table with its part, for a preview.
    pub parts: Vec<SheetPreview>,
    /// Cells that stay outside the cohort.
    pub account: Account,
    /// What was noticed.
    pub issues: Vec<Issue>,
}

/// A table that is joined to the patients.
pub(crate) struct Joined {
    /// The table.
    pub grid: Grid,
    /// Column of the identifier.
    pub id: usize,
    /// Column of the visit, in long form.
    pub visit: Option<usize>,
    /// Whether its identifiers are counted already, as those of the patients' table that it was split from.
    pub ids_counted: bool,
}

/// What a table looks like on its own.
struct Portrait {
    id: Option<usize>,
    /// Rows with an identifier for each different one, where there is a visit too.
    rows_per_id: f64,
    visit: Option<usize>,
}

impl Portrait {
    fn is_long(&self) -> bool {
        self.visit.is_some() && self.rows_per_id >= 1.2
    }
}

/// Gives every table its part. Fails where there is none, or where the chosen sheet does not exist.
pub(crate) fn cast(
    mut grids: Vec<Grid>,
    codebook: BTreeMap<String, Entry>,
    options: &ImportOptions,
    task: &TaskHandle,
) -> Result<Cast, Failure> {
    let mut cast = Cast {
        codebook,
        ..Cast::default()
    };
    leave_out_sheets(&mut grids, options, &mut cast);
    codebook::take(&mut grids, &mut cast);
    let mut parted = Vec::with_capacity(grids.len());
    // Tables of repeated instruments come after the others: they are never the patients.
    let mut instruments = Vec::new();
    for grid in grids {
        let mut parts = redcap::part(grid, &mut cast).into_iter();
        parted.extend(parts.next());
        instruments.extend(parts);
    }
    let all = 0..parted.len();
    parted.extend(instruments);
    let grids = parted;
    let portraits: Vec<Portrait> = grids.iter().map(portrait).collect();
    let main = match options.sheet.as_deref() {
        Some(name) => {
            let sheet = chosen_sheet(&grids, name)?;
            let own = all.filter(|&idx| grids[idx].sheet.as_deref() == Some(&sheet));
            main_table(&grids, &portraits, own)
        }
        None => main_table(&grids, &portraits, all),
    };
    let main = main.ok_or_else(|| Failure::new("workbook-no-table"))?;
    if codebook::is_alone(&grids[main]) {
        let mut issue = Issue::error("codebook-alone").with("n", grids[main].n_rows());
        issue.place.sheet.clone_from(&grids[main].sheet);
        return Err(issue.into());
    }
    task.check()?;
    let mut main_ids = HashSet::new();
    let mut main_header = String::new();
    if let Some(id) = portraits[main].id.filter(|_| grids.len() > 1) {
        main_ids = ids(&grids[main], id);
        main_header = header::fold(&grids[main].headers[id]);
    }
    let mut long = Vec::new();
    for (idx, (grid, portrait)) in grids.into_iter().zip(&portraits).enumerate() {
        task.check()?;
        if idx == main {
            cast.used.extend(grid.sheet.clone());
            cast.parts.push(preview::sheet(&grid, SheetPart::Patients));
            cast.id = portrait.id;
            match (portrait.id, portrait.visit) {
                (Some(id), Some(visit)) if id != visit && portrait.is_long() => {
                    long.push(split_long(&grid, id, visit, &mut cast));
                }
                _ => cast.patients = grid,
            }
            continue;
        }
        let shared = shared_id(&grid, &main_header, &main_ids);
        let Some(table) = join(grid, shared, portrait.visit, &mut cast) else {
            continue;
        };
        if table.visit.is_some() {
            long.push(table);
        } else {
            cast.joined.push(table);
        }
    }
    cast.joined.extend(long);
    // What stands on the patients' own sheet and is not read may be a part of them.
    for issue in &mut cast.issues {
        if issue.code == "sheet-not-joined" && issue.place.sheet == cast.patients.sheet {
            issue.severity = Severity::Warning;
        }
    }
    Ok(cast)
}

/// A table that names the patients in column `shared`, as it is to be joined; `None` where it is left out.
fn join(
    grid: Grid,
    shared: Option<usize>,
    visit: Option<usize>,
    cast: &mut Cast,
) -> Option<Joined> {
    let (part, table) = match (shared, visit) {
        (Some(id), Some(visit)) if id != visit => (SheetPart::Visits, Some((id, Some(visit)))),
        (Some(id), None) if rows_per_id(&grid, id) < 1.05 => (SheetPart::Joined, Some((id, None))),
        _ => (SheetPart::LeftOut, None),
    };
    cast.parts.push(preview::sheet(&grid, part));
    let Some((id, visit)) = table else {
        let code = if shared.is_some() {
            "sheet-left-out"
        } else {
            "sheet-not-joined"
        };
        left_out(&grid, code, cast);
        return None;
    };
    cast.used.extend(grid.sheet.clone());
    Some(Joined {
        grid,
        id,
        visit,
        ids_counted: false,
    })
}

/// Leaves a table out with an issue that counts its cells.
fn left_out(grid: &Grid, code: &str, cast: &mut Cast) {
    let n = grid.n_cells();
    cast.account.left_out += n + grid.n_unvalued;
    let severity = if code == "sheet-left-out" {
        Severity::Warning
    } else {
        Severity::Note
    };
    let mut issue = Issue::new(severity, code)
        .with("n", n + grid.headers.len())
        .with("rows", grid.n_rows())
        .with("row", grid.header_row as usize);
    issue.place.sheet.clone_from(&grid.sheet);
    cast.issues.push(issue);
}

/// Takes the sheets out that the person does not want.
fn leave_out_sheets(grids: &mut Vec<Grid>, options: &ImportOptions, cast: &mut Cast) {
    for name in &options.leave_out_sheets {
        let is_known = grids.iter().any(|grid| grid.sheet.as_ref() == Some(name));
        if !is_known {
            cast.issues
                .push(Issue::warning("sheet-to-leave-out-unknown").found(name));
        }
    }
    grids.retain(|grid| {
        let is_out = grid
            .sheet
            .as_ref()
            .is_some_and(|sheet| options.leave_out_sheets.contains(sheet));
        if is_out {
            cast.parts.push(preview::sheet(grid, SheetPart::LeftOut));
            left_out(grid, "sheet-left-out-by-choice", cast);
        }
        !is_out
    });
}

/// The sheet of that name, case and accents aside.
fn chosen_sheet(grids: &[Grid], name: &str) -> Result<String, Failure> {
    let sheets = || grids.iter().filter_map(|grid| grid.sheet.as_deref());
    let found = sheets()
        .find(|sheet| *sheet == name)
        .or_else(|| sheets().find(|sheet| header::fold(sheet) == header::fold(name)));
    found.map(str::to_owned).ok_or_else(|| {
        let names: BTreeSet<&str> = sheets().collect();
        let names: Vec<&str> = names.into_iter().collect();
        Issue::error("sheet-unknown")
            .found(name)
            .with("names", names.join(", "))
            .into()
    })
}

/// The patients: of the tables with one row an identifier, one without visits and the widest; else the widest of all.
fn main_table(
    grids: &[Grid],
    portraits: &[Portrait],
    among: impl Iterator<Item = usize>,
) -> Option<usize> {
    let rank = |idx: usize| {
        let (grid, portrait) = (&grids[idx], &portraits[idx]);
        let has_id = portrait.id.is_some();
        (
            has_id && !portrait.is_long(),
            has_id,
            portrait.visit.is_none() || portrait.is_long(),
            // Columns weigh more than rows: a list with a few columns is seldom the patients.
            grid.headers.len().pow(2) * grid.n_rows().min(50),
            grids.len() - idx,
        )
    };
    among.max_by_key(|&idx| rank(idx))
}

fn portrait(grid: &Grid) -> Portrait {
    let id = (0..grid.headers.len()).find(|&column| is_identifier_header(&grid.headers[column]));
    let visit = visit_column(grid);
    Portrait {
        id,
        rows_per_id: id
            .filter(|_| visit.is_some())
            .map_or(1.0, |id| rows_per_id(grid, id)),
        visit,
    }
}

fn ids(grid: &Grid, column: usize) -> HashSet<String> {
    grid.columns[column]
        .iter()
        .filter_map(|cell| grid.text(cell))
        .map(|text| alike(&text))
        .collect()
}

/// An identifier without what only its writing adds: case, and zeros before a number.
pub(crate) fn alike(id: &str) -> String {
    let id = id.trim();
    let plain = if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
        id.trim_start_matches('0')
    } else {
        id
    };
    plain.to_lowercase()
}

fn rows_per_id(grid: &Grid, column: usize) -> f64 {
    let n = grid.columns[column].n_filled();
    n as f64 / ids(grid, column).len().max(1) as f64
}

/// The column that names the same patients as the main table: the same header first, then any identifier.
fn shared_id(grid: &Grid, main_header: &str, main_ids: &HashSet<String>) -> Option<usize> {
    if main_ids.is_empty() {
        return None;
    }
    let same = |column: &usize| header::fold(&grid.headers[*column]) == main_header;
    let candidates = (0..grid.headers.len()).filter(same);
    let others =
        (0..grid.headers.len()).filter(|column| is_identifier_header(&grid.headers[*column]));
    candidates.chain(others).find(|&column| {
        let own = ids(grid, column);
        let n_known = own.iter().filter(|id| main_ids.contains(*id)).count();
        n_known > 0 && n_known * 2 >= own.len()
    })
}

/// A column that may say which visit a row is.
struct Candidate {
    column: usize,
    is_named: bool,
    is_months: bool,
    /// Different texts, and how many of them name a visit.
    seen: BTreeSet<String>,
    n_known: usize,
}

impl Candidate {
    /// Looks at the different texts of a column; `None` where they can't be visits.
    fn of(grid: &Grid, column: usize) -> Option<Self> {
        const HEADERS: [&str; 16] = [
            "visit",
            "visite",
            "visit name",
            "nom visite",
            "timepoint",
            "time point",
            "temps",
            "moment",
            "event",
            "evenement",
            "redcap event name",
            "suivi",
            "follow up",
            "followup",
            "periode",
            "time",
        ];
        const MONTHS: [&str; 7] = [
            "month",
            "months",
            "mois",
            "visit month",
            "mois visite",
            "m",
            "followup month",
        ];
        let folded = header::fold(&grid.headers[column]);
        let mut candidate = Self {
            column,
            is_named: HEADERS.contains(&folded.as_str()),
            is_months: MONTHS.contains(&folded.as_str()),
            seen: BTreeSet::new(),
            n_known: 0,
        };
        let cells = &grid.columns[column];
        let mut is_new = vec![true; cells.kept().len()];
        for &kept in cells.of() {
            if !std::mem::replace(&mut is_new[kept as usize], false) {
                continue;
            }
            let Some(text) = grid.text(cells.kept()[kept as usize]) else {
                continue;
            };
            if candidate.seen.contains(text.as_ref()) {
                continue;
            }
            candidate.n_known += usize::from(header::visit(&text).is_some());
            candidate.seen.insert(text.into_owned());
            if !candidate.may_be() {
                return None;
            }
        }
        Some(candidate)
    }

    /// Four in five of all must be known.
    fn may_be(&self) -> bool {
        let n_unknown = self.seen.len() - self.n_known;
        let is_known = n_unknown * 5 <= MAX_VISITS || self.is_named || self.is_months;
        self.seen.len() <= MAX_VISITS && is_known
    }
}

/// The column that says which visit a row is.
fn visit_column(grid: &Grid) -> Option<usize> {
    let is_visit = |candidate: &Candidate| {
        let Candidate {
            is_named,
            seen,
            n_known,
            ..
        } = candidate;
        let is_visits = !seen.is_empty() && n_known * 5 >= seen.len() * 4;
        let is_months = candidate.is_months && seen.iter().all(|text| text.parse::<u16>().is_ok());
        let is_short = seen.iter().all(|text| text.chars().count() <= 20);
        is_visits
            || (*is_named && *n_known > 0)
            || is_months
            || (*is_named && is_short && has_numbered_visits(seen))
    };
    let mut candidates = (0..grid.headers.len()).filter_map(|column| Candidate::of(grid, column));
    candidates.find(is_visit).map(|found| found.column)
}

/// `V1`, `V2`, …
fn has_numbered_visits(texts: &BTreeSet<String>) -> bool {
    texts.iter().all(|text| {
        let folded = header::fold(header::without_arm(text)).replace(' ', "");
        let digits = folded
            .trim_start_matches("visite")
            .trim_start_matches("visit")
            .trim_start_matches('v');
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What a visit is called in names of variables, and where it comes in time.
pub(crate) fn visit_suffix(text: &str, column_header: &str) -> (String, u32) {
    let months = text
        .parse::<u16>()
        .ok()
        .filter(|_| header::fold(column_header).contains("mo") || column_header.trim() == "m");
    let timing = match months {
        Some(0) => Some(Timing::Baseline),
        Some(month) => Some(Timing::After(month)),
        None => header::visit(text),
    };
    let plain: String = header::without_arm(text)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    match timing {
        Some(Timing::After(month)) => (format!("M{month}"), 10 + u32::from(month)),
        Some(Timing::Baseline) if months.is_some() => ("M0".to_owned(), 0),
        Some(Timing::Baseline) => (plain, 0),
        Some(Timing::Trial) => (plain, 1),
        _ => (plain, 100_000),
    }
}

/// A table in long form alone: what never varies within a patient becomes the patients, the rest the visits.
fn split_long(grid: &Grid, id: usize, visit: usize, cast: &mut Cast) -> Joined {
    let mut patient_of: HashMap<String, usize> = HashMap::new();
    let mut first_rows: Vec<usize> = Vec::new();
    let mut owners: Vec<Option<usize>> = Vec::with_capacity(grid.n_rows());
    for (row, cell) in grid.columns[id].iter().enumerate() {
        owners.push(grid.text(cell).map(|text| {
            *patient_of.entry(text.into_owned()).or_insert_with(|| {
                first_rows.push(row);
                first_rows.len() - 1
            })
        }));
    }
    let is_constant = |column: usize| {
        let cells = &grid.columns[column];
        column == id
            || (column != visit
                && owners.iter().zip(cells.iter()).all(|(owner, cell)| {
                    owner.is_none_or(|owner| {
                        cell == Cell::Empty
                            || grid.text(cell) == grid.text(cells.get(first_rows[owner]))
                    })
                }))
    };
    let constant: Vec<usize> = (0..grid.headers.len())
        .filter(|&column| is_constant(column))
        .collect();
    let mut note = Issue::note("long-form")
        .with("patients", first_rows.len())
        .with("rows", grid.n_rows());
    note.place.sheet.clone_from(&grid.sheet);
    cast.issues.push(note);
    // What a patient's later rows say again; the identifiers there join the rows.
    for (row, owner) in owners.iter().enumerate() {
        if owner.is_some_and(|owner| first_rows[owner] == row) {
            continue;
        }
        for &column in &constant {
            let n = usize::from(grid.columns[column].is_filled(row));
            if column == id {
                cast.account.key += n;
            } else if owner.is_none() {
                cast.account.left_out += n;
            } else {
                cast.account.repeated += n;
            }
        }
    }
    cast.patients = grid.selection(&constant, &first_rows);
    cast.patients.n_unvalued = grid.n_unvalued;
    cast.patients.issues.clone_from(&grid.issues);
    cast.id = constant.iter().position(|&column| column == id);
    let kept = |column: usize| column == id || column == visit || !constant.contains(&column);
    let varying: Vec<usize> = (0..grid.headers.len())
        .filter(|&column| kept(column))
        .collect();
    let at = |column: usize| varying.iter().position(|&c| c == column).unwrap_or(0);
    let all: Vec<usize> = (0..grid.n_rows()).collect();
    Joined {
        grid: grid.selection(&varying, &all),
        id: at(id),
        visit: Some(at(visit)),
        ids_counted: true,
    }
}
