//! The analysed patients as a table.

use std::sync::Arc;

use crate::analysis::{Analysis, ModelResult};
use crate::app::table::{Source, TableCell, TableColumn, sort_by_number};
use crate::base::text::Lang;
use crate::report::words;

/// The patients of one model.
pub struct PatientRows {
    analysis: Arc<Analysis>,
    model: usize,
    columns: Vec<TableColumn>,
    lang: Lang,
}

const RISK: usize = 1;
const SPREAD: usize = 2;
const STRATUM: usize = 4;
const OBSERVED: usize = 5;
const OUTSIDE: usize = 6;

impl PatientRows {
    /// Prepares the columns.
    pub fn new(analysis: &Arc<Analysis>, model: usize, lang: Lang) -> Self {
        let column = |key: &str, width: f32, is_number: bool| TableColumn {
            title: lang.t(key),
            tip: lang.t(&format!("{key}.tip")),
            width,
            is_number,
        };
        Self {
            analysis: Arc::clone(analysis),
            model,
            columns: vec![
                column("patients-id", 96.0, false),
                column("patients-chance", 84.0, true),
                column("patients-spread", 124.0, true),
                column("patients-scale", 200.0, false),
                column("patients-stratum", 190.0, false),
                column("patients-observed", 130.0, false),
                column("patients-outside", 180.0, false),
            ],
            lang,
        }
    }

    /// The model.
    pub fn result(&self) -> Option<&ModelResult> {
        self.analysis.models.get(self.model)
    }

    fn labels(&self, names: &[String]) -> String {
        let labels: Vec<String> = names
            .iter()
            .map(|name| words::predictor(&self.analysis, name))
            .collect();
        labels.join(", ")
    }
}

impl Source for PatientRows {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.result().map_or(0, |model| model.patients.len())
    }

    fn cell(&self, row: usize, column: usize) -> TableCell {
        let Some((model, patient)) = self
            .result()
            .and_then(|model| Some((model, model.patients.get(row)?)))
        else {
            return TableCell::default();
        };
        match column {
            0 => TableCell {
                strong: true,
                ..TableCell::text(&patient.id)
            },
            RISK => TableCell {
                strong: true,
                ..TableCell::text(self.lang.percent(patient.risk))
            },
            SPREAD => TableCell {
                quiet: true,
                ..TableCell::text(self.lang.percent_range(patient.low, patient.high))
            },
            STRATUM => TableCell {
                quiet: patient.stratum.is_none(),
                ..TableCell::text(words::stratum(model, patient, self.lang))
            },
            OBSERVED => TableCell::text(words::observed(patient.observed, self.lang)),
            OUTSIDE => TableCell::text(self.labels(&patient.outside)),
            _ => TableCell {
                text: words::chance(patient, self.lang),
                span: Some([patient.low, patient.high, patient.risk].map(|x| x as f32)),
                ..TableCell::default()
            },
        }
    }

    fn sort(&self, rows: &mut [usize], column: usize) {
        let Some(model) = self.result() else {
            return;
        };
        let patients = &model.patients;
        match column {
            0 => rows.sort_by(|&a, &b| patients[a].id.cmp(&patients[b].id)),
            SPREAD => sort_by_number(rows, |row| Some(patients[row].high - patients[row].low)),
            STRATUM => sort_by_number(rows, |row| patients[row].stratum.map(|at| at as f64)),
            OBSERVED => rows.sort_by_key(|&row| patients[row].observed),
            OUTSIDE => rows.sort_by_key(|&row| patients[row].outside.len()),
            _ => sort_by_number(rows, |row| Some(patients[row].risk)),
        }
    }

    fn matches(&self, row: usize, search: &str) -> bool {
        let Some((model, patient)) = self
            .result()
            .and_then(|model| Some((model, model.patients.get(row)?)))
        else {
            return false;
        };
        let texts = [
            patient.id.clone(),
            words::stratum(model, patient, self.lang),
            words::observed(patient.observed, self.lang),
        ];
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(search))
    }
}

/// Each stratum in words: name, patients, share observed with its interval.
pub fn strata(model: &ModelResult, lang: Lang) -> Vec<(String, String, String)> {
    let mut rows: Vec<(String, String, String)> = model
        .strata
        .iter()
        .map(|stratum| {
            let name = lang.t(&format!("stratum-{}", stratum.name));
            let range = lang.percent_range(stratum.from, stratum.to);
            let n = lang.with("n-patients", &[("n", stratum.n.into())]);
            let rate = stratum.observed.as_ref().map_or_else(
                || "–".to_owned(),
                |observed| {
                    lang.with(
                        "stratum-rate",
                        &[
                            ("rate", lang.percent(observed.estimate).into()),
                            (
                                "range",
                                lang.percent_range(observed.low, observed.high).into(),
                            ),
                        ],
                    )
                },
            );
            (format!("{name} ({range})"), n, rate)
        })
        .collect();
    let n_between = model
        .patients
        .iter()
        .filter(|patient| patient.stratum.is_none())
        .count();
    rows.push((
        lang.t("stratum-undetermined"),
        lang.with("n-patients", &[("n", n_between.into())]),
        lang.t("undetermined-why"),
    ));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::table::TableView;

    #[test]
    fn patients_are_ranked_by_chance() {
        let analysis = Arc::new(fixture::analysis());
        let rows = PatientRows::new(&analysis, 0, Lang::En);
        let mut view = TableView::sorted(RISK, false);
        let risks: Vec<f64> = view
            .order(&rows, 0)
            .iter()
            .map(|&row| analysis.models[0].patients[row].risk)
            .collect();
        assert!(risks.is_sorted_by(|a, b| a >= b));
        for column in 0..rows.columns().len() {
            view.query.sort = Some((column, true));
            assert_eq!(view.order(&rows, 0).len(), risks.len());
        }
    }

    #[test]
    fn every_cell_and_stratum_has_words_in_both_languages() {
        let analysis = Arc::new(fixture::analysis());
        for lang in Lang::ALL {
            let rows = PatientRows::new(&analysis, 1, lang);
            for column in 0..rows.columns().len() {
                let text = rows.cell(0, column).text;
                assert!(!text.contains('⟦'), "{text}");
            }
            let strata = strata(&analysis.models[0], lang);
            assert_eq!(strata.len(), 4);
            assert!(!format!("{strata:?}").contains('⟦'), "{strata:?}");
        }
    }
}
