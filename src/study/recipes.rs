//! How a file of a shape was read: kept apart from every study, offered for the next file of that shape.
//!
//! A recipe holds headers and choices, never a cell. One file a shape, so that newer choices replace
//! older ones; a damaged recipe is as good as none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::disk::{self, Readers};
use crate::base::issue::{Failure, Issue};
use crate::cohort::{Change, Cohort, Edit, header};
use crate::import::ImportOptions;

const SUFFIX: &str = ".recipe.ron";
/// Larger files are no recipe.
const N_BYTES_MOST: u64 = 4_000_000;
/// Two files are of one shape where this share of their columns is the same.
const SHARE_ALIKE: f64 = 0.8;

/// What identifies files of one kind: the columns of each sheet, folded, as found without any choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shape {
    /// By sheet (empty for a delimited file): headers as compared, sorted.
    pub sheets: BTreeMap<String, Vec<String>>,
}

impl Shape {
    /// The shape of a file that was read without any choice.
    pub fn of(cohort: &Cohort) -> Self {
        let mut sheets: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for variable in &cohort.variables {
            let sheet = variable.origin.sheet.as_deref().unwrap_or_default();
            let headers = sheets.entry(header::fold(sheet)).or_default();
            headers.push(header::fold(&variable.origin.header));
        }
        for headers in sheets.values_mut() {
            headers.sort();
            headers.dedup();
        }
        Self { sheets }
    }

    fn columns(&self) -> Vec<(&str, &str)> {
        let mut columns = Vec::new();
        for (sheet, headers) in &self.sheets {
            let headers = headers.iter();
            columns.extend(headers.map(|header| (sheet.as_str(), header.as_str())));
        }
        columns
    }

    /// Share of the columns that both have, of the one that has more; 0 for empty shapes.
    fn likeness(&self, other: &Self) -> f64 {
        let (mine, theirs) = (self.columns(), other.columns());
        let n_both = mine.iter().filter(|column| theirs.contains(column)).count();
        let n_most = mine.len().max(theirs.len());
        if n_most == 0 {
            return 0.0;
        }
        n_both as f64 / n_most as f64
    }

    /// Name of the file that keeps the recipe of this shape.
    fn file_name(&self) -> String {
        // FNV-1a: stable across versions, which the standard library's hash is not.
        let hash = self
            .columns()
            .iter()
            .flat_map(|(sheet, header)| {
                let sheet = sheet.bytes().chain([0]);
                sheet.chain(header.bytes()).chain([1])
            })
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{hash:016x}{SUFFIX}")
    }
}

/// How a file was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Name of the file that it was last used for.
    pub name: String,
    /// When, ISO 8601 in universal time.
    pub at: String,
    /// The shape.
    pub shape: Shape,
    /// How it was read.
    pub options: ImportOptions,
    /// What columns were said to mean and how they are read, by variable, in the order it was said.
    pub meanings: Vec<Change>,
}

impl Recipe {
    /// A recipe from what was chosen for a file; `None` where nothing was.
    pub fn of(
        name: &str,
        at: &str,
        shape: &Shape,
        options: &ImportOptions,
        edits: &[std::sync::Arc<Edit>],
    ) -> Option<Self> {
        let recipe = Self {
            name: name.to_owned(),
            at: at.to_owned(),
            shape: shape.clone(),
            options: options.clone(),
            meanings: meanings(edits),
        };
        (recipe.n_choices() > 0 && !shape.sheets.is_empty()).then_some(recipe)
    }

    /// Number of single choices.
    pub fn n_choices(&self) -> usize {
        n_choices(&self.options) + self.meanings.len()
    }

    /// Whether a file of that shape may be read like this.
    pub fn fits(&self, shape: &Shape) -> bool {
        self.shape.likeness(shape) >= SHARE_ALIKE
    }

