//! Multiple imputation by chained equations, learnt on training rows (van Buuren 2018, `mice`).
//!
//! Two sets of conditional models come out of one call. Training rows are completed with the help of
//! their outcome, without which associations would be watered down; a patient to be predicted has
//! no outcome, so such rows are completed from [`Stored`] regressions that never saw one. Nothing is
//! learnt from a row that was not handed over as a training row, and nothing here predicts.

mod chain;
mod coded;
mod distribution;
mod pool;
mod stored;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::base::issue::Failure;
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::design::Sample;

pub use distribution::{Distribution, Shape};
pub use pool::{Pooled, pool};
pub use stored::Stored;

use chain::Chain;
use coded::Layout;

/// In which order incomplete predictors are imputed within an iteration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visit {
    /// The order of the predictors.
    Listed,
    /// The one with the fewest gaps first.
    #[default]
    FewestFirst,
    /// The one with the most gaps first.
    MostFirst,
}

impl Visit {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Listed, Self::FewestFirst, Self::MostFirst];

    /// Name in files; the message is `visit-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::FewestFirst => "fewest-first",
            Self::MostFirst => "most-first",
        }
    }
}

/// How values are imputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImputeParams {
    /// Completed data sets, 2 to 1,000.
    pub n_imputations: usize,
    /// Rounds through the incomplete predictors, 1 to 200.
    pub n_iterations: usize,
    /// Order within a round.
    pub visit: Visit,
}

impl Default for ImputeParams {
    fn default() -> Self {
        Self {
            n_imputations: 20,
            n_iterations: 10,
            visit: Visit::default(),
        }
    }
}

impl ImputeParams {
    /// Fails where a number is out of its range.
    pub fn check(&self) -> Result<(), Failure> {
        let in_range =
            (2..=1000).contains(&self.n_imputations) && (1..=200).contains(&self.n_iterations);
        in_range
            .then_some(())
            .ok_or_else(|| Failure::new("imputation-out-of-range"))
    }
}

/// What is added to every imputed value of a numeric predictor, in its unit: "what if the missing
/// were worse off than the data can tell" (van Buuren 2018, section 3.8).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Position of the predictor.
    pub predictor: usize,
    /// Added within every round, so that other imputations see it.
    pub delta: f64,
}

/// Learns how to impute.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Imputer {
    /// How values are imputed.
    pub params: ImputeParams,
    /// Shift of a sensitivity analysis; `None` otherwise.
    pub shift: Option<Shift>,
}

/// Mean and standard deviation of the imputed values of one predictor after each round, one row a
/// chain. Levels count by their position. Healthy chains mingle and show no trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Position of the predictor.
    pub predictor: usize,
    /// Mean, chain by chain, round by round.
    pub means: Vec<Vec<f64>>,
    /// Standard deviation; 0 where one value is missing.
    pub sds: Vec<Vec<f64>>,
}

/// Completed training rows and what is stored for patients to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Imputed {
    /// The training rows without a gap, one sample an imputation, in the order of the fit; a single
    /// one where nothing was missing.
    pub completed: Vec<Sample>,
    /// What completes a patient whose outcome is not known.
    pub stored: Stored,
    /// Convergence, for each predictor that was imputed.
    pub traces: Vec<Trace>,
    /// Positions in the fit that lacked a value, by predictor.
    pub missing: Vec<Vec<usize>>,
}

impl Imputer {
    /// Learns from these rows of the sample (repeats allowed) and sees no other. Chains run in
    /// parallel, each with its own stream: the same bits on any number of threads.
    pub fn learn(
        &self,
        sample: &Sample,
        rows: &[usize],
        stream: Stream,
        task: &TaskHandle,
    ) -> Result<Imputed, Cancelled> {
        let train = sample.taken(rows);
        let layout = Layout::learn(&train);
        let m = self.params.n_imputations.max(1);
        let chains: Result<Vec<_>, Cancelled> = (0..m)
            .into_par_iter()
            .map(|at| {
                let mut rng = stream.named("chain").at(at).rng();
                let mut chain = Chain::new(&train, &layout, &mut rng);
                let trace = chain.run(self, &mut rng, task)?;
                let without_outcome = chain.learn_without_outcome(self.shift, &mut rng);
                Ok((chain.into_sample(&train), without_outcome, trace))
            })
            .collect();
        let (mut completed, mut draws, mut of_chains) = (Vec::new(), Vec::new(), Vec::new());
        for (sample, conditionals, trace) in chains? {
            completed.push(sample);
            draws.push(conditionals);
            of_chains.push(trace);
        }
        let traces = traces(&layout.visited(self.params.visit), &of_chains);
        if traces.is_empty() {
            completed.truncate(1);
        }
        let missing = layout.missing.clone();
        Ok(Imputed {
            completed,
            stored: Stored {
                layout,
                draws,
                n_rounds: self.params.n_iterations,
                shift: self.shift,
                stream: stream.named("patient"),
            },
            traces,
            missing,
        })
    }
}

/// What a chain left behind: mean and standard deviation by round and visited predictor.
type ChainTrace = Vec<Vec<(f64, f64)>>;

fn traces(visited: &[usize], chains: &[ChainTrace]) -> Vec<Trace> {
    let over = |at: usize, pick: fn(&(f64, f64)) -> f64| -> Vec<Vec<f64>> {
        let of_chain = |chain: &ChainTrace| chain.iter().map(|round| pick(&round[at])).collect();
        chains.iter().map(of_chain).collect()
    };
    visited
        .iter()
        .enumerate()
        .map(|(at, &predictor)| Trace {
            predictor,
            means: over(at, |point| point.0),
            sds: over(at, |point| point.1),
        })
        .collect()
}

#[cfg(test)]
mod tests;
