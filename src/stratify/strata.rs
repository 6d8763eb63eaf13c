//! Strata of chance: cut points, who falls between them, and how many of them responded.

use serde::{Deserialize, Serialize};

use crate::base::num::{Interval, mean, wilson};

/// Cut points between the strata, as chances of response.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrataCuts {
    /// Below: response unlikely.
    pub low: f64,
    /// From here: response likely.
    pub high: f64,
}

impl Default for StrataCuts {
    fn default() -> Self {
        Self {
            low: 0.4,
            high: 0.6,
        }
    }
}

/// A stratum of chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stratum {
    /// `unlikely`, `uncertain`, `likely`; the message is `stratum-NAME`.
    pub name: String,
    /// Lower cut.
    pub from: f64,
    /// Upper cut.
    pub to: f64,
    /// Patients whose whole spread lies within.
    pub n: usize,
    /// Responders among them.
    pub n_events: usize,
    /// Share of responders with Wilson limits; `None` for nobody.
    pub observed: Option<Interval>,
    /// Mean chance; `None` for nobody.
    pub mean_risk: Option<f64>,
}

impl StrataCuts {
    /// The strata as half-open ranges of chance, lowest first.
    pub fn ranges(self) -> [(&'static str, f64, f64); 3] {
        [
            ("unlikely", 0.0, self.low),
            ("uncertain", self.low, self.high),
            ("likely", self.high, 1.0),
        ]
    }

    /// Position of the stratum that holds the whole spread; `None` (undetermined) where the spread
    /// crosses a cut. A stratum holds its lower cut and not its upper one.
    pub fn stratum_of(self, low: f64, high: f64) -> Option<usize> {
        let at = |risk: f64| usize::from(risk >= self.low) + usize::from(risk >= self.high);
        (at(low) == at(high)).then(|| at(low))
    }
}

/// A patient as the strata see one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Chance of response.
    pub risk: f64,
    /// Position of the stratum; `None`: undetermined.
    pub stratum: Option<usize>,
    /// Whether the patient responded.
    pub observed: bool,
}

/// Counts the patients of each stratum; undetermined ones are in none.
pub fn strata(cuts: StrataCuts, patients: &[Placed]) -> Vec<Stratum> {
    cuts.ranges()
        .into_iter()
        .enumerate()
        .map(|(at, (name, from, to))| {
            let members: Vec<&Placed> = patients
                .iter()
                .filter(|patient| patient.stratum == Some(at))
                .collect();
            let n_events = members.iter().filter(|patient| patient.observed).count();
            let risks: Vec<f64> = members.iter().map(|patient| patient.risk).collect();
            Stratum {
                name: name.to_owned(),
                from,
                to,
                n: members.len(),
                n_events,
                observed: wilson(n_events, members.len()),
                mean_risk: mean(&risks),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_across_a_cut_is_undetermined() {
        let cuts = StrataCuts::default();
        assert_eq!(cuts.stratum_of(0.1, 0.39), Some(0));
        assert_eq!(cuts.stratum_of(0.4, 0.59), Some(1));
        assert_eq!(cuts.stratum_of(0.6, 1.0), Some(2));
        assert_eq!(cuts.stratum_of(0.39, 0.41), None);
        assert_eq!(cuts.stratum_of(0.1, 0.9), None);
    }

    #[test]
    fn strata_count_their_members_only() {
        let patient = |risk, stratum, observed| Placed {
            risk,
            stratum,
            observed,
        };
        let found = strata(
            StrataCuts::default(),
            &[
                patient(0.2, Some(0), false),
                patient(0.3, Some(0), true),
                patient(0.5, None, true),
            ],
        );
        assert_eq!((found[0].n, found[0].n_events, found[1].n), (2, 1, 0));
        assert_eq!(found[0].mean_risk, Some(0.25));
        assert!(found[2].observed.is_none());
    }
}
