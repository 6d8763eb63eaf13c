//! Baseline of one patient: latent normals turned into the published marginals.
//!
//! Normal measures are cut at the ends of their scale; pain, the questionnaires and the visual
//! scales pile up there as real ones do. Nobody with a worst pain under 40 of 100 is offered a
//! trial: such a draw is drawn again (0.7 % of draws).

use crate::base::num::{normal_cdf, normal_quantile};
use crate::base::seed::Rng;
use crate::simulate::copula::{self, z};
use crate::simulate::measure::{N_MEASURES, Values, at, level};

/// Least worst pain of a patient who is offered a trial.
const LEAST_PAIN: f64 = 40.0;

/// Standard normal quantiles of the shares of the table.
mod cut {
    /// 32 % smoke.
    pub(super) const SMOKER: f64 = 0.467_699;
    /// A quarter below, a quarter above.
    pub(super) const QUARTER: f64 = 0.674_490;
    /// 55 % take a gabapentinoid.
    pub(super) const GABAPENTINOID: f64 = -0.125_661;
    /// 15 % have a severe sensory deficit.
    pub(super) const SENSORY: f64 = 1.036_433;
    /// 30 % of the difference between leg and back pain, whose variance with its noise is 2.5.
    pub(super) const LOCATION: f64 = 0.829_157;
}

/// Draws until the worst pain is high enough for a trial.
pub(super) fn draw(rng: &mut Rng) -> Values {
    loop {
        let values = draw_anyone(rng);
        if values[at::BACK].max(values[at::LEG]) >= LEAST_PAIN {
            return values;
        }
    }
}

fn draw_anyone(rng: &mut Rng) -> Values {
    let latent = copula::draw(rng);
    let scaled = |index: usize, mean: f64, sd: f64, low: f64, high: f64| {
        (mean + sd * latent[index]).clamp(low, high)
    };
    let above = |index: usize, cut: f64| f64::from(u8::from(latent[index] > cut));
    let mut values = [0.0; N_MEASURES];
    let age = truncated(latent[z::AGE], 54.0, 11.5, 22.0, 84.0).round();
    values[at::AGE] = age;
    values[at::SEX] = f64::from(u8::from(rng.uniform() >= 0.54));
    values[at::BMI] = tenth(truncated(latent[z::BMI], 28.0, 5.0, 17.0, 48.0));
    values[at::SMOKER] = above(z::SMOKER, cut::SMOKER);
    values[at::EDUCATION] = above(z::EDUCATION, -cut::QUARTER) + above(z::EDUCATION, cut::QUARTER);
    // Work and claim hang on age alone: 18 % of all have a claim.
    let (work, claim) = (rng.uniform(), rng.uniform());
    values[at::WORK] = match work {
        _ if age >= 62.0 => level::RETIRED,
        x if x < 0.72 => level::INACTIVE,
        _ => level::WORKING,
    };
    let claim_share = if age >= 62.0 { 0.065 } else { 0.22 };
    values[at::CLAIM] = f64::from(u8::from(claim < claim_share));
    let years = 5.5 * (0.85 * latent[z::DURATION]).exp();
    values[at::DURATION] = tenth(years.clamp(0.5, (age - 16.0).min(45.0)));
    values[at::SURGERIES] = n_surgeries(normal_cdf(latent[z::SURGERIES]));
    let leg_minus_back = latent[z::LEG] - latent[z::BACK] + rng.normal();
    values[at::LOCATION] = match leg_minus_back {
        x if x > cut::LOCATION => level::LEG,
        x if x < -cut::LOCATION => level::BACK,
        _ => level::BOTH,
    };
    // A little above the table (69 and 68), since the scale cuts off at 100.
    values[at::BACK] = scaled(z::BACK, 70.0, 21.0, 0.0, 100.0).round();
    values[at::LEG] = scaled(z::LEG, 69.0, 22.0, 0.0, 100.0).round();
    values[at::ODI] = even(scaled(z::ODI, 49.0, 14.0, 10.0, 92.0));
    values[at::EQ5D] = thousandth(scaled(z::EQ5D, 0.38, 0.24, -0.525, 1.0));
    values[at::EQ_VAS] = scaled(z::EQ_VAS, 45.0, 19.0, 0.0, 100.0).round();
    values[at::HADS_A] = scaled(z::HADS_A, 9.4, 4.2, 0.0, 21.0).round();
    values[at::HADS_D] = scaled(z::HADS_D, 8.1, 4.1, 0.0, 21.0).round();
    values[at::PCS] = scaled(z::PCS, 24.0, 12.0, 0.0, 52.0).round();
    values[at::PAIN_DETECT] = scaled(z::PAIN_DETECT, 19.0, 7.0, -1.0, 38.0).round();
    values[at::DN4] = scaled(z::DN4, 5.0, 2.1, 0.0, 10.0).round();
    values[at::MME] = opioids(normal_cdf(latent[z::MME]));
    values[at::GABAPENTINOID] = above(z::GABAPENTINOID, cut::GABAPENTINOID);
    let surface = 180.0 * (0.923 * latent[z::SURFACE]).exp();
    values[at::SURFACE] = surface.clamp(5.0, 1500.0).round();
    values[at::SENSORY] = above(z::SENSORY, cut::SENSORY);
    values
}

/// A truncated normal by its distribution function, so that nothing piles up at the ends.
fn truncated(z: f64, mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    let (below, above) = (
        normal_cdf((low - mean) / sd),
        normal_cdf((high - mean) / sd),
    );
    let share = below + normal_cdf(z) * (above - below);
    (mean + sd * normal_quantile(share)).clamp(low, high)
}

/// 1: 45 %, 2: 28 %, 3: 15 %, 4 and more: 12 %.
fn n_surgeries(share: f64) -> f64 {
    const CUMULATIVE: [f64; 6] = [0.45, 0.73, 0.88, 0.94, 0.972, 0.988];
    let n_below = CUMULATIVE.iter().filter(|&&cut| share >= cut).count();
    1.0 + n_below as f64
}

/// 45 % take none; else lognormal with median 40 mg and sigma 0.9, to 5 mg.
fn opioids(share: f64) -> f64 {
    if share < 0.45 {
        return 0.0;
    }
    let z = normal_quantile(((share - 0.45) / 0.55).clamp(1e-9, 1.0 - 1e-9));
    let dose = 40.0 * (0.9 * z).exp();
    (5.0 * (dose / 5.0).round()).clamp(5.0, 800.0)
}

fn tenth(value: f64) -> f64 {
    (10.0 * value).round() / 10.0
}

pub(super) fn thousandth(value: f64) -> f64 {
    (1000.0 * value).round() / 1000.0
}

/// The disability index of ten items of 0 to 5 goes in steps of 2.
pub(super) fn even(value: f64) -> f64 {
    2.0 * (value / 2.0).round()
}
