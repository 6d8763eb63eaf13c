//! Questionnaires as numbers: how many items, what each may be, how a total follows, what may be missing.
//!
//! No wording of any item is here or may come here: the questionnaires are licensed.

/// A set of items that is asked as one sheet; several scores may come from it.
pub(super) struct Family {
    /// Ways to begin the header of an item, folded and without spaces.
    pub(super) words: &'static [&'static str],
    pub(super) n_items: usize,
    /// Smallest and largest answer.
    pub(super) answers: (f64, f64),
    /// Other names of items: folded and without spaces, number of the item.
    pub(super) names: &'static [(&'static str, usize)],
    /// Whether an answer may be yes or no.
    pub(super) has_yes_no: bool,
    /// Whether the names stand for themselves where all of them are there (`MO`, `SC`, …).
    pub(super) has_bare_names: bool,
}

/// A score.
pub(super) struct Instrument {
    /// The dictionary's name of the measure.
    pub(super) concept: &'static str,
    /// What the computed column is called.
    pub(super) short: &'static str,
    /// Position in [`FAMILIES`].
    pub(super) family: usize,
    /// Items by number, from 1.
    pub(super) items: &'static [usize],
    /// Answers that may be missing.
    pub(super) n_missing_most: usize,
    /// From the answers, NaN where missing and at most [`Self::n_missing_most`] of them, to the score.
    pub(super) formula: fn(&[f64]) -> f64,
}

/// Position of the EQ-5D, whose value set depends on its version.
pub(super) const EQ5D: usize = 7;
/// Position of painDETECT.
const PAIN_DETECT: usize = 4;

macro_rules! family {
    ($n:literal, $low:literal to $high:literal, [$($word:literal),+]) => {
        Family {
            words: &[$($word),+],
            n_items: $n,
            answers: ($low, $high),
            names: &[],
            has_yes_no: false,
            has_bare_names: false,
        }
    };
}

/// The questionnaires. Longer words stand before those that they begin with.
pub(super) const FAMILIES: [Family; 8] = [
    family!(10, 0.0 to 5.0, ["oswestry", "odi", "ifo"]),
    Family {
        // Odd items are anxiety, even ones depression, in the usual order; a subscale may count its own.
        names: &[
            ("a1", 1),
            ("a2", 3),
            ("a3", 5),
            ("a4", 7),
            ("a5", 9),
            ("a6", 11),
            ("a7", 13),
            ("d1", 2),
            ("d2", 4),
            ("d3", 6),
            ("d4", 8),
            ("d5", 10),
            ("d6", 12),
            ("d7", 14),
        ],
        ..family!(14, 0.0 to 3.0, ["hads", "had"])
    },
    family!(13, 0.0 to 4.0, ["pcscf", "pcs"]),
    Family {
        has_yes_no: true,
        ..family!(10, 0.0 to 1.0, ["dn4"])
    },
    Family {
        names: &[
            ("course", 8),
            ("pattern", 8),
            ("evolution", 8),
            ("profil", 8),
            ("courbe", 8),
            ("radiation", 9),
            ("radiating", 9),
            ("irradiation", 9),
            ("irradie", 9),
        ],
        ..family!(9, 0.0 to 5.0, ["paindetect", "pdq"])
    },
    family!(16, 0.0 to 6.0, ["fabq"]),
    family!(17, 1.0 to 4.0, ["tsk17", "tsk"]),
    Family {
        names: &[
            ("mo", 1),
            ("mob", 1),
            ("mobilite", 1),
            ("mobility", 1),
            ("sc", 2),
            ("selfcare", 2),
            ("autonomie", 2),
            ("soins", 2),
            ("soinspersonnels", 2),
            ("ua", 3),
            ("usual", 3),
            ("usualactivities", 3),
            ("activities", 3),
            ("activites", 3),
            ("activitescourantes", 3),
            ("activiteshabituelles", 3),
            ("pd", 4),
            ("pain", 4),
            ("paindiscomfort", 4),
            ("douleur", 4),
            ("douleurs", 4),
            ("douleursgene", 4),
            ("ad", 5),
            ("anxiety", 5),
            ("anxiete", 5),
            ("anxietydepression", 5),
            ("anxietedepression", 5),
        ],
        has_bare_names: true,
        ..family!(5, 1.0 to 5.0, ["eq5d5l", "eq5d3l", "eq5d"])
    },
];

