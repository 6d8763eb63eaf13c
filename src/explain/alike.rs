//! Patients like this one.

use crate::base::seed::Stream;
use crate::recipe::{Fitted, Model};

/// Patients among whom the likest are looked for, at most.
const MAX_OTHERS: usize = 2000;
/// Patients named for each.
const N_NAMED: usize = 5;

/// For each training row of a forest the rows that are likest to it, the likest first: row, and the share of the trees
/// that saw neither in which both end in the same leaf. Of a large cohort a random 2,000 patients are looked at.
/// Empty for a logistic model.
pub fn alike(fitted: &Fitted, stream: Stream) -> Vec<Vec<(usize, f64)>> {
    let Model::Forest(forest) = &fitted.model else {
        return Vec::new();
    };
    let rows: Vec<usize> = (0..fitted.rows.len()).collect();
    let mut others = rows.clone();
    if others.len() > MAX_OTHERS {
        stream.rng().shuffle(&mut others);
        others.truncate(MAX_OTHERS);
        others.sort_unstable();
    }
    let shares = forest.proximity(&fitted.matrices, &rows, &others);
    let likest = |(row, shares): (&usize, Vec<f64>)| {
        let not_itself = others.iter().zip(shares).filter(|(other, _)| *other != row);
        let mut found: Vec<(usize, f64)> =
            not_itself.map(|(other, share)| (*other, share)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.retain(|(_, share)| *share > 0.0);
        found.truncate(N_NAMED);
        found
    };
    rows.iter().zip(shares).map(likest).collect()
}
