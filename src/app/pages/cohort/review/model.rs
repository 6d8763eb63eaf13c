//! What the cohort page shows.

use crate::app::columns::{ColumnSummary, plain_number};
use crate::app::state::{Checked, Session};
use crate::app::words;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Variable};
use crate::dictionary;
use crate::figure::{Axis, Figure, Mark, Role};
use crate::report::words as report_words;

/// The cohort page.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortPage {
    /// Where things stand.
    pub sentence: String,
}

impl CohortPage {
    /// Builds the page.
    pub fn new(checked: &Checked, session: &Session, lang: Lang) -> Self {
        let cohort = &checked.cohort;
        Self {
            sentence: sentence(cohort, session.n_findings(), lang),
        }
    }
}

fn sentence(cohort: &Cohort, n_findings: usize, lang: Lang) -> String {
    lang.with(
        "cohort-sentence",
        &[
            ("patients", words::patients(cohort.n_rows(), lang).into()),
            ("columns", cohort.variables.len().into()),
            ("findings", n_findings.into()),
        ],
    )
}

/// A delimiter in words.
pub fn delimiter_words(delimiter: char, lang: Lang) -> String {
    match delimiter {
        ';' => lang.t("delimiter-semicolon"),
        ',' => lang.t("delimiter-comma"),
        '\t' => lang.t("delimiter-tab"),
        other => other.to_string(),
    }
}

/// A decimal mark in words.
pub fn mark_words(mark: char, lang: Lang) -> String {
    if mark == ',' {
        lang.t("decimal-comma")
    } else {
        lang.t("decimal-point")
    }
}

/// An order of day and month in words.
pub fn date_words(order: &str, lang: Lang) -> String {
    match order {
        "dmy" => lang.t("dates-dmy"),
        "mdy" => lang.t("dates-mdy"),
        _ => lang.t("dates-ymd"),
    }
}

/// One column, looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPage {
    /// Its label.
    pub title: String,
    /// Facts: name and value.
    pub facts: Vec<(String, String)>,
    /// Its histogram; `None` unless numeric.
    pub figure: Option<Figure>,
    /// Its levels: name, count, share.
    pub levels: Vec<(String, usize, f64)>,
    /// Why it is read so.
    pub reasons: Vec<String>,
}

impl ColumnPage {
    /// Builds the view of a column.
    pub fn new(checked: &Checked, name: &str, lang: Lang) -> Option<Self> {
        let variable = checked.cohort.variable(name)?;
        let summary = checked.columns.iter().find(|column| column.name == name)?;
        let n_rows = checked.cohort.n_rows();
        let n_known = n_rows - summary.n_missing;
        let levels = summary
            .levels
            .iter()
            .map(|(level, n)| (level.clone(), *n, *n as f64 / n_known.max(1) as f64))
            .collect();
        Some(Self {
            title: dictionary::label(variable, lang),
            facts: facts(variable, summary, n_rows, lang),
            figure: histogram(variable, summary, lang),
            levels,
            reasons: variable
                .reasons
                .iter()
                .map(|issue| lang.issue(issue))
                .collect(),
        })
    }
}

