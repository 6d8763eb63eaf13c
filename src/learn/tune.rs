//! Chooses how many columns a forest tries at a split and how small its leaves may be.

use crate::base::num::bounded_linear_predictor;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::forest::{Forest, ForestParams, Training};

/// Trees of each forest that is tried.
const N_TREES: usize = 100;
/// Smallest leaves that are tried.
const MIN_LEAVES: [usize; 4] = [1, 5, 10, 20];

/// The settings with the number of columns tried (half, once and twice the usual, and a third of all) and the smallest
/// leaf (1, 5, 10, 20 rows) whose forest has the smallest log loss on its out-of-bag rows; of equals the more usual. All
/// forests draw the same rows. The rows must be different ones: a copy of a row outside a tree would be known to it.
///
/// What was chosen by out-of-bag rows flatters itself on them a little: judge such a forest by patients whom the choice
/// did not see.
pub(crate) fn tuned(
    on: &Training<'_>,
    params: &ForestParams,
    stream: Stream,
    task: &TaskHandle,
) -> Result<ForestParams, Cancelled> {
    let k_cols = on.x.first().map_or(0, |x| x.k_cols);
    let usual = params.n_tried(k_cols);
    let mut tried = Vec::new();
    for mtry in [usual, usual.div_ceil(2), 2 * usual, k_cols.div_ceil(3)] {
        let mtry = mtry.clamp(1, k_cols.max(1));
        if !tried.contains(&mtry) {
            tried.push(mtry);
        }
    }
    let usual_leaf = std::iter::once(params.min_leaf);
    let other_leaves = MIN_LEAVES.into_iter().filter(|&n| n != params.min_leaf);
    let leaves: Vec<usize> = usual_leaf.chain(other_leaves).collect();
    let mut best = (f64::INFINITY, *params);
    for mtry in tried {
        for &min_leaf in &leaves {
            let candidate = ForestParams {
                n_trees: N_TREES.min(params.n_trees),
                mtry: Some(mtry),
                min_leaf,
                tuned: false,
                ..*params
            };
            let loss = out_of_bag_loss(&Forest::fit(on, &candidate, stream, task)?, on.y);
            if loss < best.0 {
                best = (loss, candidate);
            }
        }
    }
    Ok(ForestParams {
        n_trees: params.n_trees,
        tuned: true,
        ..best.1
    })
}

/// Mean log loss of the rows that some tree did not see.
fn out_of_bag_loss(forest: &Forest, y: &[bool]) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for (risk, &event) in forest.out_of_bag.iter().zip(y) {
        let Some(risk) = risk else { continue };
        let log_odds = bounded_linear_predictor(*risk);
        let towards = if event { -log_odds } else { log_odds };
        sum += towards.exp().ln_1p();
        n += 1.0;
    }
    if n > 0.0 { sum / n } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::Matrix;

    fn chosen(k: usize, signal: impl Fn(&[f64]) -> f64) -> ForestParams {
        let mut rng = Stream::new(5).rng();
        let rows: Vec<Vec<f64>> = (0..300)
            .map(|_| (0..k).map(|_| rng.normal()).collect())
            .collect();
        let y: Vec<bool> = rows.iter().map(|row| rng.normal() < signal(row)).collect();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|j| rows.iter().map(|row| row[j]).collect())
            .collect();
        let x = [Matrix::from_columns(300, &columns)];
        let task = TaskHandle::unattended();
        tuned(
            &Training::new(&x, &y),
            &ForestParams::default(),
            Stream::new(1),
            &task,
        )
        .expect("not cancelled")
    }

    #[test]
    fn noise_asks_for_large_leaves_and_one_strong_predictor_among_many_for_more_columns() {
        let noise = chosen(9, |_| 0.0);
        assert!(noise.min_leaf >= 10, "{noise:?}");
        let strong = chosen(16, |row| 6.0 * row[0]);
        assert!(strong.mtry > Some(4), "{strong:?}");
        assert_eq!(strong.n_trees, ForestParams::default().n_trees);
    }
}
