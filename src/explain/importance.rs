//! How much a fit leans on predictors: what unseen patients lose when their values are shuffled.

use crate::base::num::Matrix;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;
use crate::learn::Training;
use crate::learn::importance::{Shuffle, impurity_corrected_importance};
use crate::recipe::{Fitted, Model};
use crate::validate::measures::{brier, log_loss};

/// Risks nearer to 0 or 1 count as this near for the log loss, which one of 0 or 1 would make infinite.
const LEAST: f64 = 1e-3;

/// What is asked of an importance.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Groups of predictors, by their positions, which may overlap: one of a single predictor gives its own importance.
    pub predictors: &'a [Vec<usize>],
    /// For each predictor the [subgroup](crate::explain::subgroups) of each patient; empty where what a predictor adds
    /// to the others is not asked.
    pub alike: &'a [Vec<u32>],
    /// Shufflings of each group; the rises are means over them.
    pub n_shuffles: usize,
}

/// Rises of a loss on patients whom a fit has not seen, when the values of a group of predictors are shuffled together
/// among them (Breiman 2001; Fisher, Rudin and Dominici 2019).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Importance {
    /// Rise of the Brier score by group.
    pub brier: Vec<f64>,
    /// Rise of the log loss by group.
    pub log_loss: Vec<f64>,
    /// Rise of the Brier score by predictor when it is shuffled among patients who are alike in the others.
    pub conditional: Vec<f64>,
}

/// Importance of groups of predictors in one fit. A forest is judged on its out-of-bag rows, as a whole: the mean over
/// the trees that did not see the row. A logistic model is judged on `unseen` rows.
pub fn importance(
    fitted: &Fitted,
    sample: &Sample,
    unseen: &[usize],
    groups: &Groups<'_>,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Importance, Cancelled> {
    let rows = match &fitted.model {
        Model::Forest(_) => fitted.rows.as_slice(),
        Model::Logistic(_) => unseen,
    };
    let columns_of = fitted.map.groups(sample.predictors.len());
    let columns = |group: &Vec<usize>| -> Vec<usize> {
        let columns = group.iter().map(|&at| columns_of[at].as_slice());
        columns.flatten().copied().collect()
    };
    let mut shuffles = Vec::new();
    for time in 0..groups.n_shuffles {
        for (at, group) in groups.predictors.iter().enumerate() {
            let mut donors: Vec<usize> = (0..rows.len()).collect();
            stream.at(time).at(at).rng().shuffle(&mut donors);
            shuffles.push(Shuffle {
                columns: columns(group),
                donors,
            });
        }
        for (at, subgroup) in groups.alike.iter().enumerate() {
            let subgroup: Vec<u32> = rows.iter().map(|&row| subgroup[row]).collect();
            let stream = stream.named("alike").at(time).at(at);
            shuffles.push(Shuffle {
                columns: columns_of[at].clone(),
                donors: among_equals(&subgroup, stream),
            });
        }
    }
    let y = sample.y_of(rows);
    let rises = rises(fitted, sample, rows, &y, &shuffles, task)?;
    let n_each = groups.predictors.len() + groups.alike.len();
    let mean = |at: usize, of: fn(&(f64, f64)) -> f64| {
        let times = rises.iter().skip(at).step_by(n_each.max(1));
        times.map(of).sum::<f64>() / groups.n_shuffles.max(1) as f64
    };
    let of_groups = 0..groups.predictors.len();
    Ok(Importance {
        brier: of_groups
            .clone()
            .map(|at| mean(at, |rise| rise.0))
            .collect(),
        log_loss: of_groups.map(|at| mean(at, |rise| rise.1)).collect(),
        conditional: (groups.predictors.len()..n_each)
            .map(|at| mean(at, |rise| rise.0))
            .collect(),
    })
}

