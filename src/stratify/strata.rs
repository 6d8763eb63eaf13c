//! Strata of chance: by which rule they are cut, who falls between the cuts, and how many of them responded.

use serde::{Deserialize, Serialize};

use crate::base::num::{Interval, mean, quantile, wilson};

/// Most parts that quantiles may make.
pub const MOST_PARTS: usize = 10;

/// By which rule the cut points are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CutBy {
    /// The two cut points that were set by hand.
    #[default]
    Hand,
    /// Parts of equal size by the chances of each model: 2 halves, 3 thirds, up to [`MOST_PARTS`].
    Quantiles(usize),
    /// The chance from which one would act, in (0, 1): the threshold of net benefit.
    Threshold(f64),
}

/// How the strata are cut, as the user said it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrataRule {
    /// The rule that holds.
    #[serde(default)]
    pub by: CutBy,
    /// By hand: below, response unlikely.
    pub low: f64,
    /// By hand: from here, response likely.
    pub high: f64,
}

impl Default for StrataRule {
    fn default() -> Self {
        Self {
            by: CutBy::Hand,
            low: 0.4,
            high: 0.6,
        }
    }
}

impl StrataRule {
    /// Code of the issue where no cut points can follow from it.
    pub fn trouble(&self) -> Option<&'static str> {
        match self.by {
            CutBy::Hand => {
                let is_possible = self.low > 0.0 && self.low < self.high && self.high < 1.0;
                (!is_possible).then_some("cuts-out-of-order")
            }
            CutBy::Quantiles(n) => {
                (!(2..=MOST_PARTS).contains(&n)).then_some("strata-parts-out-of-range")
            }
            CutBy::Threshold(at) => {
                (!(at > 0.0 && at < 1.0)).then_some("strata-threshold-out-of-range")
            }
        }
    }

    /// The cut points for patients with these chances.
    ///
    /// Quantiles are those of type 7 (Hyndman and Fan 1996; the default of R), rounded to whole per cent so that a team can
    /// write them down, and kept within 1 and 99 %; equal ones become one, so that there may be fewer parts than were asked
    /// for. Without any chance the one cut is 50 %.
    pub fn cuts(&self, risks: &[f64]) -> Cuts {
        let named = |names: &[&str], at: Vec<f64>| Cuts {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            at,
        };
        match self.by {
            CutBy::Hand => named(
                &["unlikely", "uncertain", "likely"],
                vec![self.low, self.high],
            ),
            CutBy::Threshold(at) => named(&["below-threshold", "above-threshold"], vec![at]),
            CutBy::Quantiles(n) => {
                let part = |k: usize| quantile(risks, k as f64 / n as f64).unwrap_or(0.5);
                let whole = |risk: f64| (100.0 * risk).round().clamp(1.0, 99.0) / 100.0;
                let mut at: Vec<f64> = (1..n.max(2)).map(|k| whole(part(k))).collect();
                at.dedup();
                let of = at.len() + 1;
                let names = (1..=of).map(|k| format!("part-{k}-of-{of}"));
                Cuts {
                    names: names.collect(),
                    at,
                }
            }
        }
    }
}

/// Cut points in force: at least one, in rising order, and a name for each stratum between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cuts {
    names: Vec<String>,
    at: Vec<f64>,
}

impl Cuts {
    /// The cut points between these strata, lowest first.
    pub fn between(strata: &[Stratum]) -> Self {
        Self {
            names: strata.iter().map(|stratum| stratum.name.clone()).collect(),
            at: strata.iter().skip(1).map(|stratum| stratum.from).collect(),
        }
    }

    /// The cut points, in rising order.
    pub fn at(&self) -> &[f64] {
        &self.at
    }

    /// The lowest cut point; 0.5 where there are no strata.
    pub fn lowest(&self) -> f64 {
        self.at.first().copied().unwrap_or(0.5)
    }

    /// The highest cut point; 0.5 where there are no strata.
    pub fn highest(&self) -> f64 {
        self.at.last().copied().unwrap_or(0.5)
    }

    /// Position of the stratum that holds the whole spread; `None` (undetermined) where the spread crosses a cut. A
    /// stratum holds its lower cut and not its upper one.
    pub fn stratum_of(&self, low: f64, high: f64) -> Option<usize> {
        let at = |risk: f64| self.at.iter().filter(|cut| risk >= **cut).count();
        (at(low) == at(high)).then(|| at(low))
    }
}

/// A stratum of chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stratum {
    /// `unlikely`, `uncertain`, `likely`; `below-threshold`, `above-threshold`; `part-2-of-4`; or `undetermined`.
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

impl Stratum {
    /// Which part of how many, counted from 1; `None` where the strata were not cut into parts of equal size.
    pub fn part(&self) -> Option<(usize, usize)> {
        let (at, of) = self.name.strip_prefix("part-")?.split_once("-of-")?;
        Some((at.parse().ok()?, of.parse().ok()?))
    }

