//! The user's definition of a responder.

use serde::{Deserialize, Serialize};

use crate::base::issue::Arg;

/// Whose pain is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PainSite {
    /// Back pain.
    Back,
    /// Leg pain.
    Leg,
    /// The larger of back and leg pain at each visit.
    Worst,
}

impl PainSite {
    /// Every site, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Worst, Self::Back, Self::Leg];

    /// Name in files; the message is `pain-site-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::Leg => "leg",
            Self::Worst => "worst",
        }
    }
}

/// How a patient becomes a responder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Pain falls by at least `percent` of its baseline value at `month` months:
    /// `100 (baseline - follow-up) / baseline >= percent`, undefined where the baseline is under
    /// 30 of 100 (a percentage of little pain means nothing).
    PainReduction {
        /// Whose pain.
        site: PainSite,
        /// Least reduction in per cent.
        percent: u8,
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

/// Who is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Everyone who was offered a trial; a failed trial counts as non-responder.
    #[default]
    BeforeTrial,
    /// Implanted patients; the trial's result may be a predictor.
    AfterTrial,
}

impl Moment {
    /// Both moments, the default first.
    pub const ALL: [Self; 2] = [Self::BeforeTrial, Self::AfterTrial];

    /// Name on the command line and in files; the message is `moment-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeforeTrial => "before-trial",
            Self::AfterTrial => "after-trial",
        }
    }
}

/// How a patient explanted before the visit counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Explanted {
    /// As a non-responder.
    #[default]
    Failure,
    /// Not at all.
    Exclude,
}

impl Explanted {
    /// Both choices, the default first.
    pub const ALL: [Self; 2] = [Self::Failure, Self::Exclude];

    /// Name on the command line and in files; the message is `explanted-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Exclude => "exclude",
        }
    }
}

/// Everything that fixes the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeParams {
    /// How a patient becomes a responder.
    pub rule: Rule,
    /// Who is predicted.
    pub moment: Moment,
    /// How explanted patients count.
    pub explanted: Explanted,
}

impl Default for OutcomeParams {
    fn default() -> Self {
        Self {
            rule: Rule::PainReduction {
                site: PainSite::Worst,
                percent: 50,
                month: 12,
            },
            moment: Moment::BeforeTrial,
            explanted: Explanted::Failure,
        }
    }
}

impl Rule {
    /// The presets with their names on the command line.
    pub fn presets() -> Vec<(&'static str, Self)> {
        let rule = |site, percent| Self::PainReduction {
            site,
            percent,
            month: 12,
        };
        vec![
            ("pain50-12m", rule(PainSite::Worst, 50)),
            ("pain50-back-12m", rule(PainSite::Back, 50)),
            ("pain50-leg-12m", rule(PainSite::Leg, 50)),
            ("pain30-12m", rule(PainSite::Worst, 30)),
            ("pain30-back-12m", rule(PainSite::Back, 30)),
            ("pain30-leg-12m", rule(PainSite::Leg, 30)),
        ]
    }

    /// The preset of that name.
    pub fn preset(name: &str) -> Option<Self> {
        Self::presets()
            .into_iter()
            .find(|(id, _)| *id == name)
            .map(|(_, rule)| rule)
    }

    /// The rule in words: message key and its values.
    pub fn wording(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        match self {
            Self::PainReduction {
                site,
                percent,
                month,
            } => (
                "rule-pain-reduction",
                vec![
                    ("site", site.name().into()),
                    ("percent", usize::from(*percent).into()),
                    ("month", usize::from(*month).into()),
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

    /// Name of the preset that this rule is, if it is one.
    pub fn preset_name(&self) -> Option<&'static str> {
        Self::presets()
            .into_iter()
            .find(|(_, rule)| rule == self)
            .map(|(id, _)| id)
    }
}
