//! Who lacks what: by patient and variable, by visit, together, by centre.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing, Variable, cell_text};
use crate::dictionary;
use crate::review::columns::find_any;
use crate::review::tsv;

/// Patterns that are listed at most, the most frequent ones.
const MOST_PATTERNS: usize = 200;

/// What is missing in a cohort.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Missingness {
    /// Variables, in the order of the cohort; identifiers and free text left out.
    pub variables: Vec<String>,
    /// For each of them, whether each patient's value is missing.
    pub map: Vec<Vec<bool>>,
    /// Share missing of each variable.
    pub shares: Vec<f64>,
    /// By moment: number of values, number missing.
    pub by_visit: Vec<(Timing, usize, usize)>,
    /// Sets of variables that are missing together, with the number of patients, most frequent first; at most
    /// 200. Patients who lack nothing are in none.
    pub patterns: Vec<(Vec<String>, usize)>,
    /// By centre: name (empty where it is not known), patients, share missing of each variable.
    pub by_centre: Vec<(String, usize, Vec<f64>)>,
}

/// Counts what is missing. Excluded patients are left out of the counts.
pub fn missingness(cohort: &Cohort) -> Missingness {
    let is_counted = |v: &&Variable| !matches!(v.kind, Kind::Identifier | Kind::Text);
    let counted: Vec<&Variable> = cohort.variables.iter().filter(is_counted).collect();
    let map: Vec<Vec<bool>> = counted.par_iter().map(|v| missing(cohort, v)).collect();
    let rows: Vec<usize> = (0..cohort.n_rows())
        .filter(|row| !cohort.excluded.contains_key(row))
        .collect();
    let share = |column: &Vec<bool>, rows: &[usize]| {
        let n = rows.iter().filter(|row| column[**row]).count();
        n as f64 / rows.len().max(1) as f64
    };
    let mut by_visit: BTreeMap<Timing, (usize, usize)> = BTreeMap::new();
    for (variable, column) in counted.iter().zip(&map) {
        let (n, n_missing) = by_visit.entry(variable.timing).or_default();
        *n += rows.len();
        *n_missing += rows.iter().filter(|row| column[**row]).count();
    }
    let by_centre = centres(cohort, &rows)
        .into_iter()
        .map(|(name, rows)| {
            let shares = map.iter().map(|column| share(column, &rows)).collect();
            (name, rows.len(), shares)
        })
        .collect();
    Missingness {
        variables: counted.iter().map(|v| v.name.clone()).collect(),
        shares: map.iter().map(|column| share(column, &rows)).collect(),
        by_visit: by_visit.into_iter().map(|(t, (n, m))| (t, n, m)).collect(),
        patterns: patterns(&counted, &map, &rows),
        by_centre,
        map,
    }
}

/// Whether each patient's value is missing.
fn missing(cohort: &Cohort, variable: &Variable) -> Vec<bool> {
    match cohort.numbers(&variable.name) {
        Ok(numbers) => numbers.iter().map(|x| x.is_nan()).collect(),
        Err(_not_numbers) => match cohort.text_refs(&variable.name) {
            Ok(texts) => texts.iter().map(Option::is_none).collect(),
            Err(_no_column) => vec![true; cohort.n_rows()],
        },
    }
}

/// Patients by centre, by name, those without one last; empty where the cohort has no such column.
fn centres(cohort: &Cohort, rows: &[usize]) -> Vec<(String, Vec<usize>)> {
    let Some((_, centre)) = find_any(cohort, "centre") else {
        return Vec::new();
    };
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &row in rows {
        let cell = cohort.cell(row, &centre.name);
        let name = cell.map(|cell| cell_text(&cell)).unwrap_or_default();
        by_name.entry(name).or_default().push(row);
    }
    let unknown = by_name.remove("");
    let mut centres: Vec<_> = by_name.into_iter().collect();
    centres.extend(unknown.map(|rows| (String::new(), rows)));
    centres
}

fn patterns(counted: &[&Variable], map: &[Vec<bool>], rows: &[usize]) -> Vec<(Vec<String>, usize)> {
    let n_words = map.len().div_ceil(64);
    let mut counts: HashMap<Vec<u64>, usize> = HashMap::new();
    for &row in rows {
        let mut bits = vec![0_u64; n_words];
        for (idx, column) in map.iter().enumerate() {
            bits[idx / 64] |= u64::from(column[row]) << (idx % 64);
        }
        if bits.iter().any(|word| *word != 0) {
            *counts.entry(bits).or_default() += 1;
        }
    }
    let mut patterns: Vec<(Vec<u64>, usize)> = counts.into_iter().collect();
    patterns.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    patterns.truncate(MOST_PATTERNS);
    let names = |bits: &[u64]| -> Vec<String> {
        let is_in = |(idx, _): &(usize, &&Variable)| bits[idx / 64] >> (idx % 64) & 1 == 1;
        let named = counted.iter().enumerate().filter(is_in);
        named.map(|(_, variable)| variable.name.clone()).collect()
    };
    patterns.iter().map(|(bits, n)| (names(bits), *n)).collect()
}