    /// How a file of another shape differs.
    pub fn differences(&self, shape: &Shape) -> Differences {
        let (old, new) = (self.shape.columns(), shape.columns());
        let without = |these: &[(&str, &str)], those: &[(&str, &str)]| {
            let lost = these.iter().filter(|column| !those.contains(column));
            lost.map(|(_, header)| (*header).to_owned()).collect()
        };
        Differences {
            new: without(&new, &old),
            gone: without(&old, &new),
        }
    }
}

/// Columns that one file has and the other has not, as compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// In the new file only.
    pub new: Vec<String>,
    /// In the old file only.
    pub gone: Vec<String>,
}

/// The last word on each variable's meaning and kind.
fn meanings(edits: &[std::sync::Arc<Edit>]) -> Vec<Change> {
    let mut last: Vec<Change> = Vec::new();
    for edit in edits {
        let same = |other: &Change| match (other, &edit.change) {
            (Change::Meaning { variable: a, .. }, Change::Meaning { variable: b, .. })
            | (Change::Kind { variable: a, .. }, Change::Kind { variable: b, .. }) => a == b,
            _ => false,
        };
        if matches!(edit.change, Change::Meaning { .. } | Change::Kind { .. }) {
            last.retain(|other| !same(other));
            last.push(edit.change.clone());
        }
    }
    last
}

/// Number of single choices in the options.
fn n_choices(options: &ImportOptions) -> usize {
    let ImportOptions {
        sheet,
        encoding,
        delimiter,
        decimal_mark,
        date_order,
        quote,
        header_row,
        n_header_rows,
        skip_rows,
        range,
        leave_out_sheets,
        codebook,
        columns,
    } = options;
    let of_file = [
        sheet.is_some(),
        encoding.is_some(),
        delimiter.is_some(),
        decimal_mark.is_some(),
        date_order.is_some(),
        quote.is_some(),
        header_row.is_some(),
        n_header_rows.is_some(),
        range.is_some(),
        codebook.is_some(),
    ];
    let of_columns = columns.values().map(|choice| {
        usize::from(choice.kind.is_some())
            + choice.missing.len()
            + usize::from(choice.date_order.is_some())
            + usize::from(choice.leave_out)
    });
    of_file.iter().filter(|chosen| **chosen).count()
        + skip_rows.len()
        + leave_out_sheets.len()
        + of_columns.sum::<usize>()
}

/// Saves a recipe over that of the same shape; makes the folder if needed.
pub fn save(folder: &Path, recipe: &Recipe) -> Result<PathBuf, Failure> {
    disk::make_folder(folder)?;
    let pretty = ron::ser::PrettyConfig::default();
    let text = ron::ser::to_string_pretty(recipe, pretty)
        .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
    let path = folder.join(recipe.shape.file_name());
    disk::write_whole(&path, text.as_bytes(), Readers::Owner)?;
    Ok(path)
}

/// The recipe that fits a shape best: the likest, of equals the newest; `None` where none fits.
pub fn find(folder: &Path, shape: &Shape) -> Option<Recipe> {
    let likeness = |recipe: &Recipe| recipe.shape.likeness(shape);
    let fitting = all(folder).into_iter().filter(|recipe| recipe.fits(shape));
    // Of equals `max_by` takes the last one.
    let newest_last = fitting.rev();
    newest_last.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

/// Every recipe, newest first; damaged ones are left out.
pub fn all(folder: &Path) -> Vec<Recipe> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut recipes: Vec<Recipe> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| load(&entry.path()))
        .collect();
    recipes.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.shape.cmp(&b.shape)));
    recipes
}

