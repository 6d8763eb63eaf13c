//! Which rows a tree sees.

use crate::base::seed::Rng;

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
    /// Rows that are drawn among themselves, and how many of them.
    strata: Vec<(Vec<u32>, usize)>,
    n_rows: usize,
}

impl Sampling {
    /// For these outcomes: a share of the rows, `within_class` the same share of either class. At least one row of each.
    pub(crate) fn new(y: &[bool], draw: Draw, share: f64, within_class: bool) -> Self {
        let all: Vec<u32> = (0..y.len() as u32).collect();
        let strata = if within_class {
            let (events, others) = all.iter().partition(|&&row| y[row as usize]);
            vec![events, others]
        } else {
            vec![all]
        };
        let count = |rows: Vec<u32>| {
            let n = (rows.len() as f64 * share).round() as usize;
            let n = n.clamp(rows.len().min(1), rows.len());
            (rows, n)
        };
        Self {
            draw,
            strata: strata.into_iter().map(count).collect(),
            n_rows: y.len(),
        }
    }

    /// How often each row is drawn.
    pub(crate) fn draw(&self, copies: &mut Vec<u32>, rng: &mut Rng) {
        copies.clear();
        copies.resize(self.n_rows, 0);
        for (rows, n) in &self.strata {
            match self.draw {
                Draw::WithReplacement => {
                    for _ in 0..*n {
                        copies[rows[rng.below(rows.len())] as usize] += 1;
                    }
                }
                Draw::WithoutReplacement => {
                    // Selection sampling (Knuth, algorithm S): each row with the odds that keep the count.
                    let mut wanted = *n;
                    for (at, row) in rows.iter().enumerate() {
                        let is_drawn = rng.below(rows.len() - at) < wanted;
                        copies[*row as usize] = u32::from(is_drawn);
                        wanted -= usize::from(is_drawn);
                    }
                }
            }
        }
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
                let sampling = Sampling::new(&y, draw, 0.5, within_class);
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
