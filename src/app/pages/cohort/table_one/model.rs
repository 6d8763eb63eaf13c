//! Table one, as plain data: what stands in each cell, and the same as text.

use std::collections::BTreeSet;

use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Variable};
use crate::dictionary;
use crate::outcome::Outcome;
use crate::review::{Entry, Groups, Sheet, Summary, TableOne, TableOneRow};

/// What the patients are parted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Nothing.
    #[default]
    Nobody,
    /// Responders and others.
    Outcome,
    /// Their centre.
    Centre,
}

/// How a quantity is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Mean and standard deviation.
    Mean,
    /// Median and quartiles.
    Median,
}

/// The groups; `None` where the cohort has none of that kind.
pub fn groups(by: By, cohort: &Cohort, outcome: Option<&Outcome>, lang: Lang) -> Option<Groups> {
    match by {
        By::Nobody => None,
        By::Outcome => {
            let outcome = outcome?;
            let names = ["table-one-responders", "table-one-others"].map(|key| lang.t(key));
            let n_rows = cohort.n_rows();
            Some(Groups::by_outcome(n_rows, &outcome.rows, &outcome.y, names))
        }
        By::Centre => Groups::by_variable(cohort, &centre(cohort)?.name),
    }
}

/// The column of the centres, where there is one.
pub fn centre(cohort: &Cohort) -> Option<&Variable> {
    cohort.variables.iter().find(|variable| {
        variable.concept.as_deref() == Some("centre")
            && matches!(variable.kind, Kind::Binary | Kind::Categorical)
    })
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name of the variable that it belongs to.
    pub variable: String,
    /// What it is: the variable, or one of its levels.
    pub title: String,
    /// Whether it is a level under its variable.
    pub is_level: bool,
    /// How the quantity is summed up; `None` where it is none.
    pub form: Option<Form>,
    /// Overall, then each group.
    pub cells: Vec<String>,
    /// Standardised difference; empty without groups and for levels.
    pub difference: String,
    /// Missing values; empty for levels.
    pub missing: String,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableOnePage {
    /// Where things stand.
    pub sentence: String,
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether groups are compared.
    pub has_groups: bool,
}

impl TableOnePage {
    /// Builds the page; `medians` are the variables for which the other form than `form` is chosen.
    pub fn new(
        table: &TableOne,
        cohort: &Cohort,
        form: Form,
        others: &BTreeSet<String>,
        lang: Lang,
    ) -> Self {
        let has_groups = !table.groups.is_empty();
        let mut titles = vec![lang.t("table-one-variable")];
        let overall = lang.t("table-one-overall");
        let names = std::iter::once(&overall).chain(&table.groups);
        titles.extend(names.zip(&table.n).map(|(name, n)| {
            let n = lang.count(*n as i64);
            lang.with(
                "table-one-group",
                &[("name", name.as_str().into()), ("n", n.into())],
            )
        }));
        if has_groups {
            titles.push(lang.t("table-one-difference"));
        }
        titles.push(lang.t("table-one-missing"));
        let lines = table.rows.iter().flat_map(|row| {
            let form = match (others.contains(&row.variable), form) {
                (false, form) => form,
                (true, Form::Mean) => Form::Median,
                (true, Form::Median) => Form::Mean,
            };
            lines(row, table, cohort, form, lang)
        });
        Self {
            sentence: lang.with(
                "table-one-sentence",
                &[
                    ("n", table.n.first().copied().unwrap_or(0).into()),
                    ("variables", table.rows.len().into()),
                ],
            ),
            titles,
            lines: lines.collect(),
            has_groups,
        }
    }

    /// Every cell as text, titles first.
    fn cells(&self) -> Vec<Vec<String>> {
        let line = |line: &Line| {
            let title = if line.is_level {
                format!("  {}", line.title)
            } else {
                line.title.clone()
            };
            let mut cells = vec![title];
            cells.extend(line.cells.iter().cloned());
            cells.extend(self.has_groups.then(|| line.difference.clone()));
            cells.push(line.missing.clone());
            cells
        };
        let lines = self.lines.iter().map(line);
        std::iter::once(self.titles.clone()).chain(lines).collect()
    }

    /// As tab-separated text, for a document or a spreadsheet; `note` is the last line, unless empty.
    pub fn tsv(&self, note: &str) -> String {
        let clean = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
        let line = |cells: &Vec<String>| cells.iter().map(clean).collect::<Vec<_>>().join("\t");
        let mut lines: Vec<String> = self.cells().iter().map(line).collect();
        lines.extend((!note.is_empty()).then(|| clean(&note.to_owned())));
        lines.join("\n")
    }

    /// As a list for a workbook or delimited text; `note` is the last line, unless empty.
    pub fn sheet(&self, name: String, note: &str) -> Sheet {
        let mut cells = self.cells().into_iter();
        let titles = cells.next().unwrap_or_default();
        let columns = titles.into_iter().enumerate();
        let width = |at| if at == 0 { 36 } else { 18 };
        let mut sheet = Sheet::new(
            name,
            columns.map(|(at, title)| (title, width(at))).collect(),
        );
        sheet.rows = cells
            .map(|line| line.into_iter().map(Entry::from).collect())
            .collect();
        if !note.is_empty() {
            let mut last = vec![Entry::Empty; sheet.columns.len()];
            if let Some(first) = last.first_mut() {
                *first = Entry::from(note.to_owned());
            }
            sheet.rows.push(last);
        }
        sheet
    }
}

fn lines(
    row: &TableOneRow,
    table: &TableOne,
    cohort: &Cohort,
    form: Form,
    lang: Lang,
) -> Vec<Line> {
    let variable = cohort.variable(&row.variable);
    let mut title = variable.map_or_else(
        || row.variable.clone(),
        |variable| dictionary::label(variable, lang),
    );
    if let Some(unit) = variable.and_then(|variable| variable.unit.as_deref()) {
        title = format!("{title} ({})", dictionary::unit(unit, lang));
    }
    let levels: Vec<&String> = row
        .summaries
        .iter()
        .find_map(|summary| match summary {
            Summary::Levels(levels) => Some(levels.iter().map(|(name, _)| name).collect()),
            Summary::Number { .. } | Summary::Nothing => None,
        })
        .unwrap_or_default();
    let difference = row
        .difference
        .map_or_else(String::new, |difference| lang.number(difference, 2));
    let missing = missing(row, table, lang);
    // The same for all groups, by the spread of the first that has one.
    let decimals = row.summaries.iter().find_map(|summary| match summary {
        Summary::Number { mean, sd, .. } => Some(n_decimals(sd.unwrap_or(*mean))),
        Summary::Levels(_) | Summary::Nothing => None,
    });
    let decimals = decimals.unwrap_or(0);
    let head = Line {
        variable: row.variable.clone(),
        title,
        is_level: false,
        form: levels.is_empty().then_some(form),
        cells: row
            .summaries
            .iter()
            .map(|summary| number(summary, form, decimals, lang))
            .collect(),
        difference,
        missing,
    };
    let level = |name: &String| Line {
        variable: row.variable.clone(),
        title: name.clone(),
        is_level: true,
        form: None,
        cells: row
            .summaries
            .iter()
            .map(|summary| level_cell(summary, name, lang))
            .collect(),
        difference: String::new(),
        missing: String::new(),
    };
    // Of two levels one says it all: the "yes".
    if let [_, yes] = levels.as_slice() {
        let shown = level(yes);
        return vec![Line {
            title: format!("{}, {yes}", head.title),
            cells: shown.cells,
            ..head
        }];
    }
    let rest: Vec<Line> = levels.into_iter().map(level).collect();
    std::iter::once(head).chain(rest).collect()
}

/// Missing overall: count and share.
fn missing(row: &TableOneRow, table: &TableOne, lang: Lang) -> String {
    let n = row.n_missing.first().copied().unwrap_or(0);
    if n == 0 {
        return "0".to_owned();
    }
    let of = table.n.first().copied().unwrap_or(0).max(1);
    let share = lang.percent(n as f64 / of as f64);
    format!("{} ({share})", lang.count(n as i64))
}

/// Decimals that suit a spread.
fn n_decimals(spread: f64) -> usize {
    match spread.abs() {
        s if s >= 20.0 => 0,
        s if s >= 1.0 => 1,
        _ => 2,
    }
}

fn number(summary: &Summary, form: Form, decimals: usize, lang: Lang) -> String {
    let Summary::Number {
        mean,
        sd,
        quartiles: [lower, median, upper],
        ..
    } = summary
    else {
        return match summary {
            Summary::Nothing => "–".to_owned(),
            Summary::Number { .. } | Summary::Levels(_) => String::new(),
        };
    };
    match form {
        Form::Mean => {
            let mean = lang.number(*mean, decimals);
            sd.map_or_else(
                || mean.clone(),
                |sd| format!("{mean} ({})", lang.number(sd, decimals)),
            )
        }
        Form::Median => lang.with(
            "median-quartiles",
            &[
                ("median", lang.number(*median, decimals).into()),
                ("lower", lang.number(*lower, decimals).into()),
                ("upper", lang.number(*upper, decimals).into()),
            ],
        ),
    }
}

fn level_cell(summary: &Summary, name: &str, lang: Lang) -> String {
    let Summary::Levels(levels) = summary else {
        return "–".to_owned();
    };
    let all: usize = levels.iter().map(|(_, n)| n).sum();
    let found = levels.iter().find(|(level, _)| level == name);
    let n = found.map_or(0, |(_, n)| *n);
    let share = lang.percent(n as f64 / all.max(1) as f64);
    format!("{} ({share})", lang.count(n as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Origin, Source, Variable};

    fn table() -> TableOne {
        let age = |mean: f64| Summary::Number {
            n: 20,
            mean,
            sd: Some(9.25),
            quartiles: [45.0, 52.5, 60.0],
        };
        let sex = |f, m| Summary::Levels(vec![("F".to_owned(), f), ("M".to_owned(), m)]);
        let pain = |a, b, c| {
            let names = ["back", "leg", "mixed"].map(str::to_owned);
            Summary::Levels(names.into_iter().zip([a, b, c]).collect())
        };
        let row = |name: &str, summaries: Vec<Summary>, n_missing| TableOneRow {
            variable: name.to_owned(),
            summaries,
            n_missing: vec![n_missing, n_missing, 0],
            difference: Some(0.314),
        };
        TableOne {
            groups: vec!["A".to_owned(), "B".to_owned()],
            n: vec![40, 20, 20],
            rows: vec![
                row("age", vec![age(52.75), age(51.0), Summary::Nothing], 4),
                row("sex", vec![sex(24, 16), sex(10, 10), sex(14, 6)], 0),
                row(
                    "pain",
                    vec![pain(20, 10, 10), pain(1, 0, 3), pain(0, 0, 0)],
                    0,
                ),
            ],
        }
    }

    fn page(form: Form, others: &[&str], lang: Lang) -> TableOnePage {
        let cohort = Cohort::new(Source::default(), 40);
        let others = others.iter().map(|name| (*name).to_owned()).collect();
        TableOnePage::new(&table(), &cohort, form, &others, lang)
    }

    #[test]
    fn quantities_and_levels_are_summed_up_as_chosen() {
        let page = page(Form::Mean, &[], Lang::En);
        assert_eq!(page.titles[1], "Overall (n = 40)");
        assert_eq!(page.lines[0].cells, ["52.8 (9.2)", "51.0 (9.2)", "–"]);
        assert_eq!(page.lines[0].missing, "4 (10%)");
        assert_eq!(page.lines[1].title, "sex, M");
        assert_eq!(page.lines[1].cells[0], "16 (40%)");
        assert_eq!(page.lines.len(), 2 + 4);
        assert_eq!(page.lines[4].cells[1], "0 (0%)");
        assert_eq!(page.lines[0].difference, "0.31");
    }

    #[test]
    fn a_row_may_be_summed_up_otherwise_than_the_rest() {
        let median = |form, others: &[&str]| page(form, others, Lang::Fr).lines[0].cells[0].clone();
        assert_eq!(median(Form::Median, &[]), "52,5 (45,0 à 60,0)");
        assert_eq!(median(Form::Mean, &["age"]), "52,5 (45,0 à 60,0)");
        assert_eq!(median(Form::Median, &["age"]), "52,8 (9,2)");
        assert!(!format!("{:?}", page(Form::Mean, &[], Lang::Fr)).contains('⟦'));
    }

    #[test]
    fn what_is_copied_and_saved_holds_every_cell() {
        let page = page(Form::Mean, &[], Lang::Fr);
        let tsv = page.tsv("");
        assert_eq!(page.tsv("note").lines().last(), Some("note"));
        assert_eq!(
            page.sheet("x".to_owned(), "note").rows.len(),
            page.lines.len() + 1
        );
        assert_eq!(tsv.lines().count(), 1 + page.lines.len());
        assert!(
            tsv.lines().all(|line| line.split('\t').count() == 6),
            "{tsv}"
        );
        let csv = page.sheet("x".to_owned(), "").to_csv(Lang::Fr).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(
            csv.contains("age;52,8 (9,2);51,0 (9,2);–;0,31;4 (10\u{a0}%)\n"),
            "{csv}"
        );
    }

    #[test]
    fn patients_are_parted_by_outcome_and_by_centre() {
        let mut cohort = Cohort::new(Source::default(), 3);
        let mut centre = Variable::new("site", Kind::Binary, Origin::default());
        centre.concept = Some("centre".to_owned());
        centre.levels = vec!["N".to_owned(), "S".to_owned()];
        let texts = ["S", "N", "S"].map(|text| Some(text.to_owned()));
        cohort.push_texts(centre, &texts).unwrap();
        let by_centre = groups(By::Centre, &cohort, None, Lang::En).unwrap();
        assert_eq!(by_centre.of, [Some(1), Some(0), Some(1)]);
        let outcome = Outcome {
            rows: vec![0, 2],
            y: vec![true, false],
            ..Outcome::default()
        };
        let by_outcome = groups(By::Outcome, &cohort, Some(&outcome), Lang::Fr).unwrap();
        assert_eq!(by_outcome.of, [Some(0), None, Some(1)]);
        assert!(groups(By::Outcome, &cohort, None, Lang::En).is_none());
        assert!(groups(By::Nobody, &cohort, None, Lang::En).is_none());
    }

    #[test]
    fn an_empty_table_is_no_error() {
        let none = BTreeSet::new();
        let cohort = Cohort::default();
        let page = TableOnePage::new(&TableOne::default(), &cohort, Form::Mean, &none, Lang::En);
        assert!(page.lines.is_empty());
        assert_eq!(page.tsv("").lines().count(), 1);
    }
}