/// A shuffling that keeps everyone's label.
fn among_equals(labels: &[u32], stream: Stream) -> Vec<usize> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|&row| labels[row]);
    let mut shuffled = order.clone();
    let mut rng = stream.rng();
    shuffled
        .chunk_by_mut(|&a, &b| labels[a] == labels[b])
        .for_each(|equals| rng.shuffle(equals));
    let mut donors = vec![0; labels.len()];
    for (&row, donor) in order.iter().zip(shuffled) {
        donors[row] = donor;
    }
    donors
}

/// Rise of Brier score and log loss by each shuffling.
fn rises(
    fitted: &Fitted,
    sample: &Sample,
    rows: &[usize],
    y: &[bool],
    shuffles: &[Shuffle],
    task: &TaskHandle,
) -> Result<Vec<(f64, f64)>, Cancelled> {
    let losses = |risks: &[f64], y: &[bool]| {
        let bounded: Vec<f64> = risks
            .iter()
            .map(|risk| risk.clamp(LEAST, 1.0 - LEAST))
            .collect();
        (
            brier(risks, y).unwrap_or(0.0),
            log_loss(&bounded, y).unwrap_or(0.0),
        )
    };
    let rise = |before: (f64, f64), after: (f64, f64)| (after.0 - before.0, after.1 - before.1);
    let forest = match &fitted.model {
        Model::Forest(forest) => forest,
        Model::Logistic(_) => {
            let matrices = fitted.matrices(sample, rows);
            let before = losses(&fitted.predict_matrices(&matrices).risks, y);
            let after = |shuffle: &Shuffle| {
                let shuffled: Vec<Matrix> =
                    matrices.iter().map(|x| moved(fitted, x, shuffle)).collect();
                losses(&fitted.predict_matrices(&shuffled).risks, y)
            };
            return Ok(shuffles
                .iter()
                .map(|one| rise(before, after(one)))
                .collect());
        }
    };
    let found = forest.shuffled_risks(&fitted.matrices, shuffles, task)?;
    let (seen_by_some, y): (Vec<&Vec<f64>>, Vec<bool>) = found
        .iter()
        .zip(y)
        .filter_map(|(risks, y)| Some((risks.as_ref()?, *y)))
        .unzip();
    let of = |at: usize| -> Vec<f64> { seen_by_some.iter().map(|risks| risks[at]).collect() };
    let before = losses(&of(0), &y);
    let after = (1..=shuffles.len()).map(|at| losses(&of(at), &y));
    Ok(after.map(|after| rise(before, after)).collect())
}

/// A matrix after a shuffling; products of columns are made anew.
fn moved(fitted: &Fitted, x: &Matrix, shuffle: &Shuffle) -> Matrix {
    let mut moved = x.clone();
    for &column in &shuffle.columns {
        let values = x.col(column);
        let donors = shuffle.donors.iter();
        let out = moved.col_mut(column).iter_mut();
        out.zip(donors).for_each(|(out, &from)| *out = values[from]);
    }
    fitted.map.multiply(&mut moved);
    moved
}

/// Impurity-corrected importance of each predictor in a forest grown like this one, on the same patients: the sum over
/// the predictor's columns. May be negative; zeros for a logistic model.
pub fn impurity_corrected(
    fitted: &Fitted,
    sample: &Sample,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<f64>, Cancelled> {
    let groups = fitted.map.groups(sample.predictors.len());
    let Model::Forest(forest) = &fitted.model else {
        return Ok(vec![0.0; groups.len()]);
    };
    let y = sample.y_of(&fitted.rows);
    let unordered = fitted.map.unordered(sample);
    let on = Training {
        unordered: &unordered,
        ..Training::new(&fitted.matrices, &y)
    };
    let stream = stream.named("impurity-corrected");
    let of_columns = impurity_corrected_importance(&on, &forest.params, stream, task)?;
    let sum = |columns: &Vec<usize>| columns.iter().map(|&column| of_columns[column]).sum();
    Ok(groups.iter().map(sum).collect())
}
