//! Which rows a tree sees.

use crate::base::seed::Rng;
use crate::learn::forest::ForestParams;

/// How the rows of a tree are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draw {
    /// With replacement (Breiman's bootstrap).
    #[default]
    WithReplacement,
    /// Without replacement.
    WithoutReplacement,
}

/// Draws rows by the rules of a forest.
pub(crate) struct Sampling {
    draw: Draw,
    strata: Vec<Stratum>,
    n_rows: usize,
}

/// Rows that are drawn among themselves.
struct Stratum {
    rows: Vec<u32>,
    /// How many are drawn.
    n: usize,
    /// Weights of the rows, each the sum of those up to it; `None` where all are drawn with the same odds.
    weights_up_to: Option<Vec<f64>>,
}

impl Sampling {
    /// For these outcomes: a share of the rows, or the same share of either class; at least one row of each.
    /// With `weights`, finite and at least 0, rows are drawn in proportion to theirs, and of those above 0 only.
    pub(crate) fn new(y: &[bool], weights: Option<&[f64]>, params: &ForestParams) -> Self {
        let weight = |row: u32| weights.map_or(1.0, |weights| weights[row as usize]);
        let has_weight = |row: &u32| weight(*row) > 0.0;
        let all: Vec<u32> = (0..y.len() as u32).filter(has_weight).collect();
        let strata = if params.within_class {
            let (events, others) = all.iter().partition(|&&row| y[row as usize]);
            vec![events, others]
        } else {
            vec![all]
        };
        let stratum = |rows: Vec<u32>| {
            let n = (rows.len() as f64 * params.sample_share).round() as usize;
            let weights_up_to = weights.map(|_| {
                let up_to = |sum: &mut f64, row: &u32| {
                    *sum += weight(*row);
                    Some(*sum)
                };
                rows.iter().scan(0.0, up_to).collect()
            });
            Stratum {
                n: n.clamp(rows.len().min(1), rows.len()),
                rows,
                weights_up_to,
            }
        };
        Self {
            draw: params.draw,
            strata: strata.into_iter().map(stratum).collect(),
            n_rows: y.len(),
        }
    }

    /// How often each row is drawn.
    pub(crate) fn draw(&self, copies: &mut Vec<u32>, rng: &mut Rng) {
        copies.clear();
        copies.resize(self.n_rows, 0);
        for stratum in &self.strata {
            match (self.draw, &stratum.weights_up_to) {
                (Draw::WithReplacement, None) => {
                    let rows = &stratum.rows;
                    for _ in 0..stratum.n {
                        copies[rows[rng.below(rows.len())] as usize] += 1;
                    }
                }
                (Draw::WithReplacement, Some(up_to)) => {
                    let total = up_to.last().copied().unwrap_or(0.0);
                    for _ in 0..stratum.n {
                        let at = rng.uniform() * total;
                        let at = up_to.partition_point(|up_to| *up_to <= at);
                        copies[stratum.rows[at.min(stratum.rows.len() - 1)] as usize] += 1;
                    }
                }
                (Draw::WithoutReplacement, None) => {
                    // Selection sampling (Knuth, algorithm S): each row with the odds that keep the count.
                    let mut wanted = stratum.n;
                    for (at, row) in stratum.rows.iter().enumerate() {
                        let is_drawn = rng.below(stratum.rows.len() - at) < wanted;
                        copies[*row as usize] = u32::from(is_drawn);
                        wanted -= usize::from(is_drawn);
                    }
                }
                (Draw::WithoutReplacement, Some(up_to)) => {
                    for row in stratum.earliest(up_to, rng) {
                        copies[row as usize] = 1;
                    }
                }
            }
        }
    }
}

impl Stratum {
    /// As many rows as are drawn, one after the other with odds in proportion to their weights: those that come first
    /// where each comes after an exponential time with its weight as the rate (Efraimidis and Spirakis 2006).
    fn earliest(&self, up_to: &[f64], rng: &mut Rng) -> Vec<u32> {
        let mut before = 0.0;
        let mut times: Vec<(f64, u32)> = Vec::with_capacity(self.rows.len());
        for (&row, &up_to) in self.rows.iter().zip(up_to) {
            times.push((-(1.0 - rng.uniform()).ln() / (up_to - before), row));
            before = up_to;
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        times.iter().take(self.n).map(|(_, row)| *row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn samples_have_their_size_and_keep_the_classes_where_asked() {
        let y: Vec<bool> = (0..90).map(|i| i % 3 == 0).collect();
        let mut rng = Stream::new(2).rng();
        let mut copies = Vec::new();
        for draw in [Draw::WithReplacement, Draw::WithoutReplacement] {
            for within_class in [false, true] {
                let params = ForestParams {
                    draw,
                    sample_share: 0.5,
                    within_class,
                    ..ForestParams::default()
                };
                let sampling = Sampling::new(&y, None, &params);
                for _ in 0..20 {
                    sampling.draw(&mut copies, &mut rng);
                    assert_eq!(copies.iter().sum::<u32>(), 45);
                    let most = copies.iter().max();
                    assert!(draw == Draw::WithReplacement || most == Some(&1));
                    let events = copies.iter().zip(&y).filter(|(_, y)| **y);
                    let n_events: u32 = events.map(|(copies, _)| copies).sum();
                    assert!(!within_class || n_events == 15);
                }
            }
        }
    }
}
