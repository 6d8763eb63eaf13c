//! What a team keeps of its meeting: candidates typed in, the day's list, what was decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cohort::Cell;

/// What a team keeps of its meeting. Patients are called by pseudonym, candidates by code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Protocol and ethics reference, as typed in; `None` until a person was asked, empty where there is none.
    #[serde(default)]
    pub protocol: Option<String>,
    /// Whom the team talks about today, in order.
    #[serde(default)]
    pub day: Vec<String>,
    /// Candidates typed in by hand, in order of their codes.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// What was decided about whom.
    #[serde(default)]
    pub conclusions: BTreeMap<String, Conclusion>,
}

/// Someone who is not in the cohort, typed in by hand. There is no room for a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// `N01` and so on: centres are often called `C01`.
    pub code: String,
    /// What is known, by name of the predictor: a number in its unit, or a level.
    pub values: BTreeMap<String, Cell>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// What.
    pub choice: Choice,
    /// When, ISO 8601 in universal time.
    pub at: String,
    /// Who was present, as typed in.
    pub people: String,
}

/// What a team may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// A lead trial is offered.
    Trial,
    /// The implant is offered.
    Implant,
    /// Other treatment is improved first.
    Optimise,
    /// Not now.
    NotNow,
    /// The team does not agree.
    NoConsensus,
}

impl Choice {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Trial,
        Self::Implant,
        Self::Optimise,
        Self::NotNow,
        Self::NoConsensus,
    ];

    /// Message key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Trial => "choice-trial",
            Self::Implant => "choice-implant",
            Self::Optimise => "choice-optimise",
            Self::NotNow => "choice-not-now",
            Self::NoConsensus => "choice-no-consensus",
        }
    }
}

/// A change of what is kept of the meeting.
#[derive(Clone, Debug, PartialEq)]
pub enum MeetingChange {
    /// Protocol and ethics reference; empty where there is none.
    Protocol(String),
    /// This person joins the day's list, at its end, or leaves it.
    OnDay(String, bool),
    /// Nobody is on the day's list any more.
    ClearDay,
    /// The candidate of this code has these values, and is new where there is none of the code.
    Candidate(Candidate),
    /// The candidate of this code, and what was decided about it, are forgotten.
    Forget(String),
    /// What was decided about someone, and who was present; `None`: nothing.
    Conclude(String, Option<(Choice, String)>),
}

impl MeetingChange {
    /// Changes of the same kind in quick succession are one.
    pub fn kind(&self) -> String {
        match self {
            Self::Protocol(_) => "protocol".to_owned(),
            Self::OnDay(id, _) => format!("on-day {id}"),
            Self::ClearDay => "clear-day".to_owned(),
            Self::Candidate(candidate) => format!("candidate {}", candidate.code),
            Self::Forget(code) => format!("forget {code}"),
            Self::Conclude(id, conclusion) => {
                let choice = conclusion.as_ref().map(|(choice, _)| choice.key());
                format!("conclude {id} {}", choice.unwrap_or_default())
            }
        }
    }

    /// Whether it is made bit by bit, by typing.
    pub fn is_gradual(&self) -> bool {
        matches!(
            self,
            Self::Protocol(_) | Self::Candidate(_) | Self::Conclude(_, Some(_))
        )
    }
}

impl Meeting {
    /// The candidate of a code.
    pub fn candidate(&self, code: &str) -> Option<&Candidate> {
        self.candidates
            .iter()
            .find(|candidate| candidate.code == code)
    }

    /// A code that no candidate has had while it is in the study: one more than the highest.
    pub fn next_code(&self) -> String {
        let number = |candidate: &Candidate| candidate.code.get(1..)?.parse::<usize>().ok();
        let highest = self.candidates.iter().filter_map(number).max();
        format!("N{:02}", highest.unwrap_or(0) + 1)
    }

