//! Isotonic regression of an outcome on a score.

/// A run of scores whose isotonic fit is one value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    /// Its smallest score.
    pub(crate) first: f64,
    /// Its largest score.
    pub(crate) last: f64,
    /// Events among its points.
    pub(crate) events: f64,
    /// Its points.
    pub(crate) n: f64,
}

impl Block {
    /// Share of events.
    pub(crate) fn share(&self) -> f64 {
        self.events / self.n
    }
}

/// Isotonic regression of 0/1 labels on ascending scores by pooling adjacent violators (Ayer and others 1955);
/// equal scores are one point. Blocks in ascending order of score and share.
pub(crate) fn isotonic(ascending: impl Iterator<Item = (f64, bool)>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut points = ascending.peekable();
    while let Some((score, event)) = points.next() {
        let mut block = Block {
            first: score,
            last: score,
            events: f64::from(u8::from(event)),
            n: 1.0,
        };
        while let Some((_, event)) = points.next_if(|(next, _)| *next == score) {
            block.events += f64::from(u8::from(event));
            block.n += 1.0;
        }
        blocks.push(block);
        while let [.., before, last] = blocks.as_mut_slice() {
            if before.share() < last.share() {
                break;
            }
            before.last = last.last;
            before.events += last.events;
            before.n += last.n;
            blocks.pop();
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn an_isotonic_fit_ascends_and_keeps_the_mean() {
        let mut rng = Stream::new(5).rng();
        let points: Vec<(f64, bool)> = (0..80)
            .map(|at| (f64::from(at / 3), rng.uniform() < f64::from(at) / 80.0))
            .collect();
        let blocks = isotonic(points.iter().copied());
        assert!(
            blocks
                .windows(2)
                .all(|pair| pair[0].share() < pair[1].share())
        );
        let events: f64 = blocks.iter().map(|block| block.events).sum();
        assert_eq!(
            events as usize,
            points.iter().filter(|(_, event)| *event).count()
        );
        // Already ascending: every point is its own block.
        assert_eq!(isotonic([(0.1, false), (0.2, true)].into_iter()).len(), 2);
        assert_eq!(isotonic([(0.1, true), (0.2, false)].into_iter()).len(), 1);
    }
}