/// The scores.
///
/// Ranges and rules are those of clinical practice as collected for this program; where no published
/// source was seen the rule is marked [unverified].
pub(super) const INSTRUMENTS: &[Instrument] = &[
    // 100 * sum / (5 * answered), at most 2 missing (usual rule) [unverified].
    Instrument {
        concept: "odi",
        short: "ODI",
        family: 0,
        items: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        n_missing_most: 2,
        formula: |answers| 100.0 * mean(answers) / 5.0,
    },
    // Sum of seven; one missing answer takes the mean of the others [unverified].
    Instrument {
        concept: "hads-a",
        short: "HADS-A",
        family: 1,
        items: &[1, 3, 5, 7, 9, 11, 13],
        n_missing_most: 1,
        formula: |answers| 7.0 * mean(answers),
    },
    Instrument {
        concept: "hads-d",
        short: "HADS-D",
        family: 1,
        items: &[2, 4, 6, 8, 10, 12, 14],
        n_missing_most: 1,
        formula: |answers| 7.0 * mean(answers),
    },
    // Sum; no rule for missing answers was seen, so none may be missing.
    Instrument {
        concept: "pcs",
        short: "PCS",
        family: 2,
        items: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
        n_missing_most: 0,
        formula: sum,
    },
    // Ten yes or no; the interview form of seven is another score and is not computed.
    Instrument {
        concept: "dn4",
        short: "DN4",
        family: 3,
        items: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        n_missing_most: 0,
        formula: sum,
    },
    // Seven items, course of the pain (-1, 0 or 1), radiation (0 or 2): -1 to 38 [unverified].
    Instrument {
        concept: "pain-detect",
        short: "painDETECT",
        family: PAIN_DETECT,
        items: &[1, 2, 3, 4, 5, 6, 7, 8, 9],
        n_missing_most: 0,
        formula: sum,
    },
    Instrument {
        concept: "fabq-pa",
        short: "FABQ-PA",
        family: 5,
        items: &[2, 3, 4, 5],
        n_missing_most: 0,
        formula: sum,
    },
    Instrument {
        concept: "fabq-w",
        short: "FABQ-W",
        family: 5,
        items: &[6, 7, 9, 10, 11, 12, 15],
        n_missing_most: 0,
        formula: sum,
    },
    // Items 4, 8, 12 and 16 are turned round [unverified].
    Instrument {
        concept: "tsk",
        short: "TSK",
        family: 6,
        items: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
        n_missing_most: 0,
        formula: |answers| {
            let turned = answers.iter().enumerate().map(|(at, answer)| {
                if (at + 1).is_multiple_of(4) {
                    5.0 - answer
                } else {
                    *answer
                }
            });
            turned.sum()
        },
    },
    Instrument {
        concept: "eq5d",
        short: "EQ-5D",
        family: EQ5D,
        items: &[1, 2, 3, 4, 5],
        n_missing_most: 0,
        formula: eq5d_5l,
    },
];

fn sum(answers: &[f64]) -> f64 {
    answers.iter().sum()
}

/// Mean of the answers that are there.
fn mean(answers: &[f64]) -> f64 {
    let present = answers.iter().filter(|answer| !answer.is_nan());
    let (n, sum) = present.fold((0, 0.0), |(n, sum), answer| (n + 1, sum + answer));
    sum / f64::from(n)
}

/// Smallest and largest value of an item.
pub(super) fn answers(family: usize, item: usize) -> (f64, f64) {
    match (family, item) {
        (PAIN_DETECT, 8) => (-1.0, 1.0),
        (PAIN_DETECT, 9) => (0.0, 2.0),
        _ => FAMILIES[family].answers,
    }
}

