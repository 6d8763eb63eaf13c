//! The user's definition of a responder, and the presets of the field.

use serde::{Deserialize, Serialize};

use crate::base::issue::Arg;
use crate::outcome::{Criterion, Least, Measure, Weight};

/// Whose pain is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PainSite {
    /// Back pain.
    Back,
    /// Leg pain.
    Leg,
    /// Overall pain.
    Global,
    /// The larger of back and leg pain at each visit.
    Worst,
}

impl PainSite {
    /// Every site, in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Worst, Self::Back, Self::Leg, Self::Global];

    /// Name in files; the message is `pain-site-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::Leg => "leg",
            Self::Global => "global",
            Self::Worst => "worst",
        }
    }

    /// The score of that site.
    pub fn measure(self) -> Measure {
        match self {
            Self::Back => Measure::PainBack,
            Self::Leg => Measure::PainLeg,
            Self::Global => Measure::PainGlobal,
            Self::Worst => Measure::PainWorst,
        }
    }
}

/// What counts as success in opioids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpioidGoal {
    /// The dose at the visit is at most that of the baseline.
    StableOrReduced,
    /// The dose at the visit is lower; whoever takes none at baseline can't be judged.
    Reduced,
}

/// Which end of the seven points of the global impression of change is "very much improved". Both
/// directions are in use, so it is never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PgicDirection {
    /// 1 is very much improved: responder at 2 or less.
    LowIsImproved,
    /// 7 is very much improved: responder at 6 or more.
    HighIsImproved,
}

/// How a patient becomes a responder. Every change is an improvement, positive for the better:
/// `baseline - follow-up` where high is worse, `follow-up - baseline` otherwise; a percentage is
/// `100 (improvement) / baseline`, undefined for a baseline of 0 and for pain under the floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// Pain falls by at least `percent` of its baseline value:
    /// `100 (baseline - follow-up) / baseline >= percent` (30 % moderate, 50 % substantial benefit:
    /// Dworkin 2008, IMMPACT; 50 % is the habit of trials of spinal cord stimulation).
    PainReduction {
        /// Whose pain.
        site: PainSite,
        /// Least reduction in per cent.
        percent: u8,
        /// Months after implantation.
        month: u16,
    },
    /// At least `at_least` of the criteria are met. A criterion whose scores are missing is open: the
    /// patient is a responder once enough others are met, a non-responder once too few can be.
    Criteria {
        /// The criteria.
        criteria: Vec<Criterion>,
        /// How many must be met.
        at_least: u8,
        /// Months after implantation.
        month: u16,
    },
    /// Clinical holistic response, `leg pain + ODI + (100 - EQ-VAS)`, 0 (best) to 300: falls by at
    /// least 87.97 points or 48.4 % (Goudman 2023, Neuromodulation 26:139). The sum is a
    /// reconstruction from the abstract's components, not the published factor scores.
    Chr {
        /// Months after implantation.
        month: u16,
    },
    /// Every domain that was impaired at baseline improves by its minimal clinically important
    /// difference; a domain that was not impaired does not count (Levy 2023; EVOKE, rapm 49/4/233).
    /// Domains are those of the table that the cohort has at both visits.
    Holistic {
        /// Months after implantation.
        month: u16,
    },
    /// The dose of opioids in morphine equivalents is stable or reduced (Adil 2022, Neurosurgery 91:272).
    Opioid {
        /// What counts as success.
        goal: OpioidGoal,
        /// Months after implantation.
        month: u16,
    },
    /// The patient says to be satisfied, yes or no.
    Satisfaction {
        /// Months after implantation.
        month: u16,
    },
    /// Patient's global impression of change: the two best of seven answers.
    Pgic {
        /// Which end is the good one.
        direction: PgicDirection,
        /// Months after implantation.
        month: u16,
    },
    /// `sum of weight x improvement >= least`, with weights that the site typed in (the slot of the
    /// Multidimensional Clinical Response Index, whose weights are not public; none is invented).
    Weighted {
        /// Measures and their weights.
        weights: Vec<Weight>,
        /// Least sum of a responder.
        least: f64,
        /// Months after implantation.
        month: u16,
    },
    /// A column holds this level.
    Level {
        /// Name of the variable.
        column: String,
        /// The level that means "responder"; a number is compared as a number.
        event: String,
    },
}