impl Missingness {
    /// Four tables of tab-separated values, one under the other: by variable, by moment, by pattern, by centre.
    pub fn to_tsv(&self, lang: Lang) -> String {
        let percent = |share: f64| lang.number(100.0 * share, 1);
        let mut lines = vec![vec![lang.t("tsv-variable"), lang.t("tsv-missing-percent")]];
        for (name, share) in self.variables.iter().zip(&self.shares) {
            lines.push(vec![name.clone(), percent(*share)]);
        }
        lines.push(Vec::new());
        lines.push(vec![
            lang.t("tsv-moment"),
            lang.t("tsv-values"),
            lang.t("tsv-missing"),
        ]);
        for (timing, n, n_missing) in &self.by_visit {
            let moment = dictionary::timing(*timing, lang);
            lines.push(vec![moment, n.to_string(), n_missing.to_string()]);
        }
        lines.push(Vec::new());
        lines.push(vec![lang.t("tsv-missing-together"), lang.t("tsv-patients")]);
        for (names, n) in &self.patterns {
            lines.push(vec![names.join(", "), n.to_string()]);
        }
        if !self.by_centre.is_empty() {
            lines.push(Vec::new());
            let mut head = vec![lang.t("tsv-centre"), lang.t("tsv-patients")];
            head.extend(self.variables.iter().cloned());
            lines.push(head);
        }
        for (name, n, shares) in &self.by_centre {
            let name = if name.is_empty() {
                lang.t("tsv-not-known")
            } else {
                name.clone()
            };
            let mut line = vec![name, n.to_string()];
            line.extend(shares.iter().map(|share| percent(*share)));
            lines.push(line);
        }
        tsv::write(&lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::tests::of;

    const FILE: &str = "id;centre;odi_j0;EVA_lombaire_J0;EVA_lombaire_M12;remarque\n\
        a;Nord;40;70;;x\nb;Nord;;72;;y\nc;Sud;41;;30;z\nd;Sud;;71;;un texte\ne;;44;70;20;v\nf;Sud;;75;;w w\n";

    #[test]
    fn what_is_missing_is_counted_by_every_side() {
        let cohort = of(FILE);
        let missing = missingness(&cohort);
        let at = |name: &str| missing.variables.iter().position(|v| v == name).unwrap();
        let share = |name: &str| missing.shares[at(name)];
        assert!((share("odi_j0") - 0.5).abs() < 1e-12);
        assert!((share("EVA_lombaire_M12") - 4.0 / 6.0).abs() < 1e-12);
        assert!(!missing.variables.iter().any(|v| v == "id"));
        let late = missing
            .by_visit
            .iter()
            .find(|v| v.0 == Timing::After(12))
            .unwrap();
        assert_eq!((late.1, late.2), (6, 4));
        let names = |n: usize| missing.patterns[n].0.join(" ");
        assert_eq!(
            (names(0).as_str(), missing.patterns[0].1),
            ("odi_j0 EVA_lombaire_M12", 3)
        );
        let n: usize = missing.patterns.iter().map(|(_, n)| n).sum();
        assert_eq!(n, 6, "every patient lacks something");
        let centres: Vec<_> = missing
            .by_centre
            .iter()
            .map(|c| (c.0.as_str(), c.1))
            .collect();
        assert_eq!(centres, [("Nord", 2), ("Sud", 3), ("", 1)]);
        assert!((missing.by_centre[1].2[at("odi_j0")] - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn excluded_patients_are_not_counted() {
        let mut cohort = of(FILE);
        cohort.excluded.insert(4, String::new());
        cohort.excluded.insert(1, String::new());
        let missing = missingness(&cohort);
        let at = missing
            .variables
            .iter()
            .position(|v| v == "odi_j0")
            .unwrap();
        assert!((missing.shares[at] - 0.5).abs() < 1e-12);
        assert!(missing.by_centre.iter().all(|centre| !centre.0.is_empty()));
        assert_eq!(missing.map[at].len(), 6);
    }

    #[test]
    fn the_counts_agree_with_the_map_whatever_the_cohort() {
        let cohort = of(FILE);
        let missing = missingness(&cohort);
        let n_map: usize = missing.map.iter().flatten().filter(|is| **is).count();
        let n_visit: usize = missing.by_visit.iter().map(|visit| visit.2).sum();
        let n_pattern: usize = missing
            .patterns
            .iter()
            .map(|(names, n)| names.len() * n)
            .sum();
        assert_eq!((n_visit, n_pattern), (n_map, n_map));
        for lang in Lang::ALL {
            let text = missing.to_tsv(lang);
            assert!(
                text.contains("odi_j0, EVA_lombaire_M12\t3") && !text.contains('⟦'),
                "{text}"
            );
        }
    }
}
