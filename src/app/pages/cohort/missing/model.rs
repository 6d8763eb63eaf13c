//! What is missing, as plain data.

use crate::app::columns;
use crate::app::words;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Timing};
use crate::dictionary;
use crate::review::Missingness;

/// Widest picture of the map: more patients share a dot.
const N_DOTS_MOST: usize = 2_000;
/// More variables than that are not drawn.
const N_VARIABLES_MOST: usize = 2_000;
/// Patterns that are listed.
const N_PATTERNS: usize = 12;
/// Variables that are named of a pattern.
const N_NAMED: usize = 5;
/// Variables that are compared between centres.
const N_COMPARED: usize = 14;

/// How the map is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the file.
    #[default]
    File,
    /// Variables by their share, patients by what they lack.
    Pattern,
}

/// A variable of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableRow {
    /// Name of the variable.
    pub name: String,
    /// Words for it.
    pub label: String,
    /// Share missing.
    pub share: f64,
    /// That in words, with the count.
    pub words: String,
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitRow {
    /// When.
    pub moment: String,
    /// Share missing.
    pub share: f64,
    /// Missing of all, in words.
    pub words: String,
}

/// Shares missing by centre.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CentreTable {
    /// Centres with their numbers of patients.
    pub centres: Vec<(String, usize)>,
    /// Variables: label, share in each centre; those that differ most between centres.
    pub rows: Vec<(String, Vec<f64>)>,
}

/// The missing values of a cohort.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MissingPage {
    /// Where things stand.
    pub sentence: String,
    /// The map in words.
    pub alt: String,
    /// Variables in the order of the map.
    pub variables: Vec<VariableRow>,
    /// Patients in the order of the map, by their rows.
    pub patients: Vec<usize>,
    /// Dots of the map, row by row: share missing as 0 to 255.
    pub dots: Vec<u8>,
    /// Dots of a row.
    pub n_dots: usize,
    /// By moment.
    pub visits: Vec<VisitRow>,
    /// Patients, share of the patients, variables that are missing together.
    pub patterns: Vec<(usize, f64, String)>,
    /// By centre.
    pub centres: CentreTable,
}

impl MissingPage {
    /// Builds the page.
    pub fn new(missing: &Missingness, cohort: &Cohort, order: Order, lang: Lang) -> Self {
        let n_rows = cohort.n_rows();
        let patients: Vec<usize> = (0..n_rows)
            .filter(|row| !cohort.excluded.contains_key(row))
            .collect();
        let mut shown: Vec<usize> = (0..missing.variables.len()).collect();
        let patients = match order {
            Order::File => patients,
            Order::Pattern => {
                shown.sort_by(|&a, &b| share(missing, b).total_cmp(&share(missing, a)));
                by_pattern(missing, &shown, patients)
            }
        };
        shown.truncate(N_VARIABLES_MOST);
        let (n_dots, dots) = dots(missing, &shown, &patients);
        let n_patients = patients.len();
        Self {
            sentence: sentence(missing, n_patients, lang),
            alt: alt(missing, cohort, n_patients, lang),
            variables: shown
                .iter()
                .map(|&at| variable_row(missing, cohort, at, n_patients, lang))
                .collect(),
            patients,
            dots,
            n_dots,
            visits: visits(missing, lang),
            patterns: patterns(missing, cohort, n_patients, lang),
            centres: centres(missing, cohort, lang),
        }
    }

    /// The patient's row under a dot of the map.
    pub fn patient_at(&self, dot: usize) -> Option<usize> {
        let at = dot * self.patients.len() / self.n_dots.max(1);
        self.patients.get(at).copied()
    }
}

fn share(missing: &Missingness, variable: usize) -> f64 {
    missing.shares.get(variable).copied().unwrap_or(0.0)
}

fn is_missing(missing: &Missingness, variable: usize, row: usize) -> bool {
    let of = missing.map.get(variable).and_then(|map| map.get(row));
    of.copied().unwrap_or(false)
}

/// Patients who lack the same stand together, those who lack most first.
fn by_pattern(missing: &Missingness, shown: &[usize], patients: Vec<usize>) -> Vec<usize> {
    let mut keyed: Vec<(usize, Vec<bool>, usize)> = patients
        .into_iter()
        .map(|row| {
            let lacks: Vec<bool> = shown
                .iter()
                .map(|&variable| is_missing(missing, variable, row))
                .collect();
            (lacks.iter().filter(|lacks| **lacks).count(), lacks, row)
        })
        .collect();
    keyed.sort_by(|a, b| {
        b.0.cmp(&a.0)
            .then_with(|| b.1.cmp(&a.1))
            .then(a.2.cmp(&b.2))
    });
    keyed.into_iter().map(|(.., row)| row).collect()
}

