//! From a header to a measure and a moment.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::cohort::{Domain, Kind, Timing, header};
use crate::dictionary::concepts::{CONCEPTS, Concept, FILLERS, UNIT_WORDS};

/// What a header says.
#[derive(Clone, Copy, Default)]
pub(super) struct Meaning {
    /// The measure.
    pub(super) concept: Option<&'static Concept>,
    /// The moment, where the header names one.
    pub(super) timing: Option<Timing>,
}

/// Positions in [`CONCEPTS`] by the words of a header, sorted and joined; several where the kind decides.
static INDEX: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, concept) in CONCEPTS.iter().enumerate() {
        for pattern in concept.words {
            for words in expand(pattern) {
                let glued = words.concat();
                for key in [sorted(&words), glued] {
                    let places = index.entry(key).or_default();
                    if places.last() != Some(&at) {
                        places.push(at);
                    }
                }
            }
        }
    }
    index
});

/// Every way to say a pattern.
fn expand(pattern: &'static str) -> Vec<Vec<&'static str>> {
    let mut ways: Vec<Vec<&'static str>> = vec![Vec::new()];
    for place in pattern.split(' ') {
        let longer = |way: &Vec<&'static str>| {
            let way = way.clone();
            place
                .split('/')
                .map(move |word| way.iter().copied().chain([word]).collect())
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

fn sorted(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join(" ")
}

/// The concept that words name, for a column of that kind. First all words count, then fillers do not, then units do not.
fn lookup(words: &[&str], kind: Kind) -> Option<&'static Concept> {
    let is_filler = |word: &&str| !FILLERS.contains(word);
    let without: Vec<&str> = words.iter().copied().filter(is_filler).collect();
    let bare: Vec<&str> = without
        .iter()
        .copied()
        .filter(|word| !UNIT_WORDS.contains(word))
        .collect();
    [words, &without, &bare]
        .into_iter()
        .find_map(|words| named(words, kind))
        .or_else(|| without_description(&bare, kind))
}

/// The concept of exactly these words.
fn named(words: &[&str], kind: Kind) -> Option<&'static Concept> {
    let places = [sorted(words), words.concat()]
        .into_iter()
        .filter_map(|key| INDEX.get(&key))
        .flatten();
    places
        .map(|&at| &CONCEPTS[at])
        .find(|concept| !words.is_empty() && concept.needs.allow(kind))
}

/// Words that say what an instrument measures, and add nothing beside its name (`Incapacité ODI`).
const DESCRIPTIONS: [(Domain, &[&str]); 4] = [
    (
        Domain::Disability,
        &[
            "incapacite",
            "disability",
            "incapacity",
            "handicap",
            "fonction",
            "function",
        ],
    ),
    (Domain::Pain, &["douleur", "douleurs", "pain"]),
    (
        Domain::Distress,
        &["detresse", "distress", "humeur", "mood"],
    ),
    (
        Domain::QualityOfLife,
        &["qualite", "quality", "vie", "life", "qdv", "qol"],
    ),
];

/// The concept that is left without the words that describe it.
fn without_description(words: &[&str], kind: Kind) -> Option<&'static Concept> {
    DESCRIPTIONS.iter().find_map(|(domain, said)| {
        let rest: Vec<&str> = words
            .iter()
            .copied()
            .filter(|w| !said.contains(w))
            .collect();
        let concept = named(&rest, kind).filter(|_| rest.len() < words.len());
        concept.filter(|concept| concept.domain == *domain)
    })
}

/// Reads a header. A visit may stand before, behind or inside the measure's words, or hang on the last one.
pub(super) fn recognise(name: &str, kind: Kind) -> Meaning {
    let owned = header::words(name);
    let words: Vec<&str> = owned.iter().map(String::as_str).collect();
    let n = words.len();
    if let Some(concept) = lookup(&words, kind) {
        return Meaning {
            concept: Some(concept),
            timing: None,
        };
    }
    let mut said = None;
    for len in [2, 1] {
        for start in (0..=n.saturating_sub(len)).rev() {
            let Some(Some(timing)) = words
                .get(start..start + len)
                .map(|w| header::visit(&w.join(" ")))
            else {
                continue;
            };
            let rest: Vec<&str> = words[..start]
                .iter()
                .chain(&words[start + len..])
                .copied()
                .collect();
            if let Some(concept) = lookup(&rest, kind) {
                return Meaning {
                    concept: Some(concept),
                    timing: Some(timing),
                };
            }
            let is_numbered = words[start..start + len]
                .concat()
                .bytes()
                .any(|b| b.is_ascii_digit());
            said = said.or(Some(timing).filter(|_| is_numbered && !rest.is_empty()));
        }
    }
    if let Some((stem, timing)) = words.last().and_then(|word| hanging_visit(word)) {
        let rest: Vec<&str> = words[..n - 1].iter().copied().chain([stem]).collect();
        if let Some(concept) = lookup(&rest, kind) {
            return Meaning {
                concept: Some(concept),
                timing: Some(timing),
            };
        }
    }
    Meaning {
        concept: None,
        timing: said,
    }
}