impl Default for Rule {
    fn default() -> Self {
        Self::PainReduction {
            site: PainSite::Worst,
            percent: 50,
            month: USUAL_MONTH,
        }
    }
}

/// Month of the visit where none is said.
const USUAL_MONTH: u16 = 12;

/// A definition of the field, for any visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Name without the month; the messages are `preset-NAME` and `preset-NAME.definition`.
    pub name: &'static str,
    /// Which presets stand together; the message is `preset-group-GROUP`.
    pub group: &'static str,
    /// Month of the visit where none is said.
    pub month: u16,
}

/// Every preset, in the order of the choice.
pub const PRESETS: [Preset; 16] = [
    preset("pain50", "pain", USUAL_MONTH),
    preset("pain50-back", "pain", USUAL_MONTH),
    preset("pain50-leg", "pain", USUAL_MONTH),
    preset("pain50-global", "pain", USUAL_MONTH),
    preset("pain30", "pain", USUAL_MONTH),
    preset("pain30-back", "pain", USUAL_MONTH),
    preset("pain30-leg", "pain", USUAL_MONTH),
    preset("pain30-global", "pain", USUAL_MONTH),
    // The main visit of PREDIBACK 2 is at six months.
    preset("prediback2", "several", 6),
    preset("chr", "several", USUAL_MONTH),
    preset("holistic", "several", USUAL_MONTH),
    preset("two-of-four", "several", USUAL_MONTH),
    preset("opioid-stable", "patient", USUAL_MONTH),
    preset("opioid-reduced", "patient", USUAL_MONTH),
    preset("satisfaction", "patient", USUAL_MONTH),
    preset("pgic", "patient", USUAL_MONTH),
];

const fn preset(name: &'static str, group: &'static str, month: u16) -> Preset {
    Preset { name, group, month }
}

impl Preset {
    /// The rule at that month.
    pub fn rule(self, month: u16) -> Rule {
        let pain = |site, percent| Rule::PainReduction {
            site,
            percent,
            month,
        };
        match self.name {
            "pain50-back" => pain(PainSite::Back, 50),
            "pain50-leg" => pain(PainSite::Leg, 50),
            "pain50-global" => pain(PainSite::Global, 50),
            "pain30" => pain(PainSite::Worst, 30),
            "pain30-back" => pain(PainSite::Back, 30),
            "pain30-leg" => pain(PainSite::Leg, 30),
            "pain30-global" => pain(PainSite::Global, 30),
            "prediback2" => Rule::Criteria {
                criteria: prediback2(),
                at_least: 3,
                month,
            },
            "chr" => Rule::Chr { month },
            "holistic" => Rule::Holistic { month },
            "two-of-four" => Rule::Criteria {
                criteria: two_of_four(),
                at_least: 2,
                month,
            },
            "opioid-stable" => Rule::Opioid {
                goal: OpioidGoal::StableOrReduced,
                month,
            },
            "opioid-reduced" => Rule::Opioid {
                goal: OpioidGoal::Reduced,
                month,
            },
            "satisfaction" => Rule::Satisfaction { month },
            "pgic" => Rule::Pgic {
                direction: PgicDirection::LowIsImproved,
                month,
            },
            _ => pain(PainSite::Worst, 50),
        }
    }
}

/// The judgement criteria of PREDIBACK 2 (NCT04587674) as a public program for its visits has them:
/// ODI improved by 30 %, EQ-5D by 0.2, HADS by 1.4 points, pain surface by 30 cm², pain by 50 %. How many
/// of the five are asked is not public, nor whether HADS means the total: unverified.
fn prediback2() -> Vec<Criterion> {
    let criterion = |measure, least| Criterion { measure, least };
    vec![
        criterion(Measure::Odi, Least::Percent(30.0)),
        criterion(Measure::Eq5d, Least::Points(0.2)),
        criterion(Measure::Hads, Least::Points(1.4)),
        criterion(Measure::PainSurface, Least::Points(30.0)),
        criterion(Measure::Pain, Least::Percent(50.0)),
    ]
}

/// The composite of burst stimulation (Neuromodulation, doi 10.1111/ner.13212): pain, catastrophizing, EQ-5D
/// and PROMIS physical function, at least two improved; "improved" is here the table's difference.
fn two_of_four() -> Vec<Criterion> {
    [
        Measure::Pain,
        Measure::Pcs,
        Measure::Eq5d,
        Measure::PromisPf,
    ]
    .map(|measure| Criterion {
        measure,
        least: Least::Mcid,
    })
    .to_vec()
}

