//! Pain scores of a visit on one scale, 0 to 100.

use crate::base::issue::{Failure, Issue};
use crate::cohort::{Cohort, Timing, Variable};
use crate::outcome::PainSite;

/// Least baseline pain, of 100, for which a percentage of reduction means anything.
pub(super) const FLOOR: f64 = 30.0;

/// Pain of every patient at baseline and at the visit, 0 to 100, NaN where missing.
pub(super) struct PainPair {
    pub(super) baseline: Vec<f64>,
    pub(super) follow_up: Vec<f64>,
    /// Names of the follow-up columns.
    pub(super) used: Vec<String>,
}

impl PainPair {
    /// Fails where the cohort lacks a score that the site needs, naming every one that is missing.
    pub(super) fn read(cohort: &Cohort, site: PainSite, month: u16) -> Result<Self, Failure> {
        let before = columns(cohort, site, Timing::Baseline);
        let after = columns(cohort, site, Timing::After(month));
        if before.missing != "none" || after.missing != "none" {
            return Err(Issue::error("outcome-missing-pain")
                .with("baseline", before.missing)
                .with("follow-up", after.missing)
                .with("month", usize::from(month))
                .with("visits", visits(cohort, site))
                .into());
        }
        Ok(Self {
            baseline: worst(cohort, &before.found)?,
            follow_up: worst(cohort, &after.found)?,
            used: after
                .found
                .iter()
                .map(|variable| variable.name.clone())
                .collect(),
        })
    }

    /// Reduction of one patient in per cent of the baseline; NaN where a score is missing.
    pub(super) fn reduction(&self, row: usize) -> f64 {
        100.0 * (self.baseline[row] - self.follow_up[row]) / self.baseline[row]
    }

    /// Whether pain fell by at least `percent`. Both sides are multiplied out, with room for the
    /// last bit, so that 7.3 to 3.65 is a reduction by half.
    pub(super) fn is_reduced_by(&self, row: usize, percent: u8) -> bool {
        let baseline = self.baseline[row];
        let fall = 100.0 * (baseline - self.follow_up[row]);
        fall >= f64::from(percent) * baseline - 1e-9 * baseline
    }
}

struct Columns<'a> {
    found: Vec<&'a Variable>,
    /// `none`, `back`, `leg` or `both`: the key of the sentence.
    missing: &'static str,
}

fn columns(cohort: &Cohort, site: PainSite, timing: Timing) -> Columns<'_> {
    let back = cohort.find("pain-back", timing);
    let leg = cohort.find("pain-leg", timing);
    let needs_back = site != PainSite::Leg;
    let needs_leg = site != PainSite::Back;
    let missing = match (needs_back && back.is_none(), needs_leg && leg.is_none()) {
        (false, false) => "none",
        (true, false) => "back",
        (false, true) => "leg",
        (true, true) => "both",
    };
    let found = [back.filter(|_| needs_back), leg.filter(|_| needs_leg)];
    Columns {
        found: found.into_iter().flatten().collect(),
        missing,
    }
}

/// Months at which every score of the site exists: `1, 3, 6`; `none` where there is no such month.
fn visits(cohort: &Cohort, site: PainSite) -> String {
    let mut months: Vec<u16> = cohort
        .variables
        .iter()
        .filter_map(|variable| match variable.timing {
            Timing::After(month) => Some(month),
            _ => None,
        })
        .collect();
    months.sort_unstable();
    months.dedup();
    months.retain(|&month| columns(cohort, site, Timing::After(month)).missing == "none");
    if months.is_empty() {
        return "none".to_owned();
    }
    let texts: Vec<String> = months.iter().map(u16::to_string).collect();
    texts.join(", ")
}

/// The larger of the scores of each patient, 0 to 100; missing where one is missing.
fn worst(cohort: &Cohort, variables: &[&Variable]) -> Result<Vec<f64>, Failure> {
    let mut worst = vec![f64::NEG_INFINITY; cohort.n_rows()];
    for variable in variables {
        let values = cohort.numbers(&variable.name)?;
        let unit = 100.0 / scale(variable, &values);
        for (worst, value) in worst.iter_mut().zip(values) {
            let value = value * unit;
            if value.is_nan() || (!worst.is_nan() && value > *worst) {
                *worst = value;
            }
        }
    }
    Ok(worst)
}

/// Upper end of the scale: 10 or 100, from the plausible range, else from the largest value.
fn scale(variable: &Variable, values: &[f64]) -> f64 {
    let top = variable.range.map_or_else(
        || values.iter().copied().fold(0.0, f64::max),
        |(_, top)| top,
    );
    if top <= 10.0 { 10.0 } else { 100.0 }
}
