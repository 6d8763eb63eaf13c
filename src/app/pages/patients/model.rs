//! The analysed patients as a table that can be searched, sorted and filtered.

use std::sync::Arc;

use crate::analysis::{Analysis, DomainCheck, ModelResult, PatientResult};
use crate::app::table::{Filter, Source, TableCell, TableColumn, compare_texts, sort_by_number};
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing};
use crate::report::strata::stratum_name;
use crate::report::words;

/// Column of the chance, by which the patients are ranked at first.
pub const CHANCE: usize = 1;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Pseudonym.
    Id,
    /// Chance.
    Chance,
    /// Its spread.
    Spread,
    /// Both on a scale.
    Scale,
    /// Stratum.
    Stratum,
    /// Observed outcome.
    Observed,
    /// Centre, where the cohort names it.
    Centre,
    /// What to be careful about.
    Warnings,
}

impl Field {
    fn key(self) -> &'static str {
        match self {
            Self::Id => "patients-id",
            Self::Chance => "patients-chance",
            Self::Spread => "patients-spread",
            Self::Scale => "patients-scale",
            Self::Stratum => "patients-stratum",
            Self::Observed => "patients-observed",
            Self::Centre => "patients-centre",
            Self::Warnings => "patients-warnings",
        }
    }

    fn width(self) -> f32 {
        match self {
            Self::Id => 84.0,
            Self::Chance => 76.0,
            Self::Spread => 116.0,
            Self::Scale => 170.0,
            Self::Stratum => 170.0,
            Self::Observed => 124.0,
            Self::Centre => 84.0,
            Self::Warnings => 200.0,
        }
    }
}

/// What to be careful about in a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A value, or values together, as in no other patient.
    Outside,
    /// Predictors without a value.
    Missing,
    /// The spread crosses a cut.
    Undetermined,
}

impl Warning {
    const ALL: [Self; 3] = [Self::Outside, Self::Missing, Self::Undetermined];

    fn code(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Missing => "missing",
            Self::Undetermined => "undetermined",
        }
    }
}

const RESPONDED: &str = "responded";
const DID_NOT_RESPOND: &str = "did-not-respond";
/// Code of a centre that is not known; no level has it, since levels are not empty.
const UNKNOWN: &str = "";

/// A way to filter by a column: what the filter keeps, its words, how many patients it leaves.
pub type Choice = (String, String, usize);

/// The patients of one model.
pub struct PatientRows {
    analysis: Arc<Analysis>,
    model: usize,
    fields: Vec<Field>,
    columns: Vec<TableColumn>,
    /// Names of the strata in words, the undetermined last.
    strata: Vec<String>,
    /// "did not respond" and "responded".
    outcomes: [String; 2],
    /// Centre of each patient; empty where the cohort names none.
    centres: Vec<Option<String>>,
    /// Predictors without a value of each patient; empty without a cohort.
    n_missing: Vec<usize>,
    lang: Lang,
}

impl PatientRows {
    /// Prepares the columns.
    pub fn new(
        analysis: &Arc<Analysis>,
        cohort: Option<&Cohort>,
        model: usize,
        lang: Lang,
    ) -> Self {
        let result = analysis.models.get(model);
        let patients = result.map_or(&[][..], |result| &result.patients);
        let centres = cohort.map_or_else(Vec::new, |cohort| centres(cohort, patients));
        let mut fields = vec![
            Field::Id,
            Field::Chance,
            Field::Spread,
            Field::Scale,
            Field::Stratum,
            Field::Observed,
        ];
        if !centres.is_empty() {
            fields.push(Field::Centre);
        }
        fields.push(Field::Warnings);
        let column = |field: &Field| TableColumn {
            title: lang.t(field.key()),
            tip: lang.t(&format!("{}.tip", field.key())),
            width: field.width(),
            is_number: matches!(field, Field::Chance | Field::Spread),
        };
        let strata = result.into_iter().flat_map(|result| &result.strata);
        let mut strata: Vec<String> = strata.map(|one| stratum_name(one, lang)).collect();
        strata.push(lang.t("stratum-undetermined"));
        Self {
            analysis: Arc::clone(analysis),
            model,
            columns: fields.iter().map(column).collect(),
            fields,
            strata,
            outcomes: [false, true].map(|responded| words::observed(responded, lang)),
            centres,
            n_missing: cohort.map_or_else(Vec::new, |cohort| n_missing(analysis, cohort, patients)),
            lang,
        }
    }