fn load(path: &Path) -> Option<Recipe> {
    let name = path.file_name()?.to_str()?;
    let length = fs::metadata(path).ok()?.len();
    if !name.ends_with(SUFFIX) || length > N_BYTES_MOST {
        return None;
    }
    ron::from_str(&fs::read_to_string(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::cohort::{Kind, Timing};
    use crate::import::ColumnChoice;

    fn shape(headers: &[&str]) -> Shape {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        Shape {
            sheets: [(String::new(), headers)].into(),
        }
    }

    fn options() -> ImportOptions {
        ImportOptions {
            decimal_mark: Some(','),
            skip_rows: vec![(3, 3)],
            columns: [(
                "Age".to_owned(),
                ColumnChoice {
                    missing: vec!["999".to_owned()],
                    ..ColumnChoice::default()
                },
            )]
            .into(),
            ..ImportOptions::default()
        }
    }

    fn meaning(variable: &str, concept: &str) -> Arc<Edit> {
        Arc::new(Edit {
            number: 1,
            at: String::new(),
            who: "AB".to_owned(),
            why: String::new(),
            change: Change::Meaning {
                variable: variable.to_owned(),
                concept: Some(concept.to_owned()),
                timing: Timing::Baseline,
                unit: None,
            },
        })
    }

    fn recipe(headers: &[&str], at: &str) -> Recipe {
        Recipe::of("may.csv", at, &shape(headers), &options(), &[]).unwrap()
    }

    #[test]
    fn the_next_file_of_the_shape_finds_how_the_last_one_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new/recipes");
        let may = recipe(&["age", "id", "sex", "vas"], "2026-05-12T08:00:00Z");
        save(&folder, &may).unwrap();
        let june = shape(&["age", "id", "new", "sex", "vas"]);
        let found = find(&folder, &june).unwrap();
        assert_eq!(found, may);
        assert_eq!(found.n_choices(), 3);
        assert_eq!(found.differences(&june).new, ["new"]);
        assert!(find(&folder, &shape(&["age", "bmi", "odi", "x"])).is_none());
        assert!(find(&folder, &Shape::default()).is_none());
    }

    #[test]
    fn newer_choices_for_a_shape_replace_older_ones() {
        let folder = tempfile::tempdir().unwrap();
        for at in ["2026-05-12T08:00:00Z", "2026-06-12T08:00:00Z"] {
            save(folder.path(), &recipe(&["age", "id"], at)).unwrap();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let found = find(folder.path(), &shape(&["age", "id"])).unwrap();
        assert_eq!(found.at, "2026-06-12T08:00:00Z");
    }

    #[test]
    fn a_damaged_recipe_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), &recipe(&["age", "id"], "2026")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() / 2]).unwrap();
        assert!(find(folder.path(), &shape(&["age", "id"])).is_none());
        assert!(find(&folder.path().join("nowhere"), &shape(&["age"])).is_none());
    }

    #[test]
    fn the_last_word_on_a_column_is_kept_and_no_correction_of_a_cell() {
        let cells = Arc::new(Edit {
            change: Change::Cells(Vec::new()),
            ..(*meaning("x", "y")).clone()
        });
        let kind = Arc::new(Edit {
            change: Change::Kind {
                variable: "PCS".to_owned(),
                kind: Kind::Numeric,
            },
            ..(*meaning("x", "y")).clone()
        });
        let edits = [
            meaning("PCS", "catastrophising"),
            cells,
            kind,
            meaning("PCS", "sf12-physical"),
        ];
        let shape = shape(&["pcs"]);
        let options = ImportOptions::default();
        let recipe = Recipe::of("a.csv", "", &shape, &options, &edits).unwrap();
        assert_eq!(recipe.meanings.len(), 2);
        assert!(
            matches!(&recipe.meanings[1], Change::Meaning { concept: Some(c), .. } if c == "sf12-physical")
        );
        assert!(Recipe::of("a.csv", "", &shape, &options, &[]).is_none());
    }

    #[test]
    fn a_shape_holds_headers_and_no_cell() {
        let cohort = crate::analysis::fixture::cohort();
        let text = format!("{:?}", Shape::of(&cohort));
        assert!(text.contains("age") && !text.contains("8000012"), "{text}");
    }
}