impl Rule {
    /// The preset of that name, with or without its month: `pain50-12m`, `prediback2`, `chr-6m`.
    pub fn preset(name: &str) -> Option<Self> {
        let of = |name: &str| PRESETS.iter().find(|preset| preset.name == name);
        if let Some(preset) = of(name) {
            return Some(preset.rule(preset.month));
        }
        let (base, month) = name.rsplit_once('-')?;
        let month: u16 = month.strip_suffix('m')?.parse().ok()?;
        (1..=120)
            .contains(&month)
            .then(|| of(base).map(|preset| preset.rule(month)))
            .flatten()
    }

    /// Name of the preset that this rule is, with its month, if it is one.
    pub fn preset_name(&self) -> Option<String> {
        let month = self.month()?;
        let same = PRESETS.iter().find(|preset| preset.rule(month) == *self)?;
        Some(format!("{}-{month}m", same.name))
    }

    /// Month of the visit; `None` for a column and a level.
    pub fn month(&self) -> Option<u16> {
        match self {
            Self::PainReduction { month, .. }
            | Self::Criteria { month, .. }
            | Self::Chr { month }
            | Self::Holistic { month }
            | Self::Opioid { month, .. }
            | Self::Satisfaction { month }
            | Self::Pgic { month, .. }
            | Self::Weighted { month, .. } => Some(*month),
            Self::Level { .. } => None,
        }
    }

    /// The same rule at another visit.
    #[must_use]
    pub fn at_month(&self, new: u16) -> Self {
        let mut rule = self.clone();
        match &mut rule {
            Self::PainReduction { month, .. }
            | Self::Criteria { month, .. }
            | Self::Chr { month }
            | Self::Holistic { month }
            | Self::Opioid { month, .. }
            | Self::Satisfaction { month }
            | Self::Pgic { month, .. }
            | Self::Weighted { month, .. } => *month = new,
            Self::Level { .. } => {}
        }
        rule
    }

    /// Month of the visit that the presets are compared at.
    pub fn month_or_usual(&self) -> u16 {
        self.month().unwrap_or(USUAL_MONTH)
    }

    /// The rule in words: message key and its values.
    pub fn wording(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        let month = ("month", usize::from(self.month_or_usual()).into());
        match self {
            Self::PainReduction { site, percent, .. } => (
                "rule-pain-reduction",
                vec![
                    ("site", site.name().into()),
                    ("percent", usize::from(*percent).into()),
                    month,
                ],
            ),
            Self::Criteria {
                criteria, at_least, ..
            } => (
                "rule-criteria",
                vec![
                    ("at-least", usize::from(*at_least).into()),
                    ("n", criteria.len().into()),
                    ("measures", keys(criteria.iter().map(|c| c.measure))),
                    month,
                ],
            ),
            Self::Chr { .. } => ("rule-chr", vec![month]),
            Self::Holistic { .. } => ("rule-holistic", vec![month]),
            Self::Opioid { goal, .. } => {
                let goal = match goal {
                    OpioidGoal::StableOrReduced => "stable",
                    OpioidGoal::Reduced => "reduced",
                };
                ("rule-opioid", vec![("goal", goal.into()), month])
            }
            Self::Satisfaction { .. } => ("rule-satisfaction", vec![month]),
            Self::Pgic { direction, .. } => {
                let direction = match direction {
                    PgicDirection::LowIsImproved => "low",
                    PgicDirection::HighIsImproved => "high",
                };
                ("rule-pgic", vec![("direction", direction.into()), month])
            }
            Self::Weighted { weights, least, .. } => (
                "rule-weighted",
                vec![
                    ("measures", keys(weights.iter().map(|w| w.measure))),
                    ("least", (*least).into()),
                    month,
                ],
            ),
            Self::Level { column, event } => (
                "rule-level",
                vec![
                    ("column", column.as_str().into()),
                    ("event", event.as_str().into()),
                ],
            ),
        }
    }
}

/// Names of measures as an argument that is worded in the reader's language.
pub(super) fn keys(measures: impl Iterator<Item = Measure>) -> Arg {
    Arg::Keys(measures.map(Measure::key).collect())
}