    /// The model.
    pub fn result(&self) -> Option<&ModelResult> {
        self.analysis.models.get(self.model)
    }

    fn patients(&self) -> &[PatientResult] {
        self.result().map_or(&[], |result| &result.patients)
    }

    /// The columns that can be filtered, with what they can be filtered by; choices that nobody has are left out.
    pub fn choices(&self) -> Vec<(usize, Vec<Choice>)> {
        let wanted = [
            Field::Stratum,
            Field::Observed,
            Field::Centre,
            Field::Warnings,
        ];
        let columns = wanted.iter().filter_map(|field| {
            let column = self.fields.iter().position(|one| one == field)?;
            Some((column, *field))
        });
        columns
            .map(|(column, field)| {
                let codes = self.codes(field).into_iter().map(|(code, words)| {
                    let n = (0..self.n_rows())
                        .filter(|&row| self.has(row, field, &code))
                        .count();
                    (code, words, n)
                });
                (column, codes.filter(|(_, _, n)| *n > 0).collect())
            })
            .collect()
    }

    fn codes(&self, field: Field) -> Vec<(String, String)> {
        match field {
            Field::Stratum => {
                let strata = self.result().into_iter().flat_map(|result| &result.strata);
                let codes = strata.map(|stratum| stratum.name.clone());
                codes
                    .chain(["undetermined".to_owned()])
                    .zip(self.strata.iter().cloned())
                    .collect()
            }
            Field::Observed => [true, false]
                .map(|responded| {
                    let code = if responded {
                        RESPONDED
                    } else {
                        DID_NOT_RESPOND
                    };
                    (code.to_owned(), words::observed(responded, self.lang))
                })
                .to_vec(),
            Field::Centre => {
                let mut known: Vec<&String> = self.centres.iter().flatten().collect();
                known.sort_by(|a, b| compare_texts(a, b));
                known.dedup();
                let named = known
                    .into_iter()
                    .map(|centre| (centre.clone(), centre.clone()));
                let unknown = (UNKNOWN.to_owned(), self.lang.t("subgroup-unknown"));
                named.chain([unknown]).collect()
            }
            Field::Warnings => Warning::ALL
                .map(|warning| {
                    let words = self.lang.t(&format!("patients-warning-{}", warning.code()));
                    (warning.code().to_owned(), words)
                })
                .to_vec(),
            Field::Id | Field::Chance | Field::Spread | Field::Scale => Vec::new(),
        }
    }

    /// Whether what a column shows of a patient goes by that code.
    fn has(&self, row: usize, field: Field, code: &str) -> bool {
        let Some(patient) = self.patients().get(row) else {
            return false;
        };
        match field {
            Field::Stratum => {
                let strata = self.result().map(|result| &result.strata);
                let stratum = strata.and_then(|strata| strata.get(patient.stratum?));
                stratum.map_or("undetermined", |stratum| &stratum.name) == code
            }
            Field::Observed => (code == RESPONDED) == patient.observed,
            Field::Centre => self.centre(row).unwrap_or(UNKNOWN) == code,
            Field::Warnings => {
                let mut all = Warning::ALL.into_iter();
                all.any(|warning| warning.code() == code && self.warns(row, warning))
            }
            Field::Id | Field::Chance | Field::Spread | Field::Scale => false,
        }
    }

    fn outcome(&self, patient: &PatientResult) -> &str {
        let [no, yes] = &self.outcomes;
        if patient.observed { yes } else { no }
    }

    fn centre(&self, row: usize) -> Option<&str> {
        self.centres.get(row)?.as_deref()
    }

    /// Whether a warning is due for a patient.
    fn warns(&self, row: usize, warning: Warning) -> bool {
        let Some(patient) = self.patients().get(row) else {
            return false;
        };
        match warning {
            Warning::Outside => !patient.outside.is_empty() || is_unlike(patient),
            Warning::Missing => self.n_missing.get(row).is_some_and(|n| *n > 0),
            Warning::Undetermined => patient.stratum.is_none(),
        }
    }

    fn n_warnings(&self, row: usize) -> usize {
        let of = |warning: &Warning| self.warns(row, *warning);
        Warning::ALL.iter().filter(|warning| of(warning)).count()
    }

