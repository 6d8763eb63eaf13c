//! The scores that a definition of response may weigh, and how a change in them is counted.

use serde::{Deserialize, Serialize};

use crate::base::issue::{Arg, Failure};
use crate::cohort::{Cohort, Timing, Variable};

/// A score at a visit. Pain is on a scale of 0 to 100, everything else in its own points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Overall pain where the cohort has it, else the larger of back and leg pain.
    Pain,
    /// Back pain.
    PainBack,
    /// Leg pain.
    PainLeg,
    /// Overall pain.
    PainGlobal,
    /// The larger of back and leg pain.
    PainWorst,
    /// Painful surface, cm².
    PainSurface,
    /// Oswestry disability index, 0 to 100.
    Odi,
    /// EQ-5D index.
    Eq5d,
    /// EQ-5D health scale, 0 to 100.
    EqVas,
    /// HADS anxiety, 0 to 21.
    HadsA,
    /// HADS depression, 0 to 21.
    HadsD,
    /// HADS, both parts, 0 to 42.
    Hads,
    /// Pain catastrophizing scale, 0 to 52.
    Pcs,
    /// PROMIS physical function, a T score (mean 50, standard deviation 10).
    PromisPf,
    /// Insomnia severity index, 0 to 28.
    Isi,
    /// Pittsburgh sleep quality index, 0 to 21.
    Psqi,
    /// Opioids in morphine milligram equivalents a day.
    Mme,
}

/// How a measure is made of the columns of a visit.
enum Made {
    One(&'static str),
    Larger(&'static str, &'static str),
    Sum(&'static str, &'static str),
    OneOrLarger(&'static str, [&'static str; 2]),
}

impl Measure {
    /// Every measure, in the order of choices.
    pub const ALL: [Self; 17] = [
        Self::Pain,
        Self::PainWorst,
        Self::PainBack,
        Self::PainLeg,
        Self::PainGlobal,
        Self::PainSurface,
        Self::Odi,
        Self::Eq5d,
        Self::EqVas,
        Self::HadsA,
        Self::HadsD,
        Self::Hads,
        Self::Pcs,
        Self::PromisPf,
        Self::Isi,
        Self::Psqi,
        Self::Mme,
    ];

    /// Name in files; the message is `measure-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::PainBack => "pain-back",
            Self::PainLeg => "pain-leg",
            Self::PainGlobal => "pain-global",
            Self::PainWorst => "pain-worst",
            Self::PainSurface => "pain-surface",
            Self::Odi => "odi",
            Self::Eq5d => "eq5d",
            Self::EqVas => "eq-vas",
            Self::HadsA => "hads-a",
            Self::HadsD => "hads-d",
            Self::Hads => "hads",
            Self::Pcs => "pcs",
            Self::PromisPf => "promis-pf",
            Self::Isi => "isi",
            Self::Psqi => "psqi",
            Self::Mme => "mme",
        }
    }

    /// Key of its name for people.
    pub fn key(self) -> String {
        format!("measure-{}", self.name())
    }

    /// Whether more of it is worse.
    pub fn high_is_worse(self) -> bool {
        !matches!(self, Self::Eq5d | Self::EqVas | Self::PromisPf)
    }

    /// Whether it is an intensity of pain: on 0 to 100, and under the floor no percentage is taken of it.
    pub fn is_pain(self) -> bool {
        matches!(
            self,
            Self::Pain | Self::PainBack | Self::PainLeg | Self::PainGlobal | Self::PainWorst
        )
    }

    /// Improvement in points, positive for the better: `baseline - follow-up` where high is worse,
    /// else `follow-up - baseline`. NaN where one is missing.
    pub fn improvement(self, baseline: f64, follow_up: f64) -> f64 {
        if self.high_is_worse() {
            baseline - follow_up
        } else {
            follow_up - baseline
        }
    }

    fn made(self) -> Made {
        match self {
            Self::Pain => Made::OneOrLarger("pain-global", ["pain-back", "pain-leg"]),
            Self::PainWorst => Made::Larger("pain-back", "pain-leg"),
            Self::Hads => Made::Sum("hads-a", "hads-d"),
            Self::PainBack
            | Self::PainLeg
            | Self::PainGlobal
            | Self::PainSurface
            | Self::Odi
            | Self::Eq5d
            | Self::EqVas
            | Self::HadsA
            | Self::HadsD
            | Self::Pcs
            | Self::PromisPf
            | Self::Isi
            | Self::Psqi
            | Self::Mme => Made::One(self.name()),
        }
    }

    /// The columns that hold it at that moment; `None` where one is missing.
    pub(super) fn columns(self, cohort: &Cohort, timing: Timing) -> Option<Vec<&Variable>> {
        let find = |concept: &str| {
            let found = cohort.find(concept, timing);
            found.filter(|variable| variable.kind == crate::cohort::Kind::Numeric)
        };
        let both = |a, b| Some(vec![find(a)?, find(b)?]);
        match self.made() {
            Made::One(concept) => Some(vec![find(concept)?]),
            Made::Larger(a, b) | Made::Sum(a, b) => both(a, b),
            Made::OneOrLarger(one, [a, b]) => {
                if takes_one(cohort, one, [a, b]) {
                    Some(vec![find(one)?])
                } else {
                    both(a, b)
                }
            }
        }
    }

    /// Its values at baseline (month 0) and at each visit after it that has them, oldest first: one a row, NaN where a part
    /// is missing. Empty where fewer than two moments have it.
    pub fn course(self, cohort: &Cohort) -> Vec<(u16, Vec<f64>)> {
        let months = super::scores::months_after(cohort).into_iter();
        let after = months.map(|month| (month, Timing::After(month)));
        let moments = std::iter::once((0, Timing::Baseline)).chain(after);
        let found = moments.filter_map(|(month, timing)| {
            let values = self.read(cohort, &self.columns(cohort, timing)?).ok()?;
            Some((month, values))
        });
        let found: Vec<(u16, Vec<f64>)> = found.collect();
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// Its values, one a patient, NaN where a part is missing.
    pub(super) fn read(self, cohort: &Cohort, columns: &[&Variable]) -> Result<Vec<f64>, Failure> {
        let is_sum = matches!(self.made(), Made::Sum(..));
        let mut total: Option<Vec<f64>> = None;
        for variable in columns {
            let mut values = cohort.numbers(&variable.name)?;
            if self.is_pain() {
                let unit = 100.0 / scale(variable, &values);
                values.iter_mut().for_each(|value| *value *= unit);
            }
            let Some(total) = &mut total else {
                total = Some(values);
                continue;
            };
            for (total, value) in total.iter_mut().zip(values) {
                *total = if is_sum || total.is_nan() || value.is_nan() {
                    *total + value
                } else {
                    total.max(value)
                };
            }
        }
        Ok(total.unwrap_or_else(|| vec![f64::NAN; cohort.n_rows()]))
    }
}