/// The picture: a row a variable, a dot a patient or a few neighbours.
fn dots(missing: &Missingness, shown: &[usize], patients: &[usize]) -> (usize, Vec<u8>) {
    let n_dots = patients.len().min(N_DOTS_MOST);
    let mut dots = Vec::with_capacity(n_dots * shown.len());
    for &variable in shown {
        for dot in 0..n_dots {
            let from = dot * patients.len() / n_dots;
            let to = ((dot + 1) * patients.len() / n_dots).max(from + 1);
            let rows = patients.get(from..to).unwrap_or_default();
            let n = rows
                .iter()
                .filter(|&&row| is_missing(missing, variable, row))
                .count();
            dots.push((n * 255 / rows.len().max(1)) as u8);
        }
    }
    (n_dots, dots)
}

fn label(cohort: &Cohort, name: &str, lang: Lang) -> String {
    cohort.variable(name).map_or_else(
        || name.to_owned(),
        |variable| dictionary::label(variable, lang),
    )
}

fn variable_row(
    missing: &Missingness,
    cohort: &Cohort,
    at: usize,
    n_patients: usize,
    lang: Lang,
) -> VariableRow {
    let name = missing.variables.get(at).cloned().unwrap_or_default();
    let share = share(missing, at);
    let n = (share * n_patients as f64).round() as usize;
    VariableRow {
        label: label(cohort, &name, lang),
        words: words::part(n, n_patients, lang),
        share,
        name,
    }
}

fn sentence(missing: &Missingness, n_patients: usize, lang: Lang) -> String {
    let n_variables = missing.variables.len();
    let mean = missing.shares.iter().sum::<f64>() / n_variables.max(1) as f64;
    let much = missing.shares.iter().filter(|share| **share > 0.2).count();
    lang.with(
        "missing-sentence",
        &[
            ("share", crate::base::issue::Arg::Share(mean)),
            ("patients", words::patients(n_patients, lang).into()),
            ("variables", n_variables.into()),
            ("much", much.into()),
        ],
    )
}

/// The map in words: the variables that lack most, and the most frequent pattern.
fn alt(missing: &Missingness, cohort: &Cohort, n_patients: usize, lang: Lang) -> String {
    let mut most: Vec<usize> = (0..missing.variables.len()).collect();
    most.sort_by(|&a, &b| share(missing, b).total_cmp(&share(missing, a)));
    let worst: Vec<String> = most
        .into_iter()
        .take(5)
        .filter(|&at| share(missing, at) > 0.0)
        .map(|at| {
            let row = variable_row(missing, cohort, at, n_patients, lang);
            format!("{} {}", row.label, lang.percent(row.share))
        })
        .collect();
    if worst.is_empty() {
        return lang.t("missing-alt-none");
    }
    lang.with("missing-alt", &[("worst", worst.join(", ").into())])
}

fn visits(missing: &Missingness, lang: Lang) -> Vec<VisitRow> {
    missing
        .by_visit
        .iter()
        .map(|&(timing, n, n_missing)| VisitRow {
            moment: moment(timing, lang),
            share: n_missing as f64 / n.max(1) as f64,
            words: words::part(n_missing, n, lang),
        })
        .collect()
}

fn moment(timing: Timing, lang: Lang) -> String {
    match timing {
        Timing::Unknown => lang.t("missing-moment-unknown"),
        timing => words::capital(&dictionary::timing(timing, lang)),
    }
}

fn patterns(
    missing: &Missingness,
    cohort: &Cohort,
    n_patients: usize,
    lang: Lang,
) -> Vec<(usize, f64, String)> {
    missing
        .patterns
        .iter()
        .take(N_PATTERNS)
        .map(|(names, n)| {
            let share = *n as f64 / n_patients.max(1) as f64;
            if names.is_empty() {
                return (*n, share, lang.t("missing-nothing"));
            }
            let named = names.iter().take(N_NAMED);
            let mut labels: Vec<String> = named.map(|name| label(cohort, name, lang)).collect();
            if names.len() > N_NAMED {
                let more = names.len() - N_NAMED;
                labels.push(lang.with("and-more", &[("n", more.into())]));
            }
            (*n, share, labels.join(", "))
        })
        .collect()
}