    /// What to be careful about, in words; the stratum has its own column.
    fn warnings(&self, row: usize, patient: &PatientResult) -> String {
        let lang = self.lang;
        let mut words = Vec::new();
        if !patient.outside.is_empty() {
            let labels = patient.outside.iter();
            let labels: Vec<String> = labels
                .map(|name| words::predictor(&self.analysis, name))
                .collect();
            let labels = labels.join(", ");
            words.push(lang.with("patients-outside-of", &[("labels", labels.into())]));
        }
        if is_unlike(patient) {
            words.push(lang.t("patients-unlike"));
        }
        if let Some(n) = self.n_missing.get(row).filter(|n| **n > 0) {
            words.push(lang.with("patients-n-missing", &[("n", (*n).into())]));
        }
        words.join(" · ")
    }
}

/// Whether values that are each within the range go together in no other patient.
fn is_unlike(patient: &PatientResult) -> bool {
    let check = patient.domain_check.as_ref();
    patient.gaps_alone || check.is_some_and(DomainCheck::is_far)
}

/// The centre of each patient as the cohort writes it; empty where no column is known to name it.
fn centres(cohort: &Cohort, patients: &[PatientResult]) -> Vec<Option<String>> {
    let variable = cohort.find("centre", Timing::Baseline);
    let texts = variable.map(|variable| match variable.kind {
        Kind::Numeric => cohort.numbers(&variable.name).map(|numbers| {
            let text = |number: f64| number.is_finite().then(|| number.to_string());
            numbers.into_iter().map(text).collect()
        }),
        _ => cohort.texts(&variable.name),
    });
    let Some(Ok(texts)) = texts else {
        return Vec::new();
    };
    let of = |patient: &PatientResult| texts.get(patient.row).cloned().flatten();
    patients.iter().map(of).collect()
}

/// How many predictors of each patient have no value.
fn n_missing(analysis: &Analysis, cohort: &Cohort, patients: &[PatientResult]) -> Vec<usize> {
    let mut counts = vec![0; patients.len()];
    for predictor in &analysis.predictors {
        if cohort.n_missing(&predictor.name) == 0 {
            continue;
        }
        for (count, patient) in counts.iter_mut().zip(patients) {
            *count += usize::from(cohort.cell(patient.row, &predictor.name).is_none());
        }
    }
    counts
}