    /// Carries out a change; `now` is the moment, ISO 8601. What was decided keeps its moment while only the people change.
    pub fn apply(&mut self, change: MeetingChange, now: &str) {
        match change {
            MeetingChange::Protocol(text) => self.protocol = Some(text),
            MeetingChange::OnDay(id, joins) => {
                self.day.retain(|other| *other != id);
                if joins {
                    self.day.push(id);
                }
            }
            MeetingChange::ClearDay => self.day.clear(),
            MeetingChange::Candidate(candidate) => {
                let same = |other: &&mut Candidate| other.code == candidate.code;
                match self.candidates.iter_mut().find(same) {
                    Some(other) => *other = candidate,
                    None => self.candidates.push(candidate),
                }
            }
            MeetingChange::Forget(code) => {
                self.candidates.retain(|candidate| candidate.code != code);
                self.day.retain(|id| *id != code);
                self.conclusions.remove(&code);
            }
            MeetingChange::Conclude(id, Some((choice, people))) => {
                let before = self.conclusions.get(&id);
                let same = before.filter(|before| before.choice == choice);
                let at = same.map_or_else(|| now.to_owned(), |before| before.at.clone());
                let conclusion = Conclusion { choice, at, people };
                self.conclusions.insert(id, conclusion);
            }
            MeetingChange::Conclude(id, None) => {
                self.conclusions.remove(&id);
            }
        }
    }

    /// Calls patients by another name: `now` gives it for each that changes.
    pub(super) fn rename(&mut self, now: &BTreeMap<String, String>) {
        let of = |id: String| now.get(&id).cloned().unwrap_or(id);
        self.day = std::mem::take(&mut self.day).into_iter().map(of).collect();
        self.day.dedup();
        let conclusions = std::mem::take(&mut self.conclusions);
        self.conclusions = conclusions
            .into_iter()
            .map(|(id, conclusion)| (of(id), conclusion))
            .collect();
    }

    /// What a copy without patients may hold.
    #[must_use]
    pub(super) fn without_patients(&self) -> Self {
        Self {
            protocol: self.protocol.clone(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-21T09:00:00Z";

    fn candidate(code: &str) -> Candidate {
        Candidate {
            code: code.to_owned(),
            values: BTreeMap::from([("age".to_owned(), Cell::Number(54.0))]),
        }
    }

    #[test]
    fn codes_go_on_after_the_highest() {
        let mut meeting = Meeting::default();
        assert_eq!(meeting.next_code(), "N01");
        for code in ["N01", "N07"] {
            meeting.apply(MeetingChange::Candidate(candidate(code)), NOW);
        }
        assert_eq!(meeting.next_code(), "N08");
        meeting.apply(MeetingChange::Candidate(Candidate::default()), NOW);
        assert_eq!(meeting.next_code(), "N08");
    }

    #[test]
    fn a_candidate_is_changed_in_its_place_and_forgotten_with_all_that_was_said() {
        let mut meeting = Meeting::default();
        for code in ["N01", "N02", "N01"] {
            meeting.apply(MeetingChange::Candidate(candidate(code)), NOW);
        }
        assert_eq!(meeting.candidates.len(), 2);
        for id in ["N01", "P003"] {
            meeting.apply(MeetingChange::OnDay(id.to_owned(), true), NOW);
            for (people, now) in [("A", NOW), ("A, B", "later")] {
                let said = Some((Choice::Trial, people.to_owned()));
                meeting.apply(MeetingChange::Conclude(id.to_owned(), said), now);
            }
            let kept = &meeting.conclusions[id];
            assert_eq!((kept.at.as_str(), kept.people.as_str()), (NOW, "A, B"));
        }
        meeting.apply(MeetingChange::Forget("N01".to_owned()), NOW);
        assert_eq!(meeting.candidate("N01"), None);
        assert_eq!(meeting.day, ["P003"]);
        assert_eq!(meeting.conclusions.len(), 1);
        let now = BTreeMap::from([("P003".to_owned(), "K9".to_owned())]);
        meeting.rename(&now);
        assert!(meeting.day == ["K9"] && meeting.conclusions.contains_key("K9"));
        meeting.apply(MeetingChange::Protocol("CPP 2026-1".to_owned()), NOW);
        let copy = meeting.without_patients();
        assert_eq!(copy.protocol.as_deref(), Some("CPP 2026-1"));
        assert!(copy.day.is_empty() && copy.candidates.is_empty() && copy.conclusions.is_empty());
    }
}