/// What a yes of that item counts; `None` where the item has no yes.
pub(super) fn yes(family: usize, item: usize) -> Option<f64> {
    match (family, item) {
        (PAIN_DETECT, 9) => Some(2.0),
        _ => FAMILIES[family].has_yes_no.then_some(1.0),
    }
}

/// EQ-5D-5L index with the value set of France (Andrade 2020, doi 10.1007/s40273-019-00876-4): one less the
/// decrement of each answer. NaN unless every answer is a whole number from 1 to 5.
pub(super) fn eq5d_5l(answers: &[f64]) -> f64 {
    const DECREMENTS: [[f64; 5]; 5] = [
        [0.0, 0.037_59, 0.047_74, 0.179_49, 0.325_09],
        [0.0, 0.036_56, 0.050_781, 0.172_251, 0.258_331],
        [0.0, 0.033_13, 0.039_79, 0.156_89, 0.240_05],
        [0.0, 0.021_98, 0.047_04, 0.263_74, 0.443_99],
        [0.0, 0.020_46, 0.046_83, 0.200_05, 0.258_03],
    ];
    index(answers, &DECREMENTS, |_worst| 0.0)
}

/// EQ-5D-3L index with the value set of France (time trade-off; PMID 21935715): one less the decrement of
/// each answer, less 0.174 where any answer is the worst.
pub(super) fn eq5d_3l(answers: &[f64]) -> f64 {
    const DECREMENTS: [[f64; 3]; 5] = [
        [0.0, 0.155, 0.372],
        [0.0, 0.212, 0.326],
        [0.0, 0.156, 0.189],
        [0.0, 0.112, 0.265],
        [0.0, 0.09, 0.204],
    ];
    index(
        answers,
        &DECREMENTS,
        |any_worst| {
            if any_worst { 0.174 } else { 0.0 }
        },
    )
}

