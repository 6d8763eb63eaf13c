//! Reproducible random numbers: a tree of named streams.
//!
//! A [`Stream`] is a position, not a generator: `stream.named("bootstrap").at(17)` gives the same
//! numbers whatever ran before and on whatever thread. Nothing else in the program may
//! draw random numbers.

use rand::RngExt as _;
use rand::SeedableRng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

/// A named position in the tree of random streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(u64);

impl Stream {
    /// The root of a study's streams.
    pub fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x5052_4F47_4E4F_5354)) // "PROGNOST": seed 0 is as good as any
    }

    /// The stream of a named purpose (FNV-1a of the name, mixed into the position).
    #[must_use]
    pub fn named(self, purpose: &str) -> Self {
        let hash = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(mix(self.0 ^ mix(hash)))
    }

    /// The stream of one item of a series: a tree, a resample, a fold.
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        Self(mix(self.0.wrapping_add(
            0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(index as u64 + 1),
        )))
    }

    /// A generator at this position.
    pub fn rng(self) -> Rng {
        Rng(Xoshiro256PlusPlus::seed_from_u64(self.0))
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A generator: xoshiro256++ (Blackman and Vigna 2019), portable and fast.
pub struct Rng(Xoshiro256PlusPlus);

impl Rng {
    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// Uniform integer in [0, n); `n` must be positive.
    #[inline]
    pub fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    /// Standard normal (polar method of Marsaglia and Bray 1964).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = u * u + v * v;
            if s > 0.0 && s < 1.0 {
                return u * (-2.0 * s.ln() / s).sqrt();
            }
        }
    }

    /// Chi-squared with `df` >= 1 degrees of freedom (twice a gamma draw: Marsaglia and Tsang 2000).
    pub fn chi_squared(&mut self, df: f64) -> f64 {
        // The shape df/2 is raised by 1, which the method asks for below 1, and brought back by the boost.
        let shape = df / 2.0 + 1.0;
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        let boost = (1.0 - self.uniform()).powf(2.0 / df);
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            let u = 1.0 - self.uniform();
            if v > 0.0 && u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return 2.0 * d * v * boost;
            }
        }
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// `n` row numbers drawn with replacement from `0..n`, ascending order not kept.
    pub fn bootstrap(&mut self, n: usize) -> Vec<usize> {
        (0..n).map(|_| self.below(n)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_its_name_and_index_only() {
        let root = Stream::new(1);
        let draw = |stream: Stream| stream.rng().uniform();
        assert_eq!(
            draw(root.named("a").at(3)).to_bits(),
            draw(root.named("a").at(3)).to_bits()
        );
        assert_ne!(
            draw(root.named("a").at(3)).to_bits(),
            draw(root.named("a").at(4)).to_bits()
        );
        assert_ne!(
            draw(root.named("a")).to_bits(),
            draw(root.named("b")).to_bits()
        );
        assert_ne!(
            draw(Stream::new(1)).to_bits(),
            draw(Stream::new(2)).to_bits()
        );
    }

    #[test]
    fn normal_draws_have_mean_zero_and_variance_one() {
        let mut rng = Stream::new(7).rng();
        let draws: Vec<f64> = (0..200_000).map(|_| rng.normal()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.01, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.02, "variance {variance}");
    }

    #[test]
    fn chi_squared_draws_have_their_mean_and_variance() {
        let mut rng = Stream::new(8).rng();
        for df in [1.0, 5.0, 200.0] {
            let draws: Vec<f64> = (0..100_000).map(|_| rng.chi_squared(df)).collect();
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance =
                draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / draws.len() as f64;
            assert!((mean / df - 1.0).abs() < 0.02, "df {df}: mean {mean}");
            assert!(
                (variance / (2.0 * df) - 1.0).abs() < 0.05,
                "df {df}: {variance}"
            );
        }
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<usize> = (0..50).collect();
        Stream::new(3).rng().shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
