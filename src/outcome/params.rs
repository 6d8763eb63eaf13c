//! Everything that fixes the outcome, and the fingerprint by which a definition is known.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::outcome::{Mcid, Rule};

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
    /// As a non-responder, unless the reason that was written is another than too little relief:
    /// then the outcome is unknown, as for the lost.
    #[default]
    Inefficacy,
    /// As a non-responder, whatever the reason.
    Failure,
    /// Not at all.
    Exclude,
    /// As lost: the outcome is unknown.
    Censor,
}

impl Explanted {
    /// Every choice, the default first.
    pub const ALL: [Self; 4] = [Self::Inefficacy, Self::Failure, Self::Censor, Self::Exclude];

    /// Name on the command line and in files; the message is `explanted-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inefficacy => "inefficacy",
            Self::Failure => "failure",
            Self::Exclude => "exclude",
            Self::Censor => "censor",
        }
    }
}

/// How a patient whose outcome is not known counts: lost, or dead before the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Absent {
    /// Not analysed, and counted.
    #[default]
    Exclude,
    /// As a non-responder.
    Failure,
}

impl Absent {
    /// Both choices, the default first.
    pub const ALL: [Self; 2] = [Self::Exclude, Self::Failure];

    /// Name on the command line and in files; the messages are `lost-NAME` and `died-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exclude => "exclude",
            Self::Failure => "failure",
        }
    }
}

/// Everything that fixes the outcome.
///
/// A definition of an older study lacks the later fields and keeps its meaning: no window, a floor of 30 of 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeParams {
    /// How a patient becomes a responder.
    pub rule: Rule,
    /// Who is predicted.
    pub moment: Moment,
    /// How explanted patients count.
    pub explanted: Explanted,
    /// How patients without an outcome count.
    #[serde(default)]
    pub lost: Absent,
    /// How patients count who died before the visit.
    #[serde(default)]
    pub died: Absent,
    /// Weeks before and after the due date within which a visit is the visit; `None`: the columns
    /// of that month, whenever the visit took place.
    #[serde(default)]
    pub window_weeks: Option<u16>,
    /// Baseline pain, of 100, under which no percentage is taken of it.
    #[serde(default = "default_floor")]
    pub baseline_floor: u8,
    /// Minimal clinically important differences.
    #[serde(default = "Mcid::defaults")]
    pub mcids: Vec<Mcid>,
}

/// Baseline pain, of 100, under which a percentage of it means nothing: 3 of 10.
const fn default_floor() -> u8 {
    30
}

impl Default for OutcomeParams {
    fn default() -> Self {
        Self {
            rule: Rule::default(),
            moment: Moment::default(),
            explanted: Explanted::default(),
            lost: Absent::default(),
            died: Absent::default(),
            window_weeks: None,
            baseline_floor: default_floor(),
            mcids: Mcid::defaults(),
        }
    }
}

impl OutcomeParams {
    /// Ten characters that change whenever anything in the definition does: the start of the
    /// SHA-256 of its canonical JSON. Equal definitions have equal fingerprints on every machine.
    pub fn fingerprint(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        let digest = Sha256::digest(text.as_bytes());
        digest
            .iter()
            .take(5)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The row of a measure in the table of differences; the general pain row serves every site.
    pub fn mcid(&self, measure: crate::outcome::Measure) -> Option<&Mcid> {
        let own = self.mcids.iter().find(|row| row.measure == measure);
        own.or_else(|| {
            let is_general = |row: &&Mcid| row.measure == crate::outcome::Measure::Pain;
            measure
                .is_pain()
                .then(|| self.mcids.iter().find(is_general))
                .flatten()
        })
    }
}

/// The definitions that a study has had, oldest first: how often the label changed, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelLog {
    /// Each change: fingerprint of the definition that came, and when (ISO 8601).
    pub changes: Vec<(String, String)>,
}

impl LabelLog {
    /// Number of the definition now in force; the one that a study starts with is 1.
    pub fn version(&self) -> usize {
        self.changes.len() + 1
    }

    /// Notes that the definition became another. Nothing is noted where it is the same as before;
    /// changes within one minute (a number that is dragged) are one.
    pub fn note(&mut self, before: &OutcomeParams, now: &OutcomeParams, at: &str) {
        if before == now {
            return;
        }
        let minute = |at: &str| at.get(..16).map(str::to_owned);
        if self
            .changes
            .last()
            .is_some_and(|(_, last)| minute(last) == minute(at))
        {
            self.changes.pop();
        }
        self.changes.push((now.fingerprint(), at.to_owned()));
    }
}