fn facts(
    variable: &Variable,
    summary: &ColumnSummary,
    n_rows: usize,
    lang: Lang,
) -> Vec<(String, String)> {
    let mut facts = vec![(lang.t("column-name"), variable.name.clone())];
    facts.push((
        lang.t("column-kind"),
        report_words::kind(variable.kind, lang),
    ));
    let when = report_words::timing(variable.timing, lang);
    facts.push((lang.t("column-timing"), when));
    facts.push((
        lang.t("column-domain"),
        words::domain(variable.domain, lang),
    ));
    if let Some(unit) = &variable.unit {
        facts.push((lang.t("column-unit"), dictionary::unit(unit, lang)));
    }
    if let Some((low, high)) = variable.range {
        let range = lang.with(
            "range",
            &[
                ("low", plain_number(low, lang).into()),
                ("high", plain_number(high, lang).into()),
            ],
        );
        facts.push((lang.t("column-range"), range));
    }
    facts.push((
        lang.t("column-missing"),
        words::part(summary.n_missing, n_rows, lang),
    ));
    if let Some([least, lower, median, upper, most]) = summary.spread {
        facts.push((
            lang.t("column-median"),
            lang.with(
                "median-quartiles",
                &[
                    ("median", lang.short(median).into()),
                    ("lower", lang.short(lower).into()),
                    ("upper", lang.short(upper).into()),
                ],
            ),
        ));
        let span = lang.with(
            "range",
            &[
                ("low", plain_number(least, lang).into()),
                ("high", plain_number(most, lang).into()),
            ],
        );
        facts.push((lang.t("column-span"), span));
    }
    if summary.n_findings > 0 {
        facts.push((
            lang.t("column-findings"),
            lang.count(summary.n_findings as i64),
        ));
    }
    facts
}

fn histogram(variable: &Variable, summary: &ColumnSummary, lang: Lang) -> Option<Figure> {
    let (first, last) = (summary.histogram.first()?, summary.histogram.last()?);
    let most = summary.histogram.iter().map(|bar| bar.2).max()?;
    let label = match &variable.unit {
        Some(unit) => format!(
            "{} ({})",
            dictionary::label(variable, lang),
            dictionary::unit(unit, lang)
        ),
        None => dictionary::label(variable, lang),
    };
    let rows = summary.histogram.iter().map(|(from, to, n)| {
        vec![
            lang.with(
                "range",
                &[
                    ("low", plain_number(*from, lang).into()),
                    ("high", plain_number(*to, lang).into()),
                ],
            ),
            lang.count(*n as i64),
        ]
    });
    let alt = lang.with(
        "histogram-alt",
        &[
            ("low", plain_number(first.0, lang).into()),
            ("high", plain_number(last.1, lang).into()),
            ("most", most.into()),
        ],
    );
    Some(Figure {
        id: format!("histogram-{}", variable.name),
        title: dictionary::label(variable, lang),
        alt,
        x: Axis {
            label: label.clone(),
            from: first.0,
            to: last.1,
            ticks: Vec::new(),
        },
        y: Axis {
            label: lang.t("axis-patients"),
            from: 0.0,
            to: most as f64 * 1.05,
            ticks: Vec::new(),
        },
        marks: vec![Mark::Bars {
            name: String::new(),
            role: Role::ModelA,
            width: (first.1 - first.0) * 0.94,
            bars: summary
                .histogram
                .iter()
                .map(|(from, to, n)| [(from + to) / 2.0, 0.0, *n as f64])
                .collect(),
        }],
        table: (vec![label, lang.t("axis-patients")], rows.collect()),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture;
    use crate::app::columns;

    fn session() -> Session {
        let cohort = Arc::new(fixture::cohort());
        let checked = columns::unrepaired(&cohort);
        Session {
            opened: Some(cohort),
            checked: Some(Arc::new(checked)),
            ..Session::default()
        }
    }

    #[test]
    fn the_page_says_where_things_stand_in_both_languages() {
        let session = session();
        let checked = session.checked.as_ref().unwrap();
        for lang in Lang::ALL {
            let page = CohortPage::new(checked, &session, lang);
            assert!(!page.sentence.contains('⟦'), "{}", page.sentence);
        }
    }

    #[test]
    fn every_column_can_be_looked_at() {
        let session = session();
        let checked = session.checked.as_ref().unwrap();
        for variable in &checked.cohort.variables {
            let page = ColumnPage::new(checked, &variable.name, Lang::Fr).unwrap();
            let text = format!("{:?}", page.facts);
            assert!(!text.contains('⟦'), "{text}");
        }
        assert!(ColumnPage::new(checked, "no such column", Lang::En).is_none());
    }
}