fn centres(missing: &Missingness, cohort: &Cohort, lang: Lang) -> CentreTable {
    let spread = |variable: usize| {
        let shares = missing
            .by_centre
            .iter()
            .filter_map(|(_, _, shares)| shares.get(variable));
        let (low, high) = shares.fold((f64::MAX, f64::MIN), |(low, high), share| {
            (low.min(*share), high.max(*share))
        });
        high - low
    };
    let mut compared: Vec<usize> = (0..missing.variables.len())
        .filter(|&variable| spread(variable) > 0.0)
        .collect();
    compared.sort_by(|&a, &b| spread(b).total_cmp(&spread(a)));
    compared.truncate(N_COMPARED);
    let rows = compared.into_iter().filter_map(|variable| {
        let name = missing.variables.get(variable)?;
        let shares = missing.by_centre.iter().filter_map(|(_, _, shares)| {
            let share = shares.get(variable);
            share.copied()
        });
        Some((label(cohort, name, lang), shares.collect()))
    });
    CentreTable {
        centres: missing
            .by_centre
            .iter()
            .map(|(name, n, _)| {
                let is_known = !name.is_empty();
                let name = if is_known {
                    name.as_str()
                } else {
                    columns::MISSING
                };
                (name.to_owned(), *n)
            })
            .collect(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Source;

    fn missing() -> Missingness {
        Missingness {
            variables: vec!["age".to_owned(), "odi_m12".to_owned()],
            map: vec![
                vec![false, true, false, false],
                vec![true, true, false, true],
            ],
            shares: vec![0.25, 0.75],
            by_visit: vec![(Timing::Baseline, 4, 1), (Timing::After(12), 4, 3)],
            patterns: vec![
                (vec!["odi_m12".to_owned()], 2),
                (vec!["age".to_owned(), "odi_m12".to_owned()], 1),
                (Vec::new(), 1),
            ],
            by_centre: vec![
                ("A".to_owned(), 2, vec![0.5, 1.0]),
                ("B".to_owned(), 2, vec![0.0, 0.5]),
            ],
        }
    }

    fn cohort() -> Cohort {
        Cohort::new(Source::default(), 4)
    }

    #[test]
    fn the_map_is_told_in_words_and_in_dots() {
        for lang in Lang::ALL {
            let page = MissingPage::new(&missing(), &cohort(), Order::File, lang);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        }
        let page = MissingPage::new(&missing(), &cohort(), Order::File, Lang::En);
        assert_eq!(page.dots, [0, 255, 0, 0, 255, 255, 0, 255]);
        assert_eq!(page.variables[1].words, "3 of 4 (75%)");
        assert!(page.alt.contains("odi_m12 75%"), "{}", page.alt);
        assert_eq!(page.visits[1].words, "3 of 4 (75%)");
        assert_eq!(page.patterns[2].2, "nothing is missing");
    }

    #[test]
    fn by_pattern_the_fullest_gaps_come_first_and_stay_patients() {
        let page = MissingPage::new(&missing(), &cohort(), Order::Pattern, Lang::En);
        assert_eq!(page.variables[0].name, "odi_m12");
        assert_eq!(page.patients, [1, 0, 3, 2]);
        assert_eq!(page.patient_at(0), Some(1));
        assert_eq!(page.dots[..4], [255, 255, 255, 0]);
    }

    #[test]
    fn excluded_patients_are_not_drawn_and_an_empty_cohort_is_no_error() {
        let mut cohort = cohort();
        cohort.excluded.insert(1, "wrong patient".to_owned());
        let page = MissingPage::new(&missing(), &cohort, Order::File, Lang::En);
        assert_eq!(page.patients, [0, 2, 3]);
        let nothing = Missingness::default();
        let page = MissingPage::new(&nothing, &Cohort::default(), Order::Pattern, Lang::Fr);
        assert!(page.dots.is_empty() && page.patient_at(0).is_none());
    }

    #[test]
    fn many_patients_share_a_dot() {
        let n = 5_000;
        let missing = Missingness {
            variables: vec!["age".to_owned()],
            map: vec![(0..n).map(|row| row % 2 == 0).collect()],
            shares: vec![0.5],
            ..Missingness::default()
        };
        let cohort = Cohort::new(Source::default(), n);
        let page = MissingPage::new(&missing, &cohort, Order::File, Lang::En);
        assert_eq!(page.n_dots, N_DOTS_MOST);
        assert!(page.dots.iter().all(|dot| (80..=180).contains(dot)));
        assert_eq!(page.patient_at(N_DOTS_MOST - 1), Some(4997));
    }

    #[test]
    fn the_variables_that_differ_most_between_centres_are_compared() {
        let page = MissingPage::new(&missing(), &cohort(), Order::File, Lang::En);
        assert_eq!(page.centres.centres[0], ("A".to_owned(), 2));
        assert_eq!(page.centres.rows.len(), 2);
    }
}