/// A reading of a header with a word put right.
pub(super) struct Respelled {
    pub(super) meaning: Meaning,
    /// Words as written.
    pub(super) found: String,
    /// Words as read.
    pub(super) read: String,
    /// How sure, in [0, 1].
    pub(super) confidence: f64,
}

/// Words of headers that the dictionary knows, in order.
static VOCABULARY: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let patterns = CONCEPTS.iter().flat_map(|concept| concept.words);
    let words = patterns.flat_map(|pattern| pattern.split([' ', '/']));
    words.chain(FILLERS.iter().copied()).collect()
});

/// Shortest word that is put right: a shorter one is another word.
const MIN_LETTERS: usize = 4;

/// Known words that an unknown one may be a slip of, nearest first: one slip in a short word, two in a
/// longer, three in a long one (Damerau-Levenshtein, neighbours swapped counting once).
fn corrections(word: &str) -> Vec<(&'static str, usize)> {
    let n = word.chars().count();
    let most = match n {
        0..MIN_LETTERS => return Vec::new(),
        MIN_LETTERS..=6 => 1,
        7..=10 => 2,
        _ => 3,
    };
    let mut near: Vec<(&'static str, usize)> = VOCABULARY
        .iter()
        .filter(|known| {
            known.chars().count() >= MIN_LETTERS && known.len().abs_diff(word.len()) <= most
        })
        .map(|known| (*known, strsim::osa_distance(word, known)))
        .filter(|(known, distance)| *distance <= most && strsim::jaro_winkler(word, known) >= 0.85)
        .collect();
    near.sort_by_key(|(_, distance)| *distance);
    near.truncate(3);
    near
}

/// What a header may mean with its unknown words put right; empty where all are known or one has no likeness.
pub(super) fn respelled(name: &str, kind: Kind) -> Vec<Respelled> {
    let words = header::words(name);
    let is_known = |word: &str| {
        VOCABULARY.contains(word)
            || UNIT_WORDS.contains(&word)
            || header::visit(word).is_some()
            || word.chars().any(|c| c.is_ascii_digit())
    };
    let unknown: Vec<usize> = (0..words.len())
        .filter(|&at| !is_known(&words[at]))
        .collect();
    // Two slips in a header are a stretch, three are another header.
    if unknown.is_empty() || unknown.len() > 2 {
        return Vec::new();
    }
    let mut ways: Vec<(Vec<String>, usize)> = vec![(words.clone(), 0)];
    for &at in &unknown {
        let near = corrections(&words[at]);
        ways = ways
            .iter()
            .flat_map(|(words, distance)| {
                near.iter().map(move |(word, more)| {
                    let mut words = words.clone();
                    words[at] = (*word).to_owned();
                    (words, distance + more)
                })
            })
            .collect();
    }
    let said = |words: &[String]| {
        let said: Vec<&str> = unknown.iter().map(|&at| words[at].as_str()).collect();
        said.join(" ")
    };
    let n_letters: usize = unknown.iter().map(|&at| words[at].chars().count()).sum();
    ways.iter()
        .filter_map(|(way, distance)| {
            let meaning = recognise(&way.join(" "), kind);
            meaning.concept?;
            let share = *distance as f64 / n_letters as f64;
            Some(Respelled {
                meaning,
                found: said(&words),
                read: said(way),
                confidence: 0.8 - share,
            })
        })
        .collect()
}

/// `odim12`, `eva12m`, `odij0`: a visit that hangs on a word.
fn hanging_visit(word: &str) -> Option<(&str, Timing)> {
    (2..word.len().saturating_sub(1))
        .filter(|&at| word.is_char_boundary(at))
        .find_map(|at| {
            let (stem, tail) = word.split_at(at);
            let is_visit = tail == "j0"
                || tail
                    .strip_prefix('m')
                    .or_else(|| tail.strip_suffix('m'))
                    .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
            let stem_ends_in_digit = stem.ends_with(|c: char| c.is_ascii_digit());
            header::visit(tail)
                .filter(|_| is_visit && !stem_ends_in_digit)
                .map(|timing| (stem, timing))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, kind: Kind) -> (Option<&'static str>, Option<Timing>) {
        let Meaning { concept, timing } = recognise(name, kind);
        (concept.map(|concept| concept.id), timing)
    }

    #[test]
    fn headers_in_both_languages_name_their_measure_and_visit() {
        let after = |month| Some(Timing::After(month));
        let numbers = [
            ("EVA_lombaire_J0", "pain-back", Some(Timing::Baseline)),
            ("EVA_lombaire", "pain-back", None),
            ("vas_leg_M12", "pain-leg", after(12)),
            ("M6 EVA jambe (mm)", "pain-leg", after(6)),
            ("vas.back.12m", "pain-back", after(12)),
            ("EVA_lombaire_test", "pain-back", Some(Timing::Trial)),
            ("NRS back 3 months", "pain-back", after(3)),
            ("EVA_M12_dos", "pain-back", after(12)),
            ("odim12", "odi", after(12)),
            ("ODI_baseline", "odi", Some(Timing::Baseline)),
            ("Score Oswestry", "odi", None),
            ("Incapacité ODI J0", "odi", Some(Timing::Baseline)),
            ("Disability (ODI) M12", "odi", after(12)),
            ("Qualité de vie EQ5D", "eq5d", None),
            ("EQ_EVA", "eq-vas", None),
            ("EQ-5D-5L", "eq5d", None),
            ("EQ5D_index_M6", "eq5d", after(6)),
            ("HAD_anxiété", "hads-a", None),
            ("HADS_D", "hads-d", None),
            ("painDETECT", "pain-detect", None),
            ("Durée_douleur_ans", "pain-duration", None),
            ("Nb_chirurgies", "n-surgeries", None),
            ("n_surgeries", "n-surgeries", None),
            ("IMC", "bmi", None),
            ("Age (ans)", "age", None),
            ("Opioïdes_MME", "mme", None),
            ("Surface_douloureuse_cm2", "pain-surface", None),
            ("Soulagement_test", "trial-relief", None),
            ("Soulagement_test_rapporté", "trial-relief-reported", None),
            ("trial_relief_reported", "trial-relief-reported", None),
            ("PROMIS-PF", "promis-pf", None),
            ("EVA", "pain-global", None),
            ("PCS", "pcs", None),
            ("DN4", "dn4", None),
            ("SF12_PCS", "sf12-pcs", None),
            ("SF-12 MCS M6", "sf12-mcs", after(6)),
            ("TSK_M12", "tsk", after(12)),
            ("FABQ_T", "fabq-w", None),
            ("FABQ_AP", "fabq-pa", None),
            ("PSQI", "psqi", None),
            ("Poids (kg)", "weight", None),
            ("taille_cm", "height", None),
            ("Durée essai (jours)", "trial-days", None),
        ];
        for (name, concept, timing) in numbers {
            assert_eq!(read(name, Kind::Numeric), (Some(concept), timing), "{name}");
        }
        let levels = [
            ("Sexe", "sex"),
            ("Tabac", "smoker"),
            ("Test_positif", "trial-success"),
            ("Implanté", "implanted"),
            ("explanted", "explanted"),
            ("Déficit_sensitif", "sensory-deficit"),
            ("Niveau_études", "education"),
            ("work_status", "work-status"),
            ("Gabapentinoïde", "gabapentinoid"),
            ("pain_location", "pain-location"),
            ("ATCD psy", "psychiatric-history"),
            ("Type de chirurgie", "surgery-type"),
            ("Forme d'onde", "waveform"),
            ("Type_électrode", "lead-type"),
            ("BZD", "benzodiazepine"),
        ];
        for (name, concept) in levels {
            assert_eq!(read(name, Kind::Binary).0, Some(concept), "{name}");
        }
        for (name, concept) in [
            ("Date_test", "trial-date"),
            ("date_inclusion", "inclusion-date"),
            ("Date d'implantation", "implant-date"),
            ("Implantation", "implant-date"),
            ("explant_date", "explant-date"),
            ("date_derniere_chirurgie", "last-surgery-date"),
            ("Date IRM", "mri-date"),
        ] {
            assert_eq!(read(name, Kind::Date).0, Some(concept), "{name}");
        }
    }

    #[test]
    fn what_is_not_fully_understood_has_no_measure() {
        for name in [
            "pain_medication",
            "EVA_perso",
            "age_mother",
            "ODI douleur",
            "incapacité",
            "odi_item_3",
            "x",
            "",
            "V2",
            "implant_cost",
        ] {
            assert_eq!(read(name, Kind::Numeric).0, None, "{name}");
        }
        assert_eq!(read("douleur_lombaire", Kind::Binary).0, None);
        assert_eq!(
            read("XYZ_M12", Kind::Numeric),
            (None, Some(Timing::After(12)))
        );
    }

    #[test]
    fn every_concept_is_named_once_and_worded() {
        use crate::base::text::Lang;
        let mut ids: Vec<_> = CONCEPTS.iter().map(|concept| concept.id).collect();
        let n = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
        for id in ids {
            assert!(
                Lang::ALL
                    .iter()
                    .all(|lang| lang.has(&format!("concept-{id}"))),
                "{id}"
            );
        }
    }
}