impl Source for PatientRows {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.patients().len()
    }

    fn cell(&self, row: usize, column: usize) -> TableCell {
        let (Some(patient), Some(field)) = (self.patients().get(row), self.fields.get(column))
        else {
            return TableCell::default();
        };
        let strong = |text: String| TableCell {
            strong: true,
            ..TableCell::text(text)
        };
        match field {
            Field::Id => strong(patient.id.clone()),
            Field::Chance => strong(self.lang.percent(patient.risk)),
            Field::Spread => TableCell {
                quiet: true,
                ..TableCell::text(self.lang.percent_range(patient.low, patient.high))
            },
            Field::Stratum => {
                let at = patient.stratum.unwrap_or(self.strata.len() - 1);
                TableCell {
                    quiet: patient.stratum.is_none(),
                    ..TableCell::text(self.strata.get(at).map_or("", String::as_str))
                }
            }
            Field::Observed => TableCell::text(self.outcome(patient)),
            Field::Centre => TableCell::text(self.centre(row).unwrap_or_default()),
            Field::Warnings => TableCell::text(self.warnings(row, patient)),
            Field::Scale => TableCell {
                text: words::chance(patient, self.lang),
                span: Some([patient.low, patient.high, patient.risk].map(|x| x as f32)),
                ..TableCell::default()
            },
        }
    }

    fn sort(&self, rows: &mut [usize], column: usize) {
        let patients = self.patients();
        let Some(field) = self.fields.get(column) else {
            return;
        };
        match field {
            Field::Id => rows.sort_by(|&a, &b| patients[a].id.cmp(&patients[b].id)),
            Field::Spread => {
                sort_by_number(rows, |row| Some(patients[row].high - patients[row].low));
            }
            Field::Stratum => sort_by_number(rows, |row| patients[row].stratum.map(|at| at as f64)),
            Field::Observed => rows.sort_by_key(|&row| patients[row].observed),
            Field::Centre => rows.sort_by(|&a, &b| match (self.centre(a), self.centre(b)) {
                (Some(a), Some(b)) => compare_texts(a, b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }),
            Field::Warnings => rows.sort_by_key(|&row| self.n_warnings(row)),
            Field::Chance | Field::Scale => sort_by_number(rows, |row| Some(patients[row].risk)),
        }
    }

    fn matches(&self, row: usize, search: &str) -> bool {
        let Some(patient) = self.patients().get(row) else {
            return false;
        };
        let at = patient.stratum.unwrap_or(self.strata.len() - 1);
        let stratum = self.strata.get(at).map_or("", String::as_str);
        let centre = self.centre(row).unwrap_or_default();
        [patient.id.as_str(), stratum, centre, self.outcome(patient)]
            .iter()
            .any(|text| text.to_lowercase().contains(search))
    }

    fn passes(&self, row: usize, column: usize, filter: &Filter) -> bool {
        match (filter, self.fields.get(column)) {
            (Filter::Levels(codes), Some(field)) => {
                codes.iter().any(|code| self.has(row, *field, code))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::fixture;
    use crate::app::table::TableView;

    fn rows(lang: Lang) -> PatientRows {
        let cohort = fixture::cohort();
        PatientRows::new(&Arc::new(fixture::analysis()), Some(&cohort), 0, lang)
    }

    #[test]
    fn patients_are_ranked_by_chance() {
        let rows = rows(Lang::En);
        let mut view = TableView::sorted(CHANCE, false);
        let risks: Vec<f64> = view
            .order(&rows, 0)
            .iter()
            .map(|&row| rows.patients()[row].risk)
            .collect();
        assert!(risks.is_sorted_by(|a, b| a >= b));
        for column in 0..rows.columns().len() {
            view.query.sort = Some((column, true));
            assert_eq!(view.order(&rows, 0).len(), risks.len());
        }
    }

    #[test]
    fn every_cell_and_choice_has_words_in_both_languages() {
        for lang in Lang::ALL {
            let rows = rows(lang);
            for column in 0..rows.columns().len() {
                for row in 0..rows.n_rows() {
                    let text = rows.cell(row, column).text;
                    assert!(!text.contains('⟦'), "{text}");
                }
            }
            let choices = format!("{:?}", rows.choices());
            assert!(!choices.contains('⟦'), "{choices}");
        }
    }

    #[test]
    fn a_filter_leaves_as_many_patients_as_it_said_and_filters_add_up() {
        let rows = rows(Lang::En);
        let n = |filters: &[(usize, &str)]| {
            let mut view = TableView::sorted(CHANCE, false);
            for (column, code) in filters {
                let codes = BTreeSet::from([(*code).to_owned()]);
                view.query.filters.insert(*column, Filter::Levels(codes));
            }
            view.order(&rows, 0).len()
        };
        let choices = rows.choices();
        for (column, of) in &choices {
            for (code, words, said) in of {
                assert_eq!(n(&[(*column, code)]), *said, "{words}");
            }
        }
        // Strata and outcomes hold every patient once.
        for (_, of) in choices.iter().take(2) {
            assert_eq!(of.iter().map(|(_, _, n)| n).sum::<usize>(), rows.n_rows());
        }
        let (strata, outcomes) = (&choices[0], &choices[1]);
        let both: usize = outcomes
            .1
            .iter()
            .map(|(code, ..)| n(&[(strata.0, &strata.1[0].0), (outcomes.0, code)]))
            .sum();
        assert_eq!(both, strata.1[0].2);
    }

    #[test]
    fn missing_values_and_values_outside_are_warned_of() {
        let (analysis, cohort) = (Arc::new(fixture::analysis()), fixture::cohort());
        let rows = PatientRows::new(&analysis, Some(&cohort), 0, Lang::En);
        for (row, patient) in analysis.models[0].patients.iter().enumerate() {
            let names = analysis.predictors.iter().map(|one| &one.name);
            let n = names.filter(|name| cohort.cell(patient.row, name).is_none());
            assert_eq!(rows.n_missing[row], n.count());
            let words = rows.warnings(row, patient);
            assert_eq!(
                words.contains("outside the data"),
                !patient.outside.is_empty()
            );
        }
        // Without the cohort nothing is known of gaps and centres, and nothing is claimed.
        let rows = PatientRows::new(&analysis, None, 0, Lang::En);
        assert!((0..rows.n_rows()).all(|row| !rows.warns(row, Warning::Missing)));
        assert!(!rows.fields.contains(&Field::Centre));
    }
}
