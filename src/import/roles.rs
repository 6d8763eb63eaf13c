//! Which sheet is what, told by content: patients, visits in long form, further measures, codebook, words.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Timing, header};
use crate::import::codebook::{self, Entry};
use crate::import::column::is_identifier_header;
use crate::import::grid::{Cell, Grid};

/// Different visits that a visits sheet may have.
const MAX_VISITS: usize = 60;

/// Every table with its part.
#[derive(Default)]
pub(crate) struct Cast {
    /// One row a patient.
    pub patients: Grid,
    /// Column of the patients' identifier.
    pub id: Option<usize>,
    /// Long form: table, identifier column, visit column.
    pub visits: Vec<(Grid, usize, usize)>,
    /// One row a patient, to be joined: table and identifier column.
    pub extras: Vec<(Grid, usize)>,
    /// Labels and units by folded header.
    pub codebook: BTreeMap<String, Entry>,
    /// Names of the sheets that are used.
    pub used: BTreeSet<String>,
    /// What was noticed.
    pub issues: Vec<Issue>,
}

/// What a table looks like on its own.
struct Portrait {
    id: Option<usize>,
    /// Rows with an identifier for each different one.
    rows_per_id: f64,
    visit: Option<usize>,
}

/// Gives every table its part. Fails where there is none, or where the chosen sheet does not exist.
pub(crate) fn cast(
    mut grids: Vec<Grid>,
    chosen: Option<&str>,
    task: &TaskHandle,
) -> Result<Cast, Failure> {
    let mut cast = Cast::default();
    codebook::take(&mut grids, &mut cast);
    let portraits: Vec<Portrait> = grids.iter().map(portrait).collect();
    let main = match chosen {
        Some(name) => chosen_sheet(&grids, name)?,
        None => main_table(&grids, &portraits).ok_or_else(|| Failure::new("workbook-no-table"))?,
    };
    task.check()?;
    let is_long = |portrait: &Portrait| portrait.visit.is_some() && portrait.rows_per_id >= 1.2;
    let mut main_ids = HashSet::new();
    let mut main_header = String::new();
    if let Some(id) = portraits[main].id {
        main_ids = ids(&grids[main], id);
        main_header = header::fold(&grids[main].headers[id]);
    }
    for (idx, (grid, portrait)) in grids.into_iter().zip(&portraits).enumerate() {
        task.check()?;
        if idx == main {
            cast.used.extend(grid.sheet.clone());
            cast.id = portrait.id;
            match (portrait.id, portrait.visit) {
                (Some(id), Some(visit)) if is_long(portrait) => {
                    split_long(grid, id, visit, &mut cast);
                }
                _ => cast.patients = grid,
            }
            continue;
        }
        let shared = shared_id(&grid, &main_header, &main_ids);
        match (shared, portrait.visit) {
            (Some(id), Some(visit)) if id != visit => {
                cast.used.extend(grid.sheet.clone());
                cast.visits.push((grid, id, visit));
            }
            (Some(id), None) if rows_per_id(&grid, id) < 1.05 => {
                cast.used.extend(grid.sheet.clone());
                cast.extras.push((grid, id));
            }
            (Some(_), _) => cast.issues.push(left_out(&grid)),
            (None, _) => {}
        }
    }
    if cast.id.is_none() {
        cast.id = (0..cast.patients.headers.len())
            .find(|&c| is_identifier_header(&cast.patients.headers[c]));
    }
    Ok(cast)
}

fn left_out(grid: &Grid) -> Issue {
    let mut issue = Issue::warning("sheet-left-out");
    issue.place.sheet.clone_from(&grid.sheet);
    issue
}

fn chosen_sheet(grids: &[Grid], name: &str) -> Result<usize, Failure> {
    let found = grids
        .iter()
        .position(|grid| grid.sheet.as_deref() == Some(name))
        .or_else(|| {
            grids.iter().position(|grid| {
                grid.sheet.as_deref().map(header::fold) == Some(header::fold(name))
            })
        });
    found.ok_or_else(|| {
        let names: Vec<&str> = grids
            .iter()
            .filter_map(|grid| grid.sheet.as_deref())
            .collect();
        Issue::error("sheet-unknown")
            .found(name)
            .with("names", names.join(", "))
            .into()
    })
}

