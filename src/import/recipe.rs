//! How a file was read, kept so that the next export of the same shape opens with no question.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::issue::Issue;
use crate::cohort::{Shape, header};
use crate::import::ImportOptions;
use crate::import::grid::Grid;

/// A saved way of reading files of one shape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipe {
    /// Words by which a person knows it.
    pub name: String,
    /// Shape of the file that it was made for ([`crate::cohort::Source::shape`]).
    pub shape: Shape,
    /// How such a file is read.
    pub options: ImportOptions,
}

impl Recipe {
    /// Whether a file has the same tables with the same headers; order and case of headers aside.
    pub fn fits(&self, shape: &Shape) -> bool {
        !self.shape.tables.is_empty() && sorted(&self.shape) == sorted(shape)
    }

    /// What a file has more and less than the one that the recipe was made for.
    pub fn differences(&self, shape: &Shape) -> Vec<Issue> {
        let (own, new) = (by_sheet(&self.shape), by_sheet(shape));
        let mut issues = Vec::new();
        for (sheet, headers) in &own {
            let Some(now) = new.get(sheet) else {
                issues.push(at_sheet("shape-sheet-gone", sheet));
                continue;
            };
            let gone = headers.difference(now);
            issues.extend(gone.map(|header| in_column("shape-column-gone", sheet, header)));
            let fresh = now.difference(headers);
            issues.extend(fresh.map(|header| in_column("shape-column-new", sheet, header)));
        }
        let fresh = new.keys().filter(|sheet| !own.contains_key(*sheet));
        issues.extend(fresh.map(|sheet| at_sheet("shape-sheet-new", sheet)));
        issues
    }
}

fn at_sheet(code: &str, sheet: &str) -> Issue {
    let mut issue = Issue::warning(code);
    if !sheet.is_empty() {
        issue.place.sheet = Some(sheet.to_owned());
    }
    issue
}

fn in_column(code: &str, sheet: &str, column: &str) -> Issue {
    at_sheet(code, sheet).in_column(column)
}

fn sorted(shape: &Shape) -> BTreeSet<(String, Vec<&String>)> {
    shape
        .tables
        .iter()
        .map(|(sheet, headers)| {
            let mut headers: Vec<&String> = headers.iter().collect();
            headers.sort();
            (header::fold(sheet), headers)
        })
        .collect()
}

fn by_sheet(shape: &Shape) -> BTreeMap<&str, BTreeSet<&String>> {
    let mut sheets: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for (sheet, headers) in &shape.tables {
        sheets.entry(sheet).or_default().extend(headers);
    }
    sheets
}

/// The shape of tables.
pub(crate) fn shape_of<'a>(grids: impl Iterator<Item = &'a Grid>) -> Shape {
    let tables = grids.map(|grid| {
        let mut headers: Vec<String> = grid.headers.iter().map(|h| header::fold(h)).collect();
        headers.sort();
        (grid.sheet.clone().unwrap_or_default(), headers)
    });
    Shape {
        tables: tables.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(tables: &[(&str, &[&str])]) -> Shape {
        let tables = tables.iter().map(|(sheet, headers)| {
            let headers = headers.iter().map(|h| (*h).to_owned()).collect();
            ((*sheet).to_owned(), headers)
        });
        Shape {
            tables: tables.collect(),
        }
    }

    #[test]
    fn a_recipe_fits_the_same_headers_in_any_order() {
        let recipe = Recipe {
            shape: shape(&[("", &["id", "age", "eva"])]),
            ..Recipe::default()
        };
        assert!(recipe.fits(&shape(&[("", &["age", "eva", "id"])])));
        assert!(!recipe.fits(&shape(&[("", &["age", "id"])])));
        assert!(!Recipe::default().fits(&Shape::default()));
    }

    #[test]
    fn what_is_new_and_what_is_gone_is_said() {
        let recipe = Recipe {
            shape: shape(&[("patients", &["id", "age"]), ("visites", &["id", "eva"])]),
            ..Recipe::default()
        };
        let now = shape(&[("patients", &["id", "sexe"]), ("notes", &["a", "b"])]);
        let said: Vec<(String, Option<String>)> = recipe
            .differences(&now)
            .into_iter()
            .map(|issue| (issue.code, issue.place.column.or(issue.place.sheet)))
            .collect();
        let own = |code: &str, at: &str| (code.to_owned(), Some(at.to_owned()));
        assert_eq!(
            said,
            [
                own("shape-column-gone", "age"),
                own("shape-column-new", "sexe"),
                own("shape-sheet-gone", "visites"),
                own("shape-sheet-new", "notes"),
            ]
        );
        assert!(recipe.differences(&recipe.shape).is_empty());
    }
}
