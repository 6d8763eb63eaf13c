//! The inclusion flow chart as plain data: every patient in exactly one end.

use serde::{Deserialize, Serialize};

use crate::base::text::Lang;

/// What becomes of patients who leave the main line of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Not analysed: not in the population, or their baseline does not allow it.
    Excluded,
    /// Not analysed: in the population, but their outcome is not known.
    Unobserved,
    /// Analysed as non-responders.
    NonResponder,
}

/// Patients who leave the main line for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// Kebab-case reason; worded as message `exclusion-REASON` or `counted-REASON`.
    pub reason: String,
    /// What the person wrote who left them out.
    pub why: Option<String>,
    /// What becomes of them.
    pub fate: Fate,
    /// Number of patients.
    pub n: usize,
}

impl Leaving {
    /// The reason in words.
    pub fn words(&self, lang: Lang) -> String {
        match (self.fate, self.why.as_deref()) {
            (Fate::NonResponder, _) => lang.t(&format!("counted-{}", self.reason)),
            (_, Some(why)) if !why.is_empty() => {
                lang.with("exclusion-by-person-for", &[("why", why.into())])
            }
            _ => lang.t(&format!("exclusion-{}", self.reason)),
        }
    }
}

/// A box of the main line and those who leave it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Kebab-case name; the message is `flow-NAME`.
    pub name: String,
    /// Patients in the box.
    pub n: usize,
    /// Who leaves after it.
    pub leaving: Vec<Leaving>,
}

/// The chart. The patients of a box are those of the box before it less those who left there; the last
/// box holds the observed, who are responders or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The main line, from the file to the observed.
    pub stages: Vec<Stage>,
    /// Observed responders.
    pub n_responders: usize,
    /// Observed non-responders.
    pub n_non_responders: usize,
}

impl Flow {
    /// Everyone who left the main line, in the order of the chart.
    pub fn leaving(&self) -> impl Iterator<Item = &Leaving> {
        self.stages.iter().flat_map(|stage| &stage.leaving)
    }

    /// Patients who left with that fate.
    pub fn n_with(&self, fate: Fate) -> usize {
        let of_fate = self.leaving().filter(|leaving| leaving.fate == fate);
        of_fate.map(|leaving| leaving.n).sum()
    }

    /// Patients counted as non-responders for that reason.
    pub fn n_counted(&self, reason: &str) -> usize {
        let counted = self
            .leaving()
            .filter(|l| l.fate == Fate::NonResponder && l.reason == reason);
        counted.map(|leaving| leaving.n).sum()
    }
}

/// How one patient's way ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Left the line for this reason.
    Left(&'static str, Fate),
    /// The outcome was observed.
    Seen(bool),
}

/// Reasons in the order of the checks, with the box after which they leave: the file, the eligible,
/// those to be seen. Before the trial, whoever is not implanted leaves after the eligible.
const REASONS: [(&str, &[usize]); 14] = [
    ("not-implanted", &[0, 1]),
    ("no-baseline", &[0]),
    ("baseline-too-low", &[0]),
    ("not-impaired", &[0]),
    ("no-opioid", &[0]),
    ("failed-trial", &[1]),
    ("explanted", &[2]),
    ("explanted-other", &[2]),
    ("explanted-censored", &[2]),
    ("died", &[2]),
    ("lost-to-follow-up", &[2]),
    ("visit-incomplete", &[2]),
    ("outside-window", &[2]),
    ("no-outcome", &[2]),
];

/// Names of the boxes.
const STAGES: [&str; 4] = ["file", "eligible", "to-be-seen", "observed"];

/// The chart of these ends. `by_person`: whoever was left out by hand, by what was written; they are
/// not among the ends. `after_trial`: the population is the implanted.
pub(super) fn chart(ends: &[End], by_person: &[(String, usize)], after_trial: bool) -> Flow {
    let n_left_by_hand: usize = by_person.iter().map(|(_, n)| n).sum();
    let mut n = ends.len() + n_left_by_hand;
    let mut stages: Vec<Stage> = Vec::new();
    for (place, name) in STAGES.iter().enumerate() {
        let mut leaving = Vec::new();
        if place == 0 {
            leaving.extend(by_person.iter().map(|(why, n)| Leaving {
                reason: BY_PERSON.to_owned(),
                why: Some(why.clone()),
                fate: Fate::Excluded,
                n: *n,
            }));
        }
        for (reason, places) in REASONS {
            let own = if after_trial {
                places[0]
            } else {
                places[places.len() - 1]
            };
            if own == place {
                leaving.extend(leaving_for(ends, reason));
            }
        }
        let n_left: usize = leaving.iter().map(|leaving| leaving.n).sum();
        // A box in which nothing changed says nothing new: neither one that nobody leaves, nor one that
        // holds the same patients as the box before it.
        let is_last = place == STAGES.len() - 1;
        match stages.last_mut() {
            Some(before) if !is_last && before.leaving.is_empty() => before.leaving = leaving,
            Some(_) if !is_last && leaving.is_empty() => {}
            _ => stages.push(Stage {
                name: (*name).to_owned(),
                n,
                leaving,
            }),
        }
        n -= n_left;
    }
    let count = |wanted| ends.iter().filter(|end| **end == wanted).count();
    Flow {
        stages,
        n_responders: count(End::Seen(true)),
        n_non_responders: count(End::Seen(false)),
    }
}

/// Why a person's choice excludes; comes before every other reason.
pub(super) const BY_PERSON: &str = "by-person";

fn leaving_for(ends: &[End], reason: &'static str) -> impl Iterator<Item = Leaving> {
    let of_fate = move |fate| {
        let n = ends
            .iter()
            .filter(|end| **end == End::Left(reason, fate))
            .count();
        (n > 0).then(|| Leaving {
            reason: reason.to_owned(),
            why: None,
            fate,
            n,
        })
    };
    let fates = [Fate::Excluded, Fate::Unobserved, Fate::NonResponder];
    let left: Vec<Leaving> = fates.into_iter().filter_map(of_fate).collect();
    left.into_iter()
}

#[cfg(test)]
pub(super) fn reasons() -> impl Iterator<Item = &'static str> {
    REASONS.iter().map(|(reason, _)| *reason).chain([BY_PERSON])
}