/// The patients: of the tables with one row an identifier the widest, else the widest of all.
fn main_table(grids: &[Grid], portraits: &[Portrait]) -> Option<usize> {
    let rank = |idx: usize| {
        let (grid, portrait) = (&grids[idx], &portraits[idx]);
        let has_id = portrait.id.is_some();
        let is_long = portrait.visit.is_some() && portrait.rows_per_id >= 1.2;
        let one_each = has_id && !is_long;
        (
            one_each,
            has_id,
            grid.headers.len() * grid.n_rows().min(50),
            grids.len() - idx,
        )
    };
    (0..grids.len()).max_by_key(|&idx| rank(idx))
}

fn portrait(grid: &Grid) -> Portrait {
    let id = (0..grid.headers.len()).find(|&column| is_identifier_header(&grid.headers[column]));
    Portrait {
        id,
        rows_per_id: id.map_or(1.0, |id| rows_per_id(grid, id)),
        visit: visit_column(grid),
    }
}

fn ids(grid: &Grid, column: usize) -> HashSet<String> {
    grid.columns[column]
        .iter()
        .filter_map(|cell| grid.text(*cell))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

fn rows_per_id(grid: &Grid, column: usize) -> f64 {
    let n = grid.columns[column]
        .iter()
        .filter(|cell| **cell != Cell::Empty)
        .count();
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

/// The column that says which visit a row is.
fn visit_column(grid: &Grid) -> Option<usize> {
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
    (0..grid.headers.len()).find(|&column| {
        let folded = header::fold(&grid.headers[column]);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for cell in &grid.columns[column] {
            if let Some(text) = grid.text(*cell)
                && !seen.contains(text.as_ref())
            {
                seen.insert(text.into_owned());
                if seen.len() > MAX_VISITS {
                    return false;
                }
            }
        }
        let n_known = seen
            .iter()
            .filter(|text| header::visit(text).is_some())
            .count();
        let is_visits = !seen.is_empty() && n_known * 5 >= seen.len() * 4;
        let is_named = HEADERS.contains(&folded.as_str());
        let is_months = MONTHS.contains(&folded.as_str())
            && seen.iter().all(|text| text.parse::<u16>().is_ok());
        let is_short = seen.iter().all(|text| text.chars().count() <= 20);
        is_visits
            || (is_named && n_known > 0)
            || is_months
            || (is_named && is_short && has_numbered_visits(&seen))
    })
}

/// `V1`, `V2`, …
fn has_numbered_visits(texts: &BTreeSet<String>) -> bool {
    texts.iter().all(|text| {
        let folded = header::fold(text).replace(' ', "");
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
    let plain: String = text
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
fn split_long(grid: Grid, id: usize, visit: usize, cast: &mut Cast) {
    let mut patient_of: HashMap<String, usize> = HashMap::new();
    let mut first_rows: Vec<usize> = Vec::new();
    let mut owners: Vec<Option<usize>> = Vec::with_capacity(grid.n_rows());
    for (row, cell) in grid.columns[id].iter().enumerate() {
        owners.push(grid.text(*cell).map(|text| {
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
                && owners.iter().zip(cells).all(|(owner, cell)| {
                    let first = owner.map_or(Cell::Empty, |owner| cells[first_rows[owner]]);
                    *cell == Cell::Empty || grid.text(*cell) == grid.text(first)
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
    cast.patients = Grid {
        sheet: grid.sheet.clone(),
        headers: constant.iter().map(|&c| grid.headers[c].clone()).collect(),
        positions: constant.iter().map(|&c| grid.positions[c]).collect(),
        columns: constant
            .iter()
            .map(|&c| first_rows.iter().map(|&row| grid.columns[c][row]).collect())
            .collect(),
        rows: Arc::new(first_rows.iter().map(|&row| grid.rows[row]).collect()),
        header_row: grid.header_row,
        epoch_1904: grid.epoch_1904,
        n_unvalued: grid.n_unvalued,
        issues: Vec::new(),
        arena: Arc::clone(&grid.arena),
    };
    cast.id = constant.iter().position(|&column| column == id);
    let kept = |column: usize| column == id || column == visit || !constant.contains(&column);
    let varying: Vec<usize> = (0..grid.headers.len())
        .filter(|&column| kept(column))
        .collect();
    let at = |column: usize| varying.iter().position(|&c| c == column).unwrap_or(0);
    let (id, visit) = (at(id), at(visit));
    let rest = Grid {
        headers: varying.iter().map(|&c| grid.headers[c].clone()).collect(),
        positions: varying.iter().map(|&c| grid.positions[c]).collect(),
        columns: varying.iter().map(|&c| grid.columns[c].clone()).collect(),
        n_unvalued: 0,
        ..grid
    };
    cast.visits.push((rest, id, visit));
}
