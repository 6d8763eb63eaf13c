//! The rules of this room. Each looks at columns and raises doubts; none changes anything.
//!
//! Patients whom a person left out are not looked at.

mod course;
mod duplicates;
mod levels;
mod outliers;
mod own;
mod relief;
mod values;

use rayon::prelude::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::cohort::Cohort;
use crate::review::ReviewParams;
use crate::review::raised::Raised;

pub(super) use duplicates::is_birth_date;
pub(super) use own::rule_failure;
pub(super) use values::blanks;

/// What every rule sees.
pub(super) struct Scene<'a> {
    pub(super) cohort: &'a Cohort,
    pub(super) params: &'a ReviewParams,
    /// Whether a patient is looked at.
    pub(super) looked_at: Vec<bool>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(cohort: &'a Cohort, params: &'a ReviewParams) -> Self {
        let mut looked_at = vec![true; cohort.n_rows()];
        for row in cohort.excluded.keys() {
            if let Some(slot) = looked_at.get_mut(*row) {
                *slot = false;
            }
        }
        Self {
            cohort,
            params,
            looked_at,
        }
    }

    /// The patients that are looked at.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        let rows = self.looked_at.iter().enumerate();
        rows.filter(|(_, is)| **is).map(|(row, _)| row)
    }
}

/// Everything that the rules raise. `known` are the doubts that are there already, so that a cell is not
/// called an outlier that has a worse fault.
pub(super) fn all(
    scene: &Scene<'_>,
    known: &[Raised],
    task: &TaskHandle,
) -> Result<Vec<Raised>, Failure> {
    let mut raised = values::required(scene);
    let by_column: Vec<Vec<Raised>> = scene
        .cohort
        .variables
        .par_iter()
        .enumerate()
        .map(|(idx, variable)| {
            let of_column = |r: &&Raised| r.variable == Some(idx);
            let known: Vec<&Raised> = known.iter().filter(of_column).collect();
            let mut found = values::unread(scene, idx, variable, &known);
            found.extend(values::out_of_range(scene, idx, variable, &known));
            found.extend(levels::invalid(scene, idx, variable));
            let more = outliers::find(scene, idx, variable, &known, &found);
            found.extend(more);
            found
        })
        .collect();
    task.check()?;
    raised.extend(by_column.into_iter().flatten());
    raised.extend(values::body_mass(scene));
    raised.extend(values::of_one_sex(scene));
    raised.extend(course::dates(scene));
    raised.extend(course::visits(scene));
    raised.extend(course::where_none_belongs(scene));
    raised.extend(relief::apart(scene));
    task.check()?;
    raised.extend(duplicates::find(scene));
    task.check()?;
    raised.extend(own::broken(scene, task)?);
    Ok(raised)
}