fn index<const LEVELS: usize>(
    answers: &[f64],
    decrements: &[[f64; LEVELS]; 5],
    extra: fn(bool) -> f64,
) -> f64 {
    if answers.len() != decrements.len() {
        return f64::NAN;
    }
    let mut index = 1.0;
    for (answer, row) in answers.iter().zip(decrements) {
        let level = (1..=LEVELS).find(|level| *level as f64 == *answer);
        let Some(decrement) = level.and_then(|level| row.get(level - 1)) else {
            return f64::NAN;
        };
        index -= decrement;
    }
    index - extra(answers.iter().any(|answer| *answer == LEVELS as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::concepts::{CONCEPTS, Direction, direction};

    /// What every score must keep: its largest and smallest sheets, and some sheets worked out by hand.
    struct Law {
        concept: &'static str,
        worst: &'static [f64],
        best: &'static [f64],
        /// Scores of the two, to four decimals.
        ends: (f64, f64),
    }

    const LAWS: &[Law] = &[
        Law {
            concept: "odi",
            worst: &[5.0; 10],
            best: &[0.0; 10],
            ends: (100.0, 0.0),
        },
        Law {
            concept: "hads-a",
            worst: &[3.0; 7],
            best: &[0.0; 7],
            ends: (21.0, 0.0),
        },
        Law {
            concept: "hads-d",
            worst: &[3.0; 7],
            best: &[0.0; 7],
            ends: (21.0, 0.0),
        },
        Law {
            concept: "pcs",
            worst: &[4.0; 13],
            best: &[0.0; 13],
            ends: (52.0, 0.0),
        },
        Law {
            concept: "dn4",
            worst: &[1.0; 10],
            best: &[0.0; 10],
            ends: (10.0, 0.0),
        },
        Law {
            concept: "pain-detect",
            worst: &[5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 1.0, 2.0],
            best: &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0],
            ends: (38.0, -1.0),
        },
        Law {
            concept: "fabq-pa",
            worst: &[6.0; 4],
            best: &[0.0; 4],
            ends: (24.0, 0.0),
        },
        Law {
            concept: "fabq-w",
            worst: &[6.0; 7],
            best: &[0.0; 7],
            ends: (42.0, 0.0),
        },
        Law {
            concept: "tsk",
            worst: &[
                4.0, 4.0, 4.0, 1.0, 4.0, 4.0, 4.0, 1.0, 4.0, 4.0, 4.0, 1.0, 4.0, 4.0, 4.0, 1.0, 4.0,
            ],
            best: &[
                1.0, 1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0, 1.0,
            ],
            ends: (68.0, 17.0),
        },
        Law {
            concept: "eq5d",
            worst: &[5.0; 5],
            best: &[1.0; 5],
            ends: (-0.5255, 1.0),
        },
    ];

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-5
    }

    #[test]
    fn every_instrument_has_its_range_direction_and_missing_rule() {
        assert_eq!(LAWS.len(), INSTRUMENTS.len());
        for (law, instrument) in LAWS.iter().zip(INSTRUMENTS) {
            let Law {
                concept,
                worst,
                best,
                ends,
            } = law;
            assert_eq!(*concept, instrument.concept);
            assert_eq!(worst.len(), instrument.items.len(), "{concept}");
            assert!(
                instrument
                    .items
                    .iter()
                    .all(|item| *item <= FAMILIES[instrument.family].n_items)
            );
            let (high, low) = ((instrument.formula)(worst), (instrument.formula)(best));
            assert!(
                near(high, ends.0) && near(low, ends.1),
                "{concept}: {high} {low}"
            );
            let known = CONCEPTS.iter().find(|known| known.id == *concept).unwrap();
            let (from, to) = known.range.unwrap();
            assert!(
                [high, low].iter().all(|x| (from..=to).contains(x)),
                "{concept}"
            );
            let is_high_worse = direction(concept) == Some(Direction::HighIsWorse);
            assert_eq!(high > low, is_high_worse, "{concept}");
            for (item, (worst, best)) in instrument.items.iter().zip(worst.iter().zip(*best)) {
                let (from, to) = answers(instrument.family, *item);
                assert!(
                    (from..=to).contains(worst) && (from..=to).contains(best),
                    "{concept} {item}"
                );
            }
            // With as many missing as may be, the best sheet stays the best.
            let mut gaps = best.to_vec();
            for gap in gaps.iter_mut().take(instrument.n_missing_most) {
                *gap = f64::NAN;
            }
            assert!(near((instrument.formula)(&gaps), ends.1), "{concept}");
        }
    }

    #[test]
    fn sheets_worked_out_by_hand_have_their_score() {
        let formula = |concept: &str| {
            INSTRUMENTS
                .iter()
                .find(|instrument| instrument.concept == concept)
                .unwrap()
                .formula
        };
        let nan = f64::NAN;
        // 19 of 45 points: 42.2 per cent; one answer missing.
        let odi = [2.0, 3.0, 1.0, nan, 2.0, 3.0, 2.0, 2.0, 3.0, 1.0];
        assert!(near(formula("odi")(&odi), 100.0 * 19.0 / 45.0));
        // 9 of six answers, prorated to seven.
        assert!(near(
            formula("hads-a")(&[2.0, 1.0, nan, 2.0, 1.0, 3.0, 0.0]),
            10.5
        ));
        let sheet = |digits: &str| -> Vec<f64> {
            digits
                .chars()
                .map(|c| f64::from(c.to_digit(10).unwrap()))
                .collect()
        };
        for (digits, expected) in [
            ("11111", 1.0),
            ("21111", 0.9624),
            ("33343", 0.5511),
            ("43443", 0.3023),
            ("55555", -0.5255),
        ] {
            assert!(near(eq5d_5l(&sheet(digits)), expected), "{digits}");
        }
        // 1 - 0.155 = 0.845; 1 - 0.372 - 0.174 = 0.454; all worst: -0.530.
        for (digits, expected) in [
            ("11111", 1.0),
            ("21111", 0.845),
            ("31111", 0.454),
            ("33333", -0.53),
        ] {
            assert!(near(eq5d_3l(&sheet(digits)), expected), "{digits}");
        }
        assert!(eq5d_5l(&sheet("16111")).is_nan() && eq5d_3l(&sheet("14111")).is_nan());
        assert!(eq5d_5l(&[1.0, 1.5, 1.0, 1.0, 1.0]).is_nan());
    }
}
