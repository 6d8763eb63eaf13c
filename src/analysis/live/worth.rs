//! What it would be worth to know a missing value.

use crate::analysis::live::{Live, Values, Who};
use crate::base::issue::Failure;
use crate::base::num::quantile;
use crate::base::task::TaskHandle;
use crate::cohort::Kind;
use crate::recipe::Person;

/// Shares at which plausible numbers are tried.
const SHARES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// What it would be worth to know a missing value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Position of the predictor.
    pub predictor: usize,
    /// Width of the spread as things are.
    pub width: f64,
    /// Mean width over the plausible values, were each known.
    pub width_known: f64,
    /// Smallest chance over the plausible values.
    pub low: f64,
    /// Largest.
    pub high: f64,
}

impl Live {
    /// For each missing value of a person what it would be worth to know it, the narrowest spread first.
    ///
    /// Plausible are, at five quantiles, the values imputed for this person; where nothing is imputed more than once those
    /// of all patients. Levels count by their share. Where gaps are filled with the median the present width leaves out
    /// what is not known, so that knowing may seem to widen it: the range of the chance says more there. A step of the
    /// task each value. Fails as [`Live::chance`] does.
    pub fn worth(
        &self,
        who: Who,
        values: &Values,
        task: &TaskHandle,
    ) -> Result<Vec<Worth>, Failure> {
        let now = self.chance(who, values)?;
        let current = values.current();
        let gaps: Vec<usize> = (0..current.len())
            .filter(|&at| current[at].is_nan())
            .collect();
        let completions = self.whole.fitted.completions(Person {
            values: &current,
            recorded: &values.recorded,
        });
        let mut found = Vec::with_capacity(gaps.len());
        for predictor in gaps {
            let drawn: Vec<f64> = completions.iter().map(|one| one[predictor]).collect();
            let plausible = self.plausible(predictor, &drawn);
            if plausible.is_empty() {
                continue;
            }
            let (mut width_known, mut low, mut high) = (0.0, 1.0_f64, 0.0_f64);
            for (value, share) in plausible {
                task.check()?;
                let mut supposed = values.clone();
                supposed.supposed[predictor] = Some(value);
                let chance = self.chance(who, &supposed)?;
                width_known += share * (chance.high - chance.low);
                (low, high) = (low.min(chance.risk), high.max(chance.risk));
            }
            found.push(Worth {
                predictor,
                width: now.high - now.low,
                width_known,
                low,
                high,
            });
        }
        found.sort_by(|a, b| a.width_known.total_cmp(&b.width_known));
        Ok(found)
    }

    /// Values that a person may have, with their shares.
    pub(super) fn plausible(&self, predictor: usize, drawn: &[f64]) -> Vec<(f64, f64)> {
        let of = &self.sample.predictors[predictor];
        let known = of.known();
        let from = if drawn.len() > 1 { drawn } else { &known };
        if of.kind == Kind::Numeric {
            let share = 1.0 / SHARES.len() as f64;
            let at = |at: &f64| Some((quantile(from, *at)?, share));
            return SHARES.iter().filter_map(at).collect();
        }
        let mut levels: Vec<f64> = from.to_vec();
        levels.sort_unstable_by(f64::total_cmp);
        levels.dedup();
        let share = |level: f64| {
            let n = from.iter().filter(|value| **value == level).count();
            (level, n as f64 / from.len() as f64)
        };
        levels.into_iter().map(share).collect()
    }
}