    fn of(name: &str, (from, to): (f64, f64), members: &[&Placed]) -> Self {
        let n_events = members.iter().filter(|patient| patient.observed).count();
        let risks: Vec<f64> = members.iter().map(|patient| patient.risk).collect();
        Self {
            name: name.to_owned(),
            from,
            to,
            n: members.len(),
            n_events,
            observed: wilson(n_events, members.len()),
            mean_risk: mean(&risks),
        }
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

/// Counts the patients of each stratum, lowest first; undetermined ones are in none.
pub fn strata(cuts: &Cuts, patients: &[Placed]) -> Vec<Stratum> {
    let ends = [0.0].into_iter().chain(cuts.at.iter().copied());
    let next = cuts.at.iter().copied().chain([1.0]);
    ends.zip(next)
        .zip(&cuts.names)
        .enumerate()
        .map(|(at, (range, name))| Stratum::of(name, range, &members(patients, Some(at))))
        .collect()
}

/// The patients whose spread crosses a cut, counted as if they were a stratum.
pub fn undetermined(patients: &[Placed]) -> Stratum {
    Stratum::of("undetermined", (0.0, 1.0), &members(patients, None))
}

fn members(patients: &[Placed], of: Option<usize>) -> Vec<&Placed> {
    let is_member = |patient: &&Placed| patient.stratum == of;
    patients.iter().filter(is_member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(by: CutBy) -> StrataRule {
        StrataRule {
            by,
            ..StrataRule::default()
        }
    }

    #[test]
    fn a_spread_across_a_cut_is_undetermined() {
        let cuts = StrataRule::default().cuts(&[]);
        assert_eq!(cuts.stratum_of(0.1, 0.39), Some(0));
        assert_eq!(cuts.stratum_of(0.4, 0.59), Some(1));
        assert_eq!(cuts.stratum_of(0.6, 1.0), Some(2));
        assert_eq!(cuts.stratum_of(0.39, 0.41), None);
        assert_eq!(cuts.stratum_of(0.1, 0.9), None);
    }

    #[test]
    fn strata_count_their_members_only_and_the_undetermined_apart() {
        let patient = |risk, stratum, observed| Placed {
            risk,
            stratum,
            observed,
        };
        let patients = [
            patient(0.2, Some(0), false),
            patient(0.3, Some(0), true),
            patient(0.5, None, true),
        ];
        let found = strata(&StrataRule::default().cuts(&[]), &patients);
        assert_eq!((found[0].n, found[0].n_events, found[1].n), (2, 1, 0));
        assert_eq!(found[0].mean_risk, Some(0.25));
        assert!(found[2].observed.is_none());
        let apart = undetermined(&patients);
        assert_eq!(
            (apart.n, apart.n_events, apart.mean_risk),
            (1, 1, Some(0.5))
        );
        // The strata carry their cut points with them.
        assert_eq!(Cuts::between(&found), StrataRule::default().cuts(&[]));
    }

    #[test]
    fn quantiles_cut_parts_of_equal_size_at_whole_per_cents() {
        let risks: Vec<f64> = (0..400).map(|at| 0.2 + 0.001 * f64::from(at)).collect();
        let cuts = rule(CutBy::Quantiles(4)).cuts(&risks);
        assert_eq!(cuts.at(), [0.3, 0.4, 0.5]);
        assert_eq!((cuts.lowest(), cuts.highest()), (0.3, 0.5));
        let placed: Vec<Placed> = risks
            .iter()
            .map(|&risk| Placed {
                risk,
                stratum: cuts.stratum_of(risk, risk),
                observed: false,
            })
            .collect();
        let found = strata(&cuts, &placed);
        assert!(found.iter().all(|stratum| stratum.n.abs_diff(100) <= 5));
        assert_eq!(found[1].part(), Some((2, 4)));
    }

    #[test]
    fn quantiles_that_fall_together_make_fewer_parts_and_never_none() {
        let quintiles = rule(CutBy::Quantiles(5));
        let close = quintiles.cuts(&[0.441, 0.442, 0.443, 0.451, 0.452]);
        assert_eq!(close.at(), [0.44, 0.45]);
        assert_eq!(close.names, ["part-1-of-3", "part-2-of-3", "part-3-of-3"]);
        for risks in [&[0.0, 0.0][..], &[1.0, 1.0], &[0.7], &[]] {
            let cuts = quintiles.cuts(risks);
            assert_eq!(cuts.at().len(), 1, "{risks:?}");
            assert!(cuts.lowest() > 0.0 && cuts.highest() < 1.0);
        }
    }

    #[test]
    fn a_threshold_makes_two_strata_and_impossible_rules_are_refused() {
        let cuts = rule(CutBy::Threshold(0.35)).cuts(&[0.1, 0.9]);
        assert_eq!(cuts.names, ["below-threshold", "above-threshold"]);
        assert_eq!(cuts.stratum_of(0.35, 0.9), Some(1));
        for (by, code) in [
            (CutBy::Quantiles(1), "strata-parts-out-of-range"),
            (CutBy::Quantiles(11), "strata-parts-out-of-range"),
            (CutBy::Threshold(0.0), "strata-threshold-out-of-range"),
            (CutBy::Threshold(f64::NAN), "strata-threshold-out-of-range"),
        ] {
            assert_eq!(rule(by).trouble(), Some(code), "{by:?}");
        }
        let crossed = StrataRule {
            low: 0.6,
            high: 0.4,
            ..StrataRule::default()
        };
        assert_eq!(crossed.trouble(), Some("cuts-out-of-order"));
        assert_eq!(StrataRule::default().trouble(), None);
    }

    #[test]
    fn cut_points_of_an_older_program_are_those_set_by_hand() {
        let saved = ron::from_str::<StrataRule>("(low: 0.3, high: 0.7)").expect("an older study");
        assert_eq!((saved.by, saved.low, saved.high), (CutBy::Hand, 0.3, 0.7));
        for by in [CutBy::Quantiles(3), CutBy::Threshold(0.4)] {
            let text = ron::to_string(&rule(by)).expect("plain data");
            assert_eq!(ron::from_str(&text), Ok(rule(by)));
        }
    }
}