/// Which of two forms of a measure is taken, at baseline and at every visit alike, so that like is compared with
/// like: the one that stands at baseline and at more visits, the single column where both do.
fn takes_one(cohort: &Cohort, one: &str, pair: [&str; 2]) -> bool {
    let n_visits = |concepts: &[&str]| {
        let is_there = |timing| {
            let mut all = concepts.iter();
            all.all(|concept| cohort.find(concept, timing).is_some())
        };
        let months = super::scores::months_after(cohort).into_iter();
        let n = months
            .filter(|&month| is_there(Timing::After(month)))
            .count();
        is_there(Timing::Baseline).then_some(n)
    };
    n_visits(&[one]) >= n_visits(&pair)
}

/// Upper end of a scale of pain: 10 or 100, from the plausible range, else from the largest value.
fn scale(variable: &Variable, values: &[f64]) -> f64 {
    let top = variable.range.map_or_else(
        || values.iter().copied().fold(0.0, f64::max),
        |(_, top)| top,
    );
    if top <= 10.0 { 10.0 } else { 100.0 }
}

/// The least improvement that counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Least {
    /// So many points of the measure.
    Points(f64),
    /// So many per cent of the baseline.
    Percent(f64),
    /// The minimal clinically important difference of the table.
    Mcid,
}

impl Least {
    /// In words: message key and its values.
    pub fn wording(self, mcid: Option<f64>) -> (&'static str, Vec<(&'static str, Arg)>) {
        match self {
            Self::Points(points) => ("least-points", vec![("points", points.into())]),
            Self::Percent(percent) => (
                "least-percent",
                vec![("percent", Arg::Share(percent / 100.0))],
            ),
            Self::Mcid => match mcid {
                Some(points) => ("least-mcid", vec![("points", points.into())]),
                None => ("least-mcid-unknown", Vec::new()),
            },
        }
    }
}

/// One measure and the improvement that it must show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// The measure.
    pub measure: Measure,
    /// The least improvement.
    pub least: Least,
}

/// One measure's part in a weighted composite.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// The measure.
    pub measure: Measure,
    /// Whether its improvement is taken in per cent of the baseline, not in points.
    pub in_percent: bool,
    /// Factor of the improvement.
    pub weight: f64,
}

/// A row of the table of minimal clinically important differences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mcid {
    /// The measure.
    pub measure: Measure,
    /// Least improvement that matters to a patient, in points.
    pub points: f64,
    /// Baseline from which the measure counts as impaired: at or above it where high is worse, at
    /// or below it otherwise.
    pub impaired: f64,
    /// Whether the holistic response looks at it.
    pub in_holistic: bool,
}

impl Mcid {
    /// The table to start from; where each number comes from is `measure-mcid-source-NAME`.
    ///
    /// EQ-5D and PROMIS have no published cut between impaired and not: impaired is whoever can
    /// still improve by one difference (EQ-5D), or is below average by one (PROMIS).
    pub fn defaults() -> Vec<Self> {
        let row = |measure, points, impaired, in_holistic| Self {
            measure,
            points,
            impaired,
            in_holistic,
        };
        vec![
            row(Measure::Pain, 20.0, 30.0, true),
            row(Measure::Odi, 10.0, 21.0, true),
            row(Measure::Eq5d, 0.08, 0.92, true),
            row(Measure::HadsA, 1.4, 8.0, true),
            row(Measure::HadsD, 1.4, 8.0, true),
            row(Measure::Isi, 2.6, 8.0, true),
            row(Measure::Pcs, 6.5, 30.0, false),
            row(Measure::PromisPf, 3.0, 47.0, false),
        ]
    }

    /// Whether a patient with this baseline has something to gain. `None` where it is missing.
    pub fn is_impaired(&self, baseline: f64) -> Option<bool> {
        if baseline.is_nan() {
            return None;
        }
        Some(if self.measure.high_is_worse() {
            baseline >= self.impaired - 1e-9
        } else {
            baseline <= self.impaired + 1e-9
        })
    }
}
